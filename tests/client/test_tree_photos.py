"""A photo tells which trees it shows: those before the camera and within its frame, the nearest first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.client.orchard_scenery import OrchardScenery
from game.client.scenery import Scenery
from game.client.shelves import Models
from game.client.spaces import turned
from game.client.stage import Stage
from game.client.tree_photos import trees_in_view
from game.content.model_files import ModelFiles
from tests.core.small_orchard import FREE, MINE, THEIRS, VILLAGE_TREES, garden, in_garden, rules

WIDE, HIGH = 640, 360
ALL = (0, 0, WIDE, HIGH)
EAST_TO_WEST = 1.5707963  # radians: the camera faces -X


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    opened = Stage(size=(WIDE, HIGH), offscreen=True, msaa=0, vsync=False, lean=True, cache=tmp_path, title="Loquat")
    yield opened
    opened.close()


def scenery(stage: Stage, tmp_path: Path) -> Scenery:
    """Trees of plot 1 at x = 0, 6, 12 and y = 10, the village's at y = 0."""
    models = Models(ModelFiles(tmp_path), {})
    return OrchardScenery(
        garden(), rules().species, {}, tmp_path, models, stage.root, None, lambda: "day", in_garden()
    )


def test_trees_before_the_camera_and_in_the_frame_are_in_the_photo(stage: Stage, tmp_path: Path) -> None:
    here = scenery(stage, tmp_path)
    stage.camera.set_mat(turned((0.0, 5.0, 1.6)))
    assert trees_in_view(stage, here, ALL) == [MINE]
    stage.camera.set_mat(turned((14.0, 10.0, 1.6), EAST_TO_WEST))
    assert trees_in_view(stage, here, ALL) == [THEIRS, FREE], "the nearest first, and none so far away"
    assert trees_in_view(stage, here, (0, 0, WIDE // 4, HIGH)) == []


def test_what_is_behind_the_camera_is_in_no_photo(stage: Stage, tmp_path: Path) -> None:
    here = scenery(stage, tmp_path)
    stage.camera.set_mat(turned((0.0, 5.0, 1.6), 2 * EAST_TO_WEST))
    assert trees_in_view(stage, here, ALL) == [VILLAGE_TREES[0]]
