"""The ground of a place: level at z = 0, or heights on a grid with a bilinear patch in each cell.

Movement and drawing ask the same function. Beyond the grid its rim goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.places import Place, Terrain

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"


@dataclass(frozen=True)
class Ground:
    """Heights (rows, columns) in metres of a grid of `cell_m` from (x0_m, y0_m) on; rows go north, columns east."""

    x0_m: float = 0.0
    y0_m: float = 0.0
    cell_m: float = 1.0
    rows: tuple[tuple[float, ...], ...] = ((0.0, 0.0), (0.0, 0.0))

    @cached_property
    def _grid(self) -> Floats:  # not before it is asked for: a street is level, and its first frame needs no NumPy
        return np.array(self.rows, np.float64)

    @property
    def level(self) -> bool:
        """Whether it is z = 0 everywhere."""
        return self is LEVEL

    def height_m(self, x_m: float, y_m: float) -> float:
        """Height of the ground at a point."""
        rows = self.rows
        u = min(max((x_m - self.x0_m) / self.cell_m, 0.0), len(rows[0]) - 1.0)
        v = min(max((y_m - self.y0_m) / self.cell_m, 0.0), len(rows) - 1.0)
        i, j = min(int(u), len(rows[0]) - 2), min(int(v), len(rows) - 2)
        u, v = u - i, v - j
        south = rows[j][i] + (rows[j][i + 1] - rows[j][i]) * u
        north = rows[j + 1][i] + (rows[j + 1][i + 1] - rows[j + 1][i]) * u
        return south + (north - south) * v

    def heights_m(self, points: Floats) -> Floats:
        """Heights (n,) at points (n, 2 or more)."""
        grid = self._grid
        u = np.clip((points[:, 0] - self.x0_m) / self.cell_m, 0.0, grid.shape[1] - 1.0)
        v = np.clip((points[:, 1] - self.y0_m) / self.cell_m, 0.0, grid.shape[0] - 1.0)
        i = np.minimum(u.astype(np.int64), grid.shape[1] - 2)
        j = np.minimum(v.astype(np.int64), grid.shape[0] - 2)
        u, v = u - i, v - j
        south = grid[j, i] + (grid[j, i + 1] - grid[j, i]) * u
        north = grid[j + 1, i] + (grid[j + 1, i + 1] - grid[j + 1, i]) * u
        return np.asarray(south + (north - south) * v)

    def steepest(self) -> float:
        """The greatest slope anywhere, metres up a metre."""
        grid = self._grid
        east, north = np.abs(np.diff(grid, axis=1)).max(), np.abs(np.diff(grid, axis=0)).max()
        return float(np.hypot(east, north) / self.cell_m)


LEVEL = Ground()


@lru_cache(maxsize=32)
def _of_terrain(terrain: Terrain) -> Ground:
    rows = tuple(tuple(height / 100.0 for height in row) for row in terrain.heights_cm)
    return Ground(x0_m=terrain.at_m[0], y0_m=terrain.at_m[1], cell_m=terrain.cell_m, rows=rows)


def ground_of(place: Place) -> Ground:
    """The ground of a place."""
    return LEVEL if place.terrain is None else _of_terrain(place.terrain)
