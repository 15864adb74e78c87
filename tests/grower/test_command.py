"""`main.py grower` in the terminal."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from argparse import Namespace
from pathlib import Path

import pypdfium2
import pytest

from game.arguments import parse
from game.core.errors import GameError
from game.grower.command import at_desk, language_of, names, sender_of
from game.grower.desk import Desk
from game.grower.table import columns, cut, width
from tests.fakes.orchards import FakeOrchards
from tests.grower.stall import ADDRESSES, open_stall

ROOT = Path(__file__).resolve().parents[2]


def asked(home: Path, *words: str) -> tuple[Namespace, Path]:
    return parse(["grower", "--home", str(home), *words]), home


@pytest.fixture
def stall(tmp_path: Path) -> tuple[Desk, FakeOrchards, Path]:
    desk, orchards = open_stall(tmp_path)
    return desk, orchards, tmp_path


def test_the_table_has_every_open_box_in_straight_columns(
    stall: tuple[Desk, FakeOrchards, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    desk, orchards, home = stall
    desk.act("refund", [8])
    assert at_desk(*asked(home, "--language", "en"), orchards) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line.startswith("LQ")]) == 7
    called = [names()[variety].en for variety in ("loquat_dawn", "persimmon_lantern")]
    fruit = {width(line[: line.rindex(name)]) for line in lines for name in called if f"{name}, " in line}
    assert len(fruit) == 1
    assert "7 open boxes, 7 to pack" in "\n".join(lines)
    assert any("1440 promised" in line for line in lines)


def test_the_table_speaks_chinese_and_machines_get_json(
    stall: tuple[Desk, FakeOrchards, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, orchards, home = stall
    at_desk(*asked(home, "--language", "zh"), orchards)
    assert "未完成 8 箱" in capsys.readouterr().out
    at_desk(*asked(home, "--json"), orchards)
    told = json.loads(capsys.readouterr().out)
    assert (told["version"], told["counts"]["pack"]) == (1, 8)


def test_papers_are_written_for_their_owner_alone(stall: tuple[Desk, FakeOrchards, Path]) -> None:
    desk, orchards, home = stall
    desk.ship(desk.view().orders[0].code, "SF1234567")
    orchards.order(9, ADDRESSES[0], [(0, 1)])  # without a letter: a slip, no label
    slips, labels = home / "slips.pdf", home / "labels.pdf"
    assert at_desk(*asked(home, "--slips", str(slips), "--labels", str(labels)), orchards) == 0
    assert len(pypdfium2.PdfDocument(slips)) == 8
    assert len(pypdfium2.PdfDocument(labels)) == 7
    assert labels.stat().st_mode & 0o077 == 0


def test_a_carriers_file_is_reported_and_its_exit_code_tells(
    stall: tuple[Desk, FakeOrchards, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    desk, orchards, home = stall
    path = home / "carrier.csv"
    code = desk.view().orders[0].code
    path.write_text(f"order,tracking\n{code},?\n", encoding="utf-8")
    assert at_desk(*asked(home, "--ship", str(path), "--language", "en"), orchards) == 1
    assert "line 2" in (shown := capsys.readouterr().out)
    assert "no tracking number" in shown
    path.write_text(f"order,tracking\n{code},SF1234567\n", encoding="utf-8")
    assert at_desk(*asked(home, "--ship", str(path), "--json"), orchards) == 0
    assert json.loads(capsys.readouterr().out)["lines"][0]["verdict"] == "shipped"
    with pytest.raises(GameError, match="no file"):
        at_desk(*asked(home, "--ship", str(home / "none.csv")), orchards)


def test_letters_are_looked_for_where_one_says(tmp_path: Path) -> None:
    _, orchards = open_stall(tmp_path, 1)
    other = tmp_path / "elsewhere"
    (tmp_path / "letters" / "inbox").rename(other)
    at_desk(*asked(tmp_path), orchards)
    assert list(other.iterdir())
    at_desk(*asked(tmp_path, "--inbox", str(other)), orchards)
    assert not list(other.iterdir())


def test_the_senders_lines_are_read(tmp_path: Path) -> None:
    assert sender_of(tmp_path) == ()
    (tmp_path / "grower").mkdir()
    path = tmp_path / "grower" / "sender.txt"
    path.write_text("  绿谷果园 \n\nLongquanyi,\tChengdu\n" + "x\n" * 9, encoding="utf-8")
    assert sender_of(tmp_path) == ("绿谷果园", "Longquanyi, Chengdu", "x", "x", "x")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(GameError, match="UTF-8"):
        sender_of(tmp_path)


@pytest.mark.parametrize(
    ("environment", "language"),
    [({}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LC_ALL": "C", "LANG": "zh_CN"}, "en"), ({"LANG": "de_DE"}, "en")],
)
def test_the_language_is_the_terminals(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_a_cell_is_cut_by_what_it_takes_on_the_screen() -> None:
    assert cut("林小满在成都", 8) == "林小满…"
    assert cut("plain", 8) == "plain"
    assert "\x1b" not in cut("a\x1b[2Jb", 28)
    assert columns([["林", "a"], ["xyz", "b"]]) == ["林   a", "xyz  b"]


def test_the_page_serves_until_it_is_stopped(tmp_path: Path) -> None:
    open_stall(tmp_path, 1)
    source = (
        "import signal, sys; from pathlib import Path; from tests.grower.stall import open_stall\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it\n"
        "from game.arguments import parse; from game.grower.command import at_desk\n"
        f"home = Path({str(tmp_path)!r}); orchards = open_stall(home, 1)[1]\n"
        "at_desk(parse(['grower', '--page', '--port', '0']), home, orchards)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", source], cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "LANG": "C"}
    )
    try:
        assert process.stdout is not None
        assert "Ctrl+C" in process.stdout.readline()
        url = process.stdout.readline().strip().partition("/#")[0]
        with urllib.request.urlopen(url, timeout=20) as answer:
            assert b"desk.js" in answer.read()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def test_the_games_start_imports_nothing_of_the_desk(tmp_path: Path) -> None:
    source = (
        "import sys; from pathlib import Path; import main; from game.arguments import parse\n"
        f"home = Path({str(tmp_path)!r}); app = main.compose(parse(['--offscreen']), home)\n"
        "found = [name for name in sys.modules if name.partition('.')[0] in ('reportlab', 'segno', 'fontTools')"
        " or name.startswith('game.grower')]\n"
        "app.close(); assert not found, found"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
