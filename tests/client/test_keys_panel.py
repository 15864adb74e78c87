"""Which keys do what: changed, swapped, refused and reset, in the panel of keys and by keys alone."""

import itertools

import pytest

from game.client.hud_keys import GROUPS
from game.client.input import wish
from game.client.settings import KEYS
from game.core import commands
from tests.client.panels import market_day
from tests.client.player import HAT_STAND, Player

WORLD = GROUPS["world"]


def test_every_key_can_be_changed() -> None:
    player = Player(keys={"take": ("1",)})
    assert player.press("1") == [commands.PickUp()]
    assert player.press("e") == []
    assert player.hud.view.key("take") == "1"


def test_no_two_actions_of_the_walking_player_share_a_key() -> None:
    world = market_day()
    world.looked_at = HAT_STAND
    walking = {action: set(KEYS[action]) for action in GROUPS["world"] if wish(action, world) is not None}
    walking |= {action: set(KEYS[action]) for action in ("basket", "inventory", "purse", "help", "pause")}
    for (name, keys), (other, more) in itertools.combinations(walking.items(), 2):
        assert not keys & more, f"{name} and {other} share {keys & more}"


def test_a_key_is_changed_in_the_panel_and_swapped_with_the_one_that_had_it() -> None:
    player = Player()
    player.hud.open_panel("keys")
    for _ in range(WORLD.index("take")):
        player.press("down arrow")
    player.press("enter")
    assert player.press("t") == []
    assert "has E now" in player.hud.keys_panel.note
    assert player.keys.settings.keys_of("take") == ("t", "gamepad a")
    assert player.keys.settings.keys_of("try_on") == ("e", "gamepad x")
    player.hud.close_panel()
    assert player.press("t") == [commands.PickUp()]
    player.hud.open_panel("keys")
    for _ in range(WORLD.index("take")):
        player.press("down arrow")
    player.press("x")
    assert player.keys.settings.keys_of("take") == ("e", "gamepad a")
    assert player.keys.settings.keys_of("try_on") == ("gamepad x",), "it gave E back, and keeps nothing that is taken"
    for _ in range(WORLD.index("try_on") - WORLD.index("take")):
        player.press("down arrow")
    player.press("x")
    assert player.keys.settings.values.keys == {}


def test_a_button_is_changed_in_its_own_column_and_the_keyboard_keeps_its_keys() -> None:
    player = Player()
    player.hud.open_panel("keys")
    for _ in range(WORLD.index("take")):
        player.press("down arrow")
    player.press("right arrow")
    player.press("enter")
    assert player.press("gamepad y") == []
    assert player.keys.settings.keys_of("take") == ("gamepad y", "e")
    assert player.keys.settings.keys_of("basket_add") == ("b", "gamepad a")
    player.hud.close_panel()
    assert player.press("gamepad y") == [commands.PickUp()]
    assert player.press("e") == [commands.PickUp()]


def test_a_key_of_the_other_device_leaves_all_as_it_was() -> None:
    player = Player()
    player.hud.open_panel("keys")
    player.press("enter")
    player.press("gamepad a")
    assert not player.hud.wants_key
    player.press("right arrow")
    player.press("enter")
    player.press("w")
    assert player.keys.settings.values.keys == {}


def test_keys_that_nobody_may_lose_are_refused_and_stay() -> None:
    player = Player(keys={"confirm": ("g",), "go_down": ("s",), "pause": ("f10",)})
    player.hud.open_panel("keys")
    player.press("e")
    player.press("e")  # the page of what panels listen to
    player.press("s")
    player.press("g")
    assert player.hud.wants_key
    player.press("up arrow")
    assert "always keeps" in player.hud.keys_panel.note
    assert set(player.keys.settings.values.keys) == {"confirm", "go_down", "pause"}
    player.press("escape")
    assert not player.hud.wants_mouse
    player.press("escape")
    assert player.hud.view.open_panel == "pause"
    player.press("enter")
    assert not player.hud.wants_mouse


def test_all_keys_are_reset_by_keys_alone() -> None:
    player = Player(keys={"take": ("g",), "go_down": ("s", "down arrow")})
    player.hud.open_panel("keys")
    player.press("up arrow")
    player.press("up arrow")  # from the tabs up to the button below the rows
    player.press("enter")
    assert player.keys.settings.values.keys == {}


def test_no_two_actions_of_a_group_come_with_one_key() -> None:
    for group in GROUPS.values():
        for name, other in itertools.combinations(group, 2):
            assert not set(KEYS[name]) & set(KEYS[other]), f"{name} and {other}"


@pytest.mark.parametrize("action", [action for group in GROUPS.values() for action in group])
def test_after_any_change_and_its_reset_no_two_actions_share_a_key(action: str) -> None:
    player = Player()
    panel = player.hud.keys_panel
    for group, names in enumerate(GROUPS.values()):
        if action not in names:
            continue
        for key in ("t", "gamepad b", "f9"):
            player.hud.open_panel("keys")
            player.hud.press(f"group:{group}")
            player.hud.press(f"cell:{names.index(action)}:{int(key.startswith('gamepad'))}")
            player.press(key)
            assert key in player.keys.settings.keys_of(action) or "always keeps" in panel.note
            for name, other in itertools.combinations(names, 2):
                both = set(player.keys.settings.keys_of(name)) & set(player.keys.settings.keys_of(other))
                assert not both, f"{name} and {other} share {both}"
        player.hud.press("remove")


@pytest.mark.parametrize(("way", "key"), [("go_down", "down arrow"), ("go_right", "right arrow")])
def test_a_way_that_is_held_is_taken_again_and_again_after_a_while(way: str, key: str) -> None:
    player = Player()
    player.hud.open_panel("keys")
    player.keys.handle(key, True)
    player.frame()
    at = player.hud.keys_panel.row, player.hud.keys_panel.column
    for _ in range(10):
        player.frame()
    assert (player.hud.keys_panel.row, player.hud.keys_panel.column) == at, "not at once"
    for _ in range(60):
        player.frame()
    assert player.hud.keys_panel.row > at[0] + 3 if way == "go_down" else player.hud.keys_panel.column == 1


def test_the_left_stick_steers_through_a_panel_and_walks_nowhere() -> None:
    player = Player()
    player.hud.open_panel("keys")
    player.axes["gamepad left stick y"] = -1.0
    assert player.frame() == []
    assert player.hud.keys_panel.row == 1
    player.axes["gamepad left stick y"] = 0.0
    player.frame()
    player.axes["gamepad left stick x"] = 1.0
    player.frame()
    assert (player.hud.keys_panel.row, player.hud.keys_panel.column) == (1, 1)


def test_escape_keeps_the_key_as_it_was() -> None:
    player = Player()
    player.hud.open_panel("keys")
    player.press("enter")
    assert player.hud.wants_key
    assert player.press("escape") == []
    assert not player.hud.wants_key
    assert player.hud.view.open_panel == "keys"
    assert player.keys.settings.values.keys == {}
