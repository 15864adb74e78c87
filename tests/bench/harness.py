"""Finds the benchmarks, runs them, prints one JSON document."""

import importlib
import os
import pkgutil
import platform
import sys
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


class Report(Struct, frozen=True, kw_only=True):
    """What `main.py bench --json` prints."""

    version: int
    machine: dict[str, str | int]
    results: list[Result]


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


def run(names: list[str]) -> Report:
    """Run the named benchmarks, or all.

    Raises KeyError with the known names when one is unknown.
    """
    known = benchmarks()
    if unknown := [name for name in names if name not in known]:
        raise KeyError(f"no benchmark named {', '.join(unknown)}; known are {', '.join(sorted(known))}")
    return Report(version=1, machine=machine(), results=[known[name]() for name in names or known])


def format_report(report: Report) -> str:
    """The report as a table for a terminal."""
    rows = [f"{'name':18} {'value':>12} {'unit':6} {'baseline':>12}  {'ratio':>7}  target"]
    for r in report.results:
        mark = "met" if r.met else "NOT MET"
        rows.append(
            f"{r.name:18} {r.value:12,.3f} {r.unit:6} {r.baseline.value:12,.3f}  {r.ratio:7.3f}  {r.target}: {mark}"
            + (f" ({r.note})" if r.note else "")
        )
    return "\n".join(rows)


def report(names: list[str], *, as_json: bool) -> int:
    """Run and print; exit code 1 when a target is missed, 2 for an unknown name."""
    try:
        measured = run(names)
    except KeyError as unknown:
        print(unknown.args[0], file=sys.stderr)
        return 2
    print(msgspec.json.format(msgspec.json.encode(measured), indent=2).decode() if as_json else format_report(measured))
    return 0 if all(result.met for result in measured.results) else 1
