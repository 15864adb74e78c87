"""Flowers, pot plants and the basket to carry them in. Metres, bottom centre on the origin, front towards -Y."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, ball, grid, lathe, moved, tube
from assets.studio.palette import IVORY, LOQUAT, TERRA, WALNUT, Colour, rgb
from assets.studio.produce import (
    DEEP_GREEN,
    FRESH,
    GREEN,
    RAFFIA,
    WICKER,
    blade,
    both_sides,
    checked,
    graded,
    leaf,
    rope_ring,
    round_fruit,
    stalk,
    turned,
    varied,
    woven,
)  # fmt: skip

PEONY, PEONY_DEEP, SUN_PETAL, LAVENDER = rgb("ef9fb4"), rgb("cf4f7c"), rgb("f2b01e"), rgb("7f63ae")
KRAFT, ZINC = rgb("c79a68"), rgb("9fabae")


def peony_bunch(b: Bag) -> None:
    """Five peonies and a bud in brown paper, tied with raffia."""
    n = 22
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    rows = ((0.036, 0.0, 0.02), (0.034, 0.075, 0.05), (0.058, 0.14, 0.1), (0.088, 0.2, 0.14))
    p = [
        np.c_[
            r * (1 + w * np.cos(9 * t + z * 8)) * np.cos(t),
            r * (1 + w * np.cos(9 * t + z * 8)) * np.sin(t),
            z + 0.012 * (k == 3) * np.cos(4 * t),
        ]
        for k, (r, z, w) in enumerate(rows)
    ]
    wrap = grid(np.array(p))
    b.add(wrap, varied(b, KRAFT, 0.04), 0.06)
    b.add(Shape(wrap.v * (0.985, 0.985, 1), -wrap.n, wrap.f[:, ::-1]), KRAFT * 0.7, 0.03)
    for k in range(3):
        b.add(rope_ring(0.0362, 0.072 + 0.005 * k, 0.0028, 18), RAFFIA, 0.1)
    spots = (
        (0.0, -0.055, 0.235, 1.0),
        (-0.06, -0.012, 0.245, 0.94),
        (0.06, -0.012, 0.24, 0.96),
        (-0.03, 0.045, 0.262, 0.92),
        (0.04, 0.05, 0.258, 0.9),
    )
    for k, (x, y, z, size) in enumerate(spots):
        tone = (PEONY, PEONY_DEEP, rgb("f6d7d6"))[(0, 1, 2, 0, 1)[k]]
        with b.at(x=x, y=y, z=z, rz=k * 50.0, rx=-y * 500, ry=x * 500, scale=size):
            _peony(b, tone)
    with b.at(x=0.0, y=0.004, z=0.27):
        b.add(ball(0.021, 8, 3, 1.05), PEONY_DEEP, 0.2)
        for k in range(3):
            with b.at(z=0.004, rz=120 * k, ry=-50):
                leaf(b, 0.026, 0.02, GREEN, n=2)
    for k in range(8):
        a = k * 0.785 + 0.3
        with b.at(x=0.062 * np.cos(a), y=0.062 * np.sin(a), z=0.19, rz=np.degrees(a), ry=-38):
            leaf(b, 0.085, 0.036, DEEP_GREEN, arch=0.22, n=3)


def _peony(b: Bag, tone: Colour) -> None:
    """One open flower: guard petals spread, the inner ones a bowl about a gold heart."""
    for ring, (count, length, lift, wide) in enumerate(
        ((5, 0.05, 22, 0.052), (5, 0.042, 48, 0.046), (3, 0.032, 70, 0.04))
    ):
        for k in range(count):
            u = np.linspace(0, 1, 3)
            half = wide / 2 * np.array([0.4, 1.1, 0.62])
            rise = length * 0.16 * np.sin(np.pi * u * 0.9)
            p = np.stack(
                [
                    np.c_[u * length, s * half, rise + 0.2 * half * s * s - 0.003 * (u == 1) * (s == 0)]
                    for s in (-1, 0, 1)
                ],
                1,
            )
            face = both_sides(grid(p, wrap=False))
            k_out = np.clip(face.v[:, :1] / length, 0, 1)
            colours = varied(b, tone, 0.06) * (0.72 + 0.36 * k_out)
            with b.at(x=0, rz=360 * (k + 0.5 * (ring % 2)) / count + b.rng.uniform(-9, 9), ry=-lift, z=0.004 * ring):
                b.add(face, colours, 0.12, jitter=0)
    b.add(turned([(0.008, 0.0), (0.0105, 0.012), (0.006, 0.018), (0, 0.019)], 7), rgb("e9b640"), 0.1, z=0.004)


def sunflower_pail(b: Bag) -> None:
    """Five sunflowers in a zinc pail."""
    wall = [
        (0.06, 0),
        (0.062, 0.004),
        (0.07, 0.06),
        (0.071, 0.064),
        (0.072, 0.07),
        (0.08, 0.125),
        (0.083, 0.128),
        (0.083, 0.132),
        (0.08, 0.134),
    ]
    body = lathe(wall, 22, crease_deg=60)
    b.add(body, graded(body, ZINC * 0.7, ZINC * 1.1), 0.65)
    b.add(lathe([(0.08, 0.134), (0.076, 0.11), (0, 0.105)], 18), rgb("2d3a3a"), 0.4)
    for sx in (-1, 1):
        b.add(ball(0.008, 6, 2), ZINC * 0.9, 0.6, x=sx * 0.083, z=0.112)
    t = np.linspace(0, np.pi, 13)
    b.add(
        tube(np.c_[0.086 * np.cos(t), -0.03 * np.sin(t) - 0.004, 0.12 - 0.058 * np.sin(t)], 0.0024, 4), ZINC * 0.8, 0.6
    )
    spots = (
        (-0.062, -0.04, 0.275, 0.92),
        (0.058, -0.048, 0.262, 0.86),
        (0.0, -0.008, 0.345, 1.0),
        (-0.07, 0.045, 0.335, 0.82),
        (0.075, 0.04, 0.33, 0.88),
    )
    for k, (x, y, z, size) in enumerate(spots):
        stalk(b, [(x * 0.35, y * 0.35, 0.1), (x * 0.6, y * 0.5 + 0.012, z * 0.7), (x, y + 0.014, z)], 0.0045, GREEN, 5)
        with b.at(x=x * 0.6, y=y * 0.6 + 0.008, z=z * 0.6 + 0.04, rz=k * 97.0 + 240, ry=-18):
            leaf(b, 0.1, 0.066, GREEN * 0.9, arch=0.26, n=3)
        with b.at(x=x, y=y, z=z, rz=-x * 300, rx=58 + 12 * (k % 2)):
            _sunflower(b, 0.058 * size)


def _sunflower(b: Bag, r: float) -> None:
    """One flower about the origin that looks up."""
    seeds = lathe([(0.42 * r, 0), (0.4 * r, 0.1 * r), (0.22 * r, 0.16 * r), (0, 0.12 * r)], 14, crease_deg=99)
    b.add(seeds, graded(seeds, rgb("5c3a1e"), rgb("3a2414")), 0.15)
    b.add(lathe([(0, -0.12 * r), (0.3 * r, -0.06 * r), (0.44 * r, 0.0)], 10, crease_deg=99), GREEN * 0.8, 0.1)
    for ring, count in ((0, 10), (1, 5)):
        for k in range(count):
            with b.at(z=0.02 * r * ring, rz=360 * (k + 0.5 * ring) / count + b.rng.uniform(-5, 5), ry=-8 - 16 * ring):
                petal = blade((0.66 - 0.1 * ring) * r, 0.24 * r, arch=0.16, fold=0.35, n=2)
                shade = varied(b, SUN_PETAL, 0.08) * (0.85 + 0.2 * np.clip(petal.v[:, :1] / r, 0, 1))
                b.add(moved(petal, 0.36 * r), shade, 0.15, jitter=0)


def lavender_sheaf(b: Bag) -> None:
    """A sheaf of lavender that stands on its cut stalks."""
    count = 22
    for k in range(count):
        a, q = k * 2.39996, np.sqrt((k + 0.5) / count)
        foot, head = 0.036 * q, 0.078 * q
        tall = 0.27 - 0.045 * q * q + b.rng.uniform(-0.02, 0.015)
        c, s = np.cos(a), np.sin(a)
        tip = np.array([head * c, head * s, tall])
        waist = np.array([0.019 * q * c, 0.019 * q * s, 0.1])
        b.add(
            tube([(foot * c, foot * s, 0), waist, tip - 0.05 * (tip - waist) / np.linalg.norm(tip - waist)], 0.0015, 3),
            rgb("7f9a68"),
            0.1,
        )
        away = (tip - waist) / np.linalg.norm(tip - waist)
        with b.at(
            *(tip - away * 0.062), rz=np.degrees(a), ry=np.degrees(np.arctan2(np.hypot(away[0], away[1]), away[2]))
        ):
            spike = turned(
                [(0, 0), (0.0074, 0.01), (0.005, 0.017), (0.008, 0.026), (0.0052, 0.035), (0.0066, 0.045), (0, 0.062)],
                5,
            )
            b.add(spike, graded(spike, varied(b, LAVENDER * 0.75, 0.12), varied(b, LAVENDER * 1.3, 0.12)), 0.06)
    for k in range(3):
        b.add(rope_ring(0.0235, 0.095 + 0.0055 * k, 0.0032, 13), rgb("e7dcc6"), 0.1)
    with b.at(y=-0.026, z=0.1):
        for sx in (-1, 1):
            t = np.linspace(0, 2 * np.pi, 10)
            b.add(
                tube(np.c_[sx * 0.016 * (1 - np.cos(t)), -0.005 * np.sin(t / 2), 0.01 * np.sin(t)], 0.0024, 4),
                rgb("e7dcc6"),
                0.1,
            )
            stalk(b, [(0, 0, 0), (sx * 0.012, -0.004, -0.018), (sx * 0.018, -0.001, -0.045)], 0.002, rgb("e7dcc6"))


def basil_pot(b: Bag) -> None:
    """A pot of basil, glossy cushions of leaves, in terracotta on a saucer."""
    _clay_pot(b, 0.062, 0.095, TERRA)
    for k in range(26):
        a, q = k * 2.39996, np.sqrt((k + 0.5) / 26)
        x, y, z = 0.078 * q * np.cos(a), 0.078 * q * np.sin(a), 0.225 - 0.07 * q * q + b.rng.uniform(-0.012, 0.008)
        if k % 3 == 0:
            stalk(b, [(x * 0.25, y * 0.25, 0.085), (x * 0.7, y * 0.7, z * 0.75), (x, y, z)], 0.002, FRESH)
        for j in range(4):
            with b.at(
                x=x,
                y=y,
                z=z - 0.004 * (j % 2),
                rz=np.degrees(a) + 90 * j + b.rng.uniform(-14, 14),
                ry=10 + 22 * q - 14 * (j % 2),
            ):
                b.add(_basil_leaf(0.047 * b.rng.uniform(0.72, 1.05)), varied(b, rgb("4f9a33"), 0.2), 0.45, jitter=0)


def _basil_leaf(length: float) -> Shape:
    """A spoon of a leaf, 8 triangles."""
    v = np.array([(0, 0, 0), (0.42, -0.32, 0.16), (0.42, 0.32, 0.16), (0.5, 0, 0.1), (1.0, 0, -0.08)]) * length
    f = np.array([(0, 1, 3), (0, 3, 2), (1, 4, 3), (3, 4, 2)])
    n = np.array([(-0.3, 0, 1), (0, -0.5, 0.85), (0, 0.5, 0.85), (0, 0, 1), (0.4, 0, 0.9)])
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    return Shape(np.r_[v, v - (0, 0, 0.0008)], np.r_[n, -n], np.r_[f, f[:, ::-1] + 5])


def _clay_pot(b: Bag, r: float, h: float, clay: Colour) -> None:
    """A flower pot of upper radius r on its saucer."""
    b.add(
        lathe(
            [(r * 0.8, 0), (r * 1.02, 0.004), (r * 1.06, 0.014), (r * 0.98, 0.014), (r * 0.94, 0.007), (0, 0.006)], 20
        ),
        clay * 0.9,
        0.12,
    )
    wall = lathe(
        [
            (r * 0.68, 0.006),
            (r * 0.88, h * 0.72),
            (r * 0.98, h * 0.72),
            (r, h * 0.98),
            (r * 0.96, h),
            (r * 0.88, h),
            (r * 0.84, h * 0.86),
        ],
        20,
    )
    b.add(wall, graded(wall, clay * 0.85, clay * 1.08), 0.12)
    b.add(lathe([(r * 0.86, h * 0.86), (0, h * 0.9)], 12), WALNUT * 0.4, 0.02)


def loquat_sapling(b: Bag) -> None:
    """A young loquat tree in a blue pot, with its first three fruit."""
    glaze = rgb("3f6f9a")
    wall = turned([(0.062, 0), (0.072, 0.006), (0.098, 0.07), (0.1, 0.12), (0.092, 0.135)], 22)
    b.add(wall, graded(wall, glaze * 0.6, glaze * 1.2), 0.65)
    b.add(
        lathe([(0.092, 0.135), (0.1, 0.142), (0.098, 0.149), (0.088, 0.149), (0.084, 0.135)], 22, crease_deg=80),
        glaze * 1.25,
        0.65,
    )
    b.add(lathe([(0.086, 0.136), (0, 0.142)], 12), WALNUT * 0.4, 0.02)
    bark = rgb("7a5f4a")
    b.add(
        tube(
            [(0, 0, 0.13), (0.006, 0.002, 0.26), (-0.004, 0, 0.42), (0.004, 0, 0.52)], [0.011, 0.0085, 0.007, 0.005], 6
        ),
        bark,
        0.06,
    )
    tips = [np.array([0.004, 0, 0.54])]
    for k, (z, reach, lift) in enumerate(((0.3, 0.1, 0.1), (0.36, 0.11, 0.1), (0.42, 0.09, 0.1), (0.46, 0.07, 0.1))):
        a = k * 2.2 + 0.6
        tip = np.array([reach * np.cos(a), reach * np.sin(a), z + lift])
        b.add(
            tube([(0, 0, z), tip * (0.55, 0.55, 0) + (0, 0, z + lift * 0.4), tip], [0.006, 0.005, 0.0035], 5),
            bark,
            0.06,
        )
        tips.append(tip)
    for k, tip in enumerate(tips):
        for j in range(7):
            turn, dip = 360 * j / 7 + 25 * k, (-12, 14)[j % 2] + b.rng.uniform(-8, 8)
            with b.at(*tip, rz=turn, ry=dip):
                leaf(b, b.rng.uniform(0.11, 0.15), 0.04, DEEP_GREEN * 1.15, arch=0.2, n=4)
        b.add(
            turned([(0.0, -0.01), (0.006, 0.0), (0.004, 0.012), (0, 0.02)], 6), FRESH, 0.1, x=tip[0], y=tip[1], z=tip[2]
        )
    for x, y, z in ((0.058, -0.058, 0.39), (0.036, -0.078, 0.375), (0.078, -0.075, 0.365)):
        fruit = round_fruit(0.019, 1.12, dimple=0.04, n=9, k=6)
        b.add(fruit, varied(b, LOQUAT, 0.08) * (1, 0.95, 0.8), 0.35, x=x, y=y, z=z)
        stalk(b, [(x, y, z + 0.04), (x * 0.95, y * 0.95, z + 0.055), (0.05, -0.05, 0.45)], 0.0018, bark)
        b.add(turned([(0, -0.001), (0.005, 0.0005), (0, 0.002)][::1], 5), WALNUT * 0.5, 0.1, x=x, y=y, z=z)


def market_basket(b: Bag) -> None:
    """An oval shopping basket with a hooped handle and a checked cloth over its edge."""
    ex, ey = 1.0, 0.68
    wall, colours = woven([(0.13, 0.004), (0.155, 0.06), (0.17, 0.15)], 28, 4, ex=ex, ey=ey)
    b.add(wall, colours, 0.15)
    b.add(lathe([(0.162, 0.146), (0.148, 0.06), (0.128, 0.02), (0, 0.018)], 24, ex=ex, ey=ey), WICKER * 0.55, 0.05)
    b.add(lathe([(0, 0.0), (0.13, 0.0)][::-1], 24, ex=ex, ey=ey), WICKER * 0.5, 0.02)
    for z, r, thick in ((0.152, 0.168, 0.0085), (0.008, 0.133, 0.008)):
        b.add(rope_ring(r, z, thick, 24, ex=ex, ey=ey), WICKER * 1.12, 0.2)
    for shift in (-0.009, 0.009):
        t = np.linspace(0, np.pi, 17)
        hoop = np.c_[0.168 * np.cos(t), shift * np.cos(2 * t), 0.13 + 0.2 * np.sin(t)]
        b.add(tube(hoop, 0.0075, 6), WICKER * (1.05 if shift > 0 else 0.92), 0.2)
    for k in range(6):
        b.add(
            lathe([(0.021, -0.004), (0.023, 0), (0.021, 0.004)], 8, crease_deg=99),
            RAFFIA,
            0.1,
            x=0.014 * (k - 2.5),
            z=0.3302 - 0.0012 * (k - 2.5) ** 2,
            ry=90,
        )
    _basket_cloth(b, ex, ey)


def _basket_cloth(b: Bag, ex: float, ey: float) -> None:
    """A blue-checked cloth that lines the basket and falls over its front."""
    blue, white = rgb("4a78a8"), IVORY
    t = np.linspace(np.radians(195), np.radians(345), 21)
    rows = []
    edge = ((0.1, 0.06), (0.14, 0.115), (0.166, 0.164), (0.184, 0.155), (0.187, 0.13), (0.189, 0.105), (0.191, 0.08))
    for r, z in edge:
        fold = 1 + 0.018 * np.cos(7 * t) * (r > 0.18)
        drop = 0.03 * np.abs(np.cos((t - np.pi * 1.5) * 1.2)) * (z < 0.11) * (r > 0.15)
        rows.append(np.c_[r * fold * np.cos(t) * ex, r * fold * np.sin(t) * ey, z - drop])
    across, down = np.arange(20)[None] % 2, np.arange(len(rows) - 1)[:, None] % 2
    tones = np.array([white, blue * 0.5 + white * 0.5, blue])[across + down]
    cloth, colours = checked(np.array(rows), tones, wrap=False)
    b.add(cloth, colours, 0.04)
    b.add(Shape(cloth.v - cloth.n * 0.003, -cloth.n, cloth.f[:, ::-1]), colours * 0.9, 0.04)


GOODS = {
    "peony_bunch": peony_bunch,
    "sunflower_pail": sunflower_pail,
    "lavender_sheaf": lavender_sheaf,
    "basil_pot": basil_pot,
    "loquat_sapling": loquat_sapling,
    "market_basket": market_basket,
}
