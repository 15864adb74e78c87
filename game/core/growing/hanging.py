"""The fruit of one tree as triangles: each where it hangs, as large, as coloured and as glossy as it is ripe."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from game.core.growing.chance import Floats, Ints, seed_of, unit
from game.core.growing.dress import Dressed, linear
from game.core.growing.foliage import clumps, open_sky, sunlit
from game.core.growing.fruit import FRUIT_STREAM, RIPE_HANGS_M, FruitSet, fruits, ripeness
from game.core.growing.fruit_mesh import FruitMesh, jitter_turns
from game.core.growing.growth import Growth
from game.core.growing.skeleton import stature, turned
from game.core.growing.species import Species

UNRIPE_GLOSS = 0.25  # of a ripe one's: what is ripe shines, so nobody needs to tell it by its colour


@lru_cache(maxsize=1_024)
def fruit_light(tree: int, species: Species, count: int, sunward: tuple[float, float, float]) -> Floats:
    """Sky and sun (count, 2), 0..1, that come through the crown to each fruit of a tree."""
    stands = stature(species, tree)
    found = fruits(tree, species, count)
    foliage = clumps(species, stands.variant, species.leaf.clump_m)
    own = found.at_m / stands.scale
    centres = turned(foliage.at_m, stands.side)
    placed = type(foliage)(centres, foliage.radius_m, turned(foliage.middle_m, stands.side))
    outward = unit(own - placed.middle_m)
    sky = open_sky(own, outward, placed)
    return np.stack([0.35 + 0.65 * sky, sunlit(own + outward * 0.05, np.array(sunward), placed)], -1)


def hang(
    tree: int, species: Species, count: int, growth: Growth, mesh: FruitMesh, sunward: tuple[float, float, float],
    which: Ints | None = None, ripe_of: Floats | None = None,
) -> Dressed:  # fmt: skip
    """All fruits of a tree, or those of `which`, around its foot at its own size; colours have gloss as alpha.

    `ripe_of` (count,) 0..1 says how ripe each is; without it they are as ripe as their tree makes them.
    """
    found = fruits(tree, species, count)
    chosen = np.arange(count) if which is None else which
    if growth.fruit_size <= 0.0 or not len(chosen):
        none = np.zeros((0, 3))
        return Dressed(none, none, np.zeros((0, 4)), np.zeros((0, 2)), np.zeros((0, 3), np.int64), np.zeros(0, bool))
    ripe = (ripeness(found.ripeness_offset, growth.ripeness) if ripe_of is None else ripe_of)[chosen]
    at_m = found.at_m[chosen] * growth.size
    at_m[:, 2] -= RIPE_HANGS_M * ripe * growth.fruit_size
    size = found.size[chosen] * (0.25 + 0.75 * growth.fruit_size)
    axes = _axes(found, chosen, seed_of(FRUIT_STREAM, tree, 7))
    points = (mesh.at_m @ axes.transpose(0, 2, 1)) * size[:, None, None] + at_m[:, None]
    normal = mesh.normal @ axes.transpose(0, 2, 1)
    light = fruit_light(tree, species, count, sunward)[chosen]
    each, many = len(mesh.at_m), len(chosen)
    rgba = np.empty((many, each, 4))
    rgba[..., :3] = _colours(species, mesh, ripe)
    rgba[..., 3] = species.fruit.gloss * (UNRIPE_GLOSS + (1.0 - UNRIPE_GLOSS) * ripe)[:, None] * ~mesh.green[None]
    lit = np.broadcast_to(light[:, None], (many, each, 2)).copy()
    lit[..., 0] *= 1.0 - 0.6 * mesh.dark
    triangles = (mesh.triangles[None] + each * np.arange(many)[:, None, None]).reshape(-1, 3)
    return Dressed(
        points.reshape(-1, 3), normal.reshape(-1, 3), rgba.reshape(-1, 4), lit.reshape(-1, 2), triangles,
        np.zeros(len(triangles), bool),
    )


def _axes(found: FruitSet, chosen: Ints, seed: int) -> Floats:
    """Rotations (n, 3, 3): z along the stalk, turned about it by chance."""
    z = found.stalk[chosen]
    turn = jitter_turns(len(found), seed)[chosen]
    x = np.stack([turn[:, 0], turn[:, 1], np.zeros(len(z))], -1)
    x = unit(x - z * (x * z).sum(1)[:, None])
    return np.stack([x, np.cross(z, x), z], -1)


def _colours(species: Species, mesh: FruitMesh, ripe: Floats) -> Floats:
    """Linear albedo (fruits, vertices, 3)."""
    fruit = species.fruit
    unripe, full, blush = linear(fruit.unripe_colour), linear(fruit.ripe_colour), linear(fruit.blush_colour)
    part = ripe[:, None, None]
    sunny = full + (blush - full) * mesh.blush[None, :, None]
    colour = unripe + (sunny - unripe) * np.clip(part * 1.15 - 0.15 * (1.0 - mesh.blush[None, :, None]), 0.0, 1.0)
    colour = colour * (1.0 - 0.45 * mesh.dark[None, :, None])
    return np.where(mesh.green[None, :, None], linear(species.wood.light_colour) * 0.9, colour)
