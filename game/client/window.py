"""Opens the window: at first Panda3D's alone, for the first frame; then Ursina takes that window over.

Importing and making Ursina takes longer than drawing the first frame of a street, and gives nothing that is seen on
it: keys, pad, sounds and `camera.ui`.
"""

import contextlib
import importlib
import io
import sys
from pathlib import Path
from typing import Any

from panda3d.core import (
    Filename,
    FrameBufferProperties,
    GraphicsEngine,
    GraphicsOutput,
    GraphicsPipe,
    GraphicsPipeSelection,
    WindowProperties,
    load_prc_file_data,
)

from game.client.quiet import quiet_libraries
from game.doctor import OFFSCREEN_DISPLAY

# Ursina runs settings files that it finds in its asset folder, so it gets one of our own that holds nothing.
ENGINE_FOLDER = Path(__file__).parent / "engine"


class _Process:
    """A process has one window and one Ursina."""

    window: GraphicsOutput | None = None


def configure(size: tuple[int, int], *, offscreen: bool, msaa: int, vsync: bool, cache: Path, title: str) -> None:
    """Tell Panda3D how the window is to be."""
    lines = [
        f"window-title {title}",
        f"win-size {size[0]} {size[1]}",
        "win-origin -2 -2",  # the middle of the screen
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
        "notify-level-util error",
        "print-pipe-types 0",
        f"model-cache-dir {Filename.from_os_specific(str(cache / 'panda'))}",
        # Ursina sets these when it comes; nothing may change below what was drawn before it.
        "coordinate-system y-up-left",
        "textures-auto-power-2 #t",
    ]
    if offscreen:
        lines += [f"load-display {OFFSCREEN_DISPLAY}", "window-type offscreen", "audio-library-name null"]
        # Nothing else waits for the driver there, and one that draws in software keeps all that it has yet to draw:
        # frames by the dozen, of several megabytes each.
        lines += ["gl-finish 1"]
    load_prc_file_data("loquat", "\n".join(lines))


def opened(*, offscreen: bool) -> GraphicsOutput:
    """The one window of the process, opened on first use as it was configured.

    Where the preferred driver has none to give, Ursina is left to try the others.
    """
    if _Process.window is None:
        _Process.window = _open(offscreen) or ursina_around(None, offscreen=offscreen).win
    return _Process.window


def _open(offscreen: bool) -> GraphicsOutput | None:
    pipe = GraphicsPipeSelection.get_global_ptr().make_default_pipe()
    if pipe is None:
        return None
    kind = GraphicsPipe.BF_refuse_window if offscreen else GraphicsPipe.BF_require_window
    engine, wanted = GraphicsEngine.get_global_ptr(), WindowProperties.get_default()
    with quiet_libraries():
        made = engine.make_output(
            pipe, "window", 0, FrameBufferProperties.get_default(), wanted, GraphicsPipe.BF_fb_props_optional | kind
        )
        engine.open_windows()
    if made is not None and not made.is_valid():
        engine.remove_window(made)
        return None
    return made


def ursina_around(window: GraphicsOutput | None, *, offscreen: bool) -> Any:
    """The one Ursina of the process, made on first use around a window, without its editor and its settings scripts.

    None: it opens one itself.
    """
    application, its_window = _ursina("application", "window")
    if application.base is not None:
        return application.base
    application.asset_folder = ENGINE_FOLDER
    for name in ("scenes_folder", "scripts_folder", "fonts_folder", "textures_compressed_folder",
                 "models_compressed_folder", "compressed_textures_folder", "compressed_models_folder"):  # fmt: skip
        setattr(application, name, ENGINE_FOLDER)
    # It would execute a settings file beside main.py, which creators' files may lie near.
    application.load_settings = lambda *_args, **_kwargs: None
    application.print_info = False
    application.print_warnings = False
    # The editor's buttons cost a tenth of the start-up and bind keys such as Shift+Q, which quits.
    type(its_window).make_editor_gui = _without_editor
    type(its_window).center_on_screen = lambda _window: None  # it would move a window that the player sees
    from ursina import Entity, Ursina, camera

    wanted = WindowProperties.get_default()
    size = wanted.size if window is None else window.size
    # --json prints nothing but its document, and a machine without a sound card is no cause for alarm.
    with contextlib.redirect_stdout(io.StringIO()), quiet_libraries(), _taking_over(window):
        base = Ursina(
            title=wanted.title,
            size=tuple(size),
            borderless=False,
            fullscreen=False,
            window_type="offscreen" if offscreen else "onscreen",
            development_mode=True,  # False means full screen; what it adds is taken away below
            editor_ui_enabled=False,
        )
    Entity.default_shader = None
    application.development_mode = False
    application.hot_reloader.enabled = False
    base.disable_mouse()
    base.camNode.get_display_region(0).set_active(False)  # the world has a camera of its own
    camera.overlay.enabled = False  # a clear sheet over the whole window, which software blends anew in every frame
    return base


@contextlib.contextmanager
def _taking_over(window: GraphicsOutput | None) -> Any:
    """Let the engine that is made meanwhile use this window, as it is, in place of opening one."""
    from direct.showbase.ShowBase import ShowBase

    opens = ShowBase.openWindow
    if window is None:
        yield
        return

    def take(base: Any, *_args: Any, **_kwargs: Any) -> GraphicsOutput:
        base.pipe, base.win = window.pipe, window
        base.pipeList.append(base.pipe)
        base.winList.append(window)
        base.makeCamera(window)
        return window

    backdrop = tuple(window.get_clear_color())  # a copy: what is given is the window's own
    ShowBase.openWindow = take
    try:
        yield
    finally:
        ShowBase.openWindow = opens
    window.set_clear_color(backdrop)


def fit_interface() -> None:
    """Tell Ursina that the window has another size; offscreen nothing else does."""
    from ursina import window

    with contextlib.redirect_stdout(io.StringIO()):
        window.update_aspect_ratio()


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
