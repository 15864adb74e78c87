"""The look of everything flat: colours, type, and soft-cornered shapes with smooth edges at every screen size."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from panda3d.core import DynamicTextFont, Filename, Texture

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"

Colour = tuple[float, float, float, float]


def hex_colour(text: str, alpha: float = 1.0) -> Colour:
    """A colour from its six hexadecimal digits."""
    return (int(text[0:2], 16) / 255, int(text[2:4], 16) / 255, int(text[4:6], 16) / 255, alpha)


PAPER = hex_colour("fffaf0")
PAPER_DEEP = hex_colour("f8ecd6")  # insets and rows
LINE = hex_colour("eadbc0")
INK = hex_colour("3b2a1e")
INK_SOFT = hex_colour("6b5745")
LOQUAT = hex_colour("f6a531")  # the one accent; ink stands on it
LOQUAT_DEEP = hex_colour("d97f12")
LOQUAT_PALE = hex_colour("fde6bd")
TEAL = hex_colour("1b635b")  # paper stands on it
TEAL_PALE = hex_colour("d9ebe4")
BERRY = hex_colour("b23a35")
BERRY_PALE = hex_colour("f9ddd3")
WHITE = hex_colour("ffffff")
SHADE = hex_colour("3b2412", 0.5)  # shadow of a card
VEIL = hex_colour("2a1a10", 0.38)  # over the world, behind a panel

# Type sizes in design pixels (720 to the height of the screen at 100 %).
SMALL, BODY, LEAD, TITLE, DISPLAY = 14.0, 16.0, 18.0, 25.0, 34.0
LINE_HEIGHT = 1.36
CAP_HEIGHT = 0.733  # of capitals and figures in both faces
GLYPH_MARGIN_PX = 2  # empty border of a glyph; Panda3D sets every glyph so much too far to the right and down

DESIGN_HEIGHT_PX = 720.0


@cache
def _face(bold: bool) -> DynamicTextFont:
    path = FONTS / ("loquat_sans_bold.otf" if bold else "loquat_sans.otf")
    face = DynamicTextFont(Filename.from_os_specific(str(path)), 0)
    if not face.is_valid():
        raise FileNotFoundError(f"{path}: no font there; restore it or build it with assets/studio/font.py")
    return face


@cache
def font(size_px: int, bold: bool) -> DynamicTextFont:
    """The face at one size in real pixels: each glyph is drawn at exactly that size, so that it is never blurred."""
    made = _face(bold).make_copy()
    made.clear()
    made.set_scale_factor(1)
    made.set_texture_margin(GLYPH_MARGIN_PX)
    made.set_pixels_per_unit(size_px)
    made.set_page_size(512, 512)
    made.set_minfilter(Texture.FT_linear)
    made.set_magfilter(Texture.FT_linear)
    made.set_line_height(LINE_HEIGHT)
    return made


@cache
def has_glyph(character: str, bold: bool) -> bool:
    """Whether the face can draw a character."""
    glyph = font(16, bold).get_glyph(ord(character))
    # Characters that share a glyph all give the one that was asked for first; one that is missing gives 0.
    return glyph is not None and (character.isspace() or glyph.get_character() != 0)


def can_be_bold(text: str) -> bool:
    """Whether the bold face has all of a text; the regular one has more characters."""
    return all(has_glyph(character, True) for character in text)


def _corner_distance(radius_px: float, margin_px: int) -> np.ndarray:
    """Signed distance in pixels to the edge of a rounded square whose straight parts are 2 px long; > 0 outside."""
    half = int(np.ceil(radius_px)) + 1 + margin_px
    axis = np.abs(np.arange(2 * half) + 0.5 - half)
    inner = half - margin_px - radius_px
    across, down = np.meshgrid(np.maximum(axis - inner, 0.0), np.maximum(axis - inner, 0.0))
    away_px: np.ndarray = np.hypot(across, down) - radius_px
    return away_px


@cache
def shape(kind: str, radius_px: int, thick_px: int, margin_px: int) -> Texture:
    """White nine-patch texture: `fill` a rounded box, `ring` its outline, `shadow` its soft shade.

    The patch is `2 * (radius + 1 + margin)` pixels wide; the middle may be stretched.
    """
    away = _corner_distance(float(radius_px), margin_px)
    if kind == "fill":
        alpha = np.clip(0.5 - away, 0.0, 1.0)
    elif kind == "ring":
        alpha = np.clip(0.5 - away, 0.0, 1.0) * np.clip(0.5 + away + thick_px, 0.0, 1.0)
    else:
        alpha = np.clip(0.5 - away / (2.0 * max(margin_px, 1)), 0.0, 1.0) ** 1.7
    return white(f"{kind}_{radius_px}_{thick_px}_{margin_px}", alpha)


def white(name: str, alpha: np.ndarray) -> Texture:
    """A white picture of an opacity (height, width), 0..1, from its lowest row on."""
    pixels = np.full((*alpha.shape, 4), 255, np.uint8)
    pixels[..., 3] = np.round(alpha * 255)
    texture = Texture(name)
    texture.setup_2d_texture(alpha.shape[1], alpha.shape[0], Texture.T_unsigned_byte, Texture.F_rgba)
    texture.set_ram_image_as(pixels.tobytes(), "RGBA")
    texture.set_wrap_u(Texture.WM_clamp)
    texture.set_wrap_v(Texture.WM_clamp)
    texture.set_minfilter(Texture.FT_linear)
    texture.set_magfilter(Texture.FT_linear)
    return texture
