"""The homeware store's own plants, which are not goods: hung ones, a tall fig by the window, trailing ivy."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.homeware_palette import CHALK, CLAY, MOSS, OAT
from assets.studio.kit import ball, grid, lathe, tube
from assets.studio.palette import Colour, rgb
from assets.studio.plants import leaf, two_sided
from assets.studio.turning import curve

FIG_GREEN, IVY = rgb("4c7a44"), rgb("6c9152")
SOIL = rgb("4a382c")


def pot(b: Bag, r: float, h: float, colour: Colour) -> None:
    """A plain pot with earth in it."""
    side = curve([(r * 0.74, 0), (r * 0.82, h * 0.1), (r * 0.98, h * 0.7), (r, h)], 2)
    b.add(lathe([*side, (r * 0.94, h + 0.006), (r * 0.9, h - 0.02)], 20, crease_deg=60), colour, 0.3)
    b.add(lathe([(r * 0.9, h - 0.02), (0, h - 0.012)], 14), SOIL, 0.02)


def blade(b: Bag, length: float, colour: Colour) -> None:
    """A small folded leaf of two triangles a side, along +X."""
    half = length * 0.27
    p = np.array(
        [
            [(0, 0, 0), (length * 0.42, half, 0.16 * length)],
            [(length * 0.42, -half, 0.16 * length), (length, 0, -0.1 * length)],
        ]
    )
    b.add(two_sided(grid(p, wrap=False)), colour, 0.35, jitter=0.05)


def vine(b: Bag, length: float, colour: Colour, reach: float) -> None:
    """A shoot that arches out along +X and trails down, with leaves on both sides."""
    path = curve(
        [
            (0, 0, 0),
            (reach * 0.6, 0, 0.06),
            (reach, 0, -0.04),
            (reach * 1.12, 0.02, -length * 0.5),
            (reach * 1.05, 0.03, -length),
        ],
        3,
    )
    b.add(tube(path, 0.0025, 3), colour * 0.7, 0.1)
    for k in range(3, len(path), 1):
        for side in (-1, 1):
            if b.rng.random() < 0.8:
                with b.at(*path[k], rz=side * 70 + b.rng.uniform(-30, 30), ry=b.rng.uniform(10, 60)):
                    blade(b, b.rng.uniform(0.06, 0.095), colour * b.rng.uniform(0.8, 1.2))


def hanging_plant(b: Bag, drop: float, r: float, colour: Colour, shoots: int, length: float) -> None:
    """A pot in a knotted sling that hangs `drop` below the origin, with trailing shoots."""
    with b.at(z=-drop):
        pot(b, r, r * 1.35, colour)
        for k in range(4):
            a = np.pi / 2 * k + 0.4
            x, y = np.cos(a), np.sin(a)
            b.add(
                tube(
                    curve(
                        [
                            (0, 0, -0.03),
                            (x * r * 0.9, y * r * 0.9, r * 0.4),
                            (x * r * 1.05, y * r * 1.05, r * 1.35),
                            (0.01 * x, 0.01 * y, drop * 0.55),
                            (0, 0, drop),
                        ],
                        3,
                    ),
                    0.004,
                    4,
                ),
                OAT,
                0.05,
            )
        b.add(ball(0.018, 8, 2, 1.4), OAT * 0.9, 0.05, z=-0.05)
        b.add(tube([(0, 0, -0.04), (0, 0, -0.1), (0, 0, -0.17)], [0.008, 0.014, 0.022], 7), OAT * 0.95, 0.03)
        for k in range(shoots):
            with b.at(z=r * 1.3, rz=137.5 * k + 20):
                vine(b, length * b.rng.uniform(0.55, 1.1), IVY, r * b.rng.uniform(0.9, 1.15))
        for k in range(8):
            with b.at(z=r * 1.35, rz=137.5 * k, ry=-30 - 6 * k):
                leaf(b, 0.1, 0.024, IVY * b.rng.uniform(0.9, 1.2), rows=3)


def fig(b: Bag, h: float, stems: int = 2) -> None:
    """A fiddle-leaf fig, h tall, in a ribbed chalk pot."""
    r = 0.2
    for k in range(7):
        z = 0.05 * k
        b.add(
            lathe(
                [(r * (0.82 + 0.03 * k), z), (r * (0.86 + 0.03 * k), z + 0.025), (r * (0.83 + 0.03 * k), z + 0.05)],
                24,
                crease_deg=99,
            ),
            CHALK,
            0.25,
            jitter=0.01,
        )
    b.add(lathe([(r, 0.35), (r * 0.95, 0.362), (r * 0.9, 0.33)], 24, crease_deg=99), CHALK, 0.25)
    b.add(lathe([(r * 0.92, 0.335), (0, 0.345)], 16), SOIL, 0.02)
    for s in range(stems):
        a = 2.6 * s + 0.5
        top = np.array([0.14 * np.cos(a), 0.14 * np.sin(a), h - 0.16 * s])
        path = curve([(0.03 * np.cos(a), 0.03 * np.sin(a), 0.33), top * (0.5, 0.5, 0) + (0.02, 0.01, h * 0.55), top], 6)
        b.add(tube(path, np.linspace(0.016, 0.008, len(path)), 6), rgb("7d6650"), 0.1)
        for k in range(15):
            at = path[min(len(path) - 1, int(len(path) * (0.42 + 0.58 * k / 14)))]
            with b.at(*at, rz=137.5 * k + 60 * s, ry=-52 + 44 * (1 - k / 14) + b.rng.uniform(-10, 10)):
                leaf(b, b.rng.uniform(0.2, 0.29), 0.085, FIG_GREEN * b.rng.uniform(0.8, 1.2), droop=0.35)


def shelf_trail(b: Bag, colour: Colour = CLAY) -> None:
    """A small pot on a shelf's end whose shoots hang over its front."""
    pot(b, 0.075, 0.1, colour)
    for k in range(7):
        with b.at(z=0.1, rz=-90 + 24 * (k - 3)):
            vine(b, 0.5 - 0.06 * abs(k - 3), MOSS * 1.1, 0.12)
