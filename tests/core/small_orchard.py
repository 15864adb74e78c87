"""A small orchard with the real rules: three village trees, a row of loquats for a plot, a scale."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from game.content.orchard import read_orchard
from game.core import orchard as o
from game.core import ports
from game.core.events import Asked, Declined, Event, FruitPicked
from game.core.ids import Address, PlaceId, Wei
from game.core.orchard_fruit import hanging
from game.core.orchard_ports import Can, Graft, OrchardTold, Plot, TreeFact
from game.core.orchard_rules import OrchardRules
from game.core.places import Grove, Place, Spot
from game.core.rules.orchard_aim import towards
from game.core.step import step
from game.core.world import World, new_world
from tests.core.small import GOODS, STREET, ready, street, text

GARDEN = PlaceId("garden")
ME, OTHER = Address("0x01"), Address("0x02")
DAY = 20_000 * 86_400
VILLAGE_TREES = (0, 1, 2)  # apple, apple, loquat
APPLES, LOQUATS = VILLAGE_TREES[0], VILLAGE_TREES[2]
MINE, FREE, THEIRS = 1 << 16, 1 << 16 | 1, 1 << 16 | 2
GROVES = (
    Grove(plot=0, species="apple", step_m=6.0, rows=((0.0, 0.0, 2),)),
    Grove(plot=0, species="loquat", step_m=6.0, rows=((12.0, 0.0, 1),)),
    Grove(plot=1, species="loquat", step_m=6.0, rows=((0.0, 10.0, 3),)),
)
PLOT = Plot(
    plot=1, grower=OTHER, grower_key=b"\1" * 32, variety="loquat_dawn", manifest_sha256=b"\2" * 32, trees=3,
    fruits_per_tree=40, grams_per_fruit=45, waterings=7, fruit_price_wei=Wei(10**15),
    adoption_price_wei=Wei(4 * 10**16), play_trees=1, planted_at_secs=DAY - 90 * 86_400,
    blossom_at_secs=DAY - 60 * 86_400, ripe_at_secs=DAY - 86_400, redeem_by_secs=DAY + 30 * 86_400, lapse_bps=5000,
    grafts=(Graft(with_variety="loquat_white_jade", result="loquat_amber", odds_bps=3000),),
)  # fmt: skip


@lru_cache(maxsize=1)
def rules() -> OrchardRules:
    found, problems = read_orchard(Path(__file__).parents[2])
    assert found is not None, problems
    return found


def garden() -> Place:
    return Place(
        id=GARDEN, kind="orchard", floor="earth", name=text("Garden"), keeper="keeper",
        spawn=Spot(at_m=(0.0, -1.0, 0.0)), counter=Spot(at_m=(-3.0, -3.0, 0.0)), groves=GROVES,
    )  # fmt: skip


def in_garden(*, start: PlaceId = GARDEN, seed: int = 1) -> World:
    """A world whose player stands in the garden and whose market is still shut."""
    return new_world({STREET: street(), GARDEN: garden()}, dict(GOODS), start=start, seed=seed, orchard_rules=rules())


def fact(tree: int, adopter: Address | None = None, **more: object) -> TreeFact:
    whole = TreeFact(
        tree=tree, adopter=adopter, by_play=False, waterings_left=0 if adopter else 7, tended=(),
        variety="loquat_dawn", picked=0, yield_fruits=40,
    )  # fmt: skip
    return replace(whole, **more)


def told(**more: object) -> OrchardTold:
    """The plot, a ripe tree of the player's own and one of another's, and a can of three drops."""
    whole = OrchardTold(
        now_secs=DAY, plots=(PLOT,), trees=(fact(MINE, ME), fact(THEIRS, OTHER)), can=Can(drops=3, steps_left_today=500)
    )
    return replace(whole, **more)


def open_garden(*, start: PlaceId = GARDEN, seed: int = 1, **more: object) -> World:
    """The same with an open market that told its facts."""
    world = in_garden(start=start, seed=seed)
    step(world, [], [ready(), told(**more)])
    return world


def stand_at(world: World, tree: int, index: int) -> None:
    """Be where a fruit can be reached by hand as far as it is aside, and look at it."""
    found = hanging(world, tree)
    assert found is not None
    assert found.middle_m is not None
    x, y, _ = found.middle_m[index].tolist()
    world.body.pos_m = (x, y - 0.5, 0.0)


def look_at(world: World, tree: int, index: int) -> None:
    """Turn towards a fruit."""
    found = hanging(world, tree)
    assert found is not None
    assert found.middle_m is not None
    x, y, z = found.middle_m[index].tolist()
    world.body.yaw_rad, world.body.pitch_rad = towards(world, (x, y, z))


def low_fruit(world: World, tree: int, *, ripe: bool = True, high: bool = False) -> int:
    """A fruit of a tree that hangs within the hand's reach (or above it), ripe or not."""
    found = hanging(world, tree)
    assert found is not None
    assert found.middle_m is not None
    limit_m, least = rules().picking.reach.hand_m, rules().picking.stroke.ripe_from
    for index, (_, _, z) in enumerate(found.middle_m.tolist()):
        if found.there[index] and (z > limit_m) == high and (found.ripeness[index] >= least) == ripe:
            return index
    raise LookupError("no such fruit on this tree")


def stroke(world: World, *, twist: float, ticks: int, pull: float) -> list[Event]:
    """Twist for so many ticks, then pull ever harder up to `pull`."""
    out: list[Event] = []
    for _ in range(ticks):
        out += step(world, [o.TwistAndPull(twist_rad=twist)])
    force = 0.0
    while world.orchard.grasped is not None and force < pull:
        force = min(force + 0.02, pull)
        out += step(world, [o.TwistAndPull(pull=force)])
    return out


def pick(world: World, tree: int, index: int, *, rough: bool = False) -> list[Event]:
    """Walk up to a fruit and pick it, gently or with one pull."""
    stand_at(world, tree, index)
    out = step(world, [o.Grasp(tree=tree, index=index)])
    if world.orchard.grasped is None:
        return out
    return out + (step(world, [o.TwistAndPull(pull=1.0)]) if rough else stroke(world, twist=0.05, ticks=40, pull=1.0))


def reasons(found: Sequence[Event]) -> list[str]:
    return [event.reason for event in found if isinstance(event, Declined)]


def asked(found: Sequence[Event]) -> list[ports.Request]:
    return [event.request for event in found if isinstance(event, Asked)]


def picked(found: Sequence[Event]) -> list[FruitPicked]:
    return [event for event in found if isinstance(event, FruitPicked)]
