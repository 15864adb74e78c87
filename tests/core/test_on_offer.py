"""Buying in players' rooms: a resale leaves its stand when it is sold, and what is only shown is not for sale."""

import msgspec
import pytest

from game.core import commands as c
from game.core import ports, trade
from game.core.events import Asked, BasketChanged, Declined, PlaceChanged
from game.core.ids import Address, OfferHash, PlaceId, RoomToken, StandId, Wei
from game.core.room_ports import OfferStock, RoomAdmitted
from game.core.rooms import MAKERS_OFFER, Item, new_room
from game.core.rules import on_offer
from game.core.step import step
from game.core.world import World, new_world
from tests.core.small import CAP, GOODS, HAT, STREET, VASE, ready, stock, street
from tests.core.small_rooms import KIT, TEMPLATES, item, studio

ROOM = PlaceId("r0123456789abcdef0123")
OFFER = OfferHash("0x" + "ab" * 32)
ON_SALE, RESOLD, SHOWN = StandId("i1"), StandId("i2"), StandId("i3")


def offer_stock(left: int = 1, state: str = "open", wei: int = 7) -> OfferStock:
    return OfferStock(offer=OFFER, good_id=CAP, left=left, unit_price_wei=Wei(wei), state=state)


def items() -> tuple[Item, ...]:
    return (
        msgspec.structs.replace(item(1, HAT, (0.0, 2.0)), offer=MAKERS_OFFER),
        msgspec.structs.replace(item(2, CAP, (1.0, 2.0)), offer=OFFER),
        item(3, VASE, (-1.0, 2.0)),
    )


def visiting(*, checked: bool = True, told: bool = True) -> World:
    """A world whose player stands in somebody's room."""
    world = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    room = msgspec.structs.replace(new_room(studio(), name="Hers", room_id=ROOM), items=items())
    step(world, [c.Admit(room=room), c.Travel(place=ROOM)], [ready(), stock(HAT, 3), stock(CAP, 3), stock(VASE, 3)])
    assert world.place_id == ROOM
    if checked:
        step(world, [], [RoomAdmitted(place_id=ROOM, room=RoomToken(5), state="current", owner=Address("0x1"),
                                      pays_room=True)])  # fmt: skip
    if told:
        step(world, [], [offer_stock()])
    return world


def put_in(world: World, stand: StandId) -> list[str]:
    """Pick up what is on a stand and put it into the basket; the reasons why not."""
    good = next(each.good for each in world.place.stands if each.id == stand)
    happened = step(world, [c.AddToBasket(good=good)])
    assert any(isinstance(event, BasketChanged | Declined) for event in happened)
    return [event.reason for event in happened if isinstance(event, Declined)]


def lines(world: World) -> tuple[ports.Line, ...]:
    [quote] = [event.request for event in step(world, [c.Checkout()]) if isinstance(event, Asked)]
    assert isinstance(quote, ports.Quote)
    return quote.lines


def test_a_makers_good_is_bought_in_the_room_and_a_resale_on_its_own_offer() -> None:
    world = visiting()
    assert put_in(world, ON_SALE) == []
    assert put_in(world, RESOLD) == []
    assert lines(world) == (
        ports.Line(good_id=HAT, quantity=1, place_id=ROOM),
        ports.Line(good_id=CAP, quantity=1, place_id=ROOM, offer=OFFER),
    )


def test_a_resale_has_its_own_price_and_number() -> None:
    world = visiting()
    assert on_offer.price_wei(world, CAP) == 7
    assert on_offer.units_left(world, CAP) == 1
    assert on_offer.price_wei(world, HAT) != 7
    assert put_in(world, RESOLD) == []
    assert put_in(world, RESOLD) == ["no_more_left"], "the maker has more, this seller has not"
    step(world, [c.Travel(place=STREET)])
    assert on_offer.price_wei(world, CAP) == 7, "what is in the basket keeps its price elsewhere"
    step(world, [c.RemoveFromBasket(good=CAP)])
    assert world.found_offer == {}
    assert on_offer.price_wei(world, CAP) != 7


def test_what_is_only_shown_is_not_for_sale() -> None:
    world = visiting()
    assert put_in(world, SHOWN) == ["not_for_sale"]
    assert world.basket == {}


@pytest.mark.parametrize("state", ["sold_out", "cancelled", "expired"])
def test_a_resale_that_is_closed_leaves_its_stand_and_comes_back_with_its_offer(state: str) -> None:
    world = visiting()
    happened = step(world, [], [offer_stock(0, state)])
    assert PlaceChanged(place=ROOM) in happened
    assert [stand.id for stand in world.place.stands] == [ON_SALE, SHOWN]
    another = "expired" if state == "cancelled" else "cancelled"
    assert PlaceChanged(place=ROOM) not in step(world, [], [offer_stock(0, another)])
    assert PlaceChanged(place=ROOM) in step(world, [], [offer_stock()])
    assert [stand.id for stand in world.place.stands] == [ON_SALE, RESOLD, SHOWN]


def test_a_room_that_is_let_in_later_has_no_stand_for_what_is_sold_already() -> None:
    world = visiting()
    step(world, [c.Travel(place=STREET)], [offer_stock(0, "sold_out")])
    room = msgspec.structs.replace(world.rooms[ROOM], id=PlaceId("r00000000000000000001"))
    step(world, [c.Admit(room=room)])
    assert [stand.id for stand in world.places[room.id].stands] == [ON_SALE, SHOWN]


def test_a_makers_offer_that_is_closed_leaves_the_good_where_it_stands() -> None:
    world = visiting()
    step(world, [], [msgspec.structs.replace(stock(HAT, 0), state="cancelled")])
    assert [stand.id for stand in world.place.stands] == [ON_SALE, RESOLD, SHOWN]
    assert put_in(world, ON_SALE) == ["sold_out"]


def test_nothing_is_bought_before_the_market_has_looked_at_the_room() -> None:
    world = visiting(checked=False, told=False)
    assert put_in(world, ON_SALE) == ["room_unchecked"]
    assert put_in(world, RESOLD) == ["room_unchecked"]
    assert put_in(world, SHOWN) == ["not_for_sale"]


def test_nobody_puts_their_own_resale_into_the_basket() -> None:
    world = visiting()
    listed = ports.Listed(request_id="sell", offer=OFFER, good_id=CAP, quantity=1, unit_price_wei=Wei(7))
    step(world, [], [listed])
    assert put_in(world, RESOLD) == ["own_offer"]


def test_the_own_home_can_be_shopped_in_before_it_is_published() -> None:
    world = visiting()
    home = msgspec.structs.replace(world.rooms[ROOM], id=trade.HOME)
    step(world, [c.Admit(room=home), c.Travel(place=trade.HOME)])
    assert put_in(world, ON_SALE) == []
    assert lines(world) == (ports.Line(good_id=HAT, quantity=1),), "and then no room is paid"
