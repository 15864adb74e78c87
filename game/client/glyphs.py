"""The marks of gamepad buttons, drawn as they look on the pad in hand; and of keys that have no letter on them.

In a label each button is one character of Unicode's private area, so that labels stay plain strings; `Paper` draws it.
"""

import sys
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from panda3d.core import Texture

from game.client import theme
from game.client.theme import Colour, hex_colour

if TYPE_CHECKING:
    from game.client.hud_paper import Paper

FAMILIES = ("xbox", "playstation", "nintendo")
BUTTONS = (
    "a", "b", "x", "y", "back", "start", "left shoulder", "right shoulder", "left trigger", "right trigger",
    "left stick", "right stick", "dpad up", "dpad down", "dpad left", "dpad right", "move", "look",
)  # fmt: skip
"""After "gamepad " the names of the settings; move and look are the sticks being pushed."""
FIRST, BLOCK = 0xE000, 32
BODY = hex_colour("33302f")  # of a pad
MARK = hex_colour("fdf8ef")

# The engine names the buttons by place on Linux; there the upper one of a PlayStation pad is its x.
UPPER_IS_X = sys.platform.startswith("linux")
PLAYSTATION = {"a": "cross", "b": "circle", "x": "triangle", "y": "square"} if UPPER_IS_X else {
    "a": "cross", "b": "circle", "x": "square", "y": "triangle",
}  # fmt: skip
NINTENDO = {"a": "B", "b": "A", "x": "X", "y": "Y"} if UPPER_IS_X else {"a": "B", "b": "A", "x": "Y", "y": "X"}
COLOURS = {
    "A": hex_colour("7ec850"), "B": hex_colour("f0604d"), "X": hex_colour("5aa9f0"), "Y": hex_colour("f6c945"),
    "cross": hex_colour("8fb4f2"), "circle": hex_colour("f58b86"), "square": hex_colour("ec9cd0"),
    "triangle": hex_colour("6fd3b3"),
}  # fmt: skip
SHORT = {
    "xbox": {"left shoulder": "LB", "right shoulder": "RB", "left trigger": "LT", "right trigger": "RT",
             "left stick": "LS", "right stick": "RS"},
    "playstation": {"left shoulder": "L1", "right shoulder": "R1", "left trigger": "L2", "right trigger": "R2",
                    "left stick": "L3", "right stick": "R3"},
    "nintendo": {"left shoulder": "L", "right shoulder": "R", "left trigger": "ZL", "right trigger": "ZR",
                 "left stick": "LS", "right stick": "RS"},
}  # fmt: skip


def glyph(family: str, button: str) -> str:
    """The character that stands for a button in labels, "" for a button that is not known."""
    if button not in BUTTONS:
        return ""
    return chr(FIRST + BLOCK * FAMILIES.index(family) + BUTTONS.index(button))


def meaning(character: str) -> tuple[str, str] | None:
    """Family and button of such a character; None for every other text."""
    if len(character) != 1 or not FIRST <= ord(character) < FIRST + BLOCK * len(FAMILIES):
        return None
    family, button = divmod(ord(character) - FIRST, BLOCK)
    return (FAMILIES[family], BUTTONS[button]) if button < len(BUTTONS) else None


def width(button: str, high: float) -> float:
    """How wide the mark of a button is drawn in a line `high`."""
    wide = button.endswith(("shoulder", "trigger")) or button in ("back", "start")
    return high * 1.4 if wide else high


def draw(paper: "Paper", x: float, y: float, high: float, family: str, button: str) -> None:
    """Draw the mark of a button in a box of its width and `high`."""
    wide = width(button, high)
    if button in "abxy":
        _face(paper, x, y, high, family, button)
    elif button.startswith("dpad"):
        _icon(paper, x, y, high, "dpad", BODY)
        _icon(paper, x, y, high, button.replace("dpad ", "arm_"), theme.LOQUAT)
    elif button in ("move", "look"):
        paper.dot(x, y, high, BODY)
        paper.box(x + 1.5, y + 1.5, high - 3, high - 3, MARK, radius=high / 2, thick=1.5)
        _letters(paper, x + high / 2, y, high, "L" if button == "move" else "R", MARK, 0.55)
    elif button.endswith("stick"):
        paper.dot(x, y, high, BODY)
        _letters(paper, x + high / 2, y, high, SHORT[family][button], MARK, 0.46)
    elif button.endswith(("shoulder", "trigger")):
        tall = button.endswith("trigger")
        paper.box(x, y + (0 if tall else high * 0.1), wide, high * (1.0 if tall else 0.8), BODY, radius=high * 0.3)
        _letters(paper, x + wide / 2, y, high, SHORT[family][button], MARK, 0.54)
    elif family == "nintendo":
        paper.dot(x + (wide - high) / 2, y, high, BODY)
        _letters(paper, x + wide / 2, y, high, "+" if button == "start" else "−", MARK, 0.8)
    else:
        paper.box(x, y + high * 0.14, wide, high * 0.72, BODY, radius=high * 0.36)
        kind = "menu" if button == "start" else "view" if family == "xbox" else "rays"
        _icon(paper, x + (wide - high) / 2, y, high, kind, MARK)


def _face(paper: "Paper", x: float, y: float, high: float, family: str, button: str) -> None:
    paper.dot(x, y, high, BODY)
    if family == "playstation":
        mark = PLAYSTATION[button]
        _icon(paper, x, y, high, mark, COLOURS[mark])
        return
    letter = button.upper() if family == "xbox" else NINTENDO[button]
    _letters(paper, x + high / 2, y, high, letter, COLOURS[letter] if family == "xbox" else MARK, 0.64)


def _letters(paper: "Paper", middle: float, y: float, high: float, text: str, colour: Colour, part: float) -> None:
    size = high * part
    paper.text(middle, y + (high - size * theme.LINE_HEIGHT) / 2, text, size, bold=True, align="centre", colour=colour)


def _icon(paper: "Paper", x: float, y: float, size: float, kind: str, colour: Colour) -> None:
    paper.picture(x, y, size, icon(kind, max(8, round(size * paper.scale))), colour=colour)


Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
FINE = 4  # samples a pixel, each way


@cache
def icon(kind: str, size_px: int) -> Texture:
    """A white mark on nothing: cross, circle, square, triangle, dpad, arm_up ..., menu, view, rays; shift, shift_on,
    shift_lock, erase, space, board."""
    axis = (np.arange(size_px * FINE) + 0.5) / (size_px * FINE) * 2 - 1
    x, y = np.meshgrid(axis, axis)  # -1..1, y down
    mask = _mask(kind, x, y)
    alpha = mask.reshape(size_px, FINE, size_px, FINE).mean((1, 3))
    return theme.white(f"{kind}_{size_px}", alpha[::-1])


def _mask(kind: str, x: Floats, y: Floats) -> Mask:
    across, down = abs(x), abs(y)
    thick = 0.13
    if kind == "cross":
        inside = (across < 0.5) & (down < 0.5)
        return inside & ((abs(x - y) < thick * 1.5) | (abs(x + y) < thick * 1.5))
    if kind == "circle":
        away: Floats = np.hypot(x, y)
        return abs(away - 0.45) < thick * 0.95
    if kind == "square":
        return abs(_larger(across, down) - 0.41) < thick * 0.9
    if kind == "triangle":
        # Distance to the three sides of an equilateral triangle round the middle, its tip up.
        edge = _larger(y + 0.08, _larger(0.866 * x - 0.5 * (y + 0.08), -0.866 * x - 0.5 * (y + 0.08)))
        return abs(edge - 0.28) < thick * 0.85
    if kind == "dpad":
        return ((across < 0.3) & (down < 0.88)) | ((down < 0.3) & (across < 0.88))
    if kind.startswith("arm_"):
        ahead, aside = {"arm_up": (-y, x), "arm_down": (y, x), "arm_left": (-x, y), "arm_right": (x, y)}[kind]
        return (ahead > 0.28) & (ahead < 0.78) & (abs(aside) < (0.78 - ahead) * 0.62)
    if kind.startswith("shift"):
        arrow = -_larger(-_larger((across - y - 0.82) * 0.7, y - 0.06), -_larger(across - 0.34, abs(y - 0.15) - 0.4))
        mark = abs(arrow + 0.075) < 0.075 if kind == "shift" else arrow < 0
        return mark | ((across < 0.34) & (abs(y - 0.76) < 0.09)) if kind == "shift_lock" else mark
    if kind == "erase":
        inside = (x < 0.9) & (down < 0.56) & (x + 0.92 > down * 0.85)
        return inside & ~((abs(x - 0.25) < 0.34) & (down < 0.34) & (abs(abs(x - 0.25) - down) < 0.12))
    if kind == "space":
        return (across < 0.8) & (y < 0.36) & (y > -0.14) & ~((across < 0.64) & (y < 0.2))
    if kind == "board":
        edge = _larger(across - 0.9, down - 0.62)
        keys = (abs(x % 0.36 - 0.18) < 0.09) & (across < 0.72) & (abs(y % 0.34 - 0.17) < 0.08) & (y < 0.1)
        bar = (across < 0.44) & (abs(y - 0.3) < 0.08)
        return ((edge < 0) & (edge > -0.12)) | (keys & (down < 0.42)) | bar
    if kind == "menu":
        return (across < 0.36) & ((down < 0.06) | (abs(down - 0.24) < 0.06))
    if kind == "rays":
        return (abs(across - 0.3) < 0.06) & (down < 0.22) | (across < 0.06) & (down < 0.34)
    frame = _larger(abs(x + 0.1), abs(y + 0.06))
    other = _larger(abs(x - 0.12), abs(y - 0.1))
    return (abs(frame - 0.22) < 0.055) | ((abs(other - 0.22) < 0.055) & (frame > 0.275))


def _larger(a: Floats, b: Floats) -> Floats:
    larger: Floats = np.maximum(a, b)
    return larger
