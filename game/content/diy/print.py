"""What is printed on goods: words and a picture in a rectangle of pixels."""

from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from game.content.imports.source import Pixels

FONT = Path(__file__).resolve().parents[3] / "assets" / "fonts" / "loquat_sans.otf"
WORDS_PART = 0.24  # of a print's height, below a picture
LEAST_PX = 8


@cache
def _font(size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size_px)


def rgb(hex_srgb: str) -> tuple[int, int, int]:
    """Red, green and blue 0..255 of "#rrggbb"."""
    return int(hex_srgb[1:3], 16), int(hex_srgb[3:5], 16), int(hex_srgb[5:7], 16)


def printed(sheet: Pixels, box: tuple[int, int, int, int], ink: str, words: str, picture: Pixels | None) -> Pixels:
    """A sheet with a picture and words below it, or one of them, within a box (left, top, right, bottom)."""
    image = Image.fromarray(sheet)
    left, top, right, bottom = box
    words = words.strip()
    if picture is not None:
        room = (bottom - top) * (1 - WORDS_PART if words else 1)
        high, wide = picture.shape[:2]
        scale = min((right - left) / wide, room / high)
        size = (max(round(wide * scale), 1), max(round(high * scale), 1))
        put = Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS)
        image.paste(put, (round((left + right - size[0]) / 2), round(top + (room - size[1]) / 2)))
        top = round(top + room)
    if words:
        _write(ImageDraw.Draw(image), (left, top, right, bottom), ink, words)
    return np.asarray(image, np.uint8)


def _write(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], ink: str, words: str) -> None:
    """Words as large as they fit, in one line or two."""
    left, top, right, bottom = box
    best: tuple[int, str] = (LEAST_PX, words)
    for text in {words, _halved(words)}:
        size = bottom - top
        while size > LEAST_PX:
            a, b, c, d = draw.multiline_textbbox((0, 0), text, font=_font(size), spacing=size // 6, align="center")
            if c - a <= (right - left) and d - b <= (bottom - top) * 0.92:
                break
            size = min(size - 1, int(size * 0.94))
        best = max(best, (size, text))
    size, text = best
    draw.multiline_text(
        ((left + right) / 2, (top + bottom) / 2), text, fill=rgb(ink), font=_font(size), anchor="mm",
        spacing=size // 6, align="center",
    )  # fmt: skip


def _halved(words: str) -> str:
    """Words in two lines, broken at the space that is nearest to the middle; as they are where there is none."""
    spaces = [at for at, letter in enumerate(words) if letter == " "]
    if not spaces:
        return words
    at = min(spaces, key=lambda at: abs(at - len(words) / 2))
    return words[:at] + "\n" + words[at + 1 :]
