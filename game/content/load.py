"""The catalogue: every good, place and maker under `scenes/`, read into frozen structs."""

from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct

from game.content.orchard import read_orchard
from game.content.parse import SNAKE_CASE, read_dir, read_toml, with_id
from game.content.problems import ContentError, Problem
from game.core.goods import Good, Text
from game.core.ids import GoodId, MakerId, PieceId, PlaceId, TemplateId
from game.core.orchard_rules import OrchardRules
from game.core.places import Place
from game.core.rooms import Piece, Template
from game.core.world import World, new_world

GOODS_DIR = "scenes/goods"
PLACES_DIR = "scenes/places"
KIT_DIR = "scenes/kit"
TEMPLATES_DIR = "scenes/templates"
MAKERS_FILE = "scenes/makers.toml"



class Maker(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who makes goods or keeps a place."""

    id: MakerId
    name: Text
    craft: Text


@dataclass(slots=True, frozen=True)
class Catalogue:
    """All that the game shows, in the order of the file names."""

    goods: dict[GoodId, Good]
    places: dict[PlaceId, Place]
    makers: dict[MakerId, Maker]
    kit: dict[PieceId, Piece] = field(default_factory=dict)
    templates: dict[TemplateId, Template] = field(default_factory=dict)
    orchard: OrchardRules | None = None  # None where there is no scenes/orchard


def load_catalogue(root: Path) -> Catalogue:
    """Read `scenes/` under `root`. Raises ContentError with every file that cannot be used; see also check.check."""
    catalogue, problems = read_catalogue(root)
    if problems:
        raise ContentError(problems)
    return catalogue


def read_catalogue(root: Path) -> tuple[Catalogue, list[Problem]]:
    """Whatever can be read of the catalogue, and the problems of the rest."""
    makers, problems = _read_makers(root)
    goods, more = read_dir(root, GOODS_DIR, Good)
    problems += more
    places, more = read_dir(root, PLACES_DIR, Place)
    problems += more
    kit, more = read_dir(root, KIT_DIR, Piece, needed=False)
    problems += more
    templates, more = read_dir(root, TEMPLATES_DIR, Template, needed=False)
    problems += more
    orchard, more = read_orchard(root)
    problems += more
    catalogue = Catalogue(
        goods={GoodId(stem): good for stem, good in goods.items()},
        places={PlaceId(stem): place for stem, place in places.items()},
        makers=makers,
        kit={PieceId(stem): piece for stem, piece in kit.items()},
        templates={TemplateId(stem): template for stem, template in templates.items()},
        orchard=orchard,
    )
    return catalogue, problems


def world_of(found: Catalogue, *, start: PlaceId, seed: int, session: str = "") -> World:
    """A fresh world of all that was read; see `new_world`."""
    return new_world(
        found.places, found.goods, start=start, seed=seed, session=session, kit=found.kit, templates=found.templates,
        orchard_rules=found.orchard,
    )  # fmt: skip


def _read_makers(root: Path) -> tuple[dict[MakerId, Maker], list[Problem]]:
    path = root / MAKERS_FILE
    if not path.is_file():
        return {}, [Problem(MAKERS_FILE, "", "is missing", "add one table for each maker")]
    tables, problems = read_toml(path, MAKERS_FILE)
    makers: dict[MakerId, Maker] = {}
    for name, table in tables.items():
        if not SNAKE_CASE.fullmatch(name):
            problems.append(Problem(MAKERS_FILE, name, "is not lowercase snake_case", "rename it"))
            continue
        if not isinstance(table, dict):
            problems.append(Problem(MAKERS_FILE, name, "is not a table", f"write [{name}]"))
            continue
        maker, more = with_id(table, name, Maker, file=MAKERS_FILE)
        problems += [Problem(p.file, f"{name}.{p.key}" if p.key else name, p.problem, p.remedy) for p in more]
        if maker is not None:
            makers[MakerId(name)] = maker
    return makers, problems
