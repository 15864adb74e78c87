"""Gamepads: found and lost while playing, read once a frame, and known by their make."""

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from game.client.input import STICK_DEAD, Input

BUTTONS = {
    "face_a": "a", "face_b": "b", "face_x": "x", "face_y": "y", "back": "back", "start": "start",
    "lshoulder": "left shoulder", "rshoulder": "right shoulder", "lstick": "left stick", "rstick": "right stick",
    "dpad_up": "dpad up", "dpad_down": "dpad down", "dpad_left": "dpad left", "dpad_right": "dpad right",
    "hat_up": "dpad up", "hat_down": "dpad down", "hat_left": "dpad left", "hat_right": "dpad right",
}  # fmt: skip
"""What the engine calls a button, and what the settings call it after "gamepad "."""
AXES = {
    "left_x": "gamepad left stick x", "left_y": "gamepad left stick y", "right_x": "gamepad right stick x",
    "right_y": "gamepad right stick y", "left_trigger": "gamepad left trigger",
    "right_trigger": "gamepad right trigger",
}  # fmt: skip
TRIGGER_BUTTONS = {"ltrigger": "gamepad left trigger", "rtrigger": "gamepad right trigger"}  # on pads that only click
VENDORS = {0x045E: "xbox", 0x054C: "playstation", 0x057E: "nintendo"}
NAMES = {  # the first that fits: "wireless controller" alone is Sony's
    "xbox": ("xbox", "x-box", "microsoft", "xinput"),
    "playstation": ("playstation", "dualshock", "dualsense", "sony", "ps3", "ps4", "ps5", "wireless controller"),
    "nintendo": ("nintendo", "switch", "pro controller", "joy-con"),
}


class Handle(Protocol):
    name: str


class Button(Protocol):
    handle: Handle
    pressed: bool


class AxisKind(Protocol):
    name: str


class Axis(Protocol):
    axis: AxisKind
    value: float


class Device(Protocol):
    """What is needed of Panda3D's InputDevice."""

    name: str
    vendor_id: int
    buttons: Sequence[Button]
    axes: Sequence[Axis]

    def poll(self) -> None: ...


class Pads:
    """All gamepads together play one player. `devices` lists those that are plugged in just now."""

    def __init__(self, keys: Input, devices: Callable[[], Sequence[Device]]) -> None:
        self.keys, self._devices = keys, devices
        self._held: dict[int, frozenset[str]] = {}  # by device
        self._known: list[Device] | None = None
        self._in_hand: Device | None = None
        self.values: dict[str, float] = dict.fromkeys(AXES.values(), 0.0)
        keys.axes = self.values

    def poll(self) -> list[tuple[str, str]]:
        """Hand over what was pressed; tells what was plugged in or out since the last call, as ("joined" or "left",
        name of the pad). Those that are there at the first call were always there."""
        devices = list(self._devices())
        news = self._news(devices)
        values = dict.fromkeys(self.values, 0.0)
        for device in devices:
            device.poll()
            held = frozenset(_held(device))
            for name in sorted(held ^ self._held.get(id(device), frozenset())):
                self.keys.handle(name, name in held)
            if held - self._held.get(id(device), frozenset()):
                self._take(device)
            self._held[id(device)] = held
            for name, value in _axes(device):
                if abs(value) > abs(values[name]):
                    values[name] = value
                if abs(value) > max(STICK_DEAD, 0.3):
                    self._take(device)
        self.values.update(values)
        return news

    def _take(self, device: Device) -> None:
        """The pad that is used is the pad in hand: its marks are what is shown."""
        if self._in_hand is not device:
            self._in_hand = device
            self.keys.pad = family(device.name, device.vendor_id)

    def _news(self, devices: list[Device]) -> list[tuple[str, str]]:
        before, self._known = self._known, devices
        if before is None:
            if devices:
                self._take(devices[0])
            return []
        news = []
        for device in before:
            if device not in devices:
                for name in sorted(self._held.pop(id(device), frozenset())):
                    self.keys.handle(name, False)
                if self._in_hand is device:
                    self._in_hand = None
                news.append(("left", device.name))
        for device in devices:
            if device not in before:
                self._take(device)
                news.append(("joined", device.name))
        return news


def _held(device: Device) -> list[str]:
    return [
        f"gamepad {BUTTONS[button.handle.name]}"
        for button in device.buttons
        if button.pressed and button.handle.name in BUTTONS
    ]


def _axes(device: Device) -> list[tuple[str, float]]:
    """Sticks and triggers as far as the device has them; a trigger that only clicks is squeezed or not."""
    found = [(AXES[axis.axis.name], float(axis.value)) for axis in device.axes if axis.axis.name in AXES]
    clicked = [(TRIGGER_BUTTONS[button.handle.name], 1.0) for button in device.buttons
               if button.pressed and button.handle.name in TRIGGER_BUTTONS]  # fmt: skip
    return found + clicked


def family(name: str, vendor_id: int = 0) -> str:
    """Whose marks a pad bears, xbox, playstation or nintendo; most of no known make follow the first."""
    if vendor_id in VENDORS:
        return VENDORS[vendor_id]
    lower = name.lower()
    return next((make for make, words in NAMES.items() if any(word in lower for word in words)), "xbox")


def plugged_in() -> Sequence[Device]:
    """The gamepads that the engine knows of now. Ursina listens to those that were there at its start, and never
    learns that one left: it is told to leave them to us."""
    from panda3d.core import InputDevice, InputDeviceManager

    return list(InputDeviceManager.get_global_ptr().get_devices(InputDevice.DeviceClass.gamepad))


def take_over(base: object) -> None:
    """Take the gamepads away from Ursina."""
    handler = sys.modules.get("ursina.input_handler")
    for device in list(getattr(handler, "gamepads", [])):
        base.detach_input_device(device)  # type: ignore[attr-defined]
    if handler is not None:
        handler.gamepads = []  # type: ignore[attr-defined]
