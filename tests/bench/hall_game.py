"""The game in the hall, for benchmarks that draw it: offscreen, 1280 x 720, one sample a pixel, no HUD, no market."""

import functools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import radians
from pathlib import Path
from typing import Any

from game.client.forms import KeptForms
from game.client.models import load_mesh
from tests.bench.hall import HALL, LOBBY, hall_world
from tests.bench.hall_models import make_models, read_goods

FULL = 10_000
SIZE = (1280, 720)


@functools.cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory()
    root = Path(folder.name)
    goods = make_models(root / "assets")
    kept = KeptForms(root / "home" / "cache")
    for good in goods:
        path = root / "assets" / "models" / "goods" / f"{good}.glb"
        for _ in kept.make(path, load_mesh(path)):
            pass
    return folder


def hall_folder() -> Path:
    """A folder with the hall's models in `assets` and a home in `home` that knows their coarser forms.

    All benchmarks of this process share it.
    """
    return Path(_temporary().name)


class NoMarket:
    """Sells nothing and says nothing."""

    def submit(self, request: object) -> None: ...

    def poll(self) -> list[Any]:
        return []

    def close(self) -> None: ...


def open_hall(
    folder: Path, count: int = FULL, *, start: str = HALL, size: tuple[int, int] = SIZE, quality: str = "medium"
) -> Any:
    """The game at its start in the hall or in its lobby; what the first frame does not need is not loaded yet."""
    from game.client.app import App, Options
    from game.client.settings import Settings, Values

    world = hall_world(count, read_goods(folder / "assets"))
    if start == LOBBY:
        world.place_id = LOBBY
        world.body.pos_m = world.place.spawn.at_m
        world.door_open = {door.id: 0.0 for door in world.place.doors}
    options = Options(
        home=folder / "home", assets=folder / "assets", offscreen=True, size=size, msaa=0, hud=False, quality=quality
    )
    return App(world, NoMarket(), options, settings=Settings(None, Values(language="en", reduced_motion=True)))


@contextmanager
def hall_at(folder: Path, count: int = FULL, *, quality: str = "medium") -> Iterator[Any]:
    """The game in the hall, everything loaded and drawn once."""
    app = open_hall(folder, count, quality=quality)
    try:
        app.frame(0.0)
        app.finish_loading()
        app.frame(0.0)
        yield app
    finally:
        app.close()


def stand(app: Any, part: float, yaw_deg: float, pitch_deg: float = -4.0) -> None:
    """Put the player into the middle aisle, `part` of the way through, and draw nothing."""
    spawn = app.world.place.spawn.at_m
    app.world.body.pos_m = (spawn[0], spawn[1] * (1 - 2 * part), 0.0)
    app.world.body.yaw_rad, app.world.body.pitch_rad = radians(yaw_deg), radians(pitch_deg)
    app._before_m = app.world.body.pos_m
