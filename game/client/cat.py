"""The cat of the street: walks its round, sits down to wash, looks at who comes near, runs from who runs at it.

It is a view of the world and no part of it. Its round is a closed way with places to rest; a clock of its own says how
far it is, which stands still while it looks at someone and runs while it flees.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import atan2, exp, hypot, pi
from types import MappingProxyType

import numpy as np
from panda3d.core import NodePath

from game.client import shaders, shapes
from game.client.avatar_geom import JointTable, geom_node
from game.client.avatar_pose import matrices
from game.client.cat_model import NAMES, STRIDE_M, Stance, cat_mesh, pose, skeleton
from game.client.contact import as_shadow
from game.client.light import set_cube
from game.client.scenery import Scenery
from game.client.shaders import Variant
from game.client.spaces import turned
from game.core.goods import Vec3
from game.core.ids import PlaceId
from game.core.rules.movement import forward
from game.core.world import DT_SECS, World

SEEN_M, CLOSE_M = 26.0, 7.0
WALK_MPS, RUN_TIMES = 0.55, 4.5
REST_SECS = 14.0
NEAR_M, LOOKS_M, SCARED_M = 1.7, 3.5, 3.0
PATIENCE_SECS, FLEES_SECS, BACK_SECS = 9.0, 2.2, 6.0
BODY_M = 0.75  # between its middle and that of who stands in its way: nose and toes do not meet
TURN_PER_SEC, PACE_PER_SEC, SIT_PER_SEC, HEAD_PER_SEC = 5.0, 5.0, 2.6, 5.0
MOST_HEAD_RAD = 1.2
EYES_M, HEAD_M = 1.5, 0.3
STEP_M = 0.05  # between the points of a rounded way


@dataclass(frozen=True)
class Round:
    """A closed way in plan through `corners` in metres, and at which of them the cat rests."""

    corners: tuple[tuple[float, float], ...]
    rests: tuple[int, ...]


ROUNDS: Mapping[PlaceId, Round] = MappingProxyType({
    PlaceId("street"): Round(
        corners=(
            (1.4, -10.0), (2.0, -6.6), (2.0, -4.2), (1.9, -1.6), (2.5, 0.8), (1.85, 3.0), (1.6, 4.8), (0.7, 8.2),
            (-0.6, 11.4), (-3.0, 12.9), (-5.6, 12.0), (-6.0, 9.8), (-4.6, 8.2), (-2.2, 7.4), (-1.6, 4.6),
            (-1.5, 1.6), (-2.4, -1.2), (-2.6, -4.6), (-3.1, -7.0), (-2.6, -10.2), (-0.6, -11.8),
        ),
        rests=(4, 11, 18),
    ),
})  # fmt: skip


class Way:
    """A round as points every few centimetres, rounded at its corners (Catmull-Rom), and when the cat is where."""

    def __init__(self, way: Round) -> None:
        corners = np.array(way.corners)
        bends = [np.roll(corners, k, axis=0) for k in (1, 0, -1, -2)]
        t = np.linspace(0, 1, 60, endpoint=False)[:, None]
        pieces = [
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
            for a, b, c, d in zip(*bends, strict=True)
        ]
        dense = np.concatenate([*pieces, corners[:1]])
        at_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(dense, axis=0).T))])
        self.length_m = float(at_m[-1])
        grid_m = np.linspace(0, self.length_m, round(self.length_m / STEP_M), endpoint=False)
        self.points = np.stack([np.interp(grid_m, at_m, dense[:, k]) for k in (0, 1)], 1)
        self.rests_m = [float(at_m[60 * corner]) for corner in sorted(way.rests)]
        self.secs = self.length_m / WALK_MPS + REST_SECS * len(self.rests_m)

    def when(self, clock_secs: float) -> tuple[float, float | None]:
        """Metres along the way at a time, and how long the cat has rested there; None: it walks."""
        left_secs, from_m = clock_secs % self.secs, 0.0
        for rest_m in self.rests_m:
            if left_secs < (rest_m - from_m) / WALK_MPS:
                break
            left_secs -= (rest_m - from_m) / WALK_MPS
            from_m = rest_m
            if left_secs < REST_SECS:
                return rest_m, left_secs
            left_secs -= REST_SECS
        return from_m + left_secs * WALK_MPS, None

    def at(self, way_m: float) -> tuple[float, float, float]:
        """Position in plan and the yaw of the way there."""
        place = way_m % self.length_m / self.length_m * len(self.points)
        i, part = int(place) % len(self.points), place % 1
        here, there = self.points[i], self.points[(i + 1) % len(self.points)]
        dx, dy = there - here
        return float(here[0] + dx * part), float(here[1] + dy * part), atan2(-dx, dy)


@dataclass
class Roamer:
    """Where the cat is on its round, and in what it does."""

    way: Way
    clock_secs: float
    tick: int
    yaw_rad: float = 0.0
    pace: float = 1.0  # against walking; below 0 it goes back
    way_m: float = 0.0
    phase: float = 0.0
    sits: float = 0.0
    washes: float = 0.0
    look_rad: tuple[float, float] = (0.0, 0.0)
    flees_secs: float = 0.0
    flees_to: float = 1.0
    backs_secs: float = 0.0
    patience_secs: float = PATIENCE_SECS
    speed_mps: float = field(default=0.0)
    xy_m: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        self.way_m, _ = self.way.when(self.clock_secs)
        x, y, self.yaw_rad = self.way.at(self.way_m)
        self.xy_m = (x, y)

    def step(self, world: World, sole_m: Vec3) -> None:
        """Carry the cat on to the world's present tick."""
        ticks, self.tick = world.tick - self.tick, world.tick
        dt_secs = min(max(ticks, 0), 60) * DT_SECS
        if dt_secs <= 0:
            return
        dx, dy = sole_m[0] - self.xy_m[0], sole_m[1] - self.xy_m[1]
        away_m = hypot(dx, dy)
        _, rested_secs = self.way.when(self.clock_secs)
        wanted = self._wanted(world, dx, dy, away_m, rested_secs, dt_secs)
        self.pace += (wanted - self.pace) * (1 - exp(-PACE_PER_SEC * dt_secs))
        if self.flees_secs > 0 and rested_secs is not None:  # up and away
            self.clock_secs += REST_SECS - rested_secs + 1e-3 if self.flees_to > 0 else -rested_secs - 1e-3
        else:
            self.clock_secs += self.pace * dt_secs
        before_m = self.way_m
        self.way_m, rested_secs = self.way.when(self.clock_secs)
        x, y, way_rad = self.way.at(self.way_m)
        moved_m = (self.way_m - before_m + self.way.length_m / 2) % self.way.length_m - self.way.length_m / 2
        self.xy_m = (x, y)
        self.speed_mps += (abs(moved_m) / dt_secs - self.speed_mps) * (1 - exp(-8 * dt_secs))
        self.phase = (self.phase + abs(moved_m) / (STRIDE_M * (1 + 0.8 * self.running))) % 1
        if self.pace < -0.3:
            way_rad += pi
        turn_rad = (way_rad - self.yaw_rad + pi) % (2 * pi) - pi
        self.yaw_rad += turn_rad * (1 - exp(-TURN_PER_SEC * dt_secs))
        self._hold(rested_secs, dx, dy, away_m, dt_secs)

    def _wanted(
        self, world: World, dx: float, dy: float, away_m: float, rested_secs: float | None, dt_secs: float
    ) -> float:
        """The pace that the cat wants: away from who runs at it, still before who comes near, else a walk."""
        vx, vy, _ = world.body.vel_mps
        self.flees_secs -= dt_secs
        if world.body.run and away_m < SCARED_M and vx * dx + vy * dy < -1.5 * away_m:
            if self.flees_secs <= 0:
                ahead_x, ahead_y = forward(self.way.at(self.way_m)[2])
                self.flees_to = -1.0 if ahead_x * dx + ahead_y * dy > 0 else 1.0
            self.flees_secs = FLEES_SECS
        if self.flees_secs > 0:
            return self.flees_to * RUN_TIMES
        if away_m > 2 * NEAR_M:
            self.patience_secs = PATIENCE_SECS
        if rested_secs is None and away_m < NEAR_M and self.patience_secs > 0:
            self.patience_secs -= dt_secs
            return 0.0
        return self._round(dx, dy, away_m, dt_secs)

    def _round(self, dx: float, dy: float, away_m: float, dt_secs: float) -> float:
        """On along its round, but not through who stands there: then back for a while."""
        self.backs_secs = max(self.backs_secs - dt_secs, 0.0)
        ahead_x, ahead_y = forward(self.way.at(self.way_m)[2])
        backs = self.backs_secs > 0
        if away_m < BODY_M and (ahead_x * dx + ahead_y * dy > 0) != backs:
            self.backs_secs = 0.0 if backs else BACK_SECS
        return -1.0 if self.backs_secs > 0 else 1.0

    def _hold(self, rested_secs: float | None, dx: float, dy: float, away_m: float, dt_secs: float) -> None:
        """Sit or stand, wash, and look at who is near."""
        curious = away_m < LOOKS_M
        still = rested_secs is not None or abs(self.pace) < 0.12
        rises = rested_secs is not None and rested_secs > REST_SECS - 0.9
        part = 1 - exp(-SIT_PER_SEC * dt_secs)
        self.sits += ((1.0 if still and not rises else 0.0) - self.sits) * part * (1 if still else 3)
        washing = rested_secs is not None and 3.0 < rested_secs < REST_SECS - 3.0 and not curious
        self.washes += (float(washing) - self.washes) * part
        to_rad = up_rad = 0.0
        if curious:
            to_rad = (atan2(-dx, dy) - self.yaw_rad + pi) % (2 * pi) - pi
            up_rad = min(atan2(EYES_M - HEAD_M, away_m), 0.7)
            if abs(to_rad) > 2.2:  # behind it
                to_rad = up_rad = 0.0
        k = 1 - exp(-HEAD_PER_SEC * dt_secs)
        aside_rad = max(-MOST_HEAD_RAD, min(MOST_HEAD_RAD, to_rad))
        self.look_rad = (
            self.look_rad[0] + (aside_rad - self.look_rad[0]) * k, self.look_rad[1] + (up_rad - self.look_rad[1]) * k,
        )  # fmt: skip

    @property
    def running(self) -> float:
        """From walking, 0, to running, 1."""
        return min(max(self.speed_mps / WALK_MPS - 1.2, 0.0) / 2.0, 1.0)

    @property
    def stance(self) -> Stance:
        """How the cat holds itself now."""
        return Stance(
            phase=self.phase, going=min(self.speed_mps / (0.6 * WALK_MPS), 1.0), running=self.running,
            sits=self.sits, washes=self.washes, secs=self.tick * DT_SECS % 3600.0, look_rad=self.look_rad,
        )  # fmt: skip


class CatView:
    """Draws the cat in places where it has a round; made by `load`, after the first frame."""

    def __init__(self) -> None:
        self.roamer: Roamer | None = None
        self.home = NodePath("cat")
        self._ways: dict[PlaceId, Way] = {}
        self._joints: JointTable | None = None
        self._skeleton = skeleton()

    def load(self, world: World) -> Iterator[str]:
        """Make the cat, where any of the world's places has a round for it."""
        if self._joints is not None or not ROUNDS.keys() & world.places.keys():
            return
        self._ways = {place: Way(way) for place, way in ROUNDS.items() if place in world.places}
        yield "cat's round"
        mesh = cat_mesh()
        yield "cat"
        self._joints = JointTable(len(NAMES))
        node = self.home.attach_new_node(geom_node(mesh, mesh.points, mesh.normals, self._joints.table))
        shaders.dress(node, Variant.SKIN)
        as_shadow(self.home.attach_new_node(shapes.disc_shadow("cat's shadow", 0.2)))
        yield "cat's shadow"

    def draw(self, world: World, here: Scenery, sole_m: Vec3) -> None:
        """Bring the cat up to date: it is outdoors, and nowhere while it rains."""
        way = self._ways.get(world.place_id)
        if self._joints is None or way is None or here.light is None or here.drawn_mood == "rain":
            self.home.detach_node()
            self.roamer = None
            return
        if self.roamer is None or self.roamer.way is not way:
            self.roamer = Roamer(way, world.tick * DT_SECS, world.tick)
        cat = self.roamer
        cat.step(world, sole_m)
        x, y = cat.xy_m
        away_m = hypot(sole_m[0] - x, sole_m[1] - y)
        if away_m > SEEN_M:
            self.home.detach_node()
            return
        if self.home.get_parent() != here.root:
            self.home.reparent_to(here.root)
        self.home.set_mat(turned((x, y, 0.0), cat.yaw_rad))
        set_cube(self.home, here.light.probes.at(np.array([[x, y, HEAD_M]]))[0])
        if away_m < CLOSE_M or world.tick % 2:  # far away every second step is enough
            self._joints.set(matrices(self._skeleton, *pose(cat.stance)))

    def close(self) -> None:
        """Free the cat."""
        self.home.remove_node()
