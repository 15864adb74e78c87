"""Publishing one's room: packed beside the game, asked of the market, told to the player."""

import time
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from game.client import hud_publish
from game.client.hud_publish import PublishPanel
from game.client.part import Frame
from game.client.publishing import Publishing
from game.content.bundle import unpack
from game.content.bundle_store import BundleStore
from game.content.goods_store import GoodsStore
from game.content.load import read_catalogue, world_of
from game.core import events, ports, room_ports, trade
from game.core.commands import Admit
from game.core.ids import HOME, Address, GoodId, ItemId, OfferHash, PieceId, PlaceId, RoomToken, TokenId, Wei
from game.core.rooms import MAKERS_OFFER, Item
from game.core.step import step
from tests.content.bundles import room_of
from tests.content.made import OFFER, good, solid_box
from tests.content.small import write_world

TOKEN = RoomToken(0xBEEF << 200)
NEWER = b'{"offer":{"price":"13"},"signature":"0x13"}'
RESALE = b'{"offer":{"price":"14"},"signature":"0x14"}'


class Words:
    """A HUD that keeps what is said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.open_panel = "publish"
        self.view, self.texts = self, self

    def join(self, panel: PublishPanel) -> None:
        self.panel = panel

    def say(self, kind: str, text: str) -> None:
        self.said.append((kind, text))

    def t(self, key: str, **values: object) -> str:
        return key

    def has(self, key: str) -> bool:
        return key == "reason_not_enough_money"


class Game:
    """A home with a furnished room and the part, without anything that is drawn."""

    def __init__(self, folder: Path) -> None:
        root = write_world(folder / "game")
        (root / "scenes/templates").mkdir(parents=True)
        studio = Path(__file__).resolve().parents[2] / "scenes/templates/studio.toml"
        (root / "scenes/templates/studio.toml").write_bytes(studio.read_bytes())
        found, _ = read_catalogue(root)
        self.home = folder / "home"
        self.world = world_of(found, start=PlaceId("street"), seed=1)
        self.world.purse.state = "open"
        self.mug = GoodsStore(self.home).put(good(), solid_box(), offers=(OFFER,))
        room = room_of(
            Item(id=ItemId("i1"), piece=PieceId("sign"), at_m=(0.0, 2.0, 1.0), words="Mugs"),
            Item(id=ItemId("i2"), good=self.mug.id, at_m=(0.0, 1.0, 0.0), offer=MAKERS_OFFER),
            Item(id=ItemId("i3"), good=GoodId("hat"), at_m=(1.0, 1.0, 0.0), offer=OfferHash("0x" + "ab" * 32)),
            Item(id=ItemId("i4"), good=GoodId("chair"), at_m=(2.0, 1.0, 0.0)),
        )
        step(self.world, [Admit(goods=(self.mug,), room=room)])
        self.hud = Words()
        options = SimpleNamespace(home=self.home, assets=root / "assets")
        app: Any = SimpleNamespace(world=self.world, options=options)
        hud: Any = self.hud
        self.part = Publishing(app, hud)
        self.asked: list[Any] = []

    def frame(self, *updates: Any, commands: list[Any] | None = None) -> list[events.Event]:
        happened = step(self.world, [*self.part.prepare(0.0, 0.0, 0.02), *(commands or [])], updates)
        self.asked += [event.request for event in happened if isinstance(event, events.Asked)]
        self.part.draw(Frame(happened, 0.02, (0.0, 0.0, 0.0)))
        return happened

    def packed(self) -> Any:
        """Frames until the room is packed."""
        until = time.monotonic() + 20
        self.frame()
        while self.part.doing == "publish_packing" and time.monotonic() < until:
            time.sleep(0.005)
            self.frame()
        return self.part.packed


@pytest.fixture
def game(tmp_path: Path) -> Game:
    made = Game(tmp_path)
    made.frame(room_ports.HomeOpened(room=TOKEN, owner=Address("0x1")))
    made.part.opened()
    return made


def versions(*digests: bytes) -> room_ports.Versions:
    return room_ports.Versions(
        room=TOKEN,
        versions=tuple(
            room_ports.Version(version=len(digests) - n, bundle_sha256=digest, block=9 - n, tx_hash="0x1")
            for n, digest in enumerate(digests)
        ),
    )


def published(game: Game, digest: bytes, version: int) -> room_ports.Published:
    request = next(iter(game.world.trade.under_way))
    return room_ports.Published(
        request_id=request, place_id=HOME, room=TOKEN, bundle_sha256=digest, version=version, tx_hash="0x2", block=10,
        gas_wei=Wei(1),
    )  # fmt: skip


def test_the_room_is_packed_and_published_with_what_is_for_sale(game: Game) -> None:
    packed = game.packed()
    assert game.part.hindered == ""
    content = BundleStore(game.home).get(packed.digest)
    assert content is not None
    assert sha256(content).digest() == packed.digest
    assert unpack(content).room == game.world.home
    assert unpack(content).token == TOKEN
    assert packed.path.read_bytes() == content
    game.frame(versions())
    assert not game.hud.panel.up_to_date
    view: Any = game.hud
    commands = game.hud.panel.press("publish", view)
    assert commands == [trade.PublishRoom(place=HOME, bundle_sha256=packed.digest, displays=packed.displays)]
    assert {each.terms.good_id for each in packed.displays} == {game.mug.id, "hat"}
    game.frame(commands=commands)
    assert game.part.doing == "publish_sending"
    assert game.hud.panel.press("publish", view) == []
    game.frame(published(game, packed.digest, 1))
    assert game.hud.said == [("good", "publish_done")]
    game.frame()
    assert room_ports.ReadVersions(room=TOKEN) in game.asked
    game.frame(versions(packed.digest))
    assert game.hud.panel.up_to_date
    assert game.hud.panel.press("publish", view) == []


def test_the_same_room_packs_to_the_same_file_and_a_changed_one_is_packed_anew(game: Game) -> None:
    first = game.packed()
    game.frame(versions(first.digest))
    game.part.opened()
    assert game.packed().digest == first.digest
    assert game.world.home is not None
    game.frame(commands=[Admit(room=msgspec.structs.replace(game.world.home, name="Mugs and more"))])
    second = game.packed()
    assert second.digest != first.digest
    assert second.room.name == "Mugs and more"
    assert game.hud.panel.shown
    assert not game.hud.panel.up_to_date


def test_own_offers_travel_with_the_room(game: Game) -> None:
    signed = room_ports.OfferSigned(
        good_id=game.mug.id, token_id=TokenId(1), offer=OfferHash("0x1"), signed=NEWER, quantity=3, price_wei=Wei(5),
        end_price_wei=Wei(5), room_share_bps=500,
    )  # fmt: skip
    listed = ports.Listed(
        request_id="sell_1", offer=OfferHash("0x2"), good_id=GoodId("hat"), quantity=1, unit_price_wei=Wei(5),
        signed=RESALE,
    )  # fmt: skip
    game.packed()
    game.frame(signed, listed)
    game.part.opened()
    packed = game.packed()
    assert {each.terms.good_id: each.offers for each in packed.displays} == {
        game.mug.id: (NEWER, OFFER), "hat": (RESALE,),
    }  # fmt: skip


def test_unpublishing_is_told(game: Game) -> None:
    packed = game.packed()
    game.frame(versions(packed.digest))
    view: Any = game.hud
    commands = game.hud.panel.press("unpublish", view)
    assert commands == [trade.UnpublishRoom(place=HOME)]
    game.frame(commands=commands)
    game.frame(published(game, b"", 2))
    assert game.hud.said[-1] == ("good", "publish_undone")
    game.frame(versions(b"", packed.digest))
    assert not game.hud.panel.shown
    assert game.hud.panel.press("unpublish", view) == []


def test_a_refusal_is_told_in_the_panel(game: Game) -> None:
    packed = game.packed()
    game.frame(commands=[trade.PublishRoom(place=HOME, bundle_sha256=packed.digest, displays=packed.displays)])
    asked = game.world.trade.under_way
    request = next(each for each, what in asked.items() if isinstance(what, room_ports.PublishRoom))
    game.frame(ports.Refused(request_id=request, reason="not_enough_money", detail="the fee"))
    assert game.part.failed == ("reason_not_enough_money", "the fee")
    assert game.part.doing == ""


def test_without_market_or_home_the_room_can_still_be_saved(tmp_path: Path) -> None:
    game = Game(tmp_path)
    game.part.opened()
    assert game.packed() is not None
    assert game.part.hindered == "publish_no_home"
    game.world.purse.state = "down"
    assert game.part.hindered == "publish_no_market"
    view: Any = game.hud
    assert game.hud.panel.press("publish", view) == []
    game.hud.panel.press("export", view)
    game.part.export()
    files = sorted(path.name for path in (game.home / "exports").iterdir())
    assert files == ["Mei's room 2.loquat", "Mei's room.loquat"]
    content = (game.home / "exports" / files[1]).read_bytes()
    assert unpack(content).room == game.world.home
    assert unpack(content).token is None


def test_a_name_that_is_a_path_writes_nowhere_else(game: Game) -> None:
    assert game.world.home is not None
    game.frame(commands=[Admit(room=msgspec.structs.replace(game.world.home, name="../../x/..\\y"))])
    game.packed()
    game.part.export()
    assert [path.name for path in (game.home / "exports").iterdir()] == ["x y.loquat"]


def test_a_room_that_cannot_be_packed_says_why(game: Game) -> None:
    assert game.world.home is not None
    hanging = Item(id=ItemId("i9"), piece=PieceId("sign"), at_m=(0.0, 0.0, 0.0), on=ItemId("i8"))
    broken = (*game.world.home.items, hanging)
    game.frame(commands=[Admit(room=msgspec.structs.replace(game.world.home, items=broken, next_item=10))])
    game.part.opened()
    assert game.packed() is None
    assert game.part.failed[0] == "bundle_against_rules"
    assert "i8" in game.part.failed[1]


def test_the_rooms_number_is_copied_for_others_or_else_can_be_read(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(hud_publish, "copied", lambda text: not taken.append(text) and len(taken) == 1)
    packed, view = game.packed(), game.hud
    game.frame(versions(packed.digest))
    panel: Any = game.hud.panel
    for said, detailed in ((("good", "publish_copied"), False), (("notice", "publish_not_copied"), True)):
        assert panel.press("copy", view) == []
        assert game.hud.said[-1] == said
        assert panel.details is detailed
    assert taken == [f"{TOKEN:#x}"] * 2
