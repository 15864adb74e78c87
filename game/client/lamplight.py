"""The light of lamps that a player has put into a room: on what stands there, and on the walls and the floor.

Walls and floor have their light baked in a picture. Every texel's place and normal are worked out once; a lamp then
adds its light to those within its reach, without shadows. Light is linear and in the same measure as the baked layers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from panda3d.core import GeomNode, NodePath

from game.client.light import RANGE, Colour, MoodLight, Picture, Probes, doubled
from game.client.matte import triangles_of
from game.client.models import load_model
from game.client.warmth import coloured
from game.core.ids import PieceId
from game.core.paints import LAMPLIGHT
from game.core.rooms import Piece, Room, placed_m

ONE_M = 0.55  # light that a lamp of power 1 throws straight on what is a metre away
SOFT_M2 = 0.12  # square of the size of a lamp: nearer than that its light hardly grows
SCATTERED = 0.22  # of its light that comes from all sides, off what is around


@dataclass(frozen=True, slots=True)
class Shining:
    """One lamp that is lit: where in the room, the colour and strength of its light, how far it reaches."""

    at_m: tuple[float, float, float]
    colour: Colour
    reach_m: float


def lamps_of(room: Room, kit: Mapping[PieceId, Piece]) -> tuple[Shining, ...]:
    """The lamps of a room that are lit, in the order of its items."""
    found = []
    for item in room.items:
        piece = kit.get(item.piece)
        if piece is None or piece.lamp is None or item.glow <= 0:
            continue
        r, g, b = coloured(item.warmth_k, item.paint.get(LAMPLIGHT, ""))
        strength = ONE_M * piece.lamp.power * item.glow
        colour = (r * strength, g * strength, b * strength)
        found.append(Shining(placed_m(item, piece.lamp.at_m), colour, piece.lamp.reach_m))
    return tuple(found)


def shone(lamps: tuple[Shining, ...], points_m: np.ndarray, normals: np.ndarray) -> np.ndarray:
    """The light (n, 3) of lamps at points (n, 3) that face `normals` (n, 3)."""
    out = np.zeros((len(points_m), 3))
    for lamp in lamps:
        near, way, strength = _reached(lamp, points_m)
        facing = np.clip((way * normals[near]).sum(1), 0, 1) * (1 - SCATTERED) + SCATTERED
        out[near] += (strength * facing)[:, None] * lamp.colour
    return out


def cubes_of(lamps: tuple[Shining, ...], points_m: np.ndarray) -> np.ndarray:
    """The same as ambient cubes (n, 6, 3), sides +x -x +y -y +z -z."""
    if not lamps:
        return np.zeros((len(points_m), 6, 3))
    at_m, colours, reach_m2 = _columns(lamps)
    away = at_m[None] - points_m[:, None]
    square = (away**2).sum(2)
    strength = np.maximum(1 - (square / reach_m2) ** 2, 0) ** 2 / (square + SOFT_M2)
    way = away / np.sqrt(square + 1e-9)[..., None]
    sides = np.stack([way, -way], -1).reshape(len(points_m), len(lamps), 6)  # +x -x +y -y +z -z
    sides = np.maximum(sides, 0) * (1 - SCATTERED) + SCATTERED
    light: np.ndarray = np.matmul((sides * strength[..., None]).transpose(0, 2, 1), colours)
    return light


@lru_cache(maxsize=4)
def _columns(lamps: tuple[Shining, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places (k, 3), colours (k, 3) and squared reaches (k,) of lamps."""
    at_m, colours = np.array([lamp.at_m for lamp in lamps]), np.array([lamp.colour for lamp in lamps])
    return at_m, colours, np.array([lamp.reach_m**2 for lamp in lamps])


def _reached(lamp: Shining, points_m: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the points within a lamp's reach their numbers, the way to the lamp and the strength of its light there."""
    away = np.asarray(lamp.at_m) - points_m
    square = (away**2).sum(1)
    near = np.nonzero(square < lamp.reach_m**2)[0]
    square, away = square[near], away[near]
    fade = (1 - (square / lamp.reach_m**2) ** 2) ** 2
    return near, away / np.sqrt(square + 1e-9)[:, None], fade / (square + SOFT_M2)


class LampProbes(Probes):
    """A place's probes, and on top the light of lamps; `weight` is how much lamps count at this hour."""

    def __init__(self, base: Probes, lamps: tuple[Shining, ...], weight: float) -> None:
        self.base, self.lamps, self.weight = base, lamps, weight

    def at(self, points_m: np.ndarray) -> np.ndarray:
        """Ambient cubes (n, 6, 3) at points (n, 3)."""
        points = np.asarray(points_m, float).reshape(-1, 3)
        return self.base.at(points) + self.weight * cubes_of(self.lamps, points)

    def mean(self) -> Colour:
        """The colour of the air: that of the place alone."""
        return self.base.mean()


@dataclass(frozen=True, slots=True)
class Texels:
    """Of one picture of light, at half its size: rows, columns, and of each covered texel its number, place, normal."""

    rows: int
    columns: int
    number: np.ndarray
    at_m: np.ndarray
    normal: np.ndarray

    def light(self, lamps: tuple[Shining, ...]) -> np.ndarray:
        """The light of lamps as a picture (rows, columns, 3)."""
        out = np.zeros((self.rows * self.columns, 3), np.float32)
        out[self.number] = shone(lamps, self.at_m, self.normal)
        return out.reshape(self.rows, self.columns, 3)


def texels_of(model: Path, rows: int, columns: int) -> Texels:
    """What each texel of a shell's picture of light lies on; `rows` and `columns` are those of the half-sized picture.

    Raises GameError when the model cannot be read.
    """
    places = np.zeros((rows * columns, 6), np.float32)
    covered = np.zeros(rows * columns, bool)
    for vertices, triangles in _meshes(load_model(model)):
        uv = vertices[:, 10:12] * (columns, rows)
        for corners in triangles:
            _fill(places, covered, columns, rows, uv[corners], vertices[corners, :6])
    number = np.nonzero(covered)[0]
    normal = places[number, 3:]
    return Texels(rows, columns, number, places[number, :3], normal / (np.linalg.norm(normal, axis=1)[:, None] + 1e-9))


def _fill(
    places: np.ndarray, covered: np.ndarray, columns: int, rows: int, uv: np.ndarray, values: np.ndarray
) -> None:
    """Spread a triangle's places and normals over the texels that it covers, and those at its rim."""
    lo, hi = np.floor(uv.min(0) - 0.5).astype(int), np.ceil(uv.max(0) + 0.5).astype(int)
    lo, hi = np.maximum(lo, 0), np.minimum(hi, (columns, rows))
    (ax, ay), (bx, by), (cx, cy) = uv
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) < 1e-9 or (hi <= lo).any():
        return
    x, y = np.meshgrid(np.arange(lo[0], hi[0]) + 0.5, np.arange(lo[1], hi[1]) + 0.5)
    b = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    c = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    part = np.stack([1 - b - c, b, c], -1)
    rim = 0.75 * np.sqrt(2) * max(np.ptp(uv, axis=0)) / abs(area)  # three quarters of a texel beyond its edges
    inside = part.min(-1) > -rim
    at = (np.floor(y).astype(int) * columns + np.floor(x).astype(int))[inside]
    part = np.clip(part[inside], 0, 1)
    fresh = ~covered[at] | (part.min(-1) > 0)
    places[at[fresh]] = (part[fresh] / part[fresh].sum(-1, keepdims=True)) @ values
    covered[at] = True


def texels_of_vertices(model: Path, rows: int, columns: int) -> Texels:
    """The same of vertex-lit things: a texel a vertex. Raises GameError when the model cannot be read."""
    vertices = np.concatenate([vertices for vertices, _ in _meshes(load_model(model))])
    column, row = np.floor(vertices[:, 10] * columns).astype(int), np.floor(vertices[:, 11] * rows).astype(int)
    number = np.clip(row, 0, rows - 1) * columns + np.clip(column, 0, columns - 1)
    return Texels(rows, columns, number, vertices[:, :3], vertices[:, 3:6])


def _meshes(root: NodePath) -> list[tuple[np.ndarray, np.ndarray]]:
    """Vertices (n, 12) and triangles (m, 3) of every mesh of the lean reader, moved to where its node stands."""
    root.flatten_light()
    found = []
    for path in root.find_all_matches("**/+GeomNode"):
        node = path.node()
        assert isinstance(node, GeomNode)
        for geom in node.get_geoms():
            raw = memoryview(geom.get_vertex_data().get_array(0)).cast("B")
            found.append((np.frombuffer(raw, np.float32).reshape(-1, 12), triangles_of(geom)))
    return found


def with_lamps(found: MoodLight, texels: Mapping[str, Texels], lamps: tuple[Shining, ...]) -> MoodLight:
    """A mood's light and that of lamps as one; the pictures of kinds without texels stay as they are."""
    weight = weight_of(found)
    pictures = dict(found.pictures)
    straight = (np.arange(256, dtype=np.float32) / 255) ** 2 * RANGE
    for kind, where in texels.items():
        if kind not in pictures or not lamps:
            continue
        picture = pictures[kind]
        pixels = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width, 3)
        extra = where.light(lamps)[..., ::-1] * np.float32(weight)  # pictures are BGR
        if extra.shape != pixels.shape:
            extra = doubled(extra)
        total = straight[pixels] + extra
        lit = np.minimum(np.sqrt(total * (255.0 * 255.0 / RANGE)) + 0.5, 255).astype(np.uint8)
        pictures[kind] = Picture(picture.width, picture.height, lit.tobytes())
    return MoodLight(found.mood, pictures, LampProbes(found.probes, lamps, weight))


def weight_of(found: MoodLight) -> float:
    """How much lamps count in a mood: by day they are lit, but the day is brighter."""
    return sum(found.mood.lamp) / 3
