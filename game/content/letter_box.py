"""The way of a letter: kept by the buyer until it has arrived, carried to a folder or to the grower's page, erased.

A folder of letters has one file a delivery, `<number>.letter`, sealed bytes and nothing else; what a buyer says is
wrong with a box lies beside it as `<number>.reason`, sealed in the same way. In a home they are in
`letters/out` (the player's own, until the box is received), `letters/inbox` (where buyers on this machine lay them) and
`grower/letters` (the grower's, opened once and found right).

The tracking number comes back the same way: beside the letters as `<number>.tracking`, or as the page's answer to who
brings the same letter again, which nobody but buyer and grower has. The chain has its SHA-256.

To erase is to overwrite and unlink. On an SSD, or a file system that copies on write, the old blocks may live on out
of reach for a while; what they hold is sealed, and unreadable without the grower's key.
"""

import logging
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from game.content.disk import write_whole
from game.content.letters import SEALED_BYTES, LetterError

log = logging.getLogger(__name__)

ENDING, REASON, REPLY = ".letter", ".reason", ".tracking"
PATHS = {ENDING: "letters", REASON: "reasons"}  # of a grower's page
LONGEST_REPLY = 64
SILENCE_SECS = 10.0
MOST_DELIVERY = 2**63 - 1


def outbox(home: Path) -> "LetterBox":
    """The player's own letters, kept until their boxes are received: an address is never written a second time."""
    return LetterBox(home / "letters" / "out")


def inbox(home: Path) -> "LetterBox":
    """Where buyers on one machine lay letters for the growers of this home's chain, unless told otherwise."""
    return LetterBox(home / "letters" / "inbox")


class LetterBox:
    """A folder of sealed letters by the number of their delivery: addresses, or reasons where the ending says so."""

    def __init__(self, folder: Path, ending: str = ENDING) -> None:
        self.folder, self.ending = folder, ending

    @property
    def reasons(self) -> "LetterBox":
        """The reasons of disputes that lie in the same folder."""
        return LetterBox(self.folder, REASON)

    def put(self, delivery: int, sealed: bytes) -> None:
        """Keep a letter. Raises LetterError for what cannot be one, OSError."""
        if len(sealed) != SEALED_BYTES:
            raise LetterError("form", f"no letter: it has {len(sealed)} bytes, every letter {SEALED_BYTES}")
        write_whole(self.path(delivery), sealed)

    def get(self, delivery: int) -> bytes | None:
        """A letter's sealed bytes; None where there is none, or something that cannot be one. Raises OSError."""
        sealed = _read(self.path(delivery), SEALED_BYTES + 1)
        return sealed if len(sealed) == SEALED_BYTES else None

    def deliveries(self) -> tuple[int, ...]:
        """The numbers of the deliveries that have a letter here, in order."""
        return self._numbers(self.ending)

    def reply(self, delivery: int, tracking: str) -> None:
        """Lay a tracking number there for the buyer. Raises OSError."""
        write_whole(self.path(delivery).with_suffix(REPLY), tracking.encode())

    def replied(self, delivery: int) -> str:
        """The tracking number that was laid there; "" where there is none. Raises OSError."""
        return _read(self.path(delivery).with_suffix(REPLY), LONGEST_REPLY).decode("ascii", "replace")

    def erase(self, delivery: int) -> None:
        """Overwrite a letter and remove it; nothing where there is none. Raises OSError."""
        _erase(self.path(delivery))

    def erase_all(self, ended: Set[int]) -> None:
        """Erase letters, reasons and replies of deliveries that have ended. Raises OSError."""
        for ending in (ENDING, REASON, REPLY):
            for delivery in self._numbers(ending):
                if delivery in ended:
                    _erase(self.path(delivery).with_suffix(ending))

    def path(self, delivery: int) -> Path:
        """Where the letter of a delivery is, or would be."""
        if not 0 < delivery <= MOST_DELIVERY:
            raise LetterError("delivery", f"{delivery} is no delivery's number")
        return self.folder / f"{delivery}{self.ending}"

    def _numbers(self, ending: str) -> tuple[int, ...]:
        names = (path.name.removesuffix(ending) for path in self.folder.glob(f"*{ending}"))
        return tuple(sorted(int(name) for name in names if name.isascii() and name.isdigit() and len(name) < 20))


def _read(path: Path, most_bytes: int) -> bytes:
    """The beginning of a file; nothing where there is none."""
    file = _own_file(path, os.O_RDONLY, "rb")
    if file is None:
        return b""
    with file:
        return file.read(most_bytes)


def _erase(path: Path) -> None:
    file = _own_file(path, os.O_RDWR, "r+b")
    if file is not None:
        with file:
            file.write(bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
    path.unlink(missing_ok=True)


def _own_file(path: Path, flags: int, mode: str) -> IO[bytes] | None:
    """A plain file of that name; None for what is none.

    An inbox is open to others: a link there leads to a file that is not a letter, and a pipe would hold us for ever.
    """
    plain = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():
        return None
    try:
        descriptor = os.open(path, flags | plain)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    return os.fdopen(descriptor, mode)


def carry(way: str, delivery: int, sealed: bytes, ending: str = ENDING) -> str:
    """Bring a letter where the grower looks: into a folder, or by HTTP to a grower's page; the box's tracking number.

    `ending` says what it is: an address, or the reason of a dispute, which nothing is answered to.
    "" while it has none. It is what somebody says: compare its SHA-256 with the chain's.

    Raises LetterError in plain words where it did not arrive; it may be tried again as often as one likes.
    """
    if urlsplit(way).scheme not in ("http", "https"):
        box = LetterBox(Path(way), ending)
        try:
            if tracking := box.replied(delivery) if ending == ENDING else "":
                return tracking
            box.put(delivery, sealed)
        except OSError as error:
            raise LetterError("carry", f"{way}: the letter cannot be laid there ({error.strerror})") from None
        return ""
    request = urllib.request.Request(
        f"{way.rstrip('/')}/{PATHS[ending]}/{delivery}", data=sealed, method="POST",
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=SILENCE_SECS) as answer:
            return str(answer.read(LONGEST_REPLY).decode("ascii", "replace"))
    except urllib.error.HTTPError as error:
        with error:
            detail = error.read(300).decode("utf-8", "replace").strip()
        raise LetterError("carry", f"{way} did not take the letter: {detail or error.code}") from None
    except (OSError, ValueError) as error:
        raise LetterError("carry", f"{way} cannot be reached ({error}); the letter is kept and tried again") from None


def ways(home: Path) -> tuple[str, ...]:
    """Where the player's letters go: the lines of `letters/ways.txt`, else the home's own inbox. Raises OSError.

    A line is a folder, or the web address of a grower's page; what begins with # is passed over.
    """
    try:
        text = (home / "letters" / "ways.txt").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        text = ""
    found = [line for each in text.splitlines() if (line := each.strip()) and not line.startswith("#")]
    return tuple(found) or (str(inbox(home).folder),)


def carry_all(box: LetterBox, ways: Sequence[str]) -> Mapping[int, str]:
    """Carry every letter of the player's by all ways; of those that arrived the tracking number, "" without one.

    They stay until they are erased; carry them again from time to time to hear of the tracking number. A letter that
    no way takes is logged with the reasons.
    """
    arrived: dict[int, str] = {}
    for delivery in box.deliveries():
        sealed, reasons = box.get(delivery), list[str]()
        if sealed is None:
            log.warning("letter of delivery %d is damaged", delivery)
            continue
        for way in ways:
            try:
                arrived[delivery] = carry(way, delivery, sealed, box.ending) or arrived.get(delivery, "")
            except LetterError as error:
                reasons.append(str(error))
        if delivery not in arrived:
            log.warning("letter of delivery %d: %s", delivery, "; ".join(reasons))
    return arrived
