"""Picking is seen: the hand is at the fruit, which leaves its tree, falls into the basket and lies there by weight."""

from collections.abc import Iterator
from math import cos, sin
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from game.client.picking_models import BASKET_HIGH_M, BASKET_WIDE_M, MOST_IN_BASKET, lies_at, lone_fruit, piled
from game.client.picking_view import PickingView
from game.core import orchard as o
from game.core.ground import ground_of
from game.core.orchard_fruit import hanging
from game.core.orchard_trees import spot_in
from game.core.rules.orchard_aim import towards
from tests.bench.orchard_20k import orchard

TREE = 4  # an orange of the village's


@pytest.fixture(scope="module")
def shared() -> Iterator[Any]:
    with orchard((320, 180)) as app:
        yield app


@pytest.fixture
def app(shared: Any) -> Iterator[Any]:
    """The game before a ripe fruit in reach, with full motion."""
    calm(shared, False)
    yield shared
    for key in shared.settings.keys_of("take") + shared.settings.keys_of("move_back"):
        shared.input.handle(key, False)
    known = shared.world.orchard
    known.grasped, known.ladder_tick, known.tool, known.busy_until_tick = None, None, "hand", 0
    known.basket.clear()
    shared.world.third_person = False
    frames(shared, 40)


def calm(app: Any, on: bool) -> None:
    app.settings.values = replace(app.settings.values, reduced_motion=on)


def frames(app: Any, count: int = 1) -> None:
    for _ in range(count):
        app.frame(1 / 60, draw=False)


def before_fruit(app: Any, low_m: float = 1.2, high_m: float = 1.95, aside_m: float = 0.75) -> int:
    found, spot = hanging(app.world, TREE), spot_in(app.world.places, TREE)
    assert found is not None
    assert spot is not None
    assert found.middle_m is not None
    above = found.middle_m[:, 2] - spot.at_m[2]
    for index in np.flatnonzero(found.there & (found.ripeness > 0.73) & (above > low_m) & (above < high_m)).tolist():
        x, y, z = found.middle_m[index].tolist()
        ground = ground_of(app.world.place).height_m(x, y - aside_m)
        app.world.body.pos_m = app._before_m = (x, y - aside_m, ground)
        app.world.body.yaw_rad, app.world.body.pitch_rad = towards(app.world, (x, y, z))
        frames(app, 2)
        aim = app.world.orchard.aim
        if aim is not None and (aim.tree, aim.index, aim.why_not) == (TREE, index, ""):
            return int(index)
    raise AssertionError("no fruit to pick")


def hold(app: Any, action: str, on: bool = True) -> None:
    app.input.handle(app.settings.keys_of(action)[0], on)


def drawn(app: Any, name: str) -> Any:
    return app.street.here.root.find(f"**/{name}")


def palm_away_m(app: Any) -> float:
    """How far the right hand is from the fruit that it holds, as they are drawn."""
    avatar = app.player.avatar
    reach = app.player.hands["right"]
    at = np.array(drawn(app, "fruit in hand").get_pos(app.street.here.root))
    assert avatar is not None
    return float(np.linalg.norm(at - reach.at_m))


def test_the_hand_takes_the_fruit_from_the_tree_and_gives_it_back(app: Any) -> None:
    index = before_fruit(app)
    assert "right" not in app.player.hands
    hold(app, "take")
    frames(app, 30)
    assert app.world.orchard.grasped is not None
    left = app.street.here.looks(TREE).left
    assert left is not None
    assert index not in left
    assert palm_away_m(app) < 0.12
    assert app.player.hands["right"].part > 0.95
    hold(app, "take", False)
    frames(app, 40)
    assert not drawn(app, "fruit in hand")
    assert app.street.here.looks(TREE).left is None
    assert "right" not in app.player.hands


def pull_off(app: Any) -> None:
    hold(app, "take")
    frames(app, 20)
    hold(app, "move_back")
    for _ in range(240):
        if app.world.orchard.basket:
            break
        frames(app)
    hold(app, "move_back", False)
    hold(app, "take", False)
    assert app.world.orchard.basket


def test_what_comes_off_flies_into_the_basket_and_lies_there(app: Any) -> None:
    before_fruit(app)
    pull_off(app)
    view = app.part(PickingView)
    assert len(view._flying) == 1
    start = np.array(view._flying[0].node.get_pos())
    frames(app, 12)
    assert np.linalg.norm(np.array(view._flying[0].node.get_pos()) - start) > 0.1
    assert not drawn(app, "fruit in basket").get_num_children()
    frames(app, 40)
    assert not view._flying
    assert drawn(app, "fruit in basket").get_num_children() == 1


def test_with_reduced_motion_it_is_in_the_basket_at_once_and_nothing_leans(app: Any) -> None:
    calm(app, True)
    before_fruit(app)
    hold(app, "take")
    frames(app, 20)
    assert app.player.step_m == (0.0, 0.0, 0.0)
    assert app.player.hands["right"].part == 1.0
    pull_off(app)
    frames(app, 1)
    assert not app.part(PickingView)._flying
    assert drawn(app, "fruit in basket").get_num_children() == 1


def test_who_climbs_the_ladder_is_raised_on_it_little_by_little_and_it_goes_with_them(app: Any) -> None:
    before_fruit(app)
    high = app.world.orchard_rules.picking.reach.ladder_m
    app._queue.append(o.UseLadder())
    frames(app, 30)
    assert 0.1 < app.player.step_m[2] < high
    frames(app, 90)
    assert app.player.step_m[2] == pytest.approx(high)
    rungs = drawn(app, "ladder").get_mat().get_row3(1)
    assert (-rungs.x, rungs.y) == pytest.approx((sin(app.world.body.yaw_rad), cos(app.world.body.yaw_rad)), abs=1e-5)
    app._queue.append(o.UseLadder())
    frames(app, 90)
    assert app.player.step_m[2] == 0.0
    assert not drawn(app, "ladder")


def test_the_pole_reaches_for_the_fruit_that_is_meant_and_is_put_away(app: Any) -> None:
    app._queue.append(o.TakeTool(tool="pole"))
    index = before_fruit(app, 2.0, 3.6, 1.3)
    frames(app, 60)
    found = hanging(app.world, TREE)
    assert found is not None
    assert found.middle_m is not None
    head = np.array(drawn(app, "pole head").get_pos())
    assert np.linalg.norm(head - found.middle_m[index]) < 0.35
    app._queue.append(o.TakeTool(tool="hand"))
    frames(app, 3)
    assert not drawn(app, "pole head")  # stashed: it is found no more


def test_a_heavier_basket_is_fuller_and_all_of_it_is_within_the_rim() -> None:
    heights = [lies_at(7, part / 10)[2] for part in range(11)]
    assert heights == sorted(heights)
    for number in range(60):
        x, y, z = lies_at(number, number / 60)
        assert np.hypot(x, y) < BASKET_WIDE_M * 0.75
        assert 0.0 < z < BASKET_HIGH_M + 0.08


def test_a_full_basket_draws_what_can_be_seen_of_it(app: Any) -> None:
    found = hanging(app.world, TREE)
    assert found is not None
    species = app.street.here.species[found.variety.species]
    one, middle = lone_fruit(TREE, 0, found, species, (0.5, 0.2, 0.8))
    assert middle[2] > 0.5
    assert np.abs(one.at_m).max() < species.fruit.size_m * 1.5
    assert len(piled([(one, 100)] * 3, 6_000)) == 3
    assert len(piled([(one, 100)] * 55, 6_000)) == MOST_IN_BASKET
