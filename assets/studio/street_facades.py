"""Houses of the street: each stands along local x, faces local -y, its face on y = 0, its foot on z = 0."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assets.studio.bag import NIGHT_WINDOW, Bag
from assets.studio.kit import Shape, ball, box, fan, grid, join, lathe, sheet, strips, tube
from assets.studio.palette import BRASS, CREAM, INK, IVORY, SKY, TERRA, Colour, rgb
from assets.studio.street_plants import BLOOMS, bush, flower_box
from assets.studio.street_shapes import face, frame, pierced, sides
from assets.studio.sway import cloth

GROUND_M = 3.2
ROOF = rgb("c4694a")
PANE_TOP, PANE_FOOT = np.array([0.62, 0.74, 0.82]), np.array([0.20, 0.25, 0.30])
Hole = tuple[float, float, float, float]  # x0, x1, z0, z1


@dataclass(frozen=True, slots=True)
class House:
    """One house: width, height to the eaves, colours, and what is above its ground floor."""

    width: float
    height: float
    wall: Colour
    trim: Colour
    shutter: Colour
    bays: int = 3
    balcony: bool = False
    closed: tuple[int, ...] = ()  # upper bays whose shutters are closed
    boxes: tuple[int, ...] = ()  # upper bays with a flower box
    corner: bool = False  # only a face: its body belongs to the house round the corner
    flanks: str = "xX"  # the sides of its body that another house does not face
    holes: tuple[Hole, ...] = ()  # openings in the wall of the ground floor
    roof: Colour | None = None


def house(b: Bag, f: House, ground: Callable[[Bag, House], None]) -> None:
    """One whole house front with its roof; `ground` models the ground floor."""
    w, h = f.width, f.height
    if not f.corner:  # what a higher house shows of its sides above its neighbours needs little light
        b.shell(sides(w, 3.0, h, f.flanks + "Y"), f.wall, 0.04, jitter=0.02, y=1.5, density=0.2)
    b.shell(pierced(w, 0.0, h, list(f.holes)), f.wall, 0.04, jitter=0.02, density=0.75)
    b.shell(box(w, 0.09, 0.16, 0.03), f.trim, 0.06, keep="yzZ", density=0.5, y=-0.04, z=GROUND_M)
    for sx in (-1, 1):  # a lesene at each edge
        b.shell(sides(0.3, 0.07, h - 0.2, "yxX"), f.trim, 0.06, density=0.5, x=sx * (w / 2 - 0.15), y=-0.035)
        b.add(sides(0.3, 0.11, 0.5, "yZ" + "Xx"[sx > 0]), f.trim * 0.85, 0.06, x=sx * (w / 2 - 0.15), y=-0.055)
    b.shell(box(w + 0.06, 0.32, 0.2, 0.05), f.trim, 0.06, keep="yzZxX", density=0.5, y=-0.12, z=h - 0.2)
    roof(b, w + 0.1, h, ROOF if f.roof is None else f.roof)
    xs = (np.arange(f.bays) - (f.bays - 1) / 2) * (w - 1.0) / f.bays
    for k, x in enumerate(xs):
        with b.at(x=x, z=GROUND_M + 0.85):
            if f.balcony and k == f.bays // 2:
                with b.at(z=-0.72):
                    window(b, 0.95, 2.05, f.shutter, f.trim)
            else:
                window(b, 0.86, 1.35, f.shutter, f.trim, closed=k in f.closed)
                if k in f.boxes:
                    with b.at(y=-0.17, z=-0.2):
                        flower_box(b, 0.9, (BLOOMS[k % 5], BLOOMS[(k + 3) % 5], BLOOMS[1]))
    if f.balcony:
        with b.at(z=GROUND_M + 0.12):
            balcony(b, min(2.0, w * 0.42))
    if w > 5:
        chimney(b, w * (0.28 if f.balcony else -0.3), h, f.wall)
    ground(b, f)


def roof(b: Bag, w: float, h: float, colour: Colour = ROOF) -> None:
    """Eaves and a slope of round tiles."""
    lo, hi = np.array([0, -0.42, h - 0.02]), np.array([0, 2.2, h + 1.15])
    ends = np.array([[-w / 2, 0, 0], [w / 2, 0, 0]])
    b.shell(strips(ends + lo, ends + hi), colour * 0.55, 0.05, density=0.4)
    b.shell(strips(ends + hi, ends + lo), colour * 0.4, 0.02, density=0.3, z=-0.05)
    n = max(3, round(w / 0.3))
    t = np.linspace(np.pi, 0, 4)
    for k in range(n):
        x = -w / 2 + w * (k + 0.5) / n
        half = np.c_[np.cos(t) * 0.125, np.zeros(4), np.sin(t) * 0.08]
        rows = np.array([half + lo + (hi - lo) * q + (x, 0, 0.0) for q in (0, 1)])
        b.add(grid(rows[::-1], wrap=False), colour * b.rng.uniform(0.8, 1.14), 0.12)
        b.add(fan(np.r_[half[::-1]] + lo + (x, 0, 0), (0, -1, 0)), colour * 0.5, 0.05)


def chimney(b: Bag, x: float, h: float, wall: Colour) -> None:
    """A chimney with two pots on a roof whose eaves are at h."""
    with b.at(x=x, y=1.25, z=h + 0.45):
        b.add(sides(0.62, 0.42, 0.85, "yxX"), wall * 0.9, 0.05)
        b.add(sides(0.72, 0.5, 0.1, "yxXzZ"), CREAM * 0.9, 0.05, z=0.85)
        for sx in (-0.15, 0.15):
            b.add(lathe([(0.1, 0), (0.08, 0.26), (0.0, 0.2)], 6), TERRA * 0.9, 0.1, x=sx, z=0.95)


def pane(b: Bag, w: float, h: float, y: float = -0.02) -> None:
    """A window pane that mirrors a bit of sky by day and is lit at night, its foot at z = 0."""
    tilt = b.rng.uniform(0.8, 1.05)
    colours = np.array([PANE_FOOT, PANE_FOOT * 1.25, PANE_TOP, PANE_TOP * 0.85]) * tilt
    # in some rooms nobody is at home
    b.glow(face(w, h, y), colours, NIGHT_WINDOW if b.rng.random() < 0.75 else 0.0)


def window(b: Bag, w: float, h: float, shutter: Colour, trim: Colour, *, closed: bool = False) -> None:
    """A shuttered window, its sill at z = 0."""
    b.add(frame(w - 0.04, h, 0.08, 0.06), trim, 0.1)
    b.add(sides(w + 0.26, 0.15, 0.07, "yxXzZ"), trim, 0.1, y=-0.075, z=-0.07)
    b.add(sides(w + 0.2, 0.1, 0.05, "yxXzZ"), trim, 0.1, y=-0.05, z=h + 0.08)
    if closed:
        for sx in (-1, 1):
            with b.at(x=sx * w / 4, y=-0.05):
                shutter_leaf(b, w / 2 - 0.01, h - 0.02, shutter)
        return
    pane(b, w, h)
    b.add(face(0.04, h - 0.03, z=0.015, y=-0.042), IVORY, 0.2)
    for sx in (-1, 1):  # in two pieces that end before the frame: a buried end would bake the whole bar black
        b.add(face(w / 2 - 0.07, 0.04, y=-0.04, z=h * 0.62), IVORY, 0.2, x=sx * (w / 4 + 0.002))
    for sx in (-1, 1):
        with b.at(x=sx * (w / 2 + 0.1 + w / 4), y=-0.03, rz=sx * 7):
            shutter_leaf(b, w / 2, h, shutter)


def shutter_leaf(b: Bag, w: float, h: float, colour: Colour) -> None:
    """One slatted leaf with its front towards -Y, middle at the origin."""
    b.add(sides(w, 0.03, h, "yxXZz"), colour * 0.9, 0.2, jitter=0.02)
    slats = []
    for z0, z1 in ((0.08, h * 0.48), (h * 0.54, h - 0.08)):
        n = max(3, round((z1 - z0) / 0.2))
        for k in range(n):
            z = z0 + (z1 - z0) * k / n
            slats.append(
                strips(
                    np.array([(-w / 2 + 0.05, -0.045, z), (w / 2 - 0.05, -0.045, z)]),
                    np.array([(-w / 2 + 0.05, -0.021, z + 0.12), (w / 2 - 0.05, -0.021, z + 0.12)]),
                )
            )
    b.add(join(*slats), colour * 1.08, 0.2, jitter=0.02)


def balcony(b: Bag, w: float) -> None:
    """A slab with an iron railing and pots, top of the slab at z = 0.1."""
    d = 0.7
    b.shell(box(w, d, 0.1, 0.02), CREAM * 0.95, 0.08, y=-d / 2, density=0.6)
    for sx in (-1, 1):
        x = sx * w * 0.36
        b.add(tube([(x, -0.02, -0.1), (x, -0.35, -0.06), (x, -0.6, 0.0)], 0.045, 5), CREAM * 0.9)
    e = w / 2 - 0.03
    path = np.array([(-e, -0.03), (-e, -d + 0.04), (e, -d + 0.04), (e, -0.03)])
    for a, c in pairwise(path):
        n = max(2, round(float(np.linalg.norm(c - a)) / 0.14))
        for z in (0.2, 0.98):
            b.add(tube([(*a, z), (*c, z)], 0.014, 4), INK, 0.3)
        for k in range(n):
            x, y = a + (c - a) * (k + 0.5) / n
            b.add(tube([(x, y, 0.1), (x, y, 0.98)], 0.008, 3), INK, 0.3)
    for k, x in enumerate((-w / 2 + 0.28, w / 2 - 0.3)):
        with b.at(x=x, y=-d + 0.2, z=0.1):
            bush(b, 0.13, (TERRA, IVORY)[k], (BLOOMS[2 * k], BLOOMS[k + 1]))


def awning(b: Bag, w: float, depth: float, colours: tuple[Colour, Colour], drop: float = 0.42) -> None:
    """A striped awning, its upper edge along x at the origin, with a scalloped hem and two stays."""
    n = max(5, round(w / 0.3) // 2 * 2 + 1)
    u = np.linspace(0, 1, 3)
    y, z = -depth * u, -drop * (0.85 * u + 0.15 * u**2)
    free = np.tile(np.repeat(0.25 * u**2, 2)[::-1], 2)
    t = np.linspace(np.pi, 2 * np.pi, 6)
    for k in range(n):
        x0, x1 = -w / 2 + w * k / n, -w / 2 + w * (k + 1) / n
        colour = colours[k % 2]
        stripe = np.stack([np.c_[np.full(3, x0), y, z], np.c_[np.full(3, x1), y, z]], 1)
        cloth(b, sheet(stripe[::-1], 0.012), colour, free, jitter=0.02)
        mid, half = (x0 + x1) / 2, (x1 - x0) / 2
        hem = np.c_[mid + half * np.cos(t), np.full(6, -depth - 0.004), -drop - 0.1 + 0.09 * np.sin(t)]
        top = np.array([(x1, -depth - 0.004, 0.014 - drop), (x0, -depth - 0.004, 0.014 - drop)])
        valance = fan(np.r_[hem, top], (0, -1, 0))
        back = Shape(valance.v + (0, 0.008, 0), -valance.n, valance.f[:, ::-1])
        hang = 0.25 + 0.75 * np.clip((-drop - valance.v[:, 2]) / 0.19, 0, 1)
        cloth(b, valance, colour, hang, jitter=0.02)
        cloth(b, back, colour * 0.9, hang, jitter=0.02)
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.06)
        b.add(tube([(x, -0.02, -drop - 0.3), (x, -depth + 0.02, -drop)], 0.012, 4), INK, 0.3)


def house_door(b: Bag, colour: Colour) -> None:
    """A panelled door with a fanlight, a step and a knob, 0.9 wide."""
    b.shell(sides(1.16, 0.34, 0.12, "yxXZ"), CREAM * 0.85, 0.08, y=-0.17)
    b.add(sides(0.88, 0.06, 2.0, "yxXZ"), colour, 0.3, y=-0.02, z=0.12)
    for z, h in ((0.24, 0.5), (0.86, 0.95)):
        for sx in (-1, 1):
            b.add(sides(0.3, 0.03, h, "yxXzZ"), colour * 1.12, 0.3, x=sx * 0.2, y=-0.05, z=z)
    b.add(ball(0.035, 7, 2), BRASS, 0.8, x=0.36, y=-0.09, z=1.02)
    with b.at(z=2.14):
        pane(b, 0.86, 0.28)
    for sx in (-1, 1):
        b.add(sides(0.1, 0.12, 2.34, "yxX"), CREAM, 0.1, x=sx * 0.5, y=-0.06, z=0.12)
    b.add(sides(1.24, 0.16, 0.14, "yxXzZ"), CREAM, 0.1, y=-0.08, z=2.44)


def home(b: Bag, f: House) -> None:
    """The ground floor of a dwelling: a door between two windows, with pots by the step."""
    b.shell(sides(f.width, 0.06, 0.5, "yZ"), f.trim * 0.8, 0.06, density=0.7, y=-0.03)
    house_door(b, f.shutter)
    for sx in (-1, 1):
        with b.at(x=sx * f.width * 0.31, z=0.95):
            window(b, 0.86, 1.3, f.shutter, f.trim, closed=sx > 0)
            if sx < 0:
                with b.at(y=-0.17, z=-0.2):
                    flower_box(b, 0.9, (BLOOMS[0], BLOOMS[2]))
        with b.at(x=sx * 0.9, y=-0.3):
            bush(b, 0.18, (TERRA, SKY * 0.8)[sx > 0], (BLOOMS[3], BLOOMS[1]) if sx > 0 else (BLOOMS[2], BLOOMS[0]))
