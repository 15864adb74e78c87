"""What stands in the street: the loquat tree, lamp posts, bunting, benches, crates, a fruit cart, planters."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.furniture import crate
from assets.studio.goods_home import leaf
from assets.studio.kit import ball, box, dome, fan, lathe, tube
from assets.studio.palette import (
    CREAM,
    INK,
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
from assets.studio.street_facades import awning, diamond, foliage

BARK = rgb("6d5646")
LANTERN_M = 2.95


def loquat_tree(b: Bag, height: float = 5.2, reach: float = 2.3, leaves: int = 620) -> None:
    """A loquat tree in fruit: a leaning trunk, five limbs, whorls of long leaves, clusters of fruit."""
    fork = np.array([0.12, -0.05, height * 0.34])
    b.add(
        tube([(0, 0, 0), (0.02, 0, 0.25), (0.09, -0.02, height * 0.18), fork], [0.26, 0.17, 0.14, 0.13], 10), BARK, 0.05
    )
    tips = []
    for k in range(6):
        a = k * 2 * np.pi / 6 + 0.3
        out = reach * (0.55 + 0.12 * (k % 3))
        end = np.array([np.cos(a) * out, np.sin(a) * out, height * (0.62 + 0.05 * (k % 2))])
        mid = fork * 0.5 + end * 0.5 + (0, 0, 0.18)
        b.add(tube([fork, mid, end], [0.1, 0.065, 0.035], 7), BARK, 0.05)
        tips += [end, mid + (0, 0, 0.5)]
    tips.append(fork + (0, 0, height * 0.42))
    b.add(tube([fork, fork + (0, 0, height * 0.2), tips[-1]], [0.1, 0.06, 0.03], 7), BARK, 0.05)
    blobs = [(*(t + (0, 0, 0.15)), 0.78 + 0.14 * (k % 3)) for k, t in enumerate(tips)]
    for x, y, z, r in blobs:
        core = lathe([(0, -0.55), (0.5, -0.48), (0.85, -0.2), *dome(0.95, 0.72, 0.0, 3)], 9, crease_deg=99)
        b.add(
            core,
            LEAF * b.rng.uniform(0.28, 0.36) * (1, 1, 0.85),
            0.1,
            x=x,
            y=y,
            z=z,
            scale=r * 0.62,
            rz=b.rng.uniform(0, 90),
        )
    for k in range(leaves):
        x, y, z, r = blobs[k % len(blobs)]
        a, up = b.rng.uniform(0, 2 * np.pi), np.arcsin(b.rng.uniform(-0.6, 1.0))
        d = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up) * 0.8]) * r * b.rng.uniform(0.58, 0.86)
        tone = LEAF * b.rng.uniform(0.72, 1.3) * (1.0, 1.0, 0.8)
        with b.at(
            x=x + d[0], y=y + d[1], z=z + d[2], rz=np.degrees(a), ry=48 - np.degrees(up) * 0.5 + b.rng.uniform(-22, 22)
        ):
            b.add(diamond(b.rng.uniform(0.5, 0.74)), tone, 0.35)
    for k in range(22):
        x, y, z, r = blobs[k % len(blobs)]
        a, up = k * 2.4, -0.25 + 0.5 * (k % 3) / 2
        d = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up)]) * r * 0.98
        for q in range(4):
            o = b.rng.normal(size=3) * (0.055, 0.055, 0.05)
            b.add(
                ball(0.066, 5, 2, 1.12),
                LOQUAT * (1, b.rng.uniform(0.85, 1.1), 0.8),
                0.3,
                x=x + d[0] + o[0],
                y=y + d[1] + o[1],
                z=z + d[2] + o[2] - 0.1 - 0.02 * q,
            )


def ring_bench(b: Bag, r0: float, r1: float, h: float) -> None:
    """A round stone bench about a tree bed."""
    top = [
        (r1 - 0.04, h - 0.1),
        (r1, h - 0.08),
        (r1, h - 0.02),
        (r1 - 0.02, h),
        (r0 + 0.02, h),
        (r0, h - 0.03),
        (r0, h - 0.25),
    ]
    b.add(lathe([(r1 - 0.1, 0), (r1 - 0.1, h * 0.4), (r1 - 0.1, h - 0.1)], 36), CREAM * 0.82, 0.06)
    b.add(lathe(top, 36, crease_deg=60), CREAM * 0.98, 0.12)
    b.add(lathe([(r0, h - 0.18), (r0 * 0.6, h - 0.13), (0, h - 0.12)], 24, crease_deg=99), WALNUT * 0.45, 0.02)
    for k in range(12):
        a = k * np.pi / 6 + 0.2
        with b.at(x=0.74 * r0 * np.cos(a), y=0.74 * r0 * np.sin(a), z=h - 0.18):
            foliage(b, 0.17, 0.15, 0.03, 8, blossoms=(IVORY, MUSTARD, PLUM)[k % 3])


def lamp_post(b: Bag) -> None:
    """An iron post with a lantern, its light at LANTERN_M."""
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
    b.add(lathe(shaft, 12), TEAL * 0.35, 0.35)
    with b.at(z=2.7):
        lantern(b)


def lantern(b: Bag) -> None:
    """A four-sided lantern standing on z = 0."""
    b.add(lathe([(0.05, 0), (0.11, 0.03)], 4), TEAL * 0.3, 0.35)
    b.glow(lathe([(0.1, 0.04), (0.15, 0.36)], 4), np.array([1.0, 0.78, 0.45]) * 0.9)
    b.add(lathe([(0.19, 0.36), (0.17, 0.4), (0.07, 0.52), (0.02, 0.56), (0.02, 0.6), (0, 0.62)], 4), TEAL * 0.3, 0.35)
    for k in range(4):
        a = k * np.pi / 2
        c, s = np.cos(a), np.sin(a)
        b.add(
            tube([(0.108 * c, 0.108 * s, 0.03), (0.135 * c, 0.135 * s, 0.2), (0.16 * c, 0.16 * s, 0.37)], 0.01, 4),
            TEAL * 0.3,
            0.3,
        )
    b.light("POINT", 60, (0, 0, 0.22), size_m=(0.12,))


def wall_lantern(b: Bag) -> None:
    """A lantern on a bracket, out towards -Y from a wall at the origin."""
    b.add(tube([(0, 0, 0), (0, -0.2, 0.06), (0, -0.36, 0.02)], 0.016, 5), INK, 0.4)
    with b.at(y=-0.36, z=-0.6, scale=0.9):
        lantern(b)


def bunting(b: Bag, a: np.ndarray, c: np.ndarray, sag: float, flags: int) -> None:
    """A string of flags between two points."""
    u = np.linspace(0, 1, 13)
    line = a + (c - a) * u[:, None]
    line[:, 2] -= sag * 4 * u * (1 - u)
    b.add(tube(line, 0.008, 3), IVORY * 0.8)
    along = (c - a)[:2] / np.linalg.norm((c - a)[:2])
    tones = (TERRA, IVORY, MUSTARD, TEAL, SKY, PLUM)
    for k in range(flags):
        q = (k + 0.5) / flags
        x, y, z = (np.interp(q, u, line[:, i]) for i in range(3))
        w, h = 0.13, 0.3
        dip = b.rng.normal() * 0.05
        v = np.array(
            [
                (x - along[0] * w, y - along[1] * w, z),
                (x + along[0] * w, y + along[1] * w, z),
                (x + dip * along[1], y - dip * along[0], z - h),
            ]
        )
        normal = np.array([along[1], -along[0], 0])
        colour = tones[k % len(tones)]
        g = np.cross(v[1] - v[0], v[2] - v[0])
        flip = g @ normal > 0
        outline = v if flip else v[::-1]
        b.add(fan(outline, normal), colour, 0.03)
        b.add(fan(outline[::-1] - normal * 0.004, -normal), colour, 0.03)


def planter(b: Bag, w: float, tall: bool = False) -> None:
    """A teal box of herbs and flowers, or of a clipped tree."""
    d, h = 0.42, 0.46
    b.shell(box(w, d, h, 0.02), TEAL * 0.7, 0.25, density=0.7)
    b.shell(box(w + 0.05, d + 0.05, 0.06, 0.015), TEAL * 0.55, 0.25, z=h - 0.03, density=0.7)
    b.shell(box(w + 0.04, d + 0.04, 0.07, 0.015), TEAL * 0.5, 0.25, density=0.7)
    if tall:
        b.add(tube([(0, 0, h - 0.05), (0.01, 0, h + 0.3), (0, 0, h + 0.62)], 0.025, 6), BARK)
        ball_tree(b, 0.33, h + 0.6)
    n = max(2, round(w / 0.24))
    for k in range(n):
        with b.at(x=-w / 2 + w * (k + 0.5) / n, z=h - 0.02):
            foliage(b, 0.17, 0.2, 0.0, 12, blossoms=(PLUM, IVORY, MUSTARD, TERRA)[k % 4], ry=0.16)


def ball_tree(b: Bag, r: float, z: float) -> None:
    """A clipped ball of leaves, its foot at z."""
    b.add(ball(r * 0.86, 10, 3), LEAF * 0.5, 0.1, z=z + r * 0.14)
    for k in range(64):
        a, up = k * 2.4, np.arcsin(1 - 2 * (k + 0.5) / 64)
        d = np.array([np.cos(a) * np.cos(up), np.sin(a) * np.cos(up), np.sin(up)]) * r * 0.82
        with b.at(x=d[0], y=d[1], z=z + r + d[2], rz=np.degrees(a), ry=52 - np.degrees(up) * 0.6):
            b.add(diamond(r * b.rng.uniform(0.36, 0.5)), LEAF * b.rng.uniform(0.75, 1.25), 0.25)


def chalk_board(b: Bag) -> None:
    """A folding board with a hat chalked on it, front towards -Y."""
    for s in (-1, 1):
        with b.at(y=s * 0.16, rx=-s * 11, rz=0 if s < 0 else 180):
            b.shell(box(0.56, 0.03, 0.92, 0.01), OAK, 0.25, density=0.8)
            b.shell(box(0.46, 0.01, 0.72, 0), INK * 0.8, 0.1, y=-0.018, z=0.12, keep="y", density=0.8)
    with b.at(y=-0.16 - 0.028, z=0.0, rx=11):
        for x, z, w, h in (
            (0, 0.4, 0.34, 0.025),
            (0, 0.42, 0.2, 0.14),
            (-0.09, 0.24, 0.2, 0.02),
            (0.02, 0.19, 0.3, 0.02),
        ):
            b.add(box(w, 0.004, h, 0), IVORY, 0.05, x=x, y=-0.002, z=z, jitter=0)


def bench(b: Bag) -> None:
    """A slatted bench with its back along y = 0.22, 1.5 wide."""
    for y in (-0.16, -0.04, 0.08):
        b.shell(box(1.5, 0.1, 0.035, 0.01), OAK, 0.3, y=y, z=0.42, density=0.8)
    for z in (0.62, 0.78):
        b.shell(box(1.5, 0.03, 0.11, 0.01), OAK, 0.3, y=0.2, z=z, density=0.8)
    for sx in (-1, 1):
        x = sx * 0.62
        b.add(tube([(x, -0.2, 0), (x, -0.17, 0.2), (x, -0.16, 0.42)], 0.02, 6), INK, 0.35)
        b.add(tube([(x, 0.22, 0), (x, 0.16, 0.4), (x, 0.2, 0.65), (x, 0.23, 0.9)], 0.02, 6), INK, 0.35)
        b.add(tube([(x, -0.18, 0.41), (x, 0, 0.41), (x, 0.17, 0.41)], 0.016, 5), INK, 0.35)


def fruit_heap(b: Bag, w: float, d: float, colour: Colour, r: float) -> None:
    """Round fruit filling a crate of w by d, one layer and a few on top."""
    nx, ny = max(2, int(w / (2.05 * r))), max(2, int(d / (2.05 * r)))
    half = lathe([(0.95, -0.3), (0.92, 0.38), (0.5, 0.86), (0, 1)], 6, crease_deg=99)
    for i in range(nx):
        for j in range(ny):
            x, y = (i + 0.5) * w / nx - w / 2, (j + 0.5) * d / ny - d / 2
            lift = 0.35 * r * (1 - abs(x) / (w / 2)) + b.rng.uniform(0, 0.3) * r
            b.add(half, colour, 0.3, x=x, y=y, z=lift + r, scale=r, rz=b.rng.uniform(0, 60), jitter=0.12)


def fruit_cart(b: Bag) -> None:
    """Old Wu's cart: two wheels, a sloping display of crates, a striped canopy; 2.0 by 1.1, front towards -Y."""
    b.shell(box(2.0, 1.0, 0.08, 0.015), OAK, 0.25, z=0.62)
    b.shell(box(2.04, 0.05, 0.2, 0.015), TERRA, 0.25, y=-0.5, z=0.56)
    b.shell(box(2.04, 0.05, 0.2, 0.015), TERRA, 0.25, y=0.5, z=0.56)
    for sx in (-1, 1):
        with b.at(x=sx * 0.93, y=0.2, z=0.4, rz=90):
            wheel(b, 0.4)
        for y in (-0.44, 0.44):
            b.add(
                tube([(sx * 0.92, y, 0.7), (sx * 0.92, y, 1.5), (sx * 0.92, y, 2.12 + 0.1 * (y > 0))], 0.024, 6),
                OAK,
                0.25,
            )
        b.add(tube([(sx * 0.75, -0.46, 0), (sx * 0.75, -0.46, 0.3), (sx * 0.75, -0.46, 0.6)], 0.03, 6), OAK, 0.25)
        b.add(tube([(sx * 0.7, 0.45, 0.66), (sx * 0.7, 0.9, 0.78), (sx * 0.7, 1.25, 0.82)], 0.025, 6), OAK, 0.25)
    with b.at(y=0.62, z=2.36):
        awning(b, 2.3, 1.3, (MUSTARD, IVORY), 0.3)
    fruit = (
        (LOQUAT, 0.034),
        (rgb("b9bf58"), 0.042),
        (rgb("ea8a2c"), 0.045),
        (rgb("c8473c"), 0.042),
        (rgb("7a4a78"), 0.036),
        (rgb("e2c44c"), 0.042),
    )
    for row in range(2):
        for k in range(3):
            with b.at(x=(k - 1) * 0.64, y=-0.26 + 0.5 * row, z=0.7 + 0.14 * row, rx=14):
                crate(b, 0.58, 0.42, 0.14, OAK * 1.1)
                with b.at(z=0.06):
                    fruit_heap(b, 0.5, 0.34, *fruit[row * 3 + k])
    with b.at(x=-0.98, y=-0.4, z=1.5, rz=90, ry=-20):
        leaf(b, 0.3)


def wheel(b: Bag, r: float) -> None:
    """A spoked wheel in the local xz plane, its axle at the origin."""
    t = np.linspace(0, 2 * np.pi, 25)
    b.add(tube(np.c_[r * 0.95 * np.cos(t), 0 * t, r * 0.95 * np.sin(t)], r * 0.06, 5), WALNUT, 0.25)
    b.add(lathe([(0, -0.06), (0.06, -0.05), (0.06, 0.05), (0, 0.06)], 10), WALNUT, 0.3, rx=90)
    for k in range(8):
        a = k * np.pi / 4
        b.add(
            tube(
                [
                    (0, 0, 0),
                    (r * 0.5 * np.cos(a), 0, r * 0.5 * np.sin(a)),
                    (r * 0.93 * np.cos(a), 0, r * 0.93 * np.sin(a)),
                ],
                0.016,
                4,
            ),
            OAK,
            0.25,
        )


def bicycle(b: Bag, colour: Colour = SAGE) -> None:
    """A town bicycle leaning by itself along X, with a basket of loquat leaves."""
    with b.at(rx=-6):
        for x in (-0.52, 0.52):
            with b.at(x=x, z=0.34):
                t = np.linspace(0, 2 * np.pi, 25)
                b.add(tube(np.c_[0.325 * np.cos(t), 0 * t, 0.325 * np.sin(t)], 0.018, 5), INK, 0.2)
                for k in range(6):
                    a = k * np.pi / 6
                    d = np.array([np.cos(a), 0, np.sin(a)]) * 0.32
                    b.add(tube([-d, (0, 0, 0), d], 0.004, 3), CREAM, 0.5)
        crank, seat, head = (-0.06, 0, 0.32), (-0.2, 0, 0.86), (0.36, 0, 0.84)
        for p, q in (
            (crank, seat),
            (crank, head),
            (seat, head),
            ((-0.52, 0, 0.34), seat),
            ((-0.52, 0, 0.34), crank),
            (head, (0.52, 0, 0.34)),
        ):
            b.add(tube([p, tuple((np.array(p) + q) / 2), q], 0.018, 6), colour, 0.45)
        b.add(box(0.26, 0.14, 0.05, 0.02), WALNUT, 0.3, x=-0.22, z=0.9)
        b.add(tube([(0.36, 0, 0.84), (0.34, 0, 1.0), (0.28, -0.24, 1.04)], 0.014, 5), INK, 0.5)
        b.add(tube([(0.34, 0, 1.0), (0.31, 0.13, 1.03), (0.28, 0.24, 1.04)], 0.014, 5), INK, 0.5)
        b.add(lathe([(0.1, 0), (0.14, 0.22), (0.145, 0.23), (0.13, 0.23)], 10), OAK * 1.1, 0.1, x=0.55, z=0.76)
        with b.at(x=0.55, z=0.96):
            foliage(b, 0.15, 0.12, 0.0, 12, blossoms=MUSTARD)


def wall_fountain(b: Bag) -> None:
    """A stone basin against a wall, front towards -Y, with a brass spout; its water shines."""
    b.shell(box(1.5, 0.16, 1.5, 0.04), CREAM * 0.92, 0.1, y=-0.08, keep="yxXZ")
    crown = [(0.75 * np.cos(a), 0.0, 0.4 * np.sin(a)) for a in np.linspace(np.pi, 0, 15)]
    b.shell(fan(np.array(crown)[::-1], (0, -1, 0)), CREAM * 0.92, 0.1, y=-0.16, z=1.5)
    b.shell(box(1.5, 0.75, 0.5, 0.05), CREAM * 0.85, 0.12, y=-0.5)
    b.add(lathe([(0.5, 0), (0, 0.001)], 24, ex=1.25, ey=0.55), SKY * 0.6 + TEAL * 0.3, 0.92, y=-0.5, z=0.503)
    b.add(tube([(0, -0.14, 1.0), (0, -0.3, 1.02), (0, -0.36, 0.96)], 0.03, 7), MUSTARD * 0.8, 0.7)
    b.add(tube([(0, -0.36, 0.95), (0, -0.4, 0.75), (0, -0.42, 0.5)], 0.014, 5), SKY * 1.1, 0.9)
    b.add(
        lathe([(0.13, 0), (0.16, 0.02), (0.1, 0.05), (0, 0.06)], 18),
        NAVY * 0.6 + TEAL * 0.4,
        0.4,
        y=-0.165,
        z=1.02,
        rx=90,
    )
