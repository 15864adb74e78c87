"""A foreign file to a clean good: read, put right, made lighter, shaded, written; nothing in the file is executed."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from msgspec import Struct

from game.content.goods_model import Floats, Ints, Model
from game.content.imports import limits
from game.content.imports.gltf import read_glb
from game.content.imports.notes import ImportRefusedError, Note, told
from game.content.imports.obj import read_obj
from game.content.imports.painting import painted
from game.content.imports.picture import framed_picture
from game.content.imports.ply import read_ply
from game.content.imports.posing import UNITS, Pose, beside_person, found_unit, found_up, rotation
from game.content.imports.source import Source
from game.content.imports.stl import read_stl
from game.content.imports.thinning import FIRST, fewer, thinned
from game.content.shading import creased, face_normals, light_reaching, unit

MODELS = (".glb", ".obj", ".stl", ".ply")
PICTURES = (".png", ".jpg", ".jpeg")
ENDINGS = (*MODELS, *PICTURES)
TINY_M = 1e-6  # of a triangle's height: it is seen nowhere


class Wanted(Struct, frozen=True, kw_only=True):
    """What the maker says of a file; "" and 0 leave it to be found."""

    kind: str = ""
    unit: str = ""  # of UNITS
    up: str = ""  # of UPS
    turn_deg: float = 0.0  # about the vertical, so that its front comes to the front
    size_m: float = 0.0  # of the longest side
    triangles: int = limits.KEPT_TRIANGLES


@dataclass(frozen=True, slots=True)
class Imported:
    """A clean model, how the file was turned and scaled for it, and all that is to be said about it."""

    model: Model
    pose: Pose
    notes: tuple[Note, ...]


def import_file(path: Path, wanted: Wanted | None = None) -> Imported:
    """Read a model or a picture of any maker. Raises ImportRefusedError with the reason in plain words."""
    ending = path.suffix.lower()
    if path.is_dir():
        raise ImportRefusedError("folder", file=told(path.name))
    if ending not in ENDINGS:
        raise ImportRefusedError("format", ending=told(ending or "?"))
    try:
        if not path.is_file():  # a pipe would never end
            raise ImportRefusedError("no_file", file=told(path.name))
        with path.open("rb") as file:
            raw = file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise ImportRefusedError("unreadable", file=told(path.name), why=told(error.strerror)) from None
    return import_bytes(raw, ending, wanted, folder=path.parent, name=path.stem)


def import_bytes(
    raw: bytes, ending: str, wanted: Wanted | None = None, *, folder: Path | None = None, name: str = ""
) -> Imported:
    """Read a model or a picture from memory; `folder` is where a model's own pictures lie beside it.

    Raises ImportRefusedError with the reason in plain words.
    """
    wanted = wanted or Wanted()
    if len(raw) > limits.FILE_BYTES:
        raise ImportRefusedError("file_bytes", most=limits.FILE_BYTES // 2**20)
    if not raw:
        raise ImportRefusedError("file_empty")
    with np.errstate(all="ignore"):  # what overflows is not finite, and is looked for
        if ending in PICTURES:
            model, notes = framed_picture(raw, told(name), wanted.size_m)
            return Imported(model, Pose(1.0, "z"), (*notes, beside_person(model.size_m)))
        match ending:
            case ".glb":
                source = read_glb(raw)
            case ".obj":
                source = read_obj(raw, folder)
            case ".stl":
                source = read_stl(raw)
            case _:
                source = read_ply(raw)
        return _cleaned(source, wanted)


def _cleaned(source: Source, wanted: Wanted) -> Imported:
    if not any(len(part.triangles) for part in source.parts):
        raise ImportRefusedError("nothing_there")
    whole = painted(source)
    notes = list(source.notes)
    triangles = whole.triangles
    up, note = (wanted.up, None) if wanted.up else found_up(whole.points, triangles, source.up)
    notes += [note] if note else [Note("up_custom", {"up": up.upper()})] if not wanted.up else []
    turn = rotation(up, wanted.turn_deg)
    points = whole.points @ turn.T
    normals = None if whole.normals is None else unit(whole.normals @ turn.T)
    unit_m, more = _unit(points, triangles, source, wanted)
    notes += more
    points = points * unit_m
    seen = np.unique(triangles)
    low, high = points[seen].min(0), points[seen].max(0)
    origin = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    if np.abs(origin).max() > 0.01 * max(float((high - low).max()), 1e-9):
        notes.append(Note("origin_moved", {"cm": round(100 * float(np.linalg.norm(origin)), 1)}))
    points = points - origin
    triangles = _solid(points, triangles)
    if not len(triangles):
        raise ImportRefusedError("nothing_there")
    model = _model(points, normals, whole.rgba, whole.uv, triangles, wanted, notes)
    if whole.picture is not None:
        model = Model(
            points=model.points, normals=model.normals, rgba=model.rgba, light=model.light,
            triangles=model.triangles, uv=model.uv, picture=whole.picture,
        )  # fmt: skip
    return Imported(model, Pose(unit_m, up, wanted.turn_deg), (*notes, beside_person(model.size_m)))


def _unit(points: Floats, triangles: Ints, source: Source, wanted: Wanted) -> tuple[float, list[Note]]:
    longest = float(np.ptp(points[np.unique(triangles)], axis=0).max())
    if not np.isfinite(longest) or longest <= 1e-12:
        raise ImportRefusedError("nothing_there")
    if wanted.size_m > 0:
        return wanted.size_m / longest, []
    if wanted.unit:
        return UNITS[wanted.unit], []
    return found_unit(longest, said_m=source.unit_m, custom_m=source.custom_m, kind=wanted.kind or None)


def _solid(points: Floats, triangles: Ints) -> Ints:
    """The triangles that have an area."""
    double = np.linalg.norm(face_normals(points, triangles), axis=1)
    p = points[triangles]
    longest = np.maximum.reduce([np.linalg.norm(p[:, k] - p[:, k - 1], axis=1) for k in range(3)])
    return np.asarray(triangles[(double > TINY_M * longest) & (double > 1e-14)])


def _model(
    points: Floats, normals: Floats | None, rgba: Floats, uv: Floats | None, triangles: Ints, wanted: Wanted,
    notes: list[Note],
) -> Model:  # fmt: skip
    """The mesh with normals, no more triangles than wanted, and its own shade."""
    goal = min(max(wanted.triangles, 100), limits.MOST_TRIANGLES)
    before = len(triangles)
    if normals is None or not np.any(np.abs(normals) > 1e-6):
        triangles = fewer(points, np.zeros_like(points), rgba, uv, triangles, int(FIRST * goal))
        corner = triangles.reshape(-1)
        on, hard = creased(points, triangles)
        key = np.concatenate([corner[:, None], on[:, None], np.round(hard * 64).astype(np.int64)], 1)
        _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
        points, normals, rgba = points[corner[first]], hard[first], rgba[corner[first]]
        uv = uv[corner[first]] if uv is not None else None
        triangles = inverse.reshape(-1, 3)
    if before > goal:
        triangles = thinned(points, normals, rgba, uv, triangles, goal)
        if not len(triangles) or len(triangles) > goal:
            raise ImportRefusedError("not_thinned", n=before, most=goal)
        notes.append(Note("thinned", {"n": before, "left": len(triangles)}))
    seen, inverse = np.unique(triangles, return_inverse=True)
    points, normals, rgba = points[seen], normals[seen], rgba[seen]
    uv = uv[seen] if uv is not None else None
    triangles = inverse.reshape(-1, 3).astype(np.int64)
    low, high = points.min(0), points.max(0)
    points = points - np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    light = light_reaching(points, normals, triangles)
    return Model(points=points, normals=normals, rgba=rgba, light=light, triangles=triangles, uv=uv)
