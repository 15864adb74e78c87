"""Reads PLY, text or binary of either order: points, normals, colours, texture coordinates, faces of any size."""

import re
from dataclasses import dataclass, field

import numpy as np

from game.content.imports import limits
from game.content.imports.images import linear
from game.content.imports.notes import ImportRefusedError, told
from game.content.imports.source import Floats, Ints, Part, Source
from game.content.imports.stl import unit_said

TYPES = {
    "char": "i1", "int8": "i1", "uchar": "u1", "uint8": "u1", "short": "i2", "int16": "i2", "ushort": "u2",
    "uint16": "u2", "int": "i4", "int32": "i4", "uint": "u4", "uint32": "u4", "float": "f4", "float32": "f4",
    "double": "f8", "float64": "f8",
}  # fmt: skip
HEAD_BYTES = 64 * 1024
_END = re.compile(rb"^end_header[ \t]*\r?\n", re.MULTILINE)


@dataclass(slots=True)
class _Property:
    name: str
    kind: str
    counted_by: str = ""  # the type of a list's count


@dataclass(slots=True)
class _Element:
    name: str
    count: int
    properties: list[_Property] = field(default_factory=list)


def read_ply(raw: bytes) -> Source:
    """The faces of a PLY file. Raises ImportRefusedError with the reason in plain words."""
    found = _END.search(raw[:HEAD_BYTES])
    if raw[:3] != b"ply" or found is None:
        raise ImportRefusedError("ply_no_ply")
    order, elements, unit_m = _head(raw[: found.start()].decode("ascii", "replace"))
    out = Source(up="z", custom_m=0.001, unit_m=unit_m)
    body = raw[found.end() :]
    if order == "ascii" and len(body) > limits.TEXT_BYTES:
        raise ImportRefusedError("text_long", mb=round(len(body) / 2**20), most=limits.TEXT_BYTES // 2**20)
    reader = _Text(body) if order == "ascii" else _Binary(body, "<" if order == "binary_little_endian" else ">")
    vertices: dict[str, Floats] = {}
    faces = np.zeros((0, 3), np.int64)
    for element in elements:
        columns, lists = reader.element(element)
        if element.name == "vertex":
            vertices = columns
        elif element.name == "face" and lists is not None:
            faces = lists
        if element.name == "face":
            break
    out.add(_part(vertices, faces, {p.name: p.kind for e in elements if e.name == "vertex" for p in e.properties}))
    return out


def _head(text: str) -> tuple[str, list[_Element], float | None]:
    order, unit_m = "", None
    elements: list[_Element] = []
    for line in text.splitlines()[1:]:
        words = line.split()
        match words:
            case ["format", ("ascii" | "binary_little_endian" | "binary_big_endian") as order, *_]:
                pass
            case [("comment" | "obj_info"), *_]:
                unit_m = unit_m or unit_said(line.encode())
            case ["element", name, count] if count.isascii() and count.isdigit() and len(count) < 10:
                if int(count) > 3 * limits.POINTS or len(elements) >= 16:
                    raise ImportRefusedError("too_many_points", n=int(count), most=limits.POINTS)
                elements.append(_Element(name, int(count)))
            case ["property", "list", counted_by, kind, name] if elements and {counted_by, kind} <= TYPES.keys():
                elements[-1].properties.append(_Property(name, TYPES[kind], TYPES[counted_by]))
            case ["property", kind, name] if elements and kind in TYPES:
                elements[-1].properties.append(_Property(name, TYPES[kind]))
            case []:
                pass
            case _:
                raise ImportRefusedError("ply_head", line=told(line))
    if not order or any(len(element.properties) > 64 or not element.properties for element in elements):
        raise ImportRefusedError("ply_no_ply")
    return order, elements, unit_m


class _Text:
    def __init__(self, body: bytes) -> None:
        self.lines = body.split(b"\n")
        self.at = 0

    def element(self, element: _Element) -> tuple[dict[str, Floats], Ints | None]:
        """Single values by name, and the triangles of the list of corners if it has one."""
        if self.at + element.count > len(self.lines):
            raise ImportRefusedError("ply_short", element=told(element.name))
        lines = self.lines[self.at : self.at + element.count]
        self.at += element.count
        try:
            if all(not p.counted_by for p in element.properties):
                wide = len(element.properties)
                rows = np.array([line.split(None, wide)[:wide] for line in lines] or np.zeros((0, wide)), dtype="S40")
                values = rows.reshape(len(lines), wide).astype(np.float64)
                return {p.name: values[:, k] for k, p in enumerate(element.properties)}, None
            return {}, _fans([self._corners(line, element) for line in lines])
        except (ValueError, OverflowError):
            raise ImportRefusedError("ply_short", element=told(element.name)) from None

    @staticmethod
    def _corners(line: bytes, element: _Element) -> list[int]:
        words, at, out = line.split(), 0, []
        for each in element.properties:
            if not each.counted_by:
                at += 1
                continue
            count = int(words[at]) if at < len(words) else -1
            if not 0 <= count <= limits.CORNERS_A_FACE or at + 1 + count > len(words):
                raise ValueError
            if each.name in ("vertex_indices", "vertex_index"):
                out = [int(word) for word in words[at + 1 : at + 1 + count]]
            at += 1 + count
        return out


class _Binary:
    def __init__(self, body: bytes, order: str) -> None:
        self.body, self.order, self.at = body, order, 0

    def element(self, element: _Element) -> tuple[dict[str, Floats], Ints | None]:
        """Single values by name, and the triangles of the list of corners if it has one."""
        if all(not p.counted_by for p in element.properties):
            names = [f"{k}" for k in range(len(element.properties))]
            kinds = [self.order + p.kind for p in element.properties]
            row = np.dtype({"names": names, "formats": kinds})
            rows = self._take(row, element)
            return {p.name: rows[n].astype(np.float64) for p, n in zip(element.properties, names, strict=True)}, None
        return {}, self._faces(element)

    def _take(self, row: "np.dtype[np.void]", element: _Element) -> np.ndarray:
        if self.at + row.itemsize * element.count > len(self.body):
            raise ImportRefusedError("ply_short", element=told(element.name))
        rows = np.frombuffer(self.body, row, element.count, self.at)
        self.at += row.itemsize * element.count
        return rows

    def _faces(self, element: _Element) -> Ints:
        """All faces at once where they are triangles, which they nearly always are; otherwise one by one."""
        start = self.at
        if len(element.properties) == 1 and element.properties[0].counted_by == "u1":
            row = np.dtype([("n", "u1"), ("f", self.order + element.properties[0].kind, 3)])
            if start + row.itemsize * element.count <= len(self.body):
                rows = np.frombuffer(self.body, row, element.count, start)
                if (rows["n"] == 3).all():
                    self.at += row.itemsize * element.count
                    return np.asarray(np.nan_to_num(rows["f"]), np.int64)
        return _fans([self._face(element) for _ in range(element.count)])

    def _face(self, element: _Element) -> list[int]:
        out: list[int] = []
        for each in element.properties:
            count = 1
            if each.counted_by:
                count = int(self._numbers(each.counted_by, 1, element)[0])
                if not 0 <= count <= limits.CORNERS_A_FACE:
                    raise ImportRefusedError("face_corners", n=count, most=limits.CORNERS_A_FACE)
            values = self._numbers(each.kind, count, element)
            if each.counted_by and each.name in ("vertex_indices", "vertex_index"):
                out = np.nan_to_num(values).astype(np.int64).tolist()
        return out

    def _numbers(self, kind: str, count: int, element: _Element) -> np.ndarray:
        dtype = np.dtype(self.order + kind)
        if self.at + dtype.itemsize * count > len(self.body):
            raise ImportRefusedError("ply_short", element=told(element.name))
        values = np.frombuffer(self.body, dtype, count, self.at)
        self.at += dtype.itemsize * count
        return values


def _fans(faces: list[list[int]]) -> Ints:
    triangles = [(face[0], face[k], face[k + 1]) for face in faces for k in range(1, len(face) - 1)]
    if len(triangles) > limits.TRIANGLES:
        raise ImportRefusedError("too_many_triangles", n=len(triangles), most=limits.TRIANGLES)
    return np.array(triangles, np.int64).reshape(-1, 3)


def _part(columns: dict[str, Floats], faces: Ints, kinds: dict[str, str]) -> Part:
    def rows(*names: str) -> Floats | None:
        return np.stack([columns[name] for name in names], 1) if set(names) <= columns.keys() else None

    points = rows("x", "y", "z")
    if points is None:
        raise ImportRefusedError("ply_no_ply")
    if not len(faces):
        raise ImportRefusedError("ply_cloud")
    colours = rows("red", "green", "blue")
    if colours is not None:
        whole = kinds["red"] not in ("f4", "f8")
        colours = linear(np.clip(np.nan_to_num(colours) * (1 if whole else 255), 0, 255))
    return Part(name="PLY", points=points, triangles=faces, normals=rows("nx", "ny", "nz"), colours=colours)
