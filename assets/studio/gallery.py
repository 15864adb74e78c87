"""The gallery: what stands where, and which works hang and stand there."""

from dataclasses import dataclass

import numpy as np

from assets.studio import gallery_furniture as f
from assets.studio.bag import Bag
from assets.studio.gallery_colours import CHALK, OCHRE, PLUM_WALL, STEEL
from assets.studio.gallery_court import court_side
from assets.studio.gallery_front import HINGE, front
from assets.studio.gallery_room import (
    ARCH_Y,
    CAB_H,
    CAB_X0,
    CAB_X1,
    CAB_Y0,
    CAB_Y1,
    CROWN,
    EAST,
    NORTH,
    SOUTH,
    WARM,
    WEST,
    room,
)
from assets.studio.kit import arc, box, fan, tube
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import BRASS, IVORY, NAVY, OAK, TERRA, rgb

SUN = Sun(direction=(0.36, 0.42, -0.83), strength=17)
PROBES = ProbeGrid(lo=(-4.1, -2.8), hi=(5.1, 2.8), nx=10, ny=7, zs=(0.3, 1.0, 1.7, 2.6))
ROOM_LO, ROOM_HI, EYE = (WEST, SOUTH, 0.0), (EAST, NORTH, CROWN), (-0.9, 0.0, 1.6)
LEAVES = {"door_leaf": {"hinge_m": list(HINGE), "open_deg": 95.0}}

BORNE_AT = (-1.35, 0.45)
DESK_AT = (1.5, -1.55)
DESK_TURN = -90.0
NICHE_AT = (CAB_X1 - 0.34, ARCH_Y)
BENCHES = ((-3.3, 2.2, 1.1, 0.0), (4.3, -0.52, 1.2, 180.0))
STEPS = ((-4.2, 0.05, 0.66), (-4.2, 0.75, 0.42), (-4.2, 1.45, 0.82))  # blocks in the show window: x, y, height
PLINTHS = {  # of what, at, height, half width
    "fluted": ((0.85, 2.25), 1.02, 0.2),
    "oak": ((-2.35, -2.5), 0.92, 0.17),
    "terrazzo": ((-1.0, -2.62), 0.74, 0.19),
    "slab": ((0.35, -2.55), 0.86, 0.2),
    "steel": ((2.25, 2.85), 1.05, 0.17),
}
LEDGES = ((4.1, CAB_Y1, 0.0, 1.9, (0.95, 1.5)), (4.1, CAB_Y0, 180.0, 1.9, (1.05,)))  # x, y, turn, width, heights
PLANTS = ((-3.95, 2.75, 1.75, 0.2), (2.2, -2.8, 1.5, 0.18), (3.1, -0.55, 0.95, 0.14))
WALLS = {"north": (0.0, 0.0, NORTH), "south": (180.0, 0.0, SOUTH), "east": (-90.0, EAST, 0.0),
    "far": (-90.0, CAB_X1, 0.0)}


@dataclass(frozen=True, slots=True)
class Hung:
    """A picture on a wall: its middle along the wall (world x or y), its foot, its size, a lamp over it or not."""

    good: str
    wall: str
    along: float
    foot: float
    size: tuple[float, float, float]  # width, depth, height
    lamp: bool = True


HANGING = (
    Hung("pressed_fern", "north", -3.68, 1.18, (0.36, 0.036, 0.86)),
    Hung("mountain_relief", "north", -2.72, 1.3, (0.94, 0.104, 0.64)),
    Hung("night_market", "north", -1.22, 1.98, (1.26, 0.047, 0.48)),
    Hung("bay_triptych", "north", -1.22, 1.12, (1.25, 0.041, 0.66), lamp=False),
    Hung("koi_tondo", "north", 0.06, 1.34, (0.66, 0.045, 0.66)),
    Hung("lemon_still_life", "north", 1.0, 1.45, (0.62, 0.063, 0.52)),
    Hung("neighbour_portrait", "north", 1.86, 1.38, (0.48, 0.052, 0.62)),
    Hung("paper_shadows", "east", 2.47, 1.34, (0.7, 0.049, 0.7)),
    Hung("blue_window", "east", -0.52, 1.36, (0.5, 0.043, 0.64)),
    Hung("swallow_kite", "east", -1.6, 1.78, (0.94, 0.019, 0.565)),
    Hung("hill_print", "south", 1.9, 1.32, (0.5, 0.04, 0.7)),
    Hung("loquat_print", "south", -3.95, 1.32, (0.5, 0.04, 0.7)),
    Hung("tide_print", "south", -3.22, 1.32, (0.5, 0.04, 0.7)),
    Hung("pressed_fern", "far", 2.1, 1.2, (0.36, 0.036, 0.86)),
    Hung("blue_window", "far", -0.3, 1.34, (0.5, 0.043, 0.64)),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One good on show: where its origin comes to rest, and its turn (0 faces -Y)."""

    good: str
    at: tuple[float, float, float]
    yaw_deg: float = 0.0


def on_wall(wall: str, along: float, off: float, z: float) -> tuple[float, float, float]:
    """A point `off` in front of a wall."""
    _, x, y = WALLS[wall]
    x, y = {"north": (along, y - off), "south": (along, y + off)}.get(wall, (x - off, along))
    return round(x, 3), round(y, 3), round(z, 3)


def shown_goods() -> list[Shown]:
    """Every facing of every good."""
    out = [Shown(h.good, on_wall(h.wall, h.along, h.size[1] / 2 + 0.012, h.foot), WALLS[h.wall][0]) for h in HANGING]

    def put(good: str, x: float, y: float, z: float, yaw: float = 0.0) -> None:
        out.append(Shown(good, (round(x, 3), round(y, 3), round(z + 0.003, 3)), yaw))

    put("marble_knot", *BORNE_AT, f.BORNE_TOP, -40)
    put("bronze_hare", *NICHE_AT, 1.0, -62)
    for good, plinth, yaw in (("ceramic_bird", "fluted", -30), ("two_who_wait", "oak", 150),
        ("pebble_stack", "terrazzo", 0),
                              ("leaf_mobile", "slab", 170), ("pebble_stack", "steel", -60)):  # fmt: skip
        (x, y), h, _ = PLINTHS[plinth]
        put(good, x, y, h, yaw)
    for (x, y, h), good in zip(STEPS, ("nesting_cats", "wooden_train", "paper_wood"), strict=True):
        put(good, x, y, h, 90)
    c, s = 0.0, -1.0  # the desk's local x runs along -y
    for good, dx, dy, yaw in (("sketch_book", -0.36, -0.16, -80), ("spinning_top", 0.64, -0.24, -60)):
        put(good, DESK_AT[0] + c * dx + dy, DESK_AT[1] + s * dx, f.DESK_M[2], yaw)
    for x, y, turn, _, heights in LEDGES:
        rows = (
            (("paper_wood", -0.66), ("sketch_book", -0.24), ("spinning_top", 0.14), ("river_scroll", 0.62)),
            (("wooden_train", -0.62), ("ceramic_bird", -0.1), ("sketch_book", 0.25), ("nesting_cats", 0.66)),
        )
        if turn:
            rows = ((("nesting_cats", -0.62), ("spinning_top", -0.12), ("river_scroll", 0.5)),)
        for z, row in zip(heights, rows, strict=True):
            for good, dx in row:
                side = -1 if turn else 1
                put(good, x + side * dx, y - side * 0.145, z, turn)
    return out


def build() -> Bag:
    """The fixed part of the gallery."""
    b = Bag(11)
    room(b)
    front(b)
    court_side(b)
    _pictures(b)
    with b.at(*BORNE_AT):
        f.borne(b)
    with b.at(*DESK_AT, rz=DESK_TURN):
        f.desk(b)
    with b.at(x=EAST, y=-2.6, rz=-90):
        f.wrapped(b)
    for x, y, w, turn in BENCHES:
        with b.at(x=x, y=y, rz=turn):
            f.bench(b, w)
    _plinths(b)
    for x, y, h, pot in PLANTS:
        with b.at(x=x, y=y):
            f.leafy(b, h, pot, IVORY * 0.9 if y > 0 else TERRA)
    _show_window(b)
    _cabinet(b)
    for y, turn in ((2.05, 0.0), (-2.1, 180.0)):
        with b.at(x=-0.95, y=y, z=3.3, rz=turn):
            f.spots(b, 6.2, 8, 60 if turn == 0.0 else 34)
    b.light("AREA", 30, (-1.0, -2.5, 2.6), colour=(1, 0.95, 0.9), aim=(0, 1, -0.3), size_m=(5.0, 1.0), layer="sky")
    return b


def _pictures(b: Bag) -> None:
    for h in HANGING:
        w, _, tall = h.size
        with b.at(*on_wall(h.wall, h.along, 0.0, h.foot), rz=WALLS[h.wall][0]):
            if h.lamp:
                with b.at(z=tall + 0.05):
                    f.picture_light(b, min(0.5, max(0.26, w * 0.5)))
            with b.at(x=w / 2 + 0.12, z=0.06):
                f.label(b)


def _plinths(b: Bag) -> None:
    makers = {
        "fluted": lambda h, r: f.column(b, h, r * 0.86),
        "oak": lambda h, r: f.block(b, 2 * r, h, OAK, 0.4),
        "terrazzo": lambda h, r: f.terrazzo(b, r, h),
        "slab": lambda h, r: f.trestle_stand(b, 2 * r + 0.22, h),
        "steel": lambda h, r: f.block(b, 2 * r, h, STEEL, 0.5),
    }
    for name, ((x, y), h, r) in PLINTHS.items():
        with b.at(x=x, y=y):
            makers[name](h, r)


def _show_window(b: Bag) -> None:
    for (x, y, h), colour in zip(STEPS, (CHALK, PLUM_WALL, OCHRE), strict=True):
        with b.at(x=x, y=y):
            f.block(b, 0.46, h, colour, 0.25, 0.6)


def _cabinet(b: Bag) -> None:
    """The blue room: the recess with its column, ledges, a rug, a lamp."""
    with b.at(x=CAB_X1, y=ARCH_Y, rz=-90):
        a = arc(0.62, 180, 0, 24, cz=1.62)
        plate = np.array([*[(-0.62, 0, 0.17)], *a, *[(0.62, 0, 0.17)]])[::-1] - (0, 0.012, 0)
        b.shell(fan(plate, (0, -1.0, 0)), rgb("c8743f"), 0.1, jitter=0, density=1.0)
        b.add(tube(np.array([(-0.62, -0.02, q) for q in np.linspace(0.17, 1.62, 9)]), 0.02, 6), BRASS, 0.75)
        b.add(tube(np.array([(0.62, -0.02, q) for q in np.linspace(0.17, 1.62, 9)]), 0.02, 6), BRASS, 0.75)
        b.add(tube(a - (0, 0.02, 0), 0.02, 6), BRASS, 0.75)
        b.light("AREA", 14, (0, -0.75, 2.5), colour=WARM, aim=(0, 0.35, -1), size_m=(0.5, 0.1))
        for x in (-0.5, 0.5):
            b.light("AREA", 2.2, (x, -0.16, 0.06), colour=WARM, aim=(0, 0.5, 1), size_m=(0.12, 0.12))
            b.add(box(0.14, 0.14, 0.04, 0.008), BRASS * 0.8, 0.6, x=x, y=-0.16)
    with b.at(*NICHE_AT):
        f.column(b, 1.0, 0.15)
    for x, y, turn, w, heights in LEDGES:
        with b.at(x=x, y=y, rz=turn):
            for z in heights:
                with b.at(z=z):
                    f.ledge(b, w)
    with b.at(x=(CAB_X0 + CAB_X1) / 2 - 0.1, y=(CAB_Y0 + CAB_Y1) / 2, rz=90):
        f.runner(b, 1.9, 1.35)
    with b.at(x=(CAB_X0 + CAB_X1) / 2 - 0.1, y=(CAB_Y0 + CAB_Y1) / 2):
        f.hanging_dome(b, 2.02, CAB_H, 0.24, OCHRE, 48)
        b.light("AREA", 34, (0, 0, CAB_H - 0.05), colour=(1, 0.95, 0.9), size_m=(1.4, 2.2), layer="sky")
    with b.at(x=CAB_X1 - 0.22, y=CAB_Y1 - 0.26):
        f.block(b, 0.3, 0.5, NAVY, 0.3)
