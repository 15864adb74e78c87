"""Rolling ground as it is drawn: the patches that one walks on, their picture, the rim out to the hills, the stream."""

from __future__ import annotations

from typing import Any

import numpy as np
from panda3d.core import NodePath, Texture

from game.client import shaders
from game.client.grass import grass
from game.client.ground_paint import GRASS, Painting
from game.client.models import mesh
from game.client.particles import group, moving
from game.client.shaders import Variant, light_texture
from game.client.weather import PUDDLE_FRAGMENT, PUDDLE_VERTEX
from game.core.ground import Ground

CHUNK = 12  # cells a side of what is drawn or left out as one
TWIST_M = 0.03  # a patch that two triangles would miss by more is drawn finer
RIM_M = (6.0, 16.0, 34.0, 62.0)  # how far beyond the grid the ground goes on, in rings
WATER_UP_M = 0.30  # above the bed


class GroundView:
    """The ground below a scenery's root."""

    def __init__(self, ground: Ground, painting: Painting, facts: dict[str, Any], parent: NodePath) -> None:
        self.ground, self.painting = ground, painting
        self.root = parent.attach_new_node("ground")
        height, width = painting.sun.shape
        self.texture: Texture = light_texture("ground", width, height, smooth=True)
        self._patches()
        self._rim()
        grass(ground, self.texture, painting, self.root)
        if facts.get("stream"):
            self._stream(facts["stream"], float(facts.get("stream_wide_m", 1.5)))

    def light(self, pixels: np.ndarray) -> None:
        """Lay a picture from `Painting.lit` on it."""
        self.texture.set_ram_image(np.ascontiguousarray(pixels))

    def _patches(self) -> None:
        grid = np.asarray(self.ground.rows)
        rows, columns = grid.shape[0] - 1, grid.shape[1] - 1
        ground = self.root.attach_new_node("patches")
        for j0 in range(0, rows, CHUNK):
            for i0 in range(0, columns, CHUNK):
                cells = range(j0, min(j0 + CHUNK, rows)), range(i0, min(i0 + CHUNK, columns))
                points, triangles = self._chunk(grid, *cells)
                node = mesh(
                    "ground", points, triangles, normals=self._normals(points), colours=(1.0, 1.0, 1.0, 0.04),
                    uv=self.painting.uv(points),
                )  # fmt: skip
                part = ground.attach_new_node(node)
                shaders.dress(part, Variant.GROUND)
        ground.set_shader_input("light", self.texture)

    def _chunk(self, grid: np.ndarray, rows: range, columns: range) -> tuple[np.ndarray, np.ndarray]:
        """Points and triangles of some cells: two triangles each, or eight where the patch is twisted."""
        plan: list[tuple[float, float]] = []
        faces: list[tuple[int, int, int]] = []
        index: dict[tuple[int, int], int] = {}
        half_m = self.ground.cell_m / 2

        def corner(i2: int, j2: int) -> int:  # in half cells
            if (i2, j2) not in index:
                index[i2, j2] = len(plan)
                plan.append((self.ground.x0_m + i2 * half_m, self.ground.y0_m + j2 * half_m))
            return index[i2, j2]

        for j in rows:
            for i in columns:
                twist = grid[j, i] + grid[j + 1, i + 1] - grid[j, i + 1] - grid[j + 1, i]
                step = 1 if abs(twist) / 4 > TWIST_M else 2
                for v in range(2 * j, 2 * j + 2, step):
                    for u in range(2 * i, 2 * i + 2, step):
                        a, b = corner(u, v), corner(u + step, v)
                        c, d = corner(u + step, v + step), corner(u, v + step)
                        faces += [(a, b, c), (a, c, d)] if twist > 0 else [(a, b, d), (b, c, d)]
        flat = np.array(plan)
        return np.column_stack([flat, self.ground.heights_m(flat)]), np.array(faces)

    def _normals(self, points: np.ndarray) -> np.ndarray:
        """Smooth normals: those of the ground around a point."""
        reach = self.ground.cell_m
        east, north = (
            self.ground.heights_m(points[:, :2] + way) - self.ground.heights_m(points[:, :2] - way)
            for way in (np.array([reach, 0.0]), np.array([0.0, reach]))
        )
        normal: np.ndarray = np.column_stack([-east, -north, np.full(len(points), 2 * reach)])
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        return normal

    def _rim(self) -> None:
        """Meadows from the fence to the hills."""
        grid = self.ground
        x0, y0 = grid.x0_m, grid.y0_m
        x1, y1 = x0 + (len(grid.rows[0]) - 1) * grid.cell_m, y0 + (len(grid.rows) - 1) * grid.cell_m
        steps = 20
        sides = [((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))]
        edge = np.concatenate([
            np.array(a) + (np.array(b) - a) * (np.arange(steps) / steps)[:, None] for a, b in sides
        ])  # fmt: skip
        middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
        outward = (edge - middle) / np.linalg.norm(edge - middle, axis=1, keepdims=True)
        foot = grid.heights_m(edge)
        rings = [np.column_stack([edge, foot])]
        for number, far in enumerate(RIM_M):
            turn = np.arctan2(outward[:, 1], outward[:, 0])
            swell = 0.8 * np.sin(turn * 5 + number) + 0.5 * np.sin(turn * 11 + 2 * number)
            sink = foot * (1 - 0.12 * number) + swell * (number > 0) - 0.05 * far * (outward[:, 1] < -0.4)
            rings.append(np.column_stack([edge + outward * far, sink]))
        points = np.concatenate(rings)
        count = len(edge)
        k = np.arange(count)
        triangles = []
        for ring in range(len(RIM_M)):
            a, b = ring * count + k, ring * count + (k + 1) % count
            triangles += [np.column_stack([a, a + count, b + count]), np.column_stack([a, b + count, b])]
        tone = GRASS[1] * 0.55 + GRASS[2] * 0.35 + np.zeros((len(points), 3))
        tone *= 0.9 + 0.2 * np.sin(points[:, :1] * 0.31) * np.sin(points[:, 1:2] * 0.27)
        node = mesh("rim", points, np.concatenate(triangles), colours=np.column_stack([tone, np.zeros(len(points))]),
                    uv=np.tile([1.0, 0.8], (len(points), 1)))  # fmt: skip
        path = self.root.attach_new_node(node)
        shaders.dress(path, Variant.GROWN)

    def _stream(self, line: list[list[float]], wide_m: float) -> None:
        """Water that mirrors the sky, a ribbon just above the bed."""
        middle = np.array(line)
        fine = np.linspace(0, len(middle) - 1, (len(middle) - 1) * 3 + 1)
        middle = np.stack([np.interp(fine, np.arange(len(middle)), middle[:, axis]) for axis in (0, 1)], -1)
        along = np.gradient(middle, axis=0)
        aside = np.stack([along[:, 1], -along[:, 0]], -1) / np.linalg.norm(along, axis=1, keepdims=True)
        z = self.ground.heights_m(middle) + WATER_UP_M
        z = np.convolve(np.pad(z, 3, mode="edge"), np.ones(7) / 7, "valid")
        half = wide_m * 0.62
        spread = np.array([-half, -half * 0.75, 0.0, half * 0.75, half])
        points = np.concatenate([np.column_stack([middle + aside * off, z]) for off in spread])
        deep = np.repeat([0.0, 0.6, 1.0, 0.6, 0.0], len(middle))
        colours = np.column_stack([np.ones((len(points), 3)), deep])
        k, n = np.arange(len(middle) - 1), len(middle)
        triangles = []
        for band in range(len(spread) - 1):
            a, b = band * n + k, (band + 1) * n + k
            triangles += [np.column_stack([a, b, b + 1]), np.column_stack([a, b + 1, a + 1])]
        node = mesh("stream", points, np.concatenate(triangles), colours=colours)
        moving(group(self.root, "water"), node, PUDDLE_VERTEX, PUDDLE_FRAGMENT, 1)
