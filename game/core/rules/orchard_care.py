"""Caring for trees: what the player asks of the chain, and how walking fills the can. Only facts grant any of it."""

from collections.abc import Sequence

from game.core import events, orchard_ports
from game.core.events import Event, Stepped
from game.core.orchard import (
    Adopt,
    AskLife,
    BuyWater,
    Graft,
    Tend,
    Visit,
    Water,
    drops_shown,
    waterings_shown,
)
from game.core.orchard_fruit import growth_of
from game.core.orchard_ports import TENDINGS, OrchardRequest, TreeFact
from game.core.rules.asking import ask_orchard, new_id
from game.core.rules.orchard_aim import trees_near
from game.core.rules.orders import market_closed
from game.core.world import World

CareCommand = Adopt | Water | Visit | BuyWater | Tend | Graft | AskLife

NEAREST_M = 3.0  # a tree no farther than this is meant where none is named
GRAFT_STAGES = ("planted", "young")
STEPS_MOST = 20_000  # that are kept until the chain has room for them
DROPS_MOST = 100  # bought at once


def grant(world: World, command: CareCommand) -> list[Event]:
    """Ask the chain for what the player wants to do to a tree, or say why not."""
    closed = market_closed(world)
    if closed is not None:
        return [closed]
    if isinstance(command, BuyWater):
        if not 0 < command.drops <= DROPS_MOST:
            return [events.Declined(reason="bad_quantity")]
        if world.orchard.waits_for(orchard_ports.BuyDrops):
            return [events.Declined(reason="still_under_way")]
        return [ask_orchard(world, orchard_ports.BuyDrops(request_id=new_id(world, "drops"), drops=command.drops))]
    aim = world.orchard.aim
    near = trees_near(world, NEAREST_M) if aim is None else [aim.tree]
    tree = command.tree if command.tree is not None else near[0] if near else None
    fact = world.orchard.tree(tree) if tree is not None else None
    if fact is None:
        return [events.Declined(reason="tree_unknown")]
    match command:
        case AskLife():
            return [ask_orchard(world, orchard_ports.ReadLife(request_id=new_id(world, "life"), tree=fact.tree))]
        case Adopt():
            return _adopt(world, command, fact)
        case Visit():
            return _visit(world, fact)
        case Water():
            return _water(world, command, fact)
        case Tend():
            return _tend(world, command, fact)
        case Graft():
            return _graft(world, command, fact)


def _adopt(world: World, command: Adopt, fact: TreeFact) -> list[Event]:
    known, plot = world.orchard, fact.tree >> 16
    if fact.adopter is not None or fact.picked:
        return [events.Declined(reason="adopted_already")]
    if known.waits_for(orchard_ports.Adopt):
        return [events.Declined(reason="still_under_way")]
    if command.by_play:
        mine = any(
            tree.tree >> 16 == plot and tree.by_play and tree.adopter == world.purse.account
            for tree in known.trees.values()
        )
        taken = sum(tree.by_play for tree in known.trees.values() if tree.tree >> 16 == plot)
        if mine or taken >= known.plots[plot].play_trees:
            return [events.Declined(reason="no_tree_by_play")]
    request_id = new_id(world, "adopt")
    return [ask_orchard(world, orchard_ports.Adopt(request_id=request_id, tree=fact.tree, by_play=command.by_play))]


def _visit(world: World, fact: TreeFact) -> list[Event]:
    if fact.adopter is None or fact.adopter == world.purse.account:
        return [events.Declined(reason="not_a_friends_tree")]
    if waterings_shown(world.orchard, fact.tree)[0] < 1:
        return [events.Declined(reason="watered_enough")]
    if world.orchard.waits_for(orchard_ports.VisitTree, tree=fact.tree):
        return [events.Declined(reason="still_under_way")]
    return [ask_orchard(world, orchard_ports.VisitTree(request_id=new_id(world, "visit"), tree=fact.tree))]


def _water(world: World, command: Water, fact: TreeFact) -> list[Event]:
    if fact.adopter != world.purse.account:
        return [events.Declined(reason="not_your_tree")]
    if not 1 <= command.times <= waterings_shown(world.orchard, fact.tree)[0]:
        return [events.Declined(reason="watered_enough")]
    if drops_shown(world.orchard)[0] < command.times:
        return [events.Declined(reason="can_empty")]
    water = orchard_ports.WaterTree(request_id=new_id(world, "water"), tree=fact.tree, times=command.times)
    return [ask_orchard(world, water)]


def _tend(world: World, command: Tend, fact: TreeFact) -> list[Event]:
    rules, grown = world.orchard_rules, growth_of(world, fact.tree)
    if command.action not in TENDINGS:
        return [events.Declined(reason="tending_unknown", detail=command.action)]
    if fact.adopter != world.purse.account:
        return [events.Declined(reason="not_your_tree")]
    if command.action in fact.tended:
        return [events.Declined(reason="tended_already")]
    if rules is None or grown is None or grown.stage != rules.care.tending[command.action]:
        return [events.Declined(reason="wrong_stage")]
    if world.orchard.waits_for(orchard_ports.TendTree, tree=fact.tree):
        return [events.Declined(reason="still_under_way")]
    request_id = new_id(world, "tend")
    return [ask_orchard(world, orchard_ports.TendTree(request_id=request_id, tree=fact.tree, action=command.action))]


def _graft(world: World, command: Graft, fact: TreeFact) -> list[Event]:
    plot, grown = world.orchard.plots[fact.tree >> 16], growth_of(world, fact.tree)
    if fact.adopter != world.purse.account:
        return [events.Declined(reason="not_your_tree")]
    if fact.grafted or all(graft.with_variety != command.with_variety for graft in plot.grafts):
        return [events.Declined(reason="graft_impossible", detail=command.with_variety)]
    if grown is None or grown.stage not in GRAFT_STAGES:
        return [events.Declined(reason="wrong_stage")]
    if world.orchard.waits_for(orchard_ports.GraftTree, tree=fact.tree):
        return [events.Declined(reason="still_under_way")]
    graft = orchard_ports.GraftTree(
        request_id=new_id(world, "graft"), tree=fact.tree, with_variety=command.with_variety
    )
    return [ask_orchard(world, graft)]


def walk(world: World, happened: Sequence[Event]) -> list[Event]:
    """Count the steps of this tick in the street, and offer them to the can when there are enough."""
    known, rules = world.orchard, world.orchard_rules
    if rules is None:
        return []
    if world.place.kind == "street":
        known.steps = min(known.steps + sum(isinstance(event, Stepped) for event in happened), STEPS_MOST)
    if known.steps < rules.care.steps_at_once or known.can is None or market_closed(world) is not None:
        return []
    if known.can == known.can_full:
        return []
    steps = min(known.steps, known.can.steps_left_today)
    if steps < rules.care.steps_at_once or known.waits_for(orchard_ports.FillByWalking):
        return []
    known.steps -= steps
    return [ask_orchard(world, orchard_ports.FillByWalking(request_id=new_id(world, "walk"), steps=steps))]


def refused(world: World, request: OrchardRequest) -> None:
    """Steps that the can did not take are still walked; it is not offered them again and again."""
    if isinstance(request, orchard_ports.FillByWalking):
        world.orchard.steps = min(world.orchard.steps + request.steps, STEPS_MOST)
        world.orchard.can_full = world.orchard.can
