"""A tree's life: who planted, adopted and watered it, what was picked, which photos show it; to be saved, copied,
and, after its season, the way to give the tree back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from game.client import theme
from game.client.clipboard import copied
from game.client.hud_basket import PAD, title
from game.client.hud_orchard_book import tree_at_hand
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.tree_words import (
    day,
    life_figures,
    life_text,
    plot_name,
    row_day,
    row_words,
    rows_of,
    tree_name,
    variety_name,
)
from game.core import orchard as o
from game.core.commands import Command
from game.core.orchard_ports import Plot, TakeBack, TreeFact
from game.core.tree_life import LifeRow, given_back

WIDE = 720.0
ROW, MOST_ROWS = 30.0, 7
WHEN = 190.0
TILE = 62.0


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that shows a tree, and when it was taken: seconds since 1970."""

    path: Path
    at_secs: float


class LifePanel(Piece):
    """The life line of one tree: the one before the player, or the one that another panel `wanted`."""

    name = "life"
    modal = True

    def __init__(
        self, photos: Callable[[int], Sequence[Photo]], save: Callable[[int, Sequence[LifeRow], Sequence[Photo]], None]
    ) -> None:
        self.photos_of, self.save = photos, save
        self.wanted: int | None = None
        self.tree: int | None = None
        self.photos: Sequence[Photo] = ()
        self.first = 0
        self.saved = ""

    def opened(self, view: View) -> None:
        self.tree = self.wanted if self.wanted is not None else tree_at_hand(view)
        self.wanted, self.first, self.saved = None, 0, ""
        self.photos = self.photos_of(self.tree) if self.tree is not None else ()
        self.ask(view)

    def ask(self, view: View) -> None:
        """Have the chain tell the life line, again where it has gone on."""
        if self.tree is not None and view.world.orchard.tree(self.tree) is not None:
            view.asks.append(o.AskLife(tree=self.tree))

    def key(self, view: View) -> object:
        tree, known = self.tree, view.world.orchard
        fact = known.tree(tree) if tree is not None else None
        return (tree, fact, known.lives.get(tree or 0), known.now_secs, self.first, self.saved, len(self.photos),
                tuple(known.under_way), view.world.purse.state, view.device)  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        y, inner, tree, known = title(paper, view, view.t("life"), WIDE), WIDE - 2 * PAD, self.tree, view.world.orchard
        fact, plot = (known.tree(tree), known.plots.get(tree >> 16)) if tree is not None else (None, None)
        if tree is None or fact is None or plot is None:
            words = "reason_no_tree_near" if tree is None else "tree_of_village"
            y += paper.text(PAD, y, view.t(words), theme.BODY, wide=inner, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 24, radius=22)
            return
        y += paper.text(PAD, y, variety_name(view, tree), theme.LEAD, bold=True, wide=inner, lines=1)
        y += paper.text(PAD, y, tree_name(view, tree), theme.BODY, wide=inner, lines=1, colour=theme.INK_SOFT) + 10
        rows = rows_of(view, tree)
        if rows is None:
            words = "life_reading" if view.world.purse.state == "open" else "life_closed"
            y += paper.text(PAD, y, view.t(words), theme.BODY, wide=inner, colour=theme.INK_SOFT) + 12
        else:
            y = self._told(paper, view, y, inner, tree, rows)
        if fact.adopter == view.world.purse.account:
            y = self._own(paper, view, y, inner, fact, plot)
        paper.sheet(WIDE, y + 12, radius=22)

    def _told(self, paper: Paper, view: View, y: float, wide: float, tree: int, rows: Sequence[LifeRow]) -> float:
        each = (wide - 2 * 12) / 3
        for number, (value, words) in enumerate(life_figures(view, rows, len(self.photos))):
            x = PAD + number * (each + 12)
            paper.box(x, y, each, TILE, theme.PAPER_DEEP, radius=14)
            paper.text(x + each / 2, y + 7, value, theme.TITLE, bold=True, align="centre", colour=theme.TEAL)
            label = paper.shorten(words, theme.SMALL, each - 16)
            paper.text(x + each / 2, y + 39, label, theme.SMALL, align="centre", colour=theme.INK_SOFT)
        y += TILE + 14
        self.first = min(self.first, max(len(rows) - MOST_ROWS, 0))
        shown = rows[self.first : self.first + MOST_ROWS]
        if len(shown) > 1:
            paper.box(PAD + 5, y + ROW / 2, 2, (len(shown) - 1) * ROW, theme.LINE, radius=1)
        for row in shown:
            paper.dot(PAD, y + ROW / 2 - 6, 12, theme.LOQUAT if row.what == "picked" else theme.TEAL)
            paper.text(PAD + 24, y + 6, row_day(row), theme.SMALL, colour=theme.INK_SOFT)
            words = paper.shorten(row_words(view, tree, row), theme.BODY, wide - WHEN - 24)
            paper.text(PAD + 24 + WHEN, y + 4, words, theme.BODY)
            y += ROW
        y += 6
        if len(rows) > MOST_ROWS:
            words = view.rows_of(self.first, MOST_ROWS, len(rows))
            paper.text(PAD + wide, y, words, theme.SMALL, align="right", colour=theme.INK_SOFT)
            y += paper.hints(PAD, y, wide / 2, [(view.arrows("↑ ↓"), view.t("do_choose"))]) + 2
        half = (wide - 12) / 2
        paper.button(PAD, y, half, view.t("do_save_card"), "save", key=view.key("details"), kind="main")
        y += paper.button(PAD + half + 12, y, half, view.t("do_copy_life"), "copy", key=view.key("tab_right")) + 10
        if self.saved:
            y += paper.text(PAD, y, view.t("life_saved", path=self.saved), theme.SMALL, wide=wide, lines=2,
                            colour=theme.TEAL) + 6  # fmt: skip
        return y

    def _own(self, paper: Paper, view: View, y: float, wide: float, fact: TreeFact, plot: Plot) -> float:
        """What becomes of the player's own tree, and of the money behind it."""
        known = view.world.orchard
        paper.line(PAD, y + 2, wide)
        y += 14
        back, over = given_back(plot, fact), known.now_secs > plot.redeem_by_secs
        if not over:
            words = view.t("back_later_play" if fact.by_play else "back_later", day=day(plot.redeem_by_secs),
                           pct=f"{plot.lapse_bps / 100:g}")  # fmt: skip
        elif not back.pieces:
            words = view.t("back_nothing")
        elif fact.by_play:
            words = view.texts.count("back_now_play", back.pieces, coins=view.texts.coins(back.grower_wei))
        else:
            words = view.texts.count(
                "back_now", back.pieces, coins=view.texts.coins(back.adopter_wei),
                rest=view.texts.coins(back.grower_wei), day=day(back.until_secs), plot=plot_name(view, plot.plot),
            )  # fmt: skip
        y += paper.text(PAD, y, words, theme.BODY, wide=wide, lines=4, colour=theme.INK_SOFT) + 8
        if over and back.pieces:
            waits = known.waits_for(TakeBack, tree=fact.tree)
            y += paper.button(PAD, y, wide, view.t("back_waits" if waits else "do_give_tree_back"), "give_back") + 6
        return y

    def press(self, action: str, view: View) -> list[Command] | None:
        tree = self.tree
        if tree is None:
            return None
        rows = rows_of(view, tree)
        match action:
            case "go_up" | "go_down" if rows is not None and len(rows) > MOST_ROWS:
                self.first = max(self.first + (1 if action == "go_down" else -1), 0)
            case "save" | "details" if rows is not None:
                self.save(tree, rows, self.photos)
            case "copy" | "tab_right" if rows is not None:
                done = copied(life_text(view, tree, rows, len(self.photos)))
                view.say("good" if done else "bad", view.t("life_copied" if done else "life_not_copied"))
            case "give_back":
                return [o.TakeBackTree(tree=tree)]
            case _:
                return None
        return []
