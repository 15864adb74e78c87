"""Bags: a backpack rigid on the chest, a tote in the left hand, a satchel across the body."""

import numpy as np

from .body import hand_at
from .goods import Wearable, coat
from .parts import Part
from .shapes import Array, ball, box, hollow, mirrored, rotation, smax, smin, tube, union, vec
from .surface import onto_surface

BACK_BOX = ((-0.2, 0.0, 0.78), (0.2, 0.34, 1.26))


# ---- backpack ----------------------------------------------------------------------------------------------------
def pack_bag(p: Array) -> Array:
    """The bag with its lid."""
    d = box(p, vec(0, 0.190, 1.015), (0.130, 0.072, 0.165), 0.055)
    return smin(d, ball(p, vec(0, 0.185, 1.13), (0.118, 0.075, 0.065)), 0.03)


def pack(p: Array) -> Array:
    """The bag, pressed against the back."""
    return smax(pack_bag(p), -coat(mirrored(p), 0.018), 0.006)


def pack_pocket(p: Array) -> Array:
    """The outer pocket and the grip on top."""
    grip = (vec(-0.03, 0.165, 1.205), vec(0, 0.165, 1.228), vec(0.03, 0.165, 1.205))
    return smin(box(p, vec(0, 0.262, 0.955), (0.098, 0.034, 0.078), 0.028), tube(p, grip, 0.009), 0.004)


def pack_straps(p: Array) -> Array:
    """Straps over the shoulders."""
    q = mirrored(p)
    path = [
        vec(0.080, 0.125, 1.150), vec(0.084, 0.060, 1.222), vec(0.086, -0.030, 1.222), vec(0.092, -0.105, 1.150),
        vec(0.102, -0.128, 1.05), vec(0.128, -0.070, 0.945), vec(0.120, 0.100, 0.905),
    ]  # fmt: skip
    over = smax(tube(q, path, 0.024), coat(q, 0.027), 0.006)
    return smax(over, -coat(q, 0.012), 0.004)


def pack_shelf_straps(p: Array) -> Array:
    """Straps as they fall when nobody wears them."""
    path = [
        vec(0.070, 0.128, 1.150), vec(0.076, 0.085, 1.165), vec(0.084, 0.066, 1.09), vec(0.092, 0.066, 0.98),
        vec(0.102, 0.082, 0.90), vec(0.105, 0.125, 0.885),
    ]  # fmt: skip
    return tube(mirrored(p), path, 0.0135)


def pack_trim(p: Array) -> Array:
    """The pocket's clasp and the lid's piping."""
    piping = tube(p, [vec(-0.085, 0.262, 1.085), vec(0, 0.275, 1.092), vec(0.085, 0.262, 1.085)], 0.006)
    return union(box(p, vec(0, 0.2965, 0.985), (0.050, 0.005, 0.008), 0.004), piping)


def turned_round(p: Array, n: Array) -> tuple[Array, Array]:
    """With the pocket to the front."""
    return p * (-1, -1, 1), n * (-1, -1, 1)


# ---- tote --------------------------------------------------------------------------------------------------------
GRIP = hand_at(0.093, 0.0, 0.026)  # where the curled fingers hold, in the A-pose
TOTE_DROP = 0.165  # m from the grip to the bag's rim


def hanging(p: Array) -> Array:
    """Points in the bag's own space: the grip at the origin. The game keeps it upright."""
    return p - GRIP


def tote_cloth(p: Array) -> Array:
    """A canvas bag, a little fuller below, open above."""
    z = p[:, 2] + TOTE_DROP
    width, depth = 0.172 - 0.06 * np.clip(-z, 0, 0.34) ** 1.2, 0.022 + 0.16 * np.clip(-z, 0, 0.34) * (0.40 + z * 0.3)
    q = np.abs(np.column_stack([p[:, 0] / np.maximum(depth, 0.01), p[:, 1] / width]))
    ring = ((q**3.2).sum(1) ** (1 / 3.2) - 1) * np.minimum(depth, 0.05) * 0.9
    floor = -z - 0.330 + 0.03 * np.clip(q[:, 1], 0, 1.2) ** 4
    body = smax(ring, floor, 0.025)
    return hollow(body, smax(ring + 0.007, floor + 0.008, 0.02), (z, 0.30))


def tote(p: Array) -> Array:
    """The bag in the hand."""
    return tote_cloth(hanging(p))


def tote_handles(p: Array) -> Array:
    """Two flat handles that meet in the hand."""
    q = hanging(p)
    m = np.column_stack([np.abs(q[:, 0]), np.abs(q[:, 1]), q[:, 2]])
    path = [
        vec(0.023, 0.082, -TOTE_DROP - 0.055), vec(0.021, 0.078, -TOTE_DROP + 0.005), vec(0.006, 0.026, -0.012),
        vec(0.004, 0.0, 0.0),
    ]  # fmt: skip
    return tube(m, path, (0.0085, 0.0085, 0.0075, 0.0075))


def tote_print(p: Array) -> Array:
    """A printed loquat with its leaf, raised by a hair, on both faces."""
    q = hanging(p)
    z = q[:, 2] + TOTE_DROP + 0.175
    fruit = np.hypot(q[:, 1] + 0.004, z + 0.012) - 0.050
    return smax(np.abs(tote_cloth(q) - 0.001) - 0.0035, fruit, 0.002)


def tote_leaf(p: Array) -> Array:
    """The leaf of the print."""
    q = hanging(p)
    y, z = q[:, 1] - 0.030, q[:, 2] + TOTE_DROP + 0.115
    u, v = (y + z) * 0.7071, (z - y) * 0.7071
    leaf = (np.hypot(u / 0.040, v / 0.017) - 1) * 0.017
    return smax(np.abs(tote_cloth(q) - 0.001) - 0.0035, leaf, 0.002)


def tote_stands(p: Array, n: Array) -> tuple[Array, Array]:
    """The bag on a shelf, its broad side to the front."""
    m = rotation((0, 0, 1), 90)
    return p @ m.T, n @ m.T


# ---- satchel -----------------------------------------------------------------------------------------------------
SATCHEL_AT = vec(-0.095, 0.172, 0.835)  # behind the right hip, out of the way of the arm
SATCHEL_TURN = rotation((0, 0, 1), -24)


def in_satchel(p: Array) -> Array:
    """Points in the bag's own space, its flap towards -Y."""
    return ((p - SATCHEL_AT) @ SATCHEL_TURN) * (-1, -1, 1)


def satchel_body(p: Array) -> Array:
    """The bag under its flap."""
    q = in_satchel(p)
    return box(q, vec(0, 0, 0), (0.122, 0.036, 0.092), 0.020)


def satchel_flap(p: Array) -> Array:
    """The flap over top and front."""
    q = in_satchel(p)
    skin = box(q, vec(0, 0, 0.0), (0.126, 0.042, 0.098), 0.022)
    low = -0.036 + 0.022 * np.cos(np.clip(q[:, 0] / 0.126, -1, 1) * np.pi)
    return smax(smax(skin, low - q[:, 2], 0.006), q[:, 1] - 0.024, 0.006)


def satchel_metal(p: Array) -> Array:
    """Two buckles."""
    q = in_satchel(p)
    m = np.column_stack([np.abs(q[:, 0]), q[:, 1], q[:, 2]])
    return box(m, vec(0.062, -0.043, -0.044), (0.013, 0.005, 0.017), 0.004)


def satchel_tongues(p: Array) -> Array:
    """The straps under the buckles."""
    q = in_satchel(p)
    m = np.column_stack([np.abs(q[:, 0]), q[:, 1], q[:, 2]])
    return box(m, vec(0.062, -0.0395, -0.030), (0.0085, 0.0045, 0.046), 0.004)


STRAP_OFF_M = 0.0255  # middle of the strap off the body: it lies on a hoodie as well as on a tee


def _off_coat(p: Array) -> Array:
    return coat(mirrored(p), STRAP_OFF_M)


def _strap_path() -> Array:
    """From the bag over the left shoulder and back, laid on the clothes."""
    rough = np.array([
        (-0.185, 0.120, 0.900), (-0.185, 0.000, 0.935), (-0.130, -0.120, 0.990), (-0.040, -0.150, 1.065),
        (0.035, -0.130, 1.130), (0.082, -0.070, 1.200), (0.088, 0.020, 1.225), (0.070, 0.110, 1.160),
        (0.020, 0.140, 1.050), (-0.015, 0.150, 0.930),
    ])  # fmt: skip
    t, fine = np.arange(len(rough)), np.linspace(0, len(rough) - 1, 34)
    dense = np.stack([np.interp(fine, t, rough[:, i]) for i in range(3)], 1)
    return onto_surface(_off_coat, dense, 40)


STRAP_PATH = _strap_path()


def satchel_strap(p: Array) -> Array:
    """A flat strap across breast and back."""
    ribbon = smax(tube(p, list(STRAP_PATH), 0.0145), np.abs(_off_coat(p)) - 0.0050, 0.004)
    ends = tube(p, [STRAP_PATH[0], vec(-0.196, 0.175, 0.885)], 0.0075)
    return union(ribbon, ends, tube(p, [STRAP_PATH[-1], vec(-0.005, 0.175, 0.890)], 0.0075))


def satchel_shelf_strap(p: Array) -> Array:
    """The strap as it lies when the bag stands: a loop behind it."""
    q = in_satchel(p)
    m = np.column_stack([np.abs(q[:, 0]), q[:, 1], q[:, 2]])
    bow = [vec(0.127 * np.cos(a), 0.030 * np.sin(a), 0.100 + 0.130 * np.sin(a)) for a in np.linspace(0, np.pi / 2, 9)]
    return tube(m, [vec(0.124, 0.0, 0.050), *bow], 0.0095)


def satchel_stands(p: Array, n: Array) -> tuple[Array, Array]:
    """The bag on a shelf, its flap to the front."""
    return in_satchel(p), (n @ SATCHEL_TURN) * (-1, -1, 1)


_SATCHEL_BOX = ((-0.32, -0.22, 0.70), (0.22, 0.34, 1.30))
_TOTE_BOX = ((0.34, -0.26, 0.20), (0.62, 0.26, 0.86))
_PACK = (
    Part(colour="#4f7f5a", shape=pack, box=BACK_BOX, triangles=640),
    Part(colour="#5d9069", shape=pack_pocket, box=((-0.2, 0.1, 0.78), (0.2, 0.34, 1.26)), triangles=420),
    Part(colour="#f0c75a", shape=pack_trim, box=((-0.2, 0.1, 0.78), (0.2, 0.34, 1.26)), step=0.003, triangles=240,
         gloss=0.5),
)  # fmt: skip
_STRAP_BOX = ((-0.22, -0.22, 0.78), (0.22, 0.2, 1.30))
_SATCHEL = (
    Part(colour="#8a5230", shape=satchel_body, box=_SATCHEL_BOX, triangles=380, gloss=0.3, joint="hips"),
    Part(colour="#9c6038", shape=satchel_flap, box=_SATCHEL_BOX, step=0.004, triangles=620, gloss=0.35, joint="hips"),
    Part(colour="#6e3f26", shape=satchel_tongues, box=_SATCHEL_BOX, step=0.003, triangles=160, gloss=0.3, joint="hips"),
    Part(colour="#d8ab52", shape=satchel_metal, box=_SATCHEL_BOX, step=0.003, triangles=160, gloss=0.8, joint="hips"),
)

BAGS = {
    "canvas_backpack": Wearable(
        slot="back",
        joint="chest",
        parts=(*_PACK, Part(colour="#7a5636", shape=pack_straps, box=_STRAP_BOX, step=0.004, triangles=560, gloss=0.2)),
        lay=turned_round,
        shelf=(
            *_PACK[1:],
            Part(colour="#4f7f5a", shape=pack_bag, box=BACK_BOX, triangles=640),
            Part(colour="#7a5636", shape=pack_shelf_straps, box=_STRAP_BOX, step=0.004, triangles=420, gloss=0.2),
        ),
    ),
    "tote_bag": Wearable(
        slot="hand",
        joint="leftHand",
        parts=(
            Part(colour="#efe3c8", shape=tote, box=_TOTE_BOX, step=0.0045, triangles=1000),
            Part(colour="#d9c9a4", shape=tote_handles, box=_TOTE_BOX, step=0.004, triangles=420),
            Part(colour="#e39a3b", shape=tote_print, box=_TOTE_BOX, step=0.003, triangles=260),
            Part(colour="#5c8c4c", shape=tote_leaf, box=_TOTE_BOX, step=0.003, triangles=160),
        ),
        lay=tote_stands,
    ),
    "leather_satchel": Wearable(
        slot="back",
        sleeveless=True,
        parts=(
            *_SATCHEL,
            Part(colour="#6e3f26", shape=satchel_strap, box=_SATCHEL_BOX, step=0.003, triangles=760, gloss=0.3),
        ),
        lay=satchel_stands,
        shelf=(
            *_SATCHEL,
            Part(colour="#6e3f26", shape=satchel_shelf_strap, box=((-0.45, -0.1, 0.70), (0.25, 0.42, 1.12)),
                 step=0.004, triangles=560, gloss=0.3),
        ),
    ),
}  # fmt: skip
