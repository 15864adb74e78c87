"""What the window shows of a small world, offscreen: spaces, picking, hand, mirror, doorway, ghost, leaks."""

from math import radians

import numpy as np
import pytest
from panda3d.core import LPoint3f, ShaderAttrib, Texture

from game.client import shaders
from game.client.flight import pose_of
from game.core.commands import Look, PickUp, PutBack, TryOn
from game.core.ids import GoodId, PlaceId, StandId
from game.core.world import DT_SECS, EYE_HEIGHT_M
from tests.client.drawn import SIZE, make_app, make_world, pixels
from tests.client.golden import compare, take_room


@pytest.fixture
def app(tmp_path):
    made = make_app(tmp_path, make_world())
    yield made
    made.close()


def stand_at(app, x, y, yaw_deg=0.0, pitch_deg=0.0, ticks=1):
    body = app.world.body
    body.pos_m, body.yaw_rad, body.pitch_rad = (x, y, 0.0), radians(yaw_deg), radians(pitch_deg)
    app._before_m = body.pos_m
    for _ in range(ticks):
        app.frame(DT_SECS)


def give(app, *commands, ticks=1):
    app._queue.extend(commands)
    for _ in range(ticks):
        app.frame(DT_SECS)


def is_red(picture):
    rgb = picture.astype(int)
    return (rgb[..., 0] > 110) & (rgb[..., 0] > 1.6 * rgb[..., 1]) & (rgb[..., 0] > 1.6 * rgb[..., 2])


def is_green(picture):
    rgb = picture.astype(int)
    return (rgb[..., 1] > 110) & (rgb[..., 1] > 1.4 * rgb[..., 0]) & (rgb[..., 1] > 1.4 * rgb[..., 2])


def middle_of(mask):
    rows, columns = np.nonzero(mask)
    assert len(rows) > 20, "nothing of that colour is in the picture"
    return columns.mean(), rows.mean()


def test_a_known_point_is_drawn_where_the_lens_says(app):
    stand_at(app, 0, 0)
    column, row = middle_of(is_red(pixels(app)))
    ahead, up = 1.4, 1.5 - EYE_HEIGHT_M  # the middle of the red front
    scale = (SIZE[1] / 2) / np.tan(radians(app.stage.fov_deg) / 2)
    assert column == pytest.approx(SIZE[0] / 2, abs=2)
    assert row == pytest.approx(SIZE[1] / 2 - up / ahead * scale, abs=3)


def test_looking_left_moves_things_to_the_right_and_up_moves_them_down(app):
    stand_at(app, 0, 0)
    column, row = middle_of(is_red(pixels(app)))
    stand_at(app, 0, 0, yaw_deg=10, pitch_deg=5)
    moved_column, moved_row = middle_of(is_red(pixels(app)))
    assert moved_column > column + 50
    assert moved_row > row + 15


def test_a_turned_good_shows_the_side_that_its_yaw_says(app):
    stand_at(app, 0, 0, yaw_deg=90)  # looking along -x at a good whose front was turned from -y to +x
    picture = pixels(app)
    assert is_red(picture).sum() > 500
    assert not is_green(picture).any()


def test_the_pixel_under_the_crosshair_belongs_to_what_the_core_picks(app):
    seen = {}
    for yaw_deg in np.arange(-12, 12.5, 1.0):
        stand_at(app, 0, 0, yaw_deg=float(yaw_deg), pitch_deg=-1.5)
        centre = pixels(app)[SIZE[1] // 2 - 1 : SIZE[1] // 2 + 1, SIZE[0] // 2 - 1 : SIZE[0] // 2 + 1]
        seen[float(yaw_deg)] = (bool(is_red(centre).any()), app.world.looked_at == "ahead")
    assert seen[0.0] == (True, True)
    assert seen[-12.0] == seen[12.0] == (False, False)
    # A little more than the good itself is pickable, never less.
    assert all(picked for drawn, picked in seen.values() if drawn)


def test_looking_is_seen_in_the_frame_it_is_asked_for(app):
    stand_at(app, 0, 0)
    app._queue.append(Look(yaw_rad=0.3))
    app.frame(0.0)
    assert app.stage.camera.get_mat().get_row3(1).x == pytest.approx(-np.sin(0.3), abs=1e-4)
    assert app.world.body.yaw_rad == 0.0


def test_a_picked_good_ends_before_the_eyes_and_returns_to_its_very_place(app):
    stand_at(app, 0, 0)
    here = app.street.here
    home = pose_of(here.shelves.nodes[StandId("ahead")].get_mat())
    give(app, PickUp(stand=StandId("ahead")), ticks=40)
    assert here.shelves.nodes[StandId("ahead")].is_stashed()
    good = app.world.goods[GoodId("cube")]
    wanted = app.hand.rest_pose(good, 0.0, 0.0, 0.0).matrix() * app.stage.camera.get_mat()
    assert app.hand.node.get_mat().almost_equal(wanted, 1e-3)
    give(app, PutBack(), ticks=40)
    assert app.hand.node is None
    assert not here.shelves.nodes[StandId("ahead")].is_stashed()
    assert pose_of(here.shelves.nodes[StandId("ahead")].get_mat()) == home


def seen_by_hand(app):
    """The picture of the hand's camera alone, over blue."""
    texture = Texture()
    buffer = app.stage.win.make_texture_buffer("seen by the hand", *SIZE, texture, True)
    buffer.set_clear_color((0, 0, 1, 1))
    buffer.make_display_region().set_camera(app.stage.hand_camera)
    app.stage.base.graphics_engine.render_frame()
    app.stage.base.graphics_engine.remove_window(buffer)
    return np.frombuffer(texture.get_ram_image_as("RGB"), np.uint8).reshape(*SIZE[::-1], 3)


def test_the_hands_camera_draws_what_is_held_and_nothing_else(app):
    stand_at(app, 0, 0)
    give(app, PickUp(stand=StandId("ahead")), ticks=40)
    anything = (seen_by_hand(app) != (0, 0, 255)).any(-1)
    assert 0.05 < anything.mean() < 0.5
    app.hand.node.hide()
    assert not (seen_by_hand(app) != (0, 0, 255)).any()
    app.hand.forget()
    app.street.enter(PlaceId("yard"))  # and so in every place
    assert not (seen_by_hand(app) != (0, 0, 255)).any()


def test_the_mirror_shows_the_player_on_the_side_where_they_are(app):
    give(app, TryOn(good=GoodId("cube")))  # leaves the picture alone: a ghost behind the player
    app._queue.clear()
    stand_at(app, 2.0, 1.6, ticks=3)
    with_me = pixels(app).astype(int)
    app.player.avatar.node.hide()
    without = pixels(app).astype(int)
    changed = np.abs(with_me - without).sum(-1) > 60
    column, row = middle_of(changed)
    assert column == pytest.approx(SIZE[0] / 2, abs=25)  # straight ahead, in the glass
    app.player.avatar.node.show()
    # Raise the right hand: it is on the right in the glass.
    still = pixels(app).astype(int)
    app.player.avatar.wave()
    for _ in range(30):
        app.frame(DT_SECS)
    waving = np.abs(pixels(app).astype(int) - still).sum(-1) > 60
    waving[int(row) :] = False  # the arm above the waist
    assert middle_of(waving)[0] > SIZE[0] / 2


def test_a_mirror_behind_the_player_costs_nothing(app):
    stand_at(app, 2.0, 1.6, ticks=2)
    assert app.mirror._buffer.is_active()
    stand_at(app, 2.0, 1.6, yaw_deg=180, ticks=2)
    assert not app.mirror._buffer.is_active()


def test_the_neighbour_is_seen_through_the_door_and_nowhere_else(app):
    stand_at(app, 0, -2.5, yaw_deg=180, ticks=2)
    red = is_red(pixels(app))
    column, _ = middle_of(red)
    assert column == pytest.approx(SIZE[0] / 2, abs=6)
    stand_at(app, 0, -2.5, yaw_deg=0, ticks=2)
    stand_at(app, 3.5, -2.5, yaw_deg=180, ticks=2)  # the cube would be to the right, outside the doorway
    app.world.door_open["out"] = 1.0
    assert not is_red(pixels(app)).any()


def test_crossing_a_threshold_changes_the_place_and_not_the_picture(app):
    stand_at(app, 0, -3.99, yaw_deg=180, ticks=2)
    before = pixels(app).astype(int)
    from game.core.rules import doors

    doors.cross(app.world, app.world.place.doors[0])
    app.street.enter(PlaceId("yard"))
    app._before_m = app.world.body.pos_m
    after = pixels(app).astype(int)
    assert app.street.here.place.id == "yard"
    assert is_red(after).sum() == pytest.approx(is_red(before).sum(), rel=0.08)


def test_a_place_whose_loading_was_broken_off_is_loaded_on_entering(tmp_path):
    made = make_app(tmp_path, make_world(), load=False)
    street = made.street
    begun = street._pieces(PlaceId("yard"))
    next(begun)
    begun.close()
    assert not street.sceneries[PlaceId("yard")].built
    street.enter(PlaceId("yard"))
    made.finish_loading()
    assert street.here.built
    assert list(street.here.shelves.nodes) == ["yard_cube"]
    made.close()


def test_a_place_that_is_entered_too_soon_is_drawn_at_every_step_of_its_building(tmp_path):
    app = make_app(tmp_path, make_world(), load=False)
    app.world.place_id = PlaceId("yard")
    app.world.body.pos_m = (2.5, 0.5, 0.0)
    app.world.body.yaw_rad = 0.0
    app.street.enter(PlaceId("yard"))
    pieces = []
    for piece in app.street.load_urgent():
        pieces.append(piece)
        app.stage.camera.set_pos(2.5, 0.5, 1.6)
        app.stage.draw()
    assert "yard_cube" in pieces
    assert app.street.here.built
    app.close()


def test_a_ghost_is_red_and_signed_where_it_does_not_fit(app):
    stand_at(app, 0, 0, yaw_deg=180)
    give(app, TryOn(good=GoodId("cube")), ticks=2)
    assert app.world.ghost.fits
    assert app.ghost.signs.find("**/forbidden").is_empty()
    in_its_own_colours = is_red(pixels(app)).sum()
    app.world.ghost.fits = False
    assert is_red(pixels(app)).sum() > 1.5 * in_its_own_colours
    assert not app.ghost.signs.find("**/forbidden").is_empty()


def test_a_ghost_is_translucent_in_its_matte_parts_too(app):
    stand_at(app, 0, 0, yaw_deg=180)
    give(app, TryOn(good=GoodId("cube")), ticks=2)
    translucent = shaders.attrib(shaders.Variant.GHOST).get_shader()
    matte = 0
    for path in app.ghost.model.find_all_matches("**/+GeomNode"):
        for index in range(path.node().get_num_geoms()):
            own = path.node().get_geom_state(index)
            matte += not own.is_empty()
            assert path.get_net_state().compose(own).get_attrib(ShaderAttrib).get_shader() == translucent
    assert matte, "the cube does not shine"


def test_two_hundred_picks_leave_no_nodes_behind(app):
    stand_at(app, 0, 0)
    give(app, PickUp(stand=StandId("ahead")), ticks=3)
    give(app, PutBack(), ticks=30)
    before = len(app.stage.root.find_all_matches("**"))
    for command in [PickUp(stand=StandId("ahead")), PutBack()] * 200:
        app._queue.append(command)
        app.frame(DT_SECS, draw=False)
    for _ in range(30):
        app.frame(DT_SECS)
    assert len(app.stage.root.find_all_matches("**")) == before


def test_a_broken_shell_leaves_a_place_to_walk_in(app, caplog):
    boxes = app.street.here.root.find("**/colliders").node()
    assert sum(geom.get_primitive(0).get_num_primitives() for geom in boxes.get_geoms()) == 3 * 12


def test_the_picture_is_the_golden_one(app):
    assert compare("room", take_room(app)) == ""


def test_events_reach_the_market_and_closing_closes_it(tmp_path):
    app = make_app(tmp_path, make_world())
    assert app.market.asked == []
    assert app.frame(5 * DT_SECS) is not None
    assert app.world.tick >= 6
    app.close()
    assert app.market.closed


def test_a_long_frame_makes_at_most_five_steps(app):
    tick = app.world.tick
    app.frame(3.0)
    assert app.world.tick == tick + 5
    assert LPoint3f(*app.world.body.pos_m) == LPoint3f(0, 0, 0)
