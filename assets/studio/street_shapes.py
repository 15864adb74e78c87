"""Lean shapes for house fronts: only the sides that can be seen, so that a whole street fits its budget."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

from itertools import pairwise

import numpy as np

from assets.studio.kit import Shape, box, grid, join, moved

SIDES = {"x": (0, -1), "X": (0, 1), "y": (1, -1), "Y": (1, 1), "z": (2, -1), "Z": (2, 1)}


def sides(sx: float, sy: float, sz: float, keep: str) -> Shape:
    """A sharp box on z = 0 with only the sides of "xXyYzZ" in `keep`: four vertices and two triangles each."""
    s = box(sx, sy, sz, 0)
    normals = s.n[s.f[:, 0]]
    wanted = np.zeros(len(s.f), bool)
    for side in keep:
        axis, sign = SIDES[side]
        wanted |= normals[:, axis] * sign > 0.5
    used, f = np.unique(s.f[wanted], return_inverse=True)
    return Shape(s.v[used], s.n[used], f.reshape(-1, 3))


def recess(w: float, d: float, h: float) -> Shape:
    """The inside of a box open towards -Y, its floor on z = 0, from y = 0 to y = d."""
    s = sides(w, d, h, "xXYzZ")
    return Shape(s.v + (0, d / 2, 0), -s.n, s.f[:, ::-1])


def face(w: float, h: float, y: float = 0.0, z: float = 0.0) -> Shape:
    """An upright rectangle facing -Y, its foot at z."""
    v = np.array([(-w / 2, y, z), (w / 2, y, z), (w / 2, y, z + h), (-w / 2, y, z + h)])
    return Shape(v, np.tile([0, -1.0, 0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)]))


def flat(corners: np.ndarray) -> Shape:
    """A level face of four corners, counter-clockwise from above."""
    return Shape(corners.astype(float), np.tile([0, 0, 1.0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)]))


def poly(points: list[tuple[float, float]], y: float = 0.0) -> Shape:
    """A flat convex face towards -Y from its (x, z) outline; no vertex in its middle."""
    p = np.array(points, float)
    x, z = p.T
    if (x * np.roll(z, -1) - z * np.roll(x, -1)).sum() < 0:
        p = p[::-1]
    k = np.arange(1, len(p) - 1)
    v = np.c_[p[:, 0], np.full(len(p), y), p[:, 1]]
    return Shape(v, np.tile([0, -1.0, 0], (len(p), 1)), np.c_[0 * k, k, k + 1])


def oval(cx: float, cz: float, rx: float, rz: float, n: int = 10, y: float = 0.0) -> Shape:
    """A flat ellipse facing -Y."""
    t = np.linspace(0, 2 * np.pi, n, endpoint=False)
    return poly(list(zip(cx + rx * np.cos(t), cz + rz * np.sin(t), strict=True)), y)


def frame(w: float, h: float, bar: float, thick: float) -> Shape:
    """A rectangular frame round w by h, its back on y = 0, its foot on z = -bar: its front and its upright edges."""
    inner = np.array([(-w / 2, 0), (w / 2, 0), (w / 2, h), (-w / 2, h)])
    outer = np.array([(-w / 2 - bar, -bar), (w / 2 + bar, -bar), (w / 2 + bar, h + bar), (-w / 2 - bar, h + bar)])
    i, o = (np.c_[p[:, 0], np.full(4, -thick), p[:, 1]] for p in (inner, outer))
    k = np.arange(4)
    q = (k + 1) % 4
    front = Shape(
        np.r_[o, i], np.tile([0, -1.0, 0], (8, 1)), np.r_[np.c_[k, q, q + 4], np.c_[k, q + 4, k + 4]]
    )  # fmt: skip
    back = np.array([0, thick, 0])
    edges = []
    for rim, a, c in ((o, 1, 2), (o, 3, 0), (i, 2, 1), (i, 0, 3)):
        edges.append(grid(np.array([[rim[a] + back, rim[c] + back], [rim[a], rim[c]]]), wrap=False))
    return join(front, *edges)


def pierced(w: float, z0: float, z1: float, holes: list[tuple[float, float, float, float]]) -> Shape:
    """A wall face on y = 0 from z0 to z1 with rectangular `holes` (x0, x1, z0, z1), without T-junctions."""
    xs = sorted({-w / 2, w / 2, *(x for h in holes for x in h[:2])})
    zs = sorted({z0, z1, *(z for h in holes for z in h[2:])})
    quads = []
    for x0, x1 in pairwise(xs):
        for a, c in pairwise(zs):
            if not any(h[0] <= x0 and x1 <= h[1] and h[2] <= a and c <= h[3] for h in holes):
                quads.append(moved(face(x1 - x0, c - a, z=a), (x0 + x1) / 2))
    return join(*quads)


def reveal(hole: tuple[float, float, float, float], depth: float, keep: str = "xXzZ") -> Shape:
    """The inner sides of a hole in a wall, `depth` deep from y = 0."""
    x0, x1, z0, z1 = hole
    s = sides(x1 - x0, depth, z1 - z0, keep)
    return Shape(s.v + ((x0 + x1) / 2, depth / 2, z0), -s.n, s.f[:, ::-1])


def stile(w: float, d: float, h: float, pieces: int = 6) -> Shape:
    """An upright bar whose narrow sides borrow the light of its front and back.

    A side that lies close to a frame bakes black; seen with the door ajar it would be a black strip.
    """
    ring = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (w / 2, d / 2)
    s = grid(np.array([np.c_[ring, np.full(4, z)] for z in np.linspace(0, h, pieces + 1)]))
    n = np.zeros_like(s.v)
    n[:, 1] = np.sign(s.v[:, 1])
    face_n = np.cross(s.v[s.f[:, 1]] - s.v[s.f[:, 0]], s.v[s.f[:, 2]] - s.v[s.f[:, 0]])
    mid = s.v[s.f].mean(1) - (0, 0, h / 2)
    outward = (face_n[:, :2] * mid[:, :2]).sum(1) > 0
    f = np.where(outward[:, None], s.f, s.f[:, ::-1])
    return Shape(s.v, n, f)
