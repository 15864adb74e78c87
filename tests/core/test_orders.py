from dataclasses import replace
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import commands as c
from game.core import ports
from game.core.events import (
    Asked,
    BasketChanged,
    Declined,
    Event,
    GoodsArrived,
    GoodsLeft,
    HistoryRead,
    MarketChanged,
    OfferClosed,
    OfferOpened,
    OrderMoved,
)
from game.core.ids import GoodId, OfferHash, OrderId, StandId, Wei
from game.core.rules.orders import open_order
from game.core.step import step
from game.core.world import World
from tests.core.small import CAP, HAT, SCARF, SHOP, STREET, ready, stock, world_at


def with_basket(*goods: GoodId) -> World:
    world = world_at()
    step(world, [c.AddToBasket(good=good) for good in goods], [ready()])
    return world


def asked(found: list[Event]) -> list[ports.Request]:
    return [event.request for event in found if isinstance(event, Asked)]


def draft(world: World) -> OrderId:
    quote = asked(step(world, [c.Checkout()]))[0]
    assert isinstance(quote, ports.Quote)
    return quote.order_id


def quote_for(world: World, order_id: OrderId) -> ports.Quoted:
    return ports.Quoted(
        order_id=order_id,
        lines=world.orders[order_id].lines,
        price_wei=Wei(30),
        gas_wei=Wei(2),
        shares=(),
        balance_after_wei=Wei(68),
    )


def confirmed(world: World) -> OrderId:
    order_id = draft(world)
    step(world, [], [quote_for(world, order_id)])
    step(world, [c.Confirm(order_id=order_id)])
    return order_id


def update(order_id: OrderId, state: str, **more: object) -> ports.OrderUpdate:
    return ports.OrderUpdate(order_id=order_id, state=state, **more)  # type: ignore[arg-type]


def test_what_is_held_looked_at_shown_or_tried_goes_into_the_basket() -> None:
    world = world_at()
    assert step(world, [c.AddToBasket()]) == [Declined(reason="nothing_there")]
    step(world, [c.TryOn(good=SCARF)])
    assert BasketChanged(good=SCARF, quantity=1, added=True) in step(world, [c.AddToBasket()])
    step(world, [c.PickUp(stand=StandId("s_cap")), c.AddToBasket()])
    step(world, [c.TryOn(good=GoodId("chair")), c.AddToBasket()])
    step(world, [c.PutBack()])
    world.body.pos_m = (0.0, -0.9, 0.0)
    step(world, [c.Look(pitch_rad=-0.45)])
    step(world, [c.AddToBasket()])
    assert world.basket == {SCARF: 1, CAP: 1, GoodId("chair"): 1, HAT: 1}
    assert set(world.found_in.values()) == {SHOP}


def test_the_basket_holds_no_more_than_is_left() -> None:
    world = with_basket()
    step(world, [], [stock(HAT, 2), stock(CAP, 0)])
    step(world, [c.AddToBasket(good=HAT), c.AddToBasket(good=HAT)])
    assert Declined(reason="no_more_left", detail=HAT) in step(world, [c.AddToBasket(good=HAT)])
    assert Declined(reason="sold_out", detail=CAP) in step(world, [c.AddToBasket(good=CAP)])
    assert world.basket == {HAT: 2}


def test_what_stands_in_another_place_can_be_added_by_name_and_that_room_showed_it() -> None:
    world = with_basket()
    step(world, [c.Travel(place=STREET), c.AddToBasket(good=CAP)])
    assert world.basket == {CAP: 1}
    assert world.found_in == {CAP: SHOP}


def test_what_is_nowhere_on_show_nor_in_the_basket_cannot_be_added() -> None:
    world = with_basket(HAT)
    bare = msgspec.structs.replace(world.places[SHOP], stands=())
    world.places[SHOP] = bare
    step(world, [c.Travel(place=STREET)])
    assert Declined(reason="not_here", detail=CAP) in step(world, [c.AddToBasket(good=CAP)])
    assert Declined(reason="good_unknown", detail="none") in step(world, [c.AddToBasket(good=GoodId("none"))])
    step(world, [c.AddToBasket(good=HAT)])
    assert world.basket == {HAT: 2}
    assert world.found_in == {HAT: SHOP}


def test_taking_out_of_the_basket() -> None:
    world = with_basket(HAT, HAT)
    assert step(world, [c.RemoveFromBasket(good=HAT)]) == [BasketChanged(good=HAT, quantity=1, added=False)]
    step(world, [c.RemoveFromBasket(good=HAT)])
    assert world.basket == world.found_in == {}
    assert step(world, [c.RemoveFromBasket(good=HAT)]) == [Declined(reason="not_in_basket", detail=HAT)]


def test_checkout_asks_for_a_quote_of_the_whole_basket() -> None:
    world = with_basket(HAT, HAT, CAP)
    found = step(world, [c.Checkout(best_effort=True)])
    quote = asked(found)[0]
    assert isinstance(quote, ports.Quote)
    assert quote.best_effort
    assert quote.lines == (
        ports.Line(good_id=HAT, quantity=2, place_id=SHOP),
        ports.Line(good_id=CAP, quantity=1, place_id=SHOP),
    )
    assert OrderMoved(order_id=quote.order_id, state="draft") in found
    assert world.basket == {HAT: 2, CAP: 1}


def test_checkout_is_refused_with_an_empty_basket_or_a_closed_market_or_an_open_order() -> None:
    world = world_at()
    assert step(world, [c.Checkout()]) == [Declined(reason="market_opening")]
    step(world, [], [ports.Down(reason="node_gone")])
    assert step(world, [c.Checkout()]) == [Declined(reason="market_down")]
    step(world, [], [ready()])
    assert step(world, [c.Checkout()]) == [Declined(reason="basket_empty")]
    step(world, [c.AddToBasket(good=HAT)])
    order_id = draft(world)
    assert step(world, [c.Checkout()]) == [Declined(reason="order_open", detail=order_id)]
    step(world, [], [update(order_id, "refused", reason="short_of_money")])
    assert draft(world) != order_id


def test_order_ids_come_from_the_seed() -> None:
    def first_id(seed: int) -> OrderId:
        world = world_at(seed=seed)
        step(world, [c.AddToBasket(good=HAT)], [ready()])
        return draft(world)

    assert first_id(5) == first_id(5) != first_id(6)


def test_a_quoted_order_is_confirmed_once() -> None:
    world = with_basket(HAT)
    order_id = draft(world)
    assert step(world, [c.Confirm(order_id=order_id)]) == [Declined(reason="order_busy", detail="draft")]
    assert step(world, [], [quote_for(world, order_id)]) == [OrderMoved(order_id=order_id, state="quoted")]
    assert world.orders[order_id].price_wei == 30
    assert world.orders[order_id].balance_after_wei == 68
    found = step(world, [c.Confirm(order_id=order_id), c.Confirm(order_id=order_id)])
    assert asked(found) == [ports.Confirm(order_id=order_id)]
    assert Declined(reason="order_busy", detail="confirming") in found
    assert step(world, [c.Confirm(order_id=OrderId("none"))]) == [Declined(reason="order_unknown", detail="none")]


def test_nothing_is_confirmed_while_the_market_is_down() -> None:
    world = with_basket(HAT)
    order_id = draft(world)
    step(world, [], [quote_for(world, order_id), ports.Down(reason="node_gone")])
    assert step(world, [c.Confirm(order_id=order_id)]) == [Declined(reason="market_down")]
    step(world, [], [ready()])
    assert asked(step(world, [c.Confirm(order_id=order_id)])) == [ports.Confirm(order_id=order_id)]


def test_a_declined_order_is_discarded_and_late_news_of_it_change_nothing() -> None:
    world = with_basket(HAT)
    order_id = draft(world)
    late = quote_for(world, order_id)
    found = step(world, [c.Decline(order_id=order_id)])
    assert asked(found) == [ports.Discard(order_id=order_id)]
    assert step(world, [], [late, update(order_id, "dropped")]) == []
    assert world.orders[order_id].state == "declined"
    assert world.basket == {HAT: 1}
    assert step(world, [c.Decline(order_id=order_id)]) == [Declined(reason="order_busy", detail="declined")]
    assert step(world, [c.Decline(order_id=OrderId("none"))]) == [Declined(reason="order_unknown", detail="none")]
    assert open_order(world) is None


def test_what_is_confirmed_cannot_be_declined() -> None:
    world = with_basket(HAT)
    order_id = confirmed(world)
    assert step(world, [c.Decline(order_id=order_id)]) == [Declined(reason="order_busy", detail="confirming")]


def test_a_final_order_empties_the_basket_of_its_lines_but_brings_no_goods() -> None:
    world = with_basket(HAT, HAT)
    order_id = confirmed(world)
    step(world, [c.AddToBasket(good=CAP)])
    found = step(world, [], [update(order_id, "final", tx_hash="0xab", block=7, gas_used=9, money_moved=True)])
    assert found == [OrderMoved(order_id=order_id, state="final"), BasketChanged(good=HAT, quantity=0, added=False)]
    assert world.basket == {CAP: 1}
    assert world.owned == {}
    order = world.orders[order_id]
    assert (order.tx_hash, order.block, order.gas_used, order.money_moved) == ("0xab", 7, 9, True)
    assert step(world, [], [ports.Holdings(goods={HAT: 2}, balance_wei=Wei(1), block=7)]) == [
        GoodsArrived(good=HAT, quantity=2, restored=True)
    ]


def test_skipped_lines_stay_in_the_basket() -> None:
    world = with_basket(HAT, CAP)
    order_id = draft(world)
    quote = quote_for(world, order_id)
    skipping = ports.Quoted(
        order_id=order_id,
        lines=quote.lines,
        price_wei=Wei(10),
        gas_wei=Wei(1),
        shares=(),
        balance_after_wei=Wei(1),
        skipped=(CAP,),
    )
    step(world, [], [skipping])
    step(world, [c.Confirm(order_id=order_id)])
    step(world, [], [update(order_id, "final")])
    assert world.basket == {CAP: 1}


@pytest.mark.parametrize("state", ["reverted", "refused"])
def test_an_order_that_failed_once_it_was_sent_says_why_and_keeps_the_basket(state: str) -> None:
    world = with_basket(HAT)
    order_id = confirmed(world)
    step(world, [], [update(order_id, "signed"), update(order_id, "sent")])
    step(world, [], [update(order_id, state, reason="sold_out", detail="the last went", money_moved=False)])
    order = world.orders[order_id]
    assert (order.state, order.reason, order.detail, order.money_moved) == (
        state,
        "sold_out",
        "the last went",
        False,
    )
    assert world.basket == {HAT: 1}


def test_an_order_of_an_earlier_session_takes_nothing_out_of_this_basket() -> None:
    world = with_basket(HAT)
    old = OrderId("order_of_yesterday")
    lines = (ports.Line(good_id=HAT, quantity=1),)
    assert step(world, [], [update(old, "sent", lines=lines)]) == [OrderMoved(order_id=old, state="sent")]
    assert step(world, [c.Checkout()]) == [Declined(reason="order_open", detail=old)]
    step(world, [], [update(old, "final")])
    assert world.basket == {HAT: 1}
    assert world.orders[old].lines == lines


def test_news_from_before_sending_never_call_an_order_back_but_unwound_blocks_do() -> None:
    world = with_basket(HAT)
    order_id = confirmed(world)
    step(world, [], [update(order_id, "draft")])
    assert world.orders[order_id].state == "confirming"
    step(world, [], [update(order_id, "included"), quote_for(world, order_id)])
    assert world.orders[order_id].state == "included"
    step(world, [], [update(order_id, "sent")])
    assert world.orders[order_id].state == "sent"


STATES = ("draft", "signed", "sent", "included", "unknown", "final", "reverted", "dropped", "replaced", "refused")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(STATES), max_size=12), st.integers(1, 3))
def test_whatever_the_order_of_news_a_basket_is_emptied_at_most_once(states: list[str], units: int) -> None:
    world = with_basket(*[HAT] * units)
    order_id = confirmed(world)
    found: list[Event] = []
    for state in states:
        found += step(world, [], [update(order_id, state)])
        if world.orders[order_id].state == "final":
            step(world, [c.AddToBasket(good=HAT)])  # a new unit that no late news may take
            break
    basket = dict(world.basket)
    for state in states:
        found += step(world, [], [update(order_id, state)])
    ends = [s for s in states if s in ports.FINAL_STATES]
    assert [e.state for e in found if isinstance(e, OrderMoved) and e.state in ports.FINAL_STATES] == ends[:1]
    assert len([e for e in found if isinstance(e, BasketChanged)]) == (1 if ends[:1] == ["final"] else 0)
    assert world.basket == basket


def test_a_purchase_ends_the_same_in_whatever_order_its_news_come() -> None:
    for order_of_news in permutations(range(4)):
        world = with_basket(HAT)
        order_id = confirmed(world)
        news: list[ports.Update] = [
            update(order_id, "included"),
            update(order_id, "final"),
            update(order_id, "final"),
            ports.Holdings(goods={HAT: 1}, balance_wei=Wei(1), block=7),
        ]
        found = [event for index in order_of_news for event in step(world, [], [news[index]])]
        assert world.owned == {HAT: 1}
        assert world.basket == {}
        assert world.orders[order_id].state == "final"
        assert len([event for event in found if isinstance(event, GoodsArrived)]) == 1


def test_holdings_tell_what_came_and_went() -> None:
    world = with_basket()
    step(world, [], [ports.Holdings(goods={HAT: 1, CAP: 0}, balance_wei=Wei(50), block=1)])
    assert world.owned == {HAT: 1}
    found = step(world, [], [ports.Holdings(goods={CAP: 2}, balance_wei=Wei(40), block=2)])
    assert found == [GoodsArrived(good=CAP, quantity=2), GoodsLeft(good=HAT, quantity=1)]
    assert world.purse.balance_wei == 40
    assert step(world, [], [ports.Holdings(goods={CAP: 2}, balance_wei=Wei(40), block=3)]) == []


def test_the_market_opens_once_and_says_how_far_it_is() -> None:
    world = world_at()
    assert step(world, [], [ports.Progress(step="deploying")]) == [MarketChanged(state="opening", step="deploying")]
    assert step(world, [], [ready(), ready()]) == [MarketChanged(state="open")]
    assert world.purse.chain_id == 31337
    assert step(world, [], [ports.Down(reason="node_gone")]) == [MarketChanged(state="down", step="node_gone")]


def test_owned_goods_are_offered_for_sale_and_withdrawn() -> None:
    world = with_basket()
    sell = c.OfferForSale(good=HAT, unit_price_wei=Wei(5), room_share_bps=700)
    assert step(world, [sell]) == [Declined(reason="not_owned", detail=HAT)]
    step(world, [], [ports.Holdings(goods={HAT: 1}, balance_wei=Wei(1), block=1)])
    free = c.OfferForSale(good=HAT, unit_price_wei=Wei(0))
    assert step(world, [free]) == [Declined(reason="price_zero", detail=HAT)]
    request = asked(step(world, [sell]))[0]
    assert isinstance(request, ports.Sell)
    assert (request.unit_price_wei, request.room_share_bps) == (5, 700)
    listed = ports.Listed(
        request_id=request.request_id, offer=OfferHash("0x1"), good_id=HAT, quantity=1, unit_price_wei=Wei(5)
    )
    assert step(world, [], [listed, listed]) == [OfferOpened(listed=listed)]
    assert step(world, [sell]) == [Declined(reason="all_listed", detail=HAT)]
    assert step(world, [c.Withdraw(offer=OfferHash("0x2"))]) == [Declined(reason="offer_unknown", detail="0x2")]
    cancel = asked(step(world, [c.Withdraw(offer=OfferHash("0x1"))]))[0]
    assert isinstance(cancel, ports.Cancel)
    delisted = ports.Delisted(request_id=cancel.request_id, offer=OfferHash("0x1"), good_id=HAT)
    assert step(world, [], [delisted, delisted]) == [OfferClosed(delisted=delisted)]
    refused = ports.Refused(request_id="sell_1", reason="already_offered", detail="no")
    assert step(world, [], [refused]) == [Declined(reason="already_offered", detail="no")]


def test_an_offer_made_in_an_earlier_session_is_restored_and_no_news() -> None:
    world = with_basket()
    listed = ports.Listed(
        request_id="sell_before", offer=OfferHash("0x1"), good_id=HAT, quantity=1, unit_price_wei=Wei(5)
    )
    assert step(world, [], [listed]) == [OfferOpened(listed=listed, restored=True)]
    assert list(world.offers) == ["0x1"]


@pytest.mark.parametrize("wish", [c.OfferForSale(good=HAT, unit_price_wei=Wei(5)), c.Withdraw(offer=OfferHash("0x1"))])
def test_nothing_is_sold_while_the_market_is_down(wish: c.Command) -> None:
    world = replace(world_at(), owned={HAT: 1})
    world.offers[OfferHash("0x1")] = ports.Listed(
        request_id="", offer=OfferHash("0x1"), good_id=HAT, quantity=1, unit_price_wei=Wei(5)
    )
    step(world, [], [ports.Down(reason="node_gone")])
    assert step(world, [wish]) == [Declined(reason="market_down")]


PAST = ports.PastOrder(
    order_id=OrderId("order_9"), at_secs=1_800_000_000, state="final", lines=(ports.Line(good_id=HAT, quantity=1),),
    price_wei=Wei(10**16), gas_wei=Wei(10**12), shares=(), chain_id=31337, tx_hash="0xab", block=7, money_moved=True,
)  # fmt: skip


def test_every_order_ever_is_asked_for_and_kept_as_the_market_tells_it() -> None:
    world = world_at()
    assert step(world, [c.ReadHistory()]) == [Asked(request=ports.Recall())]
    assert world.history is None
    assert step(world, [], [ports.History(orders=(PAST,))]) == [HistoryRead(orders=1)]
    assert world.history == (PAST,)
    assert world.orders == {}, "what is over does not open again"


def test_the_chain_s_round_trip_is_asked_for_only_while_the_market_is_open() -> None:
    world = world_at()
    world.purse.state = "opening"
    assert step(world, [c.PingMarket()]) == []
    world.purse.state = "open"
    assert step(world, [c.PingMarket()]) == [Asked(request=ports.Ping())]
    assert world.purse.round_trip_ms is None
    assert step(world, [], [ports.Pong(round_trip_ms=2.5)]) == []
    assert world.purse.round_trip_ms == 2.5
