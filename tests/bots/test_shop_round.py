"""A walk from the street's spawn into every shop, home, and out again, by the rules alone: nothing is drawn."""

from pathlib import Path

import pytest

from game.bots.person import Person
from game.content.home_store import first_home
from game.content.load import load_catalogue, world_of
from game.core.errors import GameError
from game.core.events import DoorMoved, EnteredPlace, Event
from game.core.ids import DoorId, PlaceId
from game.core.step import step
from game.core.world import DT_SECS

ROOT = Path(__file__).resolve().parents[2]
STREET = PlaceId("street")


class Rules:
    """A screen that only lets the rules pass."""

    def __init__(self, person: Person) -> None:
        catalogue = load_catalogue(ROOT)
        self.world = world_of(catalogue, start=STREET, seed=1)
        home = first_home(catalogue.templates, "Home")
        assert home is not None
        step(self.world, [home.admit()])
        self.person = person
        person.screen = self

    def frame(self, dt_secs: float | None = None, *, draw: bool = True) -> list[Event]:
        ticks = max(1, round((dt_secs or DT_SECS) / DT_SECS))
        return [event for _ in range(ticks) for event in step(self.world, self.person.commands(self.world))]

    def finish_loading(self) -> None: ...

    def key(self, name: str) -> None: ...

    def screenshot(self, path: Path) -> None: ...


def test_one_walks_from_the_street_into_every_shop_and_home_and_back() -> None:
    person = Person()
    world = Rules(person).world
    doors = world.place.doors
    assert doors
    for door in doors:
        person.seen.clear()
        person.go_through(door.id)
        assert world.place_id == door.to_place
        person.go_through(door.to_door)
        person.frames(90)  # time for the leaf to shut behind one's back
        assert world.place_id == STREET
        entered = [event.place for event in person.seen if isinstance(event, EnteredPlace)]
        assert entered == [door.to_place, STREET]
        opened = [event.door for event in person.seen if isinstance(event, DoorMoved) and event.opens]
        assert (door.id in opened) == bool(door.leaf), "a leaf opens by itself, a passage has none"


def test_a_door_that_is_not_there_leads_nobody_anywhere() -> None:
    person = Person()
    world = Rules(person).world
    with pytest.raises((GameError, StopIteration)):
        person.go_through(DoorId("no_such_door"))
    assert world.place_id == STREET
