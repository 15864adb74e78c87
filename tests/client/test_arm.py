"""An arm that reaches: the palm comes to where it is wanted, bones keep together, and all else stays as it is."""

from pathlib import Path

import numpy as np
import pytest

from game.client.arm import PALM_M, Reach, reached
from game.client.avatar_glb import read_figure
from game.client.avatar_pose import Motion, matrices

FIGURE = read_figure(Path(__file__).parents[2] / "assets" / "models" / "avatar" / "person.glb")
AHEAD, UP = np.array([0.0, -1.0, 0.0]), np.array([0.0, 0.0, 1.0])  # the model faces -Y


def standing() -> tuple[np.ndarray, tuple[str, ...], np.ndarray]:
    assert FIGURE.skeleton is not None
    motion = Motion(FIGURE.skeleton, dict(FIGURE.clips))
    return matrices(FIGURE.skeleton, *motion.pose()), FIGURE.skeleton.names, FIGURE.skeleton.rest


def place(skin: np.ndarray, joint: int) -> np.ndarray:
    assert FIGURE.skeleton is not None
    return np.asarray(FIGURE.skeleton.rest[joint] @ skin[joint, :3, :3] + skin[joint, 3, :3])


def arm_to(at: tuple[float, float, float], side: str = "right", **more: float) -> np.ndarray:
    assert FIGURE.skeleton is not None
    skin, _, _ = standing()
    return reached(FIGURE.skeleton, skin, side, Reach(np.array(at), AHEAD, UP, **more))


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("at", [(0.0, -0.3, 1.3), (-0.2, -0.6, 1.5), (0.3, -0.45, 1.0), (0.0, -0.5, 1.9)])
def test_the_palm_is_where_it_is_wanted_and_the_fingers_point_along(side: str, at: tuple[float, float, float]) -> None:
    skin, (_, names, rest) = arm_to(at, side), standing()
    hand, fingers = names.index(f"{side}Hand"), names.index(f"{side}MiddleProximal")
    assert np.allclose(place(skin, hand) + AHEAD * PALM_M, at, atol=1e-6)
    points = (rest[fingers] - rest[hand]) @ skin[hand, :3, :3]
    assert points @ AHEAD > 0.99 * np.linalg.norm(points)
    for child, parent in (("LowerArm", "UpperArm"), ("Hand", "LowerArm"), ("MiddleProximal", "Hand")):
        j, above = names.index(side + child), names.index(side + parent)
        assert np.allclose(rest[j] @ skin[above, :3, :3] + skin[above, 3, :3], place(skin, j), atol=2e-3)


def test_what_is_out_of_all_reach_is_reached_for_and_nothing_breaks() -> None:
    skin, (_, names, _) = arm_to((0.0, -9.0, 1.4)), standing()
    assert np.isfinite(skin).all()
    elbow, shoulder = place(skin, names.index("rightLowerArm")), place(skin, names.index("rightUpperArm"))
    assert (elbow - shoulder)[1] < -0.2


def test_half_way_is_between_and_none_of_it_changes_nothing() -> None:
    before, names, _ = standing()
    hand = names.index("rightHand")
    assert (arm_to((0.0, -0.4, 1.3), part=0.0) == before).all()
    half, whole = place(arm_to((0.0, -0.4, 1.3), part=0.5), hand), place(arm_to((0.0, -0.4, 1.3)), hand)
    assert np.allclose(half, (place(before, hand) + whole) / 2, atol=1e-6)


def test_the_rest_of_the_body_and_the_other_arm_stay_as_they_are() -> None:
    before, names, _ = standing()
    after = arm_to((0.0, -0.4, 1.3))
    moved = {names[j] for j in np.flatnonzero((np.abs(after - before) > 1e-9).any((1, 2)))}
    assert moved == {name for name in names if name.startswith("right") and name[5:] in (
        "UpperArm", "UpperArmHalf", "LowerArm", "Hand", "MiddleProximal", "MiddleIntermediate", "ThumbProximal")}


def test_a_grip_brings_the_fingertips_towards_the_palms_side() -> None:
    _, names, rest = standing()
    tips = names.index("rightMiddleIntermediate")
    beyond = rest[tips] + (rest[tips] - rest[names.index("rightMiddleProximal")])

    def tip(grip: float) -> float:
        skin = arm_to((0.0, -0.4, 1.3), grip=grip)
        return float((beyond @ skin[tips, :3, :3] + skin[tips, 3, :3]) @ UP)

    assert tip(1.0) > tip(0.0) + 0.01
