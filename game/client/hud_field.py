"""A line to type in: letters as the keyboard gives them, or as an input method composes them."""

from game.client import glyphs, theme
from game.client.clipboard import pasted
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper

MOST_LETTERS = 60
HIGH = 46.0


def pen_wide(view: View) -> float:
    """Width of `pen`."""
    return 64.0 if view.device == "pad" else 40.0


def pen(paper: Paper, view: View, right: float, y: float, high: float) -> None:
    """The button at the end of the line that is written in, which brings up letters on the screen (hud_letters.py);
    `y` and `high` are those of the line."""
    wide, size = pen_wide(view), 24.0
    x = right - wide
    paper.pressable(x, y, wide, high, "letters", radius=12)
    if view.device == "pad" and not view.writing:
        paper.keycap(x + 4, y + (high - theme.SMALL * theme.LINE_HEIGHT) / 2, view.key("confirm"))
    icon = glyphs.icon("board", max(8, round(size * paper.scale)))
    tint = theme.TEAL if view.writing else theme.INK_SOFT
    paper.picture(right - size - 8, y + (high - size) / 2, size, icon, colour=tint)


class Field:
    """What has been typed. The caret stands at the end; `composing` is what an input method has not settled yet."""

    def __init__(self, most: int = MOST_LETTERS) -> None:
        self.most = most
        self.text = ""
        self.composing = ""

    def type(self, text: str) -> None:
        """Put letters at the end; what cannot be drawn on a line is left out."""
        printable = "".join(letter for letter in text if letter.isprintable() and theme.has_glyph(letter, False))
        self.text = (self.text + printable)[: self.most]
        self.composing = ""

    def compose(self, text: str) -> None:
        """Show what an input method is composing."""
        self.composing = "".join(letter for letter in text if theme.has_glyph(letter, False))[:MOST_LETTERS]

    def erase(self, *, word: bool = False) -> None:
        """Take away the last letter, or the last word."""
        self.text = " ".join(self.text.rstrip().split(" ")[:-1]) if word else self.text[:-1]

    def draw(self, paper: Paper, view: View, x: float, y: float, wide: float, prompt: str, *, active: bool) -> float:
        """The line with a lens before it; `prompt` stands there while nothing is typed. Returns its height."""
        paper.box(x, y, wide, HIGH, theme.WHITE, radius=14)
        paper.box(x, y, wide, HIGH, theme.TEAL if active else theme.LINE, radius=14, thick=2 if active else 1)
        paper.box(x + 15, y + 13, 15, 15, theme.INK_SOFT, radius=7.5, thick=2)
        for step in range(3):
            paper.dot(x + 26.5 + 2 * step, y + 24.5 + 2 * step, 3, theme.INK_SOFT)
        left, top, room = x + 44, y + (HIGH - theme.LEAD * theme.LINE_HEIGHT) / 2, wide - 62
        if active:
            room -= pen_wide(view) - 12
            pen(paper, view, x + wide, y, HIGH)
        text = self.text
        while text and paper.width_of(text + self.composing, theme.LEAD) > room:
            text = text[1:]  # the end is what one is typing
        if not self.text and not self.composing:
            paper.text(left + 5, top, paper.shorten(prompt, theme.LEAD, room - 5), theme.LEAD, colour=theme.INK_SOFT)
        if text:
            paper.text(left, top, text, theme.LEAD)
        left += paper.width_of(text, theme.LEAD) if text else 0.0
        if self.composing:
            across = paper.width_of(self.composing, theme.LEAD)
            paper.text(left, top, self.composing, theme.LEAD, colour=theme.TEAL)
            paper.box(left, top + theme.LEAD * theme.LINE_HEIGHT - 2, across, 2, theme.TEAL, radius=1)
            left += across
        if active:
            paper.caret(left + 1, y + 11, HIGH - 22)
        return HIGH


class LinePanel(Piece):
    """A panel with a line: letters go there whatever is chosen, and choose it."""

    modal = True
    types = True
    writes_first = True

    def __init__(self, most: int = MOST_LETTERS) -> None:
        self.field = Field(most)

    def to_line(self) -> None:
        """Make the line what is chosen."""

    def type(self, text: str, view: View) -> None:
        self.field.type(text)
        self.to_line()

    def compose(self, text: str, view: View) -> None:
        self.field.compose(text)

    def erase(self, view: View, *, word: bool = False) -> None:
        self.field.erase(word=word)
        self.to_line()

    def paste(self, view: View) -> None:
        """Put what was copied into the line, in place of what stands there."""
        text = pasted()
        if text is None:
            view.say("notice", view.t("paste_failed"))
        elif text:
            self.field.text = ""
            self.type(text, view)
