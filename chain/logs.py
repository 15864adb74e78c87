"""The contracts' logs as columns: JSON of `eth_getLogs` to rows for SQLite, many thousands at a time.

Every log of one kind has the same length, so the hex of all of them is joined, turned into bytes once, and read as
one structured NumPy array. Layouts follow the events in chain/contracts; the tests compare them with web3's decoding.
"""

from binascii import unhexlify
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec
import numpy as np
from eth_hash.auto import keccak
from msgspec import Struct

from chain.errors import ChainError

WORD = 32


class LogsRefusedError(ChainError):
    """The node did not tell the logs that were asked for: there may be too many of them for one answer."""


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


_topics, _data, _tx_hash = attrgetter("topics"), attrgetter("data"), attrgetter("transaction_hash")
_block_number, _log_index = attrgetter("block_number"), attrgetter("log_index")
_HEX_MARK = np.frombuffer(b"0x", dtype=np.uint8)


class _Answer(Struct, frozen=True):
    result: list[Log] | None = None
    error: Any = None


_answer = msgspec.json.Decoder(_Answer)


def parse_logs(body: bytes) -> list[Log]:
    """The logs in the body of an answer to `eth_getLogs`. Raises LogsRefusedError when the node refused."""
    try:
        answer = _answer.decode(body)
    except msgspec.DecodeError as error:
        raise LogsRefusedError(f"the node's logs can't be read: {error}") from None
    if answer.result is None:
        raise LogsRefusedError(f"the node gave no logs: {answer.error}")
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
PUBLISHED = _topic("Published(uint256,bytes32,bytes32)")
ROOM_TRANSFER = _topic("Transfer(address,address,uint256)")
PLOT_OPENED = _topic(
    "PlotOpened(uint256,address,bytes32,bytes32,(address,uint96,uint96,uint40,uint40,uint40,uint40,uint16,uint16,"
    "uint16,uint16,uint16,uint32,bytes32))"
)
GRAFT_OFFERED = _topic("GraftOffered(uint256,uint256,bytes32,bytes32,uint256)")
ADOPTED = _topic("Adopted(uint256,address,bool,uint256)")
WATERED = _topic("Watered(uint256,address,uint256,uint256,bool)")
TENDED = _topic("Tended(uint256,address,uint256,uint256)")
GRAFTED = _topic("Grafted(uint256,address,bytes32)")
REVEALED = _topic("Revealed(uint256,address,bytes32,bool)")
PICKED = _topic("Picked(uint256,address,uint256,bool,uint256,uint256,uint256,bytes32)")
REDEEMED = _topic("Redeemed(uint256,uint256,uint256,uint256,uint256)")
LAPSED = _topic("Lapsed(uint256,address,uint256,uint256,uint256,uint256)")
DROPS_BOUGHT = _topic("DropsBought(address,uint256,uint256,uint256)")
COLLECTED = _topic("Collected(uint256,address,uint256,bool)")
DELIVERY_OPENED = _topic(
    "DeliveryOpened(uint256,address,address,address,uint256,bytes32,uint256,(uint32,uint32,uint32,uint32,uint32))"
)
DELIVERY_MOVED = _topic("DeliveryMoved(uint256,address,uint8,uint256,bytes32)")


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
    PUBLISHED: Layout("publications", "room", "bundle", "root", columns=("room",)),
    ROOM_TRANSFER: Layout("room_transfers", "sender:address", "receiver:address", "room", columns=("room",)),
    PLOT_OPENED: Layout(
        "plots", "plot:count", "grower:address", "grower_key", "manifest", "owner:address", "fruit_price_wei",
        "adoption_price_wei", "planted_at:count", "blossom_at:count", "ripe_at:count", "redeem_by:count",
        "trees:count", "fruits_per_tree:count", "waterings:count", "play_trees:count", "lapse_bps:count",
        "grams_per_fruit:count", "variety", columns=("plot",),
    ),
    GRAFT_OFFERED: Layout(
        "grafts_offered", "plot:count", "place:count", "with_variety", "result", "odds_bps:count", columns=("plot",)
    ),
    ADOPTED: Layout("adopted", "tree:count", "by:address", "by_play:count", "paid_wei", columns=("tree",)),
    WATERED: Layout(
        "watered", "tree:count", "by:address", "times:count", "left:count", "visit:count", columns=("tree",)
    ),
    TENDED: Layout("tended", "tree:count", "by:address", "action:count", "bears:count", columns=("tree",)),
    GRAFTED: Layout("grafted", "tree:count", "by:address", "with_variety", columns=("tree",)),
    REVEALED: Layout("revealed", "tree:count", "by:address", "variety", "taken:count", columns=("tree",)),
    PICKED: Layout(
        "picked", "tree:count", "by:address", "fruit", "clean:count", "day:count", "quantity:count", "paid_wei",
        "variety", columns=("tree",),
    ),
    REDEEMED: Layout(
        "redeemed", "delivery:count", "tree:count", "fruit", "quantity:count", "value_wei", columns=("delivery",)
    ),
    LAPSED: Layout(
        "lapsed", "tree:count", "by:address", "fruit", "quantity:count", "value_wei", "holder_wei", columns=("tree",)
    ),
    DROPS_BOUGHT: Layout("drops", "account:address", "plot:count", "drops:count", "paid_wei", columns=("plot",)),
    COLLECTED: Layout("collected", "plot:count", "grower:address", "value_wei", "whole:count", columns=("plot",)),
    DELIVERY_OPENED: Layout(
        "deliveries", "delivery:count", "buyer:address", "seller:address", "opener:address", "value_wei", "commit_to",
        "act_by:count", "accept:count", "ship:count", "confirm:count", "answer:count", "split:count",
        columns=("delivery",),
    ),
    DELIVERY_MOVED: Layout(
        "delivery_moves", "delivery:count", "by:address", "state:count", "act_by:count", "note", columns=("delivery",)
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
    topics = chain.from_iterable(map(_topics, logs))
    digits = np.hstack([_digits(map(_tx_hash, logs), logs), _digits(topics, logs), _digits(map(_data, logs), logs)])
    if 2 * layout.dtype.itemsize != digits.shape[1]:
        raise _misfit(logs)
    array = np.frombuffer(unhexlify(digits.tobytes()), dtype=layout.dtype)
    words = array.view(f"V{layout.dtype.itemsize}")
    columns = [array[name].tolist() for name in layout.columns]
    return zip(_keys(logs), *columns, words.tolist(), strict=True)


def _digits(texts: Iterable[str], logs: list[Log]) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """Hex texts, equally many and equally long for each log, as one row of ASCII digits a log, without any 0x.

    Raises ChainError when they aren't: then some 0x is not where it should be.
    """
    parts = list(texts)
    joined = np.frombuffer("".join(parts).encode(), dtype=np.uint8)
    if len(joined) % len(parts) or len(parts) % len(logs):
        raise _misfit(logs)
    rows = joined.reshape(len(parts), -1)
    if rows.shape[1] < 2 or (rows[:, :2] != _HEX_MARK).any():
        raise _misfit(logs)
    return rows[:, 2:].reshape(len(logs), -1)


def _misfit(logs: list[Log]) -> ChainError:
    return ChainError(f"logs of {logs[0].address} are not as long as their event; is this another contract?")


def _keys(logs: list[Log]) -> list[int]:
    numbers, indexes = list(map(_block_number, logs)), list(map(_log_index, logs))
    value_of = {text: int(text, 16) for text in {*numbers, *indexes}}
    return [
        value_of[number] << PLACE_BITS | value_of[index] << _PART_BITS | log.part
        for number, index, log in zip(numbers, indexes, logs, strict=True)
    ]


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
