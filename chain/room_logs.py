"""What the ledger's tables tell of rooms: who owns one, what was published of it."""

from msgspec import Struct

from chain.ledger import Ledger
from chain.logs import PLACE_BITS
from chain.words import ZERO_ADDRESS, checksummed
from game.core.ids import Address, PlaceId, RoomToken
from game.core.room_ports import HOME

NOTHING = bytes(32)  # the hash of a bundle that was taken back


class Publication(Struct, frozen=True, kw_only=True):
    """One Published log; `version` counts those of its room from 1."""

    version: int
    bundle_sha256: bytes
    root: bytes
    block: int
    block_hash: bytes
    tx_hash: str


def place_of(room: int, *, home: int) -> PlaceId:
    """The place id under which a room goes in the game; `home` is the token of the player's own."""
    return HOME if room == home else PlaceId(f"r{room:064x}"[:21])


def owner_of(ledger: Ledger, room: RoomToken | int) -> Address:
    """Who owns a room; the zero address where there is none."""
    rows = ledger.read(
        "SELECT receiver FROM room_transfers WHERE room = ? ORDER BY block DESC, log_index DESC LIMIT 1",
        room.to_bytes(32, "big"),
    )
    return checksummed(rows[0][0]) if rows else ZERO_ADDRESS


def publications(ledger: Ledger, room: RoomToken | int) -> list[Publication]:
    """All that was ever published of a room, oldest first."""
    rows = ledger.read(
        "SELECT key, hash, words FROM publications_logs LEFT JOIN blocks ON number = key >> 32"
        " WHERE room = ? ORDER BY key",
        room.to_bytes(32, "big"),
    )
    return [
        Publication(
            version=number, bundle_sha256=words[96:128], root=words[128:160], block=key >> PLACE_BITS,
            block_hash=block_hash, tx_hash="0x" + words[:32].hex(),
        )
        for number, (key, block_hash, words) in enumerate(rows, start=1)
    ]  # fmt: skip
