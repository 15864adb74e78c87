"""What someone wants. Keys, pads, bots and replays all speak in these; only `step` decides what comes of them."""

from msgspec import Struct

from game.core.budget import Weight
from game.core.building import BuildCommand
from game.core.changes import Change
from game.core.goods import Good, Vec3
from game.core.ids import GoodId, OfferHash, OrderId, PlaceId, StandId, Wei
from game.core.looks import Looks
from game.core.orchard import OrchardCommand
from game.core.places import Place
from game.core.ports import Line
from game.core.rooms import Room
from game.core.trade import TradeCommand


class Move(Struct, frozen=True, kw_only=True, tag=True):
    """Walk while this tick lasts: `ahead` and `aside` in -1..1 relative to where the player faces."""

    ahead: float = 0.0
    aside: float = 0.0
    run: bool = False


class Look(Struct, frozen=True, kw_only=True, tag=True):
    """Turn the head by so many radians; positive yaw is to the left, positive pitch up."""

    yaw_rad: float = 0.0
    pitch_rad: float = 0.0


class PickUp(Struct, frozen=True, kw_only=True, tag=True):
    """Take the good that is looked at (or stands on `stand`) into the hand."""

    stand: StandId | None = None


class PutBack(Struct, frozen=True, kw_only=True, tag=True):
    """Return what is in the hand to where it came from."""


class Turn(Struct, frozen=True, kw_only=True, tag=True):
    """Turn and bring closer what is in the hand; `zoom` in -1..1 adds to its distance step."""

    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    zoom: float = 0.0


class ShowScale(Struct, frozen=True, kw_only=True, tag=True):
    """Show or hide the ruler beside the good in the hand."""


class TryOn(Struct, frozen=True, kw_only=True, tag=True):
    """Try what is in the hand, or `good`: wearables go on the avatar, the rest appears life-size as a ghost."""

    good: GoodId | None = None


class TakeOff(Struct, frozen=True, kw_only=True, tag=True):
    """Take off what is worn in a slot; a tried good returns to its stand."""

    slot: str


class Wear(Struct, frozen=True, kw_only=True, tag=True):
    """Put on a good that the player owns."""

    good: GoodId


class MoveGhost(Struct, frozen=True, kw_only=True, tag=True):
    """Turn the ghost, or move it along the floor away from the player by metres."""

    yaw_rad: float = 0.0
    away_m: float = 0.0


class DropGhost(Struct, frozen=True, kw_only=True, tag=True):
    """Stop showing the ghost; the good returns to the hand."""


class AddToBasket(Struct, frozen=True, kw_only=True, tag=True):
    """Put one unit of `good`, of what is in the hand, or of what is looked at into the basket."""

    good: GoodId | None = None


class RemoveFromBasket(Struct, frozen=True, kw_only=True, tag=True):
    """Take one unit of a good out of the basket."""

    good: GoodId


class Checkout(Struct, frozen=True, kw_only=True, tag=True):
    """Ask for the price of all that is in the basket."""

    best_effort: bool = False


class Confirm(Struct, frozen=True, kw_only=True, tag=True):
    """Pay for a quoted order."""

    order_id: OrderId


class Decline(Struct, frozen=True, kw_only=True, tag=True):
    """Leave a quoted order; the basket stays as it is."""

    order_id: OrderId


class OfferForSale(Struct, frozen=True, kw_only=True, tag=True):
    """Offer a unit that the player owns for resale."""

    good: GoodId
    unit_price_wei: Wei
    room_share_bps: int = 0


class Withdraw(Struct, frozen=True, kw_only=True, tag=True):
    """Close one of the player's own offers, for resale or as maker."""

    offer: OfferHash


class Wish(Struct, frozen=True, kw_only=True, tag=True):
    """Put `good`, or what is held or looked at, on the wishlist or take it off; `wished` None turns it over."""

    good: GoodId | None = None
    wished: bool | None = None
    restored: bool = False  # it was on the list when the last session ended


class ReadHistory(Struct, frozen=True, kw_only=True, tag=True):
    """Ask the market for every order that was ever made from this home."""


class PingMarket(Struct, frozen=True, kw_only=True, tag=True):
    """Ask the market, if it is open, how long the chain takes to answer."""


class SwitchView(Struct, frozen=True, kw_only=True, tag=True):
    """Change between first and third person."""


class SetLooks(Struct, frozen=True, kw_only=True, tag=True):
    """Look like this from now on."""

    looks: Looks


class Gesture(Struct, frozen=True, kw_only=True, tag=True):
    """Make a gesture that others see, one of `rules.gestures.GESTURES`."""

    kind: str = "wave"


class Sit(Struct, frozen=True, kw_only=True, tag=True):
    """Sit down on the seat at hand, or on the ground; who sits already stands up."""


class SetMood(Struct, frozen=True, kw_only=True, tag=True):
    """Make it another time of day, or rain: in one place, or in all of them, which share one sky."""

    mood: str  # one of places.MOODS
    place: PlaceId | None = None


class Resume(Struct, frozen=True, kw_only=True, tag=True):
    """Go on where one left: stand there again, if there is a `place`, with what was in the basket, as far as it lasts.

    A line's `place_id` is where the good was seen.
    """

    place: PlaceId | None = None
    pos_m: Vec3 = (0.0, 0.0, 0.0)
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    third_person: bool = False
    basket: tuple[Line, ...] = ()


class Travel(Struct, frozen=True, kw_only=True, tag=True):
    """Go to the spawn point of a place."""

    place: PlaceId


class Admit(Struct, frozen=True, kw_only=True, tag=True):
    """Let a place and goods into the world that the catalogue did not have; a place of that id is replaced.

    A furnished place comes as its `room`, from which the place is worked out again when its goods are known.
    `weights` are what its models cost, by id of good, piece or picture. The player's home comes with the strokes that
    can be taken back or done again, and the number from which on its ids were never given.
    """

    place: Place | None = None
    goods: tuple[Good, ...] = ()
    room: Room | None = None
    weights: dict[str, Weight] = {}
    done: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()
    next_item: int = 1


Command = (
    Move | Look | PickUp | PutBack | Turn | ShowScale | TryOn | TakeOff | Wear | MoveGhost | DropGhost | AddToBasket
    | RemoveFromBasket | Checkout | Confirm | Decline | OfferForSale | Withdraw | SwitchView
    | SetLooks | Gesture | Sit | SetMood | Travel | Resume | Wish | ReadHistory | PingMarket | Admit
    | TradeCommand | BuildCommand | OrchardCommand
)  # fmt: skip
