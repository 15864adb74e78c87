"""What the rooms of homes are built of: walls with windows, floors, ceilings, the yellow door. Metres, z up.

A wall stands along local x and faces local -y, its face on y = 0. Walls, floor, ceiling and trim can be repainted.
"""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from dataclasses import dataclass

import numpy as np

from assets.studio.bag import LEAF, OUTDOOR
from assets.studio.boutique_room import arch_head, slab, underfoot
from assets.studio.furniture import bar
from assets.studio.gallery_room import blocks, outwards
from assets.studio.kit import Shape, arc, ball, box, join, lathe, tube
from assets.studio.palette import BRASS, CREAM, OAK, Colour
from assets.studio.room_bag import RoomBag
from assets.studio.street_home import PAINT, leaf
from assets.studio.street_shapes import pierced, reveal, sides, stile
from assets.studio.street_shops import DOOR_H, DOOR_HOLE

THICK = 0.3
DAYLIGHT = (0.76, 0.87, 1.0)
Hole = tuple[float, float, float, float]  # x0, x1, z0, z1


@dataclass(frozen=True, slots=True)
class Window:
    """A window in a wall: its middle, width, sill, head; its bars; `arched` puts a half circle on the head."""

    x: float
    w: float
    sill: float
    head: float
    cols: int = 2
    rows: int = 3
    arched: bool = False
    light_w: float = 40.0  # of the sky through it

    @property
    def hole(self) -> Hole:
        """The rectangle that it takes of its wall."""
        return (self.x - self.w / 2, self.x + self.w / 2, self.sill, self.head + (self.w / 2 if self.arched else 0))


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one room."""

    wall: Colour
    trim: Colour
    ceiling: Colour
    frame: Colour
    sill: Colour


def wall(
    b: RoomBag,
    length: float,
    height: float,
    look: Look,
    windows: tuple[Window, ...] = (),
    *,
    door_x: float | None = None,
    skirting_m: float = 0.12,
    cornice: bool = True,
) -> None:
    """One wall with its windows and perhaps the door, a skirting at its foot and a cornice under the ceiling."""
    holes = [w.hole for w in windows]
    if door_x is not None:
        holes.append((door_x - DOOR_HOLE, door_x + DOOR_HOLE, 0.0, DOOR_H + 0.1))
    with b.painted("wall"):
        b.shell(pierced(length, 0.0, height, holes), look.wall, 0.04, jitter=0, density=0.75)
        for w in windows:
            if w.arched:
                with b.at(x=w.x):
                    arch_head(b, w.w, w.head, w.hole[3], THICK, look.wall)
            sides_of = (w.hole[0], w.hole[1], w.sill, w.head)
            keep = ("xX" if w.arched else "xXZ") + ("z" if w.sill > 0.05 else "")
            b.shell(reveal(sides_of, THICK, keep), look.wall, 0.04, jitter=0, density=0.6)
        if door_x is not None:
            b.shell(reveal(holes[-1], THICK, "xXZ"), look.wall, 0.04, jitter=0, density=0.6)
    for w in windows:
        with b.at(x=w.x):
            window(b, w, look)
    if door_x is not None:
        with b.at(x=door_x, y=0.1):
            door(b)
            for x in (-DOOR_HOLE - 0.045, DOOR_HOLE + 0.045):
                with b.painted("trim"):
                    b.shell(box(0.09, 0.05, DOOR_H + 0.1, 0.01), look.trim, 0.25, jitter=0, x=x, y=-0.115, density=0.5)
            with b.painted("trim"):
                top = box(2 * DOOR_HOLE + 0.24, 0.06, 0.1, 0.012)
                b.shell(top, look.trim, 0.25, jitter=0, y=-0.115, z=DOOR_H + 0.1, density=0.5)
        b.light("AREA", 22, (door_x, 0.32, 1.4), colour=DAYLIGHT, aim=(0, -1, 0), size_m=(0.7, 1.5), layer="sky")
    gaps = sorted((h[0], h[1]) for h in holes if h[2] < 0.05)
    ends = [
        -length / 2,
        *(q for gap in gaps for q in (gap[0] - 0.09 * (door_x is not None), gap[1] + 0.09)),
        length / 2,
    ]
    with b.painted("trim"):
        for x0, x1 in zip(ends[::2], ends[1::2], strict=True):
            if x1 > x0 + 0.02:
                foot = box(x1 - x0, 0.03, skirting_m, 0.01)
                b.shell(foot, look.trim, 0.3, jitter=0, keep="yZ", x=(x0 + x1) / 2, y=-0.015, density=0.5)
        if cornice:
            b.shell(
                box(length, 0.07, 0.08, 0.025),
                look.trim,
                0.2,
                jitter=0,
                keep="yzZ",
                y=-0.035,
                z=height - 0.08,
                density=0.5,
            )


def window(b: RoomBag, w: Window, look: Look) -> None:
    """Frame, bars and sill of a window whose middle is at x = 0, and the light of the sky through it."""
    half, h, y = w.w / 2, w.head - w.sill, 0.17
    tall = w.head + half if w.arched else w.head
    with b.painted("trim"):
        for x in (-half + 0.025, half - 0.025):
            b.add(bar(h, 0.05, 0.06), look.frame, 0.35, jitter=0, x=x, y=y, z=w.sill)
        for k in range(1, w.cols):
            x = -half + w.w * k / w.cols
            rise = np.sqrt(max(half**2 - x**2, 0)) if w.arched else 0.0
            middle = k * 2 == w.cols
            b.add(bar(h + rise, 0.045 if middle else 0.026, 0.05), look.frame, 0.35, jitter=0, x=x, y=y, z=w.sill)
        zs = [
            w.sill + 0.025,
            *(w.sill + h * k / w.rows for k in range(1, w.rows)),
            w.head - (0.0 if w.arched else 0.025),
        ]
        for k, z in enumerate(zs):
            thick = 0.05 if k in (0, len(zs) - 1) else 0.026
            b.add(bar(w.w, thick, 0.05, 12), look.frame, 0.35, jitter=0, x=-half, y=y, z=z, ry=90)
        if w.arched:
            b.add(tube(arc(half - 0.02, 179, 1, 22, cz=w.head) + (0, y, 0), 0.026, 5), look.frame, 0.35, jitter=0)
    if w.sill > 0.05:
        b.shell(
            box(w.w + 0.12, 0.36, 0.045, 0.014),
            look.sill,
            0.45,
            jitter=0,
            keep="yxXzZ",
            y=0.11,
            z=w.sill - 0.03,
            density=0.8,
        )
    else:
        b.shell(box(w.w, THICK, 0.02, 0), CREAM * 0.7, 0.2, jitter=0, keep="Z", y=THICK / 2, z=-0.015, density=0.6)
    light = (0, THICK + 0.04, (w.sill + tall) / 2)
    size = (w.w - 0.1, (tall - w.sill) * 0.9)
    b.light("AREA", w.light_w, light, colour=DAYLIGHT, aim=(0, -1, -0.08), size_m=size, layer="sky")


def door(b: RoomBag) -> None:
    """Frame and leaf of the door to the street, as the street has painted it; the threshold at the origin."""
    b.shell(sides(1.04, 0.44, 0.02, "Z"), CREAM * 0.6, 0.3, y=0.06, z=-0.015, density=0.7)
    for x in (-0.49, 0.49):
        b.add(stile(0.08, 0.2, DOOR_H + 0.1, 5), PAINT * 0.9, 0.4, x=x, jitter=0)
    b.add(sides(0.9, 0.2, 0.09, "yYz"), PAINT * 0.9, 0.4, z=DOOR_H + 0.01, jitter=0)
    leaf(b, PAINT, LEAF)


def wainscot(b: RoomBag, x0: float, x1: float, look: Look, height: float = 0.98) -> None:
    """Raised panels along a wall's foot with a moulded rail on top."""
    w, mid = x1 - x0, (x0 + x1) / 2
    n = max(1, round(w / 0.66))
    with b.painted("trim"):
        span = (w / n - 0.16) / 2  # nothing lies behind the raised panels: it would bake black and bleed
        xs = [-w / 2 + w * (k + 0.5) / n for k in range(n)]
        field = pierced(w, 0.13, height - 0.01, [(x - span, x + span, 0.25, height - 0.17) for x in xs])
        b.shell(field, look.trim, 0.3, jitter=0, x=mid, y=-0.012, density=0.7)
        for k in range(n):
            raised = box(w / n - 0.12, 0.03, height - 0.36, 0.012)
            x = x0 + w * (k + 0.5) / n
            b.shell(raised, look.trim * 1.04, 0.3, jitter=0.015, keep="yxXzZ", x=x, y=-0.02, z=0.22, density=0.7)
        b.shell(box(w, 0.055, 0.15, 0.014), look.trim * 0.94, 0.3, jitter=0, keep="yZ", x=mid, y=-0.022, density=0.5)
        b.shell(
            box(w, 0.065, 0.05, 0.018),
            look.trim * 0.97,
            0.35,
            jitter=0,
            keep="yzZ",
            x=mid,
            y=-0.03,
            z=height - 0.02,
            density=0.5,
        )


def boards(b: RoomBag, w: float, d: float, tone: Colour, *, wide: float = 0.15, gloss: float = 0.55) -> None:
    """Planks along X of random length with dark seams."""
    shapes, colours = [], []
    for y in np.arange(-d / 2, d / 2 - 1e-6, wide):
        x = -w / 2 - b.rng.uniform(0, 1.2)
        while x < w / 2:
            x2 = min(x + b.rng.uniform(1.0, 1.9), w / 2)
            if x2 > -w / 2 + 0.02:
                shapes.append(slab(max(x, -w / 2), x2, y, min(y + wide, d / 2), 0.003))
                c = tone * (1 + 0.13 * b.rng.uniform(-1, 1)) * (1 + 0.025 * b.rng.uniform(-1, 1, 3))
                colours.append(np.r_[np.tile(c, (4, 1)), np.tile(c * 0.5, (4, 1))])
            x = x2
    with b.painted("floor"):
        b.shell(join(*shapes), np.concatenate(colours), gloss, density=1.5)
    underfoot(b, -w / 2, w / 2, -d / 2, d / 2)


def herringbone(b: RoomBag, w: float, d: float, tone: Colour, *, gloss: float = 0.55) -> None:
    """Oak blocks at forty-five degrees with sunk seams."""
    shapes, colours = [], []
    for block in blocks(-w / 2, w / 2, -d / 2, d / 2):
        k, out = len(block), outwards(block)
        top, under = block - 0.003 * out, block + 0.003 * out
        points = np.r_[np.c_[top, np.zeros(k)], np.c_[under, np.full(k, -0.003)]]
        f = [(0, a, a + 1) for a in range(1, k - 1)]
        for a in range(k):
            e = (a + 1) % k
            f += [(a + k, e + k, e), (a + k, e, a)]
        shapes.append(Shape(points, np.tile([0, 0, 1.0], (2 * k, 1)), np.array(f)))
        c = tone * (1 + 0.13 * b.rng.uniform(-1, 1)) * (1 + 0.025 * b.rng.uniform(-1, 1, 3))
        colours.append(np.r_[np.tile(c, (k, 1)), np.tile(c * 0.5, (k, 1))])
    with b.painted("floor"):
        b.shell(join(*shapes), np.concatenate(colours), gloss, density=1.5)
    underfoot(b, -w / 2, w / 2, -d / 2, d / 2)


def stone_tiles(b: RoomBag, w: float, d: float, tone: Colour, *, side: float = 0.9, gloss: float = 0.5) -> None:
    """Large square slabs with narrow joints."""
    shapes, colours = [], []
    nx, ny = round(w / side), round(d / side)
    for i in range(nx):
        for j in range(ny):
            x, y = -w / 2 + w * i / nx, -d / 2 + d * j / ny
            shapes.append(slab(x, x + w / nx, y, y + d / ny, 0.003))
            c = tone * (1 + 0.06 * b.rng.uniform(-1, 1)) * (1 + 0.015 * b.rng.uniform(-1, 1, 3))
            colours.append(np.r_[np.tile(c, (4, 1)), np.tile(c * 0.6, (4, 1))])
    with b.painted("floor"):
        b.shell(join(*shapes), np.concatenate(colours), gloss, density=1.5)
    underfoot(b, -w / 2, w / 2, -d / 2, d / 2)


def ceiling(
    b: RoomBag,
    w: float,
    d: float,
    h: float,
    look: Look,
    *,
    skylight: tuple[float, float, float, float] | None = None,
    beams_x: tuple[float, ...] = (),
    beam: Colour = OAK,
    light_w: float = 110.0,
    well_m: float = 0.35,
) -> None:
    """A plastered ceiling, perhaps with beams and a skylight (x0, x1, y0, y1) in a white well."""
    holes = [skylight] if skylight is not None else []
    with b.painted("ceiling"):
        flat = pierced(w, -d / 2, d / 2, [(x0, x1, y0, y1) for x0, x1, y0, y1 in holes])
        down = Shape(flat.v[:, [0, 2, 1]] + (0, 0, h), np.tile([0, 0, -1.0], (len(flat.v), 1)), flat.f)
        b.shell(_facing_down(down), look.ceiling, 0.03, jitter=0, density=0.5)
    for x in beams_x:
        b.shell(box(0.13, d, 0.18, 0.018), beam, 0.25, jitter=0.02, keep="xXz", x=x, z=h - 0.18, density=0.55)
    if skylight is None:
        return
    x0, x1, y0, y1 = skylight
    mx, my, sx, sy = (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0
    with b.painted("ceiling"):
        well = sides(sx, sy, well_m, "xXyY")
        b.shell(Shape(well.v + (mx, my, h), -well.n, well.f[:, ::-1]), look.ceiling, 0.03, jitter=0, density=0.5)
    with b.painted("trim"):
        for k in range(1, max(2, round(sx / 0.6))):
            x = x0 + sx * k / max(2, round(sx / 0.6))
            b.add(bar(sy, 0.04, 0.07), look.frame, 0.3, jitter=0, x=x, y=y0, z=h + well_m * 0.7, rx=-90)
    b.glow(box(sx, sy, 0.01, 0), np.array([0.72, 0.87, 1.0]), OUTDOOR, x=mx, y=my, z=h + well_m)
    above = (mx, my, h + well_m - 0.03)
    b.light("AREA", light_w, above, colour=(0.78, 0.89, 1), size_m=(sx - 0.15, sy - 0.15), layer="sky")


def _facing_down(shape: Shape) -> Shape:
    g = np.cross(shape.v[shape.f[:, 1]] - shape.v[shape.f[:, 0]], shape.v[shape.f[:, 2]] - shape.v[shape.f[:, 0]])
    return Shape(shape.v, shape.n, np.where((g[:, 2] > 0)[:, None], shape.f[:, ::-1], shape.f))


def globe_lamp(b: RoomBag, z: float, ceiling_m: float, *, r: float = 0.15, power_w: float = 30) -> None:
    """An opal globe on a brass stem, its middle at z."""
    b.add(tube([(0, 0, z + r), (0, 0, (z + ceiling_m) / 2), (0, 0, ceiling_m)], 0.009, 5), BRASS, 0.7)
    b.add(lathe([(0.06, -0.02), (0.06, 0.0)], 14), BRASS, 0.7, z=ceiling_m)
    b.add(lathe([(0.05, 0), (0.055, 0.02), (0.02, 0.045), (0.01, 0.06)], 12), BRASS, 0.7, z=z + r - 0.03)
    b.glow(ball(r, 18, 5), np.array([1.0, 0.84, 0.6]) * 0.55, z=z - r)
    b.light("POINT", power_w, (0, 0, z - r - 0.05), size_m=(0.08,))
