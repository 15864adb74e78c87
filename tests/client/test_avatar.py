"""The person: what is read, how it moves, what it wears; and, on a real (offscreen) card, that its skin follows."""

import shutil
from math import radians
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import (
    BitMask32,
    Camera,
    FrameBufferProperties,
    GraphicsPipe,
    LMatrix3f,
    LVecBase3f,
    NodePath,
    Texture,
    WindowProperties,
)

from game.client import shaders, spaces
from game.client.avatar import PLAIN, Avatar, linear
from game.client.avatar_glb import read_figure
from game.client.avatar_pose import Motion, matrices, sample
from game.client.stage import Stage
from game.core.errors import GameError
from game.core.goods import Wear
from game.core.looks import BEARDS, DEFAULT_LOOKS, EDITS, HAIRS, Looks
from game.core.people import PEOPLE
from game.core.rules.movement import RUN_MPS as GAME_RUN_MPS
from game.core.rules.movement import WALK_MPS as GAME_WALK_MPS
from tests.client.drawn import SIZE

MODELS = Path(__file__).parents[2] / "assets" / "models"
HOODIE = Wear(slot="torso", hides=("torso", "arms"))
SKIRT = Wear(slot="legs", hides=("hips",))
HAT = Wear(slot="head", joint="head", hides=("hair_top",))
TOTE = Wear(slot="hand", joint="leftHand")
BOOTS = Wear(slot="feet", hides=("feet",), lift_m=0.022)
JOINTS = 29
MAIN, MIRROR = BitMask32(1), BitMask32(2)


@pytest.fixture(scope="module")
def person():
    return read_figure(MODELS / "avatar" / "person.glb")


@pytest.fixture
def motion(person):
    return Motion(person.skeleton, dict(person.clips))


@pytest.fixture
def avatar():
    made = Avatar(NodePath("world"), DEFAULT_LOOKS, MODELS)
    yield made
    made.remove()


def shown(avatar: Avatar) -> set[str]:
    return {child.get_name() for child in avatar.node.get_child(0).get_children()}


# --- what is read -------------------------------------------------------------------------------------------------
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


# --- how it moves -------------------------------------------------------------------------------------------------
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


# --- what is worn -------------------------------------------------------------------------------------------------
def test_nobody_is_ever_undressed(avatar):
    assert {"plain_tee", "plain_trousers", "plain_shoes"} <= shown(avatar)
    assert not {"body_torso", "body_hips", "body_legs", "body_feet"} & shown(avatar)
    assert avatar.worn == {}


def test_a_good_replaces_the_plain_clothes_of_its_slot_and_they_come_back(avatar):
    avatar.wear("legs", "rose_skirt", SKIRT)
    assert "rose_skirt" in shown(avatar)
    assert "plain_trousers" not in shown(avatar)
    assert "body_legs" in shown(avatar)
    avatar.take_off("legs")
    assert "plain_trousers" in shown(avatar)
    assert "rose_skirt" not in shown(avatar)
    assert "body_legs" not in shown(avatar)


def test_several_slots_are_worn_at_once_and_a_second_good_replaces_the_first(avatar):
    avatar.wear("head", "fedora", HAT)
    avatar.wear("torso", "yellow_hoodie", HOODIE)
    avatar.wear("head", "bowler_hat", HAT)
    assert avatar.worn == {"head": "bowler_hat", "torso": "yellow_hoodie"}
    assert "fedora" not in shown(avatar)
    assert not {"hair_top", "body_arms", "plain_tee"} & shown(avatar)
    assert "hair" in shown(avatar)


def test_taking_off_nothing_changes_nothing(avatar):
    before = shown(avatar)
    avatar.take_off("back")
    assert shown(avatar) == before


def test_a_good_without_a_model_leaves_the_old_one_on(avatar):
    avatar.wear("head", "fedora", HAT)
    with pytest.raises(GameError, match="crown_of_nothing"):
        avatar.wear("head", "crown_of_nothing", HAT)
    assert avatar.worn == {"head": "fedora"}
    assert "fedora" in shown(avatar)


def test_a_joint_that_the_person_lacks_is_refused(avatar):
    with pytest.raises(GameError, match="tail"):
        avatar.wear("back", "fedora", Wear(slot="back", joint="tail"))
    assert avatar.worn == {}


@pytest.mark.parametrize(("good", "wear"), [("yellow_hoodie", HAT), ("fedora", HOODIE)])
def test_a_model_that_does_not_fit_its_wear_is_refused(avatar, good, wear):
    with pytest.raises(GameError, match="rigid"):
        avatar.wear(wear.slot, good, wear)
    assert avatar.worn == {}


def test_a_wide_face_widens_the_hat_and_leaves_the_boots(person):
    wide = {"face_width": 1.0}
    hat = read_figure(MODELS / "worn" / "fedora.glb").meshes[0]
    boots = read_figure(MODELS / "worn" / "rain_boots.glb").meshes[0]
    assert np.ptp(hat.edited(wide)[0][:, 0]) > 1.1 * np.ptp(hat.points[:, 0])
    assert np.array_equal(boots.edited(wide)[0], boots.points)


def test_soles_lift_the_person(avatar):
    figure = avatar.node.get_child(0)
    plain = figure.get_mat().get_row3(3)[2]
    avatar.wear("feet", "rain_boots", BOOTS)
    assert plain == pytest.approx(PLAIN["feet"][1].lift_m)
    assert figure.get_mat().get_row3(3)[2] == pytest.approx(0.022)


def test_a_hat_follows_the_head_and_a_tote_stays_upright(avatar):
    avatar.wear("head", "fedora", HAT)
    avatar.wear("hand", "tote_bag", TOTE)
    for _ in range(30):
        avatar.animate(1.4, 1 / 60)
    hat, tote = avatar.node.find("**/fedora").get_mat(), avatar.node.find("**/tote_bag").get_mat()
    assert not hat.get_upper_3().almost_equal(LMatrix3f.ident_mat(), 1e-3)
    assert tote.get_upper_3().is_identity()
    assert tote.get_row3(3).length() > 0.05


def test_preloaded_goods_are_ready_and_broken_ones_are_passed_over(avatar, caplog):
    avatar.preload([("fedora", HAT), ("crown_of_nothing", HAT), ("rose_skirt", SKIRT)])
    done = 0
    while avatar.load_next():
        done += 1
    assert done == 3
    assert "crown_of_nothing" in caplog.text
    assert avatar.worn == {}
    avatar.wear("head", "fedora", HAT)
    assert avatar.worn == {"head": "fedora"}


def test_a_person_without_clips_is_refused(tmp_path):
    (tmp_path / "avatar").mkdir()
    shutil.copy(MODELS / "avatar" / "hair_bob.glb", tmp_path / "avatar" / "person.glb")
    with pytest.raises(GameError, match=r"person\.glb"):
        Avatar(NodePath("world"), DEFAULT_LOOKS, tmp_path)


# --- on the card --------------------------------------------------------------------------------------------------
class Window:
    """A small picture of its own beside the game's window: two engines in one process get in each other's way."""

    def __init__(self, root: NodePath, home: Path) -> None:
        self.stage = Stage(size=SIZE, offscreen=True, msaa=0, vsync=False, lean=False, cache=home, title="test")
        base = self.stage.base
        self.engine = base.graphics_engine
        flags = GraphicsPipe.BF_refuse_window
        props = FrameBufferProperties(FrameBufferProperties.get_default())
        size = WindowProperties.size(96, 160)
        self.buffer = self.engine.make_output(base.pipe, "test", 0, props, size, flags, base.win.gsg, base.win)
        assert self.buffer is not None, "no headless OpenGL here (libegl1, libegl-mesa0)"
        self.buffer.set_clear_color((1, 1, 1, 1))
        self.camera = root.attach_new_node(Camera("camera", spaces.lens(24, 0.6, 0.1, 20)))
        self.camera.set_mat(spaces.facing((0, 5, 0.9), (0, 0, 0.84)))
        self.buffer.make_display_region().set_camera(self.camera)

    def close(self) -> None:
        self.engine.remove_window(self.buffer)
        self.stage.close()

    def picture(self) -> np.ndarray:
        self.engine.render_frame()
        self.engine.render_frame()
        shot = self.buffer.get_screenshot()
        return np.frombuffer(shot.get_ram_image_as("RGB"), np.uint8).reshape(160, 96, 3).astype(int)


@pytest.fixture
def scene(tmp_path):
    root = NodePath("world")
    root.set_shader_inputs(
        place_from_world=spaces.IDENTITY, screen=(1 / 96, 1 / 160, 0, 0), tone=(0.8, 0, 0, 0), fog=(0, 0, 0, 0),
        cube=[LVecBase3f(0.9)] * 6, light=Texture("none"), room=shaders.light_texture("none", 1, 1, smooth=True),
        eye=(0, 5, 0.9), outdoor=(1, 1, 1), lampglow=(1, 1, 1), nightwindow=(0, 0, 0), room_lo=(-4, -4, 0),
        room_hi=(4, 4, 3), room_mid=(0, 0, 1.4), tint=(1, 1, 1, 1),
    )  # fmt: skip
    room = Texture("room")
    room.setup_cube_map(1, Texture.T_unsigned_byte, Texture.F_rgb)
    room.set_ram_image(b"\x80" * 18)
    root.set_shader_input("room", room)
    avatar = Avatar(root, DEFAULT_LOOKS, MODELS)
    window = Window(root, tmp_path)
    yield avatar, window
    avatar.remove()
    window.close()


def changed(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Which pixels differ clearly."""
    return np.abs(a - b).max(2) > 40


def test_the_card_skins_what_moves(scene):
    avatar, window = scene
    still = window.picture()
    assert (still < 200).any(2).mean() > 0.08  # somebody is there
    assert not changed(still, window.picture()).any()
    avatar.play("wave")
    for _ in range(60):
        avatar.animate(0, 1 / 60)
    moved = changed(still, window.picture())
    assert moved.sum() > 60
    assert moved[:30].sum() < 10  # the feet stay (rows count from below)


def test_what_is_worn_is_seen_and_follows_the_body(scene):
    avatar, window = scene
    before = window.picture()
    avatar.wear("torso", "yellow_hoodie", HOODIE)
    avatar.animate(0, 0)
    after = window.picture()
    assert changed(before, after).sum() > 300
    avatar.take_off("torso")
    assert not changed(before, window.picture()).any()


def test_the_head_is_hidden_from_one_camera_and_seen_by_the_mirror(scene):
    avatar, window = scene
    whole = window.picture()
    avatar.hide_head(MAIN)
    window.camera.node().set_camera_mask(MAIN)
    headless = changed(whole, window.picture())
    assert headless[110:].sum() > 200
    assert headless[:90].sum() == 0
    window.camera.node().set_camera_mask(MIRROR)
    assert not changed(whole, window.picture()).any()
    avatar.hide_head(None)
    window.camera.node().set_camera_mask(MAIN)
    assert not changed(whole, window.picture()).any()


def test_a_person_faces_the_way_it_walks(scene):
    avatar, window = scene
    front = window.picture()  # the camera stands at +Y, which yaw 0 faces
    avatar.node.set_mat(spaces.turned((0, 0, 0), radians(180)))
    back = window.picture()
    face = front[118:134, 40:56].mean((0, 1)) - back[118:134, 40:56].mean((0, 1))
    assert face[0] > 30  # skin there, hair here
