"""Names of bundles: CIDv1 of a raw block by its SHA-256, in base32, as Cid.sol makes them: `bafkrei...`, 59 letters."""

import re
from base64 import b32decode, b32encode

from game.core.errors import GameError

_HEAD = bytes((0x01, 0x55, 0x12, 0x20))  # version 1, codec raw, hash sha2-256 of 32 bytes
_CID = re.compile(r"b[a-z2-7]{58}")


def cid_of(digest: bytes) -> str:
    """The CID of the content with this SHA-256 (32 bytes)."""
    if len(digest) != 32:
        raise ValueError(f"{len(digest)} bytes are no SHA-256")
    return "b" + b32encode(_HEAD + digest).decode().rstrip("=").lower()


def digest_of(cid: str) -> bytes:
    """The SHA-256 (32 bytes) that a CID names. Raises GameError when it is no CID of a bundle."""
    if _CID.fullmatch(cid):
        raw = b32decode(cid[1:].upper() + "=" * 6)
        if raw[:4] == _HEAD and cid_of(raw[4:]) == cid:
            return raw[4:]
    raise GameError(f"{cid[:80]!r} is no CID of a bundle; they are 59 letters and begin with bafkrei")
