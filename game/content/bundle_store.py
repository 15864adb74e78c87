"""The rooms' files of one home, `<home>/bundles/<cid>.loquat`, and which rooms were visited.

A file's name is what its bytes must be, so nothing that is read here can be another room than was asked for.
"""

import logging
import os
import time
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.bundle import BundleError, read_file
from game.content.cid import cid_of
from game.content.disk import write_whole

log = logging.getLogger(__name__)

ENDING = ".loquat"
VISITED_FILE = "visited.json"
VISITED_MAX = 50
VISITED_BYTES_MAX = 256 * 1024


class Visit(Struct, frozen=True, kw_only=True):
    """A room that was visited: its file's CID, its name then, its token on the chain (hex) if it said one."""

    cid: str
    name: str
    token: str = ""
    at_secs: int = 0  # seconds since 1970, UTC


class BundleStore:
    """The rooms' files of one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "bundles"

    def put(self, content: bytes) -> str:
        """Keep a file that `bundle.unpack` took; its CID. Raises OSError."""
        digest = sha256(content).digest()
        if self.get(digest) is None:
            write_whole(self.path(digest), content)
        return cid_of(digest)

    def path(self, digest: bytes) -> Path:
        """Where the file with this SHA-256 is, or would be."""
        return self.folder / f"{cid_of(digest)}{ENDING}"

    def get(self, digest: bytes) -> bytes | None:
        """The file with this SHA-256; None where there is none. A damaged one is set aside as `*.damaged`."""
        path = self.path(digest)
        try:
            content = read_file(path)
        except (OSError, BundleError):
            return None
        if sha256(content).digest() == digest:
            return content
        log.warning("%s is damaged; it is set aside", path)
        try:
            os.replace(path, path.with_name(path.name + ".damaged"))
        except OSError as error:
            log.warning("%s: %s", path, error)
        return None

    def visited(self) -> tuple[Visit, ...]:
        """The rooms that were visited, the last first; none where the list cannot be read."""
        try:
            with (self.folder / VISITED_FILE).open("rb") as file:
                return msgspec.json.decode(file.read(VISITED_BYTES_MAX), type=tuple[Visit, ...])[:VISITED_MAX]
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            log.warning("%s: %s", self.folder / VISITED_FILE, error)
            return ()

    def remember(self, visit: Visit) -> None:
        """Put a room at the head of those that were visited; an older copy of it leaves the list. Raises OSError."""
        others = (
            each for each in self.visited()
            if each.cid != visit.cid and not (visit.token and each.token == visit.token)
        )  # fmt: skip
        now = msgspec.structs.replace(visit, at_secs=visit.at_secs or int(time.time()))
        text = msgspec.json.encode([now, *others][:VISITED_MAX])
        write_whole(self.folder / VISITED_FILE, msgspec.json.format(text, indent=1) + b"\n")
