"""What potters and turners make: curves through points, painted lathe work, pots with an inside, handles, spouts."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from collections.abc import Sequence

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Points, Shape, grid, lathe, tube
from assets.studio.palette import Colour

EDGE_M = 0.0004  # two rings this close keep the border of a glaze sharp


def curve(points: Points, k: int = 3) -> np.ndarray:
    """A smooth line through all `points` (n, 2 or 3), `k` steps from each to the next."""
    p = np.array(points, float)
    q = np.r_[[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]]
    t = np.linspace(0, 1, k, endpoint=False)[:, None]
    spans = []
    for a, b, c, d in zip(q, q[1:], q[2:], q[3:], strict=False):
        spans.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.r_[np.concatenate(spans), p[-1:]]


def painted(shape: Shape, bands: Sequence[tuple[float, Colour]]) -> np.ndarray:
    """Colours (n, 3) of a shape by height: each band (z from which it holds, colour), the first at the bottom."""
    out = np.tile(np.asarray(bands[0][1], float), (len(shape.v), 1))
    for z, colour in bands[1:]:
        out[shape.v[:, 2] > z] = colour
    return out


def ringed(profile: Points, heights: Sequence[float]) -> np.ndarray:
    """The profile with a double ring at each of `heights`, where a colour ends."""
    p = np.array(profile, float)
    for z in heights:
        p = p[np.abs(p[:, 1] - z) > 2 * EDGE_M]
        k = np.nonzero((p[:-1, 1] < z) & (p[1:, 1] >= z))[0]
        if len(k) == 0:
            continue
        a, b = p[k[0]], p[k[0] + 1]
        at = a + (b - a) * (z - a[1]) / (b[1] - a[1])
        p = np.insert(p, k[0] + 1, [at - (0, EDGE_M), at + (0, EDGE_M)], axis=0)
    return p


def pot(
    b: Bag,
    profile: Points,
    bands: Sequence[tuple[float, Colour]],
    *,
    inside: Colour,
    floor_z: float,
    wall: float = 0.006,
    n: int = 22,
    gloss: float = 0.6,
    lip: Colour | None = None,
) -> None:
    """A pot from its outside profile, foot to lip, painted in bands, hollow down to `floor_z`."""
    p = np.array(profile, float)
    outer = lathe(ringed(p, [z for z, _ in bands[1:]]), n, crease_deg=70)
    b.add(outer, painted(outer, bands), gloss, jitter=0)
    r, z = p[-1]
    over = [(r, z), (r - wall * 0.3, z + wall * 0.5), (r - wall * 0.8, z + wall * 0.3), (r - wall, z - wall * 0.4)]
    b.add(lathe(over, n, crease_deg=140), bands[-1][1] if lip is None else lip, gloss, jitter=0)
    down = [(max(q - wall, 0.002), h) for q, h in p[::-1] if floor_z + wall < h < z - wall]
    down = down[:: max(1, len(down) // 4)]
    b.add(
        lathe([over[-1], *down, (max(down[-1][0] - 0.004, 0.001), floor_z), (0, floor_z)], n, crease_deg=99),
        inside,
        gloss * 0.7,
    )
    b.add(lathe([(0, 0.0004), p[0] + (0, 0.0004)], n), bands[0][1] * 0.8, 0.05)


def outward(shape: Shape, centre: Points = (0.0, 0.0, 0.0), along: Points = (1.0, 1.0, 1.0)) -> Shape:
    """The shape turned inside out if it faces `centre`; `along` weighs the axes that tell."""
    away = (shape.n * (shape.v - np.asarray(centre, float)) * np.asarray(along, float)).sum()
    return shape if away >= 0 else Shape(shape.v, -shape.n, shape.f[:, ::-1])


def patched(shape: Shape, rows: int, cols: int, colours: np.ndarray, *, wrap: bool = True) -> tuple[Shape, np.ndarray]:
    """A grid of `rows` by `cols` points cut into patches of one colour each: `colours` (rows - 1, patches a row, 3).

    The patches keep the grid's smooth normals; returns the shape and its colours (n, 3).
    """
    around = cols if wrap else cols - 1
    i, j = (q.ravel() for q in np.meshgrid(np.arange(rows - 1), np.arange(around), indexing="ij"))
    corner = np.stack([i * cols + j, i * cols + (j + 1) % cols, (i + 1) * cols + (j + 1) % cols, (i + 1) * cols + j], 1)
    a, c = shape.v[corner], shape.n[corner]
    at = np.arange(len(corner))[:, None] * 4
    f = np.concatenate([at + (0, 1, 2), at + (0, 2, 3)])
    v, n = a.reshape(-1, 3), c.reshape(-1, 3)
    face = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    if (face * n[f].mean(1)).sum() < 0:
        f = f[:, ::-1]
    f = f[np.linalg.norm(face, axis=1) > 1e-10]
    return Shape(v, n, f), np.repeat(colours.reshape(-1, 3), 4, axis=0)


def bent_bar(
    b: Bag, points: Points, r: float | Sequence[float], colour: Colour, gloss: float = 0.5, **kw: float
) -> None:
    """A round bar through points (n, 3), smoothly bent; `r` one radius or one for each point."""
    k, n, flat = int(kw.pop("k", 3)), int(kw.pop("n", 7)), float(kw.pop("flat", 1.0))
    path = curve(points, k)
    radii = r if np.isscalar(r) else np.interp(np.linspace(0, 1, len(path)), np.linspace(0, 1, len(r)), r)
    b.add(tube(path, radii, n, flat), colour, gloss, **kw)


def spout(b: Bag, points: Points, radii: Sequence[float], colour: Colour, hole: Colour, gloss: float = 0.6) -> None:
    """A pouring spout along points (n, 3), open at its end."""
    path = curve(points, 3)
    r = np.interp(np.linspace(0, 1, len(path)), np.linspace(0, 1, len(radii)), radii)
    b.add(tube(path, r, 10), colour, gloss)
    way = path[-1] - path[-2]
    way /= np.linalg.norm(way)
    tip = path[-1] + way * 0.0006
    b.add(tube([tip, tip + way * 0.0004], r[-1] * 0.72, 10), hole, 0.1)


def knob(b: Bag, r: float, z: float, colour: Colour, gloss: float = 0.6) -> None:
    """A round lid's knob of radius r on height z."""
    b.add(
        lathe(
            [(r * 0.55, 0), (r * 0.5, r * 0.5), (r, r * 1.1), (r * 0.95, r * 1.7), (r * 0.5, r * 2.1), (0, r * 2.15)],
            14,
            crease_deg=99,
        ),
        colour,
        gloss,
        z=z,
    )


def ring(radius: float, r: float, n: int = 24, k: int = 6) -> Shape:
    """A torus about z through the origin: `radius` to its tube's middle, `r` of the tube."""
    t, u = np.linspace(0, 2 * np.pi, n, endpoint=False), np.linspace(0, 2 * np.pi, k + 1)
    rows = [
        np.c_[(radius + r * np.cos(a)) * np.cos(t), (radius + r * np.cos(a)) * np.sin(t), np.full(n, r * np.sin(a))]
        for a in u
    ]
    return grid(np.array(rows))


def specks(b: Bag, profile: Points, colour: Colour, count: int, size: float, z_from: float = 0.0) -> None:
    """Iron specks burnt into a glaze: flat diamonds just above the profile's surface."""
    p = np.array([q for q in profile if q[1] >= z_from])
    v, n, f = [], [], []
    for k in range(count):
        z, a, s = b.rng.uniform(p[0, 1], p[-1, 1] * 0.96), b.rng.uniform(0, 2 * np.pi), size * b.rng.uniform(0.5, 1.2)
        r = float(np.interp(z, p[:, 1], p[:, 0])) + 0.0012
        out, side = np.array([np.cos(a), np.sin(a), 0]), np.array([-np.sin(a), np.cos(a), 0])
        at = out * r + (0, 0, z)
        v += [at - side * s, at - (0, 0, s), at + side * s, at + (0, 0, s)]
        n += [out] * 4
        f += [(4 * k, 4 * k + 1, 4 * k + 2), (4 * k, 4 * k + 2, 4 * k + 3)]
    b.add(Shape(np.array(v), np.array(n), np.array(f)), colour, 0.3)
