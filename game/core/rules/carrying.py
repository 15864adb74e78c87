"""What is carried in build mode: it follows the gaze or a ray, turns, is nudged, and says whether it fits."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import msgspec

from game.core import building as b
from game.core import strokes
from game.core.building import Building, Carried, Fit
from game.core.collide import Floats
from game.core.fitting import fit
from game.core.goods import Vec3
from game.core.ids import ItemId
from game.core.layout import Layout, Makings, layout, shape_of
from game.core.resting import (
    FREE,
    TOUCH_M,
    hung_on,
    rest_at,
    rest_below,
    rests_on,
    turned,
    under_ceiling,
    wall_behind,
)
from game.core.rooms import Item, Room
from game.core.rules.reach import eye_m, gaze
from game.core.strokes import Refused
from game.core.world import World

NEW_ID = ItemId("new")
FARTHEST_M = 100.0
AHEAD_M = 1.5  # where a thing hovers that nothing holds


def take_new(world: World, building: Building, room: Room, thing: Item) -> None:
    """Carry a thing that the room does not have, its front to the player."""
    thing = msgspec.structs.replace(thing, yaw_deg=_facing(world, building))
    building.carried = Carried(items=(thing,), taken_up=False)
    follow(world, building, room)


def take_up(world: World, building: Building, room: Room, ids: tuple[ItemId, ...], *, stay: bool = False) -> None:
    """Carry items of the room with their loads; with `stay` from where they are. Raises Refused."""
    items = _whole(world, room, ids)
    building.selected = strokes.grouped(room, ids)
    building.carried = Carried(items=items, taken_up=True, pinned=stay)
    follow(world, building, room)


def take_copies(world: World, building: Building, room: Room, ids: tuple[ItemId, ...]) -> None:
    """Carry copies of items and their loads. Raises Refused."""
    items = _whole(world, room, ids)
    names = {item.id: ItemId(f"{NEW_ID}{at}") for at, item in enumerate(items)}
    copies = tuple(
        msgspec.structs.replace(item, id=names[item.id], on=names.get(item.on, item.on)) for item in items
    )
    building.carried = Carried(items=copies, taken_up=False)
    follow(world, building, room)


def _whole(world: World, room: Room, ids: tuple[ItemId, ...]) -> tuple[Item, ...]:
    taken = set(strokes.with_load(room, strokes.grouped(room, ids), makings_of(world, room)))
    if not taken:
        raise Refused("nothing_selected")
    return tuple(item for item in room.items if item.id in taken)


def steer(
    world: World, building: Building, room: Room,
    command: b.CarryTo | b.TurnCarried | b.NudgeCarried | b.BringCarried,
) -> None:  # fmt: skip
    """Say where what is carried goes, turn it, or shift it. Raises Refused where nothing is carried."""
    carried = building.carried
    if carried is None:
        raise Refused("nothing_carried")
    match command:
        case b.CarryTo(ray=None):
            carried.ray, carried.pinned = None, False
        case b.CarryTo():
            carried.ray, carried.pinned = (finite(command.origin_m), finite(command.ray or (0.0, 0.0, 0.0))), False
        case b.TurnCarried():
            _turn(world, building, room, carried, command.deg)
        case b.NudgeCarried():
            _nudge(_under(world, room, carried), carried, finite(command.by_m))
            carried.pinned = True
        case b.BringCarried():
            _bring(_under(world, room, carried), carried, finite(command.at_m), command.yaw_deg)
            carried.pinned = True
    carried.seen = None
    follow(world, building, room)


def follow(world: World, building: Building, room: Room) -> None:
    """Bring what is carried to where it would be set down now, and see whether it fits, if anything has changed.

    The layout is of the room without it, so it costs the same however often it is moved.
    """
    carried = building.carried
    if carried is None:
        return
    ray = carried.ray if carried.ray is not None else (eye_m(world), gaze(world))
    if carried.seen is not None and (carried.pinned or carried.seen == ray):
        return
    carried.seen = ray
    under = _under(world, room, carried)
    if not carried.pinned and not _carry(under, building, carried, ray):
        carried.fit = Fit(kind="no_support")
        return
    carried.fit = fit(under, carried.items)


def _under(world: World, room: Room, carried: Carried) -> Layout:
    return layout_of(world, room, tuple(item.id for item in carried.items) if carried.taken_up else ())


def _carry(under: Layout, building: Building, carried: Carried, ray: tuple[Vec3, Vec3]) -> bool:
    """Bring the whole to where a ray rests its first; False, and it hovers, where nothing would hold it."""
    root = _root(carried.items)
    rested = rest_at(under, root, ray[0], ray[1], building.snap)
    if rested is None:
        (x, y, z), (dx, dy, dz) = ray
        hover = (x + dx * AHEAD_M, y + dy * AHEAD_M, max(z + dz * AHEAD_M, 0.0))
        rested = msgspec.structs.replace(root, at_m=hover)
        carried.items = _brought(carried.items, root, rested)
        return False
    items = _brought(carried.items, root, rested)
    if sum(item.on not in {other.id for other in items} for item in items) > 1:
        whole = strokes.at_rest(under, items)
        carried.items = whole if whole is not None else items
        return whole is not None
    carried.items = items
    return True


@dataclass(slots=True, frozen=True)
class Freedom:
    """How a whole can be moved from where it rests: along which unit vectors, up and down, and whether it turns."""

    root: Item  # what it is moved and turned by
    along: tuple[Vec3, ...]
    lifts: bool
    turns: bool


def freedom(world: World, room: Room, items: tuple[Item, ...]) -> Freedom:
    """How items of a room, or what is carried of it, can be moved: what hangs keeps to its wall."""
    root = _root(items)
    of = layout_of(world, room, ())
    rests = rests_on(root, of.makings)
    wall = wall_behind(of, root) if rests in ("wall", "any") else None
    if wall is not None:
        nx, ny = (float(value) for value in of.walls[wall][3:5])
        return Freedom(root, ((ny, -nx, 0.0),), lifts=True, turns=False)
    return Freedom(root, ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)), lifts=rests in ("surface", "any"), turns=rests != "wall")


def _root(items: tuple[Item, ...]) -> Item:
    """The item by which a whole is carried: the first that rests on none of the others."""
    own = {item.id for item in items}
    return next((item for item in items if item.on not in own), items[0])


def _brought(items: tuple[Item, ...], root: Item, to: Item) -> tuple[Item, ...]:
    """All items moved as one of them was."""
    if len(items) == 1:
        return (to,)
    by_m = (to.at_m[0] - root.at_m[0], to.at_m[1] - root.at_m[1], to.at_m[2] - root.at_m[2])
    rest = strokes.moved(items, by_m, to.yaw_deg - root.yaw_deg, root.at_m)
    return tuple(to if item.id == to.id else item for item in rest)


def _turn(world: World, building: Building, room: Room, carried: Carried, deg: float) -> None:
    """Turn about the root; with turns that snap it ends on a multiple."""
    root = _root(carried.items)
    step = building.snap.turn_deg
    yaw_deg = root.yaw_deg + angle(deg)
    yaw_deg = turned(round(yaw_deg / step) * step if step else yaw_deg)
    carried.items = _brought(carried.items, root, msgspec.structs.replace(root, yaw_deg=yaw_deg))
    if carried.pinned:
        _nudge(_under(world, room, carried), carried, (0.0, 0.0, 0.0))


def _nudge(under: Layout, carried: Carried, by_m: Vec3) -> None:
    root = _root(carried.items)
    x, y, z = (metres + by for metres, by in zip(root.at_m, by_m, strict=True))
    shifted = msgspec.structs.replace(root, at_m=(x, y, max(z, 0.0)))
    rests = rests_on(root, under.makings)
    wall = wall_behind(under, root)
    rested: Item | None
    if rests == "ceiling":
        rested = under_ceiling(under, shifted)
    elif rests in ("wall", "any") and wall is not None:
        rested = _along_wall(under, root, wall, by_m)
    elif rests == "wall":
        rested = None
    else:
        rested = rest_below(under, msgspec.structs.replace(shifted, at_m=(x, y, _next_level(under, root, by_m))))
    if rested is not None:
        carried.items = _brought(carried.items, root, rested)


def _bring(under: Layout, carried: Carried, at_m: Vec3, yaw_deg: float | None) -> None:
    root = _root(carried.items)
    rests = rests_on(root, under.makings)
    wall = wall_behind(under, root) if rests in ("wall", "any") else None
    rested: Item | None
    if wall is not None:
        x, y, z = root.at_m
        rested = _along_wall(under, root, wall, (at_m[0] - x, at_m[1] - y, at_m[2] - z))
    else:
        turned_to = root.yaw_deg if yaw_deg is None else angle(yaw_deg)
        moved = msgspec.structs.replace(root, at_m=(at_m[0], at_m[1], max(at_m[2], 0.0)), yaw_deg=turned_to)
        if rests == "wall":
            return
        rested = under_ceiling(under, moved) if rests == "ceiling" else rest_below(under, moved)
    if rested is not None:
        carried.items = _brought(carried.items, root, rested)


def _along_wall(under: Layout, root: Item, wall: int, by_m: Vec3) -> Item:
    wx, wy, wz, nx, ny, _, _ = (float(value) for value in under.walls[wall])
    height = shape_of(root, under.makings)[2]
    x, y, z = root.at_m
    aside_m = (x + by_m[0] - wx) * ny - (y + by_m[1] - wy) * nx
    return hung_on(under, root, wall, aside_m, z + by_m[2] + height / 2 - wz, FREE)


def _next_level(under: Layout, root: Item, by_m: Vec3) -> float:
    """The height from which a thing settles when it is nudged: up onto the next surface, down to the one below."""
    x, y, z = root.at_m[0] + by_m[0], root.at_m[1] + by_m[1], root.at_m[2]
    if by_m[2] < 0.0:
        return max(z - 2 * TOUCH_M, 0.0)
    if by_m[2] == 0.0:
        return z + TOUCH_M
    s: Floats = under.surfaces
    higher = [
        float(row[2])
        for row in s
        if row[2] > z + TOUCH_M
        and abs((x - row[0]) * row[5] + (y - row[1]) * row[6]) <= row[3]
        and abs((y - row[1]) * row[5] - (x - row[0]) * row[6]) <= row[4]
    ]
    return min(higher, default=z + TOUCH_M)


def _facing(world: World, building: Building) -> float:
    """The yaw at which a front faces the player."""
    degrees = 57.29577951308232 * world.body.yaw_rad
    step = building.snap.turn_deg
    return turned(round(degrees / step) * step if step else degrees)


def finite(point_m: Vec3) -> Vec3:
    """A point that a device gave, within what a room can be; 0 for what is no number."""
    x, y, z = (min(max(m, -FARTHEST_M), FARTHEST_M) if isfinite(m) else 0.0 for m in point_m)
    return x, y, z


def angle(deg: float) -> float:
    """An angle that a device gave; 0 for what is no number."""
    return turned(deg) if isfinite(deg) else 0.0


# --- layouts, worked out once ----------------------------------------------------------------------------------------

_KEPT = 8
_makings: list[Makings] = []
_layouts: list[tuple[Room, tuple[ItemId, ...], Layout]] = []


def makings_of(world: World, room: Room) -> Makings:
    """What a room of this world is made of; the same object while nothing came into the world."""
    template = world.templates[room.template]
    for known in _makings:
        if known.kit is world.kit and known.goods is world.goods and known.template is template:
            return known
    _makings.insert(0, Makings(world.kit, world.goods, template))
    del _makings[_KEPT:]
    return _makings[0]


def layout_of(world: World, room: Room, lacking: tuple[ItemId, ...]) -> Layout:
    """The layout of a room without some items, worked out once for each state of it."""
    makings = makings_of(world, room)
    for known, without, found in _layouts:
        if known is room and without == lacking and found.makings is makings:
            return found
    before = next((found for _, _, found in _layouts if found.makings is makings), None)
    rest = strokes.without(room, lacking) if lacking else room
    _layouts.insert(0, (room, lacking, layout(rest, makings, before)))
    del _layouts[_KEPT:]
    return _layouts[0][2]


def forget() -> None:
    """Work all out anew: something came into the world that layouts may not have known."""
    _makings.clear()
    _layouts.clear()
