"""The person on a real (offscreen) card: its skin follows, and each camera sees what it should."""

from math import radians
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import (
    BitMask32,
    Camera,
    FrameBufferProperties,
    GraphicsPipe,
    LVecBase3f,
    NodePath,
    Texture,
    WindowProperties,
)

from game.client import shaders, spaces
from game.client.avatar import Avatar
from game.client.stage import Stage
from game.core.looks import DEFAULT_LOOKS
from tests.client.drawn import SIZE
from tests.client.persons import HOODIE, MODELS

MAIN, MIRROR = BitMask32(1), BitMask32(2)


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
