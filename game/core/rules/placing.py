"""The ghost: a good shown life-size where it might stand or hang, and whether it fits there."""

from __future__ import annotations

from math import atan2, pi

import numpy as np

from game.core import collide, events
from game.core.collide import Solid
from game.core.commands import MoveGhost
from game.core.events import Event
from game.core.goods import Good
from game.core.ground import Ground
from game.core.ids import GoodId, StandId
from game.core.rules.display import empty_stands
from game.core.rules.hands import empty_hands
from game.core.rules.movement import bounded, forward
from game.core.rules.reach import wall_distances_m
from game.core.rules.shown import shown_in
from game.core.world import EYE_HEIGHT_M, Ghost, Hand, World

AWAY_MIN_M = 0.8
AWAY_MAX_M = 4.0
WALL_WITHIN_M = 3.0
WALL_HEIGHT_M = 1.8  # a collider must rise this high above the floor to hang a picture on it
HANG_MIDDLE_M = 1.5
SMALL_M = 0.6  # goods no wider than this rest on tables and counters as well as on the floor
TABLE_MAX_M = 1.15
TOUCH_M = 0.01  # boxes may share this much and still count as standing side by side


def show_ghost(world: World, good: GoodId, stand: StandId) -> list[Event]:
    """Stand a good before the player, its front towards them."""
    out = empty_hands(world)
    world.ghost = Ghost(good=good, stand=stand, pos_m=world.body.pos_m, yaw_rad=world.body.yaw_rad)
    settle_ghost(world)
    out.append(events.GhostShown(good=good))
    return out


def move_ghost(world: World, command: MoveGhost) -> list[Event]:
    """Turn the ghost or move it nearer or farther; a good that hangs keeps its back to the wall."""
    ghost = world.ghost
    if ghost is None:
        return [events.Declined(reason="ghost_none")]
    ghost.yaw_rad += bounded(command.yaw_rad, 2 * pi)
    ghost.away_m = min(max(ghost.away_m + bounded(command.away_m, AWAY_MAX_M), AWAY_MIN_M), AWAY_MAX_M)
    return []


def drop_ghost(world: World) -> list[Event]:
    """Stop showing the ghost; its good returns to the hand."""
    ghost = world.ghost
    if ghost is None:
        return [events.Declined(reason="ghost_none")]
    world.ghost = None
    world.hand = Hand(good=ghost.good, stand=ghost.stand, since_tick=world.tick)
    return [events.GhostGone(good=ghost.good), events.PickedUp(stand=ghost.stand, good=ghost.good)]


def settle_ghost(world: World, turned_rad: float = 0.0) -> None:
    """Bring the ghost to where the player now faces, having turned by `turned_rad`, and see whether it fits."""
    ghost = world.ghost
    if ghost is None:
        return
    good = world.goods[ghost.good]
    ghost.yaw_rad += turned_rad
    if good.hangs and _hang(world, ghost, good):
        ghost.fits = is_room_for(world, ghost, good)
        return
    fx, fy = forward(world.body.yaw_rad)
    x = world.body.pos_m[0] + fx * ghost.away_m
    y = world.body.pos_m[1] + fy * ghost.away_m
    if good.hangs:
        ghost.pos_m = (x, y, world.body.pos_m[2] + HANG_MIDDLE_M - good.size_m[2] / 2)
        ghost.yaw_rad = world.body.yaw_rad
        ghost.fits = False
        return
    small = max(good.size_m[0], good.size_m[1]) <= SMALL_M
    highest_m = world.body.pos_m[2] + (TABLE_MAX_M if small else collide.STEP_UP_M)
    solids = collide.solids_of(world.place)
    near = collide.near(solids, x, y, within_m=0.1)
    ghost.pos_m = (x, y, collide.surface_m(near, x, y, below_m=highest_m, over=solids.ground))
    ghost.fits = not _is_behind_a_wall(world, ghost) and is_room_for(world, ghost, good)


def _hang(world: World, ghost: Ghost, good: Good) -> bool:
    """Put the ghost's back against the nearest wall ahead; False where there is none."""
    x, y, z = world.body.pos_m
    fx, fy = forward(world.body.yaw_rad)
    solids = collide.solids_of(world.place)
    if not solids.all:
        return False
    distances_m = collide.ray(solids.columns, (x, y, z + EYE_HEIGHT_M), (fx, fy, 0.0))
    for leaf in solids.door_at.values():
        distances_m[leaf] = np.inf
    distances_m[solids.columns.top_m < z + WALL_HEIGHT_M] = np.inf
    nearest = int(distances_m.argmin())
    distance_m = float(distances_m[nearest])
    if not 0.0 < distance_m <= WALL_WITHIN_M:
        return False
    hit_x, hit_y = x + fx * distance_m, y + fy * distance_m
    nx, ny = _face_normal(solids.all[nearest], hit_x, hit_y)
    out_m = good.size_m[1] / 2 + TOUCH_M / 2
    ghost.pos_m = (hit_x + nx * out_m, hit_y + ny * out_m, z + HANG_MIDDLE_M - good.size_m[2] / 2)
    ghost.yaw_rad = atan2(ny, nx) + pi / 2  # with yaw 0 a front faces -Y
    return True


def _face_normal(wall: Solid, x_m: float, y_m: float) -> tuple[float, float]:
    lx, ly = wall.local(x_m, y_m)
    if wall.half_x_m - abs(lx) < wall.half_y_m - abs(ly):
        sign = 1.0 if lx >= 0 else -1.0
        return sign * wall.cos_yaw, sign * wall.sin_yaw
    sign = 1.0 if ly >= 0 else -1.0
    return -sign * wall.sin_yaw, sign * wall.cos_yaw


def is_room_for(world: World, ghost: Ghost, good: Good) -> bool:
    """Whether the ghost's bounding box is free of colliders and of the goods on show, and rests on the floor whole."""
    box = collide.standing_box(ghost.pos_m, good.size_m, ghost.yaw_rad)
    reach_m = max(good.size_m[0], good.size_m[1])
    near = collide.near(collide.solids_of(world.place), box.x_m, box.y_m, within_m=reach_m)
    if any(collide.overlap(box, other, slack_m=TOUCH_M) for other in near):
        return False
    if not good.hangs and box.bottom_m > 0.0 and not _is_carried(near, box, collide.solids_of(world.place).ground):
        return False
    shown = shown_in(world.place, world.goods)
    empty = empty_stands(world)
    c = shown.boxes
    close = (np.abs(c.x_m - box.x_m) <= c.reach_x_m + reach_m) & (np.abs(c.y_m - box.y_m) <= c.reach_y_m + reach_m)
    return not any(
        shown.stands[index] not in empty and collide.overlap(box, shown.boxes.solid(int(index)), slack_m=TOUCH_M)
        for index in np.flatnonzero(close)
    )


def _is_behind_a_wall(world: World, ghost: Ghost) -> bool:
    """Whether something as high as the eye is between the player and the ghost: it would be in another room."""
    x, y, z = world.body.pos_m
    if not collide.solids_of(world.place).all:
        return False
    fx, fy = forward(world.body.yaw_rad)
    walls_m = wall_distances_m(world, (x, y, z + EYE_HEIGHT_M), (fx, fy, 0.0))
    return float(walls_m.min()) < ghost.away_m


def _is_carried(near: list[Solid], box: Solid, over: Ground) -> bool:
    """Whether all four corners of a box, drawn in by a fifth, lie on tops at its own height."""
    for sx, sy in ((-0.8, -0.8), (-0.8, 0.8), (0.8, -0.8), (0.8, 0.8)):
        lx, ly = sx * box.half_x_m, sy * box.half_y_m
        x = box.x_m + lx * box.cos_yaw - ly * box.sin_yaw
        y = box.y_m + lx * box.sin_yaw + ly * box.cos_yaw
        if collide.surface_m(near, x, y, below_m=box.bottom_m + TOUCH_M, over=over) < box.bottom_m - TOUCH_M:
            return False
    return True
