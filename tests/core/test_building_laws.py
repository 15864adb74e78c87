"""Laws of building: undo and redo, ids, rest, changes there and back, and recordings."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import building as b
from game.core import commands as c
from game.core import replay
from game.core.changes import change_of, done, taken_back
from game.core.ids import HOME
from game.core.ports import Holdings
from game.core.rooms import new_room
from game.core.step import step
from game.core.world import new_world
from tests.core.small import GOODS, HAT, STREET, VASE, street
from tests.core.small_home import START, back_and_forth, builds, do, home, home_world
from tests.core.small_rooms import KIT, TABLE, TEMPLATES, item, studio


@settings(max_examples=150, deadline=None)
@given(st.lists(builds, max_size=12))
def test_undone_one_by_one_any_building_gives_the_identical_room_and_redone_it_is_back(wishes: list) -> None:
    world = home_world(*START)
    rooms = [home(world)]
    for wish in wishes:
        step(world, [wish])
        if home(world) != rooms[-1]:
            rooms.append(home(world))
    built = msgspec.json.encode(home(world))
    for room in reversed(rooms[:-1]):
        assert do(world, b.Undo()) == []
        assert home(world) == room
    assert do(world, b.Undo()) == ["nothing_to_undo"]
    for room in rooms[1:]:
        assert do(world, b.Redo()) == []
        assert home(world) == room
    assert msgspec.json.encode(home(world)) == built


@settings(max_examples=150, deadline=None)
@given(st.lists(back_and_forth, max_size=20))
def test_no_id_is_given_twice_and_everything_rests_on_what_is_there(wishes: list) -> None:
    world = home_world(*START)
    given_to: dict[str, str] = {thing.id: thing.piece or thing.good for thing in START}
    for wish in wishes:
        step(world, [wish])
        room = home(world)
        here = {thing.id for thing in room.items}
        assert len(here) == len(room.items)
        for thing in room.items:
            assert given_to.setdefault(thing.id, thing.piece or thing.good) == (thing.piece or thing.good)
            assert thing.on == "" or thing.on in here
            assert int(thing.id[1:]) < world.strokes.next_item
            assert all(abs(value) < 200 for value in thing.at_m)


def can_be_written_down(wish: c.Command) -> bool:
    """JSON has no NaN and no infinity; no device gives any."""
    try:
        return bool(msgspec.json.decode(msgspec.json.encode(wish), type=c.Command) == wish)
    except msgspec.ValidationError:
        return False


@settings(max_examples=40, deadline=None)
@given(st.lists(back_and_forth.filter(can_be_written_down), max_size=12))
def test_building_plays_back_to_the_same_digest(tmp_path_factory: pytest.TempPathFactory, wishes: list) -> None:
    path = tmp_path_factory.mktemp("replay") / "s.jsonl"
    world = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    room = msgspec.structs.replace(new_room(studio(), name="Mine"), items=START, next_item=6)
    held = Holdings(goods={VASE: 3, HAT: 2}, balance_wei=1, block=5)  # type: ignore[arg-type]
    with replay.Recorder(path, world, seed=1) as recorder:
        for commands in ([c.Admit(room=room), c.Travel(place=HOME)], [b.StartBuilding()], *([wish] for wish in wishes)):
            recorder.record(commands, [held])
            step(world, commands, [held])
        recorder.close(world)
    again = replay.play(path, {STREET: street()}, dict(GOODS), kit=KIT, templates=TEMPLATES)
    assert replay.digest(again) == replay.digest(world)


@given(st.lists(st.integers(1, 8), unique=True), st.lists(st.integers(1, 8), unique=True), st.booleans())
def test_a_change_leads_there_and_back_whatever_the_order(before: list[int], after: list[int], painted: bool) -> None:
    room = new_room(studio(), name="Mine")
    a = msgspec.structs.replace(room, items=tuple(item(n, TABLE, (0.0, 0.0)) for n in before))
    z = msgspec.structs.replace(
        room, name="Other", items=tuple(item(n, TABLE, (float(painted and n > 4), 0.0)) for n in after)
    )
    change = change_of(a, z, "any")
    assert done(a, change) == z
    assert taken_back(z, change) == a
    again = msgspec.json.decode(msgspec.json.encode(change), type=type(change))
    assert done(a, again) == z


def test_a_change_of_another_room_is_refused() -> None:
    room = new_room(studio(), name="Mine")
    with_table = msgspec.structs.replace(room, items=(item(1, TABLE, (0.0, 0.0)),))
    with pytest.raises(ValueError, match="not the one"):
        done(room, change_of(with_table, room, "RemoveItems"))
