"""Visiting others' rooms as a part of the game: what is asked for is found, let into the world, and walked into."""

import logging
from typing import TYPE_CHECKING

from game.client.hud_visit import VisitPanel
from game.client.part import Frame, Part
from game.client.visit_job import CHECKING, DONE, FAILED, VisitJob
from game.content.bundle import BundleError
from game.content.bundle_store import BundleStore, Visit
from game.content.cid import cid_of, digest_of
from game.content.fetch import Target, read_sources, target_of
from game.content.manifest import is_made
from game.content.publishing import joined_offers
from game.core import events, trade
from game.core.commands import Admit, Command
from game.core.errors import GameError
from game.core.ids import HOME, PlaceId, RoomToken
from game.core.room_ports import Display, RoomAdmitted

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

log = logging.getLogger(__name__)


class Visiting(Part):
    """Owns the panel. A room that is given by its number is asked for on the chain first."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.store = BundleStore(app.options.home)
        self.sources = (*app.options.bundles, *read_sources(self.store.folder))
        self.failed: tuple[str, str] = ("", "")
        self._asked: RoomToken | None = None  # on the chain
        self._heard_before: object = None  # what the chain had told before that
        self._job: VisitJob | None = None
        self._going: PlaceId | None = None
        self._shown: dict[PlaceId, tuple[Display, ...]] = {}
        self._wants: list[Command] = []
        hud.join(VisitPanel(self))
        if app.options.visit == HOME:
            hud.view.travel_to = HOME
        elif app.options.visit:
            self.begin(app.options.visit)

    # --- for the panel -------------------------------------------------------------------------------------------

    @property
    def state(self) -> tuple[str, float, str]:
        """A text key of what is being done ("" for nothing), how much of it, 0..1 (-1: unknown), and more to say."""
        job = self._job
        if self._asked is not None:
            return ("visit_asking" if self.app.world.purse.state == "open" else "visit_opening"), -1.0, ""
        if job is None:
            return ("visit_entering", 1.0, "") if self._going is not None else ("", 0.0, "")
        if job.stage == CHECKING:
            return "visit_checking", 1.0, ""
        part = job.got_bytes / job.all_bytes if job.all_bytes else -1.0
        return "visit_fetching", part, f"{job.got_bytes / 1e6:.1f} MB"

    def visited(self) -> tuple[Visit, ...]:
        """The rooms that were visited before, the last first."""
        return self.store.visited()

    def begin(self, text: str) -> None:
        """Visit what a text means: FILE, URL or ROOM."""
        self.failed = ("", "")
        try:
            target = target_of(text)
        except BundleError as error:
            self.failed = (error.reason, str(error))
            return
        except GameError as error:
            self.failed = ("visit_no_address", str(error))
            return
        if target.token is not None:
            self._ask(target.token)
        else:
            self._get(target)

    def again(self, visit: Visit) -> None:
        """Visit a room once more: as it is now where it can be asked for, else as it was."""
        self.failed = ("", "")
        if visit.token and self.app.world.purse.state != "down":
            self._ask(RoomToken(int(visit.token, 16)))
        else:
            self._get(Target(digest=digest_of(visit.cid)))

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.stop()
        self._asked, self._job, self._going = None, None, None

    # --- getting it ----------------------------------------------------------------------------------------------

    def _ask(self, token: RoomToken) -> None:
        self._asked, self._heard_before = token, self.app.world.trade.versions
        self._wants.append(trade.ReadVersions(room=token))

    def _hear(self, token: RoomToken) -> None:
        """Look whether the chain has told what the room shows."""
        told = self.app.world.trade.versions
        if told is None or told is self._heard_before or told.room != token:
            if self.app.world.purse.state == "down":
                self._fail("visit_no_chain", "")
            return
        self._asked = None
        if not told.versions:
            self._fail("visit_no_room", "")
        elif not told.versions[0].bundle_sha256:
            self._fail("visit_unpublished", "")
        else:
            self._get(Target(digest=told.versions[0].bundle_sha256), token)

    def _get(self, target: Target, token: RoomToken | None = None) -> None:
        world = self.app.world
        street = {good.id: good for good in world.goods.values() if not is_made(good.id)}
        self._job = VisitJob(
            target, self.app.options.home, self.app.options.assets, street, world.weights,
            sources=self.sources, token=token,
        )  # fmt: skip

    def _fail(self, reason: str, detail: str) -> None:
        self._asked, self._job, self._going = None, None, None
        self.failed = (reason, detail)
        log.info("a room could not be visited: %s %s", reason, detail)
        if self.hud.view.open_panel != VisitPanel.name:
            self.hud.say("bad", self.hud.view.t(reason))

    # --- walking in ----------------------------------------------------------------------------------------------

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        if self._asked is not None:
            self._hear(self._asked)
        job = self._job
        if job is not None and job.stage == FAILED:
            self._fail(job.reason, job.detail)
        elif job is not None and job.stage == DONE:
            self._job = None
            self._let_in(job)
        wants, self._wants = self._wants, []
        return wants

    def _let_in(self, job: VisitJob) -> None:
        found = job.admission
        assert found is not None
        self.app.files.forget()
        self._going = found.room.id
        self._wants.append(Admit(goods=found.goods, room=found.room, weights=found.weights))
        token = found.token
        if token is not None:
            self._shown[found.room.id] = found.displays
            self._wants.append(
                trade.AdmitRoom(
                    place=found.room.id, room=token, bundle_sha256=found.digest, displays=found.displays
                )
            )
        if found.unknown:
            self.hud.say("notice", self.hud.view.texts.count("visit_unknown", len(found.unknown)))
        try:
            name = found.room.name
            self.store.remember(Visit(cid=cid_of(found.digest), name=name, token=f"{token:#x}" if token else ""))
        except OSError as error:
            log.warning("the visit is not remembered: %s", error)

    def draw(self, frame: Frame) -> None:
        for event in frame.happened:
            match event:
                case events.PlaceChanged(place=place) if place == self._going:
                    self._enter(place)
                case events.Declined(reason="template_unknown") if self._going is not None:
                    self._fail("visit_newer_street", "")
                case events.RoomChecked(admitted=admitted) if admitted.place_id in self._shown:
                    self._checked(admitted)

    def _enter(self, place: PlaceId) -> None:
        """Be brought there, out of whatever is open."""
        view = self.hud.view
        self._going = None
        if self.app.session is not None and self.app.session.in_menu:
            view.wishes.append("play")
        self.hud.close_panel()
        view.travel_to = place

    def _checked(self, admitted: RoomAdmitted) -> None:
        """Say what the chain thinks of a copy, and keep the offers that are what they claim to be."""
        view = self.hud.view
        state = "room_pays" if admitted.state == "current" and admitted.pays_room else f"room_{admitted.state}"
        view.say("good" if state == "room_pays" else "notice", view.t(state))
        bad = {each.good_id for each in admitted.rejected}
        store = self.app.files.store
        for display in self._shown[admitted.place_id]:
            good_id = display.terms.good_id
            kept = store.get(good_id) if store is not None and is_made(good_id) and good_id not in bad else None
            if store is None or kept is None or not display.offers:
                continue
            offers = joined_offers(display.offers, kept.offers)
            if offers != kept.offers:
                try:
                    store.set_offers(good_id, offers)
                except (OSError, GameError) as error:
                    log.warning("the offers of %s are not kept: %s", good_id, error)

    def close(self) -> None:
        self.stop()

