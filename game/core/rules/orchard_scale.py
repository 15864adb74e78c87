"""The scale: own fruit is harvested, fruit of trees that nobody adopted is paid, the village's goes to its kitchen."""

from math import hypot

from msgspec.structs import replace

from game.core import events, orchard_ports
from game.core.events import Event
from game.core.ids import Wei
from game.core.orchard import VILLAGE, ReturnFruit, TakeFruit, WeighBasket, Weighed
from game.core.orchard_ports import HarvestLine
from game.core.picking import Fruit
from game.core.rules.asking import ask_orchard, new_id
from game.core.rules.orders import market_closed
from game.core.world import DT_SECS, World

SCALE_REACH_M = 3.0
UNLOAD_SECS = 3.0  # into a crate, during the contest


def weigh(world: World, command: WeighBasket) -> list[Event]:
    """Tell what is in the basket and what it costs; nothing moves yet."""
    refused = _not_at_scale(world)
    if refused is not None:
        return [refused]
    waiting = [fruit for fruit in world.orchard.basket if not fruit.asked]
    if not waiting:
        return [events.Declined(reason="basket_empty")]
    to_pay = [fruit for fruit in waiting if _must_pay(world, fruit)]
    village = sum(fruit.tree >> 16 == VILLAGE for fruit in waiting)
    world.orchard.weighed = Weighed(
        grams=sum(fruit.grams for fruit in waiting), own=len(waiting) - village - len(to_pay), village=village,
        to_pay=len(to_pay), price_wei=sum(_price_wei(world, fruit) for fruit in to_pay),
    )  # fmt: skip
    return [events.BasketWeighed(weighed=world.orchard.weighed)]


def take(world: World, command: TakeFruit) -> list[Event]:
    """Take what was weighed; during the contest the basket goes into the crate under the tree."""
    known = world.orchard
    if known.contest is not None:
        return _into_the_crate(world)
    refused = _not_at_scale(world)
    if refused is not None:
        return [refused]
    if known.weighed is None:
        return [events.Declined(reason="not_weighed")]
    out = village_fruit(world)
    known.weighed = None
    waiting = [fruit for fruit in known.basket if not fruit.asked]
    if not waiting:
        return out
    closed = market_closed(world)
    if closed is not None:
        return [*out, closed]
    own = [fruit for fruit in waiting if not _must_pay(world, fruit)]
    if own:
        request_id = new_id(world, "harvest")
        out.append(_ask(world, orchard_ports.Harvest(request_id=request_id, lines=_lines(own)), own))
    to_pay = [fruit for fruit in waiting if _must_pay(world, fruit)]
    for plot in sorted({fruit.tree >> 16: None for fruit in to_pay}):
        bought = [fruit for fruit in to_pay if fruit.tree >> 16 == plot]
        buy = orchard_ports.BuyAtScale(
            request_id=new_id(world, "scale"), plot=plot, lines=_lines(bought),
            most_wei=Wei(sum(_price_wei(world, fruit) for fruit in bought)),
        )  # fmt: skip
        out.append(_ask(world, buy, bought))
    return out


def village_fruit(world: World) -> list[Event]:
    """The village's fruit goes to its kitchen: at the scale, and at the end of the day."""
    known = world.orchard
    rest = [fruit for fruit in known.basket if fruit.tree >> 16 != VILLAGE]
    pieces = len(known.basket) - len(rest)
    if not pieces:
        return []
    known.basket, known.weighed = rest, None
    return [events.FruitTaken(pieces=pieces, village=True)]


def give_back(world: World, command: ReturnFruit) -> list[Event]:
    """Leave what is in the basket: the trees have it again, and it brings no points a second time."""
    if world.orchard.contest is not None:
        return [events.Declined(reason="contest_on")]
    out = returned(world)
    return out or [events.Declined(reason="basket_empty")]


def returned(world: World) -> list[Event]:
    """Leave all fruit for which nothing is under way; no events when there is none."""
    known = world.orchard
    left = [fruit for fruit in known.basket if not fruit.asked]
    if not left:
        return []
    known.basket = [fruit for fruit in known.basket if fruit.asked]
    known.weighed = None
    village, scored = dict(known.today.gone), dict(known.today.scored)
    for fruit in left:
        gone = village if fruit.tree >> 16 == VILLAGE else known.gone
        gone[fruit.tree] = tuple(index for index in gone.get(fruit.tree, ()) if index != fruit.index)
        before = scored.get(fruit.tree, ())
        scored[fruit.tree] = before if fruit.index in before else tuple(sorted((*before, fruit.index)))
    known.today = replace(known.today, gone=village, scored=scored)
    return [events.FruitReturned(pieces=len(left))]


def answered(world: World, request_id: str) -> list[Event]:
    """The chain made fruit the player's own, or it was paid: it leaves the basket."""
    known = world.orchard
    taken = [fruit for fruit in known.basket if request_id and fruit.asked == request_id]
    if not taken:
        return []
    known.basket = [fruit for fruit in known.basket if fruit.asked != request_id]
    return [events.FruitTaken(pieces=len(taken))]


def refused(world: World, request_id: str) -> None:
    """Nothing came of a request: its fruit waits in the basket again."""
    world.orchard.basket = [
        replace(fruit, asked="") if request_id and fruit.asked == request_id else fruit
        for fruit in world.orchard.basket
    ]


def _into_the_crate(world: World) -> list[Event]:
    known = world.orchard
    if known.busy_until_tick > world.tick or known.grasped is not None:
        return [events.Declined(reason="hands_busy")]
    pieces, known.basket = len(known.basket), []
    if not pieces:
        return [events.Declined(reason="basket_empty")]
    known.busy_until_tick = world.tick + round(UNLOAD_SECS / DT_SECS)
    return [events.FruitTaken(pieces=pieces, village=True)]


def _not_at_scale(world: World) -> events.Declined | None:
    counter = world.place.counter
    x, y, _ = world.body.pos_m
    if counter is None or hypot(counter.at_m[0] - x, counter.at_m[1] - y) > SCALE_REACH_M:
        return events.Declined(reason="scale_too_far")
    return None


def _must_pay(world: World, fruit: Fruit) -> bool:
    known = world.orchard.tree(fruit.tree)
    return fruit.tree >> 16 != VILLAGE and (known is None or known.adopter != world.purse.account)


def _price_wei(world: World, fruit: Fruit) -> int:
    plot = world.orchard.plots.get(fruit.tree >> 16)
    return plot.fruit_price_wei if plot is not None else 0


def _lines(fruits: list[Fruit]) -> tuple[HarvestLine, ...]:
    lines: dict[int, list[int]] = {}
    for fruit in fruits:
        lines.setdefault(fruit.tree, [0, 0])[fruit.grade != "A"] += 1
    return tuple(HarvestLine(tree=tree, grade_a=lines[tree][0], grade_b=lines[tree][1]) for tree in sorted(lines))


def _ask(
    world: World, request: orchard_ports.Harvest | orchard_ports.BuyAtScale, fruits: list[Fruit]
) -> events.Asked:
    world.orchard.basket = [
        replace(fruit, asked=request.request_id) if fruit in fruits else fruit for fruit in world.orchard.basket
    ]
    return ask_orchard(world, request)
