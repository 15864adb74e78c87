"""The first walk: from the street into the boutique, to goods that are one's own, and back after a restart."""

import time
from math import cos, radians, sin

from game.bots.tour import Act, record_of, require
from game.core.commands import AddToBasket, OfferForSale, SwitchView, Turn, Wear
from game.core.events import PickedUp, PutBackOn
from game.core.goods import Vec3, coins_to_wei, price_wei
from game.core.ids import GoodId, OfferHash, OrderId, PlaceId, StandId, Wei
from game.core.ports import FINAL_STATES
from game.core.world import Order

SHOP = PlaceId("boutique")
HAT = GoodId("straw_sun_hat")
WORN = (HAT, GoodId("round_glasses"), GoodId("striped_long_scarf"))
CHAIR = GoodId("velvet_armchair")
VASE = GoodId("celadon_vase")
FRUIT = GoodId("loquat_punnet")
BOUGHT = {HAT: 1, WORN[1]: 1, WORN[2]: 1, VASE: 1, FRUIT: 2}
ASKED_WEI = coins_to_wei("45", where="the tour's resale price")
HANDY_M = 1.1
SHOP_VIEW: tuple[tuple[float, float], Vec3] = ((2.45, -2.3), (-0.3, 1.6, 1.15))  # where to stand, what to look at
CHAIN_SECS = 120  # the first start deploys contracts, on the embedded node with Python's EVM


def _stand_with(act: Act, good: GoodId) -> StandId:
    """The stand of a good that is the handiest to look at: not above the eyes, not at the feet."""
    stands = [stand for stand in act.person.world.place.stands if stand.good == good]
    require(bool(stands), f"no stand shows {good}")
    return min(stands, key=lambda stand: abs(stand.at_m[2] - HANDY_M)).id


def shopping(act: Act) -> None:
    """Everything up to a resale offer."""
    person, world = act.person, act.person.world
    person.frames(8)
    act.beat("street", lambda: _is_at(act, PlaceId("street")))

    shop_door = next(door for door in world.place.doors if door.to_place == SHOP)
    person.go_through(shop_door.id)
    person.until(lambda: world.purse.state == "open", within_secs=CHAIN_SECS, what="the market to open")
    act.report.timing.world_ready_s = act.seconds()
    before = {good: act.witness.owned(world.purse.account, good) for good in BOUGHT}  # a home may have a past
    offers_before = set(world.offers)
    _stand_back(act)
    act.beat("shop", lambda: _is_at(act, SHOP))

    person.look_at_stand(_stand_with(act, HAT))
    person.frames(12)
    act.beat("look_at", lambda: _looks_at(act, HAT))

    picked = person.press("e")
    for _ in range(20):
        person.do(Turn(yaw_rad=0.03, pitch_rad=0.008, zoom=0.01))
    person.press("r")
    person.frames(20)
    act.beat("in_hand", lambda: _holds(act, HAT, any(isinstance(e, PickedUp) for e in picked)))

    person.press("t")
    for good in WORN[1:]:
        person.look_at_stand(_stand_with(act, good))
        person.press("e")
        person.press("t")
    _before_the_mirror(act)
    act.beat("mirror", lambda: _wears(act, owned=False))

    _show_ghost(act, CHAIR)
    act.beat("furniture_ghost", lambda: _ghost_stands(act, CHAIR))
    back = person.press("f")
    require(any(isinstance(e, PutBackOn) for e in back), "the armchair did not go back to its stand")

    for good, quantity in BOUGHT.items():
        for _ in range(quantity):
            person.do(AddToBasket(good=good))
    _at_the_counter(act)
    person.press("tab")
    person.frames(20)
    act.beat("basket", lambda: _basket_holds(act))
    person.press("escape")

    person.press("c")
    person.until(lambda: _order_is(act, "quoted", "refused"), within_secs=CHAIN_SECS, what="the quote")
    person.frames(20)
    act.beat("confirm", lambda: _is_quoted(act))

    order = _order(act)
    clicked = time.monotonic()
    person.press("enter")
    person.until(
        lambda: order.state in FINAL_STATES and all(world.owned.get(g, 0) > before[g] for g in BOUGHT),
        within_secs=CHAIN_SECS,
        what=f"the goods to arrive; the order is {order.state} {order.reason} {order.detail}",
    )
    act.report.timing.click_to_owned_s = time.monotonic() - clicked
    person.frames(30)
    person.press("d")
    person.frames(20)
    act.beat("receipt", lambda: _was_sold(act, order, before))
    person.press("escape")

    person.press("v")
    _before_the_mirror(act)
    act.beat("wearing", lambda: _wears(act, owned=True))
    person.do(SwitchView())

    person.do(OfferForSale(good=HAT, unit_price_wei=Wei(ASKED_WEI)))
    person.until(lambda: set(world.offers) > offers_before, within_secs=CHAIN_SECS, what="the hat to be offered")
    person.press("i")
    person.frames(30)
    act.beat("resale_listed", lambda: _is_listed(act, set(world.offers) - offers_before))


def after_restart(act: Act) -> None:
    """A new process with the same home: the goods are there, read from the chain."""
    person, world = act.person, act.person.world
    person.frames(4)
    shop_door = next(door for door in world.place.doors if door.to_place == SHOP)
    person.until(
        lambda: world.purse.state == "open" and bool(world.owned), within_secs=CHAIN_SECS, what="the goods to be read"
    )
    for good in WORN:
        person.do(Wear(good=good))
    person.go_through(shop_door.id)
    _before_the_mirror(act)
    person.press("i")
    person.frames(30)
    act.beat("after_restart", lambda: _owns_all(act))


# --- moving about -----------------------------------------------------------------------------------------------------


def _stand_back(act: Act) -> None:
    """Take the view that shows the whole shop and its keeper: from before the far end of the counter."""
    act.person.go_to(*SHOP_VIEW[0])
    act.person.face(SHOP_VIEW[1])
    act.person.frames(6)


def _before_the_mirror(act: Act) -> None:
    mirror = act.person.world.place.mirrors[0]
    yaw = radians(mirror.yaw_deg)
    act.person.go_to(mirror.at_m[0] - 1.5 * sin(yaw), mirror.at_m[1] + 1.5 * cos(yaw))
    act.person.face((mirror.at_m[0], mirror.at_m[1], mirror.at_m[2] + 1.0))
    act.person.frames(30)


def _at_the_counter(act: Act) -> None:
    counter = act.person.world.place.counter
    assert counter is not None, "the boutique has a counter"
    act.person.go_to(counter.at_m[0], counter.at_m[1])


def _show_ghost(act: Act, good: GoodId) -> None:
    act.person.look_at_stand(_stand_with(act, good))
    act.person.press("e")
    act.person.go_to(-1.2, -1.6)
    act.person.face((-2.6, -0.2, 0.3))
    act.person.press("t")
    act.person.frames(30)


# --- checks: the world where it is the world's business, the chain where it is money or goods ---------------------


def _is_at(act: Act, place: PlaceId) -> str:
    world = act.person.world
    require(world.place_id == place, f"the player is in {world.place_id}")
    return f"{len(world.place.stands)} stands, {len(world.goods)} goods"


def _looks_at(act: Act, good: GoodId) -> str:
    world = act.person.world
    stand = next((s for s in world.place.stands if s.id == world.looked_at), None)
    require(stand is not None and stand.good == good, f"the crosshair rests on {world.looked_at}")
    return f"{world.stock[good].left} left, as the market says"


def _holds(act: Act, good: GoodId, picked: bool) -> str:
    hand = act.person.world.hand
    require(picked, "the key E picked nothing up")
    require(hand is not None and hand.good == good, "the hand is empty")
    return f"turned by {hand.yaw_rad:.2f} rad" if hand else ""


def _wears(act: Act, *, owned: bool) -> str:
    world = act.person.world
    worn = {w.good for w in world.worn.values() if not (owned and w.tried)}
    require(set(WORN) <= worn, f"worn are {', '.join(sorted(worn))}")
    if owned:
        for good in WORN:
            held = act.witness.owned(world.purse.account, good)
            require(held >= 1, f"the chain knows of {held} {good}")
    return ", ".join(WORN)


def _ghost_stands(act: Act, good: GoodId) -> str:
    ghost = act.person.world.ghost
    require(ghost is not None and ghost.good == good, "no ghost is shown")
    assert ghost is not None
    require(ghost.fits, f"it does not fit at {ghost.pos_m}")
    return "it fits"


def _basket_holds(act: Act) -> str:
    basket = act.person.world.basket
    require(basket == BOUGHT, f"the basket holds {basket}")
    return f"{sum(basket.values())} units"


def _order(act: Act) -> Order:
    orders = act.person.world.orders
    require(bool(orders), "there is no order")
    return orders[OrderId(list(orders)[-1])]


def _order_is(act: Act, *states: str) -> bool:
    return any(order.state in states for order in act.person.world.orders.values())


def _is_quoted(act: Act) -> str:
    world, order = act.person.world, _order(act)
    require(order.state == "quoted", f"the order is {order.state}: {order.reason} {order.detail}")
    price = sum(price_wei(world.goods[good]) * quantity for good, quantity in BOUGHT.items())
    require(order.price_wei == price, f"the quote says {order.price_wei} wei, the labels {price}")
    shared = sum(share.wei for share in order.shares)
    require(shared == price, f"the shares sum to {shared} wei, not to the price {price}")
    on_chain = act.witness.balance_wei(world.purse.account)
    left = on_chain - order.price_wei - order.gas_wei
    require(order.balance_after_wei == left, f"balance after is said to be {order.balance_after_wei}, not {left}")
    return f"{price} wei, {len(order.shares)} shares"


def _was_sold(act: Act, order: Order, before: dict[GoodId, int]) -> str:
    world = act.person.world
    require(order.state == "final", f"the order is {order.state}: {order.reason} {order.detail}")
    sales = act.witness.sales(order.tx_hash)
    sold: dict[GoodId, int] = {}
    for sale in sales:
        require(sale.buyer == world.purse.account, f"{sale.buyer} bought, not {world.purse.account}")
        require(sum(s.wei for s in sale.shares) == sale.price_wei, f"shares of {sale.good_id} do not sum to its price")
        sold[sale.good_id] = sold.get(sale.good_id, 0) + sale.quantity
        act.report.orders.append(record_of(order, sale))
    require(sold == BOUGHT, f"the chain's log says {sold}")
    for good, quantity in BOUGHT.items():
        held = act.witness.owned(world.purse.account, good) - before[good]
        require(held == quantity, f"the chain knows of {held} more {good}, bought were {quantity}")
    return f"{len(sales)} sales in one transaction, {sales[0].gas_used} gas"


def _is_listed(act: Act, opened: set[OfferHash]) -> str:
    require(len(opened) == 1, f"{len(opened)} offers were opened")
    units = act.witness.open_units(opened.pop())
    require(units == 1, f"another account could buy {units} units of the offer")
    return "another account could buy it now"


def _owns_all(act: Act) -> str:
    world = act.person.world
    for good, quantity in BOUGHT.items():
        held = act.witness.owned(world.purse.account, good)
        require(held >= quantity, f"the chain knows of {held} {good}, bought were {quantity}")
        require(world.owned.get(good) == held, f"the inventory shows {world.owned.get(good)} {good}")
    require(bool(world.offers), "the offer of the hat is forgotten")
    return f"{len(world.owned)} goods, {len(world.offers)} offer"


ACTS = (shopping, after_restart)
