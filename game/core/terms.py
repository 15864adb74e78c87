"""The terms of goods and rooms as the market must know them: plain values that cross to the chain and back."""

from msgspec import Struct

from game.core.ids import GoodId, MakerId, PlaceId, Wei


class GoodTerms(Struct, frozen=True, kw_only=True):
    """What the market must know of a good to sign and fill its maker's offer.

    A player's good has its maker's account (0x…) as `maker` and an id that follows from its manifest.
    """

    good_id: GoodId
    maker: MakerId
    manifest: bytes  # canonical JSON; its SHA-256 is the good's content address
    edition: int
    royalty_bps: int
    price_wei: Wei
    room_share_bps: int


class RoomTerms(Struct, frozen=True, kw_only=True):
    """A place as the chain sees it: who keeps it, the hash of its bundle, the goods that it displays."""

    place_id: PlaceId
    keeper: MakerId
    bundle_sha256: bytes  # 32 bytes
    displays: tuple[GoodId, ...]


class PlotTerms(Struct, frozen=True, kw_only=True):
    """A grower's plot as the market opens it on a new chain; days count from then. Grafts: (with, result, odds)."""

    grower: MakerId
    variety: str
    manifest_sha256: bytes  # of the plot's words, 32 bytes
    trees: int
    fruits_per_tree: int
    grams_per_fruit: int
    waterings: int
    fruit_price_wei: Wei
    adoption_price_wei: Wei
    play_trees: int
    planted_day: int
    blossom_day: int
    ripe_day: int
    redeem_day: int
    lapse_bps: int
    grafts: tuple[tuple[str, str, int], ...]


class Catalogue(Struct, frozen=True, kw_only=True):
    """All that is known when the game starts: the street's goods and rooms, and players' goods that are at home here.

    Nobody here can sign for a player's good: its maker's offers come with the rooms that show it.
    """

    goods: tuple[GoodTerms, ...]
    rooms: tuple[RoomTerms, ...]
    plots: tuple[PlotTerms, ...] = ()  # of the street's orchard, in their order
