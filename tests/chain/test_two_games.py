"""Two games on one real node want the only copy; the slower one is held up, or killed, wherever that may hurt."""

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chain.journal import Journal
from chain.market import ChainMarket
from chain.node import Node, ensure_node, release_node
from chain.rpc import Rpc
from game.core.ids import OrderId
from game.core.ports import FINAL_STATES, Confirm, Down, History, Line, OrderUpdate, Quoted, Recall
from tests.chain.bazaar import HAT, SHOP, VASE, Player, start_player, units_on_chain

ONE_VASE = Line(good_id=VASE, quantity=1, place_id=SHOP)
PATIENCE_SECS = 60.0


class Gate:
    """Stands between a game and its node, and while it is shut, holds back what is sent."""

    def __init__(self, url: str) -> None:
        gate = self
        self.reached, self.opened = threading.Event(), threading.Event()
        self.opened.set()
        node = urlsplit(url)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if b'"eth_send' in body and not gate.opened.is_set():
                    gate.reached.set()
                    gate.opened.wait(PATIENCE_SECS)
                onward = http.client.HTTPConnection(node.hostname or "", node.port)
                onward.request("POST", "/", body, {"Content-Type": "application/json"})
                answer = onward.getresponse().read()
                onward.close()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.opened.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def node(node_kind: str, tmp_path: Path) -> Iterator[Node]:
    """A chain of its own: there is one vase."""
    held = ensure_node(tmp_path / "node", node_kind)
    yield held
    release_node(held)


@pytest.fixture
def rpc(node: Node) -> Iterator[Rpc]:
    connection = Rpc(node.url)
    yield connection
    connection.close()


def quote(player: Player, line: Line) -> OrderId:
    quoted = player.quote(line)
    assert isinstance(quoted, Quoted), quoted
    return quoted.order_id


def dies_of(player: Player, order_id: OrderId) -> None:
    """Confirm an order of which the worker was told to die."""
    player.market.submit(Confirm(order_id=order_id))
    player.wait("the worker's death", lambda: player.count(Down) == 1)


def end(player: Player, order_id: OrderId) -> OrderUpdate:
    """The end of an order, waited for."""
    player.wait("the end", lambda: any(move.state in FINAL_STATES for move in player.moves(order_id)))
    return player.moves(order_id)[-1]


def on_chain(rpc: Rpc, player: Player) -> tuple[int, int, int]:
    """Wei, transactions and vases of a player."""
    assert player.ready is not None
    account = player.ready.account
    wei, count = (int(rpc.call(what, account, "latest"), 16) for what in ("eth_getBalance", "eth_getTransactionCount"))
    return wei, count, units_on_chain(rpc, account, VASE)


@pytest.mark.parametrize("automine", [True, False])
def test_of_two_games_that_buy_at_once_one_is_refused_before_signing(
    tmp_path: Path, node: Node, rpc: Rpc, *, automine: bool
) -> None:
    gate = Gate(node.url)
    slow = start_player(tmp_path / "slow", gate.url).open()
    fast = start_player(tmp_path / "fast", node.url).open()
    orders = {player: quote(player, ONE_VASE) for player in (slow, fast)}
    before = on_chain(rpc, fast)
    rpc.call("evm_setAutomine", automine)
    gate.opened.clear()
    slow.market.submit(Confirm(order_id=orders[slow]))
    assert gate.reached.wait(PATIENCE_SECS)  # it has been told that it can have the vase
    fast.market.submit(Confirm(order_id=orders[fast]))
    gate.opened.set()
    lost = end(fast, orders[fast])
    assert (lost.state, lost.reason, lost.money_moved) == ("refused", "sold_out", False)
    assert (lost.tx_hash, lost.gas_wei) == ("", 0)
    rpc.call("evm_mine")
    assert end(slow, orders[slow]).state == "final"
    assert on_chain(rpc, slow)[1:] == (1, 1)
    assert on_chain(rpc, fast) == before
    rpc.call("evm_setAutomine", True)
    for player in (slow, fast):
        player.market.close()
    gate.close()


@pytest.mark.parametrize("next_game", [True, False])
def test_who_dies_before_sending_and_finds_it_sold_has_paid_nothing(
    tmp_path: Path, node: Node, rpc: Rpc, *, next_game: bool
) -> None:
    fast = start_player(tmp_path / "fast", node.url).open()
    slow = start_player(tmp_path / "slow", node.url, crash_at="signed").open()
    bought, lost = quote(fast, ONE_VASE), quote(slow, ONE_VASE)
    before = on_chain(rpc, slow)
    dies_of(slow, lost)
    if next_game:
        slow.market.close()
    assert fast.confirm(bought).state == "final"
    if next_game:
        slow = start_player(tmp_path / "slow", node.url).open()
    else:
        assert isinstance(slow.market, ChainMarket)
        slow.market._worker_args = ()  # the next one lives
    told = end(slow, lost)
    assert (told.state, told.reason, told.money_moved, told.gas_wei, told.shares) == (
        "refused", "sold_out", False, 0, (),
    )  # fmt: skip
    assert "nothing was paid" in told.detail
    assert on_chain(rpc, slow) == before
    assert slow.buy(Line(good_id=HAT, quantity=1, place_id=SHOP)).state == "final"
    assert on_chain(rpc, slow)[1:] == (1, 0)
    for player in (slow, fast):
        player.market.close()


def test_who_dies_on_being_refused_is_refused_once(tmp_path: Path, node: Node, rpc: Rpc) -> None:
    fast = start_player(tmp_path / "fast", node.url).open()
    slow = start_player(tmp_path / "slow", node.url, crash_at="signed").open()
    bought, lost = quote(fast, ONE_VASE), quote(slow, ONE_VASE)
    before = on_chain(rpc, slow)
    dies_of(slow, lost)
    slow.market.close()
    assert fast.confirm(bought).state == "final"
    dying = start_player(tmp_path / "slow", node.url, crash_at="refused")
    dying.wait("its death", lambda: dying.count(Down) == 1)
    dying.market.close()
    later = start_player(tmp_path / "slow", node.url).open()
    history = later.market
    history.submit(Recall())
    later.wait("the history", lambda: any(isinstance(update, History) for update in later.heard))
    [past] = next(update for update in later.heard if isinstance(update, History)).orders
    assert (past.order_id, past.state, past.reason, past.money_moved) == (lost, "refused", "sold_out", False)
    assert on_chain(rpc, later) == before
    for player in (later, fast):
        player.market.close()
    journal = Journal(tmp_path / "slow" / "journal.sqlite")
    assert journal.history(lost) == ["draft", "signed", "refused"]
    journal.close()


@pytest.mark.parametrize("state", ["broadcast", "sent"])
def test_who_dies_while_the_node_drops_an_order_is_told_at_the_next_start(
    tmp_path: Path, node: Node, rpc: Rpc, state: str
) -> None:
    if node.kind != "embedded":
        pytest.skip("a node that knows no bundles")
    slow = start_player(tmp_path / "slow", node.url, crash_at=state).open()
    lost = quote(slow, ONE_VASE)
    before = on_chain(rpc, slow)
    rpc.call("evm_setAutomine", False)
    dies_of(slow, lost)
    slow.market.close()
    journal = Journal(tmp_path / "slow" / "journal.sqlite")
    entry = journal.get(lost)
    journal.close()
    assert entry is not None
    assert rpc.call("eth_getTransactionByHash", entry.tx_hash) is not None
    rpc.call("evm_setNextBlockTimestamp", entry.deadline_secs + 5)
    rpc.call("evm_setAutomine", True)
    rpc.call("evm_mine")
    assert rpc.call("eth_getTransactionByHash", entry.tx_hash) is None
    later = start_player(tmp_path / "slow", node.url).open()
    told = end(later, lost)
    assert (told.state, told.reason, told.money_moved, told.gas_wei) == ("refused", "quote_outdated", False, 0)
    assert on_chain(rpc, later) == before
    assert later.buy(ONE_VASE).state == "final"
    assert on_chain(rpc, later)[1:] == (1, 1)
    later.market.close()
