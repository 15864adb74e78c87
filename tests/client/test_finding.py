"""From typing to standing before the good: search, the way on the ground, lists, and travel behind a veil."""

from collections.abc import Iterator
from math import hypot
from pathlib import Path

import pytest
from msgspec import structs

from game.client.app import App
from game.client.guide import Guide
from game.client.settings import KEYS
from game.client.wayfinding import Wayfinding
from game.core import commands as c
from game.core import events
from game.core.goods import Text
from game.core.ids import GoodId, PlaceId, StandId
from game.core.search import Filters
from game.core.step import step
from game.core.world import DT_SECS
from tests.client.drawn import make_app, make_world, pixels

CUBE, HAT = GoodId("cube"), GoodId("straw_sun_hat")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = make_app(tmp_path, make_world())
    yield made
    made.close()


def frames(app: App, count: int = 1) -> list[events.Event]:
    out: list[events.Event] = []
    for _ in range(count):
        out += app.frame(DT_SECS, draw=False)
    return out


def guide_of(app: App) -> Guide:
    return app.part(Wayfinding).guide


def test_what_is_typed_is_found_and_enter_shows_the_way(app: App) -> None:
    assert app.hud is not None
    app.stage.base.messenger.send("keystroke", ["x"])
    app.key("/")
    app.stage.base.messenger.send("keystroke", ["/"])
    frames(app)
    panel = app.hud.panels["search"]
    for letter in "cub":
        app.key(letter)
        app.stage.base.messenger.send("keystroke", [letter])
    frames(app, 2)
    assert panel.field.text == "cub", "the key that opens the panel types nothing, and letters mean nothing else"  # type: ignore[attr-defined]
    app.key("backspace")
    app.input.type("be")
    frames(app, 2)
    assert app.hud.view.open_panel == "search"
    app.key("enter")
    frames(app, 2)
    assert app.hud.view.open_panel == ""
    goal = app.hud.view.finding.goal
    assert goal is not None
    assert (goal.good, goal.place) == (CUBE, "room")


def test_composed_letters_are_shown_and_typed_once_they_settle(app: App) -> None:
    assert app.hud is not None
    app.key("/")
    frames(app)
    app.stage.base.messenger.send("candidate", ["hong", 0, 4, 4])
    frames(app)
    field = app.hud.panels["search"].field  # type: ignore[attr-defined]
    assert (field.text, field.composing) == ("", "hong")
    app.stage.base.messenger.send("keystroke", ["红"])
    frames(app)
    assert (field.text, field.composing) == ("红", "")


def test_the_way_lies_ahead_is_walked_off_and_is_gone_at_the_good(app: App) -> None:
    assert app.hud is not None
    finding, body = app.hud.view.finding, app.world.body
    body.pos_m = (3.0, -3.0, 0.0)
    assert finding.lead(CUBE)
    frames(app, 30)
    parts = guide_of(app)._parts
    assert [part.leg.place for part in parts] == ["room"]
    assert parts[0].node is not None
    first = finding.way_m
    assert first is not None
    assert first == pytest.approx(hypot(3.0, 3.6), abs=0.8)
    body.pos_m = (1.5, -1.0, 0.0)
    frames(app, 2)
    assert finding.way_m is not None
    assert finding.way_m < first - 1.5
    body.pos_m = (0.0, 0.4, 0.0)
    frames(app, 2)
    assert finding.goal is None
    assert guide_of(app)._parts == []
    assert any("cube" in text for _, text, _ in app.hud.view.toasts)


def test_the_way_through_a_door_goes_on_in_the_next_place(app: App) -> None:
    assert app.hud is not None
    finding = app.hud.view.finding
    app.world.place_id = PlaceId("yard")
    app.street.enter(PlaceId("yard"))
    app.world.body.pos_m = (3.0, 2.0, 0.0)
    room_cube = next(found for found in finding.located([CUBE]))
    assert room_cube.place == "yard", "the nearest stand is the one here"
    app.world.place_id = PlaceId("room")
    app.street.enter(PlaceId("room"))
    app.world.body.pos_m = (0.0, -3.0, 0.0)
    yard = app.world.places[PlaceId("yard")].stands[0]
    finding.goal = type(room_cube)(CUBE, PlaceId("yard"), yard, 9.0)
    frames(app, 60)
    parts = guide_of(app)._parts
    assert [part.leg.place for part in parts] == ["room", "yard"]
    assert all(part.node is not None for part in parts)
    node = parts[1].node
    assert node is not None
    assert app.street.sceneries[PlaceId("yard")].root.is_ancestor_of(node), "it is drawn in the place that it is in"


def test_marks_on_the_ground_are_seen(app: App) -> None:
    assert app.hud is not None
    body = app.world.body
    body.pos_m, body.yaw_rad, body.pitch_rad = (0.0, -3.0, 0.0), 0.0, -0.6
    frames(app, 3)
    before = pixels(app).astype(int)
    app.hud.view.finding.lead(CUBE)
    frames(app, 30)
    after = pixels(app).astype(int)
    changed = abs(after - before).sum(axis=2) > 60
    assert changed[200:, 250:390].mean() > 0.02
    app.hud.view.finding.goal = None
    frames(app, 2)
    assert (abs(pixels(app).astype(int) - before).sum(axis=2) > 60)[200:, 250:390].mean() < 0.005


def test_putting_back_with_empty_hands_ends_the_way(app: App) -> None:
    assert app.hud is not None
    app.hud.view.finding.lead(CUBE)
    frames(app, 3)
    app.key(KEYS["put_back"][0])
    frames(app, 2)
    assert app.hud.view.finding.goal is None


def test_travel_waits_behind_the_veil_until_the_place_is_there(tmp_path: Path) -> None:
    app = make_app(tmp_path, make_world(), load=False)
    try:
        assert app.hud is not None
        trip = app.part(Wayfinding).trip
        app.hud.view.travel_to = PlaceId("yard")
        hidden, entered = 0, False
        for _ in range(600):
            happened = frames(app)
            hidden += trip.hides
            if any(isinstance(event, events.EnteredPlace) for event in happened):
                assert app.street.sceneries[PlaceId("yard")].built
                entered = True
            if entered and not trip.hides:
                break
        assert entered
        assert hidden
        assert app.world.place_id == "yard"
    finally:
        app.close()


def test_a_place_that_is_entered_too_early_is_built_around_the_walker(tmp_path: Path) -> None:
    app = make_app(tmp_path, make_world(), load=False)
    try:
        yard = app.street.sceneries[PlaceId("yard")]
        assert not yard.built
        app._queue.append(c.Travel(place=PlaceId("yard")))
        frames(app)
        assert app.street.here is yard
        for _ in range(600):
            app._queue.append(c.Move(ahead=1.0))
            frames(app)
            if yard.built:
                break
        assert yard.built
        assert app.world.body.pos_m != (0, 0, 0), "the walk went on meanwhile"
    finally:
        app.close()


def test_wishes_and_what_was_seen_are_kept_and_come_back(tmp_path: Path) -> None:
    app = make_app(tmp_path, make_world())
    app._queue.append(c.Wish(good=CUBE))
    app._queue.append(c.PickUp(stand=StandId("ahead")))
    frames(app, 2)
    assert app.world.hand is not None
    app.close()
    again = make_app(tmp_path, make_world())
    try:
        frames(again, 2)
        assert again.world.wishes == (CUBE,)
        assert again.hud is not None
        assert again.hud.view.finding.keepsakes.seen == [CUBE]
    finally:
        again.close()


def test_what_came_into_the_world_later_is_found_too(app: App) -> None:
    assert app.hud is not None
    app.finish_loading()
    finding = app.hud.view.finding
    assert not finding.find("pebble", Filters())
    world = app.world
    here = world.place
    pebble = structs.replace(world.goods[CUBE], id=GoodId("gpebble"), name=Text(en="Grey pebble", zh="灰石子"))
    stand = structs.replace(here.stands[0], id=StandId("late"), good=pebble.id)
    attic = structs.replace(here, id=PlaceId("attic"), doors=(), stands=(stand,))
    step(world, [c.Admit(goods=(pebble,), place=attic)])
    found = finding.find("pebble", Filters())
    assert [each.good for each in found] == [pebble.id]
    assert found[0].place is None, "no door leads there"
    assert [each.good for each in finding.find("cube", Filters())][:1] == [CUBE], "what was there is still found"
    step(world, [c.Admit(place=structs.replace(here, stands=(*here.stands, stand)))])
    assert finding.find("pebble", Filters())[0].place == here.id
