"""Memory: the game in a hall of 10,000 goods, and half an hour of walking in and out of it through the door.

The walk is simulated, sixty ticks a second; the view follows every five ticks, and every tenth of its frames is drawn.
"""

import gc
import os
import subprocess
import sys
from functools import cache
from math import atan2, hypot, pi
from pathlib import Path

import msgspec

from tests.bench.hall import HALL, LOBBY
from tests.bench.hall_game import hall_folder, open_hall
from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
MOST_MB = 500.0
MINUTES, SETTLE_MINUTES, TICKS_A_FRAME, DRAWN_EVERY = 30, 5, 5, 10
GROWTH_MB = 2.0  # pages that the allocator hands back late


class Found(msgspec.Struct):
    """Resident megabytes in the lobby alone, in the hall, after each minute of the walk; doors passed."""

    lobby_mb: float
    hall_mb: float
    minutes_mb: list[float]
    objects: list[int]
    doors: int


@cache
def _found() -> Found:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", str(hall_folder())], cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Found)


def memory() -> Result:
    """Resident megabytes in the hall."""
    found = _found()
    return Result(
        name="memory", value=found.hall_mb, unit="MB", baseline=Figure(name="in_the_lobby", value=found.lobby_mb),
        ratio=found.hall_mb / found.lobby_mb, target=f"< {MOST_MB:.0f} MB", met=found.hall_mb < MOST_MB,
        note="resident, graphics in software included: textures and vertices count twice",
    )  # fmt: skip


def soak() -> Result:
    """Resident megabytes after half an hour."""
    found = _found()
    settled, after = found.minutes_mb[SETTLE_MINUTES - 1], found.minutes_mb[-1]
    return Result(
        name="soak", value=after, unit="MB", baseline=Figure(name="after_5_minutes", value=settled),
        ratio=after / settled, target="no growth after the first 5 minutes", met=after - settled <= GROWTH_MB,
        note=f"{found.doors} doors passed in {MINUTES} simulated minutes; Python objects "
        f"{found.objects[SETTLE_MINUTES - 1]:,} then {found.objects[-1]:,}",
    )  # fmt: skip


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class _Walker:
    """Walks into the hall and out of it again, for ever."""

    def __init__(self) -> None:
        self.doors, self._place, self._inwards = 0, LOBBY, True

    def commands(self, world) -> list:
        from game.core.commands import Look, Move

        if world.place_id != self._place:
            self._place, self._inwards = world.place_id, True
            self.doors += 1
        x, y, _ = world.body.pos_m
        door = world.place.doors[0].at_m
        if self._place == HALL:
            aisle = (world.place.spawn.at_m[0], door[1] + 7.0)
            goal = aisle if self._inwards else (0.0, door[1] - 1.0)
        else:
            goal = (0.0, -1.0) if self._inwards else (0.0, door[1] + 1.0)
        if hypot(goal[0] - x, goal[1] - y) < 0.4:
            self._inwards = False
        turn = atan2(-(goal[0] - x), goal[1] - y) - world.body.yaw_rad
        turn = (turn + pi) % (2 * pi) - pi
        return [Look(yaw_rad=max(min(turn, 0.08), -0.08)), Move(ahead=1.0 if abs(turn) < 0.5 else 0.0)]


def measure(folder: Path) -> Found:
    """Open the lobby, load the hall, walk."""
    app = open_hall(folder, start=LOBBY, size=(320, 180))
    app.frame(0.0)
    lobby_mb = _resident_mb()
    app.finish_loading()
    walker = _Walker()
    app.extra_commands = walker.commands
    found = Found(lobby_mb, 0.0, [], [], 0)
    frames = 60 * 60 // TICKS_A_FRAME
    for _ in range(MINUTES):
        for frame in range(frames):
            app.frame(TICKS_A_FRAME / 60, draw=frame % DRAWN_EVERY == 0)
            if found.hall_mb == 0.0 and app.world.place_id == HALL and app.world.body.pos_m[1] > -20.0:
                found.hall_mb = _resident_mb()
        found.minutes_mb.append(_resident_mb())
        found.objects.append(len(gc.get_objects()))
    found.hall_mb = max(found.hall_mb, found.minutes_mb[-1])
    found.doors = walker.doors
    app.close()
    return found


BENCHMARKS = {"memory": memory, "soak": soak}

if __name__ == "__main__":
    print(msgspec.json.encode(measure(Path(sys.argv[1]))).decode())
