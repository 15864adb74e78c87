"""What makers and hosts ask of the market, and what it answers: offers, rooms, credits, the maker's desk.

Part of the messages of `game.core.ports.Market`. All money that moves here moves by transactions that are journalled
before they are sent; a request that is sent twice under one id does its work once.
"""

from msgspec import Struct

from game.core.ids import HOME as HOME
from game.core.ids import Address, GoodId, OfferHash, PlaceId, RoomToken, TokenId, Wei
from game.core.terms import GoodTerms

MOST_DISPLAYS = 4096
"""So many goods one room can display."""

ROOM_STATES = ("current", "outdated", "unpublished", "foreign")
"""What a room's copy can be: what its owner published last; something older; a room whose owner published nothing or
took it back; a room that this chain doesn't know."""

OFFER_STATES = ("open", "sold_out", "cancelled", "expired", "not_open_yet", "not_offered")
"""What an offer can be; not_offered: no offer of the maker's is known on this chain."""


class Display(Struct, frozen=True, kw_only=True):
    """A good on display in a room, with the signed offers that the room's bundle carries for it.

    `offers` are the bytes of `OfferSigned.signed` and `Listed.signed`; the chain's side alone reads them.
    """

    terms: GoodTerms
    offers: tuple[bytes, ...] = ()


# --- what the game asks ------------------------------------------------------------------------------------------


class OpenHome(Struct, frozen=True, kw_only=True, tag=True):
    """See that the player's home is a room on the chain; answered by `HomeOpened` or `Refused`.

    On the dev chain its faucet pays. Elsewhere it costs the network's fee, and is refused unless `may_pay`.
    """

    request_id: str
    may_pay: bool = False


class SignOffer(Struct, frozen=True, kw_only=True, tag=True):
    """Offer units of a good of the player's own making; answered by `OfferSigned` or `Refused`.

    `terms.maker` is the player's account, `terms.price_wei` the price at the start. With another `end_price_wei` the
    price moves there in a straight line until `expiry_secs`. A first offer costs no gas. Signing anew takes the place
    of the good's former offers; where one of these would be better for a buyer than the new one, they are cancelled on
    the chain first, which costs the network's fee.
    """

    request_id: str
    terms: GoodTerms
    quantity: int = 0  # units to be sold from now on; 0: all that the edition has left
    end_price_wei: Wei | None = None
    start_secs: int = 0  # seconds since 1970, UTC; 0: at once
    expiry_secs: int = 0  # 0: never


class Reprice(Struct, frozen=True, kw_only=True, tag=True):
    """Offer the rest of a good that the player has offered before at another price; answered as `SignOffer` is.

    It costs the network's fee where the former offer has to be cancelled: when the price rises.
    """

    request_id: str
    good_id: GoodId
    price_wei: Wei


class PublishRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Publish a room of the player's: what its bundle is and what it displays; answered by `Published` or `Refused`."""

    request_id: str
    place_id: PlaceId
    bundle_sha256: bytes  # 32 bytes
    displays: tuple[Display, ...]


class UnpublishRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Take a publication back: nothing is on display there any more; answered by `Published` or `Refused`."""

    request_id: str
    place_id: PlaceId


class AdmitRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Let goods be bought in a room that was loaded; answered by `RoomAdmitted` or `Refused`.

    Its answer is told again whenever the room's state changes; `Stock` and `OfferStock` follow for what it shows.
    """

    request_id: str
    place_id: PlaceId
    room: RoomToken
    bundle_sha256: bytes  # 32 bytes
    displays: tuple[Display, ...]


class ReadPurse(Struct, frozen=True, kw_only=True, tag=True):
    """Tell every credit that the player ever had; answered by `Credits`, and again whenever they change."""


class WithdrawCredits(Struct, frozen=True, kw_only=True, tag=True):
    """Pay all that stands to the player's credit to their account; answered by `Withdrawn` or `Refused`."""

    request_id: str


class ReadDesk(Struct, frozen=True, kw_only=True, tag=True):
    """Tell all about the player's goods and offers; answered by `MakersDesk`, and again whenever it changes."""


class CancelAll(Struct, frozen=True, kw_only=True, tag=True):
    """Void every offer that the player has signed so far; answered by `AllCancelled` or `Refused`."""

    request_id: str


class ReadVersions(Struct, frozen=True, kw_only=True, tag=True):
    """Tell what was ever published of a room; answered by `Versions`."""

    room: RoomToken


RoomRequest = (
    OpenHome | SignOffer | Reprice | PublishRoom | UnpublishRoom | AdmitRoom | ReadPurse | WithdrawCredits
    | ReadDesk | CancelAll | ReadVersions
)  # fmt: skip


# --- what the market answers -------------------------------------------------------------------------------------


class HomeOpened(Struct, frozen=True, kw_only=True, tag=True):
    """The player's home is a room on the chain; told unasked at the start where it is one already."""

    room: RoomToken
    owner: Address
    request_id: str = ""


class OfferSigned(Struct, frozen=True, kw_only=True, tag=True):
    """An offer of the player's for new units of their own good stands; told at the start for those that stand."""

    good_id: GoodId
    token_id: TokenId
    offer: OfferHash
    signed: bytes  # goes into bundles as it is
    quantity: int  # still to be sold
    price_wei: Wei  # of a unit, at the start
    end_price_wei: Wei
    room_share_bps: int
    expiry_secs: int = 0  # 0: never
    replaced: tuple[OfferHash, ...] = ()  # former offers of the good
    gas_wei: Wei = Wei(0)  # what closing these has cost; 0 where nothing had to be sent
    request_id: str = ""


class Published(Struct, frozen=True, kw_only=True, tag=True):
    """A room's content is now this; an empty `bundle_sha256` says that its publication was taken back."""

    request_id: str
    place_id: PlaceId
    room: RoomToken
    bundle_sha256: bytes
    version: int  # counts the room's publications, from 1
    tx_hash: str
    block: int
    gas_wei: Wei = Wei(0)  # 0 too where it was so already, and nothing was sent


class RejectedOffer(Struct, frozen=True, kw_only=True):
    """An offer, or all of a good, that a room's bundle carries and that is not what it claims to be."""

    good_id: GoodId
    detail: str  # plain words


class RoomAdmitted(Struct, frozen=True, kw_only=True, tag=True):
    """A room's goods can be bought; `state` is one of ROOM_STATES.

    `pays_room` is False where what the copy shows is not what the chain knows to be on display there: sales go on, and
    the room's share stays with the seller.
    """

    place_id: PlaceId
    room: RoomToken
    state: str
    owner: Address  # the zero address for a foreign room
    pays_room: bool
    version: int = 0  # of the publication that the chain knows; 0: none
    rejected: tuple[RejectedOffer, ...] = ()
    request_id: str = ""


class OfferStock(Struct, frozen=True, kw_only=True, tag=True):
    """How one offer stands that is shown somewhere; `state` is one of OFFER_STATES."""

    offer: OfferHash
    good_id: GoodId
    left: int
    unit_price_wei: Wei
    state: str = "open"


ORCHARD_ROLES = ("refund", "box", "split", "lapse", "water", "plot")
"""What the orchard pays for: a box that came back to its buyer, one that its grower is paid for, one whose money is
halved, fruit given up after its season, water for a can, what a plot had left."""


class Credit(Struct, frozen=True, kw_only=True):
    """One payout to the player; `role` is seller, creator, room, or one of ORCHARD_ROLES, which have no good."""

    role: str  # or "other": somebody paid it in beside all of these
    wei: Wei
    quantity: int
    buyer: Address  # the other party
    block: int
    tx_hash: str
    token_id: TokenId
    good_id: GoodId | None = None  # None: a good that is not known here
    place_id: PlaceId | None = None  # the room in which it was found; None: in none
    at_secs: int = 0  # of its block; seconds since 1970, UTC
    plot: int = 0  # of the orchard, as the next two: 0 and "" for none
    delivery: int = 0
    variety: str = ""


class Payout(Struct, frozen=True, kw_only=True):
    """A withdrawal that was made."""

    wei: Wei
    block: int
    tx_hash: str
    at_secs: int = 0


class Credits(Struct, frozen=True, kw_only=True, tag=True):
    """Every credit of the player's and every withdrawal, newest first, as the chain's logs tell them."""

    withdrawable_wei: Wei
    credits: tuple[Credit, ...]
    payouts: tuple[Payout, ...] = ()


class Earned(Struct, frozen=True, kw_only=True, tag=True):
    """Sales were made since the last word that pay the player; told unasked. `withdrawable_wei` is all that waits."""

    credits: tuple[Credit, ...]
    withdrawable_wei: Wei


class Withdrawn(Struct, frozen=True, kw_only=True, tag=True):
    """A credit was paid to the player's account."""

    request_id: str
    wei: Wei
    tx_hash: str
    block: int
    gas_wei: Wei


class SoldGood(Struct, frozen=True, kw_only=True):
    """What one good has sold in one room to the player's benefit; `place_id` None: outside of rooms."""

    good_id: GoodId
    place_id: PlaceId | None
    units: int
    turnover_wei: Wei  # what buyers paid
    earned_wei: Wei  # what of it was the player's, as seller and creator


class OwnGood(Struct, frozen=True, kw_only=True):
    """A good of the player's making: how many exist, how many can still be sold."""

    good_id: GoodId
    edition: int
    sold: int  # units that exist
    left: int  # that the open offer can still sell
    unit_price_wei: Wei
    offer: OfferHash | None = None  # the open one


class ShowingRoom(Struct, frozen=True, kw_only=True):
    """A room that shows goods of the player's making, or has sold them."""

    place_id: PlaceId
    room: RoomToken
    owner: Address
    shows: tuple[GoodId, ...]  # in the copy that was seen last
    units: int = 0  # sold there


class OpenOffer(Struct, frozen=True, kw_only=True):
    """An offer of the player's that stands: of new units, or for resale."""

    offer: OfferHash
    good_id: GoodId
    primary: bool
    left: int
    unit_price_wei: Wei  # now
    end_price_wei: Wei
    room_share_bps: int
    expiry_secs: int = 0  # 0: never


class MakersDesk(Struct, frozen=True, kw_only=True, tag=True):
    """All about the player as a maker and seller, as the chain's logs and the rooms that were visited tell it."""

    goods: tuple[OwnGood, ...]
    sales: tuple[SoldGood, ...]
    rooms: tuple[ShowingRoom, ...]
    offers: tuple[OpenOffer, ...]


class AllCancelled(Struct, frozen=True, kw_only=True, tag=True):
    """Every offer that the player had signed is void."""

    request_id: str
    offers: tuple[OfferHash, ...]
    gas_wei: Wei


class Version(Struct, frozen=True, kw_only=True):
    """One publication of a room; an empty `bundle_sha256` took the one before it back."""

    version: int  # from 1
    bundle_sha256: bytes
    block: int
    tx_hash: str
    at_secs: int = 0


class Versions(Struct, frozen=True, kw_only=True, tag=True):
    """What was ever published of a room, newest first."""

    room: RoomToken
    versions: tuple[Version, ...]


RoomUpdate = (
    HomeOpened | OfferSigned | Published | RoomAdmitted | OfferStock | Credits | Earned | Withdrawn | MakersDesk
    | AllCancelled | Versions
)  # fmt: skip

