"""The picture that lies on rolling ground: grass, paths, banks, the square, and the shadows of trees and houses.

Painted once for a place as colours and as how much sun and sky reach them; a mood then is a weighing of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import radians
from typing import Any

import numpy as np

from game.core.ground import Ground
from game.core.growing.chance import seed_of, uniform
from game.core.places import Box

TEXEL_M = 0.14
RANGE = 4.0  # as baked light is coded
GRASS = np.array([(0.085, 0.165, 0.030), (0.150, 0.245, 0.045), (0.235, 0.290, 0.070)])
EARTH, PALE_EARTH = np.array([0.245, 0.165, 0.095]), np.array([0.46, 0.345, 0.215])
PEBBLE, BED = np.array([0.33, 0.30, 0.24]), np.array([0.10, 0.105, 0.075])
FLOWERS = np.array([(0.95, 0.90, 0.80), (0.95, 0.72, 0.10), (0.75, 0.35, 0.55)])
CROWN_DARK, HOUSE_DARK = 0.74, 0.94  # of the sun, what a crown and a house keep away


@dataclass(slots=True, frozen=True)
class Crowns:
    """The trees (n) that cast shadows: where they stand (n, 3), radius and middle height of their crowns (n,)."""

    at_m: np.ndarray
    radius_m: np.ndarray
    middle_m: np.ndarray


@dataclass(slots=True, frozen=True)
class Painting:
    """Linear albedo (h, w, 3); sun, sky and lamps (h, w) 0..1; row 0 is the south. `lo_m`, `size_m` say what it covers.

    `green` (h, w) 0..1 is where grass grows.
    """

    albedo: np.ndarray
    sun: np.ndarray
    sky: np.ndarray
    lamp: np.ndarray
    green: np.ndarray
    lo_m: tuple[float, float]
    size_m: tuple[float, float]

    def uv(self, points_m: np.ndarray) -> np.ndarray:
        """Texture coordinates (n, 2) of points."""
        return (points_m[:, :2] - self.lo_m) / self.size_m

    def lit(self, sun: np.ndarray, sky: np.ndarray, lamp: np.ndarray) -> np.ndarray:
        """Bytes (h, w, 3) BGR, as light pictures are coded, under a sun, a sky and lamps of these colours."""
        light = np.zeros(self.albedo.shape, np.float32)
        for share, colour in ((self.sun, sun), (self.sky, sky), (self.lamp, lamp)):
            light += share[..., None] * np.asarray(colour, np.float32)
        coded = np.sqrt(self.albedo * light * (255.0 * 255.0 / RANGE)) + 0.5
        out: np.ndarray = np.minimum(coded, 255).astype(np.uint8)[..., ::-1]
        return out


def paint(
    ground: Ground, facts: dict[str, Any], crowns: Crowns, boxes: tuple[Box, ...], sunward: np.ndarray
) -> Painting:
    """Paint the ground of a place; `facts` are those of its place.json."""
    wide = (len(ground.rows[0]) - 1) * ground.cell_m
    deep = (len(ground.rows) - 1) * ground.cell_m
    shape = round(deep / TEXEL_M), round(wide / TEXEL_M)
    x = (ground.x0_m + (np.arange(shape[1]) + 0.5) * (wide / shape[1])).astype(np.float32)
    y = (ground.y0_m + (np.arange(shape[0]) + 0.5) * (deep / shape[0])).astype(np.float32)
    rough = {size: noise(shape, size, seed) for size, seed in ((3, 1), (9, 2), (46, 3))}
    albedo = _grass(rough, shape)
    _under_trees(albedo, crowns, x, y, rough)
    green = 1.0 - _ways(albedo, facts, x, y, rough)
    sun, sky = _facing(ground, x, y, sunward)
    _crown_shadows(sun, sky, crowns, x, y, sunward, rough[3])
    _house_shadows(sun, sky, boxes, x, y, sunward)
    lamp = _lamps(facts, x, y)
    return Painting(albedo, sun, sky, lamp, green, (ground.x0_m, ground.y0_m), (wide, deep))


def noise(shape: tuple[int, int], size: int, seed: int) -> np.ndarray:
    """Smooth noise (h, w) 0..1 of blobs about `size` texels wide."""
    rows, columns = shape[0] // size + 3, shape[1] // size + 3
    coarse = uniform(seed_of(77, seed), rows * columns).reshape(rows, columns).astype(np.float32)
    for axis, count in ((0, shape[0]), (1, shape[1])):
        at = np.arange(count, dtype=np.float32) / size
        low = at.astype(int)
        part = at - low
        part = part * part * (3 - 2 * part)
        part = part[:, None] if axis == 0 else part[None, :]
        coarse = coarse.take(low, axis) * (1 - part) + coarse.take(low + 1, axis) * part
    return coarse


def _grass(rough: dict[int, np.ndarray], shape: tuple[int, int]) -> np.ndarray:
    mixed = np.clip(0.62 * rough[46] + 0.26 * rough[9] + 0.24 * rough[3] - 0.06, 0, 1)[..., None] * 2
    low = np.clip(mixed, 0, 1) * (GRASS[1] - GRASS[0]) + GRASS[0]
    out: np.ndarray = (low + np.clip(mixed - 1, 0, 1) * (GRASS[2] - GRASS[1])).astype(np.float32)
    draw = uniform(seed_of(78), shape[0] * shape[1] // 420 * 3).reshape(-1, 3)
    rows, columns = (draw[:, 0] * shape[0]).astype(int), (draw[:, 1] * shape[1]).astype(int)
    kept = rough[46][rows, columns] > 0.52  # flowers keep company
    out[rows[kept], columns[kept]] = FLOWERS[(draw[kept, 2] * len(FLOWERS)).astype(int)] * 0.75
    return out


def _window(centre: np.ndarray, reach_m: float, x: np.ndarray, y: np.ndarray) -> tuple[slice, slice]:
    step_x, step_y = x[1] - x[0], y[1] - y[0]
    i0, i1 = (int(np.clip((centre[0] + s * reach_m - x[0]) / step_x, 0, len(x))) for s in (-1, 1))
    j0, j1 = (int(np.clip((centre[1] + s * reach_m - y[0]) / step_y, 0, len(y))) for s in (-1, 1))
    return slice(j0, j1), slice(i0, i1)


def _under_trees(
    albedo: np.ndarray, crowns: Crowns, x: np.ndarray, y: np.ndarray, rough: dict[int, np.ndarray]
) -> None:
    """Bare earth round the trunks."""
    for at in crowns.at_m:
        rows, columns = _window(at, 1.3, x, y)
        away = np.hypot(x[None, columns] - at[0], y[rows, None] - at[1])
        bare = np.clip((0.78 - away + 0.5 * (rough[3][rows, columns] - 0.5)) * 3.0, 0, 1)[..., None]
        part = albedo[rows, columns]
        part += (EARTH * (0.8 + 0.4 * rough[9][rows, columns, None]) - part) * bare


def _ways(
    albedo: np.ndarray, facts: dict[str, Any], x: np.ndarray, y: np.ndarray, rough: dict[int, np.ndarray]
) -> np.ndarray:
    """The stream's bed and banks, the paths, the square; (h, w) where these are."""
    covered = np.zeros(albedo.shape[:2], np.float32)
    wobble = 0.55 * (rough[9] - 0.5) + 0.35 * (rough[3] - 0.5)
    stream = facts.get("stream", [])
    if stream:
        away = _from_line(stream, x, y, 4.0)
        wide = float(facts.get("stream_wide_m", 1.5))
        bank = np.clip((wide * 0.5 + 0.9 - away + wobble * 1.3) * 1.6, 0, 1)[..., None]
        albedo += (PEBBLE * (0.65 + 0.7 * rough[3][..., None]) - albedo) * bank
        bed = np.clip((wide * 0.5 - away) * 2.0, 0, 1)[..., None]
        albedo += (BED - albedo) * bed
        covered = np.maximum(bank[..., 0], bed[..., 0])
    trodden = np.zeros(albedo.shape[:2], np.float32)
    for width, points in facts.get("paths", []):
        away = _from_line(points, x, y, width / 2 + 1.5)
        np.maximum(trodden, np.clip((width / 2 - away + wobble) * 2.4, 0, 1), out=trodden)
    if "square" in facts:
        x0, y0, x1, y1 = facts["square"]
        inside = np.minimum(np.minimum(x - x0, x1 - x)[None, :], np.minimum(y - y0, y1 - y)[:, None])
        np.maximum(trodden, np.clip((inside + 0.3 + wobble * 1.5) * 1.6, 0, 1), out=trodden)
    tone = PALE_EARTH * (0.80 + 0.22 * rough[9] + 0.16 * rough[3])[..., None]
    albedo += (tone - albedo) * trodden[..., None]
    return np.maximum(covered, trodden)


def _lamps(facts: dict[str, Any], x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Light on the ground (h, w) from lamps as (x, y, height)."""
    out = np.zeros((len(y), len(x)), np.float32)
    for at_x, at_y, high in facts.get("lamps", []):
        rows, columns = _window(np.array([at_x, at_y]), 14.0, x, y)
        square = (x[None, columns] - at_x) ** 2 + (y[rows, None] - at_y) ** 2 + high * high
        out[rows, columns] += 0.55 * high**3 / square**1.5
    return np.minimum(out, 1.0)


def _from_line(points: list[list[float]], x: np.ndarray, y: np.ndarray, reach_m: float) -> np.ndarray:
    """Distance (h, w) from a line of points, right within `reach_m` of it and large elsewhere."""
    out = np.full((len(y), len(x)), 99.0, np.float32)
    for a, b in pairwise(points):
        middle = (np.array(a) + b) / 2
        rows, columns = _window(middle, float(np.hypot(b[0] - a[0], b[1] - a[1])) / 2 + reach_m, x, y)
        dx, dy = x[None, columns] - a[0], y[rows, None] - a[1]
        ex, ey = b[0] - a[0], b[1] - a[1]
        part = np.clip((dx * ex + dy * ey) / (ex * ex + ey * ey), 0, 1)
        here = out[rows, columns]
        np.minimum(here, np.hypot(dx - part * ex, dy - part * ey), out=here)
    return out


def _facing(ground: Ground, x: np.ndarray, y: np.ndarray, sunward: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How squarely the ground faces the sun, (h, w), and the open sky."""
    grid = np.asarray(ground.rows, np.float32)
    east, north = np.gradient(grid, ground.cell_m, axis=1), np.gradient(grid, ground.cell_m, axis=0)
    slope = []
    for each in (east, north):
        down, over = (y - ground.y0_m) / ground.cell_m, (x - ground.x0_m) / ground.cell_m
        rows = np.array([np.interp(down, np.arange(len(grid)), column) for column in each.T]).T
        full = [np.interp(over, np.arange(grid.shape[1]), row) for row in rows]
        slope.append(np.array(full, np.float32))
    long = np.sqrt(1 + slope[0] ** 2 + slope[1] ** 2)
    sun = np.clip((-slope[0] * sunward[0] - slope[1] * sunward[1] + sunward[2]) / long, 0.05, 1)
    return sun.astype(np.float32), (0.5 + 0.5 / long).astype(np.float32)


def _crown_shadows(
    sun: np.ndarray, sky: np.ndarray, crowns: Crowns, x: np.ndarray, y: np.ndarray, sunward: np.ndarray,
    fine: np.ndarray,
) -> None:  # fmt: skip
    """A crown dims the sun behind it, with light between its leaves, and hides the sky beneath it."""
    for at, radius, middle in zip(crowns.at_m, crowns.radius_m, crowns.middle_m, strict=True):
        if radius < 0.1:
            continue
        far = middle / max(float(sunward[2]), 0.2)
        spot = at[:2] - sunward[:2] * far
        reach = radius * 1.25 / max(float(sunward[2]), 0.3)
        rows, columns = _window(spot, reach + 0.5, x, y)
        way = np.stack(np.broadcast_arrays(at[0] - x[None, columns], at[1] - y[rows, None], np.float32(middle)), -1)
        ahead = way @ sunward
        beside = np.sqrt(np.maximum((way * way).sum(-1) - ahead * ahead, 0)) / radius
        shade = np.clip((1.12 - beside) * 2.6, 0, 1) * (0.62 + 0.76 * fine[rows, columns])
        sun[rows, columns] *= 1 - CROWN_DARK * np.clip(shade, 0, 1)
        rows, columns = _window(at, radius * 1.6, x, y)
        away = np.hypot(x[None, columns] - at[0], y[rows, None] - at[1]) / radius
        sky[rows, columns] *= 1 - 0.46 * np.exp(-1.4 * away * away)


def _house_shadows(
    sun: np.ndarray, sky: np.ndarray, boxes: tuple[Box, ...], x: np.ndarray, y: np.ndarray, sunward: np.ndarray
) -> None:
    """Boxes on the level stop the sun, and hide the sky at their feet."""
    for box in boxes:
        if box.at_m[2] != 0.0 or box.size_m[2] < 0.4 or max(box.size_m[:2]) > 20.0:
            continue
        tall = box.size_m[2]
        reach = float(np.hypot(*box.size_m[:2])) / 2 + tall / max(float(sunward[2]), 0.3)
        rows, columns = _window(np.array(box.at_m), reach, x, y)
        yaw = radians(box.yaw_deg)
        c, s = np.cos(yaw), np.sin(yaw)
        dx, dy = x[None, columns] - box.at_m[0], y[rows, None] - box.at_m[1]
        lx, ly = dx * c + dy * s, dy * c - dx * s
        sx, sy = sunward[0] * c + sunward[1] * s, sunward[1] * c - sunward[0] * s
        enter, leave = np.zeros(lx.shape), np.full(lx.shape, tall / float(sunward[2]))
        for at, slope, half in ((lx, sx, box.size_m[0] / 2), (ly, sy, box.size_m[1] / 2)):
            way = slope if abs(slope) > 1e-6 else 1e-6
            first, second = (-half - at) / way, (half - at) / way
            enter, leave = np.maximum(enter, np.minimum(first, second)), np.minimum(leave, np.maximum(first, second))
        sun[rows, columns] *= 1 - HOUSE_DARK * (enter < leave)
        gap = np.hypot(np.maximum(np.abs(lx) - box.size_m[0] / 2, 0), np.maximum(np.abs(ly) - box.size_m[1] / 2, 0))
        sky[rows, columns] *= 1 - 0.5 * np.exp(-gap / min(0.3 * tall, 0.8))
