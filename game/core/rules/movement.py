"""Walking and turning: acceleration, gravity, steps, ramps, and sliding along walls."""

from collections.abc import Iterable
from math import ceil, cos, hypot, isfinite, pi, sin

from game.core import collide, events
from game.core.collide import Solid, Solids
from game.core.commands import Look, Move
from game.core.events import Event
from game.core.goods import Vec3
from game.core.ground import Ground
from game.core.ids import DoorId
from game.core.world import BODY_HEIGHT_M, BODY_RADIUS_M, DT_SECS, Body, World

WALK_MPS = 1.9
RUN_MPS = 3.8
SPEED_UP_MPS2 = 14.0
SLOW_DOWN_MPS2 = 18.0
AIR_MPS2 = 3.0
GRAVITY_MPS2 = 9.81
FALL_MAX_MPS = 20.0
CLIMB_MPS = 4.0  # how fast a step up or down is taken
PITCH_MAX_RAD = 1.5
SUBSTEP_M = BODY_RADIUS_M / 3
STRIDE_WALK_M = 0.72
STRIDE_RUN_M = 1.05
DOOR_SOLID_BELOW = 0.6


def forward(yaw_rad: float) -> tuple[float, float]:
    """Where a yaw points in plan: 0 is +Y, positive is to the left."""
    return -sin(yaw_rad), cos(yaw_rad)


def bounded(value: float, most: float) -> float:
    """A number that a device gave, within -most..most; 0 for what is no number."""
    return min(max(value, -most), most) if isfinite(value) else 0.0


def look(body: Body, command: Look) -> float:
    """Turn the head; returns by how much the yaw changed."""
    yaw_rad = bounded(command.yaw_rad, 2 * pi)
    pitch_rad = bounded(command.pitch_rad, pi)
    body.yaw_rad += yaw_rad
    body.pitch_rad = min(max(body.pitch_rad + pitch_rad, -PITCH_MAX_RAD), PITCH_MAX_RAD)
    return yaw_rad


def doors_ajar(world: World) -> list[DoorId]:
    """The doors of the current place that one can walk through just now."""
    return [door for door, openness in world.door_open.items() if openness >= DOOR_SOLID_BELOW]


def walk(world: World, move: Move | None) -> list[Event]:
    """Move the body for one tick towards where `move` wants; it never enters a solid."""
    body = world.body
    body.run = move is not None and move.run
    _accelerate(body, move)
    vx, vy, vz = body.vel_mps
    travel_m = hypot(vx, vy) * DT_SECS
    x, y, z = body.pos_m
    solids = collide.near(
        collide.solids_of(world.place), x, y, within_m=BODY_RADIUS_M + travel_m + 0.05, ajar=doors_ajar(world)
    )
    if not collide.is_free(solids, x, y, z):
        body.pos_m = x, y, z = free_spot(world, body.pos_m)
        solids = collide.near(
            collide.solids_of(world.place), x, y, within_m=BODY_RADIUS_M + travel_m + 0.05, ajar=doors_ajar(world)
        )
    start = x, y
    over = collide.solids_of(world.place).ground
    touched = False
    substeps = max(1, ceil(travel_m / SUBSTEP_M))
    for _ in range(substeps):
        secs = DT_SECS / substeps
        to_x, to_y, hit = collide.slide_out(solids, x + vx * secs, y + vy * secs, z)
        to_z, to_vz, on_ground = _settle(body, solids, over, (to_x, to_y, z), vz, secs)
        if not collide.is_free(solids, to_x, to_y, to_z):
            # Squeezed between walls, or under a ceiling too low to follow a ramp: stay, but go on falling.
            to_x, to_y, hit = x, y, True
            to_z, to_vz, on_ground = _settle(body, solids, over, (x, y, z), vz, secs)
        touched = touched or hit
        x, y, z, vz, body.on_ground = to_x, to_y, to_z, to_vz, on_ground
    if touched:
        # Speed is what was really walked, so that a wall is not pushed against and is left without a jerk.
        limit_mps = hypot(vx, vy)
        vx, vy = (x - start[0]) / DT_SECS, (y - start[1]) / DT_SECS
        speed_mps = hypot(vx, vy)
        if speed_mps > limit_mps:
            vx, vy = vx * limit_mps / speed_mps, vy * limit_mps / speed_mps
    body.pos_m = (x, y, z)
    body.vel_mps = (vx, vy, vz)
    return _footsteps(world, hypot(x - start[0], y - start[1]))


def _accelerate(body: Body, move: Move | None) -> None:
    ahead = bounded(move.ahead, 1.0) if move is not None else 0.0
    aside = bounded(move.aside, 1.0) if move is not None else 0.0
    length = hypot(ahead, aside)
    if length > 1.0:
        ahead, aside = ahead / length, aside / length
    speed_mps = RUN_MPS if body.run else WALK_MPS
    fx, fy = forward(body.yaw_rad)
    want_x = (fx * ahead + fy * aside) * speed_mps  # to the right of (fx, fy) is (fy, -fx)
    want_y = (fy * ahead - fx * aside) * speed_mps
    vx, vy, vz = body.vel_mps
    slower = hypot(want_x, want_y) < hypot(vx, vy)
    rate_mps2 = AIR_MPS2 if not body.on_ground else SLOW_DOWN_MPS2 if slower else SPEED_UP_MPS2
    dx, dy = want_x - vx, want_y - vy
    change, allowed = hypot(dx, dy), rate_mps2 * DT_SECS
    if change > allowed:
        dx, dy = dx * allowed / change, dy * allowed / change
    body.vel_mps = (vx + dx, vy + dy, vz)


def _settle(
    body: Body, solids: list[Solid], over: Ground, at_m: Vec3, vz_mps: float, secs: float
) -> tuple[float, float, bool]:
    """New height, vertical speed and whether the body stands, after stepping, following a ramp, or falling."""
    x, y, z = at_m
    ground_m, ramp = collide.ground(solids, x, y, z, over=over)
    if ground_m > z:
        up_m = ground_m if ramp else min(ground_m, z + CLIMB_MPS * secs)
        headroom_m = collide.ceiling_m(solids, x, y, z) - BODY_HEIGHT_M
        return max(z, min(up_m, headroom_m)), 0.0, True
    if body.on_ground and ground_m >= z - collide.STEP_UP_M:
        return max(ground_m, z - CLIMB_MPS * secs), 0.0, True
    vz_mps = max(vz_mps - GRAVITY_MPS2 * secs, -FALL_MAX_MPS)
    z += vz_mps * secs
    if z <= ground_m:
        return ground_m, 0.0, True
    return z, vz_mps, False


def _footsteps(world: World, walked_m: float) -> list[Event]:
    body = world.body
    if not body.on_ground:
        return []
    body.stride_m += walked_m
    stride_m = STRIDE_RUN_M if body.run else STRIDE_WALK_M
    if body.stride_m < stride_m:
        return []
    body.stride_m -= stride_m
    return [events.Stepped(floor=world.place.floor)]


def free_spot(world: World, at_m: Vec3) -> Vec3:
    """The spot nearest to `at_m` in the current place where a body is in nothing."""
    return free_spot_in(collide.solids_of(world.place), at_m, ajar=doors_ajar(world))


def free_spot_in(solids: Solids, at_m: Vec3, *, ajar: Iterable[DoorId]) -> Vec3:
    """The spot nearest to `at_m` where a body is in nothing: pushed out of walls, else searched in rings around it."""
    x, y, z = at_m
    z = max(z, solids.ground.height_m(x, y))
    close = collide.near(solids, x, y, within_m=3.0, ajar=ajar)
    out_x, out_y, _ = collide.slide_out(close, x, y, z, rounds=32)
    out_z = max(z, solids.ground.height_m(out_x, out_y))
    if hypot(out_x - x, out_y - y) < 1.5 and collide.is_free(close, out_x, out_y, out_z):
        return out_x, out_y, out_z
    for ring in range(1, 200):
        radius_m = ring * 0.1
        for spoke in range(24):
            angle_rad = spoke * pi / 12
            to_x, to_y = x + radius_m * cos(angle_rad), y + radius_m * sin(angle_rad)
            to_z = max(z, solids.ground.height_m(to_x, to_y))
            close = collide.near(solids, to_x, to_y, within_m=BODY_RADIUS_M, ajar=ajar)
            if collide.is_free(close, to_x, to_y, to_z):
                return to_x, to_y, to_z
    # Walled in for twenty metres around: stand on top of everything.
    return x, y, max((s.top_m + s.climb_m for s in solids.all), default=0.0)
