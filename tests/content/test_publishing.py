"""From one home into a bundle, and from the bundle into another home."""

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from game.content.admission import admit, place_id_of
from game.content.bundle import pack, unpack
from game.content.goods_store import GoodsStore
from game.content.load import load_catalogue
from game.content.manifest import made_id
from game.content.pictures_store import PicturesStore
from game.content.publishing import gather, joined_offers, without
from game.core.errors import GameError
from game.core.ids import GoodId, ItemId, OfferHash, PieceId, RoomToken
from game.core.rooms import MAKERS_OFFER, Item, Room
from tests.content.bundles import room_of
from tests.content.made import OFFER, good, png, solid_box
from tests.content.small import write_world

TOKEN = RoomToken(0xABC << 240)
OTHER_OFFER = b'{"offer":{"price":"9"},"signature":"0x9"}'


class Home:
    """A home with its stores, on a street with a hat and a chair."""

    def __init__(self, folder: Path) -> None:
        self.root = write_world(folder / "game")
        self.goods = load_catalogue(self.root).goods
        self.store = GoodsStore(folder / "home")
        self.pictures = PicturesStore(folder / "home")


@pytest.fixture
def maker(tmp_path: Path) -> Home:
    return Home(tmp_path / "maker")


@pytest.fixture
def visitor(tmp_path: Path) -> Home:
    return Home(tmp_path / "visitor")


def furnished(home: Home) -> Room:
    """A room with a table, a mug for sale on it, a hat of the street's, a mug for show, and a picture."""
    mug = home.store.put(good(), solid_box(), thumb=png(), offers=(OFFER,))
    shown = home.store.put(good("Worn hat", worn=True), solid_box(), worn=solid_box())
    picture = home.pictures.put(png(20, 30))
    return room_of(
        Item(id=ItemId("i1"), piece=PieceId("oak_table"), at_m=(0.0, 1.0, 0.0)),
        Item(id=ItemId("i2"), good=mug.id, at_m=(0.0, 1.0, 0.7), on=ItemId("i1"), offer=MAKERS_OFFER),
        Item(id=ItemId("i3"), good=GoodId("hat"), at_m=(1.0, 1.0, 0.7), offer=OfferHash("0x" + "ab" * 32)),
        Item(id=ItemId("i4"), good=shown.id, at_m=(2.0, 1.0, 0.0)),
        Item(id=ItemId("i5"), piece=PieceId("picture_frame"), at_m=(0.0, 2.0, 1.0), picture=picture),
    )


def packed(home: Home, room: Room) -> bytes:
    gathered = gather(
        room, home.goods, home.store, home.pictures, home.root, token=TOKEN, offers={GoodId("hat"): (OTHER_OFFER,)}
    )
    assert (gathered.missing, gathered.blank) == ((), ())
    return pack(gathered.bundle)


def test_a_room_goes_from_one_home_to_another(maker: Home, visitor: Home) -> None:
    room = furnished(maker)
    content = packed(maker, room)
    found = admit(content, unpack(content), visitor.goods, visitor.store, visitor.pictures, visitor.root)
    assert found.room == msgspec.structs.replace(room, id="r" + f"{TOKEN:064x}"[:20])
    assert found.token == TOKEN
    assert found.digest == sha256(content).digest()
    assert found.unknown == ()
    assert {each.id for each in found.goods} == {item.good for item in room.items if item.good.startswith("g")}
    mug = room.items[1].good
    assert visitor.store.model(mug) == solid_box()
    assert visitor.pictures.content(room.items[4].picture) == png(20, 30)
    again = gather(
        found.room, visitor.goods, visitor.store, visitor.pictures, visitor.root, token=TOKEN,
        offers={GoodId("hat"): (OTHER_OFFER,), mug: (OFFER,)},
    )  # fmt: skip
    assert pack(again.bundle) == content


def test_only_what_can_be_bought_is_on_display_with_its_offers(maker: Home, visitor: Home) -> None:
    room = furnished(maker)
    content = packed(maker, room)
    found = admit(content, unpack(content), visitor.goods, visitor.store, visitor.pictures, visitor.root)
    assert [(each.terms.good_id, each.offers) for each in found.displays] == [
        (room.items[1].good, (OFFER,)), ("hat", (OTHER_OFFER,)),
    ]  # fmt: skip
    mug = found.displays[0].terms
    assert made_id(mug.manifest) == mug.good_id
    assert mug.price_wei == 35 * 10**14


def test_goods_of_another_street_are_left_out_and_what_lay_on_them_stays(maker: Home, visitor: Home) -> None:
    room = room_of(
        Item(id=ItemId("i1"), good=GoodId("hat"), at_m=(0.0, 0.0, 0.0)),
        Item(id=ItemId("i2"), good=GoodId("chair"), at_m=(0.0, 0.0, 0.3), on=ItemId("i1")),
    )
    content = pack(gather(room, maker.goods, maker.store, maker.pictures, maker.root).bundle)
    for other in (
        {**visitor.goods, GoodId("hat"): msgspec.structs.replace(visitor.goods[GoodId("hat")], licence="CC0-1.0")},
        {GoodId("chair"): visitor.goods[GoodId("chair")]},
    ):
        found = admit(content, unpack(content), other, visitor.store, visitor.pictures, visitor.root)
        assert found.unknown == ("hat",)
        assert found.room.items == (Item(id=ItemId("i2"), good=GoodId("chair"), at_m=(0.0, 0.0, 0.3)),)
        assert found.room.id == "r" + sha256(content).hexdigest()[:20] == place_id_of(None, found.digest)


def test_a_visited_room_has_no_say_about_goods_that_are_here_already(maker: Home, visitor: Home) -> None:
    room = furnished(maker)
    mug = visitor.store.put(good(price_coins="99"), solid_box(), offers=(OTHER_OFFER,))
    content = packed(maker, room)
    found = admit(content, unpack(content), visitor.goods, visitor.store, visitor.pictures, visitor.root)
    kept = visitor.store.get(mug.id)
    assert kept is not None
    assert kept.good.terms.price_coins == "99"
    assert kept.offers == (OTHER_OFFER,)
    assert mug in found.goods


def test_what_cannot_be_found_is_left_out_and_named(maker: Home) -> None:
    room = furnished(maker)
    gone = GoodId("g" + "a" * 26)
    room = msgspec.structs.replace(
        room, next_item=8,
        items=(*room.items, Item(id=ItemId("i6"), good=gone, at_m=(0.0, 0.0, 0.0)),
               Item(id=ItemId("i7"), piece=PieceId("picture_frame"), at_m=(1.0, 2.0, 1.0), picture="ab" * 32)),
    )  # fmt: skip
    (maker.store.folder / room.items[1].good / "model.glb").write_bytes(b"broken")
    gathered = gather(room, maker.goods, maker.store, maker.pictures, maker.root)
    assert set(gathered.missing) == {gone, room.items[1].good}
    assert gathered.blank == ("ab" * 32,)
    assert [item.id for item in unpack(pack(gathered.bundle)).room.items] == ["i1", "i3", "i4", "i5", "i7"]


def test_removing_items_leaves_what_lay_on_them() -> None:
    room = room_of(
        Item(id=ItemId("i1"), piece=PieceId("a"), at_m=(0.0, 0.0, 0.0)),
        Item(id=ItemId("i2"), piece=PieceId("a"), at_m=(0.0, 0.0, 1.0), on=ItemId("i1")),
    )
    assert without(room, ()) == room
    assert without(room, {"i1"}).items == (Item(id=ItemId("i2"), piece=PieceId("a"), at_m=(0.0, 0.0, 1.0)),)


def test_offers_are_joined_each_once() -> None:
    assert joined_offers((OFFER,), (OTHER_OFFER, OFFER)) == (OFFER, OTHER_OFFER)
    assert len(joined_offers(tuple(b"%d" % n for n in range(40)), ())) == 32


def test_pictures_are_kept_by_their_hash_and_checked(tmp_path: Path) -> None:
    store = PicturesStore(tmp_path)
    name = store.put(png())
    assert store.content(name) == png()
    assert PicturesStore(tmp_path).content(name) == png()
    (tmp_path / "pictures" / name).write_bytes(png(9, 9))
    assert PicturesStore(tmp_path).content(name) is None
    assert store.content("../" + name) is None
    assert store.content("0" * 64) is None
    for wrong in (b"", b"GIF89a", png(4000, 1), bytes(5 * 2**20)):
        with pytest.raises(GameError):
            store.put(wrong)
