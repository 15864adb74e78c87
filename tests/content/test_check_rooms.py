from pathlib import Path

import pytest

from game.content.check import check
from game.content.load import load_catalogue
from tests.content.small import FENCE, edit, write_world

SHELF = """
group = "shelves"
name = { en = "Shelf", zh = "架子" }
size_m = [1.0, 0.4, 1.2]

[[surfaces]]
at_m = [0.0, 0.0, 1.2]
size_m = [1.0, 0.4]

[lamp]
at_m = [0.0, 0.0, 1.0]
"""

STUDIO = """
name = { en = "Studio", zh = "工作室" }
size_m = [6.0, 5.0, 3.0]
spawn = { at_m = [0.0, -1.0, 0.0] }
counter = { at_m = [1.0, 0.0, 0.0] }

[door]
id = "street_front"
at_m = [3.0, 0.0, 0.0]
yaw_deg = -90.0
to_place = "street"
to_door = "home_front"

[[items]]
id = "i1"
piece = "shelf"
at_m = [0.0, 2.0, 0.0]
"""

HOME_FRONT = """
[[doors]]
id = "home_front"
at_m = [4.0, 0.0, 0.0]
yaw_deg = 0.0
to_place = "home"
to_door = "street_front"
"""
KIT, TEMPLATE, STREET = "scenes/kit/shelf.toml", "scenes/templates/studio.toml", "scenes/places/street.toml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_world(tmp_path)
    for file, content in ((KIT, SHELF), (TEMPLATE, STUDIO)):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(content, encoding="utf-8")
    edit(tmp_path, STREET, FENCE, HOME_FRONT + FENCE)
    return tmp_path


def test_a_kit_a_template_and_a_door_home_are_sound(root: Path) -> None:
    assert check(root) == []
    found = load_catalogue(root)
    assert list(found.kit) == ["shelf"]
    assert [item.piece for item in found.templates["studio"].items] == ["shelf"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "words"),
    [
        (KIT, '"shelves"', '"shells"', "group", "not known"),
        (KIT, "[1.0, 0.4, 1.2]", "[1.0, 0.4, 12.0]", "size_m[2]", "not between"),
        (KIT, "size_m = [1.0, 0.4]\n", "size_m = [1.4, 0.4]\n", "surfaces[0]", "not within"),
        (KIT, "at_m = [0.0, 0.0, 1.0]", "at_m = [0.0, 0.0, 1.0]\npower = 99.0", "lamp", "no lamp"),
        (KIT, 'zh = "架子"', 'zh = ""', "name.zh", "empty"),
        (KIT, "group", "grupo", "grupo", "unknown key"),
        (TEMPLATE, 'piece = "shelf"', 'piece = "shell"', "items[0].piece", "no piece"),
        (TEMPLATE, 'piece = "shelf"', 'good = "hat"', "items[0].good", "no goods away"),
        (TEMPLATE, 'piece = "shelf"', 'piece = "shelf"\non = "i7"', "items[0].on", "no item"),
        (TEMPLATE, "[6.0, 5.0, 3.0]", "[1.0, 5.0, 3.0]", "size_m[0]", "not between"),
        (TEMPLATE, 'id = "street_front"', 'id = "back_door"', "door.id", "is not"),
        (TEMPLATE, 'to_door = "home_front"', 'to_door = "inwards"', "door", "leads here"),
        (TEMPLATE, "at_m = [0.0, 2.0, 0.0]", "at_m = [2.4, 0, 0]\nyaw_deg = 90.0", "doors[0] (street_front)", "way"),
        (STREET, 'to_door = "street_front"', 'to_door = "garden"', "doors[1].to_door", "no door of a home"),
        (STREET, 'to_place = "home"', 'to_place = "hone"', "doors[1].to_place", "no place"),
    ],
)  # fmt: skip
def test_each_broken_rule_is_named(root: Path, file: str, old: str, new: str, key: str, words: str) -> None:
    edit(root, file, old, new)
    found = [problem for problem in check(root) if problem.key == key and words in problem.problem]
    assert found, [(problem.file, problem.key, problem.problem) for problem in check(root)]


def test_a_door_home_without_any_template_is_refused(root: Path) -> None:
    (root / TEMPLATE).unlink()
    assert [problem.key for problem in check(root)] == ["doors[1].to_place"]
