"""The models of kit pieces, each read once: what can be painted, what glows, where words and pictures go.

A piece's GLB parts them by node: `paint_<slot>`, `body`, `glow`, `art`, and the rectangles `words` and `picture`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from panda3d.core import GeomNode, LMatrix4f, NodePath

from game.client.contact import Patch, patch_of, shadows
from game.client.matte import part_matte
from game.client.models import load_model, placeholder
from game.client.shaders import Variant
from game.core.errors import GameError
from game.core.goods import Vec3
from game.core.ids import PieceId
from game.core.rooms import Piece

log = logging.getLogger(__name__)

PAINT = "paint_"
Linear = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Where words or a picture go: width and height in metres, from its own space (x right, z up, front -Y), colour."""

    width_m: float
    height_m: float
    piece_from_own: LMatrix4f
    colour: Linear
    glows: bool


@dataclass(slots=True)
class KitModel:
    """One piece as shared geometry; `paints` has the mean colour of each slot, in linear light."""

    fixed: list[GeomNode] = field(default_factory=list)
    painted: dict[str, GeomNode] = field(default_factory=dict)
    paints: dict[str, Linear] = field(default_factory=dict)
    glow: GeomNode | None = None
    art: GeomNode | None = None
    words: list[Rectangle] = field(default_factory=list)
    picture: Rectangle | None = None
    shadow: GeomNode | None = None
    lamps: np.ndarray = field(default_factory=lambda: np.zeros((0, 7)))  # halos: centre, radius, colour


class KitModels:
    """The models of all pieces under `assets`; a broken file becomes a striped box and a line in the log."""

    def __init__(self, assets: Path) -> None:
        self.folder = assets / "models" / "kit"
        self._models: dict[PieceId, KitModel] = {}

    def of(self, piece: Piece) -> KitModel:
        """A piece's model, shared by everything that shows it."""
        if piece.id not in self._models:
            self._models[piece.id] = read(self.folder / f"{piece.id}.glb", piece.size_m)
        return self._models[piece.id]


def read(path: Path, size_m: Vec3) -> KitModel:
    """A piece's model from its file."""
    made = KitModel()
    try:
        root = load_model(path)
    except GameError as error:
        log.warning("%s", error)
        made.fixed.append(placeholder(size_m))
        return made
    root.flatten_light()
    solid: list[GeomNode] = []
    for part in root.find_all_matches("**/+GeomNode"):
        name, node = part.get_name(), part.node()
        if name == "words":
            made.words = rectangles(node)
        elif name == "picture":
            made.picture = rectangles(node)[0]
        elif name == "glow":
            made.glow = node
            made.lamps = _lamps(node)
        elif name == "art":
            made.art = node
        else:
            solid.append(node)
            if name.startswith(PAINT):
                slot = name.removeprefix(PAINT)
                made.painted[slot], made.paints[slot] = node, mean_colour(node)
            else:
                made.fixed.append(node)
    for rectangle in made.words[:1]:
        made.paints["words"] = rectangle.colour
    made.shadow = _shadow(solid)
    for node in (*solid, *((made.art,) if made.art is not None else ())):
        part_matte(NodePath(node), Variant.PROBE)
    return made


def rows_of(node: GeomNode) -> np.ndarray:
    """Vertices (n, 12) of the lean reader's meshes: position, normal, colour with gloss, texture coordinates."""
    data = [node.get_geom(n).get_vertex_data().get_array(0) for n in range(node.get_num_geoms())]
    return np.concatenate([np.frombuffer(memoryview(each).cast("B"), np.float32).reshape(-1, 12) for each in data])


def mean_colour(node: GeomNode) -> Linear:
    """The mean colour of a mesh's vertices, never quite black: paint is a factor on it."""
    r, g, b = np.maximum(rows_of(node)[:, 6:9].mean(0), 1e-3)
    return float(r), float(g), float(b)


def rectangles(node: GeomNode) -> list[Rectangle]:
    """The rectangles of a mesh of four vertices each: lower left, lower right, upper right, upper left."""
    found = []
    rows = rows_of(node)
    for corners in rows.reshape(-1, 4, 12):
        a, b, c, _ = corners[:, :3].astype(float)
        right, up = b - a, c - b
        width_m, height_m = float(np.linalg.norm(right)), float(np.linalg.norm(up))
        middle, x, z = (a + c) / 2, right / width_m, up / height_m
        y = np.cross(z, x)
        matrix = LMatrix4f(*x, 0, *y, 0, *z, 0, *middle, 1)
        r, g, bl, kind = corners[0, 6:10]
        found.append(Rectangle(width_m, height_m, matrix, (float(r), float(g), float(bl)), bool(kind > 0.75)))
    return found


def _shadow(nodes: list[GeomNode]) -> GeomNode | None:
    """The contact shadow in the piece's own space; None where nothing touches the ground."""
    whole = GeomNode("whole")
    for node in nodes:
        whole.add_geoms_from(node)
    if not whole.get_num_geoms():
        return None
    patch: Patch = patch_of(whole)
    if not patch.dark.any():
        return None
    return shadows("shadow", [(patch, np.array((0.0, 0.0, 0.003)), 0.0)])


def _lamps(node: GeomNode) -> np.ndarray:
    from game.client.halo import lamps  # halos know places, and places these models

    centres, sizes, colours = lamps(rows_of(node))
    return np.c_[centres, sizes, colours] if len(sizes) else np.zeros((0, 7))
