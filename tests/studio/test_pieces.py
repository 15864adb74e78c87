"""Kit pieces are what their files say: sizes, surfaces, paints, nodes, and not too many triangles."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from assets.studio.glb import glb_array, read_glb
from assets.studio.glb_compact import floats
from assets.studio.kit import box
from assets.studio.piece_bag import PieceBag
from assets.studio.pieces import MOST_TRIANGLES, PIECES, document, nodes_of, uncharted

ROOT = Path(__file__).resolve().parents[2]
KIT = ROOT / "assets" / "models" / "kit"
SCENES = sorted((ROOT / "scenes" / "kit").glob("*.toml"))
DESCRIBED = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in SCENES}
GROUPS = {"walls", "floors", "doors", "shelves", "stands", "lamps", "plants", "signs", "words", "pictures", "seats"}


def test_every_piece_has_a_file_and_a_model_and_there_are_many() -> None:
    assert DESCRIBED.keys() == PIECES.keys() == {path.stem for path in KIT.glob("*.glb")}
    assert len(PIECES) >= 36
    assert {piece.group for piece in PIECES.values()} == GROUPS


@pytest.mark.parametrize("name", PIECES)
def test_a_piece_is_as_large_as_it_says_and_stands_on_its_origin(name: str) -> None:
    glb = read_glb(KIT / f"{name}.glb")
    assert np.allclose(glb.hi - glb.lo, DESCRIBED[name]["size_m"], atol=0.002)
    assert glb.lo[2] == pytest.approx(0, abs=1e-4)
    assert np.allclose((glb.lo + glb.hi)[:2], 0, atol=1e-4)
    assert glb.triangles <= MOST_TRIANGLES
    assert (KIT / f"{name}.glb").stat().st_size < 90_000


@pytest.mark.parametrize("name", PIECES)
def test_what_its_file_promises_is_in_its_model(name: str) -> None:
    nodes = {node["name"] for node in read_glb(KIT / f"{name}.glb").document["nodes"]}
    piece = DESCRIBED[name]
    painted = {node.removeprefix("paint_") for node in nodes if node.startswith("paint_")} | ({"words"} & nodes)
    assert painted == set(piece.get("paints", ()))
    assert ("words" in nodes) == piece.get("words", False)
    assert ("picture" in nodes) == piece.get("picture", False)
    assert "glow" in nodes or "words" in nodes or "lamp" not in piece


@pytest.mark.parametrize("name", [name for name in PIECES if "surfaces" in DESCRIBED[name]])
def test_its_surfaces_lie_within_it(name: str) -> None:
    wide, deep, high = DESCRIBED[name]["size_m"]
    for surface in DESCRIBED[name]["surfaces"]:
        x, y, z = surface["at_m"]
        assert abs(x) + surface["size_m"][0] / 2 <= wide / 2 + 0.02
        assert abs(y) + surface["size_m"][1] / 2 <= deep / 2 + 0.02
        assert 0 < z <= high + 0.001


@pytest.mark.parametrize("name", PIECES)
def test_it_is_neither_black_nor_inside_out(name: str) -> None:
    path = KIT / f"{name}.glb"
    nodes = [node for node in nodes_of(name) if not uncharted(node)]
    light = [floats(path, node, "TEXCOORD_0")[:, 0] for node in nodes]
    for node, each in zip(nodes, light, strict=True):
        assert each.mean() > 0.05, f"{node} is black: its faces point inwards"
    assert np.concatenate(light).mean() > 0.2


def test_what_is_committed_is_what_its_source_models() -> None:
    for name in PIECES:
        assert tomllib.loads(document(name)) == DESCRIBED[name], f"{name}: write its file again, or mend the source"
        for node, mesh in nodes_of(name).items():
            points = glb_array(KIT / f"{name}.glb", node, "POSITION")
            assert len(points) == len(mesh.v), f"{name}: build it again"
            assert np.allclose(points[:, 0], mesh.v[:, 0], atol=1e-5), f"{name}: build it again"


def test_a_bag_parts_what_is_painted_and_moves_what_it_notes() -> None:
    b = PieceBag()
    with b.painted("wood"), b.at(x=1.0):
        b.add(box(0.2, 0.2, 0.2), np.ones(3))
        b.surface(0.1, 0.1, z=0.2)
    b.add(box(0.1, 0.1, 0.1), np.ones(3))
    b.shift(np.array([0, 0, 1.0]))
    meshes = b.meshes()
    assert list(meshes) == ["body", "paint_wood"]
    assert meshes["paint_wood"].v.mean(0) == pytest.approx([1.0, 0.0, 1.1])
    assert b.notes[0][1] == pytest.approx([1.0, 0.0, 1.2])
