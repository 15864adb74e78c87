"""Terrain and groves that could not be walked or grown are named with their keys."""

import msgspec
import pytest

from game.content.check_ground import ground_problems
from game.core.places import Grove, Place, Terrain
from tests.core.growing.trees import SPECIES
from tests.core.small import street

GENTLE = Terrain(at_m=(-4.0, -4.0), cell_m=4.0, heights_cm=((0, 10, 20), (0, 15, 30), (5, 20, 40)))
APPLES = Grove(plot=1, species="apple", step_m=2.0, rows=((-3.0, 0.0, 3),))


def place(terrain: Terrain | None = GENTLE, *groves: Grove) -> Place:
    return msgspec.structs.replace(street(), terrain=terrain, groves=groves)


def keys(of: Place) -> list[str]:
    return [problem.key for problem in ground_problems(of, SPECIES, "x.toml")]


def test_gentle_ground_with_a_row_of_apples_is_sound_and_so_is_level_ground() -> None:
    assert keys(place(GENTLE, APPLES)) == []
    assert keys(place(None)) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"heights_cm": ((0, 10), (0, 10, 20))}, "terrain.heights_cm"),
        ({"heights_cm": ((0, 10, 20),)}, "terrain.heights_cm"),
        ({"heights_cm": ((0, 500), (0, 0))}, "terrain.heights_cm"),
        ({"cell_m": 0.0}, "terrain.cell_m"),
    ],
)
def test_ground_that_is_no_grid_or_too_steep_is_named(change: dict[str, object], key: str) -> None:
    assert keys(place(msgspec.structs.replace(GENTLE, **change))) == [key]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"species": "mango"}, "groves[0].species"),
        ({"plot": -1}, "groves[0].plot"),
        ({"step_m": 0.1}, "groves[0]"),
        ({"rows": ((-3.0, 0.0, 30),)}, "groves[0].rows[0]"),
        ({"rows": ((-3.0, 0.0, 3),) * 400}, "groves"),
    ],
)
def test_trees_that_could_not_stand_are_named(change: dict[str, object], key: str) -> None:
    assert keys(place(GENTLE, msgspec.structs.replace(APPLES, **change))) == [key]


def test_two_groves_cannot_be_one_plot() -> None:
    assert keys(place(GENTLE, APPLES, APPLES)) == ["groves[1].plot"]


def test_the_village_may_have_several_groves() -> None:
    village = msgspec.structs.replace(APPLES, plot=0)
    assert keys(place(GENTLE, village, msgspec.structs.replace(village, species="pear"))) == []
