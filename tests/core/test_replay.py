import os
import subprocess
import sys
from math import ceil
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import commands as c
from game.core import ports, replay
from game.core.errors import GameError
from game.core.ids import Wei
from game.core.replay import Recorder
from game.core.step import step
from game.core.world import World
from tests.core.small import CAP, HAT, SCARF, STREET, ready, world_at
from tests.core.test_hands import news, wishes

Session = list[tuple[c.Command, ports.Update | None, int]]


def record(path: Path, session: Session, *, seed: int = 3) -> World:
    world = world_at(seed=seed)
    recorder = Recorder(path, world, seed=seed)
    for wish, update, times in session:
        for _ in range(times):
            updates = [update] if update is not None else []
            recorder.record([wish], updates)
            step(world, [wish], updates)
    recorder.close(world)
    return world


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(wishes, st.none() | news, st.integers(1, 4)), max_size=30), st.integers(0, 2**63))
def test_played_back_a_session_ends_in_the_same_digest(
    tmp_path_factory: pytest.TempPathFactory, session: Session, seed: int
) -> None:
    path = tmp_path_factory.mktemp("replay") / "session.jsonl"
    world = record(path, session, seed=seed)
    again = replay.play(path, world.places, world.goods)
    assert replay.digest(again) == replay.digest(world)
    assert again.tick == world.tick


WALK: Session = [(c.Move(ahead=1.0), ready(), 1), (c.AddToBasket(good=HAT), None, 1), (c.Checkout(), None, 1)]


def test_wei_beyond_64_bits_pass_unchanged(tmp_path: Path) -> None:
    rich = ports.Holdings(goods={HAT: 1}, balance_wei=Wei(10**40 + 1), block=1)
    world = record(tmp_path / "s.jsonl", [(c.PutBack(), rich, 1)])
    assert replay.play(tmp_path / "s.jsonl", world.places, world.goods).purse.balance_wei == 10**40 + 1


def test_equal_ticks_share_lines_of_at_most_half_a_second(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "s.jsonl"
    record(path, [(c.Move(ahead=1.0), None, 500)])
    lines = path.read_text().splitlines()[1:-1]
    assert len(lines) == ceil(500 / replay.MOST_TIMES) < 20
    assert sum(entry.times for entry in replay.read(path)[1]) == 500


def test_a_changed_session_or_rule_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    world = record(path, WALK)
    assert replay.play(path, world.places, world.goods).orders.keys() == world.orders.keys()
    path.write_text(path.read_text().replace('"ahead":1.0', '"ahead":-1.0'))
    with pytest.raises(GameError, match="a rule has changed"):
        replay.play(path, world.places, world.goods)


def test_another_catalogue_or_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    world = record(path, WALK)
    hat = msgspec.structs.replace(world.goods[HAT], kind="scarf")
    with pytest.raises(GameError, match="catalogue"):
        replay.play(path, world.places, {**world.goods, HAT: hat})
    path.write_text(path.read_text().replace('"version":1', '"version":99'))
    with pytest.raises(GameError, match="version 99"):
        replay.read(path)


def test_a_torn_last_line_is_left_out_and_a_damaged_middle_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    world = record(path, WALK)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2]) + lines[-2][:20])
    assert replay.play(path, world.places, world.goods).tick == 2
    path.write_bytes(lines[0] + b"nonsense\n" + lines[-1])
    with pytest.raises(GameError, match="line 2"):
        replay.read(path)
    path.write_bytes(b"")
    with pytest.raises(GameError, match="not a recording"):
        replay.read(path)


def test_a_growing_file_is_played_on_from_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, growing = tmp_path / "s.jsonl", tmp_path / "growing.jsonl"
    world = record(path, [*WALK, (c.Move(ahead=0.5), None, 100)])
    lines, stepped = path.read_bytes().splitlines(keepends=True), []
    monkeypatch.setattr(replay, "step", lambda *given: (stepped.append(given[0].tick), step(*given)))
    growing.write_bytes(b"".join(lines[:3]) + lines[3][:9])
    playback = replay.Playback(growing, world.places, world.goods)
    assert playback.play_on().tick == 2
    assert playback.play_on().tick == 2
    growing.write_bytes(b"".join(lines))
    assert replay.digest(playback.play_on()) == replay.digest(world)
    assert stepped == list(range(world.tick)), "each tick once"


def test_a_recording_starts_with_the_world(tmp_path: Path) -> None:
    world = world_at()
    step(world, [])
    with pytest.raises(GameError, match="tick 0"):
        Recorder(tmp_path / "s.jsonl", world, seed=1)


def test_the_digest_sees_every_change_and_nothing_else() -> None:
    one, same, other_seed, moved = world_at(), world_at(), world_at(seed=2), world_at()
    moved.body.pos_m = (1e-9, -2.0, 0.0)
    assert replay.digest(one) == replay.digest(same)
    assert len({replay.digest(w) for w in (one, other_seed, moved, world_at(STREET))}) == 4


PROGRAM = """
import sys
import os
import subprocess
import sys
from math import ceil
from pathlib import Path
from game.core import replay
from tests.core.small import world_at
world = world_at()
print(replay.digest(replay.play(Path(sys.argv[1]), world.places, world.goods)))
"""


def test_another_process_with_another_hash_seed_plays_the_same(tmp_path: Path) -> None:
    held = ports.Holdings(goods={HAT: 1, CAP: 2, SCARF: 1}, balance_wei=Wei(1), block=1)
    session: Session = [*WALK, (c.TryOn(good=HAT), held, 1), (c.Move(ahead=0.7, aside=-0.4), None, 90)]
    world = record(tmp_path / "s.jsonl", [*session, (c.Wear(good=SCARF), None, 1), (c.Travel(place=STREET), None, 1)])
    for hash_seed in ("1", "2"):
        shown = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "s.jsonl")],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
            text=True,
        )
        assert shown.stdout.strip() == replay.digest(world)
