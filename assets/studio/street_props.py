"""What stands in the lane: lamp posts, lanterns, benches, a fruit cart, a bicycle, a chalk board."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.furniture import crate
from assets.studio.kit import box, lathe, tube
from assets.studio.palette import (
    CREAM,
    INK,
    IVORY,
    LOQUAT,
    MUSTARD,
    OAK,
    SAGE,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
    rgb,
)  # fmt: skip
from assets.studio.street_facades import awning
from assets.studio.street_plants import mound
from assets.studio.street_shapes import sides
from assets.studio.street_square import fruit_heap

IRON = TEAL * 0.35


def lamp_post(b: Bag) -> None:
    """An iron post with a lantern at 2.7 m and a basket of flowers below it."""
    shaft = [
        (0.15, 0),
        (0.15, 0.05),
        (0.09, 0.1),
        (0.075, 0.5),
        (0.06, 0.56),
        (0.042, 0.7),
        (0.034, 2.6),
        (0.05, 2.66),
        (0.02, 2.7),
    ]
    b.add(lathe(shaft, 9), IRON, 0.35)
    with b.at(z=2.7):
        lantern(b)
    b.add(tube([(0, 0, 2.28), (0.3, 0, 2.3)], 0.014, 4), IRON, 0.35)
    b.add(tube([(0.28, 0, 2.02), (0.28, 0, 2.3)], 0.005, 3), IRON, 0.35)
    b.add(lathe([(0.04, 1.86), (0.13, 1.96), (0.14, 2.02)], 9), WALNUT, 0.1, x=0.28)
    with b.at(x=0.28):
        mound(b, 0.36, 0.36, 0.16, 2.0, leaves=9, blooms=(rgb("d8584c"), IVORY))


def lantern(b: Bag) -> None:
    """A four-sided lantern standing on z = 0."""
    b.add(lathe([(0.05, 0), (0.11, 0.03)], 4), IRON, 0.35)
    b.glow(lathe([(0.1, 0.04), (0.15, 0.36)], 4), np.array([1.0, 0.78, 0.45]) * 0.9)
    b.add(lathe([(0.19, 0.36), (0.17, 0.4), (0.07, 0.52), (0.02, 0.56), (0.02, 0.6), (0, 0.62)], 4), IRON, 0.35)
    for k in range(4):
        a = k * np.pi / 2
        c, s = np.cos(a), np.sin(a)
        b.add(tube([(0.108 * c, 0.108 * s, 0.03), (0.16 * c, 0.16 * s, 0.37)], 0.01, 3), IRON, 0.3)
    b.light("POINT", 60, (0, 0, 0.22), size_m=(0.12,))


def wall_lantern(b: Bag) -> None:
    """A lantern on a bracket, out towards -Y from a wall at the origin."""
    b.add(tube([(0, 0, 0), (0, -0.2, 0.06), (0, -0.36, 0.02)], 0.016, 5), INK, 0.4)
    with b.at(y=-0.36, z=-0.6, scale=0.9):
        lantern(b)


def chalk_board(b: Bag) -> None:
    """A folding board with a hat chalked on it, front towards -Y."""
    for s in (-1, 1):
        with b.at(y=s * 0.16, rx=-s * 11, rz=0 if s < 0 else 180):
            b.add(sides(0.56, 0.03, 0.92, "yYxXZ"), OAK, 0.25)
            b.add(sides(0.46, 0.01, 0.72, "y"), INK * 0.8, 0.1, y=-0.018, z=0.12)
    with b.at(y=-0.16 - 0.028, z=0.0, rx=11):
        for x, z, w, h in (
            (0, 0.4, 0.34, 0.025),
            (0, 0.42, 0.2, 0.14),
            (-0.09, 0.24, 0.2, 0.02),
            (0.02, 0.19, 0.3, 0.02),
        ):
            b.add(sides(w, 0.004, h, "y"), IVORY, 0.05, x=x, y=-0.002, z=z, jitter=0)


def bench(b: Bag) -> None:
    """A slatted bench with its back along y = 0.22, 1.5 wide."""
    for y in (-0.16, -0.04, 0.08):
        b.add(sides(1.5, 0.1, 0.035, "yYxXZ"), OAK, 0.3, y=y, z=0.42)
    for z in (0.62, 0.78):
        b.add(sides(1.5, 0.03, 0.11, "yYzZ"), OAK, 0.3, y=0.2, z=z)
    for sx in (-1, 1):
        x = sx * 0.62
        b.add(tube([(x, -0.2, 0), (x, -0.16, 0.42)], 0.02, 5), INK, 0.35)
        b.add(tube([(x, 0.22, 0), (x, 0.16, 0.4), (x, 0.2, 0.65), (x, 0.23, 0.9)], 0.02, 5), INK, 0.35)
        b.add(tube([(x, -0.18, 0.41), (x, 0.17, 0.41)], 0.016, 4), INK, 0.35)


def fruit_cart(b: Bag) -> None:
    """Old Wu's cart: two wheels, a sloping display of crates, a striped canopy; 2.0 by 1.1, front towards -Y."""
    b.shell(box(2.0, 1.0, 0.08, 0.015), OAK, 0.25, z=0.62, keep="yYxXzZ")
    for y in (-0.5, 0.5):
        b.add(sides(2.04, 0.05, 0.2, "yYxXzZ"), TERRA, 0.25, y=y, z=0.56)
    for sx in (-1, 1):
        with b.at(x=sx * 0.93, y=0.2, z=0.4, rz=90):
            wheel(b, 0.4)
        for y in (-0.44, 0.44):
            top = 2.17 if y < 0 else 2.37  # they end under the cloth, which rises to the back
            b.add(tube([(sx * 0.92, y, 0.7), (sx * 0.92, y, top)], 0.024, 5), OAK, 0.25)
        b.add(tube([(sx * 0.75, -0.46, 0), (sx * 0.75, -0.46, 0.6)], 0.03, 5), OAK, 0.25)
        b.add(tube([(sx * 0.7, 0.45, 0.66), (sx * 0.7, 0.9, 0.78), (sx * 0.7, 1.25, 0.82)], 0.025, 5), OAK, 0.25)
    with b.at(y=0.62, z=2.42):
        awning(b, 2.3, 1.3, (MUSTARD, IVORY), 0.3)
    fruit = (
        (LOQUAT, 0.042), (rgb("b9bf58"), 0.05), (rgb("ea8a2c"), 0.052),
        (rgb("c8473c"), 0.052), (rgb("7a4a78"), 0.042), (rgb("e2c44c"), 0.052),
    )  # fmt: skip
    for row in range(2):
        for k in range(3):
            with b.at(x=(k - 1) * 0.64, y=-0.26 + 0.5 * row, z=0.7 + 0.14 * row, rx=14):
                tray(b, 0.58, 0.42, 0.14)
                colour, r = fruit[row * 3 + k]
                fruit_heap(b, 0.52, 0.36, colour, r, z=0.06)


def tray(b: Bag, w: float, d: float, h: float) -> None:
    """A full crate: four boards."""
    for sy in (-1, 1):
        b.add(sides(w, 0.014, h, "yYZ"), OAK * 1.1, 0.15, y=sy * (d / 2 - 0.007))
    for sx in (-1, 1):
        b.add(sides(0.014, d - 0.03, h, "xXZ"), OAK * 1.05, 0.15, x=sx * (w / 2 - 0.007))


def fruit_crate(b: Bag, colour: Colour, r: float) -> None:
    """A slatted crate of fruit on the ground."""
    crate(b, 0.56, 0.42, 0.26)
    fruit_heap(b, 0.5, 0.36, colour, r, z=0.17)


def wheel(b: Bag, r: float) -> None:
    """A spoked wheel in the local xz plane, its axle at the origin."""
    t = np.linspace(0, 2 * np.pi, 19)
    b.add(tube(np.c_[r * 0.95 * np.cos(t), 0 * t, r * 0.95 * np.sin(t)], r * 0.06, 4), WALNUT, 0.25)
    b.add(lathe([(0, -0.06), (0.06, -0.05), (0.06, 0.05), (0, 0.06)], 8), WALNUT, 0.3, rx=90)
    for k in range(8):
        a = k * np.pi / 4
        b.add(tube([(0, 0, 0), (r * 0.93 * np.cos(a), 0, r * 0.93 * np.sin(a))], 0.016, 3), OAK, 0.25)


def bicycle(b: Bag, colour: Colour = SAGE) -> None:
    """A town bicycle leaning by itself along X, with a basket of flowers."""
    with b.at(rx=-6):
        for x in (-0.52, 0.52):
            with b.at(x=x, z=0.34):
                t = np.linspace(0, 2 * np.pi, 21)
                b.add(tube(np.c_[0.325 * np.cos(t), 0 * t, 0.325 * np.sin(t)], 0.018, 4), INK, 0.2)
                for k in range(5):
                    a = k * np.pi / 5
                    d = np.array([np.cos(a), 0, np.sin(a)]) * 0.32
                    b.add(tube([-d, d], 0.004, 3), CREAM, 0.5)
        crank, seat, head = (-0.06, 0, 0.32), (-0.2, 0, 0.86), (0.36, 0, 0.84)
        bars = (
            (crank, seat), (crank, head), (seat, head),
            ((-0.52, 0, 0.34), seat), ((-0.52, 0, 0.34), crank), (head, (0.52, 0, 0.34)),
        )  # fmt: skip
        for p, q in bars:
            b.add(tube([p, q], 0.018, 5), colour, 0.45)
        b.add(box(0.26, 0.14, 0.05, 0.02), WALNUT, 0.3, x=-0.22, z=0.9)
        b.add(tube([(0.36, 0, 0.84), (0.34, 0, 1.0), (0.28, -0.24, 1.04)], 0.014, 4), INK, 0.5)
        b.add(tube([(0.34, 0, 1.0), (0.31, 0.13, 1.03), (0.28, 0.24, 1.04)], 0.014, 4), INK, 0.5)
        b.add(lathe([(0.1, 0), (0.14, 0.22), (0.145, 0.23), (0.13, 0.23)], 9), OAK * 1.1, 0.1, x=0.55, z=0.76)
        with b.at(x=0.55):
            mound(b, 0.3, 0.3, 0.14, 0.95, leaves=9, blooms=(MUSTARD, IVORY))
