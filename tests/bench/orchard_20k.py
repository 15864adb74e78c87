"""A frame of the orchard with 500 trees and 20,000 fruits, beside the floor.

The floor is a bare mesh of the very triangles that the game draws of trees and fruit from each spot, in the same
materials, drawn in turn with the game's; the ground and the buildings around them are the same. What is compared is
processor time of all threads, as in `frame_10k`. All is drawn at 1280 x 720, one sample a pixel.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import radians
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import numpy as np

from tests.bench.frame_10k import _in_view
from tests.bench.hall_game import SIZE, NoMarket
from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
SPOTS = (  # x, y, yaw: the square, up and down the hill, between rows, at the bridge
    (0.0, -9.6, 0.0), (0.0, 8.0, 0.0), (-6.8, 25.8, 88.0), (0.0, 36.0, 180.0), (14.0, 37.6, -82.0), (0.3, 66.0, 170.0),
)  # fmt: skip
TURNS, WALK_FRAMES = 6, 90
OF_FLOOR, TREES, FRUITS = 1.5, 500, 20_000


class Frames(msgspec.Struct):
    """Milliseconds of work at each spot with the game's trees, the floor, and neither, in turn; of a walk."""

    spots_ms: list[float]
    floor_ms: list[float]
    bare_ms: list[float]
    walk_ms: list[float]
    triangles: list[int]
    trees: int = 0
    fruits: int = 0


def orchard_20k() -> Result:
    """Median milliseconds of work for a frame of the orchard, and times the floor."""
    found = frames()
    over = median(mine / floor for mine, floor in zip(found.spots_ms, found.floor_ms, strict=True))
    walk = sorted(found.walk_ms)
    value = median(found.spots_ms)
    enough = found.trees >= TREES and found.fruits >= FRUITS
    return Result(
        name="orchard_20k", value=value, unit="ms",
        baseline=Figure(name="floor_work", value=median(found.floor_ms)),
        limit=Figure(name="without_trees_work", value=median(found.bare_ms)), ratio=over,
        target=f"<= {OF_FLOOR} x the floor, {TREES} trees, {FRUITS:,} fruits", met=over <= OF_FLOOR and enough,
        note=f"{found.trees} trees, {found.fruits:,} fruits, {min(found.triangles):,}..{max(found.triangles):,} "
        f"triangles; {median(found.bare_ms):.1f} ms without them; walking median {median(walk):.1f} ms, "
        f"p99 {walk[int(len(walk) * 0.99)]:.1f} ms",
    )  # fmt: skip


@contextmanager
def orchard(size: tuple[int, int] = SIZE) -> Iterator[Any]:
    """The game in the orchard, everything loaded and drawn once."""
    from game.client.app import App, Options
    from game.client.settings import Settings, Values
    from game.content.load import load_catalogue, world_of
    from game.core.ids import PlaceId

    world = world_of(load_catalogue(ROOT), start=PlaceId("orchard"), seed=1)
    world.places = {PlaceId("orchard"): world.places[PlaceId("orchard")]}  # the street behind its gate is another bench
    with tempfile.TemporaryDirectory() as home:
        options = Options(
            home=Path(home), assets=ROOT / "assets", offscreen=True, size=size, msaa=0, hud=False, quality="medium"
        )
        app = App(world, NoMarket(), options, settings=Settings(None, Values(language="en", reduced_motion=True)))
        try:
            app.frame(0.0)
            app.finish_loading()
            app.frame(0.0)
            yield app
        finally:
            app.close()


def stand(app: Any, x: float, y: float, yaw_deg: float) -> None:
    """Put the player somewhere in the orchard, with all that is needed there made."""
    from game.core.ground import ground_of

    z = ground_of(app.world.place).height_m(x, y)
    app.world.body.pos_m = app._before_m = (x, y, z)
    app.world.body.yaw_rad, app.world.body.pitch_rad = radians(yaw_deg), 0.02
    app.frame(0.0, draw=False)
    app.street.here.trees.finish(np.array([x, y, z + 1.5]))
    app.frame(0.0, draw=False)


def frames(
    spots: tuple[tuple[float, float, float], ...] = SPOTS, turns: int = TURNS, walk: int = WALK_FRAMES
) -> Frames:
    """The game's trees, the floor and neither in turn at each spot, then a walk."""
    found = Frames([], [], [], [], [])
    with orchard() as app:
        trees, draw = app.street.here.trees, app.stage.draw
        found.trees = len(trees.spots)
        found.fruits = sum(trees.looks(tree).fruits for tree in trees.spots.tree.tolist())
        for x, y, yaw_deg in spots:
            stand(app, x, y, yaw_deg)
            floor, triangles = bare_mesh(app)
            found.triangles.append(triangles)
            for _ in range(turns + 1):
                for shown, took in ((trees.root, found.spots_ms), (floor, found.floor_ms), (None, found.bare_ms)):
                    for node in (trees.root, floor):
                        (node.unstash if node is shown else node.stash)()
                    draw()
                    begun = time.process_time()
                    draw()
                    took.append((time.process_time() - begun) * 1000)
            for took in (found.spots_ms, found.floor_ms, found.bare_ms):
                del took[-turns - 1]  # the first turn warms all up
            floor.remove_node()
            trees.root.unstash()
        stand(app, 0.0, 8.0, 0.0)
        for step in range(walk):
            x, y = 0.0, 8.0 + step * 1.9 / 60
            app.world.body.pos_m = app._before_m = (x, y, app.world.body.pos_m[2])
            begun = time.process_time()
            app.frame(0.0)
            found.walk_ms.append((time.process_time() - begun) * 1000)
    return found


def bare_mesh(app: Any) -> tuple[Any, int]:
    """All triangles of trees and fruit that are drawn and in view, as one mesh a material, and how many these are."""
    from game.client import shaders
    from game.client.grove_view import TWO_SIDED
    from game.client.matte import over_the_same, triangles_of
    from game.client.models import FORMAT, mesh
    from game.client.shaders import Variant

    here = app.street.here
    parts: dict[tuple[str, bool], list[tuple[np.ndarray, np.ndarray]]] = {}
    for path in here.trees.root.find_all_matches("**/+GeomNode"):
        node = path.node()
        for index, geom in enumerate(node.get_geoms()):
            assert geom.get_vertex_data().get_format() == FORMAT
            rows = np.frombuffer(memoryview(geom.get_vertex_data().get_array(0)).cast("B"), np.float32).reshape(-1, 12)
            faces = triangles_of(geom).astype(np.int64)
            faces = faces[_in_view(rows[:, :3], faces, app.stage.camera)]
            used, faces = np.unique(faces, return_inverse=True)
            key = path.get_tag("variant"), not node.get_geom_state(index).is_empty()
            parts.setdefault(key, []).append((rows[used], faces.reshape(-1, 3)))
    floor, count = here.root.attach_new_node("floor"), 0
    for (variant, thin), found in parts.items():
        starts = np.cumsum([0, *(len(rows) for rows, _ in found)])
        rows = np.concatenate([rows for rows, _ in found])
        faces = np.concatenate([faces + start for (_, faces), start in zip(found, starts, strict=False)])
        count += len(faces)
        made = mesh("floor", rows[:, :3], faces, normals=rows[:, 3:6], colours=rows[:, 6:10], uv=rows[:, 10:12])
        if thin:
            geom = over_the_same(made.get_geom(0), faces)
            made.remove_all_geoms()
            made.add_geom(geom, TWO_SIDED)
        shaders.dress(floor.attach_new_node(made), Variant[variant])
    return floor, count


BENCHMARKS = {"orchard_20k": orchard_20k}
