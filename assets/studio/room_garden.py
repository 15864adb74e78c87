"""The garden: an open court of stone and lawn behind limewashed walls, with a timber pavilion in its corner."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio import room_outside as out
from assets.studio.bag import OUTDOOR
from assets.studio.facing import UP, facing
from assets.studio.furniture import bar
from assets.studio.homeware_green import vine
from assets.studio.kit import Shape, box, grid, join, lathe, strips, tube
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import INK, OAK, TERRA, WALNUT, rgb
from assets.studio.room_bag import RoomBag
from assets.studio.room_shell import DOOR_HOLE, Look, door, stone_tiles
from assets.studio.street_plants import BLOOMS, blade, mound
from assets.studio.street_shapes import pierced, sides
from assets.studio.street_shops import DOOR_H
from assets.studio.sway import leafy
from assets.studio.turning import curve

W, D, H, DOOR_Y = 10.0, 8.0, 2.5, -2.4
SUN = Sun(direction=(0.50, 0.34, -0.80), strength=7.2, colour=(1.0, 0.90, 0.70))
SKY_DOME = (0.60, 0.70, 0.82)
PROBES = ProbeGrid(lo=(-4.6, -3.6), hi=(4.6, 3.6), nx=8, ny=7, zs=(0.3, 1.0, 1.7, 2.8))
LOOK = Look(wall=rgb("dcbd92"), trim=rgb("c98a62"), ceiling=rgb("c9a06c"), frame=rgb("c9a06c"), sill=OAK)
PAVILION = (0.6, 4.6, -0.2, 3.5)  # x0, x1, y0, y1
POST_H, RIDGE_H = 2.3, 3.3
BEDS = ((-4.0, 3.55, 1.8, 0.7), (-1.4, 3.6, 2.4, 0.6), (0.9, -3.6, 3.4, 0.6))  # x, y, w, d along the walls


def build() -> RoomBag:
    """The empty garden and what is seen over its walls."""
    b = RoomBag(25)
    _ground(b)
    for turn, length, away in ((0, W, D / 2), (180, W, D / 2), (-90, D, W / 2), (90, D, W / 2)):
        a = np.radians(turn)
        with b.at(x=-away * np.sin(a), y=away * np.cos(a), rz=turn):
            _wall(b, length, DOOR_Y if turn == 90 else None)
    _pavilion(b)
    _green(b)
    _lanterns(b)
    _view(b)
    return b


def _ground(b: RoomBag) -> None:
    """Warm stone slabs, with a round lawn let into them."""
    stone_tiles(b, W, D, rgb("b8966d"), side=0.8, gloss=0.2)
    n = 44
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ring = np.c_[np.cos(t) * 1.75, np.sin(t) * 1.55, np.zeros(n)]
    parts = (1.0, 0.96, 0.84, 0.7, 0.56, 0.42, 0.28, 0.14, 0.0)
    lawn = facing(grid(np.array([ring * (q, q, 1) + (0, 0, 0.014 * (q < 1)) for q in parts])), UP)
    mown = 1 + 0.12 * np.sign(np.sin(lawn.v[:, 0] * 2 * np.pi / 0.62)) + 0.05 * b.rng.normal(size=len(lawn.v))
    with b.painted("lawn"):
        b.shell(lawn, rgb("7c9a4c") * mown[:, None], 0.0, jitter=0, x=-2.1, y=0.5, density=1.2)
    edge = np.array([ring * 1.045 + (0, 0, 0.002), ring * 1.04 + (0, 0, 0.02), ring * 0.99 + (0, 0, 0.02)])
    kerb = grid(edge)
    kerb = kerb if kerb.n[:, 2].mean() > 0 else Shape(kerb.v, -kerb.n, kerb.f[:, ::-1])
    b.shell(kerb, rgb("b98d6a"), 0.1, jitter=0, x=-2.1, y=0.5)


def _wall(b: RoomBag, length: float, door_x: float | None) -> None:
    """A limewashed wall with a tiled coping."""
    holes = [] if door_x is None else [(door_x - DOOR_HOLE, door_x + DOOR_HOLE, 0.0, DOOR_H + 0.1)]
    with b.painted("wall"):
        b.shell(pierced(length, 0.0, H, holes), LOOK.wall, 0.03, jitter=0, density=0.75)
        if door_x is not None:
            for s in (-1, 1):
                b.shell(
                    sides(0.3, 0.02, DOOR_H + 0.1, "y"),
                    LOOK.wall,
                    0.03,
                    jitter=0,
                    x=door_x + s * DOOR_HOLE,
                    y=0.15,
                    rz=90 * s,
                    density=0.4,
                )
            with b.at(x=door_x, y=0.1):
                door(b)
    with b.painted("trim"):
        b.shell(
            box(length + 0.3, 0.42, 0.07, 0.02), LOOK.trim, 0.1, jitter=0, keep="yYzZ", y=0.12, z=H - 0.01, density=0.6
        )
        n = round(length / 0.24)
        half = np.radians(np.linspace(180, 0, 5))
        arch = np.c_[np.cos(half) * 0.115, np.zeros(5), np.sin(half) * 0.075]
        tiles = [
            strips(
                arch + (-length / 2 + length * (k + 0.5) / n, -0.12, H + 0.05),
                arch + (-length / 2 + length * (k + 0.5) / n, 0.34, H + 0.05),
            )
            for k in range(n)
        ]
        b.add(join(*tiles), LOOK.trim * 1.05, 0.1, jitter=0)
        foot = (
            [(-length / 2, length / 2)]
            if door_x is None
            else [(-length / 2, door_x - DOOR_HOLE), (door_x + DOOR_HOLE, length / 2)]
        )
        for x0, x1 in foot:
            b.shell(
                box(x1 - x0, 0.04, 0.28, 0.012),
                LOOK.trim * 0.9,
                0.1,
                jitter=0,
                keep="yZ",
                x=(x0 + x1) / 2,
                y=-0.02,
                density=0.5,
            )


def _pavilion(b: RoomBag) -> None:
    """Six posts, braces, a boarded hipped roof, and oak boards underfoot."""
    x0, x1, y0, y1 = PAVILION
    with b.painted("deck"):
        for k in range(round((y1 - y0) / 0.14)):
            b.shell(
                box(x1 - x0, 0.134, 0.02, 0.004),
                OAK * 0.9,
                0.35,
                jitter=0.08,
                keep="yYxXZ",
                x=(x0 + x1) / 2,
                y=y0 + 0.07 + 0.14 * k,
                z=-0.006,
                density=1.1,
            )
    posts = [(x, y) for x in (x0 + 0.12, (x0 + x1) / 2, x1 - 0.12) for y in (y0 + 0.12, y1 - 0.12)]
    with b.painted("timber"):
        for x, y in posts:
            b.add(bar(POST_H, 0.13, 0.13, 10), WALNUT * 1.25, 0.25, jitter=0.02, x=x, y=y)
            b.add(box(0.19, 0.19, 0.1, 0.015), WALNUT * 1.1, 0.25, jitter=0, x=x, y=y, z=0.014)
            for way in (-1, 1):
                inward = way if x0 + 0.3 < x < x1 - 0.3 else (1 if x < (x0 + x1) / 2 else -1)
                if way == 1 or x0 + 0.3 < x < x1 - 0.3:
                    brace = curve(
                        [
                            (x, y, POST_H - 0.55),
                            (x + inward * 0.16, y, POST_H - 0.2),
                            (x + inward * 0.5, y, POST_H - 0.02),
                        ],
                        3,
                    )
                    b.add(tube(brace, 0.035, 5), WALNUT * 1.2, 0.25, jitter=0)
        for y in (y0 + 0.12, y1 - 0.12):
            b.add(bar(x1 - x0 + 0.4, 0.14, 0.12, 16), WALNUT * 1.2, 0.25, jitter=0, x=x0 - 0.2, y=y, z=POST_H, ry=90)
        for x in (x0 + 0.12, (x0 + x1) / 2, x1 - 0.12):
            b.add(
                bar(y1 - y0 + 0.4, 0.12, 0.12, 14),
                WALNUT * 1.2,
                0.25,
                jitter=0,
                x=x,
                y=y1 + 0.2,
                z=POST_H + 0.02,
                rx=90,
            )
    e, mx, my, half = 0.45, (x0 + x1) / 2, (y0 + y1) / 2, 0.5
    low = np.array([(x0 - e, y0 - e), (x1 + e, y0 - e), (x1 + e, y1 + e), (x0 - e, y1 + e)])
    z = POST_H + 0.12
    c = [np.array([*p, z]) for p in low]
    tips = [np.array([mx - half, my, RIDGE_H]), np.array([mx + half, my, RIDGE_H])]
    slopes = (
        (c[0], c[1], tips[1], tips[0]),
        (c[1], c[2], tips[1], tips[1]),
        (c[2], c[3], tips[0], tips[1]),
        (c[3], c[0], tips[0], tips[0]),
    )
    for p, q, r, s in slopes:
        u = np.linspace(0, 1, 6)[:, None, None]
        v = np.linspace(0, 1, 9)[None, :, None]
        points = (p * (1 - v) + q * v) * (1 - u) + (s * (1 - v) + r * v) * u
        under = grid(points, wrap=False)
        under = under if under.n[:, 2].mean() < 0 else Shape(under.v, -under.n, under.f[:, ::-1])
        with b.painted("timber"):
            b.shell(under, rgb("b9a184"), 0.1, jitter=0, density=0.6)
        with b.painted("roof"):
            over = Shape(under.v + (0, 0, 0.07), -under.n, under.f[:, ::-1])
            b.shell(over, TERRA * 0.8, 0.1, jitter=0, density=0.4)
    with b.painted("timber"):
        for p, q in zip(c, [*c[1:], c[0]], strict=True):
            long = float(np.linalg.norm(q - p))
            mid, turn = (p + q) / 2, np.degrees(np.arctan2(*(q - p)[1::-1]))
            b.add(box(long, 0.03, 0.16, 0.006), WALNUT * 1.15, 0.2, jitter=0, x=mid[0], y=mid[1], z=z - 0.07, rz=turn)


def _green(b: RoomBag) -> None:
    """Beds of flowers along the walls, climbers, a small olive."""
    for x, y, w, d in BEDS:
        with b.at(x=x, y=y):
            b.shell(box(w + 0.14, d + 0.14, 0.16, 0.02), rgb("c3a17c"), 0.1, jitter=0.03, keep="yYxXZ", density=0.6)
            mound(b, w, d, 0.42, 0.13, leaves=round(16 * w), blooms=BLOOMS[:5])
    for x, y, turn in ((-4.95, 1.2, -90), (-4.95, 2.3, -90), (-0.2, 3.95, 180), (-2.9, -3.95, 0), (3.4, -3.95, 0)):
        with b.at(x=x, y=y, rz=turn):
            stem = curve([(0.1, 0.06, 0), (-0.05, 0.05, 0.7), (0.12, 0.05, 1.4), (-0.1, 0.05, 2.2)], 4)
            b.add(tube(stem, np.linspace(0.02, 0.008, len(stem)), 5), rgb("6d5646"), 0.1)
            for k in range(26):
                at = stem[min(len(stem) - 1, int(len(stem) * (0.25 + 0.75 * k / 26)))]
                side, lift = b.rng.normal() * 0.28, b.rng.normal() * 0.12
                with b.at(
                    x=at[0] + side,
                    y=0.06 + 0.05 * b.rng.random(),
                    z=max(0.3, at[2] + lift),
                    rz=b.rng.uniform(0, 360),
                    ry=b.rng.uniform(-40, 70),
                ):
                    leafy(b, blade(0.2, 0.34), rgb("6c9151") * b.rng.uniform(0.75, 1.25), 0.35)
    with b.at(x=4.75, y=3.65, z=2.3):
        for k in range(4):
            with b.at(rz=180 + 30 * k):
                vine(b, 0.9, rgb("7aa055"), 0.2)


def _lanterns(b: RoomBag) -> None:
    """Strings of bulbs between the pavilion and the wall, a lantern under its roof."""
    x0, x1, y0, y1 = PAVILION
    for a, c, sag in (
        ((x0, y0 + 0.1, 2.5), (-4.9, -3.0, 2.45), 0.5),
        ((x0, y0 + 0.1, 2.5), (-4.9, 3.6, 2.45), 0.5),
        ((x1 - 0.2, y0, 2.5), (2.6, -3.9, 2.45), 0.25),
    ):
        p, q = np.array(a), np.array(c)
        u = np.linspace(0, 1, 25)
        line = p + (q - p) * u[:, None] - np.array([0, 0, 1.0]) * (sag * 4 * u * (1 - u))[:, None]
        b.add(tube(line, 0.006, 3), INK, 0.1)
        for k in range(1, 12):
            at = line[2 * k]
            b.add(lathe([(0.012, 0), (0.014, -0.03)][::-1], 6), INK, 0.2, x=at[0], y=at[1], z=at[2])
            bulb = lathe([(0, -0.1), (0.022, -0.085), (0.03, -0.06), (0.012, -0.028)], 8, crease_deg=99)
            b.glow(bulb, rgb("ffd9a0"), x=at[0], y=at[1], z=at[2])
            if k % 2:
                b.light("POINT", 5, (at[0], at[1], at[2] - 0.1), size_m=(0.05,))
    mx, my = (x0 + x1) / 2, (y0 + y1) / 2
    with b.at(x=mx, y=my):
        b.add(tube([(0, 0, 2.35), (0, 0, 2.8), (0, 0, RIDGE_H)], 0.006, 4), INK, 0.1)
        t = np.linspace(-1.35, 1.35, 19)
        ribs = 1 + 0.014 * np.where(np.arange(19) % 2, 1, -1)
        b.glow(lathe(np.c_[0.24 * np.cos(t) * ribs, 2.14 + 0.21 * np.sin(t)], 22, crease_deg=99), rgb("f0c98a") * 0.6)
        b.light("POINT", 40, (0, 0, 1.9), size_m=(0.12,))


def _view(b: RoomBag) -> None:
    """Sky, hills with orchards all round, treetops just over the wall."""
    out.sky(b, 56, low_deg=-4)
    for x, y, z, s in (
        (-40, 14, 19, 3.4),
        (-30, -30, 24, 4.0),
        (8, 46, 24, 3.8),
        (34, -30, 20, 3.4),
        (44, 18, 24, 4.2),
    ):
        out.cloud(b, (x, y, z), s)
    for far, foot, tall, tone, phase, trees in (
        (50, 9.5, 4.5, "a9c6cf", 0.3, 0),
        (40, 6.4, 3.6, "94b6a6", 1.4, 0),
        (29, 3.9, 2.4, "93b07c", 2.9, 60),
        (21, 1.9, 1.5, "93ad62", 4.1, 50),
    ):
        out.ridge(b, far, foot, tall, rgb(tone), from_deg=0, to_deg=360, phase=phase, trees=trees)
    for x, y, stem, s in (
        (-7.2, 4.4, 2.4, 1.1),
        (6.6, -5.2, 2.2, 1.0),
        (0.6, 6.2, 2.6, 1.3),
        (7.0, 4.8, 2.0, 1.0),
        (-3.2, -6.4, 2.0, 0.9),
    ):
        out.tree(b, x, y, stem, rgb("86a860"), size=s)
    for x, y, h in ((-6.6, -5.6, 5.2), (-5.4, -6.6, 4.6), (8.2, 0.6, 5.0), (3.4, 7.0, 5.4)):
        out.cypress(b, x, y, h)
    for x, y, turn, tone in ((-15, -3, 4, "e9c9a8"), (-16, 5, -8, "f0dfb8")):
        out.house(b, x, y, 4, 5, 3.6, rgb(tone), turn=turn)
    b.glow(box(60, 60, 0.02, 0), rgb("93ad62"), OUTDOOR, z=-0.3)
