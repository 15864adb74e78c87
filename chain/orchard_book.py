"""The orchard as the ledger's logs tell it: plots, trees, kinds of fruit, deliveries, and each tree's life.

Nothing here asks the chain. Logs are folded as they come; what a reorganisation undid has all of it read anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chain.fruit import fruit_good_id, name_text
from chain.ledger import Ledger
from chain.logs import PLACE_BITS, TABLES
from chain.words import checksummed
from game.core.grower_ports import PlotTally
from game.core.ids import Address, GoodId, TokenId, Wei
from game.core.orchard_ports import (
    DELIVERY_STATES,
    TENDINGS,
    Delivery,
    FruitHeld,
    Graft,
    Plot,
    TreeFact,
)

INDEX_BITS = 16  # of a tree's id; the plot stands above
UNTENDED_PERCENT, TENDING_PERCENT = 60, 10  # as Plots.sol has them
_SHIPPED, _DISPUTED = (DELIVERY_STATES.index(state) + 1 for state in ("shipped", "disputed"))  # it counts from 1


class LogRow:
    """One log of a table: its fields by name, read as they are asked for."""

    __slots__ = ("_slices", "_words", "block_hash", "key")

    def __init__(self, table: str, key: int, block_hash: bytes, words: bytes) -> None:
        self.key = key
        self.block_hash = block_hash
        self._words = words
        self._slices = TABLES[table].slices

    def raw(self, name: str) -> bytes:
        start, length = self._slices[name]
        return self._words[start : start + length]

    def number(self, name: str) -> int:
        return int.from_bytes(self.raw(name), "big")

    def address(self, name: str) -> Address:
        return checksummed(self.raw(name))

    @property
    def block(self) -> int:
        return self.key >> PLACE_BITS

    @property
    def tx_hash(self) -> str:
        return "0x" + self.raw("tx_hash").hex()


def rows_of(ledger: Ledger, table: str, where: str = "", *values: object) -> Iterator[LogRow]:
    """The logs of a table, oldest first; `where` is over its columns and `key`."""
    clause = f"WHERE {where} " if where else ""
    for key, block_hash, words in ledger.read(
        f"SELECT key, hash, words FROM {table}_logs LEFT JOIN blocks ON number = key >> {PLACE_BITS} "
        f"{clause}ORDER BY key",
        *values,
    ):
        yield LogRow(table, key, block_hash, words)


@dataclass(slots=True)
class Tree:
    """What was done to a tree; as `game.core.orchard_ports.TreeFact`, and whether a graft is to be revealed."""

    waterings_left: int
    variety: str
    adopter: Address | None = None
    by_play: bool = False
    tended: set[str] = field(default_factory=set)
    picked: int = 0
    given_up: int = 0  # of those picked: what its adopter took the money back for, unpicked
    grafted: bool = False
    graft_open: bool = False


@dataclass(slots=True, frozen=True)
class Fruit:
    """One kind of fruit: a good."""

    token: TokenId
    tree: int
    clean: bool
    day: int
    variety: str


@dataclass(slots=True)
class Box:
    """A delivery of this orchard's fruit."""

    delivery: int
    buyer: Address
    seller: Address
    value_wei: int
    commit: bytes
    state: int
    act_by_secs: int
    tracking_sha256: bytes = b""
    reason: bytes = b""
    fruits: list[tuple[int, int]] = field(default_factory=list)


class OrchardBook:
    """Everything that the logs of one chain's orchard add up to."""

    def __init__(self, ledger: Ledger, orchard: Address) -> None:
        self._ledger = ledger
        self._orchard = orchard
        self._tip: tuple[int, bytes] | None = None
        self._clear()

    def _clear(self) -> None:
        self.plots: dict[int, Plot] = {}
        self._grafts: dict[int, list[Graft]] = {}
        self.trees: dict[int, Tree] = {}
        self.fruit: dict[TokenId, Fruit] = {}
        self.token_of: dict[GoodId, TokenId] = {}
        self.boxes: dict[int, Box] = {}

    def read_on(self) -> bool:
        """Take in what the ledger has read since the last time; True when there was something."""
        tip = self._ledger.tip()
        if tip == self._tip:
            return False
        after = 0
        if self._tip is not None and self._ledger.has_tip(self._tip):
            after = (self._tip[0] + 1) << PLACE_BITS
        else:
            self._clear()
        self._tip = tip
        self._read_plots(after)
        self._read_trees(after)
        self._read_fruit(after)
        self._read_boxes(after)
        return True

    def _new(self, table: str, after: int) -> Iterator[LogRow]:
        return rows_of(self._ledger, table, "key >= ?", after)

    def _read_plots(self, after: int) -> None:
        for row in self._new("grafts_offered", after):
            graft = Graft(
                with_variety=name_text(row.raw("with_variety")), result=name_text(row.raw("result")),
                odds_bps=row.number("odds_bps"),
            )  # fmt: skip
            self._grafts.setdefault(row.number("plot"), []).append(graft)
        for row in self._new("plots", after):
            number = row.number("plot")
            self.plots[number] = Plot(
                plot=number, grower=row.address("grower"), grower_key=row.raw("grower_key"),
                variety=name_text(row.raw("variety")), manifest_sha256=row.raw("manifest"), trees=row.number("trees"),
                fruits_per_tree=row.number("fruits_per_tree"), grams_per_fruit=row.number("grams_per_fruit"),
                waterings=row.number("waterings"), fruit_price_wei=Wei(row.number("fruit_price_wei")),
                adoption_price_wei=Wei(row.number("adoption_price_wei")), play_trees=row.number("play_trees"),
                planted_at_secs=row.number("planted_at"), blossom_at_secs=row.number("blossom_at"),
                ripe_at_secs=row.number("ripe_at"), redeem_by_secs=row.number("redeem_by"),
                lapse_bps=row.number("lapse_bps"), grafts=tuple(self._grafts.get(number, ())),
            )  # fmt: skip

    def _tree(self, tree: int) -> Tree:
        known = self.trees.get(tree)
        if known is None:
            plot = self.plots[tree >> INDEX_BITS]
            known = self.trees[tree] = Tree(waterings_left=plot.waterings, variety=plot.variety)
        return known

    def _read_trees(self, after: int) -> None:
        for row in self._new("adopted", after):
            tree = self._tree(row.number("tree"))
            tree.adopter, tree.by_play = row.address("by"), bool(row.number("by_play"))
        for row in self._new("watered", after):
            self._tree(row.number("tree")).waterings_left = row.number("left")
        for row in self._new("tended", after):
            self._tree(row.number("tree")).tended.add(TENDINGS[row.number("action")])
        for row in self._new("grafted", after):
            tree = self._tree(row.number("tree"))
            tree.grafted = tree.graft_open = True
        for row in self._new("revealed", after):
            tree = self._tree(row.number("tree"))
            tree.graft_open, tree.variety = False, name_text(row.raw("variety"))

    def _read_fruit(self, after: int) -> None:
        for row in self._new("picked", after):
            token, number = TokenId(row.number("fruit")), row.number("tree")
            self._tree(number).picked += row.number("quantity")
            if token not in self.fruit:
                self.token_of[fruit_good_id(token)] = token
                self.fruit[token] = Fruit(
                    token=token, tree=number, clean=bool(row.number("clean")), day=row.number("day"),
                    variety=name_text(row.raw("variety")),
                )  # fmt: skip
        for row in self._new("lapsed", after):
            if row.number("fruit") == 0:  # never picked, and nobody will any more
                tree = self._tree(row.number("tree"))
                tree.picked += row.number("quantity")
                tree.given_up += row.number("quantity")

    def _read_boxes(self, after: int) -> None:
        for row in self._new("deliveries", after):
            if row.address("opener") != self._orchard:
                continue  # anybody may open deliveries for anybody; such are no business of the orchard's
            number = row.number("delivery")
            self.boxes[number] = Box(
                delivery=number, buyer=row.address("buyer"), seller=row.address("seller"),
                value_wei=row.number("value_wei"), commit=row.raw("commit_to"), state=1,
                act_by_secs=row.number("act_by"),
            )  # fmt: skip
        for row in self._new("redeemed", after):
            self.boxes[row.number("delivery")].fruits.append((row.number("tree"), row.number("quantity")))
        for row in self._new("delivery_moves", after):
            box = self.boxes.get(row.number("delivery"))
            if box is None:
                continue
            box.state, box.act_by_secs = row.number("state"), row.number("act_by")
            if box.state == _SHIPPED:
                box.tracking_sha256 = row.raw("note")
            elif box.state == _DISPUTED:
                box.reason = row.raw("note")

    # --- facts ---------------------------------------------------------------------------------------------------

    def yield_of(self, number: int) -> int:
        """Fruits that a tree bears in all, as it is tended now (`_yield` in Plots.sol)."""
        plot, tree = self.plots[number >> INDEX_BITS], self.trees.get(number)
        if tree is None or tree.adopter is None:
            return plot.fruits_per_tree
        percent = UNTENDED_PERCENT + TENDING_PERCENT * len(tree.tended)
        return max(plot.fruits_per_tree * percent // 100, 1)

    def backing_wei(self, number: int) -> Wei:
        """Wei behind one fruit of a tree (`backingOf` in Harvest.sol)."""
        plot, tree = self.plots[number >> INDEX_BITS], self.trees.get(number)
        if tree is None or tree.adopter is None:
            return plot.fruit_price_wei
        return Wei(plot.adoption_price_wei // self.yield_of(number))

    def tree_facts(self) -> Iterator[TreeFact]:
        """Every tree that anybody did something to."""
        for number, tree in self.trees.items():
            yield TreeFact(
                tree=number, adopter=tree.adopter, by_play=tree.by_play, waterings_left=tree.waterings_left,
                tended=tuple(action for action in TENDINGS if action in tree.tended), variety=tree.variety,
                picked=tree.picked, yield_fruits=self.yield_of(number), grafted=tree.grafted,
                graft_open=tree.graft_open,
            )  # fmt: skip

    def tally(self, number: int) -> PlotTally:
        """How a plot's fruit stands: what was promised, what hangs, what became of the rest."""
        plot = self.plots[number]
        hanging = picked = 0
        for index in range(plot.trees):
            tree = self.trees.get(number << INDEX_BITS | index)
            taken = 0 if tree is None else tree.picked
            hanging += self.yield_of(number << INDEX_BITS | index) - taken
            picked += taken - (0 if tree is None else tree.given_up)
        redeemed = sum(
            units for box in self.boxes.values() for tree, units in box.fruits if tree >> INDEX_BITS == number
        )
        return PlotTally(
            plot=number, promised=plot.trees * plot.fruits_per_tree, hanging=hanging, picked=picked,
            redeemed=redeemed,
        )  # fmt: skip

    def held_by(self, account: Address) -> tuple[FruitHeld, ...]:
        """Fruit in an account's hands, in the order of trees, days and grades."""
        found: list[FruitHeld] = []
        for token, units in self._ledger.holdings(account).items():
            fruit = self.fruit.get(token)
            if fruit is not None:
                found.append(
                    FruitHeld(
                        good_id=fruit_good_id(token), plot=fruit.tree >> INDEX_BITS, tree=fruit.tree,
                        variety=fruit.variety, grade="A" if fruit.clean else "B", harvest_day=fruit.day,
                        quantity=units, backing_wei=self.backing_wei(fruit.tree),
                    )
                )  # fmt: skip
        return tuple(sorted(found, key=lambda each: (each.tree, each.harvest_day, each.grade, each.variety)))

    def deliveries_of(self, account: Address) -> Iterator[Delivery]:
        """Boxes that an account buys or sells, ended ones too."""
        for box in self.boxes.values():
            if account in (box.buyer, box.seller):
                yield Delivery(
                    delivery=box.delivery, plot=box.fruits[0][0] >> INDEX_BITS, buyer=box.buyer, seller=box.seller,
                    value_wei=Wei(box.value_wei), commit=box.commit, state=DELIVERY_STATES[box.state - 1],
                    act_by_secs=box.act_by_secs, tracking_sha256=box.tracking_sha256, fruits=tuple(box.fruits),
                    reason=box.reason,
                )  # fmt: skip

    def grafts_to_reveal(self, account: Address) -> list[int]:
        """Trees of an account that were grafted and not looked at since."""
        return [number for number, tree in self.trees.items() if tree.graft_open and tree.adopter == account]


def life_rows(ledger: Ledger, tree: int) -> list[tuple[LogRow, str, Address, int]]:
    """All that was done to a tree, oldest first: its log, what it was, by whom, how many.

    Of a graft, 1 where it has taken, else 0.
    """
    found: list[tuple[LogRow, str, Address, int]] = []
    for row in rows_of(ledger, "plots", "plot = ?", tree >> INDEX_BITS):
        found.append((row, "planted", row.address("grower"), 1))
    for row in rows_of(ledger, "adopted", "tree = ?", tree):
        found.append((row, "adopted", row.address("by"), 1))
    for row in rows_of(ledger, "tended", "tree = ?", tree):
        found.append((row, TENDINGS[row.number("action")], row.address("by"), 1))
    for row in rows_of(ledger, "picked", "tree = ?", tree):
        found.append((row, "picked", row.address("by"), row.number("quantity")))
    for row in rows_of(ledger, "lapsed", "tree = ?", tree):
        if row.number("fruit") == 0:  # never picked: the tree was given back
            found.append((row, "given_back", row.address("by"), row.number("quantity")))
    for row in rows_of(ledger, "watered", "tree = ?", tree):
        what = "visited" if row.number("visit") else "watered"
        found.append((row, what, row.address("by"), row.number("times")))
    taken = sum(row.number("taken") for row in rows_of(ledger, "revealed", "tree = ?", tree))
    for row in rows_of(ledger, "grafted", "tree = ?", tree):  # once a tree
        found.append((row, "grafted", row.address("by"), taken))
    return sorted(found, key=lambda each: each[0].key)
