"""The embedded node's disk: one SQLite file (WAL) with py-evm's key-value store beside blocks, transactions and logs.

Everything that a block changes is written in one SQLite transaction before anyone is answered, so a killed process
wakes up at the last answered block. (A power cut may cost the last blocks, never the file: synchronous is NORMAL.)
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eth.db.backends.base import BaseAtomicDB

from chain.errors import ChainError

LAYOUT = 1  # of the tables; a file with another one is refused
_CACHED_VALUES = 200_000

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kv (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    number INTEGER PRIMARY KEY, hash BLOB UNIQUE NOT NULL, header BLOB NOT NULL, json TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS transactions (
    hash BLOB PRIMARY KEY, block INTEGER NOT NULL, position INTEGER NOT NULL, json TEXT NOT NULL, receipt TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS transactions_by_block ON transactions (block, position);
CREATE TABLE IF NOT EXISTS logs (
    block INTEGER NOT NULL, position INTEGER NOT NULL, address BLOB NOT NULL,
    topic0 BLOB, topic1 BLOB, topic2 BLOB, topic3 BLOB, json TEXT NOT NULL, PRIMARY KEY (block, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pool (hash BLOB PRIMARY KEY, arrival INTEGER NOT NULL, raw BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS must_succeed (hash BLOB PRIMARY KEY) WITHOUT ROWID;
"""


class Store:
    """Blocks, transactions, logs and settings of the embedded chain. Not safe for threads: its owner locks.

    Raises ChainError when the file is damaged or of another layout.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._sql = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._sql.execute("PRAGMA journal_mode = WAL")
            self._sql.execute("PRAGMA synchronous = NORMAL")
            self._sql.execute("PRAGMA cache_size = -32768")
            [damage] = self._sql.execute("PRAGMA quick_check(1)").fetchone()
            if damage != "ok":
                raise sqlite3.DatabaseError(damage)
            self._sql.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            raise ChainError(f"{path} can't be opened ({error}); is the disk full, or the folder not yours?") from None
        except sqlite3.DatabaseError as error:
            raise ChainError(f"{path} is no chain of the embedded node ({error}); move it away to begin anew") from None
        layout = self.setting("layout")
        if layout is None:
            self.set_setting("layout", str(LAYOUT))
        elif layout != str(LAYOUT):
            raise ChainError(f"{path} has layout {layout}, this version reads {LAYOUT}; move it away to begin anew")
        self.kv = KeyValues(self._sql)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """Write everything inside the block or, on an exception, nothing of it."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.kv.flush()
        except BaseException:
            self.kv.forget()
            self._sql.execute("ROLLBACK")
            raise
        self._sql.execute("COMMIT")

    def close(self) -> None:
        self._sql.close()

    def setting(self, name: str) -> str | None:
        row = self._sql.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    # --- blocks ---------------------------------------------------------------------------------------------------

    def add_block(
        self, header: bytes, block: dict[str, Any], mined: list[tuple[dict[str, Any], dict[str, Any]]]
    ) -> None:
        """Keep a block: its RLP header, and it and its (transaction, receipt) pairs as the JSON that is answered."""
        number = int(block["number"], 16)
        values = (number, _raw(block["hash"]), header, json.dumps(block))
        self._sql.execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", values)
        for position, (transaction, receipt) in enumerate(mined):
            entry = (_raw(transaction["hash"]), number, position, json.dumps(transaction), json.dumps(receipt))
            self._sql.execute("INSERT INTO transactions VALUES (?, ?, ?, ?, ?)", entry)
            for log in receipt["logs"]:
                topics = [_raw(topic) for topic in log["topics"]] + [None] * (4 - len(log["topics"]))
                row = (number, int(log["logIndex"], 16), _raw(log["address"]), *topics, json.dumps(log))
                self._sql.execute("INSERT INTO logs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def drop_blocks_above(self, number: int) -> None:
        """Forget the blocks after `number`, with their transactions and logs."""
        self._sql.execute("DELETE FROM blocks WHERE number > ?", (number,))
        self._sql.execute("DELETE FROM transactions WHERE block > ?", (number,))
        self._sql.execute("DELETE FROM logs WHERE block > ?", (number,))

    def head(self) -> bytes | None:
        """The RLP header of the newest block, or None on an empty chain."""
        row = self._sql.execute("SELECT header FROM blocks ORDER BY number DESC LIMIT 1").fetchone()
        return None if row is None else bytes(row[0])

    def header(self, number: int) -> bytes | None:
        """The RLP header of a block, or None where there is no such block."""
        row = self._sql.execute("SELECT header FROM blocks WHERE number = ?", (number,)).fetchone()
        return None if row is None else bytes(row[0])

    def hashes_before(self, number: int) -> Iterator[bytes]:
        """Hashes of the blocks below `number`, newest first, as far back as the EVM can ask."""
        rows = self._sql.execute(
            "SELECT hash FROM blocks WHERE number < ? ORDER BY number DESC LIMIT 256", (number,)
        )
        return (bytes(row[0]) for row in rows)

    def block(self, number: int) -> dict[str, Any] | None:
        return _value(self._sql.execute("SELECT json FROM blocks WHERE number = ?", (number,)).fetchone())

    def block_by_hash(self, block_hash: bytes) -> dict[str, Any] | None:
        return _value(self._sql.execute("SELECT json FROM blocks WHERE hash = ?", (block_hash,)).fetchone())

    def transaction(self, tx_hash: bytes) -> dict[str, Any] | None:
        return _value(self._sql.execute("SELECT json FROM transactions WHERE hash = ?", (tx_hash,)).fetchone())

    def transactions_of(self, number: int) -> list[dict[str, Any]]:
        rows = self._sql.execute("SELECT json FROM transactions WHERE block = ? ORDER BY position", (number,))
        return [json.loads(row[0]) for row in rows]

    def receipt(self, tx_hash: bytes) -> dict[str, Any] | None:
        return _value(self._sql.execute("SELECT receipt FROM transactions WHERE hash = ?", (tx_hash,)).fetchone())

    def receipts_of(self, number: int) -> list[dict[str, Any]]:
        rows = self._sql.execute("SELECT receipt FROM transactions WHERE block = ? ORDER BY position", (number,))
        return [json.loads(row[0]) for row in rows]

    def logs(
        self, first: int, last: int, addresses: list[bytes], topics: list[list[bytes]], *, limit: int
    ) -> list[dict[str, Any]]:
        """Logs of blocks first..last in order; an empty list of addresses, or of one topic's choices, allows any."""
        where = ["block BETWEEN ? AND ?"]
        arguments: list[Any] = [first, last]
        choices = [("address", addresses), *((f"topic{index}", choice) for index, choice in enumerate(topics))]
        for column, allowed in choices:
            if allowed:
                where.append(f"{column} IN ({','.join('?' * len(allowed))})")
                arguments += allowed
        if topics:  # a filter of n topics wants logs that have at least n
            where.append(f"topic{len(topics) - 1} IS NOT NULL")
        query = f"SELECT json FROM logs WHERE {' AND '.join(where)} ORDER BY block, position LIMIT ?"
        return [json.loads(row[0]) for row in self._sql.execute(query, (*arguments, limit))]

    # --- transactions that wait ------------------------------------------------------------------------------------

    def pool_add(self, tx_hash: bytes, arrival: int, raw: bytes, *, must_succeed: bool = False) -> None:
        if must_succeed:  # a table of its own: files of before have none
            self._sql.execute("INSERT OR REPLACE INTO must_succeed VALUES (?)", (tx_hash,))
        self._sql.execute("INSERT OR REPLACE INTO pool VALUES (?, ?, ?)", (tx_hash, arrival, raw))

    def pool_remove(self, tx_hash: bytes) -> None:
        self._sql.execute("DELETE FROM pool WHERE hash = ?", (tx_hash,))
        self._sql.execute("DELETE FROM must_succeed WHERE hash = ?", (tx_hash,))

    def pool_clear(self) -> None:
        self._sql.execute("DELETE FROM pool")
        self._sql.execute("DELETE FROM must_succeed")

    def pool(self) -> list[tuple[int, bytes, bool]]:
        """(arrival, raw transaction, whether it must succeed) of all that wait, oldest first."""
        rows = self._sql.execute("SELECT arrival, raw, hash IN must_succeed FROM pool ORDER BY arrival")
        return [(arrival, bytes(raw), bool(must_succeed)) for arrival, raw, must_succeed in rows]


class _Waiting(BaseAtomicDB):  # type: ignore[misc]
    """Writes that wait in memory above a store, and are seen at once by whoever reads through them."""

    def __init__(self) -> None:
        self._waiting: dict[bytes, bytes | None] = {}  # None for what was deleted

    def __getitem__(self, key: bytes) -> bytes:
        if key in self._waiting:
            value = self._waiting[key]
            if value is None:
                raise KeyError(key)
            return value
        return self._below(key)

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self._waiting[bytes(key)] = bytes(value)

    def __delitem__(self, key: bytes) -> None:
        self[key]  # absent keys raise
        self._waiting[bytes(key)] = None

    def _exists(self, key: bytes) -> bool:
        try:
            self[key]
        except KeyError:
            return False
        return True

    def _below(self, key: bytes) -> bytes:
        """What the store has. Raises KeyError where it has nothing."""
        raise NotImplementedError


class KeyValues(_Waiting):
    """py-evm's database: a key-value store whose writes wait in memory until `flush` puts them into SQLite."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        super().__init__()
        self._sql = sql
        self._cache: dict[bytes, bytes] = {}

    def _below(self, key: bytes) -> bytes:
        if key in self._cache:
            return self._cache[key]
        row = self._sql.execute("SELECT value FROM kv WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        self._keep(key, row[0])
        return bytes(row[0])

    @contextlib.contextmanager
    def atomic_batch(self) -> Iterator[Any]:
        """py-evm's inner batches are all part of the surrounding `Store.atomic`."""
        batch = _Batch(self)
        yield batch
        batch.apply()

    def overlay(self) -> "_Batch":
        """A store above this one whose writes are never applied."""
        return _Batch(self)

    def flush(self) -> None:
        """Write what waits into SQLite's running transaction."""
        gone = [(key,) for key, value in self._waiting.items() if value is None]
        kept = [(key, value) for key, value in self._waiting.items() if value is not None]
        if gone:
            self._sql.executemany("DELETE FROM kv WHERE key = ?", gone)
        self._sql.executemany("INSERT OR REPLACE INTO kv VALUES (?, ?)", kept)
        for (key,) in gone:
            self._cache.pop(key, None)
        for key, value in kept:
            self._keep(key, value)
        self._waiting.clear()

    def forget(self) -> None:
        """Drop what waits; the cache may hold values of a rolled-back flush, so it goes too."""
        self._waiting.clear()
        self._cache.clear()

    def _keep(self, key: bytes, value: bytes) -> None:
        if len(self._cache) >= _CACHED_VALUES:
            self._cache.clear()
        self._cache[key] = value


class _Batch(_Waiting):
    """Writes that are seen inside the batch and reach the store together at its end, if at all."""

    def __init__(self, target: KeyValues) -> None:
        super().__init__()
        self._target = target

    def _below(self, key: bytes) -> bytes:
        return self._target[key]

    @contextlib.contextmanager
    def atomic_batch(self) -> Iterator[Any]:
        yield self

    def apply(self) -> None:
        for key, value in self._waiting.items():
            if value is None:
                del self._target[key]
            else:
                self._target[key] = value


def _raw(text: str) -> bytes:
    return bytes.fromhex(text[2:])


def _value(row: tuple[str] | None) -> dict[str, Any] | None:
    return None if row is None else json.loads(row[0])
