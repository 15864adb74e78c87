"""What the tests of pictures share: a cache, so that each model is worked out once and not once a test; the person."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from panda3d.core import NodePath

from game.client.avatar import Avatar
from game.client.avatar_glb import Figure, read_figure
from game.core.looks import DEFAULT_LOOKS
from tests.client.persons import MODELS


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of all warm homes of a run, on whichever core their tests run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "warm_cache"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def make_warm_home(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Callable[[], Path]:
    """Makes an empty home whose cache is the one that all of them share."""

    def make() -> Path:
        home = tmp_path_factory.mktemp("warm_home")
        (home / "cache").symlink_to(warm_cache, target_is_directory=True)
        return home

    return make


@pytest.fixture
def warm_home(make_warm_home: Callable[[], Path]) -> Path:
    """Such a home for one test."""
    return make_warm_home()


@pytest.fixture(scope="module")
def person() -> Figure:
    """The person as it is read."""
    return read_figure(MODELS / "avatar" / "person.glb")


@pytest.fixture
def avatar() -> Iterator[Avatar]:
    """The person as it is drawn, in plain clothes."""
    made = Avatar(NodePath("world"), DEFAULT_LOOKS, MODELS)
    yield made
    made.remove()
