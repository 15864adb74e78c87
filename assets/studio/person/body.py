"""The shape of the person and its joints, as functions of space, before `proportions` enlarges the head."""

import numpy as np
from numpy.typing import ArrayLike

from .shapes import Array, ball, blend, box, cone, mirrored, smax, smin, smoothstep, tube, unit, vec

SHOULDER, ELBOW, WRIST = vec(0.150, 0.008, 1.148), vec(0.292, 0.014, 0.992), vec(0.420, -0.006, 0.852)
HIP, KNEE = vec(0.080, 0.004, 0.765), vec(0.086, -0.008, 0.425)
ANKLE, BALL = vec(0.088, 0.014, 0.085), vec(0.093, -0.085, 0.022)
ALONG = unit(WRIST - ELBOW)  # hand frame: along the fingers, towards the thumb, out of the palm
THUMBWARD = unit(vec(0, -1, 0) - ALONG * (vec(0, -1, 0) @ ALONG))
PALM = np.cross(ALONG, THUMBWARD)
UPPER = unit(ELBOW - SHOULDER)
EYE, MOUTH_Z = vec(0.046, -0.1, 1.448), 1.366
FINGERS = ((0.031, 0.058, 0.0118), (0.0105, 0.066, 0.0122), (-0.0105, 0.061, 0.0118), (-0.030, 0.047, 0.0108))
SIDES = (("left", 1), ("right", -1))  # the person faces -Y, so its left is +X
HEAD_SCALE, NECK_DROP = 1.17, 0.040


def hand_at(along: float, thumbward: float, palm: float = 0.0) -> Array:
    """A point in the frame of the left hand, metres from the wrist."""
    return WRIST + along * ALONG + thumbward * THUMBWARD + palm * PALM


def _joints() -> dict[str, tuple[str | None, Array]]:
    out: dict[str, tuple[str | None, Array]] = {
        "hips": (None, vec(0, 0.004, 0.80)),
        "spine": ("hips", vec(0, 0.004, 0.90)),
        "chest": ("spine", vec(0, 0.006, 1.02)),
        "neck": ("chest", vec(0, 0.012, 1.205)),
        "head": ("neck", vec(0, 0.008, 1.30)),
    }
    limbs = (
        ("Shoulder", "chest", vec(0.035, 0.006, 1.150)),
        ("UpperArm", "Shoulder", SHOULDER),
        ("UpperArmHalf", "Shoulder", SHOULDER),  # turns half as far as the arm, so that cloth does not fold
        ("LowerArm", "UpperArm", ELBOW),
        ("Hand", "LowerArm", WRIST),
        ("MiddleProximal", "Hand", hand_at(0.080, 0)),
        ("MiddleIntermediate", "MiddleProximal", hand_at(0.112, 0)),
        ("ThumbProximal", "Hand", hand_at(0.030, 0.030)),
        ("UpperLeg", "hips", HIP),
        ("LowerLeg", "UpperLeg", KNEE),
        ("Foot", "LowerLeg", ANKLE),
        ("Toes", "Foot", BALL),
    )
    for side, s in SIDES:
        for name, parent, at in limbs:
            out[side + name] = (parent if parent in out else side + parent, at * vec(s, 1, 1))
    return out


JOINTS = _joints()  # VRM name (but for the halves) -> parent, place at rest; every joint rests without rotation
NAMES = tuple(JOINTS)


def torso(q: Array) -> Array:
    """Trunk and neck of folded points."""
    d = blend(
        0.10,
        ball(q, vec(0.045, 0.012, 0.800), (0.104, 0.100, 0.100)),
        ball(q, vec(0, 0.002, 0.930), (0.112, 0.088, 0.13)),
        ball(q, vec(0, 0.006, 1.065), (0.136, 0.098, 0.125)),
    )
    d = smin(d, ball(q, vec(0.060, -0.030, 1.075), (0.070, 0.062, 0.065)), 0.05)
    d = smin(d, cone(q, vec(0.02, 0.014, 1.150), SHOULDER + vec(-0.012, 0, 0.002), 0.060, 0.054), 0.05)
    return smin(d, cone(q, vec(0, 0.016, 1.16), vec(0, 0.006, 1.34), 0.050, 0.047), 0.05)


def hand(q: Array) -> Array:
    """Palm, four fingers and thumb of folded points."""
    d = box(q, hand_at(0.046, 0), (0.044, 0.040, 0.0165), 0.0155, (ALONG, THUMBWARD, PALM))
    d = smin(d, cone(q, hand_at(-0.01, 0), hand_at(0.03, 0), 0.027, 0.018), 0.02)
    for t, length, r in FINGERS:
        a = 0.084 - abs(t - 0.006) * 0.22
        root, mid = hand_at(a - 0.012, t), hand_at(a + length * 0.5, t * 1.12, 0.003)
        tip = hand_at(a + length, t * 1.16, 0.013)
        d = smin(d, tube(q, (root, mid, tip), (r, r * 0.97, r * 0.86)), 0.007)
    thumb = (hand_at(0.022, 0.026, 0.004), hand_at(0.050, 0.056, 0.010), hand_at(0.078, 0.066, 0.018))
    return smin(d, tube(q, thumb, (0.0165, 0.0138, 0.0118)), 0.014)


def arm(q: Array) -> Array:
    """Arm and hand of folded points."""
    d = tube(q, (SHOULDER, (SHOULDER + ELBOW) / 2 + vec(0.004, 0, 0.004), ELBOW), (0.052, 0.0475, 0.041))
    fore = tube(q, (ELBOW, ELBOW * 0.65 + WRIST * 0.35, WRIST), (0.041, 0.041, 0.0285))
    return smin(smin(d, fore, 0.02), hand(q), 0.015)


def leg(q: Array) -> Array:
    """Leg and foot of folded points; the soles end at z = 0."""
    d = tube(q, (HIP, (HIP + KNEE) / 2 + vec(0.004, -0.004, 0), KNEE), (0.082, 0.073, 0.056))
    calf = tube(q, (KNEE, KNEE * 0.62 + ANKLE * 0.38 + vec(0, 0.012, 0), ANKLE), (0.055, 0.056, 0.037))
    foot = blend(
        0.03,
        ball(q, vec(0.088, 0.022, 0.036), (0.038, 0.044, 0.040)),
        ball(q, vec(0.093, -0.075, 0.026), (0.046, 0.078, 0.031)),
    )
    for i, x in enumerate((0.066, 0.086, 0.101, 0.113, 0.124)):
        toe = ball(q, vec(x, -0.146 + i * i * 0.0022, 0.017), (0.0125 - 0.0012 * i, 0.017, 0.0145 - 0.0008 * i))
        foot = smin(foot, toe, 0.008)
    foot = smin(foot, cone(q, ANKLE, vec(0.09, -0.045, 0.045), 0.036, 0.030), 0.03)
    return smax(smin(smin(d, calf, 0.03), foot, 0.03), -(q[:, 2] - 0.001), 0.006)


def trunk(q: Array) -> Array:
    """Torso and legs of folded points, joined."""
    return smin(torso(q), leg(q), 0.045)


def skull(q: Array) -> Array:
    """Head of folded points without its features; hair and hats are built around it."""
    d = ball(q, vec(0, 0.012, 1.470), (0.116, 0.124, 0.130))
    d = smin(d, ball(q, vec(0, -0.030, 1.392), (0.090, 0.082, 0.086)), 0.09)
    return smin(d, ball(q, vec(0.052, -0.058, 1.392), (0.040, 0.040, 0.036)), 0.05)


def head(q: Array) -> Array:
    """Head of folded points with eye sockets, nose, lip and ears."""
    d = smax(skull(q), -ball(q, vec(0.047, -0.142, 1.450), (0.038, 0.034, 0.038)), 0.03)
    bridge = (vec(0, -0.108, 1.442), vec(0, -0.128, 1.418), vec(0, -0.131, 1.412))
    nostril = ball(q, vec(0.012, -0.118, 1.410), (0.010, 0.011, 0.009))
    d = smin(d, smin(tube(q, bridge, (0.008, 0.0155, 0.0165)), nostril, 0.008), 0.016)
    d = smin(d, ball(q, vec(0, -0.103, MOUTH_Z - 0.019), (0.026, 0.012, 0.010)), 0.02)
    lobe = ball(q, vec(0.119, 0.016, 1.428), (0.016, 0.027, 0.038))
    ear = smax(lobe, -ball(q, vec(0.137, 0.008, 1.432), (0.014, 0.015, 0.023)), 0.008)
    return smin(d, ear, 0.012)


def body(p: Array) -> Array:
    """The whole person."""
    q = mirrored(p)
    return blend(0.03, trunk(q), arm(q), head(q))


def face_point(x: ArrayLike, z: ArrayLike, lift: float = 0.0) -> Array:
    """Points of the face seen from the front at (x, z), lifted towards the viewer by metres."""
    x, z = np.broadcast_arrays(np.asarray(x, float), np.asarray(z, float))
    p = np.column_stack([x.ravel(), np.full(x.size, -0.20), z.ravel()])
    for _ in range(40):
        p[:, 1] += np.clip(head(mirrored(p)), -0.01, 0.02) * 0.8
    p[:, 1] -= lift
    return p


def proportions(p: Array) -> Array:
    """Last step for every mesh and joint: a larger head on a shorter neck."""
    k, pivot = smoothstep(1.19, 1.31, p[:, 2:]), vec(0, 0.012, 1.30)
    return pivot * k + p * (1 - k) + (p - pivot) * HEAD_SCALE * k - k * vec(0, 0, NECK_DROP)
