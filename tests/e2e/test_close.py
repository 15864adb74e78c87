"""A window that is closed at any moment: the game ends in order, and nothing of it goes on running."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.hands import ROOT, Hands, Screen, can_see, running

pytestmark = [pytest.mark.window, pytest.mark.skipif(not can_see(), reason="needs Xvfb and xdotool")]

LOADS_ON = """
import os, sys
from pathlib import Path
from game.client.app import App, Options
from game.client.settings import Settings, Values
from tests.client.drawn import Silent, make_assets, make_world
from tests.e2e.hands import ask_to_close

folder = Path(sys.argv[1])
options = Options(
    home=folder / "home", assets=make_assets(folder / "assets"), size=(320, 180), quality="medium", msaa=0
)
app = App(make_world(), Silent(), options, settings=Settings(None, Values(language="en")))
for _ in range(int(sys.argv[2])):
    app.frame(1 / 60)
assert not app.stage.closed()
ask_to_close(os.environ["DISPLAY"], app.stage.win.get_window_handle().get_int_handle())
while not app.stage.closed():
    app.frame(1 / 60)
app.finish_loading()
app.frame(1 / 60)
assert app.street.here.has_reflection, "pictures are taken as before"
app.close()
assert app.stage.win.is_closed()
print("ended")
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    opened = Screen()
    yield opened
    opened.close()


@pytest.mark.parametrize("frames", [0, 3])
def test_what_a_frame_still_does_finds_the_window_as_it_was(screen: Screen, tmp_path: Path, frames: int) -> None:
    program = [sys.executable, "-c", LOADS_ON, str(tmp_path), str(frames)]
    done = subprocess.run(
        program, check=False, cwd=ROOT, env={**os.environ, "DISPLAY": screen.name}, capture_output=True, text=True,
        timeout=90,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["ended"]), done.stderr


def test_a_game_that_is_closed_while_it_starts_leaves_nothing_running(tmp_path: Path) -> None:
    hands = Hands(tmp_path, place=None)
    try:
        hands.until(lambda world: world.tick > 5, "the first ticks")
        hands.press_close_button()
        assert hands.game.wait(60) == 0, hands.close()
        assert running(tmp_path) == ""
    finally:
        hands.close()
