"""Whether a place's ground can be walked and its trees can stand."""

from collections.abc import Mapping

from game.content.problems import Problem
from game.core.ground import ground_of
from game.core.growing.species import Species
from game.core.places import Place

SLOPE_MAX = 0.7  # steeper, and walking along it no longer looks like walking
CELLS_MAX = 40_000
TREES_MAX = 1_000
PLOT_MAX = 1 << 16


def ground_problems(place: Place, species: Mapping[str, Species], file: str) -> list[Problem]:
    """Problems of a place's terrain and groves."""
    return _terrain(place, file) or _groves(place, species, file)


def _terrain(place: Place, file: str) -> list[Problem]:
    terrain = place.terrain
    if terrain is None:
        return []
    rows = terrain.heights_cm
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return [Problem(file, "terrain.heights_cm", "is no grid", "write two rows or more, all equally long")]
    if len(rows) * len(rows[0]) > CELLS_MAX or not 0.25 <= terrain.cell_m <= 10.0:
        rule = f"{len(rows[0])} x {len(rows)} cells of {terrain.cell_m} m"
        return [Problem(file, "terrain.cell_m", rule, f"keep to {CELLS_MAX} cells of 0.25 to 10 m")]
    slope = ground_of(place).steepest()
    if slope > SLOPE_MAX:
        rule = f"its steepest slope is {slope:.2f} m a metre, more than {SLOPE_MAX}"
        return [Problem(file, "terrain.heights_cm", rule, "make it gentler")]
    return []


def _groves(place: Place, species: Mapping[str, Species], file: str) -> list[Problem]:
    problems: list[Problem] = []
    plots: dict[int, int] = {}
    trees = 0
    for number, grove in enumerate(place.groves):
        key = f"groves[{number}]"
        if grove.species not in species:
            rule = f"{grove.species!r} is no species"
            problems.append(Problem(file, f"{key}.species", rule, f"name one of {', '.join(species)}"))
        if not 0 <= grove.plot < PLOT_MAX:
            problems.append(Problem(file, f"{key}.plot", f"{grove.plot} is no plot", "count from 1; 0 is the village"))
        if grove.plot in plots and grove.plot != 0:
            rule = f"plot {grove.plot} is that of groves[{plots[grove.plot]}] too"
            problems.append(Problem(file, f"{key}.plot", rule, "give each grove a plot of its own"))
        plots.setdefault(grove.plot, number)
        if grove.step_m < 1.0 or any(count < 1 for _, _, count in grove.rows):
            problems.append(Problem(file, key, "its trees stand in each other", "leave a metre or more"))
        trees += sum(max(count, 0) for _, _, count in grove.rows)
        if place.terrain is not None:
            x0, y0 = place.terrain.at_m
            x1 = x0 + (len(place.terrain.heights_cm[0]) - 1) * place.terrain.cell_m
            y1 = y0 + (len(place.terrain.heights_cm) - 1) * place.terrain.cell_m
            for index, (x, y, count) in enumerate(grove.rows):
                if not (x0 < x and x + (count - 1) * grove.step_m < x1 and y0 < y < y1):
                    rule = "reaches beyond the terrain"
                    problems.append(Problem(file, f"{key}.rows[{index}]", rule, "draw it in, or enlarge the terrain"))
    if trees > TREES_MAX:
        problems.append(Problem(file, "groves", f"{trees} trees are more than {TREES_MAX}", "plant fewer"))
    return problems
