"""Pause, the list of keys, and the settings; every change is saved at once."""

from collections.abc import Callable

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.settings import LANGUAGES
from game.core.commands import Command

UI_SCALES = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
HELP_LEFT = ("walk", "look", "run", "take", "put_back", "try_on", "basket_add", "checkout", "wave")
HELP_RIGHT = ("view", "ruler", "turn", "zoom", "basket", "inventory", "purse", "sit", "pause")


class PausePanel(Piece):
    """Go on, look up the keys, change settings, or leave."""

    name = "pause"
    modal = True
    wide = 380.0

    def __init__(self) -> None:
        self.leave = False  # the player wants to leave the game

    def key(self, view: View) -> object:
        return (view.world.purse.state,)

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("pause"), self.wide, closes=False)
        inner = self.wide - 2 * PAD
        y += paper.button(PAD, y, inner, view.t("do_go_on"), "close", key=view.key("back"), kind="main") + 12
        y += paper.button(PAD, y, inner, view.t("help"), "open:help", key=view.key("help")) + 12
        y += paper.button(PAD, y, inner, view.t("settings"), "open:settings") + 12
        y += paper.button(PAD, y, inner, view.t("do_leave"), "leave")
        y += 14
        y += paper.text(PAD, y, view.t("leave_text"), theme.SMALL, wide=inner, colour=theme.INK_SOFT)
        paper.sheet(self.wide, y + 22, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "leave":
            self.leave = True
            return []
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
                top += 36
        y += 36 * len(HELP_LEFT) + 12
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
        paper.line(x, y + 30, wide)

    def _caps(self, view: View, name: str) -> list[str]:
        pad = view.device == "pad"
        if name == "walk":
            keys = ("move_ahead", "move_left", "move_back", "move_right")
            return [view.t("key_left_stick")] if pad else [view.key(key) for key in keys]
        if name == "look":
            keys = ("look_left", "look_down", "look_right", "look_up")
            return [view.t("key_right_stick")] if pad else [view.t("key_mouse"), *(view.key(key) for key in keys)]
        if name == "turn":
            return [view.t("key_right_stick")] if pad else [view.t("key_drag")]
        if name == "zoom":
            return [view.key("zoom_out"), view.key("zoom_in")] if pad else [view.t("key_wheel"), "+", "-"]
        return [label] if (label := view.key(name)) else []

    def press(self, action: str, view: View) -> list[Command] | None:
        if action == "confirm":
            view.open_panel = "keys"
            return []
        return None


class SettingsPanel(Piece):
    """One row for each setting; left and right change it."""

    name = "settings"
    modal = True
    wide = 560.0

    def __init__(self) -> None:
        self.at = 0

    def rows(self, view: View) -> list[tuple[str, str, Callable[[int], None]]]:
        """Text key, value in words, and how to change it by a step."""
        settings, values = view.settings, view.settings.values

        def ring(name: str, choices: tuple[object, ...]) -> Callable[[int], None]:
            def turn(way: int) -> None:
                now = getattr(settings.values, name)
                at = min(range(len(choices)), key=lambda n: 0 if choices[n] == now else 1)
                settings.change(**{name: choices[(at + way) % len(choices)]})

            return turn

        def slide(name: str, step: float) -> Callable[[int], None]:
            return lambda way: settings.change(**{name: getattr(settings.values, name) + way * step})

        def scale(way: int) -> None:
            nearest = min(range(len(UI_SCALES)), key=lambda n: abs(UI_SCALES[n] - settings.values.ui_scale))
            settings.change(ui_scale=UI_SCALES[min(max(nearest + way, 0), len(UI_SCALES) - 1)])

        on_off = (False, True)
        yes = {True: view.t("on"), False: view.t("off")}
        return [
            ("set_language", LANGUAGE_NAMES[values.language], ring("language", LANGUAGES)),
            ("set_ui_scale", f"{values.ui_scale:.0%}", scale),
            ("set_look_speed", f"{values.look_speed:.0%}", slide("look_speed", 0.1)),
            ("set_invert_look", yes[values.invert_look], ring("invert_look", on_off)),
            ("set_volume", f"{values.volume:.0%}", slide("volume", 0.1)),
            ("set_captions", yes[values.captions], ring("captions", on_off)),
            ("set_reduced_motion", yes[values.reduced_motion], ring("reduced_motion", on_off)),
            ("set_hints", view.t("hints_again" if values.hints_done else "hints_on"),
             lambda way: settings.change(hints_done=())),
        ]  # fmt: skip

    def key(self, view: View) -> object:
        return self.at, view.settings.values

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("settings"), self.wide)
        inner = self.wide - 2 * PAD
        for number, (label, value, _) in enumerate(self.rows(view)):
            chosen = number == self.at
            if chosen:
                paper.box(PAD - 10, y, inner + 20, 40, theme.LOQUAT_PALE, radius=12)
            paper.pressable(PAD - 10, y, inner - 180, 40, f"row:{number}", radius=12)
            paper.text(PAD + 4, y + 9, view.t(label), theme.BODY)
            right = PAD + inner
            paper.text(right - 92, y + 9, value, theme.BODY, bold=True, align="centre")
            for sign, x, act in (("‹", right - 184, f"less:{number}"), ("›", right - 26, f"more:{number}")):
                paper.dot(x, y + 7, 26, theme.PAPER if chosen else theme.PAPER_DEEP)
                paper.text(x + 13, y + 7, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
                paper.pressable(x, y + 7, 26, 26, act, radius=13)
            y += 44
        y += 12
        y += paper.hints(PAD, y, inner, [("↑ ↓", view.t("do_choose")), ("← →", view.t("do_change"))])
        paper.sheet(self.wide, y + 8, radius=22)

    def press(self, action: str, view: View) -> list[Command] | None:
        rows = self.rows(view)
        act, _, number = action.partition(":")
        if number.isdigit():
            self.at = int(number)
        match act:
            case "row":
                return []
            case "go_up" | "go_down":
                self.at = (self.at + (1 if act == "go_down" else -1)) % len(rows)
                return []
            case "go_left" | "less":
                rows[self.at][2](-1)
                return []
            case "go_right" | "more" | "confirm":
                rows[self.at][2](1)
                return []
        return None
