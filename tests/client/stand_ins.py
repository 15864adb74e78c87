"""Who works behind the panels of rooms, in tests: each has what the test says it has."""

from pathlib import Path

from game.client.publish_job import Packed
from game.content.bundle_store import Visit
from game.content.cid import cid_of
from game.content.letters import LetterError, PostalAddress, tidied
from game.core.commands import Command
from game.core.ids import HOME, TemplateId
from game.core.room_ports import Version
from game.core.rooms import Room

HASH = "0x7d1afa7b718fb893db30a3abc0cfc608aacfebb05d2b1c2f0a6f6e1c55aa19c4"


class Concierge:
    """Gets rooms as a test wants."""

    def __init__(self) -> None:
        self.state = ("", 0.0, "")
        self.failed = ("", "")
        self.asked: list[str] = []
        self.rooms = tuple(
            Visit(cid=f"bafkrei{n}", name=name, token=token, at_secs=1_795_000_000 + n * 86_400)
            for n, (name, token) in enumerate([("Mei's reading room by the river", "0x1"), ("枇杷小屋", "")])
        )

    def visited(self) -> tuple[Visit, ...]:
        return self.rooms

    def begin(self, text: str) -> None:
        self.asked.append(text)

    def again(self, visit: Visit) -> None:
        self.asked.append(visit.cid)

    def stop(self) -> None:
        self.asked.append("stop")


class Copyist:
    """Has copies as a test wants."""

    def __init__(
        self, *names: str, failed: tuple[str, str] = ("", ""), done: tuple[str, dict[str, object]] = ("", {})
    ) -> None:
        self.files = tuple(Path("/home/mei/.local/share/loquat/copies") / f"{name}.loquat-room" for name in names)
        self.failed, self.done = failed, done

    def look(self) -> None:
        """It stays as it is."""

    def save(self) -> None:
        """Nothing is written."""

    def take(self, path: Path) -> list[Command]:
        return []


class Printer:
    """Publishes as a test wants."""

    def __init__(self, *versions: bytes) -> None:
        room = Room(id=HOME, name="Mei's reading room by the river", template=TemplateId("studio"))
        self.packed: Packed | None = Packed(
            room=room, digest=bytes(32), cid=cid_of(bytes(32)), size=3_412_345, displays=(),
            path=Path("/home/mei/.local/share/loquat/bundles") / f"{cid_of(bytes(32))}.loquat",
        )  # fmt: skip
        self.doing, self.hindered, self.exported, self.number = "", "", "", "0x" + "9c" * 32
        self.failed = ("", "")
        self.asked: list[str] = []
        self.versions = tuple(
            Version(version=len(versions) - n, bundle_sha256=digest, block=90 - n, tx_hash=HASH,
                    at_secs=1_795_000_000 - n * 90_000)
            for n, digest in enumerate(versions)
        )  # fmt: skip

    def opened(self) -> None:
        self.asked.append("opened")

    def publish(self) -> list[Command]:
        self.asked.append("publish")
        return []

    def unpublish(self) -> list[Command]:
        self.asked.append("unpublish")
        return []

    def export(self) -> None:
        self.exported = "/home/mei/.local/share/loquat/exports/Mei's reading room by the river.loquat"


def write(address: PostalAddress, key: bytes) -> bytes:
    """Seal no address, and refuse what lacks something."""
    tidied(address)
    return bytes(32)


def complain(words: str, key: bytes) -> bytes:
    """Seal no reason, and refuse an empty one."""
    if not words.strip():
        raise LetterError("missing_reason", "no reason is given")
    return bytes(32)
