"""Moods of the real street as they are drawn: light by the hour, rain that falls and makes puddles, wind."""

from math import radians
from pathlib import Path

import numpy as np
import pytest

from game.client.app import App, Options
from game.client.settings import Settings, Values
from game.client.weather import puddles
from game.content.load import load_catalogue
from game.core.commands import SetMood, Travel
from game.core.ids import PlaceId
from game.core.world import DT_SECS, new_world
from tests.client.drawn import SIZE, Silent, pixels

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue(ROOT)


@pytest.fixture(params=["low", "medium"])
def app(warm_home, request):
    world = new_world(CATALOGUE.places, CATALOGUE.goods, start=PlaceId("street"), seed=1)
    options = Options(home=warm_home, assets=ROOT / "assets", offscreen=True, size=SIZE, msaa=0, hud=False)
    made = App(world, Silent(), options, settings=Settings(values=Values(quality=request.param)))
    made.frame(DT_SECS)
    made.finish_loading()
    yield made
    made.close()


def in_mood(app: App, mood: str) -> np.ndarray:
    app._queue.append(SetMood(mood=mood))
    app.frame(DT_SECS)
    app.finish_loading()
    return pixels(app).astype(int)


def moved(app: App) -> float:
    """How much of the picture changes in half a second of standing still."""
    before = pixels(app).astype(int)
    for _ in range(30):
        app.frame(DT_SECS, draw=False)
    return float((np.abs(pixels(app).astype(int) - before).max(axis=2) > 6).mean())


def test_each_mood_has_its_own_light_and_day_comes_back_as_it_was(app: App) -> None:
    app.settings.change(reduced_motion=True)
    day = in_mood(app, "day")
    bright = {"day": day.mean()}
    for mood in ("dusk", "night", "rain"):
        bright[mood] = in_mood(app, mood).mean()
    assert bright["day"] > bright["rain"] > bright["night"]
    assert bright["day"] > bright["dusk"] > bright["night"]
    assert np.abs(in_mood(app, "day") - day).mean() < 0.5


def test_rain_falls_under_the_sky_and_not_in_the_shop(app: App) -> None:
    app.settings.change(reduced_motion=True)  # no wind, so that nothing else moves
    in_mood(app, "day")
    assert moved(app) < 0.001
    in_mood(app, "rain")
    assert moved(app) > 0.002
    app._queue.append(Travel(place=PlaceId("boutique")))
    app.frame(DT_SECS)
    app.finish_loading()
    assert app.world.mood_of(PlaceId("boutique")) == "rain"
    assert moved(app) < 0.001


def test_puddles_lie_on_free_ground_and_always_the_same() -> None:
    street = CATALOGUE.places[PlaceId("street")]
    first, again = (puddles(street, np.random.default_rng(7)) for _ in range(2))
    rows = [
        np.frombuffer(memoryview(node.get_geom(0).get_vertex_data().get_array(0)).cast("B"), np.float32)
        for node in (first, again)
    ]
    assert len(rows[0]) > 100
    assert np.array_equal(*rows)
    xy = rows[0].reshape(-1, 12)[:, :2]
    for box in street.colliders:
        if not box.yaw_deg:
            inside = np.abs(xy - box.at_m[:2]) < np.array(box.size_m[:2]) / 2
            assert not inside.all(axis=1).any()


def test_stars_and_moon_stand_in_the_night_sky_alone(app: App) -> None:
    app.settings.change(reduced_motion=True)

    def sky(mood: str) -> np.ndarray:
        """A square of the picture where the moon is to be: what is east of north lies to the right."""
        in_mood(app, mood)
        body = app.world.body
        body.pos_m = app._before_m = (0.6, 12.9, 0.0)
        body.yaw_rad, body.pitch_rad = radians(4), radians(26)
        app.frame(DT_SECS, draw=False)
        return pixels(app)[100:260, 240:400].mean(axis=2)

    def points(seen: np.ndarray) -> int:
        """How many pixels outshine all that lies three pixels away."""
        around = [np.roll(seen, (dy, dx), (0, 1)) for dy, dx in ((0, 3), (3, 0), (0, -3), (-3, 0))]
        return int((seen > np.max(around, axis=0) + 12)[3:-3, 3:-3].sum())

    night = sky("night")
    root = app.street.here.root.find("sky")
    root.hide()
    without = pixels(app)[100:260, 240:400].mean(axis=2)
    assert points(night) > points(without) + 5, "stars"
    assert night[60:120, 60:100].max() > 180 > without[60:120, 60:100].max() + 40, "the moon"
    sky("day")
    assert app.street.here.root.find("sky").is_empty(), "by day it is out of the way"


def test_leaves_and_birds_live_under_the_sky_and_dust_in_the_shop(app: App) -> None:
    def alive(place: str) -> set[str]:
        root = app.street.sceneries[PlaceId(place)].root.find("life")
        paths = [] if root.is_empty() else root.get_children()
        return {path.get_name() for path in paths if not path.is_hidden()}

    in_mood(app, "day")
    assert alive("street") == {"leaves", "birds"}
    in_mood(app, "night")
    assert alive("street") == {"leaves"}
    in_mood(app, "rain")
    assert alive("street") == set()
    app._queue += [SetMood(mood="day"), Travel(place=PlaceId("boutique"))]
    app.frame(DT_SECS)
    app.finish_loading()
    app.frame(DT_SECS)
    assert alive("boutique") == {"motes"}
