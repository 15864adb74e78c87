"""The colours of yes and no for eyes that see fewer of them. What they say, a sign or a word beside them says too."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.client import theme
from game.client.theme import Colour, hex_colour

Tint = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """`flat` replaces colours of the interface; the others tint a good that is shown life-size, and its footprint."""

    flat: Mapping[Colour, Colour]
    fits: tuple[Tint, Tint]
    fits_not: tuple[Tint, Tint]


def _flat(yes: str, yes_pale: str, no: str, no_pale: str) -> dict[Colour, Colour]:
    return {
        theme.TEAL: hex_colour(yes), theme.TEAL_PALE: hex_colour(yes_pale),
        theme.BERRY: hex_colour(no), theme.BERRY_PALE: hex_colour(no_pale),
    }  # fmt: skip


_COOL = ((0.55, 0.85, 1.0, 0.62), (0.45, 0.90, 1.0, 0.95))
_RED = ((1.0, 0.16, 0.10, 0.62), (1.0, 0.20, 0.12, 0.95))
_ORANGE = ((1.0, 0.50, 0.04, 0.66), (1.0, 0.55, 0.05, 0.98))

STANDARD = Palette({}, _COOL, _RED)
# Red and green fall together for the first two, so yes is blue and no is orange; for the third blue and green do.
PALETTES = {
    "standard": STANDARD,
    "deuteranopia": Palette(_flat("0d4a86", "d8e6f4", "a94700", "fbe2cc"), _COOL, _ORANGE),
    "protanopia": Palette(_flat("10458a", "d8e4f6", "b65a00", "fde8c8"), _COOL, _ORANGE),
    "tritanopia": Palette(_flat("0a5560", "d3ecee", "b3122f", "fbd9de"), _COOL, _RED),
}
