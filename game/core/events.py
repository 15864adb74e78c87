"""What has happened. The HUD, the sounds and the market act on these; an expected refusal is an event too."""

from msgspec import Struct

from game.core import ports
from game.core.changes import Change
from game.core.ids import DoorId, GoodId, ItemId, OrderId, PlaceId, StandId
from game.core.looks import Looks
from game.core.orchard import Aim, ContestResult, Weighed
from game.core.orchard_ports import OrchardUpdate
from game.core.picking import Fruit
from game.core.room_ports import AllCancelled, Credit, OfferSigned, OfferStock, Published, RoomAdmitted, Withdrawn
from game.core.rooms import Room


class Stepped(Struct, frozen=True, kw_only=True, tag=True):
    """A foot touched the ground; `floor` names the sound."""

    floor: str = "wood"


class EnteredPlace(Struct, frozen=True, kw_only=True, tag=True):
    place: PlaceId
    from_place: PlaceId | None = None


class PlaceChanged(Struct, frozen=True, kw_only=True, tag=True):
    """A place came into the world, or is another than before; it stands in world.places."""

    place: PlaceId


class BuildingChanged(Struct, frozen=True, kw_only=True, tag=True):
    """Build mode began or ended."""

    on: bool


class Built(Struct, frozen=True, kw_only=True, tag=True):
    """The player's home has changed: by a stroke, named after its command, with its change, or by Undo or Redo.

    What did not change is the same item in both, so that a view need not look. `PlaceChanged` follows.
    """

    stroke: str
    room: Room
    before: Room
    change: Change | None = None


class MoodChanged(Struct, frozen=True, kw_only=True, tag=True):
    """It became another time of day, or began to rain or stopped, in a place."""

    place: PlaceId
    mood: str


class DoorMoved(Struct, frozen=True, kw_only=True, tag=True):
    door: DoorId
    opens: bool


class LookedAt(Struct, frozen=True, kw_only=True, tag=True):
    """The crosshair came to rest on another stand, or on none."""

    stand: StandId | None


class PickedUp(Struct, frozen=True, kw_only=True, tag=True):
    stand: StandId
    good: GoodId


class PutBackOn(Struct, frozen=True, kw_only=True, tag=True):
    stand: StandId
    good: GoodId


class TriedOn(Struct, frozen=True, kw_only=True, tag=True):
    good: GoodId
    slot: str
    instead_of: GoodId | None = None


class TookOff(Struct, frozen=True, kw_only=True, tag=True):
    good: GoodId
    slot: str


class LooksChanged(Struct, frozen=True, kw_only=True, tag=True):
    """The player looks otherwise than before."""

    looks: Looks


class Gestured(Struct, frozen=True, kw_only=True, tag=True):
    kind: str


class SatDown(Struct, frozen=True, kw_only=True, tag=True):
    """The player sat down, on a seat or on the ground."""

    on_seat: bool


class StoodUp(Struct, frozen=True, kw_only=True, tag=True):
    pass


class GhostShown(Struct, frozen=True, kw_only=True, tag=True):
    good: GoodId


class GhostGone(Struct, frozen=True, kw_only=True, tag=True):
    good: GoodId


class BasketChanged(Struct, frozen=True, kw_only=True, tag=True):
    good: GoodId
    quantity: int  # now in the basket
    added: bool
    restored: bool = False  # it was in there when the player left


class Wished(Struct, frozen=True, kw_only=True, tag=True):
    """A good was put on the wishlist, or taken off it; `restored` at the start of a session."""

    good: GoodId
    wished: bool
    restored: bool = False


class OrderMoved(Struct, frozen=True, kw_only=True, tag=True):
    """An order changed its state; all about it stands in world.orders."""

    order_id: OrderId
    state: str


class GoodsArrived(Struct, frozen=True, kw_only=True, tag=True):
    """Units of a good came into the player's possession, as the chain tells; `restored` at the start of a session."""

    good: GoodId
    quantity: int
    restored: bool = False


class GoodsLeft(Struct, frozen=True, kw_only=True, tag=True):
    """Units of a good left the player's possession: sold or given away."""

    good: GoodId
    quantity: int


class OfferOpened(Struct, frozen=True, kw_only=True, tag=True):
    """An offer of the player's stands open; `restored` when it was not made in this session."""

    listed: ports.Listed
    restored: bool = False


class OfferClosed(Struct, frozen=True, kw_only=True, tag=True):
    delisted: ports.Delisted


class HistoryRead(Struct, frozen=True, kw_only=True, tag=True):
    """The market told every order of this home; they stand in world.history."""

    orders: int


class HomeOpened(Struct, frozen=True, kw_only=True, tag=True):
    """The player's home has become a room on the chain."""


class OfferReady(Struct, frozen=True, kw_only=True, tag=True):
    """An offer of the player's for their own good stands; `restored` when it was not signed in this session."""

    signed: OfferSigned
    restored: bool = False


class RoomPublished(Struct, frozen=True, kw_only=True, tag=True):
    """A room's publication has changed; an empty hash says that it was taken back."""

    published: Published


class RoomChecked(Struct, frozen=True, kw_only=True, tag=True):
    """The market has looked at a room's copy, or its state changed since."""

    admitted: RoomAdmitted


class OfferChanged(Struct, frozen=True, kw_only=True, tag=True):
    """An offer that is shown somewhere opened, closed or sold a unit."""

    stock: OfferStock


class Earned(Struct, frozen=True, kw_only=True, tag=True):
    """A sale paid the player."""

    credit: Credit


class ShownAtHome(Struct, frozen=True, kw_only=True, tag=True):
    """A good that the player saw is on display in their home now."""

    good: GoodId
    item: ItemId


class CreditsWithdrawn(Struct, frozen=True, kw_only=True, tag=True):
    """What was earned has come into the purse."""

    withdrawn: Withdrawn


class OffersVoided(Struct, frozen=True, kw_only=True, tag=True):
    """All offers of the player's are closed."""

    cancelled: AllCancelled


class TradeRead(Struct, frozen=True, kw_only=True, tag=True):
    """The market told what was asked of credits, desk or versions; it stands in world.trade."""

    kind: str  # credits, desk or versions


class MarketChanged(Struct, frozen=True, kw_only=True, tag=True):
    """The market opened, closed or told how far it is; `state` is opening, open or down."""

    state: str
    step: str = ""


class OrchardHeard(Struct, frozen=True, kw_only=True, tag=True):
    """The chain told facts of the orchard; they stand in world.orchard."""

    told: OrchardUpdate


class GraftTold(Struct, frozen=True, kw_only=True, tag=True):
    """It is known what came of a graft of the player's: it has `taken`, or the tree stays what it was."""

    tree: int
    taken: bool


class OrchardDay(Struct, frozen=True, kw_only=True, tag=True):
    """A day of the chain's began: the village's trees hang full, and there are new orders of the day."""

    day: int


class FruitAimed(Struct, frozen=True, kw_only=True, tag=True):
    """Another fruit is aimed at than before, or none."""

    aim: Aim | None


class Knocked(Struct, frozen=True, kw_only=True, tag=True):
    """A fruit was knocked on: `ring` is how high it sounds, 0 dull and ripe .. 1 hard and green."""

    tree: int
    index: int
    ring: float


class Tugged(Struct, frozen=True, kw_only=True, tag=True):
    """A fruit was tugged at: `give` is how far it gave way, 0 not at all .. 1 it is as ripe as can be."""

    tree: int
    index: int
    give: float


class ToolTaken(Struct, frozen=True, kw_only=True, tag=True):
    """The hand or the pole was taken."""

    tool: str


class LadderUsed(Struct, frozen=True, kw_only=True, tag=True):
    """The player climbed up the ladder, or down."""

    up: bool


class FruitGrasped(Struct, frozen=True, kw_only=True, tag=True):
    """A hand closed around a fruit."""

    tree: int
    index: int


class FruitLetGo(Struct, frozen=True, kw_only=True, tag=True):
    """A fruit was let go of, and hangs."""

    tree: int
    index: int


class StalkHeld(Struct, frozen=True, kw_only=True, tag=True):
    """An unripe fruit was pulled with all might and gave no way."""

    tree: int
    index: int


class FruitPicked(Struct, frozen=True, kw_only=True, tag=True):
    """A fruit came off into the basket; `in_a_row` clean ones with it, 0 when it is bruised; `high` above the hand."""

    fruit: Fruit
    in_a_row: int
    high: bool


class DayOrderDone(Struct, frozen=True, kw_only=True, tag=True):
    """An order of the day is fulfilled."""

    order: str
    points: int


class BasketWeighed(Struct, frozen=True, kw_only=True, tag=True):
    """The scale shows what is in the basket and what is to be paid."""

    weighed: Weighed


class FruitTaken(Struct, frozen=True, kw_only=True, tag=True):
    """Fruit left the basket for good: it is the player's now, or the village's."""

    pieces: int
    village: bool = False


class FruitReturned(Struct, frozen=True, kw_only=True, tag=True):
    """Fruit was left behind, and hangs as before."""

    pieces: int


class ContestStarted(Struct, frozen=True, kw_only=True, tag=True):
    """The contest of a day began; it lasts `secs`, or 0 where no clock runs."""

    day: int
    secs: int


class ContestEnded(Struct, frozen=True, kw_only=True, tag=True):
    """The contest is over."""

    result: ContestResult


class ChildModeChanged(Struct, frozen=True, kw_only=True, tag=True):
    """Children's mode was turned on or off."""

    on: bool


DECLINE_REASONS = (
    "already_worn", "basket_empty", "gesture_unknown", "ghost_none", "good_unknown", "hand_empty", "looks_impossible",
    "market_down", "market_opening", "mood_unknown", "mid_air", "no_home_yet", "no_room_left", "not_on_a_stand",
    "nothing_to_withdraw", "own_offer", "room_unchecked", "shown_already", "still_under_way", "no_more_left",
    "not_for_sale", "not_here", "not_in_basket", "not_owned", "not_wearable", "nothing_there", "nothing_to_try",
    "offer_unknown", "order_busy", "order_open", "order_unknown", "place_unknown", "price_zero", "slot_empty",
    "sold_out", "all_listed", "template_unknown", "unpaid_stays", "all_placed", "gives_no_light", "no_colour",
    "no_group", "no_name", "no_such_paint", "no_support", "not_building", "not_your_room", "nothing_carried",
    "nothing_selected", "nothing_to_redo", "nothing_to_undo", "out_of_room", "over_budget", "overlaps",
    "takes_no_picture", "takes_no_words", "too_few", "too_large", "too_many_words", "unreachable",
    "adopted_already", "bad_quantity", "basket_full", "basket_holds_fruit", "can_empty", "contest_is_the_villages",
    "contest_on", "day_over", "graft_impossible", "hands_busy", "needs_water", "no_contest", "no_orchard_here",
    "no_tree_by_play", "no_tree_near", "not_a_friends_tree", "not_ripe_yet", "not_weighed", "not_your_tree",
    "nothing_aimed", "nothing_grasped", "scale_too_far", "season_over", "tended_already", "tending_unknown",
    "bad_commit", "delivery_unknown", "fruit_of_two_plots", "fruit_under_way", "not_your_turn", "season_is_on",
    "too_far", "too_high", "tool_unknown", "tree_unknown", "watered_enough", "wrong_stage",
)  # fmt: skip


class Declined(Struct, frozen=True, kw_only=True, tag=True):
    """A wish could not be granted; the world is as it was, and no money moved.

    `reason` is a catalogue key: one of DECLINE_REASONS, or what a market's `Refused` gave.
    """

    reason: str
    detail: str = ""


class Asked(Struct, frozen=True, kw_only=True, tag=True):
    """The composition is to hand this request to the market."""

    request: ports.Request


Event = (
    Stepped | EnteredPlace | MoodChanged | DoorMoved | LookedAt | PickedUp | PutBackOn | TriedOn | TookOff
    | GhostShown | GhostGone
    | LooksChanged | Gestured | SatDown | StoodUp | BasketChanged | OrderMoved | GoodsArrived | GoodsLeft | OfferOpened
    | OfferClosed | MarketChanged | Declined | Asked | Wished | HistoryRead | HomeOpened | OfferReady | RoomPublished
    | PlaceChanged | Built | BuildingChanged
    | RoomChecked | OfferChanged | Earned | CreditsWithdrawn | ShownAtHome | OffersVoided | TradeRead
    | OrchardHeard | GraftTold | OrchardDay | FruitAimed | Knocked | Tugged | ToolTaken | LadderUsed | FruitGrasped
    | FruitLetGo | StalkHeld | FruitPicked | DayOrderDone | BasketWeighed | FruitTaken | FruitReturned | ContestStarted
    | ContestEnded | ChildModeChanged
)  # fmt: skip
