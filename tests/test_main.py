"""The command line: what can't be done is told in one plain line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", *arguments], cwd=ROOT, env={**os.environ, **environment}, capture_output=True,
        text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def test_main_stays_a_composition() -> None:
    assert len((ROOT / "main.py").read_text("utf-8").splitlines()) <= 100


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("node", "--home", "{file}"), "{file}"),
        (("wallet", "--home", "{file}"), "--home DIR"),
        (("play", "--offscreen", "--home", "{file}/below"), "--home DIR"),
        (("wallet", "--home", "{home}", "--import", "{home}/none.json"), "no file"),
        (("tour", "--act", "walk", "--chapter", "walk", "--home", "{file}"), "{file}"),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    (tmp_path / "file").touch()
    names = {"file": str(tmp_path / "file"), "home": str(tmp_path / "home")}
    done = run(*(each.format(**names) for each in arguments))
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("loquat: ")
    assert word.format(**names) in line


def test_an_unknown_kind_of_node_is_told(tmp_path: Path) -> None:
    done = run("node", "--home", str(tmp_path), LOQUAT_NODE="geth")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("loquat: 'geth' is no kind of node")
    assert len(done.stderr.splitlines()) == 1
