"""Sounds for what happens. A machine without a sound device plays nothing, and nothing else changes."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Protocol

from panda3d.core import AudioManager, AudioSound, Filename

from game.client.settings import Settings
from game.core import events
from game.core.events import Event
from game.core.world import World

SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
VARIATIONS = 4  # of each footstep
WALKING = 0.7  # how loud steps are beside those of someone who runs
LOUDNESS = {"step_wood": 0.35, "step_stone": 0.35, "page": 0.5, "chime": 0.7, "coin": 0.8}


class Base(Protocol):
    """What is needed of ShowBase."""

    sfxManagerList: list[AudioManager]  # noqa: N815 - Panda3D's name


class Audio:
    """Plays the sound of each event. `base` is the ShowBase; without one, or without a sound device, it is silent."""

    def __init__(self, base: Base | None, settings: Settings, assets: Path = SOUNDS) -> None:
        self.settings = settings
        self.folder = assets
        self.manager = base.sfxManagerList[0] if base is not None and base.sfxManagerList else None
        self.sounds: dict[str, AudioSound] = {}
        self.rng = Random(7)
        self.last_step = -1

    def play(self, happened: Sequence[Event], world: World) -> list[str]:
        """Play what the events sound like; returns the names of the sounds, at most one of each."""
        names = list(dict.fromkeys(name for event in happened if (name := self.sound_of(event))))
        for name in names:
            softly = name.startswith("step") and not world.body.run
            self.sound(name, WALKING if softly else 1.0)
        return names

    def sound(self, name: str, part: float = 1.0) -> None:
        """Play one sound by the name of its file, at a part of its loudness."""
        values = self.settings.values
        loudness = part * values.volume * values.volume_effects * LOUDNESS.get(name.rstrip("_0123456789"), 0.6)
        if self.manager is None or loudness <= 0:
            return
        if name not in self.sounds:
            self.sounds[name] = self.manager.get_sound(Filename.from_os_specific(str(self.folder / f"{name}.ogg")))
        sound = self.sounds[name]
        sound.set_volume(loudness)
        sound.play()

    def sound_of(self, event: Event) -> str:
        """Name of the sound of an event, "" for none."""
        match event:
            case events.Stepped(floor=floor):
                return self._footstep("stone" if floor in ("stone", "street", "tile") else "wood")
            case events.PickedUp():
                return "pick"
            case events.PutBackOn() | events.GhostGone():
                return "put"
            case events.TriedOn() | events.TookOff():
                return "cloth"
            case events.GhostShown() | events.MarketChanged(state="open"):
                return "chime"
            case events.BasketChanged(added=added):
                return "basket" if added else "put"
            case events.DoorMoved(opens=True):
                return "door"
            case events.OrderMoved(state="quoted") | events.OfferOpened(restored=False) | events.OfferClosed():
                return "page"
            case events.GoodsArrived(restored=False):
                return "coin"
            case events.Declined() | events.OrderMoved(state="refused" | "reverted" | "dropped"):
                return "refuse"
        return ""

    def _footstep(self, floor: str) -> str:
        """One of the variations, never the same twice running."""
        choices = [number for number in range(1, VARIATIONS + 1) if number != self.last_step]
        self.last_step = self.rng.choice(choices)
        return f"step_{floor}_{self.last_step}"
