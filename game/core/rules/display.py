"""What is on show: every displayed unit is on its stand, in the hand, worn as tried, or a ghost; never two of these."""

from game.core import events
from game.core.events import Event
from game.core.ids import HOME, GoodId, PlaceId, StandId
from game.core.places import Stand
from game.core.world import World


def empty_stands(world: World) -> tuple[StandId, ...]:
    """The stands of the current place whose good is away: in the hand, worn as tried, shown as a ghost, or carried."""
    away = [worn.stand for worn in world.worn.values() if worn.tried and worn.stand is not None]
    if world.hand is not None:
        away.append(world.hand.stand)
    if world.ghost is not None:
        away.append(world.ghost.stand)
    carried = world.building.carried if world.building is not None else None
    if carried is not None and carried.taken_up:
        away += [StandId(item.id) for item in carried.items if item.good]
    return tuple(away)


def displayed(world: World) -> dict[StandId, GoodId]:
    """The good that stands on each stand of the current place just now; empty stands are left out."""
    empty = empty_stands(world)
    return {stand.id: stand.good for stand in world.place.stands if stand.id not in empty}


def stand_of(world: World, stand_id: StandId) -> Stand | None:
    """The stand of the current place with this id, empty or not."""
    for stand in world.place.stands:
        if stand.id == stand_id:
            return stand
    return None


def stand_showing(world: World, good: GoodId) -> StandId | None:
    """A stand of the current place that shows this good: the one that is looked at, or the first."""
    shown = displayed(world)
    if world.looked_at is not None and shown.get(world.looked_at) == good:
        return world.looked_at
    for stand_id, on_it in shown.items():
        if on_it == good:
            return stand_id
    return None


def at_hand(world: World) -> GoodId | None:
    """The good that is held, shown as a ghost, or looked at."""
    if world.hand is not None:
        return world.hand.good
    if world.ghost is not None:
        return world.ghost.good
    return displayed(world).get(world.looked_at) if world.looked_at is not None else None


def shown_in(world: World, good: GoodId) -> PlaceId | None:
    """A place that has this good on a stand: this one, or the first."""
    for place in (world.place, *world.places.values()):
        if any(stand.good == good for stand in place.stands):
            return place.id
    return None


def last_tried(world: World) -> str | None:
    """The slot of what was put on last to be tried; None when nothing is being tried on."""
    return next((slot for slot in reversed(world.worn) if world.worn[slot].tried), None)


def return_unpaid(world: World) -> list[Event]:
    """Put everything that was taken from a stand and is not bought back where it came from."""
    out: list[Event] = []
    if world.hand is not None:
        out.append(events.PutBackOn(stand=world.hand.stand, good=world.hand.good))
        world.hand = None
    if world.ghost is not None:
        out.append(events.GhostGone(good=world.ghost.good))
        out.append(events.PutBackOn(stand=world.ghost.stand, good=world.ghost.good))
        world.ghost = None
    for slot in [slot for slot, worn in world.worn.items() if worn.tried]:
        worn = world.worn.pop(slot)
        out.append(events.TookOff(good=worn.good, slot=slot))
        if worn.stand is not None:
            out.append(events.PutBackOn(stand=worn.stand, good=worn.good))
    if out and world.place_id != HOME:
        out.append(events.Declined(reason="unpaid_stays"))
    return out
