"""The orchard as the world knows it: what the chain told of plots, trees, can and fruit, and what is asked of it."""

from dataclasses import dataclass, field

from game.core.orchard_ports import Can, Delivery, FruitHeld, LifeEvent, OrchardRequest, Plot, TreeFact


@dataclass(slots=True)
class Orchard:
    """All of it comes from facts, but for what is under way. Trees that nobody touched are as their plot says."""

    now_secs: int = 0  # the chain's time, as it was told last
    plots: dict[int, Plot] = field(default_factory=dict)
    trees: dict[int, TreeFact] = field(default_factory=dict)
    can: Can | None = None  # None before the chain told it
    fruit: tuple[FruitHeld, ...] = ()  # the player's
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    lives: dict[int, tuple[LifeEvent, ...]] = field(default_factory=dict)  # of trees that were asked about
    under_way: dict[str, OrchardRequest] = field(default_factory=dict)  # asked and not answered, by request id

    def tree(self, tree: int) -> TreeFact | None:
        """A tree as it is told, or as its plot says; None where there is no such plot or tree."""
        known = self.trees.get(tree)
        plot = self.plots.get(tree >> 16)
        if known is not None or plot is None or not tree & 0xFFFF < plot.trees:
            return known
        return TreeFact(
            tree=tree, adopter=None, by_play=False, waterings_left=plot.waterings, tended=(), variety=plot.variety,
            picked=0, yield_fruits=plot.fruits_per_tree,
        )  # fmt: skip
