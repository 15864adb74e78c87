"""Many bodies that walk at once, as arrays, by the rules of `movement`; they pass through each other.

For bots and for other players; what a body may touch is found by a grid of columns over the solids of the place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np

from game.core import collide
from game.core.collide import STEP_UP_M, Bools, Floats, Solids
from game.core.grid import Grid, Ints, grid, pairs_at
from game.core.ids import DoorId
from game.core.places import Place
from game.core.rules.movement import (
    AIR_MPS2,
    CLIMB_MPS,
    FALL_MAX_MPS,
    GRAVITY_MPS2,
    RUN_MPS,
    SLOW_DOWN_MPS2,
    SPEED_UP_MPS2,
    WALK_MPS,
    free_spot_in,
)
from game.core.world import BODY_HEIGHT_M, BODY_RADIUS_M, DT_SECS

T = TypeVar("T")
CELL_M = 1.0
MARGIN_M = 0.05
REACH_M = BODY_RADIUS_M + RUN_MPS * DT_SECS + MARGIN_M  # what is farther from where a tick begins cannot be touched
SLACK_M = 0.4  # about six ticks of running
FEW = 20  # bodies that are pushed faster one by one
ROUNDS = 6  # of being pushed out of walls, as in `collide.slide_out`


@dataclass(slots=True, frozen=True)
class Crowd:
    """n bodies in one place: `pos_m` (n, 3) of the soles, `vel_mps` (n, 3), `yaw_rad` (n,), `on_ground` (n,) bool."""

    pos_m: Floats
    vel_mps: Floats
    yaw_rad: Floats
    on_ground: Bools


def crowd_at(pos_m: Floats, yaw_rad: Floats) -> Crowd:
    """Bodies at rest at (n, 3), facing (n,)."""
    pos_m = np.array(pos_m, np.float64).reshape(-1, 3)
    yaw = np.array(np.broadcast_to(yaw_rad, len(pos_m)), np.float64)
    return Crowd(pos_m, np.zeros_like(pos_m), yaw, np.ones(len(pos_m), np.bool_))


def walk_many(crowd: Crowd, place: Place, wants: Floats, run: Bools, *, ajar: Iterable[DoorId] = ()) -> Crowd:
    """The crowd one tick later; `wants` (n, 2) is ahead and aside within -1..1, `run` (n,), `ajar` the open doors.

    No body ends in a solid: one that begins in one is first put where it is free, as a player would be.
    """
    solids = collide.solids_of(place)
    open_leaves = [solids.door_at[door] for door in ajar]
    near = _Near(place, solids, open_leaves, crowd.pos_m)
    caught = near.caught(*crowd.pos_m.T)
    if caught.any():
        pos_m = crowd.pos_m.copy()
        for body in np.flatnonzero(caught):
            x, y, z = pos_m[body].tolist()
            pos_m[body] = free_spot_in(solids, (x, y, z), ajar=ajar)
        crowd = Crowd(pos_m, crowd.vel_mps, crowd.yaw_rad, crowd.on_ground)
        near = _Near(place, solids, open_leaves, pos_m)
    vx, vy = _accelerated(crowd, wants, run)
    x, y, z = crowd.pos_m.T
    to_x, to_y, touched = near.slide_out(x + vx * DT_SECS, y + vy * DT_SECS, z)
    to_z, to_vz, on_ground = _settle(crowd, near, to_x, to_y)
    stuck = near.caught(to_x, to_y, to_z)
    if stuck.any():
        # Squeezed between walls, or under a ceiling too low to follow a ramp: stay, but go on falling.
        stay_z, stay_vz, stay_on = _settle(crowd, near, x, y)
        to_x, to_y, to_z = np.where(stuck, x, to_x), np.where(stuck, y, to_y), np.where(stuck, stay_z, to_z)
        to_vz, on_ground = np.where(stuck, stay_vz, to_vz), np.where(stuck, stay_on, on_ground)
        touched |= stuck
    if touched.any():
        walked_x, walked_y = (to_x - x) / DT_SECS, (to_y - y) / DT_SECS
        limit, speed = _length(vx, vy), _length(walked_x, walked_y)
        slower = np.where(speed > limit, limit / np.maximum(speed, 1e-12), 1.0)
        vx, vy = np.where(touched, walked_x * slower, vx), np.where(touched, walked_y * slower, vy)
    return Crowd(np.stack([to_x, to_y, to_z], 1), np.stack([vx, vy, to_vz], 1), crowd.yaw_rad, on_ground)


def _accelerated(crowd: Crowd, wants: Floats, run: Bools) -> tuple[Floats, Floats]:
    ahead, aside = np.clip(np.where(np.isfinite(wants), wants, 0.0), -1.0, 1.0).T
    scale = np.where(run, RUN_MPS, WALK_MPS) / np.maximum(_length(ahead, aside), 1.0)
    forward_x, forward_y = -np.sin(crowd.yaw_rad), np.cos(crowd.yaw_rad)
    want_x = (forward_x * ahead + forward_y * aside) * scale
    want_y = (forward_y * ahead - forward_x * aside) * scale
    vx, vy = crowd.vel_mps[:, 0], crowd.vel_mps[:, 1]
    slower = _length(want_x, want_y) < _length(vx, vy)
    rate_mps2 = np.where(crowd.on_ground, np.where(slower, SLOW_DOWN_MPS2, SPEED_UP_MPS2), AIR_MPS2)
    dx, dy = want_x - vx, want_y - vy
    part = np.minimum(rate_mps2 * DT_SECS / np.maximum(_length(dx, dy), 1e-12), 1.0)
    vx, vy = vx + dx * part, vy + dy * part
    # A tick is one step of a running body, so nothing here may be faster than that.
    brake = np.minimum(RUN_MPS / np.maximum(_length(vx, vy), 1e-12), 1.0)
    return vx * brake, vy * brake


def _settle(crowd: Crowd, near: "_Near", x: Floats, y: Floats) -> tuple[Floats, Floats, Bools]:
    """New heights, vertical speeds and who stands, after stepping, following a ramp, or falling."""
    z = crowd.pos_m[:, 2]
    ground_m, ramp = near.ground(x, y, z)
    rises = ground_m > z
    up_m = np.where(ramp, ground_m, np.minimum(ground_m, z + CLIMB_MPS * DT_SECS))
    if rises.any():
        up_m = np.maximum(z, np.minimum(up_m, near.ceiling_m(x, y, z) - BODY_HEIGHT_M))
    follows = crowd.on_ground & (ground_m >= z - STEP_UP_M)
    vz = np.maximum(crowd.vel_mps[:, 2] - GRAVITY_MPS2 * DT_SECS, -FALL_MAX_MPS)
    fallen_m = z + vz * DT_SECS
    lands = fallen_m <= ground_m
    stands = rises | follows | lands
    down_m = np.where(follows, np.maximum(ground_m, z - CLIMB_MPS * DT_SECS), np.where(lands, ground_m, fallen_m))
    return np.where(rises, up_m, down_m), np.where(stands, 0.0, vz), stands


def _length(x: Floats, y: Floats) -> Floats:
    """Faster than NumPy's hypot, and nothing here is so large or small that squares would suffer."""
    length: Floats = np.sqrt(x * x + y * y)
    return length


Offset: TypeAlias = tuple[Floats, Floats, Floats, Floats, Floats]


class _Near:
    """The pairs of a body and a solid that it may touch in this tick, bodies ascending, solids in their own order."""

    def __init__(self, place: Place, solids: Solids, open_leaves: list[int], pos_m: Floats) -> None:
        self.count, self.below = len(pos_m), solids.ground
        body, solid = _pairs_of(place, solids, pos_m)
        kept = _within(solids, body, solid, pos_m, REACH_M)
        for leaf in open_leaves:
            kept &= solid != leaf
        self._keep(body[kept], solid[kept], solids)

    def _keep(self, body: Ints, solid: Ints, solids: Solids) -> None:
        c, self.solids = solids.columns, solids.all
        self.body, self.solid = body, solid
        self.x_m, self.y_m = c.x_m[solid], c.y_m[solid]
        self.cos, self.sin = c.cos_yaw[solid], c.sin_yaw[solid]
        self.half_x_m, self.half_y_m = c.half_x_m[solid], c.half_y_m[solid]
        self.bottom_m, self.top_m, self.climb_m = c.bottom_m[solid], c.top_m[solid], c.climb_m[solid]
        self._asked: tuple[Floats, Floats, Offset] | None = None

    def _some(self, of: Ints) -> "_Near":
        """A part of the pairs."""
        out = object.__new__(_Near)
        out.count, out.solids = self.count, self.solids
        for name in ("body", "solid", "x_m", "y_m", "cos", "sin", "half_x_m", "half_y_m", "bottom_m", "top_m",
                     "climb_m"):  # fmt: skip
            setattr(out, name, getattr(self, name)[of])
        return out

    def _offset_at(self, x: Floats, y: Floats) -> Offset:
        """The same as `_offset`, of which the last answer is remembered: not for arrays that are still changed."""
        if self._asked is None or self._asked[0] is not x or self._asked[1] is not y:
            self._asked = (x, y, self._offset(x, y))
        return self._asked[2]

    def _offset(self, x: Floats, y: Floats) -> Offset:
        """Of each pair: the body's place in the solid's axes, its offset from the nearest point, the top there."""
        dx, dy = x[self.body] - self.x_m, y[self.body] - self.y_m
        lx, ly = dx * self.cos + dy * self.sin, dy * self.cos - dx * self.sin
        qy = np.minimum(np.maximum(ly, -self.half_y_m), self.half_y_m)
        ox, oy = lx - np.minimum(np.maximum(lx, -self.half_x_m), self.half_x_m), ly - qy
        return lx, ly, ox, oy, self.top_m + self.climb_m * (qy / (2 * self.half_y_m) + 0.5)

    def _walls(self, top_m: Floats, z: Floats) -> Bools:
        sole_m = z[self.body]
        walls: Bools = (top_m > sole_m + STEP_UP_M + 1e-9) & (self.bottom_m < sole_m + BODY_HEIGHT_M - 1e-9)
        return walls

    def caught(self, x: Floats, y: Floats, z: Floats) -> Bools:
        """(n,): whose trunk is in a solid."""
        _, _, ox, oy, top_m = self._offset_at(x, y)
        inside = (_length(ox, oy) < BODY_RADIUS_M) & self._walls(top_m, z)
        return np.bincount(self.body[inside], minlength=self.count) > 0

    def slide_out(self, x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats, Bools]:
        """Push bodies out of walls, one wall of each after the other; also says who touched any."""
        _, _, ox, oy, top_m = self._offset_at(x, y)
        inside = (ox * ox + oy * oy < BODY_RADIUS_M * BODY_RADIUS_M) & self._walls(top_m, z)
        touched = np.bincount(self.body[inside], minlength=self.count) > 0
        if not touched.any():
            return x, y, touched
        x, y = x.copy(), y.copy()
        moving, still_to_do = touched, ROUNDS
        while still_to_do and np.count_nonzero(moving) > FEW:
            moving = self._push_once(self._some(moving[self.body].nonzero()[0]), x, y, z)
            still_to_do -= 1
        if still_to_do:
            self._push_one_by_one(moving.nonzero()[0], x, y, z, rounds=still_to_do)
        return x, y, touched

    def _push_once(self, near: "_Near", x: Floats, y: Floats, z: Floats) -> Bools:
        """Push bodies out of each of their walls in turn, as far as they are in it then; (n,): who moved."""
        moved = np.zeros(self.count, np.bool_)
        passed = np.full(self.count, -1)  # the last wall of each body that had its turn
        numbers = np.arange(len(near.body))
        while True:
            lx, ly, ox, oy, top_m = near._offset(x, y)
            gap_squared = ox * ox + oy * oy
            inside = (gap_squared < BODY_RADIUS_M * BODY_RADIUS_M) & near._walls(top_m, z)
            pairs = (inside & (numbers > passed[near.body])).nonzero()[0]
            if not len(pairs):
                return moved
            body = near.body[pairs]
            first = np.ones(len(pairs), np.bool_)
            first[1:] = body[1:] != body[:-1]
            pairs, body = pairs[first], body[first]
            near._push(pairs, gap_squared[pairs], (lx[pairs], ly[pairs], ox[pairs], oy[pairs]), x, y)
            passed[body] = pairs
            moved[body] = True

    def _push_one_by_one(self, bodies: Ints, x: Floats, y: Floats, z: Floats, *, rounds: int) -> None:
        """The same for a few bodies, for which arrays would be slower."""
        begin, end = np.searchsorted(self.body, bodies), np.searchsorted(self.body, bodies, side="right")
        for body, first, last in zip(bodies.tolist(), begin.tolist(), end.tolist(), strict=True):
            walls = [self.solids[index] for index in self.solid[first:last].tolist()]
            x[body], y[body], _ = collide.slide_out(
                walls, float(x[body]), float(y[body]), float(z[body]), rounds=rounds
            )

    def _push(
        self, pairs: Ints, gap_squared: Floats, offset: tuple[Floats, Floats, Floats, Floats], x: Floats, y: Floats
    ) -> None:
        """Move bodies, of which each is in these pairs once at most, out of their walls by the shortest way in plan."""
        lx, ly, ox, oy = offset
        gap_m = np.sqrt(gap_squared)
        scale = (BODY_RADIUS_M + collide.SKIN_M - gap_m) / np.maximum(gap_m, 1e-12)
        px, py = ox * scale, oy * scale
        within = (gap_squared <= 1e-12).nonzero()[0]
        if len(within):
            lx, ly = lx[within], ly[within]
            left_x = self.half_x_m[pairs[within]] - np.abs(lx)
            left_y = self.half_y_m[pairs[within]] - np.abs(ly)
            out_x = (left_x + BODY_RADIUS_M + collide.SKIN_M) * np.where(lx >= 0, 1.0, -1.0)
            out_y = (left_y + BODY_RADIUS_M + collide.SKIN_M) * np.where(ly >= 0, 1.0, -1.0)
            px[within], py[within] = np.where(left_x < left_y, out_x, 0.0), np.where(left_x < left_y, 0.0, out_y)
        body, cos, sin = self.body[pairs], self.cos[pairs], self.sin[pairs]
        x[body] += px * cos - py * sin
        y[body] += px * sin + py * cos

    def ground(self, x: Floats, y: Floats, z: Floats) -> tuple[Floats, Bools]:
        """(n,): height of the highest ground that each can step on, and whether that is a ramp."""
        _, _, ox, oy, top_m = self._offset_at(x, y)
        best_m = self.below.heights_m(np.stack([x, y], 1))
        ramp = np.full(self.count, not self.below.level)
        under = np.flatnonzero(
            (_length(ox, oy) < BODY_RADIUS_M)
            & (top_m > best_m[self.body])
            & (top_m <= z[self.body] + STEP_UP_M + 1e-9)
        )
        if len(under):
            np.maximum.at(best_m, self.body[under], top_m[under])
            highest = under[top_m[under] == best_m[self.body[under]]][::-1]
            ramp[self.body[highest]] = self.climb_m[highest] != 0.0  # of equal tops the first one counts
        return best_m, ramp

    def ceiling_m(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """(n,): height of the lowest underside above each head; infinite under the sky."""
        _, _, ox, oy, _ = self._offset_at(x, y)
        above = (self.bottom_m >= z[self.body] + BODY_HEIGHT_M - 1e-9) & (_length(ox, oy) < BODY_RADIUS_M)
        lowest_m = np.full(self.count, np.inf)
        np.minimum.at(lowest_m, self.body[above], self.bottom_m[above])
        return lowest_m


def _within(solids: Solids, body: Ints, solid: Ints, pos_m: Floats, reach_m: float) -> Bools:
    """Of each pair, whether the solid's upright bounding box, grown by `reach_m`, holds the body in plan."""
    c = solids.columns
    within: Bools = (np.abs(c.x_m[solid] - pos_m[body, 0]) <= c.reach_x_m[solid] + reach_m) & (
        np.abs(c.y_m[solid] - pos_m[body, 1]) <= c.reach_y_m[solid] + reach_m
    )
    return within


@dataclass(slots=True, frozen=True)
class _Neighbours:
    """All pairs of bodies at `at_m` (n, 2) and solids that are near, which serve until a body is SLACK_M from there.

    Verlet 1967, for molecules: looking who is near takes longer than looking again at who was.
    """

    place: Place
    at_m: Floats
    body: Ints
    solid: Ints

    def serve(self, place: Place, pos_m: Floats) -> bool:
        """Whether no other pair can be near now."""
        if self.place is not place or len(self.at_m) != len(pos_m):
            return False
        return bool((np.abs(pos_m[:, :2] - self.at_m) <= SLACK_M).all())


_CACHE_SIZE = 32
_neighbours: dict[int, _Neighbours] = {}
_columns: dict[int, tuple[Place, Grid]] = {}


def _pairs_of(place: Place, solids: Solids, pos_m: Floats) -> tuple[Ints, Ints]:
    """Pairs of bodies, ascending, and solids, in their order, among which are all that may touch in this tick."""
    known = _neighbours.get(id(place))
    if known is None or not known.serve(place, pos_m):
        body, solid = pairs_at(_columns_of(place), pos_m[:, 0], pos_m[:, 1])
        near = _within(solids, body, solid, pos_m, REACH_M + SLACK_M)
        known = _Neighbours(place, pos_m[:, :2].copy(), body[near], solid[near])
        _remember(_neighbours, id(place), known)
    return known.body, known.solid


def _columns_of(place: Place) -> Grid:
    """The columns of a place's solids, worked out once for each Place object."""
    known = _columns.get(id(place))
    if known is not None and known[0] is place:
        return known[1]
    made = grid(collide.solids_of(place).columns, cell_m=CELL_M, grow_m=REACH_M + SLACK_M, flat=True)
    _remember(_columns, id(place), (place, made))
    return made


def _remember(known: dict[int, T], key: int, value: T) -> None:
    while len(known) >= _CACHE_SIZE and key not in known:
        del known[next(iter(known))]
    known[key] = value
