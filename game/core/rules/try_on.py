"""Wearing: trying on what is on show, putting on what one owns, taking off."""

from game.core import events
from game.core.commands import TakeOff, TryOn, Wear
from game.core.events import Event
from game.core.ids import GoodId, StandId
from game.core.rules.display import displayed, stand_showing
from game.core.rules.placing import show_ghost
from game.core.world import World, Worn


def try_on(world: World, command: TryOn) -> list[Event]:
    """Try a good: what is worn goes onto the avatar, the rest stands life-size before the player."""
    good, stand = _wanted(world, command.good)
    if good is None:
        return [events.Declined(reason="nothing_to_try")]
    wear = world.goods[good].wear
    if wear is not None:
        worn = world.worn.get(wear.slot)
        if worn is not None and worn.good == good:
            return [events.Declined(reason="already_worn", detail=good)]
        if world.owned.get(good, 0) > 0:
            return [*_put_back_own(world, good), *_put_on(world, good, wear.slot, None)]
    if stand is None:
        return [events.Declined(reason="not_here", detail=good)]
    if world.hand is not None and world.hand.stand == stand:
        world.hand = None
    if wear is None:
        return show_ghost(world, good, stand)
    return _put_on(world, good, wear.slot, stand)


def _wanted(world: World, good: GoodId | None) -> tuple[GoodId | None, StandId | None]:
    """The good to try and the stand that its displayed unit came from or stands on."""
    if world.hand is not None and good in (None, world.hand.good):
        return world.hand.good, world.hand.stand
    if good is not None:
        return (good, stand_showing(world, good)) if good in world.goods else (None, None)
    if world.looked_at is not None:
        on_it = displayed(world).get(world.looked_at)
        return on_it, world.looked_at
    return None, None


def _put_back_own(world: World, good: GoodId) -> list[Event]:
    """Who owns a good wears their own unit: the displayed one goes from the hand back to its stand."""
    hand = world.hand
    if hand is None or hand.good != good:
        return []
    world.hand = None
    return [events.PutBackOn(stand=hand.stand, good=good)]


def _put_on(world: World, good: GoodId, slot: str, stand: StandId | None) -> list[Event]:
    """Put a unit from `stand` (tried), or one of the player's own, into a slot; the former goes where it belongs."""
    former = world.worn.pop(slot, None)
    world.worn[slot] = Worn(good=good, tried=stand is not None, stand=stand)
    out: list[Event] = [events.TriedOn(good=good, slot=slot, instead_of=former.good if former is not None else None)]
    if former is not None and former.tried and former.stand is not None:
        out.append(events.PutBackOn(stand=former.stand, good=former.good))
    return out


def take_off(world: World, command: TakeOff) -> list[Event]:
    """Take off what is worn in a slot; what was only tried returns to its stand."""
    worn = world.worn.pop(command.slot, None)
    if worn is None:
        return [events.Declined(reason="slot_empty", detail=command.slot)]
    out: list[Event] = [events.TookOff(good=worn.good, slot=command.slot)]
    if worn.tried and worn.stand is not None:
        out.append(events.PutBackOn(stand=worn.stand, good=worn.good))
    return out


def wear(world: World, command: Wear) -> list[Event]:
    """Put on a good that the player owns."""
    good = world.goods.get(command.good)
    if good is None:
        return [events.Declined(reason="good_unknown", detail=command.good)]
    if world.owned.get(good.id, 0) < 1:
        return [events.Declined(reason="not_owned", detail=good.id)]
    if good.wear is None:
        return [events.Declined(reason="not_wearable", detail=good.id)]
    worn = world.worn.get(good.wear.slot)
    if worn is not None and worn.good == good.id and not worn.tried:
        return [events.Declined(reason="already_worn", detail=good.id)]
    return _put_on(world, good.id, good.wear.slot, None)


def keep_what_is_owned(world: World, arrived: GoodId) -> None:
    """A good that was worn as tried and is now the player's stays on as theirs; its stand is filled again."""
    for worn in world.worn.values():
        if worn.good == arrived and worn.tried:
            worn.tried, worn.stand = False, None


def shed_what_is_gone(world: World) -> list[Event]:
    """Take off what is worn as owned but is owned no more."""
    out: list[Event] = []
    gone = [s for s, worn in world.worn.items() if not worn.tried and world.owned.get(worn.good, 0) < 1]
    for slot in gone:
        out.append(events.TookOff(good=world.worn.pop(slot).good, slot=slot))
    return out
