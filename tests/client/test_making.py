"""The workshop in the game: goods turn while their knobs are moved, files come in, terms are written and signed."""

import time

import msgspec
import pytest

from game.client.dropping import Dropping
from game.client.hud_make import BESIDE_HIGH, PERSON_M
from game.client.hud_paper import Paper
from game.client.hud_terms import FIELDS, SIGN_AT
from game.client.making import Making
from game.content.dropped import files_of
from game.content.goods_store import GoodsStore
from game.core.ids import HOME, GoodId, ItemId
from game.core.room_ports import OfferSigned
from game.core.rooms import MAKERS_OFFER, Item
from game.core.trade import ShowInRoom
from tests.client.drawn import make_app, make_world
from tests.content.bundles import room_of
from tests.content.imports import files

SECS = 60.0


@pytest.fixture
def app(tmp_path):
    made = make_app(tmp_path, make_world(), load=False)
    made.frame(1 / 60)
    made.frame(1 / 60)
    yield made
    made.close()


def bench_of(app) -> Making:
    return next(part for part in app.parts if isinstance(part, Making))


def settle(app, bench) -> None:
    """Frames until the worker has nothing to do."""
    begun = time.monotonic()
    app.frame(1 / 60)
    while bench.busy or bench._next is not None:
        assert time.monotonic() - begun < SECS
        time.sleep(0.01)
        app.frame(1 / 60)
    app.frame(1 / 60)


def press(app, *actions: str) -> list:
    wants = []
    for action in actions:
        wants += app.hud.press(action) or []
        app.frame(1 / 60)
    return wants


def test_a_good_of_knobs_turns_live_and_becomes_a_draft(app):
    bench = bench_of(app)
    app.hud.open_panel("workshop")
    press(app, "go_right", "confirm")
    assert app.hud.view.open_panel == "diy"
    assert bench.recipe.id == "mug"
    settle(app, bench)
    shown, before = bench.turns, bench.table.turn_rad
    assert shown > 0
    press(app, "go_right")
    assert bench.values["height"] > bench.recipe.usual()["height"]
    settle(app, bench)
    assert bench.turns > shown
    assert bench.table.turn_rad == before, "it stands still for who asked for little motion"
    bench.table.draw(0.1, calm=False)
    assert bench.table.turn_rad != before
    panel = app.hud.panels["diy"]
    panel.at = next(number for number, knob in enumerate(panel.knobs) if knob.name == "words")
    assert app.hud.wants_text
    app.hud.type_text("!")
    assert str(bench.values["words"]).endswith("!")
    app.hud.erase_text()
    assert not str(bench.values["words"]).endswith("!")
    settle(app, bench)
    press(app, "keep")
    settle(app, bench)
    (draft,) = bench.drafts
    assert draft.recipe == "mug"
    assert draft.values["height"] == bench.values["height"]
    app.hud.close_panel()
    app.frame(1 / 60)
    assert not bench.table.buffer.is_active()


def test_a_file_is_chosen_by_keys_alone_and_what_was_found_is_told(app, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "stool.glb").write_bytes(files.glb())
    (folder / "bad.glb").write_bytes(b"glTF" + b"\0" * 99)
    (folder / "notes.txt").write_text("no model")
    bench = bench_of(app)
    app.hud.open_panel("import")
    panel = app.hud.panels["import"]
    panel._enter(folder)
    assert [path.name for path in panel.entries[1:]] == ["bad.glb", "stool.glb"]
    press(app, "go_down", "confirm")
    settle(app, bench)
    assert bench.refused is not None
    assert bench.drafts == ()
    press(app, "go_down", "confirm")
    settle(app, bench)
    assert bench.refused is None
    assert bench.made_draft is not None
    assert [draft.source for draft in bench.drafts] == ["stool.glb"]
    press(app, "go_up", "go_up", "confirm")
    assert panel.folder == tmp_path


def test_a_draft_is_thrown_away_by_the_second_press_alone(app, tmp_path):
    bench = bench_of(app)
    bench.keep("ring", {}, None)
    settle(app, bench)
    app.hud.open_panel("workshop")
    panel = app.hud.panels["workshop"]
    panel.at = 2
    press(app, "remove")
    assert len(bench.drafts) == 1
    press(app, "go_up", "go_down", "remove")
    assert len(bench.drafts) == 1, "another press in between takes the threat back"
    press(app, "remove")
    assert bench.drafts == ()


@pytest.mark.parametrize("damage", files.damaged_jpegs())
def test_a_draft_with_a_damaged_picture_is_shown_without_it(app, damage):
    bench = bench_of(app)
    bench.keep("ring", {}, None)
    settle(app, bench)
    app.hud.open_panel("workshop")
    app.frame(1 / 60)
    panel, (draft,) = app.hud.panels["workshop"], bench.drafts
    assert panel._thumb(draft) is not None
    bench.workshop.thumb_path(draft.id).write_bytes(files.damaged_jpegs()[damage])
    panel.at = 2
    app.frame(1 / 60)
    assert panel._thumb(draft) is None
    assert app.hud.view.open_panel == "workshop"


def test_terms_are_written_and_signing_waits_until_they_are_right(app, tmp_path):
    bench = bench_of(app)
    bench.keep("poster", {}, None)
    settle(app, bench)
    bench.chosen = bench.drafts[0]
    app.hud.open_panel("terms")
    panel = app.hud.panels["terms"]
    panel.at = SIGN_AT
    assert press(app, "confirm") == []
    assert {problem.key for problem in panel.wrong} >= {"story.en", "story.zh"}
    panel.at = next(number for number, field in enumerate(FIELDS) if field.name == "story")
    app.hud.type_text("It hangs.")
    assert bench.chosen.story.en == bench.chosen.story.zh == "It hangs."
    assert bench.workshop.get(bench.chosen.id) == bench.chosen, "kept at once"
    panel.at = next(number for number, field in enumerate(FIELDS) if field.name == "royalty")
    app.hud.type_text("0")  # 50 %
    assert any(problem.key == "terms.royalty_bps" for problem in panel.wrong)
    app.hud.erase_text()
    app.world.purse.account = "0x" + "Ab" * 20
    panel._look()
    assert panel.wrong == ()
    panel.at = SIGN_AT
    admit, wish = app.hud.press("confirm")
    assert admit.goods[0].id == wish.terms.good_id == bench.chosen.good
    store = GoodsStore(app.options.home)
    assert store.get(wish.terms.good_id).thumb is not None
    assert not panel.types, "what is signed cannot be changed"


def test_what_is_signed_is_shown_in_ones_room_and_the_room_published_by_the_same_button(app):
    bench = bench_of(app)
    bench.keep("poster", {}, None)
    settle(app, bench)
    good = GoodId("g" + "a" * 26)
    bench.chosen = msgspec.structs.replace(bench.drafts[0], good=good)
    app.hud.open_panel("terms")
    panel = app.hud.panels["terms"]
    panel.at = SIGN_AT
    asked = []
    bench.sign = lambda draft: asked.append(draft) or []
    app.world.rooms[HOME] = room_of()
    panel.wrong = ()
    panel._look = lambda: None
    assert app.hud.press("confirm") == []
    assert len(asked) == 1, "nothing is shown that is not signed"
    app.world.trade.signed[good] = OfferSigned(
        good_id=good, token_id=1, offer="0x1", signed=b"{}", quantity=1, price_wei=1, end_price_wei=1, room_share_bps=0
    )
    assert app.hud.press("confirm") == [ShowInRoom(good=good)]
    app.world.rooms[HOME] = room_of(Item(id=ItemId("i1"), good=good, at_m=(0.0, 0.0, 0.0), offer=MAKERS_OFFER))
    assert app.hud.press("confirm") == []
    assert app.hud.view.open_panel == "publish"


def test_an_import_is_seen_beside_a_person_at_one_scale(app, tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "stool.glb").write_bytes(files.packed(*files.document()))
    bench, panel = bench_of(app), app.hud.panels["import"]
    panel.folder = tmp_path / "models"
    app.hud.open_panel("import")
    shown = {}
    real = Paper.picture
    monkeypatch.setattr(Paper, "picture", lambda *at, **how: shown.update({at[4].name: at[3]}) or real(*at, **how))
    press(app, "go_down", "confirm")
    settle(app, bench)
    draft = bench.made_draft
    assert draft.notes[-1].key.startswith("beside_")
    [size] = shown.values()
    assert size * 0.5 < max(draft.size_m) * (BESIDE_HIGH - 24) / PERSON_M < size, "a stool is no person"


def test_a_broken_knob_or_folder_is_no_crash(app, tmp_path):
    bench = bench_of(app)
    app.hud.open_panel("import")
    panel = app.hud.panels["import"]
    panel._enter(tmp_path / "nowhere")
    assert panel.folder != tmp_path / "nowhere"
    bench.begin_recipe("mug")
    bench.shape("mug", {**bench.values, "picture": "../../secret.png"})
    settle(app, bench)
    assert bench.refused is not None


def test_what_is_dropped_is_brought_like_a_chosen_file_and_told_line_by_line(app, tmp_path):
    bench = bench_of(app)
    (tmp_path / "a stool.glb").write_bytes(files.glb())
    (tmp_path / "more").mkdir()
    uris = [(tmp_path / "a stool.glb").as_uri(), (tmp_path / "more").as_uri(), (tmp_path / "gone.glb").as_uri(),
            "http://127.0.0.1/b.glb"]  # fmt: skip
    app.hud.open_panel("help")
    app.part(Dropping).take(files_of("\r\n".join(uris).encode()))
    assert app.hud.view.open_panel == "import"
    settle(app, bench)
    assert [draft.source for draft in bench.drafts] == ["a stool.glb"]
    assert [each.note.key if each.note else "" for each in bench.told] == ["", "folder", "no_file", "drop_not_local"]
    said = "\n".join(written.text for _, _, paper in app.hud.boxes() for written in paper.written)
    assert "a stool.glb" in said
    assert "http://127.0.0.1/b.glb" in said
    press(app, "back")
    assert app.hud.view.open_panel == "help", "what was open is there again"
    app.part(Dropping).take(files_of(uris[0].encode()))
    settle(app, bench)
    assert bench.made_draft is not None
    assert len(bench.drafts) == 2


def test_a_part_that_has_no_window_to_drop_on_says_nothing_of_it(app):
    app.frame(1 / 60)
    assert not bench_of(app).takes_drops
