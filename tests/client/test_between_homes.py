"""From one player's home to another's: made, offered, published, visited by its number, bought there, paid."""

import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from game.client.belongings import belongings
from game.client.part import Frame
from game.client.publishing import Publishing
from game.client.visiting import Visiting
from game.content.goods_store import GoodsStore
from game.content.load import Catalogue, load_catalogue, world_of
from game.content.model_files import ModelFiles
from game.content.publishing import market_catalogue, terms_of
from game.core import events, trade
from game.core.commands import AddToBasket, Admit, Checkout, Command, Confirm, PickUp, Travel, Withdraw
from game.core.ids import HOME, ItemId, MakerId, PieceId, PlaceId, StandId, Wei
from game.core.rooms import MAKERS_OFFER, Item
from game.core.step import step
from tests.content.bundles import room_of
from tests.content.made import good, solid_box
from tests.content.small import write_world
from tests.fakes.chain import FakeChain
from tests.fakes.market import FakeMarket

STUDIO = Path(__file__).resolve().parents[2] / "scenes/templates/studio.toml"


class Hud:
    """Keeps what is said and where the player wants to be brought."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.open_panel, self.travel_to, self.wishes = "", None, []
        self.view = self.texts = self

    def join(self, panel: object) -> None:
        """Panels are of no interest here."""

    def say(self, kind: str, text: str) -> None:
        self.said.append(text)

    def t(self, key: str, **values: object) -> str:
        return key

    def count(self, key: str, number: int) -> str:
        return key

    def has(self, key: str) -> bool:
        return True

    def close_panel(self) -> None:
        """None is open."""


class Player:
    """A home of its own on a shared chain."""

    def __init__(self, name: str, folder: Path, found: Catalogue, root: Path, chain: FakeChain, *bundles: str) -> None:
        self._made_by = (name, folder, found, root, chain, *bundles)
        self.home, self.market = folder / name, FakeMarket(chain, name)
        store = GoodsStore(self.home)
        self.world = world_of(found, start=PlaceId("street"), seed=1, session=name)
        self.hud = Hud()
        options = SimpleNamespace(home=self.home, assets=root / "assets", visit="", bundles=bundles)
        app: Any = SimpleNamespace(
            world=self.world, options=options, files=ModelFiles(root / "assets", store),
            session=SimpleNamespace(in_menu=False),
        )  # fmt: skip
        hud: Any = self.hud
        self.publishing, self.visiting = Publishing(app, hud), Visiting(app, hud)
        self.market.start()
        self.do(*belongings(store))

    def again(self) -> "Player":
        """The same player in another start of the game."""
        return Player(*self._made_by)

    def do(self, *commands: Command) -> list[events.Event]:
        parts = (self.publishing, self.visiting)
        wanted = [command for part in parts for command in part.prepare(0.0, 0.0, 0.02)]
        happened = step(self.world, [*wanted, *commands], self.market.poll())
        for event in happened:
            if isinstance(event, events.Asked):
                self.market.submit(event.request)
        for part in parts:
            part.draw(Frame(happened, 0.02, (0.0, 0.0, 0.0)))
        if self.hud.travel_to is not None:
            place, self.hud.travel_to = self.hud.travel_to, None
            self.do(Travel(place=place))
        return happened

    def until(self, what: Callable[[], object], *, secs: float = 20.0) -> None:
        end = time.monotonic() + secs
        while not what():
            assert time.monotonic() < end, (self.hud.said, self.publishing.failed, self.visiting.failed)
            self.do()
            time.sleep(0.002)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Player, Player]:
    """A maker and a visitor, who looks for files in the maker's folder."""
    root = write_world(tmp_path / "game")
    (root / "scenes/templates").mkdir(parents=True)
    (root / "scenes/templates/studio.toml").write_bytes(STUDIO.read_bytes())
    found = load_catalogue(root)
    chain = FakeChain(market_catalogue(found, root, tmp_path / "nobody"))
    maker = Player("maker", tmp_path, found, root, chain)
    return maker, Player("visitor", tmp_path, found, root, chain, str(tmp_path / "maker" / "bundles"))


def open_shop(maker: Player) -> tuple[PlaceId, Any]:
    """The maker makes a mug, offers it, stands it on a table at home, and publishes; the room's id for others."""
    maker.until(lambda: maker.world.purse.state == "open")
    made = msgspec.structs.replace(good(), maker=MakerId(maker.world.purse.account))
    mug = GoodsStore(maker.home).put(made, solid_box())
    kept = GoodsStore(maker.home).get(mug.id)
    assert kept is not None
    room = room_of(
        Item(id=ItemId("i1"), piece=PieceId("table"), at_m=(0.0, 1.0, 0.0)),
        Item(id=ItemId("i2"), good=mug.id, at_m=(0.0, 1.0, 0.75), on=ItemId("i1"), offer=MAKERS_OFFER),
    )
    maker.do(Admit(goods=(mug,), room=room))
    maker.do(Travel(place=HOME))
    maker.until(lambda: maker.world.trade.home is not None)
    maker.do(trade.SignOffer(terms=terms_of(mug, kept.manifest)))
    maker.until(lambda: mug.id in maker.world.trade.signed)
    publish(maker)
    return PlaceId("r" + f"{maker.world.trade.home:064x}"[:20]), mug


def publish(maker: Player) -> None:
    before = len(maker.publishing.versions)
    maker.publishing.opened()
    maker.until(lambda: not maker.publishing.doing and maker.publishing.packed is not None)
    assert maker.publishing.hindered == ""
    maker.do(*maker.publishing.publish())
    maker.until(lambda: len(maker.publishing.versions) > before)
    assert maker.publishing.failed == ("", "")


def visit(visitor: Player, token: object, place: PlaceId) -> None:
    visitor.until(lambda: visitor.world.purse.state == "open")
    visitor.visiting.begin(str(token))
    visitor.until(lambda: not visitor.visiting.state[0])
    assert visitor.visiting.failed == ("", "")
    visitor.until(lambda: place in visitor.world.trade.rooms)


def test_a_room_is_published_visited_by_its_number_and_pays_who_made_it(pair: tuple[Player, Player]) -> None:
    maker, visitor = pair
    place, mug = open_shop(maker)
    visit(visitor, maker.world.trade.home, place)
    assert visitor.world.place_id == place
    admitted = visitor.world.trade.rooms[place]
    assert (admitted.state, admitted.pays_room, admitted.rejected) == ("current", True, ())
    assert visitor.hud.said[-1] == "room_pays"
    visitor.until(lambda: mug.id in visitor.world.stock)
    visitor.world.looked_at = StandId("i2")
    visitor.do(PickUp(stand=StandId("i2")))
    visitor.do(AddToBasket(good=mug.id))
    visitor.do(Checkout())
    visitor.until(lambda: any(order.state == "quoted" for order in visitor.world.orders.values()))
    order_id = next(iter(visitor.world.orders))
    visitor.do(Confirm(order_id=order_id))
    visitor.until(lambda: visitor.world.owned.get(mug.id) == 1)
    maker.until(lambda: maker.world.trade.withdrawable_wei == Wei(35 * 10**14))
    assert {share.role for share in visitor.world.orders[order_id].shares} == {"seller", "room"}
    # What was bought can be carried on: the visitor's home has its model, and the offer that the chain found sound.
    kept = GoodsStore(visitor.home).get(mug.id)
    assert kept is not None
    assert kept.offers == (maker.world.trade.signed[mug.id].signed,)
    assert [command.goods[0].id for command in belongings(GoodsStore(visitor.home)) if isinstance(command, Admit)] == [
        mug.id
    ]


def test_a_copy_that_the_owner_has_changed_since_says_so_and_the_new_one_is_found(pair: tuple[Player, Player]) -> None:
    maker, visitor = pair
    place, _ = open_shop(maker)
    visit(visitor, maker.world.trade.home, place)
    assert maker.world.home is not None
    maker.do(Admit(room=msgspec.structs.replace(maker.world.home, name="Mugs and more")))
    publish(maker)
    visitor.until(lambda: visitor.world.trade.rooms[place].state == "outdated")
    assert visitor.hud.said[-1] == "room_outdated"
    visitor.visiting.again(visitor.visiting.visited()[0])
    visitor.until(lambda: visitor.world.rooms[place].name == "Mugs and more")
    visitor.until(lambda: visitor.world.trade.rooms[place].state == "current")
    assert [each.name for each in visitor.visiting.visited()] == ["Mugs and more"]


def test_a_room_that_was_taken_back_is_told(pair: tuple[Player, Player]) -> None:
    maker, visitor = pair
    place, _ = open_shop(maker)
    token = maker.world.trade.home
    maker.do(*maker.publishing.unpublish())
    maker.until(lambda: not maker.publishing.versions[0].bundle_sha256)
    visitor.until(lambda: visitor.world.purse.state == "open")
    visitor.visiting.begin(str(token))
    visitor.until(lambda: visitor.visiting.failed[0])
    assert visitor.visiting.failed[0] == "visit_unpublished"
    assert place not in visitor.world.rooms


def test_what_one_shows_at_home_is_known_to_be_sold_out_after_a_restart(
    pair: tuple[Player, Player],
) -> None:
    maker, visitor = pair
    place, mug = open_shop(maker)
    visit(visitor, maker.world.trade.home, place)
    visitor.do(Admit(room=room_of(name="Mine")))
    visitor.do(trade.ShowInRoom(good=mug.id))
    shown = visitor.world.home
    assert shown is not None
    assert [(item.good, item.offer) for item in shown.items] == [(mug.id, MAKERS_OFFER)]
    again = visitor.again()
    again.do(Admit(room=shown), Travel(place=HOME))
    again.until(lambda: mug.id in again.world.stock)
    assert again.world.stock[mug.id].left == mug.terms.edition
    maker.do(*(Withdraw(offer=signed.offer) for signed in maker.world.trade.signed.values()))
    again.until(lambda: again.world.stock[mug.id].left == 0)
