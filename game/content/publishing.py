"""From a home to a bundle: what a room shows is gathered from the stores, and what the market must know of it."""

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.bundle import Bundle, BundledGood
from game.content.goods_store import OFFERS_MAX, GoodsStore
from game.content.load import Catalogue
from game.content.manifest import good_manifest, is_made
from game.content.manifest import market_catalogue as street_catalogue
from game.content.pictures_store import PicturesStore
from game.core import terms
from game.core.errors import GameError
from game.core.goods import Good, price_wei
from game.core.ids import GoodId, ItemId, RoomToken
from game.core.room_ports import Display
from game.core.rooms import Room
from game.core.terms import GoodTerms

Offers = Mapping[GoodId, tuple[bytes, ...]]


class Gathered(Struct, frozen=True, kw_only=True):
    """A room as it can be packed. `missing` goods and `blank` pictures could not be found and are left out of it."""

    bundle: Bundle
    missing: tuple[GoodId, ...] = ()
    blank: tuple[str, ...] = ()


def gather(
    room: Room, goods: Mapping[GoodId, Good], store: GoodsStore, pictures: PicturesStore, root: Path, *,
    token: RoomToken | None = None, offers: Offers | None = None,
) -> Gathered:  # fmt: skip
    """All that a room shows, by what this home has; `root` is where the street's own models are.

    `offers` are signed offers beside those that are kept with the goods, such as the player's own for resale.
    """
    more = offers or {}
    found: dict[GoodId, BundledGood] = {}
    missing: list[GoodId] = []
    for good_id in sorted({item.good for item in room.items if item.good}):
        each = _bundled(good_id, goods, store, root, more.get(good_id, ()))
        if each is None:
            missing.append(good_id)
        else:
            found[good_id] = each
    shown: dict[str, bytes] = {}
    blank: list[str] = []
    for name in sorted({item.picture for item in room.items if item.picture}):
        content = pictures.content(name)
        if content is None:
            blank.append(name)
        else:
            shown[name] = content
    room = without(room, [item.id for item in room.items if item.good in missing])
    items = tuple(msgspec.structs.replace(i, picture="") if i.picture in blank else i for i in room.items)
    bundle = Bundle(
        room=msgspec.structs.replace(room, items=items),
        goods=tuple(found.values()),
        pictures={name: shown[name] for name in shown if any(item.picture == name for item in items)},
        token=token,
    )
    return Gathered(bundle=bundle, missing=tuple(missing), blank=tuple(blank))


def without(room: Room, gone: Container[ItemId]) -> Room:
    """A room without some items; what lay on them stays where it is, on nothing."""
    items = (item for item in room.items if item.id not in gone)
    return msgspec.structs.replace(
        room, items=tuple(msgspec.structs.replace(i, on=ItemId("")) if i.on and i.on in gone else i for i in items)
    )


def displays_of(bundle: Bundle, goods: Mapping[GoodId, Good]) -> tuple[Display, ...]:
    """What the market must know of the goods that can be bought in a room, with their signed offers.

    `goods` has the street's goods; a good that only stands there for show is not on display.
    """
    for_sale = {item.good for item in bundle.room.items if item.good and item.offer}
    out: list[Display] = []
    for each in bundle.goods:
        good = each.good or goods.get(each.id)
        if each.id in for_sale and good is not None:
            out.append(Display(terms=terms_of(good, each.manifest), offers=each.offers))
    return tuple(out)


def displays_in(
    shown: Iterable[GoodId], goods: Mapping[GoodId, Good], store: GoodsStore, root: Path
) -> tuple[Display, ...]:
    """What the market must know of goods that stand for sale at home; what cannot be found is left out."""
    out: list[Display] = []
    for good_id in shown:
        good, kept = goods.get(good_id), store.get(good_id)
        try:
            manifest = kept.manifest if kept is not None else good_manifest(good, root) if good is not None else None
        except GameError:  # its model is missing here
            continue
        if manifest is not None and good is not None:
            out.append(Display(terms=terms_of(good, manifest), offers=kept.offers if kept is not None else ()))
    return tuple(out)


def terms_of(good: Good, manifest: bytes) -> GoodTerms:
    """What the market must know of a good."""
    return GoodTerms(
        good_id=good.id, maker=good.maker, manifest=manifest, edition=good.terms.edition,
        royalty_bps=good.terms.royalty_bps, price_wei=price_wei(good), room_share_bps=good.terms.room_share_bps,
    )  # fmt: skip


def market_catalogue(catalogue: Catalogue, root: Path, home: Path) -> terms.Catalogue:
    """What the market must know at the start: the street's goods and rooms, and the players' goods of this home."""
    street = street_catalogue(catalogue, root)
    return msgspec.structs.replace(street, goods=(*street.goods, *made_terms(home)))


def made_terms(home: Path) -> tuple[GoodTerms, ...]:
    """What the market must know of the players' goods that this home has."""
    return tuple(terms_of(kept.good, kept.manifest) for kept in GoodsStore(home).all())


def joined_offers(first: tuple[bytes, ...], then: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Offers of both, each once, at most as many as a good can have."""
    return tuple(dict.fromkeys((*first, *then)))[:OFFERS_MAX]


def _bundled(
    good_id: GoodId, goods: Mapping[GoodId, Good], store: GoodsStore, root: Path, offers: tuple[bytes, ...]
) -> BundledGood | None:
    if not is_made(good_id):
        good = goods.get(good_id)
        try:
            manifest = None if good is None else good_manifest(good, root)
        except GameError:  # its model is missing here
            return None
        return None if manifest is None else BundledGood(id=good_id, manifest=manifest, offers=offers)
    kept = store.get(good_id)
    model = store.model(good_id)
    if kept is None or model is None:
        return None
    worn = store.model(good_id, worn=True) or b""
    if kept.good.wear is not None and not worn:
        return None
    return BundledGood(
        id=good_id, manifest=kept.manifest, good=kept.good, model=model, worn=worn,
        thumb=kept.thumb.read_bytes() if kept.thumb is not None else b"",
        offers=joined_offers(offers, kept.offers),
    )  # fmt: skip
