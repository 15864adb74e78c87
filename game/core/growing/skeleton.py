"""The branches of a tree by space colonisation (Runions, Lane and Prusinkiewicz 2007), and of a vine on its trellis.

Points scattered in the crown draw the branches that are nearest to them, and vanish when one has come near. Only
addition, multiplication, division and square roots are used, which IEEE 754 rounds alike everywhere, and sums run in
one order: the same species and variant give the same bits on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.core.growing.chance import Floats, Ints, directions, length, seed_of, uniform, unit
from game.core.growing.species import Species

STEP_M = 0.27  # of one segment
REACH_M = 1.5  # from so far a point draws a branch
KILL_M = 0.36
ROUNDS = 48
TIP_RADIUS_M = 0.007
VARIANTS = 8  # skeletons of a species; a tree's id chooses one
SIDES = 8  # of those, each can be turned by quarters and mirrored
TREE_STREAM, POINTS_STREAM, TRUNK_STREAM, VINE_STREAM = 1, 2, 3, 4


@dataclass(slots=True, frozen=True)
class Skeleton:
    """Nodes (n) of a full-grown tree, each after its parent; the root is first and its own parent."""

    at_m: Floats  # (n, 3), z up from the foot
    parent: Ints
    radius_m: Floats
    tip: Ints  # indices of the nodes where twigs end


@dataclass(slots=True, frozen=True)
class Stature:
    """What a tree's id alone decides: which skeleton it has, how that is turned, and how it differs in size and hue."""

    variant: int
    side: int
    scale: float
    hue: float  # -1..1


def stature(species: Species, tree: int) -> Stature:
    """How the tree with this id stands."""
    draw = uniform(seed_of(TREE_STREAM, tree), 4)
    side = int(draw[1] * SIDES)
    if species.habit == "trellis":
        side &= 4 + 2  # along its wires: turned by a half, or mirrored
    return Stature(
        variant=int(draw[0] * VARIANTS), side=side, scale=0.9 + 0.2 * float(draw[2]), hue=2.0 * float(draw[3]) - 1.0
    )


def turned(points: Floats, side: int) -> Floats:
    """Points or directions (..., 3) turned by side % 4 quarters, and mirrored where side >= 4; exact."""
    x, y = points[..., 0], points[..., 1]
    if side >= 4:
        y = -y
    for _ in range(side % 4):
        x, y = -y, x
    return np.stack([x, y, points[..., 2]], -1)


@lru_cache(maxsize=128)
def skeleton(species: Species, variant: int) -> Skeleton:
    """One of the skeletons of a species."""
    if species.habit == "trellis":
        at_m, parent = _vine(species, seed_of(VINE_STREAM, variant))
    else:
        at_m, parent = _colonised(species, seed_of(POINTS_STREAM, _name_seed(species.id), variant))
    return Skeleton(at_m=at_m, parent=parent, radius_m=_radii(species, parent), tip=_tips(parent))


def _name_seed(name: str) -> int:
    return seed_of(*name.encode())


def attractors(species: Species, seed: int) -> Floats:
    """Points (n, 3) spread evenly over the crown of a species."""
    crown = species.crown
    draw = uniform(seed, crown.points * 24).reshape(-1, 3)
    part = draw[:, 2]
    across = draw[:, :2] * 2.0 - 1.0
    square = across[:, 0] * across[:, 0] + across[:, 1] * across[:, 1]
    below = np.minimum((crown.widest - part) / max(crown.widest, 1e-6), 1.0)
    above = (part - crown.widest) / max(1.0 - crown.widest, 1e-6)
    u = np.where(part < crown.widest, below * 0.88, above)  # the foot of a crown stays broad
    round_ = np.sqrt(np.maximum(1.0 - u * u, 0.0))
    cone = np.where(part < crown.widest, 0.0, crown.cone)
    hull = (1.0 - cone) * round_ + cone * (1.0 - np.abs(u))
    inner = np.where(part > 0.25, crown.hollow * hull, 0.0)
    kept = (square <= hull * hull) & (square >= inner * inner)
    found = np.flatnonzero(kept)[: crown.points]
    z = crown.trunk_m + part[found] * (crown.height_m - crown.trunk_m)
    return np.stack([across[found, 0] * crown.radius_m, across[found, 1] * crown.radius_m, z], -1)


def _colonised(species: Species, seed: int) -> tuple[Floats, Ints]:
    crown = species.crown
    points = attractors(species, seed)
    at = _trunk(species, seed_of(TRUNK_STREAM, seed))
    parent = np.maximum(np.arange(len(at), dtype=np.int64) - 1, 0)
    nearest = np.zeros(len(points), np.int64)
    away = np.full(len(points), np.inf)
    fresh = 0
    for _ in range(ROUNDS):
        for node in range(fresh, len(at)):
            gap = length(points - at[node])
            closer = gap < away
            away = np.where(closer, gap, away)
            nearest = np.where(closer, node, nearest)
        alive = away > KILL_M
        points, nearest, away = points[alive], nearest[alive], away[alive]
        drawn = away < REACH_M if fresh else np.ones(len(points), bool)
        if not drawn.any():
            break
        ways = unit(points[drawn] - at[nearest[drawn]])
        sums = np.zeros((len(at), 3))
        for axis in range(3):
            sums[:, axis] = np.bincount(nearest[drawn], ways[:, axis], len(at))
        grown = np.flatnonzero(np.bincount(nearest[drawn], minlength=len(at)))
        way = unit(sums[grown])
        way = unit(way + np.array([0.0, 0.0, crown.lift]))
        new = at[grown] + way * STEP_M
        # Points on two sides of a branch may draw it to and fro between them: what grows nowhere new, ends.
        gaps = length(new[:, None] - at[None])
        new, grown = new[gaps.min(1) > STEP_M * 0.45], grown[gaps.min(1) > STEP_M * 0.45]
        if not len(new):
            break
        fresh = len(at)
        at = np.concatenate([at, new])
        parent = np.concatenate([parent, grown])
    return at, parent


def _trunk(species: Species, seed: int) -> Floats:
    """A trunk up to the first fork, not quite straight."""
    steps = max(2, round(species.crown.trunk_m / STEP_M))
    lean = directions(seed, steps)[:, :2] * 0.035
    at = np.zeros((steps + 1, 3))
    for step in range(steps):
        at[step + 1, :2] = at[step, :2] + lean[step]
    at[:, 2] = np.arange(steps + 1) * (species.crown.trunk_m / steps)
    return at


def _vine(species: Species, seed: int) -> tuple[Floats, Ints]:
    """A trunk to the lower wire, two arms along it, and shoots that climb from them to the upper wire and hang over."""
    crown = species.crown
    arm_steps, shoot_steps = 8, 5
    draw = uniform(seed, 4_000)
    used = 0
    at: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)]
    parent = [0]

    def add(over: int, x: float, y: float, z: float) -> int:
        at.append((x, y, z))
        parent.append(over)
        return len(at) - 1

    top = 0
    for step in range(4):
        part = (step + 1) / 4
        top = add(top, 0.10 * part * (1.0 - part) * 4 * (draw[step] - 0.5), 0.05 * (draw[step + 4] - 0.5),
                  crown.trunk_m * part)  # fmt: skip
    used = 8
    pitch = crown.radius_m / arm_steps
    rise = (crown.height_m - crown.trunk_m) / shoot_steps
    for side in (-1.0, 1.0):
        arm = top
        for step in range(arm_steps):
            a, b, c, d = draw[used : used + 4].tolist()
            used += 4
            arm = add(arm, side * pitch * (step + 0.8 + 0.2 * a), 0.06 * (b - 0.5), crown.trunk_m + 0.07 * (c - 0.3))
            x, y, z = at[arm]
            shoot, out = arm, 0.5 - d
            for climb in range(shoot_steps):
                e, f, g = draw[used : used + 3].tolist()
                used += 3
                part = (climb + 1) / shoot_steps
                hang = 0.0 if part < 0.75 else rise * 0.9 * (part - 0.6)
                x += 0.10 * (e - 0.5)
                y += (0.06 + 0.10 * part) * (f - 0.5) + 0.10 * out * part
                z += rise - hang + 0.05 * (g - 0.5)
                shoot = add(shoot, x, y, z)
    return np.array(at), np.array(parent, dtype=np.int64)


def _tips(parent: Ints) -> Ints:
    children = np.bincount(parent[1:], minlength=len(parent))
    return np.flatnonzero(children == 0).astype(np.int64)


def _radii(species: Species, parent: Ints) -> Floats:
    """As thick as all that a branch bears (da Vinci's rule: areas add), brought to the trunk that is wanted."""
    area = np.zeros(len(parent))
    for node in range(len(parent) - 1, 0, -1):
        if area[node] == 0.0:
            area[node] = TIP_RADIUS_M * TIP_RADIUS_M
        area[parent[node]] += area[node]
    radius = np.sqrt(area)
    grow = (species.wood.trunk_radius_m - TIP_RADIUS_M) / max(float(radius[0]) - TIP_RADIUS_M, 1e-9)
    return np.asarray(TIP_RADIUS_M + (radius - TIP_RADIUS_M) * grow)
