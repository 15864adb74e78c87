"""The pictures that a player may hang, as build mode shows them: read beside the game, a little picture of each."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from panda3d.core import Texture

from game.content.budget import weigh_picture
from game.content.imports.source import Pixels
from game.content.own_pictures import OwnPicture, hung, own_pictures, pixels_of
from game.content.pictures_store import PicturesStore
from game.core import building as b
from game.core.commands import Admit, Command
from game.core.errors import GameError
from game.core.ids import ItemId

log = logging.getLogger(__name__)

SIDE_PX = 160


class PictureRack:
    """What can be hung, and the worker that reads it."""

    def __init__(self, home: Path) -> None:
        self.pictures: tuple[OwnPicture, ...] = ()
        self.trouble = ""  # a text key
        self.drawn = 0  # how many little pictures have come since
        self._home, self._store = home, PicturesStore(home)
        self._pool: ThreadPoolExecutor | None = None
        self._reading: dict[OwnPicture, Future[Pixels]] = {}
        self._small: dict[OwnPicture, Texture | None] = {}
        self._hanging: tuple[tuple[ItemId, ...], Future[tuple[str, bytes]]] | None = None

    def look(self) -> None:
        """See what there is now."""
        self.pictures, self.trouble = own_pictures(self._home), ""

    def small(self, picture: OwnPicture) -> Texture | None:
        """A little square picture of one; None while it is being read, or where it can't be."""
        if picture not in self._small and picture not in self._reading:
            self._reading[picture] = self._worker().submit(_square, picture)
        return self._small.get(picture)

    @property
    def busy(self) -> bool:
        """Whether a picture is being kept, to be hung."""
        return self._hanging is not None

    def hang(self, picture: OwnPicture, ids: tuple[ItemId, ...]) -> None:
        """Show a picture in frames as soon as it is kept."""
        self.trouble = ""
        self._hanging = ids, self._worker().submit(hung, picture, self._store)

    def work(self) -> list[Command]:
        """Take up what the worker has done; what that wants of the world."""
        for picture, reading in [(p, r) for p, r in self._reading.items() if r.done()]:
            del self._reading[picture]
            self._small[picture] = _texture(picture, reading.result)
            self.drawn += 1
        if self._hanging is None or not self._hanging[1].done():
            return []
        (ids, done), self._hanging = self._hanging, None
        try:
            name, content = done.result()
            weight = weigh_picture(content)
        except (GameError, OSError) as error:
            log.warning("%s", error)
            self.trouble = "picture_not_hung"
            return []
        return [Admit(weights={name: weight}), b.SetPicture(ids=ids, picture=name)]

    def close(self) -> None:
        """End the worker."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _worker(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, "pictures")
        return self._pool


def _square(picture: OwnPicture) -> Pixels:
    """The middle of a picture, SIDE_PX a side."""
    import numpy as np
    from PIL import Image

    pixels = pixels_of(picture)
    high, wide = pixels.shape[:2]
    side = min(high, wide)
    x, y = (wide - side) // 2, (high - side) // 2
    square = Image.fromarray(pixels[y : y + side, x : x + side]).resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    return np.asarray(square, np.uint8)


def _texture(picture: OwnPicture, read: Callable[[], Pixels]) -> Texture | None:
    try:
        pixels = read()
    except GameError as error:
        log.warning("%s", error)
        return None
    texture = Texture(picture.name.en)
    texture.setup_2d_texture(pixels.shape[1], pixels.shape[0], Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image_as(pixels[::-1].tobytes(), "RGB")
    texture.set_wrap_u(Texture.WM_clamp)
    texture.set_wrap_v(Texture.WM_clamp)
    texture.set_minfilter(Texture.FT_linear_mipmap_linear)
    return texture
