"""The game in a window: input to commands, fixed steps of the world, events to screen, sound and market."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from game.client.belongings import admit, belongings
from game.client.bloom import Bloom
from game.client.camera import ViewCamera, facing
from game.client.devices import Devices
from game.client.garbage import Garbage
from game.client.ghost import GhostView
from game.client.hand import HandView
from game.client.heap import Heap
from game.client.input import Input
from game.client.loading import Loading
from game.client.mirror import MirrorView
from game.client.options import Options
from game.client.outline import Outline
from game.client.palette import PALETTES
from game.client.part import Frame, Part
from game.client.player import PlayerView
from game.client.quality import Level, Quality
from game.client.settings import Settings, load_settings
from game.client.shelves import Models
from game.client.stage import Stage, fov_down
from game.client.street import Street
from game.content.goods_store import GoodsStore
from game.content.model_files import ModelFiles
from game.content.pictures_store import PicturesStore
from game.core import events
from game.core.commands import Command, Move
from game.core.events import Event
from game.core.goods import Text, Vec3
from game.core.ids import MakerId
from game.core.ports import Market
from game.core.rules.display import empty_stands
from game.core.step import step
from game.core.world import DT_SECS, World
from game.startup import settle

if TYPE_CHECKING:  # made after the first frame
    from game.client.hud import Hud
    from game.client.last_words import Farewell
    from game.client.session import Session
    from game.core.replay import Recorder

log = logging.getLogger(__name__)

T = TypeVar("T")
P = TypeVar("P", bound=Part)
MOST_STEPS = 5
HELD_DIMS = 0.22  # of the place's light, while a good is held up
AN_HOUR_SECS = 3600.0
UNFOCUSED_SECS = 0.03  # between two pictures of a window that nobody plays in


class App:
    """One game on the screen. `extra_commands` is asked once a tick: bots play through it."""

    def __init__(
        self,
        world: World,
        market: Market,
        options: Options,
        *,
        extra_commands: Callable[[World], list[Command]] | None = None,
        recorder: "Recorder | None" = None,
        people: Mapping[MakerId, Text] | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.heap = Heap()
        self.world, self.market, self.options = world, market, options
        self.extra_commands, self.recorder = extra_commands, recorder
        self.settings = settings or load_settings(options.home)
        self.people = dict(people or {})
        cache = options.home / "cache"
        self.level = Level(options.quality, self.settings, cache, measures=not options.offscreen)
        self.stage = Stage(
            size=options.size, offscreen=options.offscreen, msaa=min(options.msaa, self.quality.most_msaa),
            vsync=options.vsync, lean=self.quality.lean, cache=cache, title="Loquat",
        )  # fmt: skip
        store = GoodsStore(options.home)
        self.files = ModelFiles(options.assets, store)
        admit(world, belongings(store), recorder)
        self.models = Models(self.files, world.goods, cache)
        self.bloom = Bloom(self.stage)
        self.mirror = MirrorView(self.stage, self.level.now.mirror_scale)
        pictures = PicturesStore(options.home).content
        self.street = Street(self.stage, world, options.assets, self.models, self.mirror, cache, pictures)
        self.camera = ViewCamera()
        self.hand = HandView(self.stage, self.models)
        self.ghost = GhostView(self.models)
        self.outline = Outline()
        self.player = PlayerView(options.assets, self.files)
        self._before_m: Vec3 = world.body.pos_m
        self._spare_secs = 0.0
        self.spent_secs = 0.0, 0.0  # on steps and on drawing, in the last frame
        self._queue: list[Command] = []
        self._move: Move | None = None
        self._last_secs: float | None = None
        self._frames = 0
        self.shown_at = 0.0  # the time.time() at which the first frame was on the screen
        self.loading = Loading(self.street)
        self.garbage = Garbage()
        self.street.load_now(world.place_id)
        self.input = Input(self.settings)
        self.devices = Devices(self.stage, self.input)
        self.session: Session | None = None
        self.hud: Hud | None = None  # made once the first frame is on the screen
        self.parts: list[Part] = []  # likewise

    # --- a frame -------------------------------------------------------------------------------------------------

    def frame(self, dt_secs: float | None = None, *, draw: bool = True) -> list[Event]:
        """Do the steps that are due and draw one frame; `dt_secs` None takes the time since the last frame.

        Returns the events of those steps. With `draw` False everything but the picture itself is brought up to date.
        """
        if self._waits_for_focus():
            return []
        awake = time.thread_time()
        dt_secs = self._elapsed(dt_secs)
        self._gather(dt_secs)
        self._spare_secs = min(self._spare_secs + dt_secs, MOST_STEPS * DT_SECS)
        happened: list[Event] = []
        began = time.perf_counter()
        while self._spare_secs >= DT_SECS - 1e-9:
            self._spare_secs -= DT_SECS
            happened += self._step()
        stepped = time.perf_counter()
        self.player.follow(happened)
        self.camera.see(happened, self.world)
        self._draw(happened, dt_secs, onto_screen=draw)
        self.spent_secs = stepped - began, time.perf_counter() - stepped
        self._after(time.thread_time() - awake)
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
        self.garbage.follow(pause=True)
        time.sleep(UNFOCUSED_SECS)
        return True

    def _elapsed(self, dt_secs: float | None) -> float:
        now = time.perf_counter()
        last, self._last_secs = self._last_secs, now
        if dt_secs is not None:
            return dt_secs
        took_secs = 0.0 if last is None else now - last
        if not self.loading.busy and self.level.add(took_secs):
            self._draw_at_level()
        return took_secs

    @property
    def quality(self) -> Quality:
        """How much is drawn now."""
        return self.level.now

    def _draw_at_level(self) -> None:
        """Draw as much as the level says from now on; the window's samples a pixel stay until the next start."""
        self.mirror.scale = self.quality.mirror_scale
        self.mirror.resize()
        self.stage.set_lean(self.quality.lean)
        self.bloom.show(self.quality.bloom)
        self.loading.begin(self._load_later())  # what shines may have nothing to reflect yet

    def _gather(self, dt_secs: float) -> None:
        """What the devices want this frame; it is handed to the next step."""
        hud = self.hud
        if hud is None or self.session is None:
            return
        self.session.tell_of_pads(self.devices.pads.poll(), hud, self.input)
        self.devices.catch(not hud.wants_mouse or any(part.catches_mouse for part in self.parts))
        dx, dy = self.devices.moved()
        self._move = None
        wished: list[Command] = self._spared(lambda: self.input.commands(self.world, hud, dx, dy, dt_secs), [])
        for command in (*wished, *(c for part in self.parts for c in part.prepare(dx, dy, dt_secs))):
            if isinstance(command, Move):
                self._move = command
            else:
                self._queue.append(command)
        self._queue += hud.view.asks
        hud.view.asks.clear()
        if self.camera.showing_off and not hud.view.shows_self:
            self.camera.look_ahead()
        self._queue += self.session.follow(hud, self.world)

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
                self.loading.begin(self._load_later())
            elif isinstance(event, events.PlaceChanged):
                self.street.changed(event.place)
                self.loading.begin(self._load_later())
            elif isinstance(event, events.EnteredPlace):
                self._enter(event)
        return happened

    def _enter(self, event: events.EnteredPlace) -> None:
        self._before_m = self.world.body.pos_m
        self.hand.forget()
        self.ghost.forget()
        self.outline.forget()
        self.street.enter(event.place)
        self.loading.begin(self._load_later())
        self.camera.jump()

    def _draw(self, happened: list[Event], dt_secs: float, *, onto_screen: bool) -> None:
        if self.level.follow():
            self._draw_at_level()
        world, alpha = self.world, self._spare_secs / DT_SECS
        calm = self.calm
        if self.stage.fit():
            self.mirror.resize()
            self.bloom.show(self.bloom.on)
            if self.hud is not None:
                self.hud.resize(*self.stage.size)
        sole_m = _between(self._before_m, world.body.pos_m, alpha)
        yaw_rad, pitch_rad = facing(world.body, self._queue)
        gaze = self.camera.follow(world, sole_m, yaw_rad, pitch_rad, dt_secs, calm=calm)
        gaze = self.camera.drift(gaze, dt_secs, on=self.session is not None and self.session.in_menu and not calm)
        for part in self.parts:
            gaze = part.aim(gaze, dt_secs)
        fov_deg = gaze.fov_deg or fov_down(self.settings.values.fov)
        if fov_deg != self.stage.fov_deg:
            self.stage.set_fov(fov_deg)
        camera = gaze.matrix()
        self.stage.camera.set_mat(camera)
        secs = (world.tick + alpha) * DT_SECS % AN_HOUR_SECS
        self.street.draw(world, gaze.eye_m, (secs, 0.0 if calm else 1.0))
        here = self.street.here
        if here.shelves is not None and here.built:  # not while a place is entered before it could be loaded
            here.shelves.hide(frozenset(empty_stands(world)) | self.hand.away)
        turned_rad = self.camera.turned_rad
        turns = turned_rad is not None and world.sitting is None  # who sits stays on the seat
        shown_to_rad = gaze.away_rad(sole_m) + (turned_rad or 0.0) if turns else None
        self.player.draw(
            world, here, sole_m, yaw_rad, dt_secs, inside=gaze.inside, calm=calm, shown_to_rad=shown_to_rad
        )
        busy = turned_rad is not None or self.camera.showing_off or world.hand is not None or world.ghost is not None
        looked_at = None if busy or not here.built else world.looked_at
        self.outline.draw(here, looked_at, self.stage.size[1], dt_secs, calm=calm)
        self.hand.draw(world, here, camera, (gaze.yaw_rad, gaze.pitch_rad), alpha, dt_secs, calm=calm)
        self.street.dim(1.0 - HELD_DIMS * self.hand.held_part)
        self.ghost.draw(world, here, camera, PALETTES[self.settings.values.palette])
        self.mirror.draw(here, camera)
        if here.light is not None:
            self.bloom.suit(here.light.mood)
        frame = Frame(happened, dt_secs, sole_m)
        for part in self.parts:
            part.draw(frame)
        if self.hud is not None:
            hud, pointer = self.hud, self.devices.pointer()
            hud.view.shows_self = self.camera.showing_off
            self._spared(lambda: hud.update(world, happened, dt_secs, pointer), None)
        if onto_screen:
            self.stage.draw()
        for part in self.parts:
            part.drawn()

    @property
    def calm(self) -> bool:
        """Whether the player asked for reduced motion."""
        return self.settings.reduced_motion

    def _after(self, spent_secs: float) -> None:
        """What may wait until the picture is on the screen, in a frame that has taken so much of the processor."""
        self._frames += 1
        if self._frames == 1:
            self.shown_at = time.time()
            start = getattr(self.market, "start", None)
            if start is not None:
                start()
            self._open_interface()
            self.loading.begin(self._load_later())
            settle()
            return
        self.garbage.follow(pause=self.hud is not None and self.hud.view.open_panel == "pause")
        self.loading.go_on(spent_secs)
        self.heap.follow(self.world.place_id, busy=self.loading.busy)

    def _load_later(self) -> Iterator[str]:
        """Everything that the first frame did not need, in the order in which it is likely to be seen."""
        yield from self.player.load(self.world)
        yield from self.street.load_later()
        for part in self.parts:
            yield from part.load()

    def _open_interface(self) -> None:
        """Listen to keys, make small life, the HUD and the parts of the game: what the first frame did not wait for."""
        self.devices.listen()
        self.street.enliven()
        self.bloom.show(self.quality.bloom)
        from ursina import camera

        from game.client.hud import Hud
        from game.client.parts import make_parts
        from game.client.session import Session
        from game.client.texts import load_texts
        from game.client.wayfinding import make_finding

        texts = load_texts(self.settings.language, self.people)
        finding = make_finding(self, texts)
        self.hud = Hud(self.world, texts, self.settings, camera.ui, self.stage.size, finding=finding)
        self.parts = make_parts(self, self.hud)
        if not self.options.hud:
            self.hud.hide()
        self.session = Session(self.options.home, remember=self.options.remember, menu=self.options.start_menu)
        self.session.open(self.hud, self.world)

    # --- from outside --------------------------------------------------------------------------------------------

    def finish_loading(self) -> None:
        """Load at once what is otherwise spread over frames: neighbours, people, reflections. For pictures."""
        if not self.loading.busy:
            self.loading.begin(self._load_later())
        self.loading.finish()

    def part(self, kind: type[P]) -> P:
        """The part of this kind; there is one of each after the first frame."""
        return next(part for part in self.parts if isinstance(part, kind))

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
        self.garbage.close()
        for part in self.parts:
            part.close()
        if self.hud is not None:
            self.hud.root.remove_node()
        self.devices.close()
        self.outline.forget()
        self.ghost.forget()
        self.hand.forget()
        self.player.close()
        self.mirror.close()
        self.street.close()
        self.bloom.close()
        self.stage.close()


def _between(a: Vec3, b: Vec3, part: float) -> Vec3:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part
