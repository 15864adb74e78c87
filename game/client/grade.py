"""From light to what the screen shows, for the shaders: ACES, grade and gamma in one go; and what the weather does."""

# Exposed light to what the screen shows: ACES, grade, gamma.
FINISH = """
vec3 finished(vec3 c) {
    c = clamp(c * (2.51 * c + 0.03) / (c * (2.43 * c + 0.59) + 0.14), 0.0, 1.0);       // ACES fit
    float l = dot(c, vec3(0.21, 0.72, 0.07));
    c = mix(vec3(l), c, 1.10) * mix(vec3(0.97, 0.99, 1.04), vec3(1.02, 1.0, 0.97), smoothstep(0.05, 0.7, l));
    vec3 c2 = sqrt(clamp(c, 0.0, 1.0)), c4 = sqrt(c2);
    return c2 * (1.0978 - 0.1540 * c4) + 0.0550 * c4;          // c ^ (1 / 2.2), a third of a step of 255 off at most
}
"""
# A fit of `finished` that is 3 steps of 255 off at most, for lean passes.
LEAN_FINISH = """
vec3 finished(vec3 c) {
    c = sqrt(c);
    c = c * (2.6265 * c + 0.2558) / (c * (4.2708 * c - 0.5233) + 1.0);
    float l = dot(c, vec3(0.21, 0.72, 0.07));
    return mix(vec3(l), c, 1.1584) * (vec3(1.355, 1.3869, 1.4417) + vec3(0.2538, 0.1794, 0.0555) * l);
}
"""
# How far rain darkens what faces up and lies open.
WET = """
float wetted(float up, float open) { return 1.0 - 0.34 * open * smoothstep(0.6, 0.9, up); }
"""
# What glows, by the hour and the weather; and rolling ground, which is wet all over.
WEATHER = (
    WET
    + """
vec3 glowing(vec3 c, float kind) {                             // lamps, lit windows, what lies under the sky
    if (kind > 0.75) return c * lampglow;
    vec3 grey = vec3(dot(c, vec3(0.25, 0.5, 0.25))) * vec3(0.95, 0.99, 1.05);
    return mix(c, grey, outdoor.a) * outdoor.rgb + (kind > 0.25 ? c * nightwindow : vec3(0.0));
}
"""
)
