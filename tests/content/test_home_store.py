import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.home_store import HomeStore, Kept
from game.content.room_copy import RoomCopyError, exported, imported, read_copy, write_copy
from game.core import building as b
from game.core.errors import GameError
from game.core.events import Built
from game.core.rooms import MAKERS_OFFER, Room, new_room
from game.core.step import step
from game.core.world import World
from tests.core.small import VASE
from tests.core.small_home import START, back_and_forth, home, home_world
from tests.core.small_rooms import BENCH, TABLE, item, studio


def note(store: HomeStore, world: World, happened: list) -> None:
    for event in happened:
        if isinstance(event, Built):
            store.note(event, world.strokes.next_item)


def build(store: HomeStore, world: World, *commands: b.BuildCommand) -> None:
    for command in commands:
        note(store, world, step(world, [command]))


def opened(tmp_path: Path, *items) -> tuple[HomeStore, World]:
    world = home_world(*items)
    store = HomeStore(tmp_path)
    store.begin(Kept(room=home(world), next_item=world.strokes.next_item))
    return store, world


def flushed(store: HomeStore) -> None:
    """Wait until all is written, as if the game were then killed."""
    store._todo.put(None)
    assert store._thread is not None
    store._thread.join()
    store._thread = None


PLACES = tuple(b.PlaceItem(piece=BENCH, at_m=(x, 2.0, 0.0)) for x in (-2.5, -1.0, 0.5))


def test_there_is_no_home_at_first(tmp_path: Path) -> None:
    assert HomeStore(tmp_path).load() == (None, "")


def test_after_a_crash_strokes_can_still_be_taken_back_and_done_again(tmp_path: Path) -> None:
    store, world = opened(tmp_path)
    build(store, world, *PLACES, b.Undo())
    flushed(store)
    kept, notice = HomeStore(tmp_path).load()
    assert kept is not None
    assert notice == ""
    assert (kept.room, kept.done, kept.undone) == (home(world), world.strokes.done, world.strokes.undone)
    assert kept.next_item == world.strokes.next_item == 4
    again = home_world()
    step(again, [kept.admit(), b.StartBuilding()])
    step(again, [b.Redo()])
    assert [thing.id for thing in home(again).items] == ["i1", "i2", "i3"]
    step(again, [b.Undo()])
    step(again, [b.Undo()])
    assert [thing.id for thing in home(again).items] == ["i1"]
    step(again, [PLACES[1]])
    assert [thing.id for thing in home(again).items] == ["i1", "i4"], "i2 and i3 were given before the crash"


def test_begun_again_after_a_crash_the_journal_still_leads_to_the_same(tmp_path: Path) -> None:
    store, world = opened(tmp_path)
    build(store, world, *PLACES, b.Undo(), b.Undo())
    flushed(store)
    kept, _ = HomeStore(tmp_path).load()
    assert kept is not None
    next_store = HomeStore(tmp_path)
    next_store.begin(kept)
    flushed(next_store)
    again, notice = HomeStore(tmp_path).load()
    assert notice == ""
    assert again is not None
    assert (again.room, again.done, again.undone) == (kept.room, kept.done, kept.undone)


def test_left_in_order_the_room_stays_and_the_strokes_begin_anew(tmp_path: Path) -> None:
    store, world = opened(tmp_path)
    build(store, world, *PLACES)
    store.close()
    kept, notice = HomeStore(tmp_path).load()
    assert kept is not None
    assert (kept.room, kept.done, kept.undone, notice) == (home(world), [], [], "")


def test_a_torn_last_line_is_the_stroke_in_hand(tmp_path: Path) -> None:
    store, world = opened(tmp_path)
    build(store, world, *PLACES)
    flushed(store)
    data = store.journal_path.read_bytes()
    store.journal_path.write_bytes(data[:-20])
    store.room_path.unlink()
    kept, notice = HomeStore(tmp_path).load()
    assert kept is not None
    assert (len(kept.room.items), notice) == (2, "")


def test_a_damaged_journal_gives_the_last_whole_state_and_says_so(tmp_path: Path) -> None:
    store, world = opened(tmp_path)
    build(store, world, *PLACES)
    flushed(store)
    lines = store.journal_path.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"bench", b"banch")
    store.journal_path.write_bytes(b"".join(lines))
    kept, notice = HomeStore(tmp_path).load()
    assert kept is not None
    assert (kept.room, notice) == (home(world), "home_damaged"), "room.json is newer than what is left of the journal"
    assert store.journal_path.with_name("strokes.jsonl.old").exists()


def test_a_damaged_journal_without_a_room_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    store, world = opened(tmp_path)
    build(store, world, *PLACES)
    flushed(store)
    lines = store.journal_path.read_bytes().splitlines(keepends=True)
    store.journal_path.write_bytes(b"".join((*lines[:2], b"rubbish\n", *lines[3:])))
    store.room_path.write_bytes(b"{")
    kept, notice = HomeStore(tmp_path).load()
    assert kept is not None
    assert (len(kept.room.items), notice) == (1, "home_damaged")


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"[]", b"deadbeef {}\n"])
def test_where_nothing_can_be_read_it_is_said_and_set_aside(tmp_path: Path, content: bytes) -> None:
    store = HomeStore(tmp_path)
    store.folder.mkdir(parents=True)
    store.journal_path.write_bytes(content)
    store.room_path.write_bytes(content)
    assert HomeStore(tmp_path).load() == (None, "home_lost")
    assert HomeStore(tmp_path).load() == (None, "")


PROGRAM = """
import sys
from pathlib import Path
from game.core import building as b
from tests.content.test_home_store import build, opened
store, world = opened(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    build(store, world, b.SetRoom(name=f"Room {number}"))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kill_9_in_the_midst_of_building_loses_at_most_what_was_in_hand(tmp_path: Path) -> None:
    for round_number in range(3):
        folder = tmp_path / str(round_number)
        child = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.05 * (round_number + 1))
        os.kill(child.pid, signal.SIGKILL)
        said = [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.wait()
        kept, notice = HomeStore(folder).load()
        assert kept is not None
        assert notice == ""
        number = int(kept.room.name.split()[1])
        assert number >= max(said, default=1), "what was answered is kept"
        assert len(kept.done) == number, "and can be taken back"


@settings(max_examples=25, deadline=None)
@given(st.lists(back_and_forth, max_size=10))
def test_whatever_was_built_is_read_back_with_all_its_strokes(
    tmp_path_factory: pytest.TempPathFactory, wishes: list
) -> None:
    store, world = opened(tmp_path_factory.mktemp("home"), *START)
    build(store, world, *wishes)
    flushed(store)
    kept, notice = HomeStore(store.folder.parents[1]).load()
    assert kept is not None
    assert (kept.room, notice) == (home(world), "")
    assert (kept.done, kept.undone) == (world.strokes.done, world.strokes.undone)


def test_a_copy_of_a_room_is_the_same_room_without_its_offers() -> None:
    room = msgspec.structs.replace(
        new_room(studio(), name="Mine"), next_item=3,
        items=(item(1, TABLE, (0.0, 1.0), paint={"b": "#aabbcc", "a": "#112233"}), item(2, VASE, (0.0, 1.0, 0.7),
               on="i1", offer=MAKERS_OFFER)),
    )  # fmt: skip
    again = imported(exported(room))
    assert again.items[0] == room.items[0]
    assert again.items[1] == msgspec.structs.replace(room.items[1], offer="")
    assert exported(again) == exported(room)
    assert imported(exported(again)) == again


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[" * 100_000, b"x" * 5_000_000, exported(new_room(studio(), name="M")).replace(b'"M"', b'"\\u0000"'),
     exported(new_room(studio(), name="M")).replace(b'"version":1', b'"version":2'),
     exported(new_room(studio(), name="M")).replace(b'"name":"M"', b'"name":"M","run":"rm"')],
)  # fmt: skip
def test_what_is_no_copy_of_a_room_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(GameError, match="copy of a room"):
        imported(data)


def test_what_is_wrong_with_a_copy_is_told_apart(tmp_path: Path) -> None:
    sound = exported(new_room(studio(), name="Mine"))
    for content, reason in (
        (b"a letter", "copy_not_one"), (b'{"format":"loquat-avatar","version":1}', "copy_not_one"),
        (sound[: len(sound) // 2], "copy_damaged"), (sound.replace(b'"mood":"day"', b'"mood":"fog"'), "copy_damaged"),
        (sound.replace(b'"version":1', b'"version":9'), "copy_newer"), (b"x" * 5_000_000, "copy_not_one"),
    ):  # fmt: skip
        path = tmp_path / "a.loquat-room"
        path.write_bytes(content)
        with pytest.raises(RoomCopyError) as caught:
            read_copy(path)
        assert caught.value.reason == reason, content[:60]
    for gone in (tmp_path / "nowhere", tmp_path, Path("a\0b")):
        with pytest.raises(RoomCopyError) as caught:
            read_copy(gone)
        assert caught.value.reason == "copy_gone"


def test_copies_are_written_under_the_rooms_name_and_never_over_each_other(tmp_path: Path) -> None:
    room = new_room(studio(), name='../Mei: "river" room?')
    first, second = write_copy(tmp_path / "copies", room), write_copy(tmp_path / "copies", room)
    assert first.parent == second.parent == tmp_path / "copies"
    assert first != second
    assert read_copy(first) == read_copy(second) == room


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_mutated_copy_is_taken_as_a_sound_room_or_refused(data: st.DataObject) -> None:
    room: Room = msgspec.structs.replace(new_room(studio(), name="Mine"), items=START, next_item=6)
    content = bytearray(exported(room))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        taken = imported(bytes(content))
    except GameError:
        return
    assert imported(exported(taken)) == taken
    world = home_world()
    step(world, [b.Furnish(room=taken)])
    step(world, [])
    assert world.home is not None
    assert all(item.good or item.piece in world.kit for item in world.home.items)
