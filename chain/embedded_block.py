"""Runs waiting transactions one after the other, as the next block would, and says what becomes of each."""

from typing import Any

from eth.db.trie import make_trie_root_and_nodes
from eth.exceptions import Revert
from eth_utils.exceptions import ValidationError

from chain.embedded_json import data
from chain.embedded_pool import Refusal, Waiting

_ERROR_STRING = bytes.fromhex("08c379a0")
_PANIC = bytes.fromhex("4e487b71")


class Filled:
    """What a block would be made of."""

    def __init__(self, header: Any) -> None:
        self.header = header  # with the roots of what was put in
        self.included: list[tuple[Any, Any]] = []  # transactions and their receipts
        self.settled: list[Waiting] = []  # what waits no longer: included, undone, or impossible by itself
        self.undone: dict[bytes, Refusal] = {}  # by hash, what was left out because it would have failed, and why


def fill(vm: Any, header: Any, batch: list[Waiting]) -> Filled:
    """Run `batch` on a machine's state and persist that; what cannot be run now is left out and goes on waiting."""
    filled = Filled(header)
    for waiting in batch:
        transaction = waiting.transaction
        if transaction.nonce != vm.state.get_nonce(transaction.sender):
            continue  # the one before it was left out
        try:
            receipt = _receipt(vm, filled, waiting)
        except ValidationError:
            if not filled.included:  # it fails by itself, not for want of room or money after the others
                filled.settled.append(waiting)
            continue
        filled.settled.append(waiting)
        if receipt is not None:
            filled.header = vm.add_receipt_to_header(filled.header, receipt)
            filled.included.append((transaction, receipt))
    vm.state.lock_changes()
    vm.state.persist()
    filled.header = filled.header.copy(
        state_root=vm.state.state_root,
        transaction_root=make_trie_root_and_nodes([transaction for transaction, _ in filled.included])[0],
        receipt_root=make_trie_root_and_nodes([receipt for _, receipt in filled.included])[0],
    )
    return filled


def _receipt(vm: Any, filled: Filled, waiting: Waiting) -> Any | None:
    """Run one transaction; None where it had to succeed and did not, and so has changed nothing."""
    if not waiting.must_succeed:
        receipt, _ = vm.apply_transaction(filled.header, waiting.transaction)
        return receipt
    vm.validate_transaction_against_header(filled.header, waiting.transaction)
    vm.state.lock_changes()
    before = vm.state.snapshot()
    computation = vm.state.apply_transaction(waiting.transaction)
    if computation.is_error:
        vm.state.revert(before)  # the fee and the nonce, too
        why = failure(computation)
        filled.undone[waiting.transaction.hash] = Refusal(3, why.message, why.data)
        return None
    vm.state.commit(before)
    receipt = vm.make_receipt(filled.header, waiting.transaction, computation, vm.state)
    vm.validate_receipt(receipt)
    return receipt


def failure(computation: Any) -> Refusal:
    """What a node answers for a run that failed: code 3 and the revert's data, or what the machine says."""
    error = computation.error
    if not isinstance(error, Revert):
        return Refusal(-32603, f"EVM error {type(error).__name__}: {error}")
    output = bytes(computation.output)
    reason = ""
    if output[:4] == _ERROR_STRING and len(output) >= 68:
        length = int.from_bytes(output[36:68], "big")
        reason = ": " + output[68 : 68 + length].decode("utf-8", "replace")
    elif output[:4] == _PANIC and len(output) == 36:
        reason = f": panic 0x{int.from_bytes(output[4:], 'big'):02x}"
    elif output:
        reason = f": custom error 0x{output[:4].hex()}"
    return Refusal(3, "execution reverted" + reason, data(output))
