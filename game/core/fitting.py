"""Whether things fit where they would be put: nothing in them, within the room, held by something, and still a way."""

from __future__ import annotations

import numpy as np

from game.core import collide
from game.core.building import FITS, YES, Fit
from game.core.collide import Bools, Solid
from game.core.ids import ItemId
from game.core.layout import Layout, cells, entrance, near_to, part_of, shadows, shape_of, walked
from game.core.resting import OVERHANG, PEG_M, TOUCH_M, settled
from game.core.rooms import FLAT_M, Item
from game.core.route import in_the_way, spread

SLACK_M = 0.006  # boxes may share this much and still stand side by side
CORNER_M = 0.16  # walls may share this much, where they meet in a corner
OUT_M = 0.02  # a thing may stick into a wall of the room by this much
STICKS_OUT_M = 0.02


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
        near = near_to(left)
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

    Where the free cells around what is taken hang together among themselves, everything else does as before: only
    then the whole floor need not be looked at.
    """
    taken = np.zeros_like(layout.reach)
    for rows, columns, near in casts:
        taken[rows, columns] |= near
    seed = entrance(layout.makings.template, layout.from_m, layout.reach.shape)
    if taken[seed]:
        return None
    taken &= layout.reach
    left: Bools = layout.reach & ~taken
    i, j = np.flatnonzero(taken.any(axis=1)), np.flatnonzero(taken.any(axis=0))
    window = (slice(max(int(i[0]) - 2, 0), int(i[-1]) + 3), slice(max(int(j[0]) - 2, 0), int(j[-1]) + 3))
    open_cells, gone = left[window], taken[window]
    padded = np.zeros((gone.shape[0] + 2, gone.shape[1] + 2), bool)
    padded[1:-1, 1:-1] = gone
    beside = open_cells & (padded[2:, 1:-1] | padded[:-2, 1:-1] | padded[1:-1, 2:] | padded[1:-1, :-2])
    first = np.argwhere(beside)
    if len(first) == 0:
        return left
    padded[1:-1, 1:-1] = open_cells
    together = spread(padded, [(int(first[0][0]), int(first[0][1]))])
    if bool(together[beside].all()):
        return left
    free = (layout.blocked == 0) & ~taken
    return walked(free, layout.makings.template, layout.from_m)


def _cell(layout: Layout, at_m: tuple[float, float]) -> tuple[int, int]:
    i, j = cells(np.array([at_m]), layout.from_m, layout.reach.shape)
    return int(i[0]), int(j[0])


def _covers(reach: Bools, layout: Layout, at_m: tuple[float, float]) -> bool:
    """Whether one can come to a point, or could not before either."""
    cell = _cell(layout, at_m)
    return bool(reach[cell]) or not layout.reach[cell]
