"""Rain in places under the sky: streaks round the eye, splashes on the ground, water that mirrors the place.

All of it moves in shaders by the time alone, so a frame costs the processor nothing but three draws. Nothing falls
where a picture of the place from above shows a roof, an awning or a tree.
"""

from collections.abc import Iterator
from math import cos, pi, sin

import numpy as np
from panda3d.core import GeomNode, NodePath

from game.client.cover import LOOK_UP, Cover, extent, taken
from game.client.damp import damp_of
from game.client.grade import FINISH
from game.client.models import mesh
from game.client.particles import group, moving, specks
from game.client.scenery import Scenery
from game.client.stage import Stage
from game.client.wet_ground import add_film
from game.core.ground import ground_of
from game.core.places import Box, Place

DROPS, SPLASHES, PUDDLES = 1600, 420, 16
OPEN_M = 0.3  # what is covered no higher lies open
LEVEL_M = 0.004  # water gathers where the ground is as level
RAIN_VERTEX = (
    LOOK_UP
    + """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec3 eye; uniform vec4 wind;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying float faint;
const vec3 box = vec3(9.0, 9.0, 7.0);
void main() {
    vec3 fall = normalize(vec3(0.07, 0.04, -1.0));
    vec3 at = p3d_Vertex.xyz * box + fall * wind.x * (7.0 + 2.0 * p3d_Vertex.x);
    at = mod(at - eye + 0.5 * box, box) - 0.5 * box + eye;       // wraps round, so it rains wherever one goes
    float far = length(at - eye);
    vec3 side = normalize(cross(fall, at - eye));
    float wide = max(0.0016, far * 0.0009);                      // about a pixel
    vec3 pos = at + fall * (p3d_MultiTexCoord0.y - 0.5) * 0.28 + side * p3d_MultiTexCoord0.x * wide;
    faint = smoothstep(0.3, 1.2, far) * (1.0 - smoothstep(3.0, 4.6, far)) * step(roof_m(at.xy), pos.z);
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(pos, 1.0);
}"""
)
RAIN_FRAGMENT = (
    FINISH
    + """
uniform vec4 fog, tone; varying float faint;
void main() { gl_FragColor = vec4(finished(fog.rgb * tone.x * 1.9 + 0.02), 0.26 * faint); }"""
)
SPLASH_VERTEX = (
    LOOK_UP
    + """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec3 eye; uniform vec4 wind;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying vec2 uv; varying float age;
void main() {
    float beat = wind.x * 1.9 + p3d_Vertex.z * 17.0, n = floor(beat);
    age = fract(beat);
    vec2 at = fract(sin(vec2(n * 12.9 + p3d_Vertex.x * 91.7, n * 78.2 + p3d_Vertex.y * 37.3)) * 43758.5) * 12.0;
    at = mod(at - eye.xy + 6.0, 12.0) - 6.0 + eye.xy;
    uv = vec2(p3d_MultiTexCoord0.x, p3d_MultiTexCoord0.y * 2.0 - 1.0);
    float wide = (0.012 + 0.075 * age) * step(roof_m(at), 0.3);
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(at + uv * wide, 0.008, 1.0);
}"""
)
SPLASH_FRAGMENT = (
    FINISH
    + """
uniform vec4 fog, tone; varying vec2 uv; varying float age;
void main() {
    float ring = 1.0 - smoothstep(0.0, 0.3, abs(length(uv) - 0.68));
    gl_FragColor = vec4(finished(fog.rgb * tone.x * 2.0 + 0.02), 0.5 * ring * (1.0 - age) * (1.0 - age));
}"""
)
PUDDLE_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
attribute vec4 p3d_Vertex, p3d_Color;
varying vec3 at; varying float deep;
void main() { at = p3d_Vertex.xyz; deep = p3d_Color.a; gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; }"""
PUDDLE_FRAGMENT = (
    FINISH
    + """
uniform vec3 eye, room_lo, room_hi, room_mid; uniform vec4 fog, tone, wind; uniform samplerCube room;
varying vec3 at; varying float deep;
void main() {
    vec3 v = normalize(eye - at);
    vec2 ripple = sin(at.yx * 23.0 + wind.x * vec2(5.3, 4.1)) * 0.006 + sin(at.xy * 61.0 - wind.x * 7.0) * 0.004;
    vec3 r = reflect(-v, normalize(vec3(ripple, 1.0)));
    vec3 t = max((room_hi - at) / r, (room_lo - at) / r);
    vec3 seen = textureCube(room, at + r * min(t.x, min(t.y, t.z)) - room_mid, 2.0).rgb;
    seen = mix(fog.rgb * 0.7, seen * seen * 4.0, tone.y);        // without a picture of the place: the sky
    float grazing = pow(1.0 - clamp(v.z, 0.0, 1.0), 3.0);
    gl_FragColor = vec4(finished(seen * tone.x), smoothstep(0.0, 0.5, deep) * (0.38 + 0.55 * grazing));
}"""
)


class Weather:
    """The rain of one place, made when it first rains there, a piece a frame, and shown while it does."""

    def __init__(self, scenery: Scenery, stage: Stage) -> None:
        self.scenery, self.stage = scenery, stage
        self._root: NodePath | None = None
        self._making = self._made()

    def _made(self) -> Iterator[None]:
        cover = taken(self.stage, self.scenery)
        yield
        self._root = _rain(self.scenery, cover)
        yield
        self.scenery.damp = damp_of(self.stage, self.scenery, cover)

    def draw(self, *, here: bool, beyond: bool = False) -> None:
        """Let it rain where it does, in the place where the player is."""
        scenery = self.scenery
        rains = here and scenery.place.open_air and scenery.drawn_mood == "rain"
        if rains:
            next(self._making, None)
        if self._root is not None:
            if rains:
                self._root.unstash()
                for name in ("film", "puddles"):  # where drawing is lean there is only some water
                    for path in self._root.find_all_matches(name):
                        path.show() if (name == "puddles") == self.stage.lean else path.hide()
            else:
                self._root.stash()


def _rain(scenery: Scenery, cover: Cover) -> NodePath:
    root = group(scenery.root, "rain")
    cover.give_to(root)
    rng = np.random.default_rng(7)
    add_film(root, scenery)
    moving(root, puddles(scenery.place, rng, cover), PUDDLE_VERTEX, PUDDLE_FRAGMENT, 1).set_depth_offset(1)
    if scenery.place.terrain is None:  # grass takes the drops in
        moving(root, specks("splashes", SPLASHES, rng), SPLASH_VERTEX, SPLASH_FRAGMENT, 2)
    moving(root, specks("drops", DROPS, rng), RAIN_VERTEX, RAIN_FRAGMENT, 3)
    return root


def puddles(place: Place, rng: np.random.Generator, cover: Cover) -> GeomNode:
    """Flat blobs on free ground under the open sky, soft at their rims; always the same ones in one place."""
    ground = ground_of(place)
    lo, hi = extent(place)
    points: list[np.ndarray] = []
    triangles: list[np.ndarray] = []
    colours: list[np.ndarray] = []
    for _ in range(PUDDLES * 40):
        if len(colours) == PUDDLES:
            break
        x, y = rng.uniform(lo, hi)
        radius = rng.uniform(0.35, 0.95)
        if not ground.level and abs(ground.height_m(x, y)) > LEVEL_M:
            continue
        if cover.high_m(np.array([[x, y]]))[0] > OPEN_M or any(_touches(box, x, y, radius) for box in place.colliders):
            continue
        angles = np.linspace(0, 2 * pi, 24, endpoint=False)
        wobble = 1 + 0.18 * np.sin(2 * angles + rng.uniform(0, 6)) + 0.12 * np.sin(3 * angles + rng.uniform(0, 6))
        ring = np.c_[x + radius * wobble * np.cos(angles), y + 0.7 * radius * wobble * np.sin(angles)]
        start = len(points) * 25
        points.append(np.r_[[[x, y, 0.006]], np.c_[ring, np.full(24, 0.006)]])
        rim = np.arange(24)
        triangles.append(np.c_[np.zeros(24), 1 + rim, 1 + (rim + 1) % 24] + start)
        colours.append(np.r_[[[1, 1, 1, 1]], np.tile([[1, 1, 1, 0]], (24, 1))])
    if not points:
        return mesh("puddles", np.zeros((3, 3)), np.array([[0, 1, 2]]))
    return mesh("puddles", np.concatenate(points), np.concatenate(triangles), colours=np.concatenate(colours))


def _touches(box: Box, x: float, y: float, radius_m: float) -> bool:
    """Whether a circle on the ground comes near a box."""
    yaw = -box.yaw_deg * pi / 180
    dx, dy = x - box.at_m[0], y - box.at_m[1]
    across, along = dx * cos(yaw) - dy * sin(yaw), dx * sin(yaw) + dy * cos(yaw)
    return abs(across) < box.size_m[0] / 2 + radius_m and abs(along) < box.size_m[1] / 2 + radius_m
