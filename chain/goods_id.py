"""Ids of goods and rooms: hashes, so that whoever knows what a good is knows its id without asking the chain."""

from base64 import b32encode
from hashlib import sha256

import msgspec
from eth_hash.auto import keccak
from msgspec import Struct

from chain.errors import ChainError
from chain.words import address_bytes, checksummed, encode
from game.core.ids import Address, GoodId, MakerId, PlaceId, TokenId
from game.core.ports import GoodTerms

MAX_EDITION = 2**32 - 2  # the market keeps tallies in 32 bits, the highest of which marks a closed one
MAX_ROYALTY_BPS = 1000
MANIFEST_BYTES = 256 * 1024


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


def is_player(maker: MakerId) -> bool:
    """Whether a maker is a player, named by their account, and none of the street's."""
    return maker.startswith("0x")


def player_good_id(manifest: bytes) -> GoodId:
    """Id of a player's good: g and the first 130 bits of its manifest's hash in base32."""
    return GoodId("g" + b32encode(sha256(manifest).digest()).decode().lower()[:26])


class _Claims(Struct):
    """What a manifest says of the terms; whatever else it says is the game's."""

    maker: str
    edition: int
    royalty_bps: int


def player_terms(good: GoodTerms) -> Terms:
    """The terms of a player's good, which must be those that its manifest names, under the id that follows from it.

    Raises ChainError when anything is forged or out of range.
    """
    if len(good.manifest) > MANIFEST_BYTES:
        raise ChainError(f"its manifest has {len(good.manifest)} bytes, at most {MANIFEST_BYTES} are allowed")
    if player_good_id(good.manifest) != good.good_id:
        raise ChainError(f"its id should be {player_good_id(good.manifest)} by its manifest, not {good.good_id}")
    try:
        claims = msgspec.json.decode(good.manifest, type=_Claims)
        maker = checksummed(address_bytes(good.maker))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ChainError(f"its manifest or maker can't be read: {error}") from None
    if (claims.maker, claims.edition, claims.royalty_bps) != (good.maker, good.edition, good.royalty_bps):
        raise ChainError("maker, edition or royalty are not those of its manifest")
    if str(maker) != good.maker:
        raise ChainError(f"the account is written {maker}, not {good.maker}")
    if not 1 <= good.edition <= MAX_EDITION or not 0 <= good.royalty_bps <= MAX_ROYALTY_BPS:
        raise ChainError(f"an edition has 1 to {MAX_EDITION} units, a royalty at most {MAX_ROYALTY_BPS / 100:.0f} %")
    return terms_of(good, maker)
