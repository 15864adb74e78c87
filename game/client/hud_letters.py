"""Letters on the screen, for who has no keys: they are typed into the line of the panel that is open.

In Chinese there is a page whose letters are pinyin: they wait in the line, and what they may stand for lies above them.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil

from panda3d.core import NodePath

from game.client import glyphs, pinyin, theme
from game.client.clipboard import pasted
from game.client.hud_layout import Shown
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.client.hud_pointing import Pointing

PINYIN = "拼"
PAGES = {
    PINYIN: ("1234567890-", "qwertyuiop'", "asdfghjkl@:", "zxcvbnm，。/_"),
    "abc": ("1234567890-", "qwertyuiop'", "asdfghjkl@:", "zxcvbnm,./_"),
    "#&!": ("1234567890-", "!?\"#&()+=*%", ";:<>[]|\\^©®", "~`$€£¥§°·–—"),
    "éñü": ("àáâãäåæçèéê", "ëìíîïñòóôõö", "øœùúûüýÿßðþ", "«»¿¡„“”‘’…№"),
    "，。": ("1234567890—", "，。、；：？！…·～¥", "（）《》「」『』【】〈", "“”‘’〉々〇％＃＆＠"),
}
"""Rows of characters by what stands on the key that leads to them."""
PAGES_IN = {"en": ("abc", "#&!", "éñü"), "zh": (PINYIN, "abc", "，。", "#&!", "éñü")}
WRITTEN_IN = (PINYIN, "abc")  # the others are for a character or two
WORK = {"shift": 2, "page": 2, "paste": 1, "space": 2, "erase": 2, "done": 2}
"""The keys of the last row, and how many columns each takes."""
SAME = {"tab_left": "shift", "tab_right": "page", "sell": "space", "details": "erase", "pause": "done"}
"""Actions of panels that do what a key does, whichever is chosen."""
WORDS = {"paste": "do_paste", "done": "letters_done"}
WAYS = {"go_left": (-1, 0), "go_right": (1, 0), "go_up": (0, -1), "go_down": (0, 1)}
OFF, ONCE, LOCKED = range(3)  # how shift is held
SHIFTS = ("shift", "shift_on", "shift_lock")  # their marks
COLUMNS, ROWS, ABOVE = 11, 5, -1  # the row above the first one is for words to choose from
KEY, HIGH, GAP, EDGE = 54.0, 42.0, 6.0, 14.0  # design pixels
STRIP = {"en": 30.0, "zh": HIGH + GAP}  # above the keys, for hints and words
PENDING_MOST = 40
FIRST = "type:g"  # what is chosen at first


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it does, and where it lies, from its first column to its last."""

    action: str
    row: int
    first: int
    last: int


@cache
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
        self.pages: tuple[str, ...] = ()
        self.page, self.capitals = "", OFF
        self.column = 0  # kept while rows change
        self.pending = ""  # pinyin that waits in the line
        self.choices: list[tuple[str, int]] = []  # words that it may stand for, and how much of it they take
        self.first = 0  # of those in sight
        self._below = 0  # the key from which one went up to the words

    @property
    def open(self) -> bool:
        """Whether it is there."""
        return self.into is not None

    def begin(self, into: Piece, view: View) -> None:
        """Come up, to write in a panel."""
        self.pages = PAGES_IN[view.texts.language]
        if self.page not in self.pages or self.page not in WRITTEN_IN:
            self.page = self.pages[0]
        self.into, self.capitals = into, OFF
        self._wait_for("", view)
        self.pointing.focus = [key.action for key in keys_of(self.page)].index(FIRST)

    def end(self, view: View) -> None:
        """Go away; what waits is given up."""
        if self.into is not None and self.pending:
            self._wait_for("", view)
        self.into = None

    def keys(self) -> tuple[Key, ...]:
        """The keys of the page, and after them the words to choose from."""
        found, at = list(keys_of(self.page)), 0
        for number, (word, _) in enumerate(self.choices[self.first :], start=self.first):
            wide = min(ceil((len(word) * theme.LEAD + 18) / (KEY + GAP)), COLUMNS - 1)
            if at + wide > COLUMNS - 1:
                break
            found.append(Key(f"pick:{number}", ABOVE, at, at + wide - 1))
            at += wide
        if self.choices and (self.first or not found[-1].action.endswith(f":{len(self.choices) - 1}")):
            found.append(Key("key:more", ABOVE, COLUMNS - 1, COLUMNS - 1))
        return tuple(found)

    # --- drawing ---------------------------------------------------------------------------------------------------

    def key(self, view: View) -> object:
        return (self.page, self.capitals, self.pending, self.first) if self.open else None

    def draw(self, paper: Paper, view: View) -> None:
        wide, strip = COLUMNS * (KEY + GAP) - GAP, STRIP[view.texts.language]
        if not self.choices:
            hints = [view.hint("confirm", "letters_type"), view.hint("back", "do_close")]
            paper.hints(EDGE, EDGE - 2 + (strip - STRIP["en"]) / 2, wide, hints)
            self._page_names(paper, EDGE + wide, EDGE + (strip - STRIP["en"]) / 2)
        for key in self.keys():
            x, y = EDGE + key.first * (KEY + GAP), EDGE + strip + key.row * (HIGH + GAP)
            self._key(paper, view, key, x, y, (key.last - key.first + 1) * (KEY + GAP) - GAP)
        paper.sheet(wide + 2 * EDGE, 2 * EDGE + strip + ROWS * (HIGH + GAP) - GAP, radius=18)

    def _page_names(self, paper: Paper, right: float, y: float) -> None:
        """Which pages there are, and a line under the one that is open."""
        for name in reversed(self.pages):
            lit, across = name == self.page, paper.width_of(name, theme.SMALL, bold=True)
            paper.text(right, y, name, theme.SMALL, bold=True, align="right",
                       colour=theme.INK if lit else theme.INK_SOFT)  # fmt: skip
            if lit:
                paper.box(right - across, y + theme.SMALL * theme.LINE_HEIGHT + 1, across, 3, theme.TEAL, radius=1.5)
            right -= across + 16

    def _key(self, paper: Paper, view: View, key: Key, x: float, y: float, wide: float) -> None:
        kind, _, what = key.action.partition(":")
        focused = paper.focus == len(paper.spots)
        fill = theme.WHITE if kind != "key" else theme.LOQUAT if what == "done" else theme.PAPER_DEEP
        paper.box(x, y, wide, HIGH, theme.LOQUAT_PALE if focused else fill, radius=10)
        paper.box(x, y, wide, HIGH, theme.LINE, radius=10, thick=1)
        paper.pressable(x, y, wide, HIGH, key.action)
        if kind in ("type", "pick") or what == "more":
            words = self.choices[int(what)][0] if kind == "pick" else "›" if what == "more" else self._cased(what)
            middle(paper, x, y, wide, paper.shorten(words, theme.LEAD, wide - 8, bold=True), theme.LEAD)
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
        return self.pages[(self.pages.index(self.page) + 1) % len(self.pages)]

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
                self._letter(what, view)
            case "pick":
                self._pick(int(what), view)
            case "key":
                return self._work(what, view)
            case "back" if self.pending:
                self._wait_for("", view)
            case "back":
                self.end(view)
            case _ if view.device != "pad" and kind != "nothing":  # keys are used again, which need no letters here
                self.end(view)
                return action
        return ""

    def _work(self, name: str, view: View) -> str:
        assert self.into is not None
        match name:
            case "shift":
                self.capitals = (self.capitals + 1) % 3
            case "page":
                self._settle(view)
                self.page = self._next_page()
            case "more" if self.choices:
                in_sight = [key.action for key in self.keys() if key.action.startswith("pick")]
                self.first += len(in_sight)
                self.first = self.first if self.first < len(self.choices) else 0
                self.pointing.focus = len(keys_of(self.page))
            case "space" if self.choices:
                self._pick(self.first, view)
            case "space":
                self._type(" ", view)
            case "erase" if self.pending:
                self._wait_for(self.pending[:-1], view)
            case "erase":
                self.into.erase(view)
            case "paste":
                text = pasted()
                if text is None:
                    view.say("notice", view.t("paste_failed"))
                self._type(text or "", view)
            case "done":
                letters = self.pending  # whoever wants no word wants the letters
                self._wait_for("", view)
                self._type(letters, view)
                self.end(view)
                return "written"
        return ""

    def _letter(self, letter: str, view: View) -> None:
        if self.page == PINYIN and self.capitals == OFF and letter.isascii() and letter.isalpha():
            self._wait_for((self.pending + letter)[:PENDING_MOST], view)
            return
        self._type(self._cased(letter), view)
        self.capitals = OFF if self.capitals == ONCE else self.capitals

    def _type(self, text: str, view: View) -> None:
        """Type what needs no choice, after what waits."""
        assert self.into is not None
        self._settle(view)
        if text:
            self.into.type(text, view)

    def _wait_for(self, letters: str, view: View) -> None:
        """Let these letters wait for a word."""
        assert self.into is not None
        self.pending, self.first = letters, 0
        self.choices = pinyin.words().found(letters) if letters else []
        self.into.compose(letters, view)
        if (self.pointing.focus or 0) >= len(self.keys()):
            self.pointing.focus = self._below

    def _pick(self, number: int, view: View) -> None:
        """Take a word for the letters that wait, or for the first of them."""
        assert self.into is not None
        word, taken = self.choices[number]
        rest = self.pending[taken:]
        self.into.type(word, view)
        self._wait_for(rest, view)

    def _settle(self, view: View) -> None:
        """Take the first words for all that waits; letters that stand for none stay as they are."""
        assert self.into is not None
        while self.choices:
            self._pick(0, view)
        if self.pending:
            self.into.type(self.pending, view)
            self._wait_for("", view)

    def _move(self, across: int, down: int) -> None:
        """Choose the next key in a direction; beyond the last one the first follows."""
        keys = self.keys()
        here = keys[self.pointing.focus or 0]
        if not here.first <= self.column <= here.last:
            self.column = (here.first + here.last) // 2
        if across:
            row = [key for key in keys if key.row == here.row]
            there = row[(row.index(here) + across) % len(row)]
            self.column = (there.first + there.last) // 2
        else:
            rows = sorted({key.row for key in keys})
            row = [key for key in keys if key.row == rows[(rows.index(here.row) + down) % len(rows)]]
            there = next((key for key in row if key.last >= self.column), row[-1])
        if there.row == ABOVE != here.row:
            self._below = keys.index(here)
        self.pointing.focus = keys.index(there)


def middle(paper: Paper, x: float, y: float, wide: float, words: str, size: float) -> None:
    """Words in the middle of a key."""
    paper.text(x + wide / 2, y + (HIGH - size * theme.LINE_HEIGHT) / 2, words, size, bold=True, align="centre")
