"""Rooms written by hand: packed from TOML, and checked with the world that they come with."""

from pathlib import Path

import pytest

from game.content.blueprint import ROOMS_DIR, check_rooms, packed
from game.content.bundle import pack, unpack
from game.content.check import check
from game.content.load import Catalogue, load_catalogue, read_catalogue
from game.content.problems import ContentError
from tests.content.bundles import small

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / ROOMS_DIR / "guest_book.toml"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def test_the_example_is_packed_from_its_blueprint(catalogue: Catalogue, tmp_path: Path) -> None:
    content = packed(EXAMPLE, catalogue, ROOT, tmp_path)
    assert content == EXAMPLE.with_suffix(".loquat").read_bytes(), "python -m game.content.blueprint " + str(EXAMPLE)
    bundle = unpack(content)
    assert bundle.room.name == "A quiet studio"
    assert [each.good.name.en for each in bundle.goods if each.good is not None] == ["Guest book"]
    assert len(content) < 50_000


def test_the_example_is_sound_where_it_comes_with_the_game(catalogue: Catalogue) -> None:
    assert check_rooms(catalogue, ROOT) == []


def test_a_room_that_is_damaged_or_not_at_home_here_is_told(catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / ROOMS_DIR
    folder.mkdir(parents=True)
    (folder / "broken.loquat").write_bytes(EXAMPLE.with_suffix(".loquat").read_bytes()[:-1])
    (folder / "strange.loquat").write_bytes(pack(small()))
    found = check_rooms(catalogue, tmp_path)
    assert any("damaged" in each.problem for each in found if each.file.endswith("broken.loquat"))
    assert any("'oak_table'" in each.problem for each in found if each.file.endswith("strange.loquat"))
    problems = check(tmp_path)
    assert {each.file for each in problems} >= {f"{ROOMS_DIR}/broken.loquat", f"{ROOMS_DIR}/strange.loquat"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('model = "assets/models/goods/sketch_book.glb"', 'model = "../secret.glb"', "goods.guest_book.model"),
        ('good = "guest_book"', 'good = "guest_boook"', "items"),
        ('kind = "book"', "", "goods.guest_book.kind"),
        ('mood = "dusk"', 'moood = "dusk"', "moood"),
        ("at_m = [0.6, 2.99, 2.1]", "at_m = [0.6, 2.99]", "items[10].at_m"),
    ],
)
def test_a_blueprint_that_breaks_a_rule_says_which(
    catalogue: Catalogue, tmp_path: Path, old: str, new: str, key: str
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "room.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        packed(tmp_path / "room.toml", catalogue, ROOT, tmp_path / "home")
    assert key in {each.key for each in refused.value.problems}


def test_a_world_without_rooms_has_no_problem_with_them(tmp_path: Path) -> None:
    assert check_rooms(read_catalogue(tmp_path)[0], tmp_path) == []
