"""Shapes and colours of what grows, shared by fruit, vegetables, jars and flowers. Metres, standing on z = 0."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Points, Shape, bent, box, grid, join, lathe, tube
from assets.studio.palette import Colour, rgb

PINE = rgb("d8b486")
WICKER = rgb("c0904f")
RAFFIA = rgb("d9bd7c")
STEM = rgb("6f5a35")
GREEN = rgb("5d8f3d")
DEEP_GREEN = rgb("3b6b33")
FRESH = rgb("8fbf4d")


def turned(profile: Points, n: int = 12) -> Shape:
    """A smooth body of revolution from (radius, height) points, foot to top."""
    return lathe(profile, n, crease_deg=179)


def round_fruit(
    r: float, squash: float = 0.9, *, dimple: float = 0.28, foot: float = 0.12, n: int = 11, k: int = 7
) -> Shape:
    """A round fruit with a dimple at its stalk and a lesser one below; `squash` is its height over its width."""
    t = np.linspace(-np.pi / 2, np.pi / 2, k)
    radius, z = np.cos(t).round(9), squash * np.sin(t)
    z = np.where(t > 0, z - dimple * np.exp(-((radius / 0.42) ** 2)), z + foot * np.exp(-((radius / 0.35) ** 2)))
    return turned(np.c_[r * radius, r * (z - z.min())], n)


def lobed(shape: Shape, lobes: int, depth: float) -> Shape:
    """The shape with `lobes` ribs about its axis, `depth` of its radius deep."""

    def press(v: np.ndarray) -> np.ndarray:
        v[:, :2] *= 1 - depth * (0.5 - 0.5 * np.cos(lobes * np.arctan2(v[:, 1], v[:, 0])))[:, None]
        return v

    return bent(shape, press)


def creased(shape: Shape, depth: float, wide: float = 0.3) -> Shape:
    """The shape with a seam pressed into its front (-Y), as stone fruit have it."""

    def press(v: np.ndarray) -> np.ndarray:
        angle = np.arctan2(v[:, 0], -v[:, 1])
        v[:, :2] *= 1 - depth * np.exp(-((angle / wide) ** 2))[:, None]
        return v

    return bent(shape, press)


def blushed(
    shape: Shape, base: Colour, cheek: Colour, *, towards: Points = (0.5, -0.7, 0.4), sharp: float = 1.5
) -> Colour:
    """Colours (n, 3): `base`, warmed to `cheek` on the side that saw the sun."""
    way = np.asarray(towards, float)
    k = np.clip(shape.n @ (way / np.linalg.norm(way)), 0, 1)[:, None] ** sharp
    return base * (1 - k) + cheek * k


def graded(shape: Shape, low: Colour, high: Colour, *, power: float = 1.0) -> Colour:
    """Colours (n, 3) that go from `low` at the foot to `high` at the top."""
    z = shape.v[:, 2]
    k = ((z - z.min()) / max(float(np.ptp(z)), 1e-9))[:, None] ** power
    return low * (1 - k) + high * k


def varied(b: Bag, colour: Colour, by: float = 0.12) -> Colour:
    """A colour like this one, as two fruits of one tree differ."""
    return colour * (1 + by * b.rng.uniform(-1, 1)) * (1 + 0.35 * by * b.rng.uniform(-1, 1, 3))


def blade(
    length: float, width: float, *, arch: float = 0.2, fold: float = 0.3, n: int = 4, blunt: float = 0.8
) -> Shape:
    """A leaf along +X from the origin, folded along its middle, seen from both sides; 8 n triangles."""
    u = np.linspace(0, 1, n + 1)
    half = width / 2 * np.sin(np.pi * np.clip(0.06 + 0.94 * u, 0, 1)) ** blunt
    z = length * arch * np.sin(u * 2.4)
    rows = (np.c_[u * length, -half, z], np.c_[u * length, 0 * u, z - half * fold], np.c_[u * length, half, z])
    return both_sides(grid(np.stack(rows, 1), wrap=False))


def both_sides(face: Shape) -> Shape:
    """An open face with a back, its upper side up."""
    v, n, f = face
    if n[:, 2].mean() < 0:
        n, f = -n, f[:, ::-1]
    return join(Shape(v + n * 0.0005, n, f), Shape(v - n * 0.0005, -n, f[:, ::-1]))


def leaf(b: Bag, length: float, width: float, colour: Colour = GREEN, **shape: float) -> None:
    """One leaf of varied green along +X from the origin."""
    b.add(blade(length, width, **shape), varied(b, colour), 0.35, jitter=0)


def stalk(b: Bag, points: Points, r: float = 0.0018, colour: Colour = STEM, n: int = 4) -> None:
    """A stalk through points, a little thicker at its end."""
    p = np.asarray(points, float)
    b.add(tube(p, np.linspace(r, r * 1.4, len(p)), n), colour, 0.1)


def star(b: Bag, r: float, colour: Colour, points: int = 5, droop: float = 0.35, width: float = 0.5) -> None:
    """A calyx: pointed leaves about the origin, drooping; 4 triangles each."""
    for k in range(points):
        length = r * b.rng.uniform(0.85, 1.15)
        v = np.array([(0, 0, 0.001), (0.5, -width / 2, 0.06), (0.5, width / 2, 0.06), (1, 0, -droop)]) * length
        face = Shape(v, np.tile([0, 0, 1.0], (4, 1)), np.array([(0, 1, 3), (0, 3, 2)]))
        b.add(both_sides(face), varied(b, colour), 0.2, rz=360 * k / points + b.rng.uniform(-8, 8), jitter=0)


def slat_crate(b: Bag, w: float, d: float, h: float, colour: Colour = PINE) -> None:
    """A small open crate of thin slats with corner posts; its floor lies at 1 cm."""
    b.add(box(w - 0.02, d - 0.02, 0.008, 0), colour * 0.7, 0.08, z=0.003)
    rows = np.linspace(0.006, h - 0.046, 2)
    for z in rows:
        for sy in (-1, 1):
            b.add(box(w, 0.009, 0.042, 0), colour, 0.12, y=sy * (d / 2 - 0.0045), z=z, jitter=0.09)
        for sx in (-1, 1):
            b.add(box(0.009, d - 0.018, 0.042, 0), colour, 0.12, x=sx * (w / 2 - 0.0045), z=z, jitter=0.09)
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = sx * (w / 2 - 0.019), sy * (d / 2 - 0.019)
            b.add(box(0.02, 0.02, h, 0), colour * 0.85, 0.12, x=x, y=y)


def woven(
    profile: Points, cols: int = 30, rows_each: int = 2, *, ex: float = 1.0, ey: float = 1.0
) -> tuple[Shape, Colour]:
    """A wicker wall along (radius, height) points, withies over and under, and its colours."""
    p = np.asarray(profile, float)
    u = np.linspace(0, len(p) - 1, (len(p) - 1) * rows_each + 1)
    r, z = np.interp(u, range(len(p)), p[:, 0]), np.interp(u, range(len(p)), p[:, 1])
    t = np.linspace(0, 2 * np.pi, cols, endpoint=False)
    over = ((np.arange(len(u))[:, None] + np.arange(cols)[None]) % 2) * 2.0 - 1
    bulge = r[:, None] * (1 + 0.018 * over)
    points = np.stack([bulge * np.cos(t) * ex, bulge * np.sin(t) * ey, np.repeat(z[:, None], cols, 1)], -1)
    tone = (0.86 + 0.16 * over).reshape(-1, 1)
    return grid(points), WICKER * tone


def rope_ring(r: float, z: float, thick: float, n: int = 22, *, ex: float = 1.0, ey: float = 1.0) -> Shape:
    """A plaited rim."""
    t = np.linspace(0, 2 * np.pi + 0.2, n + 2)  # its ends overlap, or a gap would show
    return tube(np.c_[r * np.cos(t) * ex, r * np.sin(t) * ey, np.full(n + 2, z)], thick, 5)


def checked(p: np.ndarray, tones: np.ndarray, *, wrap: bool) -> tuple[Shape, Colour]:
    """A cloth over points (rows, columns, 3) with one flat colour a cell: `tones` (rows - 1, cells, 3)."""
    v, n, _ = grid(p, wrap=wrap)
    rows, cols = p.shape[:2]
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(cols if wrap else cols - 1), indexing="ij")
    a, d = i * cols + j, (i + 1) * cols + j
    corners = np.stack([a, i * cols + (j + 1) % cols, (i + 1) * cols + (j + 1) % cols, d], -1).reshape(-1)
    q = np.arange(i.size)[:, None] * 4
    return Shape(v[corners], n[corners], np.r_[q + (0, 1, 2), q + (0, 2, 3)]), np.repeat(tones.reshape(-1, 3), 4, 0)


def card(b: Bag, w: float, h: float, paper: Colour, ink: Colour) -> None:
    """A small paper label on y = 0 facing -Y, its foot at z = 0, two lines of ink on it."""
    b.add(box(w, 0.0015, h, 0), paper, 0.05, y=-0.0008, jitter=0)
    for k, wide in enumerate((0.62, 0.4)):
        b.add(box(w * wide, 0.001, h * 0.1, 0), ink, 0.05, y=-0.0018, z=h * (0.24 - 0.14 * k), jitter=0)
