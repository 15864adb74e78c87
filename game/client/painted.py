"""What is painted with a picture of its own: the picture on the graphics card, and the mesh that bears it.

The street's goods have the colours of their points alone; goods that players made may have one picture each.
"""

import struct
from pathlib import Path

from panda3d.core import (
    GeomNode,
    NodePath,
    PNMImage,
    SamplerState,
    ShaderAttrib,
    StringStream,
    Texture,
)

from game.client import shaders
from game.client.shaders import Variant
from game.core.errors import GameError

MOST_PX = 2048  # a side
HEAD_BYTES = 2**20
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # markers of a JPEG that tell its size


def size_of(raw: bytes) -> tuple[int, int]:
    """Width and height that a PNG or JPEG says it has. Raises ValueError where it is neither."""
    if raw[:8] == PNG and len(raw) >= 24:
        return struct.unpack_from(">II", raw, 16)
    if raw[:3] != JPEG:
        raise ValueError("a picture is neither PNG nor JPEG")
    at = 2
    while at + 9 <= len(raw) and raw[at] == 0xFF:
        if raw[at + 1] in _SIZES:
            high, wide = struct.unpack_from(">HH", raw, at + 5)
            return wide, high
        at += 2 + struct.unpack_from(">H", raw, at + 2)[0]
    raise ValueError("a JPEG that does not tell its size")


def texture_of(raw: bytes, name: str) -> Texture:
    """A PNG or JPEG as a texture. Raises ValueError for anything else, damaged, or larger than MOST_PX."""
    wide, high = size_of(raw)
    if not (0 < wide <= MOST_PX and 0 < high <= MOST_PX):
        raise ValueError(f"a picture of {wide} x {high} pixels; at most {MOST_PX} a side are drawn")
    image = PNMImage()
    if not image.read(StringStream(raw)):
        raise ValueError("a picture that is damaged")
    image.remove_alpha()
    texture = Texture(name)
    texture.load(image)
    if texture.get_num_components() == 3:
        texture.set_format(Texture.F_srgb)
    else:
        texture.set_format(Texture.F_sluminance)
    texture.set_minfilter(SamplerState.FT_linear_mipmap_linear)
    texture.set_magfilter(SamplerState.FT_linear)
    texture.set_anisotropic_degree(4)
    texture.set_wrap_u(SamplerState.WM_clamp)
    texture.set_wrap_v(SamplerState.WM_clamp)
    texture.set_compression(Texture.CM_off)
    return texture


def paint(node: GeomNode, texture: Texture, *, skinned: bool = False) -> None:
    """Draw a mesh with its picture, whatever it is put below."""
    path = NodePath(node)
    shaders.dress(path, Variant.PAINTED_SKIN if skinned else Variant.PAINTED)
    path.set_shader_input("painting", texture)


def is_painted(node: GeomNode) -> bool:
    """Whether a mesh bears a picture of its own."""
    return node.has_attrib(ShaderAttrib) and node.has_tag("variant") and node.get_tag("variant").startswith("PAINTED")


def has_picture(path: Path) -> bool:
    """Whether a GLB has a picture, by its head alone; False where there is no such file."""
    try:
        with path.open("rb") as file:
            head = file.read(20)
            return len(head) == 20 and b'"images"' in file.read(min(struct.unpack_from("<I", head, 12)[0], HEAD_BYTES))
    except OSError:
        return False


def picture_in(document: dict, blob: bytes) -> bytes | None:
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
        raise ValueError("its picture reaches beyond the file")
    return blob[start : start + view["byteLength"]]
