"""The homeware store's room: x -4 (garden) .. 4 (street front), y -3.5 .. 3.5 (kitchen), metres."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import LEAF, OUTDOOR, Bag
from assets.studio.facing import FRONT, facing
from assets.studio.furniture import bar
from assets.studio.homeware_palette import ASH, CHALK, CLAY, FERN, OAT, ROSE_CLAY
from assets.studio.kit import Shape, arc, box, grid, join, strips, tube
from assets.studio.palette import BRASS, IVORY, Colour, rgb

HALF_X, HALF_Y, CEILING_M = 4.0, 3.5, 3.6
DOOR_Y, DOOR_HALF = -2.35, 0.45
HINGE = (HALF_X + 0.1, DOOR_Y + DOOR_HALF, 0.0)
DOOR_PAINT = rgb("b8503c")  # as the street has painted it
PLASTER, DADO = rgb("e9dcc6"), rgb("cfae90")
DADO_M = 0.96
SHOPFRONT = (-1.3, 3.05, 0.5, 2.72)  # y from, y to, sill, head
GARDEN_Y, GARDEN_W, GARDEN_SPRING = 0.3, 1.8, 1.95
NICHES_Y, NICHE_W, NICHE_FOOT, NICHE_SPRING, NICHE_D = (-1.95, 2.5), 1.16, 0.42, 1.9, 0.34
NICHE_SHELVES_M = (0.42, 0.86, 1.3, 1.74)
SKYLIGHT = (-2.2, 0.6, -0.1, 1.5)  # x from, x to, y from, y to
BEAMS_X = (-3.2, -2.3, 0.7, 1.8, 2.9)
DAYLIGHT = (0.74, 0.86, 1.0)


def room(b: Bag) -> None:
    """Everything that is not furniture."""
    floor(b)
    ceiling(b)
    with b.at(y=HALF_Y):
        plaster(b, -HALF_X, HALF_X)
    with b.at(y=-HALF_Y, rz=180):
        plaster(b, -HALF_X, HALF_X)
    garden_wall(b)
    street_wall(b)


def floor(b: Bag) -> None:
    """Six-sided clay tiles, pale and uneven in colour, with dark joints level with them."""
    r, gap = 0.175, 0.004
    wide, tall = r * np.sqrt(3), r * 1.5
    corner = np.radians(np.arange(6) * 60 + 30)
    whole = np.c_[np.cos(corner), np.sin(corner)] * r
    limit = np.array([HALF_X, HALF_Y])
    v, tones, joints = [], [], []
    for j, y in enumerate(np.arange(-HALF_Y - tall, HALF_Y + tall, tall)):
        for x in np.arange(-HALF_X - wide, HALF_X + wide, wide):
            at = np.array([x + wide / 2 * (j % 2), y])
            joints += [joint(whole[k] + at, whole[k + 1] + at, gap, limit) for k in range(3)]
            tile = np.clip(whole * (1 - gap / r) + at, -limit, limit)
            if np.ptp(tile, axis=0).min() < 0.02:
                continue
            v.append(np.c_[tile, np.zeros(6)])
            tone = ROSE_CLAY * 0.62 + OAT * 0.22
            tone = tone * (1 + 0.10 * b.rng.uniform(-1, 1)) * (1 + 0.03 * b.rng.uniform(-1, 1, 3))
            tones.append(np.tile(tone * (0.84 if b.rng.random() < 0.08 else 1.0), (6, 1)))
    k = np.arange(len(v))[:, None] * 6
    f = np.concatenate([k + (0, q, q + 1) for q in range(1, 5)])
    points = np.concatenate(v)
    tiles = Shape(points, np.tile([0, 0, 1.0], (len(points), 1)), f)
    lines = quads(np.array([q for q in joints if q is not None]), (0, 0, 1.0))
    tone = np.r_[np.concatenate(tones), np.tile(CLAY * 0.36, (len(lines.v), 1))]
    b.shell(join(tiles, lines), tone, 0.5, density=1.5)
    b.shell(box(2 * HALF_X, 2 * HALF_Y, 0.02, 0), CLAY * 0.36, 0.1, jitter=0, keep="Z", z=-0.024, density=0.5)


def joint(p: np.ndarray, q: np.ndarray, gap: float, limit: np.ndarray) -> np.ndarray | None:
    """Corners (4, 3) of the mortar between two tiles that share the edge from p to q; None outside the room."""
    along = (q - p) / np.linalg.norm(q - p)
    side = np.array([along[1], -along[0]]) * gap * np.cos(np.pi / 6)
    p, q = p - along * gap * 0.6, q + along * gap * 0.6
    strip = np.clip(np.array([p + side, q + side, q - side, p - side]), -limit, limit)
    spread = np.linalg.norm(strip[1] - strip[0]) * np.linalg.norm(strip[3] - strip[0])
    return np.c_[strip, np.zeros(4)] if spread > 2e-5 else None


def quads(corners: np.ndarray, normal: tuple[float, float, float]) -> Shape:
    """Flat quads (n, 4, 3), counter-clockwise seen against `normal`, as one shape."""
    k = np.arange(len(corners))[:, None] * 4
    f = np.concatenate([k + (0, 1, 2), k + (0, 2, 3)])
    points = corners.reshape(-1, 3)
    return Shape(points, np.tile(np.asarray(normal, float), (len(points), 1)), f)


def limewash(points: np.ndarray, dado: bool = True) -> np.ndarray:
    """Colours (n, 3) of clay plaster at points: cloudy, deeper below the dado line."""
    x, z = points[:, 0] + 0.7 * points[:, 1], points[:, 2]
    cloud = (
        1 + 0.030 * np.sin(1.7 * x + 0.6 * z + 1) + 0.026 * np.sin(3.1 * z - 1.3 * x) + 0.02 * np.sin(5.3 * x + 4.1 * z)
    )
    base = np.where((z < DADO_M)[:, None] & dado, DADO, PLASTER)
    return base * cloud[:, None]


def panel(b: Bag, x0: float, x1: float, z0: float, z1: float, *, density: float = 0.75) -> None:
    """A piece of plastered wall in the local xz plane that faces -y, of one tone."""
    if x1 - x0 < 1e-6 or z1 - z0 < 1e-6:
        return
    xs = np.linspace(x0, x1, max(2, round((x1 - x0) / 0.45) + 1))
    zs = np.linspace(z0, z1, max(2, round((z1 - z0) / 0.45) + 1))
    x, z = np.meshgrid(xs, zs)
    sheet = grid(np.stack([x, 0 * x, z], -1), wrap=False)
    low = z1 <= DADO_M + 1e-6
    tone = limewash(sheet.v * (1, 1, 0) + (0, 0, 0 if low else 2) + sheet.v * (0, 0, 1) * (0.3 if low else 0.9))
    b.shell(sheet, tone, 0.05, density=density)


def plaster(b: Bag, x0: float, x1: float, z0: float = 0.0, z1: float = CEILING_M, *, skirting: bool = True) -> None:
    """A wall along local x, facing local -y, its face on y = 0: deeper clay below the dado, a skirting at its foot."""
    panel(b, x0, x1, z0, min(z1, DADO_M))
    panel(b, x0, x1, max(z0, DADO_M), z1)
    mid, w = (x0 + x1) / 2, x1 - x0
    if skirting and z0 == 0:
        b.shell(box(w, 0.03, 0.11, 0.01), ASH * 0.9, 0.35, jitter=0, keep="yZ", x=mid, density=0.6)
    if z0 < DADO_M < z1:
        b.shell(box(w, 0.024, 0.03, 0.008), ASH * 0.9, 0.35, jitter=0, keep="yzZ", x=mid, z=DADO_M - 0.015, density=0.5)


def arched(
    b: Bag,
    w: float,
    spring: float,
    top: float,
    depth: float,
    reveal: Colour,
    *,
    back: Colour | None = None,
    foot: float = 0.0,
) -> None:
    """The wall above an arch, face on y = 0, and the arch's reveal `depth` behind it; a `back` closes it to a niche."""
    k = 16
    bow = arc(w / 2, 180, 0, k, cz=spring)
    over = np.c_[np.linspace(-w / 2, w / 2, k + 1), np.zeros(k + 1), np.full(k + 1, top)]
    face = strips(bow, over)
    b.shell(face, limewash(face.v * (1, 1, 0.9) + (0, 0, 2)), 0.05)
    deep = np.array([0, depth, 0])
    b.shell(strips(bow + deep, bow), reveal, 0.05, jitter=0)
    for sx in (-1, 1):
        jamb = np.array(
            [[(sx * w / 2, 0, foot), (sx * w / 2, 0, spring)], [(sx * w / 2, depth, foot), (sx * w / 2, depth, spring)]]
        )
        side = grid(jamb if sx < 0 else jamb[::-1], wrap=False)
        b.shell(facing(side, (-sx, 0.0, 0.0)), reveal, 0.05, jitter=0)
    if back is not None:
        low = np.c_[np.linspace(-w / 2, w / 2, k + 1), np.full(k + 1, depth), np.full(k + 1, foot)]
        b.shell(strips(low, bow + deep), back, 0.1, jitter=0)


def garden_wall(b: Bag) -> None:
    """The west wall: a glazed arch to the garden between two plaster niches with ash shelves."""
    with b.at(x=-HALF_X, rz=90):  # local x is world y, local -y is world +x
        edges = sorted(
            [
                -HALF_Y,
                HALF_Y,
                *(y + s * NICHE_W / 2 for y in NICHES_Y for s in (-1, 1)),
                GARDEN_Y - GARDEN_W / 2,
                GARDEN_Y + GARDEN_W / 2,
            ]
        )
        for x0, x1 in zip(edges[::2], edges[1::2], strict=True):
            plaster(b, x0, x1)
        for y in NICHES_Y:
            with b.at(x=y):
                plaster(b, -NICHE_W / 2, NICHE_W / 2, 0, NICHE_FOOT)
                arched(b, NICHE_W, NICHE_SPRING, CEILING_M, NICHE_D, PLASTER * 0.96, back=FERN * 1.25, foot=NICHE_FOOT)
                for z in NICHE_SHELVES_M:
                    d = NICHE_D + (0.05 if z == NICHE_FOOT else -0.04)
                    b.shell(
                        box(NICHE_W + (0.08 if z == NICHE_FOOT else 0), d, 0.035, 0.01),
                        ASH,
                        0.45,
                        y=NICHE_D - d / 2,
                        z=z - 0.035,
                        jitter=0.02,
                    )
                    b.light(
                        "AREA",
                        2.6,
                        (0, 0.05, z + 0.405),
                        colour=(1, 0.78, 0.54),
                        aim=(0, 0.35, -1),
                        size_m=(NICHE_W * 0.75, 0.02),
                    )
        with b.at(x=GARDEN_Y):
            arched(b, GARDEN_W, GARDEN_SPRING, CEILING_M, 0.3, PLASTER * 0.96)
            b.shell(box(GARDEN_W, 0.34, 0.06, 0.01), OAT * 0.8, 0.3, y=0.17)
            glazing(b)
            b.light("AREA", 120, (0, 0.32, 1.5), colour=DAYLIGHT, aim=(0, -1, -0.1), size_m=(1.6, 2.4), layer="sky")


def glazing(b: Bag) -> None:
    """Green bars of the arched garden window, a pair of casements under a fan."""
    w, s, y = GARDEN_W / 2 - 0.02, GARDEN_SPRING, 0.2
    for x in (-w, -0.03, 0.03, w):
        b.add(bar(s - 0.06, 0.045, 0.06), FERN, 0.4, jitter=0, x=x, y=y, z=0.06)
    for x in (-w / 2, w / 2):
        b.add(bar(s - 0.06, 0.024, 0.04), FERN, 0.4, jitter=0, x=x, y=y, z=0.06)
    for z, t in ((0.1, 0.1), (0.55, 0.03), (1.02, 0.03), (1.48, 0.03), (s, 0.06)):
        b.add(bar(2 * w, t, 0.05), FERN, 0.4, jitter=0, x=-w, y=y, z=z, ry=90)
    b.add(tube(arc(w, 179, 1, 24, cz=s) + (0, y, 0), 0.026, 5), FERN, 0.4, jitter=0)
    b.add(tube(arc(w * 0.5, 179, 1, 18, cz=s) + (0, y, 0), 0.014, 4), FERN, 0.4, jitter=0)
    for a in (45, 90, 135):
        ray = np.array([np.cos(np.radians(a)), 0, np.sin(np.radians(a))])
        b.add(tube([ray * q + (0, y, s) for q in np.linspace(0.02, w, 7)], 0.013, 4), FERN, 0.4, jitter=0)
    for x in (-0.06, 0.06):
        b.add(tube([(x, y - 0.03, 0.98), (x, y - 0.075, 0.99), (x, y - 0.075, 1.14)], 0.009, 6), BRASS, 0.8)


def street_wall(b: Bag) -> None:
    """The east wall: a wide green shopfront and the door."""
    y0, y1, sill, head = SHOPFRONT
    south, north = DOOR_Y - 0.53, DOOR_Y + 0.53
    with b.at(x=HALF_X, rz=-90):  # local x is world -y, local -y is world -x
        for a, c, z0, z1 in (
            (-HALF_Y, -y1, 0, CEILING_M), (-y1, -y0, 0, sill), (-y1, -y0, head, CEILING_M), (-y0, -north, 0, CEILING_M),
            (-north, -south, 2.36, CEILING_M), (-south, HALF_Y, 0, CEILING_M),
        ):  # fmt: skip
            plaster(b, a, c, z0, z1)
        mid, w = -(y0 + y1) / 2, y1 - y0
        for x in (-y1 + 0.0, -y0 - 0.0):
            b.shell(
                box(0.02, 0.26, head - sill, 0),
                PLASTER * 0.96,
                jitter=0,
                keep="xX",
                x=x + (0.01 if x > mid else -0.01),
                y=0.13,
                z=sill,
            )
        b.shell(box(w, 0.26, 0.02, 0), PLASTER * 0.96, jitter=0, keep="z", x=mid, y=0.13, z=head)
        for k in range(4):
            x = -y1 + 0.03 + (w - 0.06) * k / 3
            b.add(bar(head - sill, 0.055, 0.07), FERN, 0.4, jitter=0, x=x, y=0.12, z=sill)
        for k in range(3):
            x = -y1 + 0.03 + (w - 0.06) * (k + 0.5) / 3
            b.add(bar(head - sill, 0.026, 0.045), FERN, 0.4, jitter=0, x=x, y=0.12, z=sill)
        for z, t in ((sill + 0.03, 0.06), (2.05, 0.05), (head - 0.03, 0.06)):
            b.add(bar(w - 0.06, t, 0.06, 16), FERN, 0.4, jitter=0, x=-y1 + 0.03, y=0.12, z=z, ry=90)
        b.light("AREA", 215, (mid, 0.3, 1.62), colour=DAYLIGHT, aim=(0, -1, -0.05), size_m=(w - 0.3, 2.1), layer="sky")
        b.light("AREA", 26, (-DOOR_Y, 0.3, 1.4), colour=DAYLIGHT, aim=(0, -1, 0), size_m=(0.7, 1.5), layer="sky")
        with b.at(x=-DOOR_Y, y=0.1):
            door(b)


def door(b: Bag) -> None:
    """Frame and leaf of the glazed street door, its threshold at the origin."""
    b.shell(box(1.06, 0.4, 0.02, 0.008), OAT * 0.7, 0.3, y=0.06)
    for x in (-0.49, 0.49):
        b.shell(box(0.08, 0.2, 2.36, 0.012), DOOR_PAINT * 0.8, 0.4, x=x)
    b.shell(box(1.06, 0.2, 0.08, 0.012), DOOR_PAINT * 0.8, 0.4, z=2.29)
    tone = DOOR_PAINT * 1.05
    for x in (-0.39, 0.39):
        b.add(bar(2.26, 0.12, 0.05, 12), tone, 0.4, to=LEAF, jitter=0, x=x, z=0.02)
    for z, h in ((0.02, 0.6), (2.14, 0.14)):
        b.add(box(0.66, 0.05, h, 0.006), tone, 0.4, to=LEAF, jitter=0, z=z)
    for y in (-0.03, 0.03):
        b.add(box(0.5, 0.02, 0.38, 0.01), tone * 1.06, 0.4, to=LEAF, jitter=0, y=y, z=0.13)
    b.add(bar(1.52, 0.03, 0.04), IVORY, 0.3, to=LEAF, jitter=0, z=0.62)
    b.add(bar(0.66, 0.035, 0.04), IVORY, 0.3, to=LEAF, jitter=0, x=-0.33, z=1.4, ry=90)
    for s in (-1, 1):
        handle = [
            (-0.384, 0.02 * s, 1.0),
            (-0.384, 0.085 * s, 1.02),
            (-0.384, 0.085 * s, 1.28),
            (-0.384, 0.02 * s, 1.3),
        ]
        b.add(tube(handle, 0.014), BRASS, 0.85, to=LEAF)


def ceiling(b: Bag) -> None:
    """White boards between slim ash beams, and the skylight in a deep white well."""
    x0, x1, y0, y1 = SKYLIGHT
    mid_x, mid_y = (x0 + x1) / 2, (y0 + y1) / 2
    fields = (
        ((x0 - HALF_X) / 2, 0, x0 + HALF_X, 2 * HALF_Y),
        ((x1 + HALF_X) / 2, 0, HALF_X - x1, 2 * HALF_Y),
        (mid_x, (y0 - HALF_Y) / 2, x1 - x0, y0 + HALF_Y),
        (mid_x, (y1 + HALF_Y) / 2, x1 - x0, HALF_Y - y1),
    )
    for cx, cy, w, d in fields:
        b.shell(box(w, d, 0.45, 0), CHALK, 0.04, jitter=0, x=cx, y=cy, z=CEILING_M, density=0.5, keep="zxXyY")
    for x in BEAMS_X:
        b.shell(box(0.11, 2 * HALF_Y, 0.2, 0.014), ASH * 0.92, 0.25, x=x, z=CEILING_M - 0.2, density=0.55, jitter=0.03)
    for y in (y0 - 0.06, y1 + 0.06):
        b.shell(
            box(x1 - x0 + 0.1, 0.09, 0.2, 0.014),
            ASH * 0.92,
            0.25,
            x=(x0 + x1) / 2,
            y=y,
            z=CEILING_M - 0.2,
            density=0.55,
        )
    for k in range(1, 4):
        b.add(bar(y1 - y0, 0.04, 0.07), FERN, 0.3, x=x0 + (x1 - x0) * k / 4, y=y0, z=CEILING_M + 0.3, rx=-90)
    pane = box(x1 - x0, y1 - y0, 0.01, 0)
    b.glow(pane, np.array([0.75, 0.88, 1]), OUTDOOR, x=mid_x, y=mid_y, z=CEILING_M + 0.45)
    b.light(
        "AREA",
        150,
        (mid_x, mid_y, CEILING_M + 0.42),
        colour=(0.76, 0.88, 1),
        size_m=(x1 - x0 - 0.2, y1 - y0 - 0.2),
        layer="sky",
    )


def shelf_lamp(b: Bag, w: float, power_w: float) -> None:
    """A strip of warm light along X that shines down and back."""
    b.light("AREA", power_w, (0, 0, 0), colour=(1, 0.78, 0.54), aim=(0, 0.4, -1), size_m=(w, 0.02))


def peg_rail(b: Bag, w: float, pegs: int) -> None:
    """A board along X with turned pegs, its back on y = 0."""
    b.shell(box(w, 0.025, 0.09, 0.008), ASH, 0.4, y=-0.0125)
    for x in np.linspace(-w / 2 + 0.12, w / 2 - 0.12, pegs):
        b.add(tube([(x, -0.02, 0.045), (x, -0.075, 0.052), (x, -0.1, 0.06)], [0.011, 0.009, 0.014], 7), ASH * 0.9, 0.4)


def towel(b: Bag, w: float, length: float, colour: Colour, stripe: Colour) -> None:
    """A linen towel gathered on a peg at the origin, in soft folds, with striped ends."""
    n, m = 13, 10
    u, t = np.linspace(-1, 1, n), np.linspace(0, 1, m)
    wide = w / 2 * (0.12 + 0.88 * np.clip(t * 2.4, 0, 1) ** 0.6)
    fold = 0.022 * np.cos(u * 9)[None] * (0.25 + 0.75 * t[:, None])
    p = np.stack(
        [
            u[None] * wide[:, None],
            fold - 0.03,
            np.broadcast_to(-t[:, None] * length, (m, n)) - 0.03 * u[None] ** 2 * t[:, None],
        ],
        -1,
    )
    face = grid(p, wrap=False)
    face = facing(face, FRONT)
    row = np.repeat(np.arange(m), n)
    b.add(face, np.where(((row == m - 2) | (row == m - 4))[:, None], stripe, colour), 0.03, jitter=0)
