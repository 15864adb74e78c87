"""The film of water on the ground of a place when it rains: a dim picture of the place, clearer where water stands.

It is drawn over the ground as it is, out of the ground's own triangles, so dry days pay nothing for it.
"""

import numpy as np
from panda3d.core import GeomNode, NodePath, SamplerState, Texture

from game.client.cover import LOOK_UP
from game.client.grade import FINISH
from game.client.matte import over_the_same, triangles_of
from game.client.particles import moving
from game.client.scenery import Scenery

LEVEL, LOW_M = 0.9, 0.35  # how level and how low the ground is
SIDE = 64  # of a square of random numbers
GRASS_GLOSS = 0.04  # what shines less takes the water in

FILM_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
attribute vec4 p3d_Vertex;
varying vec3 at;
void main() { at = p3d_Vertex.xyz; gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; }"""
FILM_FRAGMENT = (
    FINISH
    + LOOK_UP
    + """
uniform vec3 eye, room_lo, room_hi, room_mid; uniform vec4 fog, tone, wind; uniform samplerCube room;
uniform sampler2D lattice;
varying vec3 at;
vec3 noise(vec2 p) {                                            // three between 0 and 1, smooth between whole places
    vec2 part = fract(p);
    return texture2D(lattice, (floor(p) + part * part * (3.0 - 2.0 * part) + 0.5) / SIDE).rgb;
}
void main() {
    float open = 1.0 - smoothstep(0.15, 0.6, roof_m(at.xy) - at.z);
    vec3 away = eye - at; float far = length(away); vec3 v = away / far;
    vec3 rags = noise(at.xy * 1.7);
    vec2 p = at.xy * mat2(0.82, 0.57, -0.57, 0.82) + rags.xy - 0.5;
    float hollow = 0.74 * noise(p * vec2(0.62, 0.44)).r + 0.26 * rags.z;
    float pool = smoothstep(0.54, 0.61, hollow);
    vec2 ripple = sin(at.yx * 23.0 + wind.x * vec2(5.3, 4.1)) * 0.010 + sin(at.xy * 61.0 - wind.x * 7.0) * 0.006;
    vec2 rough = (noise(at.xy * 14.0).rg - 0.5) * (0.16 * exp(-0.3 * far));
    vec3 n = normalize(vec3(mix(rough, ripple / (1.0 + 0.25 * far), pool), 1.0)), r = reflect(-v, n);
    vec3 t = max((room_hi - at) / r, (room_lo - at) / r);
    vec3 seen = textureCube(room, at + r * min(t.x, min(t.y, t.z)) - room_mid, mix(3.2, 1.2, pool)).rgb;
    seen = mix(fog.rgb * 0.7, seen * seen * 4.0, tone.y);        // without a picture of the place: the sky
    float k = 1.0 - clamp(v.z, 0.0, 1.0), grazing = k * k * k;
    float shine = mix(0.04 + 0.46 * grazing, 0.20 + 0.70 * grazing, pool);
    float shore = pool * (1.0 - smoothstep(0.61, 0.69, hollow)) * 0.12;  // wet earth is darkest at the rim
    seen *= exp(-0.03 * far);
    gl_FragColor = vec4(finished(seen * tone.x), open * min(shine + shore, 0.9));
}"""
)


def wet_ground(scenery: Scenery) -> GeomNode:
    """What of a place's shell is level ground that holds water, over the vertices that it shares with the shell."""
    film = GeomNode("film")
    shell = scenery.root.find("shell")
    for path in [] if shell.is_empty() else [shell, *shell.find_all_matches("**/+GeomNode")]:
        node = path.node()
        if not isinstance(node, GeomNode) or not path.get_mat(scenery.root).is_identity():
            continue
        for geom in node.get_geoms():
            corners, data = triangles_of(geom), geom.get_vertex_data().get_array(0)
            rows = np.frombuffer(memoryview(data).cast("B"), np.float32).reshape(-1, 12)
            level = (rows[corners, 5].min(1) > LEVEL) & (rows[corners, 2].max(1) < LOW_M)
            wet = level & (rows[corners, 9].max(1) > GRASS_GLOSS)
            if wet.any():
                film.add_geom(over_the_same(geom, corners[wet]))
    return film


def add_film(root: NodePath, scenery: Scenery) -> None:
    """Draw the film below `root`, a group of particles that knows the cover."""
    node = wet_ground(scenery)
    if node.get_num_geoms():
        film = moving(root, node, FILM_VERTEX, FILM_FRAGMENT.replace("SIDE", f"{SIDE:.1f}"), 0)
        film.set_depth_offset(1)
        film.set_shader_input("lattice", _lattice())


def _lattice() -> Texture:
    """Random numbers, always the same, of which the water's shores are made."""
    texture = Texture("lattice")
    texture.setup_2d_texture(SIDE, SIDE, Texture.T_unsigned_byte, Texture.F_rgb)
    texture.set_ram_image(np.random.default_rng(5).bytes(3 * SIDE * SIDE))
    texture.set_minfilter(SamplerState.FT_linear)
    texture.set_magfilter(SamplerState.FT_linear)
    return texture
