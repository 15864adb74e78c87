"""The orchard and its deliveries once more, in plain Python: what the contracts must do, without how they do it.

Money is wei, time is seconds. An act either changes the model or raises `Refused` with the contract's error; nothing
changes then.
"""

from dataclasses import dataclass, field

DAY = 86_400
YOUNG, BLOSSOM, SET = 30, 22, 60  # percent, as growth.py draws
TENDINGS = {0: "young", 1: "set_fruit", 2: "blossom", 3: "ripening"}
DAILY, KEPT, STEPS_PER_DROP, DAILY_STEPS, DROP_WEI = 5, 3, 100, 1000, 10**14
COLLECT_AFTER = 90 * DAY
TURNS = {"opened": 3 * DAY, "accepted": 7 * DAY, "shipped": 14 * DAY, "disputed": 7 * DAY, "answered": 14 * DAY}


class RefusedError(Exception):
    """The contract's error for an act that is not allowed."""


@dataclass
class Terms:
    grower: str
    trees: int
    fruits: int
    waterings: int
    fruit_wei: int
    adoption_wei: int
    play_trees: int
    planted: int
    blossom: int
    ripe: int
    redeem_by: int
    lapse_bps: int


@dataclass
class Tree:
    adopter: str | None = None
    by_play: bool = False
    watered: int = 0
    tended: set[int] = field(default_factory=set)
    picked: int = 0
    settled: int = 0


@dataclass
class Can:
    free: int = DAILY * KEPT
    day: int | None = None
    more: int = 0
    steps: int = 0
    steps_day: int = -1
    visit_day: int = -1


@dataclass
class Box:
    buyer: str
    value: int
    act_by: int
    state: str = "opened"


Fruit = tuple[int, bool, int]  # tree, clean, day


class Model:
    """One plot, and everybody's money."""

    def __init__(self, terms: Terms, now: int) -> None:
        self.terms = terms
        self.now = now
        self.trees = [Tree() for _ in range(terms.trees)]
        self.cans: dict[str, Can] = {}
        self.played: set[str] = set()
        self.play_left = terms.play_trees
        self.held = terms.play_trees * terms.adoption_wei
        self.collected = False
        self.hands: dict[str, dict[Fruit, int]] = {}
        self.boxes: list[Box] = []
        self.credit: dict[str, int] = {}
        self.paid_in = self.held

    # --- what follows from what was done ----------------------------------------------------------------------------

    def bears(self, index: int) -> int:
        tree = self.trees[index]
        if tree.adopter is None:
            return self.terms.fruits
        return max(1, self.terms.fruits * (60 + 10 * len(tree.tended)) // 100)

    def stage(self, index: int) -> str:
        terms, tree = self.terms, self.trees[index]
        if self.now < terms.planted + (terms.blossom - terms.planted) * YOUNG // 100:
            return "planted"
        if self.now < terms.blossom:
            return "young"
        if self.now < terms.blossom + (terms.ripe - terms.blossom) * BLOSSOM // 100:
            return "blossom"
        if self.now < terms.blossom + (terms.ripe - terms.blossom) * SET // 100:
            return "set_fruit"
        thirsty = tree.adopter is not None and tree.watered < terms.waterings
        return "ripening" if self.now < terms.ripe or thirsty else "ripe"

    def backing(self, index: int, settled: int, more: int) -> int:
        """What the next `more` fruits of a tree are worth when `settled` were settled before."""
        tree, price = self.trees[index], self.terms.adoption_wei
        if tree.adopter is None:
            return more * self.terms.fruit_wei
        bears = self.bears(index)
        return more * (price // bears) + (price % bears if settled + more == bears else 0)

    def drops(self, who: str) -> int:
        can = self.can(who)
        return can.free + can.more

    def can(self, who: str) -> Can:
        """A can with the daily drops poured in."""
        can, today = self.cans.setdefault(who, Can()), self.now // DAY
        if can.day is not None:
            can.free = min(DAILY * KEPT, can.free + DAILY * (today - can.day))
            can.day = today
        return can

    def pay(self, who: str, wei: int) -> None:
        self.credit[who] = self.credit.get(who, 0) + wei

    # --- care -------------------------------------------------------------------------------------------------------

    def adopt(self, who: str, index: int, *, by_play: bool) -> int:
        tree = self.trees[index]
        if by_play and (self.play_left == 0 or who in self.played):
            raise RefusedError("NoPlayTree")
        if tree.adopter is not None or self.now >= self.terms.ripe:
            raise RefusedError("Taken")
        tree.adopter, tree.by_play = who, by_play
        if by_play:
            self.play_left -= 1
            self.played.add(who)
            return 0
        return self._take(self.terms.adoption_wei)

    def water(self, who: str, index: int, times: int) -> int:
        tree = self._own(who, index)
        times = min(times, self.terms.waterings - tree.watered)
        if times == 0:
            raise RefusedError("NothingToDo")
        if times > self.drops(who):
            raise RefusedError("CanTooEmpty")
        can = self.can(who)
        can.day = self.now // DAY
        from_free = min(times, can.free)
        can.free -= from_free
        can.more -= times - from_free
        tree.watered += times
        return 0

    def visit(self, who: str, index: int) -> int:
        self._in_season()
        tree, can = self.trees[index], self.can(who)
        if tree.adopter in (None, who) or can.visit_day == self.now // DAY:
            raise RefusedError("NoVisit")
        if tree.watered == self.terms.waterings:
            raise RefusedError("NothingToDo")
        can.visit_day = self.now // DAY
        tree.watered += 1
        return 0

    def walk(self, who: str, steps: int) -> int:
        can, today = self.can(who), self.now // DAY
        before = can.steps if can.steps_day == today else 0
        steps = min(steps, DAILY_STEPS - before)
        if steps == 0:
            raise RefusedError("NothingToDo")
        can.more += (before + steps) // STEPS_PER_DROP - before // STEPS_PER_DROP
        can.steps, can.steps_day = before + steps, today
        return 0

    def buy_drops(self, who: str, drops: int) -> int:
        self.can(who).more += drops
        self.pay(self.terms.grower, drops * DROP_WEI)
        self.paid_in += drops * DROP_WEI
        return drops * DROP_WEI

    def tend(self, who: str, index: int, action: int) -> int:
        tree = self._own(who, index)
        if TENDINGS[action] != self.stage(index) or action in tree.tended:
            raise RefusedError("WrongStage")
        tree.tended.add(action)
        return 0

    # --- harvest ----------------------------------------------------------------------------------------------------

    def pick(self, who: str, index: int, clean: int, bruised: int) -> int:
        self._own(who, index)
        self._pick(who, index, clean, bruised)
        return 0

    def buy(self, who: str, index: int, clean: int, bruised: int) -> int:
        self._in_season()
        if self.trees[index].adopter is not None:
            raise RefusedError("Taken")
        self._pick(who, index, clean, bruised)
        return self._take((clean + bruised) * self.terms.fruit_wei)

    def _pick(self, who: str, index: int, clean: int, bruised: int) -> None:
        tree = self.trees[index]
        if clean + bruised == 0:
            raise RefusedError("NothingToDo")
        if self.stage(index) != "ripe":
            raise RefusedError("NotRipe")
        if tree.picked + clean + bruised > self.bears(index):
            raise RefusedError("TooFewHang")
        tree.picked += clean + bruised
        hands = self.hands.setdefault(who, {})
        for grade, units in ((True, clean), (False, bruised)):
            if units:
                fruit = (index, grade, self.now // DAY)
                hands[fruit] = hands.get(fruit, 0) + units

    # --- what becomes of fruit --------------------------------------------------------------------------------------

    def give(self, who: str, to: str, fruit: Fruit, units: int) -> int:
        self._from_hands(who, fruit, units)
        hands = self.hands.setdefault(to, {})
        hands[fruit] = hands.get(fruit, 0) + units
        return 0

    def redeem(self, who: str, fruit: Fruit, units: int) -> int:
        self._in_season()
        self._from_hands(who, fruit, units)
        self.boxes.append(Box(buyer=who, value=self._settle(fruit[0], units), act_by=self.now + TURNS["opened"]))
        return 0

    def lapse(self, who: str, fruit: Fruit, units: int) -> int:
        self._after_season()
        self._from_hands(who, fruit, units)
        self._share(who, fruit[0], self._settle(fruit[0], units))
        return 0

    def take_back(self, who: str, index: int) -> int:
        tree = self.trees[index]
        if tree.adopter != who:
            raise RefusedError("OnlyAdopter")
        self._after_season()
        left = self.bears(index) - tree.picked
        if left == 0:
            raise RefusedError("NothingToDo")
        tree.picked += left
        self._share(who, index, self._settle(index, left))
        return 0

    def release_bond(self) -> int:
        if self.now < self.terms.ripe:
            raise RefusedError("SeasonNotOver")
        if self.collected:
            raise RefusedError("AllCollected")
        if self.play_left == 0:
            raise RefusedError("NothingToDo")
        self._release(self.play_left * self.terms.adoption_wei)
        self.play_left = 0
        return 0

    def collect(self) -> int:
        if self.now <= self.terms.redeem_by + COLLECT_AFTER:
            raise RefusedError("SeasonNotOver")
        if self.held == 0:
            raise RefusedError("NothingToDo")
        self._release(self.held)
        self.collected = True
        return 0

    # --- deliveries -------------------------------------------------------------------------------------------------

    def act(self, who: str, number: int, act: str) -> int:
        """`number` counts from 1."""
        box, grower = self.boxes[number - 1], self.terms.grower
        late = self.now > box.act_by
        turns = {"accept": "opened", "ship": "accepted", "answer": "disputed"}
        follow = {"accept": "accepted", "ship": "shipped", "answer": "answered", "dispute": "disputed"}
        if act in turns or act in ("claim", "dispute", "split"):
            needs = turns.get(act, "answered" if act == "split" else "shipped")
            if box.state != needs:
                raise RefusedError("WrongState")
            parties = {"dispute": (box.buyer,), "split": (box.buyer, grower)}.get(act, (grower,))
            if who not in parties:
                raise RefusedError("NotParty")
            if act in ("claim", "split"):
                if not late:
                    raise RefusedError("TooEarly")
                self._end(box, "paid" if act == "claim" else "split")
                return 0
            if late:
                raise RefusedError("TooLate")
            box.state = follow[act]
            box.act_by = self.now + TURNS[box.state]
            return 0
        if box.state not in TURNS:
            raise RefusedError("WrongState")
        if act == "confirm":
            if who != box.buyer:
                raise RefusedError("NotParty")
            self._end(box, "paid")
            return 0
        if who != grower:
            if who != box.buyer:
                raise RefusedError("NotParty")
            if box.state in ("shipped", "answered"):
                raise RefusedError("WrongState")
            if not late:
                raise RefusedError("TooEarly")
        self._end(box, "refunded")
        return 0

    def end_by_time(self, box: Box) -> tuple[str, str]:
        """Who alone ends an open box once its time is over, and by which act."""
        if box.state in ("opened", "accepted", "disputed"):
            return box.buyer, "refund"
        return self.terms.grower, "claim" if box.state == "shipped" else "split"

    # --- parts ------------------------------------------------------------------------------------------------------

    def _own(self, who: str, index: int) -> Tree:
        if self.trees[index].adopter != who:
            raise RefusedError("OnlyAdopter")
        self._in_season()
        return self.trees[index]

    def _in_season(self) -> None:
        if self.now > self.terms.redeem_by:
            raise RefusedError("SeasonOver")

    def _after_season(self) -> None:
        if self.now <= self.terms.redeem_by:
            raise RefusedError("SeasonNotOver")
        if self.collected:
            raise RefusedError("AllCollected")

    def _take(self, wei: int) -> int:
        self.held += wei
        self.paid_in += wei
        return wei

    def _release(self, wei: int) -> None:
        self.held -= wei
        self.pay(self.terms.grower, wei)

    def _from_hands(self, who: str, fruit: Fruit, units: int) -> None:
        self.hands[who][fruit] -= units
        assert self.hands[who][fruit] >= 0, "the test sends what there is"

    def _settle(self, index: int, units: int) -> int:
        tree = self.trees[index]
        value = self.backing(index, tree.settled, units)
        if tree.adopter is not None:
            tree.settled += units
        self.held -= value
        return value

    def _share(self, who: str, index: int, value: int) -> None:
        share = 0 if self.trees[index].by_play else value * self.terms.lapse_bps // 10_000
        self.pay(who, share)
        self.pay(self.terms.grower, value - share)

    def _end(self, box: Box, state: str) -> None:
        buyer = {"paid": 0, "refunded": box.value, "split": box.value - box.value // 2}[state]
        self.pay(box.buyer, buyer)
        self.pay(self.terms.grower, box.value - buyer)
        box.value, box.state, box.act_by = 0, state, 0
