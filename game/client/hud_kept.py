"""The player's lists: what is wished for, and what was seen last."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_controls import tabs
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_rows import GoodRows
from game.core.commands import Command
from game.core.ids import GoodId

WIDE = 760.0
TABS = ("wishlist", "seen")


class KeptPanel(Piece):
    """One of the two lists; tabs lead to the other."""

    modal = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = GoodRows(WIDE, 6)
        self._shown: object = None

    def opened(self, view: View) -> None:
        self._shown = None

    def goods(self, view: View) -> list[GoodId]:
        """What stands on the list, newest first."""
        listed = reversed(view.world.wishes) if self.name == "wishlist" else view.finding.keepsakes.seen
        return [good for good in listed if good in view.world.goods]

    def key(self, view: View) -> object:
        goods = self.goods(view)
        asked = (goods, view.world.place_id)
        if asked != self._shown:
            row = self.rows.row
            self._shown = asked
            self.rows.show(view.finding.located(goods))
            self.rows.choose(row)
        return self.rows.key(view), len(view.finding.compared)

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t(self.name), WIDE)
        labels = [(view.t(name), f"open:{name}") for name in TABS]
        y += tabs(paper, PAD, y, inner, labels, TABS.index(self.name)) + 16
        if not self.rows.found:
            y += paper.text(PAD, y, view.t(f"{self.name}_empty"), theme.BODY, wide=inner, colour=theme.INK_SOFT) + 16
        y = self.rows.draw(paper, view, y)
        y += 8
        compared = len(view.finding.compared)
        if compared:
            label = view.texts.count("compare_n", compared)
            y += paper.button(PAD, y, inner, label, "open:compare", key=view.key("details")) + 14
        paper.line(PAD, y, inner)
        y += 14
        y += paper.hints(PAD, y, inner, [*self.rows.keys(view), view.hint("tab_right", TABS[self.name == "wishlist"])])
        paper.sheet(WIDE, y + 8, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "details" and view.finding.compared:
            view.open_panel = "compare"
            return []
        if action in ("tab_left", "tab_right"):
            view.open_panel = TABS[self.name == "wishlist"]
            return []
        return self.rows.press(action, view)
