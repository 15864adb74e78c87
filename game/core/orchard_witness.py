"""The orchard as the chain itself tells it to whoever must check what the game says."""

from typing import Protocol

from msgspec import Struct

from game.core.ids import Address, Wei
from game.core.orchard_ports import FruitHeld


class WitnessedTree(Struct, frozen=True, kw_only=True):
    """A tree by its contract's own words; `stage` is one of STAGES, `grafted` once what came of it was looked at."""

    adopter: Address | None
    stage: str
    variety: str
    waterings_left: int
    yield_fruits: int
    picked: int
    grafted: bool


class WitnessedBox(Struct, frozen=True, kw_only=True):
    """A delivery by its contract's own words; value and deadline are 0 once it has ended."""

    buyer: Address
    seller: Address
    value_wei: Wei
    act_by_secs: int
    state: str


class OrchardWitness(Protocol):
    """Reads the orchard directly, past any ledger."""

    def now_secs(self) -> int:
        """The time of the newest block."""
        ...

    def plots(self) -> int:
        """How many plots there are."""
        ...

    def tree(self, tree: int) -> WitnessedTree:
        """A tree as it stands."""
        ...

    def units(self, account: Address, fruit: FruitHeld) -> int:
        """How many of a fruit an account holds: ERC-1155's own balance of the id that its manifest has."""
        ...

    def held_wei(self, plot: int) -> Wei:
        """What lies in the orchard's contract for a plot."""
        ...

    def box(self, delivery: int) -> WitnessedBox:
        """A delivery as it stands."""
        ...

    def pass_secs(self, secs: int) -> None:
        """Let a dev node's clock run on, and a block be made. Raises GameError elsewhere."""
        ...
