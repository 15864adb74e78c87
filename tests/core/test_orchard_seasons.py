"""A season that has ended makes room for the next of its kind, in the same grove."""

import pytest
from msgspec.structs import replace

from game.core import events
from game.core.ids import Address
from game.core.orchard_ports import OrchardTold, Plot
from game.core.orchard_trees import spot_in
from game.core.step import step
from tests.core.small_orchard import DAY, FREE, GARDEN, PLOT, VILLAGE_TREES, hanging, open_garden

OVER = PLOT.redeem_by_secs + 1
NEXT = replace(
    PLOT, plot=9, planted_at_secs=OVER - 90 * 86_400, blossom_at_secs=OVER - 60 * 86_400, ripe_at_secs=OVER - 86_400,
    redeem_by_secs=OVER + 30 * 86_400,
)  # fmt: skip


def changed(world, *plots: Plot, now_secs: int = OVER) -> list[str]:
    told = OrchardTold(now_secs=now_secs, plots=plots)
    return [event.place for event in step(world, [], [told]) if isinstance(event, events.PlaceChanged)]


def test_the_next_season_s_trees_stand_where_those_of_the_last_stood() -> None:
    world = open_garden()
    before = spot_in(world.places, FREE)
    assert changed(world, NEXT) == [GARDEN]
    assert spot_in(world.places, 9 << 16 | 1) == before
    assert spot_in(world.places, FREE) is None
    assert hanging(world, 9 << 16 | 1) is not None
    assert all(spot_in(world.places, tree) is not None for tree in VILLAGE_TREES)
    assert changed(world, NEXT, now_secs=OVER + 60) == [], "once"


OTHERS = [
    (NEXT, DAY),  # the season is on
    (replace(NEXT, grower=Address("0x09")), OVER), (replace(NEXT, variety="loquat_amber"), OVER),
    (replace(NEXT, trees=2), OVER), (replace(NEXT, redeem_by_secs=OVER - 1), OVER),
]  # fmt: skip


@pytest.mark.parametrize(("plot", "now_secs"), OTHERS)
def test_nothing_else_takes_a_grove(plot: Plot, now_secs: int) -> None:
    world = open_garden()
    assert changed(world, plot, now_secs=now_secs) == []
    assert spot_in(world.places, FREE) is not None


def test_the_season_that_is_on_is_planted_though_another_came_in_between() -> None:
    world = open_garden()
    assert changed(world, replace(NEXT, redeem_by_secs=OVER - 1), replace(NEXT, plot=12)) == [GARDEN]
    assert spot_in(world.places, 12 << 16) is not None
