"""Trees look as the world knows them: by the chain's dates and waterings, without the fruit that is picked."""

from pathlib import Path

import msgspec
import pytest

from game.client.orchard_looks import ASKED, BEST, TreeLooks
from game.content.load import load_catalogue, world_of
from game.core.groves import spots_of
from game.core.ids import Address, PlaceId, Wei
from game.core.orchard import VILLAGE, DayPlay, Grasped
from game.core.orchard_ports import Plot
from game.core.world import World

ROOT = Path(__file__).resolve().parents[2]
ORCHARD = PlaceId("orchard")
TREE = 1 << 16 | 5
PLOT = Plot(
    plot=1, grower=Address("0x" + "1" * 40), grower_key=bytes(32), variety="apple_rosy",
    manifest_sha256=bytes(32), trees=96, fruits_per_tree=30, grams_per_fruit=200, waterings=10,
    fruit_price_wei=Wei(1), adoption_price_wei=Wei(30), play_trees=0,
    planted_at_secs=0, blossom_at_secs=1_000, ripe_at_secs=2_000, redeem_by_secs=9_000, lapse_bps=7_000,
)  # fmt: skip


@pytest.fixture
def world() -> World:
    return world_of(load_catalogue(ROOT), start=ORCHARD, seed=1)


def looks_of(world: World) -> TreeLooks:
    place = world.places[ORCHARD]
    return TreeLooks(world, place, spots_of(place))


def all_changes(looks: TreeLooks) -> tuple[list[int], list[int]]:
    anew, picked = [], []
    for _ in range(len(looks._trees) // ASKED + 1):
        more, fewer = looks.changed(None)
        anew += more
        picked += fewer
    return anew, picked


def test_trees_that_nobody_told_of_stand_in_their_best_days(world: World) -> None:
    look = looks_of(world)(TREE)
    assert look.growth == BEST
    assert look.species == "apple"
    assert look.left is None


def test_trees_of_a_plot_are_as_far_as_the_chain_says(world: World) -> None:
    looks = looks_of(world)
    world.orchard.plots[1], world.orchard.now_secs = PLOT, 1_100
    assert looks(TREE).growth.stage == "blossom"
    assert looks(TREE).fruits == 30
    world.orchard.now_secs = 2_000
    assert looks(TREE).growth.stage == "ripe"


def test_what_grows_is_told_once_and_what_stands_still_is_not(world: World) -> None:
    looks = looks_of(world)
    for tree in looks._trees:
        looks(tree)
    assert all_changes(looks) == ([], [])
    world.orchard.plots[1], world.orchard.now_secs = PLOT, 1_100
    anew, picked = all_changes(looks)
    assert {tree >> 16 for tree in anew} == {1}
    assert len(anew) == 96
    assert picked == []
    world.orchard.now_secs = 1_101  # a second of growth is not worth a mesh
    assert all_changes(looks) == ([], [])


def test_a_change_that_somebody_else_saw_first_is_told_all_the_same(world: World) -> None:
    looks = looks_of(world)
    looks(TREE)
    world.orchard.plots[1], world.orchard.now_secs = PLOT, 1_100
    assert looks(TREE).growth.stage == "blossom"  # as what falls below it asks
    assert looks.changed(TREE)[0] == [TREE]
    assert looks.changed(TREE)[0] == []


def test_a_picked_fruit_leaves_the_tree_as_it_is(world: World) -> None:
    looks = looks_of(world)
    for tree in looks._trees:
        looks(tree)
    tree = VILLAGE << 16
    before = looks(tree)
    world.orchard.today = msgspec.structs.replace(DayPlay(), gone={tree: (1, 2)})
    assert looks.changed(tree)[1] == [tree]
    now = looks(tree)
    assert now.growth == before.growth
    assert now.left is not None
    assert len(now.left) == now.fruits - 2
    assert not {1, 2} & set(now.left)


def test_the_fruit_in_the_hand_is_not_drawn_on_its_tree(world: World) -> None:
    looks = looks_of(world)
    tree = VILLAGE << 16
    assert looks(tree).left is None
    world.orchard.grasped = Grasped(tree=tree, index=3, since_tick=0)
    assert looks.changed(tree)[1] == [tree]
    left = looks(tree).left
    assert left is not None
    assert 3 not in left
    assert len(left) == looks(tree).fruits - 1
    world.orchard.grasped = None
    assert looks.changed(tree)[1] == [tree]
    assert looks(tree).left is None
