# ruff: noqa: N802 (the methods bear their JSON-RPC names)
"""What the embedded node answers to each JSON-RPC method: what the game uses of Ethereum's, and of anvil's dev ones.

A method is a function of the chain and its parameters, found by name in `METHODS`. Parameters come from outside, so
each is read by a checking function that raises Refusal(-32602).
"""

import os
from collections.abc import Callable
from typing import Any

from eth.exceptions import Revert
from eth_hash.auto import keccak

from chain.embedded_chain import CHAIN_ID, GAS_LIMIT, TIP_WEI, EmbeddedChain, Refusal
from chain.embedded_json import data, quantity, transaction_json, word

MAX_LOGS = 50_000  # per answer
_HIGHEST_BLOCK = 2**63 - 1  # that SQLite can look for
_ERROR_STRING = bytes.fromhex("08c379a0")
_PANIC = bytes.fromhex("4e487b71")

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


# --- reading parameters --------------------------------------------------------------------------------------------


def _int(value: Any, what: str = "number", *, bits: int = 256) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        number = value
    elif isinstance(value, str) and value.startswith("0x"):
        try:
            number = int(value, 16)
        except ValueError:
            raise Refusal(-32602, f"invalid {what}: {value[:80]!r}") from None
    elif isinstance(value, str) and value.isdecimal():
        number = int(value)
    else:
        raise Refusal(-32602, f"invalid {what}: {str(value)[:80]!r}")
    if number >> bits:
        raise Refusal(-32602, f"{what} is larger than {bits} bits")
    return number


def _bytes(value: Any, what: str, *, length: int | None = None) -> bytes:
    if not isinstance(value, str) or not value.startswith("0x"):
        raise Refusal(-32602, f"invalid {what}: {str(value)[:80]!r}")
    try:
        octets = bytes.fromhex(value[2:])
    except ValueError:
        raise Refusal(-32602, f"invalid {what}: {value[:80]!r}") from None
    if length is not None and len(octets) != length:
        raise Refusal(-32602, f"{what} has {len(octets)} bytes, not {length}")
    return octets


def _address(value: Any) -> bytes:
    return _bytes(value, "address", length=20)


def _number(chain: EmbeddedChain, block: Any) -> int | None:
    """A block's number; None for the newest block, -1 for the pending one."""
    if isinstance(block, dict):
        if "blockHash" in block:
            found = chain.store.block_by_hash(_bytes(block["blockHash"], "block hash", length=32))
            if found is None:
                raise Refusal(-32602, "header not found")
            return int(found["number"], 16)
        block = block.get("blockNumber", "latest")
    if block is None or block in ("latest", "safe", "finalized"):
        return None
    if block == "pending":
        return -1
    if block == "earliest":
        return 0
    return min(_int(block, "block number"), _HIGHEST_BLOCK)


def _header(chain: EmbeddedChain, block: Any) -> Any:
    number = _number(chain, block)
    return chain.pending_header() if number == -1 else chain.header(number)


def _state(chain: EmbeddedChain, block: Any) -> Any:
    return chain.state(_header(chain, block))


def _message(call: Any) -> dict[str, Any]:
    if not isinstance(call, dict):
        raise Refusal(-32602, "a call is an object with from, to, value and data")
    to = call.get("to")
    octets = call.get("input") or call.get("data") or "0x"
    return {
        "sender": _address(call["from"]) if call.get("from") else bytes(20),
        "to": _address(to) if to else b"",
        "value": _int(call.get("value") or 0, "value"),
        "data": _bytes(octets, "data"),
        "gas": _int(call["gas"], "gas") if call.get("gas") else None,
        "access_list": _access_list(call.get("accessList") or []),
    }


def _access_list(entries: Any) -> tuple[Any, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refusal(-32602, "invalid access list")
    result = []
    for entry in entries:
        slots = entry.get("storageKeys") or []
        if not isinstance(slots, list):
            raise Refusal(-32602, "invalid storage keys of an access list")
        result.append((_address(entry.get("address")), tuple(_int(slot, "slot") for slot in slots)))
    return tuple(result)


def _overrides(value: Any) -> dict[bytes, dict[str, Any]]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Refusal(-32602, "state overrides are an object of accounts")
    result: dict[bytes, dict[str, Any]] = {}
    for account, fields in value.items():
        read: dict[str, Any] = {}
        for name, field in (fields if isinstance(fields, dict) else {}).items():
            if name == "balance":
                read[name] = _int(field, name)
            elif name == "nonce":
                read[name] = _int(field, name, bits=63)
            elif name == "code":
                read[name] = _bytes(field, name)
            elif name in ("state", "stateDiff") and isinstance(field, dict):
                read[name] = {_int(slot, "slot"): _int(content, "slot value") for slot, content in field.items()}
            else:
                raise Refusal(-32602, f"invalid state override {name!r}")
        result[_address(account)] = read
    return result


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
    return data(keccak(_bytes(octets, "data")))


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
    return quantity(_state(chain, block).get_balance(_address(account)))


@_method()
def eth_getCode(chain: EmbeddedChain, account: Any, block: Any = "latest") -> str:
    return data(_state(chain, block).get_code(_address(account)))


@_method()
def eth_getStorageAt(chain: EmbeddedChain, account: Any, slot: Any, block: Any = "latest") -> str:
    return word(_state(chain, block).get_storage(_address(account), _int(slot, "slot")))


@_method()
def eth_getTransactionCount(chain: EmbeddedChain, account: Any, block: Any = "latest") -> str:
    number = _number(chain, block)
    if number == -1:
        return quantity(chain.pending_nonce(_address(account)))
    return quantity(chain.state(chain.header(number)).get_nonce(_address(account)))


def _block(chain: EmbeddedChain, block: dict[str, Any] | None, full: Any) -> dict[str, Any] | None:
    if block is not None and full:
        block["transactions"] = chain.store.transactions_of(int(block["number"], 16))
    return block


@_method()
def eth_getBlockByNumber(chain: EmbeddedChain, block: Any, full: Any = False) -> dict[str, Any] | None:
    number = _number(chain, block)
    wanted = chain.head.block_number if number in (None, -1) else number
    return _block(chain, chain.store.block(wanted), full)


@_method()
def eth_getBlockByHash(chain: EmbeddedChain, block_hash: Any, full: Any = False) -> dict[str, Any] | None:
    return _block(chain, chain.store.block_by_hash(_bytes(block_hash, "block hash", length=32)), full)


@_method()
def eth_getTransactionByHash(chain: EmbeddedChain, tx_hash: Any) -> dict[str, Any] | None:
    octets = _bytes(tx_hash, "transaction hash", length=32)
    waiting = chain.waiting(octets)
    if waiting is not None:
        return transaction_json(waiting, header=None, position=0)
    return chain.store.transaction(octets)


@_method()
def eth_getTransactionReceipt(chain: EmbeddedChain, tx_hash: Any) -> dict[str, Any] | None:
    return chain.store.receipt(_bytes(tx_hash, "transaction hash", length=32))


@_method()
def eth_getBlockReceipts(chain: EmbeddedChain, block: Any) -> list[dict[str, Any]]:
    number = _number(chain, block)
    return chain.store.receipts_of(chain.head.block_number if number in (None, -1) else number)


@_method()
def eth_getLogs(chain: EmbeddedChain, query: Any) -> list[dict[str, Any]]:
    if not isinstance(query, dict):
        raise Refusal(-32602, "a log filter is an object with fromBlock, toBlock, address and topics")
    head = chain.head.block_number
    if query.get("blockHash"):
        found = chain.store.block_by_hash(_bytes(query["blockHash"], "block hash", length=32))
        if found is None:
            raise Refusal(-32602, "unknown block")
        first = last = int(found["number"], 16)
    else:
        first, last = (
            head if number in (None, -1) else number
            for number in (_number(chain, query.get("fromBlock")), _number(chain, query.get("toBlock")))
        )
        if first > head:
            raise Refusal(-32602, f"BlockOutOfRangeError: block height is {head} but requested was {first}")
    accounts = query.get("address") or []
    topics = query.get("topics") or []
    if not isinstance(topics, list) or len(topics) > 4:
        raise Refusal(-32602, "a log filter has at most 4 topics")
    choices: list[list[bytes]] = []
    for topic in topics:
        allowed = [] if topic is None else topic if isinstance(topic, list) else [topic]
        choices.append([_bytes(choice, "topic", length=32) for choice in allowed if choice is not None])
    addresses = [_address(account) for account in (accounts if isinstance(accounts, list) else [accounts])]
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
    number = _number(chain, newest)
    last = chain.head.block_number if number in (None, -1) else number
    blocks = min(_int(count, "block count"), 1024, last + 1)
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


def _failure(computation: Any) -> Refusal:
    error = computation.error
    if not isinstance(error, Revert):
        return Refusal(-32603, f"EVM error {type(error).__name__}: {error}")
    output = bytes(computation.output)
    reason = ""
    if output[:4] == _ERROR_STRING and len(output) >= 68:
        length = int.from_bytes(output[36:68], "big")
        reason = ": " + output[68 : 68 + length].decode("utf-8", "replace")
    elif output[:4] == _PANIC and len(output) == 36:
        reason = f": panic 0x{int.from_bytes(output[4:], 'big'):02x}"
    elif output:
        reason = f": custom error 0x{output[:4].hex()}"
    return Refusal(3, "execution reverted" + reason, data(output))


@_method()
def eth_call(chain: EmbeddedChain, call: Any, block: Any = "latest", overrides: Any = None) -> str:
    message = _message(call)
    gas = min(message["gas"] or GAS_LIMIT, GAS_LIMIT)
    computation = chain.run(_header(chain, block), message, gas=gas, overrides=_overrides(overrides))
    if computation.is_error:
        raise _failure(computation)
    return data(computation.output)


@_method()
def eth_estimateGas(chain: EmbeddedChain, call: Any, block: Any = "latest", overrides: Any = None) -> str:
    """The least gas limit, within 1 %, with which the call succeeds."""
    message, header, changes = _message(call), _header(chain, block), _overrides(overrides)
    most = min(message["gas"] or GAS_LIMIT, GAS_LIMIT)

    def succeeds(limit: int) -> bool:
        try:
            return not chain.run(header, message, gas=limit, overrides=changes).is_error
        except Refusal:
            return False  # less than the intrinsic gas

    first = chain.run(header, message, gas=most, overrides=changes)
    if first.is_error:
        raise _failure(first)
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
    return data(chain.send(_bytes(raw, "transaction")))


# --- what only a dev chain does ------------------------------------------------------------------------------------


@_method()
def evm_increaseTime(chain: EmbeddedChain, secs: Any) -> int:
    return chain.increase_time(_int(secs, "seconds"))


@_method()
def evm_setNextBlockTimestamp(chain: EmbeddedChain, timestamp: Any) -> None:
    chain.set_next_timestamp(_int(timestamp, "timestamp"))


@_method()
def evm_mine(chain: EmbeddedChain, options: Any = None) -> str:
    if isinstance(options, dict):
        options = options.get("timestamp")
    chain.mine(1, timestamp=None if options is None else _int(options, "timestamp"))
    return "0x0"


@_method("anvil_mine", "hardhat_mine")
def anvil_mine(chain: EmbeddedChain, count: Any = 1) -> None:
    chain.mine(_int(count, "block count"))


@_method()
def evm_snapshot(chain: EmbeddedChain) -> str:
    return chain.snapshot()


@_method()
def evm_revert(chain: EmbeddedChain, name: Any) -> bool:
    return chain.revert(quantity(_int(name, "snapshot")))


@_method("evm_setAutomine", "anvil_setAutomine")
def evm_setAutomine(chain: EmbeddedChain, on: Any) -> None:
    chain.set_automine(bool(on))


@_method("anvil_getAutomine")
def anvil_getAutomine(chain: EmbeddedChain) -> bool:
    return chain.automine


@_method("anvil_dropTransaction")
def anvil_dropTransaction(chain: EmbeddedChain, tx_hash: Any) -> str | None:
    octets = _bytes(tx_hash, "transaction hash", length=32)
    return data(octets) if chain.drop(octets) else None


@_method("anvil_setBalance", "hardhat_setBalance")
def anvil_setBalance(chain: EmbeddedChain, account: Any, balance: Any) -> None:
    chain.set_account(_address(account), {"balance": _int(balance, "balance")})


@_method("anvil_setNonce", "hardhat_setNonce")
def anvil_setNonce(chain: EmbeddedChain, account: Any, nonce: Any) -> None:
    chain.set_account(_address(account), {"nonce": _int(nonce, "nonce", bits=63)})


@_method("anvil_setCode", "hardhat_setCode")
def anvil_setCode(chain: EmbeddedChain, account: Any, code: Any) -> None:
    chain.set_account(_address(account), {"code": _bytes(code, "code")})


@_method("anvil_setStorageAt", "hardhat_setStorageAt")
def anvil_setStorageAt(chain: EmbeddedChain, account: Any, slot: Any, value: Any) -> bool:
    chain.set_account(_address(account), {"stateDiff": {_int(slot, "slot"): _int(value, "slot value")}})
    return True


@_method("anvil_nodeInfo")
def anvil_nodeInfo(chain: EmbeddedChain) -> dict[str, Any]:
    return {"currentBlockNumber": chain.head.block_number, "hardFork": "prague", "pid": os.getpid()}
