"""Going on where one left: the place and the spot, as far as they are still there, and the basket."""

from math import isfinite

from game.core import events
from game.core.commands import Resume
from game.core.events import Event
from game.core.ids import GoodId
from game.core.places import Stand
from game.core.rules import doors
from game.core.rules.display import return_unpaid
from game.core.rules.movement import PITCH_MAX_RAD, bounded
from game.core.rules.on_offer import units_left
from game.core.world import World

MOST_UNITS = 999  # of one good: a damaged file must not ask for more than anybody would
FARTHEST_M = 500.0  # from the spawn point; nobody walked there


def resume(world: World, command: Resume) -> list[Event]:
    """Fill the basket with what can still be had, then stand where one stood; a place that is gone is declined."""
    out = _fill(world, command)
    if command.place is None:
        return out
    place = world.places.get(command.place)
    if place is None:
        return [*out, events.Declined(reason="place_unknown", detail=command.place)]
    spawn = place.spawn.at_m
    known = all(isfinite(value) for value in (*command.pos_m, command.yaw_rad, command.pitch_rad))
    near = known and all(abs(a - b) <= FARTHEST_M for a, b in zip(command.pos_m, spawn, strict=True))
    if not near:
        return out + doors.travel(world, place.id)
    out += return_unpaid(world)
    body = world.body
    body.vel_mps = (0.0, 0.0, 0.0)
    body.yaw_rad = command.yaw_rad
    body.pitch_rad = bounded(command.pitch_rad, PITCH_MAX_RAD)
    world.third_person = command.third_person
    return out + doors.enter(world, place.id, command.pos_m)


def _fill(world: World, command: Resume) -> list[Event]:
    out: list[Event] = []
    for line in command.basket:
        if line.good_id not in world.goods:
            continue
        before = world.basket.get(line.good_id, 0)
        quantity = min(before + max(line.quantity, 0), units_left(world, line.good_id), MOST_UNITS)
        if quantity <= before:
            continue
        world.basket[line.good_id] = quantity
        seen = world.places.get(line.place_id) if line.place_id is not None else None
        if seen is not None and line.good_id not in world.found_in and _shows(seen.stands, line.good_id):
            world.found_in[line.good_id] = seen.id
        if line.offer is not None and not before:
            world.found_offer[line.good_id] = line.offer
        out.append(events.BasketChanged(good=line.good_id, quantity=quantity, added=True, restored=True))
    return out


def _shows(stands: tuple[Stand, ...], good: GoodId) -> bool:
    return any(stand.good == good for stand in stands)
