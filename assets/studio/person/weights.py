"""Skin weights as a function of space, so that a garment gets them by being sampled at its own vertices."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .body import (
    ALONG,
    ANKLE,
    BALL,
    ELBOW,
    HIP,
    JOINTS,
    KNEE,
    NAMES,
    SHOULDER,
    SIDES,
    THUMBWARD,
    UPPER,
    WRIST,
    arm,
    hand_at,
    leg,
    torso,
    trunk,
)
from .shapes import Array, mirrored, smoothstep, unit, vec

SPINE = ("spine", "chest", "neck", "head")


def past(p: Array, joints: Sequence[Array], dirs: Sequence[ArrayLike], widths: Sequence[float]) -> list[Array]:
    """How far p is past each joint's plane, 0..1, never more than past the joint before it."""
    out, last = [], np.ones(len(p))
    for j, d, w in zip(joints, dirs, widths, strict=True):
        last = np.minimum(last, smoothstep(-w, w, (p - j) @ unit(np.asarray(d, float))))
        out.append(last)
    return out


def skin_weights(p: Array, *, skirt: bool = False, sleeveless: bool = False) -> Array:
    """Weights (len(p), len(NAMES)); rows sum to 1, at most 4 are not 0.

    A skirt follows the thighs only softly; what is sleeveless (straps, bags) never follows an arm.
    """
    q = mirrored(p)
    w: dict[str, Array] = {name: np.zeros(len(p)) for name in NAMES}
    d_torso, d_leg = torso(q), leg(q)
    in_arm = smoothstep(-0.008, 0.034, trunk(q) - arm(q)) * (q[:, 2] < 1.30)
    if sleeveless:
        in_arm = in_arm * 0
    planes = ((0, 0, 1), (0, 0, 1), (0, -0.2, 1), (0, -0.35, 1))
    spine, chest, neck, skull = past(p, [JOINTS[n][1] for n in SPINE], planes, (0.06, 0.06, 0.035, 0.028))
    clavicle = smoothstep(0.03, 0.15, q[:, 0]) * smoothstep(1.00, 1.13, q[:, 2]) * (1 - neck) * 0.75
    upper, lower, hand, prox, inter = (
        np.minimum(x, in_arm) if i else x * in_arm
        for i, x in enumerate(
            past(
                q,
                (SHOULDER, ELBOW, WRIST, hand_at(0.078, 0), hand_at(0.112, 0)),
                (UPPER + vec(0.55, 0, 0.45), UPPER + ALONG, ALONG, ALONG, ALONG),
                (0.055, 0.034, 0.022, 0.012, 0.010),
            )
        )
    )
    across, along = (q - WRIST) @ THUMBWARD, (q - WRIST) @ ALONG
    at_thumb = smoothstep(0.034, 0.050, across) * smoothstep(0.022, 0.04, along)
    thumb = np.minimum(hand, at_thumb * (1 - smoothstep(0.088, 0.094, along - 0.4 * (across - 0.04))))
    prox, inter = prox * (1 - thumb), inter * (1 - thumb)
    thigh, shin, foot, toes = past(
        q,
        (HIP, KNEE, ANKLE, BALL),
        ((0.28, -0.10, -1), (0, 0, -1), (0, -0.75, -1), (0, -1, 0)),
        (0.075, 0.048, 0.032, 0.020),
    )
    off = 1 - smoothstep(0.0, 0.10, d_leg - d_torso - 0.02)
    thigh, shin = thigh * off * (1 - in_arm), shin * (1 - in_arm)
    if skirt:
        thigh, shin, foot, toes = thigh * 0.72, thigh * 0, thigh * 0, thigh * 0
    spread = 0.05 if skirt else 0.022
    stem = {"hips": 1 - spine, "spine": spine - chest, "chest": chest - neck, "neck": neck - skull, "head": skull}
    limbs = {
        "UpperArm": np.maximum(2 * upper - 1, 0) - lower,
        "UpperArmHalf": np.minimum(2 * upper, 2 - 2 * upper),
        "LowerArm": lower - hand,
        "Hand": hand - np.maximum(prox, 0) - thumb,
        "MiddleProximal": prox - inter,
        "MiddleIntermediate": inter,
        "ThumbProximal": thumb,
        "Shoulder": clavicle * (1 - in_arm * upper),
    }
    legs = {"UpperLeg": thigh - shin, "LowerLeg": shin - foot, "Foot": foot - toes, "Toes": toes}
    taken = np.zeros(len(p))
    for side, s in SIDES:
        share = smoothstep(-spread, spread, s * p[:, 0])
        for name, x in legs.items():
            w[side + name] = x * share
            taken = taken + w[side + name]
        for name, x in limbs.items():
            w[side + name] = x * (s * p[:, 0] > 0)
    rest = 1 - np.minimum(2 * upper, 1) - taken
    for name, x in stem.items():
        w[name] = x * rest
    shoulders = w["leftShoulder"] + w["rightShoulder"]
    w["chest"] = w["chest"] * (1 - np.minimum(shoulders / np.maximum(rest, 1e-6), 1))
    table = np.stack([np.clip(w[n], 0, 1) for n in NAMES], 1)
    least = np.sort(table, 1)[:, -4][:, None]
    table = np.where(table < np.maximum(least, 0.01), 0, table)
    return table / table.sum(1, keepdims=True)


def rigid_weights(n: int, joint: str) -> Array:
    """Weights that fix n points to one joint."""
    return np.tile(np.eye(len(NAMES))[NAMES.index(joint)], (n, 1))
