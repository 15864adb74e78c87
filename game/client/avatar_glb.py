"""Reads the person and what it wears: GLB files with a skeleton, morphs and clips, straight into NumPy arrays.

Only what the studio writes is read; anything else is refused by name. Everything is in core space.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from game.client.models import chunks
from game.client.painted import picture_in
from game.client.spaces import core_from_gltf
from game.core.errors import GameError

_DTYPES = {5121: "<u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


@dataclass(frozen=True)
class Mesh:
    """One mesh: points and normals (n, 3), colours (n, 4), uv (n, 2), triangles (m, 3), joints and weights (n, 4).

    A rigid mesh has no joints. `morphs` are displacements (n, 3) by the name of the edit.
    """

    name: str
    points: np.ndarray
    normals: np.ndarray
    colours: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    joints: np.ndarray | None
    weights: np.ndarray | None
    morphs: dict[str, np.ndarray]
    picture: bytes | None = None  # what it is painted with, an image file

    def edited(self, edits: Mapping[str, float]) -> tuple[np.ndarray, np.ndarray]:
        """Points and normals with the named edits applied by their strength."""
        points, moved = self.points, False
        for name, delta in self.morphs.items():
            strength = edits.get(name, 0.0)
            if strength:
                points = points + np.float32(strength) * delta
                moved = True
        if not moved:
            return points, self.normals
        turned = self.normals + _corner_sum(points, self.triangles, self._corners) - self._flat_normals
        return points, turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-6)

    @cached_property
    def _corners(self) -> tuple[np.ndarray, np.ndarray]:
        """The triangles' corners sorted by point, and where each point's begin."""
        flat = self.triangles.T.ravel()
        order = np.argsort(flat, kind="stable")
        return order, np.searchsorted(flat[order], np.arange(len(self.points)))

    @cached_property
    def _flat_normals(self) -> np.ndarray:
        return _corner_sum(self.points, self.triangles, self._corners)


@dataclass(frozen=True)
class Clip:
    """Joint rotations (frames, joints, 4) as (w, x, y, z) and the root's movement (frames, 3) in metres.

    The last frame repeats the first; `speed_mps` is how fast the ground moves under the feet.
    """

    rotations: np.ndarray
    root: np.ndarray
    secs: float
    speed_mps: float


@dataclass(frozen=True)
class Skeleton:
    """Joints in an order in which parents come first: names, parents (-1: none) and places at rest (n, 3)."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    rest: np.ndarray
    moves: dict[str, np.ndarray] = field(default_factory=dict)  # by edit, how far it moves each joint (n, 3)

    def edited(self, edits: Mapping[str, float]) -> "Skeleton":
        """The skeleton with the named edits applied by their strength."""
        rest = self.rest
        for name, moved in self.moves.items():
            rest = rest + moved * edits.get(name, 0.0)
        return replace(self, rest=rest)


@dataclass(frozen=True)
class Figure:
    """All of one file."""

    meshes: tuple[Mesh, ...]
    skeleton: Skeleton | None
    clips: dict[str, Clip]


def _corner_sum(
    points: np.ndarray, triangles: np.ndarray, corners: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Normals (n, 3) of length 1 as the triangles alone tell them; every point has a triangle."""
    a, b, c = (points[triangles[:, i]] for i in range(3))
    u, v = b - a, c - a
    face = u[:, (1, 2, 0)] * v[:, (2, 0, 1)] - u[:, (2, 0, 1)] * v[:, (1, 2, 0)]
    order, starts = corners
    out = np.add.reduceat(np.tile(face, (3, 1))[order], starts)
    normals: np.ndarray = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    return normals


def read_figure(path: Path) -> Figure:
    """Reads a GLB of the studio.

    Raises GameError when the file is missing or is not what the studio writes.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise GameError(f"{path}: the model cannot be read ({error.strerror}); reinstall or rebuild it") from None
    return figure_of(raw, str(path))


def figure_of(raw: bytes, name: str) -> Figure:
    """A figure of a GLB in memory; `name` is what it is called where it is refused. Raises GameError as above."""
    try:
        return _Reader(raw).figure()
    except (GameError, KeyError, IndexError, ValueError, TypeError, struct.error) as error:
        raise GameError(
            f"{name}: not a figure as the studio writes it ({type(error).__name__}: {error}); rebuild it"
        ) from error


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.doc, self.blob = chunks(raw)

    def figure(self) -> Figure:
        if self.doc.get("extensionsRequired"):
            raise ValueError(f"extensionsRequired {self.doc['extensionsRequired']} is not supported")
        skeleton = self._skeleton()
        meshes = tuple(self._mesh(n) for n in self.doc["nodes"] if "mesh" in n)
        clips = {c["name"]: self._clip(c, skeleton) for c in self.doc.get("animations", ())} if skeleton else {}
        return Figure(meshes, skeleton, clips)

    def _array(self, index: int) -> np.ndarray:
        spec = self.doc["accessors"][index]
        if "sparse" in spec:
            return self._sparse(spec)
        view = self.doc["bufferViews"][spec["bufferView"]]
        width, dtype = _WIDTH[spec["type"]], np.dtype(_DTYPES[spec["componentType"]])
        start = view.get("byteOffset", 0) + spec.get("byteOffset", 0)
        out = np.frombuffer(self.blob, dtype, spec["count"] * width, start).reshape(spec["count"], width)
        if spec.get("normalized"):
            return out.astype(np.float32) / np.iinfo(dtype).max
        return out

    def _sparse(self, spec: dict[str, Any]) -> np.ndarray:
        """An array of which only some rows are not 0."""
        views, sparse = self.doc["bufferViews"], spec["sparse"]
        width, dtype = _WIDTH[spec["type"]], np.dtype(_DTYPES[spec["componentType"]])
        out = np.zeros((spec["count"], width), dtype)
        at = views[sparse["indices"]["bufferView"]].get("byteOffset", 0)
        rows = np.frombuffer(self.blob, _DTYPES[sparse["indices"]["componentType"]], sparse["count"], at)
        at = views[sparse["values"]["bufferView"]].get("byteOffset", 0)
        out[rows] = np.frombuffer(self.blob, dtype, sparse["count"] * width, at).reshape(-1, width)
        return out

    def _mesh(self, node: dict[str, Any]) -> Mesh:
        mesh = self.doc["meshes"][node["mesh"]]
        (primitive,) = mesh["primitives"]
        attributes = primitive["attributes"]
        skinned = "skin" in node
        names = mesh.get("extras", {}).get("targetNames", ())
        morphs = {
            name: core_from_gltf(self._array(target["POSITION"]))
            for name, target in zip(names, primitive.get("targets", ()), strict=True)
        }
        return Mesh(
            name=node["name"],
            points=core_from_gltf(self._array(attributes["POSITION"])),
            normals=core_from_gltf(self._array(attributes["NORMAL"])),
            colours=self._array(attributes["COLOR_0"]),
            uv=self._array(attributes["TEXCOORD_0"]),
            triangles=self._array(primitive["indices"]).reshape(-1, 3).astype(np.uint32),
            joints=self._array(attributes["JOINTS_0"]) if skinned else None,
            weights=self._array(attributes["WEIGHTS_0"]) if skinned else None,
            morphs=morphs,
            picture=picture_in(self.doc, self.blob),
        )

    def _skeleton(self) -> Skeleton | None:
        if not self.doc.get("skins"):
            return None
        nodes, ids = self.doc["nodes"], self.doc["skins"][0]["joints"]
        parents = {child: i for i, node in enumerate(nodes) for child in node.get("children", ())}
        inverse = self._array(self.doc["skins"][0]["inverseBindMatrices"]).reshape(-1, 4, 4)
        names = tuple(nodes[i]["name"] for i in ids)
        moves = {}
        for edit, of in self.doc["skins"][0].get("extras", {}).get("moves", {}).items():
            moves[edit] = np.zeros((len(ids), 3))
            for joint, delta in of.items():
                moves[edit][names.index(joint)] = core_from_gltf(np.array([delta], float))[0]
        return Skeleton(
            names=names,
            moves=moves,
            parents=tuple(ids.index(parents[i]) if parents.get(i) in ids else -1 for i in ids),
            rest=core_from_gltf(-inverse[:, 3, :3]),
        )

    def _clip(self, animation: dict[str, Any], skeleton: Skeleton) -> Clip:
        ids = self.doc["skins"][0]["joints"]
        times = self._array(animation["samplers"][0]["input"])[:, 0]
        rotations = np.tile(np.array([1, 0, 0, 0], np.float32), (len(times), len(ids), 1))
        root = np.zeros((len(times), 3), np.float32)
        for channel in animation["channels"]:
            values = self._array(animation["samplers"][channel["sampler"]]["output"])
            joint = ids.index(channel["target"]["node"])
            if channel["target"]["path"] == "rotation":
                x, y, z, w = values.T
                rotations[:, joint] = np.column_stack([w, x, -z, y])
            else:
                root = core_from_gltf(values) - skeleton.rest[joint]
        return Clip(rotations, root, float(times[-1]), float(animation.get("extras", {}).get("speed_mps", 0.0)))
