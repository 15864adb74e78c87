"""Where things are in the street, for its model and its place file: metres, z up, turns in degrees."""

from dataclasses import dataclass

import numpy as np

from assets.studio.boutique_room import DOOR_Y
from assets.studio.palette import rgb

GATE_W, GATE_H = 2.2, 2.6
WEST, EAST, SOUTH, NORTH, SQUARE_Y, SQUARE_X = -5.0, 4.0, -14.0, 14.5, 7.0, -9.0


@dataclass(frozen=True, slots=True)
class Way:
    """A door of the street: where its threshold's middle is, which way one leaves, where to, and its leaf."""

    id: str
    to_place: str
    at: tuple[float, float]
    yaw_deg: float
    leaf: str = ""
    width: float = 0.9
    height: float = 2.26
    to_door: str = "street_front"


GALLERY_DOOR_Y, HOMEWARE_DOOR_Y, GATE_Y, HOME_DOOR_Y = 7.75, 0.2, 9.5, -11.6
WAYS = (
    Way("boutique_front", "boutique", (EAST, DOOR_Y), -90.0, "door_leaf"),
    Way("homeware_front", "homeware", (WEST, HOMEWARE_DOOR_Y), 90.0, "homeware_leaf"),
    Way("gallery_front", "gallery", (EAST, GALLERY_DOOR_Y), -90.0, "gallery_leaf"),
    Way("home_front", "home", (WEST, HOME_DOOR_Y), 90.0, "home_leaf"),
    Way("market_gate", "market", (SQUARE_X, GATE_Y), 90.0, "", GATE_W, GATE_H, "street_gate"),
)


def _leaf(way: Way) -> dict:
    """Where a leaf hangs: at the left of one who leaves through it, a hand's breadth behind the threshold."""
    out = 1.0 if way.yaw_deg < 0 else -1.0
    return {"hinge_m": [way.at[0] + 0.1 * out, way.at[1] + 0.45 * out, 0.0], "open_deg": 95.0}


LEAVES = {way.leaf: _leaf(way) for way in WAYS if way.leaf}

TREE_AT, CART_AT, CART_TURN = (-3.3, 10.4), (-3.5, 2.55), 38.0
LAMP_POSTS = ((2.55, -10.2), (2.55, 3.3), (-3.55, -3.9), (-3.4, 6.6), (1.2, 13.4))
PLANTERS = (  # x, y, width, tall, turn
    (3.62, -0.22, 1.5, False, 90),
    (3.62, 1.72, 1.5, False, 90),
    (3.6, -3.05, 0.42, True, 90),
    (3.6, 3.05, 0.42, True, 90),
    (3.62, 8.55, 0.42, True, 90),
    (-8.55, 7.5, 0.42, True, 90),
)
BENCHES = ((-4.55, 5.6, 90), (-0.6, 13.95, 0), (3.5, -11.6, -90))
TABLES = ((2.5, 10.7, 20.0, True), (2.35, 12.75, -35.0, False))  # x, y, turn, with a parasol
CRATES = ((-7.95, 7.75, 25, rgb("ea8a2c"), 0.055), (-7.9, 11.25, -20, rgb("f0a030"), 0.045))
BUCKETS = tuple((-4.55 + 0.22 * (k % 2), -8.75 + 0.36 * k) for k in range(8))

POTS = (  # x, y, radius, height: by the homeware store, under a lamp, beside the gate
    (WEST + 0.34, -0.62, 0.19, 0.6),
    (WEST + 0.34, 1.0, 0.19, 0.6),
    (3.05, 3.45, 0.22, 0.9),
    (SQUARE_X + 0.38, GATE_Y - 1.77, 0.24, 0.7),
    (SQUARE_X + 0.38, GATE_Y + 1.77, 0.24, 0.7),
)
FOUNTAIN_Y, POST_BOX_AT = 12.6, (-3.55, -13.55)
DWELLINGS_Y = (4.1,)  # the doors of the western houses without a shop that nobody opens


def beside(at: tuple[float, float], turn_deg: float, side: float) -> tuple[float, float]:
    """The point `side` metres along the X of something that stands at `at`, turned by degrees."""
    a = np.radians(turn_deg)
    return at[0] + side * float(np.cos(a)), at[1] + side * float(np.sin(a))
