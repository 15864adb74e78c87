from dataclasses import replace
from itertools import pairwise
from math import cos, hypot, inf, nan, pi, radians, sin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import collide
from game.core.commands import Look, Move
from game.core.events import Declined, EnteredPlace, Stepped
from game.core.places import Box, Place, Spot
from game.core.rules.movement import RUN_MPS, WALK_MPS
from game.core.step import step
from game.core.world import BODY_HEIGHT_M, BODY_RADIUS_M, DT_SECS, World, new_world
from tests.core.small import STREET, street


def yard(*boxes: Box, spawn: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> World:
    place = msgspec.structs.replace(street(), colliders=boxes, doors=(), spawn=Spot(at_m=spawn))
    return new_world({STREET: place}, {}, start=STREET, seed=1)


def go(world: World, ticks: int, *commands: Move | Look) -> list[object]:
    return [event for _ in range(ticks) for event in step(world, commands)]


def speed_mps(world: World) -> float:
    return hypot(world.body.vel_mps[0], world.body.vel_mps[1])


@pytest.mark.parametrize(("run", "speed"), [(False, WALK_MPS), (True, RUN_MPS)])
def test_the_body_reaches_its_speed_and_comes_to_rest(run: bool, speed: float) -> None:
    world = yard()
    step(world, [Move(ahead=1.0, run=run)])
    assert 0.0 < speed_mps(world) < speed
    go(world, 60, Move(ahead=1.0, run=run))
    assert speed_mps(world) == pytest.approx(speed)
    go(world, 30)
    assert speed_mps(world) == 0.0


def test_yaw_zero_walks_to_plus_y_and_positive_yaw_turns_left() -> None:
    world = yard()
    go(world, 60, Move(ahead=1.0))
    assert world.body.pos_m[1] > 1.5
    assert world.body.pos_m[0] == pytest.approx(0.0)
    world = yard()
    step(world, [Look(yaw_rad=pi / 2)])
    go(world, 60, Move(ahead=1.0))
    assert world.body.pos_m[0] < -1.5
    world = yard()
    go(world, 60, Move(aside=1.0))
    assert world.body.pos_m[0] > 1.5


def test_walking_aslant_is_not_faster() -> None:
    world = yard()
    go(world, 60, Move(ahead=1.0, aside=1.0))
    assert speed_mps(world) == pytest.approx(WALK_MPS)


def test_pitch_stops_short_of_straight_up() -> None:
    world = yard()
    go(world, 10, Look(pitch_rad=1.0))
    assert 1.4 < world.body.pitch_rad < pi / 2


@pytest.mark.parametrize("broken", [nan, inf, -inf])
def test_broken_axes_move_nothing(broken: float) -> None:
    world = yard()
    go(world, 5, Look(yaw_rad=broken, pitch_rad=broken), Move(ahead=broken, aside=broken))
    assert world.body.pos_m == (0.0, 0.0, 0.0)
    assert (world.body.yaw_rad, world.body.pitch_rad) == (0.0, 0.0)


def test_no_turn_however_great_makes_the_world_unsound() -> None:
    world = yard()
    go(world, 3, Look(yaw_rad=1e308, pitch_rad=-1e308), Move(ahead=1e308))
    assert world.body.yaw_rad == pytest.approx(6 * pi)
    assert speed_mps(world) <= WALK_MPS


def test_a_wall_stops_and_one_slides_along_it() -> None:
    wall = Box(at_m=(0.0, 1.0, 0.0), size_m=(20.0, 0.1, 3.0))
    world = yard(wall)
    go(world, 120, Move(ahead=1.0))
    assert world.body.pos_m[1] == pytest.approx(0.95 - BODY_RADIUS_M, abs=1e-3)
    assert speed_mps(world) < 0.05
    go(world, 60, Move(ahead=1.0, aside=1.0))
    assert world.body.pos_m[0] > 0.8


def test_a_step_is_climbed_and_a_ledge_is_not() -> None:
    for height_m, climbed in ((0.2, True), (0.3, False)):
        world = yard(Box(at_m=(0.0, 2.0, 0.0), size_m=(4.0, 2.0, height_m)))
        go(world, 60, Move(ahead=1.0))
        assert (world.body.pos_m[2] == pytest.approx(height_m)) is climbed
        assert (world.body.pos_m[1] > 0.8) is climbed


def test_a_step_is_not_climbed_under_a_ceiling_that_is_too_low() -> None:
    boxes = (
        Box(at_m=(0.0, 2.0, 0.0), size_m=(4.0, 2.0, 0.2)),
        Box(at_m=(0.0, 2.0, BODY_HEIGHT_M + 0.1), size_m=(4.0, 2.0, 1.0)),
    )
    world = yard(*boxes)
    go(world, 60, Move(ahead=1.0))
    assert world.body.pos_m[2] + BODY_HEIGHT_M <= BODY_HEIGHT_M + 0.1 + 1e-9


@pytest.mark.parametrize("run", [False, True])
def test_stairs_are_walked_up_without_stopping(run: bool) -> None:
    stairs = [Box(at_m=(0.0, 1.0 + 0.3 * i, 0.0), size_m=(2.0, 0.3, 0.18 * (i + 1))) for i in range(8)]
    world = yard(*stairs, Box(at_m=(0.0, 8.25, 0.0), size_m=(2.0, 10.0, 0.18 * 9)))
    slowest_mps = inf
    for tick in range(150):
        step(world, [Move(ahead=1.0, run=run)])
        if tick > 30:
            slowest_mps = min(slowest_mps, speed_mps(world))
    assert world.body.pos_m[2] == pytest.approx(0.18 * 9)
    assert slowest_mps > WALK_MPS * 0.9


def test_a_ramp_carries_up_and_down_with_the_feet_on_it() -> None:
    world = yard(Box(at_m=(0.0, 3.0, 0.0), size_m=(2.0, 4.0, 0.0), climb_m=1.5))
    for _ in range(130):
        step(world, [Move(ahead=1.0)])
        assert world.body.on_ground
    assert world.body.pos_m[2] > 0.8
    go(world, 1, Look(yaw_rad=pi))
    for _ in range(140):
        step(world, [Move(ahead=1.0)])
        assert world.body.on_ground
    assert world.body.pos_m[2] == 0.0


def test_the_high_end_of_a_ramp_is_a_wall() -> None:
    world = yard(Box(at_m=(0.0, 3.0, 0.0), size_m=(2.0, 4.0, 0.0), yaw_deg=180.0, climb_m=1.5))
    go(world, 120, Move(ahead=1.0))
    assert world.body.pos_m[1] <= 1.0 - BODY_RADIUS_M + 1e-6
    assert world.body.pos_m[2] == 0.0


def test_one_falls_from_an_edge_faster_and_faster_and_lands() -> None:
    world = yard(Box(at_m=(0.0, 0.0, 0.0), size_m=(2.0, 2.0, 2.0)), spawn=(0.0, 0.0, 2.0))
    heights_m = []
    for _ in range(120):
        step(world, [Move(ahead=1.0)])
        heights_m.append(world.body.pos_m[2])
    drops_m = [a - b for a, b in pairwise(heights_m) if a > b > 0.0]
    assert drops_m == sorted(drops_m)
    assert len(drops_m) > 20
    assert heights_m[-1] == 0.0
    assert world.body.on_ground


def test_feet_are_heard_on_the_ground_only() -> None:
    world = yard()
    heard = [event for event in go(world, 120, Move(ahead=1.0)) if isinstance(event, Stepped)]
    assert 3 <= len(heard) <= 6
    assert {event.floor for event in heard} == {world.place.floor} == {"stone"}
    assert not go(world, 60)[20:]


def test_a_body_put_into_a_box_is_pushed_out() -> None:
    world = yard(Box(at_m=(0.0, 0.0, 0.0), size_m=(3.0, 1.0, 2.0), yaw_deg=30.0), spawn=(0.2, 0.1, 0.0))
    step(world, [])
    solids = collide.solids_of(world.place).all
    assert collide.is_free(solids, *world.body.pos_m)
    assert hypot(world.body.pos_m[0], world.body.pos_m[1]) < 1.2


coordinate = st.floats(-4.0, 4.0)
boxes = st.lists(
    st.builds(
        lambda x, y, z, sx, sy, sz, yaw, climb: Box(
            at_m=(x, y, z), size_m=(sx, sy, sz), yaw_deg=yaw, climb_m=min(climb, sy)
        ),
        coordinate,
        coordinate,
        st.sampled_from([0.0, 0.0, 0.0, 0.5, 1.4, 1.9]),
        st.floats(0.02, 3.0),
        st.floats(0.02, 3.0),
        st.sampled_from([0.05, 0.2, 0.21, 0.23, 0.4, 1.0, 3.0]),
        st.floats(-180.0, 180.0),
        st.sampled_from([0.0, 0.0, 0.0, 0.3, 1.5]),
    ),
    max_size=14,
)
moves = st.lists(
    st.tuples(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0), st.booleans(), st.floats(-1.5, 1.5), st.integers(1, 25)),
    max_size=14,
)


def trunk_points(pos_m: tuple[float, float, float]) -> list[tuple[float, float, float]]:
    """Points on the trunk's skin and axis, worked out apart from the rules."""
    around = [(cos(i * pi / 8) * r, sin(i * pi / 8) * r) for i in range(16) for r in (0.0, BODY_RADIUS_M - 1e-3)]
    heights_m = (collide.STEP_UP_M + 1e-3, 0.6, 1.0, 1.4, BODY_HEIGHT_M - 1e-3)
    return [(pos_m[0] + x, pos_m[1] + y, pos_m[2] + z) for x, y in around for z in heights_m]


def is_inside(box: Box, point_m: tuple[float, float, float]) -> bool:
    turn = complex(cos(radians(-box.yaw_deg)), sin(radians(-box.yaw_deg)))
    local = complex(point_m[0] - box.at_m[0], point_m[1] - box.at_m[1]) * turn
    if abs(local.real) > box.size_m[0] / 2 or abs(local.imag) > box.size_m[1] / 2:
        return False
    return box.at_m[2] < point_m[2] < box.at_m[2] + box.size_m[2]


@settings(max_examples=150, deadline=None)
@given(boxes, moves)
def test_the_body_is_never_in_a_box_and_never_jumps(found: list[Box], way: list[tuple[float, ...]]) -> None:
    world = yard(*found)
    solids = collide.solids_of(world.place).all
    step(world, [])
    for ahead, aside, run, turn_rad, ticks in way:
        step(world, [Look(yaw_rad=turn_rad)])
        for _ in range(int(ticks)):
            before_m = world.body.pos_m
            step(world, [Move(ahead=ahead, aside=aside, run=bool(run))])
            after_m = world.body.pos_m
            assert collide.is_free(solids, *after_m)
            assert not [p for p in trunk_points(after_m) for box in found if is_inside(box, p)]
            moved_m = hypot(after_m[0] - before_m[0], after_m[1] - before_m[1])
            assert moved_m <= RUN_MPS * DT_SECS + BODY_RADIUS_M / 2
            assert after_m[2] >= 0.0


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.01, 0.5),
    st.floats(-80.0, 80.0),
    st.lists(st.tuples(st.floats(-2.0, 2.0), st.integers(5, 60)), max_size=8),
)
def test_no_way_leads_through_a_closed_ring_of_thin_walls(
    thickness_m: float, yaw_deg: float, way: list[tuple[float, int]]
) -> None:
    side_m = 3.0
    c, s = cos(radians(yaw_deg)), sin(radians(yaw_deg))
    ring = [
        Box(
            at_m=(c * x - s * y, s * x + c * y, 0.0),
            size_m=(side_m * 2 + thickness_m, thickness_m, 3.0),
            yaw_deg=yaw_deg + turn,
        )
        for x, y, turn in ((0.0, side_m, 0.0), (0.0, -side_m, 0.0), (side_m, 0.0, 90.0), (-side_m, 0.0, 90.0))
    ]
    world = yard(*ring)
    for turn_rad, ticks in way:
        step(world, [Look(yaw_rad=turn_rad)])
        go(world, ticks, Move(ahead=1.0, run=True))
        x, y, _ = world.body.pos_m
        assert max(abs(c * x + s * y), abs(c * y - s * x)) <= side_m - BODY_RADIUS_M + 1e-3


def test_solids_of_two_places_with_the_same_id_are_not_confused() -> None:
    one, other = yard(Box(at_m=(0, 2, 0), size_m=(4, 1, 2))), yard()
    assert len(collide.solids_of(one.place).all) == 1
    assert len(collide.solids_of(other.place).all) == 0
    copy: Place = msgspec.structs.replace(one.place, colliders=())
    assert len(collide.solids_of(copy).all) == 0
    assert not [e for e in go(replace(one), 30, Move(ahead=1.0)) if isinstance(e, Declined | EnteredPlace)]
