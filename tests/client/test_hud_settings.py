"""The settings panel: every setting by keys, by mouse and by dragging, saved at once."""

from pathlib import Path

import numpy as np
import pytest

from game.client import theme
from game.client.hud import Hud
from game.client.hud_settings import GROUPS, Row
from game.client.palette import PALETTES
from game.client.settings import RANGES, Settings, load_settings
from tests.client.panels import market_day
from tests.client.shown import SIZE_PX, hud_for, shown, words
from tests.client.written import touch

ROWS = [(group, number, row) for group, rows in enumerate(GROUPS.values()) for number, row in enumerate(rows)]


def at(hud: Hud, action: str) -> tuple[float, float]:
    """Where on the screen the spot of an action is, in the units of the pointer."""
    assert hud.panel is not None
    assert hud.panel.paper is not None
    spot = next(spot for spot in hud.panel.paper.spots if spot.action == action)
    return pointer(hud, spot.box.x + spot.box.wide / 2, spot.box.y + spot.box.high / 2)


def pointer(hud: Hud, x: float, y: float) -> tuple[float, float]:
    assert hud.panel is not None
    assert hud.panel.paper is not None
    x_px, y_px = hud.panel.left + x * hud.panel.paper.scale, hud.panel.top + y * hud.panel.paper.scale
    return (x_px - SIZE_PX[0] / 2) / SIZE_PX[1], 0.5 - y_px / SIZE_PX[1]


def opened(group: int, tmp_path: Path | None = None) -> Hud:
    world = market_day()
    hud = hud_for(world)
    if tmp_path is not None:
        hud.view.settings.path = tmp_path / "settings.toml"
    hud.open_panel("settings")
    hud.press(f"group:{group}")
    hud.update(world, [], 0.3)
    return hud


@pytest.mark.parametrize(("group", "number", "row"), ROWS, ids=[row.name for _, _, row in ROWS])
def test_every_row_is_reached_by_arrows_and_does_its_work(group: int, number: int, row: Row, tmp_path: Path) -> None:
    hud = opened(0, tmp_path)
    for _ in range(group):
        hud.press("tab_right")
    hud.press("go_up")  # from the tabs up is the last row; down from there the tabs again
    hud.press("go_down")
    for _ in range(number + 1):
        hud.press("go_down")
    before = hud.view.settings.values
    hud.press("confirm" if row.kind == "button" else "go_right")
    if row.action == "wish:logs":
        assert hud.take_wishes() == ["logs"]
        assert hud.take_wishes() == []
    elif row.action == "open:keys":
        assert hud.view.open_panel == "keys"
    elif row.action == "hints":
        assert (before.hints_done, hud.view.settings.values.hints_done) == (("walk", "look"), ())
    else:
        now, was = getattr(hud.view.settings.values, row.name), getattr(before, row.name)
        at_its_end = row.kind == "slider" and was == RANGES[row.name][1]
        assert (now == was) is at_its_end
        hud.press("go_left")
        hud.press("go_left")
        assert getattr(hud.view.settings.values, row.name) != was or row.kind == "switch" or len(row.choices) == 2
        assert load_settings(tmp_path).values == hud.view.settings.values


def test_a_slider_follows_the_pointer_and_is_saved_when_it_is_let_go(tmp_path: Path) -> None:
    hud = opened(2, tmp_path)
    world, box = hud.view.world, hud.panel.paper.spots  # type: ignore[union-attr]
    spot = next(spot for spot in box if spot.slides)
    y = spot.box.y + 5
    hud.pointing.holding = True
    hud.update(world, [], 0.02, pointer(hud, spot.box.x, y))
    hud.press("click")
    assert hud.view.settings.values.fov == 60.0
    hud.update(world, [], 0.02, pointer(hud, spot.box.x + spot.box.wide * 0.5, y + 200))
    assert hud.view.settings.values.fov == 85.0
    assert load_settings(tmp_path).values.fov == 90.0, "not a file a frame"
    hud.pointing.holding = False
    hud.update(world, [], 0.02, pointer(hud, spot.box.x + spot.box.wide * 0.5, y))
    assert load_settings(tmp_path).values.fov == 85.0
    hud.update(world, [], 0.02, pointer(hud, spot.box.x + spot.box.wide, y))
    assert hud.view.settings.values.fov == 85.0, "the pointer alone drags nothing"


def test_the_size_of_the_interface_changes_when_its_slider_is_let_go() -> None:
    hud = opened(0)
    world = hud.view.world
    hud.pointing.holding = True
    hud.update(world, [], 0.02, at(hud, "slide:2"))
    hud.press("click")
    hud.update(world, [], 0.02)
    assert hud.view.settings.values.ui_scale == 1.0
    assert "140%" in words(hud)
    hud.pointing.holding = False
    hud.update(world, [], 0.02)
    assert hud.view.settings.values.ui_scale == 1.4


def test_a_drag_that_the_panel_s_end_cuts_off_is_kept(tmp_path: Path) -> None:
    hud = opened(0, tmp_path)
    hud.pointing.holding = True
    hud.update(hud.view.world, [], 0.02, at(hud, "slide:1"))
    hud.press("click")
    hud.press("back")
    assert not hud.wants_mouse
    assert load_settings(tmp_path).values.text_size == 1.4


def test_text_grows_on_what_is_read_and_leaves_the_rest() -> None:
    heights = {}
    for text_size in (1.0, 1.5):
        world = market_day()
        hud = hud_for(world, text_size=text_size)
        hud.say("notice", "A line of text")
        hud.update(world, [], 0.3)
        heights[text_size] = {name: box.high for name, box, _ in hud.boxes()}
    assert heights[1.5]["captions"] == pytest.approx(1.5 * heights[1.0]["captions"], rel=0.02)
    assert heights[1.5]["purse_chip"] == heights[1.0]["purse_chip"]


@pytest.mark.parametrize(("ui_scale", "text_size"), [(1.0, 2.0), (2.0, 2.0), (2.0, 0.75), (0.75, 0.75)])
@pytest.mark.parametrize("state", ["look_at", "hand", "ghost_blocked", "hints", "opening"])
def test_cards_leave_each_other_room_at_every_size_of_text(state: str, ui_scale: float, text_size: float) -> None:
    from tests.client.panels import STATES

    world = market_day()
    hud = hud_for(world, scale=ui_scale, text_size=text_size)
    STATES[state](world, hud)
    for _ in range(3):
        hud.update(world, [], 0.2)
    boxes = [(name, box) for name, box, _ in hud.boxes() if name != "crosshair"]
    for number, (name, a) in enumerate(boxes):
        for other, b in boxes[number + 1 :]:
            assert not touch(a, b, 1.0), f"{name} {a} covers {other} {b}"


SEEN = {  # Machado, Oliveira and Fernandes 2009, severity 1: how linear RGB reaches such eyes
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(colour: tuple[float, ...], eyes: str) -> np.ndarray:
    """CIE L*a*b* (D65) of an sRGB colour as those eyes see it."""
    srgb = np.array(colour[:3])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    linear = np.clip(np.array(SEEN[eyes]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ linear
    f = np.cbrt(np.maximum(xyz / np.array([0.9505, 1.0, 1.089]), 1e-6))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(a: tuple[float, ...], b: tuple[float, ...], eyes: str) -> float:
    return float(np.linalg.norm(lab(a, eyes) - lab(b, eyes)))


@pytest.mark.parametrize("eyes", list(SEEN))
def test_yes_and_no_look_different_to_the_eyes_that_a_palette_is_for(eyes: str) -> None:
    palette = PALETTES[eyes]
    assert apart(palette.flat[theme.TEAL], palette.flat[theme.BERRY], eyes) > 40
    assert apart(palette.flat[theme.TEAL_PALE], palette.flat[theme.BERRY_PALE], eyes) > 10
    assert apart(palette.fits[1], palette.fits_not[1], eyes) > 40


@pytest.mark.parametrize("eyes", ["deuteranopia", "protanopia"])
def test_a_palette_sets_them_farther_apart_than_the_colours_as_painted(eyes: str) -> None:
    painted = apart(theme.TEAL, theme.BERRY, eyes)
    assert apart(PALETTES[eyes].flat[theme.TEAL], PALETTES[eyes].flat[theme.BERRY], eyes) > 1.3 * painted


def test_a_chosen_palette_is_what_is_drawn() -> None:
    world = market_day()
    hud = hud_for(world, palette="deuteranopia")
    hud.open_panel("settings")
    hud.update(world, [], 0.3)
    assert hud.panel is not None
    assert hud.panel.paper is not None
    assert hud.panel.paper.colours[theme.TEAL] == PALETTES["deuteranopia"].flat[theme.TEAL]
    assert opened(0).panel.paper.colours == {}  # type: ignore[union-attr]


def test_language_changes_every_panel_at_once() -> None:
    hud = opened(0)
    assert "Language" in words(hud)
    hud.press("go_down")
    hud.press("go_right")
    hud.update(hud.view.world, [], 0.02)
    assert "语言" in words(hud)
    assert "Language" not in words(hud)


def test_settings_without_a_file_last_as_long_as_the_game() -> None:
    settings = Settings(None)
    settings.change(fov=70)
    assert settings.values.fov == 70.0


def test_sold_out_and_fits_are_told_apart_by_signs_too() -> None:
    text = words(shown("settings_palette"))
    assert "✓" in text
    assert "×" in text
