"""The grower's desk on a real chain: what it reads, and that its acts are done once."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from chain import orchard_desk
from chain.deploy import Deployment, deploy
from chain.errors import ChainError, RefusalError
from chain.orchard_desk import ChainDesk, open_desk
from chain.rpc import Rpc
from game.core.ids import Wei
from game.core.orchard_ports import BuyAtScale, FruitLine, HarvestLine, OpenPlot, Plot, Redeem
from tests.chain.bazaar import ChainBazaar, new_id
from tests.chain.grove import COMMIT, DAY, FRUIT_WEI, Grove, terms

TRACKING = sha256(b"SF1234567").digest()


@pytest.fixture(scope="module")
def bazaar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChainBazaar]:
    opened = ChainBazaar(tmp_path_factory.mktemp("desk"), "embedded", 1)
    yield opened
    opened.close()


@pytest.fixture
def desk(bazaar: ChainBazaar, tmp_path: Path) -> Iterator[ChainDesk]:
    opened = open_desk(tmp_path / "grower", rpc=bazaar.rpc.url)
    yield opened
    opened.close()


def open_ripe_plot(desk: ChainDesk, bazaar: ChainBazaar) -> Plot:
    soon = bazaar.now_secs() + 11 * DAY
    plot = desk.open_plot(OpenPlot(request_id=new_id("plot"), **terms(bazaar.now_secs(), ripe_at_secs=soon)))
    bazaar.pass_secs(12 * DAY)
    return plot


def order(buyer: Grove, plot: Plot, fruits: int) -> int:
    """Buy at the scale and send for it; the number of the delivery."""
    tree = plot.plot << 16
    line = HarvestLine(tree=tree, grade_a=fruits, grade_b=0)
    buyer.do(BuyAtScale, plot=plot.plot, lines=(line,), most_wei=Wei(fruits * FRUIT_WEI))
    good = buyer.fruit()[tree, "A"][0]
    before = set(buyer.boxes)
    buyer.do(Redeem, lines=(FruitLine(good_id=good, quantity=fruits - 1),), commit=COMMIT)
    [number] = set(buyer.boxes) - before
    return number


def test_a_grower_reads_their_plots_tallies_and_boxes(bazaar: ChainBazaar, desk: ChainDesk) -> None:
    buyer = Grove(bazaar.first, bazaar).follow()
    assert (list(desk.plots()), list(desk.tallies()), list(desk.deliveries())) == ([], [], [])
    plot = open_ripe_plot(desk, bazaar)
    assert list(desk.plots()) == [plot]
    assert (plot.grower, plot.trees) == (desk.grower, 4)
    number = order(buyer, plot, 5)
    [tally] = desk.tallies()
    assert (tally.plot, tally.promised, tally.hanging) == (plot.plot, 40, 35)
    assert (tally.picked, tally.redeemed) == (5, 4)
    [box] = desk.deliveries()
    assert (box.delivery, box.state, box.commit, box.value_wei) == (number, "opened", COMMIT, 4 * FRUIT_WEI)
    assert desk.credit_wei() == 0
    assert desk.now_secs() >= bazaar.now_secs()


def test_shipping_accepts_first_and_the_money_comes_with_time(bazaar: ChainBazaar, desk: ChainDesk) -> None:
    buyer = Grove(bazaar.first, bazaar).follow()
    plot = open_ripe_plot(desk, bazaar)
    number = order(buyer, plot, 3)
    desk.ship(number, TRACKING)
    [box] = desk.deliveries()
    assert (box.state, box.tracking_sha256) == ("shipped", TRACKING)
    height = int(bazaar.rpc.call("eth_blockNumber"), 16)
    desk.ship(number, TRACKING)
    assert int(bazaar.rpc.call("eth_blockNumber"), 16) == height, "the same act again sends nothing"
    with pytest.raises(RefusalError, match="not_your_turn"):
        desk.claim(number)
    bazaar.pass_secs(14 * DAY + 100)
    desk.claim(number)
    assert [each.state for each in desk.deliveries()] == ["paid"]
    assert desk.credit_wei() == 2 * FRUIT_WEI


def test_a_dispute_is_answered_and_a_box_refunded(bazaar: ChainBazaar, desk: ChainDesk) -> None:
    buyer = Grove(bazaar.first, bazaar).follow()
    plot = open_ripe_plot(desk, bazaar)
    number = order(buyer, plot, 3)
    with pytest.raises(RefusalError, match="not_your_turn"):
        desk.answer(number)
    desk.accept(number)
    desk.ship(number, TRACKING)
    buyer.wait_for("shipping", lambda: buyer.boxes[number].state == "shipped")
    buyer.act(number, "dispute", b"\2" * 32)
    desk.answer(number)
    assert [each.state for each in desk.deliveries()] == ["answered"]
    with pytest.raises(RefusalError, match="not_your_turn"):
        desk.split(number)
    desk.refund(number)
    buyer.wait_for("the refund", lambda: buyer.boxes[number].state == "refunded")
    with pytest.raises(RefusalError, match="not_your_turn"):
        desk.refund(999)


def test_a_chain_without_an_orchard_is_named(
    bazaar: ChainBazaar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(rpc: Rpc, home: Path) -> Deployment:
        return msgspec.structs.replace(deploy(rpc, home), orchard=None, campaign=None)

    monkeypatch.setattr(orchard_desk, "deploy", without)
    with pytest.raises(ChainError, match="no orchard"):
        open_desk(tmp_path / "grower", rpc=bazaar.rpc.url)
