"""Shaders of what no light falls on: outlines, footprints, rulers, shadows, words and pictures, mirror glass."""

from functools import cache

from panda3d.core import Shader

from game.client.grade import FINISH

# Their colours are already as the screen shows them.
OUTLINE_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix; uniform vec4 screen; uniform vec4 hull;   // centre of the model, pixels
attribute vec4 p3d_Vertex; attribute vec3 p3d_Normal;
void main() {
    vec3 out_of = normalize(p3d_Normal + 0.8 * normalize(p3d_Vertex.xyz - hull.xyz + 1e-5));
    vec4 at = p3d_ModelViewProjectionMatrix * p3d_Vertex;
    vec4 to = p3d_ModelViewProjectionMatrix * vec4(p3d_Vertex.xyz + out_of * 0.01, 1.0);
    vec2 way = (to.xy / to.w - at.xy / at.w) / screen.xy;
    at.xy += way / max(length(way), 1e-4) * screen.xy * hull.w * 2.0 * at.w;
    gl_Position = at;
}"""
OUTLINE_FRAGMENT = """
uniform vec4 tint;
void main() { gl_FragColor = tint; }"""
FLAT_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
attribute vec4 p3d_Vertex, p3d_Color; attribute vec2 p3d_MultiTexCoord0;
varying vec4 col; varying vec2 uv;
void main() { gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; col = p3d_Color; uv = p3d_MultiTexCoord0; }"""
FLAT_FRAGMENT = """
varying vec4 col; varying vec2 uv; uniform vec4 tint;
void main() { gl_FragColor = col * tint; }"""
DARK_FRAGMENT = """
varying vec4 col; varying vec2 uv; uniform vec4 tint; uniform sampler2D dark;
void main() { gl_FragColor = col * tint * vec4(1.0, 1.0, 1.0, texture2D(dark, uv).r); }"""
HATCHED_FRAGMENT = """
varying vec4 col; varying vec2 uv; uniform vec4 tint;
void main() {
    float stripe = step(0.5, fract((uv.x + uv.y) * 9.0));
    gl_FragColor = col * tint * vec4(1.0, 1.0, 1.0, mix(0.35, 1.0, stripe));
}"""
FLOWING_FRAGMENT = """
varying vec4 col; varying vec2 uv; uniform vec4 tint; uniform vec2 flow;   // waves so far, and whether they move
void main() {
    float wave = 0.5 + 0.5 * cos(6.2832 * (uv.x / 6.0 - flow.x));
    gl_FragColor = col * tint * vec4(1.0, 1.0, 1.0, mix(1.0, 0.5 + 0.5 * wave * wave, flow.y));
}"""
WRITTEN_FRAGMENT = (
    FINISH
    + """
varying vec2 uv; uniform vec4 tint, tone; uniform sampler2D p3d_Texture0;
void main() {
    vec4 texel = texture2D(p3d_Texture0, uv);
#ifdef PICTURE
    vec3 c = texel.rgb * texel.rgb * (0.7 * texel.rgb + 0.3);  // sRGB to linear, near enough
    gl_FragColor = vec4(finished(c * tint.rgb * tone.x), 1.0);
#else
    gl_FragColor = vec4(finished(tint.rgb * tone.x), texel.a);
#endif
}"""
)
MIRROR_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying vec4 clip; varying vec2 uv;
void main() { gl_Position = clip = p3d_ModelViewProjectionMatrix * p3d_Vertex; uv = p3d_MultiTexCoord0; }"""
MIRROR_FRAGMENT = """
uniform sampler2D image; uniform float shown; uniform vec4 window; varying vec4 clip; varying vec2 uv;
void main() {
    vec2 at = (clip.xy / clip.w - window.xy) / window.zw, e = min(uv, 1.0 - uv);
    vec3 seen = texture2D(image, at).rgb * vec3(0.955, 0.975, 0.97) + 0.012;
    vec3 silver = mix(vec3(0.63, 0.67, 0.68), vec3(0.80, 0.83, 0.83), smoothstep(0.2, 0.9, uv.y + 0.35 * uv.x - 0.2));
    float bevel = smoothstep(0.02, 0.0, min(e.x, e.y)) * 0.10;
    gl_FragColor = vec4(mix(silver, seen, shown) + bevel, 1.0);
}"""


@cache
def _compiled(vertex: str, fragment: str, *, picture: bool = False) -> Shader:
    head = "#version 130\n" + ("#define PICTURE\n" if picture else "")
    return Shader.make(Shader.SL_GLSL, head + vertex, head + fragment)


def everywhere() -> tuple[Shader, ...]:
    """Those that any place may need at its first sight."""
    return flat(), flat_at(far=True), flat_at(far=False), outline()


def outline() -> Shader:
    """Back faces pushed outwards by some pixels, in one colour."""
    return _compiled(OUTLINE_VERTEX, OUTLINE_FRAGMENT)


def flat(*, hatched: bool = False) -> Shader:
    """Vertex colours times `tint`, as the screen shows them; hatched along the texture coordinates on request."""
    return _compiled(FLAT_VERTEX, HATCHED_FRAGMENT if hatched else FLAT_FRAGMENT)


def darkness() -> Shader:
    """Vertex colours times `tint`, as transparent as the texture `dark` says."""
    return _compiled(FLAT_VERTEX, DARK_FRAGMENT)


def written(*, picture: bool) -> Shader:
    """Words in the light `tint`, or a picture in it, on what hangs in a room."""
    return _compiled(FLAT_VERTEX, WRITTEN_FRAGMENT, picture=picture)


def flowing() -> Shader:
    """Vertex colours times `tint`, brighter in waves along the first texture coordinate."""
    return _compiled(FLAT_VERTEX, FLOWING_FRAGMENT)


def flat_at(*, far: bool) -> Shader:
    """Vertex colours times `tint`; `far`: as distant as the depth buffer goes."""
    at_the_end = FLAT_VERTEX.replace("col = p3d_Color", "gl_Position.z = gl_Position.w; col = p3d_Color")
    return _compiled(at_the_end if far else FLAT_VERTEX, FLAT_FRAGMENT)


def mirror_glass() -> Shader:
    """A picture laid over the glass by screen position; silver where there is none."""
    return _compiled(MIRROR_VERTEX, MIRROR_FRAGMENT)
