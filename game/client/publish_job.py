"""Beside the game: packing a room, which is kept under its hash then, and looking at what stands for sale in it."""

import logging
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from threading import Thread

from msgspec import Struct

from game.content.bundle import BundleError, pack
from game.content.bundle_store import BundleStore
from game.content.cid import cid_of
from game.content.goods_store import GoodsStore
from game.content.pictures_store import PicturesStore
from game.content.publishing import Offers, displays_in, displays_of, gather
from game.core.budget import Weight
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId, RoomToken
from game.core.room_ports import Display
from game.core.rooms import Room

log = logging.getLogger(__name__)


class Packed(Struct, frozen=True, kw_only=True):
    """A room's file as it would be published now. `missing` goods and `blank` pictures could not be found."""

    room: Room
    digest: bytes
    cid: str
    size: int
    path: Path
    displays: tuple[Display, ...]
    missing: tuple[GoodId, ...] = ()
    blank: int = 0


class HomeLook:
    """What stands for sale in the home, read beside the game: `displays` once that is known."""

    def __init__(self, room: Room, home: Path, assets: Path, goods: Mapping[GoodId, Good]) -> None:
        self.shown = for_sale(room)
        self.displays: tuple[Display, ...] | None = None
        known = {good: goods[good] for good in self.shown if good in goods}
        work = (known, GoodsStore(home), assets.parent)
        Thread(target=self._run, args=work, name="home", daemon=True).start()

    def _run(self, goods: Mapping[GoodId, Good], store: GoodsStore, root: Path) -> None:
        found: tuple[Display, ...] = ()
        try:
            found = displays_in(self.shown, goods, store, root)
        except Exception:
            log.exception("what stands for sale at home could not be read")
        self.displays = found


def for_sale(room: Room) -> tuple[GoodId, ...]:
    """The goods that can be bought in a room."""
    return tuple(sorted({item.good for item in room.items if item.good and item.offer}))


class PublishJob:
    """One room being packed: `done` in the end, with `packed`, or with `reason` (a text key) and plain words."""

    def __init__(
        self, room: Room, home: Path, assets: Path, goods: Mapping[GoodId, Good], weights: Mapping[str, Weight],
        *, token: RoomToken | None, offers: Offers,
    ) -> None:  # fmt: skip
        self.room, self.home, self.root, self.token = room, home, assets.parent, token
        self.done, self.reason, self.detail = False, "", ""
        self.packed: Packed | None = None
        self._goods, self._weights, self._offers = dict(goods), dict(weights), dict(offers)
        self._thread = Thread(target=self._run, name="publish", daemon=True)
        self._thread.start()

    def wait(self, secs: float) -> None:
        """Wait until it is over, for so long at most."""
        self._thread.join(secs)

    def _run(self) -> None:
        try:
            self.packed = self._pack()
        except BundleError as error:
            self.reason, self.detail = error.reason, str(error)
        except GameError as error:
            self.reason, self.detail = "bundle_against_rules", str(error)
        except OSError as error:
            self.reason, self.detail = "publish_not_kept", str(error)
        except Exception as error:
            log.exception("the room could not be packed")
            self.reason, self.detail = "went_wrong", type(error).__name__
        self.done = True

    def _pack(self) -> Packed:
        gathered = gather(
            self.room, self._goods, GoodsStore(self.home), PicturesStore(self.home), self.root, token=self.token,
            offers=self._offers,
        )  # fmt: skip
        content = pack(gathered.bundle, self._weights)
        store, digest = BundleStore(self.home), sha256(content).digest()
        store.put(content)
        return Packed(
            room=self.room, digest=digest, cid=cid_of(digest), size=len(content), path=store.path(digest),
            displays=displays_of(gathered.bundle, self._goods), missing=gathered.missing, blank=len(gathered.blank),
        )  # fmt: skip
