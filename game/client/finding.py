"""What the panels for finding share: the index of goods, the lists, what is compared, and where the way leads."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from game.client.keepsakes import Keepsakes
from game.client.texts import Texts
from game.content.colours import read_colours
from game.content.model_files import ModelFiles
from game.core.goods import price_wei
from game.core.ids import GoodId, PlaceId
from game.core.search import Filters, Found, SearchIndex, Whereabouts
from game.core.search_terms import COLOURS
from game.core.world import World

MOST_COMPARED = 4


class Finding:
    """One a game. `files` and `cache` are where the colours of goods come from; without them they are unknown."""

    def __init__(
        self, world: World, texts: Texts, *, keepsakes: Keepsakes | None = None, files: ModelFiles | None = None,
        cache: Path | None = None, home: Path | None = None,
    ) -> None:  # fmt: skip
        self.world = world
        self.keepsakes = keepsakes or Keepsakes(None)
        self.compared: list[GoodId] = []
        self.goal: Found | None = None  # where the way on the ground leads
        self.way_m: float | None = None  # how long that way still is; None while it is being looked for
        self.no_way = False
        self.looked_at: GoodId | None = None  # closely, in its panel
        self.came_from = ""  # the panel to which that one leads back
        self.pins: tuple[Found, ...] = ()  # what was found last, for the map
        self.home = home  # where files for the player are written
        self._files, self._cache = files, cache
        self.colours: dict[GoodId, tuple[str, ...]] = {}
        self._texts = texts
        self._loading: Iterator[str] | None = None
        self._begin()

    def _begin(self) -> None:
        """Make the index and the whereabouts of what the world holds now."""
        world = self.world
        self._goods = dict(world.goods)  # whatever comes later is not in the index
        self.where = Whereabouts(world.places, tuple(self._goods))
        self.index = SearchIndex(
            self._goods, kinds=_kind_words(self._texts, world), people=_people(self._texts), colours=self.colours
        )

    def keep_up(self) -> None:
        """Take in the places and goods that came into the world, or are others than before, since they were read."""
        world = self.world
        if not _same(self._goods, world.goods):
            was_ready = self.index.ready
            self._begin()
            self._loading = None
            for _ in self.index.grow() if was_ready else ():
                pass
        elif not _same(self.where.places, world.places):
            self.where = Whereabouts(world.places, tuple(self._goods))

    def load(self) -> Iterator[str]:
        """Read all goods into the index, then their colours; yields often."""
        if self._loading is None:
            self._loading = self._load()
        # Not `yield from`: a loader that is dropped half-way would close the reading with itself.
        for piece in self._loading:  # noqa: UP028
            yield piece

    def _load(self) -> Iterator[str]:
        if not self.index.ready:
            yield from self.index.grow()
        if self._files is not None and self._cache is not None:
            yield from read_colours(self._files.of, list(self._goods), self._cache, self.colours)
            self.index.set_colours(self.colours)

    def find(self, text: str, filters: Filters) -> list[Found]:
        """What fits a text and filters, best and nearest first; nothing before the index is read."""
        self.keep_up()
        if not self.index.ready:
            return []
        body = self.world.body
        return self.index.find(
            text, self.where, self.world.place_id, body.pos_m[:2], price_wei=self.price_wei, filters=filters
        )

    def located(self, goods: list[GoodId]) -> list[Found]:
        """Goods of the catalogue, in the order given, each with its nearest stand."""
        self.keep_up()
        away_m, which = self.where.nearest(self.world.place_id, self.world.body.pos_m[:2])
        number = {good: index for index, good in enumerate(self.index.ids)}
        out: list[Found] = []
        for good in goods:
            if good in number:
                row = int(which[number[good]])
                stand = self.where.stands[row] if row >= 0 else None
                place = self.where.ids[self.where.place_at[row]] if row >= 0 else None
                out.append(Found(good, place, stand, float(away_m[number[good]])))
        return out

    def price_wei(self, good: GoodId) -> int:
        """What one unit costs now: as the chain tells, else as its maker wrote."""
        stock = self.world.stock.get(good)
        return stock.unit_price_wei if stock else price_wei(self.world.goods[good])

    def lead(self, good: GoodId) -> bool:
        """Show the way to the nearest stand of a good; False where none shows it."""
        found = self.located([good])
        if not found or found[0].stand is None:
            return False
        self.goal = found[0]
        return True

    def compare(self, good: GoodId) -> bool:
        """Put a good beside those that are compared, or take it away; False where there is no room for it."""
        if good in self.compared:
            self.compared.remove(good)
            return True
        if len(self.compared) >= MOST_COMPARED:
            return False
        self.compared.append(good)
        return True

    def kinds(self) -> list[str]:
        """The kinds that there are goods of."""
        return sorted({good.kind for good in self.world.goods.values()})

    def known_colours(self) -> list[str]:
        """The colours that there are goods of, in the order of the rainbow."""
        known = {colour for colours in self.colours.values() for colour in colours}
        return [colour for colour in COLOURS if colour in known]

    def shops(self) -> list[PlaceId]:
        """The places in which goods are on show."""
        return [place.id for place in self.world.places.values() if place.stands]


def _same(known: Mapping[Any, object], now: Mapping[Any, object]) -> bool:
    """Whether two catalogues hold the same things; what changes in the world is another object."""
    return len(known) == len(now) and all(now.get(name) is each for name, each in known.items())


def _kind_words(texts: Texts, world: World) -> dict[str, str]:
    """All words for each kind, in every language."""
    words: dict[str, str] = {}
    for kind in sorted({good.kind for good in world.goods.values()}):
        keys = (f"kind_{kind}", f"words_{kind}")
        found = [catalogue[key] for catalogue in texts.catalogues.values() for key in keys if key in catalogue]
        words[kind] = " ".join([kind, *found])
    return words


def _people(texts: Texts) -> dict[str, str]:
    return {who: f"{name.en} {name.zh}" for who, name in texts.people.items()}
