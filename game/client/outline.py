"""The warm outline of the good that the crosshair rests on: its back faces, pushed outwards. A shape, not a tint."""

from math import sin

from panda3d.core import CullFaceAttrib, NodePath

from game.client import shaders
from game.client.scenery import Scenery
from game.client.stage import MIRROR
from game.core.ids import StandId

WIDTH_PX = 3.4  # of a picture 720 pixels high
RIM_PX = 1.8  # a dark rim around it: it stands out from a light wall, too
COLOUR = (1.0, 0.86, 0.42, 1.0)
RIM_COLOUR = (0.24, 0.10, 0.02, 1.0)
APPEAR_SECS = 0.12


class Outline:
    """Draws one outline at a time."""

    def __init__(self) -> None:
        self._node: NodePath | None = None
        self._stand: StandId | None = None
        self._secs = 0.0

    def draw(self, here: Scenery, stand: StandId | None, height_px: int, dt_secs: float, *, calm: bool) -> None:
        """Outline the good on `stand`, or nothing."""
        goal = here.shelves.nodes.get(stand) if here.shelves is not None and stand is not None else None
        if stand != self._stand or (self._node is not None and self._node.get_parent() != goal):
            self.forget()
            if goal is not None and stand is not None:
                self._start(goal, stand)
        if self._node is None:
            return
        self._secs += dt_secs
        grown = 1.0 if calm else min(self._secs / APPEAR_SECS, 1.0)
        pulse = 0.0 if calm else 0.35 * sin(self._secs * 4.0)
        self._width(WIDTH_PX * height_px / 720 * grown + pulse * grown)

    def _start(self, goal: NodePath, stand: StandId) -> None:
        self._stand, self._secs = stand, 0.0
        mesh = goal.get_child(0).node()
        low, high = goal.get_child(0).get_tight_bounds(goal)
        self._middle = (low + high) / 2
        self._node = goal.attach_new_node("outline")
        self._node.set_shader(shaders.outline(), 2)
        self._node.set_attrib(CullFaceAttrib.make(CullFaceAttrib.M_cull_counter_clockwise))
        self._hulls = []
        for colour, extra_px in ((COLOUR, 0.0), (RIM_COLOUR, RIM_PX)):
            hull = self._node.attach_new_node(mesh.make_copy())
            hull.set_shader_input("tint", colour)
            hull.set_depth_offset(-1 if extra_px else 0)
            self._hulls.append((hull, extra_px))
        self._node.hide(MIRROR)
        self._node.set_tag("variant", "")
        self._width(0.0)

    def _width(self, px: float) -> None:
        assert self._node is not None
        for hull, extra_px in self._hulls:
            hull.set_shader_input("hull", (*self._middle, px + extra_px * min(px / WIDTH_PX, 1.0)))

    def forget(self) -> None:
        """Take the outline away."""
        if self._node is not None:
            self._node.remove_node()
        self._node, self._stand = None, None
