"""Gamepads come and go while playing, and the marks shown are those of the pad in hand."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from panda3d.core import NodePath

from game.client import glyphs
from game.client.hud_paper import Paper
from game.client.input import Input
from game.client.pads import AXES, BUTTONS, Pads, family
from game.client.settings import KEYS, Settings


@dataclass
class Named:
    name: str


@dataclass
class Button:
    handle: Named
    pressed: bool = False


@dataclass
class Axis:
    axis: Named
    value: float = 0.0


@dataclass(eq=False)
class Pad:
    """A gamepad as the engine shows it."""

    name: str = "Xbox Wireless Controller"
    vendor_id: int = 0
    polls: int = 0
    buttons: list[Button] = field(default_factory=lambda: [Button(Named(name)) for name in (*BUTTONS, "guide", "none")])
    axes: list[Axis] = field(default_factory=lambda: [Axis(Named(name)) for name in (*AXES, "wheel")])

    def poll(self) -> None:
        self.polls += 1

    def press(self, name: str, down: bool = True) -> None:
        next(button for button in self.buttons if button.handle.name == name).pressed = down

    def push(self, name: str, value: float) -> None:
        next(axis for axis in self.axes if axis.axis.name == name).value = value


def plugged(*pads: Pad) -> tuple[list[Pad], Input, Pads]:
    there, keys = list(pads), Input(Settings(None))
    hands = Pads(keys, lambda: there)
    hands.poll()
    return there, keys, hands


def test_buttons_and_sticks_reach_the_keys_once_each() -> None:
    there, keys, hands = plugged(Pad())
    there[0].press("face_a")
    there[0].press("guide")
    there[0].push("left_y", 0.9)
    hands.poll()
    hands.poll()
    assert keys.pressed == ["gamepad a"]
    assert keys.held == {"gamepad a"}
    assert keys.axes["gamepad left stick y"] == 0.9
    there[0].press("face_a", False)
    hands.poll()
    assert keys.held == set()


def test_every_button_of_the_settings_can_be_pressed() -> None:
    there, keys, hands = plugged(Pad())
    for name in BUTTONS:
        there[0].press(name)
    hands.poll()
    wanted = {key for keys in KEYS.values() for key in keys if key.startswith("gamepad")}
    assert {key for key in wanted if not key.endswith("trigger")} <= keys.held


def test_a_pad_that_is_plugged_in_while_playing_plays_and_is_told_of() -> None:
    there, keys, hands = plugged()
    assert hands.poll() == []
    there.append(Pad("DualSense Wireless Controller"))
    assert hands.poll() == [("joined", "DualSense Wireless Controller")]
    assert hands.poll() == []
    assert keys.pad == "playstation"
    there[0].press("face_b")
    hands.poll()
    assert keys.pressed == ["gamepad b"]


def test_a_pad_that_is_pulled_out_lets_go_of_everything() -> None:
    there, keys, hands = plugged(Pad())
    there[0].press("lshoulder")
    there[0].push("left_x", -1.0)
    hands.poll()
    gone = there.pop()
    assert hands.poll() == [("left", gone.name)]
    assert keys.held == set()
    assert keys.axes["gamepad left stick x"] == 0.0
    polls = gone.polls
    hands.poll()
    assert gone.polls == polls, "what is gone is not asked any more"


def test_pads_that_were_there_at_the_start_are_no_news() -> None:
    there, keys = [Pad("Nintendo Switch Pro Controller")], Input(Settings(None))
    assert Pads(keys, lambda: there).poll() == []
    assert keys.pad == "nintendo"


def test_the_pad_in_hand_is_the_one_that_was_used_last() -> None:
    xbox, switch = Pad(), Pad("Pro Controller", 0x057E)
    _, keys, hands = plugged(xbox, switch)
    assert keys.pad == "xbox"
    switch.push("right_x", 0.2)
    hands.poll()
    assert keys.pad == "xbox", "a stick that rests a little off is not a hand"
    switch.push("right_x", 0.8)
    hands.poll()
    assert keys.pad == "nintendo"
    switch.push("right_x", 0.0)
    xbox.press("start")
    hands.poll()
    assert keys.pad == "xbox"


def test_a_pad_without_axes_and_with_clicking_triggers_is_a_pad_too() -> None:
    pad = Pad()
    pad.axes = []
    pad.buttons.append(Button(Named("ltrigger"), pressed=True))
    _, keys, _ = plugged(pad)
    assert keys.axes["gamepad left trigger"] == 1.0


@pytest.mark.parametrize(
    ("name", "vendor", "make"),
    [
        ("Microsoft X-Box 360 pad", 0, "xbox"),
        ("Sony Interactive Entertainment Wireless Controller", 0, "playstation"),
        ("Wireless Controller", 0x054C, "playstation"),
        ("Nintendo Co., Ltd. Pro Controller", 0, "nintendo"),
        ("Xbox Wireless Controller", 0x045E, "xbox"),
        ("Some pad of no name", 0, "xbox"),
    ],
)
def test_a_pad_is_known_by_its_maker_or_its_name(name: str, vendor: int, make: str) -> None:
    assert family(name, vendor) == make


def test_every_button_has_a_mark_of_its_own_in_every_family() -> None:
    marks = {glyphs.glyph(make, button) for make in glyphs.FAMILIES for button in glyphs.BUTTONS}
    assert len(marks) == len(glyphs.FAMILIES) * len(glyphs.BUTTONS)
    for make in glyphs.FAMILIES:
        for key in {key for keys in KEYS.values() for key in keys if key.startswith("gamepad")}:
            assert glyphs.meaning(glyphs.glyph(make, key.removeprefix("gamepad "))) == (make, key[8:])
    assert glyphs.glyph("xbox", "turbo") == ""
    assert glyphs.meaning("A") is None
    assert glyphs.meaning("") is None


@pytest.mark.parametrize("make", glyphs.FAMILIES)
def test_a_mark_stays_in_its_box(make: str) -> None:
    paper = Paper(NodePath("ui"), 2.0)
    for button in glyphs.BUTTONS:
        label = glyphs.glyph(make, button)
        before = len(paper.written)
        wide = paper.keycap(100, 50, label)
        assert wide == paper.cap_width(label)
        for written in paper.written[before:]:
            assert written.box.x >= 100
            assert written.box.x + written.box.wide <= 100 + wide


@pytest.mark.parametrize("kind", ["cross", "circle", "square", "triangle", "dpad", "arm_up", "menu", "view", "rays"])
def test_a_mark_is_drawn_crisp_and_in_the_middle(kind: str) -> None:
    texture = glyphs.icon(kind, 32)
    alpha = np.frombuffer(bytes(texture.get_ram_image_as("RGBA")), np.uint8).reshape(32, 32, 4)[..., 3]
    assert (alpha > 250).sum() > 20
    assert (alpha == 0).sum() > 200
    columns = np.nonzero(alpha.max(0))[0]
    assert abs(columns.min() + columns.max() - 31) <= 2
    assert glyphs.icon(kind, 32) is texture


def test_up_is_up() -> None:
    alpha = np.frombuffer(bytes(glyphs.icon("arm_up", 32).get_ram_image_as("RGBA")), np.uint8).reshape(32, 32, 4)
    rows = np.nonzero(alpha[::-1, :, 3].max(1))[0]  # textures begin at the bottom
    assert rows.max() < 16
