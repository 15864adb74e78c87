"""Seats: a Windsor chair, an easy chair, a rush stool. Metres, bottom centre on the origin, front towards -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.homeware_palette import ASH, CHARCOAL, CLAY, FERN, OAT, OCHRE, ROSE_CLAY
from assets.studio.kit import Shape, ball, bent, box, grid, lathe, tube
from assets.studio.palette import WALNUT, Colour
from assets.studio.turning import curve


def slab_seat(b: Bag, w: float, d: float, z: float, colour: Colour) -> None:
    """A saddle-shaped wooden seat."""
    n = 9
    u, v = np.meshgrid(np.linspace(-1, 1, n), np.linspace(-1, 1, n), indexing="ij")
    x, y = u * w / 2 * (1 - 0.06 * (v + 1) / 2) * (1 - 0.05 * v**4), v * d / 2 * (1 - 0.05 * u**4)
    dip = -0.014 * (1 - u**2) * (1 - v**2) + 0.004 * (u**2) - 0.012 * np.clip(-v - 0.7, 0, 1)
    top = grid(np.stack([x, y, z + dip], -1), wrap=False)
    top = top if top.n[:, 2].mean() > 0 else type(top)(top.v, -top.n, top.f[:, ::-1])
    b.add(top, colour, 0.45)
    rim = np.concatenate(
        [
            np.stack([x, y, z + dip], -1)[:, 0],
            np.stack([x, y, z + dip], -1)[-1, 1:],
            np.stack([x, y, z + dip], -1)[::-1, -1][1:],
            np.stack([x, y, z + dip], -1)[0, ::-1][1:-1],
        ]
    )
    low = rim * (0.95, 0.95, 1) - (0, 0, 0.034)
    b.add(grid(np.array([low, rim - (0, 0, 0.012), rim])), colour * 0.95, 0.4)
    b.add(lathe([(0, 0), (min(w, d) * 0.42, 0)], 16, ex=w / min(w, d), ey=d / min(w, d)), colour * 0.6, z=z - 0.033)


def spindle_chair(b: Bag) -> None:
    """A Windsor chair in pale ash with a hooped back."""
    wood = ASH
    slab_seat(b, 0.44, 0.42, 0.45, wood)
    for sx in (-1, 1):
        for y, foot in ((-0.14, -0.2), (0.14, 0.21)):
            leg = [
                (sx * 0.205, foot, 0),
                (sx * 0.185, foot * 0.9, 0.14),
                (sx * 0.16, y * 1.05, 0.32),
                (sx * 0.145, y, 0.432),
            ]
            b.add(tube(curve(leg, 2), [0.011, 0.014, 0.0175, 0.018, 0.0165, 0.015, 0.014], 8), wood * 0.97, 0.4)
        b.add(
            tube(
                [(sx * 0.186, -0.184, 0.15), (sx * 0.183, 0, 0.155), (sx * 0.186, 0.19, 0.15)],
                [0.008, 0.0115, 0.008],
                7,
            ),
            wood * 0.94,
            0.4,
        )
    b.add(tube([(-0.183, 0, 0.155), (0, 0, 0.158), (0.183, 0, 0.155)], [0.008, 0.0125, 0.008], 7), wood * 0.94, 0.4)

    def at(u: float) -> np.ndarray:
        a = np.pi * (0.04 + 0.92 * u)
        x, z = 0.205 * np.cos(a) * (1 + 0.08 * np.sin(a)), 0.45 + 0.46 * np.sin(a) ** 0.75
        return np.array([x, 0.165 + 0.22 * (z - 0.45), z])

    hoop = [(0.185, 0.16, 0.44), *(at(u) for u in np.linspace(0, 1, 21)), (-0.185, 0.16, 0.44)]
    b.add(tube(hoop, 0.0115, 7), wood, 0.45)
    for k in range(7):
        x = (k - 3) * 0.052
        q = np.array([at(u) for u in np.linspace(0, 1, 81)])
        top = q[np.argmin(np.abs(q[:, 0] - x * 1.12))]
        foot = np.array([x, 0.168, 0.44])
        b.add(tube([foot, (foot + top) / 2 - (0, 0.006, 0), top], [0.0055, 0.0072, 0.005], 6), wood * 0.97, 0.4)
    with b.at(y=-0.01, z=0.442):
        pad = bent(
            lathe([(0.0, 0.0), (0.17, 0), (0.186, 0.012), (0.172, 0.03), (0.08, 0.034), (0, 0.03)], 24, crease_deg=99),
            lambda v: v,
        )
        b.add(pad, FERN * 1.1, 0.04)
        b.add(ball(0.009, 8, 2, 0.6), OCHRE, 0.1, z=0.028)


def lounge_chair(b: Bag) -> None:
    """A low easy chair: an ash frame, woven cord arms and two deep cushions in clay linen."""
    wood = ASH * 0.95
    for sx in (-1, 1):
        x = sx * 0.31
        b.add(
            tube(
                curve([(x, -0.34, 0), (x * 0.98, -0.3, 0.25), (x * 0.97, -0.29, 0.52)], 3),
                [0.015, 0.017, 0.019, 0.02, 0.02, 0.019, 0.018],
                7,
            ),
            wood,
            0.4,
        )
        b.add(
            tube(
                curve([(x, 0.36, 0), (x * 0.98, 0.29, 0.25), (x * 0.97, 0.25, 0.48)], 3),
                [0.015, 0.017, 0.019, 0.02, 0.02, 0.019, 0.018],
                7,
            ),
            wood,
            0.4,
        )
        arm = curve([(x, -0.37, 0.515), (x * 1.02, -0.28, 0.535), (x * 1.02, 0.05, 0.52), (x, 0.3, 0.475)], 4)
        b.add(tube(arm, 0.026, 7, 0.62), wood * 1.02, 0.45)
        wrap = arm[3:9]
        b.add(tube(wrap + (0, 0, 0.0005), [0.0285 if k % 2 else 0.027 for k in range(len(wrap))], 7, 0.64), OCHRE, 0.08)
        b.add(tube([(x * 0.96, -0.32, 0.27), (x * 0.96, 0, 0.25), (x * 0.96, 0.31, 0.22)], 0.014, 7), wood, 0.4)
        b.add(
            tube(curve([(x * 0.86, 0.2, 0.24), (x * 0.86, 0.34, 0.58), (x * 0.84, 0.43, 0.86)], 3), 0.015, 7), wood, 0.4
        )
    for y, z in ((-0.3, 0.275), (0.29, 0.235)):
        b.add(tube([(-0.3, y, z), (0, y, z), (0.3, y, z)], 0.014, 7), wood, 0.4)
    b.add(tube(curve([(-0.265, 0.43, 0.855), (0, 0.45, 0.875), (0.265, 0.43, 0.855)], 4), 0.018, 7), wood, 0.4)
    cloth = ROSE_CLAY * 0.55 + CLAY * 0.5

    def plump(v: np.ndarray) -> np.ndarray:
        u = v[:, :2] / np.abs(v[:, :2]).max(0)
        v[:, 2] *= 1 + 0.12 * (1 - u[:, 0] ** 2) * (1 - u[:, 1] ** 2)
        return v

    for place, size in (((0, -0.03, 0.275, -3.5), (0.54, 0.6, 0.13)), ((0, 0.315, 0.605, 70), (0.52, 0.54, 0.12))):
        x, y, z, rx = place
        with b.at(x=x, y=y, z=z, rx=rx):
            w, d, h = size
            b.add(cushion_block(w, d, h), cloth, 0.04)
            edge = cushion_outline(w * 1.004, d * 1.004, h * 0.9, 20)
            b.add(tube(np.r_[edge, edge[:1]], 0.006, 4), cloth * 0.72, 0.04)


def cushion_outline(w: float, d: float, z: float, n: int) -> np.ndarray:
    """A rounded rectangle (n, 3) at height z."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    c, s = np.cos(t), np.sin(t)
    k = (np.abs(c) ** 6 + np.abs(s) ** 6) ** (-1 / 6)
    return np.c_[w / 2 * c * k, d / 2 * s * k, np.full(n, z)]


def cushion_block(w: float, d: float, h: float, n: int = 22) -> Shape:
    """A box cushion with rounded edges and a domed top."""
    rows = []
    for s, z in (
        (0.0, -0.05),
        (0.93, -0.01),
        (0.985, 0.08),
        (1.0, 0.3),
        (1.0, 0.7),
        (0.985, 0.92),
        (0.93, 1.01),
        (0.6, 1.1),
        (0.0, 1.14),
    ):
        rows.append(cushion_outline(max(w * s, 1e-5), max(d * s, 1e-5), h * z, n))
    return grid(np.array(rows))


def rush_stool(b: Bag) -> None:
    """A low stool with a seat of woven rush in four triangles."""
    w = 0.36
    for sx in (-1, 1):
        for sy in (-1, 1):
            b.add(
                tube(
                    [
                        (sx * 0.172, sy * 0.172, 0),
                        (sx * 0.165, sy * 0.165, 0.22),
                        (sx * 0.158, sy * 0.158, 0.43),
                        (sx * 0.158, sy * 0.158, 0.445),
                    ],
                    [0.016, 0.0185, 0.018, 0.012],
                    9,
                ),
                WALNUT,
                0.4,
            )
    for turn in range(4):
        with b.at(rz=90 * turn):
            for z in (0.13, 0.26):
                b.add(
                    tube(
                        [
                            (-0.165, -0.165, z + 0.02 * (turn % 2)),
                            (0, -0.167, z + 0.02 * (turn % 2)),
                            (0.165, -0.165, z + 0.02 * (turn % 2)),
                        ],
                        [0.008, 0.011, 0.008],
                        7,
                    ),
                    WALNUT,
                    0.4,
                )
            for k in range(6):
                a, c = 1 - k / 6, 1 - (k + 0.94) / 6
                z0 = 0.418 + 0.004 * k
                y0, y1 = -a * w / 2, -c * w / 2
                strand = np.array(
                    [
                        [(y0 + 0.004, y0, z0), (-y0 - 0.004, y0, z0)],
                        [((y0 + y1) / 2, (y0 + y1) / 2, z0 + 0.012), (-(y0 + y1) / 2, (y0 + y1) / 2, z0 + 0.012)],
                        [(y1 - 0.002, y1, z0 + 0.002), (-y1 + 0.002, y1, z0 + 0.002)],
                    ]
                )
                b.add(grid(strand, wrap=False), OAT * (0.82 + 0.05 * (k % 2)), 0.05, jitter=0.08)
            skirt = np.array(
                [
                    [(-w / 2, -w / 2 + 0.006, 0.385), (w / 2, -w / 2 + 0.006, 0.385)],
                    [(-w / 2, -w / 2 - 0.004, 0.402), (w / 2, -w / 2 - 0.004, 0.402)],
                    [(-w / 2, -w / 2, 0.419), (w / 2, -w / 2, 0.419)],
                ]
            )
            b.add(grid(skirt, wrap=False), OAT * 0.75, 0.05)
    b.add(box(w - 0.008, w - 0.008, 0.03, 0), OAT * 0.55, z=0.386)
    b.add(box(0.02, 0.02, 0.01, 0.003), CHARCOAL, z=0.436)


GOODS = {
    "spindle_chair": spindle_chair,
    "lounge_chair": lounge_chair,
    "rush_stool": rush_stool,
}
