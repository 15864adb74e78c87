"""Reads STL, text or binary: triangles without colours, mostly in millimetres and with Z up."""

import re
import struct

import numpy as np

from game.content.imports import limits
from game.content.imports.notes import ImportRefusedError
from game.content.imports.source import Part, Source

HEAD, ROW = 84, 50
_VERTEX = re.compile(rb"\bvertex\s+(\S{1,40})\s+(\S{1,40})\s+(\S{1,40})", re.IGNORECASE)
UNITS = {
    b"mm": 0.001, b"millimet": 0.001, b"cm": 0.01, b"centimet": 0.01, b"inch": 0.0254, b"metre": 1.0, b"meter": 1.0,
}  # fmt: skip


def read_stl(raw: bytes) -> Source:
    """The triangles of an STL file. Raises ImportRefusedError with the reason in plain words."""
    out = Source(up="z", custom_m=0.001, unit_m=unit_said(raw[:HEAD]))
    corners = _binary(raw)
    if corners is None:
        corners = _text(raw)
    if len(corners) > limits.TRIANGLES:
        raise ImportRefusedError("too_many_triangles", n=len(corners), most=limits.TRIANGLES)
    out.add(Part(name="STL", points=corners.reshape(-1, 3), triangles=np.arange(len(corners) * 3).reshape(-1, 3)))
    return out


def unit_said(comment: bytes) -> float | None:
    """The unit in metres that a comment tells of, e.g. "units: mm"."""
    found = re.search(rb"unit[s\"']*\s*[:= ]\s*[\"']?\s*([a-z]+)", comment.lower())
    if found is None:
        return None
    word = found.group(1)
    if word == b"m":
        return 1.0
    return next((unit for name, unit in UNITS.items() if word.startswith(name)), None)


def _binary(raw: bytes) -> np.ndarray | None:
    """Corners (n, 3, 3) of a binary file; None where it is not one."""
    if len(raw) < HEAD:
        return None
    (count,) = struct.unpack_from("<I", raw, 80)
    if HEAD + ROW * count > len(raw) or (raw[:5] == b"solid" and HEAD + ROW * count != len(raw)):
        return None
    rows = np.ndarray((count, 12), "<f4", raw, HEAD, (ROW, 4)) if count else np.zeros((0, 12))
    return np.asarray(rows[:, 3:], np.float64).reshape(-1, 3, 3)


def _text(raw: bytes) -> np.ndarray:
    if raw[:5].lower() != b"solid":
        raise ImportRefusedError("stl_no_stl")
    if len(raw) > limits.TEXT_BYTES:
        raise ImportRefusedError("text_long", mb=round(len(raw) / 2**20), most=limits.TEXT_BYTES // 2**20)
    numbers: list[bytes] = []
    for found in _VERTEX.finditer(raw):
        numbers += found.groups()
        if len(numbers) > limits.TRIANGLES * 9:
            raise ImportRefusedError("too_many_triangles", n=len(numbers) // 9, most=limits.TRIANGLES)
    try:
        values = np.array(numbers[: len(numbers) // 9 * 9], dtype="S40").astype(np.float64)
    except ValueError:
        raise ImportRefusedError("text_damaged") from None
    return values.reshape(-1, 3, 3)
