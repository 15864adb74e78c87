"""The patterns of materials, for the shader: wood, stone, tile, fabric and metal, out of a place and a normal alone.

A pattern is a factor on the colour, near 1 on the whole, so that a paint stays the colour that was chosen; its alpha is
the gloss. It lies on the plane that the surface faces most. Fine lines fade where a pixel is wider than they are.
"""

CLADDING = """
#ifdef CLAD
CENTROID varying vec3 own_at, own_n;
uniform vec2 material;                                         // number of paints.MATERIALS; size, 1 on walls
float dice(vec2 i) {
    vec3 p = fract(i.xyx * 0.1031);
    p += dot(p, p.yzx + 33.33);
    return fract((p.x + p.y) * p.z);
}
#ifdef LEAN
float soft(vec2 p) { return 0.5; }                             // lean passes show joints and tones, no grain
#else
float soft(vec2 p) {                                           // smooth noise, 0..1
    vec2 i = floor(p), f = p - i;
    f *= f * (3.0 - 2.0 * f);
    return mix(mix(dice(i), dice(i + vec2(1.0, 0.0)), f.x), mix(dice(i + vec2(0.0, 1.0)), dice(i + 1.0), f.x), f.y);
}
#endif
float joint(vec2 at, vec2 size, float wide, float pixel) {     // 1 in the gaps of a grid of cells
    vec2 e = min(at, 1.0 - at) * size;
    return (1.0 - smoothstep(wide, wide + pixel + 0.001, min(e.x, e.y))) * min(1.0, 2.0 * wide / pixel);
}
vec4 cladding() {
    vec3 a = abs(own_n);
    bool level = a.z > max(a.x, a.y);
    vec2 q = (level ? own_at.xy : a.x > a.y ? own_at.yz : own_at.xz) / material.y;
    vec2 across = fwidth(q);
    float pixel = max(max(across.x, across.y), 1e-5), small = step(material.y, 0.9);
    if (material.x < 0.5) {                                    // wood: boards with a grain
        float row = floor(q.x / 0.16), along = q.y / 1.9 + dice(vec2(row, 3.0));
        float tone = dice(vec2(row, floor(along)));
        vec2 g = vec2(q.x + 0.02 * soft(vec2(q.y * 2.0, row)), q.y) + tone * 31.0;
        float grain = 0.6 * soft(g * vec2(38.0, 1.6)) + 0.4 * mix(0.5, soft(g * vec2(150.0, 5.0)), exp(-pixel * 150.0));
        float gap = joint(fract(vec2(q.x / 0.16, along)), vec2(0.16, 1.9), 0.002, pixel);
        return vec4(vec3(1.0, 0.98, 0.95) * (0.84 + 0.20 * tone + 0.30 * (grain - 0.4)) * (1.0 - 0.6 * gap), 0.22);
    }
    if (material.x < 1.5) {                                    // stone: blocks, or one veined block
        float row = floor(q.y / 0.32);
        vec2 at = vec2(q.x / 0.62 + 0.5 * mod(row, 2.0) + 0.12 * dice(vec2(row, 7.0)), q.y / 0.32);
        float tone = mix(dice(floor(at)), 0.5, small);
        float cloud = 0.5 * soft(q * 5.0 + tone * 9.0) + 0.3 * soft(q * 17.0);
        cloud += 0.2 * mix(0.5, soft(q * 90.0), exp(-pixel * 90.0));
        float vein = 1.0 - smoothstep(0.0, 0.05, abs(soft(q * 3.0 + cloud * 1.6) - 0.5));
        float gap = (1.0 - small) * joint(fract(at), vec2(0.62, 0.32), 0.006, pixel);
        float c = 0.72 + 0.56 * cloud + mix(0.16 * (tone - 0.5), -0.20 * vein, small);
        return vec4(vec3(c) * (1.0 - 0.38 * gap), mix(0.10, 0.40, small));
    }
    if (material.x < 2.5) {                                    // tile: glazed squares in pale grout
        vec2 at = q / 0.25;
        float tone = dice(floor(at)), gap = joint(fract(at), vec2(0.25), 0.004, pixel);
        vec2 e = abs(fract(at) - 0.5) * 2.0;
        float c = 0.93 + 0.13 * tone + 0.05 * soft(q * 9.0) - 0.10 * smoothstep(0.86, 0.97, max(e.x, e.y));
        return vec4(mix(vec3(c), vec3(0.62, 0.60, 0.57), gap), mix(0.55, 0.0, gap));
    }
    if (material.x < 3.5) {                                    // fabric: a plain weave of soft threads
        vec2 at = q / 0.010;
        float over = mod(floor(at.x) + floor(at.y), 2.0), fine = exp(-pixel * 150.0);
        vec2 f = abs(fract(at) - 0.5) * 2.0;
        float thread = 1.0 - 0.36 * mix(f.x * f.x, f.y * f.y, over) + 0.10 * (over - 0.5);
        float slub = 0.5 * soft(at * vec2(0.06, 1.0)) + 0.5 * soft(at * vec2(1.0, 0.06));
        return vec4(vec3(mix(0.88, thread, fine) * (0.98 + 0.32 * slub)), 0.0);
    }
    float brush = 0.6 * soft(q * vec2(3.0, 260.0)) + 0.4 * soft(q * vec2(9.0, 90.0));   // metal, brushed
    brush = mix(0.5, brush, exp(-pixel * 110.0));
    return vec4(vec3(0.80, 0.81, 0.83) + 0.22 * (brush - 0.3) + 0.10 * soft(q * vec2(0.7, 2.0)), 0.80);
}
#endif
"""
