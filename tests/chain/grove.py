"""An orchard to test on: a grower who opens plots, a picker who cares for trees, on any bazaar with a chain."""

from hashlib import sha256
from typing import Any, TypeVar

from game.core.ids import Address, Wei
from game.core.orchard_ports import (
    ActOnDelivery,
    Adopt,
    Delivery,
    FollowOrchard,
    FruitLine,
    Graft,
    Harvest,
    HarvestLine,
    LifeTold,
    OpenPlot,
    OrchardRequest,
    OrchardTold,
    Plot,
    ReadLife,
    Redeem,
    TreeFact,
    WaterTree,
)
from game.core.ports import Refused
from tests.chain.bazaar import Bazaar, Player, new_id

DAY = 86_400
FRUIT_WEI, ADOPTION_WEI = Wei(3 * 10**15), Wei(2 * 10**16 + 1)
COMMIT = sha256(b"an address").digest()

_Fact = TypeVar("_Fact", Plot, TreeFact, Delivery)


def terms(now_secs: int, **changes: Any) -> dict[str, Any]:
    """What an OpenPlot says: four trees of ten fruits, in blossom in ten days, ripe in twenty."""
    return {
        "grower_key": b"\7" * 32, "variety": "loquat_dawn", "manifest_sha256": sha256(b"a plot").digest(),
        "trees": 4, "fruits_per_tree": 10, "grams_per_fruit": 40, "waterings": 12, "fruit_price_wei": FRUIT_WEI,
        "adoption_price_wei": ADOPTION_WEI, "play_trees": 1, "planted_at_secs": now_secs - DAY,
        "blossom_at_secs": now_secs + 10 * DAY, "ripe_at_secs": now_secs + 20 * DAY,
        "redeem_by_secs": now_secs + 40 * DAY, "lapse_bps": 7000,
        "grafts": (Graft(with_variety="loquat_rust", result="loquat_sure", odds_bps=10_000),), **changes,
    }  # fmt: skip


class Grove:
    """A player as the orchard knows them: everything that was told, folded together."""

    def __init__(self, player: Player, bazaar: Bazaar) -> None:
        self.player = player
        self._bazaar = bazaar
        self._read = 0
        self.plots: dict[int, Plot] = {}
        self.trees: dict[int, TreeFact] = {}
        self.boxes: dict[int, Delivery] = {}
        self.told: list[OrchardTold] = []

    @property
    def account(self) -> Address:
        assert self.player.ready is not None
        return self.player.ready.account

    def listen(self) -> "Grove":
        """Take in what was told."""
        self.player.listen()
        for update in self.player.heard[self._read :]:
            if isinstance(update, OrchardTold):
                self.told.append(update)
                self.plots |= {plot.plot: plot for plot in update.plots}
                self.trees |= {fact.tree: fact for fact in update.trees}
                self.boxes |= {box.delivery: box for box in update.deliveries}
        self._read = len(self.player.heard)
        return self

    def ask(self, kind: type[OrchardRequest], **fields: Any) -> OrchardTold | Refused:  # type: ignore[valid-type]
        """Ask, and take in the answer."""
        request = kind(request_id=fields.pop("request_id", "") or new_id("orchard"), **fields)  # type: ignore[operator]
        answer = self.player.answer(request, (OrchardTold, Refused, LifeTold))
        self.listen()
        return answer  # type: ignore[return-value]

    def do(self, kind: type[OrchardRequest], **fields: Any) -> "Grove":  # type: ignore[valid-type]
        """The same, when it must succeed."""
        answer = self.ask(kind, **fields)
        assert isinstance(answer, OrchardTold), answer
        return self

    def refused(self, kind: type[OrchardRequest], **fields: Any) -> str:  # type: ignore[valid-type]
        """The reason why it can't be done."""
        answer = self.ask(kind, **fields)
        assert isinstance(answer, Refused), answer
        return answer.reason

    def follow(self) -> "Grove":
        return self.do(FollowOrchard)

    def open_plot(self, **changes: Any) -> int:
        """Open a plot; its number."""
        self.do(OpenPlot, **terms(self._bazaar.now_secs(), **changes))
        return max(number for number, plot in self.plots.items() if plot.grower == self.account)

    def grow(self, tree: int) -> "Grove":
        """Adopt a tree and water it to the end."""
        self.do(Adopt, tree=tree)
        return self.do(WaterTree, tree=tree, times=12)

    def pick(self, tree: int, grade_a: int, grade_b: int = 0) -> "Grove":
        return self.do(Harvest, lines=(HarvestLine(tree=tree, grade_a=grade_a, grade_b=grade_b),))

    def fruit(self) -> dict[tuple[int, str], tuple[Any, int]]:
        """Good and quantity of the fruit in hands, by tree and grade."""
        held = [update.fruit for update in self.listen().told if update.fruit is not None]
        return {(each.tree, each.grade): (each.good_id, each.quantity) for each in (held[-1] if held else ())}

    def redeem(self, *lines: tuple[Any, int], commit: bytes = COMMIT) -> int:
        """Send fruit for a box; the number of the delivery."""
        before = set(self.listen().boxes)
        self.do(Redeem, lines=tuple(FruitLine(good_id=good, quantity=n) for good, n in lines), commit=commit)
        [number] = set(self.boxes) - before
        return number

    def act(self, delivery: int, act: str, note: bytes = bytes(32)) -> "Grove":
        return self.do(ActOnDelivery, delivery=delivery, act=act, note_sha256=note)

    def wait_for(self, what: str, done: Any) -> None:
        """Listen until `done`."""
        self.player.wait(what, lambda: bool(self.listen() and done()))

    def life(self, tree: int) -> LifeTold:
        """The life line of a tree."""
        answer = self.player.answer(ReadLife(request_id=new_id("life"), tree=tree), (LifeTold, Refused))
        assert isinstance(answer, LifeTold), answer
        return answer
