"""One picture of all species at five stages, as they stand in the orchard.

    python -m tests.bench.tree_sheet [--out docs/pictures/trees.jpg]
"""

import argparse
import tempfile
from dataclasses import replace
from math import radians
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from game.client.grove_view import TreeLook
from game.core.ground import ground_of
from game.core.growing.growth import growth
from tests.bench.orchard_20k import orchard

ROOT = Path(__file__).resolve().parents[2]
STAGES = (0.7, 1.1, 1.5, 2.0, 2.3)  # young, in blossom, with young fruit, ripe, in autumn: seasons since planting
SEASON_SECS, FRUITS = 100_000, 40
BACK_M, INNER_M, RAISED_RAD = 6.2, 7.0, 0.06
CROP = (404, 74, 876, 638)  # of a picture of 1280 x 720
TILE = (192, 229)


def tiles(app: Any) -> list[Image.Image]:
    """A picture of a tree at the edge of each grove at each stage, by species and then by stage."""
    here, out = app.street.here, []
    trees, place = here.trees, here.place
    at_m, trees_of = trees.spots.at_m, trees.spots.grove
    shown = {grove.species: int(np.flatnonzero(trees_of == number)[0]) for number, grove in enumerate(place.groves[:6])}
    here.looks.changed = lambda aimed: ([], [])
    with tempfile.TemporaryDirectory() as folder:
        for first in shown.values():  # the third of a row within the grove, where no fence is before it
            inner = (trees_of == trees_of[first]) & (at_m[:, 1] > at_m[first, 1] + INNER_M)
            row = int(np.flatnonzero(inner)[2])
            for stage in STAGES:
                trees.looks = _looks(here, stage, behind_m=float(at_m[row, 1]))
                trees.changed(trees.spots.tree.tolist())
                x, y, _ = at_m[row]
                z = ground_of(place).height_m(x, y - BACK_M)
                app.world.body.pos_m = app._before_m = (x, y - BACK_M, z)
                app.world.body.yaw_rad, app.world.body.pitch_rad = radians(0.0), RAISED_RAD
                app.frame(0.0, draw=False)
                trees.finish(np.array([x, y - BACK_M, z + 1.5]))
                app.frame(0.0)
                app.screenshot(Path(folder) / "tree.png")
                with Image.open(Path(folder) / "tree.png") as picture:
                    out.append(picture.convert("RGB").crop(CROP).resize(TILE, Image.Resampling.LANCZOS))
    return out


def _looks(here: Any, stage: float, *, behind_m: float) -> Any:
    """How each tree is so long after it was planted; those before the one that is shown are out of the way."""
    spots = here.spots
    where = {tree: row for row, tree in enumerate(spots.tree.tolist())}

    def look(tree: int) -> TreeLook:
        row = where[tree]
        species = here.species[here.place.groves[spots.grove[row]].species]
        grown = growth(species, 0, SEASON_SECS, 2 * SEASON_SECS, round(stage * SEASON_SECS))
        if spots.at_m[row, 1] < behind_m - 0.1:
            grown = replace(grown, size=0.0)
        return TreeLook(species=species.id, growth=grown, fruits=FRUITS)

    return look


def main() -> None:
    """Draw the sheet."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--out", type=Path, default=ROOT / "docs/pictures/trees.jpg")
    out = words.parse_args().out
    with orchard() as app:
        drawn = tiles(app)
    columns = len(STAGES)
    page = Image.new("RGB", (columns * TILE[0], len(drawn) // columns * TILE[1]))
    for number, tile in enumerate(drawn):
        page.paste(tile, (number % columns * TILE[0], number // columns * TILE[1]))
    page.save(out, quality=86, optimize=True)
    print(f"{out}: {len(drawn)} trees")


if __name__ == "__main__":
    main()
