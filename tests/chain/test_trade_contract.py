"""What every market promises to makers, hosts and visitors: the fake one and two real nodes pass the same tests."""

from collections.abc import Iterator

import msgspec
import pytest

from game.core.ids import GoodId, OfferHash, RoomToken, Wei
from game.core.ports import Cancel, Delisted, GoodTerms, Line, Listed, OrderUpdate, Quoted, Refused
from game.core.room_ports import (
    HOME,
    AllCancelled,
    CancelAll,
    Display,
    Earned,
    HomeOpened,
    OfferSigned,
    OpenHome,
    Published,
    PublishRoom,
    Reprice,
    RoomAdmitted,
    SignOffer,
    UnpublishRoom,
    Withdrawn,
)
from tests.chain.bazaar import CATALOGUE, COIN_WEI, HAT, NODES, Bazaar, Player, new_id, open_bazaar
from tests.chain.making import (
    account,
    admit,
    ask_to_admit,
    ask_to_sign,
    bundle_of,
    desk,
    home_of,
    made_by,
    offer_stock,
    place_name,
    publish,
    purse,
    shares,
    sign,
    stock,
    versions,
    withdraw,
)


@pytest.fixture(scope="module", params=NODES)
def bazaar(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bazaar]:
    made = open_bazaar(request.param, tmp_path_factory.mktemp(f"trade_{request.param}"), count=3)
    yield made
    made.close()


def balance(player: Player) -> int:
    player.listen()
    assert player.holdings is not None
    return player.holdings.balance_wei


def on_display(player: Player, good: GoodTerms, **more: object) -> Display:
    """A good with its maker's offer, signed just now."""
    return Display(terms=good, offers=(sign(player, good, **more).signed,))


# --- homes and offers ------------------------------------------------------------------------------------------------


def test_a_home_is_opened_once_and_costs_its_player_nothing(bazaar: Bazaar) -> None:
    player = bazaar.first
    before = balance(player)
    room = home_of(player)
    assert home_of(player) == room
    assert balance(player) == before
    assert home_of(bazaar.second) != room
    again = bazaar.restart(player)
    told = [update for update in again.heard if isinstance(update, HomeOpened)]
    assert [update.room for update in told] == [room], "a home that is open is told at the start"


def test_signing_an_offer_costs_nothing_and_opens_its_stock(bazaar: Bazaar) -> None:
    maker = bazaar.first
    before = balance(maker)
    good = made_by(maker, edition=7)
    signed = sign(maker, good)
    assert (signed.good_id, signed.quantity, signed.price_wei) == (good.good_id, 7, good.price_wei)
    assert (signed.replaced, signed.gas_wei, signed.expiry_secs) == ((), 0, 0)
    maker.wait("its stock", lambda: good.good_id in maker.stock)
    assert (stock(maker, good.good_id).left, stock(maker, good.good_id).state) == (7, "open")
    assert balance(maker) == before
    again = bazaar.restart(maker)
    again.wait("the offer", lambda: any(
        isinstance(update, OfferSigned) and update.offer == signed.offer and update.signed == signed.signed
        for update in again.heard
    ))  # fmt: skip
    assert stock(again, good.good_id).left == 7


def test_asking_twice_under_one_id_signs_one_offer(bazaar: Bazaar) -> None:
    maker = bazaar.first
    request = SignOffer(request_id=new_id("sign"), terms=made_by(maker))
    one, two = (maker.answer(request, (OfferSigned, Refused)) for _ in range(2))
    assert isinstance(one, OfferSigned)
    assert isinstance(two, OfferSigned)
    assert one.offer == two.offer


@pytest.mark.parametrize(
    ("changes", "more", "reason"),
    [
        ({"edition": 11}, {}, "offer_invalid"),
        ({"royalty_bps": 0}, {}, "offer_invalid"),
        ({"good_id": GoodId("g" + "a" * 26)}, {}, "offer_invalid"),
        ({"manifest": b"{}"}, {}, "offer_invalid"),
        ({"price_wei": Wei(2**128)}, {}, "terms_out_of_range"),
        ({"room_share_bps": 10_001}, {}, "terms_out_of_range"),
        ({}, {"quantity": 11}, "terms_out_of_range"),
        ({}, {"expiry_secs": 1_000}, "terms_out_of_range"),
        ({}, {"end_price_wei": Wei(COIN_WEI)}, "terms_out_of_range"),
    ],
)
def test_terms_that_no_offer_can_have_are_refused(
    bazaar: Bazaar, changes: dict[str, object], more: dict[str, object], reason: str
) -> None:
    good = msgspec.structs.replace(made_by(bazaar.first, edition=10), **changes)
    refused = ask_to_sign(bazaar.first, good, **more)
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_nobody_signs_for_another_maker(bazaar: Bazaar) -> None:
    refused = ask_to_sign(bazaar.second, made_by(bazaar.first))
    assert isinstance(refused, Refused)
    assert refused.reason == "not_owned"


# --- publishing and visiting -----------------------------------------------------------------------------------------


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


# --- changing and closing offers -------------------------------------------------------------------------------------


def test_a_lower_price_costs_nothing_and_the_old_copy_sells_at_its_own(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    good = made_by(maker, coins=30, edition=4)
    old = sign(maker, good)
    cheap = msgspec.structs.replace(good, price_wei=Wei(20 * COIN_WEI))
    new = sign(maker, cheap)
    assert (new.replaced, new.gas_wei, new.quantity) == ((old.offer,), 0, 4)
    both = Display(terms=good, offers=(old.signed, new.signed))
    admit(visitor, RoomToken(7), both)
    quoted = visitor.quote(Line(good_id=good.good_id, quantity=1))
    assert isinstance(quoted, Quoted)
    assert quoted.price_wei == 20 * COIN_WEI, "who has both pays the lower price"
    dear = visitor.buy(Line(good_id=good.good_id, quantity=3, offer=old.offer))
    assert (dear.state, dear.price_wei) == ("final", 90 * COIN_WEI)
    visitor.wait("the stock", lambda: stock(visitor, good.good_id).left == 1)
    refused = visitor.quote(Line(good_id=good.good_id, quantity=2))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "sold_out", "both offers count the same units"


@pytest.mark.parametrize("changes", [{"price_wei": Wei(50 * COIN_WEI)}, {"room_share_bps": 500}])
def test_before_a_dearer_offer_stands_the_cheaper_one_is_closed_on_the_chain(
    bazaar: Bazaar, changes: dict[str, object]
) -> None:
    maker, _, visitor = bazaar.players
    good = made_by(maker, coins=30)
    old = sign(maker, good)
    admit(visitor, RoomToken(8), Display(terms=good, offers=(old.signed,)))
    new = sign(maker, msgspec.structs.replace(good, **changes))
    assert new.replaced == (old.offer,)
    assert new.gas_wei > 0
    visitor.wait("the old copy to be closed", lambda: (
        (told := offer_stock(visitor, old.offer)) is not None and told.state == "cancelled"
        and stock(visitor, good.good_id).state == "cancelled"
    ))  # fmt: skip
    refused = visitor.quote(Line(good_id=good.good_id, quantity=1, offer=old.offer))
    assert isinstance(refused, OrderUpdate)
    assert (refused.reason, refused.money_moved) == ("offer_cancelled", False)
    admit(visitor, RoomToken(8), Display(terms=good, offers=(old.signed, new.signed)))
    quoted = visitor.quote(Line(good_id=good.good_id, quantity=1))
    assert isinstance(quoted, Quoted)
    assert quoted.price_wei == new.price_wei


def test_a_price_is_changed_by_the_goods_name_alone(bazaar: Bazaar) -> None:
    maker, other, _ = bazaar.players
    good = made_by(maker, coins=30)
    old = sign(maker, good)
    request = Reprice(request_id=new_id("sign"), good_id=good.good_id, price_wei=Wei(31 * COIN_WEI))
    refused = other.answer(request, (OfferSigned, Refused))
    assert isinstance(refused, Refused)
    assert refused.reason == "offer_unknown"
    new = maker.answer(request, (OfferSigned, Refused))
    assert isinstance(new, OfferSigned)
    assert (new.price_wei, new.replaced, new.room_share_bps) == (31 * COIN_WEI, (old.offer,), good.room_share_bps)
    assert new.gas_wei > 0


def test_a_maker_takes_one_offer_back(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    good = made_by(maker)
    signed = sign(maker, good)
    admit(visitor, RoomToken(9), Display(terms=good, offers=(signed.signed,)))
    closed = maker.answer(Cancel(request_id=new_id("cancel"), offer=signed.offer), (Delisted, Refused))
    assert isinstance(closed, Delisted)
    visitor.wait("a closed stock", lambda: stock(visitor, good.good_id).state == "cancelled")
    assert stock(visitor, good.good_id).left == 0
    other = visitor.answer(Cancel(request_id=new_id("cancel"), offer=signed.offer), (Delisted, Refused))
    assert isinstance(other, Refused)
    assert sign(maker, good).gas_wei == 0, "a good whose offer was taken back can be offered anew"


def test_all_offers_are_taken_back_at_once(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    goods = [made_by(maker) for _ in range(2)]
    signed = [sign(maker, good) for good in goods]
    admit(visitor, RoomToken(10), *(
        Display(terms=good, offers=(each.signed,)) for good, each in zip(goods, signed, strict=True)
    ))  # fmt: skip
    done = maker.answer(CancelAll(request_id=new_id("cancel")), (AllCancelled, Refused))
    assert isinstance(done, AllCancelled)
    assert {each.offer for each in signed} <= set(done.offers)
    for good in goods:
        visitor.wait("closed stock", lambda good=good: stock(visitor, good.good_id).state == "cancelled")
    assert desk(maker).offers == ()
    again = sign(maker, goods[0])
    assert (again.gas_wei, again.replaced) == (0, ())
    admit(visitor, RoomToken(10), Display(terms=goods[0], offers=(again.signed,)))
    assert isinstance(visitor.quote(Line(good_id=goods[0].good_id, quantity=1)), Quoted)


def test_a_falling_price_falls_and_ends_with_its_offer(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    now_secs = bazaar.now_secs()
    good = made_by(maker, coins=100)
    signed = sign(maker, good, end_price_wei=Wei(10 * COIN_WEI), start_secs=now_secs, expiry_secs=now_secs + 90_000)
    assert (signed.end_price_wei, signed.expiry_secs) == (10 * COIN_WEI, now_secs + 90_000)
    admit(visitor, RoomToken(11), Display(terms=good, offers=(signed.signed,)))
    first = visitor.quote(Line(good_id=good.good_id, quantity=1))
    assert isinstance(first, Quoted)
    assert 99 * COIN_WEI < first.price_wei <= 100 * COIN_WEI
    bazaar.pass_secs(45_000)
    visitor.wait("a lower price", lambda: stock(visitor, good.good_id).unit_price_wei < 56 * COIN_WEI)
    done = visitor.buy(Line(good_id=good.good_id, quantity=1))
    assert done.state == "final"
    assert 54 * COIN_WEI < done.price_wei < 56 * COIN_WEI
    bazaar.pass_secs(50_000)
    visitor.wait("the end", lambda: stock(visitor, good.good_id).state == "expired")
    refused = visitor.quote(Line(good_id=good.good_id, quantity=1))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "offer_expired"


# --- resale ----------------------------------------------------------------------------------------------------------


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


# --- money and books -------------------------------------------------------------------------------------------------


def test_all_that_was_earned_is_withdrawn_in_one_action(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    good = made_by(maker, coins=20)
    admit(visitor, RoomToken(13), on_display(maker, good))
    assert visitor.buy(Line(good_id=good.good_id, quantity=1)).state == "final"
    maker.wait("the credit", lambda: any(
        credit.good_id == good.good_id for update in maker.heard if isinstance(update, Earned)
        for credit in update.credits
    ))  # fmt: skip
    earned = purse(maker)
    assert earned.withdrawable_wei >= 20 * COIN_WEI
    before = balance(maker)
    done = withdraw(maker)
    assert isinstance(done, Withdrawn)
    assert done.wei == earned.withdrawable_wei
    maker.wait("the money", lambda: balance(maker) == before + done.wei - done.gas_wei)
    after = purse(maker)
    assert after.withdrawable_wei == 0
    assert (after.payouts[0].wei, after.payouts[0].tx_hash) == (done.wei, done.tx_hash)
    assert after.credits == earned.credits
    nothing = withdraw(maker)
    assert isinstance(nothing, Refused)
    assert nothing.reason == "nothing_to_withdraw"
    again = bazaar.restart(maker)
    assert purse(again) == after, "the whole purse is read anew from the chain"


def test_the_desk_tells_sales_by_good_and_room_and_who_shows_them(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    good = made_by(maker, coins=10, share=1000, edition=5)
    signed = sign(maker, good)
    shown = Display(terms=good, offers=(signed.signed,))
    room = home_of(host)
    publish(host, shown, title="desk")
    admit(visitor, room, shown, title="desk")
    admit(maker, room, shown, title="desk")
    assert visitor.buy(Line(good_id=good.good_id, quantity=2, place_id=place_name(room))).state == "final"
    assert visitor.buy(Line(good_id=good.good_id, quantity=1)).state == "final"
    maker.wait("three sold", lambda: stock(maker, good.good_id).left == 2)
    told = desk(maker)
    sales = {sale.place_id: sale for sale in told.sales if sale.good_id == good.good_id}
    assert {place: (sale.units, sale.turnover_wei, sale.earned_wei) for place, sale in sales.items()} == {
        place_name(room): (2, 20 * COIN_WEI, 18 * COIN_WEI), None: (1, 10 * COIN_WEI, 10 * COIN_WEI),
    }  # fmt: skip
    [own] = [each for each in told.goods if each.good_id == good.good_id]
    assert (own.edition, own.sold, own.left, own.offer) == (5, 3, 2, signed.offer)
    [offer] = [each for each in told.offers if each.good_id == good.good_id]
    assert (offer.offer, offer.primary, offer.left, offer.room_share_bps) == (signed.offer, True, 2, 1000)
    [showing] = [each for each in told.rooms if each.place_id == place_name(room)]
    assert (showing.owner, showing.room) == (account(host), room)
    assert good.good_id in showing.shows
    assert showing.units >= 2
    again = bazaar.restart(maker)
    assert [each for each in desk(again).rooms if each.place_id == place_name(room)] == [showing]


def test_the_last_unit_shown_in_two_rooms_goes_to_one_of_two_buyers(bazaar: Bazaar) -> None:
    maker, host, visitor = bazaar.players
    good = made_by(maker, coins=10, edition=1)
    shown = on_display(maker, good)
    rooms = [home_of(maker), home_of(host)]
    publish(maker, shown, title="a copy")
    publish(host, shown, title="another copy")
    admit(visitor, rooms[0], shown, title="a copy")
    admit(host, rooms[1], shown, title="another copy", own=True)
    lines = [
        Line(good_id=good.good_id, quantity=1, place_id=place_name(rooms[0])),
        Line(good_id=good.good_id, quantity=1, place_id=HOME),
    ]
    quotes = [player.quote(line) for player, line in zip((visitor, host), lines, strict=True)]
    assert all(isinstance(quoted, Quoted) for quoted in quotes)
    before = balance(host)
    assert visitor.confirm(quotes[0].order_id).state == "final"
    lost = host.confirm(quotes[1].order_id)
    assert (lost.state, lost.reason, lost.money_moved, lost.gas_wei) == ("refused", "sold_out", False, 0)
    host.wait("the news", lambda: stock(host, good.good_id).state == "sold_out")
    assert balance(host) == before
    assert bazaar.owned_good(account(host), good) == 0


def test_opening_a_home_twice_under_one_id_answers_twice(bazaar: Bazaar) -> None:
    request = OpenHome(request_id=new_id("home"))
    one, two = (bazaar.third.answer(request, (HomeOpened, Refused)) for _ in range(2))
    assert one == two


def test_an_offer_is_named_by_its_hash_alone(bazaar: Bazaar) -> None:
    maker, _, visitor = bazaar.players
    good = made_by(maker)
    admit(visitor, RoomToken(14), on_display(maker, good))
    refused = visitor.quote(Line(good_id=good.good_id, quantity=1, offer=OfferHash("0x" + "13" * 32)))
    assert isinstance(refused, OrderUpdate)
    assert refused.reason == "offer_unknown"
