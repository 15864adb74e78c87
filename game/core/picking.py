"""How fruit comes off a tree, and what that is worth: pure functions of the rules' numbers.

Pulls, holds and skins are shares of the hardest pull of a hand, 0..1. A stalk holds a ripe fruit with
`stalk * (1 + green_hold * green)`, where green is 1 for a fruit that is only just ripe and 0 for the ripest. Twisting
takes up to `loosened` of that. The fruit comes off in the moment when the pull passes what is left: clean when that
pull is no more than its skin bears and it was not twisted too fast, else bruised. What is unripe gives no way.
"""

from dataclasses import dataclass
from math import inf, radians

from msgspec import Struct

from game.core.orchard_rules import Picking, Points, Stroke, Variety

TOOLS = ("hand", "pole")
HARDEST_RIPE = 0.95  # a ripe fruit always comes off when it is pulled with all one's might
FEEL_SECS = 0.1  # over so long a twist's speed is felt: one jump of a mouse is no wrench
LEAST_PULL = 0.98  # from here on a hand pulls with all its might


@dataclass(slots=True, frozen=True)
class Held:
    """A fruit in the hand: how far it has been twisted, how fast at the most, and how hard it is pulled."""

    twist_rad: float = 0.0
    speed_rad_s: float = 0.0
    fastest_rad_s: float = 0.0
    pull: float = 0.0


class Fruit(Struct, frozen=True, kw_only=True):
    """A fruit in the basket: from which tree, which one there, how it was picked, and for how many points."""

    tree: int
    index: int
    variety: str
    grade: str  # one of orchard_ports.GRADES
    grams: int
    points: int
    asked: str = ""  # the request that is to make it the player's good, while that is under way


def green(stroke: Stroke, ripeness: float) -> float:
    """How far a ripe fruit is from the ripest, 0..1."""
    return min(max((1.0 - ripeness) / (1.0 - stroke.ripe_from), 0.0), 1.0)


def hold(stroke: Stroke, variety: Variety, ripeness: float, twist_rad: float) -> float:
    """What pull a stalk holds after so much twisting; infinite for what is unripe."""
    if ripeness < stroke.ripe_from:
        return inf
    whole = variety.stalk * (1.0 + stroke.green_hold * green(stroke, ripeness))
    twisted = min(abs(twist_rad) / radians(variety.twist_deg), 1.0)
    return min(whole * (1.0 - stroke.loosened * twisted), HARDEST_RIPE)


def stroked(held: Held, *, twist_rad: float, pull: float, secs: float) -> Held:
    """A fruit in the hand after one more sample: twisted on by so much and pulled so hard for `secs`."""
    speed = held.speed_rad_s + (abs(twist_rad) / secs - held.speed_rad_s) * min(secs / FEEL_SECS, 1.0)
    return Held(
        twist_rad=held.twist_rad + abs(twist_rad), speed_rad_s=speed, fastest_rad_s=max(held.fastest_rad_s, speed),
        pull=min(max(pull, 0.0), 1.0),
    )  # fmt: skip


def outcome(stroke: Stroke, variety: Variety, ripeness: float, held: Held, *, pole: bool) -> str:
    """What comes of it: "" while it hangs, "A" for clean, "B" for bruised, "unripe" when it gives no way at all."""
    left = hold(stroke, variety, ripeness, held.twist_rad)
    if held.pull < left:
        return "unripe" if left == inf and held.pull >= LEAST_PULL else ""
    skin = variety.skin * (stroke.pole_skin if pole else 1.0)
    gentle = held.pull <= skin and held.fastest_rad_s <= stroke.fastest_twist_rad_s
    return "A" if gentle else "B"


def give(stroke: Stroke, variety: Variety, ripeness: float) -> float:
    """How far a fruit gives way to a tug, 0..1: nothing when unripe, and more the riper it is."""
    if ripeness < stroke.ripe_from:
        return 0.0
    return 1.0 - 0.6 * green(stroke, ripeness)


def ring(ripeness: float) -> float:
    """How high a knock on a fruit sounds, 0..1: unripe ones ring, ripe ones sound dull."""
    return min(max(1.0 - ripeness, 0.0), 1.0)


def combo_pct(points: Points, in_a_row: int) -> int:
    """What the n-th clean pick in a row is worth more, in percent; bounded by the cap."""
    return min(max(in_a_row - 1, 0) * points.combo_step_pct, points.combo_cap_pct)


def worth(points: Points, grade: str, *, high: bool, in_a_row: int) -> int:
    """The points for one fruit."""
    if grade != "A":
        return points.bruised
    pct = 100 + (points.high_bonus_pct if high else 0) + combo_pct(points, in_a_row)
    return points.clean * pct // 100


def most_worth(points: Points) -> int:
    """The most points that any one fruit can be worth."""
    return max(points.clean * (100 + points.high_bonus_pct + points.combo_cap_pct) // 100, points.bruised)


def grams_of(variety: Variety, size: float) -> int:
    """What a fruit weighs whose size is so many times its variety's."""
    return max(1, round(variety.grams * size * size * size))


def too_far(picking: Picking, *, height_m: float, aside_m: float, tool: str, on_ladder: bool) -> str:
    """Why a fruit so high above the sole and so far aside is out of reach: "", "too_high" or "too_far"."""
    reach = picking.reach
    if tool == "pole":
        return "too_high" if height_m > reach.pole_m else "too_far" if aside_m > reach.pole_aside_m else ""
    top_m = reach.hand_m + (reach.ladder_m if on_ladder else 0.0)
    return "too_high" if height_m > top_m else "too_far" if aside_m > reach.hand_aside_m else ""
