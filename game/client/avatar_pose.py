"""How a person moves: clips blended by speed, feet in step with the ground, gestures of the upper body on top.

All of it is small arrays: rotations (joints, 4) as (w, x, y, z). `matrices` turns a pose into what skins the meshes.
"""

from dataclasses import dataclass
from math import floor

import numpy as np

from game.client.avatar_glb import Clip, Skeleton

GESTURES = ("reach", "wave")
FADE_SECS = 0.18
SPEED_EASE_SECS = 0.10
STILL_MPS, WALKING_MPS = 0.05, 0.75  # the walk fades in between
WALK_MPS, RUN_MPS = 1.9, 2.9  # the run fades in between


@dataclass
class Motion:
    """Where a person is in its movements; `step` carries it on."""

    skeleton: Skeleton
    clips: dict[str, Clip]
    scale: float = 1.0  # how tall the person is against the model: longer legs take longer steps
    speed_mps: float = 0.0
    phase: float = 0.0  # of walk and run, 0 when the left heel strikes
    breath: float = 0.0  # of idle
    gesture: str = ""
    gesture_secs: float = 0.0

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
        self.gesture, self.gesture_secs = gesture, 0.0

    def step(self, speed_mps: float, dt_secs: float) -> None:
        """Moves on by dt; the phase advances with the way made, so that feet do not slide."""
        self.speed_mps += (speed_mps - self.speed_mps) * (1 - 2.0 ** (-dt_secs / SPEED_EASE_SECS * 2))
        share = self.weights()
        moving = 1 - share["idle"]
        if moving > 0:
            length = sum(share[n] * self.clips[n].speed_mps * self.clips[n].secs for n in ("walk", "run"))
            self.phase = (self.phase + self.speed_mps * dt_secs / max(length, 0.35) / self.scale) % 1
        self.breath = (self.breath + dt_secs / self.clips["idle"].secs) % 1
        if self.gesture:
            self.gesture_secs += dt_secs
            if self.gesture_secs >= self.clips[self.gesture].secs:
                self.gesture = ""

    def pose(self) -> tuple[np.ndarray, np.ndarray]:
        """The present rotations (joints, 4) and how far the hips are from their rest (3,)."""
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
        if self.gesture:
            clip = self.clips[self.gesture]
            q, _ = sample(clip, self.gesture_secs / clip.secs)
            left = clip.secs - self.gesture_secs
            k = float(np.clip(min(self.gesture_secs, left) / FADE_SECS, 0, 1))
            rotations = np.where(self.upper, nlerp(rotations, q, k), rotations)
        return rotations, root


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
    return out / np.linalg.norm(out, axis=1, keepdims=True)


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
