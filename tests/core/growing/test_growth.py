"""What a tree's growth is at every time: order of stages, bounds, no clock, nothing lost by waiting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.growing.growth import Growth, growth
from game.core.orchard_ports import STAGES
from tests.core.growing.trees import SPECIES

APPLE, ORANGE = SPECIES["apple"], SPECIES["orange"]
PLANTED, BLOSSOM, RIPE = 1_000, 11_000, 31_000


def at(now_secs: int, watered: float = 1.0, species: object = APPLE) -> Growth:
    return growth(species, PLANTED, BLOSSOM, RIPE, now_secs, watered)  # type: ignore[arg-type]


def test_a_tree_passes_through_all_stages_in_their_order() -> None:
    seen = list(dict.fromkeys(at(now).stage for now in range(0, 40_000, 50)))
    assert seen == list(STAGES)


@given(st.integers(-(10**6), 10**6), st.floats(-1, 2), st.sampled_from(sorted(SPECIES)))
def test_every_measure_stays_between_nothing_and_all(now: int, watered: float, name: str) -> None:
    found = at(now, watered, SPECIES[name])
    for value in (found.size, found.blossom, found.leaf, found.fruit_size, found.ripeness, found.autumn):
        assert 0.0 <= value <= 1.0


@given(st.integers(0, 60_000), st.integers(0, 5_000))
def test_size_and_ripeness_never_fall(now: int, later: int) -> None:
    before, after = at(now), at(now + later)
    assert after.size >= before.size
    assert after.ripeness >= before.ripeness


def test_what_lacks_water_waits_just_short_of_ripe_and_loses_nothing() -> None:
    thirsty = at(RIPE + 10**6, 0.99)
    assert thirsty.stage == "ripening"
    assert thirsty.ripeness < 1.0
    watered = at(RIPE + 10**6, 1.0)
    assert watered.stage == "ripe"
    assert thirsty.size == watered.size
    assert thirsty.fruit_size == watered.fruit_size


def test_fruit_is_ripe_at_its_date_and_not_a_second_before() -> None:
    assert at(RIPE).stage == "ripe"
    assert at(RIPE - 1).stage == "ripening"


def test_evergreens_keep_their_leaves_and_others_turn_and_drop_them() -> None:
    late = RIPE + 18_000
    assert at(late, species=ORANGE).leaf == 1.0
    assert at(late, species=ORANGE).autumn == 0.0
    assert at(late).leaf < 0.5
    assert at(late).autumn == 1.0


def test_dates_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="not in order"):
        growth(APPLE, 5, 5, 9, 7)
