"""The picture of a room that shiny things in it reflect: six views from its middle, taken once a mood."""

import numpy as np
from panda3d.core import (
    Camera,
    GraphicsOutput,
    LMatrix4f,
    SamplerState,
    Texture,
)

from game.client import shaders
from game.client.scenery import Scenery
from game.client.shaders import Pass
from game.client.spaces import lens
from game.client.stage import MIRROR, Stage

SIDE_PX = 128
# Each side of a cube map: where it looks, what is to the right in it and what is up. Up is where its rows go to
# (OpenGL 4.6, table 8.19, read for core space, which is the space that the shader looks it up in).
_SIDES = (
    ((1, 0, 0), (0, 0, -1), (0, -1, 0)),
    ((-1, 0, 0), (0, 0, 1), (0, -1, 0)),
    ((0, 1, 0), (1, 0, 0), (0, 0, 1)),
    ((0, -1, 0), (1, 0, 0), (0, 0, -1)),
    ((0, 0, 1), (1, 0, 0), (0, -1, 0)),
    ((0, 0, -1), (-1, 0, 0), (0, -1, 0)),
)


def take_picture(stage: Stage, scenery: Scenery) -> Texture:
    """Everything around the middle of a shown place as a cube map of sqrt(light / 4), with mipmaps. Draws a frame.

    Panda3D's own `make_cube_map` looks in the engine's default space, which mirrors ours.
    """
    strip = Texture("room strip")
    buffer = stage.win.make_texture_buffer("room", SIDE_PX * 6, SIDE_PX, strip, True)
    rig = scenery.root.attach_new_node("reflection rig")
    rig.set_pos(*scenery.room_eye)
    cameras = []
    for index, (ahead, right, up) in enumerate(_SIDES):
        node = Camera("room camera", lens(90.0, 1.0, 0.05, 90.0))
        node.set_scene(stage.root)
        node.set_camera_mask(MIRROR)
        shaders.look_by(node, Pass.RAW)
        camera = rig.attach_new_node(node)
        camera.set_mat(LMatrix4f(*right, 0, *ahead, 0, *up, 0, 0, 0, 0, 1))
        region = buffer.make_display_region(index / 6, (index + 1) / 6, 0, 1)
        region.set_camera(camera)
        cameras.append(camera)
    buffer.set_clear_color((0, 0, 0, 1))
    try:
        _draw_only(stage, buffer)
        raw = np.frombuffer(strip.get_ram_image_as("BGR"), np.uint8).reshape(SIDE_PX, 6, SIDE_PX, 3)
    finally:
        stage.base.graphics_engine.remove_window(buffer)
        rig.remove_node()
    out = Texture("room")
    out.setup_cube_map(SIDE_PX, Texture.T_unsigned_byte, Texture.F_rgb)
    out.set_ram_image(np.ascontiguousarray(raw.transpose(1, 0, 2, 3)).tobytes())
    out.set_minfilter(SamplerState.FT_linear_mipmap_linear)
    out.set_magfilter(SamplerState.FT_linear)
    return out


def _draw_only(stage: Stage, buffer: GraphicsOutput) -> None:
    """Draw one frame of a buffer and nothing else."""
    engine = stage.base.graphics_engine
    others = [window for window in engine.get_windows() if window != buffer and window.is_active()]
    for window in others:
        window.set_active(False)
    try:
        engine.render_frame()
    finally:
        for window in others:
            window.set_active(True)
