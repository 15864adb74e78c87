"""How the person moves: joints, feet that do not slide, nothing that pops, gestures."""

import shutil

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client.avatar import Avatar
from game.client.avatar_pose import Motion, matrices, sample
from game.core.errors import GameError
from game.core.looks import DEFAULT_LOOKS
from game.core.rules.movement import RUN_MPS as GAME_RUN_MPS
from game.core.rules.movement import WALK_MPS as GAME_WALK_MPS
from tests.client.persons import MODELS

JOINTS = 29


@pytest.fixture
def motion(person):
    return Motion(person.skeleton, dict(person.clips))


def test_at_rest_every_joint_leaves_its_points_alone(person):
    rest = np.tile([1.0, 0, 0, 0], (JOINTS, 1))
    still = matrices(person.skeleton, rest, np.zeros(3))
    np.testing.assert_allclose(still, np.tile(np.eye(4), (JOINTS, 1, 1)), atol=1e-6)


def test_a_turned_joint_carries_its_children_about_its_own_place(person):
    sk = person.skeleton
    turned = np.tile([1.0, 0, 0, 0], (JOINTS, 1))
    elbow, hand = sk.names.index("leftLowerArm"), sk.names.index("leftHand")
    turned[elbow] = (np.cos(np.pi / 4), np.sin(np.pi / 4), 0, 0)  # a quarter about +X
    m = matrices(sk, turned, np.zeros(3))
    out = sk.rest[elbow] @ m[elbow, :3, :3] + m[elbow, 3, :3]
    np.testing.assert_allclose(out, sk.rest[elbow], atol=1e-6)
    x, y, z = sk.rest[hand] - sk.rest[elbow]
    np.testing.assert_allclose(sk.rest[hand] @ m[hand, :3, :3] + m[hand, 3, :3], sk.rest[elbow] + (x, -z, y), atol=1e-6)


def slide(motion: Motion, clip: str, heel: tuple[float, float, float], phases: np.ndarray) -> float:
    """Largest speed over the ground of a point of the left foot, m/s, while the clip plays at its own speed."""
    clip_, foot = motion.clips[clip], motion.skeleton.names.index("leftFoot")
    at = []
    for phase in phases:
        m = matrices(motion.skeleton, *sample(clip_, float(phase)))[foot]
        at.append(np.array(heel) @ m[:3, :3] + m[3, :3])
    dt = (phases[1] - phases[0]) * clip_.secs
    return float(np.abs(np.diff(np.array(at)[:, 1]) / dt - clip_.speed_mps).max())


def test_the_planted_heel_stays_where_it_is_while_walking(motion):
    phases = np.arange(0, 6) / 24
    assert slide(motion, "walk", (0.088, 0.062, 0.0), phases) < 0.01
    assert slide(motion, "walk", (0.088, 0.062, 0.0), phases + 0.65) > 1.0  # the swinging foot does not


def feet_slide(motion: Motion, ahead_mps: float, aside_mps: float = 0.0, secs: float = 2.4) -> float:
    """How fast, in m/s and on average, what is planted on the ground slides while a person moves at a speed."""
    sk, dt = motion.skeleton, 1 / 240
    soles = [(sk.names.index(f"{side}Foot"), np.array([x, y, 0.0])) for side, x in (("left", 0.088), ("right", -0.088))
             for y in (0.062, -0.085)]  # fmt: skip
    for _ in range(240):
        motion.step(ahead_mps, dt, aside_mps)
    slid, at, before = [], np.zeros(2), None
    for _ in range(int(secs / dt)):
        motion.step(ahead_mps, dt, aside_mps)
        at = at + np.array([-aside_mps, -ahead_mps]) * dt  # the model faces -Y, its right is -X
        m = matrices(sk, *motion.pose())
        c, s = np.cos(motion.leg_turn_rad), np.sin(motion.leg_turn_rad)
        turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
        now = np.array([(p @ m[j, :3, :3] + m[j, 3, :3]) @ turn * motion.scale for j, p in soles])
        now[:, :2] += at
        if before is not None:
            low = now[:, 2].argmin()
            if now[low, 2] < 0.002:  # planted; a foot that swings by comes no nearer to the ground
                slid.append(np.linalg.norm(now[low, :2] - before[low, :2]) / dt)
        before = now
    assert len(slid) > 0.3 * secs / dt
    return float(np.mean(slid))


@pytest.mark.parametrize("height", [0.9, 1.0, 1.12])
@pytest.mark.parametrize("speed", [1.2, GAME_WALK_MPS, GAME_RUN_MPS])
def test_feet_do_not_slide_at_a_walk_or_a_run(person, speed, height):
    motion = Motion(person.skeleton, dict(person.clips), scale=height)
    assert feet_slide(motion, speed) < 0.05 * speed


@pytest.mark.parametrize(("ahead", "aside"), [(-1.9, 0.0), (0.0, 1.9), (0.0, -1.9), (1.3, 1.3), (-1.3, 1.3)])
def test_feet_do_not_slide_backwards_or_aside(motion, ahead, aside):
    assert feet_slide(motion, ahead, aside) < 0.06


def test_the_check_of_sliding_feet_notices_a_person_who_glides(motion):
    motion.weights = lambda: {"idle": 1.0, "walk": 0.0, "run": 0.0}
    assert feet_slide(motion, 1.9) > 1.5


def test_nothing_pops_from_one_movement_to_the_next(motion):
    """No joint turns faster than an arm can, whatever follows whatever."""
    speed, last, worst = 0.0, None, 0.0
    script = {
        10: ("start", "wave"), 40: ("start", "reach"), 55: ("start", "wave"), 90: ("sit", 0.45), 160: ("sit", None),
        175: ("sit", 0.0), 200: ("start", "reach"), 215: ("sit", None), 330: ("start", "wave"), 345: ("sit", 0.4),
        350: ("sit", None),
    }  # fmt: skip
    for tick in range(460):
        if tick in script:
            name, value = script[tick]
            getattr(motion, name)(value)
        if 240 < tick < 320:
            speed = min(speed + 0.25, GAME_RUN_MPS)
        elif tick >= 320:
            speed = max(speed - 0.3, 0.0)
        motion.step(speed, 1 / 60, 0.5 * speed if tick > 280 else 0.0)
        rotations, root = motion.pose()
        if last is not None:
            dots = np.clip(np.abs((rotations * last[0]).sum(1)), 0, 1)
            worst = max(worst, float(np.degrees(2 * np.arccos(dots)).max()))
            assert np.abs(root - last[1]).max() < 0.06, f"the hips jump at {tick}"
        last = rotations, root
    assert worst < 28  # degrees a frame; the swinging shank of a runner turns by 25


def test_the_check_of_pops_notices_one(motion):
    before, _ = motion.pose()
    motion.seat_m = 0.45
    after, _ = motion.pose()
    assert np.degrees(2 * np.arccos(np.clip(np.abs((before * after).sum(1)), 0, 1))).max() > 60


@pytest.mark.parametrize("seat_m", [0.0, 0.34, 0.45, 0.56])
def test_who_sits_rests_on_the_seat_with_the_soles_on_the_ground(motion, seat_m):
    motion.sit(seat_m)
    for _ in range(120):
        motion.step(0.0, 1 / 60)
    sk = motion.skeleton
    m = matrices(sk, *motion.pose())
    hips, foot = sk.names.index("hips"), sk.names.index("leftFoot")
    assert (sk.rest[hips] @ m[hips, :3, :3] + m[hips, 3, :3])[2] == pytest.approx(seat_m + 0.105, abs=0.02)
    sole = np.array([0.088, 0.0, 0.0]) @ m[foot, :3, :3] + m[foot, 3, :3]
    assert abs(sole[2]) < 0.03
    motion.sit(None)
    for _ in range(120):
        motion.step(0.0, 1 / 60)
    assert abs(motion.pose()[1][2]) < 0.02


def test_the_head_turns_to_where_one_looks_but_not_behind(motion):
    head = motion.skeleton.names.index("head")
    for _ in range(60):
        motion.look(0.6, 0.2, 1 / 60)
    left = matrices(motion.skeleton, *motion.pose())[head, :3, :3]
    ahead = np.array([0.0, -1.0, 0.0]) @ left
    assert ahead[0] > 0.3  # to its left, which is +X
    assert ahead[2] > 0.1
    for _ in range(200):
        motion.look(3.0, 0.0, 1 / 60)
    assert motion.looks_rad[0] < 1.4


def test_the_phase_follows_the_way_and_not_the_time(motion):
    for _ in range(240):
        motion.step(1.4, 1 / 60)
    start = motion.phase
    for _ in range(48):
        motion.step(1.4, 1 / 60)
    assert abs((motion.phase - start + 0.5) % 1 - 0.5) < 0.02  # one cycle is 0.8 s at 1.4 m/s
    for _ in range(240):
        motion.step(0.0, 1 / 60)
    stopped = motion.phase
    motion.step(0.0, 1.0)
    assert motion.phase == stopped


@pytest.mark.parametrize("speed", [0.0, 0.3, 1.4, 2.4, 4.0])
def test_clips_share_one_pose(motion, speed):
    for _ in range(120):
        motion.step(speed, 1 / 60)
    assert sum(motion.weights().values()) == pytest.approx(1)
    rotations, _ = motion.pose()
    np.testing.assert_allclose(np.linalg.norm(rotations, axis=1), 1, atol=1e-6)


def test_a_gesture_moves_the_arm_leaves_the_legs_and_ends(motion):
    arm, leg = motion.skeleton.names.index("rightUpperArm"), motion.skeleton.names.index("rightUpperLeg")
    for _ in range(30):
        motion.step(1.4, 1 / 60)
    before, _ = motion.pose()
    motion.start("wave")
    motion.gesture_secs = 1.0
    during, _ = motion.pose()
    assert np.abs(during[arm] - before[arm]).max() > 0.2
    np.testing.assert_array_equal(during[leg], before[leg])
    for _ in range(200):
        motion.step(1.4, 1 / 60)
    assert motion.gesture == ""


def test_an_unknown_gesture_is_refused(motion):
    with pytest.raises(KeyError, match="moonwalk"):
        motion.start("moonwalk")


def test_a_person_without_clips_is_refused(tmp_path):
    (tmp_path / "avatar").mkdir()
    shutil.copy(MODELS / "avatar" / "hair_bob.glb", tmp_path / "avatar" / "person.glb")
    with pytest.raises(GameError, match=r"person\.glb"):
        Avatar(NodePath("world"), DEFAULT_LOOKS, tmp_path)
