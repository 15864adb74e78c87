"""Moods of the real street as they are drawn: light by the hour, rain that falls and makes puddles, wind."""

from math import radians
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import GeomNode, Texture

from game.client.app import App, Options
from game.client.cover import TOP_M, Cover, extent, opened, taken
from game.client.matte import triangles_of
from game.client.settings import Settings, Values
from game.client.weather import puddles
from game.content.load import load_catalogue
from game.core.commands import SetMood, Travel
from game.core.ids import PlaceId
from game.core.world import DT_SECS, new_world
from tests.client.drawn import SIZE, Silent, pixels

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue(ROOT)
BELOW_ROOF, IN_THE_OPEN = (-1.9, 4.5, 180.0), (2.0, 0.0, 180.0)  # of the market: where one stands, which way one looks


@pytest.fixture(scope="module", params=["low", "medium"])
def street(make_warm_home, request):
    world = new_world(CATALOGUE.places, CATALOGUE.goods, start=PlaceId("street"), seed=1)
    options = Options(home=make_warm_home(), assets=ROOT / "assets", offscreen=True, size=SIZE, msaa=0, hud=False)
    made = App(world, Silent(), options, settings=Settings(values=Values(quality=request.param)))
    made.frame(DT_SECS)
    made.finish_loading()
    yield made
    made.close()


@pytest.fixture
def app(street):
    """The street by day, from where one begins."""
    body, spawn = street.world.body, CATALOGUE.places[PlaceId("street")].spawn
    street.settings.change(reduced_motion=False)
    street._queue.append(Travel(place=PlaceId("boutique")))
    street.frame(DT_SECS, draw=False)
    street._queue += [Travel(place=PlaceId("street")), SetMood(mood="day")]
    street.frame(DT_SECS, draw=False)
    body.pos_m = street._before_m = spawn.at_m
    body.yaw_rad, body.pitch_rad = radians(spawn.yaw_deg), 0.0
    street.finish_loading()
    return street


def in_mood(app: App, mood: str) -> np.ndarray:
    app._queue.append(SetMood(mood=mood))
    app.frame(DT_SECS)
    app.finish_loading()
    return pixels(app).astype(int)


def moved(app: App, rows: int = SIZE[1]) -> float:
    """How much of the picture's upper rows changes in half a second of standing still."""
    before = pixels(app)[:rows].astype(int)
    for _ in range(30):
        app.frame(DT_SECS, draw=False)
    return float((np.abs(pixels(app)[:rows].astype(int) - before).max(axis=2) > 6).mean())


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


def test_puddles_lie_on_free_ground_under_the_sky_and_always_the_same() -> None:
    street = CATALOGUE.places[PlaceId("street")]
    first, again = (rows(puddles(street, np.random.default_rng(7), roofed(0.0))) for _ in range(2))
    assert len(first) > 100
    assert np.array_equal(first, again)
    xy = first[:, :2]
    for box in street.colliders:
        if not box.yaw_deg:
            inside = np.abs(xy - box.at_m[:2]) < np.array(box.size_m[:2]) / 2
            assert not inside.all(axis=1).any()
    assert len(rows(puddles(street, np.random.default_rng(7), roofed(3.0)))) == 3, "an empty mesh"


def roofed(high_m: float) -> Cover:
    """The whole street below one roof."""
    texture = Texture()
    texture.setup_2d_texture(4, 4, Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image(bytes([round(high_m / TOP_M * 255)]) * 48)
    return Cover(texture, *extent(CATALOGUE.places[PlaceId("street")]))


def rows(node: GeomNode) -> np.ndarray:
    data = node.get_geom(0).get_vertex_data().get_array(0)
    return np.frombuffer(memoryview(data).cast("B"), np.float32).reshape(-1, 12)


def test_from_above_one_sees_how_high_roofs_and_awnings_are(app: App) -> None:
    cover = taken(app.stage, app.street.here)
    open_ground = [(0.0, -5.0), (0.3, 1.2), (-0.6, 5.0), (0.9, 12.6)]
    assert np.sort(cover.high_m(np.array(open_ground)))[2] < 0.1, "a string of bunting is allowed"
    awning, cart, tree, house = cover.high_m(np.array([(3.2, -5.3), (-3.5, 2.55), (-3.3, 10.4), (4.3, 2.8)]))
    assert 2.0 < awning < 3.6
    assert 1.8 < cart < 2.6
    assert tree > 2.5
    assert house > 4.0
    assert app.street.here.root.find("shell").has_parent(), "what was looked at is where it was"


def test_it_stays_dry_below_a_roof(app: App) -> None:
    app.settings.change(reduced_motion=True)
    app._queue.append(Travel(place=PlaceId("market")))
    app.frame(DT_SECS)
    in_mood(app, "rain")

    def motion(x: float, y: float, yaw_deg: float) -> float:
        body = app.world.body
        body.pos_m = app._before_m = (x, y, 0.0)
        body.yaw_rad, body.pitch_rad = radians(yaw_deg), radians(-62)
        for _ in range(60):  # until the head has come to rest
            app.frame(DT_SECS, draw=False)
        assert np.hypot(body.pos_m[0] - x, body.pos_m[1] - y) < 0.01, "there is room to stand"
        return moved(app, 310)  # one's own hands and chest are below

    assert motion(*BELOW_ROOF) < 0.001
    assert motion(*IN_THE_OPEN) > 0.004


def test_water_lies_on_open_ground_alone_and_mirrors_what_is_lit(app: App) -> None:
    app.settings.change(reduced_motion=True)
    in_mood(app, "rain")
    film = app.street.here.root.find("rain/film")
    assert film.is_hidden() == app.stage.lean
    assert app.street.here.root.find("rain/puddles").is_hidden() != app.stage.lean
    points = rows(film.node())[triangles_of(film.node().get_geom(0))].reshape(-1, 12)
    assert points[:, 5].min() > 0.9
    assert points[:, 2].max() < 0.35
    if app.stage.lean:
        return
    wet = pixels(app).astype(int)
    film.hide()
    film.set_name("put away")
    changed = np.abs(pixels(app).astype(int) - wet).max(axis=2)
    assert (changed[200:] > 4).mean() > 0.2, "the ground"
    assert (changed[:120] > 4).mean() < 0.02, "the sky"


def test_only_ground_that_rain_falls_on_is_darker(app: App) -> None:
    in_mood(app, "rain")
    app.frame(DT_SECS)
    app.finish_loading()
    here = app.street.here
    assert here.damp is not None
    assert here.light is not None
    dry = here.mixed(here.light, here.lighting()).pictures["light"]
    side = len(here.damp)
    stored = np.frombuffer(dry.pixels, np.uint8).reshape(side, side, 3).astype(int)
    drawn = np.frombuffer(here.light.textures["light"].get_ram_image_as("BGR"), np.uint8).reshape(side, side, 3)
    shell = here.root.find("shell")
    nodes = [path.node() for path in (shell, *shell.find_all_matches("**/+GeomNode"))]
    meshes = [node for node in nodes if isinstance(node, GeomNode) and node.get_num_geoms()]
    corners = np.concatenate([rows(node)[triangles_of(node.get_geom(0))] for node in meshes])

    def darker_at(x: float, y: float) -> float:
        """What is left of the light in the middle of the triangle of the ground that lies nearest."""
        middle = corners.mean(1)
        ground = (corners[..., 5].min(1) > 0.95) & (corners[..., 2].max(1) < 0.2)
        nearest = np.argmin(np.where(ground, np.hypot(middle[:, 0] - x, middle[:, 1] - y), np.inf))
        column, row = (middle[nearest, 10:12] * side).astype(int)
        assert stored[row, column].min() > 10, "it is lit"
        return float((drawn[row, column] / stored[row, column]).mean())

    assert darker_at(0.0, -5.0) == pytest.approx(0.66**0.5, abs=0.03), "in the open"
    assert darker_at(3.5, -5.3) > 0.97, "below an awning"
    in_mood(app, "day")
    bright = np.frombuffer(here.light.textures["light"].get_ram_image_as("BGR"), np.uint8)
    day = here.mixed(here.light, here.lighting()).pictures["light"]
    assert bytes(day.pixels) == bright.tobytes(), "the next day it is dry"


def test_pennants_and_wires_keep_nobody_dry() -> None:
    heights = np.zeros((40, 40), np.uint8)
    heights[:, 3:6] = heights[20:34, 18:34] = 90  # a wire, a roof
    seen = opened(opened(heights, 1, 2), 0, 2)
    assert not seen[:, :10].any()
    assert np.array_equal(seen[20:34, 18:34], heights[20:34, 18:34])


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
