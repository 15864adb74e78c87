"""The purse and the maker's desk: what they ask of the world, and what they make of their keys."""

import time

import pytest
from panda3d.core import NodePath

from game.client.hud import Hud
from game.client.hud_credits import DAYS, days_of
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.core import events
from game.core.commands import Withdraw
from game.core.ids import GoodId, OfferHash, StandId, TokenId, Wei
from game.core.room_ports import ORCHARD_ROLES, Credit, Credits
from game.core.trade import CancelAll, ReadDesk, ReadPurse, Reprice, ShowInRoom, WithdrawCredits
from tests.client.panels import ACCOUNT, COIN, CREDITS, DESK, NOW_SECS, PEOPLE, earned, market_day
from tests.core.small_orchard import rules


@pytest.fixture
def hud() -> Hud:
    world = market_day()
    made = Hud(world, load_texts("en", PEOPLE), Settings(None, Values()), NodePath("ui"), (1280, 720))
    world.trade.credits, world.trade.withdrawable_wei, world.trade.desk = CREDITS, CREDITS.withdrawable_wei, DESK
    return made


def shown(hud: Hud) -> None:
    hud.update(hud.view.world, [], 0.02)


def test_opening_purse_and_desk_asks_for_what_they_show(hud: Hud) -> None:
    hud.open_panel("purse")
    assert hud.view.asks == [ReadPurse()]
    hud.open_panel("desk")
    assert hud.view.asks == [ReadPurse(), ReadDesk()]


def test_all_earnings_are_taken_with_one_key_or_press(hud: Hud) -> None:
    hud.open_panel("purse")
    shown(hud)
    assert hud.press("confirm") == [WithdrawCredits()]
    assert hud.press("withdraw") == [WithdrawCredits()]
    hud.view.world.purse.state = "down"
    assert hud.press("withdraw") in ([], None)


def test_the_purse_leads_to_the_desk_and_back(hud: Hud) -> None:
    hud.open_panel("purse")
    shown(hud)
    hud.press("open:desk")
    assert hud.view.open_panel == "desk"
    hud.press("back")
    assert hud.view.open_panel == "purse"


def test_a_days_bar_is_the_sum_of_its_credits_and_withdrawals_are_none() -> None:
    days = days_of(CREDITS, NOW_SECS)
    assert len(days) == DAYS
    young = [credit for credit in CREDITS.credits if NOW_SECS - credit.at_secs < (DAYS - 1) * 86_400]
    assert sum(day.wei for day in days) == sum(credit.wei for credit in young)
    old = Credits(withdrawable_wei=Wei(1), credits=(earned(0, "seller", "straw_hat", "5", None, 40.0),))
    assert sum(day.wei for day in days_of(old, NOW_SECS)) == 0
    today = Credits(withdrawable_wei=Wei(1), credits=(earned(0, "seller", "straw_hat", "5", None, 0.0),))
    assert days_of(today, NOW_SECS)[-1].wei == 5 * COIN
    assert days_of(today, NOW_SECS)[-1].label == time.strftime("%m-%d", time.localtime(NOW_SECS))
    assert [day.today for day in days_of(today, NOW_SECS)] == [False] * (DAYS - 1) + [True]


def test_a_chain_whose_clock_is_ahead_shows_its_newest_days() -> None:
    ahead = [earned(0, "seller", "straw_hat", "5", None, -200.0), earned(1, "seller", "straw_hat", "3", None, -198.0)]
    days = days_of(Credits(withdrawable_wei=Wei(1), credits=tuple(ahead)), NOW_SECS)
    assert (days[-1].wei, days[-3].wei) == (5 * COIN, 3 * COIN)
    assert days[-1].label == time.strftime("%m-%d", time.localtime(NOW_SECS + 200 * 86_400))
    assert not any(day.today for day in days), "today lies before all of them"


def test_an_offer_is_taken_back_and_all_of_them_only_when_asked_twice(hud: Hud) -> None:
    hud.open_panel("desk")
    hud.press("tab:offers")
    shown(hud)
    hud.press("go_down")
    assert hud.press("confirm") == [Withdraw(offer=OfferHash("0x2"))]
    assert hud.press("details") == []
    assert hud.press("go_up") == []
    assert hud.press("cancel_all") == [], "something else was pressed meanwhile"
    assert hud.press("cancel_all") == [CancelAll()]


def test_a_price_is_changed_in_its_own_panel(hud: Hud) -> None:
    hud.open_panel("desk")
    shown(hud)
    hud.press("confirm")
    assert hud.view.open_panel == "price"
    for action in ("more", "more", "less", "go_right"):
        assert hud.press(action) == []
    assert hud.press("sign") == [Reprice(good=GoodId("red_print"), price_wei=Wei(13 * COIN))]
    assert hud.view.open_panel == "desk"


def test_rows_that_are_no_offers_do_nothing(hud: Hud) -> None:
    hud.open_panel("desk")
    for tab in ("sales", "rooms"):
        hud.press(f"tab:{tab}")
        shown(hud)
        assert hud.press("confirm") == []
        assert hud.view.open_panel == "desk"


def test_a_good_is_shown_at_home_after_its_share_was_read(hud: Hud) -> None:
    hud.view.world.looked_at = StandId("stand_straw_hat")
    assert hud.press("show_in_room") == []
    assert hud.view.open_panel == "show"
    shown(hud)
    assert hud.press("confirm") == [ShowInRoom(good=GoodId("straw_hat"))]
    assert hud.view.open_panel == ""


def test_without_a_good_at_hand_nothing_can_be_shown(hud: Hud) -> None:
    hud.press("show_in_room")
    shown(hud)
    assert not hud.press("confirm")


@pytest.mark.parametrize(
    ("language", "name", "under"),
    [("en", "Box 7, paid back", "Dawn Loquat × 12 · plot 3"), ("zh", "第 7 箱退款", "黎明枇杷 × 12 · 第 3 块地")],
)
def test_what_the_orchard_paid_says_which_box_fruit_and_plot(hud: Hud, language: str, name: str, under: str) -> None:
    hud.view.settings.change(language=language)
    shown(hud)
    hud.view.world.orchard_rules = rules()
    credit = of_orchard("refund")
    hud.view.world.trade.credits = Credits(withdrawable_wei=Wei(0), credits=(credit,))
    hud.open_panel("purse")
    shown(hud)
    [*_, (_, _, paper)] = hud.boxes()
    written = [each.text for each in paper.written]
    assert name in written
    assert [text for text in written if text.endswith(under)], [text for text in written if "·" in text]
    hud.update(hud.view.world, [events.Earned(credit=credit)], 0.02)
    assert name in hud.view.toasts[-1][1]


@pytest.mark.parametrize("role", [*ORCHARD_ROLES, "other"])
def test_every_kind_of_credit_is_told_with_its_details(hud: Hud, role: str) -> None:
    hud.view.world.trade.credits = Credits(withdrawable_wei=Wei(0), credits=(of_orchard(role),))
    hud.open_panel("purse")
    hud.press("details")
    shown(hud)
    [*_, (_, _, paper)] = hud.boxes()
    written = [each.text for each in paper.written]
    assert hud.view.t(f"credit_{role}", n=7 if of_orchard(role).delivery else 3) in written
    assert hud.view.t("some_good") not in written


def of_orchard(role: str) -> Credit:
    return Credit(
        role=role, wei=Wei(9 * COIN), quantity=12, buyer=ACCOUNT, block=1, tx_hash="0x" + "1" * 64,
        token_id=TokenId(0), at_secs=NOW_SECS, plot=3, delivery=0 if role in ("plot", "water", "lapse") else 7,
        variety="" if role in ("plot", "water", "other") else "loquat_dawn",
    )  # fmt: skip
