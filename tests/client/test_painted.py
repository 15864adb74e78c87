"""Goods with a picture of their own: drawn with it in all places, refused where the picture is not one."""

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client import avatar
from game.client.avatar_glb import read_figure
from game.client.models import good_mesh, load_mesh
from game.client.painted import MOST_PX, has_picture, is_painted, texture_of
from game.content.goods_model import Model, Picture, written
from game.core.errors import GameError
from tests.content.imports.files import damaged_jpegs, glb, png, stool


def model(picture: bytes | None) -> Model:
    shape = stool()
    count = len(shape.v)
    return Model(
        points=shape.v, normals=shape.n, rgba=np.ones((count, 4)), light=np.full(count, 0.5), triangles=shape.f,
        uv=np.full((count, 2), 0.25), picture=Picture(picture, "image/png") if picture else None,
    )  # fmt: skip


@pytest.mark.parametrize("painted", [True, False])
def test_a_good_is_painted_where_it_has_a_picture(tmp_path, painted):
    path = tmp_path / "a.glb"
    path.write_bytes(written(model(png() if painted else None)))
    node = load_mesh(path)
    assert is_painted(node) is painted
    assert has_picture(path) is painted
    assert (node.get_tag("variant") == "PAINTED") is painted
    low, high = NodePath(node).get_tight_bounds()
    assert tuple(high - low) == pytest.approx((0.11, 0.11, 0.12), abs=0.003)


def test_the_figure_reader_finds_the_picture_too(tmp_path):
    path = tmp_path / "a.glb"
    path.write_bytes(written(model(png())))
    (mesh,) = read_figure(path).meshes
    assert mesh.picture == png()
    path.write_bytes(written(model(None)))
    (mesh,) = read_figure(path).meshes
    assert mesh.picture is None


def test_a_picture_that_is_none_or_too_large_is_refused():
    texture = texture_of(png(8, 4), "a")
    assert (texture.get_x_size(), texture.get_y_size()) == (8, 4)
    for raw in (b"", b"GIF89a" + b"\0" * 40, png()[:20], b"\xff\xd8\xff" + b"\0" * 4, png()[:58]):
        with pytest.raises(GameError, match="picture"):
            texture_of(raw, "a")
    with pytest.raises(GameError, match=str(MOST_PX + 1)):
        texture_of(png(MOST_PX + 1, 2), "a")


def test_a_model_with_a_picture_outside_of_itself_is_refused(tmp_path):
    path = tmp_path / "a.glb"
    path.write_bytes(glb(picture=png()).replace(b'"bufferView": 4, "mimeType"', b'"xufferView": 4, "mimeType"'))
    with pytest.raises(GameError, match="outside"):
        load_mesh(path)


@pytest.mark.parametrize("damage", damaged_jpegs())
def test_a_good_with_a_damaged_picture_is_a_striped_box_and_the_game_goes_on(tmp_path, damage):
    path = tmp_path / "a.glb"
    path.write_bytes(written(model(damaged_jpegs()[damage])))
    with pytest.raises(GameError, match="damaged"):
        load_mesh(path)
    assert not is_painted(good_mesh(path, (0.1, 0.1, 0.1)))


@pytest.mark.parametrize("damage", damaged_jpegs())
def test_what_is_worn_with_a_damaged_picture_is_refused(tmp_path, damage):
    path = tmp_path / "a.glb"
    path.write_bytes(written(model(damaged_jpegs()[damage])))
    (mesh,) = read_figure(path).meshes
    with pytest.raises(GameError, match="damaged"):
        avatar._painting("hat", mesh.picture)
