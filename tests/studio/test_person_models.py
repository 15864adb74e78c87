"""The committed models of the person and of everything worn: whole, of the said size, built from these sources."""

import hashlib
import json
import struct
import tomllib
from pathlib import Path

import msgspec
import numpy as np
import pytest

from game.core.goods import Good

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "assets" / "models"
REGIONS = {"torso", "hips", "arms", "hands", "legs", "feet", "hair_top"}


def wearables() -> dict[str, Good]:
    goods = [msgspec.convert(tomllib.loads(p.read_text("utf-8")), Good) for p in (ROOT / "scenes/goods").glob("*.toml")]
    return {good.id: good for good in goods if good.wear}


GOODS = wearables()


def document(path: Path) -> dict:
    raw = path.read_bytes()
    (length,) = struct.unpack_from("<I", raw, 12)
    return json.loads(raw[20 : 20 + length])


def bounds(doc: dict) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest corner in metres, Z up, front -Y."""
    spots = [doc["accessors"][p["attributes"]["POSITION"]] for m in doc["meshes"] for p in m["primitives"]]
    low, high = np.min([s["min"] for s in spots], axis=0), np.max([s["max"] for s in spots], axis=0)
    return np.array([low[0], -high[2], low[1]]), np.array([high[0], -low[2], high[1]])


def triangles(doc: dict) -> int:
    return sum(doc["accessors"][p["indices"]]["count"] // 3 for m in doc["meshes"] for p in m["primitives"])


def test_there_are_wearables_of_every_slot():
    assert {good.wear.slot for good in GOODS.values()} == {
        "head", "face", "neck", "torso", "legs", "feet", "back", "hand"
    }  # fmt: skip
    assert len(GOODS) >= 21


@pytest.mark.parametrize("good_id", sorted(GOODS))
def test_a_wearable_stands_on_its_origin_and_measures_what_it_says(good_id):
    doc = document(MODELS / "goods" / f"{good_id}.glb")
    low, high = bounds(doc)
    np.testing.assert_allclose(high - low, GOODS[good_id].size_m, atol=0.002)
    np.testing.assert_allclose([*(low + high)[:2] / 2, low[2]], 0, atol=1e-4)
    assert triangles(doc) <= 2500


@pytest.mark.parametrize("good_id", sorted(GOODS))
def test_a_worn_form_is_skinned_or_rigid_on_a_joint_and_hides_known_regions(good_id):
    wear, doc = GOODS[good_id].wear, document(MODELS / "worn" / f"{good_id}.glb")
    person = document(MODELS / "avatar" / "person.glb")
    names = [person["nodes"][i]["name"] for i in person["skins"][0]["joints"]]
    if wear.joint:
        assert wear.joint in names
        assert "skins" not in doc
    else:
        assert [doc["nodes"][i]["name"] for i in doc["skins"][0]["joints"]] == names
    assert set(wear.hides) <= REGIONS
    assert bounds(doc)[0][2] >= -wear.lift_m - 0.007  # no sole sinks into the floor
    assert triangles(doc) <= 3000


def test_models_carry_albedo_gloss_and_occlusion_and_no_materials():
    for path in [*(MODELS / "worn").glob("*.glb"), *(MODELS / "avatar").glob("*.glb")]:
        doc = document(path)
        assert not {"materials", "textures", "images", "extensionsUsed"} & set(doc), path
        for mesh in doc["meshes"]:
            assert {"POSITION", "NORMAL", "COLOR_0", "TEXCOORD_0"} <= set(mesh["primitives"][0]["attributes"]), path


def test_all_of_it_is_light():
    paths = [*(MODELS / "avatar").glob("*"), *(MODELS / "worn").glob("*"), *(MODELS / f"goods/{g}.glb" for g in GOODS)]
    assert sum(p.stat().st_size for p in paths) < 6_000_000


def test_the_committed_models_are_built_from_these_sources():
    stamp = json.loads((MODELS / "avatar" / "stamp.json").read_text())
    now = {p.name: p for p in (ROOT / "assets/studio/person").glob("*.py") if p.name != "view.py"}
    assert stamp["sources"].keys() == now.keys()
    stale = [n for n, p in now.items() if hashlib.sha256(p.read_bytes()).hexdigest() != stamp["sources"][n]]
    assert not stale, f"{stale} changed: run python -m assets.studio.person.build (needs bpy) and commit the models"
