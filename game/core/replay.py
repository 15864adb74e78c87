"""Sessions on disk: what went into every step, so that the same session can be played again and compared.

A file is JSON lines: a `Header`, then `Ticks`, and an `End` when the session was closed properly. A session that was
cut off plays as far as it was written; a torn last line is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec
from msgspec import Struct

from game.core.budget import Weight
from game.core.commands import Command
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId, PieceId, PlaceId, TemplateId
from game.core.orchard_rules import OrchardRules
from game.core.places import Place
from game.core.ports import Update
from game.core.rooms import Piece, Template
from game.core.step import step
from game.core.world import World, new_world

VERSION = 1
CATALOGUE = ("places", "goods", "kit", "templates", "weights", "orchard_rules")  # what the digest of a world leaves out
MOST_TIMES = 30  # ticks kept back from the file: a crash loses half a second of the session at most


class Header(Struct, frozen=True, kw_only=True, tag="header"):
    """How the session began; `catalogue` is the digest of the places and goods that it was played with."""

    seed: int
    start: PlaceId
    catalogue: str
    session: str = ""
    version: int = VERSION


class Ticks(Struct, frozen=True, kw_only=True, tag="ticks", tag_field="k", omit_defaults=True):
    """`times` equal ticks in a row."""

    commands: tuple[Command, ...] = msgspec.field(default=(), name="c")
    updates: tuple[Update, ...] = msgspec.field(default=(), name="u")
    times: int = msgspec.field(default=1, name="x")


class End(Struct, frozen=True, kw_only=True, tag="end", tag_field="k"):
    """How the world was left."""

    ticks: int
    digest: str


_line = msgspec.json.Decoder(Ticks | End)


def catalogue_digest(world: World) -> str:
    """SHA-256 in hex of all places and goods, and of what rooms are furnished with."""
    all_of_it = msgspec.to_builtins([getattr(world, name) for name in CATALOGUE], str_keys=True)  # words go by hashes
    return sha256(msgspec.json.encode(all_of_it, order="sorted")).hexdigest()


def digest(world: World) -> str:
    """SHA-256 in hex of everything in the world that changes, its generator included."""
    state: dict[str, object] = {
        field.name: getattr(world, field.name)
        for field in fields(world)
        if field.name not in (*CATALOGUE, "rng")
    }
    state["rng"] = repr(world.rng.getstate())
    plain = msgspec.to_builtins(state, str_keys=True)  # trees and plots are known by numbers
    return sha256(msgspec.json.encode(plain, order="deterministic")).hexdigest()


class Recorder:
    """Writes a session while it is played; equal ticks in a row become one line."""

    def __init__(self, path: Path, world: World, *, seed: int, session: str = "") -> None:
        """Begin a file for a fresh world. Raises GameError when the world has been stepped already."""
        if world.tick != 0:
            raise GameError(f"{path}: a recording starts at tick 0, not {world.tick}; make it before the first step")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = path.open("wb")
        self._ticks = 0
        self._pending: Ticks | None = None
        catalogue = catalogue_digest(world)
        self._write(Header(seed=seed, session=session, start=world.place_id, catalogue=catalogue))

    def record(self, commands: Sequence[Command], updates: Sequence[Update] = ()) -> None:
        """Note what the next step will be given; call it before the step."""
        self._ticks += 1
        pending = self._pending
        tick = Ticks(commands=tuple(commands), updates=tuple(updates))
        same = pending is not None and (pending.commands, pending.updates) == (tick.commands, tick.updates)
        if pending is not None and same and pending.times < MOST_TIMES:
            self._pending = msgspec.structs.replace(pending, times=pending.times + 1)
            return
        self._flush_pending()
        self._pending = tick

    def close(self, world: World) -> None:
        """End the file with the digest of the world as it was left."""
        self._flush_pending()
        self._write(End(ticks=self._ticks, digest=digest(world)))
        self._file.close()

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._file.closed:
            self._flush_pending()
            self._file.close()

    def _flush_pending(self) -> None:
        if self._pending is not None:
            self._write(self._pending)
            self._pending = None

    def _write(self, line: Header | Ticks | End) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")
        self._file.flush()


def read(path: Path) -> tuple[Header, list[Ticks], End | None]:
    """A recorded session. Raises GameError where the file is not one; a torn last line is left out."""
    lines = path.read_bytes().split(b"\n")
    try:
        header = msgspec.json.decode(lines[0], type=Header)
    except msgspec.MsgspecError as error:
        raise GameError(f"{path}: line 1: not a recording ({error}); record the session anew") from error
    if header.version != VERSION:
        raise GameError(f"{path}: version {header.version} is not {VERSION}; play it with the game that recorded it")
    ticks: list[Ticks] = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            entry = _line.decode(line) if line else None
        except msgspec.MsgspecError as error:
            if number == len(lines):
                break
            raise GameError(f"{path}: line {number}: {error}; the file is damaged there") from error
        if isinstance(entry, End):
            return header, ticks, entry
        if entry is not None:
            ticks.append(entry)
    return header, ticks, None


def inputs(ticks: Sequence[Ticks]) -> Iterator[tuple[tuple[Command, ...], tuple[Update, ...]]]:
    """What each single tick was given."""
    for entry in ticks:
        for _ in range(entry.times):
            yield entry.commands, entry.updates


class Playback:
    """A recorded session that is played on, each time from where it was, while its file may still grow."""

    def __init__(
        self, path: Path, places: dict[PlaceId, Place], goods: dict[GoodId, Good], *,
        kit: dict[PieceId, Piece] | None = None, templates: dict[TemplateId, Template] | None = None,
        weights: dict[str, Weight] | None = None, orchard_rules: OrchardRules | None = None,
    ) -> None:  # fmt: skip
        """Begin the world of the file. Raises GameError where its catalogue is another than the recorded one."""
        header, _, _ = read(path)
        if header.start not in places:
            raise GameError(f"{path}: it begins in {header.start!r}, which is no place; play it with its own scenes")
        self.path = path
        self.world = new_world(
            places, goods, start=header.start, seed=header.seed, session=header.session, kit=kit, templates=templates,
            weights=weights, orchard_rules=orchard_rules,
        )  # fmt: skip
        catalogue = catalogue_digest(self.world)
        if header.catalogue != catalogue:
            raise GameError(
                f"{path}: recorded with catalogue {header.catalogue[:12]}, not {catalogue[:12]}; "
                "play it with the scenes that it was recorded with"
            )
        self._played = 0  # entries of the file

    def play_on(self) -> World:
        """Play what was written since; the same world each time. Raises GameError when it comes out differently."""
        _, ticks, end = read(self.path)
        for commands, updates in inputs(ticks[self._played :]):
            step(self.world, commands, updates)
        self._played = len(ticks)
        if end is not None and (end.ticks, end.digest) != (self.world.tick, digest(self.world)):
            raise GameError(
                f"{self.path}: played to tick {self.world.tick} with digest {digest(self.world)[:12]}, recorded as "
                f"tick {end.ticks} with {end.digest[:12]}; a rule has changed since, or is not deterministic"
            )
        return self.world


def play(
    path: Path, places: dict[PlaceId, Place], goods: dict[GoodId, Good], *, kit: dict[PieceId, Piece] | None = None,
    templates: dict[TemplateId, Template] | None = None, weights: dict[str, Weight] | None = None,
    orchard_rules: OrchardRules | None = None,
) -> World:  # fmt: skip
    """Play a recorded session to its end and return the world.

    Raises GameError when the catalogue is another than the recorded one, or when the world comes out differently.
    """
    return Playback(
        path, places, goods, kit=kit, templates=templates, weights=weights, orchard_rules=orchard_rules
    ).play_on()
