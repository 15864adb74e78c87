"""What a player sets things with: tabs, switches and sliders on paper."""

from collections.abc import Sequence

from game.client import theme
from game.client.hud_paper import Box, Paper, Spot

TRACK = 6.0
KNOB = 20.0


def tabs(paper: Paper, x: float, y: float, wide: float, labels: Sequence[tuple[str, str]], chosen: int) -> float:
    """A row of tabs, each (label, action). Returns the height it takes."""
    high, each = 36.0, wide / len(labels)
    paper.box(x, y, wide, high, theme.PAPER_DEEP, radius=high / 2)
    for number, (label, action) in enumerate(labels):
        left = x + number * each
        if number == chosen:
            paper.box(left + 2, y + 2, each - 4, high - 4, theme.LOQUAT, radius=high / 2 - 2)
        paper.pressable(left, y, each, high, action, radius=high / 2)
        size = theme.BODY
        while size > 10 and paper.width_of(label, size, bold=True) > each - 20:
            size -= 0.5
        colour = theme.INK if number == chosen else theme.INK_SOFT
        top = y + (high - size * theme.LINE_HEIGHT) / 2
        paper.text(left + each / 2, top, label, size, bold=True, align="centre", colour=colour)
    return high


def switch(paper: Paper, x: float, y: float, on: bool) -> None:
    """A switch 46 wide and 26 high, drawn only; its place and a tick say whether it is on."""
    paper.box(x, y, 46, 26, theme.TEAL if on else theme.LINE, radius=13)
    knob = x + (23 if on else 3)
    paper.dot(knob, y + 3, 20, theme.WHITE)
    if on:
        paper.text(knob + 10, y + 3, "✓", theme.SMALL, bold=True, align="centre", colour=theme.TEAL)


def slider(paper: Paper, x: float, y: float, wide: float, part: float, action: str) -> None:
    """A slider 30 high at `part` of its length; pressing and dragging it is `action`."""
    middle = y + 15
    if paper.focus == len(paper.spots):
        paper.box(x - 6, y - 1, wide + 12, 32, theme.TEAL, radius=16, thick=2)
    paper.box(x, middle - TRACK / 2, wide, TRACK, theme.LINE, radius=TRACK / 2)
    at = x + part * (wide - KNOB)
    if part > 0:
        paper.box(x, middle - TRACK / 2, at - x + KNOB / 2, TRACK, theme.LOQUAT, radius=TRACK / 2)
    paper.dot(at, middle - KNOB / 2 + 1.5, KNOB, theme.LOQUAT_DEEP)
    paper.dot(at, middle - KNOB / 2, KNOB, theme.WHITE)
    paper.box(at, middle - KNOB / 2, KNOB, KNOB, theme.LOQUAT_DEEP, radius=KNOB / 2, thick=2)
    # Half a knob at either end, so that the knob's middle follows the pointer.
    paper.spots.append(Spot(Box(x + KNOB / 2, y, wide - KNOB, 30), action, slides=True))
