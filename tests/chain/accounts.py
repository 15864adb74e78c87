"""Accounts and tiny contracts for the tests, signed by eth-account so that our own signing is not its own witness."""

import time
from typing import Any

from eth_account import Account
from eth_utils import to_checksum_address

from chain.rpc import Rpc

# Reverts with the four bytes 0xdeadbeef.
REVERTER = "0x6010600c60003960106000f3" + "63deadbeef60e01b60005260046000fd"
# Logs calldata[64:96] under the topics calldata[0:32] and calldata[32:64].
LOGGER = "0x6012600c60003960126000f3" + "366000600037602051600051602060" + "40a200"

# Writes 1 into five storage slots.
WRITER = "0x601a600c600039601a6000f3" + "".join(f"600160{slot:02x}55" for slot in range(5)) + "00"

# Can be called once: writes 1 into slot 0, and reverts where that is there.
ONCE = "0x600f600c600039600f6000f3" + "5f5415600957" + "5f5ffd" + "5b60015f5500"


class Person:
    """An account with money on a dev chain, which signs with eth-account."""

    def __init__(self, rpc: Rpc, name: str = "someone", *, coins_wei: int = 10**20) -> None:
        self.rpc = rpc
        self.account = Account.create(name)
        self.address: str = self.account.address
        rpc.call("anvil_setBalance", self.address, hex(coins_wei))

    def sign(self, **fields: Any) -> str:
        """A raw type-2 transaction as hex; whatever is left out gets a default."""
        transaction = {
            "type": 2, "chainId": 31337, "gas": 300_000, "value": 0, "data": "0x",
            "maxFeePerGas": 10**10, "maxPriorityFeePerGas": 10**9, **fields,
        }  # fmt: skip
        if fields.get("to"):
            transaction["to"] = to_checksum_address(fields["to"])
        if "nonce" not in fields:
            transaction["nonce"] = int(self.rpc.call("eth_getTransactionCount", self.address, "pending"), 16)
        return "0x" + bytes(self.account.sign_transaction(transaction).raw_transaction).hex()

    def send(self, **fields: Any) -> dict[str, Any]:
        """Send, and wait for the receipt."""
        return receipt_of(self.rpc, self.rpc.call("eth_sendRawTransaction", self.sign(**fields)))

    def create(self, code: str) -> str:
        """Put a contract on the chain; its address."""
        return str(self.send(data=code)["contractAddress"])


def receipt_of(rpc: Rpc, tx_hash: str) -> dict[str, Any]:
    """The receipt, waited for: anvil answers before it has mined."""
    for _ in range(500):
        receipt = rpc.call("eth_getTransactionReceipt", tx_hash)
        if receipt is not None:
            return dict(receipt)
        time.sleep(0.01)
    raise AssertionError(f"{tx_hash} was never mined")
