"""The start menu, a kill and going on, and a window that loses the focus, in a real window."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from math import hypot
from pathlib import Path

import pytest

from game.client.left import FILE
from tests.e2e.hands import PATIENCE_SECS, ROOT, Hands, Screen, can_see

pytestmark = [pytest.mark.window, pytest.mark.skipif(not can_see(), reason="needs Xvfb and xdotool")]

SHOWN = """
import sys
from pathlib import Path
from game.client.app import App, Options
from tests.client.drawn import Silent, make_assets, make_world
from tests.e2e.hands import colours_on

folder, screen = Path(sys.argv[1]), Path(sys.argv[2])
app = App(make_world(), Silent(), Options(home=folder / "home", assets=make_assets(folder / "assets"), msaa=0))
app._open_interface = lambda: print(colours_on(screen) > 8, "ursina" in sys.modules)
print(colours_on(screen))
app.frame(1 / 60)
"""


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    game = Hands(tmp_path, place="boutique")
    yield game
    game.close()


def written_at(path: Path, pos_m: tuple[float, float, float]) -> bool:
    """Whether the file tells of this spot."""
    if not path.exists():
        return False
    x_m, y_m, _ = json.loads(path.read_bytes())["pos_m"]
    return hypot(x_m - pos_m[0], y_m - pos_m[1]) < 0.05


def test_the_first_frame_is_on_the_screen_before_the_rest_of_the_game_is_made(tmp_path: Path) -> None:
    screen = Screen()
    try:
        done = subprocess.run(
            [sys.executable, "-c", SHOWN, str(tmp_path), str(screen.folder)], check=False, cwd=ROOT,
            env={**os.environ, "DISPLAY": screen.name}, capture_output=True, text=True, timeout=PATIENCE_SECS,
        )  # fmt: skip
    finally:
        screen.close()
    assert done.stdout.splitlines() == ["1", "True False"], done.stderr


def test_after_a_kill_the_menu_offers_to_go_on_where_one_left(hands: Hands) -> None:
    start = hands.until(lambda world: world.tick > 30, "the first half second").body.pos_m
    hands.do("keydown", "w")
    hands.until(lambda w: hypot(w.body.pos_m[0] - start[0], w.body.pos_m[1] - start[1]) > 0.4, "walking by W")
    hands.do("keyup", "w")
    left_at = hands.until(lambda w: w.body.vel_mps[0] == 0.0 == w.body.vel_mps[1], "standing still").body.pos_m
    end = time.monotonic() + PATIENCE_SECS
    while not written_at(hands.home / FILE, left_at):
        assert time.monotonic() < end, "the spot is written every few seconds"
        time.sleep(0.2)

    hands.kill_and_start(None)
    world = hands.until(lambda w: w.tick > 60, "the street behind the menu")
    assert world.place_id == "street"
    at = world.body.pos_m
    hands.do("keydown", "w")
    tick = hands.world().tick
    world = hands.until(lambda w: w.tick > tick + 40, "a while with W held")
    hands.do("keyup", "w")
    assert world.body.pos_m == at, "the menu has the keys"
    hands.key("Down")
    hands.key("Down")
    world = hands.until(lambda w: w.place_id == "boutique", "going on", lambda: hands.key("Return"))
    assert hypot(world.body.pos_m[0] - left_at[0], world.body.pos_m[1] - left_at[1]) < 0.1


def test_the_world_waits_while_another_window_has_the_keys(hands: Hands) -> None:
    hands.until(lambda world: world.tick > 30, "the first half second")
    hands.do("keydown", "w")
    hands.focus(False)
    time.sleep(2)
    tick = hands.world().tick
    time.sleep(2)
    assert hands.world().tick == tick, "no tick passes"
    hands.do("keyup", "w")
    hands.until(lambda w: w.tick > tick + 20, "the world to go on", lambda: hands.focus(True))
    after = hands.world()
    assert after.body.vel_mps[:2] == (0.0, 0.0), "what was held is let go"
