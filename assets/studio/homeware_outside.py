"""What the homeware store's windows show: a hazy street in the east, a walled garden in the west; lit by nothing."""

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.kit import Shape, ball, box, dome, lathe
from assets.studio.palette import BLUSH, CREAM, IVORY, MUSTARD, SAGE, SKY, TERRA, Colour

HAZE = np.array([0.62, 0.66, 0.68])
CROWN = [(0, -0.7), (0.42, -0.6), (0.7, -0.3), *dome(0.75, 0.7, 0, 2)]


def haze(b: Bag, shape: Shape, colour: Colour, follows: float = OUTDOOR, **place: float) -> None:
    """A flat-coloured thing out of doors, a little lighter above than below."""
    b.glow(shape, colour * (0.84 + 0.16 * shape.n[:, 2:] + 0.06 * shape.n[:, 1:2]), follows, **place)


def outside(b: Bag) -> None:
    """Both views."""
    street(b)
    garden(b)


def street(b: Bag) -> None:
    """The row of houses across the street, its paving and two trees."""
    haze(b, box(0.1, 32, 12, 0), np.array([0.62, 0.82, 0.98]), x=17, z=-0.5)
    haze(b, box(12, 32, 0.05, 0), np.array([0.80, 0.74, 0.66]), x=10.2, z=-0.2)
    for k, c in enumerate((CREAM, SAGE, TERRA, IVORY, SKY, BLUSH, MUSTARD)):
        y, tone, h = -9 + 3 * k, c * 0.35 + HAZE * 0.75, 4.2 + (k * 5 % 4) * 0.5
        haze(b, box(0.5, 2.9, h, 0), tone, x=13.4, y=y)
        haze(b, box(0.56, 3.0, 0.14, 0), tone * 0.8, x=13.38, y=y, z=h)
        for z in (0.3, 2.3):
            for d in (-0.8, 0, 0.8):
                lit = NIGHT_WINDOW if b.rng.random() < 0.45 else OUTDOOR
                haze(b, box(0.1, 0.45, 1.3 if z > 1 else 1.5, 0), tone * 0.5, lit, x=13.15, y=y + d, z=z)
        haze(b, box(0.6, 2.3, 0.12, 0), c * 0.8 + 0.15, x=12.9, y=y, z=1.95, ry=-18)
    for y in (-3.6, 2.6, 6.2):
        tree(b, 9.6, y, 1.9, np.array([0.52, 0.66, 0.44]))


def tree(b: Bag, x: float, y: float, stem_m: float, green: np.ndarray) -> None:
    """A round-headed tree."""
    haze(b, lathe([(0.09, 0), (0.06, stem_m)], 8), np.array([0.5, 0.42, 0.36]), x=x, y=y)
    for k in range(4):
        tone, scale = green * (1 + 0.1 * k / 4), 0.8 - 0.1 * k
        with b.at(x=x + b.rng.normal() * 0.25, y=y + b.rng.normal() * 0.4, z=stem_m - 0.2 + 0.26 * k, scale=scale):
            haze(b, lathe(CROWN, 9, crease_deg=99), tone)


def garden(b: Bag) -> None:
    """A paved yard with clipped hedges, pots and an olive against a sunlit wall."""
    haze(b, box(0.1, 16, 9, 0), np.array([0.64, 0.83, 0.97]), x=-12, y=0.3, z=-0.5)
    haze(b, box(8, 12, 0.05, 0), np.array([0.84, 0.76, 0.64]), x=-8.2, y=0.3, z=-0.15)
    haze(b, box(0.4, 12, 2.3, 0), np.array([0.93, 0.78, 0.62]), x=-8.9, y=0.3)
    haze(b, box(0.5, 12, 0.1, 0.03), np.array([0.80, 0.58, 0.44]), x=-8.88, y=0.3, z=2.3)
    leafy = np.array([0.42, 0.58, 0.36])
    for y, h, tone in ((-3.6, 1.0, 0.9), (-2.3, 0.75, 1.0), (2.9, 0.8, 1.0), (4.2, 1.1, 0.9)):
        haze(b, box(0.7, 1.25, h, 0.2), leafy * tone, x=-8.1, y=y)
    for k in range(9):  # a climber on the wall
        with b.at(
            x=-8.66,
            y=-1.7 + 0.42 * k + 0.2 * b.rng.normal(),
            z=1.1 + 0.5 * b.rng.random() + 0.05 * k,
            scale=0.3 + 0.1 * b.rng.random(),
        ):
            haze(b, lathe(CROWN, 7, crease_deg=99), leafy * (1.05 + 0.2 * b.rng.random()))
    tree(b, -7.6, 1.7, 1.5, np.array([0.56, 0.64, 0.48]))
    tree(b, -11, -2.6, 2.6, np.array([0.50, 0.66, 0.46]))
    tree(b, -11, 3.2, 2.9, np.array([0.54, 0.68, 0.48]))
    pot = [(0.16, 0), (0.22, 0.3), (0.25, 0.34), (0.25, 0.4), (0, 0.41)]
    for y, c in ((-0.9, TERRA), (0.1, MUSTARD), (-1.5, IVORY)):
        haze(b, lathe(pot, 12), c * 0.6 + HAZE * 0.3, x=-6.9 - 0.5 * (y < -1), y=y)
        haze(b, ball(0.34, 11, 3, 1.0), leafy * 1.1, x=-6.9 - 0.5 * (y < -1), y=y, z=0.36)
