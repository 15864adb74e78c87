"""The orchard as the world knows it: what the chain told of plots, trees, can and fruit, and what is picked there."""

from dataclasses import dataclass, field

from msgspec import Struct

from game.core.orchard_ports import (
    Can,
    Delivery,
    FruitHeld,
    FruitLine,
    LifeEvent,
    OrchardRequest,
    Plot,
    TreeFact,
    VisitTree,
    WaterTree,
)
from game.core.picking import Fruit, Held

VILLAGE = 0
"""The plot of the village's own trees: nobody's, never on the chain, full again each day."""


# --- what someone can want -----------------------------------------------------------------------------------------


class TakeTool(Struct, frozen=True, kw_only=True, tag=True):
    """Take the bare hand or the pole, one of picking.TOOLS."""

    tool: str


class UseLadder(Struct, frozen=True, kw_only=True, tag=True):
    """Set up the ladder here and climb it; who is on it climbs down. Walking climbs down too."""


class Knock(Struct, frozen=True, kw_only=True, tag=True):
    """Knock on the fruit that is aimed at: its sound tells how ripe it is."""


class Tug(Struct, frozen=True, kw_only=True, tag=True):
    """Tug at the fruit that is aimed at: what gives way is ripe."""


class Grasp(Struct, frozen=True, kw_only=True, tag=True):
    """Take hold of the fruit that is aimed at, or of one by tree and index."""

    tree: int | None = None
    index: int = 0


class TwistAndPull(Struct, frozen=True, kw_only=True, tag=True):
    """Go on twisting the fruit in the hand by so much, and pull so hard, 0..1; `secs` is how long that took."""

    twist_rad: float = 0.0
    pull: float = 0.0
    secs: float = 1 / 60


class LetGo(Struct, frozen=True, kw_only=True, tag=True):
    """Let go of the fruit in the hand; it hangs as before."""


class WeighBasket(Struct, frozen=True, kw_only=True, tag=True):
    """Put the basket on the scale: it tells what is the player's own and what the rest costs."""


class TakeFruit(Struct, frozen=True, kw_only=True, tag=True):
    """Take what was weighed: own fruit is harvested, the rest is paid, the village's goes to its kitchen."""


class ReturnFruit(Struct, frozen=True, kw_only=True, tag=True):
    """Leave what is in the basket and not under way; it costs nothing, and hangs as before."""


class StartContest(Struct, frozen=True, kw_only=True, tag=True):
    """Begin the harvest contest on the village's trees."""


class EndContest(Struct, frozen=True, kw_only=True, tag=True):
    """End the contest before its time."""


class PlayAsChild(Struct, frozen=True, kw_only=True, tag=True):
    """Children's mode: nothing fails, nothing hurries."""

    on: bool


class Adopt(Struct, frozen=True, kw_only=True, tag=True):
    """Adopt a tree for its season: `tree`, or the one that is aimed at; paid, or by play."""

    tree: int | None = None
    by_play: bool = False


class Water(Struct, frozen=True, kw_only=True, tag=True):
    """Water a tree of one's own from the can: `tree`, or the one that is aimed at, or the nearest."""

    tree: int | None = None
    times: int = 1


class Visit(Struct, frozen=True, kw_only=True, tag=True):
    """Water a friend's tree, once a day."""

    tree: int | None = None


class BuyWater(Struct, frozen=True, kw_only=True, tag=True):
    """Buy water for the can."""

    drops: int


class Tend(Struct, frozen=True, kw_only=True, tag=True):
    """Prune, thin, fertilise a tree of one's own, or shoo the birds from it: one of orchard_ports.TENDINGS."""

    action: str
    tree: int | None = None


class Graft(Struct, frozen=True, kw_only=True, tag=True):
    """Graft a tree of one's own with another variety, by the odds that its plot published."""

    with_variety: str
    tree: int | None = None


class AskLife(Struct, frozen=True, kw_only=True, tag=True):
    """Ask for the life line of a tree."""

    tree: int | None = None


class SendHome(Struct, frozen=True, kw_only=True, tag=True):
    """Have fruit of one plot sent: it is given back for a box of it. `commit` hides the address, 32 bytes."""

    lines: tuple[FruitLine, ...]
    commit: bytes


class GiveUpFruit(Struct, frozen=True, kw_only=True, tag=True):
    """After its season: give fruit of one plot up for the share of its backing that the plot names."""

    lines: tuple[FruitLine, ...]


class TakeBackTree(Struct, frozen=True, kw_only=True, tag=True):
    """After its season: give up what was never picked of one's own tree, for the same share."""

    tree: int


class ActOnDelivery(Struct, frozen=True, kw_only=True, tag=True):
    """Do one of DELIVERY_ACTS to a box that is on its way; `note_sha256` is the hash of what one has to say."""

    delivery: int
    act: str
    note_sha256: bytes = bytes(32)


class DayPlay(Struct, frozen=True, kw_only=True):
    """What was played in the orchard on one day of the chain's. Plain values, so that a home can keep it."""

    day: int = 0
    points: int = 0
    clean: int = 0
    bruised: int = 0
    best_combo: int = 0
    progress: dict[str, int] = {}  # of the day's orders, by id
    done: tuple[str, ...] = ()  # orders that are fulfilled
    gone: dict[int, tuple[int, ...]] = {}  # fruits that no longer hang on the village's trees, by tree
    scored: dict[int, tuple[int, ...]] = {}  # fruits that were left at the scale: they bring points once


class ResumeDay(Struct, frozen=True, kw_only=True, tag=True):
    """Go on with a day that was played before, in an earlier session."""

    played: DayPlay


OrchardCommand = (
    TakeTool | UseLadder | Knock | Tug | Grasp | TwistAndPull | LetGo | WeighBasket | TakeFruit | ReturnFruit
    | StartContest | EndContest | PlayAsChild | Adopt | Water | Visit | BuyWater | Tend | Graft | AskLife | ResumeDay
    | SendHome | GiveUpFruit | TakeBackTree | ActOnDelivery
)  # fmt: skip


# --- what the world holds ------------------------------------------------------------------------------------------


class Aim(Struct, frozen=True, kw_only=True):
    """The fruit that is aimed at; `why_not` is why it can't be reached: "", "too_high" or "too_far"."""

    tree: int
    index: int
    why_not: str = ""


@dataclass(slots=True)
class Grasped:
    """The fruit in the hand."""

    tree: int
    index: int
    since_tick: int
    held: Held = field(default_factory=Held)


@dataclass(slots=True)
class Combo:
    """Clean picks in a row, and when the last one was."""

    in_a_row: int = 0
    tick: int = 0


class Weighed(Struct, frozen=True, kw_only=True):
    """What the scale shows: pieces that are the player's own, the village's, and to be paid, and the price of these."""

    grams: int
    own: int
    village: int
    to_pay: int
    price_wei: int


class ContestResult(Struct, frozen=True, kw_only=True):
    """How a contest went; `medal` is one of orchard_rules.MEDALS, or "" for none."""

    day: int
    points: int
    clean: int
    bruised: int
    best_combo: int
    medal: str
    child: bool = False


@dataclass(slots=True)
class Contest:
    """A contest that is under way; the trees hang full for it, and are as ripe as its day says."""

    day: int
    start_tick: int
    end_tick: int | None  # None in children's mode: no clock
    points: int = 0
    clean: int = 0
    bruised: int = 0
    best_combo: int = 0
    gone: dict[int, tuple[int, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Orchard:
    """Facts of the chain first: only what it tells changes them. Then what is asked of it, then what is played."""

    now_secs: int = 0  # the chain's time, as it was told last
    plots: dict[int, Plot] = field(default_factory=dict)
    trees: dict[int, TreeFact] = field(default_factory=dict)
    can: Can | None = None  # None before the chain told it
    fruit: tuple[FruitHeld, ...] = ()  # the player's
    deliveries: dict[int, Delivery] = field(default_factory=dict)
    lives: dict[int, tuple[LifeEvent, ...]] = field(default_factory=dict)  # of trees that were asked about
    under_way: dict[str, OrchardRequest] = field(default_factory=dict)  # asked and not answered, by request id
    followed: bool = False  # the chain was asked to tell, in this session
    picked_before: dict[int, int] = field(default_factory=dict)  # by tree: picked when it was first heard of
    steps: int = 0  # walked and not yet offered to the can
    can_full: Can | None = None  # the can that took no steps: it is offered none until it is another

    tool: str = "hand"
    ladder_tick: int | None = None  # since when the player has been on the ladder
    busy_until_tick: int = 0
    aim: Aim | None = None
    grasped: Grasped | None = None
    combo: Combo = field(default_factory=Combo)
    basket: list[Fruit] = field(default_factory=list)
    gone: dict[int, tuple[int, ...]] = field(default_factory=dict)  # picked in this session, by tree of the chain's
    weighed: Weighed | None = None  # until the basket changes
    today: DayPlay = field(default_factory=DayPlay)
    contest: Contest | None = None
    results: tuple[ContestResult, ...] = ()  # of this session, latest last
    child: bool = False

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

    @property
    def basket_grams(self) -> int:
        """What the basket weighs."""
        return sum(fruit.grams for fruit in self.basket)

    def waits_for(self, *kinds: type[OrchardRequest], tree: int | None = None) -> bool:
        """Whether a request of one of these kinds is under way, for one tree or for any."""
        return any(
            isinstance(request, kinds) and (tree is None or getattr(request, "tree", None) == tree)
            for request in self.under_way.values()
        )


def drops_shown(orchard: Orchard) -> tuple[int, bool]:
    """How much is in the can as it is to be shown, and whether the chain has still to say so."""

    told = orchard.can.drops if orchard.can is not None else 0
    poured = sum(request.times for request in orchard.under_way.values() if isinstance(request, WaterTree))
    return max(told - poured, 0), poured > 0


def waterings_shown(orchard: Orchard, tree: int) -> tuple[int, bool]:
    """How many waterings a tree still needs as it is to be shown, and whether the chain has still to say so."""

    known = orchard.tree(tree)
    left = known.waterings_left if known is not None else 0
    poured = sum(
        request.times if isinstance(request, WaterTree) else 1
        for request in orchard.under_way.values()
        if isinstance(request, WaterTree | VisitTree) and request.tree == tree
    )
    return max(left - poured, 0), poured > 0
