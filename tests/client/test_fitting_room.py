"""Fitting what is worn: by handles and by figures, shown at once, kept by itself, and there after a restart."""

import time
from math import degrees

import numpy as np
import pytest
from msgspec import structs

from game.client.fitting_room import Marks
from game.client.hud_fit import DONE_AT, RESET_AT, ROWS, SIDE
from game.client.making import Making
from game.content.fitting import MOVE_MOST_M, SCALE_MOST, Fit
from game.content.goods_model import kept
from game.content.imports.importer import Wanted
from game.content.making import make_of_file, make_of_recipe
from game.content.workshop import Workshop
from tests.client.drawn import make_app, make_world
from tests.content.imports import files

SECS = 60.0


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "cap.glb").write_bytes(files.glb())
    make_of_file(Workshop(tmp_path / "home"), tmp_path / "cap.glb", wanted=Wanted(kind="hat", size_m=0.4))
    return tmp_path


@pytest.fixture
def app(folder):
    made = make_app(folder, make_world(), load=False)
    made.frame(1 / 60)
    yield made
    made.close()


def begin(app) -> Making:
    """The one draft before its maker's mirror."""
    bench = app.part(Making)
    bench.refresh()
    bench.chosen = bench.drafts[0]
    app.hud.open_panel("terms")
    app.hud.press("fit")
    settle(app)
    return bench


def settle(app, *, rest: bool = False) -> None:
    """Frames until what is worn is shown; with `rest` until it is kept as well."""
    fitter, begun = app.part(Making).fitter, time.monotonic()
    app.frame(1 / 60)
    while fitter._building or fitter._keeping or fitter._stale or (rest and fitter._unkept):
        assert time.monotonic() - begun < SECS
        time.sleep(0.005)
        app.frame(1 / 10)
    app.frame(1 / 60)


def press(app, *actions: str) -> None:
    for action in actions:
        app.hud.press(action)
        app.frame(1 / 60)


def drag(app, name: str, across: float, up: float) -> Marks:
    """Drag a handle by parts of the picture's side; returns where the handles were before it was let go."""
    shown = app.hud.panel
    spot = next(spot for spot in shown.paper.spots if spot.free and spot.action.startswith(name))
    scale = shown.paper.scale
    x = shown.left + (spot.box.x + spot.box.wide / 2) * scale
    y = shown.top + (spot.box.y + spot.box.high / 2) * scale
    app.hud.pointing.at_px = (x, y)
    app.hud.press("click")
    app.input.held.add("left mouse down")
    for part in (0.4, 1.0):
        app.hud.pointing.at_px = (x + part * across * SIDE * scale, y - part * up * SIDE * scale)
        settle(app)
    held = app.part(Making).fitter.marks()
    app.input.held.clear()
    app.frame(1 / 60)
    return held


def worn(bench) -> np.ndarray:
    return kept(bench.workshop.model_path(bench.chosen.id, worn=True).read_bytes()).points


def test_what_is_set_by_keys_moves_what_is_worn_by_exactly_that_and_survives_a_restart(app, folder):
    bench = begin(app)
    before = worn(bench)
    press(app, "go_down", "go_right", "go_right", "go_down", "go_right", "go_down", *["go_left"] * 3)
    settle(app, rest=True)
    by_m = (0.01, -0.005, -0.015)  # forwards is -Y
    assert bench.chosen.fit.move_m == pytest.approx(by_m)
    assert worn(bench) - before == pytest.approx(np.tile(by_m, (len(before), 1)), abs=2e-5)
    press(app, "go_down", "go_right", "go_down", "go_left")
    assert bench.fitter.fit.turn_deg == -5.0
    fit = bench.fitter.fit
    app.close()  # before it has rested
    again = make_app(folder, make_world(), load=False)
    try:
        again.frame(1 / 60)
        assert begin(again).fitter.fit == fit
        assert fit.scale > 1.0
    finally:
        again.close()
        app._free = lambda: None


def test_a_handle_stays_below_the_pointer_that_drags_it(app):
    bench = begin(app)
    bench.fitter.picture.turn(0.5)  # seen from aside
    settle(app)
    before = bench.fitter.marks()
    moved = drag(app, "move", 0.1, -0.06)
    assert moved.middle[0] - before.middle[0] == pytest.approx(0.1, abs=0.006)
    assert moved.middle[1] - before.middle[1] == pytest.approx(-0.06, abs=0.006)
    press(app, "reset")
    settle(app)
    picture, corner = bench.fitter.picture, bench.fitter.marks().corner
    pivot = picture.sight.seen(np.array([picture.hold("scale", corner, Fit()).pivot_m]))[0]
    way = -0.25 * (np.array(corner) - pivot)
    scaled = drag(app, "scale", *way)
    assert bench.fitter.fit.scale == pytest.approx(0.75, abs=0.01)
    assert np.subtract(scaled.corner, corner) == pytest.approx(way, abs=0.015)
    press(app, "reset")
    picture.turn(-picture.turn_rad)  # the ring's knob is in front
    settle(app)
    before = bench.fitter.marks()
    turned = drag(app, "turn", -0.1, 0.0)
    assert bench.fitter.fit.turn_deg < -5.0
    assert turned.knob[0] - before.knob[0] == pytest.approx(-0.1, abs=0.03)
    settle(app, rest=True)
    assert bench.workshop.get(bench.chosen.id).fit == bench.fitter.fit


def test_nothing_goes_beyond_its_bounds_and_reset_takes_all_back(app):
    bench = begin(app)
    for _ in range(6):
        drag(app, "move", 0.9, 0.0)
        drag(app, "scale", 0.9, 0.9)
    assert max(map(abs, bench.fitter.fit.move_m)) == MOVE_MOST_M
    assert bench.fitter.fit.scale == SCALE_MOST
    for number, row in enumerate(ROWS, start=1):
        bench.hud.panels["fit"].at = number
        for _ in range(400):
            app.hud.press("go_left")
        assert row.read(bench.fitter.fit) == pytest.approx(row.least)
    bench.hud.panels["fit"].at = RESET_AT
    press(app, "confirm")
    assert bench.fitter.fit == Fit()
    bench.hud.panels["fit"].at = DONE_AT
    press(app, "confirm")
    assert app.hud.view.open_panel == "terms"
    assert bench.workshop.get(bench.chosen.id).fit == Fit()


def test_the_slot_may_be_another_or_none(app):
    bench = begin(app)
    assert bench.chosen.wear.slot == "head"
    press(app, "more")
    settle(app, rest=True)
    assert bench.chosen.wear.slot == "face"
    while bench.fitter.slot:
        press(app, "more")
    assert bench.fitter.fit == Fit()
    settle(app, rest=True)
    assert bench.chosen.wear is None
    assert bench.fitter.marks() is None
    drawn = app.hud.panel.paper.spots
    assert not [spot for spot in drawn if spot.free or spot.slides], "nothing to drag where nothing is worn"
    press(app, "go_down", "go_right")
    assert bench.fitter.fit == Fit()


def test_the_person_turns_by_keys_and_pad_and_the_fit_does_not(app):
    bench = begin(app)
    before = bench.fitter.picture.turn_rad
    press(app, "look_left")
    app.hud.turn(0.1)
    assert degrees(bench.fitter.picture.turn_rad - before) == pytest.approx(degrees(-0.4), abs=0.1)
    assert bench.fitter.fit == Fit()


@pytest.mark.parametrize("recipe", ["ring", "tshirt"])
def test_what_a_recipe_made_is_fitted_from_where_it_sits_and_keeps_that_when_its_knobs_are_turned(app, recipe):
    bench = app.part(Making)
    bench.chosen = make_of_recipe(bench.workshop, recipe, {}, None)
    before = worn(bench)
    app.hud.open_panel("terms")
    press(app, "fit")
    settle(app)
    press(app, "go_down", "go_down", "go_down", "go_right", "go_down", "go_right")  # up, and larger
    settle(app, rest=True)
    fit = bench.chosen.fit
    assert fit.move_m == pytest.approx((0.0, 0.0, 0.005))
    assert fit.scale > 1.0
    middle, after = (before.max(0) + before.min(0)) / 2, worn(bench)
    assert after == pytest.approx((before - middle) * fit.scale + middle + fit.move_m, abs=2e-5)
    changed = make_of_recipe(bench.workshop, recipe, bench.chosen.values, None, former=bench.chosen)
    bench.chosen = changed
    assert worn(bench) == pytest.approx(after, abs=2e-5)
    assert changed.fit == fit


def test_of_a_signed_good_a_new_one_is_fitted(app):
    bench = app.part(Making)
    bench.refresh()
    signed = bench.workshop.change(structs.replace(bench.drafts[0], good="g" * 27))
    bench.chosen, before = signed, bench.workshop.model_path(signed.id, worn=True).read_bytes()
    app.hud.open_panel("terms")
    press(app, "fit")
    settle(app)
    assert (bench.chosen.id != signed.id, bench.chosen.good) == (True, "")
    press(app, "go_down", "go_right")
    settle(app, rest=True)
    assert bench.workshop.model_path(signed.id, worn=True).read_bytes() == before, "what was signed never changes"
    assert bench.workshop.get(signed.id) == signed


def test_a_model_that_is_gone_is_told_and_ends_nothing(app):
    bench = app.part(Making)
    bench.refresh()
    bench.workshop.model_path(bench.drafts[0].id).write_bytes(b"glTF")
    begin(app)
    assert bench.fitter.trouble == "workshop_not_kept"
    assert app.hud.view.open_panel == "fit"
    press(app, "go_down", "go_right", "back")
    assert app.hud.view.open_panel == "terms"
