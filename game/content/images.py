"""What a picture's header says of it, without decoding it: a decoder sees only pictures of a known size.

Sources: PNG specification (third edition), 11.2.2 IHDR; ITU-T T.81 (JPEG), annex B.
"""

import struct

from msgspec import Struct

from game.core.errors import GameError

SIDE_MAX_PX = 8192
PIXELS_MAX = 4096 * 4096

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PNG_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # by colour type
_JPEG_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive; others are rarities that decoders refuse
_JPEG_BARE = (0x01, *range(0xD0, 0xD8))  # markers without a length


class Picture(Struct, frozen=True, kw_only=True):
    """The kind ("image/png" or "image/jpeg") and the size of a picture."""

    kind: str
    width_px: int
    height_px: int


def read_picture(content: bytes, *, side_max_px: int = SIDE_MAX_PX) -> Picture:
    """Kind and size of a PNG or JPEG. Raises GameError for anything else, and for one too large to be shown."""
    try:
        picture = _png(content) if content.startswith(_PNG) else _jpeg(content)
    except (struct.error, IndexError):
        raise GameError("the picture ends in its header; save it again") from None
    width, height = picture.width_px, picture.height_px
    if not width or not height:
        raise GameError("the picture has no size; save it again")
    if max(width, height) > side_max_px or width * height > PIXELS_MAX:
        raise GameError(f"the picture is {width} x {height} pixels, more than can be shown; make it smaller")
    return picture


def _png(content: bytes) -> Picture:
    length, kind, width, height, depth, colour = struct.unpack_from(">I4sIIBB", content, len(_PNG))
    if kind != b"IHDR" or length != 13 or depth not in _PNG_DEPTHS.get(colour, ()):
        raise GameError("the picture is no sound PNG; save it again")
    return Picture(kind="image/png", width_px=width, height_px=height)


def _jpeg(content: bytes) -> Picture:
    if not content.startswith(_JPEG):
        raise GameError("the picture is neither PNG nor JPEG; save it as one of them")
    at = 2
    while True:
        if content[at] != 0xFF:
            raise GameError("the picture is no sound JPEG; save it again")
        marker = content[at + 1]
        if marker == 0xFF:  # a filling byte
            at += 1
            continue
        if marker in _JPEG_BARE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", content, at + 2)
        if marker in _JPEG_FRAMES:
            _, height, width = struct.unpack_from(">BHH", content, at + 4)
            return Picture(kind="image/jpeg", width_px=width, height_px=height)
        if length < 2 or marker in (0xD9, 0xDA):
            raise GameError("the picture is no sound JPEG; save it again")
        at += 2 + length
