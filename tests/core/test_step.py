"""Whatever a person wants and a market tells, a step neither fails nor breaks what always holds."""

from math import isfinite

from hypothesis import given, settings
from hypothesis import strategies as st

from game.core import collide, ports
from game.core import commands as c
from game.core.events import Asked, OrderMoved
from game.core.ids import Address, OfferHash, OrderId, Wei
from game.core.ports import Line
from game.core.rules.orders import CLOSED_STATES
from game.core.step import step
from game.core.world import World
from tests.core.small import HAT, world_at
from tests.core.test_hands import good_ids, news, wishes

ORDERS = 3


def order_ids(world: World) -> list[OrderId]:
    return [*world.orders, OrderId("order_of_yesterday")]


class Late:
    """A command or update about one of the orders that exist when its turn comes."""

    def __init__(self, kind: str, which: int, state: str) -> None:
        self.kind, self.which, self.state = kind, which, state

    def __repr__(self) -> str:
        return f"{self.kind}({self.which}, {self.state})"

    def inputs(self, world: World) -> tuple[list[c.Command], list[ports.Update]]:
        ids = order_ids(world)
        order_id = ids[self.which % len(ids)]
        lines = (Line(good_id=HAT, quantity=1),)
        match self.kind:
            case "confirm":
                return [c.Confirm(order_id=order_id)], []
            case "decline":
                return [c.Decline(order_id=order_id)], []
            case "quoted":
                quoted = ports.Quoted(
                    order_id=order_id,
                    lines=lines,
                    price_wei=Wei(5),
                    gas_wei=Wei(1),
                    shares=(),
                    balance_after_wei=Wei(0),
                )
                return [], [quoted]
            case _:
                return [], [ports.OrderUpdate(order_id=order_id, state=self.state, lines=lines)]


STATES = ["draft", "signed", "sent", "included", "final", "unknown", "refused", "reverted", "dropped", "replaced"]
late = st.builds(
    Late, st.sampled_from(["confirm", "decline", "quoted", "moved"]), st.integers(0, ORDERS), st.sampled_from(STATES)
)
offers = st.sampled_from([OfferHash("0x1"), OfferHash("0x2")])
more_wishes = st.one_of(
    wishes,
    st.builds(c.OfferForSale, good=good_ids, unit_price_wei=st.integers(-1, 10).map(Wei)),
    st.builds(c.Withdraw, offer=offers),
    st.builds(c.Turn, yaw_rad=st.floats(), pitch_rad=st.floats(), zoom=st.floats()),
    st.builds(c.Look, yaw_rad=st.floats(), pitch_rad=st.floats()),
    st.builds(c.Move, ahead=st.floats(), aside=st.floats(), run=st.booleans()),
    st.builds(c.MoveGhost, yaw_rad=st.floats(), away_m=st.floats()),
)
more_news = st.one_of(
    news,
    st.builds(ports.Progress, step=st.sampled_from(["starting", "deploying"])),
    st.builds(ports.Down, reason=st.just("node_unreachable")),
    st.builds(
        ports.Listed,
        request_id=st.just("r"),
        offer=offers,
        good_id=good_ids,
        quantity=st.just(1),
        unit_price_wei=st.just(Wei(5)),
    ),
    st.builds(ports.Delisted, request_id=st.just("r"), offer=offers, good_id=good_ids),
    st.builds(ports.Refused, request_id=st.just("r"), reason=st.just("sold_out")),
    st.builds(
        ports.Share, role=st.just("seller"), to=st.just(Address("0x1")), wei=st.just(Wei(1))
    ).map(lambda share: ports.OrderUpdate(order_id=OrderId("other"), state="final", shares=(share,))),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(late, st.tuples(more_wishes, st.none() | more_news)), max_size=40))
def test_anything_at_any_time_leaves_a_sound_world(session: list[Late | tuple[c.Command, ports.Update | None]]) -> None:
    world = world_at()
    paid: list[OrderId] = []
    closed: list[OrderId] = []
    for entry in session:
        if isinstance(entry, Late):
            commands, updates = entry.inputs(world)
        else:
            commands, updates = [entry[0]], [entry[1]] if entry[1] is not None else []
        for event in step(world, commands, updates):
            if isinstance(event, Asked) and isinstance(event.request, ports.Confirm):
                paid.append(event.request.order_id)
            if isinstance(event, OrderMoved) and event.state in CLOSED_STATES:
                closed.append(event.order_id)
        body = world.body
        assert all(map(isfinite, (*body.pos_m, *body.vel_mps, body.yaw_rad, body.pitch_rad)))
        solids = collide.solids_of(world.place).all[: len(world.place.colliders)]
        assert collide.is_free(solids, *body.pos_m)
        assert all(quantity > 0 for quantity in world.basket.values())
        assert all(quantity > 0 for quantity in world.owned.values())
        drafted = [o for o in world.orders.values() if o.from_basket and o.state not in CLOSED_STATES]
        assert len(drafted) <= 1
        if world.ghost is not None:
            assert all(map(isfinite, (*world.ghost.pos_m, world.ghost.yaw_rad)))
    assert len(set(paid)) == len(paid)  # no order is ever paid twice
    assert len(set(closed)) == len(closed)  # nor ended twice
    assert world.tick == len(session)
