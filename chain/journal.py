"""The journal: every order of this home, written before a chain is told, so that no kill can lose or double one.

An order goes draft > signed > sent > included > final, or ends as refused, reverted, dropped or replaced; `unknown` is
an order that only the chain can tell about. Moves are conditional on the state that they leave, so two processes on
one home can't move an order twice.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import msgspec
from msgspec import Struct

from chain.database import open_database
from chain.errors import ChainError
from game.core.ids import Address, OrderId, TokenId, Wei
from game.core.orchard_ports import OrchardOrder
from game.core.ports import FINAL_STATES, Line, Quoted, Share

AFTER = {
    "draft": frozenset({"signed", "refused"}),
    "signed": frozenset({"sent", "included", "unknown", "refused", "reverted", "dropped", "replaced"}),
    "sent": frozenset({"included", "unknown", "refused", "reverted", "dropped", "replaced"}),
    "unknown": frozenset({"sent", "included", "refused", "reverted", "dropped", "replaced"}),
    "included": frozenset({"final", "reverted", "sent", "unknown", "dropped", "replaced"}),
}
"""Which states may follow a state; those missing here are ends. `included` goes back where a reorg undid it.

What is refused after it was signed has cost nothing: the node would not put it into a block only to fail there.
"""

IN_FLIGHT = frozenset({"signed", "sent", "unknown", "included"})

_SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
    order_id TEXT PRIMARY KEY,
    chain TEXT NOT NULL,
    account TEXT NOT NULL,
    state TEXT NOT NULL,
    nonce INTEGER,
    raw BLOB,
    entry BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS orders_by_state ON orders (chain, state);
CREATE TABLE IF NOT EXISTS moves (
    order_id TEXT NOT NULL,
    state TEXT NOT NULL,
    at REAL NOT NULL
) STRICT;
"""


class Call(Struct, frozen=True, kw_only=True):
    """A transaction before it has a nonce and a signature; the fees are those that the player was shown."""

    to: Address
    data: bytes
    value_wei: Wei
    gas_limit: int
    max_fee_wei: int  # per gas
    max_tip_wei: int  # per gas


class Entry(Struct, frozen=True, kw_only=True):
    """An order as journalled; `chain` names chain id and genesis block.

    `kind` is buy, cancel (one offer), reprice (cancel one and let another take its place), cancel_all, open (a room),
    publish (one, or take that back), withdraw, orchard (anything that a player or grower does there) or reveal (what
    came of a graft).
    """

    order_id: OrderId
    kind: str
    chain: str
    account: Address
    state: str = "draft"
    lines: tuple[Line, ...] = ()
    tokens: tuple[TokenId, ...] = ()  # the goods of the quoted lines, as the chain names them
    best_effort: bool = False
    quoted: Quoted | None = None
    call: Call | None = None
    deadline_secs: int = 0
    offer: str = ""  # cancel, reprice: the offer that is withdrawn
    offers: tuple[str, ...] = ()  # reprice, cancel_all: all that are closed thereby
    signed: bytes = b""  # reprice: the offer that stands once the former is closed; nobody has it before
    place_id: str = ""  # publish: which room
    bundle_sha256: bytes = b""  # publish: empty when the publication is taken back
    tree: int = 0  # reveal: whose graft
    ordered: OrchardOrder | None = None  # orchard: a purchase there; None for all else that is done to trees
    nonce: int | None = None
    tx_hash: str = ""
    price_wei: Wei = Wei(0)
    block: int = 0
    block_hash: str = ""
    gas_used: int = 0
    gas_wei: Wei = Wei(0)
    shares: tuple[Share, ...] = ()
    reason: str = ""
    detail: str = ""
    money_moved: bool | None = False


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entry).decode


class Journal:
    """The orders of one home in SQLite; every write is on the disk when the method returns."""

    def __init__(self, path: Path) -> None:
        self._sql, self.damaged = open_database(path, synchronous="FULL")  # damaged: where what can't be read went
        self._sql.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    def get(self, order_id: OrderId) -> Entry | None:
        """The entry of an order, or None."""
        row = self._sql.execute("SELECT entry FROM orders WHERE order_id = ?", (order_id,)).fetchone()
        return None if row is None else _decode(row[0])

    def raw(self, order_id: OrderId) -> bytes:
        """The signed transaction of an order. Raises ChainError when it was never signed."""
        row = self._sql.execute("SELECT raw FROM orders WHERE order_id = ?", (order_id,)).fetchone()
        if row is None or row[0] is None:
            raise ChainError(f"order {order_id} was never signed, so there is nothing to send")
        return bytes(row[0])

    def draft(self, entry: Entry) -> Entry:
        """Write a draft, or replace an earlier draft or refusal of the same id. Returns what the journal then holds."""
        with self._transaction():
            known = self.get(entry.order_id)
            if known is not None and known.state not in ("draft", "refused"):
                return known
            self._sql.execute(
                "INSERT OR REPLACE INTO orders (order_id, chain, account, state, entry) VALUES (?, ?, ?, ?, ?)",
                (entry.order_id, entry.chain, entry.account, entry.state, _encode(entry)),
            )
            if known is None:
                self._note(entry.order_id, entry.state)
        return entry

    def discard(self, order_id: OrderId) -> bool:
        """Forget a draft; False when there is none or it was signed."""
        with self._transaction():
            done = self._sql.execute("DELETE FROM orders WHERE order_id = ? AND state = 'draft'", (order_id,))
            return done.rowcount == 1

    def discard_drafts(self, *, before_secs: int) -> int:
        """Forget drafts whose deadline is over; returns how many."""
        stale = [entry.order_id for entry in self._in_states(("draft",)) if entry.deadline_secs < before_secs]
        return sum(self.discard(order_id) for order_id in stale)

    def sign(
        self, order_id: OrderId, *, pending_nonce: int, make: Callable[[int], tuple[bytes, str]]
    ) -> tuple[Entry, bytes] | None:
        """Give a draft its nonce and signed bytes: `make(nonce)` returns them with the transaction hash.

        The nonce is the lowest from the chain's pending one on that no order in flight has: where one before the
        others was refused, they wait until its nonce is used. None when the order is no draft.
        """
        with self._transaction():
            entry = self.get(order_id)
            if entry is None or entry.state != "draft":
                return None
            taken = self._nonces(entry.chain, entry.account)
            nonce = next(nonce for nonce in count(pending_nonce) if nonce not in taken)
            raw, tx_hash = make(nonce)
            entry = msgspec.structs.replace(entry, state="signed", nonce=nonce, tx_hash=tx_hash, money_moved=None)
            self._sql.execute(
                "UPDATE orders SET state = ?, nonce = ?, raw = ?, entry = ? WHERE order_id = ?",
                (entry.state, nonce, raw, _encode(entry), order_id),
            )
            self._note(order_id, "signed")
        return entry, raw

    def move(self, entry: Entry, state: str, **changes: object) -> Entry | None:
        """Move an order on from the state that `entry` has. None when another process has moved it meanwhile.

        Raises ChainError when the journal's rules don't allow the move.
        """
        if state not in AFTER.get(entry.state, frozenset()):
            raise ChainError(f"order {entry.order_id} can't go from {entry.state} to {state}")
        moved = msgspec.structs.replace(entry, state=state, **changes)
        with self._transaction():
            done = self._sql.execute(
                "UPDATE orders SET state = ?, entry = ? WHERE order_id = ? AND state = ?",
                (state, _encode(moved), entry.order_id, entry.state),
            )
            if done.rowcount != 1:
                return None
            self._note(entry.order_id, state)
        return moved

    def in_flight(self, chain: str) -> list[Entry]:
        """Orders of a chain that are signed and not at their end, in the order of their nonces."""
        found = [entry for entry in self._in_states(tuple(sorted(IN_FLIGHT))) if entry.chain == chain]
        return sorted(found, key=lambda entry: entry.nonce or 0)

    def stranded(self, chain: str) -> list[Entry]:
        """Orders in flight on other chains than this: their chain was wiped, or another one is in use."""
        return [entry for entry in self._in_states(tuple(sorted(IN_FLIGHT))) if entry.chain != chain]

    def orders(self) -> list[tuple[int, Entry]]:
        """Every purchase that is no mere draft, newest first, with the second when it was signed, or else drafted."""
        rows = self._sql.execute(
            "SELECT CAST(coalesce(max(CASE WHEN m.state = 'signed' THEN m.at END), min(m.at), 0) AS INTEGER), o.entry "
            "FROM orders o LEFT JOIN moves m USING (order_id) WHERE o.state != 'draft' "
            "GROUP BY o.order_id ORDER BY 1 DESC, max(m.rowid) DESC"
        )
        told = [(int(at), _decode(entry)) for at, entry in rows]
        return [(at, entry) for at, entry in told if entry.kind == "buy" or entry.ordered is not None]

    def history(self, order_id: OrderId) -> list[str]:
        """Every state that an order has been in, oldest first."""
        rows = self._sql.execute("SELECT state FROM moves WHERE order_id = ? ORDER BY rowid", (order_id,))
        return [state for (state,) in rows]

    def _in_states(self, states: Iterable[str]) -> list[Entry]:
        names = list(states)
        marks = ",".join("?" * len(names))
        rows = self._sql.execute(f"SELECT entry FROM orders WHERE state IN ({marks})", names)
        return [_decode(row[0]) for row in rows]

    def _nonces(self, chain: str, account: Address) -> set[int]:
        """Those of orders that the chain may still take."""
        rows = self._sql.execute(
            "SELECT nonce FROM orders WHERE chain = ? AND account = ? AND state IN ('signed', 'sent', 'unknown')",
            (chain, account),
        )
        return {int(nonce) for (nonce,) in rows}

    def _note(self, order_id: OrderId, state: str) -> None:
        self._sql.execute("INSERT INTO moves VALUES (?, ?, ?)", (order_id, state, time.time()))

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._sql)


class _Transaction:
    """BEGIN IMMEDIATE … COMMIT: SQLite's write lock, held against other processes too."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql

    def __enter__(self) -> None:
        self._sql.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._sql.execute("COMMIT" if kind is None else "ROLLBACK")


assert all(state in FINAL_STATES for states in AFTER.values() for state in states if state not in AFTER)
