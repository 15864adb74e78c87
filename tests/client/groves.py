"""The orchard's panels in their states: trees of several hands, boxes on their way, forms that are filled in."""

from collections.abc import Callable

from msgspec.structs import replace

from game.client.hud import Hud
from game.client.hud_life import LifePanel
from game.client.hud_orchard_book import OrchardBook
from game.client.hud_plot import PlotPanel
from game.client.hud_trees import TreesPanel
from game.content.harvest_board import Board
from game.core.ids import OrderId, Wei
from game.core.orchard import ContestResult
from game.core.orchard_ports import ORDERED, Can, OrchardOrder
from game.core.ports import PastOrder
from game.core.world import World
from tests.client.test_boxes import market
from tests.client.test_trees import beside
from tests.core.small_orchard import FREE, MINE, THEIRS, in_garden
from tests.core.test_orchard_delivery import BOX, OVER

Arrange = Callable[[World, Hud], None]

BEST = ContestResult(day=20_000, points=2_812, clean=160, bruised=21, best_combo=14, medal="gold")


def join_orchard(hud: Hud) -> None:
    """Give the HUD the panels of the orchard; those of boxes are there already."""
    book, life = OrchardBook(), LifePanel(lambda tree: (), lambda tree, rows, photos: None)
    book.board = Board(rows=(BEST, replace(BEST, day=19_990, points=400, medal="", clean=3), *[BEST] * 3))
    hud.join(book, opened_by="orchard_book")
    for panel in (life, TreesPanel(life), PlotPanel()):
        hud.join(panel)


def stand_in(world: World, there: World) -> None:
    """Let the player of a world stand in another's orchard."""
    world.places[there.place_id] = there.place
    world.place_id, world.body, world.tick = there.place_id, there.body, there.tick
    world.orchard, world.orchard_rules, world.purse.account = there.orchard, there.orchard_rules, there.purse.account


def _in(make: Callable[[], World], panel: str, *then: str) -> Arrange:
    def arrange(world: World, hud: Hud) -> None:
        stand_in(world, make())
        hud.update(world, [], 0.02)
        hud.open_panel(panel)
        for action in then:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arrange


def _dry() -> World:
    world = beside(MINE, waterings_left=4)
    world.orchard.can = Can(drops=0, steps_left_today=0)
    return world


def _ordered(world: World, hud: Hud) -> None:
    stand_in(world, beside(FREE))
    world.history = tuple(
        PastOrder(
            order_id=OrderId(f"adopt_{number}"), at_secs=1_790_000_000 - 90_000 * number, state="final", lines=(),
            price_wei=Wei(number * 10**16), gas_wei=Wei(10**11), shares=(), chain_id=31337, tx_hash="0x" + "7d" * 32,
            block=90 - number, money_moved=True,
            orchard=OrchardOrder(what=what, plot=3, variety="loquat_dawn", quantity=1 + 11 * number),
        )
        for number, what in enumerate(ORDERED)
    )  # fmt: skip
    hud.open_panel("history")


GROVE_STATES: dict[str, Arrange] = {
    "book_own": _in(lambda: beside(MINE, waterings_left=4, tended=("prune",)), "orchard_book"),
    "book_graft_failed": _in(lambda: beside(MINE, grafted=True), "orchard_book"),
    "book_dry": _in(_dry, "orchard_book"),
    "book_free": _in(lambda: beside(FREE), "orchard_book"),
    "book_theirs": _in(lambda: beside(THEIRS), "orchard_book"),
    "book_today": _in(lambda: beside(MINE), "orchard_book", "tab_right"),
    "book_nothing_near": _in(in_garden, "orchard_book", "page:0"),
    "history_orchard": _ordered,
    "life": _in(lambda: beside(MINE, lines=9), "life"),
    "trees": _in(lambda: beside(MINE), "trees"),
    "plot": _in(lambda: beside(FREE), "plot"),
    **{f"boxes_{state}": _in(lambda state=state: market(state), "boxes") for state in (
        "opened", "shipped", "disputed", "paid")},
    "boxes_late": _in(lambda: market(now_secs=BOX.act_by_secs + 1), "boxes"),
    "boxes_over": _in(lambda: market("paid", now_secs=OVER), "boxes"),
    "boxes_none": _in(in_garden, "boxes"),
    "address": _in(market, "boxes", "send:1"),
    "address_wrong": _in(market, "boxes", "send:1", "go"),
    "reason": _in(lambda: market("shipped"), "boxes", "act:5:dispute", "ready:too_few"),
    "reason_wrong": _in(lambda: market("shipped"), "boxes", "act:5:dispute", "go"),
}  # fmt: skip
