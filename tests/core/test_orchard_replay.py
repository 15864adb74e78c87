"""Sessions in the orchard play back to the same world: what was done, what was told, and what came of it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from game.core import commands as c
from game.core import orchard as o
from game.core import replay
from game.core.errors import GameError
from game.core.ports import Update
from game.core.replay import Recorder
from game.core.step import step
from game.core.world import World
from tests.core.small import ready
from tests.core.small_orchard import (
    FREE,
    VILLAGE_TREES,
    in_garden,
    low_fruit,
    rules,
    told,
)
from tests.core.test_orchard_laws import news, wishes

APPLES, LOQUATS = VILLAGE_TREES[0], VILLAGE_TREES[2]


def play_again(path: Path, world: World) -> World:
    return replay.play(path, world.places, world.goods, orchard_rules=world.orchard_rules)


def picking(tree: int, index: int) -> list[c.Command]:
    """A stroke as a hand makes it, tick by tick."""
    twists: list[c.Command] = [o.TwistAndPull(twist_rad=0.05)] * 40
    return [o.Grasp(tree=tree, index=index), *twists, *(o.TwistAndPull(pull=n / 60) for n in range(60))]


def recorded(path: Path, session: list[tuple[c.Command, Update | None]], seed: int = 1) -> World:
    world = in_garden(seed=seed)
    with Recorder(path, world, seed=seed) as recorder:
        for wish, update in session:
            updates = [update] if update is not None else []
            recorder.record([wish], updates)
            step(world, [wish], updates)
        recorder.close(world)
    return world


def test_a_harvest_is_played_back_with_basket_points_and_contest(tmp_path: Path) -> None:
    index = low_fruit(in_garden(), APPLES)
    session: list[tuple[c.Command, Update | None]] = [(o.StartContest(), None)]
    session += [(wish, None) for wish in picking(APPLES, index)]
    session += [(o.EndContest(), ready()), (o.Water(tree=FREE), told())]
    path = tmp_path / "s.jsonl"
    world = recorded(path, session)
    again = play_again(path, world)
    assert replay.digest(again) == replay.digest(world)
    assert again.orchard.results == world.orchard.results
    assert again.orchard.plots == world.orchard.plots != {}


def test_other_rules_are_another_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    world = recorded(path, [(o.UseLadder(), None)])
    world.orchard_rules = replace(rules(), picking=replace(rules().picking, basket_grams=700))
    with pytest.raises(GameError, match="catalogue"):
        play_again(path, world)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(wishes, news), max_size=25), st.integers(0, 2**63))
def test_whatever_was_done_plays_back_to_the_same_digest(
    tmp_path_factory: pytest.TempPathFactory, session: list[tuple[c.Command, Update | None]], seed: int
) -> None:
    path = tmp_path_factory.mktemp("orchard") / "s.jsonl"
    world = recorded(path, session, seed)
    assert replay.digest(play_again(path, world)) == replay.digest(world)
