"""The street's place file: house fronts and street furniture as colliders, seats, and the doors to the shops."""

from math import cos, radians, sin

from assets.studio import fixture_orchard_gate as gate
from assets.studio import street_plan as plan
from assets.studio.layout import ROOT, Layout

HEAD = """
# The market street at noon: the boutique, the homeware store, the gallery and the fruit market are open.
id = "street"
kind = "street"
name = { en = "Loquat Street", zh = "枇杷街" }
keeper = "street_guild"
mood = "day"
open_air = true
floor = "stone"

[spawn]
at_m = [-2.9, -7.4, 0.0]
yaw_deg = -30.0

[[fixtures]]
model = "orchard_gate"
at_m = [-7.1, 14.05, 0.0]
"""
ORCHARD_GATE = (-7.1, 14.05, 0.0)
TALL = 4.0


def layout(sizes: dict[str, tuple[float, float, float]]) -> Layout:
    """The whole file; no goods stand here, so `sizes` is not asked. A door waits until its place has a file."""
    out = Layout(HEAD)
    ways = [way for way in plan.WAYS if _is_there(way.to_place)]
    _row(out, "east houses", plan.EAST, 1.0, plan.SOUTH, plan.NORTH, ways)
    _row(out, "west houses", plan.WEST, -1.0, plan.SOUTH, plan.SQUARE_Y, ways)
    _row(out, "west of the square", plan.SQUARE_X, -1.0, plan.SQUARE_Y - 0.6, plan.NORTH + 0.6, ways)
    wide = plan.WEST - plan.SQUARE_X
    mid = (plan.WEST + plan.SQUARE_X) / 2
    out.solid("house on the square", (mid - 0.3, plan.SQUARE_Y - 0.3, 0), (wide, 0.6, TALL))
    span = plan.EAST - plan.WEST
    out.solid("south end", ((plan.WEST + plan.EAST) / 2, plan.SOUTH - 0.3, 0), (span + 1.2, 0.6, TALL))
    span, mid = plan.EAST - plan.SQUARE_X, (plan.EAST + plan.SQUARE_X) / 2
    out.solid("lookout wall", (mid, plan.NORTH + 0.15, 0), (span + 1.2, 0.36, TALL))
    _dwellings(out)
    _furniture(out)
    _orchard_gate(out)
    for way in ways:
        out.doors.append(
            {
                "id": way.id,
                "at_m": (*way.at, 0.0),
                "yaw_deg": way.yaw_deg,
                "width_m": way.width,
                "height_m": way.height,
                "to_place": way.to_place,
                "to_door": way.to_door,
                "leaf": way.leaf,
            }
        )
    return out


def _orchard_gate(out: Layout) -> None:
    """The gate at the lookout, before the balustrade, whose model is its own."""
    if not _is_there("orchard"):
        return
    x, y, z = ORCHARD_GATE
    for side in (-1, 1):
        out.solid("pillar of the orchard's gate", (x + side * (gate.WIDE_M / 2 + 0.24), y, z), (0.46, 0.46, TALL))
    out.doors.append(
        {
            "id": "orchard_gate", "at_m": ORCHARD_GATE, "yaw_deg": 0.0, "width_m": gate.WIDE_M, "height_m": 2.6,
            "to_place": "orchard", "to_door": "street_gate", "leaf": gate.LEAF,
        }
    )  # fmt: skip


def _is_there(place: str) -> bool:
    scenes = ROOT / "scenes"
    return any((scenes / "templates").glob("*.toml")) if place == "home" else (scenes / f"places/{place}.toml").exists()


def _row(out: Layout, what: str, face_x: float, inward: float, y0: float, y1: float, ways: list[plan.Way]) -> None:
    """A row of houses whose fronts stand on x = face_x, with a gap at each of its doors and a block behind the gap."""
    here = sorted((way for way in ways if way.at[0] == face_x), key=lambda way: way.at[1])
    ends = [y0, *(y for way in here for y in (way.at[1] - way.width / 2, way.at[1] + way.width / 2)), y1]
    for k in range(0, len(ends), 2):
        a, b = ends[k], ends[k + 1]
        out.solid(what, (face_x + 0.3 * inward, (a + b) / 2, 0), (0.6, b - a, TALL))
    for way in here:
        out.solid(f"behind {way.id}", (face_x + 0.6 * inward, way.at[1], 0), (0.2, way.width + 0.3, TALL))


def _dwellings(out: Layout) -> None:
    """Steps and pots of the houses without a shop."""
    for y in plan.DWELLINGS_Y:
        out.solid("door step", (plan.WEST + 0.17, y, 0), (0.36, 1.16, 0.12))
        for side in (-0.9, 0.9):
            out.solid("pot", (plan.WEST + 0.3, y + side, 0), (0.45, 0.45, 0.65))
    for side in (-0.9, 0.9):
        out.solid("pot", (plan.WEST + 0.3, plan.HOME_DOOR_Y + side, 0), (0.45, 0.45, 0.65))
    x = (plan.WEST + plan.SQUARE_X) / 2
    out.solid("door step", (x, plan.SQUARE_Y + 0.17, 0), (1.16, 0.36, 0.12))
    for side in (-0.9, 0.9):
        out.solid("pot", (x + side, plan.SQUARE_Y + 0.3, 0), (0.45, 0.45, 0.65))


def _furniture(out: Layout) -> None:
    x, y = plan.TREE_AT
    for turn in (0.0, 45.0):
        out.solid("ring bench", (x, y, 0), (2.2, 2.2, 0.46), turn)
    for turn in range(0, 360, 45):
        aside, ahead = -1.08 * sin(radians(turn)), 1.08 * cos(radians(turn))
        out.seats.append(((x + aside, y + ahead, 0.46), float(turn)))
    out.solid("loquat tree", (x, y, 0), (0.5, 0.5, 3.0))
    out.solid("fruit cart", (*plan.CART_AT, 0), (2.1, 1.15, 2.2), plan.CART_TURN)
    out.solid("chalk board", (2.75, -3.35, 0), (0.58, 0.4, 0.95), -62.0)
    for x, y in plan.LAMP_POSTS:
        out.solid("lamp post", (x, y, 0), (0.26, 0.26, 3.2))
    for x, y, w, tall, turn in plan.PLANTERS:
        out.solid("planter", (x, y, 0), (w + 0.04, 0.46, 1.6 if tall else 0.75), turn)
    for x, y, turn in plan.BENCHES:
        out.solid("bench", (x, y, 0), (1.5, 0.55, 0.9), turn)
        forward = plan.beside((x, y), turn - 90.0, 0.06)
        for side in (-0.38, 0.38):
            out.seats.append(((*plan.beside(forward, turn, side), 0.44), (turn + 360.0) % 360.0 - 180.0))
    for x, y, turn, _ in plan.TABLES:
        out.solid("café table", (x, y, 0), (0.7, 0.7, 0.75), turn)
        for side in (-0.66, 0.66):
            cx, cy = plan.beside((x, y), turn, side)
            out.solid("chair", (cx, cy, 0), (0.42, 0.42, 0.46), turn)
            out.seats.append(((cx, cy, 0.47), turn + (90.0 if side > 0 else -90.0)))  # towards the table
    for x, y, r, h in plan.POTS:
        out.solid("pot", (x, y, 0), (2.2 * r, 2.2 * r, h))
    ys = [y for _, y in plan.BUCKETS]
    out.solid("buckets of flowers", (-4.44, (min(ys) + max(ys)) / 2, 0), (0.6, max(ys) - min(ys) + 0.34, 0.5))
    out.solid("fountain", (plan.SQUARE_X + 0.46, plan.FOUNTAIN_Y, 0), (0.92, 1.5, 1.0))
    out.solid("bicycle", (3.45, -5.0, 0), (0.5, 1.75, 1.05))
    out.solid("letter box", (*plan.POST_BOX_AT, 0), (0.44, 0.44, 1.4))
    for x, y, *_ in plan.CRATES:
        out.solid("crate of fruit", (x, y, 0), (0.48, 0.62, 0.32))
