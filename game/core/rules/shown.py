"""The goods on the stands of a place as arrays and a grid: what looking and placing ask, worked out once a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from game.core import collide
from game.core.collide import Boxes, Floats
from game.core.goods import Good
from game.core.grid import Grid, joined, members_of, pairs_at
from game.core.ids import GoodId, StandId
from game.core.places import Place, Stand

GROW_M = 0.02
LEAST_HALF_M = 0.08  # goods smaller than this are as easy to point at as if they had it
CELL_M = 0.5
PIECE = 2_000  # stands that `prepare` takes at once: some milliseconds

Row = list[float]  # a box: x, y, cosine, sine, half x, half y, bottom, top, grow


@dataclass(slots=True, frozen=True)
class Shown:
    """The goods on the stands of a place, whether away just now or not, in the order of the stands."""

    stands: tuple[StandId, ...]
    row_of: dict[StandId, int]
    boxes: Boxes  # bounding boxes
    grow_m: Floats  # (stands,): by how much each is easier to point at than it is large
    inside: dict[int, tuple[int, ...]]  # the solids that a good is inside, such as a shelf; they then hide nothing
    rows: list[Row]  # of each good and then each solid of the place
    grid: Grid  # over goods and then solids


_CACHE_SIZE = 32
_shown: dict[tuple[int, int], tuple[Place, dict[GoodId, Good], Shown]] = {}


def shown_in(place: Place, goods: dict[GoodId, Good]) -> Shown:
    """The goods on the stands of a place, worked out once for each Place and catalogue."""
    known = _shown.get((id(place), id(goods)))
    if known is not None and known[0] is place and known[1] is goods:
        return known[2]
    for _ in prepare(place, goods):
        pass
    return _shown[id(place), id(goods)][2]


def prepare(place: Place, goods: dict[GoodId, Good]) -> Iterator[str]:
    """Work it out piece by piece before it is asked for; yields between the pieces."""
    known = _shown.get((id(place), id(goods)))
    if known is not None and known[0] is place and known[1] is goods:
        return
    stands = [stand for stand in place.stands if stand.good in goods]
    columns: list[Floats] = [np.zeros((9, 0))]
    for begin in range(0, len(stands), PIECE):
        columns.append(_columns(stands[begin : begin + PIECE], goods))
        yield "boxes of goods"
    boxes = collide.boxes(np.ascontiguousarray(np.concatenate(columns, axis=1)))
    solids = collide.solids_of(place).columns
    yield "solids"
    half_m = np.minimum(np.minimum(boxes.half_x_m, boxes.half_y_m), (boxes.top_m - boxes.bottom_m) / 2)
    grow_m = GROW_M + np.clip(LEAST_HALF_M - half_m, 0.0, LEAST_HALF_M)
    both = _joined(boxes, solids)
    all_grow_m = np.concatenate([grow_m, np.zeros(len(solids.x_m))])
    parts = []
    for begin in range(0, max(len(both.x_m), 1), PIECE):
        piece = slice(begin, begin + PIECE)
        parts.append(members_of(_some(both, piece), cell_m=CELL_M, grow_m=all_grow_m[piece], number_from=begin))
        yield "cells"
    over = joined(parts, cell_m=CELL_M)
    yield "grid"
    inside = _inside(boxes, both, over)
    yield "inside"
    ids = tuple(stand.id for stand in stands)
    row_of = {stand: row for row, stand in enumerate(ids)}
    yield "ids"
    rows = np.stack(
        [both.x_m, both.y_m, both.cos_yaw, both.sin_yaw, both.half_x_m, both.half_y_m, both.bottom_m, both.top_m,
         all_grow_m], axis=1,
    )  # fmt: skip
    rows_of_all: list[Row] = []
    for begin in range(0, len(rows), PIECE):
        rows_of_all += rows[begin : begin + PIECE].tolist()
        yield "rows"
    shown = Shown(
        stands=ids,
        row_of=row_of,
        boxes=boxes,
        grow_m=grow_m,
        inside=inside,
        rows=rows_of_all,
        grid=over,
    )
    while len(_shown) >= _CACHE_SIZE:
        del _shown[next(iter(_shown))]
    _shown[id(place), id(goods)] = (place, goods, shown)
    yield "shown"


def _columns(stands: Sequence[Stand], goods: dict[GoodId, Good]) -> Floats:
    """The bounding boxes (9, n) of what stands there, as `collide.boxes` takes them."""
    at_m = np.array([stand.at_m for stand in stands], dtype=np.float64)
    size_m = np.array([goods[stand.good].size_m for stand in stands], dtype=np.float64)
    yaws_rad = [radians(stand.yaw_deg) for stand in stands]
    out = np.zeros((9, len(stands)))
    out[0:3] = at_m.T
    out[3] = at_m[:, 2] + size_m[:, 2]
    out[4:6] = size_m[:, :2].T / 2
    out[6], out[7] = [cos(yaw_rad) for yaw_rad in yaws_rad], [sin(yaw_rad) for yaw_rad in yaws_rad]
    return out


def _joined(a: Boxes, b: Boxes) -> Boxes:
    return Boxes(*(np.concatenate([getattr(a, name), getattr(b, name)]) for name in Boxes.__slots__))


def _some(of: Boxes, piece: slice) -> Boxes:
    return Boxes(*(getattr(of, name)[piece] for name in Boxes.__slots__))


def _inside(goods: Boxes, both: Boxes, over: Grid) -> dict[int, tuple[int, ...]]:
    """The solids, numbered as in the place, that hold the middle of each good."""
    x_m, y_m, z_m = goods.x_m, goods.y_m, (goods.bottom_m + goods.top_m) / 2
    of, box = pairs_at(over, x_m, y_m, z_m)
    of, box = of[box >= len(x_m)], box[box >= len(x_m)]
    dx, dy = x_m[of] - both.x_m[box], y_m[of] - both.y_m[box]
    lx = dx * both.cos_yaw[box] + dy * both.sin_yaw[box]
    ly = dy * both.cos_yaw[box] - dx * both.sin_yaw[box]
    half_y = both.half_y_m[box]
    top = both.top_m[box] + both.climb_m[box] * (ly / (2 * np.where(half_y == 0.0, 1.0, half_y)) + 0.5)
    beside = (np.abs(lx) > both.half_x_m[box]) | (np.abs(ly) > half_y)
    holds = ~beside & (both.bottom_m[box] < z_m[of]) & (z_m[of] < top)
    found: dict[int, tuple[int, ...]] = {}
    for row, solid in zip(of[holds].tolist(), (box[holds] - len(x_m)).tolist(), strict=True):
        found[row] = (*found.get(row, ()), solid)
    return found
