"""A kept catalogue equals the one that was read, and gives way as soon as anything changes."""

import os

import pytest

from game.content import keep
from game.content.load import load_catalogue
from game.content.problems import ContentError
from tests.content.small import write_world


@pytest.fixture
def root(tmp_path):
    write_world(tmp_path)
    return tmp_path


def test_the_second_start_parses_nothing_and_has_the_same(root, monkeypatch):
    first = keep.load_kept(root, root / "cache")
    monkeypatch.setattr(keep, "load_catalogue", lambda _: pytest.fail("parsed again"))
    assert keep.load_kept(root, root / "cache") == first == load_catalogue(root)


def test_a_changed_an_added_and_a_removed_file_are_noticed(root):
    keep.load_kept(root, root / "cache")
    path = sorted((root / "scenes/goods").glob("*.toml"))[0]
    text = path.read_text("utf-8")
    assert text
    path.with_name("another.toml").write_text(text, "utf-8")
    assert "another" in keep.load_kept(root, root / "cache").goods
    path.with_name("another.toml").unlink()
    assert "another" not in keep.load_kept(root, root / "cache").goods
    os.utime(path, ns=(1, 1))
    path.write_text("broken", "utf-8")
    with pytest.raises(ContentError):
        keep.load_kept(root, root / "cache")


def test_a_damaged_or_foreign_cache_is_read_anew(root):
    found = keep.load_kept(root, root / "cache")
    (root / "cache" / keep.FILE).write_bytes(b"\x00damaged")
    assert keep.load_kept(root, root / "cache") == found


def test_a_cache_that_cannot_be_written_is_no_error(root):
    (root / "cache").write_text("a file where the folder should be")
    assert keep.load_kept(root, root / "cache") == load_catalogue(root)
