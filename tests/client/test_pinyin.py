"""Letters find the words that they stand for, the most used first, and no character of the font is left out."""

from game.client import pinyin, theme
from game.client.pinyin import Words

SMALL = Words(["de 的", "wo 我", "ni 你", "hao 好", "nihao 你好", "nihao 拟好", "ni 泥", "hao 号", "lve 略"])


def test_what_is_written_so_comes_first_then_what_begins_so_then_the_beginning() -> None:
    assert SMALL.found("ni") == [("你", 2), ("泥", 2), ("你好", 2), ("拟好", 2)]
    assert SMALL.found("nihao") == [("你好", 5), ("拟好", 5), ("你", 2), ("泥", 2)]
    assert SMALL.found("nihaox")[0] == ("你好", 5)
    assert SMALL.found("h") == [("好", 1), ("号", 1)]


def test_as_few_words_as_possible_are_put_together() -> None:
    assert SMALL.found("wonihao")[0] == ("我你好", 7)
    assert SMALL.found("wonihaox")[0] == ("我", 2)


def test_letters_that_nothing_begins_with_find_nothing() -> None:
    assert SMALL.found("x") == []
    assert SMALL.found("") == []


def test_u_with_dots_is_written_both_ways() -> None:
    assert SMALL.found("lve") == SMALL.found("lue") == [("略", 3)]


def test_every_han_character_of_the_font_can_be_written_and_every_word_drawn() -> None:
    lines = pinyin.LIST.read_text(encoding="utf-8").splitlines()
    words = {line.split(" ")[1] for line in lines}
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    font = {row.decode("gb2312", errors="ignore") for row in rows} - {""}
    assert font <= words
    assert all(theme.has_glyph(letter, False) for letter in set("".join(words)))
    assert all(line.partition(" ")[0].isascii() for line in lines)


def test_everyday_words_are_found_first() -> None:
    for letters, word in (("nihao", "你好"), ("shanghai", "上海"), ("yizi", "椅子"), ("de", "的"), ("wo", "我")):
        assert pinyin.words().found(letters)[0] == (word, len(letters))
