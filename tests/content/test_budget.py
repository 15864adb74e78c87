from pathlib import Path

import msgspec
import pytest

from game.content import budget
from game.content.budget import budget_problems, kept_weights, model_files, weigh, weigh_picture
from game.content.check import check
from game.core.budget import ROOM_MAX, Weight, too_heavy, weight_of
from game.core.errors import GameError
from game.core.rooms import new_room
from tests.content.small import document, glb, write_glb, write_world
from tests.core.small_rooms import SHELF, TABLE, item, studio

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x40\x00\x00\x00\x20\x08\x06\x00\x00\x00"


def test_triangles_count_for_every_item_and_textures_and_files_once() -> None:
    each = Weight(triangles=100, texture_bytes=1_000, file_bytes=10)
    weights = {TABLE: each, SHELF: each, "studio": Weight(triangles=7)}
    items = (item(1, TABLE, (0.0, 0.0)), item(2, TABLE, (2.0, 0.0)), item(3, SHELF, (0.0, 2.0)))
    room = msgspec.structs.replace(new_room(studio(), name="Mine"), items=items)
    assert weight_of(room, weights) == Weight(triangles=307, texture_bytes=2_000, file_bytes=20)


@pytest.mark.parametrize("field", Weight.__struct_fields__)
def test_each_limit_is_kept_by_itself(field: str) -> None:
    most = getattr(ROOM_MAX, field)
    assert too_heavy(Weight(**{field: most})) == ""
    assert too_heavy(Weight(**{field: most + 1})) == field
    room = new_room(studio(), name="Mine")
    assert budget_problems(room, {"studio": Weight(**{field: most})}, "file") == []
    (problem,) = budget_problems(room, {"studio": Weight(**{field: most + 1})}, "file")
    assert field.replace("_", " ") in problem.problem


def test_a_model_is_weighed_with_its_textures(tmp_path: Path) -> None:
    plain = tmp_path / "plain.glb"
    write_glb(plain, document((1, 1, 1)))
    assert weigh(plain) == Weight(triangles=12, file_bytes=plain.stat().st_size)
    view = {"buffer": 0, "byteOffset": 4, "byteLength": len(PNG)}
    content = document((1, 1, 1), images=[{"mimeType": "image/png", "bufferView": 0}], bufferViews=[view])
    binary = b"\0\0\0\0" + PNG
    binary += b"\0" * (-len(binary) % 4)
    data = bytearray(glb(content) + len(binary).to_bytes(4, "little") + b"BIN\0" + binary)
    data[8:12] = len(data).to_bytes(4, "little")
    pictured = tmp_path / "pictured.glb"
    pictured.write_bytes(data)
    assert weigh(pictured).texture_bytes == 64 * 32 * 4 * 4 // 3
    assert weigh_picture(PNG).texture_bytes == 64 * 32 * 4 * 4 // 3
    with pytest.raises(GameError):
        weigh_picture(b"GIF89a")


def test_what_cannot_be_read_weighs_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.glb").write_bytes(b"glTF and no more")
    assert weigh(tmp_path / "bad.glb") == weigh(tmp_path / "none.glb") == Weight()


def test_weights_are_kept_until_a_model_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_world(tmp_path / "root")
    files = model_files(root / "assets", ["hat", "chair"], {}, {})  # type: ignore[list-item]
    first = kept_weights(files, tmp_path / "cache")
    assert {name: weight.triangles for name, weight in first.items()} == {"hat": 12, "chair": 12}
    monkeypatch.setattr(budget, "weigh", lambda path: pytest.fail(f"{path} is weighed again"))
    assert kept_weights(files, tmp_path / "cache") == first
    monkeypatch.undo()
    write_glb(root / "assets/models/goods/hat.glb", document((0.3, 0.3, 0.2), extras={"more": "words"}))
    assert kept_weights(files, tmp_path / "cache")["hat"].file_bytes > first["hat"].file_bytes
    (tmp_path / "cache" / budget.FILE).write_bytes(b"nonsense")
    assert kept_weights(files, tmp_path / "cache")["chair"] == first["chair"]


def test_check_holds_places_to_the_same_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_world(tmp_path)
    assert check(root) == []
    monkeypatch.setattr(budget, "too_heavy", lambda weight: "triangles" if weight.triangles > 30 else "")
    assert [(problem.file, problem.problem) for problem in check(root)] == [
        ("scenes/places/shop.toml", f"has 36 triangles, more than {ROOM_MAX.triangles:,}")
    ]
