"""Fitting what is worn: on the left the person who wears it, with handles; on the right the same in figures."""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from msgspec import structs

from game.client import theme
from game.client.fitting_room import MOVE, SCALE, TURN, Marks
from game.client.hud_basket import PAD, title
from game.client.hud_controls import slider
from game.client.hud_panel import Piece, View
from game.client.hud_paper import Box, Paper, Spot
from game.content.fitting import MOVE_MOST_M, SCALE_LEAST, SCALE_MOST, Fit
from game.core.commands import Command
from game.core.goods import SLOTS

if TYPE_CHECKING:
    from game.client.making import Making

WIDE, SIDE, GAP, ROW, LABEL, VALUE = 912.0, 470.0, 26.0, 50.0, 100.0, 86.0
TOP = 24 + theme.TITLE * theme.LINE_HEIGHT + 10
TURN_RAD = 0.5  # a press of the keys that look aside
WHERE = ("", *SLOTS)
GRIP = 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a fit: how it is read and changed, least and most of it, and a press of a key."""

    name: str
    read: Callable[[Fit], float]
    change: Callable[[Fit, float], Fit]
    least: float
    most: float
    step: float


def _place(axis: int, way: int = 1) -> tuple[Callable[[Fit], float], Callable[[Fit, float], Fit]]:
    """Reading and changing one coordinate of a fit."""

    def change(fit: Fit, value: float) -> Fit:
        x, y, z = (way * value if number == axis else each for number, each in enumerate(fit.move_m))
        return structs.replace(fit, move_m=(x, y, z))

    return lambda fit: way * fit.move_m[axis], change


ROWS = (
    Row("aside", *_place(0), -MOVE_MOST_M, MOVE_MOST_M, 0.005),
    Row("ahead", *_place(1, -1), -MOVE_MOST_M, MOVE_MOST_M, 0.005),  # the wearer's front is -Y
    Row("up", *_place(2), -MOVE_MOST_M, MOVE_MOST_M, 0.005),
    Row("scale", lambda fit: log2(fit.scale), lambda fit, value: structs.replace(fit, scale=2.0**value),
        log2(SCALE_LEAST), log2(SCALE_MOST), 1 / 32),
    Row("turn", lambda fit: fit.turn_deg, lambda fit, value: structs.replace(fit, turn_deg=value), -180.0, 180.0, 5.0),
)  # fmt: skip
SLOT_AT, FIRST_AT = 0, 1
RESET_AT, DONE_AT = FIRST_AT + len(ROWS), FIRST_AT + len(ROWS) + 1
ROW_OF = {MOVE: FIRST_AT, SCALE: FIRST_AT + 3, TURN: FIRST_AT + 4}


class FitPanel(Piece):
    """A draft as it is worn. What is changed shows at once and is kept."""

    name = "fit"
    modal = True

    def __init__(self, bench: "Making") -> None:
        self.bench = bench
        self.at = 0

    def opened(self, view: View) -> None:
        self.at = 0
        self.bench.begin_fit()

    def key(self, view: View) -> object:
        return self.at, self.bench.fitter.key

    # --- drawing ---------------------------------------------------------------------------------------------------

    def draw(self, paper: Paper, view: View) -> None:
        fitter = self.bench.fitter
        top = TOP
        title(paper, view, view.t("fit_title"), WIDE)
        paper.box(PAD, top, SIDE, SIDE, theme.PAPER_DEEP, radius=18)
        paper.picture(PAD, top, SIDE, fitter.picture.texture, beneath=True)
        marks = fitter.marks()
        if marks is not None:
            self._handles(paper, top, marks)
        left, wide = PAD + SIDE + GAP, WIDE - 2 * PAD - SIDE - GAP
        y = top
        self._slot(paper, view, left, y, wide)
        y += ROW + 8
        for number, row in enumerate(ROWS, start=FIRST_AT):
            self._row(paper, view, left, y, wide, number, row)
            y += ROW
        y += 6
        words = view.t(fitter.trouble) if fitter.trouble else view.t("fit_text" if fitter.slot else "fit_nowhere")
        colour = theme.BERRY if fitter.trouble else theme.INK_SOFT
        paper.text(left, y, words, theme.SMALL, wide=wide, colour=colour, lines=3)
        y = top + SIDE - 42
        each = (wide - 12) / 2
        for number, name, kind in ((RESET_AT, "reset", "plain"), (DONE_AT, "done", "main")):
            x = left if name == "reset" else left + each + 12
            if self.at == number:
                paper.box(x - 6, y - 6, each + 12, 54, theme.LOQUAT_PALE, radius=18)
            paper.button(x, y, each, view.t(f"fit_{name}"), name, kind=kind)
        y = top + SIDE + 14
        looks = f"{view.key('look_left')} {view.key('look_right')}".strip() or view.stick("look")
        keys = [(view.arrows("↑ ↓"), view.t("do_choose")), (view.arrows("← →"), view.t("do_change")),
                (looks, view.t("looks_do_turn"))]  # fmt: skip
        y += paper.hints(PAD, y, WIDE - 2 * PAD, keys)
        paper.sheet(WIDE, y + 12, radius=22)

    def _handles(self, paper: Paper, top: float, marks: Marks) -> None:
        def at(x: float, y: float) -> tuple[float, float]:
            return PAD + (0.5 + x) * SIDE, top + (0.5 - y) * SIDE

        for x, y, near in marks.ring:
            size = 5.0 if near else 3.0
            px, py = at(x, y)
            paper.dot(px - size / 2 - 1, py - size / 2 - 1, size + 2, theme.WHITE)
            paper.dot(px - size / 2, py - size / 2, size, theme.LOQUAT_DEEP if near else theme.LOQUAT)
        middle, corner, knob = (at(*point) for point in (marks.middle, marks.corner, marks.knob))
        low_x, low_y = 2 * middle[0] - corner[0], 2 * middle[1] - corner[1]
        paper.box(low_x, corner[1], corner[0] - low_x, low_y - corner[1], theme.WHITE, radius=10, thick=1.5)
        for name, (px, py) in ((TURN, knob), (SCALE, corner), (MOVE, middle)):
            lit = paper.focus == len(paper.spots) or self.bench.fitter.holds(name)
            size = GRIP if name == MOVE else GRIP - 6
            box = Box(px - size / 2, py - size / 2, size, size)
            radius = 7.0 if name == SCALE else size / 2
            paper.box(box.x, box.y + 1.5, size, size, theme.LOQUAT_DEEP, radius=radius)
            paper.box(box.x, box.y, size, size, theme.LOQUAT if lit else theme.WHITE, radius=radius)
            paper.box(box.x, box.y, size, size, theme.LOQUAT_DEEP, radius=radius, thick=2)
            self._sign(paper, name, px, py)
            paper.spots.append(Spot(box, f"{name}:{ROW_OF[name]}", free=True))

    def _sign(self, paper: Paper, name: str, x: float, y: float) -> None:
        """What a handle does: a cross of ways, a diagonal, a level line."""
        ink = theme.INK
        if name == MOVE:
            paper.box(x - 9, y - 1, 18, 2, ink, radius=1)
            paper.box(x - 1, y - 9, 2, 18, ink, radius=1)
            for dx, dy in ((-9, 0), (9, 0), (0, -9), (0, 9)):
                paper.dot(x + dx - 2.5, y + dy - 2.5, 5, ink)
        elif name == SCALE:
            for step in range(-2, 3):
                size = 5.0 if abs(step) == 2 else 2.5
                paper.dot(x + 2.6 * step - size / 2, y - 2.6 * step - size / 2, size, ink)
        else:
            paper.box(x - 7, y - 1, 14, 2, ink, radius=1)
            for dx in (-7, 7):
                paper.dot(x + dx - 2.5, y - 2.5, 5, ink)

    def _slot(self, paper: Paper, view: View, left: float, y: float, wide: float) -> None:
        if self.at == SLOT_AT:
            paper.box(left - 10, y, wide + 20, ROW - 4, theme.LOQUAT_PALE, radius=12)
        paper.text(left, y + 11, paper.shorten(view.t("fit_slot"), theme.BODY, LABEL - 6), theme.BODY)
        x, room = left + LABEL, wide - LABEL
        words = view.t(f"fit_at_{self.bench.fitter.slot or 'none'}")
        paper.text(x + room / 2, y + 11, paper.shorten(words, theme.BODY, room - 64, bold=True), theme.BODY, bold=True,
                   align="centre")  # fmt: skip
        for sign, across, act in (("‹", x, "less"), ("›", x + room - 28, "more")):
            paper.dot(across, y + 6, 28, theme.WHITE)
            paper.text(across + 14, y + 7, sign, theme.LEAD, bold=True, align="centre", colour=theme.TEAL)
            paper.pressable(across, y + 6, 28, 28, act, radius=14)

    def _row(self, paper: Paper, view: View, left: float, y: float, wide: float, number: int, row: Row) -> None:
        fitter = self.bench.fitter
        if number == self.at:
            paper.box(left - 10, y, wide + 20, ROW - 4, theme.LOQUAT_PALE, radius=12)
        worn = bool(fitter.slot)
        ink = theme.INK if worn else theme.INK_SOFT
        label = paper.shorten(view.t(f"fit_{row.name}"), theme.BODY, LABEL - 6)
        paper.text(left, y + 11, label, theme.BODY, colour=ink)
        value = row.read(fitter.fit)
        if worn:
            part = (value - row.least) / (row.most - row.least)
            slider(paper, left + LABEL, y + 6, wide - LABEL - VALUE, min(max(part, 0.0), 1.0), f"slide:{number}")
        paper.text(left + wide, y + 11, _told(view, row, fitter.fit), theme.BODY, bold=True, align="right", colour=ink)

    # --- changing --------------------------------------------------------------------------------------------------

    def press(self, action: str, view: View) -> list[Command] | None:
        act, fitter = action.partition(":")[0], self.bench.fitter
        way = 1 if act in ("go_right", "more", "look_right", "go_down") else -1
        match act:
            case "go_up" | "go_down":
                self.at = (self.at + way) % (DONE_AT + 1)
            case "less" | "more":
                self.at = SLOT_AT
                self._next_slot(way)
            case "go_left" | "go_right" if self.at == SLOT_AT:
                self._next_slot(way)
            case "go_left" | "go_right" if self.at in (RESET_AT, DONE_AT):
                self.at = RESET_AT + DONE_AT - self.at
            case "go_left" | "go_right":
                row = ROWS[self.at - FIRST_AT]
                self._set(row, (round(row.read(fitter.fit) / row.step) + way) * row.step)
            case "look_left" | "look_right":
                self.turn(TURN_RAD * way)
            case "reset":
                fitter.set(Fit())
            case "confirm" if self.at == RESET_AT:
                fitter.set(Fit())
            case "done":
                view.open_panel = ""
            case "confirm" if self.at == DONE_AT:
                view.open_panel = ""
            case "confirm":
                self.at += 1
            case _:
                return None
        return []

    def drag(self, action: str, part: float, view: View) -> None:
        self.at = int(action.partition(":")[2])
        row = ROWS[self.at - FIRST_AT]
        self._set(row, row.least + part * (row.most - row.least))

    def pull(self, action: str, x: float, y: float, view: View) -> None:
        name, _, number = action.partition(":")
        self.at = int(number)
        self.bench.fitter.drag(name, ((x - PAD) / SIDE - 0.5, 0.5 - (y - TOP) / SIDE))

    def drop(self, view: View) -> None:
        self.bench.fitter.let_go()

    def turn(self, rad: float) -> None:
        self.bench.fitter.picture.turn(rad)

    def _set(self, row: Row, value: float) -> None:
        fitter = self.bench.fitter
        if fitter.slot:
            fitter.set(row.change(fitter.fit, min(max(value, row.least), row.most)))

    def _next_slot(self, way: int) -> None:
        fitter = self.bench.fitter
        fitter.set(slot=WHERE[(WHERE.index(fitter.slot) + way) % len(WHERE)])


def _told(view: View, row: Row, fit: Fit) -> str:
    if row.name == "scale":
        return f"{fit.scale * 100:.0f} %"
    if row.name == "turn":
        return f"{fit.turn_deg:.0f}°".replace("-0°", "0°")
    return view.t("diy_cm", n=f"{row.read(fit) * 100:.1f}".replace("-0.0", "0.0"))
