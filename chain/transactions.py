"""Takes journalled orders to their end on the chain: sign, broadcast, watch, resolve.

Every step is journalled before the next begins, so whatever is cut off is taken up again from the journal: signed
bytes are sent again as they are (their nonce lets them count once), a sent transaction is looked up by its hash and
by its nonce. A time-out is never a failure: the order is `unknown` until the chain tells. Who comes too late pays
nothing where the node can help it: see `_send`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec

from chain.calls import next_block_tag
from chain.chain_source import parse_block, parse_receipt_logs
from chain.envelope import sign_call
from chain.errors import ChainError, RefusalError
from chain.files import locked
from chain.journal import Call, Entry, Journal
from chain.keys import DEV_CHAIN_ID
from chain.ledger import Block, Sale, sale_of
from chain.logs import SOLD
from chain.quote import refusal_of
from chain.rpc import NodeUnreachableError, Rpc, RpcError
from chain.shop import Shop
from chain.turns import turn, turn_lock
from chain.wallet import Wallet
from game.core.ids import OrderId, Wei
from game.core.ports import Line

FINAL_AFTER_BLOCKS = 12
"""So deep a transaction is final where the chain names no finalized block. On the dev chain it is final at once."""

DROP_AFTER_SECS = 120
"""A transaction that no node knows so long after its deadline could only revert, and counts as dropped."""

NO_SUCH_METHOD = -32601  # JSON-RPC
FAILED_RUN = 3  # what nodes answer where a transaction was run and failed

Told = Callable[[Entry], None]


class Transactions:
    """The orders of one wallet on one chain."""

    def __init__(
        self,
        rpc: Rpc,
        journal: Journal,
        wallet: Wallet,
        shop: Shop,
        *,
        chain: str,
        chain_id: int,
        home: Path,
        told: Told,
        included: Told,
        keep: Callable[[], None] = lambda: None,
        at: Callable[[str], None] = lambda state: None,
    ) -> None:
        """`told` hears every move; `included` is called between inclusion and its announcement, to read the logs.

        `keep` has the node put its chain on disk: nothing is final before. `at` is called after each
        state is journalled: tests end the process there.
        """
        self._rpc = rpc
        self._journal = journal
        self._wallet = wallet
        self._shop = shop
        self._chain = chain
        self._chain_id = chain_id
        self._lock_path = home / "nonce.lock"
        self._told = told
        self._included = included
        self._keep = keep
        self._at = at
        self._tag = ""  # of the state that is asked before sending; unknown yet
        self._takes_bundles = True  # as long as the node does not say otherwise
        self._sent_at: dict[OrderId, int] = {}  # the newest block when an order's bytes were sent last

    # --- sending -------------------------------------------------------------------------------------------------

    def confirm(self, order_id: OrderId, *, now_secs: int) -> None:
        """Sign and send a draft; whatever was signed before only tells its state again.

        Raises RefusalError when there is no such draft or its time is over.
        """
        entry = self._journal.get(order_id)
        if entry is None or (entry.state == "refused" and entry.call is None):
            raise RefusalError("order_unknown", "it was never quoted, or was discarded")
        if entry.state != "draft":
            self._told(entry)
            return
        call = entry.call
        if call is None:
            raise RefusalError("order_unknown", "its quote was never finished")
        if (entry.chain, entry.account) != (self._chain, self._wallet.address):
            raise RefusalError("quote_outdated", "it was quoted on another chain, or for another wallet")
        with self._turn(), locked(self._lock_path):
            nonce, block, outcome = self._rpc.batch(
                [
                    ("eth_getTransactionCount", [self._wallet.address, "pending"]),
                    ("eth_getBlockByNumber", ["latest", False]),
                    ("eth_call", [_request(entry, call), self._next_block()]),
                ]
            )
            if isinstance(nonce, RpcError) or isinstance(block, RpcError):
                raise ChainError(f"the node doesn't tell nonce and newest block: {nonce}, {block}")
            if max(int(block["timestamp"], 16), now_secs) > entry.deadline_secs:
                raise RefusalError("quote_outdated", "the price was good until a moment that has passed")
            if int(block.get("baseFeePerGas") or "0x0", 16) > call.max_fee_wei:
                raise RefusalError("network_fee_rose", "the network asks for more than was shown")
            if isinstance(outcome, RpcError):  # somebody was faster since the quote, or waits in the node's pool
                raise refusal_of(outcome)
            signed = self._journal.sign(
                order_id, pending_nonce=int(nonce, 16), make=lambda nonce: self._sign(call, nonce)
            )
            if signed is None:  # another process was faster
                entry = self._journal.get(order_id)
                if entry is not None:
                    self._told(entry)
                return
            entry, raw = signed
            self._at("signed")
            self._told(entry)
            sent = self._broadcast(entry, raw)
        if sent is not None:
            self.resolve(sent)

    def _turn(self) -> AbstractContextManager[None]:
        """Nobody else of this chain's asks and sends meanwhile, as far as that can be had."""
        return turn(turn_lock(self._chain) if self._chain_id == DEV_CHAIN_ID else None)

    def _next_block(self) -> str:
        self._tag = self._tag or next_block_tag(self._rpc)
        return self._tag

    def _sign(self, call: Call, nonce: int) -> tuple[bytes, str]:
        return sign_call(call, nonce=nonce, chain_id=self._chain_id, key=self._wallet.key)

    def _send(self, entry: Entry, raw: bytes) -> None:
        """Hand signed bytes to the node; where it takes bundles, as one that it includes only if it succeeds.

        Raises RpcError with what the node has against the transaction.
        """
        if self._takes_bundles:
            try:
                self._rpc.call("eth_sendBundle", {"txs": ["0x" + raw.hex()], "revertingTxHashes": []})
                return
            except RpcError as error:
                if error.code == NO_SUCH_METHOD:
                    self._takes_bundles = False
                elif _would_fail(error) or refusal_of(error).reason != "chain_refused" or self._is_known(entry):
                    raise
                # else it has something against the bundle, not against the transaction
        self._rpc.call("eth_sendRawTransaction", "0x" + raw.hex())

    def _broadcast(self, entry: Entry, raw: bytes) -> Entry | None:
        """Send signed bytes. Returns the order as sent, or None when it came to an end or is unknown."""
        try:
            self._send(entry, raw)
        except NodeUnreachableError as error:
            self._move(entry, "unknown", reason="waiting_for_chain", detail=str(error), money_moved=None)
            raise
        except RpcError as error:
            if self._is_known(entry):
                return self._sent(entry)
            refusal = refusal_of(error)
            if _would_fail(error):
                self._refuse(entry, refusal)
            elif refusal.reason == "transaction_replaced":
                self._move(entry, "replaced", reason=refusal.reason, detail=refusal.detail, money_moved=False)
            else:
                self._move(entry, "dropped", reason=refusal.reason, detail=refusal.detail, money_moved=False)
            return None
        self._at("broadcast")
        return self._sent(entry)

    def _send_again(self, entry: Entry) -> Entry | None:
        """Send signed bytes that the node does not have. See `_broadcast`."""
        with self._turn():
            if self._chain_id == DEV_CHAIN_ID and entry.call is not None:  # elsewhere another node may have them yet
                [outcome] = self._rpc.batch([("eth_call", [_request(entry, entry.call), self._next_block()])])
                if isinstance(outcome, RpcError) and _would_fail(outcome):
                    if self._is_known(entry):  # another game of this home has just sent it
                        return self._sent(entry)
                    self._refuse(entry, refusal_of(outcome))
                    return None
            return self._broadcast(entry, self._journal.raw(entry.order_id))

    def _refuse(self, entry: Entry, refusal: RefusalError) -> None:
        """End an order that was signed and is in no block, nor ever will be."""
        detail = f"{refusal.detail}; nothing was {_done(entry)}, and nothing was paid".lstrip("; ")
        self._move(entry, "refused", reason=refusal.reason, detail=detail, money_moved=False)
        self._at("refused")

    def _sent(self, entry: Entry) -> Entry | None:
        if entry.state == "sent":
            return entry
        moved = self._move(entry, "sent", reason="", detail="", money_moved=None)
        self._at("sent")
        return moved

    def _is_known(self, entry: Entry) -> bool:
        """Whether the chain or the node's pool has the transaction."""
        receipt, pending = self._rpc.batch(
            [("eth_getTransactionReceipt", [entry.tx_hash]), ("eth_getTransactionByHash", [entry.tx_hash])]
        )
        return any(found is not None and not isinstance(found, RpcError) for found in (receipt, pending))

    # --- watching ------------------------------------------------------------------------------------------------

    def in_flight(self) -> list[Entry]:
        """Orders of this chain that have not come to their end."""
        return self._journal.in_flight(self._chain)

    def resume(self, *, now_secs: int) -> None:
        """Take up at a start what was cut off, and end what was in flight on a chain that is no longer there."""
        self._journal.discard_drafts(before_secs=now_secs)
        for entry in self._journal.stranded(self._chain):
            if entry.chain.split(":")[0] == str(self._chain_id):  # same id, other genesis: the dev chain was wiped
                detail = "the chain that it was sent to no longer exists"
                self._move(entry, "dropped", reason="transaction_dropped", detail=detail, money_moved=False)
        for entry in self.in_flight():
            self.resolve(entry, resuming=True, now_secs=now_secs)

    def resolve(self, entry: Entry, *, resuming: bool = False, now_secs: int = 0, head: Block | None = None) -> None:
        """Ask the chain where an order is and move it on; at a start, or when it's unknown, send what is missing."""
        receipt = self._rpc.call("eth_getTransactionReceipt", entry.tx_hash)
        if receipt is not None:
            self._on_receipt(entry, receipt, head)
            return
        if entry.state == "included":  # a reorganisation took its block away
            moved = self._move(entry, "sent", block=0, block_hash="", money_moved=None)
            if moved is None:
                return
            entry = moved
        pending, nonce, number = self._rpc.batch(
            [
                ("eth_getTransactionByHash", [entry.tx_hash]),
                ("eth_getTransactionCount", [entry.account, "latest"]),
                ("eth_blockNumber", []),
            ]
        )
        if isinstance(pending, RpcError) or isinstance(nonce, RpcError) or isinstance(number, RpcError):
            raise ChainError(f"the node doesn't tell about {entry.tx_hash}: {pending}, {nonce}, {number}")
        if pending is not None:
            self._sent(entry)
        elif entry.nonce is not None and int(nonce, 16) > entry.nonce:
            self._on_taken_nonce(entry, head)
        else:
            if self._is_too_late(entry, now_secs):
                detail = "its time passed before the chain took it; it can no longer buy anything"
                self._move(entry, "dropped", reason="transaction_dropped", detail=detail, money_moved=False)
                return
            if self._chain_id != DEV_CHAIN_ID and self._takes_bundles:  # a builder does not show what it holds
                if self._sent_at.get(entry.order_id) == int(number, 16):
                    return
                self._sent_at[entry.order_id] = int(number, 16)
            sent = self._send_again(entry)
            if sent is not None and resuming:
                self.resolve(sent, now_secs=now_secs, head=head)

    def _is_too_late(self, entry: Entry, now_secs: int) -> bool:
        """Whether the chain could only revert an order: by its own clock, for this machine's may have jumped."""
        last_secs = entry.deadline_secs + DROP_AFTER_SECS
        if now_secs <= last_secs or self._chain_id == DEV_CHAIN_ID:  # the dev node goes by this machine's clock
            return now_secs > last_secs
        block = self._rpc.call("eth_getBlockByNumber", "latest", False)
        return block is not None and parse_block(block).timestamp_secs > last_secs

    def _on_taken_nonce(self, entry: Entry, head: Block | None) -> None:
        """Another transaction has the order's nonce, unless this one was included just now."""
        receipt = self._rpc.call("eth_getTransactionReceipt", entry.tx_hash)
        if receipt is not None:
            self._on_receipt(entry, receipt, head)
            return
        detail = "another transaction of this account took its place"
        self._move(entry, "replaced", reason="transaction_replaced", detail=detail, money_moved=False)

    def _on_receipt(self, entry: Entry, receipt: dict[str, Any], head: Block | None) -> None:
        gas_used = int(receipt["gasUsed"], 16)
        paid: dict[str, Any] = {
            "block": int(receipt["blockNumber"], 16),
            "block_hash": receipt["blockHash"],
            "gas_used": gas_used,
            "gas_wei": Wei(gas_used * int(receipt["effectiveGasPrice"], 16)),
        }
        if int(receipt["status"], 16) != 1:
            refusal = self._why_reverted(entry, paid["block"], gas_used)
            detail = f"{refusal.detail}; nothing was {_done(entry)}, only the network fee is gone".lstrip("; ")
            self._move(entry, "reverted", **paid, reason=refusal.reason, detail=detail, money_moved=False)
            return
        if entry.state != "included" or entry.block_hash != receipt["blockHash"]:
            done = self._bought(entry, receipt) if entry.kind == "buy" else {"money_moved": _moves_money(entry)}
            if entry.state == "included":  # the same transaction in another block
                moved = self._journal.move(entry, "sent")
                if moved is None:
                    return
                entry = moved
            included = self._move(entry, "included", **paid, **done, reason="", detail="")
            if included is None:
                return
            entry = included
            self._at("included")
            self._included(entry)
        if self._is_final(entry, head):
            self._keep()
            self._move(entry, "final")
            self._at("final")

    def _bought(self, entry: Entry, receipt: dict[str, Any]) -> dict[str, Any]:
        sales = [sale_of(log) for log in parse_receipt_logs(receipt) if log.topics[:1] == (SOLD,)]
        return {
            "lines": _filled_lines(entry, sales),
            "shares": self._shop.shares_of_sales(sales),
            "price_wei": Wei(sum(sale.price_wei for sale in sales)),
            "money_moved": bool(sales),
        }

    def _is_final(self, entry: Entry, head: Block | None) -> bool:
        if self._chain_id == DEV_CHAIN_ID:
            return True
        if head is not None and head.number - entry.block >= FINAL_AFTER_BLOCKS:
            return True
        try:
            finalized = self._rpc.call("eth_getBlockByNumber", "finalized", False)
        except RpcError:  # a chain without that tag
            return False
        return finalized is not None and int(finalized["number"], 16) >= entry.block

    def _why_reverted(self, entry: Entry, block: int, gas_used: int) -> RefusalError:
        """Run the call again on the state before its block, which tells the contract's error."""
        call = entry.call
        if call is None:
            return RefusalError("chain_refused")
        if gas_used >= call.gas_limit:
            return RefusalError("ran_out_of_gas", "the network fee that was shown did not suffice")
        request = _request(entry, call)
        for tag in (hex(block - 1), hex(block)):
            try:
                self._rpc.call("eth_call", request, tag)
            except RpcError as error:
                refusal = refusal_of(error)
                if refusal.reason != "not_enough_money":  # it had the money when it was included
                    return refusal
        return RefusalError("chain_refused", "somebody else was faster")

    def _move(self, entry: Entry, state: str, **changes: object) -> Entry | None:
        if state in ("refused", "reverted", "dropped", "replaced"):
            changes["shares"] = ()  # nobody was paid
        if entry.state == state:
            return msgspec.structs.replace(entry, **changes)
        moved = self._journal.move(entry, state, **changes)
        if moved is not None:
            self._told(moved)
        return moved


def _would_fail(error: RpcError) -> bool:
    """Whether the node has run a transaction and says that it fails."""
    return error.code == FAILED_RUN or (isinstance(error.data, str) and len(error.data) > 2)


def _done(entry: Entry) -> str:
    return "bought" if entry.kind == "buy" else "changed"


def _moves_money(entry: Entry) -> bool:
    return entry.kind == "withdraw" or (entry.call is not None and entry.call.value_wei > 0)


def _request(entry: Entry, call: Call) -> dict[str, str]:
    """A call as `eth_call` wants it."""
    return {
        "from": entry.account,
        "to": call.to,
        "value": hex(call.value_wei),
        "gas": hex(call.gas_limit),
        "data": "0x" + call.data.hex(),
    }


def _filled_lines(entry: Entry, sales: list[Sale]) -> tuple[Line, ...]:
    """The lines of an order that were filled: a best-effort basket may have lost some on its way."""
    if entry.quoted is None or len(sales) == len(entry.quoted.lines):
        return entry.lines
    unmatched = list(sales)
    filled: list[Line] = []
    for line, token in zip(entry.quoted.lines, entry.tokens, strict=True):
        sale = next((s for s in unmatched if (s.good, s.quantity) == (token, line.quantity)), None)
        if sale is not None:
            unmatched.remove(sale)
            filled.append(line)
    return tuple(filled)
