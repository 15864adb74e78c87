"""Figures that stand in the world: text that faces -Y in core space."""

from panda3d.core import CS_zup_right, NodePath, TextNode

from game.client import theme
from game.core.goods import Vec3

_INK = (1.0, 0.98, 0.93, 1.0)
_PAPER = (0.16, 0.12, 0.10, 0.82)


def label(parent: NodePath, text: str, height_m: float, at_m: Vec3) -> NodePath:
    """A small dark plate with light figures, `height_m` high, its bottom middle at `at_m`."""
    node = TextNode("label")
    node.set_font(theme.font(48, True))
    node.set_coordinate_system(CS_zup_right)
    node.set_text(text)
    node.set_align(TextNode.A_center)
    node.set_text_color(*_INK)
    node.set_card_color(*_PAPER)
    node.set_card_as_margin(0.35, 0.35, 0.12, 0.12)
    node.set_card_decal(True)
    path = parent.attach_new_node(node.generate())
    path.set_scale(height_m)
    path.set_pos(*at_m)
    path.set_shader_off(3)
    path.set_two_sided(True)
    path.set_transparency(1)
    path.set_depth_test(False)
    path.set_depth_write(False)
    path.set_bin("fixed", 40)
    return path
