"""How far rain darkens what a place's light falls on: a picture over its chart of light, taken once a place.

What faces up and lies open is wet; below a roof, an awning or a tree it stays dry. It is mixed into the chart like any
light, so that a rainy frame costs no more than a dry one.
"""

import numpy as np
from panda3d.core import Camera, NodePath, OmniBoundingVolume, OrthographicLens, RenderModeAttrib, Shader, ShaderAttrib

from game.client.cover import LOOK_UP, Cover
from game.client.grade import WET
from game.client.scenery import Scenery
from game.client.stage import Stage

RIM_PX = 5  # how wide the edges of charts are drawn: a texel's neighbours are looked up along with it
_VERTEX = """#version 130
uniform mat4 p3d_ModelMatrix;
attribute vec4 p3d_Vertex; attribute vec3 p3d_Normal; attribute vec2 p3d_MultiTexCoord0;
varying vec3 at, n;
void main() {
    at = (p3d_ModelMatrix * p3d_Vertex).xyz; n = mat3(p3d_ModelMatrix) * p3d_Normal;
    gl_Position = vec4(p3d_MultiTexCoord0 * 2.0 - 1.0, 0.0, 1.0);
}"""
_FRAGMENT = (
    "#version 130\n"
    + WET
    + LOOK_UP
    + """
varying vec3 at, n;
void main() {
    float open = 1.0 - smoothstep(0.15, 0.6, roof_m(at.xy) - at.z);
    gl_FragColor = vec4(vec3(sqrt(wetted(normalize(n).z, open))), 1.0);   // as light is stored
}"""
)


def damp_of(stage: Stage, scenery: Scenery, cover: Cover) -> np.ndarray | None:
    """By what stored light is multiplied when it rains, (side, side) bytes, bottom row first, 255 where it stays dry.

    None where the place has no chart of light. Draws one frame of the chart and of nothing else.
    """
    shell = scenery.root.find("shell")
    if shell.is_empty() or scenery.light is None or "light" not in scenery.light.textures:
        return None
    chart = NodePath("chart")
    chart.node().set_bounds(OmniBoundingVolume())  # it is drawn where its light lies, not where it stands
    chart.node().set_final(True)
    chart.set_depth_test(False)
    chart.set_depth_write(False)
    chart.set_two_sided(True)
    cover.give_to(chart)
    for sort, mode in enumerate((RenderModeAttrib.M_wireframe, RenderModeAttrib.M_filled)):
        layer = chart.attach_new_node("layer")
        layer.set_attrib(RenderModeAttrib.make(mode, RIM_PX))
        layer.set_bin("fixed", sort)
        shell.instance_to(layer)
    node = Camera("over the chart", OrthographicLens())
    node.set_scene(chart)
    state = NodePath("damp")
    state.set_attrib(ShaderAttrib.make(Shader.make(Shader.SL_GLSL, _VERTEX, _FRAGMENT), 100))
    node.set_initial_state(state.get_state())
    camera = chart.attach_new_node(node)
    side = scenery.light.textures["light"].get_x_size()
    seen = np.frombuffer(stage.picture("damp", (side, side), camera), np.uint8).reshape(side, side, 3)[..., 0]
    camera.remove_node()
    return np.where(seen == 0, np.uint8(255), seen)
