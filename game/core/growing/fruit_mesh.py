"""One fruit as triangles, hanging from the origin: its outline turned, or a bunch of berries, with stalk and calyx."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.growing.chance import Floats, Ints, directions, seed_of, uniform, unit
from game.core.growing.species import Species

if TYPE_CHECKING:
    import numpy.typing as npt

Bools: TypeAlias = "npt.NDArray[np.bool_]"
BERRY_STREAM = 41


@dataclass(slots=True, frozen=True)
class Fineness:
    """How finely a fruit is drawn; `berries` is the share of a bunch's."""

    name: str
    sides: int
    rings: int  # between its two ends; 0: as many as its outline has
    berries: float
    berry_sides: int
    stalk: bool


HERO = Fineness("hero", 10, 5, 1.0, 6, True)
NEAR = Fineness("near", 5, 3, 0.3, 4, True)
MID = Fineness("mid", 3, 2, 0.0, 0, False)
FAR = Fineness("far", 3, 1, 0.0, 0, False)


@dataclass(slots=True, frozen=True)
class FruitMesh:
    """Vertices (n) in metres, the stalk's upper end at the origin, and triangles (m, 3).

    `blush` 0..1 is how much of the sun's side a vertex has, `dark` 0..1 how deep it lies, `green` is what never ripens.
    """

    at_m: Floats
    normal: Floats
    blush: Floats
    dark: Floats
    green: Bools
    triangles: Ints


@lru_cache(maxsize=64)
def fruit_mesh(species: Species, fineness: Fineness) -> FruitMesh:
    """The fruit of a species."""
    fruit = species.fruit
    if fruit.berries and fineness.berries:
        body = _bunch(species, fineness)
    else:
        body = _turned(np.array(fruit.outline, np.float64), fruit.size_m, fineness.sides, fineness.rings)
    at_m, normal, dark, triangles = body
    at_m = at_m - np.array([0.0, 0.0, fruit.stalk_m])
    green = np.zeros(len(at_m), bool)
    if fineness.stalk:
        stalk, faces = _stalk(fruit.stalk_m + fruit.size_m * 0.12, fruit.size_m * 0.022 + 0.0012)
        triangles = np.concatenate([triangles, faces + len(at_m)])
        at_m = np.concatenate([at_m, stalk])
        normal = np.concatenate([normal, unit(stalk * np.array([1.0, 1.0, 0.0]) + 1e-6)])
        dark = np.concatenate([dark, np.full(len(stalk), 0.2)])
        green = np.concatenate([green, np.ones(len(stalk), bool)])
    blush = np.clip(0.5 + 0.75 * normal[:, 0] + 0.35 * normal[:, 2], 0.0, 1.0)
    return FruitMesh(at_m, normal, blush, dark, green, triangles)


def _turned(outline: Floats, size_m: float, sides: int, rings: int) -> tuple[Floats, Floats, Floats, Ints]:
    """A turned outline hanging below the origin, smooth all over."""
    if rings:
        along = np.concatenate([[0.0], np.cumsum(np.sqrt((np.diff(outline, axis=0) ** 2).sum(1)))])
        wanted = np.linspace(0.0, along[-1], rings + 2)
        outline = np.stack([np.interp(wanted, along, outline[:, axis]) for axis in (0, 1)], -1)
    inner = outline[1:-1]
    angle = np.arange(sides) * (2 * np.pi / sides)
    circle = np.stack([np.cos(angle), np.sin(angle)], -1)
    ring = np.concatenate(
        [inner[:, None, :1] * circle[None], np.broadcast_to(inner[:, None, 1:], (len(inner), sides, 1))], -1
    )
    ends = np.array([(0.0, 0.0, outline[0, 1]), (0.0, 0.0, outline[-1, 1])])
    at = np.concatenate([ring.reshape(-1, 3), ends])
    slope = np.gradient(outline, axis=0)[1:-1]
    flat = np.stack([slope[:, 1], -slope[:, 0]], -1)
    normal = np.concatenate(
        [flat[:, None, :1] * circle[None], np.broadcast_to(flat[:, None, 1:], (len(inner), sides, 1))], -1
    )
    normals = np.concatenate([unit(normal.reshape(-1, 3)), [[0.0, 0.0, -1.0], [0.0, 0.0, 1.0]]])
    step, count = np.arange(len(inner) - 1)[:, None] * sides, np.arange(sides)
    a, b = step + count, step + (count + 1) % sides
    low, high, last = len(ring) * sides, len(ring) * sides + 1, (len(inner) - 1) * sides
    after = (count + 1) % sides
    triangles = np.concatenate([
        np.stack([a, b, b + sides], -1).reshape(-1, 3), np.stack([a, b + sides, a + sides], -1).reshape(-1, 3),
        np.stack([after, count, np.full(sides, low)], -1),
        np.stack([last + count, last + after, np.full(sides, high)], -1),
    ]).astype(np.int64)  # fmt: skip
    radius = np.concatenate([inner[:, 0].repeat(sides), [outline[0, 0], outline[-1, 0]]])
    dark = np.clip(1.0 - radius / (0.5 * outline[:, 0].max()), 0.0, 1.0) * 0.55
    at_m = (at - np.array([0.0, 0.0, outline[-1, 1]])) * size_m
    return at_m, normals, dark, triangles


def _bunch(species: Species, fineness: Fineness) -> tuple[Floats, Floats, Floats, Ints]:
    """Berries on the hull of the outline, the larger the fewer."""
    fruit = species.fruit
    count = max(5, round(fruit.berries * fineness.berries))
    outline = np.array(fruit.outline, np.float64)
    height = (np.arange(count) + 0.5) / count
    height = height + (uniform(seed_of(BERRY_STREAM, count), count) - 0.5) / count
    # More berries where the bunch is wider.
    wide = np.interp(np.linspace(0, 1, 33), outline[:, 1] / outline[-1, 1], outline[:, 0])
    level = np.interp(height * wide.sum(), np.cumsum(wide), np.linspace(0, 1, 33))
    angle = np.arange(count) * 2.399963
    radius = np.interp(level, outline[:, 1] / outline[-1, 1], outline[:, 0])
    middle = np.stack([radius * np.cos(angle), radius * np.sin(angle), level], -1) * fruit.size_m
    middle[:, 2] -= fruit.size_m
    berry = fruit.size_m * 0.86 / np.sqrt(count)
    round_ = np.array([(0.0, 0.0), (0.38, 0.14), (0.5, 0.5), (0.38, 0.86), (0.0, 1.0)])
    ball, normals, _, faces = _turned(round_, 1.0, fineness.berry_sides, 3 if fineness.berry_sides > 4 else 1)
    ball = ball + np.array([0.0, 0.0, 0.5])
    at_m = (middle[:, None] + ball[None] * berry).reshape(-1, 3)
    outward = unit(middle * np.array([1.0, 1.0, 0.0]) + 1e-9)
    facing = (np.tile(normals, (count, 1)) * outward.repeat(len(ball), axis=0)).sum(1)
    dark = np.clip(0.45 - 0.6 * facing, 0.0, 0.85)
    triangles = (faces[None] + len(ball) * np.arange(count)[:, None, None]).reshape(-1, 3)
    return at_m, np.tile(normals, (count, 1)), dark, triangles


def _stalk(long_m: float, wide_m: float) -> tuple[Floats, Ints]:
    """A three-sided stick down from the origin."""
    angle = np.arange(3) * (2 * np.pi / 3)
    ring = np.stack([np.cos(angle) * wide_m, np.sin(angle) * wide_m, np.zeros(3)], -1)
    at_m = np.concatenate([ring, ring - np.array([0.0, 0.0, long_m])])
    faces = []
    for k in range(3):
        n = (k + 1) % 3
        faces += [(k, 3 + n, n), (k, 3 + k, 3 + n)]
    return at_m, np.array(faces, np.int64)


def jitter_turns(count: int, seed: int) -> Floats:
    """Horizontal unit vectors (count, 2): how each fruit of a tree is turned about its stalk."""
    way = directions(seed, count)[:, :2]
    long = np.sqrt((way * way).sum(1))
    return np.asarray(np.where(long[:, None] > 1e-6, way / np.maximum(long, 1e-6)[:, None], np.array([1.0, 0.0])))
