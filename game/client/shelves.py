"""The goods of one place on their stands: every good's mesh once, a light node a stand, one mesh of contact shadows.

Behind this class the nodes may become instances when there are thousands; nobody else knows how stands are drawn.
"""

from collections.abc import Iterator
from math import radians
from pathlib import Path

import numpy as np
from panda3d.core import GeomNode, LMatrix4f, NodePath, TransparencyAttrib

from game.client import contact, shaders
from game.client.contact import Patch, patch_of
from game.client.light import Probes
from game.client.matte import part_matte
from game.client.models import good_mesh
from game.client.shaders import Variant
from game.client.spaces import good_matrix
from game.core.goods import Good
from game.core.ids import GoodId, StandId
from game.core.places import Place, Stand


class Models:
    """The meshes of goods, each read once; `assets` holds models/goods/<good>.glb."""

    def __init__(self, assets: Path, goods: dict[GoodId, Good]) -> None:
        self.folder, self.goods = assets / "models" / "goods", goods
        self._meshes: dict[GoodId, GeomNode] = {}
        self._shadows: dict[GoodId, Patch] = {}

    def of(self, good: GoodId) -> GeomNode:
        """The mesh of a good, shared by everything that shows it; a striped box where the file is broken."""
        if good not in self._meshes:
            made = good_mesh(self.folder / f"{good}.glb", self.goods[good].size_m)
            part_matte(NodePath(made), Variant.PROBE)
            self._meshes[good] = made
        return self._meshes[good]

    def shadow_of(self, good: GoodId) -> Patch:
        """The contact shadow of a good, worked out once."""
        if good not in self._shadows:
            self._shadows[good] = patch_of(self.of(good))
        return self._shadows[good]


class Shelves:
    """What stands on the stands of a place."""

    def __init__(
        self, place: Place, goods: dict[GoodId, Good], models: Models, probes: Probes, parent: NodePath
    ) -> None:
        self.place, self.goods, self.models, self.probes = place, goods, models, probes
        self.root = parent.attach_new_node("goods")
        shaders.dress(self.root, Variant.PROBE)
        self.nodes: dict[StandId, NodePath] = {}
        self._hidden: frozenset[StandId] = frozenset()
        self._stands = {stand.id: stand for stand in place.stands}
        self._shadows: NodePath | None = None

    def build(self) -> Iterator[str]:
        """Set every stand's good in place; yields after each."""
        for stand in self.place.stands:
            node = self.root.attach_new_node(stand.id)
            node.attach_new_node(self.models.of(stand.good))
            node.set_mat(self.home(stand))
            self.nodes[stand.id] = node
            yield stand.id
        self.relight(self.probes)
        self._cast_shadows()

    def home(self, stand: Stand) -> LMatrix4f:
        """Where a good stands on its stand, in the place's space."""
        return good_matrix(stand.at_m, radians(stand.yaw_deg))

    def relight(self, probes: Probes) -> None:
        """Give every good the light of its spot."""
        self.probes = probes
        if not self.place.stands:
            return
        middles = [
            (s.at_m[0], s.at_m[1], s.at_m[2] + self.goods[s.good].size_m[2] / 2) for s in self.place.stands
        ]
        for stand, cube in zip(self.place.stands, probes.at(np.array(middles)), strict=True):
            self.nodes[stand.id].set_shader_input("cube", [tuple(map(float, side)) for side in cube])

    def hide(self, stands: frozenset[StandId]) -> None:
        """Show all stands but these; their goods are elsewhere."""
        if stands == self._hidden:
            return
        for stand in stands - self._hidden:
            if stand in self.nodes:
                self.nodes[stand].stash()
        for stand in self._hidden - stands:
            if stand in self.nodes:
                self.nodes[stand].unstash()
        self._hidden = stands
        self._cast_shadows()

    def _cast_shadows(self) -> None:
        if self._shadows is not None:
            self._shadows.remove_node()
        standing = [
            (self.models.shadow_of(s.good), np.array((s.at_m[0], s.at_m[1], s.at_m[2] + 0.002)), radians(s.yaw_deg))
            for s in self.place.stands
            if s.id not in self._hidden and not s.hung and not self.goods[s.good].hangs
        ]
        self._shadows = self.root.attach_new_node(contact.shadows("contact shadows", standing))
        as_shadow(self._shadows)


def as_shadow(node: NodePath) -> None:
    """Draw a flat mesh as soft darkness on what lies below it."""
    node.set_shader(shaders.flat(), 2)
    node.set_transparency(TransparencyAttrib.M_alpha)
    node.set_depth_write(False)
    node.set_depth_offset(1)
    node.set_bin("fixed", 0)
