"""Flowers as a few triangles: petals that one can count at hand, a cup some metres away, a fleck on the far hill."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.growing.chance import Floats, Ints


@dataclass(slots=True, frozen=True, eq=False)
class Flower:
    """Vertices (k,) in the plane of a flower of radius 1 and triangles (m, 3).

    `turn` radians about its axis, `reach` from it, `lift` along it; `heart` tells which have the heart's colour. All
    triangles end with one vertex: shaders that draw a flower whole or not at all go by that (see PARTING).
    """

    turn: Floats
    reach: Floats
    lift: Floats
    heart: tuple[bool, ...]
    corners: Ints


def _flower(rows: tuple[tuple[float, float, float, bool], ...], corners: tuple[tuple[int, int, int], ...]) -> Flower:
    turn, reach, lift, heart = zip(*rows, strict=True)
    return Flower(np.radians(turn), np.array(reach), np.array(lift), heart, np.array(corners, np.int64))


HEART = (0.0, 0.0, 0.0, True)
PETALS = 5
ROUND = _flower(  # five petals, each round, with a gap to the next
    (HEART, *((k * 72.0 + aside, far, lift, False) for k in range(PETALS)
              for aside, far, lift in ((-30.0, 0.70, 0.24), (0.0, 1.0, 0.30), (30.0, 0.70, 0.24)))),
    tuple(corner for k in range(PETALS) for corner in ((1 + 3 * k, 2 + 3 * k, 0), (2 + 3 * k, 3 + 3 * k, 0))),
)  # fmt: skip
CUP = _flower(
    (HEART, *((k * 72.0, 1.0, 0.35, False) for k in range(PETALS))),
    tuple((1 + k, 1 + (k + 1) % PETALS, 0) for k in range(PETALS)),
)
TUFT = _flower(  # some flowers of a cluster
    ((10.0, 1.0, 0.3, False), (75.0, 0.85, 0.1, False), (150.0, 1.05, 0.3, False), (220.0, 0.9, 0.0, True),
     (295.0, 1.0, 0.2, False)),
    ((1, 2, 0), (2, 3, 0), (3, 4, 0)),
)  # fmt: skip
SPRAY = _flower(
    ((0.0, 0.9, 0.3, False), (80.0, 1.1, 0.1, False), (190.0, 0.85, 0.3, False), (275.0, 1.0, 0.0, True)),
    ((1, 2, 0), (2, 3, 0)),
)
FLECK = _flower(((0.0, 1.0, 0.2, False), (115.0, 0.9, 0.2, False), (235.0, 1.1, 0.0, False)), ((0, 1, 2),))
