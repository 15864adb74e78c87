"""One copy, two buyers: one has it, the other is told plainly and pays nothing."""

import shutil
from collections.abc import Callable

import pytest

from chain import transactions
from chain.desk import Desk
from chain.journal import Entry
from chain.rpc import Rpc
from chain.wallet import open_wallet
from game.core.ids import OrderId, Wei
from game.core.orchard_ports import Adopt, FollowOrchard, OpenPlot, OrchardTold
from game.core.ports import Confirm, Line, Listed, OrderUpdate, Refused, Request, Sell, Update
from tests.chain.bazaar import HAT, SHOP, VASE, new_id, units_on_chain
from tests.chain.desks import Desks, hat, last, quote, settle, states
from tests.chain.grove import terms

Ask = Callable[[Desk, list[Update]], Request]  # asks for the price where there is one; what remains to be said

ONE_VASE = Line(good_id=VASE, quantity=1, place_id=SHOP)
WAYS = ["vase", "basket", "resale", "tree"]
REASONS = {"vase": "sold_out", "basket": "sold_out", "resale": "sold_out", "tree": "tree_taken"}


@pytest.fixture
def ask(desks: Desks, rpc: Rpc, request: pytest.FixtureRequest) -> Ask:
    """How a buyer asks for the one thing that there is."""
    if request.param == "tree":
        grower, told = desks("grower")
        grower.serve(FollowOrchard(request_id=new_id()))
        now = int(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        grower.serve(OpenPlot(request_id=new_id(), **terms(now)))
        settle(grower)
        plots = [plot.plot for update in told if isinstance(update, OrchardTold) for plot in update.plots]
        return lambda desk, said: Adopt(request_id=new_id(), tree=max(plots) << 16)
    lines = (hat(2), ONE_VASE) if request.param == "basket" else (ONE_VASE,)
    if request.param == "resale":
        seller, told = desks("seller")
        seller.serve(Confirm(order_id=quote(seller, told, ONE_VASE)))
        settle(seller)
        seller.serve(Sell(request_id=new_id(), good_id=VASE, quantity=1, unit_price_wei=Wei(10**16)))
        listed = last(told, lambda update: isinstance(update, Listed))
        assert isinstance(listed, Listed)
        lines = (Line(good_id=VASE, quantity=1, offer=listed.offer),)
        for name in ("fast", "slow"):  # as who visits the seller's room gets it
            target = desks.folder / name / "offers" / "resale" / "31337"
            target.mkdir(parents=True)
            shutil.copy(desks.folder / "seller" / "offers" / "resale" / "31337" / f"{listed.offer[2:]}.json", target)
    return lambda desk, said: Confirm(order_id=quote(desk, said, *lines))


@pytest.fixture
def out_of_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the other is no game of this machine's."""
    monkeypatch.setattr(transactions, "turn_lock", lambda chain: None)


def id_of(request: Request) -> OrderId:
    return OrderId(getattr(request, "order_id", None) or request.request_id)  # type: ignore[union-attr]


def entry_of(desk: Desk, request: Request) -> Entry:
    entry = desk._journal.get(id_of(request))
    assert entry is not None
    return entry


def told(said: list[Update], request: Request) -> OrderUpdate | Refused:
    """The last word on a request that was not granted."""
    answer = last(said, lambda update: isinstance(update, OrderUpdate | Refused))
    assert isinstance(answer, OrderUpdate | Refused)
    assert id_of(request) in (getattr(answer, "order_id", ""), getattr(answer, "request_id", ""))
    return answer


def purse_wei(rpc: Rpc, desks: Desks, name: str) -> int:
    return int(rpc.call("eth_getBalance", open_wallet(desks.folder / name).address, "latest"), 16)


@pytest.mark.parametrize("ask", WAYS, indirect=True)
def test_who_asks_while_another_waits_for_the_block_is_refused_before_signing(
    desks: Desks, rpc: Rpc, ask: Ask, request: pytest.FixtureRequest
) -> None:
    fast, fast_said = desks("fast")
    slow, slow_said = desks("slow")
    first, second = ask(fast, fast_said), ask(slow, slow_said)
    before = purse_wei(rpc, desks, "slow")
    rpc.call("evm_setAutomine", False)
    fast.serve(first)
    assert entry_of(fast, first).state == "sent"
    slow.serve(second)
    answer = told(slow_said, second)
    assert answer.reason == REASONS[request.node.callspec.params["ask"]]
    assert getattr(answer, "tx_hash", "") == ""
    assert [entry.state for entry in slow._journal.in_flight(slow._chain)] == []
    rpc.call("evm_mine")
    settle(fast)
    settle(slow)
    assert entry_of(fast, first).state == "final"
    assert purse_wei(rpc, desks, "slow") == before


@pytest.mark.usefixtures("out_of_turn")
@pytest.mark.parametrize("automine", [True, False])
@pytest.mark.parametrize("ask", WAYS, indirect=True)
def test_whom_another_overtakes_between_asking_and_sending_pays_nothing_where_the_node_can_help_it(
    desks: Desks, rpc: Rpc, ask: Ask, node_kind: str, request: pytest.FixtureRequest, *, automine: bool
) -> None:
    overtake: list[Callable[[], None]] = []
    fast, fast_said = desks("fast")
    slow, slow_said = desks("slow", at=lambda state: overtake.pop()() if state == "signed" and overtake else None)
    first, second = ask(fast, fast_said), ask(slow, slow_said)
    before = purse_wei(rpc, desks, "slow")
    rpc.call("evm_setAutomine", automine)
    overtake.append(lambda: fast.serve(first))
    slow.serve(second)
    assert overtake == []
    if not automine:
        rpc.call("evm_mine")
    settle(fast)
    settle(slow)
    ends = {"fast": entry_of(fast, first), "slow": entry_of(slow, second)}
    assert [end.state for end in ends.values()].count("final") == 1
    if automine or node_kind == "embedded":
        assert ends["fast"].state == "final"
    [loser] = [name for name, end in ends.items() if end.state != "final"]
    lost = ends[loser]
    assert (lost.reason, lost.money_moved, lost.shares) == (REASONS[request.node.callspec.params["ask"]], False, ())
    assert told(slow_said if loser == "slow" else fast_said, second if loser == "slow" else first).detail == lost.detail
    if node_kind == "embedded":
        assert (lost.state, lost.gas_wei, lost.gas_used) == ("refused", 0, 0)
        assert "nothing was paid" in lost.detail
        assert purse_wei(rpc, desks, "slow") == before
    else:
        assert lost.state == "reverted"
        assert "only the network fee is gone" in lost.detail
        assert 0 < lost.gas_wei == before - purse_wei(rpc, desks, loser)


@pytest.mark.usefixtures("out_of_turn")
def test_the_copy_is_the_winners_and_the_losers_next_order_goes_through(
    desks: Desks, rpc: Rpc, node_kind: str
) -> None:
    if node_kind != "embedded":
        pytest.skip("a node that knows no bundles")
    overtake: list[Callable[[], None]] = []
    fast, fast_said = desks("fast")
    slow, slow_said = desks("slow", at=lambda state: overtake.pop()() if state == "signed" and overtake else None)
    first, second = (Confirm(order_id=quote(desk, said, ONE_VASE)) for desk, said in
                     ((fast, fast_said), (slow, slow_said)))  # fmt: skip
    overtake.append(lambda: fast.serve(first))
    slow.serve(second)
    assert states(slow_said) == ["signed", "refused"]
    assert states(fast_said) == ["signed", "sent", "included", "final"]
    winner, loser = (open_wallet(desks.folder / name).address for name in ("fast", "slow"))
    assert [units_on_chain(rpc, account, VASE) for account in (winner, loser)] == [1, 0]
    slow.serve(second)  # asked once more, it is told once more
    assert states(slow_said)[-1] == "refused"
    slow.serve(Confirm(order_id=quote(slow, slow_said, hat())))
    settle(slow)
    assert states(slow_said)[-1] == "final"
    bought = last(slow_said, lambda update: isinstance(update, OrderUpdate))
    assert isinstance(bought, OrderUpdate)
    assert purse_wei(rpc, desks, "slow") == 10**18 - bought.price_wei - bought.gas_wei
    assert entry_of(slow, second).nonce == 0
    assert rpc.call("eth_getTransactionCount", loser, "latest") == "0x1"


def test_an_order_whose_block_comes_too_late_is_refused_and_costs_nothing(
    desks: Desks, rpc: Rpc, node_kind: str
) -> None:
    if node_kind != "embedded":
        pytest.skip("a node that knows no bundles")
    desk, said = desks("one")
    order = Confirm(order_id=quote(desk, said, ONE_VASE))
    rpc.call("evm_setAutomine", False)
    desk.serve(order)
    entry = entry_of(desk, order)
    assert entry.state == "sent"
    rpc.call("evm_setNextBlockTimestamp", entry.deadline_secs + 5)
    rpc.call("evm_mine")
    assert rpc.call("eth_getTransactionByHash", entry.tx_hash) is None
    settle(desk)
    refused = told(said, order)
    assert isinstance(refused, OrderUpdate)
    assert (refused.state, refused.reason, refused.money_moved, refused.gas_wei) == (
        "refused", "quote_outdated", False, 0,
    )  # fmt: skip
    assert purse_wei(rpc, desks, "one") == 10**18


def test_orders_behind_one_that_was_refused_go_on_with_the_next(desks: Desks, rpc: Rpc, node_kind: str) -> None:
    if node_kind != "embedded":
        pytest.skip("a node that knows no bundles")
    fast, fast_said = desks("fast")
    slow, slow_said = desks("slow")
    first, lost, behind = (
        Confirm(order_id=quote(desk, said, line))
        for desk, said, line in ((fast, fast_said, ONE_VASE), (slow, slow_said, ONE_VASE), (slow, slow_said, hat()))
    )
    rpc.call("evm_setAutomine", False)
    slow.serve(lost)
    slow.serve(behind)
    rpc.call("anvil_dropTransaction", entry_of(slow, lost).tx_hash)
    fast.serve(first)
    rpc.call("evm_mine")
    slow.tick()
    assert (entry_of(slow, lost).state, entry_of(slow, behind).state) == ("refused", "sent")
    instead = Confirm(order_id=quote(slow, slow_said, hat(2)))
    slow.serve(instead)
    assert [entry_of(slow, each).nonce for each in (lost, behind, instead)] == [0, 1, 0]
    rpc.call("evm_mine")
    settle(slow)
    assert [entry_of(slow, each).state for each in (behind, instead)] == ["final", "final"]
    assert units_on_chain(rpc, open_wallet(desks.folder / "slow").address, HAT) == 3
