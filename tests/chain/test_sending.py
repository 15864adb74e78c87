"""How orders reach nodes of every kind: those that take bundles, those that don't, and those that show nothing."""

from typing import Any

import pytest

from chain.rpc import Rpc, RpcError
from game.core.ports import Confirm, OrderUpdate
from tests.chain.desks import Desks, hat, quote, settle, states


class Sends:
    """What games send, and what a node of the test's choice answers to it; None: what the real one does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: dict[str, Any] = {}
        self.methods: list[str] = []
        call, sends = Rpc.call, self

        def listen(self: Rpc, method: str, *params: Any) -> Any:
            if method.startswith("eth_send"):
                sends.methods.append(method)
            answer = sends.answers.get(method)
            if isinstance(answer, tuple):
                raise RpcError(method, *answer)
            return call(self, method, *params) if answer is None else answer

        monkeypatch.setattr(Rpc, "call", listen)


@pytest.fixture
def sends(monkeypatch: pytest.MonkeyPatch, desks: Desks) -> Sends:
    desks("opens")  # deploys, which is no order
    return Sends(monkeypatch)


def test_a_node_that_knows_no_bundles_is_asked_once(desks: Desks, sends: Sends) -> None:
    desk, said = desks("one")
    sends.methods.clear()
    sends.answers["eth_sendBundle"] = (-32601, "the method does not exist")
    for _ in range(2):
        desk.serve(Confirm(order_id=quote(desk, said, hat())))
        settle(desk)
        assert states(said)[-1] == "final"
    assert sends.methods == ["eth_sendBundle", "eth_sendRawTransaction", "eth_sendRawTransaction"]


@pytest.mark.parametrize("answer", [(-32602, "blockNumber is missing"), (-32600, "sign your request")])
def test_what_a_node_has_against_the_bundle_alone_sends_it_plain(
    desks: Desks, sends: Sends, answer: tuple[int, str]
) -> None:
    desk, said = desks("one")
    sends.methods.clear()
    sends.answers["eth_sendBundle"] = answer
    for _ in range(2):
        desk.serve(Confirm(order_id=quote(desk, said, hat())))
        settle(desk)
        assert states(said)[-1] == "final"
    assert sends.methods == ["eth_sendBundle", "eth_sendRawTransaction"] * 2


@pytest.mark.parametrize(("answer", "state", "reason"), [
    ((3, "execution reverted", "0x"), "refused", "chain_refused"),
    ((-32003, "nonce too low"), "replaced", "transaction_replaced"),
    ((-32003, "max fee per gas less than block base fee"), "dropped", "network_fee_rose"),
])  # fmt: skip
def test_what_a_node_has_against_the_transaction_is_not_sent_another_way(
    desks: Desks, sends: Sends, answer: tuple[Any, ...], state: str, reason: str
) -> None:
    desk, said = desks("one")
    sends.methods.clear()
    sends.answers["eth_sendBundle"] = answer
    desk.serve(Confirm(order_id=quote(desk, said, hat())))
    ended = said[-1]
    assert isinstance(ended, OrderUpdate)
    assert (ended.state, ended.reason, ended.money_moved, ended.gas_wei) == (state, reason, False, 0)
    assert sends.methods == ["eth_sendBundle"]
    assert not desk.tick()


@pytest.mark.usefixtures("slow_chain")
def test_a_builder_that_shows_nothing_is_sent_the_same_bytes_once_a_block(
    desks: Desks, sends: Sends, rpc: Rpc
) -> None:
    desk, said = desks("one")
    rpc.call("evm_setAutomine", False)
    sends.methods.clear()
    sends.answers["eth_sendBundle"] = {"bundleHash": "0x" + "00" * 32}
    desk.serve(Confirm(order_id=quote(desk, said, hat())))
    for _ in range(5):
        desk.tick()
    in_the_first_block = len(sends.methods)
    assert in_the_first_block <= 2
    rpc.call("evm_mine")
    for _ in range(5):
        desk.tick()
    assert sends.methods == ["eth_sendBundle"] * (in_the_first_block + 1)
    assert states(said) == ["signed", "sent"]
    sends.answers["eth_sendBundle"] = (-32601, "no longer")
    rpc.call("evm_mine")
    desk.tick()
    rpc.call("anvil_mine", "0xd")
    settle(desk)
    assert states(said)[-1] == "final"
