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
from game.client.avatar import PLAIN, Avatar
from game.client.avatar_glb import read_figure
from game.client.avatar_look import DEFAULT_LOOK, LOOKS, Look, linear
from game.client.avatar_pose import Motion, matrices, sample
from game.client.stage import Stage
from game.core.errors import GameError
from game.core.goods import Wear
from tests.client.drawn import SIZE

MODELS = Path(__file__).parents[2] / "assets" / "models"
HOODIE = Wear(slot="torso", hides=("torso", "arms"))
SKIRT = Wear(slot="legs", hides=("hips",))
HAT = Wear(slot="head", joint="head", hides=("hair_top",))
TOTE = Wear(slot="hand", joint="leftHand")
BOOTS = Wear(slot="feet", hides=("feet",), lift_m=0.022)
MAIN, MIRROR = BitMask32(1), BitMask32(2)


@pytest.fixture(scope="module")
def person():
    return read_figure(MODELS / "avatar" / "person.glb")


@pytest.fixture
def motion(person):
    return Motion(person.skeleton, dict(person.clips))


@pytest.fixture
def avatar():
    made = Avatar(NodePath("world"), DEFAULT_LOOK, MODELS)
    yield made
    made.remove()


def shown(avatar: Avatar) -> set[str]:
    return {child.get_name() for child in avatar.node.get_child(0).get_children()}


# --- what is read -------------------------------------------------------------------------------------------------
def test_the_person_has_a_skeleton_clips_and_normalised_weights(person):
    assert len(person.skeleton.names) == 27
    assert {"idle", "walk", "run", "reach", "wave"} <= set(person.clips)
    for mesh in person.meshes:
        np.testing.assert_allclose(mesh.weights.sum(1), 1, atol=1e-5)
        assert mesh.joints.max() < 27
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
def test_ready_made_people_are_all_different():
    assert len({(look.skin, look.hair, look.hair_colour, look.height) for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize(
    "wrong", [{"hair": "mohawk"}, {"skin": "pink"}, {"height": 3.0}, {"edits": {"wings": 1.0}}, {"hair_colour": "#12"}]
)
def test_an_impossible_look_is_refused(wrong):
    with pytest.raises(GameError):
        Look(**wrong)


def test_colours_become_linear():
    assert linear("#ffffff") == (1.0, 1.0, 1.0, 1.0)
    assert linear("#808080")[0] == pytest.approx(0.2159, abs=1e-3)


# --- how it moves -------------------------------------------------------------------------------------------------
def test_at_rest_every_joint_leaves_its_points_alone(person):
    rest = np.tile([1.0, 0, 0, 0], (27, 1))
    np.testing.assert_allclose(matrices(person.skeleton, rest, np.zeros(3)), np.tile(np.eye(4), (27, 1, 1)), atol=1e-6)


def test_a_turned_joint_carries_its_children_about_its_own_place(person):
    sk = person.skeleton
    turned = np.tile([1.0, 0, 0, 0], (27, 1))
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
        Avatar(NodePath("world"), DEFAULT_LOOK, tmp_path)


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
    avatar = Avatar(root, DEFAULT_LOOK, MODELS)
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
