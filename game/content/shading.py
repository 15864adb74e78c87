"""How a mesh is shaded: normals where a file has none, and how much light reaches every point past the mesh itself."""

import numpy as np

from game.content.goods_model import Floats, Ints

CREASE_COS = np.cos(np.radians(42.0))  # a sharper edge stays an edge
PAIRS_MOST = 6_000_000  # of corners that meet in a point; where there are more, faces stay flat
CELLS = 44  # along the longest side, for occlusion
RAYS, STEPS = 40, 18
AT_ONCE = 4_000  # points
SAMPLES_MOST = 400_000
NEAREST, FARTHEST = 1.7, 16.0  # cells from a point within which something takes its light
DEEPEST = 0.92


def face_normals(points: Floats, triangles: Ints) -> Floats:
    """Normals (m, 3) as long as twice the triangles' areas."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return np.asarray(np.cross(b - a, c - a), np.float64)


def unit(vectors: Floats) -> Floats:
    """Vectors (n, 3) of length 1; those of no length point up."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.where(length > 1e-30, vectors / np.maximum(length, 1e-30), (0.0, 0.0, 1.0))


def creased(points: Floats, triangles: Ints) -> tuple[Ints, Floats]:
    """For each corner (m * 3) a normal: smooth over what is bent a little, hard over edges. Returns with it, for each
    corner, the number of the point that it is on, points that lie on one another being one."""
    _, at = np.unique(np.round(points, 6), axis=0, return_inverse=True)
    on: Ints = at.reshape(-1)[triangles.reshape(-1)]
    faces: Floats = face_normals(points, triangles)
    flat = np.repeat(unit(faces), 3, axis=0)
    order = np.argsort(on, kind="stable")
    counts = np.bincount(on)
    if int((counts.astype(np.int64) ** 2).sum()) > PAIRS_MOST:
        return on, flat
    starts = np.cumsum(counts) - counts
    mine = np.repeat(np.arange(len(on)), counts[on])
    within = np.arange(len(mine)) - np.repeat(np.cumsum(counts[on]) - counts[on], counts[on])
    other = order[starts[on[mine]] + within]
    alike = (flat[mine] * flat[other]).sum(1) > CREASE_COS
    weighed = np.repeat(faces, 3, axis=0)[other[alike]]
    out = np.stack([np.bincount(mine[alike], weighed[:, k], len(on)) for k in range(3)], 1)
    empty = np.linalg.norm(out, axis=1) < 1e-30
    out[empty] = flat[empty]
    return on, unit(np.asarray(out, np.float64))


def directions(count: int = RAYS) -> Floats:
    """Directions (count, 3) spread evenly over a sphere, the same each time."""
    k = np.arange(count) + 0.5
    z, turn = 1 - 2 * k / count, np.pi * (1 + 5**0.5) * k
    r = np.sqrt(1 - z * z)
    return np.stack([r * np.cos(turn), r * np.sin(turn), z], 1)


def light_reaching(points: Floats, normals: Floats, triangles: Ints) -> Floats:
    """How much of the light from all round reaches each point, 0..1, past the mesh itself.

    The mesh is filled into a coarse grid and rays walk through that: some hundredths off, and quick.
    """
    if not len(triangles):
        return np.ones(len(points))
    low, size = points.min(0), np.ptp(points, axis=0)
    cell = max(float(size.max()), 1e-9) / CELLS
    shape = np.ceil(size / cell).astype(np.int64) + 3
    full = np.zeros(shape, bool)
    full[tuple(((_samples(points, triangles, cell) - low) / cell + 1).astype(np.int64).T)] = True
    flat, strides = full.reshape(-1), np.array([shape[1] * shape[2], shape[2], 1])
    begin = (points - low) / cell + 1 + normals * 1.15
    ways, lengths = directions(), np.linspace(NEAREST, FARTHEST, STEPS)
    light = np.ones(len(points))
    for first in range(0, len(points), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        facing = normals[some] @ ways.T
        point, ray = np.nonzero(facing > 0.12)
        share = facing[point, ray]
        weight = np.bincount(point, share, len(facing))
        blocked = np.zeros(len(facing))
        at, way = begin[some][point], ways[ray]
        for length in lengths:
            spot = (at + way * length).astype(np.int64)
            inside = ((spot >= 0) & (spot < shape)).all(1)
            hit = np.zeros(len(spot), bool)
            hit[inside] = flat[spot[inside] @ strides]
            blocked += np.bincount(point[hit], share[hit] * (1 - length / FARTHEST) ** 0.7, len(facing))
            free = inside & ~hit
            if not free.any():
                break
            point, share, at, way = point[free], share[free], at[free], way[free]
        light[some] = 1 - DEEPEST * blocked / np.maximum(weight, 1e-9)
    return _smoothed(light, normals, triangles)


def _samples(points: Floats, triangles: Ints, cell: float) -> Floats:
    """Points on the triangles, close enough to leave no cell empty that is not; fewer where that would be too many."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    longest = np.maximum.reduce([np.linalg.norm(x, axis=1) for x in (b - a, c - b, a - c)])
    steps = np.clip(np.ceil(longest / (cell * 0.9)), 1, 60).astype(np.int64)
    while int(((steps + 1) * (steps + 2) // 2).sum()) > SAMPLES_MOST and steps.max() > 1:
        steps = np.maximum(steps // 2, 1)
    out = [points]
    for step in np.unique(steps):
        if step == 1:
            continue
        i, j = (x.reshape(-1) for x in np.meshgrid(np.arange(step + 1), np.arange(step + 1), indexing="ij"))
        i, j = i[i + j <= step] / step, j[i + j <= step] / step
        rows = steps == step
        u, v = (b - a)[rows], (c - a)[rows]
        out.append((a[rows][:, None] + i[:, None] * u[:, None] + j[:, None] * v[:, None]).reshape(-1, 3))
    return np.concatenate(out)


def _smoothed(light: Floats, normals: Floats, triangles: Ints) -> Floats:
    """Averaged with neighbours that face the same way."""
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    edges = edges[(normals[edges[:, 0]] * normals[edges[:, 1]]).sum(1) > 0.7]
    both = np.concatenate([edges, edges[:, ::-1]])
    for _ in range(2):
        total = light + 0.5 * np.bincount(both[:, 0], light[both[:, 1]], len(light))
        light = total / (1 + 0.5 * np.bincount(both[:, 0], minlength=len(light)))
    return np.clip(light, 0, 1)
