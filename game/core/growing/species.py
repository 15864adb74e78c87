"""A species of fruit tree as numbers: how it stands, and what its wood, leaves, blossom and fruit are like.

Lengths in metres of a full-grown tree, colours sRGB "#rrggbb".
"""

from msgspec import Struct

from game.core.goods import Text

HABITS = ("crown", "trellis")


class Crown(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The hull that branches fill: from `trunk_m` up to `height_m`, `radius_m` wide where it is widest."""

    height_m: float
    radius_m: float
    trunk_m: float  # the lowest fork
    widest: float = 0.4  # where it is widest, 0 at its foot .. 1 at its top
    cone: float = 0.0  # 0 a rounded top .. 1 a pointed one
    hollow: float = 0.0  # of the radius, what a vase of limbs leaves open within
    points: int = 260  # that draw branches to themselves
    lift: float = 0.15  # how much branches reach for the light; negative ones hang


class Wood(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Trunk and branches."""

    trunk_radius_m: float
    colour: str
    light_colour: str  # of young twigs


class Leaf(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A leaf; near by, `count` of them are drawn."""

    length_m: float
    width_m: float
    colour: str
    sunny_colour: str
    autumn_colour: str
    evergreen: bool = False
    count: int = 420
    clump_m: float = 0.42  # how far a clump of foliage reaches


class Blossom(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A flower; near by, `count` of them are drawn."""

    size_m: float
    colour: str
    heart_colour: str
    count: int = 130


class Fruit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A fruit: its outline turned about its axis, from the end away from the stalk (0) to the stalk (1)."""

    size_m: float  # its height
    outline: tuple[tuple[float, float], ...]  # (radius, height) over its height
    unripe_colour: str
    ripe_colour: str
    blush_colour: str  # on the side that had the sun
    gloss: float = 0.4
    a_cluster: int = 1  # how many hang from one stalk
    stalk_m: float = 0.03
    berries: int = 0  # a fruit that is a bunch of so many, drawn as its hull of berries


class Species(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One species; one TOML file under scenes/orchard/species."""

    id: str
    name: Text
    habit: str = "crown"  # one of HABITS
    crown: Crown
    wood: Wood
    leaf: Leaf
    blossom: Blossom
    fruit: Fruit
