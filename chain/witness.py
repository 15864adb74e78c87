"""A direct line to the chain, past the game's own ledger: for whoever must check what the game says."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from web3 import Web3
from web3.logs import DISCARD

from chain.deploy import ARTIFACTS, Deployment
from chain.errors import ChainError
from chain.files import read_json
from chain.fills import Fill, purchase_data
from chain.goods_id import player_terms, token_id
from chain.node import running_node
from chain.offers import Offer
from chain.orchard_witness import ChainOrchardWitness
from chain.resale import ResaleFile
from chain.rpc import Rpc, RpcError, quantity
from chain.seed import StreetGood, offers_path
from chain.words import call_data, checksummed
from game.core.ids import Address, GoodId, OfferHash, RoomToken, TokenId, Wei
from game.core.orchard_witness import OrchardWitness
from game.core.ports import GoodTerms, Line, Share, Witnessed

SOMEBODY = Address("0x00000000000000000000000000000000B0b00001")  # an account that owns nothing, for simulations
PLENTY_WEI = 10**24


class ChainWitness:
    """Reads balances, receipts and offers by calls of its own to the node of `home`, or to `rpc`."""

    def __init__(self, home: Path, rpc: str | None = None, made: Iterable[GoodTerms] = ()) -> None:
        """`made` are players' goods that it shall know. Raises ChainError when no node runs, or nothing was deployed by
        this home."""
        node = running_node(home)
        url = rpc or (node.url if node else "")
        if not url:
            raise ChainError(f"no node runs for {home}: start the game, or name a node with --rpc")
        self._rpc = Rpc(url)
        chain_id = quantity(self._rpc.call("eth_chainId"), "chain id")
        note = read_json(home / "deployments" / f"{chain_id}.json")
        self._deployment = msgspec.convert(note["deployment"], Deployment)
        book = read_json(offers_path(home, chain_id))["goods"]
        self._goods = {GoodId(good): msgspec.convert(entry, StreetGood).token_id for good, entry in book.items()}
        self._goods |= {good.good_id: token_id(player_terms(good)) for good in made}
        self._resales = home / "offers" / "resale" / str(chain_id)
        abi = json.loads((ARTIFACTS / "Market.json").read_text("utf-8"))["abi"]
        self._sold: Any = Web3().eth.contract(abi=abi).events.Sold()

    @property
    def orchard(self) -> OrchardWitness:
        """The orchard of the same chain. Raises ChainError where there is none."""
        return ChainOrchardWitness(self._rpc, self._deployment)

    def owned(self, account: Address, good_id: GoodId) -> int:
        """Units of a good that an account holds: ERC-1155's own balance."""
        return self._balance(account, self._goods[good_id])

    def balance_wei(self, account: Address) -> Wei:
        """What an account holds."""
        return Wei(quantity(self._rpc.call("eth_getBalance", account, "latest"), "balance"))

    def sales(self, tx_hash: str) -> list[Witnessed]:
        """The sales that a transaction made, by its receipt; none when it's unknown or reverted."""
        receipt = self._rpc.call("eth_getTransactionReceipt", tx_hash)
        if receipt is None or int(receipt["status"], 16) != 1:
            return []
        names = {token: good for good, token in self._goods.items()}
        found = self._sold.process_receipt(_typed(receipt), errors=DISCARD)
        return [self._sale(event["args"], names, receipt) for event in found]

    def open_units(self, offer: OfferHash) -> int:
        """1 when somebody else could buy a unit of a resale offer this moment, by simulating it; else 0."""
        file = msgspec.json.decode((self._resales / f"{offer[2:]}.json").read_bytes(), type=ResaleFile)
        signed: Offer = file.signed.offer
        names = {token: good for good, token in self._goods.items()}
        good_id = names[signed.good]
        fill = Fill(line=Line(good_id=good_id, quantity=1), good_id=good_id, signed=file.signed, terms=None)
        data = purchase_data([fill], most_wei=signed.start_price_wei, deadline_secs=2**40 - 1, best_effort=False)
        call = {
            "from": SOMEBODY, "to": self._deployment.market,
            "data": "0x" + data.hex(), "value": hex(signed.start_price_wei),
        }  # fmt: skip
        try:
            self._rpc.call("eth_call", call, "latest", {SOMEBODY: {"balance": hex(PLENTY_WEI)}})
        except RpcError:
            return 0
        return 1

    def credit_wei(self, account: Address) -> Wei:
        """What the till holds for an account."""
        return Wei(int(self._ask(self._deployment.market, "creditOf(address)", account), 16))

    def room_owner(self, room: RoomToken) -> Address:
        """Whose a room is."""
        return checksummed(bytes.fromhex(self._ask(self._deployment.rooms, "ownerOf(uint256)", room)[-40:]))

    def published(self, room: RoomToken) -> bytes:
        """SHA-256 of the bundle that a room's owner published; 32 zeros for none."""
        return bytes.fromhex(self._ask(self._deployment.rooms, "publicationOf(uint256)", room)[2:66])

    def _balance(self, account: Address, token: TokenId) -> int:
        return int(self._ask(self._deployment.goods, "balanceOf(address,uint256)", account, token), 16)

    def _ask(self, contract: Address, signature: str, *arguments: str | int) -> str:
        data = call_data(signature, *arguments)
        return str(self._rpc.call("eth_call", {"to": contract, "data": "0x" + data.hex()}, "latest"))

    def _sale(self, args: Any, names: dict[TokenId, GoodId], receipt: dict[str, Any]) -> Witnessed:
        seller_wei = args["price"] - args["creatorWei"] - args["roomWei"]
        shares = [("seller", args["seller"], seller_wei), ("creator", args["creator"], args["creatorWei"])]
        shares.append(("room", args["roomOwner"], args["roomWei"]))
        return Witnessed(
            good_id=names[args["good"]],
            buyer=args["buyer"],
            quantity=args["quantity"],
            price_wei=args["price"],
            shares=tuple(Share(role=role, to=to, wei=wei) for role, to, wei in shares if wei),
            block=int(receipt["blockNumber"], 16),
            gas_used=int(receipt["gasUsed"], 16),
        )


def _typed(receipt: dict[str, Any]) -> Any:
    """A raw JSON receipt as web3's decoder wants it."""
    from hexbytes import HexBytes
    from web3.datastructures import AttributeDict

    logs = [
        AttributeDict({
            **entry,
            "topics": [HexBytes(topic) for topic in entry["topics"]],
            "data": HexBytes(entry["data"]),
            "logIndex": int(entry["logIndex"], 16),
            "transactionIndex": int(entry["transactionIndex"], 16),
            "transactionHash": HexBytes(entry["transactionHash"]),
            "blockHash": HexBytes(entry["blockHash"]),
            "blockNumber": int(entry["blockNumber"], 16),
        })
        for entry in receipt["logs"]
    ]  # fmt: skip
    return AttributeDict({"logs": logs})
