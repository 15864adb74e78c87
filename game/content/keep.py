"""Keeps the catalogue as it was read, so that the next start parses nothing while no file has changed."""

import logging
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.load import (
    GOODS_DIR,
    KIT_DIR,
    MAKERS_FILE,
    PLACES_DIR,
    TEMPLATES_DIR,
    Catalogue,
    Maker,
    load_catalogue,
)
from game.content.orchard import orchard_files
from game.core import goods, orchard_rules, places, rooms
from game.core.goods import Good
from game.core.growing import species
from game.core.ids import GoodId, MakerId, PieceId, PlaceId, TemplateId
from game.core.orchard_rules import OrchardRules
from game.core.places import Place
from game.core.rooms import Piece, Template

log = logging.getLogger(__name__)

FILE = "catalogue.bin"


class _Kept(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    key: bytes
    goods: dict[GoodId, Good]
    places: dict[PlaceId, Place]
    makers: dict[MakerId, Maker]
    kit: dict[PieceId, Piece]
    templates: dict[TemplateId, Template]
    orchard: OrchardRules | None


def load_kept(root: Path, cache: Path) -> Catalogue:
    """The catalogue under `root`, from `cache` while names, times and sizes of its files are the same.

    Raises ContentError as `load_catalogue` does; a catalogue with problems is not kept.
    """
    key, path = _key(root), cache / FILE
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError, ValueError):
        kept = None
    if kept is not None and kept.key == key:
        return Catalogue(
            goods=kept.goods, places=kept.places, makers=kept.makers, kit=kept.kit, templates=kept.templates,
            orchard=kept.orchard,
        )  # fmt: skip
    found = load_catalogue(root)
    value = _Kept(
        key=key, goods=found.goods, places=found.places, makers=found.makers, kit=found.kit, templates=found.templates,
        orchard=found.orchard,
    )  # fmt: skip
    try:
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(msgspec.msgpack.encode(value))
        part.replace(path)
    except OSError as error:
        log.info("the catalogue is not kept: %s", error)
    return found


def _key(root: Path) -> bytes:
    """What the catalogue was made of: the files of the scenes, and the code that read them."""
    code = [Path(str(module.__file__)) for module in (goods, orchard_rules, places, rooms, species)]
    code += sorted(Path(__file__).parent.glob("*.py"))
    scenes = [root / MAKERS_FILE, *orchard_files(root)]
    for folder in (GOODS_DIR, PLACES_DIR, KIT_DIR, TEMPLATES_DIR):
        scenes += sorted((root / folder).glob("*.toml"))
    stamps = []
    for path in [*code, *scenes]:
        try:
            stat = path.stat()
        except OSError:
            continue
        stamps.append((str(path), stat.st_mtime_ns, stat.st_size))
    return blake2b(repr(stamps).encode(), digest_size=16).digest()
