"""The player's own trees, those of seasons that are over too: each leads to its life, where it can be given back."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_life import LifePanel
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.tree_words import tree_name, variety_name
from game.core.commands import Command
from game.core.orchard_fruit import growth_of
from game.core.orchard_ports import TreeFact

WIDE = 640.0
ROW, MOST_ROWS = 58.0, 6


def own_trees(view: View) -> list[TreeFact]:
    """The trees that the player adopted: of the newest plots first, and no tree of an ended season that is empty."""
    known = view.world.orchard
    mine = [fact for fact in known.trees.values() if fact.adopter == view.world.purse.account]
    mine = [fact for fact in mine if not is_over(view, fact) or fact.picked < fact.yield_fruits]
    return sorted(mine, key=lambda fact: (-(fact.tree >> 16), fact.tree))


def is_over(view: View, fact: TreeFact) -> bool:
    """Whether a tree's season has ended."""
    plot = view.world.orchard.plots.get(fact.tree >> 16)
    return plot is not None and view.world.orchard.now_secs > plot.redeem_by_secs


class TreesPanel(Piece):
    """A list; the arrows choose, and the chosen tree's life is opened."""

    name = "trees"
    modal = True

    def __init__(self, life: LifePanel) -> None:
        self.life = life
        self.row = self.first = 0

    def key(self, view: View) -> object:
        return own_trees(view), view.world.orchard.now_secs, self.row, self.first, view.device

    def draw(self, paper: Paper, view: View) -> None:
        y, inner, trees = title(paper, view, view.t("trees"), WIDE), WIDE - 2 * PAD, own_trees(view)
        if not trees:
            y += paper.text(PAD, y, view.t("trees_none"), theme.BODY, wide=inner, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 24, radius=22)
            return
        self._choose(self.row, len(trees))
        for number, fact in enumerate(trees[self.first : self.first + MOST_ROWS], start=self.first):
            self._row(paper, view, y, number, fact)
            y += ROW + 6
        if len(trees) > MOST_ROWS:
            words = view.rows_of(self.first, MOST_ROWS, len(trees))
            y += paper.text(PAD, y, words, theme.SMALL, colour=theme.INK_SOFT) + 4
        pairs = [(view.arrows("↑ ↓"), view.t("do_choose")), (view.key("confirm"), view.t("life"))]
        y += 6 + paper.hints(PAD, y + 6, inner, pairs)
        paper.sheet(WIDE, y + 10, radius=22)

    def _row(self, paper: Paper, view: View, y: float, number: int, fact: TreeFact) -> None:
        chosen, wide = number == self.row, WIDE - 2 * PAD + 16
        paper.box(PAD - 8, y, wide, ROW, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
        paper.pressable(PAD - 8, y, wide, ROW, f"row:{number}", radius=13)
        grown = growth_of(view.world, fact.tree)
        over = is_over(view, fact)
        state = view.t("season_ended") if over else view.t(f"stage_{grown.stage}") if grown is not None else ""
        right = PAD - 8 + wide - 14
        colour = theme.BERRY if over else theme.TEAL
        paper.text(right, y + 7, state, theme.BODY, bold=True, align="right", colour=colour)
        more = view.texts.count("trees_hang" if over else "trees_waterings",
                                fact.yield_fruits - fact.picked if over else fact.waterings_left)  # fmt: skip
        paper.text(right, y + 31, more, theme.SMALL, align="right", colour=theme.INK_SOFT)
        room = wide - 44 - max(paper.width_of(state, theme.BODY, bold=True), paper.width_of(more, theme.SMALL))
        name = paper.shorten(variety_name(view, fact.tree), theme.BODY, room, bold=True)
        paper.text(PAD + 6, y + 7, name, theme.BODY, bold=True)
        where = paper.shorten(tree_name(view, fact.tree), theme.SMALL, room)
        paper.text(PAD + 6, y + 31, where, theme.SMALL, colour=theme.INK_SOFT)

    def _choose(self, row: int, count: int) -> None:
        self.row = min(max(row, 0), count - 1)
        self.first = min(max(self.first, self.row - MOST_ROWS + 1), self.row)

    def press(self, action: str, view: View) -> list[Command] | None:
        trees = own_trees(view)
        act, _, number = action.partition(":")
        if not trees:
            return None
        match act:
            case "go_up" | "go_down":
                self._choose(self.row + (1 if act == "go_down" else -1), len(trees))
            case "row" | "confirm":
                self._choose(int(number or self.row), len(trees))
                self.life.wanted = trees[self.row].tree
                view.wishes.append("open:life")
            case _:
                return None
        return []
