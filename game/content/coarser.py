"""Coarser forms of a mesh for where it is small on the screen: lists of triangles over the same vertices.

Edges are collapsed in the order of the quadric error that this makes (Garland and Heckbert 1997), always into one of
their ends, so that no vertex is made: a coarser form is a list of indices. Corners that share a point but not a normal
or a colour are one vertex for the shape, and each collapse gives a corner the most similar one at its new place. All
collapses of a pass are too far apart to touch each other's triangles, so that a pass is a few array operations.

How far a form is off is measured, for the quadrics see planes alone: where a stalk is folded up they see nothing amiss.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

PARTS = (0.5, 0.25, 0.12, 0.06, 0.03, 0.014, 0.007)  # of the triangles of the whole
FEWEST = 12  # triangles of any form
BORDER_WEIGHT = 4.0
TINTED = 1.5  # edges: so far off is what changes its colour when one collapses, for a stripe gone is a colour gone
NEARLY_ALL = 0.98  # of the points of a mesh: so many are no farther off than a form's error
SHARE = 0.35  # of the edges, the cheapest, that a pass may collapse
PASSES_MOST = 400
_WELD_M = 1e-5


@dataclass(frozen=True, slots=True)
class Form:
    """Triangles (m, 3) over the vertices of the whole mesh, and how far nearly all of it is off them, in metres."""

    triangles: np.ndarray
    error_m: float


def coarser(vertices: np.ndarray, triangles: np.ndarray, parts: tuple[float, ...] = PARTS) -> Iterator[Form | None]:
    """The coarser forms of a mesh, finest first; yields None between passes of work.

    `vertices` (n, 12) are rows of `models.FORMAT`, `triangles` (m, 3). A mesh that cannot become coarser without
    folding over gives the coarsest that it can be.
    """
    work = _Work(vertices, triangles)
    count = len(triangles)
    for part in parts:
        goal = max(int(count * part), min(FEWEST, count))
        for _ in range(PASSES_MOST):
            if len(work.corners) <= goal or not work.collapse(goal):
                break
            yield None
        yield Form(work.corners.astype(np.uint32), work.error_m())


class _Work:
    def __init__(self, vertices: np.ndarray, triangles: np.ndarray) -> None:
        self.corners = np.asarray(triangles, np.int64)
        _, first, self.point_of = np.unique(
            np.round(vertices[:, :3] / _WELD_M).astype(np.int64), axis=0, return_index=True, return_inverse=True
        )
        self.point_of = self.point_of.reshape(-1)
        self.at_m = vertices[first, :3].astype(np.float64)
        self.points = len(first)
        # What a corner looks like: its normal, its colour and gloss, how much light reaches it.
        self.looks = vertices[:, 3:11] * np.array([0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0, 0.5])
        self.colours = vertices[:, 6:10].astype(np.float64)
        by_point = np.argsort(self.point_of, kind="stable")
        self.twins, self.twins_from = by_point, np.searchsorted(self.point_of[by_point], np.arange(self.points + 1))
        self.into = np.arange(self.points)  # what has become of each point
        self.tint_m = self.off_m = 0.0
        self._drop_flat()
        self.quadric, self.weight = self._quadrics()

    def _drop_flat(self) -> None:
        p = self.point_of[self.corners]
        self.corners = self.corners[(p[:, 0] != p[:, 1]) & (p[:, 1] != p[:, 2]) & (p[:, 2] != p[:, 0])]

    def _quadrics(self) -> tuple[np.ndarray, np.ndarray]:
        """For each point the sum of the squared distances from the planes around it, as (4, 4), and its weight."""
        p = self.point_of[self.corners]
        a, b, c = (self.at_m[p[:, k]] for k in range(3))
        normal = np.cross(b - a, c - a)
        double = np.linalg.norm(normal, axis=1)
        normal /= np.maximum(double, 1e-18)[:, None]
        planes, weights = [np.concatenate([normal, -(normal * a).sum(1)[:, None]], 1)] * 3, [double / 6] * 3
        ends = [p[:, k] for k in range(3)]
        # A border edge holds its place by a plane that stands on it.
        edges = np.concatenate([p[:, [0, 1]], p[:, [1, 2]], p[:, [2, 0]]])
        key = np.minimum(edges[:, 0], edges[:, 1]) * self.points + np.maximum(edges[:, 0], edges[:, 1])
        _, inverse, times = np.unique(key, return_inverse=True, return_counts=True)
        border = np.flatnonzero(times[inverse.reshape(-1)] == 1)
        along = self.at_m[edges[border, 1]] - self.at_m[edges[border, 0]]
        stands = np.cross(along, np.tile(normal, (3, 1))[border])
        stands /= np.maximum(np.linalg.norm(stands, axis=1), 1e-18)[:, None]
        plane = np.concatenate([stands, -(stands * self.at_m[edges[border, 0]]).sum(1)[:, None]], 1)
        for end in (0, 1):
            planes.append(plane)
            weights.append((along**2).sum(1) * BORDER_WEIGHT / 6)
            ends.append(edges[border, end])
        quadric, weight = np.zeros((self.points, 16)), np.zeros(self.points)
        for plane, share, on in zip(planes, weights, ends, strict=True):
            outer = (plane[:, :, None] * plane[:, None, :]).reshape(-1, 16) * share[:, None]
            for column in range(16):
                quadric[:, column] += np.bincount(on, outer[:, column], self.points)
            weight += np.bincount(on, share, self.points)
        return quadric.reshape(-1, 4, 4), weight

    def collapse(self, goal: int) -> bool:
        """One pass; False when nothing can be collapsed any more."""
        p = self.point_of[self.corners]
        pairs = np.concatenate([p[:, [0, 1]], p[:, [1, 2]], p[:, [2, 0]]])
        key = np.unique(np.minimum(pairs[:, 0], pairs[:, 1]) * self.points + np.maximum(pairs[:, 0], pairs[:, 1]))
        ends = np.stack([key // self.points, key % self.points], 1)
        both = np.concatenate([ends, ends[:, ::-1]])  # from, into
        cost, tint_m = self._cost(both[:, 0], both[:, 1])
        cost[self._folds(p, both)] = np.inf
        better = cost[: len(ends)] <= cost[len(ends) :]
        cost = np.where(better, cost[: len(ends)], cost[len(ends) :])
        tint_m = np.where(better, tint_m[: len(ends)], tint_m[len(ends) :])
        way = np.where(better[:, None], ends, ends[:, ::-1])
        order = np.argsort(cost, kind="stable")
        order = order[: max(int(len(order) * SHARE), 8)]
        order = order[np.isfinite(cost[order])]
        if not len(order):
            return False
        chosen = self._apart(ends, order)
        # Each collapse takes two triangles away; no more than are too many.
        chosen = chosen[: max((len(self.corners) - goal + 1) // 2, 1)]
        self.tint_m = max(self.tint_m, float(tint_m[chosen].max()))
        self._do(p, way[chosen])
        return True

    def _cost(self, of: np.ndarray, into: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What it costs to move points into others, and how far a change of colour is moved, in metres."""
        at = np.concatenate([self.at_m[into], np.ones((len(into), 1))], 1)
        quadric = self.quadric[of] + self.quadric[into]
        shape = np.maximum(np.einsum("ni,nij,nj->n", at, quadric, at), 0.0)
        tint_m = self._change(of, into) * np.linalg.norm(self.at_m[of] - self.at_m[into], axis=1) * TINTED
        return shape + tint_m**2 * self.weight[of], tint_m

    def _change(self, of: np.ndarray, into: np.ndarray) -> np.ndarray:
        """The greatest change of colour that a corner suffers, though it takes the most alike at its new point."""
        mine, theirs = (self.twins_from[ends + 1] - self.twins_from[ends] for ends in (of, into))
        way = np.repeat(np.arange(len(of)), mine)
        corner = self.twins[self.twins_from[of][way] + _within(mine)]
        counts = theirs[way]
        twin = self.twins[np.repeat(self.twins_from[into][way], counts) + _within(counts)]
        apart = ((self.colours[np.repeat(corner, counts)] - self.colours[twin]) ** 2).sum(1)
        least = np.minimum.reduceat(apart, np.cumsum(counts) - counts)
        change: np.ndarray = np.sqrt(np.maximum.reduceat(least, np.cumsum(mine) - mine))
        return change

    def _folds(self, p: np.ndarray, ways: np.ndarray) -> np.ndarray:
        """Which collapses would turn a triangle over: pairs of a way and a triangle at its beginning are tried."""
        corner = np.argsort(p.reshape(-1), kind="stable")
        begin = np.searchsorted(p.reshape(-1)[corner], np.arange(self.points + 1))
        counts = begin[ways[:, 0] + 1] - begin[ways[:, 0]]
        way = np.repeat(np.arange(len(ways)), counts)
        slot = corner[begin[ways[:, 0]][way] + _within(counts)]
        triangle, which = slot // 3, slot % 3
        into = ways[way, 1]
        stays = ~(p[triangle] == into[:, None]).any(1)
        way, triangle, which, into = way[stays], triangle[stays], which[stays], into[stays]
        mine = self.at_m[p[triangle, which]]
        second, third = self.at_m[p[triangle, (which + 1) % 3]], self.at_m[p[triangle, (which + 2) % 3]]
        moved = self.at_m[into]
        before, after = np.cross(second - mine, third - mine), np.cross(second - moved, third - moved)
        turned = (before * after).sum(1) <= 0.1 * np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
        folds = np.zeros(len(ways), bool)
        folds[way[turned]] = True
        return folds

    def _apart(self, ends: np.ndarray, order: np.ndarray) -> np.ndarray:
        """Of edges in order of cost those that have no cheaper one within two steps: none is another's neighbour."""
        rank = np.full(len(ends), len(ends))
        rank[order] = np.arange(len(order))
        best = np.full(self.points, len(ends))
        for end in (0, 1):
            np.minimum.at(best, ends[:, end], rank)
        around = best.copy()
        for end in (0, 1):
            np.minimum.at(around, ends[:, end], best[ends[:, 1 - end]])
        free = (rank[order] == around[ends[order, 0]]) & (rank[order] == around[ends[order, 1]])
        return np.asarray(order[free])

    def _do(self, p: np.ndarray, ways: np.ndarray) -> None:
        into = np.arange(self.points)
        into[ways[:, 0]] = ways[:, 1]
        np.add.at(self.quadric, ways[:, 1], self.quadric[ways[:, 0]])
        np.add.at(self.weight, ways[:, 1], self.weight[ways[:, 0]])
        self.into = into[self.into]
        moved = np.flatnonzero(into[p].reshape(-1) != p.reshape(-1))
        flat = self.corners.reshape(-1)
        flat[moved] = self._alike(flat[moved], into[p.reshape(-1)[moved]])
        self.corners = flat.reshape(-1, 3)
        self._drop_flat()

    def error_m(self) -> float:
        """How far nearly all points of the whole are from the triangles around what has become of them."""
        p = self.point_of[self.corners]
        corner = np.argsort(p.reshape(-1), kind="stable")
        point, at = _each(p.reshape(-1)[corner], self.into)
        triangle = corner[at] // 3
        gone = np.setdiff1d(np.arange(self.points), point)  # with all around them: any triangle may be the nearest
        point = np.concatenate([point, np.repeat(gone, len(p))])
        triangle = np.concatenate([triangle, np.tile(np.arange(len(p)), len(gone))])
        off_m = np.full(self.points, np.inf)
        np.minimum.at(off_m, point, _from_triangles(self.at_m[point], *(self.at_m[p[triangle, k]] for k in range(3))))
        self.off_m = max(self.off_m, self.tint_m, float(np.quantile(off_m, NEARLY_ALL, method="higher")))
        return self.off_m

    def _alike(self, corners: np.ndarray, points: np.ndarray) -> np.ndarray:
        """For each corner the one at a point that looks most like it."""
        counts = self.twins_from[points + 1] - self.twins_from[points]
        of = np.repeat(np.arange(len(corners)), counts)
        twin = self.twins[self.twins_from[points][of] + _within(counts)]
        apart = ((self.looks[twin] - self.looks[corners[of]]) ** 2).sum(1)
        order = np.lexsort((twin, apart, of))
        first = np.flatnonzero(np.diff(of[order], prepend=-1))
        return np.asarray(twin[order[first]])


def _from_triangles(at_m: np.ndarray, a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """How far points are from triangles, pair by pair; all (n, 3), the result (n,)."""
    normal = np.cross(b - a, c - a)
    square = (normal * normal).sum(1)
    away = (at_m - a, at_m - b, at_m - c)
    sides = (b - a, c - b, a - c)
    above = np.abs((away[0] * normal).sum(1)) / np.sqrt(np.maximum(square, 1e-30))
    inside = square > 0.0
    nearest = np.full(len(at_m), np.inf)
    for of, side in zip(away, sides, strict=True):
        inside &= (np.cross(side, of) * normal).sum(1) >= 0.0
        along = np.clip((of * side).sum(1) / np.maximum((side * side).sum(1), 1e-30), 0.0, 1.0)
        nearest = np.minimum(nearest, np.linalg.norm(of - along[:, None] * side, axis=1))
    return np.where(inside, above, nearest)


def _each(among: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of an index of `wanted` (m,) and one of `among` (n,), which is sorted, where the same stands."""
    begin = np.searchsorted(among, wanted)
    counts = np.searchsorted(among, wanted, "right") - begin
    return np.repeat(np.arange(len(wanted)), counts), np.repeat(begin, counts) + _within(counts)


def _within(counts: np.ndarray) -> np.ndarray:
    """0, 1 .. count - 1 for each count, one after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts))
