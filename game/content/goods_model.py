"""A good's model in memory, and the one form in which it is kept: a GLB of one mesh that any viewer shows.

POSITION and NORMAL in metres, COLOR_0 linear albedo with gloss as alpha. Without a picture TEXCOORD_0.x tells how much
light reaches a point; with one, TEXCOORD_0 is where the picture is and the light is in the colour. glTF is Y up with
its front to +Z; in memory all is as in the game: Z up, front to -Y, bottom centre on the origin.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.errors import GameError
from game.core.goods import Vec3

FLOAT, USHORT, UINT, UBYTE = 5126, 5123, 5125, 5121
DTYPES = {UBYTE: "<u1", USHORT: "<u2", UINT: "<u4", FLOAT: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
VERTICES, INDICES = 34962, 34963
GRID = 2.0**17  # positions are whole parts of a metre, so that the same model is the same bytes everywhere
FINE = 2.0**14  # and so are normals and texture coordinates
DARKEST = 0.30  # of the light where none but the least reaches a point; as the shader has it

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Picture:
    """What a model is painted with: an encoded image, "image/png" or "image/jpeg"."""

    raw: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Skin:
    """Joints and weights (n, 4) of every point, the joints' names and places, and morphs (n, 3) by name."""

    joints: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.float32]
    names: tuple[str, ...]
    parents: tuple[int, ...]
    rest: Floats
    morphs: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """Points and normals (n, 3), rgba (n, 4) linear albedo and gloss, light (n,) 0..1, triangles (m, 3), uv (n, 2)."""

    points: Floats
    normals: Floats
    rgba: Floats
    light: Floats
    triangles: Ints
    uv: Floats | None = None
    picture: Picture | None = None
    skin: Skin | None = None

    @property
    def size_m(self) -> Vec3:
        """Width, depth and height of its bounding box."""
        x, y, z = np.ptp(self.points, axis=0) if len(self.points) else np.zeros(3)
        return round(float(x), 4), round(float(y), 4), round(float(z), 4)


def written(model: Model, name: str = "good") -> bytes:
    """A model as a GLB; the same model gives the same bytes."""
    return _Writer().written(model, name)


def kept(content: bytes) -> Model:
    """The model of a GLB that `written` wrote, without its skin; written again it gives the same bytes.

    Raises GameError for anything else. What lies in a file is to be looked at by `read_model` before.
    """
    try:
        return _kept(content)
    except (struct.error, ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise GameError(f"not a good's model ({type(error).__name__}: {error}); bring its file in again") from error


def _kept(content: bytes) -> Model:
    (length,) = struct.unpack_from("<I", content, 12)
    document: dict[str, Any] = json.loads(content[20 : 20 + length])
    blob = content[28 + length :]

    def rows(index: int) -> Floats:
        accessor = document["accessors"][index]
        kind = np.dtype(DTYPES[accessor["componentType"]])
        start, width = document["bufferViews"][accessor["bufferView"]]["byteOffset"], WIDTHS[accessor["type"]]
        found = np.frombuffer(blob, kind, accessor["count"] * width, start).reshape(-1, width).astype(float)
        return found / np.iinfo(kind).max if accessor.get("normalized") else found

    (mesh,) = document["meshes"]
    (primitive,) = mesh["primitives"]
    at = primitive["attributes"]
    points, normals, uv = rows(at["POSITION"]), rows(at["NORMAL"]), rows(at["TEXCOORD_0"])
    picture = None
    for image in document.get("images", ()):
        view = document["bufferViews"][image["bufferView"]]
        picture = Picture(blob[view["byteOffset"] : view["byteOffset"] + view["byteLength"]], image["mimeType"])
    return Model(
        points=_z_up(points), normals=_z_up(normals), rgba=rows(at["COLOR_0"]),
        light=uv[:, 0] if picture is None else np.ones(len(points)),  # a painted one has it in its colours
        triangles=rows(primitive["indices"]).astype(np.int64).reshape(-1, 3),
        uv=None if picture is None else uv, picture=picture,
    )  # fmt: skip


def y_up(points: Floats) -> Floats:
    """Points of the game as glTF wants them."""
    return np.stack([points[:, 0], points[:, 2], -points[:, 1]], 1)


def _z_up(points: Floats) -> Floats:
    """Points of glTF as the game has them."""
    return np.stack([points[:, 0], -points[:, 2], points[:, 1]], 1)


class _Writer:
    def __init__(self) -> None:
        self.blob = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def written(self, model: Model, name: str) -> bytes:
        points = np.round(y_up(model.points) * GRID) / GRID
        normals = np.round(y_up(model.normals) * FINE) / FINE
        painted = model.picture is not None and model.uv is not None
        rgba = model.rgba.copy()
        if painted:
            rgba[:, :3] *= (DARKEST + (1 - DARKEST) * np.clip(model.light, 0, 1))[:, None]
            assert model.uv is not None
            uv = np.round(model.uv * FINE) / FINE
        else:
            uv = np.stack([np.round(np.clip(model.light, 0, 1) * 255) / 255, np.zeros(len(points))], 1)
        wide = len(points) > 65535
        attributes = {
            "POSITION": self.accessor(points.astype("<f4"), FLOAT, "VEC3", VERTICES, limits=True),
            "NORMAL": self.accessor(normals.astype("<f4"), FLOAT, "VEC3", VERTICES),
            "COLOR_0": self.accessor(
                np.round(np.clip(rgba, 0, 1) * 65535).astype("<u2"), USHORT, "VEC4", VERTICES, unit=True
            ),
            "TEXCOORD_0": self.accessor(uv.astype("<f4"), FLOAT, "VEC2", VERTICES),
        }
        primitive: dict[str, Any] = {"attributes": attributes, "mode": 4}
        index = model.triangles.reshape(-1).astype("<u4" if wide else "<u2")
        primitive["indices"] = self.accessor(index, UINT if wide else USHORT, "SCALAR", INDICES)
        node: dict[str, Any] = {"name": name, "mesh": 0}
        mesh: dict[str, Any] = {"name": name, "primitives": [primitive]}
        document: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": "loquat"}, "scene": 0, "scenes": [{"nodes": [0]}],
            "nodes": [node], "meshes": [mesh],
        }  # fmt: skip
        if painted:
            assert model.picture is not None
            primitive["material"] = 0
            document |= self._painting(model.picture)
        if model.skin is not None:
            self._bind(model.skin, document, primitive)
        return self._packed(document)

    def _painting(self, picture: Picture) -> dict[str, Any]:
        view = self.view(picture.raw)
        metal = {"baseColorTexture": {"index": 0}, "metallicFactor": 0.0, "roughnessFactor": 0.8}
        return {
            "materials": [{"pbrMetallicRoughness": metal}],
            "textures": [{"source": 0, "sampler": 0}],
            "samplers": [{"wrapS": 33071, "wrapT": 33071}],
            "images": [{"bufferView": view, "mimeType": picture.mime}],
        }

    def _bind(self, skin: Skin, document: dict[str, Any], primitive: dict[str, Any]) -> None:
        """Hang the mesh on a skeleton at rest, rotation-free, as the person's is."""
        primitive["attributes"]["JOINTS_0"] = self.accessor(skin.joints.astype("u1"), UBYTE, "VEC4", VERTICES)
        weights = np.round(skin.weights * FINE) / FINE
        primitive["attributes"]["WEIGHTS_0"] = self.accessor(weights.astype("<f4"), FLOAT, "VEC4", VERTICES)
        inverse = np.tile(np.eye(4), (len(skin.names), 1, 1))
        inverse[:, 3, :3] = -np.round(y_up(skin.rest) * GRID) / GRID
        matrices = self.accessor(inverse.reshape(-1, 16).astype("<f4"), FLOAT, "MAT4")
        places = np.round(y_up(skin.rest) * GRID) / GRID
        nodes, mesh_node = document["nodes"], document["nodes"][0]
        nodes.append({"name": "rig", "children": []})
        for number, joint in enumerate(skin.names):
            parent = skin.parents[number]
            away = places[number] - (places[parent] if parent >= 0 else 0.0)
            nodes.append({"name": joint, "translation": away.tolist()})
            nodes[2 + parent if parent >= 0 else 1].setdefault("children", []).append(2 + number)
        joints = list(range(2, 2 + len(skin.names)))
        document["skins"] = [{"joints": joints, "skeleton": joints[0], "inverseBindMatrices": matrices}]
        mesh_node["skin"] = 0
        document["scenes"][0]["nodes"] = [0, 1]
        if skin.morphs:
            moves = [np.round(y_up(d) * GRID) / GRID for d in skin.morphs.values()]
            primitive["targets"] = [
                {"POSITION": self.accessor(d.astype("<f4"), FLOAT, "VEC3", VERTICES, limits=True)} for d in moves
            ]
            document["meshes"][0] |= {
                "weights": [0.0] * len(moves), "extras": {"targetNames": list(skin.morphs)}
            }  # fmt: skip

    def view(self, raw: bytes, target: int = 0) -> int:
        """Append bytes; the number of their view."""
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        entry = {"buffer": 0, "byteOffset": len(self.blob), "byteLength": len(raw)}
        self.views.append(entry | ({"target": target} if target else {}))
        self.blob.extend(raw)
        return len(self.views) - 1

    def accessor(
        self, a: npt.NDArray[Any], component: int, kind: str, target: int = 0, *,
        limits: bool = False, unit: bool = False,
    ) -> int:  # fmt: skip
        """Append an array; the number of its accessor."""
        entry: dict[str, Any] = {
            "bufferView": self.view(np.ascontiguousarray(a).tobytes(), target), "componentType": component,
            "count": len(a), "type": kind,
        }  # fmt: skip
        if unit:
            entry["normalized"] = True
        if limits:
            entry |= {"min": a.min(0).tolist(), "max": a.max(0).tolist()}
        self.accessors.append(entry)
        return len(self.accessors) - 1

    def _packed(self, document: dict[str, Any]) -> bytes:
        self.blob.extend(b"\0" * (-len(self.blob) % 4))
        document |= {
            "accessors": self.accessors, "bufferViews": self.views, "buffers": [{"byteLength": len(self.blob)}]
        }  # fmt: skip
        text = json.dumps(document, separators=(",", ":"), sort_keys=True).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.blob)
        return (
            struct.pack("<4sII", b"glTF", 2, total)
            + struct.pack("<I4s", len(text), b"JSON") + text
            + struct.pack("<I4s", len(self.blob), b"BIN\0") + bytes(self.blob)
        )  # fmt: skip
