"""The editor of looks: by mouse, keys and pad, with undo and a way back, and files that come and go."""

from pathlib import Path

import pytest
from panda3d.core import NodePath

from game.client.avatar_files import AvatarFiles
from game.client.hud import Hud
from game.client.hud_looks import PAGES, LooksPanel
from game.client.input import Input
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.core.commands import Command, SetLooks
from game.core.looks import BEARDS, DEFAULT_LOOKS, HAIRS, MEASURES, Looks
from game.core.people import PEOPLE
from game.core.step import step
from tests.client.panels import market_day

SIZE_PX = (1280, 720)


class Editor:
    """A player before the open editor. What the panel wants is done in the world."""

    def __init__(self, home: Path | None = None) -> None:
        self.world = market_day()
        settings = Settings(None, Values(hints_done=("walk", "look"), reduced_motion=True))
        self.files = AvatarFiles(home) if home else None
        self.hud = Hud(self.world, load_texts("en"), settings, NodePath("ui"), SIZE_PX)
        self.hud.join(LooksPanel(self.files), opened_by="looks")
        self.axes: dict[str, float] = {}
        self.keys = Input(settings, self.axes)
        self.hud.update(self.world, [], 0.02)
        self.press("y")

    @property
    def panel(self) -> LooksPanel:
        panel = self.hud.panels["looks"]
        assert isinstance(panel, LooksPanel)
        return panel

    @property
    def looks(self) -> Looks:
        return self.world.looks

    def frame(self, pointer: tuple[float, float] | None = None) -> list[Command]:
        wanted = self.keys.commands(self.world, self.hud, 0.0, 0.0, 1 / 60)
        self.hud.update(self.world, step(self.world, wanted), 1 / 60, pointer)
        return wanted

    def press(self, *names: str) -> None:
        for name in names:
            self.keys.handle(name, True)
            self.frame()
            self.keys.handle(name, False)
            self.frame()

    def page(self, name: str) -> None:
        while self.panel.page_name != name:
            self.press("e")
        self.panel.at = 0
        self.frame()

    def spot(self, action: str, part: float = 0.5) -> tuple[float, float]:
        """Where on the screen something is, in the units of the pointer."""
        shown = self.hud.panel
        assert shown is not None
        assert shown.paper is not None
        box = next(spot.box for spot in shown.paper.spots if spot.action == action)
        x_px = shown.left + (box.x + box.wide * part) * shown.paper.scale
        y_px = shown.top + (box.y + box.high / 2) * shown.paper.scale
        return (x_px - SIZE_PX[0] / 2) / SIZE_PX[1], 0.5 - y_px / SIZE_PX[1]

    def click(self, action: str) -> None:
        self.frame(self.spot(action))
        self.press("left mouse down")


def test_every_measure_style_and_person_is_in_the_editor() -> None:
    rows = [row for rows in PAGES.values() for row in rows]
    assert sorted(row.name for row in rows if row.kind == "measure") == sorted(MEASURES)
    assert {row.name: row.choices for row in rows if row.kind == "choice"} == {"hair": HAIRS, "beard": BEARDS}
    assert next(row for row in rows if row.kind == "people").choices == tuple(PEOPLE)


def test_keys_alone_choose_a_person_change_a_slider_and_close() -> None:
    editor = Editor()
    editor.press("right arrow")
    assert editor.looks == list(PEOPLE.values())[1]
    editor.page("body")
    before = editor.looks.height_m
    editor.press("right arrow", "down arrow", "left arrow")
    assert editor.looks.height_m > before
    assert editor.looks.head_size == pytest.approx(-0.1)
    editor.press("escape")
    assert not editor.hud.wants_mouse
    assert editor.looks.head_size == pytest.approx(-0.1), "what was changed stays"


def test_the_pad_changes_and_turns() -> None:
    editor = Editor()
    editor.press("gamepad right shoulder", "gamepad dpad down", "gamepad dpad right")
    assert editor.looks.face_width == pytest.approx(0.1)
    editor.axes["gamepad right stick x"] = 1.0
    editor.frame()
    assert editor.panel.turn_rad > 0.01


def test_a_slider_is_dragged_and_one_undo_takes_all_of_it_back() -> None:
    editor = Editor()
    editor.page("body")
    number = next(n for n, row in enumerate(PAGES["body"]) if row.name == "belly")
    editor.frame(editor.spot(f"slide:{number}", 0.4))
    editor.keys.handle("left mouse down", True)
    for part in (0.5, 0.7, 0.9, 1.0):
        editor.frame(editor.spot(f"slide:{number}", part))
    editor.frame()
    assert editor.looks.belly == pytest.approx(MEASURES["belly"].most, abs=0.02)
    editor.keys.handle("left mouse down", False)
    editor.frame()
    editor.press("x")
    assert editor.looks == DEFAULT_LOOKS
    editor.press("x")
    assert editor.looks == DEFAULT_LOOKS


def test_dragging_beside_the_panel_turns_the_person_and_changes_nothing() -> None:
    editor = Editor()
    editor.frame((-0.5, 0.0))
    editor.keys.handle("left mouse down", True)
    for x in (-0.4, -0.3, -0.2):
        editor.frame((x, 0.0))
    editor.keys.handle("left mouse down", False)
    editor.frame()
    turned = editor.panel.turn_rad
    assert turned > 0.5
    editor.frame((0.0, 0.0))
    assert editor.panel.turn_rad == turned
    assert editor.looks == DEFAULT_LOOKS


def test_cancel_brings_back_the_looks_of_before() -> None:
    editor = Editor()
    editor.press("right arrow", "right arrow")
    assert editor.looks != DEFAULT_LOOKS
    editor.click("cancel")
    assert editor.looks == DEFAULT_LOOKS
    assert not editor.hud.wants_mouse


def test_a_surprise_is_another_each_time_and_can_be_undone() -> None:
    editor = Editor()
    editor.panel.at = 1
    seen = set()
    for _ in range(4):
        editor.press("enter")
        seen.add(editor.looks)
    assert len(seen) == 4
    for _ in range(4):
        editor.press("x")
    assert editor.looks == DEFAULT_LOOKS


def test_a_click_picks_a_style_and_a_swatch() -> None:
    editor = Editor()
    editor.page("hair")
    editor.click(f"pick:0:{HAIRS.index('curls')}")
    assert editor.looks.hair == "curls"
    editor.click("pick:1:4")
    assert editor.looks.hair_colour == PAGES["hair"][1].choices[4]


def test_a_saved_file_is_listed_and_loaded(tmp_path: Path) -> None:
    editor = Editor(tmp_path)
    editor.press("right arrow", "right arrow")
    rosa = editor.looks
    editor.panel.at = 2
    editor.press("enter")
    assert [path.name for path in (tmp_path / "avatars").iterdir()] == ["avatar_1.loquat"]
    editor.press("x", "x")
    editor.panel.at = 3
    editor.press("enter")
    assert editor.looks == rosa


def test_a_hostile_file_that_was_dropped_in_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "avatars").mkdir()
    evil = '{"loquat": "avatar", "version": 1, "looks": {"hair": 7}}'
    (tmp_path / "avatars" / "evil \U0001f34a\n.json").write_text(evil)
    editor = Editor(tmp_path)
    editor.panel.at = 3
    editor.press("enter")
    assert editor.looks == DEFAULT_LOOKS
    assert any(text == "That file is damaged." for _, text, _ in editor.hud.view.toasts)


def test_the_person_is_not_veiled_and_other_panels_still_are() -> None:
    editor = Editor()
    assert editor.hud.veil.find("**/patch").is_empty()
    assert 0.2 < editor.hud.covered_part < 0.5
    editor.hud.open_panel("settings")
    editor.frame()
    assert not editor.hud.veil.find("**/patch").is_empty()


def test_impossible_looks_are_never_sent() -> None:
    editor = Editor()
    editor.page("face")
    for _ in range(40):
        editor.press("down arrow", "right arrow", "right arrow")
    wanted = editor.frame()
    assert not [c for c in wanted if isinstance(c, SetLooks)]
    assert not [text for kind, text, _ in editor.hud.view.toasts if kind == "bad"]


@pytest.mark.parametrize("way", ["close", "cancel", "keys"])
def test_who_came_from_another_panel_goes_back_to_it(way: str) -> None:
    editor = Editor()
    editor.hud.open_panel("pause")
    editor.click("open:looks")
    assert editor.hud.view.open_panel == "looks"
    if way == "keys":
        editor.panel.at = len(editor.panel.rows)
        editor.hud.pointing.focus = None
        editor.press("enter")
    else:
        editor.click(way)
    assert editor.hud.view.open_panel == "pause"
