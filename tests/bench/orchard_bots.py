"""A thousand harvests by pickers of four skills, and their distribution as a picture.

    python -m tests.bench.orchard_bots [--harvests 1000] [--out docs/pictures/orchard_bots.png]

Prints a table and one JSON line; draws how many points the harvests of each skill brought, with the medals as lines.
"""

import argparse
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from statistics import mean, quantiles

from PIL import Image, ImageDraw, ImageFont

from game.bots.pickers import SKILLS, Harvested, harvest
from game.content.orchard import read_orchard
from game.core.orchard_rules import OrchardRules

ROOT = Path(__file__).resolve().parents[2]
WIDE, HIGH = 1280, 720
LEFT, RIGHT, TOP, BAND, GAP = 190, 1240, 142, 112, 14
PAPER, INK, SOFT, GRID = "#fbf6ec", "#3a3129", "#8b7d6c", "#e6dccb"
COLOURS = {"novice": "#9fb84e", "casual": "#e2b93f", "skilled": "#ee8420", "master": "#c8323a"}
MEDALS = {"bronze": "#a9683a", "silver": "#8d99a3", "gold": "#c99a1c"}
BINS = 84


@lru_cache(maxsize=1)
def rules_here() -> OrchardRules:
    """The rules of scenes/orchard."""
    rules, problems = read_orchard(ROOT)
    if rules is None:
        raise SystemExit(f"scenes/orchard cannot be read: {problems}")
    return rules


def _one(number: int) -> Harvested:
    return harvest(rules_here(), SKILLS[number % len(SKILLS)], number // len(SKILLS))


def play(count: int) -> list[Harvested]:
    """So many harvests, the skills in turn, on all cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_one, range(count), chunksize=10))


def figures(found: list[Harvested]) -> dict[str, dict[str, float]]:
    """Of each skill: points at the quartiles and ends, clean share, pieces, pulled in vain, best combo, stuck."""
    table: dict[str, dict[str, float]] = {}
    for skill in SKILLS:
        mine = [one for one in found if one.skill == skill.name]
        points = sorted(one.points for one in mine)
        low, middle, high = quantiles(points, n=4)
        table[skill.name] = {
            "harvests": len(mine), "least": points[0], "lower quarter": low, "median": middle, "upper quarter": high,
            "most": points[-1], "clean %": round(100 * mean(one.clean_share for one in mine), 1),
            "pieces": round(mean(one.clean + one.bruised for one in mine), 1),
            "in vain": round(mean(one.unripe for one in mine), 1),
            "best combo": round(mean(one.best_combo for one in mine), 1), "stuck": sum(one.stuck for one in mine),
        }  # fmt: skip
    return table


def draw(found: list[Harvested], rules: OrchardRules, path: Path) -> None:
    """One band of bars for each skill, over one axis of points."""
    image = Image.new("RGB", (WIDE, HIGH), PAPER)
    pen = ImageDraw.Draw(image)
    plain = ROOT / "assets/fonts/loquat_sans.otf"
    bold = ROOT / "assets/fonts/loquat_sans_bold.otf"
    title, text, small = (
        ImageFont.truetype(bold, 30), ImageFont.truetype(bold, 21), ImageFont.truetype(plain, 17)
    )  # fmt: skip
    pen.text((36, 26), f"{len(found):,} harvest contests of five minutes", fill=INK, font=title)
    pen.text((36, 66), "Points by skill of the picker. Bars count harvests; the dark mark is the median.", fill=SOFT,
             font=small)  # fmt: skip
    most = max(one.points for one in found)
    top = (most // 500 + 1) * 500
    base = TOP + len(SKILLS) * (BAND + GAP) - GAP

    def at(points: float) -> float:
        return LEFT + (RIGHT - LEFT) * points / top

    for points in range(0, top + 1, 500):
        pen.line((at(points), TOP, at(points), base), fill=GRID, width=1)
        pen.text((at(points), base + 10), f"{points:,}", fill=SOFT, font=small, anchor="ma")
    for number, skill in enumerate(SKILLS):
        floor = TOP + number * (BAND + GAP) + BAND
        mine = sorted(one.points for one in found if one.skill == skill.name)
        counts = [0] * BINS
        for points in mine:
            counts[min(points * BINS // top, BINS - 1)] += 1
        wide = (RIGHT - LEFT) / BINS
        for place, count in enumerate(counts):
            if count:
                tall = max((BAND - 12) * count / max(counts), 3)
                x = LEFT + place * wide
                pen.rectangle((x + 1, floor - tall, x + wide - 1, floor), fill=COLOURS[skill.name])
        middle = mine[len(mine) // 2]
        pen.rectangle((at(middle) - 2, floor - BAND + 6, at(middle) + 2, floor), fill=INK)
        pen.line((LEFT, floor, RIGHT, floor), fill=SOFT, width=1)
        clean = mean(one.clean_share for one in found if one.skill == skill.name)
        pen.text((36, floor - 74), skill.name.capitalize(), fill=INK, font=text)
        pen.text((36, floor - 46), f"median {middle:,}", fill=SOFT, font=small)
        pen.text((36, floor - 24), f"{100 * clean:.0f} % clean", fill=SOFT, font=small)
    for name, points in rules.contest.medals.items():
        x = at(points)
        for y in range(TOP - 8, base, 12):
            pen.line((x, y, x, min(y + 6, base)), fill=MEDALS[name], width=3)
        pen.text((x, TOP - 12), name.capitalize(), fill=MEDALS[name], font=text, anchor="mb")
    pen.text(((LEFT + RIGHT) / 2, base + 34), "points", fill=SOFT, font=small, anchor="ma")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, optimize=True)


def main() -> None:
    """Play, print, draw."""
    parser = argparse.ArgumentParser(description="A thousand harvests by pickers of four skills.")
    parser.add_argument("--harvests", type=int, default=1_000)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/pictures/orchard_bots.png")
    args = parser.parse_args()
    began = time.perf_counter()
    found = play(args.harvests)
    table = figures(found)
    names = list(table["novice"])
    print(f"{'':8}" + "".join(f"{name:>14}" for name in names))
    for skill, row in table.items():
        print(f"{skill:8}" + "".join(f"{row[name]:>14,}" for name in names))
    print(json.dumps({"seconds": round(time.perf_counter() - began, 1), "skills": table}))
    draw(found, rules_here(), args.out)


if __name__ == "__main__":
    main()
