"""Letting places and goods into the world: the player's home, the rooms of others, what players made."""

import msgspec

from game.core import events
from game.core.commands import Admit
from game.core.events import Event
from game.core.ids import HOME, ItemId
from game.core.places import Place
from game.core.rooms import MAKERS_OFFER, Room, place_of
from game.core.rules.carrying import forget
from game.core.rules.movement import free_spot
from game.core.rules.on_offer import absent_items
from game.core.world import World


def admit(world: World, command: Admit) -> list[Event]:
    """Add goods, then a place; rooms that show goods which were unknown until now are worked out again."""
    room = command.room
    if room is not None and room.template not in world.templates:
        return [events.Declined(reason="template_unknown", detail=room.template)]
    new = {good.id: None for good in command.goods if world.goods.get(good.id) != good}
    for good in command.goods:
        world.goods[good.id] = good
    world.weights.update(command.weights)
    if new:
        forget()
    out: list[Event] = []
    if room is not None:
        if room.id == HOME and room != world.home:
            world.strokes.done, world.strokes.undone = list(command.done), list(command.undone)
            world.strokes.next_item = max(world.strokes.next_item, command.next_item, room.next_item)
        world.rooms[room.id] = room
        keeper = command.place.keeper if command.place is not None else None
        place = furnished(world, room)
        out += replace_place(world, msgspec.structs.replace(place, keeper=keeper) if keeper is not None else place)
    elif command.place is not None:
        out += replace_place(world, command.place)
    for other in list(world.rooms.values()):
        if other is not room and any(item.good in new for item in other.items):
            out += replace_place(world, furnished(world, other))
    return out


def furnished(world: World, room: Room) -> Place:
    """The place of a room as it stands, kept by whom it was kept before."""
    gone = absent_items(world.trade, room) | parted_with(world, room)
    place = place_of(room, world.templates[room.template], world.kit, world.goods, absent=gone)
    before = world.places.get(room.id)
    return place if before is None else msgspec.structs.replace(place, keeper=before.keeper)


def parted_with(world: World, room: Room) -> set[ItemId]:
    """The goods that the home's owner has no more units of: sold or given away since they were set down.

    Before the chain has told what one owns, all are there; in the rooms of others the chain alone knows.
    """
    if room.id != HOME or world.purse.block == 0:
        return set()
    left = dict(world.owned)
    gone: set[ItemId] = set()
    for item in room.items:
        if item.good and item.offer != MAKERS_OFFER:
            left[item.good] = left.get(item.good, 0) - 1
            if left[item.good] < 0:
                gone.add(item.id)
    return gone


def follow_holdings(world: World) -> list[Event]:
    """Clear the stands of the home whose goods are gone, and fill those whose goods came back."""
    room = world.home
    if room is None or room.template not in world.templates:
        return []
    place = furnished(world, room)
    same = [stand.id for stand in place.stands] == [stand.id for stand in world.places[HOME].stands]
    return [] if same else replace_place(world, place)


def replace_place(world: World, place: Place) -> list[Event]:
    """Put a place into the world, or in the stead of what it was; who is in it stays where they are, if they can."""
    world.places[place.id] = place
    if place.id == world.place_id:
        world.door_open = {door.id: world.door_open.get(door.id, 0.0 if door.leaf else 1.0) for door in place.doors}
        world.body.pos_m = free_spot(world, world.body.pos_m)
        stands = {stand.id: stand.good for stand in place.stands}
        for held in (world.hand, world.ghost):
            if held is not None and stands.get(held.stand) != held.good:
                world.hand = None if held is world.hand else world.hand
                world.ghost = None if held is world.ghost else world.ghost
    return [events.PlaceChanged(place=place.id)]
