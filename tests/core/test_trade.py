"""The player as maker and host: what the world asks of the market, and what it makes of the answers."""

from msgspec import structs

from game.core import commands as c
from game.core import ports, room_ports, trade
from game.core.events import (
    Asked,
    CreditsWithdrawn,
    Declined,
    Earned,
    Event,
    HomeOpened,
    OfferChanged,
    OfferClosed,
    OfferReady,
    OffersVoided,
    RoomChecked,
    RoomPublished,
    TradeRead,
)
from game.core.ids import HOME, Address, GoodId, MakerId, OfferHash, PlaceId, RoomToken, TokenId, Wei
from game.core.replay import digest
from game.core.rules import trade as rules
from game.core.step import step
from game.core.world import World
from tests.core.small import SHOP, ready, world_at

ME = Address("0x" + "Ab" * 20)
MUG = GoodId("gmug")
OFFER = OfferHash("0x" + "11" * 32)
ROOM = RoomToken(2**255 + 7)
TERMS = ports.GoodTerms(
    good_id=MUG, maker=MakerId(ME), manifest=b"{}", edition=5, royalty_bps=500, price_wei=Wei(10**16),
    room_share_bps=1000,
)  # fmt: skip
CREDIT = room_ports.Credit(
    role="room", wei=Wei(7), quantity=1, buyer=ME, block=3, tx_hash="0x1", token_id=TokenId(9), good_id=MUG
)


def open_world() -> World:
    world = world_at()
    step(world, [], [ready()])
    return world


def asked(found: list[Event]) -> list[ports.Request]:
    return [event.request for event in found if isinstance(event, Asked)]


def reasons(found: list[Event]) -> list[str]:
    return [event.reason for event in found if isinstance(event, Declined)]


def signed(request_id: str = "", offer: OfferHash = OFFER) -> room_ports.OfferSigned:
    return room_ports.OfferSigned(
        request_id=request_id, good_id=MUG, token_id=TokenId(9), offer=offer, signed=b"{}", quantity=5,
        price_wei=Wei(10**16), end_price_wei=Wei(10**16), room_share_bps=1000,
    )  # fmt: skip


def test_an_offer_is_signed_once_and_stands_when_the_market_says_so() -> None:
    world = open_world()
    [request] = asked(step(world, [trade.SignOffer(terms=TERMS, expiry_secs=9)]))
    assert isinstance(request, room_ports.SignOffer)
    assert (request.terms, request.expiry_secs) == (TERMS, 9)
    again = step(world, [trade.SignOffer(terms=TERMS)])
    assert (asked(again), reasons(again)) == ([], ["still_under_way"])
    assert world.trade.signed == {}
    answer = signed(request.request_id)
    assert OfferReady(signed=answer) in step(world, [], [answer])
    assert world.trade.signed == {MUG: answer}
    assert len(asked(step(world, [trade.SignOffer(terms=TERMS)]))) == 1


def test_offers_of_earlier_sessions_are_told_as_such() -> None:
    world = open_world()
    assert OfferReady(signed=signed(), restored=True) in step(world, [], [signed()])


def test_nothing_is_signed_for_no_price_or_in_a_closed_market() -> None:
    free = structs.replace(TERMS, price_wei=Wei(0))
    assert reasons(step(open_world(), [trade.SignOffer(terms=free)])) == ["price_zero"]
    assert reasons(step(world_at(), [trade.SignOffer(terms=TERMS)])) == ["market_opening"]


def test_a_price_is_changed_once_at_a_time_of_each_good() -> None:
    world = open_world()
    assert reasons(step(world, [trade.Reprice(good=MUG, price_wei=Wei(0))])) == ["price_zero"]
    [request] = asked(step(world, [trade.Reprice(good=MUG, price_wei=Wei(5))]))
    assert isinstance(request, room_ports.Reprice)
    assert (request.good_id, request.price_wei) == (MUG, 5)
    assert reasons(step(world, [trade.Reprice(good=MUG, price_wei=Wei(6))])) == ["still_under_way"]
    assert reasons(step(world, [trade.SignOffer(terms=TERMS)])) == ["still_under_way"]
    step(world, [], [signed(request.request_id)])
    assert len(asked(step(world, [trade.Reprice(good=MUG, price_wei=Wei(6))]))) == 1


def test_a_refused_request_is_no_longer_under_way() -> None:
    world = open_world()
    [request] = asked(step(world, [trade.SignOffer(terms=TERMS)]))
    assert world.trade.waits_for(room_ports.SignOffer)
    refused = ports.Refused(request_id=request.request_id, reason="terms_out_of_range")  # type: ignore[union-attr]
    assert reasons(step(world, [], [refused])) == ["terms_out_of_range"]
    assert not world.trade.waits_for(room_ports.SignOffer)


def test_own_offers_as_maker_can_be_withdrawn_and_others_can_not() -> None:
    world = open_world()
    step(world, [], [signed()])
    assert reasons(step(world, [c.Withdraw(offer=OfferHash("0x" + "22" * 32))])) == ["offer_unknown"]
    [cancel] = asked(step(world, [c.Withdraw(offer=OFFER)]))
    assert isinstance(cancel, ports.Cancel)
    closed = ports.Delisted(request_id=cancel.request_id, offer=OFFER, good_id=MUG)
    assert OfferClosed(delisted=closed) in step(world, [], [closed])
    assert world.trade.signed == {}
    assert step(world, [], [closed]) == []


def test_all_offers_are_voided_at_once() -> None:
    world = open_world()
    step(world, [], [signed()])
    [request] = asked(step(world, [trade.CancelAll()]))
    assert reasons(step(world, [trade.CancelAll()])) == ["still_under_way"]
    assert isinstance(request, room_ports.CancelAll)
    done = room_ports.AllCancelled(request_id=request.request_id, offers=(OFFER,), gas_wei=Wei(1))
    assert OffersVoided(cancelled=done) in step(world, [], [done])
    assert world.trade.signed == {}


def test_a_room_is_published_and_taken_back_one_request_at_a_time() -> None:
    world = open_world()
    publish = trade.PublishRoom(place=HOME, bundle_sha256=b"\1" * 32, displays=(room_ports.Display(terms=TERMS),))
    [request] = asked(step(world, [publish]))
    assert isinstance(request, room_ports.PublishRoom)
    assert (request.place_id, request.bundle_sha256) == (HOME, b"\1" * 32)
    assert reasons(step(world, [trade.UnpublishRoom(place=HOME)])) == ["still_under_way"]
    done = room_ports.Published(
        request_id=request.request_id, place_id=HOME, room=ROOM, bundle_sha256=b"\1" * 32, version=1,
        tx_hash="0x1", block=4, gas_wei=Wei(1),
    )  # fmt: skip
    assert RoomPublished(published=done) in step(world, [], [done])
    assert world.trade.published[HOME] == done
    assert isinstance(asked(step(world, [trade.UnpublishRoom(place=HOME)]))[0], room_ports.UnpublishRoom)


def test_a_visited_room_is_checked_even_before_the_market_is_open() -> None:
    world = world_at()
    place = PlaceId("r0123")
    [request] = asked(step(world, [trade.AdmitRoom(place=place, room=ROOM, bundle_sha256=b"\2" * 32, displays=())]))
    assert isinstance(request, room_ports.AdmitRoom)
    told = room_ports.RoomAdmitted(
        request_id=request.request_id, place_id=place, room=ROOM, state="current", owner=ME, pays_room=True, version=2
    )
    assert RoomChecked(admitted=told) in step(world, [], [told])
    assert world.trade.rooms[place] == told
    stock = room_ports.OfferStock(offer=OFFER, good_id=MUG, left=0, unit_price_wei=Wei(5), state="sold_out")
    assert OfferChanged(stock=stock) in step(world, [], [stock])
    assert step(world, [], [stock]) == []


def test_credits_are_told_and_withdrawn_in_one_action() -> None:
    world = open_world()
    assert reasons(step(world, [trade.WithdrawCredits()])) == ["nothing_to_withdraw"]
    assert step(world, [], [room_ports.Earned(credits=(CREDIT,), withdrawable_wei=Wei(7))]) == [Earned(credit=CREDIT)]
    [request] = asked(step(world, [trade.WithdrawCredits()]))
    assert reasons(step(world, [trade.WithdrawCredits()])) == ["still_under_way"]
    assert isinstance(request, room_ports.WithdrawCredits)
    done = room_ports.Withdrawn(
        request_id=request.request_id, wei=Wei(7), tx_hash="0x2", block=5, gas_wei=Wei(1)
    )
    assert step(world, [], [done]) == [CreditsWithdrawn(withdrawn=done)]
    assert world.trade.withdrawable_wei == 0


def test_purse_desk_and_versions_are_asked_for_and_kept() -> None:
    world = open_world()
    commands = [trade.ReadPurse(), trade.ReadDesk(), trade.ReadVersions(room=ROOM)]
    assert asked(step(world, commands)) == [
        room_ports.ReadPurse(), room_ports.ReadDesk(), room_ports.ReadVersions(room=ROOM),
    ]  # fmt: skip
    told = [
        room_ports.Credits(withdrawable_wei=Wei(7), credits=(CREDIT,)),
        room_ports.MakersDesk(goods=(), sales=(), rooms=(), offers=()),
        room_ports.Versions(room=ROOM, versions=()),
    ]
    assert step(world, [], told) == [TradeRead(kind=kind) for kind in ("credits", "desk", "versions")]
    assert [world.trade.credits, world.trade.desk, world.trade.versions] == told
    assert len(digest(world)) == 64


def test_the_home_is_opened_at_the_first_visit_when_the_market_is_open() -> None:
    world = world_at()
    world.places[HOME] = structs.replace(world.places[SHOP], id=HOME)
    assert asked(step(world, [c.Travel(place=HOME)])) == []
    [request] = asked(step(world, [], [ready()]))
    assert isinstance(request, room_ports.OpenHome)
    assert asked(step(world, [])) == []
    opened = room_ports.HomeOpened(request_id=request.request_id, room=ROOM, owner=ME)
    assert step(world, [], [opened]) == [HomeOpened()]
    assert world.trade.home == ROOM


def test_a_home_that_is_open_already_is_not_asked_for() -> None:
    world = open_world()
    assert step(world, [], [room_ports.HomeOpened(room=ROOM, owner=ME)]) == []
    world.places[HOME] = structs.replace(world.places[SHOP], id=HOME)
    assert asked(step(world, [c.Travel(place=HOME)])) == []
    assert rules.settle(world) == []


def on_a_chain_of_others() -> World:
    world = world_at()
    step(world, [], [structs.replace(ready(), play_money=False)])
    world.places[trade.HOME] = structs.replace(world.places[SHOP], id=trade.HOME)
    return world


def test_where_opening_a_home_costs_money_it_is_opened_by_publishing_alone() -> None:
    world = on_a_chain_of_others()
    assert asked(step(world, [c.Travel(place=trade.HOME)])) == []
    publish = trade.PublishRoom(place=trade.HOME, bundle_sha256=b"\1" * 32, displays=())
    [opening] = asked(step(world, [publish]))
    assert isinstance(opening, room_ports.OpenHome)
    assert opening.may_pay
    assert reasons(step(world, [publish])) == ["still_under_way"]
    [request] = asked(step(world, [], [room_ports.HomeOpened(request_id=opening.request_id, room=ROOM, owner=ME)]))
    assert isinstance(request, room_ports.PublishRoom)
    assert request.bundle_sha256 == b"\1" * 32


def test_a_home_that_could_not_be_opened_is_not_published_later() -> None:
    world = on_a_chain_of_others()
    publish = trade.PublishRoom(place=trade.HOME, bundle_sha256=b"\1" * 32, displays=())
    [opening] = asked(step(world, [publish]))
    assert isinstance(opening, room_ports.OpenHome)
    step(world, [], [ports.Refused(request_id=opening.request_id, reason="not_enough_money")])
    assert asked(step(world, [], [room_ports.HomeOpened(room=ROOM, owner=ME)])) == []
    assert isinstance(asked(step(world, [publish]))[0], room_ports.PublishRoom)
