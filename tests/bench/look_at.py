"""Finding the good under the crosshair among 10,000 and 100,000, beside Ursina's mouse among 10,000 box colliders.

Both look from the same spots in the aisles of the same hall. Of each look the best of several counts, so that what else
the machine does is left out; the figure is the median over the spots.
"""

import subprocess
import sys
import time
from math import pi
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from game.core.goods import Vec3
from game.core.rules.reach import eye_m, gaze, stand_ahead
from game.core.rules.shown import shown_in
from game.core.world import World
from tests.bench.hall import AISLE_M, hall_world, plain_goods
from tests.bench.harness import Figure, Result

ROOT = Path(__file__).resolve().parents[2]
MANY, MORE = 10_000, 100_000
SPOTS, URSINA_SPOTS, TRIES = 400, 60, 5
MOST_US, MOST_AMONG_MORE_US = 30.0, 60.0

Pose = tuple[Vec3, float, float]


def poses(world: World, count: int) -> list[Pose]:
    """Where people stand who look at goods: in an aisle before a shelf, towards some good, often not straight."""
    rng = Random(3)
    out: list[Pose] = []
    for _ in range(count):
        stand = rng.choice(world.place.stands)
        side = -1.0 if stand.yaw_deg < 0 else 1.0
        x, y = stand.at_m[0] + side * (AISLE_M / 2 + 0.2), stand.at_m[1] + rng.uniform(-0.5, 0.5)
        yaw_rad = side * pi / 2 + rng.uniform(-1.2, 1.2)
        out.append(((x, y, 0.0), yaw_rad, rng.uniform(-0.9, 0.2)))
    return out


def look_us(count: int) -> tuple[float, float]:
    """Median microseconds of a look among `count` goods, and the part of the looks that find one."""
    world = hall_world(count, plain_goods())
    shown_in(world.place, world.goods)
    took, found = [], 0
    for pose in poses(world, SPOTS):
        world.body.pos_m, world.body.yaw_rad, world.body.pitch_rad = pose
        tries = []
        for _ in range(TRIES):
            begun = time.perf_counter_ns()
            stand = stand_ahead(world)
            tries.append(time.perf_counter_ns() - begun)
        took.append(min(tries))
        found += stand is not None
    return median(took) / 1000, found / SPOTS


def ursina_us() -> float:
    """Median microseconds of what Ursina's mouse does each frame, the pointer in the middle; in its own process."""
    from panda3d.core import load_prc_file_data

    load_prc_file_data("", "load-display p3headlessgl\nwindow-type offscreen\naudio-library-name null")
    from ursina import Entity, Ursina, Vec3, camera, mouse

    Ursina(window_type="offscreen", size=(64, 36), development_mode=False)
    world = hall_world(MANY, plain_goods())
    for stand in world.place.stands:
        x, y, z = stand.at_m
        width, depth, height = world.goods[stand.good].size_m
        Entity(
            position=Vec3(x, z + height / 2, y), scale=Vec3(width, height, depth), rotation_y=-stand.yaw_deg,
            collider="box",
        )  # fmt: skip
    took = []
    for pose in poses(world, URSINA_SPOTS):
        world.body.pos_m, world.body.yaw_rad, world.body.pitch_rad = pose
        x, y, z = eye_m(world)
        ahead = gaze(world)
        camera.position = Vec3(x, z, y)
        camera.look_at(Vec3(x + ahead[0], z + ahead[2], y + ahead[1]))
        took.append(min(_mouse_ns(mouse, camera) for _ in range(TRIES)))
    return median(took) / 1000


def _mouse_ns(mouse: Any, camera: Any) -> int:
    """The part of Ursina's `Mouse.update` that collides with the world, which it leaves out without a screen."""
    begun = time.perf_counter_ns()
    mouse._pickerNP.reparent_to(camera)
    mouse._pickerRay.set_from_lens(camera.lens_node, 0, 0)
    mouse._picker.traverse(mouse.traverse_target)
    if mouse._pq.get_num_entries() > 0:
        mouse.find_collision()
    return time.perf_counter_ns() - begun


def look_at_10k() -> Result:
    """Median microseconds of one look among 10,000 goods."""
    (value, found), (more, _) = look_us(MANY), look_us(MORE)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.look_at"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    theirs = float(done.stdout.split()[-1])
    return Result(
        name="look_at_10k", value=value, unit="us", baseline=Figure(name="ursina_mouse", value=theirs),
        limit=Figure(name="among_100k", value=more), ratio=value / theirs,
        target=f"<= {MOST_US:.0f} us, <= {MOST_AMONG_MORE_US:.0f} us among 100,000",
        met=value <= MOST_US and more <= MOST_AMONG_MORE_US,
        note=f"{SPOTS} spots, {found:.0%} find a good; 100,000 goods take {more / value:.2f} x as long",
    )  # fmt: skip


BENCHMARKS = {"look_at_10k": look_at_10k}

if __name__ == "__main__":
    print(ursina_us())
