"""The market's desk: answers the game's requests on one open chain, and tells what changes on it by itself."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from chain.chain_source import ChainSource
from chain.deploy import Deployment
from chain.errors import ChainError, RefusalError
from chain.journal import Entry, Journal
from chain.ledger import Block, Ledger
from chain.offers import domain_separator
from chain.office import Office
from chain.quote import QUOTE_SECS, Quoter, refusal_of
from chain.resale import ResaleOffers
from chain.rpc import NodeUnreachableError, Rpc, RpcError, quantity
from chain.seed import Street
from chain.shop import Shop
from chain.transactions import Transactions
from chain.wallet import Wallet
from game.core.ids import GoodId, OfferHash, OrderId, Wei
from game.core.ports import (
    FINAL_STATES,
    Catalogue,
    Confirm,
    Discard,
    Down,
    History,
    Holdings,
    OrderUpdate,
    PastOrder,
    Ping,
    Pong,
    Progress,
    Quote,
    Recall,
    Refused,
    Request,
    Stock,
    Update,
)
from game.core.room_ports import OfferStock, ReadDesk, ReadPurse, ReadVersions

Say = Callable[[Update], None]

log = logging.getLogger(__name__)


class Desk:
    """Everything that one open market needs: journal, ledger, offers, wallet, connection."""

    def __init__(
        self,
        rpc: Rpc,
        deployment: Deployment,
        catalogue: Catalogue,
        street: Street,
        wallet: Wallet,
        *,
        home: Path,
        say: Say,
        keep: Callable[[], None] = lambda: None,
        at: Callable[[str], None] = lambda state: None,
    ) -> None:
        self._rpc = rpc
        self._deployment = deployment
        self._wallet = wallet
        self._say = say
        self._at = at
        self._head: Block | None = None  # the newest block that the clock was set by
        self._ahead_secs = 0  # of the wall clock: dev chains can be sent into the future
        self._chain = f"{deployment.chain_id}:{deployment.genesis}"
        self._source = ChainSource(rpc, deployment.contracts())
        domain = domain_separator(deployment.chain_id, deployment.market)
        self._journal = Journal(home / "journal.sqlite")
        self._ledger = Ledger(home / "ledger" / deployment.ledger_name())
        resale = ResaleOffers(home, chain_id=deployment.chain_id, market=deployment.market, domain=domain)
        self._shop = Shop(catalogue, street, self._ledger, resale, account=wallet.address)
        self._quoter = Quoter(
            rpc, self._shop, market=deployment.market, account=wallet.address, now_secs=self._now_secs
        )
        self._office = Office(
            rpc, deployment, wallet, self._journal, self._ledger, self._shop, domain=domain, chain=self._chain,
            home=home, now_secs=self._now_secs, read_on=self._refresh, say=say,
        )  # fmt: skip
        self._transactions = Transactions(
            rpc,
            self._journal,
            wallet,
            self._shop,
            chain=self._chain,
            chain_id=deployment.chain_id,
            home=home,
            told=self._tell,
            included=lambda _entry: self._refresh(),
            keep=keep,
            at=at,
        )
        self._stock: dict[GoodId, Stock] = {}
        self._offers: dict[OfferHash, OfferStock] = {}
        self._changes_at = 0.0  # when some offer changes by the time alone
        self._holdings: Holdings | None = None
        self._told_tip: tuple[int, bytes] | None = None
        self._open_orders: dict[OrderId, str] = {}  # that the game was told of, and the state that it knows

    def close(self) -> None:
        """Close the files and the connection."""
        self._journal.close()
        self._ledger.close()
        self._rpc.close()

    # --- opening and following -----------------------------------------------------------------------------------

    def read_ledger(self) -> None:
        """Read the logs that are new since the last time."""
        self._say(Progress(step="reading_ledger"))
        self._ledger.follow(self._source, first_block=self._deployment.block)
        self._heard_head(self._source.block("latest"))

    def tell_all(self) -> None:
        """Tell stock, holdings and the player's open offers."""
        self._stock.clear()
        self._offers.clear()
        self._holdings = None
        self._office.forget_told()
        self._tell_changes()

    def resume(self) -> None:
        """Bring the orders that were in flight when the last worker ended to where the chain has them."""
        self._say(Progress(step="resuming_orders"))
        if self._journal.damaged is not None:
            detail = (
                f"the journal of orders was damaged and is kept as {self._journal.damaged.name}; "
                "what an order under way has bought still arrives, for the chain tells it"
            )
            self._say(Down(reason="opening_failed", detail=detail))
        for entry in self._transactions.in_flight():
            self._tell(entry)
        self._transactions.resume(now_secs=self._now_secs())

    def tick(self) -> bool:
        """Look for a new block and move orders on; True while orders are in flight."""
        head = self._source.block("latest")
        self._heard_head(head)  # also of a block that a request has read already
        if head is not None and self._told_tip != (head.number, head.hash):
            self._refresh()
        if self._now_secs() >= self._changes_at:
            self._tell_changes()
        self._tell_moved()
        in_flight = self._transactions.in_flight()
        for entry in in_flight:
            self._transactions.resolve(entry, now_secs=self._now_secs(), head=head)
        self._office.tell_in_time()
        self._send_due()
        return bool(in_flight)

    def _send_due(self) -> None:
        """Send what nobody has to ask for. What the chain refuses is tried again after its next block."""
        try:
            drafted = self._office.due()
            if drafted is not None:
                self._transactions.confirm(drafted, now_secs=self._now_secs())
        except NodeUnreachableError:
            raise
        except RefusalError as refusal:
            log.warning("what is due can't be sent now: %s", refusal)

    def _refresh(self) -> None:
        """Read on, and tell what changed since this game was told: another game of this home may have read already."""
        self._ledger.follow(self._source, first_block=self._deployment.block)
        if self._ledger.tip() != self._told_tip:
            self._tell_changes()

    def _tell_moved(self) -> None:
        """Tell of orders that another game of this home has moved on."""
        for order_id, state in list(self._open_orders.items()):
            entry = self._journal.get(order_id)
            if entry is not None and entry.state != state:
                self._tell(entry)

    def _tell_changes(self) -> None:
        self._told_tip = self._ledger.tip()
        now_secs = self._now_secs()
        for good_id in self._shop.told:
            stock = self._shop.stock(good_id, now_secs=now_secs)
            if self._stock.get(good_id) != stock:
                self._stock[good_id] = stock
                self._say(stock)
        for offer in self._shop.shown_offers:
            offer_stock = self._shop.offer_stock(offer, now_secs=now_secs)
            if offer_stock is not None and self._offers.get(offer) != offer_stock:
                self._offers[offer] = offer_stock
                self._say(offer_stock)
        self._changes_at = self._shop.changes_at(now_secs)
        tip = self._ledger.tip()
        holdings = Holdings(
            goods=self._shop.holdings(),
            balance_wei=Wei(quantity(self._rpc.call("eth_getBalance", self._wallet.address, "latest"), "balance")),
            block=0 if tip is None else tip[0],
        )
        known = self._holdings
        if known is None or (known.goods, known.balance_wei) != (holdings.goods, holdings.balance_wei):
            self._holdings = holdings
            self._say(holdings)
        self._office.tell_changes()

    def _heard_head(self, head: Block | None) -> None:
        if head is not None and head != self._head:
            self._head = head
            self._ahead_secs = max(head.timestamp_secs - int(time.time()), 0)

    def _now_secs(self) -> int:
        return int(time.time()) + self._ahead_secs

    # --- requests ------------------------------------------------------------------------------------------------

    def serve(self, request: Request) -> None:
        """Answer a request. Raises NodeUnreachableError when it's to be served again once the node answers."""
        try:
            match request:
                case Quote():
                    self._quote(request)
                case Confirm(order_id=order_id):
                    self._transactions.confirm(order_id, now_secs=self._now_secs())
                case Discard(order_id=order_id):
                    self._journal.discard(order_id)
                case Recall():
                    self._recall()
                case Ping():
                    self._say(Pong(round_trip_ms=1000 * self._rpc.round_trip_secs()))
                case _:
                    self._refresh()
                    drafted = self._office.serve(request)
                    if drafted is not None:
                        self._at("draft")
                        self._transactions.confirm(drafted, now_secs=self._now_secs())
                    self._tell_changes()
        except NodeUnreachableError:
            raise
        except RefusalError as refusal:
            self._refuse(request, refusal)
        except RpcError as error:
            log.exception("the node refused a call for %r", request)
            self._refuse(request, refusal_of(error))
        except ChainError as error:
            log.exception("%r failed", request)
            self._refuse(request, RefusalError("chain_refused", str(error)))
        except (ValueError, TypeError, LookupError, OverflowError) as error:
            log.exception("%r can't be served", request)  # a bad request must not end the market for all others
            self._refuse(request, RefusalError("chain_refused", f"{type(error).__name__}: {error}"))

    def _refuse(self, request: Request, refusal: RefusalError) -> None:
        match request:
            case Quote(order_id=order_id) | Confirm(order_id=order_id):
                entry = self._journal.get(order_id)
                if entry is None:
                    self._say(
                        OrderUpdate(
                            order_id=order_id, state="refused", reason=refusal.reason, detail=refusal.detail
                        )
                    )
                elif entry.state == "draft":
                    moved = self._journal.move(
                        entry, "refused", reason=refusal.reason, detail=refusal.detail, shares=()
                    )  # nobody was paid
                    if moved is not None:
                        self._tell(moved)
                else:  # signed already: the journal and the chain decide, not this failure
                    self._tell(entry)
            case Discard() | Recall() | Ping() | ReadPurse() | ReadDesk() | ReadVersions():
                log.error("%r could not be served: %s", request, refusal)
            case _:
                self._say(Refused(request_id=request.request_id, reason=refusal.reason, detail=refusal.detail))

    def _quote(self, request: Quote) -> None:
        entry = Entry(
            order_id=request.order_id,
            kind="buy",
            chain=self._chain,
            account=self._wallet.address,
            lines=request.lines,
            best_effort=request.best_effort,
            deadline_secs=self._now_secs() + QUOTE_SECS,
        )
        kept = self._journal.draft(entry)
        if kept is not entry:
            if kept.kind == "buy" and all(line in request.lines for line in kept.lines):
                self._tell(kept)
            else:  # an id that was used before must not pass an old order off as this one
                detail = "its id belongs to an earlier order; ask for the price again"
                refused = OrderUpdate(
                    order_id=request.order_id, state="refused", reason="order_unknown", detail=detail
                )
                self._say(refused)
            return
        self._at("draft")
        self._refresh()  # another player may have bought or listed a moment ago
        drafted = self._quoter.draft(request)
        self._journal.draft(
            msgspec.structs.replace(
                entry,
                lines=drafted.quoted.lines,
                tokens=tuple(self._shop.goods[line.good_id].token_id for line in drafted.quoted.lines),
                quoted=drafted.quoted,
                call=drafted.call,
                price_wei=drafted.quoted.price_wei,
                shares=drafted.quoted.shares,
                deadline_secs=drafted.deadline_secs,
            )
        )
        self._say(drafted.quoted)

    def _recall(self) -> None:
        """Tell every order of this home, those of other chains too."""
        orders = [
            PastOrder(
                order_id=entry.order_id,
                at_secs=at_secs,
                state=entry.state,
                lines=entry.lines,
                price_wei=entry.price_wei,
                gas_wei=entry.gas_wei,
                shares=entry.shares,
                chain_id=int(entry.chain.partition(":")[0]),
                tx_hash=entry.tx_hash,
                block=entry.block,
                reason=entry.reason,
                money_moved=entry.money_moved,
                orchard=entry.ordered,
            )
            for at_secs, entry in self._journal.orders()
        ]
        self._say(History(orders=tuple(orders)))

    # --- telling -------------------------------------------------------------------------------------------------

    def _tell(self, entry: Entry) -> None:
        """Tell the game where an order is."""
        if entry.state in FINAL_STATES:
            self._open_orders.pop(entry.order_id, None)
        else:
            self._open_orders[entry.order_id] = entry.state
        if entry.kind != "buy":
            self._office.told(entry)
            return
        if entry.state == "draft":
            return
        self._say(
            OrderUpdate(
                order_id=entry.order_id,
                state=entry.state,
                lines=entry.lines,
                price_wei=entry.price_wei,
                tx_hash=entry.tx_hash,
                block=entry.block,
                gas_used=entry.gas_used,
                gas_wei=entry.gas_wei,
                shares=entry.shares,
                reason=entry.reason,
                detail=entry.detail,
                money_moved=entry.money_moved,
            )
        )
