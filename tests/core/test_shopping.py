"""The first walk without a window: from the street to a good that is yours, through commands and a market alone."""

from pathlib import Path

import msgspec
import pytest

from game.core import commands as c
from game.core import replay
from game.core.events import Asked, Declined, EnteredPlace, Event, GoodsArrived, GoodsLeft, MarketChanged, OrderMoved
from game.core.goods import price_wei
from game.core.ids import OrderId, Wei
from game.core.ports import Catalogue, GoodTerms, RoomTerms
from game.core.replay import Recorder
from game.core.step import step
from game.core.world import Worn
from tests.core.small import CAP, GOODS, HAT, SHOP, STREET, shop, world_at
from tests.fakes.chain import FakeChain
from tests.fakes.market import FakeMarket


def catalogue() -> Catalogue:
    terms = tuple(
        GoodTerms(
            good_id=good.id,
            maker=good.maker,
            manifest=good.id.encode(),
            edition=good.terms.edition,
            royalty_bps=good.terms.royalty_bps,
            price_wei=price_wei(good),
            room_share_bps=good.terms.room_share_bps,
        )
        for good in GOODS.values()
    )
    displays = tuple(sorted({stand.good for stand in shop().stands}))
    room = RoomTerms(place_id=SHOP, keeper=shop().keeper, bundle_sha256=bytes(32), displays=displays)
    return Catalogue(goods=terms, rooms=(room,))


class Play:
    """A world, a market, and a recording of all that goes between them."""

    def __init__(self, path: Path, chain: FakeChain, player: str = "player") -> None:
        self.market = FakeMarket(chain, player)
        self.world = world_at(STREET, seed=4)
        self.recorder = Recorder(path, self.world, seed=4)
        self.market.start()
        self.seen: list[Event] = []

    def do(self, *wishes: c.Command, ticks: int = 1) -> list[Event]:
        out: list[Event] = []
        for _ in range(ticks):
            updates = self.market.poll()
            self.recorder.record(wishes, updates)
            happened = step(self.world, wishes, updates)
            for event in happened:
                if isinstance(event, Asked):
                    self.market.submit(event.request)
            out += happened
        self.seen += out
        return out

    def order_id(self) -> OrderId:
        return next(reversed(self.world.orders))


@pytest.fixture
def play(tmp_path: Path) -> Play:
    return Play(tmp_path / "walk.jsonl", FakeChain(catalogue()))


def test_from_the_street_to_a_hat_that_is_yours_and_sold_again(play: Play, tmp_path: Path) -> None:
    world = play.world
    play.do(c.Move(ahead=1.0), ticks=200)
    assert EnteredPlace(place=SHOP, from_place=STREET) in play.seen
    play.do(c.TryOn(good=HAT))
    play.do(c.AddToBasket())
    play.do(c.Checkout())
    play.do()
    order = world.orders[play.order_id()]
    assert order.state == "quoted"
    assert order.price_wei == price_wei(GOODS[HAT])
    assert sum(share.wei for share in order.shares) == order.price_wei
    assert {share.role for share in order.shares} >= {"seller", "room"}
    before_wei = world.purse.balance_wei

    play.do(c.Confirm(order_id=order.order_id))
    arrived = play.do(ticks=3)
    assert [e.state for e in play.seen if isinstance(e, OrderMoved)][-1] == "final"
    assert GoodsArrived(good=HAT, quantity=1) in arrived
    assert world.basket == {}
    assert world.worn["head"] == Worn(good=HAT, tried=False)
    assert before_wei - world.purse.balance_wei >= order.price_wei

    play.do(c.Travel(place=STREET))
    assert Declined(reason="unpaid_stays") not in play.seen
    assert world.worn["head"] == Worn(good=HAT, tried=False)
    play.do(c.OfferForSale(good=HAT, unit_price_wei=Wei(10**16)))
    play.do()
    assert [listed.good_id for listed in world.offers.values()] == [HAT]

    play.recorder.close(world)
    again = replay.play(tmp_path / "walk.jsonl", world.places, world.goods)
    assert replay.digest(again) == replay.digest(world)


def test_no_more_is_sold_than_there_is(tmp_path: Path) -> None:
    chain = FakeChain(catalogue())
    ada, ben = Play(tmp_path / "ada", chain, "ada"), Play(tmp_path / "ben", chain, "ben")
    for play, units in ((ada, 2), (ben, 2)):  # of an edition of three
        play.do(c.Travel(place=SHOP))
        play.do(*[c.AddToBasket(good=CAP)] * units)
        play.do(c.Checkout())
        play.do()
        assert play.world.orders[play.order_id()].state == "quoted"
    for play in (ada, ben):
        play.do(c.Confirm(order_id=play.order_id()))
        play.do(ticks=4)
    assert ada.world.owned == {CAP: 2}
    assert ben.world.owned == {}
    order = ben.world.orders[ben.order_id()]
    assert (order.state, order.money_moved) != ("final", True)
    assert order.reason
    assert ben.world.basket == {CAP: 2}
    assert ben.world.stock[CAP].left == 1
    ben.do(c.RemoveFromBasket(good=CAP))
    ben.do(c.Checkout())
    ben.do()
    ben.do(c.Confirm(order_id=ben.order_id()))
    ben.do(ticks=4)
    assert ben.world.owned == {CAP: 1}
    assert Declined(reason="sold_out", detail=CAP) in ada.do(c.AddToBasket(good=CAP))


def test_what_nobody_offers_on_this_chain_is_not_called_sold_out(play: Play) -> None:
    play.do(c.Travel(place=SHOP))
    there = play.world.stock[CAP]
    play.world.stock[CAP] = msgspec.structs.replace(there, left=0, state="not_offered")
    play.world.basket[CAP] = 1
    assert Declined(reason="not_for_sale", detail=CAP) in play.do(c.AddToBasket(good=CAP))
    play.world.stock[CAP] = msgspec.structs.replace(there, left=0, state="sold_out")
    assert Declined(reason="sold_out", detail=CAP) in play.do(c.AddToBasket(good=CAP))


def test_a_market_that_goes_away_in_mid_purchase_loses_and_doubles_nothing(play: Play) -> None:
    world = play.world
    play.do(c.Travel(place=SHOP))
    play.do(c.AddToBasket(good=HAT))
    play.do(c.Checkout())
    play.do()
    play.market.hang_at = "sent"
    play.do(c.Confirm(order_id=play.order_id()))
    play.do(ticks=3)
    assert world.orders[play.order_id()].state == "sent"
    play.market.go_down()
    assert MarketChanged(state="down", step="node_unreachable") in play.do()
    assert play.do(c.Checkout()) == [Declined(reason="market_down")]
    assert world.basket == {HAT: 1}
    play.market.come_back()
    play.do()
    assert play.do(c.Checkout())[-1] == Declined(reason="order_open", detail=play.order_id())
    play.market.settle(play.order_id(), "final")
    play.do(ticks=2)
    assert world.owned == {HAT: 1}
    assert world.basket == {}
    assert len([event for event in play.seen if isinstance(event, GoodsArrived)]) == 1


def test_a_good_that_another_buys_from_you_leaves_and_comes_off(tmp_path: Path) -> None:
    chain = FakeChain(catalogue())
    ada, ben = Play(tmp_path / "ada", chain, "ada"), Play(tmp_path / "ben", chain, "ben")
    chain.owned[ada.market.account][HAT] = 1
    ada.market.come_back()
    ada.do()
    ada.do(c.Wear(good=HAT))
    ada.do(c.OfferForSale(good=HAT, unit_price_wei=Wei(1)))
    ada.do()
    offer = next(iter(ada.world.offers))
    for primary in chain.primary.values():
        chain.offers[primary].units[0] = 0  # the makers have none left: the best open offer is Ada's
    chain.block += 1
    ben.do(c.Travel(place=SHOP), ticks=2)
    ben.world.stock.pop(HAT, None)
    ben.do(c.AddToBasket(good=HAT))
    ben.do(c.Checkout())
    ben.do()
    ben.do(c.Confirm(order_id=ben.order_id()))
    ben.do(ticks=4)
    ada.do(ticks=3)
    assert ben.world.owned == {HAT: 1}
    assert ada.world.owned == {}
    assert ada.world.worn == {}
    assert offer not in ada.world.offers
    assert GoodsLeft(good=HAT, quantity=1) in ada.seen
