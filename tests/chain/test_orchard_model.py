"""The contracts of the orchard against a model in plain Python: any order of acts, any passing of time."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from coincurve import PrivateKey
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chain.deploy import Deployment, deploy
from chain.envelope import sign_call
from chain.errors import decode_revert
from chain.fruit import fruit_good_id, fruit_manifest, fruit_token
from chain.journal import Call
from chain.keys import DEV_CHAIN_ID, address_of_key
from chain.node import ensure_node, release_node
from chain.orchard_calls import OrchardAct, call_of
from chain.rpc import Rpc, RpcError
from chain.words import call_data
from game.core.ids import Address, GoodId, Wei
from game.core.orchard_ports import (
    DELIVERY_ACTS,
    DELIVERY_STATES,
    TENDINGS,
    ActOnDelivery,
    Adopt,
    BuyAtScale,
    BuyDrops,
    CollectPlot,
    FillByWalking,
    FruitLine,
    Harvest,
    HarvestLine,
    LapseFruit,
    OpenPlot,
    Plot,
    Redeem,
    TakeBack,
    TendTree,
    VisitTree,
    WaterTree,
)
from tests.chain.orchard_model import DAY, Fruit, Model, RefusedError, Terms

EXAMPLES, STEPS = 24, 16
VARIETY = "loquat_dawn"
PEOPLE = ("grower", "ada", "ben", "cai")
KEYS = {name: PrivateKey(name.encode().rjust(32, b"\1")) for name in PEOPLE}
ACCOUNTS: dict[str, Address] = {name: address_of_key(key) for name, key in KEYS.items()}
TREES, FRUITS, WATERINGS = 3, 7, 8

people, trees = st.sampled_from(PEOPLE), st.integers(0, TREES - 1)


class Season(RuleBasedStateMachine):
    """One plot from its opening to the day when the last coin has left it."""

    rpc: ClassVar[Rpc]
    deployment: ClassVar[Deployment]

    # --- the chain --------------------------------------------------------------------------------------------------

    @initialize(begun=st.sampled_from(("harvested", "late", "watered", "")))
    def open_plot(self, begun: str = "") -> None:
        """Open the plot; some seasons begin later than with bare trees, or few would come to fruit."""
        self.moment = self.rpc.call("evm_snapshot")
        now = int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16) + 10
        self.terms = Terms(
            grower="grower", trees=TREES, fruits=FRUITS, waterings=WATERINGS, fruit_wei=3 * 10**15 + 1,
            adoption_wei=2 * 10**16 + 3, play_trees=1, planted=now - 2 * DAY, blossom=now + 4 * DAY, ripe=now + 8 * DAY,
            redeem_by=now + 16 * DAY, lapse_bps=6_500,
        )  # fmt: skip
        self.nonces = {
            name: int(self.rpc.call("eth_getTransactionCount", ACCOUNTS[name], "latest"), 16) for name in PEOPLE
        }
        self.model = Model(self.terms, now)
        offered = {
            "grower_key": b"\7" * 32, "variety": VARIETY, "manifest_sha256": bytes(32), "trees": TREES,
            "fruits_per_tree": FRUITS, "grams_per_fruit": 40, "waterings": WATERINGS,
            "fruit_price_wei": Wei(self.terms.fruit_wei), "adoption_price_wei": Wei(self.terms.adoption_wei),
            "play_trees": 1, "planted_at_secs": self.terms.planted, "blossom_at_secs": self.terms.blossom,
            "ripe_at_secs": self.terms.ripe, "redeem_by_secs": self.terms.redeem_by,
            "lapse_bps": self.terms.lapse_bps,
        }  # fmt: skip
        self.plot = 1 + self.number(self.deployment.orchard, "plots()")
        plot = Plot(plot=self.plot, grower=ACCOUNTS["grower"], **offered)
        self.book: Any = SimpleNamespace(plots={self.plot: plot}, trees={}, token_of={})
        self.boxes_before = self.number(self.deployment.campaign, "deliveries()")
        self.credits_before = {name: self.credit(name) for name in PEOPLE}
        self.water_left = [WATERINGS] * TREES
        self.play("grower", lambda _: self.terms.adoption_wei, OpenPlot(request_id="", **offered))
        if begun:
            self.adopt("ada", 0, False)
            self.water_to_the_end(0)
            self.adopt("ben", 1, True)
            self.water("ben", 1, WATERINGS if begun != "watered" else 3, True)
        if begun in ("harvested", "late"):
            self.wait(9 * DAY)
            self.pick("ada", 0, 2, 1, False)
            self.pick("ben", 1, 3, 1, False)
            self.buy("cai", 2, 3, 0)
        if begun == "late":
            self.wait(8 * DAY)

    def number(self, to: Address | None, signature: str, *values: Any) -> int:
        answer = self.rpc.call("eth_call", {"to": to, "data": "0x" + call_data(signature, *values).hex()}, "latest")
        return int(answer[:66], 16)

    def credit(self, name: str) -> int:
        return self.number(self.deployment.market, "creditOf(address)", ACCOUNTS[name])

    def tree(self, index: int) -> int:
        return self.plot << 16 | index

    def good(self, fruit: Fruit) -> GoodId:
        index, clean, day = fruit
        orchard = self.deployment.orchard
        assert orchard is not None
        manifest = fruit_manifest(
            orchard=orchard, plot=self.plot, tree=self.tree(index), variety=VARIETY, grade="A" if clean else "B",
            harvest_day=day,
        )  # fmt: skip
        token = fruit_token(manifest, orchard=orchard, grower=ACCOUNTS["grower"], fruits_per_tree=FRUITS)
        self.book.token_of[fruit_good_id(token)] = token
        return fruit_good_id(token)

    def play(self, who: str, act: Callable[[Model], int], asked: OrchardAct) -> None:
        """Do the same to model and chain, and compare what is refused and why."""
        self.model.now += 1
        try:
            value: int | None = act(self.model)
            wanted = ""
        except RefusedError as refused:
            value, wanted = None, str(refused)
        call = call_of(asked, self.book, self.deployment, ACCOUNTS[who])
        request = {
            "from": ACCOUNTS[who], "to": call.to, "data": "0x" + call.data.hex(), "value": hex(call.value_wei),
            "gas": hex(3_000_000),
        }  # fmt: skip
        _, answer = self.rpc.batch(
            [("evm_setNextBlockTimestamp", [self.model.now]), ("eth_call", [request, "pending"])]
        )
        got = decode_revert(answer.data).error if isinstance(answer, RpcError) else ""
        assert got == wanted, f"{asked}: the contract says {got or 'yes'!r}, the model {wanted or 'yes'!r}"
        if value is None:
            return
        assert call.value_wei == value, asked
        raw, tx_hash = sign_call(
            Call(
                to=call.to, data=call.data, value_wei=call.value_wei, gas_limit=3_000_000, max_fee_wei=10**11,
                max_tip_wei=1,
            ),
            nonce=self.nonces[who], chain_id=DEV_CHAIN_ID, key=KEYS[who],
        )  # fmt: skip
        self.nonces[who] += 1
        self.rpc.call("eth_sendRawTransaction", "0x" + raw.hex())
        assert int(self.rpc.call("eth_getTransactionReceipt", tx_hash)["status"], 16) == 1, asked

    # --- what people do ---------------------------------------------------------------------------------------------

    @rule(secs=st.sampled_from((3_600, DAY, 2 * DAY, 4 * DAY)))
    def wait(self, secs: int) -> None:
        self.model.now += secs

    @precondition(lambda self: self.model.now < self.terms.ripe + DAY)
    @rule(who=people, index=trees, by_play=st.booleans())
    def adopt(self, who: str, index: int, by_play: bool) -> None:
        self.play(
            who, lambda m: m.adopt(who, index, by_play=by_play),
            Adopt(request_id="", tree=self.tree(index), by_play=by_play),
        )  # fmt: skip

    def adopted(self) -> bool:
        return any(tree.adopter for tree in self.model.trees)

    def _adopter(self, index: int, who: str) -> str:
        return self.model.trees[index].adopter or who

    @precondition(lambda self: self.adopted() and self.model.now < self.terms.redeem_by + DAY)
    @rule(who=people, index=trees, times=st.integers(1, 12), own=st.booleans())
    def water(self, who: str, index: int, times: int, own: bool) -> None:
        who = self._adopter(index, who) if own else who
        self.play(
            who, lambda m: m.water(who, index, times), WaterTree(request_id="", tree=self.tree(index), times=times)
        )

    @precondition(lambda self: self.adopted() and self.model.now < self.terms.redeem_by + DAY)
    @rule(index=trees)
    def water_to_the_end(self, index: int) -> None:
        who = self._adopter(index, "ada")
        self.play(
            who, lambda m: m.water(who, index, WATERINGS), WaterTree(request_id="", tree=self.tree(index), times=8)
        )

    @precondition(lambda self: self.adopted() and self.model.now < self.terms.redeem_by + DAY)
    @rule(who=people, index=trees)
    def visit(self, who: str, index: int) -> None:
        self.play(who, lambda m: m.visit(who, index), VisitTree(request_id="", tree=self.tree(index)))

    @rule(who=people, amount=st.integers(1, 1500), bought=st.booleans())
    def fill(self, who: str, amount: int, bought: bool) -> None:
        if bought:
            drops = 1 + amount % 20
            asked: OrchardAct = BuyDrops(request_id="", drops=drops, plot=self.plot)
            self.play(who, lambda m: m.buy_drops(who, drops), asked)
        else:
            self.play(who, lambda m: m.walk(who, amount), FillByWalking(request_id="", steps=amount))

    @precondition(lambda self: self.adopted() and self.model.now < self.terms.redeem_by + DAY)
    @rule(index=trees, action=st.integers(0, 3))
    def tend(self, index: int, action: int) -> None:
        who = self._adopter(index, "ben")
        self.play(
            who, lambda m: m.tend(who, index, action),
            TendTree(request_id="", tree=self.tree(index), action=TENDINGS[action]),
        )  # fmt: skip

    def _line(self, index: int, clean: int, bruised: int) -> HarvestLine:
        return HarvestLine(tree=self.tree(index), grade_a=clean, grade_b=bruised)

    @precondition(lambda self: self.model.now > self.terms.blossom)
    @rule(who=people, index=trees, clean=st.integers(0, 4), bruised=st.integers(0, 2), own=st.booleans())
    def pick(self, who: str, index: int, clean: int, bruised: int, own: bool) -> None:
        who = self._adopter(index, who) if own else who
        self.play(
            who, lambda m: m.pick(who, index, clean, bruised),
            Harvest(request_id="", lines=(self._line(index, clean, bruised),)),
        )  # fmt: skip

    @precondition(lambda self: self.model.now > self.terms.blossom)
    @rule(who=people, index=trees, clean=st.integers(0, 4), bruised=st.integers(0, 2))
    def buy(self, who: str, index: int, clean: int, bruised: int) -> None:
        self.play(
            who, lambda m: m.buy(who, index, clean, bruised),
            BuyAtScale(
                request_id="", plot=self.plot, lines=(self._line(index, clean, bruised),), most_wei=Wei(10**18)
            ),
        )  # fmt: skip

    def held(self) -> list[tuple[str, Fruit, int]]:
        return [
            (who, fruit, units) for who, hands in self.model.hands.items() for fruit, units in hands.items() if units
        ]

    @precondition(lambda self: self.held())
    @rule(data=st.data(), usual=st.booleans())
    def send(self, data: st.DataObject, usual: bool) -> None:
        lapses = usual == (self.model.now > self.terms.redeem_by)
        who, fruit, units = data.draw(st.sampled_from(self.held()))
        units = data.draw(st.integers(1, units))
        lines = (FruitLine(good_id=self.good(fruit), quantity=units),)
        if lapses:
            self.play(who, lambda m: m.lapse(who, fruit, units), LapseFruit(request_id="", lines=lines))
        else:
            self.play(who, lambda m: m.redeem(who, fruit, units), Redeem(request_id="", lines=lines, commit=b"\5" * 32))

    @precondition(lambda self: self.adopted() and self.model.now > self.terms.redeem_by - DAY)
    @rule(index=trees)
    def take_back(self, index: int) -> None:
        who = self._adopter(index, "cai")
        self.play(who, lambda m: m.take_back(who, index), TakeBack(request_id="", tree=self.tree(index)))

    @precondition(lambda self: self.model.now > self.terms.ripe - DAY)
    @rule(bond_only=st.booleans())
    def collect(self, bond_only: bool) -> None:
        self.play(
            "grower", lambda m: m.release_bond() if bond_only else m.collect(),
            CollectPlot(request_id="", plot=self.plot, bond_only=bond_only),
        )  # fmt: skip

    @precondition(lambda self: self.model.boxes)
    @rule(data=st.data(), who=people, act=st.sampled_from(DELIVERY_ACTS))
    def deliver(self, data: st.DataObject, who: str, act: str) -> None:
        number = data.draw(st.integers(1, len(self.model.boxes)))
        self.act(who, number, act)

    @precondition(lambda self: self.model.boxes)
    @rule(data=st.data())
    def deliver_on(self, data: st.DataObject) -> None:
        """The act that usually comes next, so that all states are reached."""
        number = data.draw(st.integers(1, len(self.model.boxes)))
        box = self.model.boxes[number - 1]
        usual = {
            "opened": ("grower", "accept"), "accepted": ("grower", "ship"), "shipped": (box.buyer, "dispute"),
            "disputed": ("grower", "answer"), "answered": (box.buyer, "split"),
        }  # fmt: skip
        if box.state in usual:
            who, act = usual[box.state]
            self.act(who, number, act)

    def act(self, who: str, number: int, act: str) -> None:
        asked = ActOnDelivery(request_id="", delivery=self.boxes_before + number, act=act)
        self.play(who, lambda m: m.act(who, number, act), asked)

    # --- the laws ---------------------------------------------------------------------------------------------------

    @invariant()
    def no_fruit_beyond_the_yield_no_water_back_and_money_conserved(self) -> None:
        orchard, market = self.deployment.orchard, self.deployment.market
        asked = [(orchard, call_data("treeOf(uint256)", self.tree(index))) for index in range(TREES)]
        asked += [(orchard, call_data("heldWei(uint256)", self.plot))]
        asked += [(market, call_data("creditOf(address)", ACCOUNTS[name])) for name in PEOPLE]
        answers = self.rpc.batch(
            [("eth_call", [{"to": to, "data": "0x" + data.hex()}, "latest"]) for to, data in asked]
        )
        for index, tree in enumerate(self.model.trees):
            words = words_of(answers[index])
            assert words[1] == tree.watered
            assert words[3] == tree.picked <= self.model.bears(index) <= FRUITS
            assert words[4] == tree.settled <= tree.picked
            left = WATERINGS - words[1]
            assert 0 <= left <= self.water_left[index], "waterings left never rises"
            self.water_left[index] = left
        held, *credits = (int(answer, 16) for answer in answers[TREES:])
        assert held == self.model.held
        earned = [now - self.credits_before[name] for name, now in zip(PEOPLE, credits, strict=True)]
        assert earned == [self.model.credit.get(name, 0) for name in PEOPLE]
        assert held + sum(box.value for box in self.model.boxes) + sum(earned) == self.model.paid_in

    @invariant()
    def every_fruit_is_backed(self) -> None:
        if self.model.collected:
            assert self.model.held == 0
            return
        backing = self.model.play_left * self.terms.adoption_wei
        for index, tree in enumerate(self.model.trees):
            in_hands = sum(n for hands in self.model.hands.values() for fruit, n in hands.items() if fruit[0] == index)
            unsettled = in_hands if tree.adopter is None else self.model.bears(index) - tree.settled
            backing += self.model.backing(index, tree.settled, unsettled)
            assert tree.adopter is None or in_hands == tree.picked - tree.settled
        assert self.model.held == backing

    def teardown(self) -> None:
        """Whatever was done: time and one party alone end every box, and the last coin leaves the plot."""
        if not hasattr(self, "credits_before"):
            return
        try:
            self.model.now += 15 * DAY
            for number, box in enumerate(self.model.boxes, start=1):
                if box.value:
                    who, act = self.model.end_by_time(box)
                    self.act(who, number, act)
                data = call_data("deliveryOf(uint256)", self.boxes_before + number)
                call = {"to": self.deployment.campaign, "data": "0x" + data.hex()}
                state = words_of(self.rpc.call("eth_call", call, "latest"))[4]
                assert DELIVERY_STATES[state - 1] == box.state in ("paid", "refunded", "split")
            self.model.now = max(self.model.now, self.terms.redeem_by + 91 * DAY)
            if self.model.held:
                self.play("grower", lambda m: m.collect(), CollectPlot(request_id="", plot=self.plot))
            self.no_fruit_beyond_the_yield_no_water_back_and_money_conserved()
            assert self.number(self.deployment.orchard, "heldWei(uint256)", self.plot) == 0
            for contract in (self.deployment.orchard, self.deployment.campaign):
                assert int(self.rpc.call("eth_getBalance", contract, "latest"), 16) == 0
        finally:
            self.rpc.call("evm_revert", self.moment)


def words_of(answer: str) -> list[int]:
    return [int(answer[at : at + 64], 16) for at in range(2, len(answer), 64)]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Season]]:
    home = tmp_path_factory.mktemp("season")
    node = ensure_node(home, "embedded")
    Season.rpc = Rpc(node.url)
    Season.deployment = deploy(Season.rpc, home)
    for account in ACCOUNTS.values():
        Season.rpc.call("anvil_setBalance", account, hex(10**21))
    yield Season
    Season.rpc.close()
    release_node(node)


def test_the_contracts_do_what_the_model_says_in_every_season(season: type[Season]) -> None:
    run_state_machine_as_test(
        season,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_box_worth_an_odd_wei_is_split_to_the_last(season: type[Season]) -> None:
    """The rare way through all states, once for sure."""
    machine = season()
    machine.open_plot()
    machine.model.now += 9 * DAY
    machine.buy("ada", 0, 1, 0)
    [(who, fruit, _)] = machine.held()
    lines = (FruitLine(good_id=machine.good(fruit), quantity=1),)
    machine.play(who, lambda m: m.redeem(who, fruit, 1), Redeem(request_id="", lines=lines, commit=b"\5" * 32))
    for party, act in (("grower", "accept"), ("grower", "ship"), ("ada", "dispute"), ("grower", "answer")):
        machine.act(party, 1, act)
    machine.act("ada", 1, "split")  # too early: refused by both
    machine.model.now += 14 * DAY
    machine.act("ada", 1, "split")
    machine.no_fruit_beyond_the_yield_no_water_back_and_money_conserved()
    machine.every_fruit_is_backed()
    machine.teardown()
