"""An arm that reaches for something: shoulder, elbow and hand bent so that the palm is where it is wanted.

Works on what skins a person (joints, 4, 4), row vectors, after `avatar_pose.matrices`: two bones by the law of cosines.
What is farther away than an arm is long is reached by a shoulder that comes along and bones that stretch a little, as
toys' arms do; nobody sees a shoulder from its own eyes.
"""

from dataclasses import dataclass
from math import acos, cos, sin

import numpy as np

from game.client.avatar_glb import Skeleton

SHOULDER_GIVES_M = 0.20  # so far a shoulder comes along
MOST_STRETCH = 1.9
PALM_M = 0.075  # from the wrist to the middle of the palm
FINGERS_CURL_RAD, TIPS_CURL_RAD, THUMB_CURL_RAD = 0.75, 0.95, 0.5
CHAIN = ("UpperArm", "UpperArmHalf", "LowerArm", "Hand", "MiddleProximal", "MiddleIntermediate", "ThumbProximal")


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a hand is wanted, in the space of the skeleton, `part` 0..1 of the way from where its clip has it.

    `along` is where the fingers point and `palm` where the palm faces, both unit vectors; `grip` 0..1 closes the hand.
    """

    at_m: np.ndarray
    along: np.ndarray
    palm: np.ndarray
    part: float = 1.0
    grip: float = 0.0


def reached(skeleton: Skeleton, skin: np.ndarray, side: str, reach: Reach) -> np.ndarray:
    """The skin (joints, 4, 4) with one arm, "left" or "right", on its way to `reach`."""
    if reach.part <= 0.0:
        return skin
    upper, half, lower, hand, fingers, tips, thumb = (skeleton.names.index(f"{side}{name}") for name in CHAIN)
    at = {joint: skeleton.rest[joint] @ skin[joint, :3, :3] + skin[joint, 3, :3] for joint in (upper, lower, hand)}
    turns = {joint: skin[joint, :3, :3] for joint in (upper, half, lower, hand, fingers, tips, thumb)}
    wrist = reach.at_m - reach.along * PALM_M
    wrist = at[hand] + (wrist - at[hand]) * reach.part
    root, elbow, bones = _bent(at[upper], at[lower], at[hand], wrist)
    arm = _between(at[lower] - at[upper], elbow - root)
    forearm = _between(at[hand] - at[lower], wrist - elbow)
    out = skin.copy()
    for joint in (upper, half):
        _put(out, skeleton, joint, turns[joint] @ arm @ _stretched(elbow - root, bones), root)
    _put(out, skeleton, lower, turns[lower] @ forearm @ _stretched(wrist - elbow, bones), elbow)
    held = _held(skeleton, side, turns[hand] @ forearm, reach)
    _put(out, skeleton, hand, held, wrist)
    curl = reach.part * reach.grip
    across = _unit(np.cross(*_hand_axes(skeleton, side)))
    bends = ((fingers, hand, FINGERS_CURL_RAD, across), (tips, fingers, TIPS_CURL_RAD, across),
             (thumb, hand, THUMB_CURL_RAD, _hand_axes(skeleton, side)[0]))  # fmt: skip
    for joint, parent, rad, axis in bends:
        turn = _about(axis, rad * curl) @ out[parent, :3, :3]
        pivot = skeleton.rest[joint] @ out[parent, :3, :3] + out[parent, 3, :3]
        _put(out, skeleton, joint, turn, pivot)
    return out


def _bent(root: np.ndarray, elbow: np.ndarray, wrist: np.ndarray, wanted: np.ndarray) -> tuple[
    np.ndarray, np.ndarray, float
]:  # fmt: skip
    """Where shoulder and elbow go, and how much longer both bones are, for the wrist to be where it is wanted."""
    first, second = float(np.linalg.norm(elbow - root)), float(np.linalg.norm(wrist - elbow))
    far = float(np.linalg.norm(wanted - root))
    gives = min(max(far - 0.97 * (first + second), 0.0), SHOULDER_GIVES_M)
    root = root + _unit(wanted - root) * gives
    far = max(far - gives, 1e-4)
    bones = min(max(far / (0.985 * (first + second)), 1.0), MOST_STRETCH)
    first, second = first * bones, second * bones
    far = min(max(far, abs(first - second) * 1.01 + 1e-4), (first + second) * 0.999)
    way = _unit(wanted - root)
    down = np.array([0.0, 0.35, -1.0]) + np.array([np.sign(root[0]) * 0.75, 0.0, 0.0])  # behind, below, outwards
    aside = _unit(down - way * float(down @ way))
    angle = acos(min(max((first * first + far * far - second * second) / (2 * first * far), -1.0), 1.0))
    return root, root + (way * cos(angle) + aside * sin(angle)) * first, bones


def _held(skeleton: Skeleton, side: str, carried: np.ndarray, reach: Reach) -> np.ndarray:
    """How the hand is turned: as its forearm carries it, or as it is wanted, or in between."""
    along, palm = _hand_axes(skeleton, side)
    mine = np.stack([along, palm, np.cross(along, palm)])
    palm = _unit(reach.palm - reach.along * float(reach.palm @ reach.along))
    wanted = mine.T @ np.stack([reach.along, palm, np.cross(reach.along, palm)])
    mixed = carried + (wanted - carried) * reach.part
    u, _, v = np.linalg.svd(mixed)  # the rotation that is nearest to it
    return np.asarray(u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ v))]) @ v)


def _hand_axes(skeleton: Skeleton, side: str) -> tuple[np.ndarray, np.ndarray]:
    """Where a hand's fingers point at rest, and where its palm faces."""
    hand, fingers, thumb = (
        skeleton.rest[skeleton.names.index(f"{side}{name}")] for name in ("Hand", "MiddleProximal", "ThumbProximal")
    )
    along = _unit(fingers - hand)
    thumbs = _unit((thumb - hand) - along * float((thumb - hand) @ along))
    palm = np.cross(along, thumbs)
    return along, palm if side == "left" else -palm


def _put(skin: np.ndarray, skeleton: Skeleton, joint: int, turn: np.ndarray, at_m: np.ndarray) -> None:
    skin[joint, :3, :3] = turn
    skin[joint, 3, :3] = at_m - skeleton.rest[joint] @ turn


def _between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The smallest rotation, for row vectors, that turns the direction of `a` into that of `b`."""
    a, b = _unit(a), _unit(b)
    axis, c = np.cross(a, b), float(a @ b)
    if c < -0.9999:  # straight back: about anything across it
        across = _unit(np.cross(a, np.array([0.31, 0.92, 0.23])))
        return np.asarray(2.0 * np.outer(across, across) - np.eye(3))
    k = np.array([[0.0, axis[2], -axis[1]], [-axis[2], 0.0, axis[0]], [axis[1], -axis[0], 0.0]])
    return np.asarray(np.eye(3) + k + k @ k / (1.0 + c))


def _about(axis: np.ndarray, rad: float) -> np.ndarray:
    """The rotation, for row vectors, about a unit axis."""
    x, y, z = axis
    k = np.array([[0.0, z, -y], [-z, 0.0, x], [y, -x, 0.0]])
    return np.asarray(np.eye(3) + k * sin(rad) + k @ k * (1.0 - cos(rad)))


def _stretched(way: np.ndarray, bones: float) -> np.ndarray:
    """What makes a bone longer in its own direction."""
    way = _unit(way)
    return np.asarray(np.eye(3) + np.outer(way, way) * (bones - 1.0))


def _unit(v: np.ndarray) -> np.ndarray:
    return np.asarray(v / max(float(np.linalg.norm(v)), 1e-9))
