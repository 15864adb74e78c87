import gc
import subprocess
import sys
from pathlib import Path

import pytest

from game.startup import hurry, settle

ROOT = Path(__file__).resolve().parents[1]
GARBAGE = """
import gc
from game.startup import hurry, settle
hurry()
import game.client.app
print(gc.isenabled(), gc.get_freeze_count())
settle()
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""
NUMPY = """
import sys
from game.startup import hurry, settle
hurry()
import numpy as np
import numpy
print("numpy._core" in sys.modules, np is numpy)
{asked}
print("numpy._core" in sys.modules, sys.modules["numpy"] is not np)
import numpy
print(np.float32 is numpy.float32, isinstance(np.zeros(2), numpy.ndarray), np.random is numpy.random)
"""
FIRST_FRAME = """
import sys
from pathlib import Path
import main
from game.arguments import parse
app = main.compose(parse(["--offscreen", *sys.argv[2:]]), Path(sys.argv[1]))
app.market.start = lambda: None
def draw(draw=app.stage.draw):
    draw()
    print({name: name in sys.modules for name in ("ursina", "numpy._core", "web3")})
app.stage.draw = draw
app.frame()
app.close()
"""
TOUR = """
import sys
import main
from game.arguments import parse
from game.bots import tour
tour.play_act = lambda chapter, moment, person, out, witness: print("web3" in sys.modules, person.screen.shown_at)
main.tour(parse(["tour", "--offscreen", "--home", sys.argv[1], "--chapter", "walk", "--act", "0:1:0"]))
"""


def lines(program: str, *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_no_garbage_is_collected_on_the_way_and_what_was_made_is_left_alone_afterwards() -> None:
    assert lines(GARBAGE) == ["False 0", "True True"]


def test_a_game_that_did_not_hurry_has_its_garbage_collected_as_before() -> None:
    before = gc.get_freeze_count()
    settle()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before


@pytest.mark.parametrize("asked", ["np.zeros(3)", "import numpy.typing as npt; npt.NDArray", "settle()", "np.linalg"])
def test_numpy_comes_when_something_is_asked_of_it_and_no_sooner(asked) -> None:
    assert lines(NUMPY.format(asked=asked)) == ["False True", "True True", "True True True"]


def test_numpy_that_is_there_is_left_alone() -> None:
    import numpy as np

    hurry()
    gc.enable()
    assert sys.modules["numpy"] is np
    assert np.zeros(1) == 0


def test_the_second_starts_first_frame_needs_neither_numpy_nor_ursina_nor_the_chain(tmp_path) -> None:
    lines(FIRST_FRAME, str(tmp_path))
    first, *_ = lines(FIRST_FRAME, str(tmp_path))
    assert first == "{'ursina': False, 'numpy._core': False, 'web3': False}"


def test_the_probe_sees_what_a_place_full_of_goods_needs(tmp_path) -> None:
    first, *_ = lines(FIRST_FRAME, str(tmp_path), "play", "--place", "boutique")
    assert first == "{'ursina': False, 'numpy._core': True, 'web3': False}"


def test_the_tours_first_frame_does_not_wait_for_the_chain(tmp_path) -> None:
    assert lines(TOUR, str(tmp_path)) == ["False 0.0"]
