"""The wishlist keeps what was put on it, once, in order."""

from game.core import commands as c
from game.core.events import Declined, Wished
from game.core.ids import GoodId
from game.core.step import step
from tests.core.small import CHAIR, HAT, VASE, world_at


def test_goods_go_on_the_wishlist_in_order_and_come_off_it() -> None:
    world = world_at()
    assert step(world, [c.Wish(good=HAT)]) == [Wished(good=HAT, wished=True)]
    step(world, [c.Wish(good=CHAIR), c.Wish(good=VASE)])
    assert world.wishes == (HAT, CHAIR, VASE)
    assert step(world, [c.Wish(good=CHAIR)]) == [Wished(good=CHAIR, wished=False)]
    assert world.wishes == (HAT, VASE)


def test_wishing_for_what_is_wished_for_changes_nothing() -> None:
    world = world_at()
    step(world, [c.Wish(good=HAT)])
    assert step(world, [c.Wish(good=HAT, wished=True)]) == []
    assert step(world, [c.Wish(good=VASE, wished=False)]) == []
    assert world.wishes == (HAT,)


def test_without_a_name_the_good_in_the_hand_is_meant() -> None:
    world = world_at()
    assert step(world, [c.Wish()]) == [Declined(reason="nothing_there")]
    step(world, [c.PickUp(stand=world.place.stands[0].id)])
    if world.hand is None:  # too far to reach: hold it as if it were near
        world.body.pos_m = (0.0, -1.0, 0.0)
        step(world, [c.PickUp(stand=world.place.stands[0].id)])
    assert world.hand is not None
    assert step(world, [c.Wish()]) == [Wished(good=world.hand.good, wished=True)]


def test_an_unknown_good_cannot_be_wished_for() -> None:
    assert step(world_at(), [c.Wish(good=GoodId("none"))]) == [Declined(reason="good_unknown", detail="none")]
