"""The client of a node that hangs, babbles or lies: it says so and never waits for ever."""

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from chain import rpc as client
from chain.chain_source import parse_block
from chain.errors import ChainError
from chain.market import ChainMarket
from chain.rpc import NodeUnreachableError, Rpc, RpcError, quantity
from game.core.ports import Down
from tests.chain.bazaar import CATALOGUE, Player

Talk = Callable[[socket.socket], None]
Node = Callable[[Talk], str]


@pytest.fixture
def node() -> Iterator[Node]:
    """Starts a node that talks as it's told to each connection, and gives its URL."""
    open_sockets: list[socket.socket] = []

    def start(talk: Talk) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        open_sockets.append(listening)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                open_sockets.append(connection)
                threading.Thread(target=_quietly, args=(talk, connection), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}/secret-key?token=secret"

    yield start
    for each in open_sockets:
        each.close()


@pytest.fixture
def _usual_recursion() -> Iterator[None]:
    """py-evm, which no market loads, lets Python recurse deeper than the main thread's stack can hold."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    yield
    sys.setrecursionlimit(limit)


def _quietly(talk: Talk, connection: socket.socket) -> None:
    try:
        talk(connection)
    except OSError:
        return  # the client has left, as it should


def saying(body: bytes, *, length: int | None = None) -> Talk:
    """Answers every request with a body."""

    def talk(connection: socket.socket) -> None:
        while connection.recv(65536):
            size = len(body) if length is None else length
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + body)

    return talk


def result(value: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 0, "result": value}).encode()


def test_a_plain_answer_is_had(node: Node) -> None:
    assert Rpc(node(saying(result("0x1")))).call("eth_chainId") == "0x1"


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"\xff", b"[" * 200_000, b'{"result":' + b"[" * 200_000], ids=lambda body: str(body[:9])
)
@pytest.mark.usefixtures("_usual_recursion")
def test_what_is_no_json_is_no_node(node: Node, body: bytes) -> None:
    with pytest.raises(NodeUnreachableError, match="no JSON"):
        Rpc(node(saying(body))).call("eth_chainId")


@pytest.mark.parametrize(
    "answer",
    [
        [], 5, None, {}, {"error": "text"}, {"error": None}, {"error": {"code": {}, "message": None}},
        {"result": 1, "error": "both"},
    ],
    ids=str,
)  # fmt: skip
def test_json_that_is_no_answer_is_an_error(node: Node, answer: Any) -> None:
    with pytest.raises(RpcError):
        Rpc(node(saying(json.dumps(answer).encode()))).call("eth_chainId")


@pytest.mark.parametrize("answer", [[{"id": [], "result": 1}], [5], [{"id": "0", "result": 1}], []], ids=str)
def test_a_batch_whose_answers_are_none_has_an_error_for_each_call(node: Node, answer: Any) -> None:
    told = Rpc(node(saying(json.dumps(answer).encode()))).batch([("eth_chainId", []), ("eth_gasPrice", [])])
    assert [type(each) for each in told] == [RpcError, RpcError]


def test_a_node_that_says_nothing_is_left(node: Node) -> None:
    url = node(lambda connection: time.sleep(20))
    with pytest.raises(NodeUnreachableError):
        Rpc(url, timeout_secs=0.1).call("eth_chainId")


def test_a_connection_that_is_abandoned_ends_the_call_in_flight_and_makes_no_other(node: Node) -> None:
    asked = threading.Event()
    connections: list[socket.socket] = []

    def silence(connection: socket.socket) -> None:
        connections.append(connection)
        while connection.recv(65536):
            asked.set()

    rpc = Rpc(node(silence), timeout_secs=30.0)
    begun = time.monotonic()
    threading.Thread(target=lambda: asked.wait(20) and rpc.abandon(), daemon=True).start()
    with pytest.raises(NodeUnreachableError):
        rpc.call("eth_chainId")
    with pytest.raises(NodeUnreachableError, match="not asked any more"):
        rpc.call("eth_chainId")
    assert time.monotonic() - begun < 20.0
    assert len(connections) == 1


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PIECE_BYTES", 1)
    monkeypatch.setattr(client, "ANSWER_SECS", 0.0)

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(1000):
            connection.sendall(b" ")
            time.sleep(0.02)

    with pytest.raises(NodeUnreachableError, match="too slowly"):
        Rpc(node(drip), timeout_secs=0.2).call("eth_chainId")


def test_an_answer_without_end_is_not_kept(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PIECE_BYTES", 1000)
    monkeypatch.setattr(client, "ANSWER_BYTES", 10_000)
    with pytest.raises(NodeUnreachableError, match="more than 10000 bytes"):
        Rpc(node(saying(result("0" * 20_000)))).call("eth_chainId")
    assert len(Rpc(node(saying(result("0" * 5_000)))).call("eth_chainId")) == 5_000


def test_somebodys_key_in_an_address_is_told_to_nobody(node: Node) -> None:
    with pytest.raises(NodeUnreachableError) as caught:
        Rpc(node(saying(b"no"))).call("eth_chainId")
    assert "secret" not in str(caught.value)
    assert "http://127.0.0.1:" in str(caught.value)


@pytest.mark.parametrize("value", [None, "", "0x", "ten", [], {}, 5])
def test_a_number_that_is_none_is_told(value: Any) -> None:
    with pytest.raises(ChainError, match="balance is no number"):
        quantity(value, "balance")
    assert quantity("0x10", "balance") == 16


@pytest.mark.parametrize("block", [{}, [], "0x", {"number": "0x1", "hash": 5, "parentHash": "0x", "timestamp": "0x0"}])
def test_a_block_that_is_none_is_told(block: Any) -> None:
    with pytest.raises(ChainError, match="block is none"):
        parse_block(block)


@pytest.mark.parametrize("value", ["0x7a69", None, []], ids=str)
def test_a_market_whose_node_babbles_is_down_and_goes_on_trying(node: Node, tmp_path: Path, value: Any) -> None:
    market = ChainMarket(tmp_path, CATALOGUE, rpc=node(saying(result(value))))
    market.start()
    player = Player(market)
    player.wait("bad news twice", lambda: player.count(Down) >= 2)
    assert all(update.reason != "worker_stopped" for update in player.heard if isinstance(update, Down))
    assert market.worker_pid is not None
    market.close()
