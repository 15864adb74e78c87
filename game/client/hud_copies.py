"""Copies of the room: one button saves one, and a list or a typed path takes one in."""

import time
from pathlib import Path
from typing import Protocol

from game.client import theme
from game.client.hud_basket import PAD, title
from game.client.hud_field import LinePanel, pen_wide
from game.client.hud_panel import View
from game.client.hud_paper import Box, Paper, Spot
from game.content.room_copy import SUFFIX
from game.core.commands import Command

WIDE = 640.0
ROW, ROWS = 42.0, 6
MOST_LETTERS = 1_000


class Copier(Protocol):
    """Who reads and writes the files."""

    files: tuple[Path, ...]
    failed: tuple[str, str]
    done: tuple[str, dict[str, object]]

    def look(self) -> None:
        """See what there is now."""
        ...

    def save(self) -> None:
        """Save the room as it is now."""
        ...

    def take(self, path: Path) -> list[Command]:
        """Furnish the room as a copy is."""
        ...


class CopiesPanel(LinePanel):
    """Choose a file, or type where one is; letters go into the line whatever is chosen."""

    name = "copies"
    writes_first = False  # what there is comes first

    def __init__(self, by: Copier) -> None:
        super().__init__(MOST_LETTERS)
        self.by = by
        self.row, self.first = -1, 0  # -1: the line

    def opened(self, view: View) -> None:
        self.row, self.first, self.field.text = -1, 0, ""
        self.by.look()

    def key(self, view: View) -> object:
        by = self.by
        return by.files, by.failed, by.done[0], tuple(by.done[1].values()), self.row, self.first, self.field.text, (
            self.field.composing
        )  # fmt: skip

    def draw(self, paper: Paper, view: View) -> None:
        by, inner = self.by, WIDE - 2 * PAD
        y = title(paper, view, view.t("copies_title"), WIDE)
        y += paper.text(PAD, y, view.t("copies_text"), theme.BODY, wide=inner, colour=theme.INK_SOFT) + 14
        y += paper.button(PAD, y, inner, view.t("copies_save"), "save") + 16
        paper.spots.append(Spot(Box(PAD, y, inner - (pen_wide(view) if self.row < 0 else 0), 46), "field"))
        y += self.field.draw(paper, view, PAD, y, inner, view.t("copies_prompt"), active=self.row < 0) + 10
        for number, path in enumerate(by.files[self.first : self.first + ROWS], start=self.first):
            self._row(paper, y, number, path)
            y += ROW
        if not by.files:
            y += paper.text(PAD, y + 4, view.t("copies_empty"), theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 8
        y += 10
        half = (inner - 12) / 2
        paper.button(PAD, y, half, view.t("do_paste"), "paste")
        take, key = view.t("copies_take"), view.go_key(on_line=self.row < 0)
        y += paper.button(PAD + half + 12, y, half, take, "take", key=key, kind="main") + 14
        reason, why = by.failed
        if reason:
            y += paper.text(PAD, y, view.t(reason), theme.BODY, wide=inner, bold=True, colour=theme.BERRY) + 2
            shown = "".join(letter if theme.has_glyph(letter, False) else "·" for letter in why)
            y += paper.text(PAD, y, shown, theme.SMALL, wide=inner, lines=3, colour=theme.INK_SOFT) + 10
        done, values = by.done
        if done:
            words = view.texts.count(done, int(str(values["n"]))) if "n" in values else view.t(done, **values)
            shown = "".join(letter if theme.has_glyph(letter, True) else "·" for letter in words)
            y += paper.text(PAD, y, shown, theme.BODY, wide=inner, lines=3, bold=True, colour=theme.TEAL) + 10
        y += paper.hints(PAD, y, inner, [(view.arrows("↑ ↓"), view.t("do_choose"))])
        paper.sheet(WIDE, y + 12, radius=22)

    def _row(self, paper: Paper, y: float, number: int, path: Path) -> None:
        chosen, wide = number == self.row, WIDE - 2 * PAD + 16
        paper.box(PAD - 8, y, wide, ROW - 5, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=12)
        if chosen:
            paper.box(PAD - 8, y, wide, ROW - 5, theme.LOQUAT, radius=12, thick=2)
        paper.pressable(PAD - 8, y, wide, ROW - 5, f"row:{number}", radius=12)
        try:
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
        except OSError:
            when = ""  # it went meanwhile; taking it in will say so
        name = path.name.removesuffix(SUFFIX)
        name = "".join(letter if theme.has_glyph(letter, True) else "·" for letter in name)
        paper.text(PAD + 6, y + 9, paper.shorten(name, theme.BODY, wide - 180, bold=True), theme.BODY, bold=True)
        paper.text(PAD - 8 + wide - 14, y + 11, when, theme.SMALL, align="right", colour=theme.INK_SOFT)

    # --- pressing ------------------------------------------------------------------------------------------------

    def to_line(self) -> None:
        self.row = -1

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        match act:
            case "field":
                self.row, self.first = -1, 0
            case "save":
                self.by.save()
            case "paste":
                self.paste(view)
            case "row":
                again = self.row == int(number)
                self.row = int(number)
                if again:
                    return self._take()
            case "go_up" | "go_down":
                self.row = (self.row + 1 + (1 if act == "go_down" else -1)) % (len(self.by.files) + 1) - 1
                self.first = min(max(self.first, self.row - ROWS + 1), max(self.row, 0))
            case "take" | "confirm" | "written":
                return self._take()
            case _:
                return None
        return []

    def _take(self) -> list[Command]:
        if self.row >= 0:
            return self.by.take(self.by.files[self.row])
        typed = self.field.text.strip().strip("'\"").removeprefix("file://")
        return self.by.take(Path(typed)) if typed else []
