"""Scarves, skinned to neck and chest, and the same cloth folded for the shelf."""

import numpy as np

from .cloth import drape, fringe, stack
from .goods import TORSO_BOX, Wearable
from .parts import Part, Plane
from .shapes import Array, angle, ball, raised, smax, smin, torus, tube, vec

SHELF_BOX = ((-0.24, -0.20, -0.03), (0.24, 0.20, 0.18))
LONG_STRIPES = tuple(np.round(np.arange(0.759, 1.20, 0.056), 4))


def tilted(p: Array) -> Array:
    """Points of a loop that lies lower in front and a little lopsided."""
    return raised(p, -(0.25 * p[:, 1] + 0.08 * p[:, 0]))


def wool_loop(p: Array) -> Array:
    """Two thick turns around the neck."""
    w = tilted(p)
    upper = torus(w, vec(0, 0.012, 1.222), 0.082, 0.033, (1.04, 1, 1.15))
    lower = torus(w, vec(0.004, 0.006, 1.190), 0.098, 0.031, (1.04, 1, 1.1))
    return smin(upper, lower, 0.012) - 0.0035 * np.cos(11 * angle(p) + 45 * p[:, 2])


def tail(p: Array, path: list[Array], widths: tuple[float, ...], end_z: float) -> Array:
    """An end of the scarf: a flat tube down the chest, cut off at end_z."""
    flat = [a / vec(1, 0.55, 1) for a in path]
    return smax(tube(p / (1, 0.55, 1), flat, widths) * 0.6, end_z - p[:, 2], 0.004)


def wool_tail(p: Array) -> Array:
    """The one end that shows."""
    path = [vec(0.045, -0.118, 1.180), vec(0.058, -0.150, 1.10), vec(0.066, -0.157, 0.985)]
    return tail(p, path, (0.034, 0.040, 0.044), 0.945)


def wool_fringe(p: Array) -> Array:
    """Tassels."""
    return fringe(p, 0.066, -0.158, 0.962, 6, width=0.084, length=0.046)


def silk_loop(p: Array) -> Array:
    """A narrow roll close to the neck."""
    w = raised(p, -(0.34 * p[:, 1]))
    return torus(w, vec(0, 0.010, 1.219), 0.073, 0.0195, (1.05, 1, 1.25)) - 0.0016 * np.cos(9 * angle(p) + 70 * p[:, 2])


def silk_knot(p: Array) -> Array:
    """The knot in front and its two pointed ends."""
    c = vec(0.004, -0.095, 1.186)
    knot = ball(p, c, (0.022, 0.019, 0.018))
    for s, drop in ((1, -0.062), (-1, -0.072)):
        steps = (vec(0.006 * s, -0.002, -0.006), vec(0.034 * s, -0.024, drop * 0.6), vec(0.046 * s, -0.030, drop))
        flat = [(c + a) / vec(1, 0.5, 1) for a in steps]
        knot = smin(knot, tube(p / (1, 0.5, 1), flat, (0.012, 0.022, 0.005)) * 0.6, 0.006)
    return knot


def long_loop(p: Array) -> Array:
    """One wide, soft turn."""
    w = tilted(p)
    return torus(w, vec(0, 0.008, 1.205), 0.090, 0.034, (1.05, 1, 1.25)) - 0.0028 * np.cos(7 * angle(p) + 60 * p[:, 2])


def long_tails(p: Array) -> Array:
    """Two long ends, down to the thighs."""
    left = [vec(0.050, -0.112, 1.185), vec(0.066, -0.150, 1.09), vec(0.070, -0.157, 0.95), vec(0.074, -0.152, 0.80)]
    right = [
        vec(-0.046, -0.112, 1.180), vec(-0.058, -0.150, 1.09), vec(-0.064, -0.157, 0.95), vec(-0.066, -0.156, 0.86),
    ]  # fmt: skip
    widths = (0.032, 0.038, 0.041, 0.042)
    return np.minimum(tail(p, left, widths, 0.745), tail(p, right, widths, 0.829))


def long_fringe(p: Array) -> Array:
    """Tassels of both ends."""
    left = fringe(p, 0.075, -0.155, 0.772, 5, width=0.078, length=0.044)
    return np.minimum(left, fringe(p, -0.067, -0.158, 0.842, 5, width=0.078, length=0.044))


def striped(c: Array) -> Array:
    """Stripes of the long ends."""
    return np.searchsorted(LONG_STRIPES, c[:, 2]) % 2 == 1


SECTORS = 7


def sectors(c: Array) -> Array:
    """Stripes across the loop."""
    return np.floor((angle(c) / np.pi + 1) * SECTORS).astype(int) % 2 == 1


LOOP_CUTS: tuple[Plane, ...] = tuple(
    (vec(0, 0, 1.2), vec(np.cos(a), np.sin(a), 0)) for a in np.arange(SECTORS) * np.pi / SECTORS
)
TAIL_CUTS: tuple[Plane, ...] = tuple((vec(0, 0, float(z)), vec(0, 0, 1)) for z in LONG_STRIPES)


def wool_stack(p: Array) -> Array:
    """Four thick layers."""
    return stack(p, 4, (0.150, 0.110), 0.028)


def wool_end(p: Array) -> Array:
    """The fringed end, laid over the front."""
    return drape(wool_stack, p, (0.052, 0.007), 0.065, 0.030)


def wool_shelf_fringe(p: Array) -> Array:
    """Its tassels."""
    return fringe(p, 0.065, -0.1215, 0.042, 6, width=0.100, length=0.038)


def silk_stack(p: Array) -> Array:
    """A square of silk, folded small."""
    return stack(p, 4, (0.105, 0.100), 0.012)


def silk_corner(p: Array) -> Array:
    """A corner folded back over the top."""
    skin = np.abs(silk_stack(p) - 0.003) - 0.003
    edge = np.max([np.abs(p[:, 0] - 0.01) - 0.10 + 0.85 * (p[:, 1] + 0.10), p[:, 1] - 0.03, 0.030 - p[:, 2]], axis=0)
    return smax(skin, edge, 0.003)


def long_stack(p: Array) -> Array:
    """Three thick layers of striped knit."""
    return stack(p, 3, (0.165, 0.115), 0.036)


def long_end(p: Array) -> Array:
    """The fringed end."""
    return drape(long_stack, p, (0.046, 0.006), -0.07, 0.040)


def long_shelf_fringe(p: Array) -> Array:
    """Its tassels."""
    return fringe(p, -0.07, -0.1255, 0.052, 5, width=0.088, length=0.040)


SHELF_STRIPES = tuple(np.round(np.arange(-0.1375, 0.16, 0.055), 4))


def shelf_striped(c: Array) -> Array:
    """Stripes of the folded cloth."""
    return np.searchsorted(SHELF_STRIPES, c[:, 0]) % 2 == 1


WOOL, CREAM = "#2f8f7f", "#f4e3b8"
SILK, SILK_EDGE = "#d9665c", "#f6dccb"
NAVY, IVORY = "#2f4470", "#f0e6d2"

SCARVES = {
    "wool_scarf": Wearable(
        slot="neck", sleeveless=True,
        parts=(
            Part(colour=WOOL, shape=wool_loop, box=TORSO_BOX, step=0.004, triangles=1350, gloss=0.0),
            Part(colour=WOOL, shape=wool_tail, box=TORSO_BOX, step=0.004, triangles=380, gloss=0.0),
            Part(colour=CREAM, shape=wool_fringe, box=TORSO_BOX, step=0.003, triangles=300, gloss=0.0),
        ),
        shelf=(
            Part(colour=WOOL, shape=wool_stack, box=SHELF_BOX, step=0.004, triangles=1300, gloss=0.0),
            Part(colour=WOOL, shape=wool_end, box=SHELF_BOX, step=0.003, triangles=360, gloss=0.0),
            Part(colour=CREAM, shape=wool_shelf_fringe, box=SHELF_BOX, step=0.003, triangles=300, gloss=0.0),
        ),
    ),
    "silk_neckerchief": Wearable(
        slot="neck", sleeveless=True,
        parts=(
            Part(colour=SILK, shape=silk_loop, box=TORSO_BOX, step=0.004, triangles=900, gloss=0.35),
            Part(colour=SILK, shape=silk_knot, box=TORSO_BOX, step=0.003, triangles=600, gloss=0.35,
                 cuts=((vec(0, 0, 1.122), vec(0, 0, 1)),), paint=lambda c: c[:, 2] < 1.122, second=SILK_EDGE),
        ),
        shelf=(
            Part(colour=SILK, shape=silk_stack, box=SHELF_BOX, step=0.003, triangles=900, gloss=0.35,
                 cuts=((vec(0.080, 0, 0), vec(1, 0, 0)), (vec(0.092, 0, 0), vec(1, 0, 0))),
                 paint=lambda c: (c[:, 0] > 0.080) & (c[:, 0] < 0.092), second=SILK_EDGE),
            Part(colour=SILK_EDGE, shape=silk_corner, box=SHELF_BOX, step=0.003, triangles=400, gloss=0.35),
        ),
    ),
    "striped_long_scarf": Wearable(
        slot="neck", sleeveless=True,
        parts=(
            Part(colour=NAVY, shape=long_loop, box=TORSO_BOX, step=0.004, triangles=520, gloss=0.0,
                 cuts=LOOP_CUTS, paint=sectors, second=IVORY),
            Part(colour=NAVY, shape=long_tails, box=((-0.2, -0.24, 0.68), (0.2, 0.0, 1.3)), step=0.004, triangles=340,
                 gloss=0.0, cuts=TAIL_CUTS, paint=striped, second=IVORY),
            Part(colour="#c8503f", shape=long_fringe, box=((-0.2, -0.24, 0.68), (0.2, 0.0, 1.3)), step=0.003,
                 triangles=360, gloss=0.0),
        ),
        shelf=(
            Part(colour=NAVY, shape=long_stack, box=SHELF_BOX, step=0.004, triangles=560, gloss=0.0,
                 cuts=tuple((vec(float(x), 0, 0), vec(1, 0, 0)) for x in SHELF_STRIPES), paint=shelf_striped,
                 second=IVORY),
            Part(colour=IVORY, shape=long_end, box=SHELF_BOX, step=0.003, triangles=320, gloss=0.0),
            Part(colour="#c8503f", shape=long_shelf_fringe, box=SHELF_BOX, step=0.003, triangles=260, gloss=0.0),
        ),
    ),
}  # fmt: skip
