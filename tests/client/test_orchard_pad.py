"""With a pad alone: fruit is found, picked and weighed, a tree cared for, a box disputed; what panels offer is reached
as `test_reach` shows. And the help names the orchard's keys on every device."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from game.client.hud_menu import HELP_ORCHARD
from game.client.input import Input
from game.client.orchard_hand import OrchardHand
from game.core import orchard as o
from game.core.commands import Command
from game.core.step import step
from game.core.world import DT_SECS, World
from tests.client.test_boxes import hud_for as hud_with_boxes
from tests.client.test_boxes import market
from tests.client.test_hud_orchard import APPLES, aimed, beside, hud_for, picked
from tests.core.small_orchard import FREE, MINE, in_garden


class PadPlayer:
    """Nothing but a pad in the hands."""

    def __init__(self, world: World, hud: Any) -> None:
        self.world, self.hud = world, hud
        self.axes: dict[str, float] = {}
        self.input = Input(hud.view.settings, self.axes)

    def frame(self) -> list[Command]:
        wanted = self.input.commands(self.world, self.hud, 0.0, 0.0, DT_SECS)
        step(self.world, wanted)
        self.hud.update(self.world, [], 0.02)
        return wanted

    def press(self, button: str) -> list[Command]:
        self.input.handle(f"gamepad {button}", True)
        wanted = self.frame()
        self.input.handle(f"gamepad {button}", False)
        return wanted

    def choose(self, action: str) -> list[Command]:
        """Walk the focus to a button with the cross, row by row, and press it."""
        for _ in range(40):
            assert self.hud.panel is not None
            assert self.hud.panel.paper is not None
            if self.hud.pointing.chosen(self.hud.panel) == action:
                return self.press("a")
            places = {spot.action: spot.box for spot in self.hud.panel.paper.spots}
            now = places.get(self.hud.pointing.chosen(self.hud.panel) or "")
            if now is None:
                self.press("dpad down")
                continue
            goal = places[action]
            down, across = goal.y - now.y, goal.x - now.x
            if abs(down) > 5:
                self.press("dpad down" if down > 0 else "dpad up")
            else:
                self.press("dpad right" if across > 0 else "dpad left")
        raise AssertionError(f"{action} was not reached")


def player(world: World) -> PadPlayer:
    made = PadPlayer(world, hud_for(world, device="pad"))
    made.frame()
    return made


def test_every_button_means_its_work_at_a_tree() -> None:
    pad = player(aimed(in_garden(), APPLES))
    assert pad.press("x") == [o.Knock()]
    pad.world.orchard.busy_until_tick = 0
    assert pad.press("y") == [o.Tug()]
    assert pad.press("dpad right") == [o.TakeTool(tool="pole")]
    assert pad.press("dpad right") == [o.TakeTool(tool="hand")]
    assert pad.press("dpad left") == [o.UseLadder()]
    assert pad.press("dpad left") == [o.UseLadder()]


def test_a_fruit_is_taken_let_go_and_picked(tmp_path: Path) -> None:
    pad = player(aimed(in_garden(), APPLES))
    assert pad.press("a") == [o.Grasp()]
    assert pad.world.orchard.grasped is not None
    assert pad.press("b") == [o.LetGo()]
    app = SimpleNamespace(world=pad.world, options=SimpleNamespace(home=tmp_path), input=pad.input)
    hand = OrchardHand(app, pad.hud)  # type: ignore[arg-type]
    pad.input.handle("gamepad a", True)
    pad.frame()
    for axis, value, frames in (("x", 1.0, 40), ("y", -1.0, 60)):
        pad.axes.clear()
        pad.axes[f"gamepad left stick {axis}"] = value
        for _ in range(frames):
            step(pad.world, hand.prepare(0.0, 0.0, DT_SECS))
    assert [fruit.grade for fruit in pad.world.orchard.basket] == ["A"]


def test_fruit_is_weighed_and_bought() -> None:
    pad = player(picked(FREE))
    pad.world.body.pos_m = (-3.0, -2.0, 0.0)
    assert pad.press("right shoulder") == [o.WeighBasket()]
    assert pad.press("right shoulder") == [o.TakeFruit()]


def test_a_tree_is_watered_and_grafted_and_the_day_played_from_the_book() -> None:
    pad = player(beside(MINE))
    pad.press("dpad down")
    assert pad.hud.view.open_panel == "orchard_book"
    assert pad.choose("water") == [o.Water(tree=MINE)]
    assert pad.choose("graft:loquat_white_jade") == [o.Graft(tree=MINE, with_variety="loquat_white_jade")]
    pad.press("right shoulder")
    assert pad.choose("child") == [o.PlayAsChild(on=True)]
    assert pad.choose("contest") == [o.StartContest()]
    assert pad.hud.view.open_panel == ""


def test_a_box_is_disputed_and_the_reason_given(tmp_path: Path) -> None:
    world = market("shipped")
    hud, part = hud_with_boxes(world, tmp_path)
    pad = PadPlayer(world, hud)
    hud.open_panel("boxes")
    pad.frame()
    pad.choose("act:5:dispute")
    assert hud.view.open_panel == "reason"
    pad.choose("ready:too_few")
    [command] = pad.choose("go")
    assert isinstance(command, o.ActOnDelivery)
    assert command == replace(command, delivery=5, act="dispute")
    assert part.letters.home == tmp_path
    assert len(list((tmp_path / "letters" / "waiting").glob("*.reason"))) == 1


@pytest.mark.parametrize("device", ["keys", "pad"])
def test_the_help_names_the_orchards_keys(device: str) -> None:
    hud = hud_for(in_garden(), device=device)
    hud.update(hud.view.world, [], 0.1)
    hud.open_panel("help")
    hud.update(hud.view.world, [], 0.1)
    [*_, (_, _, paper)] = hud.boxes()
    written = [one.text for one in paper.written]
    for action in HELP_ORCHARD:
        assert hud.view.t(f"help_{action}") in written
        if action != "pull_fruit":
            assert hud.view.key(action), f"{action} has no button on {device}"
            assert device == "pad" or hud.view.key(action) in written  # a pad's marks are drawn
