"""What the player keeps an eye on: the wishlist and the goods seen last. One small file in the home folder."""

import logging
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.disk import write_whole
from game.core import events
from game.core.commands import Wish
from game.core.events import Event
from game.core.ids import GoodId
from game.core.world import World

log = logging.getLogger(__name__)

FILE = "keepsakes.json"
MOST_SEEN = 30
SEEN_AFTER_SECS = 0.8  # of resting on a good; a glance in passing is none


class _Kept(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    wishes: tuple[GoodId, ...] = ()
    seen: tuple[GoodId, ...] = ()  # newest first


class Keepsakes:
    """Follows the events of the game; `home` None keeps all in memory. `notice` is a text key, "" when all is well."""

    def __init__(self, home: Path | None) -> None:
        self.path = home / FILE if home is not None else None
        self.notice = ""
        kept = self._read()
        self.wishes, self.seen = list(kept.wishes), list(kept.seen)[:MOST_SEEN]
        self._looked_at: GoodId | None = None
        self._rested_secs = 0.0
        self._unsaved = False

    def restore(self, world: World) -> list[Wish]:
        """The commands that bring the wishlist of earlier sessions back; goods that are not here today stay in the
        file."""
        return [Wish(good=good, wished=True, restored=True) for good in self.wishes if good in world.goods]

    def follow(self, world: World, happened: Sequence[Event], dt_secs: float) -> None:
        """Note what was wished for and what was looked at for a while, picked up or shown."""
        for event in happened:
            match event:
                case events.Wished(good=good, wished=wished):
                    self._wish(good, wished)
                case events.LookedAt(stand=stand):
                    self._looked_at = next((s.good for s in world.place.stands if s.id == stand), None)
                    self._rested_secs = 0.0
                case events.PickedUp(good=good) | events.GhostShown(good=good):
                    self._see(good)
                case events.EnteredPlace():
                    self._looked_at = None
                    self.save()
        if self._looked_at is not None:
            self._rested_secs += dt_secs
            if self._rested_secs >= SEEN_AFTER_SECS:
                self._see(self._looked_at)
                self._looked_at = None

    def _wish(self, good: GoodId, wished: bool) -> None:
        if wished == (good in self.wishes):
            return
        self.wishes = [*self.wishes, good] if wished else [other for other in self.wishes if other != good]
        self._unsaved = True
        self.save()

    def _see(self, good: GoodId) -> None:
        if self.seen[:1] != [good]:
            self.seen = [good, *(other for other in self.seen if other != good)][:MOST_SEEN]
            self._unsaved = True

    def save(self) -> None:
        """Write the file in one move where anything has changed; a home that can't be written gives a notice."""
        if self.path is None or not self._unsaved:
            return
        try:
            write_whole(self.path, msgspec.json.encode(_Kept(wishes=tuple(self.wishes), seen=tuple(self.seen))))
            self._unsaved = False
        except OSError as error:
            log.warning("%s: cannot be written: %s", self.path, error)
            self.notice = "keepsakes_not_saved"

    def _read(self) -> _Kept:
        """What the file holds; one that can't be read is kept beside it."""
        if self.path is None or not self.path.exists():
            return _Kept()
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=_Kept)
        except (OSError, msgspec.MsgspecError, ValueError) as error:
            log.warning("%s: cannot be read: %s", self.path, error)
            self.notice = "keepsakes_damaged"
            try:
                os.replace(self.path, self.path.with_suffix(".json.old"))
            except OSError:
                self.path = None
            return _Kept()
