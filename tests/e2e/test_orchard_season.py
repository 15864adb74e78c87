"""A season by the game's own rules on a real chain: adopt by play, water, pick by hand, weigh, send for, receive."""

import time
from collections.abc import Callable, Iterator

import pytest

from game.core import orchard as o
from game.core.commands import Command
from game.core.events import Asked, Declined, Event
from game.core.ids import PlaceId
from game.core.orchard_fruit import hanging
from game.core.orchard_ports import FruitLine
from game.core.places import Grove as Rows
from game.core.places import Place, Spot
from game.core.rules.orchard_delivery import acts_of
from game.core.step import step
from game.core.world import World, new_world
from tests.chain.bazaar import Bazaar, Player, open_bazaar
from tests.chain.grove import COMMIT, DAY, Grove
from tests.core.small import text
from tests.core.small_orchard import low_fruit, pick, rules

PATIENCE_SECS = 90.0
COUNTER = (-3.0, -3.0, 0.0)


@pytest.fixture(scope="module")
def bazaar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bazaar]:
    opened = open_bazaar("embedded", tmp_path_factory.mktemp("season"), 2)
    yield opened
    opened.close()


class Playing:
    """A world whose market is a real one: what it asks is handed on, what is told comes in, tick by tick."""

    def __init__(self, player: Player, plot: int) -> None:
        rows = (Rows(plot=plot, species="loquat", step_m=6.0, rows=((0.0, 10.0, 4),)),)
        place = Place(
            id=PlaceId("garden"), kind="orchard", floor="earth", name=text("Garden"), keeper="keeper",
            spawn=Spot(at_m=(0.0, -1.0, 0.0)), counter=Spot(at_m=COUNTER), groves=rows,
        )  # fmt: skip
        self.world: World = new_world({place.id: place}, {}, start=place.id, seed=1, orchard_rules=rules())
        self.player, self.plot = player, plot
        assert player.ready is not None
        self._take(step(self.world, [], [player.ready]))

    def do(self, *commands: Command) -> list[Event]:
        """Let a tick pass in which something is wished for."""
        happened = step(self.world, commands, self.player.market.poll())
        self._take(happened)
        return happened

    def until(self, what: str, so: Callable[[], bool]) -> None:
        """Let ticks pass until something is so."""
        end, refused = time.monotonic() + PATIENCE_SECS, list[Event]()
        while not so():
            refused += [event for event in self.do() if isinstance(event, Declined)]
            assert time.monotonic() < end, f"waited in vain for {what}; refused: {refused}"
            time.sleep(0.01)

    def boxes(self) -> list[int]:
        """The boxes of the plot that this is about."""
        return [box.delivery for box in self.world.orchard.deliveries.values() if box.plot == self.plot]

    def _take(self, happened: list[Event]) -> None:
        for event in happened:
            if isinstance(event, Asked):
                self.player.market.submit(event.request)


def test_from_a_sapling_to_a_box_at_the_door(bazaar: Bazaar) -> None:
    grower = Grove(bazaar.second, bazaar).follow()
    number = grower.open_plot(waterings=4, fruits_per_tree=20)
    tree = number << 16
    game = Playing(bazaar.first, number)
    known = game.world.orchard
    game.until("the plot", lambda: number in known.plots and known.can is not None)

    game.do(o.Adopt(tree=tree, by_play=True))
    me = game.world.purse.account
    game.until("the tree", lambda: tree in known.trees and known.trees[tree].adopter == me)
    assert known.trees[tree].yield_fruits == 12
    assert any(isinstance(event, Declined) for event in game.do(o.Adopt(tree=tree + 1, by_play=True)))
    game.do(o.Water(tree=tree, times=4))
    game.until("the water", lambda: known.trees[tree].waterings_left == 0)

    unripe = hanging(game.world, tree)
    assert unripe is not None
    assert not unripe.there.any()
    bazaar.pass_secs(24 * DAY)
    game.until("ripeness", lambda: known.now_secs > known.plots[number].ripe_at_secs + 3 * DAY)
    for rough in (False, False, True):
        pick(game.world, tree, low_fruit(game.world, tree), rough=rough)
    bought = low_fruit(game.world, tree + 1)
    pick(game.world, tree + 1, bought)
    assert [fruit.grade for fruit in known.basket] == ["A", "A", "B", "A"]

    game.world.body.pos_m = COUNTER
    game.do(o.WeighBasket())
    assert known.weighed is not None
    assert (known.weighed.own, known.weighed.to_pay) == (3, 1)
    assert known.weighed.price_wei == known.plots[number].fruit_price_wei
    game.do(o.TakeFruit())
    game.until("the fruit", lambda: sum(fruit.quantity for fruit in known.fruit) == 4 and not known.basket)
    assert sorted((fruit.tree, fruit.grade, fruit.quantity) for fruit in known.fruit) == [
        (tree, "A", 2), (tree, "B", 1), (tree + 1, "A", 1)
    ]  # fmt: skip
    after = hanging(game.world, tree)
    assert after is not None
    assert after.there.sum() == 12 - 3

    everything = tuple(FruitLine(good_id=fruit.good_id, quantity=fruit.quantity) for fruit in known.fruit)
    game.do(o.SendHome(lines=everything, commit=COMMIT))
    game.until("the box", lambda: bool(game.boxes()))
    box = known.deliveries[game.boxes()[0]]
    assert (box.buyer, box.seller, box.commit, box.state) == (me, grower.account, COMMIT, "opened")
    game.until("the empty basket", lambda: not known.fruit)
    assert acts_of(box, me, known.now_secs) == ("confirm",)
    grower.listen().act(box.delivery, "accept").act(box.delivery, "ship", b"\5" * 32)
    game.until("the carrier", lambda: known.deliveries[box.delivery].state == "shipped")
    game.do(o.ActOnDelivery(delivery=box.delivery, act="confirm"))
    game.until("the end", lambda: known.deliveries[box.delivery].state == "paid")
    assert any(isinstance(event, Declined) for event in game.do(o.ActOnDelivery(delivery=box.delivery, act="dispute")))


def test_who_is_not_served_in_time_is_repaid_by_a_press(bazaar: Bazaar) -> None:
    grower = Grove(bazaar.second, bazaar).follow()
    number = grower.open_plot(ripe_at_secs=bazaar.now_secs() + 11 * DAY)
    game = Playing(bazaar.first, number)
    known = game.world.orchard
    bazaar.pass_secs(20 * DAY)
    game.until("ripeness", lambda: number in known.plots and known.now_secs > known.plots[number].ripe_at_secs + DAY)
    pick(game.world, number << 16, low_fruit(game.world, number << 16))
    game.world.body.pos_m = COUNTER
    game.do(o.WeighBasket())
    game.do(o.TakeFruit())
    game.until("the fruit", lambda: any(fruit.plot == number for fruit in known.fruit))
    [held] = [fruit for fruit in known.fruit if fruit.plot == number]
    game.do(o.SendHome(lines=(FruitLine(good_id=held.good_id, quantity=1),), commit=COMMIT))
    game.until("the box", lambda: bool(game.boxes()))
    [box] = game.boxes()
    assert any(isinstance(event, Declined) for event in game.do(o.ActOnDelivery(delivery=box, act="refund")))
    bazaar.pass_secs(4 * DAY)
    game.until("the deadline", lambda: known.now_secs > known.deliveries[box].act_by_secs)
    game.do(o.ActOnDelivery(delivery=box, act="refund"))
    game.until("the money", lambda: known.deliveries[box].state == "refunded")
