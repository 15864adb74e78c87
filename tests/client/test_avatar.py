"""The person: what is read, and how it looks."""

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client.avatar import Avatar, linear
from game.client.avatar_glb import read_figure
from game.core.errors import GameError
from game.core.looks import BEARDS, DEFAULT_LOOKS, EDITS, HAIRS, Looks
from game.core.people import PEOPLE
from tests.client.persons import HAT, HOODIE, MODELS, shown

JOINTS = 29


def test_the_person_has_a_skeleton_clips_and_normalised_weights(person):
    assert len(person.skeleton.names) == JOINTS
    assert {"idle", "walk", "run", "reach", "wave", "sit_low", "sit_high", "sit_ground"} <= set(person.clips)
    for mesh in person.meshes:
        np.testing.assert_allclose(mesh.weights.sum(1), 1, atol=1e-5)
        assert mesh.joints.max() < JOINTS
        np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)


def test_parents_come_before_their_joints(person):
    assert all(parent < j for j, parent in enumerate(person.skeleton.parents))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(GameError, match=r"nobody\.glb"):
        read_figure(tmp_path / "nobody.glb")


@pytest.mark.parametrize("cut", [0, 4, 40, 5000])
def test_a_cut_file_is_refused(tmp_path, cut):
    path = tmp_path / "cut.glb"
    path.write_bytes((MODELS / "avatar" / "hair_bob.glb").read_bytes()[:cut])
    with pytest.raises(GameError, match=r"cut\.glb"):
        read_figure(path)


def test_edits_move_points_and_turn_normals_and_no_edits_leave_both(person):
    torso = next(m for m in person.meshes if m.name == "body_torso")
    points, normals = torso.edited({"belly": 1.0})
    assert np.abs(points - torso.points).max() > 0.03
    assert np.abs(normals - torso.normals).max() > 0.05
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-4)
    points, normals = torso.edited({"belly": 0.0, "smile": 1.0})
    assert np.array_equal(points, torso.points)
    assert normals is torso.normals


# --- looks --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", list(PEOPLE))
def test_everyone_ready_made_can_be_drawn(name):
    who = Avatar(NodePath("world"), PEOPLE[name], MODELS)
    assert "body_head" in shown(who)
    assert ("beard" in shown(who)) is (PEOPLE[name].beard != "none")
    assert ("hair_top" in shown(who)) is (PEOPLE[name].hair != "none")
    who.remove()


def test_every_hair_and_beard_has_a_model_and_every_edit_moves_something(person):
    for name in (*(f"hair_{n}" for n in HAIRS), *(f"beard_{n}" for n in BEARDS)):
        assert name.endswith("none") or (MODELS / "avatar" / f"{name}.glb").exists()
    assert {name for mesh in person.meshes for name in mesh.morphs} == set(EDITS)


def points_of(avatar, name):
    node = avatar.node.find(f"**/{name}/+GeomNode").node()
    rows = node.get_geom(0).get_vertex_data().get_array(0)
    return np.frombuffer(memoryview(rows).cast("B"), np.float32).reshape(-1, 12)[:, :3].copy()


def test_changed_looks_change_the_person_and_what_they_wear_and_can_be_taken_back(avatar):
    avatar.wear("torso", "yellow_hoodie", HOODIE)
    before = points_of(avatar, "yellow_hoodie")
    avatar.set_looks(Looks(belly=1.0))
    assert np.abs(points_of(avatar, "yellow_hoodie") - before).max() > 0.03
    avatar.set_looks(DEFAULT_LOOKS)
    np.testing.assert_allclose(points_of(avatar, "yellow_hoodie"), before, atol=1e-6)


def test_what_waits_in_the_wardrobe_fits_when_it_is_put_on(avatar):
    avatar.wear("torso", "yellow_hoodie", HOODIE)
    avatar.take_off("torso")
    avatar.set_looks(Looks(belly=1.0))
    avatar.wear("torso", "yellow_hoodie", HOODIE)
    fresh = Avatar(NodePath("world"), Looks(belly=1.0), MODELS)
    fresh.wear("torso", "yellow_hoodie", HOODIE)
    np.testing.assert_allclose(points_of(avatar, "yellow_hoodie"), points_of(fresh, "yellow_hoodie"), atol=1e-6)
    fresh.remove()


@pytest.mark.parametrize("edits", [{"belly": 1.0}, {"belly": -0.5}, {"hips": 1.0}, {"chest": 1.0}, {"limbs": 1.0}])
def test_clothes_stay_outside_of_the_body_that_they_hide(person, edits):
    """Along the cloth's own normals, from every point of it, the body is inside: no skin could show through."""
    body = [m for m in person.meshes if m.name in ("body_torso", "body_hips", "body_legs")]
    skin = np.concatenate([m.edited(edits)[0] for m in body])
    for name in ("plain_tee", "plain_trousers"):
        (cloth,) = read_figure(MODELS / "avatar" / f"{name}.glb").meshes
        loose, tight = buried(cloth, {}, np.concatenate([m.points for m in body])), buried(cloth, edits, skin)
        assert tight <= loose + 0.02, f"{name}: {tight:.1%} of it is inside the body, {loose:.1%} as modelled"


def buried(cloth, edits, skin):
    """Share of the outer cloth whose nearest point of skin lies outside of it by more than 2 mm."""
    points, normals = cloth.edited(edits)
    away = np.linalg.norm(points[:, None] - skin[None, ::2], axis=2)
    nearest = skin[::2][away.argmin(1)]
    out = ((nearest - points) * normals).sum(1)
    return float(((out > 0.002) & (away.min(1) < 0.05)).mean())


def test_a_new_style_replaces_the_old_hair_and_a_hat_presses_it_down(avatar):
    avatar.set_looks(Looks(hair="curls", beard="full"))
    assert {"hair_top", "beard"} <= shown(avatar)
    assert "hair_under" not in shown(avatar)
    avatar.wear("head", "fedora", HAT)
    assert "hair_under" in shown(avatar)
    assert "hair_top" not in shown(avatar)
    avatar.set_looks(Looks(hair="none"))
    assert not {"hair", "hair_top", "hair_under", "beard"} & shown(avatar)


def test_wide_shoulders_carry_the_arms_outwards(person):
    hand = person.skeleton.names.index("leftHand")
    wide = person.skeleton.edited({"shoulders": 1.0})
    assert wide.rest[hand, 0] > person.skeleton.rest[hand, 0] + 0.02
    np.testing.assert_allclose(wide.rest[:, 1:], person.skeleton.rest[:, 1:])


def test_eyes_blink_now_and_then_and_never_with_reduced_motion(avatar):
    def shut() -> int:
        count = 0
        for _ in range(60 * 12):
            avatar.animate(0.0, 1 / 60)
            count += avatar.node.find("**/eyes").get_mat().get_cell(2, 2) < 0.5
        return count

    assert 3 < shut() < 60
    avatar.calm = True
    assert shut() == 0


def test_colours_become_linear():
    assert linear("#ffffff") == (1.0, 1.0, 1.0, 1.0)
    assert linear("#808080")[0] == pytest.approx(0.2159, abs=1e-3)
