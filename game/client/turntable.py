"""A good turning by itself in a picture of its own, while it is being made."""

from math import pi

from panda3d.core import Camera, FrameBufferProperties, GeomNode, GraphicsOutput, NodePath, SamplerState, Texture

from game.client import shaders, theme
from game.client.matte import part_matte
from game.client.models import mesh
from game.client.painted import paint, texture_of
from game.client.portraits import AWAY, FROM, angle_deg, light_evenly
from game.client.shaders import Variant
from game.client.spaces import facing, lens, turned
from game.content.goods_model import DARKEST, Model

SIDE_PX = 384
TURN_RAD_PER_SEC = 0.7
STILL_RAD = 0.45  # how it stands where nothing shall move
ROOM = 1.12  # it needs more room than its box, for it turns


class Turntable:
    """Draws with a buffer of the window `win`, only while it has something to show."""

    def __init__(self, win: GraphicsOutput) -> None:
        self.texture = Texture("turntable")
        self.texture.set_minfilter(SamplerState.FT_linear)
        self.texture.set_wrap_u(SamplerState.WM_clamp)
        self.texture.set_wrap_v(SamplerState.WM_clamp)
        wanted = FrameBufferProperties()
        wanted.set_rgba_bits(8, 8, 8, 8)
        wanted.set_depth_bits(24)
        self.buffer = win.make_texture_buffer("turntable", SIDE_PX, SIDE_PX, self.texture, False, wanted)
        self.buffer.set_clear_color((*theme.PAPER_DEEP[:3], 0.0))
        self.scene = NodePath("turntable")
        shaders.dress(self.scene, Variant.PROBE)
        self.stand = self.scene.attach_new_node("stand")
        self.camera = NodePath(Camera("turntable"))
        self.camera.node().set_scene(self.scene)
        self.camera.reparent_to(self.scene)
        self.buffer.make_display_region().set_camera(self.camera)
        self.buffer.set_active(False)
        self.turn_rad = 0.0

    def show(self, model: Model | None) -> None:
        """Put a model on the table in the place of what is there; None clears it."""
        self.stand.node().remove_all_children()
        self.buffer.set_active(model is not None)
        if model is None:
            return
        node = self.stand.attach_new_node(node_of(model))
        low, high = node.get_tight_bounds(node)
        node.set_pos(-(low + high) / 2)
        size_m = (high - low).length()
        eye = tuple(side * AWAY * size_m * ROOM / 1.16 for side in FROM)
        matrix = facing(eye, (0.0, 0.0, 0.0))
        self.camera.set_mat(matrix)
        angle = angle_deg(matrix, -(high - low) / 2, (high - low) / 2) * ROOM
        self.camera.node().set_lens(lens(angle, 1.0, size_m / 10, size_m * 10))
        light_evenly(self.scene, eye)

    def draw(self, dt_secs: float, *, calm: bool) -> None:
        """Turn on; it stands still for who asked for little motion."""
        self.turn_rad = STILL_RAD if calm else (self.turn_rad + TURN_RAD_PER_SEC * dt_secs) % (2 * pi)
        self.stand.set_mat(turned((0.0, 0.0, 0.0), self.turn_rad))

    def close(self) -> None:
        """Free the buffer."""
        self.buffer.get_engine().remove_window(self.buffer)
        self.scene.remove_node()


def node_of(model: Model) -> GeomNode:
    """A model in memory as the game draws it."""
    rgba = model.rgba.copy()
    if model.picture is not None and model.uv is not None:
        rgba[:, :3] *= (DARKEST + (1 - DARKEST) * model.light)[:, None]
        uv = model.uv * (1, -1) + (0, 1)
    else:
        uv = model.light[:, None] * (1.0, 0.0)
    node = mesh("draft", model.points, model.triangles, normals=model.normals, colours=rgba, uv=uv)
    if model.picture is not None and model.uv is not None:
        paint(node, texture_of(model.picture.raw, "draft"))
    part_matte(NodePath(node), Variant.PAINTED if model.picture is not None else Variant.PROBE)
    return node
