"""Where everything in a room is, as arrays: boxes, surfaces, walls to hang on, and the floor one can walk on.

Worked out once for each state of a room; of the items that stayed the same the former layout's parts are taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from game.core import route
from game.core.collide import Bools, Boxes, Floats, boxes
from game.core.goods import Good, Vec3
from game.core.grid import Ints
from game.core.ids import GoodId, ItemId, PieceId
from game.core.places import Box
from game.core.rooms import (
    FLAT_M,
    Item,
    Piece,
    Room,
    Template,
    Wall,
    boxes_of,
    placed_m,
    shell_of,
    size_of,
    surfaces_of,
)
from game.core.world import BODY_RADIUS_M

NEAR_M = 1.3  # to within so much, along x and y, one must be able to come to whatever is in a room
KEPT_M = 0.02  # between a walker and furniture

Row = tuple[float, ...]


@dataclass(slots=True, frozen=True)
class Makings:
    """What a room is made of."""

    kit: Mapping[PieceId, Piece]
    goods: Mapping[GoodId, Good]
    template: Template


@dataclass(slots=True, frozen=True)
class Part:
    """One item's share of a layout."""

    item: Item
    boxes: tuple[Row, ...]  # as `collide.boxes` takes them
    surfaces: tuple[Row, ...]  # x, y, z, half x, half y, cosine, sine, free height, hung
    walls: tuple[Row, ...]  # x, y, z, normal x, normal y, half width, height
    solids: tuple[Box, ...]  # what stands in a walker's way


@dataclass(slots=True, frozen=True)
class Layout:
    """A room as arrays. Owners are indices into `parts`, -1 is the room itself."""

    parts: tuple[Part, ...]
    row_of: dict[ItemId, int]
    makings: Makings
    boxes: Boxes
    box_owner: Ints
    flat: Bools  # (boxes,): low enough to stand upon
    surfaces: Floats  # (n, 9)
    surface_owner: Ints
    walls: Floats  # (n, 7)
    wall_owner: Ints
    blocked: Ints  # (cells): how many things stand in the way in each cell of the floor
    from_m: route.Point  # the corner of the floor's first cell
    reach: Bools  # (cells): where one can come to from the door
    near: Bools  # (cells): what one can come near to
    spots: tuple[Ints, Ints]  # the cells of all parts


def layout(room: Room, makings: Makings, before: Layout | None = None) -> Layout:
    """The layout of a room; `before` is one of the same makings, of a state that has most items in common."""
    template = makings.template
    fits = before is not None and before.makings is makings
    old = {part.item.id: part for part in before.parts} if before is not None and fits else {}
    parts: list[Part] = []
    for item in room.items:
        part = old.get(item.id)
        parts.append(part if part is not None and part.item is item else part_of(item, makings))
    from_m = (-template.size_m[0] / 2, -template.size_m[1] / 2)
    if before is not None and fits:
        blocked = before.blocked.copy()
        same = {part.item.id for part in parts if old.get(part.item.id) is part}
        _cast(blocked, from_m, (box for part in before.parts if part.item.id not in same for box in part.solids), -1)
        _cast(blocked, from_m, (box for part in parts if part.item.id not in same for box in part.solids), 1)
    else:
        shape = [round(size_m / route.CELL_M) + 1 for size_m in template.size_m[:2]]
        blocked = np.zeros((shape[0], shape[1]), np.int64)
        _cast(blocked, from_m, (box for box in shell_of(template) if route.in_the_way(box)), 1)
        _cast(blocked, from_m, (box for part in parts for box in part.solids), 1)
    fixed = [(_row(box), -1) for box in template.colliders]
    box_rows = [(row, at) for at, part in enumerate(parts) for row in part.boxes] + fixed
    columns = np.ascontiguousarray(_table([row for row, _ in box_rows], 9).T)
    surface_rows = [(row, at) for at, part in enumerate(parts) for row in part.surfaces]
    wall_rows = [(_wall_row(wall), -1) for wall in template.walls]
    wall_rows += [(row, at) for at, part in enumerate(parts) for row in part.walls]
    free = blocked == 0
    reach = walked(free, template, from_m)
    at_m = _table([part.item.at_m[:2] for part in parts], 2)
    return Layout(
        parts=tuple(parts),
        row_of={part.item.id: at for at, part in enumerate(parts)},
        makings=makings,
        boxes=boxes(columns),
        box_owner=_owners(box_rows),
        flat=columns[3] - columns[2] <= FLAT_M,
        surfaces=_table([row for row, _ in surface_rows], 9),
        surface_owner=_owners(surface_rows),
        walls=_table([row for row, _ in wall_rows], 7),
        wall_owner=_owners(wall_rows),
        blocked=blocked,
        from_m=from_m,
        reach=reach,
        near=near_to(reach),
        spots=cells(at_m, from_m, blocked.shape),
    )


def part_of(item: Item, makings: Makings) -> Part:
    """One item's share: nothing at all of what is not known."""
    size_m = size_of(item, makings.kit, makings.goods)
    if size_m is None:
        return Part(item, (), (), (), ())
    piece = makings.kit.get(item.piece)
    own = piece.boxes if piece is not None else ()
    placed = [Box(at_m=placed_m(item, box.at_m), size_m=box.size_m, yaw_deg=item.yaw_deg + box.yaw_deg) for box in own]
    rows = [_row(box) for box in placed or [Box(at_m=item.at_m, size_m=size_m, yaw_deg=item.yaw_deg)]]
    c, s = _turn(item.yaw_deg)
    surfaces = tuple(
        (*placed_m(item, own.at_m), own.size_m[0] / 2, own.size_m[1] / 2, c, s, own.height_m or np.inf, float(own.hung))
        for own in surfaces_of(item, makings.kit, makings.goods)
    )
    walls = tuple(
        _wall_row(
            Wall(at_m=placed_m(item, own.at_m), yaw_deg=item.yaw_deg + own.yaw_deg, width_m=own.width_m,
                 height_m=own.height_m)
        )
        for own in (piece.walls if piece is not None else ())
    )  # fmt: skip
    solids = tuple(box for box in boxes_of(item, makings.kit) if route.in_the_way(box))
    return Part(item, tuple(rows), surfaces, walls, solids)


def shape_of(item: Item, makings: Makings) -> Vec3:
    """Width, depth and height of an item; a speck where nothing is known of it."""
    return size_of(item, makings.kit, makings.goods) or (0.01, 0.01, 0.01)


def _turn(yaw_deg: float) -> tuple[float, float]:
    return cos(radians(yaw_deg)), sin(radians(yaw_deg))


def _row(box: Box) -> Row:
    (x, y, z), (width, depth, height) = box.at_m, box.size_m
    return (x, y, z, z + height, width / 2, depth / 2, *_turn(box.yaw_deg), 0.0)


def _wall_row(wall: Wall) -> Row:
    c, s = _turn(wall.yaw_deg)
    return (*wall.at_m, -s, c, wall.width_m / 2, wall.height_m)


def _table(rows: Sequence[Sequence[float]], width: int) -> Floats:
    return np.array(rows, np.float64).reshape(-1, width)


def _owners(rows: Sequence[tuple[Row, int]]) -> Ints:
    return np.array([owner for _, owner in rows], np.int64)


# --- the floor -----------------------------------------------------------------------------------------------------


def shadows(solids: Iterable[Box], from_m: route.Point, shape: tuple[int, int]) -> list[tuple[slice, slice, Bools]]:
    """The cells in which nobody can stand for each of some boxes."""
    return [route.shadow(box, from_m, shape, BODY_RADIUS_M + KEPT_M) for box in solids]


def _cast(blocked: Ints, from_m: route.Point, solids: Iterable[Box], count: int) -> None:
    for rows, columns, near in shadows(solids, from_m, (blocked.shape[0], blocked.shape[1])):
        blocked[rows, columns] += count * near


def walked(free: Bools, template: Template, from_m: route.Point) -> Bools:
    """The cells that one can come to from the door; none where one cannot even come in."""
    padded = np.zeros((free.shape[0] + 2, free.shape[1] + 2), bool)
    padded[1:-1, 1:-1] = free
    seed = entrance(template, from_m, free.shape)
    return route.spread(padded, [seed]) if free[seed] else np.zeros_like(free)


def entrance(template: Template, from_m: route.Point, shape: tuple[int, ...]) -> route.Cell:
    """The cell in which one stands who has come in."""
    x_m, y_m = route.inside_m(template.door)
    i, j = round((x_m - from_m[0]) / route.CELL_M), round((y_m - from_m[1]) / route.CELL_M)
    return min(max(i, 0), shape[0] - 1), min(max(j, 0), shape[1] - 1)


def near_to(reach: Bools) -> Bools:
    """The cells within NEAR_M of one that can be reached: sums over windows by a summed-area table (Crow 1984)."""
    wide = round(NEAR_M / route.CELL_M)
    total = np.zeros((reach.shape[0] + 2 * wide + 1, reach.shape[1] + 2 * wide + 1), np.int32)
    total[wide + 1 : wide + 1 + reach.shape[0], wide + 1 : wide + 1 + reach.shape[1]] = reach
    total = total.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    across = 2 * wide + 1
    rows, columns = reach.shape
    high_x, high_y = slice(across, across + rows), slice(across, across + columns)
    low_x, low_y = slice(0, rows), slice(0, columns)
    near: Bools = (total[high_x, high_y] - total[low_x, high_y] - total[high_x, low_y] + total[low_x, low_y]) > 0
    return near


def cells(at_m: Floats, from_m: route.Point, shape: tuple[int, ...]) -> tuple[Ints, Ints]:
    """The cells of points (n, 2); of what is outside of the floor the nearest."""
    found = np.rint((at_m - np.array(from_m)) / route.CELL_M).astype(np.int64)
    return np.clip(found[:, 0], 0, shape[0] - 1), np.clip(found[:, 1], 0, shape[1] - 1)
