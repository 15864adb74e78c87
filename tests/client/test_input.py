"""Keys, mouse and sticks become the commands that a player means."""

import pytest

from game.client.glyphs import glyph
from game.client.input import MOST_DT_SECS
from game.core import commands, events
from game.core.commands import Command
from game.core.ids import GoodId, StandId
from game.core.trade import ShowInRoom
from game.core.world import Ghost, Sitting, Worn
from tests.client import panels
from tests.client.player import DT_SECS, HAT, HAT_STAND, Player


@pytest.mark.parametrize(
    ("keys", "ahead", "aside"),
    [
        (["w"], 1, 0),
        (["up arrow"], 1, 0),
        (["s"], -1, 0),
        (["a"], 0, -1),
        (["d", "w"], 1, 1),
        (["left arrow"], 0, -1),
        (["w", "up arrow"], 1, 0),
    ],
)
def test_held_keys_walk(keys: list[str], ahead: int, aside: int) -> None:
    player = Player()
    for key in keys:
        player.keys.handle(key, True)
    for _ in range(2):
        assert player.frame() == [commands.Move(ahead=ahead, aside=aside)]


def test_opposite_keys_stand_still_and_released_keys_stop() -> None:
    player = Player()
    player.keys.handle("w", True)
    player.keys.handle("s", True)
    assert player.frame() == []
    player.keys.handle("s up", True)
    assert player.frame() == [commands.Move(ahead=1)]
    player.keys.handle("w", False)
    assert player.frame() == []


def test_shift_runs() -> None:
    player = Player()
    player.keys.handle("left shift", True)
    player.keys.handle("w", True)
    assert player.frame() == [commands.Move(ahead=1, run=True)]


def test_losing_the_focus_lets_go_of_everything() -> None:
    player = Player()
    player.keys.handle("w", True)
    player.keys.release_all()
    assert player.frame() == []


def test_the_mouse_looks_right_and_up_and_can_be_inverted() -> None:
    (look,) = Player().frame(dx=0.1, dy=0.1)
    assert isinstance(look, commands.Look)
    assert look.yaw_rad < 0 < look.pitch_rad
    (inverted,) = Player(invert_look=True).frame(dx=0.1, dy=0.1)
    assert isinstance(inverted, commands.Look)
    assert (inverted.yaw_rad, inverted.pitch_rad) == (look.yaw_rad, -look.pitch_rad)
    (fast,) = Player(look_speed=2.0).frame(dx=0.1)
    assert isinstance(fast, commands.Look)
    assert fast.yaw_rad == pytest.approx(2 * look.yaw_rad)


def test_keys_alone_look_round_at_the_same_speed_at_any_frame_rate() -> None:
    slow, quick = Player(), Player()
    for player in (slow, quick):
        player.keys.handle("l", True)
    turned = sum(command.yaw_rad for _ in range(3) for command in slow.frame(dt_secs=1 / 30))  # type: ignore[union-attr]
    also = sum(command.yaw_rad for _ in range(12) for command in quick.frame(dt_secs=1 / 120))  # type: ignore[union-attr]
    assert turned == pytest.approx(also)
    assert turned < 0


def test_a_stall_does_not_spin_the_head_round() -> None:
    player = Player()
    player.keys.handle("j", True)
    (stalled,) = player.frame(dt_secs=5.0)
    (longest,) = player.frame(dt_secs=MOST_DT_SECS)
    assert stalled == longest


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("e", commands.PickUp()),
        ("gamepad a", commands.PickUp()),
        ("b", commands.AddToBasket()),
        ("c", commands.Checkout()),
        ("v", commands.SwitchView()),
    ],
)
def test_keys_mean_their_commands(key: str, command: Command) -> None:
    player = Player()
    assert player.press(key) == [command]
    assert player.frame() == []


@pytest.mark.parametrize("key", ["r", "f", "scroll up", "f12", "e hold", "f13", "enter"])
def test_keys_that_mean_nothing_here_do_nothing(key: str) -> None:
    assert Player().press(key) == []


def test_a_click_takes_only_what_is_looked_at() -> None:
    player = Player()
    assert player.press("left mouse down") == []
    player.world.looked_at = HAT_STAND
    assert player.press("left mouse down") == [commands.PickUp()]


def test_what_is_in_the_hand_is_put_back_turned_brought_closer_and_measured() -> None:
    player = Player()
    player.hold_hat()
    assert player.press("e") == [commands.PutBack()]
    assert player.press("right mouse down") == [commands.PutBack()]
    assert player.press("r") == [commands.ShowScale()]
    (closer,) = player.press("scroll up")
    assert isinstance(closer, commands.Turn)
    assert closer.zoom > 0
    player.keys.handle("j", True)
    (turned,) = player.frame()
    assert isinstance(turned, commands.Turn)
    player.keys.handle("j up", True)
    player.keys.handle("left mouse down", True)
    (dragged,) = player.frame(dx=0.1)
    assert isinstance(dragged, commands.Turn)
    player.keys.handle("left mouse up", True)
    (look,) = player.frame(dx=0.1)
    assert isinstance(look, commands.Look)


def test_a_ghost_is_turned_moved_and_taken_back() -> None:
    player = Player()
    player.world.ghost = Ghost(good=HAT, stand=HAT_STAND, pos_m=(0, 1, 0), yaw_rad=0.0)
    (farther,) = player.press("scroll up")
    assert isinstance(farther, commands.MoveGhost)
    assert farther.away_m > 0
    player.keys.handle("l", True)
    (turned,) = player.frame()
    assert isinstance(turned, commands.MoveGhost)
    assert turned.yaw_rad
    player.keys.release_all()
    assert player.press("t") == [commands.DropGhost()]
    assert player.press("f") == [commands.PutBack()]


def test_trying_on_again_takes_it_off() -> None:
    player = Player()
    player.world.looked_at = HAT_STAND
    assert player.press("t") == [commands.TryOn(good=HAT)]
    player.world.looked_at = None
    player.hold_hat()
    assert player.press("t") == [commands.TryOn(good=HAT)]
    player.world.worn["head"] = Worn(good=HAT, tried=True)
    assert player.press("t") == [commands.TakeOff(slot="head")]
    player.world.worn["head"] = Worn(good=HAT, tried=False)  # the player's own stays on
    assert player.press("t") == [commands.TryOn(good=HAT)]


def test_with_empty_hands_the_key_that_puts_back_takes_off_what_was_tried_last() -> None:
    player = Player()
    assert player.press("f") == []
    player.world.worn["head"] = Worn(good=HAT, tried=True, stand=HAT_STAND)
    player.world.worn["back"] = Worn(good=GoodId("market_bag"), tried=True, stand=StandId("stand_market_bag"))
    player.world.worn["feet"] = Worn(good=GoodId("garden_shoes"), tried=False)
    assert player.press("f") == [commands.TakeOff(slot="back")]
    del player.world.worn["back"]
    assert player.press("f") == [commands.TakeOff(slot="head")]
    del player.world.worn["head"]
    assert player.press("f") == [], "what is paid for stays on"


def test_while_the_player_is_looked_at_the_basket_is_for_what_was_put_on() -> None:
    player = Player()
    player.world.looked_at = StandId("stand_garden_shoes")  # under the crosshair, and not to be seen just now
    player.world.worn["head"] = Worn(good=HAT, tried=True, stand=HAT_STAND)
    player.hud.view.shows_self = True
    assert player.press("b") == [commands.AddToBasket(good=HAT)]
    assert player.hud.view.shows_self
    assert player.press("t") == [], "the first press only looks ahead again"
    assert not player.hud.view.shows_self
    assert player.press("t") == [commands.TryOn(good=GoodId("garden_shoes"))]
    assert player.press("b") == [commands.AddToBasket()]


def test_an_open_panel_takes_keys_and_movement() -> None:
    player = Player()
    player.press("tab")
    assert player.hud.view.open_panel == "basket"
    player.keys.handle("w", True)
    assert player.frame(dx=0.3) == []
    assert player.press("e") == []
    assert player.press("escape") == [commands.Move(ahead=1)]


def test_enter_pays_what_was_quoted_and_only_then() -> None:
    player = Player()
    assert player.press("enter") == []
    order_id = panels.order(player.world, "quoted")
    player.hud.update(player.world, [events.OrderMoved(order_id=order_id, state="quoted")], DT_SECS)
    assert player.press("enter") == [commands.Confirm(order_id=order_id)]


def test_escape_pauses_and_goes_on() -> None:
    player = Player()
    player.press("escape")
    assert player.hud.view.open_panel == "pause"
    player.press("escape")
    assert not player.hud.wants_mouse
    player.press("f1")
    assert player.hud.view.open_panel == "help"


def test_sticks_walk_and_look_beyond_their_dead_zone() -> None:
    player = Player()
    player.axes["gamepad left stick y"] = 0.1
    assert player.frame() == []
    player.axes["gamepad left stick y"] = 1.0
    player.axes["gamepad right stick x"] = 1.0
    look, move = player.frame()
    assert isinstance(look, commands.Look)
    assert look.yaw_rad < 0
    assert move == commands.Move(ahead=1)
    assert player.hud.device == "pad"
    player.press("w")
    assert player.keys.device == "pad"  # the stick is still pushed


def test_a_trigger_runs_once_it_is_pulled_half_way() -> None:
    player = Player()
    player.keys.handle("w", True)
    player.axes["gamepad left trigger"] = 0.3
    assert player.frame() == [commands.Move(ahead=1)]
    player.axes["gamepad left trigger"] = 0.8
    assert player.frame() == [commands.Move(ahead=1, run=True)]


def test_the_key_caps_follow_the_device_in_use() -> None:
    player = Player()
    player.press("gamepad a")
    player.hud.update(player.world, [], DT_SECS)
    assert player.hud.view.key("take") == glyph("xbox", "a")
    player.press("v")
    player.hud.update(player.world, [], DT_SECS)
    assert player.hud.view.key("take") == "E"


def test_the_gamepad_alone_pays_leaves_and_walks_through_the_panels() -> None:
    player = Player()
    order_id = panels.order(player.world, "quoted")
    quoted = [events.OrderMoved(order_id=order_id, state="quoted")]
    player.hud.update(player.world, quoted, DT_SECS)
    assert player.press("gamepad a") == [commands.Confirm(order_id=order_id)]
    player.hud.close_panel()
    player.hud.update(player.world, quoted, DT_SECS)
    assert player.press("gamepad b") == [commands.Decline(order_id=order_id)]
    panels.STATES["inventory"](player.world, player.hud)
    player.press("gamepad dpad right")
    assert player.press("gamepad dpad up") == []
    assert player.hud.view.open_panel == "inventory"
    assert player.press("gamepad a") == [commands.Wear(good=GoodId("felt_hat"))]


def test_an_order_under_way_is_seen_again_with_the_key_of_the_basket() -> None:
    player = Player()
    order_id = panels.order(player.world, "quoted")
    player.hud.update(player.world, [events.OrderMoved(order_id=order_id, state="quoted")], DT_SECS)
    player.world.orders[order_id].state = "sent"
    player.press("escape")
    assert not player.hud.wants_mouse
    player.press("tab")
    assert player.hud.view.open_panel == "order"


def test_keys_and_pad_wave_and_sit() -> None:
    player = Player()
    assert player.press("h") == [commands.Gesture(kind="wave")]
    assert player.press("gamepad dpad down") == [commands.Gesture(kind="wave")]
    assert player.press("z") == [commands.Sit()]


def test_a_squeezed_trigger_is_pressed_once_until_it_is_let_go() -> None:
    player = Player()
    player.axes["gamepad right trigger"] = 0.9
    assert player.frame() == [commands.Sit()]
    assert player.frame() == []
    player.axes["gamepad right trigger"] = 0.4
    assert player.frame() == []
    player.axes["gamepad right trigger"] = 0.0
    player.frame()
    player.axes["gamepad right trigger"] = 0.9
    assert player.frame() == [commands.Sit()]


def test_a_pad_wishes_for_the_good_at_hand_and_shows_it_at_home_and_else_sits_and_waves() -> None:
    player = Player()
    assert player.press("gamepad right trigger") == [commands.Sit()]
    assert player.press("gamepad dpad down") == [commands.Gesture(kind="wave")]
    player.world.looked_at = HAT_STAND
    assert player.press("gamepad right trigger") == [commands.Wish()]
    assert player.press("gamepad dpad down") == []
    assert player.hud.view.open_panel == "show"
    assert player.press("gamepad a") == [ShowInRoom(good=HAT)]
    player.world.sitting = Sitting(at_m=(0.0, 0.0, 0.4), yaw_rad=0.0, on_seat=True)
    assert player.press("gamepad right trigger") == [commands.Sit()], "who sits gets up first"
