"""Growers' offers in scenes/orchard/plots.toml: read strictly, checked, and told to the market as terms."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.check_goods import text_problems
from game.content.parse import parse, read_toml
from game.content.problems import Problem
from game.core.errors import GameError
from game.core.goods import coins_to_wei
from game.core.groves import count_of
from game.core.ids import MakerId, Wei
from game.core.orchard_rules import OrchardRules, PlotOffer
from game.core.places import Place
from game.core.terms import PlotTerms

PLOTS = "scenes/orchard/plots.toml"
NAME_MAX, AREA_MAX, STORY_MAX = 40, 60, 160
TREES_MAX, FRUITS_MAX, WATERINGS_MAX = 1_000, 60, 60
DAYS_MAX = 1_000
SHORTEST_REDEEM_DAYS = 7
BPS = 10_000


class _Plots(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    plots: tuple[PlotOffer, ...]


def read_plots(root: Path) -> tuple[tuple[PlotOffer, ...], list[Problem]]:
    """The offers, plot 1 first, and what is wrong with their file; nothing where there is none."""
    if not (root / PLOTS).is_file():
        return (), []
    table, problems = read_toml(root / PLOTS, PLOTS)
    if problems:
        return (), problems
    found, problems = parse(table, _Plots, file=PLOTS)
    return (found.plots if found is not None else ()), problems


def plot_problems(rules: OrchardRules) -> list[Problem]:
    """What no grower could keep, or the contract would not open."""
    problems: list[Problem] = []
    for index, plot in enumerate(rules.plots):
        key = f"plots[{index}]."
        if plot.variety not in rules.varieties:
            rule = f"{plot.variety!r} is no variety"
            problems.append(Problem(PLOTS, f"{key}variety", rule, "add it to scenes/orchard/varieties.toml"))
        for text, longest in (("area", AREA_MAX), ("name", NAME_MAX), ("story", STORY_MAX)):
            problems += text_problems(getattr(plot, text), PLOTS, key + text, longest)
        for name, least, most in (
            ("trees", 1, TREES_MAX), ("fruits_per_tree", 1, FRUITS_MAX), ("waterings", 1, WATERINGS_MAX),
            ("play_trees", 0, max(plot.trees, 0)), ("planted_day", -DAYS_MAX, DAYS_MAX), ("lapse_bps", 0, BPS),
            ("blossom_day", plot.planted_day + 1, DAYS_MAX), ("ripe_day", plot.blossom_day + 1, DAYS_MAX),
            ("redeem_day", max(plot.ripe_day, 0) + SHORTEST_REDEEM_DAYS, DAYS_MAX), ("box_kg", 0.1, 50.0),
        ):  # fmt: skip
            problems += _within(key + name, getattr(plot, name), least, most)
        prices = [_price(plot.fruit_coins, f"{key}fruit_coins"), _price(plot.adoption_coins, f"{key}adoption_coins")]
        problems += [price for price in prices if isinstance(price, Problem)]
        adoption_wei = prices[1]
        if not isinstance(adoption_wei, Problem) and adoption_wei < plot.fruits_per_tree:
            rule = "is less than a wei a fruit"
            problems.append(Problem(PLOTS, f"{key}adoption_coins", rule, "write more: it backs each fruit"))
        problems += _boxes(plot, rules, key)
    return problems


def grove_problems(
    plots: tuple[PlotOffer, ...], places: Iterable[Place], growers: Iterable[MakerId], rules: OrchardRules
) -> list[Problem]:
    """Offers of trees that stand nowhere, trees that nobody offers, growers whom nobody knows."""
    problems: list[Problem] = []
    known = set(growers)
    for index, plot in enumerate(plots):
        if plot.grower not in known:
            rule = f"{plot.grower!r} is no maker"
            problems.append(Problem(PLOTS, f"plots[{index}].grower", rule, "add it to scenes/makers.toml"))
    groves = {grove.plot: grove for place in places for grove in place.groves if grove.plot}
    if not groves:
        return problems
    for index, plot in enumerate(plots):
        grove = groves.pop(index + 1, None)
        if grove is None:
            rule = "no grove of a place has its trees"
            problems.append(Problem(PLOTS, f"plots[{index}]", rule, f"plant a grove with plot = {index + 1}"))
            continue
        if count_of(grove) != plot.trees:
            rule = f"{plot.trees} are offered, {count_of(grove)} stand there"
            problems.append(Problem(PLOTS, f"plots[{index}].trees", rule, "offer what stands there"))
        variety = rules.varieties.get(plot.variety)
        if variety is not None and variety.species != grove.species:
            rule = f"{plot.variety} is no {grove.species}, which its grove is"
            problems.append(Problem(PLOTS, f"plots[{index}].variety", rule, f"offer a {grove.species}"))
    for number in sorted(groves):
        problems.append(Problem(PLOTS, "plots", f"nobody offers the trees of plot {number}", "add its offer"))
    return problems


def plot_terms(rules: OrchardRules) -> tuple[PlotTerms, ...]:
    """The offers as the market must know them. Raises GameError for a price that is none."""
    return tuple(_terms(plot, rules) for plot in rules.plots)


def manifest_of(plot: PlotOffer) -> bytes:
    """The words that a plot's hash on the chain vouches for: canonical JSON, keys sorted, no spaces."""
    words: Mapping[str, object] = {
        "area": plot.area, "box_kg": plot.box_kg, "kind": "plot", "name": plot.name, "story": plot.story,
        "variety": plot.variety,
    }  # fmt: skip
    return msgspec.json.encode(words, order="sorted")


def manifest_sha256(plot: PlotOffer) -> bytes:
    """Under which hash the chain has a plot's words, 32 bytes."""
    return sha256(manifest_of(plot)).digest()


def _terms(plot: PlotOffer, rules: OrchardRules) -> PlotTerms:
    grafts = tuple((g.scion, g.result, g.odds_bps) for g in rules.grafts if g.stock == plot.variety)
    return PlotTerms(
        grower=plot.grower, variety=plot.variety, manifest_sha256=manifest_sha256(plot), trees=plot.trees,
        fruits_per_tree=plot.fruits_per_tree, grams_per_fruit=rules.varieties[plot.variety].grams,
        waterings=plot.waterings, fruit_price_wei=coins_to_wei(plot.fruit_coins, where=PLOTS),
        adoption_price_wei=coins_to_wei(plot.adoption_coins, where=PLOTS), play_trees=plot.play_trees,
        planted_day=plot.planted_day, blossom_day=plot.blossom_day, ripe_day=plot.ripe_day,
        redeem_day=plot.redeem_day, lapse_bps=plot.lapse_bps, grafts=grafts,
    )  # fmt: skip


def _within(key: str, value: float, least: float, most: float) -> list[Problem]:
    if least <= value <= most:
        return []
    return [Problem(PLOTS, key, f"{value} is not between {least} and {most}", "write a number in that range")]


def _price(coins: str, key: str) -> Wei | Problem:
    try:
        wei = coins_to_wei(coins, where=key)
    except GameError as error:
        return Problem(PLOTS, key, str(error), 'write coins such as "3.50"')
    return wei if wei > 0 else Problem(PLOTS, key, "is nothing", "write a price: it backs the fruit")


def _boxes(plot: PlotOffer, rules: OrchardRules, key: str) -> list[Problem]:
    """A box is promised: a tree's fruit, or a plot's, must fill one."""
    variety = rules.varieties.get(plot.variety)
    hangs_kg = plot.trees * plot.fruits_per_tree * variety.grams / 1000 if variety is not None else plot.box_kg
    if plot.box_kg <= hangs_kg:
        return []
    rule = f"a box of {plot.box_kg} kg is more than the {hangs_kg:.1f} kg that hang there"
    return [Problem(PLOTS, f"{key}box_kg", rule, "promise less than hangs")]
