"""Framed prints and fruit. Metres, bottom centre on the origin, front towards -Y; art is cut from coloured geometry."""

from itertools import pairwise

import numpy as np

from assets.studio.bag import Bag
from assets.studio.goods_home import leaf
from assets.studio.kit import Shape, ball, bent, box, fan, grid, lathe, tube
from assets.studio.palette import (
    BLUSH,
    CREAM,
    IVORY,
    LEAF,
    LOQUAT,
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
)  # fmt: skip

PRINT_W, PRINT_H, FRAME = 0.5, 0.7, 0.028
ART_W, ART_H = PRINT_W - 2 * FRAME, PRINT_H - 2 * FRAME
LAYER_M = 0.0009  # how far one cut shape lies before the next


def _framed(b: Bag, wood: Colour, paper: Colour) -> None:
    """A frame, its backing and the sheet; art goes before y = 0.002."""
    for sx in (-1, 1):
        b.add(box(FRAME, 0.04, PRINT_H, 0.006), wood, 0.45, x=sx * (PRINT_W - FRAME) / 2, jitter=0)
    for z in (0.0, PRINT_H - FRAME):
        b.add(box(ART_W, 0.04, FRAME, 0.006), wood, 0.45, z=z, jitter=0)
    b.add(box(ART_W, 0.014, ART_H, 0), paper, 0.05, y=0.011, z=FRAME, jitter=0)


def _cut(b: Bag, outline: np.ndarray, colour: Colour, layer: int) -> None:
    """A convex piece (n, 2) in x (from the middle) and z (from the sheet's foot), counter-clockwise."""
    o = np.asarray(outline, float)
    front = np.c_[o[:, 0], np.full(len(o), 0.004 - layer * LAYER_M), o[:, 1] + FRAME]
    b.add(fan(front, (0, -1.0, 0)), colour, 0.05, jitter=0)


def _band(b: Bag, xs: np.ndarray, lo: np.ndarray, hi: np.ndarray, colour: Colour, layer: int) -> None:
    """A piece between a lower and an upper edge over xs."""
    y = np.full(len(xs), 0.004 - layer * LAYER_M)
    low, high = (np.c_[xs, y, np.clip(z, 0, ART_H) + FRAME] for z in (lo, hi))
    _, _, f = grid(np.stack([high, low]), wrap=False)
    v = np.r_[high, low]
    side = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])[:, 1].sum()
    b.add(Shape(v, np.tile([0, -1.0, 0], (len(v), 1)), f if side < 0 else f[:, ::-1]), colour, 0.05, jitter=0)


def _disc(x: float, z: float, r: float, n: int = 20, squash: float = 1.0) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.c_[x + r * np.cos(t), z + r * squash * np.sin(t)]


def _blade(x: float, z: float, length: float, width: float, turn_deg: float) -> np.ndarray:
    """A pointed leaf outline from (x, z)."""
    u = np.linspace(0, 1, 9)
    half = width / 2 * np.sin(np.pi * u) ** 0.85
    p = np.r_[np.c_[u * length, -half], np.c_[u[-2:0:-1] * length, half[-2:0:-1]]]
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    return p @ np.array([[c, s], [-s, c]]) + (x, z)


def _stroke(path: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Left and right edges (n, 2) of a tapering line."""
    d = np.gradient(path, axis=0)
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    w = width * np.linspace(1, 0.35, len(path))[:, None] / 2
    side = np.c_[-d[:, 1], d[:, 0]] * w
    return path + side, path - side


def loquat_print(b: Bag) -> None:
    """A fruiting loquat branch on cream."""
    _framed(b, OAK, CREAM)
    _cut(b, _disc(-0.03, 0.38, 0.19, 36), BLUSH * 0.5 + CREAM * 0.5, 1)
    u = np.linspace(0, 1, 14)
    branch = np.c_[0.16 - 0.26 * u + 0.05 * np.sin(u * 5), 0.02 + 0.52 * u]
    left, right = _stroke(branch, 0.02)
    for k in range(len(u) - 1):
        _cut(b, np.array([right[k], right[k + 1], left[k + 1], left[k]]), WALNUT, 2)
    leaves = (
        (0.35, 75, 0.2), (0.3, 160, 0.17), (0.5, 22, 0.17), (0.62, 140, 0.13), (0.75, 25, 0.17), (0.86, 165, 0.1),
        (0.95, 60, 0.11), (0.97, 115, 0.09), (0.12, 150, 0.15),
    )  # fmt: skip
    for k, (q, turn, length) in enumerate(leaves):
        x, z = (np.interp(q, u, branch[:, i]) for i in (0, 1))
        _cut(b, _blade(x, z, length, length * 0.34, turn), (LEAF, SAGE * 0.75, LEAF * 0.72)[k % 3], 3 + k % 2)
        tip = np.array([x, z]) + 0.9 * length * np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
        _cut(b, np.array([(x, z - 0.002), tip, (x, z + 0.002)]), IVORY * 0.8, 6)
    fruit = (
        (-0.05, 0.27), (0.005, 0.25), (-0.03, 0.215), (-0.115, 0.415), (-0.155, 0.385), (-0.1, 0.37), (0.075, 0.17),
        (0.11, 0.2), (0.02, 0.455), (-0.02, 0.48),
    )  # fmt: skip
    for k, (x, z) in enumerate(fruit):
        _cut(b, _disc(x, z, 0.03, 18, 1.12), (LOQUAT, MUSTARD, LOQUAT * (1, 0.8, 0.7))[k % 3], 7 + k % 2)
        _cut(b, _disc(x - 0.009, z + 0.011, 0.007, 10), IVORY, 9)


def tide_print(b: Bag) -> None:
    """Evening tide: a low sun over combed waves."""
    _framed(b, WALNUT, SKY * 0.55 + BLUSH * 0.5)
    xs = np.linspace(-ART_W / 2, ART_W / 2, 25)
    _band(b, xs, np.full(25, 0.36), np.full(25, 0.5), BLUSH * 0.8 + MUSTARD * 0.25, 1)
    _cut(b, _disc(0.06, 0.4, 0.1, 36), TERRA * 1.1, 2)
    waves = (
        (0.41, TEAL * 0.55 + SKY * 0.5),
        (0.33, TEAL),
        (0.25, NAVY * 0.5 + TEAL * 0.5),
        (0.17, NAVY),
        (0.09, NAVY * 0.55),
    )
    for k, (z, colour) in enumerate(waves):
        swell = 0.014 * np.sin(xs * (24 - 2 * k) + k * 1.9) + 0.006 * np.sin(xs * 47 + k)
        _band(b, xs, np.zeros(25), z + swell, colour, 3 + 2 * k)
        _band(b, xs, z + swell - 0.012, z + swell - 0.004, IVORY * 0.95, 4 + 2 * k)
    for k, x in enumerate((-0.12, -0.06, -0.15)):
        z = 0.53 + 0.03 * k
        for turn in (25, 155):
            _cut(b, _blade(x, z, 0.035, 0.008, turn), NAVY, 2)


def hill_print(b: Bag) -> None:
    """The hill behind the street, terraced, with one lit house."""
    _framed(b, IVORY * 0.95, MUSTARD * 0.45 + CREAM * 0.5)
    xs = np.linspace(-ART_W / 2, ART_W / 2, 25)
    _cut(b, _disc(-0.1, 0.5, 0.06, 32), CREAM, 1)
    ridges = (
        (0.42, 0.07, 9, 0.3, BLUSH), (0.34, 0.06, 11, 2.1, PLUM * 0.8 + BLUSH * 0.4), (0.25, 0.05, 8, 4.0, SAGE),
        (0.17, 0.04, 12, 1.0, TEAL * 0.9), (0.08, 0.03, 10, 3.0, TEAL * 0.5 + NAVY * 0.2),
    )  # fmt: skip
    for k, (z, tall, rate, phase, colour) in enumerate(ridges):
        crest = z + tall * np.sin(xs * rate + phase) + 0.3 * tall * np.sin(xs * rate * 2.3 + phase)
        _band(b, xs, np.zeros(25), crest, colour, 2 + k)
    for k in range(4):
        crest = 0.12 - 0.022 * k + 0.035 * np.sin(xs * 10 + 3.0)
        _band(b, xs, crest, crest + 0.004, SAGE * 1.1, 8)
    _cut(b, np.array([(0.07, 0.2), (0.14, 0.2), (0.14, 0.25), (0.07, 0.25)]), IVORY, 9)
    _cut(b, np.array([(0.06, 0.25), (0.15, 0.25), (0.105, 0.285)]), TERRA, 9)
    _cut(b, np.array([(0.094, 0.207), (0.114, 0.207), (0.114, 0.232), (0.094, 0.232)]), MUSTARD * 1.1, 10)
    for x, z, r in ((0.025, 0.235, 0.03), (0.18, 0.225, 0.026), (-0.15, 0.15, 0.03), (-0.11, 0.135, 0.022)):
        _cut(b, _disc(x, z, r, 14, 1.2), LEAF * 0.75, 9)
        _cut(
            b,
            np.array(
                [
                    (x - 0.004, z - r - 0.022),
                    (x + 0.004, z - r - 0.022),
                    (x + 0.004, z - r * 0.6),
                    (x - 0.004, z - r * 0.6),
                ]
            ),
            WALNUT,
            8,
        )


def _loquat(b: Bag, x: float, y: float, z: float, r: float = 0.021) -> None:
    """One fruit with its dark eye, leaning anyhow."""
    with b.at(x=x, y=y, z=z, rx=b.rng.uniform(-25, 25), ry=b.rng.uniform(-25, 25)):
        b.add(ball(r, 10, 3, 1.14), LOQUAT * (1, b.rng.uniform(0.82, 1.05), 0.8), 0.3, jitter=0.06)
        b.add(lathe([(0.005, 0), (0.003, 0.0025), (0, 0.002)], 6), WALNUT * 0.6, 0.1, z=2.26 * r)


def loquat_punnet(b: Bag) -> None:
    """A split-wood punnet heaped with loquats and two leaves."""
    w, d, h = 0.22, 0.16, 0.06
    flare = bent(box(w - 0.03, d - 0.03, 0.008, 0), lambda v: v)
    b.add(flare, OAK * 0.9)
    for sy in (-1, 1):
        b.add(box(w - 0.01, 0.005, h, 0.002), OAK * 1.2, 0.1, y=sy * (d / 2 - 0.008), rx=sy * -8)
    for sx in (-1, 1):
        b.add(box(0.005, d - 0.012, h, 0.002), OAK * 1.2, 0.1, x=sx * (w / 2 - 0.008), ry=sx * 8)
    rim = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]) * (w / 2 - 0.001, d / 2 - 0.001)
    for a, c in pairwise(rim):
        b.add(tube([(*a, h - 0.006), (*(a + c) / 2, h - 0.006), (*c, h - 0.006)], 0.005, 5), OAK * 0.8, 0.2)
    spots = [(x, y, 0.022) for x in (-0.074, -0.025, 0.026, 0.075) for y in (-0.046, 0.0, 0.046)]
    spots += [(x, y, 0.056) for x in (-0.05, 0.0, 0.05) for y in (-0.024, 0.024)]
    for x, y, z in spots:
        _loquat(b, x + b.rng.normal() * 0.002, y + b.rng.normal() * 0.002, z)
    for x, y, turn in ((-0.02, 0.05, 160), (0.03, 0.048, 35)):
        with b.at(x=x, y=y, z=0.085, rz=turn, ry=14):
            leaf(b, 0.09)


def _pear(b: Bag, colour: Colour, blush: Colour, h: float) -> None:
    profile = [
        (0.012, 0.002),
        (0.03, 0),
        (0.045, 0.02),
        (0.05, 0.042),
        (0.045, 0.068),
        (0.031, 0.092),
        (0.023, 0.112),
        (0.02, 0.126),
        (0.012, 0.135),
        (0, 0.134),
    ]
    shape = lathe(profile, 22, crease_deg=99)
    shape.v[:] *= h / 0.135
    cheek = np.clip(shape.n @ np.array([0.5, -0.7, 0.3]), 0, 1)[:, None] ** 1.5
    b.add(shape, colour * (1 - cheek) + blush * cheek, 0.35)
    b.add(
        tube([(0, 0, h * 0.97), (0.004, 0, h * 1.06), (0.012, 0.002, h * 1.13)], [0.0032, 0.0025, 0.0035], 6),
        WALNUT,
        0.1,
    )


def pear_pair(b: Bag) -> None:
    """A green pear and a yellow one on a square of paper."""
    paper = box(0.22, 0.15, 0.004, 0.001)
    b.add(
        bent(paper, lambda v: np.c_[v[:, :2], v[:, 2] + 0.012 * np.abs(v[:, 0] / 0.11) ** 3]),
        SKY * 0.6 + IVORY * 0.4,
        0.02,
    )
    with b.at(x=-0.046, y=0.012, z=0.004, rz=20):
        _pear(b, rgb("b9bf58"), rgb("c98a4a"), 0.118)
        with b.at(x=0.006, z=0.125, rz=120, ry=-20):
            leaf(b, 0.055)
    with b.at(x=0.052, y=-0.008, z=0.004, rz=-60, rx=4):
        _pear(b, rgb("dcc05a"), rgb("cf6a4c"), 0.105)


def orange_bag(b: Bag) -> None:
    """Eight oranges in a knotted net with a paper tag."""
    skin = rgb("ea8a2c")
    spots = [(0.055 * np.cos(a), 0.045 * np.sin(a), 0.0) for a in np.radians((40, 140, 220, 320))]
    spots += [(0.047 * np.cos(a), 0.036 * np.sin(a), 0.058) for a in np.radians((90, 210, 330))] + [(0, 0, 0.108)]
    for x, y, z in spots:
        b.add(ball(0.037, 14, 4, 0.97), skin, 0.25, x=x, y=y, z=z + 0.002, jitter=0.09)
    net = [(0.085, 0.004), (0.102, 0.045), (0.09, 0.1), (0.05, 0.17), (0.012, 0.215)]
    r, z = np.array(net).T
    for k in range(11):
        for s in (-1, 1):
            a = 2 * np.pi * k / 11 + s * np.linspace(0, 1.9, len(r))
            strand = np.c_[r * np.cos(a), 0.86 * r * np.sin(a), z]
            b.add(tube(strand, 0.0014, 3), TERRA * 1.05, 0.1)
    b.add(lathe([(0.014, 0.205), (0.017, 0.212), (0.013, 0.219)], 10, crease_deg=99), TERRA, 0.1)
    tuft = [(0.011, 0.216), (0.02, 0.235), (0.032, 0.252)]
    b.add(lathe(tuft, 10, crease_deg=99), TERRA * 0.9, 0.05)
    b.add(lathe(tuft[::-1], 10, crease_deg=99), TERRA * 0.6, 0.05)
    with b.at(x=0.01, y=-0.07, z=0.16, rx=-26, rz=8):
        b.add(box(0.05, 0.003, 0.035, 0.001), IVORY, 0.05)
        b.add(box(0.036, 0.001, 0.006, 0), TEAL, 0.05, y=-0.0025, z=0.018)


GOODS = {
    "loquat_print": loquat_print,
    "tide_print": tide_print,
    "hill_print": hill_print,
    "loquat_punnet": loquat_punnet,
    "pear_pair": pear_pair,
    "orange_bag": orange_bag,
}
