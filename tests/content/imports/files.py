"""Small files of every format that is imported, made in memory."""

import io
import json
import struct
from typing import Any

import numpy as np
from PIL import Image

from game.content.shapes import Shape, box, join, lathe, moved


def stool() -> Shape:
    """A stool of 12 cm: a round seat on three legs; stands on z = 0, front towards -Y."""
    seat = lathe([(0, 0.10), (0.05, 0.10), (0.055, 0.105), (0.055, 0.115), (0.05, 0.12), (0, 0.12)], 16)
    legs = [moved(box(0.012, 0.012, 0.1, 0.002), x=0.03 * np.cos(a), y=0.03 * np.sin(a)) for a in (0.3, 2.4, 4.5)]
    return join(seat, *legs)


def y_up(points: np.ndarray) -> np.ndarray:
    """Z-up points as glTF has them."""
    return np.stack([points[:, 0], points[:, 2], -points[:, 1]], 1)


def png(wide: int = 8, high: int = 8, *, alpha: bool = False, format: str = "PNG") -> bytes:
    """A picture of stripes that change from column to column."""
    x = np.arange(wide)[None].repeat(high, 0)
    rgb = np.stack([x * 31 % 256, x * 67 % 256, 255 - x * 29 % 256], -1).astype(np.uint8)
    if alpha:
        rgb = np.concatenate([rgb, np.where(x > 2, 255, 0)[..., None].astype(np.uint8)], -1)
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, format)
    return out.getvalue()


def damaged_jpegs() -> dict[str, bytes]:
    """JPEGs with a sound header that no decoder finishes; libjpeg's own way out of three of them ends the process."""
    raw = png(64, 64, format="JPEG")
    tables, scan = raw.index(b"\xff\xc4"), raw.index(b"\xff\xda")
    return {
        "codes": raw[: tables + 4] + b"\x1f" + b"\xff" * 20 + raw[tables + 25 :],
        "quantities": raw.replace(b"\xff\xdb\x00\x43\x00", b"\xff\xdb\x00\x43\x0f", 1),
        "no scan": raw[: scan + 4],
        "half a scan": raw[: (scan + len(raw)) // 2],
    }


def packed(document: Any, blob: bytes = b"") -> bytes:
    """A GLB of a document (or its very bytes) and a blob."""
    text = document if isinstance(document, bytes) else json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    blob += b"\0" * (-len(blob) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(blob), b"BIN\0") + blob
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


def document(shape: Shape | None = None, *, picture: bytes = b"", uv: np.ndarray | None = None) -> tuple[dict, bytes]:
    """A glTF document with one mesh, and its blob."""
    shape = shape or stool()
    arrays = [
        (y_up(shape.v).astype("<f4"), 5126, "VEC3"), (y_up(shape.n).astype("<f4"), 5126, "VEC3"),
        (shape.f.astype("<u2").ravel(), 5123, "SCALAR"),
    ]  # fmt: skip
    if uv is None:
        uv = np.stack([shape.v[:, 0] * 8 + 0.5, shape.v[:, 2] * 8], 1)
    arrays.append((np.clip(uv, -9, 9).astype("<f4"), 5126, "VEC2"))
    blob, views, accessors = b"", [], []
    for array, component, kind in arrays:
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": array.nbytes})
        accessors.append({"bufferView": len(views) - 1, "componentType": component, "count": len(array), "type": kind})
        blob += array.tobytes()
        blob += b"\0" * (-len(blob) % 4)
    accessors[0] |= {"min": y_up(shape.v).min(0).tolist(), "max": y_up(shape.v).max(0).tolist()}
    primitive = {"attributes": {"POSITION": 0, "NORMAL": 1, "TEXCOORD_0": 3}, "indices": 2, "material": 0}
    out: dict[str, Any] = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}],
        "nodes": [{"name": "stool", "mesh": 0}], "meshes": [{"name": "stool", "primitives": [primitive]}],
        "materials": [{"name": "oak", "pbrMetallicRoughness": {"baseColorFactor": [0.5, 0.25, 0.1, 1]}}],
        "accessors": accessors, "bufferViews": views,
    }  # fmt: skip
    if picture:
        views.append({"buffer": 0, "byteOffset": len(blob), "byteLength": len(picture)})
        blob += picture
        out["images"] = [{"bufferView": len(views) - 1, "mimeType": "image/png", "name": "stripes"}]
        out["textures"] = [{"source": 0}]
        out["materials"][0]["pbrMetallicRoughness"] = {"baseColorTexture": {"index": 0}}
    blob += b"\0" * (-len(blob) % 4)
    out["buffers"] = [{"byteLength": len(blob)}]
    return out, blob


def glb(shape: Shape | None = None, *, picture: bytes = b"") -> bytes:
    """A GLB with one mesh."""
    return packed(*document(shape, picture=picture))


def obj(shape: Shape | None = None, *, scale: float = 1.0, y_is_up: bool = True, head: str = "") -> bytes:
    """An OBJ with one mesh."""
    shape = shape or stool()
    points = y_up(shape.v) if y_is_up else shape.v
    lines = [head, "o stool", *(f"v {x:.6f} {y:.6f} {z:.6f}" for x, y, z in points * scale)]
    lines += [f"f {a + 1} {b + 1} {c + 1}" for a, b, c in shape.f]
    return "\n".join(lines).encode()


def stl(shape: Shape | None = None, *, scale: float = 1000.0, text: bool = False) -> bytes:
    """An STL, in millimetres and Z up."""
    shape = shape or stool()
    corners = (shape.v * scale)[shape.f]
    if text:
        rows = [b"solid stool"]
        for triangle in corners:
            rows += [b"facet normal 0 0 0", b"outer loop"]
            rows += [b"vertex %f %f %f" % tuple(p) for p in triangle]
            rows += [b"endloop", b"endfacet"]
        return b"\n".join([*rows, b"endsolid stool"])
    out = np.zeros(len(corners), np.dtype([("n", "<f4", 3), ("v", "<f4", (3, 3)), ("a", "<u2")]))
    out["v"] = corners
    return b"\0" * 80 + struct.pack("<I", len(corners)) + out.tobytes()


def ply(shape: Shape | None = None, *, order: str = "ascii", scale: float = 1000.0) -> bytes:
    """A PLY with colours."""
    shape = shape or stool()
    head = (
        f"ply\nformat {order} 1.0\ncomment units: mm\nelement vertex {len(shape.v)}\nproperty float x\n"
        "property float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n"
        f"element face {len(shape.f)}\nproperty list uchar int vertex_indices\nend_header\n"
    ).encode()
    points = shape.v * scale
    if order == "ascii":
        rows = [f"{x:.4f} {y:.4f} {z:.4f} 200 120 60" for x, y, z in points]
        return head + "\n".join([*rows, *(f"3 {a} {b} {c}" for a, b, c in shape.f)]).encode() + b"\n"
    end = "<" if "little" in order else ">"
    vertices = np.zeros(len(points), np.dtype([("p", end + "f4", 3), ("c", "u1", 3)]))
    vertices["p"], vertices["c"] = points, (200, 120, 60)
    faces = np.zeros(len(shape.f), np.dtype([("n", "u1"), ("f", end + "i4", 3)]))
    faces["n"], faces["f"] = 3, shape.f
    return head + vertices.tobytes() + faces.tobytes()
