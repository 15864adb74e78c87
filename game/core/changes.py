"""What one stroke changed in a room, so that it can be taken back and done again, and written down in a line."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from game.core.rooms import Item, Room

Placed = tuple[int, Item]  # an item and its index among the items of the room


class Change(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """The difference between two states of a room; `was` and `now` hold what only the former or the latter has.

    Heads are rooms without their items, given where they differ.
    """

    stroke: str
    head_was: Room | None = None
    head_now: Room | None = None
    was: tuple[Placed, ...] = ()
    now: tuple[Placed, ...] = ()


def change_of(before: Room, after: Room, stroke: str) -> Change:
    """What a stroke changed."""
    was, now = _apart(before.items, after.items)
    head_was, head_now = head(before), head(after)
    same = head_was == head_now
    return Change(
        stroke=stroke, head_was=None if same else head_was, head_now=None if same else head_now, was=was, now=now
    )


def done(room: Room, change: Change) -> Room:
    """The room after a change. Raises ValueError when it is no change of this room."""
    return _with(room, change.head_now, change.was, change.now)


def taken_back(room: Room, change: Change) -> Room:
    """The room before a change. Raises ValueError when it is no change of this room."""
    return _with(room, change.head_was, change.now, change.was)


def head(room: Room) -> Room:
    """A room without its items."""
    return msgspec.structs.replace(room, items=())


def _apart(before: Sequence[Item], after: Sequence[Item]) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The items that only one side has; all of both where the common ones are not in the same order."""
    old = {item.id: item for item in before}
    kept = {item.id for item in after if item.id in old and (old[item.id] is item or old[item.id] == item)}
    order_before = [item.id for item in before if item.id in kept]
    order_after = [item.id for item in after if item.id in kept]
    if order_before != order_after:
        kept = set()
    return (
        tuple((index, item) for index, item in enumerate(before) if item.id not in kept),
        tuple((index, item) for index, item in enumerate(after) if item.id not in kept),
    )


def _with(room: Room, into: Room | None, out: tuple[Placed, ...], put: tuple[Placed, ...]) -> Room:
    items = list(room.items)
    for index, item in reversed(out):
        if not index < len(items) or items[index] != item:
            raise ValueError(f"item {index} of {room.id} is not the one that changed")
        del items[index]
    for index, item in put:
        if index > len(items):
            raise ValueError(f"{room.id} has no place {index}")
        items.insert(index, item)
    return msgspec.structs.replace(into if into is not None else room, items=tuple(items))
