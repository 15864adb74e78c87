"""Bottoms: a skirt, jeans, and the plain trousers that nobody has to buy."""

import numpy as np

from .body import body
from .cloth import stack
from .goods import LEGS_BOX, Wearable, legwear, trouser_leg
from .hanger import CLIP_BAR, FLAT
from .parts import Part
from .shapes import Array, angle, box, hollow, mirrored, smoothstep, union, unit, vec

HEM_BAND = 0.600


def skirt(p: Array) -> Array:
    """A flared skirt with twelve soft pleats."""
    low, high = 0.555, 0.835
    z = np.clip((high - p[:, 2]) / 0.28, 0, 1.1)
    flare = 0.158 + 0.080 * z**0.9 + 0.008 * np.cos(12 * angle(p)) * smoothstep(0, 0.8, z)
    d = (np.hypot(p[:, 0], (p[:, 1] - 0.006) / (0.76 + 0.12 * z)) - flare) * 0.85
    return hollow(d, d + 0.014, (low - p[:, 2], 0.25), (p[:, 2] - high, 0.04))


def skirt_clips(p: Array) -> Array:
    """The clips between bar and waistband."""
    q = mirrored(p)
    return box(q, vec(0.095, 0.0, 1.178), (0.012, 0.012, 0.026), 0.004)


def skirt_hangs(p: Array, n: Array) -> tuple[Array, Array]:
    """Flattened, its waistband under the hanger's bar."""
    k = vec(1, FLAT, 1)
    return (p - vec(0, 0.006, 0)) * k + vec(0, 0, 1.165 - 0.835), unit(n / k)


def jeans(p: Array) -> Array:
    """Straight legs with wrinkles over the turn-ups."""
    q = mirrored(p)
    wrinkle = 0.0018 * np.cos(q[:, 2] * 210 + q[:, 1] * 40) * smoothstep(0.30, 0.16, q[:, 2])
    wide = trouser_leg(q, 0.016) - wrinkle
    return hollow(wide, body(p) - 0.005, (0.094 - q[:, 2], 0.03), (q[:, 2] - 0.885, -0.1))


def jeans_bands(p: Array) -> Array:
    """Waistband and turn-ups."""
    q = mirrored(p)
    belt = hollow(legwear(q, 0.019), legwear(q, 0.004), (np.abs(q[:, 2] - 0.872) - 0.017, 0.1))
    cuffs = hollow(legwear(q, 0.033), legwear(q, 0.010), (np.abs(q[:, 2] - 0.106) - 0.020, 0.1))
    return np.minimum(belt, cuffs)


def jeans_pockets(p: Array) -> Array:
    """Patch pockets behind."""
    q = mirrored(p)
    patch = np.max([np.abs(q[:, 0] - 0.070) - 0.036, np.abs(q[:, 2] - 0.785) - 0.040, -q[:, 1]], axis=0)
    return hollow(legwear(q, 0.0205), legwear(q, 0.012), (patch, 0.1))


def trousers(p: Array) -> Array:
    """Plain straight legs."""
    q = mirrored(p)
    return hollow(trouser_leg(q, 0.015), body(p) - 0.005, (0.094 - q[:, 2], 0.03), (q[:, 2] - 0.885, -0.1))


def folded_jeans(p: Array) -> Array:
    """Folded once across, both legs side by side on top; in shelf space."""
    legs = [box(p, vec(0, y, 0.0715), (0.149, 0.0635, 0.0155), 0.0145) for y in (-0.066, 0.066)]
    return union(stack(p, 2, (0.150, 0.130), 0.030), *legs)


def folded_cuff(p: Array) -> Array:
    """The turn-ups at the ends of the legs."""
    return union(*(box(p, vec(0.124, y, 0.073), (0.031, 0.065, 0.0185), 0.0155) for y in (-0.066, 0.066)))


def folded_patch(p: Array) -> Array:
    """The leather patch of the waistband, in front."""
    return box(p, vec(-0.085, -0.129, 0.043), (0.028, 0.006, 0.017), 0.003)


def folded_seams(p: Array) -> Array:
    """The pale seam along the folded leg."""
    return box(p, vec(-0.020, -0.1305, 0.015), (0.118, 0.0035, 0.002), 0.0015)


_SHELF = ((-0.20, -0.18, -0.03), (0.20, 0.18, 0.15))
BOTTOMS = {
    "rose_skirt": Wearable(
        slot="legs", skirt=True, hides=("hips",), lay=skirt_hangs,
        parts=(
            Part(colour="#b5485d", shape=skirt, box=((-0.30, -0.28, 0.50), (0.30, 0.28, 0.88)), triangles=1350,
                 cuts=((vec(0, 0, HEM_BAND), vec(0, 0, 1)),), paint=lambda c: c[:, 2] < HEM_BAND, second="#f0d9c8"),
        ),
        extras=(*CLIP_BAR, Part(colour="#c9ccd0", shape=skirt_clips, box=((-0.21, -0.05, 1.10), (0.21, 0.05, 1.36)),
                                step=0.003, triangles=80, gloss=0.7)),
    ),
    "blue_jeans": Wearable(
        slot="legs", hides=("hips", "legs"),
        parts=(
            Part(colour="#3f5f8a", shape=jeans, box=LEGS_BOX, triangles=1350),
            Part(colour="#86a6c8", shape=jeans_bands, box=LEGS_BOX, step=0.004, triangles=620),
            Part(colour="#35527a", shape=jeans_pockets, box=LEGS_BOX, step=0.004, triangles=160),
        ),
        shelf=(
            Part(colour="#3f5f8a", shape=folded_jeans, box=_SHELF, step=0.004, triangles=1100),
            Part(colour="#86a6c8", shape=folded_cuff, box=_SHELF, step=0.004, triangles=420),
            Part(colour="#9c6038", shape=folded_patch, box=_SHELF, step=0.003, triangles=80, gloss=0.3),
            Part(colour="#d8a45a", shape=folded_seams, box=_SHELF, step=0.002, triangles=80),
        ),
    ),
}  # fmt: skip
PLAIN_TROUSERS = Wearable(
    slot="legs",
    hides=("hips", "legs"),
    parts=(Part(colour="#66788f", shape=trousers, box=LEGS_BOX, triangles=1350),),
)
