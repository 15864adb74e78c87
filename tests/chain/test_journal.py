"""The journal gives a nonce once, signs once, and lets an order go only where it may."""

import time
from pathlib import Path
from threading import Barrier, Thread

import msgspec
import pytest

from chain.errors import ChainError
from chain.journal import AFTER, Entry, Journal
from game.core.ids import Address, OrderId

ACCOUNT = Address("0x" + "11" * 20)
CHAIN = "31337:0xabc"


def entry(name: str, *, chain: str = CHAIN, deadline: int = 100) -> Entry:
    return Entry(order_id=OrderId(name), kind="buy", chain=chain, account=ACCOUNT, deadline_secs=deadline)


def make(nonce: int) -> tuple[bytes, str]:
    return b"raw%d" % nonce, f"0x{nonce:064x}"


def sign(journal: Journal, name: str, pending: int = 0) -> Entry:
    journal.draft(entry(name))
    signed = journal.sign(OrderId(name), pending_nonce=pending, make=make)
    assert signed is not None
    return signed[0]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.sqlite")


def test_a_signed_order_survives_with_its_bytes(journal: Journal, tmp_path: Path) -> None:
    signed = sign(journal, "one", pending=7)
    journal.close()
    again = Journal(tmp_path / "journal.sqlite")
    assert again.get(OrderId("one")) == signed
    assert (signed.nonce, signed.state, signed.money_moved) == (7, "signed", None)
    assert again.raw(OrderId("one")) == b"raw7"
    assert again.history(OrderId("one")) == ["draft", "signed"]


def test_a_draft_has_no_bytes(journal: Journal) -> None:
    journal.draft(entry("one"))
    with pytest.raises(ChainError, match="never signed"):
        journal.raw(OrderId("one"))


def test_an_order_is_signed_once(journal: Journal) -> None:
    signed = sign(journal, "one")
    assert journal.sign(OrderId("one"), pending_nonce=9, make=make) is None
    assert journal.draft(entry("one")) == signed
    assert journal.sign(OrderId("none"), pending_nonce=9, make=make) is None


def test_nonces_follow_those_in_flight_and_the_chain(journal: Journal) -> None:
    assert sign(journal, "a", pending=3).nonce == 3
    assert sign(journal, "b", pending=3).nonce == 4  # the node hasn't seen the first yet
    assert sign(journal, "c", pending=9).nonce == 9


def test_a_dropped_order_frees_its_nonce(journal: Journal) -> None:
    first = sign(journal, "a", pending=3)
    journal.move(first, "dropped")
    assert sign(journal, "b", pending=3).nonce == 3


def test_the_next_order_takes_the_nonce_that_others_wait_for(journal: Journal) -> None:
    first = sign(journal, "a", pending=3)
    assert [sign(journal, name, pending=3).nonce for name in "bc"] == [4, 5]
    journal.move(first, "refused")
    assert [sign(journal, name, pending=3).nonce for name in "de"] == [3, 6]


def test_two_processes_never_share_a_nonce(tmp_path: Path) -> None:
    barrier = Barrier(4)
    nonces: list[int | None] = []

    def work(worker: int) -> None:
        own = Journal(tmp_path / "journal.sqlite")
        barrier.wait()
        for number in range(10):
            nonces.append(sign(own, f"{worker}_{number}").nonce)
        own.close()

    Journal(tmp_path / "journal.sqlite").close()
    threads = [Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(nonce for nonce in nonces if nonce is not None) == list(range(40))


def test_only_one_of_two_may_move_an_order(journal: Journal) -> None:
    signed = sign(journal, "one")
    assert journal.move(signed, "sent") is not None
    assert journal.move(signed, "dropped") is None
    kept = journal.get(OrderId("one"))
    assert kept is not None
    assert kept.state == "sent"


@pytest.mark.parametrize("state", ["final", "draft", "elsewhere"])
def test_a_signed_order_cannot_jump(journal: Journal, state: str) -> None:
    with pytest.raises(ChainError, match="can't go"):
        journal.move(sign(journal, "one"), state)


def test_nothing_leaves_an_end(journal: Journal) -> None:
    ends = {state for states in AFTER.values() for state in states} - set(AFTER)
    assert ends == {"final", "refused", "reverted", "dropped", "replaced"}
    dropped = journal.move(sign(journal, "one"), "dropped")
    assert dropped is not None
    with pytest.raises(ChainError):
        journal.move(dropped, "sent")


def test_only_drafts_are_forgotten(journal: Journal) -> None:
    journal.draft(entry("young", deadline=100))
    journal.draft(entry("old", deadline=10))
    sign(journal, "signed")
    assert journal.discard_drafts(before_secs=50) == 1
    assert journal.get(OrderId("old")) is None
    assert journal.discard(OrderId("young"))
    assert not journal.discard(OrderId("signed"))
    assert not journal.discard(OrderId("young"))


def test_orders_in_flight_are_told_by_chain(journal: Journal) -> None:
    sign(journal, "here")
    journal.draft(entry("there", chain="31337:0xdef"))
    journal.sign(OrderId("there"), pending_nonce=0, make=make)
    journal.draft(entry("draft"))
    assert [each.order_id for each in journal.in_flight(CHAIN)] == ["here"]
    assert [each.order_id for each in journal.stranded(CHAIN)] == ["there"]


def test_a_refused_quote_may_be_tried_again(journal: Journal) -> None:
    draft = journal.draft(entry("one"))
    refused = journal.move(draft, "refused", reason="sold_out")
    assert refused is not None
    fresh = entry("one")
    assert journal.draft(fresh) is fresh


def test_what_was_signed_and_refused_may_be_asked_for_anew_under_its_id(journal: Journal) -> None:
    refused = journal.move(sign(journal, "one", pending=7), "refused", reason="sold_out")
    assert refused is not None
    assert [each.state for _, each in journal.orders()] == ["refused"]
    assert sign(journal, "one", pending=7).nonce == 7
    assert journal.history(OrderId("one")) == ["draft", "signed", "refused", "signed"]


def test_orders_are_told_newest_first_without_drafts_and_withdrawals(journal: Journal) -> None:
    sign(journal, "one")
    sign(journal, "two", pending=1)
    journal.draft(entry("three"))
    journal.draft(msgspec.structs.replace(entry("four"), kind="cancel"))
    journal.sign(OrderId("four"), pending_nonce=5, make=make)
    told = journal.orders()
    assert [each.order_id for _, each in told] == ["two", "one"]
    assert all(abs(at_secs - time.time()) < 60 for at_secs, _ in told)
