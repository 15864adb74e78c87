"""How building looks: what is carried where it would be set down, frames round what is selected, and what does not fit.

A misfit keeps its own look under a light tint; a line round its shape, the frame, and words by it say that it is one.
"""

from __future__ import annotations

from math import atan2, hypot, radians, tan

import numpy as np
from panda3d.core import LineSegs, NodePath

from game.client import flat_shaders, shaders
from game.client.camera import Gaze
from game.client.kit_models import KitModels
from game.client.labels import label
from game.client.light import set_cube
from game.client.outline import Rim
from game.client.palette import STANDARD, Palette
from game.client.room_scenery import RoomScenery
from game.client.room_view import RoomView
from game.client.shaders import Variant
from game.client.shelves import Models
from game.client.spaces import good_matrix, turned
from game.core.building import FITS, Building
from game.core.goods import Vec3
from game.core.ids import ItemId
from game.core.rooms import Item, size_of
from game.core.world import World

MISFIT = (1.0, 0.84, 0.80, 1.0)  # times its own colours
SELECTED = (1.0, 0.86, 0.42, 1.0)
WORDS_UP_RAD = radians(21)  # no higher in the picture, whatever they stand on
WORDS, WORDS_OVER = 0.034, 0.05  # height of the words and of what is free below them, a metre away


class BuildView:
    """Draws `world.building` into the room that is seen."""

    def __init__(self, kit: KitModels, models: Models) -> None:
        self._kit, self._models = kit, models
        self._carried: RoomView | None = None
        self._goods: NodePath | None = None
        self._goods_for: object = None
        self._hidden: tuple[ItemId, ...] = ()
        self._frames: tuple[object, NodePath] | None = None
        self._rims: tuple[object, list[Rim]] | None = None
        self._words: tuple[object, NodePath] | None = None

    def draw(
        self, here: RoomScenery, world: World, building: Building, gaze: Gaze, reason: str, high_px: int,
        palette: Palette = STANDARD,
    ) -> None:  # fmt: skip
        """Bring the picture up to date; `reason` says in words why what is carried does not fit."""
        carried = building.carried
        items = carried.items if carried is not None else ()
        self._hide(here, tuple(item.id for item in items) if carried is not None and carried.taken_up else ())
        fits = carried is None or carried.fit.kind == FITS
        if carried is None:
            self._drop_views()
        else:
            self._show(here, items, fits=fits)
        line = SELECTED if fits else palette.fits_not[1]
        self._frame(here, world, building, line, thick=3.0 if fits else 2.0)
        self._mark_misfits(items, line, high_px, fits=fits)
        self._say(here, world, items, gaze, "" if fits else reason)

    def put_away(self, here: RoomScenery | None) -> None:
        """Nothing is built any more."""
        if here is not None:
            self._hide(here, ())
        self._hidden = ()
        self._drop_views()
        self._forget_frames()

    # --- what is carried -------------------------------------------------------------------------------------------

    def _show(self, here: RoomScenery, items: tuple[Item, ...], *, fits: bool) -> None:
        assert here.light is not None
        if self._carried is None:
            self._carried = RoomView(self._kit, here.kit, here.view.pictures, here.root)
            self._carried.lamp_glow = here.light.mood.lamp_glow
            self._goods = self._carried.root.attach_new_node("goods")
        self._carried.show(items, here.light.probes)
        assert self._goods is not None
        goods = [item for item in items if item.good]
        key = tuple((item.id, item.good) for item in goods)
        if key != self._goods_for:
            self._forget_rims()
            self._goods.node().remove_all_children()
            self._goods_for = key
            for item in goods:
                node = self._goods.attach_new_node(item.id)
                node.attach_new_node(self._models.of(item.good))
                shaders.dress(node, Variant.PROBE)
        for item, node in zip(goods, self._goods.get_children(), strict=True):
            node.set_mat(good_matrix(item.at_m, radians(item.yaw_deg)))
            set_cube(node, here.light.probes.at(np.array([item.at_m]))[0])
        self._carried.root.set_color_scale(*((1.0, 1.0, 1.0, 1.0) if fits else MISFIT))

    def _hide(self, here: RoomScenery, ids: tuple[ItemId, ...]) -> None:
        """Leave out of the picture of the room what is carried; stands of goods are emptied by their own rule."""
        if ids == self._hidden:
            return
        for item, shown in (*((i, True) for i in self._hidden), *((i, False) for i in ids)):
            node = here.view.node(item)
            if node is not None:
                node.show() if shown else node.hide()
        self._hidden = ids

    def _drop_views(self) -> None:
        self._forget_rims()
        self._forget_words()
        if self._carried is not None:
            self._carried.root.remove_node()
            self._carried = self._goods = self._goods_for = None

    # --- what does not fit -------------------------------------------------------------------------------------------

    def _mark_misfits(self, items: tuple[Item, ...], tint: tuple[float, ...], high_px: int, *, fits: bool) -> None:
        """A line round the shape of what is carried where it does not fit."""
        if fits or self._carried is None or self._goods is None:
            self._forget_rims()
            return
        nodes = {item: shown.node for item, shown in self._carried.shown.items()}
        nodes.update({ItemId(node.get_name()): node for node in self._goods.get_children()})
        key = tuple(nodes.items()), tint
        if self._rims is None or self._rims[0] != key:
            self._forget_rims()
            self._rims = key, [Rim(nodes[item.id], tint) for item in items if item.id in nodes]
        for rim in self._rims[1]:
            rim.draw(high_px)

    def _say(self, here: RoomScenery, world: World, items: tuple[Item, ...], gaze: Gaze, reason: str) -> None:
        """Words above what is carried, turned to the player and as large from everywhere."""
        if not reason or not items:
            self._forget_words()
            return
        if self._words is None or self._words[0] != reason:
            self._forget_words()
            node = here.root.attach_new_node("why")
            label(node, f"×  {reason}", 1.0, (0.0, 0.0, 0.0))
            self._words = reason, node
        x, y, z = items[0].at_m
        size_m = size_of(items[0], world.kit, world.goods)
        high_m = z + (size_m[2] if size_m is not None else 0.0)
        ahead = (x - gaze.eye_m[0], y - gaze.eye_m[1])
        away_m = hypot(*ahead, high_m - gaze.eye_m[2])
        seen_m = gaze.eye_m[2] + hypot(*ahead) * tan(min(gaze.pitch_rad + WORDS_UP_RAD, 1.4))
        at_m = (x, y, min(high_m + WORDS_OVER * away_m, seen_m))
        self._words[1].set_mat(turned(at_m, atan2(-ahead[0], ahead[1]), scale=WORDS * away_m))

    def _forget_rims(self) -> None:
        for rim in self._rims[1] if self._rims is not None else ():
            rim.forget()
        self._rims = None

    def _forget_words(self) -> None:
        if self._words is not None:
            self._words[1].remove_node()
            self._words = None

    # --- what is selected --------------------------------------------------------------------------------------------

    def _frame(
        self, here: RoomScenery, world: World, building: Building, line: tuple[float, ...], *, thick: float
    ) -> None:
        """Lines round what is selected or carried."""
        room, carried, ids = world.home, building.carried, set(building.selected)
        items = carried.items if carried is not None else tuple(i for i in room.items if i.id in ids) if room else ()
        key = (items, line)
        if self._frames is not None and self._frames[0] == key:
            return
        self._forget_frames()
        if not items:
            return
        lines = LineSegs("frames")
        lines.set_thickness(thick)
        lines.set_color(line)
        for item in items:
            size_m = size_of(item, world.kit, world.goods)
            if size_m is not None:
                _edges(lines, item, size_m)
        node = here.root.attach_new_node(lines.create())
        node.set_shader(flat_shaders.flat(), 2)
        node.set_shader_input("tint", (1, 1, 1, 1))
        self._frames = (key, node)

    def _forget_frames(self) -> None:
        if self._frames is not None:
            self._frames[1].remove_node()
            self._frames = None


def _edges(lines: LineSegs, item: Item, size_m: Vec3) -> None:
    """The twelve edges of a turned box, a centimetre outside of it."""
    matrix = good_matrix(item.at_m, radians(item.yaw_deg))
    x, y, z = size_m[0] / 2 + 0.01, size_m[1] / 2 + 0.01, size_m[2] + 0.01
    around = ((-x, -y), (x, -y), (x, y), (-x, y))
    corners = [matrix.xform_point((*corner, height)) for height in (0.0, z) for corner in around]
    for at in range(4):
        after = (at + 1) % 4
        for a, c in ((at, after), (at + 4, after + 4), (at, at + 4)):
            lines.move_to(corners[a])
            lines.draw_to(corners[c])
