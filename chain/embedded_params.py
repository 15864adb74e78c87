"""Reads what callers of the embedded node send: each reader returns a checked value or raises Refusal(-32602)."""

from typing import Any

from eth_hash.auto import keccak

from chain.embedded_chain import EmbeddedChain
from chain.embedded_pool import Refusal

HIGHEST_BLOCK = 2**63 - 1  # that SQLite can look for


def read_int(value: Any, what: str = "number", *, bits: int = 256) -> int:
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


def read_bytes(value: Any, what: str, *, length: int | None = None) -> bytes:
    if not isinstance(value, str) or not value.startswith("0x"):
        raise Refusal(-32602, f"invalid {what}: {str(value)[:80]!r}")
    try:
        octets = bytes.fromhex(value[2:])
    except ValueError:
        raise Refusal(-32602, f"invalid {what}: {value[:80]!r}") from None
    if length is not None and len(octets) != length:
        raise Refusal(-32602, f"{what} has {len(octets)} bytes, not {length}")
    return octets


def read_address(value: Any) -> bytes:
    return read_bytes(value, "address", length=20)


def read_block_number(chain: EmbeddedChain, block: Any) -> int | None:
    """A block's number; None for the newest block, -1 for the pending one."""
    if isinstance(block, dict):
        if "blockHash" in block:
            found = chain.store.block_by_hash(read_bytes(block["blockHash"], "block hash", length=32))
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
    return min(read_int(block, "block number"), HIGHEST_BLOCK)


def read_message(call: Any) -> dict[str, Any]:
    if not isinstance(call, dict):
        raise Refusal(-32602, "a call is an object with from, to, value and data")
    to = call.get("to")
    octets = call.get("input") or call.get("data") or "0x"
    return {
        "sender": read_address(call["from"]) if call.get("from") else bytes(20),
        "to": read_address(to) if to else b"",
        "value": read_int(call.get("value") or 0, "value"),
        "data": read_bytes(octets, "data"),
        "gas": read_int(call["gas"], "gas") if call.get("gas") else None,
        "access_list": _access_list(call.get("accessList") or []),
    }


def read_bundle(bundle: Any) -> tuple[bytes, bool]:
    """The one transaction of a bundle, and whether it may be included though it fails."""
    if not isinstance(bundle, dict):
        raise Refusal(-32602, "a bundle is an object with txs and revertingTxHashes")
    other = sorted(str(name)[:40] for name in bundle.keys() - {"txs", "revertingTxHashes"})
    if other:
        raise Refusal(-32602, f"this node knows no {', '.join(other)} of a bundle, only txs and revertingTxHashes")
    raws, reverting = bundle.get("txs"), bundle.get("revertingTxHashes") or []
    if not isinstance(raws, list) or len(raws) != 1 or not isinstance(reverting, list):
        raise Refusal(-32602, "this node takes bundles of one transaction")
    raw = read_bytes(raws[0], "transaction")
    return raw, keccak(raw) in [read_bytes(tx_hash, "transaction hash", length=32) for tx_hash in reverting]


def _access_list(entries: Any) -> tuple[Any, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refusal(-32602, "invalid access list")
    result = []
    for entry in entries:
        slots = entry.get("storageKeys") or []
        if not isinstance(slots, list):
            raise Refusal(-32602, "invalid storage keys of an access list")
        result.append((read_address(entry.get("address")), tuple(read_int(slot, "slot") for slot in slots)))
    return tuple(result)


def read_overrides(accounts: Any) -> dict[bytes, dict[str, Any]]:
    if accounts is None:
        return {}
    if not isinstance(accounts, dict):
        raise Refusal(-32602, "state overrides are an object of accounts")
    result: dict[bytes, dict[str, Any]] = {}
    for account, fields in accounts.items():
        read: dict[str, Any] = {}
        for name, field in (fields if isinstance(fields, dict) else {}).items():
            if name == "balance":
                read[name] = read_int(field, name)
            elif name == "nonce":
                read[name] = read_int(field, name, bits=63)
            elif name == "code":
                read[name] = read_bytes(field, name)
            elif name in ("state", "stateDiff") and isinstance(field, dict):
                read[name] = {read_int(slot, "slot"): read_int(value, "slot value") for slot, value in field.items()}
            else:
                raise Refusal(-32602, f"invalid state override {name!r}")
        result[read_address(account)] = read
    return result
