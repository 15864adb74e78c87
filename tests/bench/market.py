"""`buy`: a purchase through the adapter beside web3.py's own way. `ledger`: logs into SQLite, the same."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from web3 import Web3

from chain.chain_source import ChainSource
from chain.deploy import plan_deployment
from chain.errors import ARTIFACTS, ChainError
from chain.fills import Fill
from chain.ledger import Ledger
from chain.logs import SOLD
from chain.market import ChainMarket
from chain.node import Node, ensure_node, release_node
from chain.node_process import find_anvil
from chain.rpc import Rpc
from chain.seed import Street, offers_path
from chain.words import encode
from game.core.ids import Address, GoodId, MakerId, OrderId, PlaceId, Wei
from game.core.ports import Catalogue, Confirm, GoodTerms, Line, OrderUpdate, Quote, Quoted, RoomTerms
from tests.bench.harness import Figure, Result

PURCHASES = 30
EVENTS = 20_000
EVENTS_PER_TX = 2_000
WEB3_EVENTS = 4_000
HAT = GoodId("felt_hat")
SHOP = PlaceId("boutique")
EMITTER = Address("0x00000000000000000000000000000000000e3171")

# Copies its input to memory and logs it as many times as the first word says: topics from words 1 to 4, data after.
EMITTER_CODE = "0x365f5f37" + "5f515b" + "608051606051604051602051" + "61010060a0a4" + "600190038060065700"
BUYER = Address("0x0000000000000000000000000000000000b07e12")  # the node lets it send without a signature

CATALOGUE = Catalogue(
    goods=(
        GoodTerms(
            good_id=HAT, maker=MakerId("mei_lin"), manifest=b"{}", edition=100_000, royalty_bps=500,
            price_wei=Wei(10**12), room_share_bps=1000,
        ),
    ),
    rooms=(
        RoomTerms(place_id=SHOP, keeper=MakerId("hana_mori"), bundle_sha256=b"\1" * 32, displays=(HAT,)),
    ),
)  # fmt: skip


def buy() -> Result:
    """Milliseconds from handing a confirmation over to hearing that the good is the player's."""
    with _anvil() as (node, home):
        market = ChainMarket(home, CATALOGUE, node="anvil")
        market.start()
        _hear(market, lambda update: type(update).__name__ == "Holdings")
        theirs = _Web3Buyer(node, home)
        ours_secs: list[float] = []
        web3_secs: list[float] = []
        for number in range(PURCHASES):
            ours_secs.append(_buy_by_adapter(market, OrderId(f"bench_{number}")))
            web3_secs.append(theirs.buy())
        market.close()
    ours, baseline = median(ours_secs[3:]) * 1000, median(web3_secs[3:]) * 1000
    return Result(
        name="buy", value=ours, unit="ms", baseline=Figure(name="web3.py transact + receipt", value=baseline),
        ratio=ours / baseline, target="<= 0.5 of the baseline", met=ours <= 0.5 * baseline,
        note="submit to included, journal and ledger on the disk",
    )  # fmt: skip


def ledger() -> Result:
    """Events a second from the node into SQLite."""
    with _anvil() as (node, home):
        rpc = Rpc(node.url)
        first, last = _emit(rpc)
        source = ChainSource(rpc, (EMITTER,))
        rates: list[float] = []
        web3_rates: list[float] = []
        for number in range(3):  # by turns, so that a busy moment of the machine befalls both
            own = Ledger(home / f"ledger_{number}.sqlite")
            began = time.perf_counter()
            own.follow(source, first_block=first)
            rates.append(EVENTS / (time.perf_counter() - began))
            if len(own.rows("sales")) != EVENTS:
                raise ChainError(f"{len(own.rows('sales'))} of {EVENTS} events arrived")
            own.close()
            web3_rates.append(_web3_rate(node, first, last))
        rpc.close()
    ours, baseline = median(rates), median(web3_rates)
    return Result(
        name="ledger", value=ours, unit="events/s",
        baseline=Figure(name="web3.py get_logs + process_log", value=baseline), ratio=ours / baseline,
        target=">= 40 times the baseline", met=ours >= 40 * baseline,
    )  # fmt: skip


def _buy_by_adapter(market: ChainMarket, order_id: OrderId) -> float:
    market.submit(Quote(order_id=order_id, lines=(Line(good_id=HAT, quantity=1, place_id=SHOP),)))
    _hear(market, lambda update: isinstance(update, Quoted) and update.order_id == order_id)
    began = time.perf_counter()
    market.submit(Confirm(order_id=order_id))
    _hear(market, lambda update: isinstance(update, OrderUpdate) and update.state == "included")
    took = time.perf_counter() - began
    _hear(market, lambda update: isinstance(update, OrderUpdate) and update.state == "final")
    return took


def _hear(market: ChainMarket, wanted: object) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(wanted(update) for update in market.poll()):  # type: ignore[operator]
            return
        time.sleep(0.0001)
    raise ChainError("the market said nothing for a minute")


class _Web3Buyer:
    """Buys the same good with web3.py as its manual shows it, from an account that the node signs for."""

    def __init__(self, node: Node, home: Path) -> None:
        self._w3 = Web3(Web3.HTTPProvider(node.url))
        abi = json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]
        self._market = self._w3.eth.contract(address=plan_deployment().market, abi=abi)
        rpc = Rpc(node.url)
        _unlock(rpc)
        rpc.close()
        self._account = Web3.to_checksum_address(BUYER)
        book = json.loads(offers_path(home, node.chain_id).read_text("utf-8"))
        import msgspec

        goods = msgspec.convert({"goods": book["goods"], "rooms": {}}, Street).goods
        good = goods[HAT]
        line = Line(good_id=HAT, quantity=1)
        self._fill = Fill(line=line, good_id=HAT, signed=good.offer, terms=good.terms).words()

    def buy(self) -> float:
        began = time.perf_counter()
        tx_hash = self._market.functions.buy(self._fill, 10**12, 2**40).transact(
            {"from": self._account, "value": Web3.to_wei(10**12, "wei")}
        )
        receipt = self._w3.eth.wait_for_transaction_receipt(tx_hash)
        took = time.perf_counter() - began
        if receipt["status"] != 1:
            raise ChainError("web3.py's purchase reverted")
        return took


def _unlock(rpc: Rpc) -> None:
    rpc.call("anvil_setBalance", BUYER, hex(10**20))
    rpc.call("anvil_impersonateAccount", BUYER)


def _emit(rpc: Rpc) -> tuple[int, int]:
    """Have the node's chain hold EVENTS sales. Returns the first and the last block with any."""
    rpc.call("anvil_setCode", EMITTER, EMITTER_CODE)
    _unlock(rpc)
    seller = Address("0x" + "1a" * 20)
    first = int(rpc.call("eth_blockNumber"), 16) + 1
    for number in range(EVENTS // EVENTS_PER_TX):
        topics = (bytes.fromhex(SOLD[2:]), number, 2**255 + number, seller)
        data = encode(EVENTS_PER_TX, *topics, seller, 1, 10**16, seller, 10**14, 2**200, seller, 10**15)
        call = {"from": BUYER, "to": EMITTER, "data": "0x" + data.hex(), "gas": hex(12_000_000)}
        tx_hash = rpc.call("eth_sendTransaction", call)
        deadline = time.monotonic() + 30
        while rpc.call("eth_getTransactionReceipt", tx_hash) is None:
            if time.monotonic() > deadline:
                raise ChainError("anvil mines no blocks")
            time.sleep(0.01)
    return first, int(rpc.call("eth_blockNumber"), 16)


def _web3_rate(node: Node, first: int, last: int) -> float:
    w3 = Web3(Web3.HTTPProvider(node.url))
    abi = json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]
    event = w3.eth.contract(address=Web3.to_checksum_address(EMITTER), abi=abi).events.Sold()
    blocks = WEB3_EVENTS // EVENTS_PER_TX
    began = time.perf_counter()
    found = w3.eth.get_logs({"address": Web3.to_checksum_address(EMITTER), "fromBlock": first,
                             "toBlock": min(first + blocks - 1, last)})  # fmt: skip
    decoded = [event.process_log(log) for log in found]
    return len(decoded) / (time.perf_counter() - began)


@contextmanager
def _anvil() -> Iterator[tuple[Node, Path]]:
    if find_anvil() is None:
        raise ChainError("this benchmark needs anvil on PATH or in node_modules/.bin (npm install @foundry-rs/anvil)")
    with tempfile.TemporaryDirectory() as folder:
        node = ensure_node(Path(folder), "anvil")
        try:
            yield node, Path(folder)
        finally:
            release_node(node)


BENCHMARKS = {"buy": buy, "ledger": ledger}
