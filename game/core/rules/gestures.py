"""What the player does with their body besides walking: looking otherwise, waving, sitting down and standing up."""

from math import cos, hypot, pi, radians

from game.core import events
from game.core.commands import Gesture, Move, SetLooks
from game.core.events import Event
from game.core.looks import wrong_in
from game.core.places import Seat
from game.core.rules.movement import forward
from game.core.world import DT_SECS, Sitting, World

GESTURES = ("wave",)
SEAT_REACH_M = 1.3
SEAT_HIGH_M = 0.7  # above the sole
SEAT_AHEAD = cos(radians(110))  # a seat behind the back is not meant, unless one stands at it
AT_SEAT_M = 0.55
TURN_RAD_PER_SEC = 4.5
LEAST_MOVE = 0.1


def set_looks(world: World, command: SetLooks) -> list[Event]:
    """Look otherwise; looks outside of their ranges are refused as a whole."""
    wrong = wrong_in(command.looks)
    if wrong:
        return [events.Declined(reason="looks_impossible", detail=wrong)]
    if command.looks == world.looks:
        return []
    world.looks = command.looks
    return [events.LooksChanged(looks=command.looks)]


def gesture(world: World, command: Gesture) -> list[Event]:
    """Make a gesture."""
    if command.kind not in GESTURES:
        return [events.Declined(reason="gesture_unknown")]
    return [events.Gestured(kind=command.kind)]


def sit(world: World) -> list[Event]:
    """Sit down on the nearest seat within reach, or where one stands on the ground; who sits stands up."""
    if world.sitting is not None:
        world.sitting = None
        return [events.StoodUp()]
    body = world.body
    if not body.on_ground:
        return [events.Declined(reason="mid_air")]
    seat = seat_at_hand(world)
    body.vel_mps = (0.0, 0.0, 0.0)
    if seat is None:
        world.sitting = Sitting(at_m=body.pos_m, yaw_rad=body.yaw_rad, on_seat=False)
    else:
        yaw_rad = radians(seat.yaw_deg)
        turn_rad = (yaw_rad - body.yaw_rad + pi) % (2 * pi) - pi
        world.sitting = Sitting(at_m=seat.at_m, yaw_rad=yaw_rad, on_seat=True, turn_rad=turn_rad)
    return [events.SatDown(on_seat=seat is not None)]


def seat_at_hand(world: World) -> Seat | None:
    """The nearest seat within reach that is before the player, or that they stand at; None for none."""
    x, y, z = world.body.pos_m
    ahead_x, ahead_y = forward(world.body.yaw_rad)
    best: tuple[float, Seat] | None = None
    for seat in world.place.seats:
        dx, dy = seat.at_m[0] - x, seat.at_m[1] - y
        away_m = hypot(dx, dy)
        before = dx * ahead_x + dy * ahead_y >= away_m * SEAT_AHEAD or away_m <= AT_SEAT_M
        near = away_m <= SEAT_REACH_M and 0.0 <= seat.at_m[2] - z <= SEAT_HIGH_M
        if before and near and (best is None or away_m < best[0]):
            best = (away_m, seat)
    return best[1] if best is not None else None


def settle(world: World) -> float:
    """Turn who has just sat down towards where the seat looks, by one tick; returns by how much."""
    sitting = world.sitting
    if sitting is None or sitting.turn_rad == 0.0:
        return 0.0
    most = TURN_RAD_PER_SEC * DT_SECS
    turned_rad = min(max(sitting.turn_rad, -most), most)
    sitting.turn_rad -= turned_rad
    world.body.yaw_rad += turned_rad
    return turned_rad


def stand_up_to(world: World, move: Move | None) -> list[Event]:
    """Walking ends sitting."""
    if world.sitting is None or move is None or not hypot(move.ahead, move.aside) >= LEAST_MOVE:
        return []
    world.sitting = None
    return [events.StoodUp()]
