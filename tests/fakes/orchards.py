"""An orchard's chain in memory: deliveries go the contract's ways, by its terms of time."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec.structs import replace

from game.content.letters import Letter, PostalAddress, public_of, seal, seal_reason
from game.core.errors import GameError
from game.core.grower_ports import PlotTally
from game.core.ids import Address, Wei
from game.core.orchard_ports import Delivery, OpenPlot, Plot

GROWER = Address("0x00000000000000000000000000000000000060E5")
BUYER = Address("0x00000000000000000000000000000000000000B0")
DAY = 86_400
ACCEPT_SECS, SHIP_SECS, CLAIM_SECS, ANSWER_SECS, SPLIT_SECS = 3 * DAY, 7 * DAY, 14 * DAY, 7 * DAY, 14 * DAY
FRUIT_WEI = Wei(4 * 10**15)


class FakeOrchards:
    """One grower's orchards; `now` is the chain's clock, `breaks` makes the next acts fail."""

    def __init__(self, key: bytes, now: int = 1_795_800_000) -> None:
        self.key = key
        self.now = now
        self.breaks = 0
        self.boxes: dict[int, Delivery] = {}
        self.asked: list[tuple[str, int]] = []
        self._plots = [plot(1, "loquat_dawn", key, now), plot(2, "persimmon_lantern", key, now)]

    @property
    def grower(self) -> Address:
        return GROWER

    def now_secs(self) -> int:
        return self.now

    def plots(self) -> Sequence[Plot]:
        return tuple(self._plots)

    def tallies(self) -> Sequence[PlotTally]:
        tallies = []
        for each in self._plots:
            promised = each.trees * each.fruits_per_tree
            redeemed = sum(n for box in self.boxes.values() if box.plot == each.plot for _, n in box.fruits)
            picked = redeemed + 96 // each.plot
            bears = promised * 3 // 4
            tallies.append(PlotTally(plot=each.plot, promised=promised, hanging=bears - picked, picked=picked,
                                     redeemed=redeemed))  # fmt: skip
        return tallies

    def deliveries(self) -> Sequence[Delivery]:
        return tuple(self.boxes.values())

    def open_plot(self, offer: OpenPlot) -> Plot:
        fields = {name: getattr(offer, name) for name in offer.__struct_fields__ if name != "request_id"}
        known = next((each for each in self._plots if each.manifest_sha256 == offer.manifest_sha256), None)
        if known is None:
            known = Plot(plot=len(self._plots) + 1, grower=GROWER, **fields)
            self._plots.append(known)
        return known

    def credit_wei(self) -> Wei:
        return Wei(sum(box.value_wei for box in self.boxes.values() if box.state == "paid"))

    def order(self, number: int, address: PostalAddress, fruits: Sequence[tuple[int, int]], plot: int = 1) -> Letter:
        """A buyer redeems fruit; the letter that goes to the grower."""
        letter = seal(address, public_of(self.key))
        pieces = sum(quantity for _, quantity in fruits)
        self.boxes[number] = Delivery(
            delivery=number, plot=plot, buyer=BUYER, seller=GROWER, value_wei=Wei(pieces * FRUIT_WEI),
            commit=letter.commit, state="opened", act_by_secs=self.now + ACCEPT_SECS, tracking_sha256=bytes(32),
            fruits=tuple((plot << 16 | tree, quantity) for tree, quantity in fruits),
        )  # fmt: skip
        return letter

    def accept(self, delivery: int) -> None:
        self._go("accept", delivery, {"opened": ("accepted", SHIP_SECS)})

    def ship(self, delivery: int, tracking_sha256: bytes) -> None:
        if self.boxes[delivery].state == "opened":
            self.accept(delivery)
        self._go("ship", delivery, {"accepted": ("shipped", CLAIM_SECS)})
        self.boxes[delivery] = replace(self.boxes[delivery], tracking_sha256=tracking_sha256)

    def claim(self, delivery: int) -> None:
        self._after(delivery)
        self._go("claim", delivery, {"shipped": ("paid", 0)})

    def answer(self, delivery: int) -> None:
        self._go("answer", delivery, {"disputed": ("answered", SPLIT_SECS)})

    def refund(self, delivery: int) -> None:
        states = ("opened", "accepted", "shipped", "disputed", "answered")
        self._go("refund", delivery, dict.fromkeys(states, ("refunded", 0)))

    def split(self, delivery: int) -> None:
        self._after(delivery)
        self._go("split", delivery, {"answered": ("split", 0)})

    def close(self) -> None:
        """Hold nothing."""

    # --- what buyers do ------------------------------------------------------------------------------------------

    def confirm(self, delivery: int) -> None:
        self._go("confirm", delivery, dict.fromkeys(("shipped", "disputed", "answered"), ("paid", 0)))

    def dispute(self, delivery: int, words: str = "") -> Letter | None:
        """A buyer disputes a box; with words, the letter that says why."""
        self._go("dispute", delivery, {"shipped": ("disputed", ANSWER_SECS)})
        letter = seal_reason(words, public_of(self.key)) if words else None
        self.boxes[delivery] = replace(self.boxes[delivery], reason=letter.commit if letter else bytes(32))
        return letter

    def _after(self, delivery: int) -> None:
        if self.now <= self.boxes[delivery].act_by_secs:
            raise GameError(f"delivery {delivery}: the other party still has time")

    def _go(self, what: str, delivery: int, ways: dict[str, tuple[str, int]]) -> None:
        self.asked.append((what, delivery))
        if self.breaks:
            self.breaks -= 1
            raise GameError("the chain cannot be reached")
        box = self.boxes[delivery]
        if box.state not in ways:
            raise GameError(f"delivery {delivery} is {box.state}; it cannot {what}")
        if what in ("accept", "ship", "answer") and self.now > box.act_by_secs:
            raise GameError(f"delivery {delivery}: its time is over")
        state, secs = ways[box.state]
        self.boxes[delivery] = replace(box, state=state, act_by_secs=self.now + secs if secs else 0)


def plot(number: int, variety: str, key: bytes, now: int) -> Plot:
    """A grower's offer of 24 trees that are ripe."""
    return Plot(
        plot=number, grower=GROWER, grower_key=public_of(key), variety=variety, trees=24, fruits_per_tree=60,
        manifest_sha256=sha256(variety.encode()).digest(), grams_per_fruit=45 * number * number, waterings=20,
        fruit_price_wei=FRUIT_WEI, adoption_price_wei=Wei(200 * 10**15), play_trees=4, planted_at_secs=now - 90 * DAY,
        blossom_at_secs=now - 60 * DAY, ripe_at_secs=now - 4 * DAY, redeem_by_secs=now + 40 * DAY, lapse_bps=8000,
    )  # fmt: skip
