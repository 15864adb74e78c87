"""`main.py bench`: a row for each result as it comes, and what a benchmark that raises leaves of the others."""

import json
import subprocess
import sys

import pytest

from tests.bench import harness
from tests.bench.harness import Benchmark, Figure, Result


def measuring(name: str, *, met: bool = True) -> Benchmark:
    return lambda: Result(
        name=name, value=3.0, unit="ms", baseline=Figure(name="empty", value=2.0), ratio=1.5, target="< 4 ms", met=met
    )


def raising() -> Result:
    raise ValueError("no door leads\nfrom street to moon")


def ending() -> Result:
    subprocess.run([sys.executable, "-c", "raise SystemExit(7)"], check=True)
    raise AssertionError("its process should have failed")


def known(monkeypatch, **benchmarks: Benchmark) -> None:
    monkeypatch.setattr(harness, "benchmarks", lambda: benchmarks)


def test_each_result_is_printed_before_the_next_is_measured(monkeypatch, capsys) -> None:
    printed = []

    def second() -> Result:
        printed.append(capsys.readouterr().out)
        return measuring("second")()

    known(monkeypatch, first=measuring("first"), second=second)
    assert harness.report([], as_json=False) == 0
    heading, first = printed[0].splitlines()
    assert heading.startswith("name")
    assert first.split()[:4] == ["first", "3.000", "ms", "2.000"]
    assert first.endswith("< 4 ms: met")
    assert capsys.readouterr().out.startswith("second")


@pytest.mark.parametrize("as_json", [False, True])
def test_one_that_raises_is_told_as_failed_and_the_rest_goes_on(monkeypatch, capsys, as_json) -> None:
    known(monkeypatch, lost=raising, ended=ending, swift=measuring("swift"))
    assert harness.report([], as_json=as_json) == 1
    out, err = capsys.readouterr()
    assert "Traceback" in err
    rows = (err if as_json else out).splitlines()
    assert f"{'lost':18} failed: ValueError: no door leads from street to moon" in rows
    assert f"{'ended':18} failed: its process ended with exit code 7" in rows
    assert any(row.startswith("swift") and row.endswith("met") for row in rows)
    if as_json:
        assert [(each["name"], each["met"]) for each in json.loads(out)["results"]] == [
            ("lost", False), ("ended", False), ("swift", True),
        ]  # fmt: skip


def test_json_alone_is_on_the_standard_output(monkeypatch, capsys) -> None:
    known(monkeypatch, first=measuring("first"), second=measuring("second"))
    assert harness.report(["second"], as_json=True) == 0
    out, err = capsys.readouterr()
    assert [(each["name"], each["value"]) for each in json.loads(out)["results"]] == [("second", 3.0)]
    assert "< 4 ms: met" in err


def test_a_missed_target_is_not_a_failure_but_the_exit_code_tells_it(monkeypatch, capsys) -> None:
    known(monkeypatch, slow=measuring("slow", met=False))
    assert harness.report([], as_json=False) == 1
    assert "NOT MET" in capsys.readouterr().out
