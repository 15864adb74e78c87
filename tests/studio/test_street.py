"""The street as it is built: fronts, doors, signs, what sways, and what it may weigh."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from assets.studio import street, street_layout, street_plan, sway
from assets.studio.glb import glb_array, read_glb
from assets.studio.glb_compact import floats
from assets.studio.layout import value
from assets.studio.street_shapes import frame, pierced, recess, reveal, sides, stile
from assets.studio.street_signs import HAN, PICTURES, han

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "assets" / "models" / "places" / "street"
MOST_BYTES = 4_550_000  # it is what a player sees first, and every new build adds it to the history


def area(shape) -> np.ndarray:
    a, b, c = (shape.v[shape.f[:, k]] for k in range(3))
    return np.cross(b - a, c - a) / 2


def test_it_weighs_no_more_than_it_may() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= MOST_BYTES


def test_every_way_out_has_its_leaf_and_its_size() -> None:
    assert {way.id: (way.to_place, way.to_door, way.width, way.height) for way in street_plan.WAYS} == {
        "boutique_front": ("boutique", "street_front", 0.9, 2.26),
        "homeware_front": ("homeware", "street_front", 0.9, 2.26),
        "gallery_front": ("gallery", "street_front", 0.9, 2.26),
        "home_front": ("home", "street_front", 0.9, 2.26),
        "market_gate": ("market", "street_gate", 2.2, 2.6),
    }
    nodes = {n["name"] for n in read_glb(FOLDER / "props.glb").document["nodes"]}
    assert {way.leaf for way in street_plan.WAYS} - {""} <= nodes


def test_the_place_file_is_as_it_is_laid_out() -> None:
    laid = tomllib.loads(street_layout.layout({}).text())
    kept = tomllib.loads((ROOT / "scenes" / "places" / "street.toml").read_text(encoding="utf-8"))
    assert kept == laid


def test_a_door_waits_until_its_place_has_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = tmp_path / "scenes" / "places"
    places.mkdir(parents=True)
    monkeypatch.setattr(street_layout, "ROOT", tmp_path)
    assert street_layout.layout({}).doors == []
    (places / "market.toml").write_text("")
    assert [door["id"] for door in street_layout.layout({}).doors] == ["market_gate"]
    assert value("market_gate") in street_layout.layout({}).text()
    (tmp_path / "scenes" / "templates").mkdir()
    assert [door["id"] for door in street_layout.layout({}).doors] == ["market_gate"]
    (tmp_path / "scenes" / "templates" / "studio.toml").write_text("")
    assert [door["id"] for door in street_layout.layout({}).doors] == ["home_front", "market_gate"]


def test_what_sways_is_fixed_somewhere_and_free_elsewhere() -> None:
    for node in sway.NODES:
        free = floats(FOLDER / "props.glb", node, "COLOR_0")[:, 3] / sway.SOFT
        assert free.min() < 0.15
        assert 0.75 < free.max() < 1.05
    rest = floats(FOLDER / "props.glb", "props", "COLOR_0")[:, 3]
    assert rest.max() > 2 * sway.SOFT, "props would not shine at all"


def test_the_leaves_of_shop_doors_borrow_the_light_of_their_faces() -> None:
    """A side that lies close to a frame bakes black: it has no vertices of its own."""
    for leaf in street_plan.LEAVES:
        normals = glb_array(FOLDER / "props.glb", leaf, "NORMAL")
        points = glb_array(FOLDER / "props.glb", leaf, "POSITION")
        edge = np.abs(points[:, 2] - points[:, 2][np.abs(points[:, 2]).argmin()]) < 0.005
        assert edge.any()
        assert np.abs(normals[edge][:, 2]).max() < 0.5, leaf


def test_every_shop_has_its_word_in_both_scripts_and_a_picture() -> None:
    shops = [s for _, _, s, _ in (*street.EAST_FRONTS, *street.WEST_FRONTS) if s is not None]
    for shop in (*shops, street.POST):
        assert shop.word.isascii()
        assert set(shop.han) <= HAN.keys()
        assert shop.picture in PICTURES
    with pytest.raises(KeyError):
        han("龘", 0.3)


def test_a_pierced_wall_has_the_area_that_its_holes_leave() -> None:
    wall = pierced(4.0, 0.0, 3.0, [(-1.0, 1.0, 0.5, 2.0), (1.2, 1.8, 0.0, 2.2)])
    assert np.linalg.norm(area(wall), axis=1).sum() == pytest.approx(12 - 3 - 0.6 * 2.2)
    assert (area(wall)[:, 1] < 0).all(), "it faces the street"


@pytest.mark.parametrize(
    ("shape", "inwards"),
    [
        (sides(1, 2, 3, "xXyYzZ"), False),
        (stile(0.1, 0.05, 2.0), False),
        (recess(2, 1, 2), True),
        (reveal((-1, 1, 0.5, 2), 0.3), True),
    ],
)
def test_faces_look_out_of_solids_and_into_recesses(shape, inwards: bool) -> None:
    middle = (shape.v.min(0) + shape.v.max(0)) / 2
    outwards = (area(shape) * (shape.v[shape.f].mean(1) - middle)).sum(1)
    assert ((outwards < 0) if inwards else (outwards > 0)).all()


def test_a_frame_shows_its_front_to_the_street() -> None:
    f = frame(0.8, 1.2, 0.08, 0.06)
    front = np.abs(f.v[f.f][..., 1] + 0.06).max(1) < 1e-9
    assert (area(f)[front][:, 1] < 0).all()
    assert np.linalg.norm(area(f)[front], axis=1).sum() == pytest.approx(0.96 * 1.36 - 0.8 * 1.2)
