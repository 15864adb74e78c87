"""The command line, as a newcomer meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from game.arguments import parse
from game.content.bundle import pack
from game.core.ids import HOME

ROOT = Path(__file__).resolve().parents[1]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "main.py", *words], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


def test_help_names_every_command() -> None:
    shown = run("--help").stdout
    for command in ("play", "tour", "node", "check", "wallet", "doctor", "bench", "visit", "share", "grower"):
        assert command in shown


@pytest.mark.parametrize("words", [["--seed=2", "doctor"], ["doctor", "--seed=2"]])
def test_common_options_stand_before_or_after_the_command(words: list[str], tmp_path: Path) -> None:
    assert run(*words, "--home", str(tmp_path)).returncode == 0


def test_doctor_tells_machines_what_it_tells_people(tmp_path: Path) -> None:
    findings = json.loads(run("doctor", "--json", "--home", str(tmp_path)).stdout)
    assert {"Graphics", "Home folder"} <= {finding["what"] for finding in findings}
    assert all(finding["mend"] for finding in findings if not finding["ok"])


def test_a_home_that_cannot_be_written_is_named_with_its_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = run("doctor", "--home", str(blocked))
    assert done.returncode == 1
    assert "--home DIR" in done.stdout


def test_an_unknown_place_gets_one_plain_sentence(tmp_path: Path) -> None:
    lost = run("play", "--offscreen", "--place", "atlantis", "--home", str(tmp_path))
    assert lost.returncode != 0
    assert "atlantis" in lost.stderr
    assert "Traceback" not in lost.stderr


def test_home_is_a_place_to_begin_in_although_no_file_describes_it() -> None:
    home, shop = parse(["play", "--place", "home"]), parse(["play", "--place", "boutique"])
    assert (home.place, home.room) == (None, HOME)
    assert (shop.place, shop.room) == ("boutique", "")


def test_a_rooms_file_is_checked_and_told_without_a_window(tmp_path: Path) -> None:
    from tests.content.bundles import small

    path = tmp_path / "room.loquat"
    path.write_bytes(pack(small()))
    told = json.loads(run("visit", str(path), "--json", "--home", str(tmp_path / "home")).stdout)
    assert told["name"] == "Mei's room"
    assert told["cid"].startswith("bafkrei")
    assert told["items"] == 6
    assert sorted(told["goods"]) == ["Hat", "Mug", "fedora"]
    path.write_bytes(path.read_bytes()[:-1])
    done = run("visit", str(path), "--offscreen", "--home", str(tmp_path / "home"))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_benchmark_is_told_the_known_ones() -> None:
    unknown = run("bench", "warp_speed")
    assert unknown.returncode == 2
    assert "gas_buy_warm" in unknown.stderr


def test_check_finds_the_shipped_world_sound() -> None:
    assert run("check").returncode == 0
