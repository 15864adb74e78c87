"""Tops: a sailor's tee, a hoodie, and the plain tee that nobody has to buy."""

import numpy as np

from .body import arm, torso
from .goods import TORSO_BOX, Wearable, along_fore, along_upper, coat, collar, on_sleeve
from .hanger import HANGER, hung
from .parts import Part
from .shapes import (
    Array,
    ball,
    blend,
    hollow,
    mirrored,
    smax,
    smin,
    smoothstep,
    torus,
    tube,
    vec,
)

STRIPES = (0.905, 0.930, 0.955, 0.980, 1.005, 1.030, 1.055, 1.080)
HEM_Z = 0.790


def tee_outside(q: Array) -> Array:
    """The tee without its openings."""
    t = 0.015 + 0.011 * smoothstep(0.92, 0.80, q[:, 2])
    trunk = blend(0.05, torso(q) - t, ball(q, vec(0, 0, 0.90), (0.128, 0.104, 0.16)) - (t - 0.015))
    sleeve = arm(q) - 0.015 - 0.007 * smoothstep(0.03, 0.12, along_upper(q))
    return smin(trunk, sleeve, 0.020)


def tee(p: Array) -> Array:
    """Short sleeves, round neck, straight hem."""
    q = mirrored(p)
    inner = smin(torso(q), arm(q), 0.04) - 0.005
    ends = np.where(on_sleeve(q), along_upper(q) - 0.118, -1)
    return hollow(tee_outside(q), inner, (HEM_Z - q[:, 2], 0.03), (ends, 0.03), (collar(q, 0.080), 0.02))


def tee_neck(p: Array) -> Array:
    """The ribbed edge of the collar."""
    q = mirrored(p)
    across, along = np.abs(collar(q, 0.080) + 0.002), np.abs(tee_outside(q) + 0.003)
    return smax(np.hypot(across, along) - 0.0075, 1.08 - q[:, 2], 0.004)


def stripes(c: Array) -> Array:
    """Faces of the tee that are striped."""
    q = mirrored(c)
    return (np.searchsorted(STRIPES, c[:, 2]) % 2 == 1) & ~(on_sleeve(q) & (q[:, 0] > 0.1))


def hoodie(p: Array) -> Array:
    """Long sleeves with a few wrinkles above the cuffs."""
    q = mirrored(p)
    near_cuff = smoothstep(-0.13, -0.05, along_fore(q)) * (arm(q) < 0.05)
    wrinkle = 0.0016 * np.cos(along_fore(q) * 190 + q[:, 1] * 30) * near_cuff
    cuffs = np.where(on_sleeve(q), along_fore(q) + 0.020, -1)
    openings = ((HEM_Z - q[:, 2], 0.03), (cuffs, 0.03), (collar(q, 0.076), 0.03))
    return hollow(coat(q, 0.020) - wrinkle, coat(q, 0.008), *openings)


def hoodie_bands(p: Array) -> Array:
    """Ribbed hem and cuffs."""
    q = mirrored(p)
    hem = smax(coat(q, 0.0250), np.where(on_sleeve(q), 9, np.abs(q[:, 2] - HEM_Z - 0.002) - 0.024), 0.005)
    cuff = np.where(on_sleeve(q), np.abs(along_fore(q) + 0.022) - 0.016, 9)
    ring = smax(smax(arm(q) - 0.0205, cuff, 0.004), 0.007 - arm(q), 0.003)
    return np.minimum(smax(hem, -coat(q, 0.008), 0.003), ring)


def hood(p: Array) -> Array:
    """The hood, lying on the back."""
    q = mirrored(p)
    tilted = np.column_stack([p[:, 0], p[:, 1] - 0.020, p[:, 2] - 1.208 - 0.32 * (p[:, 1] - 0.018)])
    ring = torus(tilted, vec(0, 0, 0), 0.086, 0.027, (1.06, 0.98, 1.0))
    pouch = ball(q, vec(0, 0.118, 1.160), (0.108, 0.052, 0.082))
    back = smax(pouch, -ball(q, vec(0, 0.085, 1.245), (0.066, 0.046, 0.055)), 0.02)
    return smax(smin(ring, back, 0.03), -(torso(q) - 0.006), 0.004)


def pocket(p: Array) -> Array:
    """The kangaroo pocket."""
    q = mirrored(p)
    slant = q[:, 0] - 0.098 + 0.5 * (q[:, 2] - 0.822)
    edge = np.max([0.822 - q[:, 2], q[:, 2] - 0.925, slant, p[:, 1] + 0.02], axis=0)
    return smax(smax(coat(q, 0.026), edge, 0.010), -coat(q, 0.015), 0.003)


def strings(p: Array) -> Array:
    """The cords of the hood."""
    path = (vec(0.030, -0.112, 1.165), vec(0.033, -0.128, 1.12), vec(0.034, -0.134, 1.065))
    return tube(mirrored(p), path, (0.0052, 0.0052, 0.0066))


def _tee(colour: str, trim: str, striped: str) -> tuple[Part, ...]:
    cuts = tuple((vec(0, 0, z), vec(0, 0, 1)) for z in STRIPES) if striped else ()
    cloth = Part(
        colour=colour, shape=tee, box=TORSO_BOX, triangles=760, gloss=0.03, cuts=cuts,
        paint=stripes if striped else None, second=striped or colour,
    )  # fmt: skip
    neck_box = ((-0.13, -0.16, 1.06), (0.13, 0.16, 1.26))
    return cloth, Part(colour=trim, shape=tee_neck, box=neck_box, step=0.003, triangles=360, gloss=0.03)


TOPS = {
    "sailor_tee": Wearable(
        slot="torso", parts=_tee("#f4efe4", "#2b4a7a", "#2b4a7a"), hides=("torso",), lay=hung, extras=HANGER
    ),
    "yellow_hoodie": Wearable(
        slot="torso",
        parts=(
            Part(colour="#f0b23c", shape=hoodie, box=TORSO_BOX, triangles=1080),
            Part(colour="#d98f1f", shape=hoodie_bands, box=TORSO_BOX, step=0.004, triangles=440),
            Part(colour="#f3bd50", shape=hood, box=TORSO_BOX, triangles=420),
            Part(colour="#e8a630", shape=pocket, box=TORSO_BOX, triangles=150),
            Part(colour="#fff4dd", shape=strings, box=TORSO_BOX, step=0.003, triangles=90),
        ),
        hides=("torso", "arms"),
        lay=hung,
        extras=HANGER,
    ),
}
PLAIN_TEE = Wearable(slot="torso", parts=_tee("#e6d9c2", "#d3bf9e", ""), hides=("torso",))
