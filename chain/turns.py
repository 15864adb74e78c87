"""Whose turn it is on a dev chain: from asking what would come of an order until it is sent, one game after the other.

A dev chain's players are on one machine. Taking turns, each sees in the node's pending state what the one before has
sent, and is refused before anything is signed, whatever the node can do. It spares fees and keeps nothing safe: who
waits too long, or finds no place for the lock, goes on without.
"""

import contextlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from chain.errors import ChainError
from chain.files import Lock

TURN_SECS = 5.0  # so long a turn is waited for: its holder may hang
log = logging.getLogger(__name__)

_LOCKS = 256  # files at most, however many chains there were


def turn_lock(chain: str) -> Lock | None:
    """The lock that all games of this user share on a chain, given as in the journal; None where there is no place."""
    user = "" if sys.platform == "win32" else f"-{os.getuid()}"
    folder = Path(tempfile.gettempdir()) / f"loquat{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if sys.platform != "win32" and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
            return None  # somebody else's: what lies there can't be trusted
    except OSError:
        return None
    genesis = chain.partition(":")[2]
    return Lock(folder / f"turn-{int(genesis, 16) % _LOCKS:02x}.lock")


@contextlib.contextmanager
def turn(lock: Lock | None) -> Iterator[None]:
    """Hold a turn for a block of code, or do without."""
    try:
        if lock is not None:
            lock.acquire(timeout_secs=TURN_SECS)
    except (ChainError, OSError) as error:
        log.warning("going on out of turn: %s", error)
        lock = None
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
