"""Holds what every view draws on: the window, the world's root, the camera, the picture.

Ursina gives keys, pad and `camera.ui`, and is asked in when they are needed (see `window`). The world is a scene graph
of its own (see `spaces`).
"""

import logging
from math import atan, degrees, radians, tan
from pathlib import Path
from typing import Any

from panda3d.core import (
    AntialiasAttrib,
    BitMask32,
    Camera,
    DisplayRegion,
    Filename,
    GraphicsEngine,
    GraphicsOutput,
    NodePath,
    PandaNode,
    Texture,
)

from game.client import shaders, window
from game.client.pulled import can_pull
from game.client.shaders import Pass
from game.client.spaces import IDENTITY, lens, set_view_angle

log = logging.getLogger(__name__)

MAIN, MIRROR, HAND, BEYOND = 1, 2, 4, 8  # camera masks: who sees what
FOV_DEG = 58.7  # vertical: 90 degrees across a picture of 16:9
NEAR_M, FAR_M = 0.06, 260.0  # the hills round the orchard are that far
CLOSE = "window_close_request"


class Stage:
    """The window, offscreen or on. One a process: a second one takes over the first one's window."""

    def __init__(
        self, *, size: tuple[int, int], offscreen: bool, msaa: int, vsync: bool, lean: bool, cache: Path, title: str
    ) -> None:
        """`lean`: draw with the shaders that do hardly any work at a pixel."""
        self.offscreen, self.msaa = offscreen, msaa
        window.configure(size, offscreen=offscreen, msaa=msaa, vsync=vsync, cache=cache, title=title)
        self.engine = GraphicsEngine.get_global_ptr()
        self.win = window.opened(offscreen=offscreen)
        self._base: Any = None
        self._left = False
        if not offscreen:
            # Else the engine closes the window in the middle of a frame, and whoever draws in the rest of that frame
            # finds no graphics card: at best an exception, at worst a fault in the engine.
            self.win.set_close_request_event(CLOSE)
        self.root = NodePath("world")
        self.root.hide(HAND)  # only what asks for it is seen by the hand's camera
        if msaa:
            self.root.set_antialias(AntialiasAttrib.M_multisample)
        shaders.Samples.several = msaa > 0
        shaders.Driver.pulls = can_pull(self.win.gsg)
        self.lens = lens(FOV_DEG, self.aspect, NEAR_M, FAR_M)
        node = Camera("world camera", self.lens)
        self.camera = self.root.attach_new_node(node)
        node.set_scene(self.root)
        node.set_camera_mask(MAIN)
        self._output = self.win
        self._views: list[View] = []
        self.view(self.camera, sort=0)
        self.fov_deg = FOV_DEG
        self.lean = lean
        self._looks: dict[Camera, Pass] = {}
        self.look_by(node, Pass.MAIN)
        self._size = (0, 0)
        self._hand_camera()
        self.root.set_shader_inputs(place_from_world=IDENTITY, tint=(1, 1, 1, 1))
        self.fit()

    @property
    def base(self) -> Any:
        """Ursina, around the window that is open; the first call takes as long as opening a window did."""
        if self._base is None:
            self._base = window.ursina_around(self.win, offscreen=self.offscreen)
            self._base.accept(CLOSE, self._leave)
            self._base.userExit = self._leave  # what closes the window otherwise ends the loop as well
            self._fit_interface()
        return self._base

    def set_backdrop(self, red: float, green: float, blue: float) -> None:
        """Set what the window shows where nothing is drawn; screen colours, 0..1."""
        for output in {self.win, self._output}:
            output.set_clear_color((red, green, blue, 0.0))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the window in pixels."""
        return self.win.get_x_size(), self.win.get_y_size()

    @property
    def aspect(self) -> float:
        width, height = self.size
        return width / max(height, 1)

    def _hand_camera(self) -> None:
        """What is held is drawn last, over a fresh depth buffer, so it never sinks into a shelf."""
        self.hand_lens = lens(FOV_DEG, self.aspect, 0.02, 20.0)
        self.hand_camera = self.camera.attach_new_node(Camera("hand camera", self.hand_lens))
        self.hand_camera.node().set_scene(self.root)
        self.hand_camera.node().set_camera_mask(HAND)
        self.look_by(self.hand_camera.node(), Pass.MAIN)
        self.hand_view = self.view(self.hand_camera, sort=5, over_all=True)
        self.hand_view.set_active(False)

    def view(self, camera: NodePath, *, sort: int, over_all: bool = False) -> "View":
        """Draw what a camera sees onto the picture of the world, by `sort`; `over_all`: in front of all before it."""
        made = View(self._views, camera, sort, over_all=over_all)
        made.draw_into(self._output)
        return made

    def draw_into(self, output: GraphicsOutput) -> None:
        """Draw the world into another output from now on: the window, or a picture that is laid onto it."""
        if output is not self._output:
            output.set_clear_color(self._output.get_clear_color())
            self._output = output
            for view in self._views:
                view.draw_into(output)

    def fit(self) -> bool:
        """Follow the window's size; True when it changed."""
        if self.size == self._size:
            return False
        self._size = self.size
        self.set_fov(self.fov_deg)
        self.root.set_shader_input("screen", (1 / self._size[0], 1 / self._size[1], 0, 0))
        self._fit_interface()
        return True

    def _fit_interface(self) -> None:
        if self.offscreen and self._base is not None:
            window.fit_interface()  # it is invisible offscreen until it is told

    def set_fov(self, fov_deg: float) -> None:
        """Set the vertical angle of view in degrees."""
        self.fov_deg = fov_deg
        for each in (self.lens, self.hand_lens):
            set_view_angle(each, fov_deg, self.aspect)

    def look_by(self, camera: Camera, seen_by: Pass) -> None:
        """Make a camera see every dressed thing in a pass's form, lean or not, as the stage is set now and later."""
        self._looks[camera] = seen_by
        shaders.look_by(camera, seen_by, lean=self.lean)

    def forget(self, camera: Camera) -> None:
        """A camera is no longer used."""
        self._looks.pop(camera, None)

    def set_lean(self, lean: bool) -> None:
        """Change between the lean shaders and the full ones."""
        if lean != self.lean:
            self.lean = lean
            for camera, seen_by in self._looks.items():
                shaders.look_by(camera, seen_by, lean=lean)

    def draw(self) -> None:
        """Run the engine's own tasks (keys, interface) and draw one frame."""
        if self._base is None:
            self.engine.render_frame()
            self.engine.flip_frame()  # onto the screen at once: the next frame, which else does it, waits for Ursina
        else:
            self._base.task_mgr.step()

    def driver(self) -> str:
        """Renderer, version and shading language of the graphics driver."""
        gsg = self.win.get_gsg()
        shading = f"{gsg.driver_shader_version_major}.{gsg.driver_shader_version_minor:02d}"
        return f"{gsg.driver_vendor}, {gsg.driver_renderer}, OpenGL {gsg.driver_version}, GLSL {shading}"

    def screenshot(self, path: Path) -> None:
        """Write what the window shows to a picture file; draws two frames, so that it is up to date."""
        for _ in range(2):
            self.engine.render_frame()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.win.save_screenshot(Filename.from_os_specific(str(path))):
            raise OSError(f"{path}: the picture could not be written")

    def picture(self, name: str, size: tuple[int, int], camera: NodePath) -> bytes:
        """What a camera sees on black: BGR, bottom row first; draws one frame of it and of nothing else."""
        picture = Texture(name)
        buffer = self.win.make_texture_buffer(name, *size, picture, True)
        buffer.set_clear_color((0, 0, 0, 1))
        buffer.make_display_region().set_camera(camera)
        others = [each for each in self.engine.get_windows() if each != buffer and each.is_active()]
        for each in others:
            each.set_active(False)
        try:
            self.engine.render_frame()
            return bytes(picture.get_ram_image_as("BGR"))
        finally:
            for each in others:
                each.set_active(True)
            self.engine.remove_window(buffer)

    def closed(self) -> bool:
        """True once the player has closed the window."""
        if self.offscreen or self._left:
            return self._left
        return self.win.is_closed() or not self.win.get_properties().get_open()

    def _leave(self) -> None:
        self._left = True

    def close(self) -> None:
        """Take the world off the screen. The engine itself lives as long as the process, and so does what is drawn on
        where there is no screen: another stage may take it over."""
        self.hand_camera.remove_node()
        for view in list(self._views):
            view.close()
        self.camera.remove_node()
        self.root.remove_node()
        if not self.offscreen:
            self._left = True
            self.engine.remove_all_windows()


class View:
    """What one camera sees of the world, wherever the world is drawn."""

    def __init__(self, views: "list[View]", camera: NodePath, sort: int, *, over_all: bool) -> None:
        self._views, self._camera, self._sort, self._over_all = views, camera, sort, over_all
        self._region: DisplayRegion | None = None
        self._active = True
        views.append(self)

    def set_active(self, active: bool) -> None:
        """Draw it, or leave it out."""
        self._active = active
        if self._region is not None:
            self._region.set_active(active)

    def draw_into(self, output: GraphicsOutput) -> None:
        """Draw it there alone."""
        self._leave()
        region = output.make_display_region()
        region.set_sort(self._sort)
        region.set_clear_depth_active(self._over_all)
        region.set_camera(self._camera)
        region.set_active(self._active)
        self._region = region

    def _leave(self) -> None:
        if self._region is not None:
            self._region.window.remove_display_region(self._region)
            self._region = None

    def close(self) -> None:
        """Draw it no more."""
        self._leave()
        self._views.remove(self)


def fov_down(across_deg: float) -> float:
    """The vertical angle of view whose picture of 16:9 spans `across_deg`; a wider window shows more at its sides."""
    return degrees(2 * atan(tan(radians(across_deg) / 2) * 9 / 16))


def show_to_hand_alone(node: NodePath) -> None:
    """Show a node to the hand's camera, which sees nothing else, and hide it from every other."""
    node.node().adjust_draw_mask(
        BitMask32(HAND), PandaNode.get_all_camera_mask() & ~BitMask32(HAND), BitMask32.all_off()
    )
