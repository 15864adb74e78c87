"""The start menu: over the living street, Play first and largest."""

from game.client import theme
from game.client.emblem import emblem
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import Command

WIDE, PAD = 392.0, 34.0
LOGO = 78.0


class StartPanel(Piece):
    """Play, go on where one left, looks, settings, keys, leave."""

    name = "start"
    anchor = "left"
    modal = True

    def shift(self, view: View) -> tuple[float, float]:
        return max(0.0, min(44.0, (view.wide - WIDE) / 2 - 30)), 0.0

    def key(self, view: View) -> object:
        return view.left_off, view.panels, view.world.purse.play_money

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """The street behind it is not dimmed."""

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = self._name(paper, view) + 18
        y += paper.button(PAD, y, inner, view.t("start_play"), "wish:play", kind="main", high=66, size=25) + 12
        if view.left_off is not None:
            y += paper.button(PAD, y, inner, view.t("start_continue"), "wish:continue", high=46, size=18)
            y += 3 + paper.text(WIDE / 2, y + 3, paper.shorten(self._where(view), theme.SMALL, inner), theme.SMALL,
                                align="centre", colour=theme.INK_SOFT) + 10  # fmt: skip
        half = (inner - 12) / 2
        small = [(view.t("settings"), "open:settings"), (view.t("start_keys"), "open:help")]
        if "visit" in view.panels:
            small.insert(0, (view.t("visit"), "open:visit"))
        if "looks" in view.panels:
            small.insert(0, (view.t("start_looks"), "open:looks"))
        small.append((view.t("start_leave"), "leave"))
        for number, (label, action) in enumerate(small):
            last = number == len(small) - 1 and number % 2 == 0
            paper.button(PAD + number % 2 * (half + 12), y, inner if last else half, label, action)
            if number % 2 == 1 or last:
                y += 54
        y += 2
        if view.world.purse.play_money:
            y += paper.text(WIDE / 2, y, view.t("start_foot"), theme.SMALL, align="centre", colour=theme.INK_SOFT)
        paper.sheet(WIDE, y + 22, radius=28)

    def _name(self, paper: Paper, view: View) -> float:
        """The emblem with the game's two names beside it."""
        first, second = ("枇杷街", "Loquat") if view.texts.language == "zh" else ("Loquat", "枇杷街")
        big, small = (47.0, 21.0) if view.texts.language == "zh" else (54.0, 22.0)
        across = LOGO + 16 + paper.width_of(first, big, bold=True)
        left = (WIDE - across) / 2
        paper.picture(left, 37, LOGO, emblem(max(16, round(LOGO * paper.scale))))
        x, top = left + LOGO + 16, 26 + (54.0 - big) / 2
        paper.text(x, top, first, big, bold=True)
        paper.text(x + 2, 26 + 54 * theme.LINE_HEIGHT - 2, second, small, colour=theme.TEAL)
        return 132.0

    def _where(self, view: View) -> str:
        """Where the player goes on, and what they carry."""
        left = view.left_off
        assert left is not None
        place = view.texts.of(view.world.places[left.place].name)
        count = sum(line.quantity for line in left.basket)
        return view.texts.count("start_where_basket", count, place=place) if count else place

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "confirm":
            view.wishes.append("play")
            return []
        known = ("leave", "help", "go_up", "go_down", "go_left", "go_right")
        if action in known or action.startswith(("open:", "wish:")):
            return None
        return []  # there is nothing behind it to go back to


class PausedNote(Piece):
    """Says why nothing moves while another window has the keys."""

    name = "paused"
    anchor = "top"
    on_top = True

    def shift(self, view: View) -> tuple[float, float]:
        return 0.0, 60.0

    def key(self, view: View) -> object:
        return view.paused or None

    def draw(self, paper: Paper, view: View) -> None:
        words = view.t("paused_note")
        for x in (22.0, 30.0):
            paper.box(x, 16, 5, 15, theme.LOQUAT_DEEP, radius=2)
        paper.text(48, 11, words, theme.BODY, bold=True)
        paper.sheet(48 + paper.width_of(words, theme.BODY, bold=True) + 24, 45, radius=22)
