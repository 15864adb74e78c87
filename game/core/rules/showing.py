"""Goods on display in one's home: other makers' goods that the player saw, and own goods on a stand with a price."""

from collections.abc import Iterator
from math import atan2, degrees

import msgspec

from game.core import events, ports
from game.core.building import FITS
from game.core.events import Event
from game.core.fitting import fit
from game.core.ids import GoodId, ItemId, OfferHash, Wei
from game.core.layout import Layout, shape_of
from game.core.ports import Delisted, Listed
from game.core.resting import FREE, hung_on, rests_on, settled
from game.core.room_ports import OfferStock
from game.core.rooms import MAKERS_OFFER, Item, Room
from game.core.rules import building
from game.core.rules.admit import furnished, replace_place
from game.core.rules.asking import new_id
from game.core.rules.display import at_hand
from game.core.rules.orders import market_closed
from game.core.strokes import Refused, put, with_items
from game.core.trade import OfferOnStand, ShowInRoom
from game.core.world import World

BPS = 10_000
EYES_M = 1.45  # pictures hang around this height
HANDY_M = 0.9  # goods are best looked at on what is so high
LOW_M = 0.1  # what is lower, such as a rug, counts as floor
PITCH_M = 0.45  # between two spots that are tried
MOST_TRIES = 160  # a room where so many spots are taken counts as full


def share_wei(world: World, good: GoodId) -> tuple[int, Wei]:
    """What a room has of each sale of a good by its maker: in 1/10,000 of the price, and in wei at today's price."""
    stock = world.stock.get(good)
    bps = world.goods[good].terms.room_share_bps if stock is None else stock.room_share_bps
    return bps, Wei(0 if stock is None else stock.unit_price_wei * bps // BPS)


def show(world: World, command: ShowInRoom) -> list[Event]:
    """Put a good that its maker sells on display in the player's home: on a free surface, a wall or the floor there."""
    good, home = command.good or at_hand(world), world.home
    if good is None:
        return [events.Declined(reason="nothing_there")]
    if good not in world.goods:
        return [events.Declined(reason="good_unknown", detail=good)]
    if home is None or home.template not in world.templates:
        return [events.Declined(reason="no_home_yet")]
    if any(item.good == good and item.offer == MAKERS_OFFER for item in home.items):
        return [events.Declined(reason="shown_already", detail=good)]
    stock = world.stock.get(good)
    if stock is not None and not stock.left:
        return [events.Declined(reason="not_for_sale" if stock.state == "not_offered" else "sold_out", detail=good)]
    try:
        thing = building.new_item(world, home, good=good, offer=MAKERS_OFFER)
        placed = free_spot_for(building.layout_of(world, home), thing)
        if placed is None:
            return [events.Declined(reason="no_room_left", detail=good)]
        after = building.light_enough(world, home, put(home, (placed,), world.strokes.next_item))
    except Refused as refused:
        return [events.Declined(reason=refused.reason, detail=good)]
    item = after.items[-1].id
    return [*building.stroke(world, world.building, home, after, "PlaceItem"), events.ShownAtHome(good=good, item=item)]


def free_spot_for(layout: Layout, thing: Item) -> Item | None:
    """The thing where it fits, by the first spot that is free; None where none was found."""
    for tries, spot in enumerate(_spots(layout, thing)):
        if tries == MOST_TRIES:
            return None
        rested = settled(layout, spot)
        if rested is not None and fit(layout, (rested,)).kind == FITS:
            return rested
    return None


def _spots(layout: Layout, thing: Item) -> Iterator[Item]:
    """Where a thing might go: walls for what hangs, else furniture, the handiest first, else the floor along walls."""
    width, depth, height = shape_of(thing, layout.makings)
    rests = rests_on(thing, layout.makings)
    if rests in ("wall", "any"):
        for wall in range(len(layout.walls)):
            half_m = max(float(layout.walls[wall][5]) - width / 2, 0.0)
            for aside_m in _out_from_middle(half_m, PITCH_M):
                yield hung_on(layout, thing, wall, aside_m, EYES_M, FREE)
    if rests == "wall":
        return
    handy = sorted(layout.surfaces.tolist(), key=lambda surface: abs(surface[2] - HANDY_M))
    for x, y, z, half_x, half_y, c, s, free_m, hung in handy:
        if hung or z < LOW_M or half_x < width / 2 or half_y < depth / 2 or (free_m and free_m < height):
            continue
        for aside_m in _out_from_middle(half_x - width / 2, max(width, 0.15)):
            at_m = (round(x + aside_m * c, 4), round(y + aside_m * s, 4), round(z + 0.02, 4))
            yield msgspec.structs.replace(thing, at_m=at_m, yaw_deg=round(degrees(atan2(s, c)), 2))
    room_width, room_depth, _ = layout.makings.template.size_m
    most_x, most_y = (room_width - max(width, depth)) / 2 - 0.1, (room_depth - max(width, depth)) / 2 - 0.1
    spots = [
        (min(most_x - abs(x), most_y - abs(y)), x, y)
        for x in _out_from_middle(most_x, PITCH_M)
        for y in _out_from_middle(most_y, PITCH_M)
    ]
    for _, x, y in sorted(spots, key=lambda spot: spot[0]):
        beside_x = most_x - abs(x) < most_y - abs(y)
        yaw_deg = (90.0 if x < 0 else -90.0) if beside_x else (180.0 if y < 0 else 0.0)  # its back to the wall
        yield msgspec.structs.replace(thing, at_m=(round(x, 4), round(y, 4), 0.02), yaw_deg=yaw_deg)


def _out_from_middle(most_m: float, pitch_m: float) -> list[float]:
    if most_m < 0.0:
        return []
    steps = int(most_m / pitch_m)
    return [0.0, *(sign * number * pitch_m for number in range(1, steps + 1) for sign in (-1.0, 1.0))]


# --- own goods on a stand --------------------------------------------------------------------------------------------


def offer_on_stand(world: World, command: OfferOnStand) -> list[Event]:
    """Sign a resale offer for the player's own good that stands in their home; the stand names it once it is signed."""
    refused = market_closed(world)
    if refused is not None:
        return [refused]
    item = _item(world.home, command.item)
    if item is None or not item.good or item.offer:
        return [events.Declined(reason="not_on_a_stand")]
    if command.unit_price_wei <= 0:
        return [events.Declined(reason="price_zero", detail=item.good)]
    owned = world.owned.get(item.good, 0)
    if owned < 1:
        return [events.Declined(reason="not_owned", detail=item.good)]
    offered = sum(offer.quantity for offer in world.offers.values() if offer.good_id == item.good)
    if offered + sum(good == item.good for good in world.selling.values()) >= owned:
        return [events.Declined(reason="all_listed", detail=item.good)]
    request = ports.Sell(
        request_id=new_id(world, "sell"), good_id=item.good, quantity=1,
        unit_price_wei=command.unit_price_wei, room_share_bps=command.room_share_bps,
    )  # fmt: skip
    world.selling[request.request_id] = item.good
    world.trade.stands[request.request_id] = item.id
    return [events.Asked(request=request)]


def listed(world: World, update: Listed) -> list[Event]:
    """Let the stand from which a good was offered name the offer; what stands at home is known to be open."""
    stand = world.trade.stands.pop(update.request_id, None)
    home = world.home
    if update.offer not in world.trade.offers and (
        stand is not None or (home is not None and any(item.offer == update.offer for item in home.items))
    ):
        world.trade.offers[update.offer] = OfferStock(
            offer=update.offer, good_id=update.good_id, left=update.quantity, unit_price_wei=update.unit_price_wei
        )
    item = _item(world.home, stand) if stand is not None else None
    if item is None or item.good != update.good_id or item.offer:
        return []
    return _set_offer(world, item, update.offer)


def delisted(world: World, update: Delisted, offer: Listed | None) -> list[Event]:
    """A resale from a stand is closed: what was sold leaves it, what was taken back is only shown from now on."""
    home = world.home
    items = [item for item in home.items if item.offer == update.offer] if home is not None else []
    if offer is None or not items:
        return []
    if update.request_id != offer.request_id:  # the player took it back
        world.trade.offers.pop(update.offer, None)
        return _set_offer(world, items[0], OfferHash(""))
    world.trade.offers[update.offer] = OfferStock(
        offer=update.offer, good_id=update.good_id, left=0, unit_price_wei=offer.unit_price_wei, state="sold_out"
    )
    assert home is not None
    return replace_place(world, furnished(world, home))


def _set_offer(world: World, item: Item, offer: OfferHash) -> list[Event]:
    home = world.home
    assert home is not None
    after = with_items(home, [msgspec.structs.replace(item, offer=offer)])
    return building.stroke(world, world.building, home, after, "SetOffer")


def _item(room: Room | None, item_id: ItemId) -> Item | None:
    return next((item for item in room.items if item.id == item_id), None) if room is not None else None
