"""Pickers of four skills: they play harvest contests by the rules themselves, without a window and without waiting.

A picker differs from another by hands and eyes alone: how well it sees what is ripe, how far and how fast it twists,
how hard it pulls, how long it looks about. All of that is drawn from one seed, so a harvest can be played again.
"""

from dataclasses import dataclass
from math import hypot, radians
from random import Random

import numpy as np

from game.core import events as e
from game.core import orchard as o
from game.core.commands import Move
from game.core.day_orders import DAY_SECS, orders_of
from game.core.errors import GameError
from game.core.events import Event
from game.core.goods import Text
from game.core.ids import MakerId, PlaceId
from game.core.orchard import VILLAGE
from game.core.orchard_fruit import Floats, hanging, variety_of
from game.core.orchard_rules import SPECIES, OrchardRules
from game.core.orchard_trees import standing_in
from game.core.picking import most_worth
from game.core.places import Grove, Place, Spot
from game.core.rules import orchard, orchard_contest, orchard_scale
from game.core.rules.movement import WALK_MPS
from game.core.world import DT_SECS, World, new_world

ORCHARD = PlaceId("practice")
TREES_A_SPECIES = 3
STEP_M = 4.0
STUCK_SECS = 60.0  # so long nothing comes of anything, and yet ripe fruit hangs within reach
UNLOAD_AT = 0.9  # of the basket's weight
WAY_TO_SCALE_SECS = 12.0


@dataclass(slots=True, frozen=True)
class Skill:
    """How good hands and eyes are; pairs are mean and spread of what is drawn for each fruit."""

    name: str
    sees_within: float  # spread of how ripe a fruit looks around how ripe it is
    tugs_when_unsure: float  # tugs at what looks this near to the edge of ripeness
    twist_share: tuple[float, float]  # of the twist that its variety needs
    twist_rad_s: tuple[float, float]
    pull_a_sec: tuple[float, float]  # how fast the pull grows
    looks_secs: float  # about for the next fruit
    climbs: bool


SKILLS = (
    Skill("novice", 0.16, 0.00, (0.55, 0.35), (6.0, 2.5), (3.0, 1.5), 2.6, False),
    Skill("casual", 0.10, 0.03, (0.80, 0.25), (5.0, 1.5), (2.0, 0.8), 2.0, False),
    Skill("skilled", 0.06, 0.05, (0.98, 0.12), (4.8, 0.9), (1.4, 0.4), 1.6, True),
    Skill("master", 0.03, 0.06, (1.05, 0.05), (5.2, 0.5), (1.1, 0.2), 1.3, True),
)


@dataclass(slots=True, frozen=True)
class Harvested:
    """How one harvest went; `stuck` where nothing came of anything although ripe fruit hung within reach."""

    skill: str
    seed: int
    points: int
    clean: int
    bruised: int
    unripe: int  # that were pulled at in vain
    best_combo: int
    medal: str
    stuck: bool

    @property
    def clean_share(self) -> float:
        """Of all fruit picked, 0..1; 0 for none."""
        return self.clean / max(self.clean + self.bruised, 1)


def practice_orchard() -> Place:
    """Three trees of each species on level ground, a scale in their middle."""
    rows = [(-STEP_M, STEP_M * row, TREES_A_SPECIES) for row in range(len(SPECIES))]
    groves = tuple(
        Grove(plot=VILLAGE, species=species, step_m=STEP_M, rows=(row,))
        for species, row in zip(SPECIES, rows, strict=True)
    )
    name = Text(en="Practice", zh="练习")
    return Place(
        id=ORCHARD, kind="orchard", name=name, keeper=MakerId("village"), spawn=Spot(at_m=(0.0, -3.0, 0.0)),
        counter=Spot(at_m=(0.0, -4.0, 0.0)), groves=groves, floor="earth",
    )  # fmt: skip


def practice_world(rules: OrchardRules, *, day: int, place: Place | None = None) -> World:
    """A world on a day of the chain's whose player stands in an orchard."""
    where = place if place is not None else practice_orchard()
    world = new_world({where.id: where}, {}, start=where.id, seed=day, orchard_rules=rules)
    world.orchard.now_secs = day * DAY_SECS
    orchard.settle(world, [])
    return world


def day_limit(rules: OrchardRules, world: World) -> int:
    """The most points that one day can bring by the village's trees and the day's orders, whatever one does."""
    standing = standing_in(world.place)
    trees = sum(tree >> 16 == VILLAGE for tree in standing.trees.tolist()) if standing is not None else 0
    orders = sum(order.points for order in orders_of(rules.day_orders, world.orchard.today.day))
    return trees * rules.contest.village_fruits * most_worth(rules.picking.points) + orders


class Picker:
    """One player at the trees: it acts by commands, and lets the ticks pass that its hands and feet take."""

    def __init__(self, world: World, skill: Skill, seed: int) -> None:
        rules, standing = world.orchard_rules, standing_in(world.place)
        if rules is None or standing is None:
            raise GameError(f"{world.place_id}: no trees grow there; let the picker play in an orchard")
        self.world, self.skill, self.rules = world, skill, rules
        self.trees: list[int] = standing.trees.tolist()
        self.unripe = 0
        self._draw = Random(f"{skill.name} {seed}")
        self._at: list[tuple[int, int]] = []  # tree and index of each fruit (n)
        middles: list[Floats] = []
        ripeness: list[Floats] = []
        for tree in self.trees:
            found = hanging(world, tree)
            if found is not None and found.middle_m is not None:
                self._at += [(tree, index) for index in range(len(found.there))]
                middles.append(found.middle_m)
                ripeness.append(found.ripeness)
        self._middle_m, true = np.concatenate(middles), np.concatenate(ripeness)
        errors = np.array([self._draw.gauss(0.0, skill.sees_within) for _ in self._at])
        self._looks = true + errors  # how ripe each fruit looks to these eyes, however often they look
        self._row = {at: row for row, at in enumerate(self._at)}
        self._done = np.zeros(len(self._at), dtype=bool)  # picked, or given up

    def do(self, *commands: o.OrchardCommand, secs: float = DT_SECS) -> list[Event]:
        """Wish for something and let time pass."""
        out: list[Event] = []
        for command in commands:
            out += orchard.grant(self.world, command)
        self.world.tick += max(1, round(secs / DT_SECS))
        return out + orchard_contest.settle(self.world)

    def next_fruit(self) -> tuple[int, int] | None:
        """The fruit that looks ripe and costs least time to get at; None when there is none left to this picker."""
        reach, middle_m = self.rules.picking.reach, self._middle_m
        top_m = reach.hand_m + (reach.ladder_m if self.skill.climbs else 0.0)
        wanted = ~self._done & (middle_m[:, 2] <= top_m) & (self._looks >= self.rules.picking.stroke.ripe_from)
        if not wanted.any():
            return None
        x, y, _ = self.world.body.pos_m
        secs = np.hypot(middle_m[:, 0] - x, middle_m[:, 1] - y) / WALK_MPS
        secs += np.where(middle_m[:, 2] > reach.hand_m, self.rules.picking.ladder_secs, 0.0)
        return self._at[int(np.where(wanted, secs, np.inf).argmin())]

    def pick(self, tree: int, index: int) -> list[Event]:
        """Go to a fruit, make sure of it where it looks doubtful, and pick it as well as these hands can."""
        world, picking, skill, row = self.world, self.rules.picking, self.skill, self._row[tree, index]
        x, y, z = self._middle_m[row].tolist()
        way_m = max(hypot(x - world.body.pos_m[0], y - world.body.pos_m[1]) - 0.5, 0.0)
        out: list[Event] = []
        self._done[row] = True  # whatever comes of it, these hands won't try it twice
        if way_m > 0.8:
            out += orchard.before_walking(world, Move(ahead=1.0))
            world.body.pos_m = (x, y - 0.4, 0.0)
        out += self.do(secs=skill.looks_secs * self._draw.uniform(0.7, 1.3) + way_m / WALK_MPS)
        if z > picking.reach.hand_m and world.orchard.ladder_tick is None:
            out += self.do(o.UseLadder(), secs=picking.ladder_secs)
        if abs(self._looks[row] - picking.stroke.ripe_from) < skill.tugs_when_unsure:
            world.orchard.aim = o.Aim(tree=tree, index=index)
            felt = self.do(o.Tug(), secs=picking.knock_secs)
            out += felt
            if any(isinstance(event, e.Tugged) and event.give == 0.0 for event in felt):
                return out
        return out + self._stroke(tree, index)

    def _stroke(self, tree: int, index: int) -> list[Event]:
        skill, draw, known = self.skill, self._draw, self.world.orchard
        out = self.do(o.Grasp(tree=tree, index=index))
        variety = variety_of(self.world, tree)
        if known.grasped is None or variety is None:
            return out
        speed = max(draw.gauss(*skill.twist_rad_s), 1.0)
        left = max(draw.gauss(*skill.twist_share), 0.0) * radians(variety.twist_deg)
        while left > 0.0 and known.grasped is not None:
            twist = min(speed * DT_SECS, left)
            left -= twist
            out += self.do(o.TwistAndPull(twist_rad=twist))
        growth, pull = max(draw.gauss(*skill.pull_a_sec), 0.3) * DT_SECS, 0.0
        while known.grasped is not None:
            pull = min(pull + growth, 1.0)
            out += self.do(o.TwistAndPull(pull=pull))
        self.unripe += sum(isinstance(event, e.StalkHeld) for event in out)
        return out

    def make_room(self) -> list[Event]:
        """Empty the basket before it is too full for another fruit: into the crate, or at the scale."""
        counter = self.world.place.counter
        if self.world.orchard.basket_grams < UNLOAD_AT * self.rules.picking.basket_grams:
            return []
        if self.world.orchard.contest is not None or counter is None:
            return self.do(o.TakeFruit(), secs=orchard_scale.UNLOAD_SECS)
        self.world.body.pos_m = counter.at_m
        return self.do(o.WeighBasket(), secs=WAY_TO_SCALE_SECS) + self.do(o.TakeFruit())


def harvest(rules: OrchardRules, skill: Skill, seed: int, *, place: Place | None = None) -> Harvested:
    """One contest, played to its end: `seed` is its day, and what the picker's hands do."""
    world = practice_world(rules, day=seed, place=place)
    picker = Picker(world, skill, seed)
    picker.do(o.StartContest())
    stuck, progress_tick = False, world.tick
    while world.orchard.contest is not None and not stuck:
        found = picker.next_fruit()
        if found is None:
            picker.do(o.EndContest())
            break
        happened = picker.pick(*found) + picker.make_room()
        if any(isinstance(event, e.FruitPicked | e.StalkHeld) for event in happened):
            progress_tick = world.tick
        stuck = (world.tick - progress_tick) * DT_SECS > STUCK_SECS
    if stuck:
        picker.do(o.EndContest())
    result = world.orchard.results[-1]
    return Harvested(
        skill=skill.name, seed=seed, points=result.points, clean=result.clean, bruised=result.bruised,
        unripe=picker.unripe, best_combo=result.best_combo, medal=result.medal, stuck=stuck,
    )  # fmt: skip


def day(rules: OrchardRules, skill: Skill, seed: int, *, place: Place | None = None) -> Picker:
    """A whole day at the village's trees, until nothing is left that this picker would take; who played it."""
    picker = Picker(practice_world(rules, day=seed, place=place), skill, seed)
    while (found := picker.next_fruit()) is not None:
        picker.pick(*found)
        picker.make_room()
    return picker


def harvests(rules: OrchardRules, count: int, *, place: Place | None = None) -> list[Harvested]:
    """So many harvests, shared out among the four skills in turn."""
    return [
        harvest(rules, SKILLS[number % len(SKILLS)], number // len(SKILLS), place=place) for number in range(count)
    ]
