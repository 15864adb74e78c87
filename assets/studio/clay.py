"""Modelling in clay: soft solids as signed distances, turned into one smooth mesh by surface nets."""



from collections.abc import Callable, Sequence

import numpy as np

from assets.studio.kit import Points, Shape

Field = Callable[[np.ndarray], np.ndarray]  # points (n, 3) -> signed distance (n,), negative inside
_CORNERS = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])
_EDGES = [(a, b) for a in range(8) for b in range(a + 1, 8) if abs(_CORNERS[a] - _CORNERS[b]).sum() == 1]


def egg(at: Points, radii: Points) -> Field:
    """An ellipsoid; its distance is only near the true one, which soft unions forgive."""
    centre, r = np.asarray(at, float), np.asarray(radii, float)

    def field(p: np.ndarray) -> np.ndarray:
        q = (p - centre) / r
        k0, k1 = np.linalg.norm(q, axis=1), np.linalg.norm(q / r, axis=1)
        return k0 * (k0 - 1) / (k1 + 1e-9)

    return field


def limb(a: Points, b: Points, ra: float, rb: float) -> Field:
    """A bar with round ends from a to b, its radius running from ra to rb."""
    start, way = np.asarray(a, float), np.subtract(b, a).astype(float)

    def field(p: np.ndarray) -> np.ndarray:
        t = np.clip((p - start) @ way / (way @ way), 0, 1)
        return np.linalg.norm(p - start - t[:, None] * way, axis=1) - (ra + (rb - ra) * t)

    return field


def blend(parts: Sequence[Field], soft_m: float) -> Field:
    """All parts as one, their seams rounded over about `soft_m`."""

    def field(p: np.ndarray) -> np.ndarray:
        d = np.stack([part(p) for part in parts]) / -soft_m
        top = d.max(0)
        return -soft_m * (top + np.log(np.exp(d - top).sum(0)))

    return field


def above(z: float, field: Field) -> Field:
    """What of a solid lies above a height: a flat foot."""
    return lambda p: np.maximum(field(p), z - p[:, 2])


def modelled(field: Field, lo: Points, hi: Points, cell_m: float) -> Shape:
    """The surface of a field inside the box lo..hi, with cells of `cell_m`; normals are the field's own slope."""
    lo = np.asarray(lo, float) - cell_m
    n = np.ceil((np.asarray(hi, float) + cell_m - lo) / cell_m).astype(int) + 1
    at = lo + np.indices(n).reshape(3, -1).T * cell_m
    d = field(at).reshape(n)
    corner = np.stack([d[i : n[0] - 1 + i, j : n[1] - 1 + j, k : n[2] - 1 + k] for i, j, k in _CORNERS], -1)
    cells = np.argwhere((corner.min(-1) < 0) & (corner.max(-1) >= 0))
    values = corner[tuple(cells.T)]
    total, count = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for a, b in _EDGES:
        va, vb = values[:, a], values[:, b]
        cut = (va < 0) != (vb < 0)
        t = np.where(cut, va / np.where(cut, va - vb, 1), 0)
        total += np.where(cut[:, None], _CORNERS[a] + (_CORNERS[b] - _CORNERS[a]) * t[:, None], 0)
        count += cut
    v = lo + (cells + total / count[:, None]) * cell_m
    index = np.full(n - 1, -1)
    index[tuple(cells.T)] = np.arange(len(cells))
    f = _faces(d, index)
    slope = np.stack(
        [field(v + e) - field(v - e) for e in np.eye(3) * cell_m * 0.3],
        -1,
    )
    return Shape(v, slope / (np.linalg.norm(slope, axis=1, keepdims=True) + 1e-12), f)


def _faces(d: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Two triangles around every grid edge that the surface crosses, seen from outside counter-clockwise."""
    out = []
    for axis in range(3):
        u, w = (axis + 1) % 3, (axis + 2) % 3
        low, high = (np.moveaxis(d, axis, 0)[s] for s in (slice(0, -1), slice(1, None)))
        for goes_out in (True, False):
            crossed = (low < 0) & (high >= 0) if goes_out else (low >= 0) & (high < 0)
            q = np.argwhere(np.moveaxis(crossed, 0, axis))
            ring = []
            for du, dw in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
                c = q.copy()
                c[:, u] += du
                c[:, w] += dw
                ring.append(index[tuple(c.T)])
            a, b, c, e = ring if goes_out else ring[::-1]
            out += [np.stack([a, b, c], -1), np.stack([a, c, e], -1)]
    return np.concatenate(out)
