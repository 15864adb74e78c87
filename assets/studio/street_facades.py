"""House fronts of the street: each stands along local x, faces local -y, its face on y = 0, its foot on z = 0."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, Bag
from assets.studio.kit import Shape, ball, box, dome, fan, grid, lathe, sheet, strips, tube
from assets.studio.lettering import lettering
from assets.studio.palette import (
    BRASS,
    CREAM,
    INK,
    IVORY,
    LEAF,
    MUSTARD,
    PLUM,
    SKY,
    TERRA,
    WALNUT,
    Colour,
    rgb,
)  # fmt: skip

GROUND_M = 3.2
ROOF = rgb("c4694a")
PANE_TOP, PANE_FOOT = np.array([0.62, 0.74, 0.82]), np.array([0.20, 0.25, 0.30])


@dataclass(frozen=True, slots=True)
class Front:
    """One house: width, height to the eaves, colours, and what is on it."""

    width: float
    height: float
    wall: Colour
    trim: Colour
    shutter: Colour
    ground: str  # "shop" or "house"
    sign: str = ""
    awning: tuple[Colour, Colour] | None = None
    bays: int = 3
    balcony: bool = False
    closed: tuple[int, ...] = ()  # upper bays whose shutters are closed
    boxes: tuple[int, ...] = ()  # upper bays with a flower box
    corner: bool = False  # only a face: its body belongs to the house round the corner


def front(b: Bag, f: Front) -> None:
    """One whole house front with its roof."""
    w, h = f.width, f.height
    deep, sides = (0.4, "y") if f.corner else (3.0, "yxX")
    b.shell(box(w, deep, h, 0), f.wall, 0.04, jitter=0.02, keep=sides, y=deep / 2)
    b.shell(box(w, 0.06, 0.5, 0.01), f.trim * 0.8, 0.06, keep="yZ", density=0.7, y=-0.03)
    b.shell(box(w, 0.09, 0.16, 0.03), f.trim, 0.06, keep="yzZ", density=0.5, y=-0.04, z=GROUND_M)
    for sx in (-1, 1):
        b.shell(box(0.3, 0.07, h - 0.2, 0.02), f.trim, 0.06, keep="yxX", density=0.5, x=sx * (w / 2 - 0.15), y=-0.03)
    b.shell(box(w + 0.06, 0.32, 0.2, 0.05), f.trim, 0.06, keep="yzZxX", density=0.5, y=-0.12, z=h - 0.2)
    roof(b, w + 0.1, h)
    xs = (np.arange(f.bays) - (f.bays - 1) / 2) * (w - 1.0) / f.bays
    for k, x in enumerate(xs):
        with b.at(x=x, z=GROUND_M + 0.85):
            if f.balcony and k == f.bays // 2:
                with b.at(z=-0.72):
                    tall_window(b, f.shutter, f.trim)
            else:
                window(b, 0.86, 1.35, f.shutter, f.trim, closed=k in f.closed)
                if k in f.boxes:
                    with b.at(y=-0.17, z=-0.2):
                        flower_box(b, 0.9)
    if f.balcony:
        with b.at(z=GROUND_M + 0.12):
            balcony(b, min(2.0, w * 0.42))
    if f.ground == "shop":
        shop_ground(b, f)
    else:
        house_ground(b, f)


def roof(b: Bag, w: float, h: float) -> None:
    """Eaves and a slope of round tiles."""
    lo, hi = np.array([0, -0.42, h - 0.02]), np.array([0, 2.2, h + 1.15])
    ends = np.array([[-w / 2, 0, 0], [w / 2, 0, 0]])
    b.shell(strips(ends + lo, ends + hi), ROOF * 0.55, 0.05, density=0.4)
    b.shell(strips(ends + hi, ends + lo), ROOF * 0.4, 0.02, density=0.3, z=-0.05)
    n = max(3, round(w / 0.29))
    t = np.linspace(np.pi, 0, 4)
    for k in range(n):
        x = -w / 2 + w * (k + 0.5) / n
        half = np.c_[np.cos(t) * 0.125, np.zeros(4), np.sin(t) * 0.08]
        rows = np.array([half + lo + (hi - lo) * q + (x, 0, 0.0) for q in (0, 0.12, 1)])
        b.add(grid(rows[::-1], wrap=False), ROOF * b.rng.uniform(0.82, 1.12), 0.12)
        b.add(fan(np.r_[half[::-1]] + lo + (x, 0, 0), (0, -1, 0)), ROOF * 0.5, 0.05)


def pane(b: Bag, w: float, h: float, y: float = -0.02) -> None:
    """A window pane that mirrors a bit of sky by day and is lit at night, its foot at z = 0."""
    v = np.array([(-w / 2, y, 0), (w / 2, y, 0), (w / 2, y, h), (-w / 2, y, h)])
    tilt = b.rng.uniform(0.8, 1.05)
    colours = np.array([PANE_FOOT, PANE_FOOT * 1.25, PANE_TOP, PANE_TOP * 0.85]) * tilt
    b.glow(Shape(v, np.tile([0, -1.0, 0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])), colours, NIGHT_WINDOW)


def window(b: Bag, w: float, h: float, shutter: Colour, trim: Colour, *, closed: bool = False) -> None:
    """A shuttered window, its sill at z = 0."""
    for sx in (-1, 1):
        b.add(box(0.09, 0.07, h, 0), trim, 0.1, x=sx * (w / 2 + 0.02), y=-0.03)
    b.add(box(w + 0.2, 0.08, 0.1, 0), trim, 0.1, y=-0.035, z=h)
    b.add(box(w + 0.26, 0.15, 0.07, 0.02), trim, 0.1, y=-0.07, z=-0.07)
    if closed:
        for sx in (-1, 1):
            with b.at(x=sx * w / 4, y=-0.05):
                shutter_leaf(b, w / 2 - 0.01, h - 0.02, shutter)
        return
    pane(b, w, h)
    b.add(box(0.04, 0.03, h - 0.03, 0), IVORY, 0.2, y=-0.03, z=0.015)
    for sx in (-1, 1):  # in two pieces that end before the frame: a buried end would bake the whole bar black
        b.add(box(w / 2 - 0.07, 0.028, 0.04, 0), IVORY, 0.2, x=sx * (w / 4 + 0.002), y=-0.03, z=h * 0.62)
    for sx in (-1, 1):
        with b.at(x=sx * (w / 2 + 0.09 + w / 4), y=-0.03, rz=sx * 7):
            shutter_leaf(b, w / 2, h, shutter)


def shutter_leaf(b: Bag, w: float, h: float, colour: Colour) -> None:
    """One slatted leaf with its front towards -Y, middle at the origin."""
    b.add(box(w, 0.03, h, 0), colour * 0.9, 0.2, jitter=0.02)
    for z0, z1 in ((0.08, h * 0.48), (h * 0.54, h - 0.08)):
        n = max(3, round((z1 - z0) / 0.15))
        for k in range(n):
            slat = strips(
                np.array([(-w / 2 + 0.05, -0.045, 0), (w / 2 - 0.05, -0.045, 0)]),
                np.array([(-w / 2 + 0.05, -0.017, 0.11), (w / 2 - 0.05, -0.017, 0.11)]),
            )
            b.add(slat, colour * 1.08, 0.2, z=z0 + (z1 - z0) * k / n, jitter=0.02)


def tall_window(b: Bag, shutter: Colour, trim: Colour) -> None:
    """A balcony door with open shutters, its foot at z = 0."""
    window(b, 0.95, 2.05, shutter, trim)


def balcony(b: Bag, w: float) -> None:
    """A slab with an iron railing and pots, top of the slab at z = 0.1."""
    d = 0.7
    b.shell(box(w, d, 0.1, 0.02), CREAM * 0.95, 0.08, y=-d / 2, density=0.6)
    for sx in (-1, 1):
        b.add(
            tube(
                [(sx * w * 0.36, -0.02, -0.42), (sx * w * 0.36, -0.3, -0.12), (sx * w * 0.36, -0.55, -0.02)], 0.035, 6
            ),
            CREAM * 0.9,
        )
    path = np.array(
        [(-w / 2 + 0.03, -0.03), (-w / 2 + 0.03, -d + 0.04), (w / 2 - 0.03, -d + 0.04), (w / 2 - 0.03, -0.03)]
    )
    for a, c in pairwise(path):
        n = max(2, round(float(np.linalg.norm(c - a)) / 0.13))
        for z in (0.2, 0.98):
            b.add(tube([(*a, z), (*(a + c) / 2, z), (*c, z)], 0.014, 4), INK, 0.3)
        for k in range(n):
            x, y = a + (c - a) * (k + 0.5) / n
            b.add(tube([(x, y, 0.1), (x, y, 0.55), (x, y, 0.98)], 0.008, 3), INK, 0.3)
    for k, x in enumerate((-w / 2 + 0.28, w / 2 - 0.3)):
        with b.at(x=x, y=-d + 0.2, z=0.1):
            bush(b, 0.13, (TERRA, IVORY)[k % 2], blossoms=(MUSTARD, PLUM)[k % 2])


def bush(b: Bag, r: float, pot: Colour, blossoms: Colour | None = None, leaves: int = 16) -> None:
    """A round pot plant of small leaves, with blossoms if given."""
    rim = [(r * 1.08, r * 1.25), (r * 1.08, r * 1.45), (r * 0.9, r * 1.45)]
    b.add(lathe([(r * 0.7, 0), (r, r * 1.25), *rim], 11), pot, 0.15)
    foliage(b, r * 1.5, r * 1.2, z=r * 1.35, leaves=leaves, blossoms=blossoms)


def foliage(
    b: Bag, rx: float, rz: float, z: float, leaves: int, blossoms: Colour | None = None, ry: float | None = None
) -> None:
    """A mound of leaves around (0, 0, z)."""
    ry = rx if ry is None else ry
    core = lathe([(0.75, 0), *dome(0.85, 0.75, 0.05, 2)], 7, crease_deg=99)
    core.v[:] *= (rx * 0.8, ry * 0.8, rz)
    b.add(core._replace(v=core.v + (0, 0, z)), LEAF * 0.55, 0.1)
    for k in range(leaves):
        a, up = k * 2.4, np.arccos(1 - (k + 0.5) / leaves * 0.98)
        d = np.array([np.sin(up) * np.cos(a) * rx, np.sin(up) * np.sin(a) * ry, np.cos(up) * rz])
        d *= b.rng.uniform(0.72, 0.98)
        turn, roll = np.degrees(a) + b.rng.normal() * 20, b.rng.normal() * 20
        with b.at(x=d[0] * 0.8, y=d[1] * 0.8, z=z + d[2] * 0.85, rz=turn, rx=roll):
            b.add(diamond(min(rx, ry) * b.rng.uniform(0.5, 0.7)), LEAF * b.rng.uniform(0.75, 1.25), 0.25)
    for k in range(leaves // 2 if blossoms is not None else 0):
        a, up = k * 2.4 + 1, np.arccos(1 - (k + 0.5) / (leaves // 2) * 0.9)
        d = np.array([np.sin(up) * np.cos(a) * rx, np.sin(up) * np.sin(a) * ry, np.cos(up) * rz]) * 1.05
        petal = lathe([(0, -0.4), (1, 0.15), (0, 0.75)], 5, crease_deg=99)
        size = min(rx, ry) * 0.24
        b.add(petal, blossoms, 0.1, x=d[0], y=d[1], z=z + d[2], scale=size, jitter=0.2)


def diamond(length: float) -> Shape:
    """A small two-sided leaf along +X of four triangles, bent along its middle."""
    v = np.array([(0, 0, 0), (0.45, -0.24, 0.16), (0.45, 0.24, 0.16), (1.0, 0, 0.06)]) * length
    f = np.array([(0, 1, 3), (0, 3, 2)])
    n = np.tile(np.array([-0.2, 0, 0.98]), (4, 1)) + np.array([(0, 0, 0), (0, -0.3, 0), (0, 0.3, 0), (0.3, 0, 0)])
    return Shape(np.r_[v, v - (0, 0, 0.003)], np.r_[n, -n], np.r_[f, f[:, ::-1] + 4])


def flower_box(b: Bag, w: float) -> None:
    """A window box in bloom, its back on y = 0.1."""
    b.add(box(w, 0.2, 0.16, 0.015), WALNUT, 0.15)
    for k, x in enumerate(np.linspace(-w / 2 + 0.14, w / 2 - 0.14, 4)):
        with b.at(x=x):
            foliage(b, 0.19, 0.24, 0.12, 11, blossoms=(TERRA, IVORY, MUSTARD, PLUM)[k], ry=0.15)


def awning(b: Bag, w: float, depth: float, colours: tuple[Colour, Colour], drop: float = 0.42) -> None:
    """A striped awning, its upper edge along x at the origin, with a scalloped hem."""
    n = max(4, round(w / 0.26) // 2 * 2 + 1)
    u = np.linspace(0, 1, 5)
    y, z = -depth * u, -drop * (0.85 * u + 0.15 * u**2)
    for k in range(n):
        x0, x1 = -w / 2 + w * k / n, -w / 2 + w * (k + 1) / n
        colour = colours[k % 2]
        cloth = np.stack([np.c_[np.full(5, x0), y, z], np.c_[np.full(5, x1), y, z]], 1)
        b.add(sheet(cloth[::-1], 0.012), colour, 0.03, jitter=0.02)
        t = np.linspace(np.pi, 2 * np.pi, 7)
        hem = np.c_[
            (x0 + x1) / 2 + (x1 - x0) / 2 * np.cos(t), np.full(7, -depth - 0.004), -drop - 0.1 + 0.09 * np.sin(t)
        ]
        top = np.array([(x1, -depth - 0.004, -drop), (x0, -depth - 0.004, -drop)])
        outline = np.r_[hem, top]
        b.add(fan(outline, (0, -1, 0)), colour, 0.03, jitter=0.02)
        b.add(fan(outline[::-1] + (0, 0.008, 0), (0, 1, 0)), colour * 0.9, 0.03, jitter=0.02)
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.06)
        b.add(
            tube([(x, -0.02, -drop - 0.3), (x, -depth / 2, -drop - 0.12), (x, -depth + 0.02, -drop)], 0.012, 5),
            INK,
            0.3,
        )


def sign_board(b: Bag, text: str, w: float, board: Colour, ink: Colour, cap: float = 0.26) -> None:
    """A painted board with a line of capitals, its foot at z = 0."""
    h = cap * 1.9
    b.shell(box(w, 0.07, h, 0.02), board, 0.25, keep="yxXzZ", y=-0.035, jitter=0.02)
    for z in (0.035, h - 0.05):
        b.add(box(w - 0.12, 0.012, 0.014, 0), ink, 0.3, y=-0.074, z=z)
    letters = lettering(text, cap)
    b.add(letters, ink, 0.3, y=-0.078, z=(h - cap) / 2, jitter=0)


def shop_ground(b: Bag, f: Front) -> None:
    """A shop closed for the noon: boarded window, door, sign and awning."""
    w = f.width - 0.9
    timber = f.shutter * 0.8
    door_x, win_x, win_w = w / 2 - 0.55, -0.55, w - 1.3
    for x in (-w / 2, win_x + win_w / 2 + 0.06, w / 2):
        b.shell(box(0.14, 0.12, 2.5, 0.02), timber, 0.25, keep="yxX", x=x, y=-0.05, density=0.6)
    b.shell(box(w + 0.24, 0.16, 0.12, 0.03), timber, 0.25, x=0, y=-0.06, z=2.46, density=0.6)
    with b.at(z=2.6):
        sign_board(b, f.sign, w + 0.1, f.shutter * 0.55, IVORY)
    with b.at(x=win_x - 0.02, y=-0.03):
        b.shell(box(win_w - 0.1, 0.08, 0.62, 0.01), timber * 1.1, 0.25, keep="yZ", density=0.6)
        b.shell(box(win_w, 0.16, 0.06, 0.02), timber, 0.3, y=-0.02, z=0.62, density=0.6)
        boards = max(4, round(win_w / 0.3))
        for k in range(boards):
            x = -win_w / 2 + win_w * (k + 0.5) / boards
            b.add(box(win_w / boards - 0.012, 0.04, 1.76, 0), f.shutter, 0.2, x=x, z=0.69, jitter=0.06)
        for z in (1.0, 2.1):
            b.add(box(win_w - 0.06, 0.03, 0.1, 0), f.shutter * 0.8, 0.2, y=-0.03, z=z)
        b.add(box(0.12, 0.05, 0.16, 0.01), BRASS, 0.6, y=-0.045, z=1.5)
    with b.at(x=door_x):
        house_door(b, timber * 1.15)
    if f.awning is not None:
        with b.at(x=win_x, y=-0.12, z=2.62):
            awning(b, win_w + 0.3, 0.95, f.awning)


def house_door(b: Bag, colour: Colour) -> None:
    """A panelled door with a fanlight, a step and a knob, 0.9 wide."""
    b.shell(box(1.16, 0.34, 0.12, 0.03), CREAM * 0.85, 0.08, y=-0.17)
    b.add(box(0.9, 0.06, 2.0, 0), colour, 0.3, y=-0.02, z=0.12)
    for z, h in ((0.24, 0.5), (0.86, 0.95)):
        for sx in (-1, 1):
            b.add(box(0.3, 0.03, h, 0), colour * 1.12, 0.3, x=sx * 0.2, y=-0.05, z=z)
    b.add(ball(0.035, 8, 3), BRASS, 0.8, x=0.36, y=-0.09, z=1.02)
    with b.at(z=2.14):
        pane(b, 0.86, 0.28)
    for sx in (-1, 1):
        b.add(box(0.1, 0.12, 2.34, 0), CREAM, 0.1, x=sx * 0.5, y=-0.05, z=0.12)
    b.add(box(1.24, 0.16, 0.14, 0.03), CREAM, 0.1, y=-0.06, z=2.44)


def house_ground(b: Bag, f: Front) -> None:
    """A house: a door between two windows, with pots by the step."""
    with b.at(x=0):
        house_door(b, f.shutter)
    for sx in (-1, 1):
        with b.at(x=sx * f.width * 0.3, z=0.95):
            window(b, 0.86, 1.3, f.shutter, f.trim, closed=sx > 0)
        with b.at(x=sx * 0.9, y=-0.3):
            bush(b, 0.18, (TERRA, SKY * 0.8)[sx > 0], blossoms=(PLUM, MUSTARD)[sx > 0], leaves=20)


def hanging_sign(b: Bag, colour: Colour) -> None:
    """An iron bracket with a round board that shows a hat, sticking out towards -Y from the origin."""
    b.add(tube([(0, 0, 0), (0, -0.4, 0.02), (0, -0.86, 0)], 0.016, 5), INK, 0.4)
    b.add(tube([(0, 0, -0.3), (0, -0.2, -0.22), (0, -0.42, 0.0)], 0.012, 5), INK, 0.4)
    with b.at(y=-0.52, z=-0.44):
        disc = lathe([(0, -0.025), (0.34, -0.025), (0.36, -0.01), (0.36, 0.01), (0.34, 0.025), (0, 0.025)], 28)
        b.add(disc, colour, 0.25, ry=90)
        for s in (-1, 1):
            with b.at(x=s * 0.03, rz=s * 90):
                crown = np.array(
                    [(-0.13, -0.06), (0.13, -0.06), (0.115, 0.06), (0.07, 0.12), (-0.06, 0.12), (-0.115, 0.06)]
                )
                b.add(fan(np.c_[crown[:, 0], 0 * crown[:, 0], crown[:, 1]], (0, -1, 0)), IVORY, 0.2)
                rim = np.array([(-0.25, -0.1), (0.25, -0.1), (0.24, -0.06), (-0.24, -0.06)])
                b.add(fan(np.c_[rim[:, 0], 0 * rim[:, 0] - 0.001, rim[:, 1]], (0, -1, 0)), IVORY, 0.2)
                tape = np.array([(-0.13, -0.06), (0.13, -0.06), (0.126, -0.02), (-0.126, -0.02)])
                b.add(fan(np.c_[tape[:, 0], 0 * tape[:, 0] - 0.002, tape[:, 1]], (0, -1, 0)), TERRA, 0.2)
    for y in (-0.32, -0.72):
        b.add(tube([(0, y, 0), (0, y, -0.08), (0, y, -0.16)], 0.006, 4), INK, 0.4)
