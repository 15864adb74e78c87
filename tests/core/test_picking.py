"""How fruit comes off: the laws of the stroke, for every variety that there is."""

from math import inf, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core import picking
from game.core.orchard_rules import Variety
from game.core.picking import Held
from tests.core.small_orchard import rules

STROKE, POINTS = rules().picking.stroke, rules().picking.points
varieties = st.sampled_from(list(rules().varieties.values()))
ripe = st.floats(STROKE.ripe_from, 1.0)
twists = st.floats(0.0, 10.0)


@given(varieties, ripe, twists, twists)
def test_twisting_never_makes_a_stalk_stronger(variety: Variety, ripeness: float, one: float, two: float) -> None:
    less, more = sorted((one, two))
    assert picking.hold(STROKE, variety, ripeness, more) <= picking.hold(STROKE, variety, ripeness, less)


@given(varieties, ripe, ripe, twists)
def test_the_riper_the_looser(variety: Variety, one: float, two: float, twist: float) -> None:
    less, more = sorted((one, two))
    assert picking.hold(STROKE, variety, more, twist) <= picking.hold(STROKE, variety, less, twist)
    assert picking.give(STROKE, variety, more) >= picking.give(STROKE, variety, less) > 0.0
    assert picking.ring(more) <= picking.ring(less)


@given(varieties, st.floats(0.0, STROKE.ripe_from, exclude_max=True), twists, st.floats(0.0, 1.0))
def test_what_is_unripe_gives_no_way(variety: Variety, ripeness: float, twist: float, pull: float) -> None:
    assert picking.hold(STROKE, variety, ripeness, twist) == inf
    assert picking.outcome(STROKE, variety, ripeness, Held(twist_rad=twist, pull=pull), pole=False) in ("", "unripe")
    assert picking.give(STROKE, variety, ripeness) == 0.0


@pytest.mark.parametrize("variety", rules().varieties.values(), ids=lambda variety: variety.id)
@pytest.mark.parametrize("ripeness", [STROKE.ripe_from, 0.8, 1.0])
@pytest.mark.parametrize("pole", [False, True])
def test_each_variety_can_be_picked_clean_by_twisting_and_not_by_pulling_alone(
    variety: Variety, ripeness: float, pole: bool
) -> None:
    def pulled(twist_rad: float) -> str:
        held = Held(twist_rad=twist_rad, fastest_rad_s=2.0)
        for pull in range(101):
            came = picking.outcome(
                STROKE, variety, ripeness, Held(twist_rad=held.twist_rad, fastest_rad_s=2.0, pull=pull / 100), pole=pole
            )
            if came:
                return came
        return ""

    assert pulled(radians(variety.twist_deg)) == "A"
    assert pulled(0.0) == "B"


def test_twisting_too_fast_bruises_and_one_jump_of_a_mouse_does_not() -> None:
    variety = rules().varieties["apple_rosy"]
    fast, jumped = Held(), Held()
    for tick in range(12):
        fast = picking.stroked(fast, twist_rad=0.3, pull=0.0, secs=1 / 60)
        jumped = picking.stroked(jumped, twist_rad=0.3 if tick == 5 else 0.05, pull=0.0, secs=1 / 60)
    fast = picking.stroked(fast, twist_rad=0.0, pull=0.3, secs=1 / 60)
    for _ in range(18):
        jumped = picking.stroked(jumped, twist_rad=0.05, pull=0.0, secs=1 / 60)
    jumped = picking.stroked(jumped, twist_rad=0.0, pull=0.3, secs=1 / 60)
    assert picking.outcome(STROKE, variety, 1.0, fast, pole=False) == "B"
    assert picking.outcome(STROKE, variety, 1.0, jumped, pole=False) == "A"


@given(st.integers(0, 10**6), st.booleans(), st.sampled_from(["A", "B"]))
def test_no_combo_makes_a_fruit_worth_more_than_the_cap(in_a_row: int, high: bool, grade: str) -> None:
    worth = picking.worth(POINTS, grade, high=high, in_a_row=in_a_row)
    assert 0 <= worth <= picking.most_worth(POINTS)
    assert picking.combo_pct(POINTS, in_a_row) <= POINTS.combo_cap_pct
    assert picking.worth(POINTS, grade, high=high, in_a_row=in_a_row + 1) >= worth


def test_ladder_and_pole_reach_higher_and_the_pole_wider() -> None:
    def why(height_m: float, aside_m: float, tool: str = "hand", on_ladder: bool = False) -> str:
        return picking.too_far(
            rules().picking, height_m=height_m, aside_m=aside_m, tool=tool, on_ladder=on_ladder
        )

    assert (why(2.1, 1.0), why(2.2, 1.0), why(2.0, 1.5)) == ("", "too_high", "too_far")
    assert (why(3.3, 1.0, on_ladder=True), why(3.4, 1.0, on_ladder=True)) == ("", "too_high")
    assert (why(4.0, 2.0, "pole"), why(4.1, 2.0, "pole"), why(4.0, 2.3, "pole")) == ("", "too_high", "too_far")
