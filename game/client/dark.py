"""The contact shadows of thousands of goods: a quad each, over one picture that holds every good's patch once."""

from collections.abc import Sequence

import numpy as np
from panda3d.core import Geom, GeomEnums, GeomNode, GeomTriangles, NodePath, OmniBoundingVolume, SamplerState, Texture

from game.client import flat_shaders
from game.client.contact import CELLS, TINT, Patch, as_shadow
from game.client.models import mesh

ACROSS = 32  # patches in a row of the picture
ABOVE_M = 0.002
_QUAD = np.array([0, 1, 2, 0, 2, 3], np.uint32)


def picture(patches: Sequence[Patch]) -> Texture:
    """All patches as shades of one channel; a patch's corners are the middles of its outermost texels."""
    high = max(1, -(-len(patches) // ACROSS))
    shades = np.zeros((high * CELLS, ACROSS * CELLS), np.uint8)
    for number, patch in enumerate(patches):
        y, x = divmod(number, ACROSS)
        shades[y * CELLS : (y + 1) * CELLS, x * CELLS : (x + 1) * CELLS] = np.round(patch.dark * 255)
    made = Texture("contact shadows")
    made.setup_2d_texture(shades.shape[1], shades.shape[0], Texture.T_unsigned_byte, Texture.F_luminance)
    made.set_ram_image(shades.data.cast("B"))
    made.set_minfilter(SamplerState.FT_linear)
    made.set_magfilter(SamplerState.FT_linear)
    return made


class Darkness:
    """A quad for each good of a place, four vertices each in the order of the goods."""

    def __init__(self, patches: Sequence[Patch], kinds: np.ndarray, at_m: np.ndarray, yaw_rad: np.ndarray) -> None:
        """`kinds` (n,) number the patches; `at_m` (n, 3) and `yaw_rad` (n,) are where the goods stand."""
        edges = np.array([[p.x_m[0], p.x_m[-1], p.y_m[0], p.y_m[-1]] for p in patches]).reshape(-1, 4)[kinds]
        x, y = edges[:, [0, 1, 1, 0]], edges[:, [2, 2, 3, 3]]
        cos, sin = np.cos(yaw_rad)[:, None], np.sin(yaw_rad)[:, None]
        points = np.stack([cos * x - sin * y, sin * x + cos * y, np.full_like(x, ABOVE_M)], -1) + at_m[:, None]
        row, column = np.divmod(kinds, ACROSS)
        high = max(1, -(-len(patches) // ACROSS))
        u = (column[:, None] * CELLS + np.array([0.5, CELLS - 0.5, CELLS - 0.5, 0.5])) / (ACROSS * CELLS)
        v = (row[:, None] * CELLS + np.array([0.5, 0.5, CELLS - 0.5, CELLS - 0.5])) / (high * CELLS)
        flat = mesh(
            "contact shadows", points.reshape(-1, 3), np.zeros((0, 3)), colours=(*TINT, 1.0),
            uv=np.stack([u, v], -1).reshape(-1, 2),
        )  # fmt: skip
        self._vertices = flat.get_geom(0).get_vertex_data()
        self._picture = picture(patches)

    def hang(self, parent: NodePath) -> GeomNode:
        """A node for some of the quads; `fill` says which."""
        node = GeomNode("contact shadows")
        prim = GeomTriangles(GeomEnums.UH_dynamic)
        prim.set_index_type(GeomEnums.NT_uint32)
        geom = Geom(self._vertices)
        geom.add_primitive(prim)
        geom.set_bounds(OmniBoundingVolume())  # the engine must not look for its vertices
        node.add_geom(geom)
        node.set_bounds(OmniBoundingVolume())
        node.set_final(True)
        path = parent.attach_new_node(node)
        as_shadow(path)
        path.set_shader(flat_shaders.darkness(), 3)
        path.set_shader_input("dark", self._picture)
        return node

    @staticmethod
    def fill(node: GeomNode, rows: np.ndarray) -> None:
        """Show the shadows of these goods."""
        indices = np.ascontiguousarray((rows[:, None] * 4 + _QUAD).reshape(-1), np.uint32)
        array = node.modify_geom(0).modify_primitive(0).modify_vertices()
        array.unclean_set_num_rows(len(indices))
        if len(indices):
            memoryview(array).cast("B")[:] = indices.data.cast("B")
