"""Sounds for what happens, and the music and ambience of places.

A machine without a sound device plays nothing, and nothing else changes.
"""

from collections.abc import Callable, Sequence
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
KNOCKS = 5  # of a knock on a fruit, from ripe to green
WALKING = 0.7  # how loud steps are beside those of someone who runs
LOUDNESS = {"step": 0.35, "page": 0.5, "chime": 0.7, "coin": 0.8}
FADE_SECS = 1.6  # from one place's music to the next one's
MUSIC_LOUD, AMBIENCE_LOUD = 0.55, 0.8


class Base(Protocol):
    """What is needed of ShowBase."""

    sfxManagerList: list[AudioManager]  # noqa: N815 - Panda3D's name


class Bed:
    """A loop that fades in while the one before it fades out."""

    def __init__(self) -> None:
        self.name = ""
        self._playing: dict[str, tuple[AudioSound, float]] = {}  # with its part of the loudness, 0..1

    def follow(self, name: str, loop: Callable[[str], AudioSound], loudness: float, dt_secs: float) -> None:
        """Fade towards one loop at a loudness."""
        if name != self.name:
            self.name = name
            if name not in self._playing:
                sound = loop(name)
                sound.set_volume(0.0)
                sound.play()
                self._playing[name] = (sound, 0.0)
        step = dt_secs / FADE_SECS
        for each, (sound, was) in list(self._playing.items()):
            part = min(was + step, 1.0) if each == name else was - step
            if part <= 0.0 and each != name:
                sound.stop()
                del self._playing[each]
                continue
            sound.set_volume(part * loudness)
            self._playing[each] = (sound, part)

    def stop(self) -> None:
        """Fall silent."""
        for sound, _ in self._playing.values():
            sound.stop()
        self._playing.clear()
        self.name = ""


class Audio:
    """Plays the sound of each event. `base` is the ShowBase; without one, or without a sound device, it is silent."""

    def __init__(self, base: Base | None, settings: Settings, assets: Path = SOUNDS) -> None:
        self.settings = settings
        self.folder = assets
        self.loops = {f"{kind}/{path.stem}" for kind in ("music", "ambience") for path in (assets / kind).glob("*.ogg")}
        self.manager = base.sfxManagerList[0] if base is not None and base.sfxManagerList else None
        self.sounds: dict[str, AudioSound] = {}
        self.rng = Random(7)
        self.last_step = -1
        self.beds = {"music": Bed(), "ambience": Bed()}

    def play(self, happened: Sequence[Event], world: World) -> list[str]:
        """Play what the events sound like; returns the names of the sounds, at most one of each."""
        names = list(dict.fromkeys(name for event in happened if (name := self.sound_of(event))))
        for name in names:
            softly = name.startswith("step") and not world.body.run
            self.sound(name, WALKING if softly else 1.0)
        return names

    def linger(self, world: World, dt_secs: float) -> dict[str, str]:
        """Keep the music and the ambience of the place going, one fading into the next; returns their names."""
        values = self.settings.values
        wanted = {"music": self.music_of(world), "ambience": self.ambience_of(world)}
        loud = {"music": MUSIC_LOUD * values.volume_music, "ambience": AMBIENCE_LOUD * values.volume_ambience}
        for kind, bed in self.beds.items():
            if self.manager is not None:
                bed.follow(wanted[kind], self._loop, loud[kind] * values.volume, dt_secs)
        return wanted

    def music_of(self, world: World) -> str:
        """The music of the place, or that of the street where it has none."""
        return self._known(f"music/{world.place_id}", "music/street")

    def ambience_of(self, world: World) -> str:
        """What is heard in the place as it is now: rain, on the roof or on one's head, and crickets at night."""
        place, mood = world.place, world.mood_of(world.place_id)
        if mood == "rain":
            return "ambience/rain" if place.open_air else "ambience/rain_inside"
        if mood == "night" and place.open_air:
            return "ambience/night"
        return self._known(f"ambience/{place.id}", "ambience/street" if place.open_air else "ambience/shop")

    def _known(self, name: str, otherwise: str) -> str:
        return name if name in self.loops else otherwise

    def _loop(self, name: str) -> AudioSound:
        assert self.manager is not None
        sound = self.manager.get_sound(Filename.from_os_specific(str(self.folder / f"{name}.ogg")))
        sound.set_loop(True)
        return sound

    def close(self) -> None:
        """Stop what lingers."""
        for bed in self.beds.values():
            bed.stop()

    def sound(self, name: str, part: float = 1.0) -> None:
        """Play one sound by the name of its file, at a part of its loudness."""
        values = self.settings.values
        loudness = part * values.volume * values.volume_effects * LOUDNESS.get(name.partition("_")[0], 0.6)
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
                return self._footstep(floor)
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
            case events.Knocked(ring=ring):
                return f"knock_{1 + round(ring * (KNOCKS - 1))}"
            case events.Tugged():
                return "tug"
            case events.FruitPicked(fruit=fruit):
                return "snap" if fruit.grade == "A" else "bruise"
            case events.FruitTaken():
                return "basket"
            case events.LadderUsed() | events.FruitReturned():
                return "put"
            case events.ToolTaken():
                return "pick"
            case events.BasketWeighed():
                return "page"
            case events.DayOrderDone() | events.ContestStarted() | events.ContestEnded():
                return "chime"
            case events.StalkHeld():
                return "refuse"
            case events.Declined() | events.OrderMoved(state="refused" | "reverted" | "dropped"):
                return "refuse"
        return ""

    def _footstep(self, floor: str) -> str:
        """One of the variations, never the same twice running."""
        choices = [number for number in range(1, VARIATIONS + 1) if number != self.last_step]
        self.last_step = self.rng.choice(choices)
        return f"step_{floor}_{self.last_step}"
