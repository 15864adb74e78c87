"""Which trees a photo shows, and which photos show a tree: told by the file beside each picture."""

import logging
from pathlib import Path

import msgspec
from msgspec import Struct
from panda3d.core import Point2, Point3

from game.client.hud_life import Photo
from game.client.orchard_scenery import OrchardScenery
from game.client.scenery import Scenery
from game.client.stage import Stage

log = logging.getLogger(__name__)

FAR_M = 9.0  # beyond this a tree is background
CROWN_M = 1.7  # above its foot: what must be in the frame
MOST_TREES = 6
MOST_FILES = 500  # the newest are looked at


class _Beside(Struct, frozen=True):
    """What is of use here of the file beside a picture."""

    picture: str
    trees: tuple[int, ...] = ()


def trees_in_view(stage: Stage, here: Scenery, crop: tuple[int, int, int, int]) -> list[int]:
    """The trees whose crowns stand within a crop (left, top, wide, high in window pixels), the nearest first."""
    if not isinstance(here, OrchardScenery):
        return []
    width, height = stage.size
    left, top, wide, high = crop
    found: list[tuple[float, int]] = []
    for tree, (x, y, z) in zip(here.spots.tree.tolist(), here.spots.at_m.tolist(), strict=True):
        at, on = stage.camera.get_relative_point(here.root, Point3(x, y, z + CROWN_M)), Point2()
        if at.length() > FAR_M or not stage.lens.project(at, on):
            continue
        px, py = (on.x + 1.0) / 2.0 * width, (1.0 - on.y) / 2.0 * height
        if left <= px < left + wide and top <= py < top + high:
            found.append((at.length(), tree))
    return [tree for _, tree in sorted(found)[:MOST_TREES]]


def photos_of(folder: Path, tree: int) -> list[Photo]:
    """The player's photos that show a tree, the newest first; a file that says nothing readable shows none."""
    found: list[Photo] = []
    try:
        for path in sorted(folder.glob("*.json"), reverse=True)[:MOST_FILES]:
            try:
                beside = msgspec.json.decode(path.read_bytes(), type=_Beside)
            except msgspec.DecodeError as wrong:
                log.info("%s tells nothing of its picture: %s", path, wrong)
                continue
            picture = folder / Path(beside.picture).name
            if tree in beside.trees and picture.is_file():
                found.append(Photo(picture, picture.stat().st_mtime))
    except OSError as error:
        log.warning("photos can't be read: %s", error)
    return found
