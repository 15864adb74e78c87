"""What the game relies on from a dev node holds on the embedded node as on anvil."""

import itertools

import pytest
from web3 import Web3
from web3.exceptions import ContractCustomError

from chain.node import Node
from chain.rpc import NodeUnreachableError, Rpc, RpcError
from tests.chain.accounts import LOGGER, ONCE, REVERTER, WRITER, Person, receipt_of

STRANGER = "0x" + "12" * 20


def test_a_transfer_moves_money_and_pays_gas(rpc: Rpc) -> None:
    person = Person(rpc)
    receipt = person.send(to=STRANGER, value=5)
    spent = 10**20 - int(rpc.call("eth_getBalance", person.address, "latest"), 16)
    assert int(receipt["status"], 16) == 1
    assert spent == 5 + int(receipt["gasUsed"], 16) * int(receipt["effectiveGasPrice"], 16)
    assert int(rpc.call("eth_getBalance", STRANGER, "latest"), 16) == 5
    transaction = rpc.call("eth_getTransactionByHash", receipt["transactionHash"])
    block = rpc.call("eth_getBlockByHash", receipt["blockHash"], True)
    assert transaction["blockHash"] == block["hash"]
    assert [each["hash"] for each in block["transactions"]] == [receipt["transactionHash"]]


def test_a_reverting_transaction_is_mined_and_moves_nothing(rpc: Rpc) -> None:
    person = Person(rpc)
    contract = person.create(REVERTER)
    receipt = person.send(to=contract, value=7)
    assert int(receipt["status"], 16) == 0
    assert int(rpc.call("eth_getBalance", contract, "latest"), 16) == 0


@pytest.mark.parametrize("method", ["eth_call", "eth_estimateGas"])
def test_a_revert_carries_its_data(rpc: Rpc, method: str) -> None:
    contract = Person(rpc).create(REVERTER)
    with pytest.raises(RpcError) as caught:
        rpc.call(method, {"to": contract}, "latest")
    assert (caught.value.code, caught.value.data) == (3, "0xdeadbeef")


def test_web3_reads_a_custom_error(rpc: Rpc) -> None:
    contract = Person(rpc).create(REVERTER)
    with pytest.raises(ContractCustomError) as caught:
        Web3(Web3.HTTPProvider(rpc.url)).eth.call({"to": Web3.to_checksum_address(contract)})
    assert caught.value.data == "0xdeadbeef"


def test_logs_are_found_by_address_topic_and_range(rpc: Rpc) -> None:
    person = Person(rpc)
    contract, other = person.create(LOGGER), person.create(LOGGER)
    one, two, three = ("0x" + f"{number:064x}" for number in (1, 2, 3))
    first = person.send(to=contract, data=one + two[2:] + three[2:])
    second = person.send(to=contract, data=one + three[2:] + two[2:])
    person.send(to=other, data=one + two[2:] + three[2:])
    since = first["blockNumber"]

    def found(**query: object) -> list[tuple[str, str]]:
        logs = rpc.call("eth_getLogs", {"fromBlock": since, "toBlock": "latest", **query})
        return [(log["address"], log["data"]) for log in logs]

    assert found(address=contract) == [(contract, three), (contract, two)]
    assert found(topics=[one, two]) == [(contract, three), (other, three)]
    assert found(topics=[None, [two, three]], address=[contract, other]) == [
        (contract, three), (contract, two), (other, three),
    ]  # fmt: skip
    assert found(address=contract, fromBlock=second["blockNumber"]) == [(contract, two)]
    assert found(topics=[two]) == []
    assert found(topics=[one, two, three]) == []
    log = rpc.call("eth_getLogs", {"blockHash": first["blockHash"]})[0]
    assert log["transactionHash"] == first["transactionHash"]
    assert log["topics"] == [one, two]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"nonce": 0}, "nonce too low"),
        ({"value": 10**21}, "insufficient funds"),
        ({"maxFeePerGas": 1, "maxPriorityFeePerGas": 1}, "max fee per gas"),
        ({"gas": 20_000}, "gas"),
        ({"chainId": 1}, "chain id"),
    ],
)
def test_a_transaction_that_can_never_be_mined_is_refused(rpc: Rpc, fields: dict[str, int], reason: str) -> None:
    person = Person(rpc)
    person.send(to=STRANGER)
    with pytest.raises(RpcError) as caught:
        rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, **fields))
    assert reason in caught.value.message.lower()
    assert caught.value.code in (-32003, -32000)


@pytest.mark.parametrize("raw", ["0x", "0x1234", "0x02c0", "0x02f86b01"])
def test_bytes_that_are_no_transaction_are_refused(rpc: Rpc, raw: str) -> None:
    with pytest.raises(RpcError) as caught:
        rpc.call("eth_sendRawTransaction", raw)
    assert caught.value.code == -32602


def test_a_nonce_ahead_of_its_turn_waits_for_it(rpc: Rpc) -> None:
    person = Person(rpc)
    early = rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, nonce=1))
    assert rpc.call("eth_getTransactionReceipt", early) is None
    assert rpc.call("eth_getTransactionByHash", early)["blockNumber"] is None
    person.send(to=STRANGER, nonce=0)
    assert int(receipt_of(rpc, early)["status"], 16) == 1


def test_a_waiting_transaction_is_replaced_by_a_dearer_one_only(rpc: Rpc) -> None:
    person = Person(rpc)
    rpc.call("evm_setAutomine", False)
    first = rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, nonce=0, value=1))
    assert rpc.call("eth_getTransactionCount", person.address, "latest") == "0x0"
    assert rpc.call("eth_getTransactionCount", person.address, "pending") == "0x1"
    with pytest.raises(RpcError, match="underpriced"):
        rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, nonce=0, value=2))
    dearer = person.sign(to=STRANGER, nonce=0, value=3, maxFeePerGas=2 * 10**10, maxPriorityFeePerGas=2 * 10**9)
    second = rpc.call("eth_sendRawTransaction", dearer)
    rpc.call("evm_mine")
    assert int(receipt_of(rpc, second)["status"], 16) == 1
    assert rpc.call("eth_getTransactionReceipt", first) is None
    assert int(rpc.call("eth_getBalance", STRANGER, "latest"), 16) == 3


def test_the_pending_state_has_what_waits_and_the_newest_block_has_not(rpc: Rpc) -> None:
    first, second = Person(rpc, "first"), Person(rpc, "second")
    once = first.create(ONCE)
    call = {"from": second.address, "to": once}
    rpc.call("evm_setAutomine", False)
    before = int(rpc.call("eth_getBalance", first.address, "latest"), 16)
    taken = rpc.call("eth_sendRawTransaction", first.sign(to=once))
    assert rpc.call("eth_call", call, "latest") == "0x"
    for method in ("eth_call", "eth_estimateGas"):
        with pytest.raises(RpcError, match="revert"):
            rpc.call(method, call, "pending")
    assert int(rpc.call("eth_getBalance", first.address, "pending"), 16) < before
    assert int(rpc.call("eth_getBalance", first.address, "latest"), 16) == before
    rpc.call("anvil_dropTransaction", taken)
    assert rpc.call("eth_call", call, "pending") == "0x"
    rpc.call("evm_mine")
    assert int(rpc.call("eth_getStorageAt", once, "0x0", "latest"), 16) == 0


def test_a_dropped_transaction_is_forgotten(rpc: Rpc) -> None:
    person = Person(rpc)
    rpc.call("evm_setAutomine", False)
    gone = rpc.call("eth_sendRawTransaction", person.sign(to=STRANGER, nonce=0))
    assert rpc.call("anvil_dropTransaction", gone) == gone
    rpc.call("evm_mine")
    assert rpc.call("eth_getTransactionByHash", gone) is None
    assert rpc.call("anvil_dropTransaction", gone) is None


def test_a_snapshot_brings_everything_back_once(rpc: Rpc) -> None:
    person = Person(rpc)
    moment = rpc.call("evm_snapshot")
    before = rpc.call("eth_getBlockByNumber", "latest", False)
    receipt = person.send(to=STRANGER, value=9)
    rpc.call("anvil_setBalance", STRANGER, "0x64")
    assert rpc.call("evm_revert", moment) is True
    assert rpc.call("eth_getBlockByNumber", "latest", False)["hash"] == before["hash"]
    assert rpc.call("eth_getTransactionReceipt", receipt["transactionHash"]) is None
    assert rpc.call("eth_getBalance", STRANGER, "latest") == "0x0"
    assert rpc.call("evm_revert", moment) is False
    again = person.send(to=STRANGER, value=9)
    assert again["blockNumber"] == receipt["blockNumber"]


def test_time_moves_as_it_is_told(rpc: Rpc) -> None:
    def newest() -> int:
        return int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)

    rpc.call("evm_mine")
    start = newest()
    rpc.call("evm_increaseTime", 3600)
    rpc.call("evm_mine")
    assert 3590 <= newest() - start < 3660
    rpc.call("evm_setNextBlockTimestamp", start + 10_000)
    rpc.call("evm_mine")
    assert newest() == start + 10_000
    with pytest.raises(RpcError) as caught:
        rpc.call("evm_setNextBlockTimestamp", start)
    assert caught.value.code == -32602


def test_blocks_follow_each_other_in_time(rpc: Rpc) -> None:
    rpc.call("anvil_mine", "0x5")
    head = int(rpc.call("eth_blockNumber"), 16)
    blocks = [rpc.call("eth_getBlockByNumber", hex(number), False) for number in range(head - 4, head + 1)]
    for earlier, later in itertools.pairwise(blocks):
        assert later["parentHash"] == earlier["hash"]
        assert int(later["timestamp"], 16) >= int(earlier["timestamp"], 16)


def test_an_estimate_suffices_and_a_tenth_less_does_not(rpc: Rpc) -> None:
    person = Person(rpc)
    contract = person.create(WRITER)
    gas = int(rpc.call("eth_estimateGas", {"from": person.address, "to": contract}), 16)
    assert int(person.send(to=contract, gas=gas)["status"], 16) == 1
    short = person.send(to=person.create(WRITER), gas=gas * 9 // 10)
    assert int(short["status"], 16) == 0


def test_a_call_can_be_tried_on_another_state(rpc: Rpc) -> None:
    call = {"from": STRANGER, "to": "0x" + "34" * 20, "value": "0x5"}
    with pytest.raises(RpcError):
        rpc.call("eth_call", call, "latest")
    code = "0x60003560005260206000f3"  # returns the first word of its call data
    overrides = {STRANGER: {"balance": "0x5"}, call["to"]: {"code": code}}
    word = "0x" + "cd" * 32
    assert rpc.call("eth_call", {**call, "data": word}, "latest", overrides) == word
    assert rpc.call("eth_getCode", call["to"], "latest") == "0x"


def test_fees_can_be_asked_for(rpc: Rpc) -> None:
    Person(rpc).send(to=STRANGER)
    history = rpc.call("eth_feeHistory", "0x2", "latest", [50])
    assert len(history["baseFeePerGas"]) == 3
    assert len(history["gasUsedRatio"]) == len(history["reward"]) == 2
    tip = int(rpc.call("eth_maxPriorityFeePerGas"), 16)
    assert int(rpc.call("eth_gasPrice"), 16) >= tip > 0


def test_storage_and_nonce_can_be_set(rpc: Rpc) -> None:
    rpc.call("anvil_setStorageAt", STRANGER, "0x2", "0x" + f"{77:064x}")
    rpc.call("anvil_setNonce", STRANGER, "0x9")
    assert int(rpc.call("eth_getStorageAt", STRANGER, "0x2", "latest"), 16) == 77
    assert rpc.call("eth_getTransactionCount", STRANGER, "latest") == "0x9"


def test_a_batch_answers_in_order_with_its_errors(rpc: Rpc) -> None:
    calls = [("eth_chainId", []), ("no_such_method", []), ("eth_blockNumber", []), ("eth_getBalance", [])]
    chain_id, unknown, number, wrong = rpc.batch(calls)
    assert int(chain_id, 16) == 31337
    assert isinstance(unknown, RpcError)
    assert unknown.code == -32601
    assert int(number, 16) >= 0
    assert isinstance(wrong, RpcError)
    assert wrong.code == -32602
    assert rpc.batch([]) == []


def test_unknown_things_are_null(rpc: Rpc) -> None:
    nothing = "0x" + "11" * 32
    for method in ("eth_getTransactionReceipt", "eth_getTransactionByHash"):
        assert rpc.call(method, nothing) is None
    assert rpc.call("eth_getBlockByHash", nothing, False) is None
    assert rpc.call("eth_getBlockByNumber", "0xffffff", False) is None


def test_only_the_dev_nodes_have_the_deployment_proxy_and_no_keys_of_their_own(rpc: Rpc) -> None:
    assert rpc.call("eth_getCode", "0x4e59b44847b379578588920cA78FbF26c0B4956C", "latest") != "0x"
    assert rpc.call("eth_accounts") == []


def test_a_connection_lost_in_idleness_is_made_again(shared_node: Node) -> None:
    rpc = Rpc(shared_node.url)
    rpc.call("eth_chainId")
    rpc._connection.sock.close()
    with pytest.raises(NodeUnreachableError):
        rpc.call("evm_mine")  # might have arrived: not for the client to repeat
    rpc.close()
    assert int(rpc.call("eth_chainId"), 16) == 31337
    rpc.close()


@pytest.mark.parametrize("url", ["", "127.0.0.1:8545", "ftp://127.0.0.1", "http://127.0.0.1:notaport"])
def test_an_address_that_is_none_is_refused_at_once(url: str) -> None:
    from chain.errors import ChainError

    with pytest.raises(ChainError, match="such as http://127"):
        Rpc(url)
