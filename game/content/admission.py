"""From a bundle into the game: what a visitor's home keeps of a room, and what its world is to be told."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from game.content.bundle import Bundle
from game.content.goods_store import GoodsStore
from game.content.manifest import good_manifest
from game.content.pictures_store import PicturesStore
from game.content.publishing import displays_of, without
from game.core.budget import Weight
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId, PlaceId, RoomToken
from game.core.room_ports import Display
from game.core.rooms import Room


class Admission(Struct, frozen=True, kw_only=True):
    """A room that may be walked into. `unknown` goods are of a street that this game does not have; they are left out.

    `token` is what the file says to be on the chain; None for a room that was never published.
    """

    room: Room
    goods: tuple[Good, ...]  # players' goods
    weights: dict[str, Weight]
    displays: tuple[Display, ...]
    digest: bytes
    token: RoomToken | None
    unknown: tuple[GoodId, ...] = ()


def place_id_of(token: RoomToken | None, digest: bytes) -> PlaceId:
    """The id of another's room here: by its token, or by its file where it has none."""
    return PlaceId("r" + (f"{token:064x}" if token is not None else digest.hex())[:20])


def admit(
    content: bytes, bundle: Bundle, goods: Mapping[GoodId, Good], store: GoodsStore, pictures: PicturesStore,
    root: Path,
) -> Admission:  # fmt: skip
    """Keep the goods and pictures of a room that was unpacked, and say what the world is to be told of it.

    A good that this home has already stays as it is here: its price and its offers are not the room's to say.
    Raises OSError when nothing can be written.
    """
    digest = sha256(content).digest()
    made: list[Good] = []
    unknown: list[GoodId] = []
    for each in bundle.goods:
        if each.good is None:
            if not _is_ours(each.id, each.manifest, goods, root):
                unknown.append(each.id)
            continue
        kept = store.get(each.id)
        there = [store.model_path(each.id, worn=worn) for worn in ((False, True) if each.worn else (False,))]
        if kept is not None and None not in there:
            made.append(kept.good)
        else:
            made.append(store.put(each.good, each.model, worn=each.worn or None, thumb=each.thumb or None))
    for picture in bundle.pictures.values():
        pictures.put(picture)
    gone = {item.id for item in bundle.room.items if item.good in unknown}
    room = msgspec.structs.replace(without(bundle.room, gone), id=place_id_of(bundle.token, digest))
    shown = msgspec.structs.replace(bundle, room=room)
    return Admission(
        room=room, goods=tuple(made), weights=dict(bundle.weights), displays=displays_of(shown, goods), digest=digest,
        token=bundle.token, unknown=tuple(unknown),
    )  # fmt: skip


def _is_ours(good_id: GoodId, manifest: bytes, goods: Mapping[GoodId, Good], root: Path) -> bool:
    """Whether the street's good of that id is the very one that the room shows."""
    good = goods.get(good_id)
    try:
        return good is not None and good_manifest(good, root) == manifest
    except GameError:
        return False
