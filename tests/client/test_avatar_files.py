"""Looks on disk: saved, carried from home to home, and never trusted."""

import json
import os
from pathlib import Path

import pytest

from game.client.avatar_files import MOST_BYTES, AvatarFileError, AvatarFiles, decode, encode, read
from game.core.looks import DEFAULT_LOOKS
from game.core.people import PEOPLE


@pytest.mark.parametrize("name", list(PEOPLE))
def test_what_is_saved_is_loaded_at_the_next_start(tmp_path: Path, name: str) -> None:
    files = AvatarFiles(tmp_path)
    assert files.load() is None
    files.keep(PEOPLE[name])
    files.save()
    assert AvatarFiles(tmp_path).load() == PEOPLE[name]
    assert AvatarFiles(tmp_path).notice == ""
    assert [p.name for p in tmp_path.iterdir()] == ["avatar.loquat"]


def test_a_dragged_slider_is_written_once_it_rests(tmp_path: Path) -> None:
    files = AvatarFiles(tmp_path)
    for name in PEOPLE:
        files.keep(PEOPLE[name])
        files.pass_time(0.1)
    assert not files.own.exists()
    files.pass_time(0.3)
    assert read(files.own) == PEOPLE[list(PEOPLE)[-1]]


def test_a_file_carries_a_person_to_another_home(tmp_path: Path) -> None:
    here, there = AvatarFiles(tmp_path / "a"), AvatarFiles(tmp_path / "b")
    path = here.export(PEOPLE["rosa"])
    assert here.export(PEOPLE["jun"]) != path
    there.folder.mkdir(parents=True)
    (there.folder / "from a friend.json").write_bytes(path.read_bytes())
    (there.folder / "notes.txt").write_text("not listed")
    assert [p.name for p in there.found()] == ["from a friend.json"]
    assert read(there.found()[0]) == PEOPLE["rosa"]


def document(**changes: object) -> bytes:
    plain = json.loads(encode(DEFAULT_LOOKS))
    plain["looks"].update(changes.pop("looks", {}))  # type: ignore[call-overload]
    return json.dumps({**plain, **changes}).encode()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "avatar_file_not_one"),
        (b"\x00\xff" * 200, "avatar_file_not_one"),
        (b"[" * 9000, "avatar_file_not_one"),
        (b'{"loquat": "avatar", "version": 1, "x": ' + b"[" * 9000, "avatar_file_not_one"),
        (b"null", "avatar_file_not_one"),
        (document(loquat="shop"), "avatar_file_not_one"),
        (document(version=0), "avatar_file_not_one"),
        (document(version=2, more=[1, 2]), "avatar_file_newer"),
        (document(looks={"wings": 1.0}), "avatar_file_damaged"),
        (document(looks={"belly": "large"}), "avatar_file_damaged"),
        (document(extra=1), "avatar_file_damaged"),
        (b'{"loquat": "avatar", "version": 1}', "avatar_file_damaged"),
        (encode(DEFAULT_LOOKS)[:-20], "avatar_file_not_one"),
        (encode(DEFAULT_LOOKS).replace(b"0.5", b"NaN"), "avatar_file_not_one"),
        (document(looks={"belly": 1e300}), "avatar_file_impossible"),
        (document(looks={"hair": "../../etc/passwd"}), "avatar_file_impossible"),
        (document(looks={"skin": "red"}), "avatar_file_impossible"),
        (encode(DEFAULT_LOOKS) + b" " * MOST_BYTES, "avatar_file_too_large"),
    ],
)
def test_a_hostile_or_damaged_file_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(AvatarFileError) as refused:
        decode(raw)
    assert refused.value.reason == reason


def test_a_sound_document_is_taken() -> None:
    assert decode(document()) == DEFAULT_LOOKS
    assert decode(document(looks={"belly": 1})).belly == 1.0


def test_what_is_no_ordinary_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.loquat")
    (tmp_path / "folder.loquat").mkdir()
    for name in ("pipe.loquat", "folder.loquat", "nothing.loquat"):
        with pytest.raises(AvatarFileError, match="gone"):
            read(tmp_path / name)


def test_a_damaged_save_is_kept_beside_and_said(tmp_path: Path) -> None:
    files = AvatarFiles(tmp_path)
    files.own.write_text("{")
    assert files.load() is None
    assert files.notice == "avatar_damaged"
    assert (tmp_path / "avatar.loquat.old").read_text() == "{"
    assert not files.own.exists()


def test_a_home_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    files = AvatarFiles(tmp_path / "home")
    files.keep(DEFAULT_LOOKS)
    files.save()
    assert files.notice == "avatar_not_saved"
    assert files.found() == []
