"""Which goods a picture shows: the box of every good in a colour of its own, among the black shapes of all the rest."""

from __future__ import annotations

from collections.abc import Collection
from math import radians

import numpy as np
from panda3d.core import BitMask32, Camera, NodePath, PandaNode, RenderState, ShaderAttrib

from game.client import flat_shaders, shapes
from game.client.scenery import Scenery
from game.client.spaces import turned
from game.client.stage import MAIN, Stage
from game.core.ids import GoodId, StandId

TAGS = 16  # camera mask of the boxes
WIDE_PX = 320
LEAST_PX = 12
GROWN = 1.03  # so that a good that fills its box does not hide it


def goods_in_view(
    stage: Stage, here: Scenery, crop: tuple[int, int, int, int], away: Collection[StandId]
) -> dict[GoodId, float]:
    """The part, 0..1, of a crop (left, top, wide, high in window pixels) that each visible good takes, largest first.

    Stands that are `away` are empty.
    """
    width, height = stage.size
    scale = WIDE_PX / width
    size = (WIDE_PX, max(1, round(height * scale)))
    boxes, goods = _boxes(here, away)
    try:
        pixels = _ids(stage, size)
    finally:
        boxes.remove_node()
    left, top, wide, high = (round(side * scale) for side in crop)
    ids = pixels[top : top + high, left : left + wide]
    counts = np.bincount(ids.ravel(), minlength=len(goods) + 1)
    seen: dict[GoodId, float] = {}
    for number, good in enumerate(goods, 1):
        if counts[number] >= LEAST_PX:
            seen[good] = seen.get(good, 0.0) + float(counts[number]) / ids.size
    return dict(sorted(seen.items(), key=lambda item: (-item[1], item[0])))


def _boxes(here: Scenery, away: Collection[StandId]) -> tuple[NodePath, list[GoodId]]:
    """A box for every good that stands here, coloured by its number from 1 on."""
    root = here.root.attach_new_node("tags")
    root.node().adjust_draw_mask(
        BitMask32(TAGS), PandaNode.get_all_camera_mask() & ~BitMask32(TAGS), BitMask32.all_off()
    )
    state = ShaderAttrib.make(flat_shaders.flat(), 1001).set_shader_input("tint", (1, 1, 1, 1))
    root.set_attrib(state, 1001)
    goods: list[GoodId] = []
    for stand in here.place.stands:
        if stand.id in away:
            continue
        goods.append(stand.good)
        number = len(goods)
        size = here.goods[stand.good].size_m
        grown = (size[0] * GROWN, size[1] * GROWN, size[2] * GROWN)
        colour = ((number & 255) / 255, (number >> 8) / 255, 1.0, 1.0)
        box = root.attach_new_node(shapes.bars("tag", [((0, 0, 0), grown, colour)]))
        box.set_mat(turned(stand.at_m, radians(stand.yaw_deg)))
    return root, goods


def _ids(stage: Stage, size: tuple[int, int]) -> np.ndarray:
    """The number of the box at each pixel, (height, width), 0 for none, top row first."""
    node = Camera("tags camera", stage.lens)
    node.set_scene(stage.root)
    node.set_camera_mask(BitMask32(MAIN | TAGS))
    black = ShaderAttrib.make(flat_shaders.flat(), 1000).set_shader_input("tint", (0, 0, 0, 1))
    node.set_initial_state(RenderState.make(black, 1000))
    camera = stage.camera.attach_new_node(node)
    try:
        seen = stage.picture("tags", size, camera)
    finally:
        camera.remove_node()
    rows = np.frombuffer(seen, np.uint8).reshape(size[1], size[0], 3)[::-1, :, ::-1]
    return np.where(rows[..., 2] > 127, rows[..., 0].astype(int) + 256 * rows[..., 1].astype(int), 0)
