"""Calls of the player's that are no purchases: priced by simulation, journalled, never sent from here."""

from collections.abc import Callable

from chain.errors import RefusalError, coins_text
from chain.journal import Call, Entry, Journal
from chain.quote import QUOTE_SECS, parse_purse, purse_calls, refusal_of
from chain.rpc import Rpc, RpcError
from game.core.ids import Address, OrderId, Wei


def next_block_tag(rpc: Rpc) -> str:
    """The tag of the state that a transaction sent now would find: a dev chain's newest block may be days old."""
    try:
        return "pending" if rpc.call("eth_getBlockByNumber", "pending", False) else "latest"
    except RpcError:  # a node without pending state: its newest block is fresh
        return "latest"


class Calls:
    """One wallet's calls on one chain, each a journal entry under the id of the request that asked for it."""

    def __init__(
        self, rpc: Rpc, journal: Journal, *, account: Address, chain: str, now_secs: Callable[[], int]
    ) -> None:
        self._rpc = rpc
        self._journal = journal
        self._account = account
        self._chain = chain
        self._now_secs = now_secs

    def known(self, request_id: str, *kinds: str) -> Entry | None:
        """What was already signed for a request; None when nothing was, and it is to be drafted.

        Raises RefusalError when the id belongs to another kind of order.
        """
        entry = self._journal.get(OrderId(request_id))
        if entry is None or entry.state in ("draft", "refused"):
            return None
        if entry.kind not in kinds:
            raise RefusalError("order_unknown", "the request's id belongs to an earlier order; ask again")
        return entry

    def draft(
        self, request_id: str, kind: str, to: Address, data: bytes, *, value_wei: Wei = Wei(0), tag: str = "latest",
        **fields: object,
    ) -> Entry:  # fmt: skip
        """Simulate a call and journal it, ready to be confirmed; `fields` are those of `Entry`.

        `tag` is "pending" where the next block's time or number decides.

        Raises RefusalError when it would revert, or it and its fee can't be paid.
        """
        request = {"from": self._account, "to": to, "value": hex(value_wei), "data": "0x" + data.hex()}
        *purse_answers, gas = self._rpc.batch([*purse_calls(self._account), ("eth_estimateGas", [request, tag])])
        if isinstance(gas, RpcError):
            raise refusal_of(gas)
        purse = parse_purse(*purse_answers)
        limit = int(gas, 16) * 9 // 8
        if purse.balance_wei < value_wei + limit * purse.max_fee_wei:
            what = "the network fee" if value_wei == 0 else f"{coins_text(value_wei)} and the network fee"
            raise RefusalError("not_enough_money", f"{what} can't be paid")
        call = Call(
            to=to, data=data, value_wei=value_wei, gas_limit=limit, max_fee_wei=purse.max_fee_wei,
            max_tip_wei=purse.tip_wei,
        )  # fmt: skip
        entry = Entry(
            order_id=OrderId(request_id), kind=kind, chain=self._chain, account=self._account, call=call,
            deadline_secs=max(self._now_secs(), purse.timestamp_secs) + QUOTE_SECS, **fields,  # type: ignore[arg-type]
        )  # fmt: skip
        return self._journal.draft(entry)
