"""The orchard's rules as data: varieties, grafts, how picking feels, the basket, orders of the day, the contest, care.

Read from scenes/orchard/. Strengths, pulls and skins are shares of the hardest pull of a hand, 0..1.
"""

from msgspec import Struct

from game.core.goods import Text
from game.core.growing.species import Species
from game.core.ids import MakerId

SPECIES = ("apple", "pear", "orange", "loquat", "persimmon", "grape")
DAY_ORDER_KINDS = ("clean", "weight", "high", "combo")
"""What an order of the day asks for: clean fruit of a species, grams of it, clean fruit from on high, a combo."""

MEDALS = ("bronze", "silver", "gold")


class Variety(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A variety: what its fruit weighs, how it hangs, how much it bears, and how it looks."""

    id: str
    species: str
    name: Text
    story: Text
    grams: int
    stalk: float  # pull that a ripe fruit's stalk holds before it is twisted
    twist_deg: float  # how far it is to be twisted
    skin: float  # hardest pull at which the fruit still comes off clean
    unripe: str  # colours, #rrggbb
    ripe: str
    gloss: float  # 0 dull .. 1 shining, when ripe


class GraftRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often of 10,000 a tree of one variety becomes another when it is grafted with a third."""

    stock: str
    scion: str
    result: str
    odds_bps: int


class Reach(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How high and how far aside each tool reaches, in metres above the sole and from the body's axis."""

    hand_m: float
    ladder_m: float  # how much higher one stands on it
    pole_m: float
    hand_aside_m: float
    pole_aside_m: float
    aim_rad: float  # a fruit this near to the gaze is meant


class Stroke(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a stalk gives way; see `picking.hold` for the formula."""

    ripe_from: float  # ripeness below which a fruit can't be had
    green_hold: float  # how much harder than the ripest a just ripe fruit hangs: 0.5 is half as much again
    loosened: float  # share of its hold that a full twist takes
    fastest_twist_rad_s: float  # faster ones bruise
    pole_skin: float  # a pole is coarser: the skin's share that is left


class Points(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a fruit is worth, in points, before the combo."""

    clean: int
    bruised: int
    high_bonus_pct: int  # from the ladder or with the pole
    combo_secs: float  # clean picks nearer to each other than this are a combo
    combo_step_pct: int  # more for each clean pick in a row
    combo_cap_pct: int  # and never more than this


class Picking(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything about a pair of hands at a tree."""

    reach: Reach
    stroke: Stroke
    points: Points
    basket_grams: int
    ladder_secs: float  # to set it up and climb
    knock_secs: float  # a knock or a tug takes


class DayOrderRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An order that a day may bring: of one kind, for so many (grams for weight), in steps."""

    id: str
    kind: str
    least: int
    most: int
    step: int
    points: int


class DayOrders(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many orders a day brings, out of which."""

    a_day: int
    orders: tuple[DayOrderRule, ...]


class ContestRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The harvest contest: how long, for how many points which medal, how long its board is."""

    secs: int
    medals: dict[str, int]
    board_rows: int
    village_fruits: int  # on each of the village's trees
    children_fruits: int  # in children's mode there is no clock: it ends with so many fruits


class Care(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which tending belongs to which stage, and how walking fills the can."""

    tending: dict[str, str]
    steps_at_once: int  # offered to the can when so many were walked


class PlotOffer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a grower offers for a season: one plot. Days count from the day on which the season begins."""

    grower: MakerId
    variety: str
    trees: int
    fruits_per_tree: int  # the most
    waterings: int
    fruit_coins: str  # decimal
    adoption_coins: str
    play_trees: int  # how many may be had by play alone
    planted_day: int
    blossom_day: int
    ripe_day: int
    redeem_day: int
    lapse_bps: int
    box_kg: float
    area: Text  # where boxes are sent
    name: Text
    story: Text


class OrchardRules(Struct, frozen=True, kw_only=True):
    """All of scenes/orchard/ but how the species grow."""

    varieties: dict[str, Variety]
    grafts: tuple[GraftRule, ...]
    picking: Picking
    day_orders: DayOrders
    contest: ContestRules
    care: Care
    species: dict[str, Species] = {}  # how each grows
    plots: tuple[PlotOffer, ...] = ()  # plot 1 first
    words: dict[bytes, PlotOffer] = {}  # the same by the hash under which the chain has their words

    def of_species(self, species: str) -> tuple[Variety, ...]:
        """The varieties of a species, in the order of the file."""
        return tuple(variety for variety in self.varieties.values() if variety.species == species)
