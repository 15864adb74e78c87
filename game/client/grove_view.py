"""Trees by the hundred: batches of a few trees each in three forms, made when they are first needed near enough.

A batch holds its trees' triangles in the place's space, so a frame costs a comparison of distances, and the engine
leaves out the batches that are not in view. Fruit is a mesh of its own, one a tree near by: picking makes one anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from panda3d.core import CullFaceAttrib, NodePath, RenderState

from game.client import shaders
from game.client.matte import over_the_same
from game.client.models import mesh
from game.client.shaders import Variant
from game.core.groves import Spots
from game.core.growing.dress import Dressed, dress
from game.core.growing.fruit_mesh import FAR as FAR_FRUIT
from game.core.growing.fruit_mesh import HERO as HERO_FRUIT
from game.core.growing.fruit_mesh import MID as MID_FRUIT
from game.core.growing.fruit_mesh import NEAR as NEAR_FRUIT
from game.core.growing.fruit_mesh import Fineness, fruit_mesh
from game.core.growing.growth import Growth
from game.core.growing.hanging import hang
from game.core.growing.mesh import FAR, HERO, MID, NEAR, Detail, TreeMesh, green, tree_mesh, tree_mesh_pieces
from game.core.growing.skeleton import Stature, stature
from game.core.growing.species import Species

CROWN_M = np.array([0.0, 0.0, 1.8])  # the middle of a crown above the tree's foot
CELL_M = 7.4  # a batch's trees stand in a square so wide
TWO_SIDED = RenderState.make(CullFaceAttrib.make(CullFaceAttrib.M_cull_none))
SOFT = 0.08  # alpha of what moves freely, see the shader
AGAIN = 1.12  # so much farther away a form is kept, so that nobody sees it flicker
KEPT = {"near": 30, "hero": 6}  # batches whose near forms are kept: a hero is some megabytes
PIECE_SECS = 0.003  # of a frame, for what is still to be made


@dataclass(slots=True, frozen=True, eq=False)
class TreeLook:
    """How a tree is now: what of its `fruits` hang there still is `left`, None for all.

    `ripe` (fruits,) 0..1 is how ripe each is, None where its tree alone says so.
    """

    species: str
    growth: Growth
    fruits: int
    left: tuple[int, ...] | None = None
    ripe: np.ndarray | None = None


@dataclass(slots=True, frozen=True)
class Form:
    """How a batch is drawn up to a distance from the nearest of its crowns' middles."""

    name: str
    until_m: float
    tree: Detail
    fruit: Fineness | None
    lone: bool  # a node for each tree's fruit


FORMS = (
    Form("hero", 4.3, HERO, HERO_FRUIT, True),
    Form("near", 10.5, NEAR, NEAR_FRUIT, True),
    Form("mid", 23.0, MID, MID_FRUIT, False),
    Form("far", 44.0, FAR, FAR_FRUIT, False),
    Form("farthest", float("inf"), FAR, None, False),
)


@dataclass(slots=True, eq=False)
class Batch:
    """Some trees that stand together: rows of the spots, their middle, and the node of each form that is made."""

    rows: np.ndarray
    middle_m: np.ndarray
    nodes: dict[str, NodePath] = field(default_factory=dict)
    shown: str = ""
    wanted: str = ""
    stale: set[str] = field(default_factory=set)  # forms that show how it was before


class GroveView:
    """All trees of a place, drawn below `parent`; `looks` says how each is, by its id."""

    def __init__(
        self, spots: Spots, species: Mapping[str, Species], looks: Callable[[int], TreeLook],
        sunward: tuple[float, float, float], parent: NodePath,
    ) -> None:  # fmt: skip
        self.spots, self.species, self.looks, self.sunward = spots, species, looks, sunward
        self.root = parent.attach_new_node("trees")
        self.statures: dict[int, Stature] = {}
        self.batches = self._batched()
        by_batch = [batch.rows for batch in self.batches]
        self._crowns_m = spots.at_m[np.concatenate([*by_batch, []]).astype(int)] + CROWN_M
        self._firsts = np.cumsum([0, *(len(rows) for rows in by_batch)])[:-1]
        self._batch_of = self._found()
        self._eye = np.zeros(3)
        self._job: tuple[Batch, Form, Iterator[None]] | None = None
        self.settled = False  # whether all that the eye needs was made

    def _batched(self) -> list[Batch]:
        cells: dict[tuple[int, int], list[int]] = {}
        for row, (x, y, _) in enumerate(self.spots.at_m.tolist()):
            cells.setdefault((int(x // CELL_M), int(y // CELL_M)), []).append(row)
        return [Batch(np.array(rows), self.spots.at_m[rows].mean(0) + CROWN_M) for rows in cells.values()]

    def _found(self) -> dict[int, int]:
        """The number of each tree's batch."""
        return {int(self.spots.tree[row]): number for number, batch in enumerate(self.batches) for row in batch.rows}

    def replant(self, spots: Spots) -> None:
        """Let other trees stand where these do: they are made in pieces, and what stood there is seen until then."""
        new = spots.tree[spots.tree != self.spots.tree]
        self.spots = spots
        self._batch_of = self._found()
        self.changed(new.tolist())

    def build(self) -> Iterator[str]:
        """Make the far form of all; yields after each tree."""
        for batch in self.batches:
            for _ in self._pieces(batch, FORMS[-2]):
                yield "trees"
            self._show(batch, FORMS[-2].name)

    def look(self, eye_m: np.ndarray, *, within_secs: float = PIECE_SECS) -> None:
        """Draw for an eye: choose forms, and go on making what is missing, the nearest first, a piece or more."""
        self._eye = np.asarray(eye_m, float)
        until = time.perf_counter() + within_secs
        while missing := self._choose():
            if self._job is None or self._job[:2] not in missing:
                batch, form = missing[0]
                self._job = batch, form, self._pieces(batch, form)
            if next(self._job[2], self._job) is self._job:
                self._job = None
                self._forget()
                self._choose()
            if time.perf_counter() >= until:
                break
        self.settled = not missing

    def finish(self, eye_m: np.ndarray) -> None:
        """Make all that an eye needs, at once."""
        self.look(eye_m, within_secs=float("inf"))

    def _choose(self) -> list[tuple[Batch, Form]]:
        """Show each batch in its form, or in the one that is most like it; what is missing, the nearest first."""
        far = np.sqrt(np.minimum.reduceat(((self._crowns_m - self._eye) ** 2).sum(1), self._firsts))
        missing: list[tuple[float, int, Form]] = []
        for number, (batch, away) in enumerate(zip(self.batches, far.tolist(), strict=True)):
            form = _form_for(away, batch.wanted)
            batch.wanted = form.name
            needed = FORMS[-2] if form is FORMS[-1] else form
            if needed.name not in batch.nodes or needed.name in batch.stale:
                missing.append((away, number, needed))
            self._show(batch, form.name if needed.name in batch.nodes else _stand_in(batch, form))
        return [(self.batches[number], form) for _, number, form in sorted(missing, key=lambda each: each[:2])]

    def changed(self, trees: list[int]) -> None:
        """Some trees look another way than before: what is drawn of their batches is out of date, and made anew."""
        for tree in trees:
            number = self._batch_of.get(tree)
            if number is not None:
                batch = self.batches[number]
                batch.stale = {*batch.nodes}
                if self._job is not None and self._job[0] is batch:
                    self._job = None

    def picked(self, tree: int) -> None:
        """Some fruit of a tree near by is gone: make its fruit anew and leave the rest."""
        number = self._batch_of.get(tree)
        batch = self.batches[number] if number is not None else None
        form = next((each for each in FORMS if batch is not None and each.name == batch.shown), None)
        if batch is None or form is None or not form.lone:
            self.changed([tree])
            return
        batch.stale |= {name for name in batch.nodes if name != form.name}
        node = batch.nodes[form.name]
        old = node.find(f"fruit {tree}")
        if not old.is_empty():
            old.remove_node()
        row = next(int(row) for row in batch.rows if int(self.spots.tree[row]) == tree)
        self._add_fruit(node, f"fruit {tree}", [self._fruit(row, form)])

    def destroy(self) -> None:
        """Free all of it."""
        self.root.remove_node()

    def _show(self, batch: Batch, name: str) -> None:
        bare = name == FORMS[-1].name
        used = FORMS[-2].name if bare else name
        node = batch.nodes.get(used)
        if node is None:
            return
        if batch.shown != name:
            for other in batch.nodes.values():
                if other is not node and not other.is_stashed():
                    other.stash()
            if node.is_stashed():
                node.unstash()
            for fruit in node.find_all_matches("fruit*;+s"):
                (fruit.stash if bare else fruit.unstash)()
            batch.shown = name

    def _forget(self) -> None:
        """Keep the near forms of no more batches than one may come back to."""
        for name, most in KEPT.items():
            made = [batch for batch in self.batches if name in batch.nodes]
            if len(made) > most:
                made.sort(key=lambda batch: -float(((batch.middle_m - self._eye) ** 2).sum()))
                for batch in made[: len(made) - most]:
                    if name != batch.shown:
                        batch.nodes.pop(name).remove_node()

    def _pieces(self, batch: Batch, form: Form) -> Iterator[None]:
        """Make a form of a batch, stashed; yields between the pieces of work."""
        rows, trees, fruit = batch.rows.tolist(), [], []
        for row in rows:
            shape = self._shape(row, form.tree)
            for _ in tree_mesh_pieces(*shape):
                yield
            trees.append(self._tree(row, tree_mesh(*shape)))
            yield
            if form.fruit is not None:
                fruit.append(self._fruit(row, form))
                yield
        made = self.root.attach_new_node(form.name)
        attach(made, "trees", trees, Variant.GROWN_NEAR if form is FORMS[0] else Variant.GROWN)
        if form.lone:
            for row, each in zip(rows, fruit, strict=True):
                self._add_fruit(made, f"fruit {self.spots.tree[row]}", [each])
        elif fruit:
            self._add_fruit(made, "fruit", fruit)
        made.stash()
        if form.name in batch.nodes:
            batch.nodes.pop(form.name).remove_node()
            batch.shown = ""
        batch.nodes[form.name] = made
        batch.stale.discard(form.name)

    def _add_fruit(self, node: NodePath, name: str, fruit: list[Dressed]) -> None:
        attach(node, name, fruit, Variant.FRUIT)

    def _stature(self, tree: int, species: Species) -> Stature:
        if tree not in self.statures:
            self.statures[tree] = stature(species, tree)
        return self.statures[tree]

    def _shape(self, row: int, detail: Detail) -> tuple[Species, int, int, Detail, tuple[float, float, float]]:
        """What the mesh of a tree follows from."""
        tree = int(self.spots.tree[row])
        look = self.looks(tree)
        species = self.species[look.species]
        stands = self._stature(tree, species)
        return species, stands.variant, stands.side, detail if look.growth.blossom else green(detail), self.sunward

    def _tree(self, row: int, grown: TreeMesh) -> Dressed:
        tree = int(self.spots.tree[row])
        look = self.looks(tree)
        species = self.species[look.species]
        stands = self._stature(tree, species)
        dressed = dress(grown, species, look.growth, stands.hue)
        rgba = dressed.rgba.copy()
        rgba[:, 3] *= SOFT
        at_m = dressed.at_m * (stands.scale * look.growth.size) + self.spots.at_m[row]
        return Dressed(at_m, dressed.normal, rgba, dressed.light, dressed.triangles, dressed.thin)

    def _fruit(self, row: int, form: Form) -> Dressed:
        assert form.fruit is not None
        tree = int(self.spots.tree[row])
        look = self.looks(tree)
        species = self.species[look.species]
        left = None if look.left is None else np.array(look.left, np.int64)
        shape = fruit_mesh(species, form.fruit)
        hung = hang(tree, species, look.fruits, look.growth, shape, self.sunward, left, look.ripe)
        return Dressed(hung.at_m + self.spots.at_m[row], hung.normal, hung.rgba, hung.light, hung.triangles, hung.thin)


def _form_for(away_m: float, before: str) -> Form:
    """The form for a distance; what was used before is kept a little farther away."""
    for form in FORMS:
        if away_m < form.until_m * (AGAIN if form.name == before else 1.0):
            return form
    return FORMS[-1]


def _stand_in(batch: Batch, wanted: Form) -> str:
    """The made form that is most like the one wanted; "" as long as none is made."""
    order = [form.name for form in FORMS if form.name in batch.nodes]
    if not order:
        return ""
    at = [form.name for form in FORMS].index(wanted.name)
    return min(order, key=lambda name: abs([form.name for form in FORMS].index(name) - at))


def attach(parent: NodePath, name: str, parts: list[Dressed], variant: Variant) -> None:
    """One mesh of several dressed ones."""
    starts = np.cumsum([0, *(len(part.at_m) for part in parts)])
    if not starts[-1]:
        return
    at_m, normal, rgba, light = (
        np.concatenate([getattr(part, field) for part in parts]) for field in ("at_m", "normal", "rgba", "light")
    )
    triangles = np.concatenate([part.triangles + start for part, start in zip(parts, starts, strict=False)])
    thin = np.concatenate([part.thin for part in parts])
    node = mesh(name, at_m, triangles[~thin], normals=normal, colours=rgba, uv=light)
    if thin.any():
        node.add_geom(over_the_same(node.get_geom(0), triangles[thin]), TWO_SIDED)
    shaders.dress(parent.attach_new_node(node), variant)
