"""Vegetables of the market. Metres, bottom centre on the origin, front towards -Y."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, grid, lathe, sheet, tube
from assets.studio.palette import TERRA, rgb
from assets.studio.produce import (
    DEEP_GREEN,
    FRESH,
    GREEN,
    RAFFIA,
    WICKER,
    blade,
    graded,
    leaf,
    lobed,
    rope_ring,
    round_fruit,
    stalk,
    star,
    turned,
    varied,
    woven,
)  # fmt: skip

ASPARAGUS, ASPARAGUS_TIP = rgb("8fb25a"), rgb("64683f")
PUMPKIN, TOMATO, RADISH, CORN = rgb("e07b22"), rgb("cf2f1f"), rgb("cf2548"), rgb("f2c33a")
GARLIC, GARLIC_STREAK = rgb("ecdcc4"), rgb("a67f98")


def asparagus_bundle(b: Bag) -> None:
    """A bundle of green asparagus on end, tied twice with raffia."""
    spots = [(0.0, 0.0)] + [(0.0165 * np.cos(a), 0.0165 * np.sin(a)) for a in np.arange(6) * np.pi / 3]
    spots += [(0.032 * np.cos(a), 0.032 * np.sin(a)) for a in np.arange(11) * 2 * np.pi / 11 + 0.2]
    for x, y in spots:
        _spear(b, x, y, 0.2 + b.rng.uniform(-0.018, 0.022))
    for z, r in ((0.055, 0.0405), (0.125, 0.0425)):
        for k in range(2):
            b.add(rope_ring(r, z + 0.006 * k, 0.0034, 14), RAFFIA, 0.15)
    with b.at(y=-0.046, z=0.06):
        for s in (-1, 1):
            t = np.linspace(0, 2 * np.pi, 9)
            loop = np.c_[s * 0.014 * (1 - np.cos(t)), -0.004 * np.sin(t / 2), 0.008 * np.sin(t)]
            b.add(tube(loop, 0.002, 4), RAFFIA * 0.95, 0.15)
            stalk(b, [(0, 0, 0), (s * 0.01, -0.003, -0.014), (s * 0.016, -0.002, -0.032)], 0.0018, RAFFIA)


def _spear(b: Bag, x: float, y: float, tall: float) -> None:
    """One spear, white at the foot, its tip wrapped in scales."""
    lean = np.array([x, y]) * 0.16
    path = np.array(
        [
            (x, y, 0),
            (x, y, tall * 0.4),
            (*(np.array([x, y]) + lean), tall * 0.8),
            (*(np.array([x, y]) + lean * 1.4), tall),
        ]
    )
    shape = tube(path, [0.0072, 0.0075, 0.0066, 0.0018], 5)
    z = shape.v[:, 2:] / tall
    tone = varied(b, ASPARAGUS, 0.1)
    c = np.where(z < 0.1, rgb("e6e2c0"), np.where(z > 0.78, ASPARAGUS_TIP, tone))
    b.add(shape, c, 0.3)
    for k in range(6):
        q = 0.74 + 0.04 * k
        a = k * 2.4
        px, py = (np.interp(q, (0, 0.4, 0.8, 1), path[:, i]) for i in (0, 1))
        r = 0.0066 * (1.02 - 0.75 * max(0.0, (q - 0.8) / 0.2))
        v = np.array([(r, -0.0042, 0), (r, 0.0042, 0), (r * 0.9 + 0.0022, 0, 0.0155)])
        scale = Shape(v, np.tile([1.0, 0, 0.2], (3, 1)), np.array([(0, 1, 2)]))
        b.add(scale, varied(b, ASPARAGUS_TIP, 0.25), 0.2, x=px, y=py, z=q * tall, rz=np.degrees(a), jitter=0)


def pumpkin(b: Bag) -> None:
    """A ribbed orange pumpkin with a twisted stalk, a leaf and a tendril."""
    r, ribs = 0.15, 10
    t = np.linspace(-np.pi / 2, np.pi / 2, 10)
    profile = np.c_[
        r * np.cos(t).round(9) ** 0.8,
        r * 0.68 * (1 + np.sin(t)) - 0.34 * r * np.exp(-((np.cos(t) / 0.4) ** 2)) * np.sign(t),
    ]
    profile[:, 1] -= profile[:, 1].min()
    body = lobed(turned(profile, 50), ribs, 0.14)
    around = np.arctan2(body.v[:, 1], body.v[:, 0])
    rib = (0.5 + 0.5 * np.cos(ribs * around))[:, None]
    skin = (
        PUMPKIN * (0.62 + 0.42 * rib) * np.concatenate([np.ones((len(rib), 1)), 0.75 + 0.3 * rib, 0.7 + 0.3 * rib], 1)
    )
    b.add(body, skin, 0.35)
    top = 0.158
    path = [(0, 0, top - 0.02), (0.004, 0, top + 0.01), (0.016, -0.004, top + 0.035), (0.036, -0.006, top + 0.05)]
    b.add(tube(path, [0.03, 0.017, 0.014, 0.018], 7), rgb("7c8048"), 0.15)
    with b.at(x=0.02, y=-0.012, z=top + 0.004, rz=-60, ry=8):
        leaf(b, 0.12, 0.1, DEEP_GREEN, arch=0.12, blunt=0.6, n=5)
    curl = np.linspace(0, 13, 20)
    coil = np.c_[
        -0.02 - 0.005 * curl,
        -0.02 - 0.003 * curl + 0.009 * np.cos(curl),
        top + 0.006 + 0.009 * np.sin(curl) - 0.0004 * curl**2,
    ]
    stalk(b, coil, 0.0016, FRESH, 4)


def tomato_basket(b: Bag) -> None:
    """A low wicker basket of tomatoes of three ripenesses."""
    wall, colours = woven([(0.098, 0.006), (0.112, 0.03), (0.126, 0.058)], 28, 3)
    b.add(wall, colours, 0.15)
    b.add(lathe([(0, 0.0), (0.1, 0.001), (0.1, 0.012), (0, 0.013)][::1], 20), WICKER * 0.6)
    inner = lathe([(0.12, 0.06), (0.104, 0.02), (0, 0.016)], 20)
    b.add(inner, WICKER * 0.5, 0.05)
    b.add(rope_ring(0.126, 0.06, 0.0065, 22), WICKER * 1.1, 0.2)
    b.add(rope_ring(0.099, 0.006, 0.006, 20), WICKER * 0.9, 0.2)
    ring = [(0.076 * np.cos(a), 0.076 * np.sin(a), 0.034) for a in np.arange(6) * np.pi / 3 + 0.5]
    for k, (x, y, z) in enumerate([*ring, (0.022, 0.038, 0.084), (-0.042, -0.012, 0.084), (0.026, -0.037, 0.084)]):
        with b.at(x=x, y=y, z=z, rz=b.rng.uniform(0, 90), rx=b.rng.uniform(-18, 18), ry=b.rng.uniform(-18, 18)):
            skin = varied(b, (TOMATO, TOMATO, rgb("e2692a"))[k % 3], 0.08)
            shape = lobed(round_fruit(0.039, 0.8, dimple=0.24, foot=0.1, n=12, k=6), 5, 0.045)
            b.add(shape, graded(shape, skin, skin * (0.95, 1.3, 1.1), power=3), 0.6)
            with b.at(z=0.0475):
                star(b, 0.021, GREEN, 5, -0.12, 0.32)
                stalk(b, [(0, 0, 0), (0.001, 0, 0.007), (0.005, 0, 0.013)], 0.0018, GREEN)


def garlic_braid(b: Bag) -> None:
    """A braid of garlic that hangs by a loop, its back flat to the wall."""
    straw = rgb("d8c49a")
    for k in range(12):
        side = (-1, 0, 1)[k % 3]
        z = 0.1 + 0.0315 * k
        path = [(side * 0.013, -0.008, z), (side * 0.003, -0.02, z + 0.022), (-side * 0.011, -0.008, z + 0.05)]
        b.add(tube(path, [0.008, 0.0085, 0.0065], 4), straw * b.rng.uniform(0.85, 1.1), 0.1)
    t = np.linspace(-0.4, 2 * np.pi - 0.4, 13)
    b.add(tube(np.c_[0.022 * np.sin(t), np.full(13, -0.008), 0.535 - 0.03 * np.cos(t)], 0.0042, 5), RAFFIA, 0.1)
    for k in range(3):
        b.add(rope_ring(0.015, 0.494 + 0.006 * k, 0.0034, 10), RAFFIA * 0.9, 0.1, y=-0.01)
    for k in range(13):
        row, side = k // 2, (-1, 1)[k % 2]
        x, z = side * (0.029 if k < 12 else 0.0), 0.068 + 0.062 * row
        with b.at(x=x, y=-0.034, z=z, rx=34, ry=side * 32):
            _garlic(b, 0.033 * b.rng.uniform(0.92, 1.08))
    for k, (x, turn) in enumerate(((-0.02, 12), (0.004, -4), (0.022, -16))):
        with b.at(x=x, y=-0.012, z=0.055 + 0.004 * k, ry=turn):
            stalk(b, [(0, 0, 0.03), (0.002, 0, 0), (0.001, 0, -0.05)], 0.0035, straw, 5)


def _garlic(b: Bag, r: float) -> None:
    """One bulb hanging head down from the origin, cloves showing."""
    profile = np.array([(0, -1.0), (0.62, -0.86), (1.0, -0.2), (0.8, 0.45), (0.3, 0.95), (0.16, 1.6)]) * r
    shape = lobed(turned(profile, 10), 5, 0.11)
    around = np.arctan2(shape.v[:, 1], shape.v[:, 0])
    streak = np.clip(0.25 - 0.5 * np.cos(5 * around), 0, 1)[:, None]
    b.add(shape, varied(b, GARLIC, 0.05) * (1 - 0.5 * streak) + GARLIC_STREAK * 0.5 * streak, 0.3)
    b.add(turned(np.array([(0.34, -0.95), (0.22, -1.14), (0, -1.16)])[::-1] * r, 5), rgb("b39c78"), 0.05)


def bok_choy(b: Bag) -> None:
    """Two heads of bok choy, spoons of white opening into green, side by side on end."""
    for x, y, turn, size in ((-0.048, 0.008, 0, 1.0), (0.054, -0.01, 40, 0.9)):
        with b.at(x=x, y=y, rz=turn, scale=size):
            b.add(turned([(0, 0.0), (0.02, 0.002), (0.03, 0.016), (0.02, 0.03)], 10), rgb("e3e6c4"), 0.3)
            for k in range(9):
                out = (0.4, 0.68, 1.0)[k // 3]
                with b.at(z=0.004, rz=360 * k / 3 + 37 * (k // 3) + b.rng.uniform(-6, 6)):
                    _choy_leaf(b, 0.17 * (1.08 - 0.1 * out), out)


def _choy_leaf(b: Bag, tall: float, out: float) -> None:
    """One leaf that rises from the origin and leans out towards +X."""
    u = np.linspace(0, 1, 7)
    side = np.linspace(-1, 1, 5)
    half = np.interp(u, (0, 0.2, 0.42, 0.56, 0.75, 0.92, 1), (0.021, 0.024, 0.018, 0.034, 0.046, 0.038, 0.018)) * (
        0.7 + 0.3 * out
    )
    x = 0.012 + out * np.interp(u, (0, 0.3, 0.6, 0.85, 1), (0.0, 0.017, 0.018, 0.028, 0.04))
    z = tall * np.interp(u, (0, 0.5, 0.85, 1), (0, 0.52, 0.9, 1.0 - 0.04 * out))
    cup = np.interp(u, (0, 0.4, 0.6, 1), (0.016, 0.012, 0.01, 0.004))
    p = np.stack([np.c_[x - cup * s * s + 0.004 * np.sin(11 * u + 4 * s) * (u > 0.5), half * s, z] for s in side], 1)
    shape = sheet(p, 0.0022)
    fresh = varied(b, rgb("4f8a3c"), 0.14)
    up = np.clip((shape.v[:, 2] / tall - 0.4) / 0.16, 0, 1)[:, None]
    rib = (
        np.exp(-((np.tile(np.tile(side, 7), 2) / 0.3) ** 2))[:, None] * np.clip(1.5 - shape.v[:, 2:] / tall, 0, 1) * 0.7
    )
    k = up * (1 - rib)
    b.add(shape, rgb("eef0d6") * (1 - k) + fresh * k, 0.35)


def radish_bunch(b: Bag) -> None:
    """Radishes tied by their leaves, lying as they were thrown down."""
    for k, (x, y) in enumerate(
        (
            (-0.056, -0.05),
            (-0.028, -0.062),
            (0.0, -0.066),
            (0.03, -0.06),
            (0.058, -0.048),
            (-0.018, -0.04),
            (0.02, -0.038),
        )
    ):
        lift = 0.021 if k >= 5 else 0.0
        with b.at(x=x, y=y, z=0.0165 + lift, rz=x * 520 + b.rng.uniform(-8, 8), rx=90 + 6 * (k >= 5)):
            _radish(b, 0.0165 * b.rng.uniform(0.92, 1.1))
            stalk(b, [(0, 0, -0.016), (0, 0.003, -0.036), (0, 0.008, -0.06)], 0.0024, FRESH, 4)
    b.add(rope_ring(0.017, 0.022, 0.0028, 12), RAFFIA, 0.1, y=0.0, x=0.0)
    with b.at(y=0.008, z=0.02, rx=90):
        for k in range(3):
            b.add(rope_ring(0.02, 0.004 * k - 0.004, 0.0024, 14, ey=0.8), TERRA, 0.15)
    for k in range(11):
        turn = 90 + (k - 5) * 11 + b.rng.uniform(-5, 5)
        with b.at(y=0.006, x=(k - 5) * 0.0028, z=0.016 + 0.005 * (k % 3), rz=turn, ry=-8 * (k % 3)):
            length = b.rng.uniform(0.105, 0.135)
            shape = blade(length, length * 0.42, arch=0.16, fold=0.35, n=4, blunt=0.9)
            wave = shape.v[:, 0] / length
            shape.v[:, 1] *= 0.25 + 0.75 * np.clip(wave * 2.2, 0, 1) * (0.82 + 0.3 * np.cos(wave * 16))
            b.add(shape, varied(b, GREEN, 0.16), 0.25, jitter=0)


def _radish(b: Bag, r: float) -> None:
    """One radish about the origin along z, its root up and white."""
    profile = (
        np.array(
            [(0, -1.05), (0.55, -0.9), (0.98, -0.2), (0.92, 0.4), (0.5, 0.95), (0.16, 1.35), (0.06, 2.0), (0.02, 2.9)]
        )
        * r
    )
    shape = turned(profile, 8)
    z = shape.v[:, 2:] / r
    skin = varied(b, RADISH, 0.08)
    b.add(shape, np.where(z > 1.2, rgb("f4e3df"), np.where(z > 0.6, skin * (1.1, 1.7, 1.4), skin)), 0.55)


def corn_pair(b: Bag) -> None:
    """Two ears of sweetcorn, half undressed."""
    for x, y, turn, lift in ((-0.03, 0.036, 8, 0.0), (0.012, -0.034, -9, 0.0)):
        with b.at(x=x, y=y, z=0.027 + lift, rz=turn, ry=90):
            _ear(b, 0.024, 0.17)


def _ear(b: Bag, r: float, length: float) -> None:
    """One ear along +z from the origin, rows of kernels above, husk below."""
    rows, cols = 17, 16
    z = np.linspace(0, length, rows)
    taper = r * np.clip(1.0 - 0.5 * (z / length) ** 4 - 0.5 * (1 - z / length) ** 7, 0, None) * (z < length * 0.999)
    t = np.linspace(0, 2 * np.pi, cols, endpoint=False)
    bump = 1 + 0.05 * (((np.arange(rows)[:, None] + np.arange(cols)[None]) % 2) * 2 - 1)
    p = np.stack(
        [taper[:, None] * bump * np.cos(t), taper[:, None] * bump * np.sin(t), np.repeat(z[:, None], cols, 1)], -1
    )
    kernels = grid(p)
    dice = b.rng.uniform(0.82, 1.1, (len(kernels.v), 1)) * np.where(bump.reshape(-1, 1) > 1, 1.05, 0.8)
    b.add(kernels, CORN * dice, 0.5)
    b.add(tube([(0, 0, 0), (0, 0, -0.02), (0, 0, -0.05)], [0.012, 0.009, 0.011], 7), rgb("c9cf8c"), 0.1)
    for k in range(6):
        with b.at(z=-0.008, rz=60 * k + b.rng.uniform(-8, 8)):
            u = np.linspace(0, 1, 6)
            reach = length * (0.56 if k % 2 else 0.42)
            flare = 0.004 + r * np.array([0.5, 1.02, 1.12, 1.25, 1.6, 2.2 if k % 2 else 1.75])
            half = 0.023 * np.sin(np.pi * np.clip(0.14 + 0.86 * u, 0, 1)) ** 0.7
            blade_ = np.stack([np.c_[flare - 0.006 * s * s, half * s, u * reach] for s in (-1, 0, 1)], 1)
            husk = sheet(blade_, 0.001)
            b.add(husk, graded(husk, rgb("d3dba0"), varied(b, rgb("86ad4d"), 0.1)), 0.15, jitter=0)
    for k in range(9):
        a = k * 0.7
        tip = (0.009 * np.cos(a), 0.009 * np.sin(a), length + 0.03 + 0.012 * np.cos(k * 3.0))
        stalk(b, [(0, 0, length - 0.01), (tip[0] * 0.4, tip[1] * 0.4, length + 0.012), tip], 0.0008, rgb("c98a4a"), 3)


GOODS = {
    "asparagus_bundle": asparagus_bundle,
    "pumpkin": pumpkin,
    "tomato_basket": tomato_basket,
    "garlic_braid": garlic_braid,
    "bok_choy": bok_choy,
    "radish_bunch": radish_bunch,
    "corn_pair": corn_pair,
}
