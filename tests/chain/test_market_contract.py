"""What every Market promises: the fake one, the embedded node's and anvil's pass the same tests."""


import pytest

from game.core.ids import WEI_PER_COIN, GoodId, OfferHash, OrderId
from game.core.ports import (
    REASONS,
    STEPS,
    Cancel,
    Confirm,
    Delisted,
    Discard,
    History,
    Line,
    Listed,
    OrderUpdate,
    PastOrder,
    Ping,
    Pong,
    Progress,
    Quoted,
    Recall,
    Refused,
)
from tests.chain.bazaar import CATALOGUE, CHAIR, HAT, LAMP, SHOP, STREET, VASE, Bazaar, Player, new_id


def hat(quantity: int = 1, **more: object) -> Line:
    return Line(good_id=HAT, quantity=quantity, place_id=SHOP, **more)  # type: ignore[arg-type]


def test_opening_tells_the_account_every_stock_and_the_holdings(bazaar: Bazaar) -> None:
    player = bazaar.first
    assert player.ready is not None
    assert player.ready.chain_id == 31337
    assert player.ready.play_money
    assert player.ready.balance_wei > 0
    assert set(player.stock) == {good.good_id for good in CATALOGUE.goods}
    assert all(update.step in STEPS for update in player.heard if isinstance(update, Progress))
    assert bazaar.second.ready is not None
    assert bazaar.second.ready.account != player.ready.account


def test_a_quote_shows_price_shares_gas_and_the_balance_after(bazaar: Bazaar) -> None:
    player = bazaar.first
    assert player.holdings is not None
    before = player.holdings.balance_wei
    quoted = player.quote(hat(2))
    assert isinstance(quoted, Quoted)
    assert quoted.price_wei == 24 * WEI_PER_COIN
    assert sum(share.wei for share in quoted.shares) == quoted.price_wei
    assert {share.role: share.wei for share in quoted.shares}["room"] == quoted.price_wei // 10
    assert {share.role: share.who for share in quoted.shares} == {"seller": "mei_lin", "room": "hana_mori"}
    assert quoted.gas_wei > 0
    assert quoted.balance_after_wei == before - quoted.price_wei - quoted.gas_wei
    player.listen()
    assert player.holdings.balance_wei == before


def test_without_a_room_nobody_gets_a_room_share(bazaar: Bazaar) -> None:
    quoted = bazaar.first.quote(Line(good_id=HAT, quantity=1))
    assert isinstance(quoted, Quoted)
    assert [share.role for share in quoted.shares] == ["seller"]
    assert quoted.shares[0].wei == quoted.price_wei


def test_a_purchase_passes_every_state_once_and_brings_the_good(bazaar: Bazaar) -> None:
    player = bazaar.first
    owned, left = player.owned(HAT), player.stock[HAT].left
    quoted = player.quote(hat())
    assert isinstance(quoted, Quoted)
    done = player.confirm(quoted.order_id)
    moves = player.moves(quoted.order_id)
    assert [move.state for move in moves] == ["signed", "sent", "included", "final"]
    assert [move.money_moved for move in moves] == [None, None, True, True]
    assert done.price_wei == quoted.price_wei
    assert done.shares == quoted.shares
    assert done.lines == quoted.lines
    assert done.tx_hash.startswith("0x")
    assert len(done.tx_hash) == 66
    assert done.block > 0
    assert 0 < done.gas_wei <= quoted.gas_wei
    player.wait("the hat", lambda: player.owned(HAT) == owned + 1 and player.stock[HAT].left == left - 1)
    assert player.ready is not None
    assert player.holdings is not None
    assert player.holdings.balance_wei >= quoted.balance_after_wei
    assert bazaar.owned_on_chain(player.ready.account, HAT) == owned + 1


def test_confirming_twice_buys_once(bazaar: Bazaar) -> None:
    player = bazaar.first
    owned = player.owned(HAT)
    quoted = player.quote(hat())
    assert isinstance(quoted, Quoted)
    player.market.submit(Confirm(order_id=quoted.order_id))
    done = player.confirm(quoted.order_id)
    again = player.confirm(quoted.order_id)
    assert done.state == again.state == "final"
    assert done.tx_hash == again.tx_hash
    player.wait("the hat", lambda: player.owned(HAT) == owned + 1)
    assert player.ready is not None
    assert bazaar.owned_on_chain(player.ready.account, HAT) == owned + 1


def test_quoting_a_finished_order_again_tells_how_it_ended(bazaar: Bazaar) -> None:
    player = bazaar.first
    done = player.buy(hat())
    again = player.quote(hat(), order_id=done.order_id)
    assert isinstance(again, OrderUpdate)
    assert (again.state, again.tx_hash) == ("final", done.tx_hash)


def test_a_discarded_order_cannot_be_confirmed(bazaar: Bazaar) -> None:
    player = bazaar.first
    owned = player.owned(HAT)
    quoted = player.quote(hat())
    player.market.submit(Discard(order_id=quoted.order_id))
    refused = player.confirm(quoted.order_id)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "order_unknown", False)
    assert player.owned(HAT) == owned


def test_an_order_that_was_never_quoted_cannot_be_confirmed(bazaar: Bazaar) -> None:
    refused = bazaar.first.confirm(OrderId(new_id()))
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "order_unknown", False)


def test_a_quote_is_outdated_after_its_time(bazaar: Bazaar) -> None:
    player = bazaar.second
    quoted = player.quote(hat())
    assert isinstance(quoted, Quoted)
    bazaar.pass_secs(3600)
    refused = player.confirm(quoted.order_id)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "quote_outdated", False)


def test_a_sold_out_good_is_refused_and_no_money_moves(bazaar: Bazaar) -> None:
    player, other = bazaar.first, bazaar.second
    vase = Line(good_id=VASE, quantity=1, place_id=SHOP)
    assert player.buy(vase).state == "final"
    other.wait("the other player to hear", lambda: other.stock[VASE].left == 0)
    refused = other.buy(vase)
    assert isinstance(refused, OrderUpdate)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "sold_out", False)


def test_more_than_the_edition_is_sold_out(bazaar: Bazaar) -> None:
    refused = bazaar.first.quote(hat(21))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "sold_out"


@pytest.mark.parametrize("quantity", [0, -1])
def test_no_fewer_than_one_unit_can_be_bought(bazaar: Bazaar, quantity: int) -> None:
    refused = bazaar.first.quote(hat(quantity))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "bad_quantity"


def test_an_unknown_good_is_refused(bazaar: Bazaar) -> None:
    refused = bazaar.first.quote(Line(good_id=GoodId("moon"), quantity=1))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "offer_unknown"


def test_an_unknown_offer_is_refused(bazaar: Bazaar) -> None:
    refused = bazaar.first.quote(hat(offer=OfferHash("0x" + "12" * 32)))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "offer_unknown"


def test_a_room_that_does_not_show_the_good_is_not_paid(bazaar: Bazaar) -> None:
    refused = bazaar.first.quote(Line(good_id=HAT, quantity=1, place_id=STREET))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "not_on_display"


def test_too_little_money_is_refused(bazaar: Bazaar) -> None:
    player = bazaar.second
    assert player.ready is not None
    assert player.holdings is not None
    before = player.holdings.balance_wei
    bazaar.set_balance(player.ready.account, 11 * WEI_PER_COIN)
    refused = player.quote(hat())
    assert isinstance(refused, OrderUpdate)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "not_enough_money", False)
    bazaar.set_balance(player.ready.account, before)
    assert isinstance(player.quote(hat()), Quoted)


def test_several_lines_are_one_purchase(bazaar: Bazaar) -> None:
    player = bazaar.first
    hats, chairs = player.owned(HAT), player.owned(CHAIR)
    done = player.buy(hat(), Line(good_id=CHAIR, quantity=2, place_id=STREET))
    assert done.state == "final", done
    assert done.price_wei == (12 + 60) * WEI_PER_COIN
    assert sum(share.wei for share in done.shares) == done.price_wei
    player.wait("all goods", lambda: (player.owned(HAT), player.owned(CHAIR)) == (hats + 1, chairs + 2))


def test_best_effort_skips_what_is_sold_out(bazaar: Bazaar) -> None:
    player = bazaar.second
    chairs = player.owned(CHAIR)
    lines = (Line(good_id=LAMP, quantity=4, place_id=SHOP), Line(good_id=CHAIR, quantity=1, place_id=STREET))
    strict = player.quote(*lines)
    assert isinstance(strict, OrderUpdate)
    assert strict.reason == "sold_out"
    quoted = player.quote(*lines, best_effort=True)
    assert isinstance(quoted, Quoted)
    assert quoted.skipped == (LAMP,)
    assert quoted.lines == lines[1:]
    assert quoted.price_wei == 30 * WEI_PER_COIN
    done = player.confirm(quoted.order_id)
    assert (done.state, done.price_wei) == ("final", quoted.price_wei)
    player.wait("the chair", lambda: player.owned(CHAIR) == chairs + 1)


def test_best_effort_with_nothing_left_is_sold_out(bazaar: Bazaar) -> None:
    refused = bazaar.second.quote(Line(good_id=LAMP, quantity=4, place_id=SHOP), best_effort=True)
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "sold_out"


def test_a_resale_is_bought_by_another_player_and_pays_the_creator(bazaar: Bazaar) -> None:
    seller, buyer = bazaar.first, bazaar.second
    assert seller.buy(Line(good_id=LAMP, quantity=1, place_id=SHOP)).state == "final"
    seller.wait("the lamp", lambda: seller.owned(LAMP) >= 1)
    lamps, others_lamps = seller.owned(LAMP), buyer.owned(LAMP)
    listed = seller.sell(LAMP, 60, share=500)
    assert isinstance(listed, Listed)
    assert (listed.good_id, listed.quantity, listed.unit_price_wei) == (LAMP, 1, 60 * WEI_PER_COIN)
    bazaar.show_offer(listed.offer, of=seller, to=buyer)
    done = buyer.buy(Line(good_id=LAMP, quantity=1, place_id=SHOP, offer=listed.offer))
    assert done.state == "final", done
    shares = {share.role: share.wei for share in done.shares}
    assert shares["creator"] == done.price_wei * 500 // 10_000
    assert shares["room"] == done.price_wei * 500 // 10_000
    assert sum(shares.values()) == done.price_wei == 60 * WEI_PER_COIN
    buyer.wait("the lamp", lambda: buyer.owned(LAMP) == others_lamps + 1)
    seller.wait("the seller to hear", lambda: seller.owned(LAMP) == lamps - 1)
    seller.wait(
        "the offer to be closed",
        lambda: any(isinstance(u, Delisted) and u.offer == listed.offer for u in seller.heard),
    )


def test_a_used_id_passes_no_other_basket_off_as_the_earlier_order(bazaar: Bazaar) -> None:
    player = bazaar.first
    bought = player.buy(hat())
    same = player.quote(hat(), order_id=bought.order_id)
    assert isinstance(same, OrderUpdate)
    assert (same.state, same.tx_hash) == ("final", bought.tx_hash)
    other = player.quote(hat(2), order_id=bought.order_id)
    assert isinstance(other, OrderUpdate)
    assert (other.state, other.reason, other.money_moved) == ("refused", "order_unknown", False)
    assert player.confirm(bought.order_id).state == "final"


def test_an_own_offer_cannot_be_bought(bazaar: Bazaar) -> None:
    player = bazaar.first
    assert player.buy(Line(good_id=CHAIR, quantity=1)).state == "final"
    player.wait("a chair", lambda: player.owned(CHAIR) >= 1)
    listed = player.sell(CHAIR, 70)
    assert isinstance(listed, Listed)
    refused = player.quote(Line(good_id=CHAIR, quantity=1, offer=listed.offer))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "own_offer"


def test_a_cancelled_offer_is_never_filled(bazaar: Bazaar) -> None:
    seller, buyer = bazaar.first, bazaar.second
    assert seller.buy(hat()).state == "final"
    seller.wait("the hat", lambda: seller.owned(HAT) >= 1)
    listed = seller.sell(HAT, 20)
    assert isinstance(listed, Listed)
    bazaar.show_offer(listed.offer, of=seller, to=buyer)
    assert isinstance(buyer.quote(Line(good_id=HAT, quantity=1, offer=listed.offer)), Quoted)
    cancel = Cancel(request_id=new_id("cancel"), offer=listed.offer)
    assert isinstance(seller.answer(cancel, (Delisted, Refused)), Delisted)
    assert isinstance(seller.answer(cancel, (Delisted, Refused)), Delisted)
    refused = buyer.quote(Line(good_id=HAT, quantity=1, offer=listed.offer))
    assert isinstance(refused, OrderUpdate)
    assert (refused.reason, refused.money_moved) == ("offer_cancelled", False)


def test_only_what_one_owns_can_be_sold(bazaar: Bazaar) -> None:
    refused = bazaar.second.sell(HAT, 10, quantity=bazaar.second.owned(HAT) + 1)
    assert isinstance(refused, Refused)
    assert refused.reason == "not_owned"


def test_a_unit_is_not_offered_twice(bazaar: Bazaar) -> None:
    player = bazaar.second
    assert player.buy(hat()).state == "final"
    player.wait("the hat", lambda: player.owned(HAT) >= 1)
    assert isinstance(player.sell(HAT, 20, quantity=player.owned(HAT)), Listed)
    refused = player.sell(HAT, 21)
    assert isinstance(refused, Refused)
    assert refused.reason == "already_listed"


def test_somebody_elses_offer_cannot_be_cancelled(bazaar: Bazaar) -> None:
    seller, other = bazaar.first, bazaar.second
    assert seller.buy(hat()).state == "final"
    seller.wait("the hat", lambda: seller.owned(HAT) >= 1)
    listed = seller.sell(HAT, 22)
    assert isinstance(listed, Listed)
    bazaar.show_offer(listed.offer, of=seller, to=other)
    refused = other.answer(Cancel(request_id=new_id("cancel"), offer=listed.offer), (Delisted, Refused))
    assert isinstance(refused, Refused)
    assert refused.reason == "offer_unknown"


def test_every_reason_that_was_given_is_a_known_one(bazaar: Bazaar) -> None:
    for player in (bazaar.first, bazaar.second):
        player.listen()
        given = {getattr(update, "reason", "") for update in player.heard} - {""}
        assert given
        assert given <= set(REASONS)


def test_a_question_to_the_chain_takes_some_time_and_is_answered_every_time(bazaar: Bazaar) -> None:
    for _ in range(3):
        told = bazaar.first.answer(Ping(), Pong)
        assert isinstance(told, Pong)
        assert 0.0 < told.round_trip_ms < 60_000


def history_of(player: Player) -> tuple[PastOrder, ...]:
    told = player.answer(Recall(), History)
    assert isinstance(told, History)
    return told.orders


def test_every_order_is_told_newest_first_after_a_restart_too(bazaar: Bazaar) -> None:
    before = {order.order_id for order in history_of(bazaar.first)}
    one = bazaar.first.buy(Line(good_id=HAT, quantity=1, place_id=SHOP))
    two = bazaar.first.buy(Line(good_id=HAT, quantity=2, place_id=SHOP))
    quoted = bazaar.first.quote(Line(good_id=HAT, quantity=1))
    for again in (False, True):
        player = bazaar.restart(bazaar.first) if again else bazaar.first
        told = [order for order in history_of(player) if order.order_id not in before]
        assert [order.order_id for order in told] == [two.order_id, one.order_id], "a mere quote is no order"
        assert quoted.order_id not in [order.order_id for order in told]
        for order, bought in zip(told, (two, one), strict=True):
            assert (order.state, order.money_moved) == ("final", True)
            assert (order.lines, order.price_wei, order.shares) == (bought.lines, bought.price_wei, bought.shares)
            assert (order.tx_hash, order.block, order.gas_wei) == (bought.tx_hash, bought.block, bought.gas_wei)
            assert order.chain_id == 31337
            assert order.at_secs > 1_700_000_000
            assert sum(share.wei for share in order.shares) == order.price_wei
    assert two.order_id not in {order.order_id for order in history_of(bazaar.second)}


def test_a_refused_order_is_told_with_its_reason_and_without_money(bazaar: Bazaar) -> None:
    refused = bazaar.first.quote(Line(good_id=HAT, quantity=10_000, place_id=SHOP))
    told = next(order for order in history_of(bazaar.first) if order.order_id == refused.order_id)
    assert (told.state, told.reason, told.money_moved, told.tx_hash) == ("refused", "sold_out", False, "")
