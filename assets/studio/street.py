"""The market street at golden noon: x -5 .. 4, y -14 .. 14.5, z up, metres; the boutique's front is the plane x = 4."""

from itertools import pairwise

import numpy as np

from assets.studio import displays
from assets.studio.bag import Bag
from assets.studio.boutique_room import DOOR_HALF, DOOR_Y, WINDOWS_Y, arch_head, arched_window, door
from assets.studio.furniture import hat_box, hat_stand, pendant, plinth
from assets.studio.goods_home import mushroom_lamp, ribbed_vase
from assets.studio.kit import Shape, box, join, lathe
from assets.studio.lettering import lettering
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import (
    BLUSH,
    BRASS,
    CREAM,
    IVORY,
    MUSTARD,
    NAVY,
    OAK,
    PLUM,
    SAGE,
    SKY,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
    rgb,
)
from assets.studio.street_backdrop import backdrop
from assets.studio.street_facades import Front, awning, flower_box, front, hanging_sign, roof, window
from assets.studio.street_props import (
    bench,
    bicycle,
    bunting,
    chalk_board,
    crate,
    fruit_cart,
    fruit_heap,
    lamp_post,
    loquat_tree,
    planter,
    ring_bench,
    wall_fountain,
    wall_lantern,
)

SUN = Sun(direction=(0.52, 0.30, -0.80), strength=7.4, colour=(1.0, 0.85, 0.60))
SKY_DOME = (0.42, 0.52, 0.74)
PROBES = ProbeGrid(lo=(-4.5, -13.0), hi=(3.5, 13.5), nx=6, ny=14, zs=(0.3, 1.0, 1.7, 3.0))
LO, HI, EYE = (-9.0, -14.0, 0.0), (4.0, 30.0, 14.0), (-0.8, -1.0, 1.8)
WEST, EAST, SOUTH, NORTH, SQUARE_Y, SQUARE_X = -5.0, 4.0, -14.0, 14.5, 7.0, -9.0
HINGE = (EAST + 0.1, DOOR_Y + DOOR_HALF, 0.0)
LEAVES = {"door_leaf": {"hinge_m": list(HINGE), "open_deg": 95.0}}
TREE_AT, CART_AT, CART_TURN = (-3.3, 10.4), (-3.55, 2.4), 38.0
SHOP_HALF, SHOP_H, SHOP_DEEP = 3.3, 6.5, 1.7
LAMP_POSTS = ((2.55, -10.2), (2.55, 4.6), (-3.55, -2.2), (-3.4, 6.6), (1.9, 12.9))
PLANTERS = ((3.62, -0.22, 1.5, False), (3.62, 1.72, 1.5, False), (3.6, -3.05, 0.42, True), (3.6, 3.05, 0.42, True))
BENCHES = ((3.55, 6.0, -90), (-4.55, -6.6, 90))

EAST_FRONTS = (
    (-14.0, -8.9, Front(5.1, 5.9, BLUSH * 0.95, CREAM, SAGE * 0.85, "shop", "BAKERY", (TERRA, IVORY), 3, boxes=(1,))),
    (
        -8.9,
        -3.3,
        Front(
            5.6,
            6.9,
            rgb("ecd3b0"),
            IVORY,
            rgb("c07a45"),
            "shop",
            "LAMPS",
            (MUSTARD, IVORY),
            3,
            closed=(2,),
            boxes=(0, 1),
        ),
    ),
    (3.3, 8.7, Front(5.4, 5.8, rgb("b9cfc4"), IVORY, NAVY * 1.1, "shop", "PRINTS", (NAVY, IVORY), 3, boxes=(0, 2))),
    (
        8.7,
        14.5,
        Front(5.8, 6.6, rgb("e3b9a2"), CREAM, SAGE * 0.75, "shop", "TEA", (MUSTARD, IVORY), 3, True, closed=(0,)),
    ),
)
WEST_FRONTS = (
    (-14.0, -9.2, Front(4.8, 6.3, rgb("cfd6c2"), IVORY, TERRA * 0.85, "house", bays=3, closed=(1,), boxes=(0, 2))),
    (-9.2, -4.0, Front(5.2, 5.6, rgb("e8d2a4"), IVORY, SAGE, "shop", "FRUIT", (MUSTARD, IVORY), 3, boxes=(1,))),
    (-4.0, 1.2, Front(5.2, 6.4, rgb("dca58c"), CREAM, TEAL, "shop", "POTTERY", (PLUM, IVORY), 3, True)),
    (1.2, 7.0, Front(5.8, 5.5, CREAM, SAGE, SAGE * 0.95, "house", bays=3, closed=(0,), boxes=(1, 2))),
)
SQUARE_FRONTS = (
    (
        "y",
        (WEST + SQUARE_X) / 2,
        SQUARE_Y,
        180,
        Front(4.0, 5.5, CREAM, SAGE, SAGE * 0.95, "house", bays=2, corner=True),
    ),
    (
        "x",
        SQUARE_X,
        (SQUARE_Y + NORTH) / 2,
        90,
        Front(7.5, 6.0, rgb("d9c3b4"), IVORY, NAVY, "house", bays=4, boxes=(1, 2)),
    ),
    (
        "y",
        (WEST + EAST) / 2,
        SOUTH,
        180,
        Front(9.0, 6.6, rgb("ddc9a6"), IVORY, TERRA * 0.8, "shop", "POST", bays=3, closed=(1,)),
    ),
)


def build() -> Bag:
    """The whole street."""
    b = Bag(11)
    paving(b)
    for x, turn, fronts in ((EAST, -90, EAST_FRONTS), (WEST, 90, WEST_FRONTS)):
        for y0, y1, f in fronts:
            with b.at(x=x, y=(y0 + y1) / 2, rz=turn):
                front(b, f)
    for _, x, y, turn, f in SQUARE_FRONTS:
        with b.at(x=x, y=y, rz=turn):
            front(b, f)
    with b.at(x=EAST, rz=-90):
        boutique_front(b)
    lookout(b)
    furnish(b)
    backdrop(b)
    return b


def paving(b: Bag) -> None:
    """Setts in the lane, slabs before the houses, rings about the tree; joints are dark strips laid over them."""
    stone, warm, dark = rgb("b49f86"), rgb("cbb18c"), rgb("8d7d6e")
    for y0, y1 in ((SOUTH, -7.0), (-7.0, 0.0), (0.0, SQUARE_Y)):
        _slabs(b, (-3.2, 2.2, y0, y1), 0.4375, (0.42, 0.74), stone, 0.15)
        for x0, x1 in ((WEST, -3.5), (2.5, EAST)):
            _slabs(b, (x0, x1, y0, y1), 0.875, (0.7, 0.8), warm, 0.08)
        for x0, x1 in ((-3.5, -3.2), (2.2, 2.5)):
            _slabs(b, (x0, x1, y0, y1), 0.875, (0.3, 0.31), dark, 0.1)
    _slabs(b, (SQUARE_X, EAST, SQUARE_Y, NORTH), 0.625, (0.6, 0.85), warm * 0.97, 0.09)
    quads, colours = [], []
    for k, (r0, r1) in enumerate(RINGS):
        n = max(12, round(2 * np.pi * r1 / 0.42))
        t = np.linspace(0, 2 * np.pi, n + 1)
        for a, c in pairwise(t):
            ring = [(r, q) for r, q in ((r0, a), (r1, a), (r1, c), (r0, c))]
            v = np.array([(TREE_AT[0] + r * np.cos(q), TREE_AT[1] + r * np.sin(q), 0.006) for r, q in ring])
            quads.append(_flat(v))
            tone = (rgb("b06a50"), stone, warm)[k % 3]
            colours.append(np.tile(tone * (1 + 0.16 * b.rng.uniform(-1, 1)), (4, 1)))
    b.shell(join(*quads), np.concatenate(colours), 0.3, density=1.15)


def _slabs(
    b: Bag, area: tuple[float, float, float, float], deep: float, wide: tuple[float, float], tone: Colour, vary: float
) -> None:
    """Courses of slabs over x0, x1, y0, y1, each course `deep`, each slab of random width."""
    x0, x1, y0, y1 = area
    quads, colours, joints = [], [], []
    half = 0.007
    for y in np.linspace(y0, y1, round((y1 - y0) / deep) + 1)[:-1]:
        x, top = x0 - b.rng.uniform(0, wide[0]), y + deep
        joints.append(_flat(np.array([(x0, y - half, J), (x1, y - half, J), (x1, y + half, J), (x0, y + half, J)])))
        while x < x1:
            x2 = min(x + b.rng.uniform(*wide), x1)
            left = max(x, x0)
            if x2 - left > 0.02 and not _in_ring(left, x2, y, top):
                quads.append(_flat(np.array([(left, y, 0), (x2, y, 0), (x2, top, 0), (left, top, 0)])))
                shade = tone * (1 + vary * b.rng.uniform(-1, 1)) * (1 + 0.04 * b.rng.uniform(-1, 1, 3))
                colours.append(np.tile(shade, (4, 1)))
                edge = [(x2 - half, y + half, J), (x2 + half, y + half, J), (x2 + half, top - half, J)]
                joints.append(_flat(np.array([*edge, (x2 - half, top - half, J)])))
            x = x2
    colours.append(np.tile(tone * 0.6, (4 * len(joints), 1)))
    # one part, so that a joint shares the chart, and with it the light, of the slabs beneath it
    b.shell(join(*quads, *joints), np.concatenate(colours), 0.3, density=1.15)


def _flat(corners: np.ndarray) -> Shape:
    """A level quad facing up."""
    return Shape(corners.astype(float), np.tile([0, 0, 1.0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)]))


J = 0.0025  # joints lie this far above the slabs
RINGS = tuple((1.25 + 0.36 * k, 1.61 + 0.36 * k) for k in range(5))


def _in_ring(x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether a slab lies wholly under the rings about the tree."""
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) - TREE_AT
    return bool(np.linalg.norm(corners, axis=1).max() < RINGS[-1][1])


def boutique_front(b: Bag) -> None:
    """The boutique: teal timber below with three arched windows and a door, plaster and shutters above."""
    w, teal, deep = 2 * SHOP_HALF, TEAL * 0.62, 0.3
    door_x = -DOOR_Y
    plaster = rgb("f0dfc0")
    sides = (
        (-SHOP_HALF, -2.62, 0, 2.95),
        (1.12, door_x - 0.53, 0, 2.95),
        (door_x + 0.53, SHOP_HALF, 0, 2.95),
        (door_x - 0.53, door_x + 0.53, 2.36, 2.95),
        (-2.62, 1.12, 0, 0.5),
    )
    for x0, x1, z0, z1 in sides:
        part = box(x1 - x0, deep, z1 - z0, 0)
        b.shell(part, teal, 0.3, jitter=0, x=(x0 + x1) / 2, y=deep / 2, z=z0, keep="yYxXzZ", density=0.8)
    for x0, x1, z0, h in ((-3.2, -2.72, 0.25, 2.3), (1.2, 1.5, 0.25, 2.3), (2.72, 3.2, 0.25, 2.3)):
        b.shell(
            box(x1 - x0, 0.03, h, 0.014), teal * 1.15, 0.3, x=(x0 + x1) / 2, y=-0.012, z=z0, keep="yxXzZ", density=0.8
        )
    for y in WINDOWS_Y:
        with b.at(x=-y):
            arch_head(b, 1.11, 2.02, 2.95, deep, teal)
            b.shell(box(0.86, 0.03, 0.28, 0.014), teal * 1.2, 0.3, y=-0.012, z=0.13, keep="yxXzZ")
            arched_window(b, IVORY)
    for k in range(4):
        b.shell(box(0.15, deep + 0.08, 2.46, 0.02), teal * 0.9, 0.3, x=1.125 - 1.25 * k, y=0.13, z=0.49, density=0.8)
    b.shell(box(3.95, 0.3, 0.06, 0.02), OAK, 0.4, x=-0.75, y=-0.02, z=0.48)
    b.shell(box(w, 0.08, 0.14, 0.02), teal * 0.75, 0.3, y=-0.03, keep="yZ", density=0.6)
    with b.at(x=door_x, y=0.1):
        door(b)
    b.shell(box(1.5, 0.5, 0.03, 0.012), CREAM * 0.8, 0.1, x=door_x, y=-0.28)
    _boutique_sign(b, w, teal)
    b.shell(box(w, 3.0, SHOP_H - 3.62, 0), plaster, 0.04, jitter=0.02, keep="yxX", y=1.5, z=3.62)
    for sx in (-1, 1):
        b.shell(
            box(0.32, 0.07, SHOP_H - 3.75, 0.02),
            IVORY,
            0.06,
            keep="yxX",
            density=0.5,
            x=sx * (SHOP_HALF - 0.16),
            y=-0.03,
            z=3.62,
        )
    b.shell(box(w + 0.06, 0.36, 0.22, 0.05), IVORY, 0.06, keep="yzZxX", density=0.5, y=-0.13, z=SHOP_H - 0.22)
    roof(b, w + 0.1, SHOP_H)
    for x in (-2.0, 0.0, 2.0):
        with b.at(x=x, z=4.25):
            window(b, 0.92, 1.45, TEAL * 0.75, IVORY)
            with b.at(y=-0.17, z=-0.2):
                flower_box(b, 1.0)
    with b.at(x=-0.75, y=-0.14, z=3.02):
        awning(b, 4.0, 0.85, (TERRA, IVORY), 0.36)
    with b.at(x=2.95, y=-0.06, z=3.45):
        hanging_sign(b, TEAL * 0.55)
    with b.at(x=1.3, y=-0.02, z=2.75):
        wall_lantern(b)
    _show_window(b)


def _boutique_sign(b: Bag, w: float, teal: Colour) -> None:
    board = teal * 0.62
    b.shell(box(w, 0.14, 0.68, 0.02), board, 0.3, jitter=0, keep="yxXzZ", y=-0.05, z=2.95)
    b.shell(box(w + 0.12, 0.26, 0.1, 0.03), teal * 0.8, 0.3, jitter=0, keep="yxXzZ", y=-0.08, z=3.6)
    for z in (3.1, 3.52):
        b.add(box(w - 0.3, 0.012, 0.016, 0), BRASS, 0.7, y=-0.124, z=z)
    b.add(lettering("THE BOUTIQUE", 0.27), rgb("f3d592"), 0.4, y=-0.128, z=3.178, jitter=0)


def _show_window(b: Bag) -> None:
    """What one sees through the boutique's windows: a lit stage with hats, lamps and a dress."""
    d = SHOP_DEEP
    b.shell(box(4.2, d, 0.06, 0), OAK, 0.3, x=-0.75, y=0.3 + d / 2, z=0.44, keep="Z", density=0.7)
    b.shell(box(4.2, 0.1, 2.6, 0), BLUSH * 0.85, 0.05, x=-0.75, y=0.3 + d + 0.05, z=0.44, keep="y", density=0.7)
    b.shell(box(4.2, d, 0.1, 0), CREAM, 0.05, x=-0.75, y=0.3 + d / 2, z=2.9, keep="z", density=0.5)
    for x in (-2.9, 1.4):
        b.shell(box(0.1, d, 2.6, 0), CREAM, 0.05, x=x, y=0.3 + d / 2, z=0.44, keep="xX", density=0.5)
    b.shell(box(1.5, 0.1, 2.9, 0), MUSTARD * 0.6, 0.05, x=-DOOR_Y, y=0.3 + d, keep="y", density=0.5)
    b.shell(box(1.6, d, 0.02, 0), OAK * 0.8, 0.3, x=-DOOR_Y, y=0.3 + d / 2, z=0.0, keep="Z", density=0.5)
    for x in (1.45, 2.75):
        b.shell(box(0.1, d, 2.9, 0), CREAM, 0.05, x=x, y=0.3 + d / 2, keep="xX", density=0.4)
    b.shell(box(1.5, d, 0.1, 0), CREAM, 0.05, x=-DOOR_Y, y=0.3 + d / 2, z=2.8, keep="z", density=0.4)
    for z in (1.25, 1.75):
        b.shell(box(3.6, 0.26, 0.04, 0.01), OAK, 0.35, x=-0.75, y=0.3 + d - 0.13, z=z)
        for k, x in enumerate(np.linspace(-2.3, 0.8, 6)):
            with b.at(x=x, y=0.3 + d - 0.14, z=z + 0.04):
                if (k + int(z * 4)) % 3:
                    displays.hand_bag(b, (TERRA, MUSTARD, PLUM, SKY, SAGE, NAVY)[k], WALNUT, 0.24, 0.19)
                else:
                    hat_box(b, 0.13, 0.17, (SKY, IVORY, MUSTARD)[k % 3], (NAVY, TERRA, PLUM)[k % 3])
    with b.at(x=-2.2, y=0.85, z=0.5, rz=10):
        displays.dress_form(b, MUSTARD, NAVY)
    hats = (
        (-1.35, 0.7, 0.42, displays.felt_hat, TERRA, NAVY),
        (-0.95, 1.0, 0.68, displays.wide_hat, IVORY, TERRA),
        (-0.1, 0.7, 0.5, displays.wide_hat, MUSTARD, NAVY),
    )
    for x, y, h, hat, c, trim in hats:
        with b.at(x=x, y=y, z=0.5):
            hat_stand(b, h)
            with b.at(z=h + 0.004, rz=b.rng.uniform(-20, 20)):
                hat(b, c, trim)
    for x, y, h, thing in ((0.82, 1.1, 0.42, mushroom_lamp), (0.15, 1.2, 0.5, ribbed_vase)):
        with b.at(x=x, y=y, z=0.5):
            plinth(b, h, IVORY * 0.85)
            with b.at(z=h):
                thing(b)
    with b.at(x=-1.75, y=0.62, z=0.5, rz=-15):
        displays.hand_bag(b, PLUM, WALNUT, 0.32, 0.25, 0.13)
    for x in (-1.9, 0.4):
        with b.at(x=x, y=1.0):
            pendant(b, 2.35, MUSTARD, 0.17, 2.9, 16)
    b.light("AREA", 60, (-0.75, 0.5, 2.8), colour=(1, 0.78, 0.54), aim=(0, 0.4, -1), size_m=(3.4, 0.2))
    b.light("POINT", 30, (-DOOR_Y, 1.2, 2.3), colour=(1, 0.78, 0.54), size_m=(0.1,))


def lookout(b: Bag) -> None:
    """The low wall at the end of the square, open to the hills."""
    w = EAST - SQUARE_X
    x = (EAST + SQUARE_X) / 2
    b.shell(box(w, 0.3, 0.35, 0.02), CREAM * 0.9, 0.06, x=x, y=NORTH + 0.15, keep="yZ")
    b.shell(box(w, 0.36, 0.12, 0.03), CREAM, 0.08, x=x, y=NORTH + 0.15, z=0.92)
    baluster = [(0.07, 0), (0.045, 0.08), (0.085, 0.24), (0.045, 0.46), (0.07, 0.57)]
    for k in range(int(w / 0.38)):
        px = SQUARE_X + 0.2 + 0.38 * k
        if k % 9 == 0:
            b.shell(box(0.34, 0.34, 1.1, 0.03), CREAM, 0.08, x=px, y=NORTH + 0.15, keep="yxXZ", density=0.8)
        else:
            b.add(lathe(baluster, 6, crease_deg=99), CREAM * 0.95, 0.08, x=px, y=NORTH + 0.15, z=0.35)


def furnish(b: Bag) -> None:
    """Everything that stands or hangs in the street."""
    with b.at(*TREE_AT):
        ring_bench(b, 0.85, 1.3, 0.46)
        with b.at(z=0.3, rz=40):
            loquat_tree(b)
    with b.at(*CART_AT, rz=CART_TURN):
        fruit_cart(b)
    for x, y in LAMP_POSTS:
        with b.at(x=x, y=y):
            lamp_post(b)
    for x, y, w, tall in PLANTERS:
        with b.at(x=x, y=y, rz=90):
            planter(b, w, tall)
    for x, y, turn in BENCHES:
        with b.at(x=x, y=y, rz=turn):
            bench(b)
    with b.at(x=SQUARE_X + 0.02, y=12.6, rz=90):
        wall_fountain(b)
    with b.at(x=2.75, y=-3.35, rz=-62):
        chalk_board(b)
    with b.at(x=3.45, y=-5.0, rz=84):
        bicycle(b)
    for x, y, turn, c, r in (
        (3.5, 4.1, 8, rgb("ea8a2c"), 0.045),
        (-4.55, -4.9, -6, rgb("b9bf58"), 0.042),
        (-4.5, -5.6, 12, rgb("e9a233"), 0.036),
    ):
        with b.at(x=x, y=y, rz=turn + 90):
            crate(b, 0.56, 0.42, 0.26)
            with b.at(z=0.17):
                fruit_heap(b, 0.48, 0.34, c, r)
    strings = ((-5.6, 4.7, 4.55, 0.55), (-1.4, 4.55, 4.1, 0.5), (3.2, 4.6, 4.5, 0.5), (6.6, 4.4, 4.6, 0.6))
    for y, z0, z1, sag in strings:
        bunting(b, np.array([WEST, y - 0.7, z0]), np.array([EAST, y + 0.7, z1]), sag, 19)
