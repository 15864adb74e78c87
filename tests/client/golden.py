"""Small pictures of the real places, to be compared with those that were found good.

After the light or a model has changed, take all of them anew, look at them, and commit:

    python -m tests.client.golden
"""

import tempfile
from dataclasses import dataclass
from math import atan2, hypot, radians
from pathlib import Path

import numpy as np

from game.client.app import App, Options
from game.client.settings import Settings, Values
from game.content.load import load_catalogue
from game.core import ports
from game.core.commands import Command, SetMood, Travel, Wear
from game.core.goods import Vec3
from game.core.ids import GoodId, PlaceId, Wei
from game.core.rules.reach import eye_m
from game.core.world import DT_SECS, new_world
from tests.client.drawn import SIZE, Silent, make_app, make_world, pixels, read_picture, write_picture

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "golden"
SHRUNK = 2  # the window of all tests is so much larger than a picture
TILE = 20  # pixels: a picture is judged in squares of this size too, so that what is small is missed where it stood
MOST_MEAN, MOST_IN_TILE = 0.7, 6.0  # mean difference of bytes, of the picture and of its worst square
SETTLE_FRAMES = 30


@dataclass(frozen=True, slots=True)
class View:
    """Where one stands in a place and what one looks at, in its space and at an hour; `wears`: one looks at oneself."""

    place: str
    at_m: tuple[float, float]
    towards_m: Vec3
    mood: str = "day"
    wears: tuple[str, ...] = ()


VIEWS = {
    "street": View("street", (-2.9, -7.4), (1.6, 2.0, 1.6)),
    "boutique": View("boutique", (3.1, -2.45), (-1.3, 1.0, 1.2)),
    "homeware": View("homeware", (3.15, -2.35), (0.0, -0.4, 1.3)),
    "gallery": View("gallery", (-3.7, -1.9), (0.0, 0.4, 1.5)),
    "market": View("market", (4.7, 1.0), (0.0, 1.0, 1.4)),
    "street_night": View("street", (-2.9, -7.4), (1.6, 2.0, 1.6), mood="night"),
    "market_rain": View("market", (4.7, 1.0), (0.0, 1.0, 1.4), mood="rain"),
    "dressed": View(
        "boutique", (-1.2, -1.2), (-4.0, -1.0, 1.4),
        wears=("straw_sun_hat", "round_glasses", "yellow_hoodie", "rose_skirt", "red_sneakers", "leather_satchel"),
    ),
}  # fmt: skip


def open_app(home: Path, **values: object) -> App:
    """The real street in a small window, all of it loaded, calm and without interface."""
    found = load_catalogue(ROOT)
    world = new_world(found.places, found.goods, start=PlaceId("street"), seed=1)
    options = Options(home=home, assets=ROOT / "assets", offscreen=True, size=SIZE, msaa=0, hud=False)
    settings = Settings(None, Values(quality="medium", reduced_motion=True, **values))  # type: ignore[arg-type]
    app = App(world, Silent(), options, settings=settings)
    app.frame(DT_SECS)
    app.finish_loading()
    return app


def take(app: App, view: View) -> np.ndarray:
    """What one sees: (180, 320, 3) bytes. Keepers remember who came by: take several in the same order again."""
    world, body = app.world, app.world.body
    world.tick = 36_000  # what moves by the clock is where it was
    _do(app, Travel(place=PlaceId(view.place)), SetMood(mood=view.mood, place=PlaceId(view.place)))
    x, y = view.at_m
    body.pos_m, body.vel_mps = (x, y, 0.0), (0.0, 0.0, 0.0)
    app._before_m = body.pos_m
    eye = eye_m(world)
    dx, dy, dz = (there - here for there, here in zip(view.towards_m, eye, strict=True))
    body.yaw_rad, body.pitch_rad = atan2(-dx, dy), atan2(dz, hypot(dx, dy))
    if view.wears:
        goods = {GoodId(good): 1 for good in view.wears}
        app.market.told.append(ports.Holdings(goods=goods, balance_wei=Wei(0), block=1))  # type: ignore[attr-defined]
        _do(app, *(Wear(good=good) for good in goods))
        app.key(app.settings.keys_of("looks")[0])
    for _ in range(SETTLE_FRAMES):
        app.frame(DT_SECS, draw=False)
    app.finish_loading()
    picture = pixels(app)
    if view.wears:
        app.key("escape")
        nothing = ports.Holdings(goods={}, balance_wei=Wei(0), block=1)
        app.market.told.append(nothing)  # type: ignore[attr-defined]
        _do(app)
    high, wide, _ = picture.shape
    return picture.reshape(high // SHRUNK, SHRUNK, wide // SHRUNK, SHRUNK, 3).mean((1, 3)).round().astype(np.uint8)


def _do(app: App, *commands: Command) -> None:
    app._queue.extend(commands)
    for _ in range(2):
        app.frame(DT_SECS, draw=False)
    app.finish_loading()


def take_room(app: App) -> np.ndarray:
    """The tests' own room, from `make_app(folder, make_world())`."""
    body = app.world.body
    body.pos_m, body.yaw_rad, body.pitch_rad = (0.4, -0.3, 0.0), radians(8.0), 0.0
    app._before_m = body.pos_m
    for _ in range(30):
        app.frame(DT_SECS)
    return pixels(app)


def differs(got: np.ndarray, golden: np.ndarray) -> str:
    """How a picture differs from the golden one more than graphics drivers do among themselves; "" where it doesn't."""
    if got.shape != golden.shape:
        return f"{got.shape} instead of {golden.shape}"
    off = np.abs(got.astype(int) - golden.astype(int)).mean(-1)
    high, wide = off.shape
    tiles = off.reshape(high // TILE, TILE, wide // TILE, TILE).mean((1, 3))
    row, column = np.unravel_index(tiles.argmax(), tiles.shape)
    worst = tiles[row, column]
    if off.mean() <= MOST_MEAN and worst <= MOST_IN_TILE:
        return ""
    return f"mean {off.mean():.2f} of {MOST_MEAN}, worst {worst:.1f} of {MOST_IN_TILE} at {column * TILE}, {row * TILE}"


def compare(name: str, got: np.ndarray) -> str:
    """How a picture differs from the golden one of its name; where it does, both are saved beside it."""
    path = FOLDER / f"{name}.png"
    if not path.exists():
        return f"{path} is missing: python -m tests.client.golden"
    golden = read_picture(path)
    why = differs(got, golden)
    if why:
        write_picture(FOLDER / f"{name}.got.png", got)
        if got.shape == golden.shape:
            off = np.abs(got.astype(int) - golden.astype(int))
            write_picture(FOLDER / f"{name}.difference.png", np.minimum(off * 4, 255).astype(np.uint8))
    return why


def main() -> None:
    """Take all golden pictures anew."""
    with tempfile.TemporaryDirectory() as home:
        app = open_app(Path(home))
        for name, view in VIEWS.items():
            write_picture(FOLDER / f"{name}.png", take(app, view))
            print(FOLDER / f"{name}.png")
        app.close()
        app = make_app(Path(home) / "room", make_world())
        write_picture(FOLDER / "room.png", take_room(app))
        app.close()


if __name__ == "__main__":
    main()
