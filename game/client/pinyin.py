"""Pinyin to Chinese: which words and characters letters may stand for, the most used first."""

from bisect import bisect_left
from functools import cache
from pathlib import Path

LIST = Path(__file__).resolve().parents[2] / "assets" / "pinyin" / "words.txt"
ENDS_MOST = 24  # words that letters may be the beginning of


class Words:
    """A list with a line for each word, the most used first: its pinyin without tones (v for ü), a space, the word."""

    def __init__(self, lines: list[str]) -> None:
        self._words: list[str] = []
        self._numbers: dict[str, list[int]] = {}  # of the words, by their pinyin
        for number, line in enumerate(lines):
            reading, _, word = line.partition(" ")
            self._words.append(word)
            self._numbers.setdefault(reading, []).append(number)
            if "ve" in reading:  # is written both ways
                self._numbers.setdefault(reading.replace("ve", "ue"), []).append(number)
        self._readings = sorted(self._numbers)

    def found(self, letters: str) -> list[tuple[str, int]]:
        """Words for the letters, each with how many of them it takes: those that are written so, several that are
        written so together, those that begin so, and those for ever fewer of the first letters."""
        out: dict[str, int] = {}
        for number in self._numbers.get(letters, ()):
            out.setdefault(self._words[number], len(letters))
        if not out and (several := self._several(letters)):
            out[several] = len(letters)
        for number in self._begun(letters):
            out.setdefault(self._words[number], len(letters))
        for taken in range(len(letters) - 1, 0, -1):
            for number in self._numbers.get(letters[:taken], ()):
                out.setdefault(self._words[number], taken)
        return list(out.items())

    def _several(self, letters: str) -> str:
        """As few words as are written so together, the most used of them; "" where there are none."""
        best: list[tuple[int, int, str] | None] = [(0, 0, "")] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(end):
                before, numbers = best[start], self._numbers.get(letters[start:end])
                if before is not None and numbers:
                    way = before[0] + 1, before[1] + numbers[0], before[2] + self._words[numbers[0]]
                    best[end] = min(best[end] or way, way)
        whole = best[-1]
        return whole[2] if whole is not None else ""

    def _begun(self, letters: str) -> list[int]:
        first, last = (bisect_left(self._readings, bound) for bound in (letters, letters + "{"))  # { follows z
        numbers = {number for reading in self._readings[first:last] for number in self._numbers[reading]}
        return sorted(numbers)[:ENDS_MOST] if letters else []


@cache
def words() -> Words:
    """The list that comes with the game; read when it is first asked for."""
    return Words(LIST.read_text(encoding="utf-8").splitlines())
