"""The real places look as they did when somebody found them good; what is missing or lit otherwise is noticed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import Geom, GeomEnums, GeomTriangles

from game.client import light
from game.client.app import App
from game.client.light import LAYERS
from tests.client import golden
from tests.client.drawn import pixels, read_picture
from tests.client.golden import VIEWS, compare, differs, open_app, take

SHELVES = ((0.7, 2.4, 0.2), (2.1, 3.1, 2.3))  # of the boutique: boards between two posts


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    made = open_app(tmp_path_factory.mktemp("golden"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def pictures(app: App) -> dict[str, np.ndarray]:
    return {name: take(app, view) for name, view in VIEWS.items()}


@pytest.mark.parametrize("name", VIEWS)
def test_a_place_looks_as_it_was_found_good(pictures: dict[str, np.ndarray], name: str) -> None:
    assert compare(name, pictures[name]) == "", "if it is meant: python -m tests.client.golden, look, commit"


def noticed(app: App, name: str, change: AbstractContextManager[None]) -> str:
    """What is noticed of a change, which is nothing before and after it."""
    take(app, VIEWS[name])
    before = pixels(app)
    assert differs(pixels(app), before) == ""
    with change:
        after = pixels(app)
    assert differs(pixels(app), before) == ""
    return differs(after, before)


@pytest.mark.usefixtures("pictures")
def test_shelves_that_are_missing_are_noticed(app: App) -> None:
    assert noticed(app, "boutique", _without(app, *SHELVES))


@pytest.mark.usefixtures("pictures")
def test_goods_that_are_missing_from_a_shelf_are_noticed(app: App) -> None:
    @contextmanager
    def bare() -> Iterator[None]:
        shelves = app.street.here.shelves
        assert shelves is not None
        low, high = np.array(SHELVES)
        there = [s.id for s in app.world.place.stands if (low <= s.at_m).all() and (s.at_m <= high).all()]
        assert len(there) >= 8
        hide, shelves.hide = shelves.hide, lambda ids: hide(ids | frozenset(there))  # type: ignore[method-assign]
        yield
        shelves.hide = hide  # type: ignore[method-assign]

    assert noticed(app, "boutique", bare())


@pytest.mark.parametrize(
    ("name", "layer"),
    [("street", "sun"), ("market", "sun"), ("boutique", "sky"), ("homeware", "sky"), ("gallery", "sky"),
     ("street_night", "lamp"), ("market_rain", "lamp"), ("market_rain", "sky")],
)  # fmt: skip
@pytest.mark.usefixtures("pictures")
def test_a_light_that_is_a_seventh_too_weak_is_noticed(
    app: App, monkeypatch: pytest.MonkeyPatch, name: str, layer: str
) -> None:
    assert layer in LAYERS
    assert noticed(app, name, _lit(app, monkeypatch, layer, 0.85))


@pytest.mark.usefixtures("pictures")
def test_a_light_that_is_as_it_was_is_not(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    assert noticed(app, "street", _lit(app, monkeypatch, "sun", 1.0)) == ""


@pytest.mark.usefixtures("pictures")
def test_another_hour_is_noticed(app: App) -> None:
    @contextmanager
    def dusk() -> Iterator[None]:
        here = app.street.here
        assert here.light is not None
        here.light.set_mood("dusk")
        yield
        here.light.set_mood("day")

    assert noticed(app, "gallery", dusk())


def test_a_picture_that_differs_is_saved_with_the_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    grey = np.full((40, 60, 3), 100, np.uint8)
    assert "missing" in compare("grey", grey)
    golden.write_picture(tmp_path / "grey.png", grey)
    assert compare("grey", grey) == ""
    assert [path.name for path in tmp_path.iterdir()] == ["grey.png"]
    spotted = grey.copy()
    spotted[20:30, 40:50] = 160
    assert "at 40, 20" in compare("grey", spotted)
    assert (read_picture(tmp_path / "grey.got.png") == spotted).all()
    assert read_picture(tmp_path / "grey.difference.png")[25, 45, 0] == 240
    assert "instead of" in compare("grey", grey[:20])


# --- changes ----------------------------------------------------------------------------------------------------------


@contextmanager
def _lit(app: App, monkeypatch: pytest.MonkeyPatch, layer: str, part: float) -> Iterator[None]:
    """The place with one layer of its light at a part of its strength."""
    here, of = app.street.here, light.mood_of

    def light_it() -> None:
        assert here.light is not None
        here.light.use(here.lit(here.light, here.lighting(), wet=here.rained_on))

    def weaker(name: str, document: dict[str, object]) -> light.Mood:
        found = of(name, document)
        return replace(found, **{layer: tuple(part * weight for weight in getattr(found, layer))})

    with monkeypatch.context() as patch:
        patch.setattr(light, "mood_of", weaker)
        light_it()
    yield
    light_it()


@contextmanager
def _without(app: App, low: tuple[float, ...], high: tuple[float, ...]) -> Iterator[None]:
    """The place without the furniture that lies in a box."""
    node = app.street.here.root.find("**/props/props").node()
    whole = node.make_copy()
    node.remove_all_geoms()
    left_out = 0
    for number in range(whole.get_num_geoms()):
        rest, gone = _outside(whole.get_geom(number), np.array(low), np.array(high))
        left_out += gone
        node.add_geom(rest, whole.get_geom_state(number))
    assert left_out > 20
    yield
    node.remove_all_geoms()
    node.add_geoms_from(whole)


def _outside(geom: Geom, low: np.ndarray, high: np.ndarray) -> tuple[Geom, int]:
    """Without the triangles that lie in a box, and how many these are."""
    prim, array = geom.get_primitive(0), geom.get_vertex_data().get_array(0)
    stride = array.get_array_format().get_stride()
    points = np.frombuffer(memoryview(array).cast("B"), np.uint8).reshape(-1, stride)[:, :12].copy().view(np.float32)
    wide = prim.get_index_type() == GeomEnums.NT_uint32
    numbers = np.frombuffer(memoryview(prim.get_vertices()).cast("B"), np.uint32 if wide else np.uint16)
    faces = numbers.reshape(-1, 3)
    inside = ((points >= low) & (points <= high)).all(1)[faces].all(1)
    rest = GeomTriangles(GeomEnums.UH_static)
    for a, b, c in faces[~inside].tolist():
        rest.add_vertices(a, b, c)
    out = Geom(geom.get_vertex_data())
    out.add_primitive(rest)
    return out, int(inside.sum())
