"""How a person moves: clips blended by speed, feet in step with the ground, gestures of the upper body on top.

All of it is small arrays: rotations (joints, 4) as (w, x, y, z). `matrices` turns a pose into what skins the meshes.
Whatever begins or ends abruptly (a gesture, sitting down) starts from the pose that was last shown: the difference to
the new one fades away, after Bollo, "Inertialization", GDC 2018.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import atan2, cos, exp, floor, hypot, pi, sin

import numpy as np

from game.client.avatar_glb import Clip, Skeleton

GESTURES = ("reach", "wave")
FADE_SECS = 0.18  # of a gesture into what the rest of the body does
SETTLE_SECS = 0.36  # from one gesture to another
SIT_SECS = 0.60
SPEED_EASE_SECS = 0.10
STILL_MPS, WALKING_MPS = 0.05, 0.75  # the walk fades in between
WALK_MPS, RUN_MPS = 1.9, 2.9  # the run fades in between
SEATS_M = (0.34, 0.56)  # of the clips sit_low and sit_high
GROUND_BELOW_M = 0.15
MOST_LEG_RAD = pi / 2
TURN_PER_SEC, LOOK_PER_SEC = 9.0, 12.0
BACKWARDS_RAD, FORWARDS_RAD = 1.75, 1.40  # beyond the first one walks backwards, below the second ahead again
UNTWIST = {"spine": 0.22, "chest": 0.26, "neck": 0.18, "head": 0.22}  # how much each turns back to where one looks
LOOK_YAW = {"neck": 0.35, "head": 0.45, "chest": 0.15}
LOOK_PITCH = {"neck": 0.30, "head": 0.45}
MOST_LOOK_RAD = (1.3, 0.7)


@dataclass
class Motion:
    """Where a person is in its movements; `step` carries it on."""

    skeleton: Skeleton
    clips: dict[str, Clip]
    scale: float = 1.0  # how tall the person is against the model: longer legs take longer steps
    speed_mps: float = 0.0
    leg_turn_rad: float = 0.0  # the legs point there, seen from where the person faces; counter-clockwise
    backwards: bool = False
    phase: float = 0.0  # of walk and run, 0 when the left heel strikes
    breath: float = 0.0  # of idle and sitting
    gesture: str = ""
    gesture_secs: float = 0.0
    seat_m: float | None = None  # above the soles, 0 on the ground; None: the person stands
    looks_rad: tuple[float, float] = (0.0, 0.0)  # yaw and pitch of the eyes against the body
    _faded_secs: float = 1.0
    _fade_secs: float = SETTLE_SECS
    _left_q: np.ndarray | None = field(default=None, repr=False)
    _left_root: np.ndarray | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        legs = ("UpperLeg", "LowerLeg", "Foot", "Toes")
        free = [n != "hips" and not n.endswith(legs) for n in self.skeleton.names]
        self.upper = np.array(free)[:, None]

    def weights(self) -> dict[str, float]:
        """Share of idle, walk and run at the present speed; they sum to 1."""
        moving = _smooth(STILL_MPS, WALKING_MPS, self.speed_mps)
        running = _smooth(WALK_MPS, RUN_MPS, self.speed_mps)
        return {"idle": 1 - moving, "walk": moving * (1 - running), "run": moving * running}

    def start(self, gesture: str) -> None:
        """Begins a gesture of the upper body.

        Raises KeyError when it is none of GESTURES.
        """
        if gesture not in GESTURES:
            raise KeyError(f"{gesture!r} is no gesture; use one of {', '.join(GESTURES)}")
        before = self.pose()
        self.gesture, self.gesture_secs = gesture, 0.0
        self._leave(before, SETTLE_SECS)

    def sit(self, seat_m: float | None) -> None:
        """Sits down on a seat so high above the soles, 0 for the ground; None stands up."""
        if seat_m == self.seat_m:
            return
        before = self.pose()
        self.seat_m = seat_m
        self._leave(before, SIT_SECS)

    def look(self, yaw_rad: float, pitch_rad: float, dt_secs: float) -> None:
        """Turns the head towards where the eyes look, against the body, within what a neck can do."""
        k = 1 - exp(-LOOK_PER_SEC * dt_secs)
        wanted = (yaw_rad, pitch_rad)
        self.looks_rad = (
            self.looks_rad[0] + (min(max(wanted[0], -MOST_LOOK_RAD[0]), MOST_LOOK_RAD[0]) - self.looks_rad[0]) * k,
            self.looks_rad[1] + (min(max(wanted[1], -MOST_LOOK_RAD[1]), MOST_LOOK_RAD[1]) - self.looks_rad[1]) * k,
        )

    def step(self, ahead_mps: float, dt_secs: float, aside_mps: float = 0.0) -> None:
        """Moves on by dt; the phase advances with the way made, so that feet do not slide. Aside is to the right."""
        way_mps = hypot(ahead_mps, aside_mps)
        along_mps = self._turn_legs(ahead_mps, aside_mps, way_mps, dt_secs)
        self.speed_mps += (way_mps - self.speed_mps) * (1 - 2.0 ** (-dt_secs / SPEED_EASE_SECS * 2))
        share = self.weights()
        if share["idle"] < 1:
            length = sum(share[n] * self.clips[n].speed_mps * self.clips[n].secs for n in ("walk", "run"))
            self.phase = (self.phase + along_mps * dt_secs / max(length, 0.35) / self.scale) % 1
        self.breath = (self.breath + dt_secs / self.clips["idle"].secs) % 1
        self._faded_secs += dt_secs
        if self.gesture:
            self.gesture_secs += dt_secs
            if self.gesture_secs >= self.clips[self.gesture].secs:
                self.gesture = ""

    def _turn_legs(self, ahead_mps: float, aside_mps: float, way_mps: float, dt_secs: float) -> float:
        """Points the legs along the way, ahead or backwards; returns the speed in which they step."""
        wanted_rad = 0.0
        if way_mps > STILL_MPS:
            wanted_rad = atan2(-aside_mps, ahead_mps)
            if abs(wanted_rad) > BACKWARDS_RAD:
                self.backwards = True
            elif abs(wanted_rad) < FORWARDS_RAD:
                self.backwards = False
            if self.backwards:
                wanted_rad += pi if wanted_rad < 0 else -pi
            wanted_rad = min(max(wanted_rad, -MOST_LEG_RAD), MOST_LEG_RAD)
        self.leg_turn_rad += (wanted_rad - self.leg_turn_rad) * (1 - exp(-TURN_PER_SEC * dt_secs))
        return ahead_mps * cos(self.leg_turn_rad) - aside_mps * sin(self.leg_turn_rad)

    def pose(self) -> tuple[np.ndarray, np.ndarray]:
        """The present rotations (joints, 4) and how far the hips are from their rest (3,)."""
        rotations, root = self._target()
        left = 1 - self._faded_secs / self._fade_secs
        if left > 0 and self._left_q is not None and self._left_root is not None:
            k = left * left * (3 - 2 * left)
            rotations = times(nlerp(np.tile([1.0, 0, 0, 0], (len(rotations), 1)), self._left_q, k), rotations)
            root = root + self._left_root * k
        return rotations, root

    def _leave(self, before: tuple[np.ndarray, np.ndarray], secs: float) -> None:
        """Goes on from the pose that was shown until now, and is where it should be after so many seconds."""
        rotations, root = self._target()
        self._left_q, self._left_root = times(before[0], rotations * (1, -1, -1, -1)), before[1] - root
        self._faded_secs, self._fade_secs = 0.0, secs

    def _target(self) -> tuple[np.ndarray, np.ndarray]:
        rotations, root = self._standing() if self.seat_m is None else self._seated(self.seat_m)
        if self.gesture:
            clip = self.clips[self.gesture]
            q, _ = sample(clip, self.gesture_secs / clip.secs)
            left = clip.secs - self.gesture_secs
            k = float(np.clip(min(self.gesture_secs, left) / FADE_SECS, 0, 1))
            rotations = np.where(self.upper, nlerp(rotations, q, k * k * (3 - 2 * k)), rotations)
        yaw_rad, pitch_rad = self.looks_rad
        rotations = self._turned(rotations, 2, UNTWIST, -self.leg_turn_rad)
        return self._turned(self._turned(rotations, 2, LOOK_YAW, yaw_rad), 0, LOOK_PITCH, -pitch_rad), root

    def _standing(self) -> tuple[np.ndarray, np.ndarray]:
        rotations = root = None
        total = 0.0
        for name, share in self.weights().items():
            if share <= 0:
                continue
            q, move = sample(self.clips[name], self.breath if name == "idle" else self.phase)
            total += share
            if rotations is None or root is None:
                rotations, root = q, move
            else:
                rotations = nlerp(rotations, q, share / total)
                root = root + (move - root) * (share / total)
        assert rotations is not None
        assert root is not None
        return rotations, root

    def _seated(self, seat_m: float) -> tuple[np.ndarray, np.ndarray]:
        seat_m = seat_m / self.scale
        if seat_m < GROUND_BELOW_M:
            return sample(self.clips["sit_ground"], self.breath)
        k = min(max((seat_m - SEATS_M[0]) / (SEATS_M[1] - SEATS_M[0]), -0.4), 1.4)
        (low, low_root), (high, high_root) = (sample(self.clips[n], self.breath) for n in ("sit_low", "sit_high"))
        return nlerp(low, high, k), low_root + (high_root - low_root) * k

    def _turned(self, rotations: np.ndarray, axis: int, shares: Mapping[str, float], rad: float) -> np.ndarray:
        """The pose with some joints turned by their share of an angle about an axis of the person."""
        if abs(rad) < 1e-5:
            return rotations
        out = rotations.copy()
        for name, share in shares.items():
            j = self.skeleton.names.index(name)
            q = np.zeros((1, 4))
            q[0, 0], q[0, 1 + axis] = cos(rad * share / 2), sin(rad * share / 2)
            out[j] = times(q, out[j : j + 1])[0]
        return out


def sample(clip: Clip, phase: float) -> tuple[np.ndarray, np.ndarray]:
    """Rotations (joints, 4) and root (3,) of a clip at a phase 0..1, between its keys."""
    at = min(max(phase, 0.0), 1.0) * (len(clip.root) - 1)
    i = min(floor(at), len(clip.root) - 2)
    k = at - i
    return nlerp(clip.rotations[i], clip.rotations[i + 1], k), clip.root[i] + (clip.root[i + 1] - clip.root[i]) * k


def nlerp(a: np.ndarray, b: np.ndarray, k: float) -> np.ndarray:
    """Between rotations (n, 4), the short way, normalised."""
    sign = np.where((a * b).sum(1, keepdims=True) < 0, -1.0, 1.0)
    out = a + (b * sign - a) * k
    turns: np.ndarray = out / np.linalg.norm(out, axis=1, keepdims=True)
    return turns


def times(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Rotations (n, 4) one after the other: b acts first."""
    out = np.empty(np.broadcast_shapes(a.shape, b.shape))
    out[:, 0] = a[:, 0] * b[:, 0] - (a[:, 1:] * b[:, 1:]).sum(1)
    out[:, 1:] = a[:, :1] * b[:, 1:] + b[:, :1] * a[:, 1:] + np.cross(a[:, 1:], b[:, 1:])
    return out


def turns(q: np.ndarray) -> np.ndarray:
    """Rotation matrices (n, 3, 3) for row vectors."""
    w, x, y, z = q.T
    rows = [
        1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y),
        2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x),
        2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y),
    ]  # fmt: skip
    return np.stack(rows, 1).reshape(-1, 3, 3)


def matrices(skeleton: Skeleton, rotations: np.ndarray, root: np.ndarray) -> np.ndarray:
    """What moves rest to pose, a matrix a joint (joints, 4, 4) for row vectors."""
    own, out = turns(rotations), np.zeros((len(rotations), 4, 4))
    out[:, 3, 3] = 1
    for j, parent in enumerate(skeleton.parents):
        at = skeleton.rest[j]
        if parent < 0:
            turn, pos = own[j], at + root
        else:
            turn = own[j] @ out[parent, :3, :3]
            pos = at @ out[parent, :3, :3] + out[parent, 3, :3]
        out[j, :3, :3] = turn
        out[j, 3, :3] = pos - at @ turn
    return out


def _smooth(a: float, b: float, x: float) -> float:
    t = min(max((x - a) / (b - a), 0.0), 1.0)
    return t * t * (3 - 2 * t)
