"""The boutique's room: x -4 (street front) .. 4, y -3 .. 3 (back wall), metres; floor, walls, windows, ceiling."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import LEAF, NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.furniture import bar
from assets.studio.kit import Shape, arc, box, dome, grid, join, lathe, strips, tube
from assets.studio.palette import (
    BLUSH,
    BRASS,
    CREAM,
    IVORY,
    MUSTARD,
    OAK,
    SAGE,
    SKY,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
)  # fmt: skip

CEILING_M = 3.3
DOOR_Y, DOOR_HALF = -2.1, 0.45
HINGE = (-4.1, DOOR_Y - DOOR_HALF, 0.0)
WINDOWS_Y = (-0.5, 0.75, 2.0)
DAYLIGHT = (0.72, 0.85, 1.0)


def room(b: Bag) -> None:
    """Everything that is not furniture."""
    floor(b)
    ceiling(b)
    street_front(b)
    for rz, x, y, x0, x1 in ((0, 0, 3, -4, 4), (180, 0, -3, -4, 4), (-90, 4, 0, -3, 3)):
        with b.at(x=x, y=y, rz=rz):
            wall(b, x0, x1)
            moulding = box(x1 - x0, 0.05, 0.07, 0.02)
            b.shell(moulding, IVORY * 0.9, jitter=0, keep="yzZ", x=(x0 + x1) / 2, z=2.78, density=0.5)
    outside(b)


def floor(b: Bag) -> None:
    """Oak planks of random length with dark seams."""
    planks, colours, seam = [], [], 0.003
    for y in np.arange(-3, 3, 0.15):
        x = -4 - b.rng.uniform(0, 1.2)
        while x < 4:
            x2 = min(x + b.rng.uniform(0.9, 1.7), 4)
            if x2 > -4:
                planks.append(slab(max(x, -4), x2, y, y + 0.15, seam))
                tone = (
                    (OAK * 0.8 + WALNUT * 0.12)
                    * (1 + 0.16 * b.rng.uniform(-1, 1))
                    * (1 + 0.03 * b.rng.uniform(-1, 1, 3))
                )
                colours.append(np.r_[np.tile(tone, (4, 1)), np.tile(tone * 0.45, (4, 1))])
            x = x2
    b.shell(join(*planks), np.concatenate(colours), 0.62, density=1.6)
    underfoot(b, -4, 4, -3, 3)


def underfoot(b: Bag, x0: float, x1: float, y0: float, y1: float) -> None:
    """A dark strip behind the feet of the walls round a floor: its edges dip, and no daylight shines through there."""
    out = 0.002
    x0, x1, y0, y1 = x0 - out, x1 + out, y0 - out, y1 + out
    ring = np.array([(x0, y0), (x0, y1), (x1, y1), (x1, y0)])  # clockwise: it faces inwards
    strip = grid(np.stack([np.c_[ring, np.full(4, z)] for z in (-0.03, -0.0005)]))
    b.glow(strip, np.tile(WALNUT * 0.1, (len(strip.v), 1)), OUTDOOR)


def slab(x0: float, x1: float, y0: float, y1: float, seam: float) -> Shape:
    """A flat slab on z = 0 with a sunk seam all round; 8 vertices, its top ones first."""
    e = seam
    v = [(x0 + e, y0 + e, 0), (x1 - e, y0 + e, 0), (x1 - e, y1 - e, 0), (x0 + e, y1 - e, 0)]
    v += [(x0, y0, -e), (x1, y0, -e), (x1, y1, -e), (x0, y1, -e)]
    f = [(0, 1, 2), (0, 2, 3)]
    for k in range(4):
        f += [(k + 4, (k + 1) % 4 + 4, (k + 1) % 4), (k + 4, (k + 1) % 4, k)]
    return Shape(np.array(v, float), np.tile([0, 0, 1.0], (8, 1)), np.array(f))


def wall(b: Bag, x0: float, x1: float, z0: float = 0.0, z1: float = CEILING_M, *, panel: bool = True) -> None:
    """A wall along local x, facing local -y, its face on y = 0: panelled below, plaster above."""
    w, mid = x1 - x0, (x0 + x1) / 2
    if panel and z0 == 0:
        top = min(z1, 1.02)
        b.shell(box(w, 0.1, top, 0), SAGE, 0.3, jitter=0, keep="y", x=mid, y=0.05, density=0.6)
        n = max(1, round(w / 0.62))
        for k in range(n if top > 0.9 else 0):
            raised = box(w / n - 0.12, 0.02, top - 0.36, 0.012)
            b.shell(raised, SAGE * 1.05, 0.3, jitter=0.02, keep="yxXzZ", x=x0 + w * (k + 0.5) / n, z=0.23, density=0.7)
        b.shell(box(w, 0.035, 0.15, 0.012), SAGE * 0.92, 0.3, jitter=0, keep="yZ", x=mid)
        if top == 1.02:
            b.shell(box(w, 0.06, 0.05, 0.015), SAGE * 0.92, 0.35, jitter=0, keep="yzZ", x=mid, z=1.0)
        z0 = 1.05 if top == 1.02 else z1
    if z1 > z0:
        keep = "y" if panel else "yYxXzZ"
        b.shell(box(w, 0.1, z1 - z0, 0), CREAM, 0.04, jitter=0, keep=keep, x=mid, y=0.05, z=z0, density=0.75)


def arch_head(b: Bag, w: float, z0: float, z1: float, depth: float, colour: Colour, k: int = 14) -> None:
    """The wall above an arched opening, face on y = 0 and depth behind it."""
    a = arc(w / 2, 180, 0, k, cz=z0)
    top = np.c_[np.linspace(-w / 2, w / 2, k + 1), np.zeros(k + 1), np.full(k + 1, z1)]
    back = np.array([0, depth, 0])
    b.shell(strips(a, top), colour, 0.04, jitter=0)
    b.shell(strips(top + back, a + back), colour, 0.04, jitter=0, density=0.3)
    b.shell(strips(a + back, a), colour, 0.04, jitter=0)


def arched_window(b: Bag, colour: Colour, y: float = 0.14) -> None:
    """The bars of one window 1.09 wide, sill at z = 0.54, round at the top."""
    b.add(bar(2.02, 0.035, 0.05), colour, 0.3, jitter=0, z=0.54, y=y)
    for sx in (-0.545, 0.545):
        b.add(bar(1.47, 0.03, 0.05), colour, 0.3, jitter=0, x=sx, y=y, z=0.54)
    for z in (0.56, 2.02):
        b.add(bar(1.09, 0.035, 0.05), colour, 0.3, jitter=0, x=-0.545, y=y, z=z, ry=90)
    b.add(tube(arc(0.545, 178, 2, 20, cz=2.02) + (0, y, 0), 0.022, 4), colour, jitter=0)


def street_front(b: Bag) -> None:
    """The wall to the street with its three arched windows and the door."""
    with b.at(x=-4, rz=90):  # local x is world y, local -y is world +x
        pieces = (
            (-3, -2.62, 0, CEILING_M), (-2.62, -1.58, 2.35, CEILING_M), (-1.58, -1.12, 0, CEILING_M),
            (2.62, 3, 0, CEILING_M), (-1.12, 2.62, 0, 0.5),
        )  # fmt: skip
        for x0, x1, z0, z1 in pieces:
            wall(b, x0, x1, z0, z1)
            core = box(x1 - x0, 0.24, z1 - z0, 0)
            b.shell(core, CREAM, jitter=0, keep="xXzZY", x=(x0 + x1) / 2, y=0.12, z=z0, density=0.5)
        for y in WINDOWS_Y:
            with b.at(x=y):
                arch_head(b, 1.11, 2.02, 2.62, 0.24, CREAM)
                arched_window(b, IVORY)
        wall(b, -1.12, 2.62, 2.62, CEILING_M, panel=False)
        for k in range(4):
            b.shell(box(0.14, 0.26, 2.14, 0.012), CREAM, jitter=0, x=-1.125 + 1.25 * k, y=0.11, z=0.49)
        b.shell(box(3.9, 0.34, 0.05, 0.02), OAK, 0.5, jitter=0, x=0.75, z=0.49)
        b.light("AREA", 190, (0.75, 0.3, 1.6), colour=DAYLIGHT, aim=(0, -1, 0), size_m=(3.5, 2.0), layer="sky")
        b.light("AREA", 30, (DOOR_Y, 0.3, 1.3), colour=DAYLIGHT, aim=(0, -1, 0), size_m=(0.7, 1.8), layer="sky")
        with b.at(x=DOOR_Y, y=0.1):
            door(b)
    # a fill, as from another window
    b.light("AREA", 42, (0.8, -2.6, 2.2), colour=(1, 0.95, 0.88), aim=(0, 1, -0.25), size_m=(4.5, 1.6), layer="sky")


def door(b: Bag) -> None:
    """Frame and leaf of a glazed door, its threshold at the origin; the leaf is a layer of its own."""
    b.shell(box(1.06, 0.4, 0.02, 0.008), WALNUT, 0.3, y=0.06)
    for x in (-0.49, 0.49):
        b.shell(box(0.08, 0.2, 2.35, 0.012), TEAL * 0.62, 0.4, x=x)
    b.shell(box(1.06, 0.2, 0.08, 0.012), TEAL * 0.62, 0.4, z=2.28)
    door_leaf(b)


def door_leaf(b: Bag) -> None:
    """The leaf alone, 0.9 wide, its hinge at x = -0.45 in the local frame, with a handle on both sides."""
    for x in (-0.39, 0.39):
        b.add(bar(2.26, 0.12, 0.05, 12), TEAL * 0.75, 0.4, to=LEAF, jitter=0, x=x, z=0.02)
    for z, h in ((0.02, 0.62), (2.16, 0.12)):
        b.add(box(0.66, 0.05, h, 0.006), TEAL * 0.75, 0.4, to=LEAF, jitter=0, z=z)
    for y in (-0.03, 0.03):
        b.add(box(0.5, 0.02, 0.38, 0.01), TEAL * 0.85, 0.4, to=LEAF, y=y, z=0.14)
    b.add(bar(1.5, 0.03, 0.04), IVORY, 0.3, to=LEAF, jitter=0, z=0.65)
    for s in (-1, 1):
        handle = [(0.39, 0.02 * s, 1.0), (0.39, 0.09 * s, 1.0), (0.39, 0.09 * s, 1.3), (0.39, 0.02 * s, 1.3)]
        b.add(tube(handle, 0.014), BRASS, 0.85, to=LEAF)


def ceiling(b: Bag) -> None:
    """Plaster between beams, with a skylight."""
    x0, x1, y0, y1 = -0.35, 1.35, -0.4, 1.2
    fields = (
        ((x0 - 4) / 2, 0, x0 + 4, 6), ((x1 + 4) / 2, 0, 4 - x1, 6),
        ((x0 + x1) / 2, (y0 - 3) / 2, x1 - x0, y0 + 3), ((x0 + x1) / 2, (y1 + 3) / 2, x1 - x0, 3 - y1),
    )  # fmt: skip
    for cx, cy, w, d in fields:
        plaster = box(w, d, 0.3, 0)
        b.shell(plaster, CREAM * 1.06, 0.02, jitter=0, x=cx, y=cy, z=CEILING_M, density=0.5, keep="zxXyY")
    for x in (-2.9, -1.6, -0.4, 1.4, 2.7):
        b.shell(box(0.14, 6, 0.18, 0.02), OAK * 0.85, 0.2, x=x, z=CEILING_M - 0.18, density=0.55)
    for y in (0.13, 0.67):
        b.add(box(1.7, 0.05, 0.08), IVORY, x=0.5, y=y, z=CEILING_M + 0.1)
    b.glow(box(1.7, 1.6, 0.01, 0), np.array([0.75, 0.88, 1]), OUTDOOR, x=0.5, y=0.4, z=CEILING_M + 0.3)
    above = (0.5, 0.4, CEILING_M + 0.28)
    b.light("AREA", 90, above, colour=(0.75, 0.88, 1), size_m=(1.5, 1.4), layer="sky")


def outside(b: Bag) -> None:
    """A pale, hazy street: flat colours, lit by nothing, seen through the panes."""

    def haze(shape: Shape, colour: Colour, follows: float = OUTDOOR, **place: float) -> None:
        b.glow(shape, colour * (0.84 + 0.16 * shape.n[:, 2:] + 0.06 * shape.n[:, 1:2]), follows, **place)

    haze(box(0.1, 30, 12, 0), np.array([0.62, 0.82, 0.98]), x=-16, z=-0.5)
    haze(box(12, 30, 0.05, 0), np.array([0.80, 0.74, 0.66]), x=-10.2, z=-0.2)
    for k, c in enumerate((BLUSH, CREAM, SKY, MUSTARD, IVORY, SAGE, TERRA)):
        y, tone, h = -9 + 3 * k, c * 0.35 + np.array([0.62, 0.66, 0.68]) * 0.75, 4.2 + (k * 7 % 4) * 0.5
        haze(box(0.5, 2.9, h, 0.02), tone, x=-13, y=y)
        for z in (0.3, 2.3):
            for d in (-0.8, 0, 0.8):
                lit = NIGHT_WINDOW if b.rng.random() < 0.45 else OUTDOOR
                haze(box(0.1, 0.45, 1.3 if z > 1 else 1.5, 0.02), tone * 0.5, lit, x=-12.75, y=y + d, z=z)
        haze(box(0.6, 2.3, 0.12, 0.03), c * 0.8 + 0.15, x=-12.5, y=y, z=1.95, ry=18)
    crown = [(0, -0.7), (0.42, -0.6), (0.7, -0.3), *dome(0.75, 0.7, 0)]
    for y in (-5.2, 1.3, 5.4):
        haze(lathe([(0.09, 0), (0.06, 2.0)], 8), np.array([0.5, 0.42, 0.36]), x=-10.5, y=y)
        for k in range(5):
            green = np.array([0.52, 0.68, 0.45]) * (1 + 0.1 * k / 4)
            with b.at(
                x=-10.5 + b.rng.normal() * 0.3, y=y + b.rng.normal() * 0.45, z=1.7 + 0.26 * k, scale=0.85 - 0.1 * k
            ):
                haze(lathe(crown, 12, crease_deg=99), green)
