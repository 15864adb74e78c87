"""The view through open doors: the neighbour place is drawn only inside the doorway, and only beyond its threshold.

Both places are whole: the street paints a make-believe shop behind its windows, the shop a make-believe street outside
its own, and both have walls. So first the place here is drawn, then each doorway that is still visible marks its pixels
in the stencil and forgets their depth, then the neighbour is drawn into the marked pixels.
"""

from math import radians

from panda3d.core import (
    BitMask32,
    Camera,
    ColorWriteAttrib,
    DepthTestAttrib,
    LVector4f,
    NodePath,
    PandaNode,
    Plane,
    PlaneNode,
    RenderState,
    StencilAttrib,
)

from game.client import flat_shaders, shapes
from game.client.shaders import Pass
from game.client.spaces import forward, turned
from game.client.stage import BEYOND, HAND, Stage
from game.core.goods import Vec3
from game.core.places import Door

BIT = 2  # of the stencil; the first one is for outlines
NEAREST_M = 0.14  # the near plane must not cut the doorway away while one walks through
_S = StencilAttrib
_MARK = _S.make(True, _S.SCF_always, _S.SO_keep, _S.SO_keep, _S.SO_replace, BIT, BIT, BIT)
_MARKED = _S.make(True, _S.SCF_equal, _S.SO_keep, _S.SO_keep, _S.SO_keep, BIT, BIT, 0)


class Doorways:
    """Draws the neighbours of the place here through their doors: one camera, after the main one."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._clip = stage.root.attach_new_node(PlaneNode("threshold"))
        node = Camera("beyond", stage.lens)
        node.set_scene(stage.root)
        node.set_camera_mask(BEYOND)
        stage.look_by(node, Pass.BEYOND)
        self._camera = stage.camera.attach_new_node(node)
        self._view = stage.view(self._camera, sort=2)
        self._view.set_active(False)
        self._door: Door | None = None
        self._marks: NodePath | None = None

    def show(self, door: Door | None, eye_m: Vec3, sky: tuple[float, float, float]) -> None:
        """Look through one door of the place here, or through none; `sky` fills what the neighbour leaves open."""
        self._view.set_active(door is not None)
        if door is not self._door:
            if self._marks is not None:
                self._marks.remove_node()
                self._marks = None
            self._door = door
            if door is not None:
                self._open(door)
        if door is None or self._marks is None:
            return
        out = forward(radians(door.yaw_deg))
        gap_m = sum((a - e) * o for a, e, o in zip(door.at_m, eye_m, out, strict=True))
        back_m = max(NEAREST_M - gap_m, 0.0)
        at = tuple(a + o * back_m for a, o in zip(door.at_m, out, strict=True))
        self._marks.set_mat(turned(at, radians(door.yaw_deg)))
        self._marks.set_shader_input("tint", (*sky, 1))

    def _open(self, door: Door) -> None:
        plane = Plane(-forward(radians(door.yaw_deg)), door.at_m)
        beyond = Plane(-plane)
        self._clip.node().set_plane(beyond)
        state = NodePath("beyond")
        state.set_attrib(_MARKED)
        state.set_clip_plane(self._clip)
        state.set_shader_input("mirror_plane", LVector4f(*beyond), 1)
        self._camera.node().set_initial_state(state.get_state())
        self._marks = self.stage.root.attach_new_node("doorway")
        self._marks.node().adjust_draw_mask(*_only(BEYOND))
        mark, reset = (
            self._marks.attach_new_node(shapes.upright(name, door.width_m, door.height_m)) for name in ("mark", "reset")
        )
        mark.set_state(_state(_MARK, colour=False, test=True))
        mark.set_bin("background", 0)
        reset.set_state(_state(_MARKED, colour=True, test=False))
        reset.set_bin("background", 1)
        for part, far in ((mark, False), (reset, True)):
            part.set_shader(flat_shaders.flat_at(far=far), 20)
            part.set_two_sided(True)
            part.set_clip_plane_off(20)

    def close(self) -> None:
        """Free the camera and the region."""
        self.show(None, (0, 0, 0), (0, 0, 0))
        self._view.close()
        self._camera.remove_node()
        self._clip.remove_node()


def only_beyond(node: NodePath, beyond: bool) -> None:
    """Let a place be seen through a doorway alone, or by every camera again but the doorway's and the hand's."""
    if beyond:
        node.node().adjust_draw_mask(*_only(BEYOND))
    else:
        node.show()
        node.node().adjust_draw_mask(*_all_but(BEYOND | HAND))


def show_beyond_too(leaf: NodePath | None) -> None:
    """Let the leaf of a door be seen through its own doorway, into which it swings."""
    if leaf is not None:
        leaf.node().adjust_draw_mask(BitMask32(BEYOND), BitMask32.all_off(), BitMask32.all_off())


def _only(mask: int) -> tuple[BitMask32, BitMask32, BitMask32]:
    everyone = PandaNode.get_all_camera_mask()
    return BitMask32(mask), everyone & ~BitMask32(mask), BitMask32.all_off()


def _all_but(mask: int) -> tuple[BitMask32, BitMask32, BitMask32]:
    everyone = PandaNode.get_all_camera_mask()
    return everyone & ~BitMask32(mask), BitMask32(mask), BitMask32.all_off()


def _state(stencil: StencilAttrib, *, colour: bool, test: bool) -> RenderState:
    return RenderState.make(
        stencil,
        ColorWriteAttrib.make(ColorWriteAttrib.C_all if colour else ColorWriteAttrib.C_off),
        DepthTestAttrib.make(DepthTestAttrib.M_less_equal if test else DepthTestAttrib.M_always),
        20,
    )


def threshold_ahead(doors: tuple[Door, ...], start_m: Vec3, way: Vec3) -> float:
    """How far along a unit `way` from `start_m` the first threshold is crossed on the way out; infinite without."""
    nearest_m = float("inf")
    for door in doors:
        out = forward(radians(door.yaw_deg))
        speed = sum(w * o for w, o in zip(way, out, strict=True))
        ahead_m = sum((a - s) * o for a, s, o in zip(door.at_m, start_m, out, strict=True))
        if speed <= 1e-6 or ahead_m < 0:
            continue
        far_m = ahead_m / speed
        right = (out.y, -out.x, 0.0)
        aside_m = sum((s + w * far_m - a) * r for s, w, a, r in zip(start_m, way, door.at_m, right, strict=True))
        if abs(aside_m) <= door.width_m / 2:
            nearest_m = min(nearest_m, far_m)
    return nearest_m
