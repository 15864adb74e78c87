"""Where the core's space meets the engine's: the one module that knows both.

Core space: metres, Z up, right-handed; a yaw of 0 faces +Y and grows counter-clockwise seen from above. Ursina turns
Panda3D's default into Y-up-left, and glTF is Y-up-right with its front to +Z. The world is a scene graph of its own,
drawn by a lens that is told to look in core space, so nothing below its root is ever converted again. What the
engine's own loaders make (Y-up-left) goes under a node with `CORE_FROM_ENGINE`.

Never call `set_hpr`, `set_h`, `look_at` or `CardMaker` on what hangs in the world: they speak Y-up-left.
Build a matrix here instead. Panda3D's matrices multiply row vectors: row i is where axis i goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, atan2, cos, radians, sin, sqrt, tan

import numpy as np
from panda3d.core import CS_zup_right, LMatrix4f, LVector3f, PerspectiveLens

from game.core.goods import Vec3

# (x, y, z) of Y-up-left is (x, z, y) of the core. Its own inverse.
CORE_FROM_ENGINE = LMatrix4f(1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1)
IDENTITY = LMatrix4f.ident_mat()


def core_from_gltf(points: np.ndarray) -> np.ndarray:
    """Points or normals (n, 3) of a glTF file, in core space: glTF's front +Z becomes the core's -Y."""
    out = np.empty_like(points)
    out[:, 0], out[:, 1], out[:, 2] = points[:, 0], -points[:, 2], points[:, 1]
    return out


def matrix_from_gltf(columns: Sequence[float]) -> LMatrix4f:
    """A glTF node matrix (16 numbers, column-major) as a core-space matrix for row vectors."""
    swap = np.array([[1, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]], float)  # rows: glTF axes in core
    rows = np.linalg.inv(swap) @ np.array(columns, float).reshape(4, 4) @ swap
    return LMatrix4f(*rows.ravel())


def turned(pos_m: Sequence[float], yaw_rad: float = 0.0, pitch_rad: float = 0.0, scale: float = 1.0) -> LMatrix4f:
    """Matrix of something at `pos_m` that faces `yaw_rad`, pitched up by `pitch_rad`, scaled about its origin."""
    cy, sy, cp, sp, k = cos(yaw_rad), sin(yaw_rad), cos(pitch_rad), sin(pitch_rad), scale
    return LMatrix4f(
        k * cy, k * sy, 0, 0,
        -k * sy * cp, k * cy * cp, k * sp, 0,
        k * sy * sp, -k * cy * sp, k * cp, 0,
        pos_m[0], pos_m[1], pos_m[2], 1,
    )  # fmt: skip


def yaw_pitch(direction: Sequence[float]) -> tuple[float, float]:
    """Yaw and pitch in radians of a direction; a vertical one keeps yaw 0."""
    x, y, z = direction
    length = sqrt(x * x + y * y + z * z) or 1.0
    return (atan2(-x, y) if x or y else 0.0), asin(max(-1.0, min(1.0, z / length)))


def facing(eye_m: Sequence[float], target_m: Sequence[float]) -> LMatrix4f:
    """Matrix of a camera at `eye_m` that looks at `target_m`, upright."""
    return turned(eye_m, *yaw_pitch([t - e for e, t in zip(eye_m, target_m, strict=True)]))


def good_matrix(pos_m: Sequence[float], yaw_rad: float) -> LMatrix4f:
    """Where a good's model stands: at yaw 0 its front faces -Y, which is how the loader leaves it."""
    return turned(pos_m, yaw_rad)


def place_from_door(at_m: Vec3, yaw_deg: float) -> LMatrix4f:
    """The space of a threshold: +Y leads out of the place."""
    return turned(at_m, radians(yaw_deg))


def through_door(
    here_at_m: Vec3, here_yaw_deg: float, there_at_m: Vec3, there_yaw_deg: float
) -> LMatrix4f:
    """Matrix that puts the neighbour place into this place's space: threshold on threshold, way out on way in."""
    there = place_from_door(there_at_m, there_yaw_deg + 180.0)
    there.invert_in_place()
    return there * place_from_door(here_at_m, here_yaw_deg)


def forward(yaw_rad: float, pitch_rad: float = 0.0) -> LVector3f:
    """The unit vector that a gaze of this yaw and pitch follows."""
    return LVector3f(-sin(yaw_rad) * cos(pitch_rad), cos(yaw_rad) * cos(pitch_rad), sin(pitch_rad))


def lens(fov_vertical_deg: float, aspect: float, near_m: float, far_m: float) -> PerspectiveLens:
    """A lens that looks along +Y with Z up, whatever the engine's default is."""
    made = PerspectiveLens()
    made.set_coordinate_system(CS_zup_right)
    made.set_near_far(near_m, far_m)
    set_view_angle(made, fov_vertical_deg, aspect)
    return made


def set_view_angle(of: PerspectiveLens, fov_vertical_deg: float, aspect: float) -> None:
    """Give a lens its vertical angle in degrees and the picture's width over its height."""
    half = tan(radians(fov_vertical_deg) / 2)
    of.set_film_size(2 * half * aspect, 2 * half)
    of.set_focal_length(1.0)
