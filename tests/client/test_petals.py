"""Petals fall below trees in blossom and leaves in autumn, nowhere else; who wants it calm sees them lie."""

from dataclasses import replace

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client.grove_view import TreeLook
from game.client.petals import AGAIN_FRAMES, LEAF_M, NEAR_M, PETAL_M, TREES, Petals, falling
from game.core.ground import ground_of
from game.core.groves import spots_of
from tests.client.test_groves import RIPE, grove
from tests.core.growing.trees import SPECIES

APPLE = SPECIES["apple"]
BLOSSOM, AUTUMN = replace(RIPE, stage="blossom", blossom=1.0), replace(RIPE, autumn=1.0)


def look(growth: object = RIPE) -> TreeLook:
    return TreeLook(species="apple", growth=growth, fruits=10)  # type: ignore[arg-type]


def petals(looks: dict[int, TreeLook]) -> Petals:
    place = grove()
    return Petals(spots_of(place), SPECIES, lambda tree: looks.get(tree, look()), ground_of(place), NodePath("place"))


def shares(made: Petals) -> list[float]:
    return [round(tint[3], 3) for tint in made._said["tints"]]


def test_petals_fall_in_blossom_leaves_in_autumn_and_nothing_in_between() -> None:
    assert falling(look(), APPLE)[0] == 0.0
    share, colour, size_m = falling(look(BLOSSOM), APPLE)
    assert (share, size_m) == (1.0, PETAL_M)
    assert min(colour) > 0.5
    share, colour, size_m = falling(look(AUTUMN), APPLE)
    assert (share, size_m) == (1.0, LEAF_M)
    assert colour[0] > colour[1] > colour[2]
    assert falling(look(replace(AUTUMN, leaf=0.0)), APPLE)[0] == 0.0


def test_only_below_trees_that_are_near_and_shed_something_does_anything_fall() -> None:
    first = spots_of(grove())
    tree, (x, y, z) = int(first.tree[0]), first.at_m[0]
    made = petals({tree: look(BLOSSOM)})
    made.look(np.array([x + 1.0, y, z + 1.6]))
    assert not made.path.is_stashed()
    assert shares(made) == [1.0] + [0.0] * (TREES - 1)
    assert made._said["trees"][0][0] == pytest.approx(x)
    made.look(np.array([x + NEAR_M + 1.0, y, z + 1.6]))
    assert made.path.is_stashed()
    assert shares(made) == [0.0] * TREES


def test_of_many_trees_the_nearest_few_shed_and_each_on_its_own_slope() -> None:
    spots = spots_of(grove())
    made = petals({int(tree): look(AUTUMN) for tree in spots.tree})
    made.look(spots.at_m[5] + np.array([0.0, 0.0, 1.6]))
    assert shares(made).count(1.0) == TREES
    assert any(abs(ground[0]) > 0.01 for ground in made._said["grounds"])


def test_who_stands_still_sees_the_season_change() -> None:
    spots, looks = spots_of(grove()), {}
    made, eye = petals(looks), spots.at_m[0] + np.array([0.0, 0.0, 1.6])
    made.look(eye)
    looks[int(spots.tree[0])] = look(BLOSSOM)
    for _ in range(AGAIN_FRAMES):
        made.look(eye)
    assert shares(made)[0] == 1.0
