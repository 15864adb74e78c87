"""Where things are in the orchard, for its model and its place file: metres, z up, turns in degrees."""

from typing import NamedTuple

import numpy as np

from assets.studio.lighting import ProbeGrid, Sun

WEST, EAST, SOUTH, NORTH = -45.0, 47.0, -13.0, 71.0
SUN = Sun(direction=(0.70, 0.26, -0.665), strength=7.4, colour=(1.0, 0.87, 0.63))
SKY_DOME = (0.50, 0.62, 0.80)
PROBES = ProbeGrid(lo=(-10.0, -12.0), hi=(10.0, 6.0), nx=6, ny=6, zs=(0.3, 1.2, 2.4))
LO, HI, EYE = (-60.0, -40.0, -1.0), (60.0, 110.0, 40.0), (0.0, -3.0, 2.2)
CELL_M = 1.5
GATE_W, GATE_H = 2.2, 2.6
SQUARE = (-9.0, -12.0, 9.0, 4.0)  # x0, y0, x1, y1: level and paved with slabs inside
BARN_AT, BARN = (-7.6, -5.0), (4.4, 7.0, 3.0)  # middle; width along x, along y, height of the walls
PACKING_X, PACKING_Y, PACKING_DEEP = 8.6, (-8.2, -1.8), 3.4  # back wall; posts; how far it comes out
PACKING_MID = sum(PACKING_Y) / 2
DESK_AT, SCALE_AT = (7.0, -4.9), (-1.9, 2.5)
WELL_AT = (3.9, 1.6)
LAMPS = ((-3.4, -11.0), (3.4, -11.0), (-3.0, 5.6), (3.0, 5.6))
BENCHES = ((-4.6, 1.2, 90.0), (-5.2, -10.4, 180.0))
STREAM_WIDE_M = 1.5


class Planted(NamedTuple):
    """A grove: its plot, species, metres from tree to tree, and rows as (x, y, trees)."""

    plot: int
    species: str
    step_m: float
    rows: tuple[tuple[float, float, int], ...]
    hedge: bool = False


def _block(xs: tuple[tuple[float, int], ...], y0: float, rows: int, apart: float) -> tuple:
    return tuple((x, round(y0 + apart * k, 2), n) for k in range(rows) for x, n in xs)


GROVES = (
    Planted(1, "apple", 3.3, _block(((-40.9, 12),), 41.6, 8, 3.7)),
    Planted(2, "pear", 3.0, _block(((4.8, 5), (26.6, 7)), 41.6, 8, 3.7)),
    Planted(3, "orange", 3.0, _block(((4.8, 5), (26.6, 7)), 9.4, 8, 3.6)),
    Planted(4, "loquat", 3.3, _block(((12.2, 3), (28.2, 5)), -10.0, 5, 3.6)),
    Planted(5, "persimmon", 3.3, _block(((-40.9, 12),), 9.4, 8, 3.6)),
    Planted(6, "grape", 2.6, _block(((-41.5, 11),), -10.2, 7, 2.4), hedge=True),
    Planted(0, "apple", 3.3, ((-7.6, 1.6, 1), (-11.9, -10.0, 1))),  # the village's own, about the square
    Planted(0, "pear", 3.3, ((7.4, 2.2, 1), (-11.9, -6.4, 1))),
    Planted(0, "orange", 3.3, ((-5.2, 4.8, 1), (-11.9, -2.8, 1))),
    Planted(0, "loquat", 3.3, ((7.0, -10.6, 1), (-11.9, 0.8, 1))),
    Planted(0, "persimmon", 3.3, ((-7.4, -10.7, 1), (-11.9, 4.4, 1))),
    Planted(0, "grape", 2.6, ((4.4, 5.0, 1),), hedge=True),
)
PATHS = (  # width, points
    (3.0, ((0.0, -13.0), (0.0, 5.0), (0.3, 20.0), (-0.2, 38.0), (0.2, 55.0), (0.0, 70.0))),
    (2.4, ((-43.5, 38.2), (-20.0, 38.0), (0.0, 38.4), (19.0, 38.0), (26.0, 38.0), (45.5, 38.3))),
    (2.2, ((-43.5, 6.9), (-20.0, 6.9), (-9.0, 6.6), (0.0, 6.7), (12.0, 6.8), (19.0, 6.7), (26.0, 6.7), (45.5, 7.0))),
    (1.6, ((-43.3, -11.5), (-43.3, 30.0), (-43.2, 69.0))),
    (1.6, ((45.6, -11.5), (45.5, 30.0), (45.5, 69.0))),
)


def smooth(low: float, high: float, v: np.ndarray) -> np.ndarray:
    """0 up to `low`, 1 from `high` on."""
    part = np.clip((np.asarray(v, float) - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)


def stream_x(y: np.ndarray) -> np.ndarray:
    """Where the stream's middle is."""
    return 22.4 + 1.3 * np.sin(np.asarray(y) * 0.11 + 0.5) + 0.6 * np.sin(np.asarray(y) * 0.23)


def height(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The rolling ground before it is rounded to a grid: level about the square, rising to the north."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    z = 7.4 * smooth(7, 74, y)
    roll = 0.75 * np.sin(x * 0.10 + 1.3) * np.cos(y * 0.085) + 0.45 * np.sin(x * 0.055 - y * 0.13 + 0.7)
    z = z + roll * smooth(7, 22, y)
    z = z + 1.5 * smooth(12, 44, np.abs(x)) * (0.35 + 0.65 * smooth(0, 30, y))
    away = np.abs(x - stream_x(y))
    z = z - 0.75 * np.exp(-((away / 4.6) ** 2)) * (0.55 + 0.45 * smooth(0, 20, y))
    return z - 0.5 * np.exp(-((away / 1.35) ** 2))


def heights_cm() -> np.ndarray:
    """The grid of the place file: rows from south to north, whole centimetres."""
    xs = np.arange(WEST - 3, EAST + 3.1, CELL_M)
    ys = np.arange(SOUTH - 3, NORTH + 3.1, CELL_M)
    return np.round(height(*np.meshgrid(xs, ys)) * 100).astype(int)


def ground_m(x: float, y: float) -> float:
    """Height of the ground as the game has it: bilinear between the points of the grid."""
    cm = heights_cm()
    u, v = (x - (WEST - 3)) / CELL_M, (y - (SOUTH - 3)) / CELL_M
    i, j = min(max(int(u), 0), cm.shape[1] - 2), min(max(int(v), 0), cm.shape[0] - 2)
    a, b = np.clip(u - i, 0, 1), np.clip(v - j, 0, 1)
    south, north = cm[j, i] + (cm[j, i + 1] - cm[j, i]) * a, cm[j + 1, i] + (cm[j + 1, i + 1] - cm[j + 1, i]) * a
    return float(south + (north - south) * b) / 100


class Bridge(NamedTuple):
    """A plank bridge along X: middle of its deck, its length and width."""

    x: float
    y: float
    z: float
    long: float = 5.2
    wide: float = 2.3


def _bridge(y: float) -> Bridge:
    x = round(float(stream_x(y)), 1)
    z = max(ground_m(x - 2.5, y), ground_m(x + 2.5, y)) + 0.06
    return Bridge(x, y, round(z, 2))


BRIDGES = (_bridge(38.0), _bridge(6.7))
