"""The courtyard behind the gallery's half-round window: sunlit walls, a tree in a ring of stone, roofs beyond."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, OUTDOOR, Bag
from assets.studio.gallery_colours import AUBERGINE, COURT_STONE, COURT_WALL, PLASTER, TREE_BARK, TREE_LEAF
from assets.studio.gallery_front import DEEP, glazing
from assets.studio.gallery_room import (
    DAYLIGHT,
    EAST,
    SOUTH,
    SPRING,
    WEST,
    arch_head,
    archivolt,
    cornice,
    jambs,
    wall,
)
from assets.studio.kit import Shape, arc, box, fan, lathe, sheet, tube
from assets.studio.palette import BLUSH, CREAM, OAK, TEAL, TERRA, Colour, rgb

WINDOW_X, WINDOW_W, SILL, WINDOW_SPRING = -0.35, 3.3, 0.42, 1.05
COURT_X0, COURT_X1, COURT_Y = -3.3, 2.6, -6.3
TREE_AT = (-0.85, -5.05)


def court_side(b: Bag) -> None:
    """The south wall with its window, and all that is seen through it."""
    with b.at(y=SOUTH, rz=180):  # local x is -x
        left, right = -WINDOW_X - WINDOW_W / 2, -WINDOW_X + WINDOW_W / 2
        for x0, x1, z0, z1 in ((-EAST, left, 0, SPRING), (left, right, 0, SILL), (right, -WEST, 0, SPRING)):
            wall(b, x0, x1, PLASTER, z0, z1)
        cornice(b, -EAST, -WEST)
        with b.at(x=-WINDOW_X):
            arch_head(b, WINDOW_W, WINDOW_SPRING, SPRING, DEEP, PLASTER, 26)
            jambs(b, WINDOW_W, WINDOW_SPRING, DEEP, PLASTER, SILL)
            archivolt(b, WINDOW_W, WINDOW_SPRING, SILL)
            b.shell(box(WINDOW_W + 0.34, DEEP + 0.3, 0.06, 0.018), OAK, 0.5, jitter=0, y=DEEP / 2 - 0.15, z=SILL - 0.06)
            glazing(b, WINDOW_W, SILL, WINDOW_SPRING, 0.16, (-0.66, 0.0, 0.66))
        at, size = (-WINDOW_X, 0.1, 1.5), (WINDOW_W - 0.3, 1.9)
        b.light("AREA", 120, at, colour=DAYLIGHT, aim=(0, -1, -0.1), size_m=size, layer="sky")
    court(b)
    tree(b)
    beyond(b)


def court(b: Bag) -> None:
    """Paving, three walls with a coping, a doorway, a wall lamp and pots."""
    mid, wide = (COURT_X0 + COURT_X1) / 2, COURT_X1 - COURT_X0
    for x in np.arange(COURT_X0, COURT_X1 - 0.1, 0.59):
        for k, y in enumerate(np.arange(COURT_Y, SOUTH - 0.2, 0.48)):
            shift = 0.295 * (k % 2)
            flag = np.array([(0, 0, 0), (0.58, 0, 0), (0.58, 0.47, 0), (0, 0.47, 0)])
            b.add(fan(flag, (0, 0, 1.0)), COURT_STONE * 0.8, 0.1, jitter=0.1, x=float(x + shift), y=float(y), z=-0.12)
    h = 2.5
    with b.at(y=COURT_Y, rz=180):
        b.shell(box(wide, 0.2, h + 0.2, 0), COURT_WALL, 0.05, jitter=0, keep="yZ", x=-mid, y=0.1, z=-0.2, density=0.6)
        b.shell(box(wide, 0.34, 0.09, 0.02), CREAM * 0.9, 0.1, jitter=0, x=-mid, y=0.1, z=h, density=0.4)
    for x, keep in ((COURT_X0 - 0.1, "X"), (COURT_X1 + 0.1, "x")):
        side = box(0.2, SOUTH - COURT_Y, h + 0.9, 0)
        b.shell(side, COURT_WALL * (1.02, 0.98, 0.95), 0.05, jitter=0, keep=keep, x=x, y=(SOUTH + COURT_Y) / 2, z=-0.2,
                density=0.5)  # fmt: skip
    above = (mid, (SOUTH + COURT_Y) / 2, 5.0)
    b.light("AREA", 420, above, colour=DAYLIGHT, size_m=(wide, 3.0), layer="sky")
    with b.at(x=0.75, y=COURT_Y, rz=180):  # a niche of blue tiles with a spout
        a = arc(0.4, 180, 0, 12, cz=1.0)
        back = np.r_[[[-0.4, 0, 0.1]], a, [[0.4, 0, 0.1]]][::-1] - (0, 0.012, 0)
        b.add(fan(back, (0, -1, 0)), TEAL * 0.8, 0.4, jitter=0)
        b.add(tube(arc(0.43, 180, 0, 14, cz=1.0) - (0, 0.03, 0), 0.04, 5), CREAM, 0.1)
        b.add(lathe([(0.2, 0), (0.36, 0.26), (0.4, 0.42), (0.36, 0.42), (0.3, 0.36), (0, 0.36)], 16), COURT_STONE,
            0.2, y=-0.3)
        b.add(tube([(0, 0, 0.8), (0, -0.14, 0.8), (0, -0.19, 0.75)], 0.025, 6), rgb("c9974a"), 0.7)
    with b.at(x=-2.2, y=COURT_Y + 0.16, z=1.85):
        b.add(lathe([(0.05, -0.14), (0.1, -0.1), (0.1, 0.1), (0.13, 0.12), (0.02, 0.2), (0, 0.2)], 8), AUBERGINE, 0.4)
        b.glow(lathe([(0.06, -0.09), (0.075, 0), (0.06, 0.09)], 8), np.array([1.0, 0.8, 0.5]))
    b.light("POINT", 55, (-2.2, COURT_Y + 0.4, 1.85), size_m=(0.08,))
    b.light("AREA", 26, (TREE_AT[0], TREE_AT[1] + 0.8, 0.1), aim=(0, -0.25, 1), size_m=(0.3, 0.3))
    for x, y, r, bloom in ((1.75, -5.9, 0.2, TERRA), (-2.75, -5.6, 0.24, BLUSH), (-2.3, -5.9, 0.16, TERRA)):
        with b.at(x=x, y=y, z=-0.12):
            b.add(lathe([(r * 0.7, 0), (r, r * 1.5), (r * 1.1, r * 1.5), (r * 1.1, r * 1.75), (r * 0.9, r * 1.7),
                (0, r * 1.6)], 14), TERRA, 0.15)  # fmt: skip
            for k in range(16):
                a, rise = k * 2.4, 0.35 + 0.3 * ((k * 7) % 5) / 5
                tip = np.array([np.cos(a) * r * 1.3, np.sin(a) * r * 1.3, r * 1.6 + rise])
                foot = np.array([0, 0, r * 1.6])
                side = np.array([-np.sin(a), np.cos(a), 0]) * 0.05
                middle = (foot + tip) / 2 + (0, 0, 0.1)
                b.add(sheet(np.array([[foot - side * 0.3, foot + side * 0.3], [middle - side, middle + side],
                    [tip, tip + side * 0.05]])), TREE_LEAF * (0.8 + 0.1 * (k % 4)), 0.3)  # fmt: skip
                if k % 3 == 0:
                    b.add(lathe([(0, 0), (0.05, 0.03), (0.03, 0.07), (0, 0.08)], 6), bloom, 0.2, x=tip[0], y=tip[1],
                        z=tip[2])


def tree(b: Bag) -> None:
    """A young fig with a leaning trunk; its leaves throw the dapples that fall into the hall."""
    x, y = TREE_AT
    with b.at(x=x, y=y, z=-0.12):
        b.add(lathe([(0.62, 0), (0.62, 0.3), (0.58, 0.34), (0.46, 0.34), (0.44, 0.28), (0, 0.3)], 20), COURT_STONE,
            0.15)
        trunk = np.array([(0, 0, 0.25), (0.06, 0.02, 0.9), (0.02, 0.05, 1.5), (0.12, 0.08, 2.1), (0.1, 0.1, 2.7)])
        b.add(tube(trunk, [0.11, 0.085, 0.075, 0.06, 0.03], 9), TREE_BARK, 0.1)
        tips = []
        for k in range(9):
            a, start = k * 2.4, trunk[2] + (trunk[4] - trunk[2]) * (k / 9)
            reach, rise = 0.55 + 0.35 * ((k * 5) % 7) / 7, 0.35 + 0.6 * ((k * 3) % 5) / 5
            end = start + (np.cos(a) * reach, np.sin(a) * reach * 0.8, rise)
            middle = (start + end) / 2 + (0, 0, 0.12)
            b.add(tube([start, middle, end], [0.04, 0.028, 0.014], 6), TREE_BARK, 0.1)
            tips += [end, middle, (end + middle) / 2]
        tips.append(trunk[4])
        for k in range(210):
            at = tips[k % len(tips)] + b.rng.normal(size=3) * (0.2, 0.2, 0.16)
            length = b.rng.uniform(0.16, 0.27)
            spin, droop = b.rng.uniform(0, 360), b.rng.uniform(5, 55)
            u = np.linspace(0, 1, 3)
            half = length * 0.36 * np.sin(np.pi * (0.12 + 0.86 * u)) ** 0.8
            rows = np.stack([np.c_[u * length, s * half, -0.18 * length * u**2] for s in (-1, 1)], 1)
            with b.at(x=at[0], y=at[1], z=at[2], ry=droop, rz=spin):
                b.add(sheet(rows), TREE_LEAF * b.rng.uniform(0.75, 1.25) * (1, 1, 0.85), 0.35)


def beyond(b: Bag) -> None:
    """Sky and a few roofs over the court's wall."""

    def haze(shape: Shape, colour: Colour, follows: float = OUTDOOR, **place: float) -> None:
        b.glow(shape, colour * (0.86 + 0.14 * shape.n[:, 2:]), follows, **place)

    haze(box(40, 0.1, 16, 0), np.array([0.62, 0.82, 1.0]), y=-16, z=0.5)
    for x, w, h, c in ((-6.5, 4.2, 5.0, BLUSH), (-2.1, 3.4, 4.3, CREAM), (2.0, 4.0, 5.4, rgb("c9d3c4")),
        (6.4, 4.2, 4.6, TERRA)):
        tone = c * 0.4 + np.array([0.55, 0.56, 0.58]) * 0.6
        haze(box(w, 0.3, h, 0), tone, x=x, y=-12)
        roof = box(w + 0.3, 0.6, 0.7, 0)
        roof.v[:, 0] *= 1 - 0.25 * roof.v[:, 2] / 0.7
        haze(roof, rgb("b5674b") * 0.7 + 0.18, x=x, y=-11.9, z=h)
        for d in (-0.9, 0.3, 1.1):
            lit = NIGHT_WINDOW if (x + d) % 1.0 < 0.6 else OUTDOOR
            haze(box(0.45, 0.05, 0.8, 0), tone * 0.55, lit, x=x + d, y=-11.8, z=h - 1.3)
