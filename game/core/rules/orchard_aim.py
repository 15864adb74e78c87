"""At a tree: which fruit is aimed at and whether it can be reached, the ladder and the pole, a knock and a tug."""

from dataclasses import dataclass
from math import atan2, hypot, inf

import numpy as np

from game.core import events, picking
from game.core.commands import Move
from game.core.events import Event
from game.core.goods import Vec3
from game.core.orchard import Aim, Knock, TakeTool, Tug
from game.core.orchard_fruit import Floats, Hanging, hanging
from game.core.orchard_rules import OrchardRules
from game.core.orchard_trees import standing_in
from game.core.rules.gestures import LEAST_MOVE
from game.core.rules.reach import eye_m, gaze
from game.core.world import DT_SECS, World

NEAR_M = 5.0  # trees whose foot is farther away are not looked at
MOST_TREES = 4
AT_TREE_M = 3.4  # from a tree's foot one can set up the ladder
NEARER_RAD_M = 0.02  # of two fruits in line, the nearer is meant: a metre counts as much as this angle


def rules_here(world: World) -> OrchardRules | None:
    """The orchard's rules where the player is in an orchard, else None."""
    return world.orchard_rules if world.place.groves else None


def trees_near(world: World, within_m: float) -> list[int]:
    """The trees whose feet are within so many metres of the player, the nearest first; at most MOST_TREES."""
    standing = standing_in(world.place)
    if standing is None:
        return []
    x, y, _ = world.body.pos_m
    away_m = np.hypot(standing.at_m[:, 0] - x, standing.at_m[:, 1] - y)
    near = np.flatnonzero(away_m <= within_m)
    return [int(standing.trees[row]) for row in near[np.argsort(away_m[near], kind="stable")][:MOST_TREES]]


def why_not(world: World, rules: OrchardRules, at_m: Vec3) -> str:
    """Why a fruit at a point of the place is out of reach just now; "" when it is not."""
    x, y, z = world.body.pos_m
    return picking.too_far(
        rules.picking, height_m=at_m[2] - z, aside_m=hypot(at_m[0] - x, at_m[1] - y), tool=world.orchard.tool,
        on_ladder=world.orchard.ladder_tick is not None,
    )  # fmt: skip


def settle_aim(world: World) -> list[Event]:
    """Find the fruit that is aimed at; an event when it is another than before. What is in the hand stays aimed at."""
    known = world.orchard
    if known.grasped is not None:
        return []
    rules = rules_here(world)
    aim = _aimed(world, rules) if rules is not None and world.sitting is None else None
    if aim == known.aim:
        return []
    known.aim = aim
    return [events.FruitAimed(aim=aim)]


@dataclass(slots=True, frozen=True)
class _Near:
    """The fruits (n) that hang on a few trees: middles in metres, half their widths, tree and index of each."""

    of: tuple[Hanging, ...]
    middle_m: Floats
    half_m: Floats
    at: tuple[tuple[int, int], ...]


_near: list[_Near] = []  # as looked at last: they change when a fruit is picked, or another tree comes near


def _fruit_near(world: World, rules: OrchardRules) -> _Near | None:
    trees = trees_near(world, NEAR_M)
    found = [(tree, one) for tree in trees if (one := hanging(world, tree)) is not None and one.middle_m is not None]
    of = tuple(one for _, one in found)
    if _near and len(_near[0].of) == len(of) and all(a is b for a, b in zip(_near[0].of, of, strict=True)):
        return _near[0]
    at = tuple((tree, index) for tree, one in found for index in np.flatnonzero(one.there).tolist())
    if not at:
        return None
    near = _Near(
        of=of, at=at,
        middle_m=np.concatenate([one.middle_m[one.there] for one in of if one.middle_m is not None]),
        half_m=np.concatenate([
            np.full(int(one.there.sum()), rules.species[one.variety.species].fruit.size_m * 0.5) for one in of
        ]),
    )  # fmt: skip
    _near[:] = [near]
    return near


def _aimed(world: World, rules: OrchardRules) -> Aim | None:
    near = _fruit_near(world, rules)
    if near is None:
        return None
    way = near.middle_m - np.array(eye_m(world))
    away_m = np.maximum(np.sqrt((way * way).sum(1)), 1e-6)
    angle = np.arccos(np.clip((way @ np.array(gaze(world))) / away_m, -1.0, 1.0))
    off = angle + NEARER_RAD_M * away_m
    off[(angle > rules.picking.reach.aim_rad + near.half_m / away_m) | (away_m > NEAR_M)] = inf
    row = int(off.argmin())
    if off[row] == inf:
        return None
    (tree, index), (x, y, z) = near.at[row], near.middle_m[row].tolist()
    return Aim(tree=tree, index=index, why_not=why_not(world, rules, (x, y, z)))


def refused(world: World) -> events.Declined | None:
    """Why nothing can be done with the hands just now; None when they are free."""
    if world.orchard.busy_until_tick > world.tick:
        return events.Declined(reason="hands_busy")
    return None


def knock(world: World, command: Knock | Tug) -> list[Event]:
    """Knock on the fruit that is aimed at, or tug at it; either takes a moment."""
    rules, aim, known = rules_here(world), world.orchard.aim, world.orchard
    busy = refused(world)
    if rules is None or aim is None:
        return [events.Declined(reason="nothing_aimed")]
    if busy is not None or known.grasped is not None:
        return [busy or events.Declined(reason="hands_busy")]
    if aim.why_not:
        return [events.Declined(reason=aim.why_not)]
    found = hanging(world, aim.tree)
    if found is None:
        return [events.Declined(reason="nothing_aimed")]
    known.busy_until_tick = world.tick + round(rules.picking.knock_secs / DT_SECS)
    ripeness = float(found.ripeness[aim.index])
    if isinstance(command, Knock):
        return [events.Knocked(tree=aim.tree, index=aim.index, ring=picking.ring(ripeness))]
    give = picking.give(rules.picking.stroke, found.variety, ripeness)
    return [events.Tugged(tree=aim.tree, index=aim.index, give=give)]


def take_tool(world: World, command: TakeTool) -> list[Event]:
    """Take the bare hand or the pole; on the ladder there is room for a hand alone."""
    known = world.orchard
    if command.tool not in picking.TOOLS:
        return [events.Declined(reason="tool_unknown", detail=command.tool)]
    if rules_here(world) is None:
        return [events.Declined(reason="no_orchard_here")]
    if known.grasped is not None:
        return [events.Declined(reason="hands_busy")]
    if command.tool == known.tool:
        return []
    out = climb_down(world) if command.tool == "pole" else []
    known.tool = command.tool
    return [*out, events.ToolTaken(tool=command.tool)]


def use_ladder(world: World) -> list[Event]:
    """Climb the ladder beside a tree, or climb down."""
    known, rules = world.orchard, rules_here(world)
    if known.ladder_tick is not None:
        return climb_down(world)
    busy = refused(world)
    if rules is None:
        return [events.Declined(reason="no_orchard_here")]
    if busy is not None or known.grasped is not None:
        return [busy or events.Declined(reason="hands_busy")]
    if world.sitting is not None or not world.body.on_ground:
        return [events.Declined(reason="mid_air")]
    if not trees_near(world, AT_TREE_M):
        return [events.Declined(reason="no_tree_near")]
    known.ladder_tick = world.tick
    known.busy_until_tick = world.tick + round(rules.picking.ladder_secs / DT_SECS)
    world.body.vel_mps = (0.0, 0.0, 0.0)
    out: list[Event] = []
    if known.tool != "hand":
        known.tool = "hand"
        out.append(events.ToolTaken(tool="hand"))
    return [*out, events.LadderUsed(up=True)]


def climb_down(world: World) -> list[Event]:
    """Be off the ladder; no events when one is not on it."""
    if world.orchard.ladder_tick is None:
        return []
    world.orchard.ladder_tick = None
    return [events.LadderUsed(up=False)]


def climb_down_to(world: World, move: Move | None) -> list[Event]:
    """Walking climbs down."""
    if move is None or not hypot(move.ahead, move.aside) >= LEAST_MOVE:
        return []
    return climb_down(world)


def towards(world: World, at_m: Vec3) -> tuple[float, float]:
    """Yaw and pitch, in radians, that look from the player's eye at a point of the place."""
    x, y, z = eye_m(world)
    dx, dy, dz = at_m[0] - x, at_m[1] - y, at_m[2] - z
    return atan2(-dx, dy), atan2(dz, hypot(dx, dy))
