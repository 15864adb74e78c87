"""Orders of the day, the contest and children's mode in the orchard."""

import pytest
from msgspec.structs import replace

from game.core import events as e
from game.core import orchard as o
from game.core.day_orders import DayOrder, orders_of, progressed
from game.core.events import Event
from game.core.orchard_fruit import hanging
from game.core.orchard_ports import OrchardTold
from game.core.rules import orchard_contest
from game.core.step import step
from tests.core.small_orchard import (
    APPLES,
    DAY,
    FREE,
    LOQUATS,
    in_garden,
    low_fruit,
    open_garden,
    pick,
    picked,
    reasons,
    rules,
)


def test_a_days_orders_are_the_same_for_all_and_differ_from_day_to_day() -> None:
    drawn = {day: orders_of(rules().day_orders, day) for day in range(40)}
    assert drawn == {day: orders_of.__wrapped__(rules().day_orders, day) for day in range(40)}
    assert len(set(drawn.values())) > 30
    for orders in drawn.values():
        assert len({order.id for order in orders}) == rules().day_orders.a_day
        by_id = {rule.id: rule for rule in rules().day_orders.orders}
        assert all(by_id[order.id].least <= order.need <= by_id[order.id].most for order in orders)


ORDERS = [
    # kind, before, what was picked -> after
    ("clean", 1, {"species": "pear", "grade": "A"}, 2),
    ("clean", 1, {"species": "pear", "grade": "B"}, 1),
    ("clean", 1, {"species": "apple", "grade": "A"}, 1),
    ("weight", 100, {"species": "pear", "grade": "B"}, 250),
    ("weight", 100, {"species": "apple", "grade": "A"}, 100),
    ("high", 1, {"high": True, "grade": "A"}, 2),
    ("high", 1, {"high": True, "grade": "B"}, 1),
    ("high", 1, {"grade": "A"}, 1),
    ("combo", 3, {"in_a_row": 5, "grade": "A"}, 5),
    ("combo", 3, {"in_a_row": 1, "grade": "A"}, 3),
]


@pytest.mark.parametrize(("kind", "before", "fruit", "after"), ORDERS)
def test_orders_count_what_they_ask_for_alone(kind: str, before: int, fruit: dict[str, object], after: int) -> None:
    order = DayOrder(id="x", kind=kind, species="pear", need=9, points=1)
    given = {"species": "pear", "grade": "A", "grams": 150, "high": False, "in_a_row": 0, **fruit}
    assert progressed(order, before, **given) == after  # type: ignore[arg-type]


def test_an_order_of_the_day_pays_once() -> None:
    world = in_garden()
    rule = replace(rules().day_orders.orders[0], id="few", kind="combo", least=2, most=2, step=1, points=50)
    world.orchard_rules = replace(rules(), day_orders=replace(rules().day_orders, a_day=1, orders=(rule,)))
    found = [event for _ in range(4) for event in pick(world, LOQUATS, low_fruit(world, LOQUATS))]
    assert [event for event in found if isinstance(event, e.DayOrderDone)] == [e.DayOrderDone(order="few", points=50)]
    assert world.orchard.today.points == 50 + sum(event.fruit.points for event in picked(found))


def test_a_new_day_of_the_chain_hangs_the_villages_trees_full_again() -> None:
    world = open_garden()
    pick(world, APPLES, low_fruit(world, APPLES))
    assert world.orchard.today.gone
    assert e.OrchardDay(day=20_001) in step(world, [], [OrchardTold(now_secs=DAY + 86_400)])
    assert (world.orchard.today.gone, world.orchard.today.points) == ({}, 0)


def test_a_kept_day_goes_on_and_one_that_is_over_does_not() -> None:
    world = open_garden()
    pick(world, APPLES, low_fruit(world, APPLES))
    played = world.orchard.today
    again = open_garden()
    assert e.OrchardDay(day=20_000) in step(again, [o.ResumeDay(played=played)])
    assert again.orchard.today == played
    assert reasons(step(again, [o.ResumeDay(played=played)])) == ["day_over"]
    later = open_garden(now_secs=DAY + 86_400)
    assert reasons(step(later, [o.ResumeDay(played=played)])) == ["day_over"]


def test_the_contest_lasts_five_minutes_and_leaves_the_trees_as_they_were() -> None:
    world = open_garden()
    index = low_fruit(world, APPLES)
    pick(world, APPLES, index)
    assert reasons(step(world, [o.StartContest()])) == ["basket_holds_fruit"]
    step(world, [o.ReturnFruit()])
    assert e.ContestStarted(day=20_000, secs=300) in step(world, [o.StartContest()])
    assert reasons(step(world, [o.StartContest(), o.ReturnFruit(), o.PlayAsChild(on=True)])) == ["contest_on"] * 3
    assert world.orchard.contest is not None
    assert world.orchard.contest.end_tick == world.orchard.contest.start_tick + 300 * 60
    world.orchard.contest.end_tick = world.tick + 60 * 20  # the rest of it is fast forwarded
    before = world.orchard.today
    for _ in range(3):
        pick(world, LOQUATS, low_fruit(world, LOQUATS))
    assert reasons(pick(world, FREE, 0)) == ["contest_is_the_villages"]
    points = world.orchard.contest.points
    found: list[Event] = []
    for _ in range(20 * 60):
        found = step(world, [])
        if world.orchard.contest is None:
            break
    [ended] = [event for event in found if isinstance(event, e.ContestEnded)]
    assert (ended.result.points, ended.result.clean, ended.result.medal) == (points, 3, "")
    assert (world.orchard.today, world.orchard.basket) == (before, [])
    assert world.orchard.results == (ended.result,)
    assert reasons(step(world, [o.EndContest()])) == ["no_contest"]


def test_all_who_play_a_days_contest_have_the_same_fruit_before_them() -> None:
    ripeness = []
    for seed, start in ((1, 0), (2, 100)):
        world = open_garden(seed=seed)
        for _ in range(start):
            step(world, [])
        step(world, [o.StartContest()])
        found = hanging(world, LOQUATS)
        assert found is not None
        ripeness.append(found.ripeness.tolist())
    assert ripeness[0] == ripeness[1]
    other = open_garden(now_secs=DAY + 86_400)
    step(other, [o.StartContest()])
    found = hanging(other, LOQUATS)
    assert found is not None
    assert found.ripeness.tolist() != ripeness[0]


@pytest.mark.parametrize(
    ("points", "medal", "for_a_child"),
    [(749, "", "bronze"), (750, "bronze", "bronze"), (1800, "silver", "silver"), (2450, "gold", "gold"),
     (9999, "gold", "gold")],
)  # fmt: skip
def test_medals_are_for_points_and_a_child_has_one_in_any_case(points: int, medal: str, for_a_child: str) -> None:
    assert orchard_contest.medal(rules().contest, points) == medal
    assert orchard_contest.medal(rules().contest, points, child=True) == for_a_child


def test_crates_empty_the_basket_during_the_contest() -> None:
    world = in_garden()
    step(world, [o.StartContest()])
    pick(world, LOQUATS, low_fruit(world, LOQUATS))
    assert e.FruitTaken(pieces=1, village=True) in step(world, [o.TakeFruit()])
    assert reasons(step(world, [o.TakeFruit()])) == ["hands_busy"]


def test_children_can_not_fail() -> None:
    world = in_garden()
    assert e.ChildModeChanged(on=True) in step(world, [o.PlayAsChild(on=True)])
    assert e.ContestStarted(day=0, secs=0) in step(world, [o.StartContest()])
    [event] = picked(pick(world, APPLES, low_fruit(world, APPLES), rough=True))
    assert event.fruit.grade == "A"
    pick(world, APPLES, low_fruit(world, APPLES, ripe=False))
    assert world.orchard.combo.in_a_row == 1
    for _ in range(20 * 60):
        step(world, [])
    assert world.orchard.contest is not None  # no clock runs
    [ended] = [event for event in step(world, [o.EndContest()]) if isinstance(event, e.ContestEnded)]
    assert (ended.result.medal, ended.result.child) == ("bronze", True)
