"""Real nodes for the chain's tests. Each test that takes `rpc` runs on the embedded node and on anvil."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chain import transactions
from chain.node import Node, ensure_node, release_node
from chain.node_process import find_anvil
from chain.rpc import Rpc, RpcError
from tests.chain.bazaar import NODES, Bazaar, open_bazaar
from tests.chain.desks import Desks

NODE_KINDS = ["embedded", pytest.param("anvil", marks=pytest.mark.anvil)]


@pytest.fixture(autouse=True)
def _skip_without_anvil(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("anvil") and find_anvil() is None:
        pytest.skip("anvil is neither on PATH nor in node_modules")


@pytest.fixture(scope="session", params=NODE_KINDS)
def node_kind(request: pytest.FixtureRequest) -> str:
    """embedded or anvil; tests for anvil are skipped where it's missing."""
    if request.param == "anvil" and find_anvil() is None:
        pytest.skip("anvil is neither on PATH nor in node_modules")
    return str(request.param)


@pytest.fixture(scope="session")
def shared_node(node_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """One node of each kind for the whole run."""
    node = ensure_node(tmp_path_factory.mktemp(f"home-{node_kind}"), node_kind)
    yield node
    release_node(node)


@pytest.fixture
def rpc(shared_node: Node) -> Iterator[Rpc]:
    """A connection to the shared node, whose chain is put back after the test."""
    connection = Rpc(shared_node.url)
    moment = connection.call("evm_snapshot")
    yield connection
    connection.call("evm_setAutomine", True)
    connection.call("evm_revert", moment)
    connection.close()


@pytest.fixture(scope="module", params=NODES)
def bazaar(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bazaar]:
    """Three players on the fake chain, on the embedded node and on anvil, for all tests of a module."""
    made = open_bazaar(request.param, tmp_path_factory.mktemp(f"bazaar_{request.param}"), count=3)
    yield made
    made.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "home"


@pytest.fixture
def desks(rpc: Rpc, tmp_path: Path) -> Iterator[Desks]:
    made = Desks(rpc, tmp_path)
    yield made
    for desk in made.open:
        desk.close()


@pytest.fixture
def slow_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chain is no dev chain any more, and names no finalized block."""
    call = Rpc.call

    def without_finalized(self: Rpc, method: str, *params: Any) -> Any:
        if params[:1] == ("finalized",):
            raise RpcError(method, -39001, "unknown block")
        return call(self, method, *params)

    monkeypatch.setattr(transactions, "DEV_CHAIN_ID", 0)
    monkeypatch.setattr(Rpc, "call", without_finalized)
