"""What a room costs whoever draws and downloads it, and how much it may cost."""

from collections.abc import Mapping

from msgspec import Struct

from game.core.rooms import Room


class Weight(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a model costs: its triangles, the bytes of its textures on the graphics card, the bytes of its files."""

    triangles: int = 0
    texture_bytes: int = 0
    file_bytes: int = 0


NOTHING = Weight()
ROOM_MAX = Weight(triangles=1_000_000, texture_bytes=512_000_000, file_bytes=64_000_000)
"""What a room with all that is in it may cost; a place of the street keeps to it as well."""
ITEMS_MAX = 2_000


def weight_of(room: Room, weights: Mapping[str, Weight]) -> Weight:
    """What a room costs; `weights` are of pieces, goods and templates by id, of pictures by hash.

    Triangles are drawn once for every item; textures and files are there once, however often a thing stands there.
    """
    triangles = weights.get(room.template, NOTHING).triangles
    models: dict[str, None] = {room.template: None}
    for item in room.items:
        model = item.piece or item.good
        triangles += weights.get(model, NOTHING).triangles
        models[model] = None
        if item.picture:
            models[item.picture] = None
    once = [weights.get(model, NOTHING) for model in models]
    return Weight(
        triangles=triangles,
        texture_bytes=sum(weight.texture_bytes for weight in once),
        file_bytes=sum(weight.file_bytes for weight in once),
    )


def too_heavy(weight: Weight, most: Weight = ROOM_MAX) -> str:
    """The first field in which a weight is above what it may be; "" when it keeps to all."""
    for field in Weight.__struct_fields__:
        if getattr(weight, field) > getattr(most, field):
            return field
    return ""
