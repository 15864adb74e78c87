"""What every market promises to hosts and visitors: the fake one and two real nodes pass the same tests."""


import msgspec

from game.core.ids import GoodId, RoomToken
from game.core.ports import Cancel, Delisted, GoodTerms, Line, Listed, OrderUpdate, Quoted, Refused
from game.core.room_ports import HOME, Display, Earned, Published, PublishRoom, RoomAdmitted, UnpublishRoom
from tests.chain.bazaar import CATALOGUE, COIN_WEI, HAT, Bazaar, new_id
from tests.chain.making import (
    account,
    admit,
    ask_to_admit,
    bundle_of,
    desk,
    home_of,
    made_by,
    offer_stock,
    on_display,
    place_name,
    publish,
    purse,
    shares,
    sign,
    stock,
    versions,
)


def test_a_room_is_published_in_versions_and_taken_back(bazaar: Bazaar) -> None:
    host = bazaar.second
    room = home_of(host)
    shown = on_display(host, made_by(host))
    before = len(versions(host, room).versions)
    one = publish(host, shown, title="one")
    assert (one.room, one.version, one.bundle_sha256) == (room, before + 1, bundle_of(shown, title="one"))
    assert one.gas_wei > 0
    same = publish(host, shown, title="one")
    assert (same.version, same.gas_wei) == (one.version, 0), "what is so already is not sent again"
    two = publish(host, shown, title="two")
    assert two.version == one.version + 1
    gone = host.answer(UnpublishRoom(request_id=new_id("publish"), place_id=HOME), (Published, Refused))
    assert isinstance(gone, Published)
    assert (gone.version, gone.bundle_sha256) == (two.version + 1, b"")
    told = versions(bazaar.third, room).versions
    assert [each.version for each in told] == list(range(gone.version, 0, -1))
    assert [each.bundle_sha256 for each in told[:3]] == [b"", two.bundle_sha256, one.bundle_sha256]
    assert [each.tx_hash for each in told[:3]] == [gone.tx_hash, two.tx_hash, one.tx_hash]
    assert all(each.at_secs > 1_600_000_000 for each in told)


def test_a_bundle_with_a_forged_offer_is_not_published(bazaar: Bazaar) -> None:
    host, maker = bazaar.second, bazaar.first
    good, other = made_by(maker), made_by(maker)
    stolen = Display(terms=other, offers=(sign(maker, good).signed,))
    request = PublishRoom(
        request_id=new_id("publish"), place_id=HOME, bundle_sha256=b"\7" * 32, displays=(stolen,)
    )
    refused = host.answer(request, (Published, Refused))
    assert isinstance(refused, Refused)
    assert refused.reason == "offer_invalid"


def test_who_shows_another_makers_good_is_paid_when_a_visitor_buys_it_there(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    good = made_by(maker, coins=40, share=2000)
    shown = on_display(maker, good)
    room = home_of(host)
    publish(host, shown, title="paid")
    admitted = admit(visitor, room, shown, title="paid")
    assert (admitted.state, admitted.owner, admitted.pays_room, admitted.rejected) == (
        "current", account(host), True, (),
    )  # fmt: skip
    for player in (maker, host):
        purse(player)
        player.listen()
    marks = [len(player.heard) for player in (maker, host)]
    done = visitor.buy(Line(good_id=good.good_id, quantity=2, place_id=place_name(room)))
    assert done.state == "final", done
    assert shares(done) == {
        ("seller", account(maker)): 64 * COIN_WEI, ("room", account(host)): 16 * COIN_WEI,
    }  # fmt: skip
    visitor.wait("the goods", lambda: visitor.owned(good.good_id) == 2)
    assert bazaar.owned_good(account(visitor), good) == 2
    for player, mark, role, wei in ((maker, marks[0], "seller", 64), (host, marks[1], "room", 16)):
        player.wait("the news", lambda player=player, mark=mark: any(
            isinstance(update, Earned) and update.credits for update in player.heard[mark:]
        ))  # fmt: skip
        [credit] = [
            credit for update in player.heard[mark:] if isinstance(update, Earned) for credit in update.credits
        ]  # fmt: skip
        assert (credit.role, credit.wei, credit.quantity) == (role, wei * COIN_WEI, 2)
        assert (credit.buyer, credit.tx_hash, credit.block) == (account(visitor), done.tx_hash, done.block)
        assert credit.at_secs > 1_600_000_000
        assert purse(player).credits[0] == credit
        assert purse(player).withdrawable_wei == sum(each.wei for each in purse(player).credits) - sum(
            payout.wei for payout in purse(player).payouts
        )
    seen_by_maker = purse(maker).credits[0]
    assert (seen_by_maker.good_id, seen_by_maker.place_id) == (good.good_id, place_name(room))
    assert purse(host).credits[0].place_id == HOME
    maker.wait("the stock", lambda: stock(maker, good.good_id).left == 8)
    visitor.wait("the stock", lambda: stock(visitor, good.good_id).left == 8)


def test_in_their_own_room_a_host_buys_too_and_gets_the_share_back(bazaar: Bazaar) -> None:
    maker, host, _ = bazaar.players
    good = made_by(maker, coins=10, share=1000)
    shown = on_display(maker, good)
    room = home_of(host)
    publish(host, shown, title="own")
    assert admit(host, room, shown, title="own", own=True).state == "current"
    done = host.buy(Line(good_id=good.good_id, quantity=1, place_id=HOME))
    assert shares(done)["room", account(host)] == COIN_WEI


def test_a_street_good_can_be_shown_in_a_players_room(bazaar: Bazaar) -> None:
    _, host, visitor = bazaar.players
    hat = Display(terms=next(good for good in CATALOGUE.goods if good.good_id == HAT))
    room = home_of(host)
    publish(host, hat, title="hat")
    assert admit(visitor, room, hat, title="hat").rejected == ()
    done = visitor.buy(Line(good_id=HAT, quantity=1, place_id=place_name(room)))
    assert shares(done)["room", account(host)] == 12 * COIN_WEI // 10
    other = Display(terms=msgspec.structs.replace(hat.terms, manifest=b"{}"))
    [rejected] = admit(visitor, room, other).rejected
    assert rejected.good_id == HAT


def test_the_state_of_a_rooms_copy_follows_its_publications(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    good = made_by(maker)
    shown = on_display(maker, good)
    room = home_of(host)
    publish(host, shown, title="first")
    assert admit(visitor, room, shown, title="first").state == "current"
    old = admit(visitor, room, shown, title="an older one")
    assert (old.state, old.pays_room) == ("outdated", True), "what it shows is still on display there"
    admit(visitor, room, shown, title="first")

    def last_state() -> tuple[str, bool]:
        visitor.listen()
        told = [update for update in visitor.heard if isinstance(update, RoomAdmitted) and update.room == room]
        return told[-1].state, told[-1].pays_room

    publish(host, title="nothing on display any more")
    visitor.wait("an outdated room", lambda: last_state() == ("outdated", False))
    done = visitor.buy(Line(good_id=good.good_id, quantity=1, place_id=place_name(room)))
    assert set(shares(done)) == {("seller", account(maker))}, "the good can be had, the room has no share"
    host.answer(UnpublishRoom(request_id=new_id("publish"), place_id=HOME), (Published, Refused))
    visitor.wait("an unpublished room", lambda: last_state() == ("unpublished", False))


def test_a_room_that_the_chain_does_not_know_is_foreign(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    shown = on_display(maker, made_by(maker))
    admitted = admit(visitor, RoomToken(2**255 + 12345), shown)
    assert (admitted.state, admitted.pays_room, admitted.version) == ("foreign", False, 0)


def test_a_room_cannot_take_another_places_name(bazaar: Bazaar) -> None:
    visitor = bazaar.third
    refused = ask_to_admit(visitor, home_of(bazaar.second), own=True)
    assert isinstance(refused, Refused)
    assert refused.reason == "room_unknown"


def test_what_is_forged_in_a_bundle_is_named_and_cannot_be_bought(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    room = home_of(host)
    good, other, third = made_by(maker), made_by(maker), made_by(maker)
    genuine = sign(maker, good).signed
    renamed = msgspec.structs.replace(other, good_id=GoodId("g" + "b" * 26))
    displays = (
        Display(terms=good, offers=(genuine, b"{}", b"", b"\xff" * 20_000, genuine.replace(b"1", b"2"))),
        Display(terms=renamed, offers=(sign(maker, other).signed,)),
        Display(terms=third, offers=(genuine,)),
    )
    admitted = admit(visitor, room, *displays)
    assert [each.good_id for each in admitted.rejected] == [good.good_id] * 4 + [renamed.good_id, third.good_id]
    assert isinstance(visitor.quote(Line(good_id=good.good_id, quantity=1, place_id=place_name(room))), Quoted)
    for bad in (renamed.good_id, third.good_id):
        refused = visitor.quote(Line(good_id=bad, quantity=1, place_id=place_name(room)))
        assert isinstance(refused, OrderUpdate)
        assert refused.reason == "offer_unknown"
    elsewhere = visitor.quote(Line(good_id=HAT, quantity=1, place_id=place_name(room)))
    assert isinstance(elsewhere, OrderUpdate)
    assert elsewhere.reason == "not_on_display"


def test_a_resale_leaves_its_stand_wherever_it_is_shown_when_it_is_sold(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    good = made_by(maker, coins=10, edition=1)
    shown = on_display(maker, good)
    admit(host, RoomToken(12), shown)
    assert host.buy(Line(good_id=good.good_id, quantity=1)).state == "final"
    host.wait("the good", lambda: host.owned(good.good_id) == 1)
    listed = host.sell(good.good_id, 50, share=1000)
    assert isinstance(listed, Listed)
    assert listed.room_share_bps == 1000
    stand = Display(terms=good, offers=(listed.signed,))
    room = home_of(host)
    publish(host, stand, title="resale")
    for player in (maker, visitor):
        assert admit(player, room, stand, title="resale").rejected == ()
        player.wait("an open stand", lambda player=player: (
            (told := offer_stock(player, listed.offer)) is not None and (told.state, told.left) == ("open", 1)
        ))  # fmt: skip
    line = Line(good_id=good.good_id, quantity=1, place_id=place_name(room), offer=listed.offer)
    done = visitor.buy(line)
    assert shares(done) == {
        ("seller", account(host)): 50 * COIN_WEI * 85 // 100, ("creator", account(maker)): 50 * COIN_WEI * 5 // 100,
        ("room", account(host)): 50 * COIN_WEI // 10,
    }  # fmt: skip
    for player in (maker, visitor):
        player.wait("an empty stand", lambda player=player: (
            (told := offer_stock(player, listed.offer)) is not None and told.state == "sold_out"
        ))  # fmt: skip
    late = maker.quote(line)
    assert isinstance(late, OrderUpdate)
    assert (late.reason, late.money_moved) == ("sold_out", False)
    host.wait("the offer to be closed", lambda: any(
        isinstance(update, Delisted) and update.offer == listed.offer for update in host.heard
    ))  # fmt: skip


def test_every_copy_of_a_room_tells_of_a_sale_and_of_an_offer_taken_back_with_the_very_block(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    last, taken_back = made_by(maker, coins=10, edition=1), made_by(maker, coins=11)
    shown = [on_display(maker, last), on_display(maker, taken_back)]
    rooms: dict[str, RoomToken] = {}
    owns: dict[int, RoomToken] = {}
    for player, title in ((maker, "one copy"), (host, "another copy")):
        rooms[title] = owns[id(player)] = home_of(player)
        publish(player, *shown, title=title)
    lookers = (maker, host, visitor)
    for player in lookers:
        for title, room in rooms.items():
            assert admit(player, room, *shown, title=title, own=room == owns.get(id(player))).rejected == ()
        for good in (last, taken_back):
            player.wait("an open offer", lambda player=player, good=good: stock(player, good.good_id).state == "open")

    def told_by_all(good: GoodTerms, state: str) -> None:
        for player in lookers:
            player.wait(f"{state} with all", lambda player=player: stock(player, good.good_id).state == state)
            assert stock(player, good.good_id).left == 0

    done = visitor.buy(Line(good_id=last.good_id, quantity=1, place_id=place_name(rooms["another copy"])))
    assert done.state == "final"
    told_by_all(last, "sold_out")
    assert bazaar.head() == done.block, "no block came after that of the sale"
    assert stock(host, taken_back.good_id).state == "open"
    own = next(offer for offer in desk(maker).offers if offer.good_id == taken_back.good_id)
    before = bazaar.head()
    closed = maker.answer(Cancel(request_id=new_id("cancel"), offer=own.offer), (Delisted, Refused))
    assert isinstance(closed, Delisted)
    told_by_all(taken_back, "cancelled")
    assert bazaar.head() == before + 1, "no block came after that of the cancellation"
