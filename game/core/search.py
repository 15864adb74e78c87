"""Finds goods by what one types, and where they stand: an index over all names, kinds, makers, tags and stories.

Everything that depends on the number of goods is done on arrays, so that a keystroke among ten thousand goods costs a
few milliseconds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from game.core.goods import Good
from game.core.ids import GoodId, PlaceId
from game.core.places import Place, Stand
from game.core.route import Point, legs, length_m
from game.core.search_terms import COLOUR_WORDS, HAN, Query, parse, plain, words_of

LONGEST = 16  # characters of a word that are compared
TYPO_FROM = 4  # shorter words must be written right
BEGINNING_FROM = 5  # in stories, shorter words must be whole
GOODS_A_PIECE = 20
# What a word counts where it is found; a whole word counts a little more than the beginning of one.
NAME, NAME_INSIDE, KIND, MAKER, TAG, STORY, COLOUR = 10.0, 9.0, 8.0, 7.0, 6.0, 1.0, 8.5
WHOLE, TYPO, IN_PIECES = 1.2, 0.5, 0.6
WHOLE_NAME, NAME_BEGINS = 1000.0, 20.0

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Filters:
    """What else must be so; "" asks for nothing."""

    kind: str = ""
    colour: str = ""
    place: PlaceId | None = None
    price: Query = field(default_factory=Query)  # its two ends alone


@dataclass(frozen=True, slots=True)
class Found:
    """A good that was looked for, and the nearest stand that shows it; `place` None where it is nowhere on show."""

    good: GoodId
    place: PlaceId | None
    stand: Stand | None
    away_m: float  # through doors, as the crow flies in each place; infinite where it is nowhere


class Whereabouts:
    """Where goods stand: all stands of all places as arrays, as they are when it is made."""

    def __init__(self, places: Mapping[PlaceId, Place], goods: Sequence[GoodId]) -> None:
        self.places, self.ids = dict(places), tuple(places)
        number = {good: index for index, good in enumerate(goods)}
        rows = [
            (number[stand.good], at, stand)
            for at, place in enumerate(places.values())
            for stand in place.stands
            if stand.good in number
        ]
        rows.sort(key=lambda row: row[0])
        self.stands = [stand for _, _, stand in rows]
        self.count = len(goods)
        self.good_at: Ints = np.array([good for good, _, _ in rows], np.int64)
        self.place_at: Ints = np.array([place for _, place, _ in rows], np.int64)
        self.x_m = np.array([stand.at_m[0] for stand in self.stands])
        self.y_m = np.array([stand.at_m[1] for stand in self.stands])

    def nearest(self, here: PlaceId, at_m: Point, only: PlaceId | None = None) -> tuple[npt.NDArray[np.float64], Ints]:
        """For every good how far its nearest stand is, and which; infinite and -1 where it is nowhere."""
        away = np.full(self.count, np.inf)
        which: Ints = np.full(self.count, -1, np.int64)
        if not self.stands:
            return away, which
        entry_m = np.full(len(self.ids), np.inf)
        entry_x, entry_y = np.zeros(len(self.ids)), np.zeros(len(self.ids))
        for index, place in enumerate(self.places.values()):
            way = legs(self.places, here, at_m, place.id, place.spawn.at_m[:2]) if only in (None, place.id) else []
            if way:
                entry_m[index] = length_m(way[:-1])
                entry_x[index], entry_y[index] = way[-1].from_m
        far = entry_m[self.place_at] + np.hypot(self.x_m - entry_x[self.place_at], self.y_m - entry_y[self.place_at])
        order = np.lexsort((far, self.good_at))
        goods, first = np.unique(self.good_at[order], return_index=True)
        best = order[first]
        reached = np.isfinite(far[best])
        away[goods[reached]], which[goods[reached]] = far[best][reached], best[reached]
        return away, which


class SearchIndex:
    """All goods by their words. `kinds` and `people` give the words for kinds and makers; `colours` may come later."""

    def __init__(
        self, goods: Mapping[GoodId, Good], *, kinds: Mapping[str, str], people: Mapping[str, str],
        colours: Mapping[GoodId, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        self.goods, self.ids = goods, tuple(goods)
        self.kinds, self.people = kinds, people
        self.ready = False
        self.set_colours(colours or {})

    def set_colours(self, colours: Mapping[GoodId, Sequence[str]]) -> None:
        """Tell which colours goods have, the largest first."""
        self._colours: dict[str, Floats] = {}
        for index, good in enumerate(self.ids):
            for rank, colour in enumerate(colours.get(good, ())):
                score = self._colours.setdefault(colour, np.zeros(len(self.ids), np.float32))
                score[index] = COLOUR / (1 + 0.5 * rank)

    def grow(self) -> Iterator[str]:
        """Read all goods; yields now and then, so that it may be spread over frames."""
        numbers: dict[str, int] = {}  # of words, in the order in which they are met
        found: list[tuple[int, int, float]] = []
        self._names: dict[str, list[int]] = {}
        stories: list[bytes] = []

        def note(word: str, index: int, weight: float) -> None:
            found.append((numbers.setdefault(word[:LONGEST], len(numbers)), index, weight))

        for index, good in enumerate(self.goods.values()):
            for name in (plain(good.name.en), plain(good.name.zh)):
                self._names.setdefault(name, []).append(index)
            for text, weight in (
                (f"{good.name.en} {good.name.zh}", NAME),
                (self.kinds.get(good.kind, good.kind), KIND),
                (self.people.get(good.maker, ""), MAKER),
                (" ".join(good.tags), TAG),
            ):
                for word in words_of(plain(text)):
                    note(word, index, weight)
                    if HAN.match(word):  # no spaces between words: one may begin anywhere
                        for at in range(1, len(word)):
                            note(word[at:], index, min(weight, NAME_INSIDE))
            stories.append(_units(plain(f"{good.story.en} {good.story.zh}") + "\n"))
            if index % GOODS_A_PIECE == 0:
                yield "some goods"
        yield from self._gather(numbers, found)
        self._story = np.frombuffer(_units("\n") + b"".join(stories), np.uint16)
        self._story_ends: Ints = np.cumsum([len(story) // 2 for story in stories], dtype=np.int64)
        self.ready = True

    def _gather(self, numbers: dict[str, int], found: list[tuple[int, int, float]]) -> Iterator[str]:
        """Sorted words once each, and for each the goods that have it in one row of two long arrays."""
        in_order = sorted(numbers)
        self._words = np.array(in_order, f"<U{LONGEST}")
        self._letters = self._words.view(np.uint32).reshape(len(in_order), LONGEST)
        yield "words"
        rank = np.zeros(len(in_order), np.int64)
        rank[[numbers[word] for word in in_order]] = np.arange(len(in_order))
        rows = rank[np.array([number for number, _, _ in found], np.int64)]
        yield "rows"
        goods = np.array([good for _, good, _ in found], np.int64)
        yield "goods"
        weights = np.array([weight for _, _, weight in found], np.float32)
        order = np.argsort(rows, kind="stable")
        self._goods: Ints = goods[order]
        self._weights: Floats = weights[order]
        self._starts: Ints = np.searchsorted(rows[order], np.arange(len(in_order) + 1))
        yield "weights"

    # --- finding -------------------------------------------------------------------------------------------------

    def find(
        self,
        text: str,
        where: Whereabouts,
        here: PlaceId,
        at_m: Point,
        *,
        price_wei: Callable[[GoodId], int],
        filters: Filters | None = None,
        most: int = 500,
    ) -> list[Found]:
        """What fits a text best comes first, and of equals the nearest; without words, the nearest of all.

        `grow` must have come to its end.
        """
        filters = filters or Filters()
        query = Query(words=tuple(words_of(plain(text)))) if plain(text) in self._names else parse(text)
        score = self._score(text, query)
        if filters.kind:
            score[[good.kind != filters.kind for good in self.goods.values()]] = 0
        if filters.colour:
            score[self._of_colours((filters.colour,)) == 0] = 0
        away_m, which = where.nearest(here, at_m, filters.place)
        if filters.place is not None:
            score[which < 0] = 0
        out: list[Found] = []
        for index in np.lexsort((away_m, -score)):
            if score[index] <= 0 or len(out) == most:
                break
            good = self.ids[index]
            if not (query.allows(price := price_wei(good)) and filters.price.allows(price)):
                continue
            row = int(which[index])
            stand = where.stands[row] if row >= 0 else None
            place = where.ids[where.place_at[row]] if row >= 0 else None
            out.append(Found(good, place, stand, float(away_m[index])))
        return out

    def _score(self, text: str, query: Query) -> Floats:
        score = np.ones(len(self.ids), np.float32)
        whole = plain(text)
        if whole and not query.words:
            score[:] = 0 if query == Query() else 1
        for word in query.words:
            counts = self._word(word[:LONGEST])
            score = np.where((score > 0) & (counts > 0), score + counts, 0).astype(np.float32)
        if query.words and query == Query(words=query.words):
            begins = [index for name, each in self._names.items() if name.startswith(whole) for index in each]
            score[begins] += NAME_BEGINS * (score[begins] > 0)
        if whole:
            score[self._names.get(whole, [])] += WHOLE_NAME
        return score

    def _word(self, word: str) -> Floats:
        """What one word counts for each good, by whatever it may mean."""
        counts = self._in_fields(word)
        counts = np.maximum(counts, self._of_colours(COLOUR_WORDS.get(word, ())))
        counts = np.maximum(counts, self._in_stories(word))
        if HAN.match(word) and len(word) > 1:
            coloured = any(word.startswith(colour) and colour != word for colour in COLOUR_WORDS)
            if coloured or not counts.any():
                counts = np.maximum(counts, IN_PIECES * self._in_pieces(word))
        elif not counts.any() and len(word) >= TYPO_FROM:
            counts = TYPO * self._misspelt(word)
        return counts

    def _of_colours(self, colours: Sequence[str]) -> Floats:
        counts = np.zeros(len(self.ids), np.float32)
        for colour in colours:
            if colour in self._colours:
                counts = np.maximum(counts, self._colours[colour])
        return counts

    def _rows(self, word: str) -> tuple[int, int]:
        """The words that begin with a word: from, to."""
        # No longer than the words, or all of them would be copied for the comparison.
        ends = np.array([word, (word + "\U0010ffff")[:LONGEST]], f"<U{LONGEST}")
        low, high = (int(row) for row in np.searchsorted(self._words, ends))
        if len(word) == LONGEST:
            high = low + int(low < len(self._words) and self._words[low] == word)
        return low, high

    def _in_fields(self, word: str) -> Floats:
        counts = np.zeros(len(self.ids), np.float32)
        low, high = self._rows(word)
        if low < high:
            part = slice(self._starts[low], self._starts[high])
            weights = self._weights[part].copy()
            if self._words[low] == word:
                weights[: self._starts[low + 1] - self._starts[low]] *= WHOLE
            np.maximum.at(counts, self._goods[part], weights)
        return counts

    def _in_stories(self, word: str) -> Floats:
        counts = np.zeros(len(self.ids), np.float32)
        letters = np.frombuffer(_units(word), np.uint16)
        han = HAN.match(word) is not None
        if len(letters) < (2 if han else 3):
            return counts
        story = self._story
        at = np.flatnonzero(story[: len(story) - len(letters) + 1] == letters[0])
        for offset, letter in enumerate(letters[1:], start=1):
            at = at[story[at + offset] == letter]
        if not han:
            at = at[~_is_letter(story[at - 1])]
            if len(letters) < BEGINNING_FROM:
                at = at[~_is_letter(story[at + len(letters)])]
        counts[np.searchsorted(self._story_ends, at)] = STORY
        return counts

    def _in_pieces(self, word: str) -> Floats:
        """A run of Han characters taken apart: the longest pieces that mean anything, all of which must be found."""
        counts, at = np.zeros(len(self.ids), np.float32), 0
        everywhere = np.ones(len(self.ids), bool)
        while at < len(word):
            longest = len(word) - at if at else len(word) - 1
            for size in range(longest, 0, -1):
                piece = word[at : at + size]
                low, high = self._rows(piece)
                if piece in COLOUR_WORDS or low < high or size == 1:
                    break
            if piece not in ("的", "色"):
                found = np.maximum(self._in_fields(piece), self._of_colours(COLOUR_WORDS.get(piece, ())))
                everywhere &= found > 0
                counts += found
            at += size
        return np.where(everywhere, counts, 0).astype(np.float32)

    def _misspelt(self, word: str) -> Floats:
        """Words that begin with this one when one letter is changed, missing, too many, or swapped with its neighbour.

        A single slip is found at the first letter that differs: the rest must then agree at an offset of -1, 0 or 1.
        """
        counts = np.zeros(len(self.ids), np.float32)
        size = len(word)
        letters = np.zeros((len(self._letters), LONGEST + 2), np.uint32)
        letters[:, :LONGEST] = self._letters
        typed = np.array([ord(letter) for letter in word], np.uint32)
        same = letters[:, :size] == typed
        rows = np.arange(len(letters))
        slip = np.where(same.all(axis=1), size, same.argmin(axis=1))

        def rest_agrees(shift: int, start: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
            """Whether all typed letters from `start` on stand `shift` further on in the word."""
            agree = np.ones((len(letters), size + 2), bool)
            first = max(-shift, 0)
            agree[:, first:size] = letters[:, first + shift : size + shift] == typed[first:]
            agree = np.logical_and.accumulate(agree[:, ::-1], axis=1)[:, ::-1]
            return agree[rows, np.minimum(start, size)]

        at = np.minimum(slip, size - 1)
        after = np.minimum(at + 1, size - 1)
        swapped = (
            (letters[rows, at + 1] == typed[at]) & (letters[rows, at] == typed[after]) & (slip + 1 < size)
            & rest_agrees(0, slip + 2)
        )  # fmt: skip
        near = rest_agrees(0, slip + 1) | rest_agrees(1, slip) | rest_agrees(-1, slip + 1) | swapped
        wrong = np.flatnonzero(near)
        for row in wrong:
            part = slice(self._starts[row], self._starts[row + 1])
            np.maximum.at(counts, self._goods[part], self._weights[part])
        return counts


def _is_letter(units: npt.NDArray[np.uint16]) -> npt.NDArray[np.bool_]:
    """Which units are small Latin letters or figures."""
    return ((units >= ord("a")) & (units <= ord("z"))) | ((units >= ord("0")) & (units <= ord("9")))


def _units(text: str) -> bytes:
    """A text in UTF-16, two bytes a unit, whatever it holds."""
    return text.encode("utf-16-le", "surrogatepass")
