"""Fruit of the market. Metres, bottom centre on the origin, front towards -Y."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, ball, box, fan, grid, lathe, tube
from assets.studio.palette import IVORY, NAVY, TEAL, TERRA, WALNUT, rgb
from assets.studio.produce import (
    DEEP_GREEN,
    FRESH,
    GREEN,
    PINE,
    RAFFIA,
    STEM,
    blushed,
    card,
    creased,
    graded,
    leaf,
    lobed,
    round_fruit,
    slat_crate,
    stalk,
    star,
    turned,
    varied,
)  # fmt: skip

APPLE_RED, APPLE_GOLD = rgb("bf2a26"), rgb("dfb048")
PLUM_SKIN, PLUM_BLOOM = rgb("4a2350"), rgb("8a6a9c")
MELON_RED, MELON_PALE, RIND, RIND_STRIPE = rgb("e2403f"), rgb("f1ead0"), rgb("7fae57"), rgb("2c5a30")
PERSIMMON, STRAWBERRY, LEMON, POMEGRANATE = rgb("e5672a"), rgb("d3202b"), rgb("f3c235"), rgb("b32f37")


def _apple(b: Bag, r: float) -> None:
    """One apple, gold below a red that comes down in streaks."""
    shape = round_fruit(r, 0.9, dimple=0.32, foot=0.14, n=9, k=6)
    around = np.arctan2(shape.v[:, 1], shape.v[:, 0])
    streak = 0.5 + 0.5 * np.cos(around * 7 + b.rng.uniform(0, 6))
    gold = varied(b, APPLE_GOLD) * (1, 1, 0.9)
    sunny = np.clip(shape.n @ np.array([0.3, -0.5, 0.75]) * 0.8 + 0.62 + 0.16 * streak, 0, 1)[:, None]
    b.add(shape, gold * (1 - sunny) + varied(b, APPLE_RED) * sunny, 0.5)
    top = 1.5 * r
    stalk(b, [(0, 0, top - 0.1 * r), (0.05 * r, 0, top + 0.25 * r), (0.2 * r, 0.05 * r, top + 0.5 * r)], r * 0.045)


def apple_crate(b: Bag) -> None:
    """A slatted crate of red apples in two layers, a leaf or two still on."""
    slat_crate(b, 0.385, 0.29, 0.105)
    low = [(x, y, 0.014) for x in (-0.138, -0.046, 0.046, 0.138) for y in (-0.09, 0.0, 0.09)]
    top = [(x, y, 0.066) for x in (-0.092, 0.0, 0.094) for y in (-0.045, 0.045)]
    for k, (x, y, z) in enumerate(low + top):
        dx, dy = b.rng.normal(size=2) * 0.003
        with b.at(x=x + dx, y=y + dy, z=z, rz=b.rng.uniform(0, 360), rx=b.rng.uniform(-24, 24)):
            _apple(b, 0.0455 + 0.002 * b.rng.uniform(-1, 1))
            if k in (4, 13, 16):
                with b.at(z=0.066, rz=30, ry=-18):
                    leaf(b, 0.06, 0.028)
    with b.at(y=-0.147, z=0.02):
        card(b, 0.1, 0.055, IVORY, TERRA)
        b.add(turned([(0, 0), (0.012, 0.003), (0, 0.006)], 10), APPLE_RED, 0.1, y=-0.001, z=0.037, rx=90)


def plum_bowl(b: Bag) -> None:
    """A blue bowl heaped with dusty plums."""
    glaze = rgb("5f8fa8")
    outside = [(0.045, 0), (0.048, 0.012), (0.085, 0.03), (0.112, 0.058), (0.12, 0.078)]
    shape = turned(outside, 26)
    b.add(shape, graded(shape, glaze * 0.75, glaze * 1.15), 0.7)
    b.add(lathe([(0.12, 0.078), (0.117, 0.081), (0.113, 0.078), (0.1, 0.052), (0, 0.04)], 26), IVORY * 0.9, 0.6)
    ring = [(0.07 * np.cos(a), 0.07 * np.sin(a), 0.055) for a in np.arange(6) * np.pi / 3 + 0.2]
    high = [(0.035 * np.cos(a), 0.035 * np.sin(a), 0.1) for a in np.arange(3) * 2 * np.pi / 3 - 0.4]
    for x, y, z in [*ring, (0.0, 0.0, 0.055), *high]:
        with b.at(x=x, y=y, z=z, rz=b.rng.uniform(-60, 60), rx=b.rng.uniform(-28, 28), ry=b.rng.uniform(-28, 28)):
            plum = creased(round_fruit(0.0345, 1.02, dimple=0.16, foot=0.06, n=11, k=7), 0.13)
            skin = varied(b, PLUM_SKIN, 0.25)
            b.add(plum, blushed(plum, skin, PLUM_BLOOM, towards=(-0.3, 0.1, 1), sharp=1.2), 0.28)
            stalk(b, [(0, 0, 0.058), (0.002, 0, 0.066), (0.006, 0, 0.076)], 0.0013)
    for x, y, turn in ((0.03, 0.03, 40), (-0.03, 0.02, 150)):
        with b.at(x=x, y=y, z=0.15, rz=turn, ry=12):
            leaf(b, 0.068, 0.034)


def grape_bunch(b: Bag) -> None:
    """A bunch of grapes asleep on its own leaf."""
    _vine_leaf(b, 0.15)
    rows = [
        (-0.105, 1),
        (-0.086, 3),
        (-0.066, 5),
        (-0.045, 6),
        (-0.023, 7),
        (0.0, 7),
        (0.022, 7),
        (0.044, 6),
        (0.064, 4),
    ]
    for k, (x, n) in enumerate(rows):
        wide = 0.009 * n
        for j in range(n):
            a = np.pi * (j + 0.5) / n + 0.25 * (k % 2) - 0.12
            y, z = wide * np.cos(a) * 0.84, 0.004 + wide * np.sin(a) * 0.8
            r = 0.0125 * b.rng.uniform(0.9, 1.08)
            grape = ball(r, 6, 2, 1.08)
            skin = varied(b, b.pick(rgb("4b2148"), rgb("5d2a4e"), rgb("6d3a4a")), 0.15)
            colours = blushed(grape, skin, rgb("a48cae"), towards=(-0.2, 0.1, 1), sharp=2.2)
            b.add(grape, colours, 0.45, x=x + b.rng.normal() * 0.003, y=y, z=z)
    stalk(b, [(0.05, 0, 0.03), (0.085, 0.004, 0.036), (0.108, 0.012, 0.05)], 0.0028, STEM)
    stalk(b, [(0.1, -0.02, 0.056), (0.108, 0.012, 0.05), (0.114, 0.036, 0.04)], 0.0026, STEM)
    curl = np.linspace(0, 9, 12)
    spiral = np.c_[0.09 - 0.004 * curl, 0.014 + 0.008 * np.cos(curl), 0.062 + 0.008 * np.sin(curl)]
    stalk(b, spiral, 0.0009, FRESH, 3)


def _vine_leaf(b: Bag, r: float) -> None:
    """A flat five-lobed leaf about the origin, its edge a little up."""
    t = np.linspace(0, 2 * np.pi, 30, endpoint=False)
    edge = r * (0.74 + 0.2 * np.cos(5 * t) + 0.05 * np.cos(10 * t))
    rings = [
        np.c_[edge * q * np.cos(t), 0.72 * edge * q * np.sin(t), np.full(30, 0.003 + 0.012 * q**2 * (q > 0.5))]
        for q in (1, 0.55, 0)
    ]
    rings[0][:, 2] += 0.008 * np.cos(5 * t + 2)
    shape = grid(np.array(rings))
    tone = np.repeat(np.array([1.0, 0.8, 1.1]), 30)[:, None]
    b.add(shape, GREEN * tone, 0.25)
    b.add(Shape(shape.v - (0, 0, 0.001), -shape.n, shape.f[:, ::-1]), GREEN * 0.8 * tone, 0.15)


def half_watermelon(b: Bag) -> None:
    """Half a watermelon with its red to the customer, and one slice cut off."""
    r = 0.115
    with b.at(x=-0.03, y=0.035, z=r * 0.87, rx=62):
        t = np.linspace(-np.pi / 2, 0, 7)
        hull = turned(np.c_[r * np.cos(t).round(9), r * 1.06 * np.sin(t)], 28)
        around = np.arctan2(hull.v[:, 1], hull.v[:, 0])
        dark = (np.cos(around * 7 + 0.5 * np.sin(hull.v[:, 2] * 90)) > -0.1)[:, None]
        b.add(hull, np.where(dark, RIND_STRIPE, RIND), 0.5)
        _melon_face(b, r, 28)
        for k in range(16):
            a, q = k * 2.4, 0.034 + 0.04 * ((k * 7) % 5) / 4
            with b.at(x=q * np.cos(a), y=q * np.sin(a), rz=np.degrees(a)):
                b.add(turned([(0, 0), (0.0028, 0.0012), (0, 0.0024)], 5), WALNUT * 0.3, 0.5, scale=1.2)
    with b.at(x=0.075, y=-0.075, z=0.0, rz=28):
        _melon_slice(b, 0.088, 0.024)


def _melon_face(b: Bag, r: float, n: int) -> None:
    """The cut face on z = 0 facing up, from the rind to the heart."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    steps = (
        (1.0, RIND_STRIPE),
        (0.985, RIND),
        (0.955, MELON_PALE),
        (0.9, rgb("f0a08a")),
        (0.84, MELON_RED),
        (0.0, MELON_RED * 1.1),
    )
    face = grid(np.array([np.c_[r * q * np.cos(t), r * q * np.sin(t), 0 * t] for q, _ in steps]))
    b.add(face, np.repeat(np.array([c for _, c in steps]), n, 0), 0.4)


def _melon_slice(b: Bag, r: float, thick: float) -> None:
    """A half-round slice leaning back a little, its rind on the table."""
    t = np.linspace(np.pi, 2 * np.pi, 15)
    with b.at(z=r * 0.995, rx=-14):
        for side, y in ((-1, -thick / 2), (1, thick / 2)):
            rows = [np.c_[r * q * np.cos(t), np.full(15, y), r * q * np.sin(t)] for q in (1, 0.93, 0.86, 0)]
            face = grid(np.array(rows), wrap=False)
            if face.n[:, 1].mean() * side < 0:
                face = Shape(face.v, -face.n, face.f[:, ::-1])
            b.add(face, np.repeat(np.array([RIND, MELON_PALE, MELON_RED, MELON_RED * 1.08]), 15, 0), 0.4)
            for k in range(6):
                a, q = np.pi * (1.14 + 0.144 * k), 0.48 + 0.2 * (k % 2)
                seed = (r * q * np.cos(a), y + side * 0.0006, r * q * np.sin(a))
                b.add(ball(0.0032, 5, 1, 0.5), WALNUT * 0.3, 0.5, x=seed[0], y=seed[1], z=seed[2], rx=90)
        rind = [np.c_[r * np.cos(t), np.full(15, y), r * np.sin(t)] for y in (-thick / 2, thick / 2)]
        outer = grid(np.array(rind), wrap=False)
        outer = outer if (outer.n * outer.v).sum() > 0 else Shape(outer.v, -outer.n, outer.f[:, ::-1])
        stripe = (np.cos(np.arange(15) * 2.1) > 0)[:, None]
        b.add(outer, np.tile(np.where(stripe, RIND_STRIPE, RIND), (2, 1)), 0.5)
        flat = np.array([(-r, -thick / 2, 0), (r, -thick / 2, 0), (r, thick / 2, 0), (-r, thick / 2, 0)])
        b.add(fan(flat, (0, 0, 1)), MELON_RED, 0.4)


def persimmon_stand(b: Bag) -> None:
    """Persimmons drying on strings under a bamboo rail on two little trestles."""
    bamboo = rgb("c9ae66")
    for sx in (-1, 1):
        for sy in (-1, 1):
            foot, head = np.array([sx * 0.17, sy * 0.08, 0.0]), np.array([sx * 0.15, -sy * 0.008, 0.33])
            b.add(tube([foot, (foot + head) / 2, head], 0.006, 6), bamboo, 0.3)
        b.add(tube([(sx * 0.165, -0.055, 0.1), (sx * 0.165, 0, 0.1), (sx * 0.165, 0.055, 0.1)], 0.004, 5), bamboo, 0.3)
    b.add(tube([(-0.2, 0, 0.318), (-0.06, 0, 0.32), (0.06, 0, 0.32), (0.2, 0, 0.318)], 0.0075, 7), bamboo * 1.1, 0.35)
    for k, x in enumerate((-0.096, 0.0, 0.096)):
        stalk(b, [(x, 0, 0.328), (x, 0.001, 0.2), (x, 0, 0.06)], 0.0014, RAFFIA, 4)
        b.add(turned([(0.006, -0.006), (0.0105, 0), (0.006, 0.006)], 8), RAFFIA, 0.1, x=x, z=0.32, ry=90)
        for j in range(3):
            z = 0.215 - 0.084 * j - 0.016 * (k % 2)
            with b.at(x=x + 0.004 * (-1) ** j, z=z, rz=b.rng.uniform(0, 90), rx=b.rng.uniform(-8, 8)):
                skin = varied(b, PERSIMMON, 0.1)
                shape = lobed(round_fruit(0.035, 0.88, dimple=0.14, foot=0.1, n=12, k=7), 4, 0.05)
                b.add(shape, blushed(shape, skin * (1, 0.85, 0.8), skin * (1, 1.25, 1.5), towards=(-0.3, -0.3, 1)), 0.4)
                with b.at(z=0.0555):
                    star(b, 0.022, rgb("7d8a4a"), 4, 0.1, 0.75)
                    stalk(b, [(0, 0, 0), (0, 0, 0.006), (0.001, 0, 0.013)], 0.0022, STEM)


def strawberry_box(b: Bag) -> None:
    """A chip-wood box of strawberries, points up as the market sets them."""
    w, d, h = 0.2, 0.15, 0.055
    b.add(box(w - 0.012, d - 0.012, 0.006, 0), PINE * 0.8, z=0.001)
    for sy in (-1, 1):
        b.add(box(w, 0.004, h, 0), PINE * 1.05, 0.15, y=sy * (d / 2 - 0.002))
        b.add(box(w + 0.003, 0.004, 0.012, 0), rgb("c8453a"), 0.2, y=sy * (d / 2 + 0.001), z=h - 0.012, jitter=0)
    for sx in (-1, 1):
        b.add(box(0.004, d - 0.006, h, 0), PINE, 0.15, x=sx * (w / 2 - 0.002))
        b.add(box(0.004, d + 0.002, 0.012, 0), rgb("c8453a"), 0.2, x=sx * (w / 2 + 0.0005), z=h - 0.012, jitter=0)
    for i in range(5):
        for j in range(3):
            x, y = -0.076 + 0.038 * i + b.rng.normal() * 0.002, -0.044 + 0.044 * j + b.rng.normal() * 0.002
            lean = b.rng.uniform(60, 120) if (i + j) % 3 else b.rng.uniform(-25, 25)
            with b.at(x=x, y=y, z=0.05 + b.rng.uniform(-0.003, 0.008), rz=b.rng.uniform(0, 360), rx=lean):
                _strawberry(b, b.rng.uniform(0.9, 1.12))


def _strawberry(b: Bag, scale: float) -> None:
    """One berry about the origin, its calyx at the top."""
    profile = [(0, -0.022), (0.008, -0.017), (0.0155, -0.004), (0.018, 0.007), (0.013, 0.015), (0, 0.017)]
    with b.at(scale=scale):
        berry = turned(profile, 8)
        skin = varied(b, STRAWBERRY, 0.12)
        b.add(berry, graded(berry, skin * (0.9, 0.8, 0.8), skin * (1.15, 1.5, 1.4), power=2.5), 0.5)
        for k in range(6):
            q = 0.2 + 0.68 * (k % 3) / 2.4
            r, z = (
                np.interp(q * 5, range(6), [p[0] for p in profile]),
                np.interp(q * 5, range(6), [p[1] for p in profile]),
            )
            a = 2 * np.pi * (k // 3) / 3 + k
            with b.at(x=r * 1.02 * np.cos(a), y=r * 1.02 * np.sin(a), z=z, rz=np.degrees(a), ry=90):
                b.add(
                    fan(np.array([(0.0016, 0, 0), (0, 0.0009, 0), (-0.0016, 0, 0), (0, -0.0009, 0)]), (0, 0, 1)),
                    rgb("efc257"),
                )
        with b.at(z=0.0165):
            star(b, 0.016, FRESH, 5, 0.05, 0.66)
            stalk(b, [(0, 0, 0), (0.001, 0, 0.006), (0.004, 0, 0.011)], 0.0012, FRESH)


def lemon_net(b: Bag) -> None:
    """Lemons in a blue net, hung together by a ring that stands up by itself."""
    spots = [(0.058 * np.cos(a), 0.046 * np.sin(a), 0.0) for a in np.radians((30, 102, 174, 246, 318))]
    spots += [(0.036 * np.cos(a), 0.03 * np.sin(a), 0.05) for a in np.radians((70, 190, 310))] + [(0.002, 0.0, 0.098)]
    for k, (x, y, z) in enumerate(spots):
        with b.at(x=x, y=y, z=z + 0.031, rz=k * 67.0, rx=90 + b.rng.uniform(-24, 24)):
            _lemon(b, 0.03)
    net = [(0.086, 0.004), (0.104, 0.035), (0.095, 0.08), (0.06, 0.145), (0.014, 0.19)]
    r, z = np.array(net).T
    for k in range(8):
        for s in (-1, 1):
            a = 2 * np.pi * k / 8 + s * np.linspace(0, 1.7, len(r))
            b.add(tube(np.c_[r * np.cos(a), 0.86 * r * np.sin(a), z], 0.0015, 3), TEAL * 1.1, 0.15)
    b.add(lathe([(0.015, 0.182), (0.019, 0.189), (0.014, 0.197)], 10, crease_deg=99), NAVY, 0.2)
    t = np.linspace(0, 2 * np.pi, 19)
    b.add(tube(np.c_[0.028 * np.sin(t), 0 * t, 0.222 - 0.028 * np.cos(t)], 0.0032, 5), NAVY, 0.25)
    with b.at(x=0.02, y=-0.062, z=0.145, rx=-32, rz=12):
        card(b, 0.044, 0.03, IVORY, TEAL)


def _lemon(b: Bag, r: float) -> None:
    """One lemon about the origin along z, with its nipple up."""
    profile = (
        np.array(
            [
                (0, -1.3),
                (0.24, -1.2),
                (0.62, -0.86),
                (0.9, -0.3),
                (0.92, 0.25),
                (0.64, 0.85),
                (0.3, 1.16),
                (0.19, 1.38),
                (0, 1.46),
            ]
        )
        * r
    )
    shape = turned(profile, 10)
    skin = varied(b, LEMON, 0.08)
    b.add(shape, graded(shape, skin * (0.94, 0.97, 0.7), skin, power=0.6), 0.35)
    b.add(turned([(0.1 * r, -1.24 * r), (0, -1.16 * r)], 5), GREEN, 0.1)


def split_pomegranate(b: Bag) -> None:
    """A pomegranate, and half of another full of its seeds, on a dark leaf."""
    with b.at(x=-0.052, y=0.018, rz=20, rx=6):
        _pomegranate(b, 0.046)
    with b.at(x=0.048, y=-0.012, z=0.038, rx=58, rz=14):
        r = 0.046
        t = np.linspace(-np.pi / 2, 0, 6)
        hull = turned(np.c_[r * np.cos(t).round(9), 0.92 * r * np.sin(t)], 18)
        b.add(hull, varied(b, POMEGRANATE), 0.4)
        b.add(lathe([(r, 0), (0.93 * r, 0.002), (0.9 * r, -0.002), (0, -0.008)], 18), rgb("f0dcae"), 0.2)
        for k in range(46):
            q, a = 0.87 * r * np.sqrt((k + 0.5) / 46), k * 2.39996
            if abs(np.cos(3 * a)) < 0.14:
                continue  # the pale walls between the chambers
            grain = ball(0.0062, 5, 1, 1.0)
            tone = varied(b, rgb("96102a"), 0.3)
            b.add(
                grain, graded(grain, tone * 0.7, tone * 1.5), 0.75, x=q * np.cos(a), y=q * np.sin(a), z=-0.008, jitter=0
            )
        with b.at(z=-0.92 * r, rx=180):
            _crown(b, r)
    for x, y, turn in ((0.006, -0.034, 192), (0.0, 0.045, 35)):
        with b.at(x=x, y=y, z=0.002, rz=turn):
            leaf(b, 0.085, 0.03, DEEP_GREEN, arch=0.08)
    for x, y in ((0.012, -0.06), (0.03, -0.066), (0.0, -0.045)):
        b.add(ball(0.0055, 5, 2), rgb("a3122b"), 0.75, x=x, y=y)


def _pomegranate(b: Bag, r: float) -> None:
    shape = lobed(round_fruit(r, 0.94, dimple=0.02, foot=0.08, n=18, k=8), 6, 0.035)
    skin = varied(b, POMEGRANATE, 0.06)
    b.add(shape, blushed(shape, skin, rgb("dd8a4e"), towards=(-0.8, -0.4, 0.2), sharp=1.8), 0.45)
    with b.at(z=1.76 * r):
        _crown(b, r)


def _crown(b: Bag, r: float) -> None:
    """The flower's dry crown, upright on the origin."""
    b.add(turned([(0.34 * r, -0.05 * r), (0.24 * r, 0.16 * r), (0.3 * r, 0.32 * r)], 6), POMEGRANATE * 0.8, 0.3)
    for k in range(6):
        a = k * np.pi / 3
        with b.at(x=0.27 * r * np.cos(a), y=0.27 * r * np.sin(a), z=0.26 * r, rz=60 * k, ry=-62):
            leaf(b, 0.34 * r, 0.2 * r, POMEGRANATE * 0.75, n=2)


GOODS = {
    "apple_crate": apple_crate,
    "plum_bowl": plum_bowl,
    "grape_bunch": grape_bunch,
    "half_watermelon": half_watermelon,
    "persimmon_stand": persimmon_stand,
    "strawberry_box": strawberry_box,
    "lemon_net": lemon_net,
    "split_pomegranate": split_pomegranate,
}
