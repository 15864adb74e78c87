"""The market street at golden noon: x -5 .. 4, y -14 .. 14.5, z up, metres; the eastern fronts are the plane x = 4.

South to north: in the east bakery, bookshop, boutique, gallery, tea house; in the west a house, florist, homeware store
and another house; then the square with the loquat tree, in its west the gate of the fruit market, in its north the
lookout. The post office closes the southern end.
"""

import numpy as np

from assets.studio import street_windows as windows
from assets.studio.bag import Bag
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import BLUSH, CREAM, IVORY, MUSTARD, NAVY, SAGE, SKY, TEAL, TERRA, Colour, rgb
from assets.studio.street_backdrop import backdrop
from assets.studio.street_boutique import boutique_front
from assets.studio.street_facades import House, home, house
from assets.studio.street_home import HOLE, home_front
from assets.studio.street_paving import paving
from assets.studio.street_plan import (
    BENCHES,
    BUCKETS,
    CART_AT,
    CART_TURN,
    CRATES,
    EAST,
    FOUNTAIN_Y,
    GALLERY_DOOR_Y,
    GATE_Y,
    HOMEWARE_DOOR_Y,
    LAMP_POSTS,
    NORTH,
    PLANTERS,
    POST_BOX_AT,
    POTS,
    SOUTH,
    SQUARE_X,
    SQUARE_Y,
    TABLES,
    TREE_AT,
    WEST,
)
from assets.studio.street_plants import BLOOMS, bush, loquat_tree, planter, ring_bench, tall_plant
from assets.studio.street_props import bench, bicycle, chalk_board, fruit_cart, fruit_crate, lamp_post
from assets.studio.street_shops import Shop, front, shop
from assets.studio.street_square import (
    bunting,
    cafe_table,
    gate_hole,
    lamp_string,
    lookout,
    market_gate,
    post_box,
    wall_fountain,
)

SUN = Sun(direction=(0.52, 0.30, -0.80), strength=7.4, colour=(1.0, 0.85, 0.60))
SKY_DOME = (0.42, 0.52, 0.74)
PROBES = ProbeGrid(lo=(-8.5, -13.0), hi=(3.5, 13.5), nx=9, ny=14, zs=(0.3, 1.0, 1.7, 3.0))
LO, HI, EYE = (-9.0, -14.0, 0.0), (4.0, 30.0, 14.0), (-0.8, -1.0, 1.8)

BAKERY = Shop(
    "BAKERY", "面包", SAGE * 0.62, IVORY, (rgb("d98c7a"), IVORY), "bread", windows.bakery, rgb("f1d9b5"),
    window=(-1.95, 0.75), door_x=1.5, box_of=(BLOOMS[0], BLOOMS[1]),
)  # fmt: skip
BOOKS = Shop(
    "BOOKS", "书", rgb("b4612f"), rgb("f6dfae"), (MUSTARD, IVORY), "book", windows.books, rgb("d9b98c"),
    window=(-2.1, 0.95), door_x=1.75, mullions=3,
)  # fmt: skip
GALLERY = Shop(
    "GALLERY", "画廊", NAVY * 0.9, rgb("f3d592"), (NAVY, IVORY), "picture", windows.gallery, rgb("efe6d6"),
    window=(-0.75, 2.1), door_x=6.0 - GALLERY_DOOR_Y, sill=0.42, mullions=1, leaf="gallery_leaf",
)  # fmt: skip
TEA = Shop(
    "TEA", "茶", rgb("5d7355"), rgb("f3e3bd"), (rgb("7c9a63"), IVORY), "cup", windows.tea, rgb("dcb98a"),
    window=(-1.0, 2.25), door_x=-1.85, mullions=3, box_of=(BLOOMS[2], BLOOMS[1]),
)  # fmt: skip
FLOWERS = Shop(
    "FLOWERS", "花", rgb("6f9a86"), IVORY, (rgb("e58f9d"), IVORY), "flower", windows.flowers, rgb("f0e2c4"),
    window=(-1.95, 0.8), door_x=1.55,
)  # fmt: skip
HOMEWARE = Shop(
    "HOMEWARE", "家居", rgb("b8503c"), rgb("f8e3bb"), (TERRA, rgb("f4dfb4")), "lamp", windows.homeware, rgb("f0cf9e"),
    window=(-2.0, 0.85), door_x=HOMEWARE_DOOR_Y + 1.4, leaf="homeware_leaf",
)  # fmt: skip
POST = Shop(
    "POST", "邮局", rgb("8e3d33"), rgb("f3d592"), (rgb("b5392c"), IVORY), "letter", windows.post, rgb("e6d2ac"),
    window=(-1.9, 0.9), door_x=1.65, mullions=3,
)  # fmt: skip


def _house(width: float, s: Shop | None, height: float, wall: Colour, trim: Colour, shutter: Colour, **more) -> House:
    holes = ((-width / 2 + 0.3, width / 2 - 0.3, 0.0, 2.62),) if s is not None else more.pop("holes", ())
    return House(width, height, wall, trim, shutter, holes=holes, **more)


EAST_FRONTS = (
    (-14.0, -8.9, BAKERY, _house(5.1, BAKERY, 5.9, BLUSH * 0.95, CREAM, SAGE * 0.85, boxes=(1,))),
    (-8.9, -3.3, BOOKS, _house(5.6, BOOKS, 6.9, rgb("ecd3b0"), IVORY, rgb("c07a45"), closed=(2,), boxes=(0, 1))),
    (3.3, 8.7, GALLERY, _house(5.4, GALLERY, 5.8, rgb("b9cfc4"), IVORY, NAVY * 1.1, boxes=(0, 2), roof=rgb("a9583f"))),
    (8.7, 14.5, TEA, _house(5.8, TEA, 6.6, rgb("e3b9a2"), CREAM, SAGE * 0.75, balcony=True, closed=(0,))),
)
HOME = _house(4.8, None, 6.3, rgb("cfd6c2"), IVORY, TERRA * 0.85, closed=(1,), boxes=(0, 2), holes=(HOLE,))
WEST_FRONTS = (
    (-14.0, -9.2, None, HOME),
    (-9.2, -4.0, FLOWERS, _house(5.2, FLOWERS, 5.6, rgb("ecd9ae"), IVORY, SAGE, boxes=(1,), roof=rgb("b5633f"))),
    (-4.0, 1.2, HOMEWARE, _house(5.2, HOMEWARE, 6.4, rgb("e9c9a0"), CREAM, rgb("9c4a3c"), balcony=True)),
    (1.2, 7.0, None, _house(5.8, None, 5.5, CREAM, SAGE, SAGE * 0.95, closed=(0,), boxes=(1, 2), flanks="x")),
)


def build() -> Bag:
    """The whole street."""
    b = Bag(11)
    paving(b)
    for x, turn, fronts in ((EAST, -90, EAST_FRONTS), (WEST, 90, WEST_FRONTS)):
        for y0, y1, s, f in fronts:
            with b.at(x=x, y=(y0 + y1) / 2, rz=turn):
                house(b, f, shop(s) if s is not None else home_front if f.holes else home)
    with b.at(x=(WEST + SQUARE_X) / 2, y=SQUARE_Y, rz=180):
        house(b, _house(4.0, None, 5.5, CREAM, SAGE, SAGE * 0.95, bays=2, corner=True), home)
    with b.at(x=SQUARE_X, y=(SQUARE_Y + NORTH) / 2, rz=90):
        gate_x = GATE_Y - (SQUARE_Y + NORTH) / 2
        wide = _house(7.5, None, 6.0, rgb("d9c3b4"), IVORY, NAVY, bays=4, boxes=(1, 2), holes=(gate_hole(gate_x),))
        house(b, wide, lambda b, f: None)
        with b.at(x=gate_x):
            market_gate(b)
    with b.at(x=(WEST + EAST) / 2, y=SOUTH, rz=180):
        both = House(
            9.0, 6.6, rgb("ddc9a6"), IVORY, TERRA * 0.8, 4, closed=(1,), boxes=(0, 3), holes=((-2.5, 2.5, 0.0, 2.62),)
        )
        house(b, both, lambda b, f: front(b, POST, -2.5, 2.5))
    with b.at(x=EAST, rz=-90):
        boutique_front(b)
    lookout(b, SQUARE_X, EAST, NORTH + 0.15)
    furnish(b)
    backdrop(b)
    return b


def furnish(b: Bag) -> None:
    """Everything that stands or hangs in the street."""
    with b.at(*TREE_AT):
        ring_bench(b, 0.85, 1.3, 0.46)
        with b.at(z=0.3, rz=40):
            loquat_tree(b)
    with b.at(*CART_AT, rz=CART_TURN):
        fruit_cart(b)
    for x, y in LAMP_POSTS:
        with b.at(x=x, y=y, rz=0 if x < 0 else 180):
            lamp_post(b)
    for x, y, w, tall, turn in PLANTERS:
        with b.at(x=x, y=y, rz=turn):
            paint = NAVY if y > 8 else SAGE * 0.6 if x < -5 else TEAL * 0.7
            planter(b, w, paint, tall=tall)
    for x, y, turn in BENCHES:
        with b.at(x=x, y=y, rz=turn):
            bench(b)
    for x, y, turn, shade in TABLES:
        with b.at(x=x, y=y, rz=turn):
            cafe_table(b, rgb("7c9a63"), parasol=(rgb("7c9a63"), IVORY) if shade else None)
    with b.at(x=SQUARE_X + 0.02, y=FOUNTAIN_Y, rz=90):
        wall_fountain(b)
    with b.at(x=2.75, y=-3.35, rz=-62):
        chalk_board(b)
    with b.at(x=3.45, y=-5.0, rz=84):
        bicycle(b)
    with b.at(*POST_BOX_AT, rz=180):
        post_box(b)
    for x, y, turn, c, r in CRATES:
        with b.at(x=x, y=y, rz=turn + 90):
            fruit_crate(b, c, r)
    for k, (x, y) in enumerate(BUCKETS):
        with b.at(x=x, y=y):
            windows.flower_bucket(b, (SKY, IVORY, SAGE)[k % 3], BLOOMS[k % 5])
    for k, (x, y, r, h) in enumerate(POTS):
        with b.at(x=x, y=y):
            if h > 0.8:
                tall_plant(b, 0.2, 1.2, TERRA, 14)
            else:
                bush(
                    b,
                    r,
                    (rgb("c07a45"), IVORY, TERRA)[min(k, 2)],
                    ((BLOOMS[4], BLOOMS[1]), (MUSTARD, IVORY))[k > 1],
                    16,
                )
    strings = ((-5.6, 4.7, 4.55, 0.55), (-1.4, 4.55, 4.1, 0.5), (3.2, 4.6, 4.5, 0.5))
    for y, z0, z1, sag in strings:
        bunting(b, np.array([WEST, y - 0.7, z0]), np.array([EAST, y + 0.7, z1]), sag, 19)
    for a, c, sag, bulbs in (
        ((SQUARE_X, 8.0, 4.7), (EAST, 7.4, 4.4), 0.9, 22),
        ((SQUARE_X, 13.6, 4.7), (EAST, 13.9, 4.6), 0.9, 22),
        ((WEST, -9.6, 4.5), (EAST, -8.4, 4.4), 0.6, 16),
    ):
        lamp_string(b, np.array(a), np.array(c), sag, bulbs)
