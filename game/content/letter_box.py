"""The way of a letter: kept by the buyer until it has arrived, carried to a folder or to the grower's page, erased.

A folder of letters has one file a delivery, `<number>.letter`, sealed bytes and nothing else. In a home they are in
`letters/out` (the player's own, until the box is received), `letters/inbox` (where buyers on this machine lay them) and
`grower/letters` (the grower's, opened once and found right).

To erase is to overwrite and unlink. On an SSD, or a file system that copies on write, the old blocks may live on out
of reach for a while; what they hold is sealed, and unreadable without the grower's key.
"""

import contextlib
import logging
import os
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from game.content.disk import write_whole
from game.content.letters import SEALED_BYTES, LetterError

log = logging.getLogger(__name__)

ENDING = ".letter"
SILENCE_SECS = 10.0
MOST_DELIVERY = 2**63 - 1


def outbox(home: Path) -> "LetterBox":
    """The player's own letters, kept until their boxes are received: an address is never written a second time."""
    return LetterBox(home / "letters" / "out")


def inbox(home: Path) -> "LetterBox":
    """Where buyers on one machine lay letters for the growers of this home's chain, unless told otherwise."""
    return LetterBox(home / "letters" / "inbox")


class LetterBox:
    """A folder of sealed letters by the number of their delivery."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, delivery: int, sealed: bytes) -> None:
        """Keep a letter. Raises LetterError for what cannot be one, OSError."""
        if len(sealed) != SEALED_BYTES:
            raise LetterError("form", f"no letter: it has {len(sealed)} bytes, every letter {SEALED_BYTES}")
        write_whole(self.path(delivery), sealed)

    def get(self, delivery: int) -> bytes | None:
        """A letter's sealed bytes; None where there is none, or something that cannot be one. Raises OSError."""
        try:
            with self.path(delivery).open("rb") as file:
                sealed = file.read(SEALED_BYTES + 1)
        except FileNotFoundError:
            return None
        return sealed if len(sealed) == SEALED_BYTES else None

    def deliveries(self) -> tuple[int, ...]:
        """The numbers of the deliveries that have a letter here, in order."""
        names = (path.name.removesuffix(ENDING) for path in self.folder.glob(f"*{ENDING}"))
        return tuple(sorted(int(name) for name in names if name.isascii() and name.isdigit() and len(name) < 20))

    def erase(self, delivery: int) -> None:
        """Overwrite a letter and remove it; nothing where there is none. Raises OSError."""
        path = self.path(delivery)
        with contextlib.suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(bytes(os.fstat(file.fileno()).st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()

    def path(self, delivery: int) -> Path:
        """Where the letter of a delivery is, or would be."""
        if not 0 < delivery <= MOST_DELIVERY:
            raise LetterError("delivery", f"{delivery} is no delivery's number")
        return self.folder / f"{delivery}{ENDING}"


def carry(way: str, delivery: int, sealed: bytes) -> None:
    """Bring a letter where the grower looks: into a folder, or by HTTP to a grower's page.

    Raises LetterError in plain words where it did not arrive; it may be tried again as often as one likes.
    """
    if urlsplit(way).scheme not in ("http", "https"):
        try:
            LetterBox(Path(way)).put(delivery, sealed)
        except OSError as error:
            raise LetterError("carry", f"{way}: the letter cannot be laid there ({error.strerror})") from None
        return
    request = urllib.request.Request(
        f"{way.rstrip('/')}/letters/{delivery}", data=sealed, method="POST",
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=SILENCE_SECS):
            pass
    except urllib.error.HTTPError as error:
        with error:
            detail = error.read(300).decode("utf-8", "replace").strip()
        raise LetterError("carry", f"{way} did not take the letter: {detail or error.code}") from None
    except (OSError, ValueError) as error:
        raise LetterError("carry", f"{way} cannot be reached ({error}); the letter is kept and tried again") from None


def carry_all(box: LetterBox, way: str) -> tuple[int, ...]:
    """Carry every letter of the player's; the numbers of those that arrived. They stay until they are erased."""
    arrived = []
    for delivery in box.deliveries():
        try:
            if (sealed := box.get(delivery)) is not None:
                carry(way, delivery, sealed)
                arrived.append(delivery)
        except (LetterError, OSError) as error:
            log.warning("letter of delivery %d: %s", delivery, error)
    return tuple(arrived)
