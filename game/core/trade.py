"""The player as a maker and host: what they can want of the market, and what the world knows of it."""

from dataclasses import dataclass, field

from msgspec import Struct

from game.core import room_ports
from game.core.ids import GoodId, ItemId, OfferHash, PlaceId, RoomToken, Wei
from game.core.room_ports import HOME as HOME
from game.core.room_ports import (
    Credits,
    Display,
    MakersDesk,
    OfferSigned,
    OfferStock,
    Published,
    RoomAdmitted,
    RoomRequest,
    Versions,
)
from game.core.terms import GoodTerms


class SignOffer(Struct, frozen=True, kw_only=True, tag=True):
    """Offer new units of a good that the player made, or change the terms by signing anew: `room_ports.SignOffer`."""

    terms: GoodTerms
    quantity: int = 0
    end_price_wei: Wei | None = None
    start_secs: int = 0
    expiry_secs: int = 0


class Reprice(Struct, frozen=True, kw_only=True, tag=True):
    """Change the price of a good that the player made, by signing anew."""

    good: GoodId
    price_wei: Wei


class PublishRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Publish a room as its bundle has it."""

    place: PlaceId
    bundle_sha256: bytes
    displays: tuple[Display, ...]


class UnpublishRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Take a room's publication back."""

    place: PlaceId


class AdmitRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Have the market look at a room that was loaded, so that what it shows can be bought."""

    place: PlaceId
    room: RoomToken
    bundle_sha256: bytes
    displays: tuple[Display, ...]


class ReadPurse(Struct, frozen=True, kw_only=True, tag=True):
    """Ask for every credit that the player ever had."""


class WithdrawCredits(Struct, frozen=True, kw_only=True, tag=True):
    """Take all that was earned out of the till."""


class ReadDesk(Struct, frozen=True, kw_only=True, tag=True):
    """Ask for the player's sales, offers and the rooms that show their goods."""


class CancelAll(Struct, frozen=True, kw_only=True, tag=True):
    """Void every offer that the player has signed."""


class ReadVersions(Struct, frozen=True, kw_only=True, tag=True):
    """Ask for all that was ever published of a room."""

    room: RoomToken


class ShowInRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Put a good on display in the player's home, sold there by its maker: `good`, or what is held or looked at."""

    good: GoodId | None = None


class OfferOnStand(Struct, frozen=True, kw_only=True, tag=True):
    """Offer the player's own good that stands in their home for resale, there and wherever the room is shown."""

    item: ItemId
    unit_price_wei: Wei
    room_share_bps: int = 0


TradeCommand = (
    SignOffer | Reprice | PublishRoom | UnpublishRoom | AdmitRoom | ReadPurse | WithdrawCredits | ReadDesk
    | CancelAll | ReadVersions | ShowInRoom | OfferOnStand
)  # fmt: skip


@dataclass(slots=True)
class Trade:
    """What the market has told about the player's own goods and rooms, and about rooms that were visited."""

    home: RoomToken | None = None  # the player's room on the chain
    home_asked: bool = False
    publish_next: room_ports.PublishRoom | None = None  # as soon as the home is open
    under_way: dict[str, RoomRequest] = field(default_factory=dict)  # asked and not answered, by request id
    signed: dict[GoodId, OfferSigned] = field(default_factory=dict)  # the player's open offers as maker
    rooms: dict[PlaceId, RoomAdmitted] = field(default_factory=dict)  # as they were last checked
    published: dict[PlaceId, Published] = field(default_factory=dict)  # in this session
    offers: dict[OfferHash, OfferStock] = field(default_factory=dict)  # that stand somewhere
    stands: dict[str, ItemId] = field(default_factory=dict)  # items at home that await their resale offer, by request
    withdrawable_wei: Wei = Wei(0)
    credits: Credits | None = None  # None before it was asked for
    desk: MakersDesk | None = None
    versions: Versions | None = None  # of the room that was asked about last

    def waits_for(self, *kinds: type[RoomRequest]) -> bool:
        """Whether a request of one of these kinds is under way."""
        return any(isinstance(request, kinds) for request in self.under_way.values())
