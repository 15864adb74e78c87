"""The sky once the sun is down: from a glow at the horizon to dark overhead, stars that twinkle, the moon in its halo.

It hangs just inside the dome that the studio made, so hills and clouds stay before it. All of it is a few thousand
vertices with colours of their own: next to no work at a pixel, and none for the processor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, radians, sin

import numpy as np
from panda3d.core import ColorBlendAttrib, GeomNode, NodePath

from game.client.halo import rows_of
from game.client.models import mesh
from game.client.particles import group, let_see, moving
from game.client.scenery import Scenery
from game.client.stage import BEYOND, MAIN

INSIDE = 0.975  # of the dome's radius: its flat sides come so near to its middle
RINGS, SEGMENTS = 18, 40
LOWEST_RAD = -0.10
HEIGHTS_DEG = (-6, 0, 5, 12, 24, 45, 90)
BAND_STARS, BAND_RAD = 700, 0.15  # in the band of the galaxy, and how wide that is
MOON_AT, MOON_RAD, HALO_RAD = (radians(-4.0), radians(22.5)), 0.030, 0.26  # east of north and up; of its disc and halo


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour's sky: screen colours at HEIGHTS_DEG (7, 3), what glows above the horizon, how many stars are out.

    `glow` is the colour, how many degrees high it reaches, and in which direction, east of north, it is brightest.
    """

    air: np.ndarray
    glow: tuple[np.ndarray, float, float]
    stars: int
    moon: bool


HOURS: Mapping[str, Hour] = {
    "night": Hour(
        np.array([
            [0.24, 0.22, 0.33], [0.24, 0.23, 0.35], [0.20, 0.22, 0.37], [0.145, 0.185, 0.36], [0.085, 0.13, 0.30],
            [0.045, 0.08, 0.215], [0.02, 0.04, 0.13],
        ]),
        (np.array([0.26, 0.13, 0.03]), 11.0, radians(15)), stars=900, moon=True,
    ),
    "dusk": Hour(
        np.array([
            [0.97, 0.66, 0.50], [0.97, 0.68, 0.52], [0.94, 0.66, 0.56], [0.87, 0.63, 0.62], [0.71, 0.56, 0.66],
            [0.47, 0.46, 0.65], [0.28, 0.34, 0.56],
        ]),
        (np.array([0.06, 0.06, -0.10]), 14.0, radians(-70)), stars=45, moon=False,
    ),
}  # fmt: skip

SKY_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
attribute vec4 p3d_Vertex, p3d_Color;
varying vec3 tint;
void main() { tint = p3d_Color.rgb; gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; }"""
SKY_FRAGMENT = """
varying vec3 tint;
void main() {
    float grain = fract(52.9829 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
    gl_FragColor = vec4(tint + (grain - 0.5) / 255.0, 1.0);      // dithered: a dark sky shows its steps
}"""
STAR_VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix; uniform vec4 wind;
attribute vec4 p3d_Vertex, p3d_Color; attribute vec3 p3d_Normal; attribute vec2 p3d_MultiTexCoord0;
varying vec2 uv; varying vec3 tint;
void main() {
    uv = p3d_MultiTexCoord0 * 2.0 - 1.0;
    float beat = sin(wind.x * (1.5 + 4.0 * p3d_Normal.x) + 40.0 * p3d_Normal.y);
    tint = p3d_Color.rgb * (1.0 + 0.35 * wind.y * p3d_Normal.z * beat);
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
}"""
STAR_FRAGMENT = """
varying vec2 uv; varying vec3 tint;
void main() { gl_FragColor = vec4(tint * max(1.0 - dot(uv, uv), 0.0), 1.0); }"""
HALO_FRAGMENT = """
varying vec2 uv; varying vec3 tint;
void main() {
    float r2 = dot(uv, uv), soft = max(1.0 - r2, 0.0);
    gl_FragColor = vec4(tint * soft * soft * (0.35 + 0.65 * exp(-26.0 * r2)), 1.0);
}"""
MOON_FRAGMENT = """
varying vec2 uv; varying vec3 tint;
float spot(vec2 at, float r) { return 1.0 - smoothstep(0.55 * r, r, length(uv - at)); }
void main() {
    float r = length(uv), bulge = sqrt(max(1.0 - r * r, 0.0));
    float lit = smoothstep(-0.35, 0.45, dot(vec3(uv, bulge), vec3(-0.75, 0.45, 0.62)));
    float seas = max(max(spot(vec2(-0.30, 0.34), 0.42), spot(vec2(0.12, 0.10), 0.34)),
                     max(spot(vec2(-0.38, -0.22), 0.36), spot(vec2(0.34, 0.44), 0.26)));
    vec3 c = tint * mix(1.0, 0.80, seas) * mix(0.18, 1.0, lit);
    gl_FragColor = vec4(c, 1.0 - smoothstep(0.92, 1.0, r));
}"""
_CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
_TRIANGLES = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)


class Sky:
    """The sky over one place in the open, made for each hour when it first comes."""

    def __init__(self, scenery: Scenery) -> None:
        self.scenery = scenery
        self._seen_by = MAIN
        self._hours: dict[str, NodePath] = {}

    def draw(self, *, here: bool, beyond: bool = False) -> None:
        """Show it where the player is or looks, at the hours that have one; by day and in rain the studio's is."""
        scenery, seen_by = self.scenery, MAIN if here else BEYOND
        now = scenery.drawn_mood if (here or beyond) and scenery.built and scenery.place.open_air else ""
        if now in HOURS and now not in self._hours:
            self._hours[now] = _make(scenery, HOURS[now])
            let_see(self._hours[now], self._seen_by)
        if now and seen_by != self._seen_by:
            self._seen_by = seen_by
            for root in self._hours.values():
                let_see(root, seen_by)
        for hour, root in self._hours.items():
            if hour == now:
                root.unstash()
            else:
                root.stash()


def _make(scenery: Scenery, hour: Hour) -> NodePath:
    root = group(scenery.root, "sky")
    root.set_clip_plane_off(20)  # it lies beyond every threshold
    glow = scenery.root.find("glow")
    if glow.is_empty():
        return root
    points = np.concatenate([rows_of(path.node())[:, :3] for path in glow.find_all_matches("**/+GeomNode")])
    lo, hi = points.min(0), points.max(0)
    root.set_pos(float(lo[0] + hi[0]) / 2, float(lo[1] + hi[1]) / 2, 0.0)
    far_m = float(hi[0] - lo[0]) / 2 * INSIDE
    rng = np.random.default_rng(11)
    moving(root, dome(far_m, hour), SKY_VERTEX, SKY_FRAGMENT, 0, opaque=True)
    light = ColorBlendAttrib.make(ColorBlendAttrib.M_add, ColorBlendAttrib.O_one, ColorBlendAttrib.O_one)
    shining = [(stars(far_m * 0.997, hour.stars, rng), STAR_FRAGMENT)]
    if hour.moon:
        moon = way(*MOON_AT)[None]
        halo = _discs("moon's halo", moon, np.array([HALO_RAD]), np.array([[0.15, 0.18, 0.24]]), far_m * 0.998, rng)
        shining.append((halo, HALO_FRAGMENT))
        disc = _discs("moon", moon, np.array([MOON_RAD]), np.array([[1.0, 0.975, 0.90]]), far_m * 0.996, rng)
        moving(root, disc, STAR_VERTEX, MOON_FRAGMENT, -1)
    for node, fragment in shining:
        moving(root, node, STAR_VERTEX, fragment, -2).set_attrib(light)
    return root


def way(turn_rad: np.ndarray | float, up_rad: np.ndarray | float) -> np.ndarray:
    """Unit vectors (..., 3) to what is so far east of north and so high."""
    return np.stack([np.sin(turn_rad) * np.cos(up_rad), np.cos(turn_rad) * np.cos(up_rad), np.sin(up_rad)], -1)


def air(hour: Hour, turn_rad: np.ndarray, up_rad: np.ndarray) -> np.ndarray:
    """Screen colours (..., 3) of the sky without its stars."""
    up_deg = np.degrees(up_rad)
    plain = np.stack([np.interp(up_deg, HEIGHTS_DEG, hour.air[:, k]) for k in range(3)], -1)
    colour, reach_deg, brightest_rad = hour.glow
    near = np.exp(-np.maximum(up_deg, 0.0) / reach_deg) * (0.6 + 0.4 * np.cos(turn_rad - brightest_rad))
    return np.asarray(np.clip(plain + near[..., None] * colour, 0.0, 1.0))


def dome(far_m: float, hour: Hour) -> GeomNode:
    """The sky as rings of vertices, closer together near the horizon, seen from inside."""
    up = LOWEST_RAD + (pi / 2 - LOWEST_RAD) * np.linspace(0, 1, RINGS) ** 1.6
    turn = np.linspace(0, 2 * pi, SEGMENTS + 1)
    turns, ups = np.meshgrid(turn, up)
    points = way(turns, ups).reshape(-1, 3) * far_m
    tints = np.c_[air(hour, turns, ups).reshape(-1, 3), np.ones(points.shape[0])]
    n = np.arange((RINGS - 1) * (SEGMENTS + 1)).reshape(RINGS - 1, -1)[:, :-1].reshape(-1)
    triangles = np.concatenate([np.c_[n, n + 1, n + SEGMENTS + 2], np.c_[n, n + SEGMENTS + 2, n + SEGMENTS + 1]])
    return mesh("dome", points, triangles.astype(np.uint32), colours=tints)


def stars(far_m: float, count: int, rng: np.random.Generator) -> GeomNode:
    """Few bright stars and many faint ones, more of these in a band; always the same sky for one seed."""
    sky = way(rng.uniform(0, 2 * pi, count), np.arcsin(rng.uniform(-0.05, 1.0, count)))
    faint = BAND_STARS if count > BAND_STARS else 0
    along, aside = rng.uniform(0, 2 * pi, faint), rng.normal(0, BAND_RAD, faint)
    tilt, turn = radians(58), radians(35)
    ring = way(along, aside)
    lean = np.array([[1, 0, 0], [0, cos(tilt), -sin(tilt)], [0, sin(tilt), cos(tilt)]])
    face = np.array([[cos(turn), sin(turn), 0], [-sin(turn), cos(turn), 0], [0, 0, 1]])
    band = ring @ lean.T @ face.T
    ways = np.concatenate([sky, band[band[:, 2] > -0.05]])
    bright = np.r_[rng.power(0.45, count) * 0.8 + 0.2, rng.uniform(0.10, 0.34, len(ways) - count)]
    sizes = 0.0016 + 0.0021 * bright
    warm = rng.uniform(-1, 1, (len(ways), 1))
    tints = np.clip(1.0 + warm * np.array([0.12, 0.0, -0.16]), 0, 1) * bright[:, None]
    tints *= np.clip((ways[:, 2:] + 0.02) / 0.25, 0.0, 1.0)  # the air near the horizon swallows them
    return _discs("stars", ways, sizes, tints, far_m, rng)


def _discs(
    name: str, ways: np.ndarray, radii_rad: np.ndarray, tints: np.ndarray, far_m: float, rng: np.random.Generator
) -> GeomNode:
    """Squares (n) that face the middle, of these sizes and colours; the normals hold random numbers."""
    count = len(ways)
    right = np.cross(ways, (0, 0, 1.0))
    right /= np.maximum(np.linalg.norm(right, axis=1, keepdims=True), 1e-6)
    up = np.cross(right, ways)
    corners = np.repeat(ways, 4, axis=0)
    reach = np.repeat(radii_rad, 4)[:, None]
    u, v = (np.tile(_CORNERS[:, k], count)[:, None] for k in range(2))
    points = (corners + reach * (u * np.repeat(right, 4, axis=0) + v * np.repeat(up, 4, axis=0))) * far_m
    triangles = (_TRIANGLES[None] + 4 * np.arange(count, dtype=np.uint32)[:, None, None]).reshape(-1, 3)
    seeds = np.repeat(rng.random((count, 3)), 4, axis=0)
    seeds[:, 2] *= float(count > 1)  # the moon does not twinkle
    return mesh(name, points, triangles, normals=seeds, colours=np.c_[np.repeat(tints, 4, axis=0), np.ones(4 * count)],
                uv=np.tile((_CORNERS + 1) / 2, (count, 1)))  # fmt: skip
