"""The orchard's data: what stands in scenes/orchard is read as it is, and each broken rule is named in plain words."""

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from game.content.check import check
from game.content.load import load_catalogue
from game.content.orchard import orchard_problems, read_orchard
from game.core.orchard_rules import SPECIES
from tests.content.small import edit, write_world

ROOT = Path(__file__).parents[2]
VARIETIES, GRAFTS, PICKING = (f"scenes/orchard/{name}.toml" for name in ("varieties", "grafts", "picking"))
ORDERS, CONTEST, CARE = (f"scenes/orchard/{name}.toml" for name in ("day_orders", "contest", "care"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_world(tmp_path)
    shutil.copytree(ROOT / "scenes/orchard", tmp_path / "scenes/orchard")
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
]


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), EDITS)
def test_each_broken_rule_is_named(root: Path, file: str, old: str, new: str, key: str, words: str) -> None:
    edit(root, file, old, new)
    assert any((p.file, p.key) == (file, key) and words in p.problem for p in check(root)), check(root)


@pytest.mark.parametrize("file", [VARIETIES, GRAFTS, PICKING, ORDERS, CONTEST, CARE])
def test_a_missing_file_is_named(root: Path, file: str) -> None:
    (root / file).unlink()
    assert [(p.file, p.problem) for p in check(root)] == [(file, "is missing")]


def test_every_species_needs_a_variety(root: Path) -> None:
    rules, _ = read_orchard(root)
    assert rules is not None
    kept = {name: variety for name, variety in rules.varieties.items() if variety.species != "grape"}
    problems = orchard_problems(replace(rules, varieties=kept, grafts=()))
    assert [p.problem for p in problems] == ["no variety is a grape"]
