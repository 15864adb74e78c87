"""Signed distances in metres (Z up, the person faces -Y, its left is +X) and ways to combine them. NumPy only.

Points are (n, 3) arrays, distances (n,) arrays, negative inside.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Shape = Callable[[Array], Array]


def vec(*c: float) -> Array:
    """A point or direction."""
    return np.array(c, np.float64)


def unit(v: Array) -> Array:
    """Vectors of length one along the last axis."""
    return v / (np.linalg.norm(v, axis=-1, keepdims=True) + 1e-12)


def smoothstep(a: float, b: float, x: Array) -> Array:
    """0 before a, 1 after b, smooth between; b < a falls instead."""
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def smin(a: Array, b: Array, k: float) -> Array:
    """Union of two distances with a fillet of about k metres (polynomial smooth minimum)."""
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.minimum(a, b) - h * h * k / 4


def smax(a: Array, b: Array, k: float) -> Array:
    """Intersection of two distances with an edge rounded by about k metres."""
    return -smin(-a, -b, k)


def union(*ds: Array) -> Array:
    """Union of distances with sharp seams."""
    return np.minimum.reduce(ds)


def blend(k: float, *ds: Array) -> Array:
    """Union of distances with fillets of about k metres."""
    out = ds[0]
    for d in ds[1:]:
        out = smin(out, d, k)
    return out


def mirrored(p: Array) -> Array:
    """Points folded onto the person's left side."""
    return np.column_stack([np.abs(p[:, 0]), p[:, 1:]])


def raised(p: Array, dz: ArrayLike) -> Array:
    """Points moved up by dz, which lowers the shape that is sampled there."""
    return np.column_stack([p[:, 0], p[:, 1], p[:, 2] + dz])


def angle(p: Array) -> Array:
    """Angle about the vertical axis, 0 in front."""
    return np.arctan2(p[:, 0], -p[:, 1])


def ball(p: Array, c: ArrayLike, r: ArrayLike) -> Array:
    """Ellipsoid of centre c and radii r; exact to first order near its surface."""
    q, r = p - c, np.broadcast_to(np.asarray(r, float), (3,))
    k0, k1 = np.linalg.norm(q / r, axis=1), np.linalg.norm(q / (r * r), axis=1)
    return np.where(k1 > 1e-9, k0 * (k0 - 1) / np.maximum(k1, 1e-9), -r.min())


def cone(p: Array, a: ArrayLike, b: ArrayLike, ra: float, rb: float) -> Array:
    """Capsule from a to b whose radius goes from ra to rb."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    t = np.clip((p - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
    return np.linalg.norm(p - a - t[:, None] * (b - a), axis=1) - (ra + (rb - ra) * t)


def tube(p: Array, pts: Sequence[ArrayLike], radii: ArrayLike) -> Array:
    """Capsules along a polyline; radii one for all or one a point."""
    radii = np.broadcast_to(np.asarray(radii, float), (len(pts),))
    return np.min([cone(p, pts[i], pts[i + 1], radii[i], radii[i + 1]) for i in range(len(pts) - 1)], axis=0)


def box(p: Array, c: ArrayLike, half: ArrayLike, r: float, axes: ArrayLike | None = None) -> Array:
    """Rounded box of edge radius r; axes are its unit axes as rows."""
    q = p - c
    if axes is not None:
        q = q @ np.asarray(axes).T
    q = np.abs(q) - (np.asarray(half, float) - r)
    return np.linalg.norm(np.maximum(q, 0), axis=1) + np.minimum(q.max(1), 0) - r


def torus(p: Array, c: ArrayLike, big: float, small: float, squash: ArrayLike = (1, 1, 1)) -> Array:
    """Ring about the vertical axis through c, stretched by squash."""
    q = (p - c) / squash
    return np.hypot(np.hypot(q[:, 0], q[:, 1]) - big, q[:, 2]) - small


def hollow(outer: Array, inner: Array, *openings: tuple[Array, float]) -> Array:
    """Solid that is hollow only near its openings: (value < 0 inside the cloth, depth of the cavity in metres)."""
    d, mouth = outer, np.full(len(outer), 9.0)
    for value, depth in openings:
        d, mouth = smax(d, value, 0.007), np.minimum(mouth, -value - depth)
    return smax(d, -np.maximum(inner, mouth), 0.004)


def gradient(f: Shape, p: Array, e: float = 5e-4) -> Array:
    """Gradient of a distance by central differences."""
    g = [f(p + e * np.eye(3)[i]) - f(p - e * np.eye(3)[i]) for i in range(3)]
    return np.stack(g, 1) / (2 * e)


def rotation(axis: ArrayLike, degrees: float) -> Array:
    """3 x 3 matrix that turns column vectors about an axis (Rodrigues)."""
    x, y, z = unit(np.asarray(axis, float))
    k = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    a = np.radians(degrees)
    return np.eye(3) + np.sin(a) * k + (1 - np.cos(a)) * k @ k
