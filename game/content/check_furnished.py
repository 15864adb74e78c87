"""Whether a room that a stranger furnished is one: ids, references, numbers and words within what a room can hold.

Whether its things fit into each other is its owner's affair: nobody is hurt by a lamp in a wall.
"""

import re
from collections.abc import Iterator

from game.content.check_goods import words_problems
from game.content.parse import SNAKE_CASE
from game.content.problems import Problem
from game.core.budget import ITEMS_MAX
from game.core.ids import HOME, ItemId
from game.core.paints import is_paint
from game.core.places import MOODS
from game.core.rooms import MAKERS_OFFER, Item, Room, number_of

NAME_MAX = 40
WORDS_MAX = 400
GROUP_MAX = 24
PAINTS_MAX = 16
NESTED_MAX = 32  # things upon things
FAR_M = 100.0
TURN_MAX_DEG = 720.0
WARMTHS_K = (1000, 12000)
GLOW_MAX = 2.0

_SHA256 = re.compile(r"[0-9a-f]{64}")
_OFFER = re.compile(r"0x[0-9a-f]{64}")


def furnished_problems(room: Room, file: str = "") -> list[Problem]:
    """All that is wrong with a room as a document; `file` names it in the problems."""
    return [Problem(file, key, rule, "furnish the room again") for key, rule in _problems(room)]


def _problems(room: Room) -> Iterator[tuple[str, str]]:
    if room.id != HOME:
        yield "id", f"{room.id[:40]!r} is not {HOME!r}"
    yield from _words(room.name, "name", NAME_MAX)
    if not SNAKE_CASE.fullmatch(room.template) or len(room.template) > NAME_MAX:
        yield "template", f"{room.template[:40]!r} is no id"
    if room.mood not in MOODS:
        yield "mood", f"{room.mood[:40]!r} is not known"
    yield from _paint(room.paint, "paint")
    yield from _warmth(room.warmth_k, "warmth_k")
    if len(room.items) > ITEMS_MAX:
        yield "items", f"{len(room.items):,} are more than {ITEMS_MAX:,}"
        return
    on: dict[ItemId, ItemId] = {}
    for index, item in enumerate(room.items):
        key = f"items[{index}]"
        number = number_of(item.id)
        if not 0 < number < room.next_item < 2**53 or item.id != f"i{number}":
            yield f"{key}.id", f"{item.id[:40]!r} is no number below {room.next_item}"
        if item.id in on:
            yield f"{key}.id", f"{item.id[:40]!r} is there twice"
        on[item.id] = item.on
        yield from _item(item, key)
    yield from _nesting(on)


def _item(item: Item, key: str) -> Iterator[tuple[str, str]]:
    if bool(item.piece) == bool(item.good):
        yield key, "names neither or both of piece and good"
    for field, value in (("piece", item.piece), ("good", item.good)):
        if value and (not SNAKE_CASE.fullmatch(value) or len(value) > NAME_MAX):
            yield f"{key}.{field}", f"{value[:40]!r} is no id"
    if not all(abs(metres) <= FAR_M for metres in item.at_m):
        yield f"{key}.at_m", f"{item.at_m} is farther away than {FAR_M:.0f} m"
    if not abs(item.yaw_deg) <= TURN_MAX_DEG:
        yield f"{key}.yaw_deg", f"{item.yaw_deg} is no angle"
    if len(item.group) > GROUP_MAX or (item.group and not item.group.isascii()):
        yield f"{key}.group", f"{item.group[:40]!r} is no name of a group"
    yield from _paint(item.paint, f"{key}.paint")
    if item.words:
        for number, line in enumerate(item.words.split("\n")):
            if line.strip():
                yield from _words(line, f"{key}.words, line {number + 1}", WORDS_MAX)
        if len(item.words) > WORDS_MAX:
            yield f"{key}.words", f"has {len(item.words)} characters, more than {WORDS_MAX}"
    if item.picture and not _SHA256.fullmatch(item.picture):
        yield f"{key}.picture", f"{item.picture[:80]!r} is no SHA-256"
    yield from _warmth(item.warmth_k, f"{key}.warmth_k")
    if not 0.0 <= item.glow <= GLOW_MAX:
        yield f"{key}.glow", f"{item.glow} is not between 0 and {GLOW_MAX}"
    if item.offer and item.offer != MAKERS_OFFER and not _OFFER.fullmatch(item.offer):
        yield f"{key}.offer", f"{item.offer[:80]!r} is no hash of an offer"
    if item.offer and not item.good:
        yield f"{key}.offer", "is that of no good"


def _nesting(on: dict[ItemId, ItemId]) -> Iterator[tuple[str, str]]:
    for item, rests_on in on.items():
        if rests_on and rests_on not in on:
            yield item[:40], f"rests on {rests_on[:40]!r}, which is not there"
            continue
        below, steps = rests_on, 0
        while below and steps < NESTED_MAX:
            below, steps = on.get(below, ItemId("")), steps + 1
        if below:
            yield item[:40], f"rests on more than {NESTED_MAX} things, or on itself"


def _words(words: str, key: str, longest: int) -> Iterator[tuple[str, str]]:
    for problem in words_problems(words, "", key, longest):
        yield problem.key, problem.problem


def _paint(paint: dict[str, str], key: str) -> Iterator[tuple[str, str]]:
    if len(paint) > PAINTS_MAX:
        yield key, f"has {len(paint)} paints, more than {PAINTS_MAX}"
        return
    for slot, colour in paint.items():
        if not slot or len(slot) > NAME_MAX or not slot.isprintable():
            yield key, f"{slot[:40]!r} is no name of a part"
        if not is_paint(colour, slot):
            yield f"{key}.{slot[:40]}", f"{colour[:20]!r} is no paint for it"


def _warmth(kelvin: int, key: str) -> Iterator[tuple[str, str]]:
    low, high = WARMTHS_K
    if not low <= kelvin <= high:
        yield key, f"{kelvin} K is not between {low} and {high}"
