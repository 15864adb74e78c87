"""The harvest contest on the village's trees: five minutes, the same trees for all on one day; and children's mode."""

from game.core import events
from game.core.day_orders import day_of
from game.core.events import Event
from game.core.orchard import Combo, Contest, ContestResult, EndContest, PlayAsChild, StartContest
from game.core.orchard_rules import MEDALS, ContestRules
from game.core.rules.orchard_aim import rules_here
from game.core.world import DT_SECS, World

MOST_RESULTS = 50


def start(world: World, command: StartContest) -> list[Event]:
    """Begin; the trees hang full for it, and hang as before when it is over."""
    known, rules = world.orchard, rules_here(world)
    if rules is None:
        return [events.Declined(reason="no_orchard_here")]
    if known.contest is not None:
        return [events.Declined(reason="contest_on")]
    if known.basket:
        return [events.Declined(reason="basket_holds_fruit")]
    end_tick = None if known.child else world.tick + round(rules.contest.secs / DT_SECS)
    known.contest = Contest(day=day_of(known.now_secs), start_tick=world.tick, end_tick=end_tick)
    known.combo, known.grasped = Combo(), None
    return [events.ContestStarted(day=known.contest.day, secs=rules.contest.secs if end_tick is not None else 0)]


def end(world: World, command: EndContest) -> list[Event]:
    """End before the time is up; it counts as it stands."""
    if world.orchard.contest is None:
        return [events.Declined(reason="no_contest")]
    return finish(world)


def settle(world: World) -> list[Event]:
    """End when the time is up, when a child has picked enough, or when the player has left the orchard."""
    contest, rules = world.orchard.contest, world.orchard_rules
    if contest is None or rules is None:
        return []
    over = contest.end_tick is not None and world.tick >= contest.end_tick
    enough = contest.end_tick is None and contest.clean + contest.bruised >= rules.contest.children_fruits
    return finish(world) if over or enough or rules_here(world) is None else []


def finish(world: World) -> list[Event]:
    """Tell the result; what was picked for the contest stays there."""
    known, contest, rules = world.orchard, world.orchard.contest, world.orchard_rules
    if contest is None or rules is None:
        return []
    child = contest.end_tick is None
    result = ContestResult(
        day=contest.day, points=contest.points, clean=contest.clean, bruised=contest.bruised,
        best_combo=contest.best_combo, medal=medal(rules.contest, contest.points, child=child), child=child,
    )  # fmt: skip
    known.contest, known.grasped, known.combo = None, None, Combo()
    known.basket = []
    known.results = (*known.results, result)[-MOST_RESULTS:]
    return [events.ContestEnded(result=result)]


def medal(rules: ContestRules, points: int, *, child: bool = False) -> str:
    """The best medal for so many points; a child who has taken part has one in any case."""
    won = [name for name in MEDALS if points >= rules.medals[name]]
    return won[-1] if won else MEDALS[0] if child else ""


def play_as_child(world: World, command: PlayAsChild) -> list[Event]:
    """Turn children's mode on or off; not in the middle of a contest."""
    known = world.orchard
    if known.contest is not None:
        return [events.Declined(reason="contest_on")]
    if known.child == command.on:
        return []
    known.child = command.on
    return [events.ChildModeChanged(on=command.on)]
