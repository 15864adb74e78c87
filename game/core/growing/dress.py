"""A tree mesh in a state of growth: what has opened, how large it is, and its colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.core.growing.chance import Floats, Ints
from game.core.growing.growth import Growth
from game.core.growing.mesh import BLOSSOM, CLUMP, LEAF, POST, WOOD, TreeMesh
from game.core.growing.species import Species

POST_COLOUR = "#8a6f52"
GROUND_DARK = 0.55  # of wood at the foot


@dataclass(slots=True, frozen=True)
class Dressed:
    """What is drawn of a tree: positions and normals (n, 3), linear albedo and `free` (n, 4), sky and sun (n, 2)."""

    at_m: Floats
    normal: Floats
    rgba: Floats
    light: Floats
    triangles: Ints


def linear(colour: str) -> Floats:
    """Linear light of an sRGB colour "#rrggbb", (3,)."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255.0
    return np.asarray(np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4))


def opened(mesh: TreeMesh, growth: Growth) -> Floats:
    """How far each vertex is out from its anchor, (n,) 0..1: leaves and blossom open one after another."""
    leaf = np.clip((growth.leaf * 1.5 - mesh.rank) / 0.5, 0.0, 1.0) ** 0.6
    bloom = np.clip((growth.blossom * 1.4 - mesh.rank) / 0.4, 0.0, 1.0)
    full = max(growth.leaf, 0.94 * growth.blossom)
    puff = np.clip((full * 1.6 - mesh.rank) / 0.9, 0.0, 1.0) ** 0.5
    return np.asarray(
        np.select([mesh.kind == LEAF, mesh.kind == BLOSSOM, mesh.kind == CLUMP], [leaf, bloom, puff], default=1.0)
    )


def dress(mesh: TreeMesh, species: Species, growth: Growth, hue: float) -> Dressed:
    """The mesh as it looks in a state of growth, at the size of a full-grown tree; `hue` -1..1 tells trees apart."""
    out = opened(mesh, growth)
    at_m = mesh.anchor_m + (mesh.at_m - mesh.anchor_m) * out[:, None]
    rgba = np.zeros((len(at_m), 4))
    rgba[:, :3] = _colours(mesh, species, growth, hue)
    rgba[:, 3] = mesh.free
    sky, sun = mesh.sky, mesh.sun
    if growth.leaf < 0.999:  # light falls through a crown that is not full
        bare = 1.0 - max(growth.leaf, 0.7 * growth.blossom)
        sky, sun = sky + (1.0 - sky) * bare * 0.8, sun + (1.0 - sun) * bare * 0.8
    drawn = out[mesh.triangles].max(1) > 0.02
    return Dressed(at_m, mesh.normal, rgba, np.stack([sky, sun], -1), mesh.triangles[drawn])


def _colours(mesh: TreeMesh, species: Species, growth: Growth, hue: float) -> Floats:
    kind, shade, rank = mesh.kind, mesh.shade[:, None], mesh.rank[:, None]
    leaf = species.leaf
    tint = 1.0 + 0.10 * hue * np.array([1.0, 0.25, -0.6])
    green, sunny, gold = linear(leaf.colour) * tint, linear(leaf.sunny_colour) * tint, linear(leaf.autumn_colour)
    turned = np.clip(growth.autumn * 1.7 - 0.7 * rank, 0.0, 1.0)
    fresh = 0.35 * (1.0 - growth.leaf) + 0.25 * growth.blossom if not leaf.evergreen else 0.0
    bright = np.clip(0.42 + 0.46 * shade + fresh, 0.0, 1.0)
    leaves = green + (sunny - green) * bright
    autumn = gold * (0.9 + 0.35 * shade) * np.array([1.0, 0.9 - 0.15 * hue, 0.8])
    leaves = leaves + (autumn - leaves) * turned
    puffs = green * (0.62 + 0.15 * shade) + (sunny - green) * 0.08
    puffs = puffs + (autumn * 0.6 - puffs) * turned
    bloom = species.blossom
    petal, heart = linear(bloom.colour), linear(bloom.heart_colour)
    white = min(growth.blossom * 1.2, 1.0) * (0.06 if leaf.evergreen else 0.66)
    puffs = puffs + ((petal * 0.7 + heart * 0.38) * (0.92 + 0.1 * shade) - puffs) * white
    petals = np.where(shade < 0.0, heart, petal)
    wood, twig = linear(species.wood.colour), linear(species.wood.light_colour)
    foot = np.clip(0.62 + mesh.at_m[:, 2:3] * 1.1, GROUND_DARK, 1.0)
    wooden = (wood + (twig - wood) * rank) * (1.0 + 0.16 * shade) * foot
    post = linear(POST_COLOUR) * (1.0 + 0.1 * shade) * foot
    picked = [(kind == WOOD), (kind == CLUMP), (kind == LEAF), (kind == BLOSSOM), (kind == POST)]
    choices = [wooden, puffs, leaves, petals, post]
    return np.asarray(np.select([each[:, None] for each in picked], choices))
