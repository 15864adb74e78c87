"""A bot that plays like a person: it turns, walks and presses through commands alone, one tick at a time."""

import time
from collections.abc import Callable, Sequence
from math import atan2, cos, hypot, pi, radians, sin
from pathlib import Path
from typing import Protocol

from game.core.commands import Command, Look, Move
from game.core.errors import GameError
from game.core.events import Event
from game.core.goods import Vec3
from game.core.ids import DoorId, StandId
from game.core.places import Place
from game.core.route import Floor, route
from game.core.world import DT_SECS, EYE_HEIGHT_M, World

TURN_RAD_PER_TICK = 0.09
STEPS_A_FRAME = 5


class Screen(Protocol):
    """What a bot needs of the game: its world, a way to let time pass, and a camera shutter."""

    world: World
    shown_at: float  # the time.time() at which its first frame was there to be seen

    def frame(self, dt_secs: float | None = None, *, draw: bool = True) -> list[Event]:
        """Let time pass, draw (or not), and tell what happened."""
        ...

    def screenshot(self, path: Path) -> None:
        """Write what is on screen as a PNG."""
        ...

    def finish_loading(self) -> None:
        """Load at once what is otherwise spread over frames."""
        ...

    def key(self, name: str) -> None:
        """Press and release a key, by the name that the settings give it."""
        ...

    def type(self, text: str) -> None:
        """Type letters into the line that is open."""
        ...


class Person:
    """Steers the player of a Screen. `commands` is what the game asks at every tick."""

    def __init__(self) -> None:
        self.screen: Screen | None = None
        self.seen: list[Event] = []  # every event since the last `forget`
        self._queue: list[Command] = []
        self._way: list[tuple[float, float]] = []
        self._gaze: Vec3 | None = None
        self._run = False
        self._floor: tuple[Place, Floor] | None = None

    @property
    def world(self) -> World:
        """The world that this person lives in."""
        assert self.screen is not None, "give the person a screen before it plays"
        return self.screen.world

    def commands(self, world: World) -> list[Command]:
        """The wishes for one tick: what was queued, then a step along the way, then a turn of the head."""
        wishes, self._queue = self._queue, []
        body = world.body
        while self._way and hypot(self._way[0][0] - body.pos_m[0], self._way[0][1] - body.pos_m[1]) < 0.12:
            self._way.pop(0)
        if self._way:
            dx, dy = self._way[0][0] - body.pos_m[0], self._way[0][1] - body.pos_m[1]
            off = _wrapped(atan2(-dx, dy) - body.yaw_rad)
            turn = _clamped(off, TURN_RAD_PER_TICK)
            rest = off - turn
            slow = min(1.0, 0.25 + hypot(dx, dy)) if len(self._way) == 1 else 1.0
            wishes.append(Look(yaw_rad=turn, pitch_rad=_clamped(-body.pitch_rad, 0.02)))
            wishes.append(Move(ahead=cos(rest) * slow, aside=-sin(rest) * slow, run=self._run))
        elif self._gaze is not None:
            yaw, pitch = self._towards(world, self._gaze)
            wishes.append(
                Look(
                    yaw_rad=_clamped(_wrapped(yaw - body.yaw_rad), TURN_RAD_PER_TICK),
                    pitch_rad=_clamped(pitch - body.pitch_rad, TURN_RAD_PER_TICK),
                )
            )
        return wishes

    @staticmethod
    def _towards(world: World, point_m: Vec3) -> tuple[float, float]:
        x, y, z = world.body.pos_m
        dx, dy, dz = point_m[0] - x, point_m[1] - y, point_m[2] - z - EYE_HEIGHT_M
        return atan2(-dx, dy), atan2(dz, hypot(dx, dy))

    # --- letting time pass -------------------------------------------------------------------------------------

    def frames(self, count: int = 1, steps: int = 1, *, draw: bool = False) -> list[Event]:
        """Let `count` frames of `steps` ticks each pass; nobody looks on, unless `draw`."""
        assert self.screen is not None
        events: list[Event] = []
        for _ in range(count):
            events += self.screen.frame(steps * DT_SECS, draw=draw)
        self.seen += events
        return events

    def do(self, *wishes: Command) -> list[Event]:
        """Wish for something and let one tick pass."""
        self._queue += wishes
        return self.frames()

    def press(self, key: str) -> list[Event]:
        """Press a key as a hand would, and let two ticks pass."""
        assert self.screen is not None
        self.screen.key(key)
        return self.frames(2)

    def type(self, text: str) -> list[Event]:
        """Type a text as a hand would, and let two ticks pass."""
        assert self.screen is not None
        self.screen.type(text)
        return self.frames(2)

    def until(self, happened: Callable[[], bool], *, within_secs: float, what: str) -> None:
        """Let frames pass until something is so.

        Raises GameError, naming `what`, after `within_secs` of real time.
        """
        end = time.monotonic() + within_secs
        while not happened():
            if time.monotonic() > end:
                raise GameError(f"waited {within_secs:.0f} s in vain: {what}")
            self.frames()
            time.sleep(0.01)

    # --- moving ------------------------------------------------------------------------------------------------

    def go_to(self, x_m: float, y_m: float, *, run: bool = False) -> None:
        """Walk to a spot of the current place, round whatever stands in the way.

        Raises GameError where no way leads, or when it takes over a minute of game time.
        """
        world = self.world
        self._gaze = None
        self._run = run
        self._way = route(self._floor_here(), world.body.pos_m[:2], (x_m, y_m))
        self._walk(lambda: not self._way, f"walking to ({x_m:.1f}, {y_m:.1f}) in {world.place_id}")

    def go_through(self, door_id: DoorId) -> None:
        """Walk up to a door of the current place, wait for it to open, and pass."""
        world, here = self.world, self.world.place_id
        door = next(door for door in world.place.doors if door.id == door_id)
        out = (-sin(radians(door.yaw_deg)), cos(radians(door.yaw_deg)))
        self.go_to(door.at_m[0] - out[0], door.at_m[1] - out[1])
        self._way = [(door.at_m[0] + 2 * out[0], door.at_m[1] + 2 * out[1])]
        self._walk(lambda: world.place_id != here, f"passing the door {door_id}")
        self._way = []
        self.frames(4, STEPS_A_FRAME)

    def _floor_here(self) -> Floor:
        """The floor of the place as it stands: rooms are furnished while one is in them."""
        place = self.world.place
        if self._floor is None or self._floor[0] is not place:
            self._floor = (place, Floor(place))
        return self._floor[1]

    def _walk(self, arrived: Callable[[], bool], what: str) -> None:
        for _ in range(60 * 60 // STEPS_A_FRAME):
            if arrived():
                return
            self.frames(1, STEPS_A_FRAME)
        raise GameError(f"{what} took over a minute: still at {self.world.body.pos_m}")

    def face(self, point_m: Vec3) -> None:
        """Turn until the crosshair rests on a point of the current place."""
        self._gaze = point_m
        for _ in range(120):
            yaw, pitch = self._towards(self.world, point_m)
            body = self.world.body
            if abs(_wrapped(yaw - body.yaw_rad)) < 1e-3 and abs(pitch - body.pitch_rad) < 1e-3:
                break
            self.frames(1, 2)
        self._gaze = None
        self.frames(1)

    def look_at_stand(self, stand_id: StandId, *, from_m: Sequence[float] = (1.1, 0.8, 1.4, 1.7)) -> None:
        """Walk to where a stand can be looked at, from the first of some distances, and look at the good on it.

        Raises GameError when its good can be seen from nowhere.
        """
        world = self.world
        stand = next(stand for stand in world.place.stands if stand.id == stand_id)
        height = world.goods[stand.good].size_m[2]
        point = (stand.at_m[0], stand.at_m[1], stand.at_m[2] + height / 2)
        front = radians(stand.yaw_deg)
        floor = self._floor_here()
        for away_m in from_m:
            for side in (0.0, 0.5, -0.5, 1.0, -1.0):
                x = stand.at_m[0] + away_m * sin(front + side)
                y = stand.at_m[1] - away_m * cos(front + side)
                i, j = floor.cell(x, y)
                if not (0 <= i < floor.free.shape[0] and 0 <= j < floor.free.shape[1] and floor.free[i, j]):
                    continue
                self.go_to(x, y)
                self.face(point)
                if world.looked_at == stand_id:
                    return
        raise GameError(f"the good {stand.good} on {stand_id} can be looked at from nowhere near; move the stand")


def _wrapped(angle_rad: float) -> float:
    return (angle_rad + pi) % (2 * pi) - pi


def _clamped(value: float, most: float) -> float:
    return max(-most, min(most, value))
