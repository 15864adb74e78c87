"""Fruit that is only scenery: cheap heaps in crates and pyramids, sacks, whole melons."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, box, dome, join, lathe
from assets.studio.market_colours import PLANK, TIMBER_DARK
from assets.studio.palette import IVORY, Colour, rgb
from assets.studio.produce import WICKER, turned

APPLE, PEAR, ORANGE, LEMON = rgb("bf2f2a"), rgb("b9bf58"), rgb("e5842a"), rgb("efc634")
PLUM, PEACH, LIME, AUBERGINE = rgb("5a2f5e"), rgb("e8a068"), rgb("8db548"), rgb("43264f")
TOMATO, CARROT, CABBAGE, LOQUAT = rgb("cf3a24"), rgb("e07a2e"), rgb("9fc36a"), rgb("eda638")
POTATO, ONION, LEEK = rgb("b08d5e"), rgb("b8683a"), rgb("7fae5a")
_ROUND = lathe([(0.96, -0.12), (0.76, 0.64), (0, 1)], 7, crease_deg=99)


def heap(
    b: Bag,
    w: float,
    d: float,
    colour: Colour,
    r: float,
    *,
    cheek: Colour | None = None,
    tall: float = 1.0,
    crown: float = 0.4,
) -> None:
    """Fruit that fills w by d, higher in the middle; only upper halves, 21 triangles each."""
    nx, ny = max(2, round(w / (2.0 * r))), max(2, round(d / (1.86 * r)))
    for j in range(ny):
        shift = 0.5 * (j % 2)
        for i in range(nx - (j % 2)):
            x, y = (i + 0.5 + shift) * w / nx - w / 2, (j + 0.5) * d / ny - d / 2
            lift = crown * r * (1 - (2 * x / w) ** 2) * (1 - (2 * y / d) ** 2) * 2 + b.rng.uniform(0, 0.25) * r
            tone = colour if cheek is None or b.rng.uniform() < 0.6 else cheek
            with b.at(x=x, y=y, z=lift + 0.5 * r, rz=b.rng.uniform(0, 60), rx=b.rng.uniform(-16, 16)):
                shape = _ROUND if tall == 1.0 else Shape(_ROUND.v * (1, 1, tall), _ROUND.n, _ROUND.f)
                b.add(shape, tone, 0.35, scale=r, jitter=0.14)


def open_crate(b: Bag, w: float, d: float, h: float, colour: Colour = PLANK) -> None:
    """A slatted crate, its floor at 2 cm; 84 triangles."""
    b.add(box(w - 0.03, d - 0.03, 0.012, 0), colour * 0.7, 0.08, z=0.008)
    for sy in (-1, 1):
        for z in (0.01, h - 0.06):
            b.add(box(w, 0.014, 0.055, 0), colour, 0.12, y=sy * (d / 2 - 0.007), z=z, jitter=0.1)
    for sx in (-1, 1):
        b.add(box(0.014, d - 0.03, h - 0.02, 0), colour * 0.95, 0.12, x=sx * (w / 2 - 0.007), z=0.01, jitter=0.1)


def full_crate(
    b: Bag, w: float, d: float, h: float, colour: Colour, r: float, *, cheek: Colour | None = None, tall: float = 1.0
) -> None:
    """A crate of fruit: its slats, a dark bed just below the rim, and a heap on it."""
    open_crate(b, w, d, h)
    bed = max(0.03, h - 1.5 * r)
    b.add(box(w - 0.03, d - 0.03, 0.004, 0), colour * 0.35, 0.02, z=bed)
    with b.at(z=bed):
        heap(b, w - 0.05, d - 0.05, colour, r, cheek=cheek, tall=tall)


def pyramid(b: Bag, base: int, r: float, colour: Colour, cheek: Colour) -> None:
    """Round fruit stacked as a four-sided pyramid, whole ones at its rim."""
    for layer in range(base):
        n = base - layer
        for i in range(n):
            for j in range(n):
                if 0 < i < n - 1 and 0 < j < n - 1:
                    continue  # hidden by those above
                x, y = ((q - (n - 1) / 2) * 2.02 * r for q in (i, j))
                z = r * (1 + 1.42 * layer)
                tone = (colour if b.rng.uniform() < 0.7 else cheek) * b.rng.uniform(0.93, 1.07)
                with b.at(x=x, y=y, z=z, rz=b.rng.uniform(0, 60)):
                    b.add(_ROUND, tone, 0.4, scale=r, jitter=0)
                    under = lathe([(0, -1), (0.7, -0.7), (0.96, -0.12)], 7, crease_deg=99)
                    b.add(under, tone, 0.4, scale=r, jitter=0)


def melon(b: Bag, r: float) -> None:
    """A whole striped watermelon lying on z = 0."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 7)
    shape = turned(np.c_[r * np.cos(t).round(9), 1.22 * r * np.sin(t)], 14)
    around = np.arctan2(shape.v[:, 1], shape.v[:, 0])
    dark = (np.cos(around * 7) > 0)[:, None]
    with b.at(z=r, rx=90, ry=b.rng.uniform(0, 360)):
        b.add(shape, np.where(dark, rgb("2f6334"), rgb("86b35c")), 0.45)


def cabbage(b: Bag, r: float) -> None:
    """A round cabbage with a few loose leaves."""
    b.add(turned(np.array([(0.4, 0), (0.95, 0.5), (0.9, 1.1), (0.45, 1.5), (0, 1.6)]) * r, 8), CABBAGE, 0.25)
    for k in range(5):
        with b.at(rz=72 * k + b.rng.uniform(-9, 9), z=0.1 * r):
            v = np.array([(0.5, 0, 0), (1.15, -0.7, 0.7), (1.1, 0.7, 0.7), (1.2, 0, 1.35)]) * r
            face = Shape(v, np.tile([0.8, 0, 0.6], (4, 1)), np.array([(0, 1, 3), (0, 3, 2)]))
            b.add(
                join(face, Shape(v - np.array([0.002, 0, 0]), -face.n, face.f[:, ::-1])), LEEK * 0.9, 0.2, jitter=0.15
            )


def sack(b: Bag, r: float, h: float, filling: Colour, size: float) -> None:
    """An open jute sack, its brim rolled, full to the top."""
    profile = [
        (r * 0.86, 0),
        (r * 1.02, 0.04),
        (r * 1.06, h * 0.45),
        (r * 0.94, h * 0.86),
        (r * 1.06, h * 0.93),
        (r * 1.0, h),
        (r * 0.86, h * 0.96),
    ]
    shape = lathe(profile, 12, crease_deg=99)
    fold = 1 + 0.03 * np.cos(np.arctan2(shape.v[:, 1], shape.v[:, 0]) * 5)[:, None]
    b.add(Shape(shape.v * np.c_[fold, fold, np.ones_like(fold)], shape.n, shape.f), rgb("b79866"), 0.04)
    b.add(lathe([(r * 0.9, h * 0.88), (0, h * 0.98)], 10, crease_deg=99), filling * 0.4, 0.02)
    for k in range(16):
        a, q = k * 2.39996, r * 0.8 * np.sqrt((k + 0.5) / 16)
        with b.at(x=q * np.cos(a), y=q * np.sin(a), z=h * (0.97 - 0.1 * (q / r) ** 2), rz=b.rng.uniform(0, 60)):
            b.add(_ROUND, filling, 0.15, scale=size, jitter=0.16)


def jar(b: Bag, r: float, h: float, filling: Colour, cap: Colour) -> None:
    """A plain full jar, 70 triangles."""
    b.add(
        lathe([(r * 0.9, 0), (r, 0.01), (r, h * 0.78), (r * 0.8, h * 0.86)], 8, crease_deg=60),
        filling,
        0.8,
        jitter=0.12,
    )
    b.add(lathe([(r * 0.9, h * 0.84), (r * 0.92, h), (0, h)], 8), cap, 0.15)
    label = np.radians(np.linspace(-140, -40, 5))
    strip = [np.c_[r * 1.02 * np.cos(label), r * 1.02 * np.sin(label), np.full(5, z)] for z in (h * 0.22, h * 0.6)]
    v = np.concatenate(strip)
    n = np.c_[np.cos(np.tile(label, 2)), np.sin(np.tile(label, 2)), np.zeros(10)]
    k = np.arange(4)
    b.add(Shape(v, n, np.r_[np.c_[k, k + 1, k + 6], np.c_[k, k + 6, k + 5]]), IVORY, 0.05)


def bucket_of_flowers(b: Bag, r: float, h: float, tin: Colour, petals: tuple[Colour, ...], count: int = 16) -> None:
    """A tin bucket of simple flowers, for the eye alone."""
    b.add(lathe([(r * 0.8, 0), (r, h), (r * 1.06, h), (r * 1.06, h + 0.015), (r * 0.96, h)], 12), tin, 0.5)
    b.add(lathe([(r * 0.97, h * 0.9), (0, h * 0.92)], 8), TIMBER_DARK * 0.3, 0.02)
    bud = lathe([(0, -0.4), (1, 0.1), *[(p[0], p[1]) for p in dome(0.8, 0.5, 0.15, 1)]], 6, crease_deg=99)
    for k in range(count):
        a, q = k * 2.39996, np.sqrt((k + 0.5) / count)
        x, y, z = (
            1.35 * r * q * np.cos(a),
            1.35 * r * q * np.sin(a),
            h + r * (2.1 - 0.9 * q * q) + b.rng.uniform(-0.02, 0.02),
        )
        b.add(bud, petals[k % len(petals)], 0.08, x=x, y=y, z=z, scale=0.3 * r, jitter=0.15, rx=-y * 120, ry=x * 120)
        leaf = Shape(
            np.array([(0, 0, 0), (0.5, -0.25, 0.3), (0.5, 0.25, 0.3), (1, 0, 0.75)]) * r * 1.25,
            np.tile([-0.5, 0, 0.86], (4, 1)),
            np.array([(0, 1, 3), (0, 3, 2)]),
        )
        with b.at(x=x * 0.45, y=y * 0.45, z=h + 0.02, rz=np.degrees(a) + 30, ry=-28):
            b.add(
                join(leaf, Shape(leaf.v - np.array([0, 0, 0.002]), -leaf.n, leaf.f[:, ::-1])),
                LEEK * 0.8,
                0.2,
                jitter=0.2,
            )


def basket(b: Bag, r: float, h: float, filling: Colour) -> None:
    """A small round basket, something in it."""
    b.add(lathe([(r * 0.75, 0), (r, h * 0.8), (r * 1.06, h * 0.86), (r * 1.0, h), (r * 0.9, h * 0.9)], 10), WICKER, 0.1)
    b.add(
        lathe([(r * 0.92, h * 0.86), (r * 0.6, h * 1.12), (0, h * 1.25)], 7, crease_deg=99), filling, 0.15, jitter=0.2
    )


def string_of(b: Bag, length: float, colour: Colour) -> None:
    """Chillies or onions on a string that hangs from the origin."""
    pod = lathe([(0, -0.085), (0.02, 0.0), (0, 0.014)], 3, crease_deg=99)
    count = round(length / 0.034)
    for k in range(count):
        with b.at(z=-0.05 - k * length / count, rz=k * 137.0, rx=26):
            b.add(pod, colour, 0.4, y=-0.012, jitter=0.2)
