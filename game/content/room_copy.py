"""A copy of a room to give away: how it is furnished, without its models, its goods or its offers.

One JSON document. Whoever takes it in furnishes with it as far as they own what stands there (`building.Furnish`).
"""

import msgspec
from msgspec import Struct

from game.content.check_furnished import furnished_problems
from game.content.problems import format_problem
from game.core.errors import GameError
from game.core.ids import HOME, OfferHash
from game.core.rooms import Room

FORMAT = "loquat-room-copy"
VERSION = 1
SUFFIX = ".loquat-room"
BYTES_MAX = 4_000_000


class RoomCopy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What such a file holds."""

    format: str = FORMAT
    version: int = VERSION
    room: Room


def exported(room: Room) -> bytes:
    """The file of a room; the same bytes for the same room."""
    items = tuple(msgspec.structs.replace(item, offer=OfferHash("")) if item.offer else item for item in room.items)
    copy = RoomCopy(room=msgspec.structs.replace(room, id=HOME, items=items))
    return msgspec.json.encode(copy, order="sorted") + b"\n"


def imported(data: bytes) -> Room:
    """The room in a file that anybody may have made. Raises GameError where it is none."""
    if len(data) > BYTES_MAX:
        raise GameError(f"a copy of a room has at most {BYTES_MAX:,} bytes, this has {len(data):,}; it is another file")
    try:
        copy = msgspec.json.decode(data, type=RoomCopy)
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        raise GameError(f"this is no copy of a room ({error}); ask for it anew") from error
    if (copy.format, copy.version) != (FORMAT, VERSION):
        raise GameError(f"a copy of a room of version {copy.version}, not {VERSION}; a newer Loquat can read it")
    problems = furnished_problems(copy.room)
    if problems:
        raise GameError(f"this copy of a room is damaged: {format_problem(problems[0])}")
    items = tuple(
        msgspec.structs.replace(item, offer=OfferHash("")) if item.offer else item for item in copy.room.items
    )
    return msgspec.structs.replace(copy.room, items=items)
