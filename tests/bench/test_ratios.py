"""What must not become slow, as ratios of processor time within one run: never seconds, and with wide margins.

The benchmarks themselves measure against their targets; this fails where something is several times worse than it was.
"""

import time
from math import radians
from statistics import median

import msgspec
import numpy as np

from game.client import scenery
from game.client.hall import Hall
from game.client.hidden import faces_of
from game.client.pieces import result
from game.client.shelves import Shelves
from game.core import collide
from game.core.ids import PlaceId
from game.core.places import Place
from game.core.rules.crowd import crowd_at, walk_many
from game.core.rules.reach import eye_m, gaze, stand_ahead
from game.core.rules.shown import shown_in
from game.core.world import World
from tests.bench import build_1k, tick
from tests.bench.hall import hall, hall_world, plain_goods
from tests.bench.look_at import poses
from tests.client.drawn import make_app, make_world

ROUNDS = 5


def cpu_ms(of, times: int = 1) -> float:
    begun = time.process_time()
    for _ in range(times):
        of()
    return (time.process_time() - begun) * 1000 / times


def looks(world: World):
    spots = poses(world, 60)

    def all_of_them() -> None:
        for world.body.pos_m, world.body.yaw_rad, world.body.pitch_rad in spots:
            stand_ahead(world)

    return all_of_them


def test_a_look_costs_about_the_same_among_ten_times_the_goods() -> None:
    few, many = hall_world(1_000, plain_goods()), hall_world(10_000, plain_goods())
    for world in (few, many):
        shown_in(world.place, world.goods)
    pairs = [(cpu_ms(looks(many)), cpu_ms(looks(few))) for _ in range(ROUNDS)]
    assert median(a / b for a, b in pairs) < 3.0


def test_a_look_costs_a_fraction_of_testing_every_good() -> None:
    world = hall_world(10_000, plain_goods())
    boxes = shown_in(world.place, world.goods).boxes
    ray = eye_m(world), gaze(world)
    pairs = [(cpu_ms(looks(world)) / 60, cpu_ms(lambda: collide.ray(boxes, *ray), 20)) for _ in range(ROUNDS)]
    assert median(look / every for look, every in pairs) < 0.25


def test_a_crowd_costs_a_fraction_of_its_members() -> None:
    rng = np.random.default_rng(3)
    place = tick.yard(rng)
    world = World(places={place.id: place}, goods={}, place_id=place.id, rng=None)  # type: ignore[arg-type]
    count = 300
    crowd = crowd_at(rng.uniform(-50, 50, (count, 3)) * (1, 1, 0), rng.uniform(-3, 3, count))
    ahead, run = np.tile([1.0, 0.0], (count, 1)), np.zeros(count, bool)
    for _ in range(20):
        crowd = walk_many(crowd, place, ahead, run)
    pairs = [
        (cpu_ms(lambda: walk_many(crowd, place, ahead, run)) / count, tick._alone_ms(world, crowd, run) / tick.ALONE)
        for _ in range(ROUNDS)
    ]
    assert median(together / alone for together, alone in pairs) < 0.3


def test_dragging_costs_about_the_same_among_ten_times_the_items() -> None:
    few, many = build_1k.hall_of(100), build_1k.hall_of(1_000)
    pairs = [(cpu_ms(lambda: build_1k.drag(many, 60)), cpu_ms(lambda: build_1k.drag(few, 60))) for _ in range(ROUNDS)]
    assert median(a / b for a, b in pairs) < 4.0


def cubes(count: int) -> World:
    """The small world of the drawing tests with that many cubes in a hall of its own."""
    world = make_world()
    goods = {good: world.goods[good] for good in list(world.goods)[:1]}
    shelves: Place = hall(count, goods)
    small = world.places[PlaceId("room")]
    world.places[PlaceId("room")] = msgspec.structs.replace(
        small, stands=shelves.stands, colliders=(), mirrors=(), spawn=shelves.spawn
    )
    world.body.pos_m = shelves.spawn.at_m
    world.body.yaw_rad = radians(10.0)
    return world


def test_no_piece_of_loading_a_hall_is_a_large_part_of_it(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(scenery, "MANY", 1)
    app = make_app(tmp_path, cubes(6_000))
    here = app.street.here
    faces, largest = result(faces_of(here.root.find("shell"))), []
    for _ in range(ROUNDS):
        first = here._from_a_door(lean=True)
        made = Hall(here.place, dict(here.goods), here.models, here.light.probes, here.root, faces, first)
        pieces, took = made.build(), []
        while not took or not made._built:
            took.append(cpu_ms(lambda pieces=pieces: next(pieces)))
        largest.append(max(took) / sum(took))
        made.root.remove_node()
    app.close()
    assert median(largest) < 0.25


def test_a_hall_costs_a_fraction_of_a_node_for_each_good(tmp_path, monkeypatch) -> None:
    took = {}
    for wanted, many in ((Shelves, 10_000), (Hall, 1)):
        monkeypatch.setattr(scenery, "MANY", many)
        app = make_app(tmp_path / wanted.__name__, cubes(800))
        assert type(app.street.here.shelves) is wanted
        app.frame(0.0)
        took[wanted] = median(cpu_ms(lambda app=app: app.frame(0.0)) for _ in range(ROUNDS))
        app.close()
    assert took[Hall] < took[Shelves] / 2
