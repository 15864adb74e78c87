"""The gate to the orchard, at the lookout: pillars, a board with its name, and a leaf of planks that swings."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import box, tube
from assets.studio.palette import CREAM, IVORY, SAGE, TERRA, rgb
from assets.studio.street_plants import bush, ivy
from assets.studio.street_signs import hanging_sign, sign_board

WIDE_M = 2.2
LEAF = "orchard_leaf"
HINGES = {LEAF: (-WIDE_M / 2, 0.03, 0.0)}
TIMBER = rgb("8a6a48")


def build() -> Bag:
    """The gate with its threshold at the origin, front towards -Y."""
    b = Bag(53)
    half = WIDE_M / 2
    for sx in (-1, 1):
        with b.at(x=sx * (half + 0.24)):
            b.add(box(0.46, 0.46, 2.62, 0.02), CREAM * 0.95, 0.06)
            b.add(box(0.6, 0.6, 0.14, 0.03), CREAM, 0.06, z=2.62)
            b.add(box(0.54, 0.54, 0.34, 0.02), CREAM * 0.86, 0.06)
            with b.at(z=2.76, scale=0.9):
                bush(b, 0.18, CREAM * 0.85, (TERRA, IVORY), 8)
    with b.at(z=2.66, y=-0.06):
        sign_board(b, "ORCHARD", "果园", 2.7, SAGE * 0.42, IVORY, h=0.52, cap=0.2)
    with b.at(x=half + 0.5, y=-0.1, z=2.3):
        hanging_sign(b, SAGE * 0.6, "loquat")
    ivy(b, [(-1.5, 0.2), (-1.42, 1.5), (-1.34, 2.5), (-0.6, 2.72)], 26, y=-0.28)
    _leaf(b, half)
    return b


def _leaf(b: Bag, half: float) -> None:
    count = 11
    for k in range(count):
        x = -half + WIDE_M * (k + 0.5) / count
        top = 2.25 - 0.42 * float(np.sin(np.pi * (k + 0.5) / count))
        plank = box(WIDE_M / count - 0.012, 0.035, top - 0.06, 0.006)
        b.add(plank, TIMBER * b.rng.uniform(0.82, 1.08), 0.12, to=LEAF, x=x, y=0.03, z=0.06)
    for z in (0.36, 1.45):
        for y in (0.0, 0.06):
            b.add(box(WIDE_M - 0.06, 0.03, 0.13, 0.006), TIMBER * 0.8, 0.12, to=LEAF, y=y, z=z)
    for y in (-0.005, 0.065):
        brace = tube([(-half + 0.12, y, 0.45), (0, y, 0.95), (half - 0.12, y, 1.48)], 0.05, 4)
        b.add(brace, TIMBER * 0.8, 0.12, to=LEAF)
    b.add(tube([(half - 0.16, -0.05, 1.0), (half - 0.16, -0.09, 1.08), (half - 0.16, -0.05, 1.16)], 0.014, 5),
          rgb("3c4346"), 0.4, to=LEAF)  # fmt: skip
