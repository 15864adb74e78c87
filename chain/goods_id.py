"""Ids of goods and rooms: hashes, so that whoever knows what a good is knows its id without asking the chain."""

from hashlib import sha256

from eth_hash.auto import keccak
from msgspec import Struct

from chain.words import encode
from game.core.ids import Address, PlaceId, TokenId
from game.core.ports import GoodTerms

MAX_EDITION = 2**32 - 2  # the market keeps tallies in 32 bits, the highest of which marks a closed one


class Terms(Struct, frozen=True, kw_only=True):
    """What a good is, for ever: the contracts' `Terms`."""

    maker: Address
    creator: Address
    manifest_sha256: bytes
    cap: int
    royalty_bps: int
    flags: int = 0

    def words(self) -> tuple[str | bytes | int, ...]:
        """The fields in the contracts' order."""
        return self.maker, self.creator, self.manifest_sha256, self.cap, self.royalty_bps, self.flags


def terms_of(good: GoodTerms, maker: Address) -> Terms:
    """The terms of a good of the catalogue whose maker, also its creator, has the account `maker`."""
    digest = sha256(good.manifest).digest()
    return Terms(
        maker=maker, creator=maker, manifest_sha256=digest, cap=good.edition, royalty_bps=good.royalty_bps
    )


def token_id(terms: Terms) -> TokenId:
    """ERC-1155 id of the good with these terms (`goodId` in Terms.sol)."""
    return TokenId(int.from_bytes(keccak(encode(*terms.words())), "big"))


def room_key(place: PlaceId) -> bytes:
    """The name of a place among its keeper's rooms: 32 bytes."""
    return keccak(place.encode())


def room_id(keeper: Address, place: PlaceId) -> int:
    """ERC-721 id of the room that `keeper` opened for a place (`roomId` in Rooms.sol)."""
    return int.from_bytes(keccak(encode(keeper, room_key(place))), "big")
