"""Files that survive a crash: whole-file writes, and locks that the system drops when their holder dies."""

import contextlib
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from chain.errors import ChainError

PRIVATE_MODE = 0o600


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Replace `path` by `data` so that a crash at any moment leaves either the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def write_json(path: Path, value: object, *, mode: int = 0o644) -> None:
    """Replace `path` by `value` as indented JSON; see `write_whole`."""
    write_whole(path, (json.dumps(value, indent=1, sort_keys=True) + "\n").encode(), mode=mode)


def read_json(path: Path) -> Any:
    """The JSON value in `path`, or None where there is no such file.

    Raises ChainError when the file is there but is no JSON.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        return json.loads(text)
    except ValueError as error:
        raise ChainError(f"{path} is damaged ({error}); move it away and start again") from None


class Lock:
    """An exclusive lock on a file, held by this process until `release` or death.

    The operating system drops it when the process ends in whatever way, so a held lock proves a living holder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def try_acquire(self) -> bool:
        """Take the lock if it is free; False when another holder lives."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = open(self.path, "a+b")  # noqa: SIM115 (lives as long as the lock)
        if not _lock(file):
            file.close()
            return False
        self._file = file
        return True

    def acquire(self, *, timeout_secs: float) -> None:
        """Take the lock, waiting for it; raises ChainError when it stays taken."""
        deadline = time.monotonic() + timeout_secs
        while not self.try_acquire():
            if time.monotonic() > deadline:
                raise ChainError(f"{self.path} has been locked for {timeout_secs:.0f} s; is another game hanging?")
            time.sleep(0.02)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()  # closing drops the lock
            self._file = None


@contextlib.contextmanager
def locked(path: Path, *, timeout_secs: float = 60.0) -> Iterator[None]:
    """Hold the lock file `path` for a block of code."""
    lock = Lock(path)
    lock.acquire(timeout_secs=timeout_secs)
    try:
        yield
    finally:
        lock.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _sync_folder(folder: Path) -> None:
        """Windows has no handle on a folder to flush."""

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _sync_folder(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
