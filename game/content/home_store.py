"""The player's home on disk: as it is, and every stroke since the game was last left in order, so that undo outlives
a crash.

`room.json` is the room as it stands, `strokes.jsonl` a base and then a line for each stroke, undo and redo. Every line
begins with its CRC-32. A line is with the system before the stroke is answered, so that a kill loses the stroke in
hand at most; flushing it to the disk and writing the room are done by a thread of its own.
"""

import logging
import os
import queue
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO
from zlib import crc32

import msgspec
from msgspec import Struct

from game.content.check_furnished import furnished_problems
from game.content.disk import write_whole
from game.core.changes import Change, done, taken_back
from game.core.commands import Admit
from game.core.events import Built
from game.core.ids import TemplateId
from game.core.rooms import Room, Template, new_room

log = logging.getLogger(__name__)

FIRST_TEMPLATE = TemplateId("studio")
FOLDER = "rooms/home"
VERSION = 1
JOURNAL_MAX = 256_000_000
ROOM_MAX = 16_000_000


class Base(Struct, frozen=True, kw_only=True, tag="base", tag_field="k"):
    """The room before the first stroke of the journal; `next_item` was never given, nor any number above it."""

    version: int = VERSION
    number: int  # of strokes, undos and redos before
    room: Room
    next_item: int


class Stroked(Struct, frozen=True, kw_only=True, tag="stroke", tag_field="k"):
    change: Change
    next_item: int


class Undone(Struct, frozen=True, kw_only=True, tag="undo", tag_field="k"):
    pass


class Redone(Struct, frozen=True, kw_only=True, tag="redo", tag_field="k"):
    pass


class Left(Struct, frozen=True, kw_only=True, tag="left", tag_field="k"):
    """The game was left in order: the next one begins its strokes anew."""


Entry = Base | Stroked | Undone | Redone | Left


class Standing(Struct, frozen=True, kw_only=True):
    """What room.json says."""

    version: int = VERSION
    number: int
    room: Room
    next_item: int


class Kept(Struct, kw_only=True):
    """A home as it was left. `notice` is a text key where something of it was lost, "" where all is whole."""

    room: Room
    number: int = 0
    next_item: int = 1
    done: list[Change] = []
    undone: list[Change] = []
    notice: str = ""

    def admit(self) -> Admit:
        """The command that lets it into the world."""
        return Admit(room=self.room, done=tuple(self.done), undone=tuple(self.undone), next_item=self.next_item)


_entries = msgspec.json.Decoder(Entry)


def first_home(templates: Mapping[TemplateId, Template], name: str) -> Kept | None:
    """The home of who was never there: from FIRST_TEMPLATE, or from the first there is; None where there is none."""
    template = templates.get(FIRST_TEMPLATE) or next(iter(templates.values()), None)
    if template is None:
        return None
    room = new_room(template, name=name)
    return Kept(room=room, next_item=room.next_item)


class HomeStore:
    """Reads the home at the start, then writes each stroke."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self.room_path, self.journal_path = self.folder / "room.json", self.folder / "strokes.jsonl"
        self.failed = ""  # why the last stroke could not be written; "" when it could
        self._todo: queue.SimpleQueue[Standing | None] = queue.SimpleQueue()
        self._file: IO[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._number = 0

    # --- reading -------------------------------------------------------------------------------------------------

    def load(self) -> tuple[Kept | None, str]:
        """The home as it was left, None where there is none, and the text key of a notice.

        A damaged journal gives the last whole state of the two files; what cannot be read is set aside as *.old.
        """
        if not self.journal_path.exists() and not self.room_path.exists():
            return None, ""
        kept, whole = self._from_journal()
        standing = self._from_room()
        if standing is not None and (kept is None or (not whole and standing.number > kept.number)):
            kept = Kept(room=standing.room, number=standing.number, next_item=standing.next_item)
            whole = False
        if not whole:
            self._set_aside()
        if kept is None:
            return None, "home_lost"
        return kept, "" if whole else "home_damaged"

    def _from_journal(self) -> tuple[Kept | None, bool]:
        """What the journal leads to, as far as it can be read; and whether that is all but a torn last line."""
        try:
            if self.journal_path.stat().st_size > JOURNAL_MAX:
                return None, False
            lines = self.journal_path.read_bytes().split(b"\n")
        except OSError as error:
            log.warning("the strokes of the home cannot be read: %s", error)
            return None, False
        kept: Kept | None = None
        for at, line in enumerate(lines):
            if not line:
                continue
            try:
                kept = _after(kept, _entry(line))
            except ValueError as error:  # msgspec's errors are ValueErrors
                if at == len(lines) - 1 and kept is not None:
                    return kept, True
                log.warning("line %d of %s: %s", at + 1, self.journal_path, error)
                return kept, False
        return kept, kept is not None

    def _from_room(self) -> Standing | None:
        try:
            if self.room_path.stat().st_size > ROOM_MAX:
                raise ValueError("it is too large")
            found = msgspec.json.decode(self.room_path.read_bytes(), type=Standing)
            _check(found.version, found.room)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.warning("%s: %s", self.room_path, error)
            return None
        return found

    def _set_aside(self) -> None:
        for path in (self.room_path, self.journal_path):
            try:
                os.replace(path, path.with_name(path.name + ".old"))
            except FileNotFoundError:
                continue
            except OSError as error:
                log.warning("%s cannot be set aside: %s", path, error)

    # --- writing -------------------------------------------------------------------------------------------------

    def begin(self, kept: Kept) -> None:
        """Write the home as it is at the start; from now on strokes are added. Raises OSError."""
        base = kept.room
        for change in reversed(kept.done):
            base = taken_back(base, change)
        entries: list[Entry] = [Base(number=kept.number, room=base, next_item=kept.next_item)]
        for change in (*kept.done, *reversed(kept.undone)):
            entries.append(Stroked(change=change, next_item=kept.next_item))
        entries += [Undone() for _ in kept.undone]
        self._number = kept.number + len(entries) - 1
        write_whole(self.journal_path, b"".join(map(_line, entries)))
        write_whole(self.room_path, self._standing(kept.room, kept.next_item))
        self._file = self.journal_path.open("ab", buffering=0)
        self._thread = threading.Thread(target=self._write_all, name="home", daemon=True)
        self._thread.start()

    def note(self, built: Built, next_item: int) -> None:
        """Write what has just been done: a stroke, an undo or a redo; `next_item` is the first id not given yet."""
        if self._file is None:
            return
        entry: Entry
        if built.change is not None:
            entry = Stroked(change=built.change, next_item=next_item)
        else:
            entry = Undone() if built.stroke == "Undo" else Redone()
        self._number += 1
        if self._append(entry):
            self._todo.put(Standing(number=self._number, room=built.room, next_item=next_item))

    def close(self) -> None:
        """Write what is still to be written, and that the game was left in order."""
        if self._thread is None or self._file is None:
            return
        self._todo.put(None)
        self._thread.join()
        self._thread = None
        if not self.failed:
            self._append(Left())
        self._file.close()
        self._file = None

    def _standing(self, room: Room, next_item: int) -> bytes:
        return msgspec.json.encode(Standing(number=self._number, room=room, next_item=next_item))

    def _write_all(self) -> None:
        ends = False
        while not ends:
            last = got = self._todo.get()
            while got is not None and not self._todo.empty():
                got = self._todo.get()
                last = got if got is not None else last
            ends = got is None
            if last is None:
                return
            try:
                if self._file is not None:
                    os.fsync(self._file.fileno())
                write_whole(self.room_path, msgspec.json.encode(last))
            except OSError as error:
                self._fail(error)

    def _append(self, entry: Entry) -> bool:
        """Hand a line to the system; after one that could not be written the journal gets no more, or it would lie."""
        if self._file is None or self.failed:
            return False
        try:
            self._file.write(_line(entry))
        except OSError as error:
            self._fail(error)
            return False
        return True

    def _fail(self, error: OSError) -> None:
        log.error("the home cannot be written: %s", error)
        self.failed = str(error)


def _line(entry: Entry) -> bytes:
    data = msgspec.json.encode(entry)
    return b"%08x %s\n" % (crc32(data), data)


def _entry(line: bytes) -> Entry:
    """What a line says. Raises ValueError where it is damaged."""
    mark, _, data = line.partition(b" ")
    if len(mark) != 8 or int(mark, 16) != crc32(data):
        raise ValueError("its checksum is another")
    entry: Entry = _entries.decode(data)
    return entry


def _after(kept: Kept | None, entry: Entry) -> Kept:
    """A home after one more line. Raises ValueError where that cannot be."""
    if isinstance(entry, Base):
        _check(entry.version, entry.room)
        return Kept(room=entry.room, number=entry.number, next_item=entry.next_item, done=[], undone=[])
    if kept is None:
        raise ValueError("there is no base before it")
    kept.number += 1
    match entry:
        case Stroked():
            kept.room = done(kept.room, entry.change)
            kept.next_item = max(kept.next_item, entry.next_item)
            kept.done.append(entry.change)
            kept.undone.clear()
        case Undone() if kept.done:
            change = kept.done.pop()
            kept.room = taken_back(kept.room, change)
            kept.undone.append(change)
        case Redone() if kept.undone:
            change = kept.undone.pop()
            kept.room = done(kept.room, change)
            kept.done.append(change)
        case Left():
            kept.done.clear()
            kept.undone.clear()
        case _:
            raise ValueError("there is nothing to take back, or to do again")
    return kept


def _check(version: int, room: Room) -> None:
    if version != VERSION:
        raise ValueError(f"version {version} is not {VERSION}")
    problems: Sequence[object] = furnished_problems(room)
    if problems:
        raise ValueError(f"no sound room: {problems[0]}")
