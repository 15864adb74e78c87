"""Fruit hangs where every client and every rule finds it, within reach of hand, ladder or pole."""

from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.growing import fruit_mesh
from game.core.growing.fruit import LOWEST_M, fruits, ripeness
from game.core.growing.growth import growth
from game.core.growing.hanging import hang
from tests.core.growing.trees import SPECIES

DIGESTS = {
    "apple": "30ab91e4b314dd2c",
    "grape": "6f117360d11ef0e5",
    "loquat": "12638e48e51a46db",
    "orange": "0e7504629d86a6ad",
    "pear": "d79f92d6b4fa3a44",
    "persimmon": "b8da442a91d3efa2",
}
SUNWARD = (-0.42, -0.55, 0.72)
POLE_M = 4.6  # a pole in the hands of someone who stands on the ground


def fruit_digest(name: str) -> str:
    found = fruits(5 << 16 | 77, SPECIES[name], 40)
    rows = np.concatenate([found.at_m, found.stalk, found.ripeness_offset[:, None], found.size[:, None]], 1)
    return blake2b((np.round(rows * 10_000) + 0.0).astype("<i8").tobytes(), digest_size=8).hexdigest()


@pytest.mark.parametrize("name", sorted(SPECIES))
def test_fruit_hangs_where_every_client_has_it(name: str) -> None:
    assert fruit_digest(name) == DIGESTS[name]


@given(st.integers(1, 2**32), st.sampled_from(sorted(SPECIES)), st.integers(1, 80))
@settings(max_examples=80, deadline=None)
def test_fruit_hangs_above_the_grass_within_reach_of_a_pole(tree: int, name: str, count: int) -> None:
    found = fruits(tree, SPECIES[name], count)
    assert len(found) == len(found.at_m) == len(found.stalk) == len(found.ripeness_offset) == count
    assert np.array_equal(found.height_m, found.at_m[:, 2])
    assert found.height_m.min() >= LOWEST_M * 0.85
    assert found.height_m.max() <= POLE_M
    assert np.allclose((found.stalk**2).sum(1), 1.0)
    assert (found.stalk[:, 2] > 0.4).all()


@given(st.integers(1, 2**32), st.sampled_from(sorted(SPECIES)), st.integers(1, 39))
@settings(max_examples=40, deadline=None)
def test_a_fruit_is_the_same_however_many_are_asked_for(tree: int, name: str, count: int) -> None:
    few, many = fruits(tree, SPECIES[name], count), fruits(tree, SPECIES[name], 40)
    assert np.array_equal(few.at_m, many.at_m[:count])
    assert np.array_equal(few.size, many.size[:count])


@pytest.mark.parametrize("name", sorted(SPECIES))
def test_some_fruit_can_be_reached_by_hand_on_every_tree(name: str) -> None:
    for tree in range(1 << 16, (1 << 16) + 40):
        assert (fruits(tree, SPECIES[name], 40).height_m < 2.1).sum() >= 4


def test_all_fruit_of_a_ripe_tree_is_ripe_and_none_of_an_unripe_one() -> None:
    offset = fruits(9, SPECIES["apple"], 40).ripeness_offset
    assert (ripeness(offset, 1.0) == 1.0).all()
    assert (ripeness(offset, 0.0) == 0.0).all()
    half = ripeness(offset, 0.5)
    assert (half < 1.0).all()
    assert half.max() - half.min() > 0.05


def test_ripe_fruit_hangs_lower_and_shines_more_than_unripe() -> None:
    apple = SPECIES["apple"]
    mesh = fruit_mesh.fruit_mesh(apple, fruit_mesh.MID)
    green = hang(9, apple, 20, growth(apple, 0, 1_000, 2_000, 1_600), mesh, SUNWARD)
    ripe = hang(9, apple, 20, growth(apple, 0, 1_000, 2_000, 2_000), mesh, SUNWARD)
    assert ripe.rgba[:, 3].mean() > 2 * green.rgba[:, 3].mean()
    assert ripe.rgba[:, 0].mean() > 2 * ripe.rgba[:, 1].mean()  # red
    assert green.rgba[:, 1].mean() > green.rgba[:, 0].mean()  # green


def test_only_the_fruit_that_is_left_is_drawn_and_none_before_it_has_set() -> None:
    apple = SPECIES["apple"]
    mesh = fruit_mesh.fruit_mesh(apple, fruit_mesh.FAR)
    ripe, young = (growth(apple, 0, 1_000, 2_000, now) for now in (2_000, 500))
    left = hang(9, apple, 20, ripe, mesh, SUNWARD, np.array([3, 4]))
    assert len(left.at_m) == 2 * len(mesh.at_m)
    assert len(hang(9, apple, 20, young, mesh, SUNWARD).triangles) == 0


@pytest.mark.parametrize("name", sorted(SPECIES))
@pytest.mark.parametrize("fineness", ["HERO", "NEAR", "MID", "FAR"])
def test_a_fruit_is_closed_and_faces_outwards(name: str, fineness: str) -> None:
    mesh = fruit_mesh.fruit_mesh(SPECIES[name], getattr(fruit_mesh, fineness))
    body = ~mesh.green
    faces = mesh.triangles[body[mesh.triangles].all(1)]
    a, b, c = (mesh.at_m[faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    assert ((across * mesh.normal[faces].mean(1)).sum(1) > 0).mean() > 0.9
    assert mesh.at_m[:, 2].max() <= 1e-9
    assert np.isfinite(mesh.normal).all()
