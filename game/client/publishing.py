"""Publishing one's own room as a part of the game: packed beside the game, then one transaction of the market's."""

import logging
import os
from typing import TYPE_CHECKING

from game.client.hud_publish import PublishPanel
from game.client.part import Frame, Part
from game.client.publish_job import HomeLook, Packed, PublishJob, for_sale
from game.content.bundle_store import ENDING
from game.content.disk import free_path, write_whole
from game.content.fetch import read_path
from game.core import events, trade
from game.core.commands import Command
from game.core.errors import GameError
from game.core.ids import HOME, GoodId
from game.core.room_ports import Display, PublishRoom, UnpublishRoom, Version
from game.core.rooms import Room

if TYPE_CHECKING:
    from game.client.app import App
    from game.client.hud import Hud

log = logging.getLogger(__name__)

FOLDER = "exports"


class Publishing(Part):
    """Owns the panel."""

    def __init__(self, app: "App", hud: "Hud") -> None:
        super().__init__(app, hud)
        self.failed: tuple[str, str] = ("", "")
        self.exported = ""
        self._job: PublishJob | None = None
        self._packed: Packed | None = None
        self._wants: list[Command] = []
        self._seen: Room | None = None
        self._look_at_home: HomeLook | None = None
        self._told: tuple[Display, ...] = ()
        hud.join(PublishPanel(self))

    # --- for the panel -------------------------------------------------------------------------------------------

    @property
    def packed(self) -> Packed | None:
        """The room's file as it would be published now; None before it is packed, or when it cannot be."""
        return self._packed

    @property
    def number(self) -> str:
        """The room's number, by which others visit it; "" before it has one."""
        token = self.app.world.trade.home
        return f"{token:#x}" if token is not None else ""

    @property
    def doing(self) -> str:
        """A text key of what is being done, "" for nothing."""
        trade = self.app.world.trade
        if trade.publish_next is not None or trade.waits_for(PublishRoom, UnpublishRoom):
            return "publish_sending"
        return "publish_packing" if self._job is not None else ""

    @property
    def hindered(self) -> str:
        """A text key of why nothing can be published now, "" where it can."""
        world = self.app.world
        if world.home is None or (world.trade.home is None and world.purse.play_money):
            return "publish_no_home" if world.purse.state == "open" else "publish_no_market"
        return "" if world.purse.state == "open" else "publish_no_market"

    @property
    def versions(self) -> tuple[Version, ...]:
        """What was published of the room, newest first."""
        told = self.app.world.trade.versions
        return told.versions if told is not None and told.room == self.app.world.trade.home else ()

    def opened(self) -> None:
        """The panel was opened: see how the room stands."""
        self.failed, self.exported = ("", ""), ""
        self._look()

    def publish(self) -> list[Command]:
        """Let others see the room as it is now."""
        packed = self._packed
        if packed is None:
            return []
        self.failed = ("", "")
        return [trade.PublishRoom(place=HOME, bundle_sha256=packed.digest, displays=packed.displays)]

    def unpublish(self) -> list[Command]:
        """Let nobody see it any more."""
        self.failed = ("", "")
        return [trade.UnpublishRoom(place=HOME)]

    def export(self) -> None:
        """Write the room's file where the player finds it, under its name."""
        packed = self._packed
        if packed is None:
            return
        path = free_path(self.app.options.home / FOLDER, packed.room.name, ENDING)
        try:
            write_whole(path, read_path(packed.path))
        except (OSError, GameError) as error:
            self.failed = ("publish_not_kept", str(error))
            return
        self.exported = os.path.relpath(path, self.app.options.home) if len(str(path)) > 80 else str(path)

    # --- a frame -------------------------------------------------------------------------------------------------

    def prepare(self, mouse_dx: float, mouse_dy: float, dt_secs: float) -> list[Command]:
        job = self._job
        if job is not None and job.done:
            self._job, self._packed = None, job.packed
            if job.packed is None:
                self.failed = (job.reason, job.detail)
        if self._is_open() and self._job is None and self._outdated():
            self._pack()
        self._tell_what_is_shown()
        wants, self._wants = self._wants, []
        return wants

    def _tell_what_is_shown(self) -> None:
        """Let the market watch the offers on which goods stand at home, as it does in rooms that are visited."""
        world, look, options = self.app.world, self._look_at_home, self.app.options
        token, room = world.trade.home, world.home
        if token is None or room is None or world.purse.state != "open":
            return
        if look is not None and look.displays is None:
            return
        if room is not self._seen:
            self._seen = room
            if look is None or look.shown != for_sale(room):
                self._look_at_home = HomeLook(room, options.home, options.assets, world.goods)
        elif look is not None and look.displays is not None and look.displays != self._told:
            self._told = look.displays
            self._wants.append(trade.AdmitRoom(place=HOME, room=token, bundle_sha256=bytes(32), displays=look.displays))

    def draw(self, frame: Frame) -> None:
        view = self.hud.view
        for event in frame.happened:
            match event:
                case events.RoomPublished(published=published) if published.place_id == HOME:
                    shown = bool(published.bundle_sha256)
                    view.say("good", view.t("publish_done" if shown else "publish_undone", n=published.version))
                    self._read_versions()
                case events.Declined(reason=reason, detail=detail) if self._is_open():
                    self.failed = (f"reason_{reason}" if view.texts.has(f"reason_{reason}") else "reason_other", detail)
                case events.HomeOpened():
                    self._read_versions()

    def _is_open(self) -> bool:
        return self.hud.view.open_panel == PublishPanel.name

    def _look(self) -> None:
        self._packed = None
        self._pack()
        self._read_versions()

    def _read_versions(self) -> None:
        token = self.app.world.trade.home
        if token is not None:
            self._wants.append(trade.ReadVersions(room=token))

    def _outdated(self) -> bool:
        """Whether what was packed is another room than the one that stands there now."""
        room = self.app.world.home
        return room is not None and self._packed is not None and self._packed.room is not room

    def _pack(self) -> None:
        world = self.app.world
        if world.home is None:
            return
        self._job = PublishJob(
            world.home, self.app.options.home, self.app.options.assets, world.goods, world.weights,
            token=world.trade.home, offers=self._own_offers(),
        )  # fmt: skip

    def _own_offers(self) -> dict[GoodId, tuple[bytes, ...]]:
        """The player's own signed offers: as maker, and of what they sell on."""
        world = self.app.world
        out: dict[GoodId, tuple[bytes, ...]] = {}
        for signed in world.trade.signed.values():
            out[signed.good_id] = (signed.signed, *out.get(signed.good_id, ()))
        for listed in world.offers.values():
            if listed.signed:
                out[listed.good_id] = (*out.get(listed.good_id, ()), listed.signed)
        return out
