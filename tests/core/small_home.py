"""The player's home in the small world, furnished and under construction, and what may be done to it there."""

import msgspec
from hypothesis import strategies as st

from game.core import building as b
from game.core import commands as c
from game.core.events import Declined
from game.core.ids import HOME, GoodId, ItemId
from game.core.paints import LAMPLIGHT
from game.core.ports import Holdings
from game.core.rooms import Item, Room, new_room
from game.core.step import step
from game.core.world import World, new_world
from tests.core.small import GOODS, HAT, PRINT, STREET, VASE, street
from tests.core.small_rooms import BENCH, KIT, LAMP, SHELF, TABLE, TEMPLATES, item, studio


def home_world(*items: Item, owned: dict[GoodId, int] | None = None, build: bool = True) -> World:
    world = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    room = new_room(studio(), name="Mine")
    room = msgspec.structs.replace(room, items=items, next_item=1 + max((int(i.id[1:]) for i in items), default=0))
    step(world, [c.Admit(room=room), c.Travel(place=HOME)])
    units = {VASE: 3, HAT: 2, PRINT: 1} if owned is None else owned
    step(world, [], [Holdings(goods=units, balance_wei=10**18, block=5)])  # type: ignore[arg-type]
    if build:
        step(world, [b.StartBuilding()])
    return world


def home(world: World) -> Room:
    assert world.home is not None
    return world.home


def the(world: World, item_id: str) -> Item:
    return next(thing for thing in home(world).items if thing.id == item_id)


def do(world: World, *commands: c.Command) -> list[str]:
    """Step once for each; the reasons for which any was declined."""
    out = []
    for command in commands:
        out += [event.reason for event in step(world, [command]) if isinstance(event, Declined)]
    return out


metres = st.floats(-4.5, 4.5) | st.sampled_from([0.0, 1e9, float("nan"), float("inf")])
spots = st.tuples(metres, metres, st.floats(-0.5, 3.5))
ids = st.lists(st.integers(1, 12).map(lambda n: ItemId(f"i{n}")), max_size=4).map(tuple)
pieces = st.sampled_from(sorted(KIT))
whats = st.fixed_dictionaries({"piece": pieces}) | st.fixed_dictionaries({"good": st.sampled_from(sorted(GOODS))})
turns = st.sampled_from([0.0, 15.0, 90.0, -37.5, 360.0, float("nan")])
builds = st.one_of(
    st.builds(lambda what, at, yaw: b.PlaceItem(**what, at_m=at, yaw_deg=yaw), whats, spots, turns),
    st.builds(b.MoveItems, ids=ids, by_m=spots, turn_deg=turns),
    st.builds(b.DuplicateItems, ids=ids, by_m=st.none() | spots),
    st.builds(b.RemoveItems, ids=ids, along=st.booleans()),
    st.builds(b.GroupItems, ids=ids),
    st.builds(b.UngroupItems, ids=ids),
    st.builds(b.AlignItems, ids=ids, how=st.sampled_from(["left", "middle", "top", "spread", "round"])),
    st.builds(b.PaintItems, ids=ids, slot=st.sampled_from(["wood", "wall", LAMPLIGHT, ""]),
              colour=st.sampled_from(["#aabbcc", "#aabbcc tile", "wood", "", "x"]), of_room=st.booleans()),
    st.builds(b.SetWords, ids=ids, words=st.text(max_size=20)),
    st.builds(b.SetPicture, ids=ids, picture=st.sampled_from(["", "ab" * 32, "no"])),
    st.builds(b.SetLight, ids=ids, warmth_k=st.none() | st.integers(-5, 99_999), glow=st.none() | st.floats()),
    st.builds(b.SetRoom, name=st.none() | st.text(max_size=50), mood=st.sampled_from([None, "night", "fog"])),
    st.builds(b.SetTemplate, template=st.sampled_from(sorted(TEMPLATES)), keep=st.booleans()),
    st.builds(b.SelectItems, ids=ids, add=st.booleans()),
    st.builds(b.SetSnap, grid_m=st.sampled_from([0.0, 0.05, 0.25, 7.0]), turn_deg=turns),
    st.builds(lambda what: b.TakeNew(**what), whats),
    st.builds(b.TakeUp, ids=ids, stay=st.booleans()),
    st.builds(b.CarryTo, origin_m=spots, ray=st.none() | spots),
    st.builds(b.TurnCarried, deg=turns),
    st.builds(b.NudgeCarried, by_m=spots),
    st.builds(b.BringCarried, at_m=spots, yaw_deg=st.none() | turns),
    st.builds(b.Drop, again=st.booleans()),
    st.just(b.PutAway()),
)  # fmt: skip
back_and_forth = builds | st.sampled_from([b.Undo(), b.Redo()])
START = (
    item(1, TABLE, (-1.0, 1.0)), item(2, LAMP, (-0.6, 1.0, 0.7), on="i1"), item(3, SHELF, (1.0, 2.75)),
    item(4, VASE, (1.0, 2.75, 0.65), on="i3"), item(5, BENCH, (1.5, 0.5)),
)  # fmt: skip
