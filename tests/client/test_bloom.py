"""Bloom on the real street: what is bright spills a little light, nothing grows darker, and Low does without."""

import numpy as np
import pytest

from game.client.app import App, Options
from game.client.settings import Settings, Values
from game.core.commands import SetMood
from game.core.ids import PlaceId
from game.core.world import DT_SECS, new_world
from tests.client.drawn import SIZE, Silent, pixels
from tests.client.test_weather import CATALOGUE, ROOT


@pytest.fixture
def app(warm_home):
    world = new_world(CATALOGUE.places, CATALOGUE.goods, start=PlaceId("street"), seed=1)
    options = Options(home=warm_home, assets=ROOT / "assets", offscreen=True, size=SIZE, msaa=0, hud=False)
    made = App(world, Silent(), options, settings=Settings(values=Values(quality="medium", reduced_motion=True)))
    made.frame(DT_SECS)
    made.finish_loading()
    yield made
    made.close()


def gained(app: App, mood: str) -> np.ndarray:
    """How much brighter each pixel is with bloom than without."""
    app._queue.append(SetMood(mood=mood))
    app.frame(DT_SECS)
    app.finish_loading()
    app.bloom.show(False)
    without = pixels(app).astype(int)
    app.bloom.show(True)
    return pixels(app).astype(int) - without


def test_light_spills_around_lamps_and_nowhere_grows_darker(app: App) -> None:
    light = gained(app, "night")
    assert (light.min(axis=2) < -1).mean() < 0.001, "but for edges that the two buffers round apart"
    assert light.max() > 15
    assert 0.05 < (light.max(axis=2) > 3).mean() < 0.6, "round what is bright alone"
    assert light.mean() < 6, "slight"


def test_by_day_less_is_bright_against_the_rest(app: App) -> None:
    assert 0 <= gained(app, "day").mean() < 4


def test_a_low_level_does_without_and_a_higher_one_has_it_again(app: App) -> None:
    windows = app.stage.engine.get_num_windows()
    assert app.bloom.on
    with_it = pixels(app).astype(int)
    app.settings.change(quality="low")
    app.frame(DT_SECS)
    app.finish_loading()
    assert not app.bloom.on
    assert app.stage.engine.get_num_windows() < windows
    assert pixels(app).mean() > 20, "the world is on the window"
    app.settings.change(quality="medium")
    app.frame(DT_SECS)
    app.finish_loading()
    assert app.bloom.on
    assert np.abs(pixels(app).astype(int) - with_it).mean() < 0.5


def test_turning_it_on_and_off_leaves_nothing_behind(app: App) -> None:
    before = app.stage.engine.get_num_windows(), app.stage.win.get_num_display_regions()
    for _ in range(5):
        app.bloom.show(False)
        app.frame(DT_SECS)
        app.bloom.show(True)
        app.frame(DT_SECS)
    assert (app.stage.engine.get_num_windows(), app.stage.win.get_num_display_regions()) == before


def test_where_the_driver_draws_nothing_beside_the_window_the_world_is_on_it(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.bloom.show(False)
    without = pixels(app).astype(int)
    monkeypatch.setattr(app.bloom, "_buffer", lambda *_args, **_more: (None, None))
    app.bloom.show(True)
    assert not app.bloom.on
    assert np.abs(pixels(app).astype(int) - without).mean() < 0.1


def test_it_follows_the_size_of_the_window(app: App) -> None:
    def sizes() -> dict[str, tuple[int, int]]:
        return {each.get_name(): tuple(each.get_size()) for each in app.stage.engine.get_windows()}

    try:
        app.stage.win.set_size(800, 400)
        assert pixels(app).shape == (400, 800, 3)
        assert sizes()["world"] == (800, 400)
        assert sizes()["blur down"] == (200, 100)
        assert pixels(app)[:, 700:].mean() > 20, "the world reaches the right edge"
    finally:
        app.stage.win.set_size(*SIZE)
        app.frame(DT_SECS)
    assert sizes()["world"] == SIZE
