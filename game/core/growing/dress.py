"""A tree mesh in a state of growth: what has opened, how large it is, and its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from game.core.growing.chance import Floats, Ints
from game.core.growing.growth import Growth
from game.core.growing.mesh import BLOSSOM, CLUMP, LEAF, POST, WOOD, TreeMesh
from game.core.growing.species import Species

if TYPE_CHECKING:
    import numpy.typing as npt

Bools: TypeAlias = "npt.NDArray[np.bool_]"
POST_COLOUR = "#8a6f52"
GROUND_DARK = 0.55  # of wood at the foot
ALL_WHITE_M2 = 4.5  # of blossom, that covers a crown
PETAL_THROWS = 0.7  # of the light, what petals in each other's shade give on; all bounces summed: 1 / (1 - 0.7 shade)


@dataclass(slots=True, frozen=True)
class Dressed:
    """What is drawn of a tree: positions and normals (n, 3), linear albedo and `free` (n, 4), sky and sun (n, 2).

    `thin` (m,) tells which of the triangles are leaves and petals, which one sees from both sides.
    """

    at_m: Floats
    normal: Floats
    rgba: Floats
    light: Floats
    triangles: Ints
    thin: Bools


def linear(colour: str) -> Floats:
    """Linear light of an sRGB colour "#rrggbb", (3,)."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255.0
    return np.asarray(np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4))


def whiteness(species: Species, growth: Growth) -> float:
    """How much of a crown its blossom covers, 0..1: that of an evergreen or a vine stays among the leaves."""
    bloom = species.blossom
    showy = min(bloom.count * bloom.size_m**2 / ALL_WHITE_M2, 1.0) ** 2
    return 0.0 if species.leaf.evergreen else showy * min(growth.blossom * 1.2, 1.0)


def opened(mesh: TreeMesh, species: Species, growth: Growth) -> Floats:
    """How far each vertex is out from its anchor, (n,) 0..1: leaves and blossom open one after another."""
    white = whiteness(species, growth)
    full = max(growth.leaf, 0.94 * growth.blossom)
    out = np.ones(len(mesh.kind))
    for kind, wide, soft, bend in (  # when the last opens, how long one takes, how it swells
        (LEAF, growth.leaf * (1.5 - 0.7 * white), 0.5, 0.6), (BLOSSOM, growth.blossom * 1.4, 0.4, 1.0),
        (CLUMP, full * 1.6 * (1.0 - white), 0.9, 0.5),
    ):  # fmt: skip
        those = mesh.kind == kind
        out[those] = np.clip((wide - mesh.rank[those]) / soft, 0.0, 1.0) ** bend
    return out


def dress(mesh: TreeMesh, species: Species, growth: Growth, hue: float) -> Dressed:
    """The mesh as it looks in a state of growth, at the size of a full-grown tree; `hue` -1..1 tells trees apart."""
    out = opened(mesh, species, growth)
    at_m = mesh.anchor_m + (mesh.at_m - mesh.anchor_m) * out[:, None]
    rgba = np.zeros((len(at_m), 4))
    rgba[:, :3] = _colours(mesh, species, growth, hue)
    rgba[:, 3] = mesh.free
    sky, sun = mesh.sky, mesh.sun
    if growth.leaf < 0.999:  # light falls through a crown that is not full
        bare = 1.0 - max(growth.leaf, 0.7 * growth.blossom)
        sky, sun = sky + (1.0 - sky) * bare * 0.8, sun + (1.0 - sun) * bare * 0.8
    white = whiteness(species, growth)
    if white > 0.0:  # petals throw the light at each other that leaves would swallow
        petals = (mesh.kind == BLOSSOM) | (mesh.kind == CLUMP)
        thrown = np.where(petals, white * PETAL_THROWS, 0.0)
        rgba[:, :3] *= 1.0 - (1.0 - rgba[:, :3]) * (thrown * (1.0 - sky * sun))[:, None]  # so its shade has more colour
        sky, sun = sky / (1.0 - thrown * (1.0 - sky)), sun / (1.0 - thrown * (1.0 - sun) * 0.4)
    drawn = out[mesh.triangles].max(1) > 0.02
    triangles = mesh.triangles[drawn]
    kind = mesh.kind[triangles[:, 0]]
    thin = (kind == LEAF) | (kind == BLOSSOM)
    return Dressed(at_m, mesh.normal, rgba, np.stack([sky, sun], -1), triangles, thin)


def _colours(mesh: TreeMesh, species: Species, growth: Growth, hue: float) -> Floats:
    colours = np.zeros((len(mesh.kind), 3))
    for kind, paint in ((WOOD, _wooden), (CLUMP, _puffs), (LEAF, _leaves), (BLOSSOM, _petals), (POST, _post)):
        those = mesh.kind == kind
        if those.any():
            shade, rank = mesh.shade[those, None], mesh.rank[those, None]
            colours[those] = paint(species, growth, hue, shade, rank, mesh.at_m[those, 2:])
    return colours


def _greens(species: Species, hue: float) -> tuple[Floats, Floats]:
    tint = 1.0 + 0.10 * hue * np.array([1.0, 0.25, -0.6])
    return linear(species.leaf.colour) * tint, linear(species.leaf.sunny_colour) * tint


def _autumn(species: Species, growth: Growth, hue: float, shade: Floats, rank: Floats) -> tuple[Floats, Floats]:
    """Colours in autumn, and how far each has turned."""
    gold = linear(species.leaf.autumn_colour) * np.array([1.0, 0.9 - 0.15 * hue, 0.8])
    return gold * (0.9 + 0.35 * shade), np.clip(growth.autumn * 1.7 - 0.7 * rank, 0.0, 1.0)


def _leaves(species: Species, growth: Growth, hue: float, shade: Floats, rank: Floats, z: Floats) -> Floats:
    green, sunny = _greens(species, hue)
    fresh = 0.0 if species.leaf.evergreen else 0.35 * (1.0 - growth.leaf) + 0.25 * growth.blossom
    leaves = green + (sunny - green) * np.clip(0.42 + 0.46 * shade + fresh, 0.0, 1.0)
    if growth.autumn:
        gold, part = _autumn(species, growth, hue, shade, rank)
        leaves = leaves + (gold - leaves) * part
    return leaves


def _puffs(species: Species, growth: Growth, hue: float, shade: Floats, rank: Floats, z: Floats) -> Floats:
    green, sunny = _greens(species, hue)
    puffs = green * (0.78 + 0.16 * shade) + (sunny - green) * 0.12
    if growth.autumn:
        gold, part = _autumn(species, growth, hue, shade, rank)
        puffs = puffs + (gold * 0.6 - puffs) * part
    if growth.blossom:
        petal, heart = linear(species.blossom.colour), linear(species.blossom.heart_colour)
        white = 0.92 * whiteness(species, growth)
        puffs = puffs + ((petal * 0.62 + heart * 0.30) * (0.94 + 0.1 * shade) - puffs) * white
    return puffs


def _petals(species: Species, growth: Growth, hue: float, shade: Floats, rank: Floats, z: Floats) -> Floats:
    petal, heart = linear(species.blossom.colour), linear(species.blossom.heart_colour)
    return np.where(shade < 0.0, heart, petal + (heart - petal) * 0.35 * shade**2)


def _wooden(species: Species, growth: Growth, hue: float, shade: Floats, rank: Floats, z: Floats) -> Floats:
    wood, twig = linear(species.wood.colour), linear(species.wood.light_colour)
    return np.asarray((wood + (twig - wood) * rank) * (1.0 + 0.16 * shade) * _foot(z))


def _post(species: Species, growth: Growth, hue: float, shade: Floats, rank: Floats, z: Floats) -> Floats:
    return np.asarray(linear(POST_COLOUR) * (1.0 + 0.1 * shade) * _foot(z))


def _foot(z: Floats) -> Floats:
    """Wood is darker near the ground."""
    return np.asarray(np.clip(0.62 + z * 1.1, GROUND_DARK, 1.0))
