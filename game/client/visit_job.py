"""Getting a room beside the game: its file is found, checked and kept in a thread, and the game looks how far it is."""

import logging
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Thread

import msgspec

from game.content.admission import Admission, admit
from game.content.bundle import BundleError, unpack
from game.content.bundle_store import BundleStore
from game.content.fetch import Target, read_target
from game.content.goods_store import GoodsStore
from game.content.pictures_store import PicturesStore
from game.core.budget import Weight
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId, RoomToken

log = logging.getLogger(__name__)

FETCHING, CHECKING, DONE, FAILED = "fetching", "checking", "done", "failed"


class VisitJob:
    """One room on its way. `stage` is FETCHING, CHECKING, DONE or FAILED; `reason` is a text key, `detail` plain words.

    `token` is the room that was asked for, which the chain said has the file of `target`.
    """

    def __init__(
        self, target: Target, home: Path, assets: Path, goods: Mapping[GoodId, Good], weights: Mapping[str, Weight],
        *, sources: Sequence[str] = (), token: RoomToken | None = None,
    ) -> None:  # fmt: skip
        self.target, self.home, self.root, self.token = target, home, assets.parent, token
        self.sources = (str(home / "bundles"), *sources)
        self.stage, self.reason, self.detail = FETCHING, "", ""
        self.got_bytes = self.all_bytes = 0
        self.admission: Admission | None = None
        self._goods, self._weights = dict(goods), dict(weights)  # the world goes on changing
        self._stopped = False
        self._thread = Thread(target=self._run, name="visit", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give it up; what is under way ends by itself."""
        self._stopped = True

    def wait(self, secs: float) -> None:
        """Wait until it is over, for so long at most."""
        self._thread.join(secs)

    def _run(self) -> None:
        try:
            self.admission = self._get()
            self.stage = DONE
        except BundleError as error:
            self._fail(error.reason, str(error))
        except GameError as error:
            self._fail("bundle_against_rules", str(error))
        except OSError as error:
            self._fail("visit_not_kept", str(error))
        except Exception as error:
            log.exception("a room could not be visited")
            self._fail("went_wrong", type(error).__name__)

    def _fail(self, reason: str, detail: str) -> None:
        self.reason, self.detail, self.stage = reason, detail, FAILED

    def _get(self) -> Admission:
        content = read_target(self.target, self.sources, self._told)
        self.stage = CHECKING
        digest = sha256(content).digest()
        if self.target.digest and digest != self.target.digest:
            raise BundleError("visit_not_found", "another file is under that name")
        bundle = unpack(content, self._weights)
        if self.token is not None:
            bundle = msgspec.structs.replace(bundle, token=self.token)
        BundleStore(self.home).put(content)
        goods, pictures = GoodsStore(self.home), PicturesStore(self.home)
        return admit(content, bundle, self._goods, goods, pictures, self.root)

    def _told(self, got_bytes: int, all_bytes: int) -> bool:
        self.got_bytes, self.all_bytes = got_bytes, all_bytes
        return not self._stopped
