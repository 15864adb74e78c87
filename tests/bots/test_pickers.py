"""Pickers of four skills: the better ones earn more, nobody gets stuck, and no day brings more than its trees bear."""

import dataclasses
from itertools import pairwise
from statistics import mean

import pytest
from msgspec.structs import replace

from game.bots.pickers import SKILLS, Harvested, Picker, day, day_limit, harvest, harvests, practice_world
from game.core import events as e
from game.core import orchard as o
from game.core.day_orders import orders_of
from game.core.orchard_fruit import hanging
from game.core.picking import most_worth
from tests.core.small_orchard import rules

HARVESTS = 16
NOVICE, CASUAL, SKILLED, MASTER = SKILLS


@pytest.fixture(scope="module")
def played() -> dict[str, list[Harvested]]:
    found = harvests(rules(), HARVESTS)
    return {skill.name: [one for one in found if one.skill == skill.name] for skill in SKILLS}


def test_grade_and_income_rise_with_skill(played: dict[str, list[Harvested]]) -> None:
    shares = [mean(one.clean_share for one in played[skill.name]) for skill in SKILLS]
    points = [mean(one.points for one in played[skill.name]) for skill in SKILLS]
    assert all(more > less + 0.01 for less, more in pairwise(shares)), shares
    assert all(more > 1.2 * less for less, more in pairwise(points)), points


def test_the_best_of_the_worse_are_behind_the_worst_of_the_best(played: dict[str, list[Harvested]]) -> None:
    assert max(one.points for one in played["novice"]) < min(one.points for one in played["skilled"])


def test_nobody_gets_stuck_and_all_bring_something_home(played: dict[str, list[Harvested]]) -> None:
    everyone = [one for found in played.values() for one in found]
    assert len(everyone) == HARVESTS
    assert not any(one.stuck for one in everyone)
    assert all(one.clean + one.bruised > 30 for one in everyone)


def test_a_picker_that_can_take_nothing_is_noticed_as_stuck() -> None:
    tiny = replace(rules(), picking=replace(rules().picking, basket_grams=1))
    assert harvest(tiny, MASTER, 1).stuck


def test_medals_tell_skills_apart(played: dict[str, list[Harvested]]) -> None:
    medals = rules().contest.medals
    assert all(one.medal in ("silver", "gold") for one in played["master"])
    assert max(one.points for one in played["master"]) > 0.9 * medals["gold"]
    assert all(one.medal in ("bronze", "silver") for one in played["skilled"])
    assert all(one.medal in ("", "bronze") for one in played["casual"])
    assert all(one.medal == "" for one in played["novice"])


def test_a_harvest_can_be_played_again() -> None:
    assert harvest(rules(), CASUAL, 5) == harvest(rules(), CASUAL, 5)
    assert harvest(rules(), CASUAL, 5) != harvest(rules(), CASUAL, 6)


# --- no strategy earns without end -----------------------------------------------------------------------------


@pytest.mark.parametrize("skill", [CASUAL, MASTER], ids=lambda skill: skill.name)
def test_a_whole_day_of_picking_brings_no_more_than_its_trees_bear(skill: object) -> None:
    picker = day(rules(), skill, 3)  # type: ignore[arg-type]
    world = picker.world
    assert 0 < world.orchard.today.points <= day_limit(rules(), world)
    before = world.orchard.today.points
    fresh = Picker(world, MASTER, 4)
    while (found := fresh.next_fruit()) is not None and fresh.pick(*found):
        fresh.make_room()
    assert fresh.next_fruit() is None
    assert before <= world.orchard.today.points <= day_limit(rules(), world)


def test_to_leave_fruit_and_pick_it_again_earns_nothing() -> None:
    world = practice_world(rules(), day=1)
    earned = []
    for _ in range(4):
        picker = Picker(world, MASTER, 1)
        for _ in range(12):
            found = picker.next_fruit()
            assert found is not None
            picker.pick(*found)
        earned.append(world.orchard.today.points)
        picker.do(o.ReturnFruit())
        world.body.pos_m = (0.0, -3.0, 0.0)
    assert earned[-1] - earned[0] <= sum(
        order.points for order in orders_of(rules().day_orders, world.orchard.today.day)
    )  # an order may still be filled, once; the same fruit brings no points again
    assert earned[3] == earned[2]




def test_contests_bring_medals_and_no_income_however_often_one_starts() -> None:
    world = practice_world(rules(), day=2)
    for _ in range(3):
        picker = Picker(world, MASTER, 2)
        picker.do(o.StartContest())
        for _ in range(5):
            found = picker.next_fruit()
            assert found is not None
            picker.pick(*found)
        picker.do(o.EndContest())
    assert world.orchard.today.points == 0
    assert [result.clean + result.bruised > 0 for result in world.orchard.results] == [True] * 3


def test_to_dawdle_for_the_combo_never_passes_the_cap() -> None:
    world = practice_world(rules(), day=5)
    world.orchard.combo = o.Combo(in_a_row=10_000, tick=world.tick)
    picker = Picker(world, MASTER, 5)
    found = picker.next_fruit()
    assert found is not None
    points = [event.fruit.points for event in picker.pick(*found) if isinstance(event, e.FruitPicked)]
    assert all(one <= most_worth(rules().picking.points) for one in points)


def test_to_yank_at_everything_earns_less_than_to_twist() -> None:
    yank = dataclasses.replace(MASTER, twist_share=(0.0, 0.0), pull_a_sec=(60.0, 0.0))
    rough, gentle = harvest(rules(), yank, 7), harvest(rules(), MASTER, 7)
    assert rough.clean_share == 0.0
    assert rough.points * 3 < gentle.points




def test_every_tree_of_the_practice_orchard_can_be_picked_from() -> None:
    world = practice_world(rules(), day=0)
    picker = Picker(world, MASTER, 0)
    reach = rules().picking.reach
    for tree in picker.trees:
        found = hanging(world, tree)
        assert found is not None
        assert found.middle_m is not None
        assert (found.middle_m[:, 2] <= reach.hand_m + reach.ladder_m).any()
