"""Letters on the screen: with a pad alone, or a mouse alone, one can write wherever something can be written."""

from pathlib import Path

import pytest
from panda3d.core import NodePath

from game.client import hud_letters, theme
from game.client.hud import Hud
from game.client.hud_boxes import FIELDS, SEND_AT, AddressPanel
from game.client.hud_letters import LOCKED, OFF, ONCE, PAGES, Letters
from game.client.hud_panel import Piece
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.core import building as b
from game.core import orchard as o
from game.core.commands import Command
from game.core.ids import GoodId
from game.core.world import DT_SECS
from tests.client.panels import PEOPLE, STATES, join_modes, market_day
from tests.client.test_boxes import TYPED, market, opened
from tests.client.test_boxes import hud_for as hud_with_boxes
from tests.client.test_orchard_pad import PadPlayer

SIZE_PX = (1280, 720)


class Writer(PadPlayer):
    """Writes with the letters on the screen; the world stands still meanwhile."""

    def frame(self) -> list[Command]:
        wanted = self.input.commands(self.world, self.hud, 0.0, 0.0, DT_SECS)
        self.hud.update(self.world, [], 0.02)
        return wanted

    def find(self, action: str) -> None:
        """Steer to a key with the cross."""
        letters = self.hud.letters
        for _ in range(30):
            keys = letters.keys()
            here, there = keys[letters.pointing.focus], next(key for key in keys if key.action == action)
            if here == there:
                return
            if here.row != there.row:
                self.press("dpad down" if here.row < there.row else "dpad up")
            else:
                self.press("dpad right" if here.first < there.first else "dpad left")
        raise AssertionError(f"{action} was not reached")

    def write(self, text: str) -> None:
        for letter in text:
            self.find("key:space" if letter == " " else f"type:{letter}")
            self.press("a")

    def words(self) -> str:
        """All that the open panel shows."""
        assert self.hud.panel is not None
        assert self.hud.panel.paper is not None
        return "\n".join(written.text for written in self.hud.panel.paper.written)


def at(state: str, language: str = "en") -> Writer:
    world = market_day()
    settings = Settings(None, Values(language=language, hints_done=("walk", "look")))
    hud = Hud(world, load_texts(language, PEOPLE), settings, NodePath("ui"), SIZE_PX)
    join_modes(hud)
    STATES[state](world, hud)
    writer = Writer(world, hud)
    writer.input.device = "pad"
    writer.frame()
    return writer


def on_line() -> list[str]:
    """The states in which a line is chosen, and there are no letters yet."""
    found = []
    for state in STATES:
        hud = at(state).hud
        shown = hud.panel
        if shown is not None and shown.paper is not None and shown.paper.caret_at and not hud.letters.open:
            found.append(state)
    return found


ON_LINE = on_line()


def kinds_of(kind: type[Piece]) -> set[type[Piece]]:
    return {each for sub in kind.__subclasses__() for each in (sub, *kinds_of(sub))}


def test_every_panel_with_a_line_is_tried() -> None:
    tried = set()
    for state in ON_LINE:
        hud = at(state).hud
        assert hud.wants_text, f"{state} shows a caret and takes no letters"
        tried.add(type(hud.panels[hud.view.open_panel]).__name__)
    typing = {kind.__name__ for kind in kinds_of(Piece) if kind.types is not False and kind.name}
    assert tried == typing - {"Letters"}


@pytest.mark.parametrize("state", ON_LINE)
def test_a_pad_alone_writes_on_every_line(state: str) -> None:
    writer = at(state)
    letters = writer.hud.letters
    writer.press("a")
    assert letters.open
    writer.write("7")
    assert "7" in writer.words()
    writer.write(" a,b1")
    assert writer.words().count("b1") == 1
    writer.press("x")
    assert "b1" not in writer.words()
    writer.press("b")
    assert not letters.open
    assert writer.hud.panel is not None, "the panel is still there"


def test_search_opens_with_letters_for_a_pad_and_without_them_for_keys() -> None:
    for device in ("pad", "keys"):
        writer = at("search")
        writer.press("b") if writer.hud.letters.open else None
        writer.hud.close_panel()
        writer.hud.device = writer.hud.view.device = device
        writer.hud.press("search")
        assert writer.hud.letters.open == (device == "pad")


def test_a_good_is_searched_for_and_found_with_a_pad_alone() -> None:
    writer = at("way_seeking")
    writer.hud.view.finding.goal = None
    for _ in writer.hud.view.finding.load():
        pass
    writer.press("back")
    assert writer.hud.view.open_panel == "search"
    writer.write("felt")
    writer.press("start")
    assert not writer.hud.letters.open
    assert [found.good for found in writer.hud.panels["search"].rows.found] == [GoodId("felt_hat")]
    writer.press("a")
    assert writer.hud.view.open_panel == ""
    goal = writer.hud.view.finding.goal
    assert goal is not None
    assert goal.good == GoodId("felt_hat")


def test_whoever_leaves_the_letters_steers_the_panel() -> None:
    writer = at("letters")
    writer.press("dpad down")
    assert writer.hud.panels["search"].zone == "field", "the cross chooses letters"
    writer.press("b")
    writer.press("dpad down")
    assert writer.hud.panels["search"].zone == "chips"
    writer.press("a")
    assert not writer.hud.letters.open, "a filter is changed"
    writer.press("b")
    assert writer.hud.panel is None


def test_fruit_is_sent_home_with_a_pad_alone(tmp_path: Path) -> None:
    world = market()
    hud, _ = hud_with_boxes(world, tmp_path)
    opened(hud, world, "send:1")
    writer = Writer(world, hud)
    panel = hud.panels["address"]
    assert isinstance(panel, AddressPanel)
    writer.input.device = "pad"
    writer.frame()
    for row, name in enumerate(FIELDS):
        assert panel.row == row
        if name in TYPED:
            writer.press("a")
            writer.write("".join(letter for letter in TYPED[name].lower() if letter.isascii()).strip())
            writer.press("start")
        else:
            writer.press("dpad down")
    assert panel.row == SEND_AT
    [command] = writer.press("a")
    assert isinstance(command, o.SendHome)


def test_a_signs_words_are_set_with_a_pad_alone() -> None:
    writer = at("tray_words")
    writer.press("a")
    writer.write(" 24")
    assert writer.press("start") == [b.SetWords(words="Open 24")]
    assert not writer.hud.wants_text


def test_one_capital_many_capitals_and_none() -> None:
    writer = at("letters")
    letters, line = writer.hud.letters, writer.hud.panels["search"].field
    assert letters.capitals == OFF
    writer.press("left shoulder")
    assert letters.capitals == ONCE
    writer.write("ab")
    writer.press("left shoulder")
    writer.press("left shoulder")
    assert letters.capitals == LOCKED
    writer.write("cd1")
    writer.press("left shoulder")
    writer.write("e")
    assert line.text == "AbCD1e"


def test_the_cross_goes_round_the_keys() -> None:
    writer = at("letters")
    letters = writer.hud.letters

    def chosen() -> str:
        return letters.keys()[letters.pointing.focus].action

    writer.find("type:q")
    writer.press("dpad left")
    assert chosen() == "type:'"
    writer.press("dpad right")
    assert chosen() == "type:q"
    writer.press("dpad up")
    writer.press("dpad up")
    assert chosen() == "key:shift"
    writer.press("dpad right")
    assert chosen() == "key:page"
    writer.find("type:x")
    writer.press("dpad down")
    writer.press("dpad up")
    assert chosen() == "type:x", "one comes back to where one was"


def test_a_way_and_the_eraser_are_repeated_while_they_are_held() -> None:
    writer = at("letters")
    line = writer.hud.panels["search"].field
    line.text = "abcdefghij"
    for button, seen in (("x", lambda: line.text), ("dpad down", lambda: writer.hud.letters.pointing.focus)):
        before = seen()
        writer.input.handle(f"gamepad {button}", True)
        states = {before}
        for _ in range(60):
            writer.frame()
            states.add(seen())
        writer.input.handle(f"gamepad {button}", False)
        assert len(states) > 4
    assert line.text.startswith("abc"), "not all at once"


def test_a_held_key_of_the_keyboard_erases_nothing() -> None:
    writer = at("letters")
    line = writer.hud.panels["search"].field
    line.text = "abc"
    writer.input.handle("d", True)
    for _ in range(60):
        writer.frame()
    assert line.text == "abc"


def test_a_mouse_alone_brings_letters_up_and_clicks_on_them() -> None:
    writer = at("search")
    hud = writer.hud

    def click(shown: object, action: str) -> None:
        paper = shown.paper  # type: ignore[attr-defined]
        box = next(spot.box for spot in paper.spots if spot.action == action)
        x_px = shown.left + (box.x + box.wide / 2) * paper.scale  # type: ignore[attr-defined]
        y_px = shown.top + (box.y + box.high / 2) * paper.scale  # type: ignore[attr-defined]
        hud.update(writer.world, [], 0.3, ((x_px - SIZE_PX[0] / 2) / SIZE_PX[1], 0.5 - y_px / SIZE_PX[1]))
        writer.input.handle("left mouse down", True)
        writer.input.handle("left mouse up", True)
        writer.frame()

    click(hud.panel, "letters")
    assert hud.letters.open
    for letter in "hat":
        click(hud.letters.shown, f"type:{letter}")
    click(hud.letters.shown, "key:erase")
    assert hud.panels["search"].field.text == "ha"
    click(hud.letters.shown, "key:done")
    assert not hud.letters.open
    assert hud.view.open_panel == "search"


def test_a_keyboard_types_as_ever_and_the_letters_go() -> None:
    writer = at("letters")
    writer.write("a")
    writer.input.handle("z", True)
    writer.input.type("z")
    writer.frame()
    assert writer.hud.panels["search"].field.text == "az"
    assert not writer.hud.letters.open


def test_nothing_but_letters_is_pressed_on_a_pad_while_they_are_there() -> None:
    writer = at("letters")
    for button in ("back", "left stick", "right stick", "right trigger", "left trigger"):
        assert writer.press(button) == []
        assert writer.hud.letters.open
        assert writer.hud.view.open_panel == "search"


def test_what_was_copied_is_pasted(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = at("letters")
    monkeypatch.setattr(hud_letters, "pasted", lambda: "https://rooms.example/a")
    writer.find("key:paste")
    writer.press("a")
    assert writer.hud.panels["search"].field.text == "https://rooms.example/a"
    monkeypatch.setattr(hud_letters, "pasted", lambda: None)
    writer.press("a")
    assert writer.hud.view.toasts[-1][1] == writer.hud.view.t("paste_failed")


def test_letters_go_with_their_panel_and_with_their_line() -> None:
    writer = at("letters")
    writer.hud.open_panel("map")
    assert not writer.hud.letters.open
    writer = at("letters")
    writer.hud.panels["search"].zone = "rows"
    writer.frame()
    assert not writer.hud.letters.open


def test_every_letter_of_the_pages_can_be_drawn_and_all_of_ascii_is_there() -> None:
    there = set()
    for name, rows in PAGES.items():
        assert theme.can_be_bold(name)
        assert len({len(row) for row in rows}) == 1
        for letter in "".join(rows):
            assert theme.has_glyph(letter, False), letter
            assert theme.has_glyph(letter, True), letter
            there |= {letter, letter.upper()}
    missing = {chr(code) for code in range(0x21, 0x7F)} - there
    assert missing == {"{", "}"}


def test_letters_know_the_devices_buttons() -> None:
    writer = at("letters")
    assert isinstance(writer.hud.letters, Letters)
    for device, marked in (("pad", True), ("keys", False)):
        writer.hud.device = writer.hud.view.device = device
        writer.hud.update(writer.world, [], 0.3)
        paper = writer.hud.letters.shown.paper
        assert paper is not None
        written = [one.text for one in paper.written]
        assert ("Enter" in written) != marked


def in_chinese() -> Writer:
    writer = at("search", "zh")
    writer.press("a")
    return writer


def chosen(writer: Writer) -> str:
    letters = writer.hud.letters
    action = letters.keys()[letters.pointing.focus].action
    kind, _, number = action.partition(":")
    return letters.choices[int(number)][0] if kind == "pick" else action


def test_chinese_is_written_in_pinyin_with_a_pad_alone() -> None:
    writer = in_chinese()
    line = writer.hud.panels["search"].field
    writer.write("pipa")
    assert (line.text, line.composing) == ("", "pipa")
    writer.find("type:1")
    writer.press("dpad up")
    assert chosen(writer) == "枇杷", "what is sold here comes first"
    writer.press("a")
    assert (line.text, line.composing) == ("枇杷", "")
    assert chosen(writer) == "type:1", "one comes back to where one was"
    writer.write("nihaoyi")
    writer.press("y")
    writer.press("y")
    assert line.composing == ""
    writer.write("，")
    assert line.text.startswith("枇杷你好"), "a space takes the first word"
    assert line.text.endswith("，")


def test_a_word_for_the_first_of_the_letters_leaves_the_rest() -> None:
    writer = in_chinese()
    letters, line = writer.hud.letters, writer.hud.panels["search"].field
    writer.write("haoren")
    number = next(n for n, (word, taken) in enumerate(letters.choices) if taken == 3)
    word = letters.choices[number][0]
    letters.take(f"pick:{number}", writer.hud.view)
    assert (line.text, line.composing) == (word, "ren")
    writer.press("x")
    assert line.composing == "re"
    writer.press("b")
    assert letters.open, "first one gives up the letters, then the keyboard"
    assert (line.text, line.composing) == (word, "")
    writer.press("x")
    assert line.text == ""
    writer.press("b")
    assert not letters.open


def test_letters_that_stand_for_nothing_and_those_before_done_stay_letters() -> None:
    writer = in_chinese()
    line = writer.hud.panels["search"].field
    writer.write("vvv 5")
    assert line.text == "vvv 5"
    writer.write("hat")
    writer.press("start")
    assert line.text == "vvv 5hat"
    writer = in_chinese()
    line = writer.hud.panels["search"].field
    writer.press("right shoulder")
    writer.write("hat")
    assert line.text == "hat", "a page is for Latin letters"


def test_every_word_is_reached_page_by_page() -> None:
    writer = in_chinese()
    letters = writer.hud.letters
    writer.write("yi")
    wanted = {word for word, _ in letters.choices}
    assert len(wanted) > 60
    seen: set[str] = set()
    writer.find("type:1")
    writer.press("dpad up")
    for _ in range(200):
        if seen == wanted:
            break
        if letters.keys()[letters.pointing.focus].action == "key:more":
            writer.press("a")
        seen.add(chosen(writer))
        writer.press("dpad right")
    assert seen == wanted


def test_a_word_that_waits_goes_with_its_panel() -> None:
    writer = in_chinese()
    writer.write("ni")
    writer.hud.open_panel("map")
    assert writer.hud.panels["search"].field.composing == ""
