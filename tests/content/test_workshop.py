"""Drafts: kept whole, judged by the rules of `check`, and turned into goods whose id follows from what they are."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from game.content.check_models import read_model
from game.content.fitting import MOVE_MOST_M, SCALE_MOST, SEATS, Fit, fitted, within
from game.content.goods_model import kept, written
from game.content.goods_store import GoodsStore
from game.content.imports.importer import Wanted, import_bytes
from game.content.imports.notes import ImportRefusedError
from game.content.making import make_of_file, make_of_recipe, worn_by
from game.content.manifest import is_made, made_id
from game.content.problems import ContentError
from game.content.thumbnail import thumbnail
from game.content.workshop import Asking, Draft, Workshop, draft_problems, good_of_draft
from game.core.errors import GameError
from game.core.goods import SLOTS, Text
from game.core.ids import WEI_PER_COIN, MakerId
from tests.content.imports import files

ROOT = Path(__file__).resolve().parents[2]
MAKER = MakerId("0x" + "Ab" * 20)
NOW = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def stool(tmp_path: Path) -> tuple[Workshop, Draft]:
    (tmp_path / "my_stool.glb").write_bytes(files.glb())
    workshop = Workshop(tmp_path / "home")
    return workshop, make_of_file(workshop, tmp_path / "my_stool.glb", wanted=Wanted(kind="chair", size_m=0.45))


def asked(draft: Draft, **asking: object) -> Draft:
    return msgspec.structs.replace(draft, story=Text(en="It stands.", zh="它站着。"), asking=Asking(**asking))


def keys(draft: Draft) -> list[str]:
    return [problem.key for problem in draft_problems(draft, MAKER, NOW)]


def test_a_draft_of_a_file_is_kept_with_its_models_its_picture_and_what_was_said(stool) -> None:
    workshop, draft = stool
    assert workshop.all() == [draft]
    assert draft.name == Text(en="my stool", zh="my stool")
    assert max(draft.size_m) == pytest.approx(0.45, abs=1e-3)
    assert [note.key for note in draft.notes][-1].startswith("beside_")
    read_model(workshop.model_path(draft.id).read_bytes())
    with Image.open(workshop.thumb_path(draft.id)) as picture:
        assert picture.size == (192, 192)
        alpha = np.asarray(picture.getchannel("A"))
    assert 0.1 < (alpha > 128).mean() < 0.9
    workshop.remove(draft.id)
    assert workshop.all() == []


def test_nothing_is_kept_of_a_file_that_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.glb").write_bytes(b"glTF" + b"\0" * 99)
    workshop = Workshop(tmp_path / "home")
    with pytest.raises(ImportRefusedError):
        make_of_file(workshop, tmp_path / "bad.glb")
    assert not (tmp_path / "home").exists()


def test_a_damaged_draft_is_left_out_and_ids_lead_nowhere_else(stool, tmp_path: Path) -> None:
    workshop, draft = stool
    (workshop.model_path(draft.id).parent / "draft.json").write_text("{}")
    assert workshop.all() == []
    for wrong in ("../x", "d" + "0" * 11, "", "d" + "g" * 12):
        assert workshop.get(wrong) is None
        with pytest.raises(GameError):
            workshop.model_path(wrong)


@pytest.mark.parametrize(
    ("asking", "key"),
    [
        ({"price_coins": "0"}, "terms.price_coins"),
        ({"price_coins": "ten"}, "terms.price_coins"),
        ({"edition": 0}, "terms.edition"),
        ({"royalty_bps": 1001}, "terms.royalty_bps"),
        ({"room_share_bps": 9600}, "terms.room_share_bps"),
        ({"end_coins": "5"}, "asking.end_date"),
        ({"end_coins": "20", "end_date": "2027-01-01"}, "asking.end_coins"),
        ({"end_coins": "0", "end_date": "2027-01-01"}, "asking.end_coins"),
        ({"end_coins": "x", "end_date": "2027-01-01"}, "asking.end_coins"),
        ({"end_date": "2026-11-26"}, "asking.end_date"),
        ({"end_date": "2027-02-30"}, "asking.end_date"),
        ({"end_date": "soon"}, "asking.end_date"),
    ],
)
def test_terms_are_judged_by_the_rules_of_check(stool, asking: dict[str, object], key: str) -> None:
    _, draft = stool
    assert keys(asked(draft)) == []
    assert keys(asked(draft, end_coins="5", end_date="2027-01-01")) == []
    assert key in keys(asked(draft, **asking))


def test_a_draft_without_words_is_not_signed(stool, tmp_path: Path) -> None:
    workshop, draft = stool
    with pytest.raises(ContentError, match="story"):
        workshop.finish(draft, MAKER, GoodsStore(tmp_path / "home"), NOW)
    assert GoodsStore(tmp_path / "home").all() == ()


def test_a_finished_draft_is_a_good_whose_id_follows_from_its_content(stool, tmp_path: Path) -> None:
    workshop, draft = stool
    store = GoodsStore(tmp_path / "home")
    draft = workshop.change(asked(draft, price_coins="12.50", end_coins="2.5", end_date="2027-03-01", edition=7))
    good, wish = workshop.finish(draft, MAKER, store, NOW)
    assert is_made(good.id)
    assert made_id(wish.terms.manifest) == good.id == wish.terms.good_id
    assert wish.terms.price_wei == 12.5 * WEI_PER_COIN
    assert wish.end_price_wei == 2.5 * WEI_PER_COIN
    assert wish.expiry_secs == int(datetime(2027, 3, 2, tzinfo=UTC).timestamp())
    kept = GoodsStore(tmp_path / "home").get(good.id)
    assert kept is not None
    assert kept.good.terms.edition == 7
    assert kept.thumb is not None
    assert workshop.get(draft.id).good == good.id
    again, _ = workshop.finish(draft, MAKER, store, NOW)
    assert again.id == good.id
    other, _ = workshop.finish(msgspec.structs.replace(draft, tags=("wood",)), MAKER, store, NOW)
    assert other.id != good.id


def test_a_recipe_becomes_a_draft_and_changes_in_its_place(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    draft = make_of_recipe(workshop, "ring", {}, None)
    assert draft.wear is not None
    assert workshop.model_path(draft.id, worn=True).is_file()
    changed = make_of_recipe(workshop, "ring", {"stone": 0.015}, None, former=draft)
    assert changed.id == draft.id
    assert changed.size_m != draft.size_m
    assert workshop.all() == [changed]


def test_there_is_a_seat_for_every_slot() -> None:
    assert set(SEATS) == set(SLOTS)


@pytest.mark.parametrize("slot", list(SEATS))
def test_a_model_is_put_where_its_slot_is_and_moved_by_its_handles(slot: str) -> None:
    model = import_bytes(files.glb(), ".glb", Wanted(size_m=0.3)).model
    worn, wear = fitted(model, slot)
    assert wear.slot == slot
    assert (worn.skin is None) is (wear.joint != "")
    facts = read_model(written(worn))
    assert facts.low_m[2] > -0.1
    assert facts.high_m[2] < 2.2
    moved, _ = fitted(model, slot, Fit(move_m=(0.0, 0.0, 0.05), scale=1.5))
    assert np.ptp(moved.points, axis=0) == pytest.approx(1.5 * np.ptp(worn.points, axis=0), abs=1e-6)
    far, _ = fitted(model, slot, Fit(move_m=(1e9, 0.0, 0.0), scale=1e9))
    read_model(written(far))


@pytest.mark.parametrize("slot", list(SEATS))
def test_a_worn_draft_moves_by_exactly_what_its_maker_set_and_keeps_it(stool, slot: str) -> None:
    workshop, draft = stool
    model = kept(workshop.model_path(draft.id).read_bytes())
    plain, before = worn_by(draft, model, slot, Fit())
    fit = Fit(move_m=(0.03, -0.0625, 0.11), scale=1.25, turn_deg=30.0)
    moved, after = worn_by(draft, model, slot, Fit(move_m=fit.move_m))
    by_m = kept(after).points - kept(before).points
    assert by_m == pytest.approx(np.tile(fit.move_m, (len(by_m), 1)), abs=2e-5)
    assert moved.wear == plain.wear == SEATS[slot].wear
    workshop.change_worn(*worn_by(draft, model, slot, fit))
    again = Workshop(workshop.folder.parent).get(draft.id)
    assert again.fit == fit
    assert workshop.model_path(draft.id, worn=True).read_bytes() == written(fitted(model, slot, fit)[0])
    workshop.change_worn(*worn_by(again, model, "", fit))
    assert workshop.get(draft.id).wear is None
    assert not workshop.model_path(draft.id, worn=True).exists()


def test_a_fit_is_kept_within_its_bounds_and_half_a_turn() -> None:
    assert within(Fit(move_m=(9.0, -9.0, 0.1), scale=99.0, turn_deg=190.0)) == Fit(
        move_m=(MOVE_MOST_M, -MOVE_MOST_M, 0.1), scale=SCALE_MOST, turn_deg=-170.0
    )
    assert within(Fit(turn_deg=-180.0)) == Fit(turn_deg=-180.0)


def test_a_kept_model_is_read_back_as_it_was_and_nothing_else_is(stool) -> None:
    workshop, draft = stool
    content = workshop.model_path(draft.id).read_bytes()
    assert written(kept(content)) == content
    painted = written(import_bytes(files.png(), ".png").model)
    assert written(kept(painted)) == painted
    for damaged in (b"", content[:90], content.replace(b"POSITION", b"POSITIOM")):
        with pytest.raises(GameError):
            kept(damaged)


def test_what_bends_takes_the_skin_of_the_nearest_cloth() -> None:
    model = import_bytes(files.glb(), ".glb", Wanted(size_m=0.43)).model
    worn, _ = fitted(model, "torso")
    assert worn.skin is not None
    assert worn.skin.weights.sum(1) == pytest.approx(1, abs=1e-3)
    assert "belly" in worn.skin.morphs
    with pytest.raises(GameError, match="slot"):
        fitted(model, "tail")


def test_a_thumbnail_is_the_same_each_time_and_shows_the_colours() -> None:
    model = import_bytes(files.ply(), ".ply").model
    assert thumbnail(model) == thumbnail(model)


def test_the_command_says_what_was_found_and_keeps_a_draft(tmp_path: Path) -> None:
    (tmp_path / "stool.stl").write_bytes(files.stl())

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "main.py"), "make", *words, "--home", str(tmp_path / "home")]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    done = run(str(tmp_path / "stool.stl"), "--kind", "chair", "--json", "--size", "45")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["ok"]
    assert any("knee" in note for note in answer["notes"])
    draft = Workshop(tmp_path / "home").get(answer["draft"])
    assert draft is not None
    assert good_of_draft(draft, MAKER).kind == "chair"
    (tmp_path / "a.glb").write_bytes(b"glTF" + b"\0" * 50)
    refused = run(str(tmp_path / "a.glb"))
    assert refused.returncode == 1
    assert "Export" in refused.stdout
    assert "Traceback" not in refused.stdout + refused.stderr
