"""Every place that the studio builds, found by scan: the PLACE of each module place_<id>.py."""

import importlib
from pathlib import Path

from assets.studio.place_model import PlaceModel

PLACES: dict[str, PlaceModel] = {
    path.stem.removeprefix("place_"): importlib.import_module(f"assets.studio.{path.stem}").PLACE
    for path in sorted(Path(__file__).parent.glob("place_*.py"))
    if path.stem != "place_model"
}
