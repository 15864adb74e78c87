"""Words and pictures of the player's on kit pieces, fitted into the rectangles that the pieces have for them."""

from __future__ import annotations

import logging

import numpy as np
from panda3d.core import (
    CS_zup_right,
    GeomNode,
    LMatrix4f,
    NodePath,
    TextNode,
    Texture,
    TransparencyAttrib,
)

from game.client import flat_shaders, foreign_pictures, theme
from game.client.kit_models import Rectangle
from game.client.models import mesh
from game.content.pictures_store import PICTURE_SIDE_MAX_PX
from game.core.errors import GameError

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
    made.set_shader(flat_shaders.written(picture=False), 2)
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
    made.set_shader(flat_shaders.written(picture=True), 2)
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
    """A texture of a PNG's or JPEG's bytes, whatever they are; None where they are no picture."""
    try:
        return foreign_pictures.texture_of(content, "picture", side_max_px=PICTURE_SIDE_MAX_PX)
    except GameError as error:
        log.warning("a picture of %d bytes cannot be read (%s); its frame stays as it was", len(content), error)
        return None
