"""The orchard's rules under scenes/orchard/: read strictly, and checked against each other."""

import re
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from game.content.check_goods import not_one_of, text_problems
from game.content.orchard_plots import PLOTS, manifest_sha256, plot_problems, read_plots
from game.content.parse import SNAKE_CASE, parse, read_toml
from game.content.problems import Problem
from game.content.species import SPECIES_DIR, read_species
from game.core.orchard_ports import STAGES, TENDINGS
from game.core.orchard_rules import (
    DAY_ORDER_KINDS,
    MEDALS,
    SPECIES,
    Care,
    ContestRules,
    DayOrders,
    GraftRule,
    OrchardRules,
    Picking,
    Variety,
)

ORCHARD_DIR = "scenes/orchard"
VARIETIES, GRAFTS, PICKING, DAY_ORDERS, CONTEST, CARE = (
    f"{ORCHARD_DIR}/{name}.toml"
    for name in ("varieties", "grafts", "picking", "day_orders", "contest", "care")
)
NEEDED = (VARIETIES, GRAFTS, PICKING, DAY_ORDERS, CONTEST, CARE, PLOTS)

LONGEST_ID = 31  # the chain keeps a variety in 32 bytes
NAME_MAX, STORY_MAX = 40, 160
BPS = 10_000

_COLOUR = re.compile(r"#[0-9a-f]{6}")
T = TypeVar("T", bound=Struct)


class _Grafts(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    grafts: tuple[GraftRule, ...]


def orchard_files(root: Path) -> list[Path]:
    """The files that the rules are read from."""
    return [*(root / file for file in NEEDED), *sorted((root / SPECIES_DIR).glob("*.toml"))]


def read_orchard(root: Path) -> tuple[OrchardRules | None, list[Problem]]:
    """The rules, and every problem of their files; neither where there is no such folder."""
    if not (root / ORCHARD_DIR).is_dir():
        return None, []
    missing = [file for file in NEEDED if not (root / file).is_file()]
    problems = [Problem(file, "", "is missing", "add it, or remove the folder") for file in missing]
    varieties, more = _varieties(root)
    problems += more
    grafts, more = _read(root, GRAFTS, _Grafts)
    problems += more
    picking, more = _read(root, PICKING, Picking)
    problems += more
    day_orders, more = _read(root, DAY_ORDERS, DayOrders)
    problems += more
    contest, more = _read(root, CONTEST, ContestRules)
    problems += more
    care, more = _read(root, CARE, Care)
    problems += more
    species, more = read_species(root)
    problems += more
    plots, more = read_plots(root)
    problems += more
    if grafts is None or picking is None or day_orders is None or contest is None or care is None or problems:
        return None, problems
    rules = OrchardRules(
        varieties=varieties, grafts=grafts.grafts, picking=picking, day_orders=day_orders, contest=contest, care=care,
        species=species, plots=plots, words={manifest_sha256(plot): plot for plot in plots},
    )  # fmt: skip
    return rules, []


def orchard_problems(rules: OrchardRules) -> list[Problem]:
    """What is wrong with rules that could be read: words, ranges, and names that nothing has."""
    problems: list[Problem] = []
    for variety in rules.varieties.values():
        problems += _variety(variety)
    for species in SPECIES:
        if not rules.of_species(species):
            problems.append(Problem(VARIETIES, "", f"no variety is a {species}", f'add one with species = "{species}"'))
        if species not in rules.species:
            problems.append(Problem(f"{SPECIES_DIR}/{species}.toml", "", "is missing", "say how it grows"))
    problems += _grafts(rules) + _picking(rules.picking) + _day_orders(rules.day_orders)
    problems += _contest(rules.contest) + _care(rules.care) + plot_problems(rules)
    return problems


def _read(root: Path, file: str, into: type[T]) -> tuple[T | None, list[Problem]]:
    path = root / file
    if not path.is_file():
        return None, []
    table, problems = read_toml(path, file)
    return (None, problems) if problems else parse(table, into, file=file)


def _varieties(root: Path) -> tuple[dict[str, Variety], list[Problem]]:
    if not (root / VARIETIES).is_file():
        return {}, []
    tables, problems = read_toml(root / VARIETIES, VARIETIES)
    read: dict[str, Variety] = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            problems.append(Problem(VARIETIES, name, "is not a table", f"write [{name}]"))
            continue
        if "id" in table:
            problems.append(Problem(VARIETIES, f"{name}.id", "is given twice", "remove it: the table's name is the id"))
            continue
        variety, more = parse({**table, "id": name}, Variety, file=VARIETIES)
        problems += [Problem(p.file, f"{name}.{p.key}" if p.key else name, p.problem, p.remedy) for p in more]
        if variety is not None:
            read[name] = variety
    return read, problems


def _variety(variety: Variety) -> list[Problem]:
    name, file = variety.id, VARIETIES
    problems = not_one_of(variety.species, SPECIES, file, f"{name}.species")
    if not SNAKE_CASE.fullmatch(name):
        problems.append(Problem(file, name, "is not lowercase snake_case", "rename it"))
    if len(name) > LONGEST_ID:
        problems.append(Problem(file, name, f"is longer than {LONGEST_ID} characters", "shorten it"))
    problems += text_problems(variety.name, file, f"{name}.name", NAME_MAX)
    problems += text_problems(variety.story, file, f"{name}.story", STORY_MAX)
    problems += _within(file, variety, f"{name}.", grams=(5, 2000), stalk=(0.1, 1.0), twist_deg=(10, 360))
    problems += _within(file, variety, f"{name}.", skin=(0.05, 0.95), gloss=(0.0, 1.0))
    for key in ("unripe", "ripe"):
        if not _COLOUR.fullmatch(getattr(variety, key)):
            rule = f"{getattr(variety, key)!r} is no colour"
            problems.append(Problem(file, f"{name}.{key}", rule, "write # and six lowercase hexadecimal digits"))
    return problems


def _grafts(rules: OrchardRules) -> list[Problem]:
    problems: list[Problem] = []
    odds: dict[tuple[str, str], int] = {}
    for index, graft in enumerate(rules.grafts):
        key = f"grafts[{index}]"
        found = [rules.varieties.get(name) for name in (graft.stock, graft.scion, graft.result)]
        for what, variety in zip(("stock", "scion", "result"), found, strict=True):
            if variety is None:
                rule = f"{getattr(graft, what)!r} is no variety"
                problems.append(Problem(GRAFTS, f"{key}.{what}", rule, f"add it to {VARIETIES}"))
        if len({variety.species for variety in found if variety is not None}) > 1:
            problems.append(Problem(GRAFTS, key, "joins different species", "graft within one species"))
        if graft.stock == graft.scion:
            problems.append(Problem(GRAFTS, f"{key}.scion", "is the stock itself", "name another variety"))
        problems += _within(GRAFTS, graft, f"{key}.", odds_bps=(1, BPS))
        pair = (graft.stock, graft.scion)
        odds[pair] = odds.get(pair, 0) + graft.odds_bps
        if odds[pair] > BPS:
            rule = f"all odds of {graft.stock} with {graft.scion} are above {BPS}"
            problems.append(Problem(GRAFTS, f"{key}.odds_bps", rule, "lower one of them"))
    return problems


def _picking(picking: Picking) -> list[Problem]:
    file, reach, stroke, points = PICKING, picking.reach, picking.stroke, picking.points
    problems = _within(file, picking, "", basket_grams=(500, 50_000), ladder_secs=(0.0, 30.0), knock_secs=(0.0, 5.0))
    problems += _within(file, reach, "reach.", hand_m=(1.0, 3.0), ladder_m=(0.2, 3.0), pole_m=(1.0, 8.0))
    problems += _within(file, reach, "reach.", hand_aside_m=(0.3, 3.0), pole_aside_m=(0.3, 5.0), aim_rad=(0.01, 0.5))
    problems += _within(file, stroke, "stroke.", ripe_from=(0.05, 0.95), green_hold=(0.0, 3.0), loosened=(0.1, 0.95))
    problems += _within(file, stroke, "stroke.", fastest_twist_rad_s=(0.5, 50.0), pole_skin=(0.1, 1.0))
    problems += _within(file, points, "points.", clean=(1, 1000), bruised=(0, 1000), high_bonus_pct=(0, 300))
    problems += _within(file, points, "points.", combo_secs=(0.5, 60.0), combo_step_pct=(0, 100))
    problems += _within(file, points, "points.", combo_cap_pct=(0, 500))
    if points.bruised >= points.clean:
        problems.append(Problem(file, "points.bruised", "is worth as much as a clean one", "write less than clean"))
    return problems


def _day_orders(day_orders: DayOrders) -> list[Problem]:
    problems = _within(DAY_ORDERS, day_orders, "", a_day=(1, len(day_orders.orders)))
    seen: list[str] = []
    for index, order in enumerate(day_orders.orders):
        key = f"orders[{index}]."
        problems += not_one_of(order.kind, DAY_ORDER_KINDS, DAY_ORDERS, f"{key}kind")
        problems += _within(DAY_ORDERS, order, key, least=(1, 100_000), step=(1, 100_000), points=(1, 10_000))
        if not SNAKE_CASE.fullmatch(order.id) or order.id in seen:
            rule = f"{order.id!r} is there twice" if order.id in seen else f"{order.id!r} is not lowercase snake_case"
            problems.append(Problem(DAY_ORDERS, f"{key}id", rule, "rename it"))
        if order.most < order.least:
            problems.append(Problem(DAY_ORDERS, f"{key}most", f"is below {order.least}", "write least or more"))
        seen.append(order.id)
    return problems


def _contest(contest: ContestRules) -> list[Problem]:
    problems = _within(CONTEST, contest, "", secs=(10, 3600), board_rows=(1, 100), village_fruits=(1, 200))
    problems += _within(CONTEST, contest, "", children_fruits=(1, 500))
    for name in contest.medals:
        problems += not_one_of(name, MEDALS, CONTEST, f"medals.{name}")
    asked = [contest.medals.get(name) for name in MEDALS]
    for name, points in zip(MEDALS, asked, strict=True):
        if points is None:
            problems.append(Problem(CONTEST, f"medals.{name}", "is missing", "write for how many points it is"))
    known = [points for points in asked if points is not None]
    if known != sorted(set(known)) or min(known, default=1) < 1:
        problems.append(Problem(CONTEST, "medals", "do not rise", "write rising points: " + ", ".join(MEDALS)))
    return problems


def _care(care: Care) -> list[Problem]:
    problems = _within(CARE, care, "", steps_at_once=(10, 10_000))
    for action in TENDINGS:
        if action not in care.tending:
            problems.append(Problem(CARE, f"tending.{action}", "is missing", "name its stage"))
    for action, stage in care.tending.items():
        problems += not_one_of(action, TENDINGS, CARE, f"tending.{action}")
        problems += not_one_of(stage, STAGES, CARE, f"tending.{action}")
    return problems


def _within(file: str, value: Struct, prefix: str, **ranges: tuple[float, float]) -> list[Problem]:
    """Problems of numbers that lie outside of their ranges, both ends included."""
    problems: list[Problem] = []
    for key, (least, most) in ranges.items():
        number: Any = getattr(value, key)
        if not least <= number <= most:
            rule = f"{number} is not between {least} and {most}"
            problems.append(Problem(file, prefix + key, rule, "write a number in that range"))
    return problems
