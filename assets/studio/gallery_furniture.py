"""The gallery's furniture: what people sit at and on, what sculptures stand on, what lights a picture."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.gallery_colours import AUBERGINE, CHALK, OCHRE, PLUM_WALL, SMOKED, STEEL, TRAVERTINE, TREE_LEAF
from assets.studio.gallery_room import WARM
from assets.studio.kit import Shape, arc, box, dome, fan, grid, lathe, sheet, strips, tube
from assets.studio.palette import BRASS, CREAM, INK, IVORY, NAVY, TERRA, WALNUT, Colour, rgb

DESK_M = (2.0, 0.72, 1.0)
BORNE_R, BORNE_TOP = 0.78, 1.02


def column(b: Bag, h: float, r: float, colour: Colour = TRAVERTINE) -> None:
    """A fluted column with a square cap."""
    n = 32
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    flute = np.where(np.arange(n) % 2, 0.9, 1.0)
    rows = [(r * 1.14, 0.0, 0), (r * 1.14, 0.05, 0), (r, 0.07, 1), (r * 0.98, h * 0.35, 1), (r * 0.95, h * 0.7, 1),
            (r * 0.93, h - 0.08, 1), (r * 1.08, h - 0.06, 0), (r * 1.08, h - 0.04, 0)]  # fmt: skip
    p = np.array([np.c_[q * np.cos(t) * (flute if cut else 1), q * np.sin(t) * (flute if cut else 1),
        np.full(n, z)] for q, z, cut in rows])  # fmt: skip
    b.add(grid(p), colour, 0.2, jitter=0.02)
    b.shell(box(2.3 * r, 2.3 * r, 0.04, 0.008), colour, 0.25, z=h - 0.04, jitter=0, density=1.2)


def block(b: Bag, w: float, h: float, colour: Colour, gloss: float = 0.3, d: float | None = None) -> None:
    """A square plinth with a shadow gap at its foot."""
    deep = w if d is None else d
    b.shell(box(w - 0.05, deep - 0.05, 0.04, 0), colour * 0.4, 0.05, jitter=0, density=0.4, keep="xXyY")
    b.shell(box(w, deep, h - 0.03, 0.01), colour, gloss, z=0.03, jitter=0, density=1.1)


def terrazzo(b: Bag, r: float, h: float) -> None:
    """A drum with chips of stone in it."""
    b.add(lathe([(r, 0), (r, h * 0.25), (r, h * 0.5), (r, h * 0.75), (r, h - 0.012), (r - 0.012, h), (0, h)], 28),
        CHALK, 0.4, jitter=0)  # fmt: skip
    for k in range(90):
        a, z = k * 2.399, 0.03 + (h - 0.06) * ((k * 0.618) % 1)
        size = 0.008 + 0.012 * ((k * 0.37) % 1)
        turn = b.rng.uniform(0, 6.28)
        t = turn + np.linspace(0, 2 * np.pi, 5, endpoint=False)
        x, up = size * np.cos(t) / r, size * np.sin(t) * 0.8
        chip = np.c_[(r + 0.0012) * np.cos(a + x), (r + 0.0012) * np.sin(a + x), z + up]
        b.add(fan(chip, (np.cos(a), np.sin(a), 0)), (TERRA, NAVY, OCHRE, SMOKED, PLUM_WALL)[k % 5], 0.4)
    for k in range(16):
        a, q = k * 2.399, (r - 0.03) * np.sqrt((k + 0.5) / 16)
        t = np.linspace(0, 2 * np.pi, 5, endpoint=False) + k
        size = 0.01 + 0.01 * ((k * 0.37) % 1)
        chip = np.c_[q * np.cos(a) + size * np.cos(t), q * np.sin(a) + size * np.sin(t), np.full(5, h + 0.001)]
        b.add(fan(chip, (0, 0, 1.0)), (TERRA, NAVY, OCHRE, SMOKED, PLUM_WALL)[k % 5], 0.4)


def trestle_stand(b: Bag, w: float, h: float) -> None:
    """A slab of stone on four steel legs."""
    b.shell(box(w, w, 0.05, 0.01), TRAVERTINE * 0.95, 0.35, z=h - 0.05, jitter=0, density=1.2)
    for sx in (-1, 1):
        for sy in (-1, 1):
            leg = [(sx * (w / 2 - 0.04), sy * (w / 2 - 0.04), q * (h - 0.05)) for q in np.linspace(0, 1, 5)]
            b.add(tube(leg, 0.012, 6), STEEL, 0.4)
        for z in (0.14,):
            b.add(tube([(sx * (w / 2 - 0.04), y, z) for y in np.linspace(0.04 - w / 2, w / 2 - 0.04, 4)], 0.009, 6),
                STEEL, 0.4)


def borne(b: Bag) -> None:
    """A round settee in ochre velvet about a column on which a sculpture stands, its top at BORNE_TOP."""
    r = BORNE_R
    b.add(lathe([(r - 0.06, 0), (r - 0.06, 0.08)], 36), AUBERGINE, 0.3, jitter=0)
    n, tufts = 72, 18
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    puff = np.abs(np.sin(t * tufts / 2)) ** 0.7
    rows = [(r - 0.05, 0.08, 0), (r - 0.01, 0.12, 0.01), (r, 0.22, 0.02), (r, 0.32, 0.02), (r - 0.03, 0.4, 0.012),
            (r - 0.14, 0.44, 0.004), (r - 0.34, 0.435, 0.0), (0.34, 0.42, 0.0)]  # fmt: skip
    p = [np.c_[(q + swell * puff) * np.cos(t), (q + swell * puff) * np.sin(t), np.full(n, z)] for q, z, swell in rows]
    b.add(grid(np.array(p)), OCHRE, 0.08, jitter=0)
    back = [(0.35, 0.4, 0.0), (0.36, 0.48, 0.02), (0.335, 0.62, 0.028), (0.3, 0.76, 0.02), (0.26, 0.82, 0.004),
        (0.2, 0.84, 0.0)]  # fmt: skip
    p = [np.c_[(q + swell * puff) * np.cos(t), (q + swell * puff) * np.sin(t), np.full(n, z)] for q, z, swell in back]
    b.add(grid(np.array(p)), OCHRE * 0.94, 0.08, jitter=0)
    for k in range(tufts):
        a = 2 * np.pi * k / tufts
        b.add(lathe([(0.013, 0), (0, 0.008)], 6), OCHRE * 0.7, 0.2, x=0.545 * np.cos(a), y=0.545 * np.sin(a), z=0.432)
    b.add(lathe([(0.2, 0.82), (0.2, 0.86), (0.16, 0.88), (0.15, 0.96), (0.19, 0.985), (0.19, BORNE_TOP),
        (0, BORNE_TOP)], 24), WALNUT, 0.45)  # fmt: skip


def bench(b: Bag, w: float) -> None:
    """A low bench: two walnut trestles, a leather pad with seams."""
    b.shell(box(w, 0.42, 0.05, 0.015), WALNUT, 0.4, z=0.33, jitter=0)
    for k in range(3):
        b.add(box(w / 3 - 0.008, 0.43, 0.075, 0.03), PLUM_WALL * 1.15, 0.3, x=w / 3 * (k - 1), z=0.38, jitter=0.02)
    for sx in (-1, 1):
        for sy in (-1, 1):
            path = [(sx * (w / 2 - 0.12), sy * 0.14, 0.34), (sx * (w / 2 - 0.1), sy * 0.16, 0.17),
                (sx * (w / 2 - 0.07), sy * 0.18, 0.0)]
            b.add(tube(path, [0.022, 0.02, 0.014], 8), WALNUT, 0.35)


def desk(b: Bag) -> None:
    """The reception desk, its front towards -Y: a fluted walnut bow under a slab of stone; what lies on it."""
    w, d, h = DESK_M
    t = np.linspace(0, 1, 97)
    half = w / 2
    x = np.clip(half * (2 * t - 1), -half, half)
    bow = d * (1 - np.abs(x / half) ** 5)
    flute = 0.012 * np.abs(np.sin(np.pi * 24 * t))
    foot = np.c_[x * 0.98, d / 2 - bow - flute, np.zeros(97)]
    rows = [foot + (0, 0, z) for z in (0.12, 0.34, 0.56, 0.76, h - 0.06)]
    b.add(grid(np.array(rows), wrap=False), WALNUT * 1.12, 0.4, jitter=0)
    plinth = np.c_[x * 0.95, d / 2 - bow * 0.94, np.zeros(97)]
    b.add(strips(plinth, plinth + (0, 0, 0.12)), AUBERGINE, 0.3, jitter=0)
    for z in (0.12, h - 0.075):
        rail = np.c_[x, d / 2 - bow - 0.014, np.full(97, z)][::4]
        b.add(tube(rail, 0.011, 6), BRASS, 0.8, jitter=0)
    top = np.c_[np.linspace(-half - 0.05, half + 0.05, 33), np.zeros(33)]
    edge = d / 2 - (d + 0.09) * (1 - np.abs(top[:, 0] / (half + 0.05)) ** 5)
    outline = np.c_[top[:, 0], edge]
    face = np.r_[np.c_[outline, np.full(33, h)], [[half + 0.05, d / 2 + 0.04, h], [-half - 0.05, d / 2 + 0.04, h]]]
    b.shell(fan(face, (0, 0, 1.0)), TRAVERTINE, 0.6, jitter=0, density=1.2)
    low = face - (0, 0, 0.05)
    ring = np.r_[face, face[:1]], np.r_[low, low[:1]]
    b.add(grid(np.stack([ring[1], ring[0]]), wrap=False), TRAVERTINE * 0.96, 0.4, jitter=0)
    b.shell(box(w - 0.1, 0.03, h - 0.08, 0), WALNUT * 0.8, 0.3, y=d / 2 - 0.02, jitter=0, keep="yY", density=0.4)
    with b.at(x=-0.62, y=0.1, z=h):
        desk_lamp(b)
    with b.at(x=0.62, y=0.08, z=h, rz=12):
        for k, (c, s) in enumerate(((NAVY, 1.0), (CREAM, 0.95), (TERRA, 0.9), (PLUM_WALL, 0.84))):
            b.add(box(0.24 * s, 0.3 * s, 0.024, 0.004), c, 0.25, z=0.026 * k, rz=-7 * k)
    with b.at(x=0.0, y=-0.1, z=h, rz=-8):
        b.add(box(0.34, 0.25, 0.006, 0.002), IVORY, 0.05)
        b.add(box(0.005, 0.24, 0.003, 0), rgb("cfc2ae"), 0.05, z=0.005)
        b.add(tube([(0.12, -0.08, 0.014), (0.16, 0.0, 0.014), (0.2, 0.08, 0.014)], 0.005, 6), INK, 0.5)
    with b.at(x=0.36, y=-0.18, z=h):
        b.add(lathe([(0.045, 0), (0.045, 0.008), (0.035, 0.012), *dome(0.032, 0.034, 0.014, 4)], 16), BRASS, 0.8)
        b.add(lathe([(0.006, 0.046), (0.006, 0.054), (0, 0.056)], 8), INK, 0.4)


def desk_lamp(b: Bag) -> None:
    """A brass lamp with a plum shade."""
    b.add(lathe([(0.08, 0), (0.08, 0.015), (0.02, 0.03), (0.012, 0.05), (0.012, 0.3)], 18), BRASS, 0.75)
    b.add(lathe([(0.15, 0.26), (0.13, 0.34), (0.07, 0.4), (0.02, 0.41), (0, 0.41)], 22, crease_deg=99), PLUM_WALL, 0.5)
    b.add(lathe([(0.066, 0.395), (0.126, 0.336), (0.149, 0.26)], 22, crease_deg=99), IVORY)
    b.glow(lathe([(0, 0.26), (0.03, 0.28), (0.035, 0.31), (0.012, 0.36)], 10, crease_deg=99), np.array([1.0, 0.8, 0.5]))
    b.light("POINT", 9, (0, 0, 0.25), colour=WARM)


def picture_light(b: Bag, wide: float, power_w: float = 3.0) -> None:
    """A brass reading lamp on the wall (y = 0) over a picture whose top is just below z = 0."""
    b.add(lathe([(0.03, 0), (0.03, 0.008), (0, 0.012)], 12), BRASS, 0.75, z=0.1, y=0.0, rx=90)
    arm = [(0, -0.01, 0.1), (0, -0.08, 0.13), (0, -0.15, 0.13), (0, -0.19, 0.1)]
    b.add(tube(arm, 0.007, 6), BRASS, 0.75)
    half = wide / 2
    hood = arc(0.026, -10, 190, 8)[:, [1, 0, 2]]
    rows = np.stack([hood + (x, -0.19, 0.085) for x in np.linspace(-half, half, 5)])
    b.add(grid(rows, wrap=False), BRASS, 0.7, jitter=0)
    inner = grid(rows[:, ::-1], wrap=False)
    b.add(Shape(inner.v - inner.n * 0.001, inner.n, inner.f), IVORY, 0.2, jitter=0)
    b.glow(box(wide - 0.03, 0.026, 0.012, 0), np.array([1.0, 0.84, 0.58]), y=-0.19, z=0.078)
    b.light("AREA", power_w * wide / 0.4, (0, -0.2, 0.07), colour=WARM, aim=(0, 0.42, -1), size_m=(wide, 0.04))


def label(b: Bag) -> None:
    """A small card beside a work, on the wall y = 0."""
    b.add(box(0.1, 0.006, 0.066, 0), IVORY, 0.1, y=-0.003)
    for k, w in enumerate((0.07, 0.055, 0.06)):
        x, z = -0.038, 0.046 - 0.014 * k
        line = np.array([(x, -0.007, z), (x + w, -0.007, z), (x + w, -0.007, z + 0.006), (x, -0.007, z + 0.006)])
        b.add(fan(line, (0, -1.0, 0)), INK, 0.1)


def spots(b: Bag, length: float, n: int, power_w: float) -> None:
    """A track of small lamps along local x at z = 0, hung from the vault, that wash a wall towards local +y."""
    b.add(tube([(x, 0, 0) for x in np.linspace(-length / 2, length / 2, 8)], 0.014, 6), STEEL, 0.4)
    for x in np.linspace(-length / 2 + 0.3, length / 2 - 0.3, n):
        with b.at(x=float(x), z=-0.04, rx=38):
            b.add(lathe([(0.012, 0.04), (0.03, 0.02), (0.04, -0.08), (0.046, -0.13)], 12), STEEL, 0.4)
            b.add(lathe([(0.044, -0.13), (0.03, -0.1)], 12), IVORY, 0.3)
            b.glow(lathe([(0.032, -0.106), (0.0, -0.1)][::-1], 10), np.array([1.0, 0.84, 0.6]))
    b.light("AREA", power_w, (0, 0.05, -0.2), colour=WARM, aim=(0, 0.75, -1), size_m=(length, 0.08))


def leafy(b: Bag, h: float, pot: float, colour: Colour, leaves: int = 22) -> None:
    """A rubber plant in a glazed pot, h tall."""
    b.add(lathe([(pot * 0.75, 0), (pot, pot * 0.6), (pot * 1.02, pot * 1.4), (pot * 0.92, pot * 1.55),
        (pot * 0.84, pot * 1.5)], 20, crease_deg=70), colour, 0.5)  # fmt: skip
    b.add(lathe([(pot * 0.88, pot * 1.42), (0, pot * 1.42)], 14), WALNUT * 0.4)
    stems = ((0.0, 0.0, 1.0), (0.1, 0.06, 0.8), (-0.08, 0.09, 0.66))
    foot = np.array([0, 0, pot * 1.3])
    for lean_x, lean_y, tall in stems:
        u = np.linspace(0, 1, 6)
        stem = foot + np.c_[lean_x * 2 * u**1.3, lean_y * 2 * u**1.3, (h * tall - foot[2]) * u * 0.9]
        b.add(tube(stem, np.linspace(0.016, 0.007, 6), 6), TREE_LEAF * 0.6, 0.2)
        count = int(leaves * tall / 2.2)
        for k in range(count):
            q = 0.25 + 0.75 * (k + 1) / count
            at = np.array([np.interp(q, u, stem[:, i]) for i in range(3)])
            length = h * (0.22 - 0.08 * q) * b.rng.uniform(0.9, 1.15)
            w = np.linspace(0, 1, 5)
            half = length * 0.26 * np.sin(np.pi * np.clip(0.04 + 0.95 * w, 0, 1)) ** 0.75
            drop = length * (0.25 * w - 0.45 * w**2)
            rows = np.stack([np.c_[0.03 + w * length, s * half, drop + abs(s) * half * 0.22] for s in (-1, 0, 1)], 1)
            rows[:, 1, 2] = drop
            with b.at(x=at[0], y=at[1], z=at[2], rz=137.5 * k + 40 * tall, ry=-38 * q + 8):
                b.add(sheet(rows), TREE_LEAF * (0.62 + 0.25 * q) * (0.9, 1, 0.85), 0.5)


def wrapped(b: Bag) -> None:
    """Three pictures in brown paper that wait to be collected, leaning on the wall y = 0."""
    for w, h, y, turn in ((0.9, 0.7, -0.06, -9), (0.62, 0.82, -0.14, -11), (0.5, 0.45, -0.24, -14)):
        with b.at(y=y - 0.06, x=(0.9 - w) * 0.35, rx=turn):
            b.add(box(w, 0.045, h, 0.006), rgb("b18c60"), 0.08, jitter=0.06)
            b.add(box(0.012, 0.049, h + 0.002, 0), CREAM, 0.1, x=w * 0.12)
            b.add(box(w + 0.002, 0.049, 0.012, 0), CREAM, 0.1, z=h * 0.6)


def ledge(b: Bag, w: float, d: float = 0.26) -> None:
    """A wall shelf of smoked oak, its top on z = 0, on brass brackets, with a lamp strip below."""
    b.shell(box(w, d, 0.036, 0.01), SMOKED * 0.9, 0.45, y=-d / 2, z=-0.036, jitter=0, density=1.2)
    for x in (-w / 2 + 0.12, w / 2 - 0.12):
        b.add(tube([(x, -0.004, -0.2), (x, -d * 0.5, -0.1), (x, -d + 0.03, -0.04)], 0.009, 6), BRASS, 0.75)
        b.add(tube([(x, -0.006, -0.22), (x, -0.006, -0.12), (x, -0.006, -0.04)], 0.009, 6), BRASS, 0.75)
    b.light("AREA", 1.6 * w, (0, -d + 0.05, -0.045), colour=WARM, aim=(0, 0.3, -1), size_m=(w * 0.85, 0.02))


def runner(b: Bag, w: float, d: float) -> None:
    """A woven rug with a border and lozenges, centred on the origin."""
    bands = ((0.0, PLUM_WALL), (0.06, CREAM), (0.085, OCHRE), (0.16, NAVY))
    for k, (inset, c) in enumerate(bands):
        b.shell(box(w - 2 * inset, d - 2 * inset, 0.008 + 0.004 * k, 0), c * 0.8, 0.0, jitter=0, keep="Z", density=1.3)
    for i in range(3):
        y = (i - 1) * d * 0.24
        for s, c in ((0.3, OCHRE), (0.22, TERRA), (0.12, CREAM)):
            k = 0.023 + 0.02 * (0.3 - s)
            lozenge = np.array([(-s * w * 0.8, y, k), (0, y - s * d * 0.36, k), (s * w * 0.8, y, k),
                (0, y + s * d * 0.36, k)])
            b.shell(fan(lozenge, (0, 0, 1.0)), c * 0.8, 0.0, jitter=0, density=1.2)


def hanging_dome(b: Bag, z: float, ceiling: float, r: float, colour: Colour, power_w: float) -> None:
    """A spun metal dome hung from the ceiling, its rim at z, its inside lit."""
    b.add(tube([(0, 0, z + r * 0.7), (0, 0, (z + ceiling) / 2), (0, 0, ceiling)], 0.007, 5), INK)
    b.add(lathe([(r, z), (r * 0.97, z + r * 0.28), (r * 0.74, z + r * 0.56), (r * 0.3, z + r * 0.7),
        (0, z + r * 0.72)], 24, crease_deg=99), colour, 0.6)  # fmt: skip
    b.add(lathe([(r * 0.3, z + r * 0.67), (r * 0.7, z + r * 0.54), (r * 0.94, z + r * 0.26), (r, z)], 24,
        crease_deg=99), CREAM)
    b.glow(lathe([(0, z + 0.02), (0.05, z + 0.04), (0.06, z + 0.09), (0.02, z + 0.16)], 12, crease_deg=99),
        np.array([1.0, 0.8, 0.5]))
    b.light("POINT", power_w, (0, 0, z - 0.02), colour=(1, 0.76, 0.5))
