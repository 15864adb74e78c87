"""Low quality: the same shop with hardly any work at a pixel."""

from pathlib import Path

import numpy as np
import pytest

from game.client.app import App, Options
from game.client.settings import Settings, Values
from game.content.load import load_catalogue
from game.core.ids import PlaceId
from game.core.world import new_world
from tests.client.drawn import SIZE, Silent, pixels

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(warm_home):
    found = load_catalogue(ROOT)
    world = new_world(found.places, found.goods, start=PlaceId("boutique"), seed=1)
    options = Options(home=warm_home, assets=ROOT / "assets", offscreen=True, size=SIZE, msaa=0, hud=False)
    made = App(world, Silent(), options, settings=Settings(values=Values(quality="medium")))
    made.frame(0.0)
    made.finish_loading()
    yield made
    made.close()


def picture(app: App) -> np.ndarray:
    app.frame(0.0)
    return pixels(app).astype(int)


def test_low_quality_shows_the_same_shop_and_medium_comes_back_as_it_was(app: App) -> None:
    full = picture(app)
    app.settings.change(quality="low")
    lean = picture(app)
    assert app.stage.lean
    off = np.abs(lean - full)
    assert 0.2 < off.mean() < 8.0, "in steps of 255; without any difference it was not drawn leanly"
    assert np.quantile(off, 0.95) < 32.0
    app.settings.change(quality="medium")
    again = picture(app)
    app.finish_loading()
    assert np.abs(again - full).max() <= 1


def test_low_quality_takes_no_pictures_of_rooms_until_something_reflects(warm_home) -> None:
    found = load_catalogue(ROOT)
    world = new_world(found.places, found.goods, start=PlaceId("boutique"), seed=1)
    options = Options(home=warm_home, assets=ROOT / "assets", offscreen=True, size=SIZE, msaa=0, hud=False)
    app = App(world, Silent(), options, settings=Settings(values=Values(quality="low")))
    try:
        app.frame(0.0)
        app.finish_loading()
        assert not app.street.here.has_reflection
        app.settings.change(quality="medium")
        app.frame(0.0)
        app.finish_loading()
        assert app.street.here.has_reflection
    finally:
        app.close()
