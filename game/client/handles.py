"""Handles on what is selected: arrows that slide it along the floor or its wall and lift it, and a ring that turns it.

They are as large in the picture from near and far, lie over everything, and are hit and dragged in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot, pi, radians

import numpy as np
from panda3d.core import GeomNode, LMatrix4f, NodePath

from game.client import flat_shaders
from game.client.camera import Gaze
from game.client.models import mesh
from game.client.spaces import turned
from game.client.stage import MIRROR
from game.core.building import BringCarried, Snap
from game.core.goods import Vec3
from game.core.rooms import Item
from game.core.rules.carrying import Freedom

Point = tuple[float, float]
Ray = tuple[Vec3, Vec3]

TURN, LIFT = "turn", "lift"
ALONG = ("along_0", "along_1")
LONG, HEAD, RING = 0.108, 0.032, 0.15  # of what is drawn, a metre away
NEAREST_M, FARTHEST_M = 0.7, 6.0  # nearer and farther they grow and shrink with the room
HIT = 0.024  # heights of the window around a handle that mean it
GAP_RAD = radians(38)  # half of the ring's gap, which is towards the eye
FILL, HELD, RIM = (1.0, 0.80, 0.30, 1.0), (1.0, 0.99, 0.95, 1.0), (0.24, 0.10, 0.02, 1.0)
RIM_WIDE = 0.0042
LEVEL = 0.14  # a ray that is more level than this tells no spot on a level plane
OVER_ALL = 46  # in the bin of what is drawn last


@dataclass(frozen=True, slots=True)
class Sight:
    """Where the picture is seen from; `at` are heights of the window from its middle, right and up."""

    gaze: Gaze
    side: float  # of the picture's height, at a distance of 1

    def ray(self, at: Point) -> Ray:
        """From the eye through a point of the picture, in the room's space."""
        way = self.gaze.matrix().xform_vec((at[0] * self.side, 1.0, at[1] * self.side))
        return self.gaze.eye_m, (way[0], way[1], way[2])

    def seen(self, points_m: np.ndarray) -> np.ndarray:
        """Where points (n, 3) are in the picture, (n, 2); not a number for what is behind."""
        turn = np.array([self.gaze.matrix().get_row3(row) for row in range(3)])
        own = (points_m - self.gaze.eye_m) @ turn.T
        ahead = np.where(own[:, 1] > 0.05, own[:, 1], np.nan)
        seen: np.ndarray = own[:, ::2] / (ahead * self.side)[:, None]
        return seen


@dataclass(frozen=True, slots=True)
class Grip:
    """A handle that is held: where it began, and how far along it or round it that was."""

    name: str
    start: Item
    middle_m: Vec3
    axis: Vec3
    free: Freedom
    began: Point
    began_at: float | None  # None where only the way across the picture tells how far it is turned

    def wish(self, sight: Sight, at: Point, snap: Snap) -> BringCarried | None:
        """Where what is held shall be when the pointer is there; None where that can't be told."""
        if self.name == TURN:
            return self._turned(sight, at, snap)
        far_m = _along(sight.ray(at), self.middle_m, self.axis)
        if far_m is None or self.began_at is None:
            return None
        return BringCarried(at_m=_plus(self.start.at_m, self.axis, self._snapped(far_m - self.began_at, snap.grid_m)))

    def _snapped(self, by_m: float, grid_m: float) -> float:
        """Along the room's own sides positions snap, along a wall and up it steps do."""
        stands = len(self.free.along) > 1
        if not grid_m or (self.name == LIFT and stands):
            return by_m
        if abs(by_m) < grid_m / 2:
            return 0.0
        began_m = sum(a * b for a, b in zip(self.start.at_m, self.axis, strict=True)) if stands else 0.0
        return round((began_m + by_m) / grid_m) * grid_m - began_m

    def _turned(self, sight: Sight, at: Point, snap: Snap) -> BringCarried | None:
        if self.began_at is None:
            by_rad = (at[0] - self.began[0]) * 2 * pi
        else:
            now = _bearing(sight.ray(at), self.middle_m)
            if now is None:
                return None
            by_rad = now - self.began_at
        yaw_deg = self.start.yaw_deg + degrees(by_rad)
        step = snap.turn_deg
        yaw_deg = round(yaw_deg / step) * step if step else yaw_deg
        return BringCarried(at_m=self.start.at_m, yaw_deg=yaw_deg)


class Handles:
    """The handles of one thing at a time."""

    def __init__(self) -> None:
        self.hovered = ""
        self._free: Freedom | None = None
        self._middle_m: Vec3 = (0.0, 0.0, 0.0)
        self._scale = 1.0
        self._node: NodePath | None = None
        self._drawn_for: object = None

    def show(self, parent: NodePath, free: Freedom, height_m: float, sight: Sight, *, only: str = "") -> None:
        """Draw the handles of a thing of this height as it is seen now; `only` the one that is held."""
        x, y, z = free.root.at_m
        self._free, self._middle_m = free, (x, y, z + height_m / 2)
        away_m = hypot(*(a - b for a, b in zip(self._middle_m, sight.gaze.eye_m, strict=True)))
        self._scale = min(max(away_m, NEAREST_M), FARTHEST_M)
        names = (only,) if only else self._names()
        key = (names, free.along, self.hovered, parent)
        if self._node is None or key != self._drawn_for:
            self.forget()
            self._free, self._drawn_for = free, key
            self._node = parent.attach_new_node("handles")
            for name in names:
                self._draw(name)
        yaw_rad = sight.gaze.yaw_rad
        for node in self._node.get_children():
            turn = yaw_rad if node.get_name() == TURN else 0.0
            node.set_mat(turned(self._middle_m, turn, scale=self._scale))

    def _names(self) -> tuple[str, ...]:
        assert self._free is not None
        lift, turn = ((LIFT,) if self._free.lifts else ()), ((TURN,) if self._free.turns else ())
        return (*ALONG[: len(self._free.along)], *lift, *turn)

    def _draw(self, name: str) -> None:
        assert self._node is not None
        node = self._node.attach_new_node(name)
        path = _round() if name == TURN else _straight(self._axis(name))
        for order, (tint, wider) in enumerate(((RIM, RIM_WIDE), (HELD if name == self.hovered else FILL, 0.0))):
            part = node.attach_new_node(_arrow(name, path, wider))
            part.set_shader_input("tint", tint)
            part.set_bin("fixed", OVER_ALL + order)
        node.set_shader(flat_shaders.flat(), 2)
        node.set_depth_test(False)
        node.set_depth_write(False)
        node.hide(MIRROR)

    def _axis(self, name: str) -> Vec3:
        assert self._free is not None
        return (0.0, 0.0, 1.0) if name == LIFT else self._free.along[ALONG.index(name)]

    def find(self, sight: Sight, at: Point) -> str:
        """The handle at a point of the picture, "" where there is none."""
        if self._node is None or self._free is None:
            return ""
        best, found = HIT, ""
        for name in self._names():
            if name == TURN:
                line = _round() @ _flat_turn(sight.gaze.yaw_rad)
            else:
                line = np.linspace(-1, 1, 24)[:, None] * np.array(self._axis(name)) * LONG
                line = line[np.linalg.norm(line, axis=1) > LONG - 2 * HEAD]
            seen = sight.seen(np.array(self._middle_m) + line * self._scale)
            away = np.hypot(*(seen - at).T)
            nearest = float(np.nanmin(away)) if not np.isnan(away).all() else np.inf
            if nearest < best:
                best, found = nearest, name
        return found

    def grip(self, name: str, sight: Sight, at: Point) -> Grip:
        """Hold a handle from now on."""
        assert self._free is not None
        ray, root = sight.ray(at), self._free.root
        axis = (0.0, 0.0, 1.0) if name == TURN else self._axis(name)
        began_at = _bearing(ray, self._middle_m) if name == TURN else _along(ray, self._middle_m, axis)
        return Grip(name, root, self._middle_m, axis, self._free, at, began_at)

    def forget(self) -> None:
        """Take the handles away."""
        if self._node is not None:
            self._node.remove_node()
        self._node, self._free, self._drawn_for = None, None, None


# --- along and round -------------------------------------------------------------------------------------------------


def _plus(at_m: Vec3, axis: Vec3, by_m: float) -> Vec3:
    return at_m[0] + axis[0] * by_m, at_m[1] + axis[1] * by_m, at_m[2] + axis[2] * by_m


def _along(ray: Ray, through_m: Vec3, axis: Vec3) -> float | None:
    """How far along a line the point is that a ray comes nearest to; None where the ray goes along it."""
    way = np.array(ray[1]) / np.linalg.norm(ray[1])
    between, slant = np.array(ray[0]) - through_m, float(way @ axis)
    if 1.0 - slant * slant < 0.015:
        return None
    return float((between @ axis - slant * (between @ way)) / (1.0 - slant * slant))


def _bearing(ray: Ray, middle_m: Vec3) -> float | None:
    """The angle round a point at which a ray meets its level, radians; None where it hardly does."""
    (x, y, z), way = ray[0], np.array(ray[1]) / np.linalg.norm(ray[1])
    if abs(way[2]) < LEVEL or (middle_m[2] - z) / way[2] <= 0.0:
        return None
    far_m = (middle_m[2] - z) / way[2]
    return atan2(y + way[1] * far_m - middle_m[1], x + way[0] * far_m - middle_m[0])


# --- shapes ----------------------------------------------------------------------------------------------------------


def _flat_turn(yaw_rad: float) -> np.ndarray:
    """The turn (3, 3) of a node at a yaw, for rows."""
    matrix: LMatrix4f = turned((0, 0, 0), yaw_rad)
    return np.array([matrix.get_row3(row) for row in range(3)])


def _straight(axis: Vec3) -> np.ndarray:
    """A line (n, 3) both ways from the middle."""
    line: np.ndarray = np.linspace(-1, 1, 13)[:, None] * np.array(axis) * LONG
    return line


def _round() -> np.ndarray:
    """An arc (n, 3) about Z that is open towards -Y."""
    angles = np.linspace(-pi / 2 + GAP_RAD, 1.5 * pi - GAP_RAD, 49)
    return np.stack([np.cos(angles), np.sin(angles), np.zeros(len(angles))], 1) * RING


def _arrow(name: str, path: np.ndarray, wider: float, sides: int = 10) -> GeomNode:
    """A rod along a path with a head at either end; `wider` all round for the rim."""
    rod, head, long = (0.0036 if name == TURN else 0.0048) + wider, 0.0145 + 1.5 * wider, HEAD
    way = np.gradient(path, axis=0)
    way /= np.linalg.norm(way, axis=1)[:, None]
    spots: list[tuple[np.ndarray, np.ndarray, float]] = []
    inner = path[2:-2] if len(path) > 20 else path[1:-1]
    ways = way[2:-2] if len(path) > 20 else way[1:-1]
    spots.append((inner[0] - ways[0] * (long + 1.6 * wider), ways[0], 0.0))
    spots += [(inner[0] + ways[0] * wider * 0.7, ways[0], head)]
    spots += [(at, to, rod) for at, to in zip(inner, ways, strict=True)]
    spots += [(inner[-1] - ways[-1] * wider * 0.7, ways[-1], head)]
    spots.append((inner[-1] + ways[-1] * (long + 1.6 * wider), ways[-1], 0.0))
    return _swept(name, spots, sides)


def _swept(name: str, spots: Sequence[tuple[np.ndarray, np.ndarray, float]], sides: int) -> GeomNode:
    """A round bar through points, each with its direction and its radius."""
    around = np.linspace(0, 2 * pi, sides, endpoint=False)
    rows = []
    for at, to, radius in spots:
        aside = np.cross(to, (0.0, 0.0, 1.0)) if abs(to[2]) < 0.9 else np.array((1.0, 0.0, 0.0))
        aside /= np.linalg.norm(aside)
        up = np.cross(aside, to)
        rows.append(at + radius * (np.cos(around)[:, None] * aside + np.sin(around)[:, None] * up))
    points = np.concatenate(rows).astype(np.float32)
    i = np.arange(sides, dtype=np.uint32)
    j = (i + 1) % sides
    band = np.concatenate([np.stack([i, j, j + sides], 1), np.stack([i, j + sides, i + sides], 1)])
    triangles = np.concatenate([band + row * sides for row in range(len(spots) - 1)])
    return mesh(name, points, triangles, colours=(1.0, 1.0, 1.0, 1.0))
