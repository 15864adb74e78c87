"""Letters on the screen, for who has no keys: they are typed into the line of the panel that is open."""

from dataclasses import dataclass

from panda3d.core import NodePath

from game.client import glyphs, theme
from game.client.clipboard import pasted
from game.client.hud_layout import Shown
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_pointing import Pointing

PAGES = {
    "abc": ("1234567890-", "qwertyuiop'", "asdfghjkl@:", "zxcvbnm,./_"),
    "#&!": ("1234567890-", "!?\"#&()+=*%", ";:<>[]|\\^©®", "~`$€£¥§°·–—"),
    "éñü": ("àáâãäåæçèéê", "ëìíîïñòóôõö", "øœùúûüýÿßðþ", "«»¿¡„“”‘’…№"),
}
"""Rows of characters by what stands on the key that leads to them."""
WORK = {"shift": 2, "page": 2, "paste": 1, "space": 2, "erase": 2, "done": 2}
"""The keys of the last row, and how many columns each takes."""
SAME = {"tab_left": "shift", "tab_right": "page", "sell": "space", "details": "erase", "pause": "done"}
"""Actions of panels that do what a key does, whichever is chosen."""
WORDS = {"paste": "do_paste", "done": "letters_done"}
WAYS = {"go_left": (-1, 0), "go_right": (1, 0), "go_up": (0, -1), "go_down": (0, 1)}
OFF, ONCE, LOCKED = range(3)  # how shift is held
SHIFTS = ("shift", "shift_on", "shift_lock")  # their marks
COLUMNS, ROWS = 11, 5
KEY, HIGH, GAP, EDGE, STRIP = 54.0, 42.0, 6.0, 14.0, 30.0  # design pixels
FIRST = "type:g"  # what is chosen at first


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it does, and where it lies, from its first column to its last."""

    action: str
    row: int
    first: int
    last: int


def keys_of(page: str) -> tuple[Key, ...]:
    """The keys of a page, row by row."""
    rows = PAGES[page]
    found = [Key(f"type:{letter}", row, at, at) for row, line in enumerate(rows) for at, letter in enumerate(line)]
    at = 0
    for name, wide in WORK.items():
        found.append(Key(f"key:{name}", len(rows), at, at + wide - 1))
        at += wide
    return tuple(found)


class Letters(Piece):
    """A keyboard to steer through or to click on. It lies over an open panel and types into it."""

    name = "letters"
    anchor = "bottom"

    def __init__(self, layer: NodePath) -> None:
        self.shown = Shown(self, layer)
        self.pointing = Pointing()
        self.into: Piece | None = None  # what is written in
        self.page, self.capitals = "abc", OFF
        self.column = 0  # kept while rows change

    @property
    def open(self) -> bool:
        """Whether it is there."""
        return self.into is not None

    def begin(self, into: Piece) -> None:
        """Come up, to write in a panel."""
        self.into, self.page, self.capitals = into, "abc", OFF
        self.pointing.focus = [key.action for key in keys_of(self.page)].index(FIRST)

    def end(self) -> None:
        """Go away."""
        self.into = None

    # --- drawing ---------------------------------------------------------------------------------------------------

    def key(self, view: View) -> object:
        return (self.page, self.capitals) if self.open else None

    def draw(self, paper: Paper, view: View) -> None:
        wide = COLUMNS * (KEY + GAP) - GAP
        paper.hints(EDGE, EDGE - 2, wide, [view.hint("confirm", "letters_type"), view.hint("back", "do_close")])
        for key in keys_of(self.page):
            x, y = EDGE + key.first * (KEY + GAP), EDGE + STRIP + key.row * (HIGH + GAP)
            self._key(paper, view, key, x, y, (key.last - key.first + 1) * (KEY + GAP) - GAP)
        paper.sheet(wide + 2 * EDGE, 2 * EDGE + STRIP + ROWS * (HIGH + GAP) - GAP, radius=18)

    def _key(self, paper: Paper, view: View, key: Key, x: float, y: float, wide: float) -> None:
        kind, _, what = key.action.partition(":")
        focused = paper.focus == len(paper.spots)
        fill = theme.WHITE if kind == "type" else theme.LOQUAT if what == "done" else theme.PAPER_DEEP
        paper.box(x, y, wide, HIGH, theme.LOQUAT_PALE if focused else fill, radius=10)
        paper.box(x, y, wide, HIGH, theme.LINE, radius=10, thick=1)
        paper.pressable(x, y, wide, HIGH, key.action)
        if kind == "type":
            middle(paper, x, y, wide, self._cased(what), theme.LEAD)
            return
        button = next((view.key(same) for same, name in SAME.items() if name == what and view.device == "pad"), "")
        icon = {"shift": SHIFTS[self.capitals], "space": "space", "erase": "erase"}.get(what)
        words = "" if icon else self._next_page() if what == "page" else view.t(WORDS[what])
        size = theme.BODY
        room = wide - 12 - (paper.cap_width(button) + 6 if button else 0)
        while size > 10 and words and paper.width_of(words, size, bold=True) > room:
            size -= 0.5
        across = 22.0 if icon else paper.width_of(words, size, bold=True)
        left = x + (wide - across - (paper.cap_width(button) + 6 if button else 0)) / 2
        if button:
            left += paper.keycap(left, y + (HIGH - theme.SMALL * theme.LINE_HEIGHT) / 2, button) + 6
        if icon:
            texture = glyphs.icon(icon, max(8, round(across * paper.scale)))
            paper.picture(left, y + (HIGH - across) / 2, across, texture, colour=theme.INK)
        else:
            middle(paper, left, y, across, words, size)

    def _next_page(self) -> str:
        names = list(PAGES)
        return names[(names.index(self.page) + 1) % len(names)]

    def _cased(self, letter: str) -> str:
        """A letter as shift makes it; what has no capital of its own stays."""
        capital = letter.upper()
        return capital if self.capitals != OFF and len(capital) == 1 and theme.has_glyph(capital, False) else letter

    # --- pressing --------------------------------------------------------------------------------------------------

    def take(self, action: str, view: View) -> str:
        """Act on a press. Returns what is left of it for the panel: "" for nothing, `written` once one is done."""
        if action in WAYS:
            self._move(*WAYS[action])
            return ""
        if action == "click":
            if not self.pointing.over(self.shown):
                return action
            action = self.pointing.click(self.shown, view) or "nothing"
        elif action == "confirm":
            action = self.pointing.chosen(self.shown)
        elif action in SAME:
            action = f"key:{SAME[action]}"
        kind, _, what = action.partition(":")
        match kind:
            case "type":
                self._type(self._cased(what), view)
                self.capitals = OFF if self.capitals == ONCE else self.capitals
            case "key":
                return self._work(what, view)
            case "back":
                self.end()
            case _ if view.device != "pad" and kind != "nothing":  # keys are used again, which need no letters here
                self.end()
                return action
        return ""

    def _work(self, name: str, view: View) -> str:
        assert self.into is not None
        match name:
            case "shift":
                self.capitals = (self.capitals + 1) % 3
            case "page":
                self.page = self._next_page()
            case "space":
                self._type(" ", view)
            case "erase":
                self.into.erase(view)
            case "paste":
                text = pasted()
                if text is None:
                    view.say("notice", view.t("paste_failed"))
                self._type(text or "", view)
            case "done":
                self.end()
                return "written"
        return ""

    def _type(self, text: str, view: View) -> None:
        assert self.into is not None
        if text:
            self.into.type(text, view)

    def _move(self, across: int, down: int) -> None:
        """Choose the next key in a direction; beyond the last one the first follows."""
        keys = keys_of(self.page)
        here = keys[self.pointing.focus or 0]
        if not here.first <= self.column <= here.last:
            self.column = (here.first + here.last) // 2
        if across:
            row = [key for key in keys if key.row == here.row]
            there = row[(row.index(here) + across) % len(row)]
            self.column = (there.first + there.last) // 2
        else:
            row = [key for key in keys if key.row == (here.row + down) % ROWS]
            there = next(key for key in row if key.first <= self.column <= key.last)
        self.pointing.focus = keys.index(there)


def middle(paper: Paper, x: float, y: float, wide: float, words: str, size: float) -> None:
    """Words in the middle of a key."""
    paper.text(x + wide / 2, y + (HIGH - size * theme.LINE_HEIGHT) / 2, words, size, bold=True, align="centre")
