"""A game that falls leaves a report without secrets, one plain sentence, and a closed market."""

import logging
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from game import crash
from game.core.errors import GameError
from game.doctor import has_display, judge_graphics

ROOT = Path(__file__).resolve().parents[1]
KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"


class Falling:
    """A game that runs into `error`, if there is one."""

    def __init__(self, error: BaseException | None = None, *, dumb: bool = False) -> None:
        self.error, self.dumb = error, dumb
        self.closed: list[bool] = []
        self.shown: list[str] = []

    def run(self) -> None:
        if self.error is not None:
            raise self.error

    def close(self, *, in_order: bool = True) -> None:
        self.closed.append(in_order)

    def facts(self) -> Mapping[str, str]:
        if self.dumb:
            raise RuntimeError("nothing answers")
        return {"graphics": "llvmpipe", "settings": 'language = "en"'}

    def sentence(self, path: Path | None) -> str:
        if self.dumb:
            raise RuntimeError("nothing answers")
        return f"It stopped; see {path}"

    def farewell(self) -> "Falling":
        return self

    def show(self, sentence: str) -> None:
        if self.dumb:
            raise RuntimeError("nothing answers")
        self.shown.append(sentence)


@pytest.fixture(autouse=True)
def _no_handlers_left() -> Iterator[None]:
    before = list(logging.getLogger().handlers)
    yield
    for handler in [each for each in logging.getLogger().handlers if each not in before]:
        logging.getLogger().removeHandler(handler)
        handler.close()


def reports(home: Path) -> list[Path]:
    return sorted((home / "logs").glob("crash-*.log"))


def test_a_fall_leaves_a_report_a_sentence_and_a_closed_market(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = Falling(ValueError("the shelf fell down"))
    assert crash.play(lambda: game, tmp_path) == 1
    (path,) = reports(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "ValueError: the shelf fell down" in text
    assert "graphics: llvmpipe" in text
    assert "panda3d 1.10" in text
    assert game.closed == [False]
    assert game.shown == [f"It stopped; see {path}"]
    said = capsys.readouterr().err
    assert said == f"loquat: It stopped; see {path}\n", "one sentence, and no traceback"
    assert "the shelf fell down" in (tmp_path / "logs" / "loquat.log").read_text(encoding="utf-8")


def test_a_game_that_ends_well_leaves_no_report(tmp_path: Path) -> None:
    game = Falling()
    assert crash.play(lambda: game, tmp_path) == 0
    assert game.closed == [True]
    assert reports(tmp_path) == []


def test_a_report_never_holds_a_key(tmp_path: Path) -> None:
    game = Falling(ValueError(f"cannot sign with {KEY}"))
    crash.play(lambda: game, tmp_path)
    text = reports(tmp_path)[0].read_text(encoding="utf-8")
    assert "cannot sign with" in text
    assert KEY[2:] not in text


def test_even_a_game_that_answers_nothing_is_closed_and_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    game = Falling(ValueError("once more"), dumb=True)
    assert crash.play(lambda: game, tmp_path) == 1
    assert game.closed == [False]
    assert str(reports(tmp_path)[0]) in capsys.readouterr().err


def test_a_window_that_cannot_open_is_a_sentence_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def no_window() -> Falling:
        raise RuntimeError("Could not open window.")

    assert crash.play(no_window, tmp_path) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert str(reports(tmp_path)[0]) in said


def test_what_is_written_for_the_player_already_is_left_as_it_is(tmp_path: Path) -> None:
    def no_place() -> Falling:
        raise GameError("no place 'moon' to start in")

    with pytest.raises(GameError, match="moon"):
        crash.play(no_place, tmp_path)
    assert reports(tmp_path) == []


def test_a_disk_that_takes_no_report_still_lets_the_game_close(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")
    game = Falling(ValueError("full"))
    assert crash.play(lambda: game, tmp_path) == 1
    assert game.closed == [False]
    assert capsys.readouterr().err == "loquat: It stopped; see None\n"


def test_old_reports_make_room_and_a_fault_of_last_time_is_kept(tmp_path: Path) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    for number in range(crash.MOST_REPORTS + 3):
        (logs / f"crash-2020010{number:02d}.log").write_text("old", encoding="utf-8")
    (logs / crash.FAULT_LOG).write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    crash.keep_logs(tmp_path)
    assert any("Segmentation" in path.read_text(encoding="utf-8") for path in reports(tmp_path))
    crash.report(tmp_path, ValueError("new"), {})
    assert len(reports(tmp_path)) == crash.MOST_REPORTS


def test_the_whole_game_falls_without_a_traceback_and_leaves_no_market_running(tmp_path: Path) -> None:
    code = (
        "import main; from game.arguments import parse; from game.client.app import App\n"
        "def trip(self):\n    raise ZeroDivisionError('a rule broke')\n"
        "App._step = trip\n"
        f"raise SystemExit(main.run(parse(['play', '--offscreen', '--home', {str(tmp_path)!r}])))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)  # noqa: PLW1510
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    (path,) = reports(tmp_path)
    assert str(path) in done.stderr
    text = path.read_text(encoding="utf-8")
    assert "ZeroDivisionError: a rule broke" in text
    assert "OpenGL" in text
    listed = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path) not in "\n".join(line for line in listed.splitlines() if "pytest" not in line)


@pytest.mark.parametrize(("told", "ok"), [("4 50 llvmpipe OpenGL 4.5", True), ("1 30 a", True), ("1 20 Apple", False)])
def test_the_doctor_says_which_shading_language_is_needed(told: str, ok: bool) -> None:
    finding = judge_graphics(told)
    assert finding.ok is ok
    assert ("1.30" in finding.mend) is not ok


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always one")
def test_a_desktop_of_wayland_alone_is_no_display_for_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert not has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()
