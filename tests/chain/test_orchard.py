"""The orchard through the market's messages: every request, every fact, on a real node."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from chain.deploy import plan_deployment
from chain.fruit import fruit_good_id, fruit_manifest, fruit_token, name_word
from chain.orchard_book import INDEX_BITS
from game.core.ids import Wei
from game.core.orchard_ports import (
    ActOnDelivery,
    Adopt,
    BuyAtScale,
    BuyDrops,
    Can,
    CollectPlot,
    FillByWalking,
    FollowOrchard,
    FruitLine,
    GraftTree,
    Harvest,
    HarvestLine,
    LapseFruit,
    OrchardOrder,
    OrchardTold,
    ReadLife,
    Redeem,
    TakeBack,
    TendTree,
    VisitTree,
    WaterTree,
)
from game.core.ports import History, PastOrder, Recall, Refused
from game.core.tree_life import given_back
from tests.chain.bazaar import Bazaar, new_id, open_bazaar
from tests.chain.grove import ADOPTION_WEI, COMMIT, DAY, FRUIT_WEI, Grove
from tests.chain.making import purse, read


@pytest.fixture(scope="module")
def bazaar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bazaar]:
    """One chain for the module: its time only moves on, and every test opens plots of its own."""
    opened = open_bazaar("embedded", tmp_path_factory.mktemp("orchard"), 3)
    yield opened
    opened.close()


@pytest.fixture
def picker(bazaar: Bazaar) -> Grove:
    return Grove(bazaar.first, bazaar).follow()


@pytest.fixture
def grower(bazaar: Bazaar) -> Grove:
    return Grove(bazaar.second, bazaar).follow()


def tree_of(plot: int, index: int = 0) -> int:
    return plot << INDEX_BITS | index


def test_a_plot_is_told_as_its_grower_opened_it(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    number = grower.open_plot(waterings=7)
    picker.wait_for("the plot", lambda: number in picker.plots)
    plot = picker.plots[number]
    assert plot == grower.plots[number]
    assert (plot.grower, plot.variety, plot.waterings) == (grower.account, "loquat_dawn", 7)
    assert (plot.trees, plot.fruits_per_tree, plot.play_trees, plot.grams_per_fruit) == (4, 10, 1, 40)
    assert (plot.fruit_price_wei, plot.adoption_price_wei, plot.lapse_bps) == (FRUIT_WEI, ADOPTION_WEI, 7000)
    assert plot.manifest_sha256 == sha256(b"a plot").digest()
    assert plot.grower_key == b"\7" * 32
    assert plot.blossom_at_secs - plot.planted_at_secs == 11 * DAY
    assert [(graft.with_variety, graft.result, graft.odds_bps) for graft in plot.grafts] == [
        ("loquat_rust", "loquat_sure", 10_000)
    ]


def test_a_plot_out_of_range_is_refused_before_anything_is_sent(bazaar: Bazaar, grower: Grove) -> None:
    from tests.chain.grove import OpenPlot, terms

    now = bazaar.now_secs()
    assert grower.refused(OpenPlot, **terms(now, trees=0)) == "terms_out_of_range"
    assert grower.refused(OpenPlot, **terms(now, variety='x","y":"')) == "offer_invalid"
    assert grower.refused(OpenPlot, **terms(now, adoption_price_wei=Wei(10**30), play_trees=4)) == "not_enough_money"


def test_a_season_from_adoption_to_a_box_received(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot()
    tree = tree_of(plot)
    picker.do(Adopt, tree=tree)
    assert picker.trees[tree].adopter == picker.account
    assert picker.trees[tree].yield_fruits == 6
    picker.do(WaterTree, tree=tree, times=5)
    assert picker.trees[tree].waterings_left == 7
    assert picker.refused(Harvest, lines=(HarvestLine(tree=tree, grade_a=1, grade_b=0),)) == "not_ripe"
    bazaar.pass_secs(10 * DAY + 100)
    picker.do(TendTree, tree=tree, action="fertilise")
    assert picker.refused(TendTree, tree=tree, action="fertilise") == "wrong_stage"
    assert picker.life(tree).events[-1].what == "fertilise"
    assert (picker.trees[tree].tended, picker.trees[tree].yield_fruits) == (("fertilise",), 7)
    picker.do(WaterTree, tree=tree, times=99)
    assert picker.trees[tree].waterings_left == 0
    bazaar.pass_secs(10 * DAY + 100)
    picker.pick(tree, 4, 2)
    assert picker.trees[tree].picked == 6
    assert picker.refused(Harvest, lines=(HarvestLine(tree=tree, grade_a=2, grade_b=0),)) == "sold_out"
    fruit = picker.fruit()
    clean, bruised = fruit[tree, "A"], fruit[tree, "B"]
    assert (clean[1], bruised[1]) == (4, 2)

    box = picker.redeem((clean[0], 3), (bruised[0], 2))
    grower.wait_for("the box", lambda: box in grower.boxes)
    told = grower.boxes[box]
    assert told.state == "opened"
    assert (told.plot, told.buyer, told.seller, told.commit) == (plot, picker.account, grower.account, COMMIT)
    assert sorted(told.fruits) == [(tree, 2), (tree, 3)]
    assert told.value_wei == 5 * (ADOPTION_WEI // 7)
    assert told.act_by_secs == bazaar.now_secs() + 3 * DAY
    assert picker.fruit()[tree, "A"][1] == 1
    before = purse(grower.player).withdrawable_wei
    grower.act(box, "accept")
    grower.act(box, "ship", sha256(b"SF123").digest())
    picker.wait_for("shipping", lambda: picker.boxes[box].state == "shipped")
    assert picker.boxes[box].tracking_sha256 == sha256(b"SF123").digest()
    picker.act(box, "confirm")
    assert (picker.boxes[box].state, picker.boxes[box].act_by_secs) == ("paid", 0)
    grower.wait_for("the money", lambda: grower.boxes[box].state == "paid")
    assert purse(grower.player).withdrawable_wei == before + told.value_wei
    paid = purse(grower.player).credits[0]
    assert (paid.role, paid.delivery, paid.plot, paid.wei) == ("box", box, plot, told.value_wei)
    assert (paid.buyer, paid.variety, paid.quantity) == (picker.account, "loquat_dawn", 5)


def test_a_box_that_is_not_accepted_in_time_is_repaid(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot(ripe_at_secs=bazaar.now_secs() + 11 * DAY)
    tree = tree_of(plot)
    bazaar.pass_secs(12 * DAY)
    lines = (HarvestLine(tree=tree, grade_a=2, grade_b=0),)
    assert picker.refused(BuyAtScale, plot=plot, lines=lines, most_wei=Wei(2 * FRUIT_WEI - 1)) == "price_changed"
    picker.do(BuyAtScale, plot=plot, lines=lines, most_wei=Wei(2 * FRUIT_WEI))
    [(good, quantity)] = [each for (number, _), each in picker.fruit().items() if number == tree]
    box = picker.redeem((good, quantity))
    assert picker.refused(ActOnDelivery, delivery=box, act="refund") == "not_your_turn"
    assert picker.refused(ActOnDelivery, delivery=box, act="dance") == "not_your_turn"
    bazaar.pass_secs(3 * DAY + 100)
    assert grower.refused(ActOnDelivery, delivery=box, act="accept") == "not_your_turn"
    before = purse(picker.player).withdrawable_wei
    picker.act(box, "refund")
    assert picker.boxes[box].state == "refunded"
    told = purse(picker.player)
    assert told.withdrawable_wei == before + 2 * FRUIT_WEI
    back = told.credits[0]
    assert (back.role, back.delivery, back.plot, back.wei) == ("refund", box, plot, 2 * FRUIT_WEI)
    assert (back.variety, back.quantity, back.buyer) == ("loquat_dawn", 2, grower.account)
    assert back.at_secs > bazaar.now_secs() - 1000
    sent, bought = history(picker)[:2]
    assert sent.orchard == OrchardOrder(what="box", plot=plot, variety="loquat_dawn", quantity=2)
    assert bought.orchard == OrchardOrder(what="fruit", plot=plot, variety="loquat_dawn", quantity=2)
    assert (bought.price_wei, bought.money_moved, bought.state) == (2 * FRUIT_WEI, True, "final")
    assert (sent.price_wei, sent.money_moved) == (0, False)


def history(grove: Grove) -> tuple[PastOrder, ...]:
    answer = read(grove.player, Recall(), History)
    assert isinstance(answer, History)
    return answer.orders


def test_a_dispute_goes_on_by_time_and_one_party_alone(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot(ripe_at_secs=bazaar.now_secs() + 11 * DAY)
    bazaar.pass_secs(12 * DAY)
    line = HarvestLine(tree=tree_of(plot), grade_a=2, grade_b=0)
    picker.do(BuyAtScale, plot=plot, lines=(line,), most_wei=Wei(10**18))
    good = picker.fruit()[line.tree, "A"][0]
    boxes = [picker.redeem((good, 1)), picker.redeem((good, 1))]
    for box in boxes:
        grower.act(box, "accept").act(box, "ship", b"\1" * 32)
        picker.act(box, "dispute", bytes([box]) * 32)
        assert picker.boxes[box].reason == bytes([box]) * 32
    assert [grower.listen().boxes[box].tracking_sha256 for box in boxes] == [b"\1" * 32] * 2
    grower.act(boxes[0], "answer", b"\3" * 32)
    bazaar.pass_secs(7 * DAY + 100)
    assert grower.refused(ActOnDelivery, delivery=boxes[1], act="answer", note_sha256=b"\3" * 32) == "not_your_turn"
    picker.act(boxes[1], "refund")
    bazaar.pass_secs(7 * DAY + 100)
    picker.act(boxes[0], "split")
    assert [picker.boxes[box].state for box in boxes] == ["split", "refunded"]
    halves = [purse(grove.player).credits[0] for grove in (picker, grower)]
    assert [(each.role, each.delivery) for each in halves] == [("split", boxes[0])] * 2
    assert sum(each.wei for each in halves) == FRUIT_WEI


def test_the_can_fills_by_days_steps_and_money(bazaar: Bazaar, grower: Grove) -> None:
    plot = grower.open_plot()
    walker = Grove(bazaar.third, bazaar).follow()
    assert walker.told[-1].can == Can(drops=15, steps_left_today=1000)
    walker.do(FillByWalking, steps=250)
    walker.do(BuyDrops, drops=20, plot=plot)
    water = purse(grower.player).credits[0]
    assert (water.role, water.plot, water.quantity, water.buyer) == ("water", plot, 20, walker.account)
    walker.do(Adopt, tree=tree_of(plot), by_play=True)
    walker.do(WaterTree, tree=tree_of(plot), times=12)
    assert [update.can for update in walker.told if update.can is not None][-1] == Can(drops=25, steps_left_today=750)
    assert walker.refused(WaterTree, tree=tree_of(plot), times=1) == "nothing_left_to_do"
    assert walker.refused(Adopt, tree=tree_of(plot, 1), by_play=True) == "no_play_tree"
    bazaar.pass_secs(DAY)
    walker.wait_for(
        "a new day's drops",
        lambda: [u.can for u in walker.told if u.can is not None][-1] == Can(drops=30, steps_left_today=1000),
    )
    assert walker.trees[tree_of(plot)].by_play


def test_a_friend_waters_once_a_day_and_a_stranger_does_nothing_else(
    bazaar: Bazaar, picker: Grove, grower: Grove
) -> None:
    plot = grower.open_plot()
    tree = tree_of(plot)
    assert grower.refused(VisitTree, tree=tree) == "visited_already", "nobody's tree needs no visit"
    picker.do(Adopt, tree=tree)
    assert grower.refused(Adopt, tree=tree) == "tree_taken"
    bazaar.pass_secs(DAY)
    grower.do(VisitTree, tree=tree)
    assert grower.trees[tree].waterings_left == 11
    assert grower.refused(VisitTree, tree=tree) == "visited_already"
    assert grower.refused(WaterTree, tree=tree, times=1) == "not_your_tree"
    assert grower.refused(TendTree, tree=tree, action="prune") == "not_your_tree"
    assert picker.refused(TendTree, tree=tree, action="polish") == "wrong_stage"
    assert picker.refused(Adopt, tree=tree_of(plot, 9)) == "no_such_tree"
    assert picker.refused(Adopt, tree=tree_of(9_999)) == "no_such_tree"


def test_what_comes_of_a_graft_is_told_without_asking(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot()
    tree = tree_of(plot)
    picker.do(Adopt, tree=tree)
    assert picker.refused(GraftTree, tree=tree, with_variety="apple_rosy") == "wrong_stage"
    assert not picker.trees[tree].grafted
    picker.do(GraftTree, tree=tree, with_variety="loquat_rust")
    assert picker.trees[tree].grafted
    picker.wait_for("the new variety", lambda: picker.trees[tree].variety == "loquat_sure")
    assert not picker.trees[tree].graft_open
    assert [event.what for event in picker.life(tree).events] == ["planted", "adopted", "grafted"]
    assert picker.life(tree).events[-1].quantity == 1


def test_a_tree_s_life_is_told_with_times_and_hands(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot()
    tree = tree_of(plot, 1)
    picker.do(Adopt, tree=tree)
    picker.do(WaterTree, tree=tree, times=2)
    bazaar.pass_secs(DAY)
    grower.do(VisitTree, tree=tree)
    events = picker.life(tree).events
    assert [(event.what, event.by, event.quantity) for event in events] == [
        ("planted", grower.account, 1), ("adopted", picker.account, 1), ("watered", picker.account, 2),
        ("visited", grower.account, 1),
    ]  # fmt: skip
    assert [event.at_secs for event in events] == sorted(event.at_secs for event in events)
    assert events[-1].at_secs >= events[0].at_secs + DAY - 100
    assert all(event.tx_hash.startswith("0x") and event.block > 0 for event in events)
    assert picker.refused(ReadLife, tree=tree_of(plot, 9)) == "no_such_tree"


def test_after_the_season_fruit_lapses_and_trees_are_taken_back(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot()
    picker.grow(tree_of(plot)).do(Adopt, tree=tree_of(plot, 1))
    bazaar.pass_secs(20 * DAY + 100)
    picker.pick(tree_of(plot), 6)
    good = picker.fruit()[tree_of(plot), "A"][0]
    line = FruitLine(good_id=good, quantity=6)
    assert picker.refused(LapseFruit, lines=(line,)) == "wrong_stage"
    bazaar.pass_secs(20 * DAY + 100)
    assert picker.refused(Redeem, lines=(line,), commit=COMMIT) == "season_over"
    before, unpicked = purse(picker.player).withdrawable_wei, picker.trees[tree_of(plot, 1)]
    picker.do(LapseFruit, lines=(line,)).do(TakeBack, tree=tree_of(plot, 1))
    share = ADOPTION_WEI * 7000 // 10_000
    told = purse(picker.player)
    assert told.withdrawable_wei == before + 2 * share
    assert [(each.role, each.plot, each.quantity) for each in told.credits[:2]] == [("lapse", plot, 6)] * 2
    assert picker.trees[tree_of(plot, 1)].picked == 6, "nothing hangs there any more"
    told = given_back(picker.plots[plot], unpicked)
    assert (told.pieces, told.adopter_wei) == (6, share), "as the game tells it beforehand"
    last = picker.life(tree_of(plot, 1)).events[-1]
    assert (last.what, last.by, last.quantity) == ("given_back", picker.account, 6)
    assert grower.refused(CollectPlot, plot=plot) == "wrong_stage"
    grower.do(CollectPlot, plot=plot, bond_only=True)
    bond, *shares = purse(grower.player).credits[:3]
    assert [each.role for each in shares] == ["lapse"] * 2
    assert (bond.role, bond.plot, bond.delivery, bond.wei) == ("plot", plot, 0, ADOPTION_WEI)
    assert picker.refused(CollectPlot, plot=plot) == "not_your_tree"


def test_a_fruits_good_is_what_python_reckons_from_its_log(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot(ripe_at_secs=bazaar.now_secs() + 11 * DAY)
    bazaar.pass_secs(12 * DAY)
    tree = tree_of(plot, 3)
    line = HarvestLine(tree=tree, grade_a=0, grade_b=1)
    picker.do(BuyAtScale, plot=plot, lines=(line,), most_wei=FRUIT_WEI)
    orchard = plan_deployment().orchard
    assert orchard is not None
    manifest = fruit_manifest(
        orchard=orchard, plot=plot, tree=tree, variety="loquat_dawn", grade="B",
        harvest_day=bazaar.now_secs() // DAY,
    )  # fmt: skip
    token = fruit_token(manifest, orchard=orchard, grower=grower.account, fruits_per_tree=10)
    assert picker.fruit()[tree, "B"] == (fruit_good_id(token), 1)


def test_a_request_that_comes_twice_is_done_once(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot()
    tree = tree_of(plot)
    picker.do(Adopt, tree=tree)
    ident = new_id("water")
    for _ in range(2):
        picker.do(WaterTree, request_id=ident, tree=tree, times=1)
    assert picker.trees[tree].waterings_left == 11
    assert picker.refused(WaterTree, request_id=ident, tree=tree, times=2) == "order_unknown"
    assert picker.trees[tree].waterings_left == 11


def test_a_new_game_of_the_home_is_told_everything_again(bazaar: Bazaar, grower: Grove) -> None:
    plot = grower.open_plot()
    grower.do(Adopt, tree=tree_of(plot))
    again = Grove(bazaar.restart(bazaar.second), bazaar).follow()
    assert again.plots[plot] == grower.plots[plot]
    assert again.trees[tree_of(plot)] == grower.trees[tree_of(plot)]
    assert again.plots.keys() == grower.plots.keys()


def test_too_many_lines_and_what_is_no_fruit_are_refused(bazaar: Bazaar, picker: Grove) -> None:
    line = HarvestLine(tree=1, grade_a=1, grade_b=0)
    assert picker.refused(Harvest, lines=()) == "bad_quantity"
    assert picker.refused(Harvest, lines=(line,) * 33) == "bad_quantity"
    assert picker.refused(Harvest, lines=(HarvestLine(tree=1, grade_a=-1, grade_b=2),)) == "bad_quantity"
    lines = (FruitLine(good_id=fruit_good_id(5), quantity=1),)  # type: ignore[arg-type]
    assert picker.refused(Redeem, lines=lines, commit=COMMIT) == "not_owned"
    assert picker.refused(Redeem, lines=lines, commit=b"short") == "offer_invalid"


def test_names_are_words_of_the_contract() -> None:
    assert name_word("loquat_dawn") == b"loquat_dawn".ljust(32, b"\0")
    for bad in ("", "Loquat", "a b", "x" * 33, "枇杷"):
        with pytest.raises(ValueError, match="no name"):
            name_word(bad)


def test_facts_are_told_again_only_when_they_changed(bazaar: Bazaar, picker: Grove, grower: Grove) -> None:
    plot = grower.open_plot()
    picker.wait_for("the plot", lambda: plot in picker.plots)
    picker.listen().told.clear()
    grower.do(Adopt, tree=tree_of(plot, 2))
    picker.wait_for("the tree", lambda: tree_of(plot, 2) in picker.trees)
    assert [(update.plots, [fact.tree for fact in update.trees]) for update in picker.told] == [
        ((), [tree_of(plot, 2)])
    ]
    answer = picker.player.answer(FollowOrchard(request_id=new_id("follow")), (OrchardTold, Refused))
    assert isinstance(answer, OrchardTold)
    assert plot in {each.plot for each in answer.plots}


@pytest.mark.anvil
def test_a_graft_is_decided_by_its_block_on_anvil_too(tmp_path: Path) -> None:
    opened = open_bazaar("anvil", tmp_path, 1)
    both = Grove(opened.first, opened).follow()
    tree = tree_of(both.open_plot())
    both.do(Adopt, tree=tree).do(GraftTree, tree=tree, with_variety="loquat_rust")
    both.wait_for("the new variety", lambda: both.trees[tree].variety == "loquat_sure")
    opened.close()
