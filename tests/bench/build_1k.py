"""Dragging a thing through a room of 1,000 items, beside what a frame may take at 60 a second.

A step of the drag is what one move of the pointer costs the world: where the ray meets the room, where the thing comes
to rest there, whether it fits and whether one can still walk to everything. A drop changes the room, once a drag.
"""

import time
from random import Random
from statistics import median, quantiles

import msgspec

from game.content.load import load_catalogue, world_of
from game.core import building as b
from game.core.commands import Admit, Travel
from game.core.goods import Text
from game.core.ids import HOME, ItemId, PieceId, PlaceId, TemplateId
from game.core.places import Spot
from game.core.rooms import Item, Template, Wall, new_room
from game.core.rules import building, carrying
from game.core.step import step
from game.core.world import World
from tests.bench.harness import Figure, Result
from tests.bench.look_at import ROOT

ITEMS = 1_000
STEPS, DROPS = 600, 20
FRAME_MS = 1000 / 60
SIDE_M = 40.0
APART_M = 1.4
ROWS = 26
HALL = TemplateId("hall")


def hall_of(items: int) -> World:
    """A home of forty by forty metres, the largest there can be, full of rows of stools, plinths and lamps on these."""
    found = load_catalogue(ROOT)
    studio = found.templates[TemplateId("studio")]
    door = msgspec.structs.replace(studio.door, at_m=(SIDE_M / 2, 0.0, 0.0), yaw_deg=-90.0)
    walls = tuple(
        Wall(at_m=(x, y, 0.0), yaw_deg=yaw, width_m=SIDE_M, height_m=3.0)
        for x, y, yaw in ((0.0, SIDE_M / 2, 180.0), (0.0, -SIDE_M / 2, 0.0), (-SIDE_M / 2, 0.0, -90.0))
    )
    hall = Template(
        id=HALL, name=Text(en="Hall", zh="大厅"), size_m=(SIDE_M, SIDE_M, 3.2), spawn=Spot(at_m=(19.0, 0.0, 0.0)),
        counter=Spot(at_m=(19.0, 1.0, 0.0)), door=door, walls=walls,
    )  # fmt: skip
    found.templates[HALL] = hall
    world = world_of(found, start=PlaceId("street"), seed=1)
    step(world, [Admit(room=msgspec.structs.replace(
        new_room(hall, name="Hall"), items=tuple(rows(world, items)), next_item=items + 1
    )), Travel(place=HOME)])  # fmt: skip
    step(world, [b.StartBuilding()])
    return world


def rows(world: World, count: int) -> list[Item]:
    """Plinths and stools in a grid that one can walk through, and lamps on every plinth."""
    plinth, stool, lamp = PieceId("plinth_low"), PieceId("stool"), PieceId("lamp_table")
    top_m = world.kit[plinth].surfaces[0].at_m[2]
    out: list[Item] = []
    for spot in range(count):
        column, row = divmod(spot, ROWS)
        x, y = -18.0 + column * APART_M, -17.5 + row * APART_M
        for piece, z in ((plinth, 0.0), (lamp, top_m)) if spot % 4 else ((stool, 0.0),):
            number = len(out) + 1
            on = ItemId(f"i{number - 1}") if piece == lamp else ItemId("")
            out.append(Item(id=ItemId(f"i{number}"), piece=piece, at_m=(round(x, 3), round(y, 3), z), on=on))
            if len(out) == count:
                return out
    return out


def drag(world: World, steps: int) -> list[float]:
    """Milliseconds of each step of a drag across the room; the thing ends anywhere."""
    rng = Random(5)
    took: list[float] = []
    x, y = 0.0, 0.0
    step(world, [b.TakeNew(piece=PieceId("bookcase"))])
    for _ in range(steps):
        x = min(max(x + rng.uniform(-0.4, 0.4), -19.0), 19.0)
        y = min(max(y + rng.uniform(-0.4, 0.4), -19.0), 19.0)
        command = b.CarryTo(origin_m=(x - 1.0, y - 1.5, 1.6), ray=(1.0, 1.5, -1.6))
        begun = time.perf_counter_ns()
        building.grant(world, command)
        took.append((time.perf_counter_ns() - begun) / 1e6)
    step(world, [b.PutAway()])
    return took


def drops(world: World, count: int) -> list[float]:
    """Milliseconds of taking up an item and setting it down a little farther, and back."""
    took: list[float] = []
    assert world.home is not None
    for number in range(count):
        way = 0.05 if number % 2 == 0 else -0.05
        begun = time.perf_counter_ns()
        happened = building.grant(world, b.MoveItems(ids=(ItemId("i1"),), by_m=(way, 0.0, 0.0)))
        took.append((time.perf_counter_ns() - begun) / 1e6)
        assert len(happened) > 1, happened
    return took


def build_1k() -> Result:
    """The slowest twentieth of the steps of a drag begins here, in a room of 1,000 items."""
    carrying.forget()
    world = hall_of(ITEMS)
    took, few = drag(world, STEPS), drag(hall_of(ITEMS // 10), STEPS)
    slow_ms, drop_ms = quantiles(took, n=20)[-1], median(drops(world, DROPS))
    return Result(
        name="build_1k", value=slow_ms, unit="ms", baseline=Figure(name="frame", value=FRAME_MS),
        limit=Figure(name="drop_ms", value=drop_ms), ratio=slow_ms / FRAME_MS, target=f"<= {FRAME_MS:.1f} ms a step",
        met=slow_ms <= FRAME_MS,
        note=f"median {median(took):.2f} ms, {median(took) / median(few):.1f} x that of {ITEMS // 10} items; "
        f"a drop {drop_ms:.0f} ms",
    )  # fmt: skip


BENCHMARKS = {"build_1k": build_1k}
