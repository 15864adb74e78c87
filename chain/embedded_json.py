"""The embedded node's blocks, transactions, receipts and logs in the JSON that Ethereum clients expect."""

from typing import Any

import rlp  # type: ignore[import-untyped]
from eth.vm.forks.berlin.transactions import TypedTransaction
from eth_hash.auto import keccak

JsonObject = dict[str, Any]


def quantity(number: int) -> str:
    return hex(number)


def data(octets: bytes) -> str:
    return "0x" + octets.hex()


def word(number: int) -> str:
    return "0x" + number.to_bytes(32, "big").hex()


def address(octets: bytes) -> str | None:
    """A lower-case address; None for the empty one of a contract creation."""
    return data(octets) if octets else None


def created_address(sender: bytes, nonce: int) -> str:
    """Address of the contract that a plain creation by `sender` at `nonce` makes."""
    return data(keccak(rlp.encode([sender, nonce]))[12:])


def block_json(header: Any, tx_hashes: list[bytes]) -> JsonObject:
    """A block with the hashes of its transactions."""
    return {
        "hash": data(header.hash),
        "parentHash": data(header.parent_hash),
        "sha3Uncles": data(header.uncles_hash),
        "miner": data(header.coinbase),
        "stateRoot": data(header.state_root),
        "transactionsRoot": data(header.transaction_root),
        "receiptsRoot": data(header.receipt_root),
        "logsBloom": "0x" + header.bloom.to_bytes(256, "big").hex(),
        "difficulty": quantity(header.difficulty),
        "number": quantity(header.block_number),
        "gasLimit": quantity(header.gas_limit),
        "gasUsed": quantity(header.gas_used),
        "timestamp": quantity(header.timestamp),
        "extraData": data(header.extra_data),
        "mixHash": data(header.mix_hash),
        "nonce": data(header.nonce),
        "baseFeePerGas": quantity(header.base_fee_per_gas),
        "withdrawalsRoot": data(header.withdrawals_root),
        "blobGasUsed": quantity(header.blob_gas_used),
        "excessBlobGas": quantity(header.excess_blob_gas),
        "parentBeaconBlockRoot": data(header.parent_beacon_block_root),
        "requestsHash": data(header.requests_hash),
        "totalDifficulty": "0x0",
        "size": quantity(600 + 32 * len(tx_hashes)),
        "uncles": [],
        "transactions": [data(tx_hash) for tx_hash in tx_hashes],
        "withdrawals": [],
    }


def transaction_json(transaction: Any, *, header: Any | None, position: int) -> JsonObject:
    """A signed transaction; `header` is its block's, or None while it waits."""
    typed = isinstance(transaction, TypedTransaction)
    kind = transaction.type_id if typed else 0
    parity = transaction.y_parity
    result: JsonObject = {
        "type": quantity(kind),
        "hash": data(transaction.hash),
        "nonce": quantity(transaction.nonce),
        "blockHash": None if header is None else data(header.hash),
        "blockNumber": None if header is None else quantity(header.block_number),
        "transactionIndex": None if header is None else quantity(position),
        "from": data(transaction.sender),
        "to": address(transaction.to),
        "value": quantity(transaction.value),
        "gas": quantity(transaction.gas),
        "input": data(transaction.data),
        "r": quantity(transaction.r),
        "s": quantity(transaction.s),
        "v": quantity(parity if typed else transaction.v),
    }
    if typed:
        result["chainId"] = quantity(transaction.chain_id)
        result["yParity"] = quantity(parity)
        result["accessList"] = [
            {"address": data(account), "storageKeys": [word(slot) for slot in slots]}
            for account, slots in transaction.access_list
        ]
    if kind >= 2:
        result["maxFeePerGas"] = quantity(transaction.max_fee_per_gas)
        result["maxPriorityFeePerGas"] = quantity(transaction.max_priority_fee_per_gas)
        paid = transaction.max_fee_per_gas if header is None else effective_gas_price(transaction, header)
        result["gasPrice"] = quantity(paid)
    else:
        result["gasPrice"] = quantity(transaction.gas_price)
    return result


def receipt_json(
    transaction: Any, receipt: Any, header: Any, *, position: int, gas_before: int, logs_before: int
) -> JsonObject:
    """A receipt; `gas_before` and `logs_before` count what earlier transactions of its block used and logged."""
    typed = isinstance(transaction, TypedTransaction)
    logs = [
        {
            "address": data(log.address),
            "topics": [word(topic) for topic in log.topics],
            "data": data(log.data),
            "blockHash": data(header.hash),
            "blockNumber": quantity(header.block_number),
            "blockTimestamp": quantity(header.timestamp),
            "transactionHash": data(transaction.hash),
            "transactionIndex": quantity(position),
            "logIndex": quantity(logs_before + index),
            "removed": False,
        }
        for index, log in enumerate(receipt.logs)
    ]
    return {
        "type": quantity(transaction.type_id if typed else 0),
        "status": "0x1" if receipt.state_root == b"\x01" else "0x0",
        "cumulativeGasUsed": quantity(receipt.gas_used),
        "gasUsed": quantity(receipt.gas_used - gas_before),
        "effectiveGasPrice": quantity(effective_gas_price(transaction, header)),
        "logs": logs,
        "logsBloom": "0x" + receipt.bloom.to_bytes(256, "big").hex(),
        "transactionHash": data(transaction.hash),
        "transactionIndex": quantity(position),
        "blockHash": data(header.hash),
        "blockNumber": quantity(header.block_number),
        "from": data(transaction.sender),
        "to": address(transaction.to),
        "contractAddress": None if transaction.to else created_address(transaction.sender, transaction.nonce),
    }


def effective_gas_price(transaction: Any, header: Any) -> int:
    """Wei per gas that a mined transaction paid (EIP-1559)."""
    if isinstance(transaction, TypedTransaction) and transaction.type_id >= 2:
        tip_cap = transaction.max_priority_fee_per_gas
        return int(min(transaction.max_fee_per_gas, header.base_fee_per_gas + tip_cap))
    return int(transaction.gas_price)
