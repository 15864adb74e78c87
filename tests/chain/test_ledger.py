"""The ledger reads what web3 reads, follows forks, and is the same when it's rebuilt from nothing."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from eth_abi.abi import encode
from hypothesis import given, settings
from hypothesis import strategies as st
from web3 import Web3

from chain import logs as layouts
from chain.errors import ARTIFACTS, ChainError
from chain.ledger import Block, Ledger, sale_of
from chain.logs import TABLES, Log, LogsRefusedError, parse_logs, rows_by_table
from game.core.ids import Address, OfferHash, TokenId

MARKET = "0x" + "aa" * 20
ALICE, BOB, CAROL = (Address("0x" + digit * 40) for digit in "123")
NOBODY = Address("0x" + "00" * 20)
OFFER = OfferHash("0x" + "0f" * 32)


def topic(value: int | str) -> str:
    return "0x" + (f"{value:064x}" if isinstance(value, int) else value[2:].rjust(64, "0"))


def log(
    block: int, index: int, topics: Sequence[str], kinds: Sequence[str], values: Sequence[Any], *, fork: int = 0
) -> Log:
    return Log(
        address=MARKET,
        topics=tuple(topics),
        data="0x" + encode(kinds, values).hex(),
        block_number=hex(block),
        block_hash="0x" + block_hash(block, fork).hex(),
        transaction_hash=topic(block * 1000 + index),
        log_index=hex(index),
    )


def block_hash(number: int, fork: int = 0) -> bytes:
    return (number + 1 + (fork << 128)).to_bytes(32, "big")


def sold(block: int, index: int, *, quantity: int = 1, price: int = 10**30, good: int = 2**255, fork: int = 0) -> Log:
    kinds = ("address", "uint256", "uint256", "address", "uint256", "uint256", "address", "uint256")
    values = (ALICE, quantity, price, CAROL, price // 20, 2**254 + 5, BOB, price // 10)
    return log(block, index, (layouts.SOLD, OFFER, topic(good), topic(BOB)), kinds, values, fork=fork)


def moved(
    block: int, index: int, sender: Address, receiver: Address, units: int, *, good: int = 7, fork: int = 0
) -> Log:
    topics = (layouts.TRANSFER_SINGLE, topic(MARKET), topic(sender), topic(receiver))
    return log(block, index, topics, ("uint256", "uint256"), (good, units), fork=fork)


class Chain:
    """Blocks and logs that tests can fork."""

    def __init__(self) -> None:
        self.forks = [0]  # fork of each block
        self.made: list[Log] = []
        self.asked: list[tuple[int, int]] = []

    def grow(self, *new: Log, to: int) -> None:
        self.forks += [self.forks[-1]] * (to + 1 - len(self.forks))
        self.made += new

    def fork_from(self, number: int, fork: int) -> None:
        """Forget the blocks from `number` on; later ones have other hashes."""
        self.forks = [*self.forks[:number], fork]
        self.made = [log for log in self.made if int(log.block_number, 16) < number]

    def block(self, number: int | str) -> Block | None:
        n = len(self.forks) - 1 if isinstance(number, str) else number
        if n >= len(self.forks):
            return None
        parent = block_hash(n - 1, self.forks[n - 1]) if n else bytes(32)
        return Block(n, block_hash(n, self.forks[n]), parent)

    def logs(self, first: int, last: int, topics: tuple[str, ...]) -> list[Log]:
        self.asked.append((first, last))
        return [log for log in self.made if first <= int(log.block_number, 16) <= last and log.topics[0] in topics]


def tables(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    return {name: ledger.rows(name) for name in TABLES}


def rebuilt(chain: Chain) -> dict[str, list[tuple[object, ...]]]:
    fresh = Ledger(":memory:")
    fresh.rebuild(chain)
    return tables(fresh)


def test_a_sale_is_read_as_web3_reads_it() -> None:
    abi = json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]
    event = Web3().eth.contract(abi=abi).events.Sold()
    made = sold(5, 3, quantity=4, price=2**120)
    theirs = event.process_log(
        {
            "address": Web3.to_checksum_address(made.address), "topics": [bytes.fromhex(t[2:]) for t in made.topics],
            "data": bytes.fromhex(made.data[2:]), "blockNumber": 5, "blockHash": b"", "logIndex": 3,
            "transactionHash": b"", "transactionIndex": 0, "removed": False,
        }
    )["args"]  # fmt: skip
    ours = sale_of(made)
    assert (ours.good, ours.buyer, ours.seller) == (theirs["good"], theirs["buyer"], theirs["seller"])
    assert ours.offer == "0x" + theirs["offerHash"].hex()
    assert (ours.quantity, ours.price_wei) == (theirs["quantity"], theirs["price"])
    assert (ours.creator, ours.creator_wei) == (theirs["creator"], theirs["creatorWei"])
    assert (ours.room, ours.room_owner, ours.room_wei) == (theirs["room"], theirs["roomOwner"], theirs["roomWei"])
    assert (ours.block, ours.tx_hash) == (5, made.transaction_hash)


@pytest.mark.parametrize("contract", ["Market", "Goods"])
def test_every_event_that_is_read_is_laid_out_as_in_the_contract(contract: str) -> None:
    abi = json.loads((ARTIFACTS / f"{contract}.json").read_text("utf-8"))["abi"]
    events = {each["name"]: each for each in abi if each["type"] == "event"}
    known = layouts._LAYOUTS
    seen = 0
    for event in events.values():
        signature = f"{event['name']}({','.join(each['type'] for each in event['inputs'])})"
        layout = known.get(layouts._topic(signature))
        if layout is not None:
            seen += 1
            assert len(layout.slices) == 2 + len(event["inputs"]), signature
    assert seen >= 2


def test_a_log_of_another_length_is_refused() -> None:
    short = sold(1, 0)
    with pytest.raises(ChainError, match="not as long"):
        rows_by_table([Log(**{**{f: getattr(short, f) for f in short.__struct_fields__}, "data": "0x00"})])


def test_logs_that_are_shorter_and_longer_by_turns_are_refused() -> None:
    made = [sold(1, 0), sold(1, 1)]
    data = [made[0].data + "00" * 32, made[1].data[:-64]]
    odd = [msgspec.structs.replace(log, data=text) for log, text in zip(made, data, strict=True)]
    with pytest.raises(ChainError, match="not as long"):
        rows_by_table(odd)
    assert len(list(rows_by_table(made)["sales"])) == 2


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"result":[{"address":5}]}', b'{"result":7}'])
def test_logs_that_are_none_are_an_error(body: bytes) -> None:
    with pytest.raises(LogsRefusedError):
        parse_logs(body)


def test_logs_that_the_node_refuses_are_an_error() -> None:
    with pytest.raises(ChainError, match="too many"):
        parse_logs(b'{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"too many"}}')


def test_batch_transfers_count_like_single_ones() -> None:
    chain = Chain()
    topics = (layouts.TRANSFER_BATCH, topic(MARKET), topic(ALICE), topic(BOB))
    batch = log(2, 1, topics, ("uint256[]", "uint256[]"), ([7, 8, 7], [2, 3, 1]))
    chain.grow(moved(1, 0, NOBODY, ALICE, 5), moved(1, 1, NOBODY, ALICE, 3, good=8), batch, to=2)
    ledger = Ledger(":memory:")
    ledger.follow(chain)
    assert ledger.holdings(BOB) == {TokenId(7): 3, TokenId(8): 3}
    assert ledger.holdings(ALICE) == {TokenId(7): 2}
    assert (ledger.minted(TokenId(7)), ledger.minted(TokenId(8)), ledger.minted(TokenId(9))) == (5, 3, 0)


def test_money_beyond_64_bits_stays_exact() -> None:
    chain = Chain()
    chain.grow(sold(1, 0, price=2**127), sold(1, 1, price=2**127 - 1, quantity=2), to=1)
    ledger = Ledger(":memory:")
    ledger.follow(chain)
    [first, second] = ledger.sales_of(topic(1000), block=1, block_hash="0x" + block_hash(1).hex()) + ledger.sales_of(
        topic(1001), block=1, block_hash="0x" + block_hash(1).hex()
    )
    assert (first.price_wei, second.price_wei) == (2**127, 2**127 - 1)
    assert ledger.credit_of(BOB) == 2**127 // 10 + (2**127 - 1) // 10
    assert ledger.credit_of(ALICE) + ledger.credit_of(BOB) + ledger.credit_of(CAROL) == 2**128 - 1
    assert ledger.sold_of(OFFER) == 3


def test_withdrawals_lower_a_credit() -> None:
    chain = Chain()
    credited = log(1, 1, (layouts.CREDITED, topic(ALICE), topic(BOB)), ("uint256",), (50,))
    withdrawn = log(2, 0, (layouts.WITHDRAWN, topic(ALICE), topic(ALICE)), ("uint256",), (20,))
    chain.grow(credited, withdrawn, to=2)
    ledger = Ledger(":memory:")
    ledger.follow(chain)
    assert (ledger.credit_of(ALICE), ledger.credit_of(BOB)) == (30, 0)


def test_an_offer_is_withdrawn_by_its_serial_or_by_the_counter() -> None:
    chain = Chain()
    cancelled = log(1, 0, (layouts.OFFER_CANCELLED, OFFER, topic(ALICE)), ("uint64",), (2**64 - 1,))
    bumped = log(1, 1, (layouts.COUNTER_BUMPED, topic(BOB)), ("uint64",), (3,))
    chain.grow(cancelled, bumped, to=1)
    ledger = Ledger(":memory:")
    ledger.follow(chain)
    assert ledger.is_cancelled(seller=ALICE, serial=2**64 - 1, counter=0)
    assert not ledger.is_cancelled(seller=ALICE, serial=4, counter=0)
    assert not ledger.is_cancelled(seller=CAROL, serial=2**64 - 1, counter=0)
    assert ledger.is_cancelled(seller=BOB, serial=0, counter=2)
    assert not ledger.is_cancelled(seller=BOB, serial=0, counter=3)


def test_an_orphaned_block_is_unwound_and_its_successor_read() -> None:
    chain = Chain()
    chain.grow(moved(1, 0, NOBODY, ALICE, 5), to=1)
    ledger = Ledger(":memory:")
    ledger.follow(chain)
    chain.grow(moved(2, 0, ALICE, BOB, 5), to=2)
    assert ledger.follow(chain)
    assert ledger.holdings(BOB) == {TokenId(7): 5}
    chain.fork_from(2, fork=1)
    chain.grow(moved(2, 0, ALICE, CAROL, 2, fork=1), to=3)
    assert ledger.follow(chain)
    assert (ledger.holdings(ALICE), ledger.holdings(BOB), ledger.holdings(CAROL)) == ({7: 3}, {}, {7: 2})
    assert tables(ledger) == rebuilt(chain)


def test_a_chain_that_became_shorter_is_unwound() -> None:
    chain = Chain()
    chain.grow(moved(1, 0, NOBODY, ALICE, 5), to=1)
    ledger = Ledger(":memory:")
    ledger.follow(chain)
    chain.grow(moved(3, 0, ALICE, BOB, 5), to=4)
    ledger.follow(chain)
    chain.fork_from(2, fork=0)  # the same blocks, but fewer, as after evm_revert
    ledger.follow(chain)
    assert ledger.holdings(BOB) == {}
    assert ledger.tip() == (2, block_hash(2))


def test_nothing_is_read_twice_when_nothing_happened() -> None:
    chain = Chain()
    chain.grow(sold(1, 0), to=2)
    ledger = Ledger(":memory:")
    assert ledger.follow(chain)
    assert not ledger.follow(chain)
    assert [number for first, last in chain.asked for number in range(first, last + 1)] == [0, 1, 2]
    ledger.add(chain.made)
    assert len(ledger.rows("sales")) == 1


class Stingy(Chain):
    """Tells so many logs at once and no more."""

    most = 10

    def logs(self, first: int, last: int, topics: tuple[str, ...]) -> list[Log]:
        found = super().logs(first, last, topics)
        if len(found) > self.most:
            raise LogsRefusedError("query returned more than 10 results")
        return found


def test_a_node_that_refuses_long_answers_is_asked_for_shorter_ones() -> None:
    chain, plenty = Stingy(), Chain()
    made = [moved(number, index, NOBODY, ALICE, 1) for number in range(40, 50) for index in range(4)]
    for each in (chain, plenty):
        each.grow(*made, to=60)
    ledger, told = Ledger(":memory:"), []
    ledger.follow(chain, told=lambda done, head: told.append((done, head)))
    assert tables(ledger) == rebuilt(plenty)
    assert len(chain.asked) > len(plenty.asked)
    assert told[-1] == (60, 60)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_a_node_that_refuses_even_one_block_is_an_error() -> None:
    chain = Stingy()
    chain.grow(*(moved(1, index, NOBODY, ALICE, 1) for index in range(11)), to=1)
    ledger = Ledger(":memory:")
    with pytest.raises(LogsRefusedError, match="more than 10"):
        ledger.follow(chain)
    chain.most = 11
    ledger.follow(chain)
    assert ledger.holdings(ALICE) == {7: 11}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 5), st.integers(0, 3), st.booleans()), min_size=1, max_size=8
    )
)
def test_whatever_forks_the_ledger_equals_one_built_from_nothing(steps: list[tuple[int, int, int, bool]]) -> None:
    chain, ledger = Chain(), Ledger(":memory:")
    for fork, (blocks, logs, back, follow) in enumerate(steps, start=1):
        height = len(chain.forks) - 1
        if back and height > back:
            chain.fork_from(height - back + 1, fork)
        first = len(chain.forks)
        chain.grow(to=first + blocks - 1)
        for index in range(logs):
            number = first + index % blocks
            chain.made.append(moved(number, index, NOBODY, ALICE, 1 + index, fork=chain.forks[number]))
            chain.made.append(sold(number, 100 + index, fork=chain.forks[number]))
        if follow:
            ledger.follow(chain)
    ledger.follow(chain)
    assert tables(ledger) == rebuilt(chain)
    assert sum(len(rows) for rows in tables(ledger).values()) == len(chain.made)


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(ChainError, match="no table"):
        Ledger(":memory:").rows("secrets")


def test_a_file_from_before_rooms_were_read_is_filled_anew(tmp_path: Path) -> None:
    chain = Chain()
    chain.grow(sold(1, 0), to=2)
    path = tmp_path / "ledger.sqlite"
    ledger = Ledger(path)
    ledger.follow(chain)
    ledger.read("PRAGMA user_version=1")
    ledger.close()
    again = Ledger(path)
    assert again.tip() is None
    again.follow(chain)
    assert tables(again) == rebuilt(chain)
    again.close()
    assert Ledger(path).tip() == (2, block_hash(2))


def test_a_tip_that_a_fork_took_away_is_no_tip_any_more() -> None:
    chain, ledger = Chain(), Ledger(":memory:")
    chain.grow(sold(1, 0), to=2)
    ledger.follow(chain)
    tip = ledger.tip()
    assert tip is not None
    assert ledger.has_tip(tip)
    chain.fork_from(2, fork=1)
    chain.grow(to=3)
    ledger.follow(chain)
    assert not ledger.has_tip(tip)


def test_times_of_blocks_are_kept_by_their_hashes() -> None:
    ledger = Ledger(":memory:")
    ledger.note_times({block_hash(1): 100, block_hash(2): 200})
    assert ledger.times([block_hash(2), block_hash(3)]) == {block_hash(2): 200}
