"""One's own room as a shop: a maker makes and publishes, a host shows what they made, a visitor buys it and sells on.

Three players with homes of their own on one node. What passes between them is what friends would tell each other: the
number of a room, and the address at which each of them serves their rooms with `main.py share`.
"""

import time
from collections.abc import Callable

from game.bots import room_checks as checks
from game.bots.chapters.walk import CHAIN_SECS
from game.bots.clay import loquats
from game.bots.tour import Act, require
from game.client.hud_terms import FIELDS
from game.client.making import Making
from game.client.publishing import Publishing
from game.client.turntable import STILL_RAD
from game.client.visiting import Visiting
from game.content.diy.workbench import recipes
from game.core import building
from game.core.goods import Vec3
from game.core.ids import HOME, GoodId, PlaceId, StandId
from game.core.ports import FINAL_STATES
from game.core.world import Order

MUG_TERMS = {
    "name": "Loquat mug", "story": "Thrown on Monday, glazed on Tuesday.", "tags": "mug tea",
    "price": checks.MUG_COINS, "edition": f"{checks.MUG_EDITION}", "royalty": f"{checks.MUG_ROYALTY_PERCENT}",
    "room_share": f"{checks.MUG_SHARE_PERCENT}",
}  # fmt: skip
PLINTH_M = 0.75
CLAY_TERMS = {
    "name": "Loquats in clay", "story": "As heavy as a summer.", "tags": "clay fruit", "price": "48", "edition": "12",
    "royalty": "8", "room_share": "15",
}  # fmt: skip


# --- the acts -------------------------------------------------------------------------------------------------------


def making(act: Act) -> None:
    """The maker comes home, furnishes, makes two goods, signs for them, and opens the room to others."""
    person, world = act.person, act.person.world
    person.go_through(next(door for door in world.place.doors if door.to_place == HOME).id)
    _open(act)
    _wait(act, lambda: world.trade.home is not None, "the home to be opened")
    _view(act, (2.9, -2.35), (-0.9, 1.4, 0.9))
    act.beat("home", lambda: checks.is_at_home(act))
    _carry(act, checks.CARRIED, (-2.2, -1.7), (-0.55, -0.75, 0.05))
    act.beat("build_mode", lambda: checks.sets_down(act))
    _close(act)
    person.go_to(2.4, -2.0)
    person.face((-0.9, 1.4, 0.9))
    _import_clay(act)
    _shape_a_mug(act)
    goods = [_sign(act, "loquats", CLAY_TERMS), _sign(act, "mug", MUG_TERMS, beat="sign_offer")]
    act.tell("clay", goods[0])
    act.tell("mug", goods[1])
    _publish(act, "maker", beat="publish")


def hosting(act: Act) -> None:
    """The host sees both goods in the maker's room, and shows them in a room of their own."""
    world = act.person.world
    _open(act)
    _visit(act, act.told("maker"))
    for good in (act.told("clay"), act.told("mug")):
        _show_at_home(act, GoodId(good))
    _travel_home(act)
    _wait(act, lambda: world.trade.home is not None, "the home to be opened")
    _publish(act, "host")


def visiting(act: Act) -> None:
    """The visitor finds the mug at the host's, and buys it there."""
    person = act.person
    mug = GoodId(act.told("mug"))
    _open(act)
    place = _visit(act, act.told("host"))
    _show_at_home(act, GoodId(act.told("clay")))
    person.look_at_stand(checks.stand_of(act, mug), from_m=(2.05, 1.9, 1.7, 1.4, 1.1))  # with the room around it
    person.frames(20)
    act.beat("visitor_enters", lambda: checks.is_in_hosts_room(act, place, mug))
    order = _buy(act, mug)
    act.beat("visitor_buys", lambda: checks.was_paid(act, order, mug))


def earning(act: Act) -> None:
    """The host sees what came in, and takes it out of the till."""
    person, world = act.person, act.person.world
    _open(act)
    act.press("purse")
    _wait(act, lambda: world.trade.credits is not None, "the credits to be read")
    person.frames(3, draw=True)  # in which the goods' pictures are taken
    act.beat("earnings", lambda: checks.has_earned(act, GoodId(act.told("mug"))))
    before, waits = act.witness.balance_wei(world.purse.account), world.trade.withdrawable_wei
    person.seen.clear()
    act.press("confirm")
    _wait(act, lambda: bool(checks.withdrawals(act)), "the withdrawal")
    _wait(act, lambda: bool(world.trade.credits and world.trade.credits.payouts), "the books to tell of it")
    person.frames(20)
    act.beat("withdraw", lambda: checks.was_withdrawn(act, before, waits))


def showing(act: Act) -> None:
    """The visitor's home shows what they liked at the host's, and sells the mug on."""
    person, world = act.person, act.person.world
    clay, mug = GoodId(act.told("clay")), GoodId(act.told("mug"))
    _open(act)
    _travel_home(act)
    _wait(act, lambda: world.trade.home is not None, "the home to be opened")
    _wait(act, lambda: world.owned.get(mug) == 1, "the mug to be read")
    _carry(act, checks.CARRIED, (0.9, -1.6), (-0.8, -0.6, 0.05))
    _set_down(act)
    _carry(act, mug, (0.3, -1.45), (-0.8, -0.6, PLINTH_M))
    _set_down(act)
    _offer(act)
    _close(act)
    _publish(act, "visitor")
    person.look_at_stand(checks.stand_of(act, clay))
    person.frames(20)
    act.beat("show_in_my_room", lambda: checks.is_shown(act, clay))


def buying_back(act: Act) -> None:
    """The maker finds the mug at the visitor's, and buys it back: its stand is empty then."""
    mug = GoodId(act.told("mug"))
    _open(act)
    place = _visit(act, act.told("visitor"))
    stand = checks.stand_of(act, mug)
    act.person.look_at_stand(stand)
    order = _buy(act, mug)
    act.press("back")
    _gaze_at_item(act, place, stand)
    act.beat("resale", lambda: checks.was_resold(act, order, mug, place, stand))


# --- what they do ---------------------------------------------------------------------------------------------------


def _wait(act: Act, happened: Callable[[], bool], what: str) -> None:
    act.person.until(happened, within_secs=CHAIN_SECS, what=what)


def _open(act: Act) -> None:
    world = act.person.world
    _wait(act, lambda: world.purse.state == "open", "the market to open")
    act.report.timing.world_ready_s = act.seconds()


def _view(act: Act, spot: tuple[float, float], point: Vec3) -> None:
    """Stand somewhere and look at something, with all there that belongs there."""
    act.person.go_to(*spot)
    act.person.face(point)
    _settle(act)


def _settle(act: Act) -> None:
    """Let the place be drawn as it is: loaded, lit, with what shines and whoever is in it."""
    here = act.screen.street.here
    _wait(act, lambda: here.built and not act.screen.street.urgent, "the place to be loaded")
    act.person.frames(60)


def _carry(act: Act, thing: str, spot: tuple[float, float], point: Vec3) -> None:
    """Take something out of the tray and look, from a spot, at where it is to stand."""
    person, world = act.person, act.person.world
    if act.screen.hud.view.open_panel != "build":
        act.press("build")
        _wait(act, lambda: world.building is not None, "build mode")
    panel = act.screen.hud.panels["build"]
    while thing not in {str(each.id) for each in panel.things(act.screen.hud.view)}:
        act.press("tab_right")
    act.click(f"take:{thing}")
    person.go_to(*spot)
    person.face(point)
    person.frames(6)


def _set_down(act: Act) -> None:
    """Set down what is carried; it is selected then."""
    world = act.person.world
    carried = world.building.carried if world.building is not None else None
    require(carried is not None and carried.fit.kind == building.FITS, f"it can't stand there: {carried}")
    act.press("confirm")
    chosen = world.building.selected if world.building is not None else ()
    require(len(chosen) == 1, f"set down was {chosen}")


def _offer(act: Act) -> None:
    """Offer the good of one's own that is selected, at the price that the tour asks."""
    world = act.person.world
    act.click("act:offer")
    card = act.screen.hud.panels["offer"]
    for _ in range(100):
        if card.price_wei == checks.RESALE_WEI:
            break
        act.press("go_right" if card.price_wei < checks.RESALE_WEI else "go_left")
    require(card.share_bps == checks.RESALE_SHARE_PERCENT * 100, f"rooms get {card.share_bps} of 10,000")
    act.click("sign")
    _wait(act, lambda: bool(world.offers), "the mug to be offered")


def _close(act: Act) -> None:
    """Go back until no panel is open."""
    for _ in range(6):
        if not act.screen.hud.view.open_panel:
            return
        act.press("back")
    require(False, f"the panel {act.screen.hud.view.open_panel} does not close")


def _import_clay(act: Act) -> None:
    screen = act.screen
    folder = screen.options.home / "models"
    folder.mkdir(exist_ok=True)
    (folder / "loquats.glb").write_bytes(loquats())
    bench = screen.part(Making)
    act.press("workshop")
    screen.hud.panels["import"].folder = folder
    act.click("import")
    act.press("go_down")
    act.press("confirm")
    _wait(act, lambda: bench.made_draft is not None or bench.refused is not None, "the file to be read")
    act.person.frames(4)
    act.beat("import_glb", lambda: checks.is_imported(act, bench))
    act.press("back")


def _shape_a_mug(act: Act) -> None:
    person, screen = act.person, act.screen
    bench = screen.part(Making)
    act.click(f"recipe:{list(recipes()).index('mug')}")
    names = [knob.name for knob in bench.recipe.knobs]
    for name, colour in (("glaze", 4), ("foot", 12), ("inside", 0)):
        if name in names:
            act.click(f"pick:{names.index(name)}:{colour}")
    while screen.hud.panels["diy"].at != names.index("words"):
        act.press("go_down")
    while bench.values["words"]:
        person.press("backspace")
    person.type(checks.MUG_WORDS)
    turns = bench.turns
    _wait(act, lambda: bench.turns > turns and not bench.busy, "the mug to be shaped")
    act.click("keep")
    _wait(act, lambda: bench.made_draft is not None, "the mug to be kept")
    bench.table.turn_rad = STILL_RAD / 3  # so that its words are seen
    act.beat("diy", lambda: checks.is_shaped(act, bench))
    act.press("back")


def _sign(act: Act, called: str, terms: dict[str, str], beat: str = "") -> GoodId:
    """Write a draft's words and terms, sign, and stand the good in one's room."""
    person, screen = act.person, act.screen
    bench, world = screen.part(Making), person.world
    if screen.hud.view.open_panel != "workshop":
        screen.hud.open_panel("workshop")
    person.frames(2)
    number = next(n for n, draft in enumerate(bench.drafts) if called in (draft.recipe, draft.source.split(".")[0]))
    act.click(f"draft:{number}")
    if screen.hud.view.open_panel == "workshop":  # the first press chose it
        act.click(f"draft:{number}")
    panel = screen.hud.panels["terms"]
    for row, field in enumerate(FIELDS):
        if field.name in terms:
            act.click(f"row:{row}")
            while field.read(panel.draft, screen.hud.view):
                person.press("backspace")
            person.type(terms[field.name])
    before = act.witness.balance_wei(world.purse.account)
    act.click("sign")
    _wait(act, lambda: panel.draft.good in world.trade.signed, "the offer to be signed")
    good = GoodId(panel.draft.good)
    person.frames(4)
    if beat:
        act.beat(beat, lambda: checks.is_signed(act, good, before))
    act.click("show")
    require(checks.shows_at_home(act, good), f"{good} did not come to the maker's room")
    act.press("back")
    return good


def _publish(act: Act, player: str, beat: str = "") -> None:
    """Let others see the room, from the panel, and tell them its number."""
    person, screen = act.person, act.screen
    part = screen.part(Publishing)
    screen.hud.open_panel("publish")
    _wait(act, lambda: part.packed is not None and not part.doing, "the room to be packed")
    require(not part.failed[0] and not part.hindered, f"{part.failed} {part.hindered}")
    before = len(part.versions)
    act.press("confirm")
    _wait(act, lambda: len(part.versions) > before or bool(part.failed[0]), "the publication")
    act.press("details")
    person.frames(4)
    if beat:
        act.beat(beat, lambda: checks.is_published(act, part))
    else:
        checks.is_published(act, part)
    act.press("back")
    act.tell(player, part.number)
    act.tell(f"{player}_account", person.world.purse.account)


def _visit(act: Act, number: str) -> PlaceId:
    """Write a room's number into the line for it, and be brought there."""
    person, screen = act.person, act.screen
    part = screen.part(Visiting)
    place = PlaceId(f"r{int(number, 16):064x}"[:21])
    screen.hud.open_panel("visit")
    person.type(number)
    act.press("confirm")
    _wait(act, lambda: person.world.place_id == place or bool(part.failed[0]), "the way there")
    require(not part.failed[0], f"the room {number} could not be visited: {part.failed}")
    _wait(act, lambda: place in person.world.trade.rooms, "the chain's word on it")
    _settle(act)
    return place


def _show_at_home(act: Act, good: GoodId) -> None:
    """Look at a good, and put it on display at home after a look at what that brings."""
    act.person.look_at_stand(checks.stand_of(act, good))
    act.press("show_in_room")
    act.press("confirm")
    require(checks.shows_at_home(act, good), f"{good} did not come home")


def _travel_home(act: Act) -> None:
    act.screen.hud.view.travel_to = HOME
    _wait(act, lambda: act.person.world.place_id == HOME, "the way home")
    _settle(act)


def _buy(act: Act, good: GoodId) -> Order:
    """Take the good that is looked at to the counter, and pay for it."""
    person, world = act.person, act.person.world
    counter = world.place.counter
    assert counter is not None, "every template has a counter"
    act.press("take")
    act.press("basket_add")
    require(world.basket == {good: 1}, f"the basket holds {world.basket}")
    act.press("put_back")
    person.go_to(counter.at_m[0], counter.at_m[1])
    person.face((0.0, 0.8, 1.0))
    act.press("checkout")
    _wait(act, lambda: any(o.state in ("quoted", "refused") for o in world.orders.values()), "the quote")
    order = list(world.orders.values())[-1]
    require(order.state == "quoted", f"the order is {order.state}: {order.reason} {order.detail}")
    clicked = time.monotonic()
    act.press("confirm")
    _wait(act, lambda: order.state in FINAL_STATES, "the order's end")
    require(order.state == "final", f"the order is {order.state}: {order.reason} {order.detail}")
    _wait(act, lambda: world.owned.get(good, 0) > 0, "the good to arrive")
    act.report.timing.click_to_owned_s = time.monotonic() - clicked
    person.frames(20)
    return order


def _gaze_at_item(act: Act, place: PlaceId, stand: StandId) -> None:
    """Look at where a good stood."""
    item = next(item for item in act.person.world.rooms[place].items if str(item.id) == str(stand))
    x, y, z = item.at_m
    act.person.go_to(x + 1.5, y - 1.2)
    act.person.face((x, y, z - 0.1))
    act.person.frames(20)


ACTS: tuple[tuple[str, Callable[[Act], None]], ...] = (
    ("maker", making), ("host", hosting), ("visitor", visiting), ("host", earning), ("visitor", showing),
    ("maker", buying_back),
)  # fmt: skip
