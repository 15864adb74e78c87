"""The time of day and the weather of places."""

from game.core import events
from game.core.commands import SetMood
from game.core.events import Event
from game.core.places import MOODS
from game.core.world import World


def set_mood(world: World, command: SetMood) -> list[Event]:
    """Change the mood of one place or of all; nothing happens where it is so already."""
    if command.mood not in MOODS:
        return [events.Declined(reason="mood_unknown", detail=command.mood)]
    if command.place is not None and command.place not in world.places:
        return [events.Declined(reason="place_unknown", detail=command.place)]
    places = list(world.places) if command.place is None else [command.place]
    changed = [place for place in places if world.mood_of(place) != command.mood]
    world.moods.update((place, command.mood) for place in changed)
    return [events.MoodChanged(place=place, mood=command.mood) for place in changed]
