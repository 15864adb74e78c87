"""Finds a way on foot through a place: A* over a grid of free spots."""

import heapq
from math import hypot

import numpy as np

from game.core.errors import GameError
from game.core.places import Place
from game.core.world import BODY_HEIGHT_M, BODY_RADIUS_M

CELL_M = 0.1
STEP_UP_M = 0.22  # what a body climbs without a ramp
MARGIN_M = 0.05  # kept from furniture, so that a walker does not scrape along it

Cell = tuple[int, int]


class Floor:
    """Which spots of a place a body can stand on: a grid of CELL_M, True where free."""

    def __init__(self, place: Place) -> None:
        points = [box.at_m for box in place.colliders] + [place.spawn.at_m] + [door.at_m for door in place.doors]
        self.x0 = min(p[0] for p in points) - 1
        self.y0 = min(p[1] for p in points) - 1
        nx = int((max(p[0] for p in points) + 1 - self.x0) / CELL_M) + 1
        ny = int((max(p[1] for p in points) + 1 - self.y0) / CELL_M) + 1
        x = self.x0 + np.arange(nx)[:, None] * CELL_M
        y = self.y0 + np.arange(ny)[None, :] * CELL_M
        self.free = np.ones((nx, ny), bool)
        reach = BODY_RADIUS_M + MARGIN_M
        for box in place.colliders:
            bottom, top = box.at_m[2], box.at_m[2] + box.size_m[2]
            if box.climb_m > 0 or top <= STEP_UP_M or bottom >= BODY_HEIGHT_M:
                continue
            yaw = np.radians(box.yaw_deg)
            dx, dy = x - box.at_m[0], y - box.at_m[1]
            along = np.abs(dx * np.cos(yaw) + dy * np.sin(yaw)) - box.size_m[0] / 2
            across = np.abs(dy * np.cos(yaw) - dx * np.sin(yaw)) - box.size_m[1] / 2
            self.free &= np.hypot(np.maximum(along, 0), np.maximum(across, 0)) > reach

    def cell(self, x_m: float, y_m: float) -> Cell:
        """The grid cell of a point."""
        return round((x_m - self.x0) / CELL_M), round((y_m - self.y0) / CELL_M)

    def point(self, cell: Cell) -> tuple[float, float]:
        """The middle of a grid cell, metres in place space."""
        return self.x0 + cell[0] * CELL_M, self.y0 + cell[1] * CELL_M

    def nearest_free(self, x_m: float, y_m: float) -> Cell:
        """The free cell closest to a point."""
        cells = np.argwhere(self.free)
        i, j = self.cell(x_m, y_m)
        best = cells[np.argmin((cells[:, 0] - i) ** 2 + (cells[:, 1] - j) ** 2)]
        return int(best[0]), int(best[1])


def route(floor: Floor, start_m: tuple[float, float], goal_m: tuple[float, float]) -> list[tuple[float, float]]:
    """Way points from start to the free spot nearest to the goal, metres in place space.

    Raises GameError when no way leads there.
    """
    start, goal = floor.nearest_free(*start_m), floor.nearest_free(*goal_m)
    came: dict[Cell, Cell | None] = {start: None}
    cost = {start: 0.0}
    heap = [(0.0, start)]
    while heap:
        _, here = heapq.heappop(heap)
        if here == goal:
            return _straighten(floor, came, goal)
        for di, dj in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
            there = (here[0] + di, here[1] + dj)
            if not (0 <= there[0] < floor.free.shape[0] and 0 <= there[1] < floor.free.shape[1]):
                continue
            if not floor.free[there]:
                continue
            total = cost[here] + hypot(di, dj)
            if total < cost.get(there, float("inf")):
                cost[there] = total
                came[there] = here
                heapq.heappush(heap, (total + hypot(there[0] - goal[0], there[1] - goal[1]), there))
    raise GameError(f"no way on foot from {start_m} to {goal_m}: something closes the floor off; move a collider")


def _straighten(floor: Floor, came: dict[Cell, Cell | None], goal: Cell) -> list[tuple[float, float]]:
    """The cells back to the start, leaving out all that can be cut short in a straight line."""
    cells: list[Cell] = []
    here: Cell | None = goal
    while here is not None:
        cells.append(here)
        here = came[here]
    cells.reverse()
    kept, i = [], 0
    while i < len(cells) - 1:
        j = len(cells) - 1
        while j > i + 1 and not _clear(floor, cells[i], cells[j]):
            j -= 1
        kept.append(cells[j])
        i = j
    return [floor.point(cell) for cell in kept]


def _clear(floor: Floor, a: Cell, b: Cell) -> bool:
    n = 2 * max(abs(a[0] - b[0]), abs(a[1] - b[1])) + 1
    i = np.rint(np.linspace(a[0], b[0], n)).astype(int)
    j = np.rint(np.linspace(a[1], b[1], n)).astype(int)
    return bool(floor.free[i, j].all())
