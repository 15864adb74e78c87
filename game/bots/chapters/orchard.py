"""The orchard: a tree is adopted, cared for and picked; fruit is bought at the scale; one box arrives, one is repaid.

Time is the dev node's own: its clock runs ahead, so a season passes in a second. The growers are the street's; their
desk is `main.py grower`, as they would use it.
"""

from collections.abc import Callable
from math import radians

from game.bots import orchard_checks as checks
from game.bots.chapters.walk import CHAIN_SECS
from game.bots.growers import GrowersPage
from game.bots.tour import Act, require
from game.content.letter_box import inbox
from game.core.ids import DoorId, PlaceId
from game.core.orchard import Water
from game.core.orchard_fruit import hanging
from game.core.orchard_trees import spot_in
from game.core.picking import Fruit

ORCHARD = PlaceId("orchard")
APPLES, ORANGES = 1, 3  # plots of the street's growers, see scenes/orchard/plots.toml
OURS = APPLES << 16 | 11  # at the end of the first row, by the path
THEIRS = ORANGES << 16  # the nearest to the square
VILLAGES = 4  # an orange of the village's, beside the square
SCION = "apple_russet"
LIFE = ["planted", "adopted", "watered", "prune", "grafted"]  # of our tree, once it is grafted
DAY_SECS = 86_400
TO_BLOSSOM_DAYS, TO_RIPE_DAYS, TIMEOUT_DAYS = 22, 41, 4
TRACKING = "SF1234567"
ADDRESS = {
    "name": "Ada Pilz", "street": "Mill Lane 3", "postcode": "NR1 3QU", "town": "Norwich", "country": "United Kingdom",
}  # fmt: skip
HANDY_M = 1.95  # above the sole: what a hand reaches without a ladder
ASIDE_M = 0.75
IN_CONTEST = 4  # fruits
REACH_FRAMES = 20  # until the hand is at the fruit


def season(act: Act) -> None:
    """A whole season, from the gate to the door."""
    person, world = act.person, act.person.world
    person.go_through(DoorId("orchard_gate"))
    person.until(lambda: world.purse.state == "open", within_secs=CHAIN_SECS, what="the market to open")
    person.until(lambda: len(world.orchard.plots) >= ORANGES, within_secs=CHAIN_SECS, what="the plots to be told")
    chain, me = act.witness.orchard, world.purse.account
    _settle(act)
    act.beat("orchard", lambda: checks.is_in_orchard(act, chain, ORCHARD))
    _care(act, chain)
    _pick_ours(act, chain)
    _contest(act)
    _buy_at_scale(act, chain)
    ours = _send_home(act, APPLES)
    act.beat("redeem", lambda: checks.is_opened(act, chain, ours, APPLES, 2))
    with GrowersPage("old_wu", me) as page:
        _pack_and_ship(act, chain, page, ours)
    _receive(act, chain, ours)
    theirs = _send_home(act, ORANGES)
    _pass_days(act, chain, TIMEOUT_DAYS)
    before = act.witness.credit_wei(me)
    value = chain.box(theirs).value_wei
    _do_to_box(act, theirs, "refund", "refunded")
    act.beat("refund_after_timeout", lambda: checks.was_repaid(act, chain, theirs, before, value))


# --- a tree of one's own ----------------------------------------------------------------------------------------------


def _care(act: Act, chain: checks.Chain) -> None:
    person, world = act.person, act.person.world
    spot = spot_in(world.places, OURS)
    require(spot is not None, f"the tree {OURS} stands nowhere")
    assert spot is not None
    x, y, z = spot.at_m
    held_wei = chain.held_wei(APPLES)
    person.go_to(x + 0.4, y - 2.2, run=True)
    person.face((x, y, z + 1.5))
    act.press("orchard_book")
    act.click("open:plot")
    act.click("adopt")
    person.until(lambda: checks.is_mine(act, OURS), within_secs=CHAIN_SECS, what="the tree to be adopted")
    person.frames(6)
    act.beat("plant", lambda: checks.is_adopted(act, chain, OURS, held_wei))
    need = world.orchard.plots[APPLES].waterings
    act.click("water")
    person.do(Water(tree=OURS, times=need - 1))
    act.click("tend:prune")
    person.until(lambda: checks.left(act, OURS) == 0 and not world.orchard.under_way, within_secs=CHAIN_SECS,
                 what="the water to be told")  # fmt: skip
    act.beat("water", lambda: checks.is_watered(act, chain, OURS, need))
    act.click(f"graft:{SCION}")
    person.until(lambda: chain.tree(OURS).grafted, within_secs=CHAIN_SECS, what="the graft to be looked at")
    variety = chain.tree(OURS).variety
    person.until(lambda: checks.variety(act, OURS) == variety, within_secs=CHAIN_SECS, what="the variety to be told")
    person.frames(6)
    act.beat("graft", lambda: checks.is_grafted(act, chain, OURS, SCION))
    act.click("open:life")
    person.until(lambda: checks.life(act, OURS) == LIFE, within_secs=CHAIN_SECS, what="the tree's life to be told")
    act.press("back")
    act.press("back")
    _pass_days(act, chain, TO_BLOSSOM_DAYS)
    _view(act, (x + 2.4, y - 4.4), (x - 1.5, y, z + 1.7))
    act.beat("blossom", lambda: checks.is_in_stage(act, chain, OURS, "blossom"))
    _pass_days(act, chain, TO_RIPE_DAYS)
    _view(act, (x + 1.6, y - 3.2), (x - 0.2, y, z + 1.7))
    act.beat("ripe", lambda: checks.is_in_stage(act, chain, OURS, "ripe"))


def _pick_ours(act: Act, chain: checks.Chain) -> None:
    _pick(act, OURS)
    _take_hold(act, OURS)
    act.beat("pick", lambda: _harvested(act, chain))


def _harvested(act: Act, chain: checks.Chain) -> str:
    """Pull off what is in the hand, and have all of it harvested at the scale."""
    _pull_off(act, OURS)
    _to_scale(act)
    act.press("checkout")
    act.press("checkout")
    act.person.until(lambda: checks.held(act, APPLES) == 2, within_secs=CHAIN_SECS, what="the harvest to be told")
    act.person.frames(6)
    return checks.is_harvested(act, chain, OURS, 2)


def _contest(act: Act) -> None:
    world = act.person.world
    _near(act, VILLAGES)
    act.press("orchard_book")
    act.click("contest")
    require(world.orchard.contest is not None, "the contest did not begin")
    for _ in range(IN_CONTEST):
        _pick(act, VILLAGES)
    _take_hold(act, VILLAGES)
    act.beat("contest", lambda: checks.is_in_contest(act, IN_CONTEST))
    _pull_off(act, VILLAGES)
    act.press("orchard_book")
    act.click("contest")
    require(world.orchard.contest is None, "the contest did not end")


# --- the shop ---------------------------------------------------------------------------------------------------------


def _buy_at_scale(act: Act, chain: checks.Chain) -> None:
    before = chain.held_wei(ORANGES)
    for _ in range(2):
        _pick(act, THEIRS)
    _to_scale(act)
    act.press("checkout")
    weighed = act.person.world.orchard.weighed
    require(weighed is not None and weighed.to_pay == 2, f"the scale shows {weighed}")
    act.person.frames(6)
    act.press("checkout")
    act.person.until(lambda: checks.held(act, ORANGES) == 2, within_secs=CHAIN_SECS, what="the fruit to be paid")
    act.person.frames(6)
    act.beat("scale_checkout", lambda: checks.is_paid_at_scale(act, chain, ORANGES, 2, before))


def _send_home(act: Act, plot: int) -> int:
    """Have the fruit of a plot sent from the desk; the number of the delivery."""
    person, world = act.person, act.person.world
    desk = world.place.desk
    assert desk is not None, "the orchard has a desk"
    if abs(world.body.pos_m[0] - desk.at_m[0]) > 1.0:
        person.go_to(desk.at_m[0] - 0.4, desk.at_m[1])
        person.face((desk.at_m[0] + 1.2, desk.at_m[1], 1.1))
    before = set(world.orchard.deliveries)
    act.screen.hud.open_panel("boxes")
    person.frames(2)
    act.click(f"send:{plot}")
    fields = list(act.screen.hud.panels["address"].texts)
    for name, words in ADDRESS.items():
        act.click(f"row:{fields.index(name)}")
        person.type(words)
    act.click("go")
    person.until(lambda: bool(set(world.orchard.deliveries) - before), within_secs=CHAIN_SECS, what="the box")
    act.screen.hud.open_panel("boxes")
    person.frames(6)
    return int(*(set(world.orchard.deliveries) - before))


def _pack_and_ship(act: Act, chain: checks.Chain, page: GrowersPage, box: int) -> None:
    person, world = act.person, act.person.world
    letters = inbox(act.screen.options.home)
    person.until(lambda: box in letters.deliveries() or page.has_letter(box), within_secs=CHAIN_SECS,
                 what="the letter to be carried")  # fmt: skip
    order = page.order(box)
    page.act("accept", box)
    label = page.label(box)
    person.until(lambda: world.orchard.deliveries[box].state == "accepted", within_secs=CHAIN_SECS, what="the packing")
    person.frames(4)
    act.beat("grower_packs", lambda: checks.is_packed(chain, box, order, label, ADDRESS))
    page.ship(order["code"], TRACKING)
    person.until(lambda: world.orchard.deliveries[box].state == "shipped", within_secs=CHAIN_SECS, what="the shipping")
    checks.hear_of(act, box)
    person.frames(4)
    act.beat("shipped", lambda: checks.is_shipped(act, chain, box, TRACKING))


def _receive(act: Act, chain: checks.Chain, box: int) -> None:
    told = chain.box(box)
    before = act.witness.credit_wei(told.seller)
    _do_to_box(act, box, "confirm", "paid")
    act.beat("received", lambda: checks.is_received(act, chain, box, before, told))


def _do_to_box(act: Act, box: int, deed: str, state: str) -> None:
    person, world = act.person, act.person.world
    act.screen.hud.open_panel("boxes")
    person.frames(2)
    act.click(f"act:{box}:{deed}")
    person.until(lambda: world.orchard.deliveries[box].state == state, within_secs=CHAIN_SECS, what=f"{deed}")
    person.until(lambda: not world.orchard.under_way, within_secs=CHAIN_SECS, what="the answer")
    person.frames(4)


# --- hands and feet ---------------------------------------------------------------------------------------------------


def _near(act: Act, tree: int) -> None:
    spot = spot_in(act.person.world.places, tree)
    assert spot is not None
    act.person.go_to(spot.at_m[0], spot.at_m[1] - 1.4, run=True)


def _pick(act: Act, tree: int) -> Fruit:
    """Pick a ripe fruit of a tree by the keys; what came into the basket."""
    _take_hold(act, tree)
    return _pull_off(act, tree)


def _take_hold(act: Act, tree: int) -> None:
    """Take a ripe fruit of a tree into the hand and twist it as far as its stalk needs; the hand keeps holding."""
    person, world = act.person, act.person.world
    _aim(act, tree)
    holds = act.screen.input.handle
    take, left = (act.screen.settings.keys_of(name)[0] for name in ("take", "move_left"))
    holds(take, True)
    person.frames(2)
    found = hanging(world, tree)
    require(world.orchard.grasped is not None and found is not None, f"nothing of {tree} is in the hand")
    assert found is not None
    holds(left, True)
    for _ in range(120):
        grasped = world.orchard.grasped
        if grasped is None or grasped.held.twist_rad >= radians(found.variety.twist_deg):
            break
        person.frames()
    holds(left, False)
    person.frames(REACH_FRAMES)


def _pull_off(act: Act, tree: int) -> Fruit:
    """Pull off what the hand holds; what came into the basket."""
    person, world = act.person, act.person.world
    before, holds = len(world.orchard.basket), act.screen.input.handle
    take, back = (act.screen.settings.keys_of(name)[0] for name in ("take", "move_back"))
    holds(back, True)
    for _ in range(240):
        if world.orchard.grasped is None:
            break
        person.frames()
    holds(back, False)
    holds(take, False)
    person.frames(2)
    require(len(world.orchard.basket) == before + 1, f"nothing came off {tree}: {world.orchard.grasped}")
    return world.orchard.basket[-1]


def _aim(act: Act, tree: int) -> None:
    """Stand before a ripe fruit that a hand can reach, and look at it."""
    person, world = act.person, act.person.world
    found, rules = hanging(world, tree), world.orchard_rules
    assert found is not None
    assert found.middle_m is not None
    assert rules is not None
    spot = spot_in(world.places, tree)
    assert spot is not None
    ripe = found.ripeness >= rules.picking.stroke.ripe_from + 0.08
    handy = found.middle_m[:, 2] - spot.at_m[2] <= HANDY_M
    order = [int(each) for each in (ripe & handy & found.there).nonzero()[0]]
    order.sort(key=lambda index: float(found.middle_m[index][1]))  # the southern side first: one comes from there
    for index in order[:12]:
        x, y, z = (float(each) for each in found.middle_m[index])
        person.go_to(x, y - ASIDE_M)
        person.face((x, y, z))
        aim = world.orchard.aim
        if aim is not None and aim.tree == tree and not aim.why_not and float(found.ripeness[aim.index]) >= 0.7:
            return
    raise checks.nothing_ripe(tree, len(order))


def _to_scale(act: Act) -> None:
    counter = act.person.world.place.counter
    assert counter is not None, "the orchard has a scale"
    act.person.go_to(counter.at_m[0], counter.at_m[1] + 0.1, run=True)
    act.person.face((counter.at_m[0], counter.at_m[1] + 1.35, 1.15))
    act.person.frames(4)


def _view(act: Act, spot: tuple[float, float], point: tuple[float, float, float]) -> None:
    act.person.go_to(*spot)
    act.person.face(point)
    _settle(act)


def _settle(act: Act) -> None:
    """Let the place be drawn as it is."""
    here = act.screen.street.here
    act.person.until(lambda: here.built and not act.screen.street.urgent, within_secs=CHAIN_SECS, what="the place")
    act.person.frames(40)  # in which every tree is asked how it looks now
    act.person.until(lambda: here.trees.settled, within_secs=CHAIN_SECS, what="the trees to be drawn")


def _pass_days(act: Act, chain: checks.Chain, days: int) -> None:
    chain.pass_secs(days * DAY_SECS)
    then = chain.now_secs()
    act.person.until(lambda: act.person.world.orchard.now_secs >= then, within_secs=CHAIN_SECS, what="the time to pass")
    act.person.frames(2)


ACTS: tuple[tuple[str, Callable[[Act], None]], ...] = (("picker", season),)
