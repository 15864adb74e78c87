"""Species files are read strictly: every mistake is named with its key."""

import shutil
from pathlib import Path

import pytest

from game.content.problems import ContentError
from game.content.species import SPECIES_DIR, load_species, read_species

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / SPECIES_DIR, tmp_path / SPECIES_DIR)
    return tmp_path


def broken(copy: Path, old: str, new: str) -> list[str]:
    path = copy / SPECIES_DIR / "apple.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found, problems = read_species(copy)
    assert "apple" not in found
    return [problem.key for problem in problems]


def test_the_six_species_of_the_game_are_sound() -> None:
    assert list(load_species(ROOT)) == ["apple", "grape", "loquat", "orange", "pear", "persimmon"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("hollow = 0.22", "hollow = 0.9", "crown.hollow"),
        ("height_m = 3.35", "height_m = 33.5", "crown.height_m"),
        ("trunk_m = 0.9", "trunk_m = 3.4", "crown.trunk_m"),
        ('colour = "#6f5a49"', 'colour = "brown"', "wood.colour"),
        ("count = 860", "count = 0", "leaf.count"),
        ("count = 860", "counts = 860", "leaf.counts"),
        ("[[0.0, 0.06], ", "[[0.3, 0.06], ", "fruit.outline"),
        ("[crown]", 'habit = "bush"\n[crown]', "habit"),
    ],
)
def test_what_could_not_grow_is_named_by_its_key(copy: Path, old: str, new: str, key: str) -> None:
    assert key in broken(copy, old, new)


def test_a_broken_file_stops_the_start_with_all_its_problems(copy: Path) -> None:
    (copy / SPECIES_DIR / "pear.toml").write_text("name = 3", encoding="utf-8")
    with pytest.raises(ContentError, match=r"pear\.toml"):
        load_species(copy)
