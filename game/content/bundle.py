"""A room as one file, `*.loquat`: what stands where, the players' goods with their models and signed offers, pictures.

docs/bundle.md is the specification. The same room is the same bytes, and bytes that are taken are packed again to the
same bytes. Whoever made a file, `unpack` checks every size and count before it reads or makes anything of that size.
"""

import os
import stat
import struct
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from game.content.check_furnished import furnished_problems
from game.content.check_goods import made_problems
from game.content.check_models import Facts, check_fit, read_model, texture_bytes
from game.content.goods_store import check_thumb, split_offers
from game.content.manifest import MODEL, WORN, canonical, good_of, is_made, read_made
from game.content.parse import SNAKE_CASE
from game.content.pictures_store import check_picture
from game.content.problems import format_problem
from game.core.budget import ITEMS_MAX, Weight, too_heavy, weight_of
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import HOME, GoodId, RoomToken
from game.core.rooms import Room

MAGIC = b"loquat bundle 1\n"
VERSION = 1
BUNDLE_BYTES_MAX = 128 * 2**20
INDEX_BYTES_MAX = 4 * 2**20
ROOM_BYTES_MAX = 4 * 2**20
MANIFEST_BYTES_MAX = 64 * 1024
BLOBS_MAX = 5 * ITEMS_MAX + 1

_HEAD = struct.Struct("<16sI")
_T = TypeVar("_T")

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Optional = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")]


class BundleError(GameError):
    """A file that is not taken; `reason` is a text key, the message says in plain words what is wrong with it."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class BundledGood(Struct, frozen=True, kw_only=True):
    """A good that the room shows. Of the street's own goods only the manifest is there: everybody has their models.

    `good` is None for these. `offers` are JSON objects that only the market can read.
    """

    id: GoodId
    manifest: bytes
    good: Good | None = None
    model: bytes = b""
    worn: bytes = b""
    thumb: bytes = b""
    offers: tuple[bytes, ...] = ()


class Bundle(Struct, frozen=True, kw_only=True):
    """A room with all that it shows; `token` is what it says to be on the chain, which the chain alone knows.

    `pictures` are by SHA-256 in hex; `weights` of the players' goods by id and of the pictures.
    """

    room: Room
    goods: tuple[BundledGood, ...] = ()  # by id
    pictures: dict[str, bytes] = {}
    token: RoomToken | None = None
    weights: dict[str, Weight] = {}


class _Blob(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    sha256: Sha256
    bytes: Annotated[int, Meta(ge=1, le=BUNDLE_BYTES_MAX)]


class _Good(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    id: Annotated[GoodId, Meta(max_length=64)]
    manifest: Sha256
    price_coins: Annotated[str, Meta(max_length=60)] = ""
    room_share_bps: int = 0
    thumb: Optional = ""
    offers: Optional = ""


class _Index(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    version: int
    room: Sha256
    token: Annotated[str, Meta(pattern=r"^(0x[0-9a-f]{64})?$")]
    goods: Annotated[tuple[_Good, ...], Meta(max_length=ITEMS_MAX)]
    blobs: Annotated[tuple[_Blob, ...], Meta(max_length=BLOBS_MAX)]


# --- writing -----------------------------------------------------------------------------------------------------


def pack(bundle: Bundle, known: Mapping[str, Weight] | None = None) -> bytes:
    """The file of a room. Raises BundleError where `unpack` would refuse it; `known` as there."""
    blobs: dict[str, bytes] = {}

    def add(content: bytes) -> str:
        name = sha256(content).hexdigest()
        blobs[name] = content
        return name

    room = add(canonical(msgspec.structs.replace(bundle.room, id=HOME)))
    goods = []
    for each in sorted(bundle.goods, key=lambda each: each.id):
        good = each.good
        for model in (each.model, each.worn):
            if model:
                add(model)
        goods.append(
            _Good(
                id=each.id,
                manifest=add(each.manifest),
                price_coins=good.terms.price_coins if good is not None else "",
                room_share_bps=good.terms.room_share_bps if good is not None else 0,
                thumb=add(each.thumb) if each.thumb else "",
                offers=add(b"[" + b",\n".join(each.offers) + b"]\n") if each.offers else "",
            )
        )
    for picture in bundle.pictures.values():
        add(picture)
    index = _Index(
        version=VERSION,
        room=room,
        token="" if bundle.token is None else f"0x{bundle.token:064x}",
        goods=tuple(goods),
        blobs=tuple(_Blob(sha256=name, bytes=len(blobs[name])) for name in sorted(blobs)),
    )
    text = canonical(index)
    content = b"".join((_HEAD.pack(MAGIC, len(text)), text, *(blobs[name] for name in sorted(blobs))))
    unpack(content, known)
    return content


# --- reading -----------------------------------------------------------------------------------------------------


def read_file(path: Path) -> bytes:
    """A file that may be a bundle, once it is known to be a file and not too large. Raises BundleError, OSError."""
    with open(path, "rb", opener=_open_at_once) as file:
        told = os.fstat(file.fileno())
        if not stat.S_ISREG(told.st_mode):
            raise BundleError("bundle_no_file", f"{path} is no file")
        if told.st_size > BUNDLE_BYTES_MAX:
            raise _too_large(told.st_size)
        return file.read(BUNDLE_BYTES_MAX + 1)


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # a pipe that nobody writes to would wait for ever


def unpack(content: bytes, known: Mapping[str, Weight] | None = None) -> Bundle:
    """The room in a file, every part of it checked. Raises BundleError with the first thing that is wrong.

    `known` are the weights of what comes with the game: with them the room is held to its budget as a whole.
    """
    try:
        return _Unpacking(content).bundle(known or {})
    except BundleError:
        raise
    except GameError as error:
        raise BundleError("bundle_against_rules", str(error)) from None


class _Unpacking:
    def __init__(self, content: bytes) -> None:
        if len(content) > BUNDLE_BYTES_MAX:
            raise _too_large(len(content))
        self.index, start = _index(content)
        self.blobs = dict(_blobs(content, self.index.blobs, start))
        self.used: set[str] = set()
        self.facts: dict[str, Facts] = {}  # of models, which goods may share

    def bundle(self, known: Mapping[str, Weight]) -> Bundle:
        room = self._room()
        shown = sorted({item.good for item in room.items if item.good})
        if [good.id for good in self.index.goods] != shown:
            raise _damaged("its goods are not those that the room shows, in their order")
        weights: dict[str, Weight] = {}
        goods = tuple(self._good(entry, weights) for entry in self.index.goods)
        pictures = {}
        for name in sorted({item.picture for item in room.items if item.picture}):
            pictures[name] = self._take(name, "a picture")
            width_px, height_px = check_picture(pictures[name])
            weights[name] = Weight(
                texture_bytes=texture_bytes(width_px, height_px), file_bytes=len(pictures[name])
            )
        if unused := self.blobs.keys() - self.used:
            raise _damaged(f"{len(unused)} of its blobs belong to nothing")
        if field := too_heavy(weight_of(room, {**known, **weights})):
            raise BundleError("bundle_too_heavy", f"the room has more {field.replace('_', ' ')} than a room may have")
        token = RoomToken(int(self.index.token, 16)) if self.index.token else None
        return Bundle(room=room, goods=goods, pictures=pictures, token=token, weights=weights)

    def _take(self, name: str, what: str) -> bytes:
        if name not in self.blobs:
            raise _damaged(f"{what} is not in it")
        self.used.add(name)
        return self.blobs[name]

    def _room(self) -> Room:
        text = self._take(self.index.room, "the room")
        if len(text) > ROOM_BYTES_MAX:
            raise _damaged(f"the room has {len(text):,} bytes, more than {ROOM_BYTES_MAX:,}")
        room = _decoded(text, Room, "the room")
        if problems := furnished_problems(room, "room"):
            raise BundleError("bundle_against_rules", "\n".join(map(format_problem, problems[:5])))
        return room

    def _good(self, entry: _Good, weights: dict[str, Weight]) -> BundledGood:
        manifest = self._take(entry.manifest, f"the manifest of {entry.id}")
        if len(manifest) > MANIFEST_BYTES_MAX:
            raise _damaged(f"the manifest of {entry.id} has more than {MANIFEST_BYTES_MAX:,} bytes")
        offers: tuple[bytes, ...] = ()
        if entry.offers:
            raw = self._take(entry.offers, f"the offers of {entry.id}")
            offers = split_offers(raw)
            if raw != b"[" + b",\n".join(offers) + b"]\n" or not offers:
                raise _damaged(f"the offers of {entry.id} are not written as they should be")
        if not is_made(entry.id):
            return self._street_good(entry, manifest, offers)
        good = good_of(manifest, price_coins=entry.price_coins, room_share_bps=entry.room_share_bps)
        if good.id != entry.id:
            raise _damaged(f"the manifest of {entry.id} is that of another good")
        if problems := made_problems(good, good.id):
            raise BundleError("bundle_against_rules", "\n".join(map(format_problem, problems[:5])))
        models = {MODEL: b"", WORN: b""}
        weight = Weight()
        for file in read_made(manifest).files:
            model = models[file.role] = self._take(file.sha256, f"a model of {entry.id}")
            if len(model) != file.bytes:
                raise _damaged(f"a model of {entry.id} is not as long as its manifest says")
            facts = self.facts[file.sha256] = self.facts.get(file.sha256) or read_model(model)
            check_fit(facts, good, worn=file.role == WORN)
            if file.role == MODEL:
                weight = Weight(
                    triangles=facts.triangles, texture_bytes=facts.texture_bytes, file_bytes=facts.file_bytes
                )
        weights[entry.id] = weight
        thumb = b""
        if entry.thumb:
            thumb = self._take(entry.thumb, f"the picture of {entry.id}")
            check_thumb(thumb)
        return BundledGood(
            id=entry.id, manifest=manifest, good=good, model=models[MODEL], worn=models[WORN], thumb=thumb,
            offers=offers,
        )  # fmt: skip

    def _street_good(self, entry: _Good, manifest: bytes, offers: tuple[bytes, ...]) -> BundledGood:
        named = _decoded(manifest, _StreetManifest, f"the manifest of {entry.id}", whole=False)
        if named.id != entry.id or not SNAKE_CASE.fullmatch(entry.id):
            raise _damaged(f"the manifest of {entry.id[:40]!r} is that of another good")
        if entry.price_coins or entry.room_share_bps or entry.thumb:
            raise _damaged(f"{entry.id} is no player's good, and comes with what only these have")
        return BundledGood(id=entry.id, manifest=manifest, offers=offers)


class _StreetManifest(Struct):
    id: str


def _index(content: bytes) -> tuple[_Index, int]:
    """The index, and where the blobs begin."""
    if len(content) < _HEAD.size or not content.startswith(MAGIC[:14]):
        raise BundleError("bundle_not_one", "this is no room's file")
    magic, length = _HEAD.unpack_from(content)
    if magic != MAGIC:
        raise BundleError("bundle_newer", "the file is of another version of Loquat")
    if length > INDEX_BYTES_MAX or _HEAD.size + length > len(content):
        raise _damaged("its index is too long or cut off")
    index = _decoded(content[_HEAD.size : _HEAD.size + length], _Index, "its index")
    if index.version != VERSION:
        raise BundleError("bundle_newer", f"its index has version {index.version}, known is {VERSION}")
    return index, _HEAD.size + length


def _blobs(content: bytes, entries: tuple[_Blob, ...], start: int) -> Iterator[tuple[str, bytes]]:
    """Every blob by its SHA-256: sizes, order and end are checked first, then each hash."""
    if start + sum(entry.bytes for entry in entries) != len(content):
        raise _damaged("it is longer or shorter than its index says")
    names = [entry.sha256 for entry in entries]
    if any(one >= other for one, other in pairwise(names)):
        raise _damaged("its blobs are not in order")
    at = start
    for entry in entries:
        blob = content[at : at + entry.bytes]
        if sha256(blob).hexdigest() != entry.sha256:
            raise _damaged("a blob is not what its hash says")
        yield entry.sha256, blob
        at += entry.bytes


def _decoded(text: bytes, into: type[_T], what: str, *, whole: bool = True) -> _T:
    """Canonical JSON of a type; with `whole` False other fields may be there, and its form is not looked at."""
    try:
        found = msgspec.json.decode(text, type=into)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(f"{what} cannot be read ({error})") from None
    if whole and canonical(found) != text:
        raise _damaged(f"{what} is not in canonical form")
    return found


def _damaged(what: str) -> BundleError:
    return BundleError("bundle_damaged", f"the file is damaged: {what}; ask for another copy")


def _too_large(size: int) -> BundleError:
    return BundleError("bundle_too_large", f"the file has {size:,} bytes, more than {BUNDLE_BYTES_MAX:,}")
