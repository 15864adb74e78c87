import subprocess
import sys

# In a process of its own: here Ursina has long been made.
PROGRAM = """
import sys
from pathlib import Path
from tests.client.drawn import make_assets, make_world, Silent, SIZE
from game.client import window
from game.client.app import App, Options
from game.client.settings import Settings, Values
from panda3d.core import PNMImage
if "--refused" in sys.argv:
    window._open = lambda offscreen: None
folder = Path(sys.argv[1])
options = Options(home=folder / "home", assets=make_assets(folder / "assets"), offscreen=True, size=SIZE, msaa=0)
app = App(make_world(), Silent(), options, settings=Settings(None, Values(language="en", reduced_motion=True)))
backdrop = tuple(app.stage.win.get_clear_color())
drawn = app.stage.draw
def draw():
    drawn()
    picture = PNMImage()
    app.stage.win.get_screenshot(picture)
    sides = {tuple(picture.get_xel_val(x, y)) for x in range(0, SIZE[0], 40) for y in range(0, SIZE[1], 40)}
    print("drawn", "ursina" in sys.modules, len(sides) > 8, app.stage.size == SIZE)
app.stage.draw = draw
app.frame(1 / 60)
from ursina import application, camera
print(application.base is app.stage.base, application.base.win is app.stage.win, len(app.stage.base.winList))
shown = camera.ui.is_ancestor_of(app.hud.root) or app.hud.root is camera.ui
print(tuple(app.stage.win.get_clear_color()) == backdrop, shown)
pressed = []
app.input.handle = lambda key, down: pressed.append(key)
app.stage.base.input("enter")
app.frame(1 / 60)
print("enter" in pressed)
app.close()
"""


def lines(tmp_path, *more: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), *more], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_first_frame_is_drawn_before_ursina_comes_which_then_takes_over_the_same_window(tmp_path) -> None:
    first, *rest = lines(tmp_path)
    assert first == "drawn False True True"
    assert rest == ["True True 1", "True True", "drawn True True True", "True"]


def test_where_the_window_does_not_open_ursina_tries_to(tmp_path) -> None:
    first, *rest = lines(tmp_path, "--refused")
    assert first == "drawn True True True"
    assert rest == ["True True 1", "True True", "drawn True True True", "True"]
