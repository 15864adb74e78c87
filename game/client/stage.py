"""Opens the window by Ursina and holds what every view draws on: the world's root, the camera, the picture.

Ursina gives the window, keys, pad and `camera.ui`. The world is a scene graph of its own (see `spaces`).
"""

import contextlib
import importlib
import io
import logging
import os
import sys
from math import atan, degrees, radians, tan
from pathlib import Path
from typing import Any

from panda3d.core import AntialiasAttrib, BitMask32, Camera, Filename, NodePath, PandaNode, load_prc_file_data

from game.client import shaders
from game.client.pulled import can_pull
from game.client.quiet import quiet_libraries
from game.client.shaders import Pass
from game.client.spaces import IDENTITY, lens, set_view_angle

log = logging.getLogger(__name__)

MAIN, MIRROR, HAND, BEYOND = 1, 2, 4, 8  # camera masks: who sees what
FOV_DEG = 58.7  # vertical: 90 degrees across a picture of 16:9
NEAR_M, FAR_M = 0.06, 90.0
# Ursina runs settings files that it finds in its asset folder, so it gets one of our own that holds nothing.
ENGINE_FOLDER = Path(__file__).parent / "engine"


class Stage:
    """The window, offscreen or on. One a process: a second one takes over the first one's window."""

    def __init__(
        self, *, size: tuple[int, int], offscreen: bool, msaa: int, vsync: bool, lean: bool, cache: Path, title: str
    ) -> None:
        """`lean`: draw with the shaders that do hardly any work at a pixel."""
        self.offscreen, self.msaa = offscreen, msaa
        _configure(size, offscreen=offscreen, msaa=msaa, vsync=vsync, cache=cache)
        self.base = _open(size, offscreen=offscreen, vsync=vsync, title=title)
        self.win = self.base.win
        self._left = False
        self.base.userExit = self._leave  # closing the window ends the loop, so that everything is closed in order
        self.root = NodePath("world")
        self.root.hide(HAND)  # only what asks for it is seen by the hand's camera
        if msaa:
            self.root.set_antialias(AntialiasAttrib.M_multisample)
        shaders.Samples.several = msaa > 0
        shaders.Driver.pulls = can_pull(self.win.gsg)
        self.lens = lens(FOV_DEG, self.aspect, NEAR_M, FAR_M)
        self.camera = self.base.cam  # draws into the window's first region
        self.camera.reparent_to(self.root)
        node: Camera = self.camera.node()
        node.set_lens(self.lens)
        node.set_scene(self.root)
        node.set_camera_mask(MAIN)
        self.fov_deg = FOV_DEG
        self.lean = lean
        self._looks: dict[Camera, Pass] = {}
        self.look_by(node, Pass.MAIN)
        self._size = (0, 0)
        self._hand_camera()
        self.root.set_shader_inputs(place_from_world=IDENTITY, tint=(1, 1, 1, 1))
        self.fit()

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
        region = self.win.make_display_region()
        region.set_sort(5)
        region.set_clear_depth_active(True)
        self.hand_lens = lens(FOV_DEG, self.aspect, 0.02, 20.0)
        self.hand_camera = self.camera.attach_new_node(Camera("hand camera", self.hand_lens))
        self.hand_camera.node().set_scene(self.root)
        self.hand_camera.node().set_camera_mask(HAND)
        self.look_by(self.hand_camera.node(), Pass.MAIN)
        region.set_camera(self.hand_camera)
        self.hand_region = region
        region.set_active(False)

    def fit(self) -> bool:
        """Follow the window's size; True when it changed."""
        if self.size == self._size:
            return False
        self._size = self.size
        self.set_fov(self.fov_deg)
        self.root.set_shader_input("screen", (1 / self._size[0], 1 / self._size[1], 0, 0))
        if self.offscreen:
            from ursina import window

            with contextlib.redirect_stdout(io.StringIO()):
                window.update_aspect_ratio()  # the interface is invisible offscreen until it is told
        return True

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
        self.base.task_mgr.step()

    def driver(self) -> str:
        """Renderer, version and shading language of the graphics driver."""
        gsg = self.win.get_gsg()
        shading = f"{gsg.driver_shader_version_major}.{gsg.driver_shader_version_minor:02d}"
        return f"{gsg.driver_vendor}, {gsg.driver_renderer}, OpenGL {gsg.driver_version}, GLSL {shading}"

    def screenshot(self, path: Path) -> None:
        """Write what the window shows to a picture file; draws two frames, so that it is up to date."""
        for _ in range(2):
            self.base.graphics_engine.render_frame()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.win.save_screenshot(Filename.from_os_specific(str(path))):
            raise OSError(f"{path}: the picture could not be written")

    def closed(self) -> bool:
        """True once the player has closed the window."""
        if self.offscreen or self._left:
            return self._left
        return self.win.is_closed() or not self.win.get_properties().get_open()

    def _leave(self) -> None:
        self._left = True

    def close(self) -> None:
        """Take the world off the screen. The engine itself lives as long as the process."""
        self.hand_camera.remove_node()
        self.win.remove_display_region(self.hand_region)
        self.camera.detach_node()
        self.root.remove_node()


def fov_down(across_deg: float) -> float:
    """The vertical angle of view whose picture of 16:9 spans `across_deg`; a wider window shows more at its sides."""
    return degrees(2 * atan(tan(radians(across_deg) / 2) * 9 / 16))


def _configure(size: tuple[int, int], *, offscreen: bool, msaa: int, vsync: bool, cache: Path) -> None:
    lines = [
        f"win-size {size[0]} {size[1]}",
        f"framebuffer-multisample {int(msaa > 0)}",
        f"multisamples {msaa}",
        f"sync-video {int(vsync and not offscreen)}",
        "framebuffer-stencil 1",  # for outlines
        "hardware-animated-vertices 1",
        "cursor-hidden 0",
        "loader-support-entry-points 0",  # other packages' loaders are not looked for: a twentieth of a start
        "notify-level-egldisplay error",
        "notify-level-device fatal",
        "notify-level-pnmimage error",
        "notify-level-gltf error",
        "notify-level-audio fatal",  # it plays on without a sound card
        "print-pipe-types 0",
        f"model-cache-dir {Filename.from_os_specific(str(cache / 'panda'))}",
    ]
    if offscreen:
        lines += ["load-display p3headlessgl", "window-type offscreen", "audio-library-name null"]
    load_prc_file_data("loquat", "\n".join(lines))


def _open(size: tuple[int, int], *, offscreen: bool, vsync: bool, title: str) -> Any:
    """The one Ursina of the process, opened on first use without its editor and its settings scripts."""
    application, window = _ursina("application", "window")
    base = application.base
    if base is not None:
        return base
    application.asset_folder = ENGINE_FOLDER
    for name in ("scenes_folder", "scripts_folder", "fonts_folder", "textures_compressed_folder",
                 "models_compressed_folder", "compressed_textures_folder", "compressed_models_folder"):  # fmt: skip
        setattr(application, name, ENGINE_FOLDER)
    # It would execute a settings file beside main.py, which creators' files may lie near.
    application.load_settings = lambda *_args, **_kwargs: None
    application.print_info = False
    application.print_warnings = False
    # The editor's buttons cost a tenth of the start-up and bind keys such as Shift+Q, which quits.
    type(window).make_editor_gui = _without_editor
    from ursina import Entity, Ursina

    # --json prints nothing but its document, and a machine without a sound card is no cause for alarm.
    with contextlib.redirect_stdout(io.StringIO()), quiet_libraries():
        base = Ursina(
            title=title,
            size=size,
            borderless=False,
            fullscreen=False,
            vsync=vsync,
            window_type="offscreen" if offscreen else "onscreen",
            development_mode=True,  # False means full screen; what it adds is taken away below
            editor_ui_enabled=False,
        )
    Entity.default_shader = None
    application.development_mode = False
    application.hot_reloader.enabled = False
    base.disable_mouse()
    return base


def _ursina(*names: str) -> list[Any]:
    """Parts of Ursina, imported so that it looks for nothing in our folder, creators' files included.

    It takes the folder of the running script for its assets, and searches all of it for every model that it loads.
    """
    words, sys.argv = sys.argv, [str(ENGINE_FOLDER / "loquat")]
    try:
        ursina = importlib.import_module("ursina")
    finally:
        sys.argv = words
    return [getattr(ursina, name) for name in names]


def _without_editor(window: Any) -> None:
    """Stands in for Ursina's editor: the one node that its window code expects, empty."""
    from ursina import Entity, camera

    window.editor_ui = Entity(parent=camera.ui, eternal=True, enabled=False)


def show_to_hand_alone(node: NodePath) -> None:
    """Show a node to the hand's camera, which sees nothing else, and hide it from every other."""
    node.node().adjust_draw_mask(
        BitMask32(HAND), PandaNode.get_all_camera_mask() & ~BitMask32(HAND), BitMask32.all_off()
    )


def can_open_window() -> bool:
    """Whether this machine seems to have a screen to open a window on."""
    if os.name == "nt" or os.uname().sysname == "Darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
