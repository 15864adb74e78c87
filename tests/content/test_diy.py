"""Goods that anybody can make: at least six, pretty in numbers, the same bytes each time, whatever the knobs say."""

from pathlib import Path

import numpy as np
import pytest

from game.client.avatar_glb import read_figure
from game.content.check_models import check_fit, read_model
from game.content.diy.recipe import COLOUR, COUNT, PICTURE, SIZE, WORDS, Recipe
from game.content.diy.workbench import made, recipes
from game.content.goods_model import written
from game.content.imports.notes import Wording
from game.core.errors import GameError
from game.core.goods import KINDS, SLOTS, Good, Terms
from game.core.ids import GoodId, MakerId

ROOT = Path(__file__).resolve().parents[2]
ALL = list(recipes().values())
PICTURE_PIXELS = (np.indices((30, 40)).sum(0)[..., None] * (3, 5, 2) % 256).astype(np.uint8)


def extremes(recipe: Recipe) -> list[dict[str, object]]:
    """All sizes at their least, and all at their most, with the longest words."""
    least = {knob.name: knob.least for knob in recipe.knobs if knob.kind in (SIZE, COUNT)}
    most = {knob.name: knob.most for knob in recipe.knobs if knob.kind in (SIZE, COUNT)}
    words = {knob.name: "海街 W" * 12 for knob in recipe.knobs if knob.kind == WORDS}
    return [least, most | words, dict.fromkeys(words, "")]


def test_there_are_the_six_that_are_promised() -> None:
    assert {"mug", "poster", "tshirt", "lamp", "shelf", "ring"} <= recipes().keys()


@pytest.mark.parametrize("recipe", ALL, ids=lambda recipe: recipe.id)
def test_a_recipe_names_what_the_game_knows(recipe: Recipe) -> None:
    assert recipe.kind in KINDS
    assert recipe.wear is None or recipe.wear.slot in SLOTS
    assert len({knob.name for knob in recipe.knobs}) == len(recipe.knobs)
    for language in ("en", "zh"):
        texts = Wording(ROOT, language).texts
        assert [knob.name for knob in recipe.knobs if f"diy_{knob.name}" not in texts] == []


@pytest.mark.parametrize("recipe", ALL, ids=lambda recipe: recipe.id)
def test_whatever_the_knobs_say_the_result_is_a_sound_light_model(recipe: Recipe) -> None:
    for values in ({}, *extremes(recipe)):
        done = made(recipe.id, values, PICTURE_PIXELS if values else None)
        facts = read_model(written(done.model))
        assert 150 <= facts.triangles <= 4_000
        size = done.model.size_m
        assert min(size) >= 0.005
        good = Good(
            id=GoodId("g"), kind=recipe.kind, maker=MakerId("0x"), name=recipe.name, story=recipe.name, size_m=size,
            licence="CC-BY-4.0", terms=Terms(price_coins="1", edition=1), wear=recipe.wear,
        )  # fmt: skip
        check_fit(facts, good, worn=False)
        assert (done.worn is not None) is (recipe.wear is not None)
        if done.worn is not None:
            check_fit(read_model(written(done.worn)), good, worn=True)


@pytest.mark.parametrize("recipe", ALL, ids=lambda recipe: recipe.id)
def test_the_usual_form_is_pretty_in_numbers(recipe: Recipe) -> None:
    model = made(recipe.id, {}).model
    assert 250 <= len(model.triangles) <= 2_500
    assert np.linalg.norm(model.normals, axis=1) == pytest.approx(1, abs=1e-3)
    p = model.points[model.triangles]
    face = np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0])
    agrees = (face * model.normals[model.triangles].sum(1)).sum(1) >= 0
    assert agrees.mean() > 0.95  # nothing is inside out; the seams of the tee have a few folds
    assert 0.05 < model.light.min() < 0.97 < model.light.max() <= 1  # corners are darker than what lies open


@pytest.mark.parametrize("recipe", ALL, ids=lambda recipe: recipe.id)
def test_the_same_values_give_the_same_bytes_and_others_do_not(recipe: Recipe) -> None:
    first = written(made(recipe.id, {}).model)
    assert first == written(made(recipe.id, {}).model)
    colour = next(knob for knob in recipe.knobs if knob.kind == COLOUR)
    assert first != written(made(recipe.id, {colour.name: "#123456"}).model)


def test_values_out_of_range_are_brought_into_it() -> None:
    mug = recipes()["mug"]
    found = mug.within({"height": 1e9, "width": float("nan"), "glaze": "red", "words": "a\nb" + "x" * 99, "other": 1})
    assert found["height"] == 0.14
    assert found["width"] == mug.usual()["width"]
    assert found["glaze"] == mug.usual()["glaze"]
    assert len(str(found["words"])) == 40
    assert "\n" not in str(found["words"])
    assert "other" not in found
    with pytest.raises(GameError, match="mug"):
        made("spaceship", {})


def test_a_picture_is_printed_where_there_is_room_for_one() -> None:
    for recipe in ALL:
        has = any(knob.kind == PICTURE for knob in recipe.knobs)
        with_one, without = (made(recipe.id, {}, pixels).model for pixels in (PICTURE_PIXELS, None))
        same = with_one.picture == without.picture
        assert same is not has


def test_the_tshirt_bends_and_grows_with_its_wearer_as_the_shops_does(tmp_path: Path) -> None:
    done = made("tshirt", {"words": "hi"})
    assert done.worn is not None
    path = tmp_path / "worn.glb"
    path.write_bytes(written(done.worn))
    ours = read_figure(path)
    shops = read_figure(ROOT / "assets" / "models" / "worn" / "sailor_tee.glb")
    assert ours.skeleton is not None
    assert shops.skeleton is not None
    assert ours.skeleton.names == shops.skeleton.names
    assert np.allclose(ours.skeleton.rest, shops.skeleton.rest, atol=1e-4)
    (mine,), (theirs,) = ours.meshes, shops.meshes
    assert mine.joints is not None
    assert mine.morphs.keys() == theirs.morphs.keys()
    assert mine.picture is not None
    for points in (mine, theirs):
        belly = points.edited({"belly": 1.0})[0]
        assert np.ptp(belly[:, 1]) > np.ptp(points.points[:, 1]) + 0.01
    assert np.ptp(mine.points, axis=0) == pytest.approx(np.ptp(theirs.points, axis=0), abs=1e-3)


def test_the_ring_sits_on_a_finger_of_the_left_hand() -> None:
    worn = made("ring", {}).worn
    assert worn is not None
    person = read_figure(ROOT / "assets" / "models" / "avatar" / "person.glb")
    assert person.skeleton is not None
    joint = person.skeleton.rest[person.skeleton.names.index("leftMiddleProximal")]
    assert np.linalg.norm(worn.points.mean(0) - joint) < 0.04
