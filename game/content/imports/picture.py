"""A picture as a good: a print behind a mount, in a wooden frame that hangs on a wall."""

import numpy as np

from game.content.diy.bench_model import Growing, colour, frame, panel
from game.content.goods_model import Floats, Model
from game.content.imports.images import decoded
from game.content.imports.notes import Note
from game.content.imports.source import Pixels
from game.content.shapes import box

LONGEST_M = 0.62  # of a frame of which nobody said how large it is
THINNEST = 0.15  # a picture longer than this by one is cut to it
WOOD, MOUNT = "#a97c4f", "#f4ede0"


def framed_picture(raw: bytes, name: str, size_m: float = 0.0) -> tuple[Model, list[Note]]:
    """A picture file in a frame whose longer side is `size_m`. Raises ImportRefusedError for what is no picture."""
    pixels, clear = decoded(raw, name)
    notes = [Note("picture_framed", {"wide": pixels.shape[1], "high": pixels.shape[0]})]
    if clear:
        notes.append(Note("image_clear", {"image": name}))
    return framed(_cut(pixels), size_m or LONGEST_M, wood=colour(WOOD), mount=colour(MOUNT)), notes


def _cut(pixels: Pixels) -> Pixels:
    """The middle of a picture that is far too long or too high."""
    high, wide = pixels.shape[:2]
    most_wide, most_high = int(high / THINNEST), int(wide / THINNEST)
    x, y = max(0, (wide - most_wide) // 2), max(0, (high - most_high) // 2)
    return pixels[y : y + most_high, x : x + most_wide]


def framed(
    pixels: Pixels, longest_m: float, *, wood: Floats, mount: Floats, mount_part: float = 0.09, bar_part: float = 0.045
) -> Model:
    """A print in its frame: `longest_m` over all, `mount_part` and `bar_part` of that for the mount and the bars."""
    high_px, wide_px = pixels.shape[:2]
    bar, edge = longest_m * bar_part, longest_m * mount_part
    longest = longest_m - 2 * (bar + edge)
    wide, high = np.array([wide_px, high_px]) * longest / max(wide_px, high_px)
    deep = max(0.016, bar * 0.85)
    growing = Growing()
    inner_wide, inner_high = wide + 2 * edge, high + 2 * edge
    growing.add(frame(inner_wide, inner_high, bar, deep), wood, 0.32)
    if edge > 0:
        card, _ = panel(inner_wide, inner_high, columns=2, rows=2)
        growing.add(card, mount, 0.04, at=(0, -0.30 * deep, 0))
        bevel = 0.0035
        growing.add(frame(wide, high, bevel, 0.0016), mount * 0.93, 0.04, at=(0, -0.30 * deep - 0.0004, 0))
    picture, uv = panel(wide, high)
    growing.add(picture, np.ones(3), 0.06, uv=uv, at=(0, -0.30 * deep - 0.0008, 0))
    back = box(inner_wide + bar, 0.003, inner_high + bar, 0.0008)
    growing.add(back, wood * 0.55, 0.05, at=(0, -0.002, -(inner_high + bar) / 2))
    return growing.model(pixels)
