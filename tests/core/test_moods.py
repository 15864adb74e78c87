"""Time of day and weather: of one place, of all, and what is no mood."""

import pytest

from game.core import commands, events
from game.core.ids import PlaceId
from game.core.places import MOODS
from game.core.step import step
from tests.core.small import world_at


def test_a_new_mood_holds_in_every_place_and_is_told_once() -> None:
    world = world_at()
    told = step(world, [commands.SetMood(mood="night")])
    assert {e.place for e in told if isinstance(e, events.MoodChanged)} == set(world.places)
    assert {world.mood_of(place) for place in world.places} == {"night"}
    assert not [e for e in step(world, [commands.SetMood(mood="night")]) if isinstance(e, events.MoodChanged)]


def test_one_place_can_have_its_own_mood() -> None:
    world = world_at()
    here = world.place_id
    step(world, [commands.SetMood(mood="rain", place=here)])
    assert world.mood_of(here) == "rain"
    assert all(world.mood_of(place) == world.places[place].mood for place in world.places if place != here)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (commands.SetMood(mood="doom"), "mood_unknown"),
        (commands.SetMood(mood=MOODS[1], place=PlaceId("atlantis")), "place_unknown"),
    ],
)
def test_an_unknown_mood_or_place_is_declined_and_changes_nothing(command: commands.SetMood, reason: str) -> None:
    world = world_at()
    told = step(world, [command])
    assert [e.reason for e in told if isinstance(e, events.Declined)] == [reason]
    assert world.moods == {}
