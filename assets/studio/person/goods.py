"""What every wearable good is described by, and the shapes of cloth that several of them share."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .body import ALONG, SHOULDER, UPPER, WRIST, arm, leg, torso
from .parts import Part
from .shapes import Array, ball, blend, smax, smin, smoothstep, vec

TORSO_BOX = ((-0.60, -0.22, 0.74), (0.60, 0.24, 1.30))
LEGS_BOX = ((-0.22, -0.22, 0.05), (0.22, 0.22, 0.93))
FEET_BOX = ((-0.18, -0.22, -0.04), (0.18, 0.12, 0.20))
HEAD_BOX = ((-0.32, -0.32, 1.42), (0.32, 0.34, 1.74))

Move = Callable[[Array, Array], tuple[Array, Array]]  # points, normals -> where and how they lie on a shelf


@dataclass(frozen=True, kw_only=True)
class Wearable:
    """A good as it is worn and as it stands on a shelf.

    Rigid on `joint`, or skinned where that is empty. The shelf form is the worn one, moved by `lay`, plus `extras`;
    or, where given, `shelf` alone, which is modelled in shelf space (Z up, front -Y; placed on the floor by the build).
    """

    slot: str
    parts: tuple[Part, ...]
    joint: str = ""
    hides: tuple[str, ...] = ()
    lift_m: float = 0.0
    skirt: bool = False
    sleeveless: bool = False
    lay: Move | None = None
    extras: tuple[Part, ...] = ()
    shelf: tuple[Part, ...] = ()


def along_fore(q: Array) -> Array:
    """Metres past the wrist along the forearm; negative before it."""
    return (q - WRIST) @ ALONG


def along_upper(q: Array) -> Array:
    """Metres past the shoulder along the upper arm."""
    return (q - SHOULDER) @ UPPER


def on_sleeve(q: Array) -> Array:
    """Where points are nearer to the arm than to the trunk."""
    return arm(q) < torso(q)


def collar(q: Array, r: float, z: float = 1.150) -> Array:
    """Positive in the hole for the neck; lower in front."""
    ring = r - np.hypot(q[:, 0], (q[:, 1] - 0.008) * 0.95)
    return smin(ring, q[:, 2] - z - 0.35 * (q[:, 1] + 0.05), 0.030)


def coat(q: Array, t: float) -> Array:
    """A loose top, t metres off the body; straps and packs lie on it."""
    off = t + 0.009 * smoothstep(0.92, 0.80, q[:, 2])
    ease = ball(q, vec(0, 0.0, 0.90), (0.138, 0.112, 0.16))
    return smin(blend(0.06, torso(q) - off, ease - (off - 0.020)), arm(q) - off + 0.005, 0.022)


def trouser_leg(q: Array, t: float) -> Array:
    """Legwear that is wide enough below the knee for boots."""
    return legwear(q, t) - 0.008 * smoothstep(0.46, 0.33, q[:, 2]) - 0.005 * smoothstep(0.28, 0.12, q[:, 2])


def legwear(q: Array, t: float) -> Array:
    """Trouser legs t metres off the body, kept apart by a slit: joined thighs would tear in the walk."""
    off = t - 0.007 * smoothstep(0.74, 0.82, q[:, 2])
    d = smin(leg(q) - off, torso(q) - off, 0.03)
    return smax(d, np.minimum(0.006 - q[:, 0], 0.712 - q[:, 2]), 0.012)
