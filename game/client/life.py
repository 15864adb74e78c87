"""Small life that costs the processor nothing: leaves in the wind, dust in the light, birds over the roofs."""

import numpy as np
from panda3d.core import GeomNode, NodePath

from game.client.grade import FINISH
from game.client.models import mesh
from game.client.particles import group, moving, specks
from game.client.scenery import Scenery

LEAVES, MOTES, BIRDS = 60, 140, 7

LEAF_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec3 eye; uniform vec4 wind;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying vec3 tint; varying float up;
const vec3 box = vec3(16.0, 16.0, 5.0);
void main() {
    vec3 seed = p3d_Vertex.xyz;
    float t = wind.x * wind.y, turn = t * (1.3 + 2.0 * seed.x) + seed.y * 40.0;
    vec3 at = seed * box - vec3(0.35 * t, -0.15 * t, (0.28 + 0.25 * seed.z) * t);
    at.xy += 0.35 * vec2(sin(turn * 0.8), cos(turn * 0.6));
    at.xy = mod(at.xy - eye.xy + 0.5 * box.xy, box.xy) - 0.5 * box.xy + eye.xy;
    at.z = mod(at.z, box.z) + max(eye.z - 2.6, 0.0);             // over hills as over the plain
    vec3 a = vec3(cos(turn), sin(turn), 0.4 * sin(turn * 1.7)), b = vec3(-sin(turn), cos(turn) * 0.6, 0.8 * cos(turn));
    float size = 0.022 + 0.018 * seed.z;
    at += (a * p3d_MultiTexCoord0.x * 0.5 + b * (p3d_MultiTexCoord0.y - 0.5)) * size * step(0.02, at.z);
    tint = mix(vec3(0.16, 0.30, 0.06), mix(vec3(0.62, 0.36, 0.05), vec3(0.55, 0.12, 0.04), seed.y), step(0.45, seed.x));
    up = 0.6 + 0.4 * abs(b.z);
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(at, 1.0);
}"""
LEAF_FRAGMENT = (
    FINISH
    + """
uniform vec4 fog, tone; varying vec3 tint; varying float up;
void main() { gl_FragColor = vec4(finished(tint * (fog.rgb * 1.6 + 0.05) * up * tone.x * 1.5), 1.0); }"""
)
MOTE_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec3 eye, room_lo, room_hi; uniform vec4 wind;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying vec2 uv; varying float faint;
void main() {
    vec3 seed = p3d_Vertex.xyz, box = room_hi - room_lo;
    float t = wind.x * wind.y;
    vec3 waft = sin(t * vec3(0.11, 0.13, 0.07) + seed.yzx * 9.0) * 0.5 + vec3(0.02, 0.03, 0.01) * t;
    vec3 at = seed * box + waft;
    at = room_lo + mod(at, box);
    vec3 away = at - eye;
    float far = length(away);
    vec3 side = normalize(vec3(away.y, -away.x, 0.0)), over = normalize(cross(side, away));
    uv = vec2(p3d_MultiTexCoord0.x, p3d_MultiTexCoord0.y * 2.0 - 1.0);
    float size = max(0.0022 + 0.002 * seed.x, far * 0.0009);
    faint = smoothstep(0.25, 0.7, far) * (1.0 - smoothstep(3.0, 5.5, far)) * (0.5 + 0.5 * sin(t * 0.6 + seed.z * 30.0));
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(at + (side * uv.x + over * uv.y) * size, 1.0);
}"""
MOTE_FRAGMENT = """
varying vec2 uv; varying float faint;
void main() { gl_FragColor = vec4(1.0, 0.95, 0.84, 0.42 * faint * (1.0 - smoothstep(0.2, 1.0, dot(uv, uv)))); }"""
BIRD_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec4 wind; uniform vec3 room_mid;
attribute vec4 p3d_Vertex; attribute vec3 p3d_Normal;
void main() {
    vec3 seed = p3d_Normal;                                    // three random numbers a bird
    float t = wind.x, way = (0.10 + 0.06 * seed.x) * t + seed.y * 6.2832, r = 9.0 + 8.0 * seed.z;
    float glide = smoothstep(-0.2, 0.5, sin(t * 0.5 + seed.x * 20.0));
    float flap = sin(t * (8.0 + 3.0 * seed.y) + seed.z * 6.0) * glide * 0.6 + 0.25;
    float high = 9.5 + 4.0 * seed.x + 0.6 * sin(t * 0.7 + seed.y * 9.0);
    vec3 centre = vec3(room_mid.xy + vec2(r * cos(way), 1.5 * r * sin(way)), high);
    vec3 ahead = normalize(vec3(-sin(way), 1.5 * cos(way), 0.0)), right = vec3(ahead.y, -ahead.x, 0.0);
    float span = p3d_Vertex.x;
    vec3 at = centre + ahead * p3d_Vertex.y + right * span * cos(flap) + vec3(0.0, 0.0, abs(span) * sin(flap));
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(at, 1.0);
}"""
BIRD_FRAGMENT = (
    FINISH
    + """
uniform vec4 fog, tone;
void main() { gl_FragColor = vec4(finished(fog.rgb * tone.x * 0.22), 1.0); }"""
)
# Half a metre from tip to tip: a body with a tail, and two swept wings.
_BIRD = np.array([
    [0, 0.13, 0], [0.03, -0.02, 0], [-0.03, -0.02, 0], [0, -0.14, 0],
    [0.25, -0.05, 0], [0.02, 0.07, 0], [-0.25, -0.05, 0], [-0.02, 0.07, 0],
], np.float32)  # fmt: skip
_BIRD_TRIANGLES = np.array([[0, 1, 2], [1, 3, 2], [5, 4, 1], [7, 6, 2]], np.uint32)


class Life:
    """The small life of one place, made when it is first seen and shown as its mood allows."""

    def __init__(self, scenery: Scenery) -> None:
        self.scenery = scenery
        self._root: NodePath | None = None

    def draw(self, *, here: bool, beyond: bool = False) -> None:
        """Show what lives in the place where the player is: nothing in the rain, no birds at night."""
        scenery = self.scenery
        alive = here and scenery.built and scenery.drawn_mood != "rain"
        if alive and self._root is None:
            self._root = _make(scenery)
        if self._root is None:
            return
        if not alive:
            self._root.stash()
            return
        self._root.unstash()
        by_day = scenery.drawn_mood in ("day", "dusk")
        for name in ("birds", "motes"):
            for path in self._root.find_all_matches(name):
                path.show() if by_day else path.hide()


def _make(scenery: Scenery) -> NodePath:
    root = group(scenery.root, "life")
    rng = np.random.default_rng(3)
    if scenery.place.open_air:
        moving(root, specks("leaves", LEAVES, rng), LEAF_VERTEX, LEAF_FRAGMENT, 0, opaque=True)
        moving(root, _birds(rng), BIRD_VERTEX, BIRD_FRAGMENT, 0, opaque=True)
    else:
        moving(root, specks("motes", MOTES, rng), MOTE_VERTEX, MOTE_FRAGMENT, 4)
    return root


def _birds(rng: np.random.Generator) -> GeomNode:
    """All birds as one mesh; the normals hold each one's random numbers."""
    points = np.tile(_BIRD, (BIRDS, 1))
    seeds = np.repeat(rng.random((BIRDS, 3), np.float32), len(_BIRD), axis=0)
    triangles = np.concatenate([_BIRD_TRIANGLES + len(_BIRD) * n for n in range(BIRDS)])
    return mesh("birds", points, triangles, normals=seeds)
