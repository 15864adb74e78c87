"""Delivery letters: who can read one, what the chain can prove of it, and what is left when it is erased."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from game.content.letter_box import LetterBox, carry, carry_all, inbox, outbox, ways
from game.content.letters import (
    LONGEST,
    LONGEST_REASON,
    MOST_LINES,
    NEEDED,
    SEALED_BYTES,
    LetterError,
    PostalAddress,
    canonical,
    commit_of,
    new_key,
    open_letter,
    open_reason,
    public_of,
    seal,
    seal_reason,
    tidied,
)  # fmt: skip
from tests.content.served import served, whole

KEY = new_key()
LIN = PostalAddress(
    name="林小满", lines=("锦江区春熙路 1 号", "3 栋 502 室"), postcode="610021", town="成都市", country="中国",
    phone="+86 138 0000 0000", note="放在门卫处",
)  # fmt: skip


def words(field: str) -> st.SearchStrategy[str]:
    text = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), max_size=LONGEST[field])
    text = text.filter(lambda each: len(normalize("NFC", each)) <= LONGEST[field])  # it can make a text longer
    return text.filter(str.strip) if field in NEEDED else text


addresses = st.builds(
    PostalAddress,
    lines=st.lists(words("lines"), min_size=1, max_size=MOST_LINES).map(tuple),
    **{name: words(name) for name in LONGEST if name != "lines"},
)


def lin_but(field: str, text: str) -> PostalAddress:
    return replace(LIN, **{field: (text,) if field == "lines" else text})


@given(addresses)
@settings(deadline=None)
def test_any_address_that_can_be_written_is_read_back_by_the_grower_alone(address: PostalAddress) -> None:
    plain = tidied(address)
    letter = seal(address, public_of(KEY))
    assert len(letter.sealed) == SEALED_BYTES
    assert open_letter(letter.sealed, KEY, letter.commit) == plain
    assert letter.commit == commit_of(letter.salt, canonical(plain))
    with pytest.raises(LetterError, match="another grower"):
        open_letter(letter.sealed, new_key(), letter.commit)


def test_the_longest_address_of_the_widest_characters_fits() -> None:
    wide = {name: "𠀀" * most for name, most in LONGEST.items() if name != "lines"}
    address = PostalAddress(lines=("𠀀" * LONGEST["lines"],) * MOST_LINES, **wide)
    letter = seal(address, public_of(KEY))
    assert open_letter(letter.sealed, KEY, letter.commit) == address


@pytest.mark.parametrize("field", sorted(LONGEST))
def test_a_field_that_is_too_long_or_cannot_be_printed_is_named_and_never_quoted(field: str) -> None:
    too_long, turning, control = "x" * (LONGEST[field] + 1), "a\u202eb", "a\x00b"
    for bad, reason in ((too_long, "long_"), (turning, "unprintable_"), (control, "unprintable_")):
        with pytest.raises(LetterError) as refused:
            seal(lin_but(field, bad), public_of(KEY))
        assert refused.value.reason == reason + field
        assert bad not in str(refused.value)


def test_an_address_needs_a_name_a_street_a_town_and_a_country() -> None:
    for field in NEEDED:
        with pytest.raises(LetterError) as refused:
            seal(lin_but(field, " "), public_of(KEY))
        assert refused.value.reason == f"missing_{field}"
    with pytest.raises(LetterError, match="5 lines"):
        tidied(PostalAddress(name="a", lines=("b",) * 5, town="c", country="d"))


@pytest.mark.parametrize("at", [0, 3, 4, 20, 36, 1000, SEALED_BYTES - 1])
def test_a_damaged_letter_does_not_open(at: int) -> None:
    letter = seal(LIN, public_of(KEY))
    damaged = bytearray(letter.sealed)
    damaged[at] ^= 1
    with pytest.raises(LetterError) as refused:
        open_letter(bytes(damaged), KEY, letter.commit)
    assert refused.value.reason in ("form", "sealed_for_another")


@pytest.mark.parametrize("sealed", [b"", b"LQL1", b"LQL1" + bytes(SEALED_BYTES - 4), bytes(SEALED_BYTES + 1)])
def test_what_is_no_letter_is_refused(sealed: bytes) -> None:
    with pytest.raises(LetterError):
        open_letter(sealed, KEY, bytes(32))


def test_a_letter_with_another_address_than_the_chain_knows_is_refused() -> None:
    mine, other = seal(LIN, public_of(KEY)), seal(LIN, public_of(KEY))
    assert mine.commit != other.commit  # the salt: one address, two commitments
    assert mine.sealed != other.sealed
    with pytest.raises(LetterError) as refused:
        open_letter(mine.sealed, KEY, other.commit)
    assert refused.value.reason == "commit"


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(32), (1).to_bytes(32, "little")])
def test_a_key_that_is_none_or_would_hide_nothing_is_refused(key: bytes) -> None:
    with pytest.raises(LetterError) as refused:
        seal(LIN, key)
    assert refused.value.reason == "key"


def test_the_commitment_is_the_one_that_a_contract_computes() -> None:
    from hashlib import sha256

    from eth_hash.auto import keccak

    assert commit_of(b"s" * 32, b"plain") == keccak(b"s" * 32 + sha256(b"plain").digest())


def test_neither_address_nor_letter_tells_itself_to_a_log(caplog: pytest.LogCaptureFixture) -> None:
    letter = seal(LIN, public_of(KEY))
    logging.getLogger("test").warning("%r %s %r", LIN, LIN, letter)
    assert "林" not in caplog.text
    assert "春熙" not in caplog.text
    assert letter.salt.hex() not in caplog.text


def test_a_letter_goes_by_a_folder_and_leaves_nothing_with_the_buyer(tmp_path: Path) -> None:
    buyer, grower = tmp_path / "buyer", tmp_path / "grower"
    letter = seal(LIN, public_of(KEY))
    outbox(buyer).put(7, letter.sealed)
    way = str(inbox(grower).folder)
    assert carry_all(outbox(buyer), (way,)) == {7: ""}
    assert carry_all(outbox(buyer), (way,)) == {7: ""}  # as often as one likes, until it is received
    outbox(buyer).erase(7)
    assert outbox(buyer).deliveries() == ()
    found = inbox(grower).get(7)
    assert found is not None
    assert open_letter(found, KEY, letter.commit) == tidied(LIN)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(word.encode() in content for word in ("林小满", "春熙", "610021", "138 0000"))


def test_a_letter_that_cannot_be_carried_waits(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sealed = seal(LIN, public_of(KEY)).sealed
    outbox(tmp_path).put(7, sealed)
    with served({}) as away:  # answers 501 to every POST
        assert carry_all(outbox(tmp_path), (away,)) == {}
    assert carry_all(outbox(tmp_path), (away,)) == {}  # nobody listens there any more
    assert outbox(tmp_path).get(7) == sealed
    assert "delivery 7" in caplog.text
    (tmp_path / "file").touch()
    with pytest.raises(LetterError, match="cannot be laid"):
        carry(str(tmp_path / "file"), 7, sealed)


def test_only_letters_are_kept_and_only_by_a_deliverys_number(tmp_path: Path) -> None:
    box = LetterBox(tmp_path)
    with pytest.raises(LetterError):
        box.put(1, b"short")
    for number in (0, -1, 2**63):
        with pytest.raises(LetterError):
            box.put(number, bytes(SEALED_BYTES))
    (tmp_path / "x.letter").touch()
    (tmp_path / "٣.letter").touch()
    (tmp_path / "5.letter").write_bytes(bytes(SEALED_BYTES + 1))
    assert box.deliveries() == (5,)
    assert box.get(5) is None


def test_an_erased_letter_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    box = LetterBox(tmp_path)
    box.put(3, seal(LIN, public_of(KEY)).sealed)
    twin = tmp_path / "twin"
    twin.hardlink_to(box.path(3))  # shows what the blocks hold afterwards
    box.erase(3)
    box.erase(3)
    assert box.deliveries() == ()
    assert not any(twin.read_bytes())


def test_the_tracking_number_comes_back_and_goes_with_the_letter(tmp_path: Path) -> None:
    box, sealed = LetterBox(tmp_path), seal(LIN, public_of(KEY)).sealed
    assert box.replied(3) == ""
    box.reply(3, "SF1234567")
    assert carry(str(tmp_path), 3, sealed) == "SF1234567"
    assert box.get(3) is None  # the grower has it; it is not laid there again
    box.put(4, sealed)
    box.erase_all({3, 4, 5})
    assert list(tmp_path.iterdir()) == []


def test_letters_go_every_way_that_the_player_names(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert ways(tmp_path) == (str(tmp_path / "letters" / "inbox"),)
    first, second = tmp_path / "first", tmp_path / "second"
    outbox(tmp_path).put(7, seal(LIN, public_of(KEY)).sealed)
    (tmp_path / "letters" / "ways.txt").write_text(f"# growers\n{first}\n\nhttp://127.0.0.1:1\n {second} \n")
    assert ways(tmp_path) == (str(first), "http://127.0.0.1:1", str(second))
    LetterBox(second).reply(7, "SF1234567")
    assert carry_all(outbox(tmp_path), ways(tmp_path)) == {7: "SF1234567"}
    assert LetterBox(first).deliveries() == (7,)
    assert "delivery 7" not in caplog.text  # one way is enough


def test_what_others_lay_into_an_inbox_cannot_reach_beyond_it(tmp_path: Path) -> None:
    box, precious = LetterBox(tmp_path / "inbox"), tmp_path / "precious"
    sealed = seal(LIN, public_of(KEY)).sealed
    box.put(1, sealed)
    precious.write_bytes(sealed)
    for name in ("2.letter", "2.tracking"):
        (box.folder / name).symlink_to(precious)
    os.mkfifo(box.folder / "3.letter")
    assert (box.get(2), box.replied(2), box.get(3)) == (None, "", None)
    box.erase_all({1, 2, 3})
    assert list(box.folder.iterdir()) == []
    assert precious.read_bytes() == sealed


def test_what_is_wrong_with_a_box_is_sealed_like_an_address() -> None:
    said = "三个坏了，\"Dawn\" is brown."
    letter = seal_reason(f"  {said} ", public_of(KEY))
    assert open_reason(letter.sealed, KEY, letter.commit) == said
    assert len(letter.sealed) == SEALED_BYTES == len(seal(LIN, public_of(KEY)).sealed)
    assert seal_reason(said, public_of(KEY)).commit != letter.commit  # nobody can guess it
    with pytest.raises(LetterError, match="another grower"):
        open_reason(letter.sealed, new_key(), letter.commit)
    with pytest.raises(LetterError, match="not the one"):
        open_reason(letter.sealed, KEY, seal_reason("other", public_of(KEY)).commit)
    address = seal(LIN, public_of(KEY))
    with pytest.raises(LetterError, match="no reason"):
        open_reason(address.sealed, KEY, address.commit)
    with pytest.raises(LetterError, match="no address"):
        open_letter(letter.sealed, KEY, letter.commit)
    longest = "🍎" * LONGEST_REASON
    assert open_reason((full := seal_reason(longest, public_of(KEY))).sealed, KEY, full.commit) == longest
    for wrong in ("", "  ", "x" * (LONGEST_REASON + 1), "a\u202eb"):
        with pytest.raises(LetterError):
            seal_reason(wrong, public_of(KEY))


def test_reasons_lie_beside_letters_and_go_with_them(tmp_path: Path) -> None:
    box = outbox(tmp_path)
    box.put(7, seal(LIN, public_of(KEY)).sealed)
    sealed = seal_reason("brown", public_of(KEY)).sealed
    box.reasons.put(7, sealed)
    assert carry_all(box.reasons, ways(tmp_path)) == {7: ""}
    assert (inbox(tmp_path).reasons.get(7), inbox(tmp_path).get(7)) == (sealed, None)
    box.erase_all({7})
    assert list(box.folder.iterdir()) == []


def test_a_game_that_writes_no_letter_loads_no_cipher() -> None:
    source = "import sys; import game.content.letter_box; assert 'Crypto' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)


def test_a_page_that_is_none_is_told(tmp_path: Path) -> None:
    with served({"/": whole(b"")}) as url, pytest.raises(LetterError, match="did not take"):
        carry(url, 1, bytes(SEALED_BYTES))
