"""Ways on foot: across one place by A* over a grid of free spots, and from place to place through their doors."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, inf, radians, sin, sqrt
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.errors import GameError
from game.core.ground import ground_of
from game.core.groves import trunks
from game.core.ids import PlaceId
from game.core.places import Box, Door, Place, Stand
from game.core.world import BODY_HEIGHT_M, BODY_RADIUS_M

if TYPE_CHECKING:
    import numpy.typing as npt

CELL_M = 0.1
STEP_UP_M = 0.22  # what a body climbs without a ramp
MARGIN_M = 0.05  # kept from furniture, so that a walker does not scrape along it
BEFORE_DOOR_M = 0.5  # where a way through a door begins and ends, on either side of its threshold
AWAY_M = (0.9, 1.2, 0.7, 1.5)  # from a stand: where to stop before it, best first
PIECE = 50  # boxes
ASIDE_RAD = (0.0, 0.5, -0.5, 1.0, -1.0)

Bools: TypeAlias = "npt.NDArray[np.bool_]"
Point = tuple[float, float]
Cell = tuple[int, int]


class Floor:
    """Which spots of a place a body can stand on: a grid of CELL_M, True where free.

    `reach` is True where one can also walk to from the spawn point and the doors.
    """

    def __init__(self, place: Place) -> None:
        for _ in self._lay(place):
            pass

    def _lay(self, place: Place) -> Iterator[str]:
        solid, ground = (*place.colliders, *trunks(place)), ground_of(place)
        points = [box.at_m for box in solid] + [place.spawn.at_m] + [door.at_m for door in place.doors]
        self.x0 = min(p[0] for p in points) - 1
        self.y0 = min(p[1] for p in points) - 1
        nx = int((max(p[0] for p in points) + 1 - self.x0) / CELL_M) + 1
        ny = int((max(p[1] for p in points) + 1 - self.y0) / CELL_M) + 1
        self.free = np.ones((nx, ny), bool)
        reach = BODY_RADIUS_M + MARGIN_M
        for number, box in enumerate(solid):
            if number % PIECE == 0:
                yield "boxes"
            if not in_the_way(box, ground.height_m(box.at_m[0], box.at_m[1])):
                continue
            rows, columns, near = shadow(box, (self.x0, self.y0), (nx, ny), reach)
            self.free[rows, columns] &= ~near
        yield "cells"
        padded = np.zeros((nx + 2, ny + 2), np.uint8)
        padded[1:-1, 1:-1] = self.free
        self.padded, self.row = padded.tobytes(), ny + 2  # for the search: no step leaves the grid
        seeds = [place.spawn.at_m[:2], *(inside_m(door) for door in place.doors)]
        self.reach = spread(padded > 0, [self.nearest_free(*seed) for seed in seeds])

    def cell(self, x_m: float, y_m: float) -> Cell:
        """The grid cell of a point."""
        return round((x_m - self.x0) / CELL_M), round((y_m - self.y0) / CELL_M)

    def point(self, cell: Cell) -> Point:
        """The middle of a grid cell, metres in place space."""
        return self.x0 + cell[0] * CELL_M, self.y0 + cell[1] * CELL_M

    def can_reach(self, x_m: float, y_m: float) -> bool:
        """Whether a body can come to stand at a point."""
        i, j = self.cell(x_m, y_m)
        return 0 <= i < self.free.shape[0] and 0 <= j < self.free.shape[1] and bool(self.reach[i, j])

    def nearest_free(self, x_m: float, y_m: float) -> Cell:
        """The free cell closest to a point."""
        return self._nearest(self.free, x_m, y_m)

    def nearest_in_reach(self, x_m: float, y_m: float) -> Point:
        """The point that one can come to closest to another."""
        return self.point(self._nearest(self.reach, x_m, y_m))

    def _nearest(self, cells: Bools, x_m: float, y_m: float) -> Cell:
        i, j = self.cell(x_m, y_m)
        if 0 <= i < cells.shape[0] and 0 <= j < cells.shape[1] and cells[i, j]:
            return i, j
        there = np.argwhere(cells)
        best = there[np.argmin((there[:, 0] - i) ** 2 + (there[:, 1] - j) ** 2)]
        return int(best[0]), int(best[1])


def lay(place: Place) -> Generator[str, None, Floor]:
    """The floor of a place, worked out piece by piece; yields between pieces of a millisecond or two."""
    floor = Floor.__new__(Floor)
    yield from floor._lay(place)
    return floor


def in_the_way(box: Box, floor_m: float = 0.0) -> bool:
    """Whether a box stands in the way of who walks at `floor_m`: one neither steps over it nor walks beneath."""
    bottom, top = box.at_m[2] - floor_m, box.at_m[2] + box.size_m[2] - floor_m
    return not (box.climb_m > 0 or top <= STEP_UP_M or bottom >= BODY_HEIGHT_M)


def shadow(box: Box, from_m: Point, shape: Cell, reach_m: float) -> tuple[slice, slice, Bools]:
    """The cells of a grid that begins at `from_m` within `reach_m` of a box: rows, columns, and which of these."""
    half = hypot(box.size_m[0], box.size_m[1]) / 2 + reach_m
    dx, dy = box.at_m[0] - from_m[0], box.at_m[1] - from_m[1]
    i0, j0 = max(round((dx - half) / CELL_M), 0), max(round((dy - half) / CELL_M), 0)
    i1, j1 = min(round((dx + half) / CELL_M) + 1, shape[0]), min(round((dy + half) / CELL_M) + 1, shape[1])
    across_x = np.arange(i0, max(i0, i1))[:, None] * CELL_M - dx
    across_y = np.arange(j0, max(j0, j1))[None, :] * CELL_M - dy
    yaw = radians(box.yaw_deg)
    along = np.abs(across_x * cos(yaw) + across_y * sin(yaw)) - box.size_m[0] / 2
    aside = np.abs(across_y * cos(yaw) - across_x * sin(yaw)) - box.size_m[1] / 2
    near: Bools = np.hypot(np.maximum(along, 0), np.maximum(aside, 0)) <= reach_m
    return slice(i0, max(i0, i1)), slice(j0, max(j0, j1)), near


def spread(free: Bools, seeds: list[Cell]) -> Bools:
    """The cells of a grid with a closed rim that hang together with the seeds, straight steps alone; without the rim.

    Whole runs of free cells are taken at a time, along rows and columns in turn.
    """
    found = np.zeros_like(free)
    for i, j in seeds:
        found[i + 1, j + 1] = True
    runs = np.cumsum(~free).reshape(free.shape), np.cumsum(~free.T).reshape(free.T.shape).T
    count = 0
    while np.count_nonzero(found) > count:
        count = int(np.count_nonzero(found))
        for run in runs:
            hit = np.zeros(free.size + 1, np.bool_)
            hit[run[found]] = True
            found = free & hit[run]
    return found[1:-1, 1:-1]


class Seek:
    """A search for a way, in as many pieces as one likes: call `advance` until it says that it is over."""

    def __init__(self, floor: Floor, start_m: Point, goal_m: Point) -> None:
        self.floor, self.start_m, self.goal_m = floor, start_m, goal_m
        self.goal = floor.nearest_free(*goal_m)
        self.found = False
        row = floor.row
        side, slant = 1.0, sqrt(2)
        self._moves = ((row, side), (-row, side), (1, side), (-1, side), (row + 1, slant), (row - 1, slant),
                       (1 - row, slant), (-1 - row, slant))  # fmt: skip
        self._end = self._flat(self.goal)
        first = self._flat(floor.nearest_free(*start_m))
        self._came = {first: -1}
        self._cost = {first: 0.0}
        self._closed: set[int] = set()
        self._nearest = (self._left(first), first)
        self._heap = [(0.0, first)]

    def _flat(self, cell: Cell) -> int:
        return (cell[0] + 1) * self.floor.row + cell[1] + 1

    def _cell(self, flat: int) -> Cell:
        return flat // self.floor.row - 1, flat % self.floor.row - 1

    def _left(self, flat: int) -> float:
        """What the rest of the way costs at least: steps straight and slanting, nothing in between."""
        di, dj = abs(flat // self.floor.row - 1 - self.goal[0]), abs(flat % self.floor.row - 1 - self.goal[1])
        return max(di, dj) + (sqrt(2) - 1) * min(di, dj)

    def advance(self, cells: int) -> bool:
        """Look at up to so many more cells; True once the search is over, whether or not it found the goal."""
        free, closed, cost = self.floor.padded, self._closed, self._cost
        while cells > 0 and self._heap:
            _, here = heapq.heappop(self._heap)
            if here in closed:
                continue
            closed.add(here)
            cells -= 1
            if here == self._end:
                self.found = True
                self._nearest = (0.0, here)
                return True
            self._nearest = min(self._nearest, (self._left(here), here))
            for move, price in self._moves:
                there = here + move
                total = cost[here] + price
                if free[there] and there not in closed and total < cost.get(there, inf):
                    cost[there] = total
                    self._came[there] = here
                    heapq.heappush(self._heap, (total + self._left(there), there))
        return not self._heap

    def way(self) -> list[Point]:
        """Way points to the goal, or to the spot closest to it that can be reached; metres in place space."""
        cells, here = [], self._nearest[1]
        while here != -1:
            cells.append(self._cell(here))
            here = self._came[here]
        cells.reverse()
        return _straighten(self.floor, cells)


def route(floor: Floor, start_m: Point, goal_m: Point) -> list[Point]:
    """Way points from start to the free spot nearest to the goal, metres in place space.

    Raises GameError when no way leads there.
    """
    seek = Seek(floor, start_m, goal_m)
    while not seek.advance(10_000):
        pass
    if not seek.found:
        raise GameError(f"no way on foot from {start_m} to {goal_m}: something closes the floor off; move a collider")
    return seek.way()


def _straighten(floor: Floor, cells: list[Cell]) -> list[Point]:
    """The way through cells, leaving out all that can be cut short in a straight line."""
    kept, i = [], 0
    while i < len(cells) - 1:
        j = len(cells) - 1
        while j > i + 1 and not _clear(floor, cells[i], cells[j]):
            j -= 1
        kept.append(cells[j])
        i = j
    return [floor.point(cell) for cell in kept] or [floor.point(cells[-1])]


def _clear(floor: Floor, a: Cell, b: Cell) -> bool:
    n = 2 * max(abs(a[0] - b[0]), abs(a[1] - b[1])) + 1
    i = np.rint(np.linspace(a[0], b[0], n)).astype(int)
    j = np.rint(np.linspace(a[1], b[1], n)).astype(int)
    return bool(floor.free[i, j].all())


def before_stand(floor: Floor, stand: Stand) -> Point:
    """Where to stop before a stand to look at its good: in front of it where that is free, else as near as can be."""
    front = radians(stand.yaw_deg)
    for away_m in AWAY_M:
        for side in ASIDE_RAD:
            x, y = stand.at_m[0] + away_m * sin(front + side), stand.at_m[1] - away_m * cos(front + side)
            if floor.can_reach(x, y):
                return x, y
    return floor.nearest_in_reach(stand.at_m[0], stand.at_m[1])


# --- from place to place -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leg:
    """One place's part of a way: from a point of it to another, and out by a door unless it is the last part."""

    place: PlaceId
    from_m: Point
    to_m: Point
    door: Door | None


def inside_m(door: Door) -> Point:
    """The point from which one walks straight through a door."""
    yaw = radians(door.yaw_deg)
    return door.at_m[0] + BEFORE_DOOR_M * sin(yaw), door.at_m[1] - BEFORE_DOOR_M * cos(yaw)


def legs(places: Mapping[PlaceId, Place], here: PlaceId, at_m: Point, there: PlaceId, to_m: Point) -> list[Leg]:
    """The shortest way through doors, each place's part measured as the crow flies; empty when none leads there."""
    heap: list[tuple[float, int, PlaceId, Point, tuple[Leg, ...]]] = [(0.0, 0, here, at_m, ())]
    seen: set[tuple[PlaceId, Point]] = set()
    number = 0
    while heap:
        so_far_m, _, place_id, from_m, done = heapq.heappop(heap)
        if done and done[-1].door is None:
            return list(done)
        if (place_id, from_m) in seen:
            continue
        seen.add((place_id, from_m))
        ahead: list[tuple[PlaceId, Point, Leg]] = []
        if place_id == there:
            ahead.append((place_id, to_m, Leg(place_id, from_m, to_m, None)))
        for door in places[place_id].doors:
            other = landing(places, door)
            if other is not None:
                ahead.append((door.to_place, inside_m(other), Leg(place_id, from_m, inside_m(door), door)))
        for next_place, next_m, leg in ahead:
            number += 1
            heapq.heappush(heap, (so_far_m + length_m([leg]), number, next_place, next_m, (*done, leg)))
    return []


def landing(places: Mapping[PlaceId, Place], door: Door) -> Door | None:
    """The door of the other place that a door leads to; None when it leads nowhere."""
    place = places.get(door.to_place)
    return next((other for other in place.doors if other.id == door.to_door), None) if place is not None else None


def length_m(parts: list[Leg]) -> float:
    """How long a way is, each place's part measured as the crow flies."""
    passing = sum(2 * BEFORE_DOOR_M for leg in parts if leg.door is not None)
    return passing + sum(hypot(leg.to_m[0] - leg.from_m[0], leg.to_m[1] - leg.from_m[1]) for leg in parts)
