"""The square's own: the market gate, the wall fountain, the lookout, café tables, strings of lamps."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import OUTDOOR, Bag
from assets.studio.furniture import crate
from assets.studio.kit import Shape, ball, box, fan, lathe, moved, sheet, strips, tube
from assets.studio.palette import (
    CREAM,
    INK,
    IVORY,
    LEAF,
    LOQUAT,
    MUSTARD,
    NAVY,
    OAK,
    SAGE,
    SKY,
    TEAL,
    TERRA,
    Colour,
    rgb,
)  # fmt: skip
from assets.studio.street_plan import GATE_W
from assets.studio.street_plants import bush, ivy
from assets.studio.street_shapes import face, oval, poly, sides
from assets.studio.street_shops import arch_points
from assets.studio.street_signs import hanging_sign, sign_board
from assets.studio.street_windows import paper_lantern
from assets.studio.sway import below, cloth

GATE_DEEP, GATE_SPRING = 2.4, 1.62
STONE = rgb("d8c6a4")


def gate_hole(x: float) -> tuple[float, float, float, float]:
    """What the gate at local x leaves open of its house's wall."""
    return (x - 1.55, x + 1.55, 0.0, 3.1)


def market_gate(b: Bag) -> None:
    """An archway of stone with the way into the market behind it, its threshold at the origin, front towards -Y.

    The arch stands before the threshold, so that what is drawn through it ends at the stone.
    """
    half = GATE_W / 2
    arch = arch_points(half, GATE_SPRING)
    front, back = -0.16, 0.02
    wide, top = 1.55, 3.1
    rim = arch_points(half + 0.26, GATE_SPRING)
    at = lambda p, y: np.c_[p[:, 0], np.full(len(p), y), p[:, 1]]  # noqa: E731
    # the wall about the arch, from its rim out to a rectangle
    edge = np.c_[np.linspace(-wide, wide, len(rim)), np.full(len(rim), top)]
    foot = np.array([(-wide, GATE_SPRING), *rim, (wide, GATE_SPRING)])
    head = np.array([(-wide, top), *edge, (wide, top)])
    b.shell(strips(at(foot, front + 0.06), at(head, front + 0.06)), STONE, 0.06, jitter=0, density=0.8)
    for sx in (-1, 1):
        x = sx * (half + 0.26 + wide) / 2
        b.shell(sides(wide - half - 0.26, 0.3, GATE_SPRING, "yxX"), STONE, 0.06, x=x, y=front + 0.21, density=0.8)
        b.shell(sides(0.04, 0.3, top, "yxX"), STONE * 0.9, 0.06, x=sx * (wide - 0.02), y=front + 0.2, density=0.4)
    # voussoirs stand proud of it
    n = len(arch) - 1
    for k in range(n):
        a, c, d, e = arch[k], arch[k + 1], rim[k + 1], rim[k]
        tone = STONE * (0.82 if k % 2 else 0.95)
        quad = np.array([a, c, d, e])
        faced = np.c_[quad[:, 0], np.full(4, front), quad[:, 1]]
        b.add(Shape(faced, np.tile([0, -1.0, 0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])), tone, 0.08)
    b.add(strips(at(rim, front), at(rim, front + 0.07)), STONE * 0.85, 0.06)
    b.shell(strips(at(arch, back + 0.3), at(arch, front)), STONE * 0.85, 0.05, jitter=0, density=0.6)
    b.shell(box(0.3, 0.1, 0.46, 0.02), STONE * 1.05, 0.1, y=front - 0.02, z=GATE_SPRING + half - 0.04, keep="yxXzZ")
    for sx in (-1, 1):
        with b.at(x=sx * (half + 0.14)):
            b.shell(sides(0.3, 0.2, GATE_SPRING, "yxX"), STONE * 0.95, 0.08, y=front + 0.09, density=0.7)
            b.add(box(0.36, 0.26, 0.14, 0.03), STONE * 1.05, 0.08, y=front + 0.1, z=GATE_SPRING - 0.07)
            b.add(box(0.38, 0.28, 0.36, 0.03), STONE * 0.88, 0.08, y=front + 0.1)
    b.shell(box(2 * wide + 0.16, 0.36, 0.14, 0.04), STONE, 0.06, y=front + 0.1, z=top, keep="yxXzZ", density=0.6)
    with b.at(z=top + 0.14, y=front + 0.06):
        sign_board(b, "FRUIT MARKET", "果市", 3.0, SAGE * 0.42, IVORY, h=0.52, cap=0.2)
    _passage(b, half, back)
    with b.at(x=wide + 0.12, y=0.0, z=3.0):
        hanging_sign(b, SAGE * 0.6, "loquat")
    ivy(b, [(-1.5, 0.3), (-1.46, 1.8), (-1.3, 2.7), (-0.7, 3.05), (0.2, 3.1)], 64, y=front - 0.02)
    paper_lantern(b, 0.15, y=front - 0.24, z=2.18)
    b.add(tube([(0, front - 0.24, 2.43), (0, front - 0.24, 2.62), (0, front, 2.68)], 0.012, 4), INK, 0.3)


def _passage(b: Bag, half: float, y0: float) -> None:
    """A short vault that ends in a painted glimpse of the stalls: what one sees from afar."""
    d = GATE_DEEP
    for sx in (-1, 1):
        inner = sides(0.1, d, 2.8, "X" if sx < 0 else "x")
        b.shell(inner, STONE * 0.9, 0.05, x=sx * (half + 0.07), y=y0 + d / 2, density=0.5)
    b.shell(sides(GATE_W + 0.1, d, 0.1, "z"), STONE * 0.7, 0.05, y=y0 + d / 2, z=2.78, density=0.4)
    b.shell(sides(GATE_W + 0.1, d, 0.02, "Z"), rgb("b49f86"), 0.2, y=y0 + d / 2 + 0.02, z=-0.02, density=0.5)
    b.shell(sides(GATE_W + 0.1, 0.1, 2.8, "y"), STONE * 0.5, 0.05, y=y0 + d + 0.06, density=0.2)
    for k, (shape, tone) in enumerate(_stalls()):
        b.glow(shape, tone * 0.8, OUTDOOR, y=y0 + d - 0.012 * k)
    with b.at(y=y0 + 1.4, x=-0.74):
        crate(b, 0.56, 0.42, 0.26)
        fruit_heap(b, 0.5, 0.36, LOQUAT, 0.055, z=0.18)
    b.light("POINT", 30, (0, y0 + 1.0, 2.2), size_m=(0.12,))


def _stalls() -> list[tuple[Shape, Colour]]:
    """Flat shapes of two stalls under trees, the farthest first."""
    out = [(face(2.3, 2.8), SKY * 1.05), (face(2.3, 0.75), rgb("cdb891"))]
    trees = ((-0.7, 1.4, 0.6, 0.8), (0.2, 1.2, 0.5, 0.95), (0.9, 1.5, 0.55, 0.7))
    out += [(oval(x, z, r, r * 0.8, 9), LEAF * shade) for x, z, r, shade in trees]
    stalls = ((-0.62, TERRA * 1.15, (LOQUAT, rgb("b9bf58"))), (0.6, MUSTARD, (rgb("c8473c"), rgb("7a4a78"))))
    for x, stripe, fruit in stalls:
        out += [(moved(face(0.04, 1.7), x + side), OAK * 0.7) for side in (-0.48, 0.48)]
        out += [(oval(x - 0.36 + 0.18 * k, 0.86, 0.11, 0.11, 7), fruit[k % 2]) for k in range(5)]
        out.append((moved(face(1.04, 0.42, z=0.42), x), OAK * 0.9))
        for k in range(6):
            a, c = -0.57 + 0.19 * k, -0.38 + 0.19 * k
            canopy = poly([(x + a, 1.5), (x + c, 1.5), (x + 0.84 * c, 1.85), (x + 0.84 * a, 1.85)])
            out.append((canopy, (stripe, IVORY)[k % 2]))
    return out


def fruit_heap(b: Bag, w: float, d: float, colour: Colour, r: float, z: float = 0.0) -> None:
    """Round fruit filling a crate of w by d: half shapes, as one sees only their tops."""
    nx, ny = max(2, round(w / (2 * r))), max(2, round(d / (2 * r)))
    size = 0.56 * max(w / nx, d / ny)  # they touch, so that the floor of the crate is hidden
    half = lathe([(1.0, 0.0), (0.78, 0.62), (0, 1)], 5, crease_deg=99)
    for i in range(nx):
        for j in range(ny):
            x, y = (i + 0.5) * w / nx - w / 2, (j + 0.5) * d / ny - d / 2
            lift = 0.4 * r * (1 - abs(x) / (w / 2)) + b.rng.uniform(0, 0.3) * r
            b.add(half, colour, 0.3, x=x, y=y, z=z + lift + r * 0.3, scale=size, rz=b.rng.uniform(0, 60), jitter=0.12)


def lookout(b: Bag, x0: float, x1: float, y: float) -> None:
    """The balustrade at the end of the square, open to the hills, with bowls of flowers on its posts."""
    w, x = x1 - x0, (x1 + x0) / 2
    b.shell(sides(w, 0.3, 0.35, "yZ"), CREAM * 0.9, 0.06, x=x, y=y)
    b.shell(box(w, 0.36, 0.12, 0.03), CREAM, 0.08, x=x, y=y, z=0.92, keep="yYzZ")
    baluster = [(0.07, 0), (0.045, 0.08), (0.085, 0.24), (0.045, 0.46), (0.07, 0.57)]
    for k in range(int(w / 0.38)):
        px = x0 + 0.2 + 0.38 * k
        if k % 9 == 0:
            b.shell(box(0.34, 0.34, 1.1, 0.03), CREAM, 0.08, x=px, y=y, keep="yxXZ", density=0.8)
            with b.at(x=px, y=y, z=1.1, scale=0.8):
                bush(b, 0.16, CREAM * 0.85, (TERRA, IVORY) if k % 2 else (MUSTARD, rgb("e58f9d")), 9)
        else:
            b.add(lathe(baluster, 6, crease_deg=99), CREAM * 0.95, 0.08, x=px, y=y, z=0.35)


def wall_fountain(b: Bag) -> None:
    """A stone basin against a wall, front towards -Y, with a brass spout; its water shines."""
    b.shell(box(1.5, 0.16, 1.5, 0.04), CREAM * 0.92, 0.1, y=-0.08, keep="yxXZ")
    crown = np.array([(0.75 * np.cos(a), 0.0, 0.4 * np.sin(a)) for a in np.linspace(np.pi, 0, 15)])
    b.shell(fan(crown[::-1], (0, -1, 0)), CREAM * 0.92, 0.1, y=-0.16, z=1.5)
    b.add(strips(crown, crown + (0, 0.16, 0)), CREAM * 0.85, 0.1, y=-0.16, z=1.5)
    for k in range(3):  # a band of glazed tiles
        b.add(sides(0.3, 0.02, 0.3, "yxXzZ"), (TEAL, NAVY, TEAL)[k], 0.6, x=-0.34 + 0.34 * k, y=-0.165, z=1.22)
    y0, y1, h = -0.88, -0.14, 0.5
    b.shell(box(1.5, 0.12, h, 0.03), CREAM * 0.85, 0.12, y=y0 + 0.06, keep="yYZ")
    for sx in (-1, 1):
        b.shell(box(0.12, y1 - y0, h, 0.03), CREAM * 0.85, 0.12, x=sx * 0.69, y=(y0 + y1) / 2, keep="xXyZ")
    b.add(lathe([(0.66, 0), (0, 0.002)], 16, ey=0.52), SKY * 0.6 + TEAL * 0.3, 0.92, y=(y0 + y1) / 2 + 0.04, z=0.42)
    b.add(tube([(0, -0.14, 1.0), (0, -0.3, 1.02), (0, -0.36, 0.96)], 0.03, 6), MUSTARD * 0.8, 0.7)
    b.add(tube([(0, -0.36, 0.95), (0, -0.4, 0.75), (0, -0.42, 0.42)], 0.014, 5), SKY * 1.1, 0.9)
    b.add(
        lathe([(0.13, 0), (0.16, 0.02), (0.1, 0.05), (0, 0.06)], 14),
        NAVY * 0.6 + TEAL * 0.4,
        0.4,
        y=-0.165,
        z=1.02,
        rx=90,
    )


def cafe_table(b: Bag, colour: Colour, *, parasol: tuple[Colour, Colour] | None = None) -> None:
    """A round table laid for two, with two chairs along X, and a parasol if given its colours."""
    b.add(lathe([(0.25, 0), (0.24, 0.03), (0.03, 0.06), (0.025, 0.7)], 9), INK, 0.35)
    b.add(lathe([(0.35, 0.7), (0.37, 0.715), (0.35, 0.73), (0, 0.731)], 16), IVORY, 0.35)
    for x, y in ((-0.16, 0.08), (0.17, -0.06)):
        b.add(lathe([(0.09, 0), (0.09, 0.006), (0.03, 0.008)], 9), SKY, 0.4, x=x, y=y, z=0.732)
        b.add(lathe([(0.028, 0), (0.045, 0.06), (0.038, 0.058), (0, 0.04)], 8), IVORY, 0.4, x=x, y=y, z=0.738)
    for sx in (-1, 1):
        with b.at(x=sx * 0.66, rz=sx * 90):
            _chair(b, colour)
    if parasol is not None:
        b.add(tube([(0, 0, 0.73), (0, 0, 2.5)], 0.022, 5), OAK, 0.3)
        n, r, z = 8, 1.25, 2.12
        t = np.linspace(0, 2 * np.pi, n + 1)
        for k in range(n):
            rows = []
            for q, up in ((0.02, 2.5), (0.5, 2.36), (1.0, z)):
                rows.append([(r * q * np.cos(a), r * q * np.sin(a), up) for a in (t[k], t[k + 1])])
            panel = sheet(np.array(rows)[::-1], 0.008)
            cloth(b, panel, parasol[k % 2], 0.3 * below(panel, 2.5, 0.38), jitter=0.02)
            p, q = (np.array([r * np.cos(a), r * np.sin(a), z]) for a in (t[k], t[k + 1]))
            flap = sheet(np.array([[p, q], [p - (0, 0, 0.13), q - (0, 0, 0.13)]]), 0.006)
            cloth(b, flap, parasol[k % 2], 0.3 + 0.7 * below(flap, z, 0.13), jitter=0.02)
        b.add(ball(0.04, 6, 2), OAK, 0.3, z=2.5)


def _chair(b: Bag, colour: Colour) -> None:
    """A folding chair that faces local +Y."""
    for y, h in ((-0.17, 0.86), (0.17, 0.45)):
        for sx in (-1, 1):
            b.add(tube([(sx * 0.18, y * 1.15, 0), (sx * 0.18, y, h)], 0.014, 4), INK, 0.35)
    for y in (-0.1, 0.02, 0.14):
        b.add(sides(0.38, 0.1, 0.02, "yYxXZ"), colour, 0.3, y=y, z=0.45)
    for z in (0.64, 0.77):
        b.add(sides(0.38, 0.02, 0.08, "yYzZ"), colour, 0.3, y=-0.175, z=z)


def lamp_string(b: Bag, a: np.ndarray, c: np.ndarray, sag: float, bulbs: int) -> None:
    """Bulbs on a wire between two points; every fourth lights the bake."""
    u = np.linspace(0, 1, 11)
    line = a + (c - a) * u[:, None]
    line[:, 2] -= sag * 4 * u * (1 - u)
    b.add(tube(line, 0.009, 3), INK, 0.1)
    drop = lathe([(0, -0.14), (0.055, -0.08), (0.02, 0.0)], 5, crease_deg=99)
    for k in range(bulbs):
        q = (k + 0.5) / bulbs
        at = [float(np.interp(q, u, line[:, i])) for i in range(3)]
        b.glow(drop, np.array([1.0, 0.74, 0.42]) * (0.85 + 0.3 * b.rng.random()), x=at[0], y=at[1], z=at[2])
        if k % 4 == 2:
            b.light("POINT", 9, (at[0], at[1], at[2] - 0.12), size_m=(0.08,))


def bunting(b: Bag, a: np.ndarray, c: np.ndarray, sag: float, flags: int) -> None:
    """A string of flags between two points."""
    u = np.linspace(0, 1, 11)
    line = a + (c - a) * u[:, None]
    line[:, 2] -= sag * 4 * u * (1 - u)
    wire = tube(line, 0.008, 3)
    cloth(b, wire, IVORY * 0.8, 0.12)
    along = (c - a)[:2] / np.linalg.norm((c - a)[:2])
    tones = (TERRA, IVORY, MUSTARD, TEAL, rgb("e58f9d"), SKY)
    for k in range(flags):
        q = (k + 0.5) / flags
        x, y, z = (np.interp(q, u, line[:, i]) for i in range(3))
        w, h, dip = 0.14, 0.3, b.rng.normal() * 0.05
        v = np.array(
            [
                (x - along[0] * w, y - along[1] * w, z),
                (x + along[0] * w, y + along[1] * w, z),
                (x + dip * along[1], y - dip * along[0], z - h),
            ]
        )
        n = np.array([along[1], -along[0], 0])
        f = np.array([(0, 1, 2)]) if np.cross(v[1] - v[0], v[2] - v[0]) @ n > 0 else np.array([(0, 2, 1)])
        both = Shape(np.r_[v, v - n * 0.004], np.r_[np.tile(n, (3, 1)), np.tile(-n, (3, 1))], np.r_[f, f[:, ::-1] + 3])
        cloth(b, both, tones[k % len(tones)], np.array([0.12, 0.12, 1.0] * 2))


def post_box(b: Bag) -> None:
    """A round pillar for letters, front towards -Y."""
    red = rgb("b5392c")
    b.add(
        lathe(
            [(0.24, 0), (0.24, 0.12), (0.2, 0.14), (0.2, 1.2), (0.25, 1.22), (0.25, 1.28), (0.16, 1.4), (0, 1.44)], 14
        ),
        red,
        0.5,
    )
    b.add(sides(0.2, 0.02, 0.035, "yxXzZ"), INK, 0.2, y=-0.2, z=1.05)
    b.add(sides(0.16, 0.02, 0.12, "yxXzZ"), IVORY, 0.2, y=-0.2, z=0.84)
