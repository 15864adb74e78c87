"""Every fixture that the studio builds: a thing with a model of its own that places set up, found by scan."""

import importlib
from pathlib import Path
from types import ModuleType

FIXTURES: dict[str, ModuleType] = {
    path.stem.removeprefix("fixture_"): importlib.import_module(f"assets.studio.{path.stem}")
    for path in sorted(Path(__file__).parent.glob("fixture_*.py"))
}
