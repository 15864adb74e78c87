"""What the models of the game cost, by the one rule that build mode, `check`, publishing and visiting keep to.

The rule itself, and how much a room may cost, is in core.budget; here are the numbers that it is given.
"""

import json
import logging
import struct
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from game.content.check_models import texture_bytes
from game.content.glb import read_glb
from game.content.images import read_picture
from game.content.problems import Problem
from game.core.budget import NOTHING, ROOM_MAX, Weight, too_heavy, weight_of
from game.core.errors import GameError
from game.core.goods import Good
from game.core.ids import GoodId, ItemId, PieceId, TemplateId
from game.core.places import Place
from game.core.rooms import Item, Piece, Room, Template

log = logging.getLogger(__name__)

FILE = "weights.bin"
GOODS_DIR, KIT_DIR, PLACES_DIR = "models/goods", "models/kit", "models/places"  # under the assets
HEAD_BYTES = 65_536  # of a picture; its size is in there
REMEDIES = {
    "triangles": "simplify its models", "texture_bytes": "make its textures smaller", "file_bytes": "make them smaller",
}  # fmt: skip


class _KeptWeights(Struct, frozen=True, kw_only=True):
    key: bytes
    weights: dict[str, Weight]


def weigh(path: Path) -> Weight:
    """What one model costs; nothing where it cannot be read, for which `check` has words."""
    try:
        return _weigh(path)
    except (GameError, OSError, ValueError, KeyError, IndexError, TypeError, struct.error) as error:
        log.warning("%s cannot be weighed: %s", path, error)
        return NOTHING


def _weigh(path: Path) -> Weight:
    glb = read_glb(path)
    content = path.read_bytes()
    length = struct.unpack_from("<I", content, 12)[0]
    document: dict[str, Any] = json.loads(content[20 : 20 + length])
    start = 20 + length + 8
    pixels = 0
    for image in document.get("images", ()):
        view = document["bufferViews"][image["bufferView"]]
        at = start + view.get("byteOffset", 0)
        picture = read_picture(content[at : at + min(view["byteLength"], HEAD_BYTES)])
        pixels += texture_bytes(picture.width_px, picture.height_px)
    return Weight(triangles=glb.triangles, texture_bytes=pixels, file_bytes=glb.bytes)


def weigh_picture(content: bytes) -> Weight:
    """What a picture in a frame costs. Raises GameError where it is none."""
    picture = read_picture(content)
    return Weight(texture_bytes=texture_bytes(picture.width_px, picture.height_px), file_bytes=len(content))


def together(weights: Iterable[Weight]) -> Weight:
    """The sum of some weights."""
    triangles = texture = files = 0
    for weight in weights:
        triangles, texture, files = (
            triangles + weight.triangles, texture + weight.texture_bytes, files + weight.file_bytes
        )  # fmt: skip
    return Weight(triangles=triangles, texture_bytes=texture, file_bytes=files)


def model_files(
    assets: Path, goods: Iterable[GoodId], kit: Mapping[PieceId, Piece], templates: Mapping[TemplateId, Template]
) -> dict[str, tuple[Path, ...]]:
    """The model files of all that a room may hold, by its id."""
    files = {good: (assets / GOODS_DIR / f"{good}.glb",) for good in goods}
    found: dict[str, tuple[Path, ...]] = {str(good): paths for good, paths in files.items()}
    found.update({str(piece): (assets / KIT_DIR / f"{piece}.glb",) for piece in kit})
    for template in templates:
        found[str(template)] = tuple(sorted((assets / PLACES_DIR / f"room_{template}").glob("*.glb")))
    return found


def kept_weights(files: Mapping[str, tuple[Path, ...]], cache: Path) -> dict[str, Weight]:
    """What models cost, from `cache` while names, times and sizes of their files are the same."""
    stamps = []
    for name, paths in files.items():
        for path in paths:
            if path.is_file():
                stat = path.stat()
                stamps.append((name, str(path), stat.st_mtime_ns, stat.st_size))
    key, kept = blake2b(repr(stamps).encode(), digest_size=16).digest(), cache / FILE
    try:
        known = msgspec.msgpack.decode(kept.read_bytes(), type=_KeptWeights)
    except (OSError, ValueError):  # there is none yet, or it is damaged: it is made anew
        known = None
    if known is not None and known.key == key:
        return known.weights
    weights = {
        name: together(weigh(path) for path in paths if path.is_file())
        for name, paths in files.items()
        if any(path.is_file() for path in paths)
    }
    try:
        cache.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(msgspec.msgpack.encode(_KeptWeights(key=key, weights=weights)))
        part.replace(kept)
    except OSError as error:
        log.info("the weights of models are not kept: %s", error)
    return weights


def place_budget(place: Place, goods: Mapping[GoodId, Good], root: Path, file: str) -> list[Problem]:
    """Whether a place of the game, with all that stands in it, costs no more than a player's room may."""
    assets = root / "assets"
    files = model_files(assets, goods, {}, {})
    shown = {stand.good for stand in place.stands if stand.good in goods}
    weights = {str(good): together(weigh(path) for path in files[good] if path.is_file()) for good in sorted(shown)}
    shell = TemplateId(place.id)
    weights[shell] = together(weigh(path) for path in sorted((assets / PLACES_DIR / place.id).glob("*.glb")))
    items = tuple(Item(id=ItemId(stand.id), good=stand.good, at_m=stand.at_m) for stand in place.stands)
    return budget_problems(Room(id=place.id, name="", template=shell, items=items), weights, file)


def budget_problems(room: Room, weights: Mapping[str, Weight], file: str) -> list[Problem]:
    """A problem where a room is too heavy."""
    weight = weight_of(room, weights)
    field = too_heavy(weight)
    if not field:
        return []
    rule = f"has {getattr(weight, field):,} {field.replace('_', ' ')}, more than {getattr(ROOM_MAX, field):,}"
    return [Problem(file, "", rule, REMEDIES[field])]
