"""Goods for the corner by the window: plants in pots and woven baskets. Metres, bottom centre on the origin."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.homeware_palette import ASH, CHALK, CLAY, FERN, MOSS, OAT, OCHRE, RATTAN
from assets.studio.kit import grid, lathe, tube
from assets.studio.palette import Colour, rgb
from assets.studio.plants import split_leaf, sprig, sword
from assets.studio.turning import bent_bar, curve, outward, patched, pot, ring

SOIL = rgb("4a382c")
LEAF_GREEN = rgb("4f8247")
OLIVE = rgb("8fa07a")


def soil(b: Bag, r: float, z: float) -> None:
    """Dark earth in a pot."""
    b.add(lathe([(r, z), (r * 0.5, z + 0.006), (0, z + 0.008)], 18, crease_deg=99), SOIL, 0.02)


def snake_plant(b: Bag) -> None:
    """Upright striped swords in an ochre pot on three little feet."""
    side = curve([(0.07, 0.03), (0.08, 0.036), (0.092, 0.09), (0.095, 0.15)], 3)
    with b.at(z=0.0):
        outer = lathe(side, 26, crease_deg=70)
        b.add(outer, OCHRE, 0.5)
        b.add(
            lathe([(0.095, 0.15), (0.092, 0.154), (0.087, 0.151), (0.086, 0.13)], 26, crease_deg=120), OCHRE * 0.9, 0.5
        )
        b.add(lathe([(0, 0.03), (0.07, 0.03)], 20), OCHRE * 0.7)
        for k in range(3):
            with b.at(rz=90 + 120 * k):
                b.add(tube([(0.066, 0, 0), (0.058, 0, 0.04)], [0.009, 0.014], 8), ASH, 0.4)
    soil(b, 0.086, 0.134)
    for k in range(9):
        a = 2.4 * k
        r = 0.012 + 0.0055 * k
        with b.at(x=r * np.cos(a), y=r * np.sin(a), z=0.132, rz=np.degrees(a)):
            sword(
                b,
                0.46 - 0.026 * k + 0.05 * np.sin(k * 2.1),
                0.024,
                FERN * 1.5,
                rgb("c9c06a"),
                lean=0.05 + 0.018 * k,
                twist=0.5 - 0.1 * k,
            )


def split_leaf_plant(b: Bag) -> None:
    """A monstera with nine cut leaves in a chalk pot."""
    side = curve([(0.08, 0), (0.09, 0.006), (0.108, 0.08), (0.112, 0.17)], 3)
    pot(b, side, [(0, CLAY), (0.035, CHALK)], inside=CHALK * 0.7, floor_z=0.12, wall=0.008, n=26, gloss=0.3)
    soil(b, 0.104, 0.152)
    for k in range(9):
        a = np.radians(137.5 * k)
        reach, high = 0.1 + 0.023 * k, 0.7 - 0.042 * k
        x, y = reach * np.cos(a), reach * np.sin(a)
        path = curve(
            [
                (0.015 * np.cos(a), 0.015 * np.sin(a), 0.15),
                (x * 0.35, y * 0.35, 0.15 + (high - 0.15) * 0.6),
                (x, y, high),
            ],
            3,
        )
        b.add(tube(path, np.linspace(0.0055, 0.0035, len(path)), 5), MOSS, 0.2)
        with b.at(x=x, y=y, z=high, rz=np.degrees(a) + 12 * np.sin(k * 3.0), ry=22 + 3 * k):
            split_leaf(b, 0.2 + 0.012 * (k % 4), LEAF_GREEN * (0.85 + 0.04 * k))


def olive_tree(b: Bag) -> None:
    """A small olive with a twisted trunk in a terracotta pot."""
    side = curve([(0.075, 0), (0.08, 0.004), (0.108, 0.13), (0.112, 0.145)], 2)
    b.add(lathe(side, 26, crease_deg=70), CLAY, 0.1)
    b.add(
        lathe(
            [(0.112, 0.14), (0.121, 0.142), (0.121, 0.172), (0.116, 0.176), (0.108, 0.174), (0.106, 0.15)],
            26,
            crease_deg=60,
        ),
        CLAY * 1.06,
        0.1,
    )
    b.add(lathe([(0, 0.0004), (0.075, 0.0004)], 20), CLAY * 0.7)
    soil(b, 0.108, 0.155)
    bark = rgb("8a7a66")
    trunk = curve([(0, 0, 0.15), (0.02, 0.008, 0.26), (-0.012, -0.01, 0.38), (0.012, 0.004, 0.5), (0, 0, 0.6)], 3)
    b.add(tube(trunk, np.linspace(0.017, 0.009, len(trunk)), 7), bark, 0.08)
    for k in range(16):
        a, up = np.radians(137.5 * k), -0.35 + 1.5 * k / 15
        d = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up)])
        root = np.array([0, 0, 0.54 + 0.004 * k])
        reach = 0.15 + 0.035 * b.rng.uniform()
        sprig(b, [root, root + d * reach * 0.55 + (0, 0, 0.03), root + d * reach + (0, 0, 0.02)], OLIVE, bark, 4, 0.068)


def coiled(b: Bag, profile: np.ndarray, colours: np.ndarray, n: int, *, plump: float = 0.004) -> None:
    """Coil basketwork over a turned profile: each row of stitches bulges; `colours` (rows - 1, n, 3) of its patches."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    swell = plump * np.where(np.arange(len(profile)) % 2 == 0, -1, 1)
    rows = [
        np.c_[(r + q) * np.cos(t), (r + q) * np.sin(t), np.full(n, z)] for (r, z), q in zip(profile, swell, strict=True)
    ]
    shape, tone = patched(grid(np.array(rows)), len(rows), n, colours)
    b.add(shape, tone, 0.06, jitter=0)


def lining(b: Bag, profile: np.ndarray, colour: Colour, n: int = 20) -> None:
    """The inside and the underside of a basket."""
    down = [(max(r - 0.012, 0.001), z) for r, z in profile[::-1][::4]]
    b.add(lathe([*down, (profile[0][0] - 0.012, 0.012), (0, 0.012)], n, crease_deg=99), colour * 0.6, 0.03)
    b.add(lathe([(0, 0.0005), (profile[0][0], 0.0005)], n), colour * 0.5)


def stitched(rows: int, n: int, colour: Colour, rng: np.random.Generator, contrast: float = 0.12) -> np.ndarray:
    """Colours (rows, n, 3) of stitches that go over and under."""
    over = np.where((np.arange(rows)[:, None] + np.arange(n)[None]) % 2 == 0, contrast, -contrast)
    return colour * (1 + over + rng.uniform(-0.05, 0.05, (rows, n)))[..., None]


def braid(b: Bag, r: float, z: float, colour: Colour, thick: float = 0.008, n: int = 32) -> None:
    """A thick plaited rim."""
    rim = ring(r, thick, n, 5)
    tone = np.tile(1 + 0.16 * np.cos(np.pi * np.arange(n)), 6)
    b.add(rim, colour * tone[:, None], 0.08, z=z, jitter=0)


def belly_basket(b: Bag) -> None:
    """A round-bellied seagrass basket with two loops and a dipped green foot."""
    p = curve([(0.13, 0), (0.17, 0.04), (0.192, 0.12), (0.182, 0.21), (0.155, 0.27), (0.152, 0.3)], 3)
    n, straw = 34, rgb("c4a874")
    tones = stitched(len(p) - 1, n, straw, b.rng)
    tones[:5] = stitched(5, n, FERN * 1.25, b.rng)
    coiled(b, p, tones, n)
    lining(b, p, straw)
    braid(b, 0.15, 0.3, straw * 0.9, 0.009, 34)
    for sx in (-1, 1):
        loop = [
            (sx * 0.156, -0.05, 0.285),
            (sx * 0.18, -0.035, 0.35),
            (sx * 0.182, 0, 0.366),
            (sx * 0.18, 0.035, 0.35),
            (sx * 0.156, 0.05, 0.285),
        ]
        bent_bar(b, loop, 0.008, straw * 0.85, 0.08, k=3, n=6)


def willow_trug(b: Bag) -> None:
    """A shallow willow trug with one high arched handle."""
    n = 40
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)

    def hoop(s: float, z: float) -> np.ndarray:
        return np.c_[0.21 * s * np.cos(t), 0.145 * s * np.sin(t), z + 0.045 * np.abs(np.cos(t)) ** 3 * (z / 0.13)]

    side = curve([(0.72, 0), (0.86, 0.03), (0.95, 0.075), (1.0, 0.13)], 4)
    rows = np.array([hoop(s + 0.012 * (-1) ** k, z) for k, (s, z) in enumerate(side)])
    tones = stitched(len(rows) - 1, n, RATTAN * 1.05, b.rng, 0.2)
    tones[8:10] *= 0.7
    shape, tone = patched(grid(rows), len(rows), n, tones)
    b.add(shape, tone, 0.06, jitter=0)
    inner = [hoop(s * 0.94, z + 0.003) for s, z in side[:0:-1][::4]]
    b.add(
        outward(grid(np.array([*inner, hoop(0.68, 0.012), hoop(0.001, 0.012)])), (0, 0, -5.0), (0, 0, 1)),
        RATTAN * 0.62,
        0.03,
    )
    b.add(lathe([(0, 0.0005), (0.15, 0.0005)], 24, ey=0.69), RATTAN * 0.5)
    rim = [
        hoop(s, 0.13) + (0, 0, z)
        for s, z in ((1.0, -0.006), (1.035, 0.0), (1.0, 0.008), (0.955, 0.003), (0.95, -0.006))
    ]
    b.add(outward(grid(np.array(rim)), (0, 0, 0.13)), RATTAN * 0.85, 0.1)
    for dx in (-0.008, 0.008):
        arch = [
            (dx, -0.14, 0.06),
            (dx, -0.15, 0.14),
            (dx, -0.13, 0.25),
            (dx, -0.055, 0.325),
            (dx, 0.055, 0.325),
            (dx, 0.13, 0.25),
            (dx, 0.15, 0.14),
            (dx, 0.14, 0.06),
        ]
        bent_bar(b, arch, 0.0065, RATTAN * 0.9, 0.1, k=3, n=6)
    grip = curve([(0, -0.06, 0.318), (0, 0, 0.338), (0, 0.06, 0.318)], 5)
    b.add(tube(grip, [0.015 if k % 2 else 0.0132 for k in range(len(grip))], 8), OCHRE, 0.1)


def lidded_basket(b: Bag) -> None:
    """A tall lidded basket with a zigzag in clay red."""
    p = np.c_[
        np.interp(np.linspace(0, 1, 18), [0, 0.3, 0.75, 1], [0.135, 0.155, 0.16, 0.148]), np.linspace(0, 0.34, 18)
    ]
    n = 32
    k, i = np.mgrid[0:17, 0:n]
    zig = np.abs((i % 8) - 4) + 6
    tones = stitched(17, n, OAT * 0.92, b.rng, 0.07)
    tones = np.where(((zig == k) | (zig == k + 1))[..., None], CLAY * 0.85, tones)
    tones = np.where(((zig == k + 4) | (zig == k - 3))[..., None], FERN * 1.2, tones)
    coiled(b, p, tones, n, plump=0.003)
    lining(b, p, OAT)
    lid = curve([(0.158, 0), (0.162, 0.016), (0.12, 0.05), (0.06, 0.068), (0.008, 0.072)], 2)
    tones = stitched(len(lid) - 1, n, OAT * 0.92, b.rng, 0.07)
    tones[1:3] = CLAY * 0.85
    with b.at(z=0.336):
        coiled(b, lid, tones, n, plump=0.0015)
        bent_bar(
            b,
            [(-0.03, 0, 0.066), (-0.025, 0, 0.098), (0.025, 0, 0.098), (0.03, 0, 0.066)],
            0.007,
            CLAY * 0.8,
            0.1,
            k=4,
            n=6,
        )


GOODS = {
    "snake_plant": snake_plant,
    "split_leaf_plant": split_leaf_plant,
    "olive_tree": olive_tree,
    "belly_basket": belly_basket,
    "willow_trug": willow_trug,
    "lidded_basket": lidded_basket,
}
