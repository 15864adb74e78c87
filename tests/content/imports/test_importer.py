"""What comes out of foreign files: the right size and way up, clean and light, and told in plain words."""

import re
from pathlib import Path

import numpy as np
import pytest

from game.content.goods_model import written
from game.content.imports import limits
from game.content.imports.importer import ENDINGS, Imported, Wanted, import_bytes, import_file
from game.content.imports.notes import ImportRefusedError, Note, Wording, told
from game.content.shapes import Shape, box, join, lathe, moved
from tests.content.imports import files

ROOT = Path(__file__).resolve().parents[3]
STOOL_M = (0.11, 0.11, 0.12)


def keys(found: Imported) -> set[str]:
    return {note.key for note in found.notes}


def refusal(raw: bytes, ending: str = ".glb", **wanted: object) -> Note:
    with pytest.raises(ImportRefusedError) as caught:
        import_bytes(raw, ending, Wanted(**wanted))
    Wording(ROOT).say(caught.value.note)
    return caught.value.note


@pytest.mark.parametrize(
    ("raw", "ending"),
    [
        (files.glb(), ".glb"),
        (files.glb(picture=files.png()), ".glb"),
        (files.obj(), ".obj"),
        (files.obj(scale=100), ".obj"),
        (files.stl(), ".stl"),
        (files.stl(text=True), ".stl"),
        (files.stl(scale=1 / 0.0254), ".stl"),
        (files.ply(), ".ply"),
        (files.ply(order="binary_little_endian"), ".ply"),
        (files.ply(order="binary_big_endian"), ".ply"),
    ],
)
def test_a_stool_of_any_format_stands_on_its_feet_in_its_size(raw: bytes, ending: str) -> None:
    found = import_bytes(raw, ending)
    assert found.model.size_m == pytest.approx(STOOL_M, abs=0.003) or ending == ".stl"
    points = found.model.points
    assert points[:, 2].min() == pytest.approx(0, abs=1e-6)
    assert (points.min(0) + points.max(0))[:2] == pytest.approx(0, abs=1e-6)
    assert (found.model.points[:, 2] > 0.09 / 0.12 * np.ptp(points[:, 2])).mean() > 0.3  # the seat is above
    assert np.linalg.norm(found.model.normals, axis=1) == pytest.approx(1, abs=1e-4)
    assert any(key.startswith("beside_") for key in keys(found))
    for note in found.notes:
        for language in ("en", "zh"):
            assert Wording(ROOT, language).say(note)


def test_inches_are_taken_for_inches_only_where_millimetres_would_not_fit() -> None:
    tiny = import_bytes(files.stl(scale=1 / 0.0254), ".stl", Wanted(kind="chair"))
    assert "unit_found" in keys(tiny) or "unit_scaled" in keys(tiny)
    said = import_bytes(files.stl(scale=1 / 0.0254), ".stl", Wanted(unit="inch"))
    assert said.model.size_m == pytest.approx(STOOL_M, abs=0.003)
    assert not keys(said) & {"unit_found", "unit_custom", "unit_scaled"}


def test_a_unit_that_the_file_tells_of_is_believed_where_it_can_be() -> None:
    found = import_bytes(files.obj(scale=1000, head="# units: mm"), ".obj")
    assert found.model.size_m == pytest.approx(STOOL_M, abs=0.003)
    assert Note("unit_said", {"unit": "mm"}) in found.notes


def test_a_size_that_the_maker_gives_is_the_size() -> None:
    found = import_bytes(files.stl(), ".stl", Wanted(size_m=0.6))
    assert max(found.model.size_m) == pytest.approx(0.6, abs=1e-3)


def test_a_thing_that_lies_on_its_side_is_stood_up_and_this_is_said() -> None:
    crate = box(0.3, 0.3, 0.4, 0.0)
    cone = moved(lathe([(0, 0), (0.2, 0), (0.02, 0.5), (0, 0.5)], 24))
    lying = import_bytes(files.obj(cone, y_is_up=False), ".obj")
    assert Note("up_found", {"up": "Z", "custom": "Y"}) in lying.notes
    assert lying.model.size_m[2] == pytest.approx(0.5, abs=0.01)
    assert "up_found" not in keys(import_bytes(files.obj(cone), ".obj"))
    assert "up_found" not in keys(import_bytes(files.obj(crate, y_is_up=False), ".obj"))  # it stands on any side
    asked = import_bytes(files.obj(cone, y_is_up=False), ".obj", Wanted(up="y"))
    assert asked.model.size_m[1] == pytest.approx(0.5, abs=0.01)


def test_a_flat_thing_is_not_stood_up_for_it_may_be_a_rug() -> None:
    rug = import_bytes(files.obj(box(0.8, 1.2, 0.02, 0.0)), ".obj")
    assert rug.model.size_m == pytest.approx((0.8, 1.2, 0.02), abs=1e-3)


def test_it_can_be_turned_so_that_its_front_comes_to_the_front() -> None:
    nose = join(box(0.2, 0.2, 0.2, 0.0), moved(box(0.05, 0.1, 0.05, 0.0), x=0.12))
    turned = import_bytes(files.obj(nose), ".obj", Wanted(turn_deg=-90))
    plain = import_bytes(files.obj(nose), ".obj")
    assert plain.model.size_m[0] == pytest.approx(turned.model.size_m[1], abs=1e-3)
    assert plain.model.size_m[0] != pytest.approx(plain.model.size_m[1], abs=1e-3)


def test_an_origin_far_off_is_moved_and_this_is_said() -> None:
    away = import_bytes(files.glb(moved(files.stool(), x=3, z=1)), ".glb")
    assert "origin_moved" in keys(away)
    assert "origin_moved" not in keys(import_bytes(files.glb(), ".glb"))


def test_a_picture_of_a_model_is_kept_and_a_mere_palette_becomes_colours() -> None:
    shape = files.stool()
    striped = import_bytes(files.packed(*files.document(shape, picture=files.png())), ".glb")
    assert striped.model.picture is not None
    assert striped.model.uv is not None
    assert striped.model.uv.min() >= 0
    assert striped.model.uv.max() <= 1
    one_colour = np.tile((0.3, 0.5), (len(shape.v), 1))
    flat = import_bytes(files.packed(*files.document(shape, picture=files.png(), uv=one_colour)), ".glb")
    assert flat.model.picture is None
    red, green, blue = flat.model.rgba[0, :3]
    assert (red, green, blue) == pytest.approx(((62 / 255) ** 2.2, (134 / 255) ** 2.2, (197 / 255) ** 2.2), abs=0.01)


def test_a_picture_that_repeats_a_few_times_is_laid_out_and_often_is_told_by_its_colours() -> None:
    shape = box(0.2, 0.2, 0.2, 0.0)
    for times, painted in ((2.0, True), (9.0, False)):
        uv = np.stack([shape.v[:, 0] / 0.2 * times, shape.v[:, 2] / 0.2 * times], 1)
        found = import_bytes(files.packed(*files.document(shape, picture=files.png(), uv=uv)), ".glb")
        assert (found.model.picture is not None) is painted
        assert ("texture_repeats" in keys(found)) is not painted


def test_too_many_triangles_are_simplified_and_the_number_is_said() -> None:
    round_vase = lathe([(0.05 + 0.02 * np.sin(z * 40), z) for z in np.linspace(0, 0.3, 90)], 140)
    assert len(round_vase.f) > limits.KEPT_TRIANGLES
    found = import_bytes(files.glb(round_vase), ".glb", Wanted(triangles=3000))
    assert 1500 < len(found.model.triangles) <= 3000
    assert found.model.size_m == pytest.approx((0.14, 0.14, 0.3), abs=0.004)
    assert any(note.key == "thinned" and note.values["n"] == len(round_vase.f) for note in found.notes)


def test_a_model_with_more_triangles_than_are_read_is_refused_by_their_number(monkeypatch) -> None:
    monkeypatch.setattr(limits, "TRIANGLES", 100)
    note = refusal(files.stl(), ".stl")
    assert note.key == "too_many_triangles"
    assert note.values["n"] == len(files.stool().f)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert written(import_bytes(files.ply(), ".ply").model) == written(import_bytes(files.ply(), ".ply").model)


def test_open_cloth_is_seen_from_both_sides_and_a_closed_box_is_not_doubled() -> None:
    sheet = Shape(np.array([(0, 0, 0), (0.3, 0, 0), (0.3, 0, 0.3), (0, 0, 0.3)], float), np.tile((0, -1.0, 0), (4, 1)),
                  np.array([(0, 1, 2), (0, 2, 3)]))  # fmt: skip
    for shape, doubled in ((sheet, True), (box(0.2, 0.2, 0.2, 0.0), False)):
        described, blob = files.document(shape)
        described["materials"][0]["doubleSided"] = True
        found = import_bytes(files.packed(described, blob), ".glb")
        assert len(found.model.triangles) == len(shape.f) * (2 if doubled else 1)


@pytest.mark.parametrize("ending", [".png", ".jpg"])
def test_a_picture_hangs_in_a_frame(ending: str) -> None:
    found = import_bytes(files.png(60, 40, format="PNG" if ending == ".png" else "JPEG"), ending)
    wide, deep, high = found.model.size_m
    assert wide > high > deep
    assert found.model.picture is not None
    assert 100 < len(found.model.triangles) < 2000


def test_an_obj_takes_its_colours_and_pictures_from_beside_it_and_from_nowhere_else(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.png").write_bytes(files.png())
    (inside / "skin.png").write_bytes(files.png())
    (inside / "link.png").symlink_to(outside / "secret.png")
    (inside / "m.mtl").write_text("newmtl a\nKd 1 0 0\nnewmtl b\nmap_Kd skin.png\n")
    shape = files.stool()
    uv = "\n".join(f"vt {x * 8 + 0.5:.4f} {z * 8:.4f}" for x, _, z in shape.v)
    faces = [f"f {a + 1}/{a + 1} {b + 1}/{b + 1} {c + 1}/{c + 1}" for a, b, c in shape.f]
    points = [line for line in files.obj(shape).decode().split("\n") if line.startswith("v ")]

    def tried(library: str, material: str) -> Imported:
        text = "\n".join([f"mtllib {library}", *points, uv, f"usemtl {material}", *faces])
        (inside / "x.obj").write_text(text)
        return import_file(inside / "x.obj")

    assert tried("m.mtl", "a").model.rgba[0, :3] == pytest.approx((1, 0, 0), abs=1e-3)
    assert tried("m.mtl", "b").model.picture is not None
    for name in ("../out/secret.png", str(outside / "secret.png"), "link.png", "C:\\skin.png", "..\\out\\secret.png"):
        (inside / "m.mtl").write_text(f"newmtl b\nmap_Kd {name}\n")
        found = tried("m.mtl", "b")
        assert found.model.picture is None
        assert "image_missing" in keys(found)
    assert "mtl_missing" in keys(tried("../in/m.mtl", "b"))


def test_a_file_of_another_kind_is_refused_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "a.blend"
    path.write_bytes(b"BLENDER")
    with pytest.raises(ImportRefusedError) as caught:
        import_file(path)
    assert caught.value.note == Note("format", {"ending": ".blend"})
    with pytest.raises(ImportRefusedError) as caught:
        import_file(tmp_path / "none.glb")
    assert caught.value.note.key == "no_file"


def test_every_sentence_has_words_in_both_languages() -> None:
    folder = ROOT / "game" / "content"
    named: set[str] = set()
    for path in [*folder.glob("imports/*.py"), *folder.glob("*.py"), *folder.glob("diy/*.py")]:
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"(?:\bNote|\.note|ImportRefusedError)\(\s*\"(\w+)\"", source))
    assert len(named) > 50
    for language in ("en", "zh"):
        assert sorted(key for key in named if f"make_{key}" not in Wording(ROOT, language).texts) == []


def test_names_of_a_foreign_file_are_told_on_one_short_line() -> None:
    assert told("a\nb\x00{c}") == "a b (c)"
    assert len(told("x" * 1000)) <= limits.NAME_LETTERS
    assert told("\n") == "?"


def test_all_endings_are_lower_case() -> None:
    assert all(ending == ending.lower() for ending in ENDINGS)
