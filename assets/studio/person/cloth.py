"""Folded cloth as it lies on a shelf: soft layers, the fold in front, in shelf space (Z up, front -Y, on z = 0)."""

from collections.abc import Callable

import numpy as np

from .shapes import Array, box, smax, smoothstep, vec


def fold(p: Array, z: float, half: tuple[float, float], thick: float, wave: float = 0.0) -> Array:
    """One soft layer with its underside at z; half is half its width and depth."""
    bend = wave * np.sin(p[:, 0] * 23 + z * 90) * smoothstep(0, 1, (p[:, 1] + half[1]) / (2 * half[1]))
    q = np.column_stack([p[:, 0], p[:, 1], p[:, 2] - bend])
    return box(q, vec(0, 0, z + thick / 2), (half[0], half[1], thick / 2), thick * 0.499)


def stack(p: Array, layers: int, half: tuple[float, float], thick: float) -> Array:
    """Layers of one cloth, joined by folds in front (every second one) and slightly askew behind."""
    ds = []
    for k in range(layers):
        shy = 0.006 * (k % 2)
        ds.append(fold(p, k * thick * 0.94, (half[0] - 0.002 * (k % 3), half[1] - shy), thick, 0.0015))
    return np.minimum.reduce(ds)


def fringe(p: Array, x: float, y: float, z: float, count: int, *, width: float, length: float) -> Array:
    """Tassels that hang from (x, y, z), in a row along x."""
    out = []
    for k in range(count):
        at = x - width / 2 + width * (k + 0.5) / count
        drop = length * (0.48 + 0.04 * (k % 2))
        out.append(box(p, vec(at, y - 0.003, z - drop), (width / count * 0.36, 0.0044, drop), 0.004))
    return np.minimum.reduce(out)


def between(c: Array, axis: int, edges: tuple[float, ...]) -> Array:
    """Faces whose centre lies in an odd interval of the edges along an axis."""
    return np.searchsorted(edges, c[:, axis]) % 2 == 1


def drape(over: Callable[[Array], Array], p: Array, half: tuple[float, float], x: float, front: float) -> Array:
    """An end of cloth laid over a stack: down its front to `front` metres, at x, half wide and thick."""
    skin = np.abs(over(p) - half[1]) - half[1]
    edge = np.max([np.abs(p[:, 0] - x) - half[0], p[:, 1] - 0.03, front - p[:, 2]], axis=0)
    return smax(skin, edge, 0.004)
