"""Small things that the panels for finding share: portraits, hearts, colour dots, pills, and words for where it is."""

from math import isfinite

from game.client import theme
from game.client.hud_panel import View
from game.client.hud_paper import Paper
from game.client.theme import Colour, hex_colour
from game.core.ids import GoodId
from game.core.search import Found

SWATCHES: dict[str, Colour] = {
    "red": hex_colour("d5382c"), "orange": hex_colour("ef8a24"), "yellow": hex_colour("f5cf3a"),
    "green": hex_colour("4b9a55"), "blue": hex_colour("3564b4"), "purple": hex_colour("83479f"),
    "pink": hex_colour("ef9db4"), "brown": hex_colour("7a4b2b"), "beige": hex_colour("eddcb8"),
    "grey": hex_colour("8f8d89"), "black": hex_colour("24211f"), "white": hex_colour("fdfcf9"),
}  # fmt: skip


def portrait(paper: Paper, view: View, good: GoodId, x: float, y: float, size: float) -> float:
    """A good's picture, or room for it until it has been taken. Returns its width, 0 where there are no pictures."""
    if view.portrait is None:
        return 0.0
    texture = view.picture(good)
    if texture is not None:
        paper.picture(x, y, size, texture)
    return size


def heart(paper: Paper, x: float, y: float, size: float) -> None:
    """A filled heart in a square of `size`: two discs over a wedge of bars."""
    half = size / 2
    paper.dot(x, y, half + 1, theme.BERRY)
    paper.dot(x + half - 1, y, half + 1, theme.BERRY)
    steps = max(4, round(size / 1.5))
    for step in range(steps):
        part = step / steps
        across = size * (1 - part) ** 0.9
        top, high = y + half * 0.55 + part * size * 0.68, size * 0.68 / steps + 0.7
        paper.box(x + half - across / 2, top, max(across, 1.4), high, theme.BERRY, radius=0)


def swatches(paper: Paper, x: float, y: float, colours: tuple[str, ...], *, size: float) -> None:
    """Dots in the colours of a good."""
    for number, colour in enumerate(colours):
        left = x + number * (size + 5)
        paper.dot(left, y, size, SWATCHES[colour])
        paper.box(left, y, size, size, theme.hex_colour("d8c6a8"), radius=size / 2, thick=1)


def pill(
    paper: Paper, x: float, y: float, words: str, *, lit: bool, dead: bool = False, size: float = theme.SMALL,
    ground: Colour = theme.PAPER,
) -> float:  # fmt: skip
    """A small round-ended button 34 high; `lit` has the focus. Returns its width."""
    across = paper.width_of(words, size, bold=True) + 26
    paper.box(x, y, across, 34, theme.LOQUAT if lit else ground, radius=17)
    if lit:
        paper.box(x, y, across, 34, theme.LOQUAT_DEEP, radius=17, thick=2)
    ink = theme.INK_SOFT if dead else theme.INK
    top = y + 17 - size * theme.LINE_HEIGHT / 2
    paper.text(x + across / 2, top, words, size, bold=True, align="centre", colour=ink)
    return across


def where_words(view: View, found: Found) -> str:
    """Where a good stands and how far that is, in words."""
    if found.place is None or not isfinite(found.away_m):
        return view.t("not_on_show")
    if found.place == view.world.place_id:
        return view.t("metres_here", n=max(1, round(found.away_m)))
    return view.t("metres_away", place=view.texts.of(view.world.places[found.place].name),
                  n=max(1, round(found.away_m)))  # fmt: skip
