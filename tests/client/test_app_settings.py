"""The running game takes up settings at once, and goes on when only a panel or a sound fails."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client.app import App
from game.client.last_words import draw_card
from game.client.quality import LEVELS
from game.client.sound import Sound
from game.client.stage import fov_down
from game.client.texts import load_texts
from tests.client.drawn import make_app, make_world, pixels

DT_SECS = 1 / 60


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = make_app(tmp_path, make_world(), load=False)
    made.frame(DT_SECS)
    yield made
    made.close()


def test_the_field_of_view_is_across_a_picture_of_16_to_9() -> None:
    assert fov_down(90) == pytest.approx(58.7155, abs=1e-3)
    assert fov_down(60) == pytest.approx(35.983, abs=1e-3)
    assert fov_down(110) == pytest.approx(77.552, abs=1e-3)


def test_the_field_of_view_changes_in_the_next_frame_for_the_hand_too(app: App) -> None:
    before = pixels(app)
    app.settings.change(fov=110)
    after = pixels(app)
    for lens in (app.stage.lens, app.stage.hand_lens):
        assert lens.get_fov()[1] == pytest.approx(fov_down(110), abs=0.01)
        assert lens.get_fov()[0] == pytest.approx(110, abs=0.1)
    assert np.abs(before.astype(int) - after).mean() > 1.0


def test_a_level_of_quality_is_drawn_at_once_and_a_step_back_measures_anew(app: App) -> None:
    app.settings.change(quality="low")
    app.frame(DT_SECS)
    assert app.quality is LEVELS["low"]
    assert app.mirror.scale == LEVELS["low"].mirror_scale
    app.settings.change(quality="high")
    app.frame(DT_SECS)
    assert app.quality is LEVELS["high"]
    app.settings.change(quality="auto")
    app.frame(DT_SECS)
    assert app.quality is LEVELS["medium"], "nothing was measured here yet"


def test_a_panel_that_fails_is_closed_and_the_game_goes_on(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.hud is not None

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(app.hud.panels["help"], "draw", fail)
    app.key("f1")
    app.frame(DT_SECS)
    app.frame(DT_SECS)
    assert not app.hud.wants_mouse
    assert app.hud.view.toasts[-1][:2] == ("bad", app.hud.view.t("went_wrong"))
    tick = app.world.tick
    app.frame(DT_SECS)
    assert app.world.tick == tick + 1


def test_what_fails_without_a_panel_is_not_hidden(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.hud is not None

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(app.hud, "update", fail)
    with pytest.raises(OSError, match="disk is full"):
        app.frame(DT_SECS)


def test_sounds_that_fail_are_silent_from_then_on(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("no device")

    monkeypatch.setattr(app.part(Sound).audio, "play", fail)
    app.frame(DT_SECS)
    assert app.part(Sound).audio is None
    app.frame(DT_SECS)


def test_a_report_knows_the_graphics_and_the_settings_and_the_sentence_the_language(app: App) -> None:
    last = app.farewell()
    facts = last.facts()
    assert "OpenGL" in facts["graphics"]
    assert "reduced_motion = true" in facts["settings"]
    assert "/logs/crash-1.log" in last.sentence(Path("/logs/crash-1.log"))
    app.settings.change(language="zh")
    assert last.sentence(None) == load_texts("zh").t("fell_text_no_log")


def test_the_market_is_closed_even_when_the_world_cannot_be_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(tmp_path, make_world(), load=False)

    def fail() -> None:
        raise RuntimeError("gone already")

    free = app._free
    monkeypatch.setattr(app, "_free", fail)
    with pytest.raises(RuntimeError, match="gone already"):
        app.close(in_order=False)
    assert app.market.closed  # type: ignore[attr-defined]
    free()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_last_words_fit_their_card_with_the_longest_path(language: str) -> None:
    path = "/home/somebody/with/a/long/name/.local/share/loquat/" + "very_long_folder_name" * 4 + "/crash-20260101.log"
    texts = load_texts(language)
    paper = draw_card(NodePath("ui"), (640, 360), texts, texts.t("fell_text", path=path))
    assert "".join(written.text for written in paper.written[1:-1]).replace(" ", "").endswith("crash-20260101.log")
    for written in paper.written:
        assert written.box.x + written.box.wide <= paper.wide
        assert written.box.y + written.box.high <= paper.high
