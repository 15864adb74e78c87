"""An index of the market's logs in SQLite, keyed by block hash and log index.

The chain is the truth and this is a copy: whatever a reorganisation orphans is unwound by parent hashes, and the file
can be deleted and rebuilt to the same tables. Money is kept as 32 big-endian bytes, too large for SQLite's integers.
"""

import contextlib
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from chain.database import open_database
from chain.errors import ChainError
from chain.logs import PLACE_BITS, TABLES, TOPICS, Layout, Log, LogsRefusedError, key_of, rows_by_table
from chain.words import checksummed
from game.core.ids import Address, OfferHash, TokenId, Wei

RANGE_BLOCKS = 2_000  # per eth_getLogs; public nodes refuse much longer ranges
RANGE_LOGS = 2_000  # aimed at, for the same reason
DEEPEST_REORG_BLOCKS = 256  # tips that are kept to find where a fork began; a deeper fork rebuilds all
ATTEMPTS = 5  # a chain that reorganises while it's read is read again so often

_INDEXES = {
    "sales": ("offer, quantity",),
    "transfers": ("receiver, good, quantity", "sender, good, quantity"),
    "cancelled": ("seller, serial",),
    "counters": ("seller, counter",),
    "goods": ("good",),
    "publications": ("room",),
    "room_transfers": ("room",),
}
_TABLES_VERSION = 4  # a file of another version lacks logs that it should hold, so it is filled anew
_NOBODY = b"\0" * 20


class Block(Struct, frozen=True):
    """A block's place in the chain."""

    number: int
    hash: bytes
    parent: bytes
    timestamp_secs: int = 0
    base_fee_wei: int = 0


class Source(Protocol):
    """Where blocks and logs come from."""

    def block(self, number: int | str) -> Block | None:
        """A block by number or tag, or None when there is none."""
        ...

    def logs(self, first: int, last: int, topics: tuple[str, ...]) -> list[Log]:
        """Logs of the market's contracts in a range of blocks, both ends included, with one of these first topics."""
        ...


class Sale(Struct, frozen=True, kw_only=True):
    """One Sold log. The seller's share is the price less the two others; addresses may be zero where nobody is paid."""

    block: int
    tx_hash: str
    offer: OfferHash
    good: TokenId
    buyer: Address
    seller: Address
    quantity: int
    price_wei: Wei
    creator: Address
    creator_wei: Wei
    room: int
    room_owner: Address
    room_wei: Wei


_SALES = TABLES["sales"]


class Ledger:
    """The tables of one chain's market. A damaged file is kept aside, and the tables are read anew from the chain."""

    def __init__(self, path: Path | str) -> None:
        self._sql, _ = open_database(path, synchronous="NORMAL", page_bytes=16_384)
        self._sql.execute("PRAGMA wal_autocheckpoint=2000")  # pages: a backfill is not interrupted by checkpoints
        self._sql.execute("CREATE TABLE IF NOT EXISTS tips (number INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT")
        self._sql.execute("CREATE TABLE IF NOT EXISTS blocks (number INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT")
        self._insert: dict[str, str] = {}
        for table, layout in TABLES.items():
            self._create(table, layout)
            marks = ", ".join("?" * (len(layout.columns) + 2))
            self._insert[table] = f"INSERT OR IGNORE INTO {table}_logs VALUES ({marks})"
        self._sql.execute("CREATE TABLE IF NOT EXISTS times (hash BLOB PRIMARY KEY, secs INTEGER NOT NULL) STRICT")
        if self._sql.execute("PRAGMA user_version").fetchone() != (_TABLES_VERSION,):
            self._drop_above(-1)
            self._sql.execute(f"PRAGMA user_version={_TABLES_VERSION}")

    def _create(self, table: str, layout: Layout) -> None:
        """A table of logs as they came, and a view that names every field in them."""
        columns = "".join(
            f"{name} {'INTEGER' if name in layout.counts else 'BLOB'} NOT NULL, " for name in layout.columns
        )
        self._sql.execute(
            f"CREATE TABLE IF NOT EXISTS {table}_logs (key INTEGER PRIMARY KEY, {columns}words BLOB NOT NULL) STRICT"
        )
        for number, index in enumerate(_INDEXES.get(table, ())):
            self._sql.execute(f"CREATE INDEX IF NOT EXISTS {table}_{number} ON {table}_logs ({index})")
        fields = ", ".join(
            f"{table}_logs.{name}" if name in layout.columns else f"substr(words, {start + 1}, {length}) AS {name}"
            for name, (start, length) in layout.slices.items()
            if name != "topic"
        )
        self._sql.execute(
            f"CREATE VIEW IF NOT EXISTS {table} AS SELECT hash AS block_hash, (key >> 12) & 1048575 AS log_index,"
            f" key & 4095 AS part, key >> {PLACE_BITS} AS block, {fields}"
            f" FROM {table}_logs LEFT JOIN blocks ON number = key >> {PLACE_BITS}"
        )

    def close(self) -> None:
        """Close the file."""
        self._sql.close()

    # --- following the chain -------------------------------------------------------------------------------------

    def tip(self) -> tuple[int, bytes] | None:
        """Number and hash of the last block that was read, or None at the beginning."""
        row = self._sql.execute("SELECT number, hash FROM tips ORDER BY number DESC LIMIT 1").fetchone()
        return None if row is None else (int(row[0]), bytes(row[1]))

    def follow(self, source: Source, *, first_block: int = 0, told: Callable[[int, int], None] | None = None) -> bool:
        """Read up to the chain's head; True when the tables may have changed.

        `told(done, head)` hears of progress. Raises ChainError when the chain keeps changing while it's read.
        """
        for _ in range(ATTEMPTS):
            head = source.block("latest")
            if head is None:
                raise ChainError("the node knows no latest block; is it still starting?")
            tip = self.tip()
            if tip == (head.number, head.hash):
                return False
            if tip is not None and not (head.number == tip[0] + 1 and head.parent == tip[1]):
                self._unwind(source)
            if self._read_to(source, head, first_block, told):
                return True
        raise ChainError(f"the chain changed {ATTEMPTS} times while it was read; try again later")

    def rebuild(self, source: Source, *, first_block: int = 0) -> None:
        """Read everything anew."""
        self._drop_above(-1)
        self.follow(source, first_block=first_block)

    def add(self, logs: list[Log]) -> None:
        """Insert logs of blocks that are in the chain; those that are there already stay as they are."""
        blocks = {log.block_number: log.block_hash for log in logs}
        self._sql.executemany(
            "INSERT OR REPLACE INTO blocks VALUES (?, ?)",
            [(int(number, 16), _raw(block_hash)) for number, block_hash in blocks.items()],
        )
        for table, rows in rows_by_table(logs).items():
            self._sql.executemany(self._insert[table], rows)

    def _read_to(
        self, source: Source, head: Block, first_block: int, told: Callable[[int, int], None] | None
    ) -> bool:
        """Read the blocks after the tip up to `head`; False when `head` was orphaned meanwhile."""
        tip = self.tip()
        with contextlib.closing(_ranges(source, first_block if tip is None else tip[0] + 1, head)) as ranges:
            for last, end, logs in ranges:
                if end is None or not _agrees(logs, end) or not self._take(logs, (last, end.hash), former=tip):
                    return False
                tip = (last, end.hash)
                if told is not None:
                    told(last, head.number)
        now = source.block(head.number)
        return now is not None and now.hash == head.hash

    def _take(self, logs: list[Log], tip: tuple[int, bytes], *, former: tuple[int, bytes] | None) -> bool:
        """Insert the logs between two tips; False when another process on this home has read on."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            if self.tip() != former:
                self._sql.execute("ROLLBACK")
                return False
            self.add(logs)
            self._sql.execute("INSERT OR REPLACE INTO tips VALUES (?, ?)", tip)
            self._sql.execute("DELETE FROM tips WHERE number < ?", (tip[0] - DEEPEST_REORG_BLOCKS,))
        except BaseException:
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")
        return True

    def _unwind(self, source: Source) -> None:
        """Forget every block that the chain has no longer."""
        rows = self._sql.execute("SELECT number, hash FROM tips ORDER BY number DESC").fetchall()
        for number, block_hash in rows:
            block = source.block(number)
            if block is not None and block.hash == block_hash:
                self._drop_above(number)
                return
        self._drop_above(-1)

    def _drop_above(self, number: int) -> None:
        self._sql.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            self._sql.execute(f"DELETE FROM {table}_logs WHERE key >= ?", (key_of(number + 1, 0),))
        self._sql.execute("DELETE FROM blocks WHERE number > ?", (number,))
        self._sql.execute("DELETE FROM tips WHERE number > ?", (number,))
        self._sql.execute("COMMIT")

    # --- asking --------------------------------------------------------------------------------------------------

    def read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of a query over the tables (`sales_logs` and so on) and their views (`sales`)."""
        return self._sql.execute(query, values).fetchall()

    def has_tip(self, tip: tuple[int, bytes]) -> bool:
        """Whether all that was read up to this tip still stands; False too for a tip long past."""
        return self._sql.execute("SELECT 1 FROM tips WHERE number = ? AND hash = ?", tip).fetchone() is not None

    def times(self, hashes: Iterable[bytes]) -> dict[bytes, int]:
        """Unix seconds of those blocks of which they were noted."""
        found: dict[bytes, int] = {}
        for block_hash in set(hashes):
            row = self._sql.execute("SELECT secs FROM times WHERE hash = ?", (block_hash,)).fetchone()
            if row is not None:
                found[block_hash] = int(row[0])
        return found

    def note_times(self, times: dict[bytes, int]) -> None:
        """Note the Unix seconds of blocks, by their hashes."""
        self._sql.executemany("INSERT OR REPLACE INTO times VALUES (?, ?)", list(times.items()))

    def holdings(self, account: Address) -> dict[TokenId, int]:
        """Units of every good that an account holds."""
        who = _raw(account)
        rows = self._sql.execute(
            "SELECT good, sum(units) FROM ("
            " SELECT good, quantity AS units FROM transfers_logs WHERE receiver = ?"
            " UNION ALL SELECT good, -quantity FROM transfers_logs WHERE sender = ?"
            ") GROUP BY good HAVING sum(units) != 0 ORDER BY good",
            (who, who),
        )
        return {TokenId(_number(good)): units for good, units in rows}

    def minted(self, good: TokenId) -> int:
        """Units of a good that ever came into being."""
        row = self._sql.execute(
            "SELECT coalesce(sum(quantity), 0) FROM transfers_logs WHERE sender = ? AND good = ?",
            (_NOBODY, good.to_bytes(32, "big")),
        ).fetchone()
        return int(row[0])

    def sold_of(self, offer: OfferHash) -> int:
        """Units that were sold from an offer."""
        row = self._sql.execute(
            "SELECT coalesce(sum(quantity), 0) FROM sales_logs WHERE offer = ?", (_raw(offer),)
        ).fetchone()
        return int(row[0])

    def is_cancelled(self, *, seller: Address, serial: int, counter: int) -> bool:
        """Whether an offer was withdrawn: by its serial, or by its seller's counter."""
        who = _raw(seller)
        if self._sql.execute(
            "SELECT 1 FROM cancelled_logs WHERE seller = ? AND serial = ?", (who, serial.to_bytes(32, "big"))
        ).fetchone():
            return True
        row = self._sql.execute("SELECT max(counter) FROM counters_logs WHERE seller = ?", (who,)).fetchone()
        return row[0] is not None and row[0] > counter

    def sales_of(self, tx_hash: str, *, block: int, block_hash: str) -> list[Sale]:
        """The sales of one transaction in a block, in their order."""
        rows = self._sql.execute(
            "SELECT s.* FROM sales_logs s JOIN blocks ON number = key >> 32"
            " WHERE key BETWEEN ? AND ? AND hash = ? AND substr(words, 1, 32) = ? ORDER BY key",
            (key_of(block, 0), key_of(block + 1, 0) - 1, _raw(block_hash), _raw(tx_hash)),
        )
        return [sale_from(key, words) for key, *_, words in rows]

    def credit_of(self, account: Address) -> Wei:
        """Wei that an account may withdraw from the till."""
        who = _raw(account)
        wei = 0
        for role, paid in (("seller", "price_wei"), ("creator", "creator_wei"), ("room_owner", "room_wei")):
            for row in self._sql.execute(f"SELECT {paid}, creator_wei, room_wei FROM sales WHERE {role} = ?", (who,)):
                share = _number(row[0])
                wei += share - _number(row[1]) - _number(row[2]) if role == "seller" else share
        for table, sign in (("credited", 1), ("withdrawn", -1)):
            for row in self._sql.execute(f"SELECT wei FROM {table} WHERE account = ?", (who,)):
                wei += sign * _number(row[0])
        return Wei(wei)

    def rows(self, table: str) -> list[tuple[object, ...]]:
        """All rows of a table in the order of blocks and logs."""
        if table not in TABLES:
            raise ChainError(f"the ledger has no table {table!r}; it has {', '.join(TABLES)}")
        return self._sql.execute(f"SELECT * FROM {table} ORDER BY block, log_index, part").fetchall()


def _ranges(source: Source, start: int, head: Block) -> Generator[tuple[int, Block | None, list[Log]], None, None]:
    """Ranges of blocks up to `head`, each as its last block's number, that block, and the logs of all.

    A range is so long that its logs make a moderate answer; the next one is asked for while the caller works on this.
    Raises LogsRefusedError when the node doesn't even tell the logs of one block.
    """
    if start == head.number:  # the usual case: one new block
        yield start, head, source.logs(start, start, TOPICS)
        return
    blocks, longest = 1, RANGE_BLOCKS
    ready: list[tuple[int, Block | None, list[Log]]] = []
    with ThreadPoolExecutor(1, "ledger") as ahead:
        while start <= head.number:
            last = min(start + blocks - 1, head.number)
            answer = ahead.submit(_read_range, source, start, last, head)
            yield from ready
            try:
                end, logs = answer.result()
            except LogsRefusedError:
                if last == start:
                    raise
                blocks = longest = (last - start + 1) // 2
                ready = []
                continue
            ready = [(last, end, logs)]
            fitting = blocks * RANGE_LOGS // max(len(logs), 1)
            blocks = max(1, min(fitting, 4 * blocks, longest))
            start = last + 1
        yield from ready


def _read_range(source: Source, first: int, last: int, head: Block) -> tuple[Block | None, list[Log]]:
    logs = source.logs(first, last, TOPICS)
    return head if last == head.number else source.block(last), logs


def _agrees(logs: list[Log], end: Block) -> bool:
    """Whether the logs of the block `end` come from it and not from a fork."""
    number, block_hash = hex(end.number), "0x" + end.hash.hex()
    return all(log.block_hash == block_hash for log in logs if log.block_number == number)


def sale_of(log: Log) -> Sale:
    """A Sold log by itself, e.g. from a receipt."""
    [(key, *_, words)] = rows_by_table([log])["sales"]
    return sale_from(key, words)


def sale_from(key: int, words: bytes) -> Sale:
    """A row of the table of sales."""
    def part(name: str) -> bytes:
        start, length = _SALES.slices[name]
        return words[start : start + length]

    def number(name: str) -> int:
        return int.from_bytes(part(name), "big")

    return Sale(
        block=key >> PLACE_BITS,
        tx_hash="0x" + part("tx_hash").hex(),
        offer=OfferHash("0x" + part("offer").hex()),
        good=TokenId(number("good")),
        buyer=checksummed(part("buyer")),
        seller=checksummed(part("seller")),
        quantity=number("quantity"),
        price_wei=Wei(number("price_wei")),
        creator=checksummed(part("creator")),
        creator_wei=Wei(number("creator_wei")),
        room=number("room"),
        room_owner=checksummed(part("room_owner")),
        room_wei=Wei(number("room_wei")),
    )


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _number(value: object) -> int:
    assert isinstance(value, bytes)
    return int.from_bytes(value, "big")
