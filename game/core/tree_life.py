"""A tree's life in few lines, and what giving a tree back after its season is worth. Times are the chain's."""

from collections.abc import Iterable

from msgspec import Struct

from game.core.ids import Address, Wei
from game.core.orchard_ports import LifeEvent, Plot, TreeFact

DAY_SECS = 86_400
WATERINGS = ("watered", "visited")
COLLECT_AFTER_SECS = 90 * DAY_SECS  # Orchard.sol: so long after the season nobody but the adopter has a say
BPS = 10_000


class LifeRow(Struct, frozen=True, kw_only=True):
    """What one person did to a tree, once or several times from `first_secs` to `last_secs`: `count` in all."""

    what: str
    by: Address
    count: int
    first_secs: int
    last_secs: int


class GivenBack(Struct, frozen=True, kw_only=True):
    """What giving a tree back means: pieces that were never picked, and who has the money that lies behind them."""

    pieces: int
    adopter_wei: Wei
    grower_wei: Wei
    until_secs: int  # after this the grower may have collected what was left


def life_rows(events: Iterable[LifeEvent], plot: Plot | None) -> tuple[LifeRow, ...]:
    """The life line, oldest first: a person's waterings are one row until something else happens, a day's harvest too.

    The planting's date is the one that the grower promised with the plot, not that of the offer.
    """
    rows: list[LifeRow] = []
    for event in events:
        planted = event.what == "planted" and plot is not None
        at_secs = plot.planted_at_secs if planted and plot is not None else event.at_secs
        found = _same(rows, event)
        if found is None:
            rows.append(LifeRow(what=event.what, by=event.by, count=event.quantity, first_secs=at_secs,
                                last_secs=at_secs))  # fmt: skip
        else:
            row = rows[found]
            rows[found] = LifeRow(what=row.what, by=row.by, count=row.count + event.quantity,
                                  first_secs=row.first_secs, last_secs=event.at_secs)  # fmt: skip
    return tuple(rows)


def _same(rows: list[LifeRow], event: LifeEvent) -> int | None:
    """The row that an event goes on with."""
    for number in range(len(rows) - 1, -1, -1):
        row = rows[number]
        if (row.what, row.by) == (event.what, event.by):
            same_day = row.last_secs // DAY_SECS == event.at_secs // DAY_SECS
            return number if event.what in WATERINGS or (event.what == "picked" and same_day) else None
        together = row.what == event.what or (row.what in WATERINGS and event.what in WATERINGS)
        if not together:
            return None
    return None


def sum_of(rows: Iterable[LifeRow], *whats: str) -> int:
    """How often, or how many pieces, in all."""
    return sum(row.count for row in rows if row.what in whats)


def given_back(plot: Plot, fact: TreeFact) -> GivenBack:
    """What `takeBack` of Orchard.sol pays for an adopted tree. What was had by play has no share.

    Where something was picked, the remainder of a division, some wei, may come on top.
    """
    pieces = max(fact.yield_fruits - fact.picked, 0)
    value = plot.adoption_price_wei // max(fact.yield_fruits, 1) * pieces
    if pieces == fact.yield_fruits:
        value = plot.adoption_price_wei
    share = 0 if fact.by_play else value * plot.lapse_bps // BPS
    return GivenBack(pieces=pieces, adopter_wei=Wei(share), grower_wei=Wei(value - share),
                     until_secs=plot.redeem_by_secs + COLLECT_AFTER_SECS)  # fmt: skip
