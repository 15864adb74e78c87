"""The kit pieces of a room as they are drawn: a node for each, geometry shared, painted, written on, lit.

`show` brings the picture to a room's state by touching only the nodes of items that are others than before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import radians

import numpy as np
from panda3d.core import LMatrix4f, NodePath, ShaderAttrib

from game.client import shaders, written
from game.client.avatar import linear
from game.client.contact import as_shadow
from game.client.kit_models import KitModel, KitModels, Linear, Rectangle
from game.client.light import Probes
from game.client.shaders import Variant
from game.client.spaces import good_matrix
from game.client.warmth import tint_of
from game.core.ids import ItemId, PieceId
from game.core.paints import LAMPLIGHT, MATERIALS, parted
from game.core.rooms import Item, Piece

AT_ONCE = 24  # pieces that are given their light between two looks at the clock
SMALL = 0.5  # of patterns on furniture, to those on walls
UNPAINTED = (1.0, 1.0, 1.0)
FLOOR_M = 0.05  # what stands higher than this on no other thing casts no contact shadow


@dataclass(slots=True)
class Shown:
    """One item in the picture, and what on it needs its light told: words and a picture, with their colours."""

    item: Item
    node: NodePath
    model: KitModel
    height_m: float
    written: list[tuple[NodePath, Rectangle, Linear, bool]]


class RoomView:
    """All kit pieces of one room below a node of their own."""

    def __init__(
        self, models: KitModels, kit: Mapping[PieceId, Piece], pictures: Callable[[str], bytes | None], parent: NodePath
    ) -> None:
        self.models, self.kit, self.pictures = models, kit, pictures
        self.root = parent.attach_new_node("furniture")
        shaders.dress(self.root, Variant.PROBE)
        self.shown: dict[ItemId, Shown] = {}
        self.lamp_glow: Linear = (3.0, 3.0, 3.0)
        self._probes: Probes | None = None

    def show(self, items: tuple[Item, ...], probes: Probes) -> bool:
        """Draw these items: new ones come, changed ones change, others go. Goods among them are drawn by shelves.

        Returns whether any lamp is another than before.
        """
        self._probes = probes
        pieces = {item.id: item for item in items if item.piece in self.kit}
        lamps = False
        if pieces.keys() != self.shown.keys():
            for gone in [each for each in self.shown if each not in pieces]:
                lamps |= self._is_lamp(self.shown[gone].item)
                self.shown.pop(gone).node.remove_node()
        fresh = []
        for name, item in pieces.items():
            before = self.shown.get(name)
            if before is None or (before.item is not item and before.item != item):
                lamps |= self._is_lamp(item) or (before is not None and self._is_lamp(before.item))
                fresh.append(self._draw(item, before))
        self._light(fresh)
        return lamps

    def _is_lamp(self, item: Item) -> bool:
        return self.kit[item.piece].lamp is not None

    def relight(self, probes: Probes, lamp_glow: Linear) -> Iterator[None]:
        """Give every piece the light of its spot, some at a time; `lamp_glow` is how bright lamps are in this mood."""
        self._probes, self.lamp_glow = probes, lamp_glow
        everything = list(self.shown)
        for start in range(0, len(everything), AT_ONCE):
            some = everything[start : start + AT_ONCE]
            self._light([self.shown[each] for each in some if each in self.shown])
            yield

    def relight_near(self, points_m: list[tuple[float, float, float]]) -> None:
        """Give the pieces that stand nearest to any of the points their light anew."""
        pieces = list(self.shown.values())
        if not pieces:
            return
        at_m = np.array([each.item.at_m for each in pieces])
        square = np.min([((at_m - point) ** 2).sum(1) for point in np.array(points_m)], axis=0)
        self._light([pieces[k] for k in np.argsort(square, kind="stable")[:AT_ONCE]])

    def node(self, item: ItemId) -> NodePath | None:
        """The node of a piece in the picture."""
        found = self.shown.get(item)
        return found.node if found is not None else None

    def halos(self) -> np.ndarray:
        """Centre, radius and colour (n, 7) of all lamps that are lit, in the room's space."""
        found = []
        for each in self.shown.values():
            if not len(each.model.lamps) or each.item.glow <= 0:
                continue
            rows = each.model.lamps.copy()
            matrix = _matrix(each.item)
            rows[:, :3] = [tuple(matrix.xform_point(tuple(map(float, centre)))) for centre in rows[:, :3]]
            rows[:, 4:] *= np.array(_tint(each.item)) * min(each.item.glow, 1.5)
            found.append(rows)
        return np.concatenate(found) if found else np.zeros((0, 7))

    def _draw(self, item: Item, before: Shown | None) -> Shown:
        piece = self.kit[item.piece]
        if before is not None and _looks(before.item) == _looks(item):
            before.item = item
            before.node.set_mat(_matrix(item))
            _cast(before.node, item)
            return before
        if before is not None:
            before.node.remove_node()
        model = self.models.of(piece)
        node = self.root.attach_new_node(item.id)
        node.set_mat(_matrix(item))
        made = Shown(item, node, model, piece.size_m[2], [])
        for part in model.fixed:
            node.attach_new_node(part)
        for slot, part in model.painted.items():
            _painted(node, slot, model, item).attach_new_node(part)
        self._add_glow(made)
        self._add_words(made)
        self._add_picture(made)
        if model.shadow is not None:
            as_shadow(node.attach_new_node("shadow"))
            node.find("shadow").attach_new_node(model.shadow)
            _cast(node, item)
        self.shown[item.id] = made
        return made

    def _add_glow(self, made: Shown) -> None:
        if made.model.glow is None:
            return
        glow = made.node.attach_new_node("glow")
        shaders.dress(glow, Variant.GLOW)
        glow.attach_new_node(made.model.glow)
        r, g, b = _tint(made.item)
        strength = made.item.glow if made.item.glow > 0 else 0.08
        glow.set_color_scale(r * strength, g * strength, b * strength, 1)

    def _add_words(self, made: Shown) -> None:
        text = made.item.words.strip()
        for where in made.model.words if text else ():
            paint = parted(made.item.paint.get("words", ""))[0]
            colour = linear(paint)[:3] if paint else where.colour
            made.written.append((written.words(made.node, where, text), where, colour, where.glows))

    def _add_picture(self, made: Shown) -> None:
        where, content = made.model.picture, None
        if where is not None and made.item.picture:
            content = self.pictures(made.item.picture)
        if where is not None and content is not None:
            shown = written.picture(made.node, where, content)
            if shown is not None:
                made.written.append((shown, where, (1.0, 1.0, 1.0), False))
                return
        if made.model.art is not None:
            made.node.attach_new_node(made.model.art)

    def _light(self, pieces: list[Shown]) -> None:
        if not pieces or self._probes is None:
            return
        at = np.array([each.item.at_m for each in pieces], float)
        at[:, 2] += [each.height_m / 2 for each in pieces]
        cubes = self._probes.at(at)
        for each, cube in zip(pieces, cubes, strict=True):
            each.node.set_shader_input("cube", [tuple(map(float, side)) for side in cube])
            for node, where, colour, glows in each.written:
                light = self.lamp_glow if glows else _facing(cube, where, each.item)
                lit = [c * side * (each.item.glow if glows else 1.0) for c, side in zip(colour, light, strict=True)]
                node.set_shader_input("tint", (*lit, 1))


def _looks(item: Item) -> tuple[object, ...]:
    """What of an item its node is made by; the rest is where it stands."""
    return item.piece, item.paint, item.words, item.picture, item.warmth_k, item.glow


def _tint(lamp: Item) -> Linear:
    return tint_of(lamp.warmth_k, lamp.paint.get(LAMPLIGHT, ""))


def _matrix(item: Item) -> LMatrix4f:
    return good_matrix(item.at_m, radians(item.yaw_deg))


def _cast(node: NodePath, item: Item) -> None:
    """Show the contact shadow of what stands on something."""
    shadow = node.find("shadow")
    if shadow.is_empty():
        return
    if item.on or item.at_m[2] < FLOOR_M:
        shadow.show()
    else:
        shadow.hide()


def _painted(node: NodePath, slot: str, model: KitModel, item: Item) -> NodePath:
    """Where the part of a slot hangs: below a node of the item's own if it is painted."""
    if slot not in item.paint:
        return node
    made = node.attach_new_node(f"paint {slot}")
    clad(made, item.paint[slot], model.paints[slot], Variant.PROBE_CLAD, SMALL)
    return made


def clad(node: NodePath, paint: str, mean: Linear, variant: Variant, scale: float) -> None:
    """Give a node of a mean colour a paint; its material's pattern is `scale` times as large as on walls."""
    colour, material = parted(paint)
    node.set_color_scale(*(factor(colour, mean) if colour and not material else UNPAINTED), 1)
    if material:
        shaders.dress(node, variant)
        node.set_shader_input("base", linear(colour)[:3] if colour else mean)
        node.set_shader_input("material", (MATERIALS.index(material), scale))
    elif node.get_tag("variant") == variant.name:
        node.clear_attrib(ShaderAttrib)
        node.clear_tag("variant")


def factor(paint: str, mean: Linear) -> Linear:
    """By what the colours of a mesh are multiplied so that their mean becomes a paint "#rrggbb"."""
    wanted = linear(paint)
    return wanted[0] / mean[0], wanted[1] / mean[1], wanted[2] / mean[2]


def _facing(cube: np.ndarray, where: Rectangle, item: Item) -> Linear:
    """The light on a rectangle: of the side of the ambient cube that it faces."""
    out = _matrix(item).xform_vec(-where.piece_from_own.get_row3(1))
    light = np.zeros(3)
    for axis in range(3):
        light += out[axis] ** 2 * cube[2 * axis + (out[axis] < 0)]
    return float(light[0]), float(light[1]), float(light[2])
