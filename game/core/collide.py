"""Solid things: boxes turned about Z and ramps, against a standing body, against rays and against other boxes.

A body is an upright capsule taken at its widest: a circle of BODY_RADIUS_M from the sole to BODY_HEIGHT_M. What is at
most STEP_UP_M higher than its sole is ground to step on, anything else is a wall. Below everything lies the ground of
the place (see `ground`), so that nobody falls out of it. All positions are in the space of one place, in metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin, sqrt
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.goods import Vec3
from game.core.ground import LEVEL, Ground, ground_of
from game.core.groves import trunks
from game.core.ids import DoorId
from game.core.places import Box, Place
from game.core.world import BODY_HEIGHT_M, BODY_RADIUS_M

if TYPE_CHECKING:
    import numpy.typing as npt

STEP_UP_M = 0.22
LEAF_THICKNESS_M = 0.08
SKIN_M = 1e-4  # distance kept from a wall, so that the next tick starts free of it

Floats: TypeAlias = "npt.NDArray[np.float64]"
Bools: TypeAlias = "npt.NDArray[np.bool_]"


@dataclass(slots=True, frozen=True)
class Solid:
    """One turned box; `top_m` is the height of its top at the low end, `climb_m` what it rises towards its +Y."""

    x_m: float
    y_m: float
    bottom_m: float
    top_m: float
    half_x_m: float
    half_y_m: float
    cos_yaw: float
    sin_yaw: float
    climb_m: float = 0.0

    def local(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Coordinates of a point in the box's own axes."""
        dx, dy = x_m - self.x_m, y_m - self.y_m
        return dx * self.cos_yaw + dy * self.sin_yaw, dy * self.cos_yaw - dx * self.sin_yaw

    def top_at(self, local_y_m: float) -> float:
        """Height of the top above a local y inside the box."""
        if self.climb_m == 0.0:
            return self.top_m
        return self.top_m + self.climb_m * (local_y_m / (2 * self.half_y_m) + 0.5)


@dataclass(slots=True, frozen=True)
class Boxes:
    """Many turned boxes as columns of floats (n,), for rays and for finding what is near."""

    x_m: Floats
    y_m: Floats
    bottom_m: Floats
    top_m: Floats
    half_x_m: Floats
    half_y_m: Floats
    cos_yaw: Floats
    sin_yaw: Floats
    reach_x_m: Floats  # half extents of the upright bounding boxes
    reach_y_m: Floats
    climb_m: Floats

    def solid(self, index: int) -> Solid:
        """One of them by itself."""
        return Solid(
            x_m=float(self.x_m[index]),
            y_m=float(self.y_m[index]),
            bottom_m=float(self.bottom_m[index]),
            top_m=float(self.top_m[index]),
            half_x_m=float(self.half_x_m[index]),
            half_y_m=float(self.half_y_m[index]),
            cos_yaw=float(self.cos_yaw[index]),
            sin_yaw=float(self.sin_yaw[index]),
            climb_m=float(self.climb_m[index]),
        )


@dataclass(slots=True, frozen=True)
class Solids:
    """What stands fast in a place: its colliders, then one leaf for every door, then its trees; and its ground."""

    all: tuple[Solid, ...]
    columns: Boxes
    door_at: dict[DoorId, int]  # index of each door's leaf in `all`
    ground: Ground = LEVEL


def solid(box: Box) -> Solid:
    """The collider of a laid-out box."""
    yaw_rad = radians(box.yaw_deg)
    return Solid(
        x_m=box.at_m[0],
        y_m=box.at_m[1],
        bottom_m=box.at_m[2],
        top_m=box.at_m[2] + box.size_m[2],
        half_x_m=box.size_m[0] / 2,
        half_y_m=box.size_m[1] / 2,
        cos_yaw=cos(yaw_rad),
        sin_yaw=sin(yaw_rad),
        climb_m=box.climb_m,
    )


def standing_box(at_m: Vec3, size_m: Vec3, yaw_rad: float) -> Solid:
    """The bounding box of a good whose origin, the middle of its bottom, is at `at_m`."""
    return Solid(
        x_m=at_m[0],
        y_m=at_m[1],
        bottom_m=at_m[2],
        top_m=at_m[2] + size_m[2],
        half_x_m=size_m[0] / 2,
        half_y_m=size_m[1] / 2,
        cos_yaw=cos(yaw_rad),
        sin_yaw=sin(yaw_rad),
    )


def columns(solids: Sequence[Solid]) -> Boxes:
    """The same boxes as columns; each has shape (len(solids),)."""
    rows = np.array(
        [
            (s.x_m, s.y_m, s.bottom_m, s.top_m, s.half_x_m, s.half_y_m, s.cos_yaw, s.sin_yaw, s.climb_m)
            for s in solids
        ],
        dtype=np.float64,
    ).reshape(-1, 9)  # fmt: skip
    return boxes(np.ascontiguousarray(rows.T))


def boxes(columns: Floats) -> Boxes:
    """Boxes of shape (9, n): x, y, bottom, top, half x, half y, cosine and sine of the yaw, climb."""
    x, y, bottom, top, half_x, half_y, cos_yaw, sin_yaw, climb = columns
    return Boxes(
        x_m=x,
        y_m=y,
        bottom_m=bottom,
        top_m=top,
        half_x_m=half_x,
        half_y_m=half_y,
        cos_yaw=cos_yaw,
        sin_yaw=sin_yaw,
        reach_x_m=np.abs(cos_yaw) * half_x + np.abs(sin_yaw) * half_y,
        reach_y_m=np.abs(sin_yaw) * half_x + np.abs(cos_yaw) * half_y,
        climb_m=climb,
    )


_CACHE_SIZE = 32
_solids: dict[int, tuple[Place, Solids]] = {}


def solids_of(place: Place) -> Solids:
    """The solids of a place, worked out once for each Place object."""
    known = _solids.get(id(place))
    if known is not None and known[0] is place:
        return known[1]
    found = [solid(box) for box in place.colliders]
    door_at: dict[DoorId, int] = {}
    for door in place.doors:
        door_at[door.id] = len(found)
        leaf_size_m = (door.width_m, LEAF_THICKNESS_M, door.height_m)
        found.append(standing_box(door.at_m, leaf_size_m, radians(door.yaw_deg)))
    found += [solid(box) for box in trunks(place)]
    solids = Solids(all=tuple(found), columns=columns(found), door_at=door_at, ground=ground_of(place))
    while len(_solids) >= _CACHE_SIZE:
        del _solids[next(iter(_solids))]
    _solids[id(place)] = (place, solids)
    return solids


def near(solids: Solids, x_m: float, y_m: float, *, within_m: float, ajar: Iterable[DoorId] = ()) -> list[Solid]:
    """The solids that a circle of radius `within_m` might touch, without the leaves of the doors `ajar`."""
    if not solids.all:
        return []
    c = solids.columns
    close: Bools = (np.abs(c.x_m - x_m) <= c.reach_x_m + within_m) & (np.abs(c.y_m - y_m) <= c.reach_y_m + within_m)
    for door in ajar:
        close[solids.door_at[door]] = False
    return [solids.all[index] for index in np.flatnonzero(close)]


def _gap_m(s: Solid, x_m: float, y_m: float) -> tuple[float, float]:
    """Distance in plan from a point to a box (0 inside), and the height of the top where it is nearest."""
    lx, ly = s.local(x_m, y_m)
    qx = min(max(lx, -s.half_x_m), s.half_x_m)
    qy = min(max(ly, -s.half_y_m), s.half_y_m)
    return hypot(lx - qx, ly - qy), s.top_at(qy)


def is_wall(s: Solid, top_m: float, z_m: float) -> bool:
    """Whether a solid whose top is at `top_m` stands in the way of a trunk with its sole at `z_m`."""
    return top_m > z_m + STEP_UP_M + 1e-9 and s.bottom_m < z_m + BODY_HEIGHT_M - 1e-9


def is_free(solids: Iterable[Solid], x_m: float, y_m: float, z_m: float) -> bool:
    """Whether a body can be there: its trunk is in no solid."""
    for s in solids:
        gap_m, top_m = _gap_m(s, x_m, y_m)
        if gap_m < BODY_RADIUS_M and is_wall(s, top_m, z_m):
            return False
    return True


def slide_out(
    solids: Iterable[Solid], x_m: float, y_m: float, z_m: float, *, rounds: int = 6
) -> tuple[float, float, bool]:
    """Push a body out of walls by the shortest way in plan; also says whether it touched any."""
    touched = False
    for _ in range(rounds):
        moved = False
        for s in solids:
            lx, ly = s.local(x_m, y_m)
            qx = min(max(lx, -s.half_x_m), s.half_x_m)
            qy = min(max(ly, -s.half_y_m), s.half_y_m)
            ox, oy = lx - qx, ly - qy
            gap_squared = ox * ox + oy * oy
            if gap_squared >= BODY_RADIUS_M * BODY_RADIUS_M or not is_wall(s, s.top_at(qy), z_m):
                continue
            if gap_squared > 1e-12:
                gap_m = sqrt(gap_squared)
                scale = (BODY_RADIUS_M + SKIN_M - gap_m) / gap_m
                px, py = ox * scale, oy * scale
            elif s.half_x_m - abs(lx) < s.half_y_m - abs(ly):
                px, py = (s.half_x_m - abs(lx) + BODY_RADIUS_M + SKIN_M) * (1.0 if lx >= 0 else -1.0), 0.0
            else:
                px, py = 0.0, (s.half_y_m - abs(ly) + BODY_RADIUS_M + SKIN_M) * (1.0 if ly >= 0 else -1.0)
            x_m += px * s.cos_yaw - py * s.sin_yaw
            y_m += px * s.sin_yaw + py * s.cos_yaw
            moved = touched = True
        if not moved:
            break
    return x_m, y_m, touched


def ground(
    solids: Iterable[Solid], x_m: float, y_m: float, z_m: float, *, over: Ground = LEVEL
) -> tuple[float, bool]:
    """Height of the highest ground under a body that it can step on, and whether that is a slope."""
    ramp = not over.level
    best_m = over.height_m(x_m, y_m) if ramp else 0.0
    for s in solids:
        gap_m, top_m = _gap_m(s, x_m, y_m)
        if gap_m < BODY_RADIUS_M and best_m < top_m <= z_m + STEP_UP_M + 1e-9:
            best_m, ramp = top_m, s.climb_m != 0.0
    return best_m, ramp


def ceiling_m(solids: Iterable[Solid], x_m: float, y_m: float, z_m: float) -> float:
    """Height of the lowest underside above a body's head; infinite under the sky."""
    lowest_m = float("inf")
    for s in solids:
        if s.bottom_m >= z_m + BODY_HEIGHT_M - 1e-9 and _gap_m(s, x_m, y_m)[0] < BODY_RADIUS_M:
            lowest_m = min(lowest_m, s.bottom_m)
    return lowest_m


def surface_m(
    solids: Iterable[Solid], x_m: float, y_m: float, *, below_m: float, over: Ground = LEVEL
) -> float:
    """Height of the highest top under a point that is not above `below_m`, or of the ground."""
    best_m = over.height_m(x_m, y_m)
    for s in solids:
        gap_m, top_m = _gap_m(s, x_m, y_m)
        if gap_m == 0.0 and best_m < top_m <= below_m:
            best_m = top_m
    return best_m


def overlap(a: Solid, b: Solid, *, slack_m: float = 0.0) -> bool:
    """Whether two turned boxes share more than `slack_m` in every direction (separating axes; ramps as full boxes)."""
    if min(a.top_m, b.top_m + b.climb_m) - max(a.bottom_m, b.bottom_m) <= slack_m:
        return False
    dx, dy = b.x_m - a.x_m, b.y_m - a.y_m
    for ax, ay in ((a.cos_yaw, a.sin_yaw), (-a.sin_yaw, a.cos_yaw), (b.cos_yaw, b.sin_yaw), (-b.sin_yaw, b.cos_yaw)):
        reach_m = _reach_m(a, ax, ay) + _reach_m(b, ax, ay)
        if reach_m - abs(dx * ax + dy * ay) <= slack_m:
            return False
    return True


def _reach_m(s: Solid, ax: float, ay: float) -> float:
    along_x = abs(s.cos_yaw * ax + s.sin_yaw * ay)
    along_y = abs(-s.sin_yaw * ax + s.cos_yaw * ay)
    return s.half_x_m * along_x + s.half_y_m * along_y


def contains(s: Solid, x_m: float, y_m: float, z_m: float) -> bool:
    """Whether a point is inside a box."""
    gap_m, top_m = _gap_m(s, x_m, y_m)
    return gap_m == 0.0 and s.bottom_m < z_m < top_m


def ray(boxes: Boxes, origin_m: Vec3, direction: Vec3, *, grow_m: Floats | float = 0.0) -> Floats:
    """Distance along a unit ray to each box, grown by `grow_m` on all sides; infinite where it misses, 0 from inside.

    Slab test (Kay and Kajiya 1986) in each box's own axes; the result has shape (boxes,).
    """
    dx, dy = origin_m[0] - boxes.x_m, origin_m[1] - boxes.y_m
    local_origin = (
        dx * boxes.cos_yaw + dy * boxes.sin_yaw,
        dy * boxes.cos_yaw - dx * boxes.sin_yaw,
        np.full_like(dx, origin_m[2]),
    )
    local_direction = (
        direction[0] * boxes.cos_yaw + direction[1] * boxes.sin_yaw,
        direction[1] * boxes.cos_yaw - direction[0] * boxes.sin_yaw,
        np.full_like(dx, direction[2]),
    )
    low = (-boxes.half_x_m - grow_m, -boxes.half_y_m - grow_m, boxes.bottom_m - grow_m)
    high = (boxes.half_x_m + grow_m, boxes.half_y_m + grow_m, boxes.top_m + grow_m)
    enter, leave = np.zeros_like(dx), np.full_like(dx, np.inf)
    for axis in range(3):
        # A ray along a slab never crosses its planes: a tiny slope sends the crossings far away with the right sign.
        slope = np.where(np.abs(local_direction[axis]) < 1e-12, 1e-12, local_direction[axis])
        first, second = (low[axis] - local_origin[axis]) / slope, (high[axis] - local_origin[axis]) / slope
        enter = np.maximum(enter, np.minimum(first, second))
        leave = np.minimum(leave, np.maximum(first, second))
    return np.where(enter <= leave, enter, np.inf)
