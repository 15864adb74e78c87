"""Make the list of Chinese words and characters by their pinyin, for letters on the screen (game/client/pinyin.py).

Words and how often they are used come from jieba's dictionary, readings from pypinyin; both are under the MIT licence.
Of characters that read in several ways, each reading counts as often as the words have it. Run in an environment
with both:

    python -m assets.studio.pinyin
"""

from collections import Counter
from pathlib import Path

import jieba
from pypinyin import Style, lazy_pinyin, pinyin

from assets.studio.font import han

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "assets" / "pinyin" / "words.txt"
WORDS, PLACES = 14_000, 2_500  # so many of the most used, and of the most used names of places on top
LETTERS_MOST = 4
VOWELS = set("aeiouv")  # nobody writes a reading without one
OWN_COUNT = 1_000  # how often, at least, a word counts as used that the names of our goods and places have


def dictionary() -> list[tuple[str, int, str]]:
    """Word, how often it is used, and kind ("ns" is a place), of all words that the font can write."""
    known = set(han(87))
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    found = [(word, int(count), kind) for word, count, kind in (line.split(" ") for line in lines)]
    return [each for each in found if len(each[0]) <= LETTERS_MOST and set(each[0]) <= known]


def own_words() -> set[str]:
    """The words that the Chinese names and stories of our scenes are made of."""
    found: set[str] = set()
    for path in sorted((ROOT / "scenes").rglob("*.toml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "zh = " in line:
                found |= set(jieba.lcut(line))
    known = set(han(87))
    return {word for word in found if 2 <= len(word) <= LETTERS_MOST and set(word) <= known}


def characters(entries: list[tuple[str, int, str]]) -> Counter[tuple[str, str]]:
    """How often each (reading, character) is used; every character of the font has one reading at least."""
    used: Counter[tuple[str, str]] = Counter()
    for word, count, _ in entries:
        for character, reading in zip(word, lazy_pinyin(word), strict=True):
            used[reading, character] += count
    for character in han(87):
        for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
            used[reading, character] += 1
    used["en", "嗯"] += 1  # as it is written everywhere
    return used


def main() -> None:
    """Write the list, the most used first: a line for each, pinyin and word."""
    entries = dictionary()
    longer = sorted((each for each in entries if len(each[0]) > 1), key=lambda each: -each[1])
    chosen = [*longer[:WORDS], *[each for each in longer[WORDS:] if each[2] == "ns"][:PLACES]]
    used = {word: count for word, count, _ in chosen}
    used |= {word: max(used.get(word, 0), OWN_COUNT) for word in own_words()}
    counted = [(count, "".join(lazy_pinyin(word)), word) for word, count in used.items()]
    counted += [(count, reading, character) for (reading, character), count in characters(entries).items()]
    counted.sort(key=lambda each: (-each[0], each[1], each[2]))
    lines = [f"{reading} {word}" for _, reading, word in counted if reading.isalpha() and set(reading) & VOWELS]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(dict.fromkeys(lines)) + "\n", encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(lines)} lines, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
