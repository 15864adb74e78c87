"""Both languages are complete, every sentence can be drawn, and money reads as people write it."""

import re
import tomllib
from pathlib import Path

import pytest

from game.client import theme
from game.client.hud_hints import HINTS
from game.client.hud_keys import CHANGEABLE
from game.client.hud_menu import HELP_LEFT, HELP_ORCHARD, HELP_RIGHT
from game.client.hud_order import STEPS, UNDER_WAY
from game.client.settings import KEYS
from game.client.texts import TEXTS, load_texts
from game.core import events, goods, ports, room_ports
from game.core.errors import GameError

ROOT = Path(__file__).resolve().parents[2]
COIN = 10**15
WITH_VALUES = re.compile(r"\{(\w+)\}")


def catalogue(language: str) -> dict[str, str]:
    return tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))


def test_both_languages_have_the_same_keys_and_values_to_fill_in() -> None:
    en, zh = catalogue("en"), catalogue("zh")
    assert list(en) == list(zh)
    for key in en:
        assert set(WITH_VALUES.findall(en[key])) == set(WITH_VALUES.findall(zh[key])), key
        assert en[key].strip(), key
        assert zh[key].strip(), key


def test_every_key_is_an_id() -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in catalogue("en"))


@pytest.mark.parametrize(
    ("prefix", "ids"),
    [
        ("reason", ports.REASONS),
        ("reason", events.DECLINE_REASONS),
        ("remedy", ports.REASONS),
        ("step", ports.STEPS),
        ("kind", goods.KINDS),
        ("trouble", ("refused", "reverted", "dropped", "replaced")),
        ("role", ("seller", "creator", "room")),
        ("credit", (*room_ports.ORCHARD_ROLES, "other")),
        ("node", ("anvil", "embedded", "rpc")),
        ("help", (*HELP_LEFT, *HELP_RIGHT, *HELP_ORCHARD, *CHANGEABLE)),
        ("hint", HINTS),
        ("step_order", STEPS),
        ("chip", UNDER_WAY),
    ],
)
def test_all_that_the_core_can_name_has_words(prefix: str, ids: tuple[str, ...]) -> None:
    texts = load_texts("en")
    assert [name for name in ids if not texts.has(f"{prefix}_{name}")] == []


def test_every_key_that_the_client_asks_for_exists() -> None:
    texts = load_texts("en")
    asked = set()
    for path in sorted((ROOT / "game" / "client").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\bt\(\s*\"(\w+)\"", source)) | set(re.findall(r"hint\(\"\w+\", \"(\w+)\"", source))
        for key in re.findall(r"count\(\s*\"(\w+)\"", source):
            asked |= {key, f"{key}_one"}
        asked |= {f"do_{action}" for action in re.findall(r"view\.hint\(\"(\w+)\"\)", source)}
    assert len(asked) > 80
    assert sorted(key for key in asked if not texts.has(key)) == []


def test_every_key_cap_has_a_label() -> None:
    texts = load_texts("en")
    names = {name for names in KEYS.values() for name in names if len(name) > 1 and not re.fullmatch(r"f\d+", name)}
    assert sorted(name for name in names if not texts.has(f"key_{name.replace(' ', '_')}")) == []


def test_hints_and_prompts_are_under_ten_words() -> None:
    for key, text in catalogue("en").items():
        if key.startswith(("hint_", "do_", "help_")):
            assert len(text.split()) < 10, text


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_character_of_the_catalogues_can_be_drawn(language: str, bold: bool) -> None:
    characters = set("".join(catalogue(language).values())) - set("\n")
    assert sorted(char for char in characters if not theme.has_glyph(char, bold)) == []


def test_every_character_of_the_scenes_can_be_drawn() -> None:
    missing = {}
    for path in sorted((ROOT / "scenes").rglob("*.toml")):
        lacks = {char for char in path.read_text(encoding="utf-8") if char > " " and not theme.has_glyph(char, False)}
        if lacks:
            missing[path.name] = sorted(lacks)
    assert missing == {}, "run assets/studio/font.py again"


def test_characters_that_share_a_glyph_are_both_there_whichever_was_drawn_first() -> None:
    face = theme.font(16, True)
    assert face.get_glyph(ord("•")) is not None
    theme.has_glyph.cache_clear()
    assert theme.has_glyph("·", True)


def test_a_character_that_no_face_has_is_noticed() -> None:
    assert not theme.has_glyph("\U0001f34a", False)
    assert not theme.has_glyph("\u22c5", True)


def test_characters_that_share_a_glyph_are_both_there_whichever_is_asked_for_first() -> None:
    face = theme.font(16, True)
    theme.has_glyph.cache_clear()
    for character in ("•", "·", "・"):
        face.get_glyph(ord(character))
    assert theme.has_glyph("·", True)
    assert theme.has_glyph("•", True)


def test_a_text_in_rare_characters_falls_back_to_the_regular_face() -> None:
    assert theme.can_be_bold("草帽 hat")
    assert not theme.can_be_bold("椴")
    assert theme.has_glyph("椴", False)


def test_figures_all_have_one_width() -> None:
    for bold in (False, True):
        assert len({theme.font(20, bold).get_glyph(ord(figure)).get_advance() for figure in "0123456789"}) == 1


@pytest.mark.parametrize(
    ("wei", "up", "text"),
    [
        (24 * COIN + COIN // 2, False, "24.50"),
        (0, False, "0.00"),
        (1_234_567 * COIN, False, "1,234,567.00"),
        (COIN // 1000, False, "0.001"),
        (123_456_789_012, True, "0.0002"),
        (123_456_789_012, False, "0.0001"),
        (1, True, "0.0001"),
        (1, False, "0.00"),
        (10**30 + 1, False, "1,000,000,000,000,000.00"),
    ],
)
def test_money_reads_as_coins(wei: int, up: bool, text: str) -> None:
    assert load_texts("en").number(wei, up=up) == text


def test_a_missing_text_or_value_is_an_error_that_names_it() -> None:
    texts = load_texts("en")
    with pytest.raises(GameError, match="no_such_text"):
        texts.t("no_such_text")
    with pytest.raises(GameError, match="amount"):
        texts.t("coins")


def test_unknown_reasons_and_people_get_words_and_never_their_ids() -> None:
    texts = load_texts("en")
    assert texts.reason("never_heard_of") == "That did not work."
    assert texts.person("mx_nobody") == "someone"


def test_players_are_told_apart_by_the_first_of_their_accounts() -> None:
    texts = load_texts("en")
    names = {texts.person("0x7214" + "0" * 36), texts.person("0xbeEf" + "0" * 36)}
    assert names == {"player 7214", "player BEEF"}


def test_a_damaged_catalogue_or_unknown_language_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text("coins = 'ok'", encoding="utf-8")
    with pytest.raises(GameError, match="fr"):
        load_texts("fr", folder=tmp_path)
    (tmp_path / "en.toml").write_text("coins = ", encoding="utf-8")
    with pytest.raises(GameError, match=re.escape("en.toml")):
        load_texts("en", folder=tmp_path)


def test_the_fonts_carry_their_licence_and_stay_small() -> None:
    fonts = ROOT / "assets" / "fonts"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert all(path.stat().st_size < 2_500_000 for path in fonts.glob("*.otf"))
