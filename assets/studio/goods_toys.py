"""Toys: a wooden train, a spinning top on its dish, a swallow kite, a family of nesting cats."""

from itertools import pairwise

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import arc, box, lathe, tube
from assets.studio.palette import (
    BLUSH,
    BRASS,
    INK,
    IVORY,
    MUSTARD,
    NAVY,
    OAK,
    PLUM,
    SAGE,
    SKY,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
    rgb,
)
from assets.studio.picture_parts import blade, cut, disc, rect, stroke


def wheel(b: Bag, x: float, y: float, r: float, colour: Colour) -> None:
    """A disc wheel on its axle's end, its outer face away from y = 0."""
    with b.at(x=x, y=y, z=r, rx=90 if y < 0 else -90):
        b.add(lathe([(r, -0.006), (r, 0.006), (r * 0.3, 0.007), (r * 0.26, 0.01), (0, 0.011)], 12), colour, 0.4)


def wagon(b: Bag, length: float, colour: Colour) -> None:
    """A chassis with four wheels and a coupling, the bed at z = 0.036."""
    b.add(box(length, 0.046, 0.014, 0.004), OAK, 0.4, z=0.024)
    for x in (-length * 0.3, length * 0.3):
        for y in (-0.027, 0.027):
            wheel(b, x, y, 0.017, colour)
    b.add(tube([(length / 2 - 0.004, 0, 0.03), (length / 2 + 0.012, 0, 0.028), (length / 2 + 0.024, 0, 0.03)], 0.003,
        6), BRASS, 0.7)  # fmt: skip


def wooden_train(b: Bag) -> None:
    """An engine, a tender of logs and a wagon of loquats."""
    with b.at(x=-0.155):
        wagon(b, 0.13, TERRA)
        with b.at(x=-0.02, z=0.062, ry=90):
            b.add(lathe([(0.0, -0.042), (0.018, -0.042), (0.023, -0.036), (0.023, 0.04)], 14), TEAL, 0.5)
            for h in (-0.028,):
                b.add(lathe([(0.0235, h - 0.003), (0.0245, h), (0.0235, h + 0.003)], 14), BRASS, 0.75)
            b.add(lathe([(0, -0.046), (0.007, -0.045), (0.009, -0.041)], 10), MUSTARD, 0.5)
        b.add(lathe([(0.008, 0.08), (0.008, 0.105), (0.014, 0.118), (0.014, 0.122), (0, 0.115)], 10), TERRA, 0.5,
            x=-0.045)  # fmt: skip
        b.add(lathe([(0.009, 0.08), (0.009, 0.088), (0.005, 0.094), (0, 0.096)], 8), BRASS, 0.75, x=-0.01)
        b.add(box(0.042, 0.05, 0.06, 0.004), TERRA, 0.4, x=0.042, z=0.037)
        b.add(box(0.056, 0.062, 0.009, 0.004), NAVY, 0.4, x=0.042, z=0.097)
        for y in (-0.0255, 0.0255):
            b.add(box(0.02, 0.003, 0.022, 0), IVORY, 0.3, x=0.042, y=y, z=0.066)
        b.add(box(0.02, 0.05, 0.012, 0.003), BRASS * 0.9, 0.6, x=-0.066, z=0.02)
    with b.at(x=0.0):
        wagon(b, 0.1, MUSTARD)
        for y in (-0.014, 0.0, 0.014):
            with b.at(x=-0.042, y=y, z=0.046, ry=90):
                b.add(lathe([(0, 0), (0.0075, 0), (0.0075, 0.084), (0, 0.084)], 8), WALNUT, 0.2, jitter=0.1)
        for y in (-0.007, 0.007):
            with b.at(x=-0.038, y=y, z=0.059, ry=90):
                b.add(lathe([(0, 0), (0.0075, 0), (0.0075, 0.076), (0, 0.076)], 8), OAK * 0.8, 0.2, jitter=0.1)
        for x in (-0.03, 0.03):
            b.add(tube(arc(0.026, 0, 180, 6, cz=0.036, ez=1.2)[:, [1, 0, 2]] + (x, 0, 0), 0.0022, 5), BRASS, 0.7)
    with b.at(x=0.135):
        wagon(b, 0.1, SKY)
        for y in (-0.021, 0.021):
            b.add(box(0.092, 0.004, 0.022, 0), SAGE, 0.35, y=y, z=0.037)
        for x in (-0.044, 0.044):
            b.add(box(0.004, 0.038, 0.022, 0), SAGE, 0.35, x=x, z=0.037)
        t = np.linspace(-np.pi / 2, np.pi / 2, 5)
        fruit = lathe(np.c_[(0.0105 * np.cos(t)).round(9), 0.0105 * np.sin(t)], 8, crease_deg=179)
        for k in range(8):
            b.add(fruit, rgb("f0a030"), 0.3, x=-0.033 + 0.022 * (k % 4), y=-0.009 + 0.018 * (k // 4),
                z=0.055 + 0.003 * (k % 3))  # fmt: skip


def spinning_top(b: Bag) -> None:
    """A striped top asleep on its dish, and the string that wakes it."""
    dish = [(0.05, 0), (0.085, 0.006), (0.1, 0.02), (0.097, 0.022), (0.06, 0.01), (0, 0.008)]
    b.add(lathe(dish, 28, crease_deg=99), rgb("2f5f8a"), 0.55)
    rings = ((0.0, 0.004, INK), (0.004, 0.012, BRASS), (0.02, 0.026, TERRA), (0.038, 0.04, IVORY),
        (0.05, 0.052, MUSTARD),
             (0.054, 0.062, TEAL), (0.046, 0.07, IVORY), (0.03, 0.076, TERRA), (0.011, 0.081, PLUM), (0.008, 0.1, OAK),
             (0.01, 0.112, OAK), (0.0, 0.116, OAK))  # fmt: skip
    with b.at(x=0.012, z=0.007, ry=14):
        for (r0, z0, _), (r1, z1, colour) in pairwise(rings):
            b.add(lathe([(r0, z0 - 0.004), (r1, z1 - 0.004)], 24), colour, 0.5, jitter=0)
    t = np.linspace(0, 9.5, 40)
    cord = np.c_[-0.115 + (0.012 + 0.0016 * t) * np.cos(t), -0.05 + (0.012 + 0.0016 * t) * np.sin(t),
        np.full(40, 0.0025)]
    b.add(tube(cord, 0.0022, 5), rgb("d9c7a6"), 0.05)
    b.add(lathe([(0, 0), (0.007, 0.001), (0.009, 0.008), (0.007, 0.015), (0, 0.016)], 10, crease_deg=99), TERRA, 0.4,
        x=float(cord[-1, 0]), y=float(cord[-1, 1]))  # fmt: skip


def swallow_kite(b: Bag) -> None:
    """A painted swallow kite with bamboo ribs and two tails, to hang until there is wind."""
    paper = rgb("f3e7cd")
    top = 0.56
    for way in (-1, 1):
        wing = np.array([(0.0, 0.44), (0.09, 0.5), (0.24, 0.545), (0.43, 0.5), (0.47, 0.44), (0.4, 0.455),
            (0.25, 0.41), (0.1, 0.33), (0.0, 0.31)])  # fmt: skip
        cut(b, wing * (way, 1), NAVY, 0.0, 0.003)
        panel = np.array([(0.07, 0.455), (0.22, 0.515), (0.38, 0.49), (0.26, 0.44), (0.12, 0.38)])
        cut(b, panel * (way, 1), TERRA, -0.0014)
        for k in range(3):
            at = np.array([0.15 + 0.075 * k, 0.447 + 0.012 * k])
            cut(b, disc(way * at[0], at[1], 0.021 - 0.003 * k, 14), MUSTARD, -0.0024)
            cut(b, disc(way * at[0], at[1], 0.01 - 0.0015 * k, 10), TEAL, -0.003)
        for k in range(5):
            tip = (0.445 - 0.055 * k, 0.455 - 0.008 * k)
            cut(b, blade(way * tip[0], tip[1], 0.055, 0.018, 90 + way * 12), SKY, -0.0018 - 0.0002 * k)
        tail = np.array([(0.0, 0.22), (0.045, 0.24), (0.075, 0.16), (0.125, 0.03), (0.13, 0.0), (0.095, 0.03),
            (0.03, 0.13), (0.0, 0.18)])  # fmt: skip
        cut(b, tail * (way, 1), NAVY, 0.001, 0.003)
        cut(b, np.array([(0.03, 0.2), (0.055, 0.2), (0.1, 0.07), (0.07, 0.11)]) * (way, 1), TERRA, -0.0006)
    body = np.array([(-0.05, 0.22), (0.05, 0.22), (0.075, 0.33), (0.06, 0.45), (0.035, 0.5), (-0.035, 0.5),
        (-0.06, 0.45), (-0.075, 0.33)])  # fmt: skip
    cut(b, body, paper, -0.003, 0.003)
    for k in range(4):
        z = 0.25 + 0.04 * k
        for x in (-0.035, 0.0, 0.035):
            cut(b, blade(x, z, 0.035, 0.02, 90), (BLUSH, TERRA)[k % 2], -0.0044)
    cut(b, disc(0, 0.505, 0.052, 24), NAVY, -0.006, 0.004)
    cut(b, [(-0.016, 0.478), (0.016, 0.478), (0.0, 0.44)], MUSTARD, -0.008, 0.002)
    for way in (-1, 1):
        cut(b, disc(way * 0.022, 0.515, 0.015, 14), IVORY, -0.0074)
        cut(b, disc(way * 0.02, 0.514, 0.007, 10), INK, -0.008)
        stroke(b, [(way * 0.012, 0.484), (way * 0.034, 0.488)], 0.008, TERRA, -0.0074)
    ribs = ([(-0.45, 0.006, 0.47), (-0.2, 0.006, 0.5), (0, 0.006, 0.455), (0.2, 0.006, 0.5), (0.45, 0.006, 0.47)],
            [(0, 0.008, 0.2), (0, 0.008, 0.36), (0, 0.008, 0.55)])  # fmt: skip
    for rib in ribs:
        b.add(tube(rib, 0.0035, 5), rgb("c49a5a"), 0.3)
    b.add(tube([(0, 0.004, 0.545), (0, 0.004, 0.56), (0, 0.004, top)], 0.002, 5), IVORY, 0.1)
    cut(b, rect(-0.006, 0.549, 0.006, 0.565), TERRA, -0.002, 0.002)


def nesting_cats(b: Bag) -> None:
    """Four cats that live in one another, out for the afternoon."""
    profile = np.array([(0.0, 0), (0.3, 0), (0.36, 0.04), (0.4, 0.2), (0.39, 0.36), (0.3, 0.52), (0.24, 0.58),
        (0.29, 0.66), (0.32, 0.76), (0.29, 0.88), (0.18, 0.97), (0, 1.0)])  # fmt: skip
    coats = ((0.155, -0.12, TERRA, "f3e0c4"), (0.118, 0.015, NAVY, "dfe7ea"), (0.086, 0.118, MUSTARD, "fbf0d4"),
        (0.06, 0.19, SAGE, "f4ead8"))
    for k, (h, x, coat, belly) in enumerate(coats):
        with b.at(x=x, y=0.012 * (k % 2), scale=h, rz=-14 + 9 * k):
            shape = lathe(profile, 20, crease_deg=99)
            front = np.clip(-shape.n[:, 1] * 1.7 - 0.55, 0, 1) * (shape.v[:, 2] < 0.55) * (shape.v[:, 2] > 0.06)
            stripe = (np.sin(shape.v[:, 2] * 38) > 0.55) & (shape.n[:, 1] > -0.3)
            base = np.where(stripe[:, None], coat * 0.6, coat)
            b.add(shape, base * (1 - front[:, None]) + rgb(belly) * front[:, None], 0.5, jitter=0)
            for s in (-1, 1):
                ear = lathe([(0.11, 0), (0.07, 0.12), (0, 0.2)], 7, crease_deg=99, ey=0.6)
                b.add(ear, coat * 0.8, 0.4, x=s * 0.17, z=0.86, ry=s * 16)
                with b.at(x=s * 0.11, y=-0.285, z=0.8, rz=s * 20):
                    cut(b, disc(0, 0, 0.06, 12, 1.15), IVORY, -0.02)
                    cut(b, disc(0, 0, 0.034, 10, 1.3), INK * 0.6, -0.027)
            with b.at(y=-0.326, z=0.72):
                cut(b, [(-0.035, 0.02), (0.035, 0.02), (0, -0.022)], BLUSH * 0.8, -0.006)
                for s in (-1, 1):
                    for dz in (-0.01, 0.02):
                        stroke(b, [(s * 0.05, dz * 0.5), (s * 0.17, dz * 2.2)], 0.01, IVORY * 0.9, -0.004)
    t = np.linspace(0, 1, 9)
    tail = np.c_[-0.175 - 0.035 * np.sin(t * 3), 0.03 + 0.02 * t, 0.02 + 0.075 * t]
    b.add(tube(tail, [0.013, 0.013, 0.013, 0.013, 0.012, 0.012, 0.011, 0.009, 0.005], 8), TERRA * 0.75, 0.4)


GOODS = {
    "wooden_train": wooden_train,
    "spinning_top": spinning_top,
    "swallow_kite": swallow_kite,
    "nesting_cats": nesting_cats,
}
