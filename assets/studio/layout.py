"""Lay a place out as a file: `python -m assets.studio.layout [places...]` writes scenes/places/<place>.toml anew.

Each place's layout is the `layout` of its module <place>_layout.py.

The file is the truth that the game reads and may be edited by hand; this writes a first version of it, so that stands
agree with the furniture that the studio models.
"""

import importlib
import json
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assets.studio.kit import rotation

ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Layout:
    """What goes into a place file besides its head."""

    head: str
    colliders: list[tuple[str, tuple, tuple, float]] = field(default_factory=list)
    doors: list[dict] = field(default_factory=list)
    stands: list[tuple[str, str, tuple, float]] = field(default_factory=list)
    mirrors: list[dict] = field(default_factory=list)
    seats: list[tuple[tuple, float]] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)  # stands whose goods are on a prop that is no collider

    def solid(self, what: str, at: tuple, size: tuple, yaw_deg: float = 0.0) -> None:
        """A collider: bottom centre, size, turn; `what` becomes its comment."""
        self.colliders.append((what, at, size, yaw_deg))

    def text(self) -> str:
        """The TOML of the whole file."""
        out = [self.head.strip(), ""]
        for what, at, size, yaw in self.colliders:
            turn = f"yaw_deg = {number(yaw)}\n" if yaw else ""
            out.append(f"[[colliders]]  # {what}\nat_m = {numbers(at)}\nsize_m = {numbers(size)}\n{turn}")
        for table, rows in (("doors", self.doors), ("mirrors", self.mirrors)):
            for row in rows:
                lines = [f"{k} = {value(v)}" for k, v in row.items()]
                out.append("\n".join([f"[[{table}]]", *lines, ""]))
        for at, yaw in self.seats:
            out.append(f"[[seats]]\nat_m = {numbers(at)}\nyaw_deg = {number(yaw)}\n")
        for stand, good, at, yaw in self.stands:
            turn = f"yaw_deg = {number(yaw)}\n" if yaw else ""
            hung = "hung = true\n" if stand in self.hung else ""
            out.append(f'[[stands]]\nid = "{stand}"\ngood = "{good}"\nat_m = {numbers(at)}\n{turn}{hung}')
        return "\n".join(out)


def number(x: float) -> str:
    """A float as TOML writes it, at most three decimals."""
    return f"{round(float(x), 3):.3f}".rstrip("0").rstrip(".").replace("-0", "-0") if x % 1 else f"{float(x):.1f}"


def numbers(v: tuple) -> str:
    """A list of floats."""
    return "[" + ", ".join(number(x) for x in v) + "]"


def value(v: object) -> str:
    """A TOML value of a string, number or tuple."""
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    return numbers(v) if isinstance(v, tuple) else number(v)


def good_sizes() -> dict[str, tuple[float, float, float]]:
    """size_m of every good of the catalogue."""
    files = sorted((ROOT / "scenes" / "goods").glob("*.toml"))
    return {f.stem: tuple(tomllib.loads(f.read_text(encoding="utf-8"))["size_m"]) for f in files}


def too_near(stands: list[tuple[str, tuple, float, tuple]], gap_m: float = 0.02) -> list[str]:
    """Pairs of goods (id, at, yaw, size) whose upright boxes come nearer than `gap_m` to each other."""
    corners, out = {}, []
    for name, at, yaw, size in stands:
        half = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (size[0] / 2, size[1] / 2)
        corners[name] = half @ rotation(rz_deg=yaw)[:2, :2].T + at[:2]
    for k, (a, at_a, _, size_a) in enumerate(stands):
        for b, at_b, _, size_b in stands[k + 1 :]:
            if at_a[2] + size_a[2] <= at_b[2] or at_b[2] + size_b[2] <= at_a[2]:
                continue
            gap = _gap(corners[a], corners[b])
            if gap < gap_m - 1e-6:
                out.append(f"{a} and {b}: {gap * 100:.1f} cm apart")
    return out


def _gap(p: np.ndarray, q: np.ndarray) -> float:
    """Separation of two convex outlines along their best axis; negative when they overlap."""
    best = -np.inf
    for outline in (p, q):
        for edge in np.roll(outline, -1, axis=0) - outline:
            axis = np.array([-edge[1], edge[0]]) / np.linalg.norm(edge)
            a, b = p @ axis, q @ axis
            best = max(best, a.min() - b.max(), b.min() - a.max())
    return float(best)


def main() -> None:
    """Write the place files that the command line names and say which goods stand too near to each other."""
    found = sorted(Path(__file__).parent.glob("*_layout.py"))
    modules = {path.stem.removesuffix("_layout"): f"assets.studio.{path.stem}" for path in found}
    sizes = good_sizes()
    for name in sys.argv[1:] or modules:
        layout = importlib.import_module(modules[name]).layout(sizes)
        known = [(s, at, yaw, sizes[good]) for s, good, at, yaw in layout.stands if good in sizes]
        print(f"{name}: {len(layout.stands)} stands, {len(layout.colliders)} colliders")
        for line in too_near(known):
            print("  " + line)
        (ROOT / "scenes" / "places" / f"{name}.toml").write_text(layout.text(), encoding="utf-8")


if __name__ == "__main__":
    main()
