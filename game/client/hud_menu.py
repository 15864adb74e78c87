"""Pause, and the list of keys."""

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import Command

HELP_LEFT = (
    "walk", "look", "run", "take", "put_back", "try_on", "basket_add", "checkout", "wave", "sit", "looks",
    "pause", "search",
)  # fmt: skip
HELP_RIGHT = (
    "view", "mood", "ruler", "turn", "zoom", "basket", "inventory", "purse", "map", "wish", "wishlist", "orders",
    "show_in_room",
)  # fmt: skip
HELP_ORCHARD = ("knock", "ladder", "pull_fruit", "tug", "pole", "orchard_book")  # in two columns


PAUSE_BUTTONS = (
    ("search", "open:search", "search"), ("map", "open:map", "map"),
    ("wishlist", "open:wishlist", "wishlist"), ("history", "open:history", "orders"),
    ("inventory", "open:inventory", "inventory"), ("purse", "open:purse", "purse"),
    ("help", "open:help", "help"), ("settings", "open:settings", ""),
    ("looks", "open:looks", "looks"), ("compare", "open:compare", ""),
    ("photo", "open:photo", "photo"), ("visit", "open:visit", ""),
    ("publish", "open:publish", ""), ("makers_desk", "open:desk", ""),
    ("show_in_room", "open:show", "show_in_room"), ("workshop", "open:workshop", "workshop"),
    ("boxes", "open:boxes", ""), ("push_logs", "wish:logs", ""),
)  # fmt: skip
"""Text key, what it does, and the action whose key stands beside it; two in a row."""


HELP_ROW = 33.0


class PausePanel(Piece):
    """Go on, look up the keys, change settings, or leave."""

    name = "pause"
    modal = True
    wide = 460.0

    def key(self, view: View) -> object:
        return (view.world.purse.state,)

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("pause"), self.wide, closes=False)
        inner = self.wide - 2 * PAD
        y += paper.button(PAD, y, inner, view.t("do_go_on"), "close", key=view.key("back"), kind="main") + 12
        half = (inner - 12) / 2
        for number, (words, action, key) in enumerate(PAUSE_BUTTONS):
            left, cap = PAD + number % 2 * (half + 12), view.key(key) if key else ""
            paper.button(left, y, half, view.t(words), action, key=cap)
            y += 54 if number % 2 or number == len(PAUSE_BUTTONS) - 1 else 0
        y += paper.button(PAD, y, inner, view.t("do_leave"), "leave")
        y += 14
        y += paper.text(PAD, y, view.t("leave_text"), theme.SMALL, wide=inner, colour=theme.INK_SOFT)
        paper.sheet(self.wide, y + 22, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "confirm":
            view.open_panel = ""
            return []
        return None


class HelpPanel(Piece):
    """All keys of the device in use."""

    name = "help"
    modal = True
    wide = 720.0

    def key(self, view: View) -> object:
        return (view.device,)

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("help"), self.wide)
        column = (self.wide - 2 * PAD - 32) / 2
        for side, names in enumerate((HELP_LEFT, HELP_RIGHT)):
            top = y
            for name in names:
                self._row(paper, view, PAD + side * (column + 32), top, column, name)
                top += HELP_ROW
        y += HELP_ROW * max(len(HELP_LEFT), len(HELP_RIGHT)) + 8
        y += paper.text(PAD, y, view.t("keys_orchard"), theme.SMALL, bold=True, colour=theme.TEAL) + 3
        rows = len(HELP_ORCHARD) // 2
        for number, name in enumerate(HELP_ORCHARD):
            side, row = divmod(number, rows)
            self._row(paper, view, PAD + side * (column + 32), y + row * HELP_ROW, column, name)
        y += HELP_ROW * rows + 10
        y += paper.button(PAD, y, 240, view.t("do_change_keys"), "open:keys", key=view.key("confirm"))
        paper.sheet(self.wide, y + 24, radius=22)

    def _row(self, paper: Paper, view: View, x: float, y: float, wide: float, name: str) -> None:
        right = x + wide
        for label in reversed(self._caps(view, name)):
            across = paper.cap_width(label)
            right -= across
            paper.keycap(right, y + 4, label)
            right -= 4
        words = paper.shorten(view.t(f"help_{name}"), theme.BODY, right - x - 6)
        paper.text(x, y + 2, words, theme.BODY)
        paper.line(x, y + HELP_ROW - 4, wide)

    def _caps(self, view: View, name: str) -> list[str]:
        pad = view.device == "pad"
        if name == "walk":
            keys = ("move_ahead", "move_left", "move_back", "move_right")
            return [view.stick("move")] if pad else [view.key(key) for key in keys]
        if name == "look":
            keys = ("look_left", "look_down", "look_right", "look_up")
            return [view.stick("look")] if pad else [view.t("key_mouse"), *(view.key(key) for key in keys)]
        if name == "pull_fruit":
            keys = ("take", "move_left", "move_right", "move_back")
            return [view.key("take"), view.stick("move")] if pad else [view.key(key) for key in keys]
        if name == "turn":
            return [view.stick("look")] if pad else [view.t("key_drag")]
        if name == "zoom":
            return [view.key("zoom_out"), view.key("zoom_in")] if pad else [view.t("key_wheel"), "+", "-"]
        return [label] if (label := view.key(name)) else []

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "confirm":
            view.wishes.append("open:keys")
            return []
        return None
