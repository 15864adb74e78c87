"""A room that a player furnishes: kit pieces and goods on a template, and the place that one walks in for it.

Lengths are metres, Z up, yaw in degrees as in places. What a piece or a template says of itself is in its own space:
of a piece the middle of its bottom, with its front to -Y; of a template the middle of its floor.
"""

from collections.abc import Container, Iterator, Mapping
from math import cos, radians, sin

from msgspec import Struct

from game.core.goods import Good, Text, Vec3
from game.core.ids import HOME, DoorId, GoodId, ItemId, MakerId, OfferHash, PieceId, PlaceId, StandId, TemplateId
from game.core.places import Box, Door, Mirror, Place, Seat, Spot, Stand

PLAYER = MakerId("player")  # keeps the home until their account is known
HOME_DOOR = DoorId("street_front")  # of every template; the street's door to the home leads to it
RESTS = ("floor", "wall", "ceiling", "surface", "any")
GROUPS = ("walls", "floors", "doors", "shelves", "stands", "lamps", "plants", "signs", "words", "pictures", "seats")
"""The tray's drawers for kit pieces, in their order."""
MAKERS_OFFER = OfferHash("maker")  # an item's `offer`: the good's maker sells it here, the room has its share
FLAT_M = 0.03  # what is no higher, such as a rug, is stood upon rather than bumped into
FLAT_TOPS = ("book", "rug")  # kinds of goods on which other things may rest
SEAT_M = 0.45  # height of the seat of a chair that says nothing of it
WALL_M = 0.3
BEHIND_DOOR_M = 0.5  # from the threshold to what closes the gap behind a door


class Surface(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A level rectangle on a piece where things rest; `at_m` is its middle.

    `height_m` is what is free above it, 0 for no end. Where it is `hung` things hang below it by their tops.
    """

    at_m: Vec3
    size_m: tuple[float, float]
    height_m: float = 0.0
    hung: bool = False


class Wall(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An upright rectangle where things hang; `at_m` is the middle of its lower edge, `yaw_deg` where it faces."""

    at_m: Vec3
    yaw_deg: float = 0.0
    width_m: float
    height_m: float


class Lamp(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The light that a piece gives: `power` 1 is a table lamp, at `reach_m` nothing of it is left."""

    at_m: Vec3
    power: float = 1.0
    reach_m: float = 4.0


class Piece(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kit piece that anyone may place as often as they like: scenes/kit/<id>.toml, assets/models/kit/<id>.glb.

    `rests` is one of RESTS: `floor` and `surface` say where it stands (what stands on surfaces stands on the floor as
    well), `any` stands, or hangs on walls.
    """

    id: PieceId
    group: str  # one of GROUPS
    name: Text
    size_m: Vec3  # width (x), depth (y), height (z) of its bounding box
    rests: str = "floor"
    solid: bool = True  # one bumps into it: into `boxes`, or its bounding box where there are none
    boxes: tuple[Box, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    walls: tuple[Wall, ...] = ()
    paints: tuple[str, ...] = ()  # names of the materials of its model that can be painted
    lamp: Lamp | None = None
    words: bool = False  # it shows words of the player's
    picture: bool = False  # it shows a picture of the player's
    seats: tuple[Seat, ...] = ()
    mirror: Mirror | None = None


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One thing in a room: a kit piece or a good, of which exactly one is named.

    `at_m` is the middle of its bottom in the room; `on` is what it rests on and moves along with, "" the room itself.
    A good with an `offer`, MAKERS_OFFER or the hash of one, can be bought here; without one it is only shown.
    """

    id: ItemId
    piece: PieceId = PieceId("")
    good: GoodId = GoodId("")
    at_m: Vec3
    yaw_deg: float = 0.0
    on: ItemId = ItemId("")
    group: str = ""  # items of one group are taken together
    paint: dict[str, str] = {}  # slot: paint, see `paints`; msgspec copies it
    words: str = ""
    picture: str = ""  # SHA-256 in hex of an image
    warmth_k: int = 2700  # colour of its light, kelvin
    glow: float = 1.0  # brightness of its light, 0..2
    offer: OfferHash = OfferHash("")


class Template(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An empty room to begin with: scenes/templates/<id>.toml, models in assets/models/places/room_<id>.

    Its walls stand around the inner box `size_m`, with a gap for the door; `walls` are where things hang, `colliders`
    what else stands fast. `items` are there at the beginning and can be moved and removed like any.
    """

    id: TemplateId
    name: Text
    size_m: Vec3
    spawn: Spot
    counter: Spot
    door: Door
    walls: tuple[Wall, ...] = ()
    colliders: tuple[Box, ...] = ()
    paints: tuple[str, ...] = ()  # such as "wall" and "floor"
    mood: str = "day"
    floor: str = "wood"
    open_air: bool = False
    items: tuple[Item, ...] = ()


class Room(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A room as its owner left it. Items keep their order; `next_item` numbers the next one."""

    id: PlaceId
    name: str
    template: TemplateId
    mood: str = "day"
    paint: dict[str, str] = {}
    warmth_k: int = 2700
    items: tuple[Item, ...] = ()
    next_item: int = 1


def new_room(template: Template, *, name: str, room_id: PlaceId = HOME) -> Room:
    """A room as its template has it at first."""
    return Room(
        id=room_id, name=name, template=template.id, mood=template.mood, items=template.items,
        next_item=1 + max((number_of(item.id) for item in template.items), default=0),
    )  # fmt: skip


def number_of(item: ItemId) -> int:
    """The number in an item's id; 0 where it has none."""
    return int(item[1:]) if item[:1] == "i" and item[1:].isascii() and item[1:].isdigit() else 0


def size_of(item: Item, kit: Mapping[PieceId, Piece], goods: Mapping[GoodId, Good]) -> Vec3 | None:
    """Width, depth and height of an item; None when nothing is known of what it is."""
    known = kit.get(item.piece) if item.piece else goods.get(item.good)
    return known.size_m if known is not None else None


def placed_m(item: Item, point_m: Vec3) -> Vec3:
    """Where a point of an item's own space is in the room."""
    c, s = cos(radians(item.yaw_deg)), sin(radians(item.yaw_deg))
    x, y, z = point_m
    return item.at_m[0] + x * c - y * s, item.at_m[1] + x * s + y * c, item.at_m[2] + z


def boxes_of(item: Item, kit: Mapping[PieceId, Piece]) -> Iterator[Box]:
    """What one bumps into of an item, in the room. Goods are walked through, as in shops."""
    piece = kit.get(item.piece)
    if piece is None or not piece.solid:
        return
    if not piece.boxes:
        yield Box(at_m=item.at_m, size_m=piece.size_m, yaw_deg=item.yaw_deg)
    for box in piece.boxes:
        yield Box(
            at_m=placed_m(item, box.at_m), size_m=box.size_m, yaw_deg=item.yaw_deg + box.yaw_deg, climb_m=box.climb_m
        )


def seats_of(item: Item, kit: Mapping[PieceId, Piece], goods: Mapping[GoodId, Good]) -> Iterator[Seat]:
    """Where one can sit on an item. A chair's sitter looks where its front does."""
    piece, good = kit.get(item.piece), goods.get(item.good)
    for seat in piece.seats if piece is not None else ():
        yield Seat(at_m=placed_m(item, seat.at_m), yaw_deg=item.yaw_deg + seat.yaw_deg)
    if good is not None and good.kind == "chair":
        yield Seat(at_m=placed_m(item, (0.0, 0.0, min(SEAT_M, good.size_m[2]))), yaw_deg=item.yaw_deg + 180.0)


def surfaces_of(item: Item, kit: Mapping[PieceId, Piece], goods: Mapping[GoodId, Good]) -> tuple[Surface, ...]:
    """Where things rest on an item, in its own space; on what is flat, all over."""
    if item.piece:
        piece = kit.get(item.piece)
        if piece is None or piece.surfaces or piece.size_m[2] > FLAT_M or piece.rests == "wall":
            return piece.surfaces if piece is not None else ()
        return (Surface(at_m=(0.0, 0.0, piece.size_m[2]), size_m=piece.size_m[:2]),)
    good = goods.get(item.good)
    if good is None or good.kind not in FLAT_TOPS or good.hangs:
        return ()
    x, y, z = good.size_m
    return (Surface(at_m=(0.0, 0.0, z), size_m=(x, y)),)


def stand_of(item: Item, goods: Mapping[GoodId, Good]) -> Stand | None:
    """The stand of a good in a room, named like its item; None for a piece and for a good that is not known."""
    good = goods.get(item.good)
    if good is None:
        return None
    return Stand(id=StandId(item.id), good=good.id, at_m=item.at_m, yaw_deg=item.yaw_deg, hung=good.hangs)


def place_of(
    room: Room, template: Template, kit: Mapping[PieceId, Piece], goods: Mapping[GoodId, Good], *,
    keeper: MakerId = PLAYER, absent: Container[ItemId] = (),
) -> Place:  # fmt: skip
    """The place that one walks in: colliders, seats, mirrors, and a stand for each good item that is not `absent`.

    Items of which nothing is known take no room.
    """
    mirrors: list[Mirror] = []
    for item in room.items:
        piece = kit.get(item.piece)
        if piece is not None and piece.mirror is not None:
            own = piece.mirror
            mirrors.append(
                Mirror(at_m=placed_m(item, own.at_m), yaw_deg=item.yaw_deg + own.yaw_deg, width_m=own.width_m,
                       height_m=own.height_m)
            )  # fmt: skip
    stands = (stand_of(item, goods) for item in room.items if item.id not in absent)
    return Place(
        id=room.id,
        kind="room",
        name=Text(en=room.name, zh=room.name),
        keeper=keeper,
        spawn=template.spawn,
        counter=template.counter,
        colliders=(*shell_of(template), *(box for item in room.items for box in boxes_of(item, kit))),
        doors=(template.door,),
        stands=tuple(stand for stand in stands if stand is not None),
        mirrors=tuple(mirrors),
        seats=tuple(seat for item in room.items for seat in seats_of(item, kit, goods)),
        mood=room.mood,
        floor=template.floor,
        open_air=template.open_air,
    )


def shell_of(template: Template) -> tuple[Box, ...]:
    """The fixed colliders of a template: four walls around its inner box, what closes its door, and its own."""
    width, depth, height = template.size_m
    height = max(height, 3.0)
    door = template.door
    boxes: list[Box] = []
    for yaw_deg, length_m, away_m in (
        (0.0, width, depth / 2), (180.0, width, depth / 2), (90.0, depth, width / 2), (-90.0, depth, width / 2)
    ):  # fmt: skip
        ahead = (-sin(radians(yaw_deg)), cos(radians(yaw_deg)))
        right = (ahead[1], -ahead[0])
        middle_m = away_m + WALL_M / 2
        half_m = length_m / 2 + WALL_M
        gaps = [(-half_m, half_m)]
        if cos(radians(door.yaw_deg - yaw_deg)) > 0.9:
            aside_m = door.at_m[0] * right[0] + door.at_m[1] * right[1]
            gaps = [(-half_m, aside_m - door.width_m / 2), (aside_m + door.width_m / 2, half_m)]
            behind_m = away_m + BEHIND_DOOR_M + WALL_M / 2
            boxes.append(_upright(ahead, right, behind_m, aside_m, door.width_m + 0.4, height, yaw_deg))
        for low_m, high_m in gaps:
            if high_m - low_m > 1e-6:
                boxes.append(_upright(ahead, right, middle_m, (low_m + high_m) / 2, high_m - low_m, height, yaw_deg))
    return (*boxes, *template.colliders)


def _upright(
    ahead: tuple[float, float], right: tuple[float, float], away_m: float, aside_m: float, length_m: float,
    height_m: float, yaw_deg: float,
) -> Box:  # fmt: skip
    x_m = round(ahead[0] * away_m + right[0] * aside_m, 6)
    y_m = round(ahead[1] * away_m + right[1] * aside_m, 6)
    return Box(at_m=(x_m, y_m, 0.0), size_m=(length_m, WALL_M, height_m), yaw_deg=yaw_deg)
