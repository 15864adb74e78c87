"""The street's own clothes as patterns to sew from: shape, skin and morphs of a garment that the studio made."""

import json
import struct
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from game.content.goods_model import Floats, Ints, Skin

MODELS = Path(__file__).resolve().parents[3] / "assets" / "models"
_DTYPES = {5121: "<u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class Pattern(NamedTuple):
    """Points, normals (n, 3), rgba (n, 4), light (n,), triangles (m, 3), and the skin of what bends."""

    points: Floats
    normals: Floats
    rgba: Floats
    light: Floats
    triangles: Ints
    skin: Skin | None


@cache
def pattern(file: str) -> Pattern:
    """One garment of the studio's, by its file below assets/models."""
    return _Reader((MODELS / file).read_bytes()).pattern()


def z_up(points: Floats) -> Floats:
    """Points of glTF as the game has them."""
    return np.stack([points[:, 0], -points[:, 2], points[:, 1]], 1)


class _Reader:
    def __init__(self, raw: bytes) -> None:
        (length,) = struct.unpack_from("<I", raw, 12)
        self.doc: dict[str, Any] = json.loads(raw[20 : 20 + length])
        self.blob = raw[28 + length :]

    def pattern(self) -> Pattern:
        (node,) = (node for node in self.doc["nodes"] if "mesh" in node)
        mesh = self.doc["meshes"][node["mesh"]]
        (primitive,) = mesh["primitives"]
        at = primitive["attributes"]
        return Pattern(
            points=z_up(self.rows(at["POSITION"])),
            normals=z_up(self.rows(at["NORMAL"])),
            rgba=self.rows(at["COLOR_0"]),
            light=self.rows(at["TEXCOORD_0"])[:, 0],
            triangles=self.rows(primitive["indices"]).astype(np.int64).reshape(-1, 3),
            skin=self._skin(mesh, primitive) if "skin" in node else None,
        )

    def _skin(self, mesh: dict[str, Any], primitive: dict[str, Any]) -> Skin:
        nodes, ids = self.doc["nodes"], self.doc["skins"][0]["joints"]
        parents = {child: index for index, node in enumerate(nodes) for child in node.get("children", ())}
        inverse = self.rows(self.doc["skins"][0]["inverseBindMatrices"]).reshape(-1, 4, 4)
        names = mesh.get("extras", {}).get("targetNames", ())
        return Skin(
            joints=self.rows(primitive["attributes"]["JOINTS_0"]).astype(np.uint8),
            weights=self.rows(primitive["attributes"]["WEIGHTS_0"]).astype(np.float32),
            names=tuple(nodes[index]["name"] for index in ids),
            parents=tuple(ids.index(parents[index]) if parents.get(index) in ids else -1 for index in ids),
            rest=z_up(-inverse[:, 3, :3]),
            morphs={
                name: z_up(self.rows(target["POSITION"]))
                for name, target in zip(names, primitive.get("targets", ()), strict=True)
            },
        )

    def rows(self, index: int) -> Floats:
        """An accessor as floats; whole numbers that stand for fractions become such."""
        spec = self.doc["accessors"][index]
        wide, dtype = _WIDTH[spec["type"]], np.dtype(_DTYPES[spec["componentType"]])
        rows = np.zeros((spec["count"], wide))
        if "bufferView" in spec:
            rows = self._block(spec["bufferView"], spec.get("byteOffset", 0), dtype, spec["count"], wide)
        if "sparse" in spec:
            sparse = spec["sparse"]
            kind = np.dtype(_DTYPES[sparse["indices"]["componentType"]])
            where = self._block(sparse["indices"]["bufferView"], 0, kind, sparse["count"], 1)[:, 0].astype(np.int64)
            rows[where] = self._block(sparse["values"]["bufferView"], 0, dtype, sparse["count"], wide)
        return rows / np.iinfo(dtype).max if spec.get("normalized") else rows

    def _block(self, view: int, offset: int, dtype: "np.dtype[Any]", count: int, wide: int) -> Floats:
        start = self.doc["bufferViews"][view].get("byteOffset", 0) + offset
        block: npt.NDArray[Any] = np.frombuffer(self.blob, dtype, count * wide, start)
        return block.reshape(count, wide).astype(np.float64)
