"""What the chain tells of the orchard is what the world holds of it."""

from game.core import ports
from game.core.events import Declined, OrchardHeard
from game.core.ids import Address, Wei
from game.core.orchard_ports import Can, LifeEvent, LifeTold, OrchardTold, Plot, TreeFact
from game.core.step import step
from tests.core.small import world_at

ME = Address("0x" + "Ab" * 20)
PLOT = Plot(
    plot=1, grower=ME, grower_key=b"\1" * 32, variety="loquat_dawn", manifest_sha256=b"\2" * 32, trees=3,
    fruits_per_tree=40, grams_per_fruit=45, waterings=7, fruit_price_wei=Wei(10**15),
    adoption_price_wei=Wei(4 * 10**16), play_trees=1, planted_at_secs=1000, blossom_at_secs=2000, ripe_at_secs=3000,
    redeem_by_secs=9000, lapse_bps=5000,
)  # fmt: skip


def test_a_tree_that_nobody_touched_is_as_its_plot_says_and_another_as_it_is_told() -> None:
    world = world_at()
    told = OrchardTold(now_secs=1500, plots=(PLOT,))
    assert OrchardHeard(told=told) in step(world, [], [told])
    untouched = world.orchard.tree(1 << 16 | 2)
    assert untouched is not None
    assert (untouched.adopter, untouched.waterings_left, untouched.yield_fruits) == (None, 7, 40)
    assert world.orchard.tree(1 << 16 | 3) is None
    assert world.orchard.tree(2 << 16) is None
    mine = TreeFact(
        tree=1 << 16, adopter=ME, by_play=True, waterings_left=6, tended=(), variety="loquat_dawn", picked=0,
        yield_fruits=24,
    )  # fmt: skip
    step(world, [], [OrchardTold(now_secs=1600, trees=(mine,), can=Can(drops=2, steps_left_today=500))])
    assert world.orchard.tree(1 << 16) == mine
    assert world.orchard.can == Can(drops=2, steps_left_today=500)
    step(world, [], [OrchardTold(now_secs=1700)])
    assert (world.orchard.can, world.orchard.now_secs) == (Can(drops=2, steps_left_today=500), 1700)


def test_the_orchards_time_never_goes_back() -> None:
    world = world_at()
    step(world, [], [OrchardTold(now_secs=1700), OrchardTold(now_secs=1600)])
    assert world.orchard.now_secs == 1700


def test_a_life_line_is_kept_by_tree() -> None:
    world = world_at()
    line = LifeEvent(tree=7, at_secs=1, by=ME, what="planted", quantity=1, block=1, tx_hash="0x1")
    step(world, [], [LifeTold(request_id="life_1", tree=7, events=(line,))])
    assert world.orchard.lives == {7: (line,)}


def test_where_there_is_no_orchard_that_is_said() -> None:
    refused = ports.Refused(request_id="follow_1", reason="no_orchard_there")
    assert Declined(reason="no_orchard_there") in step(world_at(), [], [refused])
