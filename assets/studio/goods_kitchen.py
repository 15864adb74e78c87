"""Goods for the table: cups, teapots, bowls and vases. Metres, bottom centre on the origin, front towards -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.homeware_palette import (
    ASH,
    BLUE_GLAZE,
    CHALK,
    CHARCOAL,
    CLAY,
    FERN,
    GILT,
    MILK_BLUE,
    MOSS,
    OAT,
    OCHRE,
    RATTAN,
    ROSE_CLAY,
)  # fmt: skip
from assets.studio.kit import ball, bent, grid, lathe, tube
from assets.studio.palette import WALNUT, rgb
from assets.studio.plants import stem
from assets.studio.turning import bent_bar, curve, knob, pot, ring, specks, spout


def speckled_mug(b: Bag) -> None:
    """A stoneware mug, dipped in ochre, its clay foot bare."""
    side = curve([(0.036, 0), (0.041, 0.006), (0.0425, 0.03), (0.042, 0.06), (0.0405, 0.088)], 3)
    pot(b, side, [(0, CLAY), (0.016, CHALK), (0.06, OCHRE)], inside=CHALK * 0.9, floor_z=0.012, wall=0.005)
    specks(b, side, CHARCOAL, 60, 0.0011, 0.018)
    bent_bar(
        b,
        [(0.038, 0, 0.074), (0.06, 0, 0.078), (0.072, 0, 0.056), (0.062, 0, 0.03), (0.039, 0, 0.022)],
        [0.0065, 0.006, 0.0055, 0.006, 0.0065],
        CHALK,
        k=4,
        flat=1.4,
    )


def tide_teacup(b: Bag) -> None:
    """A thin green cup on its saucer, both with a gilded rim."""
    plate = curve([(0.035, 0), (0.04, 0.004), (0.06, 0.008), (0.075, 0.016)], 3)
    pot(b, plate, [(0, FERN), (0.0145, GILT)], inside=FERN * 1.25, floor_z=0.005, wall=0.003, n=24, gloss=0.7, lip=GILT)
    with b.at(z=0.0055):
        side = curve([(0.021, 0), (0.022, 0.005), (0.032, 0.016), (0.042, 0.036), (0.047, 0.058)], 3)
        pot(b, side, [(0, FERN), (0.0545, GILT)], inside=CHALK, floor_z=0.008, wall=0.003, n=22, gloss=0.7, lip=GILT)
        bent_bar(
            b,
            [(0.042, 0, 0.046), (0.06, 0, 0.053), (0.068, 0, 0.04), (0.056, 0, 0.024), (0.034, 0, 0.02)],
            0.0028,
            GILT,
            0.8,
            k=4,
            n=6,
        )
        b.add(lathe([(0.0415, 0.042), (0, 0.042)], 24), rgb("7a4a22"), 0.8)


def mended_tea_bowl(b: Bag) -> None:
    """A dark tea bowl whose cracks are filled with gold."""
    side = curve([(0.027, 0), (0.028, 0.008), (0.047, 0.018), (0.058, 0.045), (0.06, 0.078)], 3)
    pot(b, side, [(0, CLAY * 0.5), (0.014, CHARCOAL * 0.9)], inside=FERN * 0.55, floor_z=0.014, wall=0.006, gloss=0.65)
    cracks = (
        [(20, 0.0765), (34, 0.066), (28, 0.05), (44, 0.034)], [(28, 0.05), (4, 0.04), (-8, 0.022)],
        [(-95, 0.0765), (-84, 0.06), (-100, 0.042), (-88, 0.026)], [(-100, 0.042), (-122, 0.036)],
        [(190, 0.0765), (200, 0.058), (188, 0.03)],
    )  # fmt: skip
    for crack in cracks:
        line = curve([(float(q), float(h)) for q, h in crack], 3)
        r = np.interp(line[:, 1], side[:, 1], side[:, 0]) + 0.0003
        a = np.radians(line[:, 0])
        b.add(tube(np.c_[r * np.cos(a), r * np.sin(a), line[:, 1]], 0.0013, 5), GILT * 1.1, 0.85)


def rattan_teapot(b: Bag) -> None:
    """A round teapot in deep green under an arched rattan handle."""
    side = curve(
        [(0.05, 0), (0.056, 0.006), (0.082, 0.03), (0.092, 0.064), (0.08, 0.1), (0.05, 0.118), (0.041, 0.12)], 2
    )
    pot(b, side, [(0, CLAY), (0.012, FERN)], inside=CHARCOAL, floor_z=0.06, wall=0.006, n=24, gloss=0.7)
    b.add(
        lathe([(0.045, 0), (0.045, 0.004), (0.034, 0.013), (0.016, 0.018), (0, 0.019)], 24, crease_deg=60),
        FERN,
        0.7,
        z=0.121,
    )
    knob(b, 0.0105, 0.139, OCHRE)
    spout(
        b,
        [(0.08, 0, 0.055), (0.108, 0, 0.07), (0.122, 0, 0.098), (0.14, 0, 0.116)],
        [0.022, 0.016, 0.011, 0.0085],
        FERN,
        CHARCOAL,
    )
    hoop = curve(
        [
            (-0.06, 0, 0.112),
            (-0.068, 0, 0.16),
            (-0.042, 0, 0.204),
            (0, 0, 0.22),
            (0.042, 0, 0.204),
            (0.068, 0, 0.16),
            (0.06, 0, 0.112),
        ],
        4,
    )
    b.add(tube(hoop, 0.006, 7), RATTAN, 0.3)
    wrapped = hoop[7:18]
    b.add(tube(wrapped, [0.0083 if k % 2 else 0.0068 for k in range(len(wrapped))], 8), RATTAN * 0.72, 0.25)
    for sx in (-1, 1):
        b.add(ring(0.009, 0.0035, 10, 5), FERN, 0.6, x=sx * 0.062, z=0.112, rx=90)


def enamel_kettle(b: Bag) -> None:
    """An ochre enamel kettle with a turned wooden grip."""
    side = curve([(0.088, 0), (0.098, 0.006), (0.1, 0.022), (0.092, 0.07), (0.07, 0.112), (0.05, 0.126)], 2)
    pot(
        b,
        side,
        [(0, CHARCOAL), (0.006, OCHRE), (0.118, CHARCOAL)],
        inside=CHARCOAL,
        floor_z=0.08,
        wall=0.004,
        n=24,
        gloss=0.72,
    )
    b.add(
        lathe([(0.052, 0), (0.052, 0.004), (0.04, 0.014), (0.018, 0.02), (0, 0.021)], 24, crease_deg=60),
        OCHRE,
        0.72,
        z=0.126,
    )
    b.add(ring(0.05, 0.003, 24, 5), CHARCOAL, 0.6, z=0.129)
    knob(b, 0.011, 0.146, WALNUT, 0.4)
    spout(
        b,
        [(0.084, 0, 0.045), (0.118, 0, 0.066), (0.128, 0, 0.098), (0.158, 0, 0.122)],
        [0.024, 0.017, 0.0125, 0.009],
        OCHRE,
        CHARCOAL,
    )
    hoop = [
        (-0.07, 0, 0.108),
        (-0.085, 0, 0.17),
        (-0.045, 0, 0.226),
        (0, 0, 0.236),
        (0.045, 0, 0.226),
        (0.085, 0, 0.17),
        (0.07, 0, 0.108),
    ]
    bent_bar(b, hoop, 0.0042, CHARCOAL, 0.6, k=4, n=6)
    grip = np.array([(x, 0, 0.236 - 3.5 * x * x) for x in np.linspace(-0.045, 0.045, 9)])
    b.add(tube(grip, [0.006, 0.0095, 0.0115, 0.012, 0.0122, 0.012, 0.0115, 0.0095, 0.006], 10), WALNUT, 0.45)


def kyusu(b: Bag) -> None:
    """A small red-clay teapot poured by its side handle."""
    side = curve([(0.038, 0), (0.043, 0.004), (0.056, 0.024), (0.056, 0.046), (0.042, 0.064), (0.032, 0.066)], 2)
    rose = CLAY * 0.8
    pot(
        b,
        side,
        [(0, rose * 0.85), (0.038, rose), (0.042, CHALK), (0.046, rose)],
        inside=rose * 0.5,
        floor_z=0.03,
        wall=0.004,
        n=22,
        gloss=0.35,
    )
    b.add(
        lathe([(0.035, 0), (0.035, 0.003), (0.026, 0.009), (0.01, 0.012), (0, 0.0125)], 22, crease_deg=60),
        rose,
        0.35,
        z=0.067,
    )
    b.add(ball(0.0085, 10, 3), CHALK, 0.5, z=0.078)
    spout(b, [(0.05, 0, 0.034), (0.064, 0, 0.044), (0.075, 0, 0.062)], [0.014, 0.0105, 0.007], rose, CHARCOAL, 0.35)
    with b.at(rz=-80):
        grip = curve([(0.048, 0, 0.038), (0.07, 0, 0.044), (0.105, 0, 0.052), (0.112, 0, 0.0535)], 3)
        b.add(tube(grip, np.linspace(0.0095, 0.0125, len(grip)), 9), rose, 0.35)
        b.add(ring(0.0115, 0.0018, 12, 4), CHALK, 0.4, x=0.098, z=0.0505, ry=81)


def nest_of_bowls(b: Bag) -> None:
    """Three bowls, each at home in the next, from sea blue to milk."""
    for z, s, colour in ((0.0, 1.0, BLUE_GLAZE), (0.021, 0.8, MILK_BLUE), (0.04, 0.62, CHALK)):
        with b.at(z=z, scale=s):
            side = curve([(0.045, 0), (0.047, 0.006), (0.08, 0.024), (0.105, 0.056), (0.112, 0.082)], 2)
            pot(
                b,
                side,
                [(0, CLAY * 1.05), (0.008, colour), (0.074, colour * 0.55 + CHALK * 0.5)],
                inside=colour * 0.9 + 0.04,
                floor_z=0.011,
                wall=0.006,
                n=19,
                gloss=0.65,
            )


def fluted_fruit_bowl(b: Bag) -> None:
    """A footed bowl with a scalloped, chalk-white rim."""
    foot = curve([(0.065, 0), (0.068, 0.006), (0.045, 0.02), (0.027, 0.045), (0.026, 0.062), (0.038, 0.076)], 2)
    b.add(lathe(foot, 26, crease_deg=70), CHALK, 0.45)
    b.add(lathe([(0, 0.0004), (0.065, 0.0004)], 24), CHALK * 0.8)
    outer = curve([(0.03, 0.07), (0.08, 0.082), (0.128, 0.108), (0.152, 0.142)], 2)
    inner = [(r - 0.007, z + 0.003) for r, z in outer[::-1]]
    n = 42
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    rows = []
    for r, z in [*outer[:-1], outer[-1] - (0.0018, 0.004), outer[-1], (0.149, 0.147), *inner, (0.0, 0.0745)]:
        w = np.clip((r - 0.03) / 0.12, 0, 1)
        flute = np.abs(np.cos(6 * t))
        k = r * (1 + 0.055 * w * (flute - 0.5))
        rows.append(np.c_[k * np.cos(t), k * np.sin(t), np.full(n, z) + 0.010 * w * w * flute])
    tone = np.tile(CHALK, (len(rows), n, 1))
    tone[len(outer) : len(outer) + 2] = OCHRE
    b.add(grid(np.array(rows)), tone.reshape(-1, 3), 0.45, jitter=0)


def olive_wood_bowl(b: Bag) -> None:
    """A turned salad bowl with two servers leaning in it."""
    side = curve([(0.06, 0), (0.075, 0.008), (0.118, 0.04), (0.135, 0.082), (0.13, 0.1)], 3)
    wood = rgb("96693f")
    outer = lathe(side, 30, crease_deg=70)
    grain = 1 + 0.16 * np.sin(outer.v[:, 0] * 55 + 9 * outer.v[:, 2] * np.sin(outer.v[:, 1] * 21))
    b.add(outer, wood * grain[:, None], 0.4)
    inside = lathe(
        [
            (0.13, 0.1),
            (0.126, 0.103),
            (0.12, 0.099),
            *[(r - 0.012, z) for r, z in side[::-1][1:9:2]],
            (0.06, 0.014),
            (0, 0.013),
        ],
        30,
        crease_deg=99,
    )
    grain = 1 + 0.13 * np.sin(inside.v[:, 0] * 60 + 8 * np.sin(inside.v[:, 1] * 24))
    b.add(inside, wood * 1.12 * grain[:, None], 0.4)
    b.add(lathe([(0, 0.0004), (0.06, 0.0004)], 24), wood * 0.6)
    for turn, tone, y in ((24, WALNUT, 0.03), (-22, OCHRE * 0.5 + WALNUT * 0.6, -0.03)):
        with b.at(x=-0.01 if turn > 0 else 0.0, y=y, z=0.016, rz=turn - 12, ry=52):
            b.add(
                tube([(0, 0, 0.05), (0, 0, 0.12), (0, 0, 0.2), (0, 0, 0.245)], [0.0075, 0.0062, 0.0068, 0.0085], 7),
                tone,
                0.4,
            )
            spoon = bent(ball(0.024, 12, 3), lambda v: np.c_[v[:, 0] * 0.34, v[:, 1], v[:, 2] * 1.35])
            b.add(spoon, tone, 0.4, z=0.0)


def field_jug(b: Bag) -> None:
    """A milk-blue jug with three stems of meadow flowers."""
    side = curve(
        [(0.045, 0), (0.052, 0.008), (0.066, 0.05), (0.062, 0.1), (0.042, 0.145), (0.041, 0.17), (0.05, 0.192)], 2
    )

    pot(b, side, [(0, CLAY), (0.014, MILK_BLUE), (0.182, OCHRE)], inside=CHALK * 0.6, floor_z=0.14, wall=0.005, n=22)
    b.add(
        bent(
            lathe([(0.01, 0), (0.02, 0.016), (0.022, 0.03)], 12, ex=1.3, crease_deg=99), lambda v: v + (0.034, 0, 0.163)
        ),
        MILK_BLUE,
        0.6,
    )
    bent_bar(
        b,
        [(-0.042, 0, 0.176), (-0.074, 0, 0.178), (-0.092, 0, 0.14), (-0.084, 0, 0.1), (-0.06, 0, 0.08)],
        [0.006, 0.0065, 0.006, 0.0065, 0.008],
        MILK_BLUE,
        k=4,
        flat=1.3,
    )
    flowers = (
        (0.062, -0.03, 0.33, 20, CHALK, OCHRE),
        (-0.055, -0.02, 0.37, 140, OCHRE, WALNUT * 0.6),
        (0.01, 0.05, 0.41, 260, ROSE_CLAY * 1.02, OCHRE),
    )
    for x, y, z, lean, petals, heart in flowers:
        stem(b, [(0, 0, 0.15), (x * 0.3, y * 0.3, 0.23), (x, y, z)], MOSS, turn=lean)
        with b.at(x=x, y=y, z=z, ry=18 if x > 0 else -18, rx=24 if y < 0 else -24):
            for k in range(7):
                with b.at(rz=360 / 7 * k):
                    b.add(
                        tube([(0.006, 0, 0), (0.02, 0, 0.004), (0.033, 0, 0.001)], [0.003, 0.0105, 0.004], 4, 0.3),
                        petals,
                        0.1,
                    )
            b.add(ball(0.0105, 9, 2, 0.8), heart, 0.1, z=-0.002)


def amphora_vase(b: Bag) -> None:
    """A tall two-handled jar, chalk above and terracotta below a combed line."""
    side = curve(
        [
            (0.05, 0),
            (0.056, 0.008),
            (0.075, 0.05),
            (0.108, 0.15),
            (0.112, 0.22),
            (0.085, 0.29),
            (0.045, 0.325),
            (0.04, 0.36),
            (0.056, 0.392),
        ],
        2,
    )
    bands = [(0, CLAY), (0.165, CHARCOAL), (0.171, CLAY), (0.179, CHARCOAL), (0.185, CHALK)]
    pot(b, side, bands, inside=CLAY * 0.5, floor_z=0.3, wall=0.007, n=24, gloss=0.25)
    for sx in (-1, 1):
        path = [
            (sx * 0.042, 0, 0.362),
            (sx * 0.082, 0, 0.372),
            (sx * 0.112, 0, 0.335),
            (sx * 0.106, 0, 0.285),
            (sx * 0.092, 0, 0.268),
        ]
        bent_bar(b, path, [0.008, 0.009, 0.008, 0.0085, 0.01], CHALK, 0.25, k=4, flat=1.3)


def ring_vase(b: Bag) -> None:
    """A ring of sand-coloured clay with a slender neck and one dry reed."""
    b.add(ring(0.095, 0.034, 34, 10), OAT * 0.92, 0.12, z=0.152, rx=90)
    b.add(lathe([(0.045, 0), (0.048, 0.006), (0.04, 0.02), (0.03, 0.03)], 22, crease_deg=70), OAT * 0.85, 0.12)
    b.add(lathe([(0, 0.0004), (0.045, 0.0004)], 20), OAT * 0.7)
    with b.at(z=0.272):
        neck = curve([(0.024, 0), (0.0165, 0.016), (0.015, 0.036), (0.021, 0.052)], 3)
        pot(b, neck, [(0, OAT * 0.92), (0.045, OCHRE)], inside=CHARCOAL, floor_z=0.02, wall=0.004, n=18, gloss=0.12)
    for x, y, z in ((0.05, -0.02, 0.5), (-0.035, 0.01, 0.54), (0.012, 0.02, 0.46)):
        path = curve([(0, 0, 0.3), (x * 0.25, y * 0.3, 0.39), (x, y, z)], 4)
        b.add(tube(path, 0.0014, 4), ASH * 0.8)
        b.add(
            tube(path[-5:] + (path[-1] - path[-3]) * 0.5, [0.002, 0.0085, 0.0105, 0.0075, 0.0015], 6),
            OCHRE * 0.6 + OAT * 0.4,
            0.05,
        )


def drip_bottle(b: Bag) -> None:
    """A tall bottle vase, its green glaze run down over bare clay."""
    side = curve(
        [(0.042, 0), (0.05, 0.008), (0.058, 0.07), (0.05, 0.14), (0.024, 0.2), (0.016, 0.25), (0.019, 0.29)], 4
    )
    n = 30
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    line = 0.122 - 0.034 * np.abs(np.sin(2.5 * t + 0.6)) ** 0.6 - 0.02 * np.cos(t * 2 + 1)

    def belt(heights: np.ndarray, swell: float = 0.0) -> np.ndarray:
        r = np.interp(heights, side[:, 1], side[:, 0]) + swell
        return np.stack([r * np.cos(t), r * np.sin(t), heights], -1)

    b.add(grid(np.array([belt(line * u) for u in (0, 0.04, 0.12, 0.4, 0.7, 1)])), ROSE_CLAY, 0.15)
    over = [belt(line - 0.001), belt(line + 0.001, 0.0016)]
    over += [belt(line + (0.29 - line) * u, 0.0012) for u in (0.06, 0.2, 0.36, 0.5, 0.62, 0.74, 0.88, 1)]
    b.add(grid(np.array(over)), FERN * 1.2, 0.65)
    b.add(
        lathe([(0.0202, 0.29), (0.0175, 0.294), (0.0145, 0.291), (0.012, 0.26), (0, 0.255)], 20, crease_deg=99),
        FERN,
        0.5,
    )
    b.add(lathe([(0, 0.0004), (0.042, 0.0004)], 20), ROSE_CLAY * 0.7)
    handle = [(0.019, 0, 0.213), (0.046, 0, 0.216), (0.062, 0, 0.19), (0.054, 0, 0.162), (0.04, 0, 0.152)]
    bent_bar(b, handle, [0.006, 0.006, 0.0055, 0.006, 0.0075], FERN * 1.2, 0.65, k=3, n=6)


GOODS = {
    "speckled_mug": speckled_mug,
    "tide_teacup": tide_teacup,
    "mended_tea_bowl": mended_tea_bowl,
    "rattan_teapot": rattan_teapot,
    "enamel_kettle": enamel_kettle,
    "kyusu": kyusu,
    "nest_of_bowls": nest_of_bowls,
    "fluted_fruit_bowl": fluted_fruit_bowl,
    "olive_wood_bowl": olive_wood_bowl,
    "field_jug": field_jug,
    "amphora_vase": amphora_vase,
    "ring_vase": ring_vase,
    "drip_bottle": drip_bottle,
}
