"""What is dropped: files of this machine in their order, and a plain sentence in the place of anything else."""

import socket
from pathlib import Path

import pytest

from game.content.dropped import FILES_MOST, files_of
from game.content.imports.notes import Note


def test_files_of_this_machine_are_taken_in_their_order() -> None:
    here = socket.gethostname()
    listed = f"# from a file manager\r\nfile:///a/oak%20stool.glb\r\nfile://{here}/%E6%9E%87.png\r\nfile://localhost/c.obj\r\n"
    assert files_of(listed.encode()) == (Path("/a/oak stool.glb"), Path("/枇.png"), Path("/c.obj"))


@pytest.mark.parametrize(
    "uri",
    ["http://127.0.0.1/a.glb", "https://x/a.glb", "file://elsewhere/a.glb", "file:a.glb", "data:,a", "/a.glb",
     "file:///a%00b.glb", "file://[/a.glb", "smb://x/a.glb", "file://"],
)  # fmt: skip
def test_what_is_no_file_of_this_machine_is_told_by_name(uri: str) -> None:
    (found,) = files_of(uri.encode())
    assert isinstance(found, Note)
    assert found.key == "drop_not_local"


def test_no_more_than_the_first_are_taken_and_nothing_is_told_as_nothing() -> None:
    found = files_of(b"".join(b"file:///%d.glb\r\n" % number for number in range(FILES_MOST + 5)))
    assert found[:-1] == tuple(Path(f"/{number}.glb") for number in range(FILES_MOST))
    assert found[-1] == Note("drop_most", {"n": FILES_MOST})
    for nothing in (b"", b"\r\n# a comment\r\n"):
        assert files_of(nothing) == (Note("drop_nothing"),)
    assert files_of(b"\xff\xfe")[0] != ()
