"""Contact shadows: how dark the surface below a good is, told by how much of the good is close above it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from panda3d.core import Geom, GeomNode, NodePath, TransparencyAttrib

from game.client import flat_shaders
from game.client.models import FORMAT, mesh

CELLS = 9  # corners a side of the patch
MARGIN_M = 0.035
NEAR_M = 0.045  # what is higher casts hardly any
DARK = 0.72
FLAT_M = 0.02  # a rug's shadow would lie on the rug itself
TINT = (0.05, 0.03, 0.02)
_INSIDE = ((1, 1, 1), (4, 1, 1), (1, 4, 1), (1, 1, 4), (1, 2, 2), (2, 1, 2), (2, 2, 1))  # weights of the corners


@dataclass(frozen=True, slots=True)
class Patch:
    """A grid of darkness (CELLS, CELLS) over a rectangle in the good's space; x runs along the second axis."""

    x_m: np.ndarray
    y_m: np.ndarray
    dark: np.ndarray


def patch_of(model: GeomNode) -> Patch:
    """The contact shadow of a model whose bottom is at z = 0."""
    samples = np.concatenate([_samples(geom) for geom in model.get_geoms()])
    low = samples[samples[:, 2] < 2.5 * NEAR_M]
    bounds = NodePath(model).get_tight_bounds()
    if not len(low) or bounds[1].z < FLAT_M:
        return Patch(np.zeros(CELLS), np.zeros(CELLS), np.zeros((CELLS, CELLS)))
    x = np.linspace(low[:, 0].min() - MARGIN_M, low[:, 0].max() + MARGIN_M, CELLS)
    y = np.linspace(low[:, 1].min() - MARGIN_M, low[:, 1].max() + MARGIN_M, CELLS)
    weight = np.exp(-np.maximum(low[:, 2], 0) / NEAR_M)
    dark = np.zeros((CELLS, CELLS))
    across = np.round((low[:, 0] - x[0]) / (x[1] - x[0])).astype(int)
    along = np.round((low[:, 1] - y[0]) / (y[1] - y[0])).astype(int)
    np.maximum.at(dark, (along, across), weight)
    blurred = _blurred(dark)
    blurred[[0, -1], :] = blurred[:, [0, -1]] = 0
    return Patch(x, y, np.minimum(blurred * 1.35, 1.0) * DARK)


def as_shadow(node: NodePath) -> None:
    """Draw a flat mesh as soft darkness on what lies below it."""
    node.set_shader(flat_shaders.flat(), 2)
    node.set_transparency(TransparencyAttrib.M_alpha)
    node.set_depth_write(False)
    node.set_depth_offset(1)
    node.set_bin("fixed", 0)


def shadows(name: str, patches: list[tuple[Patch, np.ndarray, float]]) -> GeomNode:
    """One mesh of the shadows of many goods: patch, position (3) and yaw in radians of each."""
    corners = np.arange(CELLS * CELLS, dtype=np.uint32).reshape(CELLS, CELLS)
    a, b, c, d = corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]
    points, tints, triangles = [], [], []
    for index, (patch, at, yaw) in enumerate(patches):
        x, y = np.meshgrid(patch.x_m, patch.y_m)
        cos, sin = np.cos(yaw), np.sin(yaw)
        flat = np.stack([cos * x - sin * y, sin * x + cos * y, np.zeros_like(x)], -1).reshape(-1, 3)
        points.append(flat + at)
        tint = np.zeros((CELLS * CELLS, 4), np.float32)
        tint[:, :3], tint[:, 3] = TINT, patch.dark.reshape(-1)
        tints.append(tint)
        seen = (patch.dark[:-1, :-1] + patch.dark[:-1, 1:] + patch.dark[1:, 1:] + patch.dark[1:, :-1]) > 0.02
        # Cut each cell along its lighter diagonal, or round shadows get corners.
        steep = patch.dark[:-1, :-1] + patch.dark[1:, 1:] > patch.dark[:-1, 1:] + patch.dark[1:, :-1]
        first = np.where(steep[..., None], np.stack([a, b, c], -1), np.stack([a, b, d], -1))
        second = np.where(steep[..., None], np.stack([a, c, d], -1), np.stack([b, c, d], -1))
        triangles.append(np.concatenate([first[seen], second[seen]]) + index * CELLS * CELLS)
    if not points:
        return mesh(name, np.zeros((0, 3), np.float32), np.zeros((0, 3), np.uint32))
    return mesh(name, np.concatenate(points), np.concatenate(triangles), colours=np.concatenate(tints))


def _samples(geom: Geom) -> np.ndarray:
    """Points on a model's triangles (n, 3)."""
    data = geom.get_vertex_data()
    assert data.get_format() == FORMAT, "contact shadows are for models of the lean reader"
    points = np.frombuffer(memoryview(data.get_array(0)).cast("B"), np.float32).reshape(-1, 12)[:, :3]
    prim = geom.get_primitive(0)
    indices = np.frombuffer(memoryview(prim.get_vertices()).cast("B"), np.uint32).reshape(-1, 3)
    corners = points[indices]
    low = corners[corners[:, :, 2].min(1) < 2.5 * NEAR_M]
    weights = np.array(_INSIDE, np.float32)
    inside: np.ndarray = weights / weights.sum(1, keepdims=True) @ low
    return inside.reshape(-1, 3)


def _blurred(grid: np.ndarray) -> np.ndarray:
    padded = np.pad(grid, 1)
    rows = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    return 0.25 * rows[:, :-2] + 0.5 * rows[:, 1:-1] + 0.25 * rows[:, 2:]
