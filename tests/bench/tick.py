"""A tick of the core with a thousand avatars walking among ten thousand colliders, beside the rule for one body.

The avatars turn where a wall stops them, as people do. Processor time, not the clock: what else the machine does is
left out. Both walk the same crowd in turn.
"""

import time
from statistics import median

import msgspec
import numpy as np

from game.core.commands import Move
from game.core.places import Box, Place
from game.core.rules.crowd import Crowd, crowd_at, walk_many
from game.core.rules.movement import walk
from game.core.step import step
from game.core.world import Body, World, new_world
from tests.bench.hall import LOBBY, lobby
from tests.bench.harness import Figure, Result

AVATARS, COLLIDERS, SIDE_M = 1_000, 10_000, 120.0
TICKS, WARM_UP, ALONE = 400, 60, 50
MOST_MS = 2.0


def yard(rng: np.random.Generator) -> Place:
    """Crates, kerbs and ramps all over a yard."""
    half = SIDE_M / 2
    rows = np.concatenate(
        [rng.uniform(-half, half, (COLLIDERS, 2)), rng.uniform(0.1, 0.6, (COLLIDERS, 2)),
         rng.uniform(0.1, 2.0, (COLLIDERS, 1)), rng.uniform(0, 90, (COLLIDERS, 1))], axis=1,
    ).tolist()  # fmt: skip
    boxes = tuple(
        Box(at_m=(x, y, 0.0), size_m=(wide, deep, high), yaw_deg=yaw, climb_m=0.1 if i % 10 == 0 else 0.0)
        for i, (x, y, wide, deep, high, yaw) in enumerate(rows)
    )
    return msgspec.structs.replace(lobby(), colliders=boxes, doors=())


def tick() -> Result:
    """Median milliseconds of a step of the world and of its crowd."""
    rng = np.random.default_rng(3)
    place = yard(rng)
    world = new_world({LOBBY: place}, {}, start=LOBBY, seed=1)
    half = SIDE_M / 2
    crowd = crowd_at(rng.uniform(-half, half, (AVATARS, 3)) * (1, 1, 0), rng.uniform(-3, 3, AVATARS))
    ahead, run = np.tile([1.0, 0.0], (AVATARS, 1)), np.arange(AVATARS) % 5 == 0
    took, alone = [], []
    for number in range(TICKS):
        blocked = np.hypot(*crowd.vel_mps[:, :2].T) < 0.5
        crowd = Crowd(
            crowd.pos_m, crowd.vel_mps, crowd.yaw_rad + np.where(blocked, rng.uniform(-3, 3, AVATARS), 0.01),
            crowd.on_ground,
        )  # fmt: skip
        begun = time.process_time_ns()
        step(world, [Move(ahead=1.0)])
        after = walk_many(crowd, place, ahead, run)
        took.append((time.process_time_ns() - begun) / 1e6)
        if number % 20 == 0:
            alone.append(_alone_ms(world, crowd, run))
        crowd = after
    value, theirs = median(took[WARM_UP:]), median(alone) * AVATARS / ALONE
    return Result(
        name="tick", value=value, unit="ms", baseline=Figure(name="one_body_at_a_time", value=theirs),
        ratio=value / theirs, target=f"< {MOST_MS:.0f} ms", met=value < MOST_MS,
        note=f"{AVATARS} avatars, {COLLIDERS} colliders, processor time; best {min(took):.2f} ms",
    )  # fmt: skip


def _alone_ms(world: World, crowd: Crowd, run: np.ndarray) -> float:
    """Milliseconds for some of the crowd by the rule for one body."""
    mine = world.body
    begun = time.process_time_ns()
    for i in range(ALONE):
        x, y, z = crowd.pos_m[i].tolist()
        vx, vy, vz = crowd.vel_mps[i].tolist()
        world.body = Body(pos_m=(x, y, z), vel_mps=(vx, vy, vz), yaw_rad=float(crowd.yaw_rad[i]))
        walk(world, Move(ahead=1.0, run=bool(run[i])))
    took_ns = time.process_time_ns() - begun
    world.body = mine
    return took_ns / 1e6


BENCHMARKS = {"tick": tick}
