"""Where the trees of a place stand: in rows along X, one grove a plot; a tree's id says its plot and its index.

Plot 0 is the village's own: its groves are of any species, and their trees are counted on from one to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.ground import ground_of
from game.core.places import Box, Grove, Place

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

TRUNK_WIDE_M, TRUNK_TALL_M = 0.24, 2.0
HEDGE_WIDE_M, HEDGE_TALL_M = 0.22, 1.9
SUNK_M = 0.3  # solids begin below the ground, since it slopes


@dataclass(slots=True, frozen=True)
class Spots:
    """The trees (n) of a place: their ids, which of its groves each is in, and the ground they stand on (n, 3)."""

    tree: Ints
    grove: Ints
    at_m: Floats

    def __len__(self) -> int:
        return len(self.tree)


def count_of(grove: Grove) -> int:
    """How many trees a grove has."""
    return sum(trees for _, _, trees in grove.rows)


def spots_of(place: Place) -> Spots:
    """Where every tree of a place stands, in the order of its groves and rows."""
    trees: list[int] = []
    groves: list[int] = []
    at: list[tuple[float, float]] = []
    planted: dict[int, int] = {}  # of each plot; the village's has several groves
    for number, grove in enumerate(place.groves):
        index = planted.get(grove.plot, 0)
        for x, y, count in grove.rows:
            for k in range(count):
                trees.append(grove.plot << 16 | index)
                groves.append(number)
                at.append((x + k * grove.step_m, y))
                index += 1
        planted[grove.plot] = index
    plan = np.array(at, np.float64).reshape(-1, 2)
    heights = ground_of(place).heights_m(plan)
    return Spots(
        tree=np.array(trees, np.int64), grove=np.array(groves, np.int64), at_m=np.column_stack([plan, heights])
    )


def trunks(place: Place) -> tuple[Box, ...]:
    """What of the trees stands in a walker's way: their trunks, and vines all along their rows."""
    ground = ground_of(place)
    boxes: list[Box] = []
    for grove in place.groves:
        for x, y, count in grove.rows:
            if grove.hedge:
                wide, middle = count * grove.step_m, x + (count - 1) * grove.step_m / 2
                low = min(ground.height_m(x + k * grove.step_m, y) for k in range(count))
                high = max(ground.height_m(x + k * grove.step_m, y) for k in range(count))
                size_m = (wide, HEDGE_WIDE_M, high - low + HEDGE_TALL_M + SUNK_M)
                boxes.append(Box(at_m=(middle, y, low - SUNK_M), size_m=size_m))
                continue
            for k in range(count):
                at_x = x + k * grove.step_m
                at_m = (at_x, y, ground.height_m(at_x, y) - SUNK_M)
                boxes.append(Box(at_m=at_m, size_m=(TRUNK_WIDE_M, TRUNK_WIDE_M, TRUNK_TALL_M + SUNK_M)))
    return tuple(boxes)
