"""Which fruit hangs where on a tree: drawing and picking ask one function, which answers alike on every machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.core.growing.chance import Floats, directions, seed_of, uniform, unit
from game.core.growing.foliage import clumps
from game.core.growing.skeleton import stature, turned
from game.core.growing.species import Species

FRUIT_STREAM = 31
LOWEST_M = 0.55  # no fruit hangs lower
RIPE_HANGS_M = 0.05  # so much lower hangs what is ripe: its weight bends the twig
GOLDEN = 0.6180339887498949


@dataclass(slots=True, frozen=True)
class FruitSet:
    """The fruits (n) of one full-grown tree, around its foot in the axes of its place.

    `at_m` is where the stalk meets the fruit, `stalk` the unit direction from there to the twig, `height_m` the height
    above the foot, `ripeness_offset` what a fruit is ahead of its tree, `size` times its species' size.
    """

    at_m: Floats
    stalk: Floats
    height_m: Floats
    ripeness_offset: Floats
    size: Floats

    def __len__(self) -> int:
        return len(self.size)


@lru_cache(maxsize=1_024)
def fruits(tree: int, species: Species, count: int) -> FruitSet:
    """The first `count` fruits of a tree: fruit k is the same one however many are asked for."""
    stands = stature(species, tree)
    foliage = clumps(species, stands.variant, species.leaf.clump_m)
    seed = seed_of(FRUIT_STREAM, tree)
    cluster = max(1, species.fruit.a_cluster)
    stalks = (count + cluster - 1) // cluster
    draw = uniform(seed, stalks * 4).reshape(stalks, 4)
    order = np.arange(stalks)
    # Steps of the golden ratio spread any number of stalks evenly over the crown.
    turn = (order * GOLDEN + draw[:, 0] * 0.15 + float(uniform(seed + 1, 1)[0])) % 1.0
    area = np.cumsum(foliage.radius_m**2)
    which = np.minimum(np.searchsorted(area, turn * area[-1]), len(area) - 1)
    outward = unit(foliage.at_m[which] - foliage.middle_m)
    if species.habit == "trellis":
        at_m = _under_the_arms(species, draw)
    else:
        way = unit(directions(seed + 2, stalks) * 0.75 + outward * 1.05 + np.array([0.0, 0.0, -0.32]))
        at_m = foliage.at_m[which] + way * (foliage.radius_m[which] * (0.92 + 0.13 * draw[:, 1]))[:, None]
    at_m[:, 2] = np.maximum(at_m[:, 2], LOWEST_M)
    at_m = at_m.repeat(cluster, axis=0)[:count]
    own = uniform(seed + 3, count * 4).reshape(count, 4)
    stalk = unit(np.stack([(own[:, 0] - 0.5) * 0.5, (own[:, 1] - 0.5) * 0.5, np.ones(count)], -1))
    if cluster > 1:  # fruits of a cluster press each other outwards
        ring = directions(seed + 4, count) * np.array([1.0, 1.0, 0.55])
        at_m = at_m + ring * (species.fruit.size_m * 0.62)
        stalk = unit(stalk - ring * np.array([0.8, 0.8, 0.0]))
    at_m = turned(at_m, stands.side) * stands.scale
    return FruitSet(
        at_m=at_m, stalk=turned(stalk, stands.side), height_m=at_m[:, 2].copy(),
        ripeness_offset=(own[:, 2] - 0.5) * 0.3, size=0.86 + 0.28 * own[:, 3],
    )  # fmt: skip


def _under_the_arms(species: Species, draw: Floats) -> Floats:
    """Bunches of a vine hang from its arms, on both sides of the wire."""
    crown = species.crown
    x = (draw[:, 0] * 2.0 - 1.0) * crown.radius_m * 0.95
    y = np.where(draw[:, 1] < 0.5, -1.0, 1.0) * (0.10 + 0.13 * draw[:, 2])
    z = crown.trunk_m + (draw[:, 3] - 0.25) * 0.42
    return np.stack([x, y, z], -1)


def ripeness(offset: Floats, of_tree: float) -> Floats:
    """How ripe each fruit is when its tree is `of_tree` 0..1; all are ripe once the tree is."""
    if of_tree >= 1.0:
        return np.ones(len(offset))
    return np.asarray(np.clip(of_tree + offset * (1.0 - of_tree) * (1.0 if of_tree > 0.0 else 0.0), 0.0, 0.98))
