"""The ground of the street: setts and kerbs in the lane, slabs before the houses, rings about the tree."""

from itertools import pairwise

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, join
from assets.studio.palette import Colour, rgb
from assets.studio.street_plan import EAST, NORTH, SOUTH, SQUARE_X, SQUARE_Y, TREE_AT, WEST
from assets.studio.street_shapes import flat

RINGS = tuple((1.25 + 0.36 * k, 1.61 + 0.36 * k) for k in range(5))


def paving(b: Bag) -> None:
    """Setts in the lane, kerbs and slabs before the houses, rings about the tree."""
    stone, warm, dark, red = rgb("b49f86"), rgb("cbb18c"), rgb("8d7d6e"), rgb("b06a50")
    for y0, y1 in ((SOUTH, -7.0), (-7.0, 0.0), (0.0, SQUARE_Y)):
        _slabs(b, (-2.9, 1.9, y0, y1), 0.5, (0.5, 0.9), stone, 0.15)
        for x0, x1 in ((WEST, -3.5), (2.5, EAST)):
            _slabs(b, (x0, x1, y0, y1), 1.0, (0.7, 0.8), warm, 0.09)
        for x0, x1 in ((-3.5, -3.2), (2.2, 2.5)):
            _slabs(b, (x0, x1, y0, y1), 0.875, (0.3, 0.31), dark, 0.1)
        for x0, x1 in ((-3.2, -2.9), (1.9, 2.2)):  # a band of brick along each kerb
            _slabs(b, (x0, x1, y0, y1), 0.35, (0.3, 0.31), red * 0.9, 0.16)
    _slabs(b, (SQUARE_X, EAST, SQUARE_Y, NORTH), 0.75, (0.7, 0.95), warm * 0.97, 0.09)
    quads, colours = [], []
    for k, (r0, r1) in enumerate(RINGS):
        n = max(12, round(2 * np.pi * r1 / 0.46))
        t = np.linspace(0, 2 * np.pi, n + 1)
        gap = 0.006
        for a, c in pairwise(t):
            ring = [(r0 + gap, a), (r1 - gap, a), (r1 - gap, c - gap / r1), (r0 + gap, c - gap / r1)]
            v = np.array([(TREE_AT[0] + r * np.cos(q), TREE_AT[1] + r * np.sin(q), 0.006) for r, q in ring])
            quads.append(flat(v))
            tone = (red, stone, warm)[k % 3]
            colours.append(np.tile(tone * (1 + 0.16 * b.rng.uniform(-1, 1)), (4, 1)))
    b.shell(join(*quads), np.concatenate(colours), 0.3)


def _slabs(
    b: Bag, area: tuple[float, float, float, float], deep: float, wide: tuple[float, float], tone: Colour, vary: float
) -> None:
    """Courses of slabs over x0, x1, y0, y1, each course `deep`, each slab of random width, and the joints between."""
    x0, x1, y0, y1 = area
    quads, colours, joints = [], [], []
    g = 0.007
    for y in np.linspace(y0, y1, round((y1 - y0) / deep) + 1)[:-1]:
        x, top = x0 - b.rng.uniform(0, wide[0]), y + (y1 - y0) / round((y1 - y0) / deep)
        while x < x1:
            x2 = x + b.rng.uniform(*wide)
            x2 = x1 if x2 > x1 - 0.12 else x2
            left = max(x, x0)
            if x2 - left > 0.02 and not _in_ring(left, x2, y, top):
                quads.append(_slab(left + g, x2 - g, y + g, top - g))
                if x2 < x1:
                    joints.append(_slab(x2 - g, x2 + g, y + g, top - g))
                shade = tone * (1 + vary * b.rng.uniform(-1, 1)) * (1 + 0.04 * b.rng.uniform(-1, 1, 3))
                colours.append(np.tile(shade, (4, 1)))
            x = x2
        joints.append(_slab(x0, x1, y - g, y + g))
    colours.append(np.tile(tone * 0.6, (4 * len(joints), 1)))
    b.shell(join(*quads, *joints), np.concatenate(colours), 0.3)


def _slab(x0: float, x1: float, y0: float, y1: float) -> Shape:
    return flat(np.array([(x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)]))


def _in_ring(x0: float, x1: float, y0: float, y1: float) -> bool:
    """Whether a slab lies wholly under the rings about the tree."""
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) - TREE_AT
    return bool(np.linalg.norm(corners, axis=1).max() < RINGS[-1][1])
