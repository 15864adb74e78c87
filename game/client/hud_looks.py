"""The editor of the player's looks, beside the person so that they are seen: every change shows at once."""

from dataclasses import dataclass
from math import sin
from pathlib import Path
from random import Random

from msgspec import structs

from game.client import theme
from game.client.avatar_files import AvatarFileError, AvatarFiles, read
from game.client.hud_basket import PAD, title
from game.client.hud_controls import slider, tabs
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.core.commands import Command, SetLooks
from game.core.looks import (
    BEARDS,
    EYE_COLOURS,
    HAIR_COLOURS,
    HAIRS,
    MEASURES,
    SKINS,
    Looks,
    changed,
    looks_by_lot,
)
from game.core.people import PEOPLE

WIDE, ROW = 452.0, 37.0
LABEL, VALUE = 124.0, 62.0
STEPS = 20  # of a slider from end to end
TURN_RAD = 0.5  # a press of the keys that look aside
SWAY_RAD, SWAY_PER_SEC = 0.30, 0.55
PER_LINE = 3  # people side by side
FACE = 58.0
ON_TABS = -1


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a `measure`, a `colour` or a `choice` of the looks, the `people`, a `button`, or the `file` list."""

    kind: str
    name: str
    choices: tuple[str, ...] = ()


def _measures(*names: str) -> tuple[Row, ...]:
    return tuple(Row("measure", name) for name in names)


PAGES: dict[str, tuple[Row, ...]] = {
    "people": (
        Row("people", "people", tuple(PEOPLE)), Row("button", "lot"), Row("button", "export"), Row("file", "file"),
    ),
    "face": (
        Row("colour", "skin", SKINS),
        *_measures("face_width", "jaw", "chin", "cheeks", "nose_length", "nose_width", "mouth_width", "lips", "smile",
                   "age"),
    ),
    "eyes": (
        Row("colour", "eye_colour", EYE_COLOURS),
        *_measures("eye_size", "eye_distance", "eye_tilt", "brow_height", "brow_tilt", "brow_size"),
    ),
    "hair": (
        Row("choice", "hair", HAIRS), Row("colour", "hair_colour", HAIR_COLOURS), Row("choice", "beard", BEARDS),
    ),
    "body": _measures("height_m", "head_size", "shoulders", "chest", "belly", "hips", "limbs"),
}  # fmt: skip
FACES = ("face", "eyes", "hair")  # pages that look at the face
LAST = ("undo", "cancel", "close")  # the buttons below every page


class LooksPanel(Piece):
    """Pages of sliders, swatches and people. What was changed is kept when the panel closes, unless it is cancelled."""

    name = "looks"
    anchor = "right"
    modal = True

    def __init__(self, files: AvatarFiles | None = None) -> None:
        self.files = files
        self.page, self.at, self.last_at = 0, 0, len(LAST) - 1
        self.turn_rad = 0.0  # of the person, by hand
        self.lots = 0
        self.listed: list[Path] = []
        self.file_at = 0
        self._before = Looks()  # when the panel was opened
        self._undo: list[Looks] = []
        self._dragged_from: Looks | None = None

    def opened(self, view: View) -> None:
        self.page, self.at, self.turn_rad, self.file_at = 0, 0, 0.0, 0
        self._before, self._undo, self._dragged_from = view.world.looks, [], None
        self.listed = self.files.found() if self.files else []

    @property
    def page_name(self) -> str:
        return tuple(PAGES)[self.page]

    @property
    def rows(self) -> tuple[Row, ...]:
        return PAGES[self.page_name]

    @property
    def zone(self) -> str:
        """What the camera looks at: the face or the body."""
        return "face" if self.page_name in FACES else "body"

    def turned_rad(self, view: View) -> float:
        """How the person stands to the camera: turned by hand, or swaying a little to be seen from all sides."""
        still = view.settings.reduced_motion or self.turn_rad
        return self.turn_rad + (0.0 if still else SWAY_RAD * sin(SWAY_PER_SEC * view.now_secs))

    def veil_key(self, view: View) -> object:
        return self.name

    def veil(self, paper: Paper, wide: float, high: float) -> None:
        """The person is not veiled."""

    def key(self, view: View) -> object:
        return self.page, self.at, self.last_at, self.file_at, view.world.looks, len(self._undo), tuple(self.listed)

    # --- drawing -------------------------------------------------------------------------------------------------

    def draw(self, paper: Paper, view: View) -> None:
        y = title(paper, view, view.t("looks"), WIDE) - 6
        inner = WIDE - 2 * PAD
        labels = [(view.t(f"looks_{name}"), f"page:{number}") for number, name in enumerate(PAGES)]
        if self.at == ON_TABS:
            paper.box(PAD - 5, y - 5, inner + 10, 46, theme.LOQUAT_PALE, radius=23)
        y += tabs(paper, PAD - 6, y, inner + 12, labels, self.page) + 12
        top = y
        for number, row in enumerate(self.rows):
            y += self._row(paper, view, y, number, row)
        y = max(y, top + 8 * ROW) + 10
        paper.line(PAD, y, inner)
        y += 12
        if self.at == len(self.rows):
            paper.box(PAD - 10, y - 6, inner + 20, 54, theme.LOQUAT_PALE, radius=16)
        each = (inner - 16) / 3
        for number, name in enumerate(LAST):
            chosen = self.at == len(self.rows) and self.last_at == number
            left = PAD + number * (each + 8)
            kind = "main" if name == "close" else "plain"
            paper.button(left, y, each, view.t(f"looks_do_{name}"), name, kind=kind)
            if chosen:
                paper.box(left - 2, y - 2, each + 4, 46, theme.TEAL, radius=16, thick=2)
        y += 52
        keys = [(f"{view.key('tab_left')} {view.key('tab_right')}", view.t("do_turn_page")),
                (f"{view.key('look_left')} {view.key('look_right')}".strip(), view.t("looks_do_turn")),
                (view.key("remove"), view.t("looks_do_undo"))]  # fmt: skip
        y += paper.hints(PAD, y, inner, [pair for pair in keys if pair[0]])
        paper.sheet(WIDE, y + 4, radius=22)

    def _row(self, paper: Paper, view: View, y: float, number: int, row: Row) -> float:
        """Draw one line; returns its height."""
        inner, high = WIDE - 2 * PAD, self._height(row)
        if number == self.at:
            paper.box(PAD - 10, y, inner + 20, high - 3, theme.LOQUAT_PALE, radius=12)
        if row.kind == "people":
            self._people(paper, view, y, number)
        elif row.kind == "button":
            paper.button(PAD, y + 4, inner, view.t(f"looks_do_{row.name}"), f"push:{number}")
        elif row.kind == "file":
            self._file(paper, view, y, number)
        elif row.kind == "choice":
            self._choice(paper, view, y, number, row)
        elif row.kind == "colour":
            self._swatches(paper, view, y, number, row)
        else:
            self._measure(paper, view, y, number, row)
        return high

    def _height(self, row: Row) -> float:
        inner = WIDE - 2 * PAD
        if row.kind == "people":
            return (FACE + 36) * -(-len(row.choices) // PER_LINE) + 8
        if row.kind == "button":
            return 52.0
        if row.kind == "choice":
            return 34.0 + 42 * -(-len(row.choices) // 4)
        if row.kind == "colour":
            return 34.0 + 38 * -(-len(row.choices) // int(inner // 42))
        return 84.0 if row.kind == "file" else ROW

    def _measure(self, paper: Paper, view: View, y: float, number: int, row: Row) -> None:
        measure, value = MEASURES[row.name], getattr(view.world.looks, row.name)
        words = paper.shorten(view.t(f"look_{row.name}"), theme.SMALL, LABEL - 8)
        paper.text(PAD, y + 8, words, theme.SMALL)
        wide = WIDE - 2 * PAD - LABEL - VALUE
        part = (value - measure.least) / (measure.most - measure.least)
        slider(paper, PAD + LABEL, y + 2, wide, part, f"slide:{number}")
        told = f"{value * 100:.0f} {view.t('cm')}" if measure.unit == "m" else f"{value * 100:+.0f}".replace("+0", "0")
        paper.text(WIDE - PAD, y + 8, told, theme.SMALL, bold=True, align="right")

    def _swatches(self, paper: Paper, view: View, y: float, number: int, row: Row) -> None:
        paper.text(PAD, y + 6, view.t(f"look_{row.name}"), theme.SMALL)
        chosen, columns = getattr(view.world.looks, row.name), int((WIDE - 2 * PAD) // 42)
        for at, colour in enumerate(row.choices):
            left, top = PAD + at % columns * 42, y + 31 + at // columns * 38
            paper.dot(left, top, 32, theme.hex_colour(colour[1:]))
            if colour == chosen:
                paper.box(left - 3, top - 3, 38, 38, theme.TEAL, radius=19, thick=2)
                paper.dot(left + 11, top + 11, 10, theme.WHITE)
            paper.pressable(left, top, 32, 32, f"pick:{number}:{at}", radius=16)

    def _choice(self, paper: Paper, view: View, y: float, number: int, row: Row) -> None:
        paper.text(PAD, y + 6, view.t(f"look_{row.name}"), theme.SMALL)
        chosen, each = getattr(view.world.looks, row.name), (WIDE - 2 * PAD - 24) / 4
        for at, name in enumerate(row.choices):
            left, top = PAD + at % 4 * (each + 8), y + 31 + at // 4 * 42
            words = view.t(f"{row.name}_{name}")
            paper.box(left, top, each, 34, theme.LOQUAT if name == chosen else theme.PAPER_DEEP, radius=12)
            size = theme.SMALL
            while size > 9 and paper.width_of(words, size, bold=True) > each - 10:
                size -= 0.5
            paper.text(left + each / 2, top + (34 - size * theme.LINE_HEIGHT) / 2, words, size, bold=True,
                       align="centre")  # fmt: skip
            paper.pressable(left, top, each, 34, f"pick:{number}:{at}", radius=12)

    def _people(self, paper: Paper, view: View, y: float, number: int) -> None:
        each = (WIDE - 2 * PAD) / PER_LINE
        for at, (name, looks) in enumerate(PEOPLE.items()):
            left, top = PAD + at % PER_LINE * each, y + 6 + at // PER_LINE * (FACE + 36)
            middle = left + each / 2
            if looks == view.world.looks:
                paper.box(left + 4, top - 3, each - 8, FACE + 32, theme.LOQUAT, radius=14)
            _small_face(paper, middle - FACE / 2, top + 2, looks)
            words = paper.shorten(view.t(f"person_{name}"), theme.SMALL, each - 12, bold=True)
            paper.text(middle, top + FACE + 6, words, theme.SMALL, bold=True, align="centre")
            paper.pressable(left + 4, top - 3, each - 8, FACE + 32, f"pick:{number}:{at}", radius=14)

    def _file(self, paper: Paper, view: View, y: float, number: int) -> None:
        inner = WIDE - 2 * PAD
        if not self.listed:
            paper.text(PAD, y + 8, view.t("looks_no_files"), theme.SMALL, colour=theme.INK_SOFT, wide=inner, lines=3)
            return
        shown = "".join(c if theme.has_glyph(c, True) else "·" for c in self.listed[self.file_at].stem)
        paper.text(PAD, y + 6, view.t("looks_files", n=len(self.listed)), theme.SMALL)
        name = paper.shorten(shown, theme.BODY, inner - 190, bold=True)
        paper.text(PAD + 38 + (inner - 190) / 2, y + 38, name, theme.BODY, bold=True, align="centre")
        for sign, x, act in (("‹", PAD, "less"), ("›", PAD + inner - 114, "more")):
            paper.dot(x, y + 33, 30, theme.WHITE)
            paper.text(x + 15, y + 35, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
            paper.pressable(x, y + 33, 30, 30, f"{act}:{number}", radius=15)
        paper.button(PAD + inner - 74, y + 28, 74, view.t("looks_do_load"), f"push:{number}")

    # --- changing ------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        act, *numbers = action.split(":")
        if numbers and act != "page":
            self.at = int(numbers[0])
        way = 1 if act in ("go_right", "more", "tab_right", "look_right", "go_down") else -1
        match act:
            case "page" if numbers:
                self.page, self.at = int(numbers[0]), ON_TABS
            case "tab_left" | "tab_right":
                self._leaf(way)
            case "look_left" | "look_right":
                self.turn(TURN_RAD * way)
            case "go_up" | "go_down":
                self.at = (self.at + 1 + way) % (len(self.rows) + 2) - 1
            case "go_left" | "go_right" | "less" | "more":
                return self._step(view, way)
            case "pick":
                return self._pick(view, self.rows[self.at], int(numbers[1]))
            case "confirm" | "push":
                return self._push(view)
            case "undo" | "remove":
                return self._undone(view)
            case "cancel":
                view.open_panel = ""
                return [SetLooks(looks=self._before)] if view.world.looks != self._before else []
            case _:
                return None
        return []

    def turn(self, rad: float) -> None:
        """Turn the person, counter-clockwise seen from above."""
        self.turn_rad += rad

    def _leaf(self, way: int) -> None:
        self.page = (self.page + way) % len(PAGES)
        self.at = min(self.at, 0)

    def _step(self, view: View, way: int) -> list[Command]:
        """One step to the side: the next page, choice, swatch, person or file, or a twentieth of a slider."""
        if self.at == ON_TABS:
            self._leaf(way)
            return []
        if self.at == len(self.rows):
            self.last_at = (self.last_at + way) % len(LAST)
            return []
        row, looks = self.rows[self.at], view.world.looks
        if row.kind == "measure":
            measure = MEASURES[row.name]
            step = (measure.most - measure.least) / STEPS
            return self._become(view, changed(looks, row.name, getattr(looks, row.name) + way * step))
        if row.kind == "file":
            self.file_at = (self.file_at + way) % max(len(self.listed), 1)
        if row.kind in ("colour", "choice"):
            now = getattr(looks, row.name)
            at = row.choices.index(now) + way if now in row.choices else 0
            return self._pick(view, row, at % len(row.choices))
        if row.kind == "people":
            everyone = list(PEOPLE.values())
            at = everyone.index(looks) + way if looks in everyone else 0
            return self._pick(view, row, at % len(everyone))
        return []

    def _pick(self, view: View, row: Row, at: int) -> list[Command]:
        if row.kind == "people":
            return self._become(view, list(PEOPLE.values())[at])
        return self._become(view, structs.replace(view.world.looks, **{row.name: row.choices[at]}))

    def _push(self, view: View) -> list[Command] | None:
        if self.at == ON_TABS:
            self.at = 0
            return []
        if self.at == len(self.rows):
            name = LAST[self.last_at]
            if name == "close":
                view.open_panel = ""
                return []
            return self.press(name, view)
        row = self.rows[self.at]
        if row.name == "lot":
            self.lots += 1
            seed = f"{self.lots} {view.now_secs:.6f} {view.world.tick}"
            return self._become(view, looks_by_lot(Random(seed)))
        if row.name == "export":
            self._export(view)
        if row.name == "file" and self.listed:
            try:
                return self._become(view, read(self.listed[self.file_at]))
            except AvatarFileError as error:
                view.say("bad", view.t(error.reason))
        return []

    def _export(self, view: View) -> None:
        if self.files is None:
            return
        try:
            path = self.files.export(view.world.looks)
        except OSError:
            view.say("bad", view.t("avatar_not_saved"))
            return
        self.listed = self.files.found()
        self.file_at = self.listed.index(path) if path in self.listed else 0
        view.say("good", view.t("avatar_exported", path=f"avatars/{path.name}"))

    def _become(self, view: View, looks: Looks) -> list[Command]:
        if looks == view.world.looks:
            return []
        self._undo.append(view.world.looks)
        return [SetLooks(looks=looks)]

    def _undone(self, view: View) -> list[Command]:
        return [SetLooks(looks=self._undo.pop())] if self._undo else []

    def drag(self, action: str, part: float, view: View) -> None:
        self.at = int(action.partition(":")[2])
        row, looks = self.rows[self.at], view.world.looks
        measure = MEASURES[row.name]
        wanted = changed(looks, row.name, measure.least + part * (measure.most - measure.least))
        if wanted != looks:
            self._dragged_from = self._dragged_from or looks
            view.commands.append(SetLooks(looks=wanted))

    def drop(self, view: View) -> None:
        if self._dragged_from is not None:
            self._undo.append(self._dragged_from)
            self._dragged_from = None


def _small_face(paper: Paper, x: float, y: float, looks: Looks) -> None:
    """A face of a few dots: enough to tell one person from another."""
    skin, hair = theme.hex_colour(looks.skin[1:]), theme.hex_colour(looks.hair_colour[1:])
    shade = theme.hex_colour("3b2a1e")
    if looks.hair == "bun":
        paper.dot(x + 20, y - 3, 18, hair)
    if looks.hair == "ponytail":
        paper.dot(x + 42, y + 10, 17, hair)
    if looks.hair in ("bob", "long"):
        paper.box(x + 4, y + 6, 50, 40 if looks.hair == "bob" else 50, hair, radius=20)
    if looks.hair == "curls":
        for dx, dy in ((0, 12), (6, 0), (20, -5), (34, 0), (40, 12)):
            paper.dot(x + dx, y + dy, 20, hair)
    if looks.hair != "none":
        paper.dot(x + 6, y + 2, 46, hair)
    paper.box(x + 9, y + 13, 40, 43, skin, radius=19)
    if looks.hair in ("short", "crop", "bob", "long", "bun", "ponytail"):
        paper.box(x + 12, y + 8, 34, 11, hair, radius=6)
    if looks.beard == "full":
        paper.box(x + 11, y + 38, 36, 18, hair, radius=9)
        paper.box(x + 20, y + 40, 18, 6, skin, radius=3)
    for side in (18, 34):
        paper.dot(x + side, y + 28, 6.5, shade)
    if looks.beard != "none":
        paper.box(x + 20, y + 38, 18, 4, hair, radius=2)
    paper.box(x + 23, y + 43, 12, 3, theme.hex_colour("8c3b33"), radius=1.5)
