"""Content addresses: what a good's manifest and a place's bundle are, byte for byte.

Canonical JSON is UTF-8 without spaces, keys sorted, numbers as msgspec writes them (shortest form). A good's price and
the share of the room belong to the offer, not to the good, so they are not in its manifest.

A player's good has no id of its own choice: it is "g" and the first 26 letters of base32 of its manifest's SHA-256, so
nobody can claim the id of another good.
"""

import re
from base64 import b32encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.load import Catalogue
from game.content.orchard_plots import plot_terms
from game.core import ports
from game.core.errors import GameError
from game.core.goods import Good, Terms, Text, Vec3, Wear, price_wei
from game.core.ids import GoodId, MakerId
from game.core.places import Place

MANIFEST_VERSION = 1
GOODS_MODELS = "assets/models/goods"
WORN_MODELS = "assets/models/worn"
PLACES_MODELS = "assets/models/places"
MODEL, WORN = "model", "worn"
"""What the files of a player's good are for: as it stands, and as it is worn."""

_MADE_ID = re.compile(r"g[a-z2-7]{26}")


class MadeFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of a player's good; `role` is MODEL or WORN, `sha256` lowercase hex."""

    role: str
    sha256: str
    bytes: int


class MadeManifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All that makes a player's good what it is; its canonical JSON is the manifest."""

    version: int
    kind: str
    maker: MakerId  # the maker's account, 0x…
    name: Text
    story: Text
    size_m: Vec3
    licence: str
    edition: int
    royalty_bps: int
    wear: Wear | None
    hangs: bool
    tags: tuple[str, ...]
    files: tuple[MadeFile, ...]  # in the order of their roles


def model_files(good: Good) -> tuple[str, ...]:
    """The model files of a good, relative to the root: as it stands, and as it is worn."""
    files = [f"{GOODS_MODELS}/{good.id}.glb"]
    if good.wear is not None:
        files.append(f"{WORN_MODELS}/{good.id}.glb")
    return tuple(files)


def good_manifest(good: Good, root: Path) -> bytes:
    """Canonical JSON of a good and of the hashes of its models; its SHA-256 is the good's content address.

    Raises GameError when a model is missing.
    """
    return canonical(
        {
            "version": MANIFEST_VERSION,
            "id": good.id,
            "kind": good.kind,
            "maker": good.maker,
            "name": good.name,
            "story": good.story,
            "size_m": good.size_m,
            "licence": good.licence,
            "edition": good.terms.edition,
            "royalty_bps": good.terms.royalty_bps,
            "wear": good.wear,
            "hangs": good.hangs,
            "tags": good.tags,
            "files": [_file(root, file) for file in model_files(good)],
        }
    )


def made_manifest(good: Good, files: Mapping[str, bytes]) -> bytes:
    """Canonical JSON of a player's good with its files by role; the id in `good` is not part of it."""
    return canonical(
        MadeManifest(
            version=MANIFEST_VERSION,
            kind=good.kind,
            maker=good.maker,
            name=good.name,
            story=good.story,
            size_m=good.size_m,
            licence=good.licence,
            edition=good.terms.edition,
            royalty_bps=good.terms.royalty_bps,
            wear=good.wear,
            hangs=good.hangs,
            tags=good.tags,
            files=tuple(
                MadeFile(role=role, sha256=sha256(content).hexdigest(), bytes=len(content))
                for role, content in sorted(files.items())
            ),
        )
    )


def read_made(manifest: bytes) -> MadeManifest:
    """A player's good's manifest. Raises GameError when it is not one, byte for byte as `made_manifest` writes it."""
    try:
        found = msgspec.json.decode(manifest, type=MadeManifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise GameError(f"not a good's manifest ({error}); ask its maker for another copy") from None
    if found.version != MANIFEST_VERSION:
        raise GameError(f"the manifest has version {found.version}, known is {MANIFEST_VERSION}; update Loquat")
    if canonical(found) != manifest:
        raise GameError("the manifest is not in canonical form; ask its maker for another copy")
    roles = [file.role for file in found.files]
    if roles != ([MODEL] if found.wear is None else [MODEL, WORN]):
        raise GameError(f"the manifest names files for {roles}; it needs a model, and a worn one if it is worn")
    return found


def made_id(manifest: bytes) -> GoodId:
    """The id of the player's good with this manifest."""
    return GoodId("g" + b32encode(sha256(manifest).digest()).decode().lower()[:26])


def is_made(good: str) -> bool:
    """Whether an id is one of a player's good, rather than of the street's own."""
    return _MADE_ID.fullmatch(good) is not None


def good_of(manifest: bytes, *, price_coins: str, room_share_bps: int) -> Good:
    """The good that a manifest describes, at a price. Raises GameError as `read_made` does."""
    made = read_made(manifest)
    return Good(
        id=made_id(manifest),
        kind=made.kind,
        maker=made.maker,
        name=made.name,
        story=made.story,
        size_m=made.size_m,
        licence=made.licence,
        terms=Terms(
            price_coins=price_coins,
            edition=made.edition,
            royalty_bps=made.royalty_bps,
            room_share_bps=room_share_bps,
        ),
        wear=made.wear,
        hangs=made.hangs,
        tags=made.tags,
    )


def bundle_sha256(place: Place, catalogue: Catalogue, root: Path) -> bytes:
    """SHA-256 (32 bytes) of a place: its layout, the files of its models, and the manifests of what it shows."""
    folder = root / PLACES_MODELS / place.id
    files = sorted(path.relative_to(root).as_posix() for path in folder.rglob("*") if path.is_file())
    bundle = {
        "version": MANIFEST_VERSION,
        "place": place,
        "files": [_file(root, file) for file in files],
        "goods": {
            good_id: sha256(good_manifest(catalogue.goods[good_id], root)).hexdigest() for good_id in shown_in(place)
        },
    }
    return sha256(canonical(bundle)).digest()


def shown_in(place: Place) -> tuple[GoodId, ...]:
    """The goods that a place displays, each once, sorted."""
    return tuple(sorted({stand.good for stand in place.stands}))


def market_catalogue(catalogue: Catalogue, root: Path) -> ports.Catalogue:
    """What the market must know: the terms of every good, and every place that shows goods as a room."""
    goods = tuple(
        ports.GoodTerms(
            good_id=good.id,
            maker=good.maker,
            manifest=good_manifest(good, root),
            edition=good.terms.edition,
            royalty_bps=good.terms.royalty_bps,
            price_wei=price_wei(good),
            room_share_bps=good.terms.room_share_bps,
        )
        for good in catalogue.goods.values()
    )
    rooms = tuple(
        ports.RoomTerms(
            place_id=place.id,
            keeper=place.keeper,
            bundle_sha256=bundle_sha256(place, catalogue, root),
            displays=shown_in(place),
        )
        for place in catalogue.places.values()
        if place.stands
    )
    plots = plot_terms(catalogue.orchard) if catalogue.orchard is not None else ()
    return ports.Catalogue(goods=goods, rooms=rooms, plots=plots)


def _file(root: Path, file: str) -> dict[str, str | int]:
    path = root / file
    if not path.is_file():
        raise GameError(f"{file}: the model is missing; put it there (assets/studio makes it)")
    content = path.read_bytes()
    return {"path": file, "sha256": sha256(content).hexdigest(), "bytes": len(content)}


def canonical(value: object) -> bytes:
    """Canonical JSON of a value, see above."""
    return msgspec.json.encode(value, order="sorted")
