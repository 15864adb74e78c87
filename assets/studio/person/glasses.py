"""Glasses, rigid on the head: one set of temples and a bridge, three shapes of rim."""

from dataclasses import replace
from functools import partial

import numpy as np

from .body import EYE
from .goods import Wearable
from .parts import Part
from .shapes import Array, blend, mirrored, rotation, smax, smoothstep, tube, union, vec

FRONT_Y = -0.126
RIM_X = 0.0475
BOX = ((-0.2, -0.2, 1.38), (0.2, 0.1, 1.52))
TILT_DEG = -4.3  # on a table glasses stand on their rims and the tips of their temples


def face_y(q: Array) -> Array:
    """Depth of points before the bent plane of the lenses."""
    return q[:, 1] - FRONT_Y - 0.35 * np.maximum(q[:, 0] - 0.05, 0)


def temples(q: Array, top: float = 0.008, x: float = 0.080, worn: bool = True) -> Array:
    """Temples, spread over the ears of who wears them, else straight; and the bridge over the nose."""
    z = EYE[2]
    wide = (0.117, 0.131, 0.133) if worn else (x, x, x)
    arms = (
        vec(x, FRONT_Y + 0.012, z + top), vec(wide[0], -0.075, z + top), vec(wide[1], 0.010, z + 0.008),
        vec(wide[2], 0.045, z - 0.018),
    )  # fmt: skip
    bridge = tube(q, (vec(0.016, FRONT_Y, z + 0.010), vec(0, FRONT_Y - 0.006, z + 0.013)), 0.0040)
    return union(tube(q, arms, 0.0040), bridge)


def round_outline(q: Array) -> Array:
    """Signed distance to the middle of a round rim, in the plane of the lens."""
    return np.hypot(q[:, 0] - RIM_X, (q[:, 2] - EYE[2]) * 0.98) - 0.0335


def square_outline(q: Array) -> Array:
    """The same of a rounded square, wider on top."""
    dx = np.abs(q[:, 0] - RIM_X) / (1 + 1.4 * (q[:, 2] - EYE[2])) - 0.0240
    dz = np.abs(q[:, 2] - EYE[2]) - 0.0180
    return np.hypot(np.maximum(dx, 0), np.maximum(dz, 0)) + np.minimum(np.maximum(dx, dz), 0) - 0.0125


def cat_outline(q: Array) -> Array:
    """The same of a cat's eye, drawn up to the outside."""
    u = (q[:, 0] - RIM_X) / 0.040
    lifted = q[:, 2] - EYE[2] - 0.020 * smoothstep(-0.2, 1.1, u) * smoothstep(-0.02, 0.03, q[:, 2] - EYE[2])
    return (np.hypot(u, lifted / 0.0275) - 1) * 0.030


def round_frame(p: Array, worn: bool = True) -> Array:
    """Round metal-thin rims."""
    q = mirrored(p)
    return blend(0.004, np.hypot(round_outline(q), face_y(q)) - 0.0042, temples(q, worn=worn))


def square_frame(p: Array, worn: bool = True) -> Array:
    """Thick square rims."""
    q = mirrored(p)
    rim = smax(np.abs(square_outline(q)) - 0.0055, np.abs(face_y(q)) - 0.0050, 0.004)
    return blend(0.004, rim, temples(q, 0.016, worn=worn))


def square_lens(p: Array) -> Array:
    """Dark lenses."""
    q = mirrored(p)
    return smax(square_outline(q) + 0.002, np.abs(face_y(q) + 0.0005) - 0.0022, 0.002)


def cat_frame(p: Array, worn: bool = True) -> Array:
    """Rims that grow towards their points."""
    q = mirrored(p)
    thick = 0.0042 + 0.0042 * smoothstep(0.06, 0.09, q[:, 0]) * smoothstep(0.0, 0.02, q[:, 2] - EYE[2])
    return blend(0.004, np.hypot(cat_outline(q), face_y(q)) - thick, temples(q, 0.024, 0.084, worn))


def cat_studs(p: Array) -> Array:
    """A brass stud at each point."""
    q = mirrored(p)
    at = vec(0.0835, FRONT_Y + 0.0045, EYE[2] + 0.0275)
    return np.linalg.norm((q - at) * (1, 0.8, 1), axis=1) - 0.0052


def on_table(p: Array, n: Array) -> tuple[Array, Array]:
    """Glasses as they stand, temples open."""
    m = rotation((1, 0, 0), TILT_DEG)
    return p @ m.T, n @ m.T


def _glasses(frame: Part, *parts: Part) -> Wearable:
    assert frame.shape is not None
    straight = replace(frame, shape=partial(frame.shape, worn=False))
    return Wearable(slot="face", parts=(frame, *parts), joint="head", lay=on_table, shelf=(straight, *parts))


GLASSES = {
    "round_glasses": _glasses(
        Part(colour="#6e3d28", shape=round_frame, box=BOX, step=0.0025, triangles=1300, gloss=0.5)
    ),
    "square_sunglasses": _glasses(
        Part(colour="#2a2730", shape=square_frame, box=BOX, step=0.0025, triangles=1500, gloss=0.5),
        Part(colour="#2b3038", shape=square_lens, box=BOX, step=0.0025, triangles=340, gloss=0.85),
    ),
    "cat_eye_glasses": _glasses(
        Part(colour="#1f7a78", shape=cat_frame, box=BOX, step=0.0025, triangles=1500, gloss=0.55),
        Part(colour="#e0b24c", shape=cat_studs, box=BOX, step=0.0020, triangles=80, gloss=0.8),
    ),
}
