"""What a grower offers, to be read before a tree is adopted: a plot's name and story, dates, boxes, and the price."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_orchard_book import tree_at_hand
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.tree_words import day, grower_name, plot_name, tree_name, variety_name, words_of
from game.core import orchard as o
from game.core.commands import Command
from game.core.orchard_fruit import variety_of
from game.core.orchard_ports import Adopt, Plot

WIDE = 720.0
ROW = 27.0


def play_trees_left(view: View, plot: Plot) -> int:
    """How many trees of a plot can still be had by play."""
    taken = sum(tree.by_play for tree in view.world.orchard.trees.values() if tree.tree >> 16 == plot.plot)
    return max(plot.play_trees - taken, 0)


def terms_of(view: View, plot: Plot, tree: int) -> list[tuple[str, str]]:
    """All that is offered, as labels and values; area and boxes only where the grower's words are known."""
    words, variety = words_of(view, plot.plot), variety_of(view.world, tree)
    grown = view.t(f"species_{variety.species}") if variety is not None else view.t("some_good")
    out = [
        ("plot_grower", grower_name(view, plot.plot)),
        ("plot_species", view.t("plot_species_of", species=grown, variety=variety_name(view, tree))),
        ("plot_season", view.t("from_to", first=day(plot.blossom_at_secs), last=day(plot.ripe_at_secs))),
        ("plot_trees", view.t("plot_trees_n", n=plot.trees, play=play_trees_left(view, plot))),
        ("plot_waterings", str(plot.waterings)),
        ("plot_yield", view.t("plot_yield_n", n=plot.fruits_per_tree,
                              kg=f"{plot.fruits_per_tree * plot.grams_per_fruit / 1000:.1f}")),
        ("plot_adoption", view.texts.coins(plot.adoption_price_wei)),
        ("plot_fruit", view.t("plot_fruit_each", coins=view.texts.coins(plot.fruit_price_wei))),
    ]  # fmt: skip
    if words is not None:
        out.append(("plot_box", view.t("plot_box_kg", kg=f"{words.box_kg:g}")))
        out.append(("plot_area", view.texts.of(words.area)))
    out.append(("plot_dates", view.t("from_to", first=day(plot.ripe_at_secs), last=day(plot.redeem_by_secs))))
    return [(view.t(label), value) for label, value in out]


class PlotPanel(Piece):
    """The offer of the plot of the tree before the player."""

    name = "plot"
    modal = True

    def __init__(self) -> None:
        self.tree: int | None = None

    def opened(self, view: View) -> None:
        self.tree = tree_at_hand(view)

    def key(self, view: View) -> object:
        known, tree = view.world.orchard, self.tree
        plot = known.plots.get(tree >> 16) if tree is not None else None
        return (tree, plot, known.tree(tree) if tree is not None else None, tuple(known.under_way), known.now_secs,
                play_trees_left(view, plot) if plot is not None else 0, view.device)  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        known, tree, inner = view.world.orchard, self.tree, WIDE - 2 * PAD
        plot = known.plots.get(tree >> 16) if tree is not None else None
        if tree is None or plot is None:
            y = title(paper, view, view.t("plot"), WIDE)
            why = "reason_no_tree_near" if tree is None else "tree_of_village"
            y += paper.text(PAD, y, view.t(why), theme.BODY, wide=inner, colour=theme.INK_SOFT)
            paper.sheet(WIDE, y + 24, radius=22)
            return
        y, words = title(paper, view, plot_name(view, plot.plot), WIDE), words_of(view, plot.plot)
        story = view.texts.of(words.story) if words is not None else view.t("plot_words_unknown")
        y += paper.text(PAD, y, story, theme.BODY, wide=inner, lines=2, colour=theme.INK_SOFT) + 10
        for label, value in terms_of(view, plot, tree):
            room = inner - paper.width_of(label, theme.BODY) - 16
            paper.text(PAD, y, label, theme.BODY, colour=theme.INK_SOFT)
            paper.text(PAD + inner, y, paper.shorten(value, theme.BODY, room, bold=True), theme.BODY, bold=True,
                       align="right")  # fmt: skip
            y += ROW
        y += 8
        money = view.t("plot_money", pct=f"{plot.lapse_bps / 100:g}", day=day(plot.redeem_by_secs))
        y += paper.text(PAD, y, money, theme.SMALL, wide=inner, lines=3, colour=theme.INK_SOFT) + 10
        y = self._adopt(paper, view, y, inner, tree, plot)
        paper.sheet(WIDE, y + 10, radius=22)

    def _adopt(self, paper: Paper, view: View, y: float, wide: float, tree: int, plot: Plot) -> float:
        known = view.world.orchard
        fact = known.tree(tree)
        if fact is None or fact.adopter is not None or fact.picked or known.now_secs >= plot.ripe_at_secs:
            late = fact is not None and fact.adopter is None
            words = view.t("plot_too_late" if late else "plot_taken", tree=tree_name(view, tree))
            return y + paper.text(PAD, y, words, theme.BODY, bold=True, wide=wide, lines=2) + 6
        if known.waits_for(Adopt, tree=tree):
            return y + paper.text(PAD, y, view.t("plot_waits"), theme.BODY, bold=True, colour=theme.TEAL) + 6
        y += paper.text(PAD, y, tree_name(view, tree), theme.BODY, bold=True, wide=wide, lines=1) + 6
        by_play = play_trees_left(view, plot) > 0
        each = (wide - 12) / 2 if by_play else wide
        words = view.t("do_adopt", coins=view.texts.coins(plot.adoption_price_wei))
        paper.button(PAD, y, each, words, "adopt", key=view.key("details"), kind="main")
        if by_play:
            paper.button(PAD + each + 12, y, each, view.t("do_adopt_by_play"), "adopt_by_play")
        return y + 52

    def press(self, action: str, view: View) -> list[Command] | None:
        if self.tree is None or action not in ("adopt", "details", "adopt_by_play"):
            return None
        view.open_panel = ""  # back to where one came from, which tells how it goes
        return [o.Adopt(tree=self.tree, by_play=action == "adopt_by_play")]
