"""What players and growers ask of the orchard's contracts, and the facts that the chain tells of them.

Part of the messages of `game.core.ports.Market`. Times are seconds since 1970, UTC, by the chain's clock; money is wei.
A tree's id is `plot << 16 | index`.
"""

from msgspec import Struct

from game.core.ids import Address, GoodId, Wei

STAGES = ("planted", "young", "blossom", "set_fruit", "ripening", "ripe")
"""A tree's life in order."""

TENDINGS = ("prune", "thin", "fertilise", "birds")
"""What else than water a tree can be given, each once in its stage."""

GRADES = ("A", "B")
"""A: picked clean. B: bruised."""

DELIVERY_STATES = ("opened", "accepted", "shipped", "disputed", "answered", "paid", "refunded", "split")
"""What a delivery can be; the last three are ends."""


class Graft(Struct, frozen=True, kw_only=True):
    """What a graft with another variety makes, and how often of 10,000; else the tree stays what it was."""

    with_variety: str
    result: str
    odds_bps: int


class Plot(Struct, frozen=True, kw_only=True):
    """A grower's offer of one variety for one season, as the chain has it."""

    plot: int
    grower: Address
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


class LifeEvent(Struct, frozen=True, kw_only=True):
    """One line of a tree's life: planted, adopted, watered, visited, tended, grafted, picked."""

    tree: int
    at_secs: int
    by: Address
    what: str
    quantity: int
    block: int
    tx_hash: str
