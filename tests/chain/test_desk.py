"""The desk in this process: finality, reorganisations, baskets that lose a line on their way."""


import msgspec
import pytest

from chain import transactions
from chain.errors import ChainError
from chain.goods_id import player_good_id
from chain.rpc import Rpc
from chain.wallet import open_wallet
from game.core.ids import MakerId, PlaceId, RoomToken, Wei
from game.core.orchard_ports import Can, FollowOrchard, OpenPlot, OrchardTold
from game.core.ports import (
    Cancel,
    Confirm,
    Delisted,
    Down,
    GoodTerms,
    Holdings,
    Line,
    Listed,
    OrderUpdate,
    Quote,
    Refused,
    Sell,
)
from game.core.room_ports import AdmitRoom, Credits, Display, OfferSigned, ReadPurse, SignOffer
from tests.chain.bazaar import HAT, SHOP, VASE, new_id, units_on_chain
from tests.chain.desks import Desks, hat, last, quote, settle, states
from tests.chain.grove import terms


def test_on_the_dev_chain_a_purchase_is_final_at_once(desks: Desks) -> None:
    desk, said = desks("one")
    desk.serve(Confirm(order_id=quote(desk, said, hat())))
    settle(desk)
    assert states(said) == ["signed", "sent", "included", "final"]
    assert not desk.tick()


@pytest.mark.usefixtures("slow_chain")
def test_on_other_chains_a_purchase_is_final_twelve_blocks_deep(desks: Desks, rpc: Rpc) -> None:
    desk, said = desks("one")
    desk.serve(Confirm(order_id=quote(desk, said, hat())))
    for _ in range(transactions.FINAL_AFTER_BLOCKS - 1):
        rpc.call("evm_mine")
    assert desk.tick()
    assert states(said) == ["signed", "sent", "included"]
    rpc.call("evm_mine")
    desk.tick()
    assert states(said) == ["signed", "sent", "included", "final"]


@pytest.mark.usefixtures("slow_chain")
def test_a_purchase_that_a_reorganisation_undid_is_sent_again_and_bought_once(desks: Desks, rpc: Rpc) -> None:
    desk, said = desks("one")
    order_id = quote(desk, said, hat())
    moment = rpc.call("evm_snapshot")
    desk.serve(Confirm(order_id=order_id))
    holdings = last(said, lambda update: isinstance(update, Holdings))
    assert isinstance(holdings, Holdings)
    assert holdings.goods == {HAT: 1}
    rpc.call("evm_revert", moment)
    rpc.call("evm_setAutomine", False)
    desk.tick()
    after = last(said, lambda update: isinstance(update, Holdings))
    assert isinstance(after, Holdings)
    assert after.goods == {}
    undone = last(said, lambda update: isinstance(update, OrderUpdate))
    assert isinstance(undone, OrderUpdate)
    assert (undone.state, undone.money_moved, undone.block) == ("sent", None, 0)
    rpc.call("evm_mine")
    rpc.call("evm_setAutomine", True)
    for _ in range(transactions.FINAL_AFTER_BLOCKS):
        rpc.call("evm_mine")
    desk.tick()
    assert states(said)[-1] == "final"
    assert units_on_chain(rpc, open_wallet(desks.folder / "one").address, HAT) == 1


def test_a_best_effort_basket_that_loses_a_line_on_its_way_pays_for_the_rest(desks: Desks) -> None:
    slow, slow_said = desks("slow")
    fast, fast_said = desks("fast")
    order_id = quote(slow, slow_said, Line(good_id=VASE, quantity=1, place_id=SHOP), hat(2), best_effort=True)
    fast.serve(Confirm(order_id=quote(fast, fast_said, Line(good_id=VASE, quantity=1))))
    assert states(fast_said)[-1] == "final"
    slow.serve(Confirm(order_id=order_id))
    done = slow_said[-1]
    assert isinstance(done, OrderUpdate)
    assert (done.state, done.lines, done.price_wei) == ("final", (hat(2),), 24 * 10**15)
    assert sum(share.wei for share in done.shares) == done.price_wei
    holdings = last(slow_said, lambda update: isinstance(update, Holdings))
    assert isinstance(holdings, Holdings)
    assert holdings.goods == {HAT: 2}
    assert holdings.balance_wei == 10**18 - done.price_wei - done.gas_wei


def test_a_basket_that_is_not_best_effort_is_all_or_nothing(desks: Desks, rpc: Rpc) -> None:
    slow, slow_said = desks("slow")
    fast, fast_said = desks("fast")
    order_id = quote(slow, slow_said, Line(good_id=VASE, quantity=1, place_id=SHOP), hat(2))
    fast.serve(Confirm(order_id=quote(fast, fast_said, Line(good_id=VASE, quantity=1))))
    slow.serve(Confirm(order_id=order_id))
    done = slow_said[-1]
    assert isinstance(done, OrderUpdate)
    assert (done.state, done.reason, done.money_moved) == ("refused", "sold_out", False)
    assert units_on_chain(rpc, open_wallet(desks.folder / "slow").address, HAT) == 0


def test_who_comes_too_late_is_told_before_a_fee_is_paid(desks: Desks, rpc: Rpc) -> None:
    slow, slow_said = desks("slow")
    fast, fast_said = desks("fast")
    order_id = quote(slow, slow_said, Line(good_id=VASE, quantity=1, place_id=SHOP))
    fast.serve(Confirm(order_id=quote(fast, fast_said, Line(good_id=VASE, quantity=1, place_id=SHOP))))
    assert states(fast_said)[-1] == "final"
    slow.serve(Confirm(order_id=order_id))
    done = slow_said[-1]
    assert isinstance(done, OrderUpdate)
    assert (done.state, done.reason, done.tx_hash, done.gas_wei) == ("refused", "sold_out", "", 0)
    assert int(rpc.call("eth_getBalance", open_wallet(desks.folder / "slow").address, "latest"), 16) == 10**18


def test_an_id_of_an_earlier_order_passes_no_other_basket_off_as_it(desks: Desks) -> None:
    desk, said = desks("one")
    order_id = quote(desk, said, hat())
    desk.serve(Confirm(order_id=order_id))
    desk.serve(Quote(order_id=order_id, lines=(hat(),)))  # the same question once more: the same order
    told = said[-1]
    assert isinstance(told, OrderUpdate)
    assert told.state == "final"
    desk.serve(Quote(order_id=order_id, lines=(hat(2),)))
    refused = said[-1]
    assert isinstance(refused, OrderUpdate)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "order_unknown", False)


def test_an_id_of_an_earlier_listing_or_order_lists_and_withdraws_nothing_else(desks: Desks) -> None:
    desk, said = desks("one")
    bought = quote(desk, said, hat(), Line(good_id=VASE, quantity=1))
    desk.serve(Confirm(order_id=bought))
    desk.serve(Sell(request_id="sell", good_id=HAT, quantity=1, unit_price_wei=Wei(10**15)))
    listed = said[-1]
    assert isinstance(listed, Listed)
    desk.serve(Sell(request_id="sell", good_id=VASE, quantity=1, unit_price_wei=Wei(10**15)))
    assert isinstance(said[-1], Refused)
    assert said[-1].reason == "already_listed"
    desk.serve(Cancel(request_id=bought, offer=listed.offer))
    assert isinstance(said[-1], Refused)
    assert said[-1].reason == "order_unknown"
    desk.serve(Cancel(request_id="cancel", offer=listed.offer))
    assert any(isinstance(update, Delisted) and update.offer == listed.offer for update in said)


def test_a_quote_for_another_wallet_or_chain_is_not_signed(desks: Desks) -> None:
    desk, said = desks("one")
    order_id = quote(desk, said, hat())
    for changes in ({"account": "0x" + "12" * 20}, {"chain": "1:0xabc"}):
        entry = desk._journal.get(order_id)
        assert entry is not None
        desk._journal.draft(msgspec.structs.replace(entry, state="draft", **changes))
        desk.serve(Confirm(order_id=order_id))
        refused = said[-1]
        assert isinstance(refused, OrderUpdate)
        assert (refused.state, refused.reason) == ("refused", "quote_outdated")


@pytest.mark.usefixtures("slow_chain")
def test_a_clock_that_jumps_ahead_drops_no_order_that_the_chain_may_still_take(desks: Desks, rpc: Rpc) -> None:
    desk, said = desks("one")
    order_id = quote(desk, said, hat())
    rpc.call("evm_setAutomine", False)
    desk.serve(Confirm(order_id=order_id))
    entry = desk._journal.get(order_id)
    assert entry is not None
    rpc.call("anvil_dropTransaction", entry.tx_hash)  # as when the node that had it is another today
    late_secs = entry.deadline_secs + transactions.DROP_AFTER_SECS + 1
    desk._transactions.resolve(entry, now_secs=late_secs)
    assert states(said)[-1] == "sent"
    rpc.call("anvil_dropTransaction", entry.tx_hash)
    rpc.call("evm_setNextBlockTimestamp", late_secs)
    rpc.call("evm_mine")
    desk._transactions.resolve(entry, now_secs=late_secs)
    dropped = said[-1]
    assert isinstance(dropped, OrderUpdate)
    assert (dropped.state, dropped.reason, dropped.money_moved) == ("dropped", "transaction_dropped", False)


def test_a_damaged_journal_is_told_and_what_was_bought_is_still_there(desks: Desks) -> None:
    desk, said = desks("one")
    desk.serve(Confirm(order_id=quote(desk, said, hat())))
    desk.resume()
    assert not any(isinstance(update, Down) for update in said)
    desks.open.remove(desk)
    desk.close()
    (desks.folder / "one" / "journal.sqlite").write_bytes(b"once upon a time" * 1000)
    again, told = desks("one")
    again.resume()
    down = last(told, lambda update: isinstance(update, Down))
    assert isinstance(down, Down)
    assert "kept as journal.sqlite.damaged-" in down.detail
    holdings = last(told, lambda update: isinstance(update, Holdings))
    assert isinstance(holdings, Holdings)
    assert holdings.goods == {HAT: 1}
    again.serve(Confirm(order_id=quote(again, told, hat())))
    settle(again)
    assert states(told)[-1] == "final"


@pytest.mark.usefixtures("slow_chain")
def test_credits_that_a_reorganisation_undid_are_gone_and_come_again(desks: Desks, rpc: Rpc) -> None:
    maker, told = desks("maker")
    visitor, said = desks("visitor")
    account = open_wallet(desks.folder / "maker").address
    manifest = msgspec.json.encode({"maker": account, "edition": 3, "royalty_bps": 0}, order="sorted")
    good = GoodTerms(
        good_id=player_good_id(manifest), maker=MakerId(account), manifest=manifest, edition=3, royalty_bps=0,
        price_wei=Wei(10**15), room_share_bps=0,
    )  # fmt: skip
    maker.serve(SignOffer(request_id="sign", terms=good))
    signed = last(told, lambda update: isinstance(update, OfferSigned))
    assert isinstance(signed, OfferSigned)
    room = RoomToken(5)
    visitor.serve(AdmitRoom(
        request_id="admit", place_id=PlaceId(f"r{room:064x}"[:21]), room=room, bundle_sha256=bytes(32),
        displays=(Display(terms=good, offers=(signed.signed,)),),
    ))  # fmt: skip
    order_id = quote(visitor, said, Line(good_id=good.good_id, quantity=1))
    maker.serve(ReadPurse())
    moment = rpc.call("evm_snapshot")
    visitor.serve(Confirm(order_id=order_id))
    maker.tick()
    earned = last(told, lambda update: isinstance(update, Credits))
    assert isinstance(earned, Credits)
    assert (earned.withdrawable_wei, [credit.wei for credit in earned.credits]) == (10**15, [10**15])
    rpc.call("evm_revert", moment)
    rpc.call("evm_mine")
    maker.tick()
    undone = last(told, lambda update: isinstance(update, Credits))
    assert isinstance(undone, Credits)
    assert (undone.withdrawable_wei, undone.credits) == (0, ())
    visitor.tick()  # sends the purchase again
    maker.tick()
    again = last(told, lambda update: isinstance(update, Credits))
    assert isinstance(again, Credits)
    assert [credit.wei for credit in again.credits] == [10**15]
    assert again.credits[0].tx_hash == earned.credits[0].tx_hash


def test_what_a_slow_node_kept_from_being_told_of_the_orchard_is_told_the_next_time(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, said = desks("one")
    orchards = desk._office._orchards
    desk.serve(FollowOrchard(request_id=new_id()))
    desk.serve(OpenPlot(request_id=new_id(), **terms(orchards._now_secs())))
    settle(desk)
    orchards.forget_told()
    said.clear()

    def slow() -> Can:
        raise ChainError("the node took too long")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(orchards, "_can", slow)
        with pytest.raises(ChainError):
            orchards.tell_changes()
    assert said == []
    orchards.tell_changes()
    [told] = [update for update in said if isinstance(update, OrchardTold)]
    assert [plot.variety for plot in told.plots] == ["loquat_dawn"]


def test_the_chains_clock_is_heard_of_a_block_that_a_request_read_first(desks: Desks, rpc: Rpc) -> None:
    desk, said = desks("one")
    desk.serve(FollowOrchard(request_id=new_id("follow")))
    before = last(said, lambda update: isinstance(update, OrchardTold))
    rpc.call("evm_increaseTime", 86_400)
    rpc.call("evm_mine")
    desk.serve(ReadPurse())
    desk.tick()
    now = last(said, lambda update: isinstance(update, OrchardTold))
    assert isinstance(before, OrchardTold)
    assert isinstance(now, OrchardTold)
    assert now.now_secs > before.now_secs + 80_000, "a node is some seconds off"
