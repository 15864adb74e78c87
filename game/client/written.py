"""Words and pictures of the player's on kit pieces, fitted into the rectangles that the pieces have for them."""

from __future__ import annotations

import logging
from io import BytesIO

import numpy as np
from panda3d.core import (
    CS_zup_right,
    GeomNode,
    LMatrix4f,
    NodePath,
    SamplerState,
    TextNode,
    Texture,
    TransparencyAttrib,
)

from game.client import shaders, theme
from game.client.kit_models import Rectangle
from game.client.models import mesh
from game.content.pictures_store import PICTURE_SIDE_MAX_PX

log = logging.getLogger(__name__)

FONT_PX = 64
MOST_LINES = 6
PROUD_M = 0.0015  # words stand so far before what they are written on


def words(parent: NodePath, where: Rectangle, text: str) -> NodePath:
    """Write a text as large as its rectangle lets it be, on as many lines as that takes; `set_light` colours it."""
    node = TextNode("words")
    node.set_font(theme.font(FONT_PX, theme.can_be_bold(text)))
    node.set_coordinate_system(CS_zup_right)
    node.set_align(TextNode.A_center)
    node.set_text(text)
    scale = _fit(node, where)
    made = parent.attach_new_node(node.generate())
    middle = (node.get_top() + node.get_bottom()) / 2
    centre = (node.get_left() + node.get_right()) / 2
    own = LMatrix4f(scale, 0, 0, 0, 0, scale, 0, 0, 0, 0, scale, 0, -centre * scale, -PROUD_M, -middle * scale, 1)
    made.set_mat(own * where.piece_from_own)
    made.set_shader(shaders.written(picture=False), 2)
    made.set_transparency(TransparencyAttrib.M_alpha)
    made.set_depth_write(False)
    made.set_depth_offset(1)
    return made


def _fit(node: TextNode, where: Rectangle) -> float:
    """Wrap a text so that it fills its rectangle best; returns metres of one unit of the font."""
    best = 0.0, 0.0
    longest = max((node.calc_width(word) for word in node.get_text().split() if not _breaks(word)), default=0.0)
    for lines in range(1, MOST_LINES + 1):
        wrap = max(where.width_m / where.height_m * lines * 1.15, longest * 1.001)
        node.set_wordwrap(wrap)
        wide, tall = max(node.get_width(), 0.01), max(node.get_height(), 0.01)
        scale = min(where.width_m / wide, where.height_m / tall)
        if scale > best[0]:
            best = scale, wrap
    node.set_wordwrap(best[1])
    return best[0] * 0.96


def _breaks(word: str) -> bool:
    """Whether a word may go on in the next line: Chinese may, anywhere."""
    return any(character >= "\u2e80" for character in word)


def picture(parent: NodePath, where: Rectangle, content: bytes) -> NodePath | None:
    """A PNG or JPEG cut to the shape of its rectangle; None where the bytes are no picture."""
    texture = texture_of(content)
    if texture is None:
        return None
    made = parent.attach_new_node(_sheet(where, texture))
    made.set_mat(where.piece_from_own)
    made.set_shader(shaders.written(picture=True), 2)
    made.set_texture(texture)
    return made


def _sheet(where: Rectangle, texture: Texture) -> GeomNode:
    """The rectangle, with so much of the middle of a picture as has its shape."""
    have, want = texture.get_x_size() / texture.get_y_size(), where.width_m / where.height_m
    u, v = (want / have / 2, 0.5) if have > want else (0.5, have / want / 2)
    x, z = where.width_m / 2, where.height_m / 2
    points = np.array([(-x, 0, -z), (x, 0, -z), (x, 0, z), (-x, 0, z)], np.float32)
    uv = np.array([(0.5 - u, 0.5 - v), (0.5 + u, 0.5 - v), (0.5 + u, 0.5 + v), (0.5 - u, 0.5 + v)], np.float32)
    return mesh("picture", points, np.array([[0, 1, 2], [0, 2, 3]], np.uint32), uv=uv)


def texture_of(content: bytes) -> Texture | None:
    """A texture of a PNG's or JPEG's bytes, whatever they are; None where they are no picture.

    Decoded by Pillow: the engine's own JPEG reader ends the process when the bytes are damaged.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as opened:
            if max(opened.size) > PICTURE_SIDE_MAX_PX:
                raise ValueError(f"{opened.size} pixels")
            image = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        log.warning("a picture of %d bytes cannot be read (%s); its frame stays as it was", len(content), error)
        return None
    texture = Texture("picture")
    texture.setup_2d_texture(*image.size, Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image_as(image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes(), "RGB")
    texture.set_minfilter(SamplerState.FT_linear_mipmap_linear)
    texture.set_magfilter(SamplerState.FT_linear)
    texture.set_wrap_u(SamplerState.WM_clamp)
    texture.set_wrap_v(SamplerState.WM_clamp)
    return texture
