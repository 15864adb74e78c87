"""What hardly shines is drawn without reflections: every triangle stays, and nothing that shines is taken."""

import numpy as np
import pytest
from panda3d.core import GeomNode, NodePath, ShaderAttrib

from game.client import shaders
from game.client.matte import MATTE_GLOSS, part_matte
from game.client.models import mesh
from game.client.shaders import Variant

SQUARE = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1], [2, 0, 0], [2, 0, 1]], np.float32)
TRIANGLES = np.array([[0, 1, 2], [0, 2, 3], [1, 4, 5], [1, 5, 2]])


def model(glosses):
    colours = np.ones((6, 4), np.float32)
    colours[:, 3] = glosses
    return NodePath(mesh("pane", SQUARE, TRIANGLES, colours=colours))


def matte_and_shining(node):
    matte = shaders.attrib(Variant.PROBE, matte=True).get_shader()
    counts = {True: 0, False: 0}
    for geom, state in zip(node.node().get_geoms(), node.node().get_geom_states(), strict=True):
        attrib = state.get_attrib(ShaderAttrib)
        counts[attrib is not None and attrib.get_shader() == matte] += geom.get_primitive(0).get_num_primitives()
    return counts[True], counts[False]


@pytest.mark.parametrize(
    ("glosses", "wanted"),
    [
        ([0.0] * 6, (4, 0)),
        ([MATTE_GLOSS + 0.01] * 6, (0, 4)),
        ([0.0, 0.0, 0.0, 0.0, 0.0, 0.9], (2, 2)),  # the two triangles at the shining corner
    ],
)
def test_a_triangle_shines_when_any_of_its_corners_does(glosses, wanted):
    node = model(glosses)
    part_matte(node, Variant.PROBE)
    assert matte_and_shining(node) == wanted


def test_parting_twice_changes_nothing_and_parts_share_their_vertices():
    node = model([0.0, 0.0, 0.0, 0.0, 0.0, 0.9])
    part_matte(node, Variant.PROBE)
    part_matte(node, Variant.PROBE)
    assert matte_and_shining(node) == (2, 2)
    geoms = node.node().get_geoms()
    assert geoms[0].get_vertex_data().get_array(0) == geoms[1].get_vertex_data().get_array(0)


def test_a_mesh_of_another_form_is_left_alone():
    from panda3d.core import CardMaker

    node = NodePath(CardMaker("card").generate())
    assert isinstance(node.node(), GeomNode)
    part_matte(node, Variant.PROBE)
    assert matte_and_shining(node)[0] == 0
