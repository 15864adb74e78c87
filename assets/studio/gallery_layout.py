"""The gallery's place file: walls and furniture as colliders, door, counter, and a stand for every work."""

from collections import Counter
from math import cos, radians, sin

from assets.studio import gallery as g
from assets.studio.gallery_front import DOOR_H, DOOR_HALF, DOOR_Y
from assets.studio.gallery_furniture import BORNE_R, DESK_M
from assets.studio.gallery_room import (
    ARCH_W,
    ARCH_Y,
    CAB_H,
    CAB_X0,
    CAB_X1,
    CAB_Y0,
    CAB_Y1,
    EAST,
    NORTH,
    SOUTH,
    SPRING,
    WEST,
)
from assets.studio.layout import Layout

HEAD = """
# The gallery: one plum wall, a slot of sky in the vault, a courtyard with a fig, and a blue cabinet for small things.
id = "gallery"
kind = "shop"
name = { en = "The Gallery", zh = "画廊" }
keeper = "ada_lind"
mood = "day"

[spawn]
at_m = [-3.7, -1.9, 0.0]
yaw_deg = -58.0

[counter]
at_m = [0.72, -1.55, 0.0]
yaw_deg = -90.0
"""


def layout(sizes: dict[str, tuple[float, float, float]]) -> Layout:
    """The whole file; every good's place is fixed, so `sizes` is not asked."""
    out = Layout(HEAD)
    h = SPRING
    mid_x = (WEST + EAST) / 2
    out.solid("plum wall", (mid_x, NORTH + 0.15, 0), (EAST - WEST + 0.6, 0.3, h))
    out.solid("courtyard wall", (mid_x, SOUTH - 0.15, 0), (EAST - WEST + 0.6, 0.3, h))
    south, north = DOOR_Y - DOOR_HALF, DOOR_Y + DOOR_HALF
    for what, y0, y1 in (("south", SOUTH - 0.3, south), ("north", north, NORTH + 0.3)):
        out.solid(f"street wall {what} of the door", (WEST - 0.15, (y0 + y1) / 2, 0), (0.3, y1 - y0, h))
    out.solid("behind the door", (WEST - 0.6, DOOR_Y, 0), (0.2, 1.2, h))
    thick = CAB_X0 - EAST
    for what, y0, y1 in (("south", SOUTH, ARCH_Y - ARCH_W / 2), ("north", ARCH_Y + ARCH_W / 2, NORTH)):
        out.solid(f"wall {what} of the arch", ((EAST + CAB_X0) / 2, (y0 + y1) / 2, 0), (thick, y1 - y0, h))
    mid_x, mid_y = (CAB_X0 + CAB_X1) / 2, (CAB_Y0 + CAB_Y1) / 2
    out.solid("cabinet's far wall", (CAB_X1 + 0.15, mid_y, 0), (0.3, CAB_Y1 - CAB_Y0 + 0.6, CAB_H))
    for what, y in (("north", CAB_Y1 + 0.15), ("south", CAB_Y0 - 0.15)):
        out.solid(f"cabinet's {what} wall", (mid_x, y, 0), (CAB_X1 - CAB_X0, 0.3, CAB_H))
    for turn in (0.0, 45.0):
        out.solid("round settee", (*g.BORNE_AT, 0), (1.42 * BORNE_R, 1.42 * BORNE_R, 0.44), turn)
    for turn in range(0, 360, 45):
        aside, ahead = -0.56 * sin(radians(turn)), 0.56 * cos(radians(turn))
        out.seats.append(((g.BORNE_AT[0] + aside, g.BORNE_AT[1] + ahead, 0.44), float(turn)))
    out.solid("its column", (*g.BORNE_AT, 0), (0.42, 0.42, 1.02))
    w, d, top = DESK_M
    out.solid("desk", (*g.DESK_AT, 0), (w + 0.06, d + 0.06, top), g.DESK_TURN)
    out.solid("wrapped pictures", (EAST - 0.18, -2.6, 0), (0.36, 0.95, 0.8))
    for x, y, long, turn in g.BENCHES:
        out.solid("bench", (x, y, 0), (long, 0.43, 0.45), turn)
        for side in (-long / 4, long / 4):
            out.seats.append(((x + side, y, 0.45), 0.0))
    for name, ((x, y), tall, half) in g.PLINTHS.items():
        wide = 2 * half + (0.22 if name == "slab" else 0.0)
        out.solid(f"{name} plinth", (x, y, 0), (wide, wide, tall))
    for x, y, tall in g.STEPS:
        out.solid("show window", (x, y, 0), (0.46, 0.6, tall))
    for x, y, tall, pot in g.PLANTS:
        out.solid("plant", (x, y, 0), (2.2 * pot, 2.2 * pot, tall * 0.7))
    out.solid("column of the hare", (*g.NICHE_AT, 0), (0.36, 0.36, 1.0))
    out.solid("low block", (CAB_X1 - 0.22, CAB_Y1 - 0.26, 0), (0.3, 0.3, 0.5))
    for x, y, turn, long, heights in g.LEDGES:
        for z in heights:
            side = -1 if turn else 1
            out.solid("ledge", (x, y - side * 0.13, z - 0.036), (long, 0.26, 0.036))
    out.doors.append(
        {
            "id": "street_front", "at_m": (WEST, DOOR_Y, 0.0), "yaw_deg": 90.0, "width_m": 2 * DOOR_HALF,
            "height_m": DOOR_H, "to_place": "street", "to_door": "gallery_front", "leaf": "door_leaf",
        }
    )  # fmt: skip
    seen: Counter[str] = Counter()
    for shown in g.shown_goods():
        seen[shown.good] += 1
        out.stands.append((f"{shown.good}_{seen[shown.good]}", shown.good, shown.at, shown.yaw_deg))
    return out
