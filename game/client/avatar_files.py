"""The player's looks on disk: saved at once in the home folder, and portable as one file of a few hundred bytes.

A file is a JSON document `{"loquat": "avatar", "version": 1, "looks": {...}}`, named *.loquat or *.json. Those in the
home's `avatars` folder are listed in the editor, whoever put them there; nothing in them is trusted.
"""

import logging
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.disk import write_whole
from game.core.looks import Looks, wrong_in

log = logging.getLogger(__name__)

KIND, VERSION = "avatar", 1
MOST_BYTES = 16_384
MOST_FILES = 60
ENDINGS = (".loquat", ".json")
SAVE_AFTER_SECS = 0.25  # a slider that is being dragged is not written at every frame


class Head(Struct, frozen=True):
    """What any version of the document says of itself."""

    loquat: str
    version: int


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """An avatar file of this version."""

    loquat: str
    version: int
    looks: Looks


class AvatarFileError(Exception):
    """A file that is not taken; `reason` is a text key that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encode(looks: Looks) -> bytes:
    """Looks as a document."""
    return msgspec.json.format(msgspec.json.encode(Document(KIND, VERSION, looks)), indent=1) + b"\n"


def decode(raw: bytes) -> Looks:
    """The looks of a document. Raises AvatarFileError for anything that this game did not write."""
    if len(raw) > MOST_BYTES:
        raise AvatarFileError("avatar_file_too_large")
    try:
        head = msgspec.json.decode(raw, type=Head)
    except (msgspec.MsgspecError, RecursionError):
        raise AvatarFileError("avatar_file_not_one") from None
    if head.loquat != KIND:
        raise AvatarFileError("avatar_file_not_one")
    if head.version != VERSION:
        raise AvatarFileError("avatar_file_newer" if head.version > VERSION else "avatar_file_not_one")
    try:
        looks = msgspec.json.decode(raw, type=Document).looks
    except (msgspec.MsgspecError, RecursionError):
        raise AvatarFileError("avatar_file_damaged") from None
    if wrong_in(looks):
        raise AvatarFileError("avatar_file_impossible")
    return looks


def read(path: Path) -> Looks:
    """The looks in a file. Raises AvatarFileError where there is no such file or it is not taken."""
    try:
        if not path.is_file():  # a pipe would never end
            raise AvatarFileError("avatar_file_gone")
        with path.open("rb") as file:
            return decode(file.read(MOST_BYTES + 1))
    except OSError:
        raise AvatarFileError("avatar_file_gone") from None


def write(path: Path, looks: Looks) -> None:
    """Write looks in one move, so that a crash leaves the old file or the new one. Raises OSError."""
    write_whole(path, encode(looks))


class AvatarFiles:
    """The looks of one home. `notice` is a text key, "" when all went well."""

    def __init__(self, home: Path) -> None:
        self.own, self.folder = home / "avatar.loquat", home / "avatars"
        self.notice = ""
        self._wanted: Looks | None = None  # not written yet
        self._wait_secs = 0.0

    def load(self) -> Looks | None:
        """The looks of the last session; None for a new player. A damaged file is kept beside as avatar.loquat.old."""
        if not self.own.exists():
            return None
        try:
            return read(self.own)
        except AvatarFileError as error:
            log.warning("%s: %s", self.own, error.reason)
            self.notice = "avatar_damaged"
            try:
                os.replace(self.own, self.own.with_name(self.own.name + ".old"))
            except OSError:
                self.notice = "avatar_not_saved"
            return None

    def keep(self, looks: Looks) -> None:
        """Save these looks as soon as they rest for a moment."""
        self._wanted, self._wait_secs = looks, SAVE_AFTER_SECS

    def pass_time(self, dt_secs: float) -> None:
        """Write what is to be saved once it has rested."""
        self._wait_secs -= dt_secs
        if self._wanted is not None and self._wait_secs <= 0:
            self.save()

    def save(self) -> None:
        """Write what is to be saved now. A read-only home is no error: `notice` says so."""
        looks, self._wanted = self._wanted, None
        if looks is None:
            return
        try:
            write(self.own, looks)
        except OSError as error:
            log.warning("%s: %s", self.own, error)
            self.notice = "avatar_not_saved"

    def export(self, looks: Looks) -> Path:
        """Write looks into the folder under a free name; returns the file. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        number = 1
        while (path := self.folder / f"avatar_{number}.loquat").exists():
            number += 1
        write(path, looks)
        return path

    def found(self) -> list[Path]:
        """The files in the folder by name, at most MOST_FILES."""
        try:
            names = sorted(entry.name for entry in os.scandir(self.folder) if entry.name.lower().endswith(ENDINGS))
        except OSError:
            return []
        return [self.folder / name for name in names[:MOST_FILES]]
