"""At a tree: cards that fit, say the truth and answer keys; strokes by mouse, keys and pad; a board that is kept."""

import itertools
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from panda3d.core import NodePath

from game.client.camera import Gaze
from game.client.hud import Hud
from game.client.hud_orchard import DayCard, FruitCard, StrokeGauge, clock, gives_little, rings, wish
from game.client.hud_orchard_book import OrchardBook
from game.client.hud_paper import Paper
from game.client.input import Input
from game.client.orchard_hand import OrchardHand
from game.client.part import Frame
from game.client.settings import KEYS, ORCHARD_ACTIONS, Settings, Values
from game.client.texts import load_texts
from game.content.harvest_board import Board, placed, read_board, write_board
from game.core import orchard as o
from game.core.commands import Command
from game.core.events import Event
from game.core.orchard import ContestResult
from game.core.orchard_ports import Can
from game.core.picking import Held
from game.core.rules.orchard_aim import towards
from game.core.step import step
from game.core.world import World
from tests.client.written import assert_legible, touch
from tests.core.small import STREET
from tests.core.small_orchard import (
    FREE,
    ME,
    MINE,
    PLOT,
    THEIRS,
    VILLAGE_TREES,
    fact,
    hanging,
    in_garden,
    low_fruit,
    open_garden,
    pick,
    rules,
    stand_at,
)

APPLES, LOQUATS = VILLAGE_TREES[0], VILLAGE_TREES[2]
RESULT = ContestResult(day=20_000, points=812, clean=60, bruised=21, best_combo=14, medal="bronze")


def aimed(world: World, tree: int, *, high: bool = False) -> World:
    """Look at a fruit of a tree."""
    index = low_fruit(world, tree, high=high)
    stand_at(world, tree, index)
    found = hanging(world, tree)
    assert found is not None
    assert found.middle_m is not None
    x, y, z = found.middle_m[index].tolist()
    world.body.yaw_rad, world.body.pitch_rad = towards(world, (x, y, z))
    step(world, [])
    return world


def grasping(*, twist: float, pull: float, fast: float = 2.0) -> World:
    world = aimed(in_garden(), APPLES)
    step(world, [o.Grasp()])
    assert world.orchard.grasped is not None
    world.orchard.grasped.held = Held(twist_rad=twist, pull=pull, fastest_rad_s=fast, speed_rad_s=0.0)
    return world


def picked(*trees: int) -> World:
    world = open_garden()
    for tree in trees:
        pick(world, tree, low_fruit(world, tree))
    return world


def in_contest() -> World:
    world = open_garden()
    step(world, [o.StartContest()])
    for _ in range(3):
        pick(world, LOQUATS, low_fruit(world, LOQUATS))
    return world


def beside(tree: int, *, left: int = 4, **more: Any) -> World:
    world = open_garden(now_secs=PLOT.planted_at_secs + 20 * 86_400, trees=(
        fact(MINE, ME, waterings_left=left, tended=("prune",)), fact(THEIRS, PLOT.grower, waterings_left=3)
    ), **more)  # fmt: skip
    world.body.pos_m = (6.0 * (tree & 0xFFFF), 8.6, 0.0)
    step(world, [])
    return world


STATES: dict[str, tuple[Any, bool]] = {
    # how the world comes to be, and whether the book is open
    "aimed": (lambda: aimed(in_garden(), APPLES), False),
    "too_high": (lambda: aimed(in_garden(), APPLES, high=True), False),
    "grasped": (lambda: grasping(twist=0.7, pull=0.2), False),
    "too_hard": (lambda: grasping(twist=9.0, pull=0.9, fast=20.0), False),
    "combo": (lambda: picked(LOQUATS, LOQUATS, LOQUATS), False),
    "contest": (in_contest, False),
    "book": (lambda: picked(LOQUATS), True),
    "book_own": (lambda: beside(MINE), True),
    "book_dry": (lambda: beside(MINE, can=Can(drops=0, steps_left_today=0)), True),
    "book_watered": (lambda: beside(MINE, left=0), True),
    "book_free": (lambda: beside(FREE), True),
    "book_theirs": (lambda: beside(THEIRS), True),
    "book_nothing_near": (in_garden, True),
}


def hud_for(world: World, language: str = "en", scale: float = 1.0, device: str = "keys") -> Hud:
    settings = Settings(None, Values(language=language, ui_scale=scale, hints_done=("walk", "look")))
    hud = Hud(world, load_texts(language, {}), settings, NodePath("ui"), (1280, 720))
    hud.device = device
    book = OrchardBook()
    book.board = Board(rows=(RESULT, replace(RESULT, day=19_990, points=400, medal="")))
    for piece in (FruitCard(), StrokeGauge(), DayCard()):
        hud.lay(piece)
    hud.join(book, opened_by="orchard_book")
    return hud


def shown(state: str, language: str = "en", scale: float = 1.0, device: str = "keys") -> Hud:
    make, opens = STATES[state]
    world = make()
    hud = hud_for(world, language, scale, device)
    if opens:
        hud.update(world, [], 0.2)
        hud.press("orchard_book")
    for _ in range(3):
        hud.update(world, [], 0.2)
    return hud


@pytest.mark.parametrize(("scale", "device"), [(0.75, "keys"), (1.0, "pad"), (2.0, "keys")])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(STATES))
def test_everything_written_stays_on_its_card_and_none_covers_another(
    state: str, language: str, scale: float, device: str
) -> None:
    hud = shown(state, language, scale, device)
    names = [name for name, _, _ in hud.boxes()]
    assert "orchard_book" in names if STATES[state][1] else "day" in names
    for name, box, paper in hud.boxes():
        assert_legible(name, box, paper)
    boxes = [(name, box) for name, box, _ in hud.boxes() if name != "crosshair"]
    if scale <= 1.0:
        for (name, a), (other, b) in itertools.combinations(boxes, 2):
            assert not touch(a, b, 1.0), f"{name} {a} covers {other} {b}"


def words(hud: Hud) -> str:
    return "\n".join(written.text for _, _, paper in hud.boxes() for written in paper.written)


def test_the_card_says_why_a_fruit_is_out_of_reach() -> None:
    assert "Too high" in words(shown("too_high"))
    assert "Too high" not in words(shown("aimed"))


def test_the_gauge_tells_hard_and_fast_in_words() -> None:
    assert "too hard" in words(shown("too_hard"))
    assert "too fast" in words(shown("too_hard"))
    assert "too" not in words(shown("grasped"))


def test_knock_and_tug_have_words_for_ripe_and_unripe() -> None:
    assert (rings(0.2, rules()), rings(0.6, rules())) == ("fruit_dull", "fruit_rings")
    assert (gives_little(0.0), gives_little(0.5), gives_little(0.9)) == (
        "fruit_gives_none", "fruit_gives_little", "fruit_gives"
    )  # fmt: skip


def test_the_clock_counts_down_to_nothing() -> None:
    assert (clock(300 * 60), clock(61 * 60 - 59), clock(1), clock(0)) == ("5:00", "1:01", "0:01", "0:00")


WISHES = [
    ("take", o.Grasp()), ("grab", o.Grasp()), ("knock", o.Knock()), ("tug", o.Tug()), ("ladder", o.UseLadder()),
    ("pole", o.TakeTool(tool="pole")),
]  # fmt: skip


@pytest.mark.parametrize(("action", "command"), WISHES)
def test_keys_mean_picking_at_a_tree_and_nothing_in_the_street(action: str, command: Command) -> None:
    assert wish(action, aimed(in_garden(), APPLES)) == [command]
    assert wish(action, in_garden(start=STREET)) is None




def test_in_the_hand_a_fruit_can_be_let_go_of_and_at_the_scale_weighed_then_taken() -> None:
    assert wish("put_back", grasping(twist=0.1, pull=0.0)) == [o.LetGo()]
    world = picked(FREE)
    assert wish("checkout", world) == [o.WeighBasket()]
    world.body.pos_m = (-3.0, -2.0, 0.0)
    step(world, [o.WeighBasket()])
    assert wish("checkout", world) == [o.TakeFruit()]
    assert wish("checkout", in_garden()) is None
    assert wish("checkout", in_contest()) == [o.TakeFruit()]


BUTTONS = [
    ("book_own", "water", [o.Water(tree=MINE)]), ("book_own", "tend:birds", [o.Tend(tree=MINE, action="birds")]),
    ("book_own", "graft:loquat_white_jade", [o.Graft(tree=MINE, with_variety="loquat_white_jade")]),
    ("book_own", "buy_water", [o.BuyWater(drops=5)]),
    ("book_theirs", "visit", [o.Visit(tree=THEIRS)]), ("book", "contest", [o.StartContest()]),
    ("book", "child", [o.PlayAsChild(on=True)]), ("book", "leave_fruit", [o.ReturnFruit()]),
]  # fmt: skip


@pytest.mark.parametrize(("state", "action", "commands"), BUTTONS)
def test_each_button_of_the_book_is_there_and_does_its_work(
    state: str, action: str, commands: list[Command]
) -> None:
    hud = shown(state)
    assert action in actions(hud)
    assert hud.press(action) == commands


def main_buttons(hud: Hud) -> list[str]:
    """Actions of the buttons that stand out."""
    paper = next(paper for name, _, paper in hud.boxes() if name == "orchard_book")
    drawn: list[str] = []
    button = Paper.button

    def noted(self: Paper, x: float, y: float, wide: float, label: str, action: str, **more: Any) -> float:
        drawn.extend([action] if more.get("kind") == "main" else [])
        return button(self, x, y, wide, label, action, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Paper, "button", noted)
        assert hud.panel is not None
        hud.panel.piece.draw(Paper(NodePath("other"), paper.scale), hud.view)
    return drawn


def test_what_is_its_turn_stands_out() -> None:
    assert main_buttons(shown("book_own")) == ["water"]
    assert main_buttons(shown("book_dry")) == ["buy_water"]
    watered = main_buttons(shown("book_watered"))
    assert not {"water", "buy_water"} & set(watered)
    assert main_buttons(shown("book_theirs")) == ["visit"]


def test_the_book_leaves_the_tree_in_sight_and_turns_its_pages(tmp_path: Path) -> None:
    hud = shown("book_own")
    [box] = [box for name, box, _ in hud.boxes() if name == "orchard_book"]
    assert box.x > 1280 * 0.6
    assert hud.veil.get_num_children() == 0 or hud.veil.get_tight_bounds() is None
    assert "water" in actions(hud)
    for action in ("tab_right", "tab_left", "page:1"):
        hud.press(action)
        hud.update(hud.view.world, [], 0.1)
        assert ("contest" in actions(hud)) == (action != "tab_left")


def test_beside_the_book_the_camera_turns_to_the_side_and_back(tmp_path: Path) -> None:
    screen, hand = hand_for(beside(MINE), tmp_path)
    screen.stage, screen.calm = SimpleNamespace(aspect=16 / 9, fov_deg=58.7), False  # type: ignore[attr-defined]
    gaze = Gaze((0.0, 0.0, 1.6), 0.5, 0.0, inside=True)
    assert hand.aim(gaze, 0.1) == gaze
    hand.hud.press("orchard_book")
    hand.hud.update(screen.world, [], 0.1)
    yaws = [hand.aim(gaze, 0.1).yaw_rad for _ in range(40)]
    assert yaws == sorted(yaws, reverse=True)
    assert 0.05 < 0.5 - yaws[-1] < 0.5
    hand.hud.close_panel()
    screen.calm = True  # type: ignore[attr-defined]
    assert hand.aim(gaze, 0.1) == gaze


def actions(hud: Hud) -> list[str]:
    paper = next(paper for name, _, paper in hud.boxes() if name == "orchard_book")
    return [spot.action for spot in paper.spots]


def test_the_book_opens_in_an_orchard_alone() -> None:
    hud = hud_for(in_garden(start=STREET))
    assert hud.press("orchard_book") is None
    assert hud.view.open_panel == ""


def test_orchard_keys_are_free_among_themselves() -> None:
    keys = [key for action in ORCHARD_ACTIONS for key in KEYS[action]]
    assert len(keys) == len(set(keys))


# --- strokes ---------------------------------------------------------------------------------------------------


class Screen:
    """What the part needs of the App."""

    def __init__(self, world: World, home: Path) -> None:
        self.world, self.axes = world, {}  # type: ignore[var-annotated]
        self.options = SimpleNamespace(home=home)
        self.input = Input(Settings(None, Values()), self.axes)


def hand_for(world: World, home: Path) -> tuple[Screen, OrchardHand]:
    screen = Screen(world, home)
    settings = Settings(None, Values())
    hud = Hud(world, load_texts("en", {}), settings, NodePath("ui"), (1280, 720))
    hud.update(world, [], 0.02)
    return screen, OrchardHand(screen, hud)  # type: ignore[arg-type]


def play(screen: Screen, hand: OrchardHand, frames: int, *, dx: float = 0.0, dy: float = 0.0) -> list[Event]:
    out: list[Event] = []
    for _ in range(frames):
        happened = step(screen.world, hand.prepare(dx, dy, 1 / 60))
        hand.draw(Frame(happened=happened, dt_secs=1 / 60, sole_m=screen.world.body.pos_m))
        out += happened
    return out


def test_the_scale_tells_weight_price_and_the_key_that_takes_it(tmp_path: Path) -> None:
    screen, hand = hand_for(picked(FREE), tmp_path)
    screen.world.body.pos_m = (-3.0, -2.0, 0.0)
    happened = step(screen.world, [o.WeighBasket()])
    hand.draw(Frame(happened=happened, dt_secs=1 / 60, sole_m=screen.world.body.pos_m))
    said = [text for _, text, _ in hand.hud.view.toasts]
    assert [text for text in said if "0.0" in text and "kg" in text and "1.00 coins" in text and "C:" in text], said


def test_a_fruit_is_picked_clean_by_dragging_the_mouse_aside_and_then_down(tmp_path: Path) -> None:
    screen, hand = hand_for(aimed(in_garden(), APPLES), tmp_path)
    screen.input.held.add("left mouse down")
    step(screen.world, [o.Grasp()])
    play(screen, hand, 40, dx=0.008)
    play(screen, hand, 60, dy=-0.006)
    assert [fruit.grade for fruit in screen.world.orchard.basket] == ["A"]


def test_a_jerk_of_the_mouse_bruises(tmp_path: Path) -> None:
    screen, hand = hand_for(aimed(in_garden(), APPLES), tmp_path)
    screen.input.held.add("left mouse down")
    step(screen.world, [o.Grasp()])
    play(screen, hand, 3, dy=-0.3)
    assert [fruit.grade for fruit in screen.world.orchard.basket] == ["B"]


def test_keys_alone_pick_clean(tmp_path: Path) -> None:
    screen, hand = hand_for(aimed(in_garden(), APPLES), tmp_path)
    screen.input.held.update(("e", "a"))
    step(screen.world, [o.Grasp()])
    play(screen, hand, 40)
    screen.input.held.discard("a")
    screen.input.held.add("s")
    play(screen, hand, 60)
    assert [fruit.grade for fruit in screen.world.orchard.basket] == ["A"]


def test_the_pads_stick_alone_picks_clean(tmp_path: Path) -> None:
    screen, hand = hand_for(aimed(in_garden(), APPLES), tmp_path)
    screen.input.held.add("gamepad a")
    step(screen.world, [o.Grasp()])
    screen.axes["gamepad left stick x"] = 1.0
    play(screen, hand, 40)
    screen.axes.update({"gamepad left stick x": 0.0, "gamepad left stick y": -1.0})
    play(screen, hand, 60)
    assert [fruit.grade for fruit in screen.world.orchard.basket] == ["A"]


def test_what_is_no_longer_held_down_is_let_go(tmp_path: Path) -> None:
    screen, hand = hand_for(aimed(in_garden(), APPLES), tmp_path)
    screen.input.held.add("e")
    step(screen.world, [o.Grasp()])
    play(screen, hand, 2)
    assert screen.world.orchard.grasped is not None
    screen.input.held.clear()
    play(screen, hand, 1)
    assert screen.world.orchard.grasped is None


# --- what a home keeps -----------------------------------------------------------------------------------------


def test_a_home_keeps_the_board_and_the_day(tmp_path: Path) -> None:
    screen, hand = hand_for(open_garden(), tmp_path)
    pick(screen.world, APPLES, low_fruit(screen.world, APPLES))
    played = screen.world.orchard.today
    hand.close()
    assert read_board(tmp_path).today == played
    again, other = hand_for(open_garden(), tmp_path)
    play(again, other, 2)
    assert again.world.orchard.today == played


def test_a_contest_comes_onto_the_board_once_a_day_with_its_best(tmp_path: Path) -> None:
    screen, hand = hand_for(in_contest(), tmp_path)
    happened = step(screen.world, [o.EndContest()])
    hand.draw(Frame(happened=happened, dt_secs=1 / 60, sole_m=(0, 0, 0)))
    rows = read_board(tmp_path).rows
    assert [row.clean for row in rows] == [3]
    worse, place = placed(Board(rows=(RESULT,)), replace(RESULT, points=500), 10)
    assert (worse.rows, place) == ((RESULT,), 0)
    better, place = placed(Board(rows=(RESULT,)), replace(RESULT, points=900), 10)
    assert ([row.points for row in better.rows], place) == ([900], 1)
    two, place = placed(Board(rows=(RESULT,)), replace(RESULT, day=1, points=500), 10)
    assert ([row.points for row in two.rows], place) == ([812, 500], 2)
    full, place = placed(Board(rows=(RESULT,)), replace(RESULT, day=1, points=500), 1)
    assert ([row.points for row in full.rows], place) == ([812], 0)
    child, place = placed(Board(), replace(RESULT, child=True), 10)
    assert (child.rows, place) == ((), 0)


def test_a_damaged_board_is_kept_aside_and_a_home_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "harvests.json").write_bytes(b"{damaged")
    assert read_board(tmp_path) == Board()
    assert (tmp_path / "harvests.json.old").read_bytes() == b"{damaged"
    assert write_board(tmp_path, Board(rows=(RESULT,)))
    assert read_board(tmp_path).rows == (RESULT,)
    (tmp_path / "file").write_text("")
    assert not write_board(tmp_path / "file", Board())


def test_the_gauge_promises_a_grade_and_children_are_always_promised_the_best() -> None:
    def promised(world: World) -> str:
        hud = hud_for(world)
        hud.update(world, [], 0.02)
        said = words(hud)
        (found,) = [key for key in ("stroke_clean", "stroke_bruises") if hud.view.t(key) in said]
        return found

    gentle, rough, child = grasping(twist=0.7, pull=0.2), grasping(twist=9.0, pull=0.9), grasping(twist=9.0, pull=0.9)
    child.orchard.child = True
    assert [promised(world) for world in (gentle, rough, child)] == ["stroke_clean", "stroke_bruises", "stroke_clean"]
