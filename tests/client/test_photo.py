"""Photo mode: a camera that flies but not through walls, frames, and pictures that know what they show."""

import json
from dataclasses import replace

import pytest
from panda3d.core import Filename, PNMImage

from game.client.camera import Gaze
from game.client.photo import FOCAL_MM, FRAMES, Flight, PhotoCamera, crop, field_for
from game.client.photo_mode import PhotoMode
from game.core.ids import GoodId
from game.core.world import DT_SECS
from tests.client.drawn import SIZE, make_app, make_world

EYE = Gaze((0.0, 0.0, 1.5), 0.0, 0.0, inside=True)


@pytest.fixture
def app(tmp_path):
    made = make_app(tmp_path, make_world())
    assert made.hud is not None
    yield made
    made.close()


def panel_of(app):
    return app.part(PhotoMode).panel


def press(app, key, frames=2):
    app.key(key)
    for _ in range(frames):
        app.frame(DT_SECS, draw=False)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (333, 334)])
def test_a_frame_lies_in_the_middle_of_the_picture_and_is_as_large_as_fits(frame, size):
    left, top, wide, high = crop(*size, frame)
    assert 0 <= left <= (size[0] - wide + 1) // 2
    assert 0 <= top <= (size[1] - high + 1) // 2
    assert wide == size[0] or high == size[1]
    if FRAMES[frame]:
        assert wide / high == pytest.approx(FRAMES[frame], rel=0.02)


def test_a_wide_frame_sees_as_much_upright_as_its_lens_says():
    assert field_for("free", 40.0, 16 / 9) == 40.0
    assert field_for("1_1", 40.0, 16 / 9) == 40.0
    assert field_for("cinema", 40.0, 16 / 9) > 40.0, "the window shows more than the frame, above and below"


def test_lenses_go_from_wide_to_long_and_no_further():
    camera = PhotoCamera()
    angles = []
    for _ in range(2 * len(FOCAL_MM)):
        camera.zoom(-1)
    for _ in FOCAL_MM:
        angles.append(camera.angle_deg)
        camera.zoom(1)
    assert angles == sorted(angles, reverse=True)
    assert camera.focal_mm == FOCAL_MM[-1]


def test_the_camera_flies_ahead_but_not_into_a_wall():
    world, camera = make_world(), PhotoCamera()
    for _ in range(600):
        gaze = camera.fly(EYE, Flight(ahead=1.0, fast=True), DT_SECS, world)
    assert 3.0 < gaze.eye_m[1] < 4.0, "the wall to the north begins at y = 4"
    for _ in range(600):
        gaze = camera.fly(EYE, Flight(aside=1.0, fast=True), DT_SECS, world)
    assert 3.0 < gaze.eye_m[0] < 4.0
    assert camera.fly(EYE, Flight(), DT_SECS, world) == gaze


def test_a_picture_is_cropped_and_tells_the_goods_that_are_in_it(app):
    press(app, "f2")
    assert app.hud.view.open_panel == "photo"
    while panel_of(app).camera.frame != "1_1":
        press(app, "x")
    press(app, "enter")
    path = app.options.home / "photos" / panel_of(app).path.rsplit("/", 1)[-1]
    image = PNMImage(Filename.from_os_specific(str(path)))
    assert (image.get_x_size(), image.get_y_size()) == (SIZE[1], SIZE[1])
    document = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert [tag["id"] for tag in document["goods"]] == ["cube"]
    assert 0.001 < document["goods"][0]["part"] < 0.2
    assert document["place"] == "room"
    assert document["trees"] == [], "none stands in a room"
    assert app.hud.root.is_hidden(), "the interface is as it was: this app has none"


def test_goods_behind_the_camera_or_taken_away_are_not_in_the_picture(app):
    press(app, "f2")
    panel_of(app).camera.gaze = replace(panel_of(app).camera.gaze, yaw_rad=3.14)
    app.frame(DT_SECS)
    press(app, "enter")
    assert panel_of(app).tags == ()
    assert GoodId("cube") in app.world.goods


def test_photo_mode_leaves_walking_and_the_lens_as_they_were(app):
    before, at = app.stage.fov_deg, app.world.body.pos_m
    press(app, "f2")
    app.input.handle("w", True)
    for _ in range(20):
        app.frame(DT_SECS, draw=False)
    app.input.handle("w", False)
    assert app.world.body.pos_m == at
    assert app.stage.fov_deg != before
    press(app, "escape")
    assert app.hud.view.open_panel == ""
    app.frame(DT_SECS)
    assert app.stage.fov_deg == pytest.approx(before)


def test_a_folder_that_cannot_be_written_is_told_and_ends_nothing(app):
    app.options.home.mkdir(parents=True, exist_ok=True)
    (app.options.home / "photos").write_text("in the way")
    press(app, "f2")
    press(app, "enter")
    assert any(kind == "bad" for kind, _, _ in app.hud.view.toasts)
    assert app.hud.view.open_panel == "photo"
