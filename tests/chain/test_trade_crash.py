"""Publishing, withdrawing and changing a price, cut off at any arrow: done once, and told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from chain.deploy import plan_deployment
from chain.logs import OFFER_CANCELLED, PUBLISHED, WITHDRAWN
from chain.market import ChainMarket
from chain.node import Node, ensure_node, release_node
from chain.rpc import Rpc
from chain.worker import CRASH_STATES
from game.core.ids import RoomToken, Wei
from game.core.ports import Down, Line, Ready, Refused, Request, Update
from game.core.room_ports import (
    HOME,
    Display,
    OfferSigned,
    Published,
    PublishRoom,
    SignOffer,
    WithdrawCredits,
    Withdrawn,
)
from tests.chain.bazaar import COIN_WEI, Player, new_id, start_player
from tests.chain.making import account, admit, bundle_of, home_of, made_by, purse, sign


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    held = ensure_node(tmp_path_factory.mktemp("trade_crash"), "embedded")
    yield held
    release_node(held)


@pytest.fixture
def rpc(node: Node) -> Iterator[Rpc]:
    connection = Rpc(node.url)
    yield connection
    connection.close()


def start(home: Path, node: Node, *, crash_at: str = "") -> Player:
    return start_player(home, node.url, crash_at=crash_at).open()


def topic(account_or_room: int) -> str:
    return f"0x{account_or_room:064x}"


def logged(rpc: Rpc, address: str, topics: list[str | None]) -> list[str]:
    """Transactions in which a contract logged this, asked of the chain."""
    logs = rpc.call("eth_getLogs", {"address": address, "fromBlock": "0x0", "topics": topics})
    return [log["transactionHash"] for log in logs]


def cut_off(player: Player, request: Request, kind: type[Update], *, then: Callable[[], Player] | None) -> Player:
    """Submit, lose the worker on the way, and wait for the answer: from its successor, or in the next game."""
    market = player.market
    assert isinstance(market, ChainMarket)
    market.submit(request)
    player.wait("the worker's death", lambda: player.count(Down) == 1)
    if then is None:
        market._worker_args = ()  # the next one lives
        player.wait("another worker", lambda: sum(isinstance(update, Ready) for update in player.heard) == 2)
        player.wait("the answer", lambda: any(isinstance(update, kind) and update.request_id == request.request_id
                                              for update in player.heard))  # fmt: skip
        return player
    market.close()
    later = then()
    later.answer(request, (kind, Refused))  # asked again under the same id, as a game that was told nothing would
    return later


# By turns the worker alone dies, or the whole game.
EVERY = [(state, bool(number % 2)) for number, state in enumerate(CRASH_STATES)]
SOME = [("draft", True), ("signed", False), ("included", True), ("final", False)]


@pytest.mark.parametrize(("state", "next_game"), EVERY)
def test_a_room_is_published_once(tmp_path: Path, node: Node, rpc: Rpc, state: str, *, next_game: bool) -> None:
    player = start(tmp_path, node, crash_at=state)
    room = home_of(player)
    shown = Display(terms=made_by(player))
    request = PublishRoom(
        request_id=new_id("publish"), place_id=HOME, bundle_sha256=bundle_of(shown), displays=(shown,)
    )
    player = cut_off(player, request, Published, then=(lambda: start(tmp_path, node)) if next_game else None)
    told = [update for update in player.heard if isinstance(update, Published)][-1]
    assert (told.bundle_sha256, told.version, told.request_id) == (request.bundle_sha256, 1, request.request_id)
    again = player.answer(request, (Published, Refused))
    assert again == told
    player.market.close()
    assert logged(rpc, plan_deployment().rooms, [PUBLISHED, topic(room)]) == [told.tx_hash]


@pytest.fixture(scope="module")
def buyer(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    player = start(tmp_path_factory.mktemp("buyer"), node)
    yield player
    player.market.close()


@pytest.mark.parametrize(("state", "next_game"), SOME)
def test_credits_are_withdrawn_once(
    tmp_path: Path, node: Node, rpc: Rpc, buyer: Player, state: str, *, next_game: bool
) -> None:
    player = start(tmp_path, node)
    good = made_by(player, coins=20)
    admit(buyer, RoomToken(1), Display(terms=good, offers=(sign(player, good).signed,)))
    assert buyer.buy(Line(good_id=good.good_id, quantity=1)).state == "final"
    player.wait("the sale", lambda: player.stock[good.good_id].left == 9)
    player.market.close()
    player = start(tmp_path, node, crash_at=state)
    assert player.holdings is not None
    before = player.holdings.balance_wei
    request = WithdrawCredits(request_id=new_id("withdraw"))
    player = cut_off(player, request, Withdrawn, then=(lambda: start(tmp_path, node)) if next_game else None)
    told = [update for update in player.heard if isinstance(update, Withdrawn)][-1]
    assert told.wei == 20 * COIN_WEI
    assert purse(player).withdrawable_wei == 0
    assert [payout.tx_hash for payout in purse(player).payouts] == [told.tx_hash]
    player.market.close()
    assert int(rpc.call("eth_getBalance", account(player), "latest"), 16) == before + told.wei - told.gas_wei
    receiver = topic(int(account(player), 16))
    assert logged(rpc, plan_deployment().market, [WITHDRAWN, receiver]) == [told.tx_hash]


@pytest.mark.parametrize(("state", "next_game"), SOME)
def test_a_price_is_raised_once_and_the_cheaper_offer_is_closed(
    tmp_path: Path, node: Node, rpc: Rpc, state: str, *, next_game: bool
) -> None:
    player = start(tmp_path, node)
    good = made_by(player, coins=20)
    old = sign(player, good)
    player.market.close()
    player = start(tmp_path, node, crash_at=state)
    dearer = msgspec.structs.replace(good, price_wei=Wei(30 * COIN_WEI))
    request = SignOffer(request_id=new_id("sign"), terms=dearer)
    player = cut_off(player, request, OfferSigned, then=(lambda: start(tmp_path, node)) if next_game else None)
    told = [update for update in player.heard if isinstance(update, OfferSigned)][-1]
    assert (told.price_wei, told.replaced) == (30 * COIN_WEI, (old.offer,))
    player.wait("the new price", lambda: player.stock[good.good_id].unit_price_wei == 30 * COIN_WEI)
    assert player.stock[good.good_id].left == 10
    player.market.close()
    assert len(logged(rpc, plan_deployment().market, [OFFER_CANCELLED, old.offer])) == 1
    later = start(tmp_path, node)
    assert (later.stock[good.good_id].unit_price_wei, later.stock[good.good_id].left) == (30 * COIN_WEI, 10)
    later.market.close()
