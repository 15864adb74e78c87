"""JSON Schema of the world's files, for editors: `python -m game.content.schema DIR`."""

import sys
from pathlib import Path
from typing import Any

import msgspec

from game.content.load import Maker
from game.core.goods import KINDS, SLOTS, Good
from game.core.places import FLOORS, MOODS, PLACE_KINDS, Place
from game.core.rooms import GROUPS, RESTS, Piece, Template


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file by name; an id need not be written, since it is the file's name."""
    good = _of(Good)
    good["$defs"]["Good"]["properties"]["kind"]["enum"] = list(KINDS)
    good["$defs"]["Wear"]["properties"]["slot"]["enum"] = list(SLOTS)
    place = _of(Place)
    place["$defs"]["Place"]["properties"]["kind"]["enum"] = list(PLACE_KINDS)
    place["$defs"]["Place"]["properties"]["mood"]["enum"] = list(MOODS)
    place["$defs"]["Place"]["properties"]["floor"]["enum"] = list(FLOORS)
    piece = _of(Piece)
    piece["$defs"]["Piece"]["properties"]["group"]["enum"] = list(GROUPS)
    piece["$defs"]["Piece"]["properties"]["rests"]["enum"] = list(RESTS)
    template = _of(Template)
    template["$defs"]["Template"]["properties"]["mood"]["enum"] = list(MOODS)
    template["$defs"]["Template"]["properties"]["floor"]["enum"] = list(FLOORS)
    maker = _of(Maker)
    makers = {"$defs": maker["$defs"], "type": "object", "additionalProperties": {"$ref": maker["$ref"]}}
    return {"good": good, "place": place, "piece": piece, "template": template, "makers": makers}


def _of(struct: type[msgspec.Struct]) -> dict[str, Any]:
    schema = msgspec.json.schema(struct)
    own = schema["$defs"][struct.__name__]
    own["required"].remove("id")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def write_schemas(folder: Path) -> list[Path]:
    """Write `<name>.schema.json` for each kind of file into `folder`; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n")
        written.append(path)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m game.content.schema DIR")
    for path in write_schemas(Path(sys.argv[1])):
        print(path)
