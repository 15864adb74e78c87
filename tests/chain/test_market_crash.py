"""A purchase that is cut off at any arrow ends as if nothing had happened: bought once, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chain.deploy import plan_deployment
from chain.journal import Journal
from chain.logs import SOLD
from chain.market import ChainMarket
from chain.node import Node, ensure_node, release_node
from chain.rpc import Rpc
from chain.worker import CRASH_STATES
from game.core.ids import OrderId
from game.core.ports import Confirm, Down, Line, OrderUpdate, Quote, Quoted, Ready
from tests.chain.bazaar import HAT, SHOP, Player, new_id, start_player, units_on_chain


@pytest.fixture(scope="module")
def node(node_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    held = ensure_node(tmp_path_factory.mktemp(f"crash_{node_kind}"), node_kind)
    yield held
    release_node(held)


@pytest.fixture
def rpc(node: Node) -> Iterator[Rpc]:
    connection = Rpc(node.url)
    yield connection
    connection.close()


def start(home: Path, node: Node, *, crash_at: str = "") -> tuple[ChainMarket, Player]:
    player = start_player(home, node.url, crash_at=crash_at)
    assert isinstance(player.market, ChainMarket)
    return player.market, player


def sold_to(rpc: Rpc, player: Player) -> list[str]:
    """Hashes of the transactions in which the player bought something, asked of the chain."""
    assert player.ready is not None
    buyer = "0x" + "00" * 12 + player.ready.account[2:].lower()
    query = {"address": plan_deployment().market, "fromBlock": "0x0", "topics": [SOLD, None, None, buyer]}
    return [log["transactionHash"] for log in rpc.call("eth_getLogs", query)]


def hat() -> tuple[Line, ...]:
    return (Line(good_id=HAT, quantity=1, place_id=SHOP),)


def states(player: Player, order_id: OrderId) -> list[str]:
    return [update.state for update in player.moves(order_id)]


@pytest.mark.parametrize("state", CRASH_STATES)
def test_a_worker_that_dies_at_any_state_is_replaced_and_buys_once(
    tmp_path: Path, node: Node, rpc: Rpc, state: str
) -> None:
    market, player = start(tmp_path, node, crash_at=state)
    player.open()
    order_id = OrderId(new_id())
    market.submit(Quote(order_id=order_id, lines=hat()))
    if state != "draft":
        player.wait("a quote", lambda: any(isinstance(update, Quoted) for update in player.heard))
        market.submit(Confirm(order_id=order_id))
    player.wait("the worker's death", lambda: player.count(Down) == 1)
    market._worker_args = ()  # the next one lives
    if state == "draft":
        player.wait("a quote", lambda: any(isinstance(update, Quoted) for update in player.heard))
        market.submit(Confirm(order_id=order_id))
    player.wait("another worker", lambda: sum(isinstance(update, Ready) for update in player.heard) == 2)
    player.wait("the end of the order", lambda: "final" in states(player, order_id))
    player.wait("the hat", lambda: player.owned(HAT) == 1)
    again = player.confirm(order_id)
    assert again.state == "final"
    market.close()
    assert player.ready is not None
    assert units_on_chain(rpc, player.ready.account, HAT) == 1
    assert sold_to(rpc, player) == [again.tx_hash]


@pytest.mark.parametrize("state", [state for state in CRASH_STATES if state != "draft"])
def test_a_game_that_is_killed_after_signing_finds_the_good_at_the_next_start(
    tmp_path: Path, node: Node, rpc: Rpc, state: str
) -> None:
    market, player = start(tmp_path, node, crash_at=state)
    player.open()
    quoted = player.quote(*hat())
    market.submit(Confirm(order_id=quoted.order_id))
    player.wait("the worker's death", lambda: player.count(Down) == 1)
    market.close()
    later_market, later = start(tmp_path, node)
    later.open()
    later.wait("the hat", lambda: later.owned(HAT) == 1)
    told = [update for update in later.heard if isinstance(update, OrderUpdate) and update.state == "final"]
    assert len(told) == (0 if state == "final" else 1)
    later_market.close()
    assert later.ready is not None
    assert units_on_chain(rpc, later.ready.account, HAT) == 1
    assert len(sold_to(rpc, later)) == 1
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.history(quoted.order_id)[-1] == "final"
    assert journal.history(quoted.order_id).count("final") == 1
    journal.close()


def test_a_game_that_is_killed_before_signing_has_bought_nothing(tmp_path: Path, node: Node, rpc: Rpc) -> None:
    market, player = start(tmp_path, node, crash_at="draft")
    player.open()
    order_id = OrderId(new_id())
    market.submit(Quote(order_id=order_id, lines=hat()))
    player.wait("the worker's death", lambda: player.count(Down) == 1)
    market.close()
    later_market, later = start(tmp_path, node)
    later.open()
    assert later.owned(HAT) == 0
    refused = later.confirm(order_id)
    assert (refused.state, refused.reason, refused.money_moved) == ("refused", "order_unknown", False)
    assert sold_to(rpc, later) == []
    bought = later.buy(*hat())
    assert bought.state == "final"
    later_market.close()
    assert sold_to(rpc, later) == [bought.tx_hash]
