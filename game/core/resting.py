"""Where a thing comes to rest: on the floor, on a surface, on a wall, below the ceiling; snapped and turned.

Everything works on items as they would be: a thing is an item whose `at_m`, `yaw_deg` and `on` are still open.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, inf, pi, radians, sin

import msgspec
import numpy as np

from game.core import collide
from game.core.building import Snap
from game.core.collide import Floats
from game.core.goods import Vec3
from game.core.ids import ItemId
from game.core.layout import Layout, Makings, shape_of
from game.core.rooms import FLAT_M, Item

TOUCH_M = 0.01  # heights that differ by less are the same
FARTHEST_M = 30.0
INTO_M = 0.05  # so far behind the face that a ray meets is what it means
PEG_M = 0.05  # half a surface's side below which things sit in its middle, however large they are
OVERHANG = 1.3  # a thing may be so much larger than what it stands on
HANG_MIDDLE_M = 1.5


FREE = Snap(grid_m=0.0, turn_deg=0.0)


def rests_on(thing: Item, makings: Makings) -> str:
    """Where a thing may rest, one of rooms.RESTS."""
    if thing.piece:
        return makings.kit[thing.piece].rests if thing.piece in makings.kit else "floor"
    good = makings.goods.get(thing.good)
    return "wall" if good is not None and good.hangs else "surface"


def hangs_by_its_top(thing: Item, makings: Makings) -> bool:
    """Whether a thing can hang from a rail or a peg: what is worn."""
    good = makings.goods.get(thing.good)
    return good is not None and good.wear is not None


def turned(yaw_deg: float) -> float:
    """An angle within -180 < yaw <= 180, to a hundredth of a degree."""
    return 180.0 - (180.0 - round(yaw_deg, 2)) % 360.0


def rest_at(layout: Layout, thing: Item, origin_m: Vec3, direction: Vec3, snap: Snap) -> Item | None:
    """The thing where a ray puts it, resting; None where there is nothing for it to rest on.

    `direction` need not be a unit vector; one that is none at all puts it nowhere.
    """
    length = hypot(*direction)
    if not (1e-9 < length < inf) or not all(abs(metres) < 1e6 for metres in origin_m):
        return None
    ray = (direction[0] / length, direction[1] / length, direction[2] / length)
    rests = rests_on(thing, layout.makings)
    if rests in ("wall", "any"):
        on_wall = _on_wall(layout, thing, origin_m, ray, snap)
        if on_wall is not None and (rests == "wall" or not _level_before(layout, origin_m, ray, on_wall[0])):
            return on_wall[1]
        if rests == "wall":
            return None
    point = _hit(layout, origin_m, ray)
    if point is None:
        return None
    if rests == "ceiling":
        return under_ceiling(layout, msgspec.structs.replace(thing, at_m=point), snap)
    return rest_below(layout, msgspec.structs.replace(thing, at_m=point), snap)


def _level_before(layout: Layout, origin_m: Vec3, ray: Vec3, wall_m: float) -> bool:
    """Whether a ray meets a level surface or the floor before it meets a wall."""
    surfaces_m, _ = _to_surfaces(layout, origin_m, ray)
    floor_m = -origin_m[2] / ray[2] if ray[2] < -1e-9 else inf
    return min(floor_m, float(surfaces_m.min(initial=inf))) < wall_m


def _to_surfaces(layout: Layout, origin_m: Vec3, ray: Vec3) -> tuple[Floats, Floats]:
    """Distance along a unit ray to every surface from above, infinite where it misses, and their heights."""
    s = layout.surfaces
    if ray[2] > -1e-9 or len(s) == 0:
        return np.full(len(s), inf), s[:, 2]
    away_m = (s[:, 2] - origin_m[2]) / ray[2]
    dx = origin_m[0] + ray[0] * away_m - s[:, 0]
    dy = origin_m[1] + ray[1] * away_m - s[:, 1]
    inside = (np.abs(dx * s[:, 5] + dy * s[:, 6]) <= s[:, 3]) & (np.abs(dy * s[:, 5] - dx * s[:, 6]) <= s[:, 4])
    return np.where(inside & (away_m > 0.0) & (s[:, 8] == 0.0), away_m, inf), s[:, 2]


def _hit(layout: Layout, origin_m: Vec3, ray: Vec3) -> Vec3 | None:
    """The point that a ray means: on the floor, on a surface, or a little behind the face of what it meets."""
    surfaces_m, _ = _to_surfaces(layout, origin_m, ray)
    floor_m = -origin_m[2] / ray[2] if ray[2] < -1e-9 else inf
    best_m = min(floor_m, float(surfaces_m.min(initial=inf)))
    into_m = 0.0
    if len(layout.boxes.x_m):
        boxes_m = collide.ray(layout.boxes, origin_m, ray)
        boxes_m[(boxes_m <= 0.0) | layout.flat] = inf
        # A shelf is open: the ray goes on into it, to the board that it meets there or to the back.
        has_surface = np.zeros(len(layout.parts) + 1, bool)
        has_surface[layout.surface_owner] = True
        open_m = np.where(has_surface[layout.box_owner], boxes_m, inf)
        closed_m = np.where(has_surface[layout.box_owner], inf, boxes_m)
        nearest_m = float(closed_m.min())
        if nearest_m < best_m:
            best_m = nearest_m
        opening_m = float(open_m.min())
        if opening_m < best_m:
            owner = layout.box_owner[int(open_m.argmin())]
            own_m = surfaces_m[layout.surface_owner == owner]
            if not float(own_m.min(initial=inf)) < inf:
                best_m, into_m = opening_m, INTO_M
    if best_m > FARTHEST_M:
        width, depth, height = layout.makings.template.size_m
        best_m = _way_out_m(origin_m, ray, (width / 2, depth / 2), height)
        if best_m > FARTHEST_M:
            return None
    along_m = best_m + into_m
    x, y, z = (origin_m[axis] + ray[axis] * along_m for axis in range(3))
    return x, y, max(z, 0.0)


def _way_out_m(origin_m: Vec3, ray: Vec3, half_m: tuple[float, float], height_m: float) -> float:
    """Distance along a ray from inside of the room to its walls or its ceiling."""
    ways = [inf]
    for axis in (0, 1):
        if abs(ray[axis]) > 1e-9:
            ways.append(((half_m[axis] if ray[axis] > 0 else -half_m[axis]) - origin_m[axis]) / ray[axis])
    if ray[2] > 1e-9:
        ways.append((height_m - origin_m[2]) / ray[2])
    return min(way for way in ways if way > 0.0)


def rest_below(layout: Layout, thing: Item, snap: Snap = FREE) -> Item | None:
    """The thing set down on the highest thing beneath it, or on the floor; on a rail or a peg it hangs.

    None where it is over nothing: outside of the room.
    """
    width, depth, _ = layout.makings.template.size_m
    x, y, _ = thing.at_m
    size_m = shape_of(thing, layout.makings)
    c, s = cos(radians(thing.yaw_deg)), sin(radians(thing.yaw_deg))
    if abs(x) > width / 2 + INTO_M or abs(y) > depth / 2 + INTO_M:
        return None
    hanger = _hanger(layout, thing, size_m)
    if hanger is not None:
        return _set_on(layout, thing, hanger, size_m, snap)
    surface = _beneath(layout, thing)
    if surface is not None:
        return _set_on(layout, thing, surface, size_m, snap)
    half_x_m = (abs(c) * size_m[0] + abs(s) * size_m[1]) / 2
    half_y_m = (abs(s) * size_m[0] + abs(c) * size_m[1]) / 2
    x = _kept(_snapped(x, snap.grid_m), width / 2 - half_x_m)
    y = _kept(_snapped(y, snap.grid_m), depth / 2 - half_y_m)
    return msgspec.structs.replace(thing, at_m=(round(x, 4), round(y, 4), 0.0), on=ItemId(""))


def _beneath(layout: Layout, thing: Item) -> int | None:
    """The highest surface below a thing's bottom at which it may stand."""
    s = layout.surfaces
    if len(s) == 0:
        return None
    x, y, z = thing.at_m
    dx, dy = x - s[:, 0], y - s[:, 1]
    inside = (np.abs(dx * s[:, 5] + dy * s[:, 6]) <= np.maximum(s[:, 3], PEG_M) + 1e-6) & (
        np.abs(dy * s[:, 5] - dx * s[:, 6]) <= np.maximum(s[:, 4], PEG_M) + 1e-6
    )
    fit = inside & (s[:, 8] == 0.0) & (s[:, 2] <= z + TOUCH_M)
    if rests_on(thing, layout.makings) == "floor":
        fit &= s[:, 2] <= FLAT_M
    if not fit.any():
        return None
    return int(np.where(fit, s[:, 2], -inf).argmax())


def _hanger(layout: Layout, thing: Item, size_m: Vec3) -> int | None:
    """The rail or peg that a worn thing hangs on when it is held to it: near in plan, and not far in height."""
    s = layout.surfaces
    if len(s) == 0 or not hangs_by_its_top(thing, layout.makings):
        return None
    x, y, z = thing.at_m
    dx, dy = x - s[:, 0], y - s[:, 1]
    aside_m = np.maximum(np.abs(dx * s[:, 5] + dy * s[:, 6]) - s[:, 3], 0.0)
    away_m = np.maximum(np.abs(dy * s[:, 5] - dx * s[:, 6]) - s[:, 4], 0.0)
    gap_m = np.hypot(aside_m, away_m)
    high = (z <= s[:, 2] + TOUCH_M) & (z >= s[:, 2] - size_m[2] - 0.3) & (s[:, 2] >= size_m[2])
    fit = (s[:, 8] == 1.0) & high & (gap_m <= 0.25)
    return int(np.where(fit, gap_m, inf).argmin()) if fit.any() else None


def _set_on(layout: Layout, thing: Item, surface: int, size_m: Vec3, snap: Snap) -> Item:
    """The thing on a surface, snapped along the surface's own sides and kept on it."""
    sx, sy, sz, half_x, half_y, c, s, _, hung = (float(value) for value in layout.surfaces[surface])
    dx, dy = thing.at_m[0] - sx, thing.at_m[1] - sy
    tc, ts = cos(radians(thing.yaw_deg)), sin(radians(thing.yaw_deg))
    # The thing's half extents along the sides of the surface.
    cc, ss = abs(tc * c + ts * s), abs(ts * c - tc * s)
    own_x, own_y = (cc * size_m[0] + ss * size_m[1]) / 2, (ss * size_m[0] + cc * size_m[1]) / 2
    lx = 0.0 if half_x < PEG_M else _kept(_snapped(dx * c + dy * s, snap.grid_m), half_x - own_x)
    ly = 0.0 if half_y < PEG_M else _kept(_snapped(dy * c - dx * s, snap.grid_m), half_y - own_y)
    at_m = (
        round(sx + lx * c - ly * s, 4),
        round(sy + lx * s + ly * c, 4),
        round(sz - size_m[2] if hung else sz, 4),
    )
    return msgspec.structs.replace(thing, at_m=at_m, on=layout.parts[int(layout.surface_owner[surface])].item.id)


def _on_wall(layout: Layout, thing: Item, origin_m: Vec3, ray: Vec3, snap: Snap) -> tuple[float, Item] | None:
    """How far away a ray meets a wall from its front, and the thing hung there with its middle where it meets it."""
    w = layout.walls
    if len(w) == 0:
        return None
    facing = ray[0] * w[:, 3] + ray[1] * w[:, 4]
    before_m = (w[:, 0] - origin_m[0]) * w[:, 3] + (w[:, 1] - origin_m[1]) * w[:, 4]
    away_m = np.where(facing < -1e-9, before_m / np.where(facing < -1e-9, facing, -1.0), inf)
    reached = np.where(np.isfinite(away_m), away_m, 0.0)
    aside_m = (origin_m[0] + ray[0] * reached - w[:, 0]) * w[:, 4] - (
        origin_m[1] + ray[1] * reached - w[:, 1]
    ) * w[:, 3]
    up_m = origin_m[2] + ray[2] * reached - w[:, 2]
    met = (away_m > 0.0) & (away_m < FARTHEST_M) & (np.abs(aside_m) <= w[:, 5]) & (up_m >= 0.0) & (up_m <= w[:, 6])
    if not met.any():
        return None
    wall = int(np.where(met, away_m, inf).argmin())
    return float(away_m[wall]), hung_on(layout, thing, wall, float(aside_m[wall]), float(up_m[wall]), snap)


def hung_on(layout: Layout, thing: Item, wall: int, aside_m: float, up_m: float, snap: Snap) -> Item:
    """The thing on a wall, its middle so far to the right of the wall's (seen from behind it) and above its foot."""
    x, y, z, nx, ny, half_m, height_m = (float(value) for value in layout.walls[wall])
    width, depth, height = shape_of(thing, layout.makings)
    aside_m = _kept(_snapped(aside_m, snap.grid_m), half_m - width / 2)
    up_m = height_m / 2 + _kept(_snapped(up_m, snap.grid_m) - height_m / 2, height_m / 2 - height / 2)
    owner = int(layout.wall_owner[wall])
    return msgspec.structs.replace(
        thing,
        at_m=(
            round(x + ny * aside_m + nx * depth / 2, 4),
            round(y - nx * aside_m + ny * depth / 2, 4),
            round(z + up_m - height / 2, 4),
        ),
        yaw_deg=turned(degrees(atan2(ny, nx)) + 90.0),  # with yaw 0 a front faces -Y
        on=layout.parts[owner].item.id if owner >= 0 else ItemId(""),
    )


def wall_behind(layout: Layout, thing: Item) -> int | None:
    """The wall at a thing's back, where that is on a wall."""
    w = layout.walls
    if len(w) == 0:
        return None
    width, depth, height = shape_of(thing, layout.makings)
    x, y, z = thing.at_m
    front = radians(thing.yaw_deg) - pi / 2
    out_m = (x - w[:, 0]) * w[:, 3] + (y - w[:, 1]) * w[:, 4]
    aside_m = (x - w[:, 0]) * w[:, 4] - (y - w[:, 1]) * w[:, 3]
    up_m = z - w[:, 2]
    at_it = (
        (w[:, 3] * cos(front) + w[:, 4] * sin(front) > 0.999)
        & (np.abs(out_m - depth / 2) <= TOUCH_M)
        & (np.abs(aside_m) <= np.maximum(w[:, 5] - width / 2, 0.0) + TOUCH_M)
        & (up_m >= -TOUCH_M)
        & (up_m + height <= np.maximum(w[:, 6], height) + TOUCH_M)
    )
    return int(at_it.argmax()) if at_it.any() else None


def under_ceiling(layout: Layout, thing: Item, snap: Snap = FREE) -> Item | None:
    """The thing below the ceiling, above where it is; None under the sky."""
    template = layout.makings.template
    if template.open_air:
        return None
    x, y, _ = thing.at_m
    width, depth, height = template.size_m
    size_m = shape_of(thing, layout.makings)
    half_m = hypot(size_m[0], size_m[1]) / 2
    x, y = _kept(_snapped(x, snap.grid_m), width / 2 - half_m), _kept(_snapped(y, snap.grid_m), depth / 2 - half_m)
    at_m = (round(x, 4), round(y, 4), round(height - size_m[2], 4))
    return msgspec.structs.replace(thing, at_m=at_m, on=ItemId(""))


def settled(layout: Layout, thing: Item) -> Item | None:
    """The thing as it rests where it is: on what holds it there, or fallen onto what lies beneath; None for nothing."""
    rests = rests_on(thing, layout.makings)
    if rests in ("wall", "any"):
        wall = wall_behind(layout, thing)
        if wall is not None:
            owner = int(layout.wall_owner[wall])
            return msgspec.structs.replace(thing, on=layout.parts[owner].item.id if owner >= 0 else ItemId(""))
        if rests == "wall":
            return None
    if rests == "ceiling":
        return under_ceiling(layout, thing)
    return rest_below(layout, thing)


def _snapped(metres: float, grid_m: float) -> float:
    return round(metres / grid_m) * grid_m if grid_m > 0.0 else metres


def _kept(metres: float, most_m: float) -> float:
    """Within -most..most; in the middle where there is no such room."""
    return min(max(metres, -most_m), most_m) if most_m > 0.0 else 0.0
