"""Goods in the making: drafts that one home keeps until they are signed, a folder each, `<home>/workshop/<draft id>`.

    draft.json       words, terms, what it was made from
    model.glb, worn.glb
    thumb.png        a picture of it, if one was taken

A draft becomes a good of the goods store by `finish`; its id follows from its content then.
"""

import logging
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.check_goods import made_problems
from game.content.check_models import check_fit, read_model
from game.content.disk import flush_folder, write_new, write_whole
from game.content.fitting import Fit
from game.content.goods_store import GoodsStore
from game.content.imports.notes import Note
from game.content.manifest import MODEL, WORN, made_id, made_manifest
from game.content.problems import ContentError, Problem
from game.core.errors import GameError
from game.core.goods import Good, Terms, Text, Vec3, Wear, coins_to_wei
from game.core.ids import GoodId, MakerId, Wei
from game.core.terms import GoodTerms
from game.core.trade import SignOffer

log = logging.getLogger(__name__)

DRAFT_FILE, MODEL_FILE, WORN_FILE, THUMB_FILE = "draft.json", "model.glb", "worn.glb", "thumb.png"
DRAFT_BYTES_MAX = 64 * 1024
DRAFTS_MAX = 500
LICENCE = "CC-BY-4.0"
_ID = re.compile(r"d[0-9a-f]{12}")


class Asking(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """On which terms a draft is to be sold; with an `end_coins` the price falls there until the end date."""

    price_coins: str = "10"
    end_coins: str = ""
    end_date: str = ""  # "2027-03-01", the last day on which it is sold, UTC; "": for ever
    edition: int = 50
    royalty_bps: int = 500
    room_share_bps: int = 1000


class Draft(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A good in the making. `recipe` and `values` are those of a good that was made by its knobs."""

    id: str
    kind: str
    size_m: Vec3
    name: Text = Text(en="", zh="")
    story: Text = Text(en="", zh="")
    tags: tuple[str, ...] = ()
    licence: str = LICENCE
    wear: Wear | None = None
    fit: Fit = Fit()  # how its maker put on what is worn
    hangs: bool = False
    asking: Asking = Asking()
    source: str = ""  # the name of the file that it came from
    recipe: str = ""
    values: dict[str, float | str] = {}
    notes: tuple[Note, ...] = ()  # what the import said
    good: str = ""  # the id of the good that it became


def new_id() -> str:
    """An id that no draft has."""
    return "d" + secrets.token_hex(6)


def good_of_draft(draft: Draft, maker: MakerId) -> Good:
    """The good that a draft would become. A text in one language alone stands for both."""
    asking = draft.asking
    return Good(
        id=GoodId(draft.id), kind=draft.kind, maker=maker, name=_both(draft.name), story=_both(draft.story),
        size_m=draft.size_m, licence=draft.licence, wear=draft.wear, hangs=draft.hangs, tags=draft.tags,
        terms=Terms(
            price_coins=asking.price_coins, edition=asking.edition, royalty_bps=asking.royalty_bps,
            room_share_bps=asking.room_share_bps,
        ),
    )  # fmt: skip


def draft_problems(draft: Draft, maker: MakerId, now: datetime) -> list[Problem]:
    """What keeps a draft from being signed: the rules of `check`, and those of its offer."""
    problems = made_problems(good_of_draft(draft, maker), draft.id)
    asking = draft.asking
    if asking.end_date:
        try:
            if _ends(asking.end_date) <= now:
                problems.append(Problem(draft.id, "asking.end_date", "is over", "choose a later day"))
        except ValueError:
            rule = f"{asking.end_date!r} is no date"
            problems.append(Problem(draft.id, "asking.end_date", rule, "write it as 2027-03-01"))
    if asking.end_coins:
        if not asking.end_date:
            rule = "is missing where the price falls"
            problems.append(Problem(draft.id, "asking.end_date", rule, "say until when"))
        try:
            end, begin = _wei(asking.end_coins, "end_coins"), _wei(asking.price_coins, "price_coins")
            if not 0 < end < begin:
                rule = f"{asking.end_coins} is not between 0 and the price at the start"
                problems.append(Problem(draft.id, "asking.end_coins", rule, "write a lower price, or none"))
        except GameError as error:
            problems.append(Problem(draft.id, "asking.end_coins", str(error), 'write coins such as "12.50"'))
    return problems


def _wei(coins: str, name: str) -> Wei:
    return coins_to_wei(coins, where=f"asking.{name}")


def _ends(date: str) -> datetime:
    """The end of a day. Raises ValueError for what is no date."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        raise ValueError(date)
    return datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=1)


def _both(text: Text) -> Text:
    en, zh = text.en.strip(), text.zh.strip()
    return Text(en=en or zh, zh=zh or en)


def signing(good: Good, manifest: bytes, asking: Asking) -> SignOffer:
    """The wish to sign a finished good's offer on these terms. Raises GameError as `coins_to_wei` does."""
    terms = GoodTerms(
        good_id=good.id, maker=good.maker, manifest=manifest, edition=good.terms.edition,
        royalty_bps=good.terms.royalty_bps, price_wei=_wei(asking.price_coins, "price_coins"),
        room_share_bps=good.terms.room_share_bps,
    )  # fmt: skip
    return SignOffer(
        terms=terms,
        end_price_wei=_wei(asking.end_coins, "end_coins") if asking.end_coins else None,
        expiry_secs=int(_ends(asking.end_date).timestamp()) if asking.end_date else 0,
    )


class Workshop:
    """The drafts of one home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "workshop"

    def put(self, draft: Draft, model: bytes, *, worn: bytes | None = None, thumb: bytes | None = None) -> Draft:
        """Keep a draft with its models. Raises GameError when a model is not sound, OSError when nothing is written."""
        _check(draft, model, worn)
        contents = {MODEL_FILE: model} | ({WORN_FILE: worn} if worn is not None else {})
        contents |= {THUMB_FILE: thumb} if thumb is not None else {}
        contents[DRAFT_FILE] = _encode(draft)
        there = self._place(draft.id)
        if there.is_dir():
            for name in (WORN_FILE, THUMB_FILE):
                if name not in contents:
                    (there / name).unlink(missing_ok=True)
            for name, content in contents.items():
                write_whole(there / name, content)
            return draft
        part = self.folder / f".{draft.id}-{os.getpid()}"
        part.mkdir(parents=True)
        try:
            for name, content in contents.items():
                write_new(part / name, content)
            flush_folder(part)
            part.rename(there)
            flush_folder(self.folder)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        return draft

    def copy(self, draft: Draft) -> Draft:
        """Another draft like this one, not signed yet. Raises GameError, OSError as `put` does."""
        thumb = self.thumb_path(draft.id)
        return self.put(
            msgspec.structs.replace(draft, id=new_id(), good=""), self.model_path(draft.id).read_bytes(),
            worn=self.model_path(draft.id, worn=True).read_bytes() if draft.wear is not None else None,
            thumb=thumb.read_bytes() if thumb is not None else None,
        )  # fmt: skip

    def change(self, draft: Draft) -> Draft:
        """Keep a draft's words and terms. Raises GameError where there is no such draft, OSError."""
        if not (self._place(draft.id) / DRAFT_FILE).is_file():
            raise GameError(f"{draft.id} is no draft of this home; make it first")
        write_whole(self._place(draft.id) / DRAFT_FILE, _encode(draft))
        return draft

    def change_worn(self, draft: Draft, worn: bytes | None) -> Draft:
        """Keep how a draft is worn; None: it is not. Raises GameError as `put` does, OSError.

        After a crash in between there is a model to be worn wherever the draft says that it is.
        """
        _check(draft, self.model_path(draft.id).read_bytes(), worn)
        place = self._place(draft.id)
        if worn is not None:
            write_whole(place / WORN_FILE, worn)
        self.change(draft)
        if worn is None:
            (place / WORN_FILE).unlink(missing_ok=True)
        return draft

    def keep_thumb(self, draft_id: str, thumb: bytes) -> None:
        """Keep a picture of a draft. Raises OSError."""
        write_whole(self._place(draft_id) / THUMB_FILE, thumb)

    def all(self) -> list[Draft]:
        """Every draft that can be read, the newest first."""
        try:
            entries = [entry for entry in os.scandir(self.folder) if _ID.fullmatch(entry.name)]
        except OSError:
            return []
        entries.sort(key=lambda entry: (-entry.stat().st_mtime, entry.name))
        return [draft for entry in entries[:DRAFTS_MAX] if (draft := self.get(entry.name)) is not None]

    def get(self, draft_id: str) -> Draft | None:
        """A draft by its id; None where there is none, or it is damaged."""
        try:
            with (self._place(draft_id) / DRAFT_FILE).open("rb") as file:
                raw = file.read(DRAFT_BYTES_MAX + 1)
            draft = msgspec.json.decode(raw, type=Draft)
        except (OSError, GameError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            log.warning("the draft %s cannot be read: %s", draft_id, error)
            return None
        return draft if draft.id == draft_id else None

    def model_path(self, draft_id: str, *, worn: bool = False) -> Path:
        """Where a draft's model is."""
        return self._place(draft_id) / (WORN_FILE if worn else MODEL_FILE)

    def thumb_path(self, draft_id: str) -> Path | None:
        """Where a draft's picture is, if it has one."""
        path = self._place(draft_id) / THUMB_FILE
        return path if path.is_file() else None

    def remove(self, draft_id: str) -> None:
        """Throw a draft away. Raises OSError."""
        shutil.rmtree(self._place(draft_id))

    def finish(self, draft: Draft, maker: MakerId, store: GoodsStore, now: datetime) -> tuple[Good, SignOffer]:
        """Make the good of a draft, keep it in the store, and tell what to sign.

        Raises ContentError with all that keeps the draft from it, GameError, OSError.
        """
        if problems := draft_problems(draft, maker, now):
            raise ContentError(problems)
        model = self.model_path(draft.id).read_bytes()
        worn = self.model_path(draft.id, worn=True).read_bytes() if draft.wear is not None else None
        _check(draft, model, worn)
        thumb = self.thumb_path(draft.id)
        good = store.put(
            good_of_draft(draft, maker), model, worn=worn, thumb=thumb.read_bytes() if thumb is not None else None
        )
        files: Mapping[str, bytes] = {MODEL: model} | ({WORN: worn} if worn is not None else {})
        manifest = made_manifest(good, files)
        assert made_id(manifest) == good.id
        self.change(msgspec.structs.replace(draft, good=good.id))
        return good, signing(good, manifest, draft.asking)

    def _place(self, draft_id: str) -> Path:
        if not _ID.fullmatch(draft_id):
            raise GameError(f"{draft_id!r} is no draft's id")
        return self.folder / draft_id


def _check(draft: Draft, model: bytes, worn: bytes | None) -> None:
    good = good_of_draft(draft, MakerId(""))
    check_fit(read_model(model), good, worn=False)
    if (worn is not None) is not (draft.wear is not None):
        raise GameError("what is worn needs a model to be worn, and nothing else does")
    if worn is not None:
        check_fit(read_model(worn), good, worn=True)


def _encode(draft: Draft) -> bytes:
    return msgspec.json.format(msgspec.json.encode(draft), indent=1) + b"\n"
