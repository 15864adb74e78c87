"""A room written by hand as TOML, and the file that is packed from it: `python -m game.content.blueprint FILE.toml`.

    name, template, mood, paint, warmth_k   as in Room
    [goods.ALIAS]                           a player's good as in Good, and `model` (`worn`): its files, from the root
    [[items]]                               as in Item; a good is named by its alias or by its id
"""

import sys
from pathlib import Path
from typing import Any

import msgspec

from game.content.bundle import BundleError, pack, read_file, unpack
from game.content.check_layout import layout
from game.content.disk import write_whole
from game.content.goods_store import GoodsStore
from game.content.load import Catalogue, load_catalogue
from game.content.manifest import MODEL, WORN
from game.content.parse import parse, read_toml
from game.content.pictures_store import PicturesStore
from game.content.problems import ContentError, Problem
from game.content.publishing import gather
from game.core.goods import Good
from game.core.ids import HOME, GoodId
from game.core.rooms import Room, number_of, place_of

ROOMS_DIR = "scenes/rooms"


def packed(path: Path, catalogue: Catalogue, root: Path, home: Path) -> bytes:
    """The file of a blueprint; its goods are kept in `home`. Raises ContentError with what is wrong in it."""
    file = path.name
    tables, problems = read_toml(path, file)
    goods = tables.pop("goods", {})
    store = GoodsStore(home)
    ids: dict[str, GoodId] = {}
    for alias, table in goods.items() if isinstance(goods, dict) else ():
        files = {role: _model(table, role, root, f"goods.{alias}.{role}", file) for role in (MODEL, WORN)}
        good, more = parse({**table, "id": alias}, Good, file=file)
        problems += [Problem(each.file, f"goods.{alias}.{each.key}", each.problem, each.remedy) for each in more]
        if good is not None:
            ids[alias] = store.put(good, files[MODEL], worn=files[WORN] or None).id
    items = [{**item, "good": ids.get(item["good"], item["good"])} if "good" in item else item
             for item in tables.get("items", ())]  # fmt: skip
    last = max((number_of(item.get("id", "")) for item in items), default=0)
    room, more = parse({**tables, "items": items, "id": HOME, "next_item": last + 1}, Room, file=file)
    problems += more
    if room is None or problems:
        raise ContentError(problems)
    gathered = gather(room, catalogue.goods, store, PicturesStore(home), root)
    if gathered.missing or gathered.blank:
        lost = ", ".join((*gathered.missing, *gathered.blank))
        raise ContentError([Problem(file, "items", f"{lost} cannot be found", "add them to goods, or leave them out")])
    return pack(gathered.bundle)


def _model(table: dict[str, Any], role: str, root: Path, key: str, file: str) -> bytes:
    """The bytes of a good's model, which its table names; it is taken out of the table."""
    name = table.pop(role, "")
    if not name and role == WORN:
        return b""
    path = root / str(name)
    if not name or not path.is_file():
        raise ContentError([Problem(file, key, f"{name!r} is no file", "name a GLB, from the root of the game")])
    return path.read_bytes()


def check_rooms(catalogue: Catalogue, root: Path) -> list[Problem]:
    """Problems of the rooms that come with the game as files: each can be taken, is whole here, and can be walked."""
    problems: list[Problem] = []
    for path in sorted((root / ROOMS_DIR).glob("*.loquat")):
        file = f"{ROOMS_DIR}/{path.name}"
        again = f"pack it again: python -m game.content.blueprint {ROOMS_DIR}/{path.stem}.toml"
        try:
            bundle = unpack(read_file(path))
        except BundleError as error:
            problems.append(Problem(file, "", str(error), again))
            continue
        room, template = bundle.room, catalogue.templates.get(bundle.room.template)
        if template is None:
            problems.append(Problem(file, "template", f"{room.template!r} is no template", again))
            continue
        goods = {**catalogue.goods, **{each.good.id: each.good for each in bundle.goods if each.good is not None}}
        for item in room.items:
            if (item.piece and item.piece not in catalogue.kit) or (item.good and item.good not in goods):
                problems.append(Problem(file, item.id, f"{item.piece or item.good!r} is not known here", again))
        problems += layout(place_of(room, template, catalogue.kit, goods), goods, file)
    return problems


def main(names: list[str]) -> int:
    """Pack each blueprint into the file beside it."""
    import tempfile

    root = Path(__file__).resolve().parents[2]
    for name in names:
        with tempfile.TemporaryDirectory() as home:
            content = packed(Path(name), load_catalogue(root), root, Path(home))
        write_whole(Path(name).with_suffix(".loquat"), content)
        print(f"{Path(name).with_suffix('.loquat')}: {len(content):,} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (ContentError, BundleError, OSError, msgspec.MsgspecError) as error:
        sys.exit(str(error))
