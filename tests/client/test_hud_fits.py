"""Everything fits its card and the screen, in each language and size, and nothing lies over anything else."""

import itertools

import pytest
from panda3d.core import NodePath

from game.client.hud_layout import around
from game.client.hud_paper import Box, Paper
from tests.client.panels import STATES
from tests.client.shown import SIZE_PX, shown
from tests.client.written import touch


def caret_box(sheet: Box, paper: Paper) -> Box:
    """Where the caret is on the screen, in pixels."""
    assert paper.caret_at is not None
    caret, scale = paper.caret_at, paper.scale
    return Box(sheet.x + caret.x * scale, sheet.y + caret.y * scale, caret.wide * scale, caret.high * scale)


@pytest.mark.parametrize(
    ("scale", "text_size", "device"),
    [(0.75, 1.0, "keys"), (1.0, 1.0, "pad"), (2.0, 1.0, "keys"), (2.0, 2.0, "pad")],
)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(STATES))
def test_everything_written_stays_on_its_card_and_every_card_on_the_screen(
    state: str, language: str, scale: float, text_size: float, device: str
) -> None:
    hud = shown(state, language, scale, device=device, text_size=text_size)
    screen = Box(0, 0, *SIZE_PX)
    for name, box, paper in hud.boxes():
        if hud.letters.open and name == hud.view.open_panel:  # of a high panel only the line is in sight
            line = caret_box(box, paper)
            assert line.within(Box(0, 0, SIZE_PX[0], hud.letters.shown.top), slack=0), f"{name}: letters hide the line"
        else:
            assert box.within(screen), f"{name} leaves the screen: {box}"
        card = Box(0, 0, paper.wide, paper.high)
        for written in paper.written:
            assert written.box.within(card), f"{name}: {written} leaves its card {card}"
        for spot in paper.spots:
            assert spot.box.within(card, slack=4), f"{name}: {spot} leaves its card"
        glyphs = paper.ink.get_tight_bounds(paper.root)
        if glyphs:
            low, high = glyphs
            assert low.x >= -1
            assert high.x <= paper.wide * paper.scale + 1
            assert high.y <= 1
            assert low.y >= -paper.high * paper.scale - 1


@pytest.mark.parametrize(
    ("scale", "text_size", "device"),
    [(1.0, 1.0, "keys"), (1.0, 1.0, "pad"), (2.0, 2.0, "keys")],
)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(STATES))
def test_no_two_texts_of_a_card_overlap(
    state: str, language: str, scale: float, text_size: float, device: str
) -> None:
    for name, _, paper in shown(state, language, scale, device=device, text_size=text_size).boxes():
        texts = [written for written in paper.written if written.text.strip()]
        for a, b in itertools.combinations(texts, 2):
            assert not touch(a.box, b.box, 2.5), f"{name}: {a} and {b} overlap"


@pytest.mark.parametrize("size_px", [(1280, 720), (1024, 768), (800, 600), (2560, 1080)])
@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
@pytest.mark.parametrize("state", ["look_at", "hand", "ghost_blocked", "hints", "opening", "way"])
def test_cards_leave_each_other_room(state: str, scale: float, size_px: tuple[int, int]) -> None:
    boxes = [(name, box) for name, box, _ in shown(state, "en", scale, size_px).boxes() if name != "crosshair"]
    for (name, a), (other, b) in itertools.combinations(boxes, 2):
        assert not touch(a, b, 1.0), f"{name} {a} covers {other} {b}"


def test_the_overlap_check_notices_texts_that_overlap() -> None:
    paper = Paper(NodePath("ui"), 1.0)
    paper.text(0, 0, "one")
    paper.text(4, 4, "two")
    assert touch(paper.written[0].box, paper.written[1].box, 2.5)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_the_start_menu_is_as_large_as_play(language: str) -> None:
    [paper] = [paper for name, _, paper in shown("start", language).boxes() if name == "start"]
    areas = {spot.action: spot.box.wide * spot.box.high for spot in paper.spots}
    assert len(areas) >= 4
    play = areas.pop("wish:play")
    assert play > 1.2 * max(areas.values())


@pytest.mark.parametrize("scale", [0.75, 1.0, 1.25, 2.0])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(STATES))
def test_no_line_of_text_lies_over_an_open_panel(state: str, language: str, scale: float) -> None:
    hud = shown(state, language, scale)
    panel = hud.view.open_panel
    hud.say("bad", hud.view.t("went_wrong"))
    for _ in range(2):
        hud.update(hud.view.world, [], 0.2)
    boxes = {name: box for name, box, _ in hud.boxes()}
    if "letters" in boxes:
        boxes[panel] = around([boxes[panel], boxes["letters"]])
    if "captions" in boxes:
        assert panel not in boxes or not touch(boxes["captions"], boxes[panel], 0.0)
        assert boxes["captions"].within(Box(0, 0, *SIZE_PX))
    else:  # where the panel leaves no room it is told later
        box = boxes[panel]
        assert max(box.x, SIZE_PX[0] - box.x - box.wide) < 165 * scale
        assert max(box.y, SIZE_PX[1] - box.y - box.high) < 110 * scale
        hud.update(hud.view.world, [], 60.0)
        assert hud.view.toasts


def test_long_text_breaks_between_words_and_chinese_anywhere_but_before_a_comma() -> None:
    paper = Paper(NodePath("ui"), 1.0)
    for line in paper.wrap("one two three four five six", 16, 80):
        assert line in "one two three four five six"
        assert paper.width_of(line, 16) <= 80
    lines = paper.wrap("一二三四五，六七八九十，一二三四五，六七八", 16, 90)
    assert len(lines) > 2
    assert all(not line.startswith("，") for line in lines)
