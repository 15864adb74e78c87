"""What is painted with a picture of its own: the picture on the graphics card, and the mesh that bears it.

The street's goods have the colours of their points alone; goods that players made may have one picture each.
"""

import struct
from pathlib import Path
from typing import Any

from panda3d.core import (
    GeomNode,
    NodePath,
    ShaderAttrib,
    Texture,
)

from game.client import foreign_pictures, shaders
from game.client.shaders import Variant
from game.core.errors import GameError

MOST_PX = 2048  # a side
HEAD_BYTES = 2**20


def texture_of(raw: bytes, name: str) -> Texture:
    """A PNG or JPEG as a texture. Raises GameError for anything else, damaged, or larger than MOST_PX a side."""
    texture = foreign_pictures.texture_of(raw, name, side_max_px=MOST_PX)
    texture.set_format(Texture.F_srgb)
    texture.set_anisotropic_degree(4)
    texture.set_compression(Texture.CM_off)
    return texture


def paint(node: GeomNode, texture: Texture, *, skinned: bool = False) -> None:
    """Draw a mesh with its picture, whatever it is put below."""
    path = NodePath(node)
    shaders.dress(path, Variant.PAINTED_SKIN if skinned else Variant.PAINTED)
    path.set_shader_input("painting", texture)


def is_painted(node: GeomNode) -> bool:
    """Whether a mesh bears a picture of its own."""
    return bool(node.has_attrib(ShaderAttrib)) and str(node.get_tag("variant")).startswith("PAINTED")


def has_picture(path: Path) -> bool:
    """Whether a GLB has a picture, by its head alone; False where there is no such file."""
    try:
        with path.open("rb") as file:
            head = file.read(20)
            return len(head) == 20 and b'"images"' in file.read(min(struct.unpack_from("<I", head, 12)[0], HEAD_BYTES))
    except OSError:
        return False


def picture_in(document: dict[str, Any], blob: bytes) -> bytes | None:
    """The picture of a GLB that is painted with one, None where it has none.

    Raises GameError where there is more than one, or it lies outside of the file.
    """
    images = document.get("images", ())
    if not images:
        return None
    if len(images) > 1 or "bufferView" not in images[0]:
        raise GameError("it has several pictures, or one outside of itself; import it in the workshop")
    view = document["bufferViews"][images[0]["bufferView"]]
    start = view.get("byteOffset", 0)
    if start + view["byteLength"] > len(blob):
        raise GameError("its picture reaches beyond the file")
    return blob[start : start + view["byteLength"]]
