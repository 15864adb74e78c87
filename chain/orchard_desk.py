"""The chain as a grower's desk sees it: no game, no worker; every act returns once it is on the chain.

What is sent goes through the home's journal like all else, so a desk that is killed in the middle does it once.
"""

import time
from collections.abc import Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path

from chain.calls import Calls, next_block_tag
from chain.chain_source import ChainSource
from chain.deploy import deploy
from chain.errors import ChainError, RefusalError
from chain.files import write_whole
from chain.journal import Journal
from chain.keys import DEV_CHAIN_ID, dev_key, dev_letter_key
from chain.ledger import Ledger
from chain.node import Node, checkpoint, ensure_node, release_node
from chain.offers import domain_separator
from chain.orchard import KIND
from chain.orchard_book import OrchardBook
from chain.orchard_calls import OrchardAct, call_of
from chain.quote import refusal_of
from chain.resale import ResaleOffers
from chain.rpc import Rpc, RpcError, quantity
from chain.seed import Street
from chain.shop import Shop
from chain.transactions import Transactions
from chain.wallet import grant_starter_purse, keep_wallet, open_wallet
from chain.words import call_data
from game.core.grower_ports import Orchards, PlotTally
from game.core.ids import Address, MakerId, OrderId, Wei
from game.core.orchard_ports import ActOnDelivery, Delivery, OpenPlot, Plot
from game.core.ports import FINAL_STATES, Catalogue

WAIT_SECS = 180.0  # for a transaction to be in a block
LOOK_SECS = 0.02
LONGEST_LOOK_SECS = 1.0
_FAILED = FINAL_STATES - {"final", "refused"}
ANSWERED = sha256(b"answered").digest()


def open_desk(home: Path, *, node: str = "auto", rpc: str | None = None, keys: Path | None = None) -> "ChainDesk":
    """The orchards of this home's wallet, on its own node or the one at `rpc`; `keys` is a home with another wallet.

    Raises ChainError in plain words when there is no node, no market or no orchard.
    """
    return ChainDesk(keys or home, ensure_node(home, node, rpc))


def dev_grower_home(home: Path, name: str) -> Path:
    """A home folder with the keys of a dev grower, below that of a game: their desk is served from there.

    Raises ChainError for a name that is none.
    """
    if not name.replace("_", "").isalnum() or not name.isascii():
        raise ChainError(f"{name!r} is no grower's name; one is old_wu")
    folder, maker = home / "growers" / name, MakerId(name)
    keep_wallet(folder, dev_key(maker, chain_id=DEV_CHAIN_ID))
    key = folder / "grower" / "key"
    key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_whole(key, dev_letter_key(maker, chain_id=DEV_CHAIN_ID), mode=0o600)
    return folder


class ChainDesk(Orchards):
    """`game.core.grower_ports.Orchards` on one chain."""

    def __init__(self, home: Path, node: Node) -> None:
        self._node = node
        self._rpc = Rpc(node.url)
        self._wallet = wallet = open_wallet(home)
        if node.chain_id == DEV_CHAIN_ID:
            grant_starter_purse(self._rpc, wallet.address)
        self._deployment = deployment = deploy(self._rpc, home)
        if deployment.orchard is None:
            release_node(node)
            raise ChainError(f"chain {deployment.chain_id} at {self._rpc.place} has a market, but no orchard")
        self._source = ChainSource(self._rpc, deployment.contracts())
        self._journal = Journal(home / "journal.sqlite")
        self._ledger = Ledger(home / "ledger" / deployment.ledger_name())
        self._book = OrchardBook(self._ledger, deployment.orchard)
        chain = f"{deployment.chain_id}:{deployment.genesis}"
        domain = domain_separator(deployment.chain_id, deployment.market)
        resale = ResaleOffers(home, chain_id=deployment.chain_id, market=deployment.market, domain=domain)
        nothing = Shop(
            Catalogue(goods=(), rooms=()), Street(goods={}, rooms={}), self._ledger, resale, account=wallet.address
        )
        self._calls = Calls(self._rpc, self._journal, account=wallet.address, chain=chain, now_secs=self.now_secs)
        self._transactions = Transactions(
            self._rpc, self._journal, wallet, nothing, chain=chain, chain_id=deployment.chain_id, home=home,
            told=lambda _entry: None, included=lambda _entry: None, keep=lambda: checkpoint(node),
        )  # fmt: skip
        for entry in self._transactions.in_flight():
            if entry.kind == KIND:  # the game takes up its own purchases
                self._transactions.resolve(entry, resuming=True, now_secs=self.now_secs())

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def grower(self) -> Address:
        """The grower's account."""
        return self._wallet.address

    def now_secs(self) -> int:
        """The time by the chain's clock: of its newest block, or this machine's where that is later."""
        block = self._rpc.call("eth_getBlockByNumber", "latest", False)
        return max(int(time.time()), quantity(block["timestamp"], "timestamp"))

    def plots(self) -> Sequence[Plot]:
        """The grower's plots."""
        return [plot for plot in self._read().plots.values() if plot.grower == self.grower]

    def tallies(self) -> Sequence[PlotTally]:
        """How their fruit stands, a tally a plot."""
        return [self._book.tally(plot.plot) for plot in self.plots()]

    def deliveries(self) -> Sequence[Delivery]:
        """Every delivery whose seller the grower is, ended ones too."""
        return [box for box in self._read().deliveries_of(self.grower) if box.seller == self.grower]

    def credit_wei(self) -> Wei:
        """What waits in the till for the grower to withdraw."""
        data = call_data("creditOf(address)", self.grower)
        call = {"to": self._deployment.market, "data": "0x" + data.hex()}
        return Wei(quantity(self._rpc.call("eth_call", call, "latest"), "credit"))

    def _read(self) -> OrchardBook:
        self._ledger.follow(self._source, first_block=self._deployment.block)
        self._book.read_on()
        return self._book

    # --- acting -----------------------------------------------------------------------------------------------------

    def open_plot(self, offer: OpenPlot) -> Plot:
        """Offer a plot; the bond is paid from the home's wallet. Its request id lets it happen once."""
        self._do(offer)
        return max(self.plots(), key=lambda plot: plot.plot)

    def accept(self, delivery: int) -> None:
        """Promise that a box is packed; returns when it is on the chain."""
        self._act(delivery, "accept")

    def ship(self, delivery: int, tracking_sha256: bytes) -> None:
        """Say that a box is on its way; accepts it first where that was not yet done."""
        box = self._read().boxes.get(delivery)
        if box is not None and box.state == 1:
            self._act(delivery, "accept")
        self._act(delivery, "ship", tracking_sha256)

    def claim(self, delivery: int) -> None:
        """Take the money of a box that nobody confirmed in time."""
        self._act(delivery, "claim")

    def answer(self, delivery: int) -> None:
        """Answer a dispute, so that it does not go to the buyer unheard."""
        self._act(delivery, "answer", ANSWERED)

    def refund(self, delivery: int) -> None:
        """Give the buyer all of it back."""
        self._act(delivery, "refund")

    def split(self, delivery: int) -> None:
        """Take half, and give half, where nobody agreed in time after an answer."""
        self._act(delivery, "split")

    def close(self) -> None:
        """Let go of what it holds."""
        self._journal.close()
        self._ledger.close()
        self._rpc.close()
        release_node(self._node)

    def _act(self, delivery: int, act: str, note: bytes = bytes(32)) -> None:
        # the same act on the same box is the same order: asked again, it only waits for the first; one that failed
        # for good makes room for another
        orchard = str(self._deployment.orchard)
        name = f"{act}_{self._deployment.genesis[2:10]}_{orchard[2:10]}_{delivery}"
        for attempt in count():
            known = self._journal.get(OrderId(f"{name}_{attempt}"))
            if known is None or known.state not in _FAILED:
                break
        self._do(ActOnDelivery(request_id=f"{name}_{attempt}", delivery=delivery, act=act, note_sha256=note))

    def _do(self, act: OrchardAct) -> None:
        """Send what is asked and wait until it is in a block. Raises ChainError in plain words when it failed."""
        order_id = OrderId(act.request_id)
        if self._calls.known(act.request_id, KIND) is None:
            asked = call_of(act, self._read(), self._deployment, self.grower)
            self._calls.draft(
                act.request_id, KIND, asked.to, asked.data, value_wei=asked.value_wei, tag=next_block_tag(self._rpc)
            )
            try:
                self._transactions.confirm(order_id, now_secs=self.now_secs())
            except RpcError as error:
                raise refusal_of(error) from None
        self._await(order_id)
        self._read()

    def _await(self, order_id: OrderId) -> None:
        deadline, pause_secs = time.monotonic() + WAIT_SECS, LOOK_SECS
        while True:
            entry = self._journal.get(order_id)
            assert entry is not None
            if entry.state in ("included", "final"):
                return
            if entry.state in FINAL_STATES:
                raise RefusalError(entry.reason or "chain_refused", entry.detail)
            if time.monotonic() > deadline:
                raise ChainError(
                    f"{order_id} is in no block after {WAIT_SECS:.0f} s; it may still come: look again before you "
                    "do anything else about it"
                )
            time.sleep(pause_secs)
            pause_secs = min(2 * pause_secs, LONGEST_LOOK_SECS)
            self._transactions.resolve(entry, now_secs=self.now_secs())
