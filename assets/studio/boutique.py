"""The boutique: what stands where, and which goods stand on it; each good's place is kept beside what holds it."""

from dataclasses import dataclass

import numpy as np

from assets.studio.bag import Bag
from assets.studio.boutique_room import CEILING_M, HINGE, room
from assets.studio.displays import dress_form
from assets.studio.furniture import (
    COUNTER_M,
    NICHE_SHELVES_M,
    SMALL_RUG_RINGS,
    counter,
    crate,
    hat_box,
    hat_stand,
    mirror_frame,
    niche,
    pendant,
    plant,
    platform,
    plinth,
    pouf,
    rail,
    round_table,
    rug,
    shelf_board,
    sideboard,
    trestle,
)
from assets.studio.kit import box, rotation
from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.palette import (
    BLUSH,
    IVORY,
    MUSTARD,
    NAVY,
    OAK,
    PLUM,
    SAGE,
    SKY,
    TEAL,
    TERRA,
)

SUN = Sun(direction=(0.80, -0.27, -0.50), strength=17)
PROBES = ProbeGrid(lo=(-3.5, -2.5), hi=(3.5, 2.5), nx=8, ny=6, zs=(0.3, 1.0, 1.7, 2.5))
ROOM_LO, ROOM_HI, EYE = (-4.0, -3.0, 0.0), (4.0, 3.0, CEILING_M), (0.0, 0.0, 1.55)
LEAVES = {"door_leaf": {"hinge_m": list(HINGE), "open_deg": 95.0}}
GLASS_AT, GLASS_W, GLASS_H = (-1.37, 2.955, 0.12), 0.84, 1.95

NICHES = {  # x, y, turn, colour of the back
    "hats": (-0.1, 3.0, 0, TEAL * 0.75),
    "soft": (1.4, 3.0, 0, BLUSH * 0.9),
    "home": (2.9, 3.0, 0, MUSTARD * 0.8),
    "shoes": (-0.35, -3.0, 180, SKY * 0.7),
    "eyes": (-1.95, -3.0, 180, PLUM * 0.9),
}
RAIL_AT, RAIL_H = (-2.75, 2.56), 1.62
RAIL_SLOTS = tuple(np.round(np.linspace(-0.6, 0.6, 6), 3))
TABLE_AT, TABLE_H = (-0.9, -0.35), 0.74
WINDOW_AT, WINDOW_H = (-3.62, 0.75), 0.3
COUNTER_AT = (1.95, 0.85)
FRUIT_AT, FRUIT_H = (3.53, -0.28), 0.74
STAGE_AT, STAGE_H = (3.3, -2.15), 0.11
SIDE_AT, SIDE_H = (1.65, -3.0), 0.8
PLINTHS = ((0.62, -1.72, 0.5, IVORY * 0.85), (1.06, -1.6, 0.32, BLUSH), (0.82, -1.3, 0.2, SAGE))
HAT_SHELF_AT, HAT_SHELF_Z = (-2.75, 3.0), 1.96

NICHE_INSIDE_M = 1.28
FOOT = {  # width and depth of goods that share a niche's shelf
    "fedora": (0.433, 0.455),
    "straw_sun_hat": (0.498, 0.53),
    "bowler_hat": (0.403, 0.422),
    "baker_cap": (0.361, 0.422),
    "felt_cloche": (0.345, 0.357),
    "bobble_beanie": (0.334, 0.347),
    "wool_scarf": (0.301, 0.235),
    "striped_long_scarf": (0.329, 0.242),
    "silk_neckerchief": (0.211, 0.205),
    "tote_bag": (0.343, 0.075),
    "canvas_backpack": (0.265, 0.249),
    "leather_satchel": (0.278, 0.085),
    "red_sneakers": (0.31, 0.264),
    "walnut_loafers": (0.318, 0.258),
    "rain_boots": (0.32, 0.269),
    "round_glasses": (0.273, 0.181),
    "cat_eye_glasses": (0.273, 0.181),
    "square_sunglasses": (0.273, 0.181),
    "celadon_vase": (0.215, 0.214),
    "ribbed_vase": (0.196, 0.196),
    "bud_vase": (0.146, 0.116),
    "mushroom_lamp": (0.292, 0.292),
    "paper_lantern_lamp": (0.275, 0.275),
    "orange_bag": (0.204, 0.178),
    "blue_jeans": (0.3, 0.265),
    "loquat_punnet": (0.228, 0.184),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One good on show: where its origin comes to rest, its turn (0 faces -Y), and the hat stand under it, if any."""

    good: str
    at: tuple[float, float, float]
    yaw_deg: float = 0.0
    stand_h: float = 0.0  # height of a turned hat stand below it, 0 for none
    cushion_h: float = 0.0  # height of a velvet cushion below it, 0 for none
    hung: bool = False  # on the rail


def placed(
    frame: tuple[float, float, float], turn_deg: float, dx: float, dy: float, dz: float
) -> tuple[float, float, float]:
    """A point given in a frame turned about Z, in the room."""
    p = rotation(rz_deg=turn_deg) @ np.array([dx, dy, dz]) + frame
    return tuple(round(float(q), 3) for q in p)


def shown_goods(heights: dict[str, float]) -> list[Shown]:
    """Every facing of every good. `heights` (m) of hanging garments set how far below the rail they rest."""
    out: list[Shown] = []

    def in_niche(name: str, shelf: int, goods: str, stands: tuple[float, ...] = (), lift: float = 0.0) -> None:
        x, y, turn, _ = NICHES[name]
        names = goods.split()
        gap = (NICHE_INSIDE_M - sum(FOOT[g][0] for g in names)) / (len(names) + 1)
        dx = -NICHE_INSIDE_M / 2
        for k, good in enumerate(names):
            w, d = FOOT[good]
            h = stands[k] if stands else 0.0
            dy = -max(0.2, d / 2 + 0.065)
            at = placed((x, y, 0), turn, dx + gap + w / 2, dy, NICHE_SHELVES_M[shelf] + h + lift + 0.003)
            out.append(Shown(good, at, turn, h, lift))
            dx += gap + w

    in_niche("hats", 1, "fedora felt_cloche bobble_beanie", (0.12, 0.15, 0.1))
    in_niche("hats", 2, "bobble_beanie bowler_hat baker_cap", (0.12, 0.1, 0.13))
    in_niche("hats", 3, "baker_cap fedora felt_cloche", (0.14, 0.1, 0.15))
    in_niche("hats", 4, "bowler_hat", (0.1,))
    in_niche("soft", 0, "red_sneakers walnut_loafers red_sneakers")
    in_niche("soft", 1, "wool_scarf striped_long_scarf silk_neckerchief")
    in_niche("soft", 2, "silk_neckerchief wool_scarf striped_long_scarf")
    in_niche("soft", 3, "tote_bag canvas_backpack leather_satchel")
    in_niche("soft", 4, "straw_sun_hat", (0.08,))
    in_niche("home", 1, "celadon_vase ribbed_vase celadon_vase")
    in_niche("home", 2, "mushroom_lamp paper_lantern_lamp mushroom_lamp")
    in_niche("home", 3, "ribbed_vase bud_vase celadon_vase")
    in_niche("home", 4, "bud_vase")
    in_niche("home", 0, "orange_bag loquat_punnet orange_bag")
    in_niche("shoes", 0, "rain_boots rain_boots")
    in_niche("shoes", 1, "walnut_loafers red_sneakers walnut_loafers")
    in_niche("shoes", 2, "red_sneakers walnut_loafers red_sneakers")
    in_niche("shoes", 3, "blue_jeans tote_bag blue_jeans")
    in_niche("shoes", 4, "felt_cloche", (0.12,))
    in_niche("eyes", 0, "leather_satchel rain_boots")
    in_niche("eyes", 1, "wool_scarf silk_neckerchief striped_long_scarf")
    in_niche("eyes", 2, "round_glasses cat_eye_glasses square_sunglasses", lift=0.1)
    in_niche("eyes", 3, "square_sunglasses round_glasses cat_eye_glasses", lift=0.14)
    in_niche("eyes", 4, "baker_cap", (0.12,))

    garments = ("sailor_tee", "yellow_hoodie", "rose_skirt", "sailor_tee", "yellow_hoodie", "rose_skirt")
    for dx, good in zip(RAIL_SLOTS, garments, strict=True):
        z = RAIL_H + 0.022 - heights.get(good, 0.6)  # their own hooks go over the rail
        at = (round(RAIL_AT[0] + float(dx), 3), RAIL_AT[1], round(z, 3))
        out.append(Shown(good, at, 78, hung=True))

    def on(frame: tuple[float, float], z: float, rows: tuple) -> None:
        for good, dx, dy, yaw, h in rows:
            at = (round(frame[0] + dx, 3), round(frame[1] + dy, 3), round(z + h + 0.003, 3))
            out.append(Shown(good, at, yaw, h))

    on(
        TABLE_AT,
        TABLE_H,
        (
            ("felt_cloche", -0.33, 0.12, 20, 0.26),
            ("fedora", 0.17, 0.33, -10, 0.2),
            ("straw_sun_hat", 0.02, -0.1, 8, 0.5),
            ("wool_scarf", 0.38, -0.02, 80, 0),
            ("cat_eye_glasses", 0.27, -0.35, 35, 0),
            ("round_glasses", -0.07, -0.44, -8, 0),
            ("silk_neckerchief", -0.37, -0.2, -40, 0),
            ("bud_vase", -0.13, -0.22, 0, 0),
        ),
    )
    on(
        WINDOW_AT,
        WINDOW_H,
        (
            ("fedora", 0.05, 0.62, 90, 0.5),
            ("bowler_hat", -0.02, 0.2, 90, 0.3),
            ("leather_satchel", 0.02, -0.22, 78, 0),
            ("straw_sun_hat", -0.03, -0.72, 90, 0.58),
            ("bobble_beanie", 0.08, -1.12, 100, 0.3),
            ("rain_boots", 0.05, -1.56, 90, 0),
            ("canvas_backpack", 0.03, 1.05, 96, 0),
        ),
    )
    on(
        COUNTER_AT,
        COUNTER_M[2],
        (
            ("baker_cap", -0.78, -0.05, -12, 0.2),
            ("mushroom_lamp", 0.84, 0.1, 0, 0),
            ("cat_eye_glasses", -0.5, -0.22, 10, 0),
        ),
    )
    on(
        FRUIT_AT,
        FRUIT_H + 0.03,
        (
            ("loquat_punnet", -0.2, 0.42, -90, 0),
            ("loquat_punnet", 0.16, 0.42, -90, 0),
            ("pear_pair", -0.2, 0.0, -90, 0),
            ("pear_pair", 0.16, 0.0, -90, 0),
            ("orange_bag", -0.2, -0.42, -90, 0),
            ("orange_bag", 0.16, -0.42, -90, 0),
        ),
    )
    on(
        STAGE_AT,
        STAGE_H,
        (
            ("velvet_armchair", 0.16, -0.28, 212, 0),
            ("bentwood_chair", 0.28, 0.5, 256, 0),
            ("oak_stool", -0.38, 0.38, 220, 0),
        ),
    )
    on(
        (SIDE_AT[0], SIDE_AT[1] + 0.22),
        SIDE_H,
        (
            ("brass_desk_lamp", 0.62, 0.0, 160, 0),
            ("celadon_vase", 0.26, 0.02, 180, 0),
            ("mushroom_lamp", -0.08, 0.0, 180, 0),
            ("ribbed_vase", -0.38, 0.03, 180, 0),
            ("paper_lantern_lamp", -0.66, 0.0, 180, 0),
        ),
    )
    for (x, y, h, _), good in zip(PLINTHS, ("red_sneakers", "walnut_loafers", "rain_boots"), strict=True):
        out.append(Shown(good, (x, y, h + 0.003), 200))
    on(HAT_SHELF_AT, HAT_SHELF_Z, (("bobble_beanie", 0.12, -0.16, 0, 0.1),))
    for x, good in ((0.98, "loquat_print"), (1.65, "tide_print"), (2.32, "hill_print")):
        out.append(Shown(good, (x, -2.975, 1.38), 180))
    for y, good in ((-2.3, "hill_print"), (-1.6, "loquat_print"), (-0.62, "tide_print"), (0.06, "hill_print")):
        out.append(Shown(good, (3.975, y, 1.38), -90))
    return out


def build() -> Bag:
    """The fixed part of the boutique."""
    b = Bag(7)
    room(b)
    for x, y, turn, colour in NICHES.values():
        with b.at(x=x, y=y, rz=turn):
            niche(b, colour)
    for shown in shown_goods({}):
        if shown.stand_h:
            x, y, z = shown.at
            with b.at(x=x, y=y, z=z - shown.stand_h - 0.003):
                hat_stand(b, shown.stand_h)
        if shown.cushion_h:
            x, y, z = shown.at
            with b.at(x=x, y=y, z=z - shown.cushion_h - 0.003, rz=shown.yaw_deg):
                b.add(box(0.3, 0.2, shown.cushion_h, 0.03), b.pick(MUSTARD, BLUSH, SAGE, SKY), 0.05)
    with b.at(x=-0.1, y=2.8, z=NICHE_SHELVES_M[0]):
        for x, r, c, trim in ((-0.43, 0.15, BLUSH, TERRA), (0.0, 0.17, IVORY, NAVY), (0.44, 0.14, SKY, PLUM)):
            with b.at(x=x):
                hat_box(b, r, r * 1.3, c, trim)
    _fitting_corner(b)
    with b.at(*COUNTER_AT):
        counter(b)
    for x in (1.25, 1.95, 2.65):
        with b.at(x=x, y=0.8):
            pendant(b, 2.12, TERRA, 0.19, CEILING_M)
    with b.at(*TABLE_AT):
        rug(b)
        pendant(b, 2.35, MUSTARD, 0.26, CEILING_M)
        round_table(b)
    for x, y, h, c in PLINTHS:
        with b.at(x=x, y=y):
            plinth(b, h, c)
    _window_show(b)
    _home_corner(b)
    for x, y, h, n, pot in ((-3.66, -1.34, 1.3, 34, 0.18), (-3.76, 2.78, 1.1, 26, 0.13), (3.7, 1.95, 1.4, 36, 0.2)):
        with b.at(x=x, y=y):
            plant(b, h, n, pot)
    return b


def _fitting_corner(b: Bag) -> None:
    with b.at(*RAIL_AT):
        rail(b, 1.5, RAIL_H)
        for x, c, trim in ((-0.45, PLUM, MUSTARD), (0.4, TEAL, IVORY)):
            with b.at(x=x, z=0.23):
                hat_box(b, 0.14, 0.2, c, trim)
    with b.at(x=HAT_SHELF_AT[0], y=HAT_SHELF_AT[1], z=HAT_SHELF_Z):
        shelf_board(b, 1.7)
        for x, r, c, trim in ((-0.62, 0.15, IVORY, TERRA), (-0.27, 0.13, SKY, NAVY), (0.55, 0.15, BLUSH, PLUM)):
            with b.at(x=x, y=-0.16):
                hat_box(b, r, r * 1.25, c, trim)
    with b.at(x=GLASS_AT[0], y=2.99):
        mirror_frame(b, GLASS_W, GLASS_H, GLASS_AT[2])
    b.light("AREA", 5, (GLASS_AT[0], 2.5, 2.6), colour=(1, 0.82, 0.6), aim=(0, -0.35, -1), size_m=(0.9, 0.06))
    with b.at(x=GLASS_AT[0], y=1.95):
        rug(b, 0.7, SMALL_RUG_RINGS, (4,))
    with b.at(x=-2.5, y=1.35):
        pouf(b)


def _window_show(b: Bag) -> None:
    with b.at(*WINDOW_AT):
        b.shell(box(0.66, 3.6, WINDOW_H, 0.02), OAK * 0.95, 0.4)
        with b.at(y=1.48, z=WINDOW_H, rz=90):
            dress_form(b, BLUSH * 0.9 + TERRA * 0.1, NAVY)


def _home_corner(b: Bag) -> None:
    with b.at(*FRUIT_AT):
        trestle(b, 0.78, 1.34, FRUIT_H)
        for x in (-0.2, 0.16):
            for y in (-0.42, 0, 0.42):
                with b.at(x=x, y=y, z=FRUIT_H):
                    crate(b, 0.34, 0.4, 0.1, OAK * 1.08)
        for y in (-0.36, 0.3):
            with b.at(y=y):
                crate(b, 0.5, 0.5, 0.3)
    with b.at(*STAGE_AT):
        platform(b, 1.3, 1.6, STAGE_H - 0.011)
    with b.at(x=SIDE_AT[0], y=SIDE_AT[1], rz=180):
        sideboard(b)
    for y in (-2.3, -1.6):
        b.light("AREA", 1.2, (3.7, y, 2.45), colour=(1, 0.78, 0.54), aim=(0.5, 0, -1), size_m=(0.1, 0.5))
    b.light("AREA", 3, (1.65, -2.65, 2.5), colour=(1, 0.78, 0.54), aim=(0, -0.5, -1), size_m=(1.6, 0.06))
    with b.at(x=3.3, y=-1.95):
        pendant(b, 2.2, SAGE, 0.21, CEILING_M)
