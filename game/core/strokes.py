"""What one can do to a room: pure functions from a room to a room, or to a refusal.

A stroke keeps the order of the items that it does not touch, never gives an id twice, and leaves the former room as it
was. Whether its result fits is asked by `fitting`; strokes that move things refuse what does not.
"""

from collections.abc import Iterable, Sequence
from math import cos, radians, sin

import msgspec

from game.core.building import FITS, Fit
from game.core.fitting import fit
from game.core.goods import Vec3
from game.core.ids import ItemId
from game.core.layout import Layout, Makings, layout, shape_of
from game.core.resting import settled, turned, wall_behind
from game.core.rooms import FLAT_M, Item, Room, number_of

ALIGNMENTS = ("left", "centre", "right", "front", "middle", "back", "top", "spread")
"""Left, centre and right go along x; front, middle and back along y; top along z; spread evens out the gaps."""
LIFT_M = 0.02  # what falls is lifted by so much first, so that it finds what it stands on


class Refused(Exception):  # noqa: N818 - it is an answer, which the rules turn into an event
    """A stroke that cannot be: `reason` is one of events.DECLINE_REASONS, `item` what is in the way."""

    def __init__(self, reason: str, item: ItemId = ItemId("")) -> None:  # noqa: B008
        self.reason, self.item = reason, item
        super().__init__(reason)


# --- which items ---------------------------------------------------------------------------------------------------


def is_flat(item: Item, makings: Makings) -> bool:
    """Whether an item lies so low that things stand over it, and do not move along with it."""
    return shape_of(item, makings)[2] <= FLAT_M


def grouped(room: Room, ids: Iterable[ItemId]) -> tuple[ItemId, ...]:
    """The ids that are of this room, with all who are of their groups, in the order of the room."""
    wanted = set(ids)
    groups = {item.group for item in room.items if item.id in wanted and item.group}
    return tuple(item.id for item in room.items if item.id in wanted or item.group in groups)


def with_load(room: Room, ids: Iterable[ItemId], makings: Makings) -> tuple[ItemId, ...]:
    """Items with all that rests on them and moves along, in the order of the room; what is flat bears nothing."""
    on: dict[ItemId, list[ItemId]] = {}
    by_id = {item.id: item for item in room.items}
    for item in room.items:
        if item.on in by_id and not is_flat(by_id[item.on], makings):
            on.setdefault(item.on, []).append(item.id)
    found: set[ItemId] = set()
    todo = [item for item in ids if item in by_id]
    while todo:
        item_id = todo.pop()
        if item_id not in found:
            found.add(item_id)
            todo += on.get(item_id, [])
    return tuple(item.id for item in room.items if item.id in found)


def without(room: Room, ids: Iterable[ItemId]) -> Room:
    """The room without some items."""
    gone = set(ids)
    return msgspec.structs.replace(room, items=tuple(item for item in room.items if item.id not in gone))


def with_items(room: Room, changed: Sequence[Item]) -> Room:
    """The room in which some of its items are as given."""
    new = {item.id: item for item in changed}
    return msgspec.structs.replace(room, items=tuple(new.get(item.id, item) for item in room.items))


# --- putting, moving, removing ---------------------------------------------------------------------------------------


def numbered(room: Room, things: Sequence[Item], first: int) -> tuple[Room, tuple[Item, ...]]:
    """Things with new ids from `first` on, and the room that knows of these; groups and rests among them are kept."""
    ids = {thing.id: ItemId(f"i{first + at}") for at, thing in enumerate(things)}
    groups: dict[str, str] = {}
    for thing in things:
        if thing.group and thing.group not in groups:
            groups[thing.group] = f"g{first + len(groups)}"
    new = tuple(
        msgspec.structs.replace(
            thing, id=ids[thing.id], on=ids.get(thing.on, thing.on) if thing.on else thing.on,
            group=groups.get(thing.group, ""),
        )
        for thing in things
    )  # fmt: skip
    return msgspec.structs.replace(room, next_item=first + len(things)), new


def put(room: Room, things: Sequence[Item], first: int) -> Room:
    """The room with things that it did not have, at rest; they get the ids from `first` on."""
    room, new = numbered(room, things, first)
    return msgspec.structs.replace(room, items=(*room.items, *new))


def moved(things: Sequence[Item], by_m: Vec3, turn_deg: float, about_m: Vec3) -> tuple[Item, ...]:
    """Things shifted, and turned together about a point of the floor plan."""
    c, s = cos(radians(turn_deg)), sin(radians(turn_deg))
    out = []
    for thing in things:
        x, y, z = thing.at_m
        dx, dy = x - about_m[0], y - about_m[1]
        at_m = (
            round(about_m[0] + dx * c - dy * s + by_m[0], 4),
            round(about_m[1] + dx * s + dy * c + by_m[1], 4),
            round(z + by_m[2], 4),
        )
        out.append(msgspec.structs.replace(thing, at_m=at_m, yaw_deg=turned(thing.yaw_deg + turn_deg)))
    return tuple(out)


def at_rest(under: Layout, things: Sequence[Item]) -> tuple[Item, ...] | None:
    """Things that were moved together, each settled with its load on what is beneath it now; None if one is not held.

    `under` is the layout without them.
    """
    own = {thing.id for thing in things}
    out: dict[ItemId, Item] = {}
    fell: dict[ItemId, float] = {}
    for thing in sorted(things, key=lambda thing: (thing.at_m[2], number_of(thing.id))):
        if thing.on in own:
            down_m = fell.get(thing.on, 0.0)
            x, y, z = thing.at_m
            out[thing.id] = msgspec.structs.replace(thing, at_m=(x, y, round(z + down_m, 4))) if down_m else thing
            fell[thing.id] = down_m
            continue
        x, y, z = thing.at_m
        hangs = wall_behind(under, thing) is not None
        rested = settled(under, thing if hangs else msgspec.structs.replace(thing, at_m=(x, y, z + LIFT_M)))
        if rested is None:
            return None
        # Settling keeps a thing on what bears it; what was moved off its edge stays where it was put, for `fit` to say.
        out[thing.id] = msgspec.structs.replace(rested, at_m=(x, y, rested.at_m[2]))
        fell[thing.id] = rested.at_m[2] - z
    return tuple(out[thing.id] for thing in things)


def move(room: Room, ids: Iterable[ItemId], by_m: Vec3, turn_deg: float, makings: Makings, of: Layout) -> Room:
    """Shift and turn items together with their loads, about the middle of the items named; they settle where they are.

    Raises Refused where they would not fit. `of` is the room's layout.
    """
    chosen = set(grouped(room, ids))
    taken = with_load(room, chosen, makings)
    things = [item for item in room.items if item.id in set(taken)]
    if not things:
        raise Refused("nothing_selected")
    about_m = middle_of([thing for thing in things if thing.id in chosen])
    under = layout(without(room, taken), makings, of)
    rested = at_rest(under, moved(things, by_m, turn_deg, about_m))
    return drop_onto(room, checked(under, rested), makings, of)


def checked(under: Layout, things: tuple[Item, ...] | None) -> tuple[Item, ...]:
    """The things, if they fit into a room that does not hold them. Raises Refused where they do not."""
    found = fit(under, things) if things is not None else Fit(kind="no_support")
    if things is None or found.kind != FITS:
        raise Refused(found.kind, found.item)
    return things


def drop_onto(room: Room, things: Sequence[Item], makings: Makings, of: Layout) -> Room:
    """The room in which some of its items are where they came to rest; what stood on what is flat settles anew."""
    after = with_items(room, things)
    flat = {thing.id for thing in things if is_flat(thing, makings)}
    own = {thing.id for thing in things}
    return settle_loads(after, [item.id for item in after.items if item.on in flat and item.id not in own], makings, of)


def settle_loads(room: Room, ids: Sequence[ItemId], makings: Makings, of: Layout) -> Room:
    """The room in which some items, and what rests on them, have fallen onto what is beneath; lowest first.

    What nothing holds any more, such as a picture whose wall is gone, falls to the floor, or hangs below the ceiling.
    """
    by_id = {item.id: item for item in room.items}
    order = sorted((by_id[item] for item in ids if item in by_id), key=lambda item: (item.at_m[2], number_of(item.id)))
    for item in order:
        taken = with_load(room, [item.id], makings)
        things = [by_id[member] for member in taken]
        of = layout(without(room, taken), makings, of)
        x, y, z = item.at_m
        rested = settled(of, msgspec.structs.replace(item, at_m=(x, y, z + LIFT_M)))
        if rested is None:
            rested = msgspec.structs.replace(item, at_m=(x, y, 0.0), on=ItemId(""))
        shift_m = (rested.at_m[0] - x, rested.at_m[1] - y, rested.at_m[2] - z)
        load = moved([thing for thing in things if thing.id != item.id], shift_m, 0.0, item.at_m)
        room = with_items(room, (rested, *load))
        by_id.update((thing.id, thing) for thing in (rested, *load))
    return room


def remove(room: Room, ids: Iterable[ItemId], along: bool, makings: Makings, of: Layout) -> Room:
    """The room without items; what rests on them goes `along`, or falls onto what lies beneath."""
    gone = grouped(room, ids)
    if not gone:
        raise Refused("nothing_selected")
    if along:
        gone = with_load(room, gone, makings)
    rest = without(room, gone)
    loose = [item.id for item in rest.items if item.on in set(gone)]
    return settle_loads(rest, loose, makings, of)


def duplicate(room: Room, ids: Iterable[ItemId], by_m: Vec3, first: int, makings: Makings, of: Layout) -> Room:
    """The room with copies of items and their loads, shifted, with ids from `first` on. Raises Refused."""
    taken = with_load(room, grouped(room, ids), makings)
    things = [item for item in room.items if item.id in set(taken)]
    if not things:
        raise Refused("nothing_selected")
    room, copies = numbered(room, things, first)
    rested = at_rest(of, moved(copies, by_m, 0.0, (0.0, 0.0, 0.0)))
    return msgspec.structs.replace(room, items=(*room.items, *checked(of, rested)))


def align(room: Room, ids: Iterable[ItemId], how: str, makings: Makings, of: Layout) -> Room:
    """Align items by their bounding boxes, or spread them so that the gaps between them are even. Raises Refused.

    What is grouped is aligned as one; loads move along.
    """
    chosen = set(ids)
    units = _units([item for item in room.items if item.id in chosen])
    if len(units) < (3 if how == "spread" else 2) or how not in ALIGNMENTS:
        raise Refused("too_few")
    spans = [_span(unit, makings) for unit in units]
    shifts = _shifts(spans, how)
    taken: list[ItemId] = []
    things: list[Item] = []
    for unit, by_m in zip(units, shifts, strict=True):
        whole = with_load(room, grouped(room, [item.id for item in unit]), makings)
        members = [item for item in room.items if item.id in set(whole) and item.id not in taken]
        taken += [item.id for item in members]
        things += moved(members, by_m, 0.0, (0.0, 0.0, 0.0))
    under = layout(without(room, taken), makings, of)
    rested = checked(under, at_rest(under, things))
    after = drop_onto(room, rested, makings, of)
    # They have moved among themselves: each must fit beside the others.
    full = layout(after, makings, of)
    for thing in rested:
        own = with_load(after, [thing.id], makings)
        checked(layout(without(after, own), makings, full), tuple(item for item in after.items if item.id in set(own)))
    return after


def _units(things: Sequence[Item]) -> list[list[Item]]:
    units: dict[str, list[Item]] = {}
    for thing in things:
        units.setdefault(thing.group or thing.id, []).append(thing)
    return list(units.values())


Span = tuple[Vec3, Vec3]


def _span(things: Sequence[Item], makings: Makings) -> Span:
    low, high = [float("inf")] * 3, [float("-inf")] * 3
    for thing in things:
        width, depth, height = shape_of(thing, makings)
        c, s = abs(cos(radians(thing.yaw_deg))), abs(sin(radians(thing.yaw_deg)))
        half_m = ((c * width + s * depth) / 2, (s * width + c * depth) / 2)
        for axis in (0, 1):
            low[axis] = min(low[axis], thing.at_m[axis] - half_m[axis])
            high[axis] = max(high[axis], thing.at_m[axis] + half_m[axis])
        low[2], high[2] = min(low[2], thing.at_m[2]), max(high[2], thing.at_m[2] + height)
    return (low[0], low[1], low[2]), (high[0], high[1], high[2])


def _shifts(spans: Sequence[Span], how: str) -> list[Vec3]:
    """By how much each span moves."""
    if how == "spread":
        return _spread(spans)
    axis, edge = {
        "left": (0, "low"), "centre": (0, "mid"), "right": (0, "high"), "front": (1, "low"), "middle": (1, "mid"),
        "back": (1, "high"), "top": (2, "high"),
    }[how]  # fmt: skip
    low, high = min(span[0][axis] for span in spans), max(span[1][axis] for span in spans)
    out: list[Vec3] = []
    for a, b in spans:
        by_m = {"low": low - a[axis], "high": high - b[axis], "mid": (low + high) / 2 - (a[axis] + b[axis]) / 2}[edge]
        shift = [0.0, 0.0, 0.0]
        shift[axis] = by_m
        out.append((shift[0], shift[1], shift[2]))
    return out


def _spread(spans: Sequence[Span]) -> list[Vec3]:
    """Even gaps along the side of the floor plan on which they are farther apart; the outermost two stay."""
    width, depth = (max(b[axis] for _, b in spans) - min(a[axis] for a, _ in spans) for axis in (0, 1))
    axis = 0 if width >= depth else 1
    order = sorted(range(len(spans)), key=lambda at: (spans[at][0][axis] + spans[at][1][axis], at))
    first, last = spans[order[0]], spans[order[-1]]
    free_m = last[0][axis] - first[1][axis]
    free_m -= sum(spans[at][1][axis] - spans[at][0][axis] for at in order[1:-1])
    gap_m, edge_m = free_m / (len(order) - 1), first[1][axis]
    out: list[Vec3] = [(0.0, 0.0, 0.0)] * len(spans)
    for at in order[1:-1]:
        by_m = edge_m + gap_m - spans[at][0][axis]
        out[at] = (by_m, 0.0, 0.0) if axis == 0 else (0.0, by_m, 0.0)
        edge_m += gap_m + spans[at][1][axis] - spans[at][0][axis]
    return out


def middle_of(things: Sequence[Item]) -> Vec3:
    """The middle of some items' places, at the height of the lowest."""
    count = len(things)
    return (
        sum(thing.at_m[0] for thing in things) / count,
        sum(thing.at_m[1] for thing in things) / count,
        min(thing.at_m[2] for thing in things),
    )


# --- belonging together --------------------------------------------------------------------------------------------


def group(room: Room, ids: Iterable[ItemId]) -> Room:
    """Items as one group, with whole groups that they were of. Raises Refused for fewer than two."""
    chosen = set(grouped(room, ids))
    if len(chosen) < 2:
        raise Refused("too_few")
    name = f"g{min(number_of(item) for item in chosen)}"
    return with_items(room, [msgspec.structs.replace(i, group=name) for i in room.items if i.id in chosen])


def ungroup(room: Room, ids: Iterable[ItemId]) -> Room:
    """The groups of some items, dissolved. Raises Refused where there are none."""
    chosen = set(grouped(room, ids))
    loose = [msgspec.structs.replace(i, group="") for i in room.items if i.id in chosen and i.group]
    if not loose:
        raise Refused("no_group")
    return with_items(room, loose)
