"""Models as Panda3D nodes in core space: a lean GLB reader for what does not bend, and meshes made of arrays.

It reads what the studio writes: triangles with POSITION, NORMAL, COLOR_0 (linear albedo, alpha gloss) and TEXCOORD_0;
and what players make, which may be painted with one picture (see `painted`).
Extensions that it does not know are refused by name. People and garments bend; `avatar_glb` reads them.
"""

from __future__ import annotations

import json
import logging
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from panda3d.core import (
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    InternalName,
    LMatrix4f,
    LQuaternionf,
    NodePath,
    PandaNode,
    Texture,
)

from game.client.painted import paint, picture_in, texture_of
from game.client.spaces import core_from_gltf, matrix_from_gltf
from game.core.errors import GameError
from game.core.goods import Vec3

log = logging.getLogger(__name__)

_DTYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_KNOWN_EXTENSIONS = frozenset({"KHR_materials_unlit"})
MAX_GLB_BYTES = 64 * 2**20


def _format() -> GeomVertexFormat:
    """position 3f, normal 3f, colour 4f, texcoord 2f: one interleaved array of 12 floats."""
    array = GeomVertexArrayFormat()
    array.add_column(InternalName.get_vertex(), 3, GeomEnums.NT_float32, GeomEnums.C_point)
    array.add_column(InternalName.get_normal(), 3, GeomEnums.NT_float32, GeomEnums.C_normal)
    array.add_column(InternalName.get_color(), 4, GeomEnums.NT_float32, GeomEnums.C_color)
    array.add_column(InternalName.get_texcoord(), 2, GeomEnums.NT_float32, GeomEnums.C_texcoord)
    return GeomVertexFormat.register_format(GeomVertexFormat(array))


FORMAT = _format()


def mesh(
    name: str,
    vertices: np.ndarray,
    triangles: np.ndarray,
    *,
    normals: np.ndarray | None = None,
    colours: np.ndarray | Sequence[float] = (1.0, 1.0, 1.0, 0.0),
    uv: np.ndarray | None = None,
) -> GeomNode:
    """A mesh of (n, 3) core-space metres and (m, 3) indices; normals default to +Z, colours may be one for all."""
    node = GeomNode(name)
    node.add_geom(_geom(name, vertices, triangles, normals, colours, uv))
    return node


def _geom(
    name: str,
    vertices: np.ndarray,
    triangles: np.ndarray,
    normals: np.ndarray | None,
    colours: np.ndarray | Sequence[float],
    uv: np.ndarray | None,
) -> Geom:
    count = len(vertices)
    rows = np.zeros((count, 12), np.float32)
    rows[:, 0:3] = vertices
    rows[:, 3:6] = (0, 0, 1) if normals is None else normals
    rows[:, 6:10] = colours
    if uv is not None:
        rows[:, 10:12] = uv
    data = GeomVertexData(name, FORMAT, GeomEnums.UH_static)
    data.unclean_set_num_rows(count)
    memoryview(data.modify_array(0)).cast("B").cast("f")[:] = rows.reshape(-1).data
    indices = np.ascontiguousarray(triangles, np.uint32).reshape(-1)
    prim = GeomTriangles(GeomEnums.UH_static)
    prim.set_index_type(GeomEnums.NT_uint32)
    array = prim.modify_vertices()
    array.unclean_set_num_rows(len(indices))
    if len(indices):
        memoryview(array).cast("B")[:] = indices.data.cast("B")
    geom = Geom(data)
    geom.add_primitive(prim)
    return geom


def load_model(path: Path) -> NodePath:
    """The scene of a GLB file with its node names and transforms, in core space.

    Raises GameError when the file is missing, no GLB, too large, or uses what this reader does not know.
    """
    return NodePath(_Glb(path).scene())


def load_mesh(path: Path) -> GeomNode:
    """All of a GLB as one node with the node transforms applied: the form that many stands share.

    Raises GameError as `load_model` does.
    """
    glb = _Glb(path)
    root = NodePath(glb.scene())
    root.flatten_strong()
    found = root.find_all_matches("**/+GeomNode")
    if len(found) == 1:
        node = found[0].node()
    else:
        node = GeomNode(path.stem)
        for part in found:
            node.add_geoms_from(part.node())
    picture = glb.picture()
    if picture is not None:
        paint(node, picture)
    return node


def placeholder(size_m: Vec3) -> GeomNode:
    """A striped box of a good's size that stands in for a model that cannot be read."""
    from game.client.shapes import striped_box

    return striped_box("placeholder", size_m)


def good_mesh(path: Path, size_m: Vec3) -> GeomNode:
    """A good's model, or a striped box of its size where the file cannot be read; the reason is logged."""
    try:
        return load_mesh(path)
    except GameError as error:
        log.warning("%s", error)
        return placeholder(size_m)


class _Glb:
    """One GLB file, read as it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise GameError(f"{path}: the model cannot be read ({error.strerror}); reinstall or rebuild it") from None
        if len(raw) > MAX_GLB_BYTES:
            raise GameError(f"{path}: {len(raw)} bytes is more than {MAX_GLB_BYTES}; make the model smaller")
        try:
            self.json, self.blob = chunks(raw)
        except (struct.error, ValueError, KeyError) as error:
            raise GameError(f"{path}: not a readable GLB ({error}); export it again as binary glTF 2.0") from None
        unknown = sorted(set(self.json.get("extensionsRequired", ())) - _KNOWN_EXTENSIONS)
        if unknown:
            raise GameError(f"{path}: extensionsRequired {', '.join(unknown)} is not supported; export without it")

    def picture(self) -> Texture | None:
        """What all of the model is painted with."""
        try:
            raw = picture_in(self.json, self.blob)
            return texture_of(raw, self.path.stem) if raw is not None else None
        except (GameError, KeyError, IndexError, TypeError, ValueError, struct.error) as error:
            raise GameError(f"{self.path}: {error}") from None

    def scene(self) -> PandaNode:
        root = PandaNode(self.path.stem)
        try:
            scenes = self.json.get("scenes") or [{"nodes": range(len(self.json.get("nodes", ())))}]
            for index in scenes[self.json.get("scene", 0)].get("nodes", ()):
                self._add_node(NodePath(root), index, 0)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise GameError(f"{self.path}: broken GLB ({type(error).__name__}: {error}); export it again") from error
        return root

    def _add_node(self, parent: NodePath, index: int, depth: int) -> None:
        if depth > 32:
            raise ValueError("nodes nest more than 32 deep")
        spec = self.json["nodes"][index]
        name = spec.get("name", f"node{index}")
        here = parent.attach_new_node(self._geoms(spec["mesh"], name) if "mesh" in spec else PandaNode(name))
        here.set_mat(_node_matrix(spec))
        for child in spec.get("children", ()):
            self._add_node(here, child, depth + 1)

    def _geoms(self, index: int, name: str) -> GeomNode:
        node = GeomNode(name)
        for prim in self.json["meshes"][index]["primitives"]:
            if prim.get("mode", 4) != 4:
                raise ValueError(f"mesh {name!r} has primitives of mode {prim['mode']}; only triangles are read")
            attributes = prim["attributes"]
            points = self._accessor(attributes["POSITION"])
            triangles = (
                self._accessor(prim["indices"])[:, 0] if "indices" in prim else np.arange(len(points), dtype=np.uint32)
            )
            if len(triangles) and int(triangles.max()) >= len(points):
                raise ValueError(f"mesh {name!r} has an index beyond its {len(points)} vertices")
            normals = core_from_gltf(self._accessor(attributes["NORMAL"])) if "NORMAL" in attributes else None
            node.add_geom(
                _geom(
                    name,
                    core_from_gltf(points),
                    triangles,
                    normals,
                    self._colours(prim, attributes, len(points)),
                    self._accessor(attributes["TEXCOORD_0"]) * (1, -1) + (0, 1) if "TEXCOORD_0" in attributes else None,
                )
            )
        return node

    def _colours(self, prim: dict[str, Any], attributes: dict[str, int], count: int) -> np.ndarray:
        out = np.ones((count, 4), np.float32)
        if "COLOR_0" in attributes:
            colour = self._accessor(attributes["COLOR_0"])
            out[:, : colour.shape[1]] = colour
        else:
            out[:, 3] = 0
            if "material" in prim:
                factor = self.json["materials"][prim["material"]].get("pbrMetallicRoughness", {})
                out[:, :3] = factor.get("baseColorFactor", (1, 1, 1, 1))[:3]
        return out

    def _accessor(self, index: int) -> np.ndarray:
        """The (n, width) array of an accessor; normalised integers become floats in 0..1."""
        spec = self.json["accessors"][index]
        if "sparse" in spec:
            raise ValueError("sparse accessors are not read")
        view = self.json["bufferViews"][spec["bufferView"]]
        dtype, width, count = np.dtype(_DTYPES[spec["componentType"]]), _WIDTH[spec["type"]], spec["count"]
        start = view.get("byteOffset", 0) + spec.get("byteOffset", 0)
        row = dtype.itemsize * width
        stride = view.get("byteStride", row)
        if count and start + stride * (count - 1) + row > len(self.blob):
            raise ValueError("an accessor reaches beyond the file")
        out = np.ndarray((count, width), dtype, self.blob, start, (stride, dtype.itemsize))
        if spec.get("normalized"):
            return (out / np.iinfo(dtype).max).astype(np.float32)
        return out


def chunks(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """The document and the binary of a GLB that the studio wrote. Raises ValueError, KeyError or struct.error."""
    magic, version, _ = struct.unpack_from("<4sII", raw)
    if magic != b"glTF" or version != 2:
        raise ValueError("it does not begin with glTF 2")
    at, found = 12, {}
    while at + 8 <= len(raw):
        length, kind = struct.unpack_from("<I4s", raw, at)
        found[kind] = raw[at + 8 : at + 8 + length]
        at += 8 + length
    return json.loads(found[b"JSON"]), found.get(b"BIN\0", b"")


def _node_matrix(spec: dict[str, Any]) -> LMatrix4f:
    if "matrix" in spec:
        return matrix_from_gltf(spec["matrix"])
    x, y, z, w = spec.get("rotation", (0, 0, 0, 1))
    sx, sy, sz = spec.get("scale", (1, 1, 1))
    tx, ty, tz = spec.get("translation", (0, 0, 0))
    out = LMatrix4f()
    LQuaternionf(w, x, -z, y).extract_to_matrix(out)
    for row, k in enumerate((sx, sz, sy)):
        out.set_row(row, out.get_row3(row) * k)
    out.set_row(3, (tx, -tz, ty))
    return out
