"""Write and measure GLB files of the studio's own kind: positions, normals, colour with gloss, one uv; no materials."""

import json
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assets.studio.bag import Mesh

FLOAT, USHORT, UINT = 5126, 5123, 5125


class Node(NamedTuple):
    """A named mesh and where its origin stands (metres, Z up); its vertices are given relative to that."""

    name: str
    mesh: Mesh
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)


def y_up(points: np.ndarray) -> np.ndarray:
    """Z-up points (n, 3) with the front towards -Y, as glTF wants them: Y up, front +Z."""
    return np.stack([points[..., 0], points[..., 2], -points[..., 1]], -1)


def write_glb(path: Path, nodes: list[Node]) -> None:
    """Write nodes as one GLB. COLOR_0 is linear albedo with gloss as alpha, TEXCOORD_0 as the mesh's uv has it."""
    blob, views, accessors, meshes, out_nodes = bytearray(), [], [], [], []

    def accessor(a: np.ndarray, component: int, kind: str, *, target: int, normalised: bool = False) -> int:
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": a.nbytes, "target": target})
        blob.extend(a.tobytes())
        blob.extend(b"\0" * (-len(blob) % 4))
        entry = {"bufferView": len(views) - 1, "componentType": component, "count": len(a), "type": kind}
        if normalised:
            entry["normalized"] = True
        if kind == "VEC3" and not normalised:
            entry |= {"min": a.min(0).tolist(), "max": a.max(0).tolist()}
        accessors.append(entry)
        return len(accessors) - 1

    for name, m, at in nodes:
        uv = np.c_[m.uv[:, 0], 1 - m.uv[:, 1]]  # glTF counts v from the top
        colours = np.round(np.clip(m.rgba, 0, 1) * 65535).astype("<u2")
        wide = len(m.v) > 65535
        primitive = {
            "attributes": {
                "POSITION": accessor(y_up(m.v - np.array(at)).astype("<f4"), FLOAT, "VEC3", target=34962),
                "NORMAL": accessor(y_up(m.n).astype("<f4"), FLOAT, "VEC3", target=34962),
                "COLOR_0": accessor(colours, USHORT, "VEC4", target=34962, normalised=True),
                "TEXCOORD_0": accessor(uv.astype("<f4"), FLOAT, "VEC2", target=34962),
            },
            "indices": accessor(
                m.f.ravel().astype("<u4" if wide else "<u2"), UINT if wide else USHORT, "SCALAR", target=34963
            ),
            "mode": 4,
        }
        meshes.append({"name": name, "primitives": [primitive]})
        place = y_up(np.array([at], float))[0].tolist()
        out_nodes.append({"name": name, "mesh": len(meshes) - 1, **({"translation": place} if any(at) else {})})
    document = {
        "asset": {"version": "2.0", "generator": "loquat studio"},
        "scene": 0,
        "scenes": [{"nodes": list(range(len(nodes)))}],
        "nodes": out_nodes, "meshes": meshes, "accessors": accessors, "bufferViews": views,
        "buffers": [{"byteLength": len(blob)}],
    }  # fmt: skip
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    total = 12 + 8 + len(text) + 8 + len(blob)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        struct.pack("<4sII", b"glTF", 2, total)
        + struct.pack("<I4s", len(text), b"JSON") + text
        + struct.pack("<I4s", len(blob), b"BIN\0") + bytes(blob)
    )  # fmt: skip


class Glb(NamedTuple):
    """What a GLB says of itself: document, triangles, and the box of all its points (Z up, metres)."""

    document: dict
    triangles: int
    lo: np.ndarray
    hi: np.ndarray


def read_glb(path: Path) -> Glb:
    """Read a GLB's document and measure it; node translations count, node turns are not expected."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<I", data, 12)
    doc = json.loads(data[20 : 20 + length])
    triangles, los, his = 0, [], []
    for node in doc["nodes"]:
        if "mesh" not in node:
            continue
        shift = np.array(node.get("translation", (0, 0, 0)), float)
        for primitive in doc["meshes"][node["mesh"]]["primitives"]:
            triangles += doc["accessors"][primitive["indices"]]["count"] // 3
            at = doc["accessors"][primitive["attributes"]["POSITION"]]
            los.append(np.array(at["min"]) + shift)
            his.append(np.array(at["max"]) + shift)
    lo, hi = np.min(los, 0), np.max(his, 0)
    return Glb(doc, triangles, np.array([lo[0], -hi[2], lo[1]]), np.array([hi[0], -lo[2], hi[1]]))


def glb_array(path: Path, node: str, attribute: str) -> np.ndarray:
    """One attribute of a named node's first primitive as the file holds it; raises KeyError when there is none."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<I", data, 12)
    doc = json.loads(data[20 : 20 + length])
    mesh = next((n["mesh"] for n in doc["nodes"] if n.get("name") == node), None)
    if mesh is None:
        raise KeyError(f"{path.name}: no node {node!r}; it has {[n.get('name') for n in doc['nodes']]}")
    primitive = doc["meshes"][mesh]["primitives"][0]
    index = primitive["indices"] if attribute == "indices" else primitive["attributes"][attribute]
    a = doc["accessors"][index]
    view = doc["bufferViews"][a["bufferView"]]
    kind = {FLOAT: "<f4", USHORT: "<u2", UINT: "<u4"}[a["componentType"]]
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}[a["type"]]
    start = 28 + length + view.get("byteOffset", 0) + a.get("byteOffset", 0)
    return np.frombuffer(data, kind, a["count"] * width, start).reshape(-1, width)
