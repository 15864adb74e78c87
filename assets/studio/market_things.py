"""Small things of the market: pump and trough, pigeons, strings of bulbs, bunting, barrow, pots, poles."""

import numpy as np

from assets.studio import sway
from assets.studio.bag import Bag
from assets.studio.kit import ball, box, fan, join, lathe, moved, tube
from assets.studio.market_colours import (
    BLUE_CLOTH,
    BULB,
    IRON,
    LINEN,
    MUSTARD_CLOTH,
    PATINA,
    PLANK,
    SAGE_CLOTH,
    STONE,
    TIMBER,
    TIMBER_DARK,
    TOMATO_CLOTH,
)  # fmt: skip
from assets.studio.palette import SKY, TERRA, Colour, rgb

FLAGS = (TOMATO_CLOTH, LINEN, SAGE_CLOTH, MUSTARD_CLOTH, BLUE_CLOTH)


def pump(b: Bag) -> None:
    """A hand pump over a stone trough, front towards -Y; 1.3 by 0.6."""
    b.shell(box(1.3, 0.6, 0.5, 0.05), STONE * 0.95, 0.1, density=0.9)
    b.add(lathe([(0.5, 0), (0, 0.001)], 16, ex=1.1, ey=0.42), SKY * 0.5 + PATINA * 0.2, 0.92, z=0.502)
    rim = ((0, -0.265, 1.3, 0.07), (0, 0.265, 1.3, 0.07), (-0.6, 0, 0.1, 0.46), (0.6, 0, 0.1, 0.46))
    for x, y, w, d in rim:
        b.add(box(w, d, 0.07, 0.02), STONE * 1.05, 0.1, x=x, y=y, z=0.48)
    column = [
        (0.13, 0),
        (0.13, 0.08),
        (0.08, 0.14),
        (0.07, 0.9),
        (0.095, 0.96),
        (0.095, 1.14),
        (0.05, 1.2),
        (0.03, 1.3),
        (0, 1.34),
    ]
    with b.at(y=0.42):
        b.add(lathe(column, 12), PATINA * 0.75, 0.35)
        b.add(
            tube([(0, -0.05, 0.86), (0, -0.24, 0.9), (0, -0.34, 0.84), (0, -0.35, 0.76)], 0.034, 7), PATINA * 0.75, 0.35
        )
        b.add(
            tube([(0.0, 0.04, 1.16), (0.16, 0.02, 1.3), (0.4, -0.02, 1.0), (0.46, -0.02, 0.76)], 0.018, 5), IRON, 0.45
        )
    b.add(tube([(0, 0.07, 0.76), (0, 0.06, 0.64), (0, 0.05, 0.51)], 0.012, 4), SKY * 1.1, 0.9)


def pigeon(b: Bag, *, pecking: bool = False) -> None:
    """A pigeon on z = 0 that looks towards -Y; 150 triangles."""
    grey, dark, neck = rgb("a9aeb4"), rgb("5a606a"), rgb("5d7d74")
    with b.at(z=0.1, rx=-24 if pecking else 12):
        t = np.linspace(-np.pi / 2, np.pi / 2, 6)
        body = lathe(np.c_[0.062 * np.cos(t).round(9), 0.115 * np.sin(t)], 8, crease_deg=179)
        b.add(moved(body, rx=90), grey * b.rng.uniform(0.8, 1.1), 0.15)
        tail = np.array([(-0.028, 0.09, 0.0), (0.028, 0.09, 0.0), (0.04, 0.19, -0.012), (-0.04, 0.19, -0.012)])
        b.add(join(fan(tail, (0, 0, 1)), fan(tail[::-1] - np.array([0, 0, 0.006]), (0, 0, -1))), dark, 0.1)
        for sx in (-1, 1):
            wing = np.array(
                [
                    (sx * 0.058, -0.05, 0.022),
                    (sx * 0.066, 0.04, 0.012),
                    (sx * 0.03, 0.135, 0.016),
                    (sx * 0.036, 0.02, 0.05),
                ]
            )
            b.add(join(fan(wing, (sx, 0, 0.4)), fan(wing[::-1], (-sx, 0, -0.4))), grey * 0.78, 0.12)
        b.add(tube([(0, -0.075, 0.02), (0, -0.1, 0.07), (0, -0.105, 0.11)], [0.045, 0.034, 0.028], 7), neck, 0.4)
        b.add(moved(ball(0.032, 7, 2), 0, -0.108, 0.098), grey * 0.7, 0.2)
        b.add(
            tube([(0, -0.132, 0.128), (0, -0.15, 0.124), (0, -0.164, 0.118)], [0.008, 0.006, 0.002], 4),
            rgb("3c3a3a"),
            0.2,
        )
    for sx in (-1, 1):
        b.add(
            tube([(sx * 0.022, 0, 0.06), (sx * 0.024, 0.004, 0.03), (sx * 0.026, -0.018, 0.003)], 0.005, 3), TERRA, 0.1
        )


def bulbs(
    b: Bag, a: tuple[float, float, float], c: tuple[float, float, float], sag: float, count: int, lit: int = 1
) -> None:
    """A string of bare bulbs between two points; `lit` lights stand for them all in the bake."""
    p, q = np.array(a, float), np.array(c, float)
    u = np.linspace(0, 1, 13)
    line = p + (q - p) * u[:, None]
    line[:, 2] -= sag * 4 * u * (1 - u)
    b.add(tube(line, 0.007, 3), TIMBER_DARK * 0.4, 0.1)
    for k in range(count):
        at = [float(np.interp((k + 0.5) / count, u, line[:, i])) for i in range(3)]
        b.add(lathe([(0.02, -0.05), (0.02, 0)], 5), TIMBER_DARK * 0.4, 0.1, x=at[0], y=at[1], z=at[2])
        b.glow(
            lathe([(0, -0.125), (0.036, -0.095), (0.03, -0.06), (0.018, -0.045)], 6, crease_deg=99),
            np.array(BULB),
            x=at[0],
            y=at[1],
            z=at[2],
        )
    for k in range(lit):
        at = [float(np.interp((k + 0.5) / lit, u, line[:, i])) for i in range(3)]
        b.light("POINT", 34, (at[0], at[1], at[2] - 0.12), size_m=(0.25,))


def bunting(b: Bag, a: tuple[float, float, float], c: tuple[float, float, float], sag: float, flags: int) -> None:
    """A string of pennants that flutter."""
    p, q = np.array(a, float), np.array(c, float)
    u = np.linspace(0, 1, 11)
    line = p + (q - p) * u[:, None]
    line[:, 2] -= sag * 4 * u * (1 - u)
    b.add(tube(line, 0.006, 3), LINEN * 0.8)
    along = (q - p)[:2] / np.linalg.norm((q - p)[:2])
    across = np.array([-along[1], along[0], 0.0])
    for k in range(flags):
        x, y, z = (float(np.interp((k + 0.5) / flags, u, line[:, i])) for i in range(3))
        lean = b.rng.normal() * 0.05
        w, h = 0.115, 0.26
        v = np.array([(x - along[0] * w, y - along[1] * w, z), (x, y, z - h), (x + along[0] * w, y + along[1] * w, z)])
        v[1] += across * lean
        for side in (1, -1):
            face = fan(v[::side] + across * 0.003 * side * -1, across * -side)
            sway.cloth(b, face, FLAGS[k % len(FLAGS)], np.array([0.5, 0.0, 1.0, 0.0]), jitter=0)


def barrow(b: Bag) -> None:
    """A porter's sack truck leaning on its own, 0.5 wide, front towards -Y."""
    with b.at(rx=-14):
        for sx in (-1, 1):
            b.add(tube([(sx * 0.2, 0, 0.05), (sx * 0.2, 0, 0.7), (sx * 0.17, 0.03, 1.2)], 0.02, 5), PATINA, 0.3)
            b.add(
                lathe([(0, -0.025), (0.13, -0.025), (0.13, 0.025), (0, 0.025)], 14),
                IRON,
                0.2,
                x=sx * 0.25,
                y=0.08,
                z=0.13,
                ry=90,
            )
        for z in (0.3, 0.62, 0.94):
            b.add(box(0.4, 0.02, 0.05, 0), TIMBER, 0.2, z=z)
        b.add(box(0.44, 0.22, 0.02, 0), IRON, 0.3, y=-0.11, z=0.03)


def herb_pot(b: Bag, r: float, pot: Colour, leaf: Colour, blossom: Colour | None = None, leaves: int = 22) -> None:
    """A pot with a round plant that trembles a little."""
    b.add(
        lathe([(r * 0.72, 0), (r, r * 1.3), (r * 1.1, r * 1.3), (r * 1.1, r * 1.55), (r * 0.92, r * 1.5)], 12),
        pot,
        0.15,
    )
    core = lathe([(0.5, 0), (0.9, 0.3), (0.6, 0.8), (0, 1)], 7, crease_deg=99)
    sway.leafy(b, core, leaf * 0.5, 0.1, z=r * 1.3, scale=r * 1.15)
    for k in range(leaves):
        a, up = k * 2.39996, np.arccos(1 - (k + 0.5) / leaves)
        d = np.array([np.sin(up) * np.cos(a), np.sin(up) * np.sin(a), np.cos(up)]) * r * b.rng.uniform(1.0, 1.35)
        flower = blossom is not None and k % 3 == 0
        length = r * (0.55 if flower else b.rng.uniform(0.7, 1.0))
        v = np.array([(0, 0, 0), (0.5, -0.3, 0.15), (1, 0, 0), (0.5, 0.3, 0.15)]) * length
        tone = blossom if flower else leaf
        with b.at(d[0] * 0.75, d[1] * 0.75, r * 1.5 + d[2] * 0.85, rz=np.degrees(a), ry=25 - 40 * np.cos(up)):
            sway.leafy(
                b, join(fan(v, (0, 0, 1)), fan(v[::-1] - np.array([0, 0, 0.003]), (0, 0, -1))), tone, 0.6, jitter=0.16
            )


def pole(b: Bag, h: float) -> None:
    """A wooden pole for strings, on a stone foot."""
    b.add(lathe([(0.14, 0), (0.14, 0.22), (0.08, 0.26)], 8), STONE, 0.08)
    b.add(tube([(0, 0, 0.2), (0, 0, h * 0.6), (0, 0, h)], 0.04, 7), TIMBER, 0.2)
    b.add(lathe([(0.05, 0), (0.06, 0.04), (0, 0.12)], 7, crease_deg=99), TOMATO_CLOTH, 0.2, z=h)


def crate_stack(b: Bag, count: int, w: float = 0.56, d: float = 0.4, h: float = 0.26) -> None:
    """Empty crates stacked a little askew."""
    for k in range(count):
        with b.at(z=k * h, rz=b.rng.uniform(-5, 5), x=b.rng.uniform(-0.02, 0.02)):
            for sy in (-1, 1):
                for z in (0.01, h - 0.085):
                    b.add(box(w, 0.015, 0.07, 0), PLANK, 0.12, y=sy * (d / 2 - 0.008), z=z, jitter=0.12)
            for sx in (-1, 1):
                b.add(box(0.016, d - 0.03, h - 0.03, 0), PLANK, 0.12, x=sx * (w / 2 - 0.008), z=0.01, jitter=0.12)
            b.add(box(w - 0.03, d - 0.03, 0.014, 0), PLANK * 0.6, 0.08, z=0.01)
