"""Keys and mouse of a real window reach the world as a person's do."""

from collections.abc import Iterator
from math import hypot
from pathlib import Path

import pytest

from tests.e2e.hands import Hands, can_see

pytestmark = [pytest.mark.window, pytest.mark.skipif(not can_see(), reason="needs Xvfb and xdotool")]


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    game = Hands(tmp_path, place="boutique")
    yield game
    game.close()


def test_a_person_walks_looks_picks_up_and_fills_the_basket(hands: Hands) -> None:
    start = hands.until(lambda world: world.tick > 30, "the first half second").body.pos_m
    hands.do("keydown", "w")
    hands.until(lambda w: hypot(w.body.pos_m[0] - start[0], w.body.pos_m[1] - start[1]) > 0.3, "walking by W")
    hands.do("keyup", "w")

    world = hands.until(lambda w: w.body.vel_mps[0] == 0.0 == w.body.vel_mps[1], "standing still")
    x, y, _ = world.body.pos_m
    stand = min(world.place.stands, key=lambda s: hypot(s.at_m[0] - x, s.at_m[1] - y))
    height_m = world.goods[stand.good].size_m[2]
    hands.turn_towards(stand.at_m[0], stand.at_m[1], stand.at_m[2] + height_m / 2)

    hands.until(lambda w: w.looked_at is not None, "a good under the crosshair", lambda: hands.key("w"))
    looked_at = hands.world().looked_at
    hands.key("e")
    world = hands.until(lambda w: w.hand is not None, "a good in the hand after E")
    assert world.hand is not None
    assert world.hand.stand == looked_at

    hands.key("b")
    world = hands.until(lambda w: bool(w.basket), "the good in the basket after B")
    assert world.hand is not None
    assert world.basket == {world.hand.good: 1}

    hands.key("e")
    world = hands.until(lambda w: w.hand is None, "the good back on its stand after E")
    assert world.basket, "putting it back leaves the basket alone"


def test_an_open_panel_takes_the_keys(hands: Hands) -> None:
    hands.until(lambda world: world.tick > 30, "the first half second")
    hands.key("i")
    before = hands.world().body.pos_m
    hands.do("keydown", "w")
    tick = hands.world().tick
    world = hands.until(lambda w: w.tick > tick + 60, "a second with W held")
    hands.do("keyup", "w")
    assert world.body.pos_m == before
    hands.key("Escape")
    hands.do("keydown", "w")
    hands.until(lambda w: w.body.pos_m != before, "walking again after Escape")
    hands.do("keyup", "w")
