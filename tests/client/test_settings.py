"""Settings are saved at once and survive damage."""

import os
from pathlib import Path

import pytest

from game.client.settings import Settings, Values, load_settings


def test_a_fresh_home_gives_the_defaults_and_no_notice(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.values.ui_scale == 1.0
    assert settings.notice == ""
    assert not (tmp_path / "settings.toml").exists()


def test_every_change_is_read_back(tmp_path: Path) -> None:
    settings = load_settings(tmp_path / "deep" / "home")
    settings.change(language="zh", ui_scale=1.5, look_speed=0.7, invert_look=True, volume=0.25, captions=False,
                    reduced_motion=True, keys={"take": ("g", "gamepad x")}, text_size=1.75, pad_speed=0.4, fov=72,
                    quality="low", palette="tritanopia", volume_music=0.1, volume_ambience=0.2,
                    volume_effects=0.3)  # fmt: skip
    settings.done_hint("walk")
    again = load_settings(tmp_path / "deep" / "home")
    assert again.values == settings.values
    assert again.keys_of("take") == ("g", "gamepad x")
    assert again.keys_of("view") == ("v", "gamepad right stick")
    assert again.values.hints_done == ("walk",)


@pytest.mark.parametrize(
    "text",
    [
        "language = ",
        'language = "fr"',
        "ui_scale = 9.0",
        'ui_scale = "big"',
        "no_such_setting = 1",
        '[keys]\nno_such_action = ["x"]',
        "\x00\x01",
        "volume = nan",
        "fov = 40.0",
        "volume_music = 1.5",
        'quality = "ultra"',
        'palette = "grey"',
    ],
)
def test_a_damaged_file_gives_defaults_a_notice_and_is_kept_aside(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    settings = load_settings(tmp_path)
    assert settings.values.ui_scale == 1.0
    assert settings.notice == "settings_damaged"
    assert (tmp_path / "settings.toml.old").read_text(encoding="utf-8") == text
    settings.change(volume=0.5)
    assert load_settings(tmp_path).notice == ""


def test_bytes_that_are_no_text_are_damage_too(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\xfa")
    assert load_settings(tmp_path).notice == "settings_damaged"


def test_values_are_brought_into_their_range(tmp_path: Path) -> None:
    settings = Settings(None, Values())
    settings.change(ui_scale=7, volume=-1)
    assert settings.values.ui_scale == 2.0
    assert settings.values.volume == 0.0


def test_a_home_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    settings = Settings(blocked / "settings.toml", Values())
    settings.change(volume=0.5)
    assert settings.values.volume == 0.5
    assert settings.notice == "settings_not_saved"


def test_saving_never_leaves_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(tmp_path)
    settings.change(volume=0.5)
    before = (tmp_path / "settings.toml").read_bytes()

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    settings.change(volume=0.9)
    assert (tmp_path / "settings.toml").read_bytes() == before
    assert settings.notice == "settings_not_saved"


FORMER = """language = "zh"
ui_scale = 1.5
look_speed = 0.7
invert_look = true
volume = 0.25
captions = false
reduced_motion = true
hints_done = ["walk", "look"]

[keys]
take = ["g", "gamepad x"]
"""


def test_a_file_of_before_keeps_all_it_says_and_gets_the_rest_as_it_comes(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(FORMER, encoding="utf-8")
    settings = load_settings(tmp_path)
    assert settings.notice == ""
    values = settings.values
    assert (values.language, values.ui_scale, values.look_speed, values.invert_look) == ("zh", 1.5, 0.7, True)
    assert (values.volume, values.captions, values.reduced_motion) == (0.25, False, True)
    assert values.hints_done == ("walk", "look")
    assert settings.keys_of("take") == ("g", "gamepad x")
    fresh = Values()
    assert (values.text_size, values.fov, values.volume_music) == (fresh.text_size, fresh.fov, fresh.volume_music)


def test_what_is_tried_out_is_saved_only_when_it_is_let_go(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    settings.try_out(fov=200)
    assert settings.values.fov == 110.0
    assert load_settings(tmp_path).values.fov == 90.0
    settings.save()
    assert load_settings(tmp_path).values.fov == 110.0
