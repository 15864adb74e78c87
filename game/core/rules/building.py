"""Building in one's home: selecting, carrying, strokes, and taking them back."""

from collections.abc import Sequence

import msgspec

from game.core import building as b
from game.core import events, finishes, strokes
from game.core.budget import ITEMS_MAX, too_heavy, weight_of
from game.core.building import FITS, GRIDS_M, TURN_DEG, BuildCommand, Building, Carried, Snap
from game.core.changes import Change, change_of, done, taken_back
from game.core.events import Event
from game.core.ids import HOME, GoodId, ItemId, OfferHash, TemplateId
from game.core.layout import Layout, Makings, layout
from game.core.resting import settled
from game.core.rooms import MAKERS_OFFER, Item, Room, new_room, number_of
from game.core.rules import carrying
from game.core.rules.admit import furnished, replace_place
from game.core.rules.hands import empty_hands
from game.core.strokes import Refused
from game.core.world import World


def grant(world: World, command: BuildCommand) -> list[Event]:
    """Do what a command of build mode wants, or say why not."""
    if isinstance(command, b.StartBuilding):
        return start(world)
    building, room = world.building, world.home
    if building is None or room is None:
        return [events.Declined(reason="not_building")]
    try:
        return _grant(world, building, room, command)
    except Refused as refused:
        return [events.Declined(reason=refused.reason, detail=refused.item)]


def start(world: World) -> list[Event]:
    """Begin to build; only in one's own home."""
    room = world.home
    if room is None or world.place_id != HOME:
        return [events.Declined(reason="not_your_room")]
    if world.building is not None:
        return []
    out = empty_hands(world)
    world.building = Building(weight=weight_of(room, world.weights))
    return [*out, events.BuildingChanged(on=True)]


def stop(world: World) -> list[Event]:
    """Stop building."""
    if world.building is None:
        return []
    world.building = None
    return [events.BuildingChanged(on=False)]


def settle(world: World) -> list[Event]:
    """Bring what is carried to where it would be set down; whoever leaves the home stops building."""
    if world.building is None:
        return []
    if world.place_id != HOME or world.home is None:
        return stop(world)
    carrying.follow(world, world.building, world.home)
    return []


def _grant(world: World, building: Building, room: Room, command: BuildCommand) -> list[Event]:
    match command:
        case b.StopBuilding():
            return stop(world)
        case b.SelectItems():
            building.selected = _selection(building, room, command)
            return []
        case b.SetSnap():
            grid_m = min(GRIDS_M, key=lambda metres: abs(metres - command.grid_m))
            building.snap = Snap(grid_m=grid_m, turn_deg=TURN_DEG if command.turn_deg > 0.0 else 0.0)
            return []
        case b.TakeNew():
            carrying.take_new(world, building, room, _new(world, room, command.piece, command.good, command.offer))
            return []
        case b.TakeUp():
            carrying.take_up(world, building, room, _ids(building, command.ids), stay=command.stay)
            return []
        case b.CarryTo() | b.TurnCarried() | b.NudgeCarried() | b.BringCarried():
            carrying.steer(world, building, room, command)
            return []
        case b.PutAway():
            building.carried = None
            return []
        case b.Drop():
            return _drop(world, building, room, command)
        case b.Undo() | b.Redo():
            return _back_or_forth(world, building, room, undo=isinstance(command, b.Undo))
        case b.DuplicateItems(by_m=None):
            carrying.take_copies(world, building, room, _units(world, room, _ids(building, command.ids)))
            return []
        case _:
            return stroke(world, building, room, _stroked(world, building, room, command), _name(command))


def _stroked(world: World, building: Building, room: Room, command: BuildCommand) -> Room:
    """The room after a stroke. Raises Refused."""
    first = world.strokes.next_item
    makings = makings_of(world, room)
    match command:
        case b.PlaceItem():
            thing = _new(world, room, command.piece, command.good, command.offer)
            at_m = carrying.finite(command.at_m)
            thing = msgspec.structs.replace(thing, at_m=at_m, yaw_deg=carrying.angle(command.yaw_deg))
            of = layout_of(world, room)
            rested = settled(of, thing)
            placed = strokes.checked(of, (rested,) if rested is not None else None)
            return light_enough(world, room, strokes.put(room, placed, first))
        case b.MoveItems():
            by_m, turn_deg = carrying.finite(command.by_m), carrying.angle(command.turn_deg)
            of = layout_of(world, room)
            return strokes.move(room, _ids(building, command.ids), by_m, turn_deg, makings, of)
        case b.DuplicateItems():
            ids = _units(world, room, _ids(building, command.ids))
            by_m = carrying.finite(command.by_m or (0.0, 0.0, 0.0))
            copied = strokes.duplicate(room, ids, by_m, first, makings, layout_of(world, room))
            return light_enough(world, room, copied)
        case b.RemoveItems():
            ids = _ids(building, command.ids)
            return strokes.remove(room, ids, command.along, makings, layout_of(world, room))
        case b.GroupItems():
            return strokes.group(room, _ids(building, command.ids))
        case b.UngroupItems():
            return strokes.ungroup(room, _ids(building, command.ids))
        case b.AlignItems():
            of = layout_of(world, room)
            return strokes.align(room, _ids(building, command.ids), command.how, makings, of)
        case b.SetPicture():
            hung = finishes.set_picture(room, _ids(building, command.ids), command.picture, makings)
            return light_enough(world, room, hung)
        case b.SetTemplate():
            return _into(world, room, command.template, room.items if command.keep else ())
        case b.Furnish():
            return _furnished_as(world, room, command.room)
        case _:
            return _finished(building, room, command, makings)


def _finished(building: Building, room: Room, command: BuildCommand, makings: Makings) -> Room:
    match command:
        case b.PaintItems(of_room=True):
            return finishes.paint_room(room, command.slot, command.colour, makings)
        case b.PaintItems():
            return finishes.paint(room, _ids(building, command.ids), command.slot, command.colour, makings)
        case b.SetWords():
            return finishes.set_words(room, _ids(building, command.ids), command.words, makings)
        case b.SetLight():
            return finishes.set_light(room, _ids(building, command.ids), command.warmth_k, command.glow, makings)
        case b.SetOffer():
            return finishes.set_offer(room, _ids(building, command.ids), command.offer)
        case b.SetRoom():
            return finishes.set_room(room, command.name, command.mood, command.warmth_k)
        case _:
            raise AssertionError(f"{type(command).__name__} is no stroke")


def _name(command: BuildCommand) -> str:
    return type(command).__name__


def _ids(building: Building, ids: tuple[ItemId, ...]) -> tuple[ItemId, ...]:
    return ids or building.selected


def _selection(building: Building, room: Room, command: b.SelectItems) -> tuple[ItemId, ...]:
    wanted = strokes.grouped(room, command.ids)
    if not command.add:
        return wanted
    if wanted and all(item in building.selected for item in wanted):
        return tuple(item for item in building.selected if item not in wanted)
    return strokes.grouped(room, (*building.selected, *wanted))


# --- strokes -------------------------------------------------------------------------------------------------------


def stroke(world: World, building: Building | None, before: Room, after: Room, name: str) -> list[Event]:
    """Make a stroke: the room is as it is after it, and what was taken back before cannot be done again."""
    if after == before:
        return []
    change = change_of(before, after, name)
    world.strokes.done.append(change)
    world.strokes.undone.clear()
    return _become(world, building, before, after, name, change)


def _become(
    world: World, building: Building | None, before: Room, after: Room, name: str, change: Change | None = None
) -> list[Event]:
    world.rooms[after.id] = after
    world.strokes.next_item = max(world.strokes.next_item, after.next_item)
    if building is not None:
        _follow(world, building, before, after, name)
    if before.mood != after.mood:
        world.moods.pop(after.id, None)
    changed = replace_place(world, furnished(world, after))
    return [events.Built(stroke=name, room=after, before=before, change=change), *changed]


def _follow(world: World, building: Building, before: Room, after: Room, name: str) -> None:
    """Bring selection, weight and what is carried up to date with a changed room."""
    known = {item.id for item in after.items}
    old = {item.id for item in before.items}
    new = tuple(item.id for item in after.items if item.id not in old)
    kept = tuple(item for item in building.selected if item in known)
    building.selected = new if new and name in ("PlaceItem", "DuplicateItems", "Drop") else kept
    building.weight = weight_of(after, world.weights)
    if building.carried is not None:
        building.carried.seen = None


def _back_or_forth(world: World, building: Building, room: Room, *, undo: bool) -> list[Event]:
    known = world.strokes
    if not (known.done if undo else known.undone):
        return [events.Declined(reason="nothing_to_undo" if undo else "nothing_to_redo")]
    building.carried = None
    change = known.done.pop() if undo else known.undone.pop()
    (known.undone if undo else known.done).append(change)
    after = taken_back(room, change) if undo else done(room, change)
    return _become(world, building, room, after, "Undo" if undo else "Redo")


def _drop(world: World, building: Building, room: Room, command: b.Drop) -> list[Event]:
    carried = building.carried
    if carried is None:
        raise Refused("nothing_carried")
    carrying.follow(world, building, room)
    if carried.fit.kind != FITS:
        raise Refused(carried.fit.kind, carried.fit.item)
    if carried.taken_up:
        after = strokes.drop_onto(room, carried.items, makings_of(world, room), layout_of(world, room))
    else:
        after = light_enough(world, room, strokes.put(room, carried.items, world.strokes.next_item))
    building.carried = None
    out = stroke(world, building, room, after, "Drop")
    if command.again and not carried.taken_up:
        _take_again(world, building, after, carried)
    return out


def _take_again(world: World, building: Building, room: Room, carried: Carried) -> None:
    """Carry one more of what was just set down, where one may have it."""
    try:
        for item in carried.items:
            if item.good:
                _free_unit(world, room, item)
    except Refused:
        return
    building.carried = Carried(items=carried.items, taken_up=False, ray=carried.ray)


def _new(world: World, room: Room, piece: str, good: str, offer: str) -> Item:
    """A thing that the room does not have yet. Raises Refused where one may not have it."""
    if bool(piece) == bool(good) or (piece and piece not in world.kit) or (good and good not in world.goods):
        raise Refused("good_unknown")
    thing = msgspec.convert(
        {"id": carrying.NEW_ID, "piece": piece, "good": good, "at_m": (0.0, 0.0, 0.0), "offer": offer if good else ""},
        Item,
    )
    if thing.offer and thing.offer != MAKERS_OFFER and not finishes.OFFER.fullmatch(thing.offer):
        raise Refused("not_for_sale")
    if good:
        _free_unit(world, room, thing)
    if len(room.items) >= ITEMS_MAX:
        raise Refused("over_budget")
    return thing


def new_item(world: World, room: Room, *, good: GoodId, offer: OfferHash) -> Item:
    """A good that the room does not have yet. Raises Refused where the player may not have it there."""
    return _new(world, room, "", good, offer)


def _free_unit(world: World, room: Room, thing: Item) -> None:
    if thing.offer == MAKERS_OFFER:
        return
    owned = world.owned.get(thing.good, 0)
    if owned == 0:
        raise Refused("not_owned")
    if units_placed(room, thing.good) >= owned:
        raise Refused("all_placed")


def units_placed(room: Room, good: GoodId) -> int:
    """How many of the player's own units of a good stand in a room."""
    return sum(item.good == good and item.offer != MAKERS_OFFER for item in room.items)


def _units(world: World, room: Room, ids: Sequence[ItemId]) -> tuple[ItemId, ...]:
    """The items to copy. Raises Refused where there are not units enough of a good among them."""
    makings = makings_of(world, room)
    taken = strokes.with_load(room, strokes.grouped(room, ids), makings)
    copies: dict[GoodId, int] = {}
    for item in room.items:
        if item.id in set(taken) and item.good and item.offer != MAKERS_OFFER:
            copies[item.good] = copies.get(item.good, 0) + 1
    for good, count in copies.items():
        if units_placed(room, good) + count > world.owned.get(good, 0):
            raise Refused("all_placed")
    return tuple(ids)


def light_enough(world: World, before: Room, after: Room) -> Room:
    """The room after a stroke that adds to it. Raises Refused where it is too much."""
    heavy = too_heavy(weight_of(after, world.weights))
    was = too_heavy(weight_of(before, world.weights))
    if len(after.items) > ITEMS_MAX or (heavy and not was):
        raise Refused("over_budget")
    return after


def _into(world: World, room: Room, template_id: TemplateId, items: Sequence[Item]) -> Room:
    """The room in another template with those of some items that fit there, on what they rest on."""
    template = world.templates.get(template_id)
    if template is None:
        raise Refused("template_unknown")
    empty = new_room(template, name=room.name, room_id=room.id)
    if not items:
        first = world.strokes.next_item
        numbered, own = strokes.numbered(empty, empty.items, first)
        return msgspec.structs.replace(numbered, items=own)
    after = msgspec.structs.replace(empty, items=(), next_item=room.next_item, warmth_k=room.warmth_k)
    makings = Makings(world.kit, world.goods, template)
    left = {item.id: item for item in items}
    kept: dict[ItemId, Item] = {}
    of = layout(after, makings)
    for item in sorted(items, key=lambda item: (item.at_m[2], number_of(item.id))):
        if item.on and item.on not in kept:
            continue
        rested = strokes.at_rest(of, (item,))
        try:
            (kept[item.id],) = strokes.checked(of, rested)
        except Refused:
            continue
        after = msgspec.structs.replace(after, items=tuple(kept[i] for i in left if i in kept))
        of = layout(after, makings, of)
    return after


def _furnished_as(world: World, room: Room, other: Room) -> Room:
    """The home furnished as another room, with new ids; goods that one does not own, and their loads, are left out."""
    if len(other.items) > ITEMS_MAX:
        raise Refused("over_budget")
    left: dict[GoodId, int] = dict(world.owned)
    known: dict[ItemId, Item] = {}
    for item in other.items:
        if item.good:
            if left.get(item.good, 0) < 1:
                continue
            left[item.good] -= 1
        elif item.piece not in world.kit:
            continue
        known[item.id] = msgspec.structs.replace(item, offer="") if item.offer else item
    if other.template not in world.templates:
        raise Refused("template_unknown")
    base = new_room(world.templates[other.template], name=room.name, room_id=room.id)
    base = msgspec.structs.replace(base, items=(), mood=other.mood, paint=other.paint, warmth_k=other.warmth_k)
    things = [
        msgspec.structs.replace(item, on=item.on if item.on in known else ItemId("")) for item in known.values()
    ]
    loose = [item.id for item in known.values() if item.on and item.on not in known]
    first = world.strokes.next_item
    ids = {item.id: ItemId(f"i{first + at}") for at, item in enumerate(things)}
    after, new = strokes.numbered(base, things, first)
    after = msgspec.structs.replace(after, items=new)
    makings = makings_of(world, after)
    of = layout(after, makings)
    return light_enough(world, room, strokes.settle_loads(after, [ids[item] for item in loose], makings, of))


# --- layouts -------------------------------------------------------------------------------------------------------


def makings_of(world: World, room: Room) -> Makings:
    """What a room of this world is made of."""
    return carrying.makings_of(world, room)


def layout_of(world: World, room: Room) -> Layout:
    """The layout of a room of this world, worked out once for each of its states."""
    return carrying.layout_of(world, room, ())

