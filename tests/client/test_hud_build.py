"""The tray of build mode: its keys carry, turn, set down, select and take back in the real rules."""

import pytest
from panda3d.core import Texture

from game.client.finding import Finding
from game.client.hud_build import DRAWERS, BuildPanel
from game.client.hud_panel import View
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.core.building import StartBuilding
from game.core.commands import Admit, Travel
from game.core.ids import HOME, PlaceId
from game.core.rooms import new_room
from game.core.step import step
from game.core.world import World, new_world
from tests.core.small import GOODS, STREET, street
from tests.core.small_rooms import KIT, SHELF, TEMPLATES, studio


@pytest.fixture
def world() -> World:
    made = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    step(made, [Admit(room=new_room(studio(), name="Mine"))])
    step(made, [Travel(place=HOME)])
    step(made, [StartBuilding()])
    assert made.building is not None
    return made


@pytest.fixture
def view(world: World) -> View:
    texts = load_texts("en")
    return View(world, texts, Settings(values=Values(language="en")), Finding(world, texts))


def no_picture(_: object) -> Texture | None:
    return None


def press(panel: BuildPanel, view: View, *actions: str) -> None:
    for action in actions:
        wished = panel.press(action, view)
        assert wished is not None, f"the tray takes {action}"
        step(view.world, wished)


def test_a_thing_of_the_tray_is_carried_turned_and_set_down(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world
    before = len(world.home.items)
    press(panel, view, f"take:{SHELF}")
    assert world.building.carried is not None
    yaw_deg = world.building.carried.items[0].yaw_deg
    press(panel, view, "tab_left")
    assert (world.building.carried.items[0].yaw_deg - yaw_deg) % 360 == 15.0
    world.body.pitch_rad = -0.6
    step(world, [])
    assert world.building.carried.fit.kind == "fits"
    press(panel, view, "confirm")
    assert world.building.carried is None
    assert len(world.home.items) == before + 1
    press(panel, view, "build_undo")
    assert len(world.home.items) == before


def test_what_is_put_away_leaves_the_room_as_it_was(view: View) -> None:
    panel, room = BuildPanel(no_picture), view.world.home
    press(panel, view, f"take:{SHELF}", "back")
    assert view.world.building.carried is None
    assert view.world.home == room


def test_what_is_pointed_at_is_selected_then_taken_up(view: View) -> None:
    panel, world = BuildPanel(no_picture), view.world
    press(panel, view, f"take:{SHELF}")
    world.body.pitch_rad = -0.6
    step(world, [])
    press(panel, view, "confirm", "back")
    assert not world.building.selected
    panel.pointed = world.home.items[-1].id
    press(panel, view, "build_pick")
    assert panel.pointed in world.building.selected
    press(panel, view, "build_pick")
    assert world.building.carried is not None
    assert world.building.carried.taken_up


def test_the_grid_goes_round_and_drawers_follow_each_other(view: View) -> None:
    panel = BuildPanel(no_picture)
    grids = [view.world.building.snap.grid_m]
    for _ in range(3):
        press(panel, view, "build_snap")
        grids.append(view.world.building.snap.grid_m)
    assert sorted(grids[:3]) == [0.0, 0.05, 0.25]
    assert grids[0] == grids[3]
    was = panel.drawer
    press(panel, view, "tab_right", "tab_left")
    assert panel.drawer == was
    assert DRAWERS[panel.drawer] == "shelves"


def test_the_tray_opens_at_home_alone(view: View) -> None:
    panel = BuildPanel(no_picture)
    assert panel.can_open(view)
    view.world.place_id = PlaceId(STREET)
    assert not panel.can_open(view)


def test_while_words_are_typed_keys_are_letters(view: View) -> None:
    panel = BuildPanel(no_picture)
    panel.press("act:words", view)
    panel.type("bread", view)
    assert panel.types
    assert panel.press("build_undo", view) == []
    panel.press("back", view)
    assert not panel.types
