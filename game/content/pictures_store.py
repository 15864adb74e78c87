"""The pictures that rooms of this home show on walls, each under the SHA-256 of its bytes: `<home>/pictures`."""

import logging
import re
from hashlib import sha256
from pathlib import Path

from game.content.disk import write_whole
from game.content.images import read_picture
from game.core.errors import GameError

log = logging.getLogger(__name__)

PICTURE_BYTES_MAX = 4 * 2**20
PICTURE_SIDE_MAX_PX = 2048

_NAME = re.compile(r"[0-9a-f]{64}")


class PicturesStore:
    """Pictures by the hash that items of a room name them by."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "pictures"
        self._sound: set[str] = set()

    def put(self, content: bytes) -> str:
        """Keep a PNG or JPEG; its SHA-256 in hex. Raises GameError where it is none or too large, and OSError."""
        check_picture(content)
        name = sha256(content).hexdigest()
        if self.path(name) is None:
            write_whole(self.folder / name, content)
            self._sound.add(name)
        return name

    def path(self, name: str) -> Path | None:
        """The file of a picture; None where there is none of that hash. Its name has no ending: look at its head."""
        if not _NAME.fullmatch(name):
            return None
        path = self.folder / name
        if name not in self._sound:
            content = _read(path)
            if content is None:
                return None
            if sha256(content).hexdigest() != name:
                log.warning("%s is damaged and is left out", path)
                return None
            self._sound.add(name)
        return path

    def content(self, name: str) -> bytes | None:
        """The bytes of a picture; None where there is none of that hash."""
        path = self.path(name)
        return None if path is None else _read(path)


def check_picture(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture for a wall. Raises GameError where it is none, or too large."""
    if len(content) > PICTURE_BYTES_MAX:
        raise GameError(f"the picture has {len(content):,} bytes, more than {PICTURE_BYTES_MAX:,}; make it smaller")
    picture = read_picture(content, side_max_px=PICTURE_SIDE_MAX_PX)
    return picture.width_px, picture.height_px


def _read(path: Path) -> bytes | None:
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(PICTURE_BYTES_MAX + 1)
    except OSError:
        return None
    return content if len(content) <= PICTURE_BYTES_MAX else None
