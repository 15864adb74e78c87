"""All that can be made by anybody: every module of this package that has a RECIPE, found by scan."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from game.content import diy
from game.content.diy.recipe import Made, Recipe
from game.content.imports.source import Pixels
from game.core.errors import GameError


@cache
def recipes() -> dict[str, Recipe]:
    """Every recipe by its id, in the order of the ids."""
    found: dict[str, Recipe] = {}
    for module in pkgutil.iter_modules(diy.__path__):
        recipe = getattr(import_module(f"{diy.__name__}.{module.name}"), "RECIPE", None)
        if isinstance(recipe, Recipe):
            found[recipe.id] = recipe
    return dict(sorted(found.items()))


def made(recipe_id: str, values: Mapping[str, object], pixels: Pixels | None = None) -> Made:
    """Make a good; values out of range are brought into it. Raises GameError where there is no such recipe."""
    recipe = recipes().get(recipe_id)
    if recipe is None:
        raise GameError(f"{recipe_id!r} cannot be made here; known are {', '.join(recipes())}")
    return recipe.build(recipe.within(values), pixels)
