import os

import numpy as np
import pytest

from game.client import kept_models
from game.client.kept_models import load_kept_model
from game.client.models import FORMAT, load_model
from game.core.errors import GameError
from tests.client.drawn import write_box_glb


@pytest.fixture
def box(tmp_path):
    path = tmp_path / "place" / "shell.glb"
    write_box_glb(path, (-1.0, -1.0, 0.0), (1.0, 1.0, 2.0), {"+x": (1.0, 0.0, 0.0)})
    return path


def contents(model):
    found = []
    for node in model.find_all_matches("**/+GeomNode"):
        for geom in node.node().get_geoms():
            data = geom.get_vertex_data()
            assert data.get_format() == FORMAT
            rows = np.frombuffer(memoryview(data.get_array(0)).cast("B"), np.float32)
            indices = np.frombuffer(memoryview(geom.get_primitive(0).get_vertices()).cast("B"), np.uint8)
            found.append((node.get_name(), rows.tolist(), indices.tolist(), geom.get_primitive(0).get_index_type()))
    return found


@pytest.fixture
def parsed(monkeypatch):
    """The files that were parsed."""
    seen = []
    monkeypatch.setattr(kept_models, "load_model", lambda path: seen.append(path) or load_model(path))
    return seen


def test_a_model_is_parsed_once_and_then_read_as_it_was_made(box, tmp_path, parsed):
    first = load_kept_model(box, tmp_path / "cache")
    again = load_kept_model(box, tmp_path / "cache")
    assert parsed == [box]
    assert contents(again) == contents(first) == contents(load_model(box))


def test_a_changed_file_is_parsed_anew_and_the_old_one_is_not_kept(box, tmp_path, parsed):
    load_kept_model(box, tmp_path / "cache")
    write_box_glb(box, (-1.0, -1.0, 0.0), (1.0, 1.0, 3.0), {})
    os.utime(box, ns=(1, 1))
    assert load_kept_model(box, tmp_path / "cache").get_tight_bounds()[1].z == pytest.approx(3.0)
    assert len(parsed) == 2
    assert len(list((tmp_path / "cache" / "models").iterdir())) == 1


def test_a_broken_kept_file_is_made_anew(box, tmp_path, parsed):
    load_kept_model(box, tmp_path / "cache")
    (kept,) = (tmp_path / "cache" / "models").iterdir()
    kept.write_bytes(kept.read_bytes()[:200])
    assert contents(load_kept_model(box, tmp_path / "cache")) == contents(load_model(box))
    assert len(parsed) == 2


def test_without_a_cache_nothing_is_kept(box, parsed):
    load_kept_model(box, None)
    load_kept_model(box, None)
    assert len(parsed) == 2


def test_a_model_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(GameError):
        load_kept_model(tmp_path / "none.glb", tmp_path / "cache")
