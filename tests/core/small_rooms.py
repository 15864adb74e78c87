"""A small kit and two templates, built in code, for the tests of furnished rooms."""

from game.core.goods import Vec3
from game.core.ids import DoorId, GoodId, ItemId, PieceId, PlaceId, TemplateId
from game.core.places import Door, Seat, Spot
from game.core.rooms import HOME_DOOR, Item, Lamp, Piece, Surface, Template, Wall
from tests.core.small import text

SHELF, TABLE, LAMP, FRAME = PieceId("shelf"), PieceId("table"), PieceId("lamp"), PieceId("frame")
BENCH, PENDANT, SIGN, SCREEN = PieceId("bench"), PieceId("pendant"), PieceId("sign"), PieceId("screen")


def _piece(piece_id: PieceId, group: str, size_m: Vec3, **more: object) -> Piece:
    return Piece(id=piece_id, group=group, name=text(piece_id), size_m=size_m, **more)  # type: ignore[arg-type]


KIT = {
    p.id: p
    for p in (
        _piece(
            SHELF, "shelves", (1.0, 0.4, 1.2), paints=("wood",),
            surfaces=(
                Surface(at_m=(0.0, 0.0, 0.1), size_m=(0.94, 0.36), height_m=0.5),
                Surface(at_m=(0.0, 0.0, 0.65), size_m=(0.94, 0.36), height_m=0.5),
                Surface(at_m=(0.0, 0.0, 1.2), size_m=(1.0, 0.4)),
            ),
        ),
        _piece(TABLE, "stands", (1.2, 0.8, 0.7), surfaces=(Surface(at_m=(0.0, 0.0, 0.7), size_m=(1.2, 0.8)),)),
        _piece(LAMP, "lamps", (0.2, 0.2, 0.4), rests="surface", solid=False, lamp=Lamp(at_m=(0.0, 0.0, 0.3))),
        _piece(FRAME, "pictures", (0.6, 0.04, 0.8), rests="wall", solid=False, picture=True, paints=("frame",)),
        _piece(BENCH, "seats", (1.2, 0.4, 0.45), seats=(Seat(at_m=(0.0, 0.0, 0.45), yaw_deg=180.0),)),
        _piece(PENDANT, "lamps", (0.4, 0.4, 0.6), rests="ceiling", solid=False, lamp=Lamp(at_m=(0.0, 0.0, 0.1))),
        _piece(SIGN, "words", (0.5, 0.02, 0.2), rests="any", solid=False, words=True),
        _piece(
            SCREEN, "walls", (2.0, 0.1, 2.2),
            walls=(
                Wall(at_m=(0.0, -0.05, 0.0), yaw_deg=180.0, width_m=2.0, height_m=2.2),
                Wall(at_m=(0.0, 0.05, 0.0), yaw_deg=0.0, width_m=2.0, height_m=2.2),
            ),
        ),
    )
}  # fmt: skip


def studio() -> Template:
    """Seven by six metres, its door in the east wall."""
    return Template(
        id=TemplateId("studio"),
        name=text("Studio"),
        size_m=(7.0, 6.0, 3.0),
        spawn=Spot(at_m=(2.5, -1.5, 0.0), yaw_deg=90.0),
        counter=Spot(at_m=(-2.5, 1.5, 0.0)),
        door=Door(
            id=HOME_DOOR, at_m=(3.5, -1.5, 0.0), yaw_deg=-90.0, width_m=0.9, to_place=PlaceId("street"),
            to_door=DoorId("home_front"), leaf="door_leaf",
        ),
        walls=(
            Wall(at_m=(0.0, 3.0, 0.0), yaw_deg=180.0, width_m=7.0, height_m=3.0),
            Wall(at_m=(-3.5, 0.0, 0.0), yaw_deg=-90.0, width_m=6.0, height_m=3.0),
        ),
        paints=("wall", "floor"),
    )  # fmt: skip


def hut() -> Template:
    """Three metres square, without walls to hang things on."""
    return Template(
        id=TemplateId("hut"),
        name=text("Hut"),
        size_m=(3.0, 3.0, 2.5),
        spawn=Spot(at_m=(0.0, -1.0, 0.0)),
        counter=Spot(at_m=(0.8, -1.0, 0.0)),
        door=Door(
            id=HOME_DOOR, at_m=(0.0, -1.5, 0.0), yaw_deg=180.0, width_m=0.9, to_place=PlaceId("street"),
            to_door=DoorId("home_front"), leaf="door_leaf",
        ),
        items=(item(1, TABLE, (0.0, 0.9)),),
    )  # fmt: skip


def item(number: int, what: str, at_m: tuple[float, ...], **more: object) -> Item:
    """Item `i<number>`: a piece of KIT, else a good; on the floor unless `at_m` has a height."""
    place_m = (at_m[0], at_m[1], at_m[2] if len(at_m) > 2 else 0.0)
    kind = {"piece": PieceId(what)} if what in KIT else {"good": GoodId(what)}
    return Item(id=ItemId(f"i{number}"), at_m=place_m, **kind, **more)  # type: ignore[arg-type]


TEMPLATES = {template.id: template for template in (studio(), hut())}
