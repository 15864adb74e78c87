"""Petals that fall below trees in blossom, and leaves in autumn: one crowd for the nearest few trees.

The vertex shader drops each from a crown to the ground, lets it lie there and drops it again; the processor only says
now and then which trees are near. With reduced motion all of it lies.
"""

from collections.abc import Callable, Mapping

import numpy as np
from panda3d.core import LVecBase4f, NodePath, PTA_LVecBase4f

from game.client.grade import FINISH
from game.client.grove_view import TreeLook
from game.client.particles import group, moving, specks
from game.core.ground import Ground
from game.core.groves import Spots
from game.core.growing.dress import linear
from game.core.growing.species import Species

COUNT, TREES = 560, 8
NEAR_M = 13.0  # to the feet of trees below which something falls
MOVED_M, AGAIN_FRAMES = 0.7, 45  # so far away, or so long after, the trees are chosen anew
PETAL_M, LEAF_M = 0.030, 0.075

VERTEX = """
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform vec4 wind; uniform vec4 trees[8], tints[8], grounds[8];   // place and radius; colour and share; slope and size
uniform vec3 sunlight, skylight;
attribute vec4 p3d_Vertex; attribute vec2 p3d_MultiTexCoord0;
varying vec3 col;
void main() {
    vec3 seed = p3d_Vertex.xyz;
    int k = int(seed.x * 7.999);
    float own = fract(seed.x * 7.999), turn = own * 6.2832;
    vec4 tree = trees[k], tint = tints[k], ground = grounds[k];
    float part = mix(0.85, fract(wind.x * (0.055 + 0.035 * seed.z) + seed.y * 7.0 + own), step(0.5, wind.y));
    float fall = clamp(part / 0.6, 0.0, 1.0), air = step(fall, 0.999);
    vec2 at = vec2(cos(turn), sin(turn)) * tree.w * sqrt(seed.y) * (0.75 + 0.6 * fall);
    float swings = part * 34.0 + seed.z * 20.0;
    at += air * 0.16 * vec2(sin(swings), cos(swings * 0.8)) * fall;
    float high = mix(1.3 + 1.1 * seed.z, 0.018 + 0.012 * seed.y, fall);
    vec3 p = vec3(tree.xy + at, tree.z + dot(at, ground.xy) + high);
    float roll = air * swings * 0.9 + seed.y * 30.0;
    vec3 a = vec3(cos(roll), sin(roll), air * 0.7 * sin(roll * 1.3));
    vec3 b = vec3(-sin(roll), cos(roll), air * 0.8 * cos(roll * 0.9));
    float size = ground.w * (0.75 + 0.5 * seed.y) * step(seed.z, tint.a) * smoothstep(0.0, 0.05, part)
               * (1.0 - smoothstep(0.94, 1.0, part));
    p += (a * p3d_MultiTexCoord0.x * 0.36 + b * (p3d_MultiTexCoord0.y - 0.5)) * size;
    col = tint.rgb * (skylight * 0.8 + sunlight * (0.35 + 0.30 * abs(a.z) + 0.25 * own));
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(p, 1.0);
}"""
FRAGMENT = (
    FINISH
    + """
uniform vec4 tone; varying vec3 col;
void main() { gl_FragColor = vec4(finished(col * tone.x), 1.0); }"""
)


class Petals:
    """What falls in an orchard, drawn below `parent`, whose shader inputs it reads."""

    def __init__(
        self, spots: Spots, species: Mapping[str, Species], looks: Callable[[int], TreeLook], ground: Ground,
        parent: NodePath,
    ) -> None:  # fmt: skip
        self.spots, self.species, self.looks, self.ground = spots, species, looks, ground
        self._said = {name: PTA_LVecBase4f([LVecBase4f(0)] * TREES) for name in ("trees", "tints", "grounds")}
        root = group(parent, "petals")
        self.path = moving(root, specks("petals", COUNT, np.random.default_rng(11)), VERTEX, FRAGMENT, 0, opaque=True)
        self.path.set_shader_inputs(**self._said)
        self.path.stash()
        self._eye, self._frames = np.full(3, np.inf), 0

    def look(self, eye_m: np.ndarray) -> None:
        """Let fall what falls near an eye."""
        self._frames += 1
        if self._frames < AGAIN_FRAMES and float(np.abs(eye_m - self._eye).sum()) < MOVED_M:
            return
        self._eye, self._frames = np.array(eye_m), 0
        found = self._near(eye_m)
        for row in range(TREES):
            rows = found[row] if row < len(found) else (LVecBase4f(0), LVecBase4f(0), LVecBase4f(0))
            for said, value in zip(self._said.values(), rows, strict=True):
                said[row] = value
        if bool(found) == self.path.is_stashed():
            (self.path.unstash if found else self.path.stash)()

    def _near(self, eye_m: np.ndarray) -> list[tuple[LVecBase4f, LVecBase4f, LVecBase4f]]:
        """The nearest trees below which something falls: place, colour and share, slope and size of each."""
        away_m = np.hypot(*(self.spots.at_m[:, :2] - eye_m[:2]).T)
        out: list[tuple[LVecBase4f, LVecBase4f, LVecBase4f]] = []
        for row in np.argsort(away_m, kind="stable").tolist():
            if away_m[row] > NEAR_M or len(out) == TREES:
                break
            look = self.looks(int(self.spots.tree[row]))
            share, colour, size_m = falling(look, self.species[look.species])
            if share > 0.0:
                x, y, z = (float(each) for each in self.spots.at_m[row])
                wide = self.species[look.species].crown.radius_m * look.growth.size
                high = self.ground.height_m
                east, north = (high(x + 1, y) - high(x - 1, y)) / 2, (high(x, y + 1) - high(x, y - 1)) / 2
                slope = LVecBase4f(east, north, 0.0, size_m)
                out.append((LVecBase4f(x, y, z, wide), LVecBase4f(*colour, share), slope))
        return out


def falling(look: TreeLook, species: Species) -> tuple[float, tuple[float, float, float], float]:
    """What falls from a tree: the share 0..1 of what could, its linear colour and its size; a share of 0 is nothing."""
    grown = look.growth
    if grown.blossom > 0.1:
        r, g, b = linear(species.blossom.colour).tolist()
        return min(0.25 + grown.blossom * 0.75, 1.0), (r, g, b), PETAL_M
    if grown.autumn > 0.15 and grown.leaf > 0.05:
        r, g, b = linear(species.leaf.autumn_colour).tolist()
        return min(grown.autumn, 1.0), (r, g, b), LEAF_M
    return 0.0, (0.0, 0.0, 0.0), PETAL_M
