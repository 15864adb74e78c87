"""Looking: which good the crosshair rests on, within reach and with nothing solid in between."""

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from game.core import collide, events
from game.core.collide import Bools, Boxes, Floats, Solid
from game.core.events import Event
from game.core.goods import Good, Vec3
from game.core.ids import GoodId, StandId
from game.core.places import Place
from game.core.rules.display import empty_stands
from game.core.rules.movement import doors_ajar
from game.core.world import EYE_HEIGHT_M, REACH_M, SEATED_EYE_M, World

GROW_M = 0.02
LEAST_HALF_M = 0.08  # goods smaller than this are as easy to point at as if they had it
BLOCK_SLACK_M = 0.02


@dataclass(slots=True, frozen=True)
class Shown:
    """The goods on the stands of a place, whether away just now or not, in the order of the stands."""

    stands: tuple[StandId, ...]
    solids: tuple[Solid, ...]  # bounding boxes
    boxes: Boxes  # the same as columns
    grow_m: Floats  # (stands,)
    inside: Bools  # (stands, solids): the good is inside that collider, such as a shelf, which then hides nothing


_CACHE_SIZE = 32
_shown: dict[tuple[int, int], tuple[Place, dict[GoodId, Good], Shown]] = {}


def eye_m(world: World) -> Vec3:
    """Where the player's eye is: at the height of their looks, raised by the shoes worn; lower for who sits."""
    if world.sitting is not None:
        x, y, z = world.sitting.at_m
        return x, y, z + SEATED_EYE_M * world.looks.scale
    lift_m = 0.0
    for worn in world.worn.values():
        wear = world.goods[worn.good].wear
        lift_m += wear.lift_m if wear is not None else 0.0
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
    """The stand whose good the crosshair rests on; goods hit squarely win over those only nearly hit."""
    shown = shown_in(world.place, world.goods)
    if not shown.stands:
        return None
    eye, direction = eye_m(world), gaze(world)
    grown_m = collide.ray(shown.boxes, eye, direction, grow_m=shown.grow_m)
    for stand_id in empty_stands(world):
        if stand_id in shown.stands:
            grown_m[shown.stands.index(stand_id)] = np.inf
    if not (grown_m <= REACH_M).any():
        return None
    square_m = collide.ray(shown.boxes, eye, direction)
    walls_m = wall_distances_m(world, eye, direction)
    open_to_view = np.where(shown.inside, np.inf, walls_m).min(axis=1, initial=np.inf) + BLOCK_SLACK_M
    reach_m = np.minimum(open_to_view, REACH_M)
    for hits_m in (np.where(np.isinf(grown_m), np.inf, square_m), grown_m):
        near_m = np.where(hits_m <= reach_m, hits_m, np.inf)
        best = int(near_m.argmin())
        if np.isfinite(near_m[best]):
            return shown.stands[best]
    return None


def wall_distances_m(world: World, eye: Vec3, direction: Vec3) -> Floats:
    """Distance along a unit ray to each solid of the place; doors that stand open are out of the way."""
    solids = collide.solids_of(world.place)
    distances_m = collide.ray(solids.columns, eye, direction)
    for door in doors_ajar(world):
        distances_m[solids.door_at[door]] = np.inf
    return distances_m


def shown_in(place: Place, goods: dict[GoodId, Good]) -> Shown:
    """The goods on the stands of a place, worked out once for each Place and catalogue."""
    known = _shown.get((id(place), id(goods)))
    if known is not None and known[0] is place and known[1] is goods:
        return known[2]
    stands = [stand for stand in place.stands if stand.good in goods]
    boxes = [collide.standing_box(s.at_m, goods[s.good].size_m, radians(s.yaw_deg)) for s in stands]
    solids = collide.solids_of(place).all
    inside = np.zeros((len(stands), len(solids)), dtype=np.bool_)
    for row, box in enumerate(boxes):
        middle_m = (box.bottom_m + box.top_m) / 2
        for column, other in enumerate(solids):
            inside[row, column] = collide.contains(other, box.x_m, box.y_m, middle_m)
    half_m = np.array([min(box.half_x_m, box.half_y_m, (box.top_m - box.bottom_m) / 2) for box in boxes])
    shown = Shown(
        stands=tuple(stand.id for stand in stands),
        solids=tuple(boxes),
        boxes=collide.columns(boxes),
        grow_m=GROW_M + np.clip(LEAST_HALF_M - half_m, 0.0, LEAST_HALF_M),
        inside=inside,
    )
    while len(_shown) >= _CACHE_SIZE:
        del _shown[next(iter(_shown))]
    _shown[id(place), id(goods)] = (place, goods, shown)
    return shown
