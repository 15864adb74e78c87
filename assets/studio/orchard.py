"""The orchard's square and all that is built on its ground; the ground and the trees are drawn by the game itself."""

import itertools

import numpy as np

from assets.studio import market_heaps as heaps
from assets.studio import market_things as things
from assets.studio import orchard_plan as plan
from assets.studio.bag import NIGHT_WINDOW, Bag
from assets.studio.kit import Shape, box, join, tube
from assets.studio.market_colours import (
    LINEN,
    PATINA,
    PETROL,
    PLANK,
    SETT_WARM,
    STONE,
    TIMBER,
    TIMBER_DARK,
    WHITEWASH,
)
from assets.studio.market_filled import scale_table
from assets.studio.market_hall import hall
from assets.studio.market_houses import tiled_slope, wall_bracket
from assets.studio.market_plan import Stall
from assets.studio.orchard_backdrop import backdrop
from assets.studio.palette import IVORY, LOQUAT, SAGE, TERRA, rgb
from assets.studio.street_props import bench, lamp_post
from assets.studio.street_signs import sign_board

LIFT = 0.012
FRUIT = ((rgb("b8281e"), 0.05), (LOQUAT, 0.038), (rgb("ea8a2c"), 0.05), (rgb("b9bf58"), 0.05))


def build() -> Bag:
    """The whole model."""
    b = Bag(41)
    slabs(b)
    barn(b)
    with b.at(x=plan.PACKING_X - plan.PACKING_DEEP, y=plan.PACKING_MID, rz=-90):
        hall(b, tuple(y - plan.PACKING_MID for y in plan.PACKING_Y), plan.PACKING_DEEP)
        back = plan.PACKING_Y[-1] - plan.PACKING_Y[0] + 0.4
        b.shell(box(back, 0.3, 3.4, 0), WHITEWASH * 0.98, 0.04, y=plan.PACKING_DEEP + 0.15, keep="yYxXZ", jitter=0)
    desk(b)
    with b.at(*plan.SCALE_AT):
        scale_table(b, Stall(0, 0, 0, 1.6, ()))
    with b.at(*plan.WELL_AT, rz=-90):
        things.pump(b)
    for x, y in plan.LAMPS:
        with b.at(x, y, rz=b.rng.uniform(0, 360)):
            lamp_post(b)
    for x, y, turn in plan.BENCHES:
        with b.at(x, y, rz=turn):
            bench(b)
    for k, (tone, size) in enumerate(((rgb("c9853f"), 0.042), (rgb("b8281e"), 0.045))):
        with b.at(-4.75, -3.3 + 0.6 * k):
            heaps.sack(b, 0.24, 0.5, tone, size)
    with b.at(-4.6, -7.0, rz=70):
        things.barrow(b)
    things.bunting(b, (-3.4, -11.0, 2.9), (3.4, -11.0, 2.9), 0.35, 14)
    things.bulbs(b, (-3.0, 5.6, 2.8), (3.0, 5.6, 2.8), 0.4, 12, 2)
    things.bulbs(b, (-5.4, -2.0, 2.9), (5.2, -1.8, 2.65), 0.55, 18, 3)
    gate(b)
    fence(b)
    for bridge in plan.BRIDGES:
        with b.at(bridge.x, bridge.y, bridge.z):
            footbridge(b, bridge.long, bridge.wide)
    backdrop(b)
    return b


def _flat(corners: list[tuple[float, float, float]]) -> Shape:
    return Shape(np.array(corners, float), np.tile([0, 0, 1.0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)]))


def slabs(b: Bag) -> None:
    """The paving of the square and of the way from the gate: broad slabs with grass in their joints."""
    quads, colours = [], []
    for x0, x1, y0, y1 in ((-1.4, 1.4, -12.9, -8.6), (-4.6, 5.0, -8.6, 1.2), (-3.4, 2.4, 1.2, 2.3)):
        rows = np.linspace(y0, y1, max(1, round((y1 - y0) / 0.78)) + 1)
        for y, top in itertools.pairwise(rows):
            x = x0 - b.rng.uniform(0, 0.6)
            while x < x1 - 0.05:
                right = min(x + b.rng.uniform(0.7, 1.15), x1)
                left = max(x, x0)
                if right - left > 0.2:
                    wobble = b.rng.uniform(0.012, 0.04, 4)
                    corners = [(left + wobble[0], y + wobble[1]), (right - wobble[2], y + wobble[3]),
                               (right - wobble[1], top - wobble[0]), (left + wobble[3], top - wobble[2])]  # fmt: skip
                    quads.append(_flat([(cx, cy, LIFT) for cx, cy in corners]))
                    tone = (SETT_WARM, STONE * 1.02, SETT_WARM * 0.9)[int(b.rng.integers(3))]
                    colours.append(np.tile(tone * b.rng.uniform(0.86, 1.1), (4, 1)))
                x = right
    b.shell(join(*quads), np.concatenate(colours), 0.22, density=0.9)


def barn(b: Bag) -> None:
    """A red barn with a wide door towards the square, a hayloft above it, and a tiled roof."""
    wide, deep, high = plan.BARN
    red, trim = rgb("a8412f"), IVORY
    with b.at(*plan.BARN_AT):
        for way in (90, -90, 0, 180):
            length, offset = (deep, wide / 2) if abs(way) == 90 else (wide, deep / 2)
            with b.at(rz=way):
                b.shell(box(length, 0.08, high, 0), red, 0.1, y=-offset + 0.04, keep="yxX", density=0.9, jitter=0)
                b.shell(box(length, 0.1, 0.45, 0.01), STONE * 0.85, 0.05, y=-offset + 0.03, keep="yZ", density=0.6)
                for k in range(round(length / 0.5)):
                    x = -length / 2 + 0.25 + 0.5 * k
                    plank = box(0.05, 0.02, high - 0.45, 0)
                    b.shell(plank, red * 0.86, 0.1, x=x, y=-offset - 0.005, z=0.45, keep="yxX", density=0.4)
        ridge = 1.55
        for side in (-1, 1):  # gables in north and south
            y = side * (deep / 2 - 0.03)
            face = np.array([(-wide / 2, y, high), (wide / 2, y, high), (0, y, high + ridge)])[:: -side]
            n = np.tile([0, float(side), 0], (3, 1))
            order = np.array([(0, 1, 2)])
            b.shell(Shape(face, n, order), red * 0.95, 0.1, density=0.8, jitter=0)
        for side in (-90, 90):
            with b.at(rz=side):
                tiled_slope(b, deep + 0.7, (-wide / 2 - 0.45, high - 0.28), (0, high + ridge), 0.36)
        with b.at(rz=90):  # the door, in the east
            y = -wide / 2
            b.shell(box(2.5, 0.06, 2.35, 0.01), red * 0.7, 0.12, y=y - 0.04, keep="yxXZ", density=0.9)
            for x in (-1.25, 0, 1.25):
                b.shell(box(0.12, 0.05, 2.4, 0.01), trim, 0.12, x=x, y=y - 0.09, keep="yxXZ", density=0.6)
            for z in (0.06, 1.15, 2.3):
                b.shell(box(2.5, 0.05, 0.12, 0.01), trim, 0.12, y=y - 0.09, z=z, keep="yzZ", density=0.6)
            for x in (-0.625, 0.625):
                for s in (-1, 1):
                    bar = [(x - 0.55 * s, y - 0.1, 0.2), (x, y - 0.1, 0.65), (x + 0.55 * s, y - 0.1, 1.12)]
                    b.add(tube(bar, 0.05, 4), trim, 0.12)
            b.glow(box(0.9, 0.03, 0.6, 0), rgb("6f8f98") * 0.8, NIGHT_WINDOW, x=-2.6, y=y - 0.02, z=1.3)
            for x in (-3.1, -2.1):
                b.shell(box(0.09, 0.05, 0.72, 0.01), trim, 0.12, x=x, y=y - 0.04, z=1.24, keep="yxXzZ")
            for z in (1.24, 1.88):
                b.shell(box(1.0, 0.05, 0.09, 0.01), trim, 0.12, x=-2.6, y=y - 0.04, z=z, keep="yzZ")
            with b.at(x=1.9, y=y, z=2.3):
                wall_bracket(b)
        with b.at(x=wide / 2 + 0.28, y=2.75, rz=0):
            things.crate_stack(b, 3)


def desk(b: Bag) -> None:
    """The delivery desk: a counter of planks with boxes packed and to be packed, a lamp of paper, its sign."""
    x, y = plan.DESK_AT
    with b.at(x, y, rz=-90):
        b.shell(box(2.2, 0.8, 0.06, 0.014), PLANK, 0.35, z=0.94, density=1.2)
        b.shell(box(2.1, 0.05, 0.9, 0.01), PETROL, 0.2, y=-0.33, z=0.03, density=0.9, jitter=0)
        for k in range(4):
            panel = box(0.44, 0.02, 0.66, 0.012)
            b.shell(panel, PETROL * 1.25, 0.2, keep="yxXzZ", x=-0.78 + 0.52 * k, y=-0.36, z=0.15, density=0.8)
        for sx in (-1, 1):
            b.shell(box(0.05, 0.66, 0.9, 0), PETROL, 0.2, keep="xX", x=sx * 1.03, z=0.03, density=0.6)
        for k, (tone, size) in enumerate(FRUIT[:2]):
            with b.at(x=-0.72 + 0.5 * k, y=0.05, z=1.0, rz=b.rng.uniform(-8, 8)):
                heaps.full_crate(b, 0.4, 0.3, 0.16, tone, size)
        card = rgb("c19a6b")
        for bx, by, bz, w in ((0.52, 0.12, 0.0, 0.42), (0.56, 0.1, 0.26, 0.34), (0.95, -0.1, 0.0, 0.26)):
            with b.at(x=bx, y=by, z=1.0 + bz, rz=b.rng.uniform(-12, 12)):
                b.add(box(w, w * 0.75, 0.26, 0.008), card, 0.1)
                b.add(box(w + 0.004, 0.05, 0.262, 0.004), LINEN * 0.9, 0.25)
                b.add(box(0.1, 0.07, 0.004, 0), IVORY, 0.1, x=w * 0.25, y=-w * 0.2, z=0.26)
        b.add(box(0.24, 0.17, 0.012, 0.003), LINEN, 0.05, x=0.1, y=-0.2, z=1.0, rz=8)
    with b.at(x=plan.PACKING_X - plan.PACKING_DEEP - 0.16, y=y, z=2.12, rz=-90):
        sign_board(b, "POST", "邮局", 2.0, SAGE * 0.42, IVORY, h=0.46, cap=0.19)
    for k, (tone, size) in enumerate((*FRUIT, FRUIT[2])):
        with b.at(8.1, -7.55 + 0.62 * (k % 2), 0.3 * (k // 2), rz=90):
            heaps.full_crate(b, 0.56, 0.42, 0.24, tone, size)
    with b.at(8.1, -2.7, rz=90):
        things.crate_stack(b, 3)


def gate(b: Bag) -> None:
    """Two pillars and an arched board over the way to the street; it reads from both sides."""
    half = plan.GATE_W / 2
    for sx in (-1, 1):
        with b.at(x=sx * (half + 0.26), y=plan.SOUTH + 0.02):
            b.shell(box(0.5, 0.5, 2.5, 0.02), STONE, 0.06, keep="xXyY", density=0.8)
            b.shell(box(0.64, 0.64, 0.14, 0.03), STONE * 1.06, 0.06, z=2.5, density=0.5)
            b.shell(box(0.58, 0.58, 0.3, 0.02), STONE * 0.9, 0.06, density=0.5, keep="xXyYZ")
        with b.at(x=sx * (half + 0.75), y=plan.SOUTH + 0.6):
            things.herb_pot(b, 0.2, TERRA, rgb("5c8c4c"), rgb("e58f9d"), 24)
    for turn in (0, 180):
        with b.at(y=plan.SOUTH + 0.02, z=2.66, rz=turn):
            b.shell(box(3.2, 0.06, 0.1, 0.01), TIMBER_DARK, 0.1, keep="yzZ", y=-0.03)
            with b.at(z=0.08):
                sign_board(b, "ORCHARD", "果园", 2.6, PATINA * 0.6, IVORY, h=0.5, cap=0.2)


def fence(b: Bag) -> None:
    """Posts and two rails all around, following the ground."""
    half = plan.GATE_W / 2 + 0.5
    runs = (
        ((-half, plan.SOUTH), (plan.WEST, plan.SOUTH)), ((plan.WEST, plan.SOUTH), (plan.WEST, plan.NORTH)),
        ((plan.WEST, plan.NORTH), (plan.EAST, plan.NORTH)), ((plan.EAST, plan.NORTH), (plan.EAST, plan.SOUTH)),
        ((plan.EAST, plan.SOUTH), (half, plan.SOUTH)),
    )  # fmt: skip
    for a, c in runs:
        long = float(np.hypot(c[0] - a[0], c[1] - a[1]))
        count = max(1, round(long / 3.0))
        at = np.array([np.array(a) + (np.array(c) - a) * k / count for k in range(count + 1)])
        z = np.array([plan.ground_m(x, y) for x, y in at])
        for (x, y), foot in zip(at[:-1], z, strict=False):
            tone = TIMBER * b.rng.uniform(0.8, 1.05)
            b.add(tube([(x, y, foot - 0.3), (x, y, foot + 1.15)], 0.06, 4), tone, 0.08)
        for up in (0.5, 0.95):
            for k in range(count):
                p, q = (*at[k], z[k] + up), (*at[k + 1], z[k + 1] + up + b.rng.uniform(-0.03, 0.03))
                b.add(tube([p, q], 0.035, 3), PLANK * b.rng.uniform(0.72, 0.95), 0.08)


def footbridge(b: Bag, long: float, wide: float) -> None:
    """Planks on two beams, railings on both sides; its deck on z = 0."""
    count = round(long / 0.26)
    for k in range(count):
        x = -long / 2 + long * (k + 0.5) / count
        b.add(box(long / count - 0.02, wide, 0.05, 0), PLANK * b.rng.uniform(0.72, 1.0), 0.12, x=x, z=-0.05)
    for side in (-1, 1):
        b.add(box(long, 0.16, 0.26, 0), TIMBER_DARK, 0.1, y=side * wide * 0.36, z=-0.31)
        y = side * (wide / 2 + 0.04)
        for x in (-long / 2 + 0.1, 0.0, long / 2 - 0.1):
            b.add(tube([(x, y, -0.5), (x, y, 0.95)], 0.055, 4), TIMBER, 0.1)
        for z in (0.5, 0.92):
            b.add(tube([(-long / 2, y, z), (long / 2, y, z)], 0.04, 4), TIMBER * 1.1, 0.1)
        for end in (-1, 1):
            b.add(box(0.5, 0.5, 0.5, 0.06), STONE * 0.9, 0.06, x=end * (long / 2 - 0.2), y=side * wide * 0.36, z=-0.62)
