"""The world: all state that the rules read and write, and nothing else. Only `step` changes it."""

from dataclasses import dataclass, field
from math import radians
from random import Random

from game.core.budget import Weight
from game.core.building import Building, Strokes
from game.core.errors import GameError
from game.core.goods import Good, Vec3
from game.core.ids import HOME, Address, DoorId, GoodId, OfferHash, OrderId, PieceId, PlaceId, StandId, TemplateId, Wei
from game.core.looks import DEFAULT_LOOKS, Looks
from game.core.orchard import Orchard
from game.core.orchard_rules import OrchardRules
from game.core.places import Place
from game.core.ports import Line, Listed, PastOrder, Share, Stock
from game.core.rooms import Piece, Room, Template
from game.core.trade import Trade

DT_SECS = 1 / 60
EYE_HEIGHT_M = 1.52  # of someone of the height of the model; it grows with the player's looks
SEATED_EYE_M = 0.80  # above the seat
BODY_RADIUS_M = 0.25
BODY_HEIGHT_M = 1.65
REACH_M = 2.2


@dataclass(slots=True)
class Body:
    """The player's capsule. `pos_m` is the sole's centre in the current place's space; yaw 0 faces +Y."""

    pos_m: Vec3 = (0.0, 0.0, 0.0)
    vel_mps: Vec3 = (0.0, 0.0, 0.0)
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    on_ground: bool = True
    stride_m: float = 0.0  # walked since the last footstep
    run: bool = False


@dataclass(slots=True)
class Hand:
    """A good held up before the eyes. `since_tick` lets the view animate; zoom 0 is arm's length, 1 close."""

    good: GoodId
    stand: StandId
    since_tick: int
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    zoom: float = 0.0
    ruler: bool = False


@dataclass(slots=True)
class Ghost:
    """A good shown life-size before it is bought; `fits` is False where something stands in the way."""

    good: GoodId
    stand: StandId
    pos_m: Vec3
    yaw_rad: float
    away_m: float = 1.8
    fits: bool = True


@dataclass(slots=True)
class Worn:
    """What a slot of the avatar carries; `tried` goods are not the player's yet and left `stand` empty."""

    good: GoodId
    tried: bool
    stand: StandId | None = None


@dataclass(slots=True)
class Sitting:
    """Where the player sits: the middle of the seat's top, where they look, and how far they still turn to do so."""

    at_m: Vec3
    yaw_rad: float
    on_seat: bool
    turn_rad: float = 0.0


@dataclass(slots=True)
class Order:
    """A purchase as the game knows it; the chain knows better."""

    order_id: OrderId
    state: str
    lines: tuple[Line, ...]
    price_wei: Wei = Wei(0)
    gas_wei: Wei = Wei(0)
    balance_after_wei: Wei = Wei(0)
    shares: tuple[Share, ...] = ()
    skipped: tuple[GoodId, ...] = ()
    tx_hash: str = ""
    block: int = 0
    gas_used: int = 0
    reason: str = ""
    detail: str = ""
    money_moved: bool | None = False
    from_basket: bool = False  # drafted here, so its lines leave the basket when it is final


@dataclass(slots=True)
class Purse:
    """The market as last heard of: state is opening, open or down."""

    state: str = "opening"
    step: str = ""
    node_kind: str = ""
    chain_id: int = 0
    account: Address = Address("")
    balance_wei: Wei = Wei(0)
    play_money: bool = True
    block: int = 0
    round_trip_ms: float | None = None  # to the chain and back, when last asked


@dataclass(slots=True)
class World:
    """Everything. `places`, `goods`, `kit`, `templates` and `weights` are the catalogue; the rest happens in it.

    `Admit` adds to the catalogue; the dicts stay the same objects, so that whoever holds one sees what came.
    """

    places: dict[PlaceId, Place]
    goods: dict[GoodId, Good]
    place_id: PlaceId
    rng: Random
    kit: dict[PieceId, Piece] = field(default_factory=dict)
    templates: dict[TemplateId, Template] = field(default_factory=dict)
    weights: dict[str, Weight] = field(default_factory=dict)  # of pieces, goods, templates and pictures
    orchard_rules: OrchardRules | None = None  # of the catalogue; None where there are no orchards
    rooms: dict[PlaceId, Room] = field(default_factory=dict)  # the furnished ones of the places
    building: Building | None = None  # in build mode
    strokes: Strokes = field(default_factory=Strokes)  # of the home
    tick: int = 0
    body: Body = field(default_factory=Body)
    third_person: bool = False
    looks: Looks = DEFAULT_LOOKS
    sitting: Sitting | None = None  # meanwhile `body` waits where the player stood
    looked_at: StandId | None = None
    hand: Hand | None = None
    ghost: Ghost | None = None
    worn: dict[str, Worn] = field(default_factory=dict)  # by slot
    basket: dict[GoodId, int] = field(default_factory=dict)
    found_in: dict[GoodId, PlaceId] = field(default_factory=dict)  # where a basket good was seen: that room is paid
    found_offer: dict[GoodId, OfferHash] = field(default_factory=dict)  # where it is no maker's: a resale
    door_open: dict[DoorId, float] = field(default_factory=dict)  # 0 shut .. 1 open, doors of the current place
    owned: dict[GoodId, int] = field(default_factory=dict)
    stock: dict[GoodId, Stock] = field(default_factory=dict)
    wishes: tuple[GoodId, ...] = ()  # in the order in which they were wished for
    orders: dict[OrderId, Order] = field(default_factory=dict)
    history: tuple[PastOrder, ...] | None = None  # of all sessions, newest first; None before the market told it
    offers: dict[OfferHash, Listed] = field(default_factory=dict)  # the player's own, open
    moods: dict[PlaceId, str] = field(default_factory=dict)  # of places where it is not as their files say
    selling: dict[str, GoodId] = field(default_factory=dict)  # offers on their way to the market, by request
    purse: Purse = field(default_factory=Purse)
    trade: Trade = field(default_factory=Trade)
    orchard: Orchard = field(default_factory=Orchard)

    def mood_of(self, place: PlaceId) -> str:
        """The time of day or the weather in a place."""
        return self.moods.get(place, self.places[place].mood)

    @property
    def home(self) -> Room | None:
        """The player's own room, once it is known."""
        return self.rooms.get(HOME)

    @property
    def place(self) -> Place:
        """The place where the player is."""
        return self.places[self.place_id]


def new_world(
    places: dict[PlaceId, Place], goods: dict[GoodId, Good], *, start: PlaceId, seed: int, session: str = "",
    kit: dict[PieceId, Piece] | None = None, templates: dict[TemplateId, Template] | None = None,
    weights: dict[str, Weight] | None = None, orchard_rules: OrchardRules | None = None,
) -> World:  # fmt: skip
    """A world with the player at the spawn point of `start`; order ids derive from `seed` and `session`.

    The catalogue is copied: what is let into the world does not change the caller's.
    Raises GameError when there is no such place.
    """
    if start not in places:
        raise GameError(f"no place {start!r} to start in; known are {', '.join(places)}")
    spawn = places[start].spawn
    world = World(
        places=dict(places), goods=dict(goods), place_id=start, rng=Random(f"{seed}:{session}"), kit=dict(kit or {}),
        templates=dict(templates or {}), weights=dict(weights or {}), orchard_rules=orchard_rules,
    )  # fmt: skip
    world.body.pos_m = spawn.at_m
    world.body.yaw_rad = radians(spawn.yaw_deg)
    world.door_open = {door.id: 0.0 for door in places[start].doors}
    return world
