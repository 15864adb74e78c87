"""Writes binary glTF 2.0 by hand: small, byte for byte the same every time, and free of materials and textures.

Points come in studio space (Z up, front -Y) and leave in glTF's (Y up, front +Z). COLOR_0 is linear albedo with gloss
in alpha; TEXCOORD_0.x is ambient occlusion. Layout after the glTF 2.0 specification, sections 3.6 and 4.4.
"""

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .parts import Arrays
from .shapes import Array

FLOAT, USHORT, UINT, UBYTE = 5126, 5123, 5125, 5121
ARRAY_BUFFER, ELEMENT_BUFFER = 34962, 34963
STILL_M, DENSE = 2e-4, 0.75  # less is no movement; with more than this share moving, all rows are written
KINDS = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}


def yup(p: Array) -> Array:
    """Studio space to glTF's; for quaternions (w, x, y, z) use `quat_yup`."""
    return np.column_stack([p[:, 0], p[:, 2], -p[:, 1]])


def quat_yup(q: Array) -> Array:
    """(w, x, y, z) rotations of studio space as glTF's (x, y, z, w)."""
    return np.column_stack([q[:, 1], q[:, 3], -q[:, 2], q[:, 0]])


def occlusion_bits(uv: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Values of 0..1 as normalised 16-bit integers."""
    return np.round(np.clip(uv, 0, 1) * np.float32(65535)).astype(np.uint16)


@dataclass
class Clip:
    """An animation: a rotation (frames, 4) of every joint as (w, x, y, z), and how the root moves, (frames, 3)."""

    fps: int
    rotations: dict[str, Array]
    root: Array
    extras: dict[str, float]


@dataclass
class Scene:
    """A glTF file in the making."""

    joints: dict[str, tuple[str | None, Array]] = field(default_factory=dict)  # at rest, unrotated
    doc: dict[str, Any] = field(default_factory=lambda: {
        "asset": {"version": "2.0", "generator": "loquat studio"}, "scene": 0, "scenes": [{"nodes": []}],
        "nodes": [], "meshes": [], "accessors": [], "bufferViews": [], "buffers": [],
    })  # fmt: skip
    data: bytearray = field(default_factory=bytearray)
    joint_moves: dict[str, dict[str, Array]] = field(default_factory=dict)  # by edit and joint

    def __post_init__(self) -> None:
        if self.joints:
            self._add_skeleton()

    def accessor(
        self, a: NDArray[Any], component: int, target: int | None = None, *, limits: bool = False, unit: bool = False
    ) -> int:
        """Appends an array as a buffer view and accessor, `unit` as normalised integers; returns its index."""
        a = np.ascontiguousarray(a)
        width = 1 if a.ndim == 1 else a.shape[1]
        self.data.extend(b"\0" * (-len(self.data) % 4))
        view: dict[str, Any] = {"buffer": 0, "byteOffset": len(self.data), "byteLength": a.nbytes}
        if target:
            view["target"] = target
        out: dict[str, Any] = {
            "bufferView": len(self.doc["bufferViews"]), "componentType": component, "count": len(a),
            "type": KINDS[width],
        }  # fmt: skip
        if unit:
            out["normalized"] = True
        if limits:
            rows = a.reshape(len(a), -1)
            out |= {"min": rows.min(0).tolist(), "max": rows.max(0).tolist()}
        self.data.extend(a.tobytes())
        self.doc["bufferViews"].append(view)
        self.doc["accessors"].append(out)
        return len(self.doc["accessors"]) - 1

    def _floats(self, a: Array, *, limits: bool = False) -> int:
        return self.accessor(np.asarray(a, np.float32), FLOAT, ARRAY_BUFFER, limits=limits)

    def _occlusion(self, ao: Array, *, fine: bool) -> int:
        """Occlusion as texture coordinates; in 16 bits for people and what they wear, which are many."""
        uv = np.column_stack([ao, np.zeros(len(ao))]).astype(np.float32)
        if fine:
            return self._floats(uv)
        return self.accessor(occlusion_bits(uv), USHORT, ARRAY_BUFFER, unit=True)

    def _sparse(self, d: Array) -> int:
        """Displacements of which most are nothing; their limits must be told all the same."""
        rows = np.flatnonzero(np.abs(d).max(1) > STILL_M)
        if len(rows) > DENSE * len(d):
            return self._floats(d, limits=True)
        moved = np.asarray(d[rows], np.float32)
        index, values = self.accessor(rows.astype(np.uint16), USHORT), self.accessor(moved, FLOAT)
        views = [self.doc["accessors"][i]["bufferView"] for i in (index, values)]
        del self.doc["accessors"][-2:]
        self.doc["accessors"].append({
            "componentType": FLOAT, "count": len(d), "type": "VEC3",
            "min": np.minimum(moved.min(0), 0).tolist(), "max": np.maximum(moved.max(0), 0).tolist(),
            "sparse": {"count": len(rows), "indices": {"bufferView": views[0], "componentType": USHORT},
                       "values": {"bufferView": views[1]}},
        })  # fmt: skip
        return len(self.doc["accessors"]) - 1

    def _add_skeleton(self) -> None:
        nodes, names = self.doc["nodes"], list(self.joints)
        nodes.append({"name": "rig", "children": [1]})
        self.doc["scenes"][0]["nodes"].append(0)
        for name, (parent, at) in self.joints.items():
            away = at - self.joints[parent][1] if parent else at
            nodes.append({"name": name, "translation": [round(float(x), 6) for x in yup(away[None])[0]]})
            if parent:
                nodes[1 + names.index(parent)].setdefault("children", []).append(len(nodes) - 1)
        inverse = np.tile(np.eye(4), (len(names), 1, 1))  # column-major: the translation is the last row
        inverse[:, 3, :3] = -yup(np.array([at for _, at in self.joints.values()]))
        matrices = self.accessor(inverse.reshape(-1, 16).astype(np.float32), FLOAT)
        ids = list(range(1, len(names) + 1))
        self.doc["skins"] = [{"joints": ids, "skeleton": 1, "inverseBindMatrices": matrices}]
        if self.joint_moves:
            moves = {
                edit: {name: [round(float(x), 6) for x in yup(d[None])[0]] for name, d in of.items()}
                for edit, of in self.joint_moves.items()
            }
            self.doc["skins"][0]["extras"] = {"moves": moves}

    def add_mesh(
        self, name: str, a: Arrays, *, weights: Array | None = None, morphs: dict[str, Array] | None = None
    ) -> None:
        """Adds a mesh under its name; weights (n, joints) skin it, morphs are displacements (n, 3) by name."""
        attributes = {
            "POSITION": self._floats(yup(a.points), limits=True),
            "NORMAL": self._floats(yup(a.normals)),
            "COLOR_0": self.accessor(
                np.round(np.clip(np.column_stack([a.rgb, a.gloss]), 0, 1) * 65535).astype(np.uint16),
                USHORT, ARRAY_BUFFER, unit=True,
            ),
            "TEXCOORD_0": self._occlusion(a.ao, fine=weights is None and not morphs),
        }
        node: dict[str, Any] = {"name": name, "mesh": len(self.doc["meshes"])}
        if weights is not None:
            top = np.argsort(-weights, axis=1, kind="stable")[:, :4]
            value = np.take_along_axis(weights, top, 1)
            top[value == 0] = 0
            attributes["JOINTS_0"] = self.accessor(top.astype(np.uint8), UBYTE, ARRAY_BUFFER)
            attributes["WEIGHTS_0"] = self._floats(value / value.sum(1, keepdims=True))
            node["skin"] = 0
        small = len(a.points) < 65535
        index = a.faces.ravel().astype(np.uint16 if small else np.uint32)
        primitive: dict[str, Any] = {
            "attributes": attributes,
            "indices": self.accessor(index, USHORT if small else UINT, ELEMENT_BUFFER),
        }
        mesh: dict[str, Any] = {"name": name, "primitives": [primitive]}
        if morphs:
            primitive["targets"] = [{"POSITION": self._sparse(yup(d))} for d in morphs.values()]
            mesh |= {"weights": [0.0] * len(morphs), "extras": {"targetNames": list(morphs)}}
        self.doc["meshes"].append(mesh)
        self.doc["nodes"].append(node)
        parent = self.doc["nodes"][0]["children"] if self.joints else self.doc["scenes"][0]["nodes"]
        parent.append(len(self.doc["nodes"]) - 1)

    def add_clip(self, name: str, clip: Clip) -> None:
        """Adds an animation whose closing key repeats the first."""
        names = list(self.joints)
        times = self.accessor((np.arange(len(clip.root)) / clip.fps).astype(np.float32), FLOAT, limits=True)
        samplers, channels = [], []
        tracks = [(n, "rotation", quat_yup(q)) for n, q in clip.rotations.items()]
        rest = yup(self.joints[names[0]][1][None])
        tracks.append((names[0], "translation", yup(clip.root) + rest))
        for joint, path, values in tracks:
            samplers.append({"input": times, "output": self.accessor(values.astype(np.float32), FLOAT)})
            target = {"node": 1 + names.index(joint), "path": path}
            channels.append({"sampler": len(samplers) - 1, "target": target})
        entry = {"name": name, "samplers": samplers, "channels": channels, "extras": clip.extras}
        self.doc.setdefault("animations", []).append(entry)

    def write(self, path: Path) -> int:
        """Writes the file and returns its size in bytes."""
        self.data.extend(b"\0" * (-len(self.data) % 4))
        self.doc["buffers"] = [{"byteLength": len(self.data)}]
        text = json.dumps(self.doc, separators=(",", ":"), sort_keys=True).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.data)
        path.parent.mkdir(parents=True, exist_ok=True)
        header = struct.pack("<4sII", b"glTF", 2, total)
        chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(self.data), b"BIN\0")
        path.write_bytes(header + chunks + bytes(self.data))
        return total
