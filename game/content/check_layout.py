"""Whether a place can be walked, and all that it shows be reached: by the rules of the game themselves."""

from collections import deque
from math import asin, atan2, floor, hypot, radians, sqrt

from game.content.problems import Problem
from game.core import collide
from game.core.collide import Solid, Solids
from game.core.goods import Good, Vec3
from game.core.ids import GoodId
from game.core.places import Door, Place, Stand
from game.core.rules.gestures import SEAT_HIGH_M, SEAT_REACH_M
from game.core.rules.movement import forward
from game.core.rules.reach import eye_m, stand_ahead
from game.core.world import BODY_RADIUS_M, EYE_HEIGHT_M, REACH_M, World, new_world

CELL_M, WIDE_CELL_M = 0.1, 0.4  # of the grid that is walked; the wide one on open ground
MARGIN_M = 1.0  # so far around all that is built is looked for ways out
CELLS_MAX = 400_000
SQUARE_M = 1.0  # solids are looked up by squares of this side
TOUCH_M = 0.01  # goods may share this much of their bounding boxes
SINK_M = 0.03  # and sink so far into furniture, or hover so far above it
AT_DOOR_M = 0.4
SPOTS_TRIED = 80
SLOPE_MAX = 1.0

Cell = tuple[int, int]


def layout(place: Place, goods: dict[GoodId, Good], file: str) -> list[Problem]:
    """Problems of a place's geometry. Goods that are not known are left out; another check names them."""
    problems = _boxes(place, file)
    if problems:
        return problems
    problems += _goods_in_the_way(place, goods, file)
    solids = collide.solids_of(place)
    open_doors = list(solids.door_at)
    spawn_m = place.spawn.at_m
    near = collide.near(solids, spawn_m[0], spawn_m[1], within_m=BODY_RADIUS_M, ajar=open_doors)
    if not collide.is_free(near, *spawn_m):
        rule = f"{spawn_m} is inside a collider"
        return [*problems, Problem(file, "spawn.at_m", rule, "move it where a person can stand")]
    walked = walkable(place, solids)
    problems += _way_out(solids, walked, file)
    problems += _spots(place, walked, file)
    problems += _seats(place, walked, file)
    problems += _out_of_reach(place, goods, walked, file)
    return problems


def _boxes(place: Place, file: str) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[object, int] = {}
    for index, box in enumerate(place.colliders):
        key = f"colliders[{index}]"
        if min(box.size_m[0], box.size_m[1]) <= 0.0 or box.size_m[2] < 0.0 or box.size_m[2] + box.climb_m <= 0.0:
            problems.append(Problem(file, f"{key}.size_m", f"{box.size_m} is no solid box", "make its sizes positive"))
        elif not 0.0 <= box.climb_m <= box.size_m[1] * SLOPE_MAX:
            rule = f"{box.climb_m} m over {box.size_m[1]} m is steeper than 45 degrees, or negative"
            problems.append(Problem(file, f"{key}.climb_m", rule, "make the ramp longer, or turn it round"))
        if box in seen:
            problems.append(Problem(file, key, f"is colliders[{seen[box]}] over again", "remove it"))
        seen.setdefault(box, index)
    for index, door in enumerate(place.doors):
        if door.width_m < 2 * BODY_RADIUS_M + 0.1:
            rule = f"{door.width_m} m is too narrow for a person"
            problems.append(Problem(file, f"doors[{index}].width_m", rule, f"make it {2 * BODY_RADIUS_M + 0.1:.1f} m"))
    for index, mirror in enumerate(place.mirrors):
        if mirror.width_m <= 0.0 or mirror.height_m <= 0.0:
            problems.append(Problem(file, f"mirrors[{index}]", "has no size", "give it a width and a height"))
    return problems


def _good_box(stand: Stand, goods: dict[GoodId, Good]) -> Solid:
    return collide.standing_box(stand.at_m, goods[stand.good].size_m, radians(stand.yaw_deg))


def _goods_in_the_way(place: Place, goods: dict[GoodId, Good], file: str) -> list[Problem]:
    problems: list[Problem] = []
    colliders = collide.solids_of(place).all[: len(place.colliders)]
    shown = [(index, stand, _good_box(stand, goods)) for index, stand in enumerate(place.stands) if stand.good in goods]
    for number, (index, stand, box) in enumerate(shown):
        key = f"stands[{index}] ({stand.id})"
        for _, other, other_box in shown[:number]:
            if collide.overlap(box, other_box, slack_m=TOUCH_M):
                rule = f"{stand.good} and {other.good} on {other.id!r} are in one another"
                problems.append(Problem(file, key, rule, "move one of them"))
        # A collider around the middle of a good is the hull of a shelf or a stage that holds it.
        middle_m = (box.bottom_m + box.top_m) / 2
        hulls = [s for s in colliders if collide.contains(s, box.x_m, box.y_m, middle_m)]
        for at, solid in enumerate(colliders):
            if solid not in hulls and collide.overlap(box, solid, slack_m=SINK_M):
                rule = f"{stand.good} sticks in colliders[{at}]"
                problems.append(Problem(file, key, rule, "move it, or make the collider smaller"))
        if not (stand.hung or goods[stand.good].hangs or hulls or _is_carried(box, colliders)):
            rule = f"nothing is beneath {stand.good} at {stand.at_m[2]} m"
            problems.append(Problem(file, key, rule, "set it down on a collider or the floor, or write hung = true"))
    return problems


def _is_carried(box: Solid, colliders: tuple[Solid, ...]) -> bool:
    if box.bottom_m <= SINK_M:
        return box.bottom_m >= -SINK_M
    footing = Solid(
        x_m=box.x_m,
        y_m=box.y_m,
        bottom_m=box.bottom_m - SINK_M,
        top_m=box.bottom_m + SINK_M,
        half_x_m=box.half_x_m,
        half_y_m=box.half_y_m,
        cos_yaw=box.cos_yaw,
        sin_yaw=box.sin_yaw,
    )
    return any(
        collide.overlap(footing, s) and s.top_m - SINK_M <= box.bottom_m <= s.top_m + s.climb_m + SINK_M
        for s in colliders
    )


def _cell_m(place: Place) -> float:
    return CELL_M if place.terrain is None else WIDE_CELL_M


def walkable(place: Place, solids: Solids) -> dict[Cell, Vec3]:
    """Every spot of a grid that can be walked to from the spawn without leaving by a door, by its cell.

    The grid has cells of 10 cm, on open ground of 40 cm.
    """
    xs = [place.spawn.at_m[0], *(s.x_m + side * s.half_x_m for s in solids.all for side in (-1, 1))]
    ys = [place.spawn.at_m[1], *(s.y_m + side * s.half_y_m for s in solids.all for side in (-1, 1))]
    xs += [stand.at_m[0] for stand in place.stands]
    ys += [stand.at_m[1] for stand in place.stands]
    low = (min(xs) - MARGIN_M, min(ys) - MARGIN_M)
    high = (max(xs) + MARGIN_M, max(ys) + MARGIN_M)
    squares = _by_square(solids)
    thresholds = [(door, *forward(radians(door.yaw_deg))) for door in place.doors]
    cell_m = _cell_m(place)
    start: Cell = (round(place.spawn.at_m[0] / cell_m), round(place.spawn.at_m[1] / cell_m))
    walked: dict[Cell, Vec3] = {start: place.spawn.at_m}
    todo = deque([start])
    while todo and len(walked) < CELLS_MAX:
        here = todo.popleft()
        z = walked[here][2]
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            cell = (here[0] + dx, here[1] + dy)
            x, y = cell[0] * cell_m, cell[1] * cell_m
            if cell in walked or not (low[0] <= x <= high[0] and low[1] <= y <= high[1]):
                continue
            near = squares.get((floor(x / SQUARE_M), floor(y / SQUARE_M)), ())
            if collide.is_free(near, x, y, z) and not _leaves(thresholds, walked[here], (x, y)):
                walked[cell] = (x, y, collide.ground(near, x, y, z, over=solids.ground)[0])
                todo.append(cell)
    return walked


def _by_square(solids: Solids) -> dict[Cell, list[Solid]]:
    """The solids that a body in a square might touch, for each square that has any; all doors are open."""
    leaves = set(solids.door_at.values())
    squares: dict[Cell, list[Solid]] = {}
    for index, solid in enumerate(solids.all):
        if index in leaves:
            continue
        reach_x_m = float(solids.columns.reach_x_m[index]) + BODY_RADIUS_M
        reach_y_m = float(solids.columns.reach_y_m[index]) + BODY_RADIUS_M
        for column in range(floor((solid.x_m - reach_x_m) / SQUARE_M), floor((solid.x_m + reach_x_m) / SQUARE_M) + 1):
            for row in range(floor((solid.y_m - reach_y_m) / SQUARE_M), floor((solid.y_m + reach_y_m) / SQUARE_M) + 1):
                squares.setdefault((column, row), []).append(solid)
    return squares


def _leaves(thresholds: list[tuple[Door, float, float]], from_m: Vec3, to_m: tuple[float, float]) -> bool:
    """Whether a step crosses the threshold of a door, on its way out; each with the direction that it looks in."""
    for door, fx, fy in thresholds:
        before_m = (from_m[0] - door.at_m[0]) * fx + (from_m[1] - door.at_m[1]) * fy
        dx, dy = to_m[0] - door.at_m[0], to_m[1] - door.at_m[1]
        if before_m < 0.0 <= dx * fx + dy * fy and abs(dx * fy - dy * fx) <= door.width_m / 2:
            return True
    return False


def _way_out(solids: Solids, walked: dict[Cell, Vec3], file: str) -> list[Problem]:
    """A place must be closed: whoever walks past all that is built in it walks for ever."""
    c = solids.columns
    if len(solids.all) == 0:
        return [Problem(file, "colliders", "there are none, so one can walk away for ever", "put walls around it")]
    low = (float((c.x_m - c.reach_x_m).min()), float((c.y_m - c.reach_y_m).min()))
    high = (float((c.x_m + c.reach_x_m).max()), float((c.y_m + c.reach_y_m).max()))
    for x, y, _ in walked.values():
        if not (low[0] <= x <= high[0] and low[1] <= y <= high[1]):
            rule = f"one can walk out of it, by ({x:.1f}, {y:.1f})"
            return [Problem(file, "colliders", rule, "close the gap with a wall or a fence")]
    return []


def _spots(place: Place, walked: dict[Cell, Vec3], file: str) -> list[Problem]:
    problems: list[Problem] = []
    if place.counter is not None:
        x, y, _ = place.counter.at_m
        cell_m = _cell_m(place)
        if (round(x / cell_m), round(y / cell_m)) not in walked:
            rule = f"{place.counter.at_m} cannot be walked to from the spawn"
            problems.append(Problem(file, "counter.at_m", rule, "move it where a customer can stand"))
    for index, door in enumerate(place.doors):
        fx, fy = forward(radians(door.yaw_deg))
        for x, y, _ in walked.values():
            dx, dy = x - door.at_m[0], y - door.at_m[1]
            if -AT_DOOR_M <= dx * fx + dy * fy <= 0.0 and abs(dx * fy - dy * fx) <= door.width_m / 2:
                break
        else:
            rule = "no way leads to it from the spawn"
            problems.append(Problem(file, f"doors[{index}] ({door.id})", rule, "clear its inner side of colliders"))
    return problems


def _seats(place: Place, walked: dict[Cell, Vec3], file: str) -> list[Problem]:
    problems: list[Problem] = []
    for index, seat in enumerate(place.seats):
        x, y, z = seat.at_m
        near = [spot for spot in walked.values() if hypot(x - spot[0], y - spot[1]) <= SEAT_REACH_M]
        if not any(0.0 <= z - spot[2] <= SEAT_HIGH_M for spot in near):
            rule = f"{seat.at_m} cannot be reached from anywhere that a person can stand"
            problems.append(Problem(file, f"seats[{index}].at_m", rule, "move it, or clear the way to it"))
    return problems


def _out_of_reach(
    place: Place, goods: dict[GoodId, Good], walked: dict[Cell, Vec3], file: str
) -> list[Problem]:
    problems: list[Problem] = []
    world = new_world({place.id: place}, goods, start=place.id, seed=0)
    for index, stand in enumerate(place.stands):
        if stand.good not in goods:
            continue
        middle_m = (stand.at_m[0], stand.at_m[1], stand.at_m[2] + goods[stand.good].size_m[2] / 2)
        spots = sorted((_distance_m(spot, middle_m), spot) for spot in walked.values())
        near = [spot for distance_m, spot in spots if distance_m <= REACH_M + max(goods[stand.good].size_m)]
        # Spread over all sides rather than only the nearest, which may all lie behind the same thing.
        tried = near[:: max(1, len(near) // SPOTS_TRIED)]
        if not any(_sees(world, spot, middle_m, stand) for spot in tried):
            rule = f"{stand.good} cannot be looked at within {REACH_M} m from anywhere a person can stand"
            remedy = "move it, or clear what stands before it"
            problems.append(Problem(file, f"stands[{index}] ({stand.id})", rule, remedy))
    return problems


def _distance_m(spot: Vec3, middle_m: Vec3) -> float:
    dx, dy, dz = middle_m[0] - spot[0], middle_m[1] - spot[1], middle_m[2] - spot[2] - EYE_HEIGHT_M
    return sqrt(dx * dx + dy * dy + dz * dz)


def _sees(world: World, spot: Vec3, middle_m: Vec3, stand: Stand) -> bool:
    body = world.body
    body.pos_m = spot
    x, y, z = eye_m(world)
    dx, dy, dz = middle_m[0] - x, middle_m[1] - y, middle_m[2] - z
    body.yaw_rad = atan2(-dx, dy)
    distance_m = hypot(dx, dy, dz)
    body.pitch_rad = asin(dz / distance_m) if distance_m > 0.0 else 0.0
    return stand_ahead(world) == stand.id
