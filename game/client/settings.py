"""What the player has chosen: language, size, speed, sound, keys. Kept in settings.toml and saved at every change."""

import json
import locale
import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

LANGUAGES = ("en", "zh")
QUALITIES = ("auto", "low", "medium", "high")
PALETTES = ("standard", "deuteranopia", "protanopia", "tritanopia")

# Each action's keys, in the names that Ursina gives them. One key may serve several actions: whatever is open on the
# screen takes what it knows, and the rest goes to the world.
KEYS: dict[str, tuple[str, ...]] = {
    "move_ahead": ("w", "up arrow"),
    "move_back": ("s", "down arrow"),
    "move_left": ("a", "left arrow"),
    "move_right": ("d", "right arrow"),
    "run": ("left shift", "right shift", "gamepad left trigger"),
    "look_left": ("j",),
    "look_right": ("l",),
    "look_up": ("u",),
    "look_down": ("k",),
    "take": ("e", "gamepad a"),
    "grab": ("left mouse down",),
    "put_back": ("f", "right mouse down", "gamepad b"),
    "try_on": ("t", "gamepad x"),
    "basket_add": ("b", "gamepad y"),
    "checkout": ("c", "gamepad right shoulder"),
    "inventory": ("i", "gamepad dpad up"),
    "mood": ("n",),
    "photo": ("f2",),
    "photo_frame": ("x", "gamepad y"),
    "photo_bare": ("h", "gamepad dpad down"),
    "rise": ("space", "gamepad right trigger"),
    "sink": ("left control", "gamepad left trigger"),
    "view": ("v", "gamepad right stick"),
    "ruler": ("r", "gamepad left stick"),
    "build": ("tab", "gamepad left shoulder"),  # before the basket, whose keys it has: at home it comes first
    "basket": ("tab", "gamepad left shoulder"),
    "build_pick": ("space", "gamepad x"),
    "build_undo": ("z", "gamepad left stick"),
    "build_redo": ("r", "gamepad right stick"),
    "build_copy": ("c", "gamepad y"),
    "build_snap": ("b", "gamepad right trigger"),
    "knock": ("r", "gamepad x"),
    "tug": ("t", "gamepad y"),
    "ladder": ("1", "gamepad dpad left"),
    "pole": ("2", "gamepad dpad right"),
    "orchard_book": ("3", "gamepad dpad down"),
    "purse": ("p",),
    "search": ("/", "gamepad back"),
    "map": ("m",),
    "wish": ("q", "gamepad right trigger"),
    "wishlist": ("g",),
    "show_in_room": ("x", "gamepad dpad down"),
    "orders": ("o",),
    "wave": ("h", "gamepad dpad down"),
    "sit": ("z", "gamepad right trigger"),
    "looks": ("y",),
    "workshop": ("f4",),
    "zoom_in": ("scroll up", "+", "=", "gamepad dpad right"),
    "zoom_out": ("scroll down", "-", "gamepad dpad left"),
    "confirm": ("enter", "gamepad a"),
    "back": ("escape", "gamepad b"),
    "pause": ("escape", "gamepad start"),
    "help": ("f1",),
    "speed": ("f3",),
    "details": ("d", "gamepad x"),
    "sell": ("o", "gamepad y"),
    "remove": ("x", "backspace", "gamepad back"),
    "go_up": ("up arrow", "gamepad dpad up", "scroll up"),
    "go_down": ("down arrow", "gamepad dpad down", "scroll down"),
    "go_left": ("left arrow", "gamepad dpad left", "-"),
    "go_right": ("right arrow", "gamepad dpad right", "+", "="),
    "tab_left": ("q", "page up", "gamepad left shoulder"),
    "tab_right": ("e", "page down", "gamepad right shoulder"),
    "click": ("left mouse down",),
}
PANEL_ACTIONS = (
    "click", "confirm", "back", "details", "sell", "remove", "go_up", "go_down", "go_left", "go_right",
    "tab_left", "tab_right",
)  # fmt: skip
"""What an open panel is asked first; in the world these mean nothing."""
PHOTO_ACTIONS = ("photo_frame", "photo_bare", "rise", "sink")
"""What means something in photo mode alone."""
BUILD_ACTIONS = ("build", "build_pick", "build_undo", "build_redo", "build_copy", "build_snap")
"""What means something at home alone, the first of it before anything else that its key does."""
ORCHARD_ACTIONS = ("knock", "tug", "ladder", "pole", "orchard_book")
"""What means something in an orchard alone."""
GOODS_ACTIONS = ("wish", "show_in_room")
"""What means something of a good at hand alone; where there is one, before anything else that its key does."""
STAYS = {
    "back": ("escape",), "pause": ("escape",), "confirm": ("enter",), "go_up": ("up arrow",),
    "go_down": ("down arrow",), "go_left": ("left arrow",), "go_right": ("right arrow",),
}  # fmt: skip
"""Keys that an action never loses, so that nobody is locked out of this game or its settings."""


class Values(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All settings as they stand in the file; `keys` holds only the actions whose keys were changed."""

    language: str = "en"
    ui_scale: float = 1.0  # of everything flat
    text_size: float = 1.0  # of what is read, on top of that: cards, panels, captions
    look_speed: float = 1.0  # of mouse and keys
    pad_speed: float = 1.0  # of the right stick
    invert_look: bool = False
    fov: float = 90.0  # degrees across a picture of 16:9
    quality: str = "auto"
    palette: str = "standard"  # the colours of yes and no, for eyes that see others
    volume: float = 0.8  # of all sound together
    volume_music: float = 0.7
    volume_ambience: float = 0.8
    volume_effects: float = 1.0
    captions: bool = True
    reduced_motion: bool = False
    hints_done: tuple[str, ...] = ()
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)


RANGES = {
    "ui_scale": (0.75, 2.0), "text_size": (0.75, 2.0), "look_speed": (0.2, 3.0), "pad_speed": (0.2, 3.0),
    "fov": (60.0, 110.0), "volume": (0.0, 1.0), "volume_music": (0.0, 1.0), "volume_ambience": (0.0, 1.0),
    "volume_effects": (0.0, 1.0),
}  # fmt: skip
CHOICES = {"language": LANGUAGES, "quality": QUALITIES, "palette": PALETTES}


class Settings:
    """The player's settings. `path` None keeps them in memory. `notice` is a text key, "" when all went well."""

    def __init__(self, path: Path | None = None, values: Values | None = None, notice: str = "") -> None:
        self.path = path
        self.values = values or Values(language=system_language())
        self.notice = notice

    @property
    def language(self) -> str:
        return self.values.language

    @property
    def ui_scale(self) -> float:
        return self.values.ui_scale

    @property
    def reduced_motion(self) -> bool:
        return self.values.reduced_motion

    def keys_of(self, action: str) -> tuple[str, ...]:
        """The keys of an action, as changed by the player or as they come; some stay whatever is changed."""
        keys = tuple(self.values.keys.get(action, KEYS[action]))
        return keys + tuple(key for key in STAYS.get(action, ()) if key not in keys)

    def change(self, **changes: Any) -> None:
        """Change some values and save them at once; a value out of its range is brought to its nearest end."""
        self.try_out(**changes)
        self.save()

    def try_out(self, **changes: Any) -> None:
        """Change some values for now: a slider that is being dragged is saved when it is let go."""
        for name, (least, most) in RANGES.items():
            if name in changes:
                changes[name] = round(min(max(float(changes[name]), least), most), 4)
        self.values = msgspec.structs.replace(self.values, **changes)

    def done_hint(self, hint: str) -> None:
        """Remember that a hint was used, so that it is never shown again."""
        if hint not in self.values.hints_done:
            self.change(hints_done=(*self.values.hints_done, hint))

    def save(self) -> None:
        """Write the file in one move, so that a crash leaves the old one or the new one. A read-only home is no error:
        the settings then last as long as the game, and `notice` says so."""
        if self.path is None:
            return
        from game.content.disk import write_whole  # not on the way to the first frame

        try:
            write_whole(self.path, as_toml(self.values).encode())
        except OSError:
            self.notice = "settings_not_saved"


def load_settings(home: Path) -> Settings:
    """Read settings.toml of a home folder. A damaged or unknown file gives the defaults and a notice; it is kept
    beside as settings.toml.old."""
    path = home / "settings.toml"
    if not path.exists():
        return Settings(path)
    try:
        values = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Values)
        check(values)
    except (OSError, ValueError):  # both TOMLDecodeError and msgspec's ValidationError are ValueErrors
        try:
            os.replace(path, path.with_name("settings.toml.old"))
        except OSError:
            return Settings(None, notice="settings_not_saved")
        return Settings(path, notice="settings_damaged")
    return Settings(path, values)


def check(values: Values) -> None:
    """Raise ValueError where a value is of the right type and yet makes no sense."""
    for name, choices in CHOICES.items():
        if getattr(values, name) not in choices:
            raise ValueError(f"{name}: {getattr(values, name)!r} is none of {choices}")
    for name, (least, most) in RANGES.items():
        if not least <= getattr(values, name) <= most:
            raise ValueError(f"{name}: {getattr(values, name)} is not within {least}..{most}")
    for action in values.keys:
        if action not in KEYS:
            raise ValueError(f"keys.{action}: no such action")


def system_language() -> str:
    """zh where the system speaks Chinese, else en."""
    return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"


def as_toml(values: Values) -> str:
    """The settings as the text of a TOML file."""
    plain = msgspec.to_builtins(values)
    keys = plain.pop("keys")
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in plain.items()]
    lines += ["", "[keys]"] if keys else []
    lines += [f"{action} = {json.dumps(names, ensure_ascii=False)}" for action, names in keys.items()]
    return "\n".join(lines) + "\n"
