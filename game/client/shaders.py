"""The one lean forward pass and its variants: baked or probe light, reflection, fog, ACES, grade, gamma in one go.

Light is stored as sqrt(c / 4) in 8 bits. Colours are linear until the last lines. Every position in the shader is in
the space of the place that the thing belongs to (`place_from_world`), so a place looks the same through a doorway.
Written in GLSL 1.30 with the old keywords, which desktop GL 2.1 (3.0 for people) drivers and Mesa all compile.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache

from panda3d.core import Camera, GraphicsStateGuardian, NodePath, SamplerState, Shader, ShaderAttrib, Texture

from game.client import flat_shaders
from game.client.cladding import CLADDING
from game.client.grade import FINISH, LEAN_FINISH, WEATHER

MAX_JOINTS = 64
PART_M, PART_WOOD_M = 1.0, 0.30  # so near no leaf is seen, and no branch
FIXED = 0.026  # alpha of the wood that moves most, see `core.growing.mesh`: leaves move more
TEXELS = 1024  # a row of the textures that hold numbers

VERTEX_STAGE = (
    LEAN_FINISH
    + """
uniform mat4 p3d_ModelViewProjectionMatrix, p3d_ModelMatrix, place_from_world;
uniform sampler2D light;
#ifdef PULLED
// Vertices of every kind of good, where each good stands and its light, all looked up by the number of the vertex.
uniform sampler2D vertices, spots, moves, cubes; uniform vec4 slot_size;
ivec2 texel(int i) { return ivec2(i % TEXELS, i / TEXELS); }
vec3 unpacked(float three) {                                   // bytes, each 0..1
    vec3 c = floor(three * vec3(1.0 / 65536.0, 1.0 / 256.0, 1.0));
    return (c - 256.0 * floor(c * (1.0 / 256.0))) * (1.0 / 255.0);
}
#ifdef SLOTS
uniform sampler2D slots;
#endif
#else
attribute vec4 p3d_Vertex, p3d_Color; attribute vec3 p3d_Normal; attribute vec2 p3d_MultiTexCoord0;
uniform vec3 cube[6];
#endif
CENTROID varying vec3 wpos, wnor, lit; CENTROID varying vec4 col; CENTROID varying vec2 uv;
#ifdef CLAD
CENTROID varying vec3 own_at, own_n;                           // in the piece's own space: patterns move along with it
uniform vec3 base;                                             // the colour under a material: the model's boards go
#endif
uniform vec4 p3d_ColorScale;                                   // a paint: what is wanted over what the model has
#ifdef SKIN
uniform mat4 p3d_TransformTable[JOINTS];
in vec4 transform_weight; in uvec4 transform_index;
#endif
#if defined(MIRRORED) || defined(CLIPPED)
uniform vec4 mirror_plane;
#endif
#ifdef SWAY
uniform vec4 wind;                                             // seconds, strength 0..1
uniform vec2 sway;                                             // metres at the free end, radians a second
#endif
#ifdef GROWN
uniform vec3 sunward, sunlight, skylight, groundlight;
#endif
#ifdef PARTING
  #ifndef LEAN
uniform vec3 eye;
  #endif
flat out float parted;                                         // of the vertex that all triangles of a leaf end with
#endif
#ifdef LEAN
uniform vec3 eye, lampglow, nightwindow; uniform vec4 fog, tone, outdoor;
CENTROID varying vec3 shade, air;
"""
    + WEATHER
    + """
#endif
void main() {
#ifdef PULLED
    int row = gl_VertexID / int(slot_size.x), own = gl_VertexID - row * int(slot_size.x);
  #ifdef SLOTS
    row = int(texelFetch(slots, texel(row), 0).r);
  #endif
    vec4 facing = texelFetch(spots, texel(row * 2), 0), where = texelFetch(spots, texel(row * 2 + 1), 0);
    own = (own + int(facing.z)) * 2;
    vec4 at = texelFetch(vertices, texel(own), 0), dir = texelFetch(vertices, texel(own + 1), 0);
    vec3 n = dir.xyz, p = at.xyz, tint = unpacked(at.w), finish = unpacked(dir.w);
    vec4 x = vec4(facing.x, -facing.y, 0.0, where.x), y = vec4(facing.yx, 0.0, where.y);
    vec4 z = vec4(0.0, 0.0, 1.0, where.z);
    int turn = int(facing.w) * 3;
    if (turn >= 0) {
        x = texelFetch(moves, texel(turn), 0); y = texelFetch(moves, texel(turn + 1), 0);
        z = texelFetch(moves, texel(turn + 2), 0);
    }
    vec4 v = vec4(dot(x, vec4(p, 1.0)), dot(y, vec4(p, 1.0)), dot(z, vec4(p, 1.0)), 1.0);
    n = vec3(dot(x.xyz, n), dot(y.xyz, n), dot(z.xyz, n));
    col = vec4(tint * tint, finish.x); uv = vec2(finish.y, 0.0);
#else
    vec4 v = p3d_Vertex; vec3 n = p3d_Normal;
    col = p3d_Color; uv = p3d_MultiTexCoord0;
#endif
#ifdef SWAY                                                    // alpha says how free: 0 fixed .. 0.08 a free hem
    float when = wind.x * sway.y + dot(v.xyz, vec3(0.9, 0.7, 0.3));
    float gust = 0.65 + 0.35 * sin(wind.x * 0.43 + v.y * 0.15);
    vec3 way = vec3(0.8 * sin(when), 0.6 * sin(when * 0.83 + 1.0), 0.35 * sin(when * 1.31));
  #ifdef HANGING                                                // alpha is gloss: all of it moves as the twig does
    v.xyz += way * (sway.x * wind.y * gust * 0.6);
  #else
    v.xyz += way * (sway.x * wind.y * gust * p3d_Color.a / 0.08);
  #endif
#endif
#ifdef SKIN
    mat4 m = p3d_TransformTable[transform_index.x] * transform_weight.x
           + p3d_TransformTable[transform_index.y] * transform_weight.y
           + p3d_TransformTable[transform_index.z] * transform_weight.z
           + p3d_TransformTable[transform_index.w] * transform_weight.w;
    v = m * v; n = mat3(m) * n;
#endif
    mat4 place = place_from_world * p3d_ModelMatrix;
    gl_Position = p3d_ModelViewProjectionMatrix * v;
    wpos = (place * v).xyz;
    wnor = normalize(mat3(place) * n);
#ifdef PARTING                                                 // leaves make way for who walks into them, one by one
    float turn_m = PART_M * (0.65 + 0.35 * fract(sin(dot(p3d_Vertex.xyz, vec3(12.9898, 78.233, 37.719))) * 43758.5453));
    parted = length(eye - wpos) - (p3d_Color.a > FIXED ? turn_m : PART_WOOD_M);
#endif
#ifdef CLAD
    own_at = v.xyz; own_n = n;
    col.rgb = base;
#endif
    lit = vec3(1.0);
    col.rgb *= p3d_ColorScale.rgb;
#ifdef VERTEX
    vec3 texel = texture2DLod(light, uv, 0.0).rgb;             // one texel a vertex
    lit = texel * texel * 4.0;
#endif
#ifdef PROBE
    vec3 w = wnor * wnor;                                      // ambient cube, own occlusion in u
  #ifdef PULLED
    vec4 beside = texelFetch(cubes, texel(row * 2), 0), over = texelFetch(cubes, texel(row * 2 + 1), 0);
    vec3 lx = unpacked(wnor.x > 0.0 ? beside.x : beside.y), ly = unpacked(wnor.y > 0.0 ? beside.z : beside.w);
    vec3 lz = unpacked(wnor.z > 0.0 ? over.x : over.y);
    lit = 4.0 * (w.x * lx * lx + w.y * ly * ly + w.z * lz * lz);
  #else
    lit = w.x * (wnor.x > 0.0 ? cube[0] : cube[1]) + w.y * (wnor.y > 0.0 ? cube[2] : cube[3])
        + w.z * (wnor.z > 0.0 ? cube[4] : cube[5]);
  #endif
  #ifndef PAINTED                                               // what has a picture holds its occlusion in its colour
    lit *= mix(0.30, 1.0, uv.x);
  #endif
#endif
#ifdef GROWN                                                   // u: open sky, v: how much of the sun comes through
  #ifdef HANGING
    float sunny = max(dot(wnor, sunward), 0.0);
  #else                                                         // light comes through leaves and round a crown
    float sunny = max(dot(wnor, sunward) * 0.72 + 0.28, 0.06);
  #endif
    lit = sunlight * (sunny * uv.y) + mix(groundlight, skylight, 0.5 + 0.5 * wnor.z) * uv.x;
#endif
#if defined(MIRRORED) || defined(CLIPPED)
    gl_ClipDistance[0] = dot(mirror_plane, p3d_ModelMatrix * v);
#endif
#ifdef LEAN                                                    // all but a lightmap is done here, once a vertex
    float seen = exp(-length(eye - wpos) * fog.a);
    shade = col.rgb * tone.x;
    air = fog.rgb * (tone.x * (1.0 - seen));
  #ifdef GLOW
    shade = finished(glowing(shade, col.a));
  #elif defined(ATLAS)
    shade *= 4.0 * seen;
   #ifdef SEAMLESS                                             // charts of light hold it, see `damp`
    shade *= wetted(wnor.z, tone.w);
   #endif
  #elif defined(PAINTED)
    shade *= lit * seen;
  #else
    shade = finished(shade * lit * seen + air);
  #endif
#endif
}"""
)

# What a lean pass does at a pixel: next to nothing but where there is a lightmap.
LEAN_FRAGMENT_STAGE = (
    LEAN_FINISH
    + CLADDING
    + """
CENTROID varying vec3 shade, air; CENTROID varying vec2 uv;
uniform sampler2D light, painting;
#ifdef PARTING
flat in float parted;
#endif
void main() {
#ifdef PARTING
    if (parted < 0.0) discard;
#endif
#ifdef ATLAS
    vec3 c = texture2D(light, uv).rgb;
  #ifdef CLAD
    c *= sqrt(cladding().rgb);
  #endif
    gl_FragColor = vec4(finished(c * c * shade + air), 1.0);
#elif defined(PAINTED)
    gl_FragColor = vec4(finished(texture2D(painting, uv).rgb * shade + air), 1.0);
#else
    gl_FragColor = vec4(shade, 1.0);
  #ifdef CLAD
    gl_FragColor.rgb *= sqrt(cladding().rgb);
  #endif
#endif
}"""
)

FRAGMENT_STAGE = (
    FINISH
    + CLADDING
    + """
uniform sampler2D light, painting; uniform samplerCube room;
uniform vec3 eye, lampglow, nightwindow, room_lo, room_hi, room_mid; uniform vec4 fog, outdoor;
uniform vec4 tone;                                             // exposure, reflection strength, vignette, wetness
uniform vec4 screen;                                           // 1 / width, 1 / height of the picture
CENTROID varying vec3 wpos, wnor, lit; CENTROID varying vec4 col; CENTROID varying vec2 uv;
#ifdef GHOST
uniform vec4 ghost;                                            // tint, alpha
#endif
#ifdef PARTING
flat in float parted;
#endif
#ifdef HANGING
uniform vec3 sunward, sunlight;
#endif
"""
    + WEATHER
    + """
vec3 reflected(vec3 r, float blur) {                           // box-projected picture of the room
    vec3 t = max((room_hi - wpos) / r, (room_lo - wpos) / r);
    vec3 c = textureCube(room, wpos + r * min(t.x, min(t.y, t.z)) - room_mid, blur).rgb;
    return c * c * 4.0;
}
void main() {
    vec3 c = col.rgb;
    float alpha = 1.0;
#ifdef PAINTED
    c *= texture2D(painting, uv).rgb;
#endif
#ifdef CLAD
    vec4 cover = cladding();
    c *= cover.rgb;
#endif
    vec3 away = eye - wpos; float d = length(away); vec3 v = away / d;
#ifdef PARTING
    if (parted < 0.0) discard;
#endif
#ifdef GLOW
    c = glowing(c, col.a);
#else
    vec3 L = lit;
  #ifdef ATLAS
    L = texture2D(light, uv).rgb; L *= L * 4.0;
  #endif
    vec3 n = normalize(wnor);
  #if defined(ATLAS) && defined(SEAMLESS)                       // charts of light hold it, see `damp`
    L *= wetted(n.z, tone.w);
  #endif
    float nv = clamp(dot(n, v), 0.0, 1.0), k = 1.0 - nv, k2 = k * k, g = col.a;
  #ifdef CLAD
    g = cover.a;
  #endif
    c *= L;
    c += L * k2 * k * (1.0 - g) * 0.10;                        // cloth rim
  #if !defined(MIRRORED) && !defined(RAW) && !defined(MATTE)
    if (tone.y > 0.0 && g > 0.08) {
        float mirror = step(0.97, g), lum = dot(L, vec3(0.3, 0.6, 0.1));
        float s = mix(g * g * (0.05 + 0.55 * k2 * k2 * k), 0.9, mirror) * tone.y
                * mix(clamp(lum * 2.5, 0.1, 1.0), 1.0, mirror);
        c = mix(c, reflected(reflect(-v, n), mix(5.5 - 4.0 * g, 0.0, mirror)), s);
    }
  #endif
  #ifdef HANGING                                                // the sun on a smooth skin, sharper the glossier
    float spot = max(dot(n, normalize(v + sunward)), 0.0);
    c += sunlight * (uv.y * g * g * (0.9 * pow(spot, 24.0 + 220.0 * g * g) + 0.10 * spot * spot * spot));
  #endif
  #ifdef GHOST
    c = mix(c, ghost.rgb * (0.4 + 1.6 * k2), 0.45);
    alpha = clamp(ghost.a + k2 * 0.5, 0.0, 1.0);
  #endif
    c = mix(fog.rgb, c, exp(-d * fog.a));                      // what glows is painted with the air before it
#endif
#ifdef RAW
    gl_FragColor = vec4(sqrt(c * 0.25), 1.0);                  // as light is stored
#else
    vec2 q = gl_FragCoord.xy * screen.xy - 0.5;
    c *= tone.x * (1.0 - tone.z * dot(q, q));
    c = finished(c);
    float grain = fract(52.9829 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    gl_FragColor = vec4(c + (grain - 0.5) / 255.0, alpha);     // dithered: soft walls show no bands
#endif
}"""
)


class Variant(Enum):
    """Where a thing's light comes from; the value names the shader's switches."""

    ATLAS = ("ATLAS",)  # a lightmap: floors, walls, furniture
    VERTEX = ("VERTEX",)  # a texel a vertex: curved things that never move
    SWAY = ("VERTEX", "SWAY", "MATTE")  # the same, moved by the wind: cloth and leaves
    PROBE = ("PROBE",)  # the place's ambient cubes: whatever moves
    SKIN = ("PROBE", "SKIN")  # the same on a skeleton
    PAINTED = ("PROBE", "PAINTED")  # what moves and has a picture of its own, see `painted`
    PAINTED_SKIN = ("PROBE", "SKIN", "PAINTED")
    GLOW = ("GLOW",)  # lamps, windows, the sky
    GHOST = ("PROBE", "GHOST")  # translucent
    ROWS = ("PROBE", "PULLED")  # goods by the thousand, see `pulled`
    SLOTS = ("PROBE", "PULLED", "SLOTS")  # those of them that are near
    GROUND = ("ATLAS", "SEAMLESS", "MATTE")  # rolling ground under one picture
    GROWN = ("GROWN", "SEAMLESS", "SWAY", "MATTE")  # trees: sun and sky weighed at each vertex
    GROWN_NEAR = ("GROWN", "SEAMLESS", "SWAY", "MATTE", "PARTING")
    ATLAS_CLAD = ("ATLAS", "CLAD")  # what is painted with a material, see `cladding`
    VERTEX_CLAD = ("VERTEX", "CLAD")
    PROBE_CLAD = ("PROBE", "CLAD")
    FRUIT = ("GROWN", "SEAMLESS", "SWAY", "HANGING")  # what hangs on them and shines


@cache
def _compiled(defines: tuple[str, ...], vertex: str, fragment: str, centroid: bool) -> Shader:
    head = "#version 130\n" + "".join(f"#define {name}\n" for name in defines)
    head += f"#define PART_M {PART_M}\n#define PART_WOOD_M {PART_WOOD_M}\n#define FIXED {FIXED}\n"
    head += f"#define JOINTS {MAX_JOINTS}\n#define TEXELS {TEXELS}\n"
    head += "#define CENTROID centroid\n" if centroid else "#define CENTROID\n"
    return Shader.make(Shader.SL_GLSL, head + vertex, head + fragment)


class Samples:
    """Whether the window has several samples a pixel: only then must lightmaps be read at the covered centroid."""

    several = False


class Driver:
    """What the window's driver can do: `pulls` says whether goods may be drawn by the thousand, see `pulled`."""

    pulls = True


class Pass(Enum):
    """Who looks: the player, a mirror (cheaper, cut off at its plane), the camera that takes the room's reflection."""

    MAIN = ()
    MIRRORED = ("MIRRORED",)
    RAW = ("RAW",)
    BEYOND = ("CLIPPED",)  # through a doorway: only what is beyond the threshold


def attrib(
    variant: Variant, seen_by: Pass = Pass.MAIN, *, matte: bool = False, lean: bool = False
) -> ShaderAttrib:
    """The shader of a variant for one pass; `matte`: without reflections; `lean`: with hardly any work at a pixel."""
    lean = _is_lean(variant, seen_by, lean=lean)
    # Only its own priority keeps a shader against those of the meshes below, whose matte parts are no exception.
    own = variant is Variant.GHOST or "CLAD" in variant.value
    priority = int(seen_by is not Pass.MAIN or own or lean)
    made = ShaderAttrib.make(_shader(variant, seen_by, matte=matte, lean=lean), priority)
    return made.set_flag(ShaderAttrib.F_hardware_skinning, "SKIN" in variant.value)


def _is_lean(variant: Variant, seen_by: Pass, *, lean: bool) -> bool:
    return lean and variant is not Variant.GHOST and seen_by is not Pass.RAW


def _shader(variant: Variant, seen_by: Pass, *, matte: bool, lean: bool) -> Shader:
    lean = _is_lean(variant, seen_by, lean=lean)
    defines = (*variant.value, *seen_by.value, *(("MATTE",) if matte else ()), *(("LEAN",) if lean else ()))
    # Where light has no seams, reading it at a pixel's middle does no harm, and drivers get that right.
    centroid = Samples.several and seen_by in (Pass.MAIN, Pass.BEYOND) and "SEAMLESS" not in variant.value
    return _compiled(defines, VERTEX_STAGE, LEAN_FRAGMENT_STAGE if lean else FRAGMENT_STAGE, centroid)


def look_by(camera: Camera, seen_by: Pass, *, lean: bool) -> None:
    """Make a camera see every dressed thing in a pass's form."""
    camera.clear_tag_states()
    if seen_by is Pass.MAIN and not lean:  # as things are dressed
        return
    camera.set_tag_state_key("variant")
    for variant in Variant:
        state = NodePath("pass")
        state.set_attrib(attrib(variant, seen_by, lean=lean))
        camera.set_tag_state(variant.name, state.get_state())


def warm_up(
    gsg: GraphicsStateGuardian, seen_by: Pass, *, lean: bool, variants: Sequence[Variant] = ()
) -> Iterator[str]:
    """Compile what a pass will need, one shader at a time: the first sight of a thing must not wait for it.

    Without `variants` those that any place may need: halls, groves and rooms with materials see to theirs.
    """
    for variant in variants or (each for each in Variant if not {"PULLED", "SEAMLESS", "CLAD"} & {*each.value}):
        for matte in (False, True) if seen_by is Pass.MAIN and not {"MATTE", "CLAD"} & {*variant.value} else (False,):
            if variant is not Variant.GHOST or seen_by is Pass.MAIN:
                _shader(variant, seen_by, matte=matte, lean=lean).prepare_now(gsg.get_prepared_objects(), gsg)
                yield f"shader {variant.name} {seen_by.name}"
    if seen_by is Pass.MAIN and not variants:
        for shader in flat_shaders.everywhere():
            shader.prepare_now(gsg.get_prepared_objects(), gsg)
            yield "flat shader"


def dress(node: NodePath, variant: Variant) -> None:
    """Draw a node and all below it with a variant."""
    node.set_attrib(attrib(variant))
    node.set_tag("variant", variant.name)
    if variant in (Variant.VERTEX, Variant.SWAY):
        node.set_texture_off(0)


def light_texture(name: str, width: int, height: int, *, smooth: bool) -> Texture:
    """An empty 8-bit texture for baked light; `smooth` filters, otherwise each vertex owns a texel."""
    texture = Texture(name)
    texture.setup_2d_texture(width, height, Texture.T_unsigned_byte, Texture.F_rgb)
    mode = SamplerState.FT_linear if smooth else SamplerState.FT_nearest
    texture.set_minfilter(mode)
    texture.set_magfilter(mode)
    texture.set_wrap_u(SamplerState.WM_clamp)
    texture.set_wrap_v(SamplerState.WM_clamp)
    texture.set_compression(Texture.CM_off)
    return texture
