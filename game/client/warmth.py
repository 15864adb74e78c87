"""The colour of a lamp's light by its warmth in kelvin."""

from functools import cache
from itertools import pairwise

from game.client.avatar import linear

GLARE = 2.4  # the most that one channel of coloured light has
NEUTRAL_K = 2700  # what the studio's lamps are lit with
_KNOWN = (  # kelvin; linear RGB of luminance 1, nearer to white than a black body: eyes take lamplight for white
    (1800, (1.60, 0.86, 0.22)),
    (2200, (1.44, 0.90, 0.40)),
    (2700, (1.29, 0.95, 0.62)),
    (3500, (1.16, 0.97, 0.78)),
    (4500, (1.06, 0.99, 0.92)),
    (5500, (1.00, 1.00, 1.03)),
    (6500, (0.95, 1.01, 1.13)),
    (9000, (0.87, 1.02, 1.35)),
)
Linear = tuple[float, float, float]


@cache
def light_of(warmth_k: int) -> Linear:
    """The colour of light of a warmth, linear RGB of luminance 1; beyond 1,800 to 9,000 K the nearest."""
    if warmth_k <= _KNOWN[0][0]:
        return _KNOWN[0][1]
    for (low_k, low), (high_k, high) in pairwise(_KNOWN):
        if warmth_k <= high_k:
            part = (warmth_k - low_k) / (high_k - low_k)
            r, g, b = (a + (c - a) * part for a, c in zip(low, high, strict=True))
            return r, g, b
    return _KNOWN[-1][1]


@cache
def coloured(warmth_k: int, colour: str) -> Linear:
    """Light of a warmth through a glass "#rrggbb", "" for none; as bright as without it, but never glaring."""
    light = light_of(warmth_k)
    if not colour:
        return light
    r, g, b = (a * c for a, c in zip(light, linear(colour)[:3], strict=True))
    strength = min(1.0 / max(0.2126 * r + 0.7152 * g + 0.0722 * b, 1e-3), GLARE / max(r, g, b, 1e-3))
    return r * strength, g * strength, b * strength


@cache
def tint_of(warmth_k: int, colour: str = "") -> Linear:
    """By what the colour of a lamp of the studio's is multiplied to have this warmth and colour."""
    r, g, b = (want / have for want, have in zip(coloured(warmth_k, colour), light_of(NEUTRAL_K), strict=True))
    return r, g, b
