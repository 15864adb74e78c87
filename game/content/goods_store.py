"""The players' goods that one home knows: made here, or met in others' rooms. A folder each, `<home>/goods/<good id>`.

    good.json        the good as the game shows it, with the price it was last seen at
    manifest.json    what it is; its hash is its id (see manifest.py)
    model.glb, worn.glb
    thumb.png        a picture of it, if there is one
    offers.json      a JSON list of signed offers, which only the market can read

Nothing that is read is trusted: what does not fit its id is set aside under `<home>/goods/damaged`, and `set_aside`
tells which goods those are.
"""

import logging
import os
import secrets
import shutil
import time
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.check_goods import made_problems
from game.content.disk import flush_folder, write_new, write_whole
from game.content.images import read_picture
from game.content.manifest import MODEL, WORN, MadeManifest, good_of, is_made, made_id, made_manifest, read_made
from game.content.problems import ContentError
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId

log = logging.getLogger(__name__)

GOOD_FILE, MANIFEST_FILE, THUMB_FILE, OFFERS_FILE = "good.json", "manifest.json", "thumb.png", "offers.json"
FILES = {MODEL: "model.glb", WORN: "worn.glb"}
JSON_BYTES_MAX = 64 * 1024
THUMB_BYTES_MAX = 512 * 1024
THUMB_SIDE_MAX_PX = 1024
OFFERS_MAX = 32
DRAFTS_LAST_SECS = 24 * 3600.0

_DAMAGED, _DRAFT = "damaged", ".draft-"


class StoredGood(Struct, frozen=True, kw_only=True):
    """A player's good with what belongs to it. `offers` are JSON objects as the market wrote them."""

    good: Good
    manifest: bytes
    offers: tuple[bytes, ...] = ()
    thumb: Path | None = None


class SetAside(Struct, frozen=True, kw_only=True):
    """A good that could not be read, why, and where its files are now."""

    good_id: GoodId
    why: str
    folder: Path


class GoodsStore:
    """The players' goods of one home. Every good that it gives fits its id, and so does every model's file."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "goods"
        self.set_aside: list[SetAside] = []
        self._known: dict[GoodId, StoredGood] = {}
        self._sound: dict[Path, tuple[int, int]] = {}  # files whose hash was right: time and size then
        self._sweep()

    # --- writing -------------------------------------------------------------------------------------------------

    def put(
        self,
        good: Good,
        model: bytes,
        *,
        worn: bytes | None = None,
        thumb: bytes | None = None,
        offers: tuple[bytes, ...] | None = None,
    ) -> Good:
        """Keep a good; the id in `good` is ignored and the true one is in the good that is returned.

        The same good put again mends its files and takes up its price, and picture and offers where they are given.
        Raises GameError when its words, numbers or picture break a rule, OSError when nothing can be written. The
        models are not looked into: see check_assets.
        """
        files = {MODEL: model} | ({} if worn is None else {WORN: worn})
        manifest = made_manifest(good, files)
        made = read_made(manifest)
        good = msgspec.structs.replace(good, id=made_id(manifest))
        if problems := made_problems(good, good.id):
            raise ContentError(problems)
        contents = {GOOD_FILE: _encode(good), MANIFEST_FILE: manifest}
        contents |= {FILES[file.role]: files[file.role] for file in made.files}
        if thumb is not None:
            check_thumb(thumb)
            contents[THUMB_FILE] = thumb
        if offers is not None:
            contents[OFFERS_FILE] = _joined(offers)
        self._write(good.id, contents)
        self._known.pop(good.id, None)
        return good

    def set_offers(self, good_id: GoodId, offers: tuple[bytes, ...]) -> None:
        """Keep these signed offers of a good in place of those before. Raises GameError when the good is not here."""
        if self.get(good_id) is None:
            raise GameError(f"{good_id} is not in {self.folder}; keep the good before its offers")
        write_whole(self.folder / good_id / OFFERS_FILE, _joined(offers))
        self._known.pop(good_id, None)

    def _write(self, good_id: GoodId, contents: dict[str, bytes]) -> None:
        """All files in one move where the good is new, else each that differs."""
        there = self.folder / good_id
        if not there.is_dir():
            draft = self.folder / f"{_DRAFT}{good_id}-{os.getpid()}-{secrets.token_hex(4)}"
            draft.mkdir(parents=True)
            try:
                for name, content in contents.items():
                    write_new(draft / name, content)
                flush_folder(draft)
                draft.rename(there)
                flush_folder(self.folder)
                return
            except FileExistsError:  # another game of this home was faster
                shutil.rmtree(draft, ignore_errors=True)
            except BaseException:
                shutil.rmtree(draft, ignore_errors=True)
                if not there.is_dir():
                    raise
        for name, content in contents.items():
            if _read(there / name, len(content)) != content:
                write_whole(there / name, content)

    # --- reading -------------------------------------------------------------------------------------------------

    def get(self, good_id: GoodId) -> StoredGood | None:
        """A good by its id; None where it is not here, or was damaged and is set aside now."""
        if good_id not in self._known:
            if not is_made(good_id) or not (self.folder / good_id).is_dir():
                return None
            try:
                self._known[good_id] = self._open(good_id)
            except GameError as error:
                self._put_aside(good_id, str(error))
                return None
        return self._known[good_id]

    def all(self) -> tuple[StoredGood, ...]:
        """Every good that is sound, in the order of their ids. Their models are looked at when they are asked for."""
        try:
            names = sorted(entry.name for entry in os.scandir(self.folder) if is_made(entry.name))
        except OSError:
            return ()
        return tuple(found for name in names if (found := self.get(GoodId(name))) is not None)

    def model_path(self, good_id: GoodId, *, worn: bool = False) -> Path | None:
        """The model of a good, as it stands or as it is worn; None where there is none, or it is set aside now."""
        found = self.get(good_id)
        if found is None:
            return None
        role = WORN if worn else MODEL
        file = next((file for file in read_made(found.manifest).files if file.role == role), None)
        if file is None:
            return None
        path = self.folder / good_id / FILES[role]
        if not self._is_sound(path, file.sha256, file.bytes):
            self._put_aside(good_id, f"{path.name} is not the model that the good was made with")
            return None
        return path

    def model(self, good_id: GoodId, *, worn: bool = False) -> bytes | None:
        """What is in the file of `model_path`."""
        path = self.model_path(good_id, worn=worn)
        return None if path is None else path.read_bytes()

    def refresh(self) -> None:
        """Look at the folder anew: something else may have written there."""
        self._known.clear()

    def _open(self, good_id: GoodId) -> StoredGood:
        """Raises GameError when a file is missing or does not fit the id."""
        folder = self.folder / good_id
        manifest = _read(folder / MANIFEST_FILE, JSON_BYTES_MAX)
        if manifest is None:
            raise GameError(f"{MANIFEST_FILE} cannot be read")
        if made_id(manifest) != good_id:
            raise GameError(f"{MANIFEST_FILE} is that of another good")
        good = _good(folder, read_made(manifest), manifest)
        if problems := made_problems(good, good_id):
            raise ContentError(problems)
        return StoredGood(good=good, manifest=manifest, offers=_offers(folder), thumb=_thumb(folder))

    def _is_sound(self, path: Path, digest: str, size: int) -> bool:
        try:
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if self._sound.get(path) == stamp:
                return True
            if stat.st_size != size or sha256(path.read_bytes()).hexdigest() != digest:
                return False
        except OSError:
            return False
        self._sound[path] = stamp
        return True

    def _put_aside(self, good_id: GoodId, why: str) -> None:
        self._known.pop(good_id, None)
        aside = self.folder / _DAMAGED / f"{good_id}-{time.time_ns()}"
        try:
            aside.parent.mkdir(exist_ok=True)
            (self.folder / good_id).rename(aside)
        except OSError as error:
            log.warning("%s cannot be set aside: %s", good_id, error)
            aside = self.folder / good_id
        log.warning("the good %s is damaged (%s); its files are in %s", good_id, why, aside)
        self.set_aside.append(SetAside(good_id=good_id, why=why, folder=aside))

    def _sweep(self) -> None:
        """Remove drafts that a crash left."""
        if not self.folder.is_dir():
            return
        for draft in self.folder.glob(f"{_DRAFT}*"):
            if time.time() - draft.stat().st_mtime > DRAFTS_LAST_SECS:
                shutil.rmtree(draft, ignore_errors=True)


def _encode(good: Good) -> bytes:
    return msgspec.json.format(msgspec.json.encode(good), indent=1) + b"\n"


def _read(path: Path, most: int) -> bytes | None:
    """A file of at most so many bytes; None where there is no such file."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError:
        return None
    return content if len(content) <= most else None


def _good(folder: Path, made: MadeManifest, manifest: bytes) -> Good:
    """The good of a manifest at the price that good.json tells; without that file, at a price that says nothing."""
    try:
        kept = msgspec.json.decode(_read(folder / GOOD_FILE, JSON_BYTES_MAX) or b"", type=Good)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise GameError(f"{GOOD_FILE} cannot be read") from None
    good = good_of(manifest, price_coins=kept.terms.price_coins, room_share_bps=kept.terms.room_share_bps)
    if good != kept:
        raise GameError(f"{GOOD_FILE} says other things than {MANIFEST_FILE}")
    return good


def _joined(offers: tuple[bytes, ...]) -> bytes:
    """Signed offers as one JSON list. Raises GameError when they are no JSON objects, or too many or too long."""
    if len(offers) > OFFERS_MAX:
        raise GameError(f"{len(offers)} offers of one good are more than {OFFERS_MAX}; cancel some")
    joined = b"[" + b",\n".join(offers) + b"]\n"
    split_offers(joined)
    return joined


def split_offers(content: bytes) -> tuple[bytes, ...]:
    """The signed offers in a JSON list, each as it was written. Raises GameError when it is none, or too much."""
    if len(content) > JSON_BYTES_MAX:
        raise GameError(f"the offers have {len(content)} bytes, more than {JSON_BYTES_MAX}; cancel some")
    try:
        msgspec.json.decode(content, type=list[dict[str, object]])
        parts = msgspec.json.decode(content, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise GameError(f"the offers are no list of JSON objects ({error}); sign them again") from None
    if len(parts) > OFFERS_MAX:
        raise GameError(f"{len(parts)} offers of one good are more than {OFFERS_MAX}; cancel some")
    return tuple(bytes(part) for part in parts)


def _offers(folder: Path) -> tuple[bytes, ...]:
    if not (folder / OFFERS_FILE).exists():
        return ()
    content = _read(folder / OFFERS_FILE, JSON_BYTES_MAX)
    if content is None:
        raise GameError(f"{OFFERS_FILE} cannot be read")
    return split_offers(content)


def _thumb(folder: Path) -> Path | None:
    """The picture of a good; a damaged one is as good as none."""
    content = _read(folder / THUMB_FILE, THUMB_BYTES_MAX)
    if content is None:
        return None
    try:
        check_thumb(content)
    except GameError as error:
        log.warning("%s: %s", folder / THUMB_FILE, error)
        return None
    return folder / THUMB_FILE


def check_thumb(content: bytes) -> None:
    """Raises GameError where this is no picture that a good can have."""
    if len(content) > THUMB_BYTES_MAX:
        raise GameError(f"the picture has {len(content)} bytes, more than {THUMB_BYTES_MAX}; make it smaller")
    if read_picture(content, side_max_px=THUMB_SIDE_MAX_PX).kind != "image/png":
        raise GameError("the picture is no PNG; save it as one")
