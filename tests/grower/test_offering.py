"""A plot's offer: what is in the file is on the chain, once, and nothing costs money unasked."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from game.arguments import parse
from game.content.letters import public_of
from game.content.orchard import read_orchard
from game.core.errors import GameError
from game.core.orchard_rules import OrchardRules
from game.grower.command import ROOT, at_desk
from game.grower.keys import grower_key
from game.grower.offering import Offered, read_offer
from tests.fakes.orchards import DAY, FakeOrchards
from tests.grower.plots import offer_toml

NOW = 1_795_800_000


def rules() -> OrchardRules:
    found, _ = read_orchard(ROOT)
    assert found is not None
    return found


def offered(folder: Path, **changes: object) -> Offered:
    path = folder / "plot.toml"
    path.write_text(offer_toml(NOW, **changes), encoding="utf-8")
    return read_offer(path, rules(), b"\7" * 32)


def test_the_offer_says_what_the_file_says(tmp_path: Path) -> None:
    found = offered(tmp_path)
    asked = found.request
    assert (asked.fruit_price_wei, asked.adoption_price_wei, found.bond_wei) == (35 * 10**14, 20 * 10**15, 20 * 10**15)
    assert (asked.ripe_at_secs - asked.blossom_at_secs, asked.planted_at_secs % DAY) == (10 * DAY, 0)
    assert (asked.grams_per_fruit, asked.lapse_bps) == (rules().varieties["loquat_dawn"].grams, 7000)
    assert {graft.result for graft in asked.grafts} == {
        rule.result for rule in rules().grafts if rule.stock == "loquat_dawn"
    }
    words = json.loads(found.manifest)
    assert words["area"]["zh"] == "四川、重庆"
    assert words["kind"] == "plot"
    assert asked.manifest_sha256 == sha256(found.manifest).digest()
    assert found.manifest == json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_the_guides_file_can_be_offered(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "grower.md").read_text(encoding="utf-8")
    (tmp_path / "plot.toml").write_text(guide.partition("```toml")[2].partition("```")[0], encoding="utf-8")
    assert read_offer(tmp_path / "plot.toml", rules(), b"\7" * 32).request.trees == 24


def test_one_file_is_one_request_and_another_is_another(tmp_path: Path) -> None:
    first = offered(tmp_path).request.request_id
    assert offered(tmp_path).request.request_id == first
    assert offered(tmp_path, trees=5).request.request_id != first
    assert offered(tmp_path, area='{ en = "All of China", zh = "全国" }').request.request_id != first


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"variety": '"blue_banana"'}, "known are"), ({"trees": 0}, "trees"), ({"trees": 70_000}, "trees"),
        ({"trees": None}, "trees"), ({"fruit_price": 3.5}, "fruit_price"), ({"fruit_price": '"free"'}, "coins above 0"),
        ({"fruit_price": '"-1"'}, "coins above 0"), ({"fruit_price": '"NaN"'}, "coins above 0"),
        ({"fruit_price": '"1e-30"'}, "coins above 0"), ({"adoption_price": 0}, "coins above 0"),
        ({"play_trees": 5}, "more than the 4"), ({"ripe": "2020-01-01"}, "follow each other"),
        ({"redeem_by": "2020-01-01"}, "7 days after"), ({"lapse_percent": 101}, "lapse_percent"),
        ({"colour": '"red"'}, "colour"), ({"planted": '"soon"'}, "planted"),
    ],
)  # fmt: skip
def test_what_cannot_be_offered_is_told_in_plain_words(tmp_path: Path, changes: dict[str, object], word: str) -> None:
    with pytest.raises(GameError, match=word):
        offered(tmp_path, **changes)


def test_money_moves_only_when_one_is_sure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orchards = FakeOrchards(grower_key(tmp_path), NOW)
    path = tmp_path / "plot.toml"
    path.write_text(offer_toml(NOW), encoding="utf-8")
    words = ["grower", "--home", str(tmp_path), "--language", "en", "--offer", str(path)]
    assert at_desk(parse(words), tmp_path, orchards) == 1
    shown = capsys.readouterr().out
    assert "40 pieces at most" in shown
    assert "20.00 coins of yours are held" in shown
    assert len(orchards.plots()) == 2
    assert at_desk(parse([*words, "--yes"]), tmp_path, orchards) == 0
    assert "Plot 3 is offered." in capsys.readouterr().out
    plot = orchards.plots()[2]
    assert plot.grower_key == public_of(grower_key(tmp_path))
    kept = tmp_path / "grower" / "plots" / f"{plot.manifest_sha256.hex()}.json"
    assert sha256(kept.read_bytes()).digest() == plot.manifest_sha256
    with pytest.raises(GameError, match="no file"):
        at_desk(parse([*words[:-1], str(tmp_path / "none.toml")]), tmp_path, orchards)
