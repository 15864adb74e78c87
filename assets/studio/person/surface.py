"""From a distance to a mesh: sampling, naive surface nets, Newton steps onto the surface, ambient occlusion."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .shapes import Array, Shape, gradient

COARSE = 4  # fine cells a coarse one


def onto_surface(f: Shape, p: Array, steps: int = 3) -> Array:
    """Newton steps that put points on f = 0."""
    for _ in range(steps):
        g = gradient(f, p)
        move = f(p)[:, None] * g / np.maximum((g * g).sum(1, keepdims=True), 0.2)
        p = p - np.clip(move, -0.004, 0.004)
    return p


def sample_grid(f: Shape, lo: Array, hi: ArrayLike, h: float) -> Array:
    """f on a grid of step h, evaluated finely only near its surface (a coarse pass finds it)."""
    n = np.ceil((np.asarray(hi) - lo) / (COARSE * h)).astype(int) + 1
    axes = [lo[i] + (np.arange(n[i]) * COARSE + (COARSE - 1) / 2) * h for i in range(3)]
    coarse = f(np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 3)).reshape(n)
    fine, near = coarse, np.abs(coarse) < 2 * COARSE * h
    for axis in range(3):
        fine, near = np.repeat(fine, COARSE, axis), np.repeat(near, COARSE, axis)
    fine[near] = f(lo + np.argwhere(near) * h)
    return fine


def surface_net(f: Shape, lo: ArrayLike, hi: ArrayLike, h: float) -> tuple[Array, NDArray[np.int64]]:
    """Naive surface nets: one vertex a crossed cell, one quad a crossed edge. Returns (n, 3) points, (m, 4) quads."""
    lo = np.asarray(lo, float)
    d = sample_grid(f, lo, hi, h)
    inside, cells_shape = d < 0, tuple(s - 1 for s in d.shape)
    corner = np.zeros(cells_shape, int)
    for o in np.ndindex(2, 2, 2):
        corner += inside[tuple(slice(k, k + s) for k, s in zip(o, cells_shape, strict=True))]
    cells = np.argwhere((corner > 0) & (corner < 8))
    index = np.full(cells_shape, -1)
    index[tuple(cells.T)] = np.arange(len(cells))
    total, count = np.zeros((len(cells), 3)), np.zeros((len(cells), 1))
    for axis in range(3):
        for a, b in np.ndindex(2, 2):
            o = np.zeros(3, int)
            o[(axis + 1) % 3], o[(axis + 2) % 3] = a, b
            e = o + np.eye(3, dtype=int)[axis]
            d0, d1 = d[tuple((cells + o).T)], d[tuple((cells + e).T)]
            hit = (d0 < 0) != (d1 < 0)
            t = np.where(hit, d0 / np.where(hit, d0 - d1, 1), 0)[:, None]
            total += np.where(hit[:, None], o + t * (e - o), 0)
            count += hit[:, None]
    quads = [_quads(inside, index, axis) for axis in range(3)]
    return lo + (cells + total / count) * h, np.concatenate(quads)


def _quads(inside: NDArray[np.bool_], index: NDArray[np.int64], axis: int) -> NDArray[np.int64]:
    """Quads across the crossed edges that run along an axis, wound outwards."""
    u, v = np.eye(3, dtype=int)[(axis + 1) % 3], np.eye(3, dtype=int)[(axis + 2) % 3]
    step = np.eye(3, dtype=int)[axis]
    here = inside[tuple(slice(1, -1) for _ in range(3))]
    there = inside[tuple(slice(1 + s, inside.shape[i] - 1 + s) for i, s in enumerate(step))]
    g = np.argwhere(here != there) + 1
    g = g[(g < np.array(index.shape)).all(1)]
    q = np.stack([index[tuple((g + o).T)] for o in (-u - v, -v, 0 * u, -u)], 1)
    flip = ~inside[tuple(g.T)]
    q[flip] = q[flip][:, ::-1]
    return q[(q >= 0).all(1)]


def occlusion(f: Shape, p: Array, n: Array, reach: float = 0.10, strength: float = 0.8) -> Array:
    """Ambient occlusion read from the distance field along the normal: 1 open, 0 shut."""
    dark = np.zeros(len(p))
    for s in (0.10, 0.25, 0.5, 1.0):
        dark += np.clip(1 - f(p + n * reach * s) / (reach * s), 0, 1.3) / 4
    return np.clip(1 - strength * dark, 0.12, 1)
