"""Pictures of places: a relief of mountains, a market at night, a triptych of one day, a round pond."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, ball, lathe
from assets.studio.palette import (
    BLUSH,
    CREAM,
    INK,
    IVORY,
    LEAF,
    LOQUAT,
    MUSTARD,
    NAVY,
    OAK,
    SKY,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
    rgb,
)
from assets.studio.picture_parts import (
    GILT,
    NIGHT,
    backed,
    blade,
    cut,
    disc,
    framed,
    low_relief,
    rect,
    ringed,
    shaded,
    stroke,
)

LAYER_M = 0.0012  # how far one cut shape lies before the next


def facets(b: Bag, corners: list[tuple[float, float, float]], faces: list[tuple[int, int, int]], tones: list) -> None:
    """Flat-shaded triangles with a colour each."""
    p = np.array(corners)
    for face, tone in zip(faces, tones, strict=True):
        v = p[list(face)]
        n = np.cross(v[1] - v[0], v[2] - v[0])
        b.add(Shape(v, np.tile(n / np.linalg.norm(n), (3, 1)), np.array([[0, 1, 2]])), tone, 0.08, jitter=0.03)


def peak(b: Bag, x: float, foot: float, w: float, h: float, y: float, deep: float, lit: Colour, dark: Colour) -> None:
    """One mountain in relief: a sunny and a shady side about a crooked ridge, and snow where it is high enough."""
    top, knee = (x, y - deep * 0.55, foot + h), (x + w * 0.07, y - deep, foot + h * 0.42)
    left, right, toe = (x - w / 2, y, foot), (x + w / 2, y, foot), (x - w * 0.04, y - deep, foot)
    facets(
        b,
        [left, toe, knee, top, right],
        [(0, 1, 2), (0, 2, 3), (1, 4, 2), (2, 4, 3)],
        [lit * 0.92, lit, dark * 0.9, dark],
    )
    if h > 0.2:
        t, lift = 0.7, np.array([0, -0.0015, 0])
        side = [np.array(top) * t + np.array(q) * (1 - t) + lift for q in (left, knee, right)]
        crown = np.array(top) + lift
        dip = side[1] - (0, 0, 0.03)
        facets(
            b,
            [tuple(side[0]), tuple(dip), tuple(crown), tuple(side[2])],
            [(0, 1, 2), (1, 3, 2)],
            [IVORY, SKY * 0.9 + IVORY * 0.1],
        )


def mountain_relief(b: Bag) -> None:
    """Folded ranges in a deep box: five depths of card, a river and a handful of firs."""
    w, h, deep = 0.94, 0.64, 0.085
    framed(b, w, h, width=0.028, depth=deep, colour=WALNUT * 0.8)
    iw, ih = w - 0.05, h - 0.05
    with b.at(z=0.025):
        backed(b, iw, ih, CREAM)
        xs = np.linspace(-iw / 2, iw / 2, 9)
        shaded(b, xs, 0.24, 0.42, rgb("f6c98a"), rgb("efb28a"), -0.001)
        shaded(b, xs, 0.42, ih, rgb("efb28a"), rgb("6d84ab"), -0.001)
        cut(b, disc(0.2, 0.37, 0.062, 32), rgb("fff1cf"), -0.0035, 0.002)
        stroke(b, [(-0.4, 0.5), (-0.25, 0.512), (-0.1, 0.5)], 0.02, rgb("f0c9b4"), -0.003, 0.3)
        stroke(b, [(0.42, 0.46), (0.32, 0.47), (0.2, 0.46)], 0.016, rgb("f3cfae"), -0.003, 0.3)
        ranges = (
            (-0.004, 0.02, rgb("a79ac0"), rgb("8584b2"),
             ((-0.36, 0.38, 0.25), (-0.12, 0.4, 0.34), (0.13, 0.36, 0.22), (0.36, 0.42, 0.28))),
            (-0.018, 0.028, rgb("d98f78"), rgb("79609a"),
             ((-0.31, 0.44, 0.3), (0.03, 0.36, 0.24), (0.29, 0.42, 0.22), (0.43, 0.18, 0.16))),
            (-0.034, 0.03, rgb("c46f58"), rgb("57456f"), ((-0.4, 0.3, 0.17), (-0.13, 0.36, 0.19), (0.3, 0.4, 0.15))),
        )  # fmt: skip
        for y, fold, lit, dark, peaks in ranges:
            for x, width, tall in peaks:
                left, right = max(x - width / 2, -iw / 2), min(x + width / 2, iw / 2)
                peak(b, (left + right) / 2, 0.11, right - left, tall, y, fold, lit, dark)
        meadow = ((-0.046, 0.16, rgb("8ea56a"), 3.0), (-0.056, 0.105, rgb("6d8f5d"), 5.0), (-0.066, 0.06, LEAF, 7.5))
        for k, (y, z, green, rate) in enumerate(meadow):
            line = np.linspace(-iw / 2, iw / 2, 15)
            crest = z + 0.022 * np.sin(line * rate * 2 + k * 2.1) + 0.01 * np.sin(line * 17 + k)
            outline = [(-iw / 2, 0.0), (iw / 2, 0.0), *np.c_[line, crest][::-1].tolist()]
            cut(b, outline, green, y, 0.008)
        way = np.linspace(0, 1, 14)
        river = np.c_[0.1 - 0.12 * way + 0.035 * np.sin(way * 8.5) * (0.3 + way), 0.145 - 0.13 * way]
        stroke(b, river, 0.012, rgb("f2d9a8"), -0.0672, 5)
        for x, z, tall in ((-0.36, 0.07, 0.1), (-0.31, 0.05, 0.085), (-0.25, 0.06, 0.07), (0.27, 0.06, 0.11),
                           (0.33, 0.07, 0.09), (0.4, 0.05, 0.08), (0.2, 0.05, 0.06)):  # fmt: skip
            for q in (0.25, 0.5):
                cone = lathe([(tall * (0.34 - 0.25 * q), tall * q), (0, tall * (q + 0.5))], 7)
                b.add(low_relief(cone, 0.35), rgb("2f5f4c"), 0.05, x=x, y=-0.069, z=z - 0.02)


def lantern(b: Bag, x: float, z: float, r: float, colour: Colour) -> None:
    """A paper lantern in relief, its light on the night behind it."""
    with b.at(x=x, y=-0.004, z=z - r):
        b.add(low_relief(ball(r, 8, 2, 1.05), 0.5), colour, 0.1, jitter=0)
    cut(b, rect(x - r * 0.4, z + r * 0.95, x + r * 0.4, z + r * 1.2), INK, -0.008)
    cut(b, rect(x - r * 0.4, z - r * 1.15, x + r * 0.4, z - r * 0.9), INK, -0.008)


def night_market(b: Bag) -> None:
    """A long picture of stalls, lanterns and a wet square that doubles them."""
    w, h = 1.26, 0.48
    framed(b, w, h, width=0.026, depth=0.035, colour=INK * 0.6)
    iw, ih, ground = w - 0.046, h - 0.046, 0.135
    xs = np.linspace(-iw / 2, iw / 2, 13)
    with b.at(z=0.023):
        backed(b, iw, ih, NIGHT)
        shaded(b, xs, ground, 0.3, rgb("54466f"), rgb("2b3258"), -0.001)
        shaded(b, xs, 0.3, ih, rgb("2b3258"), rgb("161c33"), -0.001)
        shaded(b, xs, 0.0, ground, rgb("1b2038"), rgb("3b3358"), -0.001)
        cut(b, disc(0.47, 0.375, 0.03, 20), rgb("f7e7bd"), -0.002)
        cut(b, disc(0.482, 0.383, 0.026, 20), rgb("222a4c"), -0.0025)
        roofs = ((-0.52, 0.14, 0.27), (-0.36, 0.12, 0.32), (-0.2, 0.16, 0.26), (0.0, 0.13, 0.31), (0.17, 0.16, 0.25),
                 (0.36, 0.14, 0.3), (0.53, 0.13, 0.26))  # fmt: skip
        for k, (x, half, z) in enumerate(roofs):
            x0, x1 = max(x - half / 2 - 0.03, -iw / 2), min(x + half / 2 + 0.03, iw / 2)
            house = [(x0, ground), (x1, ground), (x1, z), ((x0 + x1) / 2, z + 0.035), (x0, z)]
            cut(b, house, rgb("2a2c50") * (1 + 0.12 * (k % 3)), -0.002 - 0.0002 * (k % 2))
            for dx, dz in ((-0.035, -0.05), (0.03, -0.05), (0.0, -0.09)):
                if (k * 3 + int(dz * 100) + int(dx * 100)) % 4:
                    pane = rect((x0 + x1) / 2 + dx - 0.01, z + dz, (x0 + x1) / 2 + dx + 0.01, z + dz + 0.026)
                    cut(b, pane, rgb("f0bd62"), -0.0028)
        stalls = ((-0.46, TERRA, IVORY), (-0.22, TEAL, CREAM), (0.02, MUSTARD, rgb("8c3f3a")),
            (0.27, rgb("b4526b"), IVORY),
                  (0.49, SKY * 0.9, NAVY))  # fmt: skip
        for k, (x, cloth, other) in enumerate(stalls):
            glow = rgb("f4b45c")
            cut(b, rect(x - 0.085, ground + 0.05, x + 0.085, ground + 0.115), glow * 0.95, -0.0035)
            cut(b, rect(x - 0.095, ground, x + 0.095, ground + 0.05), rgb("6d4634"), -0.0045, 0.002)
            for j in range(7):
                fruit = (LOQUAT, rgb("d6503c"), rgb("88a64e"), rgb("f3dc8a"))[(j + k) % 4]
                cut(b, disc(x - 0.078 + 0.026 * j, ground + 0.054, 0.0125, 9), fruit, -0.0052 - 0.0003 * (j % 2))
            for j in range(6):
                x0 = x - 0.108 + 0.036 * j
                strip = [(x0, ground + 0.112), (x0 + 0.018, ground + 0.1), (x0 + 0.036, ground + 0.112),
                         (x0 + 0.033 - 0.02 * (j - 2.5) / 3, ground + 0.158), (x0 + 0.003 - 0.02 * (j - 2.5) / 3,
                             ground + 0.158)]  # fmt: skip
                cut(b, strip, cloth if j % 2 else other, -0.007, 0.002)
            for j in range(8):
                z, half = ground - 0.04 - 0.012 * j, 0.07 * (1 - 0.09 * j) * (0.6 + 0.4 * ((j * 5 + k) % 3))
                dx = 0.012 * ((j * 7 + k) % 3 - 1)
                tone = glow * (0.62 - 0.055 * j) + NIGHT * (0.3 + 0.06 * j)
                if j % 3 == 1:
                    tone = cloth * 0.45 + NIGHT * 0.5
                cut(b, rect(x + dx - half, z, x + dx + half, z + 0.005), tone, -0.002)
        for k, (x, tall, coat) in enumerate(
            ((-0.34, 0.1, "3c5b74"), (-0.315, 0.085, "b06a4e"), (-0.1, 0.1, "40324f"), (0.15, 0.095, "c7a05a"),
             (0.38, 0.1, "5a3a4c"), (0.405, 0.065, "7fa0a0"))
        ):  # fmt: skip
            z0 = ground - 0.035
            body = [(x - 0.014, z0), (x + 0.014, z0), (x + 0.018, z0 + tall * 0.5), (x + 0.008, z0 + tall * 0.78),
                    (x - 0.008, z0 + tall * 0.78), (x - 0.018, z0 + tall * 0.5)]  # fmt: skip
            cut(b, body, rgb(coat), -0.0085 - 0.0004 * k, 0.0015)
            cut(b, disc(x, z0 + tall * 0.88, tall * 0.12, 10), rgb("2b2028"), -0.009 - 0.0004 * k)
        string = np.linspace(-iw / 2 + 0.01, iw / 2 - 0.01, 41)
        sag = 0.355 - 0.045 * np.abs(np.sin(string * 9.5)) ** 0.8
        stroke(b, np.c_[string, sag + 0.012], 0.003, INK * 0.5, -0.003)
        for k, x in enumerate(np.linspace(-0.54, 0.54, 15)):
            z = float(np.interp(x, string, sag)) - 0.012
            cut(b, disc(x, z, 0.032, 14), rgb("8d5a4a") * 0.55 + NIGHT * 0.5, -0.0024)
            lantern(b, float(x), z, (0.017, 0.02, 0.016)[k % 3], (rgb("ff9a3c"), rgb("f4572e"), rgb("ffd36a"))[k % 3])


def bay(b: Bag, w: float, h: float, part: int) -> None:
    """A third of the bay: the same hills run on from panel to panel, the hour changes."""
    sky_top, sky_low, far, near, sea, low_sea = (
        ("f1b9a0", "f8dfae", "c08d97", "84677c", "e0a690", "a57482"),
        ("6fb0cf", "d8ecea", "8cabb5", "3f7f6c", "4a9fb4", "2c7590"),
        ("1a2145", "4d4a7a", "39406c", "232a4d", "2b3765", "1b2347"),
    )[part]
    xs = np.linspace(-w / 2, w / 2, 15)
    along = xs + (part - 1) * (w + 0.05)
    shaded(b, xs, 0.27, h, rgb(sky_low), rgb(sky_top), -0.001)
    shaded(b, xs, 0.0, 0.28, rgb(low_sea), rgb(sea), -0.0014)
    hills = np.maximum(0.276, 0.31 + 0.06 * np.sin(along * 5.1 + 0.6) + 0.025 * np.sin(along * 13))
    cut(b, [(-w / 2, 0.272), (w / 2, 0.272), *np.c_[xs, hills][::-1].tolist()], rgb(far), -0.004, 0.002)
    shore = 0.266 + 0.075 * np.clip(np.sin(along * 3.2 - 1.1), 0, 1) ** 0.7
    cut(b, [(-w / 2, 0.25), (w / 2, 0.25), *np.c_[xs, shore + 0.002][::-1].tolist()], rgb(near), -0.007, 0.002)
    sun_z, light = ((0.37, "fff0c4"), (0.52, "fff6d8"), (0.5, "f4ecd2"))[part]
    sun_x = (-0.07, 0.06, 0.05)[part]
    cut(b, disc(sun_x, sun_z, (0.052, 0.04, 0.04)[part], 28), rgb(light), -0.0025)
    if part == 2:
        cut(b, disc(sun_x + 0.018, sun_z + 0.008, 0.036, 26), rgb(sky_top), -0.0032)
        for k in range(16):
            x, z = ((k * 0.618) % 1 - 0.5) * w * 0.9, 0.4 + ((k * 0.377) % 1) * 0.2
            cut(b, disc(x, z, 0.0022 + 0.0008 * (k % 3), 5), rgb("f4ecd2"), -0.003)
        for x, z in ((0.0, 0.285), (0.03, 0.3), (0.055, 0.282), (-0.06, 0.277), (0.1, 0.29)):
            cut(b, rect(x, z, x + 0.007, z + 0.008), rgb("ffc765"), -0.0085)
    for k in range(9):
        z, half = 0.24 - 0.026 * k, 0.012 + 0.011 * k
        dx = sun_x * (1 - 0.05 * k) + 0.014 * (-1) ** k
        if part != 1 or k < 4:
            cut(b, rect(max(dx - half, -w / 2), z, min(dx + half, w / 2), z + 0.0045), rgb(light), -0.0026)
    for k in range(3):
        z = 0.05 + 0.055 * k
        wave = np.c_[xs, z + 0.006 * np.sin(along * (60 - 9 * k))]
        stroke(b, wave, 0.0035, rgb(low_sea) * 0.7, -0.003)
    x, z, s = ((0.07, 0.13, 1.0), (-0.06, 0.1, 1.2), (-0.08, 0.15, 0.85))[part]
    hull = np.array([(-0.05, 0.012), (-0.035, -0.006), (0.035, -0.006), (0.055, 0.014)]) * s + (x, z)
    cut(b, hull, (WALNUT, TERRA, INK)[part], -0.008, 0.003)
    sail = np.array([(-0.004, 0.018), (-0.004, 0.12), (-0.042, 0.024)]) * s + (x, z)
    jib = np.array([(0.004, 0.018), (0.045, 0.022), (0.004, 0.11)]) * s + (x, z)
    for piece, tone in ((sail, 1.0), (jib, 0.88)):
        cut(b, piece, (rgb("fbead0"), IVORY, rgb("6f76a0"))[part] * tone, -0.008, 0.003)


def bay_triptych(b: Bag) -> None:
    """Morning, noon and night over one bay, in three frames that hang as one."""
    w, h, frame = 0.4, 0.66, 0.018
    for part in range(3):
        with b.at(x=(part - 1) * (w + 0.025)):
            framed(b, w, h, width=frame, depth=0.03, colour=OAK)
            with b.at(z=frame - 0.003):
                backed(b, w - 2 * frame + 0.006, h - 2 * frame + 0.006, IVORY)
                bay(b, w - 2 * frame + 0.006, h - 2 * frame + 0.006, part)


def carp(b: Bag, x: float, z: float, turn: float, s: float, base: Colour, spot: Colour, bend: float, y: float) -> None:
    """A carp seen from above, swimming in a curve."""
    u = np.linspace(0, 1, 12)
    spine = np.c_[u - 0.45, bend * np.sin(u * 3.4)] * s
    half = s * 0.125 * np.interp(u, [0, 0.08, 0.3, 0.6, 0.85, 1], [0.3, 0.75, 1, 0.75, 0.28, 0.2])
    d = np.gradient(spine, axis=0)
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    side = np.c_[-d[:, 1], d[:, 0]] * half[:, None]
    c, q = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    m = np.array([[c, q], [-q, c]])

    def put(outline: np.ndarray, colour: Colour, lift: float) -> None:
        cut(b, outline @ m + (x, z), colour, y - lift)

    for way in (-1, 1):
        put(blade(float(spine[4, 0]), float(spine[4, 1]), s * 0.2, s * 0.09, -180 + way * 125), base * 0.85, 0.0)
        put(blade(float(spine[-1, 0]) - s * 0.02, float(spine[-1, 1]), s * 0.24, s * 0.1, way * 24 - 30 * bend),
            base * 0.85, 0.0)  # fmt: skip
    put(np.r_[spine - side, (spine + side)[::-1]], base, 0.001)
    for k, wide in ((2, 0.8), (5, 0.85), (8, 0.7)):
        part = slice(k - 1, k + 2)
        put(np.r_[(spine - side * wide)[part], (spine + side * wide * (0.2 + 0.2 * (k % 3)))[part][::-1]], spot, 0.0016)
    for way in (-1, 1):
        put(disc(float(spine[1, 0]), float(spine[1, 1] + way * half[1] * 0.55), s * 0.014, 8), INK, 0.002)


def koi_tondo(b: Bag) -> None:
    """A round pond: three carp, rings in the water, lily pads at its rim."""
    r = 0.33
    with b.at(z=r):
        ringed(b, r, r, width=0.034, depth=0.042, colour=rgb("8e2f2a"), gloss=0.6, n=48)
        ringed(b, r - 0.028, r - 0.028, width=0.014, depth=0.03, colour=GILT, gloss=0.75, n=48)
        water = r - 0.034
        cut(b, disc(0, 0, water, 48), rgb("1f5f6b"), 0.0, 0.0)
        cut(b, disc(0.03, 0.02, water * 0.8, 40), rgb("2a7480"), -0.001)
        cut(b, disc(0.06, 0.04, water * 0.52, 36), rgb("388a90"), -0.002)
        for x, z, radius in ((-0.1, 0.13, 0.07), (-0.1, 0.13, 0.045), (0.13, -0.13, 0.055), (0.13, -0.13, 0.032)):
            t = np.linspace(0, 2 * np.pi, 25)
            stroke(b, np.c_[x + radius * np.cos(t), z + radius * 0.8 * np.sin(t)], 0.004, rgb("7fc0ba"), -0.003)
        carp(b, -0.04, 0.06, 28, 0.3, IVORY, rgb("e5622c"), 0.2, -0.004)
        carp(b, 0.08, -0.06, 205, 0.27, rgb("ee8434"), rgb("c9401f"), -0.2, -0.005)
        carp(b, -0.13, -0.12, 100, 0.2, rgb("f3d9a8"), INK, 0.16, -0.006)
        for x, z, q, turn in ((0.17, 0.15, 0.075, 200), (0.22, 0.06, 0.045, 120), (-0.2, -0.01, 0.05, 20),
            (0.02, -0.23, 0.05, 80)):  # fmt: skip
            pad = np.r_[[[x, z]], np.c_[x + q * np.cos(np.radians(turn + np.linspace(25, 335, 18))),
                                        z + q * np.sin(np.radians(turn + np.linspace(25, 335, 18)))]]  # fmt: skip
            cut(b, pad, rgb("6f9a55") * (1 + 0.2 * np.sin(turn)), -0.011, 0.003)
        for k in range(8):
            cut(b, blade(0.17, 0.15, 0.034, 0.014, 45 * k), BLUSH * 1.05, -0.0125)
        cut(b, disc(0.17, 0.15, 0.009, 10), MUSTARD, -0.0135)


GOODS = {
    "mountain_relief": mountain_relief,
    "night_market": night_market,
    "bay_triptych": bay_triptych,
    "koi_tondo": koi_tondo,
}
