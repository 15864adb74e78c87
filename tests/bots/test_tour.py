"""The tour's frame: beats are checked, failures are told, folders of others are left alone."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from game.bots import tour
from game.bots.person import Person
from game.core.errors import GameError
from game.core.events import Event
from game.core.ports import Witness
from game.core.world import World
from tests.core import small


class BlindScreen:
    """A screen that notes its pictures instead of taking them."""

    def __init__(self) -> None:
        self.world: World = small.world_at(small.STREET)
        self.pictures: list[str] = []

    def frame(self, dt_secs: float | None = None, *, draw: bool = True) -> list[Event]:
        return []

    def finish_loading(self) -> None: ...

    def key(self, name: str) -> None: ...

    def screenshot(self, path: Path) -> None:
        self.pictures.append(path.name)


@contextmanager
def lent() -> Iterator[tour.Lent]:
    yield NODE


NODE = SimpleNamespace(kind="embedded", url="http://127.0.0.1:9", chain_id=31337)


def stage(folder: Path, *program: str) -> tour.Stage:
    """How a tour is played whose acts are this program."""
    return tour.Stage(program=program, home=folder / "home", options=("--seed=3",), lend_node=lent)


def nobody() -> Witness:
    raise AssertionError("no one looks at the chain here")


def act(tmp_path: Path) -> tuple[tour.Act, BlindScreen]:
    person, screen = Person(), BlindScreen()
    person.screen = screen
    return tour.Act(person, nobody, tmp_path, first_number=7, started=0.0), screen


def test_beats_are_numbered_on_from_those_before(tmp_path: Path) -> None:
    playing, screen = act(tmp_path)
    playing.beat("look_at", lambda: "seen")
    playing.beat("in_hand", lambda: "held")
    assert screen.pictures == ["07-look-at.png", "08-in-hand.png"]
    assert [(beat.ok, beat.note) for beat in playing.report.beats] == [(True, "seen"), (True, "held")]


def test_a_beat_whose_check_fails_is_not_ok_and_says_why(tmp_path: Path) -> None:
    playing, _ = act(tmp_path)

    def check() -> str:
        tour.require(False, "the hand is empty")
        return "held"

    playing.beat("in_hand", check)
    assert [(beat.ok, beat.note) for beat in playing.report.beats] == [(False, "the hand is empty")]


def test_the_walk_is_found_by_scan() -> None:
    assert "walk" in tour.chapters()


def test_an_unknown_chapter_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(GameError, match=r"no chapter 'swim'.*walk"):
        tour.play(tmp_path / "out", "swim", stage(tmp_path, "false"))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_no_tour_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(GameError, match=r"thesis\.txt"):
        tour.play(tmp_path, "walk", stage(tmp_path, "false"))
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_act_that_breaks_leaves_its_last_words_and_fails_the_tour(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = tour.play(out, "walk", stage(tmp_path, "sh", "-c", "echo it broke; exit 3", "act"))
    assert not report.ok
    assert all(not beat.ok and "code 3" in beat.note for beat in report.beats)
    assert "it broke" in (out / "act-walk-0.log").read_text()
    assert (out / "tour.json").exists()


NOTES = """
import sys, json, pathlib, time
if "share" in sys.argv:
    print("  main.py visit ROOM --bundles http://127.0.0.1:8177", flush=True)
    time.sleep(600)
given = dict(word[2:].split("=", 1) for word in sys.argv if word.startswith("--") and "=" in word)
home, number = pathlib.Path(given["home"]), sys.argv[sys.argv.index("--act") + 1].split(":")[0]
(home / "cache").mkdir(parents=True, exist_ok=True)
with (home / "played.txt").open("a") as notes:
    print(number, given.get("rpc"), given["seed"], len(list((home / "cache").iterdir())), file=notes)
(home / "cache" / number).touch()
timing = {"first_frame_s": 1.0 + int(number), "click_to_owned_s": 0.5 * int(number)}
beat = {"id": "b" + number, "picture": number + ".png", "ok": True, "note": ""}
pathlib.Path(given["out"], f"act-band-{number}.json").write_text(json.dumps({"beats": [beat], "timing": timing}))
"""


def test_each_player_has_a_home_of_their_own_on_one_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(act: tour.Act) -> None: ...

    band = tour.acts_of((("singer", nothing), ("drummer", nothing), ("singer", nothing), nothing))
    monkeypatch.setattr(tour, "chapters", lambda: {"band": band})
    (tmp_path / "program.py").write_text(NOTES)
    report = tour.play(tmp_path / "out", "band", stage(tmp_path, sys.executable, str(tmp_path / "program.py")))
    assert report.ok
    assert [beat.id for beat in report.beats] == ["b0", "b1", "b2", "b3"]
    assert report.node == tour.NodeRecord(kind="embedded", chain_id=31337)

    def played(home: str) -> list[str]:
        return (tmp_path / "home" / home / "played.txt").read_text().splitlines()

    assert played("players/singer") == [f"0 {NODE.url} 3 0", f"2 {NODE.url} 3 1"]
    assert played("players/drummer") == [f"1 {NODE.url} 3 1"], "what every home caches was lent"
    assert played("") == [f"3 {NODE.url} 3 2"]


def test_without_players_acts_share_the_tours_home_and_no_node_is_lent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(act: tour.Act) -> None: ...

    monkeypatch.setattr(tour, "chapters", lambda: {"band": tour.acts_of((nothing, nothing))})
    (tmp_path / "program.py").write_text(NOTES)
    report = tour.play(tmp_path / "out", "band", stage(tmp_path, sys.executable, str(tmp_path / "program.py")))
    assert report.node == tour.NodeRecord()
    assert report.timing == tour.Timing(first_frame_s=1.0, click_to_owned_s=0.5), "the first of each that was measured"
    assert (tmp_path / "home" / "played.txt").read_text().splitlines() == ["0 None 3 0", "1 None 3 1"]


def test_no_act_is_played_after_one_that_was_not_played_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(act: tour.Act) -> None: ...

    monkeypatch.setattr(tour, "chapters", lambda: {"band": tour.acts_of((nothing, nothing))})
    report = tour.play(tmp_path / "out", "band", stage(tmp_path, "false"))
    assert [beat.id for beat in report.beats] == ["band_0_broken"]


def test_word_that_was_left_is_heard_and_no_other(tmp_path: Path) -> None:
    act(tmp_path)[0].tell("maker", "0x12")
    later, _ = act(tmp_path)
    assert later.told("maker") == "0x12"
    with pytest.raises(GameError, match="nobody told of host"):
        later.told("host")
