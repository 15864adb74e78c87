"""A small market full of long names, and every state in which the HUD can be seen."""

import time
from collections.abc import Callable
from random import Random

import msgspec

from game.client.hud import Hud
from game.client.hud_boxes import AddressPanel, BoxesPanel
from game.client.hud_build import BuildPanel
from game.client.hud_copies import CopiesPanel
from game.client.hud_looks import LooksPanel
from game.client.hud_offer import OfferPanel
from game.client.hud_photo import PhotoPanel
from game.client.hud_publish import PublishPanel
from game.client.hud_reason import ReasonPanel
from game.client.hud_speed import Figures, SpeedCard
from game.client.hud_visit import VisitPanel
from game.client.left import Left
from game.core import events, ports
from game.core.building import Building
from game.core.goods import Good, Terms, Text, Wear
from game.core.ids import (
    HOME,
    Address,
    GoodId,
    ItemId,
    MakerId,
    OfferHash,
    OrderId,
    PlaceId,
    RoomToken,
    StandId,
    TemplateId,
    TokenId,
    Wei,
)
from game.core.places import Place, Spot, Stand
from game.core.room_ports import (
    Credit,
    Credits,
    MakersDesk,
    OpenOffer,
    OwnGood,
    Payout,
    ShowingRoom,
    SoldGood,
    WithdrawCredits,
)
from game.core.rooms import Item, Room
from game.core.world import Ghost, Hand, Order, Purse, World, Worn
from tests.client.groves import GROVE_STATES, join_orchard
from tests.client.lines import lettered
from tests.client.stand_ins import HASH, Concierge, Copyist, Printer, complain, write
from tests.client.trays import TRAY_STATES
from tests.client.workbench import WORKSHOP_STATES, join_workbench

COIN = 10**15
SHOP = PlaceId("boutique")
ACCOUNT = Address("0x52908400098527886E0F7030069857D2E4169EE7")

PEOPLE = {
    "mei_lin": Text(en="Mei Lin", zh="林美"),
    "otto_brandt": Text(en="Otto Brandt", zh="奥托·勃兰特"),
    "tomas_silva": Text(en="Tomás Silva", zh="托马斯·席尔瓦"),
    "hana_mori": Text(en="Hana Mori", zh="森花"),
}


def good(name: str, kind: str, maker: str, en: str, zh: str, price: str, *, slot: str = "") -> Good:
    """A good with a story of ordinary length."""
    return Good(
        id=GoodId(name), kind=kind, maker=MakerId(maker), name=Text(en=en, zh=zh),
        story=Text(
            en="Plaited from one long braid of wheat straw, wetted, blocked over limewood and left by a north window "
            "for three days. The ribbon can be changed.",
            zh="用一根长长的麦秆辫编成，浸湿后套在椴木模上，在北窗边放三天。丝带可以更换。",
        ),
        size_m=(0.34, 0.36, 0.14), licence="CC-BY-4.0", terms=Terms(price_coins=price, edition=40),
        wear=Wear(slot=slot, joint="head") if slot else None, hangs=kind == "picture",
    )  # fmt: skip


GOODS = (
    good("straw_hat", "hat", "mei_lin", "Straw hat for noon", "正午草帽", "24.50", slot="head"),
    good("felt_hat", "hat", "mei_lin", "Felt hat with a very wide brim", "宽檐毡帽", "32.00", slot="head"),
    good(
        "reading_chair", "chair", "otto_brandt", "Reading chair in oiled ash and wool", "上油白蜡木羊毛阅读椅", "180.00"
    ),
    good("market_bag", "bag", "tomas_silva", "Market bag", "集市包", "18.25", slot="back"),
    good("red_print", "picture", "mei_lin", "Two loquats", "两颗枇杷", "12.00"),
    good("garden_shoes", "shoes", "tomas_silva", "Garden shoes", "花园鞋", "41.00", slot="feet"),
)


def join_modes(hud: Hud) -> None:
    """The panels that the parts of the game bring along."""
    hud.join(PhotoPanel(), opened_by="photo")
    hud.join(LooksPanel(), opened_by="looks")
    hud.join(VisitPanel(Concierge()))
    hud.join(PublishPanel(Printer()))
    address, reason = AddressPanel(write), ReasonPanel(complain)
    hud.join(BoxesPanel({}, address, reason))
    hud.join(address)
    hud.join(reason)
    join_orchard(hud)
    join_workbench(hud)


def market_day() -> World:
    """The player stands in a shop, its market open."""
    stands = tuple(Stand(id=StandId(f"stand_{each.id}"), good=each.id, at_m=(0, 2, 1)) for each in GOODS)
    place = Place(
        id=SHOP, kind="shop", name=Text(en="The Loquat Boutique", zh="枇杷时装店"), keeper=MakerId("hana_mori"),
        spawn=Spot(at_m=(0, 0, 0)), stands=stands,
    )  # fmt: skip
    world = World(places={SHOP: place}, goods={each.id: each for each in GOODS}, place_id=SHOP, rng=Random(1))
    world.purse = Purse(
        state="open", node_kind="embedded", chain_id=31337, account=ACCOUNT, balance_wei=Wei(500 * COIN), block=12
    )
    for number, each in enumerate(GOODS):
        price = int(float(each.terms.price_coins) * 100) * COIN // 100
        world.stock[each.id] = ports.Stock(
            good_id=each.id, token_id=TokenId(number), left=12, unit_price_wei=Wei(price), room_share_bps=1000
        )
    return world


def basket(world: World, *goods: str) -> None:
    """Fill the basket, two of the first."""
    for number, name in enumerate(goods):
        world.basket[GoodId(name)] = 2 if number == 0 else 1
        world.found_in[GoodId(name)] = SHOP


def order(world: World, state: str, **more: object) -> OrderId:
    """An order of two hats and a chair, in a state."""
    order_id = OrderId("order_1")
    lines = (
        ports.Line(good_id=GoodId("straw_hat"), quantity=2, place_id=SHOP),
        ports.Line(good_id=GoodId("reading_chair"), quantity=1, place_id=SHOP),
    )
    shares = (
        ports.Share(role="seller", to=Address("0xa"), wei=Wei(162 * COIN)),
        ports.Share(role="seller", to=Address("0xb"), wei=Wei(441 * COIN // 10)),
        ports.Share(role="room", to=Address("0xc"), wei=Wei(229 * COIN // 10)),
    )
    world.orders[order_id] = Order(
        order_id=order_id, state=state, lines=lines, price_wei=Wei(229 * COIN), gas_wei=Wei(COIN * 1234 // 10000),
        balance_after_wei=Wei(2708 * COIN // 10), shares=shares, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return order_id


def _order(state: str, **more: object) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        basket(world, "straw_hat", "reading_chair")
        order_id = order(world, "quoted")
        hud.update(world, [events.OrderMoved(order_id=order_id, state="quoted")], 0.02)
        order(world, state, **more)
        hud.update(world, [events.OrderMoved(order_id=order_id, state=state)], 0.02)

    return arrange


def _look_at(name: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        world.looked_at = StandId(f"stand_{name}")
        basket(world, "market_bag")

    return arrange


def _hand(world: World, hud: Hud) -> None:
    world.hand = Hand(good=GoodId("straw_hat"), stand=StandId("stand_straw_hat"), since_tick=0)
    world.owned[GoodId("straw_hat")] = 1


def _trying(world: World, hud: Hud) -> None:
    for name, slot in (("felt_hat", "head"), ("market_bag", "back")):
        world.worn[slot] = Worn(good=GoodId(name), tried=True, stand=StandId(f"stand_{name}"))
    basket(world, "market_bag")
    hud.update(world, [events.BasketChanged(good=GoodId("market_bag"), quantity=1, added=True)], 0.02)


def _ghost(fits: bool) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        world.ghost = Ghost(good=GoodId("reading_chair"), stand=StandId("stand_reading_chair"), pos_m=(0, 2, 0),
                            yaw_rad=0.0, fits=fits)  # fmt: skip

    return arrange


def _basket(world: World, hud: Hud) -> None:
    basket(world, "straw_hat", "reading_chair", "market_bag")
    hud.open_panel("basket")


def _owned(world: World, hud: Hud) -> None:
    for number, each in enumerate(GOODS[:5]):
        world.owned[each.id] = number + 1
    world.worn["head"] = Worn(good=GoodId("straw_hat"), tried=False)
    world.offers[OfferHash("0x1")] = ports.Listed(
        request_id="sell_1", offer=OfferHash("0x1"), good_id=GoodId("market_bag"), quantity=1,
        unit_price_wei=Wei(20 * COIN),
    )  # fmt: skip
    hud.open_panel("inventory")


def _sell(world: World, hud: Hud) -> None:
    _owned(world, hud)
    hud.press("go_right")
    hud.press("sell")


def _panel(name: str, *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        hud.update(world, [], 0.02)
        hud.open_panel(name)
        for action in then:
            hud.press(action)

    return arrange


def _purse(state: str, step: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        world.purse.state, world.purse.step = state, step
        hud.open_panel("purse")

    return arrange


NOW_SECS = int(time.time())


def earned(number: int, role: str, name: str, coins: str, place: PlaceId | None, days_ago: float) -> Credit:
    """A credit of some days ago."""
    return Credit(
        role=role, wei=Wei(int(float(coins) * 100) * COIN // 100), quantity=1 + number % 2, buyer=ACCOUNT,
        block=900 - number, tx_hash=HASH, token_id=TokenId(number), good_id=GoodId(name), place_id=place,
        at_secs=NOW_SECS - int(days_ago * 86_400),
    )  # fmt: skip


CREDITS = Credits(
    withdrawable_wei=Wei(7265 * COIN // 100),
    credits=(
        earned(0, "room", "straw_hat", "4.90", HOME, 0.01),
        earned(2, "seller", "red_print", "10.80", SHOP, 0.02),
        earned(3, "creator", "red_print", "1.25", PlaceId("r0123456789abcdef0123"), 1.1),
        earned(5, "seller", "reading_chair", "162.00", PlaceId("r0123456789abcdef0123"), 2.0),
        earned(6, "room", "felt_hat", "3.20", HOME, 2.1),
        earned(7, "seller", "market_bag", "18.25", None, 5.3),
        earned(9, "seller", "market_bag", "36.50", SHOP, 9.0),
    ),
    payouts=(Payout(wei=Wei(16425 * COIN // 100), block=897, tx_hash=HASH, at_secs=NOW_SECS - 90_000),),
)


def _earned(credits: Credits | None, *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        world.trade.credits = credits
        world.trade.withdrawable_wei = credits.withdrawable_wei if credits is not None else Wei(0)
        hud.open_panel("purse")
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


def _coming(world: World, hud: Hud) -> None:
    world.trade.under_way["withdraw_1"] = WithdrawCredits(request_id="withdraw_1")
    _earned(CREDITS)(world, hud)


FAR = PlaceId("r0123456789abcdef0123")
DESK = MakersDesk(
    goods=(
        OwnGood(good_id=GoodId("red_print"), edition=40, sold=28, left=12, unit_price_wei=Wei(12 * COIN),
                offer=OfferHash("0x1")),
        OwnGood(good_id=GoodId("reading_chair"), edition=40, sold=40, left=0, unit_price_wei=Wei(180 * COIN)),
    ),
    sales=(
        SoldGood(good_id=GoodId("red_print"), place_id=FAR, units=18, turnover_wei=Wei(216 * COIN),
                 earned_wei=Wei(1944 * COIN // 10)),
        SoldGood(good_id=GoodId("red_print"), place_id=HOME, units=6, turnover_wei=Wei(72 * COIN),
                 earned_wei=Wei(72 * COIN)),
        SoldGood(good_id=GoodId("reading_chair"), place_id=None, units=40, turnover_wei=Wei(7200 * COIN),
                 earned_wei=Wei(7200 * COIN)),
        *(SoldGood(good_id=GoodId("market_bag"), place_id=PlaceId(f"r{n}"), units=n, turnover_wei=Wei(n * COIN),
                   earned_wei=Wei(n * COIN)) for n in range(1, 5)),
    ),
    rooms=(
        ShowingRoom(place_id=FAR, room=RoomToken(1), owner=ACCOUNT, units=18,
                    shows=(GoodId("red_print"), GoodId("reading_chair"), GoodId("felt_hat"), GoodId("straw_hat"))),
        ShowingRoom(place_id=HOME, room=RoomToken(2), owner=ACCOUNT, shows=(GoodId("red_print"),), units=6),
    ),
    offers=(
        OpenOffer(offer=OfferHash("0x1"), good_id=GoodId("red_print"), primary=True, left=12,
                  unit_price_wei=Wei(12 * COIN), end_price_wei=Wei(12 * COIN), room_share_bps=1000),
        OpenOffer(offer=OfferHash("0x2"), good_id=GoodId("felt_hat"), primary=False, left=1,
                  unit_price_wei=Wei(45 * COIN), end_price_wei=Wei(45 * COIN), room_share_bps=500),
    ),
)  # fmt: skip


def _desk(desk: MakersDesk | None, *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        world.trade.desk = desk
        hud.open_panel("desk")
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


def _showing(name: str, share_bps: int = 1250) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        told = world.stock[GoodId(name)]
        world.stock[GoodId(name)] = msgspec.structs.replace(told, room_share_bps=share_bps)
        world.looked_at = StandId(f"stand_{name}")
        hud.open_panel("show")

    return arrange


NO_DESK = MakersDesk(goods=(), sales=(), rooms=(), offers=())


def _opening(world: World, hud: Hud) -> None:
    world.purse.state, world.purse.step = "opening", "seeding"
    hud.update(world, [events.Declined(reason="market_opening")], 0.02)


def _captions(world: World, hud: Hud) -> None:
    hud.update(world, [
        events.GoodsArrived(good=GoodId("straw_hat"), quantity=2),
        events.Declined(reason="sold_out", detail="reading_chair"),
        events.Declined(reason="unpaid_stays"),
    ], 0.02)  # fmt: skip


def _start_again(world: World, hud: Hud) -> None:
    lines = (ports.Line(good_id=GoodId("straw_hat"), quantity=2, place_id=SHOP),)
    hud.view.left_off = Left(place=SHOP, pos_m=(0, 0, 0), yaw_rad=0.0, pitch_rad=0.0, basket=lines)
    hud.open_panel("start")


def _paused(world: World, hud: Hud) -> None:
    hud.view.paused = True
    hud.open_panel("pause")


def _finding(name: str, typed: str = "", *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        for _ in hud.view.finding.load():
            pass
        hud.view.finding.colours = {GoodId("straw_hat"): ("beige", "red"), GoodId("felt_hat"): ("black",)}
        world.wishes = (GoodId("felt_hat"), GoodId("reading_chair"))
        hud.view.finding.keepsakes.seen = [each.id for each in GOODS]
        hud.open_panel(name)
        if typed:
            hud.type_text(typed)
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


def _elsewhere(world: World, hud: Hud) -> None:
    """The player is in another's room, which no way leads to."""
    room = Room(id=PlaceId("r0123456789abcdef0123"), name="Mei's reading room", template=TemplateId("studio"))
    place = Place(
        id=room.id, kind="room", name=Text(en=room.name, zh=room.name), keeper=MakerId(""), spawn=Spot(at_m=(0, 0, 0))
    )
    world.rooms[room.id], world.places[room.id], world.place_id = room, place, room.id
    hud.join(VisitPanel(Concierge()))
    hud.open_panel("map")


def _compare(count: int) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        hud.view.finding.compared = [each.id for each in GOODS[:count]]
        hud.open_panel("compare")

    return arrange


def _way(way_m: float | None) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        hud.view.finding.lead(GoodId("felt_hat"))
        hud.view.finding.way_m = way_m
        basket(world, "market_bag")

    return arrange


def _look(world: World, hud: Hud) -> None:
    hud.view.finding.looked_at = GoodId("felt_hat")
    _finding("look")(world, hud)


PAST = tuple(
    ports.PastOrder(
        order_id=OrderId(f"order_{number}"), at_secs=1_790_000_000 - 86_000 * number, state=state,
        lines=(
            ports.Line(good_id=GoodId("straw_hat"), quantity=2, place_id=SHOP),
            ports.Line(good_id=GoodId("reading_chair"), quantity=1, place_id=SHOP),
        ),
        price_wei=Wei(229 * COIN), gas_wei=Wei(COIN * 1234 // 10000), chain_id=31337, tx_hash=HASH, block=1034 + number,
        shares=(
            ports.Share(role="seller", to=Address("0xa"), wei=Wei(206 * COIN), who=MakerId("mei_lin")),
            ports.Share(role="room", to=Address("0xc"), wei=Wei(23 * COIN), who=MakerId("hana_mori")),
        ),
        reason="" if state == "final" else "sold_out", money_moved=state == "final",
    )
    for number, state in enumerate(("final", "reverted", "final", "refused", "final", "dropped", "final"))
)  # fmt: skip


def _history(orders: tuple[ports.PastOrder, ...] | None, *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        world.history = orders
        hud.open_panel("history")
        for action in then:
            hud.press(action)

    return arrange


def _speed(world: World, hud: Hud) -> None:
    card = SpeedCard()
    hud.lay(card)
    hud.press("speed")
    card.figures = Figures(
        step_ms=(12.34, 123.45), draw_ms=(116.7, 1234.5), nodes=12_345, triangles=12_345_678, goods=1_024,
        stands=10_000, pending=12, round_trip_ms=1234.5, quality="medium", size_px=(3840, 2160), place=SHOP,
        pos_m=(-123.45, -234.56, -12.34),
    )  # fmt: skip


def _visit(
    state: tuple[str, float, str] = ("", 0.0, ""), failed: tuple[str, str] = ("", ""), typed: str = "", *then: str
) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        concierge = Concierge()
        concierge.state, concierge.failed = state, failed
        hud.join(VisitPanel(concierge))
        hud.open_panel("visit")
        hud.type_text(typed)
        for action in then:
            hud.press(action)

    return arrange


def _copies(copyist: Copyist, *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        hud.join(CopiesPanel(copyist))
        hud.open_panel("copies")
        for action in then:
            hud.press(action)

    return arrange


def _offer(world: World, hud: Hud) -> None:
    tray = BuildPanel(lambda _: None)
    item = Item(id=ItemId("i1"), good=GoodId("reading_chair"), at_m=(0.0, 0.0, 0.0))
    world.rooms[HOME] = Room(id=HOME, name="Home", template=TemplateId("studio"), items=(item,))
    world.building = Building(selected=(item.id,))
    hud.join(tray)
    hud.join(OfferPanel(tray))
    hud.open_panel("offer")


def _publish(printer: Printer, *then: str) -> Callable[[World, Hud], None]:
    def arrange(world: World, hud: Hud) -> None:
        hud.join(PublishPanel(printer))
        hud.open_panel("publish")
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


def _unfit() -> Printer:
    printer = Printer()
    assert printer.packed is not None
    printer.packed = msgspec.structs.replace(printer.packed, missing=(GoodId("gone"),), blank=2)
    printer.failed = ("reason_not_enough_money", "the network fee can't be paid")
    return printer


STATES: dict[str, Callable[[World, Hud], None]] = {
    "hints": lambda world, hud: None,
    "look_at": _look_at("felt_hat"),
    "hand": _hand,
    "trying": _trying,
    "ghost_fits": _ghost(True),
    "ghost_blocked": _ghost(False),
    "captions": _captions,
    "opening": _opening,
    "visit": _visit(),
    "visit_fetching": _visit(("visit_fetching", 0.4, "3.4 MB"), typed="https://rooms.example/mei/river.loquat"),
    "visit_failed": _visit(
        ("", 0.0, ""),
        ("visit_not_found", "bafkreidl6el4fyzrvxbgi2ilvismoiwfct5pp7s2geb7kwgubcvvaavciy was not found: "
         "rooms.example answers 404 for https://rooms.example/ipfs/bafkreidl6el4fyzrvxbgi2ilvismoiwfct5pp7s2geb7kwgub"),
        "0x7d1afa7b718fb893db30a3abc0cfc608aacfebb05d2b1c2f0a6f6e1c55aa19c4", "go_down",
    ),
    "publish": _publish(Printer()),
    "publish_changed": _publish(Printer(b"1" * 32, b"", b"0" * 32), "export"),
    "publish_details": _publish(Printer(b"1" * 32, b"", b"0" * 32), "details"),
    "publish_current": _publish(Printer(bytes(32))),
    "publish_unfit": _publish(_unfit()),
    "copies": _copies(Copyist()),
    "copies_damaged": _copies(
        Copyist("Mei's reading room by the river, as it was in the winter of the long rain", "枇杷小屋",
                failed=("copy_damaged", "this copy of a room is damaged: : name: has the unseen character U+000A; "
                        "furnish the room again")),
        "go_down",
    ),
    "copies_taken": _copies(Copyist("a", "b", "c", "d", "e", "f", "g", done=("copy_taken_but", {"n": 3})),
                            *["go_down"] * 7),
    "copies_saved": _copies(Copyist("a", done=("copy_saved", {"file": "/home/mei/loquat/copies/a 2.loquat-room"}))),
    "offer": _offer,
    "basket": _basket,
    "basket_empty": _panel("basket"),
    "asking": _order("draft"),
    "confirm": _order("quoted", skipped=(GoodId("felt_hat"),)),
    "confirming": _order("confirming"),
    "sent": _order("sent"),
    "unknown": _order("unknown", money_moved=None, reason="waiting_for_chain"),
    "receipt": _order("included", tx_hash=HASH, block=1034, gas_used=209871, money_moved=True),
    "refused": _order("refused", reason="not_enough_money"),
    "too_late": _order("refused", reason="sold_out", tx_hash=HASH),
    "reverted": _order("reverted", reason="sold_out", gas_used=61200),
    "dropped": _order("dropped", reason="transaction_dropped"),
    "inventory": _owned,
    "inventory_empty": _panel("inventory"),
    "sell": _sell,
    "show": _showing("straw_hat"),
    "show_nothing": _panel("show"),
    "show_no_share": _showing("red_print", 0),
    "purse_earned": _earned(CREDITS),
    "purse_earned_details": _earned(CREDITS, "go_down", "details"),
    "purse_none": _earned(Credits(withdrawable_wei=Wei(0), credits=())),
    "purse_coming": _coming,
    "desk": _desk(DESK),
    "desk_sales": _desk(DESK, "go_right", "go_down"),
    "desk_rooms": _desk(DESK, "go_right", "go_right"),
    "desk_offers": _desk(DESK, "go_left", "cancel_all"),
    "desk_none": _desk(NO_DESK),
    "desk_reading": _desk(None),
    "price": _desk(DESK, "confirm", "more", "more"),
    "purse": _panel("purse", "details"),
    "purse_opening": _purse("opening", "funding_purse"),
    "purse_down": _purse("down", "node_unreachable"),
    "start": _panel("start"),
    "start_again": _start_again,
    "paused": _paused,
    "looks_people": _panel("looks"),
    "looks_face": _panel("looks", "tab_right"),
    "looks_eyes": _panel("looks", "tab_right", "tab_right"),
    "looks_hair": _panel("looks", "tab_left", "tab_left", "go_down"),
    "looks_body": _panel("looks", "tab_left", "go_up", "go_up"),
    "pause": _panel("pause"),
    "help": _panel("help"),
    "settings": _panel("settings"),
    "settings_controls": _panel("settings", "tab_right"),
    "settings_picture": _panel("settings", "group:2"),
    "settings_palette": _panel("settings", "group:2", "go_up"),
    "settings_sound": _panel("settings", "tab_left"),
    "keys": _panel("keys"),
    "way": _way(12.4),
    "way_seeking": _way(None),
    "search": _finding("search"),
    "search_typed": _finding("search", "hat", "go_down", "go_down", "go_right"),
    "search_chips": _finding("search", "", "go_down", "confirm", "go_right", "confirm", "go_right", "confirm"),
    "search_none": _finding("search", "zeppelin"),
    "search_reading": _panel("search"),
    "wishlist": _finding("wishlist"),
    "wishlist_empty": _panel("wishlist"),
    "seen": _finding("seen", "", "go_down"),
    "look": _look,
    "compare": _compare(4),
    "compare_two": _compare(2),
    "compare_empty": _panel("compare"),
    "map": _finding("map"),
    "map_elsewhere": _elsewhere,
    "speed": _speed,
    "history": _history(PAST),
    "history_details": _history(PAST, "confirm"),
    "history_empty": _history(()),
    "history_reading": _history(None),
    "keys_waiting": _panel("keys", "confirm"),
    "keys_panels": _panel("keys", "tab_right", "go_up"),
    "keys_last": _panel("keys", "go_up", "go_up"),
    **WORKSHOP_STATES,
    **TRAY_STATES,
    **GROVE_STATES,
}


def receipt_details(world: World, hud: Hud) -> None:
    """The receipt with its details open, and a good that can be worn."""
    world.owned[GoodId("straw_hat")] = 2
    STATES["receipt"](world, hud)
    hud.press("details")


STATES["receipt_details"] = receipt_details
STATES |= lettered(STATES)
