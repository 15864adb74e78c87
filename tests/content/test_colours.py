"""A good's colours are those that one sees on it."""

from pathlib import Path

import numpy as np
import pytest

from game.content.colours import FILE, colours_of, named, read_colours
from game.core.errors import GameError
from game.core.ids import GoodId

ROOT = Path(__file__).resolve().parents[2]
GOODS = ROOT / "assets" / "models" / "goods"


def linear(text: str) -> np.ndarray:
    return ((np.array([int(text[n : n + 2], 16) for n in (0, 2, 4)]) / 255) ** 2.2)[None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("d02b20", "red"), ("ee7a1c", "orange"), ("f7cf1d", "yellow"), ("3c9a4a", "green"), ("2f56a8", "blue"),
        ("7b3fa0", "purple"), ("f2a7b8", "pink"), ("6b4226", "brown"), ("efe3c4", "beige"), ("808080", "grey"),
        ("141414", "black"), ("fbfbfa", "white"), ("1f8a84", "green"), ("223a6b", "blue"), ("8f3f7b", "purple"),
    ],
)  # fmt: skip
def test_a_colour_gets_the_name_that_people_give_it(text: str, name: str) -> None:
    assert named(linear(text), np.ones(1)) == (name,)


def test_what_covers_little_of_a_surface_does_not_count() -> None:
    tints = np.concatenate([linear("d02b20"), linear("2f56a8"), linear("141414")])
    assert named(tints, np.array([0.3, 0.6, 0.1])) == ("blue", "red")
    assert named(tints, np.zeros(3)) == ()
    assert named(tints[:0], np.zeros(0)) == ()


@pytest.mark.parametrize(
    ("good", "name"), [("red_sneakers", "red"), ("blue_jeans", "blue"), ("rain_boots", "yellow"), ("tote_bag", "beige")]
)
def test_models_of_the_catalogue_have_the_colour_of_their_name(good: str, name: str) -> None:
    assert colours_of(GOODS / f"{good}.glb")[0] == name


def test_a_broken_model_is_an_error_and_has_no_colours(tmp_path: Path) -> None:
    (tmp_path / "bad.glb").write_bytes(b"glTF" + b"\0" * 40)
    with pytest.raises(GameError, match=r"bad\.glb"):
        colours_of(tmp_path / "bad.glb")
    out: dict[GoodId, tuple[str, ...]] = {}

    def model_of(good: GoodId) -> Path:
        return tmp_path / f"{good}.glb"

    assert list(read_colours(model_of, [GoodId("bad"), GoodId("gone")], tmp_path / "cache", out)) == []
    assert out == {}


def test_colours_are_kept_until_the_model_changes(tmp_path: Path) -> None:
    model = tmp_path / "shoe.glb"
    model.write_bytes((GOODS / "red_sneakers.glb").read_bytes())
    out: dict[GoodId, tuple[str, ...]] = {}
    cache = tmp_path / "cache"

    def model_of(good: GoodId) -> Path:
        return model

    assert list(read_colours(model_of, [GoodId("shoe")], cache, out)) == ["shoe"]
    assert list(read_colours(model_of, [GoodId("shoe")], cache, out)) == []
    assert out[GoodId("shoe")][0] == "red"
    model.write_bytes((GOODS / "blue_jeans.glb").read_bytes())
    assert list(read_colours(model_of, [GoodId("shoe")], cache, out)) == ["shoe"]
    assert out[GoodId("shoe")][0] == "blue"
    (cache / FILE).write_bytes(b"\xff\xff")
    assert list(read_colours(model_of, [GoodId("shoe")], cache, out)) == ["shoe"]
