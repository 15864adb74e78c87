"""Every sound that is asked for is there, is quiet, and its absence is no error."""

import itertools
import struct
from pathlib import Path

import pytest
from msgspec.structs import replace

from game.client.audio import KNOCKS, SOUNDS, VARIATIONS, Audio
from game.client.finding import Finding
from game.client.hud_captions import caption
from game.client.hud_panel import View
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.content.load import load_catalogue
from game.core import events
from game.core.events import Event
from game.core.ids import DoorId, GoodId, OrderId, PlaceId, StandId
from game.core.picking import Fruit
from game.core.places import FLOORS, MOODS
from game.core.world import new_world
from tests.client.panels import PEOPLE, market_day

ROOT = Path(__file__).resolve().parents[2]
HAT, STAND = GoodId("straw_hat"), StandId("stand_straw_hat")
APPLE = Fruit(tree=0, index=0, variety="apple_rosy", grade="A", grams=180, points=10)
HEARD: list[tuple[Event, str]] = [
    (events.PickedUp(stand=STAND, good=HAT), "pick"),
    (events.PutBackOn(stand=STAND, good=HAT), "put"),
    (events.TriedOn(good=HAT, slot="head"), "cloth"),
    (events.GhostShown(good=HAT), "chime"),
    (events.BasketChanged(good=HAT, quantity=1, added=True), "basket"),
    (events.DoorMoved(door=DoorId("front"), opens=True), "door"),
    (events.OrderMoved(order_id=OrderId("o"), state="quoted"), "page"),
    (events.GoodsArrived(good=HAT, quantity=1), "coin"),
    (events.Declined(reason="sold_out"), "refuse"),
    (events.MarketChanged(state="open"), "chime"),
    (events.Knocked(tree=0, index=0, ring=0.0), "knock_1"),
    (events.Knocked(tree=0, index=0, ring=0.5), "knock_3"),
    (events.Knocked(tree=0, index=0, ring=1.0), "knock_5"),
    (events.Tugged(tree=0, index=0, give=0.5), "tug"),
    (events.FruitPicked(fruit=APPLE, in_a_row=1, high=False), "snap"),
    (events.FruitPicked(fruit=replace(APPLE, grade="B"), in_a_row=0, high=False), "bruise"),
    (events.StalkHeld(tree=0, index=0), "refuse"),
    (events.FruitTaken(pieces=3), "basket"),
    (events.LadderUsed(up=True), "put"),
    (events.ToolTaken(tool="pole"), "pick"),
    (events.DayOrderDone(order="steady_hand", points=160), "chime"),
]
SILENT: list[Event] = [
    events.FruitAimed(aim=None),
    events.FruitGrasped(tree=0, index=0),
    events.LookedAt(stand=STAND),
    events.DoorMoved(door=DoorId("front"), opens=False),
    events.GoodsArrived(good=HAT, quantity=1, restored=True),
    events.OrderMoved(order_id=OrderId("o"), state="sent"),
    events.EnteredPlace(place=PlaceId("boutique")),
]


class Manager:
    """A sound device that notes what is played."""

    def __init__(self) -> None:
        self.played: list[tuple[str, float]] = []
        self.stopped: list[str] = []
        self.made: dict[str, Sound] = {}

    def get_sound(self, path: object) -> "Sound":
        self.made[Path(str(path)).stem] = made = Sound(self, Path(str(path)).stem)
        return made


class Sound:
    def __init__(self, manager: Manager, name: str) -> None:
        self.manager, self.name, self.volume = manager, name, 0.0

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def play(self) -> None:
        self.manager.played.append((self.name, self.volume))

    def set_loop(self, loop: bool) -> None:
        self.loop = loop

    def stop(self) -> None:
        self.manager.stopped.append(self.name)


class Base:
    def __init__(self) -> None:
        self.sfxManagerList = [Manager()]  # Panda3D's name


def audio(volume: float = 0.8) -> tuple[Audio, Manager]:
    base = Base()
    made = Audio(base, Settings(None, Values(volume=volume)))  # type: ignore[arg-type]
    return made, base.sfxManagerList[0]


@pytest.mark.parametrize(("event", "name"), HEARD)
def test_events_that_can_be_heard_have_a_sound_file(event: Event, name: str) -> None:
    sounds, manager = audio()
    assert sounds.play([event], market_day()) == [name]
    assert [played for played, _ in manager.played] == [name]
    assert (SOUNDS / f"{name}.ogg").is_file()


@pytest.mark.parametrize("event", SILENT)
def test_other_events_are_silent(event: Event) -> None:
    sounds, manager = audio()
    assert sounds.play([event], market_day()) == []
    assert manager.played == []


@pytest.mark.parametrize("floor", FLOORS)
def test_footsteps_vary_and_never_repeat(floor: str) -> None:
    sounds, manager = audio()
    for _ in range(40):
        sounds.play([events.Stepped(floor=floor)], market_day())
    names = [name for name, _ in manager.played]
    assert set(names) == {f"step_{floor}_{number}" for number in range(1, VARIATIONS + 1)}
    assert all(a != b for a, b in itertools.pairwise(names))
    assert all((SOUNDS / f"{name}.ogg").is_file() for name in set(names))


def test_the_volume_is_followed_and_nothing_plays_at_zero() -> None:
    loud, quiet, off = audio(1.0), audio(0.5), audio(0.0)
    for sounds, _ in (loud, quiet, off):
        sounds.play([events.PickedUp(stand=STAND, good=HAT)], market_day())
    assert quiet[1].played[0][1] == pytest.approx(loud[1].played[0][1] / 2)
    assert off[1].played == []


def test_running_feet_are_louder() -> None:
    world = market_day()
    walking, running = audio(), audio()
    walking[0].play([events.Stepped()], world)
    world.body.run = True
    running[0].play([events.Stepped()], world)
    assert running[1].played[0][1] > walking[1].played[0][1]


def test_without_a_sound_device_nothing_happens_and_nothing_fails() -> None:
    silent = Audio(None, Settings(None, Values()))
    assert silent.play([HEARD[0][0]], market_day()) == ["pick"]


def test_a_crowd_of_equal_events_is_one_sound() -> None:
    sounds, manager = audio()
    sounds.play([HEARD[1][0]] * 5, market_day())
    assert len(manager.played) == 1


def test_sounds_that_carry_meaning_have_captions() -> None:
    world, texts = market_day(), load_texts("en", PEOPLE)
    view = View(world, texts, Settings(None, Values(captions=True)), Finding(world, texts))
    for event in (HEARD[4][0], HEARD[5][0], HEARD[7][0], HEARD[8][0], HEARD[9][0]):
        assert caption(event, view) is not None, event
    view.settings.change(captions=False)
    assert caption(HEARD[5][0], view) is None  # a mere sound
    assert caption(HEARD[8][0], view) is not None  # a fact


def test_the_files_are_vorbis_mono_and_small_together() -> None:
    files = sorted(SOUNDS.glob("*.ogg"))
    assert len(files) == 12 + KNOCKS + len(FLOORS) * VARIATIONS
    assert sum(path.stat().st_size for path in files) < 400_000
    for path in files:
        data = path.read_bytes()
        start = data.index(b"\x01vorbis")
        channels, rate_hz = struct.unpack_from("<BI", data, start + 11)
        assert data[:4] == b"OggS"
        assert (channels, rate_hz) == (1, 32_000), path.name


def test_every_place_has_music_and_ambience_in_every_mood() -> None:
    catalogue = load_catalogue(ROOT)
    sounds, _ = audio()
    for place in catalogue.places:
        world = new_world(catalogue.places, catalogue.goods, start=place, seed=1)
        for mood in MOODS:
            world.moods[place] = mood
            for name in (sounds.music_of(world), sounds.ambience_of(world)):
                assert (SOUNDS / f"{name}.ogg").is_file()
        assert sounds.music_of(world) == f"music/{place}", "each place has a piece of its own"


def test_which_loops_there_are_is_asked_once_not_in_each_frame(tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "boutique.ogg").touch()
    sounds, world = Audio(None, Settings(None, Values()), tmp_path), market_day()
    (tmp_path / "music" / "boutique.ogg").unlink()
    assert world.place_id == "boutique"
    assert sounds.linger(world, 0.1) == {"music": "music/boutique", "ambience": "ambience/shop"}


def test_rain_and_night_are_heard_where_they_are() -> None:
    catalogue = load_catalogue(ROOT)
    sounds, _ = audio()
    heard = {}
    for place in (PlaceId("street"), PlaceId("boutique")):
        world = new_world(catalogue.places, catalogue.goods, start=place, seed=1)
        for mood in MOODS:
            world.moods[place] = mood
            heard[place, mood] = sounds.ambience_of(world)
    assert heard["street", "rain"] != heard["boutique", "rain"]
    assert heard["street", "night"] != heard["street", "day"]
    assert heard["boutique", "night"] == heard["boutique", "day"]


def test_one_music_fades_into_the_next_and_stops() -> None:
    sounds, manager = audio()
    world = market_day()
    for _ in range(40):
        sounds.linger(world, 0.1)
    first = sounds.beds["music"].name.rpartition("/")[2]
    assert manager.made[first].loop
    assert manager.made[first].volume > 0.1
    assert len([name for name, _ in manager.played if name == first]) == 1
    sounds.music_of = lambda world: "music/gallery"  # type: ignore[method-assign]
    sounds.linger(world, 0.4)
    assert manager.made["gallery"].volume > 0
    assert first not in manager.stopped
    for _ in range(20):
        sounds.linger(world, 0.1)
    assert first in manager.stopped
    sounds.close()
    assert "gallery" in manager.stopped


def test_each_volume_slider_is_its_own() -> None:
    loud = {}
    for name in ("volume_music", "volume_ambience", "volume_effects"):
        base = Base()
        sounds = Audio(base, Settings(None, Values(**{name: 0.0})))  # type: ignore[arg-type]
        for _ in range(30):
            sounds.linger(market_day(), 0.1)
        sounds.play([events.PickedUp(stand=STAND, good=HAT)], market_day())
        made = base.sfxManagerList[0].made
        music, ambience = (sounds.beds[kind].name.rpartition("/")[2] for kind in ("music", "ambience"))
        loud[name] = (made[music].volume, made[ambience].volume, "pick" in made)
    assert [volume > 0 for volume in loud["volume_music"]] == [False, True, True]
    assert [volume > 0 for volume in loud["volume_ambience"]] == [True, False, True]
    assert [volume > 0 for volume in loud["volume_effects"]] == [True, True, False]
