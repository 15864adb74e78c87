"""Which fruit hang on a tree, where, and how ripe each is: what is aimed at, picked and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.day_orders import day_of
from game.core.growing.fruit import FruitSet, fruits
from game.core.growing.growth import Growth, growth
from game.core.orchard import VILLAGE, Orchard
from game.core.orchard_ports import Plot
from game.core.orchard_rules import Variety
from game.core.orchard_trees import Spot, spot_in
from game.core.world import World

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Bools: TypeAlias = "npt.NDArray[np.bool_]"

RIPE_MIDDLE, RIPE_SPREAD = 0.72, 1.6  # of the fruits of a tree that has just become ripe
LATE_MOST, LATE_SHARE = 0.45, 0.1  # all become ripe within this share of the time from blossom to ripeness
VILLAGE_LATE = (0.0, 0.12)  # how far the village's trees are, drawn by tree and day


@dataclass(slots=True, frozen=True)
class Hanging:
    """The fruits (n) of a tree: around its foot, which of them still hang, and their ripeness 0..1.

    `middle_m` (n, 3) is where their middles are in the tree's place, in metres; None where it has no spot.
    """

    variety: Variety
    fruits: FruitSet
    there: Bools
    ripeness: Floats
    grown: Growth
    middle_m: Floats | None


def variety_of(world: World, tree: int) -> Variety | None:
    """The variety of a tree; None where it is unknown here, or there is no such tree."""
    rules = world.orchard_rules
    if rules is None:
        return None
    if tree >> 16 == VILLAGE:
        spot = spot_of(world, tree)
        of_species = rules.of_species(spot.species) if spot is not None else ()
        return of_species[tree % min(2, len(of_species))] if of_species else None
    known = world.orchard.tree(tree)
    return rules.varieties.get(known.variety) if known is not None else None


def spot_of(world: World, tree: int) -> Spot | None:
    """Where a tree stands; None for nowhere."""
    return spot_in(world.places, tree)


def growth_of(world: World, tree: int) -> Growth | None:
    """How far a tree of the chain's is grown by what the chain told last; the village's are always in fruit."""
    rules, variety = world.orchard_rules, variety_of(world, tree)
    species = rules.species.get(variety.species) if rules is not None and variety is not None else None
    if species is None:
        return None
    if tree >> 16 == VILLAGE:
        return growth(species, 0, 1_000, 2_000, 2_000)
    plot, known = world.orchard.plots[tree >> 16], world.orchard.tree(tree)
    watered = 1.0
    if known is not None and known.adopter is not None and plot.waterings:
        watered = 1.0 - known.waterings_left / plot.waterings
    return growth(
        species, plot.planted_at_secs, plot.blossom_at_secs, plot.ripe_at_secs, world.orchard.now_secs, watered
    )


_kept: dict[int, tuple[tuple[object, ...], Hanging | None]] = {}
MOST_KEPT = 2_048


def hanging(world: World, tree: int) -> Hanging | None:
    """The fruits of a tree; None where there is no such tree, or nobody knows its variety or species.

    Worked out once for the same facts: frames and ticks ask for the same few trees again and again.
    """
    orchard, spot = world.orchard, spot_of(world, tree)  # in another world the tree may stand elsewhere
    if tree >> 16 == VILLAGE:
        contest = orchard.contest
        day = contest.day if contest is not None else day_of(orchard.now_secs)
        gone = village_gone(orchard).get(tree, ())
        key: tuple[object, ...] = (world.orchard_rules, spot, gone, contest is None, day)
    else:
        gone = orchard.gone.get(tree, ())
        key = (world.orchard_rules, spot, gone, orchard.plots.get(tree >> 16), orchard.trees.get(tree),
               orchard.now_secs, orchard.picked_before.get(tree, 0), len(orchard.plots))  # fmt: skip
    kept = _kept.get(tree)
    if kept is not None and _same(kept[0], key):
        return kept[1]
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    found = _hung(world, tree, gone)
    _kept[tree] = (key, found)
    return found


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b or a == b for a, b in zip(one, other, strict=True))


def _hung(world: World, tree: int, gone: tuple[int, ...]) -> Hanging | None:
    rules, variety, spot = world.orchard_rules, variety_of(world, tree), spot_of(world, tree)
    grown = growth_of(world, tree)
    if rules is None or variety is None or grown is None:
        return None
    orchard, species = world.orchard, rules.species[variety.species]
    if tree >> 16 == VILLAGE:
        found = fruits(tree, species, rules.contest.village_fruits)
        there = np.ones(len(found), dtype=bool)
        there[list(gone)] = False
        late = Random(f"{season_of(orchard)} {tree}").uniform(*VILLAGE_LATE)
    else:
        plot, known = orchard.plots[tree >> 16], orchard.tree(tree)
        assert known is not None
        found = fruits(tree, species, plot.fruits_per_tree)
        there = np.ones(len(found), dtype=bool)
        there[known.yield_fruits :] = False
        there[list(gone)] = False
        hidden = max(orchard.picked_before.get(tree, 0), known.picked - len(gone))
        there[np.flatnonzero(there)[:hidden]] = False
        if grown.fruit_size <= 0.0:
            there[:] = False
        late = _late(plot, orchard.now_secs) if grown.ripeness >= 1.0 else 0.0
    middle_m = None
    if spot is not None:
        middle_m = np.array(found.at_m * grown.size + np.array(spot.at_m))
        hangs_m = species.fruit.stalk_m + species.fruit.size_m * 0.5  # as growing.fruit_mesh draws it
        middle_m[:, 2] -= hangs_m * found.size * grown.fruit_size
    return Hanging(
        variety=variety, fruits=found, there=there, ripeness=ripeness(found, grown.ripeness, late), grown=grown,
        middle_m=middle_m,
    )  # fmt: skip


def _late(plot: Plot, now_secs: int) -> float:
    """How much riper fruit is than when its tree became ripe."""
    season_secs = plot.ripe_at_secs - plot.blossom_at_secs
    share = (now_secs - plot.ripe_at_secs) / (season_secs * LATE_SHARE) if season_secs > 0 else 1.0
    return LATE_MOST * min(max(share, 0.0), 1.0)


def ripeness(found: FruitSet, of_tree: float, late: float) -> Floats:
    """How ripe each fruit (n) is, 0..1: they become so one after another, and all do."""
    return np.clip(of_tree * (RIPE_MIDDLE + RIPE_SPREAD * found.ripeness_offset) + late, 0.0, 1.0)


def season_of(orchard: Orchard) -> str:
    """The seed of how ripe the village's trees are: one for the day, one for its contest, the same for all."""
    return f"contest {orchard.contest.day}" if orchard.contest is not None else f"day {day_of(orchard.now_secs)}"


def village_gone(orchard: Orchard) -> dict[int, tuple[int, ...]]:
    """What no longer hangs on the village's trees, by tree: for a contest they hang full, and are their own."""
    return orchard.contest.gone if orchard.contest is not None else orchard.today.gone
