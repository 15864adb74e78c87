"""Turns of the games on one dev chain: one at a time, and nobody waits for ever."""

import os
import threading
from pathlib import Path

import pytest

from chain import turns
from chain.files import Lock

CHAIN = "31337:0x" + "ab" * 32


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns.tempfile, "gettempdir", lambda: str(tmp_path))


def a_lock() -> Lock:
    lock = turns.turn_lock(CHAIN)
    assert lock is not None
    return lock


def test_who_comes_second_waits_for_the_first() -> None:
    order: list[str] = []
    waits = threading.Event()

    def second() -> None:
        waits.set()
        with turns.turn(a_lock()):
            order.append("second")

    other = threading.Thread(target=second)
    with turns.turn(a_lock()):
        other.start()
        waits.wait(10.0)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_a_turn_that_never_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TURN_SECS", 0.05)
    held = a_lock()
    held.acquire(timeout_secs=1.0)
    went_on = False
    with turns.turn(a_lock()):
        went_on = True
    assert went_on
    assert held.held
    held.release()


def test_a_turn_ends_with_what_is_raised_in_it() -> None:
    with pytest.raises(ValueError, match="halfway"), turns.turn(a_lock()):
        raise ValueError("halfway")
    assert a_lock().try_acquire()


def test_chains_have_turns_of_their_own() -> None:
    first, other = a_lock(), turns.turn_lock("31337:0x" + "cd" * 32)
    assert other is not None
    assert first.try_acquire()
    assert other.try_acquire()
    assert not a_lock().try_acquire()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="the folder is each user's own there")
def test_a_folder_that_somebody_else_put_there_is_not_used(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"loquat-{os.getuid()}").symlink_to(elsewhere)
    assert turns.turn_lock(CHAIN) is None
    with turns.turn(None):
        assert list(elsewhere.iterdir()) == []


def test_without_a_place_for_the_lock_there_are_no_turns(tmp_path: Path) -> None:
    name = f"loquat-{os.getuid()}" if hasattr(os, "getuid") else "loquat"
    (tmp_path / name).write_text("no folder")
    assert turns.turn_lock(CHAIN) is None
