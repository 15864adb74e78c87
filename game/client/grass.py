"""Grass at one's feet: blades that stand wherever the ground's picture is green, in its colour and light.

They wrap round the eye, so one draw serves a whole place; the vertex shader looks up height and colour.
"""

import numpy as np
from panda3d.core import NodePath, SamplerState, Texture

from game.client.grade import FINISH
from game.client.ground_paint import Painting
from game.client.particles import group, moving, specks
from game.core.ground import Ground

BLADES = 6_000
VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec3 eye; uniform vec4 wind, tone;
uniform vec4 field, corners;                                   // the picture's corner and size; how to find heights
uniform sampler2D light, heights, green;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying vec3 col;
const float box = 13.0;
void main() {
    vec3 seed = p3d_Vertex.xyz;
    vec2 at = mod(seed.xy * box - eye.xy + 0.5 * box, box) - 0.5 * box + eye.xy;
    vec2 where = (at - field.xy) / field.zw;
    vec3 c = texture2DLod(light, where, 0.0).rgb;
    float far = length(at - eye.xy);
    float meadow = smoothstep(0.75, 1.0, texture2DLod(green, where, 0.0).r);
    float grows = meadow * (1.0 - smoothstep(3.6, 6.3, far)) * step(0.0, min(where.x, where.y))
                * step(max(where.x, where.y), 1.0);
    float z = texture2DLod(heights, (at - field.xy) * corners.xy + corners.zw, 0.0).r;
    float high = (0.05 + 0.10 * fract(seed.z * 7.31)) * grows, up = p3d_MultiTexCoord0.y, turn = seed.z * 61.0;
    vec2 side = vec2(cos(turn), sin(turn));
    float bend = 0.35 * sin(turn * 3.0) + wind.y * 0.22 * sin(wind.x * 2.1 + at.x * 1.3 + at.y * 0.9);
    vec2 over = side * p3d_MultiTexCoord0.x * 0.011 * (1.0 - up) + side.yx * (up * up * bend * high);
    vec3 pos = vec3(at + over, z + up * high);
    float petal = step(0.965, fract(seed.z * 53.7)) * up;
    vec3 tint = fract(seed.z * 91.0) > 0.5 ? vec3(2.6, 1.4, 4.0) : vec3(2.4, 1.5, 0.6);
    col = c * c * 4.0 * (0.82 + 0.55 * up) * mix(vec3(1.0), tint, petal) * tone.x;
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(pos, 1.0);
}"""
FRAGMENT = (
    FINISH
    + """
varying vec3 col;
void main() { gl_FragColor = vec4(finished(col), 1.0); }"""
)


def grass(ground: Ground, picture: Texture, painting: Painting, parent: NodePath) -> NodePath:
    """Let grass grow on a ground where its painting is green; `picture` is what it shows just now."""
    root = group(parent, "grass")
    path = moving(root, specks("blades", BLADES, np.random.default_rng(11)), VERTEX, FRAGMENT, 0, opaque=True)
    grid = np.ascontiguousarray(np.asarray(ground.rows), np.float32)
    heights = _numbers("heights", grid, Texture.T_float)
    rows, columns = grid.shape
    path.set_shader_inputs(
        light=picture, heights=heights, green=_numbers("green", painting.green, Texture.T_unsigned_byte),
        field=(*painting.lo_m, *painting.size_m),
        corners=(1 / ground.cell_m / columns, 1 / ground.cell_m / rows, 0.5 / columns, 0.5 / rows),
    )  # fmt: skip
    return root


def _numbers(name: str, values: np.ndarray, kind: int) -> Texture:
    """A texture of one channel, smooth between its texels: floats, or 0..1 as bytes."""
    out = Texture(name)
    whole = kind == Texture.T_float
    out.setup_2d_texture(values.shape[1], values.shape[0], kind, Texture.F_r32 if whole else Texture.F_red)
    for set_filter in (out.set_minfilter, out.set_magfilter):
        set_filter(SamplerState.FT_linear)
    for set_wrap in (out.set_wrap_u, out.set_wrap_v):
        set_wrap(SamplerState.WM_clamp)
    out.set_ram_image(np.ascontiguousarray(values if whole else (values * 255).astype(np.uint8)).tobytes())
    return out
