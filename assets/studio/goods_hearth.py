"""Goods that tell the hour or shed light: clocks, candles, lamps. Metres, bottom centre on the origin, front -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.homeware_palette import (
    ASH,
    CHALK,
    CHARCOAL,
    CLAY,
    FERN,
    FLAME,
    GILT,
    OAT,
    OCHRE,
    ROSE_CLAY,
    WAX,
)  # fmt: skip
from assets.studio.kit import ball, bent, box, fan, grid, lathe, tube
from assets.studio.palette import WALNUT, Colour
from assets.studio.turning import bent_bar, curve, knob, outward, ring

GLOWING = np.array([1.0, 0.86, 0.62])


def dial(b: Bag, r: float, face: Colour, ink: Colour, hour: float, *, marks: int = 12) -> None:
    """A clock face of radius r round the origin in the xz plane, seen from -Y: marks, two hands and a pin."""
    with b.at(rx=90):
        rings = (1, 0.92, 0.88, 0.12, 0.07, 0)  # beside the rim and the pin, or their shade would spread over all of it
        b.add(lathe([(r * q, 0) for q in rings], 28), face, 0.25, jitter=0.01)
        for k in range(marks):
            a = 2 * np.pi * k / marks
            long = r * (0.17 if k % 3 == 0 else 0.09)
            mark = box(long, r * (0.05 if k % 3 == 0 else 0.028), 0.0012, 0)
            b.add(mark, ink, 0.2, x=r * 0.84 * np.cos(a), y=r * 0.84 * np.sin(a), rz=np.degrees(a), jitter=0)
        minute = (hour % 1) * 360
        for turn, length, w in ((hour * 30, r * 0.5, r * 0.06), (minute, r * 0.74, r * 0.036)):
            with b.at(rz=90 - turn):
                outline = np.array(
                    [
                        (-r * 0.12, -w * 0.5),
                        (length * 0.7, -w * 0.7),
                        (length, 0),
                        (length * 0.7, w * 0.7),
                        (-r * 0.12, w * 0.5),
                    ]
                )
                b.add(fan(np.c_[outline, np.zeros(5)], (0, 0, 1.0)), ink, 0.3, z=0.0025, jitter=0)
        b.add(lathe([(r * 0.05, 0), (r * 0.045, 0.005), (0, 0.006)], 10), GILT, 0.8)


def sunburst_clock(b: Bag) -> None:
    """A wall clock with rays of ash and brass."""
    with b.at(z=0.31):
        for k in range(24):
            length = 0.3 if k % 2 == 0 else 0.23
            with b.at(ry=15 * k, y=0.002):
                if k % 2 == 0:
                    ray = bent(
                        box(0.03, 0.012, length - 0.1, 0.004),
                        lambda v: v * (1, 1, 1) * np.c_[1 - 0.72 * v[:, 2] / 0.2, np.ones(len(v)), np.ones(len(v))],
                    )
                    b.add(ray, ASH, 0.35, z=0.1)
                else:
                    b.add(tube([(0, 0, 0.1), (0, 0, 0.2), (0, 0, length - 0.012)], 0.0045, 5), GILT, 0.8)
                    b.add(ball(0.011, 7, 2), GILT, 0.85, z=length - 0.022)
        with b.at(rx=90):
            rim = [(0.1, -0.014), (0.118, -0.01), (0.122, 0.006), (0.116, 0.018), (0.106, 0.02), (0.102, 0.012)]
            b.add(lathe(rim, 32, crease_deg=60), GILT, 0.8)
            b.add(lathe([(0, -0.014), (0.1, -0.014)], 24), CHARCOAL)
        with b.at(y=-0.0125):
            dial(b, 0.103, CHALK, FERN * 0.7, 10 + 10 / 60)


def mantel_clock(b: Bag) -> None:
    """A clock in a rounded walnut case that stands on a shelf."""
    w, d, h = 0.3, 0.1, 0.19
    n = 30
    half = []
    for x in np.linspace(-1, 1, n):
        half.append((x * w / 2, 0.035 + (h - 0.035) * np.cos(np.pi / 2 * x) ** 0.9 if abs(x) < 1 else 0.035))
    top = np.array(half)
    front = np.c_[top[:, 0], np.full(n, -d / 2), top[:, 1]]
    rows = [front + (0, 0, -0.008), front + (0, 0.008, 0), front + (0, d - 0.008, 0), front + (0, d, -0.008)]
    b.add(outward(grid(np.array(rows), wrap=False), (0, 0, 0)), WALNUT, 0.5)
    for y, way in ((-d / 2, -1), (d / 2, 1)):
        outline = np.r_[[[-w / 2, y, 0.02]], front * (1, 0, 1) + (0, y, -0.008), [[w / 2, y, 0.02]]]
        b.add(fan(outline[::-1] if way < 0 else outline, (0, way, 0)), WALNUT * 0.95, 0.45)
    b.add(box(w + 0.03, d + 0.024, 0.022, 0.008), WALNUT * 0.85, 0.45)
    for sx in (-1, 1):
        for sy in (-1, 1):
            b.add(ball(0.011, 8, 2), GILT, 0.8, x=sx * 0.14, y=sy * 0.045, z=-0.014)
        with b.at(x=sx * 0.112, y=-d / 2 - 0.003, z=0.052, rx=90):
            b.add(lathe([(0.012, 0), (0.011, 0.004), (0, 0.005)], 10), GILT, 0.8)
    with b.at(y=-d / 2 - 0.001, z=0.103):
        with b.at(rx=90):
            b.add(lathe([(0.066, 0), (0.067, 0.008), (0.06, 0.012), (0.057, 0.006)], 30, crease_deg=60), GILT, 0.8)
        with b.at(y=-0.004):
            dial(b, 0.059, CHALK, CHARCOAL, 4.33)


def twin_bell_clock(b: Bag) -> None:
    """An alarm clock in ochre enamel with two bells and a hammer."""
    with b.at(z=0.078):
        with b.at(rx=90):
            case = [
                (0.05, -0.028),
                (0.06, -0.022),
                (0.0625, 0.0),
                (0.0625, 0.018),
                (0.058, 0.026),
                (0.052, 0.027),
                (0.05, 0.02),
            ]
            b.add(lathe(case, 32, crease_deg=60), OCHRE, 0.65)
            b.add(lathe([(0, -0.028), (0.05, -0.028)], 24), OCHRE * 0.7, 0.4)
        with b.at(y=-0.0205):
            dial(b, 0.051, CHALK, CHARCOAL, 7.0)
        for sx in (-1, 1):
            with b.at(ry=sx * 32):
                b.add(tube([(0, 0, 0.058), (0, 0, 0.085)], 0.003, 5), GILT, 0.8)
                b.add(
                    lathe([(0.028, 0.074), (0.027, 0.082), (0.018, 0.094), (0, 0.099)], 18, crease_deg=70), GILT, 0.85
                )
                b.add(lathe([(0, 0.0745), (0.028, 0.0738)], 16), GILT * 0.5, 0.4)
                b.add(ball(0.004, 6, 2), CHARCOAL, 0.5, z=0.098)
            with b.at(ry=sx * 148):
                b.add(tube([(0, 0.008, 0.055), (0, 0.008, 0.088)], [0.006, 0.0075], 8), GILT, 0.75)
        b.add(tube([(0, 0, 0.06), (0, 0, 0.094)], 0.0025, 5), CHARCOAL, 0.5)
        b.add(ball(0.008, 8, 2, 0.8), CHARCOAL, 0.5, z=0.09)
        bent_bar(
            b,
            [(-0.05, 0, 0.086), (-0.036, 0, 0.118), (0, 0, 0.126), (0.036, 0, 0.118), (0.05, 0, 0.086)],
            0.003,
            GILT,
            0.8,
            k=3,
            n=5,
        )


def wick(b: Bag, z: float) -> None:
    """A wick with a small flame on height z."""
    b.add(tube([(0, 0, z - 0.002), (0, 0, z + 0.01)], 0.0012, 4), CHARCOAL)
    b.add(
        lathe([(0, z + 0.004), (0.0052, z + 0.013), (0.0045, z + 0.02), (0, z + 0.037)], 8, crease_deg=99),
        FLAME * 1.15,
        0.0,
        jitter=0,
    )


def brass_candelabra(b: Bag) -> None:
    """Three tapers on one curved brass branch."""
    b.add(
        lathe(
            [(0.055, 0), (0.057, 0.005), (0.048, 0.012), (0.016, 0.022), (0.009, 0.034), (0.009, 0.05)],
            24,
            crease_deg=60,
        ),
        GILT,
        0.8,
    )
    b.add(ball(0.014, 10, 3), GILT, 0.8, z=0.062)
    bent_bar(
        b,
        [
            (-0.12, 0, 0.16),
            (-0.112, 0, 0.105),
            (-0.06, 0, 0.072),
            (0, 0, 0.082),
            (0.06, 0, 0.072),
            (0.112, 0, 0.105),
            (0.12, 0, 0.16),
        ],
        0.006,
        GILT,
        0.8,
        k=5,
        n=7,
    )
    b.add(tube([(0, 0, 0.05), (0, 0, 0.2)], 0.0065, 8), GILT, 0.8)
    for x, z, colour, h in ((-0.12, 0.16, CLAY, 0.17), (0, 0.2, CHALK, 0.2), (0.12, 0.16, OCHRE, 0.15)):
        with b.at(x=x, z=z):
            b.add(
                lathe(
                    [(0.006, -0.004), (0.02, 0), (0.022, 0.004), (0.013, 0.006), (0.0125, 0.022), (0.0105, 0.024)],
                    14,
                    crease_deg=60,
                ),
                GILT,
                0.8,
            )
            b.add(lathe([(0.0105, 0.01), (0.0095, h * 0.7), (0.0075, h), (0, h + 0.003)], 12), colour, 0.25)
            wick(b, h)


def beeswax_pillar(b: Bag) -> None:
    """A fat candle rolled from a sheet of honeycomb, on a clay saucer."""
    b.add(
        lathe(
            [(0.06, 0), (0.078, 0.006), (0.088, 0.018), (0.083, 0.018), (0.074, 0.01), (0, 0.008)], 28, crease_deg=70
        ),
        FERN * 1.1,
        0.6,
    )
    b.add(lathe([(0, 0.0004), (0.06, 0.0004)], 20), CLAY)
    bent_bar(
        b,
        [(0.082, 0, 0.014), (0.108, 0.012, 0.02), (0.108, -0.012, 0.02), (0.082, -0.002, 0.013)],
        0.005,
        FERN * 1.1,
        0.6,
        k=3,
        n=6,
    )
    n, rows = 32, []
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    tones = []
    for k, z in enumerate(np.linspace(0.009, 0.15, 15)):
        comb = np.cos(np.pi * (np.arange(n) + k))
        r = 0.044 + 0.0013 * comb + 0.001 * np.sin(t + 1)
        rows.append(np.c_[r * np.cos(t), r * np.sin(t), np.full(n, z)])
        tones.append(1 + 0.10 * comb)
    b.add(grid(np.array(rows)), WAX * 0.92 * np.concatenate(tones)[:, None], 0.2, jitter=0)
    b.add(lathe([(0.0445, 0.15), (0.04, 0.153), (0.02, 0.149), (0, 0.147)], n, crease_deg=99), WAX * 1.03, 0.25)
    for a, z in ((0.4, 0.105), (2.9, 0.12), (4.6, 0.09)):
        drop = curve([(0.0445, 0, 0.15), (0.0462, 0, z + 0.02), (0.0465, 0, z)], 3)
        b.add(tube(drop, np.linspace(0.004, 0.0055, len(drop)), 6), WAX * 1.02, 0.3, rz=np.degrees(a))
    wick(b, 0.148)


def bubble_candle(b: Bag) -> None:
    """A cube of wax bubbles, too pretty to light."""
    r, step = 0.0165, 0.0272
    for i in range(3):
        for j in range(3):
            for k in range(3):
                if (i, j, k) != (1, 1, 1) and (k > 0 or i != 1 or j != 1):
                    b.add(
                        ball(r, 10, 2 if k < 2 else 3),
                        ROSE_CLAY * 1.05,
                        0.3,
                        x=(i - 1) * step,
                        y=(j - 1) * step,
                        z=k * step,
                        jitter=0.02,
                    )
    b.add(box(0.055, 0.055, 0.06, 0.01), ROSE_CLAY * 0.8, 0.2, z=0.012)
    wick(b, 2 * step + 2 * r)


def shade(b: Bag, r0: float, r1: float, z0: float, z1: float, colour: Colour, pleats: int = 40) -> None:
    """A pleated lampshade, wide r0 below and r1 above, lit from within."""
    n = pleats * 2
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    fold = 1 + 0.022 * np.cos(np.pi * np.arange(n))
    tones = []
    rows = []
    for u in (0, 0.12, 0.5, 0.88, 1):
        r = (r0 + (r1 - r0) * u) * fold
        rows.append(np.c_[r * np.cos(t), r * np.sin(t), np.full(n, z0 + (z1 - z0) * u)])
        tones.append((1 - 0.12 * abs(u - 0.45)) * (1 + 0.05 * np.cos(np.pi * np.arange(n))))
    b.add(grid(np.array(rows)), colour * np.concatenate(tones)[:, None], 0.03, jitter=0)
    for r, z in ((r0, z0), (r1, z1)):
        b.add(ring(r, 0.0035, 36, 4), colour * 0.62, 0.1, z=z)
    b.add(lathe([(r1 * 0.96, z1 - 0.004), (r0 * 0.96, z0 + 0.004)], 24), GLOWING, 0.05)


def gourd_lamp(b: Bag) -> None:
    """A table lamp: a fat green gourd under a pleated linen shade."""
    side = curve(
        [
            (0.055, 0),
            (0.06, 0.006),
            (0.07, 0.03),
            (0.1, 0.075),
            (0.092, 0.13),
            (0.05, 0.165),
            (0.042, 0.19),
            (0.028, 0.225),
            (0.016, 0.235),
        ],
        2,
    )
    gourd = bent(
        lathe(side, 30, crease_deg=70),
        lambda v: v * np.c_[(1 + 0.028 * np.cos(6 * np.arctan2(v[:, 1], v[:, 0])))[:, None] * [1, 1], np.ones(len(v))],
    )
    b.add(gourd, FERN * 1.15, 0.7)
    b.add(lathe([(0, 0.0004), (0.055, 0.0004)], 20), CLAY)
    b.add(tube([(0, 0, 0.23), (0, 0, 0.42)], 0.006, 7), GILT, 0.8)
    shade(b, 0.145, 0.09, 0.25, 0.41, OAT * 1.06, 30)
    knob(b, 0.007, 0.412, GILT, 0.8)
    b.add(lathe([(0.086, 0.408), (0, 0.409)], 20), OAT * 0.9)


def heron_floor_lamp(b: Bag) -> None:
    """A tall floor lamp that bends over a reader's shoulder."""
    b.add(
        lathe(
            [(0.15, 0), (0.153, 0.008), (0.145, 0.022), (0.04, 0.034), (0.018, 0.045), (0, 0.046)], 30, crease_deg=60
        ),
        CHARCOAL,
        0.5,
        x=0.2,
    )
    neck = curve(
        [
            (0.2, 0, 0.03),
            (0.205, 0, 0.7),
            (0.2, 0, 1.25),
            (0.13, 0, 1.53),
            (-0.03, 0, 1.6),
            (-0.15, 0, 1.5),
            (-0.17, 0, 1.42),
        ],
        4,
    )
    b.add(tube(neck, 0.0095, 8), GILT, 0.75)
    b.add(
        tube(curve([(0.2, 0, 0.98), (0.2, 0, 1.02), (0.2, 0, 1.06)], 2), [0.014, 0.016, 0.016, 0.016, 0.014], 9),
        WALNUT,
        0.4,
    )
    with b.at(x=-0.172, z=1.42, ry=8):
        hood = curve(
            [(0.15, -0.17), (0.148, -0.14), (0.12, -0.06), (0.06, -0.01), (0.022, 0), (0.016, 0.02), (0, 0.022)], 2
        )
        b.add(lathe(hood, 30, crease_deg=70), OCHRE, 0.55)
        b.add(
            lathe([(0.02, -0.012), (0.056, -0.02), (0.114, -0.066), (0.142, -0.142), (0.15, -0.17)], 30, crease_deg=99),
            CHALK,
            0.2,
        )
        b.add(
            lathe([(0, -0.13), (0.03, -0.115), (0.036, -0.085), (0.018, -0.03)], 14, crease_deg=99), GLOWING * 1.1, 0.05
        )


def cairn_lamp(b: Bag) -> None:
    """Three river stones of glass and clay, the topmost lit."""
    for r, squash, z, colour, gloss in ((0.1, 0.55, 0, CLAY, 0.3), (0.078, 0.6, 0.1, OAT, 0.3)):
        b.add(ball(r, 26, 5, squash), colour, gloss, z=z, x=0.004 if z else 0)
    b.add(lathe([(0.04, 0.19), (0.042, 0.196), (0.03, 0.2)], 22), GILT, 0.8)
    b.add(ball(0.064, 26, 6, 0.86), GLOWING * 1.08, 0.25, z=0.194)


GOODS = {
    "sunburst_clock": sunburst_clock,
    "mantel_clock": mantel_clock,
    "twin_bell_clock": twin_bell_clock,
    "brass_candelabra": brass_candelabra,
    "beeswax_pillar": beeswax_pillar,
    "bubble_candle": bubble_candle,
    "gourd_lamp": gourd_lamp,
    "heron_floor_lamp": heron_floor_lamp,
    "cairn_lamp": cairn_lamp,
}
