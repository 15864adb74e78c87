"""Display text in the player's language, from assets/texts/<language>.toml; numbers and money as people write them."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from game.core.errors import GameError
from game.core.goods import Text
from game.core.ids import WEI_PER_COIN, MakerId

PARTS_PER_COIN = 10_000  # four decimals are shown at most
WEI_PER_PART = WEI_PER_COIN // PARTS_PER_COIN
TEXTS = Path(__file__).resolve().parents[2] / "assets" / "texts"


class Texts:
    """The catalogues of all languages. `people` names makers and keepers by their id."""

    def __init__(
        self, catalogues: Mapping[str, Mapping[str, str]], language: str, people: Mapping[MakerId, Text] | None = None
    ) -> None:
        self.catalogues = catalogues
        self.language = language
        self.people = dict(people or {})

    def t(self, key: str, **values: object) -> str:
        """The text of a key with its {values} filled in. Raises GameError for a key or value that is missing."""
        try:
            return self.catalogues[self.language][key].format_map(values)
        except KeyError as missing:
            where = f"assets/texts/{self.language}.toml"
            raise GameError(f"{where}: the text {key!r} lacks {missing}; add it in every language") from None

    def has(self, key: str) -> bool:
        """Whether there is a text of that key in every language."""
        return all(key in catalogue for catalogue in self.catalogues.values())

    def count(self, key: str, number: int, **values: object) -> str:
        """Like `t`, with the text of `key`_one for exactly one; {n} is the number."""
        return self.t(f"{key}_one" if number == 1 else key, n=number, **values)

    def reason(self, reason: str, fallback: str = "reason_other") -> str:
        """Why something did not happen, in plain words; an unknown reason gets the general sentence, never its id."""
        return self.t(f"reason_{reason}") if self.has(f"reason_{reason}") else self.t(fallback)

    def of(self, text: Text) -> str:
        """A name or story of the scenes in the player's language."""
        return text.zh if self.language == "zh" else text.en

    def person(self, who: str) -> str:
        """The name of a maker or keeper; a player, whose id is their account, goes by the first of it. Whoever else is
        unknown is "someone", never an id."""
        if (known := self.people.get(MakerId(who))) is not None:
            return self.of(known)
        return self.t("player_called", code=who[2:6].upper()) if who.startswith("0x") else self.t("someone")

    def number(self, wei: int, *, up: bool = False) -> str:
        """Wei as coins with two decimals, or up to four where these are needed; beyond that rounded down, or with `up`
        rounded up, so that no cost ever looks like nothing."""
        parts = -(-wei // WEI_PER_PART) if up else wei // WEI_PER_PART
        whole, rest = divmod(parts, PARTS_PER_COIN)
        decimals = f"{rest:04d}"
        return f"{whole:,}.{decimals[:2]}{decimals[2:].rstrip('0')}"

    def coins(self, wei: int, *, up: bool = False) -> str:
        """An amount of money with its unit."""
        return self.t("coins", amount=self.number(wei, up=up))


def load_texts(language: str, people: Mapping[MakerId, Text] | None = None, folder: Path = TEXTS) -> Texts:
    """Read every catalogue of the folder. Raises GameError for a damaged file or an unknown language."""
    catalogues: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.toml")):
        catalogues[path.stem] = _catalogue(path, path.stat().st_mtime_ns)
    if language not in catalogues:
        raise GameError(f"{folder}: no texts in {language!r}; there are {', '.join(catalogues)}")
    return Texts(catalogues, language, people)


@lru_cache(maxsize=8)
def _catalogue(path: Path, changed_ns: int) -> Mapping[str, str]:
    """The texts of a file as it was left at that time: to parse them takes longer than a frame."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise GameError(f"{path}: not a TOML file ({wrong}); mend it or restore it") from None
