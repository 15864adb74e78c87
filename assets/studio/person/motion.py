"""Clips as functions of time: poses are rotations about the person's axes at rest, as (w, x, y, z) quaternions.

Every joint rests without rotation. X is the person's left, Y its back, Z up.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .body import ALONG, ANKLE, BALL, HIP, JOINTS, KNEE, NAMES, SIDES
from .glb import Clip
from .shapes import Array, unit, vec

FPS = 30
X, Y, Z = vec(1, 0, 0), vec(0, 1, 0), vec(0, 0, 1)
NONE = vec(1, 0, 0, 0)
Pose = dict[str, Array]


def rot(axis: Array, degrees: float) -> Array:
    """Rotation about an axis."""
    a = math.radians(degrees) / 2
    return np.concatenate([[math.cos(a)], math.sin(a) * unit(axis)])


def mul(*qs: Array) -> Array:
    """Product of rotations; the last one acts first."""
    a = qs[0]
    for b in qs[1:]:
        w = a[0] * b[0] - a[1:] @ b[1:]
        a = np.concatenate([[w], a[0] * b[1:] + b[0] * a[1:] + np.cross(a[1:], b[1:])])
    return a


def turned(q: Array, v: Array) -> Array:
    """A direction turned by a rotation."""
    t = 2 * np.cross(q[1:], v)
    return v + q[0] * t + np.cross(q[1:], t)


def slerp(a: Array, b: Array, k: float) -> Array:
    """Between two rotations, the short way."""
    dot = float(a @ b)
    if dot < 0:
        b, dot = -b, -dot
    theta = math.acos(min(dot, 1.0))
    if theta < 1e-6:
        return a
    return (math.sin((1 - k) * theta) * a + math.sin(k * theta) * b) / math.sin(theta)


def ease(t: float) -> float:
    """Smooth 0..1."""
    return t * t * (3 - 2 * t)


def mixed(a: Pose, b: Pose, k: float) -> Pose:
    """Between two poses."""
    return {n: slerp(a.get(n, NONE), b.get(n, NONE), k) for n in {**a, **b}}


def hang(pose: Pose, side: str, s: int, *, swing: float = 0.0, elbow: float = 14.0, out: float = 0.0) -> None:
    """Puts an arm down from the A-pose, swung forwards by swing degrees."""
    pose[side + "Shoulder"] = rot(Y, 4 * s)
    pose[side + "UpperArm"] = mul(rot(X, -swing), rot(Y, (27 - out) * s))
    pose[side + "LowerArm"] = mul(rot(X, -elbow), rot(Y, 3 * s))
    pose[side + "Hand"] = rot(X, -4)
    for n, a in (("MiddleProximal", 16), ("MiddleIntermediate", 24)):
        pose[side + n] = rot(Y, a * s)


def bearing(v: Array) -> float:
    """Angle of a (y, z) direction, 0 points down."""
    return math.atan2(v[0], -v[1])


def leg_to(pose: Pose, side: str, s: int, drop: float, ankle: Array, pitch: float, toe: float) -> None:
    """Solves a two-bone leg in the plane of travel: ankle is its (y, z) target, pitch and toe are degrees."""
    turn, hips = pose.get("hips", NONE), JOINTS["hips"][1]
    h3 = turned(turn, HIP * (s, 1, 1) - hips) + hips
    h = np.array([h3[1], h3[2] + drop])
    l1, l2 = np.hypot(*(KNEE - HIP)[1:]), np.hypot(*(ANKLE - KNEE)[1:])
    d = min(np.hypot(*(ankle - h)), (l1 + l2) * 0.9995)
    a1 = bearing(ankle - h) - math.acos((l1 * l1 + d * d - l2 * l2) / (2 * l1 * d))
    a2 = bearing(ankle - h - l1 * np.array([math.sin(a1), -math.cos(a1)]))
    thigh = math.degrees(a1 - bearing((KNEE - HIP)[1:]))
    shin = math.degrees(a2 - bearing((ANKLE - KNEE)[1:]))
    pose[side + "UpperLeg"] = mul(turn * (1, -1, -1, -1), rot(X, thigh))
    pose[side + "LowerLeg"], pose[side + "Foot"] = rot(X, shin - thigh), rot(X, pitch - shin)
    pose[side + "Toes"] = rot(X, toe - pitch)


def idle(t: float) -> tuple[Pose, Array]:
    """One breath, t in 0..1."""
    b, pose = math.sin(2 * math.pi * t), {}
    pose["hips"] = rot(Y, 0.6 * math.sin(2 * math.pi * t + 1))
    pose["spine"], pose["chest"] = rot(X, -0.5 * b), rot(X, 1.3 * b)
    pose["neck"] = rot(X, -0.6 * b)
    pose["head"] = mul(rot(Z, 2.5 * math.sin(2 * math.pi * t + 0.7)), rot(Y, 1.5 * math.sin(2 * math.pi * t)))
    drop = -0.0012 - 0.0012 * b
    for side, s in SIDES:
        hang(pose, side, s, swing=2 + 0.8 * b, elbow=13 + b, out=1.2 * b)
        pose[side + "Shoulder"] = rot(Y, (3 - 1.6 * b) * s)
        leg_to(pose, side, s, drop, ANKLE[1:], 0, 0)
    return pose, vec(0, 0, drop)


@dataclass(frozen=True, kw_only=True)
class Gait:
    """How feet meet the ground: speed in m/s, cycle in s, the share of it that a foot stands, foot pitch in degrees."""

    speed_mps: float
    cycle_secs: float
    stance: float
    strike: float
    leave: float
    lift_m: float
    ahead_m: float
    turn_over: float  # share of the cycle when the weight goes from heel to ball


WALK = Gait(
    speed_mps=1.4, cycle_secs=24 / FPS, stance=0.60, strike=-17, leave=42, lift_m=0.030, ahead_m=0.020, turn_over=0.30
)
RUN = Gait(
    speed_mps=3.0, cycle_secs=18 / FPS, stance=6 / 18, strike=-6, leave=50, lift_m=0.125, ahead_m=0.050, turn_over=0.15
)


def foot_at(phase: float, gait: Gait) -> tuple[Array, float, float]:
    """Ankle (y, z), pitch and toe pitch; in stance the point of contact moves back at exactly the gait's speed."""
    heel, ball, rest = np.array([0.062, 0]), np.array([BALL[1], 0.0]), ANKLE[1:]

    def planted(ph: float) -> tuple[Array, float]:
        back = gait.speed_mps * gait.cycle_secs * (ph - gait.stance / 2) + 0.020 - gait.ahead_m + 0.020
        down = ease(min(ph / (gait.turn_over / 3), 1))
        up = ease(max((ph - gait.turn_over) / (gait.stance - gait.turn_over), 0))
        pitch, pivot = (gait.strike * (1 - down), heel) if ph < gait.turn_over else (gait.leave * up, ball)
        c, s = math.cos(math.radians(pitch)), math.sin(math.radians(pitch))
        return pivot + np.array([back, 0]) + np.array([[c, -s], [s, c]]) @ (rest - pivot), pitch

    if phase < gait.stance:
        at, pitch = planted(phase)
        return at, pitch, min(pitch, 0)
    u, swing = (phase - gait.stance) / (1 - gait.stance), gait.cycle_secs * (1 - gait.stance)
    (a, pa), (b, pb), e = planted(gait.stance), planted(0), 1e-3
    va = (a - planted(gait.stance - e)[0]) / (e * gait.cycle_secs) * swing
    vb = (planted(e)[0] - b) / (e * gait.cycle_secs) * swing
    h = (2 * u**3 - 3 * u**2 + 1) * a + (u**3 - 2 * u**2 + u) * va + (3 * u**2 - 2 * u**3) * b + (u**3 - u**2) * vb
    h[1] += gait.lift_m * math.sin(math.pi * u) ** 2
    pitch = pa + (pb - pa) * ease(min(u / 0.85, 1))
    return h, pitch, pitch * min(1, u * 4) if pitch > 0 else pitch


def walk(t: float) -> tuple[Pose, Array]:
    """Two steps; the left heel strikes at 0."""
    pose, w = {}, 2 * math.pi * t
    pose["hips"] = mul(rot(Z, -6 * math.cos(w)), rot(Y, 2.5 * math.sin(w)))
    pose["spine"] = mul(rot(X, 2), rot(Z, 5 * math.cos(w)), rot(Y, -2 * math.sin(w)))
    pose["chest"] = mul(rot(X, 1.5), rot(Z, 7 * math.cos(w)))
    pose["neck"] = rot(Z, -3 * math.cos(w))
    pose["head"] = mul(rot(X, -3 + 0.8 * math.cos(2 * w)), rot(Z, -3 * math.cos(w)))
    drop = -0.040 - 0.012 * math.cos(2 * w - 0.3)
    for side, s in SIDES:
        swing = -26 * math.cos(w) * s
        hang(pose, side, s, swing=swing + 3, elbow=22 + 0.35 * swing, out=-1)
        ankle, pitch, toe = foot_at(t % 1 if s > 0 else (t + 0.5) % 1, WALK)
        leg_to(pose, side, s, drop, ankle, pitch, toe)
    return pose, vec(0, 0, drop)


def run(t: float) -> tuple[Pose, Array]:
    """Two bounds with the elbows bent, in step with `walk`."""
    pose, w = {}, 2 * math.pi * t
    pose["hips"] = mul(rot(X, 5), rot(Z, -8 * math.cos(w)), rot(Y, 3 * math.sin(w)))
    pose["spine"] = mul(rot(X, 6), rot(Z, 7 * math.cos(w)))
    pose["chest"] = mul(rot(X, 4), rot(Z, 10 * math.cos(w)))
    pose["neck"] = mul(rot(X, -5), rot(Z, -5 * math.cos(w)))
    pose["head"] = mul(rot(X, -7), rot(Z, -4 * math.cos(w)))
    middle = 2 * math.pi * 2 * (t - RUN.stance / 2)  # 0 when a foot stands under the hips
    drop = -0.062 - 0.026 * math.cos(middle)
    for side, s in SIDES:
        swing = -34 * math.cos(w) * s
        hang(pose, side, s, swing=swing - 4, elbow=72 + 0.45 * swing, out=2)
        for n, a in (("MiddleProximal", 52), ("MiddleIntermediate", 60)):
            pose[side + n] = rot(Y, a * s)
        ankle, pitch, toe = foot_at(t % 1 if s > 0 else (t + 0.5) % 1, RUN)
        leg_to(pose, side, s, drop, ankle, pitch, toe)
    return pose, vec(0, 0, drop)


def wave(t: float) -> tuple[Pose, Array]:
    """The right hand says hello."""
    base, move = idle(t)
    up, k = dict(base), ease(min(t / 0.18, 1, (1 - t) / 0.18))
    swing = math.sin(2 * math.pi * 3 * t)
    up["rightShoulder"], up["rightUpperArm"] = rot(Y, 14), mul(rot(X, -18), rot(Y, 48))
    up["rightLowerArm"] = mul(rot(Y, 72 + 17 * swing), rot(ALONG * (-1, 1, 1), 70))
    up["rightHand"] = rot(Y, 8 * swing)
    for n in ("MiddleProximal", "MiddleIntermediate"):
        up["right" + n] = NONE
    up["head"], up["chest"] = mul(rot(Y, 6), rot(Z, -5)), rot(Y, 3)
    return mixed(base, up, k), move


def reach(t: float) -> tuple[Pose, Array]:
    """The right hand goes out for something at breast height and comes back."""
    base, move = idle(t)
    far, k = dict(base), ease(min(t / 0.35, 1, (1 - t) / 0.35))
    far["spine"], far["chest"] = mul(rot(X, 6), rot(Z, 6)), mul(rot(X, 5), rot(Z, 10))
    far["rightShoulder"], far["rightUpperArm"] = rot(Z, 8), mul(rot(X, -72), rot(Y, -24))
    far["rightLowerArm"], far["rightHand"] = rot(X, -14), rot(X, 10)
    far["head"] = mul(rot(X, 4), rot(Z, -6))
    for n, a in (("MiddleProximal", 6), ("MiddleIntermediate", 10)):
        far["right" + n] = rot(Y, -a)
    return mixed(base, far, k), move


SEATS_M = {"sit_low": 0.34, "sit_high": 0.56}  # heights of seats between which the game mixes
HIPS_OVER_SEAT_M = 0.105


def seated(t: float, seat_m: float) -> tuple[Pose, Array]:
    """On a seat, hands on the thighs, breathing."""
    pose, _ = idle(t)
    b, drop = math.sin(2 * math.pi * t), seat_m + HIPS_OVER_SEAT_M - JOINTS["hips"][1][2]
    pose["hips"], pose["spine"], pose["chest"] = rot(X, -5), rot(X, 3 - 0.5 * b), rot(X, 4 + 1.2 * b)
    rise = (seat_m - 0.45) * 60  # a higher seat lets the thighs slope down
    for side, s in SIDES:
        hang(pose, side, s, swing=12 - rise * 0.5, elbow=38 - rise, out=-13)
        pose[side + "LowerArm"] = mul(rot(Z, -24 * s), pose[side + "LowerArm"])
        pose[side + "Hand"] = mul(rot(X, 24), rot(Y, 8 * s))
        leg_to(pose, side, s, drop, np.array([-0.345, ANKLE[2]]), 0, 0)
    return pose, vec(0, 0, drop)


def sit_ground(t: float) -> tuple[Pose, Array]:
    """On the ground, knees drawn up, the arms laid on them."""
    pose, _ = idle(t)
    b, drop = math.sin(2 * math.pi * t), HIPS_OVER_SEAT_M - JOINTS["hips"][1][2]
    pose["hips"], pose["spine"], pose["chest"] = rot(X, -8), rot(X, 14 - 0.5 * b), rot(X, 12 + 1.2 * b)
    pose["neck"], pose["head"] = rot(X, -6), mul(rot(X, -8), rot(Z, 2.5 * math.sin(2 * math.pi * t + 0.7)))
    for side, s in SIDES:
        hang(pose, side, s, swing=62, elbow=30, out=-12)
        pose[side + "LowerArm"] = mul(rot(Z, -26 * s), pose[side + "LowerArm"])
        pose[side + "Hand"] = rot(X, 16)
        leg_to(pose, side, s, drop, np.array([-0.43, ANKLE[2]]), 0, 0)
    return pose, vec(0, 0, drop)


CLIPS: dict[str, tuple[Callable[[float], tuple[Pose, Array]], int, float]] = {
    "idle": (idle, 90, 0.0),
    "walk": (walk, 24, WALK.speed_mps),
    "run": (run, 18, RUN.speed_mps),
    "wave": (wave, 75, 0.0),
    "reach": (reach, 45, 0.0),
    "sit_low": (lambda t: seated(t, SEATS_M["sit_low"]), 90, 0.0),
    "sit_high": (lambda t: seated(t, SEATS_M["sit_high"]), 90, 0.0),
    "sit_ground": (sit_ground, 90, 0.0),
}  # function, frames, ground speed


def clip(name: str) -> Clip:
    """A clip sampled at FPS; its last key repeats its first."""
    pose_at, frames, speed = CLIPS[name]
    poses = [pose_at(i / frames) for i in range(frames + 1)]
    for pose, _ in poses:
        for side, _ in SIDES:
            pose[side + "UpperArmHalf"] = slerp(NONE, pose.get(side + "UpperArm", NONE), 0.5)
    tracks = {n: np.array([pose.get(n, NONE) for pose, _ in poses]) for n in NAMES}
    for q in tracks.values():
        for i in range(1, len(q)):  # neighbours on the same half of the sphere
            if q[i] @ q[i - 1] < 0:
                q[i] = -q[i]
    return Clip(FPS, tracks, np.array([move for _, move in poses]), {"speed_mps": speed})
