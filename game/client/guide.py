"""The way on the ground: steps that lead from the player to a good, through doors, and a mark over the good itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, ceil, hypot, sin

import numpy as np
from panda3d.core import GeomNode, NodePath, TransparencyAttrib

from game.client import flat_shaders, shapes
from game.client.finding import Finding
from game.client.models import mesh
from game.client.outline import Outline
from game.client.stage import MIRROR
from game.client.street import Street
from game.core import collide
from game.core.ids import PlaceId
from game.core.route import Floor, Leg, Point, Seek, before_stand, inside_m, landing, lay, legs
from game.core.search import Found
from game.core.world import World

STEP_M = 0.42  # from one mark to the next
AHEAD_M = 18.0  # no more of the way is drawn
NEAR_M = 0.5  # of the player no mark is drawn
THERE_M = 1.25  # from the stand: the way is walked
STRAYED_M = 1.3
LIFT_M = 0.035  # over mats and rugs
CELLS_A_FRAME = 160  # of the search for a way: about a millisecond
LIGHT, RIM = (1.0, 0.78, 0.22, 0.95), (0.25, 0.11, 0.02, 0.55)
SPEED = 0.55  # waves a second
# A chevron that points along +Y, as a strip of six corners; the rim is a larger one beneath.
_CHEVRON = np.array([[-0.17, -0.10], [0.0, 0.07], [0.17, -0.10], [-0.17, 0.01], [0.0, 0.18], [0.17, 0.01]], np.float32)
_CHEVRON_TRIANGLES = np.array([[0, 1, 3], [1, 4, 3], [1, 2, 4], [2, 5, 4]], np.uint32)


@dataclass(slots=True)
class _Part:
    """One place's part of the way; its marks are (n, 4): x, y, z, yaw, from its beginning on."""

    leg: Leg
    seek: Seek | None
    marks: np.ndarray | None = None
    node: NodePath | None = None
    drawn: tuple[int, int] = (-1, -1)


class Guide:
    """Shows the way to `finding.goal` until it is reached, or until the goal is another or none."""

    def __init__(self, finding: Finding, street: Street) -> None:
        self.finding, self.street = finding, street
        self.floors: dict[PlaceId, Floor] = {}
        self._goal: Found | None = None
        self._parts: list[_Part] = []
        self._here: PlaceId | None = None
        self._mark: NodePath | None = None
        self._outline = Outline()
        self._secs = 0.0
        self._stop_m = 0.0  # how far from the stand the way ends: some can't be come close to

    def load(self, world: World) -> Iterator[str]:
        """Work out the floors of all places, one at a time."""
        for place in world.places.values():
            if place.id not in self.floors:
                self.floors[place.id] = yield from lay(place)
            yield "a floor"

    def floor(self, world: World, place: PlaceId) -> Floor:
        """Where one can walk in a place, worked out once."""
        if place not in self.floors:
            self.floors[place] = Floor(world.places[place])
        return self.floors[place]

    def draw(self, world: World, dt_secs: float, height_px: int, *, calm: bool) -> bool:
        """Bring the way up to date. True when the goal has been reached just now."""
        self._secs += dt_secs
        goal = self.finding.goal
        if goal is not self._goal:
            self.forget()
            self._goal = goal
        if goal is None or goal.stand is None or goal.place is None:
            return False
        body, stand = world.body, goal.stand
        if world.place_id == goal.place and hypot(
            body.pos_m[0] - stand.at_m[0], body.pos_m[1] - stand.at_m[1]
        ) < max(THERE_M, self._stop_m + 0.4):
            self.finding.goal = None
            self.forget()
            return True
        if self._here != world.place_id or not self._parts:
            self._plan(world, goal)
        self._search(world)
        self._walk(world, calm=calm)
        self._point(world, goal, height_px, dt_secs, calm=calm)
        return False

    # --- the way -------------------------------------------------------------------------------------------------

    def _plan(self, world: World, goal: Found) -> None:
        """Which places the way leads through; the steps in each are looked for over the next frames."""
        self._clear_parts()
        self._here = world.place_id
        assert goal.place is not None
        assert goal.stand is not None
        to_m = before_stand(self.floor(world, goal.place), goal.stand)
        self._stop_m = hypot(to_m[0] - goal.stand.at_m[0], to_m[1] - goal.stand.at_m[1])
        way = legs(world.places, world.place_id, world.body.pos_m[:2], goal.place, to_m)
        self._parts = [_Part(leg, Seek(self.floor(world, leg.place), leg.from_m, leg.to_m)) for leg in way]
        self.finding.way_m = None
        self.finding.no_way = not way

    def _search(self, world: World) -> None:
        cells = CELLS_A_FRAME
        for part in self._parts:
            if part.seek is None:
                continue
            if part.seek.advance(cells):
                part.marks = self._lay(world, part.leg, part.seek.way())
                part.seek = None
            return

    def _lay(self, world: World, leg: Leg, way: list[Point]) -> np.ndarray:
        """Marks at even distances along a way, on the ground, through the door at its end."""
        points = [leg.from_m, *way]
        if leg.door is not None:
            points.append(leg.door.at_m[:2])
        before = self._arrival(world, leg)
        if before is not None:
            points.insert(0, before)
        marks: list[tuple[float, float, float, float]] = []
        solids = collide.solids_of(world.places[leg.place])
        rest = STEP_M / 2
        for (ax, ay), (bx, by) in pairwise(points):
            long = hypot(bx - ax, by - ay)
            while rest <= long:
                part = rest / long
                x, y = ax + (bx - ax) * part, ay + (by - ay) * part
                z = collide.surface_m(
                    solids.all, x, y, below_m=world.body.pos_m[2] + 0.5, over=solids.ground
                )
                marks.append((x, y, z, atan2(-(bx - ax), by - ay)))
                rest += STEP_M
            rest -= long
        return np.array(marks, np.float32).reshape(-1, 4)

    def _arrival(self, world: World, leg: Leg) -> Point | None:
        """The threshold by which a later part of the way is entered."""
        for part, after in pairwise(self._parts):
            if after.leg is leg and part.leg.door is not None:
                other = landing(world.places, part.leg.door)
                return other.at_m[:2] if other is not None and inside_m(other) == leg.from_m else None
        return None

    # --- what is seen --------------------------------------------------------------------------------------------

    def _walk(self, world: World, *, calm: bool) -> None:
        """Draw the marks that are still ahead; look for another way where the player has left this one."""
        room_m = AHEAD_M
        left_m = 0.0
        for number, part in enumerate(self._parts):
            if part.marks is None:
                self.finding.way_m = None
                return
            first = 0
            if number == 0 and len(part.marks):
                away = np.hypot(part.marks[:, 0] - world.body.pos_m[0], part.marks[:, 1] - world.body.pos_m[1])
                nearest = int(away.argmin())
                if away[nearest] > STRAYED_M:
                    self._parts = []  # planned anew at the next frame
                    self._here = None
                    return
                first = nearest + int(np.argmax(away[nearest:] > NEAR_M)) if away[nearest] < NEAR_M else nearest
            last = min(len(part.marks), first + max(0, ceil(room_m / STEP_M)))
            left_m += (len(part.marks) - first) * STEP_M
            room_m -= (last - first) * STEP_M
            self._show(part, first, last, calm=calm)
        self.finding.way_m = left_m

    def _show(self, part: _Part, first: int, last: int, *, calm: bool) -> None:
        scenery = self.street.sceneries[part.leg.place]
        if part.drawn != (first, last):
            part.drawn = (first, last)
            if part.node is not None:
                part.node.remove_node()
            assert part.marks is not None
            part.node = scenery.root.attach_new_node(_steps(part.marks[first:last], first, calm=calm))
            part.node.set_shader(flat_shaders.flowing(), 3)
            part.node.set_transparency(TransparencyAttrib.M_alpha)
            part.node.set_depth_write(False)
            part.node.set_depth_offset(2)
            part.node.set_bin("fixed", 6)
            part.node.hide(MIRROR)
        assert part.node is not None
        part.node.set_shader_input("flow", (0.0 if calm else self._secs * SPEED, 0.0 if calm else 1.0))

    def _point(self, world: World, goal: Found, height_px: int, dt_secs: float, *, calm: bool) -> None:
        """A mark that hovers over the good, and its outline, while it stands in this place."""
        assert goal.stand is not None
        assert goal.place is not None
        scenery = self.street.sceneries[goal.place]
        if not scenery.built:
            return
        if self._mark is None:
            self._mark = scenery.root.attach_new_node(_diamond())
            self._mark.set_shader(flat_shaders.flat(), 3)
            self._mark.hide(MIRROR)
        x, y, z = goal.stand.at_m
        high_m = world.goods[goal.good].size_m[2]
        bob_m = 0.0 if calm else 0.03 * sin(self._secs * 3.0)
        self._mark.set_pos(x, y, z + high_m + 0.16 + bob_m)
        self._mark.set_h(0.0 if calm else self._secs * 60.0)
        here = world.place_id == goal.place and world.looked_at != goal.stand.id and world.hand is None
        self._outline.draw(scenery, goal.stand.id if here else None, height_px, dt_secs, calm=calm)

    def _clear_parts(self) -> None:
        for part in self._parts:
            if part.node is not None:
                part.node.remove_node()
        self._parts = []
        self._here = None

    def forget(self) -> None:
        """Take the way off the ground."""
        self._clear_parts()
        self._outline.forget()
        if self._mark is not None:
            self._mark.remove_node()
        self._mark, self._goal = None, None
        self.finding.way_m, self.finding.no_way = None, False


def _steps(marks: np.ndarray, first: int, *, calm: bool) -> GeomNode:
    """Chevrons (or dots, for those who want no motion) on the ground as one mesh; u counts the marks."""
    if calm:
        shape, triangles = _dot(0.075)
        rim, _ = _dot(0.095)
    else:
        shape, triangles = _CHEVRON, _CHEVRON_TRIANGLES
        rim = (_CHEVRON - (0.0, 0.04)) * (1.16, 1.3) + (0.0, 0.04)
    count, corners = len(marks), len(shape)
    points = np.zeros((2 * count, corners, 3), np.float32)
    c, s = np.cos(marks[:, 3])[:, None], np.sin(marks[:, 3])[:, None]
    for layer, outline in enumerate((rim, shape)):
        part = points[layer * count : (layer + 1) * count]
        part[:, :, 0] = c * outline[:, 0] - s * outline[:, 1] + marks[:, 0:1]
        part[:, :, 1] = s * outline[:, 0] + c * outline[:, 1] + marks[:, 1:2]
        part[:, :, 2] = marks[:, 2:3] + LIFT_M + 0.002 * layer
    colours = np.repeat(np.array([RIM, LIGHT], np.float32), count * corners, axis=0)
    along = np.tile(np.repeat(np.arange(first, first + count, dtype=np.float32), corners), 2)
    faces = (triangles[None] + corners * np.arange(2 * count, dtype=np.uint32)[:, None, None]).reshape(-1, 3)
    uv = np.stack([along, np.zeros_like(along)], axis=1)
    return mesh("way", points.reshape(-1, 3), faces, colours=colours, uv=uv)


def _dot(radius_m: float) -> tuple[np.ndarray, np.ndarray]:
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    points = np.concatenate([[[0.0, 0.0]], np.stack([np.cos(angles), np.sin(angles)], 1) * radius_m]).astype(np.float32)
    rim = np.arange(12, dtype=np.uint32)
    return points, np.stack([np.zeros(12, np.uint32), rim + 1, (rim + 1) % 12 + 1], axis=1)


def _diamond() -> GeomNode:
    """A small eight-sided stone that stands on its tip."""
    return shapes.diamond("goal", 0.055, 0.16, (1.0, 0.78, 0.22, 1.0), (0.82, 0.42, 0.05, 1.0))
