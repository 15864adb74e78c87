"""GLB files made smaller without any extension: colours in bytes, light coordinates in shorts, nothing that is unused.

Positions and normals stay floats, as glTF 2.0 demands. A texel of light is found at its centre, so that 1/65536 of a
picture's side is fine enough; an albedo of 8 bits in linear light is finer than a screen shows.
"""

import json
import struct
from pathlib import Path

import numpy as np

from assets.studio.glb import FLOAT, USHORT

UBYTE = 5121
WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
DTYPE = {FLOAT: "<f4", USHORT: "<u2", 5125: "<u4", UBYTE: "u1"}


def compact(path: Path, *, drop: tuple[str, ...] = ()) -> None:
    """Rewrite a GLB of the studio's own kind in place; `drop` names attributes that its reader does not need."""
    document, blob = _read(path)
    out, views = bytearray(), []
    for mesh in document["meshes"]:
        for primitive in mesh["primitives"]:
            for name in drop:
                primitive["attributes"].pop(name, None)
    used = {i for m in document["meshes"] for p in m["primitives"] for i in (*p["attributes"].values(), p["indices"])}
    kept = sorted(used)
    number = {old: new for new, old in enumerate(kept)}
    names = {i: n for m in document["meshes"] for p in m["primitives"] for n, i in p["attributes"].items()}
    for old in kept:
        accessor = document["accessors"][old]
        a = _array(document, blob, old)
        view = {
            "buffer": 0,
            "byteOffset": len(out),
            "target": document["bufferViews"][accessor["bufferView"]]["target"],
        }
        if names.get(old) == "COLOR_0":
            a = np.round(_floats(a, accessor) * 255).astype("u1")
            accessor |= {"componentType": UBYTE, "normalized": True}
        elif names.get(old) == "TEXCOORD_0":
            a = np.round(np.clip(_floats(a, accessor), 0, 1) * 65535).astype("<u2")
            accessor |= {"componentType": USHORT, "normalized": True}
        accessor["bufferView"] = len(views)
        view["byteLength"] = a.nbytes
        views.append(view)
        out += a.tobytes() + b"\0" * (-a.nbytes % 4)
    for mesh in document["meshes"]:
        for primitive in mesh["primitives"]:
            primitive["attributes"] = {n: number[i] for n, i in primitive["attributes"].items()}
            primitive["indices"] = number[primitive["indices"]]
    document["accessors"] = [document["accessors"][old] for old in kept]
    document["bufferViews"], document["buffers"] = views, [{"byteLength": len(out)}]
    _write(path, document, bytes(out))


def floats(path: Path, node: str, attribute: str) -> np.ndarray:
    """One attribute of a named node's first primitive as floats (n, width), normalised integers brought to 0..1.

    Raises KeyError when the file has no such node.
    """
    document, blob = _read(path)
    mesh = next((n["mesh"] for n in document["nodes"] if n.get("name") == node), None)
    if mesh is None:
        raise KeyError(f"{path.name}: no node {node!r}; it has {[n.get('name') for n in document['nodes']]}")
    index = document["meshes"][mesh]["primitives"][0]["attributes"][attribute]
    return _floats(_array(document, blob, index), document["accessors"][index])


def _floats(a: np.ndarray, accessor: dict) -> np.ndarray:
    return a / np.iinfo(a.dtype).max if accessor.get("normalized") else a.astype(float)


def _array(document: dict, blob: bytes, index: int) -> np.ndarray:
    accessor = document["accessors"][index]
    view, width = document["bufferViews"][accessor["bufferView"]], WIDTH[accessor["type"]]
    found = np.frombuffer(blob, DTYPE[accessor["componentType"]], accessor["count"] * width, view.get("byteOffset", 0))
    return found.reshape(-1, width)


def _read(path: Path) -> tuple[dict, bytes]:
    data = path.read_bytes()
    (length,) = struct.unpack_from("<I", data, 12)
    return json.loads(data[20 : 20 + length]), data[28 + length :]


def _write(path: Path, document: dict, blob: bytes) -> None:
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    total = 12 + 8 + len(text) + 8 + len(blob)
    head = struct.pack("<4sII", b"glTF", 2, total) + struct.pack("<I4s", len(text), b"JSON")
    path.write_bytes(head + text + struct.pack("<I4s", len(blob), b"BIN\0") + blob)
