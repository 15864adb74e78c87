"""What is committed under assets/models is what the game is promised: sizes, budgets, light, leaves, stamps."""

import hashlib
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assets.studio import contact_sheet, stamps
from assets.studio.bag import Mesh
from assets.studio.build import FINE, same_geometry, share_of
from assets.studio.catalogue import GOODS, MODULE_OF, MOST_TRIANGLES, model
from assets.studio.fixtures import FIXTURES
from assets.studio.glb import Node, glb_array, read_glb, write_glb
from assets.studio.glb_compact import compact, floats
from assets.studio.layout import good_sizes, too_near
from assets.studio.pieces import PIECES
from assets.studio.places import PLACES

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "assets" / "models"
GOODS_DIR = ROOT / "scenes" / "goods"
FIXTURE_LEAVES = {leaf for module in FIXTURES.values() for leaf in module.HINGES}  # they swing in models of their own


def triangle() -> Mesh:
    v = np.array([(0, 0, 0), (1, 0, 0), (0, 0, 2.0)])
    return Mesh(v, np.tile([0, -1.0, 0], (3, 1)), np.full((3, 4), 0.5), np.array([(0, 1, 2)]), np.zeros((3, 2)))


def test_a_file_holds_what_was_written(tmp_path: Path) -> None:
    write_glb(tmp_path / "t.glb", [Node("leaf", triangle(), (1.0, 2.0, 0.0))])
    glb = read_glb(tmp_path / "t.glb")
    assert glb.triangles == 1
    assert np.allclose(glb.lo, (0, 0, 0), atol=1e-6)
    assert np.allclose(glb.hi, (1, 0, 2), atol=1e-6)
    assert glb.document["nodes"][0]["translation"] == pytest.approx([1, 0, -2])
    assert np.allclose(glb_array(tmp_path / "t.glb", "leaf", "NORMAL")[0], (0, 0, 1)), "the front faces +Z in glTF"


def test_a_compacted_file_says_the_same_in_fewer_bytes(tmp_path: Path) -> None:
    path, mesh = tmp_path / "t.glb", triangle()
    mesh.uv[:] = (0.25, 0.75), (0.5, 0.5), (1.0, 0.0)
    write_glb(path, [Node("leaf", mesh, (1.0, 2.0, 0.0)), Node("rest", mesh)])
    before, size = read_glb(path), path.stat().st_size
    kept = {a: floats(path, "rest", a) for a in ("POSITION", "NORMAL", "COLOR_0", "TEXCOORD_0")}
    compact(path)
    after = read_glb(path)
    assert path.stat().st_size < size
    assert (after.triangles, after.document["nodes"]) == (before.triangles, before.document["nodes"])
    for attribute, values in kept.items():
        assert np.allclose(floats(path, "rest", attribute), values, atol=0.002), attribute
    assert np.array_equal(glb_array(path, "rest", "indices").ravel(), (0, 1, 2))


def test_a_dropped_attribute_is_gone_and_the_others_are_not(tmp_path: Path) -> None:
    path = tmp_path / "t.glb"
    write_glb(path, [Node("glow", triangle())])
    compact(path, drop=("NORMAL", "TEXCOORD_0"))
    assert np.allclose(floats(path, "glow", "COLOR_0"), 0.5, atol=0.002)
    with pytest.raises(KeyError, match="NORMAL"):
        floats(path, "glow", "NORMAL")


def test_a_node_that_is_not_there_is_named_in_the_error(tmp_path: Path) -> None:
    write_glb(tmp_path / "t.glb", [Node("leaf", triangle())])
    with pytest.raises(KeyError, match="door"):
        glb_array(tmp_path / "t.glb", "door", "POSITION")


@pytest.mark.parametrize("name", GOODS)
def test_a_good_is_as_large_as_it_says_and_stands_on_its_origin(name: str) -> None:
    glb = read_glb(MODELS / "goods" / f"{name}.glb")
    size = tomllib.loads((GOODS_DIR / f"{name}.toml").read_text(encoding="utf-8"))["size_m"]
    assert np.allclose(glb.hi - glb.lo, size, atol=0.002)
    assert glb.lo[2] == pytest.approx(0, abs=1e-4)
    assert np.allclose((glb.lo + glb.hi)[:2], 0, atol=1e-4)
    assert glb.triangles <= MOST_TRIANGLES


@pytest.mark.parametrize("name", GOODS)
def test_a_good_carries_its_own_occlusion_and_no_material(name: str) -> None:
    path = MODELS / "goods" / f"{name}.glb"
    u = glb_array(path, name, "TEXCOORD_0")[:, 0]
    assert 0 <= u.min() < u.max() <= 1.001
    assert u.mean() > 0.25, "almost black: its faces point inwards"
    assert not {"materials", "textures", "images"} & read_glb(path).document.keys()


def test_the_committed_goods_are_what_their_sources_model() -> None:
    for name in GOODS:
        mesh = model(name)
        points = glb_array(MODELS / "goods" / f"{name}.glb", name, "POSITION")
        assert len(points) == len(mesh.v), f"{name}: build it again"
        assert np.allclose(points[:, 0], mesh.v[:, 0], atol=1e-5), f"{name}: build it again"


def doors_of(place: str) -> list[dict]:
    if place.startswith("room_"):  # the template of a home
        path = ROOT / "scenes" / "templates" / f"{place.removeprefix('room_')}.toml"
        return [tomllib.loads(path.read_text(encoding="utf-8"))["door"]]
    return tomllib.loads((ROOT / "scenes" / "places" / f"{place}.toml").read_text(encoding="utf-8"))["doors"]


@pytest.mark.parametrize("name", PLACES)
class TestPlace:
    def test_it_keeps_its_budget_of_triangles(self, name: str) -> None:
        files = [read_glb(MODELS / "places" / name / f"{part}.glb") for part in ("shell", "props", "glow")]
        assert sum(f.triangles for f in files) <= PLACES[name].most_triangles

    def test_its_light_pictures_fit_its_vertices(self, name: str) -> None:
        folder = MODELS / "places" / name
        props = read_glb(folder / "props.glb").document
        nodes = [n["name"] for n in props["nodes"]]
        uv = np.concatenate([floats(folder / "props.glb", n, "TEXCOORD_0") for n in nodes])
        for layer in ("sun", "sky", "lamp"):
            width, rows = Image.open(folder / f"vertex_{layer}.png").size
            texel = np.floor(uv[:, 0] * width) + width * np.floor((1 - uv[:, 1]) * rows)
            assert len(np.unique(texel)) == len(uv) <= width * rows

    def test_its_light_is_neither_black_nor_burnt_out(self, name: str) -> None:
        folder = MODELS / "places" / name
        for kind in ("light", "vertex"):
            total = sum(
                np.asarray(Image.open(folder / f"{kind}_{q}.png"), float)[..., 1].mean() for q in ("sun", "sky", "lamp")
            )
            assert 30 < total < 500
            assert (np.asarray(Image.open(folder / f"{kind}_sun.png")) == 255).mean() < 0.02

    def test_its_leaves_hang_on_their_hinges(self, name: str) -> None:
        folder = MODELS / "places" / name
        document = json.loads((folder / "place.json").read_text())
        nodes = {n["name"]: n for n in read_glb(folder / "props.glb").document["nodes"]}
        own = [door for door in doors_of(name) if door["leaf"] and door["leaf"] not in FIXTURE_LEAVES]
        for door in own:
            x, y, z = document["leaves"][door["leaf"]]["hinge_m"]
            assert nodes[door["leaf"]]["translation"] == pytest.approx([x, z, -y])
            points = glb_array(folder / "props.glb", door["leaf"], "POSITION")
            along = points[:, 2]  # all doors lie along the world's Y
            assert min(abs(along.min()), abs(along.max())) < 0.02, "the hinge is not at the leaf's edge"
            assert np.ptp(along) == pytest.approx(door["width_m"], abs=0.02)

    def test_its_probes_are_finite_and_lit(self, name: str) -> None:
        probes = np.load(MODELS / "places" / name / "probes.npz")
        for layer in ("sun", "sky", "lamp"):
            cubes = probes[layer].astype(float)
            assert cubes.shape[3:] == (6, 3)
            assert cubes.shape[2] == len(probes["zs"])
            assert np.isfinite(cubes).all()
        assert (probes["sky"].astype(float).mean((3, 4)) > 0.01).all(), "a probe sees no sky light at all"

    def test_each_mood_weighs_every_layer(self, name: str) -> None:
        moods = json.loads((MODELS / "places" / name / "place.json").read_text())["moods"]
        assert {"day", "dusk", "rain", "night"} <= moods.keys()
        for mood in moods.values():
            assert all(len(mood[k]) == 3 for k in ("sun", "sky", "lamp", "outdoor", "lamp_glow", "night_window"))
            assert mood["exposure"] > 0


def stands_of(place: str) -> list[dict]:
    path = ROOT / "scenes" / "places" / f"{place}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")).get("stands", []) if path.exists() else []


SHOWING = [name for name in PLACES if stands_of(name)]
DESCRIBED = {f.stem: tomllib.loads(f.read_text(encoding="utf-8")) for f in GOODS_DIR.glob("*.toml")}


@pytest.mark.parametrize("place", SHOWING)
def test_goods_on_show_keep_two_centimetres_apart(place: str) -> None:
    sizes = good_sizes()
    loose = [s for s in stands_of(place) if DESCRIBED[s["good"]]["kind"] != "top" and s["good"] != "rose_skirt"]
    shown = [(s["id"], tuple(s["at_m"]), s.get("yaw_deg", 0.0), sizes[s["good"]]) for s in loose]
    assert too_near(shown) == []  # but for garments: cloth may touch on the rail


SOLD_IN = {
    "boutique": ("goods_home", "goods_art"),
    "market": ("goods_fruit", "goods_vegetables", "goods_jars", "goods_flowers"),
    "homeware": ("goods_garden", "goods_hearth", "goods_kitchen", "goods_seats", "goods_textiles"),
    "gallery": ("goods_landscapes", "goods_portraits", "goods_sculpture", "goods_toys", "goods_books"),
}


@pytest.mark.parametrize("place", SOLD_IN)
def test_all_that_a_shop_sells_is_on_show_in_it(place: str) -> None:
    made = {name for name in GOODS if MODULE_OF[name] in SOLD_IN[place]}
    assert made
    assert {s["good"] for s in stands_of(place)} >= made


def test_goods_that_overlap_are_reported_and_stacked_ones_are_not() -> None:
    cube = (0.2, 0.2, 0.2)
    assert too_near([("a", (0, 0, 0), 0, cube), ("b", (0.21, 0, 0), 0, cube)]) == ["a and b: 1.0 cm apart"]
    assert too_near([("a", (0, 0, 0), 0, cube), ("b", (0.23, 0, 0), 0, cube)]) == []
    assert too_near([("a", (0, 0, 0), 45, cube), ("b", (0.23, 0, 0), 0, cube)]) != []
    assert too_near([("a", (0, 0, 0), 0, cube), ("b", (0, 0, 0.2), 0, cube)]) == []


def test_stamps_agree_with_what_is_committed() -> None:
    assert stamps.problems(MODELS) == []


def test_every_model_that_the_studio_makes_is_stamped() -> None:
    made = {f"goods/{name}" for name in GOODS} | {f"places/{name}" for name in PLACES}
    made |= {f"kit/{name}" for name in PIECES} | {f"fixtures/{name}" for name in FIXTURES}
    folder = MODELS / "stamps"
    assert {p.relative_to(folder).with_suffix("").as_posix() for p in folder.rglob("*.json")} == made


def test_a_models_sources_are_all_that_its_module_imports_and_the_builders() -> None:
    found = stamps.sources_of("place_street")
    assert {"place_street.py", "street.py", "street_props.py", "furniture.py", "bake.py"} <= set(found)
    assert not {"street_layout.py", "boutique.py", "sounds.py"} & set(found)


def test_a_changed_source_and_a_changed_file_are_both_noticed(tmp_path: Path) -> None:
    studio, models = tmp_path / "studio", tmp_path / "models"
    studio.mkdir()
    (models / "goods").mkdir(parents=True)
    for file in (*stamps.BUILDERS, "wood.py"):
        (studio / file).write_text("x = 1")
    (studio / "goods_home.py").write_text("from assets.studio.wood import x")
    (models / "goods" / "oak_stool.glb").write_bytes(b"glb")
    sources = stamps.source_hash(stamps.sources_of("goods_home", studio), studio)
    stamps.write("goods/oak_stool", models, "goods_home", sources)
    assert stamps.problems(models, studio) == []
    for file in ("kit.py", "wood.py", "goods_home.py"):
        before = (studio / file).read_text()
        (studio / file).write_text(before + "\ny = 2")
        assert "sources changed" in stamps.problems(models, studio)[0]
        (studio / file).write_text(before)
    assert stamps.problems(models, studio) == []
    (models / "goods" / "oak_stool.glb").write_bytes(b"other")
    assert "is not the file" in stamps.problems(models, studio)[0]
    (models / "goods" / "oak_stool.glb").unlink()
    assert "missing" in stamps.problems(models, studio)[0]


def test_a_changed_source_of_the_person_is_noticed(tmp_path: Path) -> None:
    studio, models = tmp_path / "studio", tmp_path / "models"
    (studio / "person").mkdir(parents=True)
    (models / "avatar").mkdir(parents=True)
    assert "missing" in stamps.person_problems(models, studio)[0]
    (studio / "person" / "hats.py").write_text("x")
    sources = {"hats.py": hashlib.sha256(b"x").hexdigest()}
    (models / "avatar" / "stamp.json").write_text(json.dumps({"sources": sources}))
    assert stamps.person_problems(models, studio) == []
    (studio / "person" / "hats.py").write_text("y")
    assert "hats.py changed" in stamps.person_problems(models, studio)[0]


def supports(stands: list[dict], place: str) -> dict[str, float]:
    """How far below each stand (from 8 cm above, inside a hat) the fixed models are hit by a plumb line, metres."""
    folder = MODELS / "places" / place
    corners = []
    for part, node in (("shell", "shell"), ("props", "props")):
        points = glb_array(folder / f"{part}.glb", node, "POSITION")
        corners.append(points[glb_array(folder / f"{part}.glb", node, "indices").reshape(-1, 3).astype(int)])
    a, b, c = (np.concatenate(corners)[:, k][:, [0, 2, 1]] * (1, -1, 1) for k in range(3))
    ab, ac = b - a, c - a
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    flat = np.where(np.abs(area) < 1e-9, np.inf, area)
    out = {}
    for stand in stands:
        x, y, z = stand["at_m"]
        dx, dy = x - a[:, 0], y - a[:, 1]
        u, v = (dx * ac[:, 1] - dy * ac[:, 0]) / flat, (dy * ab[:, 0] - dx * ab[:, 1]) / flat
        height = a[:, 2] + u * ab[:, 2] + v * ac[:, 2]
        under = (u >= 0) & (v >= 0) & (u + v <= 1) & (height < z + 0.08) & np.isfinite(flat)
        out[stand["id"]] = z - height[under].max() if under.any() else np.inf
    return out


@pytest.mark.parametrize("place", SHOWING)
def test_nothing_on_show_floats(place: str) -> None:
    hanging = [n for n, g in DESCRIBED.items() if g["kind"] in ("picture", "top") or g.get("hangs")] + ["rose_skirt"]
    on_hooks = [s for s in stands_of(place) if s.get("hung") and DESCRIBED[s["good"]]["kind"] == "bag"]
    standing = [s for s in stands_of(place) if s["good"] not in hanging and s not in on_hooks]
    gaps = supports(standing, place)
    assert {name: round(gap, 3) for name, gap in gaps.items() if gap > 0.03} == {}


def test_a_good_held_in_mid_air_would_be_noticed() -> None:
    gap = supports([{"id": "a", "at_m": [-2.4, -0.6, 0.5]}, {"id": "b", "at_m": [-2.4, -0.6, 0.0]}], "boutique")
    assert gap["a"] == pytest.approx(0.5, abs=0.02)
    assert gap["b"] == pytest.approx(0.0, abs=0.02)


def test_light_is_kept_only_for_the_very_same_shape(tmp_path: Path) -> None:
    path, same = tmp_path / "t.glb", Node("shell", triangle())
    assert not same_geometry(path, same)
    write_glb(path, [same])
    assert same_geometry(path, same)
    moved = triangle()
    moved.v[0, 0] += 0.01
    assert not same_geometry(path, Node("shell", moved))
    painted = triangle()
    painted.rgba[:] = 0.9
    assert not same_geometry(path, Node("shell", painted)), "a new colour bounces other light"


def test_a_share_of_an_effort_has_fewer_samples_but_never_none() -> None:
    assert share_of(FINE, 1.0) == FINE
    third = share_of(FINE, 1 / 3)
    assert (third.atlas, third.vertex, third.probe) == (24, 32, 85)
    assert share_of(FINE, 0.0001).atlas == 1


def test_every_model_is_on_a_contact_sheet() -> None:
    shown = {path for find, _ in contact_sheet.SHEETS.values() for path, _ in find()}
    places = {path.parent for path in shown if path.name == "shell.glb"}
    made = set(MODELS.rglob("*.glb"))
    missed = {path for path in made - shown if path.parent not in places}
    assert missed == set()
    assert shown <= made
