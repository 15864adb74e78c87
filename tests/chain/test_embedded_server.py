"""The embedded node's door: what it lets in, what it answers to nonsense."""

import http.client
import itertools
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chain import embedded
from chain.embedded import EmbeddedServer
from chain.embedded_chain import EmbeddedChain
from chain.embedded_rpc import METHODS
from chain.embedded_store import Store
from chain.errors import ChainError
from chain.rpc import Rpc
from tests.chain.accounts import Person


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    running = EmbeddedServer(home)
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


def post(server: EmbeddedServer, body: bytes, **headers: str) -> tuple[int, Any]:
    """Status and JSON (or text) of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request("POST", "/", body, headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    is_json = text and response.headers["Content-Type"] == "application/json"
    return response.status, json.loads(text) if is_json else text


CHAIN_ID_CALL = b'{"jsonrpc":"2.0","id":7,"method":"eth_chainId","params":[]}'


def test_a_call_is_answered_with_its_id(server: EmbeddedServer) -> None:
    assert post(server, CHAIN_ID_CALL) == (200, {"jsonrpc": "2.0", "id": 7, "result": "0x7a69"})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"\xff\xfe", -32700),
        (b"[" * 100_000, -32700),
        (b'"text"', -32600),
        (b"[]", -32600),
        (b'{"id":1}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":5}', -32600),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":{"a":1}}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x12"]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":[{}, {}]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[1,2,3]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_call","params":["0x"]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"topics":[1]}]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"fromBlock":"0xz"}]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"anvil_mine","params":["0xffffffff"]}', -32602),
        (b'{"jsonrpc":"2.0","id":1,"method":"__class__","params":[]}', -32601),
    ],
)
def test_nonsense_gets_the_right_error_and_the_next_call_an_answer(
    server: EmbeddedServer, body: bytes, code: int
) -> None:
    status, answer = post(server, body)
    assert (status, answer["error"]["code"]) == (200, code)
    assert post(server, CHAIN_ID_CALL)[1]["result"] == "0x7a69"


def test_a_batch_with_one_bad_call_answers_the_others(server: EmbeddedServer) -> None:
    status, answers = post(server, b"[" + CHAIN_ID_CALL + b',1,{"jsonrpc":"2.0","method":"eth_chainId"}]')
    assert status == 200
    assert [answer.get("result", answer.get("error", {}).get("code")) for answer in answers] == ["0x7a69", -32600]


def test_a_notification_gets_no_answer(server: EmbeddedServer) -> None:
    assert post(server, b'{"jsonrpc":"2.0","method":"eth_chainId","params":[]}') == (200, b"")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1.evil.example", "10.0.0.1"])
def test_a_page_that_points_its_own_name_here_is_refused(server: EmbeddedServer, host: str) -> None:
    assert post(server, CHAIN_ID_CALL, Host=host)[0] == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:5"])
def test_a_loopback_name_is_let_in(server: EmbeddedServer, host: str) -> None:
    assert post(server, CHAIN_ID_CALL, Host=host)[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_web_page_is_refused(server: EmbeddedServer, origin: str) -> None:
    status, _ = post(server, CHAIN_ID_CALL, Origin=origin)
    assert status == 403


def test_no_answer_invites_other_origins(server: EmbeddedServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request("OPTIONS", "/", headers={"Origin": "http://localhost", "Access-Control-Request-Method": "POST"})
    response = connection.getresponse()
    assert response.status == 405
    assert not [name for name, _ in response.getheaders() if name.lower().startswith("access-control")]
    connection.close()


def test_a_body_beyond_the_bound_is_refused_unread(server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "BODY_BYTES", 100)
    assert post(server, b" " * 101)[0] == 413
    assert post(server, CHAIN_ID_CALL)[0] == 200


@pytest.mark.parametrize("headers", [{"Host": "["}, {"Host": "[::1"}, {"Origin": "http://["}], ids=str)
def test_a_name_that_is_none_is_refused(server: EmbeddedServer, headers: dict[str, str]) -> None:
    assert post(server, CHAIN_ID_CALL, **headers)[0] == 403


@pytest.mark.parametrize(("length", "status"), [("9" * 5000, 413), ("-1", 411), ("\u0661", 411), ("0x10", 411)])
def test_a_length_that_is_none_is_refused(server: EmbeddedServer, length: str, status: int) -> None:
    with socket.create_connection(server.server_address[:2], timeout=10) as client:
        head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
        client.sendall(head.encode())
        assert client.recv(4096).split()[1] == str(status).encode()


def test_a_client_that_stops_in_the_middle_keeps_nobody_waiting(server: EmbeddedServer) -> None:
    with socket.create_connection(server.server_address[:2], timeout=10) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
        assert post(server, CHAIN_ID_CALL)[0] == 200


def test_a_request_without_length_is_refused(server: EmbeddedServer) -> None:
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as plain:
        plain.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert plain.recv(100).startswith(b"HTTP/1.1 411 ")


def test_one_connection_serves_many_calls(server: EmbeddedServer) -> None:
    rpc = Rpc(server.url)
    rpc.call("eth_chainId")
    first = rpc._connection.sock
    rpc.call("eth_blockNumber")
    assert rpc._connection.sock is first
    rpc.close()


def test_blocks_strictly_follow_each_other_in_time(server: EmbeddedServer) -> None:
    rpc = Rpc(server.url)
    rpc.call("anvil_mine", "0x3")
    times = [int(rpc.call("eth_getBlockByNumber", hex(number), False)["timestamp"], 16) for number in range(4)]
    assert times == sorted(set(times))
    rpc.close()


def test_what_was_answered_is_there_when_the_chain_is_opened_again(home: Path) -> None:
    first = EmbeddedServer(home)
    threading.Thread(target=first.serve_forever, args=(0.02,), daemon=True).start()
    rpc = Rpc(first.url)
    person = Person(rpc)
    mined = person.send(to="0x" + "12" * 20, value=3)
    waiting = rpc.call("eth_sendRawTransaction", person.sign(to="0x" + "12" * 20, value=4, nonce=2))
    rpc.call("anvil_setBalance", "0x" + "34" * 20, "0x5")
    moment = rpc.call("evm_snapshot")
    head = rpc.call("eth_getBlockByNumber", "latest", False)
    rpc.close()
    first.shutdown()
    first.server_close()

    second = EmbeddedServer(home)
    threading.Thread(target=second.serve_forever, args=(0.02,), daemon=True).start()
    rpc = person.rpc = Rpc(second.url)
    assert rpc.call("eth_getBlockByNumber", "latest", False) == head
    assert rpc.call("eth_getTransactionReceipt", mined["transactionHash"]) == mined
    assert rpc.call("eth_getBalance", "0x" + "34" * 20, "latest") == "0x5"
    assert rpc.call("eth_getTransactionByHash", waiting)["blockNumber"] is None
    person.send(to="0x" + "12" * 20, nonce=1)
    assert int(rpc.call("eth_getTransactionReceipt", waiting)["status"], 16) == 1
    assert rpc.call("evm_revert", moment) is True
    assert rpc.call("eth_getBlockByNumber", "latest", False)["hash"] == head["hash"]
    rpc.close()
    second.shutdown()
    second.server_close()


def test_a_failing_block_leaves_no_trace(server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    rpc = Rpc(server.url)
    person = Person(rpc)
    before = (rpc.call("eth_blockNumber"), rpc.call("eth_getBalance", person.address, "latest"))

    def full_disk(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "add_block", full_disk)
        answer = post(server, json.dumps({
            "jsonrpc": "2.0", "id": 1, "method": "eth_sendRawTransaction", "params": [person.sign(value=1, to=None)],
        }).encode())[1]  # fmt: skip
        assert answer["error"]["code"] == -32603
    assert (rpc.call("eth_blockNumber"), rpc.call("eth_getBalance", person.address, "latest")) == before
    assert int(person.send(value=1, to="0x" + "12" * 20)["status"], 16) == 1
    rpc.close()


def test_a_file_that_is_no_chain_is_refused_and_kept(home: Path) -> None:
    path = home / "chain" / "embedded.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is a diary" * 100)
    with pytest.raises(ChainError, match="move it away"):
        EmbeddedServer(home)
    assert path.read_bytes() == b"this is a diary" * 100


def test_a_chain_that_was_cut_short_is_refused_and_kept(home: Path) -> None:
    path = home / "chain" / "embedded.sqlite"
    store = Store(path)
    EmbeddedChain(store).mine(20)
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ChainError, match="move it away"):
        Store(path)
    assert path.read_bytes() == whole[: len(whole) // 2]
    path.write_bytes(whole)
    assert EmbeddedChain(Store(path)).head.block_number == 20


def test_a_chain_that_cannot_be_opened_is_told(home: Path) -> None:
    (home / "chain" / "embedded.sqlite").mkdir(parents=True)
    with pytest.raises(ChainError, match="can't be opened"):
        Store(home / "chain" / "embedded.sqlite")


def test_a_chain_of_another_layout_is_refused(home: Path) -> None:
    path = home / "chain" / "embedded.sqlite"
    store = Store(path)
    store.set_setting("layout", "99")
    store.close()
    with pytest.raises(ChainError, match="layout 99"):
        Store(path)


_SOMEONE = "0x" + "12" * 20
_SCRAPS: list[Any] = [
    None, True, -5, 1.5, 2**256 - 1, 2**300, "", "0x", "0x1", "0xzz", "-0x1", "latest", "pending", "0x" + "f" * 64,
    _SOMEONE, "0x" + "34" * 32, [], {}, [_SOMEONE], {"from": _SOMEONE, "to": _SOMEONE, "value": "0x1"}, {"from": 5},
    {"data": "0x60"}, {"gas": "0x5208", "to": []}, {"to": _SOMEONE, "accessList": [{}]}, {"topics": [[None], {}]},
    {"to": _SOMEONE, "accessList": [{"address": _SOMEONE, "storageKeys": 5}]}, {"address": [5]}, {"address": {}},
    {_SOMEONE: {"balance": "0x1", "code": "0x6000", "state": {"0x1": "0x2"}}}, {_SOMEONE: {"nonce": "0x" + "f" * 64}},
    {"txs": 5}, {"txs": [5], "revertingTxHashes": {}}, {"txs": ["0x02c0"], "revertingTxHashes": [None]}, {"txs": []},
    {_SOMEONE: 5}, {"blockHash": "0x" + "34" * 32}, {"timestamp": "0x7fffffff"}, {"value": "0x" + "f" * 64},
]  # fmt: skip


def test_no_parameters_whatever_upset_a_method(home: Path) -> None:
    """Each call is answered or refused; -32603 with "internal error" would be a fault of ours."""
    store = Store(home / "chain.sqlite")
    chain = EmbeddedChain(store)
    upset = {}
    for method in METHODS:
        pairs = itertools.product(_SCRAPS, _SCRAPS)
        overridden = ((_SCRAPS[19], "latest", scrap) for scrap in _SCRAPS)
        for params in itertools.chain([()], ((scrap,) for scrap in _SCRAPS), pairs, overridden):
            request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            reply = embedded.respond(chain, json.dumps(request).encode())
            if "error" in reply and reply["error"]["message"].startswith("internal error"):
                upset[method] = (params, reply)
    store.close()
    assert upset == {}
