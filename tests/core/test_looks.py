from math import inf
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core import commands as c
from game.core.events import Declined, LooksChanged
from game.core.looks import (
    BEARDS,
    DEFAULT_LOOKS,
    DYED,
    GREYS,
    HAIR_COLOURS,
    MEASURES,
    NATURAL,
    Looks,
    changed,
    is_colour,
    looks_by_lot,
    wrong_in,
)
from game.core.people import PEOPLE
from game.core.rules.reach import eye_m
from game.core.step import step
from tests.core.small import world_at


def test_looks_are_set_and_told_once() -> None:
    world = world_at()
    rosa = PEOPLE["rosa"]
    assert LooksChanged(looks=rosa) in step(world, [c.SetLooks(looks=rosa)])
    assert world.looks == rosa
    assert step(world, [c.SetLooks(looks=rosa)]) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("belly", 1.01), ("smile", -1.5), ("age", -0.1), ("height_m", 3.0), ("height_m", 0.0), ("jaw", inf),
        ("jaw", float("nan")), ("skin", "pink"), ("skin", "#FFF"), ("hair_colour", "#12345g"), ("eye_colour", ""),
        ("hair", "mohawk"), ("beard", "blue"),
    ],
)  # fmt: skip
def test_impossible_looks_are_refused_as_a_whole(field: str, value: object) -> None:
    world = world_at()
    wrong = msgspec.structs.replace(DEFAULT_LOOKS, cheeks=0.5, **{field: value})
    assert wrong_in(wrong) == field
    assert step(world, [c.SetLooks(looks=wrong)]) == [Declined(reason="looks_impossible", detail=field)]
    assert world.looks == DEFAULT_LOOKS


@pytest.mark.parametrize("name", list(PEOPLE))
def test_everyone_ready_made_is_possible(name: str) -> None:
    assert wrong_in(PEOPLE[name]) == ""


def test_people_ready_made_differ_in_skin_hair_age_and_body() -> None:
    people = PEOPLE.values()
    assert len(people) >= 6
    assert len(set(people)) == len(people)
    assert len({p.skin for p in people}) >= 5
    assert len({p.hair for p in people}) >= 6
    assert {p.beard for p in people} - {"none"}
    assert max(p.age for p in people) > 0.8
    assert max(p.height_m for p in people) - min(p.height_m for p in people) > 0.3
    assert max(p.belly for p in people) > 0.6


@given(st.integers(0, 2**64))
def test_a_lot_always_gives_a_pleasant_person_and_the_same_for_a_seed(seed: int) -> None:
    looks = looks_by_lot(Random(seed))
    assert wrong_in(looks) == ""
    assert looks == looks_by_lot(Random(seed))
    assert looks.smile > 0.2
    assert looks.hair_colour.lower() != looks.skin
    assert looks.hair_colour in (*NATURAL, *GREYS, *DYED)
    assert looks.hair != "none" or looks.beard != "none"
    for name, measure in MEASURES.items():
        if name not in ("smile", "age"):
            middle, half = (measure.least + measure.most) / 2, (measure.most - measure.least) / 2
            assert abs(getattr(looks, name) - middle) <= 0.8 * half, name


def test_lots_differ() -> None:
    assert len({looks_by_lot(Random(seed)) for seed in range(50)}) == 50


@given(st.sampled_from(list(MEASURES)), st.floats(allow_nan=False))
def test_a_changed_measure_is_always_possible(name: str, value: float) -> None:
    assert wrong_in(changed(DEFAULT_LOOKS, name, value)) == ""


def test_colours_are_six_small_digits() -> None:
    assert all(is_colour(colour) for colour in HAIR_COLOURS)
    assert not any(is_colour(text) for text in ("", "#12345", "#1234567", "123456#", "#12345G", "#ABCDEF"))
    assert "none" in BEARDS


def test_who_is_taller_sees_from_higher() -> None:
    world = world_at()
    before = eye_m(world)[2]
    step(world, [c.SetLooks(looks=Looks(height_m=1.84))])
    assert eye_m(world)[2] == pytest.approx(before * 1.84 / 1.63)
