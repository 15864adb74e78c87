"""Content addresses: what a good's manifest and a place's bundle are, byte for byte.

Canonical JSON is UTF-8 without spaces, keys sorted, numbers as msgspec writes them (shortest form). A good's price and
the share of the room belong to the offer, not to the good, so they are not in its manifest.
"""

from hashlib import sha256
from pathlib import Path

import msgspec

from game.content.load import Catalogue
from game.core import ports
from game.core.errors import GameError
from game.core.goods import Good, price_wei
from game.core.ids import GoodId
from game.core.places import Place

MANIFEST_VERSION = 1
GOODS_MODELS = "assets/models/goods"
WORN_MODELS = "assets/models/worn"
PLACES_MODELS = "assets/models/places"


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
    return _canonical(
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
    return sha256(_canonical(bundle)).digest()


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
    return ports.Catalogue(goods=goods, rooms=rooms)


def _file(root: Path, file: str) -> dict[str, str | int]:
    path = root / file
    if not path.is_file():
        raise GameError(f"{file}: the model is missing; put it there (assets/studio makes it)")
    content = path.read_bytes()
    return {"path": file, "sha256": sha256(content).hexdigest(), "bytes": len(content)}


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="sorted")
