"""The tour's frame: beats are checked, failures are told, folders of others are left alone."""

from pathlib import Path

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
        tour.play(tmp_path / "out", "swim", ["false"])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_no_tour_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(GameError, match=r"thesis\.txt"):
        tour.play(tmp_path, "walk", ["false"])
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_an_act_that_breaks_leaves_its_last_words_and_fails_the_tour(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = tour.play(out, "walk", ["sh", "-c", "echo it broke; exit 3", "act"])
    assert not report.ok
    assert all(not beat.ok and "code 3" in beat.note for beat in report.beats)
    assert "it broke" in (out / "act-walk-0.log").read_text()
    assert (out / "tour.json").exists()
