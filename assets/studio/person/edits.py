"""What can be changed on a person, and where the body may be cut away: displacement fields, tint and regions."""

from itertools import pairwise

import numpy as np

from .body import (
    ALONG,
    ANKLE,
    ELBOW,
    EYE,
    HIP,
    JOINTS,
    KNEE,
    MOUTH_Z,
    NAMES,
    SHOULDER,
    SIDES,
    UPPER,
    WRIST,
    arm,
    hand_at,
    leg,
    torso,
    trunk,
)
from .shapes import Array, mirrored, smoothstep, vec
from .weights import skin_weights

EDITS = (
    "face_width", "jaw", "chin", "cheeks", "age", "eye_size", "eye_distance", "eye_tilt", "brow_height", "brow_tilt",
    "brow_size", "nose_length", "nose_width", "mouth_width", "lips", "smile", "head_size", "shoulders", "chest",
    "belly", "hips", "limbs",
)  # fmt: skip
ARM_JOINTS = ("UpperArm", "UpperArmHalf", "LowerArm", "Hand", "MiddleProximal", "MiddleIntermediate", "ThumbProximal")
HEAD_PIVOT = vec(0, 0.012, 1.30)
REGIONS = ("head", "torso", "hips", "arms", "hands", "legs", "feet")
CUT = {
    "neck": 1.15, "strap": 0.085, "waist": 0.845, "thigh": 0.66, "ankle": 0.092, "sleeve": 0.085, "wrist": -0.045,
}  # fmt: skip


def near(p: Array, c: Array, r: Array | float) -> Array:
    """A bump of height 1 at c that falls off within r; a column."""
    return np.exp(-(((p - c) / r) ** 2).sum(1))[:, None]


def edit_fields(p: Array, eye: int = 0) -> dict[str, Array]:
    """Displacement (n, 3) of every edit at full strength; eye +1 or -1 moves the points as the eye of that side."""
    q, x = mirrored(p), p * (1, 0, 0)
    side = np.full((len(p), 1), float(eye)) if eye else np.sign(p[:, :1])
    head = smoothstep(1.27, 1.33, p[:, 2:])
    around = np.ones((len(p), 1)) if eye else near(q, EYE, vec(0.036, 0.06, 0.036))
    centre = np.column_stack([side[:, 0] * EYE[0], p[:, 1], np.full(len(p), EYE[2])])
    w = skin_weights(p)
    arms = sum(w[:, NAMES.index(s + n)] for s in ("left", "right") for n in ARM_JOINTS)[:, None]
    clavicles = sum(w[:, NAMES.index(s + "Shoulder")] for s in ("left", "right"))[:, None]
    outward = side * vec(1, 0, 0)
    skull = smoothstep(1.19, 1.31, p[:, 2:])
    tilted = np.column_stack([-side[:, 0] * (p - centre)[:, 2], np.zeros(len(p)), side[:, 0] * (p - centre)[:, 0]])
    brow = near(q, vec(0.047, -0.11, 1.496), vec(0.05, 0.05, 0.020))
    lips = p[:, 2:] - MOUTH_Z + 0.0085 - 0.0115 * np.minimum(np.abs(x[:, :1]) / 0.034, 1.1) ** 2.2
    seat = near(p, vec(0, 0.085, 0.80), vec(0.12, 0.07, 0.09))
    bust = near(q, vec(0.060, -0.095, 1.075), vec(0.070, 0.075, 0.065))
    ribs = near(p, vec(0, 0, 1.07), vec(0.26, 0.20, 0.085)) * (1 - arms)
    jaw = near(p, vec(0, -0.03, 1.335), vec(0.2, 0.14, 0.055)) * head
    mouth = near(p, vec(0, -0.12, MOUTH_Z), vec(0.045, 0.05, 0.022))
    cheek = near(q, vec(0.062, -0.075, 1.392), vec(0.035, 0.05, 0.032))
    return {
        "face_width": x * 0.13 * head,
        "jaw": jaw * (x * 0.20 + vec(0, -0.006, -0.010)),
        "cheeks": cheek * (outward * 0.012 + vec(0, -0.010, 0)),
        "chin": near(p, vec(0, -0.075, 1.322), vec(0.060, 0.060, 0.040)) * head * vec(0, -0.005, -0.018),
        "age": near(q, vec(0.052, -0.080, 1.362), vec(0.040, 0.050, 0.030)) * vec(0, -0.003, -0.007),
        "nose_length": near(p, vec(0, -0.135, 1.415), vec(0.022, 0.03, 0.022)) * vec(0, -0.016, -0.004),
        "eye_size": around * (p - centre) * 0.30,
        "eye_distance": around * outward * 0.009,
        "nose_width": near(p, vec(0, -0.130, 1.412), vec(0.032, 0.030, 0.024)) * x * 0.50,
        "eye_tilt": around * tilted * 0.20,
        "brow_tilt": brow * vec(0, 0, 1) * (q[:, :1] - 0.047) * 0.35,
        "brow_size": brow * vec(0, 0, 1) * (p[:, 2:] - brow_line(q)) * 0.60,
        "lips": mouth * vec(0, 0, 1) * lips * 0.85,
        "mouth_width": mouth * x * 0.40,
        "smile": mouth * vec(0, 0, 1) * (x[:, :1] ** 2 * 12 - 0.0045),
        "brow_height": near(q, vec(0.045, -0.11, 1.498), vec(0.05, 0.05, 0.016)) * vec(0, 0, 0.010),
        "belly": near(p, vec(0, -0.085, 0.925), vec(0.115, 0.13, 0.095)) * (x * 0.48 + vec(0, -0.085, -0.006)),
        "hips": near(p, vec(0, 0, 0.80), vec(0.3, 0.3, 0.095)) * (1 - arms) * x * 0.21 + seat * vec(0, 0.026, 0),
        "head_size": skull * (p - HEAD_PIVOT) * 0.085,
        "chest": bust * vec(0, -0.026, 0.002) + ribs * x * 0.11,
        "limbs": thicker(p, arms),
        "shoulders": (arms + clavicles * 0.8) * outward * 0.030,
    }


def brow_line(q: Array) -> Array:
    """Height of the middle of a brow over points of the left side; a column."""
    s = np.clip((q[:, :1] - 0.047) / 0.0235, -1.2, 1.2)
    return EYE[2] + 0.0455 + 0.0055 * (1 - s * s) - 0.003 * s


def thicker(p: Array, arms: Array) -> Array:
    """Displacement that thickens arms and legs by a third down to wrists and ankles; `arms` are their weights."""
    q = mirrored(p)
    out = np.zeros_like(p)
    sleeve = arms * smoothstep(0.02, -0.07, (q - WRIST) @ ALONG)[:, None]
    high = smoothstep(0.82, 0.70, q[:, 2]) * smoothstep(0.05, 0.14, q[:, 2])
    legs = (smoothstep(0.075, 0.020, leg(q)) * high)[:, None]
    for line, weight in (((SHOULDER, ELBOW, WRIST), sleeve), ((HIP, KNEE, ANKLE), legs * (1 - arms))):
        from_axis = q - on_line(q, line)
        inwards = from_axis[:, 0] < 0  # the other leg is there
        from_axis[inwards, 0] *= np.clip(q[inwards, 0] / 0.06, 0, 1)
        out += weight * from_axis * 0.34
    return out * np.column_stack([np.sign(p[:, 0]), np.ones(len(p)), np.ones(len(p))])


def on_line(q: Array, line: tuple[Array, ...]) -> Array:
    """The nearest points of a polyline."""
    best, near_m = np.zeros_like(q), np.full(len(q), np.inf)
    for a, b in pairwise(line):
        t = np.clip((q - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)[:, None]
        at = a + t * (b - a)
        away = np.linalg.norm(q - at, axis=1)
        best = np.where((away < near_m)[:, None], at, best)
        near_m = np.minimum(near_m, away)
    return best


def joint_moves() -> dict[str, dict[str, Array]]:
    """How far edits at full strength move joints: wide shoulders carry the arms outwards."""
    arms = {side + name: vec(0.027 * s, 0, 0) for side, s in SIDES for name in ARM_JOINTS}
    return {"shoulders": {name: d for name, d in arms.items() if name in JOINTS}}


def tint(p: Array) -> Array:
    """Colour of the skin over its grey: redder cheeks, nose, ears, knuckles, knees, elbows."""
    q = mirrored(p)
    red = 0.8 * near(q, vec(0.066, -0.095, 1.398), 0.030) + 0.65 * near(q, vec(0, -0.14, 1.412), 0.020)
    red = red + 0.5 * near(q, vec(0.125, 0.015, 1.43), 0.028) + 0.35 * near(q, KNEE + vec(0, -0.05, 0), 0.04)
    red = red + 0.35 * near(q, ELBOW + vec(0.01, 0.04, 0), 0.035) + 0.4 * near(q, hand_at(0.115, 0), 0.045)
    return 1 - np.clip(red, 0, 1) * vec(0.02, 0.34, 0.34)


def region(p: Array) -> Array:
    """Which hideable part of the body each point belongs to, one of REGIONS."""
    q = mirrored(p)
    on_arm = (arm(q) < trunk(q)) & (q[:, 2] < 1.26) & (q[:, 0] > 0.1)
    along_upper, along_fore = (q - SHOULDER) @ UPPER, (q - WRIST) @ ALONG
    neck = (q[:, 2] > CUT["neck"]) & (q[:, 0] < CUT["strap"]) | (q[:, 2] > 1.26)
    out = np.where(neck, "head", np.where(q[:, 2] > CUT["waist"], "torso", "hips")).astype("U8")
    out[(q[:, 2] < CUT["thigh"]) & ~on_arm] = "legs"
    out[(q[:, 2] < CUT["ankle"]) & ~on_arm] = "feet"
    out[on_arm & (along_upper > CUT["sleeve"])] = "arms"
    out[on_arm & (along_fore > CUT["wrist"])] = "hands"
    return out


def _on_arm(c: Array) -> Array:
    q = mirrored(c)
    return (arm(q) < torso(q)) & (q[:, 0] > 0.1)


def _planes() -> list[tuple[Array, Array, object]]:
    """Planes along which the body is cut into regions: point, normal, test of faces' centres."""
    out: list[tuple[Array, Array, object]] = [
        (vec(0, 0, CUT[n]), vec(0, 0, 1), lambda c: ~_on_arm(c)) for n in ("waist", "thigh", "ankle")
    ]
    out.append((vec(0, 0, CUT["neck"]), vec(0, 0, 1), lambda c: np.abs(c[:, 0]) < CUT["strap"] + 0.03))
    for s in (1, -1):
        m = vec(s, 1, 1)
        out.append(
            (vec(s * CUT["strap"], 0, 0), vec(s, 0, 0), lambda c: (c[:, 2] > 1.14) & (c[:, 2] < 1.26) & ~_on_arm(c))
        )
        for at, along in ((SHOULDER + UPPER * CUT["sleeve"], UPPER), (WRIST + ALONG * CUT["wrist"], ALONG)):
            out.append((at * m, along * m, lambda c, s=s: _on_arm(c) & (c[:, 0] * s > 0)))
    return out


CUT_PLANES = _planes()
