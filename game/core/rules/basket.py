"""The basket: at most as many units of a good as can be had on the offer that it was found with."""

from game.core import events
from game.core.commands import AddToBasket, RemoveFromBasket
from game.core.events import Event
from game.core.ids import GoodId
from game.core.rooms import MAKERS_OFFER
from game.core.rules.display import at_hand, shown_in
from game.core.rules.on_offer import ONLY_SHOWN, is_checked, offer_here, resale, units_left
from game.core.world import World


def add(world: World, command: AddToBasket) -> list[Event]:
    """Put one unit into the basket: of a named good, or of what is held, shown as a ghost, looked at, or tried on.

    A good that was named may stand in another place: then that room showed it.
    """
    good = command.good if command.good is not None else _at_hand(world)
    if good is None:
        return [events.Declined(reason="nothing_there")]
    if good not in world.goods:
        return [events.Declined(reason="good_unknown", detail=good)]
    shown = shown_in(world, good)
    offer = offer_here(world, good)
    if offer == ONLY_SHOWN:
        return [events.Declined(reason="not_for_sale", detail=good)]
    if offer in world.offers:
        return [events.Declined(reason="own_offer", detail=good)]
    if not is_checked(world, offer):
        return [events.Declined(reason="room_unchecked", detail=good)]
    in_basket = world.basket.get(good, 0)
    if shown is None and not in_basket:
        return [events.Declined(reason="not_here", detail=good)]
    left = units_left(world, good)
    if in_basket + 1 > left:
        return [_why_none(world, good, left)]
    world.basket[good] = in_basket + 1
    if shown is not None and good not in world.found_in:
        world.found_in[good] = shown
        if offer is not None and offer != MAKERS_OFFER:
            world.found_offer[good] = offer
    return [events.BasketChanged(good=good, quantity=in_basket + 1, added=True)]


def _why_none(world: World, good: GoodId, left: int) -> events.Declined:
    stock = world.stock.get(good)
    if resale(world, good) is None and stock is not None and stock.state == "not_offered":
        return events.Declined(reason="not_for_sale", detail=good)
    return events.Declined(reason="sold_out" if left == 0 else "no_more_left", detail=good)


def remove(world: World, command: RemoveFromBasket) -> list[Event]:
    """Take one unit out of the basket."""
    in_basket = world.basket.get(command.good, 0)
    if in_basket == 0:
        return [events.Declined(reason="not_in_basket", detail=command.good)]
    take_out(world, command.good, 1)
    return [events.BasketChanged(good=command.good, quantity=in_basket - 1, added=False)]


def take_out(world: World, good: GoodId, quantity: int) -> int:
    """Take up to so many units out of the basket; returns how many these were."""
    in_basket = world.basket.get(good, 0)
    taken = min(quantity, in_basket)
    if taken == in_basket:
        world.basket.pop(good, None)
        world.found_in.pop(good, None)
        world.found_offer.pop(good, None)
    else:
        world.basket[good] = in_basket - taken
    return taken


def _at_hand(world: World) -> GoodId | None:
    good = at_hand(world)
    if good is not None:
        return good
    for worn in reversed(list(world.worn.values())):
        if worn.tried and worn.good not in world.basket:
            return worn.good
    return None
