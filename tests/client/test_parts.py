"""A part joins the game by one line: it hears what happens, may aim the camera, and has a panel of its own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.client import parts
from game.client.app import App
from game.client.camera import PORTRAIT_FOV_DEG, Gaze
from game.client.hud_menu import HelpPanel
from game.client.part import Frame, Part
from game.client.photo_mode import PhotoMode
from game.client.settings import KEYS
from game.client.stage import fov_down
from game.core import events
from game.core.commands import Command, Gesture
from game.core.world import DT_SECS
from tests.client.drawn import make_app, make_world


class BenchPanel(HelpPanel):
    name = "bench"


class BuildMode(Part):
    """Looks down from above while its panel is open."""

    def __init__(self, app, hud) -> None:
        super().__init__(app, hud)
        self.panel, self.heard, self.shown, self.loaded, self.closed = BenchPanel(), [], 0, False, False
        self.wants: list[Command] = []
        hud.join(self.panel, opened_by="wave")

    @property
    def catches_mouse(self) -> bool:
        return self.hud.view.open_panel == self.panel.name

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        wants, self.wants = self.wants, []
        return wants

    def aim(self, gaze: Gaze, dt_secs: float) -> Gaze:
        return replace(gaze, eye_m=(0.0, 0.0, 2.5), pitch_rad=-1.5, fov_deg=70.0) if self.catches_mouse else gaze

    def draw(self, frame: Frame) -> None:
        self.heard += frame.happened

    def drawn(self) -> None:
        self.shown += 1

    def load(self) -> Iterator[str]:
        self.loaded = True
        yield "bench"

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    monkeypatch.setattr(parts, "PARTS", (*parts.PARTS, BuildMode))
    made = make_app(tmp_path, make_world())
    yield made
    made.close()


def test_a_part_that_joins_is_loaded_hears_what_happens_and_is_closed(app: App) -> None:
    build = app.part(BuildMode)
    assert build.loaded
    build.wants = [Gesture(kind="wave")]
    before = build.shown
    app.frame(DT_SECS)
    assert any(isinstance(event, events.Gestured) for event in build.heard)
    assert build.shown == before + 1
    assert not build.closed
    app._free, free = lambda: None, app._free  # type: ignore[method-assign]
    free()
    assert build.closed


def test_its_panel_has_the_keys_and_its_camera_the_picture_only_while_it_is_open(app: App) -> None:
    app.frame(DT_SECS)
    own = app.stage.camera.get_pos()
    app.key(KEYS["wave"][0])
    app.input.handle("w", True)
    at = app.world.body.pos_m
    for _ in range(4):
        app.frame(DT_SECS, draw=False)
    assert app.hud is not None
    assert app.hud.view.open_panel == "bench"
    assert app.stage.camera.get_pos() == (0.0, 0.0, 2.5)
    assert app.stage.fov_deg == 70.0
    assert app.world.body.pos_m == at
    app.key(KEYS["wave"][0])
    app.input.handle("w", False)
    app.frame(DT_SECS, draw=False)
    assert app.hud.view.open_panel == ""
    assert app.stage.camera.get_pos() == own
    assert app.stage.fov_deg == fov_down(app.settings.values.fov)


def test_a_part_is_found_by_its_kind(app: App) -> None:
    assert isinstance(app.part(PhotoMode), PhotoMode)
    with pytest.raises(StopIteration):
        app.part(type("Other", (Part,), {}))


def test_who_edits_their_looks_is_seen_through_the_lens_of_a_portrait(app: App) -> None:
    app.key(KEYS["looks"][0])
    for _ in range(3):
        app.frame(DT_SECS, draw=False)
    assert app.stage.fov_deg == PORTRAIT_FOV_DEG
    app.key("escape")
    for _ in range(2):
        app.frame(DT_SECS, draw=False)
    assert app.stage.fov_deg == fov_down(app.settings.values.fov)
