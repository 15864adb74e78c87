"""What may be written of a good, whoever made it: kind, words, size, slot, terms."""

import re
import unicodedata

from game.content.check_credits import LICENCES
from game.content.problems import Problem
from game.core.errors import GameError
from game.core.goods import KINDS, SLOTS, Good, Text, price_wei

BPS = 10_000
ROYALTY_MAX_BPS = 1_000
EDITION_MAX = 2**32 - 1
NAME_MAX = 40
STORY_MAX = 400
TAGS_MAX = 12
TAG_MAX = 24

_ACCOUNT = re.compile(r"0x[0-9a-fA-F]{40}")
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")  # Unicode categories: control, format, private, unassigned ...
_JOINERS = "\u200c\u200d\ufe0f"  # are unseen, and yet part of how some words are written


def good_problems(good: Good, file: str) -> list[Problem]:
    """Problems of a good's own words and numbers; who made it and its models are checked elsewhere."""
    problems = not_one_of(good.kind, KINDS, file, "kind")
    problems += text_problems(good.name, file, "name", NAME_MAX) + text_problems(good.story, file, "story", STORY_MAX)
    if good.licence not in LICENCES:
        remedy = f"write one of {', '.join(LICENCES)}"
        problems.append(Problem(file, "licence", f"{good.licence!r} is no licence that allows sharing", remedy))
    for axis, size_m in enumerate(good.size_m):
        if not 0.005 <= size_m <= 10.0:
            rule = f"{size_m} m is not between 0.005 and 10"
            problems.append(Problem(file, f"size_m[{axis}]", rule, "write the true size in metres"))
    if good.wear is not None:
        problems += not_one_of(good.wear.slot, SLOTS, file, "wear.slot")
        if not 0.0 <= good.wear.lift_m <= 0.3:
            rule = f"{good.wear.lift_m} m is not between 0 and 0.3"
            problems.append(Problem(file, "wear.lift_m", rule, "write the height of the soles"))
    if len(good.tags) > TAGS_MAX:
        problems.append(Problem(file, "tags", f"{len(good.tags)} are more than {TAGS_MAX}", "leave some out"))
    for index, tag in enumerate(good.tags[:TAGS_MAX]):
        problems += words_problems(tag, file, f"tags[{index}]", TAG_MAX)
    return problems + _terms(good, file)


def made_problems(good: Good, file: str) -> list[Problem]:
    """Problems of a player's good; like `good_problems`, and its maker is an account."""
    problems = good_problems(good, file)
    if not _ACCOUNT.fullmatch(good.maker):
        problems.append(Problem(file, "maker", f"{good.maker!r} is no account", "write 0x and 40 hexadecimal digits"))
    return problems


def _terms(good: Good, file: str) -> list[Problem]:
    terms = good.terms
    problems: list[Problem] = []
    try:
        if price_wei(good) == 0:
            problems.append(Problem(file, "terms.price_coins", "is free", "write a price above 0"))
    except GameError as error:
        rule = str(error).partition("terms.price_coins: ")[2].partition(";")[0]
        problems.append(Problem(file, "terms.price_coins", rule, 'write coins such as "12.50"'))
    if not 1 <= terms.edition <= EDITION_MAX:
        rule = f"{terms.edition} units are not between 1 and {EDITION_MAX}"
        problems.append(Problem(file, "terms.edition", rule, "write how many may ever exist"))
    if not 0 <= terms.royalty_bps <= ROYALTY_MAX_BPS:
        rule = f"{terms.royalty_bps} is not between 0 and {ROYALTY_MAX_BPS} (10 %)"
        problems.append(Problem(file, "terms.royalty_bps", rule, "write hundredths of a percent"))
    if terms.room_share_bps < 0 or terms.room_share_bps + max(terms.royalty_bps, 0) > BPS:
        rule = f"{terms.room_share_bps} with a royalty of {terms.royalty_bps} is negative or above {BPS} (100 %)"
        problems.append(Problem(file, "terms.room_share_bps", rule, "write hundredths of a percent"))
    return problems


def not_one_of(value: str, known: tuple[str, ...], file: str, key: str) -> list[Problem]:
    """A problem where a value is none of those that are known."""
    if value in known:
        return []
    return [Problem(file, key, f"{value!r} is not known", f"write one of {', '.join(known)}")]


def text_problems(text: Text, file: str, key: str, longest: int) -> list[Problem]:
    """Problems of a display text of at most so many characters."""
    return [
        *words_problems(text.en, file, f"{key}.en", longest),
        *words_problems(text.zh, file, f"{key}.zh", longest),
    ]


def words_problems(words: str, file: str, key: str, longest: int) -> list[Problem]:
    """Problems of words in one language; characters that nobody sees could hide or turn round what others read."""
    if not words.strip():
        return [Problem(file, key, "is empty", "write it")]
    if len(words) > longest:
        return [Problem(file, key, f"has {len(words)} characters, more than {longest}", "shorten it")]
    if words.isprintable():
        return []
    for letter in words:
        if letter not in _JOINERS and unicodedata.category(letter) in _UNSEEN:
            return [Problem(file, key, f"has the unseen character U+{ord(letter):04X}", "remove it")]
    return []
