"""The workshop: what can be made, drafts that wait, and a chooser of files that needs no system dialog."""

import logging
import os
from math import hypot
from pathlib import Path
from typing import TYPE_CHECKING

from panda3d.core import Texture

from game.client import foreign_pictures, theme
from game.client.folders import drives
from game.client.hud_basket import PAD, title
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Paper
from game.content.diy.workbench import recipes
from game.content.imports.importer import ENDINGS, Wanted
from game.content.imports.notes import Note
from game.content.workshop import Draft
from game.core.commands import Command
from game.core.errors import GameError
from game.core.goods import KINDS

if TYPE_CHECKING:
    from game.client.making import Making

log = logging.getLogger(__name__)

WIDE, ROW, ROWS, THUMB = 640.0, 62.0, 5, 50.0
THUMB_MOST_PX = 1024
BESIDE_WIDE, BESIDE_HIGH = 170.0, 138.0
PERSON_M, PERSON_WIDE_M = 1.70, 0.58
FILE_ROW, FILE_ROWS, FILES_MOST = 34.0, 11, 2_000
TOLD_MOST = 5  # files of which what they have become is told line by line
ANY_KIND = ("", *KINDS)


def said(view: View, note: Note) -> str:
    """What an import says, in the player's language."""
    return view.t(f"make_{note.key}", **note.values)


def _thumb(path: Path) -> Texture | None:
    """The picture of a draft; None where it is damaged."""
    try:
        return foreign_pictures.texture_of(path.read_bytes(), path.stem, side_max_px=THUMB_MOST_PX, alpha=True)
    except (GameError, OSError) as error:
        log.warning("%s: %s", path, error)
        return None


class WorkshopPanel(Piece):
    """A row of things to make, a way to bring files in, and the drafts."""

    name = "workshop"
    modal = True

    def __init__(self, bench: "Making") -> None:
        self.bench = bench
        self.at, self.recipe_at, self.first = 0, 0, 0
        self.doomed = ""  # the draft that is thrown away at the next press
        self._thumbs: dict[tuple[str, int], Texture | None] = {}

    def opened(self, view: View) -> None:
        self.bench.refresh()
        self.bench.trouble, self.doomed = "", ""
        self.at = min(self.at, len(self.bench.drafts) + 1)

    def key(self, view: View) -> object:
        return self.at, self.recipe_at, self.first, self.doomed, self.bench.drafts, self.bench.trouble

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("workshop"), WIDE)
        paper.text(PAD, y, view.t("workshop_make"), theme.SMALL, bold=True, colour=theme.TEAL)
        y += 24
        names = list(recipes())
        each = (inner - 8 * (len(names) - 1)) / len(names)
        for number, name in enumerate(names):
            left, lit = PAD + number * (each + 8), self.at == 0 and self.recipe_at == number
            paper.box(left, y, each, 44, theme.LOQUAT if lit else theme.PAPER_DEEP, radius=14)
            words = view.texts.of(recipes()[name].name)
            paper.text(left + each / 2, y + 12, paper.shorten(words, theme.BODY, each - 10, bold=True), theme.BODY,
                       bold=True, align="centre")  # fmt: skip
            paper.pressable(left, y, each, 44, f"recipe:{number}", radius=14)
        y += 56
        if self.at == 1:
            paper.box(PAD - 6, y - 5, inner + 12, 52, theme.LOQUAT_PALE, radius=17)
        y += paper.button(PAD, y, inner, view.t("workshop_import"), "import") + 16
        paper.text(PAD, y, view.t("workshop_drafts"), theme.SMALL, bold=True, colour=theme.TEAL)
        y += 24
        drafts = self.bench.drafts
        if not drafts:
            y += paper.text(PAD, y + 4, view.t("workshop_empty"), theme.BODY, wide=inner, colour=theme.INK_SOFT) + 12
        for number, draft in enumerate(drafts[self.first : self.first + ROWS], start=self.first):
            self._row(paper, view, y, number, draft)
            y += ROW
        if self.bench.trouble:
            y += paper.text(PAD, y + 4, view.t(self.bench.trouble), theme.SMALL, wide=inner, colour=theme.BERRY) + 8
        keys = [(view.arrows("↑ ↓"), view.t("do_choose")), (view.key("confirm"), view.t("do_open")),
                (view.key("remove"), view.t("workshop_do_remove"))]  # fmt: skip
        y += paper.hints(PAD, y + 10, inner, keys)
        paper.sheet(WIDE, y + 16, radius=22)

    def _row(self, paper: Paper, view: View, y: float, number: int, draft: Draft) -> None:
        inner = WIDE - 2 * PAD
        if self.at == number + 2:
            paper.box(PAD - 8, y, inner + 16, ROW - 6, theme.LOQUAT_PALE, radius=13)
        paper.pressable(PAD - 8, y, inner + 16, ROW - 6, f"draft:{number}", radius=13)
        thumb = self._thumb(draft)
        if thumb is not None:
            paper.picture(PAD, y + 3, THUMB, thumb)
        name = view.texts.of(draft.name) or view.t("workshop_no_name")
        shown = "".join(letter if theme.has_glyph(letter, True) else "·" for letter in name)
        shown = paper.shorten(shown, theme.BODY, inner - 250, bold=True)
        paper.text(PAD + THUMB + 12, y + 7, shown, theme.BODY, bold=True)
        state = "workshop_signed" if draft.good else "workshop_draft"
        if self.doomed == draft.id:
            state = "workshop_sure"
        what = view.t(f"kind_{draft.kind}")
        paper.text(PAD + THUMB + 12, y + 30, what, theme.SMALL, colour=theme.INK_SOFT)
        paper.text(PAD + inner - 4, y + 18, view.t(state), theme.SMALL, align="right",
                   colour=theme.BERRY if self.doomed == draft.id else theme.INK_SOFT)  # fmt: skip

    def _thumb(self, draft: Draft) -> Texture | None:
        path = self.bench.workshop.thumb_path(draft.id)
        if path is None:
            return None
        key = (draft.id, path.stat().st_mtime_ns)
        if key not in self._thumbs:
            self._thumbs[key] = _thumb(path)
        return self._thumbs[key]

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        if act != "remove":
            self.doomed = ""
        match act:
            case "recipe":
                self.at, self.recipe_at = 0, int(number)
                self._open_recipe(view)
            case "import":
                view.wishes.append("open:import")
            case "draft":
                again = self.at == int(number) + 2
                self.at = int(number) + 2
                if again:
                    self._open_draft(view)
            case "go_up" | "go_down":
                self.at = (self.at + (1 if act == "go_down" else -1)) % (len(self.bench.drafts) + 2)
                self.first = min(max(self.first, self.at - 1 - ROWS), max(self.at - 2, 0))
            case "go_left" | "go_right" if self.at == 0:
                self.recipe_at = (self.recipe_at + (1 if act == "go_right" else -1)) % len(recipes())
            case "confirm" if self.at == 0:
                self._open_recipe(view)
            case "confirm" if self.at == 1:
                view.wishes.append("open:import")
            case "confirm":
                self._open_draft(view)
            case "remove" if self.at >= 2 and self.bench.drafts:
                self._remove(self.bench.drafts[self.at - 2])
            case _:
                return None
        return []

    def _open_recipe(self, view: View) -> None:
        self.bench.begin_recipe(list(recipes())[self.recipe_at])
        view.wishes.append("open:diy")

    def _open_draft(self, view: View) -> None:
        self.bench.chosen = self.bench.drafts[self.at - 2]
        view.wishes.append("open:terms")

    def _remove(self, draft: Draft) -> None:
        if self.doomed != draft.id:
            self.doomed = draft.id
            return
        self.doomed = ""
        self.bench.throw_away(draft)
        self.at = min(self.at, len(self.bench.drafts) + 1)


class ImportPanel(Piece):
    """Folders and files that can be read, what the file is to be, and what the import said."""

    name = "import"
    modal = True

    def __init__(self, bench: "Making") -> None:
        self.bench = bench
        self.folder = Path.home()
        self.entries: list[Path] = []
        self.at, self.first, self.kind_at = 0, 0, 0
        self._pictured: tuple[str, Texture | None] = ("", None)

    def opened(self, view: View) -> None:
        self.bench.forget_told()
        self._enter(self.folder)

    def _enter(self, folder: Path) -> None:
        try:
            found = [path for path in folder.iterdir() if not path.name.startswith(".")]
        except OSError:
            self.bench.trouble = "import_no_folder"
            self.entries = self.entries or [folder.parent]  # there is a way out of the first one, too
            return
        # in os.path, what cannot be looked at, as a share that is gone, is neither
        folders = sorted((path for path in found if os.path.isdir(path)), key=lambda path: path.name.lower())
        files = sorted((path for path in found if path.suffix.lower() in ENDINGS and os.path.isfile(path)),
                       key=lambda path: path.name.lower())  # fmt: skip
        self.folder, self.at, self.first = folder, 0, 0
        others = [drive for drive in drives() if drive != folder] if folder == folder.parent else []
        self.entries = [folder.parent, *others, *folders, *files][:FILES_MOST]

    def key(self, view: View) -> object:
        bench = self.bench
        return (self.folder, len(self.entries), self.at, self.first, self.kind_at, bench.busy, bench.refused,
                bench.made_draft, bench.told, bench.trouble, bench.takes_drops)  # fmt: skip

    @property
    def wanted(self) -> Wanted:
        """What a file is to be."""
        return Wanted(kind=ANY_KIND[self.kind_at])

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("workshop_import"), WIDE)
        path = "".join(letter if theme.has_glyph(letter, False) else "·" for letter in str(self.folder))
        while paper.width_of(path, theme.SMALL) > inner and len(path) > 1:
            path = "…" + path[2:]
        paper.text(PAD, y, path, theme.SMALL, colour=theme.INK_SOFT)
        y += 26
        for number, entry in enumerate(self.entries[self.first : self.first + FILE_ROWS], start=self.first):
            if number == self.at:
                paper.box(PAD - 8, y, inner + 16, FILE_ROW - 3, theme.LOQUAT_PALE, radius=10)
            paper.pressable(PAD - 8, y, inner + 16, FILE_ROW - 3, f"entry:{number}", radius=10)
            folder = number == 0 or entry.suffix.lower() not in ENDINGS
            name = ".." if number == 0 else (entry.name or str(entry)) + ("/" if folder and entry.name else "")
            shown = "".join(letter if theme.has_glyph(letter, False) else "·" for letter in name)
            paper.text(PAD + 4, y + 5, paper.shorten(shown, theme.BODY, inner - 20), theme.BODY,
                       colour=theme.INK_SOFT if folder else theme.INK)  # fmt: skip
            y += FILE_ROW
        y += 8
        kind = ANY_KIND[self.kind_at]
        words = view.t("import_as", kind=view.t(f"kind_{kind}") if kind else view.t("import_kind_any"))
        for sign, x, act in (("‹", PAD, "less"), ("›", PAD + inner - 30, "more")):
            paper.dot(x, y, 30, theme.WHITE)
            paper.text(x + 15, y + 2, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
            paper.pressable(x, y, 30, 30, act, radius=15)
        paper.text(PAD + inner / 2, y + 4, words, theme.BODY, bold=True, align="centre")
        y += 42
        y = self._told(paper, view, y, inner)
        keys = [(view.arrows("↑ ↓"), view.t("do_choose")), (view.key("confirm"), view.t("do_open")),
                (view.arrows("← →"), view.t("import_do_kind"))]  # fmt: skip
        y += paper.hints(PAD, y + 8, inner, keys)
        paper.sheet(WIDE, y + 14, radius=22)

    def _told(self, paper: Paper, view: View, y: float, inner: float) -> float:
        bench = self.bench
        if bench.trouble:
            return y + paper.text(PAD, y, view.t(bench.trouble), theme.BODY, wide=inner, colour=theme.BERRY) + 6
        if len(bench.told) > 1:
            return self._told_of_all(paper, view, y, inner)
        if bench.busy:
            return y + paper.text(PAD, y, view.t("import_busy"), theme.BODY, colour=theme.TEAL) + 6
        if bench.refused is not None:
            return y + paper.text(PAD, y, said(view, bench.refused), theme.BODY, wide=inner, bold=True,
                                  colour=theme.BERRY, lines=4) + 6  # fmt: skip
        draft = bench.made_draft
        if draft is not None:
            top, room = y, inner - BESIDE_WIDE - 16
            y += paper.text(PAD, y, view.t("import_done"), theme.BODY, bold=True, wide=room, colour=theme.TEAL) + 4
            for note in draft.notes[-4:]:
                y += paper.text(PAD, y, said(view, note), theme.SMALL, wide=room, lines=3) + 3
            self._beside_person(paper, PAD + inner - BESIDE_WIDE, top, draft)
            return max(y, top + BESIDE_HIGH + 8)
        formats = "import_formats" if bench.takes_drops else "import_formats_alone"
        return y + paper.text(PAD, y, view.t(formats), theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 6

    def _beside_person(self, paper: Paper, x: float, y: float, draft: Draft) -> None:
        """The draft's picture beside a person, both to one scale."""
        paper.box(x, y, BESIDE_WIDE, BESIDE_HIGH, theme.PAPER_DEEP, radius=14)
        wide_m, deep_m, high_m = draft.size_m
        px = (BESIDE_HIGH - 24) / max(PERSON_M, high_m)
        px = min(px, (BESIDE_WIDE - 30) / (PERSON_WIDE_M + max(wide_m, deep_m)))
        floor = y + BESIDE_HIGH - 12
        left = x + (BESIDE_WIDE - (PERSON_WIDE_M + max(wide_m, deep_m)) * px - 8) / 2

        def part(at_m: float, from_m: float, to_m: float, part_m: float) -> None:
            paper.box(left + (at_m - part_m / 2) * px, floor - to_m * px, part_m * px, (to_m - from_m) * px, theme.TEAL,
                      radius=part_m * px * 0.42)  # fmt: skip

        middle = PERSON_WIDE_M / 2
        paper.dot(left + (middle - 0.12) * px, floor - PERSON_M * px, 0.24 * px, theme.TEAL)
        part(middle, 0.72, 1.42, 0.34)
        for side in (-1, 1):
            part(middle + side * 0.09, 0.0, 0.86, 0.15)
            part(middle + side * 0.235, 0.70, 1.38, 0.10)
        thumb = self._thumb(draft)
        if thumb is not None:
            side_px = max(hypot(wide_m, deep_m * 0.4), high_m) * px / 0.93
            paper.picture(left + PERSON_WIDE_M * px + 8, floor - (side_px + high_m * px) / 2, side_px, thumb)

    def _thumb(self, draft: Draft) -> Texture | None:
        if self._pictured[0] != draft.id:
            path = self.bench.workshop.thumb_path(draft.id)
            self._pictured = draft.id, _thumb(path) if path is not None else None
        return self._pictured[1]

    def _told_of_all(self, paper: Paper, view: View, y: float, inner: float) -> float:
        """A line for each of the last files; those before are counted."""
        bench = self.bench
        done = sum(each.note is None for each in bench.told)
        words = view.t("import_busy") if bench.busy else view.t("import_done_of", n=done, of=len(bench.told))
        y += paper.text(PAD, y, words, theme.BODY, bold=True, colour=theme.TEAL) + 4
        for each in bench.told[-TOLD_MOST:]:
            name = "".join(letter if theme.has_glyph(letter, False) else "·" for letter in each.name)
            line = name if each.note is None else said(view, each.note)
            if each.note is not None and each.name and each.name not in line:
                line = f"{name}: {line}"
            mark, colour = ("✓", theme.TEAL) if each.note is None else ("×", theme.BERRY)
            paper.text(PAD, y, mark, theme.SMALL, bold=True, colour=colour)
            y += paper.text(PAD + 20, y, line, theme.SMALL, wide=inner - 20, lines=2) + 3
        return y + 4

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        match act:
            case "entry":
                again = self.at == int(number)
                self.at = int(number)
                if again:
                    self._take(view)
            case "go_up" | "go_down":
                self.at = (self.at + (1 if act == "go_down" else -1)) % max(len(self.entries), 1)
                self.first = min(max(self.first, self.at - FILE_ROWS + 1), self.at)
            case "go_left" | "go_right" | "less" | "more":
                self.kind_at = (self.kind_at + (1 if act in ("go_right", "more") else -1)) % len(ANY_KIND)
            case "confirm":
                self._take(view)
            case _:
                return None
        return []

    def _take(self, view: View) -> None:
        if self.bench.busy or not self.entries:
            return
        entry = self.entries[self.at]
        if self.at == 0 or entry.is_dir():
            self._enter(entry)
        else:
            self.bench.take_in(entry, self.wanted)
