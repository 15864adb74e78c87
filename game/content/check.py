"""Every problem of every file of the world at once."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from game.content.blueprint import ROOMS_DIR, check_rooms
from game.content.budget import place_budget
from game.content.check_assets import good_assets, place_assets
from game.content.check_credits import credit_problems
from game.content.check_goods import good_problems, not_one_of, text_problems
from game.content.check_ground import ground_problems
from game.content.check_layout import layout
from game.content.check_rooms import home_door, leads_home, room_problems
from game.content.load import (
    GOODS_DIR,
    KIT_DIR,
    MAKERS_FILE,
    PLACES_DIR,
    TEMPLATES_DIR,
    Catalogue,
    Maker,
    read_catalogue,
)
from game.content.orchard import orchard_problems
from game.content.orchard_plots import grove_problems
from game.content.parse import SNAKE_CASE
from game.content.problems import Problem, format_problem
from game.content.species import read_species
from game.core.places import FLOORS, MOODS, PLACE_KINDS, Place

__all__ = ["Problem", "check", "format_problem", "report"]

COUNTED = (
    (GOODS_DIR, "goods"), (PLACES_DIR, "places"), (KIT_DIR, "pieces"), (TEMPLATES_DIR, "templates"),
    (ROOMS_DIR, "rooms"),
)  # fmt: skip
NAME_MAX = 40


def check(root: Path) -> list[Problem]:
    """All that is wrong with goods, places, makers, models and credits under `root`, by file; empty when sound."""
    catalogue, problems = read_catalogue(root)
    for good in catalogue.goods.values():
        file = f"{GOODS_DIR}/{good.id}.toml"
        problems += good_problems(good, file)
        if good.maker not in catalogue.makers:
            problems.append(Problem(file, "maker", f"{good.maker!r} is no maker", f"add it to {MAKERS_FILE}"))
        problems += good_assets(good, root, file)
    species, more = read_species(root)
    problems += more
    for place in catalogue.places.values():
        file = f"{PLACES_DIR}/{place.id}.toml"
        problems += _place(place, catalogue, root, file)
        problems += place_assets(place, root, file)
        problems += place_budget(place, catalogue.goods, root, file)
        crooked = ground_problems(place, species, file)
        problems += crooked or layout(place, catalogue.goods, file)
    for maker in catalogue.makers.values():
        problems += _maker(maker)
    for piece in catalogue.kit.values():
        problems += text_problems(piece.name, f"{KIT_DIR}/{piece.id}.toml", "name", NAME_MAX)
    for template in catalogue.templates.values():
        problems += text_problems(template.name, f"{TEMPLATES_DIR}/{template.id}.toml", "name", NAME_MAX)
    if catalogue.orchard is not None:
        problems += orchard_problems(catalogue.orchard)
        problems += grove_problems(
            catalogue.orchard.plots, catalogue.places.values(), catalogue.makers, catalogue.orchard
        )
    problems += room_problems(catalogue)
    problems += check_rooms(catalogue, root)
    problems += credit_problems(root)
    return sorted(set(problems), key=_in_reading_order)


def report(root: Path, *, as_json: bool = False) -> int:
    """Print every problem under `root`, one a line or as one JSON object; returns 0 when there is none, else 1."""
    problems = check(root)
    if as_json:
        answer = {"version": 1, "ok": not problems, "problems": problems}
        print(msgspec.json.encode(answer).decode())
        return 1 if problems else 0
    for problem in problems:
        print(format_problem(problem))
    numbers = [(len(list((root / folder).glob("*.toml"))), what) for folder, what in COUNTED]
    counts = ", ".join(f"{number} {what}" for number, what in numbers if number)
    print(f"{counts}: {len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else f"{counts}: sound")
    return 1 if problems else 0


def _in_reading_order(problem: Problem) -> tuple[str, list[tuple[int, str]], str]:
    """By file, then by key with numbers counted rather than spelt, so that stands[2] comes before stands[10]."""
    parts = re.split(r"(\d+)", problem.key)
    return problem.file, [(int(part), "") if part.isdigit() else (-1, part) for part in parts], problem.problem


def _place(place: Place, catalogue: Catalogue, root: Path, file: str) -> list[Problem]:
    problems = not_one_of(place.kind, PLACE_KINDS, file, "kind") + not_one_of(place.mood, MOODS, file, "mood")
    problems += not_one_of(place.floor, FLOORS, file, "floor")
    problems += text_problems(place.name, file, "name", NAME_MAX)
    if place.keeper not in catalogue.makers:
        problems.append(Problem(file, "keeper", f"{place.keeper!r} is no maker", f"add it to {MAKERS_FILE}"))
    problems += _ids("stands", (stand.id for stand in place.stands), file)
    problems += _ids("doors", (door.id for door in place.doors), file)
    if place.stands and place.counter is None:
        problems.append(Problem(file, "counter", "is missing where goods are sold", "add [counter] with at_m"))
    for index, stand in enumerate(place.stands):
        if stand.good not in catalogue.goods and not (root / GOODS_DIR / f"{stand.good}.toml").is_file():
            remedy = f"add {GOODS_DIR}/{stand.good}.toml"
            problems.append(Problem(file, f"stands[{index}].good", f"{stand.good!r} is no good", remedy))
    for index, door in enumerate(place.doors):
        key = f"doors[{index}]"
        if leads_home(door):
            problems += home_door(place, door, catalogue, file, key)
            continue
        other = catalogue.places.get(door.to_place)
        if other is None:
            if not (root / PLACES_DIR / f"{door.to_place}.toml").is_file():
                remedy = f"add {PLACES_DIR}/{door.to_place}.toml"
                problems.append(Problem(file, f"{key}.to_place", f"{door.to_place!r} is no place", remedy))
            continue
        back = next((candidate for candidate in other.doors if candidate.id == door.to_door), None)
        if back is None:
            rule = f"{door.to_door!r} is no door of {other.id!r}"
            problems.append(Problem(file, f"{key}.to_door", rule, f"name one of its doors, or add it in {other.id}"))
        elif (back.to_place, back.to_door) != (place.id, door.id):
            rule = f"{other.id}.{back.id} leads to {back.to_place}.{back.to_door}, not back here"
            problems.append(Problem(file, f"{key}.to_door", rule, "let the two doors name each other"))
        elif abs(back.width_m - door.width_m) > 0.01:
            rule = f"{door.width_m} m, but {other.id}.{back.id} is {back.width_m} m wide"
            problems.append(Problem(file, f"{key}.width_m", rule, "make both sides of a door equally wide"))
    return problems


def _maker(maker: Maker) -> list[Problem]:
    texts = (("name", maker.name), ("craft", maker.craft))
    return [problem for key, text in texts for problem in text_problems(text, MAKERS_FILE, f"{maker.id}.{key}", 80)]


def _ids(group: str, ids: Iterable[str], file: str) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for index, name in enumerate(ids):
        key = f"{group}[{index}].id"
        if not SNAKE_CASE.fullmatch(name):
            problems.append(Problem(file, key, f"{name!r} is not lowercase snake_case", "rename it"))
        if name in seen:
            problems.append(Problem(file, key, f"{name!r} is the id of {group}[{seen[name]}] too", "rename one"))
        seen.setdefault(name, index)
    return problems
