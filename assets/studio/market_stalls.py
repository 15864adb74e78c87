"""The stalls: each stands on z = 0 about x = 0, its front edge on y = 0, customers on the side of -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from dataclasses import dataclass

import numpy as np

from assets.studio import sway
from assets.studio.bag import Bag
from assets.studio.kit import Shape, arc, box, fan, grid, join, lathe, tube
from assets.studio.market_colours import CHALK, IRON, LINEN, PATINA, PLANK, SLATE, TIMBER, TIMBER_DARK
from assets.studio.market_houses import facing
from assets.studio.palette import BRASS, Colour, rgb

TIER_T = 0.03


@dataclass(frozen=True, slots=True)
class Tier:
    """One level shelf of a stall: from y to y + deep, its top at `top`."""

    y: float
    deep: float
    top: float


def tiers_of(first_y: float, deep: float, tops: tuple[float, ...]) -> tuple[Tier, ...]:
    """Shelves that rise backwards from first_y."""
    return tuple(Tier(first_y + k * deep, deep, top) for k, top in enumerate(tops))


def stepped_table(b: Bag, w: float, tiers: tuple[Tier, ...], paint: Colour, *, slant: bool = True) -> None:
    """A stall of level shelves; with `slant` a sloping rack for crates before them, from z 0.46 up."""
    for t in tiers:
        top = box(w, t.deep + 0.012, TIER_T, 0.006)
        b.shell(top, PLANK, 0.2, y=t.y + t.deep / 2, z=t.top - TIER_T, density=1.1, jitter=0.06)
        riser = box(w - 0.02, 0.018, 0.17, 0)
        b.shell(riser, paint, 0.2, keep="y", y=t.y + 0.012, z=t.top - TIER_T - 0.17, density=0.8, jitter=0.03)
    back = tiers[-1].y + tiers[-1].deep
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.04)
        b.add(box(0.06, 0.06, tiers[-1].top - 0.03, 0), TIMBER_DARK, 0.15, x=x, y=back - 0.05)
        b.add(box(0.06, 0.06, tiers[0].top - 0.03, 0), TIMBER_DARK, 0.15, x=x, y=tiers[0].y + 0.06)
        b.shell(
            box(0.02, back - tiers[0].y, 0.1, 0),
            TIMBER,
            0.15,
            keep="xX",
            x=x,
            y=(back + tiers[0].y) / 2,
            z=0.3,
            density=0.6,
        )
    if not slant:
        return
    b.shell(box(w, 0.05, 0.16, 0.012), paint, 0.25, y=0.03, z=0.34, density=0.9, jitter=0.02)
    for sx in (-1, 1):
        b.add(box(0.055, 0.055, 0.36, 0), TIMBER_DARK, 0.15, x=sx * (w / 2 - 0.05), y=0.05)
    for k in range(4):
        y = 0.05 + (tiers[0].y - 0.05) * (k + 0.5) / 4
        z = 0.40 + (tiers[0].top - 0.17 - 0.40) * (k + 0.5) / 4
        b.add(box(w - 0.02, 0.06, 0.02, 0), TIMBER, 0.15, y=y, z=z)


def striped_awning(
    b: Bag,
    w: float,
    depth: float,
    drop: float,
    colours: tuple[Colour, Colour],
    *,
    stripe: float = 0.3,
    scallop: float = 0.2,
) -> None:
    """A striped cloth from its upper edge at the origin down towards -Y, with a scalloped valance that sways."""
    n = max(5, round(w / stripe) // 2 * 2 + 1)
    u = np.linspace(0, 1, 4)
    for k in range(n):
        x0, x1 = -w / 2 + w * k / n, -w / 2 + w * (k + 1) / n
        sag = -0.05 * np.sin(np.pi * u)
        edge = [np.c_[np.full(4, x), -depth * u, -drop * u + sag] for x in (x0, x1)]
        face = facing(grid(np.stack(edge, 1), wrap=False), (0, 0, 1))
        cloth = join(face, Shape(face.v - (0, 0, 0.008), -face.n, face.f[:, ::-1]))
        free = np.tile(np.repeat(0.25 * np.sin(np.pi * u), 2), 2)
        sway.cloth(b, cloth, colours[k % 2], free, jitter=0.02)
        t = np.linspace(np.pi, 2 * np.pi, 6)
        hem = np.c_[
            (x0 + x1) / 2 + (x1 - x0) / 2 * np.cos(t),
            np.full(6, -depth),
            -drop - scallop * 0.55 + scallop * 0.45 * np.sin(t),
        ]
        outline = np.r_[hem, [(x1, -depth, -drop + 0.01), (x0, -depth, -drop + 0.01)]]
        free = np.r_[0.6, np.linspace(0.9, 1, 6), 0.0, 0.0]
        sway.cloth(b, fan(outline, (0, -1, 0)), colours[k % 2] * 0.96, free, jitter=0.02)
        sway.cloth(
            b,
            fan(outline[::-1] + (0, 0.006, 0), (0, 1, 0)),
            colours[k % 2] * 0.85,
            np.r_[0.6, free[:0:-1]],
            jitter=0.02,
        )


def awning_frame(b: Bag, w: float, back: tuple[float, float], front: tuple[float, float]) -> None:
    """Four poles for an awning: (y, z) of its upper and of its lower edge, local y."""
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.06)
        for y, z in (back, front):
            b.add(tube([(x, y, 0), (x, y, z * 0.5), (x, y, z)], 0.024, 6), TIMBER, 0.2)
        b.add(
            tube(
                [
                    (x, back[0], back[1]),
                    (x, (back[0] + front[0]) / 2, (back[1] + front[1]) / 2 - 0.05),
                    (x, front[0], front[1]),
                ],
                0.018,
                5,
            ),
            TIMBER,
            0.2,
        )
    for y, z in (back, front):
        b.add(tube([(-w / 2, y, z), (0, y, z), (w / 2, y, z)], 0.02, 6), TIMBER, 0.2)


def linen_canopy(b: Bag, w: float, d: float, h: float, cloth: Colour, edge: Colour) -> None:
    """A square canopy on four turned poles, peaked in the middle, with a pointed valance; its middle at y = d / 2."""
    n = 4
    rim = np.array([(-w / 2, 0), (w / 2, 0), (w / 2, d), (-w / 2, d)])
    peak = np.array([0, d / 2, h + 0.55])
    for k in range(n):
        a, c = rim[k], rim[(k + 1) % n]
        u = np.linspace(0, 1, 7)
        low = np.c_[a[0] + (c[0] - a[0]) * u, a[1] + (c[1] - a[1]) * u, h - 0.05 * np.sin(np.pi * u)]
        rows = [low + (peak - low) * q - (0, 0, 0.16 * np.sin(np.pi * q)) for q in (0.0, 0.4, 0.75, 1.0)]
        face = facing(grid(np.array(rows), wrap=False), (0, 0, 1))
        both = join(face, Shape(face.v - (0, 0, 0.008), -face.n, face.f[:, ::-1]))
        sway.cloth(b, both, cloth, 0.12, jitter=0.02)
        way = np.array([*(np.array([0, d / 2]) - (a + c) / 2), 0.0])
        way = -way / np.linalg.norm(way)
        pts = np.linspace(0, 1, 15)
        drop = np.where(np.arange(15) % 2 == 1, 0.2, 0.1)
        top = np.c_[a[0] + (c[0] - a[0]) * pts, a[1] + (c[1] - a[1]) * pts, h - 0.05 * np.sin(np.pi * pts)]
        hem = top - np.c_[0 * pts, 0 * pts, drop]
        face = facing(grid(np.stack([top, hem]), wrap=False), tuple(way))
        free = np.r_[np.zeros(15), np.ones(15)]
        sway.cloth(
            b, join(face, Shape(face.v - way * 0.005, -face.n, face.f[:, ::-1])), edge, np.r_[free, free], jitter=0.02
        )
    pole = [(0.045, 0), (0.03, 0.05), (0.026, h * 0.5), (0.034, h * 0.52), (0.024, h * 0.56), (0.024, h)]
    for x, y in rim:
        b.add(lathe(pole, 8, crease_deg=99), TIMBER, 0.25, x=x * 0.97, y=d / 2 + (y - d / 2) * 0.97)
        b.add(
            lathe([(0.02, 0), (0.036, 0.03), (0, 0.07)], 8, crease_deg=99),
            BRASS,
            0.5,
            x=x * 0.97,
            y=d / 2 + (y - d / 2) * 0.97,
            z=h,
        )


def parasol(b: Bag, r: float, h: float, one: Colour, two: Colour) -> None:
    """A round market parasol of twelve panels on a wooden mast about the origin."""
    n = 12
    b.add(tube([(0, 0, 0), (0, 0, h * 0.5), (0, 0, h + 0.32)], 0.028, 7), TIMBER, 0.25)
    b.add(lathe([(0.26, 0), (0.26, 0.08), (0.1, 0.12), (0.05, 0.3), (0.03, 0.3)], 10), rgb("8f8577"), 0.1)
    b.add(lathe([(0.02, 0), (0.045, 0.04), (0, 0.1)], 8, crease_deg=99), BRASS, 0.5, z=h + 0.3)
    for k in range(n):
        t = np.linspace(2 * np.pi * k / n, 2 * np.pi * (k + 1) / n, 3)
        rows = []
        for q, z in ((1.0, h - 0.28), (0.68, h - 0.03), (0.34, h + 0.18), (0.0, h + 0.3)):
            dip = 1 - 0.035 * np.array([0, 1, 0]) * q
            rows.append(np.c_[r * q * dip * np.cos(t), r * q * dip * np.sin(t), np.full(3, z)])
        face = facing(grid(np.array(rows), wrap=False), (0, 0, 1))
        free = np.tile(np.repeat([0.3, 0.1, 0.0, 0.0], 3), 2)
        tone = (one, two)[k % 2]
        sway.cloth(b, join(face, Shape(face.v - (0, 0, 0.008), -face.n, face.f[:, ::-1])), tone, free, jitter=0.02)
        top = rows[0]
        mid = top[1] * (1, 1, 1) - (0, 0, 0.2)
        hem = np.array([top[0] - (0, 0, 0.11), mid, top[2] - (0, 0, 0.11)])
        out = (float(np.cos(t[1])), float(np.sin(t[1])), 0.0)
        flap = facing(grid(np.stack([top, hem]), wrap=False), out)
        ease = np.r_[0.3, 0.3, 0.3, 1, 1, 1]
        sway.cloth(
            b,
            join(flap, Shape(flap.v - np.array(out) * 0.005, -flap.n, flap.f[:, ::-1])),
            tone * 0.94,
            np.r_[ease, ease],
            jitter=0.02,
        )
    for k in range(6):
        a = np.pi * k / 3 + 0.26
        c, s = np.cos(a), np.sin(a)
        b.add(
            tube(
                [
                    (0.03 * c, 0.03 * s, h - 0.35),
                    (0.45 * r * c, 0.45 * r * s, h - 0.1),
                    (0.9 * r * c, 0.9 * r * s, h - 0.24),
                ],
                0.01,
                3,
            ),
            TIMBER,
            0.2,
        )


def booth(b: Bag, w: float, sign: Colour) -> None:
    """A wooden kiosk: panelled counter at 0.92, shelves behind, a gabled roof of boards; 1.15 deep from y = 0."""
    deep, h = 1.15, 2.25
    b.shell(box(w, 0.06, 0.86, 0.01), PATINA, 0.2, y=0.05, density=0.9, jitter=0.02)
    for k in range(3):
        x = (k - 1) * (w - 0.16) / 3
        b.shell(
            box((w - 0.4) / 3, 0.02, 0.56, 0.012),
            PATINA * 1.2,
            0.2,
            keep="yxXzZ",
            x=x,
            y=0.015,
            z=0.16,
            density=0.8,
            jitter=0.03,
        )
    b.shell(box(w + 0.12, 0.5, 0.05, 0.014), PLANK, 0.3, y=0.2, z=0.87, density=1.2)
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.03)
        b.shell(box(0.05, deep, 0.9, 0), PATINA * 0.95, 0.2, keep="xX", x=x, y=deep / 2, density=0.7)
        for y in (0.06, deep - 0.05):
            b.add(box(0.08, 0.08, h, 0), TIMBER, 0.2, x=x, y=y)
    b.shell(box(w, 0.05, h, 0), TIMBER * 0.9, 0.15, keep="yY", y=deep - 0.02, density=0.8)
    for z in (0.95, 1.32, 1.69):
        b.shell(box(w - 0.1, 0.24, 0.028, 0.006), PLANK, 0.2, y=deep - 0.17, z=z, density=0.9)
    n = 9
    for side in (-1, 1):
        a, c = np.array([0, h + 0.62]), np.array([side * (w / 2 + 0.22), h - 0.02])
        for k in range(n):
            y0 = -0.3 + (deep + 0.5) * k / n
            y1 = y0 + (deep + 0.5) / n - 0.012
            quad = np.array([[(a[0], y0, a[1]), (a[0], y1, a[1])], [(c[0], y0, c[1]), (c[0], y1, c[1])]])
            face = facing(grid(quad, wrap=False), (side * 0.5, 0, 1))
            tone = (PATINA * 0.85, PATINA * 1.05)[k % 2] * b.rng.uniform(0.94, 1.06)
            b.add(join(face, Shape(face.v - (0, 0, 0.03), -face.n, face.f[:, ::-1])), tone, 0.15, jitter=0)
    gable = np.array([(-w / 2 + 0.06, -0.33, h + 0.07), (w / 2 - 0.06, -0.33, h + 0.07), (0, -0.33, h + 0.53)])
    b.add(fan(gable, (0, -1, 0)), LINEN, 0.1)  # before the roof's edge: a vertex inside the boards would bake black
    b.shell(box(w + 0.3, 0.08, 0.1, 0.012), TIMBER, 0.2, y=-0.32, z=h - 0.06, density=0.6)
    _honeycomb(b, h + 0.22, -0.336, sign)


def _honeycomb(b: Bag, z: float, y: float, tone: Colour) -> None:
    """Seven cells painted on a gable, one of them with a bee's stripes."""
    t = np.radians(np.arange(6) * 60 + 30)
    r = 0.062
    for dx, dz in ((0, 0), *[(1.9 * r * np.cos(q), 1.9 * r * np.sin(q)) for q in np.radians(np.arange(6) * 60)]):
        cell = np.c_[dx + r * np.cos(t), np.full(6, y), z + dz + r * np.sin(t)]
        b.add(fan(cell, (0, -1, 0)), tone * b.rng.uniform(0.85, 1.15), 0.2, jitter=0)
    for k in (-1, 0, 1):
        bar = np.array(
            [
                (k * 0.03 - 0.008, z - 0.045),
                (k * 0.03 + 0.008, z - 0.045),
                (k * 0.03 + 0.008, z + 0.045),
                (k * 0.03 - 0.008, z + 0.045),
            ]
        )
        b.add(fan(np.c_[bar[:, 0], np.full(4, y - 0.003), bar[:, 1]], (0, -1, 0)), TIMBER_DARK * 0.5, 0.1, jitter=0)


def slate(b: Bag, w: float, h: float, marks: int, *, lean: float = -14) -> None:
    """A price slate in a wooden frame standing on its foot, chalk on it: a coin and `marks` strokes."""
    with b.at(rx=lean):
        b.add(box(w, 0.012, h, 0), TIMBER, 0.15)
        b.add(box(w - 0.03, 0.004, h - 0.03, 0), SLATE, 0.1, y=-0.007, z=0.015, jitter=0)
        t = np.linspace(0, 2 * np.pi, 10, endpoint=False)
        r = h * 0.17
        ring = np.c_[-w * 0.26 + r * np.cos(t), np.full(10, -0.0102), h * 0.5 + r * np.sin(t)]
        b.add(fan(ring, (0, -1, 0)), CHALK, 0.02, jitter=0)
        b.add(
            fan(
                np.c_[-w * 0.26 + 0.6 * r * np.cos(t), np.full(10, -0.0112), h * 0.5 + 0.6 * r * np.sin(t)], (0, -1, 0)
            ),
            SLATE,
            0.02,
            jitter=0,
        )
        for k in range(marks):
            b.add(
                box(0.012, 0.002, h * 0.42, 0),
                CHALK,
                0.02,
                x=-w * 0.02 + 0.03 * k,
                y=-0.0102,
                z=h * 0.3,
                ry=6,
                jitter=0,
            )
        b.add(box(w * 0.5, 0.002, 0.008, 0), CHALK * 0.8, 0.02, x=w * 0.08, y=-0.0102, z=h * 0.16, jitter=0)


def hanging_scale(b: Bag) -> None:
    """A brass dial scale with its pan on three chains, hung at the origin."""
    b.add(tube([(0, 0, 0), (0.014, 0, -0.03), (0, 0, -0.07)], 0.006, 5), IRON, 0.5)
    dial = lathe([(0, -0.03), (0.1, -0.03), (0.112, -0.015), (0.112, 0.015), (0.1, 0.03), (0, 0.03)], 20)
    b.add(dial, BRASS, 0.6, z=-0.18, rx=90)
    b.add(lathe([(0.094, 0.0), (0, 0.001)], 20), CHALK, 0.2, y=-0.031, z=-0.18, rx=90)
    for k in range(12):
        a = k * np.pi / 6
        b.add(
            box(0.006, 0.002, 0.016, 0),
            IRON,
            0.1,
            x=0.078 * np.sin(a),
            y=-0.033,
            z=-0.18 + 0.078 * np.cos(a) - 0.008,
            jitter=0,
        )
    b.add(box(0.009, 0.003, 0.08, 0), rgb("b8322c"), 0.2, y=-0.035, z=-0.18, ry=38, jitter=0)
    b.add(tube([(0, 0, -0.29), (0, 0, -0.33), (0, 0, -0.37)], 0.006, 4), IRON, 0.5)
    for k in range(3):
        a = 2 * np.pi * k / 3 + 0.4
        b.add(
            tube(
                [
                    (0, 0, -0.36),
                    (0.09 * np.cos(a), 0.09 * np.sin(a), -0.5),
                    (0.17 * np.cos(a), 0.17 * np.sin(a), -0.64),
                ],
                0.004,
                3,
            ),
            IRON,
            0.5,
        )
    pan = lathe(
        [(0, -0.70), (0.1, -0.69), (0.165, -0.655), (0.182, -0.635), (0.165, -0.645), (0.1, -0.675), (0, -0.685)],
        20,
        crease_deg=120,
    )
    b.add(pan, BRASS * 1.05, 0.7)


def platform_scale(b: Bag) -> None:
    """A cast-iron counter scale: a plate, a tall dial and a row of weights beside it."""
    b.add(box(0.3, 0.24, 0.07, 0.02), IRON * 0.9, 0.4)
    b.add(lathe([(0.15, 0.07), (0.155, 0.085), (0.14, 0.092), (0, 0.088)], 18, ey=0.82), BRASS, 0.65)
    b.add(box(0.06, 0.06, 0.34, 0.015), PATINA * 0.7, 0.4, y=0.15)
    b.add(
        lathe([(0, -0.025), (0.12, -0.025), (0.13, 0), (0.12, 0.025), (0, 0.025)], 22),
        PATINA * 0.7,
        0.4,
        y=0.15,
        z=0.4,
        rx=90,
    )
    b.add(lathe([(0.108, 0), (0, 0.001)], 22), CHALK, 0.2, y=0.124, z=0.4, rx=90)
    b.add(box(0.008, 0.003, 0.09, 0), rgb("b8322c"), 0.2, y=0.121, z=0.4, ry=-24, jitter=0)
    for k, r in enumerate((0.034, 0.028, 0.023, 0.018)):
        weight = lathe([(r, 0), (r, r * 1.5), (r * 0.4, r * 1.7), (r * 0.5, r * 2.2), (0, r * 2.4)], 10)
        b.add(weight, BRASS * 0.95, 0.6, x=0.24 + 0.07 * k, y=-0.02)


def arch_brace(b: Bag, r: float, colour: Colour) -> None:
    """A curved brace in the xz plane from (0, 0) up to (r, r), for posts of the hall."""
    path = arc(r, 180, 90, 4, cx=r, cz=0)
    b.add(tube(path, 0.03, 4), colour, 0.15)
