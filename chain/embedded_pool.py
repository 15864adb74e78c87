"""Transactions that the embedded node took in but has not mined: those ahead of their turn, or all without automine."""

from collections.abc import Callable
from typing import Any

from eth.vm.forks.prague.transactions import PragueTransactionBuilder

from chain.embedded_store import Store

POOL_PER_SENDER = 64
POOL_TRANSACTIONS = 1024
REPLACE_PERCENT = 10  # by so much a replacement must raise both fees


class Refusal(Exception):  # noqa: N818 (an answer, not a fault)
    """What the node answers instead of a result: a JSON-RPC error object."""

    def __init__(self, code: int, message: str, data: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = data


class Waiting:
    """A signed transaction that is not in a block yet; one that must succeed is dropped rather than mined to fail."""

    def __init__(self, transaction: Any, raw: bytes, arrival: int, *, must_succeed: bool) -> None:
        self.transaction = transaction
        self.raw = raw
        self.arrival = arrival
        self.must_succeed = must_succeed


class Pool:
    """Waiting transactions by sender and nonce, in memory and in the store."""

    def __init__(self, store: Store) -> None:
        """Takes up what waited when the store was closed."""
        self._store = store
        self._queues: dict[bytes, dict[int, Waiting]] = {}
        for arrival, raw, must_succeed in store.pool():
            transaction = PragueTransactionBuilder.decode(raw)
            waiting = Waiting(transaction, raw, arrival, must_succeed=must_succeed)
            self._queues.setdefault(transaction.sender, {})[transaction.nonce] = waiting

    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not any(self._queues.values())

    def of(self, sender: bytes) -> dict[int, Waiting]:
        """What waits of one sender, by nonce."""
        return self._queues.get(sender, {})

    def find(self, tx_hash: bytes) -> Any | None:
        """A waiting transaction, or None."""
        found = self._find(tx_hash)
        return None if found is None else found.transaction

    def next_nonce(self, sender: bytes, nonce: int) -> int:
        """The first nonce from `nonce` on that nothing of the sender waits with."""
        queue = self.of(sender)
        while nonce in queue:
            nonce += 1
        return nonce

    def admit(self, transaction: Any) -> None:
        """Raises Refusal when the transaction is known, too cheap to replace another, or there's no room for it."""
        queue = self.of(transaction.sender)
        rival = queue.get(transaction.nonce)
        if rival is None:
            if len(queue) >= POOL_PER_SENDER or sum(map(len, self._queues.values())) >= POOL_TRANSACTIONS:
                raise Refusal(-32003, "the pool is full")
            return
        if rival.transaction.hash == transaction.hash:
            raise Refusal(-32003, "transaction already imported")
        for fee in ("max_fee_per_gas", "max_priority_fee_per_gas"):
            if getattr(transaction, fee) * 100 < getattr(rival.transaction, fee) * (100 + REPLACE_PERCENT):
                raise Refusal(-32003, "replacement transaction underpriced")

    def add(self, waiting: Waiting) -> None:
        """Let a transaction wait, in the place of the one with its nonce."""
        transaction = waiting.transaction
        queue = self._queues.setdefault(transaction.sender, {})
        replaced = queue.get(transaction.nonce)
        if replaced is not None:
            self._store.pool_remove(replaced.transaction.hash)
        self._store.pool_add(transaction.hash, waiting.arrival, waiting.raw, must_succeed=waiting.must_succeed)
        queue[transaction.nonce] = waiting

    def drop(self, tx_hash: bytes) -> bool:
        """Forget a transaction; False when none such waits."""
        waiting = self._find(tx_hash)
        if waiting is None:
            return False
        self._store.pool_remove(tx_hash)
        self.forget([waiting])
        return True

    def forget(self, settled: list[Waiting]) -> None:
        """Drop from memory what the store no longer has."""
        for waiting in settled:
            self._queues.get(waiting.transaction.sender, {}).pop(waiting.transaction.nonce, None)

    def clear(self) -> None:
        """Drop everything from memory."""
        self._queues.clear()

    def executable(self, nonce_of: Callable[[bytes], int]) -> list[Waiting]:
        """Transactions whose turn it is, by arrival, and by nonce within a sender; drops outdated ones."""
        ready: list[Waiting] = []
        by_sender: dict[bytes, list[Waiting]] = {}
        for sender in list(self._queues):
            queue = self._queues[sender]
            nonce = nonce_of(sender)
            for outdated in [waiting for number, waiting in queue.items() if number < nonce]:
                self._store.pool_remove(outdated.transaction.hash)
                del queue[outdated.transaction.nonce]
            by_sender[sender] = []
            while nonce in queue:
                by_sender[sender].insert(0, queue[nonce])
                nonce += 1
            ready += by_sender[sender]
            if not queue:
                del self._queues[sender]
        ready.sort(key=lambda waiting: waiting.arrival)
        return [by_sender[waiting.transaction.sender].pop() for waiting in ready]

    def _find(self, tx_hash: bytes) -> Waiting | None:
        for queue in self._queues.values():
            for waiting in queue.values():
                if waiting.transaction.hash == tx_hash:
                    return waiting
        return None
