"""The chooser of files, which is the only way in where a window takes no drops."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from panda3d.core import NodePath

from game.client import hud_make
from game.client.hud import Hud
from game.client.hud_make import ImportPanel
from game.client.input import Input
from game.client.settings import Settings
from game.client.texts import load_texts
from tests.client.drawn import make_world

SIZE_PX = (1280, 720)
DEVICES = {
    "keys": ("down arrow", "up arrow", "enter", "right arrow", "escape"),
    "pad": ("gamepad dpad down", "gamepad dpad up", "gamepad a", "gamepad dpad right", "gamepad b"),
}


class Chooser:
    """The panel over a workshop that takes everything, with devices in the hands."""

    def __init__(self, folder: Path, *, takes_drops: bool = False) -> None:
        self.taken: list[tuple[str, str]] = []
        bench = SimpleNamespace(busy=False, refused=None, made_draft=None, told=(), trouble="", takes_drops=takes_drops,
                                forget_told=lambda: None, take_in=self.take)  # fmt: skip
        self.bench, self.panel = bench, ImportPanel(bench)
        self.panel.folder = folder
        settings = Settings(None)
        self.world = make_world()
        self.hud = Hud(self.world, load_texts("en"), settings, NodePath("ui"), SIZE_PX)
        self.hud.join(self.panel)
        self.keys = Input(settings, {})
        self.frame()
        self.hud.open_panel("import")
        self.frame()

    def take(self, path, wanted) -> None:
        self.taken.append((path.name, wanted.kind))

    def frame(self, pointer: tuple[float, float] | None = None) -> None:
        self.keys.commands(self.world, self.hud, 0.0, 0.0, 1 / 60)
        self.hud.update(self.world, [], 1 / 60, pointer)

    def press(self, *names: str) -> None:
        for name in names:
            self.keys.handle(name, True)
            self.frame()
            self.keys.handle(name, False)
            self.frame()

    def click(self, action: str) -> None:
        shown = self.hud.panel
        box = next(spot.box for spot in shown.paper.spots if spot.action == action)
        x_px = shown.left + (box.x + box.wide / 2) * shown.paper.scale
        y_px = shown.top + (box.y + box.high / 2) * shown.paper.scale
        self.frame(((x_px - SIZE_PX[0] / 2) / SIZE_PX[1], 0.5 - y_px / SIZE_PX[1]))
        self.press("left mouse down")

    @property
    def said(self) -> str:
        return "\n".join(written.text for written in self.hud.panel.paper.written)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "models"
    inner.mkdir()
    for number in range(30):
        (inner / f"stool {number:02}.glb").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("device", DEVICES)
def test_keys_alone_and_a_pad_alone_choose_a_file_and_what_it_is(folder: Path, device: str) -> None:
    down, up, confirm, right, back = DEVICES[device]
    chooser = Chooser(folder)
    assert "takes no dropped files" in chooser.said
    chooser.press(down, confirm)
    assert chooser.panel.folder == folder / "models"
    chooser.press(right, up, confirm)  # up from the first is the last
    assert chooser.taken == [("stool 29.glb", hud_make.ANY_KIND[1])]
    assert "stool 29.glb" in chooser.said, "it is scrolled to"
    chooser.press(down, confirm)
    assert chooser.panel.folder == folder
    chooser.press(back)
    assert chooser.hud.view.open_panel != "import"


def test_a_mouse_alone_chooses_a_file_and_what_it_is(folder: Path) -> None:
    chooser = Chooser(folder)
    chooser.click("entry:1")
    chooser.click("entry:1")
    assert chooser.panel.folder == folder / "models"
    chooser.click("more")
    chooser.press(*["scroll down"] * 20)
    chooser.click("entry:15")
    chooser.click("entry:15")
    assert chooser.taken == [("stool 14.glb", hud_make.ANY_KIND[1])]
    chooser.press(*["scroll up"] * 15)
    chooser.click("entry:0")  # which is chosen already
    assert chooser.panel.folder == folder


def test_a_window_that_takes_drops_says_so(folder: Path) -> None:
    said = Chooser(folder, takes_drops=True).said
    assert "can be dropped" in said
    assert "takes no dropped" not in said


def test_from_the_root_of_a_drive_there_is_a_way_to_the_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hud_make, "drives", lambda: [Path("/"), folder])
    chooser = Chooser(Path("/"))
    assert chooser.panel.entries[:2] == [Path("/"), folder]
    chooser.press("down arrow", "enter")
    assert chooser.panel.folder == folder
    assert chooser.panel.entries == [folder.parent, folder / "models"], "drives stand in roots alone"


def test_what_cannot_be_looked_at_is_left_out_and_the_rest_is_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "share that is gone").mkdir()
    stat = os.stat

    def stat_or_fail(path, *rest, **more):
        if str(path).endswith("gone"):
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
        return stat(path, *rest, **more)

    monkeypatch.setattr(os, "stat", stat_or_fail)
    chooser = Chooser(folder)
    assert [path.name for path in chooser.panel.entries[1:]] == ["models"]
    assert not chooser.bench.trouble


def test_out_of_a_first_folder_that_cannot_be_opened_there_is_a_way(folder: Path) -> None:
    chooser = Chooser(folder / "gone")
    assert chooser.bench.trouble == "import_no_folder"
    chooser.bench.trouble = ""
    chooser.press("enter")
    assert chooser.panel.folder == folder
