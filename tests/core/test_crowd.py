"""A crowd walks as its members would by themselves, and none of them ends in a wall."""

from math import pi
from time import process_time

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import collide
from game.core.commands import Move
from game.core.ids import DoorId
from game.core.places import Box, Place
from game.core.rules import movement
from game.core.rules.crowd import Crowd, crowd_at, walk_many
from game.core.world import Body, new_world
from tests.core.small import STREET, street

near = st.floats(-3.0, 3.0)
box = st.builds(
    lambda x, y, z, sx, sy, sz, yaw, climb: Box(
        at_m=(x, y, z), size_m=(sx, sy, sz), yaw_deg=yaw, climb_m=min(climb, sy)
    ),
    near, near, st.floats(0.0, 2.0) | st.just(0.0), st.floats(0.05, 2.0), st.floats(0.1, 3.0),
    st.floats(0.02, 2.0) | st.floats(0.02, 0.3), st.floats(-180, 180) | st.sampled_from([0.0, 90.0]),
    st.sampled_from([0.0, 0.0, 0.4]),
)  # fmt: skip
step_wanted = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.booleans())


def yard(*boxes: Box) -> Place:
    return msgspec.structs.replace(street(), colliders=boxes)


def alone(crowd: Crowd, place: Place, wants: list[tuple[float, float, bool]], open_part: float) -> Crowd:
    """The same tick by the rule for one body."""
    world = new_world({STREET: place}, {}, start=STREET, seed=1)
    world.door_open[DoorId("in")] = open_part
    bodies = []
    for i, (ahead, aside, run) in enumerate(wants):
        x, y, z = crowd.pos_m[i].tolist()
        vx, vy, vz = crowd.vel_mps[i].tolist()
        world.body = Body(
            pos_m=(x, y, z), vel_mps=(vx, vy, vz), yaw_rad=float(crowd.yaw_rad[i]), on_ground=bool(crowd.on_ground[i])
        )
        movement.walk(world, Move(ahead=ahead, aside=aside, run=run))
        bodies.append(world.body)
    return Crowd(
        np.array([b.pos_m for b in bodies]).reshape(-1, 3), np.array([b.vel_mps for b in bodies]).reshape(-1, 3),
        crowd.yaw_rad, np.array([b.on_ground for b in bodies], np.bool_),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    boxes=st.lists(box, max_size=8), starts=st.lists(st.tuples(near, near, st.floats(0, 2.5)), min_size=1, max_size=6),
    wants=st.lists(step_wanted, min_size=6, max_size=6), turns=st.lists(st.floats(-pi, pi), min_size=6, max_size=6),
    open_part=st.sampled_from([0.0, 1.0]), ticks=st.integers(1, 12),
)  # fmt: skip
def test_a_crowd_walks_as_each_would_alone_and_none_is_in_a_wall(boxes, starts, wants, turns, open_part, ticks):
    place = yard(*boxes)
    crowd = crowd_at(np.array(starts), np.array(turns[: len(starts)]))
    wants = wants[: len(starts)]
    axes, run = np.array([w[:2] for w in wants]), np.array([w[2] for w in wants])
    ajar = [DoorId("in")] if open_part else []
    solids = collide.solids_of(place)
    for _ in range(ticks):
        after = walk_many(crowd, place, axes, run, ajar=ajar)
        single = alone(crowd, place, wants, open_part)
        assert after.pos_m == pytest.approx(single.pos_m, abs=1e-6)
        assert after.vel_mps == pytest.approx(single.vel_mps, abs=1e-4)
        assert after.on_ground.tolist() == single.on_ground.tolist()
        for x, y, z in after.pos_m.tolist():
            close = collide.near(solids, x, y, within_m=1.0, ajar=ajar)
            assert collide.is_free(close, x, y, z)
        crowd = after


def test_a_thousand_in_a_maze_stay_out_of_its_walls_and_go_somewhere():
    rng = np.random.default_rng(3)
    boxes = [
        Box(at_m=(x, y, 0.0), size_m=(sx, sy, 2.0), yaw_deg=yaw)
        for x, y, sx, sy, yaw in zip(
            *rng.uniform(-20, 20, (2, 500)), *rng.uniform(0.1, 1.2, (2, 500)), rng.uniform(0, 90, 500), strict=True
        )
    ]
    place = yard(*boxes)
    crowd = crowd_at(rng.uniform(-20, 20, (1000, 3)) * (1, 1, 0), rng.uniform(-3, 3, 1000))
    start_m = walk_many(crowd, place, np.zeros((1000, 2)), np.zeros(1000, bool)).pos_m
    for _ in range(90):
        crowd = walk_many(crowd, place, np.tile([1.0, 0.0], (1000, 1)), np.arange(1000) % 2 == 0)
    solids = collide.solids_of(place)
    for x, y, z in crowd.pos_m.tolist():
        assert collide.is_free(collide.near(solids, x, y, within_m=1.0), x, y, z)
    walked_m = np.hypot(*(crowd.pos_m - start_m)[:, :2].T)
    assert (walked_m > 1.0).mean() > 0.3
    assert walked_m.max() < movement.RUN_MPS * 1.6


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_broken_wishes_move_nobody(broken):
    crowd = crowd_at(np.zeros((2, 3)) - (0, 3, 0), np.zeros(2))
    after = walk_many(crowd, yard(), np.full((2, 2), broken), np.zeros(2, bool))
    assert after.pos_m.tolist() == crowd.pos_m.tolist()


def test_nobody_is_a_crowd_too():
    none = crowd_at(np.zeros((0, 3)), np.zeros(0))
    assert len(walk_many(none, yard(), np.zeros((0, 2)), np.zeros(0, bool)).pos_m) == 0


def test_a_crowd_costs_far_less_than_its_members_one_by_one():
    rng = np.random.default_rng(3)
    place = yard(*(Box(at_m=(x, y, 0.0), size_m=(0.5, 0.5, 2.0)) for x, y in rng.uniform(-25, 25, (1500, 2)).tolist()))
    crowd = crowd_at(rng.uniform(-25, 25, (300, 3)) * (1, 1, 0), rng.uniform(-3, 3, 300))
    wants = [(1.0, 0.0, False)] * 300
    crowd = walk_many(crowd, place, np.array([w[:2] for w in wants]), np.zeros(300, bool))
    together, apart = [], []
    for _ in range(3):
        begun = process_time()
        walk_many(crowd, place, np.array([w[:2] for w in wants]), np.zeros(300, bool))
        together.append(process_time() - begun)
        begun = process_time()
        alone(crowd, place, wants, 0.0)
        apart.append(process_time() - begun)
    assert min(together) < min(apart) / 4
