"""What a binary glTF 2.0 file says of itself: bounding box, triangles, extensions; its geometry is not decoded.

Source: glTF 2.0 specification, sections 3.5 (nodes), 3.6 (accessors' min and max) and 4.4 (GLB layout).
"""

import json
import struct
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from game.core.errors import GameError
from game.core.goods import Vec3

MAGIC = 0x46546C67
JSON_CHUNK = 0x4E4F534A
TRIANGLES, STRIP, FAN = 4, 5, 6

Matrix = npt.NDArray[np.float64]


class Glb(Struct, frozen=True, kw_only=True):
    """A model file in the game's axes: x to the right, y backwards, z up, seen from its front; metres."""

    low_m: Vec3
    high_m: Vec3
    triangles: int
    bytes: int
    extensions: tuple[str, ...]  # used or required, sorted
    images: tuple[str, ...]  # MIME types
    outside: tuple[str, ...]  # files that it refers to beside itself
    nodes: tuple[str, ...]  # names

    @property
    def size_m(self) -> Vec3:
        """Width, depth and height of the bounding box."""
        low, high = self.low_m, self.high_m
        return high[0] - low[0], high[1] - low[1], high[2] - low[2]


def read_glb(path: Path) -> Glb:
    """Read a GLB's JSON chunk. Raises GameError when the file is no GLB, damaged, or without any mesh."""
    content = path.read_bytes()
    try:
        document = _document(content)
        return _measure(document, len(content))
    except (struct.error, ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise GameError(f"{path}: not a sound GLB ({type(error).__name__}: {error}); export it again") from error


def _document(content: bytes) -> dict[str, Any]:
    magic, version, length = struct.unpack_from("<III", content)
    if magic != MAGIC or version != 2:
        raise ValueError("it does not start as binary glTF 2.0")
    if length != len(content):
        raise ValueError(f"its header says {length} bytes, it has {len(content)}")
    chunk_length, chunk_type = struct.unpack_from("<II", content, 12)
    if chunk_type != JSON_CHUNK:
        raise ValueError("its first chunk is not JSON")
    document = json.loads(content[20 : 20 + chunk_length])
    if not isinstance(document, dict):
        raise TypeError("its JSON is not an object")
    return document


def _measure(document: dict[str, Any], size: int) -> Glb:
    corners: list[npt.NDArray[np.float64]] = []
    triangles = 0
    for mesh_index, world_from_mesh in _placed_meshes(document):
        for primitive in document["meshes"][mesh_index]["primitives"]:
            position = document["accessors"][primitive["attributes"]["POSITION"]]
            indices = document["accessors"][primitive["indices"]] if "indices" in primitive else position
            triangles += _triangles(primitive.get("mode", TRIANGLES), int(indices["count"]))
            for corner in product(*zip(position["min"], position["max"], strict=True)):
                corners.append(world_from_mesh @ np.array([*corner, 1.0]))
    if not corners:
        raise ValueError("it has no mesh in its scene")
    points = np.array(corners)[:, :3]
    low, high = points.min(axis=0), points.max(axis=0)
    referred = [*document.get("buffers", ()), *document.get("images", ())]
    return Glb(
        # glTF is +Y up with its front to +Z; in the game a good's front faces -Y.
        low_m=(float(low[0]), float(-high[2]), float(low[1])),
        high_m=(float(high[0]), float(-low[2]), float(high[1])),
        triangles=triangles,
        bytes=size,
        extensions=tuple(sorted({*document.get("extensionsUsed", ()), *document.get("extensionsRequired", ())})),
        images=tuple(image.get("mimeType", "") for image in document.get("images", ())),
        outside=tuple(item["uri"] for item in referred if not item.get("uri", "data:").startswith("data:")),
        nodes=tuple(node.get("name", "") for node in document.get("nodes", ())),
    )


def _triangles(mode: int, count: int) -> int:
    if mode == TRIANGLES:
        return count // 3
    return max(count - 2, 0) if mode in (STRIP, FAN) else 0


def _placed_meshes(document: dict[str, Any]) -> list[tuple[int, Matrix]]:
    """Every mesh of the scene with its transform; a skinned mesh ignores that of its own node."""
    nodes = document.get("nodes", [])
    scenes = document.get("scenes", [])
    roots = scenes[document.get("scene", 0)].get("nodes", []) if scenes else []
    found: list[tuple[int, Matrix]] = []
    todo: list[tuple[int, Matrix]] = [(root, np.identity(4)) for root in roots]
    if len(nodes) > 10_000:
        raise ValueError(f"it has {len(nodes)} nodes, more than 10,000")
    visits = 0
    while todo:
        visits += 1
        if visits > len(nodes):
            raise ValueError("its nodes form a loop")
        index, world_from_parent = todo.pop()
        node = nodes[index]
        world_from_node = world_from_parent @ _local(node)
        if "mesh" in node:
            found.append((node["mesh"], np.identity(4) if "skin" in node else world_from_node))
        todo += [(child, world_from_node) for child in node.get("children", ())]
    return found


def _local(node: dict[str, Any]) -> Matrix:
    return local_matrix(
        matrix=node.get("matrix"),
        rotation=node.get("rotation", (0.0, 0.0, 0.0, 1.0)),
        scale=node.get("scale", (1.0, 1.0, 1.0)),
        translation=node.get("translation", (0.0, 0.0, 0.0)),
    )


def local_matrix(
    *, matrix: Sequence[float] | None, rotation: Sequence[float], scale: Sequence[float], translation: Sequence[float]
) -> Matrix:
    """A node's own transform (4, 4), from its parent's space: of its 16 numbers by column, or of its parts."""
    if matrix is not None:
        return np.array(matrix, dtype=np.float64).reshape(4, 4).T
    x, y, z, w = rotation
    turn = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    local = np.identity(4)
    local[:3, :3] = turn * np.array(scale)
    local[:3, 3] = translation
    return local
