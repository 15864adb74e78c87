import gc
import subprocess
import sys

from game.startup import hurry, settle

PROGRAM = """
import gc
from game.startup import hurry, settle
hurry()
import game.client.app
print(gc.isenabled(), gc.get_freeze_count())
settle()
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""


def test_no_garbage_is_collected_on_the_way_and_what_was_made_is_left_alone_afterwards() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["False 0", "True True"]


def test_a_game_that_did_not_hurry_has_its_garbage_collected_as_before() -> None:
    before = gc.get_freeze_count()
    settle()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before
    hurry()
    gc.enable()
