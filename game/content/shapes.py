"""Shapes that goods are made of: points, normals and triangles in metres, Z up, on z = 0 unless one says otherwise.

They are the studio's (assets/studio/kit.py), which is not part of the game as it is played.
"""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Points = Sequence[Sequence[float]] | Floats


class Shape(NamedTuple):
    """A triangle mesh: `v` (n, 3) points, `n` (n, 3) unit normals, `f` (m, 3) indices, counter-clockwise outside."""

    v: Floats
    n: Floats
    f: npt.NDArray[Any]


def rotation(rx_deg: float = 0, ry_deg: float = 0, rz_deg: float = 0) -> Floats:
    """Rotation matrix (3, 3): about X, then Y, then Z."""
    m = np.eye(3)
    for axis, angle in enumerate(np.radians((rx_deg, ry_deg, rz_deg))):
        c, s = np.cos(angle), np.sin(angle)
        turn = np.eye(3)
        i, j = ((1, 2), (2, 0), (0, 1))[axis]
        turn[i, i] = turn[j, j] = c
        turn[i, j], turn[j, i] = -s, s
        m = turn @ m
    return m


def moved(
    shape: Shape, x: float = 0, y: float = 0, z: float = 0, *, rx: float = 0, ry: float = 0, rz: float = 0
) -> Shape:
    """The shape turned by degrees and then moved."""
    m = rotation(rx, ry, rz)
    return Shape(shape.v @ m.T + (x, y, z), shape.n @ m.T, shape.f)


def join(*shapes: Shape) -> Shape:
    """One mesh of many; nothing is welded."""
    starts = np.cumsum([0, *(len(s.v) for s in shapes)])
    return Shape(
        np.concatenate([s.v for s in shapes]),
        np.concatenate([s.n for s in shapes]),
        np.concatenate([s.f + o for s, o in zip(shapes, starts, strict=False)]),
    )


def smooth_normals(v: Floats, f: Floats) -> Floats:
    """Area-weighted normals, shared by vertices that lie at one point."""
    face = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    _, same = np.unique(np.round(v, 5), axis=0, return_inverse=True)
    same = same.ravel()
    n = np.zeros((same.max() + 1, 3))
    for k in range(3):
        np.add.at(n, same[f[:, k]], face)
    return np.asarray(n[same] / (np.linalg.norm(n[same], axis=1, keepdims=True) + 1e-12))


def bent(shape: Shape, bend: Callable[[Floats], Floats]) -> Shape:
    """The shape with its points passed through `bend` and its normals made anew."""
    v = bend(shape.v.copy())
    return Shape(v, smooth_normals(v, shape.f), shape.f)


def box(sx: float, sy: float, sz: float, bevel: float = 0.012) -> Shape:
    """A bevelled box on z = 0; vertices carry their big face's normal, so that one chamfer shades like a round edge.

    44 triangles; with `bevel` 0 just the 12 of its faces.
    """
    h = np.array([sx, sy, sz]) / 2
    b = min(bevel, *(h * 0.98))
    index: dict[tuple[int, tuple[int, ...]], int] = {}
    v: list[Floats] = []
    n: list[Floats] = []
    f: list[tuple[int, ...]] = []
    for k in range(3):
        for s in (-1, 1):
            for i in (-1, 1):
                for j in (-1, 1):
                    q = np.insert(np.array([i, j], float), k, s)
                    index[k, tuple(q.astype(int))] = len(v)
                    reach = (h - b).copy()
                    reach[k] = h[k]
                    v.append(q * reach)
                    n.append(np.eye(3)[k] * s)
    corners = [(i, j, k) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
    for k in range(3):
        for s in (-1, 1):
            q4 = [index[k, c] for c in corners if c[k] == s]
            f += [(q4[0], q4[1], q4[3]), (q4[0], q4[3], q4[2])]
        for m in range(k + 1, 3) if b > 0 else ():
            for s in (-1, 1):
                for u in (-1, 1):
                    a, c = (x for x in corners if x[k] == s and x[m] == u)
                    f += [(index[k, a], index[k, c], index[m, c]), (index[k, a], index[m, c], index[m, a])]
    if b > 0:
        f += [tuple(index[k, c] for k in range(3)) for c in corners]
    points, faces = np.array(v), np.array(f)
    g = np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]])
    flip = (g * points[faces].mean(1)).sum(1) < 0
    faces[flip] = faces[flip][:, ::-1]
    return Shape(points + (0, 0, sz / 2), np.array(n), faces)


def grid(p: Floats, wrap: bool = True) -> Shape:
    """Triangles over points (rows, columns, 3) with smooth normals; columns wrap round by default."""
    rows, cols = p.shape[:2]
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(cols if wrap else cols - 1), indexing="ij")
    a, b, d, e = i * cols + j, i * cols + (j + 1) % cols, (i + 1) * cols + (j + 1) % cols, (i + 1) * cols + j
    f = np.concatenate([np.stack(x, -1).reshape(-1, 3) for x in ((a, b, d), (a, d, e))])
    v = p.reshape(-1, 3)
    face = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    solid = np.linalg.norm(face, axis=1) > 1e-10
    f, face = f[solid], face[solid]
    n = np.zeros_like(v)
    for k in range(3):
        np.add.at(n, f[:, k], face)
    for row in (0, rows - 1):
        if np.ptp(p[row], axis=0).max() < 1e-6:  # a pole: one normal for its whole row
            n[row * cols : (row + 1) * cols] = n[row * cols : (row + 1) * cols].sum(0)
    return Shape(v, n / (np.linalg.norm(n, axis=1, keepdims=True) + 1e-12), f)


def lathe(profile: Points, n: int = 20, *, ex: float = 1, ey: float = 1, crease_deg: float = 48) -> Shape:
    """Turn (radius, height) points about z, outside going up; a bend sharper than `crease_deg` is a hard edge."""
    p = np.array(profile, float)
    d = np.diff(p, axis=0)
    angle = np.degrees(np.arctan2(d[:, 1], d[:, 0]))
    turn = np.abs((np.diff(angle) + 180) % 360 - 180)
    cuts = [0, *(np.nonzero(turn > crease_deg)[0] + 1), len(p) - 1]
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ring = np.stack([np.cos(t) * ex, np.sin(t) * ey, np.zeros(n)], -1)
    bands = []
    for a, b in pairwise(cuts):
        q = p[a : b + 1]
        bands.append(grid(ring[None] * q[:, :1, None] + np.array([0, 0, 1.0]) * q[:, 1:, None]))
    return join(*bands)


def ball(r: float, n: int = 10, k: int = 3) -> Shape:
    """A sphere resting on z = 0."""
    t = np.linspace(-np.pi / 2, np.pi / 2, 2 * k + 1)
    return lathe(np.c_[r * np.cos(t).round(9), r * (1 + np.sin(t))], n, crease_deg=179)


def tube(path: Points, r: float | Sequence[float], n: int = 6, flat: float = 1.0) -> Shape:
    """A round bar along a path, closed at both ends; `r` one radius or one a point."""
    p = np.array(path, float)
    radii = np.broadcast_to(np.asarray(r, float), len(p))
    tangent = np.gradient(p, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True) + 1e-12
    up = np.array([0, 1.0, 0]) if abs(tangent[:, 1]).mean() < 0.8 else np.array([1.0, 0, 0])
    a = np.cross(tangent, up)
    a /= np.linalg.norm(a, axis=1, keepdims=True) + 1e-12
    b = np.cross(tangent, a)
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ring = a[:, None] * np.cos(t)[None, :, None] + b[:, None] * np.sin(t)[None, :, None] * flat
    g = p[:, None] + ring * radii[:, None, None]
    return grid(np.concatenate([np.repeat(p[:1, None], n, 1), g, np.repeat(p[-1:, None], n, 1)]))


def arc(
    r: float, a0_deg: float, a1_deg: float, k: int = 12, *, cx: float = 0, cz: float = 0, ez: float = 1.0
) -> Floats:
    """Points (k + 1, 3) of an arc in the xz plane."""
    t = np.radians(np.linspace(a0_deg, a1_deg, k + 1))
    return np.asarray(np.c_[cx + r * np.cos(t), np.zeros(k + 1), cz + r * ez * np.sin(t)])


def fan(outline: Floats, normal: Points) -> Shape:
    """A flat convex face: `outline` (n, 3) counter-clockwise seen against `normal`."""
    v = np.r_[outline.mean(0, keepdims=True), outline]
    k = np.arange(len(outline))
    f = np.c_[np.zeros(len(k), int), k + 1, (k + 1) % len(k) + 1]
    return Shape(v, np.tile(np.asarray(normal, float), (len(v), 1)), f)


def curve(points: Points, k: int = 3) -> Floats:
    """A smooth line through all `points` (n, 2 or 3), `k` steps from each to the next."""
    p = np.array(points, float)
    q = np.r_[[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]]
    t = np.linspace(0, 1, k, endpoint=False)[:, None]
    spans = []
    for a, b, c, d in zip(q, q[1:], q[2:], q[3:], strict=False):
        spans.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.asarray(np.r_[np.concatenate(spans), p[-1:]])


def ring(radius: float, r: float, n: int = 24, k: int = 6) -> Shape:
    """A torus about z through the origin: `radius` to its tube's middle, `r` of the tube."""
    t, u = np.linspace(0, 2 * np.pi, n, endpoint=False), np.linspace(0, 2 * np.pi, k + 1)
    rows = [
        np.c_[(radius + r * np.cos(a)) * np.cos(t), (radius + r * np.cos(a)) * np.sin(t), np.full(n, r * np.sin(a))]
        for a in u
    ]
    return grid(np.array(rows))
