"""Woven and sewn goods for the home: cushions and rugs. Metres, bottom centre on the origin, front towards -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.homeware_palette import CHALK, CHARCOAL, CLAY, FERN, MOSS, OAT, OCHRE, ROSE_CLAY
from assets.studio.kit import Shape, ball, fan, grid, join, lathe, moved, tube
from assets.studio.palette import Colour
from assets.studio.turning import curve, outward, patched, ring

RUG_M = 0.009  # thick; furniture may stand on a rug


def pillow(w: float, h: float, thick: float, at: np.ndarray, colours: np.ndarray) -> tuple[Shape, np.ndarray]:
    """A plump pillow in the xz plane on z = 0, its corners drawn out, patched with one colour for each cell.

    `at` (k,) are the lines of its cells, -1..1 both ways; `colours` is (k - 1, k - 1, 3).
    """
    u, v = np.meshgrid(at, at, indexing="ij")
    puff = thick / 2 * ((1 - u**2) * (1 - v**2)) ** 0.42
    x = u * w / 2 * (1 - 0.05 * (1 - v**2) * np.abs(u))
    z = v * h / 2 * (1 - 0.05 * (1 - u**2) * np.abs(v)) + h / 2 * 0.98
    puff *= 1 - 0.10 * np.abs(np.sin(4.5 * np.arctan2(v, u))) * np.clip(u**2 + v**2 - 0.3, 0, 1)
    sides, tones = [], []
    for way in (-1, 1):
        face = outward(grid(np.stack([x, way * puff, z], -1), wrap=False), (0, 0, h / 2), (0, 1, 0))
        shape, tone = patched(face, len(at), len(at), colours, wrap=False)
        sides.append(shape)
        tones.append(tone)
    return join(*sides), np.concatenate(tones)


def coloured_lines(
    lines: tuple[float, ...], half: float, ground: Colour, thread: Colour
) -> tuple[np.ndarray, np.ndarray]:
    """Cell lines -1..1 with a narrow cell at each of `lines`, and the cells' colours: threads that cross a ground."""
    fill = [
        q for q in (-0.97, -0.88, -0.74, -0.4, 0.0, 0.4, 0.74, 0.88, 0.97) if min(abs(q - p) for p in lines) > 2 * half
    ]
    at = np.array(sorted({-1.0, 1.0, *fill, *(p + s * half for p in lines for s in (-1, 1))}))
    middle = (at[1:] + at[:-1]) / 2
    sewn = np.abs(middle[:, None] - np.array(lines)[None]).min(1) < half
    return at, np.where((sewn[:, None] | sewn[None])[..., None], thread, ground)


def tassel(b: Bag, x: float, z: float, colour: Colour, turn: float) -> None:
    """A tassel at a pillow's corner, hanging outwards."""
    with b.at(x=x, z=z, ry=turn):
        b.add(ball(0.008, 7, 2), colour * 0.8, 0.05, z=0.0)
        b.add(lathe([(0.004, 0.016), (0.009, 0.024), (0.013, 0.05), (0, 0.05)], 7, crease_deg=99), colour, 0.05)


def linen_cushion(b: Bag) -> None:
    """Ochre linen with a stitched grid and a tassel at each corner."""
    at, tones = coloured_lines((-0.56, -0.2, 0.2, 0.56), 0.014, OCHRE, CHALK * 0.95)
    shape, tone = pillow(0.42, 0.42, 0.17, at, tones)
    b.add(shape, tone, 0.03, jitter=0)
    for sx in (-1, 1):
        tassel(b, sx * 0.203, 0.4, CHALK * 0.95, sx * 128)
        tassel(b, sx * 0.207, 0.012, CHALK * 0.95, sx * 92)


def pleated_cushion(b: Bag) -> None:
    """A round cushion of deep green velvet, pleated to a button."""
    n = 44
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    profile = [
        (0.012, 0.062),
        (0.05, 0.082),
        (0.11, 0.088),
        (0.165, 0.07),
        (0.192, 0.035),
        (0.2, 0),
        (0.192, -0.035),
        (0.165, -0.07),
        (0.11, -0.088),
        (0.05, -0.082),
        (0.012, -0.062),
    ]
    rows, tones = [], []
    for r, d in profile:
        pleat = 0.006 * np.clip(1 - abs(r - 0.09) / 0.12, 0, 1) * np.cos(np.pi * np.arange(n)) * np.sign(d)
        rows.append(np.c_[r * np.cos(t), -(d + pleat), r * np.sin(t) + 0.2])
        tones.append(1 + 0.22 * np.cos(np.pi * np.arange(n)) * np.clip(1 - r / 0.21, 0, 0.7))
    b.add(outward(grid(np.array(rows)), (0, 0, 0.2)), FERN * 1.15 * np.concatenate(tones)[:, None], 0.1, jitter=0)
    b.add(ring(0.201, 0.005, 40, 4), FERN * 0.75, 0.05, z=0.2, rx=90)
    for s in (-1, 1):
        b.add(ball(0.02, 12, 2, 0.5), OCHRE, 0.1, y=s * 0.066, z=0.2, rx=90 if s < 0 else -90)


def striped_bolster(b: Bag) -> None:
    """A long roll in woven stripes, gathered at both ends."""
    n = 24
    stripes = (CHALK, CLAY, CHALK, FERN, CHALK, OCHRE, CHALK, FERN, CHALK, CLAY, CHALK)
    edges = np.linspace(-0.27, 0.27, len(stripes) + 1)
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    circle = np.c_[np.zeros(n), np.cos(t), np.sin(t)]
    for k, colour in enumerate(stripes):
        a, c = edges[k], edges[k + 1]
        radii = [0.098 - 0.05 * (abs(q) / 0.27) ** 9 for q in (a, (a + c) / 2, c)]
        rows = np.array([circle * r + (x, 0, 0.098) for x, r in zip((a, (a + c) / 2, c), radii, strict=True)])
        b.add(outward(grid(rows), (0, 0, 0.098), (0, 1, 1)), colour, 0.03)
    for s in (-1, 1):
        gather = [(0.049, 0), (0.052, 0.012), (0.036, 0.03), (0.012, 0.036), (0, 0.036)]
        b.add(lathe(gather, 24, crease_deg=40), CLAY * 0.9, 0.03, x=s * 0.27, z=0.098, ry=s * 90)
        b.add(ball(0.014, 9, 2, 0.7), OCHRE, 0.05, x=s * 0.302, z=0.098, ry=s * 90)


def woven(
    w: float, d: float, cells: np.ndarray, colours: tuple[Colour, ...], rng: np.random.Generator
) -> tuple[Shape, np.ndarray]:
    """A flat rug: `cells` (rows, columns) name each knot's colour; returns the shape and its colours (n, 3)."""
    rows, cols = cells.shape
    xs, ys = np.linspace(-w / 2, w / 2, cols + 1), np.linspace(-d / 2, d / 2, rows + 1)
    v, tone = [], []
    for j in range(rows):
        for i in range(cols):
            v += [
                (xs[i], ys[j], RUG_M),
                (xs[i + 1], ys[j], RUG_M),
                (xs[i + 1], ys[j + 1], RUG_M),
                (xs[i], ys[j + 1], RUG_M),
            ]
            tone += [colours[cells[j, i]] * (1 + 0.05 * rng.uniform(-1, 1))] * 4
    k = np.arange(rows * cols)[:, None] * 4
    f = np.concatenate([k + (0, 1, 2), k + (0, 2, 3)])
    return Shape(np.array(v), np.tile([0, 0, 1.0], (len(v), 1)), f), np.array(tone)


def hem(w: float, d: float) -> Shape:
    """The upright edge of a flat rug and its underside."""
    ringed = np.array([(-w / 2, -d / 2), (w / 2, -d / 2), (w / 2, d / 2), (-w / 2, d / 2)])
    low, high = np.c_[ringed, np.zeros(4)], np.c_[ringed, np.full(4, RUG_M)]
    sides = [grid(np.stack([low[[k, (k + 1) % 4]], high[[k, (k + 1) % 4]]]), wrap=False) for k in range(4)]
    return join(*sides, fan(low[::-1], (0, 0, -1.0)))


def fringe(w: float, d: float, count: int, length: float) -> Shape:
    """Knotted threads at both short ends of a rug, along X."""
    threads = []
    for s in (-1, 1):
        for y in np.linspace(-d / 2 + 0.008, d / 2 - 0.008, count):
            p = np.array(
                [
                    (s * w / 2, y - 0.005, 0.006),
                    (s * (w / 2 + length), y - 0.002, 0.002),
                    (s * (w / 2 + length), y + 0.002, 0.002),
                    (s * w / 2, y + 0.005, 0.006),
                ]
            )
            threads.append(
                Shape(
                    p,
                    np.tile([0, 0, 1.0], (4, 1)),
                    np.array([(0, 1, 2), (0, 2, 3)] if s > 0 else [(0, 2, 1), (0, 3, 2)]),
                )
            )
    return join(*threads)


def garden_kilim(b: Bag) -> None:
    """A flat-woven rug of stepped diamonds between narrow borders."""
    rows, cols = 21, 37
    j, i = np.mgrid[0:rows, 0:cols]
    y, x = np.abs(j - rows // 2), i - cols // 2
    far = y + np.abs((x + 6) % 12 - 6)
    cells = np.select([far <= 1, far <= 3, far <= 5, far <= 7], [1, 2, 0, 3], 4)
    edge = np.minimum(np.minimum(j, rows - 1 - j), np.minimum(i, cols - 1 - i))
    cells = np.where(edge == 0, 5, np.where(edge == 1, np.where((i + j) % 2 == 0, 0, 3), cells))
    shape, tone = woven(1.66, 0.98, cells, (CHALK * 0.92, OCHRE, CLAY, FERN, ROSE_CLAY, CHARCOAL * 1.6), b.rng)
    b.add(shape, tone * 0.86, 0.02, jitter=0)
    b.add(hem(1.66, 0.98), CHARCOAL, 0.02)
    b.add(fringe(1.66, 0.98, 44, 0.055), CHALK * 0.85, 0.02)


def jute_round(b: Bag) -> None:
    """A round of braided jute with a green ring."""
    n, braids = 48, 11
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    for k in range(braids):
        r0, r1 = 0.62 * k / braids, 0.62 * (k + 1) / braids
        mid = (r0 + r1) / 2
        rows = [
            np.c_[r * np.cos(t + 0.06 * q), r * np.sin(t + 0.06 * q), np.full(n, z)]
            for q, (r, z) in enumerate(((r1, RUG_M * 0.45), (mid, RUG_M), (max(r0, 0.001), RUG_M * 0.55)))
        ]
        shape = grid(np.array(rows))
        plait = np.tile(1 + 0.16 * (np.arange(n) % 2) - 0.08, 3)
        colour = FERN * 1.2 if k in (7, 8) else OCHRE * 0.9 if k == 9 else OAT * 0.78
        b.add(shape, colour * plait[:, None], 0.02, jitter=0)
    b.add(lathe([(0, 0), (0.62, 0), (0.622, RUG_M * 0.45)], n), OAT * 0.6)


def rolled_runner(b: Bag) -> None:
    """A striped runner rolled up and tied with a leather strap."""
    turns = np.linspace(0, 2 * np.pi * 3.1, 46)
    r = 0.02 + 0.0148 * turns / np.pi / 2 * 1.25
    spiral = np.c_[r * np.cos(turns), r * np.sin(turns)]
    spiral = np.r_[spiral, spiral[-1:] + (0.004, -0.02)]
    low = -spiral[:, 1].min()
    edges = np.array([-0.36, -0.33, -0.3, -0.2, -0.17, 0.17, 0.2, 0.3, 0.33, 0.36])
    stripes = (CLAY, CHALK, MOSS, CHALK, MOSS * 0.8, CHALK, MOSS, CHALK, CLAY)
    last = 17  # only the outer turn is seen along its length
    for k, colour in enumerate(stripes):
        rows = np.array([np.c_[np.full(last, x), spiral[-last:, 0], spiral[-last:, 1] + low] for x in edges[k : k + 2]])
        b.add(outward(grid(rows, wrap=False), (0, 0, low), (0, 1, 1)), colour * 0.9, 0.02)
    for s in (-1, 1):
        a, c = spiral * 0.995, spiral * 1.0
        c = c - 0.011 * spiral / (np.linalg.norm(spiral, axis=1, keepdims=True) + 1e-9)
        rows = np.array([np.c_[np.full(len(q), s * 0.36), q[:, 0], q[:, 1] + low] for q in (a, c)])
        b.add(outward(grid(rows, wrap=False), (0, 0, 0), (1, 0, 0)), CLAY * 0.8, 0.02)
        disc = lathe([(r[-1] * 0.93, 0), (0, 0.0)], 24)
        b.add(moved(disc, ry=s * 90), CHALK * 0.45, 0.0, x=s * 0.352, z=low)
    for x in (-0.12, 0.12):
        band = ring(r[-1] * 0.985, 0.007, 26, 4)
        b.add(moved(band, ry=90), CHARCOAL * 1.2, 0.35, x=x, z=low)
    handle = curve(
        [
            (-0.12, 0, low + r[-1]),
            (-0.06, 0, low + r[-1] + 0.05),
            (0.06, 0, low + r[-1] + 0.05),
            (0.12, 0, low + r[-1]),
        ],
        4,
    )
    b.add(tube(handle, 0.007, 6), CHARCOAL * 1.2, 0.35)


GOODS = {
    "linen_cushion": linen_cushion,
    "pleated_cushion": pleated_cushion,
    "striped_bolster": striped_bolster,
    "garden_kilim": garden_kilim,
    "jute_round": jute_round,
    "rolled_runner": rolled_runner,
}
