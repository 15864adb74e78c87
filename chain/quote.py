"""Drafts orders: chooses offers, has the chain simulate the purchase, tells every figure before signing."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from chain.chain_source import parse_block
from chain.errors import ChainError, RefusalError, coins_text, decode_revert
from chain.fills import Fill, Split, parse_split, purchase_data, quote_data
from chain.journal import Call
from chain.rpc import Rpc, RpcError
from chain.shop import GONE, Shop
from chain.words import checksummed
from game.core.ids import Address, GoodId, Wei
from game.core.ports import Quote, Quoted

QUOTE_SECS = 600  # a price holds so long
TIP_WEI = 10**9  # where the node suggests none
SPARE_GAS_PER_LINE = 12_000  # a best-effort line is a call of its own
MAX_LINES = 64  # of one basket, see Market.sol

Clock = Callable[[], int]


class Drafted(Struct, frozen=True, kw_only=True):
    """A simulated order: what the player is shown, and the transaction that does it."""

    quoted: Quoted
    call: Call
    deadline_secs: int


class Quoter:
    """Simulates orders for one account."""

    def __init__(self, rpc: Rpc, shop: Shop, *, market: Address, account: Address, now_secs: Clock) -> None:
        self._rpc = rpc
        self._shop = shop
        self._market = market
        self._account = account
        self._now_secs = now_secs

    def draft(self, request: Quote) -> Drafted:
        """Choose, price and simulate. Raises RefusalError with the reason when it can't be bought."""
        if len(request.lines) > MAX_LINES:
            raise RefusalError("bad_quantity", f"{len(request.lines)} lines, at most {MAX_LINES} in one basket")
        fills, skipped = self._shop.fills(request.lines, best_effort=request.best_effort, now_secs=self._now_secs())
        fills, splits, more_skipped, purse = self._price(fills, best_effort=request.best_effort)
        price = Wei(sum(split.price_wei for split in splits))
        if purse.balance_wei < price:
            raise RefusalError("not_enough_money", _missing(price - purse.balance_wei))
        deadline = max(self._now_secs(), purse.timestamp_secs) + QUOTE_SECS
        call = self._simulate(fills, price, deadline, purse, best_effort=request.best_effort)
        gas = Wei(call.gas_limit * call.max_fee_wei)
        if purse.balance_wei < price + gas:
            raise RefusalError("not_enough_money", _missing(price + gas - purse.balance_wei))
        quoted = Quoted(
            order_id=request.order_id,
            lines=tuple(fill.line for fill in fills),
            price_wei=price,
            gas_wei=gas,
            shares=self._shop.shares(_parts(fills, splits)),
            balance_after_wei=Wei(purse.balance_wei - price - gas),
            skipped=(*skipped, *more_skipped),
        )
        return Drafted(quoted=quoted, call=call, deadline_secs=deadline)

    def _price(
        self, fills: list[Fill], *, best_effort: bool
    ) -> tuple[list[Fill], list[Split], list[GoodId], "_Purse"]:
        calls = [self._eth_call(quote_data(fill)) for fill in fills]
        *answers, balance, block, tip = self._rpc.batch([*calls, *purse_calls(self._account)])
        priced: list[tuple[Fill, Split]] = []
        skipped: list[GoodId] = []
        for fill, answer in zip(fills, answers, strict=True):
            if isinstance(answer, RpcError):
                refusal = refusal_of(answer)
                if not best_effort or refusal.reason not in GONE:
                    raise refusal
                skipped.append(fill.good_id)
            else:
                priced.append((fill, parse_split(answer)))
        if not priced:
            raise RefusalError("sold_out", "nothing in the basket can be had any more")
        return [fill for fill, _ in priced], [split for _, split in priced], skipped, parse_purse(balance, block, tip)

    def _simulate(
        self, fills: list[Fill], price: Wei, deadline: int, purse: "_Purse", *, best_effort: bool
    ) -> Call:
        data = purchase_data(fills, most_wei=price, deadline_secs=deadline, best_effort=False)
        request = self._request(data, price)
        total, gas = self._rpc.batch([("eth_call", [request, "latest"]), ("eth_estimateGas", [request])])
        for answer in (total, gas):
            if isinstance(answer, RpcError):
                raise refusal_of(answer)
        limit = int(gas, 16) * 9 // 8
        if best_effort and len(fills) > 1:
            # Estimated without best effort: with it, too little gas would pass for a line that can't be filled.
            limit += SPARE_GAS_PER_LINE * len(fills)
            data = purchase_data(fills, most_wei=price, deadline_secs=deadline, best_effort=True)
            request = {**self._request(data, price), "gas": hex(limit)}
            try:
                total = self._rpc.call("eth_call", request, "latest")
            except RpcError as error:
                raise refusal_of(error) from None
        if int(total, 16) != price:
            raise RefusalError("price_changed", f"the price moved from {price} to {int(total, 16)} wei meanwhile")
        return Call(
            to=self._market,
            data=data,
            value_wei=price,
            gas_limit=limit,
            max_fee_wei=purse.max_fee_wei,
            max_tip_wei=purse.tip_wei,
        )

    def _request(self, data: bytes, value: Wei) -> dict[str, Any]:
        return {"from": self._account, "to": self._market, "value": hex(value), "data": "0x" + data.hex()}

    def _eth_call(self, data: bytes) -> tuple[str, list[Any]]:
        return "eth_call", [{"from": self._account, "to": self._market, "data": "0x" + data.hex()}, "latest"]


class _Purse(Struct, frozen=True, kw_only=True):
    """The buyer's money, the newest block's time, and the fees that will still do when the base fee doubles."""

    balance_wei: int
    timestamp_secs: int
    max_fee_wei: int
    tip_wei: int


def purse_calls(account: Address) -> list[tuple[str, list[Any]]]:
    """The calls whose answers `parse_purse` reads."""
    return [
        ("eth_getBalance", [account, "latest"]),
        ("eth_getBlockByNumber", ["latest", False]),
        ("eth_maxPriorityFeePerGas", []),
    ]


def parse_purse(balance: Any, block: Any, tip: Any) -> _Purse:
    """Balance, newest block and suggested tip. Raises ChainError when the node gave no answer."""
    if isinstance(balance, RpcError) or isinstance(block, RpcError) or block is None:
        raise ChainError(f"the node doesn't tell balance and newest block: {balance}, {block}")
    head = parse_block(block)
    tip_wei = TIP_WEI if isinstance(tip, RpcError) else int(tip, 16)
    return _Purse(
        balance_wei=int(balance, 16),
        timestamp_secs=head.timestamp_secs,
        max_fee_wei=2 * head.base_fee_wei + tip_wei,
        tip_wei=tip_wei,
    )


def refusal_of(error: RpcError) -> RefusalError:
    """Why the node would not run a call, in the game's words."""
    if isinstance(error.data, str) and len(error.data) > 2:
        revert = decode_revert(error.data)
        return RefusalError(revert.reason, revert.words)
    text = error.message.lower()
    if "insufficient" in text or "doesn't have enough funds" in text:
        return RefusalError("not_enough_money", error.message)
    if "nonce too low" in text or "replacement" in text:
        return RefusalError("transaction_replaced", error.message)
    if "fee" in text and any(word in text for word in ("low", "less", "underpriced", "below")):
        return RefusalError("network_fee_rose", error.message)
    if "gas" in text and any(word in text for word in ("exceed", "out of", "too low", "intrinsic")):
        return RefusalError("ran_out_of_gas", error.message)
    return RefusalError("chain_refused", error.message)


def _parts(fills: list[Fill], splits: list[Split]) -> list[tuple[str, Address, int]]:
    parts: list[tuple[str, Address, int]] = []
    for fill, split in zip(fills, splits, strict=True):
        parts.append(("seller", fill.signed.offer.seller, split.price_wei - split.creator_wei - split.room_wei))
        parts.append(("creator", checksummed(split.creator), split.creator_wei))
        parts.append(("room", checksummed(split.room_owner), split.room_wei))
    return parts


def _missing(wei: int) -> str:
    return f"{coins_text(wei)} are missing"
