"""Shop furniture: what stands fixed in a shop. Each is built at the bag's current place, its back towards +Y."""

from itertools import pairwise

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, arc, box, dome, fan, grid, join, lathe, sheet, strips, tube
from assets.studio.palette import (
    BLUSH,
    BRASS,
    INK,
    IVORY,
    LEAF,
    MUSTARD,
    NAVY,
    OAK,
    PLUM,
    SAGE,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
)  # fmt: skip

NICHE_SHELVES_M = (0.1, 0.48, 0.96, 1.42, 1.88)
COUNTER_M = (2.1, 0.66, 0.98)
WARM = (1.0, 0.78, 0.54)


def bar(length: float, w: float, d: float, n: int = 10) -> Shape:
    """An upright bar cut into short pieces, or its buried ends would darken all of it in a vertex bake."""
    ring = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (w / 2, d / 2)
    q = np.array([np.c_[ring, np.full(4, h)] for h in np.linspace(0, length, n + 1)])
    return join(*(grid(q[:, [k, (k + 1) % 4]], wrap=False) for k in range(4)))


def niche(b: Bag, colour: Colour, w: float = 1.4, h: float = 2.5, d: float = 0.42) -> None:
    """An arched wall niche, back on y = 0, open to -Y, its shelves at NICHE_SHELVES_M."""
    r, t = w / 2, 0.06
    z0 = h - r
    for sx in (-1, 1):
        b.shell(box(t, d, z0, 0.014), OAK, 0.4, x=sx * (r - t / 2), y=-d / 2, jitter=0.02)
    outer, inner, dy = arc(r, 180, 0, 22, cz=z0), arc(r - t, 180, 0, 22, cz=z0), np.array([0, d, 0])
    b.add(strips(inner - dy, outer - dy), OAK, 0.4, jitter=0)
    b.add(strips(inner, inner - dy), OAK, 0.3, jitter=0)
    b.add(strips(outer - dy, outer), OAK, 0.3, jitter=0)
    back = np.r_[[[-(r - t), 0, 0]], inner, [[r - t, 0, 0]]][::-1] - (0, 0.045, 0)
    b.shell(fan(back, (0, -1, 0)), colour, 0.1, jitter=0)
    b.shell(box(w - 2 * t, d, 0.1, 0.01), OAK * 0.8, 0.3, y=-d / 2)
    for z in NICHE_SHELVES_M[1:]:
        b.shell(box(w - 2 * t, d - 0.03, 0.035, 0.012), OAK, 0.45, y=-d / 2 + 0.015, z=z - 0.035, jitter=0.03)
        lamp_at = (0, -d + 0.06, z - 0.045)
        b.light("AREA", 1.6, lamp_at, colour=WARM, aim=(0, 0.35, -1), size_m=(w * 0.8, 0.02))
    b.light("AREA", 2.4, (0, -d + 0.06, h - 0.12), colour=WARM, aim=(0, 0.3, -1), size_m=(0.6, 0.02))


def counter(b: Bag) -> None:
    """The counter, its front towards -Y, with the till, a wrapped parcel and a card reader."""
    w, d, h = COUNTER_M
    green = TEAL * 0.58 + SAGE * 0.27
    b.shell(box(w, d, h - 0.05, 0.03), green * 0.96, 0.3, jitter=0)
    for k in range(4):
        panel = box(w / 4 - 0.1, 0.03, h - 0.38, 0.012)
        b.shell(panel, green, 0.3, jitter=0.01, x=-w / 2 + w / 4 * (k + 0.5), y=-d / 2 - 0.005, z=0.22)
    for sx in (-1, 1):
        b.shell(box(0.03, d - 0.16, h - 0.38, 0.012), green, 0.3, jitter=0, x=sx * (w / 2 + 0.005), z=0.22)
    b.shell(box(w + 0.06, d + 0.06, 0.13, 0.02), WALNUT, 0.3)
    b.shell(box(w + 0.14, d + 0.14, 0.055, 0.024), OAK, 0.6, z=h - 0.055, density=1.3)
    with b.at(x=-0.12, y=0.05, z=h, rz=-28):
        till(b)
    with b.at(x=0.42, y=0.04, z=h, rz=-20):
        b.add(box(0.3, 0.22, 0.1, 0.02), IVORY)
        b.add(box(0.02, 0.224, 0.104, 0.006), TERRA)
        b.add(box(0.304, 0.02, 0.104, 0.006), TERRA)
        for rz in (35, -35):
            b.add(box(0.07, 0.035, 0.018, 0.008), TERRA, z=0.104, rz=rz, x=np.sign(rz) * -0.03)
    with b.at(x=0.2, y=-0.22, z=h, rz=-15):
        b.add(box(0.09, 0.15, 0.02, 0.008), INK, 0.5, rx=12)


def till(b: Bag) -> None:
    """An old cash register in terracotta and brass."""
    b.add(box(0.36, 0.36, 0.12, 0.02), WALNUT, 0.4)
    b.add(box(0.33, 0.3, 0.05, 0.02), BRASS * 0.8, 0.7, z=0.12)
    profile = np.array([(-0.14, 0), (-0.14, 0.05), (-0.02, 0.12), (0.02, 0.26), (0.13, 0.26), (0.14, 0)])
    sides = [np.c_[np.full(6, x), profile[:, 0], profile[:, 1]] for x in (-0.15, 0.15)]
    q = np.stack(sides)
    hull = join(*(grid(q[:, [k, (k + 1) % 6]][::-1], wrap=False) for k in range(6)))
    b.add(hull, TERRA * 0.9, 0.5, z=0.165)
    for points, s in zip(sides, (-1.0, 1.0), strict=True):
        f = np.array([(0, k, k + 1) for k in range(1, 5)])
        cheek = Shape(points, np.tile([s, 0, 0], (6, 1)), f if s > 0 else f[:, ::-1])
        b.add(cheek, TERRA * 0.9, 0.5, z=0.165)
    b.add(box(0.26, 0.02, 0.09, 0.008), INK, 0.8, y=-0.003, z=0.315, rx=-16)
    for i in range(5):
        for j in range(3):
            key = lathe([(0.016, 0), (0.016, 0.012), (0, 0.014)], 8)
            b.add(key, IVORY, x=-0.1 + 0.05 * i, y=-0.12 + 0.036 * j, z=0.225 + 0.021 * j, rx=30)


def round_table(b: Bag, r: float = 0.58, h: float = 0.74) -> None:
    """A pedestal table."""
    foot = [(0.26, 0), (0.26, 0.025), (0.2, 0.05), (0.07, 0.09), (0.05, 0.2), (0.08, 0.34), (0.05, 0.5), (0.07, 0.62)]
    b.add(lathe([*foot, (0.2, h - 0.06)], 20), WALNUT, 0.4)
    top = [(r - 0.03, h - 0.05), (r, h - 0.035), (r, h - 0.012), (r - 0.012, h), (0, h)]
    b.shell(lathe(top, 32, crease_deg=99), OAK, 0.6, density=1.3)


RUG_RINGS = (
    (1.0, TERRA), (0.93, IVORY), (0.88, NAVY), (0.74, IVORY), (0.70, BLUSH), (0.46, MUSTARD), (0.40, NAVY),
    (0.22, IVORY), (0.12, TERRA),
)  # fmt: skip
SMALL_RUG_RINGS = ((1.0, SAGE), (0.9, IVORY), (0.84, TEAL), (0.66, MUSTARD), (0.6, IVORY), (0.3, SAGE))


def rug(b: Bag, r: float = 1.5, rings: tuple = RUG_RINGS, dashed: tuple[int, ...] = (3, 6)) -> None:
    """A round woven rug; the bands `dashed` carry blocks of a second colour."""
    n = 72
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    circle = np.c_[np.cos(t), np.sin(t), np.zeros(n)]
    edge = [circle * r * 1.008 + (0, 0, 0.001), *(circle * k * r + (0, 0, 0.016) for k, _ in rings)]
    edge.append(np.array([[0, 0, 0.016]] * n))
    shapes, colours = [], []
    for k, (a, c) in enumerate(pairwise(edge)):
        for j in range(n):
            block = k in dashed and j % 4 < 2
            colour = (IVORY if k == dashed[0] else TERRA) if block else rings[max(0, k - 1)][1]
            quad = np.array([a[j], a[(j + 1) % n], c[(j + 1) % n], c[j]])
            shapes.append(Shape(quad, np.tile([0, 0, 1.0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)])))
            colours.append(np.tile(colour * 0.74 * (1 + 0.05 * b.rng.uniform(-1, 1)), (4, 1)))
    b.shell(join(*shapes), np.concatenate(colours), 0.0, density=1.6)


def mirror_frame(b: Bag, glass_w: float, glass_h: float, z0: float) -> None:
    """A brass frame round a glass that stands z0 above the floor; the glass itself is drawn by the game."""
    w, h, t = glass_w, glass_h, 0.05
    for sx in (-1, 1):
        b.shell(box(t, 0.07, h + 2 * t, 0.016), BRASS, 0.75, x=sx * (w + t) / 2, y=-0.035, z=z0 - t, jitter=0.02)
    for z in (z0 - t, z0 + h):
        b.shell(box(w, 0.07, t, 0.016), BRASS, 0.75, y=-0.035, z=z, jitter=0.02)
    b.shell(box(w, 0.012, h, 0), WALNUT * 0.6, 0.1, y=-0.008, z=z0, keep="y", density=0.2)
    b.add(lathe([(0.07, 0), (0.075, 0.02), (0.05, 0.05), (0, 0.06)], 16), BRASS, 0.7, y=-0.03, z=z0 + h + t)
    for k in range(-3, 4):
        b.add(
            tube([(0, 0, 0), (0, 0, 0.12 - 0.012 * abs(k))], 0.008, 5),
            BRASS,
            0.7,
            y=-0.03,
            z=z0 + h + t + 0.02,
            ry=k * 24,
        )


def pendant(b: Bag, z: float, colour: Colour, r: float, ceiling: float, power_w: float = 30) -> None:
    """A lamp hung from the ceiling, its rim at z."""
    b.add(tube([(0, 0, z + 0.2), (0, 0, ceiling)], 0.008, 4), INK)
    hood = [(r, z), (r * 0.96, z + 0.05), (r * 0.75, z + 0.13), (r * 0.35, z + 0.19), (0.03, z + 0.2), (0.03, z + 0.27)]
    b.add(lathe([*hood, (0, z + 0.27)], 20, crease_deg=70), colour, 0.55)
    inside = [(0.03, z + 0.19), (r * 0.33, z + 0.18), (r * 0.73, z + 0.12), (r * 0.94, z + 0.045), (r, z)]
    b.add(lathe(inside, 20, crease_deg=99), IVORY)
    bulb = [(0, z - 0.01), (0.05, z + 0.01), (0.065, z + 0.06), (0.04, z + 0.12), (0.02, z + 0.15)]
    b.glow(lathe(bulb, 12, crease_deg=99), np.array([1.0, 0.80, 0.5]))
    b.light("POINT", power_w, (0, 0, z - 0.03))


def pouf(b: Bag, colour: Colour = PLUM) -> None:
    """A soft round seat with a piped seam."""
    side = [(0.2, 0), (0.24, 0.015), (0.27, 0.06), (0.276, 0.11), (0.278, 0.17), (0.278, 0.22), (0.275, 0.27)]
    top = [(0.272, 0.3), (0.25, 0.37), (0.12, 0.4), (0.02, 0.385), (0, 0.385)]
    b.add(lathe(side + top, 28, crease_deg=99), colour, 0.1)
    b.add(lathe([(0.272, 0.305), (0.284, 0.315), (0.268, 0.328)], 28, crease_deg=99), colour * 0.8)


def hat_stand(b: Bag, h: float) -> None:
    """A turned stand whose rounded head rises 6 cm above h, where a hat's rim comes to rest."""
    profile = [(0.085, 0), (0.085, 0.012), (0.03, 0.022), (0.012, 0.04), (0.012, h - 0.03), (0.05, h - 0.01)]
    b.add(lathe([*profile, *dome(0.075, 0.06, h, 3)], 14), WALNUT, 0.4)


def plinth(b: Bag, h: float, colour: Colour, r: float = 0.17) -> None:
    """A round plinth of height h."""
    b.add(lathe([(r, 0), (r, h * 0.5), (r, h - 0.015), (r - 0.012, h), (0, h + 0.001)], 24), colour, 0.2)


def hat_box(b: Bag, r: float, h: float, colour: Colour, trim: Colour) -> None:
    """A round box with a lid and a ribbon."""
    b.add(lathe([(r, 0), (r, h * 0.72)], 24), colour)
    b.add(lathe([(r + 0.006, h * 0.7), (r + 0.006, h), (0, h + 0.002)], 24), trim)
    b.add(lathe([(0, h * 0.7 - 0.001), (r + 0.006, h * 0.7)], 24), trim)
    b.add(box(0.03, 2 * r + 0.016, h + 0.008, 0.004), trim * 0.3 + BRASS * 0.6)


def rail(b: Bag, w: float = 1.6, h: float = 1.62) -> None:
    """A brass clothes rail along X, h above the floor, with a shelf near its feet; garments bring their own hangers."""
    for sx in (-1, 1):
        b.add(tube([(sx * w / 2, 0, 0.03), (sx * w / 2, 0, h * 0.5), (sx * w / 2, 0, h)], 0.016, 8), BRASS, 0.7)
        b.add(box(0.05, 0.5, 0.03, 0.01), WALNUT, 0.3, x=sx * w / 2)
    b.add(tube([(x, 0, h) for x in np.linspace(-w / 2 - 0.03, w / 2 + 0.03, 5)], 0.014, 8), BRASS, 0.7)
    b.shell(box(w - 0.05, 0.3, 0.03, 0.01), OAK, 0.4, z=0.2)


def shelf_board(b: Bag, w: float, d: float = 0.3) -> None:
    """A wall shelf, its top on z = 0, back on y = 0, on two brackets."""
    b.shell(box(w, d, 0.04, 0.014), OAK, 0.45, y=-d / 2, z=-0.04)
    for sx in (-1, 1):
        b.add(tube([(sx * (w / 2 - 0.15), -d + 0.05, -0.045), (sx * (w / 2 - 0.15), -0.02, -0.2)], 0.01, 5), BRASS, 0.6)


def sideboard(b: Bag, w: float = 1.7, d: float = 0.42, h: float = 0.8) -> None:
    """A low cupboard on tapered legs, front towards -Y, its back on y = 0."""
    b.shell(box(w, d, h - 0.2, 0.02), WALNUT, 0.4, y=-d / 2, z=0.17, jitter=0)
    b.shell(box(w + 0.04, d + 0.03, 0.035, 0.014), OAK, 0.55, y=-d / 2, z=h - 0.035, density=1.2)
    for k in range(3):
        x = -w / 2 + w / 3 * (k + 0.5)
        b.shell(box(w / 3 - 0.05, 0.022, h - 0.28, 0.01), WALNUT * 1.18, 0.4, x=x, y=-d - 0.004, z=0.2)
        b.add(
            lathe([(0.006, 0), (0.006, 0.012), (0.016, 0.02), (0.012, 0.032), (0, 0.034)], 10),
            BRASS,
            0.7,
            x=x,
            y=-d - 0.014,
            z=h * 0.55,
            rx=90,
        )
    for sx in (-1, 1):
        for y in (-0.06, -d + 0.06):
            b.add(lathe([(0.014, 0), (0.026, 0.18)], 10), WALNUT, 0.3, x=sx * (w / 2 - 0.1), y=y)


def crate(b: Bag, w: float, d: float, h: float, colour: Colour = OAK) -> None:
    """An open slatted crate; what lies in it stands on its floor at 2 cm."""
    for k in (-1, 0, 1):  # floor slats end before the posts, or their buried corners would bake black
        b.add(box(w - 0.1, d / 3 - 0.012, 0.012, 0), colour * 0.85, 0.1, y=k * (d - 0.03) / 3, z=0.008)
    for z in np.linspace(0.01, h - 0.055, 2):
        for sy in (-1, 1):
            b.add(box(w, 0.014, 0.05, 0), colour, 0.15, y=sy * (d / 2 - 0.007), z=z)
        for sx in (-1, 1):
            b.add(box(0.014, d - 0.03, 0.05, 0), colour, 0.15, x=sx * (w / 2 - 0.007), z=z)
    for sx in (-1, 1):
        for sy in (-1, 1):
            b.add(box(0.03, 0.03, h + 0.004, 0), colour * 0.9, 0.15, x=sx * (w / 2 - 0.03), y=sy * (d / 2 - 0.03))


def trestle(b: Bag, w: float, d: float, h: float) -> None:
    """A plain plank table with its top at h."""
    for k in range(3):
        b.shell(box(w, d / 3 - 0.006, 0.04, 0.008), OAK, 0.35, y=(k - 1) * d / 3, z=h - 0.04)
    for sx in (-1, 1):
        for sy in (-1, 1):
            b.add(bar(h - 0.04, 0.05, 0.05, 5), WALNUT, 0.25, x=sx * (w / 2 - 0.08), y=sy * (d / 2 - 0.07))
        b.shell(box(0.035, d - 0.1, 0.06, 0.008), WALNUT, 0.25, x=sx * (w / 2 - 0.08), z=h - 0.11)


def platform(b: Bag, w: float, d: float, h: float, colour: Colour = IVORY) -> None:
    """A low show platform."""
    b.shell(box(w, d, h, 0.02), colour * 0.95, 0.25, density=1.2, jitter=0)
    b.shell(box(w - 0.06, d - 0.06, 0.012, 0.005), OAK, 0.5, z=h - 0.001, density=1.2, jitter=0.02)


def plant(b: Bag, h: float, leaves: int, pot: float, colour: Colour | None = None) -> None:
    """A pot plant of arching leaves, h tall; `pot` is the pot's radius."""
    rim = [(pot * 1.06, pot * 1.5), (pot * 1.06, pot * 1.75), (pot * 0.9, pot * 1.75), (pot * 0.86, pot * 1.6)]
    b.add(
        lathe([(pot * 0.7, 0), (pot * 0.85, pot * 0.75), (pot, pot * 1.5), *rim], 18),
        colour if colour is not None else b.pick(TERRA, IVORY),
        0.2,
    )
    b.add(lathe([(pot * 0.88, pot * 1.6), (0, pot * 1.62)], 12), WALNUT * 0.4)
    z0, u = pot * 1.6, np.linspace(0, 1, 6)
    for k in range(leaves):
        q = (k + 0.5) / leaves
        length = h * b.rng.uniform(0.42, 0.62) * (1 - 0.35 * q)
        rise = 0.25 + 1.0 * q + b.rng.normal() * 0.1
        base = np.array([0, 0, z0 + h * 0.45 * q])
        x, z = np.cumsum(np.cos(rise - u * 1.3)) * length / 6, np.cumsum(np.sin(rise - u * 1.3)) * length / 6
        half = length * 0.24 * np.sin(np.pi * np.clip(u * 0.97 + 0.03, 0, 1)) ** 0.8
        mid, side = np.c_[x + 0.02, 0 * x, z], np.c_[0 * x, half, half * 0.35]
        blade = np.stack([mid - side * (1, 1, -1), mid, mid + side], 1)
        with b.at(rz=np.degrees(k * 2.4)):
            b.add(sheet(blade + base), LEAF * b.rng.uniform(0.75, 1.15) * (1, 1, 0.85), 0.4)
            b.add(tube([(0, 0, z0), base * 0.6 + (0, 0, z0 * 0.4), base + mid[0]], 0.006, 4), LEAF * 0.7)
