"""Transactions of the dev chain's own accounts: deploying and seeding. The player's go through the journal instead."""

import time
from collections.abc import Callable
from typing import Any

from coincurve import PrivateKey

from chain.envelope import sign_call
from chain.errors import ChainError
from chain.journal import Call
from chain.keys import DEV_CHAIN_ID, address_of_key
from chain.rpc import NodeUnreachableError, Rpc, quantity
from game.core.ids import Address, Wei

ENOUGH_WEI = 10**18
PURSE_WEI = 10**20
RECEIPT_SECS = 60.0
ATTEMPTS = 4
GAS_LIMIT = 30_000_000
TIP_WEI = 10**9


class DevSender:
    """One dev account that sends transactions one after the other, each included before the next."""

    def __init__(self, rpc: Rpc, key: PrivateKey) -> None:
        """Tops up the account from the dev chain's faucet. Raises ChainError on any other chain."""
        chain_id = quantity(rpc.call("eth_chainId"), "chain id")
        if chain_id != DEV_CHAIN_ID:
            raise ChainError(f"dev accounts send on chain {DEV_CHAIN_ID} only, not on {chain_id}")
        self.address = address_of_key(key)
        self._rpc = rpc
        self._key = key
        if quantity(rpc.call("eth_getBalance", self.address, "latest"), "balance") < ENOUGH_WEI:
            rpc.call("anvil_setBalance", self.address, hex(PURSE_WEI))

    def ensure(self, done: Callable[[], bool], to: Address, data: bytes, *, what: str) -> None:
        """Send a call unless `done`; several games that open one chain at once get it done together.

        Raises ChainError when it can't be done and nobody else did it either.
        """
        for attempt in range(ATTEMPTS):
            if done():
                return
            try:
                self.send(to, data, what=what)
                return
            except NodeUnreachableError:
                raise
            except ChainError:
                # another game may have sent the same from the same account: its nonce is taken, or it is in the pool
                time.sleep(0.05 * 2**attempt)
                if attempt == ATTEMPTS - 1 and not done():
                    raise

    def nonce(self) -> int:
        """The number of this account's next transaction."""
        return quantity(self._rpc.call("eth_getTransactionCount", self.address, "pending"), "nonce")

    def send(
        self, to: Address, data: bytes, *, what: str, value_wei: Wei = Wei(0), nonce: int | None = None
    ) -> dict[str, Any]:
        """Send a call and wait for its receipt; `what` names it in errors. With `nonce` it is sent as that one or not.

        Raises ChainError when it would revert, did revert, or is not included in time.
        """
        rpc = self._rpc
        request = {"from": self.address, "to": to, "data": "0x" + data.hex(), "value": hex(value_wei)}
        next_nonce, fee, gas = rpc.batch([
            ("eth_getTransactionCount", [self.address, "pending"]),
            ("eth_gasPrice", []),
            ("eth_estimateGas", [request]),
        ])  # fmt: skip
        for answer in (next_nonce, fee, gas):
            if isinstance(answer, ChainError):
                raise ChainError(f"{what} can't be done: {answer}")
        call = Call(
            to=to, data=data, value_wei=value_wei, gas_limit=min(int(gas, 16) * 5 // 4, GAS_LIMIT),
            max_fee_wei=2 * int(fee, 16) + TIP_WEI, max_tip_wei=TIP_WEI,
        )  # fmt: skip
        nonce = int(next_nonce, 16) if nonce is None else nonce
        raw, tx_hash = sign_call(call, nonce=nonce, chain_id=DEV_CHAIN_ID, key=self._key)
        rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
        receipt = self._await_receipt(tx_hash, what)
        if int(receipt["status"], 16) != 1:
            raise ChainError(f"{what} reverted in block {int(receipt['blockNumber'], 16)} ({tx_hash})")
        return receipt

    def _await_receipt(self, tx_hash: str, what: str) -> dict[str, Any]:
        deadline = time.monotonic() + RECEIPT_SECS
        pause_secs = 0.001
        while True:
            receipt = self._rpc.call("eth_getTransactionReceipt", tx_hash)
            if receipt is not None:
                return dict(receipt)
            if time.monotonic() > deadline:
                raise ChainError(f"{what} is in no block after {RECEIPT_SECS:.0f} s ({tx_hash}); does the node mine?")
            time.sleep(pause_secs)
            pause_secs = min(pause_secs * 2, 0.1)
