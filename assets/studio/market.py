"""The fruit market in the yard behind the square, at a bright mid-morning."""

from itertools import pairwise

import numpy as np

from assets.studio import market_heaps as heaps
from assets.studio import market_things as things
from assets.studio.bag import Bag
from assets.studio.kit import box, lathe, tube
from assets.studio.lettering import lettering
from assets.studio.market_backdrop import backdrop
from assets.studio.market_colours import (
    IRON,
    LINEN,
    OCHRE,
    PATINA,
    PETROL,
    PLANK,
    ROSE,
    TIMBER,
    TIMBER_DARK,
    TOMATO_CLOTH,
    WHITEWASH,
)
from assets.studio.market_filled import FILLED
from assets.studio.market_ground import paving
from assets.studio.market_hall import POST_M, hall
from assets.studio.market_houses import (
    climber,
    garden_wall,
    gate_wall,
    house_back,
    laundry,
    tiled_slope,
    wall_bracket,
    window,
)
from assets.studio.market_plan import (
    BARREL_AT,
    BARROW_AT,
    BRAIDS,
    CRATES,
    EAST,
    GATE_THICK,
    GATE_Y,
    LOW_WALL_Y,
    NORTH,
    POLES,
    POSTS_X,
    POSTS_Y,
    POTS,
    PUMP_AT,
    SACKS,
    SEAT,
    SOUTH,
    STALLS,
    TREE_AT,
    WEST,
)
from assets.studio.market_tree import plane_tree, ring_seat
from assets.studio.palette import LEAF, rgb


def build() -> Bag:
    """The whole market."""
    b = Bag(29)
    paving(b, (WEST, SOUTH), (EAST, NORTH), GATE_Y, TREE_AT)
    walls(b)
    with b.at(*TREE_AT):
        plane_tree(b)
        ring_seat(b, *SEAT)
    with b.at(y=POSTS_Y):
        hall(b, POSTS_X, NORTH - POSTS_Y)
    with b.at(y=NORTH):
        back_wall(b)
    for name, stall in STALLS.items():
        with b.at(stall.x, stall.y, rz=stall.turn_deg):
            FILLED[name](b, stall)
    furnish(b)
    overhead(b)
    backdrop(b)
    return b


def walls(b: Bag) -> None:
    """House backs in the north, west and east, garden walls in the south and south-west, the gate."""
    with b.at(-2.8, NORTH):
        house_back(b, 6.4, 6.2, WHITEWASH, PETROL, ((-2.2, 4.25, False), (-0.2, 4.25, True), (1.9, 4.25, False)))
    with b.at(3.2, NORTH):
        house_back(b, 5.6, 5.3, ROSE, PATINA, ((0.0, 3.35, False), (1.75, 3.35, True), (1.7, 1.05, True)))
    with b.at(WEST, (LOW_WALL_Y + NORTH) / 2, rz=90):
        house_back(
            b, NORTH - LOW_WALL_Y, 5.6, OCHRE, PATINA, ((-2.4, 3.3, True), (-0.6, 3.3, False), (1.5, 3.85, False))
        )
    with b.at(EAST - GATE_THICK, GATE_Y, rz=-90):
        gate_wall(b, NORTH - GATE_Y, GATE_Y - SOUTH, 5.7, WHITEWASH * 0.98, GATE_THICK)
        for x, sill, closed in (
            (-2.7, 3.4, False),
            (0.0, 3.55, True),
            (2.6, 3.4, False),
            (4.6, 3.4, True),
            (3.4, 1.05, False),
        ):
            with b.at(x=x, z=sill):
                window(b, 0.8, 1.2, PETROL, closed=closed)
        with b.at(x=1.0):
            tiled_slope(b, 10.1, (-0.36, 5.67), (1.6, 6.6), 0.33)
        for x in (-1.75, 1.75):
            with b.at(x=x, z=2.5):
                wall_bracket(b)
    with b.at(0, SOUTH, rz=180):
        garden_wall(b, 12.0, 2.15)
        for x, w, leaves in ((-4.6, 2.4, 230), (1.2, 1.6, 120), (4.6, 2.6, 210)):
            with b.at(x=x, z=2.2):
                climber(b, w, 1.15, leaves, 0.45 if x != 1.2 else 0.1)
    with b.at(WEST, (LOW_WALL_Y + SOUTH) / 2, rz=90):
        garden_wall(b, LOW_WALL_Y - SOUTH, 1.05)
        with b.at(x=-0.6, z=1.1):
            climber(b, 1.3, 0.6, 50, 0.3)


def back_wall(b: Bag) -> None:
    """What hangs under the hall: the bays' names on the beam, a shelf of baskets, strings of chillies and onions."""
    middles = [(a + c) / 2 for a, c in pairwise(POSTS_X)]
    for x, text, tone in zip(middles, ("GREENS", "FRUIT", "CITRUS"), (PATINA, TOMATO_CLOTH, PETROL), strict=True):
        with b.at(x=x, y=POSTS_Y - NORTH - 0.1, z=POST_M - 0.36):
            b.shell(box(1.25, 0.04, 0.3, 0.012), tone * 0.8, 0.2, keep="yxXzZ", y=0.02, density=1.0, jitter=0.02)
            b.add(lettering(text, 0.15), LINEN, 0.2, y=-0.006, z=0.075, jitter=0)
            for sx in (-1, 1):
                b.add(
                    tube([(sx * 0.5, 0.02, 0.29), (sx * 0.5, 0.03, 0.34), (sx * 0.5, 0.04, 0.38)], 0.008, 4), IRON, 0.4
                )
        b.shell(box(1.9, 0.26, 0.035, 0.008), PLANK, 0.2, x=x, y=-0.14, z=1.72, density=0.8)
        for sx in (-1, 1):
            b.add(
                tube([(x + sx * 0.7, -0.02, 1.5), (x + sx * 0.7, -0.12, 1.62), (x + sx * 0.7, -0.22, 1.72)], 0.014, 4),
                IRON,
                0.3,
            )
        for k in range(4):
            with b.at(x=x - 0.7 + 0.46 * k, y=-0.14, z=1.757, rz=b.rng.uniform(0, 90)):
                heaps.basket(
                    b, b.rng.uniform(0.1, 0.14), b.rng.uniform(0.12, 0.2), heaps.LEEK if k % 2 else heaps.ONION
                )
        for k in range(3):
            with b.at(x=x - 0.75 + 0.75 * k, y=-0.28, z=1.74):
                heaps.string_of(b, 0.42 + 0.1 * (k % 2), (rgb("b8281e"), rgb("c9853f"))[k % 2])


def furnish(b: Bag) -> None:
    """What stands about: pump, barrel of oranges, sacks, crates, pots, barrow, pigeons."""
    with b.at(*PUMP_AT, rz=-90):
        things.pump(b)
    with b.at(*BARREL_AT):
        hoops = [(0.26, 0), (0.3, 0.18), (0.315, 0.36), (0.3, 0.54), (0.27, 0.7), (0.25, 0.7), (0, 0.69)]
        b.add(lathe(hoops, 16, crease_deg=70), TIMBER, 0.15)
        for z, r in ((0.12, 0.294), (0.58, 0.296)):
            b.add(lathe([(r, z), (r + 0.008, z + 0.004), (r + 0.006, z + 0.045), (r - 0.004, z + 0.05)], 16), IRON, 0.4)
        with b.at(z=0.7):
            heaps.pyramid(b, 4, 0.056, heaps.ORANGE, rgb("ea9a35"))
    fillings = ((heaps.POTATO, 0.045), (heaps.ONION, 0.042), (heaps.POTATO * 0.85, 0.03))
    for (x, y), (tone, size) in zip(SACKS, fillings, strict=True):
        with b.at(x, y):
            heaps.sack(b, 0.24, 0.5, tone, size)
    for x, y, count in CRATES:
        with b.at(x, y, rz=b.rng.uniform(-12, 12)):
            things.crate_stack(b, count)
    for x, y, r, pot, blossom in POTS:
        with b.at(x, y):
            things.herb_pot(b, r, pot, LEAF, blossom, 34)
    with b.at(*BARROW_AT, rz=-96):
        things.barrow(b)
    flock = ((0.9, 0.55, 70, 0), (1.25, 0.95, -20, 1), (0.55, 1.3, 150, 1), (1.3, -1.5, 215, 0), (-3.2, 1.35, 30, 1))
    for x, y, turn, pecking in flock:
        with b.at(x, y, rz=turn):
            things.pigeon(b, pecking=bool(pecking))
    with b.at(-4.6, POSTS_Y - 0.48, 2.68, rz=20):
        things.pigeon(b)


def overhead(b: Bag) -> None:
    """Poles with strings of bulbs and pennants, washing between the houses, braids' nails."""
    for x, y in POLES:
        with b.at(x, y):
            things.pole(b, 3.4)
    wall, corner = EAST - GATE_THICK, (POSTS_X[-1] + 0.1, POSTS_Y - 0.4, POST_M + 0.1)
    things.bulbs(b, (POLES[1][0], POLES[1][1], 3.35), (wall, -0.9, 3.3), 0.35, 8, 2)
    things.bulbs(b, corner, (wall, 3.0, 3.2), 0.3, 7, 1)
    things.bulbs(b, corner, (POLES[1][0], POLES[1][1], 3.35), 0.55, 12, 2)
    things.bulbs(b, (POLES[0][0], POLES[0][1], 3.35), (WEST + 0.05, LOW_WALL_Y + 0.3, 3.0), 0.35, 8, 1)
    things.bunting(b, (POLES[0][0], POLES[0][1], 3.38), (POLES[1][0], POLES[1][1], 3.38), 0.3, 13)
    things.bunting(b, (wall, -1.0, 3.45), (corner[0], corner[1], corner[2] + 0.15), 0.45, 14)
    laundry(b, np.array([3.0, NORTH - 0.1, 4.75]), np.array([wall - 0.05, 2.3, 4.6]))
    for x, y, z in BRAIDS:
        nail = (x, y, z + 0.54)
        b.add(tube([nail, (x, y + 0.03, z + 0.54), (x, y + 0.06, z + 0.535)], 0.006, 4), TIMBER_DARK * 0.4, 0.3)
