import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from game.content.glb import read_glb
from game.content.load import load_catalogue
from game.content.manifest import bundle_sha256, good_manifest, market_catalogue
from game.content.problems import ContentError
from game.content.schema import schemas, write_schemas
from game.core.errors import GameError
from game.core.ids import GoodId, PlaceId
from tests.content.small import document, edit, glb, write_glb, write_world

HAT, SHOP = GoodId("hat"), PlaceId("shop")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_world(tmp_path)


def test_the_catalogue_takes_its_ids_from_the_files(root: Path) -> None:
    catalogue = load_catalogue(root)
    assert list(catalogue.goods) == ["chair", "hat"]
    assert catalogue.goods[HAT].id == HAT
    assert catalogue.goods[HAT].wear is not None
    assert catalogue.places[SHOP].stands[0].good == HAT
    assert catalogue.makers["ada"].name.zh == "艾达"  # type: ignore[index]


def test_whole_numbers_may_stand_for_metres(root: Path) -> None:
    edit(root, "scenes/places/shop.toml", "at_m = [0.0, 0.0, 1.0]", "at_m = [0, 0, 1]")
    at_m = load_catalogue(root).places[SHOP].stands[0].at_m
    assert at_m == (0.0, 0.0, 1.0)
    assert all(type(value) is float for value in at_m)


def test_loading_refuses_with_every_problem(root: Path) -> None:
    edit(root, "scenes/goods/hat.toml", "edition = 30", 'edition = "30"')
    edit(root, "scenes/goods/chair.toml", 'kind = "chair"', 'kinds = "chair"')
    with pytest.raises(ContentError) as caught:
        load_catalogue(root)
    lines = str(caught.value).splitlines()
    assert len(lines) == len(caught.value.problems) == 3
    assert lines[0] == "scenes/goods/chair.toml: kinds: unknown key; did you mean 'kind'?"


def test_a_manifest_is_canonical_and_follows_the_model_but_not_the_price(root: Path) -> None:
    first = good_manifest(load_catalogue(root).goods[HAT], root)
    assert first == good_manifest(load_catalogue(root).goods[HAT], root)
    fields = msgspec.json.decode(first)
    assert list(fields) == sorted(fields)
    assert fields["files"][0]["sha256"] == sha256(glb(document((0.3, 0.3, 0.2)))).hexdigest()
    edit(root, "scenes/goods/hat.toml", "12.50", "99")
    assert good_manifest(load_catalogue(root).goods[HAT], root) == first
    edit(root, "scenes/goods/hat.toml", "edition = 30", "edition = 31")
    assert good_manifest(load_catalogue(root).goods[HAT], root) != first
    edit(root, "scenes/goods/hat.toml", "edition = 31", "edition = 30")
    write_glb(root / "assets/models/worn/hat.glb", document((0.3, 0.3, 0.21)))
    assert good_manifest(load_catalogue(root).goods[HAT], root) != first


def test_a_manifest_without_its_model_is_refused(root: Path) -> None:
    (root / "assets/models/goods/hat.glb").unlink()
    with pytest.raises(GameError, match=r"goods/hat\.glb"):
        good_manifest(load_catalogue(root).goods[HAT], root)


def test_a_bundle_follows_layout_models_and_goods(root: Path) -> None:
    def bundle() -> bytes:
        catalogue = load_catalogue(root)
        return bundle_sha256(catalogue.places[SHOP], catalogue, root)

    seen = [bundle()]
    assert bundle() == seen[0]
    assert len(seen[0]) == 32
    edit(root, "scenes/places/shop.toml", "[-2.0, 2.0, 0.0]", "[-2.0, 2.1, 0.0]")
    seen.append(bundle())
    (root / "assets/models/places/shop/light.png").write_bytes(b"light")
    seen.append(bundle())
    edit(root, "scenes/goods/chair.toml", "Firm.", "Very firm.")
    seen.append(bundle())
    assert len(set(seen)) == 4


def test_the_market_learns_of_all_goods_and_of_the_rooms_that_show_any(root: Path) -> None:
    market = market_catalogue(load_catalogue(root), root)
    assert [(terms.good_id, terms.price_wei, terms.edition) for terms in market.goods] == [
        ("chair", 40 * 10**15, 5),
        ("hat", 125 * 10**14, 30),
    ]
    assert [(room.place_id, room.keeper, room.displays) for room in market.rooms] == [("shop", "ada", ("chair", "hat"))]


def test_schemas_name_the_kinds_and_need_no_id(tmp_path: Path) -> None:
    good = schemas()["good"]["$defs"]["Good"]
    assert "chair" in good["properties"]["kind"]["enum"]
    assert "id" not in good["required"]
    assert good["additionalProperties"] is False
    written = write_schemas(tmp_path)
    assert [path.name for path in written] == [
        f"{name}.schema.json" for name in ("good", "place", "piece", "template", "makers")
    ]
    assert msgspec.json.decode(written[0].read_bytes())["$defs"]["Good"]["required"] == good["required"]


def test_schemas_are_exported_from_the_command_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "game.content.schema"]
    shown = subprocess.run([*command, str(tmp_path)], check=True, capture_output=True, text=True)
    assert len(shown.stdout.splitlines()) == len(schemas())
    refused = subprocess.run(command, check=False, capture_output=True, text=True)
    assert refused.returncode != 0
    assert "usage" in refused.stderr


def test_a_glb_is_measured_through_its_nodes(tmp_path: Path) -> None:
    content = document((1.0, 2.0, 3.0))
    turn = 0.5**0.5
    content["nodes"] = [
        {"children": [1, 2], "rotation": [0.0, turn, 0.0, turn], "scale": [2.0, 2.0, 2.0]},
        {"mesh": 0, "translation": [0.0, 1.0, 0.0]},
        {"mesh": 0},
    ]
    content["scenes"] = [{"nodes": [0]}]
    write_glb(tmp_path / "x.glb", content)
    glb_info = read_glb(tmp_path / "x.glb")
    assert glb_info.size_m == pytest.approx((4.0, 2.0, 8.0))
    assert glb_info.low_m[2] == pytest.approx(0.0)
    assert glb_info.triangles == 24


def test_a_glb_whose_nodes_loop_or_that_has_no_mesh_is_refused(tmp_path: Path) -> None:
    content = document((1.0, 1.0, 1.0))
    content["nodes"] = [{"children": [0]}]
    write_glb(tmp_path / "loop.glb", content)
    with pytest.raises(GameError, match="loop"):
        read_glb(tmp_path / "loop.glb")
    content["nodes"] = [{}]
    write_glb(tmp_path / "empty.glb", content)
    with pytest.raises(GameError, match="no mesh"):
        read_glb(tmp_path / "empty.glb")
