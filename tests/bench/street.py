"""A street on a throw-away anvil for measuring: sixteen goods on display, three payees, buyers with money."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from chain.deploy import Deployment, deploy
from chain.dev_sender import DevSender
from chain.envelope import sign_call
from chain.fills import Fill, purchase_data
from chain.goods_id import Terms, room_id, room_key, token_id
from chain.journal import Call
from chain.keys import DEV_CHAIN_ID, dev_address, dev_key
from chain.merkle import MerkleTree
from chain.node import ensure_node, release_node
from chain.offers import Offer, domain_separator, sign_offer
from chain.rpc import Rpc
from chain.words import call_data
from game.core.ids import GoodId, MakerId, PlaceId, Wei
from game.core.ports import Line

MAKER, CREATOR, KEEPER = MakerId("bench_maker"), MakerId("bench_creator"), MakerId("bench_keeper")
SHOP = PlaceId("bench_shop")
PRICE_WEI = Wei(245 * 10**14)
SHELF = 16


class Street:
    """Deployed contracts and a published room; `fill` makes lines, `buy` sends them and returns the receipt."""

    def __init__(self, rpc: Rpc, deployment: Deployment) -> None:
        self.rpc, self.deployment = rpc, deployment
        self.maker = dev_address(MAKER)
        self.terms = [
            Terms(
                maker=self.maker, creator=dev_address(CREATOR), manifest_sha256=bytes([i + 1]) * 32,
                cap=10_000, royalty_bps=500,
            )
            for i in range(SHELF)
        ]  # fmt: skip
        self.tokens = [token_id(terms) for terms in self.terms]
        self.tree = MerkleTree(self.tokens)
        self.room = room_id(dev_address(KEEPER), SHOP)
        keeper = DevSender(rpc, dev_key(KEEPER, chain_id=DEV_CHAIN_ID))
        keeper.send(deployment.rooms, call_data("mint(address,bytes32)", keeper.address, room_key(SHOP)), what="mint")
        publish = call_data("publish(uint256,bytes32,bytes32)", self.room, bytes(32), self.tree.root)
        keeper.send(deployment.rooms, publish, what="publish")

    def fill(self, index: int, *, serial: int = 0) -> Fill:
        """One unit of a good on the shelf, found in the room; `serial` tells a good's offers apart."""
        offer = Offer(
            seller=self.maker, good=self.tokens[index], start_price_wei=PRICE_WEI, end_price_wei=PRICE_WEI,
            quantity=10_000, room_share_bps=1000, primary=True, serial=serial or index,
        )  # fmt: skip
        domain = domain_separator(self.deployment.chain_id, self.deployment.market)
        good_id = GoodId(f"good_{index}")
        return Fill(
            line=Line(good_id=good_id, quantity=1), good_id=good_id,
            signed=sign_offer(offer, domain=domain, key=dev_key(MAKER, chain_id=DEV_CHAIN_ID)),
            terms=self.terms[index], room=self.room, proof=self.tree.proof(self.tokens[index]),
        )  # fmt: skip

    def call(self, fills: list[Fill]) -> Call:
        """The purchase of some lines, with gas and fees fixed."""
        value = Wei(PRICE_WEI * len(fills))
        return Call(
            to=self.deployment.market, value_wei=value, gas_limit=5_000_000, max_fee_wei=10**11, max_tip_wei=10**9,
            data=purchase_data(fills, most_wei=value, deadline_secs=2**40 - 1, best_effort=False),
        )  # fmt: skip

    def buy(self, buyer: str, fills: list[Fill]) -> dict[str, Any]:
        """Buy as the dev account of that name; the receipt.

        Raises AssertionError when it reverted.
        """
        sender = DevSender(self.rpc, dev_key(MakerId(buyer), chain_id=DEV_CHAIN_ID))
        nonce = int(self.rpc.call("eth_getTransactionCount", sender.address, "pending"), 16)
        raw, tx_hash = sign_call(
            self.call(fills), nonce=nonce, chain_id=DEV_CHAIN_ID, key=dev_key(MakerId(buyer), chain_id=DEV_CHAIN_ID)
        )
        self.rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
        receipt = None
        while receipt is None:
            receipt = self.rpc.call("eth_getTransactionReceipt", tx_hash)
        if int(receipt["status"], 16) != 1:
            raise AssertionError(f"the purchase {tx_hash} reverted")
        return dict(receipt)

    def gas(self, buyer: str, fills: list[Fill]) -> int:
        """What a purchase costs, by its receipt: the whole transaction, base cost and call data included."""
        return int(self.buy(buyer, fills)["gasUsed"], 16)


@contextmanager
def anvil_street() -> Iterator[Street]:
    """A street on a fresh anvil that ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        node = ensure_node(home, "anvil")
        try:
            rpc = Rpc(node.url)
            yield Street(rpc, deploy(rpc, home))
        finally:
            release_node(node)
