"""What is wrong with a box, in the player's words or in ready ones; sealed for the grower alone, like the address."""

from collections.abc import Callable

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_field import pen, pen_wide
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.content.letters import LONGEST_REASON, LetterError
from game.core import orchard as o
from game.core.commands import Command

WIDE, FIELD, MOST_LINES, PEN_HIGH = 620.0, 118.0, 4, 38.0
READY = ("not_here", "bruised", "too_few", "other_fruit")
"""Reasons that need no typing."""

Complain = Callable[[str, bytes], bytes]


class ReasonPanel(Piece):
    """Asks why a box is disputed. The words are kept nowhere; the chain gets their salted hash."""

    name = "reason"
    modal = True
    types = True

    def __init__(self, complain: Complain) -> None:
        self.delivery, self.complain = 0, complain
        self.text, self.composing, self.wrong = "", "", ""

    def opened(self, view: View) -> None:
        self.text, self.composing, self.wrong = "", "", ""

    def key(self, view: View) -> object:
        return self.delivery, self.text, self.composing, self.wrong

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("reason_title", n=self.delivery), WIDE)
        y += paper.text(PAD, y, view.t("reason_text"), theme.SMALL, wide=inner, lines=3, colour=theme.INK_SOFT) + 10
        half = (inner - 10) / 2
        for number, name in enumerate(READY):
            left = PAD + number % 2 * (half + 10)
            paper.button(left, y, half, view.t(f"wrong_{name}"), f"ready:{name}")
            y += 52 if number % 2 else 0
        paper.box(PAD, y, inner, FIELD, theme.WHITE, radius=12)
        paper.box(PAD, y, inner, FIELD, theme.TEAL, radius=12, thick=2)
        words, room = self.text + self.composing, inner - 28 - pen_wide(view)
        lines = paper.wrap(words, theme.BODY, room) if words else [""]
        step = theme.BODY * theme.LINE_HEIGHT
        for number, line in enumerate(lines[-MOST_LINES:]):
            if line:
                paper.text(PAD + 12, y + 10 + number * step, line, theme.BODY)
        last = lines[-1]
        across = paper.width_of(last, theme.BODY) if last else 0.0
        paper.caret(PAD + 13 + across, y + 11 + (min(len(lines), MOST_LINES) - 1) * step, step - 6)
        pen(paper, view, PAD + inner, y + FIELD - PEN_HIGH, PEN_HIGH)
        y += FIELD + 8
        if self.wrong:
            y += paper.text(PAD, y, view.t(self.wrong), theme.BODY, bold=True, wide=inner, colour=theme.BERRY) + 6
        key = view.go_key(on_line=True)
        y += paper.button(PAD, y, inner, view.t("do_seal_and_dispute"), "go", key=key, kind="main")
        paper.sheet(WIDE, y + 24, radius=22)

    def type(self, text: str, view: View) -> None:
        printable = "".join(letter for letter in text if letter.isprintable() and theme.has_glyph(letter, False))
        self.text = (self.text + printable)[: LONGEST_REASON]
        self.composing, self.wrong = "", ""

    def compose(self, text: str, view: View) -> None:
        self.composing = "".join(letter for letter in text if theme.has_glyph(letter, False))

    def erase(self, view: View, *, word: bool = False) -> None:
        self.text = " ".join(self.text.rstrip().split(" ")[:-1]) if word else self.text[:-1]

    def press(self, action: str, view: View) -> list[Command] | None:
        name, _, what = action.partition(":")
        match name:
            case "ready":
                self.text, self.wrong = view.t(f"wrong_{what}"), ""
                return []
            case "go" | "confirm":
                return self._send(view)
        return None

    def _send(self, view: View) -> list[Command]:
        known = view.world.orchard
        box = known.deliveries.get(self.delivery)
        plot = known.plots.get(box.plot) if box is not None else None
        if plot is None:
            return []
        try:
            commit = self.complain(self.text, plot.grower_key)
        except LetterError:
            self.wrong = "reason_missing"
            return []
        except OSError:
            self.wrong = "letters_not_kept"
            return []
        self.text, view.open_panel = "", ""
        return [o.ActOnDelivery(delivery=self.delivery, act="dispute", note_sha256=commit)]
