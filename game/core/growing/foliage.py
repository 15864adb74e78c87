"""The clumps of foliage of a crown, and how light comes through them to what is in and between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.core.growing.chance import Floats, length, seed_of, uniform
from game.core.growing.skeleton import skeleton
from game.core.growing.species import Species

TWIG_RADIUS_M = 0.016  # what is thinner bears leaves
CLUMP_STREAM = 11
DENSE = 0.72  # of the light, what a clump keeps from what is right behind it


@dataclass(slots=True, frozen=True)
class Clumps:
    """Balls of foliage: centres (n, 3) and radii (n,) in metres, and the middle of them all."""

    at_m: Floats
    radius_m: Floats
    middle_m: Floats


@lru_cache(maxsize=512)
def clumps(species: Species, variant: int, reach_m: float) -> Clumps:
    """Foliage of a skeleton, gathered into balls about `reach_m` apart; a greater reach makes fewer and larger ones."""
    tree = skeleton(species, variant)
    twigs = np.flatnonzero(tree.radius_m < TWIG_RADIUS_M)
    points = tree.at_m[twigs[tree.at_m[twigs, 2] > species.crown.trunk_m * 0.9]]
    centres, members, count = np.zeros((len(points) + 1, 3)), np.zeros(len(points) + 1), 0
    for point in points:
        if count:
            gaps = length(centres[:count] - point)
            best = int(gaps.argmin())
            if gaps[best] < reach_m:
                members[best] += 1.0
                centres[best] += (point - centres[best]) / members[best]
                continue
        centres[count], members[count] = point, 1.0
        count += 1
    at_m = centres[:count].copy()
    draw = uniform(seed_of(CLUMP_STREAM, variant), count)
    radius_m = reach_m * (0.80 + 0.26 * draw) + 0.012 * np.minimum(members[:count], 8.0)
    middle = at_m.mean(0) if count else np.array([0.0, 0.0, species.crown.height_m / 2])
    return Clumps(at_m=at_m, radius_m=radius_m, middle_m=middle)


def open_sky(points: Floats, normals: Floats, crown: Clumps) -> Floats:
    """How much of the sky reaches points (n,), 0..1: balls hide it by their solid angle (after Quilez 2007)."""
    hidden = np.zeros(len(points))
    for centre, radius in zip(crown.at_m, crown.radius_m.tolist(), strict=True):
        way = centre - points
        far = length(way)
        toward = way / np.maximum(far, 1e-6)[:, None]
        facing = np.maximum((normals * toward).sum(1) * 0.5 + 0.5 * toward[:, 2], 0.0)
        share = np.minimum((radius / np.maximum(far, radius * 0.8)) ** 2, 1.0)
        hidden += share * facing * 0.34 + np.clip(1.0 - far / radius, 0.0, 1.0) * 0.5
    return np.asarray(np.exp(-1.05 * hidden))


def sunlit(points: Floats, sunward: Floats, crown: Clumps) -> Floats:
    """How much of the sun reaches points (n,), 0..1: each ball on the way dims it, softly at its rim."""
    ahead, far = np.zeros((2, len(points), len(crown.at_m)))
    for axis in range(3):  # no matrix products: their threads cost more than they save
        way = crown.at_m[None, :, axis] - points[:, axis, None]
        ahead += way * sunward[axis]
        far += way * way
    beside = np.sqrt(np.maximum(far - ahead * ahead, 0.0))
    within = np.clip(1.25 - beside / crown.radius_m, 0.0, 1.0)  # 1 through its middle, 0 past its rim
    before = np.clip(ahead / crown.radius_m * 0.8 + 0.15, 0.0, 1.0)  # a ball behind casts no shadow
    return np.asarray(np.prod(1.0 - DENSE * np.minimum(within * 1.4, 1.0) * before, axis=1))
