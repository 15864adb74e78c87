"""The cat of the street: on free ground all round, shy of who runs, curious of who comes near, away in the rain."""

import itertools
from math import dist, pi
from pathlib import Path

import numpy as np
import pytest

from game.client.avatar_pose import matrices
from game.client.cat import FLEES_SECS, PATIENCE_SECS, REST_SECS, ROUNDS, STEP_M, WALK_MPS, CatView, Roamer, Way
from game.client.cat_model import NAMES, Stance, cat_mesh, pose, skeleton
from game.client.townsfolk import Townsfolk
from game.content.load import load_catalogue
from game.core import collide
from game.core.ids import PlaceId
from game.core.world import DT_SECS, World, new_world
from tests.client.drawn import make_app, make_world
from tests.client.test_keepers import Here

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[2])
STREET = PlaceId("street")
WAYS = {place: Way(way) for place, way in ROUNDS.items()}
FAR = (0.0, -400.0, 0.0)
HALF_WIDE_M = 0.12
SPINE_M = (-0.45, -0.2, 0.0, 0.2, 0.32)  # from the tip of the tail to the nose


class Walk:
    """A cat on the real street with a player where the test wants."""

    def __init__(self, clock_secs: float = 0.0) -> None:
        self.world: World = new_world(CATALOGUE.places, CATALOGUE.goods, start=STREET, seed=1)
        self.cat = Roamer(WAYS[STREET], clock_secs, 0)

    def go(self, secs: float, sole_m: tuple[float, float, float] = FAR) -> list[tuple[float, float]]:
        went = []
        for _ in range(round(secs / DT_SECS)):
            self.world.tick += 1
            self.cat.step(self.world, sole_m)
            went.append(self.cat.xy_m)
        return went


def touched(cat: Roamer) -> list[tuple[float, float]]:
    """Solids that the cat reaches into, from its nose to its tail."""
    walls = [solid for solid in collide.solids_of(CATALOGUE.places[STREET]).all if solid.bottom_m < 0.4]
    x, y = cat.xy_m
    spine = [(x - np.sin(cat.yaw_rad) * along_m, y + np.cos(cat.yaw_rad) * along_m) for along_m in SPINE_M]
    return [(box.x_m, box.y_m) for box in walls for at in spine if collide._gap_m(box, *at)[0] < HALF_WIDE_M]


def test_it_touches_nothing_from_nose_to_tail_all_round() -> None:
    walk = Walk()
    for _ in range(round(WAYS[STREET].secs / 0.2)):
        walk.go(0.2)
        assert touched(walk.cat) == [], walk.cat.xy_m


@pytest.mark.parametrize("begins_secs", range(2, 140, 6))
def test_it_touches_nothing_while_it_flees(begins_secs: float) -> None:
    walk = Walk(begins_secs)
    walk.go(0.2)
    walk.world.body.run = True
    x, y = walk.cat.xy_m
    walk.world.body.vel_mps = 0.0, -6.0, 0.0
    for _ in range(30):
        walk.go(0.1, (x, y + 1.5, 0.0))
        assert touched(walk.cat) == [], walk.cat.xy_m


def test_a_cat_in_a_wall_is_found() -> None:
    walk = Walk()
    walk.cat.xy_m = (4.3, 2.8)
    assert touched(walk.cat)


@pytest.mark.parametrize("ahead_m", [1.0, 3.0])
def test_it_walks_through_nobody_who_stands_in_its_way(ahead_m: float) -> None:
    way = WAYS[STREET]
    walk = Walk(5.0)
    x, y, _ = way.at(walk.cat.way_m + ahead_m)
    went = walk.go(60.0, (x, y, 0.0))
    assert min(dist(xy, (x, y)) for xy in went) > 0.6
    assert dist(went[-1], went[-600]) > 0.05, "it does not stand there for ever"
    assert min(dist(xy, (x, y)) for xy in Walk(5.0).go(60.0)) < 0.1, "else it comes by"


def test_it_walks_the_round_rests_and_begins_anew() -> None:
    way = WAYS[STREET]
    walk = Walk()
    went = walk.go(way.secs)
    steps = [dist(a, b) for a, b in itertools.pairwise(went)]
    assert max(steps) <= WALK_MPS * DT_SECS * 1.05 + 1e-6, "it jumps"
    assert sum(step < 1e-9 for step in steps) * DT_SECS == pytest.approx(REST_SECS * len(way.rests_m), rel=0.05)
    assert dist(went[-1], way.points[0]) < 2 * STEP_M
    assert all(np.hypot(*(way.points - xy).T).min() <= STEP_M for xy in went[::30])


def test_the_same_ticks_make_the_same_walk() -> None:
    assert Walk(40.0).go(20.0) == Walk(40.0).go(20.0)
    still = Walk(40.0)
    before = still.cat.xy_m
    still.cat.step(still.world, FAR)
    assert still.cat.xy_m == before, "it walks while the world stands still"


def test_it_sits_and_washes_where_it_rests_and_rises_to_walk() -> None:
    way = WAYS[STREET]
    walk = Walk(way.rests_m[0] / WALK_MPS - 2.0)
    walk.go(1.5)
    assert walk.cat.sits < 0.05
    walk.go(REST_SECS / 2)
    assert walk.cat.sits > 0.9
    assert walk.cat.washes > 0.8
    walk.go(REST_SECS / 2 + 2.5)
    assert walk.cat.sits < 0.1


def test_it_stops_for_who_comes_near_looks_up_and_goes_on_after_a_while() -> None:
    walk = Walk(5.0)
    walk.go(1.0)
    x, y = walk.cat.xy_m
    you = (x + 1.0, y + 0.5, 0.0)
    walk.go(3.0, you)
    assert dist(walk.cat.xy_m, (x, y)) < 0.4
    assert walk.cat.sits > 0.8
    assert walk.cat.look_rad[1] > 0.3
    assert abs(walk.cat.look_rad[0]) > 0.1
    walk.go(PATIENCE_SECS + 2.0, you)
    assert dist(walk.cat.xy_m, (x, y)) > 0.5


@pytest.mark.parametrize("side", [1.0, -1.0])
@pytest.mark.parametrize("resting", [False, True])
def test_it_runs_away_from_who_runs_at_it_along_its_round(side: float, resting: bool) -> None:
    way = WAYS[STREET]
    walk = Walk(way.rests_m[0] / WALK_MPS + 5.0 if resting else 8.0)
    walk.go(0.5)
    x, y = walk.cat.xy_m
    yaw = way.at(walk.cat.way_m)[2]
    you = (x - side * -np.sin(yaw) * 2.0, y - side * np.cos(yaw) * 2.0, 0.0)
    walk.world.body.run = True
    walk.world.body.vel_mps = (x - you[0]) * 1.9, (y - you[1]) * 1.9, 0.0
    went = walk.go(FLEES_SECS, you)
    assert dist(went[-1], you[:2]) > 3.5
    assert all(np.hypot(*(way.points - xy).T).min() <= STEP_M for xy in went[::5])
    assert max(dist(a, b) for a, b in itertools.pairwise(went)) < 0.06


def test_who_walks_up_slowly_frightens_nobody() -> None:
    walk = Walk(8.0)
    x, y = walk.cat.xy_m
    walk.world.body.vel_mps = (1.9, 0.0, 0.0)
    walk.go(1.0, (x - 2.0, y, 0.0))
    assert walk.cat.flees_secs <= 0


@pytest.mark.parametrize("stance", [
    Stance(), Stance(going=1.0), Stance(going=1.0, running=1.0, phase=0.3), Stance(sits=1.0),
    Stance(sits=1.0, washes=1.0, secs=2.0), Stance(sits=1.0, look_rad=(1.2, 0.7)),
])  # fmt: skip
def test_it_keeps_its_shape_and_stays_above_the_ground(stance: Stance) -> None:
    mesh, bones = cat_mesh(), skeleton()
    skin = matrices(bones, *pose(stance))
    assert mesh.joints is not None
    assert mesh.weights is not None
    assert np.allclose(mesh.weights.sum(1), 1, atol=1e-5)
    points = np.c_[mesh.points, np.ones(len(mesh.points))]
    moved = np.einsum("nk,nki->ni", mesh.weights, np.einsum("ni,nkij->nkj", points, skin[mesh.joints]))[:, :3]
    assert moved[:, 2].min() > -0.05
    assert 0.25 < moved[:, 2].max() < 0.5
    assert np.abs(moved[:, :2]).max() < 0.6


def test_it_is_light() -> None:
    mesh = cat_mesh()
    assert len(mesh.triangles) < 1500
    a, b, c = (mesh.points[mesh.triangles[:, k]] for k in range(3))
    facing = (np.cross(b - a, c - a) * mesh.normals[mesh.triangles[:, 0]]).sum(1)
    assert (facing > 0).mean() > 0.97, "inside out"
    assert len(NAMES) == len(skeleton().names)


def test_it_is_drawn_on_the_street_and_not_in_rain_or_elsewhere() -> None:
    world = new_world(CATALOGUE.places, CATALOGUE.goods, start=STREET, seed=1)
    view, here = CatView(), Here()
    here.drawn_mood = "day"
    assert "cat" in list(view.load(world))
    sole_m = world.body.pos_m
    for mood, there in (("day", True), ("rain", False), ("night", True)):
        here.drawn_mood = mood
        view.draw(world, here, sole_m)  # type: ignore[arg-type]
        assert view.home.has_parent() is there
    view.draw(world, here, FAR)  # type: ignore[arg-type]
    assert not view.home.has_parent(), "drawn from far away"
    world.place_id = PlaceId("boutique")
    view.draw(world, here, (0.0, 0.0, 0.0))  # type: ignore[arg-type]
    assert not view.home.has_parent()
    view.close()


def test_a_world_without_a_round_makes_no_cat(tmp_path: Path) -> None:
    app = make_app(tmp_path, make_world())
    try:
        cat = app.part(Townsfolk).cat
        assert list(cat.load(app.world)) == []
        assert app.stage.root.find("**/cat").is_empty()
        assert cat.roamer is None
    finally:
        app.close()


def test_it_turns_round_no_faster_than_a_cat() -> None:
    walk = Walk()
    before = walk.cat.yaw_rad
    for _ in range(round(WAYS[STREET].secs / DT_SECS)):
        walk.go(DT_SECS)
        assert abs(walk.cat.yaw_rad - before) < pi / 12
        before = walk.cat.yaw_rad
