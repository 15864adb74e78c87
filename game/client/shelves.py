"""The goods of one place on their stands: every good's mesh once, a light node a stand, one mesh of contact shadows.

A place with hundreds of goods is drawn in another way, by `hall`; nobody else knows how stands are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import radians, tan
from pathlib import Path
from typing import Protocol

import numpy as np
from panda3d.core import GeomNode, GraphicsStateGuardian, LMatrix4f, NodePath

from game.client import contact, shaders
from game.client.contact import Patch, as_shadow, patch_of
from game.client.forms import Forms, KeptForms, whole
from game.client.light import Probes, set_cube
from game.client.matte import part_matte
from game.client.models import good_mesh
from game.client.painted import has_picture, is_painted
from game.client.pieces import SENT
from game.client.shaders import Pass, Variant
from game.client.spaces import good_matrix
from game.content.model_files import ModelFiles
from game.core.goods import Good
from game.core.ids import GoodId, StandId
from game.core.places import Place, Stand

OFF_PX, LEAN_OFF_PX = 5.0, 10.0  # what nearly all points of a form may be off at most; most are off far less
SENT_AT_ONCE = 8  # goods that go to the graphics card in a frame


class Models:
    """The meshes of goods, each read once; `files` tells where their models are, `cache` keeps coarser forms."""

    def __init__(self, files: ModelFiles, goods: dict[GoodId, Good], cache: Path | None = None) -> None:
        self.files, self.goods = files, goods
        self._kept = KeptForms(cache)
        self._forms: dict[GoodId, Forms] = {}
        self._meshes: dict[GoodId, GeomNode] = {}
        self._shadows: dict[GoodId, Patch] = {}

    def of(self, good: GoodId) -> GeomNode:
        """The mesh of a good, shared by everything that shows it; a striped box where the file is broken."""
        if good not in self._meshes:
            made = good_mesh(self.files.of(good), self.goods[good].size_m)
            part_matte(NodePath(made), Variant.PAINTED if is_painted(made) else Variant.PROBE)
            self._meshes[good] = made
        return self._meshes[good]

    def painted(self, good: GoodId) -> bool:
        """Whether a good has a picture of its own, told without reading all of it."""
        if good in self._meshes:
            return is_painted(self._meshes[good])
        return has_picture(self.files.of(good))

    def forms(self, good: GoodId) -> Forms:
        """A good in all its forms if they are at hand, else the whole alone."""
        if good not in self._forms:
            kept = self._kept.kept(self.files.of(good))
            self._forms[good] = kept if kept is not None else whole(self.of(good))
        return self._forms[good]

    def make_forms(self, good: GoodId) -> Iterator[str]:
        """Make the coarser forms of a good that has none yet; yields between pieces of work."""
        if len(self.forms(good).levels) == 1 and len(self.forms(good).vertices):
            for forms in self._kept.make(self.files.of(good), self.of(good)):
                if forms is not None:
                    self._forms[good] = forms
                yield "coarser forms"

    def shadow_of(self, good: GoodId) -> Patch:
        """The contact shadow of a good, worked out once."""
        if good not in self._shadows:
            self._shadows[good] = patch_of(self.of(good))
        return self._shadows[good]


@dataclass(frozen=True, slots=True)
class View:
    """Who looks: the camera's matrix in the space of the place, its vertical angle, the picture's width and height.

    With `all_round` what is behind the camera is drawn as well: a mirror shows it. `lean`: with as little work as goes.
    """

    camera: LMatrix4f
    fov_deg: float
    size_px: tuple[int, int]
    all_round: bool = False
    lean: bool = False

    @property
    def detail(self) -> float:
        """From how many times as far as it is off the whole a good may be drawn by a coarser form."""
        px_per_m = self.size_px[1] / (2 * tan(radians(self.fov_deg) / 2))
        return px_per_m / (LEAN_OFF_PX if self.lean else OFF_PX)

    def planes(self) -> tuple[np.ndarray, np.ndarray]:
        """The eye (3,), and outward normals (3, 5) of the sides of what is in view and of its back; all round, none."""
        right, ahead, up, eye = (np.array(self.camera.get_row3(row), np.float32) for row in range(4))
        if self.all_round:
            return eye, np.zeros((3, 1), np.float32)
        half_v = tan(radians(self.fov_deg) / 2)
        half_h = half_v * self.size_px[0] / max(self.size_px[1], 1)
        sides = [sign * side - ahead * half for side, half in ((right, half_h), (up, half_v)) for sign in (1, -1)]
        return eye, np.stack([*(side / np.linalg.norm(side) for side in sides), -ahead], 1)


class Display(Protocol):
    """What stands on the stands of a place, however it is drawn."""

    def build(self) -> Iterator[str]:
        """Set every stand's good in place; yields between pieces of work."""
        ...

    def prepare(self, gsg: GraphicsStateGuardian, *passes: Pass, lean: bool) -> Iterator[str]:
        """Bring to the graphics card what a pass would wait for at its first sight; yields between pieces of work."""
        ...

    def refine(self) -> Iterator[str]:
        """What may wait until the place is seen; yields between pieces of work."""
        ...

    def look(self, view: View) -> None:
        """Draw what this view needs."""
        ...

    def home(self, stand: Stand) -> LMatrix4f:
        """Where a good stands on its stand, in the place's space."""
        ...

    def relight(self, probes: Probes) -> None:
        """Give every good the light of its spot."""
        ...

    def hide(self, stands: frozenset[StandId]) -> None:
        """Show all stands but these; their goods are elsewhere."""
        ...

    def node(self, stand: StandId) -> NodePath | None:
        """The node of what stands there, whose first child is the mesh; give it back when it is not needed any more."""
        ...

    def give_back(self, stand: StandId) -> None:
        """The node of a stand is not needed any more."""
        ...


def home(stand: Stand) -> LMatrix4f:
    """Where a good stands on its stand, in the place's space."""
    return good_matrix(stand.at_m, radians(stand.yaw_deg))


class Shelves:
    """A node for each stand: what a place with some dozens of goods is drawn by, and every place on an old driver."""

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
        for stand, cube in zip(self.place.stands, self._cubes(), strict=True):
            node = self.root.attach_new_node(stand.id)
            set_cube(node, cube)  # at once: who hurries is in the place already, and sees it being built
            node.attach_new_node(self.models.of(stand.good))
            node.set_mat(self.home(stand))
            self.nodes[stand.id] = node
            if not stand.hung and not self.goods[stand.good].hangs:
                self.models.shadow_of(stand.good)
            yield stand.id
        self._cast_shadows()

    def prepare(self, gsg: GraphicsStateGuardian, *passes: Pass, lean: bool) -> Iterator[str]:
        """Bring the meshes to the graphics card, some a frame; their shaders are every place's."""
        for number, node in enumerate(self.nodes.values(), 1):
            node.prepare_scene(gsg)
            if number % SENT_AT_ONCE == 0:
                yield SENT

    def renew(self, place: Place) -> None:
        """Show what stands there now: nodes come, move and go for the stands that are others than before."""
        self.place = place
        stands = {stand.id: stand for stand in place.stands}
        for gone in [each for each in self.nodes if each not in stands]:
            self.nodes.pop(gone).remove_node()
        for stand in place.stands:
            before = self._stands.get(stand.id)
            if stand.id in self.nodes and before is not None and before.good != stand.good:
                self.nodes.pop(stand.id).remove_node()
            if stand.id not in self.nodes:
                node = self.root.attach_new_node(stand.id)
                node.attach_new_node(self.models.of(stand.good))
                self.nodes[stand.id] = node
            elif before == stand:
                continue
            self.nodes[stand.id].set_mat(self.home(stand))
        if self._stands != stands:
            self._stands = stands
            self._hidden &= stands.keys()
            self.relight(self.probes)
            self._cast_shadows()

    def look(self, view: View) -> None:
        """Nothing depends on who looks: every good is a node of its own."""

    def refine(self) -> Iterator[str]:
        """Nothing is left to do once all is built."""
        return iter(())

    def node(self, stand: StandId) -> NodePath | None:
        """The node of what stands there, whose first child is the mesh; give it back when it is not needed any more."""
        return self.nodes.get(stand)

    def give_back(self, stand: StandId) -> None:
        """What was done to the node of a stand is undone."""

    def home(self, stand: Stand) -> LMatrix4f:
        """Where a good stands on its stand, in the place's space."""
        return home(stand)

    def relight(self, probes: Probes) -> None:
        """Give every good the light of its spot."""
        self.probes = probes
        for stand, cube in zip(self.place.stands, self._cubes(), strict=True):
            set_cube(self.nodes[stand.id], cube)

    def _cubes(self) -> np.ndarray | tuple[()]:
        """The light (n, 6, 3) around the middle of each stand's good."""
        if not self.place.stands:  # where nothing stands nothing needs NumPy
            return ()
        middles = [
            (s.at_m[0], s.at_m[1], s.at_m[2] + self.goods[s.good].size_m[2] / 2) for s in self.place.stands
        ]
        return self.probes.at(np.array(middles))

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
            self._shadows = None
        standing = [
            (self.models.shadow_of(s.good), np.array((s.at_m[0], s.at_m[1], s.at_m[2] + 0.002)), radians(s.yaw_deg))
            for s in self.place.stands
            if s.id not in self._hidden and not s.hung and not self.goods[s.good].hangs
        ]
        if standing:
            self._shadows = self.root.attach_new_node(contact.shadows("contact shadows", standing))
            as_shadow(self._shadows)

