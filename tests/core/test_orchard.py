"""Play in the orchard: aiming, picking, basket, scale."""

from math import radians

import numpy as np
import pytest
from msgspec.structs import replace

from game.core import commands as c
from game.core import events as e
from game.core import orchard as o
from game.core import orchard_ports, ports
from game.core.events import Event
from game.core.orchard_fruit import hanging
from game.core.orchard_ports import OrchardTold
from game.core.rules.orchard_aim import towards
from game.core.step import step
from game.core.world import World
from tests.core.small_orchard import (
    APPLES,
    DAY,
    FREE,
    GARDEN,
    LOQUATS,
    ME,
    MINE,
    PLOT,
    THEIRS,
    asked,
    fact,
    in_garden,
    look_at,
    low_fruit,
    open_garden,
    pick,
    picked,
    reasons,
    rules,
    stand_at,
    stroke,
)


def test_the_same_tree_hangs_where_it_stands_in_each_world() -> None:
    here, there = in_garden(), in_garden()
    place = there.places[GARDEN]
    moved = tuple(replace(grove, rows=tuple((x + 5.0, y, n) for x, y, n in grove.rows)) for grove in place.groves)
    there.places[GARDEN] = replace(place, groves=moved)
    first, second = hanging(here, APPLES), hanging(there, APPLES)
    assert first is not None
    assert second is not None
    assert first.middle_m is not None
    assert second.middle_m is not None
    assert np.allclose(second.middle_m - first.middle_m, (5.0, 0.0, 0.0))
    again = hanging(here, APPLES)
    assert again is not None
    assert again.middle_m is not None
    assert np.array_equal(again.middle_m, first.middle_m)


# --- aiming ----------------------------------------------------------------------------------------------------


def test_the_fruit_before_the_eyes_is_aimed_at_and_none_where_one_looks_away() -> None:
    world = in_garden()
    index = low_fruit(world, APPLES)
    stand_at(world, APPLES, index)
    look_at(world, APPLES, index)
    found = step(world, [])
    assert e.FruitAimed(aim=o.Aim(tree=APPLES, index=index)) in found
    assert step(world, []) == []
    world.body.pitch_rad = -1.4
    assert e.FruitAimed(aim=None) in step(world, [])


def test_nothing_is_aimed_at_outside_of_an_orchard() -> None:
    world = open_garden(start=ports.PlaceId("street"))
    step(world, [])
    assert world.orchard.aim is None
    assert reasons(step(world, [o.Knock()])) == ["nothing_aimed"]
    assert reasons(step(world, [o.TakeTool(tool="pole")])) == ["no_orchard_here"]


def test_knock_and_tug_tell_ripe_from_unripe_and_take_a_moment() -> None:
    world = in_garden()
    heard = {}
    for ripe in (True, False):
        index = low_fruit(world, APPLES, ripe=ripe)
        stand_at(world, APPLES, index)
        look_at(world, APPLES, index)
        step(world, [])
        [knocked] = [event for event in step(world, [o.Knock()]) if isinstance(event, e.Knocked)]
        assert reasons(step(world, [o.Tug()])) == ["hands_busy"]
        for _ in range(30):
            step(world, [])
        [tugged] = [event for event in step(world, [o.Tug()]) if isinstance(event, e.Tugged)]
        heard[ripe] = (knocked.ring, tugged.give)
        for _ in range(30):
            step(world, [])
    assert heard[True][0] < heard[False][0]
    assert heard[True][1] > heard[False][1] == 0.0


def test_the_ladder_makes_higher_ones_reachable_until_one_walks_on() -> None:
    world = in_garden()
    found = hanging(world, APPLES)
    assert found is not None
    assert found.middle_m is not None
    x, y, z = found.middle_m.T
    near = np.hypot(x, y - 0.5) < 3.0  # of the foot, where one stands for it
    index = int(np.flatnonzero(near & (z > 2.2) & (z < 3.2) & (found.ripeness >= 0.65))[0])
    stand_at(world, APPLES, index)
    assert reasons(step(world, [o.Grasp(tree=APPLES, index=index)])) == ["too_high"]
    assert e.LadderUsed(up=True) in step(world, [o.UseLadder()])
    assert reasons(step(world, [o.Grasp(tree=APPLES, index=index)])) == ["hands_busy"]
    for _ in range(120):
        step(world, [])
    assert e.FruitGrasped(tree=APPLES, index=index) in step(world, [o.Grasp(tree=APPLES, index=index)])
    [event] = picked(stroke(world, twist=0.05, ticks=40, pull=1.0))
    assert (event.fruit.grade, event.high) == ("A", True)
    assert event.fruit.points > rules().picking.points.clean
    assert e.LadderUsed(up=False) in step(world, [c.Move(ahead=1.0)])


def test_the_ladder_needs_a_tree_and_the_pole_needs_the_ground() -> None:
    world = in_garden()
    world.body.pos_m = (0.0, -20.0, 0.0)
    assert reasons(step(world, [o.UseLadder()])) == ["no_tree_near"]
    world.body.pos_m = (0.0, -1.0, 0.0)
    step(world, [o.UseLadder()])
    found = step(world, [o.TakeTool(tool="pole")])
    assert [e.LadderUsed(up=False), e.ToolTaken(tool="pole")] == found[:2]
    assert reasons(step(world, [o.TakeTool(tool="rake")])) == ["tool_unknown"]


# --- picking ---------------------------------------------------------------------------------------------------


def test_twisting_then_pulling_gently_is_clean_and_a_yank_bruises() -> None:
    world = in_garden()
    [clean] = picked(pick(world, APPLES, low_fruit(world, APPLES)))
    assert (clean.fruit.grade, clean.in_a_row) == ("A", 1)
    [rough] = picked(pick(world, APPLES, low_fruit(world, APPLES), rough=True))
    assert (rough.fruit.grade, rough.in_a_row) == ("B", 0)
    assert clean.fruit.points > rough.fruit.points
    assert world.orchard.basket == [clean.fruit, rough.fruit]


def test_an_unripe_one_stays_and_ends_the_combo() -> None:
    world = in_garden()
    pick(world, APPLES, low_fruit(world, APPLES))
    assert world.orchard.combo.in_a_row == 1
    index = low_fruit(world, APPLES, ripe=False)
    found = pick(world, APPLES, index)
    assert e.StalkHeld(tree=APPLES, index=index) in found
    assert picked(found) == []
    assert world.orchard.combo.in_a_row == 0
    after = hanging(world, APPLES)
    assert after is not None
    assert after.there[index]


def test_clean_ones_in_a_row_are_worth_more_until_one_dawdles() -> None:
    world = in_garden()
    points = [picked(pick(world, LOQUATS, low_fruit(world, LOQUATS)))[0].fruit.points for _ in range(3)]
    assert points == sorted(set(points))
    for _ in range(60 * 9):
        step(world, [])
    [late] = picked(pick(world, LOQUATS, low_fruit(world, LOQUATS)))
    assert (late.in_a_row, late.fruit.points) == (1, points[0])


def test_what_is_let_go_of_hangs_on_and_what_is_picked_does_not() -> None:
    world = in_garden()
    index = low_fruit(world, APPLES)
    stand_at(world, APPLES, index)
    step(world, [o.Grasp(tree=APPLES, index=index), o.TwistAndPull(twist_rad=0.1)])
    assert e.FruitLetGo(tree=APPLES, index=index) in step(world, [o.LetGo()])
    assert reasons(step(world, [o.LetGo()])) == ["nothing_grasped"]
    assert reasons(step(world, [o.TwistAndPull(pull=1.0)])) == ["nothing_grasped"]
    assert picked(pick(world, APPLES, index))
    assert reasons(step(world, [o.Grasp(tree=APPLES, index=index)])) == ["nothing_aimed"]


def test_who_holds_a_fruit_stands_and_looks_still() -> None:
    world = in_garden()
    index = low_fruit(world, APPLES)
    stand_at(world, APPLES, index)
    before = world.body.pos_m
    step(world, [o.Grasp(tree=APPLES, index=index)])
    for _ in range(30):
        step(world, [c.Move(ahead=1.0), c.Look(yaw_rad=0.1)])
    assert (world.body.pos_m, world.body.yaw_rad) == (before, 0.0)
    step(world, [o.LetGo()])
    step(world, [c.Look(yaw_rad=0.1)])
    assert world.body.yaw_rad == pytest.approx(0.1)


def test_a_stroke_is_the_same_at_thirty_pictures_a_second_as_at_sixty() -> None:
    grades = []
    for ticks in (1, 2):
        world = in_garden()
        index = low_fruit(world, APPLES)
        stand_at(world, APPLES, index)
        step(world, [o.Grasp(tree=APPLES, index=index)])
        for _ in range(40 // ticks):
            step(world, [o.TwistAndPull(twist_rad=0.08 * ticks, secs=ticks / 60)])
        held = world.orchard.grasped
        assert held is not None
        grades.append(held.held)
    assert grades[0].twist_rad == pytest.approx(grades[1].twist_rad)
    assert grades[0].fastest_rad_s == pytest.approx(grades[1].fastest_rad_s, rel=0.02)


def test_a_full_basket_takes_no_more() -> None:
    world = in_garden()
    small = replace(rules(), picking=replace(rules().picking, basket_grams=500))
    world.orchard_rules = small
    found: list[Event] = []
    while not reasons(found):
        found = pick(world, APPLES, low_fruit(world, APPLES))
    assert reasons(found) == ["basket_full"]
    assert 0 < world.orchard.basket_grams <= 500


def test_trees_of_others_thirsty_ones_and_unripe_ones_are_not_picked() -> None:
    world = open_garden()
    index = low_fruit(world, THEIRS)
    assert reasons(pick(world, THEIRS, index)) == ["not_your_tree"]
    assert picked(pick(world, FREE, low_fruit(world, FREE)))
    assert picked(pick(world, MINE, low_fruit(world, MINE)))
    thirsty = open_garden(trees=(fact(MINE, ME, waterings_left=1),))
    assert reasons(pick(thirsty, MINE, 0)) == ["needs_water"]
    early = open_garden(now_secs=PLOT.ripe_at_secs - 86_400)
    assert reasons(pick(early, MINE, 0)) == ["not_ripe_yet"]
    late = open_garden(now_secs=PLOT.redeem_by_secs + 1)
    assert reasons(pick(late, MINE, 0)) == ["season_over"]


def test_what_the_chain_says_was_picked_before_hangs_no_more_and_ones_own_is_not_counted_twice() -> None:
    world = open_garden(trees=(fact(MINE, ME, picked=5, yield_fruits=30),))
    before = hanging(world, MINE)
    assert before is not None
    assert before.there.sum() == 25
    pick(world, MINE, low_fruit(world, MINE))
    step(world, [], [OrchardTold(now_secs=DAY, trees=(fact(MINE, ME, picked=6, yield_fruits=30),))])
    after = hanging(world, MINE)
    assert after is not None
    assert after.there.sum() == 24
    step(world, [], [OrchardTold(now_secs=DAY, trees=(fact(MINE, ME, picked=9, yield_fruits=30),))])
    others = hanging(world, MINE)
    assert others is not None
    assert others.there.sum() == 21


# --- the scale -------------------------------------------------------------------------------------------------


def at_scale(world: World) -> None:
    world.body.pos_m = (-3.0, -2.0, 0.0)


def test_own_fruit_is_harvested_the_rest_is_paid_and_the_villages_is_given() -> None:
    world = open_garden()
    for tree in (MINE, FREE, FREE, APPLES):
        pick(world, tree, low_fruit(world, tree), rough=tree == FREE)
    world.body.pos_m = (6.0, 9.5, 0.0)
    assert reasons(step(world, [o.WeighBasket()])) == ["scale_too_far"]
    at_scale(world)
    assert reasons(step(world, [o.TakeFruit()])) == ["not_weighed"]
    [shown] = [event.weighed for event in step(world, [o.WeighBasket()]) if isinstance(event, e.BasketWeighed)]
    assert (shown.own, shown.village, shown.to_pay, shown.price_wei) == (1, 1, 2, 2 * PLOT.fruit_price_wei)
    assert shown.grams == world.orchard.basket_grams
    found = step(world, [o.TakeFruit()])
    assert e.FruitTaken(pieces=1, village=True) in found
    harvest, buy = asked(found)
    assert isinstance(harvest, orchard_ports.Harvest)
    assert isinstance(buy, orchard_ports.BuyAtScale)
    assert harvest.lines == (orchard_ports.HarvestLine(tree=MINE, grade_a=1, grade_b=0),)
    assert buy.lines == (orchard_ports.HarvestLine(tree=FREE, grade_a=0, grade_b=2),)
    assert (buy.plot, buy.most_wei) == (1, 2 * PLOT.fruit_price_wei)
    assert len(world.orchard.basket) == 3
    assert reasons(step(world, [o.WeighBasket()])) == ["basket_empty"]
    done = step(world, [], [OrchardTold(now_secs=DAY, request_id=buy.request_id)])
    assert e.FruitTaken(pieces=2) in done
    assert [fruit.tree for fruit in world.orchard.basket] == [MINE]
    refused = ports.Refused(request_id=harvest.request_id, reason="chain_refused")
    assert reasons(step(world, [], [refused])) == ["chain_refused"]
    assert len(step(world, [o.WeighBasket()])) == 1  # it waits in the basket again


def test_while_the_market_is_shut_fruit_of_the_chain_waits() -> None:
    world = open_garden()
    pick(world, FREE, low_fruit(world, FREE))
    pick(world, APPLES, low_fruit(world, APPLES))
    step(world, [], [ports.Down(reason="market_down")])
    at_scale(world)
    step(world, [o.WeighBasket()])
    found = step(world, [o.TakeFruit()])
    assert e.FruitTaken(pieces=1, village=True) in found
    assert reasons(found) == ["market_down"]
    assert [fruit.tree for fruit in world.orchard.basket] == [FREE]


def test_left_fruit_hangs_again_and_brings_no_points_twice() -> None:
    world = in_garden()
    index = low_fruit(world, APPLES)
    [first] = picked(pick(world, APPLES, index))
    assert world.orchard.today.points == first.fruit.points > 0
    assert e.FruitReturned(pieces=1) in step(world, [o.ReturnFruit()])
    [again] = picked(pick(world, APPLES, index))
    assert again.fruit.points == 0
    assert world.orchard.today.points == first.fruit.points
    assert reasons(step(world, [o.ReturnFruit(), o.ReturnFruit()])) == ["basket_empty"]


def test_who_leaves_the_orchard_leaves_the_fruit_and_the_ladder() -> None:
    world = open_garden()
    pick(world, FREE, low_fruit(world, FREE))
    step(world, [o.UseLadder()])
    found = step(world, [c.Travel(place=ports.PlaceId("street"))])
    assert e.FruitReturned(pieces=1) in found
    assert e.LadderUsed(up=False) in found
    assert world.orchard.basket == []


def test_yaw_and_pitch_towards_a_point_look_at_it() -> None:
    world = in_garden()
    assert towards(world, (0.0, 5.0, 1.52))[0] == pytest.approx(0.0)
    assert towards(world, (-6.0, -1.0, 1.52))[0] == pytest.approx(radians(90))
    assert world.place_id == GARDEN
