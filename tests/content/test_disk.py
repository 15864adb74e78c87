"""Names under which files are written."""

from pathlib import Path

import pytest

from game.content.disk import free_path


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Mei's room", "Mei's room"), ("../../etc/passwd", "etc passwd"), ("枇杷", "枇杷"), ("...", "room"),
        ("a" * 99, "a" * 40),
    ],
)  # fmt: skip
def test_any_name_gives_a_file_in_the_folder_and_nowhere_else(tmp_path: Path, name: str, stem: str) -> None:
    assert free_path(tmp_path, name, ".loquat") == tmp_path / f"{stem}.loquat"


def test_a_name_that_is_taken_is_counted_on(tmp_path: Path) -> None:
    (tmp_path / "room.loquat").touch()
    (tmp_path / "room 2.loquat").touch()
    assert free_path(tmp_path, "room", ".loquat") == tmp_path / "room 3.loquat"
    assert free_path(tmp_path, "room", ".loquat-room") == tmp_path / "room.loquat-room"
