"""The gallery's wall to the street: an arched show window, the door and its leaf, and a hazy street outside."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import LEAF, NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.gallery_colours import AUBERGINE, PLASTER, PLUM_WALL, STEEL
from assets.studio.gallery_room import (
    DAYLIGHT,
    NORTH,
    SOUTH,
    SPRING,
    WEST,
    arch_head,
    archivolt,
    jambs,
    lunette,
    wall,
)
from assets.studio.kit import Shape, arc, box, dome, grid, join, lathe, tube
from assets.studio.palette import BLUSH, BRASS, CREAM, MUSTARD, OAK, SAGE, SKY, TERRA, Colour

DOOR_Y, DOOR_HALF, DOOR_H = -1.9, 0.45, 2.26
HINGE = (WEST - 0.1, DOOR_Y - DOOR_HALF, 0.0)
SHOW_Y, SHOW_W, SHOW_SILL, SHOW_SPRING = 0.75, 2.3, 0.5, 1.3
DEEP = 0.24


def post(length: float, w: float, d: float, n: int = 8) -> Shape:
    """An upright bar in short pieces, so that its buried ends do not darken all of it."""
    ring = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (w / 2, d / 2)
    q = np.array([np.c_[ring, np.full(4, h)] for h in np.linspace(0, length, n + 1)])
    return join(*(grid(q[:, [k, (k + 1) % 4]], wrap=False) for k in range(4)))


def front(b: Bag) -> None:
    """The whole west wall, in a frame whose local x is the room's y."""
    with b.at(x=WEST, rz=90):
        left, right = SHOW_Y - SHOW_W / 2, SHOW_Y + SHOW_W / 2
        d0, d1 = DOOR_Y - DOOR_HALF - 0.08, DOOR_Y + DOOR_HALF + 0.08
        for x0, x1, z0, z1 in ((SOUTH, d0, 0, SPRING), (d0, d1, DOOR_H + 0.1, SPRING), (d1, left, 0, SPRING),
                               (left, right, 0, SHOW_SILL), (right, NORTH, 0, SPRING)):  # fmt: skip
            wall(b, x0, x1, PLASTER, z0, z1)
        with b.at(x=SHOW_Y):
            arch_head(b, SHOW_W, SHOW_SPRING, SPRING, DEEP, PLASTER)
            jambs(b, SHOW_W, SHOW_SPRING, DEEP, PLASTER, SHOW_SILL)
            archivolt(b, SHOW_W, SHOW_SPRING, SHOW_SILL)
            b.shell(box(SHOW_W + 0.3, DEEP + 0.12, 0.05, 0.015), OAK, 0.5, jitter=0, y=DEEP / 2 - 0.08,
                z=SHOW_SILL - 0.05)
            glazing(b, SHOW_W, SHOW_SILL, SHOW_SPRING, 0.17, (-0.38, 0.38))
        lunette(b, PLASTER)
        at, size = (SHOW_Y, 0.32, 1.5), (SHOW_W - 0.2, 1.7)
        b.light("AREA", 80, at, colour=DAYLIGHT, aim=(0, -1, 0), size_m=size, layer="sky")
        b.light("AREA", 26, (DOOR_Y, 0.3, 1.4), colour=DAYLIGHT, aim=(0, -1, 0), size_m=(0.6, 1.7), layer="sky")
        with b.at(x=DOOR_Y, y=0.1):
            door(b)
    street(b)


def glazing(b: Bag, w: float, sill: float, spring: float, y: float, uprights: tuple[float, ...]) -> None:
    """Thin steel bars of an arched window: uprights, a transom, and spokes about a small half circle."""
    r = w / 2
    for s in (-1, 1):
        b.add(post(spring - sill, 0.04, 0.05, 5), STEEL, 0.4, jitter=0, x=s * (r - 0.02), y=y, z=sill)
    b.add(tube(arc(r - 0.02, 179, 1, 24, cz=spring) + (0, y, 0), 0.022, 4), STEEL, 0.4, jitter=0)
    for z in (sill + 0.02, spring):
        b.add(post(w, 0.035, 0.045, 8), STEEL, 0.4, jitter=0, x=-r, y=y, z=z, ry=90)
    for x in uprights:
        b.add(post(spring - sill, 0.028, 0.04, 5), STEEL, 0.4, jitter=0, x=x, y=y, z=sill)
    hub = r * 0.42
    b.add(tube(arc(hub, 179, 1, 16, cz=spring) + (0, y, 0), 0.014, 4), STEEL, 0.4, jitter=0)
    for turn in (36, 72, 108, 144):
        c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
        ray = [(q * c, y, spring + q * s) for q in np.linspace(hub, r - 0.02, 4)]
        b.add(tube(ray, 0.014, 4), STEEL, 0.4, jitter=0)


def door(b: Bag) -> None:
    """Frame, threshold and leaf, in the wall's frame with its middle on x = 0."""
    b.shell(box(1.06, 0.4, 0.02, 0.008), OAK * 0.6, 0.3, y=0.06)
    for x in (-0.49, 0.49):
        b.shell(box(0.08, 0.2, DOOR_H + 0.09, 0.012), AUBERGINE, 0.4, x=x)
    b.shell(box(1.06, 0.2, 0.08, 0.012), AUBERGINE, 0.4, z=DOOR_H + 0.02)
    leaf(b)


def leaf(b: Bag) -> None:
    """The plum leaf, 0.9 wide, its hinge at x = -0.45: one tall pane with a round brass grille, panel below."""
    plum = PLUM_WALL * 0.95
    for x in (-0.385, 0.385):
        b.add(post(DOOR_H, 0.13, 0.05, 12), plum, 0.45, to=LEAF, jitter=0, x=x, z=0.02)
    for z, h in ((0.02, 0.5), (2.12, 0.16)):
        b.add(box(0.64, 0.05, h, 0.006), plum, 0.45, to=LEAF, jitter=0, z=z)
    for y in (-0.028, 0.028):
        b.add(box(0.5, 0.02, 0.3, 0.01), plum * 1.12, 0.45, to=LEAF, jitter=0, y=y, z=0.12)
    for r in (0.3, 0.17):
        ring = np.array([(r * np.cos(t), 0, 1.42 + r * np.sin(t)) for t in np.linspace(0, 2 * np.pi, 29)])
        b.add(tube(ring, 0.012, 5), BRASS, 0.8, to=LEAF, jitter=0)
    for z0, z1 in ((0.52, 1.12), (1.72, 2.12)):
        b.add(tube([(0, 0, z0), (0, 0, (z0 + z1) / 2), (0, 0, z1)], 0.01, 5), BRASS, 0.8, to=LEAF, jitter=0)
    for x in (-0.31, 0.31):
        b.add(tube([(x, 0, 1.42), (x * 0.8, 0, 1.42), (x * 0.56, 0, 1.42)], 0.01, 5), BRASS, 0.8, to=LEAF, jitter=0)
    for s in (-1, 1):
        pull = [(0.385, 0.025 * s, 0.9), (0.385, 0.085 * s, 0.95), (0.385, 0.085 * s, 1.25), (0.385, 0.025 * s, 1.3)]
        b.add(tube(pull, 0.015, 8), BRASS, 0.85, to=LEAF)


def street(b: Bag) -> None:
    """A pale street seen through panes: flat colours that follow the daylight, windows that light up at night."""

    def haze(shape: Shape, colour: Colour, follows: float = OUTDOOR, **place: float) -> None:
        b.glow(shape, colour * (0.84 + 0.16 * shape.n[:, 2:] + 0.06 * shape.n[:, 1:2]), follows, **place)

    haze(box(0.1, 34, 13, 0), np.array([0.64, 0.82, 0.98]), x=WEST - 13, z=-0.5)
    haze(box(12, 34, 0.05, 0), np.array([0.80, 0.73, 0.65]), x=WEST - 6.4, z=-0.2)
    fronts = (TERRA, CREAM, SAGE, BLUSH, MUSTARD, SKY, CREAM)
    for k, c in enumerate(fronts):
        y, tone, h = -9 + 3 * k, c * 0.35 + np.array([0.62, 0.65, 0.66]) * 0.75, 4.4 + (k * 5 % 4) * 0.5
        haze(box(0.5, 2.9, h, 0), tone, x=WEST - 9, y=y)
        haze(box(0.7, 3.0, 0.16, 0), tone * 0.85, x=WEST - 8.95, y=y, z=h)
        for z in (0.3, 2.4):
            for d in (-0.85, 0.0, 0.85):
                lit = NIGHT_WINDOW if b.rng.random() < 0.45 else OUTDOOR
                haze(box(0.1, 0.5, 1.3 if z > 1 else 1.55, 0), tone * 0.5, lit, x=WEST - 8.75, y=y + d, z=z)
        haze(box(0.7, 2.3, 0.12, 0), c * 0.8 + 0.15, x=WEST - 8.5, y=y, z=2.0, ry=18)
    crown = [(0, -0.7), (0.42, -0.6), (0.7, -0.3), *dome(0.75, 0.7, 0)]
    for y in (-3.4, 2.6):
        haze(lathe([(0.09, 0), (0.06, 2.0)], 7), np.array([0.5, 0.42, 0.36]), x=WEST - 6.6, y=y)
        for k in range(4):
            green = np.array([0.52, 0.66, 0.43]) * (1 + 0.1 * k / 4)
            x, dy = WEST - 6.6 + b.rng.normal() * 0.3, b.rng.normal() * 0.4
            with b.at(x=x, y=y + dy, z=1.8 + 0.3 * k, scale=0.9 - 0.1 * k):
                haze(lathe(crown, 10, crease_deg=99), green)
