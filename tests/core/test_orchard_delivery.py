"""From the orchard to the door: what is asked, by whom and when; every delivery can be ended by one party and time."""


import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from game.core import orchard as o
from game.core import orchard_ports as op
from game.core.ids import Address, GoodId, Wei
from game.core.orchard_ports import DELIVERY_STATES, ENDED, Delivery, FruitHeld, FruitLine, OrchardTold
from game.core.rules.orchard_delivery import acts_of
from game.core.step import step
from game.core.world import World
from tests.core.small_orchard import DAY, FREE, ME, MINE, OTHER, PLOT, asked, in_garden, open_garden, reasons

SWEET = FruitHeld(
    good_id=GoodId("fruit_1"), plot=1, tree=MINE, variety="loquat_dawn", grade="A", harvest_day=20_000, quantity=6,
    backing_wei=Wei(10**15),
)  # fmt: skip
BRUISED = replace(SWEET, good_id=GoodId("fruit_2"), grade="B", quantity=2)
FAR = replace(SWEET, good_id=GoodId("fruit_3"), plot=2, tree=2 << 16)
BOX = Delivery(
    delivery=5, plot=1, buyer=ME, seller=OTHER, value_wei=Wei(10**16), commit=b"\1" * 32, state="opened",
    act_by_secs=DAY + 100, tracking_sha256=bytes(32), fruits=((MINE, 6),),
)  # fmt: skip
COMMIT = b"\7" * 32
OVER = PLOT.redeem_by_secs + 1


def lines(*found: tuple[FruitHeld, int]) -> tuple[FruitLine, ...]:
    return tuple(FruitLine(good_id=fruit.good_id, quantity=quantity) for fruit, quantity in found)


def with_fruit(**more: object) -> World:
    return open_garden(fruit=(SWEET, BRUISED, FAR), deliveries=(BOX,), **more)


def test_fruit_of_one_plot_is_sent_for_once() -> None:
    world = with_fruit()
    send = o.SendHome(lines=lines((SWEET, 6), (BRUISED, 1)), commit=COMMIT)
    [request] = asked(step(world, [send]))
    assert isinstance(request, op.Redeem)
    assert (request.lines, request.commit) == (send.lines, COMMIT)
    assert reasons(step(world, [send])) == ["fruit_under_way"]
    step(world, [], [OrchardTold(now_secs=DAY, fruit=(BRUISED,), request_id=request.request_id)])
    assert world.orchard.fruit == (BRUISED,)
    assert reasons(step(world, [send])) == ["not_owned"]


REFUSED = [
    # command, when, reason
    (o.SendHome(lines=lines((SWEET, 7)), commit=COMMIT), DAY, "not_owned"),
    (o.SendHome(lines=lines((SWEET, 0)), commit=COMMIT), DAY, "not_owned"),
    (o.SendHome(lines=(), commit=COMMIT), DAY, "bad_quantity"),
    (o.SendHome(lines=lines((SWEET, 1), (SWEET, 1)), commit=COMMIT), DAY, "bad_quantity"),
    (o.SendHome(lines=lines((SWEET, 1), (FAR, 1)), commit=COMMIT), DAY, "fruit_of_two_plots"),
    (o.SendHome(lines=lines((SWEET, 1)), commit=bytes(32)), DAY, "bad_commit"),
    (o.SendHome(lines=lines((SWEET, 1)), commit=b"short"), DAY, "bad_commit"),
    (o.SendHome(lines=lines((SWEET, 1)), commit=COMMIT), OVER, "season_over"),
    (o.GiveUpFruit(lines=lines((SWEET, 1))), DAY, "season_is_on"),
    (o.GiveUpFruit(lines=lines((SWEET, 9))), OVER, "not_owned"),
    (o.TakeBackTree(tree=MINE), DAY, "season_is_on"),
    (o.TakeBackTree(tree=FREE), OVER, "not_your_tree"),
    (o.TakeBackTree(tree=77 << 16), OVER, "tree_unknown"),
    (o.ActOnDelivery(delivery=6, act="confirm"), DAY, "delivery_unknown"),
    (o.ActOnDelivery(delivery=5, act="refund"), DAY, "not_your_turn"),
    (o.ActOnDelivery(delivery=5, act="accept"), DAY, "not_your_turn"),
    (o.ActOnDelivery(delivery=5, act="sing"), DAY, "not_your_turn"),
]


@pytest.mark.parametrize(("command", "now_secs", "reason"), REFUSED)
def test_what_the_chain_would_refuse_is_not_asked(command: o.OrchardCommand, now_secs: int, reason: str) -> None:
    found = step(with_fruit(now_secs=now_secs), [command])
    assert (reasons(found), asked(found)) == ([reason], [])


def test_nothing_is_sent_while_the_market_is_shut() -> None:
    assert reasons(step(in_garden(), [o.ActOnDelivery(delivery=5, act="confirm")])) == ["market_opening"]


def test_after_the_season_what_is_left_is_given_up() -> None:
    world = with_fruit(now_secs=OVER)
    found = asked(step(world, [o.GiveUpFruit(lines=lines((SWEET, 6))), o.TakeBackTree(tree=MINE)]))
    assert [type(request) for request in found] == [op.LapseFruit, op.TakeBack]
    assert reasons(step(world, [o.TakeBackTree(tree=MINE)])) == ["still_under_way"]


def test_a_box_is_confirmed_once_and_a_late_one_repaid() -> None:
    world = with_fruit()
    [request] = asked(step(world, [o.ActOnDelivery(delivery=5, act="confirm")]))
    assert isinstance(request, op.ActOnDelivery)
    assert (request.delivery, request.act) == (5, "confirm")
    assert reasons(step(world, [o.ActOnDelivery(delivery=5, act="confirm")])) == ["still_under_way"]
    late = with_fruit(now_secs=BOX.act_by_secs + 1)
    assert len(asked(step(late, [o.ActOnDelivery(delivery=5, act="refund")]))) == 1


states = st.sampled_from(DELIVERY_STATES)


@given(states, st.booleans(), st.sampled_from((ME, OTHER, Address("0x03"))))
def test_after_the_deadline_somebody_alone_can_always_end_a_delivery(state: str, late: bool, who: Address) -> None:
    box = replace(BOX, state=state)
    now_secs = BOX.act_by_secs + late
    acts = acts_of(box, who, now_secs)
    if state in ENDED or who not in (ME, OTHER):
        assert acts == ()
        return
    ends = {"confirm", "claim", "refund", "split"}
    assert ends & set(acts)  # the buyer may always pay, the seller always repay
    if late:
        gains = {ME: {"refund", "split"}, OTHER: {"claim", "split"}}  # what one takes without the other
        assert any(gains[party] & set(acts_of(box, party, now_secs)) for party in (ME, OTHER))
