"""The homeware store: what stands where. What is for sale stands on it by the place's layout."""

from assets.studio.bag import Bag
from assets.studio.homeware_furniture import (
    TABLE_M,
    ash_mirror,
    bench,
    dresser,
    enamel_pendant,
    island,
    long_table,
    place_setting,
    rattan_pendant,
    side_table,
    table_runner,
    tumbler,
    window_seat,
)
from assets.studio.homeware_green import fig, hanging_plant, shelf_trail
from assets.studio.homeware_kitchen import kitchen
from assets.studio.homeware_outside import outside
from assets.studio.homeware_palette import CHALK, CLAY, FERN, MILK_BLUE, OAT, OCHRE, ROSE_CLAY
from assets.studio.homeware_room import CEILING_M, HALF_X, HALF_Y, HINGE, peg_rail, room, towel
from assets.studio.lighting import ProbeGrid, Sun

SUN = Sun(direction=(0.45, -0.27, -0.85), strength=13)
PROBES = ProbeGrid(lo=(-3.5, -3.0), hi=(3.5, 3.0), nx=8, ny=7, zs=(0.3, 1.0, 1.7, 2.6))
ROOM_LO, ROOM_HI, EYE = (-HALF_X, -HALF_Y, 0.0), (HALF_X, HALF_Y, CEILING_M), (0.0, 0.0, 1.55)
LEAVES = {"door_leaf": {"hinge_m": list(HINGE), "open_deg": 95.0}}

TABLE_AT = (0.25, -0.4)
SETTINGS_X = (-0.78, 0.0, 0.78)
ISLAND_AT = (1.55, 1.6)
SEAT_W, SEAT_D, SEAT_H, SEAT_Y = 4.2, 0.52, 0.44, 0.9
DRESSER_X = -0.35
READING_AT = (-2.7, -2.3)
SIDE_TABLE_AT, SIDE_TABLE_M = (-2.0, -3.0), (0.24, 0.52)
GLASS_AT, GLASS_W, GLASS_H = (1.72, -3.45, 0.14), 0.78, 1.75
PEGS_AT, PEGS_W = (2.95, -3.5, 1.62), 1.6
BENCH_AT, BENCH_M = (2.95, -3.24), (1.3, 0.36, 0.42)
FIG_AT, FIG_R = (-3.45, 3.05), 0.24
HUNG_PLANTS = ((-3.2, 1.35, 1.15), (-3.2, -0.75, 0.95), (2.9, 2.55, 0.95), (2.9, -0.95, 0.8))


def build() -> Bag:
    """The fixed part of the store."""
    b = Bag(11)
    room(b)
    outside(b)
    with b.at(y=HALF_Y):
        kitchen(b)
    with b.at(*ISLAND_AT):
        island(b)
    for dx in (-0.62, 0.0, 0.62):
        with b.at(x=ISLAND_AT[0] + dx, y=ISLAND_AT[1] - 0.05):
            enamel_pendant(b, 2.08, FERN * 1.2, CEILING_M)
    _dinner(b)
    with b.at(x=DRESSER_X, y=-HALF_Y, rz=180):
        dresser(b)
    with b.at(x=HALF_X, y=SEAT_Y, rz=-90):
        window_seat(b, SEAT_W, SEAT_D, SEAT_H)
    _reading_corner(b)
    _by_the_door(b)
    with b.at(*FIG_AT):
        fig(b, 1.9)
    for k, (x, y, drop) in enumerate(HUNG_PLANTS):
        with b.at(x=x, y=y, z=CEILING_M - 0.2):
            hanging_plant(b, drop, 0.13 - 0.015 * (k % 2), (CLAY, OCHRE, CHALK, ROSE_CLAY)[k], 9, 0.75)
    with b.at(x=3.1, y=HALF_Y - 0.13, z=1.82):
        shelf_trail(b)
    return b


def _dinner(b: Bag) -> None:
    """The long table laid for six."""
    with b.at(*TABLE_AT):
        long_table(b)
        with b.at(z=TABLE_M[2]):
            table_runner(b, TABLE_M[0], 0.3)
            for k, x in enumerate(SETTINGS_X):
                for side in (0, 180):
                    with b.at(rz=side), b.at(x=x, y=-0.31):
                        place_setting(
                            b,
                            (FERN * 1.3, ROSE_CLAY, MILK_BLUE)[(k + side // 180) % 3],
                            (OCHRE, OAT, CLAY)[(k + side // 90) % 3],
                        )
                        with b.at(x=0.15, y=0.145, z=0.001):
                            tumbler(b, (MILK_BLUE, OCHRE * 1.1, FERN * 1.6)[(k + side // 180) % 3])
    for dx in (-0.46, 0.42):  # the candles that are for sale there
        b.light("POINT", 4, (TABLE_AT[0] + dx, TABLE_AT[1], 1.32), colour=(1, 0.66, 0.36), size_m=(0.06,))
    for dx in (-0.62, 0.62):
        with b.at(x=TABLE_AT[0] + dx, y=TABLE_AT[1]):
            rattan_pendant(b, 1.86, 0.3, CEILING_M)


def _reading_corner(b: Bag) -> None:
    """The corner for one chapter: a side table and the light of the floor lamp that is for sale there."""
    r, h = SIDE_TABLE_M
    with b.at(*SIDE_TABLE_AT):
        side_table(b, r, h)
    b.light("POINT", 14, (-3.05, -2.0, 1.2), size_m=(0.08,))
    b.light("POINT", 5, (SIDE_TABLE_AT[0], SIDE_TABLE_AT[1], h + 0.36), size_m=(0.06,))
    b.light("POINT", 7, (HALF_X - 0.4, 0.1, SEAT_H + 0.52), size_m=(0.08,))
    b.light("AREA", 3, (-2.5, -3.2, 2.5), colour=(1, 0.78, 0.54), aim=(0, -0.5, -1), size_m=(1.8, 0.06))


def _by_the_door(b: Bag) -> None:
    """A tall mirror, a peg rail, a bench for baskets."""
    with b.at(x=GLASS_AT[0], y=-HALF_Y, rz=180):
        ash_mirror(b, GLASS_W, GLASS_H, GLASS_AT[2])
    with b.at(*PEGS_AT, rz=180):
        peg_rail(b, PEGS_W, 6)
        for k, (length, colour, stripe) in enumerate(((0.52, OAT, FERN), (0.46, CHALK, CLAY))):
            with b.at(x=-0.68 + 1.36 * k, y=-0.04, z=0.05):
                towel(b, 0.3, length, colour, stripe)
    with b.at(*BENCH_AT, rz=180):
        bench(b, *BENCH_M)
    b.light("AREA", 4, (2.4, -3.1, 2.9), colour=(1, 0.78, 0.54), aim=(0, -0.35, -1), size_m=(2.2, 0.06))
