"""The embedded node's chain: py-evm's Prague machine over a `Store`, one block per transaction unless told otherwise.

Only the machine is py-evm's. Blocks, transactions and logs live in tables of their own, so answering about them costs
one look-up, and a block's state, headers and logs are one SQLite transaction.
"""

import contextlib
import json
import os
import threading
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import rlp  # type: ignore[import-untyped]
from eth.consensus import ConsensusContext
from eth.db.chain import ChainDB
from eth.vm.chain_context import ChainContext
from eth.vm.forks.prague import PragueVM
from eth.vm.forks.prague.blocks import PragueBlockHeader
from eth.vm.forks.prague.transactions import PragueTransactionBuilder
from eth.vm.spoof import SpoofTransaction
from eth_utils.exceptions import ValidationError

from chain.embedded_block import Filled, fill
from chain.embedded_json import block_json, receipt_json, transaction_json
from chain.embedded_pool import POOL_TRANSACTIONS, Pool, Refusal, Waiting
from chain.embedded_store import Store

CHAIN_ID = 31337
GAS_LIMIT = 30_000_000  # per block, as anvil has it
LAST_SECOND = 2**40 - 1  # Unix time; the contracts keep times in 40 bits
TIP_WEI = 10**9  # suggested priority fee, as anvil has it
MINE_BLOCKS = 1000  # per request
_RAW_TX_BYTES = 131_072

# The deterministic deployment proxy, at its usual address from the first block on (as anvil has it).
CREATE2_PROXY = bytes.fromhex("4e59b44847b379578588920ca78fbf26c0b4956c")
CREATE2_PROXY_CODE = bytes.fromhex(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0"
    "3601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
)


class Moment(NamedTuple):
    """A state of the chain: a header with its root, and the key-value store that has the nodes below it."""

    header: Any
    kv: Any


class EmbeddedChain:
    """One dev chain on one store. Every public method may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self.lock = threading.RLock()
        self.store = store
        self.automine = True
        self._context = ChainContext(CHAIN_ID)
        self._chaindb = ChainDB(store.kv)
        self.pool = Pool(store)
        self._next_timestamp: int | None = None
        head = store.head()
        if head is None:
            self._create_genesis()
        else:
            self.head = rlp.decode(head, PragueBlockHeader)
        self._load_settings()

    def _create_genesis(self) -> None:
        with self.store.atomic():
            empty = PragueBlockHeader(difficulty=0, block_number=0, gas_limit=GAS_LIMIT, timestamp=0)
            state = PragueVM.build_state(self.store.kv, empty, self._context)
            state.set_code(CREATE2_PROXY, CREATE2_PROXY_CODE)
            state.set_nonce(CREATE2_PROXY, 1)
            state.persist()
            header = PragueBlockHeader(
                difficulty=0, block_number=0, gas_limit=GAS_LIMIT, timestamp=int(time.time()), base_fee_per_gas=10**9,
                mix_hash=os.urandom(32), nonce=bytes(8), state_root=state.state_root,
            )  # fmt: skip
            self.store.add_block(rlp.encode(header), block_json(header, []), [])
            self.store.set_setting("state_root", header.state_root.hex())
        self.head = header

    def _load_settings(self) -> None:
        self._offset_secs = int(self.store.setting("offset_secs") or 0)
        self._snapshots: dict[str, list[Any]] = json.loads(self.store.setting("snapshots") or "{}")
        self._root = bytes.fromhex(self.store.setting("state_root") or "")
        self._mine_what_can_be()  # a kill may have come between taking in and mining

    # --- reading ---------------------------------------------------------------------------------------------------

    def header(self, number: int | None) -> Any:
        """The header of a block; None is the newest, whose state includes what the dev methods changed since."""
        if number is None or number == self.head.block_number:
            return self.head.copy(state_root=self._root)
        encoded = self.store.header(number)
        if encoded is None:
            raise Refusal(-32602, f"BlockOutOfRangeError: block height is {self.head.block_number} "
                                  f"but requested was {number}")  # fmt: skip
        return rlp.decode(encoded, PragueBlockHeader)

    def at(self, number: int | None) -> Moment:
        """The state after a block; None is the newest."""
        return Moment(self.header(number), self.store.kv)

    def pending(self) -> Moment:
        """The state after everything that waits and can be run now, as if a block were mined; nothing of it is kept."""
        batch = [] if self.pool.is_empty() else self._executable(limit=POOL_TRANSACTIONS)
        if not batch:
            return Moment(self.pending_header(), self.store.kv)
        kv = self.store.kv.overlay()
        return Moment(self._fill(batch, kv).header, kv)

    def state(self, moment: Moment) -> Any:
        """A fresh machine state; changes to it are lost unless persisted."""
        hashes = self.store.hashes_before(moment.header.block_number)
        return PragueVM.build_state(moment.kv, moment.header, self._context, hashes)

    def pending_header(self) -> Any:
        """The header that the next block starts from."""
        header = PragueVM.create_header_from_parent(self.head, timestamp=self._timestamp())
        return header.copy(gas_limit=GAS_LIMIT, state_root=self._root, mix_hash=os.urandom(32), nonce=bytes(8))

    def pending_nonce(self, sender: bytes) -> int:
        """The first nonce that neither a block nor the pool has used."""
        return self.pool.next_nonce(sender, int(self.state(self.at(None)).get_nonce(sender)))

    # --- running without a trace --------------------------------------------------------------------------------------

    def run(self, moment: Moment, message: dict[str, Any], *, gas: int, overrides: dict[bytes, dict[str, Any]]) -> Any:
        """Execute a message on a copy of a state; returns py-evm's computation.

        `message` has sender, to, value, data (bytes and ints); `overrides` maps accounts to balance, nonce, code,
        state and stateDiff. No gas is paid. Raises Refusal when the sender can't afford the value.
        """
        state = self.state(Moment(moment.header.copy(base_fee_per_gas=0), moment.kv))
        for account, fields in overrides.items():
            _override(state, account, fields)
        sender = message["sender"]
        unsigned = PragueTransactionBuilder.new_unsigned_dynamic_fee_transaction(
            chain_id=CHAIN_ID, nonce=state.get_nonce(sender), max_priority_fee_per_gas=0, max_fee_per_gas=0,
            gas=gas, to=message["to"], value=message["value"], data=message["data"],
            access_list=message["access_list"],
        )  # fmt: skip
        try:
            return state.apply_transaction(SpoofTransaction(unsigned, from_=sender))
        except ValidationError as error:
            raise _refusal(error) from None

    # --- sending ---------------------------------------------------------------------------------------------------

    def send(self, raw: bytes, *, must_succeed: bool = False) -> bytes:
        """Take in a signed transaction and, when automining, mine it; returns its hash.

        With `must_succeed` it is forgotten, at whatever moment, rather than put into a block in which it would fail.
        Raises Refusal when it can never be mined as things stand.
        """
        if not raw:
            raise Refusal(-32602, "Empty transaction data")
        if len(raw) > _RAW_TX_BYTES:
            raise Refusal(-32003, f"transaction of {len(raw)} bytes is larger than {_RAW_TX_BYTES}")
        try:
            transaction = PragueTransactionBuilder.decode(raw)
            transaction.validate()
            sender = transaction.sender
        except Exception:  # noqa: BLE001 (py-evm's decoders raise whatever they stumble over)
            raise Refusal(-32602, "Failed to decode transaction") from None
        with self.lock:
            self._admit(transaction, sender)
            waiting = Waiting(transaction, raw, time.time_ns(), must_succeed=must_succeed)
            nonce = self.state(self.at(None)).get_nonce(sender)
            if self.automine and transaction.nonce == nonce and not self.pool.of(sender):
                _refuse_undone(self._mine([waiting], even_empty=False), waiting)
            else:
                if must_succeed:  # who asks is told at once, not by silence
                    batch = [*self._executable(limit=POOL_TRANSACTIONS), waiting]
                    _refuse_undone(self._fill(batch, self.store.kv.overlay()), waiting)
                with self.store.atomic():
                    self.pool.add(waiting)
                self._mine_what_can_be()
        return bytes(transaction.hash)

    def _mine_what_can_be(self) -> None:
        while self.automine and (batch := self._executable(limit=1)):
            self._mine(batch, even_empty=False)

    def _admit(self, transaction: Any, sender: bytes) -> None:
        """Refuse what can't be mined. A nonce ahead of its turn is fine: it waits."""
        state = self.state(self.at(None))
        base_fee = self.pending_header().base_fee_per_gas
        typed_chain_id = getattr(transaction, "chain_id", None)
        if typed_chain_id is not None and typed_chain_id != CHAIN_ID:
            raise Refusal(-32003, "Chain Id mismatch")
        if transaction.nonce < state.get_nonce(sender):
            raise Refusal(-32003, "nonce too low")
        if transaction.gas > GAS_LIMIT:
            raise Refusal(-32003, "intrinsic gas too high")
        if transaction.gas < transaction.intrinsic_gas:
            raise Refusal(-32000, "intrinsic gas too low")
        if transaction.max_fee_per_gas < base_fee:
            raise Refusal(-32003, "max fee per gas less than block base fee")
        if state.get_balance(sender) < transaction.value + transaction.gas * transaction.max_fee_per_gas:
            raise Refusal(-32003, "Insufficient funds for gas * price + value")
        self.pool.admit(transaction)

    def drop(self, tx_hash: bytes) -> bool:
        """Forget a waiting transaction; False when none such waits."""
        with self.lock:
            return self.pool.drop(tx_hash)

    def _executable(self, *, limit: int) -> list[Waiting]:
        """Waiting transactions whose turn it is, oldest first."""
        return self.pool.executable(self.state(self.at(None)).get_nonce)[:limit]

    # --- mining -------------------------------------------------------------------------------------------------------

    def mine(self, count: int = 1, *, timestamp: int | None = None) -> None:
        """Mine `count` blocks, the first with everything that waits; `timestamp` fixes the first one's time.

        Raises Refusal when the time is not after the newest block's, or the count is out of bounds.
        """
        if not 0 <= count <= MINE_BLOCKS:
            raise Refusal(-32602, f"{count} blocks at once; mine at most {MINE_BLOCKS}")
        with self.lock:
            if timestamp is not None:
                self.set_next_timestamp(timestamp)
            for _ in range(count):
                self._mine(self._executable(limit=POOL_TRANSACTIONS))

    def _mine(self, batch: list[Waiting], *, even_empty: bool = True) -> Filled:
        """Put what can be run of `batch` into one block, written in one transaction."""
        with self.store.atomic():
            filled = self._fill(batch, self.store.kv)
            is_block = even_empty or bool(filled.included)
            if is_block:
                self._keep_block(filled.header, filled.included)
            for waiting in filled.settled:
                self.store.pool_remove(waiting.transaction.hash)
        self.pool.forget(filled.settled)
        if is_block:
            self.head = filled.header
            self._root = filled.header.state_root
            self._next_timestamp = None
        return filled

    def _fill(self, batch: list[Waiting], kv: Any) -> Filled:
        """Run `batch` as the next block would; the nodes of its state go into `kv`."""
        header = self.pending_header()
        vm = PragueVM(header, self._chaindb, self._context, ConsensusContext(kv))
        vm._state = self.state(Moment(header, kv))  # or it would look for the parents in py-evm's own tables
        return fill(vm, header, batch)

    def _keep_block(self, header: Any, included: list[tuple[Any, Any]]) -> None:
        mined, gas, logs = [], 0, 0
        for position, (transaction, receipt) in enumerate(included):
            answer = receipt_json(transaction, receipt, header, position=position, gas_before=gas, logs_before=logs)
            mined.append((transaction_json(transaction, header=header, position=position), answer))
            gas = receipt.gas_used
            logs += len(receipt.logs)
        block = block_json(header, [transaction.hash for transaction, _ in included])
        self.store.add_block(rlp.encode(header), block, mined)
        self.store.set_setting("state_root", header.state_root.hex())

    # --- what only a dev chain does -----------------------------------------------------------------------------------

    def _timestamp(self) -> int:
        if self._next_timestamp is not None:
            return self._next_timestamp
        return int(max(time.time() + self._offset_secs, self.head.timestamp + 1))

    def set_automine(self, on: bool) -> None:
        """Whether each transaction gets a block at once; turned off, they wait for `mine`."""
        with self.lock:
            self.automine = on
            self._mine_what_can_be()

    def increase_time(self, secs: int) -> int:
        """Move the chain's clock ahead; returns the offset from the real clock in seconds."""
        with self.lock:
            if secs + self._offset_secs > LAST_SECOND // 2:
                raise Refusal(-32602, f"Timestamp error: {secs} seconds ahead is beyond what contracts can tell")
            self._offset_secs += secs
            self.store.set_setting("offset_secs", str(self._offset_secs))
            return self._offset_secs

    def set_next_timestamp(self, timestamp: int) -> None:
        """Fix the next block's time; the clock goes on from there. Raises Refusal for a time that has passed."""
        with self.lock:
            if timestamp > LAST_SECOND:
                raise Refusal(-32602, f"Timestamp error: {timestamp} is beyond what contracts can tell")
            if timestamp <= self.head.timestamp:
                raise Refusal(
                    -32602, f"Timestamp error: {timestamp} is lower than or equal to previous block's timestamp"
                )
            self._next_timestamp = timestamp
            self._offset_secs = timestamp - int(time.time())
            self.store.set_setting("offset_secs", str(self._offset_secs))

    def set_account(self, account: bytes, fields: dict[str, Any]) -> None:
        """Change an account's balance, nonce, code or state outside any transaction."""
        with self.lock, self._changed_state() as state:
            _override(state, account, fields)

    @contextlib.contextmanager
    def _changed_state(self) -> Iterator[Any]:
        with self.store.atomic():
            state = self.state(self.at(None))
            yield state
            state.lock_changes()
            state.persist()
            self.store.set_setting("state_root", state.state_root.hex())
        self._root = state.state_root

    def snapshot(self) -> str:
        """Remember this moment; returns the name to go back by."""
        with self.lock:
            name = hex(int(self.store.setting("snapshot_count") or 0))
            self._snapshots[name] = [self.head.block_number, self._root.hex()]
            with self.store.atomic():
                self.store.set_setting("snapshot_count", str(int(name, 16) + 1))
                self.store.set_setting("snapshots", json.dumps(self._snapshots))
            return name

    def revert(self, name: str) -> bool:
        """Go back to a snapshot, which is then used up together with all later ones; False when there is none."""
        with self.lock:
            if name not in self._snapshots:
                return False
            number, root = self._snapshots[name]
            self._snapshots = {key: kept for key, kept in self._snapshots.items() if int(key, 16) < int(name, 16)}
            with self.store.atomic():
                self.store.drop_blocks_above(number)
                self.store.set_setting("state_root", root)
                self.store.set_setting("snapshots", json.dumps(self._snapshots))
                self.store.pool_clear()
            self.pool.clear()
            self.head = rlp.decode(self.store.header(number), PragueBlockHeader)
            self._root = bytes.fromhex(root)
            self._next_timestamp = None
            return True


def _refuse_undone(filled: Filled, waiting: Waiting) -> None:
    why = filled.undone.get(waiting.transaction.hash)
    if why is not None:
        raise why


def _override(state: Any, account: bytes, fields: dict[str, Any]) -> None:
    if "balance" in fields:
        state.set_balance(account, fields["balance"])
    if "nonce" in fields:
        state.set_nonce(account, fields["nonce"])
    if "code" in fields:
        state.set_code(account, fields["code"])
    if "state" in fields:
        state.delete_storage(account)
    for slot, value in {**fields.get("state", {}), **fields.get("stateDiff", {})}.items():
        state.set_storage(account, slot, value)


def _refusal(error: ValidationError) -> Refusal:
    text = str(error)
    if "enough balance" in text or "cannot afford" in text:
        return Refusal(-32003, "Insufficient funds for gas * price + value")
    return Refusal(-32003, text)
