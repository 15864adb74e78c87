"""Small pictures of goods and kit pieces for the panels, taken once each, in even light, on nothing."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import atan, degrees, hypot
from typing import Generic, TypeVar

from panda3d.core import (
    Camera,
    FrameBufferProperties,
    GraphicsOutput,
    LMatrix4f,
    LPoint3f,
    NodePath,
    SamplerState,
    Texture,
)

from game.client import shaders, theme
from game.client.kit_models import KitModels
from game.client.light import blank_cube
from game.client.shaders import Variant
from game.client.shelves import Models
from game.client.spaces import IDENTITY, facing, lens
from game.core.ids import GoodId, PieceId
from game.core.rooms import Piece

Id = TypeVar("Id", bound=str)
SIDE_PX = 256
AWAY = 3.0  # of the good's diagonal
FROM = (0.42, -1.0, 0.42)  # whence the camera looks: a little from the right and above, the good's front is -Y
MOST_WANTED = 24  # a list that was leafed past is not photographed to its end
FILL = 0.93  # of the picture's side
# Light from +X, -X, +Y, -Y, above and below: a soft window to the left of the camera.
STUDIO_LIGHT = ((0.62, 0.58, 0.54), (0.98, 0.96, 0.92), (0.6, 0.6, 0.6), (0.86, 0.84, 0.8), (1.25, 1.2, 1.12),
                (0.5, 0.44, 0.38))  # fmt: skip


class Portraits(Generic[Id]):
    """Takes pictures with a buffer of the window `win`; a picture is there one frame after it is first asked for.

    `subject` puts what is photographed below a node.
    """

    def __init__(self, win: GraphicsOutput, subject: Callable[[Id, NodePath], None]) -> None:
        self.win, self.subject = win, subject
        self._taken: dict[Id, Texture] = {}
        self._spent: list[tuple[GraphicsOutput, NodePath]] = []
        self._wanted: list[Id] = []

    def of(self, good: Id) -> Texture:
        """The picture of a good, transparent where the good is not."""
        if good not in self._taken:
            self._forget_spent()
            self._taken[good] = self._take(good)
        return self._taken[good]

    def soon(self, good: Id) -> Texture | None:
        """The picture of a good if it was taken; otherwise `work` takes it when its turn comes."""
        if good in self._taken:
            return self._taken[good]
        if good not in self._wanted:
            self._wanted.append(good)
        return None

    def work(self) -> bool:
        """Take the one picture that was asked for last, for that is what is looked at; False when none is due."""
        self._forget_spent()
        if not self._wanted:
            return False
        self.of(self._wanted.pop())
        del self._wanted[:-MOST_WANTED]
        return True

    def close(self) -> None:
        """Free the buffers."""
        self._forget_spent()
        self._taken.clear()

    def _take(self, good: Id) -> Texture:
        texture = Texture(f"portrait {good}")
        texture.set_minfilter(SamplerState.FT_linear_mipmap_linear)
        texture.set_wrap_u(SamplerState.WM_clamp)
        texture.set_wrap_v(SamplerState.WM_clamp)
        wanted = FrameBufferProperties()
        wanted.set_rgba_bits(8, 8, 8, 8)
        wanted.set_depth_bits(24)
        buffer = self.win.make_texture_buffer(f"portrait {good}", SIDE_PX, SIDE_PX, texture, False, wanted)
        buffer.set_clear_color((*theme.PAPER_DEEP[:3], 0.0))
        buffer.set_one_shot(True)
        scene = self._scene(good)
        low, high = scene.get_tight_bounds()
        middle, size_m = (low + high) / 2, (high - low).length()
        eye = [middle[axis] + FROM[axis] * AWAY * size_m / hypot(*FROM) for axis in range(3)]
        matrix = facing(eye, tuple(middle))
        camera = NodePath(Camera("portrait", lens(angle_deg(matrix, low, high), 1.0, 0.01, 60.0)))
        camera.node().set_scene(scene)
        camera.set_mat(matrix)
        camera.reparent_to(scene)
        light_evenly(scene, eye)
        buffer.make_display_region().set_camera(camera)
        self._spent.append((buffer, scene))
        return texture

    def _scene(self, good: Id) -> NodePath:
        scene = NodePath(f"portrait {good}")
        shaders.dress(scene, Variant.PROBE)
        self.subject(good, scene)
        return scene

    def _forget_spent(self) -> None:
        """Drop the buffers whose one frame is drawn."""
        waiting = []
        for buffer, scene in self._spent:
            if buffer.is_active():
                waiting.append((buffer, scene))
                continue
            buffer.get_engine().remove_window(buffer)
            scene.remove_node()
        self._spent = waiting


def of_goods(models: Models) -> Callable[[GoodId, NodePath], None]:
    """Puts goods before the camera."""

    def subject(good: GoodId, scene: NodePath) -> None:
        scene.attach_new_node(models.of(good))

    return subject


def of_pieces(models: KitModels, kit: Mapping[PieceId, Piece]) -> Callable[[PieceId, NodePath], None]:
    """Puts kit pieces before the camera, as they come."""

    def subject(piece: PieceId, scene: NodePath) -> None:
        model = models.of(kit[piece])
        for part in (*model.fixed, *model.painted.values(), *((model.art,) if model.art is not None else ())):
            scene.attach_new_node(part)
        if model.glow is not None:
            shaders.dress(scene.attach_new_node(model.glow), Variant.GLOW)

    return subject


def angle_deg(camera: LMatrix4f, low: LPoint3f, high: LPoint3f) -> float:
    """The angle of view in degrees in which a camera just sees a box."""
    from_world = LMatrix4f(camera)
    from_world.invert_in_place()
    widest = 0.0
    for corner in product(*zip(low, high, strict=True)):
        seen = from_world.xform_point(LPoint3f(*corner))
        widest = max(widest, abs(seen.x) / seen.y, abs(seen.z) / seen.y)
    return degrees(2 * atan(widest / FILL))


def light_evenly(scene: NodePath, eye: Sequence[float]) -> None:
    scene.set_shader_inputs(
        cube=[tuple(side) for side in STUDIO_LIGHT],
        eye=tuple(eye),
        tone=(1.0, 0.0, 0.0, 0.0),  # no reflections, no vignette, nothing wet
        fog=(0.0, 0.0, 0.0, 0.0),
        screen=(1 / SIDE_PX, 1 / SIDE_PX, 0.0, 0.0),
        room=blank_cube(),
        room_lo=(-9.0, -9.0, -9.0),
        room_hi=(9.0, 9.0, 9.0),
        room_mid=(0.0, 0.0, 0.0),
        outdoor=(0.0, 0.0, 0.0, 0.0),
        lampglow=(0.0, 0.0, 0.0),
        nightwindow=(0.0, 0.0, 0.0),
        place_from_world=IDENTITY,
        tint=(1.0, 1.0, 1.0, 1.0),
    )
