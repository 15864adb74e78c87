"""On whose offer a good is for sale: its maker's, as on the street, or the resale offer that a room's stand names.

A stand with a resale offer is empty once that offer no longer stands. A good in a player's room that has no offer at
all is only shown there.
"""

from game.core.goods import price_wei as makers_price_wei
from game.core.ids import GoodId, ItemId, OfferHash, PlaceId, StandId, Wei
from game.core.room_ports import HOME, OfferStock
from game.core.rooms import MAKERS_OFFER, Room
from game.core.rules.display import stand_showing
from game.core.trade import Trade
from game.core.world import World

ONLY_SHOWN = OfferHash("")


def absent_items(trade: Trade, room: Room) -> frozenset[ItemId]:
    """The goods of a room that have left their stands, because the resale offer they stood there with is closed."""
    return frozenset(item.id for item in room.items if item.good and _is_closed(trade, item.offer))


def _is_closed(trade: Trade, offer: OfferHash) -> bool:
    told = trade.offers.get(offer)
    return told is not None and told.state != "open" and offer not in (MAKERS_OFFER, ONLY_SHOWN)


def rooms_naming(world: World, offer: OfferHash) -> list[Room]:
    """The furnished rooms that have a stand with this offer."""
    return [room for room in world.rooms.values() if any(item.offer == offer for item in room.items)]


def offer_on(world: World, stand: StandId) -> OfferHash:
    """The offer that a stand of the current place names: MAKERS_OFFER in shops and on the street."""
    room = world.rooms.get(world.place_id)
    if room is None:
        return MAKERS_OFFER
    return next((item.offer for item in room.items if str(item.id) == str(stand)), ONLY_SHOWN)


def offer_here(world: World, good: GoodId) -> OfferHash | None:
    """The offer on which a good stands before the player: that of its stand, taken from it or not. None elsewhere."""
    if world.place_id not in world.rooms:  # where thousands of goods may stand, and all are their makers'
        return MAKERS_OFFER
    for held in (world.hand, world.ghost):
        if held is not None and held.good == good:
            return offer_on(world, held.stand)
    tried = next((worn.stand for worn in world.worn.values() if worn.tried and worn.good == good), None)
    stand = tried if tried is not None else stand_showing(world, good)
    return None if stand is None else offer_on(world, stand)


def resale(world: World, good: GoodId) -> OfferStock | None:
    """The resale offer that the player would buy a good from: the one in the basket, else the one before them."""
    offer = world.found_offer.get(good)
    if offer is None and good not in world.basket:
        offer = offer_here(world, good)
    return None if offer is None or offer == MAKERS_OFFER else world.trade.offers.get(offer)


def units_left(world: World, good: GoodId) -> int:
    """How many units can be had: as the market says, or the whole edition before it has spoken."""
    offer = resale(world, good)
    if offer is not None:
        return offer.left
    stock = world.stock.get(good)
    return stock.left if stock is not None else world.goods[good].terms.edition


def price_wei(world: World, good: GoodId) -> Wei:
    """What a unit costs the player: as the chain tells, else as its maker wrote."""
    offer = resale(world, good)
    if offer is not None:
        return offer.unit_price_wei
    stock = world.stock.get(good)
    return stock.unit_price_wei if stock is not None else makers_price_wei(world.goods[good])


def is_checked(world: World, offer: OfferHash | None) -> bool:
    """Whether the market has looked at the room before a good is bought there, so that price and shares are known."""
    if world.place_id not in world.rooms or offer is None:
        return True
    if offer != MAKERS_OFFER:
        return offer in world.trade.offers
    return world.place_id in world.trade.rooms or world.place_id == HOME


def paid_place(world: World, place: PlaceId) -> PlaceId | None:
    """The place that a line of a basket names: none for a furnished room that the market has not looked at."""
    return None if place in world.rooms and place not in world.trade.rooms else place
