"""Care: what is asked of the chain, what is shown while it is waited for, and that facts alone grant it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import commands as c
from game.core import orchard as o
from game.core import orchard_ports as op
from game.core import ports
from game.core.events import GraftTold, Stepped
from game.core.ids import PlaceId
from game.core.orchard import drops_shown, waterings_shown
from game.core.orchard_ports import Can, OrchardTold
from game.core.rules import orchard_care
from game.core.step import step
from game.core.world import World
from tests.core.small import ready
from tests.core.small_orchard import (
    DAY,
    FREE,
    ME,
    MINE,
    OTHER,
    PLOT,
    THEIRS,
    asked,
    fact,
    in_garden,
    open_garden,
    reasons,
    rules,
)

YOUNG = (PLOT.planted_at_secs + PLOT.blossom_at_secs) // 2


def thirsty(left: int = 3, **more: object) -> World:
    return open_garden(trees=(fact(MINE, ME, waterings_left=left), fact(THEIRS, OTHER, waterings_left=2)), **more)


def test_the_chain_is_asked_to_tell_once_a_market_opens_and_again_when_it_opens_anew() -> None:
    world = in_garden()
    assert asked(step(world, [])) == []
    assert [type(request) for request in asked(step(world, [], [ready()]))] == [op.FollowOrchard]
    assert asked(step(world, [])) == []
    [request] = world.orchard.under_way.values()
    assert step(world, [], [ports.Refused(request_id=request.request_id, reason="no_orchard_there")]) == []
    step(world, [], [ports.Down(reason="market_down")])
    assert [type(request) for request in asked(step(world, [], [ready()]))] == [op.FollowOrchard]


def test_water_shows_at_once_as_waiting_and_counts_when_the_chain_says_so() -> None:
    world = thirsty()
    [request] = asked(step(world, [o.Water(tree=MINE, times=2)]))
    assert isinstance(request, op.WaterTree)
    assert (request.tree, request.times) == (MINE, 2)
    assert (waterings_shown(world.orchard, MINE), drops_shown(world.orchard)) == ((1, True), (1, True))
    assert world.orchard.trees[MINE].waterings_left == 3
    answer = OrchardTold(
        now_secs=DAY, trees=(fact(MINE, ME, waterings_left=1),), can=Can(drops=1, steps_left_today=500),
        request_id=request.request_id,
    )  # fmt: skip
    step(world, [], [answer])
    assert (waterings_shown(world.orchard, MINE), drops_shown(world.orchard)) == ((1, False), (1, False))


def test_a_refused_watering_is_as_if_it_had_not_been_asked() -> None:
    world = thirsty()
    [request] = asked(step(world, [o.Water(tree=MINE)]))
    assert isinstance(request, op.WaterTree)
    refused = ports.Refused(request_id=request.request_id, reason="chain_refused")
    assert reasons(step(world, [], [refused])) == ["chain_refused"]
    assert (waterings_shown(world.orchard, MINE), drops_shown(world.orchard)) == ((3, False), (3, False))


WATERINGS = [
    # command, reason
    (o.Water(tree=FREE), "not_your_tree"),
    (o.Water(tree=THEIRS), "not_your_tree"),
    (o.Water(tree=MINE, times=0), "watered_enough"),
    (o.Water(tree=MINE, times=6), "watered_enough"),
    (o.Water(tree=MINE, times=4), "can_empty"),
    (o.Water(tree=9 << 16), "tree_unknown"),
    (o.Water(), "tree_unknown"),
    (o.Visit(tree=MINE), "not_a_friends_tree"),
    (o.Visit(tree=FREE), "not_a_friends_tree"),
    (o.BuyWater(drops=0), "bad_quantity"),
    (o.BuyWater(drops=101), "bad_quantity"),
    (o.Adopt(tree=MINE), "adopted_already"),
    (o.Tend(tree=FREE, action="prune"), "not_your_tree"),
    (o.Tend(tree=MINE, action="prune"), "wrong_stage"),
    (o.Tend(tree=MINE, action="sing"), "tending_unknown"),
    (o.Graft(tree=MINE, with_variety="loquat_white_jade"), "wrong_stage"),
    (o.Graft(tree=MINE, with_variety="pear_snow"), "graft_impossible"),
    (o.Graft(tree=THEIRS, with_variety="loquat_white_jade"), "not_your_tree"),
]


@pytest.mark.parametrize(("command", "reason"), WATERINGS)
def test_what_can_not_be_done_is_said_and_not_asked(command: o.OrchardCommand, reason: str) -> None:
    found = step(thirsty(left=5), [command])
    assert (reasons(found), asked(found)) == ([reason], [])


def test_nothing_is_asked_of_a_market_that_is_shut() -> None:
    assert reasons(step(in_garden(), [o.Water(tree=MINE)])) == ["market_opening"]


def test_the_nearest_tree_is_meant_where_none_is_named() -> None:
    world = thirsty()
    world.body.pos_m = (0.0, 8.5, 0.0)
    [request] = asked(step(world, [o.Water()]))
    assert isinstance(request, op.WaterTree)
    assert request.tree == MINE


def test_a_friends_tree_is_watered_by_visiting() -> None:
    world = thirsty()
    [request] = asked(step(world, [o.Visit(tree=THEIRS)]))
    assert isinstance(request, op.VisitTree)
    assert waterings_shown(world.orchard, THEIRS) == (1, True)
    assert reasons(step(world, [o.Visit(tree=THEIRS)])) == ["still_under_way"]


def test_trees_are_adopted_one_at_a_time_and_by_play_once_a_plot() -> None:
    world = open_garden(trees=())
    [request] = asked(step(world, [o.Adopt(tree=FREE, by_play=True)]))
    assert request == op.Adopt(request_id=request.request_id, tree=FREE, by_play=True)  # type: ignore[union-attr]
    assert reasons(step(world, [o.Adopt(tree=MINE)])) == ["still_under_way"]
    told = OrchardTold(
        now_secs=DAY, trees=(fact(FREE, ME, by_play=True),), request_id=request.request_id  # type: ignore[union-attr]
    )
    step(world, [], [told])
    assert reasons(step(world, [o.Adopt(tree=MINE, by_play=True)])) == ["no_tree_by_play"]
    assert len(asked(step(world, [o.Adopt(tree=MINE)]))) == 1


def test_each_tending_has_its_time_and_is_done_once() -> None:
    world = thirsty(now_secs=YOUNG)
    assert len(asked(step(world, [o.Tend(tree=MINE, action="prune")]))) == 1
    assert reasons(step(world, [o.Tend(tree=MINE, action="prune")])) == ["still_under_way"]
    assert reasons(step(thirsty(now_secs=YOUNG), [o.Tend(tree=MINE, action="birds")])) == ["wrong_stage"]
    done = open_garden(now_secs=YOUNG, trees=(fact(MINE, ME, tended=("prune",)),))
    assert reasons(step(done, [o.Tend(tree=MINE, action="prune")])) == ["tended_already"]


def test_a_young_tree_can_be_grafted_as_its_plot_published_and_once() -> None:
    world = thirsty(now_secs=YOUNG)
    [request] = asked(step(world, [o.Graft(tree=MINE, with_variety="loquat_white_jade")]))
    assert isinstance(request, op.GraftTree)
    assert reasons(step(world, [o.Graft(tree=MINE, with_variety="loquat_white_jade")])) == ["still_under_way"]
    grafted = open_garden(now_secs=YOUNG, trees=(fact(MINE, ME, grafted=True),))
    assert reasons(step(grafted, [o.Graft(tree=MINE, with_variety="loquat_white_jade")])) == ["graft_impossible"]


def test_what_came_of_a_graft_is_told_once_and_to_its_owner_alone() -> None:
    world = open_garden(now_secs=YOUNG, trees=(fact(MINE, ME, grafted=True, graft_open=True),))

    def told(*trees: op.TreeFact) -> list[GraftTold]:
        happened = step(world, [], [op.OrchardTold(now_secs=YOUNG, trees=trees)])
        return [event for event in happened if isinstance(event, GraftTold)]

    assert told(fact(MINE, ME, grafted=True, graft_open=True), fact(THEIRS, OTHER, grafted=True)) == []
    assert told(fact(MINE, ME, grafted=True)) == [GraftTold(tree=MINE, taken=False)]
    assert told(fact(MINE, ME, grafted=True)) == []
    assert told(fact(MINE, ME, grafted=True, graft_open=True)) == []  # old news
    assert not world.orchard.trees[MINE].graft_open


def test_a_graft_that_took_is_told_as_such() -> None:
    world = open_garden(now_secs=YOUNG, trees=(fact(MINE, ME, grafted=True, graft_open=True),))
    taken = op.OrchardTold(now_secs=YOUNG, trees=(fact(MINE, ME, grafted=True, variety="loquat_white_jade"),))
    assert GraftTold(tree=MINE, taken=True) in step(world, [], [taken])


def test_water_is_bought_and_a_life_line_asked_for() -> None:
    world = open_garden()
    assert [type(request) for request in asked(step(world, [o.BuyWater(drops=5), o.AskLife(tree=FREE)]))] == [
        op.BuyDrops, op.ReadLife
    ]  # fmt: skip
    assert reasons(step(world, [o.BuyWater(drops=5)])) == ["still_under_way"]


# --- steps -----------------------------------------------------------------------------------------------------


def walked(world: World, steps: int) -> list[ports.Request]:
    return asked(orchard_care.walk(world, [Stepped(floor="stone")] * steps))


def test_walking_in_the_street_fills_the_can_up_to_the_days_cap() -> None:
    world = open_garden(start=PlaceId("street"))
    at_once = rules().care.steps_at_once
    assert walked(world, at_once - 1) == []
    [request] = walked(world, 1)
    assert isinstance(request, op.FillByWalking)
    assert request.steps == at_once
    assert walked(world, at_once) == []  # one request at a time
    walked(world, 300)
    told = OrchardTold(now_secs=DAY, can=Can(drops=4, steps_left_today=250), request_id=request.request_id)
    [second] = asked(step(world, [], [told]))
    assert isinstance(second, op.FillByWalking)
    assert second.steps == 250
    step(world, [], [OrchardTold(now_secs=DAY, can=Can(drops=5, steps_left_today=0), request_id=second.request_id)])
    assert walked(world, 5_000) == []
    assert world.orchard.steps <= orchard_care.STEPS_MOST


def test_steps_elsewhere_do_not_count_and_refused_ones_are_not_lost() -> None:
    garden = open_garden()
    assert walked(garden, 1_000) == []
    assert garden.orchard.steps == 0
    world = open_garden(start=PlaceId("street"))
    [request] = walked(world, 200)
    assert isinstance(request, op.FillByWalking)
    assert world.orchard.steps == 0
    assert asked(step(world, [], [ports.Refused(request_id=request.request_id, reason="chain_refused")])) == []
    assert world.orchard.steps == 200
    assert len(asked(step(world, [], [OrchardTold(now_secs=DAY, can=Can(drops=1, steps_left_today=400))]))) == 1


def test_feet_on_the_street_are_what_is_counted() -> None:
    world = open_garden(start=PlaceId("street"))
    for _ in range(240):
        step(world, [c.Move(aside=-1.0, run=True)])
    assert 5 < world.orchard.steps < 20


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 8), st.booleans()), max_size=25))
def test_what_is_shown_never_exceeds_what_the_chain_told(session: list[tuple[int, int, bool]]) -> None:
    world = thirsty(left=7)
    left = 7
    for times, told_left, answers in session:
        requests = asked(step(world, [o.Water(tree=MINE, times=times)]))
        known = world.orchard
        assert 0 <= waterings_shown(known, MINE)[0] <= known.trees[MINE].waterings_left
        assert known.can is not None
        assert 0 <= drops_shown(known)[0] <= known.can.drops
        if answers and requests:
            request_id = requests[0].request_id  # type: ignore[union-attr]
            told = OrchardTold(
                now_secs=DAY, trees=(fact(MINE, ME, waterings_left=told_left),), request_id=request_id
            )
            step(world, [], [told])
        assert known.trees[MINE].waterings_left <= left
        left = known.trees[MINE].waterings_left
