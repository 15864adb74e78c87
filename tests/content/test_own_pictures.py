"""The pictures that a player may hang: found in the workshop and in the home's folders, written anew when hung."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from game.content.imports.limits import TEXTURE_PX
from game.content.making import make_of_file, make_of_recipe
from game.content.own_pictures import hung, own_pictures, painting_in, pixels_of
from game.content.pictures_store import PICTURE_SIDE_MAX_PX, PicturesStore
from game.content.workshop import Workshop
from game.core.errors import GameError
from tests.content.imports.files import damaged_jpegs, glb, png


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_posters_imports_files_and_photos_can_be_hung_and_mugs_and_texts_cannot(tmp_path):
    shop = Workshop(tmp_path)
    poster = make_of_recipe(shop, "poster", {"words": "Bread"}, None)
    picture = make_of_file(shop, put(tmp_path / "in" / "boat.png", png(80, 60)))
    make_of_recipe(shop, "mug", {}, None)
    put(tmp_path / "pictures" / "sea.jpeg", png(20, 10, format="JPEG"))
    put(tmp_path / "pictures" / "notes.txt", b"no picture")
    put(tmp_path / "pictures" / ("ab" * 32), png())  # what a room that was visited hangs
    put(tmp_path / "photos" / "2026.png", png(30, 20))
    found = own_pictures(tmp_path)
    assert {each.draft for each in found if each.draft} == {poster.id, picture.id}
    assert [each.name.en for each in found if not each.draft] == ["sea", "2026"]
    for each in found:
        high, wide, _ = pixels_of(each).shape
        assert (wide > high) is (each.draft != poster.id)


def test_a_home_without_any_has_none(tmp_path):
    assert own_pictures(tmp_path) == ()


def test_what_is_hung_is_small_enough_and_says_nothing_of_where_it_was_taken(tmp_path):
    secret = Image.Exif()
    secret[0x010E] = "at the kitchen table"
    out = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (1500, 3000, 3)).astype("u1")).save(
        out, "JPEG", exif=secret
    )
    assert b"kitchen" in out.getvalue()
    put(tmp_path / "pictures" / "large.jpg", out.getvalue())
    (picture,) = own_pictures(tmp_path)
    name, content = hung(picture, PicturesStore(tmp_path))
    assert PicturesStore(tmp_path).content(name) == content
    assert b"kitchen" not in content
    with Image.open(io.BytesIO(content)) as opened:
        assert max(opened.size) == min(TEXTURE_PX, PICTURE_SIDE_MAX_PX)


@pytest.mark.parametrize("damage", [*damaged_jpegs(), "gone"])
def test_a_picture_that_is_damaged_or_gone_is_refused_and_the_others_stay(tmp_path, damage):
    path = put(tmp_path / "pictures" / "a.jpg", damaged_jpegs().get(damage, b""))
    put(tmp_path / "pictures" / "b.png", png())
    bad, good = own_pictures(tmp_path)
    if damage == "gone":
        path.unlink()
    with pytest.raises(GameError, match="choose another"):
        hung(bad, PicturesStore(tmp_path))
    assert hung(good, PicturesStore(tmp_path))[0]


def test_a_model_without_a_picture_is_refused():
    for model in (b"", b"glTF" + b"\0" * 40, glb(picture=b"")[:200]):
        with pytest.raises(GameError, match="choose another"):
            painting_in(model)
