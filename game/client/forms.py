"""What a good is drawn by where there are thousands: its vertices once, and some lists of triangles, each coarser.

Making the coarser ones takes a fifth of a second for each good, so all of it is kept in the home folder, as one array
of 32-bit words that is read in one piece: reading it is a hundred times faster than making it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from panda3d.core import GeomNode

from game.client.contact import CELLS, Patch, patch_of
from game.client.matte import MATTE_GLOSS, triangles_of
from game.client.models import FORMAT
from game.content.coarser import PARTS, Form, coarser

log = logging.getLogger(__name__)

LEVELS = len(PARTS) + 1
FINE = 2  # levels: the whole and the next; what is coarser has few vertices
VERSION = 7  # of what is kept; another one is made anew


@dataclass(frozen=True, slots=True)
class Level:
    """One form: indices of corners, uint32 (k,), three a triangle, of what shines and of what does not."""

    matte: np.ndarray
    shining: np.ndarray
    error_m: float  # how far at most it is off the whole


@dataclass(frozen=True, slots=True)
class Forms:
    """`vertices` (n, 12), rows of `models.FORMAT`, those of coarser levels first; the whole is the first level.

    Has only the whole as long as the coarser ones are not made. `reach` is the number of vertices that levels from FINE
    on have, `shadow` the contact shadow.
    """

    vertices: np.ndarray
    levels: tuple[Level, ...]
    reach: int
    shadow: Patch


class KeptForms:
    """Forms by file; `cache` is the folder where they are kept, None to keep nothing."""

    def __init__(self, cache: Path | None) -> None:
        self.folder = cache / "forms" if cache is not None else None

    def kept(self, path: Path) -> Forms | None:
        """All levels of the model whose file is `path`, if they were made before from this very file."""
        file = self._file(path)
        if file is None:
            return None
        try:
            return _unpacked(np.fromfile(file, np.uint32))
        except (OSError, ValueError, IndexError):
            return None

    def make(self, path: Path, node: GeomNode) -> Iterator[Forms | None]:
        """Make all levels of a model and keep them; yields None between pieces of work and the forms in the end."""
        vertices, triangles = mesh_of(node)
        coarse: list[Form] = []
        if len(triangles):
            for form in coarser(vertices, triangles):
                if form is None:
                    yield None
                else:
                    coarse.append(form)
        forms = _ordered(vertices, triangles, coarse, patch_of(node))
        yield None
        if coarse:
            self._keep(self._file(path), forms)
        yield forms

    def _file(self, path: Path) -> Path | None:
        if self.folder is None:
            return None
        try:
            stat = path.stat()
        except OSError:
            return None
        key = hashlib.blake2b(repr((VERSION, str(path), stat.st_mtime_ns, stat.st_size)).encode(), digest_size=10)
        return self.folder / f"{path.parent.name}_{path.stem}-{key.hexdigest()}.forms"

    def _keep(self, file: Path | None, forms: Forms) -> None:
        if file is None:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            for older in file.parent.glob(f"{file.stem.rsplit('-', 1)[0]}-*.forms"):
                older.unlink(missing_ok=True)
            part = file.with_suffix(".part")
            _packed(forms).tofile(part)
            part.replace(file)
        except OSError as error:
            log.info("coarser forms are not kept: %s", error)


def whole(node: GeomNode) -> Forms:
    """A model without coarser levels."""
    vertices, triangles = mesh_of(node)
    return _ordered(vertices, triangles, [], patch_of(node))


def mesh_of(node: GeomNode) -> tuple[np.ndarray, np.ndarray]:
    """Vertices (n, 12) and triangles (m, 3) of all meshes of a node that the lean reader made."""
    vertices: list[np.ndarray] = []
    triangles: list[np.ndarray] = []
    starts: dict[int, int] = {}
    count = 0
    for geom in node.get_geoms():
        data = geom.get_vertex_data()
        if data.get_format() != FORMAT or geom.get_num_primitives() != 1:
            continue
        array = data.get_array(0)
        rows = np.frombuffer(memoryview(array).cast("B"), np.float32).reshape(-1, 12)
        if array.this not in starts:  # parts of one mesh share their vertices
            starts[array.this], count = count, count + len(rows)
            vertices.append(rows)
        triangles.append(triangles_of(geom).astype(np.uint32) + np.uint32(starts[array.this]))
    if not triangles:
        return np.zeros((0, 12), np.float32), np.zeros((0, 3), np.uint32)
    return np.concatenate(vertices), np.concatenate(triangles)


def _ordered(vertices: np.ndarray, triangles: np.ndarray, coarse: list[Form], shadow: Patch) -> Forms:
    forms = [Form(triangles, 0.0), *coarse]
    coarsest = np.zeros(len(vertices), int)
    for level, form in enumerate(forms):
        coarsest[form.triangles.reshape(-1)] = level
    order = np.argsort(-coarsest, kind="stable")
    number = np.empty(len(vertices), np.uint32)
    number[order] = np.arange(len(vertices), dtype=np.uint32)
    vertices = np.ascontiguousarray(vertices[order])
    levels = tuple(_level(vertices, number[form.triangles], form.error_m) for form in forms)
    return Forms(vertices, levels, int((coarsest >= FINE).sum()), shadow)


def _level(vertices: np.ndarray, triangles: np.ndarray, error_m: float) -> Level:
    shines = (vertices[:, 9][triangles] > MATTE_GLOSS).any(1)
    return Level(triangles[~shines].reshape(-1), triangles[shines].reshape(-1), error_m)


def _packed(forms: Forms) -> np.ndarray:
    lists = [part for level in forms.levels for part in (level.matte, level.shining)]
    numbers = [
        forms.vertices, np.array([level.error_m for level in forms.levels]), forms.shadow.x_m, forms.shadow.y_m,
        forms.shadow.dark,
    ]  # fmt: skip
    header = np.array([VERSION, len(forms.vertices), forms.reach, *map(len, lists)], np.uint32)
    floats = [np.ascontiguousarray(part, np.float32).reshape(-1).view(np.uint32) for part in numbers]
    return np.concatenate([header, *lists, *floats])


def _unpacked(words: np.ndarray) -> Forms:
    """Raises ValueError or IndexError when the words are no forms."""
    version, count, reach, *lengths = words[: 3 + 2 * LEVELS].tolist()
    floats = count * 12 + LEVELS + 2 * CELLS + CELLS * CELLS
    if version != VERSION or len(words) != 3 + 2 * LEVELS + sum(lengths) + floats:
        raise ValueError("other words than expected")
    ends = np.cumsum([3 + 2 * LEVELS, *lengths])
    lists = [words[a:b] for a, b in pairwise(ends.tolist())]
    values = words[ends[-1] :].view(np.float32)
    if any(len(part) and part.max() >= count for part in lists):
        raise ValueError("an index beyond the vertices")
    vertices, errors, x, y, dark = np.split(values, np.cumsum([count * 12, LEVELS, CELLS, CELLS]))
    levels = tuple(Level(lists[2 * i], lists[2 * i + 1], float(errors[i])) for i in range(LEVELS))
    return Forms(vertices.reshape(-1, 12), levels, reach, Patch(x, y, dark.reshape(CELLS, CELLS)))
