"""A whole purchase by keys and mouse in a real window, and a window that closes and leaves nothing running."""

from collections.abc import Iterator
from math import hypot
from pathlib import Path

import pytest

from game.core.world import World
from tests.e2e.hands import Hands, can_see, running

pytestmark = [pytest.mark.window, pytest.mark.skipif(not can_see(), reason="needs Xvfb and xdotool")]


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    game = Hands(tmp_path, place="boutique")
    yield game
    game.close()


def states(world: World) -> set[str]:
    return {order.state for order in world.orders.values()}


def test_a_person_buys_what_is_nearest_and_closes_the_window(hands: Hands) -> None:
    world = hands.until(lambda world: world.tick > 5, "the first ticks")
    x, y, _ = world.body.pos_m
    stand = min(world.place.stands, key=lambda s: hypot(s.at_m[0] - x, s.at_m[1] - y))
    middle_m = stand.at_m[2] + world.goods[stand.good].size_m[2] / 2
    hands.turn_towards(stand.at_m[0], stand.at_m[1], middle_m)
    hands.until(lambda w: w.looked_at is not None, "a good under the crosshair", lambda: hands.key("w"))

    hands.until(lambda w: bool(w.basket), "a good in the basket", lambda: hands.key("b"))
    good = next(iter(hands.world().basket))
    hands.until(lambda w: w.purse.state == "open", "the market to open")
    before_wei = hands.world().purse.balance_wei
    hands.key("c")
    world = hands.until(lambda w: "quoted" in states(w), "the price")
    assert world.owned.get(good, 0) == 0, "asking for the price buys nothing"
    assert world.purse.balance_wei == before_wei

    hands.until(lambda w: states(w) == {"final"}, "the receipt", lambda: hands.key("Return"))
    world = hands.until(lambda w: w.owned.get(good, 0) > 0, "the good to be the player's")
    order = next(iter(world.orders.values()))
    assert world.purse.balance_wei == before_wei - order.price_wei - order.gas_wei
    assert sum(share.wei for share in order.shares) == order.price_wei
    assert not world.basket

    assert running(hands.home)
    hands.press_close_button()
    assert hands.game.wait(30) == 0
    assert running(hands.home) == ""
