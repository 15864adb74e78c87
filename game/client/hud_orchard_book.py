"""The orchard's book, beside the picture: the care of the tree at hand; the contest, its board, children's mode."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_controls import tabs
from game.client.hud_orchard import known_variety_words, order_state, order_words, variety_words
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.tree_words import graft_words
from game.content.harvest_board import Board
from game.core import orchard as o
from game.core.commands import Command
from game.core.day_orders import orders_of
from game.core.orchard import drops_shown, waterings_shown
from game.core.orchard_fruit import growth_of, variety_of
from game.core.orchard_ports import TENDINGS, Plot, TreeFact
from game.core.rules.orchard_aim import rules_here, trees_near
from game.core.rules.orchard_care import GRAFT_STAGES, NEAREST_M

WIDE = 400.0
PAGES = ("tree_at_hand", "orchard_today")
BOARD_ROWS = 5
BUY_DROPS = 5


def tree_at_hand(view: View) -> int | None:
    """The tree that is aimed at, or the nearest; None for none."""
    aim = view.world.orchard.aim
    near = [aim.tree] if aim is not None else trees_near(view.world, NEAREST_M)
    return near[0] if near else None


class OrchardBook(Piece):
    """Two pages at the right side: the tree at hand, which stays in sight, and the day's play."""

    name = "orchard_book"
    anchor = "right"
    modal = True

    def __init__(self) -> None:
        self.board = Board()
        self.page = 0

    def opened(self, view: View) -> None:
        tree = tree_at_hand(view)
        self.page = 0 if tree is not None and tree >> 16 != o.VILLAGE else 1

    def veil_key(self, view: View) -> object:
        return self.name

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """The tree is not veiled."""

    def can_open(self, view: View) -> bool:
        return rules_here(view.world) is not None

    def key(self, view: View) -> object:
        known, tree = view.world.orchard, tree_at_hand(view)
        return (self.page, known.today, known.contest is None, known.child, self.board, known.weighed,
                len(known.basket), tree, known.tree(tree) if tree is not None else None, known.can,
                tuple(known.under_way), known.now_secs, view.world.purse.state)  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("orchard_book"), WIDE)
        labels = [(view.t(name), f"page:{number}") for number, name in enumerate(PAGES)]
        y += tabs(paper, PAD, y, inner, labels, self.page) + 14
        y = (self._today if self.page else self._tree)(paper, view, PAD, y, inner) + 10
        keys = [(f"{view.key('tab_left')} {view.key('tab_right')}".strip(), view.t("do_turn_page"))]
        y += paper.hints(PAD, y, inner, [pair for pair in keys if pair[0]])
        paper.sheet(WIDE, y + 8, radius=22)

    def _today(self, paper: Paper, view: View, x: float, y: float, wide: float) -> float:
        known, rules = view.world.orchard, view.world.orchard_rules
        assert rules is not None
        y = _heading(paper, x, y, view.t("orders_of_day"))
        for order in orders_of(rules.day_orders, known.today.day):
            y = _fact(paper, x, y, wide, order_words(order, view), order_state(order, view))
        y = _fact(paper, x, y, wide, view.t("points_today"), str(known.today.points)) + 6
        y = _heading(paper, x, y, view.t("contest"))
        words = "do_end_contest" if known.contest is not None else "do_start_contest"
        y += paper.button(x, y, wide, view.t(words), "contest", kind="main") + 10
        y += paper.button(x, y, wide, view.t("child_on" if known.child else "child_off"), "child") + 10
        half = (wide - 10) / 2
        paper.button(x, y, half, view.t("trees"), "open:trees")
        y += paper.button(x + half + 10, y, half, view.t("boxes"), "open:boxes") + 12
        if known.basket and known.contest is None:
            y += paper.button(x, y, wide, view.t("do_leave_fruit"), "leave_fruit") + 12
        if not self.board.rows:
            return y + paper.text(x, y, view.t("board_empty"), theme.SMALL, wide=wide, colour=theme.INK_SOFT)
        for number, row in enumerate(self.board.rows[:BOARD_ROWS], start=1):
            medal = view.t(f"medal_{row.medal}") if row.medal else view.t("medal_none")
            words = view.t("board_row", n=number, medal=medal, clean=row.clean, all=row.clean + row.bruised)
            y = _fact(paper, x, y, wide, words, str(row.points))
        return y

    def _tree(self, paper: Paper, view: View, x: float, y: float, wide: float) -> float:
        known, tree = view.world.orchard, tree_at_hand(view)
        if tree is None:
            return y + paper.text(x, y, view.t("reason_no_tree_near"), theme.BODY, wide=wide, colour=theme.INK_SOFT)
        y += paper.text(x, y, variety_words(variety_of(view.world, tree), view), theme.LEAD, bold=True, wide=wide) + 4
        fact, plot = known.tree(tree), known.plots.get(tree >> 16)
        if fact is None or plot is None:
            return y + paper.text(x, y, view.t("tree_of_village"), theme.BODY, wide=wide, colour=theme.INK_SOFT)
        grown = growth_of(view.world, tree)
        if grown is not None:
            y = _fact(paper, x, y, wide, view.t("tree_stage"), view.t(f"stage_{grown.stage}"))
        left, waits = waterings_shown(known, tree)
        drops, pours = drops_shown(known)
        y = _fact(paper, x, y, wide, view.t("tree_waterings"), _waiting(view, str(left), waits=waits))
        y = _fact(paper, x, y, wide, view.t("can_drops"), _waiting(view, str(drops), waits=pours)) + 6
        half = (wide - 10) / 2
        paper.button(x, y, half, view.t("life"), "open:life")
        y += paper.button(x + half + 10, y, half, view.t("plot"), "open:plot") + 10
        if fact.adopter is None:
            words = view.t("do_adopt", coins=view.texts.coins(plot.adoption_price_wei))
            return y + paper.button(x, y, wide, words, "open:plot", kind="main") + 10
        if fact.adopter != view.world.purse.account:
            return y + paper.button(x, y, wide, view.t("do_visit"), "visit", kind="main" if left else "bare")
        return self._own(paper, view, x, y, wide, fact, plot)

    def _own(
        self, paper: Paper, view: View, x: float, y: float, wide: float, fact: TreeFact, plot: Plot
    ) -> float:
        """What can be done to a tree of one's own; what is its turn stands out, what can't be done now is pale."""
        known, rules, grown = view.world.orchard, view.world.orchard_rules, growth_of(view.world, fact.tree)
        half, stage = (wide - 10) / 2, grown.stage if grown is not None else ""
        thirsty, dry = waterings_shown(known, fact.tree)[0] > 0, drops_shown(known)[0] < 1
        pours, buys = ("main" if thirsty and not dry else "bare"), ("main" if thirsty and dry else "plain")
        paper.button(x, y, half, view.t("do_water"), "water", kind=pours)
        y += paper.button(x + half + 10, y, half, view.t("do_buy_water", n=BUY_DROPS), "buy_water", kind=buys) + 10
        for number, action in enumerate(TENDINGS):
            done = action in fact.tended
            due = not done and rules is not None and rules.care.tending[action] == stage
            words = view.t("tended", what=view.t(f"tend_{action}")) if done else view.t(f"tend_{action}")
            kind = "bare" if not due else "plain" if thirsty else "main"
            paper.button(x + number % 2 * (half + 10), y, half, words, f"tend:{action}", kind=kind)
            y += 52 if number % 2 else 0
        for graft in plot.grafts if not fact.grafted else ():
            name, pct = known_variety_words(graft.with_variety, view), f"{graft.odds_bps / 100:g}"
            words, kind = view.t("do_graft", name=name, pct=pct), "plain" if stage in GRAFT_STAGES else "bare"
            y += paper.button(x, y, wide, words, f"graft:{graft.with_variety}", kind=kind) + 10
        if fact.grafted:
            y += paper.text(x, y, graft_words(view, fact.tree), theme.BODY, wide=wide, lines=3, colour=theme.TEAL) + 6
        return y

    def press(self, action: str, view: View) -> list[Command] | None:
        known, tree = view.world.orchard, tree_at_hand(view)
        name, _, what = action.partition(":")
        match name:
            case "page":
                self.page = int(what)
                return []
            case "tab_left" | "tab_right":
                self.page = 1 - self.page
                return []
            case "contest":
                view.open_panel = ""
                return [o.EndContest() if known.contest is not None else o.StartContest()]
            case "child":
                return [o.PlayAsChild(on=not known.child)]
            case "leave_fruit":
                return [o.ReturnFruit()]
            case "visit":
                return [o.Visit(tree=tree)]
            case "water":
                return [o.Water(tree=tree)]
            case "buy_water":
                return [o.BuyWater(drops=BUY_DROPS)]
            case "tend":
                return [o.Tend(tree=tree, action=what)]
            case "graft":
                return [o.Graft(tree=tree, with_variety=what)]
        return None


def _heading(paper: Paper, x: float, y: float, words: str) -> float:
    return y + paper.text(x, y, words, theme.SMALL, bold=True, colour=theme.TEAL) + 4


def _fact(paper: Paper, x: float, y: float, wide: float, words: str, value: str) -> float:
    room = wide - paper.width_of(value, theme.BODY, bold=True) - 12
    paper.text(x, y, paper.shorten(words, theme.BODY, room), theme.BODY)
    paper.text(x + wide, y, value, theme.BODY, bold=True, align="right")
    return y + theme.BODY * theme.LINE_HEIGHT + 5


def _waiting(view: View, value: str, *, waits: bool) -> str:
    return view.t("waiting_value", value=value) if waits else value
