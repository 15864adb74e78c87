"""Thousands of goods in a few draws: the vertex shader looks up by a vertex's number which good it belongs to.

A list of indices says what is drawn. An index is a good's number times the size of a slot, plus one of its vertices,
so that one list holds any goods in any forms, and triangles still share vertices. Where a good stands, its light and
its vertices are texels of floating-point textures, which the shader reads. That needs nothing that OpenGL 3.0 does not
have, instancing least of all; what moves is a row of numbers, written each frame.

Slots as large as a whole model are for the few goods that are near; a texture says which good is in which of them.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import (
    Geom,
    GeomEnums,
    GeomNode,
    GeomTriangles,
    GeomVertexArrayData,
    GeomVertexArrayFormat,
    GeomVertexData,
    GeomVertexFormat,
    GraphicsStateGuardian,
    InternalName,
    NodePath,
    OmniBoundingVolume,
    RenderState,
    SamplerState,
    Texture,
)

from game.client import shaders
from game.client.shaders import TEXELS, Variant

_BGRA = [2, 1, 0, 3]  # the order in which Panda3D keeps a texel


def can_pull(gsg: GraphicsStateGuardian) -> bool:
    """Whether a context knows float textures in the vertex shader: GLSL 1.30, OpenGL 3.0."""
    return (gsg.driver_shader_version_major, gsg.driver_shader_version_minor) >= (1, 30)


class Numbers:
    """A texture that holds an array (n, 4) of float32; `rows` is that array, `show` brings it to the shader."""

    def __init__(self, name: str, count: int) -> None:
        self.high = high = max(1, -(-count // TEXELS))
        self.texture = Texture(name)
        self.texture.setup_2d_texture(TEXELS, high, Texture.T_float, Texture.F_rgba32)
        self.texture.set_minfilter(SamplerState.FT_nearest)
        self.texture.set_magfilter(SamplerState.FT_nearest)
        self.texture.set_compression(Texture.CM_off)
        self._texels = np.zeros((TEXELS * high, 4), np.float32)
        self.count = count

    def write(self, values: np.ndarray, begin: int = 0) -> None:
        """Put (m, 4) red, green, blue, alpha into the array from `begin` on."""
        self._texels[begin : begin + len(values)] = values[:, _BGRA]

    def write_at(self, rows: np.ndarray, values: np.ndarray) -> None:
        """Put values (m, k, 4) into the texels of rows (m,), which are k texels each."""
        k = values.shape[1]
        view = self._texels[: len(self._texels) // k * k].reshape(-1, k, 4)
        view[rows] = values[..., _BGRA]

    def show(self, count: int | None = None) -> None:
        """Hand the array to the graphics, the texture's rows that hold its first `count` texels or all."""
        high = self.high if count is None else max(1, -(-count // TEXELS))
        if high != self.texture.get_y_size():
            self.texture.setup_2d_texture(TEXELS, high, Texture.T_float, Texture.F_rgba32)
        self.texture.set_ram_image(self._texels[: TEXELS * high].data.cast("B"))


def numbered(name: str, count: int) -> GeomVertexData:
    """Vertices that are nothing but their numbers below `count`: the engine wants rows for every index."""
    array = GeomVertexArrayFormat()
    array.add_column(InternalName.make("number"), 1, GeomEnums.NT_uint8, GeomEnums.C_other)
    data = GeomVertexData(name, GeomVertexFormat.register_format(GeomVertexFormat(array)), GeomEnums.UH_static)
    data.unclean_set_num_rows(max(count, 1))  # nobody reads what is in them
    return data


class Indices:
    """A node that draws lists of indices into numbered vertices: what shines, and what does not."""

    def __init__(self, name: str, parent: NodePath, vertices: GeomVertexData, variant: Variant) -> None:
        self.node = GeomNode(name)
        self.path = parent.attach_new_node(self.node)
        for state in (RenderState.make(shaders.attrib(variant, matte=True)), RenderState.make_empty()):
            prim = GeomTriangles(GeomEnums.UH_dynamic)
            prim.set_index_type(GeomEnums.NT_uint32)
            geom = Geom(vertices)
            geom.add_primitive(prim)
            geom.set_bounds(OmniBoundingVolume())  # the engine must not look for its vertices
            self.node.add_geom(geom, state)
        self.node.set_bounds(OmniBoundingVolume())
        self.node.set_final(True)
        self.drawn = 0

    def set(self, matte: list[np.ndarray], shining: list[np.ndarray]) -> None:
        """Draw these lists of indices (uint32), one after the other, and nothing else."""
        self.drawn = 0
        for number, parts in enumerate((matte, shining)):
            count = sum(map(len, parts))
            geom = self.node.modify_geom(number)
            prim = geom.modify_primitive(0)
            array = prim.modify_vertices()
            array.unclean_set_num_rows(count)
            if count:
                into = np.frombuffer(memoryview(array).cast("B"), np.uint32)
                np.concatenate(parts, out=into)
                none = GeomVertexArrayData(array.get_array_format(), GeomEnums.UH_static)
                prim.set_minmax(int(into.min()), int(into.max()), none, none)  # the engine takes long to find them
            self.drawn += count // 3
        if self.drawn:
            self.path.unstash()
        else:
            self.path.stash()
