"""What the grower's desk asks of the chain, and what the chain does in the grower's name.

`chain.orchard_desk` implements it, and the fake in the tests. Amounts are wei, times seconds since 1970, UTC.
"""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from game.core.ids import Address, Wei
from game.core.orchard_ports import Delivery, OpenPlot, Plot


class PlotTally(Struct, frozen=True, kw_only=True):
    """How the fruit of a plot stands now; `promised >= hanging + picked` always, by the contract."""

    plot: int
    promised: int  # trees * fruits_per_tree: never more is minted
    hanging: int  # what the trees bear as they are tended now, and nobody picked
    picked: int
    redeemed: int  # of those picked, in deliveries


class Orchards(Protocol):
    """The chain, as one grower sees it. Everything may raise GameError in plain words."""

    @property
    def grower(self) -> Address:
        """The grower's account."""

    def now_secs(self) -> int:
        """The time by the chain's clock."""

    def plots(self) -> Sequence[Plot]:
        """The grower's plots."""

    def tallies(self) -> Sequence[PlotTally]:
        """How their fruit stands, a tally a plot."""

    def deliveries(self) -> Sequence[Delivery]:
        """Every delivery whose seller the grower is, ended ones too."""

    def open_plot(self, offer: OpenPlot) -> Plot:
        """Offer a plot, and pay its bond; once for each request id."""

    def credit_wei(self) -> Wei:
        """What waits in the till for the grower to withdraw."""

    def accept(self, delivery: int) -> None:
        """Promise that a box is packed; returns when it is on the chain."""

    def ship(self, delivery: int, tracking_sha256: bytes) -> None:
        """Say that a box is on its way; accepts it first where that was not yet done."""

    def claim(self, delivery: int) -> None:
        """Take the money of a box that nobody confirmed in time."""

    def answer(self, delivery: int) -> None:
        """Answer a dispute, so that it does not go to the buyer unheard."""

    def refund(self, delivery: int) -> None:
        """Give the buyer all of it back."""

    def split(self, delivery: int) -> None:
        """Take half, and give half, where nobody agreed in time after an answer."""

    def close(self) -> None:
        """Let go of what it holds."""
