"""Offers as sellers sign them (EIP-712): hash, sign, check who signed. Equal to eth-account's, ten times faster."""

import msgspec
from coincurve import PrivateKey, PublicKey
from eth_hash.auto import keccak
from msgspec import Struct

from chain.errors import ChainError
from chain.words import address_of_public_key, encode
from game.core.ids import Address, OfferHash, TokenId, Wei

FOR_EVER = 2**40 - 1  # highest Unix second that an offer can name
OFFER_BYTES = 16 * 1024  # of an offer in a file or a bundle; ours have about 700

_HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0  # of secp256k1

_DOMAIN_TYPE = keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
_NAME = keccak(b"Loquat Market")
_VERSION = keccak(b"1")
_OFFER_TYPE = keccak(
    b"Offer(address seller,uint256 good,uint128 startPrice,uint128 endPrice,uint32 quantity,uint16 roomShareBps,"
    b"bool primary,uint40 start,uint40 expiry,uint64 counter,uint64 serial)"
)


class Offer(Struct, frozen=True, kw_only=True):
    """Units of one good at a price, for as long as it stands: the contracts' `Offer`. Times are Unix seconds."""

    seller: Address
    good: TokenId
    start_price_wei: Wei  # a unit, at `start`
    end_price_wei: Wei  # a unit, at `expiry`; a straight line in between
    quantity: int  # most that the tally of `serial` may come to
    room_share_bps: int
    primary: bool  # True: units are born; False: they come out of the seller's hands
    start: int = 0
    expiry: int = FOR_EVER
    counter: int = 0
    serial: int = 0

    def words(self) -> tuple[str | int, ...]:
        """The fields in the contracts' order."""
        return (
            self.seller, self.good, self.start_price_wei, self.end_price_wei, self.quantity, self.room_share_bps,
            int(self.primary), self.start, self.expiry, self.counter, self.serial,
        )  # fmt: skip


class SignedOffer(Struct, frozen=True, kw_only=True):
    """An offer with its seller's signature (65 bytes: r, s, v), valid wherever it is found."""

    offer: Offer
    signature: bytes
    hash: OfferHash  # 0x…, the digest that was signed


class PortableOffer(Struct, frozen=True, kw_only=True):
    """A signed offer as bundles carry it, with the market that it is for."""

    chain_id: int
    market: Address
    signed: SignedOffer


def domain_separator(chain_id: int, market: Address) -> bytes:
    """EIP-712 domain of one market on one chain: 32 bytes."""
    return keccak(encode(_DOMAIN_TYPE, _NAME, _VERSION, chain_id, market))


def offer_digest(offer: Offer, domain: bytes) -> bytes:
    """What the seller signs (EIP-712): 32 bytes, `hashOffer` on the chain."""
    return keccak(b"\x19\x01" + domain + keccak(encode(_OFFER_TYPE, *offer.words())))


def sign_offer(offer: Offer, *, domain: bytes, key: PrivateKey) -> SignedOffer:
    """Sign an offer. Raises ValueError when the key is not its seller's."""
    owner = address_of_public_key(key.public_key.format(compressed=False))
    if owner.lower() != offer.seller.lower():
        raise ValueError(f"the offer is {offer.seller}'s, the key {owner}'s")
    digest = offer_digest(offer, domain)
    signature = key.sign_recoverable(digest, hasher=None)
    signature = signature[:64] + bytes([27 + signature[64]])
    return SignedOffer(offer=offer, signature=signature, hash=OfferHash("0x" + digest.hex()))


def signer_of(signed: SignedOffer, *, domain: bytes) -> Address:
    """Account whose key signed. Raises ValueError when the signature is malformed."""
    if len(signed.signature) != 65 or signed.signature[64] not in (27, 28):
        raise ValueError("a signature has 65 bytes, the last of them 27 or 28")
    if int.from_bytes(signed.signature[32:64], "big") > _HALF_ORDER:
        raise ValueError("the signature's s is in the upper half of its range: the contracts refuse such doubles")
    plain = signed.signature[:64] + bytes([signed.signature[64] - 27])
    try:
        key = PublicKey.from_signature_and_message(plain, offer_digest(signed.offer, domain), hasher=None)
    except Exception as error:  # noqa: BLE001 (coincurve raises bare Exception for points off the curve)
        raise ValueError(f"the signature is nobody's: {error}") from None
    return address_of_public_key(key.format(compressed=False))


def check_offer(signed: SignedOffer, *, domain: bytes) -> None:
    """See that an offer bears its own hash, its seller's signature, and figures that the contracts can hold.

    Raises ChainError otherwise.
    """
    offer = signed.offer
    limits = (
        (offer.start_price_wei, 128), (offer.end_price_wei, 128), (offer.quantity, 32), (offer.room_share_bps, 16),
        (offer.start, 40), (offer.expiry, 40), (offer.counter, 64), (offer.serial, 64), (offer.good, 256),
    )  # fmt: skip
    if any(not 0 <= value < 2**bits for value, bits in limits):
        raise ChainError("the offer has figures that no contract can hold")
    try:
        digest = OfferHash("0x" + offer_digest(offer, domain).hex())
        if digest != signed.hash:
            raise ChainError(f"the offer's hash is {digest}, not {signed.hash}")
        signer = signer_of(signed, domain=domain)
    except ValueError as error:
        raise ChainError(str(error)) from None
    if signer != offer.seller:
        raise ChainError(f"{signer} signed it, not its seller {offer.seller}")


def pack_offer(signed: SignedOffer, *, chain_id: int, market: Address) -> bytes:
    """An offer as bundles carry it: the same bytes every time."""
    return msgspec.json.encode(PortableOffer(chain_id=chain_id, market=market, signed=signed))


def unpack_offer(data: bytes, *, chain_id: int, market: Address, domain: bytes) -> SignedOffer:
    """The offer in bytes from a bundle that anybody may have written.

    Raises ChainError when it's none, is for another market, or wasn't signed by its seller.
    """
    if len(data) > OFFER_BYTES:
        raise ChainError(f"an offer has at most {OFFER_BYTES} bytes, not {len(data)}")
    try:
        found = _portable(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ChainError(f"it is no offer: {error}") from None
    if found.chain_id != chain_id or found.market.lower() != market.lower():
        raise ChainError(f"the offer is for the market {found.market} on chain {found.chain_id}")
    check_offer(found.signed, domain=domain)
    return found.signed


_portable = msgspec.json.Decoder(PortableOffer).decode
