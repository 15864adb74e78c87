"""What an import says to its maker: text keys with their values, so that it can be said in any language."""

import tomllib
from pathlib import Path

from msgspec import Struct

from game.core.errors import GameError

Value = str | int | float


class Note(Struct, frozen=True):
    """One sentence: a key among the texts, without its "make_", and what it tells of."""

    key: str
    values: dict[str, Value] = {}


class ImportRefusedError(GameError):
    """A file that is not taken; `note` says why and what to do."""

    def __init__(self, key: str, **values: Value) -> None:
        self.note = Note(key, values)
        super().__init__(f"{key} {values}" if values else key)


class Wording:
    """The sentences of one language, for where there is no screen."""

    def __init__(self, root: Path, language: str = "en") -> None:
        path = root / "assets" / "texts" / f"{language}.toml"
        self.texts: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))

    def say(self, note: Note) -> str:
        """A note as a sentence. Raises KeyError for a key or value that is missing."""
        return self.texts[f"make_{note.key}"].format_map(note.values)


def told(name: object) -> str:
    """A name from a foreign file as it may stand in a sentence: one line, printable, short, never empty."""
    from game.content.imports.limits import NAME_LETTERS

    line = "".join(letter if letter.isprintable() else " " for letter in str(name)[: 4 * NAME_LETTERS])
    line = " ".join(line.replace("{", "(").replace("}", ")").split())
    return (line[: NAME_LETTERS - 1] + "…" if len(line) > NAME_LETTERS else line) or "?"
