"""What players and growers ask of the orchard's contracts, and the facts that the chain tells of them.

Part of the messages of `game.core.ports.Market`. A request that is sent twice under one id does its work once; each is
answered by an `OrchardTold` or `LifeTold` that carries its `request_id`, or by `Refused`. Only what is told counts.
Times are seconds since 1970, UTC, by the chain's clock; money is wei. A tree's id is `plot << 16 | index`.
"""

from msgspec import Struct

from game.core.ids import Address, GoodId, Wei

STAGES = ("planted", "young", "blossom", "set_fruit", "ripening", "ripe")
"""A tree's life in order."""

TENDINGS = ("prune", "thin", "fertilise", "birds")
"""What else than water a tree can be given, each once in its stage."""

LIFE = ("planted", "adopted", "watered", "visited", *TENDINGS, "grafted", "picked", "given_back")
"""What can be done to a tree, as its life line tells it; given back is what was never picked."""

GRADES = ("A", "B")
"""A: picked clean. B: bruised."""

DELIVERY_STATES = ("opened", "accepted", "shipped", "disputed", "answered", "paid", "refunded", "split")
"""What a delivery can be; the last three are ends."""

ENDED = DELIVERY_STATES[-3:]
"""The states of a delivery that nothing follows on."""

DELIVERY_ACTS = ("accept", "ship", "confirm", "claim", "dispute", "answer", "refund", "split")
"""What buyer and seller can do; see Campaign.sol for whose turn it is."""


class Graft(Struct, frozen=True, kw_only=True):
    """What a graft with another variety makes, and how often of 10,000; else the tree stays what it was."""

    with_variety: str
    result: str
    odds_bps: int


class PlotTerms(Struct, frozen=True, kw_only=True):
    """What a grower offers: one variety for one season."""

    grower_key: bytes  # X25519 public key, 32 bytes
    variety: str
    manifest_sha256: bytes
    trees: int
    fruits_per_tree: int
    grams_per_fruit: int
    waterings: int
    fruit_price_wei: Wei
    adoption_price_wei: Wei
    play_trees: int
    planted_at_secs: int
    blossom_at_secs: int
    ripe_at_secs: int
    redeem_by_secs: int
    lapse_bps: int
    grafts: tuple[Graft, ...] = ()


class Plot(PlotTerms, frozen=True, kw_only=True):
    """A grower's offer as the chain has it."""

    plot: int
    grower: Address


class TreeFact(Struct, frozen=True, kw_only=True):
    """A tree that anybody ever did something to; others are as their plot says."""

    tree: int
    adopter: Address | None
    by_play: bool
    waterings_left: int
    tended: tuple[str, ...]
    variety: str
    picked: int
    yield_fruits: int  # how many it bears in all, as it is tended now
    grafted: bool = False  # once a tree, whether it took or not
    graft_open: bool = False  # until somebody has looked at what came of it


class Can(Struct, frozen=True, kw_only=True):
    """The player's watering can."""

    drops: int
    steps_left_today: int


class FruitHeld(Struct, frozen=True, kw_only=True):
    """Fruit in the player's basket."""

    good_id: GoodId
    plot: int
    tree: int
    variety: str
    grade: str
    harvest_day: int  # days since 1970
    quantity: int
    backing_wei: Wei  # a unit


class Delivery(Struct, frozen=True, kw_only=True):
    """A box on its way from a grower to a buyer."""

    delivery: int
    plot: int
    buyer: Address
    seller: Address
    value_wei: Wei
    commit: bytes
    state: str
    act_by_secs: int  # when the party whose turn it is runs out of time; 0 at an end
    tracking_sha256: bytes
    fruits: tuple[tuple[int, int], ...]  # (tree, quantity)
    reason: bytes = b""  # the salted hash of what the buyer says is wrong; b"" where nothing was disputed


class LifeEvent(Struct, frozen=True, kw_only=True):
    """One line of a tree's life: `what` is one of LIFE."""

    tree: int
    at_secs: int
    by: Address
    what: str
    quantity: int
    block: int
    tx_hash: str


ORDERED = ("adopted", "fruit", "box")
"""What is an order in the orchard: a tree adopted, fruit bought at the scale, a box sent for."""


class OrchardOrder(Struct, frozen=True, kw_only=True):
    """What an order in the orchard was about: `what` is one of ORDERED."""

    what: str
    plot: int
    variety: str
    quantity: int  # trees, or pieces of fruit


# --- what the game asks ------------------------------------------------------------------------------------------


class FollowOrchard(Struct, frozen=True, kw_only=True, tag=True):
    """Tell all plots, trees, the can, fruit and deliveries of the player, and again whenever they change."""

    request_id: str


class Adopt(Struct, frozen=True, kw_only=True, tag=True):
    """Make a tree the player's own for the season: paid for, or by play, one a plot and account."""

    request_id: str
    tree: int
    by_play: bool = False


class WaterTree(Struct, frozen=True, kw_only=True, tag=True):
    """Water a tree so many times from the can; one drop each."""

    request_id: str
    tree: int
    times: int


class FillByWalking(Struct, frozen=True, kw_only=True, tag=True):
    """Put steps that were walked into the can, up to the daily cap."""

    request_id: str
    steps: int


class VisitTree(Struct, frozen=True, kw_only=True, tag=True):
    """Water a friend's tree once; once a day and account."""

    request_id: str
    tree: int


class BuyDrops(Struct, frozen=True, kw_only=True, tag=True):
    """Buy water for the can; the price goes to a grower."""

    request_id: str
    drops: int
    plot: int = 0  # whose grower is paid; 0: of the tree that the player adopted last, or else of the newest plot


class TendTree(Struct, frozen=True, kw_only=True, tag=True):
    """Do one of TENDINGS to a tree."""

    request_id: str
    tree: int
    action: str


class GraftTree(Struct, frozen=True, kw_only=True, tag=True):
    """Graft a tree with another variety; what came of it is told after the next block, without asking again."""

    request_id: str
    tree: int
    with_variety: str


class HarvestLine(Struct, frozen=True, kw_only=True):
    """What was picked from one tree."""

    tree: int
    grade_a: int
    grade_b: int


class Harvest(Struct, frozen=True, kw_only=True, tag=True):
    """Make fruit of the player's own trees goods in their hands; all the lines are trees that they adopted."""

    request_id: str
    lines: tuple[HarvestLine, ...]


class BuyAtScale(Struct, frozen=True, kw_only=True, tag=True):
    """Buy fruit picked from trees that nobody adopted, all of one plot, for at most `most_wei`."""

    request_id: str
    plot: int
    lines: tuple[HarvestLine, ...]
    most_wei: Wei


class OpenPlot(PlotTerms, frozen=True, kw_only=True, tag=True):
    """Offer a plot as its grower; the bond of `play_trees` adoption prices is paid with it."""

    request_id: str


class FruitLine(Struct, frozen=True, kw_only=True):
    """Fruit of one kind in the player's basket."""

    good_id: GoodId
    quantity: int


class Redeem(Struct, frozen=True, kw_only=True, tag=True):
    """Send fruit of one plot back for a box of it; `commit` is the salted hash of the address, 32 bytes."""

    request_id: str
    lines: tuple[FruitLine, ...]
    commit: bytes


class LapseFruit(Struct, frozen=True, kw_only=True, tag=True):
    """After the season: give fruit of one plot up for the share of its backing that the plot names."""

    request_id: str
    lines: tuple[FruitLine, ...]


class TakeBack(Struct, frozen=True, kw_only=True, tag=True):
    """After the season: give up what was never picked of one's own tree, for the same share."""

    request_id: str
    tree: int


class CollectPlot(Struct, frozen=True, kw_only=True, tag=True):
    """As the grower: take what is left of a plot long after its season, or just the bond that nobody played for."""

    request_id: str
    plot: int
    bond_only: bool = False


class ActOnDelivery(Struct, frozen=True, kw_only=True, tag=True):
    """Do one of DELIVERY_ACTS as buyer or seller; `note_sha256` is the hash of tracking, reason or answer."""

    request_id: str
    delivery: int
    act: str
    note_sha256: bytes = bytes(32)


class ReadLife(Struct, frozen=True, kw_only=True, tag=True):
    """Tell the life line of a tree; answered by `LifeTold`."""

    request_id: str
    tree: int


OrchardRequest = (
    FollowOrchard | Adopt | WaterTree | FillByWalking | VisitTree | BuyDrops | TendTree | GraftTree | Harvest
    | BuyAtScale | OpenPlot | Redeem | LapseFruit | TakeBack | CollectPlot | ActOnDelivery | ReadLife
)  # fmt: skip


# --- what the market answers -------------------------------------------------------------------------------------


class OrchardTold(Struct, frozen=True, kw_only=True, tag=True):
    """Facts of the orchard that are new or changed; what is None or not named is as it was told last.

    `now_secs` is the chain's time: of its newest block, or what the next one would have, and never falls.
    """

    now_secs: int
    plots: tuple[Plot, ...] = ()
    trees: tuple[TreeFact, ...] = ()
    can: Can | None = None
    fruit: tuple[FruitHeld, ...] | None = None  # all that the player holds
    deliveries: tuple[Delivery, ...] = ()
    request_id: str = ""  # of the request that this answers


class LifeTold(Struct, frozen=True, kw_only=True, tag=True):
    """The life line of a tree, oldest first."""

    request_id: str
    tree: int
    events: tuple[LifeEvent, ...]


OrchardUpdate = OrchardTold | LifeTold
