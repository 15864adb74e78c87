"""A good shown life-size before it is bought: see-through, its footprint on the floor, its size in centimetres.

Where it does not fit it turns red (or orange, see palette.py), its footprint is hatched and a crossed ring stands over
it: shape says it, too.
"""

from __future__ import annotations

from math import atan2, pi

import numpy as np
from panda3d.core import LMatrix4f, NodePath, TransparencyAttrib

from game.client import flat_shaders, shaders, shapes
from game.client.labels import label
from game.client.light import set_cube
from game.client.palette import STANDARD, Palette
from game.client.ruler import centimetres
from game.client.scenery import Scenery
from game.client.shaders import Variant
from game.client.shelves import Models
from game.client.spaces import good_matrix, turned
from game.core.goods import Good
from game.core.ids import GoodId
from game.core.world import World

RUG_M = 0.024  # the footprint lies on top of rugs, which bodies walk through
MARGIN_M = 0.04


class GhostView:
    """Draws `world.ghost`."""

    def __init__(self, models: Models) -> None:
        self.models = models
        self.root: NodePath | None = None
        self._good: GoodId | None = None
        self._fits: bool | None = None
        self._place: Scenery | None = None
        self._palette = STANDARD

    def draw(self, world: World, here: Scenery, camera: LMatrix4f, palette: Palette = STANDARD) -> None:
        """Bring the ghost up to date."""
        ghost = world.ghost
        if ghost is None or self._place is not here or self._palette is not palette:
            self.forget()
            self._palette = palette
        if ghost is None:
            return
        good = world.goods[ghost.good]
        if self.root is None or (ghost.good, ghost.fits) != (self._good, self._fits):
            self.forget()
            self._build(good, here, fits=ghost.fits)
        assert self.root is not None
        assert here.light is not None
        self.root.set_mat(good_matrix(ghost.pos_m, ghost.yaw_rad))
        x, y, z = ghost.pos_m
        set_cube(self.model, here.light.probes.at(np.array([[x, y, z + good.size_m[2] / 2]]))[0])
        self._face(self.signs, camera, ghost.yaw_rad)

    def _build(self, good: Good, here: Scenery, *, fits: bool) -> None:
        self._good, self._fits, self._place = good.id, fits, here
        tint, line = self._palette.fits if fits else self._palette.fits_not
        self.root = here.root.attach_new_node("ghost")
        self.model = self.root.attach_new_node("ghost model")
        self.model.attach_new_node(self.models.of(good.id))
        shaders.dress(self.model, Variant.GHOST)
        self.model.set_shader_input("ghost", tint)
        self.model.set_transparency(TransparencyAttrib.M_alpha)
        self.model.set_bin("transparent", 10)
        width, depth, height = good.size_m
        self._footprint(good, line, fits=fits)
        self.signs = self.root.attach_new_node("signs")
        self.signs.set_pos(0, 0, height)
        text = min(max(0.055, height * 0.05), 0.09)
        words = f"{centimetres(width)} × {centimetres(depth)} × {centimetres(height)}"
        label(self.signs, words, text, (0, 0, 0.10))
        if not fits:
            ring = self.signs.attach_new_node(shapes.forbidden(0.13, (*line[:3], 1.0)))
            ring.set_pos(0, 0, 0.34)
            _flat(ring, line)
            ring.set_depth_test(False)
            ring.set_bin("fixed", 40)

    def _footprint(self, good: Good, line: tuple[float, ...], *, fits: bool) -> None:
        """A rectangle of the good's width and depth on the floor, or of its width and height against the wall."""
        assert self.root is not None
        width, depth, height = good.size_m
        flat = self.root.attach_new_node("footprint")
        size = (width, depth)
        if good.hangs:
            size = (width, height)
            flat.set_mat(turned((0, depth / 2 - 0.004, height / 2), pi, pi / 2))
        flat.set_z(flat, RUG_M)
        edge = flat.attach_new_node(shapes.frame(size[0] + MARGIN_M, size[1] + MARGIN_M, 0.018, (1, 1, 1, 1)))
        _flat(edge, line)
        area = flat.attach_new_node(
            shapes.quads("area", [(0, 0, 0)], [(size[0] / 2, size[1] / 2)], [0.0], [(1, 1, 1, 0.28)])
        )
        _flat(area, line, hatched=not fits)

    @staticmethod
    def _face(signs: NodePath, camera: LMatrix4f, yaw_rad: float) -> None:
        """Turn the figures towards the player, about Z alone."""
        ahead = camera.get_row3(1)
        signs.set_mat(turned(signs.get_pos(), atan2(-ahead.x, ahead.y) - yaw_rad))

    def forget(self) -> None:
        """Take the ghost away."""
        if self.root is not None:
            self.root.remove_node()
        self.root, self._good, self._fits, self._place = None, None, None, None


def _flat(node: NodePath, tint: tuple[float, ...], *, hatched: bool = False) -> None:
    node.set_shader(flat_shaders.flat(hatched=hatched), 2)
    node.set_shader_input("tint", tint)
    node.set_transparency(TransparencyAttrib.M_alpha)
    node.set_depth_write(False)
    node.set_two_sided(True)
    node.set_bin("fixed", 5)
