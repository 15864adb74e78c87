"""A copy of a room to give away: how it is furnished, without its models, its goods or its offers.

One JSON document in a file `<name>.loquat-room`. Whoever takes it in furnishes with it as far as they own what stands
there (`building.Furnish`).
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.check_furnished import furnished_problems
from game.content.disk import free_path, write_whole
from game.content.problems import format_problem
from game.core.errors import GameError
from game.core.ids import HOME, OfferHash
from game.core.rooms import Room

FORMAT = "loquat-room-copy"
VERSION = 1
SUFFIX = ".loquat-room"
BYTES_MAX = 4_000_000


class RoomCopyError(GameError):
    """A file that is not taken in; `reason` is a text key that says why."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


class RoomCopy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What such a file holds."""

    format: str = FORMAT
    version: int = VERSION
    room: Room


class _Head(Struct, frozen=True):
    """What any version of such a file says of itself."""

    format: str
    version: int


def exported(room: Room) -> bytes:
    """The file of a room; the same bytes for the same room."""
    items = tuple(msgspec.structs.replace(item, offer=OfferHash("")) if item.offer else item for item in room.items)
    copy = RoomCopy(room=msgspec.structs.replace(room, id=HOME, items=items))
    return msgspec.json.encode(copy, order="sorted") + b"\n"


def imported(data: bytes) -> Room:
    """The room in a file that anybody may have made. Raises RoomCopyError where it is none."""
    if len(data) > BYTES_MAX:
        rule = f"a copy of a room has at most {BYTES_MAX:,} bytes, this has {len(data):,}; it is another file"
        raise RoomCopyError("copy_not_one", rule)
    try:
        head = msgspec.json.decode(data, type=_Head)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        begins_as_one = data.startswith(b'{"format":"' + FORMAT.encode())
        rule = f"this is no whole copy of a room ({error}); ask for it anew"
        raise RoomCopyError("copy_damaged" if begins_as_one else "copy_not_one", rule) from None
    if head.format != FORMAT:
        raise RoomCopyError("copy_not_one", f"this is a {head.format[:40]!r}, no copy of a room; choose another file")
    if head.version != VERSION:
        rule = f"a copy of a room of version {head.version}, not {VERSION}; a newer Loquat can read it"
        raise RoomCopyError("copy_newer", rule)
    try:
        copy = msgspec.json.decode(data, type=RoomCopy)
    except (ValueError, RecursionError) as error:
        raise RoomCopyError("copy_damaged", f"this copy of a room is damaged ({error}); ask for it anew") from None
    problems = furnished_problems(copy.room)
    if problems:
        raise RoomCopyError("copy_damaged", f"this copy of a room is damaged: {format_problem(problems[0])}")
    items = tuple(
        msgspec.structs.replace(item, offer=OfferHash("")) if item.offer else item for item in copy.room.items
    )
    return msgspec.structs.replace(copy.room, items=items)


def read_copy(path: Path) -> Room:
    """The room in a file on disk. Raises RoomCopyError where there is none."""
    try:
        if not path.is_file():  # a pipe would never end
            raise RoomCopyError("copy_gone", f"{path} is no file; choose another")
        with path.open("rb") as file:
            data = file.read(BYTES_MAX + 1)
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise RoomCopyError("copy_gone", f"{path} cannot be read: {error}") from None
    return imported(data)


def write_copy(folder: Path, room: Room) -> Path:
    """Write a room's copy into a folder under its name, or the first free one of the kind. Raises OSError."""
    path = free_path(folder, room.name, SUFFIX)
    write_whole(path, exported(room))
    return path
