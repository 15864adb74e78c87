from math import pi, radians

import msgspec
import pytest

from game.core import commands as c
from game.core.events import Declined, EnteredPlace, Gestured, SatDown, StoodUp
from game.core.places import Box, Seat
from game.core.rules.reach import eye_m
from game.core.step import step
from game.core.world import SEATED_EYE_M, World, new_world
from tests.core.small import GOODS, SHOP, STREET, shop, street, world_at

BENCH = Seat(at_m=(0.0, 2.0, 0.45), yaw_deg=180.0)


def by_the_bench(x: float = 0.0, y: float = 1.2, yaw_rad: float = 0.0) -> World:
    solid = Box(at_m=(0.0, 2.1, 0.0), size_m=(1.4, 0.5, 0.45))
    place = msgspec.structs.replace(shop(), colliders=(*shop().colliders, solid), seats=(BENCH,))
    world = new_world({SHOP: place, STREET: street()}, dict(GOODS), start=SHOP, seed=1)
    world.body.pos_m, world.body.yaw_rad = (x, y, 0.0), yaw_rad
    return world


def test_waving_is_told_and_an_unknown_gesture_is_refused() -> None:
    world = world_at()
    assert step(world, [c.Gesture()]) == [Gestured(kind="wave")]
    assert step(world, [c.Gesture(kind="moonwalk")]) == [Declined(reason="gesture_unknown")]


def test_one_sits_on_the_seat_at_hand_and_turns_to_look_from_it() -> None:
    world = by_the_bench()
    assert SatDown(on_seat=True) in step(world, [c.Sit()])
    assert world.sitting is not None
    assert world.sitting.at_m == BENCH.at_m
    assert eye_m(world) == (0.0, 2.0, pytest.approx(0.45 + SEATED_EYE_M))
    for _ in range(60):
        step(world, [])
    assert abs(world.body.yaw_rad) == pytest.approx(pi)
    step(world, [c.Look(yaw_rad=0.3)])
    step(world, [])
    assert world.body.yaw_rad % (2 * pi) == pytest.approx((-pi + 0.3) % (2 * pi)), "who sits may look round"


@pytest.mark.parametrize(
    ("x", "y", "yaw_deg", "on_seat"), [(0, 1.2, 0, True), (0, 0.6, 0, False), (0, 1.2, 180, False), (1, 1.4, 20, True)]
)
def test_only_a_seat_that_is_near_and_ahead_is_meant(x: float, y: float, yaw_deg: float, on_seat: bool) -> None:
    world = by_the_bench(x, y, radians(yaw_deg))
    assert SatDown(on_seat=on_seat) in step(world, [c.Sit()])


def test_where_there_is_no_seat_one_sits_on_the_ground() -> None:
    world = world_at()
    at_m = world.body.pos_m
    assert SatDown(on_seat=False) in step(world, [c.Sit()])
    assert world.sitting is not None
    assert world.sitting.at_m == at_m


def test_walking_ends_sitting_where_one_stood_before() -> None:
    world = by_the_bench()
    step(world, [c.Sit()])
    assert StoodUp() not in step(world, [c.Move(ahead=0.0)])
    assert StoodUp() in step(world, [c.Move(ahead=1.0)])
    assert world.sitting is None
    assert abs(world.body.pos_m[1] - 1.2) < 0.05


def test_sitting_again_stands_up() -> None:
    world = by_the_bench()
    step(world, [c.Sit()])
    assert StoodUp() in step(world, [c.Sit()])
    assert world.sitting is None


def test_nobody_sits_down_in_the_air() -> None:
    world = world_at()
    world.body.on_ground = False
    assert Declined(reason="mid_air") in step(world, [c.Sit()])


def test_travelling_ends_sitting() -> None:
    world = by_the_bench()
    step(world, [c.Sit()])
    assert EnteredPlace(place=STREET, from_place=SHOP) in step(world, [c.Travel(place=STREET)])
    assert world.sitting is None
