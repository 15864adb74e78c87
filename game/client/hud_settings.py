"""The settings, in four groups of rows. Left and right change the chosen row; every change is saved at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_controls import slider, switch, tabs
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.settings import LANGUAGES, PALETTES, QUALITIES, RANGES
from game.core.commands import Command

WIDE, ROW, MOST_ROWS = 660.0, 48.0, 6
CONTROL = 300.0  # width of a row's right side
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
HELD_BACK = ("ui_scale", "text_size")  # taken up when the slider is let go: the panel would grow away under the hand


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: a `choice`, a `switch`, a `slider` with its step, or a `button` with the action it stands for."""

    name: str
    kind: str
    choices: tuple[str, ...] = ()
    step: float = 0.0
    unit: str = "%"
    action: str = ""


GROUPS: dict[str, tuple[Row, ...]] = {
    "general": (
        Row("language", "choice", LANGUAGES),
        Row("text_size", "slider", step=0.05),
        Row("ui_scale", "slider", step=0.05),
        Row("captions", "switch"),
        Row("hints", "button", action="hints"),
        Row("logs", "button", action="wish:logs"),
    ),
    "controls": (
        Row("look_speed", "slider", step=0.1),
        Row("pad_speed", "slider", step=0.1),
        Row("invert_look", "switch"),
        Row("keys", "button", action="open:keys"),
    ),
    "picture": (
        Row("quality", "choice", QUALITIES),
        Row("fov", "slider", step=1.0, unit="°"),
        Row("reduced_motion", "switch"),
        Row("palette", "choice", PALETTES),
    ),
    "sound": (
        Row("volume", "slider", step=0.05),
        Row("volume_music", "slider", step=0.05),
        Row("volume_ambience", "slider", step=0.05),
        Row("volume_effects", "slider", step=0.05),
    ),
}
ON_TABS = -1  # the row of tabs has the keys


class SettingsPanel(Piece):
    """All settings but the keys, which have a panel of their own."""

    name = "settings"
    modal = True

    def __init__(self) -> None:
        self.group, self.at = 0, 0
        self.dragged: tuple[str, float] | None = None  # a setting that waits for its slider to be let go

    def opened(self, view: View) -> None:
        self.group, self.at, self.dragged = 0, 0, None

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(GROUPS.values())[self.group]

    def key(self, view: View) -> object:
        return self.group, self.at, self.dragged, view.settings.values

    # --- drawing -------------------------------------------------------------------------------------------------

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("settings"), WIDE)
        inner = WIDE - 2 * PAD
        labels = [(view.t(f"settings_{name}"), f"group:{number}") for number, name in enumerate(GROUPS)]
        if self.at == ON_TABS:
            paper.box(PAD - 5, y - 5, inner + 10, 46, theme.LOQUAT_PALE, radius=23)
        y += tabs(paper, PAD, y, inner, labels, self.group) + 14
        for number, row in enumerate(self.rows):
            self._row(paper, view, y + number * ROW, number, row)
        y += MOST_ROWS * ROW
        note = f"note_{self.rows[self.at].name}" if self.at != ON_TABS else ""
        if view.texts.has(note):
            paper.text(PAD + 4, y + 2, view.t(note), theme.SMALL, colour=theme.INK_SOFT)
        if note == "note_palette":
            self._samples(paper, view, WIDE - PAD, y - ROW)
        y += 34
        keys = [(f"{view.key('tab_left')} {view.key('tab_right')}", view.t("do_turn_page")),
                (view.arrows("↑ ↓"), view.t("do_choose")), (view.arrows("← →"), view.t("do_change"))]  # fmt: skip
        y += paper.hints(PAD, y, inner, keys)
        paper.sheet(WIDE, y + 8, radius=22)

    def _row(self, paper: Paper, view: View, y: float, number: int, row: Row) -> None:
        inner, right = WIDE - 2 * PAD, WIDE - PAD
        if number == self.at:
            paper.box(PAD - 10, y, inner + 20, ROW - 6, theme.LOQUAT_PALE, radius=12)
        label = paper.shorten(view.t(f"set_{row.name}"), theme.BODY, inner - CONTROL - 16)
        paper.text(PAD + 4, y + 10, label, theme.BODY)
        left = right - CONTROL
        if row.kind == "button":
            words = view.t("hints_on" if row.name == "hints" and not view.settings.values.hints_done
                           else f"push_{row.name}")  # fmt: skip
            wide = paper.width_of(words, theme.BODY, bold=True) + 32
            paper.box(right - wide, y + 4, wide, 34, theme.WHITE, radius=12)
            paper.box(right - wide, y + 4, wide, 34, theme.LINE, radius=12, thick=1)
            paper.text(right - wide / 2, y + 10, words, theme.BODY, bold=True, align="centre")
            paper.pressable(right - wide, y + 4, wide, 34, f"push:{number}", radius=12)
        elif row.kind == "switch":
            on = bool(getattr(view.settings.values, row.name))
            switch(paper, right - 46, y + 8, on)
            paper.text(right - 60, y + 10, view.t("on" if on else "off"), theme.BODY, bold=True, align="right")
            paper.pressable(left, y + 2, CONTROL + 4, 38, f"push:{number}", radius=12)
        elif row.kind == "slider":
            value = self.value(view, row)
            least, most = RANGES[row.name]
            slider(paper, left, y + 6, CONTROL - 70, (value - least) / (most - least), f"slide:{number}")
            paper.text(right, y + 10, self.words(view, row, value), theme.BODY, bold=True, align="right")
        else:
            words = self.words(view, row, getattr(view.settings.values, row.name))
            paper.text(left + CONTROL / 2, y + 10, paper.shorten(words, theme.BODY, CONTROL - 72, bold=True),
                       theme.BODY, bold=True, align="centre")  # fmt: skip
            for sign, x, act in (("‹", left, f"less:{number}"), ("›", right - 30, f"more:{number}")):
                paper.dot(x, y + 6, 30, theme.WHITE)
                paper.text(x + 15, y + 8, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
                paper.pressable(x, y + 6, 30, 30, act, radius=15)

    def _samples(self, paper: Paper, view: View, right: float, y: float) -> None:
        """What yes and no look like in the chosen colours."""
        for text, ink, ground in (("fits", theme.TEAL, theme.TEAL_PALE), ("sold_out", theme.BERRY, theme.BERRY_PALE)):
            words = ("✓ " if text == "fits" else "× ") + view.t(text)
            wide = paper.width_of(words, theme.SMALL, bold=True) + 24
            paper.box(right - wide, y + 6, wide, 30, ground, radius=15)
            paper.text(right - wide / 2, y + 11, words, theme.SMALL, bold=True, align="centre", colour=ink)
            right -= wide + 12

    def value(self, view: View, row: Row) -> float:
        """A slider's value, or what it is being dragged to."""
        if self.dragged is not None and self.dragged[0] == row.name:
            return self.dragged[1]
        return float(getattr(view.settings.values, row.name))

    def words(self, view: View, row: Row, value: float | str) -> str:
        """A value as the player reads it."""
        if isinstance(value, str):
            return LANGUAGE_NAMES[value] if row.name == "language" else view.t(f"{row.name}_{value}")
        return f"{value:.0%}" if row.unit == "%" else f"{value:.0f}{row.unit}"

    # --- changing ------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        if number.isdigit() and act != "group":
            self.at = int(number)
        match act:
            case "group" if number.isdigit():
                self.group, self.at = int(number), ON_TABS
            case "tab_left" | "tab_right":
                self._turn(1 if act == "tab_right" else -1)
            case "go_up" | "go_down":
                rows = len(self.rows) + 1
                self.at = (self.at + 1 + (1 if act == "go_down" else -1)) % rows - 1
            case "go_left" | "go_right" | "less" | "more":
                way = 1 if act in ("go_right", "more") else -1
                if self.at == ON_TABS:
                    self._turn(way)
                else:
                    self._alter(view, self.rows[self.at], way)
            case "confirm" | "push":
                return self._push(view)
            case _:
                return None
        return []

    def _turn(self, way: int) -> None:
        self.group = (self.group + way) % len(GROUPS)
        self.at = min(self.at, len(self.rows) - 1)

    def _push(self, view: View) -> list[Command] | None:
        if self.at == ON_TABS:
            self.at = 0
            return []
        row = self.rows[self.at]
        if row.action == "hints":
            view.settings.change(hints_done=())
        elif row.action.startswith("open:"):
            view.wishes.append(row.action)
        elif row.action.startswith("wish:"):
            view.wishes.append(row.action.removeprefix("wish:"))
        elif row.kind != "slider":
            self._alter(view, row, 1)
        return []

    def _alter(self, view: View, row: Row, way: int) -> None:
        """Change a row by one step: round and round through choices, between its ends on a slider."""
        now: Any = getattr(view.settings.values, row.name, None)
        change: Callable[..., None] = view.settings.change
        if row.kind == "switch":
            change(**{row.name: not now})
        elif row.kind == "choice":
            change(**{row.name: row.choices[(row.choices.index(now) + way) % len(row.choices)]})
        elif row.kind == "slider":
            change(**{row.name: round(now / row.step + way) * row.step})

    def drag(self, action: str, part: float, view: View) -> None:
        self.at = int(action.partition(":")[2])
        row = self.rows[self.at]
        least, most = RANGES[row.name]
        value = round(round((least + part * (most - least)) / row.step) * row.step, 4)
        if row.name in HELD_BACK:
            self.dragged = (row.name, value)
        elif value != getattr(view.settings.values, row.name):
            view.settings.try_out(**{row.name: value})

    def drop(self, view: View) -> None:
        if self.dragged is not None:
            name, value = self.dragged
            self.dragged = None
            view.settings.try_out(**{name: value})
        view.settings.save()
