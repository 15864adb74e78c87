"""The street's place file: house fronts and street furniture as colliders, and the boutique's door."""

from math import cos, radians, sin

from assets.studio import street
from assets.studio.boutique_room import DOOR_HALF, DOOR_Y
from assets.studio.layout import Layout

HEAD = """
# The market street at noon, its shops closed but one.
id = "street"
kind = "street"
name = { en = "Loquat Street", zh = "枇杷街" }
keeper = "street_guild"
mood = "day"
open_air = true

[spawn]
at_m = [-2.9, -7.4, 0.0]
yaw_deg = -30.0
"""
TALL = 4.0


def layout(sizes: dict[str, tuple[float, float, float]]) -> Layout:
    """The whole file; no goods stand in the street, so `sizes` is not asked."""
    out = Layout(HEAD)
    south, north = DOOR_Y - DOOR_HALF, DOOR_Y + DOOR_HALF
    for what, y0, y1 in (
        ("east houses, south of the boutique's door", street.SOUTH, south),
        ("east houses, north of the boutique's door", north, street.NORTH),
    ):
        out.solid(what, (street.EAST + 0.3, (y0 + y1) / 2, 0), (0.6, y1 - y0, TALL))
    out.solid("behind the boutique's door", (street.EAST + 0.6, DOOR_Y, 0), (0.2, 1.2, TALL))
    mid = (street.SOUTH + street.SQUARE_Y) / 2
    out.solid("west houses", (street.WEST - 0.3, mid, 0), (0.6, street.SQUARE_Y - street.SOUTH, TALL))
    wide = street.WEST - street.SQUARE_X
    out.solid(
        "house on the square", ((street.WEST + street.SQUARE_X) / 2 - 0.3, street.SQUARE_Y - 0.3, 0), (wide, 0.6, TALL)
    )
    deep = street.NORTH - street.SQUARE_Y
    out.solid("west of the square", (street.SQUARE_X - 0.3, street.SQUARE_Y + deep / 2, 0), (0.6, deep + 1.2, TALL))
    out.solid(
        "south end",
        ((street.WEST + street.EAST) / 2, street.SOUTH - 0.3, 0),
        (street.EAST - street.WEST + 1.2, 0.6, TALL),
    )
    span = street.EAST - street.SQUARE_X
    out.solid("lookout wall", ((street.EAST + street.SQUARE_X) / 2, street.NORTH + 0.15, 0), (span + 1.2, 0.36, TALL))
    for y0, y1, f in street.EAST_FRONTS:
        if f.ground == "shop":
            _step(out, street.EAST - 0.17, (y0 + y1) / 2 - ((f.width - 0.9) / 2 - 0.55))
    for y0, y1, f in street.WEST_FRONTS:
        shift = (f.width - 0.9) / 2 - 0.55 if f.ground == "shop" else 0.0
        _step(out, street.WEST + 0.17, (y0 + y1) / 2 + shift)
        if f.ground == "house":
            for side in (-0.9, 0.9):
                out.solid("pot", (street.WEST + 0.3, (y0 + y1) / 2 + side, 0), (0.4, 0.4, 0.6))
    x, y = street.TREE_AT
    for turn in (0.0, 45.0):
        out.solid("ring bench", (x, y, 0), (2.2, 2.2, 0.46), turn)
    for turn in range(0, 360, 45):
        aside, ahead = -1.08 * sin(radians(turn)), 1.08 * cos(radians(turn))
        out.seats.append(((x + aside, y + ahead, 0.46), float(turn)))
    out.solid("loquat tree", (x, y, 0), (0.5, 0.5, 3.0))
    out.solid("fruit cart", (*street.CART_AT, 0), (2.1, 1.15, 2.2), street.CART_TURN)
    out.solid("chalk board", (2.75, -3.35, 0), (0.58, 0.4, 0.95), -62.0)
    for x, y in street.LAMP_POSTS:
        out.solid("lamp post", (x, y, 0), (0.26, 0.26, 3.2))
    for x, y, w, tall in street.PLANTERS:
        out.solid("planter", (x, y, 0), (0.46, w + 0.04, 1.6 if tall else 0.75))
    for x, y, _ in street.BENCHES:
        out.solid("bench", (x, y, 0), (0.55, 1.5, 0.9))
        facing = 1.0 if x > 0 else -1.0  # away from the front that it stands against
        out.seats += [((x - 0.06 * facing, y + side, 0.44), 90.0 * facing) for side in (-0.38, 0.38)]
    out.solid("fountain", (street.SQUARE_X + 0.46, 12.6, 0), (0.92, 1.5, 1.0))
    out.solid("bicycle", (3.45, -5.0, 0), (0.5, 1.75, 1.05))
    for x, y in ((3.5, 4.1), (-4.55, -4.9), (-4.5, -5.6)):
        out.solid("crate of fruit", (x, y, 0), (0.48, 0.62, 0.32))
    out.doors.append(
        {
            "id": "boutique_front",
            "at_m": (street.EAST, DOOR_Y, 0.0),
            "yaw_deg": -90.0,
            "width_m": 0.9,
            "height_m": 2.26,
            "to_place": "boutique",
            "to_door": "street_front",
            "leaf": "door_leaf",
        }
    )
    return out


def _step(out: Layout, x: float, y: float) -> None:
    out.solid("door step", (x, y, 0), (0.36, 1.16, 0.12))
