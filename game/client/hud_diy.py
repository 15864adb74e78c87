"""The editor of a good that is made by its knobs: it turns live above them while sizes, colours and words change."""

from pathlib import Path
from typing import TYPE_CHECKING

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_controls import slider
from game.client.hud_field import pen, pen_wide
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.content.diy.recipe import COLOUR, COUNT, PICTURE, SIZE, WORDS, WORDS_MOST, Knob
from game.core.commands import Command

if TYPE_CHECKING:
    from game.client.making import Making

WIDE, ROW, LABEL, TABLE = 470.0, 38.0, 128.0, 230.0
STEPS = 24
COLOURS = (
    "#f3ead9", "#f1e9da", "#8aa595", "#5c8c4c", "#3f8087", "#5b7f99", "#34466a", "#7d4a63", "#e0a596", "#c0614a",
    "#f0a030", "#d9a441", "#b58c62", "#7a5439", "#d8ab52", "#c8c8cc", "#3b383d", "#ffffff",
)  # fmt: skip


class DiyPanel(Piece):
    """A row for each knob, and the good above them."""

    name = "diy"
    anchor = "right"
    modal = True

    def __init__(self, bench: "Making") -> None:
        self.bench = bench
        self.at = 0
        self.composing = ""
        self.pictures: tuple[Path, ...] = ()

    def opened(self, view: View) -> None:
        self.at, self.composing = 0, ""
        self.pictures = self.bench.pictures()
        self.bench.made_draft = None
        self._shape()

    @property
    def knobs(self) -> tuple[Knob, ...]:
        return self.bench.recipe.knobs

    @property
    def types(self) -> bool:  # type: ignore[override]
        """Letters are typed while a row of words is chosen."""
        return self.at < len(self.knobs) and self.knobs[self.at].kind == WORDS

    def veil_key(self, view: View) -> object:
        return self.name

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """The street beside it is not veiled."""

    def key(self, view: View) -> object:
        bench = self.bench
        return (self.at, self.composing, tuple(bench.values.items()), bench.turns, bench.busy, bench.made_draft,
                bench.recipe.id)  # fmt: skip

    # --- drawing ---------------------------------------------------------------------------------------------------

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.texts.of(self.bench.recipe.name), WIDE) - 8
        paper.box(PAD, y, inner, TABLE, theme.PAPER_DEEP, radius=16)
        if self.bench.turns:
            paper.picture(PAD + (inner - TABLE) / 2, y, TABLE, self.bench.table.texture)
        y += TABLE + 10
        for number, knob in enumerate(self.knobs):
            if number == self.at:
                paper.box(PAD - 10, y, inner + 20, ROW - 3, theme.LOQUAT_PALE, radius=12)
            label = paper.shorten(view.t(f"diy_{knob.name}"), theme.SMALL, LABEL - 8)
            paper.text(PAD, y + 9, label, theme.SMALL)
            self._control(paper, view, y, number, knob, inner)
            y += ROW
        y += 8
        if self.at == len(self.knobs):
            paper.box(PAD - 6, y - 5, inner + 12, 52, theme.LOQUAT_PALE, radius=17)
        y += paper.button(PAD, y, inner, view.t("diy_keep"), "keep", kind="main") + 8
        if self.bench.made_draft is not None:
            y += paper.text(PAD, y, view.t("diy_kept"), theme.SMALL, bold=True, wide=inner, colour=theme.TEAL) + 4
        keys = [(view.arrows("↑ ↓"), view.t("do_choose")), (view.arrows("← →"), view.t("do_change"))]
        y += paper.hints(PAD, y + 4, inner, keys)
        paper.sheet(WIDE, y + 8, radius=22)

    def _control(self, paper: Paper, view: View, y: float, number: int, knob: Knob, inner: float) -> None:
        left, wide, value = PAD + LABEL, inner - LABEL, self.bench.values[knob.name]
        if knob.kind in (SIZE, COUNT):
            part = (float(value) - knob.least) / (knob.most - knob.least)
            slider(paper, left, y + 3, wide - 74, part, f"slide:{number}")
            told = f"{float(value):.0f}" if knob.kind == COUNT else view.t("diy_cm", n=f"{float(value) * 100:.1f}")
            paper.text(PAD + inner, y + 9, told, theme.SMALL, bold=True, align="right")
        elif knob.kind == COLOUR:
            each = wide / len(COLOURS)
            for at, colour in enumerate(COLOURS):
                size = 17.0 if colour != value else 23.0
                x, top = left + at * each + (each - size) / 2, y + 17.5 - size / 2
                paper.dot(x - 1.5, top - 1.5, size + 3, theme.TEAL if colour == value else theme.LINE)
                paper.dot(x, top, size, theme.hex_colour(colour[1:]))
                paper.pressable(left + at * each, y + 4, each, 27, f"pick:{number}:{at}", radius=8)
        elif knob.kind == WORDS:
            paper.box(left, y + 3, wide, 30, theme.WHITE, radius=9)
            paper.box(left, y + 3, wide, 30, theme.TEAL if number == self.at else theme.LINE, radius=9, thick=1)
            words = str(value) + self.composing
            room = wide - (pen_wide(view) if number == self.at else 0)
            while words and paper.width_of(words, theme.BODY) > room - 24:
                words = words[1:]
            paper.text(left + 10, y + 8, words, theme.BODY)
            if number == self.at:
                paper.caret(left + 12 + paper.width_of(words, theme.BODY), y + 9, 18)
            paper.pressable(left, y + 3, room, 30, f"row:{number}", radius=9)
            if number == self.at:
                pen(paper, view, left + wide, y + 3, 30)
        else:
            shown = str(value) or view.t("diy_no_picture")
            shown = "".join(letter if theme.has_glyph(letter, True) else "·" for letter in shown)
            paper.text(left + wide / 2, y + 9, paper.shorten(shown, theme.SMALL, wide - 70, bold=True), theme.SMALL,
                       bold=True, align="centre")  # fmt: skip
            for sign, x, act in (("‹", left, f"less:{number}"), ("›", left + wide - 28, f"more:{number}")):
                paper.dot(x, y + 4, 28, theme.WHITE)
                paper.text(x + 14, y + 5, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
                paper.pressable(x, y + 4, 28, 28, act, radius=14)

    # --- changing --------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        act, *numbers = action.split(":")
        if numbers:
            self.at = int(numbers[0])
        match act:
            case "go_up" | "go_down":
                self.at = (self.at + (1 if act == "go_down" else -1)) % (len(self.knobs) + 1)
            case "go_left" | "go_right" | "less" | "more":
                self._step(1 if act in ("go_right", "more") else -1)
            case "pick":
                self._set(COLOURS[int(numbers[1])])
            case "row":
                pass
            case "keep":
                self._keep()
            case "confirm" if self.at == len(self.knobs):
                self._keep()
            case "confirm" | "written":
                self.at += 1
            case _:
                return None
        return []

    def drag(self, action: str, part: float, view: View) -> None:
        self.at = int(action.partition(":")[2])
        knob = self.knobs[self.at]
        self._set(knob.least + part * (knob.most - knob.least))

    def type(self, text: str, view: View) -> None:
        fits = "".join(letter for letter in text if letter.isprintable() and theme.has_glyph(letter, False))
        self.composing = ""
        self._set((str(self.bench.values[self.knobs[self.at].name]) + fits)[:WORDS_MOST])

    def compose(self, text: str, view: View) -> None:
        self.composing = "".join(letter for letter in text if theme.has_glyph(letter, False))

    def erase(self, view: View, *, word: bool = False) -> None:
        words = str(self.bench.values[self.knobs[self.at].name])
        self._set(" ".join(words.rstrip().split(" ")[:-1]) if word else words[:-1])

    def _step(self, way: int) -> None:
        if self.at >= len(self.knobs):
            return
        knob = self.knobs[self.at]
        value = self.bench.values[knob.name]
        if knob.kind in (SIZE, COUNT):
            step = 1.0 if knob.kind == COUNT else (knob.most - knob.least) / STEPS
            self._set(float(value) + way * step)
        elif knob.kind == COLOUR:
            at = COLOURS.index(str(value)) + way if value in COLOURS else 0
            self._set(COLOURS[at % len(COLOURS)])
        elif knob.kind == PICTURE:
            names = ["", *(path.name for path in self.pictures)]
            at = names.index(str(value)) if value in names else 0
            self._set(names[(at + way) % len(names)])

    def _set(self, value: float | str) -> None:
        knob = self.knobs[self.at]
        self.bench.values = self.bench.recipe.within({**self.bench.values, knob.name: value})
        self.bench.made_draft = None
        self._shape()

    def _shape(self) -> None:
        self.bench.shape(self.bench.recipe.id, self.bench.values)

    def _keep(self) -> None:
        if not self.bench.busy:
            self.bench.keep(self.bench.recipe.id, self.bench.values, None)
