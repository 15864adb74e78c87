"""The outline of the good that the crosshair rests on: light with a dark rim. A shape, not a tint.

The good marks the pixels that it covers in the stencil; two hulls, pushed outwards by some pixels, fill what is around.
"""

from collections.abc import Sequence
from math import sin

from panda3d.core import NodePath, StencilAttrib

from game.client import flat_shaders
from game.client.scenery import Scenery
from game.client.shelves import Display
from game.client.stage import MIRROR
from game.core.ids import StandId

WIDTH_PX = 4.2  # of a picture 720 pixels high
RIM_PX = 1.8  # a dark rim around it: it stands out from a light wall, too
COLOUR = (1.0, 0.86, 0.42, 1.0)
RIM_COLOUR = (0.24, 0.10, 0.02, 1.0)
APPEAR_SECS = 0.12
NO_SHAPE = ("shadow", "words", "picture")  # below a kit piece

_MARK = StencilAttrib.make(
    True, StencilAttrib.SCF_always, StencilAttrib.SO_keep, StencilAttrib.SO_keep, StencilAttrib.SO_replace, 1, 1, 1
)
_AROUND = StencilAttrib.make(
    True, StencilAttrib.SCF_not_equal, StencilAttrib.SO_keep, StencilAttrib.SO_keep, StencilAttrib.SO_keep, 1, 1, 1
)


def _below(goal: NodePath) -> NodePath:
    """A node for hulls: they fill what is around the pixels that the goal marks."""
    node = goal.attach_new_node("outline")
    node.set_shader(flat_shaders.outline(), 2)
    node.set_attrib(_AROUND)
    node.set_two_sided(True)
    node.set_depth_write(False)
    node.hide(MIRROR)
    return node


class Rim:
    """A line in one colour round all that hangs below a node, until it is forgotten."""

    def __init__(self, goal: NodePath, tint: Sequence[float]) -> None:
        shapes = [
            path for path in goal.find_all_matches("**/+GeomNode")
            if path.get_name() not in NO_SHAPE and path.get_parent().get_name() not in NO_SHAPE
        ]  # fmt: skip
        bounds = [path.get_tight_bounds(goal) for path in shapes]
        low = [min(each[0][axis] for each in bounds) for axis in range(3)] if bounds else [0.0] * 3
        high = [max(each[1][axis] for each in bounds) for axis in range(3)] if bounds else [0.0] * 3
        self._middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
        self._goal = goal
        goal.set_attrib(_MARK)
        self._node = _below(goal)
        self._node.set_shader_input("tint", tuple(tint))
        self._node.set_bin("fixed", 20)
        for path in shapes:
            self._node.attach_new_node(path.node().make_copy()).set_transform(path.get_transform(goal))

    def draw(self, height_px: int) -> None:
        """As wide in a picture of any height."""
        self._node.set_shader_input("hull", (*self._middle, WIDTH_PX * height_px / 720))

    def forget(self) -> None:
        """Take the line away."""
        self._node.remove_node()
        if not self._goal.is_empty():
            self._goal.clear_attrib(StencilAttrib)


class Outline:
    """Draws one outline at a time."""

    def __init__(self) -> None:
        self._node: NodePath | None = None
        self._goal: NodePath | None = None
        self._display: Display | None = None
        self._stand: StandId | None = None
        self._hulls: list[tuple[NodePath, float]] = []
        self._secs = 0.0

    def draw(self, here: Scenery, stand: StandId | None, height_px: int, dt_secs: float, *, calm: bool) -> None:
        """Outline the good on `stand`, or nothing."""
        goal = here.shelves.node(stand) if here.shelves is not None and stand is not None else None
        if stand != self._stand or goal != self._goal:
            self.forget()
            if goal is not None and stand is not None:
                self._start(goal, stand)
                self._display = here.shelves
        if self._node is None:
            return
        self._secs += dt_secs
        grown = 1.0 if calm else min(self._secs / APPEAR_SECS, 1.0)
        pulse = 1.0 if calm else 1.0 + 0.1 * sin(self._secs * 4.0)
        for hull, width_px in self._hulls:
            hull.set_shader_input("hull", (*self._middle, width_px * height_px / 720 * grown * pulse))

    def _start(self, goal: NodePath, stand: StandId) -> None:
        self._stand, self._goal, self._secs = stand, goal, 0.0
        shape = goal.get_child(0)
        low, high = shape.get_tight_bounds(goal)
        self._middle = (low + high) / 2
        goal.set_attrib(_MARK)
        self._node = _below(goal)
        self._hulls = []
        for order, (colour, width_px) in enumerate(((RIM_COLOUR, WIDTH_PX + RIM_PX), (COLOUR, WIDTH_PX))):
            hull = self._node.attach_new_node(shape.node().make_copy())
            hull.set_shader_input("tint", colour)
            hull.set_bin("fixed", 20 + order)
            self._hulls.append((hull, width_px))

    def forget(self) -> None:
        """Take the outline away."""
        if self._node is not None:
            self._node.remove_node()
        if self._goal is not None and not self._goal.is_empty():
            self._goal.clear_attrib(StencilAttrib)
        if self._display is not None and self._stand is not None:
            self._display.give_back(self._stand)
        self._node, self._goal, self._stand, self._display, self._hulls = None, None, None, None, []
