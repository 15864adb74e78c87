"""Goods on display in one's home: those of other makers, and own ones on a stand with a price."""

import msgspec
import pytest

from game.core import building as b
from game.core import commands as c
from game.core import ports
from game.core.events import Asked, Built, Declined, Event, ShownAtHome
from game.core.fitting import fit
from game.core.ids import HOME, GoodId, OfferHash, PieceId, Wei
from game.core.rooms import MAKERS_OFFER, Item, Surface
from game.core.rules.building import layout_of
from game.core.rules.on_offer import price_wei
from game.core.rules.showing import share_wei
from game.core.step import step
from game.core.trade import OfferOnStand, ShowInRoom
from game.core.world import World, new_world
from tests.core.small import CHAIR, GOODS, HAT, PRINT, SHOP, STREET, VASE, ready, shop, stock, street
from tests.core.small_home import home, home_world
from tests.core.small_rooms import KIT, TABLE, TEMPLATES, item

OFFER = OfferHash("0x" + "ab" * 32)


def away(*items: Item) -> World:
    """A player who has a home, and stands elsewhere with an open market."""
    world = home_world(*items, build=False)
    world.places[SHOP] = shop()
    step(world, [c.Travel(place=SHOP)], [ready(), *(stock(good, 3) for good in GOODS)])
    return world


def reasons(happened: list[Event]) -> list[str]:
    return [event.reason for event in happened if isinstance(event, Declined)]


@pytest.mark.parametrize("good", [HAT, CHAIR, PRINT, VASE])
def test_a_good_that_was_seen_stands_at_home_where_it_fits_and_is_its_makers_to_sell(good: GoodId) -> None:
    world = away(item(1, TABLE, (0.0, 0.0)))
    happened = step(world, [ShowInRoom(good=good)])
    [shown] = [event for event in happened if isinstance(event, ShownAtHome)]
    placed = next(thing for thing in home(world).items if thing.id == shown.item)
    assert (placed.good, placed.offer) == (good, MAKERS_OFFER)
    assert any(isinstance(event, Built) for event in happened), "it is kept like any stroke"
    rest = msgspec.structs.replace(home(world), items=tuple(i for i in home(world).items if i.id != placed.id))
    assert fit(layout_of(world, rest), (placed,)).kind == "fits"
    assert [stand.good for stand in world.places[HOME].stands] == [good]


def test_small_things_go_on_furniture_and_pictures_on_walls() -> None:
    world = away(item(1, TABLE, (0.0, 0.0)))
    for good in (VASE, PRINT):
        assert reasons(step(world, [ShowInRoom(good=good)])) == []
    vase, picture = home(world).items[-2:]
    assert vase.on == "i1"
    assert picture.at_m[2] > 1.0


def test_of_all_furniture_the_handiest_is_chosen_and_a_rug_is_none() -> None:
    rug = msgspec.structs.replace(KIT[TABLE], id=PieceId("rug"), size_m=(1.2, 0.8, 0.01), solid=False,
                                  surfaces=(Surface(at_m=(0.0, 0.0, 0.01), size_m=(1.2, 0.8)),))  # fmt: skip
    world = home_world(item(1, TABLE, (0.0, 0.0)), build=False)
    world.kit[rug.id] = rug
    room = msgspec.structs.replace(home(world), items=(item(2, rug.id, (-2.0, 1.0)), *home(world).items), next_item=3)
    step(world, [c.Admit(room=room, next_item=3), ShowInRoom(good=VASE)], [ready(), stock(VASE, 3)])
    assert home(world).items[-1].on == "i1"


def test_a_good_is_shown_once_and_none_that_is_gone() -> None:
    world = away()
    step(world, [ShowInRoom(good=HAT)])
    assert reasons(step(world, [ShowInRoom(good=HAT)])) == ["shown_already"]
    step(world, [], [stock(VASE, 0)])
    assert reasons(step(world, [ShowInRoom(good=VASE)])) == ["sold_out"]
    assert reasons(step(world, [ShowInRoom(good=GoodId("moon"))])) == ["good_unknown"]
    assert len(home(world).items) == 1


def test_without_a_home_or_a_good_at_hand_nothing_is_shown() -> None:
    world = new_world({STREET: street()}, dict(GOODS), start=STREET, seed=1, kit=KIT, templates=TEMPLATES)
    assert reasons(step(world, [ShowInRoom(good=HAT)])) == ["no_home_yet"]
    assert reasons(step(world, [ShowInRoom()])) == ["nothing_there"]


def test_a_home_without_a_free_spot_says_so() -> None:
    world = away()
    wide = msgspec.structs.replace(GOODS[CHAIR], size_m=(20.0, 20.0, 1.0))
    world.goods[CHAIR] = wide
    assert reasons(step(world, [ShowInRoom(good=CHAIR)])) == ["no_room_left"]


def test_showing_can_be_taken_back_at_home() -> None:
    world = away()
    step(world, [ShowInRoom(good=HAT)])
    step(world, [c.Travel(place=HOME)])
    step(world, [b.StartBuilding()])
    step(world, [b.Undo()])
    assert home(world).items == ()


def test_the_share_is_the_open_offers() -> None:
    world = away()
    step(world, [], [msgspec.structs.replace(stock(HAT, 3), unit_price_wei=Wei(1000), room_share_bps=1500)])
    assert share_wei(world, HAT) == (1500, 150)


def offered(world: World) -> ports.Sell:
    happened = step(world, [OfferOnStand(item=home(world).items[0].id, unit_price_wei=Wei(9), room_share_bps=500)])
    [request] = [event.request for event in happened if isinstance(event, Asked)]
    assert isinstance(request, ports.Sell)
    return request


def at_home() -> World:
    world = home_world(item(1, VASE, (0.0, 2.0)), owned={VASE: 1}, build=False)
    step(world, [], [ready()])
    return world


def listed(request: ports.Sell) -> ports.Listed:
    return ports.Listed(request_id=request.request_id, offer=OFFER, good_id=VASE, quantity=1, unit_price_wei=Wei(9))


def test_an_own_good_on_a_stand_names_its_offer_once_it_is_signed() -> None:
    world = at_home()
    request = offered(world)
    assert (request.good_id, request.quantity, request.unit_price_wei, request.room_share_bps) == (VASE, 1, 9, 500)
    assert home(world).items[0].offer == ""
    assert any(isinstance(event, Built) for event in step(world, [], [listed(request)]))
    assert home(world).items[0].offer == OFFER
    assert price_wei(world, VASE) == 9
    again = step(world, [OfferOnStand(item=home(world).items[0].id, unit_price_wei=Wei(9))])
    assert reasons(again) == ["not_on_a_stand"]


def test_what_is_sold_leaves_the_stand_and_what_is_taken_back_stays_to_be_looked_at() -> None:
    for taken_back in (False, True):
        world = at_home()
        request = offered(world)
        step(world, [], [listed(request)])
        closed = "cancel_1" if taken_back else request.request_id
        step(world, [], [ports.Delisted(request_id=closed, offer=OFFER, good_id=VASE)])
        stands = [stand.good for stand in world.place.stands]
        assert stands == ([VASE] if taken_back else [])
        if taken_back:
            assert home(world).items[0].offer == ""
            assert OFFER not in world.trade.offers
        else:
            assert world.trade.offers[OFFER].state == "sold_out"


def test_an_offer_that_stands_since_before_has_its_price_at_the_stand_that_names_it() -> None:
    before = home_world(item(1, VASE, (0.0, 2.0)), owned={VASE: 1}, build=False)
    room = msgspec.structs.replace(home(before), items=(msgspec.structs.replace(home(before).items[0], offer=OFFER),))
    for shown in (room, home(before)):
        world = home_world(*shown.items, owned={VASE: 1}, build=False)
        old = ports.Sell(request_id="old", good_id=VASE, quantity=1, unit_price_wei=Wei(9))
        step(world, [], [ready(), listed(old)])
        assert (OFFER in world.trade.offers) is (shown is room)


def test_a_refused_offer_leaves_the_stand_without_a_price() -> None:
    world = at_home()
    request = offered(world)
    step(world, [], [ports.Refused(request_id=request.request_id, reason="not_owned")])
    step(world, [], [listed(request)])
    assert home(world).items[0].offer == ""


def test_a_unit_is_not_offered_twice_and_nothing_for_nothing() -> None:
    world = at_home()
    stand = home(world).items[0].id
    assert reasons(step(world, [OfferOnStand(item=stand, unit_price_wei=Wei(0))])) == ["price_zero"]
    offered(world)
    assert reasons(step(world, [OfferOnStand(item=stand, unit_price_wei=Wei(9))])) == ["all_listed"]
