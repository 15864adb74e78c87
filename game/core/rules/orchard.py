"""The orchard: what the chain tells of it, what the player wants there, and what time brings."""

from collections.abc import Sequence

from msgspec.structs import replace

from game.core import events, orchard_ports
from game.core import orchard as o
from game.core.commands import Move
from game.core.day_orders import day_of
from game.core.events import Event
from game.core.orchard import DayPlay, OrchardCommand, ResumeDay
from game.core.orchard_ports import LifeTold, OrchardTold, OrchardUpdate, TreeFact
from game.core.rules import orchard_aim as aiming
from game.core.rules import orchard_care as care
from game.core.rules import orchard_contest as contest
from game.core.rules import orchard_delivery as delivery
from game.core.rules import orchard_pick as pick
from game.core.rules import orchard_scale as scale
from game.core.rules import orchard_seasons as seasons
from game.core.rules.asking import ask_orchard, new_id
from game.core.rules.orders import market_closed
from game.core.world import World


def grant(world: World, command: OrchardCommand) -> list[Event]:
    """Do what a command wants, or say why not."""
    match command:
        case o.TakeTool():
            return aiming.take_tool(world, command)
        case o.UseLadder():
            return aiming.use_ladder(world)
        case o.Knock() | o.Tug():
            return aiming.knock(world, command)
        case o.Grasp():
            return pick.grasp(world, command)
        case o.TwistAndPull():
            return pick.twist_and_pull(world, command)
        case o.LetGo():
            return pick.let_go(world, command)
        case o.WeighBasket():
            return scale.weigh(world, command)
        case o.TakeFruit():
            return scale.take(world, command)
        case o.ReturnFruit():
            return scale.give_back(world, command)
        case o.StartContest():
            return contest.start(world, command)
        case o.EndContest():
            return contest.end(world, command)
        case o.PlayAsChild():
            return contest.play_as_child(world, command)
        case o.SendHome() | o.GiveUpFruit() | o.TakeBackTree() | o.ActOnDelivery():
            return delivery.grant(world, command)
        case ResumeDay():
            return _resume(world, command)
        case _:
            return care.grant(world, command)


def before_walking(world: World, move: Move | None) -> list[Event]:
    """Walking climbs down the ladder."""
    return aiming.climb_down_to(world, move)


def settle(world: World, happened: Sequence[Event]) -> list[Event]:
    """What this tick brings: a new day, steps for the can, the end of a contest, another fruit before the eyes."""
    known, rules = world.orchard, world.orchard_rules
    if rules is None:
        return []
    out: list[Event] = []
    today = day_of(known.now_secs)
    if known.today.day != today and known.contest is None:
        known.today = DayPlay(day=today)
        out += [events.OrchardDay(day=today), *scale.village_fruit(world)]
    if not known.followed and any(place.groves for place in world.places.values()) and market_closed(world) is None:
        known.followed = True
        out.append(ask_orchard(world, orchard_ports.FollowOrchard(request_id=new_id(world, "follow"))))
    out += care.walk(world, happened)
    out += contest.settle(world)
    if any(isinstance(event, events.EnteredPlace) for event in happened):
        out += _left(world)
    return out + aiming.settle_aim(world)


def _left(world: World) -> list[Event]:
    """Who leaves an orchard leaves the ladder, the tool and the fruit that was not taken at the scale."""
    known = world.orchard
    out = aiming.climb_down(world)
    known.grasped, known.tool, known.busy_until_tick = None, "hand", world.tick
    return out + scale.returned(world)


def _resume(world: World, command: ResumeDay) -> list[Event]:
    known = world.orchard
    if known.today != DayPlay(day=command.played.day) or known.contest is not None:
        return [events.Declined(reason="day_over")]
    known.today = command.played
    return [events.OrchardDay(day=command.played.day)]


def follow(world: World, update: OrchardUpdate) -> list[Event]:
    """Take facts of the orchard into the world; older ones than what is known change nothing back."""
    known = world.orchard
    known.under_way.pop(update.request_id, None)
    grafts: list[Event] = []
    match update:
        case LifeTold():
            known.lives[update.tree] = update.events
        case OrchardTold():
            known.now_secs = max(known.now_secs, update.now_secs)
            known.plots.update((plot.plot, plot) for plot in update.plots)
            grafts = [event for tree in update.trees for event in _tree_told(world, tree)]
            known.deliveries.update((box.delivery, box) for box in update.deliveries)
            known.can = update.can if update.can is not None else known.can
            known.fruit = update.fruit if update.fruit is not None else known.fruit
    heard = [events.OrchardHeard(told=update), *scale.answered(world, update.request_id)]
    return heard + grafts + seasons.replant(world)


def _tree_told(world: World, told: TreeFact) -> list[Event]:
    """Note a tree. Waterings left only fall, what is picked only grows, a graft is settled once: else it is old."""
    known = world.orchard
    known.picked_before.setdefault(told.tree, max(told.picked - len(known.gone.get(told.tree, ())), 0))
    before = known.trees.get(told.tree)
    if before is not None:
        told = replace(
            told, waterings_left=min(told.waterings_left, before.waterings_left),
            picked=max(told.picked, before.picked),
            graft_open=told.graft_open and (before.graft_open or not before.grafted),
        )  # fmt: skip
    known.trees[told.tree] = told
    plot = known.plots.get(told.tree >> 16)
    settled = before is not None and before.graft_open and not told.graft_open
    if plot is None or not settled or told.adopter != world.purse.account:
        return []
    return [events.GraftTold(tree=told.tree, taken=told.variety != plot.variety)]


def refused(world: World, request_id: str) -> bool:
    """A request was refused: it is no longer under way. False where the player need not be told."""
    request = world.orchard.under_way.pop(request_id, None)
    scale.refused(world, request_id)
    if request is not None:
        care.refused(world, request)
    return not isinstance(request, orchard_ports.FollowOrchard)


def opened(world: World) -> None:
    """The market has opened, perhaps again: it is to be asked to tell."""
    world.orchard.followed = False
