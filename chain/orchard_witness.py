"""A direct line to the orchard's contracts, past the game's own ledger; and the clock of a dev node."""

from chain.deploy import Deployment
from chain.errors import ChainError
from chain.fruit import fruit_manifest, fruit_token, name_text
from chain.keys import DEV_CHAIN_ID
from chain.rpc import Rpc, quantity
from chain.words import call_data, checksummed
from game.core.ids import Address, Wei
from game.core.orchard_ports import DELIVERY_STATES, STAGES, FruitHeld
from game.core.orchard_witness import OrchardWitness, WitnessedBox, WitnessedTree

_GROWER, _FRUITS_PER_TREE = 0, 8  # words of plotOf; see Plots.sol


class ChainOrchardWitness(OrchardWitness):
    """Asks the contracts of one deployment."""

    def __init__(self, rpc: Rpc, deployment: Deployment) -> None:
        """Raises ChainError where there is no orchard."""
        if deployment.orchard is None or deployment.campaign is None:
            raise ChainError(f"chain {deployment.chain_id} has no orchard")
        self._rpc, self._deployment = rpc, deployment
        self._orchard, self._campaign = deployment.orchard, deployment.campaign

    def now_secs(self) -> int:
        """The time of the newest block."""
        return quantity(self._rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], "timestamp")

    def plots(self) -> int:
        """How many plots there are."""
        return self._number(self._orchard, "plots()")

    def tree(self, tree: int) -> WitnessedTree:
        """A tree as it stands."""
        adopter, _, _, picked, _, graft, graft_block = self._words(self._orchard, "treeOf(uint256)", tree)
        return WitnessedTree(
            adopter=checksummed(adopter[12:]) if any(adopter) else None,
            stage=STAGES[self._number(self._orchard, "stageOf(uint256)", tree)],
            variety=name_text(self._words(self._orchard, "varietyOf(uint256)", tree)[0]),
            waterings_left=self._number(self._orchard, "wateringsLeft(uint256)", tree),
            yield_fruits=self._number(self._orchard, "yieldOf(uint256)", tree), picked=int.from_bytes(picked, "big"),
            grafted=any(graft) and not any(graft_block),
        )  # fmt: skip

    def units(self, account: Address, fruit: FruitHeld) -> int:
        """How many of a fruit an account holds: ERC-1155's own balance of the id that its manifest has."""
        plot = self._words(self._orchard, "plotOf(uint256)", fruit.plot)
        manifest = fruit_manifest(
            orchard=self._orchard, plot=fruit.plot, tree=fruit.tree, variety=fruit.variety, grade=fruit.grade,
            harvest_day=fruit.harvest_day,
        )  # fmt: skip
        token = fruit_token(
            manifest, orchard=self._orchard, grower=checksummed(plot[_GROWER][12:]),
            fruits_per_tree=int.from_bytes(plot[_FRUITS_PER_TREE], "big"),
        )  # fmt: skip
        return self._number(self._deployment.goods, "balanceOf(address,uint256)", account, token)

    def held_wei(self, plot: int) -> Wei:
        """What lies in the orchard's contract for a plot."""
        return Wei(self._number(self._orchard, "heldWei(uint256)", plot))

    def box(self, delivery: int) -> WitnessedBox:
        """A delivery as it stands. Raises ChainError where there is none."""
        buyer, value, seller, act_by, state, *_ = self._words(self._campaign, "deliveryOf(uint256)", delivery)
        if not any(state):
            raise ChainError(f"there is no delivery {delivery}")
        return WitnessedBox(
            buyer=checksummed(buyer[12:]), seller=checksummed(seller[12:]), value_wei=Wei(int.from_bytes(value, "big")),
            act_by_secs=int.from_bytes(act_by, "big"), state=DELIVERY_STATES[int.from_bytes(state, "big") - 1],
        )  # fmt: skip

    def pass_secs(self, secs: int) -> None:
        """Let a dev node's clock run on, and a block be made. Raises ChainError elsewhere."""
        chain_id = quantity(self._rpc.call("eth_chainId"), "chain id")
        if chain_id != DEV_CHAIN_ID:
            raise ChainError(f"time passes by itself on chain {chain_id}; only a dev node's clock can be moved")
        until_secs = self.now_secs() + secs
        while (behind_secs := until_secs - self.now_secs()) > 0:  # blocks made in haste are ahead of it
            self._rpc.call("evm_increaseTime", behind_secs)
            self._rpc.call("evm_mine")

    def _number(self, contract: Address, signature: str, *arguments: int | str) -> int:
        return int.from_bytes(self._words(contract, signature, *arguments)[0], "big")

    def _words(self, contract: Address, signature: str, *arguments: int | str) -> list[bytes]:
        call = {"to": contract, "data": "0x" + call_data(signature, *arguments).hex()}
        answer = bytes.fromhex(self._rpc.call("eth_call", call, "latest")[2:])
        return [answer[at : at + 32] for at in range(0, len(answer), 32)]
