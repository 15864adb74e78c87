"""Looking: which good the crosshair rests on, within reach and with nothing solid in between."""

from itertools import chain
from math import cos, inf, sin

from game.core import collide, events
from game.core.collide import Floats
from game.core.events import Event
from game.core.goods import Vec3
from game.core.grid import along
from game.core.ids import StandId
from game.core.rules.display import empty_stands
from game.core.rules.movement import doors_ajar
from game.core.rules.shown import Row, Shown, shown_in
from game.core.world import EYE_HEIGHT_M, REACH_M, SEATED_EYE_M, World

BLOCK_SLACK_M = 0.02

Hit = tuple[float, int]  # metres along the ray, and what it meets there


def eye_m(world: World) -> Vec3:
    """Where the player's eye is: at the height of their looks, raised by the shoes worn; lower for who sits."""
    if world.sitting is not None:
        x, y, z = world.sitting.at_m
        return x, y, z + SEATED_EYE_M * world.looks.scale
    return standing_eye_m(world)


def standing_eye_m(world: World) -> Vec3:
    """Where the eye of who stands is; where it will be again for who sits."""
    lift_m = 0.0
    for worn in world.worn.values():
        wear = world.goods[worn.good].wear
        lift_m += wear.lift_m if wear is not None else 0.0
    if world.orchard.ladder_tick is not None and world.orchard_rules is not None:
        lift_m += world.orchard_rules.picking.reach.ladder_m
    x, y, z = world.body.pos_m
    return x, y, z + EYE_HEIGHT_M * world.looks.scale + lift_m


def gaze(world: World) -> Vec3:
    """The unit vector along which the player looks."""
    yaw_rad, pitch_rad = world.body.yaw_rad, world.body.pitch_rad
    return -sin(yaw_rad) * cos(pitch_rad), cos(yaw_rad) * cos(pitch_rad), sin(pitch_rad)


def look_at(world: World) -> list[Event]:
    """Find what the crosshair rests on; an event when that is another stand than before."""
    found = stand_ahead(world)
    if found == world.looked_at:
        return []
    world.looked_at = found
    return [events.LookedAt(stand=found)]


def stand_ahead(world: World) -> StandId | None:
    """The stand whose good the crosshair rests on; goods hit squarely win over those only nearly hit.

    Follows the ray through the grid of the place and stops where nothing farther can win, so that the cost does not
    grow with the number of goods.
    """
    shown = shown_in(world.place, world.goods)
    if not shown.stands:
        return None
    goods = len(shown.stands)
    solids = collide.solids_of(world.place)
    passed = {goods + solids.door_at[door] for door in doors_ajar(world)}
    passed.update(shown.row_of[stand] for stand in empty_stands(world) if stand in shown.row_of)
    eye, direction = eye_m(world), gaze(world)
    rows, grid = shown.rows, shown.grid
    square: list[Hit] = []
    grown: list[Hit] = []
    solid_ahead: list[int] = []  # looked at only once a good is hit
    for leaves_m, members in chain([(0.0, grid.everywhere)], along(grid, eye, direction, within_m=REACH_M)):
        for index in members:
            if index in passed:
                continue
            passed.add(index)
            if index >= goods:
                solid_ahead.append(index)
                continue
            row = rows[index]
            distance_m = _distance_m(row, eye, direction, row[-1])
            if distance_m <= REACH_M:
                grown.append((distance_m, index))
                distance_m = _distance_m(row, eye, direction, 0.0)
                if distance_m <= REACH_M:
                    square.append((distance_m, index))
        if square and min(square)[0] < leaves_m:
            found = _open_to_view(shown, square, _walls(shown, solid_ahead, eye, direction))
            if found is not None and found[0] < leaves_m:
                return shown.stands[found[1]]
    if not grown:
        return None
    walls = _walls(shown, solid_ahead, eye, direction)
    found = _open_to_view(shown, square, walls) or _open_to_view(shown, grown, walls)
    return shown.stands[found[1]] if found is not None else None


def _walls(shown: Shown, ahead: list[int], eye: Vec3, direction: Vec3) -> list[Hit]:
    """Distance along the ray to those of some solids that it meets."""
    hits = [(_distance_m(shown.rows[index], eye, direction, 0.0), index - len(shown.stands)) for index in ahead]
    return [hit for hit in hits if hit[0] <= REACH_M]


def _open_to_view(shown: Shown, hits: list[Hit], walls: list[Hit]) -> Hit | None:
    """The nearest hit good that no solid hides; of equally near ones the first in the order of the stands."""
    for distance_m, index in sorted(hits):
        around = shown.inside.get(index, ())
        if all(distance_m <= wall_m + BLOCK_SLACK_M for wall_m, solid in walls if solid not in around):
            return distance_m, index
    return None


def _distance_m(row: Row, eye: Vec3, direction: Vec3, grow_m: float) -> float:
    """What `collide.ray` says of one box, grown on all sides; written out, because it is most of what a look costs."""
    x, y, cos_yaw, sin_yaw, half_x, half_y, bottom, top, _ = row
    ray_x, ray_y, ray_z = direction
    dx, dy = eye[0] - x, eye[1] - y
    at, way = dy * cos_yaw - dx * sin_yaw, ray_y * cos_yaw - ray_x * sin_yaw
    if -1e-12 < way < 1e-12:
        way = 1e-12
    enter, leave = (-half_y - grow_m - at) / way, (half_y + grow_m - at) / way
    if enter > leave:
        enter, leave = leave, enter
    if leave < 0.0:
        return inf
    at, way = dx * cos_yaw + dy * sin_yaw, ray_x * cos_yaw + ray_y * sin_yaw
    if -1e-12 < way < 1e-12:
        way = 1e-12
    first, second = (-half_x - grow_m - at) / way, (half_x + grow_m - at) / way
    if first > second:
        first, second = second, first
    if first > enter:
        enter = first
    if second < leave:
        leave = second
    if enter > leave:
        return inf
    if -1e-12 < ray_z < 1e-12:
        ray_z = 1e-12
    first, second = (bottom - grow_m - eye[2]) / ray_z, (top + grow_m - eye[2]) / ray_z
    if first > second:
        first, second = second, first
    if first > enter:
        enter = first
    if second < leave:
        leave = second
    if enter < 0.0:
        enter = 0.0
    return enter if enter <= leave else inf


def wall_distances_m(world: World, eye: Vec3, direction: Vec3) -> Floats:
    """Distance along a unit ray to each solid of the place; doors that stand open are out of the way."""
    solids = collide.solids_of(world.place)
    distances_m = collide.ray(solids.columns, eye, direction)
    for door in doors_ajar(world):
        distances_m[solids.door_at[door]] = float("inf")
    return distances_m
