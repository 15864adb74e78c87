"""Fruit as goods: the manifest that the contract writes, and the ids that follow from it."""

from base64 import b32encode
from hashlib import sha256

import msgspec

from chain.goods_id import Terms, token_id
from game.core.ids import Address, GoodId, TokenId

FRUIT_FLAG = 1  # of a good's terms: this is fruit


def fruit_manifest(*, orchard: Address, plot: int, tree: int, variety: str, grade: str, harvest_day: int) -> bytes:
    """What a fruit says of itself, byte for byte as FruitManifest.sol hashes it."""
    told = {
        "grade": grade, "harvest_day": harvest_day, "kind": "fruit", "orchard": orchard.lower(), "plot": plot,
        "tree": tree, "variety": variety,
    }  # fmt: skip
    return msgspec.json.encode(told, order="sorted")


def fruit_token(manifest: bytes, *, orchard: Address, grower: Address, fruits_per_tree: int) -> TokenId:
    """ERC-1155 id of the fruit with this manifest: the orchard made it, the grower is its creator."""
    return token_id(
        Terms(
            maker=orchard, creator=grower, manifest_sha256=sha256(manifest).digest(), cap=fruits_per_tree,
            royalty_bps=0, flags=FRUIT_FLAG,
        )
    )  # fmt: skip


def fruit_good_id(token: TokenId) -> GoodId:
    """Name of a fruit in the game: f and the first 130 bits of its token in base32."""
    return GoodId("f" + b32encode(token.to_bytes(32, "big")).decode().lower()[:26])


def name_text(name: bytes) -> str:
    """A name of the contract's, 32 bytes filled up with zeros, as text."""
    return name.rstrip(b"\0").decode("ascii", "replace")


def name_word(text: str) -> bytes:
    """A name as the contract wants it. Raises ValueError when it is none: a-z, 0-9 and _, at most 32 of them."""
    octets = text.encode()
    if not 1 <= len(octets) <= 32 or not all(chr(c) in "abcdefghijklmnopqrstuvwxyz0123456789_" for c in octets):
        raise ValueError(f"{text!r} is no name: 1 to 32 characters of a-z, 0-9 and _")
    return octets.ljust(32, b"\0")
