"""A frame of a hall with 10,000 goods, beside an Ursina Entity for each and beside the floor.

The game draws at the level that it would choose on this machine after walking there at Medium, as at a first start; of
Medium, too, it is told how it does.
The floor is a bare mesh of the very triangles that the game draws, in the same material, made anew at each spot and
drawn in turn with the game's goods; the hall around them is the same. What the CPU does is measured without a driver
behind it (`GALLIUM_NOOP`), a thousand goods moving. All is drawn at 1280 x 720, one sample a pixel, and waits for the
driver. What is compared is processor time of all threads, for in software a frame is work of the processor and other
programs take none of it; the frames of the walk are timed by the clock.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from math import sin
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import numpy as np

from tests.bench.hall_game import FULL, SIZE, hall_at, hall_folder, stand
from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
SPOTS = ((0.0, 0.0), (0.05, 35.0), (0.3, 0.0), (0.5, -25.0), (0.7, 8.0), (0.25, 180.0))  # part of the aisle, yaw
TURNS, WALK_FRAMES, ENTITY_FRAMES = 6, 240, 2
MOVING, CPU_FRAMES = 1_000, 240
TIMES_FASTER, OF_FLOOR, P99_OVER_MEDIAN, CPU_MS = 40.0, 0.9, 1.5, 1.0
PERIOD_SECS = 1 / 60


class Ours(msgspec.Struct):
    """Milliseconds of work: each spot with the game's goods and with the floor in turn. Of a walk: by the clock.

    `chosen` is the level that the game would draw at after that walk.
    """

    spots_ms: list[float]
    floor_ms: list[float]
    walk_ms: list[float]
    triangles: list[int]
    chosen: str = ""

    @property
    def of_floor(self) -> float:
        return median(floor / mine for floor, mine in zip(self.floor_ms, self.spots_ms, strict=True))


def frame_10k() -> Result:
    """Median milliseconds of a frame while walking through the hall."""
    folder = hall_folder()
    medium = msgspec.json.decode(in_process("ours", folder, "medium"), type=Ours)
    level = medium.chosen
    ours = medium if level == "medium" else msgspec.json.decode(in_process("ours", folder, level), type=Ours)
    entities_ms = median(msgspec.json.decode(in_process("entities", folder), type=list[float]))
    cpu_ms, bare_ms = msgspec.json.decode(in_process("cpu", folder, level, GALLIUM_NOOP="1"), type=tuple[float, float])
    walk = sorted(ours.walk_ms)
    value, p99 = median(walk), walk[int(len(walk) * 0.99)]
    faster = entities_ms / median(ours.spots_ms)
    met = (
        faster >= TIMES_FASTER and min(ours.of_floor, medium.of_floor) >= OF_FLOOR
        and p99 <= P99_OVER_MEDIAN * value and cpu_ms <= CPU_MS
    )  # fmt: skip
    return Result(
        name="frame_10k", value=value, unit="ms",
        baseline=Figure(name="ursina_entities_work", value=entities_ms),
        limit=Figure(name="floor_work", value=median(ours.floor_ms)), ratio=faster,
        target=f">= {TIMES_FASTER:.0f} x faster, >= {OF_FLOOR} of the floor, p99 <= {P99_OVER_MEDIAN} x, "
        f"CPU <= {CPU_MS:.0f} ms",
        met=met,
        note=f"at {level}, which the game chooses here, {faster:.1f} x faster at the same spots, "
        f"{median(ours.spots_ms):.1f} ms of work, {ours.of_floor:.2f} of the floor; at medium "
        f"{entities_ms / median(medium.spots_ms):.1f} x, {medium.of_floor:.2f}; walking p99 {p99:.1f} ms, "
        f"{p99 / value:.2f} x; CPU {cpu_ms:.2f} ms with {MOVING} goods moving, {bare_ms:.2f} ms without goods; "
        f"{min(ours.triangles):,}..{max(ours.triangles):,} triangles",
    )  # fmt: skip


def in_process(what: str, folder: Path, *quality: str, **environment: str) -> bytes:
    """Measure something in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.frame_10k", what, str(folder), *quality], cwd=ROOT, check=True,
        stdout=subprocess.PIPE, env={**os.environ, **environment},
    )  # fmt: skip
    return done.stdout.splitlines()[-1]


def _ms(draw: Any, clock: Callable[[], float] = time.process_time) -> float:
    begun = clock()
    draw()
    return (clock() - begun) * 1000


def ours(folder: Path, quality: str = "medium", turns: int = TURNS, walk_frames: int = WALK_FRAMES) -> Ours:
    """The game's goods and the floor in turn at each spot, then a walk."""
    from game.client.quality import Gauge

    found, gauge = Ours([], [], [], []), Gauge()
    with hall_at(folder, quality=quality) as app:
        shelves, draw = app.street.here.shelves, app.stage.draw
        for part, yaw_deg in SPOTS:
            stand(app, part, yaw_deg)
            for _ in range(30):  # the lists of all bays are made by then
                app.frame(0.0, draw=False)
            floor, triangles = bare_mesh(app)
            found.triangles.append(triangles)
            for _ in range(turns + 1):
                for goods, took in ((shelves.root, found.spots_ms), (floor, found.floor_ms)):
                    (shelves.root.stash if goods is floor else shelves.root.unstash)()
                    (floor.unstash if goods is floor else floor.stash)()
                    draw()
                    took.append(_ms(draw))
            for took in (found.spots_ms, found.floor_ms):
                del took[-turns - 1]  # the first turn warms both up
            floor.remove_node()
            shelves.root.unstash()
        for frame in range(walk_frames):
            part = frame * PERIOD_SECS * 1.9 / 28 + 0.1
            stand(app, part, 20.0 * sin(frame / 40))
            found.walk_ms.append(_ms(lambda: app.frame(0.0), time.perf_counter))
            chosen = gauge.add(found.walk_ms[-1] / 1000)
            if chosen is not None:
                found.chosen = chosen.name
        del found.walk_ms[:20]
    return found


def bare_mesh(app: Any) -> tuple[Any, int]:
    """A mesh of the triangles of all goods that the game draws from where it looks, and how many these are."""
    from panda3d.core import NodePath

    from game.client import shaders
    from game.client.light import set_cube
    from game.client.matte import part_matte
    from game.client.models import mesh
    from game.client.shaders import Variant

    here = app.street.here
    vertices, triangles = _drawn(here.shelves, app.stage.camera)
    node = mesh(
        "floor", vertices[:, :3], triangles, normals=vertices[:, 3:6], colours=vertices[:, 6:10], uv=vertices[:, 10:12]
    )
    part_matte(NodePath(node), Variant.PROBE)
    made = here.root.attach_new_node(node)
    shaders.dress(made, Variant.PROBE)
    set_cube(made, here.light.probes.at(np.zeros((1, 3)))[0])
    return made, len(triangles)


def _drawn(hall: Any, camera: Any) -> tuple[np.ndarray, np.ndarray]:
    """Vertices (n, 12) and triangles (m, 3) of what the lists of a hall hold and the camera sees."""
    from game.client.hall_table import matrices as matrices_of

    keys = []
    for listed in hall._lists:
        size = hall.table.large if listed is hall._listed_fine else hall.table.small
        row_of = {slot: row for row, slot in hall._slot_of.items()} if listed is hall._listed_fine else None
        for geom in listed.node.get_geoms():
            words = np.frombuffer(memoryview(geom.get_primitive(0).get_vertices()).cast("B"), np.uint32)
            if len(words):
                row, own = np.divmod(words.astype(np.int64), size)
                if row_of is not None:
                    row = np.array([row_of[slot] for slot in row.tolist()])
                keys.append(row * 65_536 + own)
    keys, triangles = np.unique(np.concatenate(keys), return_inverse=True)
    rows, own = keys >> 16, keys & 65_535
    of_kinds = np.concatenate([form.vertices for form in hall.table.forms])
    vertices = of_kinds[hall.table.base[hall.table.kind[rows]] + own]
    matrices = matrices_of(hall.table.at_m[rows], hall.table.yaw_rad[rows])
    out = np.zeros((len(keys), 12), np.float32)
    out[:, 0:3] = np.einsum("nij,nj->ni", matrices[:, :, :3], vertices[:, 0:3]) + matrices[:, :, 3]
    out[:, 3:6] = np.einsum("nij,nj->ni", matrices[:, :, :3], vertices[:, 3:6])
    out[:, 6:11] = vertices[:, 6:11]
    triangles = triangles.reshape(-1, 3)
    return out, triangles[_in_view(out[:, :3], triangles, camera)]


def _in_view(points: np.ndarray, triangles: np.ndarray, camera: Any) -> np.ndarray:
    """Which triangles are not wholly beyond one side of the picture."""
    lens = camera.node().get_lens()
    half_h, half_v = lens.get_film_size()[0] / 2, lens.get_film_size()[1] / 2
    right, ahead, up, eye = (np.array(camera.get_mat(camera.get_top()).get_row3(row)) for row in range(4))
    x, y, z = ((points - eye) @ axis for axis in (right, ahead, up))
    seen = np.ones(len(triangles), bool)
    for out in (x > y * half_h, -x > y * half_h, z > y * half_v, -z > y * half_v, y < 0):
        seen &= ~out[triangles].all(1)
    return seen


def entities(folder: Path) -> list[float]:
    """The same goods at the same spots, an Ursina Entity each."""
    from panda3d.core import load_prc_file_data

    for line in ("load-display p3headlessgl", "audio-library-name null", "gl-finish 1", "sync-video 0"):
        load_prc_file_data("", line)
    from panda3d.core import NodePath
    from ursina import Entity, Ursina, Vec3, camera

    from game.client.forms import mesh_of
    from game.client.models import load_mesh, mesh
    from game.client.stage import FAR_M, FOV_DEG, NEAR_M
    from game.core.world import EYE_HEIGHT_M
    from tests.bench.hall import hall_world
    from tests.bench.hall_models import read_goods

    app = Ursina(window_type="offscreen", size=SIZE, development_mode=False)
    goods = read_goods(folder / "assets")
    models = {}
    for good in goods:
        vertices, triangles = mesh_of(load_mesh(folder / "assets" / "models" / "goods" / f"{good}.glb"))
        y_up = [0, 2, 1]  # Ursina's axes are Y up, left-handed
        models[good] = NodePath(
            mesh(good, vertices[:, y_up], triangles[:, ::-1], normals=vertices[:, 3:6][:, y_up],
                 colours=np.c_[vertices[:, 6:9], np.ones(len(vertices))])
        )  # fmt: skip
    world = hall_world(FULL, goods)
    for each in world.place.stands:
        x, y, z = each.at_m
        Entity(model=models[each.good].copy_to(NodePath()), position=Vec3(x, z, y), rotation_y=-each.yaw_deg)
    camera.clip_plane_near, camera.clip_plane_far = NEAR_M, FAR_M
    camera.perspective_lens.set_min_fov(FOV_DEG)
    took = []
    x, y, _ = world.place.spawn.at_m
    for part, yaw_deg in SPOTS:
        camera.position = Vec3(x, EYE_HEIGHT_M, y * (1 - 2 * part))
        camera.rotation = Vec3(4.0, -yaw_deg, 0)
        app.step()
        took += [_ms(app.step) for _ in range(ENTITY_FRAMES)]
    return took


def cpu(folder: Path, quality: str) -> tuple[float, float]:
    """Milliseconds that the CPU works for a frame, with a thousand goods moving, and of an empty hall."""
    with hall_at(folder, quality=quality) as app:
        here, shelves, draw = app.street.here, app.street.here.shelves, app.stage.draw
        stand(app, 0.3, 10.0)
        for _ in range(30):
            app.frame(0.0)
        rows = np.random.default_rng(5).choice(FULL, MOVING, replace=False)
        stands = [app.world.place.stands[row].id for row in rows.tolist()]
        at_m = np.array([app.world.place.stands[row].at_m for row in rows.tolist()], np.float32)
        matrices = np.zeros((MOVING, 3, 4), np.float32)
        matrices[:, 2, 2] = 1.0
        shelves.lift(stands)
        took = []
        for frame in range(CPU_FRAMES):
            yaw = rows * 0.1 + frame * 0.05
            matrices[:, 0, 0] = matrices[:, 1, 1] = np.cos(yaw)
            matrices[:, 1, 0] = np.sin(yaw)
            matrices[:, 0, 1] = -matrices[:, 1, 0]
            matrices[:, :, 3] = at_m
            matrices[:, 2, 3] += 0.1 + 0.1 * np.sin(yaw)
            begun = time.process_time()
            shelves.move(matrices)
            here.look(app.stage.camera.get_mat(), app.stage.fov_deg, app.stage.size, lean=app.stage.lean)
            draw()
            took.append((time.process_time() - begun) * 1000)
        shelves.root.stash()
        bare = []
        for _ in range(CPU_FRAMES):
            begun = time.process_time()
            draw()
            bare.append((time.process_time() - begun) * 1000)
    return median(took[20:]), median(bare[20:])


BENCHMARKS = {"frame_10k": frame_10k}

if __name__ == "__main__":
    measure = {"ours": ours, "entities": entities, "cpu": cpu}[sys.argv[1]]
    print(msgspec.json.encode(measure(Path(sys.argv[2]), *sys.argv[3:])).decode())
