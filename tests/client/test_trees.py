"""A tree's life, the player's own trees and a grower's offer: panels that fit, say the truth, and do their work."""

import concurrent.futures
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from panda3d.core import NodePath
from PIL import Image

from game.client.hud import Hud
from game.client.hud_life import LifePanel
from game.client.hud_orchard_book import OrchardBook
from game.client.life_card import MOST_ROWS, PICTURE_HIGH, WIDE, card_png, left_out, shortened
from game.client.part import Frame
from game.client.settings import Settings, Values
from game.client.texts import load_texts
from game.client.tree_words import life_card, rows_of
from game.client.trees import Trees
from game.core import orchard as o
from game.core.goods import Text
from game.core.ids import Address
from game.core.orchard_ports import LifeEvent, LifeTold, OrchardTold, Plot
from game.core.step import step
from game.core.world import World
from tests.client.written import assert_legible
from tests.core.small_orchard import DAY, FREE, MINE, PLOT, THEIRS, fact, open_garden, rules

SECS = 86_400
FRIEND = Address("0x8BA1f109551bD432803012645Ac136ddd64DBA72")
WORDS = rules().plots[3]  # the loquats by the stream
KNOWN = replace(
    PLOT, manifest_sha256=next(key for key, words in rules().words.items() if words is WORDS),
    ripe_at_secs=DAY + 10 * SECS,
)  # fmt: skip
PEOPLE = {"old_wu": Text(en="Old Wu", zh="老吴")}


def line(what: str, days: int, by: Address, quantity: int = 1) -> LifeEvent:
    return LifeEvent(tree=MINE, at_secs=DAY + days * SECS, by=by, what=what, quantity=quantity, block=days + 50,
                     tx_hash="0x01")  # fmt: skip


def beside(tree: int, *, plot: Plot = KNOWN, lines: int = 0, now_secs: int = DAY, **more: Any) -> World:
    """Stand by a tree; of one's own the life line is told, with so many more harvests."""
    world = open_garden(plots=(plot,), now_secs=now_secs, trees=(fact(THEIRS, PLOT.grower, waterings_left=3),))
    me = world.purse.account
    mine = replace(fact(MINE, me), **more)
    life = (
        line("planted", -90, PLOT.grower), line("adopted", -40, me), line("watered", -39, me, 6),
        line("visited", -38, FRIEND), line("prune", -30, me), line("picked", -1, me, 12),
        *(line("picked", day, me, day + 1) for day in range(lines)),
    )  # fmt: skip
    step(world, [], [OrchardTold(now_secs=now_secs, trees=(mine,)),
                     LifeTold(request_id="", tree=MINE, events=life)])  # fmt: skip
    world.body.pos_m = (6.0 * (tree & 0xFFFF), 8.6, 0.0)
    step(world, [])
    return world


def hud_for(
    world: World, language: str = "en", scale: float = 1.0, device: str = "keys", home: Path = Path("nowhere")
) -> tuple[Hud, Trees]:
    settings = Settings(None, Values(language=language, ui_scale=scale, hints_done=("walk", "look")))
    hud = Hud(world, load_texts(language, PEOPLE), settings, NodePath("ui"), (1280, 720))
    hud.device = device
    hud.join(OrchardBook(), opened_by="orchard_book")
    app = SimpleNamespace(world=world, options=SimpleNamespace(home=home))
    part = Trees(app, hud)  # type: ignore[arg-type]
    hud.update(world, [], 0.2)
    return hud, part


def opened(hud: Hud, world: World, name: str, *then: str) -> Hud:
    hud.open_panel(name)
    for action in then:
        hud.press(action)
    for _ in range(3):
        hud.update(world, [], 0.2)
    return hud


def paper_of(hud: Hud) -> Any:
    return next(paper for name, _, paper in hud.boxes() if name == hud.view.open_panel)


def words(hud: Hud) -> str:
    return "\n".join(written.text for written in paper_of(hud).written)


def actions(hud: Hud) -> list[str]:
    return [spot.action for spot in paper_of(hud).spots]


OVER = KNOWN.redeem_by_secs + 1
STATES: dict[str, tuple[Any, str]] = {
    # how the world comes to be, and which panel is open
    "life": (lambda: beside(MINE), "life"),
    "life_long": (lambda: beside(MINE, lines=14, now_secs=OVER, picked=12), "life"),
    "life_by_play": (lambda: beside(MINE, now_secs=OVER, by_play=True), "life"),
    "life_empty": (lambda: beside(MINE, now_secs=OVER, picked=40), "life"),
    "life_reading": (lambda: beside(FREE), "life"),
    "life_nowhere": (open_garden, "life"),
    "trees": (lambda: beside(MINE), "trees"),
    "trees_over": (lambda: beside(MINE, now_secs=OVER), "trees"),
    "trees_none": (open_garden, "trees"),
    "plot": (lambda: beside(FREE), "plot"),
    "plot_no_words": (lambda: beside(FREE, plot=replace(KNOWN, manifest_sha256=b"\2" * 32)), "plot"),
    "plot_taken": (lambda: beside(MINE), "plot"),
    "plot_late": (lambda: beside(FREE, now_secs=KNOWN.ripe_at_secs), "plot"),
    "plot_nowhere": (open_garden, "plot"),
}


@pytest.mark.parametrize(("scale", "device"), [(0.75, "keys"), (1.0, "pad"), (2.0, "keys")])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", list(STATES))
def test_everything_written_stays_on_its_card(state: str, language: str, scale: float, device: str) -> None:
    make, name = STATES[state]
    world = make()
    hud, part = hud_for(world, language, scale, device)
    opened(hud, world, name)
    part.life.saved = "/home/somebody/.local/share/loquat/photos/trees/2026-11-28_tree_12_of_the_loquats.png"
    hud.update(world, [], 0.2)
    assert hud.view.open_panel == name
    paper, box = next((paper, box) for shown, box, paper in hud.boxes() if shown == name)
    assert_legible(name, box, paper)


# --- a tree's life -----------------------------------------------------------------------------------------------


def test_the_book_leads_to_the_life_of_the_tree_before_the_player_and_back() -> None:
    world = beside(MINE)
    hud, _ = hud_for(world)
    opened(hud, world, "orchard_book", "open:life")
    assert hud.view.open_panel == "life"
    assert o.AskLife(tree=MINE) in hud.view.asks
    for said in ("Old Wu planted it", "You adopted it", "You watered it 6 times", "Player 8BA1 came by and watered it",
                 "You pruned it", "You picked 12 pieces", "Tree 1 of The loquats by the stream", "Dawn"):  # fmt: skip
        assert said in words(hud), said
    hud.press("back")
    assert hud.view.open_panel == "orchard_book"


@pytest.mark.parametrize(("fact", "said", "tells"), [
    ({"graft_open": True}, "shows in a moment", "You grafted it"),
    ({}, "did not take: this tree stays Dawn", "You grafted it, but it did not take"),
    ({"variety": "loquat_white_jade"}, "this tree now bears White Jade", "You grafted it: now it is White Jade Loquat"),
])  # fmt: skip
def test_what_came_of_a_graft_is_on_the_page_and_in_the_life(fact: dict[str, Any], said: str, tells: str) -> None:
    world = beside(MINE, grafted=True, **fact)
    taken = int("variety" in fact)
    world.orchard.lives[MINE] = (*world.orchard.lives[MINE], line("grafted", -1, world.purse.account, taken))
    hud, _ = hud_for(world)
    assert said in words(opened(hud, world, "orchard_book")).replace("\n", " ")
    assert not [action for action in actions(hud) if action.startswith("graft:")]
    assert tells in words(opened(hud, world, "life")).splitlines()


def test_no_word_of_a_graft_where_there_was_none() -> None:
    world = beside(MINE)
    hud, _ = hud_for(world)
    assert "The graft" not in words(opened(hud, world, "orchard_book"))


def test_the_player_hears_once_that_a_graft_did_not_take() -> None:
    world = beside(MINE, grafted=True, graft_open=True)
    hud, part = hud_for(world)
    told = OrchardTold(now_secs=DAY, trees=(replace(world.orchard.trees[MINE], graft_open=False),))
    for _ in range(2):
        part.draw(Frame(happened=step(world, [], [told]), dt_secs=0.1, sole_m=(0, 0, 0)))
    [(kind, text, _)] = hud.view.toasts
    assert (kind, text) == ("notice", "The graft did not take: this tree stays Dawn Loquat.")


def test_a_life_that_nobody_told_yet_is_being_read_and_a_village_tree_has_none() -> None:
    world = beside(FREE)
    hud, _ = hud_for(world)
    assert "Reading" in words(opened(hud, world, "life"))
    assert "save" not in actions(hud)
    world = open_garden()
    hud, _ = hud_for(world)
    assert "village" in words(opened(hud, world, "life"))
    assert hud.view.asks == []


def test_the_chain_is_asked_again_when_something_is_done_to_the_tree_that_is_shown() -> None:
    world = beside(MINE)
    hud, part = hud_for(world)
    opened(hud, world, "life")
    hud.view.asks.clear()
    other = OrchardTold(now_secs=DAY, trees=(fact(THEIRS, PLOT.grower, waterings_left=2),))
    part.draw(Frame(happened=step(world, [], [other]), dt_secs=0.1, sole_m=(0, 0, 0)))
    assert hud.view.asks == []
    mine = OrchardTold(now_secs=DAY, trees=(replace(world.orchard.trees[MINE], picked=13),))
    part.draw(Frame(happened=step(world, [], [mine]), dt_secs=0.1, sole_m=(0, 0, 0)))
    assert hud.view.asks == [o.AskLife(tree=MINE)]


def test_a_long_life_is_paged_by_the_arrows() -> None:
    world = beside(MINE, lines=14)
    hud, _ = hud_for(world)
    opened(hud, world, "life")
    assert "planted it" in words(hud)
    opened_rows = words(hud)
    for _ in range(40):
        hud.press("go_down")
    hud.update(world, [], 0.2)
    assert "You picked 14 pieces" in words(hud)
    assert "You picked 14 pieces" not in opened_rows
    for _ in range(40):
        hud.press("go_up")
    hud.update(world, [], 0.2)
    assert words(hud) == opened_rows


def test_a_life_is_copied_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    copies: list[str] = []
    monkeypatch.setattr("game.client.hud_life.copied", lambda text: copies.append(text) or True)
    world = beside(MINE)
    hud, _ = hud_for(world)
    opened(hud, world, "life", "tab_right")
    (text,) = copies
    assert text.splitlines()[0].endswith("Tree 1 of The loquats by the stream")
    assert "I watered it 6 times" in text, "others read it"
    assert [kind for kind, _, _ in hud.view.toasts] == ["good"]
    monkeypatch.setattr("game.client.hud_life.copied", lambda text: False)
    hud.press("copy")
    assert [kind for kind, _, _ in hud.view.toasts] == ["good", "bad"]


def saved(part: Trees) -> None:
    """Let the card that is being made be told of."""
    assert part._saving is not None
    concurrent.futures.wait([part._saving], timeout=60)
    part.draw(Frame(happened=(), dt_secs=0.1, sole_m=(0, 0, 0)))


def test_a_life_is_saved_as_a_picture_with_the_newest_photo_of_the_tree(tmp_path: Path) -> None:
    folder, world = tmp_path / "photos", beside(MINE)
    folder.mkdir()
    for name, trees in (("2026-01-01_1", [MINE, FREE]), ("2026-01-02_1", [MINE]), ("2026-01-03_1", [FREE])):
        Image.new("RGB", (640, 360), (200, 30, 30) if name.endswith("02_1") else (30, 30, 200)).save(
            folder / f"{name}.png"
        )
        (folder / f"{name}.json").write_text(json.dumps({"picture": f"{name}.png", "trees": trees}))
    (folder / "2026-01-04_1.json").write_text("{damaged")
    (folder / "2026-01-05_1.json").write_text(json.dumps({"picture": "../gone.png", "trees": [MINE]}))
    hud, part = hud_for(world, home=tmp_path)
    opened(hud, world, "life")
    assert [photo.path.stem for photo in part.life.photos] == ["2026-01-02_1", "2026-01-01_1"]
    hud.press("details")
    saved(part)
    (path,) = (tmp_path / "exports").glob("*.png")
    assert part.life.saved == str(path)
    with Image.open(path) as image:
        assert image.size[0] == WIDE
        assert image.getpixel((WIDE // 2, PICTURE_HIGH // 2)) == (200, 30, 30)
    hud.press("save")
    saved(part)
    assert len(list((tmp_path / "exports").glob("*.png"))) == 2, "none takes another's place"
    part.close()


def test_a_card_that_cannot_be_saved_is_told(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("in the way")
    world = beside(MINE)
    hud, part = hud_for(world, home=tmp_path)
    opened(hud, world, "life", "save")
    saved(part)
    assert [kind for kind, _, _ in hud.view.toasts] == ["bad"]
    assert part.life.saved == ""
    part.close()


def test_a_card_draws_the_tree_where_no_photo_can_be_read_and_shortens_a_long_life(tmp_path: Path) -> None:
    (tmp_path / "damaged.png").write_bytes(b"\x89PNG\r\n\x1a\ndamaged")
    world = beside(MINE, lines=14)
    hud, _ = hud_for(world)
    rows = rows_of(hud.view, MINE)
    assert rows is not None
    card = life_card(hud.view, MINE, rows, 0)
    assert card_png(card, tmp_path / "damaged.png") == card_png(card, None)
    short = shortened(card.rows, card.more)
    assert len(short) == MOST_ROWS
    assert len(rows) - (len(short) - 1) == left_out(len(rows)) == 9
    assert (short[0], short[-1], short[4]) == (card.rows[0], card.rows[-1], ("", "and 9 more"))
    assert shortened(card.rows[:MOST_ROWS], "") == card.rows[:MOST_ROWS]
    assert left_out(MOST_ROWS) == 0


BACK = [
    (beside(MINE), False, "for 50 % of what it cost"), (beside(MINE, now_secs=OVER), True, "20.00 coins go to your"),
    (beside(MINE, now_secs=OVER, picked=20), True, "10.00 coins go to your"),
    (beside(MINE, now_secs=OVER, by_play=True), True, "pays you nothing"),
    (beside(MINE, now_secs=OVER, picked=40), False, "nothing is left"),
]  # fmt: skip


@pytest.mark.parametrize(("world", "offered", "said"), BACK)
def test_a_tree_is_given_back_after_its_season_and_it_says_what_becomes_of_the_money(
    world: World, offered: bool, said: str
) -> None:
    hud, _ = hud_for(world)
    opened(hud, world, "life")
    assert said in words(hud).replace("\n", " ")
    assert ("give_back" in actions(hud)) == offered
    if offered:
        [command] = hud.press("give_back") or []
        [asked] = [event for event in step(world, [command]) if type(event).__name__ == "Asked"]
        assert asked.request.tree == MINE  # type: ignore[attr-defined]
        hud.update(world, [], 0.2)
        assert "Being given back" in words(hud)


def test_another_s_tree_is_not_given_back() -> None:
    world = beside(THEIRS, now_secs=OVER)
    hud, _ = hud_for(world)
    opened(hud, world, "life")
    assert "give_back" not in actions(hud)


# --- trees of one's own --------------------------------------------------------------------------------------------


def test_own_trees_are_listed_wherever_one_stands_and_lead_to_their_lives() -> None:
    world = beside(THEIRS, now_secs=OVER)
    hud, part = hud_for(world)
    opened(hud, world, "orchard_book", "open:trees")
    assert "season over" in words(hud)
    assert "40 pieces to give back" in words(hud)
    hud.press("confirm")
    hud.update(world, [], 0.2)
    assert (hud.view.open_panel, part.life.tree) == ("life", MINE)
    hud.press("back")
    assert hud.view.open_panel == "trees"


def test_a_tree_of_an_ended_season_with_nothing_left_is_listed_no_more() -> None:
    world = beside(MINE, now_secs=OVER, picked=40)
    hud, _ = hud_for(world)
    assert "None yet" in words(opened(hud, world, "trees"))


# --- the offer -----------------------------------------------------------------------------------------------------


def test_an_offer_says_all_that_a_grower_offers_before_a_tree_is_adopted() -> None:
    world = beside(FREE)
    hud, _ = hud_for(world)
    opened(hud, world, "orchard_book", "open:plot")
    for said in (WORDS.name.en, WORDS.story.en, WORDS.area.en, f"{WORDS.box_kg:g} kg", "Old Wu", "loquats: ",
                 "40 pieces, 1.8 kg", "3, 1 still to be had by play", "40.00 coins", "1.00 coins a piece",
                 "2024-11-03", "50 %", "Waterings to harvest", "2024-10-14 to 2024-11-03"):  # fmt: skip
        assert said in words(hud), said


@pytest.mark.parametrize(("action", "by_play"), [("adopt", False), ("details", False), ("adopt_by_play", True)])
def test_a_tree_is_adopted_from_its_offer_and_the_book_tells_how_it_goes(action: str, by_play: bool) -> None:
    world = beside(FREE)
    hud, _ = hud_for(world)
    opened(hud, world, "orchard_book", "open:plot")
    assert action in (*actions(hud), "details")
    assert hud.press(action) == [o.Adopt(tree=FREE, by_play=by_play)]
    assert hud.view.open_panel == "orchard_book"


def test_what_cannot_be_adopted_says_why() -> None:
    for world, said in (
        (beside(MINE), "somebody's"), (beside(FREE, now_secs=KNOWN.ripe_at_secs), "is ripe"),
    ):  # fmt: skip
        hud, _ = hud_for(world)
        opened(hud, world, "plot")
        assert said in words(hud)
        assert "adopt" not in actions(hud)


def test_words_that_the_chain_does_not_vouch_for_are_not_shown() -> None:
    world = beside(FREE, plot=replace(KNOWN, manifest_sha256=b"\2" * 32))
    hud, _ = hud_for(world)
    opened(hud, world, "plot")
    assert WORDS.story.en not in words(hud)
    assert "not known here" in words(hud)


def test_no_tree_by_play_is_offered_where_none_is_left() -> None:
    world = beside(FREE, plot=replace(KNOWN, play_trees=0))
    hud, _ = hud_for(world)
    opened(hud, world, "plot")
    assert "adopt_by_play" not in actions(hud)


def test_the_life_panel_shows_the_tree_that_was_wanted_once() -> None:
    world = beside(FREE)
    hud, part = hud_for(world)
    assert isinstance(part.life, LifePanel)
    part.life.wanted = MINE
    opened(hud, world, "life")
    assert part.life.tree == MINE
    hud.close_panel()
    opened(hud, world, "life")
    assert part.life.tree == FREE
