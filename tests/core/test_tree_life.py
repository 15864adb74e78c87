"""A tree's life in few lines, and what giving it back is worth."""

import pytest
from msgspec.structs import replace

from game.core.ids import Address, Wei
from game.core.orchard_ports import LIFE, LifeEvent
from game.core.tree_life import GivenBack, LifeRow, given_back, life_rows, sum_of
from tests.core.small_orchard import DAY, ME, MINE, OTHER, PLOT, fact

SECS = 86_400


def event(what: str, days: int, by: Address = ME, quantity: int = 1) -> LifeEvent:
    assert what in LIFE
    return LifeEvent(tree=MINE, at_secs=DAY + days * SECS, by=by, what=what, quantity=quantity, block=days + 1,
                     tx_hash="0x01")  # fmt: skip


def told(*events: LifeEvent) -> list[tuple[str, Address, int]]:
    return [(row.what, row.by, row.count) for row in life_rows(events, PLOT)]


def test_waterings_of_one_person_are_one_row_though_a_friend_came_in_between() -> None:
    rows = life_rows(
        (event("watered", 0, quantity=2), event("visited", 1, OTHER), event("watered", 3), event("visited", 4, OTHER)),
        PLOT,
    )
    assert rows == (
        LifeRow(what="watered", by=ME, count=3, first_secs=DAY, last_secs=DAY + 3 * SECS),
        LifeRow(what="visited", by=OTHER, count=2, first_secs=DAY + SECS, last_secs=DAY + 4 * SECS),
    )


def test_what_happens_in_between_parts_waterings() -> None:
    events = event("watered", 0), event("prune", 1), event("watered", 2)
    assert told(*events) == [("watered", ME, 1), ("prune", ME, 1), ("watered", ME, 1)]


def test_a_harvest_is_one_row_a_day_and_person() -> None:
    events = event("picked", 5, quantity=3), event("picked", 5), event("picked", 6), event("picked", 6, OTHER, 2)
    assert told(*events) == [("picked", ME, 4), ("picked", ME, 1), ("picked", OTHER, 2)]
    assert sum_of(life_rows(events, PLOT), "picked") == 7


def test_a_tree_is_planted_on_the_day_that_its_plot_says() -> None:
    (row,) = life_rows((event("planted", 0, OTHER),), PLOT)
    assert row.first_secs == row.last_secs == PLOT.planted_at_secs
    (row,) = life_rows((event("planted", 0, OTHER),), None)
    assert row.first_secs == DAY


BACK = [
    # adoption price, yield, picked, by play -> pieces, adopter's, grower's
    (1_000, 40, 0, False, (40, 500, 500)), (1_000, 40, 10, False, (30, 375, 375)), (1_000, 40, 40, False, (0, 0, 0)),
    (1_003, 40, 0, False, (40, 501, 502)), (1_003, 40, 39, False, (1, 12, 13)), (1_000, 40, 0, True, (40, 0, 1_000)),
]  # fmt: skip


@pytest.mark.parametrize(("price", "bears", "picked", "by_play", "shares"), BACK)
def test_giving_back_pays_the_share_of_what_was_never_picked(
    price: int, bears: int, picked: int, by_play: bool, shares: tuple[int, int, int]
) -> None:
    plot = replace(PLOT, adoption_price_wei=Wei(price))
    found = given_back(plot, fact(MINE, ME, yield_fruits=bears, picked=picked, by_play=by_play))
    pieces, adopter_wei, grower_wei = shares
    assert found == GivenBack(pieces=pieces, adopter_wei=Wei(adopter_wei), grower_wei=Wei(grower_wei),
                              until_secs=PLOT.redeem_by_secs + 90 * SECS)  # fmt: skip
