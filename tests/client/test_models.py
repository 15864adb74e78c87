"""The GLB reader: what it reads, what it refuses and in which words."""

import struct

import pytest
from panda3d.core import NodePath

from game.client.models import good_mesh, load_mesh
from game.core.errors import GameError
from tests.client.drawn import write_box_glb


def test_a_box_has_the_size_and_the_place_it_was_written_with(tmp_path):
    write_box_glb(tmp_path / "box.glb", (-0.1, -0.2, 0.0), (0.1, 0.3, 0.4), {})
    low, high = NodePath(load_mesh(tmp_path / "box.glb")).get_tight_bounds()
    assert tuple(low) == pytest.approx((-0.1, -0.2, 0.0))
    assert tuple(high) == pytest.approx((0.1, 0.3, 0.4))


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda raw: b"", "not a readable GLB"),
        (lambda raw: b"<html>" + raw, "not a readable GLB"),
        (lambda raw: raw[: len(raw) // 2], "GLB"),
        (lambda raw: raw.replace(b'"mode"', b'"mxde"').replace(b'"count": 24', b'"count": 99'), "beyond the file"),
        (lambda raw: raw.replace(b'"asset": ', b'"assex": ').replace(b'"POSITION"', b'"POSITIOX"'), "broken GLB"),
    ],
)
def test_a_damaged_model_is_refused_in_a_sentence(tmp_path, damage, says):
    path = tmp_path / "box.glb"
    write_box_glb(path, (0, 0, 0), (1, 1, 1), {})
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(GameError, match=says):
        load_mesh(path)


def test_an_unknown_extension_is_named(tmp_path):
    path = tmp_path / "box.glb"
    text = b'{"asset":{"version":"2.0"},"extensionsRequired":["KHR_draco_mesh_compression"]}  '
    text += b" " * (-len(text) % 4)
    path.write_bytes(struct.pack("<4sIII4s", b"glTF", 2, 20 + len(text), len(text), b"JSON") + text)
    with pytest.raises(GameError, match="KHR_draco_mesh_compression"):
        load_mesh(path)


def test_a_missing_good_is_drawn_as_a_box_of_its_size(tmp_path, caplog):
    low, high = NodePath(good_mesh(tmp_path / "none.glb", (0.5, 0.4, 0.9))).get_tight_bounds()
    assert tuple(high - low) == pytest.approx((0.5, 0.4, 0.9))
    assert "none.glb" in caplog.text
