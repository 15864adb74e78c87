"""What the shop windows show: each function fills a lit stage, `w` wide, `d` deep and `h` high, open towards -Y."""

import numpy as np

from assets.studio import displays
from assets.studio.bag import Bag
from assets.studio.furniture import hat_stand
from assets.studio.kit import Points, ball, box, dome, lathe, tube
from assets.studio.palette import (
    BRASS,
    INK,
    IVORY,
    MUSTARD,
    NAVY,
    OAK,
    PLUM,
    SAGE,
    SKY,
    TEAL,
    TERRA,
    WALNUT,
    Colour,
    rgb,
)  # fmt: skip
from assets.studio.street_plants import BLOOMS, bunch, mound, tall_plant
from assets.studio.street_shapes import face, frame, oval, poly, sides

CRUST = rgb("c98a4b")


def pot(b: Bag, profile: Points, colour: Colour, scale: float, n: int = 7, gloss: float = 0.35, **place: float) -> None:
    """Something turned, `profile` in units of its height."""
    with b.at(**place, scale=scale):
        b.add(lathe(profile, n, crease_deg=70), colour, gloss)


VASE = [(0.2, 0), (0.36, 0.3), (0.34, 0.5), (0.14, 0.85), (0.2, 1.0)]
BOTTLE = [(0.22, 0), (0.26, 0.3), (0.08, 0.65), (0.08, 1.0)]
JUG = [(0.3, 0), (0.42, 0.35), (0.26, 0.8), (0.32, 1.0)]
BOWL = [(0.3, 0), (0.7, 0.4), (0.9, 1.0), (0, 0.6)]
SHADE = [(0.5, 0.5), (0.44, 0.7), (0.26, 0.92), (0, 1.0)]


def plinth(b: Bag, h: float, colour: Colour, r: float = 0.17) -> None:
    """A round plinth of height h."""
    b.add(lathe([(r, 0), (r, h), (0, h + 0.001)], 12), colour, 0.2)


def shelf(b: Bag, w: float, y: float, z: float, colour: Colour = OAK) -> None:
    """One board with its front edge at y."""
    b.add(sides(w, 0.28, 0.035, "yzZ"), colour, 0.35, y=y + 0.14, z=z)


def lamp(b: Bag, h: float, foot: Colour, shade: Colour, **place: float) -> None:
    """A lit table lamp."""
    with b.at(**place, scale=h):
        b.add(lathe([(0.26, 0), (0.24, 0.05), (0.05, 0.1), (0.04, 0.55)], 9), foot, 0.4)
        b.add(lathe(SHADE, 10, crease_deg=70), shade, 0.3)
        b.glow(lathe([(0, 0.46), (0.4, 0.52)], 9), np.array([1.0, 0.8, 0.5]))


def homeware(b: Bag, w: float, d: float, h: float) -> None:
    """Shelves of vases and bowls, lamps, a laid little table, a rug hung on the wall."""
    tones = (TERRA, IVORY, TEAL, MUSTARD, SAGE * 1.1, SKY, PLUM, BLOOMS[4])
    for row, z in enumerate((0.62, 1.02, 1.42)):
        shelf(b, w - 0.1, d - 0.3, z)
        for k, x in enumerate(np.linspace(-w / 2 + 0.22, w / 2 - 0.22, 8)):
            tone = tones[(k * 3 + row * 2) % 8]
            shape, size = ((VASE, 0.27), (BOWL, 0.11), (JUG, 0.2), (BOTTLE, 0.29))[(k + row * 3) % 4]
            pot(b, shape, tone, size * b.rng.uniform(0.9, 1.1), x=x, y=d - 0.15, z=z + 0.035)
    b.add(lathe([(0.42, 0.34), (0.42, 0.37), (0, 0.37)], 16), OAK, 0.3, x=0.62, y=0.42)
    b.add(lathe([(0.2, 0), (0.05, 0.03), (0.04, 0.34)], 9), WALNUT, 0.3, x=0.62, y=0.42)
    lamp(b, 0.52, IVORY, TERRA, x=0.62, y=0.45, z=0.37)
    pot(b, BOWL, SKY, 0.1, x=0.42, y=0.3, z=0.37)
    pot(b, JUG, IVORY, 0.17, x=0.86, y=0.32, z=0.37)
    with b.at(x=-0.85, y=0.4):
        plinth(b, 0.42, IVORY * 0.9)
        pot(b, VASE, TEAL, 0.44, 12, z=0.42)
    with b.at(x=-0.25, y=0.5):
        plinth(b, 0.26, MUSTARD * 0.9)
        pot(b, JUG, TERRA, 0.3, 12, z=0.26)
    with b.at(x=-w / 2 + 0.25, y=0.35):
        tall_plant(b, 0.14, 0.95, TERRA, 9)
    lamp(b, 0.44, BRASS, MUSTARD, x=w / 2 - 0.25, y=0.34)
    for x in (-w * 0.27, w * 0.24):
        hung_lamp(b, x, d * 0.45, h, rgb("d9a441"), 0.19)


def hung_lamp(b: Bag, x: float, y: float, h: float, colour: Colour, r: float, drop: float = 0.45) -> None:
    """A pendant under a ceiling at h."""
    z = h - drop - r
    b.add(tube([(x, y, z + r), (x, y, h)], 0.008, 3), INK)
    b.add(
        lathe([(r, 0), (r * 0.8, r * 0.5), (r * 0.3, r * 0.85), (0, r * 0.95)], 12, crease_deg=99),
        colour,
        0.4,
        x=x,
        y=y,
        z=z,
    )
    b.glow(lathe([(0, -0.01), (r * 0.86, 0.012)], 10), np.array([1.0, 0.82, 0.55]), x=x, y=y, z=z)
    b.light("POINT", 14, (x, y, z - 0.06), size_m=(0.08,))


def picture(b: Bag, w: float, h: float, wood: Colour, kind: int, **place: float) -> None:
    """A framed landscape, its back on y = 0 and its foot on z = 0."""
    sky = (rgb("bcd6df"), rgb("f2cfa0"), rgb("33466e"), rgb("e9dcc3"))[kind % 4]
    far = (rgb("8fae9a"), rgb("d98a5c"), rgb("5a6f94"), rgb("c0614a"))[kind % 4]
    near = (rgb("5c8c4c"), rgb("a4552f"), rgb("24324f"), rgb("34466a"))[kind % 4]
    with b.at(**place):
        b.add(frame(w, h, 0.045, 0.035), wood, 0.35)
        b.add(face(w, h, y=-0.008), IVORY, 0.1, jitter=0)
        m = min(w, h) * 0.1
        iw, ih = w - 2 * m, h - 2 * m
        sun, r = (rgb("ee8a4c"), rgb("f7efe0"))[kind % 2], min(iw, ih) * 0.12
        ridge = ((-0.5, 0), (0.5, 0), (0.5, 0.34), (0.12, 0.52), (-0.2, 0.4), (-0.5, 0.5))
        slope = ((-0.5, 0), (0.5, 0), (0.5, 0.16), (0, 0.3), (-0.5, 0.2))
        hills = [(poly([(x * iw, m + z * ih) for x, z in hill]), c) for hill, c in ((ridge, far), (slope, near))]
        parts = [(face(iw, ih, z=m), sky), (oval(iw * 0.2, m + ih * 0.68, r, r, 10), sun), *hills]
        for k, (part, tone) in enumerate(parts):
            b.add(part, tone, 0.1, y=-0.010 - 0.0015 * k, jitter=0)


def gallery(b: Bag, w: float, d: float, h: float) -> None:
    """Pictures on a pale wall under a picture rail, one on an easel, a carved stone on a plinth."""
    b.add(face(w, 0.05, y=d - 0.012, z=h - 0.35), OAK, 0.2)
    row = (
        (-1.2, 0.78, 0.5, 0.62, 0),
        (-0.52, 0.7, 0.62, 0.86, 1),
        (0.28, 0.82, 0.7, 0.5, 3),
        (1.06, 0.74, 0.52, 0.74, 2),
    )
    for x, z, pw, ph, kind in row:
        picture(b, pw, ph, (WALNUT, OAK, INK, BRASS)[kind], kind, x=x, y=d - 0.005, z=z)
    with b.at(x=-0.9, y=0.42, rz=14):  # an easel
        for sx in (-1, 1):
            b.add(tube([(sx * 0.32, -0.05, 0), (sx * 0.05, 0.1, 1.35)], 0.018, 4), OAK, 0.25)
        b.add(tube([(0, 0.45, 0), (0, 0.1, 1.3)], 0.018, 4), OAK, 0.25)
        b.add(sides(0.62, 0.07, 0.035, "yxXZ"), OAK, 0.25, y=-0.01, z=0.5)
        with b.at(y=0.0, z=0.58, rx=-6):
            picture(b, 0.6, 0.5, OAK, 0)
    with b.at(x=0.75, y=0.5):
        b.add(sides(0.34, 0.34, 0.72, "yxXZ"), IVORY, 0.15)
        b.add(ball(0.13, 9, 3, 1.5), rgb("c8b9a3"), 0.25, x=-0.03, z=0.72)
        b.add(ball(0.09, 8, 2, 1.1), rgb("b8a58c"), 0.25, x=0.07, y=-0.03, z=0.72)
    with b.at(x=w / 2 - 0.26, y=0.4):
        tall_plant(b, 0.13, 0.9, NAVY, 9)
    for x in np.linspace(-w / 2 + 0.5, w / 2 - 0.5, 4):
        b.add(lathe([(0.05, 0), (0.045, 0.13), (0.02, 0.15)], 7), INK, 0.4, x=x, y=d * 0.4, z=h - 0.18, rx=-24)
        b.glow(oval(0, 0, 0.042, 0.042, 7), np.array([1.0, 0.86, 0.62]), x=x, y=d * 0.4 - 0.005, z=h - 0.185, rx=70)


def bakery(b: Bag, w: float, d: float, h: float) -> None:
    """Loaves in baskets, a row of buns, cakes on stands."""
    for z in (0.55, 1.0):
        shelf(b, w - 0.1, d - 0.3, z, WALNUT)
        for k, x in enumerate(np.linspace(-w / 2 + 0.25, w / 2 - 0.25, 6)):
            loaf = ball(0.1, 7, 2, 0.9)
            loaf.v[:, 0] *= 1.5 if (k + z > 1.0) else 1.1
            b.add(loaf, CRUST * b.rng.uniform(0.75, 1.15), 0.2, x=x, y=d - 0.16, z=z + 0.03)
    for k, x in enumerate(np.linspace(-w / 2 + 0.35, w / 2 - 0.35, 4)):
        b.add(lathe([(0.19, 0), (0.25, 0.14), (0.22, 0.13), (0, 0.08)], 10), OAK, 0.1, x=x, y=0.32)
        for q in range(5):
            a = q * 2 * np.pi / 5
            bun = ball(0.075, 6, 2, 0.85)
            b.add(
                bun,
                CRUST * b.rng.uniform(0.85, 1.25),
                0.25,
                x=x + 0.12 * np.cos(a),
                y=0.32 + 0.12 * np.sin(a),
                z=0.08 + 0.02 * (k % 2),
            )
    for x, tone in ((-0.3, BLOOMS[4]), (0.35, IVORY)):
        with b.at(x=x, y=0.62):
            b.add(lathe([(0.09, 0), (0.02, 0.04), (0.02, 0.2), (0.2, 0.22), (0, 0.23)], 10), IVORY, 0.4)
            b.add(lathe([(0.15, 0.23), (0.15, 0.36), (0.13, 0.385), (0, 0.39)], 12), tone, 0.3)


def books(b: Bag, w: float, d: float, h: float) -> None:
    """A wall of spines, and books laid open on the stage."""
    for z in (0.12, 0.52, 0.92, 1.32):
        shelf(b, w - 0.08, d - 0.26, z, WALNUT)
        x = -w / 2 + 0.1
        while x < w / 2 - 0.16:
            thick, tall = b.rng.uniform(0.035, 0.085), b.rng.uniform(0.22, 0.33)
            tone = b.pick(TERRA, MUSTARD, NAVY, TEAL, PLUM, IVORY, SAGE, SKY) * 0.9
            if b.rng.random() < 0.88:
                b.add(
                    sides(thick, 0.12, tall, "yZ" if z < 1 else "y"),
                    tone,
                    0.2,
                    x=x + thick / 2,
                    y=d - 0.16,
                    z=z + 0.035,
                )
            x += thick + 0.006
    for k, x in enumerate(np.linspace(-w / 2 + 0.4, w / 2 - 0.4, 4)):
        with b.at(x=x, y=0.34, rx=-28, rz=b.rng.uniform(-8, 8)):
            b.add(sides(0.26, 0.05, 0.36, "yxXZ"), (TERRA, NAVY, MUSTARD, TEAL)[k], 0.25)
            b.add(face(0.16, 0.035, y=-0.027, z=0.24), IVORY, 0.1, jitter=0)
            b.add(oval(0, 0.13, 0.05, 0.05, 9, y=-0.027), (MUSTARD, IVORY, TERRA, BLOOMS[4])[k], 0.1, jitter=0)
    hung_lamp(b, 0.0, d * 0.42, h, TEAL, 0.18)


def flowers(b: Bag, w: float, d: float, h: float) -> None:
    """Buckets of cut flowers on two steps."""
    b.add(sides(w - 0.2, 0.4, 0.34, "yZ"), OAK, 0.2, y=d - 0.3)
    for row, (y, z, n) in enumerate(((0.34, 0.0, 5), (d - 0.32, 0.34, 5))):
        for k, x in enumerate(np.linspace(-w / 2 + 0.3, w / 2 - 0.3, n)):
            with b.at(x=x, y=y, z=z):
                flower_bucket(b, (SKY, IVORY, SAGE)[(k + row) % 3], BLOOMS[(k * 2 + row) % 5])
    for x in (-w * 0.3, 0.05, w * 0.32):
        b.add(tube([(x, d * 0.5, h - 0.5), (x, d * 0.5, h)], 0.006, 3), INK)
        with b.at(x=x, y=d * 0.5, z=h - 0.62):
            b.add(lathe([(0.06, 0), (0.12, 0.14), (0.1, 0.14)], 8), TERRA, 0.2)
            mound(b, 0.42, 0.42, 0.16, 0.06, leaves=8)


def flower_bucket(b: Bag, tin: Colour, bloom: Colour) -> None:
    """A tin bucket with a bunch of one kind of flower."""
    b.add(lathe([(0.11, 0), (0.15, 0.26)], 8), tin, 0.45)
    bunch(b, 0.17, 0.24, bloom)


def tea(b: Bag, w: float, d: float, h: float) -> None:
    """Tea tins on shelves, pots and cups on a low table."""
    for row, z in enumerate((0.55, 0.95, 1.35)):
        shelf(b, w - 0.1, d - 0.3, z, WALNUT)
        for k, x in enumerate(np.linspace(-w / 2 + 0.2, w / 2 - 0.2, 9)):
            tone = (rgb("7b2f2a"), TEAL * 0.8, MUSTARD, NAVY)[(k + row) % 4]
            pot(b, [(0.32, 0), (0.32, 0.82), (0, 1.0)], tone, 0.25, 6, x=x, y=d - 0.16, z=z + 0.035)
    b.add(sides(w - 0.5, 0.5, 0.3, "yxXZ"), WALNUT * 1.1, 0.3, y=0.42)
    for k, x in enumerate((-0.75, 0.0, 0.75)):
        with b.at(x=x, y=0.4, z=0.3):
            tone = (rgb("8f4a34"), IVORY, TEAL)[k]
            b.add(lathe([(0.08, 0), (0.15, 0.07), (0.14, 0.15), (0.06, 0.19), (0.02, 0.22), (0, 0.23)], 10), tone, 0.4)
            b.add(tube([(0.13, 0, 0.08), (0.2, 0, 0.13), (0.22, 0, 0.19)], 0.018, 4), tone, 0.4)
            b.add(tube([(-0.12, 0, 0.05), (-0.21, 0, 0.1), (-0.12, 0, 0.16)], 0.012, 4), tone, 0.4)
            for q in (-1, 1):
                pot(b, BOWL, IVORY, 0.055, 8, x=0.14 * q + 0.1, y=-0.15)
    for x in (-w * 0.26, w * 0.26):
        paper_lantern(b, 0.17, x=x, y=d * 0.45, z=h - 0.62)
        b.add(tube([(x, d * 0.45, h - 0.3), (x, d * 0.45, h)], 0.006, 3), INK)
        b.light("POINT", 12, (x, d * 0.45, h - 0.7), size_m=(0.1,))


def paper_lantern(b: Bag, r: float, colour: Colour | None = None, **place: float) -> None:
    """A round paper lantern that shines."""
    shape = lathe(
        [(r * 0.4, 0), (r * 0.9, r * 0.4), (r, r * 0.85), (r * 0.9, r * 1.3), (r * 0.4, r * 1.7)], 10, crease_deg=99
    )
    b.glow(shape, np.array([1.0, 0.52, 0.26]) * 0.8 if colour is None else colour, **place)


def post(b: Bag, w: float, d: float, h: float) -> None:
    """Parcels tied with string, pigeon-holes with letters."""
    for z in np.arange(0.5, 1.5, 0.24):
        shelf(b, w - 0.1, d - 0.24, z, OAK)
        for x in np.arange(-w / 2 + 0.2, w / 2 - 0.2, 0.24):
            b.add(face(0.14, 0.1, y=d - 0.12, z=z + 0.035), b.pick(IVORY, SKY, BLOOMS[4], MUSTARD), 0.1, x=x)
    for x, pw, ph in ((-w * 0.3, 0.4, 0.3), (-w * 0.02, 0.3, 0.22), (w * 0.27, 0.42, 0.36)):
        with b.at(x=x, y=0.36, rz=b.rng.uniform(-12, 12)):
            b.add(sides(pw, 0.3, ph, "yxXZ"), rgb("b88a5a"), 0.1)
            b.add(sides(0.02, 0.308, ph + 0.004, "yZ"), IVORY, 0.1)


def boutique(b: Bag, w: float, d: float, h: float) -> None:
    """A dress, hats, bags and hat boxes."""
    for z in (0.8, 1.3):
        b.add(box(3.6, 0.26, 0.04, 0), OAK, 0.35, y=d - 0.13, z=z)
        for k, x in enumerate(np.linspace(-1.55, 1.55, 5)):
            with b.at(x=x, y=d - 0.14, z=z + 0.04):
                if (k + int(z * 4)) % 2:
                    bag(b, (TERRA, MUSTARD, PLUM, SKY, SAGE, NAVY)[k], 0.24, 0.19)
                else:
                    b.add(lathe([(0.13, 0), (0.13, 0.12)], 12), (SKY, IVORY, MUSTARD)[k % 3])
                    b.add(lathe([(0.136, 0.115), (0.136, 0.17), (0, 0.172)], 12), (NAVY, TERRA, PLUM)[k % 3])
    with b.at(x=-1.45, y=0.55, rz=10):
        displays.dress_form(b, MUSTARD, NAVY)
    for x, y, tall, hat, tone, band in (
        (-0.6, 0.4, 0.42, straw_hat, TERRA, NAVY),
        (-0.2, 0.7, 0.68, straw_hat, IVORY, TERRA),
        (0.65, 0.4, 0.5, straw_hat, MUSTARD, NAVY),
    ):
        with b.at(x=x, y=y):
            hat_stand(b, tall)
            with b.at(z=tall + 0.004, rz=b.rng.uniform(-20, 20)):
                hat(b, tone, band)
    for x, y, tall in ((1.57, 0.8, 0.42), (0.9, 0.9, 0.5)):
        with b.at(x=x, y=y):
            plinth(b, tall, IVORY * 0.85)
            if x > 1:
                lamp(b, 0.34, IVORY, TERRA, z=tall)
            else:
                pot(b, VASE, TERRA, 0.3, 11, z=tall)
    with b.at(x=-1.0, y=0.32, rz=-15):
        bag(b, PLUM, 0.32, 0.25)
    for x in (-1.15, 1.15):
        hung_lamp(b, x, 0.7, h, MUSTARD, 0.17)


def straw_hat(b: Bag, colour: Colour, ribbon: Colour) -> None:
    """A wide hat as one sees it from the street."""
    b.add(lathe([(0.1, 0.012), *dome(0.1, 0.1, 0.02, 4, 0.6)], 14, crease_deg=99), colour)
    b.add(lathe([(0.24, -0.012), (0.17, 0.008), (0.1, 0.014)], 18, crease_deg=99), colour)
    b.add(lathe([(0.1, 0.006), (0.17, 0.0), (0.24, -0.014)][::-1], 18, crease_deg=99), colour * 0.9)
    b.add(lathe([(0.104, 0.012), (0.105, 0.045)], 14), ribbon)


def bag(b: Bag, colour: Colour, w: float, h: float) -> None:
    """A small bag with a flap and a handle."""
    hull = box(w, 0.1, h, 0.02)
    hull.v[:, 0] *= 1 - 0.16 * hull.v[:, 2] / h
    b.add(hull, colour, 0.4)
    flap = face(w * 0.86, h * 0.48, y=-0.054, z=h * 0.5)
    b.add(flap, colour * 0.8, 0.4)
    b.add(face(0.03, 0.03, y=-0.057, z=h * 0.5), BRASS, 0.8)
    b.add(
        tube(
            [(-w * 0.22, 0, h * 0.97), (-w * 0.16, 0, h * 1.25), (w * 0.16, 0, h * 1.25), (w * 0.22, 0, h * 0.97)],
            0.009,
            4,
        ),
        WALNUT,
        0.4,
    )
