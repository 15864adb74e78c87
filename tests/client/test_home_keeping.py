"""The home is there when the interface opens, is drawn, and is as it was at the next start."""

from pathlib import Path

import pytest

from game.client.app import App
from game.client.home_keeping import HomeKeeping
from game.client.room_scenery import RoomScenery
from game.content.load import load_catalogue
from game.core import building as b
from game.core.commands import Command, Travel
from game.core.ids import HOME, PieceId, TemplateId
from game.core.world import World
from tests.client.drawn import REPO, make_app, make_world


def furnished_world() -> World:
    world, found = make_world(), load_catalogue(REPO)
    world.kit.update(found.kit)
    world.templates.update(found.templates)
    return world


def play(app: App, *commands: Command) -> None:
    for command in commands:
        app._queue.append(command)
        app.frame(1 / 60)


def test_a_first_visit_begins_in_a_studio_and_what_is_built_is_there_at_the_next_start(tmp_path: Path) -> None:
    app = make_app(tmp_path, furnished_world())
    assert app.world.home is not None
    assert app.world.home.template == TemplateId("studio")
    assert isinstance(app.street.sceneries[HOME], RoomScenery)
    play(app, Travel(place=HOME), b.StartBuilding(), b.PlaceItem(piece=PieceId("stool"), at_m=(0.0, 1.0, 0.0)))
    built = app.world.home
    assert [item.piece for item in built.items][-1] == "stool"
    app.close()

    again = make_app(tmp_path, furnished_world())
    assert again.world.home == built
    again.close()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr("game.client.hud.Hud.say", lambda self, kind, text: lines.append(f"{kind}: {text}"))
    return lines


def test_a_damaged_home_is_opened_as_it_last_was_whole_and_said(tmp_path: Path, said: list[str]) -> None:
    app = make_app(tmp_path, furnished_world())
    store = app.part(HomeKeeping).store
    app.close()
    assert said == []
    store.journal_path.write_bytes(b"nonsense\n" + store.journal_path.read_bytes())
    app = make_app(tmp_path, furnished_world())
    assert app.world.home is not None
    assert store.journal_path.with_name("strokes.jsonl.old").exists()
    assert [line for line in said if "could not be read" in line] == said != []
    app.close()


def test_a_home_of_a_newer_game_is_left_as_it_is_and_said(tmp_path: Path, said: list[str]) -> None:
    make_app(tmp_path, furnished_world()).close()
    folder = tmp_path / "home" / "rooms" / "home"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    world = furnished_world()
    del world.templates[TemplateId("studio")]
    app = make_app(tmp_path, world)
    assert app.world.home is None
    assert len(said) == 1
    assert said[0].startswith("bad: This room needs a newer version")
    app.close()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


def test_without_templates_there_is_no_home(tmp_path: Path) -> None:
    app = make_app(tmp_path, make_world())
    assert app.world.home is None
    app.close()


def test_a_disk_that_refuses_is_said_once(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "rooms").write_text("no folder")
    app = make_app(tmp_path, furnished_world())
    app.frame(1 / 60)
    assert app.world.home is not None
    assert len([line for line in said if line.startswith("bad: Your room cannot be saved")]) == 1
    app.close()
