"""Orders: from the counter to the receipt. Only the market moves an order on; goods come with the holdings alone."""

from game.core import events, ports
from game.core.commands import Checkout, Confirm, Decline
from game.core.events import Event
from game.core.ids import GoodId, OrderId, PlaceId
from game.core.ports import FINAL_STATES, Line, OrderUpdate, Quoted
from game.core.rules.asking import new_id
from game.core.rules.basket import take_out
from game.core.rules.on_offer import paid_place
from game.core.world import Order, World

CLOSED_STATES = FINAL_STATES | {"declined"}
BEFORE_SENDING = ("draft", "quoted", "confirming")  # in this order; what is signed belongs to the chain


def open_order(world: World) -> Order | None:
    """The one order that is still under way, if any."""
    for order in world.orders.values():
        if order.state not in CLOSED_STATES:
            return order
    return None


def checkout(world: World, command: Checkout) -> list[Event]:
    """Draft an order of all that is in the basket and ask what it costs."""
    refused = market_closed(world)
    if refused is not None:
        return [refused]
    if not world.basket:
        return [events.Declined(reason="basket_empty")]
    under_way = open_order(world)
    if under_way is not None:
        return [events.Declined(reason="order_open", detail=under_way.order_id)]
    lines = tuple(
        Line(good_id=good, quantity=quantity, place_id=_found_in(world, good), offer=world.found_offer.get(good))
        for good, quantity in world.basket.items()
    )
    order_id = OrderId(new_id(world, "order"))
    world.orders[order_id] = Order(order_id=order_id, state="draft", lines=lines, from_basket=True)
    request = ports.Quote(order_id=order_id, lines=lines, best_effort=command.best_effort)
    return [events.OrderMoved(order_id=order_id, state="draft"), events.Asked(request=request)]


def confirm(world: World, command: Confirm) -> list[Event]:
    """Pay for a quoted order."""
    order = world.orders.get(command.order_id)
    if order is None:
        return [events.Declined(reason="order_unknown", detail=command.order_id)]
    if order.state != "quoted":
        return [events.Declined(reason="order_busy", detail=order.state)]
    refused = market_closed(world)
    if refused is not None:
        return [refused]
    request = ports.Confirm(order_id=order.order_id)
    return [*_move(order, "confirming"), events.Asked(request=request)]


def decline(world: World, command: Decline) -> list[Event]:
    """Leave an order that was not confirmed yet; the basket stays as it is."""
    order = world.orders.get(command.order_id)
    if order is None:
        return [events.Declined(reason="order_unknown", detail=command.order_id)]
    if order.state not in ("draft", "quoted"):
        return [events.Declined(reason="order_busy", detail=order.state)]
    request = ports.Discard(order_id=order.order_id)
    return [*_move(order, "declined"), events.Asked(request=request)]


def market_closed(world: World) -> events.Declined | None:
    """Why nothing can be bought or sold just now; None when the market is open."""
    if world.purse.state == "open":
        return None
    return events.Declined(reason="market_down" if world.purse.state == "down" else "market_opening")


def quoted(world: World, update: Quoted) -> list[Event]:
    """Note what an order costs. A quote for an order that is no draft any more changes nothing."""
    order = world.orders.get(update.order_id)
    if order is None or order.state not in ("draft", "quoted"):
        return []
    order.lines = update.lines
    order.price_wei = update.price_wei
    order.gas_wei = update.gas_wei
    order.balance_after_wei = update.balance_after_wei
    order.shares = update.shares
    order.skipped = update.skipped
    return _move(order, "quoted")


def moved(world: World, update: OrderUpdate) -> list[Event]:
    """Follow an order; a closed one stays as it is, so that repeated or late news fill nothing twice."""
    order = world.orders.get(update.order_id)
    if order is None:
        # It was under way when an earlier session ended: what it buys is not in this session's basket.
        order = world.orders[update.order_id] = Order(
            order_id=update.order_id, state="", lines=update.lines, price_wei=update.price_wei
        )
    elif order.state in CLOSED_STATES or _goes_back(order.state, update.state):
        return []
    order.lines = update.lines or order.lines
    order.price_wei = update.price_wei or order.price_wei
    order.shares = update.shares or order.shares
    order.tx_hash = update.tx_hash or order.tx_hash
    order.block = update.block or order.block
    order.gas_used = update.gas_used or order.gas_used
    order.gas_wei = update.gas_wei or order.gas_wei
    order.reason, order.detail = update.reason, update.detail
    order.money_moved = update.money_moved
    out = _move(order, update.state)
    if update.state == "final" and order.from_basket:
        out += _empty_basket(world, order)
    return out


def recall() -> list[Event]:
    """Ask for every order ever; a market that is closed answers once it is open."""
    return [events.Asked(request=ports.Recall())]


def recalled(world: World, update: ports.History) -> list[Event]:
    """Take in every order ever."""
    world.history = update.orders
    return [events.HistoryRead(orders=len(update.orders))]


def _goes_back(state: str, to_state: str) -> bool:
    """Whether news are older than what is known; on the chain an order may well go back, when blocks are unwound."""
    if to_state not in BEFORE_SENDING:
        return False
    return state not in BEFORE_SENDING or BEFORE_SENDING.index(to_state) < BEFORE_SENDING.index(state)


def _move(order: Order, state: str) -> list[Event]:
    if order.state == state:
        return []
    order.state = state
    return [events.OrderMoved(order_id=order.order_id, state=state)]


def _found_in(world: World, good: GoodId) -> PlaceId | None:
    place = world.found_in.get(good)
    return None if place is None else paid_place(world, place)


def _empty_basket(world: World, order: Order) -> list[Event]:
    out: list[Event] = []
    for line in order.lines:
        if line.good_id not in order.skipped and take_out(world, line.good_id, line.quantity):
            left = world.basket.get(line.good_id, 0)
            out.append(events.BasketChanged(good=line.good_id, quantity=left, added=False))
    return out
