"""The halos of lamps: a soft disc of light round each, drawn over the picture, stronger as it grows dark.

They are the glow of the air, farther out than the bloom of the lens reaches; where lamps are is known, so the discs
cost only their own pixels.
"""

import numpy as np
from panda3d.core import ColorBlendAttrib, GeomNode, NodePath

from game.client.models import mesh
from game.client.particles import group, moving
from game.client.scenery import Scenery
from game.client.stage import Stage

LAMP = 0.75  # alpha of what glows: above it, it is a lamp
NEAR_M = 0.30  # parts of one lamp lie nearer to each other
MOST = 240
STRENGTH = 0.42

HALO_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec3 eye;
attribute vec4 p3d_Vertex, p3d_Color; attribute vec3 p3d_Normal; attribute vec2 p3d_MultiTexCoord0;
varying vec2 uv; varying vec3 tint;
void main() {
    vec3 away = eye - p3d_Vertex.xyz;
    float far = length(away), size = 0.12 + 2.6 * p3d_Normal.x;
    vec3 v = away / far, side = normalize(vec3(-v.y, v.x, 0.0001)), over = cross(v, side);
    uv = p3d_MultiTexCoord0 * 2.0 - 1.0;
    tint = p3d_Color.rgb * smoothstep(0.4, 1.4, far);
    vec3 at = p3d_Vertex.xyz + v * min(p3d_Normal.x * 1.3, 0.5 * far) + (side * uv.x + over * uv.y) * size;
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(at, 1.0);
}"""
HALO_FRAGMENT = """
uniform float halo; varying vec2 uv; varying vec3 tint;
void main() {
    float r2 = dot(uv, uv);
    float soft = max(exp(-5.0 * r2) - 0.0067, 0.0);
    gl_FragColor = vec4(tint * soft * halo, 1.0);
}"""
_CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
_TRIANGLES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)


class Halos:
    """The halos of one place's lamps, made when it is first seen and left out where drawing is lean."""

    def __init__(self, scenery: Scenery, stage: Stage) -> None:
        self.scenery, self.stage = scenery, stage
        self._root: NodePath | None = None
        self._mood = ""
        self._added = scenery.added_lamps

    def draw(self, *, here: bool, beyond: bool = False) -> None:
        """Show them in the place where the player is, as strongly as its lamps light it."""
        scenery = self.scenery
        shown = here and scenery.built and not self.stage.lean
        if self._root is not None and self._added is not scenery.added_lamps:
            self._root.remove_node()
            self._root = None
        if shown and self._root is None:
            self._root, self._mood, self._added = _make(scenery), "", scenery.added_lamps
        if self._root is None:
            return
        if not shown:
            self._root.stash()
            return
        self._root.unstash()
        if self._mood != scenery.drawn_mood and scenery.light is not None:
            self._mood = scenery.drawn_mood
            mood = scenery.light.mood
            self._root.set_shader_input("halo", STRENGTH * sum(mood.lamp) / 3 * min(mood.exposure, 1.0))


def _make(scenery: Scenery) -> NodePath:
    root = group(scenery.root, "halos")
    root.set_shader_input("halo", 0.0)
    glow = scenery.root.find("glow")
    nodes = [] if glow.is_empty() else [path.node() for path in glow.find_all_matches("**/+GeomNode")]
    added = scenery.added_lamps
    found = [lamps(rows_of(node)) for node in nodes]
    if added is not None:
        found.append((added[:, :3], added[:, 3], added[:, 4:]))
    if any(len(each[0]) for each in found):
        centres, sizes, colours = (np.concatenate([each[k] for each in found]) for k in range(3))
        path = moving(root, _discs(centres[:MOST], sizes[:MOST], colours[:MOST]), HALO_VERTEX, HALO_FRAGMENT, 5)
        path.set_attrib(ColorBlendAttrib.make(ColorBlendAttrib.M_add, ColorBlendAttrib.O_one, ColorBlendAttrib.O_one))
    return root


def rows_of(node: GeomNode) -> np.ndarray:
    """Vertices (n, 12) of the lean reader's meshes."""
    data = [node.get_geom(n).get_vertex_data().get_array(0) for n in range(node.get_num_geoms())]
    rows = [np.frombuffer(memoryview(each).cast("B"), np.float32).reshape(-1, 12) for each in data]
    return np.concatenate(rows) if rows else np.zeros((0, 12), np.float32)


def lamps(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Centres (n, 3), radii (n,) and colours (n, 3) of the lamps among vertices (m, 12), parts that touch as one."""
    lit = rows[rows[:, 9] > LAMP]
    centres: list[np.ndarray] = []
    sizes: list[float] = []
    colours: list[np.ndarray] = []
    while len(lit) and len(centres) < MOST:
        near = np.linalg.norm(lit[:, :3] - lit[0, :3], axis=1) < NEAR_M
        part = lit[near]
        centre = (part[:, :3].min(0) + part[:, :3].max(0)) / 2
        centres.append(centre)
        sizes.append(np.linalg.norm(part[:, :3] - centre, axis=1).max())
        colours.append(part[:, 6:9].mean(0))
        lit = lit[~near]
    shape = (len(centres), 3)
    return np.reshape(centres, shape), np.array(sizes, float), np.reshape(colours, shape)


def _discs(centres: np.ndarray, sizes: np.ndarray, colours: np.ndarray) -> GeomNode:
    count = len(centres)
    triangles = (_TRIANGLES[None] + 4 * np.arange(count, dtype=np.uint32)[:, None, None]).reshape(-1, 3)
    tints = np.repeat(np.c_[colours, np.ones(count)], 4, axis=0)
    seeds = np.repeat(np.c_[sizes, np.zeros((count, 2))], 4, axis=0)
    points = np.repeat(centres, 4, axis=0)
    return mesh("halos", points, triangles, normals=seeds, colours=tints, uv=np.tile(_CORNERS, (count, 1)))
