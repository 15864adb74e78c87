"""Fewer triangles: points that share a cell become one, then edges collapse by their quadric error (see `coarser`)."""

import numpy as np

from game.content.coarser import coarser
from game.content.goods_model import Floats, Ints

FIRST = 2.5  # times the goal that clustering leaves; collapsing edges looks better and takes longer
PAIRS_MOST = 6_000_000  # of triangles that meet in a point; fans of thousands are clustered alone
TURNED = 0.25  # normals are told apart by their octant and this


def clustered(points: Floats, looks: Floats, triangles: Ints, goal: int) -> Ints:
    """Triangles over the same points, at most `goal`: each cell of a grid keeps one point for each way of looking.

    `looks` (n, k): normals first, then what else must not be mixed up, such as texture coordinates.
    """
    size = np.ptp(points, axis=0)
    cells = max((goal / 2.0) ** 0.5, 4.0)
    for _ in range(24):
        step = max(float(size.max()) / cells, 1e-12)
        key = np.concatenate(
            [np.floor((points - points.min(0)) / step), np.sign(np.round(looks[:, :3] / TURNED)),
             np.round(looks[:, 3:] * 8)], 1)  # fmt: skip
        _, group = np.unique(key.astype(np.int64), axis=0, return_inverse=True)
        group = group.reshape(-1)
        middle = np.stack([np.bincount(group, points[:, k]) for k in range(3)], 1) / np.bincount(group)[:, None]
        away = ((points - middle[group]) ** 2).sum(1)
        order = np.lexsort((away, group))
        chosen = order[np.flatnonzero(np.diff(group[order], prepend=-1))]
        found = chosen[group][triangles]
        p = points[found]
        solid = np.linalg.norm(np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]), axis=1) > 1e-16
        found = np.unique(found[solid], axis=0) if solid.any() else found[:0]
        if len(found) <= goal:
            return found
        cells *= max(0.55, min(0.9, (goal / len(found)) ** 0.5))
    return found[:goal]


def fewer(points: Floats, normals: Floats, rgba: Floats, uv: Floats | None, triangles: Ints, most: int) -> Ints:
    """At most so many triangles, by clustering alone."""
    if len(triangles) <= most:
        return triangles
    looks = [normals, rgba[:, :3]] if uv is None else [normals, uv, rgba[:, :3]]
    return clustered(points, np.concatenate(looks, 1), triangles, most)


def _pairs(points: Floats, triangles: Ints) -> int:
    """How many pairs of triangles meet in a point."""
    _, at = np.unique(np.round(points, 6), axis=0, return_inverse=True)
    return int((np.bincount(at.reshape(-1)[triangles.reshape(-1)]).astype(np.int64) ** 2).sum())


def thinned(points: Floats, normals: Floats, rgba: Floats, uv: Floats | None, triangles: Ints, goal: int) -> Ints:
    """At most `goal` triangles over the same points, as like the whole as can be."""
    triangles = fewer(points, normals, rgba, uv, triangles, int(FIRST * goal))
    if len(triangles) > goal and _pairs(points, triangles) > PAIRS_MOST:
        triangles = fewer(points, normals, rgba, uv, triangles, goal)
    if len(triangles) <= goal:
        return triangles
    rows = np.zeros((len(points), 12))
    size = max(float(np.ptp(points, axis=0).max()), 1e-9)
    rows[:, 0:3], rows[:, 3:6], rows[:, 6:10] = points / size, normals, rgba
    if uv is not None:
        rows[:, 10:12] = uv
    for form in coarser(rows, triangles, (goal / len(triangles),)):
        if form is not None:
            triangles = form.triangles.astype(np.int64)
    return triangles
