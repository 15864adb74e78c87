"""The boutique's front: teal timber with three arched windows and a door, plaster and shutters above."""

from assets.studio import street_windows as windows
from assets.studio.bag import Bag
from assets.studio.boutique_room import DOOR_Y, WINDOWS_Y, arch_head
from assets.studio.kit import arc, box, tube
from assets.studio.lettering import lettering
from assets.studio.palette import BLUSH, BRASS, CREAM, IVORY, MUSTARD, OAK, TEAL, TERRA, Colour, rgb
from assets.studio.street_facades import awning, roof, window
from assets.studio.street_plants import BLOOMS, flower_box
from assets.studio.street_props import wall_lantern
from assets.studio.street_shapes import face, recess, sides, stile
from assets.studio.street_shops import glimpse, shop_door
from assets.studio.street_signs import hanging_sign

SHOP_HALF, SHOP_H, SHOP_DEEP = 3.3, 6.5, 1.5


def boutique_front(b: Bag) -> None:
    """The boutique: teal timber below with three arched windows and a door, plaster and shutters above."""
    w, teal, deep = 2 * SHOP_HALF, TEAL * 0.62, 0.3
    door_x = -DOOR_Y
    plaster = rgb("f0dfc0")
    parts = (
        (-SHOP_HALF, -2.62, 0, 2.95),
        (1.12, door_x - 0.53, 0, 2.95),
        (door_x + 0.53, SHOP_HALF, 0, 2.95),
        (door_x - 0.53, door_x + 0.53, 2.36, 2.95),
        (-2.62, 1.12, 0, 0.5),
    )
    for x0, x1, z0, z1 in parts:
        part = sides(x1 - x0, deep, z1 - z0, "yxXzZ")
        b.shell(part, teal, 0.3, jitter=0, x=(x0 + x1) / 2, y=deep / 2, z=z0, density=0.8)
    for x0, x1, z0, h in ((-3.2, -2.72, 0.25, 2.3), (1.2, 1.5, 0.25, 2.3), (2.72, 3.2, 0.25, 2.3)):
        b.add(sides(x1 - x0, 0.03, h, "yxXzZ"), teal * 1.15, 0.3, x=(x0 + x1) / 2, y=-0.015, z=z0)
    for y in WINDOWS_Y:
        with b.at(x=-y):
            arch_head(b, 1.11, 2.02, 2.95, deep, teal)
            b.add(sides(0.86, 0.03, 0.28, "yxXzZ"), teal * 1.2, 0.3, y=-0.015, z=0.13)
            _arched_bars(b)
    for k in range(4):
        pier = box(0.15, deep + 0.08, 2.46, 0.02)
        b.shell(pier, teal * 0.9, 0.3, x=1.125 - 1.25 * k, y=0.13, z=0.49, density=0.8, keep="yxX")
    b.shell(box(3.95, 0.3, 0.06, 0.02), OAK, 0.4, x=-0.75, y=-0.02, z=0.48, keep="yzZxX")
    b.shell(box(w, 0.08, 0.14, 0.02), teal * 0.75, 0.3, y=-0.03, keep="yZ", density=0.6)
    with b.at(x=door_x, y=0.1):
        shop_door(b, teal, "door_leaf")
    b.shell(box(1.5, 0.5, 0.03, 0.012), CREAM * 0.8, 0.1, x=door_x, y=-0.28, keep="yxXZ")
    _boutique_sign(b, w, teal)
    b.shell(face(w, SHOP_H - 3.62, z=3.62), plaster, 0.04, jitter=0.02)
    b.shell(sides(w, 3.0, SHOP_H, "xXY"), plaster, 0.04, jitter=0.02, y=1.5, density=0.2)
    for sx in (-1, 1):
        b.shell(
            sides(0.32, 0.07, SHOP_H - 3.75, "yxX"),
            IVORY,
            0.06,
            density=0.5,
            x=sx * (SHOP_HALF - 0.16),
            y=-0.03,
            z=3.62,
        )
    b.shell(box(w + 0.06, 0.36, 0.22, 0.05), IVORY, 0.06, keep="yzZxX", density=0.5, y=-0.13, z=SHOP_H - 0.22)
    roof(b, w + 0.1, SHOP_H)
    for k, x in enumerate((-2.0, 0.0, 2.0)):
        with b.at(x=x, z=4.25):
            window(b, 0.92, 1.45, TEAL * 0.75, IVORY)
            with b.at(y=-0.17, z=-0.2):
                flower_box(b, 1.0, (BLOOMS[k], BLOOMS[4], BLOOMS[1]))
    with b.at(x=-0.75, y=-0.14, z=3.02):
        awning(b, 4.0, 0.85, (TERRA, IVORY), 0.36)
    with b.at(x=2.95, y=-0.06, z=3.45):
        hanging_sign(b, TEAL * 0.55, "hat")
    with b.at(x=1.3, y=-0.02, z=2.75):
        wall_lantern(b)
    b.shell(recess(4.2, SHOP_DEEP, 2.5), BLUSH * 0.95, 0.05, x=-0.75, y=0.3, z=0.5, density=0.5, jitter=0)
    b.shell(sides(4.1, SHOP_DEEP, 0.02, "Z"), OAK, 0.3, x=-0.75, y=0.3 + SHOP_DEEP / 2, z=0.482, density=0.5)
    with b.at(x=-0.75, y=0.3, z=0.5):
        windows.boutique(b, 4.2, SHOP_DEEP, 2.5)
    glimpse(b, door_x, MUSTARD * 0.6 + CREAM * 0.3)
    b.light("AREA", 60, (-0.75, 0.5, 2.8), colour=(1, 0.78, 0.54), aim=(0, 0.4, -1), size_m=(3.4, 0.2))


def _arched_bars(b: Bag) -> None:
    """The bars of one window 1.09 wide, sill at z = 0.54, round at the top."""
    b.add(stile(0.035, 0.05, 2.0), IVORY, 0.3, jitter=0, z=0.56, y=0.14)
    for sx in (-0.53, 0.53):
        b.add(stile(0.03, 0.05, 1.45, 4), IVORY, 0.3, jitter=0, x=sx, y=0.14, z=0.56)
    for z in (0.56, 2.02):
        for sx in (-0.27, 0.27):
            b.add(sides(0.5, 0.05, 0.035, "yYzZ"), IVORY, 0.3, jitter=0, x=sx, y=0.14, z=z)
    b.add(tube(arc(0.535, 178, 2, 14, cz=2.02), 0.022, 4), IVORY, 0.3, jitter=0, y=0.14)


def _boutique_sign(b: Bag, w: float, teal: Colour) -> None:
    board = teal * 0.62
    b.shell(sides(w, 0.14, 0.68, "yxXzZ"), board, 0.3, jitter=0, y=-0.05, z=2.95)
    b.shell(box(w + 0.12, 0.26, 0.1, 0.03), teal * 0.8, 0.3, jitter=0, keep="yxXzZ", y=-0.08, z=3.6)
    for z in (3.1, 3.52):
        b.add(sides(w - 0.3, 0.012, 0.016, "yzZ"), BRASS, 0.7, y=-0.124, z=z)
    b.add(lettering("THE BOUTIQUE", 0.27), rgb("f3d592"), 0.4, y=-0.128, z=3.178, jitter=0)
