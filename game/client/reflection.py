"""The picture of a room that shiny things in it reflect: six views from its middle, taken once a mood."""

from collections.abc import Iterator

from panda3d.core import Camera, LMatrix4f, SamplerState, Texture

from game.client import shaders
from game.client.scenery import Scenery
from game.client.shaders import Pass
from game.client.spaces import IDENTITY, lens
from game.client.stage import FAR_M, MIRROR, Stage

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


def take_picture(stage: Stage, scenery: Scenery) -> Iterator[str]:
    """Take everything around the middle of a place, in its own space, as a cube map of sqrt(light / 4) with mipmaps.

    Goods are drawn as the player's eye has them listed. Yields between the sides; the scenery has the picture in the
    end. Panda3D's own `make_cube_map` looks in the engine's default space, which mirrors ours.
    """
    around = LMatrix4f(IDENTITY)
    around.set_row(3, scenery.room_eye)
    node = Camera("room camera", lens(90.0, 1.0, 0.05, FAR_M))
    node.set_scene(scenery.root)
    node.set_camera_mask(MIRROR)
    shaders.look_by(node, Pass.RAW, lean=False)
    camera = scenery.root.attach_new_node(node)
    sides = []
    try:
        for ahead, right, up in _SIDES:
            camera.set_mat(LMatrix4f(*right, 0, *ahead, 0, *up, 0, *scenery.room_eye, 1))
            sides.append(stage.picture("side of a room", (SIDE_PX, SIDE_PX), camera))
            yield "a side of the reflection"
            if scenery.shown and scenery.world_from_place != IDENTITY:
                return  # it was moved to be seen through a doorway; its picture is taken another time
    finally:
        camera.remove_node()
    out = Texture("room")
    out.setup_cube_map(SIDE_PX, Texture.T_unsigned_byte, Texture.F_rgb)
    out.set_ram_image(b"".join(sides))
    out.set_minfilter(SamplerState.FT_linear_mipmap_linear)
    out.set_magfilter(SamplerState.FT_linear)
    scenery.set_reflection(out)
