"""Build mode: what one can want of a room, and what the world knows of the work in hand.

Where a command has `ids`, () means what is selected. Positions are in the room, metres; turns in degrees.
"""

from dataclasses import dataclass, field

from msgspec import Struct

from game.core.budget import NOTHING, Weight
from game.core.changes import Change
from game.core.goods import Vec3
from game.core.ids import GoodId, ItemId, OfferHash, PieceId, TemplateId
from game.core.rooms import Item, Room

FITS = "fits"
MISFITS = ("overlaps", "out_of_room", "unreachable", "over_budget", "no_support", "too_large")
GRIDS_M = (0.0, 0.05, 0.25)
"""What positions may snap to; 0 is not at all."""
TURN_DEG = 15.0


class Fit(Struct, frozen=True, kw_only=True):
    """`kind` is FITS or one of MISFITS; `item` what is in the way, or what could not be reached any more."""

    kind: str = FITS
    item: ItemId = ItemId("")


YES = Fit()


@dataclass(slots=True, frozen=True)
class Snap:
    """What positions and turns keep to; 0 is anything."""

    grid_m: float = 0.05
    turn_deg: float = TURN_DEG


# --- what one can want ---------------------------------------------------------------------------------------------


class StartBuilding(Struct, frozen=True, kw_only=True, tag=True):
    """Begin to build, in one's home."""


class StopBuilding(Struct, frozen=True, kw_only=True, tag=True):
    """Stop building; what is carried goes back."""


class SelectItems(Struct, frozen=True, kw_only=True, tag=True):
    """Select items with their groups; `add` to what is selected, where those that are selected already are let go."""

    ids: tuple[ItemId, ...] = ()
    add: bool = False


class SetSnap(Struct, frozen=True, kw_only=True, tag=True):
    """What positions and turns snap to; `grid_m` is one of GRIDS_M, `turn_deg` 0 or 15."""

    grid_m: float = 0.05
    turn_deg: float = 15.0


class TakeNew(Struct, frozen=True, kw_only=True, tag=True):
    """Carry a new kit piece, or a good: a unit that one owns, or with an `offer` one that is shown for its seller."""

    piece: PieceId = PieceId("")
    good: GoodId = GoodId("")
    offer: OfferHash = OfferHash("")


class TakeUp(Struct, frozen=True, kw_only=True, tag=True):
    """Carry items that are in the room, with all that rests on them; with `stay` they wait for where to go."""

    ids: tuple[ItemId, ...] = ()
    stay: bool = False


class CarryTo(Struct, frozen=True, kw_only=True, tag=True):
    """What is carried goes to where a ray meets the room, and stays until the next; no `ray`: it follows the gaze."""

    origin_m: Vec3 = (0.0, 0.0, 0.0)
    ray: Vec3 | None = None


class TurnCarried(Struct, frozen=True, kw_only=True, tag=True):
    """Turn what is carried about its middle."""

    deg: float = 15.0


class NudgeCarried(Struct, frozen=True, kw_only=True, tag=True):
    """Shift what is carried from where it is, which it keeps from then on.

    Standing things go by `by_m[2]` up or down to the next surface there; hanging ones by so much.
    """

    by_m: Vec3


class BringCarried(Struct, frozen=True, kw_only=True, tag=True):
    """Bring what is carried to a spot, which it keeps from then on; None leaves it turned as it is.

    What stands comes to rest on the highest thing there that is not above `at_m`; what hangs stays on its wall.
    """

    at_m: Vec3
    yaw_deg: float | None = None


class Drop(Struct, frozen=True, kw_only=True, tag=True):
    """Set down what is carried, if it fits; `again` carries one more of a new thing."""

    again: bool = False


class PutAway(Struct, frozen=True, kw_only=True, tag=True):
    """Stop carrying; what was taken up is where it was."""


class PlaceItem(Struct, frozen=True, kw_only=True, tag=True):
    """Put a new thing at a spot: it settles on what is below `at_m`, or on the wall at its back."""

    piece: PieceId = PieceId("")
    good: GoodId = GoodId("")
    offer: OfferHash = OfferHash("")
    at_m: Vec3
    yaw_deg: float = 0.0


class MoveItems(Struct, frozen=True, kw_only=True, tag=True):
    """Shift items with what rests on them, and turn them about the middle of the items."""

    ids: tuple[ItemId, ...] = ()
    by_m: Vec3 = (0.0, 0.0, 0.0)
    turn_deg: float = 0.0


class DuplicateItems(Struct, frozen=True, kw_only=True, tag=True):
    """Copy items and what rests on them, shifted; with no `by_m` the copies are carried."""

    ids: tuple[ItemId, ...] = ()
    by_m: Vec3 | None = None


class RemoveItems(Struct, frozen=True, kw_only=True, tag=True):
    """Take items out of the room; what rests on them goes `along`, or falls onto what lies beneath."""

    ids: tuple[ItemId, ...] = ()
    along: bool = False


class GroupItems(Struct, frozen=True, kw_only=True, tag=True):
    """Make items one group."""

    ids: tuple[ItemId, ...] = ()


class UngroupItems(Struct, frozen=True, kw_only=True, tag=True):
    """Dissolve the groups of items."""

    ids: tuple[ItemId, ...] = ()


class AlignItems(Struct, frozen=True, kw_only=True, tag=True):
    """Align items; `how` is one of strokes.ALIGNMENTS."""

    ids: tuple[ItemId, ...] = ()
    how: str


class PaintItems(Struct, frozen=True, kw_only=True, tag=True):
    """Give a slot of items, or of the room itself, a paint (see `paints`); "" is its own again."""

    ids: tuple[ItemId, ...] = ()
    slot: str
    colour: str
    of_room: bool = False


class SetWords(Struct, frozen=True, kw_only=True, tag=True):
    """What signs and letters say."""

    ids: tuple[ItemId, ...] = ()
    words: str


class SetPicture(Struct, frozen=True, kw_only=True, tag=True):
    """What frames show: SHA-256 in hex of an image that the home keeps; "" for nothing."""

    ids: tuple[ItemId, ...] = ()
    picture: str


class SetLight(Struct, frozen=True, kw_only=True, tag=True):
    """Colour (kelvin) and brightness (0..2) of lamps; None leaves one as it is."""

    ids: tuple[ItemId, ...] = ()
    warmth_k: int | None = None
    glow: float | None = None


class SetOffer(Struct, frozen=True, kw_only=True, tag=True):
    """By which offer goods can be bought here: its hash, rooms.MAKERS_OFFER, or "" for none."""

    ids: tuple[ItemId, ...] = ()
    offer: OfferHash


class SetRoom(Struct, frozen=True, kw_only=True, tag=True):
    """Name, mood and light of the room; None leaves one as it is."""

    name: str | None = None
    mood: str | None = None
    warmth_k: int | None = None


class SetTemplate(Struct, frozen=True, kw_only=True, tag=True):
    """Move into another template; what does not fit there is put away. Without `keep` all is."""

    template: TemplateId
    keep: bool = True


class Furnish(Struct, frozen=True, kw_only=True, tag=True):
    """Furnish the home as another room is, such as a blueprint; goods that one does not own are left out."""

    room: Room


class Undo(Struct, frozen=True, kw_only=True, tag=True):
    """Take the last stroke back."""


class Redo(Struct, frozen=True, kw_only=True, tag=True):
    """Do again what was taken back last."""


BuildCommand = (
    StartBuilding | StopBuilding | SelectItems | SetSnap | TakeNew | TakeUp | CarryTo | TurnCarried | NudgeCarried
    | BringCarried | Drop | PutAway | PlaceItem | MoveItems | DuplicateItems | RemoveItems | GroupItems | UngroupItems
    | AlignItems | PaintItems | SetWords | SetPicture | SetLight | SetOffer | SetRoom | SetTemplate | Furnish
    | Undo | Redo
)  # fmt: skip


# --- what the world knows ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Carried:
    """What is carried: `items` where they would be set down, their ids those that they have in the room if `taken_up`.

    New things have ids that no room gives. `fit` says whether they may stay there.
    """

    items: tuple[Item, ...]
    taken_up: bool
    fit: Fit = YES
    ray: tuple[Vec3, Vec3] | None = None  # where to carry it; None follows the gaze
    pinned: bool = False  # it was nudged or brought to a spot, and keeps it
    seen: tuple[Vec3, Vec3] | None = None  # the ray by which it was settled last


@dataclass(slots=True)
class Building:
    """Build mode. `weight` is that of the room as it stands; see budget.ROOM_MAX."""

    selected: tuple[ItemId, ...] = ()
    snap: Snap = field(default_factory=Snap)
    carried: Carried | None = None
    weight: Weight = NOTHING


@dataclass(slots=True)
class Strokes:
    """What was done to the home and can be taken back, and what was taken back and can be done again; newest last."""

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)
    next_item: int = 1  # no id below it is given any more, not even one whose stroke was taken back
