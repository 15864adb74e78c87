"""Reads Wavefront OBJ with its MTL: faces of any size, vertex colours, diffuse colours and pictures.

Only plain file names are followed, into the folder of the file and what lies in it; never out of it.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import numpy as np

from game.content.imports import limits
from game.content.imports.images import decoded, linear
from game.content.imports.notes import ImportRefusedError, told
from game.content.imports.source import Material, Part, Source
from game.content.imports.stl import unit_said

ABSENT = -1


@dataclass(slots=True)
class _Group:
    """Faces of one material: triples of point, uv and normal numbers."""

    name: str
    material: str
    corners: list[tuple[int, int, int]] = field(default_factory=list)


def read_obj(raw: bytes, folder: Path | None) -> Source:
    """The faces of an OBJ file; `folder` is where its materials and pictures lie, None to leave them.

    Raises ImportRefusedError with the reason in plain words.
    """
    if len(raw) > limits.TEXT_BYTES:
        raise ImportRefusedError("text_long", mb=round(len(raw) / 2**20), most=limits.TEXT_BYTES // 2**20)
    return _Reader(folder).read(raw)


def beside(folder: Path, name: str) -> Path | None:
    """A file in a folder by the name that a foreign file gives it; None where that leads out, or nowhere."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or len(name) > 200 or any(part in ("..", "/") or ":" in part or "\0" in part for part in parts):
        return None
    path = folder.joinpath(*parts)
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        return path if inside and path.is_file() and path.stat().st_size <= limits.SIDE_FILE_BYTES else None
    except (OSError, RuntimeError):  # a loop of links
        return None


class _Reader:
    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.out = Source(up="y", custom_m=1.0)
        self.materials: dict[str, Material] = {}
        self.points: list[tuple[float, ...]] = []
        self.uv: list[tuple[float, ...]] = []
        self.normals: list[tuple[float, ...]] = []
        self.groups: dict[tuple[str, str], _Group] = {}
        self.name, self.material = "OBJ", ""
        self.corners = 0

    def read(self, raw: bytes) -> Source:
        for number, line in enumerate(raw.replace(b"\\\n", b" ").split(b"\n"), 1):
            words = line.split()
            if not words:
                continue
            try:
                self._line(words)
            except (ValueError, OverflowError):
                raise ImportRefusedError("text_number", line=number) from None
        if not self.points:
            raise ImportRefusedError("obj_no_obj")
        for group in self.groups.values():
            self._add(group)
        return self.out

    def _line(self, words: list[bytes]) -> None:
        match words[0]:
            case b"v":
                self.points.append(tuple(float(word) for word in words[1:7]))
            case b"vt":
                self.uv.append((float(words[1]), float(words[2]) if len(words) > 2 else 0.0))
            case b"vn":
                self.normals.append(tuple(float(word) for word in words[1:4]))
            case b"f":
                self._face(words[1:])
            case b"o" | b"g" if len(words) > 1:
                self.name = told(words[1].decode("utf-8", "replace"))
            case b"usemtl" if len(words) > 1:
                self.material = b" ".join(words[1:]).decode("utf-8", "replace")
            case b"mtllib" if len(words) > 1:
                self._library(b" ".join(words[1:]).decode("utf-8", "replace"))
            case first if first.startswith(b"#") and self.out.unit_m is None:
                self.out.unit_m = unit_said(b" ".join(words))

    def _face(self, words: list[bytes]) -> None:
        if len(words) > limits.CORNERS_A_FACE:
            raise ImportRefusedError("face_corners", n=len(words), most=limits.CORNERS_A_FACE)
        self.corners += max(len(words) - 2, 0)
        if self.corners > limits.TRIANGLES:
            raise ImportRefusedError("too_many_triangles", n=self.corners, most=limits.TRIANGLES)
        key = (self.name, self.material)
        if key not in self.groups:
            if len(self.groups) >= limits.PARTS:
                raise ImportRefusedError("glb_many", what="groups", n=len(self.groups) + 1, most=limits.PARTS)
            self.groups[key] = _Group(self.name, self.material)
        face = [self._corner(word) for word in words]
        corners = self.groups[key].corners
        for at in range(1, len(face) - 1):
            corners += (face[0], face[at], face[at + 1])

    def _corner(self, word: bytes) -> tuple[int, int, int]:
        parts = word.split(b"/")
        counts = (len(self.points), len(self.uv), len(self.normals))
        found = [ABSENT, ABSENT, ABSENT]
        for k, (part, count) in enumerate(zip(parts, counts, strict=False)):
            if part:
                number = int(part)
                found[k] = number - 1 if number > 0 else count + number
                if not 0 <= found[k] < max(count, 1):
                    raise ImportRefusedError("index_beyond", mesh=self.name, n=count)
        if found[0] == ABSENT:
            raise ValueError
        return found[0], found[1], found[2]

    def _add(self, group: _Group) -> None:
        if not group.corners:
            return
        corners = np.array(group.corners, np.int64)
        unique, inverse = np.unique(corners, axis=0, return_inverse=True)
        wide = min(len(self.points[number]) for number in unique[:, 0])
        if wide < 3:
            raise ImportRefusedError("text_damaged")
        rows = np.array([self.points[number][: 6 if wide >= 6 else 3] for number in unique[:, 0]], np.float64)
        material = self.materials.get(group.material, Material())
        uv = normals = None
        if self.uv and (unique[:, 1] >= 0).all():
            uv = np.array([self.uv[number] for number in unique[:, 1]], np.float64) * (1, -1) + (0, 1)
        if self.normals and (unique[:, 2] >= 0).all():
            found = [self.normals[number] for number in unique[:, 2]]
            normals = np.array(found, np.float64) if min(map(len, found)) == 3 else None
        if material.image is not None and uv is None:
            self.out.note("uv_missing", mesh=group.name)
            material = replace(material, image=None)
        colours = None
        if rows.shape[1] == 6:
            colours = linear(np.clip(np.nan_to_num(rows[:, 3:]) * 255, 0, 255))
        self.out.add(
            Part(
                name=group.name, points=rows[:, :3], triangles=inverse.reshape(-1, 3).astype(np.int64),
                normals=normals, colours=colours, uv=uv, material=material,
            )
        )  # fmt: skip

    # --- materials -------------------------------------------------------------------------------------------------

    def _library(self, name: str) -> None:
        path = beside(self.folder, name) if self.folder is not None else None
        if path is None:
            self.out.note("mtl_missing", file=told(name))
            return
        current = ""
        for line in path.read_bytes().split(b"\n"):
            words = line.split()
            if len(words) < 2:
                continue
            value = b" ".join(words[1:]).decode("utf-8", "replace")
            if words[0] == b"newmtl":
                current = value
                if len(self.materials) >= limits.MATERIALS:
                    raise ImportRefusedError(
                        "glb_many", what="materials", n=len(self.materials) + 1, most=limits.MATERIALS
                    )
                self.materials[current] = Material()
            elif current:
                self.materials[current] = self._painted(self.materials[current], words, value)

    def _painted(self, material: Material, words: list[bytes], value: str) -> Material:
        match words[0].lower():
            case b"kd" if len(words) >= 4:
                srgb = np.clip(np.nan_to_num([float(word) for word in words[1:4]]), 0, 1)
                red, green, blue = (float(x) for x in linear(srgb * 255))
                return replace(material, colour=(red, green, blue))
            case b"ns":
                shine = min(max(float(np.nan_to_num(float(words[1]))), 0.0), 1000.0)
                return replace(material, gloss=0.05 + 0.6 * (shine / 1000) ** 0.5)
            case b"map_kd":
                return replace(material, image=self._image(value), colour=(1.0, 1.0, 1.0))
        return material

    def _image(self, name: str) -> int | None:
        name = name.split(" -")[-1].split(" ")[-1] if name.startswith("-") else name
        path = beside(self.folder, name) if self.folder is not None else None
        if path is None:
            self.out.note("image_missing", image=told(name))
            return None
        if len(self.out.images) >= limits.IMAGES:
            raise ImportRefusedError("glb_many", what="images", n=len(self.out.images) + 1, most=limits.IMAGES)
        pixels, clear = decoded(path.read_bytes(), told(path.name))
        if clear:
            self.out.note("image_clear", image=told(path.name))
        self.out.images.append(pixels)
        return len(self.out.images) - 1
