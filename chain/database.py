"""SQLite files that open even when they were damaged: what can't be read is kept aside, never written over."""

import logging
import sqlite3
import time
from pathlib import Path

from chain.files import locked

WAIT_SECS = 30.0  # for another game of this home that is writing

log = logging.getLogger(__name__)


def open_database(
    path: Path | str, *, synchronous: str, page_bytes: int = 4096
) -> tuple[sqlite3.Connection, Path | None]:
    """A connection in WAL mode without implicit transactions, and where a damaged file was moved, if it was.

    Raises sqlite3.Error when the disk or the folder fails.
    """
    if not isinstance(path, Path):
        return _connect(path, synchronous, page_bytes), None
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.with_name(f"{path.name}.lock")):
        damage = _damage(path)
        if damage is None:
            return _connect(path, synchronous, page_bytes), None
        aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.replace(aside.with_name(aside.name + suffix))
        log.error("%s was damaged (%s); it is kept as %s, and a new one was begun", path, damage, aside.name)
        return _connect(path, synchronous, page_bytes), aside


def _connect(path: Path | str, synchronous: str, page_bytes: int) -> sqlite3.Connection:
    sql = sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECS, check_same_thread=False)
    sql.execute(f"PRAGMA page_size={page_bytes}")  # of a new file; an old one keeps its own
    sql.execute("PRAGMA journal_mode=WAL")
    sql.execute(f"PRAGMA synchronous={synchronous}")
    return sql


def _damage(path: Path) -> str | None:
    """What is wrong with a database file; None when it's sound or not there."""
    if not path.exists():
        return None
    sql = sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECS)
    try:
        [found] = sql.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        raise  # the disk fails, not the file
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        sql.close()
    return None if found == "ok" else str(found)
