"""A tree's life as a picture to give away: a photo or a drawing of it, what was done to it, how much came of it."""

import logging
from collections.abc import Sequence
from io import BytesIO
from math import cos, sin
from pathlib import Path
from random import Random

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont, ImageOps

from game.client import theme
from game.client.theme import Colour

log = logging.getLogger(__name__)

WIDE, PICTURE_HIGH = 1080, 620
EDGE, ROW = 72, 54
MOST_ROWS = 12
FIRST_ROWS = 4  # that are kept of a long life: how it began
PHOTO_PIXELS = 40_000_000  # the most that a photo of the game's can have
FINE = 2  # all is drawn so much larger, for smooth edges
LEAVES = ("#5f9a4a", "#74ad55", "#4c853f", "#86bb61")

_Inked = tuple[int, int, int]


class Card(Struct, frozen=True, kw_only=True):
    """All that is written on it; `figures` are numbers with what they count, `rows` days with what happened."""

    heading: str
    under: str
    figures: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str]]
    more: str  # in the place of the rows that are left out
    foot: str
    fruit: str  # colour of the fruit, #rrggbb
    seed: int  # of the drawing


def card_png(card: Card, photo: Path | None) -> bytes:
    """The picture. A photo that can't be read is done without."""
    rows = shortened(card.rows, card.more)
    high = PICTURE_HIGH + 430 + ROW * len(rows)
    image = Image.new("RGB", (WIDE * FINE, high * FINE), _ink(theme.PAPER))
    image.paste(_photo(photo) or _drawn(card), (0, 0))
    pen = _Pen(image)
    y = PICTURE_HIGH + 34.0
    pen.write(EDGE, y + 32, card.heading, 54, theme.INK, bold=True)
    pen.write(EDGE, y + 90, card.under, 30, theme.INK_SOFT)
    y += 138
    each = (WIDE - 2 * EDGE - 2 * 24) / 3
    for number, (value, words) in enumerate(card.figures):
        x = EDGE + number * (each + 24)
        pen.box(x, y, each, 118, 24, theme.PAPER_DEEP)
        pen.write(x + each / 2, y + 44, value, 48, theme.TEAL, bold=True, anchor="mm")
        pen.write(x + each / 2, y + 92, words, 25, theme.INK_SOFT, anchor="mm")
    y += 150
    if len(rows) > 1:
        pen.box(EDGE + 7, y + ROW / 2, 4, ROW * (len(rows) - 1), 2, theme.LINE)
    for when, words in rows:
        middle = y + ROW / 2
        if when:
            pen.box(EDGE, middle - 9, 18, 18, 9, theme.LOQUAT_DEEP)
        pen.write(EDGE + 44, middle, when, 26, theme.INK_SOFT)
        pen.write(EDGE + 350, middle, words, 29, theme.INK if when else theme.INK_SOFT)
        y += ROW
    pen.write(WIDE - EDGE, high - 44, card.foot, 24, theme.INK_SOFT, anchor="rm")
    out = BytesIO()
    image.resize((WIDE, high), Image.Resampling.BOX).save(out, "PNG")
    return out.getvalue()


class _Pen:
    """Draws on a card in its own pixels."""

    def __init__(self, image: Image.Image) -> None:
        self._pen = ImageDraw.Draw(image)

    def box(self, x: float, y: float, wide: float, high: float, radius: float, colour: Colour) -> None:
        corners = (x * FINE, y * FINE, (x + wide) * FINE, (y + high) * FINE)
        self._pen.rounded_rectangle(corners, radius * FINE, _ink(colour))

    def write(
        self, x: float, y: float, text: str, size: int, colour: Colour, *, bold: bool = False, anchor: str = "lm"
    ) -> None:  # fmt: skip
        """One line, no longer than there is room to the right; `y` is its middle."""
        font = _font(size * FINE, bold=bold)
        room = (WIDE - EDGE - x) * FINE if anchor == "lm" else float("inf")
        whole = text
        while text and font.getlength(text if text == whole else text + "…") > room:
            text = text[:-1]
        self._pen.text((x * FINE, y * FINE), text if text == whole else text + "…", _ink(colour), font, anchor=anchor)


def shortened(rows: Sequence[tuple[str, str]], more: str) -> list[tuple[str, str]]:
    """No more rows than fit: how it began, how many are left out, and how it went on."""
    if len(rows) <= MOST_ROWS:
        return list(rows)
    return [*rows[:FIRST_ROWS], ("", more), *rows[len(rows) - (MOST_ROWS - FIRST_ROWS - 1) :]]


def left_out(rows: int) -> int:
    """How many rows of so many `shortened` leaves out."""
    return rows - MOST_ROWS + 1 if rows > MOST_ROWS else 0


def _ink(colour: Colour) -> _Inked:
    red, green, blue = (round(part * 255) for part in colour[:3])
    return red, green, blue


def _font(size_px: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(theme.FONTS / ("loquat_sans_bold.otf" if bold else "loquat_sans.otf")), size_px)


def _photo(path: Path | None) -> Image.Image | None:
    """The photo, cut to the card's width."""
    if path is None:
        return None
    try:
        with Image.open(path, formats=("PNG",)) as photo:
            if photo.width * photo.height > PHOTO_PIXELS:
                log.info("%s is too large for a card", path)
                return None
            return ImageOps.fit(photo.convert("RGB"), (WIDE * FINE, PICTURE_HIGH * FINE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError) as error:  # Pillow raises SyntaxError for a damaged PNG
        log.info("%s can't be put on a card: %s", path, error)
        return None


def _drawn(card: Card) -> Image.Image:
    """A tree with its fruit on a hill, another for every tree."""
    wide, high, draw = WIDE * FINE, PICTURE_HIGH * FINE, Random(card.seed)
    image = Image.new("RGB", (wide, high), (221, 236, 232))
    pen = ImageDraw.Draw(image)
    unit = high / 10
    pen.ellipse((wide * 0.72, unit * 1.0, wide * 0.72 + unit * 1.8, unit * 2.8), _ink(theme.LOQUAT_PALE))
    pen.ellipse((-wide * 0.2, unit * 6.6, wide * 0.9, unit * 16), (196, 216, 160))
    pen.ellipse((wide * 0.2, unit * 7.2, wide * 1.4, unit * 17), (176, 203, 138))
    x, foot = wide / 2, unit * 8.6
    low, top = unit * 0.42, unit * 0.2
    pen.polygon(((x - low, foot), (x + low, foot), (x + top, unit * 5), (x - top, unit * 5)), (121, 89, 62))
    crown = []
    for number in range(34):
        turn, out = number * 2.4, (number / 34) ** 0.5
        at_x, at_y = x + cos(turn) * out * unit * 3.1, unit * 4.1 + sin(turn) * out * unit * 2.2
        crown.append((at_x, at_y, unit * draw.uniform(0.75, 1.15)))
    for number, (at_x, at_y, size) in enumerate(sorted(crown, key=lambda each: -each[1])):
        leaf = LEAVES[(number + draw.randrange(2)) % len(LEAVES)]
        pen.ellipse((at_x - size, at_y - size, at_x + size, at_y + size), leaf)
    size = unit * 0.24
    for leaves_x, leaves_y, leaves in draw.sample(crown, 17):
        at_x, at_y = leaves_x + draw.uniform(-0.4, 0.4) * leaves, leaves_y + draw.uniform(0.0, 0.6) * leaves
        pen.ellipse((at_x - size, at_y - size, at_x + size, at_y + size), card.fruit)
        shine = size * 0.28
        pen.ellipse((at_x - size * 0.5 - shine, at_y - size * 0.5 - shine, at_x - size * 0.5 + shine,
                     at_y - size * 0.5 + shine), (255, 246, 226))  # fmt: skip
    return image
