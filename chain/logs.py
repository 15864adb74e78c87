"""The contracts' logs as columns: JSON of `eth_getLogs` to rows for SQLite, many thousands at a time.

Every log of one kind has the same length, so the hex of all of them is joined, turned into bytes once, and read as
one structured NumPy array. Layouts follow the events in chain/contracts; the tests compare them with web3's decoding.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import numpy as np
from eth_hash.auto import keccak
from msgspec import Struct

from chain.errors import ChainError

WORD = 32


class Log(Struct, frozen=True, rename="camel", gc=False):
    """One log as the node tells it; hex strings with 0x."""

    address: str
    topics: tuple[str, ...]
    data: str
    block_number: str
    block_hash: str
    transaction_hash: str
    log_index: str
    part: int = 0  # of a batch that was taken apart


class _Answer(Struct, frozen=True):
    result: list[Log] | None = None
    error: Any = None


_answer = msgspec.json.Decoder(_Answer)


def parse_logs(body: bytes) -> list[Log]:
    """The logs in the body of an answer to `eth_getLogs`. Raises ChainError when the node refused."""
    answer = _answer.decode(body)
    if answer.result is None:
        raise ChainError(f"the node gave no logs: {answer.error}")
    return answer.result


def _topic(signature: str) -> str:
    return "0x" + keccak(signature.encode()).hex()


SOLD = _topic("Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,uint256,address,uint256)")
TRANSFER_SINGLE = _topic("TransferSingle(address,address,address,uint256,uint256)")
TRANSFER_BATCH = _topic("TransferBatch(address,address,address,uint256[],uint256[])")
CREDITED = _topic("Credited(address,address,uint256)")
WITHDRAWN = _topic("Withdrawn(address,address,uint256)")
OFFER_CANCELLED = _topic("OfferCancelled(bytes32,address,uint64)")
COUNTER_BUMPED = _topic("CounterBumped(address,uint64)")
REGISTERED = _topic("Registered(uint256,address,address,bytes32,uint32,uint16,uint16)")


class Layout:
    """How a log's words are laid out: transaction hash, first topic, indexed arguments, the others.

    A field is `name` for a whole word, `name:address` for its last 20 bytes, `name:count` for its last 8: quantities,
    counters and the like, which the contracts hold far below 2**63. `columns` are those that SQLite keeps apart.
    """

    def __init__(self, table: str, *fields: str, columns: tuple[str, ...] = ()) -> None:
        self.table = table
        self.columns = columns
        self.slices: dict[str, tuple[int, int]] = {}  # of every field: first byte and length in `words`
        self.counts: set[str] = set()
        parts: list[tuple[str, str]] = []
        for index, field in enumerate(("tx_hash", "topic", *fields)):
            name, _, kind = field.partition(":")
            length = {"": WORD, "address": 20, "count": 8}[kind]
            self.slices[name] = (WORD * index + WORD - length, length)
            if kind == "count":
                self.counts.add(name)
            if length < WORD:
                parts.append((f"pad{index}", f"V{WORD - length}"))
            parts.append((name, ">u8" if kind == "count" else f"V{length}"))
        self.dtype = np.dtype(parts)


_LAYOUTS = {
    SOLD: Layout(
        "sales", "offer", "good", "buyer:address", "seller:address", "quantity:count", "price_wei", "creator:address",
        "creator_wei", "room", "room_owner:address", "room_wei", columns=("offer", "quantity"),
    ),
    TRANSFER_SINGLE: Layout(
        "transfers", "operator:address", "sender:address", "receiver:address", "good", "quantity:count",
        columns=("sender", "receiver", "good", "quantity"),
    ),
    CREDITED: Layout("credited", "account:address", "payer:address", "wei", columns=("account",)),
    WITHDRAWN: Layout("withdrawn", "account:address", "receiver:address", "wei", columns=("account",)),
    OFFER_CANCELLED: Layout("cancelled", "offer", "seller:address", "serial", columns=("seller", "serial")),
    COUNTER_BUMPED: Layout("counters", "seller:address", "counter:count", columns=("seller", "counter")),
    REGISTERED: Layout(
        "goods", "good", "maker:address", "creator:address", "manifest", "cap:count", "royalty_bps:count",
        "flags:count", columns=("good",),
    ),
}  # fmt: skip

TOPICS = (*_LAYOUTS, TRANSFER_BATCH)
TABLES = {layout.table: layout for layout in _LAYOUTS.values()}

PLACE_BITS = 32
_PART_BITS = 12


def key_of(block: int, log_index: int, part: int = 0) -> int:
    """A log's place in the chain as one number: block, log, and part of a batch (below 4,096)."""
    return block << PLACE_BITS | log_index << _PART_BITS | part


def rows_by_table(logs: Iterable[Log]) -> dict[str, list[tuple[Any, ...]]]:
    """Rows (key, *columns, words) for each table; logs of other kinds are left out.

    Raises ChainError when a log is not as long as its event.
    """
    by_topic: dict[str, list[Log]] = {}
    for log in logs:
        if log.topics:
            by_topic.setdefault(log.topics[0], []).append(log)
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for topic, group in by_topic.items():
        if topic == TRANSFER_BATCH:
            singles = [single for log in group for single in _singles(log)]
            rows.setdefault("transfers", []).extend(_rows(singles, _LAYOUTS[TRANSFER_SINGLE]))
        elif topic in _LAYOUTS:
            layout = _LAYOUTS[topic]
            rows.setdefault(layout.table, []).extend(_rows(group, layout))
    return rows


def _rows(logs: list[Log], layout: Layout) -> Iterator[tuple[Any, ...]]:
    parts: list[str] = []
    for log in logs:
        parts.append(log.transaction_hash[2:])
        parts.extend([topic[2:] for topic in log.topics])
        parts.append(log.data[2:])
    packed = bytes.fromhex("".join(parts))
    if len(packed) != layout.dtype.itemsize * len(logs):
        raise ChainError(f"logs of {logs[0].address} are not as long as their event; is this another contract?")
    array = np.frombuffer(packed, dtype=layout.dtype)
    words = array.view(f"V{layout.dtype.itemsize}")
    columns = [array[name].tolist() for name in layout.columns]
    return zip(_keys(logs), *columns, words.tolist(), strict=True)


def _keys(logs: list[Log]) -> list[int]:
    blocks = {text: int(text, 16) for text in {log.block_number for log in logs}}
    indexes = {text: int(text, 16) for text in {log.log_index for log in logs}}
    return [key_of(blocks[log.block_number], indexes[log.log_index], log.part) for log in logs]


def _singles(log: Log) -> Iterator[Log]:
    """A batch transfer as single ones, numbered by `part`."""
    data = bytes.fromhex(log.data[2:])
    topics = (TRANSFER_SINGLE, *log.topics[1:])
    goods, quantities = _word_list(data, 0), _word_list(data, 1)
    for part, (good, quantity) in enumerate(zip(goods, quantities, strict=True)):
        yield msgspec.structs.replace(log, topics=topics, data="0x" + (good + quantity).hex(), part=part)


def _word_list(data: bytes, argument: int) -> list[bytes]:
    """The words of a dynamic array that is the n-th argument."""
    start = int.from_bytes(data[argument * WORD : (argument + 1) * WORD], "big")
    length = int.from_bytes(data[start : start + WORD], "big")
    return [data[start + WORD * (i + 1) : start + WORD * (i + 2)] for i in range(length)]
