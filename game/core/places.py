"""A place as its author lays it out: colliders, doors, stands, mirrors, counter. Metres, Z up, yaw in degrees in
files (0 faces +Y, counter-clockwise seen from above)."""

from msgspec import Struct

from game.core.goods import Text, Vec3
from game.core.ids import DoorId, GoodId, MakerId, PlaceId, StandId

MOODS = ("day", "dusk", "night", "rain")
"""Times of day and weathers, in the order in which one turns to the next."""
FLOORS = ("wood", "stone", "tile", "earth")
"""What one can walk on; each has its own footsteps."""
PLACE_KINDS = ("street", "shop", "room", "orchard")


class Box(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A solid box, turned about Z only. `climb_m` > 0 makes its top a ramp that rises by that much towards its +Y."""

    at_m: Vec3  # centre of its bottom face
    size_m: Vec3
    yaw_deg: float = 0.0
    climb_m: float = 0.0


class Door(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A door leaf that opens when someone comes near, and leads to a door of another place.

    `at_m` is the middle of its threshold; `yaw_deg` the direction that one faces when leaving this place by it.
    """

    id: DoorId
    at_m: Vec3
    yaw_deg: float
    width_m: float = 1.0
    height_m: float = 2.2
    to_place: PlaceId
    to_door: DoorId
    leaf: str = ""  # node of the place's model that swings; "" for an open passage


class Stand(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A spot on which one good is shown. A good may stand on several stands; they share its stock."""

    id: StandId
    good: GoodId
    at_m: Vec3  # where the good's origin (bottom centre) comes to rest
    yaw_deg: float = 0.0  # 0: the good's front faces -Y
    hung: bool = False  # on a hook, a rail or a bust: nothing solid need be beneath it


class Mirror(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A planar mirror; `at_m` is the bottom middle of the glass, `yaw_deg` the direction its glass faces."""

    at_m: Vec3
    yaw_deg: float
    width_m: float
    height_m: float


class Spot(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somewhere to stand, facing `yaw_deg`."""

    at_m: Vec3
    yaw_deg: float = 0.0


class Seat(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somewhere to sit; `at_m` is the middle of its top, `yaw_deg` where one looks who sits there."""

    at_m: Vec3
    yaw_deg: float = 0.0


class Terrain(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Rolling ground: heights in centimetres on a grid, rows from south to north, each from west to east."""

    at_m: tuple[float, float]  # the south-western corner
    cell_m: float
    heights_cm: tuple[tuple[int, ...], ...]


class Grove(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Trees of one species in rows along X: those of one plot, in the order of their indices; plot 0 the village's."""

    plot: int
    species: str
    step_m: float  # from tree to tree
    rows: tuple[tuple[float, float, int], ...]  # x and y of the first tree, how many
    hedge: bool = False  # one cannot pass between its trees


class Fixture(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A thing with a model of its own, assets/models/fixtures/<model>.glb; its colliders are the place's."""

    model: str
    at_m: Vec3
    yaw_deg: float = 0.0


class Place(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One place; one TOML file under scenes/places, its models in the folder assets/models/places/<id>."""

    id: PlaceId
    kind: str
    name: Text
    keeper: MakerId  # owns the room token and is paid the room share
    spawn: Spot
    counter: Spot | None = None  # where one pays
    desk: Spot | None = None  # where fruit is sent home from
    terrain: Terrain | None = None  # None: level ground at z = 0
    groves: tuple[Grove, ...] = ()
    colliders: tuple[Box, ...] = ()
    doors: tuple[Door, ...] = ()
    stands: tuple[Stand, ...] = ()
    mirrors: tuple[Mirror, ...] = ()
    seats: tuple[Seat, ...] = ()
    fixtures: tuple[Fixture, ...] = ()
    mood: str = "day"  # one of MOODS, as its author likes it best
    floor: str = "wood"  # one of FLOORS
    open_air: bool = False  # under the sky: rain and leaves fall here
