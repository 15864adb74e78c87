"""Every panel says the truth, and answers keys and clicks."""

import re

import msgspec
import pytest

from game.client.hud_hints import HINTS, hint_now
from game.client.hud_order import together, whose
from game.client.hud_paper import Paper
from game.core import commands, events, ports
from game.core.ids import Address, DoorId, GoodId, MakerId, OfferHash, OrderId, RoomToken, StandId, Wei
from game.core.room_ports import RoomAdmitted
from game.core.world import Hand
from tests.client import panels
from tests.client.panels import COIN, STATES, market_day
from tests.client.shown import SIZE_PX, hud_for, shown, words

# There hashes may be read.
DETAILED = ("purse_earned_details", "receipt_details", "purse", "history_details", "publish_details")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", [state for state in STATES if state not in DETAILED])
def test_no_raw_id_hash_or_wei_is_shown(state: str, language: str) -> None:
    text = words(shown(state, language))
    assert not re.search(r"0x[0-9a-fA-F]{6}|[a-z]+_[a-z]+|\d{7}|\{", text), text


def test_hash_block_and_gas_stand_behind_details() -> None:
    hidden, opened = words(shown("receipt")), words(shown("receipt_details"))
    assert panels.HASH[:20] not in hidden
    assert panels.HASH[:20] in opened
    assert "1,034" in opened
    assert "209,871" in opened


def test_the_confirmation_names_everyone_who_is_paid_and_what_is_left() -> None:
    text = words(shown("confirm"))
    for figure in (
        "Mei Lin",
        "44.10",
        "Otto Brandt",
        "162.00",
        "Hana Mori",
        "22.90",
        "0.1234",
        "270.80",
        "who made it",
    ):
        assert figure in text
    assert "Felt hat" in text  # what was left out


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("confirming", "Your money has not moved yet."),
        ("sent", "Your money moves only when a block takes it in."),
        ("unknown", "The chain must still tell whether money moved."),
        ("refused", "No money moved."),
        ("reverted", "The price was not taken"),
        ("dropped", "No money moved."),
    ],
)
def test_waiting_and_failure_say_whether_money_moved(state: str, sentence: str) -> None:
    assert sentence in words(shown(state))


@pytest.mark.parametrize(
    ("language", "sentences"),
    [("en", ("Not bought", "Sold out.", "No money moved.")), ("zh", ("没有买成", "已售罄。", "没有花钱。"))],
)
def test_who_comes_too_late_is_told_what_happened_and_that_it_cost_nothing(
    language: str, sentences: tuple[str, ...]
) -> None:
    told = words(shown("too_late", language))
    assert [sentence for sentence in sentences if sentence not in told] == []


def test_enter_pays_and_escape_leaves_the_order_open_to_no_one() -> None:
    hud = shown("confirm")
    assert hud.wants_mouse
    assert hud.press("back") == [commands.Decline(order_id=OrderId("order_1"))]
    assert not hud.wants_mouse
    hud = shown("confirm")
    assert hud.press("confirm") == [commands.Confirm(order_id=OrderId("order_1"))]


def test_a_second_enter_does_not_pay_again() -> None:
    hud = shown("confirming")
    assert hud.press("confirm") == []


def test_the_receipt_comes_by_itself_once() -> None:
    world = market_day()
    hud = hud_for(world)
    panels.basket(world, "straw_hat")
    order_id = panels.order(world, "quoted")
    hud.update(world, [events.OrderMoved(order_id=order_id, state="quoted")], 0.02)
    world.orders[order_id].state = "sent"
    hud.close_panel()
    world.orders[order_id].state = "included"
    hud.update(world, [events.OrderMoved(order_id=order_id, state="included")], 0.02)
    assert hud.view.open_panel == "order"
    hud.close_panel()
    world.orders[order_id].state = "final"
    hud.update(world, [events.OrderMoved(order_id=order_id, state="final")], 0.02)
    assert not hud.wants_mouse


def test_an_order_of_an_earlier_session_opens_no_panel() -> None:
    world = market_day()
    hud = hud_for(world)
    order_id = panels.order(world, "final")
    hud.update(world, [events.OrderMoved(order_id=order_id, state="final")], 0.02)
    assert not hud.wants_mouse


def test_the_receipt_offers_to_wear_only_what_has_arrived() -> None:
    hud = shown("receipt")
    assert "Wear it now" not in words(hud)
    assert hud.press("confirm") == []
    hud = shown("receipt_details")
    assert "Wear it now" in words(hud)
    assert hud.press("confirm") == [commands.Wear(good=GoodId("straw_hat"))]
    assert not hud.wants_mouse


def test_a_sold_out_line_offers_the_rest() -> None:
    hud = shown("reverted")
    assert hud.press("confirm") == [commands.Checkout(best_effort=True)]
    hud = shown("refused")
    assert hud.press("confirm") == [commands.Checkout(best_effort=False)]


def test_clicking_a_button_does_what_its_key_does() -> None:
    hud = shown("confirm")
    panel = hud.panel
    assert panel is not None
    assert panel.paper is not None
    pay = next(spot for spot in panel.paper.spots if spot.action == "confirm")
    x_px = panel.left + (pay.box.x + pay.box.wide / 2) * panel.paper.scale
    y_px = panel.top + (pay.box.y + pay.box.high / 2) * panel.paper.scale
    pointer = ((x_px - SIZE_PX[0] / 2) / SIZE_PX[1], 0.5 - y_px / SIZE_PX[1])
    hud.update(hud.view.world, [], 0.02, pointer)
    assert hud.press("click") == [commands.Confirm(order_id=OrderId("order_1"))]


def test_clicking_beside_the_buttons_does_nothing() -> None:
    hud = shown("confirm")
    hud.update(hud.view.world, [], 0.02, (0.0, 0.0))
    assert hud.press("click") == []
    assert hud.wants_mouse


def test_the_focus_moves_by_keys_to_every_button() -> None:
    hud = shown("pause")
    for _ in range(3):
        hud.press("go_down")
    assert hud.press("confirm") == []
    assert hud.view.open_panel == "wishlist"


def test_the_basket_panel_changes_quantities_and_goes_to_checkout() -> None:
    hud = shown("basket")
    assert hud.press("go_right") == [commands.AddToBasket(good=GoodId("straw_hat"))]
    hud.press("go_down")
    assert hud.press("go_left") == [commands.RemoveFromBasket(good=GoodId("reading_chair"))]
    assert hud.press("checkout") == [commands.Checkout()]
    assert not hud.wants_mouse


def test_the_inventory_wears_takes_off_and_withdraws() -> None:
    hud = shown("inventory")
    assert hud.press("confirm") == [commands.TakeOff(slot="head")]
    hud.press("go_right")
    assert hud.press("confirm") == [commands.Wear(good=GoodId("felt_hat"))]
    hud.press("go_down")
    hud.press("go_right")
    assert hud.press("confirm") == [commands.Withdraw(offer=OfferHash("0x1"))]


def test_an_offer_for_sale_steps_its_price_and_shows_what_the_seller_receives() -> None:
    hud = shown("sell")
    hud.press("go_right")
    hud.update(hud.view.world, [], 0.02)
    text = words(hud)
    assert "32.50" in text
    assert "27.625" in text  # five per cent less for the creator, ten for the room
    hud.press("go_down")
    hud.update(hud.view.world, [], 0.02)
    assert "27.95" in words(hud)
    assert hud.press("confirm") == [
        commands.OfferForSale(good=GoodId("felt_hat"), unit_price_wei=Wei(325 * COIN // 10), room_share_bps=900)
    ]
    assert hud.view.open_panel == "inventory"


def test_a_price_never_falls_to_nothing() -> None:
    hud = shown("sell")
    for _ in range(200):
        hud.press("go_left")
    assert hud.press("confirm") == [
        commands.OfferForSale(good=GoodId("felt_hat"), unit_price_wei=Wei(COIN // 2), room_share_bps=1000)
    ]


def test_a_rooms_share_lies_between_nothing_and_all_that_the_creator_leaves() -> None:
    for act, bps in (("share_less", 0), ("share_more", 9500)):
        hud = shown("sell")
        for _ in range(120):
            hud.press(act)
        (offer,) = hud.press("confirm") or ()
        assert isinstance(offer, commands.OfferForSale)
        assert offer.room_share_bps == bps


def test_hints_come_one_at_a_time_and_are_gone_once_used() -> None:
    world = market_day()
    hud = hud_for(world, hints_done=())
    assert hint_now(hud.view) == "walk"
    hud.moving.used("walk", 2.0)
    assert hint_now(hud.view) == "look"
    hud.moving.used("look", 2.0)
    assert hint_now(hud.view) == ""
    world.looked_at = StandId("stand_straw_hat")
    assert hint_now(hud.view) == "take"
    hud.update(world, [events.PickedUp(stand=StandId("stand_straw_hat"), good=GoodId("straw_hat"))], 0.02)
    world.hand = Hand(good=GoodId("straw_hat"), stand=StandId("stand_straw_hat"), since_tick=0)
    assert hint_now(hud.view) == "try_on"
    hud.update(world, [events.TriedOn(good=GoodId("straw_hat"), slot="head")], 0.02)
    hud.update(world, [events.BasketChanged(good=GoodId("straw_hat"), quantity=1, added=True)], 0.02)
    panels.basket(world, "straw_hat")
    assert hint_now(hud.view) == "checkout"
    assert set(hud.view.settings.values.hints_done) == set(HINTS) - {"checkout"}


def test_closed_panels_leave_keys_to_the_world() -> None:
    hud = hud_for(market_day())
    assert hud.press("take") is None
    assert hud.press("confirm") is None
    assert hud.press("inventory") == []
    assert hud.press("inventory") == []
    assert not hud.wants_mouse


def test_leaving_is_told_to_the_app() -> None:
    hud = shown("pause")
    assert not hud.wants_to_leave
    hud.press("leave")
    assert hud.wants_to_leave


def test_what_nobody_offers_here_says_so_on_its_cards() -> None:
    hud = shown("look_at")
    stock = hud.view.world.stock
    assert "Not for sale here" not in words(hud)
    stock[GoodId("felt_hat")] = msgspec.structs.replace(stock[GoodId("felt_hat")], left=0, state="not_offered")
    hud.update(hud.view.world, [], 0.2)
    assert "Not for sale here" in words(hud)
    hud.view.finding.looked_at = GoodId("felt_hat")
    hud.open_panel("look")
    assert "Not for sale here" in words(hud)
    assert "Sold out" not in words(hud)


def test_what_went_on_around_the_player_is_not_told_over_a_panel() -> None:
    hud = shown("hints")
    hud.update(hud.view.world, [events.DoorMoved(door=DoorId("front"), opens=True)], 0.1)
    assert "A door opens" in words(hud)
    hud.say("bad", "Sold out")
    hud.open_panel("settings")
    hud.update(hud.view.world, [], 0.1)
    assert "A door opens" not in words(hud)
    assert "Sold out" in words(hud)


def test_a_panel_that_is_opened_from_the_start_menu_has_its_veil() -> None:
    hud = shown("start")
    assert hud.veil.find("**/patch").is_empty(), "the street is not dimmed"
    hud.press("open:settings")
    hud.update(hud.view.world, [], 0.1)
    assert hud.view.open_panel == "settings"
    assert not hud.veil.find("**/patch").is_empty()


def test_captions_go_away_in_time() -> None:
    hud = shown("captions")
    assert "Sold out" in words(hud)
    hud.update(hud.view.world, [], 10.0)
    hud.update(hud.view.world, [], 0.1)
    assert "Sold out" not in words(hud)


def test_a_share_is_named_by_the_market_first_and_guessed_only_without_doubt() -> None:
    world = market_day()
    hud = hud_for(world)
    order = world.orders[panels.order(world, "quoted")]
    seller, other, room = order.shares
    assert whose(room, order, hud.view) == "hana_mori"
    assert whose(other, order, hud.view) == "mei_lin"
    odd = ports.Share(role="seller", to=seller.to, wei=Wei(7))
    assert whose(odd, order, hud.view) == ""
    told = ports.Share(role="seller", to=seller.to, wei=Wei(7), who=MakerId("tomas_silva"))
    assert whose(told, order, hud.view) == "tomas_silva"
    [place] = {line.place_id for line in order.lines if line.place_id is not None}
    owner = Address("0x7214" + "0" * 36)
    world.trade.rooms[place] = RoomAdmitted(
        place_id=place, room=RoomToken(1), state="current", owner=owner, pays_room=True
    )
    assert whose(room, order, hud.view) == owner, "a player's room is its owner's"


def test_shares_of_one_account_are_added_up() -> None:
    world = market_day()
    order = world.orders[panels.order(world, "quoted")]
    summed = together([*order.shares, order.shares[2]])
    assert [share.wei for share in summed if share.role == "room"] == [2 * order.shares[2].wei]
    assert sum(share.wei for share in summed) == sum(share.wei for share in order.shares) + order.shares[2].wei


def test_nothing_is_drawn_anew_while_nothing_changes() -> None:
    hud = shown("look_at")
    before = [paper for _, _, paper in hud.boxes()]
    hud.update(hud.view.world, [], 0.02)
    assert all(a is b for a, (_, _, b) in zip(before, hud.boxes(), strict=True))
    hud.view.world.basket[GoodId("market_bag")] = 3
    hud.update(hud.view.world, [], 0.02)
    assert any(a is not b for a, (_, _, b) in zip(before, hud.boxes(), strict=True))


def test_a_figure_that_changes_costs_its_own_text_and_looks_as_if_all_were_new() -> None:
    hud = shown("hints")
    world = hud.view.world

    def purse() -> Paper:
        return next(paper for name, _, paper in hud.boxes() if name == "purse_chip")

    def meshes() -> set[int]:
        return {path.node().this for path in purse().root.find_all_matches("**/+GeomNode")}

    before = meshes()
    world.purse.balance_wei = Wei(world.purse.balance_wei + 10**15)
    hud.update(world, [], 1 / 60)
    kept = meshes() & before
    assert len(before) > 5
    assert len(meshes() - kept) <= 4, "the new text, and a wider card at most"
    assert len(kept) >= len(before) - 4
    anew = shown("hints")
    anew.view.world.purse.balance_wei = world.purse.balance_wei
    anew.update(anew.view.world, [], 1 / 60)
    fresh = next(paper for name, _, paper in anew.boxes() if name == "purse_chip")
    assert purse().written == fresh.written
    assert len(meshes()) == fresh.root.find_all_matches("**/+GeomNode").get_num_paths()


def test_what_was_left_out_is_not_on_the_receipt() -> None:
    world = market_day()
    hud = hud_for(world)
    order_id = panels.order(world, "quoted")
    hud.update(world, [events.OrderMoved(order_id=order_id, state="quoted")], 0.02)
    world.orders[order_id].state = "final"
    world.orders[order_id].skipped = (GoodId("reading_chair"),)
    hud.update(world, [events.OrderMoved(order_id=order_id, state="final")], 0.02)
    text = words(hud)
    assert "Straw hat" in text
    assert "Reading chair" not in text


@pytest.mark.parametrize(("restored", "said"), [(False, True), (True, False)])
def test_only_an_offer_that_was_made_just_now_is_announced(restored: bool, said: bool) -> None:
    world = market_day()
    hud = hud_for(world)
    listed = ports.Listed(
        request_id="sell_1", offer=OfferHash("0x1"), good_id=GoodId("market_bag"), quantity=1,
        unit_price_wei=Wei(20 * COIN),
    )  # fmt: skip
    hud.update(world, [events.OfferOpened(listed=listed, restored=restored)], 0.02)
    assert ("is for sale at 20.00 coins" in words(hud)) is said


def test_a_market_that_closes_or_is_not_open_yet_says_that_nothing_is_lost() -> None:
    world = market_day()
    hud = hud_for(world)
    hud.update(world, [events.MarketChanged(state="down", step="node_unreachable")], 0.02)
    assert "The chain cannot be reached. Nothing is lost; we keep trying." in words(hud)
    hud.update(world, [events.Declined(reason="market_opening")], 0.02)
    assert "The market is still opening. No money moved; your basket is kept." in words(hud)
    hud.update(world, [events.Declined(reason="hand_empty")], 0.02)
    assert words(hud).count("your basket is kept") == 1, "a refusal that is not about money does not speak of it"


def test_while_the_player_is_looked_at_no_card_speaks_of_what_cannot_be_seen() -> None:
    world = market_day()
    hud = hud_for(world, hints_done=())
    world.looked_at = StandId("stand_felt_hat")
    hud.update(world, [], 0.02)
    assert "Felt hat" in words(hud)
    hud.view.shows_self = True
    hud.update(world, [], 0.02)
    assert "Felt hat" not in words(hud)
