"""What the embedded node promises of a bundle: its transaction is mined if it succeeds, or costs nothing at all."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from eth_hash.auto import keccak

from chain.embedded import EmbeddedServer
from chain.rpc import Rpc, RpcError
from tests.chain.accounts import LOGGER, ONCE, REVERTER, Person

STRANGER = "0x" + "57" * 20


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    running = serve(home)
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def rpc(server: EmbeddedServer) -> Iterator[Rpc]:
    connection = Rpc(server.url)
    yield connection
    connection.close()


def serve(home: Path) -> EmbeddedServer:
    server = EmbeddedServer(home)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def hash_of(raw: str) -> str:
    return "0x" + keccak(bytes.fromhex(raw[2:])).hex()


def bundle(rpc: Rpc, raw: str, *, may_fail: bool = False) -> str:
    """Send a transaction as a bundle; its hash."""
    answer = rpc.call("eth_sendBundle", {"txs": [raw], "revertingTxHashes": [hash_of(raw)] if may_fail else []})
    assert answer == {"bundleHash": "0x" + keccak(bytes.fromhex(hash_of(raw)[2:])).hex()}
    return hash_of(raw)


def standing(rpc: Rpc, person: Person) -> tuple[Any, ...]:
    return tuple(rpc.call(what, person.address, "latest") for what in ("eth_getBalance", "eth_getTransactionCount"))


def status(rpc: Rpc, tx_hash: str) -> int | None:
    receipt = rpc.call("eth_getTransactionReceipt", tx_hash)
    return None if receipt is None else int(receipt["status"], 16)


def take(rpc: Rpc, once: str) -> None:
    """As if somebody had called it a moment ago."""
    rpc.call("anvil_setStorageAt", once, "0x0", "0x" + "00" * 31 + "01")


def test_a_bundle_that_succeeds_is_mined_like_any_transaction(rpc: Rpc) -> None:
    person = Person(rpc)
    logger = person.create(LOGGER)
    gone = bundle(rpc, person.sign(to=logger, data="0x" + "07" * 96, value=0))
    receipt = rpc.call("eth_getTransactionReceipt", gone)
    assert (receipt["status"], len(receipt["logs"])) == ("0x1", 1)
    plain = person.send(to=logger, data="0x" + "07" * 96)
    assert receipt["gasUsed"] == plain["gasUsed"]
    assert rpc.call("eth_getBlockByNumber", "latest", False)["parentHash"] == receipt["blockHash"]


@pytest.mark.parametrize(("code", "fields", "words"), [
    (REVERTER, {}, "custom error 0xdeadbeef"), (LOGGER, {"gas": 21_100, "data": "0x01"}, "OutOfGas"),
])  # fmt: skip
def test_a_bundle_that_would_fail_is_refused_and_costs_nothing(
    rpc: Rpc, code: str, fields: dict[str, Any], words: str
) -> None:
    person = Person(rpc)
    contract = person.create(code)
    before, head = standing(rpc, person), rpc.call("eth_blockNumber")
    raw = person.sign(to=contract, **fields)
    with pytest.raises(RpcError, match=words) as refused:
        bundle(rpc, raw)
    assert refused.value.code == 3
    assert (standing(rpc, person), rpc.call("eth_blockNumber")) == (before, head)
    assert rpc.call("eth_getTransactionByHash", hash_of(raw)) is None
    assert person.send(to=STRANGER, value=1)["status"] == "0x1"  # with the same nonce


def test_a_bundle_that_may_fail_is_mined_though_it_does(rpc: Rpc) -> None:
    person = Person(rpc)
    contract = person.create(REVERTER)
    assert status(rpc, bundle(rpc, person.sign(to=contract), may_fail=True)) == 0


def test_of_two_in_one_block_the_second_is_left_out(rpc: Rpc) -> None:
    first, second = Person(rpc, "first"), Person(rpc, "second")
    once = first.create(ONCE)
    rpc.call("evm_setAutomine", False)
    before = standing(rpc, second)
    late = bundle(rpc, second.sign(to=once, nonce=1))  # its turn has not come, so nobody knows yet
    won = bundle(rpc, first.sign(to=once))
    other = rpc.call("eth_sendRawTransaction", second.sign(to=STRANGER, nonce=0))
    with pytest.raises(RpcError, match="reverted"):
        bundle(rpc, Person(rpc, "third").sign(to=once))
    rpc.call("evm_mine")
    assert [status(rpc, each) for each in (other, won, late)] == [1, 1, None]
    assert rpc.call("eth_getTransactionByHash", late) is None
    fee = int(rpc.call("eth_getTransactionReceipt", other)["gasUsed"], 16)
    assert int(standing(rpc, second)[0], 16) > int(before[0], 16) - (fee + 1) * 10**10
    assert standing(rpc, second)[1] == "0x1"
    rpc.call("evm_mine")
    assert status(rpc, late) is None


def test_what_follows_a_transaction_that_was_left_out_waits_for_its_nonce(rpc: Rpc) -> None:
    person = Person(rpc)
    once = Person(rpc, "maker").create(ONCE)
    rpc.call("evm_setAutomine", False)
    lost = bundle(rpc, person.sign(to=once, nonce=0))
    later = bundle(rpc, person.sign(to=STRANGER, nonce=1))
    take(rpc, once)
    head = int(rpc.call("eth_blockNumber"), 16)
    rpc.call("evm_mine")
    assert int(rpc.call("eth_blockNumber"), 16) == head + 1
    assert [status(rpc, each) for each in (lost, later)] == [None, None]
    assert rpc.call("eth_getTransactionByHash", later)["blockNumber"] is None
    assert rpc.call("eth_getTransactionCount", person.address, "pending") == "0x0"
    rpc.call("evm_setAutomine", True)
    assert rpc.call("eth_getTransactionByHash", later)["blockNumber"] is None
    instead = rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, nonce=0))
    assert [status(rpc, each) for each in (instead, later)] == [1, 1]


def test_with_automining_turned_on_what_would_fail_makes_no_block(rpc: Rpc) -> None:
    person = Person(rpc)
    once = person.create(ONCE)
    rpc.call("evm_setAutomine", False)
    lost = bundle(rpc, person.sign(to=once))
    take(rpc, once)
    before, head = standing(rpc, person), rpc.call("eth_blockNumber")
    rpc.call("evm_setAutomine", True)
    assert (standing(rpc, person), rpc.call("eth_blockNumber")) == (before, head)
    assert rpc.call("eth_getTransactionByHash", lost) is None


def test_the_promise_outlives_the_node(home: Path) -> None:
    node = serve(home)
    rpc = Rpc(node.url)
    person = Person(rpc)
    once = person.create(ONCE)
    rpc.call("evm_setAutomine", False)
    lost = bundle(rpc, person.sign(to=once))
    plain = rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER))
    before = standing(rpc, person)
    take(rpc, once)
    rpc.close()
    node.shutdown()
    node.server_close()

    again = serve(home)  # which mines at once what waits
    rpc = Rpc(again.url)
    assert standing(rpc, person) == before
    assert [rpc.call("eth_getTransactionReceipt", each) for each in (lost, plain)] == [None, None]
    assert rpc.call("eth_getTransactionByHash", lost) is None
    assert rpc.call("eth_getTransactionByHash", plain) is not None
    rpc.close()
    again.shutdown()
    again.server_close()


def test_a_chain_of_before_there_were_bundles_opens(home: Path) -> None:
    node = serve(home)
    rpc = Rpc(node.url)
    waiting = rpc.call("eth_sendRawTransaction", Person(rpc).sign(to=STRANGER, nonce=1))
    rpc.close()
    node.shutdown()
    node.server_close()
    sql = sqlite3.connect(home / "chain" / "embedded.sqlite")
    sql.execute("DROP TABLE must_succeed")
    sql.close()

    again = serve(home)
    rpc = Rpc(again.url)
    assert rpc.call("eth_getTransactionByHash", waiting)["blockNumber"] is None
    rpc.close()
    again.shutdown()
    again.server_close()


@pytest.mark.parametrize("asked", [
    {}, {"txs": []}, {"txs": ["0x01", "0x02"]}, {"txs": "0x01"}, {"txs": ["0x01"], "revertingTxHashes": ["0x01"]},
    {"txs": ["0x01"], "blockNumber": "0x1"}, [], None,
])  # fmt: skip
def test_a_bundle_of_another_kind_is_refused_as_a_whole(rpc: Rpc, asked: object) -> None:
    with pytest.raises(RpcError) as refused:
        rpc.call("eth_sendBundle", asked)
    assert refused.value.code == -32602
