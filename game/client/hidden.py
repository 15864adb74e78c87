"""What large flat faces of a place hide from an eye: the shell's walls, panels and boards hide most goods of a hall.

A face is a rectangle across one axis. It hides a box if every line from where the eye may be to the box goes through
it, so the answer holds as long as the eye stays there, and errs on the side of seeing (after Coorg and Teller 1997).
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from panda3d.core import Geom, GeomNode, NodePath

from game.client.matte import triangles_of
from game.client.models import FORMAT

LEAST_M2 = 1.0  # what is smaller hides next to nothing
FLAT_M = 1e-3


@dataclass(frozen=True, slots=True)
class Faces:
    """`axis` (n,) that each stands across, `side` (n,) to which it faces, -1 or 1, `at_m` (n,) where along the axis;
    `low_m`, `high_m` (n, 2) along the other two axes."""

    axis: np.ndarray
    side: np.ndarray
    at_m: np.ndarray
    low_m: np.ndarray
    high_m: np.ndarray

    def __len__(self) -> int:
        return len(self.axis)

    def some(self, wanted: np.ndarray) -> "Faces":
        """Those that an index or a mask picks."""
        return Faces(self.axis[wanted], self.side[wanted], self.at_m[wanted], self.low_m[wanted], self.high_m[wanted])


OTHERS = np.array([[1, 2], [2, 0], [0, 1]])


def faces_of(part: NodePath, *, but: frozenset[str] = frozenset()) -> Generator[str, None, Faces]:
    """The large faces of the meshes below a node, in the space of its parent; nodes named in `but` are left out.

    Yields between pieces of work.
    """
    corners = [np.zeros((0, 3, 3))]
    for path in [part, *part.find_all_matches("**/+GeomNode")] if not part.is_empty() else []:
        node = path.node()
        if isinstance(node, GeomNode) and not but & {each.get_name() for each in path.get_ancestors()}:
            matrix = np.array(path.get_mat(part.get_parent())).reshape(4, 4)
            corners += [_corners(geom) @ matrix[:3, :3] + matrix[3, :3] for geom in node.get_geoms()]
    yield "corners"
    return (yield from _rectangles(np.concatenate(corners)))


def _corners(geom: Geom) -> np.ndarray:
    """(m, 3, 3) of a mesh of the lean reader."""
    data = geom.get_vertex_data()
    if data.get_format() != FORMAT or geom.get_num_primitives() != 1:
        return np.zeros((0, 3, 3))
    rows = np.frombuffer(memoryview(data.get_array(0)).cast("B"), np.float32).reshape(-1, 12)
    corners: np.ndarray = rows[triangles_of(geom)][:, :, :3]
    return corners.astype(np.float64)


def _rectangles(corners: np.ndarray) -> Generator[str, None, Faces]:
    """The rectangles that triangles (m, 3, 3) make, adjoining ones joined."""
    found = []
    for axis, others in enumerate(OTHERS):
        flat = corners[np.ptp(corners[:, :, axis], axis=1) < FLAT_M] if len(corners) else corners
        across = flat[:, :, others]
        one, two = across[:, 1] - across[:, 0], across[:, 2] - across[:, 0]
        area = (one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]) / 2
        rows = np.concatenate([np.sign(area)[:, None], flat[:, :1, axis], across.min(1), across.max(1)], 1)
        # Triangles with the same box are a rectangle if they fill it.
        rows, inverse = np.unique(np.round(rows, 3), axis=0, return_inverse=True)
        filled = np.bincount(inverse.reshape(-1), np.abs(area), len(rows))
        rows = rows[filled > 0.999 * (rows[:, 4:6] - rows[:, 2:4]).prod(1)]
        rows = rows[rows[:, 0] != 0]
        for along in (0, 1, 0):
            rows = _joined(rows, along)
        rows = rows[(rows[:, 4:6] - rows[:, 2:4]).prod(1) >= LEAST_M2]
        found.append(np.concatenate([np.full((len(rows), 1), axis), rows], 1))
        yield "faces"
    rows = np.concatenate(found)
    return Faces(rows[:, 0].astype(int), rows[:, 1], rows[:, 2], rows[:, 3:5], rows[:, 5:7])


def _joined(rows: np.ndarray, along: int) -> np.ndarray:
    """Rectangles (side, at, low, low, high, high) with those joined that adjoin along one of their axes."""
    if not len(rows):
        return rows
    low, high = 2 + along, 4 + along
    alike = [0, 1, 3 - along, 5 - along]
    rows = rows[np.lexsort((rows[:, low], *(rows[:, column] for column in alike)))]
    begins = np.ones(len(rows), bool)
    begins[1:] = (rows[1:, alike] != rows[:-1, alike]).any(1) | (rows[1:, low] > rows[:-1, high] + 2 * FLAT_M)
    first = np.flatnonzero(begins)
    out = rows[first]
    out[:, high] = np.maximum.reduceat(rows[:, high], first)
    return out


def hidden(faces: Faces, eye_m: np.ndarray, stray_m: np.ndarray, low_m: np.ndarray, high_m: np.ndarray) -> np.ndarray:
    """Which of the boxes (n, 3), (n, 3) no eye within `stray_m` (3,) of `eye_m` (3,) can see, as (n,) bool."""
    out = np.zeros(len(low_m), bool)
    if not len(low_m):
        return out
    eye_low_m, eye_high_m = eye_m - stray_m, eye_m + stray_m
    # Only faces that face the eye, with some of the boxes beyond them.
    near_m = np.where(faces.side > 0, eye_low_m[faces.axis], -eye_high_m[faces.axis]) - faces.side * faces.at_m
    nearest, farthest = low_m.min(0), high_m.max(0)
    deep_m = faces.side * faces.at_m - np.where(faces.side > 0, nearest[faces.axis], -farthest[faces.axis])
    for axis, others in enumerate(OTHERS):
        some = faces.some((faces.axis == axis) & (near_m > 0) & (deep_m > 0))
        if not len(some):
            continue
        side, at = some.side[:, None], some.at_m[:, None]
        ahead = side > 0
        eye_near = np.where(ahead, eye_low_m[axis], -eye_high_m[axis]) - side * at
        eye_far = np.where(ahead, eye_high_m[axis], -eye_low_m[axis]) - side * at
        box_near = side * at - np.where(ahead, high_m[None, :, axis], -low_m[None, :, axis])
        box_far = side * at - np.where(ahead, low_m[None, :, axis], -high_m[None, :, axis])
        covers = box_near >= 0
        box_near = np.maximum(box_near, 0.0)
        # How much of the way to the box lies before the face, at least and at most.
        parts = (eye_near / (eye_near + box_far), eye_far / (eye_far + box_near))
        for number, other in enumerate(others):
            low, high = some.low_m[:, number, None], some.high_m[:, number, None]
            for part in parts:
                rest = 1.0 - part
                covers &= rest * eye_low_m[other] + part * low_m[None, :, other] >= low
                covers &= rest * eye_high_m[other] + part * high_m[None, :, other] <= high
        out |= covers.any(0)
    return out
