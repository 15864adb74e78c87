"""What libraries print about a missing sound card stays out of the terminal; what explains a failure does not."""

import os

import pytest

from game.client.quiet import quiet_libraries


def test_what_a_library_writes_is_kept_back_and_what_comes_after_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_libraries():
        os.write(2, b"ALSA lib: no card\n")
    os.write(2, b"afterwards\n")
    assert capfd.readouterr().err == "afterwards\n"


def test_when_it_fails_it_is_printed_after_all(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        os.write(2, b"no display\n")
        raise RuntimeError("no window")

    with pytest.raises(RuntimeError, match="no window"), quiet_libraries():
        fail()
    assert "no display" in capfd.readouterr().err
