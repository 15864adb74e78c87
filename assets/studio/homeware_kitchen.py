"""The open kitchen along the homeware store's north wall, its back on y = 0: cabinets, stove, tiled wall, shelves."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.facing import FRONT, facing
from assets.studio.homeware_palette import ASH, CHALK, CHARCOAL, FERN, GILT, OAT, OCHRE, ROSE_CLAY
from assets.studio.homeware_room import PLASTER, limewash, quads, shelf_lamp
from assets.studio.kit import ball, box, grid, join, lathe, moved, tube
from assets.studio.palette import BRASS, WALNUT, rgb
from assets.studio.plants import leaf
from assets.studio.turning import curve, ring

X0, X1, DEPTH, TOP_M = -1.9, 3.3, 0.62, 0.92  # of the whole run
STOVE_X, STOVE_W = -0.55, 0.94
SINK_X = 2.1
TILE_M, TILES_TOP_M = 0.105, 2.2
SHELVES = ((0.35, 3.25, 1.42), (0.35, 3.25, 1.82))  # x from, x to, top
SHELF_D = 0.26
TILE_GREEN, BAY = rgb("6d9078"), rgb("7f9a63")


def kitchen(b: Bag) -> None:
    """The whole run."""
    tiles(b)
    cabinets(b, X0, STOVE_X - STOVE_W / 2)
    cabinets(b, STOVE_X + STOVE_W / 2, X1)
    stove(b)
    hood(b)
    sink(b)
    with b.at(x=-1.46, z=1.62):
        utensils(b, 0.74)
    for x0, x1, z in SHELVES:
        w, mid = x1 - x0, (x0 + x1) / 2
        b.shell(box(w, SHELF_D, 0.035, 0.01), ASH, 0.45, x=mid, y=-SHELF_D / 2, z=z - 0.035, density=1.1)
        for x in np.linspace(x0 + 0.25, x1 - 0.25, 4):
            b.add(
                tube(
                    curve([(x, -SHELF_D + 0.03, z - 0.04), (x, -SHELF_D * 0.6, z - 0.06), (x, -0.02, z - 0.16)], 3),
                    0.008,
                    6,
                ),
                GILT,
                0.75,
            )
        with b.at(x=mid, y=-SHELF_D + 0.05, z=z - 0.045):
            shelf_lamp(b, w * 0.85, 4.5)


def tiles(b: Bag) -> None:
    """Hand-made square tiles, each a little different in tone, over a pale joint."""
    v, tones = [], []
    cols, rows = int((X1 - X0) / TILE_M), int((TILES_TOP_M - TOP_M) / TILE_M)
    for j in range(rows):
        for i in range(cols):
            x, z = X0 + i * TILE_M, TOP_M + j * TILE_M
            e = 0.0022
            v.append(
                [
                    (x + e, 0, z + e),
                    (x + TILE_M - e, 0, z + e),
                    (x + TILE_M - e, 0, z + TILE_M - e),
                    (x + e, 0, z + TILE_M - e),
                ]
            )
            dice = b.rng.uniform(-1, 1)
            tone = TILE_GREEN * (1 + 0.24 * dice) if b.rng.random() > 0.05 else CHALK * 0.8
            tones.append(np.tile(tone * (1 + 0.04 * b.rng.uniform(-1, 1, 3)), (4, 1)))
    e = 0.0022
    left, right, low, high = X0 + e, X0 + cols * TILE_M - e, TOP_M + e, TOP_M + rows * TILE_M - e
    upright = [(X0 + TILE_M * i - e, X0 + TILE_M * i + e, low, high) for i in range(1, cols)]
    level = [(left, right, TOP_M + TILE_M * j - e, TOP_M + TILE_M * j + e) for j in range(1, rows)]
    lines = [[(x0, 0, z0), (x1, 0, z0), (x1, 0, z1), (x0, 0, z1)] for x0, x1, z0, z1 in upright + level]
    wall = quads(np.array(v + lines) + (0, -0.012, 0), (0, -1.0, 0))
    b.shell(wall, np.r_[np.concatenate(tones), np.tile(CHALK * 0.62, (4 * len(lines), 1))], 0.62, density=1.2)
    w, h = cols * TILE_M, rows * TILE_M
    b.shell(box(w, 0.01, h, 0), CHALK * 0.75, 0.1, jitter=0, keep="y", x=X0 + w / 2, y=-0.005, z=TOP_M, density=0.4)
    b.shell(box(w + 0.04, 0.03, 0.04, 0.008), ASH, 0.4, x=X0 + w / 2, y=-0.015, z=TOP_M + h, density=0.7)


def cabinets(b: Bag, x0: float, x1: float) -> None:
    """Base cabinets between x0 and x1: framed doors, brass pulls, an ash worktop."""
    w, mid, d = x1 - x0, (x0 + x1) / 2, DEPTH
    b.shell(box(w, d - 0.08, 0.1, 0), CHARCOAL, 0.2, x=mid, y=-d / 2 + 0.04, keep="yxX", density=0.4)
    b.shell(box(w, d - 0.02, TOP_M - 0.145, 0.008), FERN, 0.3, x=mid, y=-d / 2 + 0.01, z=0.1, jitter=0)
    b.shell(box(w + 0.01, d + 0.03, 0.045, 0.014), ASH, 0.5, x=mid, y=-d / 2 - 0.015, z=TOP_M - 0.045, density=1.2)
    n = max(1, round(w / 0.52))
    for k in range(n):
        x = x0 + w * (k + 0.5) / n
        wide = w / n - 0.03
        b.shell(box(wide, 0.02, 0.15, 0.008), FERN * 1.12, 0.3, x=x, y=-d - 0.002, z=TOP_M - 0.215)
        b.shell(box(wide, 0.02, 0.5, 0.008), FERN * 1.12, 0.3, x=x, y=-d - 0.002, z=0.125)
        b.shell(box(wide - 0.12, 0.01, 0.38, 0.01), FERN * 1.02, 0.3, x=x, y=-d - 0.014, z=0.185)
        b.add(
            tube(
                [
                    (x - 0.05, -d - 0.01, TOP_M - 0.14),
                    (x - 0.05, -d - 0.034, TOP_M - 0.14),
                    (x + 0.05, -d - 0.034, TOP_M - 0.14),
                    (x + 0.05, -d - 0.01, TOP_M - 0.14),
                ],
                0.006,
                5,
            ),
            GILT,
            0.8,
        )
        b.add(
            lathe([(0.006, 0), (0.006, 0.014), (0.015, 0.022), (0, 0.03)], 9),
            GILT,
            0.8,
            x=x + (wide / 2 - 0.05) * (1 if k % 2 else -1),
            y=-d - 0.01,
            z=0.56,
            rx=90,
        )


def stove(b: Bag) -> None:
    """An ochre enamel range with a brass rail, four rings and a stock pot."""
    w, d = STOVE_W - 0.02, DEPTH + 0.02
    with b.at(x=STOVE_X):
        b.shell(box(w, d, TOP_M - 0.06, 0.016), OCHRE * 0.95, 0.55, y=-d / 2, z=0.06, jitter=0)
        b.shell(box(w - 0.04, d - 0.08, 0.06, 0), CHARCOAL, 0.2, y=-d / 2 + 0.02, keep="yxX")
        b.shell(box(w + 0.01, d + 0.015, 0.03, 0.01), CHARCOAL * 1.2, 0.6, y=-d / 2 - 0.005, z=TOP_M - 0.025)
        for sx, wide in ((-0.2, 0.46), (0.255, 0.34)):
            b.shell(box(wide, 0.02, 0.44, 0.014), OCHRE * 1.08, 0.55, x=sx, y=-d - 0.004, z=0.15)
            b.shell(box(wide - 0.14, 0.008, 0.2, 0.01), CHARCOAL * 0.8, 0.8, x=sx, y=-d - 0.012, z=0.25)
            b.add(
                tube(
                    [
                        (sx - wide * 0.36, -d - 0.02, 0.53),
                        (sx - wide * 0.36, -d - 0.055, 0.535),
                        (sx + wide * 0.36, -d - 0.055, 0.535),
                        (sx + wide * 0.36, -d - 0.02, 0.53),
                    ],
                    0.009,
                    6,
                ),
                GILT,
                0.85,
            )
        for k in range(6):
            with b.at(x=-0.36 + 0.144 * k, y=-d - 0.008, z=0.715, rx=90):
                b.add(lathe([(0.03, 0), (0.028, 0.012), (0.02, 0.02), (0.018, 0.034), (0, 0.036)], 14), CHALK, 0.5)
        b.add(tube(np.c_[np.linspace(-0.43, 0.43, 7), np.full(7, -d - 0.05), np.full(7, 0.815)], 0.011, 7), GILT, 0.85)
        for sx in (-0.4, 0.4):
            b.add(tube([(sx, -d, 0.815), (sx, -d - 0.05, 0.815)], 0.008, 6), GILT, 0.85)
        for x in (-0.22, 0.22):
            for y in (-0.17, -0.45):
                b.add(moved(ring(0.085, 0.007, 16, 4), z=0.007), CHARCOAL * 0.7, 0.4, x=x, y=y, z=TOP_M + 0.003)
                for turn in (0, 90):
                    b.add(box(0.19, 0.009, 0.012, 0), CHARCOAL * 0.7, 0.4, x=x, y=y, z=TOP_M + 0.006, rz=turn + 45)
        with b.at(x=-0.22, y=-0.17, z=TOP_M + 0.018):
            b.add(
                lathe(
                    [(0.1, 0), (0.108, 0.01), (0.108, 0.13), (0.112, 0.135), (0.1, 0.15), (0.03, 0.162), (0, 0.163)],
                    24,
                    crease_deg=60,
                ),
                FERN * 1.2,
                0.6,
            )
            b.add(ball(0.016, 9, 2), GILT, 0.8, z=0.16)
            for s in (-1, 1):
                b.add(
                    tube(
                        [
                            (s * 0.105, -0.03, 0.1),
                            (s * 0.138, -0.024, 0.105),
                            (s * 0.138, 0.024, 0.105),
                            (s * 0.105, 0.03, 0.1),
                        ],
                        0.007,
                        6,
                    ),
                    FERN * 1.2,
                    0.6,
                )
        towel = np.array(
            [
                [
                    (
                        x,
                        -d - 0.05 - 0.012 * (j > 2) + 0.006 * np.sin(30 * x) * j / 6,
                        0.828 - 0.062 * j if j > 0 else 0.826,
                    )
                    for x in np.linspace(-0.14, 0.14, 9)
                ]
                for j in range(7)
            ]
        )
        face = grid(towel + (0.16, -0.012, 0), wrap=False)
        face = facing(face, FRONT)
        rows = np.repeat(np.arange(7), 9)
        b.add(face, np.where(((rows == 4) | (rows == 5))[:, None], ROSE_CLAY * 0.8, CHALK * 0.95), 0.03, jitter=0)


def hood(b: Bag) -> None:
    """A plastered chimney over the stove with an ash mantel."""
    with b.at(x=STOVE_X):
        profile = curve(
            [(1.98, 0.5, 0.56), (2.2, 0.46, 0.5), (2.6, 0.32, 0.4), (3.1, 0.26, 0.34), (3.6, 0.25, 0.33)], 3
        )
        front = np.array(
            [[(-w, -d, z), (-w * 0.5, -d, z), (0, -d, z), (w * 0.5, -d, z), (w, -d, z)] for z, w, d in profile]
        )
        sides = [np.array([[(s * w, 0, z), (s * w, -d, z)] for z, w, d in profile]) for s in (-1, 1)]
        for p, way in ((front, (0, -1, 0)), (sides[0], (-1, 0, 0)), (sides[1], (1, 0, 0))):
            face = grid(p, wrap=False)
            face = facing(face, way)
            b.shell(face, limewash(face.v, dado=False), 0.05)
        b.shell(box(1.1, 0.6, 0.09, 0.016), ASH, 0.4, y=-0.3, z=1.92)
        b.shell(box(0.98, 0.5, 0.02, 0), PLASTER * 0.5, 0.05, y=-0.28, z=1.905, keep="z")
        for sx in (-1, 1):
            b.shell(box(0.06, 0.4, 0.16, 0.02), ASH * 0.95, 0.4, x=sx * 0.47, y=-0.2, z=1.76)
        b.light("AREA", 7, (0, -0.3, 1.9), colour=(1, 0.78, 0.54), aim=(0, 0.1, -1), size_m=(0.5, 0.1))


def sink(b: Bag) -> None:
    """A white apron sink and a brass swan-neck tap."""
    with b.at(x=SINK_X):
        b.shell(box(0.68, 0.5, 0.24, 0.03), CHALK, 0.6, y=-DEPTH + 0.2, z=TOP_M - 0.232, jitter=0)
        b.shell(box(0.56, 0.36, 0.004, 0), CHARCOAL * 1.9, 0.4, y=-DEPTH + 0.21, z=TOP_M + 0.006, keep="Z")
        neck = curve(
            [
                (0, -0.1, TOP_M),
                (0, -0.1, TOP_M + 0.2),
                (0, -0.14, TOP_M + 0.3),
                (0, -0.22, TOP_M + 0.33),
                (0, -0.29, TOP_M + 0.29),
                (0, -0.3, TOP_M + 0.24),
            ],
            3,
        )
        b.add(tube(neck, 0.013, 8), BRASS, 0.85)
        b.add(lathe([(0.03, 0), (0.03, 0.01), (0.018, 0.02)], 14), BRASS, 0.85, y=-0.1, z=TOP_M)
        for s in (-1, 1):
            b.add(tube([(0.1 * s, -0.1, TOP_M), (0.1 * s, -0.1, TOP_M + 0.06)], 0.012, 8), BRASS, 0.85)
            b.add(
                join(tube([(0.1 * s - 0.035, -0.1, TOP_M + 0.066), (0.1 * s + 0.035, -0.1, TOP_M + 0.066)], 0.008, 6)),
                CHALK,
                0.5,
            )
        for k, h in enumerate((0.17, 0.15)):
            b.add(
                lathe([(0.032, 0), (0.034, h * 0.6), (0.014, h * 0.8), (0.014, h), (0, h + 0.002)], 14, crease_deg=60),
                (OAT, WALNUT)[k],
                0.5,
                x=0.46 + 0.09 * k,
                y=-0.12,
                z=TOP_M,
            )


def utensils(b: Bag, w: float) -> None:
    """A brass rail along X with a pan, two ladles, a whisk and a bunch of bay, its back on y = 0."""
    b.add(tube(np.c_[np.linspace(-w / 2, w / 2, 7), np.full(7, -0.05), np.zeros(7)], 0.008, 6), GILT, 0.8)
    for sx in (-1, 1):
        b.add(tube([(sx * w * 0.46, 0, 0), (sx * w * 0.46, -0.05, 0)], 0.007, 6), GILT, 0.8)
    for x, length in ((-0.28, 0.2), (-0.15, 0.24), (0.0, 0.17), (0.16, 0.2), (0.3, 0.12)):
        b.add(tube([(x, -0.05, 0.01), (x, -0.064, -0.004), (x, -0.058, -0.03)], 0.003, 4), GILT, 0.8)
        b.add(tube([(x, -0.058, -0.026), (x, -0.058, -0.026 - length)], 0.006, 5), WALNUT if x < 0.1 else GILT, 0.5)
    bowl = [(0.0, -0.012), (0.02, -0.01), (0.034, 0.004), (0.037, 0.022), (0.032, 0.02), (0.0, -0.004)]
    b.add(lathe(bowl, 14, crease_deg=99), GILT, 0.75, x=-0.28, y=-0.075, z=-0.245, rx=60)
    b.add(
        lathe([(0, -0.006), (0.034, -0.003), (0.036, 0.003), (0, 0.006)], 14),
        WALNUT,
        0.4,
        x=-0.15,
        y=-0.058,
        z=-0.29,
        rx=90,
    )
    for k in range(6):
        a = np.pi * k / 6
        loop = [
            (0, 0, 0),
            (0.03, 0, -0.05),
            (0.024, 0, -0.11),
            (0, 0, -0.13),
            (-0.024, 0, -0.11),
            (-0.03, 0, -0.05),
            (0, 0, 0),
        ]
        if k < 3:
            b.add(tube(curve(loop, 2), 0.0018, 3), GILT, 0.8, x=0.0, y=-0.058, z=-0.19, rz=np.degrees(2 * a))
    pan = [(0.0, 0.0), (0.088, 0.002), (0.098, 0.028), (0.094, 0.028), (0.084, 0.007), (0.0, 0.005)]
    b.add(lathe(pan, 20, crease_deg=60), CHARCOAL * 1.1, 0.55, x=0.16, y=-0.03, z=-0.31, rx=90)
    for k in range(16):
        with b.at(x=0.3, y=-0.055, z=-0.11 - 0.012 * (k % 8), rz=137.5 * k, ry=62 + 2 * (k % 5)):
            leaf(b, 0.085, 0.017, BAY, rows=2)
