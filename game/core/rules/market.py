"""What the market tells, apart from orders: purse, stock, holdings, and the player's own offers."""

from game.core import events, ports
from game.core.commands import OfferForSale, Withdraw
from game.core.events import Event
from game.core.orchard_ports import LifeTold, OrchardTold
from game.core.ports import Delisted, Down, Holdings, Listed, Progress, Ready, Refused, Stock
from game.core.rules import orchard, orders, showing, trade
from game.core.rules.admit import follow_holdings
from game.core.rules.asking import new_id
from game.core.rules.orders import market_closed
from game.core.rules.try_on import keep_what_is_owned, shed_what_is_gone
from game.core.world import World


def follow(world: World, update: ports.Update) -> list[Event]:
    """Take one update of the market into the world."""
    match update:
        case Progress():
            return _set_state(world, "opening", update.step)
        case Ready():
            return _ready(world, update)
        case Down():
            return _set_state(world, "down", update.reason)
        case Stock():
            world.stock[update.good_id] = update
            return []
        case Holdings():
            return _holdings(world, update)
        case ports.Quoted():
            return orders.quoted(world, update)
        case ports.OrderUpdate():
            return orders.moved(world, update)
        case Listed():
            return _listed(world, update)
        case Delisted():
            return _delisted(world, update)
        case ports.History():
            return orders.recalled(world, update)
        case ports.Pong():
            world.purse.round_trip_ms = update.round_trip_ms
            return []
        case Refused():
            world.selling.pop(update.request_id, None)
            trade.refused(world, update.request_id)
            told = orchard.refused(world, update.request_id)
            return [] if not told else [events.Declined(reason=update.reason, detail=update.detail)]
        case OrchardTold() | LifeTold():
            return orchard.follow(world, update)
        case _:
            return trade.follow(world, update)


def _set_state(world: World, state: str, step: str) -> list[Event]:
    purse = world.purse
    if (purse.state, purse.step) == (state, step):
        return []
    purse.state, purse.step = state, step
    return [events.MarketChanged(state=state, step=step)]


def _ready(world: World, update: Ready) -> list[Event]:
    purse = world.purse
    purse.node_kind = update.node_kind
    purse.chain_id = update.chain_id
    purse.account = update.account
    purse.balance_wei = update.balance_wei
    purse.play_money = update.play_money
    orchard.opened(world)
    return _set_state(world, "open", "")


def _holdings(world: World, update: Holdings) -> list[Event]:
    """Follow the chain's word on what is owned: the difference arrives or leaves."""
    restored = world.purse.block == 0  # the first word of a session is what was there before
    world.purse.balance_wei = update.balance_wei
    world.purse.block = update.block
    before = world.owned
    world.owned = {good: update.goods[good] for good in sorted(update.goods) if update.goods[good] > 0}
    out: list[Event] = []
    for good in sorted({**before, **world.owned}):
        gained = world.owned.get(good, 0) - before.get(good, 0)
        if gained > 0:
            keep_what_is_owned(world, good)
            out.append(events.GoodsArrived(good=good, quantity=gained, restored=restored))
        elif gained < 0:
            out.append(events.GoodsLeft(good=good, quantity=-gained))
    return out + shed_what_is_gone(world) + follow_holdings(world)


def _listed(world: World, update: Listed) -> list[Event]:
    known = update.offer in world.offers
    world.offers[update.offer] = update
    restored = world.selling.pop(update.request_id, None) is None
    out: list[Event] = [] if known else [events.OfferOpened(listed=update, restored=restored)]
    return out + showing.listed(world, update)


def _delisted(world: World, update: Delisted) -> list[Event]:
    made = any(signed.offer == update.offer for signed in world.trade.signed.values())
    trade.offer_closed(world, update.offer)
    listed = world.offers.pop(update.offer, None)
    out: list[Event] = [events.OfferClosed(delisted=update)] if made or listed is not None else []
    return out + showing.delisted(world, update, listed)


def ping(world: World) -> list[Event]:
    """Ask how long the chain takes; a market that is closed is not asked, and nobody is told."""
    return [events.Asked(request=ports.Ping())] if market_closed(world) is None else []


def sell(world: World, command: OfferForSale) -> list[Event]:
    """Offer one unit that the player owns and has not offered yet."""
    refused = market_closed(world)
    if refused is not None:
        return [refused]
    owned = world.owned.get(command.good, 0)
    if owned < 1:
        return [events.Declined(reason="not_owned", detail=command.good)]
    if command.unit_price_wei <= 0:
        return [events.Declined(reason="price_zero", detail=command.good)]
    if sum(offer.quantity for offer in world.offers.values() if offer.good_id == command.good) >= owned:
        return [events.Declined(reason="all_listed", detail=command.good)]
    request = ports.Sell(
        request_id=new_id(world, "sell"),
        good_id=command.good,
        quantity=1,
        unit_price_wei=command.unit_price_wei,
        room_share_bps=command.room_share_bps,
    )
    world.selling[request.request_id] = command.good
    return [events.Asked(request=request)]


def withdraw(world: World, command: Withdraw) -> list[Event]:
    """Ask for one of the player's own offers to be closed."""
    made = any(signed.offer == command.offer for signed in world.trade.signed.values())
    if command.offer not in world.offers and not made:
        return [events.Declined(reason="offer_unknown", detail=command.offer)]
    refused = market_closed(world)
    if refused is not None:
        return [refused]
    request = ports.Cancel(request_id=new_id(world, "cancel"), offer=command.offer)
    return [events.Asked(request=request)]
