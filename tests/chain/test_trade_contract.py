"""What every market promises to makers: the fake one and two real nodes pass the same tests."""


import msgspec
import pytest

from game.core.ids import GoodId, OfferHash, RoomToken, Wei
from game.core.ports import Cancel, Delisted, Line, OrderUpdate, Quoted, Refused
from game.core.room_ports import (
    HOME,
    AllCancelled,
    CancelAll,
    Display,
    Earned,
    HomeOpened,
    OfferSigned,
    OpenHome,
    Reprice,
    SignOffer,
    Withdrawn,
)
from tests.chain.bazaar import COIN_WEI, Bazaar, new_id
from tests.chain.making import (
    account,
    admit,
    ask_to_sign,
    balance,
    desk,
    home_of,
    made_by,
    offer_stock,
    on_display,
    place_name,
    publish,
    purse,
    sign,
    stock,
    withdraw,
)


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
