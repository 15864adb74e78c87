"""Doors: they open by themselves, and crossing a threshold leads into the other place."""

from math import cos, hypot, pi, radians, sin

from game.core import events
from game.core.events import Event
from game.core.goods import Vec3
from game.core.ids import PlaceId
from game.core.places import Door
from game.core.route import landing
from game.core.rules.display import return_unpaid
from game.core.rules.movement import forward, free_spot
from game.core.world import DT_SECS, World

OPENS_WITHIN_M = 1.6
SWING_SECS = 0.5
ARRIVAL_GAP_M = 1e-3  # an arrival is at least so far beyond the threshold, or turning back would miss it


def other_side(world: World, door: Door) -> Door | None:
    """The door of the other place that this one leads to; None when it leads nowhere, and then it stays shut."""
    return landing(world.places, door)


def swing(world: World) -> list[Event]:
    """Open the doors that the body is near, and shut the others, by one tick."""
    out: list[Event] = []
    for door in world.place.doors:
        leads = other_side(world, door) is not None
        before = world.door_open.get(door.id, 0.0)
        if not door.leaf:
            world.door_open[door.id] = 1.0 if leads else 0.0
            continue
        opens = leads and _distance_m(door, world.body.pos_m) <= OPENS_WITHIN_M
        change = DT_SECS / SWING_SECS * (1 if opens else -1)
        after = min(max(before + change, 0.0), 1.0)
        world.door_open[door.id] = after
        if opens and before == 0.0 < after:
            out.append(events.DoorMoved(door=door.id, opens=True))
        elif not opens and before == 1.0 > after:
            out.append(events.DoorMoved(door=door.id, opens=False))
    return out


def _distance_m(door: Door, pos_m: Vec3) -> float:
    """Distance in plan from the body to the threshold, a segment as wide as the door."""
    ahead_m, aside_m = _relative_m(door, pos_m)
    return hypot(ahead_m, max(abs(aside_m) - door.width_m / 2, 0.0))


def _relative_m(door: Door, pos_m: Vec3) -> tuple[float, float]:
    """How far a point is beyond the threshold in the leaving direction, and to the right of its middle."""
    fx, fy = forward(radians(door.yaw_deg))
    dx, dy = pos_m[0] - door.at_m[0], pos_m[1] - door.at_m[1]
    return dx * fx + dy * fy, dx * fy - dy * fx


def crossed(world: World, before_m: Vec3) -> Door | None:
    """The door whose threshold the body crossed, leaving, on the way from `before_m` to where it is."""
    for door in world.place.doors:
        ahead_before_m, _ = _relative_m(door, before_m)
        ahead_m, aside_m = _relative_m(door, world.body.pos_m)
        rise_m = world.body.pos_m[2] - door.at_m[2]
        if (
            ahead_before_m < 0.0 <= ahead_m
            and abs(aside_m) <= door.width_m / 2
            and -0.5 <= rise_m <= door.height_m
            and other_side(world, door) is not None
        ):
            return door
    return None


def cross(world: World, door: Door) -> list[Event]:
    """Carry the body through a door: the same pose relative to the door on its other side, and the same speed."""
    other = other_side(world, door)
    assert other is not None, "a door that leads nowhere is never crossed"
    body = world.body
    ahead_m, aside_m = _relative_m(door, body.pos_m)
    # Seen from the other place one comes in against that door's leaving direction.
    fx, fy = forward(radians(other.yaw_deg) + pi)
    beyond_m = max(ahead_m, ARRIVAL_GAP_M)
    pos_m = (
        other.at_m[0] + fx * beyond_m + fy * aside_m,
        other.at_m[1] + fy * beyond_m - fx * aside_m,
        other.at_m[2] + body.pos_m[2] - door.at_m[2],
    )
    turn_rad = radians(other.yaw_deg - door.yaw_deg) + pi
    c, s = cos(turn_rad), sin(turn_rad)
    vx, vy, vz = body.vel_mps
    body.vel_mps = (vx * c - vy * s, vx * s + vy * c, vz)
    body.yaw_rad += turn_rad
    out = return_unpaid(world)
    out += enter(world, door.to_place, pos_m)
    world.door_open[other.id] = 1.0
    body.pos_m = free_spot(world, pos_m)
    return out


def enter(world: World, place_id: PlaceId, pos_m: Vec3) -> list[Event]:
    """Be in another place, at a spot that is pushed out of whatever stands there."""
    came_from = world.place_id
    world.place_id = place_id
    world.sitting = None
    world.door_open = {door.id: 0.0 if door.leaf else 1.0 for door in world.place.doors}
    world.body.pos_m = free_spot(world, pos_m)
    return [events.EnteredPlace(place=place_id, from_place=came_from)]


def travel(world: World, place_id: PlaceId) -> list[Event]:
    """Go to the spawn point of a place at once."""
    if place_id not in world.places:
        return [events.Declined(reason="place_unknown", detail=place_id)]
    out = return_unpaid(world) if place_id != world.place_id else []
    spawn = world.places[place_id].spawn
    world.body.vel_mps = (0.0, 0.0, 0.0)
    world.body.yaw_rad = radians(spawn.yaw_deg)
    world.body.pitch_rad = 0.0
    return out + enter(world, place_id, spawn.at_m)
