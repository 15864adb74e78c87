"""The gallery's shell: a vaulted hall with a slot of sky in its crown, and the blue cabinet beyond its arch.

Hall x -4.5 (street) .. 2.6, y -3.2 (courtyard) .. 3.2; cabinet x 2.8 .. 5.4, y -0.9 .. 2.7; metres.
"""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from collections.abc import Iterator

import numpy as np

from assets.studio.bag import OUTDOOR, Bag
from assets.studio.boutique_room import underfoot
from assets.studio.gallery_colours import AUBERGINE, CABINET, CHALK, PLASTER, PLUM_WALL, SMOKED, STEEL, VAULT
from assets.studio.kit import Shape, arc, box, grid, join, strips, tube
from assets.studio.palette import BRASS, Colour

WEST, EAST, SOUTH, NORTH = -4.5, 2.6, -3.2, 3.2
SPRING, RISE = 3.0, 1.1
RADIUS = ((NORTH - SOUTH) ** 2 / 4 + RISE**2) / (2 * RISE)
CROWN = SPRING + RISE
SLOT_HALF, SLOT_X0, SLOT_X1 = 0.52, -3.95, 2.05
RIBS_X = tuple(np.round(np.linspace(WEST + 0.06, EAST - 0.06, 7), 3))
CAB_X0, CAB_X1, CAB_Y0, CAB_Y1, CAB_H = 2.8, 5.4, -0.9, 2.7, 2.75
ARCH_Y, ARCH_W, ARCH_Z = 0.9, 1.7, 1.7
DAYLIGHT = (0.74, 0.86, 1.0)
WARM = (1.0, 0.78, 0.54)


def room(b: Bag) -> None:
    """Floors, walls, vault and the cabinet; the walls to street and courtyard have modules of their own."""
    herringbone(b, WEST, EAST, SOUTH, NORTH)
    herringbone(b, EAST, CAB_X1, CAB_Y0, CAB_Y1)
    with b.at(y=NORTH):
        wall(b, WEST, EAST, PLUM_WALL)
        cornice(b, WEST, EAST)
        rod = [(x, -0.035, 2.7) for x in np.linspace(WEST + 0.03, EAST - 0.03, 15)]
        b.add(tube(rod, 0.011, 6), BRASS, 0.8)
        for x in np.arange(WEST + 0.4, EAST, 0.9):
            b.add(box(0.02, 0.04, 0.035, 0.004), BRASS, 0.7, x=float(x), y=-0.018, z=2.684)
    with b.at(x=EAST, rz=-90):  # local x is -y
        for y0, y1 in ((ARCH_Y + ARCH_W / 2, NORTH), (SOUTH, ARCH_Y - ARCH_W / 2)):
            wall(b, -y1, -y0, PLASTER)
        with b.at(x=-ARCH_Y):
            arch_head(b, ARCH_W, ARCH_Z, SPRING, CAB_X0 - EAST, PLASTER)
            jambs(b, ARCH_W, ARCH_Z, CAB_X0 - EAST, PLASTER)
            archivolt(b, ARCH_W, ARCH_Z)
        lunette(b, PLASTER)
    vault(b)
    cabinet(b)


def wall(
    b: Bag, x0: float, x1: float, colour: Colour, z0: float = 0.0, z1: float = SPRING
) -> None:
    """A wall along local x that faces local -y, its face on y = 0, with a skirting where it meets the floor."""
    mid, w = (x0 + x1) / 2, x1 - x0
    b.shell(box(w, 0.1, z1 - z0, 0), colour, 0.05, jitter=0, keep="y", x=mid, y=0.05, z=z0, density=0.85)
    if z0 == 0.0:
        b.shell(box(w, 0.03, 0.17, 0.01), AUBERGINE, 0.35, jitter=0, keep="yZ", x=mid, density=0.5)


def cornice(b: Bag, x0: float, x1: float) -> None:
    """The moulding on which the vault rests, along local x."""
    mid, w = (x0 + x1) / 2, x1 - x0
    b.shell(box(w, 0.09, 0.06, 0.02), CHALK, 0.1, jitter=0, keep="yzZ", x=mid, y=-0.02, z=SPRING - 0.05, density=0.4)
    b.shell(box(w, 0.05, 0.05, 0.018), CHALK, 0.1, jitter=0, keep="yz", x=mid, y=-0.01, z=SPRING - 0.1, density=0.4)


def arch_head(b: Bag, w: float, z0: float, z1: float, depth: float, colour: Colour, k: int = 18) -> None:
    """The wall above an arched opening, face on y = 0, and the arch's underside `depth` deep."""
    a = arc(w / 2, 180, 0, k, cz=z0)
    top = np.c_[np.linspace(-w / 2, w / 2, k + 1), np.zeros(k + 1), np.full(k + 1, z1)]
    back = np.array([0, depth, 0])
    b.shell(strips(a, top), colour, 0.05, jitter=0, density=0.8)
    b.add(strips(a + back, a + back / 2, a), CHALK, 0.08, jitter=0)


def jambs(b: Bag, w: float, z1: float, depth: float, colour: Colour, z0: float = 0.0) -> None:
    """The two sides of an opening up to where its arch begins."""
    for s in (-1, 1):
        side = box(0.02, depth, z1 - z0, 0)
        keep = "x" if s > 0 else "X"
        b.shell(side, colour, 0.08, jitter=0, keep=keep, x=s * (w / 2 + 0.01), y=depth / 2, z=z0, density=0.6)


def archivolt(b: Bag, w: float, z0: float, foot: float = 0.0, wide: float = 0.1) -> None:
    """A plaster band round an opening, with a keystone."""
    r, k = w / 2, 24
    inner, outer = arc(r, 180, 0, k, cz=z0), arc(r + wide, 180, 0, k, cz=z0)
    front = np.array([0, -0.03, 0])
    b.add(strips(inner, inner + front, outer + front, outer), CHALK, 0.12, jitter=0)
    for s in (-1, 1):
        post = box(wide, 0.03, z0 - foot, 0.008)
        b.shell(post, CHALK, 0.12, jitter=0, keep="yxX", x=s * (r + wide / 2), y=-0.015, z=foot, density=0.5)
        b.shell(box(wide + 0.04, 0.05, 0.07, 0.012), CHALK, 0.12, jitter=0, x=s * (r + wide / 2), y=-0.02, z=z0 - 0.03,
                density=0.5)  # fmt: skip
    key = box(0.15, 0.05, 0.2, 0.012)
    key.v[:, 0] *= 0.75 + 0.35 * key.v[:, 2] / 0.2
    b.add(key, CHALK, 0.12, y=-0.022, z=z0 + r - 0.03)


def profile(y0: float, y1: float, k: int) -> np.ndarray:
    """Points (k + 1, 3) along the vault's section at x = 0, from y0 to y1."""
    y = np.linspace(y0, y1, k + 1)
    return np.c_[np.zeros(k + 1), y, np.sqrt(RADIUS**2 - y**2) - (RADIUS - CROWN)]


def lunette(b: Bag, colour: Colour) -> None:
    """The piece of an end wall above the springing, in that wall's frame: local x is along the wall."""
    p = profile(SOUTH, NORTH, 22)
    top = np.c_[p[:, 1], np.zeros(len(p)), p[:, 2]]
    foot = np.c_[p[:, 1], np.zeros(len(p)), np.full(len(p), SPRING)]
    b.shell(strips(foot, top), colour, 0.05, jitter=0, density=0.6)
    cornice(b, SOUTH, NORTH)


def vault(b: Bag) -> None:
    """The barrel, its ribs, and the slot in the crown through which the sun comes in bars."""

    def stretch(p: np.ndarray, x0: float, x1: float) -> Shape:
        return grid(np.stack([p + (x0, 0, 0), p + (x1, 0, 0)]), wrap=False)

    for y0, y1 in ((SOUTH, -SLOT_HALF), (SLOT_HALF, NORTH)):
        b.shell(stretch(profile(y0, y1, 14), WEST, EAST), VAULT, 0.03, jitter=0, density=0.55)
    for x0, x1 in ((WEST, SLOT_X0), (SLOT_X1, EAST)):
        b.shell(stretch(profile(-SLOT_HALF, SLOT_HALF, 4), x0, x1), VAULT, 0.03, jitter=0, density=0.55)
    for x in RIBS_X:
        p, inner = profile(SOUTH, NORTH, 26), profile(SOUTH, NORTH, 26)
        inner[:, 1:] *= (RADIUS - 0.07) / RADIUS
        inner[:, 2] = np.sqrt((RADIUS - 0.07) ** 2 - inner[:, 1] ** 2) - (RADIUS - CROWN)
        whole = strips(p + (x + 0.07, 0, 0), inner + (x + 0.06, 0, 0), inner + (x - 0.06, 0, 0), p + (x - 0.07, 0, 0))
        b.add(Shape(whole.v, -whole.n, whole.f[:, ::-1]), CHALK, 0.08, jitter=0)
        for y in (SOUTH, NORTH):
            b.add(box(0.16, 0.16, 0.12, 0.02), CHALK, 0.1, x=x, y=y * 0.99, z=SPRING - 0.06)
            b.add(box(0.11, 0.1, 0.12, 0.02), CHALK, 0.1, x=x, y=y * 0.995, z=SPRING - 0.17)
    skylight(b)


def skylight(b: Bag) -> None:
    """The shaft above the crown, its glazing bars and the sky."""
    mid, long, low, high = (SLOT_X0 + SLOT_X1) / 2, SLOT_X1 - SLOT_X0, CROWN - 0.06, CROWN + 0.34
    for s in (-1, 1):
        side = box(long, 0.02, high - low, 0)
        b.shell(side, CHALK, 0.05, jitter=0, keep="Y" if s < 0 else "y", x=mid, y=s * (SLOT_HALF + 0.01), z=low,
                density=0.4)  # fmt: skip
        end = box(0.02, 2 * SLOT_HALF, high - low, 0)
        b.shell(end, CHALK, 0.05, jitter=0, keep="X" if s < 0 else "x", x=SLOT_X0 - 0.01 if s < 0 else SLOT_X1 + 0.01,
                z=low, density=0.4)  # fmt: skip
    for x in np.linspace(SLOT_X0, SLOT_X1, 12)[1:-1]:
        b.add(box(0.13, 2 * SLOT_HALF, 0.1, 0.012), STEEL, 0.4, x=float(x), z=high - 0.12)
    for y in (-SLOT_HALF + 0.03, SLOT_HALF - 0.03):
        b.add(box(long, 0.05, 0.06, 0), STEEL, 0.4, x=mid, y=y, z=high - 0.1)
    b.glow(box(long + 0.1, 2 * SLOT_HALF + 0.1, 0.01, 0), np.array([0.70, 0.85, 1.0]), OUTDOOR, x=mid, z=high)
    b.light("AREA", 190, (mid, 0, high - 0.14), colour=DAYLIGHT, size_m=(long - 0.2, 2 * SLOT_HALF - 0.1), layer="sky")


def blocks(x0: float, x1: float, y0: float, y1: float) -> Iterator[np.ndarray]:
    """Outlines (n, 2) of a herringbone's blocks, clipped to a rectangle that they fill without gap or overlap."""
    length, wide = 0.72, 0.12
    c = np.sqrt(0.5)
    turn, middle = np.array([[c, c], [-c, c]]), np.array([(x0 + x1) / 2, (y0 + y1) / 2])
    reach, n = int(max(x1 - x0, y1 - y0) / wide) + 12, int(length / wide)
    for i in range(-reach, reach):
        for j in range(-reach // n - 2, reach // n + 2):
            u, v = i * wide + 2 * length * j, i * wide  # each pair of blocks makes an L; rows of them run diagonally
            for low, size in (((u, v), (length, wide)), ((u + length, v + wide - length), (wide, length))):
                corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * size + low
                block = clipped(corners @ turn + middle, x0, x1, y0, y1)
                if len(block) >= 3:
                    yield block


def herringbone(b: Bag, x0: float, x1: float, y0: float, y1: float) -> None:
    """Smoked oak blocks with sunk seams."""
    shapes, colours = [], []
    for block in blocks(x0, x1, y0, y1):
        k, out = len(block), outwards(block)
        top, under = block - 0.0035 * out, block + 0.003 * out  # seams lie over one another: no cracks
        pts = np.r_[np.c_[top, np.zeros(k)], np.c_[under, np.full(k, -0.003)]]
        f = [(0, a, a + 1) for a in range(1, k - 1)]
        for a in range(k):
            e = (a + 1) % k
            f += [(a + k, e + k, e), (a + k, e, a)]
        shapes.append(Shape(pts, np.tile([0, 0, 1.0], (2 * k, 1)), np.array(f)))
        tone = SMOKED * (1 + 0.15 * b.rng.uniform(-1, 1)) * (1 + 0.03 * b.rng.uniform(-1, 1, 3))
        colours.append(np.r_[np.tile(tone, (k, 1)), np.tile(tone * 0.42, (k, 1))])
    b.shell(join(*shapes), np.concatenate(colours), 0.6, density=1.5)
    underfoot(b, x0, x1, y0, y1)


def clipped(p: np.ndarray, x0: float, x1: float, y0: float, y1: float) -> np.ndarray:
    """A convex outline (n, 2) cut to a rectangle (Sutherland-Hodgman); fewer than three points when none is left."""
    for axis, edge, sign in ((0, x0, 1), (0, x1, -1), (1, y0, 1), (1, y1, -1)):
        if len(p) == 0:
            return p
        d = (p[:, axis] - edge) * sign
        out = []
        for k in range(len(p)):
            a, c = d[k - 1], d[k]
            if (a >= 0) != (c >= 0):
                out.append(p[k - 1] + (p[k] - p[k - 1]) * (a / (a - c)))
            if c >= 0:
                out.append(p[k])
        p = np.array(out)
    return p if len(p) == 0 or np.ptp(p, axis=0).min() > 0.004 else p[:0]


def outwards(p: np.ndarray) -> np.ndarray:
    """How far each corner of a convex outline (n, 2), counter-clockwise, moves when all its edges move out by one."""
    d = np.roll(p, -1, 0) - p
    d /= np.linalg.norm(d, axis=1, keepdims=True) + 1e-12
    after = np.c_[d[:, 1], -d[:, 0]]
    before = np.roll(after, 1, 0)
    return (before + after) / np.maximum(1 + (before * after).sum(1, keepdims=True), 0.3)


def cabinet(b: Bag) -> None:
    """The small blue room: four walls, a boarded ceiling, and a round lamp-lit recess at the end of the axis."""
    mid_x, mid_y = (CAB_X0 + CAB_X1) / 2, (CAB_Y0 + CAB_Y1) / 2
    for rz, x, y, x0, x1 in (
        (0, 0, CAB_Y1, CAB_X0, CAB_X1), (180, 0, CAB_Y0, -CAB_X1, -CAB_X0), (-90, CAB_X1, 0, -CAB_Y1, -CAB_Y0),
    ):  # fmt: skip
        with b.at(x=x, y=y, rz=rz):
            wall(b, x0, x1, CABINET, z1=CAB_H)
            b.shell(box(x1 - x0, 0.04, 0.06, 0.014), BRASS * 0.8, 0.5, jitter=0, keep="yzZ", x=(x0 + x1) / 2, y=-0.012,
                    z=2.28, density=0.4)  # fmt: skip
    with b.at(x=CAB_X0, rz=90):  # the wall with the arch, from inside
        for y0, y1 in ((CAB_Y0, ARCH_Y - ARCH_W / 2), (ARCH_Y + ARCH_W / 2, CAB_Y1)):
            wall(b, y0, y1, CABINET, z1=CAB_H)
        with b.at(x=ARCH_Y):
            a = arc(ARCH_W / 2, 180, 0, 18, cz=ARCH_Z)
            top = np.c_[np.linspace(-ARCH_W / 2, ARCH_W / 2, 19), np.zeros(19), np.full(19, CAB_H)]
            b.shell(strips(a, top), CABINET, 0.05, jitter=0, density=0.7)
            archivolt(b, ARCH_W, ARCH_Z, wide=0.07)
    n = 9
    for k in range(n):
        board = box(CAB_X1 - CAB_X0, (CAB_Y1 - CAB_Y0) / n - 0.008, 0.04, 0.006)
        y = CAB_Y0 + (CAB_Y1 - CAB_Y0) * (k + 0.5) / n
        b.shell(board, SMOKED * 0.62, 0.2, jitter=0.06, keep="z", x=mid_x, y=y, z=CAB_H, density=0.4)
    lid = box(CAB_X1 - CAB_X0 + 0.2, CAB_Y1 - CAB_Y0 + 0.2, 0.05, 0)
    b.add(lid, AUBERGINE, x=mid_x, y=mid_y, z=CAB_H + 0.005)
    # A closed store behind the desk keeps the sun off the light probes there; a lamp in it keeps them from being black.
    store = box(CAB_X1 - EAST, CAB_Y0 - SOUTH + 0.2, 3.0, 0)
    b.add(store, AUBERGINE, x=mid_x + 0.1, y=(CAB_Y0 + SOUTH) / 2 - 0.2)
    b.light("AREA", 30, (mid_x, (CAB_Y0 + SOUTH) / 2 - 0.2, 2.9), size_m=(2.2, 1.8), layer="sky")
