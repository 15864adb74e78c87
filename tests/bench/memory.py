"""Memory: the game in a hall of 10,000 goods, walked in and out of it through the door for some minutes.

The walk is simulated, sixty ticks a second; the view follows every five ticks, and every tenth of its frames is drawn.
"""

import subprocess
import sys
from math import atan2, hypot, pi
from pathlib import Path

import msgspec

from tests.bench.hall import HALL, LOBBY
from tests.bench.hall_game import hall_folder, open_hall
from tests.bench.harness import Figure, Result
from tests.bench.soak import resident_mb

ROOT = Path(__file__).resolve().parents[2]
MOST_MB = 500.0
MINUTES, TICKS_A_FRAME, DRAWN_EVERY = 4, 5, 10


class Found(msgspec.Struct):
    """Resident megabytes in the lobby alone and after each minute in and out of the hall; doors passed."""

    lobby_mb: float
    minutes_mb: list[float]
    doors: int


def memory() -> Result:
    """The most resident megabytes in the hall."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory", str(hall_folder())], cwd=ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    found = msgspec.json.decode(done.stdout.splitlines()[-1], type=Found)
    most_mb = max(found.minutes_mb)
    return Result(
        name="memory", value=most_mb, unit="MB", baseline=Figure(name="in_the_lobby", value=found.lobby_mb),
        ratio=most_mb / found.lobby_mb, target=f"< {MOST_MB:.0f} MB", met=most_mb < MOST_MB,
        note="resident, graphics in software included: textures and vertices count twice; after each of "
        f"{MINUTES} simulated minutes and {found.doors} doors "
        + ", ".join(f"{each:.0f}" for each in found.minutes_mb),
    )  # fmt: skip


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
    found = Found(resident_mb(), [], 0)
    app.finish_loading()
    walker = _Walker()
    app.extra_commands = walker.commands
    for _ in range(MINUTES):
        for frame in range(60 * 60 // TICKS_A_FRAME):
            app.frame(TICKS_A_FRAME / 60, draw=frame % DRAWN_EVERY == 0)
        found.minutes_mb.append(resident_mb())
    found.doors = walker.doors
    app.close()
    return found


BENCHMARKS = {"memory": memory}

if __name__ == "__main__":
    print(msgspec.json.encode(measure(Path(sys.argv[1]))).decode())
