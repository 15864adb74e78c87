from math import pi

import msgspec
import pytest

from game.core.commands import Look, Move, PickUp, Travel, TryOn
from game.core.events import Declined, DoorMoved, EnteredPlace, PutBackOn, TookOff
from game.core.ids import DoorId, PlaceId, StandId
from game.core.places import Door, Place
from game.core.rules.display import displayed
from game.core.rules.doors import cross, crossed
from game.core.step import step
from game.core.world import World, new_world
from tests.core.small import GOODS, HAT, SCARF, SHOP, STREET, shop, street, world_at


def walk(world: World, ticks: int, move: Move) -> list[object]:
    return [event for _ in range(ticks) for event in step(world, [move])]


def test_a_door_opens_for_who_comes_near_and_shuts_behind() -> None:
    world = world_at(STREET)
    assert not [e for e in walk(world, 60, Move()) if isinstance(e, DoorMoved)]
    assert world.door_open[DoorId("in")] == 0.0
    opened = [e for e in walk(world, 140, Move(ahead=1.0)) if isinstance(e, DoorMoved)]
    assert opened == [DoorMoved(door=DoorId("in"), opens=True)]
    walk(world, 120, Move(ahead=-1.0))
    assert world.door_open[DoorId("in")] == 0.0


def test_a_shut_door_is_solid() -> None:
    world = world_at(STREET)
    world.body.pos_m = (0.0, -0.32, 0.0)  # right before the leaf, which has not begun to swing
    step(world, [Move(ahead=1.0, run=True)])
    walk(world, 10, Move(ahead=1.0, run=True))
    assert world.place_id == STREET
    assert world.body.pos_m[1] < -0.25
    walk(world, 40, Move(ahead=1.0, run=True))
    assert world.place_id == SHOP


@pytest.mark.parametrize("aside_m", [-0.2, 0.0, 0.2])
@pytest.mark.parametrize("run", [False, True])
def test_crossing_keeps_the_pose_relative_to_the_door(aside_m: float, run: bool) -> None:
    world = world_at(STREET)
    world.body.pos_m = (aside_m, -3.0, 0.0)
    step(world, [Look(yaw_rad=0.1, pitch_rad=-0.2)])
    for _ in range(200):
        speed = world.body.vel_mps
        before_yaw = world.body.yaw_rad
        entered = [e for e in step(world, [Move(ahead=1.0, run=run)]) if isinstance(e, EnteredPlace)]
        if entered:
            break
    assert entered == [EnteredPlace(place=SHOP, from_place=STREET)]
    # The shop's door faces east (leaving yaw -90 degrees), so one comes in towards the west.
    assert world.body.yaw_rad == pytest.approx(before_yaw + pi / 2)
    assert world.body.pitch_rad == pytest.approx(-0.2)
    assert world.body.vel_mps[0] == pytest.approx(-speed[1], abs=0.3)
    assert world.body.pos_m[0] == pytest.approx(4.1, abs=0.1)
    assert world.door_open[DoorId("out")] == 1.0


def test_one_can_turn_round_on_the_threshold_and_is_back() -> None:
    world = world_at(STREET)
    while world.place_id == STREET:
        step(world, [Move(ahead=1.0)])
    there_m = world.body.pos_m
    step(world, [Look(yaw_rad=pi)])
    events = walk(world, 30, Move(ahead=1.0))
    assert [e for e in events if isinstance(e, EnteredPlace)] == [EnteredPlace(place=STREET, from_place=SHOP)]
    assert world.body.pos_m[1] < 0.0
    assert there_m[0] < 4.1


def test_going_out_and_in_by_mapping_alone_is_the_identity() -> None:
    world = world_at(STREET)
    door = world.place.doors[0]
    world.door_open[door.id] = 1.0
    world.body.pos_m, world.body.vel_mps = (0.13, 0.01, 0.0), (0.3, 1.0, 0.0)
    cross(world, door)
    back = world.place.doors[0]
    cross(world, back)
    assert world.place_id == STREET
    assert world.body.vel_mps == pytest.approx((0.3, 1.0, 0.0))
    assert world.body.yaw_rad % (2 * pi) == pytest.approx(0.0, abs=1e-9) or world.body.yaw_rad == pytest.approx(2 * pi)
    assert world.body.pos_m[0] == pytest.approx(0.13)


def test_passing_beside_a_door_crosses_nothing() -> None:
    world = world_at(STREET)
    world.body.pos_m = (0.8, 0.1, 0.0)
    assert crossed(world, (0.8, -0.1, 0.0)) is None
    world.body.pos_m = (0.3, 0.1, 0.0)
    assert crossed(world, (0.3, -0.1, 0.0)) is not None


@pytest.mark.parametrize("leaf", ["", "leaf"])
def test_a_door_that_leads_nowhere_stays_shut(leaf: str) -> None:
    door = Door(
        id=DoorId("in"), at_m=(0.0, 0.0, 0.0), yaw_deg=0.0, to_place=PlaceId("gone"), to_door=DoorId("x"), leaf=leaf
    )
    place: Place = msgspec.structs.replace(street(), doors=(door,))
    world = new_world({STREET: place}, {}, start=STREET, seed=1)
    walk(world, 240, Move(ahead=1.0))
    assert world.place_id == STREET
    assert world.body.pos_m[1] < 0.0


def test_a_passage_without_leaf_is_always_open() -> None:
    place: Place = msgspec.structs.replace(street(), doors=(msgspec.structs.replace(street().doors[0], leaf=""),))
    world = new_world({STREET: place, SHOP: shop()}, dict(GOODS), start=STREET, seed=1)
    events = walk(world, 190, Move(ahead=1.0))
    assert world.place_id == SHOP
    assert DoorMoved(door=DoorId("in"), opens=True) not in events


def test_what_is_not_paid_stays_in_the_shop() -> None:
    world = world_at()
    step(world, [TryOn(good=HAT), PickUp(stand=StandId("s_vase"))])
    world.owned[SCARF] = 1
    step(world, [TryOn(good=SCARF)])
    events = step(world, [Travel(place=STREET)])
    assert world.hand is None
    assert [worn.good for worn in world.worn.values()] == [SCARF]
    assert TookOff(good=HAT, slot="head") in events
    assert PutBackOn(stand=StandId("s_vase"), good=GOODS["vase"].id) in events
    assert Declined(reason="unpaid_stays") in events
    step(world, [Travel(place=SHOP)])
    assert len(displayed(world)) == len(world.place.stands)


def test_leaving_with_empty_hands_says_nothing_about_paying() -> None:
    world = world_at()
    assert Declined(reason="unpaid_stays") not in step(world, [Travel(place=STREET)])


def test_one_cannot_travel_to_a_place_that_is_not() -> None:
    world = world_at()
    assert Declined(reason="place_unknown", detail="moon") in step(world, [Travel(place=PlaceId("moon"))])
    assert world.place_id == SHOP
