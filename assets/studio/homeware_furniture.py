"""Furniture of the homeware store: table, dresser, counter, seats, lamps. Built at the bag's place, back to +Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import LAMP, Bag
from assets.studio.facing import FRONT, UP, facing
from assets.studio.furniture import bar
from assets.studio.homeware_palette import (
    ASH,
    CHALK,
    CHARCOAL,
    CLAY,
    FERN,
    GILT,
    MILK_BLUE,
    OAT,
    OCHRE,
    RATTAN,
    ROSE_CLAY,
)
from assets.studio.kit import arc, box, dome, grid, lathe, moved, tube
from assets.studio.palette import BRASS, INK, WALNUT, Colour
from assets.studio.turning import curve, outward, patched, ring

TABLE_M = (2.4, 0.94, 0.75)
ISLAND_M = (2.0, 0.68, 0.96)
DRESSER_M = (1.7, 0.44, 0.86)
HUTCH_SHELVES_M = (1.28, 1.66)
BULB = np.array([1.0, 0.80, 0.5])


def long_table(b: Bag) -> None:
    """An ash table on turned trestles, its top at 0.75."""
    w, d, h = TABLE_M
    for k in range(4):
        b.shell(
            box(w, d / 4 - 0.004, 0.045, 0.012), ASH, 0.5, y=(k - 1.5) * d / 4, z=h - 0.045, density=1.3, jitter=0.05
        )
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.34)
        for sy in (-1, 1):
            leg = curve(
                [
                    (x + sx * 0.05, sy * 0.3, 0),
                    (x + sx * 0.03, sy * 0.27, 0.2),
                    (x, sy * 0.2, 0.5),
                    (x, sy * 0.17, h - 0.06),
                ],
                3,
            )
            b.add(
                tube(leg, np.interp(np.linspace(0, 1, len(leg)), [0, 0.3, 0.6, 1], [0.024, 0.034, 0.028, 0.036]), 9),
                ASH * 0.92,
                0.4,
            )
        b.shell(box(0.07, d - 0.14, 0.06, 0.012), ASH * 0.92, 0.35, x=x, z=h - 0.105)
    b.add(bar(w - 0.66, 0.05, 0.06, 12), ASH * 0.9, 0.35, x=-(w - 0.66) / 2, z=0.3, ry=90)


def place_setting(b: Bag, glaze: Colour, napkin: Colour) -> None:
    """A plate on a plate with a folded napkin and cutlery; the guest sits towards -Y."""
    for r, z, colour in ((0.135, 0.0, glaze), (0.095, 0.011, CHALK)):
        plate = curve([(r * 0.55, z), (r * 0.66, z + 0.004), (r * 0.97, z + 0.017)], 2)
        b.add(
            lathe(
                [*plate, (r, z + 0.02), (r * 0.96, z + 0.02), (r * 0.66, z + 0.0085), (0, z + 0.007)], 18, crease_deg=99
            ),
            colour,
            0.6,
            jitter=0.02,
        )
    with b.at(x=-0.205, z=0.001, rz=4):
        b.add(box(0.095, 0.18, 0.009, 0.004), napkin, 0.03)
        b.add(
            tube([(-0.012, -0.08, 0.013), (-0.012, 0, 0.013), (-0.012, 0.088, 0.013)], [0.0045, 0.003, 0.0075], 5, 0.4),
            GILT,
            0.85,
        )
    b.add(
        tube([(0.168, -0.085, 0.004), (0.168, 0, 0.004), (0.168, 0.09, 0.004)], [0.005, 0.004, 0.0085], 5, 0.4),
        GILT,
        0.85,
    )


def tumbler(b: Bag, colour: Colour) -> None:
    """A coloured glass."""
    b.add(
        lathe(
            [(0.026, 0), (0.034, 0.085), (0.0325, 0.088), (0.03, 0.084), (0.024, 0.006), (0, 0.006)], 16, crease_deg=70
        ),
        colour,
        0.75,
        jitter=0.03,
    )


def table_runner(b: Bag, w: float, d: float) -> None:
    """A linen runner along X, over the table's ends, with striped hems."""
    half = w / 2
    path = [
        (-half - 0.006, -0.2),
        (-half - 0.008, -0.16),
        (-half - 0.009, -0.13),
        *((x, 0.0035) for x in np.linspace(-half, half, 15)),
        (half + 0.009, -0.13),
        (half + 0.008, -0.16),
        (half + 0.006, -0.2),
    ]
    p = np.array([[(x, y, z) for y in (-d / 2, 0.0, d / 2)] for x, z in path])
    face = grid(p, wrap=False)
    face = facing(face, UP)
    tones = np.tile(OAT * 0.98, (len(path) - 1, 2, 1))
    tones[[1, -2]] = OCHRE
    shape, tone = patched(face, len(path), 3, tones, wrap=False)
    b.add(shape, tone, 0.03, jitter=0)


def island(b: Bag) -> None:
    """The counter to pay at: fluted green staves under a chalk-white top, with a till, a bell and wrapping paper."""
    w, d, h = ISLAND_M
    flutes, per = 38, 3
    r = 0.1
    outline, z = [], np.array([0.1, 0.3, 0.55, 0.75, h - 0.06])
    straight_x, straight_y = w - 2 * r, d - 2 * r
    total = 2 * (straight_x + straight_y) + 2 * np.pi * r
    for s in np.linspace(0, total, flutes * 2 * per, endpoint=False):
        out, at = _round_the_block(s, straight_x, straight_y, r)
        bump = 0.014 * np.abs(np.sin(np.pi * s / (total / (flutes * 2)))) ** 0.7
        outline.append(at + out * bump)
    q = np.array(outline)
    rows = np.array([np.c_[q, np.full(len(q), k)] for k in z])
    b.add(outward(grid(rows), (0, 0, 0.5), (1, 1, 0)), FERN * 1.12, 0.35, jitter=0)
    b.shell(box(w - 0.05, d - 0.05, 0.1, 0.02), CHARCOAL * 1.3, 0.3)
    b.shell(box(w + 0.08, d + 0.1, 0.05, 0.02), CHALK, 0.6, z=h - 0.05, density=1.4, jitter=0)
    _till(b, h)
    with b.at(x=-0.42, y=0.06, z=h):
        for sx in (-1, 1):
            b.add(box(0.02, 0.12, 0.13, 0.008), ASH, 0.4, x=sx * 0.27)
        b.add(lathe([(0.05, 0), (0.05, 0.5)], 18), RATTAN * 1.1, 0.05, x=-0.25, z=0.075, ry=90)
        for sx in (-1, 1):
            b.add(lathe([(0.05, 0), (0, 0.001)], 18), RATTAN * 0.8, 0.05, x=sx * 0.25, z=0.075, ry=sx * 90)
        b.add(tube([(-0.27, -0.07, 0.03), (0, -0.07, 0.03), (0.27, -0.07, 0.03)], 0.006, 6), BRASS, 0.8)
        sheet = np.array(
            [
                [(x, y, z) for x in (-0.24, 0.24)]
                for y, z in ((-0.045, 0.05), (-0.065, 0.022), (-0.11, 0.004), (-0.22, 0.003))
            ]
        )
        face = grid(sheet, wrap=False)
        b.add(facing(face, UP), RATTAN * 1.12, 0.05)
    with b.at(x=0.16, y=-0.2, z=h):
        b.add(
            lathe(
                [
                    (0.045, 0),
                    (0.045, 0.008),
                    (0.04, 0.012),
                    *dome(0.038, 0.028, 0.014, 4),
                ],
                20,
                crease_deg=60,
            ),
            GILT,
            0.85,
        )
        b.add(lathe([(0.006, 0.04), (0.006, 0.052), (0, 0.054)], 8), GILT, 0.85)
    with b.at(x=0.86, y=0.1, z=h):
        for k, c in enumerate((OAT, ROSE_CLAY, MILK_BLUE)):
            b.add(box(0.2, 0.14, 0.028, 0.006), c, 0.05, z=0.028 * k, rz=4 * k - 4)


def _round_the_block(s: float, wx: float, wy: float, r: float) -> tuple[np.ndarray, np.ndarray]:
    """Outward direction and point at the length s along a rounded rectangle, from the middle of a corner's start."""
    bend = np.pi * r / 2
    for turn, (straight, other) in enumerate(((wx, wy), (wy, wx), (wx, wy), (wy, wx))):
        a = turn * np.pi / 2
        along, out = np.array([np.cos(a), np.sin(a)]), np.array([np.sin(a), -np.cos(a)])
        if s < straight:
            return out, along * (s - straight / 2) + out * (other / 2 + r)
        s -= straight
        if s < bend:
            t = s / r
            way = out * np.cos(t) + along * np.sin(t)
            return way, along * straight / 2 + out * other / 2 + way * r
        s -= bend
    return out, along * straight / 2 + out * (other / 2 + r)


def _till(b: Bag, h: float) -> None:
    """A small ash till with a screen and a drawer."""
    with b.at(x=0.45, y=0.08, z=h, rz=-12):
        b.add(box(0.34, 0.3, 0.09, 0.014), ASH * 0.9, 0.4)
        b.add(box(0.28, 0.012, 0.055, 0.004), ASH * 1.02, 0.4, y=-0.152, z=0.016)
        b.add(lathe([(0.01, 0), (0.008, 0.012), (0, 0.013)], 10), GILT, 0.85, y=-0.158, z=0.044, rx=90)
        b.add(tube([(0, 0.06, 0.09), (0, 0.05, 0.16)], 0.014, 8), GILT, 0.8)
        with b.at(y=0.02, z=0.13, rx=-24):
            b.add(box(0.26, 0.018, 0.17, 0.012), OCHRE, 0.5)
            b.add(box(0.22, 0.004, 0.125, 0.001), CHARCOAL * 0.7, 0.8, y=-0.0095, z=0.024)


def dresser(b: Bag) -> None:
    """An ochre dresser with plates upright on its shelves, back on y = 0."""
    w, d, h = DRESSER_M
    paint = OCHRE * 0.86
    b.shell(box(w, d, h - 0.13, 0.014), paint * 0.96, 0.3, y=-d / 2, z=0.09, jitter=0)
    b.shell(box(w + 0.05, d + 0.04, 0.04, 0.014), ASH, 0.55, y=-d / 2 - 0.005, z=h - 0.04, density=1.3)
    for sx in (-1, 1):
        for y in (-0.05, -d + 0.05):
            b.add(lathe([(0.02, 0), (0.032, 0.03), (0.026, 0.1)], 10), ASH * 0.9, 0.3, x=sx * (w / 2 - 0.06), y=y)
    for k in range(3):
        x = -w / 2 + w / 3 * (k + 0.5)
        b.shell(box(w / 3 - 0.05, 0.02, 0.14, 0.008), paint * 1.06, 0.3, x=x, y=-d - 0.004, z=h - 0.2)
        b.shell(box(w / 3 - 0.05, 0.02, 0.42, 0.008), paint * 1.06, 0.3, x=x, y=-d - 0.004, z=0.14)
        b.shell(box(w / 3 - 0.17, 0.012, 0.3, 0.01), paint * 0.98, 0.3, x=x, y=-d - 0.017, z=0.2)
        for z in (h - 0.125, 0.5):
            b.add(
                lathe([(0.006, 0), (0.006, 0.012), (0.016, 0.02), (0.012, 0.03), (0, 0.032)], 10),
                GILT,
                0.8,
                x=x if z > 0.6 else x + w / 6 - 0.06,
                y=-d - 0.012,
                z=z,
                rx=90,
            )
    top, back = 2.04, 0.26
    b.shell(box(w, 0.03, top - h, 0), FERN * 0.95, 0.15, y=-0.015, z=h, keep="y", jitter=0)
    for sx in (-1, 1):
        b.shell(box(0.04, back, top - h, 0.01), paint, 0.3, x=sx * (w / 2 - 0.02), y=-back / 2, z=h, jitter=0)
    for z in HUTCH_SHELVES_M:
        b.shell(box(w - 0.08, back - 0.02, 0.03, 0.008), paint * 1.04, 0.35, y=-back / 2 + 0.01, z=z - 0.03)
        b.light(
            "AREA", 1.5, (0, -back + 0.03, z - 0.04), colour=(1, 0.78, 0.54), aim=(0, 0.3, -1), size_m=(w * 0.8, 0.02)
        )
        b.add(bar(w - 0.08, 0.014, 0.014, 10), paint * 1.1, 0.35, x=-w / 2 + 0.04, y=-back + 0.03, z=z + 0.05, ry=90)
    crown = [(x, 0.0, top + 0.02 + 0.12 * np.cos(np.pi * x / w)) for x in np.linspace(-w / 2 - 0.03, w / 2 + 0.03, 15)]
    rows = np.array(
        [[(x, -back - y, z if up else top - 0.03) for x, _, z in crown] for y, up in ((0.03, False), (0.03, True))]
    )
    face = grid(rows, wrap=False)
    b.add(facing(face, FRONT), paint, 0.3)
    lid = grid(np.array([[(x, -back - 0.03, z) for x, _, z in crown], [(x, 0, z) for x, _, z in crown]]), wrap=False)
    b.add(facing(lid, UP), paint * 1.04, 0.3)
    b.light(
        "AREA", 1.8, (0, -back + 0.03, top - 0.04), colour=(1, 0.78, 0.54), aim=(0, 0.3, -1), size_m=(w * 0.8, 0.02)
    )
    for z, r, tones in (
        (1.66, 0.145, (CHALK, MILK_BLUE, CHALK, ROSE_CLAY, CHALK)),
        (1.28, 0.135, (CLAY, CHALK, OAT, CHALK, MILK_BLUE)),
    ):
        for k, tone in enumerate(tones):
            with b.at(x=-w / 2 + 0.2 + k * (w - 0.4) / 4, y=-0.095, z=z + r + 0.003, rx=78):
                plate(b, r, tone)


def plate(b: Bag, r: float, colour: Colour) -> None:
    """A wall or dresser plate facing up, its rim of a second tone."""
    b.add(
        lathe([(r * 0.6, -0.012), (r, 0.004), (r * 0.985, 0.008), (r * 0.9, 0.005)], 16, crease_deg=99),
        colour * 0.55 + OCHRE * 0.35,
        0.6,
        jitter=0,
    )
    b.add(lathe([(r * 0.9, 0.005), (r * 0.68, -0.004), (0, -0.005)], 16, crease_deg=99), colour, 0.6, jitter=0)


def window_seat(b: Bag, w: float, d: float, h: float) -> None:
    """A long bench under a window, drawers below, an ash top to show things on."""
    b.shell(box(w, d, h - 0.045, 0.01), FERN * 1.05, 0.3, y=-d / 2, jitter=0)
    b.shell(box(w + 0.02, d + 0.03, 0.045, 0.014), ASH, 0.5, y=-d / 2 - 0.01, z=h - 0.045, density=1.1)
    n = round(w / 0.7)
    for k in range(n):
        x = -w / 2 + w / n * (k + 0.5)
        b.shell(box(w / n - 0.06, 0.02, h - 0.16, 0.01), FERN * 1.15, 0.3, x=x, y=-d - 0.003, z=0.07)
        b.add(
            tube(
                [
                    (x - 0.05, -d - 0.012, h * 0.6),
                    (x - 0.05, -d - 0.035, h * 0.6),
                    (x + 0.05, -d - 0.035, h * 0.6),
                    (x + 0.05, -d - 0.012, h * 0.6),
                ],
                0.006,
                5,
            ),
            GILT,
            0.8,
        )


def bench(b: Bag, w: float, d: float, h: float) -> None:
    """An open ash bench with a slatted shelf below."""
    b.shell(box(w, d, 0.04, 0.012), ASH, 0.45, z=h - 0.04, density=1.2)
    for sx in (-1, 1):
        for sy in (-1, 1):
            b.add(bar(h - 0.04, 0.045, 0.045, 6), ASH * 0.92, 0.35, x=sx * (w / 2 - 0.06), y=sy * (d / 2 - 0.05))
    for k in range(4):
        b.shell(box(w - 0.1, 0.06, 0.02, 0.005), ASH * 0.95, 0.35, y=(k - 1.5) * 0.08, z=0.12)


def side_table(b: Bag, r: float, h: float) -> None:
    """A small round table on three legs."""
    b.add(
        lathe([(r - 0.02, h - 0.03), (r, h - 0.02), (r, h - 0.006), (r - 0.008, h), (0, h)], 26, crease_deg=70),
        ASH,
        0.5,
    )
    for k in range(3):
        with b.at(rz=30 + 120 * k):
            b.add(
                tube([(r * 0.85, 0, 0), (r * 0.55, 0, h * 0.55), (r * 0.45, 0, h - 0.02)], [0.012, 0.016, 0.018], 8),
                ASH * 0.92,
                0.4,
            )
    b.add(lathe([(r * 0.62, h * 0.36), (r * 0.63, h * 0.38), (0, h * 0.385)], 20), ASH * 0.95, 0.4)


def rattan_pendant(b: Bag, z: float, r: float, ceiling: float, power_w: float = 32) -> None:
    """A dome of rattan canes round a bulb, hung from the ceiling, its rim at z."""
    profile = curve([(r, 0), (r * 0.97, r * 0.25), (r * 0.76, r * 0.55), (r * 0.34, r * 0.78), (0.03, r * 0.84)], 3)
    b.add(tube([(0, 0, z + r * 0.84), (0, 0, ceiling)], 0.006, 4), INK)
    n = 44
    for k in range(n):
        with b.at(z=z, rz=360 * k / n):
            b.add(
                tube(np.c_[profile[::2, 0], 0 * profile[::2, 0], profile[::2, 1]], 0.0055, 3),
                RATTAN * (1.0 if k % 2 else 0.88),
                0.15,
            )
    for k, t in ((0, 0.014), (3, 0.008), (6, 0.008), (9, 0.008)):
        b.add(moved(ring(profile[k, 0], t, 30, 5), z=profile[k, 1]), RATTAN * 0.85, 0.15, z=z)
    b.add(lathe([(0.035, 0), (0.04, 0.02), (0.03, 0.05), (0, 0.055)], 12), GILT, 0.8, z=z + r * 0.82)
    b.glow(
        lathe([(0, 0.0), (0.045, 0.02), (0.058, 0.06), (0.04, 0.11), (0.016, 0.15)], 12, crease_deg=99),
        BULB,
        LAMP,
        z=z + 0.06,
    )
    b.light("POINT", power_w, (0, 0, z + 0.04), size_m=(0.07,))


def enamel_pendant(b: Bag, z: float, colour: Colour, ceiling: float, power_w: float = 26) -> None:
    """A small bell of enamel on a brass rod, its rim at z."""
    b.add(tube([(0, 0, z + 0.24), (0, 0, ceiling)], 0.006, 5), GILT, 0.7)
    hood = curve([(0.13, 0), (0.125, 0.03), (0.1, 0.11), (0.05, 0.17), (0.028, 0.19), (0.024, 0.24)], 2)
    b.add(lathe([*hood, (0, 0.242)], 20, crease_deg=70), colour, 0.55, z=z)
    b.add(
        lathe([(0.022, 0.18), (0.045, 0.165), (0.095, 0.105), (0.12, 0.03), (0.13, 0)], 20, crease_deg=99), CHALK, z=z
    )
    b.glow(lathe([(0, 0.005), (0.036, 0.02), (0.045, 0.06), (0.02, 0.12)], 12, crease_deg=99), BULB, LAMP, z=z)
    b.light("POINT", power_w, (0, 0, z - 0.03))


def ash_mirror(b: Bag, glass_w: float, glass_h: float, z0: float) -> None:
    """A plain ash frame with an arched head round a tall glass, back on y = 0; the game draws the glass itself."""
    w, h, t = glass_w, glass_h, 0.055
    for sx in (-1, 1):
        b.shell(box(t, 0.05, h + t, 0.012), ASH, 0.45, x=sx * (w + t) / 2, y=-0.025, z=z0 - t, jitter=0.02)
    b.shell(box(w, 0.05, t, 0.012), ASH, 0.45, y=-0.025, z=z0 - t)
    b.shell(box(w, 0.012, h, 0), WALNUT * 0.6, 0.1, y=-0.008, z=z0, keep="y", density=0.2)
    k, rise = 14, 0.16
    inner = np.c_[np.linspace(-w / 2, w / 2, k + 1), np.full(k + 1, -0.05), np.full(k + 1, z0 + h)]
    x = np.linspace(-w / 2 - t, w / 2 + t, k + 1)
    outer = np.c_[x, np.full(k + 1, -0.05), z0 + h + rise * np.cos(np.pi * x / (w + 2 * t) * 0.94) + 0.01]
    face = grid(np.stack([inner, outer]), wrap=False)
    b.add(facing(face, FRONT), ASH, 0.45)
    lid = grid(np.stack([outer, outer + (0, 0.05, 0)]), wrap=False)
    b.add(facing(lid, UP), ASH, 0.45)
    sun = arc(0.075, 0, 180, 12, cz=z0 + h + 0.02) + (0, -0.055, 0)
    b.add(tube(sun, 0.008, 5), GILT, 0.8)
