from pathlib import Path

import msgspec
import pytest

from game.content.check import check, format_problem, report
from tests.content.small import document, edit, write_glb, write_world

HAT, CHAIR = "scenes/goods/hat.toml", "scenes/goods/chair.toml"
CREDITS = "assets/CREDITS.toml"
STREET, SHOP = "scenes/places/street.toml", "scenes/places/shop.toml"
HAT_GLB, WORN_GLB = "assets/models/goods/hat.glb", "assets/models/worn/hat.glb"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_world(tmp_path)


def test_a_sound_world_has_no_problems(root: Path) -> None:
    assert check(root) == []


EDITS = [
    # file, old, new, key of the problem, words in it
    (HAT, 'kind = "hat"', 'kind = "hut"', "kind", "not known"),
    (HAT, 'maker = "ada"', 'maker = "bob"', "maker", "no maker"),
    (HAT, 'zh = "帽子"', 'zh = " "', "name.zh", "empty"),
    (HAT, 'en = "Hat", ', "", "name.en", "is missing"),
    (HAT, 'en = "Warm."', f'en = "{"w" * 500}"', "story.en", "500 characters"),
    (HAT, "CC-BY-4.0", "all mine", "licence", "no licence"),
    (HAT, "size_m = [0.3,", "size_m = [0.4,", "size_m[0]", "measures 0.300"),
    (HAT, "size_m = [0.3, 0.3, 0.2]", "size_m = [0.3, 0.3]", "size_m", "length 3"),
    (HAT, '"12.50"', '"twelve"', "terms.price_coins", "not a decimal"),
    (HAT, '"12.50"', '"-1"', "terms.price_coins", "negative"),
    (HAT, '"12.50"', '"0"', "terms.price_coins", "free"),
    (HAT, '"12.50"', "12.5", "terms.price_coins", "Expected `str`"),
    (HAT, "edition = 30", "edition = 0", "terms.edition", "0 units"),
    (HAT, "edition = 30", "edition = 30\nroyalty_bps = 1001", "terms.royalty_bps", "10 %"),
    (HAT, "edition = 30", "edition = 30\nroom_share_bps = 9600", "terms.room_share_bps", "100 %"),
    (HAT, "edition = 30", "edition = 30\nroom_share_bps = -1", "terms.room_share_bps", "negative"),
    (HAT, "edition = 30", "editoin = 30", "terms.editoin", "unknown key"),
    (HAT, 'slot = "head"', 'slot = "tail"', "wear.slot", "not known"),
    (HAT, 'slot = "head"', 'slot = "head"\nlift_m = 2.0', "wear.lift_m", "not between"),
    (HAT, "[wear]", "[wear", "", "not TOML"),
    (HAT, 'kind = "hat"', 'kind = "hat"\nid = "cap"', "id", "differs"),
    ("scenes/makers.toml", "[ada]", "[Ada]", "Ada", "snake_case"),
    ("scenes/makers.toml", 'zh = "艾达"', 'zh = ""', "ada.name.zh", "empty"),
    (CREDITS, "CC-BY-4.0", "CC-BY-NC-4.0", "credit[0].licence", "no licence"),
    (CREDITS, '"Ada"', '" "', "credit[0].by", "empty"),
    (CREDITS, '["models/*"]', '["models/*", "music/*"]', "credit[0].files", "matches no file"),
    (CREDITS, 'by = "Ada"', "", "credit[0].by", "is missing"),
    (STREET, 'kind = "street"', 'kind = "strait"', "kind", "not known"),
    (STREET, 'to_place = "shop"', 'to_place = "ship"', "doors[0].to_place", "no place"),
    (STREET, 'to_door = "outwards"', 'to_door = "upwards"', "doors[0].to_door", "no door"),
    (STREET, 'leaf = "leaf"', 'leaf = "leave"', "doors[0].leaf", "no node"),
    (STREET, 'leaf = "leaf"', 'leaf = "leaf"\nwidth_m = 0.9', "doors[0].width_m", "wide"),
    (STREET, 'leaf = "leaf"', 'leaf = "leaf"\nwidth_m = 0.4', "doors[0].width_m", "too narrow"),
    (SHOP, 'to_door = "inwards"', 'to_door = "outwards"', "doors[0].to_door", "no door"),
    (SHOP, 'keeper = "ada"', 'keeper = "bob"', "keeper", "no maker"),
    (SHOP, 'good = "hat"', 'good = "hut"', "stands[0].good", "no good"),
    (SHOP, 'id = "chair_1"', 'id = "hat_1"', "stands[1].id", "stands[0] too"),
    (SHOP, 'id = "chair_1"', 'id = "Chair"', "stands[1].id", "snake_case"),
    (SHOP, "counter = { at_m = [2.0, -2.0, 0.0] }", "", "counter", "missing"),
    (SHOP, "[2.0, -2.0, 0.0]", "[0.5, 0.1, 0.0]", "counter.at_m", "walked"),
    (SHOP, "spawn = { at_m = [0.0, -2.0,", "spawn = { at_m = [0.0, 0.1,", "spawn.at_m", "inside a collider"),
    (SHOP, "size_m = [2.0, 0.6, 1.0]", "size_m = [2.0, 0.6, -1.0]", "colliders[0].size_m", "no solid box"),
    (SHOP, "size_m = [2.0, 0.6, 1.0]", "size_m = [2.0, 0.6, 1.0]\nclimb_m = 0.7", "colliders[0].climb_m", "45 degrees"),
    (SHOP, "at_m = [-2.0, 2.0, 0.0]", "at_m = [0.1, 0.1, 1.0]", "stands[1] (chair_1)", "in one another"),
    (SHOP, "at_m = [-2.0, 2.0, 0.0]", "at_m = [-1.2, 0.0, 0.0]", "stands[1] (chair_1)", "sticks in colliders[0]"),
    (SHOP, "at_m = [0.0, 0.0, 1.0]", "at_m = [0.0, 0.0, 1.2]", "stands[0] (hat_1)", "nothing is beneath"),
    (SHOP, "at_m = [0.0, 0.0, 1.0]", "at_m = [0.0, 0.0, 4.0]\nhung = true", "stands[0] (hat_1)", "cannot be looked at"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "words"), EDITS, ids=[f"{e[3]}-{e[4]}" for e in EDITS])
def test_each_slip_is_found_with_its_file_and_key(
    root: Path, file: str, old: str, new: str, key: str, words: str
) -> None:
    edit(root, file, old, new)
    found = [problem for problem in check(root) if (problem.file, problem.key) == (file, key)]
    assert [problem for problem in found if words in problem.problem], check(root)
    line = format_problem(found[0])
    assert line.startswith(f"{file}: {key}" if key else file)
    assert line.endswith(found[0].remedy)
    assert found[0].remedy


def test_slips_in_several_files_are_all_reported_at_once(root: Path) -> None:
    edit(root, HAT, 'kind = "hat"', 'kind = 3\ncolour = "red"')
    edit(root, HAT, "edition = 30", 'edition = "many"')
    edit(root, CHAIR, 'maker = "ada"', 'maker = "bob"')
    edit(root, SHOP, 'kind = "shop"', "")
    (root / "scenes/goods/Bad-Name.toml").write_text("")
    (root / WORN_GLB).unlink()
    found = {(problem.file, problem.key) for problem in check(root)}
    assert found >= {
        (HAT, "kind"),
        (HAT, "colour"),
        (HAT, "terms.edition"),
        (CHAIR, "maker"),
        (SHOP, "kind"),
        ("scenes/goods/Bad-Name.toml", ""),
    }
    assert (STREET, "doors[0].to_place") not in found  # the place is there, though it cannot be read


def test_a_hung_good_needs_nothing_beneath_it(root: Path) -> None:
    edit(root, SHOP, "at_m = [0.0, 0.0, 1.0]", "at_m = [0.0, 0.0, 1.2]\nhung = true")
    assert check(root) == []


def test_a_good_within_the_hull_of_a_shelf_is_sound(root: Path) -> None:
    edit(root, SHOP, "at_m = [0.0, 0.0, 1.0]", "at_m = [0.0, 0.0, 0.7]")
    assert check(root) == []


WALL = """
[[colliders]]
at_m = [{x}, {y}, 0.0]
size_m = [{w}, {d}, 3.0]
"""


def test_a_door_that_is_walled_off_has_no_way_to_it(root: Path) -> None:
    walls = [(0.0, -2.9, 3.0, 0.1), (-1.5, -4.0, 0.1, 2.1), (1.5, -4.0, 0.1, 2.1), (0.0, -5.1, 3.0, 0.1)]
    for x, y, w, d in walls[1:]:
        edit(root, SHOP, "[[doors]]", WALL.format(x=x, y=y, w=w, d=d) + "\n[[doors]]")
    assert check(root) == []  # the side of the room is still open
    x, y, w, d = walls[0]
    edit(root, SHOP, "[[doors]]", WALL.format(x=x, y=y, w=w, d=d) + "\n[[doors]]")
    assert [(problem.file, problem.key) for problem in check(root)] == [(SHOP, "doors[0] (outwards)")]


def test_a_good_behind_a_screen_on_all_sides_cannot_be_looked_at(root: Path) -> None:
    screens = [(-2.0, 1.6, 1.0, 0.1), (-2.0, 2.4, 1.0, 0.1), (-2.45, 2.0, 0.1, 0.9), (-1.55, 2.0, 0.1, 0.9)]
    for x, y, w, d in screens[:3]:
        edit(root, SHOP, "[[doors]]", WALL.format(x=x, y=y, w=w, d=d) + "\n[[doors]]")
    assert check(root) == []  # one side is still open
    x, y, w, d = screens[3]
    edit(root, SHOP, "[[doors]]", WALL.format(x=x, y=y, w=w, d=d) + "\n[[doors]]")
    assert [problem.key for problem in check(root)] == ["stands[1] (chair_1)"]


def test_a_place_that_one_can_walk_out_of_is_refused(root: Path) -> None:
    edit(root, STREET, "size_m = [10.2, 0.2, 3.0]", "size_m = [8.6, 0.2, 3.0]")  # a gap of 60 cm at either end
    problems = check(root)
    assert [(problem.file, problem.key) for problem in problems] == [(STREET, "colliders")]
    assert "walk out" in problems[0].problem
    edit(root, STREET, "size_m = [8.6, 0.2, 3.0]", "size_m = [9.2, 0.2, 3.0]")  # too narrow for a body
    assert check(root) == []


@pytest.mark.parametrize("missing", [HAT_GLB, WORN_GLB, "assets/models/places/shop/shell.glb"])
def test_a_missing_model_is_named(root: Path, missing: str) -> None:
    (root / missing).unlink()
    assert [(problem.file, problem.problem) for problem in check(root)] == [(missing, "is missing")]


def test_the_leaf_of_a_door_may_be_in_another_model_of_the_place(root: Path) -> None:
    folder = root / "assets/models/places/shop"
    write_glb(folder / "shell.glb", document((8, 8, 3)))
    assert [problem.key for problem in check(root)] == ["doors[0].leaf"]
    write_glb(folder / "props.glb", document((1, 1, 1), nodes=("leaf",)))
    assert check(root) == []


def test_a_good_that_is_not_worn_needs_no_worn_model(root: Path) -> None:
    assert not (root / "assets/models/worn/chair.glb").exists()
    assert check(root) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"extensionsUsed": ["KHR_draco_mesh_compression"]}, "Draco"),
        ({"extensionsRequired": ["EXT_meshopt_compression"]}, "meshopt"),
        ({"extensionsUsed": ["KHR_texture_basisu"]}, "KTX2"),
        ({"images": [{"mimeType": "image/webp", "bufferView": 0}]}, "PNG"),
        ({"buffers": [{"uri": "hat.bin", "byteLength": 8}]}, "outside"),
    ],
)
def test_models_that_the_game_cannot_read_are_refused(root: Path, more: dict[str, object], words: str) -> None:
    write_glb(root / HAT_GLB, document((0.3, 0.3, 0.2), **more))
    problems = check(root)
    assert [problem.file for problem in problems] == [HAT_GLB]
    assert words in problems[0].problem


def test_harmless_extensions_and_images_pass(root: Path) -> None:
    more = {"extensionsUsed": ["KHR_materials_clearcoat"], "images": [{"mimeType": "image/png", "bufferView": 0}]}
    write_glb(root / HAT_GLB, document((0.3, 0.3, 0.2), **more))
    assert check(root) == []


def test_a_model_off_its_origin_or_too_heavy_is_refused(root: Path) -> None:
    content = document((0.3, 0.3, 0.2))
    content["nodes"][0]["translation"] = [0.0, 0.05, 0.0]
    content["accessors"][1]["count"] = 3 * 100_001
    write_glb(root / HAT_GLB, content)
    assert [problem.problem.split()[0] for problem in check(root)] == ["has", "its"]


def test_a_damaged_model_is_refused(root: Path) -> None:
    (root / HAT_GLB).write_bytes(b"glTF, but not really, and long enough for a header")
    problems = check(root)
    assert [problem.file for problem in problems] == [HAT_GLB]
    assert "not a sound GLB" in problems[0].problem


def test_an_asset_without_credit_is_named(root: Path) -> None:
    (root / "assets/sounds").mkdir()
    (root / "assets/sounds/bell.ogg").write_bytes(b"ding")
    assert [(problem.file, problem.problem) for problem in check(root)] == [("assets/sounds/bell.ogg", "has no credit")]
    edit(root, CREDITS, '["models/*"]', '["models/*", "sounds/*"]')
    assert check(root) == []


def test_an_empty_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    assert {problem.file for problem in check(tmp_path)} == {
        "assets/CREDITS.toml",
        "scenes/makers.toml",
        "scenes/goods",
        "scenes/places",
    }


def test_the_report_is_for_people_or_for_programs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(root) == 0
    assert capsys.readouterr().out == "2 goods, 2 places: sound\n"
    edit(root, HAT, 'kind = "hat"', 'kind = "hut"')
    assert report(root) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("scenes/goods/hat.toml: kind: 'hut' is not known; write one of hat, ")
    assert lines[1:] == ["2 goods, 2 places: 1 problem"]
    assert report(root, as_json=True) == 1
    answer = msgspec.json.decode(capsys.readouterr().out)
    assert answer["ok"] is False
    assert answer["problems"][0]["key"] == "kind"
    edit(root, HAT, 'kind = "hut"', 'kind = "hat"')
    assert report(root, as_json=True) == 0
    assert msgspec.json.decode(capsys.readouterr().out) == {"version": 1, "ok": True, "problems": []}
