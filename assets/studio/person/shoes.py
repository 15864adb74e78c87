"""Shoes: skinned to the feet, which they hide and raise; on a shelf they stand as a pair, toes forward."""

import numpy as np

from .body import leg
from .goods import FEET_BOX, Wearable
from .parts import Part
from .shapes import Array, ball, hollow, mirrored, smax, smin, smoothstep, vec


def footprint(q: Array, wide: float = 0.0) -> Array:
    """A pillar whose section is the outline of a shoe."""
    heel = ball(q, vec(0.088, 0.026, 0.02), (0.050 + wide, 0.056 + wide, 0.09))
    toe = ball(q, vec(0.093, -0.080, 0.02), (0.058 + wide, 0.094 + wide, 0.09))
    return smin(heel, toe, 0.06)


def slab(q: Array, low: float, high: float, wide: float = 0.004) -> Array:
    """A sole between two heights."""
    return smax(footprint(q) - wide, np.abs(q[:, 2] - (low + high) / 2) - (high - low) / 2, 0.008)


def upper(q: Array, toe: float = 0.0) -> Array:
    """The outside of a low shoe."""
    d = smin(leg(q) - 0.011, ball(q, vec(0.093, -0.088, 0.028), (0.051, 0.078 + toe, 0.040)), 0.03)
    return smax(d, -q[:, 2] + 0.01, 0.004)


def sneaker_sole(p: Array) -> Array:
    """A white rubber sole."""
    return slab(mirrored(p), -0.018, 0.024)


def sneaker(p: Array) -> Array:
    """Canvas upper."""
    q = mirrored(p)
    return hollow(upper(q), leg(q) - 0.004, (q[:, 2] - 0.108 - 0.25 * (q[:, 1] - 0.014), 0.03))


def sneaker_laces(p: Array) -> Array:
    """Laces and the toe cap."""
    q = mirrored(p)
    x = q[:, 0] - 0.092
    rows = [np.abs(q[:, 1] - y - 0.22 * np.abs(x)) - 0.0048 for y in (-0.094, -0.076, -0.058)]
    edge = np.maximum(np.min(rows, axis=0), np.maximum(np.abs(x) - 0.025, 0.035 - q[:, 2]))
    lace = smax(np.abs(upper(q) - 0.001) - 0.0045, edge, 0.003)
    cap = smax(sneaker(p) - 0.003, np.abs(q[:, 1] + 0.150) - 0.03, 0.004)
    return np.minimum(lace, cap)


def loafer(p: Array) -> Array:
    """A leather slip-on."""
    q = mirrored(p)
    d = upper(q, 0.004)
    mouth = smin(q[:, 2] - 0.072 - 0.25 * np.maximum(q[:, 1] - 0.02, 0), q[:, 1] + 0.046, 0.02)
    return hollow(d, leg(q) - 0.003, (mouth, 0.03), (q[:, 2] - 0.100, 0.03))


def loafer_strap(p: Array) -> Array:
    """The strap over the instep, and the heel's cap."""
    q = mirrored(p)
    strap = smax(upper(q, 0.004) - 0.0045, np.abs(q[:, 1] + 0.062) - 0.013, 0.004)
    slot = box_slot(q)
    return smax(smax(strap, 0.022 - q[:, 2], 0.004), -slot, 0.002)


def box_slot(q: Array) -> Array:
    """The slit in which a penny would fit."""
    return np.maximum(np.abs(q[:, 0] - 0.092) - 0.016, np.abs(q[:, 1] + 0.062) - 0.0032)


def loafer_sole(p: Array) -> Array:
    """A thin sole with a heel."""
    q = mirrored(p)
    heel = smax(footprint(q), np.maximum(-0.016 - q[:, 2], 0.020 - q[:, 1]), 0.004)
    return np.minimum(slab(q, -0.004, 0.014, 0.002), smax(heel, q[:, 2] - 0.010, 0.004))


def boot(p: Array) -> Array:
    """A tall rubber shaft."""
    q = mirrored(p)
    shaft = leg(q) - 0.0118
    foot = ball(q, vec(0.093, -0.086, 0.030), (0.053, 0.079, 0.047))
    pillar = footprint(np.column_stack([q[:, 0], q[:, 1], np.minimum(q[:, 2], 0.02)]), 0.004)
    d = smax(smin(shaft, foot, 0.04), 0.008 - q[:, 2], 0.004)
    d = smax(d, pillar - 2 * np.maximum(q[:, 2] - 0.03, 0), 0.010)
    return hollow(d, leg(q) - 0.005, (q[:, 2] - 0.285 + 0.10 * (q[:, 1] - 0.014), 0.03))


def boot_trim(p: Array) -> Array:
    """The rim of the shaft."""
    q = mirrored(p)
    z = q[:, 2] + 0.10 * (q[:, 1] - 0.014)
    return hollow(leg(q) - 0.0162, leg(q) - 0.006, (np.abs(z - 0.272) - 0.011, 0.1))


def boot_sole(p: Array) -> Array:
    """A thick ribbed sole."""
    q = mirrored(p)
    rib = 0.0022 * np.cos(q[:, 1] * 380) * smoothstep(0.0, -0.01, q[:, 2])
    return slab(q, -0.022, 0.024, 0.010) - rib


def slipper(p: Array) -> Array:
    """A plain canvas shoe."""
    q = mirrored(p)
    return hollow(upper(q), leg(q) - 0.004, (q[:, 2] - 0.094 - 0.18 * (q[:, 1] - 0.014), 0.03))


_BOOT_BOX = ((-0.18, -0.22, -0.04), (0.18, 0.12, 0.34))


def _shoes(lift_m: float, *parts: Part) -> Wearable:
    return Wearable(slot="feet", parts=parts, hides=("feet",), lift_m=lift_m)


SHOES = {
    "red_sneakers": _shoes(
        0.018,
        Part(colour="#cf4436", shape=sneaker, box=FEET_BOX, step=0.004, triangles=900),
        Part(colour="#fbf6ea", shape=sneaker_sole, box=FEET_BOX, step=0.004, triangles=520, gloss=0.1),
        Part(colour="#fbf6ea", shape=sneaker_laces, box=FEET_BOX, step=0.0025, triangles=860, gloss=0.1),
    ),
    "walnut_loafers": _shoes(
        0.016,
        Part(colour="#7a4528", shape=loafer, box=FEET_BOX, step=0.004, triangles=1050, gloss=0.5),
        Part(colour="#6a3a22", shape=loafer_strap, box=FEET_BOX, step=0.003, triangles=420, gloss=0.5),
        Part(colour="#3a241a", shape=loafer_sole, box=FEET_BOX, step=0.004, triangles=520, gloss=0.2),
    ),
    "rain_boots": _shoes(
        0.022,
        Part(colour="#f0b72f", shape=boot, box=_BOOT_BOX, step=0.004, triangles=1200, gloss=0.6),
        Part(colour="#d9922a", shape=boot_trim, box=_BOOT_BOX, step=0.003, triangles=440, gloss=0.5),
        Part(colour="#a86a2c", shape=boot_sole, box=_BOOT_BOX, step=0.003, triangles=640, gloss=0.15),
    ),
}
PLAIN_SHOES = _shoes(
    0.012,
    Part(colour="#b9a284", shape=slipper, box=FEET_BOX, step=0.004, triangles=800),
    Part(colour="#e9e6de", shape=lambda p: slab(mirrored(p), -0.012, 0.020, 0.002), box=FEET_BOX, step=0.004,
         triangles=420),
)  # fmt: skip
