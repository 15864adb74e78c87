"""Crowds of small things that move in the vertex shader, by the time and the eye alone: drops, leaves, dust, birds."""

import numpy as np
from panda3d.core import BitMask32, GeomNode, NodePath, OmniBoundingVolume, PandaNode, Shader, TransparencyAttrib

from game.client.models import mesh
from game.client.stage import MAIN

_CORNERS = np.array([[-1, 0], [1, 0], [1, 1], [-1, 1]], np.float32)
_TRIANGLES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
_HEAD = "#version 130\n"
FIRST_SORT = 10  # after contact shadows, in the order of drawing


def specks(name: str, count: int, rng: np.random.Generator) -> GeomNode:
    """Quads that the vertex shader places: every corner of one holds the same three random numbers, and its own uv."""
    points = np.repeat(rng.random((count, 3), np.float32), 4, axis=0)
    triangles = (_TRIANGLES[None] + 4 * np.arange(count, dtype=np.uint32)[:, None, None]).reshape(-1, 3)
    return mesh(name, points, triangles, uv=np.tile(_CORNERS, (count, 1)))


def group(parent: NodePath, name: str) -> NodePath:
    """A node for such crowds, which the player's own camera alone sees."""
    root = parent.attach_new_node(name)
    let_see(root, MAIN)
    return root


def let_see(root: NodePath, mask: int) -> None:
    """Let the cameras of a mask alone see a group."""
    everyone = PandaNode.get_all_camera_mask()
    root.node().adjust_draw_mask(BitMask32(mask), everyone & ~BitMask32(mask), BitMask32.all_off())


def moving(root: NodePath, node: GeomNode, vertex: str, fragment: str, sort: int, *, opaque: bool = False) -> NodePath:
    """Draw a mesh with shaders of its own that may put it anywhere; translucent ones in the order of `sort`."""
    path = root.attach_new_node(node)
    path.set_shader(Shader.make(Shader.SL_GLSL, _HEAD + vertex, _HEAD + fragment), 2)
    path.set_two_sided(True)
    node.set_bounds(OmniBoundingVolume())
    node.set_final(True)
    if not opaque:
        path.set_transparency(TransparencyAttrib.M_alpha)
        path.set_depth_write(False)
        path.set_bin("fixed", FIRST_SORT + sort)
    return path
