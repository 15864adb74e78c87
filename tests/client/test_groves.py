"""Groves as they are drawn: forms by distance, made in small pieces; fruit that is picked is gone; all in the light."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from panda3d.core import NodePath

from game.client.ground_paint import Crowns, paint
from game.client.ground_view import GroundView
from game.client.grove_view import CROWN_M, FORMS, KEPT, SOFT, GroveView, TreeLook
from game.client.matte import triangles_of
from game.client.shaders import FIXED
from game.core.ground import ground_of
from game.core.groves import spots_of
from game.core.growing.growth import Growth, growth
from game.core.growing.mesh import BLOSSOM, HERO, LEAF, WOOD, tree_mesh
from game.core.places import Grove, Place, Terrain
from tests.core.growing.trees import SPECIES
from tests.core.small import street

DAY, NO = ([2.0, 1.8, 1.4], [0.5, 0.6, 0.8]), [0.0, 0.0, 0.0]
RIPE = Growth(stage="ripe", size=1.0, blossom=0.0, leaf=1.0, fruit_size=1.0, ripeness=1.0)
SUNWARD = (-0.7, -0.26, 0.665)
HILL = Terrain(
    at_m=(-30.0, -30.0), cell_m=5.0,
    heights_cm=tuple(tuple(20 * i + 3 * (j % 3) * (i % 2) for i in range(25)) for j in range(13)),
)  # fmt: skip
ROWS = Grove(plot=2, species="apple", step_m=4.0, rows=((-8.0, 0.0, 20), (-8.0, 5.0, 4)))


def grove() -> Place:
    return msgspec.structs.replace(street(), terrain=HILL, groves=(ROWS,))


def view(looks: dict[int, TreeLook] | None = None) -> GroveView:
    known = looks if looks is not None else {}
    ripe = TreeLook(species="apple", growth=RIPE, fruits=10)
    made = GroveView(spots_of(grove()), SPECIES, lambda tree: known.get(tree, ripe), SUNWARD, NodePath("place"))
    for _ in made.build():
        pass
    return made


def shown(trees: GroveView) -> dict[str, int]:
    names = [batch.shown for batch in trees.batches]
    return {form.name: names.count(form.name) for form in FORMS}


def triangles(node: NodePath, name: str) -> int:
    return sum(
        len(triangles_of(geom)) for path in node.find_all_matches(f"**/{name}") for geom in path.node().get_geoms()
    )


def test_near_trees_are_drawn_finer_than_far_ones_and_every_tree_is_drawn() -> None:
    trees = view()
    trees.finish(np.array([-8.0, 2.0, 6.0]))
    counts = shown(trees)
    assert all(counts[name] for name in ("hero", "near", "mid", "far", "farthest")) or counts["farthest"]
    assert sum(counts.values()) == len(trees.batches)
    assert sum(len(batch.rows) for batch in trees.batches) == 24
    for batch in trees.batches:
        visible = [node for node in batch.nodes.values() if not node.is_stashed()]
        assert len(visible) == 1


def test_a_place_is_looked_into_while_its_trees_are_still_being_made() -> None:
    ripe = TreeLook(species="apple", growth=RIPE, fruits=10)
    trees = GroveView(spots_of(grove()), SPECIES, lambda tree: ripe, SUNWARD, NodePath("place"))
    eye = np.array([-8.0, 2.0, 6.0])
    trees.look(eye, within_secs=0.0)
    for _ in trees.build():
        trees.look(eye, within_secs=0.0)
    trees.finish(eye)
    assert sum(shown(trees).values()) == len(trees.batches)


def test_what_is_missing_is_stood_in_for_and_made_in_pieces() -> None:
    trees = view()
    for _ in range(400):
        trees.look(np.array([-8.0, 2.0, 6.0]), within_secs=1e-9)
        assert all(sum(not node.is_stashed() for node in batch.nodes.values()) == 1 for batch in trees.batches)
        assert not trees.settled
        if shown(trees)["near"] and shown(trees)["mid"]:
            break
    assert shown(trees)["near"]
    trees.finish(np.array([-8.0, 2.0, 6.0]))
    assert trees.settled


def test_walking_away_gives_the_farther_forms_back() -> None:
    trees = view()
    trees.finish(np.array([-8.0, 2.0, 6.0]))
    trees.finish(np.array([400.0, 0.0, 6.0]))
    assert shown(trees)["farthest"] == len(trees.batches)
    assert not [path for path in trees.root.find_all_matches("**/fruit*") if not path.is_stashed()]


def test_forms_that_one_has_walked_away_from_are_kept_for_a_few_batches_alone() -> None:
    trees = view()
    for batch in trees.batches:
        trees.finish(batch.middle_m)
    assert len(trees.batches) > KEPT["hero"] + 1
    assert sum("hero" in batch.nodes for batch in trees.batches) <= KEPT["hero"] + 1  # one may be shown
    assert trees.batches[-1].shown == "hero"


def test_a_form_is_kept_a_little_farther_than_it_is_taken_up() -> None:
    trees = view()
    first = trees.batches[0]
    crowns = trees.spots.at_m[first.rows] + CROWN_M
    nearest, border = crowns[crowns[:, 0].argmin()], FORMS[1].until_m
    for away, wanted in ((border - 0.3, "near"), (border + 0.3, "near"), (border * 1.3, "mid"), (border + 0.3, "mid")):
        trees.finish(nearest - np.array([away, 0.0, 0.0]))
        assert first.shown == wanted


def test_no_tree_at_arms_length_is_drawn_coarsely_however_its_neighbours_stand() -> None:
    trees = view()
    for row, at_m in enumerate(trees.spots.at_m):
        trees.finish(at_m + np.array([0.0, 1.6, 1.6]))
        assert next(batch for batch in trees.batches if row in batch.rows).shown == "hero"


def test_picked_fruit_is_gone_and_the_rest_still_hangs() -> None:
    looks: dict[int, TreeLook] = {}
    trees = view(looks)
    tree = 2 << 16
    trees.finish(trees.spots.at_m[0] + np.array([0.0, 1.2, 1.5]))
    before = triangles(trees.root, f"fruit {tree}")
    looks[tree] = TreeLook(species="apple", growth=RIPE, fruits=10, left=tuple(range(5)))
    trees.picked(tree)
    assert triangles(trees.root, f"fruit {tree}") == before / 2
    looks[tree] = TreeLook(species="apple", growth=RIPE, fruits=10, left=())
    trees.picked(tree)
    assert triangles(trees.root, f"fruit {tree}") == 0


def test_a_tree_that_blossoms_is_drawn_anew_and_an_unknown_one_is_no_error() -> None:
    looks: dict[int, TreeLook] = {}
    trees = view(looks)
    tree = 2 << 16
    trees.finish(trees.spots.at_m[0] + np.array([0.0, 1.2, 1.5]))
    before = triangles(trees.root, "trees")
    looks[tree] = TreeLook(species="apple", growth=growth(SPECIES["apple"], 0, 1_000, 2_000, 1_080), fruits=10)
    trees.changed([tree, 99])
    assert triangles(trees.root, "trees") == before  # until it is made anew, in pieces
    trees.finish(trees.spots.at_m[0] + np.array([0.0, 1.2, 1.5]))
    assert triangles(trees.root, "trees") != before
    assert all(sum(not node.is_stashed() for node in batch.nodes.values()) == 1 for batch in trees.batches)


def test_trees_of_another_season_are_drawn_once_they_are_made_and_the_rest_stays() -> None:
    trees = view()
    eye = trees.spots.at_m[0] + np.array([0.0, 1.2, 1.5])
    trees.finish(eye)
    kept = [dict(batch.nodes) for batch in trees.batches]
    other = trees.spots.tree.copy()
    other[0] = 7 << 16
    trees.replant(replace(trees.spots, tree=other))
    assert [batch.nodes for batch in trees.batches] == kept
    trees.finish(eye)
    for batch, before in zip(trees.batches, kept, strict=True):
        new = 0 in batch.rows
        assert all((batch.nodes[name] != node) == new for name, node in before.items() if name == "hero" or not new)
    assert not trees.root.find(f"**/fruit {7 << 16}").is_empty()


@pytest.mark.parametrize("side", [0, 5])
def test_at_hand_a_leaf_or_flower_is_seen_or_not_by_one_vertex_and_wood_moves_less_than_either(side: int) -> None:
    mesh = tree_mesh(SPECIES["apple"], 1, side, HERO, SUNWARD)
    kinds = mesh.kind[mesh.triangles[:, 0]]
    for kind in (LEAF, BLOSSOM):
        faces = mesh.triangles[kinds == kind]
        lasts: dict[int, set[int]] = {}
        for face in faces.tolist():
            lasts.setdefault(int(mesh.lit_by[face[0]]), set()).add(face[2])
        assert all(len(each) == 1 for each in lasts.values())
        assert mesh.free[mesh.kind == WOOD].max() * SOFT < FIXED < mesh.free[mesh.kind == kind].min() * SOFT


@pytest.fixture(scope="module")
def painted() -> tuple[Place, object]:
    place = grove()
    spots = spots_of(place)
    crowns = Crowns(spots.at_m, np.full(len(spots), 1.5), np.full(len(spots), 2.2))
    facts = {"paths": [[3.0, [[-20.0, -20.0], [20.0, -20.0]]]]}
    return place, paint(ground_of(place), facts, crowns, (), np.array(SUNWARD))


def test_grass_is_green_paths_are_not_and_trees_throw_shadows(painted) -> None:
    _, picture = painted

    def at(x: float, y: float) -> tuple[int, int]:
        u, v = picture.uv(np.array([[x, y]]))[0]
        return int(v * picture.sun.shape[0]), int(u * picture.sun.shape[1])

    r, g, _ = picture.albedo[at(0.0, 20.0)]
    assert g > r
    r, g, _ = picture.albedo[at(0.0, -20.0)]
    assert r > g
    way = np.array(SUNWARD) * (2.2 / SUNWARD[2])
    x, y, _ = spots_of(painted[0]).at_m[22] - way
    assert picture.sun[at(x, y)] < 0.6 * picture.sun[at(0.0, 20.0)]
    assert picture.sky[at(*spots_of(painted[0]).at_m[22][:2])] < 0.7 * picture.sky[at(0.0, 20.0)]


def test_grass_grows_on_meadows_alone(painted) -> None:
    _, picture = painted
    rows, columns = picture.green.shape
    path = int((-20.0 + 30.0) / 60.0 * rows)
    assert picture.green[path, columns // 4 - 20 : columns // 4].max() < 0.5
    assert picture.green[rows - 20 :].min() == 1.0


def test_lamps_light_the_ground_about_them(painted) -> None:
    place, _ = painted
    crowns = Crowns(np.zeros((0, 3)), np.zeros(0), np.zeros(0))
    lit = paint(ground_of(place), {"lamps": [[0.0, 0.0, 2.6]]}, crowns, (), np.array(SUNWARD)).lamp
    assert lit.max() > 0.5
    assert lit[0, 0] == 0.0


def test_night_is_darker_than_day_on_the_ground(painted) -> None:
    _, picture = painted
    day, night = picture.lit(DAY[0], DAY[1], NO), picture.lit(NO, [0.02, 0.03, 0.08], NO)
    assert day.dtype == np.uint8
    assert day.mean() > 3 * night.mean()


def test_the_drawn_ground_is_the_walked_ground(painted) -> None:
    place, picture = painted
    ground = ground_of(place)
    made = GroundView(ground, picture, {"stream": [[0.0, -20.0], [2.0, 20.0]]}, NodePath("place"))
    for path in made.root.find("patches").find_all_matches("**/+GeomNode"):
        data = path.node().get_geom(0).get_vertex_data()
        rows = np.frombuffer(memoryview(data.get_array(0)).cast("B"), np.float32).reshape(-1, 12)
        assert np.abs(rows[:, 2] - ground.heights_m(rows[:, :2].astype(float))).max() < 1e-4
        faces = triangles_of(path.node().get_geom(0))
        middle = rows[faces].mean(1)
        assert np.abs(middle[:, 2] - ground.heights_m(middle[:, :2].astype(float))).max() < 0.06
    assert not made.root.find("**/stream").is_empty()
