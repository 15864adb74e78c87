"""What is done in the orchard, cut off at any arrow: done once, paid once, and told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chain.deploy import plan_deployment
from chain.logs import ADOPTED, REVEALED, WATERED
from chain.node import Node, ensure_node, release_node
from chain.orchard_desk import open_desk
from chain.rpc import Rpc
from game.core.ids import Address
from game.core.orchard_ports import Adopt, FollowOrchard, GraftTree, OpenPlot, OrchardTold, WaterTree
from game.core.ports import Down, Request
from tests.chain.bazaar import Player, new_id
from tests.chain.grove import ADOPTION_WEI, terms
from tests.chain.test_trade_crash import cut_off, logged, start, topic


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    held = ensure_node(tmp_path_factory.mktemp("orchard_crash"), "embedded")
    yield held
    release_node(held)


@pytest.fixture
def rpc(node: Node) -> Iterator[Rpc]:
    connection = Rpc(node.url)
    yield connection
    connection.close()


@pytest.fixture
def tree(node: Node, rpc: Rpc, tmp_path: Path) -> int:
    """A tree of a new plot that nobody adopted."""
    desk = open_desk(tmp_path / "grower", rpc=node.url)
    now = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
    plot = desk.open_plot(OpenPlot(request_id=new_id("plot"), **terms(now)))
    desk.close()
    return plot.plot << 16


def orchard() -> Address:
    found = plan_deployment().orchard
    assert found is not None
    return found


def held_wei(rpc: Rpc) -> int:
    return int(rpc.call("eth_getBalance", orchard(), "latest"), 16)


def once(request: Request, node: Node, home: Path, *, crash_at: str, next_game: bool) -> Player:
    """Ask for something that is cut off there; the player who was told that it is done."""
    player = start(home, node, crash_at=crash_at)
    then = (lambda: start(home, node)) if next_game else None
    return cut_off(player, request, OrchardTold, then=then)


@pytest.mark.parametrize("crash_at", ["draft", "signed", "broadcast", "included"])
def test_an_adoption_cut_off_anywhere_is_paid_once(
    node: Node, rpc: Rpc, tmp_path: Path, tree: int, crash_at: str
) -> None:
    before = held_wei(rpc)
    player = once(
        Adopt(request_id=new_id("adopt"), tree=tree), node, tmp_path / "home", crash_at=crash_at, next_game=False
    )
    assert len(logged(rpc, orchard(), [ADOPTED, topic(tree)])) == 1
    assert held_wei(rpc) == before + ADOPTION_WEI
    player.market.close()


@pytest.mark.parametrize("crash_at", ["sent", "final"])
def test_watering_cut_off_is_done_once_in_the_next_game(
    node: Node, rpc: Rpc, tmp_path: Path, tree: int, crash_at: str
) -> None:
    home = tmp_path / "home"
    player = start(home, node)
    assert isinstance(player.answer(Adopt(request_id=new_id("adopt"), tree=tree), OrchardTold), OrchardTold)
    player.market.close()
    later = once(
        WaterTree(request_id=new_id("water"), tree=tree, times=3), node, home, crash_at=crash_at, next_game=True
    )
    assert len(logged(rpc, orchard(), [WATERED, topic(tree)])) == 1
    told = later.answer(FollowOrchard(request_id=new_id("follow")), OrchardTold)
    assert isinstance(told, OrchardTold)
    assert {fact.tree: fact.waterings_left for fact in told.trees}[tree] == 9
    later.market.close()


def test_a_graft_whose_worker_dies_is_revealed_by_the_next(node: Node, rpc: Rpc, tmp_path: Path, tree: int) -> None:
    home = tmp_path / "home"
    player = start(home, node)
    assert isinstance(player.answer(Adopt(request_id=new_id("adopt"), tree=tree), OrchardTold), OrchardTold)
    player.market.close()
    player = start(home, node, crash_at="included")
    player.market.submit(GraftTree(request_id=new_id("graft"), tree=tree, with_variety="loquat_rust"))
    player.wait("the worker's death", lambda: player.count(Down) >= 1)
    assert logged(rpc, orchard(), [REVEALED, topic(tree)]) == []
    player.market.close()
    later = start(home, node)
    later.wait("the reveal", lambda: bool(logged(rpc, orchard(), [REVEALED, topic(tree)])))
    told = later.answer(FollowOrchard(request_id=new_id("follow")), OrchardTold)
    assert isinstance(told, OrchardTold)
    assert {fact.tree: fact.variety for fact in told.trees}[tree] == "loquat_sure"
    later.market.close()
