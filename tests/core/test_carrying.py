"""What is carried in build mode: along a ray or by keys, set down where it may stay."""

from math import radians

import msgspec
import pytest

from game.core import building as b
from game.core import commands as c
from game.core.budget import Weight
from game.core.ids import ItemId, PieceId
from game.core.rules.carrying import freedom
from game.core.rules.display import empty_stands
from game.core.step import step
from game.core.world import World
from tests.core.small import HAT, PRINT, VASE
from tests.core.small_home import do, home, home_world, the
from tests.core.small_rooms import FRAME, KIT, LAMP, PENDANT, SHELF, TABLE, item


def carried(world: World) -> b.Carried:
    assert world.building is not None
    assert world.building.carried is not None
    return world.building.carried


DOWN = (0.0, 0.0, -1.0)


def test_what_is_carried_follows_a_ray_snaps_and_is_set_down() -> None:
    world = home_world()
    do(world, b.SetSnap(grid_m=0.25), b.TakeNew(piece=TABLE), b.CarryTo(origin_m=(-1.1, 0.9, 2.0), ray=DOWN))
    assert carried(world).items[0].at_m == (-1.0, 1.0, 0.0)
    assert carried(world).fit == b.YES
    assert do(world, b.Drop()) == []
    assert the(world, "i1").at_m == (-1.0, 1.0, 0.0)
    assert world.building is not None
    assert world.building.carried is None


def test_a_ray_onto_a_table_a_shelf_board_or_a_wall_puts_it_there() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, SHELF, (1.0, 2.75)))
    do(world, b.SetSnap(grid_m=0.0), b.TakeNew(piece=LAMP), b.CarryTo(origin_m=(-1.2, 1.1, 2.0), ray=DOWN))
    assert (carried(world).items[0].at_m, carried(world).items[0].on) == ((-1.2, 1.1, 0.7), "i1")
    do(world, b.CarryTo(origin_m=(1.0, 0.0, 1.3), ray=(0.0, 2.7, -0.6)))
    assert (carried(world).items[0].at_m[2], carried(world).items[0].on) == (0.65, "i2")
    do(world, b.PutAway(), b.TakeNew(good=PRINT), b.CarryTo(origin_m=(-1.0, 0.0, 1.5), ray=(0.0, 1.0, 0.0)))
    hung = carried(world).items[0]
    assert (hung.at_m, hung.yaw_deg) == ((-1.0, 2.985, 1.3), 0.0)
    assert carried(world).fit == b.YES
    do(world, b.CarryTo(origin_m=(-1.0, 0.0, 1.5), ray=DOWN))
    assert carried(world).fit.kind == "no_support"
    assert do(world, b.Drop()) == ["no_support"]


def test_a_hat_hangs_from_a_rail() -> None:
    from game.core.rooms import Surface

    rail = msgspec.structs.replace(
        KIT[TABLE], id=PieceId("rail"),
        surfaces=(Surface(at_m=(0.0, 0.0, 0.6), size_m=(1.0, 0.02), hung=True),),
    )  # fmt: skip
    world = home_world()
    world.kit[rail.id] = rail
    do(world, b.PlaceItem(piece=rail.id, at_m=(-1.0, 1.0, 0.0)), b.PlaceItem(good=HAT, at_m=(-0.8, 1.0, 0.5)))
    assert (the(world, "i2").at_m, the(world, "i2").on) == ((-0.8, 1.0, 0.4), "i1")


def test_what_is_taken_up_stays_in_the_room_until_it_is_set_down() -> None:
    things = (item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (-0.6, 1.0, 0.7), on="i1"))
    world = home_world(*things)
    do(world, b.TakeUp(ids=(ItemId("i1"),)), b.CarryTo(origin_m=(0.5, 1.0, 2.0), ray=DOWN))
    assert [thing.at_m for thing in carried(world).items] == [(0.5, 1.0, 0.0), (0.9, 1.0, 0.7)]
    assert home(world).items == things
    do(world, b.PutAway())
    assert home(world).items == things
    do(world, b.TakeUp(ids=(ItemId("i1"),)), b.CarryTo(origin_m=(0.5, 1.0, 2.0), ray=DOWN), b.Drop())
    assert the(world, "i2").at_m == (0.9, 1.0, 0.7)
    do(world, b.Undo())
    assert home(world).items == things


def test_by_keyboard_alone_a_thing_is_turned_nudged_and_lifted_onto_a_table() -> None:
    world = home_world(item(1, TABLE, (-1.0, 1.0)))
    world.body.pos_m, world.body.yaw_rad, world.body.pitch_rad = (-1.0, -1.0, 0.0), 0.0, -0.9
    do(world, b.TakeNew(piece=LAMP))
    x, y, z = carried(world).items[0].at_m
    assert z == 0.0
    do(world, b.TurnCarried(deg=20.0), b.NudgeCarried(by_m=(0.0, 1.0 - y, 0.0)))
    assert carried(world).items[0].yaw_deg == 15.0
    assert carried(world).items[0].at_m == (x, 1.0, 0.0)
    assert carried(world).fit.kind == "overlaps"
    do(world, b.NudgeCarried(by_m=(0.0, 0.0, 0.05)))
    assert (carried(world).items[0].at_m[2], carried(world).fit) == (0.7, b.YES)
    step(world, [c.Look(yaw_rad=1.0)])
    assert carried(world).items[0].at_m[1] == 1.0, "what was nudged keeps its place"
    do(world, b.CarryTo())
    assert carried(world).items[0].at_m[1] != 1.0


def test_what_is_taken_up_to_stay_is_brought_to_spots_as_high_as_it_may_stand() -> None:
    things = (item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (0.5, 1.0)))
    world = home_world(*things)
    do(world, b.TakeUp(ids=(ItemId("i2"),), stay=True))
    step(world, [c.Look(yaw_rad=1.0)])
    assert carried(world).items == (things[1],), "no gaze moves it"
    assert carried(world).fit == b.YES
    for at_m, rests_m, kind in (
        ((-1.0, 1.0, 0.0), (-1.0, 1.0, 0.0), "overlaps"),
        ((-1.0, 1.0, 0.69), (-1.0, 1.0, 0.7), "fits"),
        ((-1.0, 1.0, 2.0), (-1.0, 1.0, 0.7), "fits"),
        ((0.2, 1.0, 0.7), (0.2, 1.0, 0.0), "fits"),
        ((40.0, 1.0, 0.7), (0.2, 1.0, 0.0), "fits"),
    ):
        do(world, b.BringCarried(at_m=at_m))
        assert (carried(world).items[0].at_m, carried(world).fit.kind) == (rests_m, kind)
    do(world, b.BringCarried(at_m=(0.2, 1.0, 0.0), yaw_deg=37.0), b.Drop())
    assert (the(world, "i2").at_m, the(world, "i2").yaw_deg) == ((0.2, 1.0, 0.0), 37.0)
    do(world, b.Undo())
    assert home(world).items == things


def test_what_hangs_is_brought_along_its_wall_and_never_off_it() -> None:
    world = home_world(item(1, FRAME, (0.0, 2.98, 1.0)))
    do(world, b.TakeUp(ids=(ItemId("i1"),), stay=True), b.BringCarried(at_m=(1.0, 0.0, 1.4), yaw_deg=90.0))
    assert (carried(world).items[0].at_m, carried(world).items[0].yaw_deg) == ((1.0, 2.98, 1.4), 0.0)
    do(world, b.BringCarried(at_m=(1.0, 2.98, 99.0)))
    assert carried(world).items[0].at_m[2] == 2.2, "not through the ceiling"


def test_each_thing_is_as_free_as_what_holds_it_lets_it_be() -> None:
    hanging, hung = item(3, FRAME, (-3.48, 0.0, 1.0), yaw_deg=90.0), item(4, PENDANT, (0.0, 0.0, 2.4))
    world = home_world(item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (0.5, 1.0)), hanging, hung)
    found = [freedom(world, home(world), (thing,)) for thing in home(world).items]
    assert [(len(each.along), each.lifts, each.turns) for each in found] == [
        (2, False, True), (2, True, True), (1, True, False), (2, False, True),
    ]  # fmt: skip
    assert [abs(part) for part in found[2].along[0]] == pytest.approx([0.0, 1.0, 0.0])


def test_a_good_that_is_carried_is_not_on_its_stand() -> None:
    world = home_world(item(1, VASE, (0.5, 1.0)))
    do(world, b.TakeUp(ids=(ItemId("i1"),)))
    assert empty_stands(world) == ("i1",)
    do(world, b.PutAway())
    assert empty_stands(world) == ()


def test_one_more_is_carried_after_a_drop_as_long_as_one_has_it() -> None:
    world = home_world(owned={VASE: 2})
    do(world, b.TakeNew(good=VASE))
    for x in (-1.0, 0.0):
        do(world, b.CarryTo(origin_m=(x, 1.0, 2.0), ray=DOWN), b.Drop(again=True))
    assert [thing.good for thing in home(world).items] == [VASE, VASE]
    assert world.building is not None
    assert world.building.carried is None


def test_a_room_that_would_become_too_heavy_is_refused_what_makes_it_so() -> None:
    world = home_world()
    world.weights[TABLE] = Weight(triangles=600_000)
    assert do(world, b.PlaceItem(piece=TABLE, at_m=(-2.0, 1.0, 0.0))) == []
    assert world.building is not None
    assert world.building.weight.triangles == 600_000
    assert do(world, b.PlaceItem(piece=TABLE, at_m=(1.0, 1.0, 0.0))) == ["over_budget"]


def test_a_picture_that_would_make_the_room_too_heavy_is_not_hung() -> None:
    world = home_world(item(1, FRAME, (0.0, 2.98, 1.0)))
    world.weights["ab" * 32], world.weights["cd" * 32] = Weight(texture_bytes=10**9), Weight(texture_bytes=10**6)
    frame = (ItemId("i1"),)
    assert do(world, b.SetPicture(ids=frame, picture="ab" * 32)) == ["over_budget"]
    assert do(world, b.SetPicture(ids=frame, picture="cd" * 32)) == []
    assert world.building is not None
    assert world.building.weight.texture_bytes == 10**6


def test_facing_turns_a_new_thing_to_the_player() -> None:
    world = home_world()
    world.body.yaw_rad = radians(90.0)
    do(world, b.TakeNew(piece=TABLE))
    assert carried(world).items[0].yaw_deg == 90.0
