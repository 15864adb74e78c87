"""A hall, whose goods the vertex shader looks up, looks as one of nodes, and it keeps its lists in order."""

import msgspec
import numpy as np
import pytest

from game.client import hall as halls
from game.client import scenery, shaders
from game.client.hall import Hall
from game.client.light import EvenProbes
from game.client.shelves import Shelves
from game.core.commands import PickUp, PutBack
from game.core.ids import GoodId, PlaceId, StandId
from game.core.places import Box, Stand
from game.core.world import DT_SECS
from tests.client.drawn import make_app, make_world, pixels, write_picture

AHEAD, TURNED = StandId("ahead"), StandId("turned")


def room_of_cubes():
    """The small room with three walls of cubes besides, some hung, at all distances."""
    world = make_world()
    place = world.place
    more = tuple(
        Stand(id=StandId(f"more_{i}"), good=GoodId("cube"), yaw_deg=i * 17.0, hung=i % 3 == 0,
              at_m=((i % 8) * 0.7 - 2.5, 2.0 + (i % 5) * 0.35, (i // 8) * 0.45))
        for i in range(40)
    )  # fmt: skip
    world.places[PlaceId("room")] = msgspec.structs.replace(place, stands=(*place.stands, *more), mirrors=())
    return world


def open_room(tmp_path, monkeypatch, many, world=None):
    monkeypatch.setattr(scenery, "MANY", many)
    return make_app(tmp_path, world or room_of_cubes())


def see(app, yaw_rad=0.0, x=0.0, y=0.0):
    app.world.body.yaw_rad, app.world.body.pos_m = yaw_rad, (x, y, 0.0)
    app._before_m = app.world.body.pos_m
    for _ in range(3):
        app.frame(DT_SECS)
    return pixels(app).astype(int)


@pytest.fixture
def app(tmp_path, monkeypatch):
    made = open_room(tmp_path, monkeypatch, 1)
    assert isinstance(made.street.here.shelves, Hall)
    yield made
    made.close()


def test_both_ways_of_drawing_give_the_same_picture(tmp_path, monkeypatch):
    pictures = {}
    for kind, many in ((Shelves, 1000), (Hall, 1)):
        app = open_room(tmp_path, monkeypatch, many)
        assert type(app.street.here.shelves) is kind
        pictures[kind] = [see(app, 0.3, -1.0, -1.0), see(app, -0.4, 1.0, 0.5), see(app, 1.2)]
        app.close()
    for number, (nodes, hall) in enumerate(zip(pictures[Shelves], pictures[Hall], strict=True)):
        write_picture(tmp_path / f"nodes_{number}.png", nodes.astype(np.uint8))
        write_picture(tmp_path / f"hall_{number}.png", hall.astype(np.uint8))
        difference = np.abs(nodes - hall)
        assert difference.mean() < 0.1, tmp_path
        assert (difference.max(-1) > 24).mean() < 0.001, tmp_path
    assert np.abs(pictures[Shelves][0] - pictures[Shelves][1]).mean() > 1, "the views differ"


def test_far_bays_show_what_near_ones_do(tmp_path, monkeypatch):
    near = open_room(tmp_path, monkeypatch, 1)
    as_near = see(near, 0.3, -1.0, -1.0)
    assert near.street.here.shelves._listed_far.drawn == 0
    near.close()
    monkeypatch.setattr(halls, "NEAR_M", -1.0)
    far = open_room(tmp_path, monkeypatch, 1)
    as_far = see(far, 0.3, -1.0, -1.0)
    assert far.street.here.shelves._listed_far.drawn > 0
    assert np.abs(as_near - as_far).mean() < 0.1
    far.close()


def test_what_a_wall_hides_is_not_listed_and_the_picture_is_the_same(tmp_path, monkeypatch):
    world = room_of_cubes()
    room = world.places[PlaceId("room")]
    wall = Box(at_m=(0.0, 1.5, 0.0), size_m=(9.0, 0.1, 1.5))  # between the eye and most of the cubes
    world.places[PlaceId("room")] = msgspec.structs.replace(room, colliders=(*room.colliders, wall))
    drawn, pictures = [], []
    for seen_through in (True, False):
        if seen_through:
            monkeypatch.setattr(halls.hidden, "hidden", lambda faces, eye, stray, low, high: np.zeros(len(low), bool))
        app = open_room(tmp_path, monkeypatch, 1, world)
        pictures.append(see(app, 0.1, 0.0, -1.5))
        shelves = app.street.here.shelves
        drawn.append(sum(each.drawn for each in shelves._lists))
        covered = shelves._covered.copy()
        beyond = see(app, 0.1, 0.0, 1.7)
        pictures.append(beyond)
        app.close()
        monkeypatch.undo()
    assert np.abs(pictures[0] - pictures[2]).max() <= 1
    assert np.abs(pictures[1] - pictures[3]).max() <= 1, "beyond the wall all are there"
    assert 0 < drawn[1] < drawn[0] / 2
    assert covered.sum() > 10


def test_an_old_driver_gets_nodes(tmp_path, monkeypatch):
    made = open_room(tmp_path, monkeypatch, 1)
    made.close()
    monkeypatch.setattr("game.client.stage.can_pull", lambda gsg: False)
    old = open_room(tmp_path, monkeypatch, 1)
    assert not shaders.Driver.pulls
    assert isinstance(old.street.here.shelves, Shelves)
    old.close()


def test_what_is_taken_is_not_drawn_and_comes_back(app):
    shown = see(app, 0.3, 0.0, -0.8)
    app.street.here.shelves.hide(frozenset(stand.id for stand in app.world.place.stands))
    shelves = app.street.here.shelves
    shelves.look(view_of(app))
    assert [each.drawn for each in shelves._lists if each.drawn] == []
    shelves.hide(frozenset())
    assert np.array_equal(see(app, 0.3, 0.0, -0.8), shown)


def view_of(app):
    from game.client.shelves import View

    return View(app.stage.camera.get_mat(), app.stage.fov_deg, app.stage.size)


def test_picking_up_and_putting_back_leave_no_nodes_behind(app):
    see(app)
    assert app.world.looked_at == AHEAD
    shelves = app.street.here.shelves
    before = len(app.stage.root.find_all_matches("**"))
    for _ in range(20):
        app._queue.append(PickUp(stand=AHEAD))
        for _ in range(3):
            app.frame(DT_SECS, draw=False)
        assert shelves.node(AHEAD) is None
        app._queue.append(PutBack())
        for _ in range(30):
            app.frame(DT_SECS, draw=False)
    assert len(app.stage.root.find_all_matches("**")) == before
    assert list(shelves._lent) == [AHEAD]  # outlined
    see(app, 3.0)
    assert shelves._lent == {}


def test_a_lent_node_stands_where_its_good_did(app):
    shelves = app.street.here.shelves
    before = see(app, 1.2)
    assert app.world.looked_at is None
    node = shelves.node(TURNED)
    assert node.get_mat().almost_equal(shelves.home(app.world.place.stands[1]), 1e-5)
    shelves.look(view_of(app))
    lent = pixels(app).astype(int)
    assert np.abs(lent - before).mean() < 0.1
    shelves.give_back(TURNED)
    shelves.give_back(TURNED)  # twice is no error
    assert np.array_equal(pixels(app).astype(int), before)


def test_what_moves_is_drawn_where_it_is_put_and_nowhere_else(app):
    shelves = app.street.here.shelves
    home = see(app, 1.2)
    shelves.lift([TURNED])
    assert np.abs(pixels(app).astype(int) - home).mean() < 0.2  # its shadow is gone with it
    away = np.zeros((1, 3, 4), np.float32)
    away[0, :, :3], away[0, :, 3] = np.eye(3), (-1.5, 0.6, 1.4)
    shelves.move(away)
    moved = pixels(app).astype(int)
    assert np.abs(moved - home).max() > 60
    away[0, :, 3] = (50.0, 50.0, 0.0)
    shelves.move(away)
    without = pixels(app).astype(int)
    assert np.abs(without - moved).max() > 60
    shelves.lift([])
    assert np.array_equal(pixels(app).astype(int), home)


def test_goods_that_have_no_coarser_forms_yet_are_drawn_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(scenery, "MANY", 1)
    app = make_app(tmp_path, room_of_cubes(), load=False)
    shelves = app.street.here.shelves
    assert not shelves.table.complete.any()
    early = see(app, 0.3, -1.0, -1.0)
    app.finish_loading()
    assert shelves.table.complete.all()
    assert np.abs(see(app, 0.3, -1.0, -1.0) - early).mean() < 0.1
    assert [file.suffix for file in (tmp_path / "home" / "cache" / "forms").iterdir()] == [".forms"]
    app.close()


def test_no_more_goods_are_drawn_whole_than_there_are_slots(tmp_path, monkeypatch):
    monkeypatch.setattr(scenery, "MANY", 1)
    monkeypatch.setattr(halls, "SLOTS", 5)
    refine, at_hand = halls.Hall.refine, []

    def held(shelves):  # the coarser forms come when the test says so
        while not at_hand:
            yield ""
        yield from refine(shelves)

    monkeypatch.setattr(halls.Hall, "refine", held)
    app = make_app(tmp_path, room_of_cubes(), load=False)
    see(app, 0.3, -1.0, -1.0)
    shelves = app.street.here.shelves
    assert len(shelves._slot_of) == 5
    assert shelves._listed_fine.drawn == 5 * 12
    slots = dict(shelves._slot_of)
    see(app, -0.4, 1.0, 0.5)
    assert len(shelves._slot_of) == 5
    assert sorted(shelves._slot_of.values()) == sorted(slots.values()), "slots are handed on"
    at_hand.append(True)
    app.finish_loading()
    see(app, -0.4, 1.0, 0.5)
    assert shelves._slot_of == {}, "a cube is as good in its coarsest form"
    app.close()


class Dusk(EvenProbes):
    """A tenth of the light."""

    def at(self, points_m):
        return super().at(points_m) * 0.1


def test_light_follows_the_mood(app):
    shelves = app.street.here.shelves
    bright = see(app, 0.3, -1.0, -1.0)
    shelves.relight(Dusk())
    assert see(app, 0.3, -1.0, -1.0).sum() < bright.sum() * 0.99


def test_who_stands_still_has_nothing_listed_anew(app, monkeypatch):
    monkeypatch.setattr(halls, "STALE", 0)
    shelves, lists = app.street.here.shelves, []
    listing = shelves._list
    monkeypatch.setattr(shelves, "_list", lambda listed: (lists.append(1), listing(listed)))
    for x, y in ((-1.0, -1.0), (0.0, 0.5), (1.3, -1.5)):
        see(app, 0.4, x, y)
        lists.clear()
        see(app, 0.4, x, y)
        assert lists == []
    see(app, 0.4, -1.0, -1.0)
    assert lists != []


def test_at_first_sight_what_is_far_follows_within_some_frames(tmp_path, monkeypatch):
    monkeypatch.setattr(halls, "BAY_M", 0.8)
    monkeypatch.setattr(halls, "NEAR_M", 0.0)
    monkeypatch.setattr(halls, "SHOWN_A_FRAME", 1)
    app = open_room(tmp_path, monkeypatch, 1)
    shelves = app.street.here.shelves
    waiting, listed = [], []
    for _ in range(len(shelves._bays)):
        app.frame(0.0)
        waiting.append(int(shelves._unseen.sum()))
        listed.append(int(shelves._joined.sum()))
    assert waiting == sorted(waiting, reverse=True)
    assert waiting[0] > 2
    assert waiting[-1] == 0
    assert listed[0] < listed[-1]
    app.close()


def test_a_hall_is_on_the_graphics_card_before_it_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(scenery, "MANY", 1)
    app = make_app(tmp_path, make_world(), load=False)
    yard = app.street.sceneries[PlaceId("yard")]
    assert not yard.built
    while not yard.built:
        app.frame(DT_SECS)
    assert isinstance(yard.shelves, Hall)
    assert not yard.shown
    for _ in range(3):
        app.frame(DT_SECS)
    prepared = app.stage.win.get_gsg().get_prepared_objects()
    for numbers in (yard.shelves.table.vertices, yard.shelves.table.spots, yard.shelves.table.cubes):
        assert numbers.texture.is_prepared(prepared)
    for variant in (shaders.Variant.ROWS, shaders.Variant.SLOTS):
        for seen_by in (shaders.Pass.MAIN, shaders.Pass.BEYOND):
            assert shaders.attrib(variant, seen_by, lean=app.stage.lean).get_shader().is_prepared(prepared)
    app.close()
