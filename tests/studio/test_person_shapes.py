"""The person as functions of space: distances, meshes, weights, edits, poses, and the files that carry them."""

import numpy as np
import pytest

from assets.studio.person import body, motion
from assets.studio.person.edits import EDITS, REGIONS, edit_fields, joint_moves, region
from assets.studio.person.glb import Scene
from assets.studio.person.parts import Arrays
from assets.studio.person.shapes import ball, hollow, mirrored, rotation, smin, vec
from assets.studio.person.surface import occlusion, onto_surface, surface_net
from assets.studio.person.weights import rigid_weights, skin_weights
from game.client.avatar_glb import read_figure
from game.core.looks import EDITS as KNOWN_EDITS


def sphere(p):
    return ball(p, vec(0, 0, 0), 0.1)


@pytest.fixture(scope="module")
def skin():
    """Points on the body."""
    rng = np.random.default_rng(7)
    p = rng.uniform((-0.5, -0.18, 0.0), (0.5, 0.16, 1.6), (6000, 3))
    p = p[np.abs(body.body(p)) < 0.03]
    return onto_surface(body.body, p, 6)


def test_a_surface_net_is_closed_and_lies_on_the_shape():
    v, q = surface_net(sphere, (-0.15,) * 3, (0.15,) * 3, 0.01)
    assert np.abs(np.linalg.norm(v, axis=1) - 0.1).max() < 0.004
    edges = np.sort(np.concatenate([q[:, [i, (i + 1) % 4]] for i in range(4)]), 1)
    unique, uses = np.unique(edges, axis=0, return_counts=True)
    assert (uses == 2).all()
    assert len(v) - len(unique) + len(q) == 2  # Euler: one piece without handles


def test_quads_are_wound_outwards():
    v, q = surface_net(sphere, (-0.15,) * 3, (0.15,) * 3, 0.01)
    normals = np.cross(v[q[:, 1]] - v[q[:, 0]], v[q[:, 2]] - v[q[:, 0]])
    assert ((normals * v[q].mean(1)).sum(1) > 0).all()


def test_a_fillet_adds_and_never_takes_away():
    a, b = np.linspace(-1, 1, 50), np.linspace(1, -1, 50)
    assert (smin(a, b, 0.2) <= np.minimum(a, b) + 1e-12).all()
    assert smin(np.array([5.0]), np.array([-1.0]), 0.2)[0] == -1.0


def test_a_hollow_is_empty_behind_its_opening_and_solid_elsewhere():
    p = np.array([(0.0, 0, 0.08), (0.0, 0, -0.04)])
    d = hollow(sphere(p), sphere(p) + 0.01, (p[:, 2] - 0.09, 0.06))
    assert d[0] > 0
    assert d[1] < 0


def test_a_fold_is_darker_than_open_skin():
    two = lambda p: np.minimum(ball(p, vec(-0.1, 0, 0), 0.1), ball(p, vec(0.1, 0, 0), 0.1))  # noqa: E731
    p, n = np.array([(-0.02, 0, 0.06), (-0.2, 0, 0.0)]), np.array([(0.8, 0, 0.6), (-1.0, 0, 0)])
    shade = occlusion(two, p, n)
    assert shade[0] < 0.8 < shade[1]


def test_weights_sum_to_one_over_at_most_four_joints(skin):
    w = skin_weights(skin)
    np.testing.assert_allclose(w.sum(1), 1)
    assert ((w > 0).sum(1) <= 4).all()
    assert (w >= 0).all()


def test_weights_are_the_same_on_both_sides(skin):
    w, other = skin_weights(skin), skin_weights(skin * (-1, 1, 1))
    swap = [body.NAMES.index(_other_side(n)) for n in body.NAMES]
    np.testing.assert_allclose(w, other[:, swap], atol=1e-9)


def _other_side(name: str) -> str:
    if name.startswith("left"):
        return "right" + name[4:]
    return "left" + name[5:] if name.startswith("right") else name


def test_a_strap_follows_no_arm(skin):
    arms = [i for i, n in enumerate(body.NAMES) if "Arm" in n or "Hand" in n]
    assert skin_weights(skin)[:, arms].max() > 0.9
    assert skin_weights(skin, sleeveless=True)[:, arms].max() == 0


def test_rigid_weights_name_one_joint():
    w = rigid_weights(3, "head")
    assert w[:, body.NAMES.index("head")].tolist() == [1, 1, 1]
    assert w.sum() == 3


def test_the_game_knows_every_edit_and_each_moves_something(skin):
    assert set(EDITS) == set(KNOWN_EDITS)
    fields = edit_fields(skin)
    assert set(fields) == set(EDITS)
    assert all(np.abs(d).max() > 1e-3 for d in fields.values())


def test_a_face_edit_leaves_the_feet_alone(skin):
    feet = skin[skin[:, 2] < 0.2]
    assert len(feet) > 20
    assert np.abs(edit_fields(feet)["jaw"]).max() < 1e-9


def test_every_point_of_the_skin_has_a_region(skin):
    assert set(np.unique(region(skin))) == set(REGIONS)


def test_proportions_enlarge_the_head_and_leave_the_rest():
    p = np.array([(0.1, 0.012, 1.45), (0.1, 0.0, 0.9)])
    out = body.proportions(p)
    assert out[0, 0] == pytest.approx(0.1 * body.HEAD_SCALE)
    np.testing.assert_allclose(out[1], p[1])


@pytest.mark.parametrize("name", list(motion.CLIPS))
def test_clips_close_and_keep_unit_rotations(name):
    clip = motion.clip(name)
    for q in clip.rotations.values():
        np.testing.assert_allclose(np.linalg.norm(q, axis=1), 1, atol=1e-9)
        assert abs(float(q[0] @ q[-1])) == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(clip.root[0], clip.root[-1], atol=1e-9)


def test_quaternions_and_matrices_agree():
    q, v = motion.rot(vec(1, 2, 3), 70), vec(0.3, -0.2, 0.9)
    np.testing.assert_allclose(motion.turned(q, v), rotation((1, 2, 3), 70) @ v)
    np.testing.assert_allclose(motion.slerp(q, q, 0.5), q)


def test_what_is_written_is_read_back(tmp_path):
    rng = np.random.default_rng(3)
    v, n = rng.normal(size=(9, 3)), np.tile([0.0, -0.6, 0.8], (9, 1))
    a = Arrays(v, np.arange(9).reshape(3, 3), n, rng.random((9, 3)), rng.random(9), rng.random(9))
    scene = Scene(joints=dict(body.JOINTS), joint_moves=joint_moves())
    bend = rng.normal(size=(9, 3))
    few = np.zeros((9, 3))
    few[(2, 7), 1] = 0.01, -0.02
    scene.add_mesh("thing", a, weights=skin_weights(v), morphs={"smile": bend, "age": few})
    scene.add_clip("walk", motion.clip("walk"))
    scene.write(tmp_path / "thing.glb")
    figure = read_figure(tmp_path / "thing.glb")
    (mesh,) = figure.meshes
    np.testing.assert_allclose(mesh.points, v, atol=1e-6)
    np.testing.assert_allclose(mesh.normals, n, atol=1e-6)
    np.testing.assert_allclose(mesh.colours[:, 3], a.gloss, atol=1e-4)
    np.testing.assert_allclose(mesh.uv[:, 0], a.ao, atol=1e-5)
    np.testing.assert_allclose(mesh.morphs["smile"], bend, atol=1e-6)
    np.testing.assert_allclose(mesh.morphs["age"], few, atol=1e-6)  # written sparsely
    assert figure.skeleton.names == body.NAMES
    assert figure.skeleton.moves["shoulders"][body.NAMES.index("leftHand"), 0] == pytest.approx(0.027)
    np.testing.assert_allclose(figure.skeleton.rest[5], list(body.JOINTS.values())[5][1], atol=1e-6)
    read, written = figure.clips["walk"], motion.clip("walk")
    np.testing.assert_allclose(read.rotations[7, 12], written.rotations[body.NAMES[12]][7], atol=1e-6)
    np.testing.assert_allclose(read.root, written.root, atol=1e-6)
    assert read.speed_mps == motion.WALK.speed_mps


def test_writing_twice_gives_the_same_bytes(tmp_path):
    v = np.eye(3)
    a = Arrays(v, np.array([[0, 1, 2]]), v, v, np.zeros(3), np.ones(3))
    for name in ("one", "two"):
        scene = Scene()
        scene.add_mesh("thing", a)
        scene.write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_left_is_the_mirror_of_right():
    p = np.array([(-0.3, 0.1, 1.0), (0.3, 0.1, 1.0)])
    np.testing.assert_array_equal(mirrored(p)[0], mirrored(p)[1])
