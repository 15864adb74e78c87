"""The orchard's data: what stands in scenes/orchard is read as it is, and each broken rule is named in plain words."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from game.content.check import check
from game.content.load import load_catalogue
from game.content.orchard import orchard_problems, read_orchard
from game.content.orchard_plots import grove_problems, manifest_of, plot_terms
from game.core.orchard_rules import SPECIES
from game.core.places import Grove
from tests.content.small import edit, write_world

ROOT = Path(__file__).parents[2]
VARIETIES, GRAFTS, PICKING = (f"scenes/orchard/{name}.toml" for name in ("varieties", "grafts", "picking"))
ORDERS, CONTEST, CARE, PLOTS = (f"scenes/orchard/{name}.toml" for name in ("day_orders", "contest", "care", "plots"))
GROWERS = ("old_wu", "rosa_conti", "miro_novak", "a_lan", "lin_qiao")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_world(tmp_path)
    shutil.copytree(ROOT / "scenes/orchard", tmp_path / "scenes/orchard")
    with (tmp_path / "scenes/makers.toml").open("a", encoding="utf-8") as makers:
        for grower in GROWERS:
            makers.write(f'\n[{grower}]\nname = {{ en = "G", zh = "农" }}\ncraft = {{ en = "Fruit", zh = "果" }}\n')
    return tmp_path


def test_the_orchard_of_the_street_is_sound_and_has_every_species() -> None:
    rules, problems = read_orchard(ROOT)
    assert problems == []
    assert rules is not None
    for species in SPECIES:
        assert len(rules.of_species(species)) >= 2
    for graft in rules.grafts:
        assert rules.varieties[graft.result].species == rules.varieties[graft.stock].species


def test_a_sound_orchard_has_no_problems_and_a_world_without_one_neither(root: Path) -> None:
    assert check(root) == []
    assert load_catalogue(root).orchard is not None
    shutil.rmtree(root / "scenes/orchard")
    assert check(root) == []
    assert load_catalogue(root).orchard is None


EDITS = [
    # file, old, new, key of the problem, words in it
    (VARIETIES, 'species = "loquat"', 'species = "locust"', "loquat_dawn.species", "not known"),
    (VARIETIES, "[loquat_dawn]", "[Loquat]", "Loquat", "snake_case"),
    (VARIETIES, "[loquat_dawn]", f"[{'l' * 32}]", "l" * 32, "longer than 31"),
    (VARIETIES, "[apple_rosy]", '[apple_rosy]\nid = "apple_rosy"', "apple_rosy.id", "twice"),
    (VARIETIES, "[apple_rosy]", "stray = 1\n[apple_rosy]", "stray", "not a table"),
    (VARIETIES, "grams = 180", "grams = 0", "apple_rosy.grams", "not between"),
    (VARIETIES, "stalk = 0.62", "stalk = nan", "apple_rosy.stalk", "not between"),
    (VARIETIES, "skin = 0.34", "skni = 0.34", "apple_rosy.skni", "unknown key"),
    (VARIETIES, '"#c8323a"', '"red"', "apple_rosy.ripe", "no colour"),
    (GRAFTS, 'result = "apple_ember"', 'result = "apple_embers"', "grafts[0].result", "no variety"),
    (GRAFTS, 'scion = "apple_russet"', 'scion = "pear_snow"', "grafts[0]", "different species"),
    (GRAFTS, 'scion = "apple_russet"', 'scion = "apple_rosy"', "grafts[0].scion", "stock itself"),
    (GRAFTS, "odds_bps = 3500", "odds_bps = 10001", "grafts[0].odds_bps", "not between"),
    (PICKING, "basket_grams = 6000", "basket_grams = 6", "basket_grams", "not between"),
    (PICKING, "loosened = 0.78", "loosened = 1.0", "stroke.loosened", "not between"),
    (PICKING, "bruised = 3", "bruised = 10", "points.bruised", "as much as a clean"),
    (ORDERS, 'kind = "weight"', 'kind = "wait"', "orders[1].kind", "not known"),
    (ORDERS, "most = 16", "most = 6", "orders[0].most", "below 8"),
    (ORDERS, 'id = "steady_hand"', 'id = "full_crate"', "orders[3].id", "twice"),
    (ORDERS, "a_day = 3", "a_day = 9", "a_day", "not between"),
    (CONTEST, "secs = 300", "secs = 1", "secs", "not between"),
    (CONTEST, "gold =", "golden =", "medals.gold", "is missing"),
    (CONTEST, "[medals]\nbronze = ", "[medals]\nbronze = 9", "medals", "do not rise"),
    (CARE, 'prune = "young"', 'prune = "yong"', "tending.prune", "not known"),
    (CARE, 'birds = "ripening"', "", "tending.birds", "is missing"),
    (PLOTS, 'variety = "apple_rosy"', 'variety = "apple_rose"', "plots[0].variety", "no variety"),
    (PLOTS, 'grower = "old_wu"', 'grower = "young_wu"', "plots[0].grower", "no maker"),
    (PLOTS, "trees = 96", "trees = 0", "plots[0].trees", "not between"),
    (PLOTS, "fruits_per_tree = 40", "fruits_per_tree = 61", "plots[0].fruits_per_tree", "not between"),
    (PLOTS, "play_trees = 4", "play_trees = 97", "plots[0].play_trees", "not between"),
    (PLOTS, "ripe_day = 60", "ripe_day = 20", "plots[0].ripe_day", "not between"),
    (PLOTS, "redeem_day = 120", "redeem_day = 66", "plots[0].redeem_day", "not between"),
    (PLOTS, 'fruit_coins = "3"', 'fruit_coins = "three"', "plots[0].fruit_coins", "coins"),
    (PLOTS, 'fruit_coins = "3"', 'fruit_coins = "0"', "plots[0].fruit_coins", "is nothing"),
    (PLOTS, "box_kg = 2.0", "box_kg = 49.0\ngrams = 2", "plots[3].grams", "unknown key"),
    (PLOTS, "trees = 40\nfruits_per_tree = 40", "trees = 1\nfruits_per_tree = 1", "plots[3].box_kg", "more than the"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), EDITS)
def test_each_broken_rule_is_named(root: Path, file: str, old: str, new: str, key: str, words: str) -> None:
    edit(root, file, old, new)
    assert any((p.file, p.key) == (file, key) and words in p.problem for p in check(root)), check(root)


@pytest.mark.parametrize("file", [VARIETIES, GRAFTS, PICKING, ORDERS, CONTEST, CARE, PLOTS])
def test_a_missing_file_is_named(root: Path, file: str) -> None:
    (root / file).unlink()
    assert [(p.file, p.problem) for p in check(root)] == [(file, "is missing")]


def test_what_is_offered_is_what_stands_in_the_groves() -> None:
    rules, _ = read_orchard(ROOT)
    assert rules is not None
    [first, second, *_] = rules.plots
    growers = [first.grower, second.grower]

    def grove(plot: int, species: str, trees: int) -> Grove:
        return Grove(plot=plot, species=species, step_m=3.0, rows=((0.0, 0.0, trees - 1), (0.0, 4.0, 1)))

    def problems(*groves: Grove) -> list[tuple[str, str]]:
        found = grove_problems((first, second), [StandIn(groves)], growers, rules)
        return [(each.key, each.problem) for each in found]

    apples, pears = grove(1, "apple", first.trees), grove(2, "pear", second.trees)
    assert problems(apples, pears, grove(0, "grape", 3)) == []
    assert problems() == [], "a world without groves offers nothing that could be wrong"
    assert problems(apples) == [("plots[1]", "no grove of a place has its trees")]
    assert problems(grove(1, "apple", 4), pears) == [("plots[0].trees", f"{first.trees} are offered, 4 stand there")]
    assert problems(apples, grove(2, "grape", second.trees)) == [
        ("plots[1].variety", f"{second.variety} is no grape, which its grove is")
    ]
    assert problems(apples, pears, grove(3, "pear", 2)) == [("plots", "nobody offers the trees of plot 3")]


@dataclass
class StandIn:
    """As much of a place as its groves."""

    groves: tuple[Grove, ...]


def test_a_plots_words_have_one_hash_which_every_word_changes() -> None:
    rules, _ = read_orchard(ROOT)
    assert rules is not None
    [plot, *others] = rules.plots
    assert manifest_of(plot) == manifest_of(replace(plot, lapse_bps=0)), "terms are on the chain themselves"
    assert manifest_of(plot) != manifest_of(replace(plot, area=others[2].area))
    assert len({terms.manifest_sha256 for terms in plot_terms(rules)}) == len(rules.plots)
    assert next(terms.grafts for terms in plot_terms(rules)) == (("apple_russet", "apple_ember", 3500),)


def test_every_species_needs_a_variety(root: Path) -> None:
    rules, _ = read_orchard(root)
    assert rules is not None
    kept = {name: variety for name, variety in rules.varieties.items() if variety.species != "grape"}
    problems = orchard_problems(replace(rules, varieties=kept, grafts=(), plots=()))
    assert [p.problem for p in problems] == ["no variety is a grape"]
