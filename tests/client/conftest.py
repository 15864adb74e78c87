"""What the tests of pictures share: a cache, so that each model is worked out once and not once a test."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of all warm homes of a run, on whichever core their tests run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "warm_cache"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def warm_home(tmp_path: Path, warm_cache: Path) -> Path:
    """An empty home whose cache is the one that all of them share."""
    home = tmp_path / "warm_home"
    home.mkdir()
    (home / "cache").symlink_to(warm_cache, target_is_directory=True)
    return home
