"""Blocks and logs of one chain, as the ledger wants them."""

import json
from typing import Any

from chain.errors import ChainError
from chain.ledger import Block
from chain.logs import Log, parse_logs
from chain.rpc import Rpc
from game.core.ids import Address


class ChainSource:
    """`chain.ledger.Source` over JSON-RPC, for the logs of the given contracts."""

    def __init__(self, rpc: Rpc, contracts: tuple[Address, ...]) -> None:
        self._rpc = rpc
        self._contracts = list(contracts)

    def block(self, number: int | str) -> Block | None:
        """A block by number or tag, or None when there is none."""
        found = self._rpc.call("eth_getBlockByNumber", number if isinstance(number, str) else hex(number), False)
        return None if found is None else parse_block(found)

    def logs(self, first: int, last: int, topics: tuple[str, ...]) -> list[Log]:
        """Logs of the contracts in a range of blocks, both ends included, with one of these first topics."""
        query = {
            "address": self._contracts,
            "fromBlock": hex(first),
            "toBlock": hex(last),
            "topics": [list(topics)],
        }
        return parse_logs(self._rpc.call_raw("eth_getLogs", query))


def parse_block(found: dict[str, Any]) -> Block:
    """A block as the node tells it. Raises ChainError when it is none."""
    try:
        return Block(
            number=int(found["number"], 16),
            hash=bytes.fromhex(found["hash"][2:]),
            parent=bytes.fromhex(found["parentHash"][2:]),
            timestamp_secs=int(found["timestamp"], 16),
            base_fee_wei=int(found.get("baseFeePerGas") or "0x0", 16),
        )
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        raise ChainError(f"the node's block is none ({error!r}): {str(found)[:80]}") from None


def parse_receipt_logs(receipt: dict[str, Any]) -> list[Log]:
    """The logs of a receipt."""
    return parse_logs(json.dumps({"result": receipt["logs"]}).encode())
