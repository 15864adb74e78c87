"""What people type when they look for something: words, colours and prices, in English and Chinese."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from game.core.ids import WEI_PER_COIN

COLOURS: dict[str, tuple[str, ...]] = {
    "red": ("red", "crimson", "scarlet", "红", "红色", "大红"),
    "orange": ("orange", "amber", "橙", "橙色", "橘", "橘色"),
    "yellow": ("yellow", "golden", "mustard", "黄", "黄色", "金色"),
    "green": ("green", "teal", "turquoise", "绿", "绿色", "青", "青色"),
    "blue": ("blue", "teal", "turquoise", "navy", "蓝", "蓝色", "青", "青色"),
    "purple": ("purple", "violet", "lilac", "紫", "紫色"),
    "pink": ("pink", "rose", "粉", "粉色", "粉红", "粉红色"),
    "brown": ("brown", "tan", "棕", "棕色", "褐", "褐色", "咖啡色"),
    "beige": ("beige", "cream", "ivory", "米", "米色", "米白"),
    "grey": ("grey", "gray", "silver", "灰", "灰色", "银色"),
    "black": ("black", "黑", "黑色"),
    "white": ("white", "白", "白色"),
}
"""Each colour that a good can have, and the words for it."""

COLOUR_WORDS: dict[str, tuple[str, ...]] = {}
for _colour, _words in COLOURS.items():
    for _word in _words:
        COLOUR_WORDS[_word] = (*COLOUR_WORDS.get(_word, ()), _colour)

HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]+")
_N = r"(\d{1,9}(?:\.\d{1,15})?)"
_UNIT = r"\s*(?:coins?\b|枚|金币|币|元|块)?"
# Each form, and whether its figures are the least price, the most price, or excluded as such.
_FORMS = tuple(
    (re.compile(form), ends)
    for form, ends in (
        (rf"\bbetween\s+{_N}{_UNIT}\s*and\s*{_N}{_UNIT}", "least most"),
        (rf"(?<![0-9a-z.]){_N}{_UNIT}\s*(?:-|–|—|~|\.\.|\bto\b|到|至)\s*{_N}{_UNIT}", "least most"),
        (rf"(?:\bup to\b|\bat most\b|\bmax\b|<=|≤|不超过|最多)\s*{_N}{_UNIT}", "most"),
        (rf"(?:\bat least\b|\bfrom\b|\bmin\b|>=|≥|至少|不低于|不少于)\s*{_N}{_UNIT}", "least"),
        (rf"(?:\bunder\b|\bbelow\b|\bless than\b|\bcheaper than\b|<|低于|少于|不到|小于)\s*{_N}{_UNIT}", "below"),
        (rf"(?:\bover\b|\babove\b|\bmore than\b|>|高于|超过|多于|大于)\s*{_N}{_UNIT}", "above"),
        (rf"(?<![0-9a-z.]){_N}{_UNIT}\s*(?:及?以下|以内|之内)", "most"),
        (rf"(?<![0-9a-z.]){_N}{_UNIT}\s*(?:及?以上|起)", "least"),
    )
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every word, at a price within both ends; None leaves an end open."""

    words: tuple[str, ...] = ()
    least_wei: int | None = None
    most_wei: int | None = None

    def allows(self, price_wei: int) -> bool:
        """Whether a price lies within both ends."""
        return (self.least_wei is None or price_wei >= self.least_wei) and (
            self.most_wei is None or price_wei <= self.most_wei
        )


def plain(text: str) -> str:
    """A text as it is compared: one form of each character, small letters, no accents, single spaces."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return " ".join(unicodedata.normalize("NFC", bare).split())


def words_of(text: str) -> list[str]:
    """The words of a plain text: runs of Han characters, and runs of other letters and figures."""
    out: list[str] = []
    for run in _WORD.findall(text):
        at = 0
        for han in HAN.finditer(run):
            out += [run[at : han.start()]] if han.start() > at else []
            out.append(han.group())
            at = han.end()
        out += [run[at:]] if at < len(run) else []
    return out


def parse(text: str) -> Query:
    """What a typed text asks for; what it says of prices is taken out of its words."""
    rest = plain(text)
    least: int | None = None
    most: int | None = None
    for form, ends in _FORMS:
        for found in form.finditer(rest):
            wei = [int(Decimal(figure) * WEI_PER_COIN) for figure in found.groups()]
            low, high = {
                "least most": (min(wei), max(wei)),
                "least": (wei[0], None),
                "above": (wei[0] + 1, None),
                "most": (None, wei[0]),
                "below": (None, wei[0] - 1),
            }[ends]
            least = low if least is None else least if low is None else max(least, low)
            most = high if most is None else most if high is None else min(most, high)
        rest = form.sub(" ", rest)
    return Query(words=tuple(words_of(rest)), least_wei=least, most_wei=most)
