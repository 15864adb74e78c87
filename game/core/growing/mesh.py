"""A tree as triangles: tapered tubes, clumps of foliage, leaves and blossom on them, normals bent for soft shading.

One form serves all growth: whatever opens and falls is scaled about its anchor, see `dress`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.growing.chance import Floats, Ints, directions, length, seed_of, uniform, unit
from game.core.growing.flowers import CUP, FLECK, ROUND, SPRAY, TUFT, Flower
from game.core.growing.foliage import TWIG_RADIUS_M, Clumps, clumps, open_sky, sunlit
from game.core.growing.skeleton import Skeleton, skeleton, turned
from game.core.growing.species import Species

if TYPE_CHECKING:
    import numpy.typing as npt

Bytes: TypeAlias = "npt.NDArray[np.uint8]"
INMOST = 0.5  # of the leaves of a tree seen from near by, so many more are within its crown
CORE = 2.0  # how much farther the clumps reach that fill the inside of a crown
WOOD_FREE = 0.3  # how freely the thinnest wood moves: less than any leaf, by which shaders know it
WOOD, CLUMP, LEAF, BLOSSOM, POST = range(5)  # kinds of vertices
BARK_STREAM, PUFF_STREAM, LEAF_STREAM, BLOSSOM_STREAM = 21, 22, 23, 24


@dataclass(slots=True, frozen=True)
class Bloom:
    """Flowers of one form: how many and how large, times those of the species, and how deep within their clumps."""

    flower: Flower
    count: float
    size: float
    deep: float  # of a clump's radius, where the innermost are
    on_twigs: float = 0.0  # share that sits on the twigs


@dataclass(slots=True, frozen=True)
class Detail:
    """How finely a tree is drawn."""

    name: str
    thick_sides: int  # of trunk and limbs
    thin_sides: int
    thinnest_m: float  # wood thinner than this is left out
    reach: float  # of the clumps, times that of the species
    leaves: float  # of the species' count
    leaf_size: float
    blossoms: tuple[Bloom, ...]
    puffs: float = 1.0  # radius of the dim inside of a clump, times the clump's; 0: leaves alone make it
    veined: bool = False  # leaves have a midrib and a rounded outline: 6 triangles each instead of 2


HERO = Detail(
    "hero", 7, 4, 0.0105, 1.0, 2.1, 0.68, (Bloom(ROUND, 3.6, 0.85, 0.5, 0.4), Bloom(CUP, 3.6, 0.72, 0.1, 0.6)),
    puffs=0.0, veined=True,
)  # fmt: skip
NEAR = Detail(
    "near", 5, 3, 0.0135, 1.0, 1.5, 0.84, (Bloom(CUP, 2.8, 1.1, 0.5, 0.2), Bloom(TUFT, 3.0, 1.45, 0.2)), puffs=0.42
)
MID = Detail("mid", 4, 3, 0.026, 1.4, 0.5, 1.4, (Bloom(SPRAY, 1.7, 2.4, 0.4),), puffs=0.60)
FAR = Detail("far", 3, 3, 0.045, 2.15, 0.09, 1.8, (Bloom(FLECK, 0.3, 3.4, 0.8),))
DETAILS = (HERO, NEAR, MID, FAR)
_GREEN = {detail: replace(detail, blossoms=()) for detail in DETAILS}


def green(detail: Detail) -> Detail:
    """The same without flowers, which half of a mesh are: for trees that are not in blossom."""
    return _GREEN.get(detail, detail)


@dataclass(slots=True, frozen=True)
class TreeMesh:
    """Vertices (n) of a full-grown tree around its foot, and triangles (m, 3).

    `kind` WOOD .. POST; `shade` -1..1 varies the tone; `rank` 0..1 is the order of opening; `free` 0..1 how far the
    wind moves it; `sky` and `sun` 0..1 the light that reaches it, which is that of vertex `lit_by`: one for each leaf.
    """

    at_m: Floats
    anchor_m: Floats
    normal: Floats
    kind: Bytes
    shade: Floats
    rank: Floats
    free: Floats
    sky: Floats
    sun: Floats
    triangles: Ints
    lit_by: Ints


@dataclass(slots=True, frozen=True)
class _Part:
    at_m: Floats
    anchor_m: Floats
    normal: Floats
    kind: int
    shade: Floats
    rank: Floats
    free: Floats
    triangles: Ints
    each: int = 1  # so many vertices in a row are one thing, which is lit as its first is


def tree_mesh(
    species: Species, variant: int, side: int, detail: Detail, sunward: tuple[float, float, float]
) -> TreeMesh:
    """The mesh of a skeleton, turned as `side` says; the sun stands in the direction `sunward` of the place."""
    return (_fine if detail.reach == 1.0 else _coarse)(species, variant, side, detail, sunward)


def tree_mesh_pieces(
    species: Species, variant: int, side: int, detail: Detail, sunward: tuple[float, float, float]
) -> Iterator[None]:
    """Do the work for `tree_mesh`, which then only hands it out; yields between pieces of some milliseconds."""
    _unlit(species, variant, detail)
    yield
    _unturned(species, variant, detail)
    yield
    tree_mesh(species, variant, side, detail, sunward)


def _turned(
    species: Species, variant: int, side: int, detail: Detail, sunward: tuple[float, float, float]
) -> TreeMesh:
    mesh = _unturned(species, variant, detail)
    at_m, anchor_m, normal = (turned(each, side) for each in (mesh.at_m, mesh.anchor_m, mesh.normal))
    foliage = clumps(species, variant, species.leaf.clump_m * detail.reach)
    placed = Clumps(
        at_m=turned(foliage.at_m, side), radius_m=foliage.radius_m, middle_m=turned(foliage.middle_m, side)
    )
    triangles = mesh.triangles if side < 4 else np.ascontiguousarray(mesh.triangles[:, [1, 0, 2]])
    lit, back = np.unique(mesh.lit_by, return_inverse=True)
    return replace(
        mesh, at_m=at_m, anchor_m=anchor_m, normal=normal, triangles=triangles,
        sun=sunlit(at_m[lit], np.array(sunward), placed)[back],
    )  # fmt: skip


_fine = lru_cache(maxsize=24)(_turned)  # near forms are large, and few trees are near
_coarse = lru_cache(maxsize=1_024)(_turned)


@lru_cache(maxsize=160)
def _unturned(species: Species, variant: int, detail: Detail) -> TreeMesh:
    """The mesh of a skeleton as it grew, its sun still to be worked out."""
    mesh, foliage = _unlit(species, variant, detail), clumps(species, variant, species.leaf.clump_m * detail.reach)
    lit, back = np.unique(mesh.lit_by, return_inverse=True)
    return replace(mesh, sky=open_sky(mesh.at_m[lit], mesh.normal[lit], foliage)[back])


@lru_cache(maxsize=4)
def _unlit(species: Species, variant: int, detail: Detail) -> TreeMesh:
    tree = skeleton(species, variant)
    foliage = clumps(species, variant, species.leaf.clump_m * detail.reach)
    parts = _wood(species, tree, variant, detail)
    if detail.puffs:
        parts.append(_puffs(foliage, variant, detail.puffs))
    if detail.reach == 1.0 and species.habit == "crown":  # nothing is seen through the middle of a full one
        core = _inmost(foliage, clumps(species, variant, species.leaf.clump_m * CORE))
        parts.append(_leaves(species, core, variant, replace(detail, leaves=detail.leaves * INMOST)))
    if detail.leaves:
        parts.append(_leaves(species, foliage, variant, detail))
    for number, bloom in enumerate(detail.blossoms[:1] if species.leaf.evergreen else detail.blossoms):
        parts.append(_blossoms(species, tree, foliage, seed_of(BLOSSOM_STREAM, variant, number), bloom))
    if species.habit == "trellis":
        parts.append(_trellis(species))
    starts = np.cumsum([0, *(len(part.at_m) for part in parts)])
    at_m, anchor_m, normal, shade, rank, free = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("at_m", "anchor_m", "normal", "shade", "rank", "free")
    )
    lit_by = np.concatenate([
        start + np.arange(len(part.at_m)) // part.each * part.each for part, start in zip(parts, starts, strict=False)
    ])  # fmt: skip
    return TreeMesh(
        at_m=at_m, anchor_m=anchor_m, normal=normal, lit_by=lit_by,
        kind=np.concatenate([np.full(len(part.at_m), part.kind, np.uint8) for part in parts]),
        shade=shade, rank=rank, free=free, sky=np.ones(len(at_m)), sun=np.ones(len(at_m)),
        triangles=np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=False)]),
    )  # fmt: skip


def _chains(tree: Skeleton, thinnest_m: float) -> list[list[int]]:
    """Branches from where they fork off to their ends, each beginning at a node of the one that bears it."""
    children: dict[int, list[int]] = {}
    for node in range(1, len(tree.parent)):
        children.setdefault(int(tree.parent[node]), []).append(node)
    found: list[list[int]] = []
    todo = [[0]]
    while todo:
        chain = todo.pop()
        while True:
            below = [node for node in children.get(chain[-1], ()) if tree.radius_m[node] >= thinnest_m]
            if not below:
                break
            below.sort(key=lambda node: (-float(tree.radius_m[node]), node))
            todo += [[chain[-1], node] for node in below[1:]]
            chain.append(below[0])
        if len(chain) > 1:
            found.append(chain)
    return found


def _wood(species: Species, tree: Skeleton, variant: int, detail: Detail) -> list[_Part]:
    parts = []
    for number, chain in enumerate(_chains(tree, detail.thinnest_m)):
        radii = tree.radius_m[chain].copy()
        if number:
            radii[0] = min(radii[0], radii[1] * 1.25)  # it comes out of a thicker one
        radii[-1] *= 0.3  # a tip, not a stump
        path = tree.at_m[chain].copy()
        if number == 0:
            radii[0] *= 1.45  # the flare of the roots
            path[0, 2] -= 0.12
        thick = radii[min(1, len(radii) - 1)] > 0.03
        sides = detail.thick_sides if thick else detail.thin_sides
        if detail.reach > 1.0 and len(chain) > 4:
            kept = [*range(0, len(chain) - 1, 2), len(chain) - 1]
            path, radii = path[kept], radii[kept]
        parts.append(_tube(path, radii, sides, species.crown.trunk_m, seed_of(BARK_STREAM, variant, number)))
    return parts


def _tube(path: Floats, radii: Floats, sides: int, trunk_m: float, seed: int) -> _Part:
    along = unit(np.gradient(path, axis=0))
    aside = unit(np.cross(along, np.array([0.31, 0.92, 0.23])))
    over = np.cross(along, aside)
    angle = np.arange(sides) * (2 * np.pi / sides)
    ring = np.cos(angle)[None, :, None] * aside[:, None] + np.sin(angle)[None, :, None] * over[:, None]
    at_m = (path[:, None] + ring * radii[:, None, None]).reshape(-1, 3)
    steps, count = np.arange(len(path) - 1)[:, None] * sides, np.arange(sides)
    a, b = steps + count, steps + (count + 1) % sides
    triangles = np.concatenate(
        [np.stack([a, b, b + sides], -1).reshape(-1, 3), np.stack([a, b + sides, a + sides], -1).reshape(-1, 3)]
    ).astype(np.int64)
    draw = uniform(seed, len(at_m)) * 2.0 - 1.0
    free = np.clip((at_m[:, 2] - trunk_m) * 0.25, 0.0, WOOD_FREE) * np.clip(1.4 - radii / 0.05, 0.0, 1.0).repeat(sides)
    thin = np.clip(1.0 - radii / 0.04, 0.0, 1.0).repeat(sides)
    return _Part(at_m, at_m.copy(), ring.reshape(-1, 3), WOOD, draw * 0.5, thin, free, triangles)


def _ball() -> tuple[Floats, Ints]:
    """An icosahedron: 12 points and 20 triangles."""
    turn = np.arange(5) * (2 * np.pi / 5)
    low = np.stack([np.cos(turn) * 0.8944, np.sin(turn) * 0.8944, np.full(5, -0.4472)], -1)
    high = np.stack([np.cos(turn + np.pi / 5) * 0.8944, np.sin(turn + np.pi / 5) * 0.8944, np.full(5, 0.4472)], -1)
    points = np.concatenate([[[0, 0, -1.0]], low, high, [[0, 0, 1.0]]])
    triangles = []
    for k in range(5):
        n = (k + 1) % 5
        triangles += [(0, 1 + n, 1 + k), (1 + k, 1 + n, 6 + k), (1 + n, 6 + n, 6 + k), (6 + k, 6 + n, 11)]
    return points, np.array(triangles, np.int64)


def _inmost(foliage: Clumps, core: Clumps) -> Clumps:
    """Large clumps drawn together, so that they stay within the others."""
    return Clumps(foliage.middle_m + (core.at_m - foliage.middle_m) * 0.55, core.radius_m, foliage.middle_m)


def _puffs(foliage: Clumps, variant: int, full: float) -> _Part:
    """The dim inside of the foliage, `full` of its radius; leaves cover it."""
    ball, faces = _ball()
    count, each = len(foliage.at_m), len(ball)
    seed = seed_of(PUFF_STREAM, variant, count)
    bumps = 0.86 + 0.26 * uniform(seed, count * each).reshape(count, each)
    offset = ball[None] * (bumps * foliage.radius_m[:, None] * full)[..., None] * np.array([1.0, 1.0, 0.86])
    at_m = (foliage.at_m[:, None] + offset).reshape(-1, 3)
    anchor = foliage.at_m.repeat(each, axis=0)
    outward = unit(at_m - foliage.middle_m)
    normal = unit(0.68 * np.tile(ball, (count, 1)) + 0.42 * outward)
    shade = (uniform(seed + 1, count) * 2.0 - 1.0).repeat(each) * 0.7 + 0.3 * (uniform(seed + 2, count * each) - 0.5)
    triangles = (faces[None] + (np.arange(count) * each)[:, None, None]).reshape(-1, 3)
    rank = uniform(seed + 3, count).repeat(each) * 0.5
    return _Part(at_m, anchor, normal, CLUMP, shade, rank, np.full(len(at_m), 0.3), triangles)


def _spread(foliage: Clumps, seed: int, count: int, *, least_up: float) -> tuple[Ints, Floats]:
    """For `count` things which clump each is on, by its surface, and in which direction from its centre (count, 3)."""
    far = length(foliage.at_m - foliage.middle_m)
    area = np.cumsum((foliage.radius_m * (0.35 + far / far.max())) ** 2)  # what is hidden within needs few
    at = (np.arange(count) + 0.5) / max(count, 1) * area[-1]
    which = np.searchsorted(area, at).astype(np.int64)
    way = directions(seed, count)
    outward = unit(foliage.at_m[which] - foliage.middle_m)
    way = unit(way + 0.6 * outward + np.array([0.0, 0.0, least_up]))
    return which, way


def _leaves(species: Species, foliage: Clumps, variant: int, detail: Detail) -> _Part:
    leaf = species.leaf
    count = max(1, round(leaf.count * detail.leaves))
    seed = seed_of(LEAF_STREAM, variant)
    which, way = _spread(foliage, seed, count, least_up=0.18)
    draw = uniform(seed + 1, count * 5).reshape(count, 5)
    deepest = 0.30 if detail.veined else 0.60  # of a clump's radius: small leaves must hide its inside
    base = foliage.at_m[which] + way * (foliage.radius_m[which] * (deepest + (0.98 - deepest) * draw[:, 0]))[:, None]
    aside = unit(np.cross(way, directions(seed + 2, count)))
    along = unit(aside + 0.34 * way + np.array([0.0, 0.0, -0.42]))
    across = unit(np.cross(along, way))
    face = unit(np.cross(across, along))
    long = (leaf.length_m * detail.leaf_size * (0.78 + 0.44 * draw[:, 1]))[:, None]
    half = (leaf.width_m * detail.leaf_size * (0.85 + 0.3 * draw[:, 2]))[:, None] * 0.5
    outward = unit(base - foliage.middle_m)
    bent = 0.62 * way + 0.42 * outward + 0.30 * face
    outline, corners = (_VEINED, _VEINED_CORNERS) if detail.veined else (_PLAIN, _PLAIN_CORNERS)
    at_m = np.stack([base + along * long * up + across * half * out + face * long * lift for up, out, lift, _, _, _ in
                     outline], 1).reshape(-1, 3)  # fmt: skip
    normal = np.stack([unit(bent + lean * across) for _, _, _, lean, _, _ in outline], 1).reshape(-1, 3)
    each = len(outline)
    triangles = (corners[None] + each * np.arange(count)[:, None, None]).reshape(-1, 3)
    tone = np.stack([draw[:, 3] + tint for *_, tint, _ in outline], 1).reshape(-1) * 2.0 - 1.0
    free = np.tile([moves for *_, moves in outline], count)
    return _Part(
        at_m, base.repeat(each, axis=0), normal, LEAF, tone, draw[:, 4].repeat(each), free, triangles, each
    )


# Of each vertex of a leaf: how far along it (of its length), across (of half its width) and above (of its length) it
# is; how far its normal leans across; how much lighter it is, and how freely it moves.
_PLAIN = (
    (0.0, 0.0, 0.0, 0.0, -0.25, 0.35), (0.52, -1.0, 0.10, -0.3, 0.0, 0.6), (0.52, 1.0, 0.10, 0.3, 0.0, 0.6),
    (1.0, 0.0, -0.06, 0.0, 0.15, 0.9),
)  # fmt: skip
_PLAIN_CORNERS = np.array([(0, 1, 3), (0, 3, 2)], np.int64)
_VEINED = (  # cupped about a midrib that is lighter than the blade, its tip hanging; all triangles end in its middle
    (0.0, 0.0, 0.0, 0.0, 0.16, 0.35), (0.32, -0.92, 0.12, 0.42, -0.14, 0.5), (0.32, 0.92, 0.12, -0.42, -0.14, 0.5),
    (0.50, 0.0, 0.05, 0.0, 0.26, 0.6), (0.70, -0.72, 0.07, 0.42, -0.06, 0.75), (0.70, 0.72, 0.07, -0.42, -0.06, 0.75),
    (1.0, 0.0, -0.10, 0.0, 0.10, 0.9),
)  # fmt: skip
_VEINED_CORNERS = np.array([(0, 1, 3), (2, 0, 3), (1, 4, 3), (5, 2, 3), (4, 6, 3), (6, 5, 3)], np.int64)


def _blossoms(species: Species, tree: Skeleton, foliage: Clumps, seed: int, bloom: Bloom) -> _Part:
    """Flowers along the twigs, all over the foliage and some way into it, each facing its own way."""
    flower = bloom.flower
    count = max(1, round(species.blossom.count * bloom.count))
    which, way = _spread(foliage, seed, count, least_up=0.1)
    draw = uniform(seed + 1, count * 4).reshape(count, 4)
    far = bloom.deep + (1.06 - bloom.deep) * np.sqrt(draw[:, 0])
    heart = foliage.at_m[which] + way * (foliage.radius_m[which] * far)[:, None]
    twigs = np.flatnonzero((tree.radius_m < TWIG_RADIUS_M) & (tree.at_m[:, 2] > species.crown.trunk_m * 0.9))
    if bloom.on_twigs and len(twigs):
        sits = uniform(seed + 4, count) < bloom.on_twigs
        twig = twigs[(uniform(seed + 5, count) * len(twigs)).astype(np.int64)]
        heart = np.where(sits[:, None], tree.at_m[twig] + way * (0.03 + 0.13 * draw[:, :1]), heart)
    face = unit(way + 0.55 * directions(seed + 2, count))
    aside = unit(np.cross(face, np.array([0.2, 0.3, 0.93]) + directions(seed + 3, count) * 0.2))
    over = np.cross(face, aside)
    size = (species.blossom.size_m * 0.5 * bloom.size * (0.75 + 0.5 * draw[:, 1]))[:, None, None]
    rim = np.cos(flower.turn)[:, None] * aside[:, None] + np.sin(flower.turn)[:, None] * over[:, None]
    at_m = heart[:, None] + (rim * flower.reach[:, None] + face[:, None] * flower.lift[:, None]) * size
    each = len(flower.turn)
    outward = unit(heart - foliage.middle_m)
    normal = unit(0.5 * way + 0.5 * outward + 0.25 * face).repeat(each, axis=0)
    triangles = (flower.corners[None] + each * np.arange(count)[:, None, None]).reshape(-1, 3)
    shade = np.where(flower.heart, -1.0, draw[:, 3:]).reshape(-1)
    return _Part(
        at_m.reshape(-1, 3), heart.repeat(each, axis=0), normal, BLOSSOM, shade, draw[:, 2].repeat(each),
        np.full(count * each, 0.55), triangles, each,
    )  # fmt: skip


def _trellis(species: Species) -> _Part:
    """A post beside the vine, and the wires to the next ones."""
    crown = species.crown
    ends = np.array([(0.09, 0.05, -0.2), (0.09, 0.05, crown.height_m + 0.08)])
    parts = [_tube(ends, np.array([0.045, 0.04]), 4, 9.0, 5)]
    for z in (crown.trunk_m, (crown.trunk_m + crown.height_m) / 2, crown.height_m):
        ends = np.array([(-crown.radius_m * 1.08, 0.05, z), (crown.radius_m * 1.08, 0.05, z)])
        parts.append(_tube(ends, np.array([0.006, 0.006]), 3, 9.0, 6))
    starts = np.cumsum([0, *(len(part.at_m) for part in parts)])
    at_m, normal, shade, rank = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("at_m", "normal", "shade", "rank")
    )
    triangles = np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=False)])
    return _Part(at_m, at_m.copy(), normal, POST, shade, rank * 0.0, np.zeros(len(at_m)), triangles)


def hull_m(species: Species, variant: int) -> tuple[Floats, Floats]:
    """Lowest and highest corner (3,) of a full-grown tree, leaves and all."""
    tree = skeleton(species, variant)
    foliage = clumps(species, variant, species.leaf.clump_m)
    radius = foliage.radius_m[:, None]
    low = np.minimum(tree.at_m.min(0), (foliage.at_m - radius).min(0))
    high = np.maximum(tree.at_m.max(0), (foliage.at_m + radius).max(0))
    return low, high

