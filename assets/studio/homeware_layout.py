"""The homeware store's place file: walls and furniture as colliders, door, mirror, counter, and all stands."""

from collections import Counter
from dataclasses import dataclass

from assets.studio import homeware as shop
from assets.studio import homeware_kitchen as kitchen
from assets.studio import homeware_room as room
from assets.studio.homeware_furniture import DRESSER_M, HUTCH_SHELVES_M, ISLAND_M, TABLE_M
from assets.studio.layout import Layout

HEAD = """
# The homeware store across from the boutique: a laid table, an open kitchen, a corner to read in, a garden behind.
id = "homeware"
kind = "shop"
name = { en = "The Homeware Store", zh = "家居店" }
keeper = "freya_holm"
mood = "day"

[spawn]
at_m = [3.15, -2.35, 0.0]
yaw_deg = 58.0

[counter]
at_m = [1.55, 0.86, 0.0]
yaw_deg = 0.0
"""
RUG_M = 0.009  # thick
REST_M = 0.003  # goods stand this much above what carries them
Sizes = dict[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Shown:
    """One good on show: where its origin comes to rest, its turn (0 faces -Y), and whether it hangs on a hook."""

    good: str
    at: tuple[float, float, float]
    yaw_deg: float = 0.0
    hung: bool = False


def spread(goods: str, width: float, sizes: Sizes) -> list[tuple[str, float]]:
    """Goods side by side with even gaps over `width` metres: (good, offset from the middle)."""
    names = goods.split()
    gap = (width - sum(sizes[g][0] for g in names)) / (len(names) + 1)
    out, x = [], -width / 2
    for g in names:
        out.append((g, x + gap + sizes[g][0] / 2))
        x += gap + sizes[g][0]
    return out


def shown_goods(sizes: Sizes) -> list[Shown]:
    """Every facing of every good, spread by its size."""
    return [
        *_in_niches(sizes),
        *_in_the_kitchen(sizes),
        *_on_the_table(sizes),
        *_by_the_window(),
        *_on_the_dresser(sizes),
        *_in_the_corners(),
        *_by_the_door(),
    ]


def _in_niches(sizes: Sizes) -> list[Shown]:
    rows = (
        (
            0,
            "ribbed_vase celadon_vase ribbed_vase",
            "drip_bottle bud_vase drip_bottle",
            "cairn_lamp beeswax_pillar cairn_lamp",
            "drip_bottle ring_vase bud_vase",
        ),
        (
            1,
            "nest_of_bowls nest_of_bowls",
            "kyusu mended_tea_bowl rattan_teapot",
            "tide_teacup mended_tea_bowl tide_teacup",
            "twin_bell_clock mantel_clock bubble_candle",
        ),
    )
    out = []
    for niche, *shelves in rows:
        for z, goods in zip(room.NICHE_SHELVES_M, shelves, strict=True):
            for good, dx in spread(goods, room.NICHE_W - 0.06, sizes):
                at = (-room.HALF_X - 0.175, room.NICHES_Y[niche] + dx, z + REST_M)
                out.append(Shown(good, at, 90))
    return out


def _in_the_kitchen(sizes: Sizes) -> list[Shown]:
    low, high = kitchen.SHELVES
    back, top = room.HALF_Y, kitchen.TOP_M + REST_M
    out = []
    for (x0, x1, z), goods in (
        (low, "speckled_mug tide_teacup speckled_mug kyusu nest_of_bowls "
              "speckled_mug rattan_teapot mended_tea_bowl speckled_mug tide_teacup"),
        (high, "enamel_kettle nest_of_bowls celadon_vase speckled_mug rattan_teapot drip_bottle nest_of_bowls"),
    ):  # fmt: skip
        w = x1 - x0 - (0.3 if z == high[2] else 0)  # ivy stands at the end of the upper one
        out += [Shown(good, (x0 + w / 2 + dx, back - 0.135, z + REST_M), 0) for good, dx in spread(goods, w, sizes)]
    ring = kitchen.STOVE_X + 0.22
    out.append(Shown("enamel_kettle", (ring, back - 0.45, kitchen.TOP_M + 0.018 + REST_M), -20))
    for good, x, y, yaw in (
        ("amphora_vase", -1.7, 3.24, 10), ("olive_wood_bowl", -1.3, 3.14, 15), ("fluted_fruit_bowl", 0.72, 3.2, 0),
        ("beeswax_pillar", 0.28, 3.14, 40), ("olive_wood_bowl", 1.3, 3.18, -40), ("field_jug", 2.82, 3.22, 10),
        ("kyusu", 3.12, 3.1, 25),
    ):  # fmt: skip
        out.append(Shown(good, (x, y, top), yaw))
    x, y = shop.ISLAND_AT
    for good, dx, dy, yaw in (
        ("bubble_candle", -0.88, -0.2, 8), ("bubble_candle", -0.74, -0.22, -20), ("twin_bell_clock", 0.82, -0.2, -14),
        ("beeswax_pillar", 0.56, -0.23, 30),
    ):  # fmt: skip
        out.append(Shown(good, (x + dx, y + dy, ISLAND_M[2] + REST_M), yaw))
    return out


def _on_the_table(sizes: Sizes) -> list[Shown]:
    x, y = shop.TABLE_AT
    top = TABLE_M[2] + REST_M
    rows = (
        ("nest_of_bowls", -0.96, 0.0, 0), ("brass_candelabra", -0.46, 0.0, 8), ("fluted_fruit_bowl", 0.0, 0.0, 0),
        ("brass_candelabra", 0.42, 0.0, -6), ("field_jug", 0.73, 0.01, 200), ("rattan_teapot", 1.02, 0.0, 30),
        ("tide_teacup", 0.37, -0.26, 20), ("speckled_mug", -0.41, -0.27, -35), ("tide_teacup", -0.37, 0.26, 200),
        ("speckled_mug", 0.41, 0.27, 150),
    )  # fmt: skip
    out = [Shown(good, (x + dx, y + dy, top), yaw) for good, dx, dy, yaw in rows]
    for good, dx in (("spindle_chair", -0.76), ("bentwood_chair", 0.0), ("spindle_chair", 0.76)):
        reach = 0.31 + sizes[good][1] / 2
        out += [Shown(good, (x + dx, y - reach, 0), 180), Shown(good, (x + dx, y + reach, 0), 0)]
    return out


def _by_the_window() -> list[Shown]:
    rows = (
        ("olive_tree", 3.72, -0.92, -90), ("linen_cushion", 3.7, -0.36, -84), ("gourd_lamp", 3.72, 0.1, -90),
        ("pleated_cushion", 3.72, 0.53, -96),
        ("snake_plant", 3.74, 0.92, 0), ("striped_bolster", 3.68, 1.42, -90), ("split_leaf_plant", 3.64, 2.55, 0),
    )  # fmt: skip
    return [Shown(good, (x, y, shop.SEAT_H + REST_M), yaw) for good, x, y, yaw in rows]


def _on_the_dresser(sizes: Sizes) -> list[Shown]:
    back = -room.HALF_Y
    out = []
    for z, dy, goods in (
        (DRESSER_M[2], 0.27, "kyusu mantel_clock tide_teacup mended_tea_bowl twin_bell_clock"),
        (HUTCH_SHELVES_M[0], 0.155, "speckled_mug tide_teacup bubble_candle mended_tea_bowl speckled_mug"),
        (HUTCH_SHELVES_M[1], 0.155, "bubble_candle speckled_mug tide_teacup bud_vase bubble_candle"),
    ):
        for good, dx in spread(goods, DRESSER_M[0] - 0.12, sizes):
            out.append(Shown(good, (shop.DRESSER_X - dx, back + dy, z + REST_M), 180))
    return out


def _in_the_corners() -> list[Shown]:
    x, y = shop.SIDE_TABLE_AT
    top = shop.SIDE_TABLE_M[1] + REST_M
    south, north = -room.HALF_Y + 0.025, room.HALF_Y - 0.025
    on_rug = RUG_M + 0.001
    return [
        Shown("jute_round", (-2.5, -2.05, 0), 0),
        Shown("lounge_chair", (-2.75, -2.5, on_rug), 135),
        Shown("heron_floor_lamp", (-3.14, -2.11, on_rug), 225),
        Shown("rush_stool", (-2.05, -1.75, on_rug), 40),
        Shown("cairn_lamp", (x - 0.06, y - 0.04, top), 0),
        Shown("speckled_mug", (x + 0.1, y + 0.1, top), 120),
        Shown("split_leaf_plant", (-3.55, -3.05, 0), 0),
        Shown("loquat_print", (-3.05, south, 1.38), 180),
        Shown("hill_print", (-2.35, south, 1.38), 180),
        Shown("tide_print", (-1.65, south, 1.38), 180),
        Shown("sunburst_clock", (0.93, south + 0.002, 1.72), 180),
        Shown("sunburst_clock", (-2.5, north - 0.002, 1.9), 0),
        Shown("garden_kilim", (-2.6, 0.3, 0), 90),
        Shown("velvet_armchair", (-3.2, 0.3, on_rug), 90),
        Shown("striped_bolster", (-2.35, -0.15, on_rug), 76),
        Shown("snake_plant", (-3.78, -0.98, 0), 0),
        Shown("olive_tree", (-3.74, 1.55, 0), 0),
        Shown("belly_basket", (-2.75, 3.12, 0), 20),
        Shown("lidded_basket", (-2.2, 3.2, 0), 0),
    ]


def _by_the_door() -> list[Shown]:
    x, y, _ = (*shop.BENCH_AT, 0)
    top = shop.BENCH_M[2] + REST_M
    pegs, back = shop.PEGS_AT[2] + 0.05, -room.HALF_Y
    return [
        Shown("willow_trug", (x - 0.38, y + 0.02, top), 180),
        Shown("belly_basket", (x + 0.28, y + 0.01, top), 180),
        Shown("rolled_runner", (x - 0.1, y + 0.04, 0.143), 180),
        Shown("tote_bag", (x - 0.3, back + 0.07, pegs - 0.5), 180, True),
        Shown("tote_bag", (x + 0.28, back + 0.07, pegs - 0.5), 180, True),
    ]


def layout(sizes: Sizes) -> Layout:
    """The whole file; goods that share a shelf are spread by their real sizes (metres)."""
    out = Layout(HEAD)
    _walls(out)
    _furniture(out)
    out.doors.append(
        {
            "id": "street_front",
            "at_m": (room.HALF_X, room.DOOR_Y, 0.0),
            "yaw_deg": -90.0,
            "width_m": 0.9,
            "height_m": 2.26,
            "to_place": "street",
            "to_door": "homeware_front",
            "leaf": "door_leaf",
        }
    )
    out.mirrors.append({"at_m": shop.GLASS_AT, "yaw_deg": 0.0, "width_m": shop.GLASS_W, "height_m": shop.GLASS_H})
    out.seats.append(((room.HALF_X - 0.24, 1.98, shop.SEAT_H), 90.0))
    seen: Counter[str] = Counter()
    for shown in shown_goods(sizes):
        seen[shown.good] += 1
        stand = f"{shown.good}_{seen[shown.good]}"
        out.stands.append((stand, shown.good, tuple(round(q, 3) for q in shown.at), shown.yaw_deg))
        if shown.hung:
            out.hung.append(stand)
    return out


def _walls(out: Layout) -> None:
    x, y, h = room.HALF_X, room.HALF_Y, room.CEILING_M
    out.solid("north wall", (0, y + 0.15, 0), (2 * x + 0.6, 0.3, h))
    out.solid("south wall", (0, -y - 0.15, 0), (2 * x + 0.6, 0.3, h))
    out.solid("garden wall with its niches", (-x - 0.22, 0, 0), (0.44, 2 * y + 0.6, h))
    south, north = room.DOOR_Y - room.DOOR_HALF, room.DOOR_Y + room.DOOR_HALF
    out.solid("street wall south of the door", (x + 0.15, (south - y - 0.3) / 2, 0), (0.3, south + y + 0.3, h))
    out.solid("street wall north of the door", (x + 0.15, (north + y + 0.3) / 2, 0), (0.3, y + 0.3 - north, h))
    out.solid("behind the door", (x + 0.6, room.DOOR_Y, 0), (0.2, 1.2, h))


def _furniture(out: Layout) -> None:
    x, y = room.HALF_X, room.HALF_Y
    run = kitchen.X1 - kitchen.X0
    mid = (kitchen.X0 + kitchen.X1) / 2
    out.solid("kitchen", (mid, y - kitchen.DEPTH / 2, 0), (run, kitchen.DEPTH, kitchen.TOP_M))
    for x0, x1, z in kitchen.SHELVES:
        out.solid(
            "kitchen shelf", ((x0 + x1) / 2, y - kitchen.SHELF_D / 2, z - 0.035), (x1 - x0, kitchen.SHELF_D, 0.035)
        )
    out.solid("counter", (*shop.ISLAND_AT, 0), (ISLAND_M[0] + 0.06, ISLAND_M[1] + 0.08, ISLAND_M[2]))
    out.solid("long table", (*shop.TABLE_AT, 0), (TABLE_M[0] - 0.1, 0.6, TABLE_M[2]))
    out.solid("dresser", (shop.DRESSER_X, -y + DRESSER_M[1] / 2, 0), (DRESSER_M[0] + 0.04, DRESSER_M[1] + 0.02, 2.06))
    out.solid("window seat", (x - shop.SEAT_D / 2, shop.SEAT_Y, 0), (shop.SEAT_D + 0.02, shop.SEAT_W, shop.SEAT_H))
    out.solid("side table", (*shop.SIDE_TABLE_AT, 0), (0.42, 0.42, shop.SIDE_TABLE_M[1]))
    out.solid("bench", (*shop.BENCH_AT, 0), (*shop.BENCH_M[:2], shop.BENCH_M[2]))
    out.solid("mirror", (shop.GLASS_AT[0], -y + 0.03, 0), (shop.GLASS_W + 0.11, 0.08, 2.1))
    out.solid("fig", (*shop.FIG_AT, 0), (2 * shop.FIG_R, 2 * shop.FIG_R, 1.2))
