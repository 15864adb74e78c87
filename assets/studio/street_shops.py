"""Shop fronts: painted timber about a lit window and a glazed door, a sign, an awning, and a glimpse of the room."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assets.studio.bag import PROPS, Bag
from assets.studio.kit import box, lathe, tube
from assets.studio.lettering import lettering
from assets.studio.palette import BRASS, CREAM, INK, IVORY, OAK, TERRA, Colour
from assets.studio.street_facades import Hole, House, awning
from assets.studio.street_plants import mound
from assets.studio.street_shapes import face, frame, pierced, recess, reveal, sides, stile
from assets.studio.street_signs import hanging_sign, sign_board

TIMBER_M = 2.62  # up to where the painted timber goes; the sign stands on it
PROUD = 0.07  # the timber's face before the wall
DOOR_H, DOOR_W, DOOR_HOLE = 2.26, 0.9, 0.53
REVEAL = 0.3


@dataclass(frozen=True, slots=True)
class Shop:
    """One ground floor: words, colours, where door and window are, and what the window shows."""

    word: str
    han: str
    paint: Colour
    ink: Colour
    stripes: tuple[Colour, Colour]
    picture: str
    display: Callable[[Bag, float, float, float], None]
    walls: Colour  # of the room behind
    window: tuple[float, float]  # x0, x1
    door_x: float
    sill: float = 0.52
    head: float = 2.42
    mullions: int = 2
    leaf: str = ""  # node of the leaf that swings; "" for a door that stays shut
    depth: float = 1.25
    box_of: tuple[Colour, ...] = ()  # flowers beneath the window, if any


def timber_hole(f: House) -> Hole:
    """The opening in a house's wall that the whole shop front fills."""
    return (-f.width / 2 + 0.3, f.width / 2 - 0.3, 0.0, TIMBER_M)


def shop(s: Shop) -> Callable[[Bag, House], None]:
    """The ground floor of a house that is this shop."""

    def build(b: Bag, f: House) -> None:
        x0, x1, _, _ = timber_hole(f)
        front(b, s, x0, x1)

    return build


def front(b: Bag, s: Shop, x0: float, x1: float) -> None:
    """The shop front between x0 and x1."""
    w, mid = x1 - x0, (x0 + x1) / 2
    window = (*s.window, s.sill, s.head)
    opening = (s.door_x - DOOR_HOLE, s.door_x + DOOR_HOLE, 0.0, DOOR_H + 0.1)
    holes = [(a - mid, c - mid, z0, z1) for a, c, z0, z1 in (window, opening)]
    b.shell(pierced(w, 0.0, TIMBER_M, holes), s.paint, 0.3, jitter=0, x=mid, y=-PROUD, density=0.8)
    for hole, keep in ((window, "xXzZ"), (opening, "xXZ")):
        b.shell(reveal(hole, REVEAL, keep), s.paint * 0.9, 0.3, jitter=0, y=-PROUD, density=0.6)
    _trim(b, s, x0, x1)
    _window(b, s)
    with b.at(x=s.door_x, y=0.1):
        shop_door(b, s.paint, s.leaf)
    glimpse(b, s.door_x, s.walls)
    if not s.leaf:
        with b.at(x=s.door_x, y=0.066, z=1.42):
            shut_sign(b)
    with b.at(x=mid, z=TIMBER_M, y=-PROUD + 0.01):
        sign_board(b, s.word, s.han, w + 0.06, s.paint * 0.5, s.ink, h=0.5, cap=min(0.25, 0.052 * w))
    a, c = s.window
    with b.at(x=(a + c) / 2, y=-0.13, z=TIMBER_M - 0.03):
        awning(b, c - a + 0.34, 0.95, s.stripes, 0.36)
    side = 1 if s.door_x > mid else -1
    with b.at(x=s.door_x + side * (DOOR_HOLE + 0.16), y=-PROUD, z=3.5):
        hanging_sign(b, s.paint * 0.6, s.picture)


def _trim(b: Bag, s: Shop, x0: float, x1: float) -> None:
    """Pilasters, plinth, sill and the panels below the window."""
    a, c = s.window
    dark = s.paint * 0.75
    between = (c + s.door_x - DOOR_HOLE) / 2 if s.door_x > c else (a + s.door_x + DOOR_HOLE) / 2
    for x in (x0 + 0.07, between, x1 - 0.07):
        b.shell(
            sides(0.14, 0.07, TIMBER_M - 0.16, "yxX"), s.paint * 1.1, 0.3, x=x, y=-PROUD - 0.035, z=0.16, density=0.6
        )
        b.add(sides(0.18, 0.1, 0.22, "yxXZ"), dark, 0.3, x=x, y=-PROUD - 0.05)
        b.add(sides(0.18, 0.1, 0.12, "yxXzZ"), s.paint * 1.1, 0.3, x=x, y=-PROUD - 0.05, z=TIMBER_M - 0.12)
    for p, q in ((x0, s.door_x - DOOR_HOLE), (s.door_x + DOOR_HOLE, x1)):
        if q - p > 0.05:
            b.add(sides(q - p, 0.05, 0.14, "yZ"), dark, 0.3, x=(p + q) / 2, y=-PROUD - 0.025)
    n = max(1, round((c - a) / 0.8))
    for k in range(n):
        x = a + (c - a) * (k + 0.5) / n
        panel = sides((c - a) / n - 0.1, 0.03, s.sill - 0.3, "yxXzZ")
        b.add(panel, s.paint * 1.12, 0.3, x=x, y=-PROUD - 0.015, z=0.2)
    b.shell(
        box(c - a + 0.24, 0.24, 0.055, 0.018), OAK, 0.4, x=(a + c) / 2, y=-PROUD - 0.03, z=s.sill - 0.055, keep="yzZxX"
    )
    if s.box_of:
        b.add(
            sides(c - a - 0.3, 0.2, 0.17, "yxXzZ"), s.paint * 0.7, 0.2, x=(a + c) / 2, y=-PROUD - 0.22, z=s.sill - 0.24
        )
        with b.at(x=(a + c) / 2, y=-PROUD - 0.22):
            mound(b, c - a - 0.34, 0.24, 0.2, s.sill - 0.09, leaves=round(14 * (c - a)), blooms=s.box_of)


def _window(b: Bag, s: Shop) -> None:
    """The panes' bars and the stage behind them."""
    a, c = s.window
    w, h, mid = c - a, s.head - s.sill, (a + c) / 2
    y = 0.1
    b.add(frame(w - 0.1, h - 0.1, 0.05, 0.05), IVORY, 0.3, x=mid, y=y + 0.025, z=s.sill + 0.05, jitter=0)
    for k in range(1, s.mullions + 1):
        b.add(stile(0.035, 0.05, h - 0.12), IVORY, 0.3, x=a + w * k / (s.mullions + 1), y=y, z=s.sill + 0.06, jitter=0)
    step = (w - 0.1) / (s.mullions + 1)
    for k in range(s.mullions + 1):
        bar = sides(step - 0.05, 0.04, 0.035, "yzZ")
        b.add(bar, IVORY, 0.3, x=a + 0.05 + step * (k + 0.5), y=y, z=s.head - 0.5, jitter=0)
    room = recess(w + 0.1, s.depth, s.head - s.sill + 0.36)
    back = REVEAL - PROUD
    b.shell(room, s.walls, 0.06, jitter=0, x=mid, y=back, z=s.sill - 0.02, density=0.45)
    b.shell(sides(w + 0.08, s.depth, 0.02, "Z"), OAK, 0.3, x=mid, y=back + s.depth / 2, z=s.sill - 0.02, density=0.5)
    with b.at(x=mid, y=back, z=s.sill):
        s.display(b, w, s.depth, h + 0.34)
        strip = (0, 0.3, h + 0.28)
        b.light("AREA", 42, strip, colour=(1, 0.8, 0.56), aim=(0, 0.45, -1), size_m=(w * 0.8, 0.2))


def shop_door(b: Bag, paint: Colour, leaf: str = "") -> None:
    """Frame, threshold and glazed leaf of a door 0.9 wide, its threshold at the origin; a named leaf swings."""
    b.shell(sides(1.04, 0.44, 0.02, "yZ"), CREAM * 0.7, 0.3, y=-0.06, density=0.7)
    for x in (-0.49, 0.49):
        b.add(stile(0.08, 0.2, DOOR_H + 0.1, 5), paint * 0.95, 0.4, x=x, jitter=0)
    b.add(sides(0.9, 0.2, 0.09, "yYz"), paint * 0.95, 0.4, z=DOOR_H + 0.01, jitter=0)
    door_leaf(b, paint, leaf or PROPS)


def door_leaf(b: Bag, paint: Colour, to: str) -> None:
    """The leaf alone, its hinge at x = -0.45, some millimetres narrower than its frame; a shut one has no back."""
    tone = paint * 1.2
    faces = (-1,) if to == PROPS else (-1, 1)
    flat = "yzZ" if to == PROPS else "yYzZ"
    for x in (-0.384, 0.384):
        b.add(stile(0.116, 0.05, DOOR_H - 0.03, 4), tone, 0.4, to=to, jitter=0, x=x, z=0.025)
    for z, h in ((0.025, 0.6), (2.12, 0.135)):
        b.add(sides(0.652, 0.05, h, flat), tone, 0.4, to=to, jitter=0, z=z)
    for z in (0.625, 1.42):
        b.add(stile(0.03, 0.04, 0.7 if z > 1 else 0.76, 2), IVORY, 0.3, to=to, jitter=0, z=z)
    b.add(sides(0.652, 0.04, 0.035, flat), IVORY, 0.3, to=to, jitter=0, z=1.385)
    for s in faces:
        panel = sides(0.5, 0.016, 0.38, "yxXzZ" if s < 0 else "YxXzZ")
        b.add(panel, tone * 1.08, 0.4, to=to, y=0.03 * s, z=0.14)
        handle = [(0.384, 0.02 * s, 1.0), (0.384, 0.085 * s, 1.02), (0.384, 0.085 * s, 1.28), (0.384, 0.02 * s, 1.3)]
        b.add(tube(handle, 0.014, 5), BRASS, 0.85, to=to)


def glimpse(b: Bag, x: float, walls: Colour) -> None:
    """The room that one sees through the glass of a shut door: a lit wall with a picture and a cabinet."""
    d, y = 1.7, REVEAL - PROUD
    b.shell(recess(1.24, d, 2.75), walls * 0.92, 0.06, jitter=0, x=x, y=y, density=0.3)
    b.shell(sides(1.22, d, 0.01, "Z"), OAK * 0.8, 0.3, x=x, y=y + d / 2, z=0.004, density=0.3)
    b.add(sides(0.9, 0.3, 0.85, "yxXZ"), OAK, 0.3, x=x, y=y + d - 0.16)
    for k in (-1, 1):
        b.add(face(0.4, 0.36, z=0.4), OAK * 1.15, 0.3, x=x + 0.22 * k, y=y + d - 0.315)
    b.add(lathe([(0.05, 0), (0.1, 0.12), (0.04, 0.26), (0.06, 0.3)], 8), TERRA, 0.4, x=x - 0.2, y=y + d - 0.16, z=0.85)
    b.add(frame(0.5, 0.6, 0.04, 0.03), BRASS, 0.4, x=x + 0.05, y=y + d - 0.01, z=1.35)
    b.add(face(0.5, 0.6, y=-0.006), IVORY, 0.1, x=x + 0.05, y=y + d - 0.01, z=1.35)
    b.light("POINT", 26, (x, y + 0.7, 2.3), colour=(1, 0.78, 0.54), size_m=(0.1,))


def shut_sign(b: Bag) -> None:
    """A small board on a string that says that the shop is shut, its middle at the origin."""
    for sx in (-1, 1):
        b.add(tube([(sx * 0.14, 0, 0.06), (0, 0, 0.2)], 0.004, 3), INK, 0.1)
    b.add(sides(0.36, 0.016, 0.14, "yxXzZ"), IVORY, 0.2, z=-0.07, jitter=0)
    b.add(lettering("CLOSED", 0.055), TERRA * 0.8, 0.1, y=-0.011, z=-0.028, jitter=0)


def arch_points(half_w: float, spring: float, k: int = 12) -> np.ndarray:
    """Points (k + 1, 2) of a round arch from left to right, in x and z."""
    t = np.linspace(np.pi, 0, k + 1)
    return np.c_[half_w * np.cos(t), spring + half_w * np.sin(t)]
