# ruff: noqa: N802 (the methods bear their JSON-RPC names)
"""What the embedded node answers to each JSON-RPC method: what the game uses of Ethereum's, and of anvil's dev ones.

A method is a function of the chain and its parameters, found by name in `METHODS`. Parameters come from outside:
`chain.embedded_params` reads them.
"""

import os
from collections.abc import Callable
from typing import Any

from eth_hash.auto import keccak

from chain.embedded_block import failure
from chain.embedded_chain import CHAIN_ID, GAS_LIMIT, TIP_WEI, EmbeddedChain, Moment
from chain.embedded_json import data, quantity, transaction_json, word
from chain.embedded_params import (
    read_address,
    read_block_number,
    read_bundle,
    read_bytes,
    read_int,
    read_message,
    read_overrides,
)
from chain.embedded_pool import Refusal

MAX_LOGS = 50_000  # per answer

METHODS: dict[str, Callable[..., Any]] = {}


def answer(chain: EmbeddedChain, method: str, params: list[Any]) -> Any:
    """The result of one call. Raises Refusal for whatever the node doesn't do."""
    run = METHODS.get(method)
    if run is None:
        raise Refusal(-32601, f"the method {method} does not exist")
    with chain.lock:
        try:
            return run(chain, *params)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:  # our own call did not fit
                raise Refusal(-32602, f"{method} takes other parameters than these {len(params)}") from None
            raise


def _method(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def keep(run: Callable[..., Any]) -> Callable[..., Any]:
        for name in names or (run.__name__.lstrip("_"),):
            METHODS[name] = run
        return run

    return keep


def _moment(chain: EmbeddedChain, block: Any) -> Moment:
    number = read_block_number(chain, block)
    return chain.pending() if number == -1 else chain.at(number)


def _state(chain: EmbeddedChain, block: Any) -> Any:
    return chain.state(_moment(chain, block))


# --- the chain as it is --------------------------------------------------------------------------------------------


@_method()
def eth_chainId(chain: EmbeddedChain) -> str:
    return quantity(CHAIN_ID)


@_method()
def net_version(chain: EmbeddedChain) -> str:
    return str(CHAIN_ID)


@_method()
def net_listening(chain: EmbeddedChain) -> bool:
    return True


@_method()
def web3_clientVersion(chain: EmbeddedChain) -> str:
    return "loquat-embedded/1 (py-evm)"


@_method()
def web3_sha3(chain: EmbeddedChain, octets: Any) -> str:
    return data(keccak(read_bytes(octets, "data")))


@_method()
def eth_syncing(chain: EmbeddedChain) -> bool:
    return False


@_method()
def eth_accounts(chain: EmbeddedChain) -> list[str]:
    return []  # it keeps no keys


@_method()
def eth_blockNumber(chain: EmbeddedChain) -> str:
    return quantity(chain.head.block_number)


@_method()
def eth_getBalance(chain: EmbeddedChain, account: Any, block: Any = "latest") -> str:
    return quantity(_state(chain, block).get_balance(read_address(account)))


@_method()
def eth_getCode(chain: EmbeddedChain, account: Any, block: Any = "latest") -> str:
    return data(_state(chain, block).get_code(read_address(account)))


@_method()
def eth_getStorageAt(chain: EmbeddedChain, account: Any, slot: Any, block: Any = "latest") -> str:
    return word(_state(chain, block).get_storage(read_address(account), read_int(slot, "slot")))


@_method()
def eth_getTransactionCount(chain: EmbeddedChain, account: Any, block: Any = "latest") -> str:
    number = read_block_number(chain, block)
    if number == -1:
        return quantity(chain.pending_nonce(read_address(account)))
    return quantity(chain.state(chain.at(number)).get_nonce(read_address(account)))


def _block(chain: EmbeddedChain, block: dict[str, Any] | None, full: Any) -> dict[str, Any] | None:
    if block is not None and full:
        block["transactions"] = chain.store.transactions_of(int(block["number"], 16))
    return block


@_method()
def eth_getBlockByNumber(chain: EmbeddedChain, block: Any, full: Any = False) -> dict[str, Any] | None:
    number = read_block_number(chain, block)
    wanted = chain.head.block_number if number in (None, -1) else number
    return _block(chain, chain.store.block(wanted), full)


@_method()
def eth_getBlockByHash(chain: EmbeddedChain, block_hash: Any, full: Any = False) -> dict[str, Any] | None:
    return _block(chain, chain.store.block_by_hash(read_bytes(block_hash, "block hash", length=32)), full)


@_method()
def eth_getTransactionByHash(chain: EmbeddedChain, tx_hash: Any) -> dict[str, Any] | None:
    octets = read_bytes(tx_hash, "transaction hash", length=32)
    waiting = chain.pool.find(octets)
    if waiting is not None:
        return transaction_json(waiting, header=None, position=0)
    return chain.store.transaction(octets)


@_method()
def eth_getTransactionReceipt(chain: EmbeddedChain, tx_hash: Any) -> dict[str, Any] | None:
    return chain.store.receipt(read_bytes(tx_hash, "transaction hash", length=32))


@_method()
def eth_getBlockReceipts(chain: EmbeddedChain, block: Any) -> list[dict[str, Any]]:
    number = read_block_number(chain, block)
    return chain.store.receipts_of(chain.head.block_number if number in (None, -1) else number)


@_method()
def eth_getLogs(chain: EmbeddedChain, query: Any) -> list[dict[str, Any]]:
    if not isinstance(query, dict):
        raise Refusal(-32602, "a log filter is an object with fromBlock, toBlock, address and topics")
    head = chain.head.block_number
    if query.get("blockHash"):
        found = chain.store.block_by_hash(read_bytes(query["blockHash"], "block hash", length=32))
        if found is None:
            raise Refusal(-32602, "unknown block")
        first = last = int(found["number"], 16)
    else:
        named = [read_block_number(chain, query.get(end)) for end in ("fromBlock", "toBlock")]
        first, last = (head if number in (None, -1) else number for number in named)
        if first > head:
            raise Refusal(-32602, f"BlockOutOfRangeError: block height is {head} but requested was {first}")
    accounts = query.get("address") or []
    topics = query.get("topics") or []
    if not isinstance(topics, list) or len(topics) > 4:
        raise Refusal(-32602, "a log filter has at most 4 topics")
    choices: list[list[bytes]] = []
    for topic in topics:
        allowed = [] if topic is None else topic if isinstance(topic, list) else [topic]
        choices.append([read_bytes(choice, "topic", length=32) for choice in allowed if choice is not None])
    addresses = [read_address(account) for account in (accounts if isinstance(accounts, list) else [accounts])]
    found_logs = chain.store.logs(first, min(last, head), addresses, choices, limit=MAX_LOGS + 1)
    if len(found_logs) > MAX_LOGS:
        raise Refusal(-32005, f"more than {MAX_LOGS} logs; ask for fewer blocks at once")
    return found_logs


# --- money for gas -------------------------------------------------------------------------------------------------


@_method()
def eth_maxPriorityFeePerGas(chain: EmbeddedChain) -> str:
    return quantity(TIP_WEI)


@_method()
def eth_gasPrice(chain: EmbeddedChain) -> str:
    return quantity(chain.pending_header().base_fee_per_gas + TIP_WEI)


@_method()
def eth_blobBaseFee(chain: EmbeddedChain) -> str:
    return "0x1"


@_method()
def eth_feeHistory(chain: EmbeddedChain, count: Any, newest: Any, percentiles: Any = None) -> dict[str, Any]:
    number = read_block_number(chain, newest)
    last = chain.head.block_number if number in (None, -1) else number
    blocks = min(read_int(count, "block count"), 1024, last + 1)
    headers = [chain.header(block) for block in range(last - blocks + 1, last + 1)]
    following = chain.pending_header() if last == chain.head.block_number else chain.header(last + 1)
    history: dict[str, Any] = {
        "oldestBlock": quantity(last - blocks + 1),
        "baseFeePerGas": [quantity(header.base_fee_per_gas) for header in [*headers, following]],
        "gasUsedRatio": [header.gas_used / header.gas_limit for header in headers],
    }
    if percentiles:
        history["reward"] = [
            [quantity(TIP_WEI if header.gas_used else 0) for _ in percentiles] for header in headers
        ]
    return history


# --- running -------------------------------------------------------------------------------------------------------


@_method()
def eth_call(chain: EmbeddedChain, call: Any, block: Any = "latest", overrides: Any = None) -> str:
    message = read_message(call)
    gas = min(message["gas"] or GAS_LIMIT, GAS_LIMIT)
    computation = chain.run(_moment(chain, block), message, gas=gas, overrides=read_overrides(overrides))
    if computation.is_error:
        raise failure(computation)
    return data(computation.output)


@_method()
def eth_estimateGas(chain: EmbeddedChain, call: Any, block: Any = "latest", overrides: Any = None) -> str:
    """The least gas limit, within 1 %, with which the call succeeds."""
    message, moment, changes = read_message(call), _moment(chain, block), read_overrides(overrides)
    most = min(message["gas"] or GAS_LIMIT, GAS_LIMIT)

    def succeeds(limit: int) -> bool:
        try:
            return not chain.run(moment, message, gas=limit, overrides=changes).is_error
        except Refusal:
            return False  # less than the intrinsic gas

    first = chain.run(moment, message, gas=most, overrides=changes)
    if first.is_error:
        raise failure(first)
    used = most - first.get_gas_remaining() + first.data_floor_gas
    low, high = used - first.get_gas_refund() - 1, most
    guess = (used + 2300) * 64 // 63  # enough where no call is left short by the 63/64 rule
    if guess < high and succeeds(guess):
        high = guess
    if high > used and succeeds(used):
        return quantity(used)
    low = max(low, 20_999)
    while high - low > max(high // 100, 1):
        middle = (low + high) // 2
        if succeeds(middle):
            high = middle
        else:
            low = middle
    return quantity(high)


@_method()
def eth_sendRawTransaction(chain: EmbeddedChain, raw: Any) -> str:
    return data(chain.send(read_bytes(raw, "transaction")))


@_method()
def eth_sendBundle(chain: EmbeddedChain, bundle: Any) -> dict[str, str]:
    """Flashbots' method with one transaction: unless its hash is in revertingTxHashes, it is mined if it succeeds."""
    raw, may_fail = read_bundle(bundle)
    return {"bundleHash": data(keccak(chain.send(raw, must_succeed=not may_fail)))}


# --- what only a dev chain does ------------------------------------------------------------------------------------


@_method()
def evm_increaseTime(chain: EmbeddedChain, secs: Any) -> int:
    return chain.increase_time(read_int(secs, "seconds"))


@_method()
def evm_setNextBlockTimestamp(chain: EmbeddedChain, timestamp: Any) -> None:
    chain.set_next_timestamp(read_int(timestamp, "timestamp"))


@_method()
def evm_mine(chain: EmbeddedChain, options: Any = None) -> str:
    if isinstance(options, dict):
        options = options.get("timestamp")
    chain.mine(1, timestamp=None if options is None else read_int(options, "timestamp"))
    return "0x0"


@_method("anvil_mine", "hardhat_mine")
def anvil_mine(chain: EmbeddedChain, count: Any = 1) -> None:
    chain.mine(read_int(count, "block count"))


@_method()
def evm_snapshot(chain: EmbeddedChain) -> str:
    return chain.snapshot()


@_method()
def evm_revert(chain: EmbeddedChain, name: Any) -> bool:
    return chain.revert(quantity(read_int(name, "snapshot")))


@_method("evm_setAutomine", "anvil_setAutomine")
def evm_setAutomine(chain: EmbeddedChain, on: Any) -> None:
    chain.set_automine(bool(on))


@_method("anvil_getAutomine")
def anvil_getAutomine(chain: EmbeddedChain) -> bool:
    return chain.automine


@_method("anvil_dropTransaction")
def anvil_dropTransaction(chain: EmbeddedChain, tx_hash: Any) -> str | None:
    octets = read_bytes(tx_hash, "transaction hash", length=32)
    return data(octets) if chain.drop(octets) else None


@_method("anvil_setBalance", "hardhat_setBalance")
def anvil_setBalance(chain: EmbeddedChain, account: Any, balance: Any) -> None:
    chain.set_account(read_address(account), {"balance": read_int(balance, "balance")})


@_method("anvil_setNonce", "hardhat_setNonce")
def anvil_setNonce(chain: EmbeddedChain, account: Any, nonce: Any) -> None:
    chain.set_account(read_address(account), {"nonce": read_int(nonce, "nonce", bits=63)})


@_method("anvil_setCode", "hardhat_setCode")
def anvil_setCode(chain: EmbeddedChain, account: Any, code: Any) -> None:
    chain.set_account(read_address(account), {"code": read_bytes(code, "code")})


@_method("anvil_setStorageAt", "hardhat_setStorageAt")
def anvil_setStorageAt(chain: EmbeddedChain, account: Any, slot: Any, value: Any) -> bool:
    chain.set_account(read_address(account), {"stateDiff": {read_int(slot, "slot"): read_int(value, "slot value")}})
    return True


@_method("anvil_nodeInfo")
def anvil_nodeInfo(chain: EmbeddedChain) -> dict[str, Any]:
    return {"currentBlockNumber": chain.head.block_number, "hardFork": "prague", "pid": os.getpid()}
