"""Picking a fruit: taking hold of it, twisting and pulling, and what comes of it: clean, bruised, or it stays."""

from msgspec.structs import replace

from game.core import events, picking
from game.core.day_orders import orders_of, progressed
from game.core.events import Event
from game.core.orchard import VILLAGE, Aim, Combo, Grasp, Grasped, LetGo, TwistAndPull
from game.core.orchard_fruit import Hanging, hanging, variety_of
from game.core.orchard_rules import OrchardRules
from game.core.picking import Fruit
from game.core.rules.movement import bounded
from game.core.rules.orchard_aim import refused, rules_here, why_not
from game.core.world import DT_SECS, World

MOST_TWIST_RAD = 1.0  # in one tick: more than any hand does
LONGEST_SECS = 0.1  # that one sample may stand for


def grasp(world: World, command: Grasp) -> list[Event]:
    """Take hold of a fruit that hangs within reach, and may be picked."""
    known, rules = world.orchard, rules_here(world)
    aim = known.aim if command.tree is None else Aim(tree=command.tree, index=command.index)
    if rules is None or aim is None:
        return [events.Declined(reason="nothing_aimed")]
    busy = refused(world)
    if busy is not None or known.grasped is not None:
        return [busy or events.Declined(reason="hands_busy")]
    found = hanging(world, aim.tree)
    if found is None or found.middle_m is None or not 0 <= aim.index < len(found.there) or not found.there[aim.index]:
        return [events.Declined(reason="nothing_aimed")]
    not_allowed = _not_allowed(world, aim.tree)
    if not_allowed:
        return [events.Declined(reason=not_allowed)]
    x, y, z = found.middle_m[aim.index].tolist()
    out_of_reach = why_not(world, rules, (x, y, z))
    if out_of_reach:
        return [events.Declined(reason=out_of_reach)]
    if known.basket_grams + _grams(found, aim.index) > rules.picking.basket_grams:
        return [events.Declined(reason="basket_full")]
    known.grasped = Grasped(tree=aim.tree, index=aim.index, since_tick=world.tick)
    return [events.FruitGrasped(tree=aim.tree, index=aim.index)]


def _not_allowed(world: World, tree: int) -> str:
    """Why a tree may not be picked from; "" where it may."""
    known = world.orchard
    if tree >> 16 == VILLAGE:
        return ""
    if known.contest is not None:
        return "contest_is_the_villages"
    plot, fact = known.plots[tree >> 16], known.tree(tree)
    if fact is not None and fact.adopter not in (None, world.purse.account):
        return "not_your_tree"
    if fact is not None and fact.adopter is not None and fact.waterings_left > 0:
        return "needs_water"
    found = hanging(world, tree)
    if found is None or found.grown.stage != "ripe":
        return "not_ripe_yet"
    return "season_over" if known.now_secs > plot.redeem_by_secs else ""


def twist_and_pull(world: World, command: TwistAndPull) -> list[Event]:
    """One tick of a stroke."""
    known, rules = world.orchard, rules_here(world)
    grasped = known.grasped
    if rules is None or grasped is None:
        return [events.Declined(reason="nothing_grasped")]
    found = hanging(world, grasped.tree)
    if found is None or not found.there[grasped.index]:  # the chain told of others who were here
        return let_go(world, LetGo())
    secs = min(max(bounded(command.secs, LONGEST_SECS), DT_SECS), LONGEST_SECS)
    twist_rad = bounded(command.twist_rad, MOST_TWIST_RAD * secs / DT_SECS)
    grasped.held = picking.stroked(grasped.held, twist_rad=twist_rad, pull=bounded(command.pull, 1.0), secs=secs)
    stroke, ripeness = rules.picking.stroke, float(found.ripeness[grasped.index])
    came = picking.outcome(stroke, found.variety, ripeness, grasped.held, pole=known.tool == "pole")
    if came == "":
        return []
    known.grasped = None
    if came == "unripe":
        if not known.child:
            known.combo = Combo()
        return [events.StalkHeld(tree=grasped.tree, index=grasped.index)]
    return _picked(world, rules, grasped, found, "A" if known.child else came)


def let_go(world: World, command: LetGo) -> list[Event]:
    """Let go of the fruit in the hand."""
    grasped, world.orchard.grasped = world.orchard.grasped, None
    if grasped is None:
        return [events.Declined(reason="nothing_grasped")]
    return [events.FruitLetGo(tree=grasped.tree, index=grasped.index)]


def _grams(found: Hanging, index: int) -> int:
    return picking.grams_of(found.variety, float(found.fruits.size[index]))


def _picked(world: World, rules: OrchardRules, grasped: Grasped, found: Hanging, grade: str) -> list[Event]:
    known, tree, index = world.orchard, grasped.tree, grasped.index
    assert found.middle_m is not None  # it was grasped
    high = float(found.middle_m[index, 2]) - world.body.pos_m[2] > rules.picking.reach.hand_m
    in_a_row = _combo_after(world, rules, grade)
    known.combo = Combo(in_a_row=in_a_row, tick=world.tick)
    again = index in known.today.scored.get(tree, ())
    points = 0 if again else picking.worth(rules.picking.points, grade, high=high, in_a_row=in_a_row)
    fruit = Fruit(
        tree=tree, index=index, variety=found.variety.id, grade=grade, grams=_grams(found, index), points=points
    )
    known.basket.append(fruit)
    known.weighed = None
    out: list[Event] = [events.FruitPicked(fruit=fruit, in_a_row=in_a_row, high=high)]
    contest = known.contest
    if contest is not None:
        contest.gone[tree] = _with(contest.gone.get(tree, ()), index)
        contest.points += points
        contest.clean += grade == "A"
        contest.bruised += grade != "A"
        contest.best_combo = max(contest.best_combo, in_a_row)
        return out
    if tree >> 16 == VILLAGE:
        gone = _with(known.today.gone.get(tree, ()), index)
        known.today = replace(known.today, gone={**known.today.gone, tree: gone})
    else:
        known.gone[tree] = _with(known.gone.get(tree, ()), index)
    known.today = replace(
        known.today, points=known.today.points + points, clean=known.today.clean + (grade == "A"),
        bruised=known.today.bruised + (grade != "A"), best_combo=max(known.today.best_combo, in_a_row),
    )  # fmt: skip
    return out if again else out + _orders_after(world, rules, fruit, high=high, in_a_row=in_a_row)


def _combo_after(world: World, rules: OrchardRules, grade: str) -> int:
    """How many clean picks in a row there are with this one; bounded, as what lies beyond the cap counts no more."""
    if grade != "A":
        return 0
    known, points = world.orchard, rules.picking.points
    in_time = (world.tick - known.combo.tick) * DT_SECS <= points.combo_secs or known.child
    return known.combo.in_a_row + 1 if known.combo.in_a_row and in_time else 1


def _orders_after(world: World, rules: OrchardRules, fruit: Fruit, *, high: bool, in_a_row: int) -> list[Event]:
    """Move the orders of the day on; each pays once."""
    known = world.orchard
    variety = variety_of(world, fruit.tree)
    species = variety.species if variety is not None else ""
    progress, done, points = dict(known.today.progress), known.today.done, known.today.points
    out: list[Event] = []
    for order in orders_of(rules.day_orders, known.today.day):
        if order.id in done:
            continue
        before = progress.get(order.id, 0)
        after = progressed(
            order, before, species=species, grade=fruit.grade, grams=fruit.grams, high=high, in_a_row=in_a_row
        )
        progress[order.id] = min(after, order.need)
        if after >= order.need:
            done, points = (*done, order.id), points + order.points
            out.append(events.DayOrderDone(order=order.id, points=order.points))
    known.today = replace(known.today, progress=progress, done=done, points=points)
    return out


def _with(indices: tuple[int, ...], index: int) -> tuple[int, ...]:
    return tuple(sorted((*indices, index)))
