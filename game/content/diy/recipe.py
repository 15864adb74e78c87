"""What a good that anybody can make consists of: its knobs with their ranges, and how they become a model."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from game.content.goods_model import Model
from game.content.imports.source import Pixels
from game.core.goods import Text, Wear

SIZE, COLOUR, WORDS, PICTURE, COUNT = "size", "colour", "words", "picture", "count"
KNOBS = (SIZE, COUNT, COLOUR, WORDS, PICTURE)
WORDS_MOST = 40
_HEX = re.compile(r"#[0-9a-f]{6}")

Value = float | str


class Knob(Struct, frozen=True, kw_only=True):
    """One thing that can be chosen: a size in metres or a count between two ends, a "#rrggbb", words, a picture."""

    name: str
    kind: str
    usual: Value = ""
    least: float = 0.0
    most: float = 0.0


class Made(Struct, frozen=True, kw_only=True):
    """A good's models, as it stands and as it is worn."""

    model: Model
    worn: Model | None = None


Build = Callable[[Mapping[str, Value], Pixels | None], Made]


class Recipe(Struct, frozen=True, kw_only=True):
    """A kind of good to be made: `build` takes a value for every knob but the picture, and the picture's pixels."""

    id: str
    kind: str
    name: Text
    knobs: tuple[Knob, ...]
    build: Build
    wear: Wear | None = None
    hangs: bool = False

    def usual(self) -> dict[str, Value]:
        """The values to begin with."""
        return {knob.name: knob.usual for knob in self.knobs}

    def within(self, values: Mapping[str, object]) -> dict[str, Value]:
        """The values of all knobs: those that are given as far as they are allowed, the usual ones for the rest."""
        return {knob.name: _within(knob, values.get(knob.name, knob.usual)) for knob in self.knobs}


def _within(knob: Knob, value: object) -> Value:
    if knob.kind in (SIZE, COUNT):
        number = float(value) if isinstance(value, int | float) and value == value else float(knob.usual)
        number = min(max(number, knob.least), knob.most)
        return float(round(number)) if knob.kind == COUNT else round(number, 4)
    if knob.kind == COLOUR:
        return value if isinstance(value, str) and _HEX.fullmatch(value) else knob.usual
    if knob.kind == WORDS:
        words = value if isinstance(value, str) else str(knob.usual)
        return "".join(letter for letter in words if letter.isprintable())[:WORDS_MOST]
    return value if isinstance(value, str) else ""
