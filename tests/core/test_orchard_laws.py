"""Laws of play in the orchard, whatever is done and whatever the market tells meanwhile."""

from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import commands as c
from game.core import orchard as o
from game.core import picking
from game.core.day_orders import orders_of
from game.core.events import Event
from game.core.orchard_fruit import hanging
from game.core.orchard_ports import OrchardTold
from game.core.replay import digest
from game.core.step import step
from game.core.world import World
from tests.core.small_orchard import (
    APPLES,
    DAY,
    FREE,
    LOQUATS,
    ME,
    MINE,
    THEIRS,
    fact,
    low_fruit,
    open_garden,
    pick,
    rules,
    told,
)

wishes = st.one_of(
    st.builds(o.Grasp, tree=st.sampled_from((APPLES, LOQUATS, FREE, MINE, THEIRS)), index=st.integers(-1, 45)),
    st.builds(o.TwistAndPull, twist_rad=st.floats(-2, 2), pull=st.floats(-1, 2)),
    st.just(o.TwistAndPull(twist_rad=0.2)),
    st.just(o.TwistAndPull(pull=1.0)),
    st.sampled_from((o.LetGo(), o.WeighBasket(), o.TakeFruit(), o.ReturnFruit(), o.StartContest(), o.EndContest(),
                     o.UseLadder(), o.Knock(), o.Tug(), o.PlayAsChild(on=True), o.PlayAsChild(on=False),
                     o.TakeTool(tool="pole"), o.TakeTool(tool="hand"), o.Water(tree=MINE), o.Visit(tree=THEIRS),
                     o.Adopt(tree=FREE), c.Move(ahead=1.0))),
)  # fmt: skip
Pick = tuple[int, bool, bool]
picks = st.tuples(st.sampled_from((APPLES, LOQUATS, FREE, MINE)), st.booleans(), st.booleans())
news = st.one_of(
    st.none(),
    st.builds(lambda left: told(trees=(fact(MINE, ME, waterings_left=left),)), st.integers(0, 7)),
    st.builds(lambda days: OrchardTold(now_secs=DAY + days * 40_000), st.integers(0, 5)),
)


def picked_of(world: World, tree: int, ripe: bool, rough: bool) -> list[Event]:
    try:
        index = low_fruit(world, tree, ripe=ripe)
    except LookupError:
        return []
    return pick(world, tree, index, rough=rough)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(wishes | picks, news), max_size=50))
def test_whatever_is_done_the_laws_hold(session: list[tuple[c.Command | Pick, OrchardTold | None]]) -> None:
    one, same = open_garden(), open_garden()
    for world in (one, same):
        world.body.pos_m = (6.0, 9.5, 0.0)
    left = 7
    most = picking.most_worth(rules().picking.points)
    for wish, update in session:
        updates = [update] if update is not None else []
        if isinstance(wish, tuple):
            assert picked_of(one, *wish) == picked_of(same, *wish)
        else:
            assert step(one, [wish], updates) == step(same, [wish], updates)
        known = one.orchard
        keys = [(fruit.tree, fruit.index) for fruit in known.basket]
        assert len(set(keys)) == len(keys)
        for tree, index in keys:
            found = hanging(one, tree)
            gone_for_contest = known.contest is None and tree >> 16 == o.VILLAGE and index not in known.today.gone.get(
                tree, ()
            )
            assert found is None or not found.there[index] or gone_for_contest
        assert known.basket_grams == sum(fruit.grams for fruit in known.basket) <= rules().picking.basket_grams
        assert all(fruit.points <= most for fruit in known.basket)
        told_left = known.trees[MINE].waterings_left
        assert told_left <= left
        left = told_left
        assert known.today.points <= most * sum(len(gone) for gone in (
            *known.today.gone.values(), *known.today.scored.values(), *known.gone.values()
        )) + sum(order.points for order in orders_of(rules().day_orders, known.today.day))  # fmt: skip
    assert digest(one) == digest(same)
