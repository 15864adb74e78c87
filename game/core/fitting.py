"""Whether things fit where they would be put: nothing in them, within the room, held by something, and still a way."""

from __future__ import annotations

import numpy as np

from game.core import collide
from game.core.building import FITS, YES, Fit
from game.core.collide import Bools, Solid
from game.core.ids import ItemId
from game.core.layout import NEAR_M, Layout, cells, entrance, near_to, part_of, shadows, shape_of, walked
from game.core.resting import OVERHANG, PEG_M, TOUCH_M, settled
from game.core.rooms import FLAT_M, Item
from game.core.route import CELL_M, in_the_way, spread

SLACK_M = 0.006  # boxes may share this much and still stand side by side
CORNER_M = 0.16  # walls may share this much, where they meet in a corner
OUT_M = 0.02  # a thing may stick into a wall of the room by this much
STICKS_OUT_M = 0.02
MARGINS = (2, 12, 40)  # cells around what is taken that are looked at, before all are


def fit(layout: Layout, things: tuple[Item, ...]) -> Fit:
    """Whether some things, at rest in a room that does not hold them yet, may stay there.

    `layout` is of the room without them. They keep their places among themselves, so that they are not compared with
    each other.
    """
    own = {thing.id for thing in things}
    for thing in things:
        found = _held(layout, thing, own)
        if found.kind == FITS:
            found = _clear(layout, thing, own)
        if found.kind != FITS:
            return found
    return _way(layout, things)


def _held(layout: Layout, thing: Item, own: set[ItemId]) -> Fit:
    """Whether a thing is within the room and held by something large enough."""
    width, depth, height = layout.makings.template.size_m
    size_m = shape_of(thing, layout.makings)
    c, s = np.cos(np.radians(thing.yaw_deg)), np.sin(np.radians(thing.yaw_deg))
    half_x_m = (abs(c) * size_m[0] + abs(s) * size_m[1]) / 2
    half_y_m = (abs(s) * size_m[0] + abs(c) * size_m[1]) / 2
    x, y, z = thing.at_m
    if abs(x) + half_x_m > width / 2 + OUT_M or abs(y) + half_y_m > depth / 2 + OUT_M:
        return Fit(kind="out_of_room")
    if z < -OUT_M or (z + size_m[2] > height + OUT_M and not layout.makings.template.open_air):
        return Fit(kind="out_of_room")
    if thing.on in own:
        return YES
    rested = settled(layout, thing)
    if rested is None or abs(rested.at_m[2] - z) > TOUCH_M or (thing.on and thing.on not in layout.row_of):
        return Fit(kind="no_support")
    return YES if not thing.on else _borne(layout, thing)


def _borne(layout: Layout, thing: Item) -> Fit:
    """Whether the surface that a thing stands on is large enough, and there is room above it."""
    s = layout.surfaces
    size_m = shape_of(thing, layout.makings)
    row = layout.row_of[thing.on]
    at = np.flatnonzero((layout.surface_owner == row) & (np.abs(s[:, 2] - thing.at_m[2]) <= TOUCH_M))
    if len(at) == 0:  # it hangs, on a wall or a rail
        return YES
    dx, dy = thing.at_m[0] - s[at, 0], thing.at_m[1] - s[at, 1]
    gap_m = np.maximum(np.abs(dx * s[at, 5] + dy * s[at, 6]) - s[at, 3], 0.0) + np.maximum(
        np.abs(dy * s[at, 5] - dx * s[at, 6]) - s[at, 4], 0.0
    )
    _, _, _, half_x, half_y, c, sn, free_m, _ = (float(value) for value in s[at[int(gap_m.argmin())]])
    tc, ts = np.cos(np.radians(thing.yaw_deg)), np.sin(np.radians(thing.yaw_deg))
    cc, ss = abs(tc * c + ts * sn), abs(ts * c - tc * sn)
    own_x, own_y = (cc * size_m[0] + ss * size_m[1]) / 2, (ss * size_m[0] + cc * size_m[1]) / 2
    for own_m, half_m in ((own_x, half_x), (own_y, half_y)):
        if half_m >= PEG_M and own_m > half_m * OVERHANG + STICKS_OUT_M:
            return Fit(kind="too_large", item=thing.on)
    return YES if size_m[2] <= free_m + TOUCH_M else Fit(kind="too_large", item=thing.on)


def _clear(layout: Layout, thing: Item, own: set[ItemId]) -> Fit:
    """Whether nothing else is where a thing is, apart from what it stands on or in."""
    part = part_of(thing, layout.makings)
    boxes = layout.boxes
    if len(boxes.x_m) == 0:
        return YES
    bearers: set[int] = set()
    wall = _is_wall(thing, layout)
    below = thing.on
    while below and below not in own and below in layout.row_of and layout.row_of[below] not in bearers:
        bearers.add(layout.row_of[below])
        below = layout.parts[layout.row_of[below]].item.on
    for row in part.boxes:
        x, y, bottom, top, half_x, half_y, c, s, _ = row
        if top - bottom <= FLAT_M:
            continue  # a rug lies under things
        mine = Solid(x_m=x, y_m=y, bottom_m=bottom, top_m=top, half_x_m=half_x, half_y_m=half_y, cos_yaw=c, sin_yaw=s)
        reach_x, reach_y = abs(c) * half_x + abs(s) * half_y, abs(s) * half_x + abs(c) * half_y
        near: Bools = (
            (np.abs(boxes.x_m - x) < boxes.reach_x_m + reach_x)
            & (np.abs(boxes.y_m - y) < boxes.reach_y_m + reach_y)
            & (boxes.bottom_m < top)
            & (boxes.top_m > bottom)
            & ~layout.flat
        )
        for index in np.flatnonzero(near):
            owner = int(layout.box_owner[index])
            slack_m = CORNER_M if owner >= 0 and wall and _is_wall(layout.parts[owner].item, layout) else SLACK_M
            if owner not in bearers and collide.overlap(mine, boxes.solid(int(index)), slack_m=slack_m):
                return Fit(kind="overlaps", item=layout.parts[owner].item.id if owner >= 0 else ItemId(""))
    return YES


def _is_wall(item: Item, layout: Layout) -> bool:
    piece = layout.makings.kit.get(item.piece)
    return piece is not None and piece.group == "walls"


def _way(layout: Layout, things: tuple[Item, ...]) -> Fit:
    """Whether one can still come near to everything in the room, these things included, and to its counter."""
    template, shape = layout.makings.template, (layout.blocked.shape[0], layout.blocked.shape[1])
    solids = [box for thing in things for box in part_of(thing, layout.makings).solids if in_the_way(box)]
    near = layout.near
    casts = [
        cast for cast in shadows(solids, layout.from_m, shape) if layout.reach[cast[0], cast[1]][cast[2]].any()
    ]
    if casts:
        left = _without(layout, casts)
        if left is None or not _covers(left, layout, template.spawn.at_m[:2]):
            return Fit(kind="unreachable")
        near = _near_after(layout, left)
        counter = _cell(layout, template.counter.at_m[:2])
        if layout.near[counter] and not near[counter]:
            return Fit(kind="unreachable")
        lost = layout.near[layout.spots] & ~near[layout.spots]
        if lost.any():
            return Fit(kind="unreachable", item=layout.parts[int(lost.argmax())].item.id)
    for thing in things:
        if not near[_cell(layout, thing.at_m[:2])]:
            return Fit(kind="unreachable", item=thing.id)
    return YES


def _without(layout: Layout, casts: list[tuple[slice, slice, Bools]]) -> Bools | None:
    """Where one can still come to with some cells taken away; None where nobody can even come in.

    Mostly a look around what is taken tells: the whole floor is spread over only where that leaves it open.
    """
    taken = np.zeros_like(layout.reach)
    for rows, columns, near in casts:
        taken[rows, columns] |= near
    seed = entrance(layout.makings.template, layout.from_m, layout.reach.shape)
    if taken[seed]:
        return None
    taken &= layout.reach
    left: Bools = layout.reach & ~taken
    for margin in MARGINS:
        window = _around(taken, margin)
        cut_off = _cut_off(left[window], taken[window], _edge(window, left.shape), _within(seed, window))
        if cut_off is not None:
            left[window] &= ~cut_off
            return left
    return walked((layout.blocked == 0) & ~taken, layout.makings.template, layout.from_m)


Window = tuple[slice, slice]


def _around(cells_taken: Bools, margin: int) -> Window:
    """The cells within `margin` of those that are taken."""
    i, j = np.flatnonzero(cells_taken.any(axis=1)), np.flatnonzero(cells_taken.any(axis=0))
    rows, columns = cells_taken.shape
    return (
        slice(max(int(i[0]) - margin, 0), min(int(i[-1]) + margin + 1, rows)),
        slice(max(int(j[0]) - margin, 0), min(int(j[-1]) + margin + 1, columns)),
    )


def _edge(window: Window, shape: tuple[int, ...]) -> Bools:
    """The cells of a window through which the floor goes on."""
    rows, columns = window
    edge = np.zeros((rows.stop - rows.start, columns.stop - columns.start), bool)
    edge[0], edge[-1] = rows.start > 0, rows.stop < shape[0]
    edge[:, 0] |= columns.start > 0
    edge[:, -1] |= columns.stop < shape[1]
    return edge


def _within(cell: tuple[int, int], window: Window) -> tuple[int, int] | None:
    i, j = cell[0] - window[0].start, cell[1] - window[1].start
    inside = 0 <= i < window[0].stop - window[0].start and 0 <= j < window[1].stop - window[1].start
    return (i, j) if inside else None


def _cut_off(left: Bools, taken: Bools, edge: Bools, door: tuple[int, int] | None) -> Bools | None:
    """The cells of a window that what is taken cuts off from the rest; None where the window does not tell.

    All cells hung together before, so that each part beside what is taken is closed in, or goes on over the edge. Where
    at most one goes on, it is the one with the door, unless the door is in the window.
    """
    padded = np.zeros((taken.shape[0] + 2, taken.shape[1] + 2), bool)
    padded[1:-1, 1:-1] = taken
    beside: Bools = left & (padded[2:, 1:-1] | padded[:-2, 1:-1] | padded[1:-1, 2:] | padded[1:-1, :-2])
    padded[1:-1, 1:-1] = left
    closed = np.zeros_like(left)
    going_on, door_goes_on = 0, False
    while beside.any():
        first = np.unravel_index(int(beside.argmax()), beside.shape)
        part = spread(padded, [(int(first[0]), int(first[1]))])
        beside = beside & ~part
        holds = door is not None and bool(part[door])
        if bool(part[edge].any()):
            going_on += 1
            door_goes_on |= holds
        elif not holds:
            closed |= part
        if going_on > 1:
            return None
    if going_on and door is not None and not door_goes_on:
        return None  # what goes on may lead back to the door, or not
    return closed


def _near_after(layout: Layout, left: Bools) -> Bools:
    """What one can come near to when one can come to what is `left`; only around what changed anything is looked at."""
    changed: Bools = layout.reach & ~left
    if not changed.any():
        return layout.near
    wide = round(NEAR_M / CELL_M)
    inner, outer = _around(changed, wide), _around(changed, 2 * wide)
    found = near_to(left[outer])
    rows = slice(inner[0].start - outer[0].start, inner[0].stop - outer[0].start)
    columns = slice(inner[1].start - outer[1].start, inner[1].stop - outer[1].start)
    near: Bools = layout.near.copy()
    near[inner] = found[rows, columns]
    return near


def _cell(layout: Layout, at_m: tuple[float, float]) -> tuple[int, int]:
    i, j = cells(np.array([at_m]), layout.from_m, layout.reach.shape)
    return int(i[0]), int(j[0])


def _covers(reach: Bools, layout: Layout, at_m: tuple[float, float]) -> bool:
    """Whether one can come to a point, or could not before either."""
    cell = _cell(layout, at_m)
    return bool(reach[cell]) or not layout.reach[cell]
