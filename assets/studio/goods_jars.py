"""Jars of the honey-and-jam booth. Metres, bottom centre on the origin, front towards -Y."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, box, fan, grid, lathe, moved, tube
from assets.studio.palette import CREAM, IVORY, LOQUAT, OAK, TERRA, WALNUT, Colour, rgb
from assets.studio.produce import (
    DEEP_GREEN,
    GREEN,
    RAFFIA,
    STEM,
    checked,
    creased,
    graded,
    leaf,
    rope_ring,
    round_fruit,
    stalk,
    turned,
    varied,
)  # fmt: skip

GLASS, AMBER, HONEY, COMB = rgb("dfeae4"), rgb("d9761f"), rgb("e09a1c"), rgb("f2bf4a")


def _cloth_cap(b: Bag, r: float, z: float, one: Colour, two: Colour) -> None:
    """A checked cloth over a lid of radius r at height z, tied with raffia, its hem in waves."""
    n = 32
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    wave = 1 + 0.1 * np.cos(8 * t)
    rows = [(1.42, -0.02), (1.22, -0.009), (1.03, -0.002), (1.05, 0.006), (0.98, 0.015), (0.5, 0.018), (0, 0.018)]
    p = [
        np.c_[
            r * q * (wave if q > 1.1 else 1) * np.cos(t),
            r * q * (wave if q > 1.1 else 1) * np.sin(t),
            np.full(n, z + h),
        ]
        for q, h in rows
    ]
    check = (np.arange(n)[None] // 2 + np.arange(len(rows) - 1)[:, None]) % 2
    cap, tones = checked(np.array(p), np.where(check[..., None] > 0, one, two), wrap=True)
    b.add(cap, tones, 0.05)
    under = grid(np.array([p[1], p[0]]))
    b.add(Shape(under.v - (0, 0, 0.0008), under.n, under.f), one * 0.6, 0.02)
    b.add(rope_ring(r * 1.045, z - 0.001, 0.0024, 22), RAFFIA, 0.1)
    with b.at(y=-r * 1.07, z=z - 0.001):
        for s in (-1, 1):
            stalk(b, [(0, 0, 0), (s * 0.008, -0.004, 0.004), (s * 0.017, -0.004, -0.001)], 0.0018, RAFFIA)
            stalk(b, [(0, 0, 0), (s * 0.005, -0.004, -0.012), (s * 0.009, -0.003, -0.026)], 0.0015, RAFFIA)


def _label(b: Bag, r: float, z: float, h: float, span_deg: float, paper: Colour, edge: Colour) -> None:
    """A paper label round the front of a jar of radius r, from z up to z + h."""
    for grow, colour, q in ((0.0, edge, 0.0006), (-0.0035, paper, 0.0012)):
        half = np.radians(span_deg) / 2 + grow / r
        t = np.linspace(-np.pi / 2 - half, -np.pi / 2 + half, 9)
        rows = [np.c_[(r + q) * np.cos(t), (r + q) * np.sin(t), np.full(9, zz)] for zz in (z - grow, z + h + grow)]
        b.add(grid(np.array(rows), wrap=False), colour, 0.08, jitter=0)


def _drawn(b: Bag, r: float, outline: np.ndarray, colour: Colour, layer: int) -> None:
    """A flat shape (n, 2) in x and z drawn on the front of a jar of radius r."""
    a = np.asarray(outline, float)
    angle = a[:, 0] / r - np.pi / 2
    lift = r + 0.0014 + 0.0004 * layer
    b.add(fan(np.c_[lift * np.cos(angle), lift * np.sin(angle), a[:, 1]], (0, -1.0, 0)), colour, 0.08, jitter=0)


def _disc(x: float, z: float, rx: float, rz: float, n: int = 12) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return np.c_[x + rx * np.cos(t), z + rz * np.sin(t)]


def _petal(x: float, z: float, length: float, wide: float, turn_deg: float) -> np.ndarray:
    u = np.linspace(0, 1, 6)
    half = wide / 2 * np.sin(np.pi * u) ** 0.8
    p = np.r_[np.c_[u * length, -half], np.c_[u[-2:0:-1] * length, half[-2:0:-1]]]
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    return p @ np.array([[c, s], [-s, c]]) + (x, z)


def loquat_jam(b: Bag) -> None:
    """Loquat jam in a round jar under a checked cloth, loquats drawn on its label."""
    r = 0.041
    body = turned([(0.034, 0), (0.04, 0.004), (r, 0.014), (r, 0.074), (0.037, 0.084), (0.034, 0.09)], 24)
    b.add(body, graded(body, AMBER * (0.75, 0.6, 0.6), AMBER * (1.1, 1.12, 1.0)), 0.85)
    b.add(turned([(0.034, 0.089), (0.0345, 0.098)], 20), GLASS * 0.8, 0.85)
    _label(b, r, 0.018, 0.05, 118, IVORY, TERRA)
    for k, (x, z) in enumerate(((-0.011, 0.04), (0.007, 0.036), (-0.001, 0.05))):
        _drawn(b, r, _disc(x, z, 0.0085, 0.0092), LOQUAT * (1, 0.9 + 0.1 * (k % 2), 0.8), 1 + k)
        _drawn(b, r, _disc(x, z - 0.0065, 0.0018, 0.0016, 6), WALNUT * 0.6, 5)
        _drawn(b, r, _disc(x - 0.003, z + 0.0035, 0.0016, 0.0022, 6), IVORY, 5)
    for turn, length in ((18, 0.024), (150, 0.02), (75, 0.014)):
        _drawn(b, r, _petal(0.002, 0.052, length, 0.008, turn), GREEN * 0.9, 0)
    _cloth_cap(b, 0.037, 0.096, TERRA, IVORY)


def comb_honey(b: Bag) -> None:
    """A jar of honey with its dipper, beside a dripping piece of comb on a board."""
    board = box(0.24, 0.13, 0.012, 0.005)
    b.add(board, OAK, 0.3)
    with b.at(x=-0.052, y=0.012, z=0.012):
        n = 6
        body = lathe([(0.034, 0), (0.042, 0.005), (0.042, 0.072), (0.033, 0.082), (0.033, 0.09)], n, crease_deg=30)
        b.add(body, graded(body, HONEY * (0.75, 0.62, 0.4), HONEY * (1.12, 1.12, 1.1)), 0.9)
        b.add(
            lathe([(0.036, 0.084), (0.038, 0.087), (0.038, 0.1), (0.034, 0.104), (0, 0.104)], 18), rgb("b88a4e"), 0.12
        )
        with b.at(rz=0, y=-0.0366, z=0.02):
            b.add(box(0.036, 0.001, 0.044, 0), IVORY, 0.06, jitter=0)
            bee = [(_disc(0, 0.024, 0.009, 0.0062), COMB), (_disc(-0.0095, 0.024, 0.0036, 0.0036, 8), WALNUT * 0.4)]
            wings = [(_petal(0.001, 0.028, 0.014, 0.008, turn), rgb("b9c8cc")) for turn in (60, 110)]
            for k, (o, c) in enumerate(wings + bee):
                b.add(
                    fan(np.c_[o[:, 0], np.full(len(o), -0.0009 - 0.0003 * k), o[:, 1]], (0, -1.0, 0)), c, 0.05, jitter=0
                )
            for x in (-0.003, 0.003):
                bar = np.array([(x - 0.0012, 0.019), (x + 0.0012, 0.019), (x + 0.0012, 0.029), (x - 0.0012, 0.029)])
                b.add(fan(np.c_[bar[:, 0], np.full(4, -0.0024), bar[:, 1]], (0, -1.0, 0)), WALNUT * 0.4, 0.05, jitter=0)
            b.add(box(0.024, 0.0006, 0.003, 0), WALNUT * 0.6, 0.05, y=-0.0008, z=0.008, jitter=0)
    with b.at(x=0.052, y=0.004, z=0.012, rz=-14):
        _comb(b)
    with b.at(x=0.03, y=-0.046, z=0.021, rz=10, ry=90, rx=0):
        rings = [(0, -0.03), (0.005, -0.028)]
        for k in range(5):
            rings += [(0.0085, -0.026 + 0.006 * k), (0.0052, -0.0225 + 0.006 * k)]
        b.add(turned([*rings, (0.0034, 0.006), (0.003, 0.075), (0.0042, 0.082), (0, 0.085)], 9), OAK * 1.1, 0.4)


def _comb(b: Bag) -> None:
    """A cut block of comb, its cells open to the front and above, in a little pool."""
    b.add(lathe([(0.052, 0), (0.05, 0.0018), (0, 0.0022)], 18, ey=0.7), HONEY * (1.05, 0.9, 0.6), 0.9)
    with b.at(z=0.002, rx=-24, y=0.012):
        b.add(box(0.078, 0.024, 0.056, 0.003), COMB * (0.95, 0.8, 0.6), 0.5)
        s = 0.0062
        for row in range(5):
            for col in range(7 - row % 2):
                x, z = (col - 3 + 0.5 * (row % 2)) * s * 1.78, 0.0085 + row * s * 1.54
                t = np.radians(np.arange(6) * 60 + 30)
                ring = [
                    np.c_[x + s * q * np.cos(t), np.full(6, y), z + s * q * np.sin(t)]
                    for q, y in ((1.0, -0.0128), (0.8, -0.0135), (0.62, -0.0105))
                ]
                cell = grid(np.array(ring)[::-1])
                cell = cell if cell.n[:, 1].mean() < 0 else Shape(cell.v, -cell.n, cell.f[:, ::-1])
                b.add(cell, varied(b, COMB, 0.06), 0.5, jitter=0)
                full = fan(np.c_[x + s * 0.64 * np.cos(t), np.full(6, -0.0109), z + s * 0.64 * np.sin(t)], (0, -1.0, 0))
                b.add(full, varied(b, HONEY, 0.2) * (1, 0.85, 0.6), 0.9, jitter=0)


def pickled_plums(b: Bag) -> None:
    """A stoneware crock of salted red plums under shiso, its lid leaning on it."""
    clay, dip = rgb("c9bda6"), rgb("5b4636")
    wall = [(0.052, 0), (0.06, 0.006), (0.07, 0.04), (0.068, 0.075), (0.058, 0.094), (0.06, 0.1)]
    body = turned(wall, 24)
    b.add(
        body,
        np.where(body.v[:, 2:] > 0.06 + 0.006 * np.sin(5 * np.arctan2(body.v[:, 1:2], body.v[:, :1])), dip, clay),
        0.5,
    )
    b.add(lathe([(0.06, 0.1), (0.057, 0.103), (0.052, 0.099), (0.05, 0.085), (0, 0.083)], 24), dip * 0.8, 0.4)
    for k in range(9):
        a, q = k * 2.39996 + 0.3, 0.032 * (k > 1) + 0.008
        with b.at(x=q * np.cos(a), y=q * np.sin(a), z=0.082 + 0.012 * (k < 2), rx=b.rng.uniform(-40, 40), rz=k * 50.0):
            plum = creased(round_fruit(0.0155, 0.86, dimple=0.2, n=9, k=6), 0.16)
            plum = Shape(plum.v * (1 + 0.05 * np.cos(9 * plum.v[:, 2:] / 0.0155)), plum.n, plum.f)
            skin = varied(b, rgb("b5404f"), 0.16)
            b.add(plum, graded(plum, skin * 0.8, skin * (1.15, 1.3, 1.25)), 0.55)
    for x, y, turn in ((0.02, -0.024, -50), (-0.03, 0.012, 150), (0.01, 0.03, 60)):
        with b.at(x=x * 0.7, y=y * 0.7, z=0.108, rz=turn, ry=16):
            leaf(b, 0.045, 0.032, rgb("6d2f4c"), arch=0.1, blunt=0.6)
    with b.at(x=0.082, y=-0.03, z=0.0, rz=-22, ry=-62):
        lid = lathe([(0, -0.004), (0.06, -0.004), (0.062, 0.0), (0.06, 0.005), (0.02, 0.008), (0, 0.008)], 22)
        b.add(moved(lid, 0.06), dip, 0.45)
        b.add(
            moved(turned([(0.008, 0.007), (0.006, 0.014), (0.011, 0.022), (0.008, 0.028), (0, 0.029)], 10), 0.06),
            dip * 1.2,
            0.45,
        )
    with b.at(y=-0.0695, z=0.022, rx=4):
        b.add(box(0.05, 0.001, 0.034, 0), rgb("c8453a"), 0.06, y=-0.0004, jitter=0)
        b.add(box(0.044, 0.001, 0.028, 0), CREAM, 0.06, y=-0.0009, z=0.003, jitter=0)
        for x, z, w, h in (
            (0, 0.02, 0.022, 0.003),
            (0, 0.009, 0.003, 0.017),
            (-0.007, 0.013, 0.003, 0.006),
            (0.007, 0.013, 0.003, 0.006),
        ):
            b.add(box(w, 0.001, h, 0), rgb("5a2f38"), 0.05, x=x, y=-0.0016, z=z, jitter=0)


def _lemon_slice(b: Bag, r: float) -> None:
    """A slice against the inside of a jar of radius r, its middle at the origin of the glass, facing -Y."""
    rind, pith, flesh = rgb("efbe2f"), rgb("fbf3d4"), rgb("f6dd76")

    def pressed(o: np.ndarray, lift: float) -> Shape:
        return fan(np.c_[o[:, 0], o[:, 0] ** 2 / (2 * r) - lift, o[:, 1]], (0, -1.0, 0))

    for layer, (size, colour) in enumerate(((0.0152, rind), (0.0134, pith), (0.0122, flesh))):
        b.add(pressed(_disc(0, 0, size, size, 14), 0.0003 * layer), colour, 0.75, jitter=0)
    for t in np.pi * np.arange(4) / 4:
        along, across = np.array([np.cos(t), np.sin(t)]) * 0.0118, np.array([-np.sin(t), np.cos(t)]) * 0.0005
        spoke = np.array([-along - across, along - across, along + across, -along + across])
        b.add(pressed(spoke, 0.0011), pith, 0.6, jitter=0)


def salted_lemons(b: Bag) -> None:
    """A tall clip jar of lemon slices in salt, bay leaves between them."""
    r = 0.045
    body = turned([(0.04, 0), (0.044, 0.004), (r, 0.012), (r, 0.125), (0.041, 0.137), (0.04, 0.142)], 24)
    b.add(body, graded(body, rgb("f2ecd2"), rgb("e9cf73"), power=0.5), 0.8)
    for row in range(4):
        for k in range(4):
            turn = 90 * (k + 0.5 * (row % 2)) + 107
            with b.at(rz=turn, z=0.024 + 0.028 * row), b.at(y=-r - 0.0005 - 0.0002 * row, ry=b.rng.uniform(0, 60)):
                _lemon_slice(b, r)
    for k in range(5):
        with b.at(rz=72 * k + 25):
            _drawn(b, r, _petal(-0.014, 0.04 + 0.03 * (k % 3), 0.028, 0.011, 20 - 50 * (k % 2)), DEEP_GREEN, 2)
    b.add(lathe([(0.042, 0.138), (0.044, 0.141), (0.042, 0.145)], 20, crease_deg=99), rgb("c8653a"), 0.3)
    top = lathe(
        [(0.043, 0.145), (0.044, 0.148), (0.03, 0.156), (0.018, 0.158), (0.012, 0.165), (0.008, 0.168), (0, 0.168)],
        24,
        crease_deg=70,
    )
    b.add(top, GLASS, 0.9)
    wire = rgb("9a9da0")
    for sx in (-1, 1):
        b.add(
            tube([(sx * 0.044, 0, 0.13), (sx * 0.05, -0.006, 0.143), (sx * 0.03, -0.038, 0.152)], 0.0012, 4), wire, 0.85
        )
    b.add(tube([(-0.03, -0.038, 0.152), (0, -0.046, 0.148), (0.03, -0.038, 0.152)], 0.0012, 4), wire, 0.85)
    b.add(tube([(0, -0.046, 0.148), (0, -0.05, 0.136), (0, -0.048, 0.118)], 0.002, 4), wire, 0.85)
    b.add(rope_ring(0.0418, 0.1335, 0.0011, 20), wire, 0.85)
    with b.at(y=-0.052, z=0.094, x=0.006, ry=6):
        b.add(box(0.026, 0.0012, 0.02, 0), rgb("c9a678"), 0.05)
        b.add(box(0.016, 0.0006, 0.0024, 0), STEM, 0.05, y=-0.001, z=0.009)
        stalk(b, [(0, 0, 0.02), (-0.002, 0.004, 0.028), (-0.006, 0.008, 0.04)], 0.0008, RAFFIA, 3)


GOODS = {
    "loquat_jam": loquat_jam,
    "comb_honey": comb_honey,
    "pickled_plums": pickled_plums,
    "salted_lemons": salted_lemons,
}
