"""The protocols that the core talks through, and the messages that cross them.

`Market` is how the game buys and sells. Its requests and updates are plain frozen values, so they cross a process
boundary as JSON lines (msgspec; wei outgrow MessagePack) and are recorded in replays. Money is an int of wei.
Nothing here knows a chain library; `chain.market` and the fake in the tests implement it and pass the same suite.
What makers and hosts ask is in `game.core.room_ports`, what growers and pickers ask in `game.core.orchard_ports`.
"""

from typing import Protocol

from msgspec import Struct

from game.core.ids import Address, GoodId, MakerId, OfferHash, OrderId, PlaceId, RoomToken, TokenId, Wei
from game.core.orchard_ports import OrchardOrder, OrchardRequest, OrchardUpdate
from game.core.orchard_witness import OrchardWitness
from game.core.room_ports import RoomRequest, RoomUpdate
from game.core.terms import Catalogue as Catalogue
from game.core.terms import GoodTerms as GoodTerms
from game.core.terms import RoomTerms as RoomTerms

# --- what the game asks ------------------------------------------------------------------------------------------


class Line(Struct, frozen=True, kw_only=True):
    """One line of a basket: `quantity` units of a good found in a room, from `offer` (None: the best open offer)."""

    good_id: GoodId
    quantity: int
    place_id: PlaceId | None = None
    offer: OfferHash | None = None


class Quote(Struct, frozen=True, kw_only=True, tag=True):
    """Draft an order: journal it, simulate it, answer with `Quoted` or `OrderUpdate(state="refused")`."""

    order_id: OrderId
    lines: tuple[Line, ...]
    best_effort: bool = False  # skip lines that are sold out and refund their price


class Confirm(Struct, frozen=True, kw_only=True, tag=True):
    """Sign and send a quoted order. Sent twice for one order id, it still buys once."""

    order_id: OrderId


class Discard(Struct, frozen=True, kw_only=True, tag=True):
    """Forget a draft that was never signed."""

    order_id: OrderId


class Sell(Struct, frozen=True, kw_only=True, tag=True):
    """Sign a resale offer for units that one owns, and display it; answered by `Listed` or `Refused`."""

    request_id: str
    good_id: GoodId
    quantity: int
    unit_price_wei: Wei
    room_share_bps: int = 0


class Cancel(Struct, frozen=True, kw_only=True, tag=True):
    """Withdraw one of one's own offers on the chain, for resale or as maker; answered by `Delisted` or `Refused`."""

    request_id: str
    offer: OfferHash


class Recall(Struct, frozen=True, kw_only=True, tag=True):
    """Tell every order that was ever made from this home; answered by `History`."""


class Ping(Struct, frozen=True, kw_only=True, tag=True):
    """Ask how long the chain takes to answer; answered by `Pong`."""


Request = Quote | Confirm | Discard | Sell | Cancel | Recall | Ping | RoomRequest | OrchardRequest


# --- what the market answers -------------------------------------------------------------------------------------


class Share(Struct, frozen=True, kw_only=True):
    """One payout of a sale; `role` is seller, creator or room; `who` where the market knows whose account it is."""

    role: str
    to: Address
    wei: Wei
    who: MakerId | None = None


class Progress(Struct, frozen=True, kw_only=True, tag=True):
    """What the market is busy with while it opens; `step` is one of STEPS."""

    step: str


class Ready(Struct, frozen=True, kw_only=True, tag=True):
    """The market is open."""

    node_kind: str  # anvil, embedded or rpc
    chain_id: int
    account: Address
    balance_wei: Wei
    play_money: bool


class Down(Struct, frozen=True, kw_only=True, tag=True):
    """The market cannot be reached for now; it goes on trying. Orders in flight keep their state.

    `reason` is one of REASONS, `detail` its ending in plain words.
    """

    reason: str
    detail: str = ""


class Stock(Struct, frozen=True, kw_only=True, tag=True):
    """How many units of a good its maker can still sell, at what price each; `state` is one of OFFER_STATES."""

    good_id: GoodId
    token_id: TokenId
    left: int
    unit_price_wei: Wei
    state: str = "open"
    room_share_bps: int = 0  # of each sale, to the room that shows it


class Holdings(Struct, frozen=True, kw_only=True, tag=True):
    """All that the player owns, as read from the chain, and the purse."""

    goods: dict[GoodId, int]
    balance_wei: Wei
    block: int


class Quoted(Struct, frozen=True, kw_only=True, tag=True):
    """A simulated order: every figure that the player sees before confirming."""

    order_id: OrderId
    lines: tuple[Line, ...]
    price_wei: Wei  # all lines together
    gas_wei: Wei  # most that the network fee can be
    shares: tuple[Share, ...]
    balance_after_wei: Wei  # at least so much is left
    skipped: tuple[GoodId, ...] = ()  # best effort: lines left out


class OrderUpdate(Struct, frozen=True, kw_only=True, tag=True):
    """An order moved on.

    `state` is one of draft, signed, sent, included, final, unknown, refused, reverted, dropped, replaced. `reason`
    is one of REASONS (with `detail` as its plain-words ending) when something went wrong; `money_moved` is False
    where it is certain that none did, True where it did, None where the chain must still tell.
    """

    order_id: OrderId
    state: str
    lines: tuple[Line, ...] = ()
    price_wei: Wei = Wei(0)
    tx_hash: str = ""
    block: int = 0
    gas_used: int = 0
    gas_wei: Wei = Wei(0)
    shares: tuple[Share, ...] = ()
    reason: str = ""
    detail: str = ""
    money_moved: bool | None = False


class Listed(Struct, frozen=True, kw_only=True, tag=True):
    """A resale offer stands open."""

    request_id: str
    offer: OfferHash
    good_id: GoodId
    quantity: int
    unit_price_wei: Wei
    room_share_bps: int = 0
    signed: bytes = b""  # goes into the bundle of a room that shows it


class Delisted(Struct, frozen=True, kw_only=True, tag=True):
    """An offer of the player's is closed: cancelled, filled or expired."""

    request_id: str
    offer: OfferHash
    good_id: GoodId


class Refused(Struct, frozen=True, kw_only=True, tag=True):
    """A request that could not be done; no money moved but, where it says so, a fee. `reason` is one of REASONS."""

    request_id: str
    reason: str
    detail: str = ""


class PastOrder(Struct, frozen=True, kw_only=True):
    """An order as it was left, or as it stands now; the fields are those of `OrderUpdate`."""

    order_id: OrderId
    at_secs: int  # when it was signed, or drafted where it never was; seconds since 1970, UTC
    state: str
    lines: tuple[Line, ...]  # none of an order in the orchard
    price_wei: Wei
    gas_wei: Wei  # what the network took; 0 where it took nothing yet
    shares: tuple[Share, ...]
    chain_id: int
    tx_hash: str = ""
    block: int = 0
    reason: str = ""
    money_moved: bool | None = False
    orchard: OrchardOrder | None = None


class History(Struct, frozen=True, kw_only=True, tag=True):
    """Every order of this home, newest first, drafts left out."""

    orders: tuple[PastOrder, ...]


class Pong(Struct, frozen=True, kw_only=True, tag=True):
    """How long a small question to the chain took, there and back."""

    round_trip_ms: float


Update = (
    Progress | Ready | Down | Stock | Holdings | Quoted | OrderUpdate | Listed | Delisted | Refused | History
    | Pong | RoomUpdate | OrchardUpdate
)  # fmt: skip

FINAL_STATES = frozenset({"final", "refused", "reverted", "dropped", "replaced"})

STEPS = (
    "starting_node", "funding_purse", "deploying", "seeding", "reading_ledger", "resuming_orders",
)  # fmt: skip
"""What `Progress.step` can be, in the order of a first start; each has display text in the catalogues."""

REASONS = (
    # an order or a listing is refused, and no money moved
    "not_enough_money", "sold_out", "offer_expired", "offer_not_open_yet", "offer_cancelled", "offer_unknown",
    "price_changed", "quote_outdated", "own_offer", "bad_quantity", "not_on_display", "not_owned", "already_listed",
    "order_unknown", "network_fee_rose", "chain_refused",
    # offers and rooms of the player's own
    "offer_invalid", "terms_out_of_range", "room_unknown", "not_room_owner", "too_many_goods", "nothing_to_withdraw",
    # the orchard
    "no_orchard_there", "no_such_tree", "tree_taken", "no_play_tree", "not_your_tree", "can_empty", "visited_already",
    "wrong_stage", "season_over", "not_ripe", "nothing_left_to_do", "not_your_turn",
    # a transaction that was sent ended otherwise than hoped, or the chain must still tell
    "ran_out_of_gas", "transaction_dropped", "transaction_replaced", "waiting_for_chain",
    # the market itself
    "market_down", "worker_stopped", "node_unreachable", "wrong_chain", "no_market_there", "opening_failed",
)  # fmt: skip
"""What `reason` of an update can be; each has display text in the catalogues."""


class Market(Protocol):
    """Where goods are bought and sold. Neither call ever waits for the chain."""

    def submit(self, request: Request) -> None:
        """Hand over a request; its outcome comes back through `poll`."""
        ...

    def poll(self) -> list[Update]:
        """Everything that happened since the last call, oldest first."""
        ...

    def close(self) -> None:
        """Stop; orders in flight are resolved at the next start."""
        ...


# --- checking ------------------------------------------------------------------------------------------------------


class Witnessed(Struct, frozen=True, kw_only=True):
    """One sale as a transaction's own log tells it; `gas_used` is of the whole transaction."""

    good_id: GoodId
    buyer: Address
    quantity: int
    price_wei: Wei
    shares: tuple[Share, ...]
    block: int
    gas_used: int


class Witness(Protocol):
    """Reads the chain directly, past any ledger of the market's."""

    @property
    def orchard(self) -> OrchardWitness:
        """The same for the orchard."""
        ...

    def owned(self, account: Address, good_id: GoodId) -> int:
        """Units of a good that an account holds."""
        ...

    def balance_wei(self, account: Address) -> Wei:
        """What an account holds."""
        ...

    def sales(self, tx_hash: str) -> list[Witnessed]:
        """The sales that a transaction made; none when it is unknown or reverted."""
        ...

    def open_units(self, offer: OfferHash) -> int:
        """1 when somebody else could buy a unit of an offer this very moment, else 0."""
        ...

    def credit_wei(self, account: Address) -> Wei:
        """What the till holds for an account."""
        ...

    def room_owner(self, room: RoomToken) -> Address:
        """Whose a room is."""
        ...

    def published(self, room: RoomToken) -> bytes:
        """SHA-256 of the bundle that a room's owner published; 32 zeros for none."""
        ...
