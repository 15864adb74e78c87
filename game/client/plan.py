"""A plan of all places, drawn from their floors, solids and doors; nothing of it is made by hand.

The place with the most doors lies as it is; each other hangs on the door that leads to it, made smaller where it would
dwarf that place or lie on top of another: the spaces of places need not fit side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians, sin

import msgspec
import numpy as np
import numpy.typing as npt

from game.client.theme import Colour, hex_colour
from game.core.ids import PlaceId
from game.core.places import Box, Door, Place
from game.core.route import CELL_M, STEP_UP_M, Floor, landing

SCALES = (1.0, 0.8, 0.65, 0.5, 0.38, 0.28)
LARGEST = 0.9  # of the side of the place that it hangs on: an orchard is as wide as ten shops
CROWDED = 0.06  # of a place's floor may lie on another's
GRAIN_M = 0.5  # of the comparison
HIGH_M = 2.9  # what is so high is a wall; the rest is furniture on the floor
STANDS_SHOWN = 400
MARGIN_M = 1.2
BEHIND_M = 0.45
BODY_AT, SHARP = 0.08, 1.25  # what the blurred floor is worth a body's width beyond its edge, and how steep it is there
FLOORS = {"street": hex_colour("f2e0bb"), "": hex_colour("fffdf7")}
WALL, FURNITURE, EDGE = hex_colour("b9976a"), hex_colour("e9d5ae"), hex_colour("8c6a45")
GOODS, DOOR = hex_colour("d97f12"), hex_colour("f6a531")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Laid:
    """How a place lies on the plan: `scale` and turn about its own origin, which comes to (x_m, y_m)."""

    x_m: float
    y_m: float
    turn_rad: float
    scale: float

    def on_plan(self, x: Floats | float, y: Floats | float) -> tuple[Floats | float, Floats | float]:
        """Points of the place on the plan, in metres of it."""
        c, s = cos(self.turn_rad) * self.scale, sin(self.turn_rad) * self.scale
        return self.x_m + c * x - s * y, self.y_m + s * x + c * y

    def in_place(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Points of the plan in the place's own space."""
        c, s = cos(self.turn_rad) / self.scale, sin(self.turn_rad) / self.scale
        dx, dy = x - self.x_m, y - self.y_m
        return c * dx + s * dy, c * dy - s * dx


FLAT = Laid(0.0, 0.0, 0.0, 1.0)  # as a place is in its own space


class Plan:
    """Where each place lies, and their picture."""

    def __init__(self, places: Mapping[PlaceId, Place]) -> None:
        self.places = places
        self.floors = {place.id: _floor(place) for place in places.values()}
        self.laid = self._lay()
        corners = [self._walked(place) for place in self.laid]
        x = np.concatenate([points[0] for points in corners])
        y = np.concatenate([points[1] for points in corners])
        self.side_m = float(max(np.ptp(x), np.ptp(y))) + 2 * MARGIN_M
        self.left_m = float(x.min() + x.max() - self.side_m) / 2
        self.top_m = float(y.min() + y.max() + self.side_m) / 2

    def at(self, place: PlaceId, x_m: float, y_m: float) -> tuple[float, float]:
        """Where a point of a place is in the picture: parts of its side from the left and from the top."""
        x, y = self.laid[place].on_plan(x_m, y_m)
        return (float(x) - self.left_m) / self.side_m, (self.top_m - float(y)) / self.side_m

    def middle(self, place: PlaceId) -> tuple[float, float]:
        """Where the middle of a place's floor is in the picture."""
        x, y = self._walked(place)
        return (float(x.mean()) - self.left_m) / self.side_m, (self.top_m - float(y.mean())) / self.side_m

    def _walked(self, place: PlaceId, laid: Laid | None = None) -> tuple[Floats, Floats]:
        """Points of a place's floor on the plan."""
        floor = self.floors[place]
        i, j = (each[::3].astype(np.float64) for each in np.nonzero(floor.reach))
        x, y = (laid or self.laid[place]).on_plan(floor.x0 + i * CELL_M, floor.y0 + j * CELL_M)
        return np.asarray(x), np.asarray(y)

    def _lay(self) -> dict[PlaceId, Laid]:
        taken: set[tuple[int, int]] = set()
        laid: dict[PlaceId, Laid] = {}
        for root in sorted(self.places.values(), key=lambda place: -len(place.doors)):
            if root.id in laid:
                continue  # what no door leads to comes after the rest, to the right of it
            right_m = (max(cell[0] for cell in taken) + 1) * GRAIN_M + self._wide_m(root) if taken else 0.0
            laid[root.id] = Laid(right_m, 0.0, 0.0, 1.0)
            taken |= self._cells(root.id, laid[root.id])
            queue = [root]
            while queue:
                here = queue.pop(0)
                waiting = self._behind(here, laid)
                queue += [self.places[place] for place in waiting]
                for scale in SCALES:  # neighbours that are in each other's way become smaller together
                    tried = {
                        place: self._hung(laid[here.id], *doors, scale * self._shrunk(place, here.id))
                        for place, doors in waiting.items()
                    }
                    cells = {place: self._cells(place, lying) for place, lying in tried.items()}
                    for place, mine in cells.items():
                        others = taken.union(*(each for other, each in cells.items() if other != place))
                        if len(mine & others) <= CROWDED * len(mine) or scale == SCALES[-1]:
                            laid[place] = tried[place]
                            del waiting[place]
                    taken.update(*(each for place, each in cells.items() if place in laid))
        return laid

    def _wide_m(self, place: Place) -> float:
        """How far a place reaches to the left of its origin, with room to spare."""
        return -float(self._walked(place.id, FLAT)[0].min()) + 2 * MARGIN_M

    def _shrunk(self, place: PlaceId, beside: PlaceId) -> float:
        """How much smaller a place is drawn so that it does not dwarf the one whose door leads to it."""
        own_m, others_m = (max(map(np.ptp, self._walked(each, FLAT))) for each in (place, beside))
        return min(1.0, LARGEST * float(others_m) / max(float(own_m), 1e-6))

    def _behind(self, here: Place, laid: Mapping[PlaceId, Laid]) -> dict[PlaceId, tuple[Door, Door]]:
        """The places that are still to be laid and that doors of this one lead to, with both sides of the door."""
        out: dict[PlaceId, tuple[Door, Door]] = {}
        for door in here.doors:
            other = landing(self.places, door)
            if other is not None and door.to_place not in laid:
                out.setdefault(door.to_place, (door, other))
        return out

    @staticmethod
    def _hung(base: Laid, door: Door, other: Door, scale: float) -> Laid:
        """How a place lies whose door `other` is the other side of `door`."""
        turn, size = base.turn_rad + radians(door.yaw_deg - other.yaw_deg + 180.0), scale * base.scale
        x, y = base.on_plan(door.at_m[0], door.at_m[1])
        c, s = cos(turn) * size, sin(turn) * size
        dx, dy = c * other.at_m[0] - s * other.at_m[1], s * other.at_m[0] + c * other.at_m[1]
        return Laid(float(x) - dx, float(y) - dy, turn, size)

    def _cells(self, place: PlaceId, laid: Laid) -> set[tuple[int, int]]:
        x, y = self._walked(place, laid)
        return set(zip((x // GRAIN_M).astype(int).tolist(), (y // GRAIN_M).astype(int).tolist(), strict=True))

    # --- the picture ---------------------------------------------------------------------------------------------

    def picture(self, side_px: int) -> npt.NDArray[np.uint8]:
        """The plan as (side_px, side_px, 4) bytes, RGBA, top row first; clear where no place is."""
        image = np.zeros((side_px, side_px, 4))
        for place_id, laid in self.laid.items():
            self._draw(image, self.places[place_id], laid)
        return np.clip(np.round(image * 255), 0, 255).astype(np.uint8)

    def _draw(self, image: Floats, place: Place, laid: Laid) -> None:
        px_per_m = len(image) / self.side_m
        x, y = self._walked(place.id, laid)
        rows = slice(*_range((self.top_m - y) * px_per_m, len(image)))
        columns = slice(*_range((x - self.left_m) * px_per_m, len(image)))
        part = image[rows, columns]
        px_x, px_y = np.meshgrid(np.arange(columns.start, columns.stop) + 0.5, np.arange(rows.start, rows.stop) + 0.5)
        place_x, place_y = laid.in_place(self.left_m + px_x / px_per_m, self.top_m - px_y / px_per_m)
        fine = px_per_m * laid.scale  # pixels to a metre of the place
        depth = self._inside(place, place_x, place_y)
        inside = depth * fine * SHARP
        _blend(part, EDGE, np.clip(np.minimum(inside, depth / BODY_AT) + 1.0, 0, 1))  # nothing where no floor is near
        ground = np.clip(inside - 0.5, 0, 1)
        _blend(part, FLOORS.get(place.kind, FLOORS[""]), ground)

        def window(x_m: float, y_m: float, reach_m: float) -> tuple[slice, slice]:
            """The pixels within reach of a point of the place."""
            mid_x, mid_y = laid.on_plan(x_m, y_m)
            reach_px = reach_m * fine + 3
            across = (float(mid_x) - self.left_m) * px_per_m - columns.start
            down = (self.top_m - float(mid_y)) * px_per_m - rows.start
            return (slice(max(int(down - reach_px), 0), max(int(down + reach_px) + 1, 0)),
                    slice(max(int(across - reach_px), 0), max(int(across + reach_px) + 1, 0)))  # fmt: skip

        def lay(box: Box, colour: Colour, on: Floats | None, rim: bool) -> None:
            cut = window(box.at_m[0], box.at_m[1], hypot(box.size_m[0], box.size_m[1]) / 2)
            away = _away(box, place_x[cut], place_y[cut]) * fine
            clear = np.ones_like(away) if on is None else on[cut]
            if rim:
                _blend(part[cut], EDGE, np.clip(0.5 - away, 0, 1) * clear * 0.6)
            _blend(part[cut], colour, np.clip((-0.5 if rim else 0.5) - away, 0, 1) * clear)

        for box in place.colliders:
            if box.at_m[2] + box.size_m[2] > STEP_UP_M and box.at_m[2] < HIGH_M:
                lay(box, WALL if box.at_m[2] + box.size_m[2] >= HIGH_M else FURNITURE, ground, rim=True)
        for stand in place.stands[:STANDS_SHOWN]:
            cut = window(stand.at_m[0], stand.at_m[1], 0.1)
            away = np.hypot(place_x[cut] - stand.at_m[0], place_y[cut] - stand.at_m[1]) - 0.085
            _blend(part[cut], GOODS, np.clip(0.5 - away * fine, 0, 1) * 0.9 * ground[cut])
        for door in place.doors:
            size_m = (door.width_m, 0.24 / laid.scale, 1.0)
            lay(Box(at_m=door.at_m, size_m=size_m, yaw_deg=door.yaw_deg), DOOR, None, rim=True)

    def _inside(self, place: Place, x: Floats, y: Floats) -> Floats:
        """How far points lie within a place's floor, which ends a body's width beyond where its middle can be; the
        unit is 1 / SHARP metres near the edge."""
        floor = self.floors[place.id]
        reach = np.pad(floor.reach.astype(float), 8)
        for axis in (0, 0, 1, 1):  # two boxes of half a metre: round corners, and a slope to draw a clean edge from
            moved = [np.roll(reach, shift, axis) for shift in (-2, -1, 1, 2)]
            reach = (reach + sum(moved)) / 5
        i, j = (x - floor.x0) / CELL_M + 8, (y - floor.y0) / CELL_M + 8
        i, j = np.clip(i, 0, reach.shape[0] - 2), np.clip(j, 0, reach.shape[1] - 2)
        i0, j0 = i.astype(int), j.astype(int)
        u, v = i - i0, j - j0
        value = (
            reach[i0, j0] * (1 - u) * (1 - v) + reach[i0 + 1, j0] * u * (1 - v)
            + reach[i0, j0 + 1] * (1 - u) * v + reach[i0 + 1, j0 + 1] * u * v
        )  # fmt: skip
        return np.asarray(value - BODY_AT)


def _floor(place: Place) -> Floor:
    """What a place's walls enclose; where its high walls enclose nothing, lower things count as walls too."""
    for high_m in (HIGH_M, 2.0, 1.2, 0.0):
        floor = Floor(_walls_alone(place, high_m))
        rim = floor.reach[[0, -1], :].any() or floor.reach[:, [0, -1]].any()
        if not rim:
            break
    return floor


def _walls_alone(place: Place, high_m: float) -> Place:
    """A place without its furniture, which is part of its floor, and with an end to that floor behind each door."""
    walls = [box for box in place.colliders if box.at_m[2] + box.size_m[2] >= high_m]
    for door in place.doors:
        yaw = radians(door.yaw_deg)
        x, y = door.at_m[0] - BEHIND_M * sin(yaw), door.at_m[1] + BEHIND_M * cos(yaw)
        size_m = (door.width_m + 1.2, 0.2, HIGH_M)
        walls.append(Box(at_m=(x, y, door.at_m[2]), size_m=size_m, yaw_deg=door.yaw_deg))
    return msgspec.structs.replace(place, colliders=tuple(walls))


def _range(px: Floats, side: int) -> tuple[int, int]:
    margin = side * 0.03 + 4
    return max(int(px.min() - margin), 0), min(int(px.max() + margin) + 1, side)


def _away(box: Box, x: Floats, y: Floats) -> Floats:
    """Signed distance in plan to a box; below 0 inside."""
    yaw = radians(box.yaw_deg)
    dx, dy = x - box.at_m[0], y - box.at_m[1]
    across = np.abs(dx * cos(yaw) + dy * sin(yaw)) - box.size_m[0] / 2
    along = np.abs(dy * cos(yaw) - dx * sin(yaw)) - box.size_m[1] / 2
    outside = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
    return np.asarray(outside + np.minimum(np.maximum(across, along), 0))


def _blend(image: Floats, colour: Colour, alpha: Floats) -> None:
    """Lay a colour over part of a picture whose colours are not multiplied by their alpha."""
    alpha = alpha[..., None]
    under = image[..., 3:4] * (1 - alpha)
    total = alpha + under
    image[..., :3] = np.where(total > 0, (np.array(colour[:3]) * alpha + image[..., :3] * under)
                              / np.maximum(total, 1e-9), 0)  # fmt: skip
    image[..., 3:4] = total


def arrow(side_px: int, yaw_rad: float, fill: Colour, rim: Colour) -> npt.NDArray[np.uint8]:
    """A pointer that faces `yaw_rad` (0 is up, counter-clockwise) as (side_px, side_px, 4) bytes, RGBA."""
    axis = ((np.arange(side_px) + 0.5) / side_px * 2 - 1) * 1.25
    x, y = np.meshgrid(axis, -axis)
    c, s = cos(yaw_rad), sin(yaw_rad)
    u, v = np.abs(c * x + s * y), c * y - s * x
    # Tip (0, 0.8), corners (±0.58, -0.6), notch (0, -0.3): signed distances to the flank and to the tail.
    edge = np.maximum(0.924 * u + 0.383 * v - 0.306, -0.459 * u - 0.888 * v - 0.266)
    image = np.zeros((side_px, side_px, 4))
    _blend(image, rim, np.clip(0.5 - (edge - 0.16) * side_px / 2.5, 0, 1))
    _blend(image, fill, np.clip(0.5 - edge * side_px / 2.5, 0, 1))
    return np.clip(np.round(image * 255), 0, 255).astype(np.uint8)
