"""Visiting a room: a line for a file, an address or a room's number, and the rooms that were visited before."""

import time
from typing import Protocol

from game.client import theme
from game.client.clipboard import MOST_LETTERS
from game.client.hud_basket import PAD, title
from game.client.hud_field import LinePanel, pen_wide
from game.client.hud_panel import View
from game.client.hud_paper import Box, Paper, Spot
from game.content.bundle_store import Visit
from game.core.commands import Command

WIDE = 660.0
ROW = 50.0
MOST_ROWS = 6
BAR = 10.0


class Guide(Protocol):
    """Who goes and gets the rooms."""

    @property
    def state(self) -> tuple[str, float, str]:
        """A text key of what is being done ("" for nothing), how much of it, 0..1 (-1: unknown), and more to say."""
        ...

    @property
    def failed(self) -> tuple[str, str]:
        """Text key and plain words of why the last room could not be visited; "" for no such thing."""
        ...

    def visited(self) -> tuple[Visit, ...]:
        """The rooms that were visited before, the last first."""
        ...

    def begin(self, text: str) -> None:
        """Visit what a text means."""
        ...

    def again(self, visit: Visit) -> None:
        """Visit a room once more: as it is now where it can be asked for, else as it was."""
        ...

    def stop(self) -> None:
        """Give up what is under way."""
        ...


class VisitPanel(LinePanel):
    """Type or paste where a room is, or choose one."""

    name = "visit"

    def __init__(self, guide: Guide) -> None:
        super().__init__(MOST_LETTERS)
        self.guide = guide
        self.row = -1  # -1: the line
        self._rows: tuple[Visit, ...] = ()

    def opened(self, view: View) -> None:
        self.row = -1
        self._rows = self.guide.visited()[:MOST_ROWS]

    def key(self, view: View) -> object:
        return self.field.text, self.field.composing, self.row, self._rows, self.guide.state, self.guide.failed

    def draw(self, paper: Paper, view: View) -> None:
        inner = WIDE - 2 * PAD
        y = title(paper, view, view.t("visit"), WIDE)
        y += paper.text(PAD, y, view.t("visit_text"), theme.BODY, wide=inner, colour=theme.INK_SOFT) + 12
        paper.spots.append(Spot(Box(PAD, y, inner - (pen_wide(view) if self.row < 0 else 0), 46), "field"))
        y += self.field.draw(paper, view, PAD, y, inner, view.t("visit_prompt"), active=self.row < 0) + 12
        doing, part, more = self.guide.state
        half = (inner - 12) / 2
        if doing:
            y = self._progress(paper, view, y, view.t(doing, more=more), part)
            y += paper.button(PAD, y, half, view.t("visit_stop"), "stop") + 14
        else:
            key = view.go_key(on_line=self.row < 0)
            paper.button(PAD + half + 12, y, half, view.t("visit_go"), "go", key=key, kind="main")
            y += paper.button(PAD, y, half, view.t("do_paste"), "paste") + 14
        reason, why = self.guide.failed
        if reason and not doing:
            y += paper.text(PAD, y, view.t(reason), theme.BODY, wide=inner, bold=True, colour=theme.BERRY) + 2
            if why:
                y += paper.text(PAD, y, why, theme.SMALL, wide=inner, colour=theme.INK_SOFT) + 2
            y += 12
        if self._rows:
            paper.line(PAD, y, inner)
            y += 12
            y += paper.text(PAD, y, view.t("visit_before"), theme.BODY, bold=True) + 8
            for number, visit in enumerate(self._rows):
                self._row(paper, view, y, number, visit)
                y += ROW + 6
            y += 6
            y += paper.hints(PAD, y, inner, [(view.arrows("↑ ↓"), view.t("do_choose"))])
        paper.sheet(WIDE, y + 14, radius=22)

    def _progress(self, paper: Paper, view: View, y: float, words: str, part: float) -> float:
        inner = WIDE - 2 * PAD
        y += paper.text(PAD, y, words, theme.BODY, wide=inner) + 8
        paper.box(PAD, y, inner, BAR, theme.PAPER_DEEP, radius=BAR / 2)
        if part > 0:
            paper.box(PAD, y, max(BAR, inner * min(part, 1.0)), BAR, theme.TEAL, radius=BAR / 2)
        return y + BAR + 14

    def _row(self, paper: Paper, view: View, y: float, number: int, visit: Visit) -> None:
        chosen, wide = number == self.row, WIDE - 2 * PAD + 16
        paper.box(PAD - 8, y, wide, ROW, theme.LOQUAT_PALE if chosen else theme.PAPER_DEEP, radius=13)
        if chosen:
            paper.box(PAD - 8, y, wide, ROW, theme.LOQUAT, radius=13, thick=2)
        paper.spots.append(Spot(Box(PAD - 8, y, wide, ROW), f"row:{number}"))
        when = time.strftime("%Y-%m-%d", time.localtime(visit.at_secs))
        kind = view.t("visit_live" if visit.token else "visit_copy")
        right = f"{kind} · {when}"
        room = wide - 44 - paper.width_of(right, theme.SMALL)
        paper.text(PAD + 6, y + 12, paper.shorten(visit.name, theme.BODY, room, bold=True), theme.BODY, bold=True)
        paper.text(PAD - 8 + wide - 14, y + 15, right, theme.SMALL, align="right", colour=theme.INK_SOFT)

    # --- pressing ------------------------------------------------------------------------------------------------

    def to_line(self) -> None:
        self.row = -1

    def press(self, action: str, view: View) -> list[Command] | None:
        act, _, number = action.partition(":")
        match act:
            case "field":
                self.row = -1
            case "paste":
                self.paste(view)
            case "row":
                again = self.row == int(number)
                self.row = int(number)
                if again:
                    self._go()
            case "go_up" | "go_down":
                self.row = min(max(self.row + (1 if act == "go_down" else -1), -1), len(self._rows) - 1)
            case "stop":
                self.guide.stop()
            case "written" if not self.field.text:
                pass
            case "go" | "confirm" | "written":
                self._go()
            case _:
                return None
        return []

    def _go(self) -> None:
        if self.guide.state[0]:
            return
        if self.row >= 0:
            self.guide.again(self._rows[self.row])
        else:
            self.guide.begin(self.field.text)
