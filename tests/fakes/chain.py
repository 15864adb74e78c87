"""What all players of a fake market share: money, goods, offers, rooms, and a clock that only tests move."""

from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from game.core.ids import Address, GoodId, MakerId, OfferHash, OrderId, RoomToken, TokenId, Wei
from game.core.ports import REASONS, Catalogue, GoodTerms, Line, PastOrder, Share
from game.core.room_ports import Credit, Payout, Version

PURSE_WEI = 10**18


def fake_address(name: str) -> Address:
    """An address that depends on the name alone."""
    return Address("0x" + sha256(name.encode()).hexdigest()[:40])


def fake_hash(*parts: object) -> str:
    """A 32-byte hash of the parts, as 0x…"""
    return "0x" + sha256(repr(parts).encode()).hexdigest()


def fake_signed(offer: OfferHash) -> bytes:
    """What stands for a signed offer in bundles: JSON of its hash and a seal that shows tampering."""
    return msgspec.json.encode({"hash": offer, "seal": fake_hash("seal", offer)})


def offer_of(signed: bytes) -> OfferHash:
    """The offer that `fake_signed` would have made these bytes of; "" for others."""
    try:
        return OfferHash(msgspec.json.decode(signed, type=dict[str, str]).get("hash", ""))
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return OfferHash("")


def is_player(maker: MakerId) -> bool:
    """Whether a maker is a player, named by their account."""
    return maker.startswith("0x")


def maker_address(good: GoodTerms) -> Address:
    """The account of a good's maker."""
    return Address(good.maker) if is_player(good.maker) else fake_address(good.maker)


@dataclass(slots=True)
class FakeRoom:
    """A room on the fake chain: who owns it, every publication, and what it displays."""

    owner: Address
    versions: list[Version] = field(default_factory=list)
    displays: frozenset[GoodId] = frozenset()

    @property
    def bundle(self) -> bytes:
        """The hash of what is published; empty for nothing."""
        return self.versions[-1].bundle_sha256 if self.versions else b""


@dataclass(slots=True)
class FakeSale:
    """One sale, with the credits that it made: account and credit, without the place's name."""

    good_id: GoodId
    quantity: int
    price_wei: int
    room: RoomToken
    seller: Address
    credits: list[tuple[Address, Credit]]


@dataclass(slots=True)
class FakeBooks:
    """What makers, hosts and visitors share: goods of players, rooms, sales and the till."""

    goods: dict[GoodId, GoodTerms] = field(default_factory=dict)
    rooms: dict[RoomToken, FakeRoom] = field(default_factory=dict)
    sales: list[FakeSale] = field(default_factory=list)
    payouts: dict[Address, list[Payout]] = field(default_factory=dict)

    def sold(
        self,
        line: Line,
        shares: list[Share],
        *,
        buyer: Address,
        block: int,
        at_secs: int,
        tx_hash: str,
        room: RoomToken,
    ) -> None:
        """Note a sale; its shares wait in the till."""
        credits = [
            (
                share.to,
                Credit(
                    role=share.role, wei=share.wei, quantity=line.quantity, buyer=buyer, block=block, tx_hash=tx_hash,
                    token_id=fake_token(line.good_id), good_id=line.good_id, at_secs=at_secs,
                ),
            )
            for share in shares
        ]  # fmt: skip
        price = sum(share.wei for share in shares)
        seller = next(share.to for share in shares if share.role == "seller")
        self.sales.append(FakeSale(line.good_id, line.quantity, price, room, seller, credits))

    def credit_wei(self, account: Address) -> Wei:
        """What the till holds for an account."""
        earned = sum(credit.wei for sale in self.sales for to, credit in sale.credits if to == account)
        return Wei(earned - sum(payout.wei for payout in self.payouts.get(account, ())))

    def units(self, good_id: GoodId) -> int:
        """Units of a player's good that exist: each was sold by its maker once."""
        maker = self.goods[good_id].maker
        return sum(sale.quantity for sale in self.sales if sale.good_id == good_id and sale.seller == maker)


@dataclass(slots=True)
class FakeOffer:
    """A signed offer as the fake chain sees it; a maker's offer mints, a player's hands on."""

    seller: Address
    good_id: GoodId
    units: list[int]  # one number: how many are left; offers under one serial share it
    start_price_wei: int
    room_share_bps: int
    primary: bool
    cancelled: bool = False
    end_price_wei: int = 0  # 0: as at the start
    start_secs: int = 0
    expiry_secs: int = 0  # 0: never

    def unit_price_wei(self, now_secs: int) -> int:
        """Price of a unit at a time, on a straight line from start to end."""
        if not self.end_price_wei or not self.expiry_secs:
            return self.start_price_wei
        passed = min(max(now_secs - self.start_secs, 0), self.expiry_secs - self.start_secs)
        fall = self.start_price_wei - self.end_price_wei
        return self.start_price_wei - fall * passed // (self.expiry_secs - self.start_secs)

    def state(self, now_secs: int) -> str:
        """One of OFFER_STATES, as far as the offer itself tells."""
        if now_secs < self.start_secs:
            return "not_open_yet"
        if self.expiry_secs and now_secs > self.expiry_secs:
            return "expired"
        if self.cancelled:
            return "cancelled"
        return "open" if self.units[0] else "sold_out"


@dataclass(slots=True)
class FakeChain:
    """What all players share: money, goods, offers and a clock that only tests move."""

    catalogue: Catalogue
    now_secs: int = 1_800_000_000
    block: int = 1
    balances: dict[Address, int] = field(default_factory=dict)
    owned: dict[Address, dict[GoodId, int]] = field(default_factory=dict)
    offers: dict[OfferHash, FakeOffer] = field(default_factory=dict)
    primary: dict[GoodId, OfferHash] = field(default_factory=dict)
    journals: dict[Address, dict[OrderId, PastOrder]] = field(default_factory=dict)  # of each player's home
    books: FakeBooks = field(default_factory=FakeBooks)

    def __post_init__(self) -> None:
        for good in self.catalogue.goods:
            offer = OfferHash(fake_hash("primary", good.good_id))
            self.primary[good.good_id] = offer
            self.offers[offer] = FakeOffer(
                seller=fake_address(good.maker),
                good_id=good.good_id,
                units=[good.edition],
                start_price_wei=good.price_wei,
                room_share_bps=good.room_share_bps,
                primary=True,
            )

    def terms(self, good_id: GoodId) -> GoodTerms | None:
        """Terms of a good of the catalogue or of a player's, or None."""
        made = self.books.goods.get(good_id)
        return made or next((good for good in self.catalogue.goods if good.good_id == good_id), None)

    def left(self, ident: OfferHash) -> int:
        """Units of an offer that somebody could have now."""
        offer = self.offers[ident]
        held = self.owned.get(offer.seller, {}).get(offer.good_id, 0)
        return offer.units[0] if offer.primary else min(offer.units[0], held)

    def state(self, ident: OfferHash) -> str:
        """How an offer stands: one of OFFER_STATES."""
        found = self.offers[ident].state(self.now_secs)
        return "sold_out" if found == "open" and not self.left(ident) else found


class RefusalError(Exception):
    """A request that cannot be granted, for a reason of REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        assert reason in REASONS, reason
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def fake_token(good_id: GoodId) -> TokenId:
    """The id of a good on the fake chain."""
    return TokenId(int(fake_hash("token", good_id), 16))
