"""The game in a window: input to commands, fixed steps of the world, events to screen, sound and market."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from game.client.avatar_files import AvatarFiles
from game.client.camera import PORTRAIT_FOV_DEG, Gaze, ViewCamera, mirror_ahead
from game.client.devices import Devices
from game.client.ghost import GhostView
from game.client.hand import HandView
from game.client.input import Input
from game.client.keepers import Keepers
from game.client.mirror import MirrorView
from game.client.outline import Outline
from game.client.palette import PALETTES
from game.client.photo import Flight, field_for, take
from game.client.player import PlayerView
from game.client.quality import Gauge, Quality, forget, keep, measured, quality_of
from game.client.scenery import WAITS
from game.client.settings import Settings, Values, load_settings
from game.client.shelves import Models
from game.client.stage import Stage, fov_down
from game.client.street import Street, finish
from game.content.goods_store import GoodsStore
from game.content.model_files import ModelFiles
from game.core import events
from game.core.commands import Command, Look, Move, SetLooks, Travel
from game.core.events import Event
from game.core.goods import Text, Vec3
from game.core.ids import MakerId
from game.core.ports import Market, Update
from game.core.rules.display import empty_stands
from game.core.step import step
from game.core.world import DT_SECS, World
from game.startup import settle

if TYPE_CHECKING:  # made after the first frame
    from game.client.audio import Audio
    from game.client.cat import CatView
    from game.client.guide import Guide
    from game.client.hud import Hud
    from game.client.last_words import Farewell
    from game.client.portraits import Portraits
    from game.client.session import Session
    from game.client.trip import Trip

log = logging.getLogger(__name__)

T = TypeVar("T")
MOST_STEPS = 5
HELD_DIMS = 0.22  # of the place's light, while a good is held up
AN_HOUR_SECS = 3600.0
UNFOCUSED_SECS = 0.03  # between two pictures of a window that nobody plays in
LOAD_BUDGET_SECS = 0.004  # a frame, for places and people that are not needed yet
LOAD_SOON_SECS = 0.009  # for a place behind a door that the player is close to
HURRIED_BUDGET_SECS = 0.012  # a frame, while the screen is veiled until a place is there


class Recorder(Protocol):
    """Notes what each step is given (see game.core.replay)."""

    def record(self, commands: list[Command], updates: list[Update]) -> None: ...

    def close(self, world: World) -> None: ...


@dataclass(frozen=True, slots=True)
class Options:
    """How the game is shown. `quality` is auto, low, medium or high; `msaa` samples a pixel, 0 for none."""

    home: Path
    assets: Path
    offscreen: bool = False
    size: tuple[int, int] = (1280, 720)
    quality: str = "auto"
    msaa: int = 4
    vsync: bool = True
    hud: bool = True
    remember: bool = False  # where the player leaves, for the next start
    start_menu: bool = False


class App:
    """One game on the screen. `extra_commands` is asked once a tick: bots play through it."""

    def __init__(
        self,
        world: World,
        market: Market,
        options: Options,
        *,
        extra_commands: Callable[[World], list[Command]] | None = None,
        recorder: Recorder | None = None,
        people: Mapping[MakerId, Text] | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.world, self.market, self.options = world, market, options
        self.extra_commands, self.recorder = extra_commands, recorder
        self.settings = settings or load_settings(options.home)
        self.people = dict(people or {})
        self._used: Values = self.settings.values  # the settings as they are in use
        self.quality: Quality = quality_of(self._wanted_quality, options.home / "cache")
        self._gauge = self._new_gauge()
        self.stage = Stage(
            size=options.size,
            offscreen=options.offscreen,
            msaa=min(options.msaa, self.quality.most_msaa),
            vsync=options.vsync,
            lean=self.quality.lean,
            cache=options.home / "cache",
            title="Loquat",
        )
        self.files = ModelFiles(options.assets, GoodsStore(options.home))
        self.models = Models(self.files, world.goods, options.home / "cache")
        self.mirror = MirrorView(self.stage, self.quality.mirror_scale)
        self.street = Street(self.stage, world, options.assets, self.models, self.mirror, options.home / "cache")
        self.camera = ViewCamera()
        self.hand = HandView(self.stage, self.models)
        self.ghost = GhostView(self.models)
        self.outline = Outline()
        self.player = PlayerView(options.assets, self.files)
        self.keepers = Keepers(options.assets)
        self.cat: CatView | None = None
        self.avatars = AvatarFiles(options.home)
        self._before_m: Vec3 = world.body.pos_m
        self._spare_secs = 0.0
        saved = self.avatars.load()
        self._queue: list[Command] = [SetLooks(looks=saved)] if saved is not None else []
        self._move: Move | None = None
        self._last_secs: float | None = None
        self._flight = Flight()
        self._frames = 0
        self._later: Iterator[str] | None = None
        self.street.load_now(world.place_id)
        self.stage.set_fov(fov_down(self.settings.values.fov))
        self.input = Input(self.settings)
        self.devices = Devices(self.stage, self.input)
        self.session: Session | None = None
        self.portraits: Portraits | None = None
        self.hud: Hud | None = None  # made once the first frame is on the screen
        self.audio: Audio | None = None
        self.guide: Guide | None = None
        self.trip: Trip | None = None

    # --- a frame -------------------------------------------------------------------------------------------------

    def frame(self, dt_secs: float | None = None, *, draw: bool = True) -> list[Event]:
        """Do the steps that are due and draw one frame; `dt_secs` None takes the time since the last frame.

        Returns the events of those steps. With `draw` False everything but the picture itself is brought up to date.
        """
        if self._waits_for_focus():
            return []
        dt_secs = self._elapsed(dt_secs)
        self._gather(dt_secs)
        self._spare_secs = min(self._spare_secs + dt_secs, MOST_STEPS * DT_SECS)
        happened: list[Event] = []
        while self._spare_secs >= DT_SECS - 1e-9:
            self._spare_secs -= DT_SECS
            happened += self._step()
        self._follow(happened)
        self._draw(happened, dt_secs, onto_screen=draw)
        self._after()
        return happened

    def _waits_for_focus(self) -> bool:
        """Another window has the keys: draw the world as it stands, and let nothing move until ours has them again."""
        hud = self.hud
        if hud is None or self.devices.focused:
            if hud is not None and hud.view.paused:
                hud.view.paused = False
                self._last_secs = None
                self.input.release_all()  # what came in on the last frame before, and was let go elsewhere
            return False
        hud.view.paused = True
        self.devices.catch(False)
        self._move = None
        self._draw([], 0.0, onto_screen=True)
        time.sleep(UNFOCUSED_SECS)
        return True

    def _elapsed(self, dt_secs: float | None) -> float:
        now = time.perf_counter()
        last, self._last_secs = self._last_secs, now
        if dt_secs is not None:
            return dt_secs
        took_secs = 0.0 if last is None else now - last
        if self._gauge is not None and self._later is None:
            self._settle_on(self._gauge.add(took_secs))
        return took_secs

    def _settle_on(self, found: Quality | None) -> None:
        """Draw as much as was measured to be possible, now and at the next start."""
        if found is not None:
            self._draw_as(found)
            keep(found, self.options.home / "cache")

    def _draw_as(self, quality: Quality) -> None:
        """Draw at another level from now on; the window's samples a pixel stay until the next start."""
        self.quality = quality
        self.mirror.scale = quality.mirror_scale
        self.mirror.resize()
        self.stage.set_lean(quality.lean)
        self._later = self._load_later()  # what shines may have nothing to reflect yet

    @property
    def _wanted_quality(self) -> str:
        """The level that was asked for: on the way in, or by the player."""
        return self.options.quality if self.options.quality != "auto" else self.settings.values.quality

    def _new_gauge(self) -> Gauge | None:
        """Measures frames where nothing is known of this machine; a lean frame would say little about a full one."""
        unknown = self._wanted_quality == "auto" and measured(self.options.home / "cache") is None
        return Gauge() if unknown and not self.options.offscreen else None

    def _use_settings(self) -> None:
        """Take up what the player changed since the last frame."""
        before, self._used = self._used, self.settings.values
        if self._used is before:
            return
        if self._used.fov != before.fov:
            self.stage.set_fov(fov_down(self._used.fov))
        if self._used.quality != before.quality:
            if self._used.quality == "auto":
                forget(self.options.home / "cache")
            self._draw_as(quality_of(self._wanted_quality, self.options.home / "cache"))
            self._gauge = self._new_gauge()

    def _gather(self, dt_secs: float) -> None:
        """What the devices want this frame; it is handed to the next step."""
        if self.hud is None or self.session is None:
            return
        self.session.tell_of_pads(self.devices.pads.poll(), self.hud, self.input)
        self.devices.catch(not self.hud.wants_mouse or self.photographs)
        dx, dy = self.devices.moved()
        self._flight = self.input.flight(dx, dy, dt_secs) if self.photographs else Flight()
        self._move = None
        for command in self._spared(lambda: self._wishes(dx, dy, dt_secs), []):
            if isinstance(command, Move):
                self._move = command
            else:
                self._queue.append(command)
        self._queue += self.hud.view.asks
        self.hud.view.asks.clear()
        if self.camera.showing_off and not self.hud.view.shows_self:
            self.camera.look_ahead()
        self._queue += self.session.follow(self.hud, self.world)

    def _wishes(self, dx: float, dy: float, dt_secs: float) -> list[Command]:
        assert self.hud is not None
        return self.input.commands(self.world, self.hud, dx, dy, dt_secs)

    def _spared(self, do: Callable[[], T], otherwise: T) -> T:
        """Do something for the open panel; when that fails the panel is closed, the log has it, and the game goes on.

        What fails with no panel open is raised: it would fail again at every frame.
        """
        assert self.hud is not None
        try:
            return do()
        except Exception:
            if not self.hud.wants_mouse:
                raise
            log.exception("the panel %r failed and is closed", self.hud.view.open_panel)
            self.hud.close_panel()
            self.hud.say("bad", self.hud.view.t("went_wrong"))
            return otherwise

    def _step(self) -> list[Event]:
        commands = list(self._queue)
        self._queue.clear()
        if self._move is not None:
            commands.append(self._move)
        if self.extra_commands is not None:
            commands += self.extra_commands(self.world)
        updates = self.market.poll()
        if self.recorder is not None:
            self.recorder.record(commands, updates)
        self._before_m = self.world.body.pos_m
        happened = step(self.world, commands, updates)
        for event in happened:
            if isinstance(event, events.Asked):
                self.market.submit(event.request)
            elif isinstance(event, events.MoodChanged):
                self._later = self._load_later()
            elif isinstance(event, events.EnteredPlace):
                self._enter(event)
        return happened

    def _enter(self, event: events.EnteredPlace) -> None:
        self._before_m = self.world.body.pos_m
        self.hand.forget()
        self.ghost.forget()
        self.outline.forget()
        self.street.enter(event.place)
        self._later = self._load_later()
        self.camera.jump()

    def _follow(self, happened: list[Event]) -> None:
        self.player.follow(happened)
        for event in happened:
            if isinstance(event, events.LooksChanged):
                self.avatars.keep(event.looks)
            if isinstance(event, events.TriedOn) and not self.world.third_person and not mirror_ahead(self.world):
                self.camera.show_off()

    def _draw(self, happened: list[Event], dt_secs: float, *, onto_screen: bool) -> None:
        self._use_settings()
        world, alpha = self.world, self._spare_secs / DT_SECS
        calm = self.calm
        if self.stage.fit():
            self.mirror.resize()
            if self.hud is not None:
                self.hud.resize(*self.stage.size)
        sole_m = _between(self._before_m, world.body.pos_m, alpha)
        yaw_rad, pitch_rad = self._facing()
        looks = self._edit_looks()
        gaze = self.camera.follow(world, sole_m, yaw_rad, pitch_rad, dt_secs, calm=calm)
        gaze = self.camera.drift(gaze, dt_secs, on=self.session is not None and self.session.in_menu and not calm)
        gaze = self._photo_gaze(gaze, dt_secs)
        camera = gaze.matrix()
        self.stage.camera.set_mat(camera)
        secs = (world.tick + alpha) * DT_SECS % AN_HOUR_SECS
        self.street.draw(world, gaze.eye_m, (secs, 0.0 if calm else 1.0))
        here = self.street.here
        if here.shelves is not None and here.built:  # not while a place is entered before it could be loaded
            here.shelves.hide(frozenset(empty_stands(world)) | self.hand.away)
        turns = looks is not None and world.sitting is None  # who sits stays on the seat
        shown_to_rad = gaze.away_rad(sole_m) + (looks or 0.0) if turns else None
        self.player.draw(
            world, here, sole_m, yaw_rad, dt_secs, inside=gaze.inside, calm=calm, shown_to_rad=shown_to_rad
        )
        self._meet_keeper(sole_m, dt_secs)
        if self.cat is not None:
            self.cat.draw(world, here, sole_m)
        self._save_looks(dt_secs)
        busy = looks is not None or self.camera.showing_off or world.hand is not None or world.ghost is not None
        looked_at = None if busy or not here.built else world.looked_at
        self.outline.draw(here, looked_at, self.stage.size[1], dt_secs, calm=calm)
        self.hand.draw(world, here, camera, (gaze.yaw_rad, gaze.pitch_rad), alpha, dt_secs, calm=calm)
        self.street.dim(1.0 - HELD_DIMS * self.hand.held_part)
        self.ghost.draw(world, here, camera, PALETTES[self.settings.values.palette])
        self.mirror.draw(here, camera)
        if self.hud is not None:
            self.hud.view.shows_self = self.camera.showing_off
            hud = self.hud
            self._find(hud, happened, dt_secs)
            self._spared(lambda: hud.update(world, happened, dt_secs, self.devices.pointer()), None)
        if self.audio is not None:
            self._sound(self.audio, happened, dt_secs)
        if onto_screen:
            self.stage.draw()
        if self.hud is not None and self.hud.photo.wants_picture:
            self._take_picture(self.hud)

    def _meet_keeper(self, sole_m: Vec3, dt_secs: float) -> None:
        """Let the shopkeeper look at the player, and say what they say."""
        hud, world = self.hud, self.world
        listens = hud is not None and not hud.wants_mouse
        said = self.keepers.draw(world, self.street.here, sole_m, dt_secs, listens=listens, calm=self.calm)
        if said and hud is not None:
            who = hud.view.texts.person(world.place.keeper)
            hud.say("notice", hud.view.t("says", who=who, line=hud.view.t(said)))

    def _save_looks(self, dt_secs: float) -> None:
        """Save changed looks, and say it when that is not possible."""
        self.avatars.pass_time(dt_secs)
        if self.avatars.notice and self.hud is not None:
            self.hud.say("notice", self.hud.view.t(self.avatars.notice))
            self.avatars.notice = ""

    def _edit_looks(self) -> float | None:
        """Look at the player while their looks are edited; how far they are turned from the camera then, else None."""
        hud = self.hud
        if hud is None or hud.view.open_panel != hud.looks_panel.name:
            self.camera.portray("")
            if self.stage.fov_deg == PORTRAIT_FOV_DEG:
                self.stage.set_fov(fov_down(self.settings.values.fov))
            return None
        self.stage.set_fov(PORTRAIT_FOV_DEG)
        film = self.stage.lens.get_film_size()
        self.camera.portray(hud.looks_panel.zone, (film.x, film.y), -hud.covered_part)
        return hud.looks_panel.turned_rad(hud.view)

    def _find(self, hud: "Hud", happened: list[Event], dt_secs: float) -> None:
        """Keep the lists, show the way, and bring the player where they wish to be."""
        finding = hud.view.finding
        finding.keepsakes.follow(self.world, happened, dt_secs)
        if finding.keepsakes.notice:
            hud.say("notice", hud.view.t(finding.keepsakes.notice))
            finding.keepsakes.notice = ""
        if self.portraits is not None and self.portraits.work():
            hud.view.pictures += 1
        goal = finding.goal
        if self.guide is not None and self.guide.draw(self.world, dt_secs, self.stage.size[1], calm=self.calm) and goal:
            hud.say("good", hud.view.t("way_there", good=hud.view.name(goal.good)))
        if self.trip is not None:
            wanted, hud.view.travel_to = hud.view.travel_to, None
            place = self.trip.go(wanted, self.street, self.stage.size, dt_secs)
            if place is not None:
                self._queue.append(Travel(place=place))

    def _sound(self, audio: "Audio", happened: list[Event], dt_secs: float) -> None:
        """Play what happened; sounds that fail are silent from then on, and captions tell instead."""
        try:
            audio.play(happened, self.world)
            audio.linger(self.world, dt_secs)
        except Exception:
            log.exception("the sounds failed; the game goes on without them")
            self.audio = None

    @property
    def photographs(self) -> bool:
        """Whether photo mode is open."""
        return self.hud is not None and self.hud.view.open_panel == self.hud.photo.name

    def _photo_gaze(self, eye: Gaze, dt_secs: float) -> Gaze:
        """The photo camera's gaze while photo mode is open, else the player's; each has its own lens."""
        fov = fov_down(self.settings.values.fov)
        if self.photographs:
            assert self.hud is not None
            camera = self.hud.photo.camera
            fov = field_for(camera.frame, camera.angle_deg, self.stage.aspect)
            eye = camera.fly(eye, self._flight, dt_secs, self.world)
        if abs(fov - self.stage.fov_deg) > 1e-6:
            self.stage.set_fov(fov)
        return eye

    def _take_picture(self, hud: "Hud") -> None:
        """Write the picture that photo mode asked for, and say where it is and what it shows."""
        hud.photo.wants_picture = False
        hidden = hud.root.is_hidden()
        hud.hide()
        try:
            folder = self.options.home / "photos"
            path, goods = take(self.stage, self.street.here, self.world, hud.photo.camera.frame, folder)
            hud.photo.path, hud.photo.tags = str(path), tuple(hud.view.name(good) for good in goods)
        except OSError as error:
            hud.say("bad", hud.view.t("photo_failed", why=str(error)))
        finally:
            if not hidden:
                hud.show()

    def _facing(self) -> tuple[float, float]:
        """Where the player looks now: looking is shown at once, before the step that it belongs to."""
        body = self.world.body
        yaw_rad, pitch_rad = body.yaw_rad, body.pitch_rad
        for command in self._queue:
            if isinstance(command, Look):
                yaw_rad += command.yaw_rad
                pitch_rad += command.pitch_rad
        return yaw_rad, max(-1.5, min(1.5, pitch_rad))

    @property
    def calm(self) -> bool:
        """Whether the player asked for reduced motion."""
        return self.settings.reduced_motion

    def _after(self) -> None:
        """What may wait until the picture is on the screen."""
        self._frames += 1
        if self._frames == 1:
            start = getattr(self.market, "start", None)
            if start is not None:
                start()
            self._open_interface()
            self._later = self._load_later()
            settle()
            return
        hidden = self.trip is not None and self.trip.hides  # nothing is seen that could stutter
        budget_secs = LOAD_SOON_SECS if self.street.urgent else LOAD_BUDGET_SECS
        until = time.perf_counter() + (HURRIED_BUDGET_SECS if hidden else budget_secs)
        for pieces in (self.street.load_urgent(), self._later or ()):
            for piece in pieces:
                if piece == WAITS or time.perf_counter() > until:
                    return
        self._later = None

    def _load_later(self) -> Iterator[str]:
        """Everything that the first frame did not need, in the order in which it is likely to be seen."""
        yield from self.player.load(self.world)
        yield from self.street.load_later()
        if self.hud is not None and self.guide is not None:
            yield from self.hud.view.finding.load()
            yield from self.guide.load(self.world)
        yield from self.keepers.load(self.world)
        if self.cat is None:
            from game.client.cat import CatView

            self.cat = CatView()
            yield "cat"
        yield from self.cat.load(self.world)

    def _open_interface(self) -> None:
        """Listen to keys, make small life, HUD and sounds: what the first frame did not wait for."""
        self.devices.listen()
        self.street.enliven()
        from ursina import camera

        from game.client.audio import Audio
        from game.client.finding import Finding
        from game.client.guide import Guide
        from game.client.hud import Hud
        from game.client.keepsakes import Keepsakes
        from game.client.portraits import Portraits
        from game.client.session import Session
        from game.client.texts import load_texts
        from game.client.trip import Trip

        texts = load_texts(self.settings.language, self.people)
        home = self.options.home
        keepsakes = Keepsakes(home)
        self._queue += keepsakes.restore(self.world)
        finding = Finding(
            self.world, texts, keepsakes=keepsakes, files=self.files, cache=home / "cache", home=home
        )
        self.guide = Guide(finding, self.street)
        self.portraits = Portraits(self.stage.win, self.models)
        self.hud = Hud(
            self.world, texts, self.settings, camera.ui, self.stage.size,
            portrait=self.portraits.of, soon=self.portraits.soon, avatars=self.avatars, finding=finding,
        )  # fmt: skip
        self.trip = Trip(self.hud.on_top)
        if not self.options.hud:
            self.hud.hide()
        self.session = Session(self.options.home, remember=self.options.remember, menu=self.options.start_menu)
        self.session.open(self.hud, self.world)
        self.audio = Audio(None if self.options.offscreen else self.stage.base, self.settings)

    # --- from outside --------------------------------------------------------------------------------------------

    def finish_loading(self) -> None:
        """Load at once what is otherwise spread over frames: neighbours, people, reflections. For pictures."""
        finish(self._later or self._load_later())
        self._later = None

    def run(self) -> None:
        """Play until the window closes or the player chooses to leave."""
        while not self.stage.closed() and not (self.hud is not None and self.hud.wants_to_leave):
            self.frame()

    def key(self, name: str) -> None:
        """Press and release a key, by Ursina's name for it."""
        self.input.handle(name, True)
        self.input.handle(name, False)

    def type(self, text: str) -> None:
        """Type letters, as the keyboard or an input method would give them."""
        self.input.type(text)

    def screenshot(self, path: Path) -> None:
        """Write the picture that is on the screen as PNG."""
        self.stage.screenshot(path)

    def farewell(self) -> "Farewell":
        """What is to be told when the game falls."""
        from game.client.last_words import Farewell

        return Farewell(self)

    def close(self, *, in_order: bool = True) -> None:
        """Free the window's contents and close the market; `in_order` False: the game fell, and the recording of the
        session ends without the mark of a world that was left in order."""
        if self.session is not None:
            self.session.close(self.world)
        try:
            self._free()
        finally:
            self.market.close()
            if self.recorder is not None and in_order:
                self.recorder.close(self.world)

    def _free(self) -> None:
        self.avatars.save()
        if self.hud is not None:
            self.hud.view.finding.keepsakes.save()
            self.hud.root.remove_node()
        if self.guide is not None:
            self.guide.forget()
        if self.audio is not None:
            self.audio.close()
        if self.portraits is not None:
            self.portraits.close()
        self.devices.close()
        self.outline.forget()
        self.ghost.forget()
        self.hand.forget()
        if self.cat is not None:
            self.cat.close()
        self.keepers.close()
        self.player.close()
        self.mirror.close()
        self.street.close()
        self.stage.close()


def _between(a: Vec3, b: Vec3, part: float) -> Vec3:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part
