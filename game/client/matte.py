"""Parts what hardly shines off a model, to be drawn without looking up what it reflects.

A third of the work at a pixel is the picture of the room in it, and software renderers do it wherever the shader has
it, wanted or not. What is parted shares its vertices with the rest.
"""

from __future__ import annotations

import numpy as np
from panda3d.core import Geom, GeomEnums, GeomNode, GeomTriangles, NodePath, RenderState

from game.client import shaders
from game.client.models import FORMAT
from game.client.shaders import Variant

MATTE_GLOSS = 0.16  # up to here less than a sixtieth of the light is reflected, even at a grazing angle
_GLOSS = 9  # column of the vertex rows: alpha of the colour


def part_matte(model: NodePath, variant: Variant) -> None:
    """Split every mesh of the lean reader below `model`, once, into what shines and what does not."""
    matte = RenderState.make(shaders.attrib(variant, matte=True))
    for path in [model, *model.find_all_matches("**/+GeomNode")]:
        if isinstance(path.node(), GeomNode) and path.get_tag("variant") in ("", variant.name):
            _part(path.node(), matte)


def _part(node: GeomNode, matte: RenderState) -> None:
    parted: list[tuple[Geom, RenderState]] = []
    for index in range(node.get_num_geoms()):
        geom, state = node.get_geom(index).make_copy(), node.get_geom_state(index)
        shines = _shining(geom)
        if not state.is_empty() or shines.all():
            parted.append((geom, state))
        elif not shines.any():
            parted.append((geom, matte))
        else:
            parted += [(_some(geom, shines), state), (_some(geom, ~shines), matte)]
    node.remove_all_geoms()
    for geom, state in parted:
        node.add_geom(geom, state)


def _shining(geom: Geom) -> np.ndarray:
    """For each triangle whether any of its corners shines."""
    data = geom.get_vertex_data()
    if data.get_format() != FORMAT or geom.get_num_primitives() != 1:
        return np.ones(1, bool)
    gloss = np.frombuffer(memoryview(data.get_array(0)).cast("B"), np.float32).reshape(-1, 12)[:, _GLOSS]
    return np.asarray(gloss[triangles_of(geom)].max(1) > MATTE_GLOSS)


def triangles_of(geom: Geom) -> np.ndarray:
    """Indices (m, 3) of a mesh of one primitive."""
    prim = geom.get_primitive(0)
    kind = np.uint32 if prim.get_index_type() == GeomEnums.NT_uint32 else np.uint16
    return np.frombuffer(memoryview(prim.get_vertices()).cast("B"), kind).reshape(-1, 3)


def _some(geom: Geom, wanted: np.ndarray) -> Geom:
    """The wanted triangles of a mesh, over the same vertices."""
    return over_the_same(geom, triangles_of(geom)[wanted])


def over_the_same(geom: Geom, triangles: np.ndarray) -> Geom:
    """Other triangles (m, 3) over the vertices of a mesh."""
    indices = np.ascontiguousarray(triangles, np.uint32).reshape(-1)
    prim = GeomTriangles(GeomEnums.UH_static)
    prim.set_index_type(GeomEnums.NT_uint32)
    array = prim.modify_vertices()
    array.unclean_set_num_rows(len(indices))
    memoryview(array).cast("B")[:] = indices.data.cast("B")
    part = Geom(geom.get_vertex_data())
    part.add_primitive(prim)
    return part
