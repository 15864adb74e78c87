"""How high something covers each spot of a place, as a picture taken from above: what rain does not fall through."""

from dataclasses import dataclass

import numpy as np
from panda3d.core import (
    Camera,
    CS_zup_right,
    LMatrix4f,
    NodePath,
    OrthographicLens,
    SamplerState,
    Shader,
    ShaderAttrib,
    Texture,
)

from game.client.scenery import Scenery
from game.client.stage import Stage
from game.core.places import Place

TOP_M = 12.0  # no roof is higher; the highest is stored as 1
SIDE_PX = 512
MARGIN_M = 1.0
NARROW_M = 0.35  # pennants, wires and lamps keep nobody dry
_VERTEX = """#version 130
uniform mat4 p3d_ModelViewProjectionMatrix, p3d_ModelMatrix;
attribute vec4 p3d_Vertex;
varying float high;
void main() { high = (p3d_ModelMatrix * p3d_Vertex).z; gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; }"""
_FRAGMENT = f"""#version 130
varying float high;
void main() {{ gl_FragColor = vec4(vec3(high / {TOP_M}), 1.0); }}"""
# For shaders: how high a spot of the ground is covered, in metres.
LOOK_UP = f"""
uniform sampler2D cover; uniform vec4 covers;                  // its low corner, 1 / width, 1 / depth in metres
float roof_m(vec2 at) {{ return texture2DLod(cover, (at - covers.xy) * covers.zw, 0.0).r * {TOP_M}; }}
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture, and where it lies: low and high corner in metres of the place."""

    texture: Texture
    lo: np.ndarray
    hi: np.ndarray

    def give_to(self, node: NodePath) -> None:
        """Let shaders below a node look it up by LOOK_UP."""
        node.set_shader_inputs(cover=self.texture, covers=(*self.lo.tolist(), *(1 / (self.hi - self.lo)).tolist()))

    def high_m(self, points_m: np.ndarray) -> np.ndarray:
        """How high spots (n, 2) are covered; 0 where they lie open."""
        side = self.texture.get_x_size()
        codes = np.frombuffer(self.texture.get_ram_image_as("R"), np.uint8).reshape(side, side)
        at = (np.asarray(points_m) - self.lo) / (self.hi - self.lo) * side
        column, row = np.clip(at.astype(int), 0, side - 1).T
        high_m: np.ndarray = codes[row, column] / 255 * TOP_M
        return high_m


def extent(place: Place) -> tuple[np.ndarray, np.ndarray]:
    """Low and high corner of where one can be in a place, in metres."""
    spots = [box.at_m[:2] for box in place.colliders] + [place.spawn.at_m[:2]]
    return np.min(spots, axis=0) - MARGIN_M, np.max(spots, axis=0) + MARGIN_M


def taken(stage: Stage, scenery: Scenery) -> Cover:
    """Look down on what the studio built there; draws one frame of that and of nothing else."""
    lo, hi = extent(scenery.place)
    built = NodePath("built")
    for part in ("shell", "props"):
        node = scenery.root.find(part)
        if not node.is_empty():
            node.instance_to(built)
    lens = OrthographicLens()
    lens.set_coordinate_system(CS_zup_right)
    lens.set_film_size(*(hi - lo).tolist())
    lens.set_near_far(0.0, TOP_M + 1.0)
    node = Camera("from above", lens)
    node.set_scene(built)
    state = NodePath("heights")
    state.set_attrib(ShaderAttrib.make(Shader.make(Shader.SL_GLSL, _VERTEX, _FRAGMENT), 100))
    node.set_initial_state(state.get_state())
    camera = built.attach_new_node(node)
    x, y = ((lo + hi) / 2).tolist()
    camera.set_mat(LMatrix4f(1, 0, 0, 0, 0, 0, -1, 0, 0, 1, 0, 0, x, y, TOP_M, 1))
    picture = stage.picture("from above", (SIDE_PX, SIDE_PX), camera)
    camera.remove_node()
    for each in built.get_children():
        each.detach_node()
    codes = np.frombuffer(picture, np.uint8).reshape(SIDE_PX, SIDE_PX, 3)[..., 0]
    reach = np.maximum(np.round(NARROW_M / 2 / (hi - lo) * SIDE_PX), 1).astype(int)
    wide = opened(opened(codes, 1, int(reach[0])), 0, int(reach[1]))
    texture = Texture("cover")
    texture.setup_2d_texture(SIDE_PX, SIDE_PX, Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image(np.repeat(wide[..., None], 3, axis=2).tobytes())
    texture.set_minfilter(SamplerState.FT_linear)
    texture.set_magfilter(SamplerState.FT_linear)
    texture.set_wrap_u(SamplerState.WM_clamp)
    texture.set_wrap_v(SamplerState.WM_clamp)
    return Cover(texture, lo, hi)


def opened(codes: np.ndarray, axis: int, reach: int) -> np.ndarray:
    """Heights without what is no wider than 2 * reach along an axis: the lowest around, then the highest of those."""
    low = codes
    for step in range(-reach, reach + 1):
        low = np.minimum(low, np.roll(codes, step, axis))
    high = low
    for step in range(-reach, reach + 1):
        high = np.maximum(high, np.roll(low, step, axis))
    return high
