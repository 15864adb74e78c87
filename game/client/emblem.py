"""The emblem: two loquats and a leaf, painted by arithmetic at whatever size is asked for."""

from functools import cache

import numpy as np
from panda3d.core import Texture

FINE = 4  # samples a pixel, each way
SKIN, SKIN_DEEP, SKIN_LIGHT = (246, 165, 49), (217, 127, 18), (253, 214, 140)
LEAF, LEAF_DEEP, LEAF_VEIN = (38, 112, 96), (22, 82, 74), (132, 186, 158)
STEM, CALYX = (107, 78, 52), (92, 62, 38)


@cache
def emblem(size_px: int) -> Texture:
    """A square picture of `size_px` pixels on nothing."""
    axis = (np.arange(size_px * FINE) + 0.5) / (size_px * FINE) * 2 - 1
    x, y = np.meshgrid(axis, axis)  # -1..1, y down
    picture = np.zeros((*x.shape, 4))
    _leaf(picture, x, y, tip=(0.84, -0.72), base=(-0.04, -0.42), wide=0.30)
    _leaf(picture, x, y, tip=(-0.88, -0.66), base=(-0.04, -0.42), wide=0.24)
    _stroke(picture, x, y, (-0.04, -0.50), (-0.36, 0.0), 0.045, STEM)
    _stroke(picture, x, y, (-0.04, -0.50), (0.34, 0.0), 0.045, STEM)
    _stroke(picture, x, y, (0.0, -0.86), (-0.04, -0.44), 0.06, STEM)
    _fruit(picture, x, y, (-0.40, 0.33), 0.47)
    _fruit(picture, x, y, (0.37, 0.42), 0.50)
    small = picture.reshape(size_px, FINE, size_px, FINE, 4)
    alpha = small[..., 3:].mean((1, 3))
    colour = (small[..., :3] * small[..., 3:]).mean((1, 3)) / np.maximum(alpha, 1e-6)
    pixels = np.concatenate([np.round(colour), np.round(alpha * 255)], axis=2).astype(np.uint8)[::-1]
    texture = Texture(f"emblem_{size_px}")
    texture.setup_2d_texture(size_px, size_px, Texture.T_unsigned_byte, Texture.F_rgba)
    texture.set_ram_image_as(np.ascontiguousarray(pixels).tobytes(), "RGBA")
    texture.set_wrap_u(Texture.WM_clamp)
    texture.set_wrap_v(Texture.WM_clamp)
    texture.set_minfilter(Texture.FT_linear)
    texture.set_magfilter(Texture.FT_linear)
    return texture


def _paint(picture: np.ndarray, inside: np.ndarray, colour: tuple[int, int, int]) -> None:
    picture[inside] = (*colour, 1.0)


def _fruit(picture: np.ndarray, x: np.ndarray, y: np.ndarray, at: tuple[float, float], radius: float) -> None:
    """A loquat: a little longer than wide, lit from the upper left, its dry flower below."""
    u, v = (x - at[0]) / radius, (y - at[1]) / (radius * 1.06)
    inside = np.hypot(u, v) < 1.0
    _paint(picture, inside, SKIN_DEEP)
    _paint(picture, inside & (np.hypot(u + 0.10, v + 0.12) < 0.94), SKIN)
    _paint(picture, inside & (np.hypot((u + 0.36) / 0.30, (v + 0.40) / 0.24) < 1.0), SKIN_LIGHT)
    _paint(picture, inside & (np.hypot((u - 0.12) / 0.17, (v - 0.74) / 0.11) < 1.0), CALYX)


def _leaf(
    picture: np.ndarray, x: np.ndarray, y: np.ndarray, *, tip: tuple[float, float], base: tuple[float, float],
    wide: float,
) -> None:  # fmt: skip
    """A leaf from base to tip, its lower half darker, a pale vein in its middle."""
    length = float(np.hypot(tip[0] - base[0], tip[1] - base[1]))
    ux, uy = (tip[0] - base[0]) / length, (tip[1] - base[1]) / length
    along = ((x - base[0]) * ux + (y - base[1]) * uy) / length
    aside = -(x - base[0]) * uy + (y - base[1]) * ux
    if ux < 0:
        aside = -aside
    part = np.clip(along, 0, 1)
    edge = wide * np.sin(np.pi * part**0.8) * (1 - 0.25 * part)
    inside = (along > 0) & (along < 1) & (np.abs(aside) < edge)
    _paint(picture, inside, LEAF)
    _paint(picture, inside & (aside > 0), LEAF_DEEP)
    _paint(picture, inside & (np.abs(aside) < 0.018) & (along < 0.9), LEAF_VEIN)


def _stroke(
    picture: np.ndarray, x: np.ndarray, y: np.ndarray, a: tuple[float, float], b: tuple[float, float], thick: float,
    colour: tuple[int, int, int],
) -> None:  # fmt: skip
    dx, dy = b[0] - a[0], b[1] - a[1]
    part = np.clip(((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy), 0, 1)
    _paint(picture, np.hypot(x - a[0] - part * dx, y - a[1] - part * dy) < thick, colour)
