"""The boutique's place file: walls and furniture as colliders, door, mirror, counter, and a stand for every facing."""

from collections import Counter

from assets.studio import boutique as shop
from assets.studio.boutique_room import CEILING_M, DOOR_HALF, DOOR_Y
from assets.studio.layout import Layout

HEAD = """
# The boutique on the street: hats, cloth, leather, things for the home, and Old Wu's fruit by the till.
id = "boutique"
kind = "shop"
name = { en = "The Boutique", zh = "时装店" }
keeper = "hana_mori"
mood = "day"

[spawn]
at_m = [-3.1, -2.1, 0.0]
yaw_deg = -66.0

[counter]
at_m = [1.95, 0.02, 0.0]
yaw_deg = 0.0
"""


def layout(sizes: dict[str, tuple[float, float, float]]) -> Layout:
    """The whole file, with garments hung by their real heights (`sizes`, metres)."""
    out = Layout(HEAD)
    h = CEILING_M
    out.solid("back wall", (0, 3.15, 0), (8.6, 0.3, h))
    out.solid("south wall", (0, -3.15, 0), (8.6, 0.3, h))
    out.solid("east wall", (4.15, 0, 0), (0.3, 6.6, h))
    south, north = DOOR_Y - DOOR_HALF, DOOR_Y + DOOR_HALF
    out.solid("street wall south of the door", (-4.15, (south - 3.3) / 2, 0), (0.3, south + 3.3, h))
    out.solid("street wall north of the door", (-4.15, (north + 3.3) / 2, 0), (0.3, 3.3 - north, h))
    out.solid("behind the door", (-4.6, DOOR_Y, 0), (0.2, 1.2, h))
    for name, (x, y, turn, _) in shop.NICHES.items():
        out.solid(f"niche of {name}", (x, y - 0.21 if turn == 0 else y + 0.21, 0), (1.4, 0.42, 2.5))
    out.solid("counter", (*shop.COUNTER_AT, 0), (2.24, 0.8, 0.98))
    out.solid("round table", (*shop.TABLE_AT, 0), (1.0, 1.0, 0.74))
    out.solid("window platform", (*shop.WINDOW_AT, 0), (0.66, 3.6, 0.3))
    out.solid("fruit table", (*shop.FRUIT_AT, 0), (0.8, 1.36, 0.78))
    out.solid("stage for chairs", (*shop.STAGE_AT, 0), (1.3, 1.6, 0.9))
    out.solid("sideboard", (shop.SIDE_AT[0], shop.SIDE_AT[1] + 0.22, 0), (1.74, 0.46, 0.8))
    out.solid("clothes rail", (*shop.RAIL_AT, 0), (1.56, 0.56, 1.64))
    out.solid("mirror", (shop.GLASS_AT[0], 2.97, 0), (0.96, 0.1, 2.2))
    out.solid("pouf", (-2.5, 1.35, 0), (0.5, 0.5, 0.4))
    out.seats.append(((-2.5, 1.35, 0.4), -35.0))  # towards the mirror
    for x, y, tall, _ in shop.PLINTHS:
        out.solid("plinth", (x, y, 0), (0.32, 0.32, tall))
    for x, y, pot in ((-3.66, -1.34, 0.18), (3.7, 1.95, 0.2)):
        out.solid("plant", (x, y, 0), (2 * pot, 2 * pot, 1.2))
    out.doors.append(
        {
            "id": "street_front", "at_m": (-4.0, DOOR_Y, 0.0), "yaw_deg": 90.0, "width_m": 0.9, "height_m": 2.26,
            "to_place": "street", "to_door": "boutique_front", "leaf": "door_leaf",
        }
    )  # fmt: skip
    out.mirrors.append({"at_m": shop.GLASS_AT, "yaw_deg": 180.0, "width_m": shop.GLASS_W, "height_m": shop.GLASS_H})
    seen: Counter[str] = Counter()
    heights = {good: size[2] for good, size in sizes.items()}
    for shown in shop.shown_goods(heights):
        seen[shown.good] += 1
        stand = f"{shown.good}_{seen[shown.good]}"
        out.stands.append((stand, shown.good, shown.at, shown.yaw_deg))
        if shown.stand_h or shown.hung:
            out.hung.append(stand)
    return out
