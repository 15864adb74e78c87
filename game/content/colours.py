"""Which colours a good has, seen from its model: vertex colours by area, named in a perceptual colour space.

Source of the space: Björn Ottosson, "A perceptual color space for image processing" (Oklab), 2020.
"""

import json
import logging
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct

from game.core.errors import GameError
from game.core.ids import GoodId
from game.core.search_terms import COLOURS

log = logging.getLogger(__name__)

FILE = "colours.bin"
VERSION = 1
LEAST_PART = 0.12  # of the surface, for a colour to count
MOST = 3  # colours of one good
_DTYPES = {5121: "<u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}

Floats = npt.NDArray[np.float64]


class _Kept(Struct, frozen=True, kw_only=True):
    version: int
    goods: dict[GoodId, tuple[int, int, tuple[str, ...]]]  # time and size of the model, and its colours


def read_colours(
    model_of: Callable[[GoodId], Path], goods: list[GoodId], cache: Path, out: dict[GoodId, tuple[str, ...]]
) -> Iterator[str]:
    """Fill `out` with the colours of goods, the largest first; yields after each model that is read.

    `model_of` gives a good's file; what was read before is taken from `cache` while the file is the same. A broken
    model has no colours.
    """
    path = cache / FILE
    known: dict[GoodId, tuple[int, int, tuple[str, ...]]] = {}
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
        known = kept.goods if kept.version == VERSION else {}
    except (OSError, msgspec.MsgspecError, ValueError):
        pass  # nothing is kept yet, or it is damaged: all is read anew
    fresh: dict[GoodId, tuple[int, int, tuple[str, ...]]] = {}
    for good in goods:
        model = model_of(good)
        try:
            stat = model.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if good in known and known[good][:2] == stamp:
                fresh[good] = known[good]
            else:
                fresh[good] = (*stamp, colours_of(model))
                yield good
        except (OSError, GameError) as error:
            log.info("the colours of %s are unknown: %s", good, error)
            continue
        out[good] = fresh[good][2]
    if fresh != known:
        try:
            cache.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(msgspec.msgpack.encode(_Kept(version=VERSION, goods=fresh)))
            part.replace(path)
        except OSError as error:
            log.info("the colours are not kept: %s", error)


def colours_of(model: Path) -> tuple[str, ...]:
    """The colours of a GLB, the largest first. Raises GameError when the file is not a sound GLB."""
    raw = model.read_bytes()
    try:
        length = struct.unpack_from("<I", raw, 12)[0]
        document, blob = json.loads(raw[20 : 20 + length]), raw[28 + length :]
        tints, areas = _painted(document, blob)
    except (struct.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise GameError(f"{model}: its colours can't be read ({type(error).__name__}: {error})") from error
    return named(tints, areas)


def named(linear: Floats, areas: Floats) -> tuple[str, ...]:
    """Names of the colours that cover enough of a surface: linear RGB (n, 3) and what each covers (n)."""
    if not len(linear) or areas.sum() <= 0:
        return ()
    names = list(COLOURS)
    numbers = _name(linear)
    parts = np.bincount(numbers, weights=areas, minlength=len(names)) / areas.sum()
    order = np.argsort(-parts, kind="stable")[:MOST]
    return tuple(names[index] for index in order if parts[index] >= LEAST_PART)


def _name(linear: Floats) -> npt.NDArray[np.int64]:
    """The number in COLOURS of each colour."""
    lms = np.cbrt(
        np.clip(linear, 0, None)
        @ np.array([[0.4122214708, 0.2119034982, 0.0883024619],
                    [0.5363325363, 0.6806995451, 0.2817188376],
                    [0.0514459929, 0.1073969566, 0.6299787005]])
    )  # fmt: skip
    light, a, b = (
        lms
        @ np.array([[0.2104542553, 1.9779984951, 0.0259040371],
                    [0.7936177850, -2.4285922050, 0.7827717662],
                    [-0.0040720468, 0.4505937099, -0.8086757660]])
    ).T  # fmt: skip
    chroma, hue = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    warm = (hue > 40) & (hue < 115)
    rules = [
        ("white", (light > 0.9) & (chroma < 0.035)),
        ("beige", warm & (light > 0.74) & (chroma < 0.095)),
        ("black", (light < 0.36) & (chroma < 0.06)),
        ("grey", chroma < 0.03),
        ("brown", (hue > 25) & (hue < 100) & ((light < 0.55) | (chroma < 0.06)) & ~((hue < 38) & (chroma > 0.13))),
        ("pink", ((hue > 330) | (hue < 30)) & (light > 0.7)),
        ("pink", ((hue > 350) | (hue < 14)) & (light > 0.5)),
        ("purple", (hue > 315) & (hue < 355)),
        ("red", (hue > 345) | (hue < 42)),
        ("orange", hue < 76),
        ("yellow", hue < 112),
        ("green", hue < 205),
        ("blue", hue < 290),
        ("purple", hue >= 290),
    ]
    names = list(COLOURS)
    return np.select([rule for _, rule in rules], [names.index(name) for name, _ in rules], 0).astype(np.int64)


def _painted(document: dict[str, Any], blob: bytes) -> tuple[Floats, Floats]:
    """Linear colour and area of every triangle of all meshes; nodes' transforms are left out, parts hardly differ."""
    tints, areas = [np.zeros((0, 3))], [np.zeros(0)]
    for mesh in document.get("meshes", ()):
        for part in mesh["primitives"]:
            attributes = part["attributes"]
            points = _values(document, blob, attributes["POSITION"])
            corners = (
                _values(document, blob, part["indices"])[:, 0].astype(np.int64)
                if "indices" in part else np.arange(len(points))
            )  # fmt: skip
            corners = corners[: len(corners) // 3 * 3].reshape(-1, 3)
            a, b, c = (points[corners[:, n]] for n in range(3))
            areas.append(np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2)
            if "COLOR_0" in attributes:
                tints.append(_values(document, blob, attributes["COLOR_0"])[:, :3][corners].mean(axis=1))
            else:
                material = document["materials"][part["material"]] if "material" in part else {}
                factor = material.get("pbrMetallicRoughness", {}).get("baseColorFactor", (1, 1, 1, 1))
                tints.append(np.tile(np.array(factor[:3], float), (len(corners), 1)))
    return np.concatenate(tints), np.concatenate(areas)


def _values(document: dict[str, Any], blob: bytes, index: int) -> Floats:
    """An accessor's rows; whole numbers that stand for fractions become such."""
    spec = document["accessors"][index]
    view = document["bufferViews"][spec["bufferView"]]
    dtype, width = np.dtype(_DTYPES[spec["componentType"]]), _WIDTH[spec["type"]]
    row = dtype.itemsize * width
    start = view.get("byteOffset", 0) + spec.get("byteOffset", 0)
    stride = view.get("byteStride", row)
    if spec["count"] and start + stride * (spec["count"] - 1) + row > len(blob):
        raise ValueError("an accessor reaches beyond the file")
    rows = np.ndarray((spec["count"], width), dtype, blob, start, (stride, dtype.itemsize)).astype(np.float64)
    return rows / np.iinfo(dtype).max if spec.get("normalized") else rows
