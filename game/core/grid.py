"""A grid over many boxes: which of them are in the cells that a ray passes, or near a point.

Built once from columns, so that asking costs the same among a hundred boxes and a hundred thousand. Cells are numbered
by one integer, and the members of all cells lie in one array, cell after cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.collide import Boxes, Floats
from game.core.goods import Vec3

if TYPE_CHECKING:
    import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[np.int64]"

LARGEST_CELLS = 40_000  # a box over more cells than this is a member of all of them
TOUCH_M = 1e-6  # boxes are taken this much larger, so that none is missed on the border of a cell
_SIDE = 1 << 20
_MIDDLE = _SIDE >> 1
_FARTHEST = _MIDDLE - 2  # cells from the origin; what is farther is put into the outermost


@dataclass(slots=True, frozen=True)
class Grid:
    """Boxes by cell; `keys` are the cells that hold any, ascending, and `starts` where each one's members begin."""

    cell_m: float
    keys: Ints
    starts: Ints  # (keys + 1,)
    members: Ints
    everywhere: tuple[int, ...]  # boxes too large for cells
    place_of: dict[int, int]  # of a cell in `keys`; with the two lists, for one cell at a time
    start_list: list[int]
    member_list: list[int]


def grid(boxes: Boxes, *, cell_m: float, grow_m: Floats | float = 0.0, flat: bool = False) -> Grid:
    """A grid over boxes, each taken larger by `grow_m` on all sides; `flat` leaves heights out."""
    return joined([members_of(boxes, cell_m=cell_m, grow_m=grow_m, flat=flat)], cell_m=cell_m)


def members_of(
    boxes: Boxes, *, cell_m: float, grow_m: Floats | float, flat: bool = False, number_from: int = 0
) -> tuple[Ints, Ints, Ints]:
    """A part of a grid: cells, the box in each, and the boxes that are everywhere; boxes count from `number_from`."""
    grow = np.broadcast_to(np.asarray(grow_m) + TOUCH_M, boxes.x_m.shape)
    low = [_cell(boxes.x_m - boxes.reach_x_m - grow, cell_m), _cell(boxes.y_m - boxes.reach_y_m - grow, cell_m)]
    high = [_cell(boxes.x_m + boxes.reach_x_m + grow, cell_m), _cell(boxes.y_m + boxes.reach_y_m + grow, cell_m)]
    if flat:
        low, high = [*low, np.zeros_like(low[0])], [*high, np.zeros_like(low[0])]
    else:
        low.append(_cell(np.minimum(boxes.bottom_m, boxes.top_m) - grow, cell_m))
        high.append(_cell(np.maximum(boxes.top_m, boxes.top_m + boxes.climb_m) + grow, cell_m))
    sizes = [b - a + 1 for a, b in zip(low, high, strict=True)]
    cells = sizes[0].astype(np.float64) * sizes[1] * sizes[2]
    large = cells > LARGEST_CELLS
    counts = np.where(large, 0, cells).astype(np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    number, z = np.divmod(number, sizes[2][owner])
    x, y = np.divmod(number, sizes[1][owner])
    x, y, z = x + low[0][owner], y + low[1][owner], z + low[2][owner]
    # The upright bounding box of a turned box has corners that the box itself does not reach.
    touches = _touches(boxes, owner, (x + 0.5) * cell_m, (y + 0.5) * cell_m, grow, cell_m)
    return _key(x, y, z)[touches], owner[touches] + number_from, np.flatnonzero(large) + number_from


def joined(parts: Sequence[tuple[Ints, Ints, Ints]], *, cell_m: float) -> Grid:
    """The grid whose parts are given, in the order of their boxes."""
    keys, owner, large = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(keys, kind="stable")
    keys, owner = keys[order], owner[order]
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    starts = np.append(first, len(keys))
    keys = keys[first]
    return Grid(
        cell_m=cell_m,
        keys=keys,
        starts=starts,
        members=owner,
        everywhere=tuple(large.tolist()),
        place_of=dict(zip(keys.tolist(), range(len(keys)), strict=True)),
        start_list=starts.tolist(),
        member_list=owner.tolist(),
    )


def _cell(at_m: Floats, cell_m: float) -> Ints:
    return np.clip(np.floor(at_m / cell_m), -_FARTHEST, _FARTHEST).astype(np.int64)


def _key(x: Ints, y: Ints, z: Ints) -> Ints:
    return ((x + _MIDDLE) * _SIDE + y + _MIDDLE) * _SIDE + z + _MIDDLE


def _touches(
    boxes: Boxes, owner: Ints, x_m: Floats, y_m: Floats, grow_m: Floats, cell_m: float
) -> npt.NDArray[np.bool_]:
    dx, dy = x_m - boxes.x_m[owner], y_m - boxes.y_m[owner]
    cos_yaw, sin_yaw = boxes.cos_yaw[owner], boxes.sin_yaw[owner]
    reach_m = grow_m[owner] + cell_m / 2 * (np.abs(cos_yaw) + np.abs(sin_yaw)) + TOUCH_M
    touches: npt.NDArray[np.bool_] = (np.abs(dx * cos_yaw + dy * sin_yaw) <= boxes.half_x_m[owner] + reach_m) & (
        np.abs(dy * cos_yaw - dx * sin_yaw) <= boxes.half_y_m[owner] + reach_m
    )
    return touches


def pairs_at(of: Grid, x_m: Floats, y_m: Floats, z_m: Floats | None = None) -> tuple[Ints, Ints]:
    """Every pair of a point and a box in the point's cell or everywhere: indices of points, ascending, and of boxes."""
    keys = _key(
        _cell(x_m, of.cell_m), _cell(y_m, of.cell_m), np.zeros(len(x_m), np.int64) if z_m is None else
        _cell(z_m, of.cell_m)
    )  # fmt: skip
    if len(of.keys) == 0:
        counts, place = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
    else:
        place = np.minimum(np.searchsorted(of.keys, keys), len(of.keys) - 1)
        counts = np.where(of.keys[place] == keys, of.starts[place + 1] - of.starts[place], 0)
    points = np.repeat(np.arange(len(keys)), counts)
    within = np.arange(len(points)) - np.repeat(np.cumsum(counts) - counts, counts)
    boxes = of.members[of.starts[place][points] + within] if len(points) else points
    if of.everywhere:
        large = np.tile(np.array(of.everywhere, np.int64), len(keys))
        points = np.concatenate([points, np.repeat(np.arange(len(keys)), len(of.everywhere))])
        boxes = np.concatenate([boxes, large])
        order = np.lexsort((boxes, points))
        points, boxes = points[order], boxes[order]
    return points, boxes


def along(of: Grid, origin_m: Vec3, direction: Vec3, *, within_m: float) -> Iterator[tuple[float, list[int]]]:
    """The cells that a unit ray passes, in order: how far along it leaves each, and the boxes in it.

    Amanatides and Woo 1987. Cells that hold nothing are left out.
    """
    size = of.cell_m
    key = 0
    ahead: list[float] = []
    apart: list[float] = []
    steps: list[int] = []
    weight = _SIDE * _SIDE
    for at_m, way in zip(origin_m, direction, strict=True):
        cell = min(max(floor(at_m / size), -_FARTHEST), _FARTHEST)
        key += (cell + _MIDDLE) * weight
        if way > 1e-12:
            ahead.append(((cell + 1) * size - at_m) / way)
            apart.append(size / way)
            steps.append(weight)
        elif way < -1e-12:
            ahead.append((cell * size - at_m) / way)
            apart.append(-size / way)
            steps.append(-weight)
        else:
            ahead.append(float("inf"))
            apart.append(float("inf"))
            steps.append(0)
        weight //= _SIDE
    next_x, next_y, next_z = ahead
    apart_x, apart_y, apart_z = apart
    step_x, step_y, step_z = steps
    place_of, starts, members = of.place_of, of.start_list, of.member_list
    at = 0.0
    while at <= within_m:
        place = place_of.get(key)
        if next_x < next_y:
            if next_x < next_z:
                at, next_x, to = next_x, next_x + apart_x, key + step_x
            else:
                at, next_z, to = next_z, next_z + apart_z, key + step_z
        elif next_y < next_z:
            at, next_y, to = next_y, next_y + apart_y, key + step_y
        else:
            at, next_z, to = next_z, next_z + apart_z, key + step_z
        if place is not None:
            yield at, members[starts[place] : starts[place + 1]]
        key = to
