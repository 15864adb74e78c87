"""Rolling ground: nobody sinks into it, floats over it or is stopped by it, and trees stand on it."""

from math import hypot

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import collide
from game.core.commands import Look, Move
from game.core.ground import LEVEL, Ground, ground_of
from game.core.groves import count_of, spots_of, trunks
from game.core.places import Box, Grove, Place, Spot, Terrain
from game.core.replay import digest
from game.core.route import Floor
from game.core.rules.crowd import crowd_at, walk_many
from game.core.rules.movement import WALK_MPS
from game.core.step import step
from game.core.world import BODY_RADIUS_M, World, new_world
from tests.core.small import STREET, street

SIZE = 9
heights = st.lists(st.lists(st.integers(-90, 90), min_size=SIZE, max_size=SIZE), min_size=SIZE, max_size=SIZE)
HILL = Terrain(
    at_m=(-8.0, -8.0), cell_m=2.0,
    heights_cm=tuple(
        tuple(round(110 + 55 * np.sin(i) + 40 * np.cos(j * 1.3)) for i in range(SIZE)) for j in range(SIZE)
    ),
)  # fmt: skip


def hilly(terrain: Terrain = HILL, *groves: Grove, boxes: tuple[Box, ...] = ()) -> Place:
    return msgspec.structs.replace(
        street(), colliders=boxes, doors=(), spawn=Spot(at_m=(0.0, 0.0, 0.0)), terrain=terrain, groves=groves
    )


def world_of(place: Place) -> World:
    world = new_world({STREET: place}, {}, start=STREET, seed=1)
    step(world, [])
    return world


@given(heights, st.floats(-12, 12), st.floats(-12, 12))
@settings(max_examples=60)
def test_the_ground_is_the_same_one_by_one_and_in_arrays_and_within_its_cells(
    cm: list[list[int]], x: float, y: float
) -> None:
    ground = ground_of(hilly(Terrain(at_m=(-8.0, -8.0), cell_m=2.0, heights_cm=tuple(map(tuple, cm)))))
    found = ground.height_m(x, y)
    assert found == ground.heights_m(np.array([[x, y]]))[0]
    assert min(map(min, cm)) / 100 - 1e-12 <= found <= max(map(max, cm)) / 100 + 1e-12


def test_the_ground_passes_through_the_heights_of_its_grid() -> None:
    ground = ground_of(hilly())
    for j in range(SIZE):
        for i in range(SIZE):
            assert ground.height_m(-8.0 + 2.0 * i, -8.0 + 2.0 * j) == pytest.approx(HILL.heights_cm[j][i] / 100)


def test_a_place_without_terrain_is_level() -> None:
    assert ground_of(street()) is LEVEL
    assert LEVEL.height_m(5.0, -3.0) == 0.0
    assert LEVEL.steepest() == 0.0
    assert ground_of(hilly()).steepest() > 0.1


moves = st.lists(
    st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.booleans(), st.floats(-0.3, 0.3)), min_size=1, max_size=25
)


def walked(world: World, plan: list[tuple[float, float, bool, float]]) -> None:
    ground = ground_of(world.place)
    for ahead, aside, run, yaw_rad in plan:
        for _ in range(8):
            step(world, [Look(yaw_rad=yaw_rad), Move(ahead=ahead, aside=aside, run=run)])
            x, y, z = world.body.pos_m
            assert z >= ground.height_m(x, y) - 1e-9
            assert not world.body.on_ground or z <= ground.height_m(x, y) + 0.07  # on a slope downhill it settles


@given(moves)
@settings(max_examples=25, deadline=None)
def test_no_walk_ends_below_the_ground_or_in_the_air(plan: list[tuple[float, float, bool, float]]) -> None:
    world = world_of(hilly())
    walked(world, plan)
    for _ in range(30):
        step(world, [])
    x, y, z = world.body.pos_m
    assert world.body.on_ground
    assert z == pytest.approx(ground_of(world.place).height_m(x, y), abs=1e-6)


@given(moves)
@settings(max_examples=10, deadline=None)
def test_the_same_walk_ends_in_the_same_world(plan: list[tuple[float, float, bool, float]]) -> None:
    place = hilly()
    first, second = world_of(place), world_of(msgspec.convert(msgspec.to_builtins(place), Place))
    walked(first, plan)
    walked(second, plan)
    assert digest(first) == digest(second)


def test_a_hill_is_walked_at_the_speed_of_the_plain() -> None:
    world = world_of(hilly())
    for _ in range(60):
        step(world, [Move(ahead=1.0)])
    before = world.body.pos_m
    for _ in range(60):
        step(world, [Move(ahead=1.0)])
    x, y, z = world.body.pos_m
    assert hypot(x - before[0], y - before[1]) == pytest.approx(WALK_MPS, rel=0.02)
    assert z != before[2]


def test_who_falls_lands_on_the_ground_not_on_the_plane_below() -> None:
    world = world_of(hilly())
    x, y, _ = world.body.pos_m
    world.body.pos_m, world.body.on_ground = (x, y, 5.0), False
    for _ in range(120):
        step(world, [])
    assert world.body.pos_m[2] == pytest.approx(ground_of(world.place).height_m(x, y))


def test_a_box_on_a_slope_is_stepped_on_and_a_high_one_is_a_wall() -> None:
    z = ground_of(hilly()).height_m(0.0, 3.0)
    low, high = (Box(at_m=(0.0, 3.0, z - 0.5), size_m=(9.0, 1.0, 0.5 + up)) for up in (0.12, 1.0))
    for box, passes in ((low, True), (high, False)):
        world = world_of(hilly(boxes=(box,)))
        for _ in range(150):
            step(world, [Move(ahead=1.0)])
        assert (world.body.pos_m[1] > 3.0) == passes


def test_a_crowd_walks_on_the_ground_that_a_player_walks_on() -> None:
    place = hilly()
    world = world_of(place)
    crowd = crowd_at(np.array([world.body.pos_m]), np.array([0.0]))
    for _ in range(150):
        step(world, [Move(ahead=1.0)])
        crowd = walk_many(crowd, place, np.array([[1.0, 0.0]]), np.array([False]))
    assert crowd.pos_m[0] == pytest.approx(np.array(world.body.pos_m), abs=1e-6)


APPLES = Grove(plot=3, species="apple", step_m=3.0, rows=((-6.0, 4.0, 3), (-6.0, 7.0, 2)))
VINES = Grove(plot=4, species="grape", step_m=2.0, rows=((-6.0, -4.0, 5),), hedge=True)


def test_trees_stand_on_the_ground_in_the_order_of_their_indices() -> None:
    place = hilly(HILL, APPLES, VINES)
    spots, ground = spots_of(place), ground_of(place)
    assert count_of(APPLES) == 5
    assert spots.tree.tolist() == [3 << 16 | k for k in range(5)] + [4 << 16 | k for k in range(5)]
    assert spots.grove.tolist() == [0] * 5 + [1] * 5
    assert spots.at_m[1].tolist() == [-3.0, 4.0, ground.height_m(-3.0, 4.0)]
    assert len(trunks(place)) == 5 + 1


def test_trunks_and_hedges_stop_a_walker_and_the_gap_between_trees_does_not() -> None:
    place = hilly(HILL, APPLES, VINES)
    solids = collide.solids_of(place)
    ground = solids.ground
    for (x, y), free in (((-3.0, 4.0), False), ((-4.5, 4.0), True), ((-5.0, -4.0), False), ((-5.0, -4.6), True)):
        near = collide.near(solids, x, y, within_m=BODY_RADIUS_M)
        assert collide.is_free(near, x, y, ground.height_m(x, y)) == free


def test_ways_lead_round_trunks_on_a_hill() -> None:
    floor = Floor(hilly(HILL, APPLES, VINES))
    assert not floor.can_reach(-3.0, 4.0)
    assert floor.can_reach(-4.5, 4.0)
    assert not floor.can_reach(-5.0, -4.0)


def test_the_ground_goes_on_beyond_its_grid() -> None:
    ground = ground_of(hilly())
    assert ground.height_m(400.0, 0.0) == ground.height_m(8.0, 0.0)
    assert isinstance(ground, Ground)
