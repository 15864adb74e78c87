"""The market's paving: setts in courses, a way of slabs from the gate, rings round the tree, a drain."""

import itertools

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, join
from assets.studio.market_colours import IRON, JOINT, SETT, SETT_WARM, STONE
from assets.studio.palette import Colour

LIFT = 0.0025  # joints lie this far above the stones
HALF = 0.008


def paving(b: Bag, lo: tuple[float, float], hi: tuple[float, float], gate_y: float, tree: tuple[float, float]) -> None:
    """The yard between two corners; the way lies about gate_y from the east wall to the tree's rings."""
    y0, y1 = gate_y - 1.1, gate_y + 1.1
    _courses(b, (lo[0], hi[0], lo[1], y0), (0.42, 0.4, 0.62), SETT, 0.16, tree)
    _courses(b, (lo[0], hi[0], y1, hi[1]), (0.42, 0.4, 0.62), SETT, 0.16, tree)
    _courses(b, (lo[0], tree[0], y0, y1), (0.44, 0.4, 0.62), SETT, 0.16, tree)
    _courses(b, (tree[0], hi[0], y0, y1), (0.733, 0.7, 1.0), SETT_WARM, 0.1, tree)
    quads, colours = [], []
    for k in range(4):
        r0, r1 = 1.06 + 0.34 * k, 1.40 + 0.34 * k
        n = round(2 * np.pi * r1 / 0.4)
        t = np.linspace(0, 2 * np.pi, n + 1)
        for a, c in itertools.pairwise(t):
            gap = 0.014 / r1
            ring = [(r0 + 0.01, a + gap), (r1 - 0.01, a + gap), (r1 - 0.01, c - gap), (r0 + 0.01, c - gap)]
            quads.append(_flat([(tree[0] + r * np.cos(q), tree[1] + r * np.sin(q), 0.006) for r, q in ring]))
            tone = (SETT_WARM, STONE, SETT * 0.86, SETT_WARM)[k] * (1 + 0.15 * b.rng.uniform(-1, 1))
            colours.append(np.tile(tone, (4, 1)))
    square = [(tree[0] + x * 2.46, tree[1] + y * 2.46, 0.003) for x, y in _octagon()]
    bed = Shape(np.array(square), np.tile([0, 0, 1.0], (8, 1)), np.array([(0, k, k + 1) for k in range(1, 7)]))
    b.shell(join(bed, *quads), np.concatenate([np.tile(JOINT * 0.9, (8, 1)), *colours]), 0.3, density=1.15)
    _drain(b, (tree[0] + 4.1, gate_y - 1.6))


def _octagon() -> list[tuple[float, float]]:
    t = np.radians(np.arange(8) * 45 + 22.5)
    return [(float(np.cos(q)), float(np.sin(q))) for q in t]


def _courses(
    b: Bag, area: tuple[float, float, float, float], stone: tuple[float, float, float], tone: Colour, vary: float,
    tree: tuple[float, float],
) -> None:  # fmt: skip
    """Courses of stones over x0, x1, y0, y1; `stone` is depth, least and greatest width."""
    x0, x1, y0, y1 = area
    quads, colours, joints = [], [], []
    rows = np.linspace(y0, y1, max(1, round((y1 - y0) / stone[0])) + 1)
    for y, top in itertools.pairwise(rows):
        x = x0 - b.rng.uniform(0, stone[1])
        joints.append(_flat([(x0, y - HALF, LIFT), (x1, y - HALF, LIFT), (x1, y + HALF, LIFT), (x0, y + HALF, LIFT)]))
        while x < x1:
            right = min(x + b.rng.uniform(*stone[1:]), x1)
            left = max(x, x0)
            corners = np.array([(left, y), (right, y), (right, top), (left, top)]) - tree
            if right - left > 0.02 and np.linalg.norm(corners, axis=1).max() > 2.2:
                quads.append(_flat([(left, y, 0), (right, y, 0), (right, top, 0), (left, top, 0)]))
                shade = tone * (1 + vary * b.rng.uniform(-1, 1)) * (1 + 0.05 * b.rng.uniform(-1, 1, 3))
                colours.append(np.tile(shade, (4, 1)))
                low, high = y + HALF, top - HALF
                edge = [(right - HALF, low, LIFT), (right + HALF, low, LIFT), (right + HALF, high, LIFT)]
                joints.append(_flat([*edge, (right - HALF, high, LIFT)]))
            x = right
    colours.append(np.tile(tone * 0.66, (4 * len(joints), 1)))
    # one part, so that a joint shares the chart, and with it the light, of the stones beneath it
    b.shell(join(*quads, *joints), np.concatenate(colours), 0.32, density=1.15)


def _drain(b: Bag, at: tuple[float, float]) -> None:
    """A cast-iron grid in the ground."""
    pit = [(-0.2, -0.2, 0.004), (0.2, -0.2, 0.004), (0.2, 0.2, 0.004), (-0.2, 0.2, 0.004)]
    b.shell(_flat(pit), IRON * 0.25, 0.2, x=at[0], y=at[1])
    slots = [
        _flat([(x, -0.16, 0.007), (x + 0.03, -0.16, 0.007), (x + 0.03, 0.16, 0.007), (x, 0.16, 0.007)])
        for x in np.linspace(-0.17, 0.14, 6)
    ]
    b.shell(join(*slots), IRON * 1.1, 0.4, x=at[0], y=at[1], jitter=0)


def _flat(corners: list[tuple[float, float, float]]) -> Shape:
    """A level quad facing up."""
    return Shape(np.array(corners, float), np.tile([0, 0, 1.0], (4, 1)), np.array([(0, 1, 2), (0, 2, 3)]))
