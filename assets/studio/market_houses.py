"""House backs round the market, its garden wall and its gate: each along local x, face on y = 0 towards -Y."""

import itertools

import numpy as np

from assets.studio import sway
from assets.studio.bag import NIGHT_WINDOW, Bag
from assets.studio.kit import Shape, box, fan, grid, join, lathe, strips, tube
from assets.studio.market_colours import (
    BOUGAIN,
    BULB,
    CROWN,
    IRON,
    PATINA,
    PATINA_PALE,
    STONE,
    TILE,
    TIMBER_DARK,
    WHITEWASH,
)  # fmt: skip
from assets.studio.palette import IVORY, TERRA, Colour, rgb

PANE_TOP, PANE_FOOT = np.array([0.60, 0.76, 0.80]), np.array([0.18, 0.25, 0.29])
GATE_W, GATE_H, SPRING = 2.2, 2.6, 1.82


def facing(shape: Shape, way: tuple[float, float, float]) -> Shape:
    """An open face turned so that it looks along `way`."""
    if (shape.n @ np.array(way)).mean() >= 0:
        return shape
    return Shape(shape.v, -shape.n, shape.f[:, ::-1])


def house_back(
    b: Bag, w: float, h: float, wall: Colour, shutter: Colour, windows: tuple[tuple[float, float, bool], ...],
    *, tiles: bool = True, plinth: bool = True,
) -> None:  # fmt: skip
    """A plain back wall w by h with shuttered windows at (x, sill, closed)."""
    b.shell(box(w, 0.3, h, 0), wall, 0.04, jitter=0.02, keep="y", y=0.15)
    if plinth:
        b.shell(box(w, 0.05, 0.55, 0.01), STONE * 0.9, 0.06, keep="yZ", density=0.6, y=-0.02)
    b.shell(box(w, 0.22, 0.16, 0.04), IVORY * 0.92, 0.06, keep="yzZ", density=0.4, y=-0.07, z=h - 0.16)
    for x, sill, closed in windows:
        with b.at(x=x, z=sill):
            window(b, 0.8, 1.2, shutter, closed=closed)
    if tiles:
        tiled_slope(b, w + 0.1, (-0.36, h - 0.03), (1.6, h + 0.95), 0.33)


def window(b: Bag, w: float, h: float, shutter: Colour, *, closed: bool = False) -> None:
    """A window with plank shutters and a stone sill at z = 0."""
    b.add(box(w + 0.2, 0.13, 0.06, 0), STONE * 1.05, 0.08, y=-0.06, z=-0.06)
    b.add(box(w + 0.12, 0.06, 0.09, 0), IVORY * 0.92, 0.08, y=-0.03, z=h)
    for sx in (-1, 1):
        b.add(box(0.06, 0.06, h, 0), IVORY * 0.92, 0.08, x=sx * (w / 2 + 0.02), y=-0.03)
    if not closed:
        _pane(b, w, h)
        b.add(box(0.035, 0.03, h - 0.02, 0), IVORY, 0.15, y=-0.025, z=0.01)
        for sx in (-1, 1):
            b.add(box(w / 2 - 0.06, 0.026, 0.035, 0), IVORY, 0.15, x=sx * (w / 4 + 0.002), y=-0.025, z=h * 0.6)
    for sx in (-1, 1):
        x, turn = (sx * w / 4, 0) if closed else (sx * (w / 2 + 0.07 + w / 4), sx * 8)
        with b.at(x=x, y=-0.05, rz=turn):
            _shutter(b, w / 2 - 0.01, h - 0.01, shutter)


def _shutter(b: Bag, w: float, h: float, colour: Colour) -> None:
    tone = colour * b.rng.uniform(0.93, 1.06)
    b.add(box(w, 0.028, h, 0), tone, 0.2, jitter=0)
    for z0, z1 in ((0.07, h * 0.47), (h * 0.53, h - 0.07)):
        for z in np.arange(z0, z1 - 0.08, 0.115):
            slat = strips(
                np.array([(-w / 2 + 0.04, -0.04, z), (w / 2 - 0.04, -0.04, z)]),
                np.array([(-w / 2 + 0.04, -0.016, z + 0.085), (w / 2 - 0.04, -0.016, z + 0.085)]),
            )
            b.add(facing(slat, (0, -1, 0.3)), tone * 1.12, 0.2, jitter=0)


def _pane(b: Bag, w: float, h: float) -> None:
    v = np.array([(-w / 2, -0.015, 0), (w / 2, -0.015, 0), (w / 2, -0.015, h), (-w / 2, -0.015, h)])
    tones = np.array([PANE_FOOT, PANE_FOOT * 1.3, PANE_TOP, PANE_TOP * 0.8]) * b.rng.uniform(0.75, 1.05)
    b.glow(Shape(v, np.tile([0, -1.0, 0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])), tones, NIGHT_WINDOW)


def tiled_slope(b: Bag, w: float, low: tuple[float, float], high: tuple[float, float], pitch: float) -> None:
    """Rows of round tiles over x from (y, z) `low` up to (y, z) `high`, with a dark board beneath."""
    lo, hi = np.array([0, *low]), np.array([0, *high])
    ends = np.array([[-w / 2, 0, 0], [w / 2, 0, 0]])
    b.shell(facing(strips(ends + lo, ends + hi), (0, -0.5, 1)), TILE * 0.5, 0.05, density=0.3)
    b.shell(facing(strips(ends + lo, ends + hi), (0, 0.5, -1)), TIMBER_DARK, 0.05, density=0.5, z=-0.04)
    n = max(3, round(w / pitch))
    t = np.linspace(np.pi, 0, 4)
    for k in range(n):
        x = -w / 2 + w * (k + 0.5) / n
        half = np.c_[np.cos(t) * pitch * 0.44, np.zeros(4), np.sin(t) * pitch * 0.27]
        rows = np.array([half + lo + (hi - lo) * q + np.array([x, 0, 0.0]) for q in (0, 1)])
        b.add(facing(grid(rows, wrap=False), (0, 0, 1)), TILE * b.rng.uniform(0.8, 1.14), 0.1)
        b.add(fan(half + lo + np.array([x, 0, 0]), (0, -1, 0)), TILE * 0.45, 0.05)


def garden_wall(b: Bag, w: float, h: float, thick: float = 0.3) -> None:
    """A plastered wall with a tiled coping, seen from its front."""
    b.shell(box(w, thick, h, 0), WHITEWASH * 0.97, 0.04, jitter=0.02, keep="yZ", y=thick / 2)
    b.shell(box(w, 0.05, 0.4, 0.01), STONE * 0.9, 0.06, keep="yZ", density=0.6, y=-0.02)
    n = max(3, round(w / 0.3))
    t = np.linspace(np.pi, 0, 4)
    for k in range(n):
        x = -w / 2 + w * (k + 0.5) / n
        half = np.c_[np.cos(t) * 0.14, np.zeros(4), np.sin(t) * 0.07]
        rows = np.array(
            [
                half + np.array([x, y, z])
                for y, z in ((-0.12, h - 0.02), (thick / 2, h + 0.12), (thick + 0.12, h - 0.02))
            ]
        )
        b.add(facing(grid(rows, wrap=False), (0, 0, 1)), TILE * b.rng.uniform(0.8, 1.14), 0.1)
    b.shell(box(w, thick + 0.16, 0.05, 0), TILE * 0.6, 0.05, keep="yz", density=0.4, y=thick / 2, z=h - 0.03)


def climber(b: Bag, w: float, h: float, leaves: int, blossoms: float = 0.4) -> None:
    """Bougainvillea that has come over a wall: it hangs from z = 0 to -h along x, face towards -Y."""
    for _ in range(leaves):
        x = b.rng.uniform(-1, 1)
        drop = b.rng.uniform(0, 1) ** 1.6 * (1 - 0.75 * abs(x) ** 1.5)
        y = -0.1 - 0.2 * np.sin(np.pi * min(1.0, drop + 0.2)) * b.rng.uniform(0.3, 1)
        flower = b.rng.uniform() < blossoms
        tone = BOUGAIN * b.rng.uniform(1.0, 1.5) if flower else CROWN * b.rng.uniform(1.0, 1.7)
        size = b.rng.uniform(0.09, 0.14) if flower else b.rng.uniform(0.11, 0.18)
        v = np.array([(0, 0, 0), (0.5, -0.42, 0.1), (0.5, 0.42, 0.1), (1, 0, -0.08)]) * size
        leaf = Shape(v, np.tile([0.1, 0, 0.99], (4, 1)), np.array([(0, 1, 3), (0, 3, 2)]))
        with b.at(x=x * w / 2, y=y, z=0.14 - drop * h, rz=-90 + b.rng.uniform(-70, 70), ry=b.rng.uniform(20, 75)):
            sway.leafy(b, leaf, tone, 0.3 + 0.6 * drop, jitter=0)


def gate_wall(b: Bag, left_m: float, right_m: float, h: float, wall: Colour, thick: float) -> None:
    """The wall with the archway to the street: the opening is about x = 0, the wall runs from -left_m to right_m.

    Local x runs along the wall; its face is y = 0, its threshold y = `thick`.
    """
    half = GATE_W / 2
    for x0, x1, z0, z1, keep in (
        (-left_m, -half, 0.0, h, "yX"),
        (half, right_m, 0.0, h, "yx"),
        (-half, half, GATE_H + 0.02, h, "yz"),
    ):
        b.shell(box(x1 - x0, thick, z1 - z0, 0), wall, 0.04, jitter=0, keep=keep, x=(x0 + x1) / 2, y=thick / 2, z=z0)
    k = 16
    t = np.linspace(np.pi, 0, k + 1)
    rise = GATE_H - 0.04 - SPRING
    arch = np.c_[half * np.cos(t), np.zeros(k + 1), SPRING + rise * np.sin(t)]
    top = np.c_[arch[:, 0], np.zeros(k + 1), np.full(k + 1, GATE_H + 0.03)]
    b.shell(facing(strips(arch, top), (0, -1, 0)), wall, 0.04, jitter=0, density=0.8)
    deep = np.array([0, thick, 0])
    b.shell(facing(strips(arch, arch + deep), (0, 0, -1)), WHITEWASH * 0.95, 0.05, density=0.8)
    stones = np.linspace(0, np.pi, 14)
    for j, (a, c) in enumerate(itertools.pairwise(stones)):
        q = np.array([a + 0.012, c - 0.012])
        inner = np.c_[half * np.cos(q), np.full(2, -0.035), SPRING + rise * np.sin(q)]
        big = 1.13 if j != 6 else 1.2
        outer = np.c_[half * big * np.cos(q), np.full(2, -0.035), SPRING + rise * 1.24 * big / 1.13 * np.sin(q)]
        face = facing(strips(inner, outer), (0, -1, 0))
        b.add(face, STONE * b.rng.uniform(0.92, 1.12), 0.08)
        for rail, way in ((outer, (0, 0, 1)), (inner, (0, 0, -1))):
            b.add(facing(strips(rail, rail + np.array([0, 0.04, 0])), way), STONE * 0.85, 0.08)
    for sx in (-1, 1):
        for j in range(4):
            wide = 0.2 + 0.05 * (j % 2)
            part = box(wide, 0.05, SPRING / 4 - 0.014, 0.012)
            b.add(
                part, STONE * b.rng.uniform(0.92, 1.1), 0.08, x=sx * (half + wide / 2 - 0.02), y=-0.02, z=SPRING / 4 * j
            )
    b.shell(box(GATE_W, thick, 0.015, 0), STONE * 0.8, 0.2, keep="Z", y=thick / 2, z=-0.002, density=0.8)
    b.shell(
        box(left_m - half - 0.3, 0.05, 0.55, 0.01),
        STONE * 0.9,
        0.06,
        keep="yZ",
        density=0.5,
        x=(-half - 0.3 - left_m) / 2,
        y=-0.02,
    )
    b.shell(
        box(right_m - half - 0.3, 0.05, 0.55, 0.01),
        STONE * 0.9,
        0.06,
        keep="yZ",
        density=0.5,
        x=(half + 0.3 + right_m) / 2,
        y=-0.02,
    )


def lantern(b: Bag, power_w: float = 34.0) -> None:
    """A six-sided market lantern that hangs from its ring at the origin, its light 0.3 m below."""
    b.add(tube([(0, 0, 0), (0, 0, -0.06), (0, 0, -0.12)], 0.008, 4), IRON, 0.4)
    b.add(lathe([(0.15, -0.22), (0.13, -0.19), (0.05, -0.13), (0.015, -0.11), (0, -0.1)], 6), PATINA * 0.6, 0.35)
    b.glow(lathe([(0.075, -0.46), (0.105, -0.22)], 6), np.array(BULB))
    b.add(lathe([(0, -0.5), (0.05, -0.49), (0.085, -0.46)], 6), PATINA * 0.6, 0.35)
    for k in range(6):
        a = k * np.pi / 3
        c, s = np.cos(a), np.sin(a)
        b.add(
            tube(
                [(0.078 * c, 0.078 * s, -0.46), (0.095 * c, 0.095 * s, -0.34), (0.112 * c, 0.112 * s, -0.21)], 0.007, 3
            ),
            PATINA * 0.5,
            0.3,
        )
    b.light("POINT", power_w, (0, 0, -0.34), size_m=(0.1,))


def wall_bracket(b: Bag, power_w: float = 34.0) -> None:
    """A lantern on an iron arm that comes out of a wall at the origin towards -Y."""
    b.add(tube([(0, 0, 0), (0, -0.16, 0.1), (0, -0.36, 0.12)], 0.014, 5), IRON, 0.4)
    b.add(tube([(0, 0, -0.22), (0, -0.14, -0.1), (0, -0.26, 0.11)], 0.01, 5), IRON, 0.4)
    with b.at(y=-0.36, z=0.12):
        lantern(b, power_w)


def laundry(b: Bag, a: np.ndarray, c: np.ndarray) -> None:
    """A washing line between two points: a sheet, shirts, towels, trousers."""
    u = np.linspace(0, 1, 9)
    line = a + (c - a) * u[:, None]
    line[:, 2] -= 0.5 * u * (1 - u)
    b.add(tube(line, 0.006, 3), IVORY * 0.8)
    along = (c - a) / np.linalg.norm(c - a)
    across = np.array([-along[1], along[0], 0.0])
    pieces = (
        (0.1, 0.7, 0.75, WHITEWASH),
        (0.3, 0.42, 0.5, rgb("86aebf")),
        (0.44, 0.42, 0.62, TERRA),
        (0.6, 0.8, 0.66, rgb("e9cf98")),
        (0.78, 0.36, 0.5, PATINA_PALE),
        (0.9, 0.3, 0.42, WHITEWASH),
    )
    for k, (q, w, h, colour) in enumerate(pieces):
        middle = np.array([np.interp(q, u, line[:, i]) for i in range(3)])
        s = np.linspace(-0.5, 0.5, 5)
        rows = []
        for drop in (0.0, 0.5, 1.0):
            belly = 0.05 * drop * np.sin(s * 7 + k * 2)
            rows.append(
                middle
                + along * (s * w * (1 - 0.08 * drop))[:, None]
                + across * belly[:, None]
                - np.array([0, 0, 1.0]) * h * drop
            )
        face = grid(np.array(rows), wrap=False)
        both = join(
            Shape(face.v + face.n * 0.003, face.n, face.f), Shape(face.v - face.n * 0.003, -face.n, face.f[:, ::-1])
        )
        top = float(face.v[:, 2].max())
        sway.cloth(b, both, colour, sway.below(both, top, h), jitter=0.03)
