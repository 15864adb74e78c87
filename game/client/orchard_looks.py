"""How each tree looks by what the world knows of it: the chain's plots, what was watered, what was picked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.client.grove_view import TreeLook
from game.core.groves import Spots
from game.core.growing.growth import RIPE, Growth
from game.core.orchard_fruit import Hanging, hanging
from game.core.places import Place
from game.core.world import World

FRUITS = 40  # of a tree that nobody has told about
BEST = Growth(stage=RIPE, size=1.0, blossom=0.0, leaf=1.0, fruit_size=1.0, ripeness=1.0)
ASKED = 24  # trees a frame that are asked whether they have changed
STEPS = 40  # of which a look has changed when it is another: what grows is drawn anew so often, not at each second


@dataclass(slots=True)
class _Known:
    hung: Hanging | None
    held: int | None
    look: TreeLook
    sign: tuple[object, ...]


class TreeLooks:
    """Looks of the trees of a place, by id; what the world does not know stands in its best days."""

    def __init__(self, world: World, place: Place, spots: Spots) -> None:
        self.world = world
        self._known: dict[int, _Known] = {}
        self._told: dict[int, TreeLook] = {}  # as `changed` told of it last: others ask in between
        self._next = 0
        self.follow(place, spots)

    def follow(self, place: Place, spots: Spots) -> None:
        """Speak of the trees that stand in the place from now on."""
        self._trees = spots.tree.tolist()
        self._best = [TreeLook(species=grove.species, growth=BEST, fruits=FRUITS) for grove in place.groves]
        self._grove = dict(zip(self._trees, spots.grove.tolist(), strict=True))
        self._known = {tree: known for tree, known in self._known.items() if tree in self._grove}
        self._told = {tree: look for tree, look in self._told.items() if tree in self._grove}

    def __call__(self, tree: int) -> TreeLook:
        """How a tree is."""
        hung, grasped = hanging(self.world, tree), self.world.orchard.grasped
        held = grasped.index if grasped is not None and grasped.tree == tree else None  # drawn in the hand
        known = self._known.get(tree)
        if known is None or known.hung is not hung or known.held != held:
            look = _look(hung, held) if hung is not None else self._best[self._grove[tree]]
            sign = _sign(look)
            if known is not None and known.sign == sign:
                known.hung, known.held = hung, held
                return known.look
            known = self._known[tree] = _Known(hung, held, look, sign)
            self._told.setdefault(tree, look)
        return known.look

    def changed(self, aimed: int | None) -> tuple[list[int], list[int]]:
        """Trees that look another way than when they were asked last, and those of them that lack only fruit.

        Some are asked each time, all in turn, and always the one that is `aimed` at.
        """
        count = min(ASKED, len(self._trees))
        asked = [self._trees[(self._next + k) % len(self._trees)] for k in range(count)]
        self._next = (self._next + count) % max(len(self._trees), 1)
        if aimed is not None and aimed in self._grove:
            asked.append(aimed)
        anew: list[int] = []
        picked: list[int] = []
        for tree in asked:
            old = self._told.get(tree)
            if old is None:
                continue
            look = self._told[tree] = self(tree)
            if look is not old:
                same = old.growth == look.growth and old.species == look.species
                (picked if same else anew).append(tree)
        return anew, picked


def _look(hung: Hanging, held: int | None) -> TreeLook:
    left = tuple(index for index in np.flatnonzero(hung.there).tolist() if index != held)
    return TreeLook(
        species=hung.variety.species, growth=hung.grown, fruits=len(hung.there),
        left=None if len(left) == len(hung.there) else left, ripe=hung.ripeness,
    )  # fmt: skip


def _sign(look: TreeLook) -> tuple[object, ...]:
    """What tells two looks apart."""
    grown = look.growth
    measures = (grown.size, grown.blossom, grown.leaf, grown.fruit_size, grown.ripeness, grown.autumn)
    ripe = () if look.ripe is None else tuple(np.round(look.ripe * 8).astype(int).tolist())
    return look.species, *(round(each * STEPS) for each in measures), look.fruits, look.left, ripe
