"""Where a piece of the HUD stands and how large it is drawn."""

from collections.abc import Sequence

from panda3d.core import NodePath

from game.client import theme
from game.client.hud_panel import Piece, Strip, View
from game.client.hud_paper import Box, Paper
from game.client.palette import PALETTES

CHIP_HIGH = 45.0
BELOW_CARET = 14.0  # the rest of the line that is written in
MARGIN = 22.0  # between the pieces and the edges of the screen
APPEAR_SECS = 0.16
LEAST_READING, MOST_READING = 0.75, 2.0  # of the design's size: smaller cannot be read, larger does not fit

Size = tuple[int, int]


class Shown:
    """A piece as it is on the screen."""

    def __init__(self, piece: Piece, layer: NodePath) -> None:
        self.piece = piece
        self.layer = layer
        self.key: object = None
        self.paper: Paper | None = None
        self.left = self.top = 0.0  # of its sheet, in screen pixels from the top left corner
        self.rest = Box(0, 0, 0, 0)  # where it is once it has slid in, in screen pixels
        self.since_secs = 0.0


def scale_for(piece: Piece, view: View, size_px: Size) -> float:
    """Screen pixels per design pixel of a piece; the view is told how much room there is at that scale."""
    size = view.settings.ui_scale
    if piece.reads:
        size = min(max(size * view.settings.values.text_size, LEAST_READING), MOST_READING)
    scale = size_px[1] / theme.DESIGN_HEIGHT_PX * size
    view.wide, view.high = size_px[0] / scale, size_px[1] / scale
    return scale


def draw(shown: Shown, view: View, size_px: Size, scale: float, focus: int | None) -> Paper:
    """The piece on paper, at a smaller scale where it would not fit on the screen; its old paper is removed."""
    colours = PALETTES[view.settings.values.palette].flat
    old = shown.paper
    paper = Paper(shown.layer, scale, focus, colours, instead_of=old)
    shown.piece.draw(paper, view)
    chips = CHIP_HIGH * size_px[1] / theme.DESIGN_HEIGHT_PX * view.settings.ui_scale
    room_x = size_px[0] - 2 * MARGIN * 0.6
    room_y = size_px[1] - 2 * (chips + MARGIN * 1.4 if shown.piece.anchor == "right" else MARGIN * 0.6)
    fits = min(1.0, room_x / (paper.wide * scale), room_y / (paper.high * scale))
    if fits < 1.0:
        large, paper = paper, Paper(shown.layer, scale * fits, focus, colours, instead_of=paper)
        shown.piece.draw(paper, view)
        large.remove()
    if old is not None:
        old.remove()
    return paper


def margin_px(view: View, size_px: Size) -> float:
    """Screen pixels between the pieces and the edges of the screen."""
    return MARGIN * min(1.0, view.settings.ui_scale) * size_px[1] / theme.DESIGN_HEIGHT_PX


def strips(panel: Box, margin: float, size_px: Size) -> tuple[Strip, ...]:
    """The room beside, above and below a panel of screen pixels, margins on both sides taken off."""
    width, height = size_px
    right, bottom = width - panel.x - panel.wide, height - panel.y - panel.high
    wide, high = width - 2 * margin, height - 2 * margin
    room = (
        ("bottom_left", panel.x - 2 * margin, high), ("bottom_right", right - 2 * margin, high),
        ("top", wide, panel.y - 1.5 * margin), ("bottom", wide, bottom - 1.5 * margin),
    )  # fmt: skip
    return tuple(Strip(anchor, wide / height, high / height) for anchor, wide, high in room)


def around(boxes: Sequence[Box]) -> Box:
    """The least box that holds all of these."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.wide for box in boxes), max(box.y + box.high for box in boxes)
    return Box(left, top, right - left, bottom - top)


def place(shown: Shown, view: View, size_px: Size, free_px: float, floor_px: float) -> None:
    """Put a sheet where its anchor says, sliding in a little while it is new; left of `free_px` at the bottom.

    What stands at the bottom is above `floor_px`, and so is a line that is written in, with as much round it as fits.
    """
    paper = shown.paper
    assert paper is not None
    width, height = size_px
    wide, high = paper.wide * paper.scale, paper.high * paper.scale
    margin = margin_px(view, size_px)
    anchor = shown.piece.where(view)
    left, top = (width - wide) / 2, (height - high) / 2
    if "left" in anchor:
        left = margin
    if "right" in anchor:
        left = width - wide - margin
    if "top" in anchor:
        top = margin
    if "bottom" in anchor:
        top = floor_px - high - margin
    if anchor == "bottom" and left + wide > free_px - margin / 2:
        left = max(margin / 2, (free_px - wide) / 2)
    if anchor == "beside":
        left = min(width / 2 + 56 * paper.scale, width - wide - margin)
    if (caret := paper.caret_at) is not None:
        top = min(top, max(margin, floor_px - high - margin / 2))
        top = min(top, floor_px - (caret.y + caret.high + BELOW_CARET) * paper.scale)
    across, down = shown.piece.shift(view)
    left, top = left + across * paper.scale, top + down * paper.scale
    shown.rest = Box(left, top, wide, high)
    age = view.now_secs - shown.since_secs
    new = 0.0 if view.settings.reduced_motion else max(0.0, 1.0 - age / APPEAR_SECS) ** 2
    shown.left, shown.top = float(round(left)), float(round(top + new * 14 * paper.scale))
    paper.root.set_pos(shown.left, -shown.top, 0.0)
    paper.root.set_alpha_scale(1.0 - new)
