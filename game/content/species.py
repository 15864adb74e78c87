"""The species of fruit trees, one TOML file each under scenes/orchard/species."""

import re
from math import isfinite
from pathlib import Path

from msgspec import structs

from game.content.parse import read_dir
from game.content.problems import ContentError, Problem
from game.core.growing.species import HABITS, Species

SPECIES_DIR = "scenes/orchard/species"
COLOUR = re.compile(r"#[0-9a-f]{6}")
COUNT_MAX = 2_000


def load_species(root: Path) -> dict[str, Species]:
    """All species under `root` by id. Raises ContentError with every file that cannot be used."""
    species, problems = read_species(root)
    if problems:
        raise ContentError(problems)
    return species


def read_species(root: Path) -> tuple[dict[str, Species], list[Problem]]:
    """The species that are sound, in the order of their files' names, and the problems of the rest."""
    read, problems = read_dir(root, SPECIES_DIR, Species, needed=False)
    found: dict[str, Species] = {}
    for name, species in read.items():
        more = species_problems(species, f"{SPECIES_DIR}/{name}.toml")
        problems += more
        if not more:
            found[name] = species
    return found, problems


def species_problems(species: Species, file: str) -> list[Problem]:
    """What of a species could not grow or be drawn."""
    problems: list[Problem] = []
    if species.habit not in HABITS:
        problems.append(Problem(file, "habit", f"{species.habit!r} is none", f"write one of {', '.join(HABITS)}"))
    for name in ("crown", "wood", "leaf", "blossom", "fruit"):
        part = getattr(species, name)
        for field in structs.fields(part):
            value = getattr(part, field.name)
            key = f"{name}.{field.name}"
            if field.name.endswith("colour") and not COLOUR.fullmatch(value):
                problems.append(Problem(file, key, f"{value!r} is no colour", 'write "#rrggbb"'))
            elif field.name.endswith("_m") and not (isfinite(value) and 0.0 < value <= 6.0):
                problems.append(Problem(file, key, f"{value} m is no length", "write metres, 0 to 6"))
            elif field.name in ("count", "points", "a_cluster") and not 1 <= value <= COUNT_MAX:
                problems.append(Problem(file, key, f"{value} is out of range", f"write 1 to {COUNT_MAX}"))
    crown, outline = species.crown, species.fruit.outline
    if not crown.trunk_m < crown.height_m:
        problems.append(Problem(file, "crown.trunk_m", f"{crown.trunk_m} m is above the top", "make it shorter"))
    for key, value, low, high in (
        ("widest", crown.widest, 0.0, 1.0), ("cone", crown.cone, 0.0, 1.0), ("hollow", crown.hollow, 0.0, 0.8),
        ("lift", crown.lift, -0.5, 1.0),
    ):  # fmt: skip
        if not low <= value <= high:
            problems.append(Problem(file, f"crown.{key}", f"{value} is out of range", f"write {low} to {high}"))
    if len(outline) < 4 or outline[0][0] != 0.0 or outline[-1][0] != 0.0:
        rule = "does not begin and end on the axis, with two points or more between"
        problems.append(Problem(file, "fruit.outline", rule, "write [[0, low], ..., [0, high]]"))
    return problems
