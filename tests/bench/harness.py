"""Finds the benchmarks, runs them, prints each result as it comes, or one JSON document at the end."""

import importlib
import os
import pkgutil
import platform
import subprocess
import sys
import traceback
from collections.abc import Callable

import msgspec
from msgspec import Struct

import tests.bench


class Figure(Struct, frozen=True, kw_only=True):
    """A named value in the unit of its result."""

    name: str
    value: float


class Result(Struct, frozen=True, kw_only=True):
    """One measured value beside its baseline; `ratio` is value / baseline, or as its target says."""

    name: str
    value: float
    unit: str
    baseline: Figure
    limit: Figure | None = None
    ratio: float
    target: str
    met: bool
    note: str = ""


class Failure(Struct, frozen=True, kw_only=True):
    """In a result's place where a benchmark raised: nothing was measured; `note` says why."""

    name: str
    met: bool = False
    note: str


class Report(Struct, frozen=True, kw_only=True):
    """What `main.py bench --json` prints."""

    version: int
    machine: dict[str, str | int]
    results: list[Result | Failure]


Benchmark = Callable[[], Result]


def benchmarks() -> dict[str, Benchmark]:
    """Every benchmark by name: the functions in the BENCHMARKS table of each module of this package."""
    found: dict[str, Benchmark] = {}
    for module in pkgutil.iter_modules(tests.bench.__path__):
        found.update(getattr(importlib.import_module(f"tests.bench.{module.name}"), "BENCHMARKS", {}))
    return found


def machine() -> dict[str, str | int]:
    """What the figures were measured on."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count() or 0,
        "python": platform.python_version(),
    }


def chosen(names: list[str]) -> dict[str, Benchmark]:
    """The named benchmarks, or all.

    Raises KeyError with the known names when one is unknown.
    """
    known = benchmarks()
    if unknown := [name for name in names if name not in known]:
        raise KeyError(f"no benchmark named {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return {name: known[name] for name in names or known}


def outcome(name: str, benchmark: Benchmark) -> Result | Failure:
    """What the benchmark measured; if it raises, a failure, and the traceback on stderr: the others go on."""
    try:
        return benchmark()
    except Exception as error:  # noqa: BLE001 a measurement may raise anything, and is then told as failed
        traceback.print_exc()
        if isinstance(error, subprocess.CalledProcessError):
            why = f"its process ended with exit code {error.returncode}"
        else:
            why = " ".join(f"{type(error).__name__}: {error}".split())
        return Failure(name=name, note=f"failed: {why}")


HEADING = f"{'name':18} {'value':>12} {'unit':6} {'baseline':>12}  {'ratio':>7}  target"


def row(result: Result | Failure) -> str:
    """The result as a line of a table for a terminal."""
    if isinstance(result, Failure):
        return f"{result.name:18} {result.note}"
    mark = "met" if result.met else "NOT MET"
    return (
        f"{result.name:18} {result.value:12,.3f} {result.unit:6} {result.baseline.value:12,.3f}  {result.ratio:7.3f}  "
        f"{result.target}: {mark}" + (f" ({result.note})" if result.note else "")
    )


def report(names: list[str], *, as_json: bool) -> int:
    """Run and print each row as it comes, beside `as_json` on stderr.

    The exit code: 1 when a target is missed or a benchmark failed, 2 for an unknown name.
    """
    try:
        wanted = chosen(names)
    except KeyError as unknown:
        print(unknown.args[0], file=sys.stderr)
        return 2
    table = sys.stderr if as_json else sys.stdout
    print(HEADING, file=table, flush=True)
    results = []
    for name, benchmark in wanted.items():
        results.append(outcome(name, benchmark))
        print(row(results[-1]), file=table, flush=True)
    if as_json:
        found = Report(version=1, machine=machine(), results=results)
        print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    return 0 if all(result.met for result in results) else 1
