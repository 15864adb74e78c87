"""Orders of the day: what the village asks for today, drawn by the chain's day alone, so that all have the same."""

from functools import lru_cache
from random import Random

from msgspec import Struct

from game.core.orchard_rules import SPECIES, DayOrders

DAY_SECS = 86_400


class DayOrder(Struct, frozen=True, kw_only=True):
    """One order: so many of a species, or of any where none is named."""

    id: str
    kind: str  # one of orchard_rules.DAY_ORDER_KINDS
    species: str
    need: int
    points: int


def day_of(now_secs: int) -> int:
    """The chain's day, counted from 1970."""
    return now_secs // DAY_SECS


@lru_cache(maxsize=8)
def orders_of(rules: DayOrders, day: int) -> tuple[DayOrder, ...]:
    """The orders of a day, each of another rule."""
    draw = Random(f"orders of day {day}")
    rest = list(rules.orders)
    orders: list[DayOrder] = []
    for _ in range(min(rules.a_day, len(rest))):
        rule = rest.pop(draw.randrange(len(rest)))
        need = rule.least + rule.step * draw.randint(0, (rule.most - rule.least) // rule.step)
        species = SPECIES[draw.randrange(len(SPECIES))] if rule.kind in ("clean", "weight") else ""
        orders.append(DayOrder(id=rule.id, kind=rule.kind, species=species, need=need, points=rule.points))
    return tuple(orders)


def progressed(
    order: DayOrder, before: int, *, species: str, grade: str, grams: int, high: bool, in_a_row: int
) -> int:
    """How far an order is after one more fruit was picked; never less than before."""
    clean = grade == "A"
    match order.kind:
        case "clean":
            return before + (clean and species == order.species)
        case "weight":
            return before + (grams if species == order.species else 0)
        case "high":
            return before + (clean and high)
        case _:
            return max(before, in_a_row)
