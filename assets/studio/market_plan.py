"""Where all of the fruit market stands: the yard is x -6 .. 6, y -5 .. 5, z up, metres, its gate in the east."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assets.studio.lighting import ProbeGrid, Sun
from assets.studio.market_colours import (
    BOUGAIN,
    MUSTARD_CLOTH,
    PATINA,
)
from assets.studio.market_stalls import Tier, tiers_of
from assets.studio.palette import TERRA, rgb

SUN = Sun(direction=(-0.26, 0.56, -0.79), strength=7.2, colour=(1.0, 0.90, 0.70))
SKY_DOME = (0.62, 0.72, 0.84)
PROBES = ProbeGrid(lo=(-5.4, -4.4), hi=(5.2, 4.5), nx=8, ny=7, zs=(0.3, 1.0, 1.7, 3.0))
LO, HI, EYE = (-6.0, -5.0, 0.0), (6.0, 5.0, 10.0), (1.6, 0.6, 1.8)
WEST, EAST, SOUTH, NORTH = -6.0, 6.0, -5.0, 5.0
GATE_Y, GATE_THICK, LOW_WALL_Y = 1.0, 0.4, -1.9
TREE_AT, SEAT = (-2.0, -0.8), (0.62, 1.02, 0.45)
POSTS_X, POSTS_Y = (-5.35, -2.9, -0.45, 2.0), 2.55
COUNTER_H, COUNTER_D = 0.92, 0.7
PUMP_AT, BARREL_AT, BARROW_AT = (5.05, -3.55), (2.55, 3.75), (5.2, -1.6)
POLES = ((-1.75, -4.78), (2.3, -4.78))
CRATES = ((4.55, -4.6, 3), (3.9, -4.62, 2), (-5.55, 2.0, 2))
POTS = (
    (5.3, -0.6, 0.2, TERRA, BOUGAIN),
    (5.3, 2.55, 0.2, PATINA, MUSTARD_CLOTH),
    (-5.6, -1.85, 0.18, TERRA, rgb("f2e6ee")),
)
SACKS = ((-3.35, 4.3), (-0.9, 4.35), (1.75, -4.45))


@dataclass(frozen=True, slots=True)
class Stall:
    """A stall: the middle of its front edge, its turn, width, level shelves, and whether a rack stands before them."""

    x: float
    y: float
    turn_deg: float
    w: float
    tiers: tuple[Tier, ...]
    rack: bool = False

    def point(self, across: float, back: float) -> tuple[float, float]:
        """Place coordinates of a spot `across` from the middle and `back` from the front edge."""
        c, s = np.cos(np.radians(self.turn_deg)), np.sin(np.radians(self.turn_deg))
        return float(self.x + c * across - s * back), float(self.y + s * across + c * back)


STEPS = tiers_of(0.52, 0.36, (0.74, 0.94))
STALLS = {
    "vegetables": Stall(-4.12, 2.72, 0, 2.14, STEPS, rack=True),
    "fruit": Stall(-1.68, 2.72, 0, 2.14, STEPS, rack=True),
    "citrus": Stall(0.78, 2.72, 0, 2.14, STEPS, rack=True),
    "melons": Stall(0.35, -3.0, 180, 2.5, STEPS, rack=True),
    "honey": Stall(-4.78, -0.5, 90, 2.0, (Tier(0.0, 0.44, COUNTER_H),)),
    "flowers": Stall(-3.75, -3.2, 180, 2.3, tiers_of(0.0, 0.42, (0.28, 0.52, 0.76))),
    "cart": Stall(3.75, 3.15, -38, 1.8, tiers_of(0.02, 0.42, (0.72, 0.88))),
    "scale": Stall(3.4, -2.05, 180, 1.6, ()),
}


class Row(NamedTuple):
    """What stands on one shelf of a stall, from left to right as the keeper sees it."""

    stall: str
    tier: int
    goods: tuple[str, ...]


SHOWN = (
    Row(
        "vegetables", 0, ("bok_choy", "radish_bunch", "tomato_basket", "asparagus_bundle", "corn_pair", "radish_bunch")
    ),
    Row("vegetables", 1, ("pumpkin", "asparagus_bundle", "tomato_basket", "bok_choy", "corn_pair")),
    Row("fruit", 0, ("plum_bowl", "strawberry_box", "grape_bunch", "split_pomegranate", "strawberry_box", "pear_pair")),
    Row("fruit", 1, ("apple_crate", "persimmon_stand", "apple_crate")),
    Row("citrus", 0, ("orange_bag", "lemon_net", "loquat_punnet", "lemon_net", "orange_bag")),
    Row("citrus", 1, ("market_basket", "loquat_sapling", "market_basket")),
    Row("melons", 0, ("half_watermelon", "grape_bunch", "plum_bowl", "split_pomegranate", "half_watermelon")),
    Row("melons", 1, ("pumpkin", "persimmon_stand", "apple_crate", "pumpkin")),
    Row("honey", 0, ("loquat_jam", "salted_lemons", "comb_honey", "loquat_jam", "pickled_plums", "salted_lemons")),
    Row("flowers", 0, ("basil_pot", "lavender_sheaf", "peony_bunch", "lavender_sheaf", "basil_pot")),
    Row("flowers", 1, ("peony_bunch", "sunflower_pail", "lavender_sheaf", "peony_bunch")),
    Row("flowers", 2, ("sunflower_pail", "loquat_sapling", "lavender_sheaf")),
    Row("cart", 0, ("loquat_punnet", "pear_pair", "loquat_punnet", "pear_pair", "loquat_punnet")),
    Row("cart", 1, ("orange_bag", "grape_bunch", "plum_bowl", "orange_bag")),
)
BRAIDS = tuple((x, POSTS_Y - 0.125, 1.42) for x in POSTS_X[:2])
